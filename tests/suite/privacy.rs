//! What people may ask of a public archive: to be left out, in whole or in part, of everything that is made.

use std::{fs, path::Path};

use crate::{
    site::{Site, tree},
    support,
};

/// A series of two by Ada, whose second patch is to go; what Bob and Cleo say of it, each a step deeper; a mail
/// that wants no archive; and one of whom nothing is to be seen.
pub(crate) const MBOX: &str = "\
From x Mon Feb 23 10:00:00 2026
From: Ada Example <ada@example.org>
Subject: [PATCH 1/2] lamp: Burn brighter
Date: Mon, 23 Feb 2026 10:00:00 +0000
Message-ID: <20260223100000.1-1-ada@example.org>

The lamp is dim.

Signed-off-by: Ada Example <ada@example.org>
---
 lamp.c | 4 ++--
 1 file changed, 2 insertions(+), 2 deletions(-)

diff --git a/lamp.c b/lamp.c
--- a/lamp.c
+++ b/lamp.c
@@ -1,3 +1,3 @@
-int watts = 10;
+int watts = 20; /* project quicksilver */
-MODULE_AUTHOR(\"Eve Gone <eve@gone.example>\");
+MODULE_AUTHOR(\"Ada Example <ada@example.org>\");
 int end;
-- 
2.50.0

From x Mon Feb 23 10:00:01 2026
From: Ada Example <ada@example.org>
Subject: [PATCH 2/2] lamp: Unwanted title
Date: Mon, 23 Feb 2026 10:00:01 +0000
Message-ID: <20260223100001.1-2-ada@example.org>
In-Reply-To: <20260223100000.1-1-ada@example.org>

An unwanted commit message.

Signed-off-by: Ada Example <ada@example.org>
---
diff --git a/lamp.c b/lamp.c
--- a/lamp.c
+++ b/lamp.c
@@ -1 +1 @@
-int unwanted = 1;
+int unwanted = 2;
-- 
2.50.0

From x Mon Feb 23 11:00:00 2026
From: Bob Example <bob@example.org>
Subject: Re: [PATCH 2/2] lamp: Burn
Date: Mon, 23 Feb 2026 11:00:00 +0000
Message-ID: <bob-1@example.org>
In-Reply-To: <20260223100001.1-2-ada@example.org>
References: <20260223100000.1-1-ada@example.org> <20260223100001.1-2-ada@example.org>

Ada wrote:
> An unwanted commit message.
>
> +int unwanted = 2;

Bob has a remark, see <20260223100001.1-2-ada@example.org>.

From x Mon Feb 23 12:00:00 2026
From: Cleo Example <cleo@example.org>
Subject: Re: [PATCH 2/2] lamp: Burn
Date: Mon, 23 Feb 2026 12:00:00 +0000
Message-ID: <cleo-1@example.org>
In-Reply-To: <bob-1@example.org>
References: <20260223100000.1-1-ada@example.org> <20260223100001.1-2-ada@example.org> <bob-1@example.org>

> > +int unwanted = 2;
> Bob has a remark

Cleo agrees.
Reviewed-by: Cleo Example <cleo@example.org>

From x Mon Feb 23 13:00:00 2026
From: =?utf-8?q?Eve_Gone?= <eve@gone.example>
Subject: [PATCH] lamp: Eve Gone was here, quicksilver too
Date: Mon, 23 Feb 2026 13:00:00 +0000
Message-ID: <20260223130000.7-1-eve@gone.example>

Quicksilver came.

Reported-by: \"Gone, Eve\" <EVE@gone.example>
Signed-off-by: Eve Gone <eve@gone.example>
---
diff --git a/lamp.c b/lamp.c
--- a/lamp.c
+++ b/lamp.c
@@ -1 +1 @@
-int a = 1;
+int a = 2; // by Eve Gone
-- 
2.50.0

From x Mon Feb 23 14:00:00 2026
From: Bob Example <bob@example.org>
To: Eve Gone <eve@gone.example>
Subject: Re: [PATCH] lamp: Eve Gone was here, quicksilver too
Date: Mon, 23 Feb 2026 14:00:00 +0000
Message-ID: <bob-2@example.org>
In-Reply-To: <20260223130000.7-1-eve@gone.example>

On Mon, Feb 23, 2026 at 01:00PM +0000, Eve
> Gone (eve at gone.example) wrote:
> Quicksilver came.

Thanks, Eve Gone. Applied.
Acked-by: Bob Example <bob@example.org>

From x Mon Feb 23 15:00:00 2026
From: Bob Example <bob@example.org>
Subject: [PATCH] lamp: Forwarded
Date: Mon, 23 Feb 2026 15:00:00 +0000
Message-ID: <bob-3@example.org>

From: Eve Gone <eve@gone.example>

Eve wrote it, Bob sent it.

Signed-off-by: Eve Gone <eve@gone.example>
---
diff --git a/b.c b/b.c
--- a/b.c
+++ b/b.c
@@ -1 +1 @@
-int b = 1;
+int b = 2;
-- 
2.50.0

From x Mon Feb 23 16:00:00 2026
From: Dora Example <dora@example.org>
Subject: An ephemeral word
Date: Mon, 23 Feb 2026 16:00:00 +0000
Message-ID: <dora-1@example.org>
X-No-Archive: Yes

Nobody keeps this.
";

pub(crate) const REDACT: &str = "\
[redact]
messages = [\"<20260223100001.1-2-ada@example.org>\"]
people = [\"Eve Gone <eve@gone.example>\"]
patterns = [\"(?i)(project )?quicksilver\"]
";

/// What must be nowhere, in lower case.
pub(crate) const GONE: [&str; 10] = [
    "unwanted",
    "20260223100001",
    "20260223130000.7-1-eve",
    "eve gone",
    "gone, eve",
    "eve@gone",
    "gone.example",
    "eve-gone",
    "quicksilver",
    "ephemeral",
];

fn site(more: &str) -> Site {
    let site = Site::new();
    site.write("list.mbox", MBOX);
    let list =
        "[[lists]]\nname = \"list\"\naddress = \"list@example.org\"\narchive = \"list.mbox\"\n";
    let permalink = "permalink = \"https://lore.example/list/{id}/\"\n";
    site.write("site.toml", &format!("{list}{permalink}{more}"));
    site
}

/// Where a word is in the files of a folder, or in their names.
pub(crate) fn found(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in tree(folder) {
        let text = format!("{} {}", path.display(), String::from_utf8_lossy(&bytes)).to_lowercase();
        let said = words.iter().filter(|word| text.contains(**word));
        found.extend(said.map(|word| format!("{} says `{word}`", path.display())));
    }
    found
}

#[test]
fn what_is_not_redacted_is_there() {
    let site = site("");
    site.run(&["build"]).succeeds();
    let found = found(&site.path("public"), &GONE).join("\n");
    // Who asks for no archive has none in any case.
    let missed = GONE.iter().filter(|word| !found.contains(&format!("says `{word}`")));
    assert_eq!(missed.collect::<Vec<_>>(), [&"ephemeral"]);
}

#[test]
fn what_is_redacted_is_nowhere() {
    let site = site(REDACT);
    let built = site.run(&["build", "--notes"]);
    built.succeeds();
    let talk = built.talk();
    assert!(talk.contains("6 mails: 6 messages"), "{talk}");
    assert!(talk.contains("note: redacted: 1\n"), "{talk}");
    assert!(talk.contains("note: left out as its sender asks (X-No-Archive): 1\n"), "{talk}");
    for folder in ["public", ".patchpress"] {
        let found = found(&site.path(folder), &GONE);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
    for printed in [
        &["export"][..],
        &["export", "--messages"],
        &["export", "--digests"],
        &["digest", "2026-W09"],
        &["digest", "2026-W09", "--format", "html"],
        &["inspect", "bob-2@example.org"],
    ] {
        let ran = site.run(printed);
        let text = (ran.succeeds().data() + &ran.talk()).to_lowercase();
        let said: Vec<_> = GONE.iter().filter(|word| text.contains(**word)).collect();
        assert!(said.is_empty(), "{printed:?} says {said:?}\n{text}");
    }
}

#[test]
fn what_is_left_holds_together() {
    let site = site(REDACT);
    site.run(&["build"]).succeeds();
    let lines = site.run(&["export"]).data();
    let series: Vec<&str> = lines.lines().collect();
    assert_eq!(series.len(), 3, "{lines}");
    let of = |title: &str| *series.iter().find(|line| line.contains(title)).expect("a series");
    // The second patch is missing, and the answers to it are the series' still.
    let lamp = of("lamp: Burn brighter");
    assert!(lamp.contains("\"missing\":[2]") && lamp.contains("\"replies\":2"), "{lamp}");
    // An author who is not to be named is still not somebody else.
    let sent = of("lamp: Forwarded");
    assert!(sent.contains("\"author\":{\"name\":\"[redacted]\",\"email\":\"redacted@patchpress"));
    let theirs = of("lamp: [redacted] was here");
    assert!(theirs.contains("\"state\":\"applied\"") && theirs.contains("Acked-by"), "{theirs}");
    let all = tree(&site.path("public"));
    let pages = || all.iter().map(|(path, bytes)| (path, String::from_utf8_lossy(bytes)));
    let says = |text: &str| pages().any(|(_, page)| page.contains(text));
    assert!(says("Bob has a remark") && says("Cleo agrees") && says("Applied"));
    // No page tells of their life, and nothing leads to an archive that knows the name.
    assert!(!pages().any(|(path, _)| path.starts_with("people/redacted")));
    assert!(!says("lore.example/list/redacted"));
    // A diff whose words went is a diff still.
    let mbox = pages().find(|(path, text)| path.ends_with("series.mbox") && text.contains("b.c"));
    let (_, mbox) = mbox.expect("an mbox");
    assert!(mbox.contains("\nFrom: [redacted] <redacted@patchpress.invalid>\n"), "{mbox}");
    assert!(site.run(&["check"]).code() < 2);
    // Nothing is left to compare: the same once more, and from nothing.
    fs::remove_dir_all(site.path(".patchpress")).expect("removed");
    site.run(&["build", "--output-dir", "again"]).succeeds();
    assert!(tree(&site.path("again")) == all);
}

#[test]
fn what_is_redacted_can_stand_in_a_file_of_its_own() {
    let site = site("[redact]\nfile = \"private.toml\"\n");
    site.write("private.toml", REDACT.strip_prefix("[redact]\n").expect("a table"));
    site.run(&["build"]).succeeds();
    let found = found(&site.path("public"), &GONE);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_cannot_be_redacted_is_told_with_its_place() {
    for (table, words) in [
        ("patterns = [\"(\"]", "SITE/site.toml:7:12: `(` cannot be redacted: "),
        (
            "people = [\"<>\"]",
            "SITE/site.toml:7:10: `<>` cannot be redacted: it is no name and no address",
        ),
        ("messages = [\"x\"]", "SITE/site.toml:7:12: `x` cannot be redacted: it is no Message-ID"),
        ("persons = []", "SITE/site.toml:7:1: unknown key `persons`"),
    ] {
        let site = site(&format!("[redact]\n{table}\n"));
        let ran = site.run(&["build"]);
        assert_eq!(ran.code(), 2);
        assert!(ran.talk().contains(words), "{}", ran.talk());
    }
}

/// Every address of the specimen, but the list's own.
const ADDRESSES: [&str; 6] =
    ["ada@", "bob@", "cleo@", "eve@gone", "eve at gone", "bob-1@example.org"];

#[test]
fn addresses_are_masked_or_hidden_everywhere() {
    for (how, there, gone) in [
        ("masked", "b…@example.org", &ADDRESSES[..4]),
        ("hidden", "Signed-off-by:", &ADDRESSES[..4]),
    ] {
        let site = site(&format!("[privacy]\naddresses = \"{how}\"\n"));
        site.write("content/about.md", "---\ntitle: About\n---\nWrite to bob@example.org.\n");
        site.run(&["build"]).succeeds();
        fs::remove_dir_all(site.path("public/about")).expect("the author's own page");
        let found = found(&site.path("public"), gone);
        assert!(found.is_empty(), "{how}: {}", found.join("\n"));
        let all = tree(&site.path("public"));
        let says =
            |text: &str| all.values().any(|bytes| String::from_utf8_lossy(bytes).contains(text));
        assert!(says(there) && says("list@example.org"), "{how}");
        // Links to the archive lead where they led: browsers read the at sign.
        assert!(says("lore.example/list/bob-1&#64;example.org/"), "{how}");
        assert!(!all.keys().any(|path| path.ends_with("series.mbox")), "{how}");
        let checked = site.run(&["check"]);
        assert!(checked.code() < 2, "{}", checked.talk());
    }
}

/// A site whose addresses are masked, with one patch by Ada that names what may be a Message-ID.
fn masked(more: &str) -> Site {
    let site = Site::new();
    site.write("list.mbox", &format!("{LAMP}{more}"));
    site.settings("[privacy]\naddresses = \"masked\"\n");
    site
}

const LAMP: &str = "\
From x Mon Feb 23 10:00:00 2026
From: Ada Example <ada@example.org>
Subject: [PATCH] lamp: Burn brighter
Date: Mon, 23 Feb 2026 10:00:00 +0000
Message-ID: <lamp-1@example.org>

Seen in 20260224-tide-9@example.com.

Reviewed-by: Cleo Example <cleo@example.org>
Signed-off-by: Ada Example <ada@example.org>
---
diff --git a/lamp.c b/lamp.c
--- a/lamp.c
+++ b/lamp.c
@@ -1,2 +1,2 @@
-int watts = 10; /* 20260224-tide-9@example.com */
+int watts = 20; /* 20260224-tide-9@example.com */
 int end;
-- 
2.50.0

";

/// A mail that comes later, with these fields.
fn later(fields: &str) -> String {
    format!(
        "From x Tue Feb 24 10:00:00 2026\nFrom: Mal Example <mal@example.com>\n\
         Subject: Re: tides\nDate: Tue, 24 Feb 2026 10:00:00 +0000\n{fields}\n\nNo text.\n\n"
    )
}

#[test]
fn no_mail_takes_the_mask_off_an_address() {
    for fields in [
        "Message-ID: <m1@example.com>\nIn-Reply-To: Message from Ada <ada@example.org>",
        "Message-ID: <m1@example.com>\nReferences: <ada@example.org> <cleo@example.org>",
        "Message-ID: <ada@example.org>",
        "Message-ID: <cleo@example.org>",
    ] {
        let site = masked(&later(fields));
        site.run(&["build"]).succeeds();
        let words = ["ada@", "ada&#64;", "ada\\u0040", "cleo@", "cleo&#64;", "cleo\\u0040"];
        let found = found(&site.path("public"), &words);
        assert!(found.is_empty(), "{fields}: {}", found.join("\n"));
    }
}

#[test]
fn what_turns_out_to_be_a_message_id_is_shown_as_one_wherever_it_stands() {
    let site = masked("");
    site.run(&["build"]).succeeds();
    let says = |folder: &str, text: &str| !found(&site.path(folder), &[text]).is_empty();
    assert!(says("public", "2…@example.com") && !says("public", "20260224-tide-9&#64;"));
    let more = later("Message-ID: <20260224-tide-9@example.com>");
    site.write("list.mbox", &format!("{LAMP}{more}"));
    site.run(&["build"]).succeeds();
    assert!(says("public", "20260224-tide-9&#64;example.com") && !says("public", "2…@example.com"));
    let grown = tree(&site.path("public"));
    fs::remove_dir_all(site.path(".patchpress")).expect("removed");
    site.run(&["build", "--output-dir", "cold"]).succeeds();
    assert!(tree(&site.path("cold")) == grown);
}

#[test]
fn search_engines_are_asked_to_leave_a_site_out() {
    let site = site("[privacy]\nnoindex = true\n");
    site.run(&["build"]).succeeds();
    let robots = fs::read_to_string(site.path("public/robots.txt")).expect("a file");
    assert_eq!(robots, "User-agent: *\nDisallow: /\n");
    let meta = "<meta name=robots content=noindex>";
    for (path, bytes) in tree(&site.path("public")) {
        let is_page = path.extension().is_some_and(|ending| ending == "html");
        let times = String::from_utf8_lossy(&bytes).matches(meta).count();
        assert_eq!(times, usize::from(is_page), "{}", path.display());
    }
}

/// A message, a person and a word of a real list: none is left, in 17,000 files.
#[test]
#[ignore = "reads linux-mtd twice and builds it whole: a step of its own in CI"]
fn a_real_list_is_redacted() {
    let Some(mirror) = support::linux_mtd() else { return };
    let site = Site::new();
    let settings = |redact: &str| {
        let list = format!("[[lists]]\nname = \"linux-mtd\"\narchive = {:?}\n", mirror.display());
        site.write("site.toml", &format!("{list}{redact}"));
    };
    settings("");
    // Who and what: the busiest author, their first patch, the commonest word of its title.
    let lines = site.run(&["export"]).data();
    let rank = |key: fn(&serde_json::Value) -> Option<String>| {
        let mut counts = std::collections::BTreeMap::new();
        let all = lines.lines().map(|line| serde_json::from_str(line).expect("JSON"));
        all.filter_map(|line| key(&line)).for_each(|key| *counts.entry(key).or_insert(0) += 1);
        counts.into_iter().max_by_key(|(_, count)| *count).expect("one").0
    };
    let text = |value: &serde_json::Value| Some(value.as_str()?.to_owned());
    let email = rank(|line| Some(line["author"]["email"].as_str()?.to_owned()));
    let name = rank(|line| Some(line["author"]["name"].as_str()?.to_owned()));
    let (id, subject) = lines
        .lines()
        .filter_map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).ok()?;
            let patch = &line["patches"][0];
            let other = line["author"]["name"] != *name;
            other.then_some((text(&patch["message_id"])?, text(&patch["subject"])?))
        })
        .nth(100)
        .expect("a patch");
    settings(&format!(
        "[redact]\nmessages = [{id:?}]\npeople = [{:?}]\npatterns = [\"(?i)spansion\"]\n",
        format!("{name} <{email}>")
    ));
    let built = site.run(&["build"]);
    assert!(built.succeeds().talk().contains("note: redacted: 1\n"), "{}", built.talk());
    // The index keeps words without what stands between them, and numbers in letters: short words are made of both.
    let words = [&*name.to_lowercase(), &email.to_lowercase(), &id.to_lowercase(), "spansion"];
    let mut found = found(&site.path("public"), &words);
    found.extend(self::found(&site.path(".patchpress"), &words));
    assert!(
        found.is_empty(),
        "{subject}: {} times\n{}",
        found.len(),
        found[..found.len().min(20)].join("\n")
    );
}

/// Everything in a file that could be an address: what stands around each at sign.
fn around_at_signs(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._+-@".contains(c);
    let words = text.split(move |c: char| !is_part(c)).filter(|word| word.contains('@'));
    words.map(|word| word.trim_matches(['.', '-']))
}

/// Nobody's address is left in any file of a real list's site.
#[test]
#[ignore = "builds linux-mtd: a step of its own in CI"]
fn a_real_list_hides_its_addresses() {
    let Some(mirror) = support::linux_mtd() else { return };
    let site = Site::new();
    let list = format!("[[lists]]\nname = \"linux-mtd\"\narchive = {:?}\n", mirror.display());
    site.write("site.toml", &list);
    let lines = site.run(&["export", "--messages"]).data();
    let mut addresses = std::collections::BTreeSet::new();
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let of = |who: &str| line[who]["email"].as_str().map(str::to_lowercase);
        addresses.extend(of("from").into_iter().chain(of("author")).filter(|a| a.contains('@')));
    }
    assert!(addresses.len() > 500, "{} addresses", addresses.len());
    site.write("site.toml", &format!("{list}[privacy]\naddresses = \"hidden\"\n"));
    site.run(&["build"]).succeeds();
    let mut left = Vec::new();
    for (path, bytes) in tree(&site.path("public")) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let found = around_at_signs(&text).filter(|word| addresses.contains(*word));
        left.extend(found.map(|word| format!("{} says {word}", path.display())));
    }
    assert!(left.is_empty(), "{} times\n{}", left.len(), left[..left.len().min(20)].join("\n"));
}
