//! The allowed content of the files of a site.
//!
//! In: the templates, and the markup that functions make. Out: a law: the possible elements with their attributes
//! and values. Anything else in a file comes from a mail. Never here: a page as a source of the law.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use patchpress::check::html::{self, Element, Piece};

use super::word::{self, Word};

/// The address at which the sites are served, and that of permanent links to messages.
pub(super) const BASE: &str = "https://lists.example.org/lantern/";
pub(super) const PERMALINK: &str = "https://archive.example.org/lantern/";

/// Stands for a value that a template or function fills in.
const HOLE: char = '§';

/// The markup of functions, each with its file. Templates contain their own.
const WRITTEN: &[(&str, &str)] = &[
    (
        "page/prose.rs",
        "<p><br><pre></pre><pre class=l></pre><pre class=t></pre><pre class=sig></pre><b></b><samp></samp><ins></ins><del></del>\
         <blockquote></blockquote><details class=q></details><details class=\"q log\"></details><summary></summary><i></i><p class=w><p class=note><p class=\"note cut\">\
         <a href=\"§\"></a><a rel=nofollow href=\"§\"></a>",
    ),
    (
        "page/diff.rs",
        "<section class=file id=§></section><section class=same id=§></section><h3></h3><h4></h4><code></code>\
         <span class=change></span><small></small><details class=fold></details><details class=fold open></details>\
         <div class=diff tabindex=0 role=group aria-label=Diff></div><pre class=between></pre>",
    ),
    (
        "page/diff/lines.rs",
        "<samp id=§></samp><em></em><a></a><a class=w id=§></a><mark></mark><s></s><div class=said></div>",
    ),
    (
        "page/diff/inner.rs",
        "<div class=diff tabindex=0 role=group aria-label=Difference></div><a class=i></a><a class=d></a>\
         <ins class=i></ins><ins class=d></ins><del class=i></del><del class=d></del>",
    ),
    ("page/diff/moved.rs", "<span class=w></span>"),
    ("page/diff/stat.rs", "<ul class=stat></ul><li><a href=#§></a><p class=total>"),
    ("page/highlight/mod.rs", "<b></b><i></i><u></u><em></em><dfn></dfn><var></var>"),
    ("page/remarks.rs", "<div id=§></div><span class=tag></span><p class=at>"),
    // A block of a base template inside a tag; the template that extends it sets the block.
    ("templates/series.html", "<main data-pagefind-body></main>"),
];

/// The content of feed entries.
const IN_FEEDS: &str =
    "<p></p><ul></ul><li></li><pre></pre><code></code><ins></ins><del></del><a href=\"§\"></a>";

/// Words that fill a class: `StateKind::word`, `Fate::word`, the states of reports, the kinds of pages, the styles
/// of sections, the layers of charts.
#[rustfmt::skip]
const CLASSES: &[&str] = &[
    "", "new", "discussed", "changes-requested", "reviewed", "quiet", "superseded", "rejected", "partly-applied", "applied",
    "merged", "posted", "pulled", "stable", "404", "compare", "content", "diff", "digest", "digests", "feeds", "home", "list", "people", "path", "paths",
    "person", "search", "series", "stats", "thread", "whole", "year", "brief", "one", "two", "three", "four", "other", "here",
    "open", "fix-posted", "fixed", "closed",
];

/// Elements without an end tag.
const VOID: &[&str] = &["meta", "link", "br", "input", "path", "rect", "img", "hr"];
/// Elements whose end tag may be left out.
const ENDLESS: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option"];

/// The allowed elements, with their attributes and the values of these.
#[derive(Debug, Default)]
pub(super) struct Law(HashMap<String, HashMap<String, Vec<String>>>);

impl Law {
    /// The law for pages.
    pub(super) fn of_pages() -> Self {
        let mut law = Self::default();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
        for entry in std::fs::read_dir(folder).expect("the templates") {
            let path = entry.expect("a template").path();
            // The file at the old address of an author's page redirects; no page with mail may.
            if path.ends_with("moved.html") {
                continue;
            }
            law.learn(&with_holes(&std::fs::read_to_string(path).expect("text")));
        }
        WRITTEN.iter().for_each(|(_, markup)| law.learn(markup));
        law
    }

    /// The law for HTML in feeds.
    pub(super) fn of_feeds() -> Self {
        let mut law = Self::default();
        law.learn(IN_FEEDS);
        law
    }

    fn learn(&mut self, markup: &str) {
        html::scan(markup.as_bytes(), |piece, _| {
            let Piece::Element(element) = piece else { return };
            let attributes = self.0.entry(element.name().to_owned()).or_default();
            for (name, value) in element.attributes() {
                attributes.entry(name.to_owned()).or_default().push(value.to_owned());
            }
        });
    }

    /// The violations in a page or a piece of one; the words in its text are added to `words`.
    pub(super) fn breach(&self, page: &[u8], words: &mut HashSet<Word>) -> Option<String> {
        let mut breach = odd_character(page);
        let mut open: Vec<String> = Vec::new();
        let mut text = String::with_capacity(page.len());
        html::scan(page, |piece, at| {
            let found = match piece {
                Piece::Element(element) => {
                    if !VOID.contains(&element.name()) {
                        open.push(element.name().to_owned());
                    }
                    self.judge(element)
                }
                Piece::End(name) => close(&mut open, name),
                Piece::Malformed(why) => Some(why.to_owned()),
                Piece::Text(words) => {
                    text.push_str(words);
                    None
                }
            };
            if let (Some(found), None) = (found, &breach) {
                let line = memchr::memrchr(b'\n', &page[..at]).map_or(0, |end| end + 1);
                let context = String::from_utf8_lossy(&page[line..page.len().min(line + 160)]);
                breach = Some(format!("{found}: {context}"));
            }
        });
        word::find(text.as_bytes(), words);
        let left = open.iter().find(|name| !ENDLESS.contains(&&***name));
        breach.or_else(|| left.map(|name| format!("<{name}> is never closed")))
    }

    fn judge(&self, element: &Element) -> Option<String> {
        let name = element.name();
        let Some(attributes) = self.0.get(name) else { return Some(format!("<{name}>")) };
        let is_lawful = |attribute: &str, value: &str| {
            let forms = attributes.get(attribute).map_or(&[][..], Vec::as_slice);
            forms.iter().any(|form| fits(form, value, &|part| fills(element, attribute, part)))
        };
        let odd = element.attributes().find(|(attribute, value)| !is_lawful(attribute, value));
        odd.map(|(attribute, value)| format!("<{name} {attribute}={value:?}>"))
    }
}

/// Closes the element that an end tag ends, with those in it that need no end tag.
fn close(open: &mut Vec<String>, name: &str) -> Option<String> {
    while let Some(last) = open.pop() {
        if last == name {
            return None;
        }
        if !ENDLESS.contains(&&*last) {
            return Some(format!("</{name}> in <{last}>"));
        }
    }
    Some(format!("</{name}> ends nothing"))
}

/// A template with holes for the values that it fills in.
fn with_holes(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, behind) = rest.split_at(start);
        out.push_str(before);
        let (end, instead) = match behind.as_bytes().get(1) {
            Some(b'{') => ("}}", Some(HOLE)),
            Some(b'%') => ("%}", None),
            Some(b'#') => ("#}", None),
            _ => ("{", Some('{')),
        };
        let len = behind.find(end).expect("what is opened is closed") + end.len();
        out.extend(instead);
        rest = &behind[len..];
    }
    out + rest
}

/// Whether a value has the form, if `fills` allows the text of each hole.
fn fits(form: &str, value: &str, fills: &dyn Fn(&str) -> bool) -> bool {
    let Some((literal, rest)) = form.split_once(HOLE) else { return form == value };
    let Some(value) = value.strip_prefix(literal) else { return false };
    let next = rest.split(HOLE).next().unwrap_or_default();
    let ends: Vec<usize> = match rest.contains(HOLE) {
        true => value.match_indices(next).map(|(at, _)| at).collect(),
        false => value.strip_suffix(next).map(str::len).into_iter().collect(),
    };
    ends.into_iter().any(|end| fills(&value[..end]) && fits(rest, &value[end..], fills))
}

/// Whether `part` is allowed in the hole of an attribute.
fn fills(element: &Element, attribute: &str, part: &str) -> bool {
    let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
    match attribute {
        "href" | "src" | "action" => {
            let is_outside = element.get("rel") == Some("nofollow");
            element.name() != "script" && is_address(part, is_outside) || is_own_file(part)
        }
        "class" => is_number || CLASSES.contains(&part),
        "id" | "aria-labelledby" => {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_@.".contains(&b))
        }
        "d" => part.bytes().all(|b| b.is_ascii_digit() || b"Mmvhz -".contains(&b)),
        "datetime" | "data-as-of" | "viewbox" | "width" | "height" | "lang" => {
            part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+:.".contains(&b))
        }
        "type" => part.starts_with("application/") || part == "text/plain",
        "aria-current" => matches!(part, "page" | "true"),
        // Words for people.
        "content" | "title" | "alt" | "aria-label" | "value" | "placeholder" => true,
        _ => false,
    }
}

/// A part of `../static/site.js?h=0123abcd`: the way to the site's root, or a file of the theme.
fn is_own_file(part: &str) -> bool {
    let file = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b".?=-".contains(&b));
    part.replace("../", "").is_empty()
        || BASE.ends_with(part)
        || part.strip_prefix("static/").is_some_and(file)
}

/// An address that a browser may follow: to this site, to the list's archive, or, if the link says so, elsewhere.
fn is_address(url: &str, is_outside: bool) -> bool {
    let is_plain = |b: u8| b.is_ascii_graphic() && !b"<>\"'`\\".contains(&b);
    let scheme = url.split(['/', '?', '#']).next().unwrap_or_default();
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_here = match is_web {
        true => is_outside || url.starts_with(BASE) || url.starts_with(PERMALINK),
        false => !scheme.contains(':') && !url.starts_with("//"),
    };
    is_here && !url.is_empty() && url.bytes().all(is_plain)
}

/// The first character that markup must not contain: HTML and XML also forbid noncharacters.
pub(super) fn odd_character(file: &[u8]) -> Option<String> {
    let is_none = |c| matches!(c, 0xfdd0..=0xfdef) || c & 0xfffe == 0xfffe;
    first(file, |c| is_control(c) || is_none(c))
}

/// The first character with which text could control a terminal or the direction of text.
pub(super) fn odd_control(file: &[u8]) -> Option<String> {
    first(file, is_control)
}

fn is_control(c: u32) -> bool {
    matches!(c, 0..=8 | 0xb..=0x1f | 0x7f..=0x9f | 0x202a..=0x202e | 0x2066..=0x2069)
}

/// The first forbidden character, and the text before it.
fn first(file: &[u8], is_odd: impl Fn(u32) -> bool) -> Option<String> {
    let text = match std::str::from_utf8(file) {
        Ok(text) => text,
        Err(error) => return Some(format!("no UTF-8 at byte {}", error.valid_up_to())),
    };
    text.char_indices().find(|(_, c)| is_odd(u32::from(*c))).map(|(at, c)| {
        let start = text.floor_char_boundary(at.saturating_sub(40));
        format!("{c:?} behind {:?}", &text[start..at])
    })
}

fn breach(html: &str) -> Option<String> {
    Law::of_pages().breach(html.as_bytes(), &mut HashSet::new())
}

#[test]
fn what_templates_and_functions_make_is_lawful() {
    for html in [
        "<p>a &lt;b><p class=w>b<a href=../series/x/#p1>c</a>",
        "<body class=series-page><main id=main><div class=diff tabindex=0 role=group aria-label=Diff><pre><a id=3b-1>-x\n</a></pre></div></main></body>",
        "<p>see <a rel=nofollow href=\"https://example.net/?a&amp;b\">x</a>",
        "<i class=\"bar u10 d2\"></i>",
        "<tr class=missing><td class=number>1<td>",
    ] {
        assert_eq!(breach(html), None, "{html}");
    }
}

#[test]
fn what_nothing_makes_is_a_breach() {
    for (html, what) in [
        ("<h1 onclick=x>a</h1>", "<h1 onclick=\"x\">"),
        ("<p><img src=x>", "<img>"),
        ("<meta http-equiv=refresh content=0>", "<meta http-equiv=\"refresh\">"),
        ("<a href=\"javascript:x\">a</a>", "<a href=\"javascript:x\">"),
        ("<a href=\"https://example.net/\">a</a>", "<a href=\"https://example.net/\">"),
        ("<a href=\"//example.net/\">a</a>", "<a href=\"//example.net/\">"),
        ("<script src=\"//example.net/x.js\"></script>", "<script src=\"//example.net/x.js\">"),
        ("<span class=\"state evil\">a</span>", "<span class=\"state evil\">"),
        ("<p>a</div>", "</div> ends nothing"),
        ("<div><section></div>", "</div> in <section>"),
        ("<pre>a", "<pre> is never closed"),
        ("<p>\u{1b}", "'\\u{1b}' behind"),
        ("<p>\u{202e}", "'\\u{202e}' behind"),
    ] {
        let found = breach(html).unwrap_or_default();
        assert!(found.starts_with(what), "{html}: {found}");
    }
}
