//! Saved queries: their results, their places, and their errors.

use std::fs;

use crate::site::{Site, tree};

/// A list of patches by two people in two folders.
fn archive() -> String {
    let mut mbox = String::new();
    let mut mail = |id: u32, who: &str, subject: &str, text: &str| {
        mbox += &format!(
            "From x Thu Jan  1 00:00:00 1970\nMessage-ID: <{id}@example.org>\nFrom: {who}\n\
             Subject: {subject}\nDate: Mon, {id:02} Mar 2026 10:00:00 +0000\n\n{text}\n"
        );
    };
    let patch = |path: &str, function: &str| {
        format!(
            "Because.\n---\ndiff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n\
             @@ -1,1 +1,2 @@ int {function}(void)\n a\n+b\n"
        )
    };
    let (ada, bob) = ("Ada <ada@example.org>", "Bob <bob@example.org>");
    mail(2, ada, "[PATCH] lamp: burn", &patch("lamps/lamp.c", "burn"));
    mail(3, ada, "[PATCH] door: open", &patch("house/door.c", "burn"));
    mail(4, bob, "[PATCH] wick: trim", &patch("lamps/oil/wick.c", "trim"));
    mail(9, "Ada <a@home.example>", "[PATCH] bulb: glow", &patch("lamps/bulb.c", "glow"));
    mbox += "From x Thu Jan  1 00:00:00 1970\nMessage-ID: <30@example.org>\nFrom: Bob <bob@example.org>\n\
             Subject: Re: [PATCH] lamp: burn\nDate: Tue, 10 Mar 2026 10:00:00 +0000\n\
             In-Reply-To: <2@example.org>\n\nReviewed-by: Bob <bob@example.org>\n";
    mbox
}

fn site(queries: &str) -> Site {
    let site = Site::new();
    site.write("list.mbox", &archive());
    site.settings(queries);
    site
}

/// The titles on the page of a query, in their order.
fn found(site: &Site, name: &str) -> Vec<&'static str> {
    let page = fs::read_to_string(site.path(&format!("public/queries/{name}/index.html")))
        .expect("a page");
    let main = page.split("<main").nth(1).expect("a main part");
    let titles = ["lamp: burn", "door: open", "wick: trim", "bulb: glow"];
    let mut places: Vec<(usize, &str)> =
        titles.iter().filter_map(|title| Some((main.find(title)?, *title))).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, title)| title).collect()
}

#[test]
fn a_query_finds_what_meets_all_its_conditions() {
    let site = site(
        "[[query]]\nname = \"a\"\nperson = \"Ada@example.org\"\n\
         [[query]]\nname = \"b\"\nperson = \"ADA\"\nfolder = \"/lamps\"\n\
         [[query]]\nname = \"c\"\nfolder = \"lamps/\"\n\
         [[query]]\nname = \"d\"\nfunction = \"burn\"\n\
         [[query]]\nname = \"e\"\nfunction = \"burn\"\nfolder = \"house\"\n\
         [[query]]\nname = \"f\"\nstate = \"reviewed\"\n\
         [[query]]\nname = \"g\"\nstate = [\"new\", \"reviewed\"]\nlist = \"list\"\ntitle = \"Open ones\"\n\
         [[query]]\nname = \"h\"\nfolder = \"cellar\"\n",
    );
    site.run(&["build"]).succeeds();
    assert_eq!(found(&site, "a"), ["door: open", "lamp: burn"]);
    assert_eq!(found(&site, "b"), ["bulb: glow", "lamp: burn"]);
    assert_eq!(found(&site, "c"), ["bulb: glow", "wick: trim", "lamp: burn"]);
    assert_eq!(found(&site, "d"), ["door: open", "lamp: burn"]);
    assert_eq!(found(&site, "e"), ["door: open"]);
    assert_eq!(found(&site, "f"), ["lamp: burn"]);
    assert_eq!(found(&site, "g"), ["bulb: glow", "wick: trim", "door: open", "lamp: burn"]);
    assert_eq!(found(&site, "h"), Vec::<&str>::new());
    let read = |path: &str| fs::read_to_string(site.path(path)).expect("a file");
    let feed = read("public/queries/e/feed.atom");
    assert!(feed.contains("door: open") && !feed.contains("lamp: burn"), "{feed}");
    let page = read("public/queries/g/index.html");
    assert!(page.contains("<h1>Open ones</h1>") && page.contains("href=\"feed.atom\""), "{page}");
    // The search page and the page of feeds name them.
    assert!(
        read("public/search/index.html").contains("href=\"../queries/g/index.html\">Open ones")
    );
    assert!(read("public/feeds/index.html").contains("queries/g/feed.atom"));
    let checked = site.run(&["check", "--strict"]);
    assert_eq!(checked.code(), 0, "{}{}", checked.data(), checked.talk());
}

#[test]
fn a_growing_site_with_queries_equals_one_built_from_nothing() {
    let queries = "[[query]]\nname = \"lamps\"\nfolder = \"lamps\"\n\
                   [[query]]\nname = \"bob\"\nperson = \"Bob\"\nfunction = \"trim\"\n";
    let all = archive();
    let ends: Vec<usize> =
        all.match_indices("From x").map(|(at, _)| at).chain([all.len()]).collect();
    let grown = site(queries);
    for end in &ends[1..] {
        grown.write("list.mbox", &all[..*end]);
        grown.run(&["build"]).succeeds();
        let anew = site(queries);
        anew.write("list.mbox", &all[..*end]);
        anew.run(&["build"]).succeeds();
        assert_eq!(tree(&grown.path("public")), tree(&anew.path("public")), "{end}");
    }
}

#[test]
fn what_is_wrong_with_a_query_is_told_with_its_place() {
    for (query, words) in [
        (
            "name = \"a\"\nfolder = \"x\"\n[[query]]\nname = \"a\"\nfolder = \"y\"\n",
            "site.toml:5:8: there are two queries named `a`",
        ),
        ("name = \"a b\"\nfolder = \"x\"\n", "site.toml:2:8: `a b` cannot be the name of a query"),
        ("name = \"a\"\n", "site.toml:2:8: the query `a` has no conditions"),
        ("name = \"a\"\nstate = \"aplied\"\n", "site.toml:3:9: there is no state `aplied`"),
        ("name = \"a\"\nstate = \"aplied\"\n", "did you mean `applied`?"),
        ("name = \"a\"\nlist = \"other\"\n", "site.toml:3:8: no list is called `other`"),
        ("name = \"a\"\nperson = \" \"\n", "site.toml:3:10: `person` is empty"),
        ("name = \"a\"\nauthor = \"x\"\n", "unknown key `author`"),
    ] {
        let site = site(&format!("[[query]]\n{query}"));
        let ran = site.run(&["build"]);
        assert_eq!(ran.code(), 2);
        assert!(ran.talk().contains(words), "{query}: {}", ran.talk());
    }
}
