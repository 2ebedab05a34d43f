//! A later version without a link to an earlier one: everything that it shares with earlier postings by its author
//! counts as evidence.

use crate::sent::{IDA, Sent, ZOE, corpus, replaces, sent, shape};

/// A distinct commit message above a diff.
fn says(message: &str, diff: &str) -> String {
    diff.replacen("\nIt glows.\n", &format!("\n{message}\n\nSigned-off-by: {ZOE}\n"), 1)
}

const WHY: &str =
    "The lamp is dark when its hue was never set, which is so for every lamp that is new.";

/// The first version, and the possible second one.
fn pair(change: impl Fn(&mut Sent<'_>)) -> Vec<String> {
    let first = says(WHY, &replaces("aaaaaaa", 7, "int hue = 1;", "int hue = warm_white();"));
    let again = says(
        &format!("{WHY}\nDim it, too."),
        &replaces("bbbbbbb", 90, "int hue = 1;", "int hue = dimmed();"),
    );
    let mut second = sent("2", (9, "10:00"), "[PATCH v2] lamp: dim what is new", again);
    change(&mut second);
    shape(&corpus(&[sent("1", (2, "10:00"), "[PATCH] lamp: light new ones", first), second]))
}

#[test]
fn a_second_version_follows_the_posting_it_has_most_in_common_with() {
    let two = ["v1 1", "v2 2"];
    assert_eq!(pair(|_| ()), ["v1 1, v2 2"]);
    let other = says("Nothing of it is so.", &replaces("bbbbbbb", 90, "glow();", "shine();"));
    assert_eq!(pair(|mail| mail.text = other.clone()), two, "the file alone");
    assert_eq!(pair(|mail| mail.from = IDA), two, "somebody else");
    assert_eq!(pair(|mail| mail.when = (1, "10:00")), ["v2 2", "v1 1"], "before the first");
    let elsewhere = |mail: &mut Sent<'_>| mail.text = mail.text.replace("lamp.c", "shade.c");
    assert_eq!(pair(elsewhere), two, "another file");
    let other = says("Nothing of it is so.", &replaces("bbbbbbb", 90, "int hue = 1;", "int c;"));
    assert_eq!(pair(|mail| mail.text = other.clone()), ["v1 1, v2 2"], "a line");
    let counted = |mail: &mut Sent<'_>| {
        (mail.text, mail.subject) = (other.clone(), "[PATCH v4] lamp: dim what is new");
    };
    assert_eq!(pair(counted), ["v1 1", "v4 2"], "the versions in between are not there");
    let branch = |mail: &mut Sent<'_>| mail.subject = "[PATCH 5.4 v2] lamp: dim what is new";
    assert_eq!(pair(branch), two, "for a stable branch");
}

#[test]
fn of_several_it_is_the_one_with_most_in_common_or_none() {
    let patch = |id, minute, subject, line, new: &str| {
        sent(id, (2, minute), subject, says(new, &replaces("aaaaaaa", line, "off", new)))
    };
    let mut mails = vec![
        patch("1", "10:00", "[PATCH] lamp: one", 7, "on one"),
        sent(
            "2",
            (2, "10:10"),
            "[PATCH] lamp: two",
            says(WHY, &replaces("aaaaaaa", 40, "int hue = 1;", "int hue = two();")),
        ),
        patch("3", "10:20", "[PATCH] lamp: three", 70, "on three"),
    ];
    let second = || {
        let text = says(WHY, &replaces("bbbbbbb", 41, "int hue = 1;", "int hue = all();"));
        sent("9", (9, "10:00"), "[PATCH v2] lamp: of all", text)
    };
    mails.push(second());
    assert_eq!(shape(&corpus(&mails)), ["v1 1", "v1 2, v2 9", "v1 3"]);
    mails[3].text = says("Other words.", &replaces("bbbbbbb", 41, "glow();", "shine();"));
    assert_eq!(shape(&corpus(&mails)), ["v1 1", "v1 2", "v1 3", "v2 9"], "none");
}

/// A `Link:` among the trailers leads to a discussion more often than to a version, so it is weak evidence by
/// itself.
#[test]
fn a_link_says_that_two_postings_belong_together() {
    let pair = |trailer: &str, file: &str| {
        let first = says("One.", &replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 2;"));
        let second = says("Two.", &replaces("bbbbbbb", 90, "glow();", "shine();"));
        let second = second.replacen("Signed-off-by", &format!("{trailer}Signed-off-by"), 1);
        shape(&corpus(&[
            sent("1", (2, "10:00"), "[PATCH] lamp: a warmer hue", first),
            sent(
                "2",
                (3, "10:00"),
                "[PATCH v2] shade: what lets it out",
                second.replace("lamp.c", file),
            ),
        ]))
    };
    let link = "Link: https://lore.kernel.org/r/1@example.org\n";
    assert_eq!(pair(link, "lamp.c"), ["v1 1, v2 2"]);
    assert_eq!(pair("", "lamp.c"), ["v1 1", "v2 2"]);
    assert_eq!(pair(link, "shade.c"), ["v1 1", "v2 2"], "nothing but the link");
}

#[test]
fn the_first_patch_replaces_a_missing_letter() {
    let patch = |id, answers, when, subject, line| {
        let text = replaces("aaaaaaa", line, "off", &format!("on {id}"));
        Sent { answers, ..sent(id, when, subject, text) }
    };
    let all = |one, two| {
        shape(&corpus(&[
            patch("1", "", (2, "10:00"), "[PATCH house,v2] lamp: on", 1),
            patch("2", "", (3, "10:00"), one, 20),
            patch("3", "2", (3, "10:00"), two, 40),
            patch("4", "2", (3, "10:00"), "[PATCH house 3/3] lamp: dim", 60),
        ]))
    };
    let off = "[PATCH house 2/3] lamp: off";
    assert_eq!(all("[PATCH house 1/3,v3] lamp: on", off), ["v2 1, v3 2"]);
    assert_eq!(
        all("[PATCH house 1/3] lamp: on", "[PATCH house 2/3,v3] lamp: off"),
        ["v2 1", "v1 2"],
        "another patch counts for itself"
    );
}

/// Fixes that somebody collects every other week, with the same title.
#[test]
fn a_bundle_of_one_patch_is_not_a_grown_patch() {
    let letter =
        |id, day, subject| sent(id, (day, "10:00"), subject, "\nPlease take them.\n".to_owned());
    let patch = |id, answers, day, subject, line| {
        let text = replaces("aaaaaaa", line, "off", &format!("on {id}"));
        Sent { answers, ..sent(id, (day, "10:00"), subject, text) }
    };
    let all = |title| {
        shape(&corpus(&[
            letter("1", 2, "[PATCH 0/1] House fixes for the garden"),
            patch("2", "1", 2, title, 10),
            letter("3", 20, "[PATCH 0/2] House fixes for the garden"),
            patch("4", "3", 20, "[PATCH 1/2] lamp: off", 50),
            patch("5", "3", 20, "[PATCH 2/2] lamp: dim", 90),
        ]))
    };
    assert_eq!(all("[PATCH 1/1] lamp: on"), ["v1 1", "v1 3"]);
    assert_eq!(all("[PATCH 1/1] House fixes for the garden"), ["v1 1, v1-2 3"], "its own title");
}

#[test]
fn most_patches_of_the_newest_version_are_that_one_again() {
    let letter = |id, when, subject, words: &str| sent(id, when, subject, format!("\n{words}\n"));
    let patch = |id, answers, when, subject, line| {
        let text = replaces("aaaaaaa", line, "off", &format!("on {line}"));
        Sent { answers, ..sent(id, when, subject, text) }
    };
    let all = |words: &str, change: &dyn Fn(&mut Vec<Sent<'_>>)| {
        let mut mails = vec![
            letter("1", (2, "10:00"), "[PATCH v2 0/3] Better lamps", "Three of them."),
            patch("2", "1", (2, "10:00"), "[PATCH v2 1/3] lamp: on", 10),
            patch("3", "1", (2, "10:00"), "[PATCH v2 2/3] lamp: off", 50),
            patch("4", "1", (2, "10:00"), "[PATCH v2 3/3] lamp: dim", 90),
            letter("5", (12, "10:00"), "[PATCH 0/3] Lamps that are improved", words),
            patch("6", "5", (12, "10:00"), "[PATCH 1/3] lamp: on", 10),
            patch("7", "5", (12, "10:00"), "[PATCH 2/3] lamp: off", 50),
            patch("8", "5", (12, "10:00"), "[PATCH 3/3] lamp: dim", 90),
        ];
        change(&mut mails);
        shape(&corpus(&mails))
    };
    let here = "Here they are.";
    let two = ["v2 1", "v1 5"];
    assert_eq!(all(here, &|_| ()), ["v2 1, v2-2 5"]);
    assert_eq!(all("In v3 the following is new:\n- words", &|_| ()), ["v2 1, v3 5"]);
    let burn = |mails: &mut Vec<Sent<'_>>| {
        mails[7] = patch("8", "5", (12, "10:00"), "[PATCH 3/3] lamp: burn", 200);
    };
    assert_eq!(all(here, &burn), two, "two of three");
    let late = |mails: &mut Vec<Sent<'_>>| {
        mails[4..].iter_mut().for_each(|mail| mail.when = (120, "10:00"));
    };
    assert_eq!(all(here, &late), two, "months later");
    let by_ida = |mails: &mut Vec<Sent<'_>>| {
        for mail in &mut mails[4..] {
            (mail.from, mail.text) = (IDA, format!("\nFrom: {ZOE}\n{}", mail.text));
        }
    };
    assert_eq!(all(here, &by_ida), two, "who gathers patches sends them on");
    let counted = |mails: &mut Vec<Sent<'_>>| {
        mails.push(letter("9", (14, "10:00"), "[PATCH v2 0/1] Lamps that are improved", here));
        mails.push(patch("10", "9", (14, "10:00"), "[PATCH v2 1/1] lamp: on", 10));
    };
    assert_eq!(all(here, &counted), ["v2 1", "v1 5, v2 9"], "it has a count of its own");
    let pull = "Please pull these changes from:\n\n  git://example.org/house.git tags/lamps\n\n\
                The following changes since commit 0123456789abcdef0123456789abcdef01234567:\n\n  x\n\n\
                are available in the Git repository at:\n\n  git://example.org/house.git tags/lamps\n";
    assert_eq!(all(pull, &|_| ()), two, "asks for a pull");
}

/// A checker found the same bug again, months after a patch that was not applied.
#[test]
fn the_same_change_is_one_work_however_late_and_whatever_its_title() {
    let pair = |day, new: &str, subject| {
        let patch = |id, when, subject, new: &str| {
            sent(id, when, subject, replaces("aaaaaaa", 7, "int hue = 1;", new))
        };
        shape(&corpus(&[
            patch("1", (2, "10:00"), "[PATCH] lamp: a warmer hue", "int hue;"),
            patch("2", (day, "10:00"), subject, new),
        ]))
    };
    let subject = "[PATCH] house: drop what is never read";
    assert_eq!(pair(180, "int hue;", subject), ["v1 1, v1-2 2"]);
    assert_eq!(pair(180, "short hue;", subject), ["v1 1", "v1 2"], "another change");
    let stable = "[PATCH 5.4] house: drop what is never read";
    assert_eq!(pair(180, "int hue;", stable), ["v1 1", "v1 2"], "for a stable branch");
}

/// The remaining postings are weighed when all postings of the archive are known.
#[test]
fn what_its_author_sent_later_hides_no_first_version() {
    let first = says(WHY, &replaces("aaaaaaa", 7, "int hue = 1;", "int hue = warm_white();"));
    let again = says(
        &format!("{WHY}\nDim it, too."),
        &replaces("bbbbbbb", 90, "int hue = 1;", "int hue = dimmed();"),
    );
    let others: Vec<[String; 3]> = (0..220)
        .map(|n| {
            let text = replaces("ccccccc", 7, &format!("int b{n};"), &format!("int c{n};"));
            let text = says(&format!("Bell {n} rings."), &text.replace("lamp.c", "bell.c"));
            [format!("b{n}"), format!("[PATCH] bell {n}: ring number {n}"), text]
        })
        .collect();
    let mut mails = vec![
        sent("1", (2, "10:00"), "[PATCH] lamp: light new ones", first),
        sent("2", (9, "10:00"), "[PATCH v2] lamp: dim what is new", again),
    ];
    mails.extend(
        others.iter().map(|[id, subject, text]| sent(id, (20, "10:00"), subject, text.clone())),
    );
    let works = shape(&corpus(&mails));
    assert!(works.iter().any(|work| work == "v1 1, v2 2"), "{works:?}");
}
