//! The source follows its own rules: which part may use which, and what is allowed in one place only.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The stages in the order of the data; each may use those before it.
const STAGES: [&str; 14] = [
    "archive",
    "message",
    "patch",
    "range_diff",
    "series",
    "digest",
    "markup",
    "plan",
    "page",
    "feed",
    "search",
    "export",
    "bulletin",
    "site",
];
/// Other output from the plan and the digests, besides the pages: none of these uses another.
const SIBLINGS: [&str; 4] = ["feed", "search", "export", "bulletin"];
/// They use no stage, but may use each other.
const SERVICES: [&str; 20] = [
    "address",
    "base64",
    "cache",
    "config",
    "date",
    "error",
    "hash",
    "json",
    "keys",
    "list",
    "machine",
    "pool",
    "redact",
    "stamp",
    "text",
    "text_file",
    "theme",
    "url",
    "words",
    "yaml",
];
/// They use everything; only a driver may use them.
const DRIVERS: [&str; 14] = [
    "answer", "args", "check", "cli", "curl", "hub", "init", "inspect", "ping", "serve", "source",
    "suggest", "sync", "watch",
];

/// Libraries that could be replaced, and the one place that uses each. encoding_rs has two: a mail's charset and
/// whether a whole file is in UTF-16 are different questions. So has imara-diff: stage 1 makes the diffs of commits,
/// stage 4 compares those of mails. And rustix, which is the system itself.
const LIBRARIES: [(&str, &str); 23] = [
    ("ab_glyph", "page/digest/card/canvas.rs"),
    ("axum", "answer.rs answer/"),
    ("encoding_rs", "message/ archive/unpack/form.rs"),
    ("fluent_syntax", "words/catalogue.rs"),
    ("gix_object", "archive/public_inbox/ archive/repository archive/history"),
    ("gix_odb", "archive/public_inbox/pack archive/repository.rs"),
    ("gix_ref", "archive/repository.rs"),
    ("html5gum", "check/html.rs"),
    ("imara_diff", "range_diff/lines.rs archive/history/diff.rs"),
    ("indicatif", "cli/bar.rs"),
    ("intl_pluralrules", "words/plural.rs"),
    ("mailparse", "message/mime.rs"),
    ("notify_debouncer_full", "watch.rs"),
    ("postcard", "cache.rs"),
    ("pulldown_cmark", "markup/markdown"),
    ("regex", "redact/pattern.rs"),
    ("roxmltree", "check/xml.rs check/lines.rs check/feed/"),
    ("rustix", "site/stage.rs serve/visitors.rs watch.rs"),
    ("serde_yaml", "yaml.rs"),
    ("sha1", "hash.rs"),
    ("syntect", "markup/highlight/grammar.rs"),
    ("tera", "theme.rs theme/bounds.rs"),
    ("unic_langid", "words/plural.rs"),
];

pub(crate) fn files(below: &str, ending: &str) -> Vec<(String, String)> {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.expect("readable").into_path());
    let paths = paths.filter(|path| path.extension().is_some_and(|found| found == ending));
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("below").display().to_string();
        (name, fs::read_to_string(&path).expect("text"))
    };
    let all: Vec<_> = paths.map(read).collect();
    assert!(!all.is_empty(), "there is no .{ending} file in {below}");
    all
}

/// The source files with their names below `src`, comments left out.
pub(crate) fn sources() -> Vec<(String, String)> {
    let bare = |text: &str| -> String {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.flat_map(|line| [line, "\n"]).collect()
    };
    files("src", "rs").into_iter().map(|(name, text)| (name, bare(&text))).collect()
}

/// The part of the program that a file belongs to: `page/row.rs` and `page/mod.rs` to `page`.
fn part(file: &str) -> &str {
    file.split(['/', '.']).next().expect("a name")
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The parts that the code names after `crate::`, alone or in braces.
fn named(code: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        if !rest.starts_with('{') {
            names.insert(word(rest));
            continue;
        }
        let mut depth = 0;
        for (at, letter) in rest.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if depth == 1 && matches!(letter, '{' | ',') {
                names.insert(word(rest[at + 1..].trim_start()));
            }
        }
    }
    names.remove("");
    names
}

/// Why `from` may not use `to`, if so.
fn trespass(from: &str, to: &str) -> Option<&'static str> {
    let stage = |name: &str| STAGES.iter().position(|stage| *stage == name);
    let is_driver = |name: &str| DRIVERS.contains(&name) || name == "main" || name == "lib";
    match (stage(from), stage(to)) {
        _ if from == to || is_driver(from) => None,
        _ if is_driver(to) => Some("only drivers name drivers"),
        _ if SIBLINGS.contains(&from) && SIBLINGS.contains(&to) => Some("siblings do not meet"),
        (None, Some(_)) => Some("a service knows no stage"),
        (Some(from), Some(to)) if from < to => Some("a stage names no later stage"),
        _ => None,
    }
}

#[test]
fn every_part_is_a_stage_a_service_or_a_driver() {
    let known: BTreeSet<&str> =
        [&STAGES[..], &SERVICES, &DRIVERS, &["lib", "main"]].concat().into_iter().collect();
    let sources = sources();
    let found: BTreeSet<&str> = sources.iter().map(|(file, _)| part(file)).collect();
    assert_eq!(found, known);
}

#[test]
fn a_part_names_only_what_it_may() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, code) in &sources() {
        for to in named(code) {
            seen += 1;
            let why = trespass(part(file), to);
            wrong.extend(why.map(|why| format!("src/{file} names {to}: {why}")));
        }
        if code.contains("super::super::super") {
            wrong.push(format!("src/{file} climbs with `super`: say `crate::`"));
        }
    }
    assert!(seen > 100, "only {seen} names were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rules_are_broken_where_they_are_broken() {
    let code =
        "use crate::{\n    series::{self, Corpus},\n    text,\n};\nlet x = crate::page::row();";
    assert_eq!(named(code), BTreeSet::from(["page", "series", "text"]));
    for (from, to, is_allowed) in [
        ("patch", "archive", true),
        ("patch", "text", true),
        ("archive", "patch", false),
        ("text", "message", false),
        ("search", "feed", false),
        ("site", "cli", false),
        ("cli", "site", true),
    ] {
        assert_eq!(trespass(from, to).is_none(), is_allowed, "{from} to {to}");
    }
}

#[test]
fn each_library_is_named_in_one_place() {
    let sources = sources();
    let mut wrong = Vec::new();
    for (library, place) in LIBRARIES {
        let path = format!("{library}::");
        let names = |code: &str| {
            let found = code.match_indices(&path).map(|(at, _)| &code[..at]);
            found.into_iter().any(|before| {
                !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            })
        };
        let found: Vec<_> = sources.iter().filter(|(_, code)| names(code)).collect();
        assert!(!found.is_empty(), "nothing names {library}");
        let elsewhere =
            found.iter().filter(|(file, _)| !place.split(' ').any(|place| file.starts_with(place)));
        wrong
            .extend(elsewhere.map(|(file, _)| format!("src/{file} names {library}: {place} does")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_to_be_done() {
    // Split here, so that this file does not match itself.
    let marks =
        ["TO-DO", "FIX-ME", "XX-X", "to-do!", "unimple-mented!"].map(|m| m.replace('-', ""));
    let mut wrong = Vec::new();
    for (file, text) in files("src", "rs").into_iter().chain(files("themes", "html")) {
        let found = marks.iter().filter(|mark| text.contains(mark.as_str()));
        wrong.extend(found.map(|mark| format!("{file}: {mark}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The hint of an error is a field of `Reason`, which alone joins the two texts.
#[test]
fn no_error_hides_its_way_out_in_its_words() {
    let wrong: Vec<_> = files("src", "rs")
        .into_iter()
        .filter(|(file, text)| !file.ends_with("error/reason.rs") && text.contains("\\nhint:"))
        .map(|(file, _)| file)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// With more methods, a type is hard to search: `Plan` had 259.
const MOST_METHODS: usize = 40;

/// The rooms with circular dependencies, and how many files have them. A repaired room leaves the list: fates and
/// states of series use each other.
const CIRCLES: [(&str, usize); 0] = [];

/// The place of a file below `src`: `page/part/row` of `page/part/row.rs`, `page` of `page/mod.rs`.
fn module(file: &str) -> String {
    let path = file.trim_end_matches(".rs");
    path.strip_suffix("/mod").unwrap_or(path).to_owned()
}

/// A file's code without its tests.
pub(crate) fn untested(code: &str) -> &str {
    code.split("#[cfg(test)]\nmod ").next().unwrap_or_default()
}

/// The paths of a `use`, each as its words: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn used(tree: &str, before: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((start, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        found.push(format!("{before}{}", path.trim_end_matches("::self")));
        return;
    };
    let before = format!("{before}{start}");
    let (mut depth, mut from) = (0, 0);
    for (at, letter) in rest.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                if !rest[from..at].trim().is_empty() {
                    used(&rest[from..at], &before, found);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// The modules that the code of `module` uses: by `use`, by paths, and by calls into its own modules.
fn names_modules(module: &str, code: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let mut paths = Vec::new();
    let mut rest = String::new();
    for (number, statement) in code.split_inclusive(';').enumerate() {
        let bare = statement.trim_start();
        let bare =
            bare.strip_prefix("pub(super) ").or(bare.strip_prefix("pub(crate) ")).unwrap_or(bare);
        let bare = bare.strip_prefix("pub ").unwrap_or(bare);
        match bare.strip_prefix("use ") {
            Some(tree) if number < 80 => used(tree.trim_end_matches(';'), "", &mut paths),
            _ => rest.push_str(statement),
        }
    }
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    paths.extend(rest.split(|c| !is_path(c)).filter(|path| path.contains("::")).map(str::to_owned));
    let mut found = BTreeSet::new();
    for path in paths {
        let words: Vec<&str> = path.split("::").filter(|word| !word.is_empty()).collect();
        let mut place: Vec<&str> = module.split('/').collect();
        let mut words = words.as_slice();
        match words.first() {
            Some(&"crate") => (place, words) = (Vec::new(), &words[1..]),
            Some(&"self") => words = &words[1..],
            Some(&"super") => {
                while let Some((&"super", rest)) = words.split_first() {
                    place.pop();
                    words = rest;
                }
            }
            _ => {}
        }
        while let Some((word, behind)) = words.split_first() {
            place.push(word);
            if !modules.contains(&place.join("/")) {
                place.pop();
                break;
            }
            words = behind;
        }
        let place = place.join("/");
        if place != module && modules.contains(&place) {
            found.insert(place);
        }
    }
    found
}

/// The files of a room that can be reached from themselves. A file's own parts count as the file, so what they use
/// of it is no circle.
fn in_circles(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let reach = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut next = vec![from.clone()];
        while let Some(at) = next.pop() {
            for to in graph.get(&at).into_iter().flatten() {
                if seen.insert(to.clone()) {
                    next.push(to.clone());
                }
            }
        }
        seen
    };
    graph.keys().filter(|file| reach(file).contains(*file)).cloned().collect()
}

/// The files of each room, each with those that it uses.
fn rooms(sources: &[(String, String)]) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let modules: BTreeSet<String> = sources.iter().map(|(file, _)| module(file)).collect();
    let mut rooms: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (file, code) in sources {
        let module = module(file);
        let room = part(file).to_owned();
        let named = names_modules(&module, untested(code), &modules).into_iter();
        let inside = named.filter(|to| {
            let is_above = module.starts_with(&format!("{to}/"));
            to.split('/').next() == Some(&*room) && !is_above
        });
        let inside = inside.collect();
        rooms.entry(room).or_default().insert(module, inside);
    }
    rooms
}

#[test]
fn no_room_goes_round_in_circles() {
    let rooms = rooms(&sources());
    let edges: usize = rooms.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum();
    assert!(edges > 400, "only {edges} names were found");
    let circles = rooms.iter().map(|(room, files)| (&**room, in_circles(files)));
    let circles: Vec<_> = circles.filter(|(_, files)| !files.is_empty()).collect();
    let counts: Vec<_> = circles.iter().map(|(room, files)| (*room, files.len())).collect();
    assert_eq!(counts, CIRCLES, "{circles:#?}");
}

#[test]
fn a_circle_is_seen() {
    let sources = |inner: &str| {
        let file = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        vec![
            file("page/mod.rs", "mod row;\nmod list;"),
            file("page/row.rs", inner),
            file(
                "page/list.rs",
                "use crate::{\n    page::{frame, row::{self, Row}},\n    text,\n};\n",
            ),
            file("page/list/rows.rs", "use super::List;"),
        ]
    };
    let circle = |inner: &str| in_circles(&rooms(&sources(inner))["page"]).len();
    assert_eq!(circle("use crate::text;"), 0);
    for inner in [
        "use super::list::List;",
        "fn a() { crate::page::list::list() }",
        "use crate::page::{list};",
    ] {
        assert_eq!(circle(inner), 2, "{inner}");
    }
}

/// `Read<Corpus>` of `Read<'p, Corpus> {`: a type without its lifetimes.
fn type_name(text: &str) -> String {
    let text = text.trim_end_matches(" {");
    let (name, parameters) = text.split_once('<').unwrap_or((text, ""));
    let parameters = parameters.trim_end_matches('>').split(", ");
    let types: Vec<&str> = parameters.filter(|one| !one.starts_with('\'')).collect();
    format!("{name}<{}>", types.join(", "))
}

#[test]
fn no_type_has_more_methods_than_one_reads() {
    let mut methods: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (file, code) in &sources() {
        let mut of = None;
        for line in untested(code).lines() {
            if let Some(rest) = line.strip_prefix("impl") {
                let name = rest
                    .strip_prefix('<')
                    .and_then(|rest| rest.split_once("> "))
                    .map_or(rest, |(_, name)| name);
                of = (!rest.contains(" for ")).then(|| type_name(name.trim_start()));
            } else if line == "}" {
                of = None;
            }
            let item = line.strip_prefix("    ").unwrap_or_default();
            let item = item
                .strip_prefix("pub(super) ")
                .or(item.strip_prefix("pub(crate) "))
                .unwrap_or(item);
            let item = item.strip_prefix("pub ").unwrap_or(item);
            let item = item.strip_prefix("const ").unwrap_or(item);
            if let (Some(of), true) = (&of, item.starts_with("fn ")) {
                *methods.entry((part(file).to_owned(), of.clone())).or_default() += 1;
            }
        }
    }
    let most = methods.iter().max_by_key(|(_, count)| **count).expect("methods");
    assert!((20..=MOST_METHODS).contains(most.1), "{most:?}");
}
