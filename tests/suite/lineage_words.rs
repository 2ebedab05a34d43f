//! The same work in other words or by other means: the evidence in its title, its message, its files and its
//! sign-offs.

use crate::sent::{IDA, Sent, ZOE, corpus, replaces, sent, shape};

/// Long enough to be distinguished from others.
const WHY: &str = "The lamp is dark when its hue was never set, which is so for every lamp that is new.\n\
                   Set one when it is made, and keep whatever a user chose later on.";

/// A patch with a commit message of its own.
fn says(message: &str, diff: &str) -> String {
    diff.replacen("\nIt glows.\n", &format!("\n{message}\n\nSigned-off-by: {ZOE}\n"), 1)
}

/// A patch that adds files of one line each.
fn adds(files: &[&str]) -> String {
    let diff = |file: &&str| {
        format!(
            "diff --git a/{file} b/{file}\nnew file mode 100644\nindex 0000000..1234567\n--- /dev/null\n+++ b/{file}\n\
             @@ -0,0 +1 @@\n+{file}\n"
        )
    };
    format!("\nIt is new.\n---\n{}", files.iter().map(diff).collect::<String>())
}

#[test]
fn what_says_the_same_from_the_same_state_of_a_file_is_meant_instead() {
    let pair = |message: &str, object, new, change: fn(&mut Sent<'_>)| {
        let first = says(WHY, &replaces("aaaaaaa", 7, "int hue = 1;", "int hue = warm_white();"));
        let second = says(message, &replaces(object, 90, "glow();", new));
        let mut mail = sent("2", (2, "15:00"), "[PATCH] lamp: give each a hue", second);
        change(&mut mail);
        shape(&corpus(&[sent("1", (2, "10:00"), "[PATCH] lamp: light new ones", first), mail]))
    };
    let more = WHY.replace("later on.", "later on, also where nobody\nlooks at it.");
    let two = ["v1 1", "v1 2"];
    assert_eq!(pair(&more, "aaaaaaa", "glow(HUE);", |_| ()), ["v1 1, v1-2 2"]);
    assert_eq!(pair(WHY, "aaaaaaa", "glow(HUE);", |_| ()), two, "word by word, of another place");
    assert_eq!(pair("Other words.", "aaaaaaa", "glow(HUE);", |_| ()), two);
    assert_eq!(pair(&more, "bbbbbbb", "glow(HUE);", |_| ()), two, "on top of the other");
    assert_eq!(pair(&more, "aaaaaaa", "glow(HUE);", |mail| mail.from = IDA), two);
    assert_eq!(pair(&more, "aaaaaaa", "glow(HUE);", |mail| mail.when = (2, "10:03")), two);
}

/// The same bug is fixed in two functions of one file, with the same description.
#[test]
fn one_defect_in_two_functions_is_mended_by_two_works() {
    let mends = |line| {
        let hunk = |line: u32| format!("@@ -{line},2 +{line},5 @@\n buy(lamp);\n");
        let lines =
            "+if (is_broken(lamp)) {\n+\tgive_back(lamp);\n+\tlamp = NULL;\n return lamp;\n";
        let diff = replaces("aaaaaaa", 1, "a", "b");
        let at = diff.find("@@").expect("a hunk");
        says(WHY, &format!("{}{}{lines}", &diff[..at], hunk(line)))
    };
    let pair = |line| {
        shape(&corpus(&[
            sent("1", (2, "10:00"), "[PATCH] lamp: mend what buys one", mends(40)),
            sent("2", (3, "10:00"), "[PATCH] lamp: mend what buys two", mends(line)),
        ]))
    };
    assert_eq!(pair(90), ["v1 1", "v1 2"]);
    assert_eq!(pair(40), ["v1 1, v1-2 2"], "the same place");
}

#[test]
fn a_title_is_the_same_under_other_names_if_a_file_is() {
    let first = || {
        let text = says("One.", &replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 2;"));
        sent("1", (2, "10:00"), "[PATCH] cave: Light the lamps of all users", text)
    };
    let patch =
        |id, answers, subject, text| Sent { answers, ..sent(id, (9, "10:00"), subject, text) };
    let grown = |title: &'static str, file: &str, rest: &'static str| {
        let text = says("Two.", &replaces("bbbbbbb", 90, "glow();", "shine();"));
        let other = replaces("ccccccc", 3, "x", "y").replace("lamp.c", "count.c");
        shape(&corpus(&[
            first(),
            patch("2", "", title, text.replace("lamp.c", file)),
            patch("3", "2", rest, other),
        ]))
    };
    let two = ["v1 1", "v1 2"];
    let grows = "[PATCH 1/2] house: cave: light the lamps of all users";
    let rest = "[PATCH 2/2] house: count them";
    assert_eq!(grown(grows, "lamp.c", rest), ["v1 1, v1-2 2"]);
    assert_eq!(grown(grows, "shade.c", rest), two, "another file");
    let guests = "[PATCH 1/2] house: cave: light the lamps of all guests";
    assert_eq!(grown(guests, "lamp.c", rest), two, "another title");
    let also = "[PATCH 2/2] garden: light the lamps of all users";
    assert_eq!(grown(grows, "lamp.c", also), two, "the names are what tells its patches apart");
}

#[test]
fn a_patch_is_the_same_with_a_letter_and_without() {
    let patch = |id, answers, when, subject, line, new| {
        let text = replaces("aaaaaaa", line, "int hue = 1;", new);
        Sent { answers, ..sent(id, when, subject, text) }
    };
    let pair = |title| {
        shape(&corpus(&[
            patch("1", "", (2, "10:00"), "[PATCH] lamp: a warmer hue", 7, "int hue = 2;"),
            sent("2", (3, "10:00"), "[PATCH 0/1] warm lamps", "\nAs you said.\n".to_owned()),
            patch("3", "2", (3, "10:00"), title, 90, "int hue = 3;"),
        ]))
    };
    assert_eq!(pair("[PATCH 1/1] lamp: a warmer hue"), ["v1 1, v1-2 2"]);
    assert_eq!(pair("[PATCH 1/1] lamp: a colder hue"), ["v1 1", "v1 2"]);
}

#[test]
fn what_adds_the_same_files_is_meant_instead() {
    let first = || {
        [
            sent("1", (2, "10:00"), "[PATCH 1/2] lamps: add the driver", adds(&["red.c", "red.h"])),
            Sent {
                answers: "1",
                ..sent("2", (2, "10:00"), "[PATCH 2/2] lamps: tell of it", adds(&["red.txt"]))
            },
        ]
    };
    let with =
        |rest: Vec<Sent<'_>>| shape(&corpus(&first().into_iter().chain(rest).collect::<Vec<_>>()));
    let all = ["red.c", "red.h", "red.txt"];
    let one =
        |files: &[&str]| vec![sent("3", (20, "10:00"), "[PATCH] A lamp that is red", adds(files))];
    assert_eq!(with(one(&all)), ["v1 1, v1-2 3"]);
    assert_eq!(with(one(&["blue.c", "blue.h", "blue.txt"])), ["v1 1", "v1 3"]);
    assert_eq!(with(one(&["red.c"])), ["v1 1", "v1 3"], "one of them");
    let carried = (3..9).map(|at| Sent {
        answers: if at == 3 { "" } else { "3" },
        ..sent(
            ["3", "4", "5", "6", "7", "8"][at - 3],
            (20, "10:00"),
            [
                "[PATCH 1/6] a",
                "[PATCH 2/6] b",
                "[PATCH 3/6] c",
                "[PATCH 4/6] d",
                "[PATCH 5/6] e",
                "[PATCH 6/6] f",
            ][at - 3],
            if at == 5 {
                adds(&all)
            } else {
                adds(&[["g.c", "h.c", "", "i.c", "j.c", "k.c"][at - 3]])
            },
        )
    });
    assert_eq!(with(carried.collect()), ["v1 1", "v1 3"], "a larger work carries them in");
    let of = |subject| {
        let part = sent("1", (2, "10:00"), subject, adds(&["red.c"]));
        shape(&corpus(&[part, sent("3", (20, "10:00"), "[PATCH] A lamp that is red", adds(&all))]))
    };
    assert_eq!(of("[PATCH] lamps: add the driver"), ["v1 1, v1-2 3"]);
    assert_eq!(
        of("[PATCH 2/9] lamps: add the driver"),
        ["v1 1", "v1 3"],
        "the other eight are not there"
    );
}

/// A maintainer changes a word and sends the patch on as an attachment: only the first sign-off shows whose it is.
#[test]
fn who_signed_a_patch_first_made_it() {
    let sends = |signed: &str| {
        let second = replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 3;");
        let signed = format!("\n{signed}Signed-off-by: {IDA}\n");
        let first = says("Warm.", &replaces("aaaaaaa", 7, "int hue = 1;", "int hue = 2;"));
        let mail = Sent {
            from: IDA,
            ..sent(
                "2",
                (3, "10:00"),
                "[PATCH] lamp: a warmer hue",
                second.replace("\nIt glows.\n", &signed),
            )
        };
        shape(&corpus(&[sent("1", (2, "10:00"), "[PATCH v2] lamp: a warmer hue", first), mail]))
    };
    assert_eq!(sends(&format!("Signed-off-by: {ZOE}\n")), ["v2 1, v2-2 2"]);
    assert_eq!(sends(""), ["v2 1", "v1 2"]);
}

/// A driver becomes a part of another one: no file is the same, and the title differs by a word.
#[test]
fn the_next_version_may_have_no_file_in_common() {
    let pair = |file: &str, title| {
        let diff =
            |file: &str, line| replaces("aaaaaaa", line, "on", "off").replace("lamp.c", file);
        shape(&corpus(&[
            sent(
                "1",
                (2, "10:00"),
                "[PATCH] lamps: Add the red one of ACME",
                diff("lamps/red.c", 7),
            ),
            sent("2", (3, "10:00"), title, diff(file, 90)),
        ]))
    };
    assert_eq!(
        pair("lamps/any.c", "[PATCH v2] lamps: (any) Add the red one of ACME"),
        ["v1 1, v2 2"]
    );
    assert_eq!(
        pair("lamps/any.c", "[PATCH v3] lamps: (any) Add the red one of ACME"),
        ["v1 1", "v3 2"],
        "not the next one"
    );
    assert_eq!(
        pair("shades/any.c", "[PATCH v2] lamps: (any) Add the red one of ACME"),
        ["v1 1", "v2 2"]
    );
    assert_eq!(pair("lamps/any.c", "[PATCH v2] lamps: Add the blue one of ACME"), ["v1 1", "v2 2"]);
}

/// The author of another solution with another title may say so in words instead of with a link.
#[test]
fn what_its_author_says_that_it_replaces_is_the_version_before() {
    let other = |line| replaces("bbbbbbb", line, "int glow;", &format!("int glow = {line};"));
    let after = |words: &str, subject, from, when| {
        let text = other(90).replacen("It glows.", &format!("It glows.\n\n{words}"), 1);
        let first = replaces("aaaaaaa", 7, "int hue;", "int hue = warm_white();");
        shape(&corpus(&[
            sent(
                "1",
                (2, "10:00"),
                "[PATCH] lamp: on at night",
                first.replace("lamp.c", "night.c"),
            ),
            Sent { from, ..sent("2", when, subject, text) },
        ]))
    };
    let (soon, next) = ((9, "10:00"), "[PATCH v2] shade: never be dark");
    let says = |words: &str| after(words, next, ZOE, soon);
    let one = ["v1 1, v2 2"];
    assert_eq!(says("This replaces the previously submitted \"lamp: on at night\"."), one);
    assert_eq!(
        says("It is a revised version of my patch titled:\n  [PATCH] lamp: on at night"),
        one
    );
    assert_eq!(says("v1:\ncover letter: (lamp: on at night)"), one);
    let two = ["v1 1", "v2 2"];
    assert_eq!(says("This needs the previous patch \"lamp: on at night\"."), two, "another work");
    assert_eq!(says("> This replaces \"lamp: on at night\"."), two, "somebody else's words");
    assert_eq!(says("This replaces \"lamp: on\" at night."), two, "another title");
    assert_eq!(says("v1: the lamp goes on at night"), two, "no title");
    let words = "This supersedes \"lamp: on at night\".";
    assert_eq!(after(words, "[PATCH] shade: never be dark", ZOE, soon), ["v1 1, v1-2 2"]);
    assert_eq!(after(words, next, IDA, soon), two, "by somebody else");
    let elsewhere = "Zoe Lind <zoe@elsewhere.example>";
    assert_eq!(after(words, next, elsewhere, soon), two, "by somebody of her name");
    assert_eq!(after(words, "[PATCH] shade: never be dark", ZOE, (1, "10:00")), ["v1 2", "v1 1"]);
}
