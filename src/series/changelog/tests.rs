//! Examples of changelogs.

use super::*;

fn version(major: u32) -> Version {
    Version { major, ..Version::FIRST }
}

#[test]
fn the_part_about_one_version() {
    let list = "Intro.\n\nChanges since v2:\n- a\n- b\n\nChanges since v1:\n- c\n";
    let arrows = "v2 -> v3:\n  - a\n\nv1 -> v2:\n  - c\n";
    let short = "v3:\n * a\n   more\nv2: \n * c\n";
    let inside = "Changes in v3:\n- a\n\nThanks for reading.\n";
    let seed = "Patch History\n=====\nform v2 to v3:\n  - a\n  - b\n\nfrom v1 to v2:\n  - c\n";
    let ruled = "Changes in v3:\n- a\n\n---\nJane (1):\n  b\n";
    let html = "* Changes in v3 *\na\n";
    for (text, found) in [
        (list, Some("- a\n- b")),
        (arrows, Some("  - a")),
        (short, Some(" * a\n   more")),
        (inside, Some("- a")),
        (seed, Some("  - a\n  - b")),
        (ruled, Some("- a")),
        ("Changes in v3:\n==============\n\n* a\n", Some("* a")),
        (html, Some("a")),
        ("This is about v3 of the interface, which changes.\n", None),
        ("Changes in v4:\n- a\n", None),
        ("Changes in v3:\n", None),
    ] {
        assert_eq!(section(text, version(3), Bare::IsText), found, "{text}");
    }
}

#[test]
fn every_spelling_of_the_heading() {
    for heading in [
        "Changes in v3:",
        "changes in V3",
        "V3:",
        "v3",
        "[V3]",
        "* v3",
        "-v3:",
        "Changes for v3:",
        "Changes since v2:",
        "Change since V2:",
        "Since v2:",
        "Since RFC v2:",
        "changes from v2:",
        "Changed since v2:",
        "V2<->V3:",
        "v2 - v3:",
        "v2->v3",
        "v2..v3:",
        "Changes v2 => v3:",
        "ChangeLog v2->v3:",
        "changelog[v3]:",
        "Patch v3:",
        "v3 patch including:",
        "v3 (new series):",
        "v3-resend:",
        "Changes in v3 (v2 was an RFC):",
        "Changes in version 3:",
        "Changes since version 2:",
        "Changes between v2 and v3:",
        "Main changes since v2:",
        "What's new in v3:",
        "Changes since the previous version:",
        "Changes from last version:",
        "Changelog:",
        "=== Changes in v3 ===",
        "v3 (2020-05-01):",
    ] {
        let text = format!("About.\n\n{heading}\n - a\n   more\n\nThanks.\n");
        let found = section(&text, version(3), Bare::IsText);
        assert_eq!(found, Some(" - a\n   more"), "{heading}");
    }
}

#[test]
fn one_line_a_version() {
    let lines = "V4: d\nv3: c\n    more\nv2: b\n";
    for (text, found) in [
        (lines, Some("c\n    more")),
        ("[v3: c]\n", Some("c")),
        ("changelog[v3]:Split 3 patches.\n", Some("Split 3 patches.")),
        ("v3 - c\nv2 - b\n", Some("c")),
        ("v3: no changes\nSigned-off-by: A <a@example.org>\n", Some("no changes")),
        ("Changes in v3: None\n", Some("None")),
        ("v3: https://example.org/v3\n", None),
        ("v3: https://example.org/2\n* c\n", Some("https://example.org/2\n* c")),
        ("v3.3: tested on some board\n", None),
        ("- v3 of the controller: not done\n", None),
    ] {
        assert_eq!(section(text, version(3), Bare::IsText), found, "{text}");
    }
}

#[test]
fn a_heading_without_a_version_counts_below_the_dashes() {
    let text = "Changes:\n- a\n";
    assert_eq!(section(text, version(3), Bare::Counts), Some("- a"));
    assert_eq!(section(text, version(3), Bare::IsText), None);
    assert_eq!(section(text, version(1), Bare::Counts), None);
    let rfc = "Changes since RFC:\n- a\n";
    assert_eq!(section(rfc, version(1), Bare::IsText), Some("- a"));
    assert_eq!(section(rfc, version(3), Bare::IsText), None);
}

#[test]
fn points_are_joined_and_links_left_out() {
    let text =
        "- fix a\n  and b\n- c\n- https://example.org/x\n- Link to v2: https://example.org/2\n- d";
    assert_eq!(points(text, 2), ["fix a and b", "c"]);
    assert_eq!(points(text, 9), ["fix a and b", "c", "d"]);
    let unmarked =
        "use mktemp\nsay why the last number is what it is, because nobody knew and some\nasked";
    let said = "say why the last number is what it is, because nobody knew and some asked";
    assert_eq!(points(unmarked, 3), ["use mktemp", said]);
    assert_eq!(points("1. a\n   more\n2) b", 3), ["a more", "b"]);
    let line = format!("  {}\n", "word ".repeat(14));
    let long = format!("- first\n{}- second", line.repeat(9));
    let points = points(&long, 9);
    assert_eq!(points.len(), 2, "{points:?}");
    assert!(points[0].ends_with(" …") && points[0].len() < 300, "{points:?}");
    assert_eq!(points[1], "second");
}

#[test]
fn the_cover_letter_speaks_for_its_patches() {
    let told = |all: &[(Option<u32>, &'static str)]| {
        let changes = |(number, text): &(Option<u32>, &'static str)| Changes {
            mail: MailIx(0),
            number: *number,
            text: (*text).into(),
        };
        told_points(&all.iter().map(changes).collect::<Vec<_>>(), 3)
    };
    assert_eq!(told(&[(None, "- a\n- b"), (Some(1), "- c")]), ["a", "b"]);
    assert_eq!(told(&[(None, "None"), (Some(1), "- c"), (Some(4), "d")]), ["1: c", "4: d"]);
    assert_eq!(told(&[(Some(1), "no change"), (Some(2), "- c")]), ["c"]);
    assert_eq!(told(&[(Some(1), "a"), (Some(2), "- a\n- b")]), ["1, 2: a", "2: b"]);
    assert_eq!(told(&[(Some(1), "no change"), (Some(2), "none")]), ["no change"]);
    assert!(told(&[]).is_empty());
}

#[test]
fn nothing_is_said_in_a_few_words() {
    for (text, nothing) in [("- None.", true), ("No changes", true), ("No changes in a", false)] {
        assert_eq!(says_nothing(text), nothing, "{text}");
    }
}
