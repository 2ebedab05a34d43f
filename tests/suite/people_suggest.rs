//! `people --suggest`: the addresses that it attributes to one person, and those that it only names.

use std::fmt::Write as _;

use crate::site::Site;

/// An archive that grows mail by mail; each is a month after the one before.
#[derive(Default)]
struct Archive {
    mails: String,
    count: u32,
}

impl Archive {
    fn mail(&mut self, from: &str, subject: &str, text: &str) {
        self.count += 1;
        let month =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"][(self.count % 8) as usize];
        write!(
            self.mails,
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from}\nSubject: {subject}\n\
             Date: 2 {month} {} 10:00:00 +0000\nMessage-ID: <{}@x>\n\n{text}\n",
            2010 + self.count / 8,
            self.count
        )
        .expect("a string");
    }

    fn patch(&mut self, from: &str, signer: &str) {
        let line = self.count;
        let text = format!(
            "Glow.\n\nSigned-off-by: {signer}\n---\ndiff --git a/l.c b/l.c\n--- a/l.c\n+++ b/l.c\n@@ -1 +1 @@\n-a\n+{line}\n"
        );
        self.mail(from, &format!("[PATCH] lamp: glow {line}"), &text);
    }

    /// The suggestions if the site has this mailmap.
    fn suggested(&self, mailmap: &str) -> String {
        let site = Site::new();
        site.write("list.mbox", &self.mails);
        site.write(".mailmap", mailmap);
        let ran = site.run(&["people", "--suggest"]);
        ran.succeeds().data()
    }
}

/// The lines that count, and those that are commented out.
fn lines(text: &str) -> (Vec<&str>, Vec<&str>) {
    let of_map = text.lines().filter(|line| line.ends_with('>') && !line.starts_with("# "));
    of_map.partition(|line| !line.starts_with('#'))
}

#[test]
fn what_more_than_a_name_ties_is_a_line() {
    let mut archive = Archive::default();
    for _ in 0..3 {
        // Signs off with the address at work, and has the same user name elsewhere.
        archive.patch("Zoe Lind <zoe@example.org>", "Zoe Lind <zl@work.example>");
        archive.patch("Ida Roe <ida@example.org>", "Ida Roe <ida@example.org>");
        archive.patch("Ida Roe <ida@example.net>", "Ida Roe <ida@example.net>");
        // Gives no name of several words.
        archive.patch("cleo <cleo@example.org>", "Cleo Poe <c.poe@work.example>");
        archive.patch("Al Bo <al@example.org>", "Al Bo <al@example.org>");
    }
    let text = archive.suggested("");
    let want = [
        "Cleo Poe <cleo@example.org> <c.poe@work.example>",
        "Ida Roe <ida@example.org> <ida@example.net>",
        "Zoe Lind <zoe@example.org> <zl@work.example>",
    ];
    let (found, open) = lines(&text);
    let sorted = |mut lines: Vec<&str>| {
        lines.sort_unstable_by_key(|line| line.to_lowercase());
        lines.iter().map(|line| line.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(sorted(found), want, "{text}");
    assert!(open.is_empty(), "{text}");
    assert!(
        text.contains("zoe@example.org names zl@work.example in 3 mails, under the same name"),
        "{text}"
    );
    // What the site's own mailmap contains is not suggested.
    assert_eq!(archive.suggested(&want.join("\n")), "");
}

#[test]
fn a_name_alone_is_commented_out() {
    let mut archive = Archive::default();
    for _ in 0..3 {
        archive.patch("Wei Li <wei@example.org>", "Wei Li <wei@example.org>");
        archive.patch("Wei Li <liwei@example.net>", "Wei Li <liwei@example.net>");
    }
    // Somebody who writes under another's name also signs off with the other's address.
    archive.patch("Wei Li <wei.li@evil.example>", "Wei Li <wei@example.org>");
    archive.patch("Max <max@example.org>", "Max <max@example.org>");
    archive.patch("Max <max@example.net>", "Max <max@example.net>");
    let text = archive.suggested("");
    let (found, open) = lines(&text);
    assert!(found.is_empty(), "{text}");
    assert_eq!(open.len(), 2, "{text}");
    assert!(open.iter().all(|line| line.starts_with("#Wei Li <")), "{text}");
    assert!(text.contains("wei@example.org, 3 mails, 2010"), "{text}");
}
