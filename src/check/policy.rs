//! The Content-Security-Policy of a page: it must come first and allow nothing foreign or inline, and the page must
//! have nothing that it forbids.
//!
//! In: the elements of a page, in order. Out: findings about the policy, and about elements that violate it. Never
//! here: other rules for a page (`page`).

use super::{
    Place,
    finding::{Finding, Rule},
    html::Element,
};

/// The facts about a page's policy so far.
#[derive(Debug, Default)]
pub(super) struct Policy {
    is_there: bool,
    /// The first element that loads something, if it comes before the policy.
    early: Option<(String, usize)>,
}

/// The types of script elements that contain data and do not run.
const DATA: [&str; 3] = ["application/json", "application/ld+json", "text/plain"];

/// The things that a link element fetches by itself.
const FETCHED: [&str; 9] = [
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "modulepreload",
    "manifest",
    "preconnect",
    "dns-prefetch",
    "apple-touch-icon",
];

/// Whether the browser fetches the address of this attribute by itself.
pub(super) fn is_request(element: &Element, attribute: &str) -> bool {
    match (element.name(), attribute) {
        ("link", "href") => {
            let rels = element.get("rel").unwrap_or_default();
            rels.split_ascii_whitespace()
                .any(|rel| FETCHED.iter().any(|f| rel.eq_ignore_ascii_case(f)))
        }
        ("object", "data") | ("image" | "use", "href" | "xlink:href") => true,
        (_, "src" | "srcset" | "poster") => true,
        _ => false,
    }
}

impl Policy {
    /// Checks an element, in the page's order.
    pub(super) fn see(
        &mut self,
        place: Place<'_>,
        element: &Element,
        line: usize,
        found: &mut Vec<Finding>,
    ) {
        let mut broken = |what: String| {
            found.push(place.finding(Rule::PolicyBroken, line, what));
        };
        let name = element.name();
        match name {
            "style" => broken("a style in the page".into()),
            "base" | "iframe" | "frame" | "object" | "embed" => broken(format!("<{name}>")),
            _ => {}
        }
        for (attribute, _) in element.attributes() {
            if attribute == "style" || attribute == "srcdoc" || attribute.starts_with("on") {
                broken(format!("`{attribute}=` on <{name}>"));
            }
        }
        if name == "meta" {
            self.see_meta(place, element, line, found);
        }
        let loads = matches!(name, "script" | "style")
            || element.attributes().any(|(attribute, _)| is_request(element, attribute));
        if loads && !self.is_there && self.early.is_none() {
            self.early = Some((name.to_owned(), line));
        }
    }

    fn see_meta(
        &mut self,
        place: Place<'_>,
        element: &Element,
        line: usize,
        found: &mut Vec<Finding>,
    ) {
        let is_policy = element
            .get("http-equiv")
            .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
        if !is_policy {
            return;
        }
        self.is_there = true;
        let weak = weakness(element.get("content").unwrap_or_default());
        found.extend(weak.map(|why| place.finding(Rule::Policy, line, why)));
        if let Some((name, line)) = self.early.take() {
            let message = format!("<{name}> comes before the policy");
            found.push(place.finding(Rule::Policy, line, message));
        }
    }

    /// Checks the text in a script element without a `src`.
    pub(super) fn see_script(place: Place<'_>, kind: &str, line: usize) -> Option<Finding> {
        let is_data = DATA.iter().any(|data| kind.eq_ignore_ascii_case(data));
        (!is_data).then(|| place.finding(Rule::PolicyBroken, line, "a script in the page"))
    }

    /// The findings at the end of the page.
    pub(super) fn end(self, place: Place<'_>) -> Option<Finding> {
        (!self.is_there).then(|| place.finding(Rule::Policy, 0, "there is no policy"))
    }
}

/// Sources that a policy should not allow.
fn weakness(policy: &str) -> Option<String> {
    let mut has_default = false;
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        let Some(name) = words.next().map(str::to_ascii_lowercase) else { continue };
        has_default |= name == "default-src";
        if !name.ends_with("-src") && name != "base-uri" && name != "form-action" {
            continue;
        }
        for source in words {
            // Pictures may be in the page itself; all keywords except two are limited to the site.
            let is_safe = match source.to_ascii_lowercase().as_str() {
                "'unsafe-inline'" | "'unsafe-eval'" => false,
                "data:" => name == "img-src" || name == "font-src",
                source => source.starts_with('\''),
            };
            if !is_safe {
                return Some(format!("`{name}` lets {source} through"));
            }
        }
    }
    (!has_default).then(|| "the policy has no `default-src`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_lets_something_through_is_weak() {
        for (policy, why) in [
            ("default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'", None),
            ("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'", None),
            ("default-src 'none'; frame-ancestors https://example.org", None),
            ("script-src 'self'", Some("the policy has no `default-src`")),
            ("", Some("the policy has no `default-src`")),
            (
                "default-src 'none'; style-src 'self' 'unsafe-inline'",
                Some("`style-src` lets 'unsafe-inline' through"),
            ),
            (
                "default-src 'none'; script-src cdn.example.net",
                Some("`script-src` lets cdn.example.net through"),
            ),
            ("default-src 'none'; script-src data:", Some("`script-src` lets data: through")),
            ("default-src *", Some("`default-src` lets * through")),
        ] {
            assert_eq!(weakness(policy).as_deref(), why, "{policy}");
        }
    }
}
