//! Checks a page: its links, its ids, its policy.
//!
//! In: the bytes of a page. Out: its faults, and facts for other checks: its ids, its links. Never here: other
//! pages.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use percent_encoding::percent_decode_str;

use super::{
    Anchor, Place, Seen,
    address::{Form, Media, Target},
    finding::{Finding, Rule},
    html::{self, Element, Lines, Piece},
    policy::{self, Policy},
    tree::{File, Tree},
};
use crate::plan::Route;

/// The classes of a paragraph that reports, in any language, that something was cut because of its length.
const CUT: &str = "note cut";

/// The longest part of an address in a message, in characters.
const QUOTED: usize = 120;

/// Checks a page.
pub(super) fn look(place: Place<'_>, bytes: &[u8]) -> Seen {
    let mut looker = Looker::new(place, bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let line = Lines::new(bytes).line(error.valid_up_to());
        looker.say(Rule::Markup, line, "is not UTF-8");
    }
    html::scan(bytes, |piece, at| looker.see(&piece, at));
    looker.end()
}

/// The address of a front page according to its canonical link.
pub(super) fn canonical(bytes: &[u8]) -> Option<String> {
    let mut found = None;
    html::scan(bytes, |piece, _| {
        if let Piece::Element(element) = piece
            && found.is_none()
            && is_canonical(element)
        {
            found = element.get("href").filter(|href| href.contains("://")).map(str::to_owned);
        }
    });
    found
}

/// The hash that represents an id; the same in every run.
pub(super) fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The meaning of the text after a start tag.
#[derive(Debug, PartialEq, Eq)]
enum Inside {
    Text,
    Script(String),
}

/// The state of checking a page.
struct Looker<'a> {
    place: Place<'a>,
    lines: Lines<'a>,
    seen: Seen,
    ids: HashSet<u64>,
    /// Links to places on the page itself, which may come before these places.
    here: Vec<(String, usize)>,
    policy: Policy,
    inside: Inside,
    is_not_found: bool,
}

impl<'a> Looker<'a> {
    fn new(place: Place<'a>, bytes: &'a [u8]) -> Self {
        Self {
            place,
            lines: Lines::new(bytes),
            seen: Seen::default(),
            ids: HashSet::new(),
            here: Vec::new(),
            policy: Policy::default(),
            inside: Inside::Text,
            is_not_found: place.path() == Route::NotFound.file(),
        }
    }

    fn say(&mut self, rule: Rule, line: usize, message: impl Into<String>) {
        self.seen.findings.push(self.place.finding(rule, line, message));
    }

    fn see(&mut self, piece: &Piece<'_>, at: usize) {
        match piece {
            Piece::Element(element) => self.see_element(element, at),
            Piece::End(_) => self.inside = Inside::Text,
            Piece::Malformed(why) => {
                let line = self.lines.line(at);
                self.say(Rule::Markup, line, why.replace('-', " "));
            }
            Piece::Text(text) => match &self.inside {
                Inside::Script(kind) if !text.trim().is_empty() => {
                    let line = self.lines.line(at);
                    self.seen.findings.extend(Policy::see_script(self.place, kind, line));
                }
                _ => {}
            },
        }
    }

    fn see_element(&mut self, element: &Element, at: usize) {
        let name = element.name();
        self.inside = match name {
            "script" if element.get("src").is_none() => {
                Inside::Script(element.get("type").unwrap_or_default().to_owned())
            }
            "p" if element.get("class") == Some(CUT) => {
                self.seen.cuts += 1;
                Inside::Text
            }
            "p" if element.get("class") == Some("thinned") => {
                self.seen.is_thinned = true;
                Inside::Text
            }
            "meta" if element.get("http-equiv") == Some("refresh") => {
                self.seen.is_moved = true;
                Inside::Text
            }
            _ => Inside::Text,
        };
        let is_plain = element.attributes().next().is_none();
        if is_plain && !matches!(name, "script" | "style" | "iframe" | "base" | "frame" | "embed") {
            return;
        }
        let line = self.lines.line(at);
        self.policy.see(self.place, element, line, &mut self.seen.findings);
        for (attribute, value) in element.attributes() {
            match attribute {
                "id" => self.see_id(value, line),
                "name" if name == "a" => drop(self.ids.insert(hash(value))),
                "href" | "xlink:href" | "src" | "action" | "formaction" | "poster" | "cite" => {
                    self.see_link(element, attribute, value, line);
                }
                "data" if name == "object" => self.see_link(element, attribute, value, line),
                "srcset" => {
                    let urls =
                        value.split(',').filter_map(|part| part.split_ascii_whitespace().next());
                    urls.for_each(|url| self.see_link(element, attribute, url, line));
                }
                "content" if is_preview(element) => self.see_link(element, attribute, value, line),
                _ => {}
            }
        }
    }

    fn see_id(&mut self, id: &str, line: usize) {
        if !self.ids.insert(hash(id)) {
            self.say(Rule::IdTwice, line, format!("the id `{}` exists already", quoted(id)));
        }
    }

    fn see_link(&mut self, element: &Element, attribute: &str, address: &str, line: usize) {
        self.seen.links += 1;
        if is_canonical(element) {
            return self.see_canonical(address, line);
        }
        let is_request = policy::is_request(element, attribute);
        let place = self.place;
        let wrong = match place.base.target(place.path(), address) {
            Target::Here(fragment) => {
                if !fragment.is_empty() {
                    self.here.push((fragment.to_owned(), line));
                }
                None
            }
            Target::Site { path, fragment, form } => {
                self.see_own(element, (&path, fragment, form), address, line);
                None
            }
            Target::Outside => Some((Rule::LinkOutside, "leaves the base path")),
            Target::Foreign if is_request => Some((Rule::ForeignRequest, "is on another host")),
            Target::Foreign | Target::Mail => None,
            Target::Data(Media::Image) if is_request => None,
            Target::Data(_) | Target::Scheme(_) => {
                Some((Rule::LinkScheme, "has a scheme other than http, https and mailto"))
            }
        };
        if let Some((rule, why)) = wrong {
            self.say(rule, line, format!("`{}` {why}", quoted(address)));
        }
    }

    /// Checks that a page's canonical address is its own.
    fn see_canonical(&mut self, address: &str, line: usize) {
        let place = self.place;
        let is_own = match place.base.target(place.path(), address) {
            Target::Site { path, form: Form::Whole, .. } => {
                place.tree.find(&path) == Some(place.number)
            }
            _ => false,
        };
        if !is_own {
            let own = place.base.url(place.path());
            self.say(Rule::Canonical, line, format!("`{}` is not {own}", quoted(address)));
        }
    }

    /// Checks a link within the site.
    fn see_own(&mut self, element: &Element, to: (&str, &str, Form), address: &str, line: usize) {
        let (path, fragment, form) = to;
        let place = self.place;
        let found = place.find(path);
        match form {
            Form::Relative if self.is_not_found => {
                self.say(Rule::NotFoundLink, line, format!("`{}` is relative", quoted(address)));
            }
            Form::Path if !self.is_not_found => {
                self.say(
                    Rule::LinkAbsolute,
                    line,
                    format!("`{}` begins with a slash", quoted(address)),
                );
            }
            _ => {}
        }
        let Some(found) = found else {
            // A mail may name any address, including this site's.
            let is_said = form == Form::Whole && element.name() == "a";
            let rule = if is_said { Rule::LinkOwn } else { Rule::LinkMissing };
            return self.say(rule, line, format!("`{}` is not there", quoted(address)));
        };
        self.seen.leads_to.push(found);
        if is_place(fragment) && place.tree.files[found as usize].is_page() {
            if found == place.number {
                self.here.push((fragment.to_owned(), line));
            } else {
                self.seen.anchors.push(Anchor { page: found, fragment: fragment.into(), line });
            }
        }
    }

    fn end(mut self) -> Seen {
        for (fragment, line) in std::mem::take(&mut self.here) {
            if is_place(&fragment) && !candidates(&fragment).iter().any(|id| self.ids.contains(id))
            {
                let message = format!("there is no `#{}` on this page", quoted(&fragment));
                self.say(Rule::AnchorMissing, line, message);
            }
        }
        let missing = std::mem::take(&mut self.policy).end(self.place);
        self.seen.findings.extend(missing);
        self.seen.leads_to.sort_unstable();
        self.seen.leads_to.dedup();
        self.seen.ids = self.ids.into_iter().collect();
        self.seen.ids.sort_unstable();
        self.seen
    }
}

fn is_canonical(element: &Element) -> bool {
    element.name() == "link" && element.get("rel") == Some("canonical")
}

/// Whether an element is a picture for link previews, or the page's own address for them.
fn is_preview(element: &Element) -> bool {
    matches!(element.get("property"), Some("og:image" | "og:url"))
}

/// Whether a fragment names a place: browsers know `#top`, and text fragments search.
fn is_place(fragment: &str) -> bool {
    !fragment.is_empty() && !fragment.eq_ignore_ascii_case("top") && !fragment.starts_with(":~:")
}

/// The ids that a fragment leads to: the same text, or its percent-decoded form.
pub(super) fn candidates(fragment: &str) -> [u64; 2] {
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    [hash(fragment), hash(&decoded)]
}

/// A part of an address or id, shortened for a report.
pub(super) fn quoted(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut out: String = clean.clone().take(QUOTED).collect();
    if clean.count() > QUOTED {
        out.push('…');
    }
    out
}

/// Whether a page has the place that a link names.
pub(super) fn has(page: &Seen, anchor: &Anchor) -> bool {
    candidates(&anchor.fragment).iter().any(|id| page.ids.binary_search(id).is_ok())
}

/// Links of a file to places that other pages do not have, now that all ids are known.
pub(super) fn anchors(
    file: &File,
    anchors: &[Anchor],
    tree: &Tree,
    seen: &[&Seen],
) -> Vec<Finding> {
    let is_there = |anchor: &&Anchor| has(seen[anchor.page as usize], anchor);
    let say = |anchor: &Anchor| {
        let page = &tree.files[anchor.page as usize].path;
        let message = format!("there is no `#{}` on {page}", quoted(&anchor.fragment));
        Finding { line: anchor.line, ..file.finding(Rule::AnchorMissing, message) }
    };
    anchors.iter().filter(|anchor| !is_there(anchor)).map(say).collect()
}
