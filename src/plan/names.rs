//! Names in addresses: of series, of the slots and versions of their revisions, of mails, of people.

use crate::{
    message::Mailbox,
    patch::Mail,
    say,
    series::{Revision, Series, Slot},
    words::Words,
};

/// `v3`; `RFC v1` if only some of the revisions are RFCs. A second posting of v3 is `v3 resent` if the author calls
/// it a resend, `v3 in part` if it has only some of the patches, otherwise `v3 again`.
pub(crate) fn label(words: &Words, series: &Series, number: usize) -> String {
    let revision = &series.revisions[number];
    let rfc = if series.is_mixed && revision.rfc { "RFC " } else { "" };
    let version = format!("{rfc}{}", revision.version);
    let again = || match (revision.resend, revision.is_partial()) {
        (true, _) => say!(words, "version-resent", version = &version),
        (false, true) => say!(words, "version-in-part", version = &version),
        (false, false) => say!(words, "version-again", version = &version),
    };
    match revision.again {
        0 => version,
        1 => again(),
        times => say!(words, "version-times", version = &again(), times = &times.to_string()),
    }
}

/// The title of a mail, or a placeholder for links.
pub(crate) fn title(mail: &Mail) -> &str {
    some_title(mail.title.trim())
}

/// `p3`; if several slots have one number, the later ones get a letter.
pub(crate) fn slot_anchor(revision: &Revision, slot: &Slot) -> String {
    let before = revision.slots.iter().take_while(|other| !std::ptr::eq(*other, slot));
    match before.filter(|other| other.number == slot.number).count() {
        0 => format!("p{}", slot.number),
        copies => format!("p{}-{}", slot.number, copies + 1),
    }
}

/// `3/8`; empty for a single patch.
pub(crate) fn number(revision: &Revision, slot: &Slot) -> String {
    match revision.expected {
        0 | 1 if revision.slots.len() == 1 => String::new(),
        expected => format!("{}/{expected}", slot.number),
    }
}

/// A title, or a placeholder for links if it is blank.
pub(crate) fn some_title(title: &str) -> &str {
    if title.trim().is_empty() { "(no subject)" } else { title }
}

/// The display name of a person: their name, or their address.
pub(crate) fn person(mailbox: &Mailbox) -> &str {
    match (mailbox.name.trim(), mailbox.address.trim()) {
        ("", "") => "somebody",
        ("", address) => address,
        (name, _) => name,
    }
}
