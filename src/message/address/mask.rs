//! Addresses that archives mask to hide them from robots.
//!
//! In: the text in place of an address. Out: the address; or that it is masked beyond recovery; or that it is no
//! address.
//!
//! | archive | form | read |
//! |---|---|---|
//! | Mailman 2, hypermail | `zoe at example.org`, `zoe_at_example.org`, `zoe%example.org` | `zoe@example.org` |
//! | MARC | `zoe () example ! org` | `zoe@example.org` |
//! | others | `zoe [at] example dot org`, `zoe(at)example.org`, `zoe＠example.org` | `zoe@example.org` |
//! | Google Groups | `zoe...@example.org` | nobody's: several people share it |
//! | MHonArc as spinics uses it | `xxx@xxxxxxxxxxx` | nobody's |
//! | Gmane | `zoe-mXXj517/zsQ@public.gmane.org` | unchanged: each address has one such form |

/// The spellings of the at sign, in lower case.
const AT: [&str; 10] =
    [" () ", " at ", "[at]", "(at)", "{at}", "<at>", "[@]", "_at_", "%", "\u{ff20}"];

/// The spellings of a dot.
const DOT: [&str; 5] = [" dot ", "[dot]", "(dot)", "{dot}", " ! "];

/// The text in place of an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Masked {
    /// It is this address.
    Address(String),
    /// It is masked beyond recovery.
    Nobody,
    /// It is not an address.
    None,
}

/// Reads a text in place of an address, which may be masked.
pub(super) fn read(text: &str) -> Masked {
    let text = text.trim();
    match text.rsplit_once('@') {
        Some((user, domain)) if is_cut(user, domain) => Masked::Nobody,
        Some((user, domain)) if !user.is_empty() && !domain.is_empty() => {
            Masked::Address(text.to_owned())
        }
        Some(_) => Masked::None,
        None => unmasked(text).map_or(Masked::None, Masked::Address),
    }
}

/// Whether the end of either part, or both parts, are left out.
fn is_cut(user: &str, domain: &str) -> bool {
    let is_short = |part: &str| part.ends_with("...") || part.ends_with('…');
    let is_crossed = |part: &str| {
        part.len() > 2 && part.chars().all(|c| matches!(c, 'x' | 'X' | '*' | '.' | '-'))
    };
    is_short(user) || is_short(domain) || is_crossed(user) && is_crossed(domain)
}

fn unmasked(text: &str) -> Option<String> {
    // It has the length of `text`, so the user can be taken from `text` in its original case.
    let lower = text.to_ascii_lowercase();
    let mark = AT.into_iter().find(|mark| lower.contains(mark))?;
    let (user, domain) = lower.split_once(mark)?;
    let user = text[..user.len()].trim();
    let mut domain = domain.trim().to_owned();
    for dot in DOT {
        domain = domain.split(dot).map(str::trim).collect::<Vec<_>>().join(".");
    }
    let is_user = !user.is_empty() && user.chars().all(is_user_char);
    let labels: Vec<&str> = domain.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(is_domain_char);
    let is_domain = labels.len() > 1 && labels.iter().all(is_label);
    (is_user && is_domain).then(|| format!("{user}@{domain}"))
}

/// RFC 5322's `atext` and the dot, and letters of any script (RFC 6531).
fn is_user_char(c: char) -> bool {
    c.is_alphanumeric() || "!#$&'*+-/=?^_`{|}~.".contains(c)
}

fn is_domain_char(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_masks() {
        let zoe = || Masked::Address("zoe@example.org".to_owned());
        for text in [
            "zoe at example.org",
            "zoe at example dot org",
            "zoe_at_example.org",
            "zoe\u{ff20}example.org",
            "zoe () example ! org",
            "zoe [at] example.org",
            "zoe(at)example.org",
            "zoe%example.org",
            "zoe AT Example DOT org",
        ] {
            assert_eq!(read(text), zoe(), "{text}");
        }
        let gmane = "zoe-mXXj517/zsQ@public.gmane.org";
        assert_eq!(read(gmane), Masked::Address(gmane.to_owned()));
        for text in ["zoe...@example.org", "xxx@xxxxxxxxxxx", "zoe@e..."] {
            assert_eq!(read(text), Masked::Nobody, "{text}");
        }
        for text in ["Zoe Lind", "the crew at example.org", "zoe at home", "100% sure.org x", ""] {
            assert_eq!(read(text), Masked::None, "{text}");
        }
    }
}
