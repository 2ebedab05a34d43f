//! Names as their senders wrote them: Message-IDs, parents, tags.

use patchpress::series::Corpus;

use crate::support;

/// A mail with header lines of its own.
fn mail(head: &str, body: &str) -> String {
    format!("From x Thu Jan  1 00:00:00 1970\nDate: 2 Mar 2026 10:00:00 +0000\n{head}\n\n{body}\n")
}

fn patch(file: &str) -> String {
    format!(
        "Why.\n---\n--- a/{file}\n+++ b/{file}\n@@ -1 +1 @@\n-int {0} = 1;\n+int {0} = 2;\n",
        &file[..1]
    )
}

fn corpus(mails: &[String]) -> Corpus {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("list.mbox");
    std::fs::write(&path, mails.concat()).expect("an archive");
    support::read(&path)
}

fn tags(corpus: &Corpus) -> Vec<String> {
    corpus.series.iter().map(|series| series.newest().tags.join(" ")).collect()
}

#[test]
fn an_odd_message_id_keeps_its_spelling() {
    let from = "From: Ada <ada@example.org>";
    let head = |id: &str, more: &str| {
        format!("{from}\nSubject: [PATCH] lamp: {id}\nMessage-ID: {id}{more}")
    };
    let mails = [
        mail(&head("<2026.1.I0123>@changeid>", ""), &patch("a.c")),
        mail(&head("<a b@example.org>", ""), &patch("b.c")),
        mail(&head("<folded@\n\texample.org>", ""), &patch("c.c")),
        mail(&head("bare", ""), &patch("d.c")),
        mail(&head("<r1@example.org>", "\nIn-Reply-To: <2026.1.I0123>"), "Fine."),
        mail(
            &head("<r2@example.org>", "\nReferences: <a b@example.org>\n <folded@\n example.org>"),
            "Fine.",
        ),
        // An id that no archive has and that has no `@` connects nothing.
        mail(&head("<r3@example.org>", "\nIn-Reply-To: <gone>"), "Fine."),
        mail(&head("<r4@example.org>", "\nIn-Reply-To: <gone>"), "Fine."),
    ];
    let corpus = corpus(&mails);
    let ids: Vec<&str> = corpus.mails.iter().map(|letter| &*letter.mail.message.id).collect();
    let odd = ["2026.1.I0123", "a b@example.org", "bare", "folded@example.org"];
    assert_eq!(ids[..4], odd);
    let parent = |id: &str| {
        let at = ids.iter().position(|other| *other == id).expect("a mail");
        corpus.threads.parent[at].map(|up| ids[up.at()])
    };
    assert_eq!(parent("r1@example.org"), Some("2026.1.I0123"));
    assert_eq!(parent("r2@example.org"), Some("folded@example.org"));
    let root =
        |id: &str| ids.iter().position(|other| *other == id).map(|at| corpus.threads.root[at]);
    assert_ne!(root("r3@example.org"), root("r4@example.org"));
}

/// mutt's answer to tagged mails, RFC 5322, 3.6.4.
#[test]
fn a_reply_to_several_mails_is_a_reply_to_each() {
    let ada = "From: Ada <ada@example.org>";
    let kim = "From: Kim Lee <kim@example.org>";
    let mails = [
        mail(&format!("{ada}\nSubject: [PATCH 0/2] lamp: Both\nMessage-ID: <0@x>"), "Two."),
        mail(
            &format!(
                "{ada}\nSubject: [PATCH 1/2] lamp: One\nMessage-ID: <1@x>\nIn-Reply-To: <0@x>"
            ),
            &patch("a.c"),
        ),
        mail(
            &format!(
                "{ada}\nSubject: [PATCH 2/2] lamp: Two\nMessage-ID: <2@x>\nIn-Reply-To: <0@x>"
            ),
            &patch("b.c"),
        ),
        mail(&format!("{ada}\nSubject: [PATCH] buoy: Ring\nMessage-ID: <3@x>"), &patch("c.c")),
        mail(&format!("{ada}\nSubject: [PATCH] bell: Toll\nMessage-ID: <4@x>"), &patch("d.c")),
        mail(
            &format!(
                "{kim}\nSubject: Re: [PATCH 1/2] lamp: One\nMessage-ID: <5@x>\nIn-Reply-To: <1@x> <2@x>\n <3@x>"
            ),
            "Reviewed-by: Kim Lee <kim@example.org>\n\nApplied, thanks!",
        ),
        // In free text the last id is the parent.
        mail(
            &format!(
                "{kim}\nSubject: Re: bell\nMessage-ID: <6@x>\nIn-Reply-To: Message from <3@x> of today <4@x>"
            ),
            "Reviewed-by: Kim Lee <kim@example.org>",
        ),
    ];
    let corpus = corpus(&mails);
    let told: Vec<String> = corpus
        .series
        .iter()
        .map(|series| {
            let newest = series.newest();
            let reviews = newest.slots.iter().map(|slot| slot.reviews.len().to_string());
            let reviews = reviews.collect::<Vec<_>>().join("+");
            format!(
                "{} {reviews} {} {}",
                newest.title,
                newest.replies.len(),
                series.state.kind.word()
            )
        })
        .collect();
    assert_eq!(
        told,
        ["lamp: Both 1+1 1 applied", "buoy: Ring 1 1 applied", "bell: Toll 1 1 reviewed"]
    );
}

#[test]
fn a_lists_own_prefix_is_not_a_tag() {
    let head = |subject: &str, id: u32, more: &str| {
        format!("From: Ada <ada@example.org>\nSubject: {subject}\nMessage-ID: <{id}@x>{more}")
    };
    let all = [
        mail(&head("[Foo-list] [PATCH net-next 0/1]", 1, ""), "Hello."),
        mail(
            &head("[Foo-list] [PATCH net-next 1/1] foo: One", 2, "\nIn-Reply-To: <1@x>"),
            &patch("a.c"),
        ),
        mail(
            &head("Re: [foo-list] [PATCH net-next 1/1] foo: One", 3, "\nIn-Reply-To: <2@x>"),
            "Fine.",
        ),
        mail(&head("[RFC] foo: Two", 4, ""), &patch("b.c")),
        mail(&head("[Foo-list] [RFC] foo: Three", 5, ""), &patch("c.c")),
    ];
    // Four in five have it; the title of the letter comes from its first patch.
    let corpus = corpus(&all);
    assert_eq!(tags(&corpus), ["net-next", "RFC", "RFC"]);
    assert_eq!(&*corpus.series[0].title, "foo: One");
    assert!(corpus.series[0].slug.starts_with("foo-one-"));
    // If half of them have it, it is a tag, unless it is the list's name.
    let named = "\nList-Id: Foo <foo-list.example.org>";
    let some = |more: &str| {
        crate::names::corpus(&[
            mail(&head("[Foo-list] [PATCH] foo: One", 1, more), &patch("a.c")),
            mail(&head("[PATCH] foo: Two", 2, more), &patch("b.c")),
            mail(&head("[PATCH Foo-list] foo: Three", 3, more), &patch("c.c")),
        ])
    };
    assert_eq!(tags(&some("")), ["Foo-list", "", "Foo-list"]);
    assert_eq!(tags(&some(named)), ["", "", "Foo-list"]);
    // A tag that describes the patch stays, even if all have it.
    let rfcs = [1, 2, 3].map(|id| mail(&head(&format!("[RFC] foo: {id}"), id, ""), &patch("a.c")));
    assert_eq!(tags(&crate::names::corpus(&rfcs)), ["RFC"; 3]);
}

/// The tag that a list puts before all subjects is not part of a thread's title; the address stays.
#[test]
fn a_thread_is_titled_without_the_prefix_of_its_list() {
    let dir = tempfile::tempdir().expect("a folder");
    let mail = |id: u32, subject: &str| {
        format!(
            "From x Thu Jan  1 00:00:00 1970\nFrom: Ada <ada@example.org>\nSubject: {subject}\n\
             Date: 2 Mar 2026 10:0{id}:00 +0000\nMessage-ID: <{id}@x>\n\nSoon.\n"
        )
    };
    let read = |others: &str| {
        let path = dir.path().join("list.mbox");
        let mbox = [
            mail(1, "[lamp-dev] Put it out"),
            mail(2, &format!("{others} A new bulb")),
            mail(3, "[lamp-dev] [bulb] Which one?"),
        ];
        std::fs::write(&path, mbox.concat()).expect("an archive");
        let corpus = support::read(&path);
        corpus
            .mails
            .iter()
            .map(|one| one.mail.message.subject.title.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(read("[lamp-dev]"), ["Put it out", "A new bulb", "[bulb] Which one?"]);
    let all = ["[lamp-dev] Put it out", "[fire] A new bulb", "[lamp-dev] [bulb] Which one?"];
    assert_eq!(read("[fire]"), all);
}
