//! What is removed from texts, and what stays.

use super::*;

fn redaction(messages: &[&str], people: &[&str], patterns: &[&str]) -> Redaction {
    let owned = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect::<Vec<_>>();
    Redaction::new(&owned(messages), &owned(people), &owned(patterns)).expect("sound")
}

#[test]
fn a_person_is_found_however_they_are_written() {
    let redaction = redaction(&[], &["Jane Doe <jane@example.org>"], &[]);
    for (text, want) in [
        ("On Monday, Jane Doe wrote:", "On Monday, [redacted] wrote:"),
        ("> On Monday, Jane\n> Doe wrote:", "> On Monday, [redacted]\n>  wrote:"),
        ("Cc: \"Doe, Jane\" <x@y>", "Cc: \"[redacted]\" <x@y>"),
        ("Janet Doe; Jane Doer", "Janet Doe; Jane Doer"),
        (
            "Acked-by: J. D. <JANE@example.org>\n",
            "Acked-by: [redacted] <redacted@patchpress.invalid>\n",
        ),
        ("jane at example.org", "redacted@patchpress.invalid"),
        ("jane@example.organic mary.jane@example.org mary-jane@example.org", ""),
        ("20260223.1-2-jane@example.org", "20260223.1-2-redacted@patchpress.invalid"),
        ("+ * Jane Doe <jane@example.org>", "+ * [redacted] <redacted@patchpress.invalid>"),
        ("=?utf-8?q?Jane_Doe?=", "=?utf-8?q?[redacted]?="),
    ] {
        let want = if want.is_empty() { text } else { want };
        assert_eq!(redaction.text(text), want, "{text}");
    }
}

#[test]
fn a_text_keeps_its_lines_and_their_marks() {
    let redaction = redaction(&[], &[], &["(?s)secret.*end"]);
    let diff = "+a secret\n-b\n c end d\n";
    assert_eq!(redaction.text(diff), "+a [redacted]\n-\n  d\n");
}

#[test]
fn ids_that_say_too_much_are_hidden() {
    let redaction = redaction(&["<1@example.org>"], &["jane@example.org"], &[]);
    assert_eq!(redaction.withholds("1@example.org"), Some(0));
    assert_eq!(redaction.withholds("2@example.org"), None);
    for id in ["1@example.org", "20260223.1-2-jane@example.org"] {
        let other = redaction.id(id).expect("another name");
        assert!(other.ends_with(NOWHERE), "{other}");
        let stand_ins = HashMap::from([(id.into(), "x@patchpress.invalid".into())]);
        let known = redaction.clone().with_stand_ins(stand_ins);
        assert_eq!(known.id(id), Some("x@patchpress.invalid"));
    }
    assert_eq!(redaction.id("2@example.org"), None);
    assert_eq!(redaction.text("see <1@example.org>"), "see <[redacted]>");
    assert_eq!(
        redaction.text("a/r/1%40example.org/ 11@example.org"),
        "a/r/[redacted]/ 1[redacted]"
    );
}

/// The redaction after a survey of these texts, and what looks like the people.
fn surveyed(people: &[&str], texts: &[&str]) -> (Redaction, Vec<String>) {
    let redaction = redaction(&[], people, &[]);
    let survey = redaction.survey();
    survey.spare("lamp@lists.example.org");
    texts.iter().for_each(|text| survey.look(text));
    let found = survey.finish();
    let looks = found.look_alikes().iter().map(|look| look.what.clone()).collect();
    (found, looks)
}

#[test]
fn an_address_beside_a_name_goes_with_it() {
    for text in [
        "From: Jane Doe <jane@other.example>",
        "\"Doe, Jane\" <jane@other.example>",
        "Jane Doe (Acme) <jane@other.example>",
        "Jane Doe [mailto:jane@other.example]",
        "On Mon, 23 Feb 2026 Jane Doe <jane@other.example> wrote:",
        "> On Mon, Jane Doe\n> <jane@other.example> wrote:",
        "jane@other.example (Jane Doe)",
        "jane at other.example (Jane Doe)",
        "Jane Doe (jane@other.example)",
        "Jáne M. Doe <JANE@Other.example>",
        "jane@other.example\n=46rom: JaneDoe &lt;jane&#64;other.example&gt;",
    ] {
        let (redaction, _) = surveyed(&["Jane Doe"], &[text, "jane@other.example"]);
        assert_eq!(redaction.text("x jane@other.example."), format!("x {ADDRESS}."), "{text}");
    }
}

#[test]
fn the_addresses_of_others_stay() {
    let bob = [
        "Bob Roe <bob@example.org>",
        "Jane Doe <bob@example.org>",
        "bob: bob@example.org, Bob R. Roe <bob@example.org>",
    ];
    let list = ["Jane Doe <lamp@lists.example.org>"];
    let via = ["Jane Doe via lamp <lamp@other.example>", "lamp@other.example"];
    let bot = [
        "Jane Doe <bugs@example.org>",
        "Bob Roe <bugs@example.org>",
        "Cleo Poe <bugs@example.org>",
    ];
    for (texts, address, is_told) in [
        (&bob[..], "bob@example.org", true),
        (&list[..], "lamp@lists.example.org", false),
        (&via[..], "lamp@other.example", false),
        (&bot[..], "bugs@example.org", true),
    ] {
        let (redaction, looks) = surveyed(&["Jane Doe"], texts);
        assert_eq!(redaction.text(address), address);
        assert_eq!(looks.contains(&address.to_owned()), is_told, "{looks:?}");
    }
    // An address from the settings is removed, and the names of others beside it stay.
    let texts =
        ["A Bee <bugs@example.org>", "Bob Roe <bugs@example.org>", "Cleo Poe <bugs@example.org>"];
    let (redaction, _) = surveyed(&["Jane Doe <bugs@example.org>"], &texts);
    assert_eq!(redaction.text(texts[1]), format!("Bob Roe <{ADDRESS}>"));
    let (name, address) = redaction.person("Bob Roe", "bugs@example.org", &mut |_| ());
    assert_eq!((&*name, &*address), ("Bob Roe", ADDRESS));
    let texts =
        ["J. Doe <jane@example.org>", "Jane Smith <jane@example.org>", "jd <jane@example.org>"];
    let (redaction, _) = surveyed(&["jane@example.org"], &texts);
    assert_eq!(redaction.text(texts[0]), format!("{NAME} <{ADDRESS}>"));
}

#[test]
fn a_list_that_writes_in_a_name_stays_itself() {
    let (redaction, _) = surveyed(&["Jane Doe"], &[]);
    let (name, address) =
        redaction.person("Jane Doe via lamp", "lamp@lists.example.org", &mut |_| ());
    assert_eq!((&*name, &*address), ("[redacted] via lamp", "lamp@lists.example.org"));
    let (name, address) = redaction.person("Jane Doe (Acme)", "j@acme.example", &mut |_| ());
    assert_eq!((&*name, &*address), (NAME, ADDRESS));
}

#[test]
fn what_looks_like_a_person_is_listed() {
    let texts = [
        "Jane Doe <jane.d@example.org>, J. D. <jane.d@example.org>, jane.d@example.com",
        "github.example/janedoe, jane.doe@example.net, jdoe@example.net, Bob <bob@example.org>",
    ];
    let (_, mut looks) = surveyed(&["Jane Doe"], &texts);
    looks.sort();
    assert_eq!(
        looks,
        ["J. D.", "jane.d@example.com", "jane.doe@example.net", "janedoe", "jdoe@example.net"]
    );
}

#[test]
fn an_address_that_ends_in_another_is_taken_out_or_listed() {
    for (text, is_taken_out) in [
        ("20260223.1-1-jane.d@example.org", true),
        ("jane.d+lists@example.org", true),
        ("jane.d+AEA-example.org", true),
        ("reply-jane.d@example.org", false),
        ("mary.jane.d@example.org", false),
        ("jane.d@example.org.c", true),
    ] {
        let (redaction, looks) = surveyed(&["Jane Doe <jane.d@example.org>"], &[text]);
        assert_eq!(redaction.text(text).contains(ADDRESS), is_taken_out, "{text}");
        let listed: &[&str] = if is_taken_out { &[] } else { &[text] };
        assert_eq!(looks, listed, "{text}");
    }
    let (_, looks) = surveyed(&["Jane Doe <jane.d@example.org>"], &["mjane.d@example.org"]);
    assert_eq!(looks, [""; 0], "it is another name");
}

#[test]
fn a_mailmap_knows_more() {
    let kin = |names: &[&str], addresses: &[&str]| Kin {
        names: names.iter().map(|name| Box::from(*name)).collect(),
        addresses: addresses.iter().map(|address| Box::from(*address)).collect(),
    };
    let kin = [
        kin(&["Jane Roe"], &["jane@new.example", "jane@old.example"]),
        kin(&["Jane Doe"], &["jane@old.example"]),
        kin(&["Bob Poe"], &["bob@example.org"]),
    ];
    let mut redaction = redaction(&[], &["Jane Doe"], &[]);
    assert!(redaction.join(&kin) && !redaction.join(&kin));
    assert_eq!(redaction.text("Jane Roe, jane@new.example"), format!("{NAME}, {ADDRESS}"));
    assert_eq!(redaction.text("Bob Poe <bob@example.org>"), "Bob Poe <bob@example.org>");
}

#[test]
fn many_people_are_no_trouble() {
    let people: Vec<String> =
        (0..5000).map(|n| format!("Jane{n} Doe <jane{n}@example.org>")).collect();
    let letters = |n: usize| -> String {
        let digits = n.to_string();
        digits.bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    };
    let people: Vec<String> = people
        .iter()
        .enumerate()
        .map(|(n, p)| p.replacen(&format!("Jane{n} "), &format!("J{} ", letters(n)), 1))
        .collect();
    let redaction = Redaction::new(&[], &people, &[]).expect("sound");
    let text = format!("by J{} Doe, jane4999@example.org", letters(4999));
    assert_eq!(redaction.text(&text), format!("by {NAME}, {ADDRESS}"));
}

#[test]
fn what_cannot_be_found_is_told() {
    let wrong = |messages: &[&str], people: &[&str], patterns: &[&str]| {
        let owned = |texts: &[&str]| texts.iter().map(|t| t.to_string()).collect::<Vec<_>>();
        Redaction::new(&owned(messages), &owned(people), &owned(patterns)).is_err()
    };
    assert!(wrong(&["x"], &[], &[]) && wrong(&["https://lore.example/list/"], &[], &[]));
    assert!(wrong(&[], &[""], &[]) && wrong(&[], &["a <b"], &[]) && wrong(&[], &["J"], &[]));
    for pattern in ["(", "x*", r"\b", "a|", "^", "(?m)$", r"\bx?", r"\B"] {
        assert!(wrong(&[], &[], &[pattern]), "{pattern}");
    }
    assert!(Redaction::default().is_empty());
}

#[test]
fn every_place_is_counted_by_its_entry() {
    let redaction = redaction(&["1@x.example"], &["Jane Doe <jane@example.org>"], &["quick"]);
    let mut counts = [0; 3];
    let text = "Jane Doe <jane@example.org>: quick, 1@x.example, Doe, Jane. quicker";
    redaction.take_out(text, &mut |entry| counts[entry] += 1);
    assert_eq!(counts, [1, 3, 2]);
}
