//! The search index, read like the site's script reads it: `Index` is the format's second reader.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use patchpress::{
    config::{Overrides, Settings},
    digest,
    plan::{self, Content, Drafts, Route},
    search,
    series::{self, Corpus},
};
use serde_json::Value;

use crate::{site::Site, support};

/// The parts of an entry that can contain a word, by their bits.
const TITLE: u32 = 1;
const SUBJECT: u32 = 2;
const PATH: u32 = 4;
const BODY: u32 = 8;
const REPLY: u32 = 16;
const FUNCTION: u32 = 32;
const AUTHOR: u32 = 64;
const REVIEWER: u32 = 128;
const ANSWERED: u32 = 256;

/// A loaded index.
struct Index {
    files: BTreeMap<String, String>,
    root: Value,
}

/// The places of a word in an entry: its fields and its unit.
type Found = BTreeMap<u64, (u32, u64)>;

impl Index {
    /// The index of the site in `root`.
    fn of(root: &Path) -> Self {
        let settings = Settings::load(root, &Overrides::default()).expect("settings");
        let rules = patchpress::site::rules(&settings).expect("rules");
        let corpus = series::read(&settings.lists, &rules).expect("the archive");
        Self::with(root, &corpus)
    }

    /// The same for a corpus that was read before.
    fn with(root: &Path, corpus: &Corpus) -> Self {
        let settings = Settings::load(root, &Overrides::default()).expect("settings");
        let content = Content::read(root, Drafts::Hidden).expect("content");
        let digests = digest::digests(corpus, None, settings.cadence, &settings.zone);
        let index = support::of_texts(|texts| {
            let plan = plan::plan(texts, corpus, &digests, &content, &settings).expect("a plan");
            search::files(&plan)
        });
        let file = |(route, bytes): (Route, Vec<u8>)| {
            let name = route.file().strip_prefix("search/").expect("in search/").to_owned();
            (name, String::from_utf8(bytes).expect("UTF-8"))
        };
        let files: BTreeMap<_, _> = index.into_iter().map(file).collect();
        let root = serde_json::from_str(&files["index.json"]).expect("JSON");
        Self { files, root }
    }

    fn number(&self, key: &str) -> u64 {
        self.root[key].as_u64().expect("a number")
    }

    /// The segments with the numbers of their first entries.
    fn segments(&self) -> impl Iterator<Item = (u64, &Value)> {
        let segments = self.root["segments"].as_array().expect("segments").iter();
        segments.map(|segment| (segment["first"].as_u64().expect("a number"), segment))
    }

    /// All shards, each with its segment and its first word.
    fn shards(&self) -> impl Iterator<Item = (&Value, &str)> {
        self.segments().flat_map(|(_, segment)| starts(segment).map(move |at| (segment, at)))
    }

    /// The shard of a segment that begins with `start`, as words and their entries as written.
    fn shard(&self, (segment, start): (&Value, &str)) -> Vec<(String, &str)> {
        let mut name = String::from(if start.is_empty() { "w" } else { "w-" });
        for c in start.chars() {
            match c {
                'a'..='z' | '0'..='9' => name.push(c),
                _ => name.push_str(&format!("_{:x}_", u32::from(c))),
            }
        }
        let mut word = String::new();
        let folder = segment["name"].as_str().expect("a name");
        let lines = self.files[&format!("{folder}/{name}.txt")].lines();
        let read = lines.map(|line| {
            let shared = line.chars().next().and_then(|c| c.to_digit(36)).expect("a digit");
            let (rest, entries) = line[1..].split_once(' ').expect("a word and its entries");
            let kept: String = word.chars().take(shared as usize).collect();
            word = format!("{kept}{rest}");
            (word.clone(), entries)
        });
        read.collect()
    }

    /// The entries with a word, and whether it is so common somewhere that not all are listed.
    fn word(&self, word: &str) -> (Found, bool) {
        let (mut found, mut is_common) = (Found::new(), false);
        for (first, segment) in self.segments() {
            let start = starts(segment).take_while(|start| *start <= word).last().expect("a shard");
            for (other, entries) in self.shard((segment, start)) {
                if other == word {
                    is_common |= entries.starts_with('~');
                    found.extend(read(entries).into_iter().map(|(at, seen)| (first + at, seen)));
                }
            }
        }
        (found, is_common)
    }

    /// The folders of the entries that have all these words, each in one of these fields; with 0, in any field.
    fn ask(&self, words: &[(&str, u32)]) -> BTreeSet<String> {
        let mut found: Option<BTreeSet<u64>> = None;
        for (word, fields) in words {
            let (entries, common) = self.word(word);
            if common && *fields == 0 {
                continue;
            }
            let these = entries.iter().filter(|(_, (has, _))| *fields == 0 || has & fields > 0);
            let these: BTreeSet<u64> = these.map(|(entry, _)| *entry).collect();
            found = Some(found.map_or_else(|| these.clone(), |before| &before & &these));
        }
        found.unwrap_or_default().into_iter().map(|entry| self.folder(entry)).collect()
    }

    fn row(&self, entry: u64) -> Value {
        let per = self.number("rows");
        let segments = self.segments().take_while(|(first, _)| *first <= entry);
        let (first, segment) = segments.last().expect("a segment");
        let (entry, folder) = (entry - first, segment["name"].as_str().expect("a name"));
        let rows: Value =
            serde_json::from_str(&self.files[&format!("{folder}/r{}.json", entry / per)])
                .expect("rows");
        rows[usize::try_from(entry % per).expect("small")].clone()
    }

    fn folder(&self, entry: u64) -> String {
        self.row(entry)[0].as_str().expect("a folder").to_owned()
    }

    fn bytes(&self) -> usize {
        self.files.values().map(String::len).sum()
    }
}

/// The first words of the shards of a segment.
fn starts(segment: &Value) -> impl Iterator<Item = &str> {
    let starts = segment["shards"].as_array().expect("shards").iter();
    starts.map(|start| start.as_str().expect("a word"))
}

/// The entries of a word's line.
fn read(entries: &str) -> Found {
    let (mut entry, mut skip, mut unit, mut people, mut in_unit) = (0, 0, 0, 0, false);
    let mut found = Found::new();
    for c in entries.trim_start_matches('~').chars() {
        let place = |signs: &str| signs.chars().position(|sign| sign == c);
        if let Some(digit) = c.to_digit(32).filter(|_| !c.is_ascii_uppercase()) {
            let number = if in_unit { &mut unit } else { &mut skip };
            *number = *number * 32 + u64::from(digit);
        } else if c == '.' {
            in_unit = true;
        } else if let Some(bits) = place(" ()*+,-/:;<=>?@[") {
            people = u32::try_from(bits).expect("small") << 5;
        } else {
            let bits = place("ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&'").expect("a sign of the format");
            entry += skip;
            found.insert(entry, (u32::try_from(bits).expect("small") | people, unit));
            (entry, skip, unit, people, in_unit) = (entry + 1, 0, 0, 0, false);
        }
    }
    found
}

fn demo() -> Index {
    Index::of(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// A patch in two revisions, with a reply, and a thread: everything that can be searched.
const SPECIMEN: &str = "\
From a@example.org Mon Feb 23 10:00:00 2026
From: Zo\u{eb} Lind <zoe@example.org>
Subject: [PATCH RFC net-next] lamp: Drop lamp_release()
Date: Mon, 23 Feb 2026 10:00:00 +0000
Message-ID: <one@example.org>

Only olderword said this. See cdecade.

change-id: 20260223-lamp-0123456789ab
Signed-off-by: Zo\u{eb} Lind <zoe@example.org>
---
 drivers/lamp/spi-lamp.c | 2 +-

diff --git a/drivers/lamp/spi-lamp.c b/drivers/lamp/spi-lamp.c
--- a/drivers/lamp/spi-lamp.c
+++ b/drivers/lamp/spi-lamp.c
@@ -1,1 +1,1 @@ static int lamp_probe(struct lamp *l)
-int watts = 10;
+int insidediff = 20;
-- 
2.50.0

From a@example.org Tue Feb 24 10:00:00 2026
From: Zo\u{eb} Lind <zoe@example.org>
Subject: [PATCH v2] lamp: Drop lamp_release()
Date: Tue, 24 Feb 2026 10:00:00 +0000
Message-ID: <two@example.org>
In-Reply-To: <one@example.org>

The lamp is released by itself; __proto__ and constructor are words.

Signed-off-by: Zo\u{eb} Lind <zoe@example.org>
---
 drivers/lamp/spi-lamp.c | 2 +-

diff --git a/drivers/lamp/spi-lamp.c b/drivers/lamp/spi-lamp.c
--- a/drivers/lamp/spi-lamp.c
+++ b/drivers/lamp/spi-lamp.c
@@ -1,1 +1,1 @@ static int lamp_probe(struct lamp *l)
-int watts = 10;
+int watts = 20;
-- 
2.50.0

From b@example.org Tue Feb 24 11:00:00 2026
From: Bob Example <bob@example.org>
Subject: Re: [PATCH v2] lamp: Drop lamp_release()
Date: Tue, 24 Feb 2026 11:00:00 +0000
Message-ID: <three@example.org>
In-Reply-To: <two@example.org>

On Tue, Feb 24, 2026, Zoe Lind wrote:
> quotedword
Agreedword.
Reviewed-by: Bob Example <bob@example.org>

From c@example.org Wed Feb 25 11:00:00 2026
From: Cy Example <cy@example.org>
Subject: Which bulbs fit?
Date: Wed, 25 Feb 2026 11:00:00 +0000
Message-ID: <four@example.org>

Questionword about \"><img src=x onerror=alert(1)> in the text.
";

fn specimen() -> (Site, Index) {
    let site = Site::new();
    site.write("list.mbox", SPECIMEN);
    let index = Index::of(&site.root());
    (site, index)
}

#[test]
fn each_part_of_a_mail_is_found_and_distinguished() {
    let (_site, index) = specimen();
    for (word, fields) in [
        ("drop", TITLE | SUBJECT),
        ("lamp_release", TITLE | SUBJECT),
        ("release", TITLE | SUBJECT),
        ("rfc", TITLE),
        ("net-next", TITLE),
        ("drivers/lamp/spi-lamp.c", PATH),
        ("spi-lamp.c", PATH),
        ("spi-lamp", PATH),
        ("lamp_probe", FUNCTION),
        ("zoe", AUTHOR),
        ("zoe@example.org", AUTHOR),
        ("bob", REVIEWER | ANSWERED),
        ("olderword", BODY),
        ("released", BODY),
        ("agreedword", REPLY),
        ("__proto__", 0),
        ("proto", BODY),
        ("constructor", BODY),
    ] {
        let (found, _) = index.word(word);
        let has: Vec<u32> = found.values().map(|(fields, _)| *fields).collect();
        let expected = if fields == 0 { vec![] } else { vec![fields] };
        assert_eq!(has, expected, "{word}");
    }
    for nowhere in ["quotedword", "insidediff", "wrote", "signed-off-by"] {
        assert!(index.word(nowhere).0.is_empty(), "{nowhere}");
    }
    let folder = index.ask(&[("zoe", AUTHOR), ("lamp_probe", FUNCTION), (":v0002", 0)]);
    assert_eq!(folder.len(), 1);
    assert!(folder.first().is_some_and(|folder| folder.starts_with("series/lamp-drop-")));
    assert!(index.ask(&[("zoe", REVIEWER)]).is_empty());
    let thread = index.ask(&[("bulbs", TITLE), (":kthread", 0)]);
    assert!(thread.first().is_some_and(|folder| folder.starts_with("threads/which-bulbs")));
}

#[test]
fn a_page_of_one_s_own_is_found_by_what_it_says() {
    let site = Site::new();
    site.write("content/rules.md", "# House rules\n\nSend *patches* to `lamps`.\n\n- No [noise](https://example.org/hidden).\n");
    let index = Index::of(&site.root());
    for (word, field) in [("rules", TITLE), ("patches", BODY), ("lamps", BODY), ("noise", BODY)] {
        assert_eq!(
            index.ask(&[(word, field), (":kpage", 0)]),
            BTreeSet::from(["rules/".to_owned()]),
            "{word}"
        );
    }
    assert!(index.word("hidden").0.is_empty());
    let row =
        serde_json::json!(["rules/", "House rules", "page", "", "", "Send patches to lamps."]);
    assert_eq!(index.row(0), row);
}

#[test]
fn a_word_of_an_older_revision_alone_leads_there() {
    let (_site, index) = specimen();
    let unit = |word: &str| index.word(word).0.values().next().map(|(_, unit)| *unit);
    assert_eq!((unit("olderword"), unit("released"), unit("drop")), (Some(1), Some(0), Some(0)));
    let (entry, _) = index.word("drop").0.pop_first().expect("the series");
    let row = index.row(entry);
    assert_eq!(row[6], serde_json::json!(["v2", 1, "v1", 1]));
    assert_eq!(row[9], 1, "the replies: {row}");
}

#[test]
fn facts_are_looked_up_like_words() {
    let (_site, index) = specimen();
    for (fact, entries) in [
        (":d20260223", 1),
        (":d20260225", 1),
        (":llist", 2),
        (":kseries", 1),
        (":srfc", 1),
        (":sreviewed", 1),
        (":sapplied", 0),
    ] {
        assert_eq!(index.word(fact).0.len(), entries, "{fact}");
    }
    // The SHA-1 of `one@example.org`, of the change-id, and of something that is not here.
    for (id, entries) in [(":m28af9ff5", 1), (":m57fb73c2", 1), (":m00000000", 0)] {
        assert_eq!(index.word(id).0.len(), entries, "{id}");
    }
    let ids = index.shards().flat_map(|start| index.shard(start));
    assert_eq!(ids.filter(|(word, _)| word.starts_with(":m")).count(), 4 + 1);
}

#[test]
fn the_demo_s_index_is_whole_and_in_order() {
    let index = demo();
    let mut count = 0;
    for (_, segment) in index.segments() {
        let mut words: Vec<String> = Vec::new();
        for start in starts(segment) {
            let shard = index.shard((segment, start));
            assert!(shard[0].0.as_str() >= start, "{start}");
            words.extend(shard.into_iter().map(|(word, _)| word));
        }
        assert!(words.is_sorted_by(|a, b| a < b), "words are in order, each once");
        count += words.len();
    }
    assert!(count > 1000, "{count}");
    let entries = index.number("entries");
    for entry in 0..entries {
        let row = index.row(entry);
        assert!(row[0].as_str().is_some_and(|folder| folder.ends_with('/')), "{row}");
    }
    let told: BTreeSet<String> = (0..entries).map(|entry| index.folder(entry)).collect();
    assert_eq!(told.len() as u64, entries, "each entry once");
    let kinds = [":kseries", ":kthread", ":kperson", ":kpage"].map(|kind| index.word(kind).0.len());
    assert_eq!(kinds.iter().sum::<usize>() as u64, entries, "each entry is of one kind");
    assert!(kinds.iter().all(|count| *count > 2), "{kinds:?}");
    let ends = index.segments().skip(1).map(|(first, _)| first).chain([entries]);
    let rows = index.segments().zip(ends).map(|((first, _), end)| (end - first).div_ceil(8));
    let files = rows.sum::<u64>() + index.shards().count() as u64 + 1;
    assert_eq!(index.files.len() as u64, files);
}

#[test]
fn linux_mtd_s_index_is_small() {
    let Some(corpus) = support::linux_mtd_corpus() else { return };
    let index = Index::with(&Site::new().root(), corpus);
    let mails = 8592;
    assert!(index.bytes() < mails * 1100 / 2, "{} bytes", index.bytes());
    assert!(index.files.len() * 20 < mails, "{} files", index.files.len());
    let largest = index.files.values().map(String::len).max();
    assert!(largest.is_some_and(|bytes| bytes < 40_000), "{largest:?}");
    let found = index.ask(&[("spi-nor", 0), ("quad", 0), ("disable", TITLE)]);
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        ["series/add-support-to-disable-the-flash-quad-mode-2e7982fb/"]
    );
    let applied = index.word(":sapplied").0.len();
    assert!(applied > 200, "{applied}");
}

#[test]
fn the_workers_change_no_byte_and_search_can_be_off() {
    let (site, _) = specimen();
    let parts = |public: &str| {
        let mut files = crate::site::tree(&site.path(public));
        files.retain(|path, _| path.starts_with("search"));
        files
    };
    for jobs in ["1", "3"] {
        let output = format!("public-{jobs}");
        site.run(&["build", "--jobs", jobs, "--output-dir", &output]).succeeds();
    }
    assert!(parts("public-1").len() > 3);
    assert_eq!(parts("public-1"), parts("public-3"));
    let front = fs::read_to_string(site.path("public-1/index.html")).expect("the front page");
    assert!(front.contains("search/index.html"));
    site.settings("[search]\nenabled = false\n");
    site.run(&["build"]).succeeds();
    assert!(parts("public").is_empty());
    let front = fs::read_to_string(site.path("public/index.html")).expect("the front page");
    assert!(!front.contains("search"), "no box and no link");
}

/// A patch with names everywhere that the index takes words from.
const NAMING: &str = "\
From x Mon Feb 23 10:00:00 2026
From: jane.doe@example.net
Subject: [PATCH] lamp: Ask bob.roe@example.net
Date: Mon, 23 Feb 2026 10:00:00 +0000
Message-ID: <lamp-1@example.org>

Words of eve@example.net here.
---
diff --git a/docs/carl@example.net/x.c b/docs/carl@example.net/x.c
--- a/docs/carl@example.net/x.c
+++ b/docs/carl@example.net/x.c
@@ -1,2 +1,2 @@ call dora@example.net
-int watts = 10;
+int watts = 20;
 int end;
";

#[test]
fn no_word_of_a_masked_site_is_an_address() {
    for (addresses, is_there) in [("full", true), ("masked", false), ("hidden", false)] {
        let site = Site::new();
        site.write("list.mbox", NAMING);
        let settings = fs::read_to_string(site.path("site.toml")).expect("settings");
        site.write("site.toml", &format!("{settings}[privacy]\naddresses = \"{addresses}\"\n"));
        let index = Index::of(&site.root());
        let words = index.shards().flat_map(|start| index.shard(start)).map(|(word, _)| word);
        let words: Vec<String> = words.collect();
        for name in ["jane", "bob", "carl", "dora", "eve"] {
            let told = words.iter().find(|word| word.contains(name));
            assert_eq!(told.is_some(), is_there, "{addresses}: {told:?}");
        }
    }
}
