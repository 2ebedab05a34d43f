//! XML files by kind: feeds, lists of feeds, sitemaps, pictures. With `feed/`, the only place that names roxmltree.
//!
//! In: the bytes of a file. Out: its findings and links. Each file is parsed into a tree: feeds have a limit of 512
//! KB, and their readers refuse everything that is not well-formed. Never here: the rules for feeds (`feed`).

use roxmltree::Document;

use super::{
    Place, Seen,
    address::{Form, Target},
    feed,
    finding::Rule,
    lines::LineIndex,
    page::quoted,
};

/// Checks an XML file.
pub(super) fn look(place: Place<'_>, bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    // By its name or its first element: a file that does not parse has no elements.
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]);
    let is_feed =
        head.contains("<feed") || head.contains("<rss") || place.path().ends_with(".atom");
    let broken = if is_feed { Rule::FeedForm } else { Rule::Xml };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = memchr::memchr_iter(b'\n', before).count() + 1;
            seen.findings.push(place.finding(broken, line, "is not UTF-8"));
            return seen;
        }
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let line = error.pos().row as usize;
            seen.findings.push(place.finding(broken, line, error.to_string()));
            return seen;
        }
    };
    let lines = LineIndex::new(text);
    match document.root_element().tag_name().name() {
        "feed" => feed::look(place, bytes.len(), feed::read_atom(&document, &lines)),
        "rss" => feed::look(place, bytes.len(), feed::read_rss(&document, &lines)),
        "opml" | "urlset" | "sitemapindex" => {
            look_at_addresses(place, &document, &lines, &mut seen);
            seen
        }
        _ => seen,
    }
}

/// The file that makes a site a hub.
const HUB: &str = "sitemap-hub.xml";

/// Checks the addresses in a sitemap or a list of feeds: files of this site, identified by their absolute URL. Those of a
/// hub name files of other sites, too.
fn look_at_addresses(
    place: Place<'_>,
    document: &Document<'_>,
    lines: &LineIndex,
    seen: &mut Seen,
) {
    let is_hub = place.find(HUB).is_some();
    for node in document.descendants() {
        let own = ["xmlUrl", "htmlUrl"].into_iter().filter_map(|name| node.attribute(name));
        let loc = (node.tag_name().name() == "loc").then(|| node.text()).flatten();
        for address in own.chain(loc) {
            seen.links += 1;
            let target = place.base.target(place.path(), address);
            let found = match &target {
                Target::Site { path, form: Form::Whole, .. } => place.find(path),
                _ => None,
            };
            seen.leads_to.extend(found);
            let is_of_other = is_hub && matches!(target, Target::Foreign | Target::Outside);
            if found.is_none() && !is_of_other {
                let message = format!("`{}` is not a file of this site", quoted(address));
                seen.findings.push(place.finding(Rule::LinkMissing, lines.of(&node), message));
            }
        }
    }
}
