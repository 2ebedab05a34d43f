//! The most important conversations of a week come first in its digest.

use std::fmt::Write as _;

use serde_json::Value;

use crate::site::Site;

/// A mail: its number, its parent, its sender, its subject and text.
struct Mail(u32, Option<u32>, &'static str, &'static str, &'static str);

/// The conversations of these mails' only week: their titles, the most important first.
fn conversations(mails: &[Mail]) -> Vec<Value> {
    let mut mbox = String::new();
    for Mail(number, parent, name, subject, text) in mails {
        let at = format!("{:02}:{:02}:00", 8 + number / 60, number % 60);
        let parent =
            parent.map_or(String::new(), |to| format!("In-Reply-To: <{to}@example.org>\n"));
        let address = name.to_lowercase().replace(' ', ".");
        write!(
            mbox,
            "From {address}@example.org Mon Feb 23 {at} 2026\nFrom: {name} <{address}@example.org>\n\
             To: list@example.org\nSubject: {subject}\nDate: Mon, 23 Feb 2026 {at} +0000\n\
             Message-ID: <{number}@example.org>\n{parent}\n{text}\n\n"
        )
        .expect("a string");
    }
    let site = Site::new();
    site.write("list.mbox", &mbox);
    let data = site.run(&["export", "--digests"]).succeeds().data();
    let digest: Value = serde_json::from_str(data.lines().next().expect("a digest")).expect("JSON");
    assert_eq!(data.lines().count(), 1);
    digest["conversations"].as_array().expect("conversations").clone()
}

fn titles(conversations: &[Value]) -> Vec<&str> {
    conversations.iter().map(|one| one["title"].as_str().expect("a title")).collect()
}

const DIFF: &str = "The lamp is dim.\n\n---\ndiff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-int a;\n+int b;\n";
const ARGUED: &str = "I looked at the trace and at what the log says about it, and it happens each time the lamp is \
                      switched while the wick is trimmed, so that both of them hold the same oil at the same time.";
const REPORT: &str = "The log is corrupted each time the wick is trimmed while the lamp burns, and what was in it is gone: see the trace below, \
                      which is of a lamp that nobody had touched before, and of the newest oil that there is.";
const DOUBTED: &str = "I don't think that is right. The oil is held by the wick alone, and whoever trims it has to let go \
                       of the lamp first, which the code that you cite has done for as long as there were lamps.";

#[test]
fn what_harms_users_and_is_argued_over_comes_first() {
    let found = conversations(&[
        Mail(1, None, "Ada Example", "[PATCH] lamp: clean up names", DIFF),
        Mail(
            2,
            Some(1),
            "Bob Example",
            "Re: [PATCH] lamp: clean up names",
            "Reviewed-by: Bob Example <bob@example.org>",
        ),
        Mail(3, Some(1), "Cyd Example", "Re: [PATCH] lamp: clean up names", "Looks good, thanks."),
        Mail(4, None, "Dan Example", "lamp: the log is corrupted when the wick is trimmed", REPORT),
        Mail(
            5,
            Some(4),
            "Eve Example",
            "Re: lamp: the log is corrupted when the wick is trimmed",
            DOUBTED,
        ),
        Mail(
            6,
            Some(5),
            "Ada Example",
            "Re: lamp: the log is corrupted when the wick is trimmed",
            ARGUED,
        ),
        Mail(7, None, "Fay Example", "[PATCH] lamp: fix a typo", DIFF),
    ]);
    assert_eq!(
        titles(&found),
        [
            "lamp: the log is corrupted when the wick is trimmed",
            "lamp: clean up names",
            "lamp: fix a typo",
        ]
    );
    let first = &found[0];
    assert_eq!((&first["messages"], &first["people"]), (&3.into(), &3.into()));
    assert_eq!((&first["objections"], &first["harm"]), (&1.into(), &1.into()));
    assert_eq!(first["series"], Value::Null);
    let slug = found[1]["series"].as_str().expect("a slug");
    assert!(slug.starts_with("lamp-clean-up-names"), "{slug}");
}

#[test]
fn a_robot_has_no_voice_and_a_tag_is_not_an_argument() {
    let robot = "This broken build crashes, hangs, and corrupts data. It fails in many places, and each of them is listed \
                 in this report, which is long enough to be an argument if a person had written it.";
    let found = conversations(&[
        Mail(1, None, "kernel test robot", "[lamp] broken build crashes", robot),
        Mail(2, Some(1), "kernel test robot", "Re: [lamp] broken build crashes", robot),
        Mail(3, Some(1), "kernel test robot", "Re: [lamp] broken build crashes", robot),
        Mail(4, None, "Ada Example", "Which oil for the lamp?", ARGUED),
        Mail(5, Some(4), "Bob Example", "Re: Which oil for the lamp?", ARGUED),
        Mail(6, Some(5), "Cyd Example", "Re: Which oil for the lamp?", ARGUED),
    ]);
    assert_eq!(titles(&found), ["Which oil for the lamp?", "[lamp] broken build crashes"]);
    assert_eq!((&found[1]["people"], &found[1]["harm"]), (&0.into(), &0.into()));
}

#[test]
fn revisions_of_one_work_are_one_conversation() {
    let found = conversations(&[
        Mail(1, None, "Ada Example", "[PATCH] lamp: burn brighter", DIFF),
        Mail(2, Some(1), "Bob Example", "Re: [PATCH] lamp: burn brighter", ARGUED),
        Mail(3, None, "Ada Example", "[PATCH v2] lamp: burn brighter", DIFF),
        Mail(4, Some(3), "Bob Example", "Re: [PATCH v2] lamp: burn brighter", ARGUED),
    ]);
    assert_eq!(titles(&found), ["lamp: burn brighter"]);
    assert_eq!(found[0]["messages"], Value::from(4));
    assert_eq!(found[0]["threads"], serde_json::json!(["1@example.org", "3@example.org"]));
}
