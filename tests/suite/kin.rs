//! The same patch in several series: they link to each other, but stay separate.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::site::Site;

/// A mail with a patch of one file that adds `lines`.
struct Sent<'a> {
    id: u32,
    from: &'a str,
    subject: &'a str,
    /// The text above the commit message.
    top: &'a str,
    file: &'a str,
    lines: [&'a str; 4],
}

const LINES: [&str; 4] =
    ["lamp_set_hue(1);", "lamp_set_glow(2);", "lamp_trim_wick(3);", "lamp_fill_oil(4);"];
const OTHER: [&str; 4] =
    ["bell_set_tone(1);", "bell_set_rope(2);", "bell_ring_now(3);", "bell_stop_it(4);"];

impl Sent<'_> {
    fn mail(&self) -> String {
        let Self { id, from, subject, top, file, lines } = self;
        let added: String = lines.iter().map(|line| format!("+\t{line}\n")).collect();
        let month = id / 28 + 1;
        let day = id % 28 + 1;
        format!(
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from} <{}@example.org>\nSubject: {subject}\n\
             Date: {day} {} 2026 10:00:00 +0000\nMessage-ID: <{id}@x>\n\n{top}Why.\n---\n\
             diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1 +1,5 @@\n int a;\n{added}\n",
            from.to_lowercase(),
            ["Jan", "Feb", "Mar", "Apr"][month as usize - 1],
        )
    }
}

/// For each series, by the Message-ID of its first patch, its related series, as `id relation patches`.
fn kin(site: &Site) -> BTreeMap<String, Vec<String>> {
    let export = site.run(&["export"]).succeeds().data();
    let lines: Vec<Value> =
        export.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let id = |line: &Value| text(&line["patches"][0]["message_id"]);
    let ids: BTreeMap<String, String> =
        lines.iter().rev().map(|line| (text(&line["series"]), id(line))).collect();
    let told = |line: &Value| {
        let kin = line["kin"].as_array().expect("kin").iter().map(|kin| {
            let named = &ids[kin["series"].as_str().expect("a series")];
            format!("{named} {} {}", text(&kin["relation"]), kin["patches"])
        });
        (id(line), kin.collect())
    };
    lines.iter().map(told).collect()
}

fn site(mails: &[Sent<'_>]) -> Site {
    let site = Site::new();
    site.write("list.mbox", &mails.iter().map(Sent::mail).collect::<String>());
    site
}

#[test]
fn backports_ports_and_copies_know_their_original() {
    let ada = Sent {
        id: 1,
        from: "Ada",
        subject: "[PATCH] lamp: Burn brighter now",
        top: "",
        file: "fs/lib/lamp.c",
        lines: LINES,
    };
    let by_ada = "From: Ada <ada@example.org>\n\n";
    let upstream = "From: Ada <ada@example.org>\n\ncommit 0123456789ab upstream.\n\n";
    let few = ["lamp_set_hue(9);", "lamp_set_glow(9);", "lamp_trim_wick(9);", "lamp_fill_oil(9);"];
    let mails = [
        Sent { ..ada },
        // The library that two projects share.
        Sent {
            id: 2,
            from: "Bob",
            subject: "[PATCH] lamp: burn brighter, now",
            top: by_ada,
            file: "lib/lamp.c",
            lines: few,
        },
        Sent {
            id: 3,
            from: "Kim",
            subject: "[PATCH 5.10] lamp: Burn brighter now",
            top: upstream,
            lines: few,
            ..ada
        },
        Sent {
            id: 4,
            from: "Kim",
            subject: "[PATCH 5.15] lamp: Burn brighter now",
            top: upstream,
            ..ada
        },
        // The same change with another title, in somebody's queue.
        Sent { id: 40, from: "Zoe", subject: "[PATCH] queue: the lamp of Ada", top: "", ..ada },
        // Another patch with that title, another person's patch, and one with a title that many have.
        Sent {
            id: 41,
            from: "Zoe",
            subject: "[PATCH] lamp: Burn brighter now",
            top: "",
            file: "x/y.c",
            lines: OTHER,
        },
        Sent {
            id: 42,
            from: "Ada",
            subject: "[PATCH] fix typo",
            top: "",
            file: "a/m.c",
            lines: few,
        },
        Sent {
            id: 43,
            from: "Ada",
            subject: "[PATCH] fix typo",
            top: "",
            file: "b/m.c",
            lines: OTHER,
        },
    ];
    let site = site(&mails);
    let kin = kin(&site);
    let of = |id: u32| kin[&format!("{id}@x")].iter().map(|kin| &**kin).collect::<Vec<_>>();
    assert_eq!(of(1), ["2@x port 1", "3@x backport 1", "4@x backport 1", "40@x same 1"]);
    assert_eq!(of(2), ["1@x port 1", "3@x port 1", "4@x port 1"]);
    assert_eq!(of(3), ["1@x original 1", "2@x port 1", "4@x backport 1"]);
    assert_eq!(of(4), ["1@x original 1", "2@x port 1", "3@x backport 1", "40@x original 1"]);
    assert_eq!(of(40), ["1@x same 1", "4@x backport 1"]);
    for id in [41, 42, 43] {
        assert_eq!(of(id), [] as [&str; 0], "{id}");
    }
    site.run(&["build"]).succeeds();
    let pages = std::fs::read_dir(site.path("public/series")).expect("series");
    let pages = pages.map(|entry| entry.expect("an entry").path().join("index.html"));
    let pages: Vec<String> = pages.filter_map(|page| std::fs::read_to_string(page).ok()).collect();
    assert_eq!(pages.len(), 8);
    let heading = "<summary>The same patch elsewhere</summary>";
    assert_eq!(pages.iter().filter(|page| page.contains(heading)).count(), 5);
    let words = ["the original, <time", "a backport, <time", "for another tree, <time"];
    for words in words {
        assert!(pages.iter().any(|page| page.contains(words)), "{words}");
    }
    assert!(site.run(&["check"]).code() == 0, "{}", site.run(&["check"]).talk());
}

/// The facts about another series on a page are correct after that series has changed.
#[test]
fn a_page_follows_its_kin() {
    let first = Sent {
        id: 1,
        from: "Ada",
        subject: "[PATCH] lamp: Burn brighter now",
        top: "",
        file: "fs/lamp.c",
        lines: LINES,
    };
    let copy = Sent { id: 40, from: "Zoe", subject: "[PATCH] queue: copy of it", ..first };
    let again = Sent { id: 70, from: "Zoe", subject: "[PATCH v2] queue: copy of it", ..first };
    let site = site(&[Sent { ..first }, Sent { ..copy }]);
    site.run(&["build"]).succeeds();
    site.write("list.mbox", &[first.mail(), copy.mail(), again.mail()].concat());
    site.run(&["build"]).succeeds();
    let incremental = crate::site::tree(&site.path("public"));
    site.run(&["build", "--output-dir", "cold"]).succeeds();
    assert_eq!(incremental, crate::site::tree(&site.path("cold")));
    let is_first = |path: &std::path::Path| {
        let path = path.display().to_string();
        path.starts_with("series/lamp-") && path.ends_with("/index.html")
    };
    let page = incremental.iter().find(|(path, _)| is_first(path));
    let page = String::from_utf8_lossy(page.expect("a page").1).into_owned();
    assert!(page.contains("15 Mar 2026"), "the date of the newest revision: {page}");
}

/// A title that is posted repeatedly has a limited number of related series, at a limited cost.
#[test]
fn kin_are_capped() {
    let subjects: Vec<String> =
        (0..100).map(|n| format!("[PATCH 5.{n}] lamp: Burn brighter now")).collect();
    let mails: Vec<Sent<'_>> = subjects
        .iter()
        .zip(0..)
        .map(|(subject, id)| Sent {
            id,
            from: "Ada",
            subject,
            top: "",
            file: "fs/lamp.c",
            lines: LINES,
        })
        .collect();
    let kin = kin(&site(&mails));
    assert_eq!(kin.len(), 100);
    assert!(kin.values().all(|kin| kin.len() == 30), "{kin:?}");
}
