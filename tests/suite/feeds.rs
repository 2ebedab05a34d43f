//! Feeds: news appears once, in the right feeds, under permanent ids; archives do not change; no text breaks or
//! bloats a document.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    process::Command,
};

use patchpress::{
    check,
    config::{Overrides, Settings},
    digest,
    error::Error,
    feed,
    plan::{self, Content, Drafts, Log, Route},
    series, site,
};
use roxmltree::{Document, Node};
use tempfile::TempDir;

use crate::support;

const BASE: &str = "https://example.org/x/";
const ANNA: &str = "Anna Berg <anna@example.org>";
const CARL: &str = "Carl Dahl <carl@example.org>";
const DORA: &str = "Dora Ek <dora@example.org>";

/// Every document of every feed, and the OPML, by path.
type Feeds = BTreeMap<String, String>;

/// An archive that grows mail by mail, an hour apart, and its site.
struct List {
    dir: TempDir,
    mails: String,
    count: u32,
    toml: String,
}

impl List {
    fn new() -> Self {
        Self::with("")
    }

    /// A site with more settings.
    fn with(more: &str) -> Self {
        let dir = TempDir::new().expect("a temporary folder");
        let toml = format!(
            "title = \"Lamps\"\nbase_url = \"{BASE}\"\n[[lists]]\nname = \"lamps\"\narchive = \"list.mbox\"\n{more}"
        );
        Self { dir, mails: String::new(), count: 0, toml }
    }

    /// A reply to the mail with the number `answers`; 0 for none.
    fn mail(&mut self, from: &str, answers: u32, subject: &str, text: &str) -> u32 {
        self.count += 1;
        let at = 1_767_225_600 + 3600 * i64::from(self.count);
        let date = patchpress::date::Timestamp(at).rfc5322();
        let to = if answers == 0 { String::new() } else { format!("In-Reply-To: <{answers}@x>\n") };
        let id = self.count;
        write!(
            self.mails,
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from}\nSubject: {subject}\nDate: {date}\n\
             Message-ID: <{id}@x>\n{to}\n{text}\n\n"
        )
        .expect("a string");
        id
    }

    /// A patch to `sea/lamp.c` that is unlike any other.
    fn patch(&mut self, answers: u32, subject: &str, message: &str) -> u32 {
        let line = self.count;
        let text = format!(
            "{message}\n\nSigned-off-by: {ANNA}\n---\ndiff --git a/sea/lamp.c b/sea/lamp.c\n--- a/sea/lamp.c\n\
             +++ b/sea/lamp.c\n@@ -1 +1,2 @@\n one\n+line {line}\n-- \n2.1"
        );
        self.mail(ANNA, answers, subject, &text)
    }

    fn settings(&self, base: &str) -> Result<Settings, Error> {
        fs::write(self.dir.path().join("list.mbox"), &self.mails).expect("an archive");
        fs::write(self.dir.path().join("site.toml"), &self.toml).expect("site.toml");
        let overrides = Overrides { base_url: Some(base.to_owned()), ..Overrides::default() };
        Settings::load(self.dir.path(), &overrides)
    }

    fn feeds_at(&self, base: &str) -> Feeds {
        let settings = self.settings(base).expect("settings");
        let content = Content::read(&settings.root, Drafts::Hidden).expect("content");
        let rules = site::rules(&settings).expect("rules");
        let corpus = series::read(&settings.lists, &rules).expect("the archive");
        let digests = digest::digests(&corpus, None, settings.cadence, &settings.zone);
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        support::of_texts(|texts| {
            let plan = plan::plan(texts, &corpus, &digests, &content, &settings).expect("a plan");
            let feeds = Vec::from_iter(feed::Feeds::of(&plan).all());
            let opml = (Route::Opml.file(), text(feed::opml(&plan, &feeds)));
            let documents =
                feeds.iter().map(|feed| (feed.route.file(), text(feed.write(&Log::default()))));
            let all: Feeds = documents.chain([opml]).collect();
            assert_eq!(all.len(), feeds.len() + 1, "two documents in one place");
            all
        })
    }

    fn feeds(&self) -> Feeds {
        self.feeds_at(BASE)
    }

    /// Builds the site with the program, into `public`.
    fn build(&self, jobs: &str) {
        self.settings(BASE).expect("settings");
        let done = Command::new(env!("CARGO_BIN_EXE_patchpress"))
            .args(["build", "--jobs", jobs, "--root"])
            .arg(self.dir.path())
            .output()
            .expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// The facts of an entry that a feed reader keeps: title, date of publication, date of the last change, by its id.
fn entries(document: &str) -> BTreeMap<String, [String; 3]> {
    let document = Document::parse(document).unwrap_or_else(|e| panic!("{e}: {document}"));
    let of = |node: Node<'_, '_>| {
        let text = |name: &str| {
            let child = node.children().find(|child| child.tag_name().name() == name);
            child.and_then(|child| child.text()).unwrap_or_default().to_owned()
        };
        (text("id"), [text("title"), text("published"), text("updated")])
    };
    let found: Vec<_> =
        document.descendants().filter(|n| n.tag_name().name() == "entry").map(of).collect();
    let count = found.len();
    let found: BTreeMap<_, _> = found.into_iter().collect();
    assert_eq!(found.len(), count, "an id stands for two entries");
    found
}

fn atom(feeds: &Feeds) -> impl Iterator<Item = (&String, &String)> {
    feeds.iter().filter(|(path, _)| path.ends_with(".atom"))
}

/// The feeds of each new entry; also checks that no old one changed its date or title.
fn news(before: &Feeds, after: &Feeds) -> BTreeMap<String, Vec<String>> {
    let mut news: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let nothing = BTreeMap::new();
    for (path, document) in atom(after) {
        let old = before.get(path).map_or(nothing.clone(), |old| entries(old));
        for (id, told) in entries(document) {
            match old.get(&id) {
                Some(was) => assert_eq!(*was, told, "{path} tells it otherwise"),
                None => news.entry(path.clone()).or_default().push(told[0].clone()),
            }
        }
    }
    news
}

/// The feeds that report a step: those of the site, the list and the series, and more.
fn told_in(series: &str, title: &str, more: &[&str]) -> BTreeMap<String, Vec<String>> {
    let series = format!("series/{series}/feed.atom");
    let places = ["feed.atom", "lists/lamps/feed.atom", &series];
    let more = more.iter().map(|name| format!("lists/lamps/{name}.atom"));
    let places = places.iter().map(|place| (*place).to_owned()).chain(more);
    places.map(|place| (place, vec![title.to_owned()])).collect()
}

#[test]
fn each_step_of_a_series_is_news_once_in_the_right_feeds() {
    let mut list = List::new();
    list.mail(DORA, 0, "hello", "Who reads this?");
    let mut last = list.feeds();
    let mut step = |list: &List| {
        let now = list.feeds();
        let found = news(&last, &now);
        assert!(news(&now, &list.feeds()).is_empty(), "the same archive has news of its own");
        last = now;
        found
    };
    let first = list.patch(0, "[PATCH] lamp: brighter", "It is dark.");
    let found = step(&list);
    let slug = found.keys().find_map(|path| path.strip_prefix("series/")?.split('/').next());
    let slug = slug.expect("a feed of the series").to_owned();
    assert_eq!(found, told_in(&slug, "lamp: brighter", &["waiting"]));

    list.mail(
        CARL,
        first,
        "Re: [PATCH] lamp: brighter",
        "Why? And please send a v2 with less of it.",
    );
    let mut turned = told_in(&slug, "Changes requested: lamp: brighter", &[]);
    turned.remove("feed.atom");
    assert_eq!(step(&list), turned, "it holds until the next revision, and is in no archive");

    let second = list.patch(0, "[PATCH v2] lamp: brighter", "It is darker.");
    assert_eq!(step(&list), told_in(&slug, "lamp: brighter (v2)", &["waiting"]));

    list.mail(DORA, second, "Re: [PATCH v2] lamp: brighter", "I like it, as far as I can see.");
    assert_eq!(step(&list), BTreeMap::new(), "an answer is no news");

    list.mail(CARL, second, "Re: [PATCH v2] lamp: brighter", &format!("Reviewed-by: {CARL}"));
    assert_eq!(step(&list), told_in(&slug, "Reviewed: lamp: brighter (v2)", &["ready"]));

    list.mail(DORA, second, "Re: [PATCH v2] lamp: brighter", &format!("Reviewed-by: {DORA}"));
    assert_eq!(step(&list), BTreeMap::new(), "one review was enough");

    list.mail(CARL, second, "Re: [PATCH v2] lamp: brighter", "Applied to lamps/next, thanks!");
    assert_eq!(step(&list), told_in(&slug, "Applied: lamp: brighter (v2)", &["applied"]));
    assert_eq!(entries(&last["lists/lamps/ready.atom"]).len(), 0);
    assert!(last["feed.atom"].contains("to &lt;code&gt;lamps/next&lt;/code&gt; by Carl Dahl"));
}

#[test]
fn patches_that_are_taken_one_after_the_other() {
    let mut list = List::new();
    let cover = list.mail(ANNA, 0, "[PATCH 0/2] lamp: two", "Two things.");
    let one = list.patch(cover, "[PATCH 1/2] lamp: one", "One.");
    let two = list.patch(cover, "[PATCH 2/2] lamp: two", "Two.");
    let before = list.feeds();
    list.mail(CARL, one, "Re: [PATCH 1/2] lamp: one", "Applied, thanks.");
    let part = list.feeds();
    assert_eq!(news(&before, &part)["feed.atom"], ["Applied in part: lamp: two"]);
    list.mail(DORA, 0, "hello", "Hello.");
    list.mail(CARL, two, "Re: [PATCH 2/2] lamp: two", "Applied, thanks.");
    let all = list.feeds();
    assert_eq!(news(&part, &all)["feed.atom"], ["Applied: lamp: two"]);
    // Later subscribers also get the first entry.
    assert!(
        entries(&all["feed.atom"]).values().any(|told| told[0] == "Applied in part: lamp: two")
    );
}

#[test]
fn names_are_the_same_wherever_the_site_lies() {
    let mut list = List::new();
    for number in 0..40 {
        let patch = list.patch(0, &format!("[PATCH] lamp: {number}"), "It is dark.");
        list.mail(
            CARL,
            patch,
            &format!("Re: [PATCH] lamp: {number}"),
            &format!("Acked-by: {CARL}"),
        );
    }
    let (here, there) = (list.feeds_at(BASE), list.feeds_at("http://localhost:1111/"));
    assert!(here.keys().eq(there.keys()));
    assert!(here.contains_key("feeds/site/2026-01-1.atom"), "{:?}", here.keys());
    for (path, document) in &here {
        assert!(document.contains(BASE));
        assert_eq!(document.replace(BASE, "http://localhost:1111/"), there[path], "{path}");
    }
    let ids: BTreeSet<String> =
        atom(&here).flat_map(|(_, document)| entries(document).into_keys()).collect();
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")), "{ids:?}");
    // An entry has the same id in every format.
    for form in ["feed.json", "feed.rss"] {
        let known = entries(&here["feed.atom"]);
        assert!(known.keys().all(|id| here[form].contains(id.as_str())), "{form}");
    }
}

/// The links between the documents of a feed, by relation.
fn relations(document: &str) -> BTreeMap<String, String> {
    let document = Document::parse(document).expect("XML");
    let links = document.root_element().children().filter(|n| n.tag_name().name() == "link");
    let of = |link: Node<'_, '_>| {
        let text = |name: &str| link.attribute(name).unwrap_or_default().to_owned();
        (text("rel"), text("href").replace(BASE, ""))
    };
    links.map(of).collect()
}

#[test]
fn an_archive_only_grows() {
    let mut list = List::with("[feeds]\nentries = 8\n");
    let mut closed: Feeds = BTreeMap::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for number in 0..60 {
        let patch = list.patch(0, &format!("[PATCH] lamp: {number}"), "It is dark.");
        if number % 3 == 0 {
            list.mail(CARL, patch, "Re: lamp", &format!("Reviewed-by: {CARL}"));
            list.patch(0, &format!("[PATCH v2] lamp: {number}"), "It is darker.");
        }
        // Some days without mail, so that there are months and digests.
        list.count += 40;
        let feeds = list.feeds();
        let current = &feeds["feed.atom"];
        told.extend(entries(current).into_keys());
        for (path, document) in &closed {
            assert_eq!(feeds.get(path), Some(document), "{path} is not as it was");
        }
        let is_closed = |document: &str| document.contains("<fh:archive/>");
        closed.extend(feeds.clone().into_iter().filter(|(_, document)| is_closed(document)));
        // The feed and its archive together have every entry ever published.
        let mut found: BTreeSet<String> = entries(current).into_keys().collect();
        let (mut here, mut next) = ("feed.atom".to_owned(), None);
        while let Some(before) = relations(&feeds[&here]).remove("prev-archive") {
            let links = relations(&feeds[&before]);
            assert!(is_closed(&feeds[&before]) && links["current"] == "feed.atom", "{before}");
            assert!(next.is_none() || links.get("next-archive") == next.as_ref(), "{links:?}");
            let behind = &links["next-archive"];
            assert_eq!(relations(&feeds[behind]).get("prev-archive"), Some(&before));
            found.extend(entries(&feeds[&before]).into_keys());
            (here, next) = (before.clone(), Some(before));
        }
        assert_eq!(found, told, "after {number}");
    }
    let of = |start: &str| closed.keys().filter(|path| path.starts_with(start)).count();
    assert!(of("feeds/site/2026-0") > 12 && of("feeds/digests/2026-") > 1, "{:?}", closed.keys());
}

#[test]
fn a_site_with_archives_is_sound_and_the_same_with_any_number_of_workers() {
    let mut list = List::with("[feeds]\nentries = 10\nhub = \"https://hub.example.org/\"\n");
    for number in 0..30 {
        list.patch(0, &format!("[PATCH] lamp: {number} \u{1b}[1m"), "It is\u{c} dark\u{0}.");
        list.count += 30;
    }
    list.build("1");
    let public = list.dir.path().join("public");
    let read = || -> Feeds {
        let all = walkdir::WalkDir::new(&public).into_iter().map(|entry| entry.expect("readable"));
        let files = all.filter(|entry| entry.file_type().is_file());
        let text = |path: &std::path::Path| {
            String::from_utf8_lossy(&fs::read(path).expect("read")).into_owned()
        };
        files.map(|entry| (entry.path().display().to_string(), text(entry.path()))).collect()
    };
    let one = read();
    fs::remove_dir_all(&public).expect("remove");
    let _ = fs::remove_dir_all(list.dir.path().join(".patchpress"));
    list.build("4");
    assert!(one == read(), "another tree");
    let question =
        check::Question { folder: public, base_url: BASE.to_owned(), ..Default::default() };
    let found = check::check(&question).expect("a checkup");
    assert!(found.feeds > 20, "{} feeds", found.feeds);
    let said: Vec<_> = found.findings.iter().map(|f| format!("{} {}", f.file, f.message)).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn feeds_name_the_hub_that_is_notified_of_them() {
    let mut list = List::with("[feeds]\nentries = 4\nhub = \"https://hub.example.org/\"\n");
    for number in 0..10 {
        list.patch(0, &format!("[PATCH] lamp: {number}"), "It is dark.");
    }
    let feeds = list.feeds();
    let with: Vec<&str> = feeds
        .iter()
        .filter(|(_, document)| document.contains("https://hub.example.org/"))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        with,
        [
            "digests/feed.atom",
            "feed.atom",
            "lists/lamps/applied.atom",
            "lists/lamps/feed.atom",
            "lists/lamps/ready.atom",
            "lists/lamps/waiting.atom"
        ]
    );
    let opml = &feeds["feeds/feeds.opml"];
    // Entries of the list's feed are not offered twice.
    let followed = ["digests/feed.atom", "lists/lamps/feed.atom"];
    assert!(
        followed.iter().all(|path| opml.contains(&format!("xmlUrl=\"{BASE}{path}\""))),
        "{opml}"
    );
    assert_eq!(opml.matches("xmlUrl").count(), followed.len(), "{opml}");
    for (more, what) in [
        ("[feeds]\nentries = 51\n", "at most 50 `entries`"),
        ("[feeds]\nentries = 0\n", "`entries` must be at least 1"),
        ("[feeds]\nhub = \"hub.example.org\"\n", "not an http address"),
    ] {
        let list = List::with(more);
        let error = list.settings(BASE).expect_err(more).reason().to_string();
        assert!(error.contains(what) && error.contains("7:"), "{error}");
    }
}

#[test]
fn no_feed_is_longer_than_readers_take() {
    let mut list = List::new();
    let odd = "& < > \" ' ]]> \\ é \u{1b} \u{202e} <script>\n".repeat(4_000);
    for number in 0..30 {
        let title = "&<\"".repeat(300);
        let cover = list.mail(ANNA, 0, &format!("[PATCH 0/40] {number} {title}"), &odd);
        for patch in 1..=2 {
            list.patch(cover, &format!("[PATCH {patch}/40] {number} {patch} {title}"), &odd);
        }
        let next = list.patch(0, &format!("[PATCH] {number} {title} x"), &odd);
        list.mail(CARL, next, "Re: x", &format!("{odd}\nReviewed-by: {CARL}"));
    }
    let feeds = list.feeds();
    for (path, document) in &feeds {
        assert!(document.len() <= 512 * 1024, "{path} has {} bytes", document.len());
    }
    assert_eq!(entries(&feeds["feed.atom"]).len(), 50);
    assert!(feeds["feed.atom"].len() > 200_000, "room is used: {}", feeds["feed.atom"].len());
    assert!(feeds["feed.atom"].contains("[cut]"));
    // The same entries in every format.
    let json: serde_json::Value = serde_json::from_str(&feeds["feed.json"]).expect("JSON");
    assert_eq!(json["items"].as_array().map(Vec::len), Some(50));
    assert_eq!(feeds["feed.rss"].matches("<item>").count(), 50);
    for (path, document) in atom(&feeds).chain(feeds.iter().filter(|(p, _)| p.ends_with(".rss"))) {
        Document::parse(document).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    let forbidden = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{fffe}';
    for (path, document) in &feeds {
        assert!(!document.contains(forbidden), "{path} has a forbidden character");
    }
}

#[test]
fn what_changed_is_told_without_classes() {
    let mut list = List::new();
    let cover = list.mail(ANNA, 0, "[PATCH 0/2] lamp: two", "Two things.");
    list.patch(cover, "[PATCH 1/2] lamp: one", "One.");
    list.patch(cover, "[PATCH 2/2] lamp: old", "Two.");
    let cover =
        list.mail(ANNA, 0, "[PATCH v2 0/2] lamp: two", "Two things.\n\nv2: another second one");
    list.patch(cover, "[PATCH v2 1/2] lamp: one", "One.");
    list.patch(cover, "[PATCH v2 2/2] lamp: new", "Two.");
    let json: serde_json::Value = serde_json::from_str(&list.feeds()["feed.json"]).expect("JSON");
    let html = json["items"][0]["content_html"].as_str().expect("HTML");
    assert!(html.contains("<ins><a href=\"https://example.org/x/series/"), "{html}");
    assert!(html.contains("2/2 lamp: new</a></ins> (new)"), "{html}");
    assert!(html.contains("<del>lamp: old</del> (in v1 only)"), "{html}");
    assert!(html.contains("<pre>Two things.\n\nv2: another second one</pre>"), "{html}");
    let names: BTreeSet<&str> = html
        .split('<')
        .skip(1)
        .map(|tag| tag.trim_start_matches('/').split([' ', '>']).next().unwrap_or(""))
        .collect();
    let plain = BTreeSet::from(["p", "ul", "li", "pre", "code", "a", "ins", "del"]);
    assert!(names.is_subset(&plain), "{names:?}");
    assert!(!html.contains("class=") && !html.contains("style="));
}

/// The feeds that an OPML file offers, as their paths.
fn offered(feeds: &Feeds) -> Vec<String> {
    let begin = format!("xmlUrl=\"{BASE}");
    let found = feeds["feeds/feeds.opml"].split(&*begin).skip(1);
    found.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

#[test]
fn no_entry_is_in_two_feeds_of_the_opml_file() {
    for is_shared in [false, true] {
        let mut list = List::with("");
        let mail = |id: &str, day: u32| {
            format!(
                "From x Thu Jan  1 00:00:00 1970\nMessage-ID: <{id}@example.org>\nFrom: Ada <ada@example.org>\n\
                 Subject: [PATCH] {id}: burn\nDate: Mon, {day} Feb 2026 10:00:00 +0000\n\nBecause.\n---\n\
                 diff --git a/{id}.c b/{id}.c\n--- a/{id}.c\n+++ b/{id}.c\n@@ -1 +1 @@\n-a\n+b\n\n"
            )
        };
        let root = list.dir.path().to_owned();
        let other = if is_shared { mail("lamp", 2) } else { mail("bell", 2) };
        fs::write(root.join("lamps.mbox"), mail("lamp", 2) + &mail("wick", 23)).expect("mails");
        fs::write(root.join("bells.mbox"), other + &mail("door", 24)).expect("mails");
        let lists = ["lamps", "bells"]
            .map(|name| format!("[[lists]]\nname = \"{name}\"\narchive = \"{name}.mbox\"\n"));
        list.toml = format!("base_url = \"{BASE}\"\n{}", lists.concat());
        let feeds = list.feeds_at(BASE);
        let offered = offered(&feeds);
        let expected: &[&str] = match is_shared {
            true => &["feed.atom"],
            false => &["digests/feed.atom", "lists/lamps/feed.atom", "lists/bells/feed.atom"],
        };
        assert_eq!(offered, expected);
        let all: Vec<String> =
            offered.iter().flat_map(|path| entries(&feeds[path]).into_keys()).collect();
        let different: std::collections::BTreeSet<&String> = all.iter().collect();
        assert!(all.len() == different.len() && all.len() > 3, "{all:?}");
    }
}
