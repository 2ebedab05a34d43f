//! Senders: the author of a mail, by RFC 5322, on lists that send for others, and in archives that mask addresses.

use patchpress::{
    archive::{RawMessage, Source},
    error::NoteKind,
    message::{self, Mailbox},
};

/// A mail, as an archive gives it.
fn raw(mail: &str) -> RawMessage<'_> {
    RawMessage { bytes: mail.as_bytes(), source: Source::Mail, object: None, delivered: None }
}

/// The author of the patch in a mail.
fn author_of_mail(mail: &str) -> String {
    patchpress::patch::read(&raw(mail)).author.full()
}

/// The sender of a mail with these fields and this text.
fn sender_of(fields: &str, text: &str) -> Mailbox {
    let mail = format!("{fields}\nSubject: lamp\nMessage-ID: <1@example.org>\n\n{text}\n");
    message::read(&raw(&mail)).from.clone()
}

fn told(fields: &str) -> String {
    sender_of(fields, "Shine.").full()
}

#[test]
fn a_display_name_wins_over_no_address() {
    for (from, who) in [
        ("\"zoe@corp.example.com\" <zoe@example.org>", "zoe@example.org"),
        ("=?utf-8?Q?Zo=C3=AB=40home?= <zoe@example.org>", "zoe@example.org"),
        ("=?utf-8?Q?Eve_=3Cida=40example=2Ecom=3E?= <eve@example.org>", "Eve <eve@example.org>"),
        ("=?utf-8?Q?Lind=2C_Zo=C3=AB?= <zoe@example.org>", "Lind, Zoë <zoe@example.org>"),
        ("\"=?utf-8?Q?Zo=C3=AB_Lind?=\" <zoe@example.org>", "Zoë Lind <zoe@example.org>"),
        ("Zoe Lind (at work: zoe@corp.example) <zoe@example.org>", "Zoe Lind <zoe@example.org>"),
        ("Zoe Lind <@relay.example:zoe@example.org>", "Zoe Lind <zoe@example.org>"),
        ("Zoe Lind <\"zoe lind\"@example.org>", "Zoe Lind <\"zoe lind\"@example.org>"),
        ("Zoe Lind <zoe@example.org>, Ida Roe <ida@example.org>", "Zoe Lind <zoe@example.org>"),
        ("Zoe Lind", "Zoe Lind"),
        ("undisclosed-recipients:;", ""),
    ] {
        assert_eq!(told(&format!("From: {from}")), who, "{from}");
    }
}

#[test]
fn a_name_that_a_server_took_for_addresses_is_a_name() {
    assert_eq!(told("From: Zoe@mx.example.net, Lind@mx.example.net"), "Zoe Lind");
    assert_eq!(told("From: zoe@example.net, ida@example.net"), "zoe@example.net");
    assert_eq!(told("From: Zoe@mx.example.net, Lind@example.org"), "Zoe@mx.example.net");
}

#[test]
fn archives_mask_senders_in_fourteen_ways() {
    for from in [
        "zoe at example.org (Zoe Lind)",
        "Zoe Lind <zoe at example.org>",
        "zoe at example dot org (Zoe Lind)",
        "zoe_at_example.org (Zoe Lind)",
        "Zoe Lind <zoe\u{ff20}example.org>",
        "Zoe Lind <zoe () example ! org>",
        "Zoe Lind <zoe [at] example.org>",
        "\"Zoe Lind\" <zoe(at)example.org>",
        "zoe%example.org (Zoe Lind)",
    ] {
        assert_eq!(told(&format!("From: {from}")), "Zoe Lind <zoe@example.org>", "{from}");
    }
    for (from, address) in [
        ("Zoe Lind <zoe...@example.org>", ""),
        ("Zoe Lind <xxx@xxxxxxxxxxx>", ""),
        ("Zoe Lind", ""),
        ("Zoe Lind <zoe-mXXj517/zsQ@public.gmane.org>", "zoe-mXXj517/zsQ@public.gmane.org"),
        ("zoe at lists.example.org (Zoe Lind via Lamp-devel)", "zoe@lists.example.org"),
    ] {
        let who = sender_of(&format!("From: {from}"), "Shine.");
        assert_eq!((&*who.name, &*who.address), ("Zoe Lind", address), "{from}");
    }
}

/// The fields of a mail that the list sent in its own name.
fn via(others: &str) -> String {
    format!(
        "From: Zoe Lind via Lamp-devel <lamp-devel@lists.example.org>\n\
         To: lamp-devel@lists.example.org\nList-Id: Lamps <lamp-devel.lists.example.org>{others}"
    )
}

#[test]
fn a_list_that_sends_in_its_own_name_is_nobody() {
    for (others, who) in [
        ("\nX-Original-From: Zoe Lind <zoe@example.org>", "Zoe Lind <zoe@example.org>"),
        ("\nReply-To: Zoe Lind <zoe@example.org>", "Zoe Lind <zoe@example.org>"),
        ("\nReply-To: zoe@example.org", "Zoe Lind <zoe@example.org>"),
        ("\nReply-To: zoe@example.org, lamp-devel@lists.example.org", "Zoe Lind <zoe@example.org>"),
        (
            "\nCc: Ida Roe <ida@example.org>,\n Zoe Lind <zoe@example.org>",
            "Zoe Lind <zoe@example.org>",
        ),
        // No sender is guessed.
        ("\nReply-To: lamp-devel@lists.example.org", "Zoe Lind"),
        ("\nReply-To: Lamps <lamp-devel@lists.example.org>", "Zoe Lind"),
        ("\nReply-To: Zoe Lind <lamp-devel@lists.example.org>", "Zoe Lind"),
        ("\nReply-To: Ida Roe <ida@example.org>", "Zoe Lind"),
        ("\nReply-To: ida@example.org\nCc: ida@example.org", "Zoe Lind"),
        ("\nReply-To: ida@example.org, jo@example.org", "Zoe Lind"),
        ("", "Zoe Lind"),
    ] {
        assert_eq!(told(&via(others)), who, "{others}");
    }
    let above = |from: &str| sender_of(&via(""), &format!("From: {from}\n\nShine.")).full();
    assert_eq!(above("Zoe Lind <zoe@example.org>"), "Zoe Lind <zoe@example.org>");
    assert_eq!(above("Ida Roe <ida@example.org>"), "Zoe Lind");
    // A sender without a name gets the user name and three hyphens.
    let nameless = |others: &str| told(&via(others).replace("Zoe Lind", "zoe.lind---"));
    assert_eq!(nameless("\nReply-To: zoe.lind@example.org"), "zoe.lind@example.org");
    assert_eq!(nameless("\nReply-To: ida@example.org"), "zoe.lind <ida@example.org>");
    assert_eq!(nameless(""), "zoe.lind");
    // A relay has its own address for each sender.
    let relay = "From: Zoe Lind via Relay <relay+zoe@example.com>\nTo: lamp@example.org";
    assert_eq!(told(relay), "Zoe Lind <relay+zoe@example.com>");
    assert_eq!(
        told("From: Zoe Lind via Help <desk@example.com>\nTo: lamp@example.org"),
        "Zoe Lind"
    );
}

/// Somebody who wrote only a name, or an address that no tool for patches accepts, gets the address of their own
/// sign-off, and of nobody else's.
#[test]
fn a_patch_by_a_name_alone_has_the_address_of_its_sign_off() {
    let by = |from: &str, text: &str| {
        let mail =
            format!("From: {from}\nSubject: [PATCH] lamp\nMessage-ID: <1@example.org>\n\n{text}");
        author_of_mail(&mail)
    };
    let author_of = |text: &str| by("Zoe Lind", text);
    let diff = "---\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
    let signed = |who: &str| format!("Shine.\n\nSigned-off-by: {who}\n{diff}");
    assert_eq!(author_of(&signed("Zoe Lind <zoe@example.org>")), "Zoe Lind <zoe@example.org>");
    assert_eq!(author_of(&signed("Ida Roe <ida@example.org>")), "Zoe Lind");
    let quoted = "Zoe Lind <\"zoe lind\"@example.org>";
    let zoe = "Zoe Lind <zoe@example.org>";
    assert_eq!(by(quoted, &signed(zoe)), zoe);
    assert_eq!(by(quoted, &signed("Ida Roe <ida@example.org>")), quoted);
    let other = "Zoe Lind <lind@example.org>";
    assert_eq!(by(other, &signed(zoe)), other);
}

/// A `From:` line in the body continues on further lines, which git takes for the name.
#[test]
fn words_behind_an_author_s_address_are_not_lost() {
    let author_of = |line: &str| {
        let mail = format!(
            "From: Ida Roe <ida@example.org>\nSubject: [PATCH] lamp\nMessage-ID: <1@example.org>\n\n{line}\n\nShine.\n---\n\
             diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
        );
        author_of_mail(&mail)
    };
    let who = "Zoe Lind <zoe@example.org>";
    assert_eq!(author_of("From: Zoe Lind\n <zoe@example.org>"), who);
    let more = "From: Zoe Lind\n <zoe@example.org> of\n\tLamps\n and Sons";
    assert_eq!(author_of(more), "Zoe Lind of Lamps and Sons <zoe@example.org>");
}

/// A name that git does not accept is replaced by the address, and a note says that words of the body are left out.
#[test]
fn an_author_s_line_without_a_sane_name_leaves_a_note() {
    let notes = |line: &str| {
        let mail = format!(
            "From: Ida Roe <ida@example.org>\nSubject: [PATCH] lamp\nMessage-ID: <1@example.org>\n\n{line}\n\nShine.\n---\n\
             diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
        );
        let mail = patchpress::patch::read(&raw(&mail));
        assert_eq!(&*mail.author.address, "zoe@example.org", "{line}");
        mail.message.notes.iter().filter(|note| note.kind == NoteKind::Cut).count()
    };
    let long = "lamps ".repeat(12);
    assert_eq!(notes(&format!("From: Zoe Lind\n <zoe@example.org> of\n\t{long}")), 1);
    assert_eq!(notes(&format!("From: {long} <zoe@example.org>")), 1);
    assert_eq!(notes("From: Zoe Lind\n <zoe@example.org> of\n\tLamps"), 0);
    assert_eq!(notes("From: zoe@example.org"), 0);
    assert_eq!(notes("From: <zoe@example.org>"), 0);
}
