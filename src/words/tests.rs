//! Words, plurals, dates, and their insertion into templates and scripts.

#![expect(clippy::disallowed_methods, reason = "a site of a test has a catalogue")]

use std::fs;

use super::{
    Part, Words,
    template::{Source, expanded},
};
use crate::error::Error;

#[test]
fn numbers_choose_their_words() {
    for (language, words) in [
        ("en", ["0 days", "1 day", "2 days", "5 days", "1,200 days"]),
        ("de", ["0 Tage", "1 Tag", "2 Tage", "5 Tage", "1.200 Tage"]),
    ] {
        let catalogue = Words::shipped(language);
        for (n, words) in [0, 1, 2, 5, 1_200].into_iter().zip(words) {
            assert_eq!(say!(catalogue, "duration-days", n = n), words);
        }
    }
}

#[test]
fn a_site_has_words_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let load = |text: &str| {
        fs::create_dir_all(root.join("i18n")).expect("a folder");
        fs::write(root.join("i18n/pl.ftl"), text).expect("a file");
        Words::load(root, root, "pl-PL")
    };
    let words = load(
        "duration-days = { $n ->\n    [one] { $n } dzień\n    [few] { $n } dni (kilka)\n   *[many] { $n } dni\n}\n",
    );
    let words = words.expect("a catalogue").expect("a language");
    let said = [0, 1, 2, 5, 22].map(|n| say!(words, "duration-days", n = n));
    assert_eq!(said, ["0 dni", "1 dzień", "2 dni (kilka)", "5 dni", "22 dni (kilka)"]);
    // Missing entries are English, with English plurals, and are marked as English if they are a text of their own.
    assert_eq!(say!(words, "duration-hours", n = 2), "2 hours");
    let template = "<a>{{ t(key=\"page-skip\") }}</a> {{ t(key=\"duration-days\", n=x) }}";
    assert_eq!(
        expanded(&words, template, Source::Template),
        "<a><span lang=en>Skip to the text</span></a> {% if (x | plural_form) == \"one\" %}{{ x | thousands }} dzień\
         {% elif (x | plural_form) == \"few\" %}{{ x | thousands }} dni (kilka){% else %}{{ x | thousands }} dni{% endif %}"
    );
    for (text, line, why) in [
        ("undated = x\npage-skipp = Do treści\n", 2, "there is no entry `page-skipp`"),
        ("undated = x\n\nundated = y\n", 3, "`undated` is defined twice"),
        ("undated\n", 1, "Expected"),
        ("undated = { DATETIME($x) }\n", 1, "only function"),
        ("undated = { undated }\n", 1, "names itself"),
    ] {
        match load(text) {
            Err(Error::Words { line: at, reason, .. }) => {
                assert!(reason.what.contains(why), "{text}: {reason}");
                assert_eq!(at, line, "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    let unknown = Words::load(root, root, "xx").expect("no file").expect_err("no language");
    assert!(unknown.hint.is_some_and(|hint| hint.contains("`en` and `de`")));
}

#[test]
fn templates_and_scripts_hold_their_words() {
    let words = Words::shipped("en");
    for (kind, source, want) in [
        (Source::Template, "<p>{{- t(key=\"undated\") -}} </p>", "<p>undated</p>"),
        (Source::Template, "{{ t(key=\"no-such\") }}{{ x }}", "{{ t(key=\"no-such\") }}{{ x }}"),
        (Source::Template, "{{ t(key=\"feed-\" ~ x) }}", "{{ t(key=\"feed-\" ~ x) }}"),
        (
            Source::Template,
            "{{ t(key=\"missing-page-search\", search=page.search_url) }}",
            "The <a href=\"{{ page.search_url }}\">search</a> finds a Message-ID, a title or a name. It also takes links to \
             a list’s archive.",
        ),
        (
            Source::Template,
            "{{ t(key=\"duration-days\", n=max(a, b)) }}",
            "{% if max(a, b) == 1 %}{{ max(a, b) | thousands }} day{% else %}{{ max(a, b) | thousands }} days{% endif %}",
        ),
        (
            Source::Script,
            "`{{ t(key=\"duration-days\", n=count) }}`",
            "`${count == 1 ? `${number(count)} day` : `${number(count)} days`}`",
        ),
    ] {
        assert_eq!(expanded(&words, source, kind), want);
    }
}

#[test]
fn an_argument_that_is_not_given_is_a_place() {
    let words = Words::shipped("en");
    let parts = words.parts("feed-named", &[]);
    assert_eq!(parts, [Part::Text("Feed: ".into()), Part::Slot("name")]);
}
