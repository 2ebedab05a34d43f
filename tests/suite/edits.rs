//! `content/series.yaml`: the corrections of the editor apply in every outlet.

use std::path::Path;

use crate::site::{Site, tree};

/// A mail of a site's list; a patch if it changes a file.
fn mail(id: &str, day: u32, subject: &str, answers: &str, file: &str) -> String {
    let above = match answers {
        "" => String::new(),
        id => format!("In-Reply-To: <{id}>\nReferences: <{id}>\n"),
    };
    let body = match file {
        "" => "Hello.\n".to_owned(),
        file => format!(
            "Why {id}.\n---\n {file} | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n\
             diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1 +1 @@\n-int {id0} = 10;\n+int {id0} = 20;\n",
            id0 = id.split('@').next().unwrap_or_default().replace('/', "_"),
        ),
    };
    format!(
        "From x Thu Jan  1 00:00:00 1970\nFrom: Ada Example <ada@example.org>\nTo: list@example.org\n\
         Subject: {subject}\nDate: {day} Mar 2026 10:00:00 +0000\nMessage-ID: <{id}>\n{above}\n{body}\n"
    )
}

fn site(mails: &[String], edits: &str) -> Site {
    let site = Site::new();
    site.write("list.mbox", &mails.concat());
    site.settings("base_url = \"https://example.org/x/\"\n");
    site.write("content/series.yaml", edits);
    site
}

/// Everything that the site publishes (its pages, feeds, search and sitemap, the exports and the digests), by its
/// place.
fn outlets(site: &Site) -> Vec<(String, String)> {
    site.run(&["build"]).succeeds();
    let text = |(path, bytes): (std::path::PathBuf, Vec<u8>)| {
        (path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned())
    };
    let mut all: Vec<(String, String)> = tree(&site.path("public")).into_iter().map(text).collect();
    let runs: [&[&str]; 8] = [
        &["export"],
        &["export", "--messages"],
        &["export", "--digests"],
        &["digest", "2026-W10", "--format", "text"],
        &["digest", "2026-W10", "--format", "markdown"],
        &["digest", "2026-W10", "--format", "html"],
        &["digest", "2026-W10", "--format", "json"],
        &[
            "digest",
            "2026-W10",
            "--format",
            "eml",
            "--mail-from",
            "a@example.org",
            "--mail-to",
            "b@example.org",
        ],
    ];
    for args in runs {
        let ran = site.run(args);
        all.push((args.join(" "), ran.succeeds().data()));
    }
    all
}

fn holding(outlets: &[(String, String)], words: &str) -> Vec<String> {
    let holds = outlets.iter().filter(|(_, text)| text.contains(words));
    holds.map(|(name, _)| name.clone()).collect()
}

#[test]
fn a_better_title_is_everywhere() {
    let mails = [
        mail("0@example.org", 3, "[PATCH 0/2] lamp: Dim words", "", ""),
        mail("1@example.org", 3, "[PATCH 1/2] lamp: First", "0@example.org", "a.c"),
        mail("2@example.org", 3, "[PATCH 2/2] lamp: Second", "0@example.org", "b.c"),
        mail("3@example.org", 4, "Re: [PATCH 2/2] lamp: Second", "2@example.org", ""),
        mail("4@example.org", 5, "[PATCH v2 0/2] lamp: Dim words", "", ""),
        mail("5@example.org", 5, "[PATCH v2 1/2] lamp: First", "4@example.org", "a.c"),
        mail("6@example.org", 5, "[PATCH v2 2/2] lamp: Second", "4@example.org", "b.c"),
    ];
    let plain = outlets(&site(&mails, ""));
    // Named by a reply to it, in the form of an archive's address.
    let edits = "title:\n  https://lore.example.org/list/3%40example.org/T/#u: Bright words\n";
    let edited = outlets(&site(&mails, edits));
    let before: Vec<String> = holding(&plain, "Dim words");
    assert!(before.len() > 20, "{before:?}");
    // A mail's own text stays unchanged: the heading of the letter, its subject in lists of mails and in archives.
    let own = |name: &String| {
        let kinds = ["series.mbox", "2026/w10/index.txt", "export", "export --messages"];
        let is_letter = name.starts_with("series/")
            && (name.ends_with("/index.html") || name.ends_with("/index.json"));
        is_letter
            || kinds.contains(&&**name)
            || name.contains("--format text")
            || name.contains("eml")
    };
    let is_page = |name: &str| name.starts_with("series/lamp-dim") && !name.ends_with(".json");
    for (name, page) in edited.iter().filter(|(name, _)| is_page(name)) {
        let heading = page.contains("<h2 id=cover><a href=#cover>lamp: Dim words</a></h2>");
        assert_eq!(page.matches("Dim words").count(), usize::from(heading), "{name}");
    }
    let left: Vec<String> = holding(&edited, "Dim words").into_iter().filter(|n| !own(n)).collect();
    assert!(left.is_empty(), "{left:#?}");
    let after = holding(&edited, "Bright words");
    for name in
        before.iter().filter(|name| !name.ends_with(".mbox") && *name != "export --messages")
    {
        assert!(after.contains(name), "{name} does not have the title: {after:#?}");
    }
    let export = &edited.iter().find(|(name, _)| name == "export").expect("an export").1;
    assert_eq!(export.matches("\"title\":\"Bright words\"").count(), 2, "{export}");
    let list =
        &edited.iter().find(|(name, _)| name.ends_with("--format text")).expect("a digest").1;
    assert!(list.contains("\n* New: Bright words\n"), "{list}");
    assert!(list.contains("\nNew:  Bright words\n[PATCH v2 0/2] Bright words\n"), "{list}");
}

#[test]
fn what_is_hidden_is_nowhere() {
    let mails = [
        mail("1@example.org", 3, "[PATCH] lamp: Secret wick", "", "a.c"),
        mail("2@example.org", 3, "Re: [PATCH] lamp: Secret wick", "1@example.org", ""),
        mail("3@example.org", 4, "[PATCH v2] lamp: Secret wick", "1@example.org", "a.c"),
        mail("4@example.org", 4, "[PATCH] buoy: Ring", "2@example.org", "b.c"),
        mail("5@example.org", 4, "You have won a Secret prize", "", ""),
        mail("6@example.org", 5, "Re: You have won a Secret prize", "5@example.org", ""),
        mail("7@example.org", 5, "Re: [PATCH] buoy: Ring", "4@example.org", ""),
        mail("8@example.org", 5, "[PATCH] bell: Toll", "6@example.org", "c.c"),
    ];
    let site = site(&mails, "hide: [2%40example.org, <3@example.org>, 5@example.org]\n");
    let outlets = outlets(&site);
    // The mail that replies to 1 is hidden alone; 3 is a patch, so all of its series is hidden.
    assert_eq!(holding(&outlets, "Secret"), [] as [&str; 0]);
    for id in ["1@", "2@", "3@", "5@", "6@"].map(|id| format!("{id}example.org")) {
        let named = holding(&outlets, &id);
        let is_answered = |name: &String| {
            !name.starts_with("export")
                && !name.starts_with("search/")
                && !name.contains("buoy")
                && !name.contains("bell")
        };
        assert!(named.iter().filter(|name| is_answered(name)).count() == 0, "{id}: {named:?}");
    }
    assert!(holding(&outlets, "buoy: Ring").len() > 10);
    assert!(holding(&outlets, "bell: Toll").len() > 10);
    let talk = site.run(&["build", "--strict"]).succeeds().talk();
    assert!(talk.starts_with("3 mails: 3 messages, in 2 series"), "{talk}");
    assert!(talk.contains("left out by content/series.yaml: 5"), "{talk}");
}

#[test]
fn joins_and_splits_by_any_name_of_a_mail() {
    let mails = [
        mail("a/1@example.org", 3, "[PATCH] lamp: On", "", "a.c"),
        mail("2@example.org", 4, "[PATCH v2] lamp: On", "", "a.c"),
        mail("3@example.org", 5, "[PATCH] buoy: Ring", "", "b.c"),
        mail("4@example.org", 6, "Re: [PATCH] buoy: Ring", "3@example.org", ""),
        mail("odd", 6, "[PATCH] bell: Toll", "", "c.c"),
    ];
    let edits = "split: [https://marc.example.org/?i=2%40example.org]\n\
        join:\n  - [a%2F1@example.org, https://lore.example.org/all/4@example.org/raw]\n";
    let export = site(&mails, edits).run(&["export"]).succeeds().data();
    let told: Vec<(String, String, String)> = export
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|line| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            (text(&line["title"]), text(&line["series"]), text(&line["link"]["evidence"]))
        })
        .collect();
    let series =
        |title: &str| told.iter().find(|(own, ..)| own == title).map(|(_, series, _)| series);
    assert_eq!(told.len(), 4, "{export}");
    assert_eq!(told[0].1, told[2].1, "joined: {told:?}");
    assert_ne!(told[0].1, told[1].1, "split: {told:?}");
    assert_eq!(
        told.iter().map(|(.., evidence)| &**evidence).collect::<Vec<_>>(),
        ["", "", "editor", ""]
    );
    assert!(series("bell: Toll").is_some());
}

#[test]
fn an_entry_that_matches_nothing_is_named() {
    let mails = [
        mail("1@example.org", 3, "[PATCH] lamp: On", "", "a.c"),
        mail("2@example.org", 4, "A question", "", ""),
    ];
    let site = site(
        &mails,
        "title:\n  2@example.org: x\nhide: [https://lore.example.org/list/7@example.org/]\n",
    );
    let ran = site.run(&["build", "--strict"]);
    assert_eq!(ran.code(), 1);
    let talk = ran.talk();
    for words in [
        "named in content/series.yaml and not in the archive: 1",
        "7@example.org",
        "named in content/series.yaml and neither a patch nor a reply to one: 1",
        "2@example.org",
    ] {
        assert!(talk.contains(words), "{words}: {talk}");
    }
    assert!(Path::new(&site.path("public/index.html")).exists());
}

/// Seen on linux-xfs: of two versions with the same date, the page said that the first follows the second, by the
/// editor.
#[test]
fn only_the_editor_is_evidence_as_such() {
    let mails = [
        mail("1@example.org", 3, "[PATCH v2] lamp: On", "", "a.c"),
        mail("2@example.org", 3, "[PATCH] lamp: On", "", "a.c"),
    ];
    let export = site(&mails, "").run(&["export"]).succeeds().data();
    let told: Vec<(String, String)> = export
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|line| (line["version"].to_string(), line["link"]["evidence"].to_string()))
        .collect();
    let plain = |version: &str, evidence: &str| (format!("\"{version}\""), evidence.to_owned());
    assert_eq!(told, [plain("v2", "\"author-and-title\""), plain("v1", "null")]);
}

#[test]
fn the_editor_says_what_became_of_a_series() {
    let mails = [
        mail("a@x", 2, "[PATCH] lamp: dim it", "", "lamp.c"),
        mail("b@x", 3, "[PATCH] bell: ring it", "", "bell.c"),
        mail("c@x", 4, "[PATCH 0/2] horns", "", ""),
        mail("d@x", 4, "[PATCH 1/2] horn: one", "c@x", "horn.c"),
        mail("e@x", 4, "[PATCH 2/2] horn: two", "c@x", "tuba.c"),
    ];
    let edits = "state:\n  https://lists.example.org/x/a@x/: rejected\napplied:\n  b@x: \"0123456789ab\"\n  c@x: \"fedcba987654\"\n";
    let site = site(&mails, edits);
    let export = site.run(&["export"]).succeeds().data();
    let line = |id: &str| export.lines().find(|line| line.contains(id)).expect("a line").to_owned();
    assert!(line("\"a@x\"").contains("\"state\":\"rejected\""));
    assert!(line("\"b@x\"").contains("\"state\":\"applied\""));
    assert!(line("\"b@x\"").contains("\"commit\":\"0123456789ab\""));
    let horns = line("\"d@x\"");
    assert!(horns.contains("\"state\":\"applied\""), "{horns}");
    assert_eq!(
        horns.matches("\"fate\":\"applied\"").count(),
        4,
        "two patches, each with its step: {horns}"
    );
    site.run(&["build"]).succeeds();
    site.write("content/series.yaml", "applied:\n  b@x: lamp\n");
    site.run(&["export"]).refuses(
        "SITE/content/series.yaml:2:3: applied: `lamp` is no commit: 7 to 64 hexadecimal digits in quotes",
    );
}
