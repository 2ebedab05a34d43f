//! Text by others reaches a page only through the writers of `src/text/`: this test checks the source for it.
//!
//! The compiler checks most of it: `Html` takes a literal as markup and escapes any other text. This test checks the
//! rest: that no markup is created outside the writers, that templates print nothing else unescaped, and that the
//! writers have no other way in.

use std::collections::BTreeSet;

use crate::layers::{files, sources, untested};

/// The stages that write pages, feeds and mails.
const WRITERS: [&str; 4] = ["markup/", "page/", "feed/", "bulletin/"];
/// Other code with some markup.
const OTHERS: [&str; 6] = ["plan/", "search/", "site/live", "site/sitemap.rs", "answer/", "hub/"];

/// Files in these that build texts byte by byte, and what they build, which is not markup.
const TEXTS: [(&str, &str); 11] = [
    ("markup/excerpt.rs", "the beginning of a text"),
    ("markup/markdown.rs", "the words of a Markdown text"),
    ("markup/comment_anchors.rs", "the lines of an answer"),
    ("markup/markdown/moved.rs", "the words of a Markdown text"),
    ("page/digest/text.rs", "a digest as plain text"),
    ("page/part/chart/path.rs", "the path of a bar, from numbers"),
    ("page/part/messages.rs", "a Message-ID in an address"),
    ("page/series/machines.rs", "a sentence of a robot"),
    ("page/series/mbox.rs", "encoded words of a header"),
    ("bulletin/mail.rs", "encoded words of a header"),
    ("feed/revision_entry.rs", "a sentence, a diffstat"),
];

/// Code that appends to a string.
const PUSHES: [&str; 5] = [".push_str(", "write!(", "writeln!(", ".insert_str(", "String::from("];

/// Code around a literal that makes it a string: before it and after it.
const STRINGS_BEFORE: [&str; 4] = ["format!(", "format_args!(", "push_str(", "String::from("];
const STRINGS_BEHIND: [&str; 5] =
    [".to_owned()", ".to_string()", ".into()", ".repeat(", ".replace("];

/// The literals of code, each with its start and end, quotes included.
pub(crate) fn literals(code: &str) -> Vec<(usize, usize)> {
    let bytes = code.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            // A character literal: a lifetime has no quote after it.
            b'\'' if bytes.get(at + 1) == Some(&b'\\') => at += 4,
            b'\'' if bytes.get(at + 2) == Some(&b'\'') => at += 3,
            b'"' => {
                let start = at;
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
                found.push((start, at.min(bytes.len())));
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether a literal contains a tag: `<p>`, `</p>`, `<a href=`, `<{level}>`, `<!doctype`.
fn has_tag(literal: &str) -> bool {
    literal.match_indices('<').any(|(at, _)| {
        let rest = &literal[at + 1..];
        let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
        let is_named = name.len() < rest.len() && name.starts_with(['>', ' ', '/', '=']);
        let made = rest.starts_with('{') && rest.contains("}>");
        is_named || made || rest.starts_with('/') || rest.starts_with("!d")
    })
}

/// The literals with a tag that become a string, whose content no writer knows.
fn raw_markup(code: &str) -> Vec<&str> {
    let is_raw = |(start, end): &(usize, usize)| {
        let (before, behind) = (code[..*start].trim_end(), code[*end..].trim_start());
        // `write!(out, "…"`: the target is between the call and the literal.
        let call = before.strip_suffix(',').and_then(|before| before.rsplit_once('('));
        has_tag(&code[*start..*end])
            && (call
                .is_some_and(|(call, _)| call.ends_with("write!") || call.ends_with("writeln!"))
                || STRINGS_BEFORE.iter().any(|call| before.ends_with(call))
                || STRINGS_BEHIND.iter().any(|call| behind.starts_with(call)))
    };
    literals(code).into_iter().filter(is_raw).map(|(start, end)| &code[start..end]).collect()
}

fn is_writer(file: &str) -> bool {
    WRITERS.iter().any(|stage| file.starts_with(stage))
}

/// The code of all writers, without their tests.
fn written() -> Vec<(String, String)> {
    let is_other = |file: &str| OTHERS.iter().any(|place| file.starts_with(place));
    let is_code = |file: &str| (is_writer(file) || is_other(file)) && !file.ends_with("tests.rs");
    let code = sources().into_iter().filter(|(file, _)| is_code(file));
    code.map(|(file, code)| (file, untested(&code).to_owned())).collect()
}

#[test]
fn markup_is_written_by_its_writers_alone() {
    let (mut wrong, mut tags) = (Vec::new(), 0);
    for (file, code) in &written() {
        tags += literals(code).iter().filter(|(start, end)| has_tag(&code[*start..*end])).count();
        // Angle brackets in a mail enclose an address.
        if !file.ends_with("mail.rs") && !file.ends_with("mbox.rs") {
            let raw = raw_markup(code);
            wrong.extend(raw.iter().map(|tag| format!("src/{file} makes a string of {tag}")));
        }
        let pushes = PUSHES.iter().find(|push| code.contains(*push));
        let known = TEXTS.iter().any(|(text, _)| text == file);
        match (pushes, known) {
            (Some(push), false) if is_writer(file) => {
                wrong.push(format!("src/{file} says `{push}`: a writer does"))
            }
            (None, true) => wrong.push(format!("src/{file} appends nothing: it leaves the list")),
            _ => {}
        }
    }
    assert!(tags > 100, "only {tags} tags were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn raw_markup_is_found() {
    for (code, is_raw) in [
        ("out.markup(\"<p>\").text(&title)", false),
        ("format!(\"<p>{title}</p>\")", true),
        ("let x = String::from(\"<a href=\")", true),
        ("let x = format!(\n    \"<{level}>\")", true),
        ("\"<li>\".to_owned()", true),
        ("write!(path, \"<b>{x}</b>\")", true),
        ("const P: &str = \"<p>\";", false),
        ("format!(\"{name} <{address}> \\\"<\\\"\")", true),
        ("format!(\"{a} < {b}\")", false),
        ("if c == '\"' { format!(\"x\") } else { x(\"<p>\") }", false),
    ] {
        assert_eq!(!raw_markup(code).is_empty(), is_raw, "{code}");
    }
}

/// The fields of views that hold markup by their name, and those that do by their type.
fn html_fields() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut by_name, mut by_type) = (BTreeSet::new(), BTreeSet::new());
    for (file, code) in written().iter().filter(|(file, _)| file.ends_with("view.rs")) {
        for line in code.lines() {
            let field = line.trim().strip_prefix("pub ").and_then(|rest| rest.split_once(": "));
            let Some((name, kind)) = field else { continue };
            let place = format!("{file}: {name}");
            let kind = kind.trim_end_matches(',');
            if kind.split(|c: char| !c.is_alphanumeric()).any(|word| word == "Html") {
                by_type.insert(place.clone());
            }
            if name.ends_with("_html") {
                by_name.insert(place);
            }
        }
    }
    (by_name, by_type)
}

#[test]
fn a_field_of_html_is_named_html() {
    let (by_name, by_type) = html_fields();
    assert!(by_name.len() > 10, "only {} fields were found", by_name.len());
    assert_eq!(by_name, by_type, "fields `…_html`, and fields of the type `Html`");
}

#[test]
fn templates_print_only_html_as_it_is() {
    let fields: BTreeSet<String> = html_fields()
        .0
        .iter()
        .filter_map(|place| place.rsplit_once(' '))
        .map(|(_, name)| name.to_owned())
        .collect();
    let (mut seen, mut wrong) = (0, Vec::new());
    for (file, template) in files("themes", "html") {
        if template.contains("autoescape") {
            wrong.push(format!("{file} switches escaping"));
        }
        for (at, _) in template.match_indices("safe") {
            let before = template[..at].trim_end();
            let Some(value) = before.strip_suffix('|').map(str::trim_end) else { continue };
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let field = value.rsplit(|c: char| !is_part(c)).next().unwrap_or_default();
            if !fields.contains(field) {
                wrong.push(format!("{file} prints `{field}` as it is"));
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} values were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Text by the site itself: its addresses, ids, classes, dates, numbers. None contains a blank or a quote.
const WORDS: [&str; 18] = [
    "anchor",
    "current",
    "digest_url",
    "feed_url",
    "height",
    "id",
    "iso",
    "kind",
    "lang",
    "mbox_url",
    "media",
    "share",
    "state",
    "style",
    "text_url",
    "url",
    "whole_url",
    "width",
];

#[test]
fn an_attribute_without_quotes_holds_a_word() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for (file, template) in files("themes", "html") {
        for (at, _) in template.match_indices("={{") {
            let value = template[at + 3..].split("}}").next().unwrap_or_default().trim();
            let field = value.rsplit('.').next().unwrap_or_default();
            if !WORDS.contains(&field) {
                wrong.push(format!("{file} prints `{value}` in an attribute without quotes"));
            }
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} values were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each writer with its only input for markup.
const WAYS_IN: [(&str, &str); 5] = [
    ("text/html.rs", "fn markup(&mut self, markup: &'static str)"),
    ("text/xml.rs", "fn markup(&mut self, markup: &'static str)"),
    ("text/markdown.rs", "fn markup(&mut self, markup: &'static str)"),
    ("text/mail.rs", "fn words(&mut self, words: &'static str)"),
    ("text/plain.rs", "fn words(&mut self, words: &'static str)"),
];

#[test]
fn writers_take_nothing_else_for_markup() {
    let sources = sources();
    let mut wrong = Vec::new();
    for (writer, way) in WAYS_IN {
        let code = sources.iter().find(|(file, _)| file == writer).map(|(_, code)| untested(code));
        let code = code.unwrap_or_default();
        if !code.contains(way) {
            wrong.push(format!("src/{writer} has no `{way}`"));
        }
        for other in
            ["DerefMut", "AsMut", "impl From", "&mut String {", "&mut self.0\n", "pub String"]
        {
            if code.contains(other) {
                wrong.push(format!("src/{writer} says `{other}`"));
            }
        }
    }
    for (file, code) in &sources {
        let code = untested(code);
        for (what, place) in [
            (
                "of_author(",
                "text/html.rs markup/markdown.rs text/markdown.rs page/digest/markdown.rs",
            ),
            ("escape_into", "text/ text.rs theme.rs"),
            // A leaked string is `'static`, like a literal.
            (".leak()", ""),
            ("::leak(", ""),
        ] {
            let is_place =
                place.split(' ').any(|place| !place.is_empty() && file.starts_with(place));
            if code.contains(what) && !is_place {
                wrong.push(format!("src/{file} says `{what}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Code that writes without a mask, and why nothing has to be masked there.
const UNMASKED: [(&str, &str); 14] = [
    ("answer/notice.rs", "the preview's own words"),
    ("bulletin/html.rs", "a document, which is masked already"),
    ("page/part/authored.rs", "what the site's author wrote"),
    ("feed/opml.rs", "the site's own title and its lists"),
    ("hub/feeds.rs", "the parts of sites, which each site has masked"),
    ("hub/pages.rs", "the parts of sites, which each site has masked"),
    ("inspect.rs", "a terminal"),
    ("markup/markdown.rs", "what the site's author wrote"),
    ("markup/markdown/footnotes.rs", "the program's own words"),
    ("page/mod.rs", "the pages of the site's author"),
    ("theme/lint.rs", "specimens, which nobody sent"),
    ("site/live/press.rs", "a script of the preview"),
    ("site/sitemap.rs", "the site's own addresses"),
    ("suggest.rs", "a terminal"),
];

#[test]
fn texts_of_others_are_masked_wherever_they_are_written() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        let is_known = UNMASKED.iter().any(|(place, _)| *place == file);
        let is_own = file.starts_with("text/") || file.ends_with("tests.rs");
        match untested(&code).contains("Mask::NONE") {
            true if !is_known && !is_own => wrong.push(format!("src/{file} masks nothing")),
            false if is_known => wrong.push(format!("src/{file} leaves the list")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
