//! Public names: addresses of pages, anchors, generated Message-IDs, ids of feeds and their entries.
//!
//! The guide promises that they do not change ("Addresses"). A change breaks links on other sites and shows
//! subscribers everything again, so it needs a reason, not just a new golden file.

use std::fmt::Write as _;

use crate::site::Site;

const DIFF: &str = "---\n lib/lamp.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n\
    diff --git a/lib/lamp.c b/lib/lamp.c\n--- a/lib/lamp.c\n+++ b/lib/lamp.c\n@@ -1 +1 @@\n-int a;\n+int b;\n";

/// A series with two revisions, a patch in the same folder, a thread, and a mail without a Message-ID.
fn mbox() -> String {
    let mail = |day: u32, who: &str, subject: &str, id: &str, body: &str| {
        let id = if id.is_empty() { String::new() } else { format!("Message-ID: <{id}>\n") };
        format!(
            "From x Mon Feb {day} 10:00:00 2026\nFrom: {who} <{}@example.org>\nTo: list@example.org\n\
             Subject: {subject}\nDate: {day} Feb 2026 10:00:00 +0000\n{id}\n{body}\n",
            who.to_lowercase().replace(' ', ".")
        )
    };
    [
        mail(23, "Zoë Lind", "[PATCH] lamp: Zünde", "1@example.org", &format!("Why.\n{DIFF}")),
        mail(
            24,
            "Zoë Lind",
            "[PATCH v2] lamp: Zünde",
            "2@example.org",
            &format!("Why not.\n{}", DIFF.replace("int b", "int c")),
        ),
        mail(
            24,
            "Ida Roe",
            "[PATCH] lamp: Wick",
            "3@example.org",
            &format!("Long.\n{}", DIFF.replace("int b", "int d")),
        ),
        mail(
            25,
            "Ida Roe",
            "[PATCH] lamp: Oil",
            "4@example.org",
            &format!("Fat.\n{}", DIFF.replace("int b", "int e")),
        ),
        mail(25, "Ida Roe", "What a lamp!", "odd id@example.org", "Nice."),
        mail(26, "Ida Roe", "[PATCH v3 1/2] lamp: no id", "", "It has none.\n"),
    ]
    .concat()
}

fn found(text: &str, before: &str, end: char) -> Vec<String> {
    let parts = text.split(before).skip(1);
    parts.filter_map(|rest| rest.split(end).next()).map(str::to_owned).collect()
}

#[test]
fn names_stay_as_they_are() {
    let site = Site::new();
    site.write("list.mbox", &mbox());
    site.settings("base_url = \"https://example.org/lamp/\"\n");
    site.run(&["build"]).succeeds();
    let public = site.path("public");
    let mut names = String::new();
    let mut files: Vec<_> =
        walkdir::WalkDir::new(&public).into_iter().filter_map(Result::ok).collect();
    files.retain(|entry| entry.file_type().is_file());
    files.sort_by_key(|entry| entry.path().to_owned());
    for entry in files {
        let path = entry.path().strip_prefix(&public).expect("below").display().to_string();
        if path.starts_with("static/") || path.starts_with("search/") {
            continue;
        }
        writeln!(names, "{path}").expect("a string");
        let text =
            String::from_utf8_lossy(&std::fs::read(entry.path()).expect("a file")).into_owned();
        let ids = match () {
            () if path.ends_with(".atom") => found(&text, "<id>", '<'),
            () if path.ends_with("/index.html") => {
                let ids = found(&text, " id=", '>').into_iter();
                let ids = ids.filter(|id| {
                    id.starts_with(|c: char| c.is_ascii_digit()) || id.starts_with('m')
                });
                ids.filter(|id| !id.starts_with("main")).map(|id| format!("#{id}")).collect()
            }
            () => Vec::new(),
        };
        for id in ids {
            writeln!(names, "    {id}").expect("a string");
        }
    }
    let made = site.run(&["export", "--messages", "list.mbox"]).data();
    for id in found(&made, "\"message_id\":\"", '"') {
        writeln!(names, "mail {id}").expect("a string");
    }
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/pinned.txt");
    if std::env::var_os("PATCHPRESS_BLESS").is_some() {
        std::fs::write(golden, &names).expect("the golden");
    }
    assert_eq!(names, std::fs::read_to_string(golden).expect("the golden"));
}
