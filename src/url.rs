//! Web addresses in prose: finds them, and makes them fit for a link.
//!
//! In: a text. Out: the ranges of addresses with `http` or `https`, and their form for an `href`. Never here:
//! decoding or following an address.

use std::{net::Ipv4Addr, ops::Range};

/// The first web address in `text` at or after `from`, without the punctuation that ends the sentence around it.
pub(crate) fn next_url(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes.get(from..)?).find_map(|colon| {
        let colon = from + colon;
        if !bytes[colon..].starts_with(b"://") {
            return None;
        }
        let before = &text[from..colon];
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        let start = colon - scheme.len();
        let is_word = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
        let len = end(&text[colon + 3..]);
        (!is_word && len > 0).then(|| start..colon + 3 + len)
    })
}

/// Brackets that may close around an address, or inside it.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// The end of the address whose host begins `rest`.
fn end(rest: &str) -> usize {
    let stop = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '“' | '”')
    };
    let mut url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    // A closing bracket belongs to the address if it was opened there, as in Wikipedia's.
    let mut unopened = BRACKETS
        .map(|(open, close)| url.matches(close).count().saturating_sub(url.matches(open).count()));
    while let Some(last) = url.chars().next_back() {
        let bracket = BRACKETS.iter().position(|&(_, close)| close == last);
        let is_outside = match bracket {
            Some(n) if unopened[n] > 0 => {
                unopened[n] -= 1;
                true
            }
            _ => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '|' | '…'),
        };
        if !is_outside {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url.len()
}

/// `url` in a form that browsers accept: with a valid host, and with forbidden characters percent-encoded; `None` if
/// no browser would follow it.
pub(crate) fn href(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    if !is_host(host) || port.parse::<u16>().is_err() || port.starts_with('+') {
        return None;
    }
    let mut out = format!("{scheme}://{authority}");
    let mut in_fragment = false;
    for (at, byte) in path.bytes().enumerate() {
        let is_escape = || {
            path.as_bytes()
                .get(at + 1..at + 3)
                .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
        };
        match byte {
            b'%' if is_escape() => out.push('%'),
            b'#' if !in_fragment => {
                in_fragment = true;
                out.push('#');
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ if b"/?:@!$&()*+,;=-._~".contains(&byte) => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.extend(
                    [byte >> 4, byte & 15].map(|n| char::from(b"0123456789ABCDEF"[usize::from(n)])),
                );
            }
        }
    }
    Some(out)
}

/// The path of an address: `/lantern/` of `https://example.org/lantern/`.
pub(crate) fn path(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or("/", |at| &url[host + at..])
}

/// The name of an address's host, without a port: `example.org` of `https://example.org:8080/lantern/`.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let name = authority.rsplit('@').next().unwrap_or_default();
    match name.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => name,
    }
}

/// Whether `host` is a name or an IPv4 address that is valid in web addresses without changes.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
            && !label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
    };
    // A last label that begins with a digit makes it an IPv4 address, or invalid.
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.split('.').all(is_label)
        && (!last.starts_with(|c: char| c.is_ascii_digit()) || host.parse::<Ipv4Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_their_sentence_goes_on() {
        for (text, url) in [
            ("see https://example.org/x.", Some("https://example.org/x")),
            ("(http://example.org/a_(b)), and", Some("http://example.org/a_(b)")),
            ("<https://example.org/m@x/>", Some("https://example.org/m@x/")),
            ("[1]: https://example.org/?q=a&b!", Some("https://example.org/?q=a&b")),
            ("xhttp://example.org https://b.example.org", Some("https://b.example.org")),
            ("javascript://x http:// ftp://example.org", None),
            ("http://)", None),
        ] {
            assert_eq!(next_url(text, 0).map(|range| &text[range]), url, "{text:?}");
        }
    }

    #[test]
    fn links_hold_only_addresses() {
        for (url, expected) in [
            ("https://example.org", Some("https://example.org")),
            ("https://example.org:8080/a&b\"c", Some("https://example.org:8080/a&b%22c")),
            ("http://example.org/é%zz%20|#a#b", Some("http://example.org/%C3%A9%25zz%20%7C#a%23b")),
            ("http://192.0.2.1/", Some("http://192.0.2.1/")),
            ("http://192.0.2.1.5/", None),
            ("http://user@example.org/", None),
            ("http://example.org:x/", None),
            ("http://-a.example.org/", None),
            ("javascript://example.org/", None),
            ("http://xn--a/", None),
        ] {
            assert_eq!(href(url).as_deref(), expected, "{url:?}");
        }
    }

    #[test]
    fn addresses_have_a_host_and_a_path() {
        for (url, name, below) in [
            ("https://example.org/", "example.org", "/"),
            ("https://example.org", "example.org", "/"),
            ("https://example.org:8080/a/b/", "example.org", "/a/b/"),
            ("http://[::1]:1111/x/", "[::1]", "/x/"),
            ("https://me@example.org/x/", "example.org", "/x/"),
        ] {
            assert_eq!((host(url), path(url)), (name, below));
        }
    }

    #[test]
    fn brackets_without_end_cost_linear_time() {
        let text = format!("http://x{}", ")".repeat(20_000));
        assert_eq!(next_url(&text, 0), Some(0..8));
    }
}
