//! Series and digests as Markdown, and `llms.txt` (`[build] markdown`).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::site::{Site, tree};

const BASE: &str = "base_url = \"https://example.org/x/\"\n";
const ON: &str = "[build]\nmarkdown = true\n";

/// The built site of the demo's list with these settings.
fn demo(settings: &str) -> Site {
    let site = Site::new();
    fs::copy(crate::support::demo(), site.path("list.mbox")).expect("the demo's list");
    site.settings(settings);
    site.run(&["build"]).succeeds();
    site
}

type Files = BTreeMap<PathBuf, String>;

/// The text files of a site; `true` for those in Markdown.
fn files(site: &Site) -> (Files, Files) {
    let text = |(path, bytes): (PathBuf, Vec<u8>)| Some((path, String::from_utf8(bytes).ok()?));
    tree(&site.path("public")).into_iter().filter_map(text).partition(|(path, _)| {
        path.ends_with("llms.txt") || path.extension().is_some_and(|ending| ending == "md")
    })
}

/// The headings of a text.
fn headings(text: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut inside = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                inside = true;
                headings.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(words) | Event::Code(words) if inside => {
                headings.last_mut().expect("a heading").push_str(&words);
            }
            _ => {}
        }
    }
    headings
}

#[test]
fn a_site_has_none_unless_it_is_asked_for() {
    let (markdown, others) = files(&demo(BASE));
    assert!(markdown.is_empty(), "{:?}", markdown.keys());
    assert!(others.values().all(|text| !text.contains("text/markdown")));
}

#[test]
fn every_series_and_every_digest_has_one_and_no_other_page_changes() {
    let (without, with) = (demo(BASE), demo(&format!("{BASE}{ON}")));
    let checked = with.run(&["check", "--strict"]);
    assert_eq!(checked.code(), 0, "{}{}", checked.data(), checked.talk());
    let (_, before) = files(&without);
    let (markdown, after) = files(&with);
    let mut expected = BTreeSet::from([PathBuf::from("llms.txt")]);
    for (path, page) in &after {
        let beside = path.with_file_name("index.html.md");
        let link = "<link rel=alternate type=text/markdown title=\"Markdown\" href=\"";
        let is_front = path == Path::new("index.html");
        let told = if is_front { "llms.txt" } else { "index.html.md" };
        let told = format!("{link}{told}\">\n");
        if page.contains(link) {
            assert!(page.contains(&told), "{}", path.display());
            if !is_front {
                expected.insert(beside);
            }
        }
        // Except for the link nothing changes, not even the sitemap.
        if path != Path::new(".nojekyll") {
            assert!(before.get(path) == Some(&page.replace(&told, "")), "{}", path.display());
        }
    }
    assert_eq!(markdown.keys().cloned().collect::<BTreeSet<_>>(), expected);
    let series = after.keys().filter(|path| {
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        matches!(&*parts, [a, _, c] if a == "series" && c == "index.html")
    });
    let series = series.map(|path| path.with_file_name("index.html.md"));
    assert!(series.collect::<BTreeSet<_>>().is_subset(&expected));

    // A digest is the output of the command.
    let page = Path::new("2026/w09/index.html.md");
    let printed = with.run(&["digest", "2026-W09", "--format", "markdown"]).succeeds().data();
    assert_eq!(markdown[page], printed);

    // The beginning lists the contents, in the form of llmstxt.org.
    let llms = &markdown[Path::new("llms.txt")];
    let heads = headings(llms);
    assert_eq!((heads[0].as_str(), heads[1].as_str()), ("Patches", "Digests"));
    assert_eq!(heads.last().map(String::as_str), Some("Optional"));
    let lines: Vec<&str> = llms.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines[0].starts_with("# ") && lines[1].starts_with("> "), "{llms}");
    let listed = lines.iter().filter(|line| line.starts_with('-'));
    for line in listed {
        assert!(line.starts_with("- [") && line.contains("](<https://example.org/x/"), "{line}");
    }
}

#[test]
fn a_series_has_its_patches_reviews_and_replies_and_no_diff() {
    let site = Site::new();
    site.settings(&format!("{BASE}{ON}"));
    site.run(&["build"]).succeeds();
    let (markdown, _) = files(&site);
    let (_, text) = markdown.iter().find(|(path, _)| path.starts_with("series")).expect("one");
    let page = "https://example.org/x/series/lamp-burn-brighter-c40cdb6b/";
    let expected = "\
# [lamp: Burn brighter](<PAGE>)

by Ada Example · 23 February 2026 · 1 patch · +1 −1 · lamp.c · 1 reply

reviewed [by Bob Example, 23 February 2026](<PAGE#me05e28d0>)

## 1 patch

- 1/1 [lamp: Burn brighter](<PAGE#p1>) · +1 −1 · [Reviewed-by: Bob Example](<PAGE#me05e28d0>)

## lamp: Burn brighter

[by Ada Example, 23 February 2026](<PAGE#mc40cdb6b>)

```
The lamp is dim.

Signed-off-by: Ada Example <ada@example.org>
---
 lamp.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
```

### [by Bob Example, 23 February 2026](<PAGE#me05e28d0>)

```
Reviewed-by: Bob Example <bob@example.org>
```
";
    assert_eq!(*text, expected.replace("PAGE", page));
}

/// A reply whose text would end a code block, begin a heading, and add a link.
const HOSTILE: &str = "
From eve@example.org Mon Feb 23 12:00:00 2026
From: Eve `</a> [x](https://example.net/) <eve@example.org>
Subject: Re: [PATCH] lamp: Burn brighter
Date: Mon, 23 Feb 2026 12:00:00 +0000
Message-ID: <3@example.org>
In-Reply-To: <1@example.org>

```
# An own heading
````
[a link](https://example.net/)
<script>alert(1)</script>
\u{1b}[2J\u{202e}
~~~
";

#[test]
fn no_text_of_a_mail_is_markup() {
    let site = Site::new();
    let mails = fs::read_to_string(site.path("list.mbox")).expect("mails");
    site.write("list.mbox", &format!("{mails}{HOSTILE}"));
    site.settings(&format!("{BASE}{ON}"));
    site.run(&["build"]).succeeds();
    site.run(&["check", "--strict"]).succeeds();
    let (markdown, _) = files(&site);
    for (path, text) in &markdown {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{}", path.display());
        for event in Parser::new(text) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with("https://example.org/x/"), "{dest_url}");
                }
                _ => {}
            }
        }
        assert!(headings(text).iter().all(|head| !head.contains("own")), "{text}");
    }
    let (_, text) = markdown.iter().find(|(path, _)| path.starts_with("series")).expect("one");
    assert!(text.contains("\n`````\n```\n# An own heading\n````\n"), "{text}");
}

#[test]
fn addresses_are_masked_and_what_is_redacted_is_gone() {
    let secret = "\nIts secret is hunter2, says dora@example.org.\n";
    for (how, there) in [("masked", "d…@example.org"), ("hidden", "says [hidden].")] {
        let site = Site::new();
        let mails = fs::read_to_string(site.path("list.mbox")).expect("mails");
        let mails = mails.replacen("\nReviewed-by", &format!("{secret}\nReviewed-by"), 1);
        site.write("list.mbox", &mails);
        let redact = "[redact]\npatterns = [\"hunter2\"]\n";
        site.settings(&format!("{BASE}{ON}[privacy]\naddresses = \"{how}\"\n{redact}"));
        site.run(&["build"]).succeeds();
        let (markdown, _) = files(&site);
        let whole: String = markdown.values().map(String::as_str).collect();
        for gone in ["hunter2", "ada@", "bob@", "dora@"] {
            assert!(!whole.contains(gone), "{how}: {gone}");
        }
        assert!(whole.contains(there), "{how}: {whole}");
    }
}

#[test]
fn a_mail_changes_the_files_of_its_series_and_of_its_digest_alone() {
    let site = demo(&format!("{BASE}{ON}"));
    let (before, _) = files(&site);
    let reply = HOSTILE
        .replace("lamp: Burn brighter", "lantern")
        .replace("<3@example.org>", "<own-3@example.org>")
        .replace("In-Reply-To: <1@example.org>", "X-None: x")
        .replace("23 Feb", "28 Feb");
    let list = site.path("list.mbox");
    let mut mails = fs::read(&list).expect("mails");
    mails.extend(reply.bytes());
    fs::write(list, mails).expect("written");
    site.run(&["build"]).succeeds();
    let (after, _) = files(&site);
    let changed = after.iter().filter(|(path, text)| before.get(*path) != Some(text));
    let changed: Vec<_> = changed.map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(changed, ["2026/w09/index.html.md", "llms.txt"]);
    let whole = tree(&site.path("public"));
    fs::remove_dir_all(site.path(".patchpress")).expect("removed");
    site.run(&["build", "--output-dir", "cold"]).succeeds();
    assert!(tree(&site.path("cold")) == whole);
}

#[test]
fn check_follows_their_links() {
    let site = demo(&format!("{BASE}{ON}"));
    let llms = fs::read_to_string(site.path("public/llms.txt")).expect("a file");
    site.write("public/llms.txt", &llms.replacen("x/2026/w", "x/2026/v", 1));
    let found = site.run(&["check", "--format", "json"]).data();
    assert!(found.contains("\"rule\":\"link-missing\",\"file\":\"llms.txt\""), "{found}");
}
