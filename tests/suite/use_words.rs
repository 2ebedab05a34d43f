//! Errors in a file or on the command line are described in words for its author, with the place and what to do:
//! never in those of a parser. Whatever has several names is found by each.

use std::{fs, process::Stdio};

use crate::site::{Ran, Site};

const LISTS: &str =
    "write each entry on a line of its own, after `- `; or all of them in brackets, `[a, b]`";
const STATES: &str = "it is one of `new`, `discussed`, `changes-requested`, `reviewed`, `quiet`, `superseded`, `rejected`, `partly-applied`, `applied`, `merged`";

#[test]
fn a_wrong_query_is_refused_in_plain_words() {
    let site = Site::new();
    for (query, words) in [
        (
            "[query]\nname = \"a\"\n",
            "1:1: a table, where a list belongs\nhint: write two brackets, as in `[[lists]]`: there may be several of these tables",
        ),
        (
            "query = \"x\"\n",
            "1:9: text (`x`), where a list belongs\nhint: put it in brackets: `[\"x\"]`",
        ),
        (
            "[[query]]\nname = 5\n",
            "2:8: a number (`5`), where text belongs\nhint: put text in quotes: `\"5\"`",
        ),
        (
            "[[query]]\nstate = \"new\"\n",
            "1:1: there is no `name`\nhint: add a line `name = \"…\"` to this table",
        ),
        (
            "[[query]]\nname = \"a\"\nperson = [\"x\"]\n",
            "3:10: a list, where text belongs\nhint: write only one, without brackets",
        ),
        ("[[query]]\nname = \"a\"\nstate = 5\n", "3:9: neither a word nor a list of words"),
    ] {
        site.settings(query);
        site.run(&["build"]).refuses(&format!("SITE/site.toml:{words}"));
    }
}

#[test]
fn a_key_below_the_wrong_table_is_told_where_it_belongs() {
    let site = Site::new();
    site.write(
        "site.toml",
        "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\ntheme = \"mine\"\n",
    );
    site.run(&["build"]).refuses(
        "SITE/site.toml:4:1: unknown key `theme`\nhint: it belongs above the first line with a table, such as `[[lists]]`",
    );
}

#[test]
fn wrong_corrections_are_refused_in_plain_words() {
    let site = Site::new();
    for (yaml, words) in [
        ("join: x\n", format!("1:7: `join`: text (`x`), where a list belongs\nhint: {LISTS}")),
        ("join:\n  - a\n", format!("2:5: `join[0]`: text (`a`), where a list belongs\nhint: {LISTS}")),
        ("joins: []\n", "1:1: unknown key `joins`\nhint: did you mean `join`?".into()),
        (
            "- x\n",
            "1:1: a list, where a list of `key: value` belongs\nhint: write each entry as `key: value` on a line of its own".into(),
        ),
        ("state:\n  a: gone\n", format!("2:6: `state.a`: unknown word `gone`\nhint: {STATES}")),
        ("state:\n  a:\n", format!("2:5: `state.a`: there is no value\nhint: {STATES}")),
        (
            "title: {a: b\n",
            "2:1: a `{` without a `}`\nhint: add the `}`, or put text that begins with `{` in quotes".into(),
        ),
        (
            "\tjoin: x\n",
            "1:1: a tab, or a sign such as `@` or `%`, at the beginning of a value\nhint: indent with spaces, and put text that begins with a sign in quotes".into(),
        ),
        (
            "title:\n  a: x\ntitle:\n  b: y\n",
            "1:1: the key `title` is here twice\nhint: put the entries of both under one of them".into(),
        ),
        // One of two entries would have no effect.
        ("title:\n  a: x\n  a: y\n", "2:3: title: `a` is named twice: remove one of the entries".into()),
        (
            "hide: [a@b.c, https://lore.kernel.org/lamp/a@b.c/]\n",
            "1:7: hide: `a@b.c` is named twice: remove one of the entries".into(),
        ),
        (
            "join:\n  - [a, <a>]\n",
            "2:5: join[0]: `a` is named twice: remove one of the entries".into(),
        ),
        (
            "join:\n  - [a]\n",
            "2:3: join: one message alone cannot be joined: name another one beside it".into(),
        ),
    ] {
        site.write("content/series.yaml", yaml);
        site.run(&["build"]).refuses(&format!("SITE/content/series.yaml:{words}"));
    }
}

#[test]
fn a_date_that_is_none_is_refused_in_plain_words() {
    let site = Site::new();
    let ran = site.run(&["digest", "--since", "yesterday"]);
    let words =
        "invalid value 'yesterday' for '--since <DATE>': it is not a date such as 2026-02-23";
    assert!(ran.talk().contains(words), "{}", ran.talk());
    assert_eq!(ran.code(), 2);
}

#[test]
fn a_key_that_has_no_effect_in_a_note_is_named() {
    let site = Site::new();
    let note = "---\ntemplate: own.html\ntoc: true\n---\nRead this.\n";
    site.write("content/digests/2026-w09.md", note);
    site.write("content/index.md", "---\ntemplate: own.html\n---\nWelcome.\n");
    let talk = site.run(&["build"]).succeeds().talk();
    for words in [
        "`content/digests/2026-w09.md`: it is a part of the page of its digest, where `template`, `toc` has no effect",
        "`content/index.md`: it is a part of the front page, where `template` has no effect",
    ] {
        assert!(talk.contains(words), "{talk}");
    }
    assert_eq!(site.run(&["build", "--strict"]).code(), 1);
}

/// Runs `inspect` with these arguments, and mails on its standard input.
fn inspect(site: &Site, words: &[&str]) -> Ran {
    let mut command = site.command(&[&["inspect"], words].concat());
    let mails = fs::File::open(site.path("list.mbox")).expect("mails");
    site.ran(command.stdin(Stdio::from(mails)))
}

#[test]
fn a_message_is_inspected_by_its_id_its_address_in_an_archive_and_from_the_standard_input() {
    let site = Site::new();
    let told = inspect(&site, &["2@example.org"]).succeeds().data();
    assert!(told.contains("  from        Bob Example <bob@example.org>\n"), "{told}");
    for address in [
        "<2@example.org>",
        "https://lore.kernel.org/lamp/2@example.org/",
        "https://lore.kernel.org/lamp/2%40example.org/#t",
    ] {
        assert_eq!(inspect(&site, &[address]).succeeds().data(), told, "{address}");
    }
    let piped = inspect(&site, &["-"]).succeeds().data();
    assert!(piped.contains("Ada Example <ada@") && piped.contains("Bob Example <bob@"), "{piped}");
    inspect(&site, &["https://lore.kernel.org/lamp/9@example.org/"]).refuses(
        "there is no file and no message `https://lore.kernel.org/lamp/9@example.org/`\nhint: a Message-ID or an address in an archive on the web is looked up in the site's archives, or in those named after it",
    );
}

#[test]
fn everybody_who_is_listed_was_seen_at_some_time() {
    let site = Site::new();
    let mails = fs::read_to_string(site.path("list.mbox")).expect("mails");
    // Bob signs his review with another address than the one he writes from.
    let mails = mails.replace(
        "Reviewed-by: Bob Example <bob@example.org>",
        "Reviewed-by: Bob Example <bob@work.example>",
    );
    site.write("list.mbox", &mails);
    site.run(&["build"]).succeeds();
    let page = fs::read_to_string(site.path("public/people/index.html")).expect("a page");
    let rows: Vec<&str> = page.split("<tr>").filter(|row| row.contains("Example")).collect();
    assert!(rows.iter().any(|row| row.contains("Bob")), "{page}");
    for row in rows {
        assert!(row.contains("<td>23 Feb 2026</td></tr>"), "{row}");
    }
}

#[test]
fn the_note_of_a_text_digest_survives_being_read_again() {
    let site = Site::new();
    let note = "---\ntitle: A *bright* week\nauthor: Zoë\n---\n1 < 2, *really*.\n\n- one\n- two\n";
    site.write("content/digests/2026-w09.md", note);
    let text = site.run(&["digest", "2026-W09"]).succeeds().data();
    assert!(text.contains("\n  From the editor: A *bright* week\n  ====="), "{text}");
    let again = Site::new();
    again.write("list.mbox", &text);
    let second = again.run(&["digest"]).succeeds().data();
    let note = |text: &str| {
        let (_, rest) = text.split_once("\n  From the editor").expect("a note");
        rest.split_once("\nTop ").expect("a ranking").0.to_owned()
    };
    assert_eq!(note(&second), note(&text));
    again.run(&["build"]).succeeds();
    let page = crate::site::tree(&again.path("public"));
    let page = page.iter().find(|(path, _)| {
        path.starts_with("digests")
            && path.components().count() == 3
            && path.ends_with("index.html")
    });
    let page = String::from_utf8_lossy(page.expect("the page of the digest").1).into_owned();
    assert!(page.contains("<h2 id=note>A *bright* week</h2>"), "{page}");
    assert!(page.contains("<p>1 &lt; 2, really.</p>"), "{page}");
    let markdown = again.run(&["digest", "--format", "markdown"]).succeeds().data();
    assert!(markdown.contains("\n```\n1 < 2, really.\n"), "{markdown}");
}

#[test]
fn a_footnote_leads_back_to_its_place() {
    let site = Site::new();
    let text = "A claim.[^x] Again.[^x] More.[^y]\n\n[^x]: The source.\n\n[^y]: Another.\n\n[^z]: Nobody asks.\n";
    site.write("content/about.md", &format!("---\ntitle: About\n---\n{text}"));
    site.write("content/digests/2026-w09.md", text);
    site.settings("base_url = \"https://example.org/x/\"\n[digest]\nfrom = \"d@example.org\"\n");
    site.run(&["build"]).succeeds();
    let checked = site.run(&["check", "--strict"]);
    assert_eq!(checked.code(), 0, "{}", checked.data());
    let page = fs::read_to_string(site.path("public/about/index.html")).expect("a page");
    for part in [
        "A claim.<sup class=footnote-reference><a id=\"ref-1\" href=\"#fn-1\">1</a></sup> Again.<sup class=footnote-reference><a href=\"#fn-1\">1</a></sup>",
        "<div class=footnote-definition id=\"fn-1\"><sup class=footnote-definition-label>1</sup>\n<p>The source.</p>\n<a href=\"#ref-1\" aria-label=\"Back to the text\">\u{21a9}</a>\n</div>",
        "<p>Another.</p>\n<a href=\"#ref-2\"",
        "<p>Nobody asks.</p>\n</div>",
    ] {
        assert!(page.contains(part), "{page}");
    }
    // In a mail it links to the page.
    let mail = site.run(&["digest", "2026-W09", "--format", "html"]).succeeds().data();
    assert!(mail.contains(" href=\"https://example.org/x/2026/w09/#note-fn-1\">1</a>"), "{mail}");
}
