//! All text for readers is in the catalogues: none in templates, scripts and the stages that write pages, feeds and
//! mails; every language has every entry.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use clap::CommandFactory as _;
use patchpress::args::Args;

use crate::{
    layers::{files, sources, untested},
    site::Site,
    typed::literals,
};

/// The stages with text for readers.
const SPEAKERS: [&str; 6] = ["page/", "markup/", "plan/", "feed/", "bulletin/", "search/"];

/// Literals that are not text for readers, by file, and what they are.
const SILENT: [(&str, &str, &[&str]); 18] = [
    (
        "bulletin/mail.rs",
        "headers of a mail",
        &[
            "From",
            "Subject",
            "Subject: ",
            "Date",
            "Message-ID",
            "List-Id",
            "List-Archive",
            "List-Unsubscribe",
            "Auto-Submitted",
            "Content-Type",
            "Content-Type: text/",
            "Content-Transfer-Encoding: quoted-printable\\n\\n",
            "From: ",
        ],
    ),
    (
        "bulletin/mail.rs",
        "errors of the command line",
        &[
            "a mail needs a sender",
            "a mail needs a recipient",
            "`--mail-to me@example.org`; or, to send it to the list, `address = \\\"{example}\\\"` in its `[[lists]]` of site.toml",
            "such as `Name <digest@example.org>`",
            "`--mail-from \\\"Name <digest@example.org>\\\"`, or `from` in the `[digest]` of site.toml",
        ],
    ),
    ("markup/comment_anchors.rs", "what mails say", &["looks good", "thank you"]),
    ("markup/diff.rs", "names of files", &["Cargo.lock", "Gemfile.lock"]),
    ("markup/excerpt.rs", "what mails say", &["From ", "Signed-off-by:"]),
    ("markup/prose.rs", "what mails say", &["Options", " wrote on "]),
    (
        "markup/prose/inline.rs",
        "what git writes",
        &["new file mode ", "deleted file mode ", "similarity index "],
    ),
    (
        "markup/prose/shape.rs",
        "names of trailers",
        &["Fixes", "Link", "Closes", "Change-Id", "BugLink", "Message-Id", "Message-ID"],
    ),
    (
        "page/digest/text.rs",
        "the form that is read back",
        &[
            "From ",
            " mailing list update from ",
            "contributor Email domains",
            "\\n===== Patch list in this time period =====\\n",
            "\\n===== Patch Commit Messages ====\\n",
            " (Based on Email Body)\\n\\n",
            "\\nTop ",
            "Author: ",
            "Sender: ",
            "Link: ",
            "Applied:  ",
            "New:  ",
            "Updated:  ",
        ],
    ),
    ("markup/markdown/footnotes.rs", "names of places", &["ref-", "fn-"]),
    ("page/llms.rs", "a heading that the proposal names", &["\\n## Optional\\n\\n"]),
    (
        "page/series/machines.rs",
        "what robots say",
        &["thank you", "i love your patch", "fyi, we noticed the following commit"],
    ),
    (
        "page/series/mbox.rs",
        "headers of a mail",
        &[
            "From mboxrd@z Thu Jan  1 00:00:00 1970\\n",
            "From",
            "Date",
            "Subject",
            "Message-ID",
            "Content-Type",
            "Content-Transfer-Encoding",
        ],
    ),
    ("plan/", "what a fact is called in the manifest", &["folder of a series", "periods beside"]),
    (
        "plan/",
        "errors and the report of the command line",
        &[
            "it is a symbolic link, and links in `content` are not followed",
            "the front matter has no closing `---`",
            "with all of it, the site would have about {}",
            "give the file another name",
            "a date looks like `2026-02-28`",
            "an alias looks like `old/page`",
            "remove it from the page's `aliases`",
            "write it as YAML between two lines `---`, as in `title: About us`",
        ],
    ),
    ("search/entry.rs", "the name of a kind in the index", &["pull request"]),
    // Called where no catalogue is available.
    (
        "plan/content/asks.rs",
        "errors in a front matter, which stop a build",
        &[
            "neither a word nor a list of words",
            "the keys here are",
            "possible values are",
            "`series.{name}`: `{word}` is not a {what}",
            "a `limit` is {MOST} at most",
            "for example `template: board.html`, a file in `templates/` of the theme",
        ],
    ),
    ("plan/names.rs", "a mail without a subject", &["(no subject)"]),
];

/// Text that templates show unchanged: commands, names of files, queries.
const TEMPLATES: [&str; 17] = [
    "b4 am",
    "series.mbox",
    "spi-nor quad",
    "\"quad mode\"",
    "-quad",
    "s:quad",
    "b:quad",
    "f:boris",
    "f:name",
    "r:boris",
    "a:boris",
    "dfn:drivers/mtd",
    "dfhh:nand_scan",
    "is:applied",
    "list:name",
    "m:id",
    "data-pagefind-body",
];

/// Literals in scripts that are not text: places on a page, names of keys, a kind of the index.
const SCRIPTS: [&str; 6] =
    ["use strict", "main details", ".c, samp, small", "pull request", "Escape", "ArrowDown"];

/// The text without everything from `open` to `close`.
pub(crate) fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('\n');
        out.push_str(part.split_once(close).map_or("", |(_, rest)| rest));
    }
    out
}

fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

/// Two consecutive words, or a capital at the beginning: the sign of a sentence or a label.
fn is_speech(text: &str) -> bool {
    let is_lower = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let words: Vec<&str> =
        text.split(' ').map(|word| word.trim_end_matches([',', '.', ':', ';', ')'])).collect();
    let mut first = text.chars();
    let is_label = first.next().is_some_and(|c| c.is_ascii_uppercase())
        && first.by_ref().take(2).filter(char::is_ascii_lowercase).count() == 2;
    is_label || words.windows(2).any(|pair| is_word(pair[0]) && is_lower(pair[1]))
}

/// The words in a template that are in no entry of the catalogue.
fn words_of_template(template: &str) -> Vec<String> {
    let mut source = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}")] {
        source = without(&source, open, close);
    }
    let mut found: Vec<String> = Vec::new();
    for name in ["title=", "aria-label=", "placeholder=", "alt="] {
        let values = source.split(name).skip(1).map(|rest| match rest.strip_prefix('"') {
            Some(rest) => rest.split('"').next().unwrap_or_default(),
            None => rest.split(['>', ' ', '\n']).next().unwrap_or_default(),
        });
        found.extend(values.map(str::to_owned));
    }
    found.extend(without(&source, "<", ">").lines().map(|line| line.trim().to_owned()));
    found.retain(|text| has_word(text) && !TEMPLATES.contains(&text.as_str()));
    // Filters and defaults also contain text.
    let expressions = template.split("{{").skip(1).chain(template.split("{%").skip(1));
    for expression in expressions.filter_map(|rest| rest.split("}}").next()?.split("%}").next()) {
        let strings =
            literals(expression).into_iter().map(|(start, end)| &expression[start + 1..end - 1]);
        found.extend(strings.filter(|text| is_speech(text)).map(str::to_owned));
    }
    found
}

/// The words in a script that are in no entry of the catalogue.
fn words_of_script(script: &str) -> Vec<String> {
    let code: String = script
        .lines()
        .filter(|line| {
            !line.trim_start().starts_with("//") && !line.trim_start().starts_with("/**")
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    let code = without(&code, "{{ t(", ") }}");
    let plain = literals(&code).into_iter().map(|(start, end)| &code[start + 1..end - 1]);
    let templates = code.split('`').skip(1).step_by(2);
    let all = plain.chain(templates).filter(|text| !text.contains('\n'));
    let bare = all.map(|text| without(text, "${", "}").replace('\n', "x"));
    bare.filter(|text| is_speech(text) && !SCRIPTS.contains(&text.as_str())).collect()
}

/// The words in the source of a stage that are in no entry of the catalogue.
fn words_of_source(file: &str, code: &str) -> Vec<String> {
    let code = untested(code);
    let speaks = |(start, end): &(usize, usize)| {
        let (before, text) = (code[..*start].trim_end(), &code[start + 1..end - 1]);
        let line = before.rsplit('\n').next().unwrap_or_default();
        // Text for programmers.
        let is_for_us = before.ends_with(".expect(") || line.contains("reason =");
        let bare = without(&without(text, "<", ">"), "{", "}");
        let written = before.ends_with(".markup(") && !text.contains(['<', '>', '=', '"']);
        !is_for_us
            && (is_speech(bare.trim_start_matches('\n'))
                || (written || before.ends_with(".text("))
                    && has_word(&bare)
                    && !before.ends_with("words.text(")
                    && !before.ends_with("words().text("))
    };
    let found =
        literals(code).into_iter().filter(speaks).map(|(start, end)| &code[start + 1..end - 1]);
    let is_silent = |text: &&str| {
        SILENT.iter().any(|(place, _, known)| file.starts_with(place) && known.contains(text))
    };
    found.filter(|text| !is_silent(text)).map(str::to_owned).collect()
}

#[test]
fn all_words_are_in_the_catalogue() {
    let mut wrong = Vec::new();
    for (file, template) in files("themes/default/templates", "html") {
        wrong.extend(words_of_template(&template).iter().map(|text| format!("{file}: {text}")));
    }
    for (file, script) in files("themes/default/static", "js") {
        wrong.extend(words_of_script(&script).iter().map(|text| format!("{file}: {text}")));
    }
    for (file, code) in sources() {
        // The keywords of programming languages are not translated; these two files contain words of mails.
        let is_of_mail = ["markup/teaser.rs", "markup/prose/log.rs"].contains(&file.as_str());
        if SPEAKERS.iter().any(|stage| file.starts_with(stage))
            && !file.starts_with("markup/highlight")
            && !is_of_mail
            && !file.ends_with("tests.rs")
        {
            wrong.extend(
                words_of_source(&file, &code).iter().map(|text| format!("src/{file}: {text}")),
            );
        }
    }
    assert!(wrong.is_empty(), "not in src/words/*.ftl:\n{}", wrong.join("\n"));
}

#[test]
fn words_outside_of_the_catalogue_are_seen() {
    for template in [
        "<p>Nothing here</p>",
        "<p>{{ n }} patches</p>",
        "<a title=\"Patch before\">",
        "<nav aria-label=Site>",
        "{{ n | plural(one=\"more patch\", many=\"more patches\") }}",
        "{{ name or \"From the editor\" }}",
    ] {
        assert!(!words_of_template(template).is_empty(), "{template}");
    }
    assert!(
        words_of_template("<p class=x>{{ t(key=\"undated\") }} {# why #}<b>3</b></p>").is_empty()
    );
    for script in ["a(\"More results\");", "a(`${n} results found`);", "a({}, \"Keys\")"] {
        assert!(!words_of_script(script).is_empty(), "{script}");
    }
    assert!(words_of_script("a(`{{ t(key=\"keys\") }}`, `#p${n}`); // Some words").is_empty());
    for code in [
        "format!(\"{n} of them\")",
        "out.markup(\"new\")",
        "x = \"Digests\"",
        "out.text(\"robot\")",
    ] {
        assert!(!words_of_source("page/x.rs", code).is_empty(), "{code}");
    }
    for code in
        ["out.markup(\"<p class=note>\")", "words.text(\"keys\")", "x.expect(\"a long reason\")"]
    {
        assert!(words_of_source("page/x.rs", code).is_empty(), "{code}");
    }
}

/// The entries of a catalogue, each with its arguments.
fn entries(catalogue: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut entries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            last = key.to_owned();
            entries.entry(last.clone()).or_default();
        }
        let args = line
            .split('$')
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect::<String>());
        entries.entry(last.clone()).or_default().extend(args.filter(|arg| !arg.is_empty()));
    }
    entries.remove("");
    entries
}

#[test]
fn every_language_has_every_entry() {
    let catalogues: Vec<_> =
        files("src/words", "ftl").into_iter().map(|(name, text)| (name, entries(&text))).collect();
    let mut wrong = Vec::new();
    for (name, entries) in &catalogues {
        let base = if name.starts_with("help.") { "help.en.ftl" } else { "en.ftl" };
        let (_, english) = catalogues.iter().find(|(name, _)| name == base).expect("English");
        assert!(english.len() > 120, "only {} entries were found", english.len());
        for key in english.keys().chain(entries.keys()).collect::<BTreeSet<_>>() {
            if english.get(key) != entries.get(key) {
                let (own, theirs) = (entries.get(key), english.get(key));
                wrong.push(format!("{name}: `{key}` has {own:?}, and in {base} {theirs:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(catalogues.len() > 2, "no second language");
}

/// The help for the words of a command line, in a locale.
fn help(site: &Site, args: &[&str], locale: &str) -> String {
    let mut command = site.command(args);
    let help =
        site.ran(command.env("LC_ALL", locale).env("LC_MESSAGES", locale).env("LANG", locale));
    assert_eq!(help.code(), 0, "{args:?}: {}", help.talk());
    help.data()
}

/// The help is in the language of the environment, down to the headings that clap has in English only.
#[test]
fn the_german_help_has_no_english_sentence() {
    let site = Site::new();
    let english = [
        "the", "and", "for", "with", "of", "to", "is", "are", "Print", "Options", "Usage",
        "default",
    ];
    let verbs = Args::command();
    let verbs = verbs.get_subcommands().map(|verb| vec![verb.get_name().to_owned()]);
    let theme = ["new", "eject", "check"].map(|verb| vec!["theme".to_owned(), verb.to_owned()]);
    let all: Vec<Vec<String>> = verbs.chain(theme).chain([Vec::new()]).collect();
    assert!(all.len() > 14, "{all:?}");
    for verb in all {
        for flag in ["--help", "-h"] {
            let mut words: Vec<&str> = verb.iter().map(String::as_str).collect();
            words.push(flag);
            let german = help(&site, &words, "de_DE.UTF-8");
            // The contract of themes is generated from the code, in English.
            let german =
                german.split("What templates can print").next().unwrap_or_default().to_owned();
            assert!(german.contains("Aufruf: patchpress"), "{verb:?}: {german}");
            let speech =
                german.lines().filter(|line| !line.trim_start().starts_with("patchpress "));
            for line in speech {
                // Names of commands and options are the same in every language.
                let bare = without(&without(line, "`", "`"), "--", " ");
                let bare = without(&bare, "{%", "%}");
                let found =
                    bare.split(|c: char| !c.is_alphanumeric()).find(|word| english.contains(word));
                assert!(found.is_none(), "{verb:?} {flag}: {line}");
            }
            // An unknown language, and none.
            for locale in ["xx_XX.UTF-8", "C", ""] {
                let told = help(&site, &words, locale);
                assert!(told.contains("Usage: patchpress"), "{locale}: {told}");
            }
        }
    }
}

/// The opening words of a command's help and its examples fit a terminal of 100 columns.
#[test]
fn the_help_says_what_a_command_does() {
    let site = Site::new();
    let told = help(&site, &["serve", "--help"], "C");
    assert!(told.contains("It writes nothing"), "{told}");
    assert!(told.contains("[default: 127.0.0.1]"), "{told}");
    let told = help(&site, &["digest", "--help"], "C");
    assert!(told.contains("- eml: A mail with a text and an HTML part"), "{told}");
    for (name, text) in files("src/words", "ftl") {
        let long = text.lines().filter(|line| line.starts_with("      patchpress "));
        let long: Vec<_> = long.filter(|line| line.chars().count() > 104).collect();
        assert!(long.is_empty(), "{name}: {long:?}");
    }
}

#[test]
fn every_entry_is_used_and_every_used_one_is_there() {
    let all: String = sources()
        .into_iter()
        .chain(files("themes/default", "html"))
        .chain(files("themes/default", "js"))
        .map(|(_, text)| text)
        .collect();
    let english = |name| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words");
        entries(&fs::read_to_string(folder.join(name)).expect("English"))
    };
    let mut entries = english("en.ftl");
    let unused: Vec<_> =
        entries.keys().filter(|key| !all.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
    // The names of most of these are made from commands and arguments.
    entries.extend(english("help.en.ftl"));
    let mut wrong = Vec::new();
    for (before, behind) in [("t(key=\"", "\""), ("words.text(\"", "\""), (".entry(\"", "\"")] {
        let asked = all.split(before).skip(1).filter_map(|rest| Some(rest.split_once(behind)?.0));
        wrong.extend(asked.filter(|key| !entries.contains_key(*key)).map(str::to_owned));
    }
    for (at, _) in all.match_indices("say!(").chain(all.match_indices("t(key=")) {
        let call: String = all[at..].chars().take(700).collect();
        let Some(key) = call.split('"').nth(1).filter(|key| entries.contains_key(*key)) else {
            continue;
        };
        let is_given = |arg: &&String| {
            [" ", "\n"].iter().any(|before| {
                call.contains(&format!("{before}{arg} ="))
                    || call.contains(&format!("{before}{arg}="))
            })
        };
        let missing = entries[key].iter().filter(|arg| !is_given(arg));
        wrong.extend(missing.map(|arg| format!("`{key}` without `{arg}`")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
