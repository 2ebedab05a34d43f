//! The changes of each patch from one revision to the next, and their page.

use std::time::{Duration, Instant};

use patchpress::{
    archive::{RawMessage, Source},
    patch::{self, Mail},
    range_diff::{self, Care, Comparison, Difference, Extent, Inner, Kind, Order, Title},
};

use crate::support;

/// A patch of `lamp.c`: its title, the lines of its message, and its hunk.
fn patch(title: &str, message: &str, hunk: &str) -> Mail {
    let count = |marks: [char; 2]| hunk.lines().filter(|line| line.starts_with(marks)).count();
    let (old, new) = (count([' ', '-']), count([' ', '+']));
    let mail = format!(
        "From: Zoe Lind <zoe@example.org>\nMessage-ID: <1@example.org>\nSubject: [PATCH] {title}\n\n\
         {message}\n---\nnotes\n\ndiff --git a/lamp.c b/lamp.c\nindex 1234567..89abcde 100644\n\
         --- a/lamp.c\n+++ b/lamp.c\n@@ -1,{old} +1,{new} @@ int lamp(void)\n{hunk}-- \n2.51.0\n"
    );
    patch::read(&RawMessage {
        bytes: mail.as_bytes(),
        source: Source::Mail,
        object: None,
        delivered: None,
    })
}

const HUNK: &str = " {\n \tint oil;\n \n-\tdark();\n+\tint wick = trim(1);\n+\tfill(&oil);\n+\tburn(oil, wick);\n \treturn 0;\n }\n";

/// Many lines that no other number has.
fn long(number: usize, lines: usize) -> String {
    (0..lines).map(|line| format!("+\tcall_{number}({line});\n")).collect()
}

fn difference(old: &Mail, new: &Mail) -> Difference {
    support::of_texts(|texts| range_diff::difference(texts, old, new))
}

fn compare(old: &[Mail], new: &[Mail]) -> Comparison {
    let (old, new): (Vec<_>, Vec<_>) = (old.iter().collect(), new.iter().collect());
    support::of_texts(|texts| range_diff::compare(texts, &old, &new))
}

fn kind(old: Mail, new: Mail) -> (Kind, Title) {
    // A second patch, so that the pair has to be found.
    let other = || patch("shade: none", "None.", &long(0, 9));
    let comparison = compare(&[old, other()], &[new, other()]);
    assert_eq!((comparison.pairs.len(), comparison.care), (2, Care::Full));
    assert_eq!(comparison.pairs[1].kind, Kind::Same);
    (comparison.pairs[0].kind, comparison.pairs[0].title)
}

#[test]
fn each_kind_is_distinguished_from_the_others() {
    let message = "Shine.\n\nSigned-off-by: Zoe Lind <zoe@example.org>";
    let old = || patch("lamp: shine", message, HUNK);
    let credited = format!("{message}\nReviewed-by: Bo Ek <bo@example.org>");
    let changed = HUNK.replace("trim(1)", "trim(2)");
    let rebased = HUNK.replace("return 0", "return oil");
    for (title, message, hunk, expected) in [
        ("lamp: shine", message, HUNK, (Kind::Same, Title::Kept)),
        ("lamp: shine", &credited, HUNK, (Kind::Credited, Title::Kept)),
        ("lamp: shine", "Shine on.", HUNK, (Kind::Reworded, Title::Kept)),
        ("lamp: glow", message, HUNK, (Kind::Reworded, Title::Changed)),
        ("lamp: shine", message, &rebased, (Kind::Rebased, Title::Kept)),
        ("lamp: shine", "Shine on.", &rebased, (Kind::Changed, Title::Kept)),
        ("lamp: shine", message, &changed, (Kind::Changed, Title::Kept)),
        ("lamp: glow", message, &changed, (Kind::Changed, Title::Changed)),
        ("lamp: shine", message, &long(1, 30), (Kind::Rewritten, Title::Kept)),
        ("lamp: Shine!", message, &long(1, 30), (Kind::Rewritten, Title::Changed)),
        ("lamp: shines", message, &long(1, 30), (Kind::Rewritten, Title::Changed)),
    ] {
        assert_eq!(kind(old(), patch(title, message, hunk)), expected, "{title} {message} {hunk}");
    }
}

#[test]
fn line_numbers_blobs_and_notes_are_not_changes() {
    let old = patch("lamp: shine", "Shine.", HUNK);
    let text = support::text(&old.message);
    let text = text.replace("1234567..89abcde", "2234567..99abcde").replace("@@ -1,", "@@ -91,");
    let mail = format!(
        "From: Zoe Lind <zoe@example.org>\nMessage-ID: <2@example.org>\nSubject: [PATCH v2 3/9] lamp: shine\n\n{}",
        text.replace("notes", "v2: nothing")
    );
    let new = patch::read(&RawMessage {
        bytes: mail.as_bytes(),
        source: Source::Mail,
        object: None,
        delivered: None,
    });
    assert_ne!(support::text(&old.message), support::text(&new.message));
    assert!(difference(&old, &new).excerpts.is_empty());
    assert_eq!(kind(old, new), (Kind::Same, Title::Kept));
}

#[test]
fn moved_dropped_and_new_patches_are_listed_in_the_new_order() {
    let [a, b, c, d] = [1, 2, 3, 4].map(|n| patch(&format!("lamp: {n}"), "Words.", &long(n, 20)));
    let new = [c.clone(), a.clone(), d];
    let comparison = compare(&[a, b, c], &new);
    let told: Vec<_> = comparison.pairs.iter().map(|p| (p.old, p.new, p.kind, p.order)).collect();
    let expected = [
        (Some(2), Some(0), Kind::Same, Order::Moved),
        (Some(0), Some(1), Kind::Same, Order::Kept),
        (Some(1), None, Kind::Dropped, Order::Kept),
        (None, Some(2), Kind::New, Order::Kept),
    ];
    assert_eq!(told, expected);
}

#[test]
fn one_patch_on_each_side_is_one_patch() {
    let pair = |new| {
        let comparison = compare(&[patch("lamp: shine", "Shine.", HUNK)], &[new]);
        assert_eq!(comparison.pairs.len(), 1);
        (comparison.pairs[0].kind, comparison.pairs[0].title, comparison.as_git_tells().len())
    };
    let other = pair(patch("lamp: glow", "Glow.", &long(1, 30)));
    assert_eq!(other, (Kind::Rewritten, Title::Changed, 2));
    assert_eq!(pair(patch("lamp: shine", "Shine.", HUNK)), (Kind::Same, Title::Kept, 1));
}

#[test]
fn a_difference_has_both_marks_on_each_line() {
    let old = patch("lamp: shine", "Shine.", HUNK);
    let new = patch("lamp: shine", "Shine on.", &HUNK.replace("trim(1)", "trim(2)"));
    let difference = difference(&old, &new);
    let sign = |inner| match inner {
        Inner::Heading => '#',
        Inner::Words => '"',
        Inner::Hunk => '@',
        Inner::Context => '.',
        Inner::Removed => '-',
        Inner::Added => '+',
    };
    let told: Vec<String> = difference
        .excerpts
        .iter()
        .map(|excerpt| {
            let lines = excerpt.lines.iter();
            let lines = lines.map(|l| format!("{}{}{}\n", l.outer.sign(), sign(l.inner), l.text));
            format!("{}\n{}", excerpt.place, lines.collect::<String>())
        })
        .collect();
    let words = "Metadata\n # ## Commit message ##\n \"    lamp: shine\n \"\n-\"    Shine.\n\
        +\"    Shine on.\n \"\n # ## lamp.c ##\n @@@ lamp.c: int lamp(void)\n";
    let code = "lamp.c: int lamp(void)\n . \tint oil;\n . \n --\tdark();\n-++\tint wick = trim(1);\n\
        +++\tint wick = trim(2);\n ++\tfill(&oil);\n ++\tburn(oil, wick);\n . \treturn 0;\n";
    assert_eq!(told, [words, code]);
    assert_eq!(difference.extent, Extent::Whole);
}

#[test]
fn nobody_can_make_it_slow() {
    let started = Instant::now();
    // More patches than anybody posts: paired by title.
    let many = |revision: usize| -> Vec<Mail> {
        (0..600)
            .map(|n| patch(&format!("lamp: {n}"), "Words.", &long(n * 2 + revision, 3)))
            .collect()
    };
    let comparison = compare(&many(0), &many(1));
    assert_eq!((comparison.care, comparison.pairs.len()), (Care::Titles, 600));
    // All the same, so that each possible pair has to be compared.
    let alike = |revision: usize| -> Vec<Mail> {
        let hunk = |n: usize| long(0, 150) + &long(n * 2 + revision + 1, 30);
        (0..80).map(|n| patch(&format!("lamp: {revision} {n}"), "Words.", &hunk(n))).collect()
    };
    let comparison = compare(&alike(0), &alike(1));
    assert_eq!((comparison.care, comparison.pairs.len()), (Care::Estimated, 80));
    // Large; hardly any line is unique.
    let noise = |seed: usize| -> String {
        (0..40_000).map(|n| format!("+{}\n", (n * n / 7 + n * seed) % 5)).collect()
    };
    let difference = difference(
        &patch("lamp: noise", "Words.", &noise(3)),
        &patch("lamp: noise", "Words.", &noise(4)),
    );
    assert_eq!(difference.extent, Extent::Beginning);
    let took = started.elapsed();
    eprintln!("hostile revisions took {took:?}");
    assert!(took < Duration::from_secs(30), "{took:?}");
}
