//! Stylesheets and scripts: the files that they need, and requests to other hosts.
//!
//! In: the bytes of a file. Out: its findings and references. They are found by searching, not by parsing: `url(…)`
//! and `@import` in styles; in scripts, every string with the name of a file of the site counts as a reference.
//! Never here: contrast (`contrast`).

use super::{Place, Seen, address::Target, contrast, finding::Rule, html::Lines, page::quoted};

/// Checks a stylesheet.
pub(super) fn look_at_css(place: Place<'_>, bytes: &[u8]) -> Seen {
    let text = String::from_utf8_lossy(bytes);
    let mut seen = Seen::default();
    let mut lines = Lines::new(text.as_bytes());
    for (at, address) in references(&text) {
        seen.links += 1;
        let (rule, why) = match place.base.target(place.path(), address) {
            Target::Site { path, .. } => match place.find(&path) {
                Some(found) => {
                    seen.leads_to.push(found);
                    continue;
                }
                None => (Rule::LinkMissing, "is not there"),
            },
            Target::Outside => (Rule::LinkOutside, "leaves the base path"),
            Target::Foreign => (Rule::ForeignRequest, "is on another host"),
            Target::Scheme(_) => (Rule::LinkScheme, "has a scheme that styles do not use"),
            Target::Here(_) | Target::Data(_) | Target::Mail => continue,
        };
        let message = format!("`{}` {why}", quoted(address));
        seen.findings.push(place.finding(rule, lines.line(at), message));
    }
    let weak = contrast::weak_colours(&text).into_iter();
    seen.findings.extend(weak.map(|weak| place.finding(Rule::Contrast, weak.line, weak.words)));
    seen
}

/// The addresses in a stylesheet, each with its place.
fn references(css: &str) -> impl Iterator<Item = (usize, &str)> {
    let urls = css.match_indices("url(").filter_map(|(at, opening)| {
        let begin = at + opening.len();
        let end = css[begin..].find(')')?;
        Some((at, css[begin..begin + end].trim().trim_matches(['"', '\''])))
    });
    let imports = css.match_indices("@import").filter_map(|(at, word)| {
        let rest = css[at + word.len()..].trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some((at, rest[1..].split(quote).next()?))
    });
    let mut all: Vec<_> = urls.chain(imports).collect();
    all.sort_unstable();
    all.into_iter()
}

/// Checks a script.
pub(super) fn look_at_script(place: Place<'_>, bytes: &[u8]) -> Seen {
    let text = String::from_utf8_lossy(bytes);
    let mut seen = Seen::default();
    for literal in
        text.split(['"', '\'', '`']).filter(|part| part.contains('.') && part.len() < 200)
    {
        // Relative to its own folder, or to the site's, as the page that loads it may decide.
        for from in [place.path(), ""] {
            if let Target::Site { path, .. } = place.base.target(from, literal) {
                seen.leads_to.extend(place.find(&path).filter(|_| !path.is_empty()));
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_names_other_files() {
        let css = "@import 'a.css';\n@import url(\"b.css\");\np { background: url( c.svg ) }";
        let found: Vec<_> = references(css).map(|(_, address)| address).collect();
        assert_eq!(found, ["a.css", "b.css", "c.svg"]);
    }
}
