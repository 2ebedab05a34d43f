//! The forms of a digest: each has the content of the page, and titles stay unchanged.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::site::Site;

/// Every mark that has a meaning in some form.
const TITLE: &str = "__init: *fix* [a](b) <i>c</i> `d` _e_ \\f &amp; ~~g~~ $h$ # 1. naïve | \"q\"";

/// A site at a known place, with a patch whose title is full of marks.
fn site() -> Site {
    let site = Site::new();
    site.settings(
        "base_url = \"https://example.org/kvm/\"\n\
         [digest]\nfrom = \"Zoë, the Editor <digest@example.org>\"\n\
         unsubscribe = \"mailto:leave@example.org\"\n",
    );
    let mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    let more = format!(
        "\nFrom mboxrd@z Tue Feb 24 10:00:00 2026\n\
         From: Ada Example <ada@example.org>\nSubject: [PATCH] {TITLE}\n\
         Date: Tue, 24 Feb 2026 10:00:00 +0000\nMessage-ID: <3@example.org>\n\
         Content-Type: text/plain; charset=utf-8\n\n\
         - No list. # No heading.\n---\n lamp.c | 2 +-\n\n\
         diff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-int a;\n+int b;\n"
    );
    site.write("list.mbox", &(mbox + &more));
    site
}

fn digest(site: &Site, args: &[&str]) -> String {
    site.run(&[&["digest", "2026-W09"], args].concat()).succeeds().data()
}

/// The texts of links, headings and paragraphs, without markup.
fn words(markdown: &str) -> Vec<(&'static str, String)> {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                all.push(("address", dest_url.to_string()));
                open.push(("link", String::new()));
            }
            Event::Start(Tag::Heading { .. }) => open.push(("heading", String::new())),
            Event::Start(Tag::List(_) | Tag::Item | Tag::Paragraph) => {}
            Event::Start(other) => all.push(("other", format!("{other:?}"))),
            Event::End(TagEnd::Link | TagEnd::Heading(_)) => all.extend(open.pop()),
            Event::Text(text) => open.iter_mut().for_each(|(_, words)| words.push_str(&text)),
            Event::Html(html) | Event::InlineHtml(html) => all.push(("other", html.to_string())),
            Event::Code(code) => all.push(("other", code.to_string())),
            _ => {}
        }
    }
    all
}

#[test]
fn markdown_keeps_titles_and_leads_to_the_site() {
    let site = site();
    let words = words(&digest(&site, &["--format", "markdown"]));
    let has = |kind: &'static str, text: &str| words.contains(&(kind, text.to_owned()));
    assert!(has("heading", "list: week 9, 2026"), "{words:#?}");
    for heading in ["New series", "Top contributors"] {
        assert!(has("heading", heading), "{heading}: {words:#?}");
    }
    assert!(has("link", TITLE), "{words:#?}");
    assert!(has("link", "Reviewed-by Bob Example"), "{words:#?}");
    assert!(has("address", "https://example.org/kvm/2026/w09/"), "{words:#?}");
    let others: Vec<_> = words.iter().filter(|(kind, _)| *kind == "other").collect();
    assert!(others.is_empty(), "{others:?}");
    for (_, url) in words.iter().filter(|(kind, _)| *kind == "address") {
        assert!(url.starts_with("https://example.org/kvm/"), "{url}");
    }
}

#[test]
fn without_an_address_there_are_no_links() {
    let site = Site::new();
    for (form, link) in [("markdown", "]("), ("html", "<a ")] {
        let text = digest(&site, &["--format", form]);
        assert!(text.contains("lamp: Burn brighter") && !text.contains(link), "{text}");
    }
    let archive = site.run(&["digest", "2026-W09", "list.mbox", "--format", "markdown"]);
    assert!(archive.succeeds().data().starts_with("# list: week 9, 2026\n"));
}

#[test]
fn html_has_few_elements_and_absolute_urls() {
    let html = digest(&site(), &["--format", "html"]);
    let mut tags: Vec<&str> = html
        .split('<')
        .skip(1)
        .map(|tag| tag.trim_start_matches('/').split([' ', '>']).next().expect("a name"))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    let known = ["!doctype", "a", "body", "br", "h1", "h2", "head", "html", "li", "meta", "p"];
    assert_eq!(tags, [&known[..], &["title", "ul"]].concat());
    for link in html.split("href=\"").skip(1) {
        assert!(link.starts_with("https://example.org/kvm/"), "{link}");
    }
    assert!(html.contains("&lt;i>c&lt;/i>") && !html.contains("style"), "{html}");
}

/// Parses a mail as strictly as Python can, and compares its HTML with that form.
const STRICT: &str = r##"
import email, email.policy, sys
raw = open(sys.argv[1], "rb").read()
raw.decode("ascii")
assert max(map(len, raw.split(b"\n"))) <= 998
mail = email.message_from_bytes(raw, policy=email.policy.strict)
assert mail.get_content_type() == "multipart/alternative", mail.get_content_type()
text, html = mail.iter_parts()
assert text.get_content_type() == "text/plain" and html.get_content_type() == "text/html"
assert all(len(line) <= 72 or "://" in line for line in text.get_content().splitlines())
assert html.get_content() == open(sys.argv[2], encoding="utf-8", newline="").read()
sender = mail["From"].addresses[0]
print(sender.display_name, sender.addr_spec, sep="|")
for name in ["To", "Subject", "Date", "Message-ID", "List-Id", "List-Archive", "List-Unsubscribe", "Auto-Submitted"]:
    print(name, mail[name], sep=": ")
    assert not (mail[name] and mail[name].defects), mail[name].defects
"##;

#[test]
fn a_mail_is_whole_by_the_strictest_reading() {
    let site = site();
    let mail = digest(&site, &["--format", "eml", "--mail-to", "Bob <bob@example.org>"]);
    assert_eq!(mail, digest(&site, &["--format", "eml", "--mail-to", "Bob <bob@example.org>"]));
    site.write("digest.eml", &mail);
    site.write("digest.html", &digest(&site, &["--format", "html"]));
    let files = ["digest.eml", "digest.html"].map(|name| site.path(name));
    let python = Command::new("python3")
        .arg("-")
        .args(files)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        println!("skipped: there is no python3");
        return;
    };
    python.stdin.take().expect("stdin").write_all(STRICT.as_bytes()).expect("write");
    let ran = python.wait_with_output().expect("it ends");
    assert!(ran.status.success(), "{}\n{mail}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(
        String::from_utf8_lossy(&ran.stdout),
        "Zoë, the Editor|digest@example.org\n\
         To: Bob <bob@example.org>\n\
         Subject: list: week 9, 2026\n\
         Date: Tue, 24 Feb 2026 10:00:00 +0000\n\
         Message-ID: <digest.2026-w09.list@example.org>\n\
         List-Id: list <list.example.org>\n\
         List-Archive: <https://example.org/kvm/>\n\
         List-Unsubscribe: <mailto:leave@example.org>\n\
         Auto-Submitted: auto-generated\n"
    );
}

/// A week whose patches address people in every way that a mailer knows.
fn strangers() -> Site {
    let site = site();
    let mut mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    // The writer chooses where to break a line of quoted-printable.
    let broken: String =
        (60..80).map(|n| format!("{}Cc: far{n} <far{n}@example.net>\n", "x".repeat(n))).collect();
    let trailers = "Signed-off-by: Sue <sue@example.net>\nReviewed-by: Rev <rev@example.net>\n\
                    Cc: Carl <carl@example.net>\nto: tom@example.net\nreported-BY: <rob@example.net>\n";
    for (number, subject) in
        [(4, "[PATCH] x"), (5, "Cc: <sub@example.net>"), (6, "[PATCH 0/1] Acked-by: a@example.net")]
    {
        mbox += &format!(
            "\nFrom mboxrd@z Tue Feb 24 10:00:00 2026\nFrom: Ann <ann{number}@example.org>\n\
             Subject: {subject}\nDate: Tue, 24 Feb 2026 1{number}:00:00 +0000\n\
             Message-ID: <{number}@example.org>\n\n\
             Tested-by: first@example.net\n\nFrom: Ann <in@example.net>\n{trailers}{broken}\n\
             Index: x\n--- a/x\n\n{trailers}---\n lamp.c | 2 +-\n\n\
             diff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-int a;\n+int b;\n"
        );
    }
    site.write("list.mbox", &mbox);
    site
}

#[test]
fn a_mail_calls_on_nobody() {
    let site = strangers();
    let me = ["--format", "eml", "--mail-from", "d@example.org", "--mail-to", "me@example.org"];
    let mail = digest(&site, &me);
    let (head, body) = mail.split_once("\n\n").expect("a body");
    // Text that a mailer without MIME takes for a header, a trailer, a diff.
    for line in
        body.lines().filter(|line| !line.starts_with("Content-") && !line.starts_with("--=_"))
    {
        let key = line.split(':').next().filter(|key| key.len() < line.len());
        let is_key = |key: &str| {
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        assert!(key.is_none_or(|key| !is_key(key)), "{line}");
        assert!(!["--", "diff ", "From "].iter().any(|begin| line.starts_with(begin)), "{line}");
    }
    assert!(!head.contains("example.net"), "{head}");
    site.write("d.eml", &mail);
    for more in [&[][..], &["--suppress-cc=all"]] {
        let sent = Command::new("git")
            .args(["-c", "sendemail.smtpServer=/bin/true", "send-email", "--dry-run"])
            .args(["--confirm=never", "--to", "me@example.org", "--from", "d@example.org"])
            .args(more)
            .arg("d.eml")
            .current_dir(site.root())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("git");
        let words = [sent.stdout, sent.stderr].concat();
        let words = String::from_utf8_lossy(&words);
        if words.contains("'send-email' is not a git command") {
            println!("skipped: there is no git send-email (Debian: git-email)");
            return;
        }
        assert!(sent.status.success(), "{words}");
        let named = |line: &&str| line.starts_with("RCPT TO:") || line.starts_with("Cc:");
        let all: String = words.lines().filter(named).collect();
        assert!(words.contains("Dry-OK") && words.contains("me@example.org"), "{words}");
        let strangers =
            ["example.net", "ann4", "ada@", "bob@"].iter().find(|who| words.contains(**who));
        assert!(strangers.is_none(), "{strangers:?}: {all}\n{words}");
    }
}

#[test]
fn git_does_not_take_a_mail_for_a_patch() {
    let site = strangers();
    let me = ["--format", "eml", "--mail-to", "me@example.org"];
    site.write("d.eml", &digest(&site, &me));
    let git = |args: &[&str]| {
        Command::new("git").args(args).current_dir(site.root()).output().expect("git")
    };
    assert!(git(&["init", "-q", "repo"]).status.success());
    let read = Command::new("git")
        .args(["mailinfo", "msg", "patch"])
        .current_dir(site.root())
        .stdin(std::fs::File::open(site.path("d.eml")).expect("a mail"))
        .output()
        .expect("git");
    assert!(read.status.success());
    let patch = std::fs::read_to_string(site.path("patch")).expect("written");
    assert_eq!(patch, "", "git takes it for a patch");
    let said = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(said.contains("Email: digest@example.org\n"), "{said}");
    assert!(!said.contains("Ann"), "{said}");
    let trailers = git(&["interpret-trailers", "--parse", "msg"]);
    assert_eq!(String::from_utf8_lossy(&trailers.stdout), "");
}

#[test]
fn markdown_calls_on_nobody_and_links_to_the_site_only() {
    let site = site();
    let mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    let title = "lamp: @ada fixes org/lamp#12 GH-7 of 0123456789ab";
    let mbox = mbox.replace("lamp: Burn brighter", title).replace(
        "The lamp is dim.",
        "The lamp of @team/x is dim since #5 and https://forge.example/o/r/issues/1 came.",
    );
    site.write("list.mbox", &mbox);
    let text = digest(&site, &["--format", "markdown"]);
    for (call, quiet) in [
        ("@ada", "@\u{200b}ada"),
        ("#12", "lamp#\u{200b}12"),
        ("GH-7", "GH-\u{200b}7"),
        ("of 0123456789ab", "of `0123456789ab`"),
        ("@team", "of @\u{200b}team/x is dim since #\u{200b}5"),
        (" https://forge", "`https://forge.example/o/r/issues/1`"),
    ] {
        assert!(!text.contains(call) && text.contains(quiet), "{call}: {text}");
    }
    assert!(text.contains("](<https://example.org/kvm/series/"), "{text}");
}

#[test]
fn a_mail_goes_to_its_list_and_is_dated_by_the_end_of_its_period() {
    let site = Site::new();
    let mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    let later = mbox.replace("<1@", "<3@").replace("23 Feb 2026", "9 Mar 2026");
    site.write("list.mbox", &format!("{mbox}\n{later}"));
    site.settings("[digest]\nfrom = \"digest@example.org\"\n");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", &format!("{settings}address = \"lamps@lists.example.org\"\n"));
    let mail = digest(&site, &["--format", "eml"]);
    for line in [
        "From: digest@example.org\n",
        "To: lamps@lists.example.org\n",
        "Date: Mon, 02 Mar 2026 00:00:00 +0000\n",
        "Message-ID: <digest.2026-w09.list@lists.example.org>\n",
        "List-Id: list <lamps.lists.example.org>\n",
        "Subject: list: week 9, 2026\n",
    ] {
        assert!(mail.contains(line), "{line}: {mail}");
    }
}

#[test]
fn what_cannot_be_sent_is_not_written() {
    let site = Site::new();
    site.run(&["digest", "--format", "eml"]).refuses(
        "a mail needs a sender\nhint: `--mail-from \"Name <digest@example.org>\"`, or `from` in the `[digest]` of site.toml",
    );
    site.run(&["digest", "--format", "eml", "--mail-from", "x\nBcc: y@example.org"]).refuses(
        "`x\nBcc: y@example.org` is not an address\nhint: such as `Name <digest@example.org>`",
    );
    let from = ["digest", "--format", "eml", "--mail-from", "d@example.org"];
    site.run(&from).refuses(
        "a mail needs a recipient\nhint: `--mail-to me@example.org`; or, to send it to the list, \
         `address = \"list@example.org\"` in its `[[lists]]` of site.toml",
    );
    let mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    let known = mbox.replace("To: list", "List-Id: Lamps <lamps.lists.example.net>\nTo: list");
    site.write("list.mbox", &known);
    site.run(&from).refuses(
        "a mail needs a recipient\nhint: `--mail-to me@example.org`; or, to send it to the list, \
         `address = \"lamps@lists.example.net\"` in its `[[lists]]` of site.toml",
    );
    site.write("list.mbox", &mbox);
    site.run(&["digest", "--list", "lamps"])
        .refuses("no list is called `lamps`\nhint: there is list");
    for wrong in ["leave", "mailto:", "mailto:a b@example.org", "ftp://example.org/"] {
        site.settings(&format!("[digest]\nunsubscribe = \"{wrong}\"\n"));
        site.run(&["digest"]).refuses(&format!(
            "SITE/site.toml:2:15: `{wrong}` is not an address\nhint: such as \
             `mailto:digest-leave@example.org` or `https://example.org/leave`"
        ));
    }
    site.settings("[digest]\nfrom = \"nobody\"\n");
    site.run(&["digest"]).refuses(
        "SITE/site.toml:2:8: `nobody` is not an address\nhint: such as `Name <digest@example.org>`",
    );
}

#[test]
fn last_and_since_count_from_today() {
    let site = Site::new();
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let back = i64::from(today.weekday().to_monday_zero_offset()) + 6;
    let tuesday = today.checked_sub(jiff::Span::new().days(back)).expect("a day");
    let week = tuesday.iso_week_date();
    let label = format!("{}-W{:02}", week.year(), week.week());
    for args in [&["digest", "last"][..], &["digest", &label]] {
        let talk = site.run(args).talk();
        assert!(talk.contains(&format!("the archive has no message of `{label}`")), "{talk}");
        assert_eq!(site.run(args).code(), 2);
    }
    let mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    let late = tuesday.strftime("%a, %d %b %Y").to_string();
    let late = mbox.replace("Mon, 23 Feb 2026", &late).replace("brighter", "late");
    let delivered = tuesday.strftime("%a %b %d 10:00:00 %Y").to_string();
    let late = late.replace("Mon Feb 23 10:00:00 2026", &delivered);
    let late = late.replace("Mon Feb 23 11:00:00 2026", &delivered.replace("10:00", "11:00"));
    let late = late.replace("1@example.org", "7@example.org").replace("2@example", "8@example");
    site.write("list.mbox", &format!("{mbox}\n{late}"));
    let last = site.run(&["digest", "last", "--format", "markdown"]).succeeds().data();
    let heading = format!("# list: week {}, {}\n", week.week(), week.year());
    assert!(last.starts_with(&heading) && last.contains("Burn late"), "{last}");
    assert!(!last.contains("brighter"), "{last}");
    let day = tuesday.to_string();
    let since = site.run(&["digest", "--since", &day, "list.mbox"]).succeeds().data();
    assert!(since.starts_with(&format!("From {day} to {today}\nlist mailing")), "{since}");
    assert!(
        since.contains("* Posted again: lamp: Burn late") && !since.contains("brighter"),
        "{since}"
    );
    let later = today.checked_add(jiff::Span::new().days(2)).expect("a day").to_string();
    site.run(&["digest", "2026-W09", "--since", &day]).refuses(
        "`2026-W09` and an option both name what the digest is of\nhint: leave one of them out",
    );
    site.run(&["digest", "--since", &later]).refuses(&format!("`{later}` is in the future"));
    let none = today.to_string();
    site.run(&["digest", "--since", &none])
        .refuses(&format!("the archive has no message since `{none}`"));
}
