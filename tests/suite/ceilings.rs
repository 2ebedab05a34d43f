//! What any sender can make long: a series with many revisions, a thread with many words. Pages stay short, and
//! nothing is lost.

use std::{collections::BTreeMap, fmt::Write as _, fs};

use patchpress::hash::Sha1;

use crate::{
    increments::{Mirror, Step, cold},
    site::{Site, tree},
};

/// A mail of an mbox, on a minute of a day.
fn mail(id: &str, parent: &str, subject: &str, minute: usize, text: &str) -> String {
    let mut mail = format!(
        "From x Mon Feb 23 10:00:00 2026\nFrom: Ada Example <ada@example.org>\nSubject: {subject}\n\
         Date: Mon, 23 Feb 2026 {:02}:{:02}:00 +0000\nMessage-ID: <{id}@example.org>\n",
        minute / 60,
        minute % 60
    );
    if !parent.is_empty() {
        let _ = writeln!(mail, "In-Reply-To: <{parent}@example.org>");
    }
    mail + "\n" + text + "\n\n"
}

/// The `id` of a message on its page.
fn anchor(id: &str) -> String {
    format!("id=m{}", &Sha1::from(format!("{id}@example.org")).hexdigest()[..8])
}

fn built(mbox: &str) -> Site {
    let site = Site::new();
    site.settings("base_url = \"https://example.org/x/\"\n");
    site.write("list.mbox", mbox);
    site.run(&["build"]).succeeds();
    site
}

/// Pages by their paths.
fn pages(site: &Site) -> BTreeMap<String, String> {
    let files = tree(&site.path("public")).into_iter();
    let html = files.filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html"));
    html.map(|(path, bytes)| (path.display().to_string(), String::from_utf8(bytes).expect("text")))
        .collect()
}

fn revisions(count: usize) -> String {
    let patch = |n: usize| {
        let text = format!(
            "Why {n}.\n---\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,2 @@\n x\n-int a;\n+int a{n};"
        );
        mail(&format!("r{n}"), "", &format!("[PATCH v{n}] lamp: Burn"), n, &text)
    };
    (1..=count).map(patch).collect()
}

#[test]
fn a_series_of_many_revisions_names_the_ends_and_those_near() {
    let site = built(&revisions(90));
    let pages = pages(&site);
    let end =
        pages.keys().find(|path| path.starts_with("series/") && path.matches('/').count() == 2);
    let end = end.expect("the newest");
    let switch = |html: &str| -> Vec<String> {
        let nav = html.split("class=revisions").nth(1).expect("a switch");
        let nav = nav.split("</nav>").next().expect("its end");
        let items = nav.split("<li").skip(1).filter(|item| !item.contains("versus"));
        let words = |item: &str| {
            let text: String = item
                .split('<')
                .filter_map(|part| part.split_once('>'))
                .map(|(_, text)| text)
                .collect();
            text.split(" 2").next().unwrap_or_default().trim().to_owned()
        };
        items.map(words).collect()
    };
    assert_eq!(switch(&pages[end]).len(), 90, "the newest page names all");
    let middle = switch(&pages[&end.replace("index", "v40/index")]);
    let near = (35..=45).map(|n| format!("v{n}")).collect::<Vec<_>>();
    let named = |name: &String| middle.iter().any(|item| item.starts_with(name.as_str()));
    assert!(near.iter().all(named) && middle.len() == 15, "{middle:?}");
    assert!(middle[0].starts_with("v1") && middle[14].starts_with("v90"), "{middle:?}");
    assert!(middle[1].starts_with("33 more, see v90"), "{middle:?}");
    assert!(middle[13].starts_with("44 more, see v90"), "{middle:?}");
    site.run(&["check", "--strict"]).succeeds();
    // Twice the mails make twice the bytes, not four times.
    let bytes = |site: &Site| -> usize { tree(&site.path("public")).values().map(Vec::len).sum() };
    let (one, two) = (bytes(&built(&revisions(200))), bytes(&built(&revisions(400))));
    assert!(two < one * 22 / 10, "{one} {two}");
}

#[test]
fn many_replies_have_several_pages_and_each_its_address() {
    let long = |n: usize| {
        (0..1_500)
            .map(|line| format!("Word {line} of answer {n} shines in the dark.\n"))
            .collect::<String>()
    };
    let mut mbox = revisions(1);
    for n in 0..30 {
        let parent = if n % 2 == 0 { "r1".to_owned() } else { format!("a{}", n - 1) };
        mbox += &mail(&format!("a{n}"), &parent, "Re: [PATCH v1] lamp: Burn", 10 + n, &long(n));
    }
    mbox += &mail("other", "", "Bells", 1_000, "See <a25@example.org>.");
    for more in [String::new(), revisions(2).split_off(revisions(1).len())] {
        let site = built(&format!("{mbox}{more}"));
        let pages = pages(&site);
        let of = |text: &str| -> Vec<&String> {
            pages.iter().filter(|(_, html)| html.contains(text)).map(|(path, _)| path).collect()
        };
        let is_home = |path: &&String| path.starts_with("series/") && !path.contains("replies-");
        let home = of("replies-2/").into_iter().find(is_home).expect("the revision's page").clone();
        for n in 0..30 {
            let (id, text) = (anchor(&format!("a{n}")), format!("Word 7 of answer {n} shines"));
            let shown = of(&text);
            let [path] = shown.as_slice() else { panic!("answer {n} is on {shown:?}") };
            assert!(pages[*path].contains(&id) && pages[*path].len() < 1_000_000, "{path}: {n}");
            assert!(pages[&home].contains(&id), "answer {n} has no place on {home}");
        }
        let page = of("Word 7 of answer 25 shines")[0].clone();
        assert!(page.contains("/v1/replies-"), "{page}");
        let bells = of("Bells").into_iter().find(|path| path.starts_with("threads/")).expect("one");
        let link = format!("../../{page}#{}", &anchor("a25")[3..]);
        assert!(pages[bells].contains(&link), "{link}");
        let found = site.run(&["check"]).succeeds().data();
        assert!(!found.contains("page-long") && !found.contains("  series/"), "{found}");
    }
}

/// A thread of `count` mails of 60 kB, each a reply to the one before or to the first, and a mail that names one of
/// them.
fn thread(count: usize) -> Vec<String> {
    let text = |n: usize| {
        (0..1_500)
            .map(|line| format!("Word {line} of message {n} shines in the dark.\n"))
            .collect::<String>()
    };
    let one = |n: usize| {
        let parent = if n == 0 {
            String::new()
        } else {
            format!("t{}", if n.is_multiple_of(3) { 0 } else { n - 1 })
        };
        mail(&format!("t{n}"), &parent, "Re: About lamps", n, &text(n))
    };
    let mut mails: Vec<String> = (0..count).map(one).collect();
    mails.insert(1, mail("other", "", "Bells", 1_000, "See <t25@example.org>."));
    mails
}

#[test]
fn a_long_thread_has_several_pages_and_each_message_its_address() {
    let site = built(&thread(30).concat());
    let pages = pages(&site);
    let parts: Vec<(&String, &String)> =
        pages.iter().filter(|(path, _)| path.starts_with("threads/about-lamps-")).collect();
    assert!(parts.len() > 2, "{:?}", pages.keys());
    let (first_path, first) =
        *parts.iter().find(|(path, _)| path.matches('/').count() == 2).expect("one");
    for (path, html) in &parts {
        assert!(html.len() < 1_000_000, "{path} has {} bytes", html.len());
    }
    for n in 0..30 {
        let (id, text) = (anchor(&format!("t{n}")), format!("Word 7 of message {n} shines"));
        let shown: Vec<&&String> =
            parts.iter().filter(|(_, html)| html.contains(&text)).map(|(path, _)| path).collect();
        let [path] = shown.as_slice() else { panic!("message {n} is on {shown:?}") };
        assert!(pages[**path].contains(&id), "message {n} has no place on its page");
        assert!(first.contains(&id), "message {n} has no place on the first page");
    }
    // References to a message and the search lead to its page.
    let of =
        |text: &str| parts.iter().find(|(_, html)| html.contains(text)).expect("a page").0.clone();
    let page = of("Word 7 of message 25 shines");
    assert_ne!(page, *first_path);
    let other = pages.iter().find(|(path, _)| path.starts_with("threads/bells")).expect("a page").1;
    let link = format!("../{}#{}", page.trim_start_matches("threads/"), &anchor("t25")[3..]);
    assert!(other.contains(&link), "{link}: {other}");
    let folder = page.trim_end_matches("index.html");
    let index = tree(&site.path("public/search"));
    let holds = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(folder);
    assert!(index.values().any(holds), "the search knows {folder}");
    // A message on a later page links to its parent.
    let answer = format!("{}#{}", "../index.html", &anchor("t0")[3..]);
    assert!(pages[&of("Word 7 of message 27 shines")].contains(&answer));
    let found = site.run(&["check"]).succeeds().data();
    assert!(!found.contains("page-long") && !found.contains("  threads/"), "{found}");
}

#[test]
fn a_thread_that_grows_to_another_page_equals_one_built_from_nothing() {
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"list\"\n");
    let bare = |mail: String| mail.split_once('\n').expect("a line").1.as_bytes().to_vec();
    let mut mirror = Mirror::new(&site, thread(26).into_iter().map(bare).collect());
    let mut counts = Vec::new();
    for grow in [10, 5, 1, 11] {
        mirror.step(&Step::Grow(grow));
        site.run(&["build"]).succeeds();
        let elsewhere = tempfile::tempdir().expect("a folder");
        let public = elsewhere.path().join("public");
        cold(&site, &public);
        let (grown, anew) = (tree(&site.path("public")), tree(&public));
        assert!(grown.keys().eq(anew.keys()));
        let other: Vec<_> = anew.iter().filter(|(path, bytes)| grown[*path] != **bytes).collect();
        assert!(other.is_empty(), "{:?}", other.iter().map(|(path, _)| path).collect::<Vec<_>>());
        counts.push(anew.keys().filter(|path| path.starts_with("threads")).count());
    }
    assert!(counts[0] < counts[3], "{counts:?}");
}

#[test]
fn a_mirror_that_was_moved_is_read_on() {
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"list\"\n");
    let bare = |mail: String| mail.split_once('\n').expect("a line").1.as_bytes().to_vec();
    let mut mirror = Mirror::new(&site, thread(3).into_iter().map(bare).collect());
    mirror.step(&Step::Grow(2));
    site.run(&["build"]).succeeds();
    mirror.step(&Step::Grow(1));
    // The site's folder, with everything in it, in another place.
    let moved = Site::new();
    let to = moved.root();
    fs::remove_dir_all(&to).expect("removed");
    fs::rename(site.root(), &to).expect("moved");
    let kept = || {
        let entries = fs::read_dir(to.join(".patchpress")).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
        let mut names: Vec<String> = names.map(|name| name.expect("text")).collect();
        names.sort();
        names
    };
    let before = kept();
    assert!(before.iter().any(|name| name.starts_with("mails-")), "{before:?}");
    moved.run(&["build"]).succeeds();
    assert_eq!(kept(), before, "what mails say is remembered of the list, wherever it lies");
}
