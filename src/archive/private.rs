//! Private parts of a mailbox: drafts, sent and trashed messages, messages marked as deleted, and data that mail
//! programs keep there for their own use.
//!
//! In: the name of a file or folder, or the headers of a mail. Out: why it is left out, as text for a note. Never
//! here: names that begin with a dot, which are never read. A path given as an archive is read whatever its name is.

use std::ffi::OsStr;

use super::mail;
use crate::base64;

/// The names that mail programs give to private folders and mboxes (Thunderbird, Outlook, Claws, Evolution, mutt,
/// Gmail's exports).
const FOLDERS: [&str; 23] = [
    "deleted",
    "deleted items",
    "deleted messages",
    "draft",
    "drafts",
    "junk",
    "junk e-mail",
    "junk email",
    "interrupted",
    "outbox",
    "postponed",
    "postponed-msgs",
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

/// The ends of names of mboxes, and of the folder that Thunderbird puts beside an mbox for its subfolders.
const ENDS: [&str; 9] =
    [".mbox", ".mbx", ".mbox.gz", ".mbox.xz", ".mbox.zst", ".gz", ".xz", ".zst", ".sbd"];

/// How OfflineIMAP and mbsync begin the names of subfolders: `[Gmail].Drafts`.
const SERVERS: [&str; 3] = ["inbox.", "[gmail].", "[google mail]."];

/// The name that Pine gives to the sent mails of a past month: `sent-mail-jan-2026`.
const OF_A_MONTH: &str = "sent-mail-";

/// Why a file or folder with this name, found in a folder, is left out.
pub(super) fn by_name(name: &OsStr) -> Option<&'static str> {
    let name = name.to_string_lossy().to_ascii_lowercase();
    // MH and its successors (`rmm`) rename `3` to `,3` or `#3` before they remove it; editors leave `3~`.
    if name.starts_with([',', '#']) || name.ends_with('~') {
        return Some("it is deleted, or a copy left by an editor");
    }
    let stem = ENDS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    let is_inner = SERVERS.iter().any(|server| stem.starts_with(server));
    let stem = stem.rsplit('.').next().filter(|_| is_inner).unwrap_or(stem);
    (FOLDERS.contains(&stem) || stem.starts_with(OF_A_MONTH))
        .then_some("a folder with such a name is private; to read it, name it as an archive")
}

/// Why a mail of a Maildir with this file name is left out.
///
/// Its flags follow the last `:2,`; on disks that allow no colon, programs write `;` or `!`. public-inbox leaves out
/// the same two flags.
pub(super) fn by_flags(name: &OsStr) -> Option<&'static str> {
    let name = name.as_encoded_bytes();
    let flags = [&b":2,"[..], b";2,", b"!2,"].iter().find_map(|mark| {
        let at = name.windows(mark.len()).rposition(|window| window == *mark)?;
        Some(&name[at + mark.len()..])
    })?;
    let has = |flag: u8| flags.contains(&flag);
    has(b'D').then_some("it is a draft").or(has(b'T').then_some("it is in the trash"))
}

/// Thunderbird's marks: a mail that was deleted but is still in the mbox (`MSG_FLAG_EXPUNGED`), and, in the second
/// word, one that is deleted on the server (`MSG_FLAG_IMAP_DELETED`).
const MOZILLA: [(&[u8], u32); 2] =
    [(b"x-mozilla-status", 0x0008), (b"x-mozilla-status2", 0x0020_0000)];

/// Fields that only drafts have (Outlook, Thunderbird, Apple Mail); the value of the last one says so.
const DRAFT: [(&[u8], &[u8]); 3] = [
    (b"x-unsent", b"1"),
    (b"x-mozilla-draft-info", b""),
    (b"x-uniform-type-identifier", b"com.apple.mail-draft"),
];

/// Gmail's labels for drafts and the trash, in the language of the account. `Sent` is not among them, because mails
/// that the owner posted to a list have that label, too.
const LABELS: [&str; 24] = [
    "draft",
    "drafts",
    "trash",
    "spam",
    "bin",
    "entwürfe",
    "papierkorb",
    "brouillons",
    "corbeille",
    "borradores",
    "papelera",
    "bozze",
    "cestino",
    "rascunhos",
    "lixeira",
    "concepten",
    "prullenbak",
    "utkast",
    "papperskorgen",
    "черновики",
    "корзина",
    "下書き",
    "ゴミ箱",
    "草稿",
];

/// The first words of the mail that UW IMAP, Pine and Dovecot keep at the top of an mbox for themselves.
const INTERNAL: &[u8] = b"DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA";

/// Why a mail of a mailbox is left out by its headers.
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
    } else if status.contains(&b'T')
        || DRAFT.iter().any(|(name, value)| word(name).is_some_and(|w| w.starts_with(value)))
    {
        Some("it is a draft")
    } else if is_labelled(word(b"x-gmail-labels").unwrap_or_default()) {
        Some("its label marks it as private")
    } else if word(b"subject").is_some_and(|subject| subject.starts_with(INTERNAL)) {
        Some("a mail program keeps it there for its own use")
    } else {
        None
    }
}

/// Whether one of the labels, separated by commas, is for drafts or the trash.
fn is_labelled(labels: &[u8]) -> bool {
    let labels = decoded(&String::from_utf8_lossy(labels)).to_lowercase();
    labels.split(',').any(|label| LABELS.contains(&label.trim()))
}

/// A header with its encoded words (RFC 2047) decoded: Gmail encodes all labels if one is not ASCII.
fn decoded(header: &str) -> String {
    let mut out = Vec::new();
    let mut rest = header;
    while let Some((before, word)) = rest.split_once("=?") {
        let mut parts = word.splitn(3, '?');
        let (_, encoding, text) = (parts.next(), parts.next(), parts.next());
        let Some((text, behind)) = text.and_then(|text| text.split_once("?=")) else { break };
        // Blanks between two encoded words do not count.
        if !before.trim().is_empty() {
            out.extend_from_slice(before.as_bytes());
        }
        match encoding {
            Some("B" | "b") => out.extend(base64::decode(text.as_bytes())),
            _ => out.extend(quoted(text)),
        }
        rest = behind;
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

/// Decodes the `Q` encoding: `=C3=B6`, and `_` for a blank.
fn quoted(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = hex.filter(|_| *first == b'=').and_then(|two| u8::from_str_radix(two, 16).ok());
        rest = if byte.is_some() { &tail[2..] } else { tail };
        out.push(byte.unwrap_or(if *first == b'_' { b' ' } else { *first }));
    }
    out
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
            ("Trash.sbd", true),
            ("[Gmail].Drafts", true),
            ("INBOX.old.Sent", true),
            ("sent-mail-jan-2026", true),
            ("INBOX.lamp", false),
            ("lamp.sent", false),
            ("lists.sbd", false),
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
            ("X-Unsent: 1\n", true),
            ("X-Unsent: 0\n", false),
            ("X-Mozilla-Draft-Info: internal/draft; vcard=0\n", true),
            ("X-Uniform-Type-Identifier: com.apple.mail-draft\n", true),
            ("X-Uniform-Type-Identifier: com.apple.mail-note\n", false),
            ("X-GMAIL-LABELS: Drafts,Important\n", true),
            ("X-Gmail-Labels: Inbox, Trash\n", true),
            ("X-Gmail-Labels: Sent,drafts of talks,lists\n", false),
            ("X-Gmail-Labels: =?UTF-8?Q?Drafts,B=C3=BCro?=\n", true),
            ("X-Gmail-Labels: =?UTF-8?B?RW50d8O8cmZl?=\n", true),
            ("X-Gmail-Labels: =?UTF-8?Q?Gesendet,B=C3=BCro_und_Entw=C3=BCrfe?=\n", false),
            ("Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1 2\n", true),
            ("Subject: lamp\nX-IMAPbase: 1 2\n", false),
            ("Subject: lamp\n\nX-Status: D\n", false),
        ] {
            let mail = format!("From: a@example.org\n{headers}\nwords\n");
            assert_eq!(by_headers(mail.as_bytes()).is_some(), is_left, "{headers}");
        }
    }
}
