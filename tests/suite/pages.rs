//! Pages and feeds, from the plan: rules for every page, on the demo and on bad mail.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use patchpress::{
    config::{Overrides, Settings},
    digest, export, feed, page,
    plan::{self, Content, Drafts, Log, Plan, Route},
    series::{self, Corpus, MailIx},
    site::{self, sitemap},
    theme::Theme,
};
use tempfile::TempDir;

use crate::support;

/// A rendered site, and the `id` of every message.
pub(crate) struct Site {
    pub(crate) files: BTreeMap<String, String>,
    anchors: Vec<String>,
}

/// Renders the site in `root` in memory.
fn render(root: &Path) -> Site {
    render_with(root, |_| ())
}

/// The same for a corpus that was changed before.
pub(crate) fn render_with(root: &Path, change: impl FnOnce(&mut Corpus)) -> Site {
    let overrides =
        Overrides { base_url: Some("https://example.org/x/".into()), ..Overrides::default() };
    let settings = Settings::load(root, &overrides).expect("settings");
    let theme = Theme::load(&settings).expect("the theme");
    let content = Content::read(root, Drafts::Hidden).expect("content");
    let rules = site::rules(&settings).expect("rules");
    let mut corpus = series::read(&settings.lists, &rules).expect("the archive");
    change(&mut corpus);
    let digests = digest::digests(&corpus, None, settings.cadence, &settings.zone);
    let mut site = support::of_texts(|texts| {
        let plan = plan::plan(texts, &corpus, &digests, &content, &settings).expect("a plan");
        rendered(&plan, &theme)
    });
    for file in theme.files() {
        site.files.insert(file.path.clone(), String::new());
    }
    site
}

/// The pages, feeds and sitemaps of a plan.
fn rendered(plan: &Plan<'_>, theme: &Theme) -> Site {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let mut files = BTreeMap::new();
    for page in &plan.pages {
        let bytes = page::render(plan, page, theme, &Log::default()).expect("a page");
        let before = files.insert(page.route.file(), text(bytes));
        assert!(before.is_none(), "two pages at {}", page.route.file());
    }
    let feeds = Vec::from_iter(feed::Feeds::of(plan).all());
    files.extend(feeds.iter().map(|feed| (feed.route.file(), text(feed.write(&Log::default())))));
    files.extend(sitemap::sitemaps(plan).into_iter().map(|(to, bytes)| (to.file(), text(bytes))));
    let data = export::files(plan);
    files.extend(data.iter().map(|file| (file.route.file(), text(file.write(&Log::default())))));
    files.insert(Route::Opml.file(), text(feed::opml(plan, &feeds)));
    let all = MailIx::all(plan.corpus.mails.len());
    Site { anchors: all.map(|mail| plan.message_anchor(mail).to_owned()).collect(), files }
}

fn demo() -> Site {
    render(Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// A site of one list whose archive is these mails.
pub(crate) fn site_of(mails: &[&str]) -> (TempDir, Site) {
    let dir = TempDir::new().expect("a temporary folder");
    let mail = dir.path().join("mail");
    for folder in ["cur", "new", "tmp"] {
        fs::create_dir_all(mail.join(folder)).expect("a folder");
    }
    for (number, text) in mails.iter().enumerate() {
        fs::write(mail.join("cur").join(format!("{number:03}:2,S")), text).expect("a mail");
    }
    let toml = "title = \"Bad mail\"\n[[lists]]\nname = \"bad\"\narchive = \"mail\"\n";
    fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let site = render(dir.path());
    (dir, site)
}

impl Site {
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let html = self.files.iter().filter(|(path, _)| path.ends_with(".html"));
        html.map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(crate) fn page(&self, start: &str) -> &str {
        let found = self.pages().find(|(path, _)| path.starts_with(start));
        found.unwrap_or_else(|| panic!("no page at {start}")).1
    }
}

/// The values of an attribute, quoted or not.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=");
    let ends = |rest: &'a str| match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => rest.split([' ', '>']).next().unwrap_or_default(),
    };
    // Text outside tags does not count.
    let tags = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
    tags.flat_map(|tag| tag.split(start.as_str()).skip(1).map(ends)).collect()
}

/// The file that a relative link of `page` leads to.
fn target(page: &str, link: &str) -> String {
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for part in link.split('?').next().unwrap_or_default().split('/') {
        match part {
            ".." => drop(path.pop().expect("no link above the root")),
            part => path.push(part),
        }
    }
    path.join("/")
}

fn is_outside(link: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
}

pub(crate) fn check_links(site: &Site) {
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        site.pages().map(|(path, html)| (path, values(html, "id").into_iter().collect())).collect();
    let mut ways: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, html) in site.pages().filter(|(path, _)| *path != "404.html") {
        for link in values(html, "href").into_iter().filter(|link| !is_outside(link)) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { path.to_owned() } else { target(path, file) };
            assert!(site.files.contains_key(&file), "{path} links to {link}, which is not there");
            let known = anchor.is_empty() || ids[file.as_str()].contains(anchor);
            assert!(known, "{path} links to {link}, and {file} has no such id");
            ways.entry(path).or_default().push(file);
        }
    }
    let mut reached: BTreeSet<&str> = BTreeSet::from(["404.html", "index.html"]);
    let mut next = vec!["index.html"];
    while let Some(path) = next.pop() {
        let onward = ways.get(path).into_iter().flatten().map(String::as_str);
        next.extend(onward.filter(|file| reached.insert(file)));
    }
    let lost: Vec<_> =
        site.pages().map(|(path, _)| path).filter(|path| !reached.contains(path)).collect();
    assert!(lost.is_empty(), "no way leads from the front page to {lost:?}");
}

#[test]
fn every_link_and_anchor_of_the_demo_leads_somewhere() {
    check_links(&demo());
}

#[test]
fn every_message_of_the_demo_is_on_exactly_one_page() {
    let site = demo();
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, html) in site.pages() {
        values(html, "id").into_iter().for_each(|id| *shown.entry(id).or_default() += 1);
    }
    assert!(site.anchors.len() > 50, "the demo has {} mails", site.anchors.len());
    for anchor in &site.anchors {
        assert_eq!(shown.get(anchor.as_str()), Some(&1), "{anchor}");
    }
}

#[test]
fn what_holds_for_every_page() {
    for (path, html) in demo().pages() {
        let head = &html[..html.floor_char_boundary(1024)];
        let policy = head.find("Content-Security-Policy").expect(path);
        assert!(policy < head.find("<meta charset=utf-8>").expect(path), "{path}");
        for forbidden in [" style=", "<style", " onclick=", "javascript:"] {
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
        for script in html.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').expect("tags end");
            assert!(tag.contains(" src=\"") && rest.starts_with("</script>"), "{path}: {tag}");
        }
        for once in ["<h1", "<title>", "<main", "class=skip", "name=viewport", "site.js"] {
            assert_eq!(html.matches(once).count(), 1, "{path}: {once}");
        }
        let ids = values(html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{path} has an id twice");
        assert!(values(html, "content").iter().any(|c| c.len() > 20), "{path} has no description");
        let canonical = html.contains("rel=canonical");
        assert_eq!(canonical, path != "404.html", "{path}");
    }
}

/// The boxes of diffs on a page: their HTML up to the end of the last line.
fn diffs(html: &str) -> impl Iterator<Item = &str> {
    let boxes = html.split("aria-label=Diff>").skip(1);
    boxes.map(|rest| rest.split("</div>").next().unwrap_or_default())
}

#[test]
fn a_line_of_a_diff_is_few_elements_and_has_an_id() {
    let site = demo();
    let (mut lines, mut all, mut switches) = (0, 0, 0);
    for (path, html) in site.pages() {
        for diff in diffs(html) {
            let of_box = diff.matches("\n</a>").count();
            let elements = diff.matches('<').count() - diff.matches("</").count();
            // Other lines make up for a short line of many words.
            assert!(elements <= 4 * of_box + 20, "{path}: {elements} on {of_box} lines");
            all += elements;
            let worst = diff.split("<a").skip(1).map(|line| {
                let line = line.split("\n</a>").next().unwrap_or_default();
                1 + line.matches('<').count() - line.matches("</").count()
            });
            assert!(worst.max().unwrap_or(0) <= 24, "{path}: a line of many elements");
            assert_eq!(
                diff.matches("<a id=").count() + diff.matches("<a class=w id=").count(),
                of_box
            );
            lines += of_box;
        }
        let is_of_series = path.starts_with("series/") && !path.contains("..");
        let has_switch = html.contains("<label><input type=checkbox id=split>");
        assert!(has_switch || !is_of_series || diffs(html).next().is_none(), "{path}");
        switches += usize::from(has_switch);
    }
    assert!(lines > 500 && switches > 5, "{lines} lines, {switches} pages");
    assert!(all <= 4 * lines, "{all} elements on {lines} lines");
}

#[test]
fn side_by_side_needs_runs_that_are_children_of_their_box() {
    // The style puts `del` on the left and `ins` on the right: each must be a child of the `<pre>`.
    for (path, html) in demo().pages() {
        for diff in diffs(html) {
            let runs = diff.split("<pre>").nth(1).unwrap_or_default().split("<a").skip(1);
            for line in runs {
                let ended = line.split_once("\n</a>").map_or("", |(_, rest)| rest);
                let next = ended.split('>').next().unwrap_or_default();
                let is_known =
                    ["", "</del", "</ins", "<del", "<ins", "<samp", "<small", "<s", "</pre"];
                assert!(is_known.iter().any(|start| next.starts_with(start)), "{path}: {next}");
            }
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static");
    let script = fs::read_to_string(folder.join("diff.js")).expect("the script");
    assert!(script.len() <= 2048, "{} bytes", script.len());
}

#[test]
fn a_page_is_the_same_every_time() {
    let (first, second) = (demo(), demo());
    assert!(first.files == second.files);
}

/// The number in the first `<tag …>` after `start`, which may contain a comma.
fn number(html: &str, tag: &str) -> Option<usize> {
    let rest = &html[html.find(tag)? + tag.len()..];
    let digits: String =
        rest.chars().filter(|c| *c != ',').take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[test]
fn a_number_is_the_length_of_the_list_behind_it() {
    let site = demo();
    let digests = site.pages().filter(|(_, html)| html.contains("<body class=digest-page"));
    let (mut sections, mut ranks) = (0, 0);
    for (path, html) in digests.chain([("stats/index.html", site.page("stats"))]) {
        // The counts above the fold link to sections with that many rows.
        for count in html.split("<li><a href=\"#").skip(1).filter(|li| li.contains("\"><b>")) {
            let anchor = count.split('"').next().unwrap_or_default();
            let heading = format!("<h2 id={anchor}>");
            let Some(section) = html.split(&heading).nth(1).filter(|_| !path.starts_with("stats"))
            else {
                continue;
            };
            let section = section.split("</section>").next().unwrap_or_default();
            let rows = section.matches("<article").count() + section.matches("<li><a").count();
            assert_eq!(number(count, "<b>"), Some(rows), "{path}: {anchor}");
            sections += 1;
        }
        // A number in a ranking is folded with its parts.
        for rank in html.split("<details><summary>").skip(1) {
            let (summary, items) = rank.split_once("</summary>").expect(path);
            let items = items.split("</details>").next().unwrap_or_default();
            let mut sum: usize = 0;
            let counted = |item: &&str| !item.contains(">Page of ");
            for item in items.split("<li").skip(1).filter(counted) {
                sum += number(item, ">and ").or(number(item, "class=number>")).unwrap_or(1);
            }
            assert_eq!(number(summary, "class=number>"), Some(sum), "{path}: {summary}");
            ranks += 1;
        }
    }
    assert!(sections > 12 && ranks > 30, "{sections} sections, {ranks} ranks");
}

/// The part of `html` from `start` to the next `end`.
fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    html[from..].split(end).next().unwrap_or_default()
}

const LAMP: &str = "From: Ada <ada@example.org>\nSubject: [PATCH] lamp: burn\nMessage-ID: <lamp@example.org>\n\
    Date: Mon, 2 Mar 2026 10:00:00 +0000\n\nThe lamp burns & glows.\n\nSigned-off-by: Ada <ada@example.org>\n\
    ---\n lamp.c | 2 +-\n\ndiff --git a/src/lamp.c b/src/lamp.c\n--- a/src/lamp.c\n+++ b/src/lamp.c\n\
    @@ -1,2 +1,3 @@\n a\n-b\n+c\n+d\n";
const AGAIN: &str = "From: Ada <ada@example.org>\nSubject: [PATCH v2] lamp: burn\nMessage-ID: <lamp2@example.org>\n\
    Date: Tue, 10 Mar 2026 10:00:00 +0000\n\nThe lamp burns.\n---\nv2: brighter\n\n\
    diff --git a/src/lamp.c b/src/lamp.c\n--- a/src/lamp.c\n+++ b/src/lamp.c\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n";

/// Replies to `<lamp@example.org>`, from a week later.
fn answers(count: usize) -> Vec<String> {
    let mail = |n: usize| {
        format!(
            "From: P{n} <p{n}@example.org>\nSubject: Re: [PATCH] lamp: burn\nMessage-ID: <{n}@example.org>\n\
             In-Reply-To: <lamp@example.org>\nDate: Mon, 9 Mar 2026 1{n}:00:00 +0000\n\nWell.\n"
        )
    };
    (0..count).map(mail).collect()
}

#[test]
fn a_row_shows_the_facts_and_unfolds() {
    let argued =
        "It burns well in the hall, and less so in the cellar, where there is no air. ".repeat(3);
    let answers: Vec<String> =
        answers(4).into_iter().map(|mail| mail.replace("Well.", &argued)).collect();
    let mails: Vec<&str> = [LAMP].into_iter().chain(answers.iter().map(String::as_str)).collect();
    let (_dir, site) = site_of(&mails);
    let row = part(site.page("2026/w10/index"), "<article class=row>", "</article>");
    for fact in [
        "<details open>",
        "Ada",
        "<i class=ad>+2</i> <i class=rm>−1</i>",
        "<code>src/lamp.c</code>",
    ] {
        assert!(row.contains(fact), "{fact} in {row}");
    }
    assert!(row.contains("4\u{a0}replies · <time"), "{row}");
    assert!(row.contains("<p class=dek>The lamp burns &amp; glows.</p>"), "{row}");

    // The next week has only a reply: one line, folded, and the lead of a week without anything else.
    let page = site.page("2026/w11/index");
    let line = part(page, "<ul class=lines>", "</ul>");
    assert!(line.contains("<details><summary") && line.contains("The lamp burns"), "{line}");
    let top = part(page, "<article class=top>", "</article>");
    assert!(top.contains("4 people, 4 messages") && top.contains("lamp: burn"), "{top}");
    assert!(!site.page("2026/w10/index").contains("class=top"), "four lines are no headline");
}

#[test]
fn what_a_row_says_of_a_series_is_said_once_on_a_page() {
    let fix = LAMP.replace("Signed-off-by", "Fixes: 123456789abc (\"lamp: dim\")\nSigned-off-by");
    let (_dir, site) = site_of(&[&fix]);
    let page = part(site.page("2026/w10/index"), "class=main-column", "class=side-column");
    assert_eq!(page.matches(">lamp: burn</a>").count(), 3, "new, waiting and a fix: {page}");
    assert_eq!(page.matches("The lamp burns").count(), 1, "{page}");
}

#[test]
fn a_digest_is_on_one_page_with_its_letters() {
    let long = LAMP.replace("The lamp burns & glows.", &"It burns all night.\n\n".repeat(60));
    // A week with only one new series has no such page: the series' own page serves.
    let other = |mail: &str| mail.replace("lamp", "wick");
    let (_dir, site) = site_of(&[&long, &other(LAMP), AGAIN, &other(AGAIN)]);
    let (_dir, alone) = site_of(&[LAMP]);
    assert!(!alone.files.keys().any(|path| path.contains("bigpage")));
    assert!(!alone.page("2026/w10/index").contains("bigpage"));
    let first = site.page("2026/w10/bigpage");
    assert!(first.contains("It burns all night.") && !first.contains("Signed-off"));
    assert!(first.contains("The letter goes on: <a href=\"../../../series/lamp-burn"), "{first}");
    assert!(!first.contains("@@"), "no diff");
    let second = site.page("2026/w11/bigpage");
    assert!(second.contains("<li>brighter") && !second.contains("The letter goes on"), "{second}");
    for (week, whole) in
        [("2026/w10/index", "bigpage/index.html"), ("2026/w10/big", "../index.html")]
    {
        let page = site.page(week).replace('"', "");
        assert!(page.contains(&format!("href={whole}>")), "{week} leads to {whole}");
    }
}

#[test]
fn links_to_pages_of_the_site_need_no_quotes() {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/.-_+~".contains(c);
    for path in demo().files.keys() {
        assert!(path.chars().all(plain), "{path}");
    }
}

#[test]
fn a_patch_that_never_came_has_its_row() {
    let site = demo();
    let page = site.page("series/horn-more-than-one-signal");
    assert!(page.contains("2/3</td>"), "{page}");
    assert!(page.contains("never arrived on the list"));
    assert!(page.contains("1 of 3 patches never arrived"));
}

#[test]
fn entries_are_newest_first_and_named_once() {
    let site = demo();
    let feed = &site.files["feed.atom"];
    let updated: Vec<&str> = feed.split("<updated>").skip(2).map(|rest| &rest[..20]).collect();
    assert!(updated.len() > 10, "{} entries", updated.len());
    assert!(updated.is_sorted_by(|a, b| a >= b), "{updated:?}");
    assert_eq!(feed.split("<updated>").nth(1).map(|rest| &rest[..20]), updated.first().copied());
    let ids: Vec<&str> =
        feed.split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap_or("")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:")), "{ids:?}");
    for (path, text) in site.files.iter().filter(|(path, _)| path.ends_with(".atom")) {
        assert!(text.len() <= 512 * 1024, "{path} has {} bytes", text.len());
        assert!(!text.contains(" class="), "{path} has a class");
    }
    // As far as the archive shows, the last week is not over.
    let digests = &site.files["digests/feed.atom"];
    assert!(digests.contains("Week 8, 2026") && !digests.contains("Week 9, 2026"));
}

#[test]
fn what_a_mail_says_is_never_markup() {
    let payload = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let hostile = format!(
        "From: {payload} <a@example.org>\nSubject: [PATCH] {payload}\nMessage-ID: <\"onload=x@example.org>\n\
         Date: Mon, 2 Mar 2026 10:00:00 +0000\n\n{payload}\n\nReviewed-by: {payload} <b@example.org>\n---\n \
         a{payload} | 1 +\n\ndiff --git a/{payload} b/{payload}\n--- a/{payload}\n+++ b/{payload}\n\
         @@ -1 +1 @@ {payload}\n-{payload}\n+{payload}]]>\n"
    );
    let answer = format!(
        "From: b@example.org\nSubject: Re: {payload}\nMessage-ID: <2@example.org>\n\
         Date: Mon, 2 Mar 2026 11:00:00 +0000\nIn-Reply-To: <\"onload=x@example.org>\n\n> {payload}\n\
         see javascript:alert(1) {payload}\u{202e}\u{1b}\n"
    );
    let other = format!("Subject: {payload}\nMessage-ID: <3@example.org>\n\n{payload}\n");
    let (_dir, site) = site_of(&[&hostile, &answer, &other]);
    for (path, text) in &site.files {
        // JSON Feed has titles as text, and bodies as HTML.
        let is_text = [".txt", ".mbox", ".json"].iter().any(|ending| path.ends_with(ending));
        let html = !is_text;
        assert!(!html || !text.contains("<script>"), "{path} holds a script");
        assert!(!html || !text.contains("<img src=x"), "{path} holds an image");
        assert!(
            !html || !text.contains(['\u{1b}', '\u{202e}']),
            "{path} holds a control character"
        );
    }
    let feed: serde_json::Value = serde_json::from_str(&site.files["feed.json"]).expect("JSON");
    let body = feed["items"][0]["content_html"].as_str().expect("HTML");
    assert!(!body.contains("<script") && !body.contains("<img"), "{body}");
    assert!(!site.files["feed.json"].contains(['\u{1b}', '\u{202e}']));
    assert_eq!(site.anchors.len(), 3);
    check_links(&site);
}

#[test]
fn an_archive_without_mail_makes_a_site() {
    let mail = "Subject: hello\nMessage-ID: <1@example.org>\n\nNo date here.\n";
    let (_dir, site) = site_of(&[mail]);
    check_links(&site);
    // Without a date it is in no digest: the page of its list links to it.
    assert!(site.page("lists/bad").contains("Without a date"));
    // An archive without any mail is an error; one whose mails must not be shown is not.
    let (_dir, empty) = site_of(&["Message-ID: <1@example.org>\nX-No-Archive: yes\n\nNot here.\n"]);
    check_links(&empty);
    assert!(empty.page("index.html").contains("There is nothing in the archives yet"));
}

/// Runs git in `dir` without anybody's configuration.
fn git(dir: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(dir).args(arguments);
    for (key, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_NAME", "Jürgen „J.“ Groß, III"),
        ("GIT_AUTHOR_EMAIL", "jg@example.org"),
        ("GIT_COMMITTER_NAME", "C"),
        ("GIT_COMMITTER_EMAIL", "c@example.org"),
        ("GIT_AUTHOR_DATE", "2026-03-02T10:00:00Z"),
    ] {
        command.env(key, value);
    }
    let output = command.output().expect("git");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A repository with one commit, and a copy of it.
fn repositories(dir: &Path) -> (PathBuf, PathBuf) {
    let (ours, theirs) = (dir.join("ours"), dir.join("theirs"));
    fs::create_dir(&ours).expect("a folder");
    git(&ours, &["init", "-q"]);
    fs::write(ours.join("lamp.c"), "int on;\n\nint off;\n").expect("a file");
    git(&ours, &["add", "."]);
    git(&ours, &["commit", "-qm", "begin"]);
    git(dir, &["clone", "-q", "ours", "theirs"]);
    (ours, theirs)
}

#[test]
fn git_am_takes_the_mbox_of_a_series() {
    let dir = TempDir::new().expect("a temporary folder");
    let (ours, theirs) = repositories(dir.path());
    for (text, title) in [
        (
            "int on;\n\nint out;\n",
            "lamp: „off“ is out, and this title is so long that git has to fold it somewhere",
        ),
        (
            "int on;\n\nint out;\nFrom here on\n",
            "lamp: a line that begins with From\n\nFrom the beginning:\n\n-- \nnot a signature",
        ),
    ] {
        fs::write(ours.join("lamp.c"), text).expect("a file");
        git(&ours, &["commit", "-qam", title]);
    }
    let patches =
        git(&ours, &["format-patch", "--cover-letter", "--thread", "-o", "../mail", "-2"]);
    assert_eq!(patches.lines().count(), 3);
    let toml = "[[lists]]\nname = \"lamp\"\narchive = \"mail\"\n";
    fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let site = render(dir.path());
    let mbox =
        site.files.iter().find(|(path, _)| path.ends_with("series.mbox")).expect("an mbox").1;
    fs::write(dir.path().join("series.mbox"), mbox).expect("written");
    git(&theirs, &["am", "--patch-format=mboxrd", "-q", "../series.mbox"]);
    let log = |repository: &Path| git(repository, &["log", "-2", "--format=%T %an <%ae> %s%n%b"]);
    assert_eq!(log(&theirs), log(&ours));
}

/// The tag that a list puts before every subject says nothing there; `net` does.
#[test]
fn the_lists_own_name_is_not_a_tag() {
    let dir = TempDir::new().expect("a temporary folder");
    let mail = |id: u32, subject: &str, text: &str| {
        format!(
            "From ada@example.org Mon Feb 23 10:00:00 2026\nFrom: Ada Example <ada@example.org>\nSubject: {subject}\n\
             Date: Mon, 23 Feb 2026 1{id}:00:00 +0000\nMessage-ID: <{id}@example.org>\n\n{text}\n\n"
        )
    };
    let patch = "Brighter.\n---\ndiff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n@@ -1 +1 @@\n-int w = 1;\n+int w = 2;\n";
    let mbox = [
        mail(1, "[Lamp-devel] [PATCH net] lamp: Burn brighter", patch),
        mail(2, "[lamp-devel] Which oil is best?", "I ask."),
        mail(3, "[fire] Put it out", "Soon."),
    ];
    fs::write(dir.path().join("list.mbox"), mbox.concat()).expect("write a file");
    let list = "[[lists]]\nname = \"lamp\"\naddress = \"lamp-devel@example.org\"\narchive = \"list.mbox\"\n";
    fs::write(dir.path().join("site.toml"), list).expect("write a file");
    let site = render(dir.path());
    let (digest, mut headings) = (&site.files["2026/w09/index.html"], Vec::new());
    for (path, page) in site.files.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let tags = page.matches("<span class=tag>").count();
        assert_eq!(tags, page.matches("<span class=tag>net</span>").count(), "{path}");
        if path.starts_with("threads/") {
            headings.push(
                &page[page.find("<h1").expect("a heading")..page.find("</h1>").expect("its end")],
            );
        }
    }
    assert!(digest.contains("<span class=tag>net</span>"), "{digest}");
    let home = &site.files["index.html"];
    assert!(home.contains("<h2 id=threads>Other threads</h2>"), "{home}");
    assert!(home.contains(">Which oil is best?</a>"), "{home}");
    assert!(
        digest.contains(">Which oil is best?</a>") && digest.contains(">[fire] Put it out</a>"),
        "{digest}"
    );
    assert!(
        headings.iter().any(|heading| heading.ends_with(">Which oil is best?")),
        "{headings:?}"
    );
    assert!(headings.iter().any(|heading| heading.ends_with(">[fire] Put it out")), "{headings:?}");
}
