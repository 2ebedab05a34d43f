//! Sites in other languages: a German one has no English text, and its dates, numbers and plurals are German; a site
//! can add a language, and themes without a catalogue keep their text.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    site::{Site, tree},
    support,
    words::without,
};

/// English words that occur in no German sentence.
const ENGLISH: [&str; 34] = [
    "the",
    "of",
    "and",
    "is",
    "are",
    "this",
    "that",
    "which",
    "with",
    "not",
    "have",
    "had",
    "from",
    "for",
    "by",
    "nobody",
    "everybody",
    "who",
    "when",
    "how",
    "more",
    "all",
    "only",
    "since",
    "their",
    "its",
    "each",
    "every",
    "other",
    "to",
    "here",
    "there",
    "they",
    "has",
];

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !"'’-_/.".contains(c));
    let words = words.map(|word| word.trim_matches(|c| "'’-_/.".contains(c)).to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// Pairs of consecutive words.
fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let words = words(text);
    (1..words.len())
        .map(move |at| (words[at - 1].clone(), words[at].clone()))
        .collect::<Vec<_>>()
        .into_iter()
}

/// The texts and attributes of a page, without code.
fn shown(page: &str) -> Vec<String> {
    let mut page = page.to_owned();
    for (open, close) in [("<pre", "</pre>"), ("<code", "</code>"), ("<script", "</script>")] {
        page = without(&page, open, close);
    }
    let mut shown: Vec<String> = Vec::new();
    for name in ["title=\"", "aria-label=\"", "content=\"", "placeholder=\"", "alt=\""] {
        let values = page.split(name).skip(1).filter_map(|rest| rest.split('"').next());
        shown.extend(values.map(str::to_owned));
    }
    shown.extend(page.split('<').filter_map(|rest| Some(rest.split_once('>')?.1.to_owned())));
    let plain =
        |text: &String| text.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    shown.iter().map(plain).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path("public").join(path)).expect("a page")
}

/// The demo as a site in another language.
fn demo_in(language: &str) -> Site {
    let site = Site::new();
    let settings = fs::read_to_string(root().join("site.toml")).expect("settings");
    site.write(
        "site.toml",
        &settings.replace("language = \"en\"", &format!("language = \"{language}\"")),
    );
    for (path, bytes) in tree(&root().join("content")) {
        site.write(&format!("content/{}", path.display()), &String::from_utf8_lossy(&bytes));
    }
    site
}

#[test]
fn a_german_site_says_nothing_in_english() {
    let site = demo_in("de");
    site.run(&["build"]).succeeds();
    // The text of mails and of the site's author stays in its language.
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for (_, bytes) in tree(&site.path("content")) {
        known.extend(pairs(&String::from_utf8_lossy(&bytes)));
    }
    for stored in &support::read(&support::demo()).mails {
        let message = &stored.mail.message;
        known.extend(pairs(&message.subject.full));
        known.extend(pairs(&support::text(message)));
        known.extend(pairs(&support::text(message).replace("\n>", "\n")));
    }
    known.extend(pairs(&fs::read_to_string(site.path("site.toml")).expect("settings")));
    let (mut seen, mut wrong) = (0, BTreeSet::new());
    for (path, bytes) in tree(&site.path("public")) {
        let name = path.display().to_string();
        if ["about", "guide", "how-to-read"].iter().any(|own| path.starts_with(own)) {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let texts = match path.extension().and_then(|ending| ending.to_str()) {
            Some("html") => {
                assert!(text.contains("<html lang=de>"), "{name}");
                shown(&text)
            }
            Some("atom") => shown(&text.replace("&lt;", "<").replace("&gt;", ">")),
            _ => continue,
        };
        for text in texts {
            seen += 1;
            // A number in a title may be the program's.
            let is_number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
            let is_english = |(a, b): &(String, String)| {
                (ENGLISH.contains(&a.as_str()) || ENGLISH.contains(&b.as_str()))
                    && !is_number(a)
                    && !is_number(b)
            };
            let foreign: Vec<_> = text
                .split('·')
                .flat_map(pairs)
                .filter(is_english)
                .filter(|pair| !known.contains(pair))
                .collect();
            if !foreign.is_empty() {
                wrong.insert(format!("{text:?} has {foreign:?} ({name})"));
            }
        }
    }
    assert!(seen > 5_000, "only {seen} texts were looked at");
    assert!(wrong.is_empty(), "{}", wrong.into_iter().take(40).collect::<Vec<_>>().join("\n"));
}

#[test]
fn dates_and_numbers_are_those_of_the_language() {
    let site = demo_in("de-AT");
    site.run(&["build"]).succeeds();
    let digest = page(&site, "2026/w09/index.html");
    assert!(digest.contains("<html lang=de-AT>"), "{digest}");
    assert!(digest.contains("<h1>KW 9/2026</h1>"), "{digest}");
    assert!(digest.contains("23. Februar – 1. März 2026"), "{digest}");
    let feed = page(&site, "feed.atom");
    assert!(feed.contains("xml:lang=\"de-AT\"") && feed.contains("label=\"Neue Serie\""), "{feed}");
}

#[test]
fn a_site_brings_a_language_of_its_own() {
    let site = demo_in("xx");
    let refused = site.run(&["build"]);
    assert_ne!(refused.code(), 0);
    for told in ["site.toml:", "no catalogue for the language `xx`", "`en` and `de`", "i18n/xx.ftl"]
    {
        assert!(refused.talk().contains(told), "{}", refused.talk());
    }
    site.write("i18n/xx.ftl", "nav-people = Ludzie\npage-skip = <b>Do treści</b> & {\"{{\"} x\n");
    site.run(&["build"]).succeeds();
    let page = page(&site, "people/index.html");
    assert!(page.contains(">Ludzie</a>"), "{page}");
    // An entry is neither markup nor a template.
    assert!(page.contains("&lt;b&gt;Do treści&lt;/b&gt; &amp; &#123;&#123; x"), "{page}");
    // A missing entry is in English, and marked as English if it is a text of its own.
    assert!(
        page.contains("<html lang=xx>")
            && page.contains("<button><span lang=en>Search</span></button>"),
        "{page}"
    );
    site.write("i18n/xx.ftl", "nav-people = Ludzie\nnav-pepole = x\n");
    let refused = site.run(&["build"]);
    assert!(refused.talk().contains("xx.ftl:2"), "{}", refused.talk());
    assert!(refused.talk().contains("did you mean `nav-people`?"), "{}", refused.talk());
}

#[test]
fn themes_say_what_they_say() {
    let site = demo_in("de");
    let text = fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", &text.replace("theme = \"default\"", "theme = \"mine\""));
    site.write(
        "themes/mine/templates/404.html",
        "{% extends \"base.html\" %}{% block main %}<h1>Not here, {{ 1200 | plural(one=\"friend\", many=\"friends\") }}</h1>\
         <p>{{ t(key=\"mine-hello\", name=page.site.title) }}</p><p>{{ t(key=\"mine-bye\") }}</p>{% endblock main %}",
    );
    site.write("themes/mine/i18n/en.ftl", "mine-hello = Hello { $name }\nmine-bye = Good bye\n");
    site.write("themes/mine/i18n/de.ftl", "mine-hello = Hallo { $name }\n");
    site.run(&["build"]).succeeds();
    let page = page(&site, "404.html");
    for part in [
        "<h1>Not here, 1.200 friends</h1>",
        "<p>Hallo Lantern</p>",
        "<p><span lang=en>Good bye</span></p>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
