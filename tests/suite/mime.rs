//! The text of a mail has everything that can be decoded, even if its MIME is damaged, or a note says why not.

use std::{fs, path::Path};

use flate2::{Compression, write::GzEncoder};
use patchpress::{
    archive,
    patch::{self, Mail, Role},
};
use proptest::prelude::*;

use crate::{laws::few, support};

const HEADER: &str = "From: Ada Example <ada@example.org>\nMessage-ID: <1@example.org>\n\
                      Date: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: [PATCH] lamp: dim\n";

const PATCH: &str = "Dim it.\n\nSigned-off-by: Ada Example <ada@example.org>\n---\n\
                     diff --git a/lamp.c b/lamp.c\nindex 1111111..2222222 100644\n--- a/lamp.c\n\
                     +++ b/lamp.c\n@@ -1,3 +1,3 @@\n int a;\n-int b;\n+int c;\n int d;\n-- \n2.47.0\n";

/// The mail with these bytes after the usual header.
fn read(mail: impl AsRef<[u8]>) -> Mail {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.eml");
    fs::write(&path, [HEADER.as_bytes(), mail.as_ref()].concat()).expect("a mail");
    one(&path)
}

fn one(path: &Path) -> Mail {
    let archives = archive::open(path).unwrap_or_else(|error| panic!("{error}"));
    let read = archives.iter().map(|archive| archive.read(|raw| patch::read(&raw)));
    read.flat_map(|read| read.expect("a mail").messages).next().expect("a mail").1
}

/// The oddities of a mail.
fn notes(mail: &Mail) -> Vec<&str> {
    mail.message.notes.iter().map(|note| &*note.detail).collect()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (at, group) in bytes.chunks(3).enumerate() {
        let byte = |n: usize| u32::from(group.get(n).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * n) & 63) as usize]);
            out.push(if n > group.len() { '=' } else { letter });
        }
        if at % 19 == 18 {
            out.push('\n');
        }
    }
    out + "\n"
}

fn uuencoded(bytes: &[u8]) -> String {
    let letter = |bits: u32| char::from(if bits == 0 { b'`' } else { b' ' + bits as u8 });
    let mut out = String::from("begin 644 a.txt\n");
    for line in bytes.chunks(45) {
        out.push(letter(line.len() as u32));
        for group in line.chunks(3) {
            let byte = |n: usize| u32::from(group.get(n).copied().unwrap_or_default());
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            out.extend((0..4).map(|n| letter(bits >> (18 - 6 * n) & 63)));
        }
        out.push('\n');
    }
    out + "`\nend\n"
}

/// Makes a random mail, and records the words that it contains.
struct Maker {
    choices: Vec<u8>,
    words: Vec<String>,
    /// Nothing is encoded: the code that cuts the mail knows what remains.
    is_plain: bool,
}

impl Maker {
    fn choose(&mut self, most: u8) -> u8 {
        self.choices.pop().unwrap_or_default() % most
    }

    fn word(&mut self) -> String {
        self.words.push(format!("dim{}lamp", self.words.len()));
        self.words[self.words.len() - 1].clone()
    }

    /// The fields and the body of a part.
    fn part(&mut self, depth: u8, outer: &str) -> (String, String) {
        match self.choose(if depth < 4 { 6 } else { 3 }) {
            0 => self.text(),
            1 => (String::new(), format!("{} {}\n", self.word(), self.word())),
            2 => (
                "Content-Type: text/html\n".into(),
                format!("<p>{}<br>{}", self.word(), self.word()),
            ),
            3 => self.mail(depth, outer),
            4 => self.alternative(),
            _ => self.multipart(depth, outer),
        }
    }

    fn text(&mut self) -> (String, String) {
        const TYPES: [&str; 9] = [
            "text/plain",
            "text/plain; charset=utf-8; format=flowed",
            "TEXT/Plain charset=us-ascii",
            "text/x-unknown; name=a.c",
            "text",
            "message/delivery-status",
            "message/unheard-of",
            "",
            "application/octet-stream; name=\"lamp.patch\"",
        ];
        // Of a patch that was cut before its diff, only the name remains, in the list of attachments.
        let types = TYPES.len() as u8 - u8::from(self.is_plain);
        let media = TYPES[usize::from(self.choose(types))];
        let mut body = format!("{}\n{}\n", self.word(), self.word());
        if media.starts_with("application") {
            body += "--- a/lamp.c\n";
        }
        let coding = if self.is_plain { 0 } else { self.choose(10) };
        let (coding, body) = match coding {
            1 => ("base64;", base64(body.as_bytes())),
            2 => ("BASE64 (comment)", base64(body.as_bytes())),
            3 => ("base-64", base64(body.as_bytes())),
            4 => ("quoted-printable;", body.replace('d', "=64")),
            5 => ("Quoted_Printable", body.replace("di", "=\nd=69")),
            6 => ("8 bit", body),
            7 => ("x-unheard-of", body),
            8 => ("x-uuencode", uuencoded(body.as_bytes())),
            _ => ("7bit", body),
        };
        (format!("Content-Type: {media}\nContent-Transfer-Encoding: {coding}\n"), body)
    }

    fn mail(&mut self, depth: u8, outer: &str) -> (String, String) {
        let kinds = ["rfc822", "global", "news", "partial; number=1; total=2"];
        let kind = kinds[usize::from(self.choose(4))];
        let (fields, body) = self.part(depth + 1, outer);
        let from = ["From: Max Example <max@example.org>\n", ""][usize::from(self.choose(2))];
        let mail = format!("{from}Subject: {}\n{fields}\n{body}", self.word());
        (format!("Content-Type: message/{kind}\n"), mail)
    }

    /// A plain text with an equivalent alternative, or with another text that is mostly new.
    fn alternative(&mut self) -> (String, String) {
        let word = self.word();
        let more = if self.choose(2) == 0 {
            String::new()
        } else {
            format!("{} {}", self.word(), self.word())
        };
        let boundary = format!("alternative{}", self.words.len());
        let body = format!(
            "--{boundary}\nContent-Type: text/plain\n\n{word}\n--{boundary}\n\
             Content-Type: text/html\n\n<b>{word}</b> {more}\n--{boundary}--\n"
        );
        (format!("Content-Type: multipart/alternative; boundary={boundary}\n"), body)
    }

    /// If the header does not name the boundary, the first part has a header: there is no other sign.
    fn multipart(&mut self, depth: u8, outer: &str) -> (String, String) {
        let boundary = match self.choose(5) {
            0 if !outer.is_empty() => outer.to_owned(),
            1 => format!("{outer}2"),
            _ => format!("b{}", self.words.len()),
        };
        let named = match self.choose(6) {
            0 => String::new(),
            1 => "; boundary=\"wrong\"".to_owned(),
            2 => format!("; boundary=\"{boundary} \""),
            3 => format!(";\n boundary={boundary}"),
            4 => format!(" boundary={boundary}"),
            _ => format!("; boundary=\"{boundary}\""),
        };
        let kind = ["mixed", "related", "digest", "unheard-of"][usize::from(self.choose(4))];
        let blank = ["", " ", "\t "][usize::from(self.choose(3))];
        let mut body = String::new();
        if self.choose(2) == 0 {
            body += &format!("{}\n", self.word());
        }
        for number in 0..=self.choose(3) {
            let (fields, part) =
                if number == 0 { self.text() } else { self.part(depth + 1, &boundary) };
            body += &format!("--{boundary}{blank}\n{fields}");
            // A field that belongs to no part, or a missing blank line.
            body += &match self.choose(4) {
                0 => format!("Note: {}\n\n", self.word()),
                1 if !fields.is_empty() && !part.contains(':') && !part.starts_with("--") => {
                    String::new()
                }
                _ => "\n".to_owned(),
            };
            body += &format!("{part}\n");
        }
        body += &match self.choose(4) {
            0 => String::new(),
            1 => format!("--{boundary}--\n--{boundary}--{blank}\n"),
            2 => format!("--{boundary}--{blank}\n{}\n", self.word()),
            _ => format!("--{boundary}--\n"),
        };
        (format!("Content-Type: multipart/{kind}{named}\n"), body)
    }
}

fn made(choices: Vec<u8>, is_plain: bool) -> (String, Vec<String>) {
    let mut maker = Maker { choices, words: Vec::new(), is_plain };
    let (fields, body) = maker.multipart(0, "");
    (format!("{fields}\n{body}"), maker.words)
}

/// A mail that consists only of another mail keeps its own subject, and shows the other one's.
#[test]
fn a_wrapped_mail_has_two_subjects() {
    let inner = "From: Max Example <max@example.org>\nSubject: x\n\nTurn.\n";
    let mail = read(format!("Content-Type: message/news\n\n{inner}{PATCH}"));
    assert_eq!((&*mail.title, &*mail.author.name), ("lamp: dim", "Ada Example"));
    let text = support::text(&mail.message);
    assert!(text.contains("Subject: x\n") && text.contains("From: Max Example"), "{text}");
    let same = read(format!("Content-Type: message/rfc822\n\n{HEADER}\n{PATCH}"));
    assert!(
        !support::text(&same.message).starts_with("Subject:"),
        "{}",
        support::text(&same.message)
    );
}

proptest! {
    #![proptest_config(few(1000))]

    #[test]
    fn no_word_is_lost(choices in prop::collection::vec(any::<u8>(), 0..80)) {
        let (mail, words) = made(choices, false);
        let read = read(&mail);
        let text = support::text(&read.message);
        for word in words {
            prop_assert!(text.contains(&word), "{word} of\n{mail}\nis not in\n{text}");
        }
    }

    #[test]
    fn no_word_above_a_cut_is_lost(
        choices in prop::collection::vec(any::<u8>(), 0..80),
        cut in any::<prop::sample::Index>(),
    ) {
        let (mail, words) = made(choices, true);
        let (head, body) = mail.split_once("\n\n").expect("a header");
        let mail = format!("{head}\n\n{}", &body[..cut.index(body.len())]);
        let read = read(&mail);
        let text = support::text(&read.message);
        // Two alternatives can give two texts.
        let told = notes(&read).iter().any(|note| note.starts_with("an alternative has other words"));
        for word in words.iter().filter(|word| mail.contains(&**word)) {
            prop_assert!(told || text.contains(word), "{word} of\n{mail}\nis not in\n{text}");
        }
    }
}

#[test]
fn a_patch_is_one_wherever_it_lies() {
    let part = |fields: &str, body: &str| {
        format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n{fields}\n{body}\n--b--\n")
    };
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::Write::write_all(&mut packer, PATCH.as_bytes()).expect("memory");
    let packed = base64(&packer.finish().expect("memory"));
    let wide: Vec<u8> =
        format!("\u{feff}{PATCH}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file =
        "Content-Type: application/octet-stream; name=lamp.gz\nContent-Transfer-Encoding: base64\n";
    let escaped: String = PATCH
        .lines()
        .map(|line| match line.starts_with('-') {
            true => format!("- {line}\n"),
            false => format!("{line}\n"),
        })
        .collect();
    let signed = format!(
        "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{escaped}\
         -----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n"
    );
    let whole = read(format!("\n{PATCH}"));
    for (what, mail, note) in [
        ("no parts", format!("Content-Type: multipart/mixed; boundary=b\n\n{PATCH}"), true),
        ("no boundary", format!("Content-Type: multipart/mixed\n\n{PATCH}"), true),
        (
            "before the parts",
            format!("Content-Type: multipart/mixed; boundary=b\n\n{PATCH}\n--b\n\nhi\n--b--\n"),
            true,
        ),
        (
            "behind the parts",
            format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b--\n{PATCH}"),
            true,
        ),
        ("a part without a header", part("", PATCH), false),
        (
            "a part without a blank line",
            part("Content-Type: text/plain\n", PATCH).replace("plain\n\n", "plain\n"),
            false,
        ),
        (
            "sent in pieces",
            format!("Content-Type: message/partial; number=1; total=2\n\n{HEADER}\n{PATCH}"),
            true,
        ),
        ("forwarded news", format!("Content-Type: message/news\n\n{HEADER}\n{PATCH}"), true),
        ("uuencoded", format!("\nSee:\n\n{}", uuencoded(PATCH.as_bytes())), false),
        ("packed", part(file, &packed), false),
        ("in UTF-16", part(file, &base64(&wide)), false),
        ("signed in its place", signed, false),
        (
            "beside HTML with the file",
            part(
                "Content-Type: multipart/alternative; boundary=c\n",
                &format!(
                    "--c\nContent-Type: text/plain\n\nhi\n--c\nContent-Type: multipart/mixed; boundary=d\n\n--d\n\
             Content-Type: text/html\n\n<p>hi\n--d\n{file}\n{}\n--d--\n--c--\n",
                    base64(PATCH.as_bytes())
                ),
            ),
            false,
        ),
    ] {
        let mail = read(&mail);
        assert_eq!((mail.role, mail.patch_id), (Role::Patch, whole.patch_id), "{what}");
        assert_eq!(!notes(&mail).is_empty(), note, "{what}: {:?}", notes(&mail));
    }
}

#[test]
fn a_digest_of_mails_is_not_a_patch() {
    let mail =
        format!("From: Max Example <max@example.org>\nSubject: [PATCH] lamp: dim\n\n{PATCH}");
    let parts = format!(
        "Content-Type: multipart/digest; boundary=b\n\n--b\n\n{mail}\n--b\n\n{mail}\n--b--\n"
    );
    let plain = format!(
        "\nToday's Topics:\n\n   1. lamp\n\n\n{}\n\nMessage: 1\n{mail}\n\n{}\n\nMessage: 2\n{mail}",
        "-".repeat(70),
        "-".repeat(30)
    );
    for body in [parts, plain] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.eml");
        let header = HEADER.replace("[PATCH] lamp: dim", "Lamp-devel Digest, Vol 3, Issue 1");
        fs::write(&path, header + &body).expect("a mail");
        let mail = one(&path);
        assert_eq!((mail.role, mail.files.len()), (Role::Other, 0));
        assert_eq!(support::text(&mail.message).matches("+int c;").count(), 2);
    }
    // A patch can be about digests.
    assert_eq!(read(format!("\n{}\n\n{}\n\n{PATCH}", "digest", "-".repeat(70))).role, Role::Patch);
}

#[test]
fn what_is_customary_or_said_already_is_left_out() {
    let alternative = |plain: &str, html: &str| {
        format!(
            "Content-Type: multipart/alternative; boundary=b\n\n\
             This is a multi-part message in MIME format.\n--b\n\n{plain}\n--b\n\
             Content-Type: text/html\n\n{html}\n--b\nContent-Type: image/png; name=a.png\n\nx\n--b--\n"
        )
    };
    for (plain, html, text, noted) in [
        ("dim it", "<p>dim <b>it</b></p>", "dim it", 0),
        ("", "<p>dim it</p>", "dim it\n", 0),
        (
            "see the other part",
            "<p>dim the lamp, and the other lamp</p>",
            "see the other part\ndim the lamp, and the other lamp\n",
            0,
        ),
        ("dim the lamp, please", "<p>dim lamp 7</p>", "dim the lamp, please", 1),
    ] {
        let mail = read(alternative(plain, html));
        assert_eq!(support::text(&mail.message).trim(), text.trim(), "{html}");
        assert_eq!(notes(&mail).len(), noted, "{:?}", notes(&mail));
        assert_eq!(mail.message.attachments.len(), 1, "the picture is listed");
    }
    let plain = read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b2 is no --b\n--b--\n");
    assert_eq!(&*support::text(&plain.message), "--b2 is no --b");
}

/// A mail with a million parts, and one nested a hundred thousand deep, are read up to the limits.
#[test]
fn limits_are_noted() {
    // Everything beyond a limit is kept as text.
    let says = |mail: &Mail, words: &str| support::text(&mail.message).contains(words);
    let many = "--b\n\nx\n".repeat(1_000_000);
    let last = "--b\n\nthe last part\n";
    let many = read(format!("Content-Type: multipart/mixed; boundary=b\n\n{many}{last}"));
    assert_eq!(notes(&many), ["more than 1000 parts"]);
    assert!(says(&many, "the last part"));
    let many = "--b\nContent-Type: text/html\n\nx\n".repeat(2_000);
    let many = read(format!("Content-Type: multipart/alternative; boundary=b\n\n{many}{last}"));
    assert!(says(&many, "the last part"));
    let deep: String = (0..100_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    let deep = read(format!("{deep}\nthe innermost\n"));
    assert!(notes(&deep).contains(&"nested deeper than 20"), "{:?}", notes(&deep));
    assert!(says(&deep, "the innermost"));
    let mails = read("Content-Type: message/rfc822\n\n".repeat(100_000));
    assert!(notes(&mails).contains(&"nested deeper than 20"), "{:?}", notes(&mails));
}

/// The specimens of the study, if they are available.
#[test]
fn specimens_of_broken_mime_keep_their_patch() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/mail");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    };
    let mut seen = 0;
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        let name = path.file_stem().expect("a name").to_string_lossy();
        if !name.starts_with("116") {
            continue;
        }
        let mail = one(&path);
        assert_eq!((mail.role, mail.files.len()), (Role::Patch, 1), "{name}");
        assert!(mail.message.attachments.is_empty(), "{name}");
        seen += 1;
    }
    assert!(seen > 20, "only {seen}");
}

/// Found by mutated mail: the encoding was unknown, and the page showed base64.
#[test]
fn a_foreign_line_in_a_part_s_header_ends_nothing() {
    const FOREIGN: &str = "broken on its way\n";
    let encoding = "Content-Transfer-Encoding: base64\n";
    for header in [
        format!("Content-Type: text/plain\n{FOREIGN}{encoding}"),
        format!("{FOREIGN}{encoding}"),
        format!("{encoding}{FOREIGN}Content-Type: text/plain\n"),
    ] {
        let mail = read(format!(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n{header}\ndGhlIGxhbXAgaXMgZGlt\n--b--\n",
        ));
        let text = support::text(&mail.message);
        assert!(text.contains("the lamp is dim") && text.contains("broken on its way"), "{text}");
        assert!(!mail.message.notes.is_empty());
    }
    // Where no further field follows, the body begins directly after the header line.
    let mail = read(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nthe lamp is dim\n--b--\n",
    );
    assert!(
        support::text(&mail.message).starts_with("the lamp is dim"),
        "{}",
        support::text(&mail.message)
    );
}

/// Found by mutated mail: the fields of such a part are text, and its base64 stays as it is.
#[test]
fn an_empty_line_above_a_part_s_fields_leaves_a_note() {
    let notes = |part: &str| {
        let mail =
            read(format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n{part}\n--b--\n"));
        mail.message.notes.len()
    };
    let fields = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\ndGhlIGxhbXA=";
    assert_eq!(notes(&format!("\n{fields}")), 1);
    assert_eq!(notes(fields), 0);
    assert_eq!(notes("\nThe lamp is dim."), 0);
}
