//! Patch-ids are those of `git patch-id --stable`.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use patchpress::{
    archive::{self, RawMessage, Source},
    patch::{self, Mail, Role},
};

use crate::support;

/// The ids that git prints for each of the texts, in one process; `None` without git.
fn ids_of_git<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Vec<Vec<String>>> {
    let mut input = String::new();
    let mut count = 0_usize;
    for text in texts {
        // git prints the commit of such a line for the patch after it, and 000… for any further patch.
        count += 1;
        let end = if text.ends_with('\n') { "" } else { "\n" };
        write!(input, "From {count:040x} Mon Sep 17 00:00:00 2001\n{text}{end}").expect("memory");
    }
    let git = Command::new("git")
        .args(["patch-id", "--stable"])
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut git) = git else {
        eprintln!("skipped: there is no git");
        return None;
    };
    let mut stdin = git.stdin.take().expect("a pipe");
    let feeder = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = git.wait_with_output().expect("git runs");
    feeder.join().expect("no panic").expect("git reads to the end");
    let mut ids = vec![Vec::new(); count];
    let mut at = 0;
    for line in String::from_utf8(output.stdout).expect("hex").lines() {
        let (id, name) = line.split_once(' ').expect("an id and a name");
        match usize::from_str_radix(name, 16).expect("hex") {
            0 => {}
            number => at = number - 1,
        }
        ids[at].push(id.to_owned());
    }
    Some(ids)
}

/// The sum of ids, as git computes it from the files of a patch.
fn sum(ids: &[String]) -> Option<String> {
    let byte = |id: &str, at: usize| u16::from_str_radix(&id[2 * at..2 * at + 2], 16).expect("hex");
    let add = |a: String, b: &String| {
        let mut carry = 0;
        let mut sum = String::new();
        for at in 0..20 {
            carry += byte(&a, at) + byte(b, at);
            write!(sum, "{:02x}", carry & 0xff).expect("memory");
            carry >>= 8;
        }
        sum
    };
    let (first, rest) = ids.split_first()?;
    Some(rest.iter().fold(first.clone(), add))
}

fn read(diff: &str) -> Mail {
    let mail = format!(
        "From: Zoe Lind <zoe@example.org>\nMessage-ID: <1@example.org>\nSubject: [PATCH] lamp: shine\n\n\
         Shine.\n---\n a.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n{diff}-- \n2.51.0\n"
    );
    patch::read(&RawMessage {
        bytes: mail.as_bytes(),
        source: Source::Mail,
        object: None,
        delivered: None,
    })
}

const FIRST: &str = "diff --git a/a.c b/a.c\nindex 0123456..89abcde 100644\n--- a/a.c\n+++ b/a.c\n\
    @@ -1,3 +1,3 @@ int lamp(void)\n int a;\n-\tdark();\n+\tshine();\n int b;\n\
    @@ -9 +9,2 @@\n-old\n+new\n+newer\n";
const SECOND: &str = "diff --git a/b.c b/b.c\nindex 1123456..99abcde 100644\n--- a/b.c\n+++ b/b.c\n\
    @@ -1 +1 @@\n-b\n+c\n";
const RENAME: &str =
    "diff --git a/old.c b/new.c\nsimilarity index 100%\nrename from old.c\nrename to new.c\n";
const MODE: &str = "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n";
const NEW: &str = "diff --git a/n b/n\nnew file mode 100644\nindex 0000000..ce01362\n--- /dev/null\n\
    +++ b/n\n@@ -0,0 +1 @@\n+hello\n";
const DELETED: &str = "diff --git a/n b/n\ndeleted file mode 100644\nindex ce01362..0000000\n--- a/n\n\
    +++ /dev/null\n@@ -1 +0,0 @@\n-hello\n";
const NO_NEWLINE: &str = "diff --git a/n b/n\nindex ce01362..b6fc4c6 100644\n--- a/n\n+++ b/n\n\
    @@ -1 +1 @@\n-hello\n\\ No newline at end of file\n+hallo\n\\ No newline at end of file\n";
const BINARY: &str = "diff --git a/i.png b/i.png\nindex 0123456..89abcde 100644\n\
    Binary files a/i.png and b/i.png differ\n";
const LITERAL: &str = "diff --git a/i.png b/i.png\nnew file mode 100644\n\
    index 0000000000000000000000000000000000000000..ce013625030ba8dba906f756967f9e9ca394464a\n\
    GIT binary patch\nliteral 6\nNcmYdfQc%zU000;a0H6Q@\n\nliteral 0\nHcmV?d00001\n\n";
/// Mailers remove the blank of an empty context line; git then counts wrongly.
const STRIPPED: &str =
    "diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,3 +1,3 @@\n int a;\n\n-b\n+c\n";
const PLAIN: &str = "--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\n";
const COMBINED: &str = "diff --cc a.c\nindex 0123456,1123456..89abcde\n--- a/a.c\n+++ b/a.c\n\
    @@@ -1,1 -1,1 +1,1 @@@\n- a\n -b\n++c\n";

#[test]
fn specimens_have_git_s_ids() {
    let specimens = [
        ("plain", FIRST.to_owned(), 1),
        ("two files", [FIRST, SECOND].concat(), 1),
        ("rename, then another", [RENAME, SECOND].concat(), 1),
        ("rename alone", RENAME.to_owned(), 1),
        ("mode", [FIRST, MODE].concat(), 1),
        ("new and deleted", [NEW, DELETED].concat(), 1),
        ("no newline", NO_NEWLINE.to_owned(), 1),
        ("binary", [BINARY, FIRST].concat(), 1),
        ("binary patch", [FIRST, LITERAL, SECOND].concat(), 1),
        ("CRLF", [NEW, FIRST].concat().replace('\n', "\r\n"), 1),
        ("blanks stripped", [STRIPPED, SECOND].concat(), 1),
        ("text between two files", [FIRST, "\nAnd then this:\n\n", SECOND].concat(), 2),
        ("Subversion's", ["Index: a.c\n=====\n", PLAIN].concat(), 0),
        ("combined", COMBINED.to_owned(), 1),
    ];
    let Some(ids) = ids_of_git(specimens.iter().map(|(_, diff, _)| diff.as_str())) else { return };
    for ((name, diff, count), ids) in specimens.iter().zip(ids) {
        let id = read(diff).patch_id.map(|id| id.to_string());
        assert_eq!((id, ids.len()), (sum(&ids), *count), "{name}");
    }
}

#[test]
fn the_order_of_files_and_the_places_of_lines_are_not_identity() {
    let id = |parts: &[&str]| read(&parts.concat()).patch_id.expect("an id");
    let moved = FIRST.replace("-9 +9,2", "-209 +210,2").replace("int lamp(void)", "");
    assert_eq!(id(&[FIRST, SECOND]), id(&[SECOND, FIRST]));
    assert_eq!(id(&[FIRST]), id(&[&moved]));
    assert_eq!(id(&[FIRST]), id(&[&FIRST.replace('\t', "  ")]));
    assert_ne!(id(&[FIRST]), id(&[&FIRST.replace("newer", "newest")]));
    assert_ne!(id(&[FIRST, SECOND]), id(&[FIRST, FIRST]));
}

/// Compares the ids of one mail in `step`, prints the figures and returns how many have an id.
fn compare(mirror: &Path, step: usize) -> Option<usize> {
    let archives = archive::open(mirror).unwrap_or_else(|error| panic!("{error}"));
    let chosen = |raw: RawMessage<'_>| {
        let mail = raw.bytes.len().is_multiple_of(step).then(|| patch::read(&raw))?;
        (mail.role == Role::Patch && !mail.files.is_empty()).then_some(mail)
    };
    let readings = archives.iter().map(|archive| archive.read(chosen).expect("readable"));
    let mails: Vec<Mail> =
        readings.flat_map(|reading| reading.messages).filter_map(|(_, mail)| mail).collect();
    let texts: Vec<_> = mails.iter().map(|mail| support::text(&mail.message)).collect();
    let diffs = mails.iter().zip(&texts).map(|(mail, text)| mail.anatomy.diff.of(text));
    let (mut one, mut several, mut none) = (0, 0, 0);
    for (mail, ids) in mails.iter().zip(ids_of_git(diffs)?) {
        assert_eq!(mail.patch_id.map(|id| id.to_string()), sum(&ids), "{}", mail.message.id);
        match ids.len() {
            0 => none += 1,
            1 => one += 1,
            _ => several += 1,
        }
    }
    eprintln!(
        "{} diffs have git's patch-id: {one} one id, {several} the sum of several, {none} none",
        mails.len()
    );
    Some(one)
}

#[test]
fn a_sample_of_linux_mtd_has_git_s_ids() {
    let Some(mirror) = support::linux_mtd() else { return };
    assert!(compare(&mirror, 4).is_none_or(|count| count > 500));
}

#[test]
#[ignore = "the whole archive: a step of its own in CI"]
fn all_of_linux_mtd_has_git_s_ids() {
    let Some(mirror) = support::linux_mtd() else { return };
    assert!(compare(&mirror, 1).is_none_or(|count| count > 3000));
}
