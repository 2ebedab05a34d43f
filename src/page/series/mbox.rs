//! A series as an mbox for `git am`.
//!
//! In: the newest revision of a series. Out: its patches in order, without the cover letter (git cannot use a mail
//! without a diff), each as a plain mail in UTF-8. The text is the sender's; only the wrapping (MIME, transfer
//! encodings, trace headers) is ours. The format is mboxrd: `From ` in a text gets a `>`.

use crate::{
    message::MessageId,
    patch::{self, Mail},
    plan::Reader,
    series::{Revision, SeriesIx},
    text::Mail as Letters,
};

/// The bytes of the mbox. For tools, a partial reroll is one posting: patches that it did not send again get its
/// version in the subject, as in b4, and all patches reply to the first.
pub(crate) fn write(plan: Reader<'_>, ix: SeriesIx) -> Vec<u8> {
    let mut out = Letters::default();
    let revision = plan.corpus.series(ix).newest();
    let patches = plan.mbox_patches(ix);
    let first = patches.first().map(|(_, mail)| mail);
    for (slot, mail) in &patches {
        let Revision { version, expected, .. } = revision;
        let carried = format!("[PATCH {version} {}/{expected}] {}", slot.number, mail.title);
        let subject = if slot.carried.is_some() { &carried } else { &*mail.message.subject.full };
        let first = first.map(|first| &first.message.id).filter(|_| revision.is_partial());
        let parent = first.or(mail.message.in_reply_to());
        let parent = parent.filter(|id| **id != mail.message.id);
        write_mail(&mut out, (mail, &plan.corpus.text(mail)), subject, parent);
    }
    out.into_string().into_bytes()
}

fn write_mail(
    out: &mut Letters,
    (mail, text): (&Mail, &str),
    subject: &str,
    parent: Option<&MessageId>,
) {
    let message = &mail.message;
    out.words("From mboxrd@z Thu Jan  1 00:00:00 1970\n");
    // An attached file has a header of its own.
    let (from, written, text) = match message.part {
        0 => (&message.from, None, text),
        _ => {
            let (date, text) = patch::file_date(text);
            (&mail.author, date, text)
        }
    };
    let address = atom(&from.address);
    out.header("From", &format!("{} <{address}>", phrase(&from.name)));
    let date = written.map(|date| one_line(&date)).or(message.date.map(|date| date.rfc5322()));
    if let Some(date) = date {
        out.header("Date", &date);
    }
    out.header("Subject", &encode(subject));
    out.header("Message-ID", &format!("<{}>", atom(&message.id)));
    if let Some(parent) = parent {
        out.header("In-Reply-To", &format!("<{}>", atom(parent)));
    }
    out.header("MIME-Version", "1.0");
    out.header("Content-Type", "text/plain; charset=UTF-8");
    out.header("Content-Transfer-Encoding", "8bit");
    out.words("\n").mboxrd(text).words("\n");
}

/// A header's value has no line ends and no control characters.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text for angle brackets: a Message-ID, an address. It has no closing bracket and no invisible characters.
fn atom(text: &str) -> String {
    let is_plain =
        |c: &char| c.is_alphanumeric() || c.is_ascii_graphic() && !matches!(c, '<' | '>');
    text.chars().filter(is_plain).collect()
}

/// A display name: encoded, or quoted if RFC 5322 requires it, never both.
fn phrase(name: &str) -> String {
    if is_plain(name) { quoted(&one_line(name)) } else { encode(name) }
}

/// Whether nothing of it has to be encoded. Text that looks like an encoded word has to be, because readers would
/// decode it.
fn is_plain(text: &str) -> bool {
    text.is_ascii() && !text.contains("=?")
}

fn quoted(name: &str) -> String {
    let plain =
        |c: char| c.is_alphanumeric() || " -_'!#$%&*+/=?^`{|}~".contains(c) || !c.is_ascii();
    match name.chars().all(plain) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// The value as it is if it is plain ASCII, otherwise in encoded words (RFC 2047): each on its own line, with whole
/// characters and at most 75 bytes.
fn encode(text: &str) -> String {
    let text = one_line(text);
    if is_plain(&text) {
        return text;
    }
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars() {
        let mut bytes = [0; 4];
        let mut letter = String::new();
        for byte in c.encode_utf8(&mut bytes).bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => letter.push(char::from(byte)),
                b' ' => letter.push('_'),
                _ => letter.push_str(&format!("={byte:02X}")),
            }
        }
        match words.last_mut() {
            Some(word) if word.len() + letter.len() <= 63 => word.push_str(&letter),
            _ => words.push(letter),
        }
    }
    let words: Vec<String> = words.iter().map(|word| format!("=?UTF-8?q?{word}?=")).collect();
    words.join("\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_ascii_on_the_wire() {
        assert_eq!(encode("[PATCH] lamp: fix it"), "[PATCH] lamp: fix it");
        assert_eq!(encode("Jürgen"), "=?UTF-8?q?J=C3=BCrgen?=");
        assert_eq!(encode("a\nBcc: b"), "a Bcc: b");
        assert_eq!(encode("\"é\""), "=?UTF-8?q?=22=C3=A9=22?=");
        assert_eq!(
            encode("=?utf-8?q?=0ABcc:_b?="),
            "=?UTF-8?q?=3D=3Futf=2D8=3Fq=3F=3D0ABcc=3A=5Fb=3F=3D?="
        );
        assert_eq!(phrase("Doe, Jane"), "\"Doe, Jane\"");
        assert_eq!(phrase("Jane Doe"), "Jane Doe");
        assert_eq!(phrase("Doe, J\u{fc}rgen"), "=?UTF-8?q?Doe=2C_J=C3=BCrgen?=");
        assert_eq!(atom("a\u{202e}>, <b@ü.example\n"), "a,b@ü.example");
        let long = encode(&"ü".repeat(40));
        assert!(long.lines().count() > 1 && long.lines().all(|line| line.len() <= 76), "{long}");
    }
}
