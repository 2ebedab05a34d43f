//! The content of a series page, on specimens: states and their evidence, postings that are part of the series or
//! sent again, missing numbers, and the reviews of each patch.

use std::{fs, process::Command};

use patchpress::{
    date::Timestamp,
    inspect,
    message::{Mailbox, Trailer},
    series::{Applied, Corpus, Fate, MailIx, Review, Scope, Standing, State, StateKind, Witness},
};
use tempfile::TempDir;

use crate::{
    pages::{Site, check_links, render_with},
    support,
};

/// A mail by Zoe, or by the person in `from`; `number` is its Message-ID and its minute.
struct Post {
    number: u32,
    subject: &'static str,
    answers: Option<u32>,
    from: &'static str,
    body: String,
}

const ZOE: &str = "Zoe Lind <zoe@example.org>";
const ADA: &str = "Ada Example <ada@example.org>";

fn post(number: u32, subject: &'static str, answers: Option<u32>, body: String) -> Post {
    Post { number, subject, answers, from: ZOE, body }
}

/// A commit message and a diff that creates a file.
fn patch(file: &str, line: &str) -> String {
    format!(
        "Light it.\n\nSigned-off-by: {ZOE}\n---\n {file} | 1 +\n 1 file changed, 1 insertion(+)\n\n\
         diff --git a/{file} b/{file}\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n\
         +++ b/{file}\n@@ -0,0 +1 @@\n+{line}\n-- \n2.47.1\n"
    )
}

impl Post {
    fn by(self, from: &'static str) -> Self {
        Self { from, ..self }
    }

    fn written(&self) -> String {
        let Self { number, subject, answers, from, body } = self;
        let parent =
            answers.map_or(String::new(), |id| format!("In-Reply-To: <{id}@example.org>\n"));
        format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {from}\nDate: Mon, 2 Mar 2026 10:{number:02}:00 \
             +0000\nMessage-ID: <{number}@example.org>\n{parent}Subject: {subject}\n\n{body}\n"
        )
    }
}

/// A cover letter and three patches, the first version.
fn lamps() -> Vec<Post> {
    vec![
        post(0, "[PATCH 0/3] lamp: shine", None, "Three lamps.\n".into()),
        post(1, "[PATCH 1/3] lamp: one", Some(0), patch("one.c", "int one;")),
        post(2, "[PATCH 2/3] lamp: two", Some(0), patch("two.c", "int two;")),
        post(3, "[PATCH 3/3] lamp: three", Some(0), patch("three.c", "int three;")),
    ]
}

/// The site of a list with these mails, after `change` to its corpus.
fn site(posts: &[Post], change: impl FnOnce(&mut Corpus)) -> Site {
    let dir = TempDir::new().expect("a temporary folder");
    let mbox: String = posts.iter().map(Post::written).collect();
    fs::write(dir.path().join("list.mbox"), mbox).expect("an archive");
    let toml = "[[lists]]\nname = \"lamp\"\narchive = \"list.mbox\"\n";
    fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let site = render_with(dir.path(), change);
    check_links(&site);
    site
}

/// The words of a part of a page, without its markup.
fn words(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        let inside = part.split_once('>').map_or("", |(_, inside)| inside);
        text.push_str(inside);
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words between two marks of a page.
fn part(html: &str, from: &str, to: &str) -> String {
    let start = html.find(from).unwrap_or_else(|| panic!("no {from} in {html}"));
    let end = html[start..].find(to).unwrap_or_else(|| panic!("no {to} behind {from}"));
    words(&html[start..start + end])
}

/// The page of the newest revision of the only series.
fn newest(site: &Site) -> &str {
    site.page("series/lamp-shine")
}

#[test]
fn a_partial_reroll_shows_and_offers_the_whole_series() {
    let mut posts = lamps();
    posts.push(post(4, "[PATCH v2 2/3] lamp: two", Some(2), patch("two.c", "int zwei;")));
    let site = site(&posts, |_| ());
    let page = newest(&site);
    let table = part(page, "<table class=patch-table", "</table>");
    assert!(table.contains("1/3 lamp: one carried from v1"), "{table}");
    assert!(table.contains("2/3 lamp: two") && !table.contains("lamp: two carried"), "{table}");
    assert!(page.contains("This posting has 1 of 3 patches"), "{page}");
    // Text that is elsewhere is linked, not repeated.
    assert!(page.contains("href=v1/index.html#m") && !page.contains("int one;"), "{page}");

    let feed = &site.files["feed.atom"];
    let one = feed.split("&gt;1/3 lamp: one").next().unwrap_or("");
    assert!(one.rsplit("href=").next().is_some_and(|link| link.contains("/v1/#m")), "{feed}");

    let (_, mbox) = site.files.iter().find(|(path, _)| path.ends_with("series.mbox")).expect("one");
    let dir = TempDir::new().expect("a temporary folder");
    fs::write(dir.path().join("series.mbox"), mbox).expect("written");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(dir.path()).args(arguments);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        git.env("GIT_COMMITTER_NAME", "C").env("GIT_COMMITTER_EMAIL", "c@example.org");
        let ran = git.output().expect("git starts");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).expect("UTF-8")
    };
    git(&["init", "-q"]);
    git(&["am", "-q", "series.mbox"]);
    assert_eq!(git(&["log", "--reverse", "--format=%s"]), "lamp: one\nlamp: two\nlamp: three\n");
    assert_eq!(fs::read_to_string(dir.path().join("two.c")).expect("a file"), "int zwei;\n");
}

#[test]
fn inspect_prints_ledger_lineage_and_state() {
    let mut posts = lamps();
    let tag = format!("Reviewed-by: {ADA}\n");
    posts.push(post(4, "Re: [PATCH 1/3] lamp: one", Some(1), tag).by(ADA));
    posts.push(post(5, "[PATCH v2 2/3] lamp: two", Some(2), patch("two.c", "int zwei;")));
    posts.push(
        post(6, "Re: [PATCH v2 2/3] lamp: two", Some(5), "Applied, thanks!\n".into()).by(ADA),
    );
    let dir = TempDir::new().expect("a temporary folder");
    let mbox: String = posts.iter().map(Post::written).collect();
    fs::write(dir.path().join("list.mbox"), mbox).expect("an archive");
    let corpus = support::read(&dir.path().join("list.mbox"));
    let told = |id: &str| {
        let mail = inspect::find(&corpus, id)[0];
        support::of_texts(|texts| inspect::describe(texts, &corpus, mail))
    };
    let verdict = "1 Reviewed-by: Ada Example <ada@example.org>, patch, given by <4@example.org>";
    for id in ["1@example.org", "4@example.org"] {
        assert!(told(id).contains(verdict), "{}", told(id));
    }
    assert!(!told("2@example.org").contains("verdict"));
    let second = told("5@example.org");
    for line in [
        "because ",
        "1 from v1, <1@example.org>",
        "3 from v1, <3@example.org>",
        "shown by <6@example.org>",
    ] {
        assert!(second.contains(line), "{line} in {second}");
    }
}

#[test]
fn a_posting_sent_again_is_beside_the_first() {
    let posts = [
        post(1, "[PATCH v2] lamp: shine", None, patch("one.c", "int one;")),
        post(2, "[PATCH RESEND v2] lamp: shine", None, patch("one.c", "int one;")),
        post(3, "[PATCH v4] lamp: shine", None, patch("one.c", "int two;")),
    ];
    let site = site(&posts, |_| ());
    let switch = part(newest(&site), "<nav class=revisions", "</ol>");
    let day = "2 Mar 2026";
    let words = switch.replace(" ±", "");
    assert_eq!(
        words,
        format!("v1 not in this archive v2 {day} v2 resent {day} v3 not in this archive v4 {day}")
    );
    for page in ["v2/index.html", "v2-2/index.html"] {
        assert!(site.files.keys().any(|path| path.ends_with(page)), "{page}");
    }
    assert!(newest(&site).contains("v4 follows v2 resent: the author and the title are the same."));
}

/// Zoe's three lamps with two replies by Ada, after `change` to the series.
fn with_answers(change: impl FnOnce(&mut Corpus)) -> Site {
    let mut posts = lamps();
    posts.push(post(4, "Re: [PATCH 0/3] lamp: shine", Some(0), "Hm.\n".into()).by(ADA));
    posts.push(post(5, "Re: [PATCH 2/3] lamp: two", Some(2), "Well.\n".into()).by(ADA));
    site(&posts, change)
}

#[test]
fn every_state_is_said_in_words_with_its_evidence() {
    let (ada, zoe) = (Some(Witness::Mail(MailIx(4))), Some(Witness::Mail(MailIx(0))));
    let commit = Some(Witness::Commit("0123456789abcdef0123456789abcdef01234567".into()));
    let (cites, builds) = (Some(Witness::Cited(MailIx(4))), Some(Witness::BuiltOn(MailIx(4))));
    for (kind, witness, said) in [
        (StateKind::New, None, "Nobody has replied yet."),
        (StateKind::Discussed, None, "Under discussion: the last message is from 2 March 2026."),
        (
            StateKind::ChangesRequested,
            ada.clone(),
            "Ada Example requested changes on 2 March 2026.",
        ),
        (StateKind::ChangesRequested, zoe.clone(), "Its author took it back for changes on"),
        (StateKind::Reviewed, None, "Every patch has a review."),
        (
            StateKind::Quiet,
            None,
            "No message on this list says that somebody applied it; the last one is from 2 March 2026.",
        ),
        (StateKind::Superseded, ada.clone(), "Superseded: Ada Example said so on 2 March 2026."),
        (StateKind::Rejected, ada.clone(), "Ada Example rejected it on 2 March 2026."),
        (StateKind::Rejected, zoe, "Its author withdrew it on"),
        (StateKind::Applied, ada, "Applied: Ada Example said so on 2 March 2026."),
        (StateKind::Applied, cites, "Applied: Ada Example cited its commit on 2 March 2026."),
        (StateKind::Applied, builds, "Applied, it seems: Ada Example built on it on 2 March 2026."),
        (StateKind::Merged, commit, "Merged as 0123456789ab ."),
    ] {
        let word = kind.word();
        let site = with_answers(|corpus| {
            corpus.series[0].state = State { kind, witness, intents: Vec::new(), rest: None }
        });
        let page = newest(&site);
        assert!(page.contains(&format!("class=\"state {word}\"")), "{word}");
        let start = page.find("<p class=standing").expect("a sentence");
        let end = page[start..].find("</header>").expect("its end");
        let found = words(&page[start..start + end]);
        assert!(found.starts_with(said), "{word}: {found}");
    }
}

#[test]
fn a_patch_says_where_it_was_taken() {
    let taken = |mail: u32, commit: &str| Applied {
        witness: Witness::Mail(MailIx(mail)),
        date: Some(Timestamp(1_772_448_000)),
        fate: Fate::Applied,
        tree: "lamp/next".into(),
        commit: commit.into(),
        earlier: None,
    };
    let site = with_answers(|corpus| {
        let series = &mut corpus.series[0];
        let witness = Some(Witness::Mail(MailIx(4)));
        series.state =
            State { kind: StateKind::PartlyApplied, witness, intents: Vec::new(), rest: None };
        series.revisions[0].slots[0].applied = Some(Box::new(taken(4, "1234abcd")));
        series.revisions[0].slots[2].applied = Some(Box::new(taken(5, "fedc5678")));
    });
    let page = newest(&site);
    let head = part(page, "<p class=standing", "</header>");
    assert!(head.starts_with("Applied in part: 2 of 3 patches."), "{head}");
    let said = "Patches 1, 3 were applied to lamp/next : Ada Example said so on 2 March 2026";
    assert!(head.contains(said), "{head}");
    let table = part(page, "<table class=patch-table", "</table>");
    assert!(table.contains("lamp: one applied as 1234abcd"), "{table}");
    assert!(table.contains("lamp: three applied as fedc5678"), "{table}");
    assert_eq!(table.matches("applied as").count(), 2, "{table}");
}

fn review(value: &str, mail: u32, scope: Scope, standing: Standing, comment: &str) -> Review {
    let (name, address) = value.trim_end_matches('>').split_once(" <").expect("a mailbox");
    Review {
        trailer: Trailer { key: "Reviewed-by".into(), value: value.into() },
        person: Mailbox { name: name.into(), address: address.into() },
        mail: MailIx(mail),
        scope,
        standing,
        comment: comment.into(),
    }
}

#[test]
fn the_ledger_has_every_review_and_its_origin() {
    let site = with_answers(|corpus| {
        let slots = &mut corpus.series[0].revisions[0].slots;
        for slot in slots.iter_mut() {
            slot.reviews.push(review(ADA, 4, Scope::Series, Standing::Given, ""));
        }
        for slot in &mut slots[..2] {
            slot.reviews.push(review(
                "Eve <eve@example.org>",
                5,
                Scope::Named,
                Standing::Given,
                "",
            ));
        }
        slots[1].reviews.extend([
            review("Bob <bob@example.org>", 5, Scope::Patch, Standing::Foreign, "he told me"),
            review("Robot <bot@example.org>", 5, Scope::Patch, Standing::Bot, ""),
            review("Old <old@example.org>", 5, Scope::Patch, Standing::Carried(0), ""),
            review("Own <own@example.org>", 2, Scope::Patch, Standing::Declared, ""),
        ]);
    });
    let page = newest(&site);
    let ledger = part(page, "<details class=ledger", "</details>");
    assert!(
        ledger.starts_with("Reviews: 4 reviews by 4 people; 2 more that do not count"),
        "{ledger}"
    );
    for entry in [
        "Ada Example all whole series 2 Mar 2026 given in a reply",
        "Eve 1, 2 patches it names 2 Mar 2026 given in a reply",
        "Bob he told me 2 2 Mar 2026 in somebody else’s name",
        "Robot 2 2 Mar 2026 by a machine",
        "Old 2 2 Mar 2026 carried from v1",
        "Own 2 2 Mar 2026 in the commit message",
    ] {
        assert!(ledger.contains(entry), "{entry} in {ledger}");
    }
    let table = part(page, "<table class=patch-table", "</table>");
    assert!(table.contains("Reviewed-by Ada Example , Eve , Old , Own"), "{table}");
    assert!(!table.contains("Bob") && !table.contains("Robot"), "{table}");
    let below = part(page, "aria-label=\"Reviews of 2/3\"", "</ul>");
    assert!(
        below.contains("Bob he told me in somebody else’s name") && !below.contains("Own"),
        "{below}"
    );
}

/// A patch that changes a line of `file` and adds six more, so that a patch with another line is still the same
/// patch.
fn change(file: &str, old: &str, new: &str) -> String {
    let more: String = (1..=6).map(|n| format!("+{}({n});\n", file.replace('.', "_"))).collect();
    format!(
        "Light it.\n\nSigned-off-by: {ZOE}\n---\ndiff --git a/{file} b/{file}\nindex 1111111..2222222 \
         100644\n--- a/{file}\n+++ b/{file}\n@@ -1,3 +1,9 @@ int lamp(void)\n before();\n-{old}\n+{new}\n\
         {more} after();\n-- \n2.47.1\n"
    )
}

#[test]
fn two_revisions_are_compared_on_a_page_of_their_own() {
    let reviewed =
        |body: String| body.replace("---\ndiff", &format!("Reviewed-by: {ADA}\n---\ndiff"));
    let posts = [
        post(0, "[PATCH 0/4] lamp: shine", None, "Lamps.\n".into()),
        post(1, "[PATCH 1/4] lamp: one", Some(0), change("one.c", "a = 1;", "a = 2;")),
        post(
            2,
            "[PATCH 2/4] lamp: two",
            Some(0),
            change("two.c", "b = 1;", "level = old_way(b, 2);"),
        ),
        post(3, "[PATCH 3/4] lamp: three", Some(0), change("three.c", "c = 1;", "c = 2;")),
        post(4, "[PATCH 4/4] lamp: four", Some(0), change("four.c", "d = 1;", "d = 2;")),
        post(
            10,
            "[PATCH v2 0/4] lamp: shine",
            None,
            "Lamps.\n\nChanges in v2:\n- a new way\n".into(),
        ),
        post(11, "[PATCH v2 1/4] lamp: one", Some(10), change("one.c", "a = 1;", "a = 2;")),
        post(
            12,
            "[PATCH v2 2/4] lamp: two, anew",
            Some(10),
            change("two.c", "b = 1;", "level = new_way(b, 2);"),
        ),
        post(
            13,
            "[PATCH v2 3/4] lamp: three",
            Some(10),
            reviewed(change("three.c", "c = 1;", "c = 2;")),
        ),
        post(14, "[PATCH v2 4/4] lamp: five", Some(10), change("five.c", "eee();", "fff();")),
    ];
    let site = site(&posts, |_| ());
    let compared = |path: &&String| path.ends_with("/v1..v2/index.html");
    let page = &site.files[site.files.keys().find(compared).expect("a page")];
    assert!(site.files["sitemap.xml"].contains("/v1..v2/</loc>"));
    assert!(newest(&site).contains("href=\"v1..v2/index.html\""));
    assert!(part(newest(&site), "<ul class=tally", "</ul>").contains("1 same"));

    let tally = part(page, "<ul class=tally", "</ul>");
    let said = "= 1 same ! 1 trailers only ! 1 changed &gt; 1 new &lt; 1 dropped 1 retitled";
    assert_eq!(tally, said);
    let table = part(page, "<table", "</table>");
    for row in [
        "1 = 1 lamp: one same",
        "2 ! 2 lamp: two, anew changed was “lamp: two”",
        "3 ! 3 lamp: three trailers only + Reviewed-by: Ada Example",
        "4 &lt; – lamp: four dropped",
        "– &gt; 4 lamp: five new",
    ] {
        assert!(table.contains(row), "{row} in {table}");
    }
    assert!(part(page, "id=changes", "</section>").contains("- a new way"));
    for line in [
        "<del class=i>-+level = <del>",
        "<ins class=i>++level = <ins>",
        "<a class=d> -b = ",
        "<del>-    lamp: two\n",
        "<samp>@@ <em>Commit message</em>\n</samp>",
    ] {
        assert!(page.contains(line), "{line} in {page}");
    }
    assert_eq!(page.matches("<article").count(), 1, "one difference is shown");
}

#[test]
fn a_huge_difference_is_cut_with_a_note() {
    let line = |word: &str, n: u32| match n % 6 {
        0 => format!("+{word} {n};\n"),
        _ => format!("+int same {n};\n"),
    };
    let huge = |word: &str| {
        let lines: String = (0..18000).map(|n| line(word, n)).collect();
        patch("huge.c", "x")
            .replace("@@ -0,0 +1 @@\n+x\n", &format!("@@ -0,0 +1,18000 @@\n{lines}"))
    };
    let posts = [
        post(1, "[PATCH] lamp: shine", None, huge("int one")),
        post(2, "[PATCH v2] lamp: shine", None, huge("int two")),
    ];
    let site = site(&posts, |_| ());
    let compared = |path: &&String| path.ends_with("/v1..v2/index.html");
    let page = &site.files[site.files.keys().find(compared).expect("a page")];
    assert!(page.contains("of this difference (") && page.contains("KiB) not shown here."));
    assert!(page.len() < 400_000, "{} bytes", page.len());
}

#[test]
fn the_diffs_of_a_long_series_are_on_pages_of_their_own() {
    let long = |file: &str| {
        let lines: String = (0..3000).map(|n| format!("+int {}_{n};\n", &file[..3])).collect();
        patch(file, "x").replace("@@ -0,0 +1 @@\n+x\n", &format!("@@ -0,0 +1,3000 @@\n{lines}"))
    };
    let posts = [
        post(0, "[PATCH 0/2] lamp: shine", None, "Two lamps.\n".into()),
        post(1, "[PATCH 1/2] lamp: one", Some(0), long("one.c")),
        post(2, "[PATCH 2/2] lamp: two", Some(0), long("two.c")),
        post(3, "Re: [PATCH 2/2] lamp: two", Some(2), "Why two?\n".into()).by(ADA),
    ];
    let site = site(&posts, |_| ());
    let page = newest(&site);
    assert!(!page.contains("one_7") && page.contains("Why two?"), "{page}");
    assert!(page.contains("href=\"v1/2/index.html#2a\""), "the diffstat leads to the diff");
    let own = site.files.iter().find(|(path, _)| path.ends_with("/v1/2/index.html"));
    let two = own.expect("a page").1;
    assert!(two.contains("two_7") && !two.contains("one_7"));
    // Short as before: everything on one page.
    let short = self::site(&posts[..2], |_| ());
    assert!(newest(&short).contains("one_7"));
}

/// The sections of diffs on a page, by their ids.
fn sections(page: &str) -> Vec<(&str, &str)> {
    let sections = page.split("<section class=").skip(1).filter_map(|rest| {
        let section = rest.split("</section>").next()?;
        let id = section.split(" id=").nth(1)?.split('>').next()?;
        (section.starts_with("file") || section.starts_with("same")).then_some((id, section))
    });
    sections.collect()
}

#[test]
fn a_diff_that_a_later_revision_has_too_is_said_once() {
    let body = |two: &str| {
        let line = |word: &str| format!("int {word}_{};", "lamp".repeat(40));
        let (one, two) = (patch("one.c", &line("one")), patch("two.c", &line(two)));
        let two = two.split_once("\n\ndiff").expect("a diff").1;
        one.replace("-- \n2.47.1\n", &format!("diff{two}"))
    };
    let posts = [
        post(1, "[PATCH] lamp: shine", None, body("old")),
        post(
            2,
            "[PATCH v2] lamp: shine",
            None,
            body("two").replace("index 0000000", "index 3333333"),
        ),
        post(3, "[PATCH v3] lamp: shine", None, body("two")),
    ];
    let site = site(&posts, |_| ());
    let page = |end: &str| {
        let path = site.files.keys().find(|path| path.ends_with(end)).expect("a page");
        &*site.files[path]
    };
    let [v1, v2, v3] = [page("/v1/index.html"), page("/v2/index.html"), newest(&site)];
    let kinds = |page| {
        let sections: Vec<(&str, &str)> = sections(page);
        sections.iter().map(|(id, html)| (id.to_string(), html[..4].to_owned())).collect::<Vec<_>>()
    };
    let own = |ids: [&str; 2], kinds: [&str; 2]| {
        ids.iter()
            .zip(kinds)
            .map(|(id, kind)| (id.to_string(), kind.to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(v1), own(["1a", "1b"], ["same", "file"]));
    assert_eq!(kinds(v2), own(["1a", "1b"], ["same", "same"]));
    assert_eq!(kinds(v3), own(["1a", "1b"], ["file", "file"]));
    assert!(v1.contains("the same in <a href=\"../index.html#1a\">v3</a>"), "{v1}");
    assert!(v2.contains("the same in <a href=\"../index.html#1b\">v3</a>"), "{v2}");
    check_links(&site);
}

#[test]
fn a_link_to_the_same_diff_leads_to_the_page_that_has_its_lines() {
    let long = |file: &str, word: &str| {
        let lines: String = (0..3000).map(|n| format!("+int {word}_{n};\n")).collect();
        patch(file, "x").replace("@@ -0,0 +1 @@\n+x\n", &format!("@@ -0,0 +1,3000 @@\n{lines}"))
    };
    let posts = [
        post(1, "[PATCH 1/2] lamp: one", None, long("one.c", "one")),
        post(2, "[PATCH 2/2] lamp: two", Some(1), long("two.c", "old")),
        post(3, "[PATCH v2 1/2] lamp: one", None, long("one.c", "one")),
        post(4, "[PATCH v2 2/2] lamp: two", Some(3), long("two.c", "new")),
    ];
    let site = site(&posts, |_| ());
    let apart = |end: &str| {
        let (_, html) = site.files.iter().find(|(path, _)| path.ends_with(end)).expect("a page");
        &**html
    };
    assert!(apart("/v1/1/index.html").contains("<a href=\"../../v2/1/index.html#1a\">v2</a>"));
    assert!(
        apart("/v2/1/index.html").contains("one_2999")
            && apart("/v1/2/index.html").contains("old_7")
    );
    check_links(&site);
}

#[test]
fn a_pull_request_says_what_is_to_be_pulled_from_where() {
    let rule = "-".repeat(64);
    let body = format!(
        "Hi,\n\nThe following changes since commit 1111111111111111111111111111111111111111:\n\n  Lamps 1.0 \
         (2026-01-01 00:00:00 +0000)\n\nare available in the Git repository at:\n\n  \
         https://example.org/lamp.git tags/lamps-2\n\nfor you to fetch changes up to \
         2222222222222222222222222222222222222222:\n\n  lamp: two (2026-03-01 00:00:00 +0000)\n\n{rule}\n\
         Lamps.\n\n{rule}\nZoe Lind (2):\n      lamp: one\n      lamp: <two>\n\n lamp.c | 2 +-\n 1 file \
         changed, 1 insertion(+), 1 deletion(-)\n"
    );
    let site = site(&[post(1, "[GIT PULL] lamps for 2.0", None, body)], |_| ());
    let pull = part(site.page("threads/lamps"), "<section class=pull", "</section>");
    for fact in [
        "https://example.org/lamp.git",
        "tags/lamps-2",
        "111111111111..222222222222",
        "2 commits by 1 person",
        "Zoe Lind lamp: one lamp: &lt;two&gt;",
    ] {
        assert!(pull.contains(fact), "{fact} in {pull}");
    }
}

/// Another copy of each mail arrived on a list that adds a footer; one reply went to one list only.
#[test]
fn a_series_on_two_lists_is_one_and_says_so() {
    let dir = TempDir::new().expect("a temporary folder");
    let write = |name: &str, text: String| fs::write(dir.path().join(name), text).expect("a file");
    let answer = post(4, "Re: [PATCH 1/3] lamp: one", Some(1), "Why one?\n".into()).by(ADA);
    let footer = format!("{}\nBuoy mailing list\n\n", "_".repeat(54));
    let with_footer = |post: &Post| format!("{}{footer}", post.written());
    write("lamp.mbox", lamps().iter().chain([&answer]).map(Post::written).collect());
    write("buoy.mbox", lamps().iter().map(with_footer).collect());
    let list = |name: &str| format!("[[lists]]\nname = \"{name}\"\narchive = \"{name}.mbox\"\n");
    write("site.toml", list("lamp") + &list("buoy"));
    let site = render_with(dir.path(), |corpus| {
        let copies: Vec<usize> = corpus.mails.iter().map(|letter| letter.copies.len()).collect();
        assert_eq!((copies, corpus.series.len()), (vec![2, 2, 2, 2, 1], 1));
    });
    check_links(&site);
    let page = newest(&site);
    let kicker = part(page, "<p class=kicker", "</p>");
    assert!(kicker.contains("lamp") && kicker.contains("buoy"), "{page}");
    let answer = part(page, "<p class=by><b>Ada", "Why one?");
    assert!(answer.contains("lamp") && !answer.contains("buoy"), "{answer}");
}
