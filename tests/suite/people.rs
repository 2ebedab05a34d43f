//! People, paths and queues: their numbers are those of `export`, addresses do not change, and no path of a patch
//! escapes its folder.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    pages::{Site, check_links, render_with},
    support,
};

/// An archive that grows mail by mail.
#[derive(Default)]
struct Archive {
    mails: String,
    count: u32,
}

impl Archive {
    /// A mail, an hour after the one before; its id is its number.
    fn mail(&mut self, from: &str, answers: u32, subject: &str, text: &str) -> u32 {
        self.count += 1;
        let (day, hour) = (self.count / 24 + 1, self.count % 24);
        let to = if answers == 0 { String::new() } else { format!("In-Reply-To: <{answers}@x>\n") };
        write!(
            self.mails,
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from}\nSubject: {subject}\n\
             Date: {day} Mar 2026 {hour:02}:00:00 +0000\nMessage-ID: <{}@x>\n{to}\n{text}\n",
            self.count
        )
        .expect("a string");
        self.count
    }

    /// A patch that changes these files; no two patches are the same.
    fn patch(&mut self, from: &str, subject: &str, paths: &[&str]) -> u32 {
        let mut text = format!("Change it.\n\nSigned-off-by: {from}\n---\n");
        for path in paths {
            let word = self.count;
            write!(
                text,
                "diff --git a/{path} b/{path}\n--- a/{path}\n+++ b/{path}\n@@ -1 +1,2 @@\n one\n+{subject} {word}\n"
            )
            .expect("a string");
        }
        text.push_str("-- \n2.1\n");
        self.mail(from, 0, &format!("[PATCH] {subject}"), &text)
    }

    fn site(&self) -> (TempDir, Site) {
        let dir = TempDir::new().expect("a temporary folder");
        fs::write(dir.path().join("list.mbox"), &self.mails).expect("an archive");
        let toml = "title = \"Lamps\"\n[[lists]]\nname = \"lamps\"\narchive = \"list.mbox\"\n";
        fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
        let site = render_with(dir.path(), |_| ());
        check_links(&site);
        (dir, site)
    }
}

/// The pages below a folder, without the folder's own page.
fn below<'s>(site: &'s Site, folder: &str) -> Vec<&'s str> {
    let pages = site.files.keys().filter_map(|path| path.strip_prefix(folder));
    pages.filter_map(|path| path.strip_suffix("/index.html")).collect()
}

const ANNA: &str = "Anna Berg <anna@example.org>";
const OTHER_ANNA: &str = "Anna Berg <berg@example.net>";
const BEN: &str = "Ben <ben@example.org>";
const CARL: &str = "Carl <carl@example.org>";

#[test]
fn the_address_of_a_person_stays_when_others_come() {
    let mut archive = Archive::default();
    let first = archive.patch(ANNA, "horn: louder", &["horn.c"]);
    archive.patch(ANNA, "lamp: brighter", &["lamp.c"]);
    archive.mail(CARL, first, "Re: [PATCH] horn: louder", "Reviewed-by: Carl <carl@example.org>");
    let (_dir, before) = archive.site();
    // Carl has only one review: the list of people links to that series.
    assert_eq!(below(&before, "people/").len(), 1);
    let rows = &before.files["people/index.html"];
    assert!(rows.contains("<a href=../series/horn-louder-"), "{rows}");

    let rope = archive.patch(OTHER_ANNA, "rope: longer", &["rope.c"]);
    archive.patch(OTHER_ANNA, "rope: stronger", &["rope.c"]);
    let review = "Reviewed-by: Carl <carl@example.org>";
    archive.mail(CARL, rope, "Re: [PATCH] rope: longer", review);
    // The first Anna changes her name, and posts more often with the new one.
    for subject in ["oil: more", "oil: less", "oil: other"] {
        archive.patch("Anna Lind <Anna@example.org>", subject, &["oil.c"]);
    }
    let (_dir, after) = archive.site();
    let (before, pages) = (below(&before, "people/"), below(&after, "people/"));
    assert_eq!(pages.len(), 3, "{pages:?}");
    assert!(before.iter().all(|page| pages.contains(page)), "{before:?} {pages:?}");
    assert_eq!(pages.iter().filter(|page| page.starts_with("anna-berg-")).count(), 2);
    let anna = &after.files[&format!("people/{}/index.html", before[0])];
    assert!(anna.contains("<h1>Anna Lind</h1>"), "{anna}");
    // No page prints an address.
    assert!(pages.iter().all(|page| !page.contains("example")), "{pages:?}");
}

#[test]
fn who_gives_no_name_has_an_address_without_an_address() {
    let mut archive = Archive::default();
    archive.patch("dora@example.org", "horn: louder", &["horn.c"]);
    archive.patch("dora@example.org", "lamp: brighter", &["lamp.c"]);
    let (_dir, site) = archive.site();
    let pages = below(&site, "people/");
    assert!(pages.len() == 1 && !pages[0].contains("dora"), "{pages:?}");
}

/// The export of the archive at `path`, one line per revision.
fn export(path: &Path) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_patchpress")).arg("export").arg(path).output();
    let output = run.expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn demo() -> Site {
    render_with(Path::new(env!("CARGO_MANIFEST_DIR")), |_| ())
}

#[test]
fn the_numbers_of_people_are_those_of_export() {
    let revisions = export(&support::demo());
    let mut series: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut verdicts: BTreeMap<String, BTreeSet<(&str, String)>> = BTreeMap::new();
    for revision in &revisions {
        let name = word(&revision["author"], "name").to_owned();
        series.entry(name).or_default().insert(word(revision, "series"));
        for entry in list(revision, "patches").iter().flat_map(|patch| list(patch, "ledger")) {
            if word(entry, "standing") == "given" {
                let name = word(entry, "value").split(" <").next().unwrap_or_default().to_owned();
                let key = word(entry, "key").to_lowercase();
                verdicts.entry(name).or_default().insert((word(entry, "message_id"), key));
            }
        }
    }
    let site = demo();
    let rows: Vec<&str> =
        site.files["people/index.html"].split("<tr><th scope=row>").skip(1).collect();
    assert!(rows.len() > 5, "{} people", rows.len());
    for row in rows {
        let name = row.split('>').nth(1).and_then(|rest| rest.split('<').next()).expect("a name");
        let cells: Vec<usize> = row.split("<td>").skip(1).take(3).map(number).collect();
        let count = |found: Option<usize>| found.unwrap_or_default();
        assert_eq!(cells[0], count(series.get(name).map(BTreeSet::len)), "{name}");
        assert_eq!(cells[2], count(verdicts.get(name).map(BTreeSet::len)), "{name}");
    }
}

fn number(cell: &str) -> usize {
    cell.split('<').next().and_then(|digits| digits.trim().parse().ok()).unwrap_or_default()
}

#[test]
fn the_numbers_of_paths_are_those_of_export() {
    let revisions = export(&support::demo());
    let mut newest: BTreeMap<&str, &Value> = BTreeMap::new();
    let mut patches: BTreeMap<&str, &Value> = BTreeMap::new();
    for revision in &revisions {
        newest.insert(word(revision, "series"), revision);
        let sent = list(revision, "patches").iter();
        patches.extend(sent.map(|patch| (word(patch, "message_id"), patch)));
    }
    let mut folders: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (series, revision) in &newest {
        // A partial reroll leaves the other patches unchanged.
        let carried = list(revision, "carried").iter().map(|patch| word(patch, "message_id"));
        let carried = carried.filter_map(|id| patches.get(id).copied());
        let all = list(revision, "patches").iter().chain(carried);
        for file in all.flat_map(|patch| list(patch, "files")) {
            for path in [word(file, "path"), word(file, "old_path")] {
                for (at, _) in path.match_indices('/') {
                    folders.entry(path[..=at].to_owned()).or_default().insert(series);
                }
            }
        }
    }
    let site = demo();
    let mut seen = 0;
    for page in below(&site, "paths/") {
        let html = &site.files[&format!("paths/{page}/index.html")];
        let path = html.split("<h1 class=path>").nth(1).and_then(|h| h.split('<').next());
        let path = path.expect("a heading").replace("&#x2F;", "/");
        let first = html.split("<li><b>").nth(1).expect("a count");
        assert_eq!(number(first), folders[&path].len(), "{path}");
        let rows = html.split("<ul class=work>").skip(1);
        let rows: usize = rows
            .map(|list| list.split("</ul>").next().unwrap_or_default().matches("<li>").count())
            .sum();
        assert_eq!(rows, folders[&path].len(), "{path}: each series is in one section");
        seen += 1;
    }
    assert!(seen > 2, "{seen} folders");
}

#[test]
fn levels_that_hold_nothing_else_are_one_step() {
    let mut archive = Archive::default();
    archive.patch(ANNA, "horn: louder", &["sea/signals/sound/horn.c"]);
    archive.patch(ANNA, "horn: lower", &["sea/signals/sound/horn.c", "README"]);
    archive.patch(CARL, "README: shorter", &["README"]);
    let (_dir, site) = archive.site();
    assert_eq!(below(&site, "paths/"), ["sea/signals/sound"]);
    let tree = &site.files["paths/index.html"];
    assert!(tree.contains(">sea/signals/sound/</a> <b>2</b>"), "{tree}");
    // Files at the top level belong to the root.
    assert!(tree.contains("<span>README</span> <b>2</b>"), "{tree}");

    archive.patch(CARL, "lamp: brighter", &["sea/signals/light/lamp.c"]);
    let (_dir, site) = archive.site();
    assert_eq!(below(&site, "paths/"), ["sea/signals", "sea/signals/sound"]);
    let page = &site.files["paths/sea/signals/index.html"];
    assert!(page.contains("<a href=sound/index.html>sound/</a> <b>2</b>"), "{page}");
    // The files of a series have a common folder, which its page names.
    let lamp = site.page("series/lamp-brighter");
    assert!(lamp.contains("href=../../paths/sea/signals/index.html>sea/signals/</a>"), "{lamp}");
    assert!(!site.page("series/readme-shorter").contains("class=path"));
}

#[test]
fn no_path_leaves_its_place() {
    let deep = vec!["deep"; 300].join("/");
    let long = "long-".repeat(100);
    let paths = [
        "CON/x.c".to_owned(),
        "aux.d/x.c".to_owned(),
        "../../up/x.c".to_owned(),
        "Lib/x.c".to_owned(),
        "lib/x.c".to_owned(),
        "lib/feed.atom/x.c".to_owned(),
        "index.html/x.c".to_owned(),
        "lib/<b>&amp;'/x.c".to_owned(),
        "lib/été/x.c".to_owned(),
        format!("{deep}/x.c"),
        format!("{long}/x.c"),
    ];
    let mut archive = Archive::default();
    for round in 0..6 {
        for path in &paths {
            archive.patch(ANNA, &format!("change {round} of {:.20}", path), &[path]);
        }
    }
    let (_dir, site) = archive.site();
    let pages = below(&site, "paths/");
    assert!(pages.len() > 8, "{pages:?}");
    let mut names = BTreeSet::new();
    for page in site.files.keys().filter(|path| path.starts_with("paths/")) {
        assert!(names.insert(page.to_lowercase()), "{page} is there twice");
        assert!(page.len() <= 220, "{page}");
        for part in page.split('/') {
            let stem = part.split('.').next().unwrap_or_default();
            let is_plain = part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
            assert!(is_plain && !part.starts_with('.') && !part.is_empty(), "{page}");
            assert!(!["con", "aux", "nul", "prn"].contains(&stem), "{page}");
        }
    }
    // A file of the site is not a folder in it.
    let folders: BTreeSet<&str> =
        site.files.keys().filter_map(|path| path.rsplit_once('/')).map(|(dir, _)| dir).collect();
    assert!(folders.iter().all(|folder| !site.files.contains_key(*folder)));
}

#[test]
fn people_and_folders_have_feeds_of_their_own() {
    let mut archive = Archive::default();
    for number in 0..25 {
        archive.patch(ANNA, &format!("horn: louder by {number}"), &["sea/horn.c"]);
    }
    archive.patch(CARL, "lamp: brighter", &["sea/lamp.c"]);
    archive.patch(CARL, "lamp: darker", &["sea/lamp.c"]);
    let (_dir, site) = archive.site();
    let feeds: Vec<&String> = site.files.keys().filter(|path| path.ends_with(".atom")).collect();
    let of = |start: &str| feeds.iter().filter(|path| path.starts_with(start)).count();
    // Carl posted two series.
    assert_eq!((of("people/"), of("paths/")), (1, 1), "{feeds:?}");
    let folder = &site.files["paths/sea/feed.atom"];
    assert_eq!(folder.matches("<entry>").count(), 20);
    let first = folder.split("<entry>").nth(1).expect("an entry");
    assert!(first.contains("lamp: darker") && first.contains("Change it."), "{first}");
    assert!(!folder.contains("+one"), "no diff is in it");
    let own = site.page("people/anna-berg");
    assert!(own.contains("title=\"Posted by Anna Berg\" href=\"feed.atom\""), "{own}");
    assert!(!site.page("people/carl").contains("href=\"feed.atom\""));
    // Importing the site's feeds does not include those of all people.
    let opml = &site.files["feeds/feeds.opml"];
    assert!(!opml.contains("/people/") && !opml.contains("/paths/"), "{opml}");
}

#[test]
fn ready_names_the_reviewer_whom_a_commit_message_names() {
    let mut archive = Archive::default();
    let text = "Change it.\n\nReviewed-by: Carl <carl@example.org>\n---\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n\
                @@ -1 +1,2 @@\n one\n+two\n-- \n2.1\n";
    archive.mail(ANNA, 0, "[PATCH] lamp: brighter", text);
    let (_dir, site) = archive.site();
    let page = &site.files["lists/lamps/index.html"];
    assert!(page.contains("reviewed by Carl"), "{page}");
}

/// A reply after the review may contain an objection that the program does not recognise: whoever wants to apply the
/// series should see the reply.
#[test]
fn ready_names_the_person_who_replied_after_the_review() {
    let mut archive = Archive::default();
    let patch = archive.patch(ANNA, "lamp: brighter", &["lamp.c"]);
    archive.mail(BEN, patch, "Re: [PATCH] lamp: brighter", "Before the review.");
    let review = "Reviewed-by: Carl <carl@example.org>";
    archive.mail(CARL, patch, "Re: [PATCH] lamp: brighter", review);
    archive.mail(ANNA, patch, "Re: [PATCH] lamp: brighter", "Thanks.");
    let (_dir, site) = archive.site();
    let page = &site.files["lists/lamps/index.html"];
    assert!(page.contains(">reviewed by Carl, 1 Mar 2026</a>"), "{page}");
    archive.mail(BEN, patch, "Re: [PATCH] lamp: brighter", "The wick burns.");
    let (_dir, site) = archive.site();
    let page = &site.files["lists/lamps/index.html"];
    let words = ">reviewed by Carl, 1 Mar 2026; Ben replied on 1 Mar 2026</a>";
    assert!(page.contains(words), "{page}");
    archive.mail(BEN, patch, "Re: [PATCH] lamp: brighter", "Does the wick not burn?");
    let (_dir, site) = archive.site();
    let page = &site.files["lists/lamps/index.html"];
    assert!(!page.contains("reviewed by Carl"), "it is not ready: {page}");
}

#[test]
fn a_list_shows_its_queues() {
    let mut archive = Archive::default();
    for number in 0..30 {
        archive.patch(ANNA, &format!("horn: louder by {number}"), &["horn.c"]);
    }
    let ready = archive.patch(ANNA, "lamp: brighter", &["lamp.c"]);
    archive.mail(CARL, ready, "Re: [PATCH] lamp: brighter", "Reviewed-by: Carl <carl@example.org>");
    let taken = archive.patch(ANNA, "rope: longer", &["rope.c"]);
    archive.mail(CARL, taken, "Re: [PATCH] rope: longer", "Applied, thanks!");
    let again = archive.patch(ANNA, "oil: more", &["oil.c"]);
    archive.mail(CARL, again, "Re: [PATCH] oil: more", "Please send a v2 with less oil.");
    let sorry = archive.patch(ANNA, "wick: longer", &["wick.c"]);
    archive.mail(ANNA, sorry, "Re: [PATCH] wick: longer", "That is wrong, I will send a v2.");
    let (_dir, site) = archive.site();
    let page = &site.files["lists/lamps/index.html"];
    for (anchor, count) in [("waiting", 30), ("ready", 1), ("applied", 1), ("changes", 2)] {
        assert!(
            page.contains(&format!("<a href=\"#{anchor}\"><b>{count}</b>")),
            "{anchor}: {page}"
        );
    }
    let section = |page: &str, anchor: &str| {
        let rest = page.split(&format!("<h2 id={anchor}>")).nth(1).expect("a section");
        rest.split("</section>").next().unwrap_or_default().to_owned()
    };
    assert!(section(page, "ready").contains("reviewed by Carl"), "{page}");
    let changes = section(page, "changes");
    for words in [">by Carl, 2 Mar 2026</a>", ">another revision promised, 2 Mar 2026</a>"] {
        assert!(changes.contains(words), "{words}: {changes}");
    }
    // The longest waiting first; a long list has its own page.
    let waiting = section(page, "waiting");
    assert!(waiting.find("by 0<") < waiting.find("by 1<"), "{waiting}");
    assert!(waiting.contains("<a href=\"waiting/index.html\">All 30</a>"), "{waiting}");
    let all = &site.files["lists/lamps/waiting/index.html"];
    assert_eq!(all.matches("louder by").count(), 30, "{all}");
    assert!(!site.files.contains_key("lists/lamps/ready/index.html"));
}

/// More folders than a page shows at first, in one folder and at the top level.
#[test]
fn a_way_leads_to_every_folder() {
    let mut archive = Archive::default();
    let names = |top: &str| (0..330).map(|n| format!("{top}{n}/f.c")).collect::<Vec<_>>();
    let paths = [names("tests/t"), names("")].concat();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    for subject in ["Begin everywhere", "Go on everywhere"] {
        archive.patch(ANNA, subject, &paths);
    }
    archive.patch(ANNA, "Explain the tests", &["tests/README"]);
    let (_dir, site) = archive.site();
    assert_eq!(below(&site, "paths/").len(), 2 * 330 + 1);
}

/// Two people with the same name are distinguished in lists, except on sites that hide addresses.
#[test]
fn namesakes_are_distinguished() {
    let mut archive = Archive::default();
    for (who, subject) in [(ANNA, "lamp"), (OTHER_ANNA, "rope"), (CARL, "oil")] {
        archive.patch(who, &format!("{subject}: one"), &["a.c"]);
        archive.patch(who, &format!("{subject}: two"), &["a.c"]);
    }
    let (dir, site) = archive.site();
    let (people, digest) = (&site.files["people/index.html"], &site.files["2026/w09/index.html"]);
    for listed in ["Anna Berg (example.org)<", "Anna Berg (example.net)<", "Carl<"] {
        assert!(people.contains(&format!(">{listed}")), "{listed}: {people}");
        assert!(digest.contains(&format!(">{listed}")), "{listed}: {digest}");
    }
    let titles =
        site.files.values().filter(|page| page.contains("<title>Anna Berg (example.org) · Lamps"));
    assert_eq!(titles.count(), 1);
    let toml = fs::read_to_string(dir.path().join("site.toml")).expect("a file");
    let toml = format!("{toml}[privacy]\naddresses = \"hidden\"\n");
    fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let hidden = render_with(dir.path(), |_| ());
    assert!(hidden.files.values().all(|page| !page.contains("Anna Berg (")));
}

/// Events without a date are in no feed: then there is no feed, and no page links to one.
#[test]
fn where_nothing_has_a_date_no_page_leads_to_a_feed() {
    let site = crate::site::Site::new();
    let mut mails = String::new();
    for number in 0..6 {
        write!(
            mails,
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {ANNA}\nSubject: [PATCH] lamp: brighter by {number}\n\
             Message-ID: <{number}@x>\n\nShine.\n---\ndiff --git a/sea/{number}.c b/sea/{number}.c\n\
             --- a/sea/{number}.c\n+++ b/sea/{number}.c\n@@ -1 +1 @@\n-a\n+b{number}\n\n"
        )
        .expect("a string");
    }
    site.write("list.mbox", &mails);
    site.run(&["build"]).succeeds();
    let files = crate::site::tree(&site.path("public"));
    for folder in ["people", "paths"] {
        assert!(files.keys().filter(|path| path.starts_with(folder)).count() > 1, "{folder}");
    }
    site.run(&["check"]).succeeds();
}
