//! What lies in a mailbox and is not for others: drafts, what was sent or thrown away, what was marked as deleted,
//! and what mail programs keep there for themselves.
//!
//! In: the name of a file or folder, or the headers of a mail. Out: why it is left out, in words for a note.
//! Never here: names that begin with a dot, which nobody reads; a path that somebody named as an archive is read
//! whatever its name is.

use std::ffi::OsStr;

use super::mail;

/// What mail programs call the folders and mboxes that are not for others (Thunderbird, Outlook, Claws, Evolution,
/// mutt, Gmail's exports).
const FOLDERS: [&str; 21] = [
    "deleted",
    "deleted items",
    "deleted messages",
    "draft",
    "drafts",
    "junk",
    "junk e-mail",
    "junk email",
    "outbox",
    "postponed",
    "queue",
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "sent-mail",
    "spam",
    "templates",
    "trash",
    "unsent",
    "unsent messages",
];

/// How the names of mboxes end.
const ENDS: [&str; 8] =
    [".mbox", ".mbx", ".mbox.gz", ".mbox.xz", ".mbox.zst", ".gz", ".xz", ".zst"];

/// Why a file or folder of this name, which nobody named, is left out.
pub(super) fn by_name(name: &OsStr) -> Option<&'static str> {
    let name = name.to_string_lossy().to_ascii_lowercase();
    // MH and its heirs (`rmm`): `,3` or `#3` is what was 3, until it is removed; editors leave `3~`.
    if name.starts_with([',', '#']) || name.ends_with('~') {
        return Some("it is deleted, or a copy that an editor left");
    }
    let stem = ENDS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    FOLDERS
        .contains(&stem)
        .then_some("a folder of such a name is not for others; to read it, name it as an archive")
}

/// Why a mail in a Maildir, whose file has this name, is left out.
///
/// Behind the last `:2,` stand its flags; where a disk takes no colon, programs write `;` or `!`. public-inbox
/// leaves out the same two.
pub(super) fn by_flags(name: &OsStr) -> Option<&'static str> {
    let name = name.as_encoded_bytes();
    let flags = [&b":2,"[..], b";2,", b"!2,"].iter().find_map(|mark| {
        let at = name.windows(mark.len()).rposition(|window| window == *mark)?;
        Some(&name[at + mark.len()..])
    })?;
    let has = |flag: u8| flags.contains(&flag);
    has(b'D').then_some("it is a draft").or(has(b'T').then_some("it was thrown away"))
}

/// Thunderbird's mark of a mail that is gone and was not yet cut out of the mbox (`MSG_FLAG_EXPUNGED`), and in the
/// second word that it is deleted on the server (`MSG_FLAG_IMAP_DELETED`).
const MOZILLA: [(&[u8], u32); 2] =
    [(b"x-mozilla-status", 0x0008), (b"x-mozilla-status2", 0x0020_0000)];

/// How the mail begins that UW IMAP, Pine and Dovecot keep at the top of an mbox for themselves.
const INTERNAL: &[u8] = b"DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA";

/// Why a mail of an mbox is left out, as its headers say.
pub(super) fn by_headers(bytes: &[u8]) -> Option<&'static str> {
    let word = |name: &[u8]| mail::header(bytes, name);
    let is_set = |(name, mask): (&[u8], u32)| {
        let bits = word(name).and_then(|value| std::str::from_utf8(value).ok());
        bits.and_then(|bits| u32::from_str_radix(bits, 16).ok())
            .is_some_and(|bits| bits & mask != 0)
    };
    // mutt, Pine and c-client: A answered, D deleted, F flagged, T draft.
    let status = word(b"x-status").unwrap_or_default();
    if MOZILLA.into_iter().any(is_set) || status.contains(&b'D') {
        Some("it is marked as deleted")
    } else if status.contains(&b'T') {
        Some("it is a draft")
    } else if word(b"subject").is_some_and(|subject| subject.starts_with(INTERNAL)) {
        Some("a mail program keeps it there for itself")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_what_is_not_for_others() {
        for (name, is_left) in [
            ("Drafts", true),
            ("Sent Items.mbox", true),
            ("trash.mbox.gz", true),
            (",3", true),
            ("#4", true),
            ("4.bak~", true),
            ("lists", false),
            ("sent-patches", false),
            ("0001-drafts.patch", false),
            ("3", false),
        ] {
            assert_eq!(by_name(OsStr::new(name)).is_some(), is_left, "{name}");
        }
    }

    #[test]
    fn flags_stand_behind_the_last_mark() {
        for (name, is_left) in [
            ("1.a.h:2,S", false),
            ("1.a.h:2,ST", true),
            ("1.a.h:2,DS", true),
            ("1.a.h;2,T", true),
            ("1.a.h!2,T", true),
            ("1.a.h,S=2,D:2,S", false),
            ("1.TD.h", false),
            ("1.a.h:2,", false),
        ] {
            assert_eq!(by_flags(OsStr::new(name)).is_some(), is_left, "{name}");
        }
    }

    #[test]
    fn marks_of_mail_programs() {
        for (headers, is_left) in [
            ("X-Mozilla-Status: 0001\n", false),
            ("X-Mozilla-Status: 0009\n", true),
            ("X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00200000\n", true),
            ("X-Mozilla-Status: none\n", false),
            ("X-Status: AF\n", false),
            ("X-Status: AD\r\n", true),
            ("x-status: T\n", true),
            ("Status: DO\n", false),
            ("Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1 2\n", true),
            ("Subject: lamp\nX-IMAPbase: 1 2\n", false),
            ("Subject: lamp\n\nX-Status: D\n", false),
        ] {
            let mail = format!("From: a@example.org\n{headers}\nwords\n");
            assert_eq!(by_headers(mail.as_bytes()).is_some(), is_left, "{headers}");
        }
    }
}
