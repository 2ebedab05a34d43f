//! One digest, many outlets: page, page to print, Markdown, HTML, text, JSON, both parts of the mail, and the feed
//! have the same entries in the same order, with the same labels, states, links and numbers, and the same note.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

use crate::site::Site;

const BASE: &str = "https://example.org/lamps/";
const NOTE: &str =
    "Read the *long* one first: [the statistics](@/stats/), and [last week](../w01/).";

/// Five weeks of mails of a kind, from the first Monday of 2026 on.
struct Archive {
    mbox: String,
    count: usize,
}

impl Archive {
    fn new() -> Self {
        Self { mbox: String::new(), count: 0 }
    }

    /// Adds a mail on a day of a week; returns its Message-ID.
    fn add(
        &mut self,
        (week, day): (usize, usize),
        from: &str,
        subject: &str,
        to: &str,
        body: &str,
    ) -> String {
        self.count += 1;
        let id = format!("{}@example.org", self.count);
        // The fifth of January is a Monday.
        let at = 5 + week * 7 + day;
        let (day, month) = if at > 31 { (at - 31, "Feb") } else { (at, "Jan") };
        let answers = if to.is_empty() { String::new() } else { format!("In-Reply-To: <{to}>\n") };
        self.mbox += &format!(
            "From mboxrd@z Mon Jan  5 00:00:00 2026\nFrom: {from} Example <{lower}@{lower}.example>\n\
             Subject: {subject}\nDate: {day:02} {month} 2026 {hour:02}:{minute:02}:00 +0000\n\
             Message-ID: <{id}>\n{answers}\n{body}\n\n",
            lower = from.to_lowercase(),
            hour = 8 + self.count % 12,
            minute = self.count % 60,
        );
        id
    }

    fn patch(
        &mut self,
        when: (usize, usize),
        from: &str,
        subject: &str,
        to: &str,
        more: &str,
    ) -> String {
        let file = format!("f{}.c", self.count);
        let body = format!(
            "Why {from} changes {file}: it is time.\n\n{more}Signed-off-by: {from} Example <{l}@{l}.example>\n---\n \
             {file} | 2 +-\n\ndiff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1 +1 @@\n-int a;\n+int b;\n",
            l = from.to_lowercase()
        );
        self.add(when, from, subject, to, &body)
    }

    /// Single patches, with reviews, requests for changes and merges.
    fn singles() -> Self {
        let mut all = Self::new();
        let mut before = String::new();
        for week in 0..5 {
            let one = all.patch((week, 0), "Ann", &format!("[PATCH] lamp: Glow {week}"), "", "");
            all.add(
                (week, 1),
                "Bob",
                "Re: [PATCH] lamp: Glow",
                &one,
                "Reviewed-by: Bob Example <bob@bob.example>",
            );
            if !before.is_empty() {
                all.add((week, 2), "Bob", "Re: [PATCH] lamp: Glow", &before, "Applied, thanks.");
            }
            let other = all.patch(
                (week, 2),
                "Cy",
                &format!("[PATCH] horn: Toot {week}"),
                "",
                "Fixes: 0123456789ab (\"x\")\n",
            );
            all.add(
                (week, 3),
                "Bob",
                "Re: [PATCH] horn: Toot",
                &other,
                "> +int b;\nNAK, this breaks the horn.",
            );
            all.patch((week, 4), "Dee", &format!("[PATCH] lens: Turn {week}"), "", "");
            all.add((week, 5), "Eve", &format!("How bright is it? {week}"), "", "I wonder.");
            before = one;
        }
        all
    }

    /// Sets of patches in several versions, RFCs among them.
    fn revisions() -> Self {
        let mut all = Self::new();
        for week in 0..5 {
            let version = if week == 0 { String::new() } else { format!(" v{}", week + 1) };
            let tag = if week < 2 { "RFC PATCH" } else { "PATCH" };
            let cover = all.add(
                (week, 0),
                "Ann",
                &format!("[{tag}{version} 0/2] motor: Run slowly"),
                "",
                "A slow motor lasts.\n\nChanges in this version:\n- slower\n- quieter",
            );
            for number in 1..=2 {
                let subject = format!("[{tag}{version} {number}/2] motor: Step {number}");
                all.patch((week, 0), "Ann", &subject, &cover, "");
            }
            all.add((week, 1), "Bob", "Re: motor: Run slowly", &cover, "Looks good to me.");
        }
        all
    }

    /// Many new patches and threads, few of them with a reply.
    fn crowd() -> Self {
        let mut all = Self::new();
        for week in 0..5 {
            for number in 0..12 {
                let who = ["Ann", "Bob", "Cy", "Dee"][number % 4];
                let subject = format!("[PATCH] paint: Coat {week} {number} with & without <care>");
                let one = all.patch((week, number % 6), who, &subject, "", "");
                if number % 3 == 0 {
                    all.add((week, 6), "Eve", &format!("Re: {subject}"), &one, "Nice, but why?");
                }
            }
            for number in 0..4 {
                all.add((week, number), "Eve", &format!("Question {week} {number}"), "", "Well?");
            }
        }
        all
    }

    /// Pull requests, and an announcement of merged patches.
    fn pulls() -> Self {
        let mut all = Self::new();
        for week in 0..5 {
            let title = format!("gear: Grease {week}");
            all.patch((week, 0), "Ann", &format!("[PATCH] {title}"), "", "");
            let body = format!(
                "The following changes since commit 0123456789abcdef0123456789abcdef01234567:\n\n  x\n\n\
                 are available in the Git repository at:\n\n  https://git.example.org/lamps.git tags/w{week}\n\n\
                 for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:\n\n  y\n\n\
                 Ann Example (1):\n      {title}\n\n f.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n"
            );
            all.add((week, 3), "Bob", &format!("[GIT PULL] lamps for week {week}"), "", &body);
        }
        all
    }
}

/// An outlet's text without markup, with runs of blanks as one.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        out.push_str(text);
        let end = tag.find('>').map_or(tag.len(), |at| at + 1);
        if let Some(url) = tag[..end].strip_prefix("<a ").and_then(address) {
            out.push_str(&format!(" {url} "));
        }
        rest = &tag[end..];
    }
    out.push_str(rest);
    let plain =
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address of a link, from its attributes.
fn address(attributes: &str) -> Option<String> {
    let value = attributes.split("href=").nth(1)?;
    let end = |c: char| c == '"' || c == '>' || c == ' ';
    Some(value.trim_start_matches('"').split(end).next()?.to_owned())
}

/// Decodes `=3D` and soft line breaks.
fn decoded(body: &str) -> String {
    let body = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut parts = body.split('=');
    bytes.extend(parts.next().expect("a text").bytes());
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// Both parts of a mail: text and HTML.
fn parts(mail: &str) -> [String; 2] {
    let mut parts = mail.split("\n--=_patchpress_digest").skip(1);
    [(); 2].map(|()| {
        let part = parts.next().expect("a part");
        decoded(part.split_once("\n\n").expect("a part").1)
    })
}

/// The absolute URL of a link on a page of the site.
fn whole(page: &str, url: &str) -> String {
    if url.contains("://") {
        return url.to_owned();
    }
    let mut folder: Vec<&str> = page.split('/').filter(|part| !part.is_empty()).collect();
    let mut parts = Vec::new();
    for part in url.split('/') {
        if part == ".." { folder.truncate(folder.len() - 1) } else { parts.push(part) }
    }
    let path = [folder, parts].concat().join("/");
    format!("{BASE}{}", path.replace("index.html", ""))
}

/// A page's words, with absolute URLs.
fn page(site: &Site, path: &str) -> String {
    let html =
        std::fs::read_to_string(site.path(&format!("public/{path}index.html"))).expect("a page");
    let main = html.split("<main").nth(1).expect("a text").replace("bigpage/index.html", "");
    let mut out = String::new();
    let mut parts = main.split("href=");
    out.push_str(parts.next().expect("a begin"));
    for part in parts {
        let quote = part.starts_with('"');
        let bare = part.trim_start_matches('"');
        let end = bare.find(['"', '>', ' ']).expect("an end");
        let url = whole(path, &bare[..end]);
        let close = if quote { "" } else { "\"" };
        out.push_str(&format!("href=\"{url}{close}{}", &bare[end..]));
    }
    words(&out)
}

/// The addresses of the pages of a digest; a digest with several new series has one for printing.
fn pages_of(site: &Site, at: &str) -> Vec<String> {
    let whole = format!("{at}bigpage/");
    let has_whole = site.path(&format!("public/{whole}")).exists();
    [at.to_owned()].into_iter().chain(has_whole.then_some(whole)).collect()
}

/// Checks that `outlet` has all of `pieces`, in their order.
fn holds(name: &str, outlet: &str, pieces: &[String]) {
    let mut at = 0;
    for piece in pieces {
        let piece = piece.split_whitespace().collect::<Vec<_>>().join(" ");
        match outlet[at..].find(&piece) {
            Some(found) => at += found + piece.len(),
            None => panic!(
                "{name} lacks `{piece}` behind\n{}\nbefore\n{}",
                &outlet[..at],
                &outlet[at..]
            ),
        }
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} of {value}"))
}

fn entries(section: &Value) -> &[Value] {
    section["entries"].as_array().expect("entries")
}

fn labels(entry: &Value) -> Vec<String> {
    let facts = entry["facts"].as_array().expect("facts").iter();
    facts.map(|fact| text(fact, "label").to_owned()).collect()
}

/// The content of an entry in each format: `link` writes its title and address.
fn pieces(digest: &Value, facts: bool, link: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let mut pieces = Vec::new();
    for section in digest["sections"].as_array().expect("sections") {
        pieces.push(text(section, "heading").to_owned());
        for entry in entries(section) {
            let label = text(entry, "label");
            pieces.extend((!label.is_empty()).then(|| format!("{label}:")));
            pieces.extend(link(text(entry, "title"), text(entry, "url")));
            if facts {
                pieces.extend(labels(entry));
            }
        }
    }
    pieces
}

/// The same for a page, whose headings and versions are the labels.
fn pieces_of_page(digest: &Value) -> Vec<String> {
    let mut pieces = Vec::new();
    for section in digest["sections"].as_array().expect("sections") {
        pieces.push(text(section, "heading").to_owned());
        for entry in entries(section) {
            pieces.extend([text(entry, "url").to_owned(), text(entry, "title").to_owned()]);
            if matches!(text(section, "anchor"), "fixes" | "rfcs") {
                pieces.push(text(entry, "label").to_owned());
            }
        }
    }
    pieces
}

/// The number of entries in an outlet: how often it has each of their addresses.
fn times(outlet: &str, digest: &Value) -> BTreeMap<String, usize> {
    let sections = digest["sections"].as_array().expect("sections").iter();
    let titled = sections.flat_map(entries).map(|entry| text(entry, "url"));
    titled.map(|url| (url.to_owned(), outlet.matches(&format!("{url} ")).count())).collect()
}

/// Checks all outlets of a digest; how many entries say what changed since the digest before.
fn check(site: &Site, digest: &str) -> usize {
    let run = |form: &str| {
        let args = ["digest", digest, "--format", form, "--mail-to", "me@example.org"];
        site.run(&args).succeeds().data()
    };
    let data: Value = serde_json::from_str(&run("json")).expect("JSON");
    let sections = data["sections"].as_array().expect("sections");
    assert!(sections.iter().map(|section| entries(section).len()).sum::<usize>() >= 2, "{data}");
    let number = digest.split_once("-W").expect("a week").1;
    let at = format!("2026/w{number}/");
    let note = digest.ends_with('2');
    assert_eq!(data["note"].is_null(), !note, "{data}");
    assert_eq!(text(&data, "url"), at);

    let markdown = run("markdown");
    holds(
        "Markdown",
        &markdown,
        &pieces(&data, false, |title, url| {
            let escaped = title.replace('&', "\\&").replace('<', "\\<");
            vec![format!(
                "[{}](<{url}>)",
                if title.contains('&') {
                    escaped.replace("\\& ", "& ").replace("& ", "\\& ")
                } else {
                    escaped
                }
            )]
        }),
    );
    let html = words(&run("html"));
    let link = |title: &str, url: &str| vec![url.to_owned(), title.to_owned()];
    holds("HTML", &html, &pieces(&data, true, link));
    let eml = run("eml");
    assert!(eml.len() <= 100_000);
    let [plain, mailed] = parts(&eml);
    let mailed = words(&mailed);
    assert_eq!(mailed, html, "the mail has another HTML");
    let plain_words = words(&plain.replace(['<', '>'], " "));
    let bare = |title: &str, url: &str| vec![title.replace(['<', '>'], " "), url.to_owned()];
    holds("the mail's text", &plain_words, &pieces(&data, true, bare));
    for line in plain.lines() {
        assert!(line.chars().count() <= 72 || line.trim_start().starts_with("https://"), "{line}");
    }
    let seed = run("text");
    let list = seed.split("===== Patch Commit Messages").next().expect("a list");
    let list_words = words(&list.replace(['<', '>'], " "));
    holds("the text", &list_words, &pieces(&data, true, bare));
    let own = std::fs::read_to_string(site.path(&format!("public/{at}index.txt"))).expect("a text");
    assert_eq!(own, seed);
    let facts = sections.iter().flat_map(entries).flat_map(labels);
    let since: Vec<String> =
        facts.filter(|fact| fact.starts_with("Since the last digest:")).collect();
    for path in pages_of(site, &at) {
        let page = page(site, &path);
        holds(&path, &page, &pieces_of_page(&data));
        holds(&path, &page, &since);
    }
    for (name, outlet) in [("HTML", &html), ("text", &list_words), ("mail", &plain_words)] {
        let once = times(outlet, &data);
        let all = times(&mailed, &data);
        if name != "HTML" {
            // The HTML also links facts; titles are in each equally often.
            assert!(
                once.iter().all(|(url, n)| all[url] >= *n && *n > 0),
                "{name}: {once:?} {all:?}"
            );
        }
    }
    let feed = std::fs::read_to_string(site.path("public/digests/feed.json")).expect("a feed");
    let feed: Value = serde_json::from_str(&feed).expect("JSON");
    let items = feed["items"].as_array().expect("items");
    let item = items.iter().find(|item| item["url"] == format!("{BASE}{at}").as_str());
    let told = item.map(|item| words(text(item, "content_html")));
    if let Some(told) = &told {
        holds("the feed", told, &pieces(&data, true, link));
    }
    if note {
        let (there, last) = (format!("{BASE}stats/"), format!("{BASE}2026/w01/"));
        let linked = |outlet: &str| {
            for piece in ["Read the", "long", "one first", &there, &last] {
                assert!(outlet.contains(piece), "{piece}: {outlet}");
            }
        };
        [&html, &mailed, &plain_words, &list_words, &markdown].into_iter().for_each(|o| linked(o));
        pages_of(site, &at).iter().for_each(|path| linked(&page(site, path)));
        linked(&told.expect("in the feed"));
    }
    since.len()
}

#[test]
fn every_outlet_has_the_same_digest() {
    let (mut digests, mut since) = (0, 0);
    for archive in [Archive::singles(), Archive::revisions(), Archive::crowd(), Archive::pulls()] {
        let site = Site::new();
        site.settings(&format!(
            "base_url = \"{BASE}\"\n[digest]\nfrom = \"digest@example.org\"\n[search]\nenabled = false\n"
        ));
        site.write("list.mbox", &archive.mbox);
        let note = format!("---\ntitle: What to read\nauthor: Ed\n---\n{NOTE}\n");
        site.write("content/digests/2026-w02.md", &note);
        site.run(&["build", "-q"]).succeeds();
        for week in ["2026-W02", "2026-W03", "2026-W04", "2026-W05", "2026-W06"] {
            since += check(&site, week);
            digests += 1;
        }
        send(&site);
    }
    assert_eq!(digests, 20);
    assert!(since > 0, "nothing changed since a digest before");
}

/// git sends the mail to its recipient, and to nobody else.
fn send(site: &Site) {
    let args = ["digest", "2026-W03", "--format", "eml", "--mail-to", "me@example.org"];
    site.write("d.eml", &site.run(&args).succeeds().data());
    let sent = Command::new("git")
        .args(["-c", "sendemail.smtpServer=/bin/true", "send-email", "--dry-run"])
        .args([
            "--confirm=never",
            "--to",
            "me@example.org",
            "--from",
            "digest@example.org",
            "d.eml",
        ])
        .current_dir(site.root())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git");
    let said = String::from_utf8_lossy(&[sent.stdout, sent.stderr].concat()).into_owned();
    if said.contains("'send-email' is not a git command") {
        eprintln!("skipped: there is no git send-email (Debian: git-email)");
        return;
    }
    assert!(sent.status.success() && said.contains("me@example.org"), "{said}");
    assert!(!said.contains(".example>"), "{said}");
}

#[test]
fn a_mail_of_a_long_week_is_cut_and_says_so() {
    let site = Site::new();
    site.settings(&format!("base_url = \"{BASE}\"\n[digest]\nfrom = \"digest@example.org\"\n"));
    let mut all = Archive::new();
    for number in 0..700 {
        let subject =
            format!("[PATCH] paint: Coat number {number} of a wall that is very long, and white");
        all.patch((1, number % 6), "Ann", &subject, "", "");
    }
    site.write("list.mbox", &all.mbox);
    let long = "A long word about walls. ".repeat(2_000);
    site.write("content/digests/2026-w03.md", &format!("First words.\n\n{long}\n"));
    let args = ["digest", "2026-W03", "--format", "eml", "--mail-to", "me@example.org"];
    let mail = site.run(&args).succeeds().data();
    assert!(mail.len() <= 100_000 && mail.len() > 60_000, "{}", mail.len());
    let [body, html] = parts(&mail);
    for words in ["First words.", "The note goes on, on the site.", "more on the site", "#new"] {
        assert!(body.contains(words) && html.contains(words), "{words}: {body}\n{html}");
    }
    // The counts include exactly what is shown.
    let more =
        body.split("* and ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a number");
    let shown = body.split("* and ").next().expect("a section").matches("\n* New: ").count();
    assert_eq!(shown + more.parse::<usize>().expect("a number"), 700);
}

#[test]
fn a_german_site_sends_a_german_mail() {
    let site = Site::new();
    site.settings("language = \"de\"\n[digest]\nfrom = \"digest@example.org\"\n");
    site.write("content/digests/2026-w09.md", "Hallo.\n");
    let args = ["digest", "2026-W09", "--format", "eml", "--mail-to", "me@example.org"];
    let mail = parts(&site.run(&args).succeeds().data()).concat();
    for words in ["Aus der Redaktion", "Neue Serien", "* Neu: lamp: Burn brighter", "1 neue Serie"]
    {
        assert!(mail.contains(words), "{words}: {mail}");
    }
    for words in ["From the editor", "New series", "New:", " by ", "message", "Top "] {
        assert!(!mail.contains(words), "{words}: {mail}");
    }
    // The form that can be read back keeps its marks; its text is German.
    let text = site.run(&["digest", "2026-W09"]).succeeds().data();
    for words in ["\nNew:  lamp", "\nAuthor: Ada", "* Neu: lamp: Burn brighter", "  Hallo.\n"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

/// A site that masks addresses masks them in all its output.
#[test]
fn no_form_of_a_digest_has_an_address_that_the_site_masks() {
    let site = Site::new();
    let mut all = Archive::new();
    all.patch((1, 1), "Ann", "[PATCH] wall: Ask ben@wall.example before", "", "");
    site.write("list.mbox", &all.mbox);
    let masked = "[privacy]\naddresses = \"masked\"\n[digest]\nfrom = \"digest@example.org\"\n";
    site.settings(&format!("base_url = \"{BASE}\"\n{masked}"));
    for form in ["text", "markdown", "html", "eml"] {
        let args = ["digest", "2026-W02", "--format", form, "--mail-to", "me@example.org"];
        let told = site.run(&args).succeeds().data();
        let told = if form == "eml" { parts(&told).concat() } else { told };
        assert!(told.contains("Ask b") && !told.contains("ben@"), "{form}: {told}");
    }
    let told = site.run(&["digest", "2026-W02", "--format", "json"]).succeeds().data();
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert!(!told.to_string().contains("ben@"), "{told}");
    assert_eq!(told["contributors"][0]["email"], "a…@ann.example");
}
