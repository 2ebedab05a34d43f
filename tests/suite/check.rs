//! `check`: a correct site has no findings, and each planted fault gives its finding and no other.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use patchpress::check::{self, Checkup, Question, finding::Rule};

use crate::site::Site;

const BASE: &str = "https://example.org/x/";

/// A built site.
fn built() -> Site {
    let site = Site::new();
    site.settings(&format!("title = \"Lamps\"\nbase_url = \"{BASE}\"\n"));
    site.run(&["build"]).succeeds();
    site
}

fn look(folder: &Path) -> Checkup {
    let question = Question {
        folder: folder.to_owned(),
        base_url: "http://localhost:1111/".into(),
        limit: Some(1_000_000_000),
        ..Question::default()
    };
    check::check(&question).expect("the site can be read")
}

/// Each finding as `rule file:line`.
fn said(checkup: &Checkup) -> Vec<String> {
    let place =
        |file: &str, line| if line > 0 { format!("{file}:{line}") } else { file.to_owned() };
    let found = checkup.findings.iter();
    found
        .map(|f| format!("{} {}", f.rule.name(), place(&f.file, f.line)).trim_end().into())
        .collect()
}

/// A change to a site. An inserted text contains a mark that gives its line.
enum Edit {
    /// Replaces the first occurrence of a text.
    Swap(&'static str, &'static str, String),
    /// Adds a file.
    Add(&'static str, Vec<u8>),
    /// Adds a file of this many zeros.
    Hollow(&'static str, u64),
    /// Removes a file.
    Drop(&'static str),
    /// Adds a symbolic link.
    #[cfg(unix)]
    Link(&'static str),
}
use Edit::{Add, Drop, Hollow, Swap};

impl Edit {
    /// Makes the change; returns how to undo it, and the line of the inserted text.
    fn make(&self, folder: &Path) -> (Undo, usize) {
        let path = |file: &str| folder.join(file);
        match self {
            Swap(file, from, to) => {
                let before = fs::read_to_string(path(file)).expect("the file is there");
                let at = before.find(from).unwrap_or_else(|| panic!("{file} has no {from:?}"));
                fs::write(path(file), before.replacen(from, to, 1)).expect("written");
                let line = before[..at].matches('\n').count() + 1;
                (Undo::Write(path(file), before.into_bytes()), line)
            }
            Add(file, bytes) => {
                fs::create_dir_all(path(file).parent().expect("a folder")).expect("a folder");
                fs::write(path(file), bytes).expect("written");
                (Undo::Remove(path(file)), 0)
            }
            Hollow(file, bytes) => {
                let hollow = fs::File::create(path(file)).expect("made");
                hollow.set_len(*bytes).expect("sparse files");
                (Undo::Remove(path(file)), 0)
            }
            Drop(file) => {
                let before = fs::read(path(file)).expect("the file is there");
                fs::remove_file(path(file)).expect("removed");
                (Undo::Write(path(file), before), 0)
            }
            #[cfg(unix)]
            Self::Link(file) => {
                std::os::unix::fs::symlink("index.html", path(file)).expect("linked");
                (Undo::Remove(path(file)), 0)
            }
        }
    }
}

/// How to undo a change.
enum Undo {
    Write(PathBuf, Vec<u8>),
    Remove(PathBuf),
}

impl Undo {
    fn make(self) {
        match self {
            Self::Write(path, bytes) => fs::write(path, bytes).expect("written"),
            Self::Remove(path) => fs::remove_file(path).expect("removed"),
        }
    }
}

/// Markup at the end of the front page.
fn front(html: &str) -> Vec<Edit> {
    vec![Swap("index.html", "</main>", format!("{html}</main>"))]
}

/// Bytes that do not compress.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let letters = std::iter::repeat_with(|| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(
            b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
                [(state >> 58) as usize],
        )
    });
    letters.take(length).collect()
}

/// Makes each fault alone and checks the site: `?` in the expected finding stands for the line of the first edit.
fn plant(faults: Vec<(Vec<Edit>, &[&str])>) {
    let site = built();
    let folder = site.path("public");
    assert_eq!(said(&look(&folder)), [""; 0], "the sound site");
    let mut wrong = Vec::new();
    for (number, (edits, expected)) in faults.into_iter().enumerate() {
        let (undo, lines): (Vec<_>, Vec<_>) = edits.iter().map(|edit| edit.make(&folder)).unzip();
        let line = lines[0].to_string();
        let expected: Vec<_> = expected.iter().map(|words| words.replace('?', &line)).collect();
        let found = look(&folder);
        if said(&found) != expected {
            wrong.push(format!("fault {number}: {expected:?} expected\n{:#?}", found.findings));
        }
        undo.into_iter().rev().for_each(Undo::make);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(said(&look(&folder)), [""; 0], "all faults are mended");
}

#[test]
fn links_and_ids() {
    let at_front = |html: &str| front(&format!("<a href=\"{html}\">x</a>"));
    plant(vec![
        (at_front("nowhere/"), &["link-missing index.html:?"]),
        (at_front("https://example.org/x/nowhere/"), &["link-own index.html:?"]),
        (at_front("https://example.org/other/"), &[]),
        (at_front("digests/"), &[]),
        (at_front("digests/#nowhere"), &["anchor-missing index.html:?"]),
        (at_front("digests/#main"), &[]),
        (at_front("#nowhere"), &["anchor-missing index.html:?"]),
        (at_front("#top"), &[]),
        (at_front("../y/"), &["link-outside index.html:?"]),
        (at_front("/x/digests/"), &["link-absolute index.html:?"]),
        (at_front("javascript:alert(1)"), &["link-scheme index.html:?"]),
        (front("<img src=\"nowhere.png\" alt=\"\">"), &["link-missing index.html:?"]),
        (front("<p id=main>"), &["id-twice index.html:?"]),
        (front("<i title=\"a\"lang=\"b\">x</i>"), &["markup index.html:?"]),
        (
            vec![Swap(
                "digests/index.html",
                "href=\"https://example.org/x/digests/\"",
                "href=\"https://example.org/x/\"".into(),
            )],
            &["canonical digests/index.html:?"],
        ),
        (
            vec![Swap("404.html", "</main>", "<a href=\"index.html\">x</a></main>".into())],
            &["not-found-link 404.html:?"],
        ),
    ]);
}

#[test]
fn the_policy() {
    let head = |from: &'static str, to: &str| vec![Swap("index.html", from, to.into())];
    plant(vec![
        (head("http-equiv=Content-Security-Policy", "name=x"), &["policy index.html"]),
        (head("script-src 'self'", "script-src 'self' 'unsafe-inline'"), &["policy index.html:?"]),
        (
            head("<meta http-equiv", "<link rel=icon href=static/icon.svg><meta http-equiv"),
            &["policy index.html:?"],
        ),
        (front("<script>alert(1)</script>"), &["policy-broken index.html:?"]),
        (front("<script type=application/ld+json>{}</script>"), &[]),
        (front("<style>p{}</style>"), &["policy-broken index.html:?"]),
        (front("<p style=\"color:red\">"), &["policy-broken index.html:?"]),
        (front("<p onclick=\"alert(1)\">"), &["policy-broken index.html:?"]),
        (
            front("<img src=\"https://example.net/a.png\" alt=\"\">"),
            &["foreign-request index.html:?"],
        ),
        (front("<img src=\"data:image/gif;base64,AA\" alt=\"\">"), &[]),
        (
            vec![Swap(
                "static/style.css",
                ":root",
                "@import \"//example.net/a.css\"; :root".into(),
            )],
            &["foreign-request static/style.css:?"],
        ),
    ]);
}

#[test]
fn names_and_sizes() {
    let long = Box::leak("x".repeat(201).into_boxed_str());
    let long_found: &[&str] = Box::leak(Box::new([
        &*Box::leak(format!("name-long {long}").into_boxed_str()),
        &*Box::leak(format!("unreached {long}").into_boxed_str()),
    ]));
    let text = || b"x".to_vec();
    plant(vec![
        (vec![Drop(".nojekyll")], &["no-jekyll"]),
        (vec![Drop("404.html")], &["not-found-page"]),
        #[cfg(unix)]
        (vec![Edit::Link("link.html")], &["symbolic-link link.html"]),
        #[cfg(target_os = "linux")]
        (vec![Add("ROBOTS.txt", text())], &["name-case robots.txt", "unreached ROBOTS.txt"]),
        (vec![Add(long, text())], long_found),
        (
            vec![Add(".well-known/x", text())],
            &["name-hidden .well-known/x", "unreached .well-known/x"],
        ),
        (vec![Add("aux.txt", text())], &["name-windows aux.txt", "unreached aux.txt"]),
        (vec![Add("CNAME", text())], &[]),
        (vec![Hollow("a.bin", 101 << 20)], &["file-large a.bin", "unreached a.bin"]),
        (vec![Hollow("a.bin", 801_000_000)], &["file-large a.bin", "unreached a.bin", "tree-near"]),
        (
            vec![Hollow("a.bin", 1_000_000_000)],
            &["file-large a.bin", "tree-large", "unreached a.bin"],
        ),
        (front(&"word ".repeat(200_001)), &["page-long index.html"]),
        (
            vec![Swap("static/style.css", ":root", format!("/* {} */ :root", noise(20_000)))],
            &["style-weight"],
        ),
        (vec![Add("a.js", noise(20_000).into_bytes())], &["unreached a.js", "script-weight"]),
    ]);
}

#[test]
fn a_heavy_digest() {
    let site = built();
    let digest = site.path("public/2026/w09/index.html");
    let html = fs::read_to_string(&digest).expect("the digest");
    let heavy = html.replacen("</main>", &format!("{}</main>", noise(90_000)), 1);
    fs::write(&digest, heavy).expect("written");
    let found = look(&site.path("public"));
    assert_eq!(said(&found), ["page-weight 2026/w09/index.html"]);
    assert!(found.findings[0].message.starts_with("1 of 1 digests pages are over 60.0 kB packed"));
}

#[test]
fn scripts_and_styles_reach_what_they_name() {
    let script = b"new Worker(\"worker.js\")".to_vec();
    let css = vec![
        Swap("static/style.css", ":root", "@font-face { src: url(a.woff2) } :root".into()),
        Add("static/a.woff2", b"x".to_vec()),
    ];
    plant(vec![
        (css, &[]),
        (
            vec![
                Swap("index.html", "</main>", "<script src=static/a.js></script></main>".into()),
                Add("static/a.js", script),
                Add("static/worker.js", b"1".to_vec()),
            ],
            &[],
        ),
        (vec![Add("static/worker.js", b"1".to_vec())], &["unreached static/worker.js"]),
        (
            vec![Swap(
                "static/style.css",
                ":root",
                "@font-face { src: url('a.woff2') } :root".into(),
            )],
            &["link-missing static/style.css:?"],
        ),
    ]);
}

#[test]
fn weak_colours_are_named() {
    let site = built();
    let css = site.path("public/static/style.css");
    let text = fs::read_to_string(&css).expect("the style");
    let line = text.lines().position(|line| line.trim().starts_with("--ink: ")).expect("an ink");
    let ink = text.lines().nth(line).expect("the line");
    fs::write(&css, text.replacen(ink, "  --ink: #dddddd;", 1)).expect("written");
    let found = look(&site.path("public"));
    let rules: BTreeSet<_> = found.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, BTreeSet::from([Rule::Contrast]));
    assert_eq!(found.findings[0].line, line + 1);
}

#[test]
fn atom() {
    let swap = |from: &'static str, to: &str| vec![Swap("feed.atom", from, to.into())];
    let entries = "<entry><id>tag:example.org,2026:ID</id><title>x</title><updated>2026-02-23T10:00:00Z</updated><author><name>x</name></author><link rel=\"alternate\" href=\"https://example.org/x/\"/></entry>\n";
    let many: String = (0..50).map(|n| entries.replace("ID", &format!("more/{n}"))).collect();
    let one = |from: &str, to: &str| {
        let entry = entries.replace("ID", "more").replacen(from, to, 1);
        vec![Swap("feed.atom", "</feed>", format!("{entry}</feed>"))]
    };
    plant(vec![
        (one("", ""), &[]),
        (swap("</feed>", ""), &["feed-form feed.atom:1"]),
        (swap("<title>", "<title>\u{1}"), &["feed-form feed.atom:?"]),
        (one("<title>x</title>", ""), &["feed-form feed.atom:?"]),
        (one("<title>x</title>", "<title> </title>"), &["feed-form feed.atom:?"]),
        (one("2026:more", "2026:more me"), &["feed-id feed.atom:?"]),
        (one("tag:example.org,2026:more", "https://example.org/x/"), &["feed-id feed.atom:?"]),
        (one("2026-02-23T10:00:00Z", "yesterday"), &["feed-date feed.atom:?"]),
        (
            one("2026-02-23T10:00:00Z", "2027-02-23T10:00:00Z"),
            &["feed-date feed.atom:5", "feed-order feed.atom:?"],
        ),
        (
            one("href=\"https://example.org/x/\"", "href=\"https://example.org/x/gone/\""),
            &["feed-link feed.atom:?"],
        ),
        (one("href=\"https://example.org/x/\"", "href=\"index.html\""), &["feed-link feed.atom:?"]),
        (
            one("href=\"https://example.org/x/\"", "href=\"https://example.org/x/#gone\""),
            &["anchor-missing feed.atom:?"],
        ),
        (
            one("</entry>", "<content type=\"html\">&lt;p onclick=x&gt;</content></entry>"),
            &["feed-body feed.atom:?"],
        ),
        (
            one("</entry>", "<content type=\"html\">&lt;a href=\"x\"&gt;</content></entry>"),
            &["feed-body feed.atom:?"],
        ),
        (
            one(
                "</entry>",
                "<content type=\"html\">&lt;a href=\"https://example.org/x/\"&gt;</content></entry>",
            ),
            &[],
        ),
        (
            swap(
                "href=\"https://example.org/x/feed.atom\"",
                "href=\"https://example.org/x/feed.rss\"",
            ),
            &["feed-link feed.atom:?"],
        ),
        (vec![Swap("feed.atom", "</feed>", format!("{many}</feed>"))], &["feed-size feed.atom"]),
        (
            one("<title>x</title>", &format!("<title>{}</title>", "x".repeat(600_000))),
            &["feed-size feed.atom"],
        ),
        (vec![Swap("sitemap.xml", "</urlset>", String::new())], &["xml sitemap.xml:1"]),
        (
            vec![Swap(
                "sitemap.xml",
                "<loc>https://example.org/x/",
                "<loc>https://example.org/x/gone/".into(),
            )],
            &["link-missing sitemap.xml:?"],
        ),
    ]);
}

#[test]
fn two_entries_and_two_feeds_of_one_id() {
    let site = built();
    let path = site.path("public/feed.atom");
    let text = fs::read_to_string(&path).expect("the feed");
    let ids: Vec<_> = text
        .match_indices("<id>")
        .map(|(at, _)| &text[at..at + text[at..].find("</id>").expect("an end")])
        .collect();
    assert!(ids.len() > 1, "the feed and an entry");
    fs::write(&path, text.replacen(ids[1], ids[0], 1)).expect("written");
    let found = look(&site.path("public"));
    assert_eq!(found.findings.iter().map(|f| f.rule).collect::<Vec<_>>(), [Rule::FeedId]);
    let other = fs::read_to_string(site.path("public/digests/feed.atom")).expect("the feed");
    let id = other.split("<id>").nth(1).and_then(|rest| rest.split("</id>").next()).expect("an id");
    fs::write(&path, text.replacen(ids[0], &format!("<id>{id}"), 1)).expect("written");
    let found = look(&site.path("public"));
    assert_eq!(said(&found), ["feed-id feed.atom"]);
}

#[test]
fn archives_of_feeds() {
    let archive = r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0">
<id>FEED</id><title>x</title><updated>2026-02-23T10:00:00Z</updated><fh:archive/>
<link rel="self" href="https://example.org/x/old.atom"/><link href="https://example.org/x/"/>
<link rel="current" href="https://example.org/x/feed.atom"/><link rel="prev-archive" href="https://example.org/x/feed.atom"/>
</feed>"#;
    let site = built();
    let feed = fs::read_to_string(site.path("public/feed.atom")).expect("the feed");
    let id = feed.split("<id>").nth(1).and_then(|rest| rest.split("</id>").next()).expect("an id");
    let part = |from: &str, to: &str| {
        assert!(from.is_empty() || archive.contains(from), "{from}");
        let mut edits = front("<a href=\"old.atom\">x</a>");
        let text = archive.replace("FEED", id).replacen(from, to, 1);
        edits.push(Add("old.atom", text.into_bytes()));
        edits
    };
    plant(vec![
        (part("", ""), &[]),
        // A part that is still open names the feed, but is not an archive of its own.
        (part("<fh:archive/>", ""), &[]),
        (part("\"current\"", "\"related\""), &["feed-form old.atom:1"]),
        (part("x/feed.atom\"/>\n</feed>", "x/older.atom\"/>\n</feed>"), &["feed-link old.atom:4"]),
    ]);
}

#[test]
fn json_feed_and_rss() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"x","feed_url":"https://example.org/x/more.json",
"home_page_url":"https://example.org/x/","items":[{"id":"tag:example.org,2026:a","url":"https://example.org/x/",
"content_html":"<p>x","date_published":"2026-02-23T10:00:00Z"}]}"#;
    let rss = r#"<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>x</title><link>https://example.org/x/</link>
<description>x</description><atom:link rel="self" href="https://example.org/x/more.rss"/>
<item><guid isPermaLink="false">tag:example.org,2026:a</guid><title>x</title><link>https://example.org/x/</link>
<pubDate>Mon, 23 Feb 2026 10:00:00 +0000</pubDate></item></channel></rss>"#;
    let feed = |file: &'static str, text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let link = format!("<a href=\"{file}\">x</a>");
        let mut edits = front(&link);
        edits.push(Add(file, text.replacen(from, to, 1).into_bytes()));
        edits
    };
    let json = |from: &str, to: &str| feed("more.json", json, from, to);
    let rss = |from: &str, to: &str| feed("more.rss", rss, from, to);
    plant(vec![
        (json("", ""), &[]),
        (json("}]}", "}]"), &["feed-form more.json:3"]),
        (json("\"title\":\"x\",", ""), &["feed-form more.json"]),
        (json("\"id\":\"tag:example.org,2026:a\"", "\"id\":1"), &["feed-form more.json"]),
        (json("tag:example.org,2026:a", "https://example.org/x/a/"), &["feed-id more.json"]),
        (json("2026-02-23T10:00:00Z", "23 Feb"), &["feed-date more.json"]),
        (json("x/more.json", "x/other.json"), &["feed-link more.json"]),
        (json("<p>x", "<script>x</script>"), &["feed-body more.json"]),
        (rss("", ""), &[]),
        (rss("</rss>", ""), &["feed-form more.rss:1"]),
        (rss("<guid isPermaLink=\"false\">", "<guid>"), &["feed-form more.rss:3"]),
        (rss("Mon, 23 Feb 2026 10:00:00 +0000", "2026-02-23"), &["feed-date more.rss:4"]),
        (rss("<description>x</description>", ""), &["feed-form more.rss:1"]),
    ]);
}

#[test]
fn what_was_cut_is_counted() {
    let site = Site::new();
    let text = "word word word word word\n".repeat(24_000);
    let mail = format!(
        "From a@example.org Mon Feb 23 10:00:00 2026\nFrom: A <a@example.org>\nSubject: long\nDate: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <1@example.org>\n\n{text}"
    );
    site.write("list.mbox", &mail);
    for language in ["en", "de"] {
        site.settings(&format!("language = \"{language}\"\n"));
        site.run(&["build"]).succeeds();
        assert_eq!(look(&site.path("public")).cuts, 1, "{language}");
    }
}

#[test]
fn what_the_program_says() {
    let site = built();
    let ran = site.run(&["check"]);
    let text = ran.succeeds().data();
    assert!(
        text.contains(" at https://example.org/x/: ") && text.ends_with("nothing is wrong\n"),
        "{text}"
    );
    assert_eq!(site.run(&["check", "--format", "json", "--strict"]).succeeds().data(), "");
    assert_eq!(site.run(&["check", "--quiet"]).succeeds().data(), "");

    // If the site is served elsewhere, all absolute URLs are wrong.
    let moved = site.run(&["check", "--base-path", "/y", "--format", "json"]);
    assert_eq!(moved.code(), 1);
    assert!(moved.data().contains("\"rule\":\"canonical\""), "{}", moved.data());

    // A warning is a failure only if the options say so.
    site.write("public/lost.txt", "x");
    assert_eq!(site.run(&["check"]).code(), 0);
    assert_eq!(site.run(&["check", "--strict", "public"]).code(), 1);
    let lines = site.run(&["check", "--format", "json"]).data();
    assert_eq!(
        lines,
        "{\"schema\":1,\"kind\":\"finding\",\"severity\":\"warning\",\"rule\":\"unreached\",\"file\":\"lost.txt\",\"line\":null,\"message\":\"no links lead here from the front page\",\"hint\":\"link to it, or remove it from the output\"}\n"
    );
    for number in 0..7 {
        site.write(&format!("public/lost-{number}.txt"), "x");
    }
    let text = site.run(&["check"]).data();
    assert!(text.starts_with("warning unreached: 8 findings\n  lost-0.txt: no links"), "{text}");
    assert!(text.contains("\n  … 3 more: `--all` shows them\n  hint: link to it"), "{text}");
    assert!(text.ends_with("\n0 errors, 8 warnings\n"), "{text}");
    assert!(site.run(&["check", "--all"]).data().contains("  lost.txt: no links"));
}

#[test]
fn without_a_site_there_is_nothing_to_check() {
    let site = Site::new();
    site.run(&["check"]).refuses("there is no site in `SITE/public`\nhint: run `patchpress build` first, or name the folder of a built site");
    site.run(&["check", "elsewhere"]).refuses("there is no site in `elsewhere`\nhint: run `patchpress build` first, or name the folder of a built site");
}
