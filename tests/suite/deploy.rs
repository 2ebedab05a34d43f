//! The site works on all kinds of hosts and machines.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use crate::{
    site::{Site, tree},
    support,
};

/// A patch with a subject, a sender, an id and a path of these words.
fn patch(subject: &str, from: &str, id: &str, path: &str) -> String {
    format!(
        "From x Mon Feb 23 10:00:00 2026\nFrom: {from}\nSubject: {subject}\n\
         Date: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <{id}>\n\nWhy not.\n---\n\
         diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-a\n+b\n-- \n2.50.0\n\n"
    )
}

/// Two Message-IDs whose hashes begin with the same eight digits.
fn alike() -> [String; 2] {
    let mut seen = BTreeMap::new();
    let ids = (0..1_000_000).map(|number| format!("alike-{number}@example.org"));
    let twin = |id: String| {
        let key = patchpress::hash::Sha1::from(&*id).hexdigest()[..8].to_owned();
        Some([seen.insert(key, id.clone())?, id])
    };
    ids.into_iter().find_map(twin).expect("one in 65,536, roughly")
}

/// Names that are dangerous for file systems; a name that is only a problem in pairs comes twice.
fn hostile() -> String {
    let mut mbox = String::new();
    let long = "very-long-".repeat(60);
    let titles = [
        "con",
        "CON",
        "nul.txt",
        "..",
        "../../etc/passwd",
        "/",
        "a/b\\c:d*e?f\"g<h>i|j",
        "Fix Foo",
        "fix foo",
        "FIX  FOO",
        "\u{202e}txt.exe",
        "日本語",
        "trailing.",
        "trailing ",
        "-",
        ".hidden",
        "_x",
        "%2e%2e",
        &long,
    ];
    let paths = [
        "Docs/a.c",
        "docs/a.c",
        "DOCS/b/a.c",
        "aux/con.c",
        "a/../b.c",
        "com1/lpt1.txt",
        "a:b/c.c",
        "nul/x.c",
        "dir./x.c",
        "日本/x.c",
        "index.html/x.c",
        "feed.atom/x.c",
        "x y/z.c",
        "v1..v2/x",
    ];
    let names = ["Con", "AUX", "Ada", "ADA", "ada", "..", "日本", "a/b", "index.html", "Initial A"];
    let deep = format!("{}/x.c", vec!["a-folder-name"; 80].join("/"));
    let wide = format!("{}/x.c", "w".repeat(3000));
    let all = paths.iter().copied().chain([deep.as_str(), &wide]);
    for (number, path) in all.enumerate() {
        for time in 0..3 {
            let title = titles[(number + time * 5) % titles.len()];
            let name = names[(number + time) % names.len()];
            let from = format!("\"{name}\" <{name}-{number}@example.org>").replace(' ', "");
            let id = format!("{number}-{time}@example.org");
            mbox += &patch(&format!("[PATCH] {title}"), &from, &id, path);
            mbox += &patch(&format!("[PATCH v2] {title}"), &from, &format!("two-{id}"), path);
        }
    }
    for title in titles {
        mbox += &patch(
            &format!("[PATCH] {title}"),
            "Ada <ada@example.org>",
            &format!("t{}", mbox.len()),
            "t.c",
        );
        let _ = write!(
            mbox,
            "From x Mon Feb 23 10:00:00 2026\nFrom: ADA <ADA@EXAMPLE.ORG>\nSubject: {title}\n\
             Date: Mon, 23 Feb 2026 10:00:00 +0000\nMessage-ID: <{long}{}@example.org>\n\nHello.\n\n",
            mbox.len()
        );
    }
    // Two patches with one title and one id.
    for path in ["one.c", "other.c"] {
        mbox += &patch("[PATCH] twice", "Ada <ada@example.org>", "twice@example.org", path);
        mbox += &patch(
            "[PATCH v99999999999999999999] twice",
            "Ada <ada@example.org>",
            "x@example.org",
            path,
        );
    }
    // Two patches whose shortened ids are the same.
    for id in alike() {
        mbox += &patch("[PATCH] alike", "Ada <ada@example.org>", &id, "t.c");
    }
    mbox + &patch("[PATCH] long id", "Ada <ada@example.org>", &long, "id.c")
}

/// Names that some host or machine does not allow.
fn unfit(folder: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut folded: BTreeMap<String, String> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.expect("readable");
        let path = entry.path().strip_prefix(folder).expect("below").display().to_string();
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let is_port = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
        let reasons = [
            (entry.path_is_symlink(), "is a symbolic link"),
            (name.len() > 200 || path.len() > 400, "is too long"),
            (name.starts_with('.') && path != ".nojekyll", "is hidden"),
            (!name.chars().all(plain), "has letters that not all take"),
            (name.ends_with('.'), "ends with a dot"),
            (["con", "prn", "aux", "nul"].contains(&&*stem) || is_port, "is a device"),
        ];
        wrong.extend(reasons.iter().filter(|(is, _)| *is).map(|(_, why)| format!("{path} {why}")));
        if let Some(other) = folded.insert(path.to_lowercase(), path.clone()) {
            wrong.push(format!("{path} differs from {other} only by case"));
        }
    }
    wrong
}

#[test]
fn every_host_can_hold_the_tree() {
    let site = Site::new();
    for (archive, list) in [
        (support::demo().display().to_string(), "lantern-devel"),
        ("hostile.mbox".to_owned(), "a.b-c"),
    ] {
        site.write("hostile.mbox", &hostile());
        let list = format!("[[lists]]\nname = \"{list}\"\narchive = {archive:?}\n");
        site.write("site.toml", &format!("base_url = \"https://example.org/x/\"\n{list}"));
        site.run(&["build"]).succeeds();
        let wrong = unfit(&site.path("public"));
        assert!(wrong.is_empty(), "{archive}:\n{}", wrong.join("\n"));
        assert!(site.path("public/.nojekyll").is_file());
        let checked = site.run(&["check", "--all"]);
        let said = checked.data() + &checked.talk();
        for rule in ["name-", "symbolic-link", "link-missing", "anchor-missing"] {
            assert!(!said.contains(rule), "{archive}: {rule}\n{said}");
        }
    }
}

#[test]
fn the_page_for_missing_addresses_works_at_any_depth() {
    let site = Site::new();
    site.settings("base_url = \"https://example.org/x/\"\n");
    site.run(&["build"]).succeeds();
    let page = fs::read_to_string(site.path("public/404.html")).expect("a page");
    let mut seen = 0;
    for attribute in [" href=", " src=", " action="] {
        for (at, _) in page.match_indices(attribute) {
            let value = page[at + attribute.len()..].trim_start_matches('"');
            let is_sound = value.starts_with("/x/") || value.starts_with('#');
            assert!(is_sound, "{}", &value[..40.min(value.len())]);
            seen += 1;
        }
    }
    assert!(seen > 5, "{page}");
}

#[test]
fn files_of_ones_own_are_in_the_site_as_they_are() {
    let site = Site::new();
    site.write("static/CNAME", "patches.example.org\n");
    site.write("static/.well-known/security.txt", "Contact: mailto:me@example.org\n");
    site.write("static/.DS_Store", "no");
    site.run(&["build"]).succeeds();
    let read = |path: &str| fs::read_to_string(site.path(path)).ok();
    assert_eq!(read("public/CNAME").as_deref(), Some("patches.example.org\n"));
    assert!(read("public/.well-known/security.txt").is_some());
    assert!(read("public/.DS_Store").is_none());
    // A removed file is gone from the site, and a changed one has changed.
    site.write("static/CNAME", "other.example.org\n");
    fs::remove_dir_all(site.path("static/.well-known")).expect("removed");
    site.run(&["build"]).succeeds();
    assert_eq!(read("public/CNAME").as_deref(), Some("other.example.org\n"));
    assert!(read("public/.well-known/security.txt").is_none());
    assert!(tree(&site.path("public")).len() > 10);
    site.write("static/robots.txt", "mine");
    let ran = site.run(&["build"]);
    assert!(ran.code() == 2 && ran.talk().contains("robots.txt"), "{}", ran.talk());
}

#[test]
fn the_name_of_a_list_is_that_of_a_folder() {
    for name in ["a.", "a-", "..", "A", "a b", &"a".repeat(101)] {
        let site = Site::new();
        site.write(
            "site.toml",
            &format!("[[lists]]\nname = \"{name}\"\narchive = \"list.mbox\"\n"),
        );
        let ran = site.run(&["build"]);
        assert!(
            ran.code() == 2 && ran.talk().contains("cannot be the name of a list"),
            "{}",
            ran.talk()
        );
    }
}
