//! Mails in the forms of MIME.
//!
//! In: a mail with a plain body. Out: the same words in a transfer encoding, in parts, beside HTML, files and
//! footers, each part with its own word. Never here: a damaged form.

use super::{Chance, seeds::header_end, word::Words};

/// The mail in one of the forms; unchanged if it already has one.
pub(super) fn wrapped(mail: &[u8], chance: &mut Chance, words: &mut Words) -> Vec<u8> {
    let (head, body) = mail.split_at(header_end(mail));
    let lower = head.to_ascii_lowercase();
    let has_form = ["multipart/", "base64", "quoted-printable"]
        .iter()
        .any(|form| memchr::memmem::find(&lower, form.as_bytes()).is_some());
    if has_form || head.len() == mail.len() {
        return mail.to_vec();
    }
    let head = bare(head);
    let (fields, body) = form(body, chance, words);
    [&head, fields.as_bytes(), b"\n", &body].concat()
}

/// The header without the fields about the body's form, and without the blank line.
fn bare(head: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut is_form = false;
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            is_form = line.to_ascii_lowercase().starts_with(b"content-");
        }
        if !is_form && !line.trim_ascii().is_empty() {
            out.extend(line);
        }
    }
    out
}

/// The fields of the form, and the body in it.
fn form(body: &[u8], chance: &mut Chance, words: &mut Words) -> (String, Vec<u8>) {
    let plain = |fields: &str, body: &[u8]| {
        part(&format!("Content-Type: text/plain; charset=utf-8\n{fields}"), body)
    };
    let mut word = || format!("{}\n", words.next()).into_bytes();
    let html = |word: Vec<u8>| {
        part(
            "Content-Type: text/html\n",
            &[b"<p onclick=x>", &*word, b"<script>x</script>"].concat(),
        )
    };
    let base64 = "Content-Transfer-Encoding: base64\n";
    match chance.below(10) {
        0 => (base64.to_owned(), to_base64(body)),
        1 => ("Content-Transfer-Encoding: quoted-printable\n".to_owned(), to_quoted(body)),
        2 => multipart("mixed", &word(), &[plain("", body), plain("", &word())], &word()),
        3 => multipart("alternative", b"", &[plain("", body), html(word())], b""),
        4 => {
            let file = "Content-Type: application/octet-stream; name=\"a.bin\"\nContent-Transfer-Encoding: base64\n";
            multipart(
                "mixed",
                b"",
                &[plain(base64, &to_base64(body)), part(file, b"AAECAw==\n"), plain("", &word())],
                b"",
            )
        }
        5 => {
            let (fields, inner) =
                multipart("alternative", b"", &[plain("", body), html(word())], b"");
            let inner = part(&fields, &inner);
            multipart("mixed", b"", &[swap_boundary(&inner), plain("", &word())], &word())
        }
        6 => (
            "Content-Type: message/partial; id=\"a@example.org\"; number=1; total=1\n".to_owned(),
            body.to_vec(),
        ),
        7 => (
            "Content-Type: text/plain; charset=iso-8859-15; format=flowed\n".to_owned(),
            body.to_vec(),
        ),
        8 => {
            let signature = part(
                "Content-Type: application/pgp-signature; name=\"s.asc\"\n",
                b"-----BEGIN PGP SIGNATURE-----\n",
            );
            multipart("signed; micalg=pgp-sha256", b"", &[plain("", body), signature], b"")
        }
        _ => ("Content-Type: text/plain; charset=windows-1252\n".to_owned(), body.to_vec()),
    }
}

fn part(fields: &str, body: &[u8]) -> Vec<u8> {
    [fields.as_bytes(), b"\n", body].concat()
}

/// Parts with the text before and after them.
fn multipart(kind: &str, before: &[u8], parts: &[Vec<u8>], behind: &[u8]) -> (String, Vec<u8>) {
    let mut body = before.to_vec();
    for part in parts {
        body.extend([b"--=_part\n", &**part, b"\n"].concat());
    }
    body.extend([b"--=_part--\n", behind].concat());
    (format!("Content-Type: multipart/{kind}; boundary=\"=_part\"\n"), body)
}

/// A nested multipart has its own boundary, which begins like the outer one.
fn swap_boundary(part: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(part).replace("=_part", "=_part-2").into_bytes()
}

fn to_base64(body: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for line in body.chunks(57) {
        for three in line.chunks(3) {
            let bits =
                (0..3).fold(0u32, |bits, at| bits << 8 | u32::from(*three.get(at).unwrap_or(&0)));
            let letters = [18, 12, 6, 0].map(|shift| LETTERS[(bits >> shift) as usize & 63]);
            out.extend(&letters[..=three.len()]);
            out.extend(&b"=="[..3 - three.len()]);
        }
        out.push(b'\n');
    }
    out
}

fn to_quoted(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut length = 0;
    for byte in body {
        if *byte == b'\n' {
            out.push(b'\n');
            length = 0;
            continue;
        }
        if length > 70 {
            out.extend(b"=\n");
            length = 0;
        }
        match byte {
            b' '..=b'~' if *byte != b'=' => out.push(*byte),
            _ => out.extend(format!("={byte:02X}").bytes()),
        }
        length += 3;
    }
    out
}
