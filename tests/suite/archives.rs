//! Archives of every kind, built here and read through the public interface.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use patchpress::{
    archive::{self, Archive, Kind, Reading, Source},
    error::{Error, Note, NoteKind, Place},
    hash::Fingerprint,
};

const FROM: &str = "From a@example.org Thu Jan  1 00:00:00 1970\n";

/// A mail whose text is `word`.
fn mail(word: &str) -> String {
    format!(
        "Message-ID: <{word}@example.org>\nFrom: Ann <ann@example.org>\nSubject: {word}\n\n{word}\n"
    )
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder");
    fs::write(path, bytes).expect("the file");
}

/// The last line of a message.
fn word(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().rsplit('\n').next().unwrap_or_default().into()
}

/// Reads an archive with one worker and with four; the results must be the same.
fn read(archive: &Archive) -> Reading<String> {
    let [one, four] = [1, 4].map(|workers| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build().expect("a pool");
        pool.install(|| archive.read(|raw| word(raw.bytes))).expect("a reading")
    });
    assert_eq!(one.messages, four.messages, "workers change the messages");
    assert_eq!(one.notes, four.notes, "workers change the notes");
    assert_eq!(one.history, four.history, "workers change the history");
    one
}

/// Opens `path` and reads its only archive.
fn read_one(path: &Path, kind: Kind) -> Reading<String> {
    let archives = archive::open(path).expect("an archive");
    let kinds: Vec<_> = archives.iter().map(|archive| archive.kind).collect();
    assert_eq!(kinds, [kind], "{}", path.display());
    read(&archives[0])
}

fn words(reading: &Reading<String>) -> Vec<&str> {
    reading.messages.iter().map(|(_, word)| &**word).collect()
}

fn kinds(notes: &[Note]) -> Vec<NoteKind> {
    notes.iter().map(|note| note.kind).collect()
}

/// The error for an archive that is refused.
fn refusal(path: &Path) -> String {
    match archive::open(path) {
        Err(Error::UnknownArchive { reason, .. }) => reason.to_string(),
        other => panic!("{}: {other:?}", path.display()),
    }
}

/// The error of an archive that cannot be read.
fn failure(path: &Path) -> String {
    let read = archive::open(path).and_then(|archives| {
        archives.iter().map(|archive| archive.read(|raw| word(raw.bytes))).collect()
    });
    let error: Error = read.map(|_: Vec<Reading<String>>| ()).expect_err("it cannot be read");
    error.reason().to_string()
}

/// A bare repository made with git.
pub(crate) struct Repo {
    path: PathBuf,
    /// The time of commits, in seconds since 1970.
    pub(crate) now: u64,
}

impl Repo {
    pub(crate) fn new(path: PathBuf) -> Self {
        fs::create_dir_all(&path).expect("a folder");
        let repo = Self { path, now: 1_700_000_000 };
        repo.git(&["init", "-q", "--bare", "-b", "master", "."], "");
        repo
    }

    pub(crate) fn git(&self, arguments: &[&str], input: &str) -> String {
        let date = format!("{} +0000", self.now);
        let mut child = Command::new("git")
            .args(arguments)
            .current_dir(&self.path)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(["AUTHOR", "COMMITTER"].iter().flat_map(|who| {
                [
                    (format!("GIT_{who}_NAME"), "Ann"),
                    (format!("GIT_{who}_EMAIL"), "ann@example.org"),
                    (format!("GIT_{who}_DATE"), &date),
                ]
            }))
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("git runs");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("git listens");
        let output = child.wait_with_output().expect("git ends");
        assert!(output.status.success(), "git {arguments:?}");
        String::from_utf8(output.stdout).expect("words").trim().into()
    }

    fn blob(&self, text: &str) -> String {
        self.git(&["hash-object", "-w", "--stdin"], text)
    }

    /// Commits a tree of these files (path, blob) on top of the branch.
    fn commit(&self, files: &[(&str, &str)]) -> String {
        let _ = fs::remove_file(self.path.join("index"));
        for (path, blob) in files {
            let entry = format!("100644,{blob},{path}");
            self.git(&["update-index", "--add", "--cacheinfo", &entry], "");
        }
        let tree = self.git(&["write-tree", "--missing-ok"], "");
        let parent = self.git(&["for-each-ref", "--format=%(objectname)", "refs/heads/master"], "");
        let mut arguments = vec!["commit-tree", "-m", "x", &tree];
        if !parent.is_empty() {
            arguments.extend(["-p", &parent]);
        }
        let commit = self.git(&arguments, "");
        self.git(&["update-ref", "refs/heads/master", &commit], "");
        commit
    }

    pub(crate) fn add(&self, word: &str) -> String {
        self.add_mail(&mail(word))
    }

    /// Commits a mail with this text.
    pub(crate) fn add_mail(&self, text: &str) -> String {
        let blob = self.blob(text);
        self.commit(&[("m", &blob)])
    }

    fn delete(&self, text: &str) -> String {
        let blob = self.blob(text);
        self.commit(&[("d", &blob)])
    }

    fn pack(&self) {
        self.git(&["repack", "-adq"], "");
    }

    pub(crate) fn lose(&self, object: &str) {
        let path = self.path.join("objects").join(&object[..2]).join(&object[2..]);
        fs::remove_file(path).expect("a loose object");
    }
}

#[test]
fn an_epoch_in_the_order_of_its_commits() {
    for packed in [false, true] {
        let temp = folder();
        let repo = Repo::new(temp.path().join("x.git"));
        let commits = ["one", "two", "three"].map(|word| repo.add(word));
        if packed {
            repo.pack();
        }
        let reading = read_one(&repo.path, Kind::Epoch);
        assert_eq!(words(&reading), ["one", "two", "three"]);
        assert_eq!(reading.notes, []);
        let names: Vec<String> =
            reading.history[0].commits.iter().map(|commit| commit.id.to_string()).collect();
        assert_eq!(names, commits);
        let (place, _) = &reading.messages[1];
        let second = Place::Commit {
            epoch: 0,
            number: 1,
            commit: Fingerprint::of_hex(&commits[1]).expect("hex"),
        };
        assert_eq!(place, &second);
    }
}

#[test]
fn added_and_deleted_is_gone() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    let added = repo.add("one");
    repo.delete(&mail("one"));
    let reading = read_one(&repo.path, Kind::Epoch);
    assert_eq!(words(&reading), [""; 0]);
    assert_eq!(kinds(&reading.notes), [NoteKind::Deleted]);
    let place = reading.notes[0].place.as_ref().expect("a place").to_string();
    assert!(place.contains(&added), "{place}");
}

#[test]
fn deletions_over_epochs_by_blob_or_by_id() {
    let temp = folder();
    let [zero, two, ten] =
        ["0", "2", "10"].map(|name| Repo::new(temp.path().join(format!("list/git/{name}.git"))));
    zero.add("one");
    zero.add("two");
    zero.add("three");
    zero.pack();
    two.delete(&mail("two"));
    two.add("two");
    two.delete(&mail("three").replace("Ann", "Redacted"));
    ten.delete(&mail("never"));
    ten.add("four");
    let reading = read_one(&temp.path().join("list"), Kind::PublicInboxV2);
    assert_eq!(words(&reading), ["one", "two", "four"], "0, 2, 10: in the order of numbers");
    use NoteKind::{Deleted, MissingObject, Skipped};
    let gaps = [MissingObject; 2];
    assert_eq!(kinds(&reading.notes), [&[Skipped, Deleted, Deleted][..], &gaps].concat());
    assert_eq!(
        reading.history.iter().map(|epoch| epoch.commits.len()).collect::<Vec<_>>(),
        [3, 3, 2]
    );
    // The same epochs without a `git` folder around them.
    let bare = read_one(&temp.path().join("list/git"), Kind::PublicInboxV2);
    assert_eq!(bare.messages, reading.messages);
}

#[test]
fn one_blob_twice_is_two_mails() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    for word in ["one", "two", "one"] {
        repo.add(word);
    }
    let carried = repo.blob(&mail("one"));
    repo.commit(&[("m", &carried)]);
    repo.pack();
    let reading = read_one(&repo.path, Kind::Epoch);
    assert_eq!(words(&reading), ["one", "two", "one"], "and a commit that changes nothing is none");
    assert_eq!(reading.history[0].commits.len(), 4);
}

#[test]
fn missing_objects_are_noted() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    for word in ["one", "two", "three"] {
        repo.add(word);
    }
    repo.lose(&repo.blob(&mail("two")));
    let reading = read_one(&repo.path, Kind::Epoch);
    assert_eq!(words(&reading), ["one", "three"]);
    assert_eq!(kinds(&reading.notes), [NoteKind::MissingObject]);
}

#[test]
fn a_shallow_clone_begins_somewhere() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    let commits = ["one", "two", "three"].map(|word| repo.add(word));
    repo.lose(&commits[0]);
    let reading = read_one(&repo.path, Kind::Epoch);
    assert_eq!(words(&reading), ["two", "three"]);
    // The mail is lost, unless git says that it was never here.
    assert_eq!(kinds(&reading.notes), [NoteKind::Truncated]);
    assert!(reading.notes[0].detail.contains(&commits[0]));
    write(&repo.path.join("shallow"), format!("{}\n", commits[1]));
    let reading = read_one(&repo.path, Kind::Epoch);
    assert_eq!(words(&reading), ["two", "three"]);
    assert_eq!(kinds(&reading.notes), [NoteKind::Partial]);
}

#[test]
fn a_damaged_pack_gives_what_it_can() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    repo.add("one");
    repo.pack();
    repo.add("two");
    for entry in fs::read_dir(repo.path.join("objects/pack")).expect("packs") {
        let path = entry.expect("a pack").path();
        if path.extension().is_some_and(|end| end == "pack") {
            let mut bytes = fs::read(&path).expect("a pack");
            let end = bytes.len() - 30;
            bytes[12..end].fill(0xff);
            fs::remove_file(&path).expect("removed");
            write(&path, bytes);
        }
    }
    let reading = read_one(&repo.path, Kind::Epoch);
    assert_eq!(words(&reading), ["two"]);
    assert_eq!(kinds(&reading.notes), [NoteKind::Truncated]);
}

#[test]
fn the_head_is_found_behind_an_unborn_one() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    repo.add("one");
    write(&repo.path.join("HEAD"), "ref: refs/heads/gone\n");
    assert_eq!(words(&read_one(&repo.path, Kind::Epoch)), ["one"]);
    repo.git(&["update-ref", "refs/heads/other", "refs/heads/master"], "");
    repo.git(&["update-ref", "-d", "refs/heads/master"], "");
    assert_eq!(words(&read_one(&repo.path, Kind::Epoch)), ["one"]);
}

#[test]
fn version_1_has_the_content_of_its_head() {
    for packed in [false, true] {
        let temp = folder();
        let repo = Repo::new(temp.path().join("list/.git"));
        let path = |digit: &str| format!("{0}{0}/{1}", digit, digit.repeat(38));
        let [a, b, c] = ["a", "b", "c"].map(path);
        let [one, two, three, edited] =
            ["one", "two", "three", "edited"].map(|word| repo.blob(&mail(word)));
        repo.commit(&[(&b, &one)]);
        repo.commit(&[(&b, &one), (&a, &two), ("README", &three)]);
        repo.commit(&[(&b, &edited), (&a, &two), (&c, &three)]);
        repo.commit(&[(&b, &edited), (&c, &three)]);
        if packed {
            repo.pack();
        }
        let reading = read_one(&temp.path().join("list"), Kind::PublicInboxV1);
        assert_eq!(words(&reading), ["edited", "three"], "in the order in which they came");
        assert_eq!(kinds(&reading.notes), [NoteKind::Deleted]);
        assert_eq!(reading.history[0].commits.len(), 4);
    }
}

#[test]
fn a_repository_of_something_else_is_refused() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("code.git"));
    assert!(refusal(&repo.path).contains("no commit"));
    let blob = repo.blob("int main;\n");
    repo.commit(&[("src/main.c", &blob)]);
    assert!(refusal(&repo.path).contains("has no message"));
}

/// `bytes` packed with the program `name`.
fn packed(name: &str, bytes: &[u8], folder: &Path) -> Option<Vec<u8>> {
    let path = folder.join("plain");
    write(&path, bytes);
    let output = Command::new(name).arg("-c").arg(&path).output().ok()?;
    output.status.success().then_some(output.stdout)
}

#[test]
fn an_mbox_plain_and_packed() {
    let temp = folder();
    let text = format!("{FROM}{}\n{FROM}{}\n", mail("one"), mail("two"));
    let plain = temp.path().join("any.name");
    write(&plain, &text);
    let reading = read_one(&plain, Kind::Mbox);
    assert_eq!(words(&reading), ["one", "two"]);
    let offset = (FROM.len() * 2 + mail("one").len() + 1) as u64;
    assert_eq!(reading.messages[1].0, Place::Offset { file: plain.as_path().into(), offset });
    for name in ["gzip", "xz", "zstd"] {
        let Some(bytes) = packed(name, text.as_bytes(), &temp.path().join("in")) else {
            println!("skipped: there is no {name}");
            continue;
        };
        let path = temp.path().join(name);
        write(&path, &bytes);
        assert_eq!(words(&read_one(&path, Kind::Mbox)), ["one", "two"], "{name}");
        // Members, streams, frames: one file after the other.
        write(&path, [&bytes[..], &bytes[..]].concat());
        assert_eq!(
            words(&read_one(&path, Kind::Mbox)),
            ["one", "two", "one", "two"],
            "{name} twice"
        );
        write(&path, [&bytes[..], b"a tail of words"].concat());
        let reading = read_one(&path, Kind::Mbox);
        assert_eq!(words(&reading), ["one", "two"], "{name} with a tail");
        assert_eq!(kinds(&reading.notes), [NoteKind::Truncated], "{name} with a tail");
    }
}

#[test]
fn a_packed_mbox_that_breaks_off_keeps_what_was_read() {
    let temp = folder();
    let mut text = String::new();
    for number in 0..3000_u64 {
        // Words that do not compress to nothing, so that the file has a middle.
        let noise: String = (0..20)
            .map(|n| format!("{:x} ", (number * 20 + n).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .collect();
        text.push_str(&format!("{FROM}{}{noise}\n\n", mail(&format!("m{number}"))));
    }
    for name in ["gzip", "xz", "zstd"] {
        let Some(bytes) = packed(name, text.as_bytes(), &temp.path().join("in")) else {
            println!("skipped: there is no {name}");
            continue;
        };
        let path = temp.path().join(name);
        write(&path, &bytes[..bytes.len() / 2]);
        let reading = read_one(&path, Kind::Mbox);
        assert!(
            (100..2900).contains(&reading.messages.len()),
            "{name}: {}",
            reading.messages.len()
        );
        assert_eq!(kinds(&reading.notes), [NoteKind::Truncated], "{name}");
    }
}

#[test]
fn a_bomb_ends_soon() {
    let temp = folder();
    let mut text = format!("{FROM}{}", mail("one")).into_bytes();
    text.resize(300 << 20, b'0');
    let Some(bytes) = packed("gzip", &text, &temp.path().join("in")) else {
        println!("skipped: there is no gzip");
        return;
    };
    drop(text);
    // Many members: 3 GiB that must not be unpacked.
    let path = temp.path().join("bomb.mbox.gz");
    write(&path, bytes.repeat(10));
    let reading = archive::open(&path).expect("an archive")[0]
        .read(|raw| raw.bytes.len())
        .expect("a reading");
    assert_eq!(reading.messages.len(), 1);
    assert_eq!(kinds(&reading.notes), [NoteKind::Cut, NoteKind::Truncated]);
    assert!(reading.notes[1].detail.contains("times its size"), "{:?}", reading.notes);
}

#[test]
fn a_bomb_of_many_mails_ends_soon() {
    let temp = folder();
    let text = format!("{FROM}{}\n", mail("one")).repeat(1 << 20);
    let Some(bytes) = packed("gzip", text.as_bytes(), &temp.path().join("in")) else {
        println!("skipped: there is no gzip");
        return;
    };
    let path = temp.path().join("bomb.mbox.gz");
    write(&path, bytes.repeat(20));
    let reading = archive::open(&path).expect("an archive")[0]
        .read(|raw| raw.bytes.len())
        .expect("a reading");
    assert!(reading.messages.len() < 2 << 20, "{}", reading.messages.len());
    assert_eq!(kinds(&reading.notes), [NoteKind::Truncated]);
}

#[test]
fn a_maildir() {
    let temp = folder();
    let path = temp.path().join("box");
    for (name, text) in [
        ("cur/10.x:2,S", mail("two")),
        ("cur/9.x:2,S", mail("one")),
        ("cur/.hidden", mail("hidden")),
        ("cur/11.x", String::new()),
        ("new/1.x", mail("three")),
        ("tmp/0.x", mail("half")),
        (".Drafts/cur/1.x", mail("draft")),
        (".Drafts/tmp/1.x", String::new()),
    ] {
        write(&path.join(name), text);
    }
    fs::create_dir(path.join("cur/folder")).expect("a folder");
    let reading = read_one(&path, Kind::Maildir);
    assert_eq!(words(&reading), ["one", "two", "three"]);
    let noted = [NoteKind::Private, NoteKind::NoMail, NoteKind::Skipped];
    assert_eq!(kinds(&reading.notes), noted, "the folder beside it, an empty file, a folder in it");
    assert_eq!(words(&read_one(&path.join(".Drafts"), Kind::Maildir)), ["draft"], "it was named");
}

#[cfg(unix)]
#[test]
fn an_epoch_may_lie_elsewhere() {
    let temp = folder();
    let store = Repo::new(temp.path().join("store/7f.git"));
    store.add("one");
    store.add("two");
    let epochs = temp.path().join("list/git");
    fs::create_dir_all(&epochs).expect("a folder");
    std::os::unix::fs::symlink("../../store/7f.git", epochs.join("0.git")).expect("a link");
    write(&epochs.join("2.git"), "a file");
    let archives = archive::open(&temp.path().join("list")).expect("archives");
    let reading = read(&archives[0]);
    assert_eq!(archives[0].kind, Kind::PublicInboxV2);
    assert_eq!(words(&reading), ["one", "two"]);
    assert_eq!(kinds(&reading.notes), [NoteKind::Unread]);
    // As if the disk of the other epoch was not mounted.
    std::os::unix::fs::symlink("nowhere", epochs.join("1.git")).expect("a link");
    assert!(failure(&temp.path().join("list")).contains("lost its HEAD"));
}

#[cfg(unix)]
#[test]
fn odd_files_are_left_out() {
    use std::os::unix::{ffi::OsStrExt, fs::symlink};
    let temp = folder();
    let path = temp.path().join("box");
    let outside = temp.path().join("outside.eml");
    write(&outside, mail("outside"));
    for sub in ["maildir/cur", "maildir/new", "tree"] {
        let sub = path.join(sub);
        let name = sub.join(std::ffi::OsStr::from_bytes(b"odd-\xff.eml"));
        write(&name, mail("odd"));
        symlink(&outside, sub.join("link.eml")).expect("a link");
        symlink(".", sub.join("loop.eml")).expect("a link");
        let made = Command::new("mkfifo").arg(sub.join("pipe.eml")).status().expect("mkfifo");
        assert!(made.success());
    }
    let archives = archive::open(&path).expect("archives");
    let found: Vec<_> = archives.iter().map(|archive| archive.kind).collect();
    assert_eq!(found, [Kind::Mails, Kind::Maildir]);
    assert_eq!(words(&read(&archives[0])), ["odd"]);
    assert_eq!(kinds(&read(&archives[0]).notes), [NoteKind::Skipped; 3]);
    assert_eq!(words(&read(&archives[1])), ["odd", "odd"]);
    assert_eq!(kinds(&read(&archives[1]).notes), [NoteKind::Skipped; 6]);
}

#[test]
fn a_folder_with_several_archives() {
    let temp = folder();
    let path = temp.path();
    let patch = "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n";
    write(&path.join("b.mbox"), format!("{FROM}{}", mail("boxed")));
    write(&path.join("a/c.mbox"), format!("{FROM}{}", mail("deep")));
    write(&path.join("c.mbox"), "");
    write(&path.join("dir/cur/1"), mail("dir"));
    write(&path.join("dir/new/2"), mail("new"));
    write(&path.join("z.eml"), mail("z"));
    write(&path.join("a/1.eml"), mail("a"));
    write(&path.join("p/0002.patch"), format!("{patch}{}", mail("second")));
    write(&path.join("p/0001.patch"), format!("{patch}{}\n{patch}{}", mail("first"), mail("more")));
    write(&path.join("p/raw.patch"), "--- a/x\n+++ b/x\n");
    write(&path.join("no-name"), mail("unnamed"));
    write(&path.join("README"), "To: be read, or not\n");
    write(&path.join(".git/x.eml"), mail("hidden"));
    let archives = archive::open(path).expect("archives");
    let found: Vec<_> = archives
        .iter()
        .map(|archive| (archive.kind, archive.path.strip_prefix(path).expect("in it").to_owned()))
        .collect();
    let expected = [
        (Kind::Mails, ""),
        (Kind::Mbox, "a/c.mbox"),
        (Kind::Mbox, "b.mbox"),
        (Kind::Mbox, "c.mbox"),
        (Kind::Maildir, "dir"),
    ];
    assert_eq!(found, expected.map(|(kind, path)| (kind, path.into())));
    let mails = read(&archives[0]);
    assert_eq!(words(&mails), ["a", "unnamed", "first", "more", "second", "z"]);
    assert_eq!(kinds(&mails.notes), [NoteKind::Skipped, NoteKind::NoMail]);
    let empty = read(&archives[3]);
    assert_eq!(words(&empty), [""; 0]);
    assert_eq!(kinds(&empty.notes), [NoteKind::NoMail]);
}

#[test]
fn a_file_that_was_named() {
    let temp = folder();
    let patch = "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n";
    for (name, text, kind, messages) in [
        ("x.eml", mail("one"), Kind::Mails, vec!["one"]),
        ("unnamed", mail("one"), Kind::Mails, vec!["one"]),
        ("x.patch", format!("{patch}{}", mail("one")), Kind::Mails, vec!["one"]),
        (
            "series",
            format!("{patch}{}\n{patch}{}", mail("one"), mail("two")),
            Kind::Mbox,
            vec!["one", "two"],
        ),
        ("quoting", format!("{}\n{FROM}{}", mail("one"), mail("two")), Kind::Mails, vec!["two"]),
        ("junk", format!("junk\n\n{FROM}{}", mail("one")), Kind::Mbox, vec!["one"]),
    ] {
        let path = temp.path().join(name);
        write(&path, text);
        assert_eq!(words(&read_one(&path, kind)), messages, "{name}");
    }
}

#[test]
fn what_is_no_archive_is_refused_with_words() {
    let temp = folder();
    for (name, bytes, reason) in [
        ("empty.mbox", "", "it is empty"),
        ("only-from.mbox", FROM, "no message follows"),
        ("words.txt", "just words\n", "no header of a message"),
        ("diff.patch", "--- a/x\n+++ b/x\n", "no header of a message"),
        ("zip.gz", "\x1f", "no header of a message"),
        ("noise", "a\0b\nSubject: x\n", "no header of a message"),
        (
            "a.zip",
            "PK\x03\x04\0\0\0\n\nFrom a@b Thu Jan  1 00:00:00 1970\nA: b\n",
            "it is a zip archive: unpack it, and name the result",
        ),
        ("b.mbox", "BZh91AY&SY", "bzip2"),
        ("list.bundle", "# v2 git bundle\n", "a git bundle"),
        ("list.tar", &format!("{}ustar\0", "x".repeat(257)), "a tar archive"),
        ("undated.mbox", "From nobody\nSubject: x\n", "no header of a message"),
        ("folder/README", "just words\n", "no file in this folder"),
    ] {
        let path = temp.path().join(name);
        write(&path, bytes);
        let path = if name.contains('/') { temp.path().join("folder") } else { path };
        let said = refusal(&path);
        assert!(said.contains(reason), "{name}: {said}");
    }
    let nowhere = temp.path().join("nowhere");
    assert!(matches!(archive::open(&nowhere), Err(Error::NoArchive { .. })));
}

#[test]
fn the_digest_that_began_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/archives/kvm-digest.txt");
    if !path.exists() {
        println!("skipped: there is no {}", path.display());
        return;
    }
    let archives = archive::open(&path).expect("an archive");
    assert_eq!(archives[0].kind, Kind::TextDigest);
    let reading = archives[0]
        .read(|raw| {
            assert_eq!(raw.source, Source::DigestEntry);
            String::from_utf8_lossy(raw.bytes).into_owned()
        })
        .expect("a reading");
    assert_eq!(reading.messages.len(), 25);
    let given = reading.digest.expect("what it says besides");
    assert_eq!((&*given.list, &*given.from, &*given.to), ("KVM", "89e50b09f", "26fd6f360"));
    assert_eq!(given.domains.iter().map(|(count, _)| count).sum::<u64>(), 142);
    assert_eq!(given.contributors.len(), 15);
    assert!(given.contributors[7].1.ends_with(" <philmd@linaro.org>"));
    let subjects: Vec<_> =
        reading.messages.iter().filter_map(|(_, mail)| mail.lines().nth(2)).collect();
    for subject in [
        "Subject: [PATCH RFC v2 1/6] KVM: guest_memfd: Don't set FGP_ACCESSED when getting folios",
        "Subject: [PATCH 01/14] KVM: x86: Use scratch field in MMIO fragment to hold small write values",
        "Subject: [PATCH v3 0/8] KVM: nSVM: Save/restore fixes for (Next)RIP",
    ] {
        assert!(subjects.contains(&subject), "{subject}: {subjects:#?}");
    }
    let stats = reading.messages.iter().filter(|(_, mail)| mail.contains(" changed,")).count();
    assert_eq!(stats, 25, "each entry has its own diffstat");
}

/// The error of a repository of three mails after an action, or the mails that are still read.
#[test]
fn a_repository_that_cannot_be_read_is_an_error() {
    for (what, deed, said) in [
        (
            "reftable",
            "git refs migrate --ref-format=files; git refs migrate --ref-format=reftable",
            "`reftable`",
        ),
        (
            "an extension of tomorrow",
            "git config extensions.crystals yes",
            "extension `crystals = yes`",
        ),
        ("sha256", "git config extensions.objectFormat sha256", "SHA-256"),
        ("empty packed-refs", "git pack-refs --all; : >packed-refs", "it has objects"),
        (
            "damaged packed-refs",
            "git pack-refs --all; sed -i s,refs/h,refs.h, packed-refs",
            "branch",
        ),
        (
            "a branch of nothing",
            "echo 1234567890123456789012345678901234567890 >refs/heads/master",
            "cannot be read",
        ),
        (
            "a second branch that is empty",
            "git repack -adq; : >refs/heads/other",
            "does not name a commit",
        ),
        ("no branch and loose objects", "rm -r refs/heads/*", "it has objects"),
        ("a config that is none", "printf '[core\nx' >config", "`config` is damaged"),
    ] {
        let temp = folder();
        let repo = Repo::new(temp.path().join("list/git/0.git"));
        ["one", "two", "three"].iter().for_each(|word| drop(repo.add(word)));
        let done = Command::new("sh").args(["-ec", deed]).current_dir(&repo.path).output();
        let done = done.expect("sh runs");
        if what == "reftable" && !done.status.success() {
            println!("skipped: this git knows no reftable");
            continue;
        }
        assert!(done.status.success(), "{what}: {}", String::from_utf8_lossy(&done.stderr));
        for path in [temp.path().join("list"), repo.path.clone()] {
            let talk = failure(&path);
            assert!(talk.contains(said), "{what}: {talk}");
            assert!(talk.contains("\nhint: "), "{what}: {talk}");
        }
    }
}

#[test]
fn a_repository_without_a_commit_is_an_error_but_for_the_newest_epoch() {
    let temp = folder();
    let list = temp.path().join("list");
    let [zero, one] = ["0", "1"].map(|name| Repo::new(list.join(format!("git/{name}.git"))));
    let talk = failure(&list);
    assert!(talk.contains("no commit") && talk.contains("`patchpress sync`"), "{talk}");
    zero.add("one");
    let reading = read_one(&list, Kind::PublicInboxV2);
    assert_eq!((words(&reading), kinds(&reading.notes)), (vec!["one"], vec![NoteKind::Skipped]));
    one.add("two");
    fs::remove_dir_all(&zero.path).expect("removed");
    Repo::new(zero.path.clone());
    assert!(failure(&list).contains("no commit"));
}

#[test]
fn a_partial_clone_without_its_mails_is_an_error() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    ["one", "two"].iter().for_each(|word| drop(repo.add(word)));
    repo.git(&["config", "remote.origin.promisor", "true"], "");
    assert_eq!(words(&read_one(&repo.path, Kind::Epoch)), ["one", "two"]);
    repo.lose(&repo.blob(&mail("one")));
    let talk = failure(&repo.path);
    assert!(talk.contains("1 of 2 messages are missing") && talk.contains("--refetch"), "{talk}");
}

#[test]
fn an_epoch_that_is_checked_out_is_read_whole() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    ["one", "two", "three"].iter().for_each(|word| drop(repo.add(word)));
    let (tree, clone) = (temp.path().join("tree"), temp.path().join("clone"));
    repo.git(&["worktree", "add", "-q", &tree.display().to_string(), "master"], "");
    repo.git(&["clone", "-q", ".", &clone.display().to_string()], "");
    for path in [&tree, &clone] {
        assert_eq!(words(&read_one(path, Kind::Epoch)), ["one", "two", "three"], "{path:?}");
    }
    // Without the reference to the other epochs, the remaining one is not the whole archive.
    fs::write(clone.join(".git/refs/heads/master"), "").expect("written");
    assert!(failure(&clone).contains("does not name a commit"));
}

#[test]
fn mails_in_the_work_tree_of_another_project_are_read() {
    let temp = folder();
    for commits in [0, 1] {
        let repo = Repo::new(temp.path().join(format!("{commits}/.git")));
        if commits > 0 {
            let blob = repo.blob("words");
            repo.commit(&[("README", &blob)]);
        }
        repo.git(&["config", "extensions.crystals", "yes"], "");
        write(&temp.path().join(format!("{commits}/1.eml")), mail("one"));
        let path = temp.path().join(commits.to_string());
        assert_eq!(words(&read_one(&path, Kind::Mails)), ["one"]);
    }
}

/// A flipped bit in an index makes one mail look like another.
#[test]
fn an_index_that_leads_to_other_objects_is_seen_through() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("0.git"));
    ["one", "two", "three"].iter().for_each(|word| drop(repo.add(word)));
    repo.pack();
    let packs = fs::read_dir(repo.path.join("objects/pack")).expect("packs");
    let index = packs.map(|entry| entry.expect("a file").path());
    let index = index.into_iter().find(|path| path.extension().is_some_and(|end| end == "idx"));
    let index = index.expect("an index");
    let mut bytes = fs::read(&index).expect("an index");
    // Version 2: a fan-out of 256 numbers, then names, sums and offsets; nine objects.
    let (names, offsets) = (8 + 1024, 8 + 1024 + 9 * 24);
    let blob = |word: &str| Fingerprint::of_hex(&repo.blob(&mail(word))).expect("hex").bytes();
    let at =
        |name: [u8; 20]| (0..9).find(|n| bytes[names + n * 20..][..20] == name).expect("there");
    let (one, two) = (at(blob("one")), at(blob("two")));
    bytes.copy_within(offsets + one * 4..offsets + one * 4 + 4, offsets + two * 4);
    fs::remove_file(&index).expect("removed");
    write(&index, bytes);
    fs::remove_dir_all(repo.path.join("objects").join(&repo.blob(&mail("two"))[..2])).ok();
    let reading = read_one(&repo.path, Kind::Epoch);
    assert_eq!(words(&reading), ["one", "three"]);
    assert_eq!(kinds(&reading.notes), [NoteKind::MissingObject]);
}

#[test]
fn a_tree_that_version_1_lost_is_noted() {
    let temp = folder();
    let repo = Repo::new(temp.path().join("list"));
    let path = |digit: &str| format!("{0}{0}/{1}", digit, digit.repeat(38));
    let [one, two] = ["one", "two"].map(|word| repo.blob(&mail(word)));
    repo.commit(&[(&path("a"), &one)]);
    let last = repo.commit(&[(&path("a"), &one), (&path("b"), &two)]);
    repo.lose(&repo.git(&["rev-parse", &format!("{last}:bb")], ""));
    let reading = read_one(&repo.path, Kind::PublicInboxV1);
    assert_eq!(words(&reading), ["one"]);
    assert_eq!(kinds(&reading.notes), [NoteKind::MissingObject]);
}

#[test]
fn what_is_private_to_a_mailbox_stays_there() {
    let temp = folder();
    let marked = |headers: &str, word: &str| format!("{FROM}{headers}{}\n", mail(word));
    let path = temp.path().join("a.mbox");
    let text = [
        marked("Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n", "internal"),
        marked("X-IMAPbase: 1 2\n", "one"),
        marked("X-Mozilla-Status: 0009\n", "expunged"),
        marked("X-Status: D\n", "deleted"),
        marked("X-Gmail-Labels: Unread,Trash\n", "labelled"),
        marked("X-Mozilla-Status: 0001\n", "two"),
    ];
    write(&path, text.concat());
    let reading = read_one(&path, Kind::Mbox);
    assert_eq!(words(&reading), ["one", "two"]);
    assert_eq!(kinds(&reading.notes), [NoteKind::Private; 4]);
    assert!(!NoteKind::Private.is_odd());

    let maildir = temp.path().join("maildir");
    for (name, word) in
        [("1:2,S", "one"), ("2:2,ST", "gone"), ("3;2,DS", "draft"), ("4;2,S", "two")]
    {
        write(&maildir.join("cur").join(name), mail(word));
    }
    let unsent = format!("X-Mozilla-Draft-Info: internal/draft\n{}", mail("unsent"));
    write(&maildir.join("new/5"), unsent);
    let reading = read_one(&maildir, Kind::Maildir);
    assert_eq!(
        (words(&reading), kinds(&reading.notes)),
        (vec!["one", "two"], vec![NoteKind::Private; 3])
    );

    let tree = temp.path().join("Mail");
    for name in [
        "lamp/1",
        "lamp/,2",
        "lamp/#3",
        "lamp/4.bak~",
        "trash/5",
        "Sent.mbox",
        "Drafts/cur/6",
        "Drafts/new/7",
        "[Gmail].Drafts/cur/8",
        "[Gmail].Drafts/new/9",
        "Trash.sbd/old",
        "sent-mail-jan-2026",
    ] {
        let word = name.replace('/', "-");
        let mbox = if name.ends_with("mbox") { FROM } else { "" };
        write(&tree.join(name), format!("{mbox}{}", mail(&word)));
    }
    write(&tree.join("lamp/10.eml"), format!("X-Unsent: 1\n{}", mail("unsent")));
    let reading = read_one(&tree, Kind::Mails);
    assert_eq!(
        (words(&reading), kinds(&reading.notes)),
        (vec!["lamp-1"], vec![NoteKind::Private; 10])
    );
    assert_eq!(words(&read_one(&tree.join("trash"), Kind::Mails)), ["trash-5"], "it was named");
}

#[test]
fn what_pzstd_writes_is_read_and_what_changed_is_told() {
    let temp = folder();
    let text = format!("{FROM}{}\n{FROM}{}\n", mail("one"), mail("two"));
    let Some(bytes) = packed("zstd", text.as_bytes(), &temp.path().join("in")) else {
        println!("skipped: there is no zstd");
        return;
    };
    let skippable = [&b"\x50\x2a\x4d\x18\x04\0\0\0"[..], &[1, 2, 3, 4]].concat();
    let path = temp.path().join("a.mbox.zst");
    write(&path, [&skippable[..], &bytes].concat());
    let reading = read_one(&path, Kind::Mbox);
    assert_eq!((words(&reading), kinds(&reading.notes)), (vec!["one", "two"], Vec::new()));
    write(&path, [&bytes[..], &skippable[..10]].concat());
    assert_eq!(kinds(&read_one(&path, Kind::Mbox).notes), [NoteKind::Truncated], "half a frame");
    let mut wrong = bytes.clone();
    *wrong.last_mut().expect("a checksum") ^= 1;
    write(&path, wrong);
    let reading = read_one(&path, Kind::Mbox);
    assert_eq!(
        (words(&reading), kinds(&reading.notes)),
        (vec!["one", "two"], vec![NoteKind::Truncated])
    );
}
