//! The fates of patches, by all evidence in an archive: announcements, pull requests, machines, and the people who
//! applied them.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::Value;

use crate::site::{Site, tree};

/// A list, written mail by mail.
#[derive(Default)]
pub(crate) struct Mailbox {
    text: String,
    count: u32,
    years: u32,
}

impl Mailbox {
    /// A list on which Kim Lee is known to take patches.
    pub(crate) fn announced() -> Self {
        let mut list = Self::default();
        let log = "Bob Roe (1):\n      bell: ring\n";
        list.mail("n", "Kim Lee", "[ANNOUNCE] lamps: for-next updated", "", log);
        list
    }

    /// Lets years pass before the next mail.
    pub(crate) fn wait(&mut self, years: u32) {
        self.years += years;
    }

    /// Has the next mail sent on the day of the one before.
    pub(crate) fn stay(&mut self) {
        self.count -= 1;
    }

    /// Adds a mail that is sent a day after the one before; `id` is its Message-ID.
    pub(crate) fn mail(&mut self, id: &str, from: &str, subject: &str, answers: &str, body: &str) {
        self.count += 1;
        let (month, day) = ((self.count - 1) / 28, (self.count - 1) % 28 + 1);
        let month = ["Jan", "Feb", "Mar", "Apr"][month as usize];
        let answered = match answers {
            "" => String::new(),
            id => format!("In-Reply-To: <{id}>\n"),
        };
        write!(
            self.text,
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from} <{}@example.org>\nSubject: {subject}\n\
             Date: {day} {month} {} 10:00:00 +0000\nMessage-ID: <{id}>\n{answered}\n{body}\n\n",
            from.to_lowercase().replace(['"', ','], "").replace(' ', "."),
            2026 + self.years,
        )
        .expect("a string takes all");
    }

    /// Adds a patch of one file.
    pub(crate) fn patch(&mut self, id: &str, from: &str, subject: &str, answers: &str, file: &str) {
        self.mail(id, from, subject, answers, &diff("Why.", file, id));
    }

    /// Adds a patch by Ada Sky for each id and title, each for another file.
    pub(crate) fn patches(&mut self, all: &[(&str, &str)]) {
        for (id, title) in all {
            self.patch(id, "Ada Sky", &format!("[PATCH] {title}"), "", &format!("{id}.c"));
        }
    }

    pub(crate) fn site(&self) -> Site {
        let site = Site::new();
        site.write("list.mbox", &self.text);
        site
    }

    /// For each patch, by its Message-ID: the state of its newest revision, then its own steps.
    pub(crate) fn fates(&self) -> BTreeMap<String, String> {
        let export = self.site().run(&["export"]).succeeds().data();
        let lines = export.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let mut fates = BTreeMap::new();
        for line in lines {
            for patch in line["patches"].as_array().expect("patches") {
                let mut fate = text(&line["state"]).to_owned();
                for step in patch["fate"].as_array().expect("steps") {
                    let witness = text(&step["message_id"]);
                    write!(fate, " {}@{witness}", text(&step["fate"])).expect("a string takes all");
                }
                if let Some(id) = line["hearsay"].as_str() {
                    write!(fate, " says@{id}").expect("a string takes all");
                }
                if let Some(id) = line["taker"].as_str() {
                    write!(fate, " will@{id}").expect("a string takes all");
                }
                fates.insert(text(&patch["message_id"]).to_owned(), fate);
            }
        }
        fates
    }
}

/// The page of the built site with these words.
pub(crate) fn page_with(site: &Site, words: &str) -> String {
    let pages = tree(&site.path("public"));
    let mut texts = pages.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    texts.find(|text| text.contains(words)).expect("such a page")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(crate) fn diff(message: &str, file: &str, salt: &str) -> String {
    format!(
        "{message}\n\nSigned-off-by: X <x@example.org>\n---\ndiff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n\
         @@ -1 +1,2 @@\n int a;\n+int {salt};\n-- \n2.47.0\n"
    )
}

/// A pull request for the patches of a shortlog.
pub(crate) fn request(shortlog: &str) -> String {
    format!(
        "The following changes since commit 0123456789abcdef0123456789abcdef01234567:\n\n  Linux 9\n\nare available in the Git \
         repository at:\n\n  git://example.org/lamps.git tags/lamps\n\nfor you to fetch changes up to \
         89abcdef0123456789abcdef0123456789abcdef:\n\n  lamp: dim it\n\n{shortlog}\n lamp.c | 2 +-\n"
    )
}

const MERGED: &str = "The pull request you sent on Thu, 1 Jan 2026:\n\n> git://example.org/lamps.git tags/lamps\n\nhas been \
    merged into torvalds/linux.git:\nhttps://git.example.org/c/fedcba9876543210fedcba9876543210fedcba98\n\nThank you!\n";

#[test]
fn announcements_name_what_is_queued() {
    let mut list = Mailbox::default();
    list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it", "", "lamp.c");
    list.patch("p2", "Bob Roe", "[PATCH] lamp: dim it", "", "bulb.c");
    list.mail(
        "a1",
        "Kim Lee",
        "[ANNOUNCE] lamps: for-next updated to 0123456789ab",
        "",
        "Hi!\n\nAda Sky (1):\n      [0123456789ab] lamp: dim it\n\n lamp.c | 1 +\n",
    );
    list.patch("p3", "Ada Sky", "[PATCH v2] lamp: dim it", "", "lamp.c");
    let fates = list.fates();
    assert_eq!(fates["p1"], "superseded applied@a1");
    assert_eq!(fates["p2"], "new", "another author's patch of that title");
    assert_eq!(fates["p3"], "new", "posted after the announcement");
}

#[test]
fn a_pull_request_carries_its_patches_into_the_mainline() {
    let mut list = Mailbox::default();
    list.patch("p1", "Ada Sky", "[PATCH 1/2] lamp: dim it", "", "lamp.c");
    list.patch(
        "p2",
        "Ada Sky",
        "[PATCH 2/2] lamp: a title that is much too long for the mailer of whoever asks",
        "p1",
        "lamp.c",
    );
    let log = "Ada Sky (2):\n      lamp: dim it\n      lamp: a title that is much too long for the mailer of\n      whoever asks\n";
    list.mail("r1", "Kim Lee", "[GIT PULL 1/2] lamps for 9.1", "", &request(log));
    list.mail(
        "r2",
        "Kim Lee",
        "[GIT PULL 2/2] bells for 9.1",
        "",
        &request("Zoe Lind (1):\n      bell: ring\n"),
    );
    assert_eq!(list.fates()["p2"], "applied applied@r1");
    list.mail("t1", "pr-tracker-bot", "Re: [GIT PULL 1/2] lamps for 9.1", "r1", MERGED);
    let fates = list.fates();
    assert_eq!(fates["p1"], "merged applied@r1 merged@t1");
    assert_eq!(fates["p2"], "merged applied@r1 merged@t1");
    let site = list.site();
    site.run(&["build"]).succeeds();
    let pull = page_with(&site, "<h1>lamps for 9.1</h1>");
    assert!(
        pull.contains("<b>Status</b> <span>merged into <code>torvalds/linux.git</code>"),
        "{pull}"
    );
    assert_eq!(pull.matches("<dd><a href=").count(), 2, "each commit leads to its patch: {pull}");
    let series = page_with(&site, "<h1>lamp: dim it</h1>");
    assert!(series.contains("<ol class=life"), "{series}");
}

/// A review of v1 arrived with v2: it is not a step before the posting of v2 with an earlier date.
/// Some mailers put the rest of a wrapped title at the start of the next line.
#[test]
fn a_request_whose_titles_a_mailer_wrapped_names_all_of_them() {
    let long = "lamp: set the planes and the fetch mode and the height of tiles in";
    let mut list = Mailbox::announced();
    list.patches(&[("p1", &format!("{long} LAMP_FORMATS")), ("p2", "lamp: dim it slowly")]);
    let log = format!("Ada Sky (2):\n      {long}\nLAMP_FORMATS\n      lamp: dim it slowly\n");
    list.mail("r", "Kim Lee", "[GIT PULL] lamps for 5.9", "", &request(&log));
    let fates = list.fates();
    assert_eq!(fates["p1"], "applied applied@r");
    assert_eq!(fates["p2"], "applied applied@r", "behind the wrapped title");
    let mut other = Mailbox::announced();
    other.patches(&[("p", "lamp: dim it slowly")]);
    let log = "Ada Sky (1):\n      lamp: glow\nText of the letter:\n      lamp: dim it slowly\n";
    other.mail("r", "Kim Lee", "[GIT PULL] lamps for 5.9", "", &request(log));
    assert_eq!(other.fates()["p"], "new", "no continuation of a short line");
}

#[test]
fn the_way_of_a_patch_runs_forward() {
    let mut list = Mailbox::default();
    list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it", "", "lamp.c");
    list.mail(
        "a1",
        "Zoe Lind",
        "Re: [PATCH] lamp: dim it",
        "p1",
        "Reviewed-by: Zoe Lind <zoe.lind@example.org>\n",
    );
    let again = diff("Why.\n\nReviewed-by: Zoe Lind <zoe.lind@example.org>", "lamp.c", "p2");
    let again = again.replace("\n\nSigned-off-by", "\nSigned-off-by");
    list.mail("p2", "Ada Sky", "[PATCH v2] lamp: dim it", "", &again);
    list.mail(
        "y1",
        "Kim Lee",
        "Re: [PATCH v2] lamp: dim it",
        "p2",
        "Applied to lamps/next, thanks!\n",
    );
    let site = list.site();
    site.run(&["build"]).succeeds();
    let page = page_with(&site, "<ol class=life");
    assert!(page.contains("The patch was applied to <code>lamps/next</code>"), "{page}");
    let life = page.split("<ol class=life").nth(1).and_then(|rest| rest.split("</ol>").next());
    let life = life.expect("a line of life");
    assert!(life.contains("reviewed"), "{life}");
    let times: Vec<&str> = life.split("datetime=").skip(1).map(|rest| &rest[..10]).collect();
    assert_eq!(times, ["2026-01-03", "2026-01-04"], "{life}");
}

#[test]
fn a_contributor_s_own_pull_request_is_not_an_acceptance() {
    let log = "Ada Sky (1):\n      lamp: dim it\n";
    let mut list = Mailbox::default();
    list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it", "", "lamp.c");
    list.mail("r1", "Ada Sky", "[GIT PULL] lamps", "", &request(log));
    assert_eq!(list.fates()["p1"], "new");
    list.mail("y1", "Kim Lee", "Re: [GIT PULL] lamps", "r1", "Pulled, thanks!\n");
    assert_eq!(list.fates()["p1"], "applied applied@r1 pulled@y1");
}

#[test]
fn a_revert_and_a_take_back_win_over_what_they_take_back() {
    let mut list = Mailbox::default();
    list.patches(&[("p1", "lamp: dim it"), ("p2", "lamp: light it"), ("p3", "lamp: hang it")]);
    let log = "Ada Sky (3):\n      lamp: dim it\n      lamp: light it\n      lamp: hang it\n";
    list.mail("r1", "Kim Lee", "[GIT PULL] lamps", "", &request(log));
    list.mail(
        "d1",
        "Kim Lee",
        "Re: [PATCH] lamp: light it",
        "p2",
        "I'm dropping this patch, it breaks the build.\n",
    );
    list.mail(
        "d2",
        "Zoe Lind",
        "Re: [PATCH] lamp: hang it",
        "p3",
        "I'm dropping this patch from my laptop.\n",
    );
    let revert = "Kim Lee (1):\n      Revert \"lamp: dim it\"\n\nBob Roe (1):\n      bell: x\n";
    list.mail("r2", "Kim Lee", "[GIT PULL] lamp fixes", "", &request(revert));
    let fates = list.fates();
    assert_eq!(fates["p1"], "changes-requested", "reverted");
    assert_eq!(fates["p2"], "changes-requested");
    assert_eq!(fates["p3"], "applied applied@r1", "who takes no patches drops none");
}

#[test]
fn who_says_so_must_be_known_to_take_patches() {
    let mut list = Mailbox::default();
    list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it", "", "lamp.c");
    list.mail("y1", "Zoe Lind", "Re: [PATCH] lamp: dim it", "p1", "Applied, thanks!\n");
    assert_eq!(list.fates()["p1"], "applied applied@y1", "nobody is known on this list");
    list.patch("p2", "Bob Roe", "[PATCH] bell: ring it", "", "bell.c");
    list.mail(
        "a1",
        "Kim Lee",
        "[ANNOUNCE] lamps: for-next updated",
        "",
        "Bob Roe (1):\n      bell: ring it\n",
    );
    assert_eq!(list.fates()["p1"], "discussed says@y1", "Kim is known, Zoe is not");
    list.mail("y2", "Zoe Lind", "Re: [PATCH] bell: ring it", "p2", "Applied, thanks!\n");
    list.mail(
        "a2",
        "Kim Lee",
        "[ANNOUNCE] lamps: for-next updated",
        "",
        "Bob Roe (1):\n      bell: ring it\n",
    );
    assert_eq!(list.fates()["p1"], "discussed says@y1", "what was taken anyway makes nobody known");
    for at in 0..3 {
        let (id, title) = (format!("q{at}"), format!("[PATCH] horn: part {at}"));
        list.patch(&id, &format!("Author {at}"), &title, "", &format!("horn{at}.c"));
        list.mail(
            &format!("z{at}"),
            "Zoe Lind",
            &format!("Re: {title}"),
            &id,
            "Applied, thanks!\n",
        );
    }
    assert_eq!(list.fates()["p1"], "applied applied@y1", "three authors on three days are a habit");
}

#[test]
fn five_authors_on_one_day_are_a_habit_too() {
    let mut list = Mailbox::announced();
    let replied = |list: &mut Mailbox, count: usize| {
        for at in 0..count {
            let (id, title) = (format!("q{at}"), format!("[PATCH] horn: part {at}"));
            list.patch(&id, &format!("Author {at}"), &title, "", &format!("horn{at}.c"));
        }
        for at in 0..count {
            list.stay();
            let subject = format!("Re: [PATCH] horn: part {at}");
            list.mail(
                &format!("z{at}"),
                "Zoe Lind",
                &subject,
                &format!("q{at}"),
                "Merged, thanks !\n",
            );
        }
    };
    replied(&mut list, 5);
    assert_eq!(list.fates()["q1"], "applied applied@z1");
    let mut list = Mailbox::announced();
    replied(&mut list, 3);
    assert_eq!(list.fates()["q1"], "discussed says@z1", "three on one day are none");
}

#[test]
fn who_says_that_it_is_on_master_put_it_there() {
    let mut list = Mailbox::announced();
    list.patches(&[("p1", "lamp: dim it"), ("p2", "lamp: paint it")]);
    list.mail(
        "m1",
        "Zoe Lind",
        "Re: [PATCH] lamp: dim it",
        "p1",
        "Applied to master branch.  Thanks\n",
    );
    list.mail("m2", "Zoe Lind", "Re: [PATCH] lamp: paint it", "p2", "Applied to my lamps tree.\n");
    let fates = list.fates();
    assert_eq!(fates["p1"], "applied applied@m1");
    assert_eq!(fates["p2"], "discussed says@m2");
}

#[test]
fn a_word_from_a_stranger_is_shown_as_theirs() {
    let mut list = Mailbox::default();
    list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it", "", "lamp.c");
    list.patch("p2", "Bob Roe", "[PATCH] bell: ring it", "", "bell.c");
    list.mail(
        "a1",
        "Kim Lee",
        "[ANNOUNCE] lamps: for-next updated",
        "",
        "Bob Roe (1):\n      bell: ring it\n",
    );
    list.mail("y1", "Zoe Lind", "Re: [PATCH] lamp: dim it", "p1", "Applied, thanks!\n");
    let site = list.site();
    site.run(&["build"]).succeeds();
    let page = page_with(&site, "<h1>lamp: dim it</h1>");
    assert!(page.contains(">Zoe Lind</a> says that it was taken."), "{page}");
}

#[test]
fn machines_tell_of_tip_and_stable() {
    let mut list = Mailbox::default();
    list.patches(&[("p1", "lamp: dim it"), ("p2", "bell: ring it"), ("p3", "horn: blow it")]);
    list.mail(
        "m1",
        "tip-bot2 for Ada Sky",
        "[tip: lamps/core] lamp: Dim it",
        "",
        "The following commit has been merged into the lamps/core branch of tip:\n\nCommit-ID:     0123456789abcdef0123456789abcdef01234567\n\
         Gitweb:        https://git.example.org/0123\nAuthor:        Ada Sky <ada.sky@example.org>\n\nlamp: Dim it\n\nLink: https://lists.example.org/r/p1\n",
    );
    list.mail(
        "m2",
        "gregkh",
        "Patch \"bell: ring it\" has been added to the 6.1-stable tree",
        "",
        "This is a note to let you know that I've just added the patch titled\n\n    bell: ring it\n\nto the 6.1-stable tree which can \
         be found at:\n    https://git.example.org/\n\nFrom: Ada Sky <ada.sky@example.org>\nSubject: bell: ring it\n\ncommit \
         89abcdef0123456789abcdef0123456789abcdef upstream.\n",
    );
    list.mail(
        "m3",
        "gregkh",
        "FAILED: patch \"[PATCH] horn: blow it\" failed to apply to 6.1-stable tree",
        "",
        "The patch below does not apply to the 6.1-stable tree.\nIf someone wants it applied there, please email the backport.\n\n\
         From: Ada Sky <ada.sky@example.org>\n",
    );
    let fates = list.fates();
    assert_eq!(fates["p1"], "applied applied@m1");
    assert_eq!(fates["p2"], "merged stable@m2");
    assert_eq!(fates["p3"], "merged merged@m3");
}

#[test]
fn what_is_cooking_tells_of_next_and_master() {
    let mut list = Mailbox::default();
    list.patches(&[
        ("p1", "lamp: dim it well"),
        ("p2", "bell: ring it well"),
        ("p3", "horn: blow it well"),
    ]);
    list.mail(
        "w1",
        "Kim Lee",
        "What's cooking in lamp.git (Jan 2026, #01)",
        "",
        "[Graduated to 'master']\n\n* as/dim (2026-01-02) 1 commit\n + lamp: dim it well\n\n[Cooking]\n\n* as/ring (2026-01-02) 1 commit\n \
         + bell: ring it well\n\n* as/blow (2026-01-02) 1 commit\n - horn: blow it well\n",
    );
    let fates = list.fates();
    assert_eq!(fates["p1"], "merged merged@w1");
    assert_eq!(fates["p2"], "applied applied@w1");
    assert_eq!(fates["p3"], "new", "in seen only");
}

#[test]
fn a_reply_says_which_patches_it_took() {
    let said = [
        ("Queued towards 9.1, thanks.", [true, true, true]),
        ("Applied all lamp/dim ones. Thanks!", [true, true, true]),
        ("Applied all, except patch no. 2. Will wait for that.", [true, false, true]),
        ("Applied the entire patchset with small edits.", [true, true, true]),
        ("Applied through the lamp clock tree.", [true, true, true]),
        ("OK, merged :-)", [true, true, true]),
        ("Applied & fixed, thanks!", [true, true, true]),
        ("Merged from GitHub.", [true, true, true]),
        ("For the whole series\nApplied to lamps/next", [true, true, true]),
        ("Applied all three lamp patches, thanks.", [true, true, true]),
        ("Applied 1-2, thanks.", [true, true, false]),
        ("Pushed with a minor change, thanks.", [true, true, true]),
        ("Landed as 0123456789ab.", [true, true, true]),
        ("I picked this up.", [true, true, true]),
        ("Merged with the lamp it makes a fire.", [false; 3]),
        ("I'd have it applied with care.", [false; 3]),
        ("It was pushed from the table.", [false; 3]),
        ("Accepted as a fact of life.", [false; 3]),
    ];
    for (words, want) in said {
        let mut list = Mailbox::default();
        list.mail("c", "Ada Sky", "[PATCH 0/3] lamps", "", "Three lamps.\n");
        for at in 1..=3 {
            let (id, subject) = (format!("p{at}"), format!("[PATCH {at}/3] lamp: part {at}"));
            list.patch(&id, "Ada Sky", &subject, "c", &format!("lamp{at}.c"));
        }
        list.mail("y", "Kim Lee", "Re: [PATCH 0/3] lamps", "c", &format!("{words}\n\nKim\n"));
        let fates = list.fates();
        let taken = ["p1", "p2", "p3"].map(|id| fates[id].contains("applied@y"));
        assert_eq!(taken, want, "{words:?}: {fates:?}");
    }
}

#[test]
fn lists_sr_ht_s_field_sets_the_state() {
    for (update, state) in
        [("APPLIED", "applied"), ("REJECTED", "rejected"), ("NEEDS_REVISION", "changes-requested")]
    {
        let mut list = Mailbox::default();
        list.patch("p1", "Ada Sky", "[PATCH] lamp: dim it", "", "lamp.c");
        list.mail("y1", "Kim Lee", "Re: [PATCH] lamp: dim it", "p1", "Thanks!\n");
        list.text = list.text.replace(
            "In-Reply-To: <p1>",
            &format!("X-Sourcehut-Patchset-Update: {update}\nIn-Reply-To: <p1>"),
        );
        assert!(list.fates()["p1"].starts_with(state), "{update}");
    }
}
