//! Mails with several patches: files of `git format-patch`, attached or in the text.

use std::{fs, process::Command};

use patchpress::series::{Corpus, Series};

use crate::{
    increments::{Mirror, Step, cold, settings},
    sent::{IDA, Sent, ZOE, corpus, replaces, sent, shape},
    site::{Site, tree},
};

/// A file of `git format-patch` that changes `file`.
fn file(subject: &str, who: &str, name: &str) -> String {
    let diff = replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 2;").replace("lamp.c", name);
    format!(
        "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: {who}\n\
         Date: Mon, 2 Feb 2026 09:00:00 +0100\nSubject: {subject}\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n{diff}-- \n2.47.0\n\n"
    )
}

/// A mail with words and attached files.
fn attached(words: &str, files: &[(&str, String)]) -> String {
    let mut text = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\n\
         Content-Type: text/plain; charset=utf-8\n\n{words}\n"
    );
    for (name, file) in files {
        text += &format!(
            "--b\nContent-Type: application/octet-stream; name=\"{name}\"\n\
             Content-Disposition: attachment; filename=\"{name}\"\n\n{}",
            quoted(file)
        );
    }
    text + "--b--\n"
}

/// The text as an mbox contains it.
fn quoted(text: &str) -> String {
    text.replace("From 0123", ">From 0123")
}

fn two() -> [(&'static str, String); 2] {
    [
        ("v2-0001-lamp-on.patch", file("[PATCH v2 1/2] lamp: on", ZOE, "on.c")),
        ("v2-0002-lamp-off.patch", file("[PATCH v2 2/2] lamp: off", IDA, "off.c")),
    ]
}

/// The patches of a series' newest revision: number, title, author, files.
fn patches(corpus: &Corpus, series: &Series) -> Vec<String> {
    let slots = series.newest().slots.iter();
    let patch = |ix| {
        let mail = corpus.mail(ix);
        let files: Vec<&str> = mail.files.iter().map(|file| &*file.path).collect();
        format!("{} by {} in {}", mail.title, mail.author.name, files.join(" "))
    };
    let of = |number, mail: Option<_>| format!("{number} {}", mail.map(patch).unwrap_or_default());
    slots.map(|slot| of(slot.number, slot.mail)).collect()
}

fn all(mails: &[Sent<'_>]) -> (Vec<String>, Vec<Vec<String>>) {
    let corpus = corpus(mails);
    let patches = corpus.series.iter().map(|series| patches(&corpus, series)).collect();
    (shape(&corpus), patches)
}

const BOTH: [&str; 2] = ["1 lamp: on by Zoe Lind in on.c", "2 lamp: off by Ida Berg in off.c"];

#[test]
fn each_file_is_a_patch_of_the_mail_that_carries_it() {
    let words = "Two patches.\n";
    let [one, other] = two();
    let appended = quoted(&format!("\n{words}\n\n{}{}", one.1, other.1));
    for (text, form) in [
        (attached(words, &[one.clone(), other.clone()]), "attached"),
        (attached("", &[one.clone(), other.clone()]), "without words"),
        (attached(words, &[other.clone(), one.clone()]), "in another order"),
        (appended, "in the text"),
    ] {
        for subject in ["Lamps", "[PATCH] Lamps", "[PATCH 0/2] Lamps"] {
            let (shape, patches) = all(&[sent("1", (2, "10:00"), subject, text.clone())]);
            assert_eq!(
                (shape, patches),
                (vec!["v2 1".into()], vec![BOTH.map(String::from).into()]),
                "{form}: {subject}"
            );
        }
    }
}

#[test]
fn the_letter_keeps_the_words_and_each_patch_its_own() {
    let letter = file("[PATCH v2 0/2] Lamps", ZOE, "on.c");
    let letter = letter.split("---\n").next().unwrap_or_default().to_owned() + "-- \n2.47.0\n\n";
    let [one, other] = two();
    let text = attached("Hello.\n", &[("v2-0000-cover-letter.patch", letter), one, other]);
    // The letter precedes its patches, whatever its subject.
    let corpus = corpus(&[sent("z", (2, "10:00"), "Lamps", text)]);
    assert_eq!(patches(&corpus, &corpus.series[0]), BOTH);
    let texts: Vec<String> =
        corpus.mails.iter().map(|m| crate::support::text(&m.mail.message)).collect();
    assert!(texts[0].starts_with("Hello.") && texts[0].contains("It glows."), "{}", texts[0]);
    assert!(!texts[0].contains("on.c") && !texts[1].contains("off.c"), "{texts:?}");
    let messages: Vec<&str> =
        (1..3).map(|at| corpus.mails[at].mail.anatomy.message.of(&texts[at]).trim()).collect();
    assert_eq!(messages, ["It glows.", "It glows."], "no field of the file is in it");
}

#[test]
fn the_version_is_in_the_names_of_the_files_the_patches_or_the_subject() {
    let version = |names: [&str; 2], inner: &str, subject: &str| {
        let [one, other] = ["on", "off"]
            .map(|it| file(&format!("[PATCH{inner}] lamp: {it}"), ZOE, &format!("{it}.c")));
        let text = attached("", &[(names[0], one), (names[1], other)]);
        all(&[sent("1", (2, "10:00"), subject, text)]).0
    };
    let plain = ["0001-on.patch", "0002-off.patch"];
    assert_eq!(version(["v4-0001-on.patch", "v4-0002-off.patch"], " v3", "x"), ["v4 1"]);
    assert_eq!(version(["v4-0001-on.patch", "v5-0002-off.patch"], "", "[PATCH v2] x"), ["v2 1"]);
    assert_eq!(version(["v4-on.txt", "v4-off.txt"], "", "x"), ["v4 1"]);
    assert_eq!(version(["v4.patch", "v4x-1.patch"], "", "x"), ["v1 1"]);
    assert_eq!(version(plain, " v3", "x"), ["v3 1"]);
    assert_eq!(version(plain, "", "[PATCH v2] x"), ["v2 1"]);
    assert_eq!(version(plain, "", "[EXPERIMENT v2] x"), ["v2 1"]);
}

/// The next version is attached to a reply, as on lists where all patches are attachments.
#[test]
fn a_bundle_is_a_revision_of_the_series_to_which_it_replies() {
    let first = attached(
        "Lamps.\n",
        &[("v1-0001-lamp-off.patch", file("[PATCH v1] lamp: off", IDA, "off.c"))],
    );
    let mails = [
        sent("1", (2, "10:00"), "Lamps", first),
        Sent {
            answers: "1",
            from: IDA,
            ..sent("2", (3, "10:00"), "Re: Lamps", "\nSplit it?\n".into())
        },
        Sent { answers: "2", ..sent("3", (4, "10:00"), "Re: Lamps", attached("So.\n", &two())) },
        Sent {
            answers: "3",
            from: IDA,
            ..sent("4", (5, "10:00"), "Re: Lamps", "\nPushed, thanks.\n".into())
        },
    ];
    let corpus = corpus(&mails);
    assert_eq!(shape(&corpus), ["v1 1, v2 3"]);
    assert_eq!(patches(&corpus, &corpus.series[0]), BOTH);
    assert!(corpus.series[0].is_applied());
}

#[test]
fn what_is_no_set_stays_what_it_is() {
    let bare = |name: &str| replaces("aaaaaaa", 7, "a", "b").replace("lamp.c", name);
    let [one, other] = two();
    let count = |subject, text| {
        let (shape, patches) = all(&[sent("1", (2, "10:00"), subject, text)]);
        assert_eq!(shape.len(), 1, "{shape:?}");
        patches[0].len()
    };
    let diffs = attached("Either.\n", &[("a.patch", bare("a.c")), ("b.patch", bare("b.c"))]);
    assert_eq!(count("[PATCH] lamp: on", diffs), 1, "diffs without titles");
    let twice = attached("", &[one.clone(), one.clone()]);
    assert_eq!(count("[PATCH] lamp: on", twice), 1, "one patch twice");
    let counted = attached("", &[one.clone(), other.clone()]);
    assert_eq!(count("[PATCH 1/1] lamp: on", counted), 1, "one of a counted series");
    let mails = [
        sent("1", (2, "10:00"), "[PATCH] lamp: glow", bare("glow.c")),
        Sent {
            answers: "1",
            from: IDA,
            ..sent(
                "2",
                (3, "10:00"),
                "Re: [PATCH] lamp: glow",
                attached(
                    "What about these?\n",
                    &[
                        ("a.patch", file("[PATCH 1/2] lamp: on", IDA, "on.c")),
                        ("b.patch", file("[PATCH 2/2] lamp: off", IDA, "off.c")),
                    ],
                ),
            )
        },
    ];
    assert_eq!(all(&mails).0, ["v1 1"], "patches in an answer are there to be talked about");
}

#[test]
fn reviews_of_the_mail_reach_its_patches() {
    let reviewed = |words: &str| {
        let text = format!("\n{words}\n");
        let corpus = corpus(&[
            sent("1", (2, "10:00"), "Lamps", attached("", &two())),
            Sent {
                answers: "1",
                from: "Kim Lee <kim@example.org>",
                ..sent("2", (3, "10:00"), "Re: Lamps", text)
            },
        ]);
        corpus.series[0]
            .newest()
            .slots
            .iter()
            .map(|slot| slot.verdicts().count())
            .collect::<Vec<_>>()
    };
    let tag = "Reviewed-by: Kim Lee <kim@example.org>";
    assert_eq!(reviewed(tag), [1, 1]);
    assert_eq!(reviewed(&format!("For patch 2:\n{tag}")), [0, 1]);
}

/// A site with a bundle, and a reply with comments on lines of both patches.
fn discussed(site: &Site) -> String {
    let remark = |name: &str, words: &str| {
        format!("> +++ b/{name}\n> @@ -7 +7 @@\n> -int hue = 1;\n> +int hue = 2;\n\n{words}\n\n")
    };
    let text = format!("\n{}{}", remark("on.c", "Why on?"), remark("off.c", "Why off?"));
    let mails = [
        sent("1", (2, "10:00"), "Lamps", attached("Hello.\n", &two())),
        Sent { answers: "1", from: IDA, ..sent("2", (3, "10:00"), "Re: Lamps", text) },
    ];
    page_of(site, &mails)
}

/// The path of the page of the only series of a site with these mails.
fn page_of(site: &Site, mails: &[Sent<'_>]) -> String {
    site.write("list.mbox", &mails.iter().map(Sent::mbox).collect::<String>());
    site.write("site.toml", "title = \"x\"\nbase_url = \"https://example.org/\"\n[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\npermalink = \"https://archive.example.org/{id}/\"\n");
    site.run(&["build"]).succeeds();
    let series = fs::read_dir(site.path("public/series")).expect("series").flatten();
    let mut folders = series.map(|entry| entry.path()).filter(|path| path.is_dir());
    folders.next().expect("a series").display().to_string()
}

#[test]
fn what_is_said_stands_at_the_lines_of_the_right_patch() {
    let site = Site::new();
    let folder = discussed(&site);
    let page = fs::read_to_string(format!("{folder}/index.html")).expect("a page");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}"));
    let patches: Vec<usize> = ["1", "2"].map(|n| at(&format!("id={n}"))).into();
    let passages: Vec<usize> = page.match_indices("<div id=m").map(|(at, _)| at).collect();
    assert_eq!(passages.len(), 2, "each once");
    assert!(page[passages[0]..].find("Why on?") < page[passages[0]..].find("Why off?"));
    assert!(
        patches[0] < passages[0] && passages[0] < patches[1] && patches[1] < passages[1],
        "{patches:?} {passages:?}"
    );
    // No link leads to an archive, or to b4, with a generated id.
    let archived = page.matches("https://archive.example.org/1@example.org/").count();
    assert!(archived >= 3, "the letter and both patches are in one mail: {archived}");
    assert!(!page.contains("archive.example.org/patch-"), "a link to nothing");
    assert!(!page.contains("patchpress.invalid"), "an id that nobody knows");
    assert!(!page.contains("b4 am"), "b4 reads no patches out of files that are attached");
}

#[test]
fn git_am_takes_the_patches_of_a_bundle() {
    let site = Site::new();
    let folder = discussed(&site);
    let repository = site.path("tree");
    fs::create_dir_all(&repository).expect("a folder");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
        let ran = git.current_dir(&repository).output().expect("git");
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8_lossy(&ran.stdout).into_owned()
    };
    git(&["init", "-q"]);
    for name in ["on.c", "off.c"] {
        let lines: String = (1..7).map(|n| format!("{n}\n")).collect();
        fs::write(repository.join(name), lines + "int hue = 1;\n").expect("a file");
    }
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "base"]);
    git(&["am", "-q", &format!("{folder}/series.mbox")]);
    let log = git(&["log", "-2", "--reverse", "--format=%an <%ae> %aI%n%B"]);
    let date = "2026-02-02T09:00:00+01:00";
    let expected =
        format!("{ZOE} {date}\nlamp: on\n\nIt glows.\n\n{IDA} {date}\nlamp: off\n\nIt glows.\n\n");
    assert_eq!(log, expected);
}

#[test]
fn export_names_the_mail_that_carries_a_patch() {
    let site = Site::new();
    discussed(&site);
    let line = site.run(&["export", "list.mbox"]).data();
    assert_eq!(line.matches("\"came_in\":\"1@example.org\"").count(), 2, "{line}");
    // The addresses of pages depend on these.
    for number in 1..3 {
        let id =
            format!("\"message_id\":\"patch-{number}-of-a1f99ed42e4dddc1@patchpress.invalid\"");
        assert!(line.contains(&id), "{line}");
    }
}

#[test]
fn the_editor_says_that_a_bundle_is_a_report() {
    let site = Site::new();
    discussed(&site);
    site.write("content/series.yaml", "kind:\n  1@example.org: report\n");
    site.run(&["build"]).succeeds();
    let series = fs::read_dir(site.path("public/series"))
        .map_or(0, |all| all.flatten().filter(|entry| entry.path().is_dir()).count());
    assert_eq!(series, 0);
}

#[test]
fn a_bundle_that_comes_later_makes_the_site_that_it_makes_at_once() {
    let site = Site::new();
    settings(&site, "");
    let answer = "\n> +int hue = 2;\n\nWhy?\n".to_owned();
    let mails = [
        sent("1", (2, "10:00"), "[PATCH] lamp: glow", replaces("aaaaaaa", 7, "a", "b")),
        sent("2", (3, "10:00"), "Lamps", attached("Hello.\n", &two())),
        Sent { answers: "2", from: IDA, ..sent("3", (4, "10:00"), "Re: Lamps", answer) },
        Sent {
            answers: "2",
            ..sent("4", (5, "10:00"), "Re: Lamps", attached("Again.\n", &two()).replace("v2", "v3"))
        },
    ];
    let mails = mails.iter().map(|mail| {
        let mbox = mail.mbox();
        let (_, mail) = mbox.split_once('\n').expect("a line");
        mail.replace(">From 0123", "From 0123").into_bytes()
    });
    let mut mirror = Mirror::new(&site, mails.collect());
    for step in [Step::Grow(2), Step::Grow(1), Step::Restyle, Step::Grow(1), Step::Rename] {
        mirror.step(&step);
        site.run(&["build"]).succeeds();
        let other = site.path("cold");
        cold(&site, &other);
        assert_eq!(tree(&site.path("public")), tree(&other), "{step:?}");
        let _ = fs::remove_dir_all(&other);
    }
}

/// The text above an attached patch is for readers of the mail.
#[test]
fn words_above_an_attached_patch_are_no_part_of_its_commit() {
    let read = |subject: &'static str, words: &str| {
        let file = file("[PATCH v3] lamp: on", IDA, "on.c");
        let text = attached(words, &[("0001-lamp-on.patch", file)]);
        let corpus = corpus(&[sent("1", (2, "10:00"), subject, text)]);
        let mail = &corpus.mails[0].mail;
        let text = crate::support::text(&mail.message);
        let part = |span: patchpress::patch::Span| span.of(&text).trim().to_owned();
        let parts = [part(mail.anatomy.above), part(mail.anatomy.message)];
        (parts, format!("{} by {}", mail.title, mail.author.name))
    };
    let parts = ["Hello, a patch is attached.".to_owned(), "It glows.".to_owned()];
    let words = "Hello, a patch is attached.\n";
    assert_eq!(read("Lamps", words), (parts.clone(), "lamp: on by Ida Berg".into()));
    // git applies a mail with a diff as that patch. Then only the file's header has the other title.
    let named = read("[PATCH v3] lamp: on", words);
    assert_eq!(named, (parts, "lamp: on by Zoe Lind".into()));
    let ([above, message], title) = read("[PATCH] lamp: light it", words);
    assert!(
        above.starts_with("Hello, a patch is attached.") && above.contains("lamp: on"),
        "{above}"
    );
    assert_eq!((&*message, &*title), ("It glows.", "lamp: light it by Zoe Lind"));
    let ([above, message], _) = read("Lamps", "");
    assert_eq!((&*above, &*message), ("", "It glows."), "no words");
}

#[test]
fn words_above_an_attached_patch_are_on_its_page() {
    let file = file("[PATCH] lamp: on", ZOE, "on.c");
    let text = attached("Hello, a patch is attached.\n", &[("0001-lamp-on.patch", file)]);
    let site = Site::new();
    let page = page_of(&site, &[sent("1", (2, "10:00"), "Lamps", text)]);
    let page = fs::read_to_string(format!("{page}/index.html")).expect("a page");
    assert!(page.contains("Hello, a patch is attached.") && page.contains("It glows."));
    assert!(!page.contains("Mon Sep 17"), "no field of the file");
}

/// Mails that a forge's bridge sends for people without an address on the list.
#[test]
fn a_forge_passes_on_who_approved() {
    let ledger = |text: &str| {
        let [one, other] = two();
        let patches = attached("PR #22 opened by zoe\n", &[one, other]);
        let reply = Sent {
            answers: "1",
            ..sent("2", (3, "10:00"), "Re: [PR] Lamps (PR #22)", format!("\n{text}\n"))
        };
        let corpus = corpus(&[sent("1", (2, "10:00"), "[PR] Lamps (PR #22)", patches), reply]);
        let slot = &corpus.series[0].newest().slots[0];
        let told = |r: &patchpress::series::Review| (r.person.name.to_string(), r.counts());
        slot.reviews.iter().map(told).collect::<Vec<_>>()
    };
    let url = "\n\nURL: https://code.example.org/Foo/foo/pulls/22#issuecomment-1";
    // A review in another person's name is shown, but does not count.
    let bob = [("Bob".to_owned(), false)];
    assert_eq!(ledger(&format!("Bob approved this pull request.{url}")), bob);
    assert_eq!(ledger("Bob approved this pull request."), [], "no forge");
    assert_eq!(ledger(&format!("Nobody but Bob and the cat approved this pull request.{url}")), []);
}
