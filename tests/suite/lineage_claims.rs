//! Claims: a posting under somebody's name, from an address that is not known for that name, supersedes nothing.

use std::{fmt::Write as _, fs};

use patchpress::series::{Corpus, Rules, Standing, StateKind, read};
use tempfile::TempDir;

use crate::{pages::render_with, support};

const ADA: &str = "Ada Maintainer <ada@kernel.example>";
const EVE: &str = "Ada Maintainer <ada@evil.example>";
const ROB: &str = "Rob Roe <rob@kernel.example>";

/// An archive that grows mail by mail.
#[derive(Default)]
struct Archive(String);

impl Archive {
    fn mail(&mut self, id: &str, from: &str, date: &str, subject: &str, text: &str) {
        let (id, above) = id.split_once('/').map_or((id, ""), |(above, id)| (id, above));
        let to =
            if above.is_empty() { String::new() } else { format!("In-Reply-To: <{above}@x>\n") };
        write!(
            self.0,
            "From x Thu Jan  1 00:00:00 1970\nFrom: {from}\nSubject: {subject}\nDate: {date} 2026 10:00:00 +0000\n\
             Message-ID: <{id}@x>\n{to}\n{text}\n"
        )
        .expect("a string");
    }

    /// A patch of one line.
    fn patch(&mut self, id: &str, from: &str, date: &str, subject: &str, line: &str) {
        let text = format!(
            "Glow.\n\nSigned-off-by: {ADA}\n---\ndiff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n\
             @@ -1,2 +1,2 @@\n int a;\n-int b;\n+{line}\n-- \n2.1\n"
        );
        self.mail(id, from, date, subject, &text);
    }

    fn read(&self) -> Corpus {
        self.read_with(&Rules::default())
    }

    fn read_with(&self, rules: &Rules) -> Corpus {
        let dir = TempDir::new().expect("a temporary folder");
        let path = dir.path().join("list.mbox");
        fs::write(&path, &self.0).expect("an archive");
        read(&[support::list(&path)], rules).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// A patch, and its alleged second version, a day later.
fn spoofed() -> Archive {
    let mut archive = Archive::default();
    archive.patch("1", ADA, "23 Feb", "[PATCH] lamp: fix glow", "int c;");
    archive.mail(
        "1/rb",
        ROB,
        "23 Feb",
        "Re: [PATCH] lamp: fix glow",
        &format!("Reviewed-by: {ROB}"),
    );
    archive.patch("2", EVE, "24 Feb", "[PATCH v2] lamp: fix glow", "int evil;");
    archive
}

/// The versions of each series.
fn versions(corpus: &Corpus) -> Vec<String> {
    let of = |series: &patchpress::series::Series| {
        let all: Vec<String> = series.revisions.iter().map(|r| r.version.to_string()).collect();
        all.join(" ")
    };
    corpus.series.iter().map(of).collect()
}

#[test]
fn a_name_alone_supersedes_nothing() {
    let mut archive = spoofed();
    archive.mail(
        "2/ap",
        "Eve <eve@evil.example>",
        "25 Feb",
        "Re: [PATCH v2] lamp: fix glow",
        "Applied, thanks!",
    );
    let corpus = archive.read();
    assert_eq!(versions(&corpus), ["v1", "v2"]);
    let claim = corpus.series[1].claim.as_ref().expect("a claim");
    assert_eq!((claim.series.at(), claim.revision), (0, 0));
    assert_eq!(corpus.series[0].claimed_by.len(), 1);
    assert_eq!(corpus.series[0].state.kind, StateKind::Reviewed);
}

#[test]
fn both_series_say_that_the_one_may_go_on_the_other() {
    let dir = TempDir::new().expect("a temporary folder");
    fs::write(dir.path().join("list.mbox"), spoofed().0).expect("an archive");
    let toml = "title = \"Lamps\"\n[[lists]]\nname = \"lamps\"\narchive = \"list.mbox\"\n\
                [privacy]\naddresses = \"full\"\n";
    fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let site = render_with(dir.path(), |_| ());
    let pages: Vec<String> = site
        .files
        .iter()
        .filter(|(path, _)| {
            path.starts_with("series/lamp-fix-glow") && path.ends_with("/index.html")
        })
        .map(|(_, bytes)| bytes.to_owned())
        .collect();
    let telling = |words: &str| pages.iter().filter(|page| page.contains(words)).count();
    assert!(telling("The series may be a revision of") > 0);
    assert!(telling("may be a revision of this") > 0);
    assert_eq!(telling("from ada@evil.example, which this archive does not know"), pages.len());
}

#[test]
fn what_comes_of_a_claim_stays_with_it() {
    let mut archive = spoofed();
    archive.patch("3", ADA, "27 Feb", "[PATCH v3] lamp: fix glow", "int d;");
    archive.patch("4", EVE, "28 Feb", "[PATCH v4] lamp: fix glow", "int worse;");
    archive.patch("5", ADA, "1 Mar", "[PATCH v5] lamp: fix glow", "int e;");
    assert_eq!(versions(&archive.read()), ["v1 v3 v5", "v2 v4"]);
}

#[test]
fn more_than_a_name_carries_a_revision() {
    let mut known = Archive::default();
    known.mail("0", EVE, "2 Jan", "hello", "Hello.");
    let mut named = Archive::default();
    named.mail("0", ADA, "2 Jan", "Re: hello", &format!("Tested-by: {EVE}"));
    for (what, mut archive) in [("a month", known), ("a trailer", named)] {
        archive.0.push_str(&spoofed().0);
        assert_eq!(versions(&archive.read()), ["v1 v2"], "{what}");
    }
    let mut archive = Archive::default();
    archive.patch("1", ADA, "23 Feb", "[PATCH] lamp: fix glow", "int c;");
    let by_ada = format!(
        "From: {ADA}\n\nGlow.\n---\ndiff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-int b;\n+int d;\n"
    );
    archive.mail("2", EVE, "24 Feb", "[PATCH v2] lamp: fix glow", &by_ada);
    assert_eq!(versions(&archive.read()), ["v1 v2"], "the author");
    let mailmap = patchpress::message::Mailmap::parse("<ada@kernel.example> <ada@evil.example>\n");
    let rules = Rules { mailmap, ..Rules::default() };
    assert_eq!(versions(&spoofed().read_with(&rules)), ["v1 v2"], "the mailmap");
    let other = spoofed().0.replace("ada@evil.example", "ada+lamps@kernel.example");
    assert_eq!(versions(&Archive(other).read()), ["v1 v2"], "the same address but for a detail");
}

/// A person who has moved writes from the new address.
#[test]
fn an_address_that_stays_was_theirs_from_the_first() {
    for (day, versions_are) in [("27 Mar", vec!["v1 v2"]), ("20 Mar", vec!["v1", "v2"])] {
        let mut archive = spoofed();
        archive.mail("3", ROB, "10 Mar", "hello", "Who is here?");
        archive.mail("3/4", EVE, day, "Re: hello", "I am.");
        assert_eq!(versions(&archive.read()), versions_are, "{day}");
    }
}

#[test]
fn a_change_id_carries_a_revision() {
    let mut archive = Archive::default();
    let cover = |version: &str| {
        format!("Glow.\n\n---\nbase-commit: 1\nchange-id: 20260223-glow-1a2b3c{version}")
    };
    for (id, from, tag) in [("1", ADA, "PATCH"), ("2", EVE, "PATCH v2")] {
        archive.mail(
            id,
            from,
            &format!("2{id} Feb"),
            &format!("[{tag} 0/1] lamp: glow"),
            &cover(""),
        );
        archive.patch(
            &format!("{id}/{id}1"),
            from,
            &format!("2{id} Feb"),
            &format!("[{tag} 1/1] lamp: fix glow"),
            "int c;",
        );
    }
    assert_eq!(versions(&archive.read()), ["v1 v2"]);
}

#[test]
fn a_review_in_somebody_s_name_is_not_theirs() {
    let standing = |from: &str, before: bool| {
        let mut archive = Archive::default();
        if before {
            archive.mail("0", ROB, "1 Feb", "hello", "Hello.");
        }
        archive.patch("1", ADA, "23 Feb", "[PATCH] lamp: fix glow", "int c;");
        archive.mail(
            "1/2",
            from,
            "24 Feb",
            "Re: [PATCH] lamp: fix glow",
            &format!("Reviewed-by: {ROB}"),
        );
        let corpus = archive.read();
        corpus.series[0].revisions[0].slots[0].reviews[0].standing
    };
    assert_eq!(standing(ROB, true), Standing::Given);
    assert_eq!(standing("Rob Roe <rob@evil.example>", true), Standing::Foreign);
    // Nobody wrote from the address that the trailer names, so the patch is in nobody else's name.
    assert_eq!(standing("Rob Roe <rob@home.example>", false), Standing::Given);
}

#[test]
fn nobody_withdraws_somebody_else_s_patch_in_their_name() {
    for (from, is_hers) in [(EVE, false), (ADA, true)] {
        let mut archive = Archive::default();
        archive.patch("1", ADA, "23 Feb", "[PATCH] lamp: fix glow", "int c;");
        let words = "Please ignore this patch.\n";
        archive.mail("1/no", from, "24 Feb", "Re: [PATCH] lamp: fix glow", words);
        let state = archive.read().series[0].state.kind;
        assert_eq!(state == StateKind::Rejected, is_hers, "{from}: {state:?}");
    }
}
