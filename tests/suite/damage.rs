//! Every command that reads an archive reports its losses, even with `--quiet`.

use std::{fs, path::Path};

use patchpress::error::NoteKind;

use crate::{archives::Repo, site::Site};

/// A site whose list is a repository with three mails, the second of which is lost.
fn damaged() -> Site {
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"lamps\"\n");
    let repo = Repo::new(site.path("lamps/git/0.git"));
    repo.add("one");
    let lost = repo.add("two");
    repo.add("three");
    let mail = repo.git(&["rev-parse", &format!("{lost}:m")], "");
    repo.lose(&mail);
    site
}

const WORDS: &str = "damage: missing from the mirror: 1\n";
const WAY_OUT: &str = "\nhint: restore the archive from a backup; to fetch a mirror again, \
                       remove its folder and run `patchpress sync`\n";

#[test]
fn commands_that_print_say_it_and_end_with_one() {
    let site = damaged();
    for (args, lines) in [
        (&["export", "--messages"][..], 2),
        (&["export", "--messages", "lamps"], 2),
        (&["export"], 0),
        (&["export", "--digests"], 0),
        (&["inspect", "one@example.org"], 11),
    ] {
        for quiet in [&[][..], &["-q"]] {
            let ran = site.run(&[quiet, args].concat());
            let talk = ran.talk();
            assert_eq!(ran.code(), 1, "{args:?}: {talk}");
            assert!(talk.starts_with(WORDS) && talk.ends_with(WAY_OUT), "{args:?}: {talk}");
            assert!(talk.contains("(epoch 0, commit "), "{args:?}: {talk}");
            assert!(ran.data().lines().count() >= lines, "{args:?}: {}", ran.data());
        }
    }
    // Its mails have no date.
    let ran = site.run(&["digest", "2026-W09"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.talk().starts_with(WORDS), "{}", ran.talk());
    // The requested message may be the lost one.
    let ran = site.run(&["inspect", "two@example.org"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.talk().starts_with(WORDS), "{}", ran.talk());
    assert!(ran.talk().contains("error: there is no file and no message"), "{}", ran.talk());
}

#[test]
fn a_quiet_build_says_it_each_time() {
    let site = damaged();
    for _ in 0..2 {
        let ran = site.run(&["-q", "build"]);
        let talk = ran.succeeds().talk();
        assert!(talk.starts_with(WORDS) && talk.ends_with(WAY_OUT), "{talk}");
        assert_eq!(talk.lines().count(), 3, "{talk}");
    }
    assert!(site.run(&["build"]).succeeds().talk().contains(WORDS));
    assert_eq!(site.run(&["-q", "build", "--strict"]).code(), 1);
}

#[test]
fn other_archives_lose_mails_too() {
    let mail = fs::read(Site::new().path("list.mbox")).expect("an mbox");
    let site = Site::new();
    let write = |name: &str, bytes: &[u8]| {
        let path = site.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    };
    // Stored, not packed: a header, one block, a sum that is missing.
    let length = u16::try_from(mail.len()).expect("a small mbox");
    let block = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), &mail].concat();
    let gz = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &block].concat();
    write("cut.mbox.gz", &gz);
    write("flip.mbox", &[b"G", &mail[1..], b"\n", &mail].concat());
    // A reference to before the beginning of the packed data.
    write(
        "far.mbox.gz",
        &[&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &block[..5], &mail, &[0x63, 0x60, 0xe4, 0xff]]
            .concat(),
    );
    for (name, words) in [
        ("cut.mbox.gz", "truncated archive"),
        ("far.mbox.gz", "truncated archive"),
        ("flip.mbox", "cannot be read"),
    ] {
        let ran = site.run(&["-q", "export", "--messages", name]);
        assert_eq!(ran.code(), 1, "{name}: {}", ran.talk());
        assert!(ran.talk().starts_with(&format!("damage: {words}: 1\n")), "{name}: {}", ran.talk());
        assert!(ran.data().lines().count() >= 1, "{name}");
        // No message of a library, and no mirror to fetch.
        assert_eq!(ran.talk().contains("its packed data"), name != "flip.mbox", "{}", ran.talk());
        assert!(
            ran.talk().ends_with("\nhint: restore the archive from a backup\n"),
            "{}",
            ran.talk()
        );
    }
}

#[test]
fn a_packed_file_of_nothing_is_refused_in_words() {
    let site = Site::new();
    fs::write(site.path("hollow.mbox.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 7])
        .expect("written");
    let talk = site.run(&["export", "hollow.mbox.gz"]).talk();
    assert!(talk.contains("it is packed, and unpacking gives nothing: it is damaged"), "{talk}");
}

/// The epochs before it and after it exist, but nobody cloned this one.
#[test]
fn an_epoch_that_is_missing_between_others_is_damage() {
    let site = Site::new();
    let add = |epoch: u32| {
        Repo::new(site.path(&format!("lamps/git/{epoch}.git"))).add(&format!("mail {epoch}"))
    };
    add(1);
    add(2);
    let run = || site.run(&["-q", "export", "--messages", "lamps"]);
    assert_eq!(run().succeeds().talk(), "", "a clone may begin late");
    add(4);
    let ran = run();
    assert_eq!(ran.code(), 1);
    let talk = ran.talk();
    assert!(
        talk.starts_with(WORDS) && talk.contains("3.git is missing, although 4.git is there"),
        "{talk}"
    );
    assert!(talk.ends_with(WAY_OUT), "{talk}");
    add(7);
    assert!(run().talk().contains("5.git to 6.git are missing"), "{}", run().talk());
}

#[test]
fn what_was_asked_for_is_no_damage() {
    let site = Site::new();
    let repo = Repo::new(site.path("lamps/git/0.git"));
    let commits = ["one", "two", "three"].map(|word| repo.add(word));
    repo.lose(&commits[0]);
    let run = |args: &[&str]| site.run(&[args, &["export", "--messages", "lamps"]].concat());
    let talk = run(&["-q"]).talk();
    assert!(talk.starts_with("damage: truncated archive: 1\n"), "{talk}");
    site.write("lamps/git/0.git/shallow", &format!("{}\n", commits[1]));
    assert_eq!(run(&[]).succeeds().talk(), "");
    // Nobody who posts can make a script fail.
    let kinds = NoteKind::ALL.into_iter().filter(|kind| kind.is_damage());
    assert!(kinds.eq([
        NoteKind::MissingObject,
        NoteKind::Truncated,
        NoteKind::Unread,
        NoteKind::Shrunk
    ]));
}

/// A file that cannot be read even by root, as the tests may run as root.
#[test]
fn a_file_that_cannot_be_read_is_damage() {
    let site = Site::new();
    let mail =
        "From: Ann <ann@example.org>\nSubject: x\nDate: Mon, 23 Feb 2026 10:00:00 +0000\n\nx\n";
    site.write("tree/a.eml", mail);
    // It begins like gzip, but is not.
    fs::write(site.path("tree/b.eml"), b"\x1f\x8b\x08\x00nothing").expect("written");
    let ran = site.run(&["export", "--messages", "tree"]);
    assert_eq!((ran.code(), ran.data().lines().count()), (1, 1), "{}", ran.talk());
    assert!(ran.talk().starts_with("damage: cannot be read: 1\n"), "{}", ran.talk());
    assert!(
        ran.talk().contains(&format!("{}", Path::new("tree/b.eml").display())),
        "{}",
        ran.talk()
    );
}

/// A Content-Length header of another mailbox may point to the end of the next mail, by chance or on purpose.
#[test]
fn a_length_that_happens_to_fit_hides_no_mail() {
    let mail = |number: u8, more: &str, body: &str| {
        format!(
            "From a@example.org Mon Feb 23 10:00:00 2026\nMessage-ID: <{number}@example.org>\nFrom: Ada \
             <ada@example.org>\nSubject: lamp {number}\nDate: Mon, 23 Feb 2026 10:00:00 +0000\n{more}\n{body}\n"
        )
    };
    let hidden = mail(3, "", "secret\n");
    let length = "words\n\n".len() + hidden.len() - 1;
    let mails = [
        mail(1, "", "one\n"),
        mail(2, &format!("Content-Length: {length}\n"), "words\n"),
        hidden,
        mail(4, "", "four\n"),
    ];
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n");
    site.write("list.mbox", &mails.concat());
    let talk = site.run(&["build"]).succeeds().talk();
    assert!(talk.contains("4 mails: 4 messages"), "{talk}");
}
