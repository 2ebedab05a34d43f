//! Malicious and badly damaged mails and files: each must be read and shown.
#![expect(clippy::print_stderr, reason = "what is skipped says so")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use flate2::{Compression, write::GzEncoder};

use crate::{
    site::{Site, tree},
    support,
};

const FROM: &str = "From ada@example.org Mon Feb 23 10:00:00 2026\n";

/// A mail with this id, these further header lines, and this body.
fn mail(id: &str, headers: &str, body: &str) -> String {
    format!(
        "Message-ID: <{id}@example.org>\nFrom: Ada Example <ada@example.org>\n\
         Date: Mon, 23 Feb 2026 10:00:00 +0000\n{headers}Subject: lamp {id}\n\n{body}\n"
    )
}

/// The texts of the mails in a file of this name with these bytes.
fn texts(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join(name);
    fs::write(&path, bytes).expect("the specimen");
    let corpus = support::read(&path);
    corpus
        .mails
        .iter()
        .map(|letter| support::text(&letter.mail.message).trim_end().to_owned())
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("memory is written");
    packer.finish().expect("memory is written")
}

#[test]
fn a_body_whose_encoding_is_broken_is_read_as_far_as_it_goes() {
    for (what, headers, body, text) in [
        (
            "foreign characters in base64",
            "Content-Transfer-Encoding: base64\n",
            "dGhlIGxhbXAgaXMgZGlt*!?",
            "the lamp is dim",
        ),
        (
            "base64 that was cut",
            "Content-Transfer-Encoding: base64\n",
            "dGhlIGxhbXAgaXMgZGltbW",
            "the lamp is dimm",
        ),
        (
            "a list's footer under base64",
            "Content-Transfer-Encoding: base64\n",
            "dGhlIGxhbXAgaXMgZGlt\n____\nthe lamps mailing list",
            "the lamp is dim\n____\nthe lamps mailing list",
        ),
        (
            "UTF-16 under the name that Python has for it",
            "Content-Type: text/plain; charset=utf-16-be\nContent-Transfer-Encoding: base64\n",
            "AGQAaQBt",
            "dim",
        ),
        (
            "a byte order mark before the text",
            "Content-Type: text/plain; charset=utf-8\n",
            "\u{feff}the lamp is dim",
            "the lamp is dim",
        ),
    ] {
        assert_eq!(texts("a.eml", mail("1", headers, body)), [text], "{what}");
    }
}

#[test]
fn an_archive_in_a_form_without_lines_is_read() {
    let mbox = [1, 2].map(|n| format!("{FROM}{}\n", mail(&n.to_string(), "", &format!("dim {n}"))));
    let mbox = mbox.concat();
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{mbox}").encode_utf16().flat_map(bytes).collect()
    };
    for (what, bytes) in [
        ("lone CRs", mbox.replace('\n', "\r").into_bytes()),
        ("UTF-16, little end first", utf_16(u16::to_le_bytes)),
        ("UTF-16, big end first", utf_16(u16::to_be_bytes)),
        ("no dates in its From lines", mbox.replace(" Mon Feb 23 10:00:00 2026", "").into_bytes()),
        ("gzip in gzip", gzip(&gzip(mbox.as_bytes()))),
        ("gzip in gzip in gzip, of UTF-16", gzip(&gzip(&gzip(&utf_16(u16::to_le_bytes))))),
    ] {
        assert_eq!(texts("a.mbox", bytes), ["dim 1", "dim 2"], "{what}");
    }
}

#[test]
fn one_header_does_not_fill_a_site() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("a.eml");
    let subject = format!("Subject: {}\n", "x".repeat(4 << 20));
    fs::write(&path, mail("1", &subject, "dim")).expect("the specimen");
    let corpus = support::read(&path);
    assert!(corpus.mails[0].mail.title.len() < 1 << 20);
    assert_eq!(&*support::text(&corpus.mails[0].mail.message), "dim\n");
}

/// The kit that writes the hostile corpus, if it is next to the project.
fn kit() -> Option<PathBuf> {
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/audit/hostile");
    if !kit.exists() {
        eprintln!("skipped: there is no {}", kit.display());
        return None;
    }
    Some(kit)
}

/// Every mail is read except the empty one and the one without a header.
#[test]
fn the_hostile_corpus_is_read_whole() {
    let Some(kit) = kit() else { return };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let classes = "--only=mime,headers,threads,dates,diffs,slow,xss,maildir";
    let made = Command::new("python3").arg(&kit).arg(dir.path()).arg(classes).output();
    let Some(made) = made.ok().filter(|made| made.status.success()) else {
        eprintln!("skipped: {} cannot be run", kit.display());
        return;
    };
    let said = String::from_utf8_lossy(&made.stdout);
    let mails = said.split(", ").nth(1).and_then(|part| part.split(' ').next());
    let mails: usize = mails.and_then(|n| n.parse().ok()).expect("it says how many mails");
    for whole in ["mbox/all.mbox", "inbox.git", "maildir"] {
        let corpus = support::read(&dir.path().join(whole));
        // The Maildir has one more, under a name that is not UTF-8.
        let odd = usize::from(whole == "maildir");
        assert_eq!(corpus.received, mails - 2 + odd, "{whole}");
    }
}

/// Somebody else may have packed the cache that a workflow restores.
#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_what_is_remembered_holds_nothing_up() {
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n");
    site.write("list.mbox", &format!("{FROM}{}", mail("1", "", "lamp\n")));
    site.run(&["-q", "build"]).succeeds();
    let before = tree(&site.path("public"));
    let kept = fs::read_dir(site.path(".patchpress")).expect("a folder");
    let kept: Vec<PathBuf> = kept.map(|entry| entry.expect("an entry").path()).collect();
    assert!(kept.len() > 3);
    for path in &kept {
        fs::remove_file(path).expect("removed");
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo");
        assert!(made.success());
    }
    site.run(&["-q", "build"]).succeeds();
    assert!(tree(&site.path("public")) == before);
    assert!(kept.iter().all(|path| path.is_file()), "each was written anew");
}
