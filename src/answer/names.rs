//! The names under which the preview answers.
//!
//! In: the names in a request: its host, and the page that asks. Out: whether they are ours. Somebody else's name
//! that leads to this machine (DNS rebinding) would let one of their pages read the site. Never here: the answer.

use std::net::IpAddr;

use axum::http::{
    HeaderMap, HeaderValue,
    header::{HOST, ORIGIN},
};

/// The names of a preview.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// The address on which it listens.
    interface: IpAddr,
    /// The names from its owner.
    hosts: Vec<String>,
}

impl Names {
    /// The names of a preview that listens on `interface` and was given these `hosts`.
    pub(crate) fn new(interface: IpAddr, hosts: &[String]) -> Self {
        Self { interface, hosts: hosts.to_vec() }
    }

    /// Whether a name, as the browser's address line shows it, is ours: one of this machine's own, or a given one.
    /// Its port may differ from ours: that of a tunnel, or of a proxy.
    pub(super) fn has(&self, authority: &str) -> bool {
        let name = without_port(authority);
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        match bare.parse::<IpAddr>() {
            Ok(ip) => {
                let outside = self.interface.is_unspecified() && !ip.is_unspecified();
                ip.is_loopback() || outside || ip == self.interface && !ip.is_unspecified()
            }
            Err(_) => name.eq_ignore_ascii_case("localhost") || self.is_given(name),
        }
    }

    fn is_given(&self, name: &str) -> bool {
        let name = name.strip_suffix('.').unwrap_or(name);
        self.hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
    }

    /// Whether one of our own pages asks. A browser names the page if it is another site's (`Origin`,
    /// `Sec-Fetch-Site`); for our own pages it may name none. A proxy may have changed our name, but not that of the
    /// page, which is then a given one.
    pub(super) fn is_own_page(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let is_own = |origin: &str| {
            let authority =
                origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            authority.is_some_and(|authority| {
                authority.eq_ignore_ascii_case(host) || self.is_given(without_port(authority))
            })
        };
        let mut origins = headers.get_all(ORIGIN).iter();
        let from_here = origins.all(|origin| origin.to_str().is_ok_and(is_own));
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        from_here && site.is_none_or(|site| matches!(site, b"same-origin" | b"none"))
    }
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ip: &str, hosts: &[&str]) -> Names {
        let hosts: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
        Names::new(ip.parse().expect("an address"), &hosts)
    }

    #[test]
    fn only_this_machine_s_names_are_ours() {
        let loopback = names("127.0.0.1", &[]);
        for name in ["127.0.0.1:1111", "localhost", "LOCALHOST:80", "[::1]:1111", "127.8.8.8"] {
            assert!(loopback.has(name), "{name}");
        }
        for name in [
            "",
            "example.org",
            "127.0.0.1.example.org",
            "localhost.example.org",
            "127.0.0.1@example.org",
            "0.0.0.0",
            "192.0.2.1",
            "[::ffff:192.0.2.1]",
        ] {
            assert!(!loopback.has(name), "{name}");
        }
        assert!(names("192.0.2.1", &[]).has("192.0.2.1:1111"));
        assert!(names("0.0.0.0", &[]).has("192.0.2.1"));
        assert!(!names("0.0.0.0", &[]).has("example.org"));
    }

    #[test]
    fn a_given_name_is_ours_and_no_other() {
        let given = names("127.0.0.1", &["preview.example.org"]);
        for name in ["preview.example.org", "Preview.Example.ORG:8080", "preview.example.org.:80"] {
            assert!(given.has(name), "{name}");
        }
        for name in ["example.org", "a.preview.example.org", "preview.example.org.evil.example"] {
            assert!(!given.has(name), "{name}");
        }
    }

    #[test]
    fn pages_of_other_sites_are_told_from_ours() {
        let given = names("127.0.0.1", &["preview.example.org"]);
        for (origin, site, own) in [
            ("", "", true),
            ("http://127.0.0.1:1111", "same-origin", true),
            ("https://preview.example.org", "same-origin", true),
            ("", "none", true),
            ("", "cross-site", false),
            ("", "same-site", false),
            ("http://evil.example", "", false),
            ("null", "", false),
            ("http://127.0.0.1:8080", "", false),
            ("http://127.0.0.1:1111.evil.example", "", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, "127.0.0.1:1111".parse().expect("a host"));
            if !origin.is_empty() {
                headers.insert(ORIGIN, origin.parse().expect("an origin"));
            }
            if !site.is_empty() {
                headers.insert("sec-fetch-site", site.parse().expect("a word"));
            }
            assert_eq!(given.is_own_page(&headers), own, "{origin} {site}");
        }
    }
}
