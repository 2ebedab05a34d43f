//! Links of a posting: which lead to its earlier version, and which to a prerequisite. Series that are split.

use patchpress::series::Corpus;

use crate::{
    pages::render_with,
    sent::{Sent, corpus, replaces, sent, shape},
};

/// The link to a mail of an archive.
fn link(id: &str) -> String {
    format!("https://lists.example.org/r/{id}@example.org/")
}

/// A letter, or another mail without a patch.
fn letter<'a>(id: &'a str, when: (u32, &'a str), subject: &'a str, text: &str) -> Sent<'a> {
    sent(id, when, subject, format!("\n{text}\n"))
}

/// A patch below a letter, which changes a line of a file.
fn patch<'a>(
    id: &'a str,
    answers: &'a str,
    when: (u32, &'a str),
    subject: &'a str,
    (file, new): (&str, &str),
) -> Sent<'a> {
    let text = replaces("aaaaaaa", 7, "dark", new).replace("lamp.c", file);
    Sent { answers, ..sent(id, when, subject, text) }
}

/// A work in two versions, the second of which is based on another work by its author.
fn on_another_work(second: &str) -> Vec<String> {
    shape(&corpus(&[
        letter("20260302-lamp-v2-0", (2, "10:00"), "[PATCH v2 0/1] Brighter lamps", "Why."),
        patch("1", "20260302-lamp-v2-0", (2, "10:01"), "[PATCH v2 1/1] lamp: on", ("lamp.c", "on")),
        letter("20260309-shade-v2-0", (9, "10:00"), "[PATCH v2 0/1] New shades", "Why."),
        patch(
            "2",
            "20260309-shade-v2-0",
            (9, "10:01"),
            "[PATCH v2 1/1] shade: dim",
            ("shade.c", "dim"),
        ),
        letter("20260310-lamp-v3-0", (10, "10:00"), "[PATCH v3 0/1] Brighter lamps", second),
        patch(
            "3",
            "20260310-lamp-v3-0",
            (10, "10:01"),
            "[PATCH v3 1/1] lamp: on",
            ("lamp.c", "bright"),
        ),
    ]))
}

#[test]
fn what_a_work_needs_is_no_version_of_it() {
    let [own, other] = ["20260302-lamp-v2-0", "20260309-shade-v2-0"].map(link);
    let apart = ["v2 20260302-lamp-v2-0, v3 20260310-lamp-v3-0", "v2 20260309-shade-v2-0"];
    for text in [
        format!("Dependencies:\n - {other}\n\nChanges in v3:\n- Link to v2: {own}"),
        format!("Changes in v3:\n- Link to v2: {own}\n\nDependencies\n------------\n\n{other}"),
        format!("The series depends on:\n* shades v2: {other}\n\nv2: {own}"),
        format!("Based on the following version of shades:\n{other}"),
        format!("All parts:\n * shade - {other}\n\nChanges in v3:\n- Link to v2: {own}"),
        format!("All parts:\n * shade - {other}\n * previous version: {own}"),
    ] {
        assert_eq!(on_another_work(&text), apart, "{text}");
    }
    let text =
        format!("Based on v6.15-rc1\n\n[0] {other}\n\nChanges since that version:\n- Two lamps.");
    let cited = on_another_work(&text);
    assert_eq!(cited, ["v2 20260302-lamp-v2-0", "v2 20260309-shade-v2-0, v3 20260310-lamp-v3-0"]);
}

#[test]
fn what_has_another_change_id_is_linked_to_for_another_reason() {
    let pair = |said: &str, id: &str| {
        let named = |id: &str| format!("Why.\n---\nbase-commit: 0123456789abcdef\nchange-id: {id}");
        let second = format!("{said}{}\n\n{}", link("1"), named(id));
        shape(&corpus(&[
            letter("1", (2, "10:00"), "[PATCH 0/1] Brighter lamps", &named("20260302-lamp-1")),
            patch("2", "1", (2, "10:01"), "[PATCH 1/1] lamp: on", ("lamp.c", "on")),
            letter("3", (9, "10:00"), "[PATCH v2 0/1] New shades", &second),
            patch("4", "3", (9, "10:01"), "[PATCH v2 1/1] shade: dim", ("shade.c", "dim")),
        ]))
    };
    let (one, two) = (["v1 1, v2 3"], ["v1 1", "v2 3"]);
    assert_eq!(pair("Made for the new version of: ", "20260309-shade-2"), two);
    assert_eq!(pair("Made for the new version of: ", "20260302-lamp-1"), one);
    assert_eq!(pair("- Link to v1: ", "20260309-shade-2"), one, "the author says so");
}

/// The list has one patch of the first version, and another of the second.
#[test]
fn a_link_that_names_its_version_needs_no_patch_in_common() {
    let pair = |said: &str| {
        let node = format!("\nIt glows.\n--- \nChanges in v4:\n- {said}{}\n---\n", link("1"));
        let text = replaces("aaaaaaa", 7, "dark", "on").replace("lamp.c", "boards/lamp.dts");
        let last = text.replacen("\nIt glows.\n---\n", &node, 1);
        shape(&corpus(&[
            letter("1", (2, "10:00"), "[PATCH v3 0/3] Lamps on the board", "Why."),
            patch(
                "2",
                "1",
                (2, "10:01"),
                "[PATCH v3 1/3] docs: lamps",
                ("Documentation/lamp", "on"),
            ),
            sent("3", (9, "10:00"), "[PATCH v4] boards: add a lamp", last),
        ]))
    };
    assert_eq!(pair("Link to v3: "), ["v3 1, v4 3"]);
    assert_eq!(pair("Link to v2: "), ["v3 1", "v4 3"], "another version");
}

/// The same question is asked again; in the meantime its author sent the result of the replies.
#[test]
fn what_is_sent_for_comments_again_goes_on_the_question() {
    let mails = |last: &'static str| {
        let cites = format!("Changes since the previous version: {}", link("1"));
        let text = |said: &str, line| {
            replaces("aaaaaaa", line, "dark", said).replacen("It glows.", &cites, 1)
        };
        shape(&corpus(&[
            sent(
                "1",
                (2, "10:00"),
                "[RFC PATCH] lamp: a panel",
                replaces("aaaaaaa", 7, "dark", "on"),
            ),
            sent("2", (4, "10:00"), "[PATCH] lamp: drop the old switch", text("bright", 90)),
            sent("3", (20, "10:00"), last, replaces("aaaaaaa", 7, "dark", "on()")),
        ]))
    };
    assert_eq!(mails("[RFC PATCH v2] lamp: a panel"), ["v1 1, v2 3", "v1 2"]);
    assert_eq!(mails("[PATCH] lamp: a bell"), ["v1 1, v1-2 2", "v1 3"]);
}

/// Four patches, which become two series of two in their second version, ten minutes apart.
fn split(second: &'static str) -> Vec<Sent<'static>> {
    let said = format!("Changes in v2:\n- One series has become two.\n- Link to v1: {}", link("1"));
    vec![
        letter("1", (2, "10:00"), "[PATCH 0/4] Lamps and bells", "Why."),
        patch("2", "1", (2, "10:01"), "[PATCH 1/4] lamp: on", ("lamp.c", "on")),
        patch("3", "1", (2, "10:02"), "[PATCH 2/4] lamp: dim", ("dim.c", "dim")),
        patch("4", "1", (2, "10:03"), "[PATCH 3/4] bell: ring", ("bell.c", "ring")),
        patch("5", "1", (2, "10:04"), "[PATCH 4/4] bell: hush", ("hush.c", "hush")),
        letter("6", (9, "10:00"), "[PATCH v2 0/2] Lamps", &said),
        patch("7", "6", (9, "10:01"), "[PATCH v2 1/2] lamp: on", ("lamp.c", "on()")),
        patch("8", "6", (9, "10:02"), "[PATCH v2 2/2] lamp: dim", ("dim.c", "dim()")),
        letter("9", (9, "10:20"), "[PATCH v2 0/2] Bells", &said),
        patch("10", "9", (9, "10:21"), second, ("bell.c", "ring()")),
        patch("11", "9", (9, "10:22"), "[PATCH v2 2/2] bell: hush", ("hush.c", "hush()")),
        letter("12", (20, "10:00"), "[PATCH v3 0/2] Bells", "Why."),
        patch("13", "12", (20, "10:01"), "[PATCH v3 1/2] bell: ring", ("bell.c", "ring(2)")),
        patch("14", "12", (20, "10:02"), "[PATCH v3 2/2] bell: hush", ("hush.c", "hush(2)")),
    ]
}

const BELLS: &str = "[PATCH v2 1/2] bell: ring";

/// For each series, the revision of another series that it has a part of.
fn parts(corpus: &Corpus) -> Vec<Option<(usize, u32)>> {
    let all = corpus.series.iter();
    all.map(|s| s.part_of.as_ref().map(|part| (part.series.at(), part.revision))).collect()
}

#[test]
fn both_parts_of_a_split_series_know_it() {
    let corpus = corpus(&split(BELLS));
    assert_eq!(shape(&corpus), ["v1 1, v2 6", "v2 9, v3 12"]);
    assert_eq!(parts(&corpus), [None, Some((0, 0))]);
    let back: Vec<usize> = corpus.series[0].parts.iter().map(|part| part.at()).collect();
    assert_eq!((back, corpus.series[1].parts.len()), (vec![1], 0));
}

#[test]
fn a_series_with_few_patches_of_another_is_no_part_of_it() {
    let mut mails = split("[PATCH v2 1/2] door: open");
    mails[10] = patch("11", "9", (9, "10:22"), "[PATCH v2 2/2] door: close", ("door.c", "close"));
    mails.truncate(11);
    let corpus = corpus(&mails);
    assert_eq!(shape(&corpus), ["v1 1, v2 6", "v2 9"]);
    assert_eq!(parts(&corpus), [None, None]);
}

#[test]
fn the_pages_of_a_split_series_say_where_the_rest_is() {
    let dir = tempfile::tempdir().expect("a folder");
    let mbox: String = split(BELLS).iter().map(Sent::mbox).collect();
    std::fs::write(dir.path().join("list.mbox"), mbox).expect("an archive");
    let toml = "title = \"Lamps\"\n[[lists]]\nname = \"lamps\"\narchive = \"list.mbox\"\n";
    std::fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let site = render_with(dir.path(), |_| ());
    let telling = |words: &str| {
        let pages = site.files.iter().filter(|(path, _)| path.starts_with("series/"));
        pages.filter(|(_, bytes)| bytes.contains(words)).count()
    };
    assert_eq!(telling("has some of the patches of <a"), 2, "on both versions of the part");
    assert!(telling("Some of these patches go on in <a") > 0, "on the whole");
}

/// One fix for many drivers, each with a version of its own.
#[test]
fn what_is_mended_in_many_drivers_is_many_works() {
    let fix = |id, when, subject, file| {
        let text = replaces("aaaaaaa", 7, "recieve", "receive").replace("lamp.c", file);
        sent(id, when, subject, text)
    };
    let first = || fix("1", (2, "10:00"), "[PATCH] lamp: red: Fix a spelling mistake", "red.c");
    let next = |file| fix("2", (2, "12:00"), "[PATCH v2] lamp: blue: Fix a spelling mistake", file);
    let beside =
        |day| fix("3", (day, "12:30"), "[PATCH v2] lamp: green: Fix a spelling mistake", "green.c");
    assert_eq!(shape(&corpus(&[first(), next("blue.c")])), ["v1 1, v2 2"], "it has moved");
    let two = |file, day| shape(&corpus(&[first(), next(file), beside(day)]));
    assert_eq!(two("blue.c", 2), ["v1 1", "v2 2", "v2 3"], "others on the same day");
    assert_eq!(two("red.c", 2), ["v1 1, v2 2", "v2 3"], "one file");
}
