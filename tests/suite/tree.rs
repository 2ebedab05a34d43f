//! Merged patches: the commits of a list's tree that are patches of the list.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use patchpress::{
    archive::history::History,
    cache::Cache,
    date::Timestamp,
    error::NoteKind,
    patch::PatchId,
    redact::Redaction,
    series::{self, Corpus, Fate, Rules, StateKind, Witness},
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::{laws::few, support};

const ZOE: &str = "Zoe Lind <zoe@example.org>";
const AMIR: &str = "Amir Haddad <amir@example.org>";
const CAROL: &str = "Carol Example <carol@example.org>";

/// Day 0, in seconds.
const START: i64 = 1_700_000_000;

/// A list and the tree that its patches are for.
struct World {
    dir: TempDir,
    mails: String,
}

/// A mail. With a path and a word, it has a diff that puts the word into the file.
struct Post<'a> {
    id: &'a str,
    by: &'a str,
    day: i64,
    subject: &'a str,
    answers: &'a str,
    change: Option<(&'a str, &'a str)>,
}

/// A commit.
struct Made<'a> {
    by: &'a str,
    day: i64,
    message: &'a str,
    changes: &'a [(&'a str, &'a str)],
}

/// A file of twelve lines, the sixth of which is the word.
fn content(path: &str, word: &str) -> String {
    let line = |n| if n == 6 { format!("{word}\n") } else { format!("line {n} of {path}\n") };
    (1..=12).map(line).collect()
}

fn diff(path: &str, word: &str) -> String {
    let lines = content(path, "dark");
    let mut lines = lines.lines().skip(2).take(7).map(|line| match line {
        "dark" => format!("-dark\n+{word}\n"),
        line => format!(" {line}\n"),
    });
    let hunk: String = lines.by_ref().collect();
    format!(
        "diff --git a/{path} b/{path}\nindex 0123456..89abcde 100644\n--- a/{path}\n+++ b/{path}\n@@ -3,7 +3,7 @@\n{hunk}"
    )
}

/// Runs git on the repository without any user's settings; `None` if git is not installed.
fn git(repository: &Path, args: &[&str], input: &[u8]) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(repository).args(args);
    git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut git) = git.spawn() else {
        eprintln!("skipped: there is no git");
        return None;
    };
    let mut stdin = git.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let feeder = std::thread::spawn(move || stdin.write_all(&input));
    let output = git.wait_with_output().expect("git runs");
    // A git that reads no input closes the pipe.
    feeder.join().expect("no panic").ok();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

impl World {
    /// A tree whose files all say `dark`; `None` without git.
    fn new() -> Option<Self> {
        let dir = tempfile::tempdir().expect("a folder");
        git(dir.path(), &["init", "-q", "--bare", "-b", "main", "lamps.git"], b"")?;
        let world = Self { dir, mails: String::new() };
        let files = ["a.c", "b.c", "c.c", "d.c"].map(|path| (path, "dark"));
        world.commit(&Made { by: CAROL, day: -200, message: "Begin\n", changes: &files });
        Some(world)
    }

    fn tree(&self) -> PathBuf {
        self.dir.path().join("lamps.git")
    }

    fn git(&self, args: &[&str]) -> String {
        git(&self.tree(), args, b"").expect("there was a git")
    }

    /// Adds a commit on the branch; returns its name.
    fn commit(&self, made: &Made<'_>) -> String {
        let Made { by, day, message, changes } = made;
        // No commit has the same second as its mail.
        let when = START + day * 86_400 + 4321;
        let mut stream = format!(
            "commit refs/heads/main\nauthor {by} {when} +0000\ncommitter {CAROL} {when} +0000\ndata {}\n{message}\n",
            message.len()
        );
        if fs::read_dir(self.tree().join("refs/heads")).expect("refs").next().is_some() {
            stream.push_str("from refs/heads/main^0\n");
        }
        for (path, word) in *changes {
            let content = content(path, word);
            stream += &format!("M 100644 inline {path}\ndata {}\n{content}\n", content.len());
        }
        git(&self.tree(), &["fast-import", "--quiet", "--force"], stream.as_bytes());
        self.git(&["rev-parse", "main"])
    }

    fn post(&mut self, post: &Post<'_>) {
        let Post { id, by, day, subject, answers, change } = post;
        let date = Timestamp(START + day * 86_400).rfc5322();
        let answers = match *answers {
            "" => String::new(),
            id => format!("In-Reply-To: <{id}@example.org>\n"),
        };
        let body = change.map_or(String::new(), |(path, word)| {
            let stat = " 1 file changed, 1 insertion(+), 1 deletion(-)";
            format!("Signed-off-by: {by}\n---\n{stat}\n\n{}-- \n2.51.0\n", diff(path, word))
        });
        self.mails += &format!(
            "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {by}\nDate: {date}\nMessage-ID: <{id}@example.org>\n{answers}Subject: {subject}\n\nLight.\n\n{body}\n"
        );
    }

    /// A single patch by Zoe, on day 0.
    fn patch(&mut self, id: &str, subject: &str, change: (&str, &str)) {
        let change = Some(change);
        self.post(&Post { id, by: ZOE, day: 0, subject, answers: "", change });
    }

    fn corpus(&self, rules: &Rules) -> Corpus {
        let path = self.dir.path().join("list.mbox");
        fs::write(&path, &self.mails).expect("written");
        let mut list = support::list(&path);
        list.tree = Some(self.tree());
        series::read(&[list], rules).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The commit of each merged mail.
    fn merged(&self) -> BTreeMap<String, String> {
        merged(&self.corpus(&Rules::default()))
    }
}

fn merged(corpus: &Corpus) -> BTreeMap<String, String> {
    let slots = corpus.series.iter().flat_map(|s| &s.revisions).flat_map(|r| &r.slots);
    let of = |slot: &series::Slot| {
        let applied = slot.applied.as_ref()?;
        let Witness::Commit(commit) = &applied.witness else { return None };
        assert_eq!((applied.fate, &*applied.tree), (Fate::Merged, "lamps"));
        let id = &corpus.stored(slot.mail?).mail.message.id;
        Some((id.trim_end_matches("@example.org").to_owned(), commit.to_string()))
    };
    slots.filter_map(of).collect()
}

/// Of mails and commits.
fn pairs<'a>(pairs: &[(&str, &'a str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(id, commit): &(&str, &'a str)| ((*id).into(), (*commit).into())).collect()
}

#[test]
fn a_commit_is_the_patch_that_it_links_to() {
    let Some(mut world) = World::new() else { return };
    world.patch("1", "[PATCH] lamp: shine", ("a.c", "shine"));
    world.patch("2", "[PATCH] lamp: glow", ("b.c", "glow"));
    world.patch("3", "[PATCH] lamp: flicker", ("c.c", "flicker"));
    world.patch("4", "[PATCH] lamp: blink", ("d.c", "blink"));
    let link = |title: &str, id: &str| {
        format!(
            "{title}\n\nLink: https://lore.kernel.org/r/{id}@example.org\nSigned-off-by: {CAROL}\n"
        )
    };
    // Title and author are others' or changed, the diff is the same.
    let commit = |by, message: &str, changes| world.commit(&Made { by, day: 3, message, changes });
    let first = commit(AMIR, &link("lamp: Shine", "1"), &[("a.c", "shine more")]);
    let second = commit(ZOE, &link("lamps: let them be bright", "2"), &[("b.c", "glow more")]);
    let third = commit(ZOE, "lamp: flicker\n\nMessage-ID: <3@example.org>\n", &[("c.c", "more")]);
    // Somebody else's fix for it.
    commit(AMIR, &link("lamp: do not burn", "4"), &[("d.c", "fixed")]);
    assert_eq!(world.merged(), pairs(&[("1", &first), ("2", &second), ("3", &third)]));
}

#[test]
fn a_link_to_another_mail_about_the_series_needs_the_title() {
    let Some(mut world) = World::new() else { return };
    let post = |id, by, subject, answers, change| Post { id, by, day: 0, subject, answers, change };
    world.post(&post("c", ZOE, "[PATCH 0/2] Lamps", "", None));
    world.post(&post("1", ZOE, "[PATCH 1/2] lamp: shine", "c", Some(("a.c", "shine"))));
    world.post(&post("2", ZOE, "[PATCH 2/2] lamp: glow", "c", Some(("b.c", "glow"))));
    let message = "lamp: glow\n\nLink: https://lore.kernel.org/all/c@example.org/\n";
    let made = Made { by: AMIR, day: 9, message, changes: &[("b.c", "glow more")] };
    let commit = world.commit(&made);
    let message = "lamp: explode\n\nLink: https://lore.kernel.org/all/c@example.org/\n";
    world.commit(&Made { message, changes: &[("a.c", "boom")], ..made });
    assert_eq!(world.merged(), pairs(&[("2", &commit)]));
    let corpus = world.corpus(&Rules::default());
    assert_eq!(corpus.series[0].state.kind, StateKind::PartlyApplied);
}

#[test]
fn a_commit_with_another_title_is_known_by_its_diff() {
    let Some(mut world) = World::new() else { return };
    world.patch("1", "[PATCH] lamp: make it shine", ("a.c", "shine"));
    world.patch("2", "[PATCH] lamp: make it glow", ("b.c", "glow"));
    let commit = |by, message, changes| world.commit(&Made { by, day: 20, message, changes });
    let first = commit(ZOE, "lights: make it shine\n", &[("a.c", "shine")]);
    // The committer lost the author, and kept the title.
    let second = commit(CAROL, "lamp: make it glow\n", &[("b.c", "glow")]);
    assert_eq!(world.merged(), pairs(&[("1", &first), ("2", &second)]));
    let corpus = world.corpus(&Rules::default());
    assert!(corpus.series.iter().all(|series| series.state.kind == StateKind::Merged));
}

#[test]
fn a_commit_with_another_diff_is_known_by_author_and_title() {
    let Some(mut world) = World::new() else { return };
    for (id, path) in [("1", "a.c"), ("2", "b.c"), ("3", "c.c"), ("4", "d.c")] {
        world.patch(id, &format!("[PATCH v2] {path}: shine"), (path, "shine"));
    }
    let made = |by, day, message, changes| Made { by, day, message, changes };
    // An author's second address, with the same name.
    let zoe = "Zoe Lind <zoe@lamps.example.org>";
    let first = world.commit(&made(zoe, 60, "[MISC] a.c: Shine\n", &[("a.c", "more")]));
    world.commit(&made(AMIR, 3, "b.c: shine\n", &[("b.c", "else")]));
    world.commit(&made(ZOE, 95, "c.c: shine\n", &[("c.c", "late")]));
    world.commit(&made(ZOE, -95, "d.c: shine\n", &[("d.c", "early")]));
    assert_eq!(world.merged(), pairs(&[("1", &first)]));
}

#[test]
fn a_squash_is_all_that_it_links_to() {
    let Some(mut world) = World::new() else { return };
    for (id, subject, path) in
        [("1", "[PATCH 1/2] lamp: shine", "a.c"), ("2", "[PATCH 2/2] lamp: glow", "b.c")]
    {
        let answers = if id == "2" { "1" } else { "" };
        let change = Some((path, "bright"));
        world.post(&Post { id, by: ZOE, day: 0, subject, answers, change });
    }
    let message = "lamp: glow\n\nLink: https://lore.kernel.org/r/1@example.org\nLink: https://lore.kernel.org/r/2@example.org\n";
    let changes = &[("a.c", "bright"), ("b.c", "bright")];
    let commit = world.commit(&Made { by: ZOE, day: 4, message, changes });
    assert_eq!(world.merged(), pairs(&[("1", &commit), ("2", &commit)]));
}

#[test]
fn a_commit_is_the_newest_revision_that_it_can_be() {
    let Some(mut world) = World::new() else { return };
    let post = |id, day, subject, change| Post {
        id,
        by: ZOE,
        day,
        subject,
        answers: "",
        change: Some(change),
    };
    world.post(&post("1", 0, "[PATCH] lamp: shine", ("a.c", "shine")));
    world.post(&post("2", 5, "[PATCH v2] lamp: shine", ("a.c", "shine on")));
    world.post(&post("3", 10, "[PATCH v3] lamp: shine", ("a.c", "shine on")));
    world.post(&post("4", 60, "[PATCH v4] lamp: shine", ("a.c", "shine on and on")));
    let base = world.git(&["rev-parse", "main"]);
    let merged_as = |day, message, word: &str, id: &str| {
        world.git(&["update-ref", "refs/heads/main", &base]);
        let commit = world.commit(&Made { by: ZOE, day, message, changes: &[("a.c", word)] });
        let merged = world.merged();
        assert_eq!(merged.get(id), Some(&commit), "{word} on day {day}: {merged:?}");
        let earlier = ["1", "2", "3", "4"].into_iter().filter(|other| *other < id);
        assert!(earlier.into_iter().all(|id| !merged.contains_key(id)), "{merged:?}");
    };
    // The same diff, posted twice before.
    merged_as(20, "lamp: shine\n", "shine on", "3");
    // Before v3 was posted, and after.
    merged_as(7, "lamp: shine\n", "shine on", "2");
    merged_as(7, "lamp: shine\n", "no such", "2");
    merged_as(20, "lamp: shine\n", "no such", "3");
    let links = "lamp: shine\n\nLink: https://lore.kernel.org/r/1@example.org\nLink: https://lore.kernel.org/r/2@example.org\n";
    merged_as(20, links, "shine", "2");
}

#[test]
fn what_was_reverted_is_not_merged() {
    let Some(mut world) = World::new() else { return };
    world.patch("1", "[PATCH] lamp: shine", ("a.c", "shine"));
    world.patch("2", "[PATCH] lamp: glow", ("b.c", "glow"));
    let commit = |day, message: &str, change| {
        world.commit(&Made { by: ZOE, day, message, changes: &[change] })
    };
    let first = commit(2, "lamp: shine\n", ("a.c", "shine"));
    let second = commit(2, "lamp: glow\n", ("b.c", "glow"));
    assert_eq!(world.merged(), pairs(&[("1", &first), ("2", &second)]));

    let message = format!("Revert \"lamp: shine\"\n\nThis reverts commit {first}.\n");
    let revert = commit(3, &message, ("a.c", "dark"));
    assert_eq!(world.merged(), pairs(&[("2", &second)]));
    let corpus = world.corpus(&Rules::default());
    assert_eq!(corpus.series[0].state.kind, StateKind::New);

    let message = format!("Reapply \"lamp: shine\"\n\nThis reverts commit\n{}.\n", &revert[..12]);
    commit(4, &message, ("a.c", "shine"));
    assert_eq!(world.merged(), pairs(&[("1", &first), ("2", &second)]));

    // It is committed anew instead.
    world.git(&["update-ref", "refs/heads/main", &revert]);
    let again = commit(5, "lamp: shine\n", ("a.c", "shine"));
    assert_eq!(world.merged(), pairs(&[("1", &again), ("2", &second)]));
}

#[test]
fn a_wrong_clock_hides_no_history() {
    let Some(mut world) = World::new() else { return };
    world.patch("1", "[PATCH] lamp: shine", ("a.c", "shine"));
    let made = |day, message, changes| Made { by: ZOE, day, message, changes };
    let commit = world.commit(&made(2, "lamp: shine\n", &[("a.c", "shine")]));
    world.commit(&made(-START / 86_400, "Made in 1970\n", &[("b.c", "old")]));
    world.commit(&made(3, "New\n", &[("b.c", "new")]));
    assert_eq!(world.merged(), pairs(&[("1", &commit)]));
}

#[test]
fn a_shallow_clone_is_read_as_far_as_it_goes() {
    let Some(mut world) = World::new() else { return };
    world.patch("1", "[PATCH] lamp: shine", ("a.c", "shine"));
    world.patch("2", "[PATCH] lamp: glow", ("b.c", "glow"));
    let made = |day, message, changes| Made { by: ZOE, day, message, changes };
    world.commit(&made(2, "lamp: shine\n", &[("a.c", "shine")]));
    let second = world.commit(&made(3, "lamp: glow\n", &[("b.c", "glow")]));
    let cut = |world: &World| {
        let corpus = world.corpus(&Rules::default());
        let notes = corpus.notes.iter().filter(|note| note.kind == NoteKind::Partial);
        (merged(&corpus), notes.count())
    };
    assert_eq!(cut(&world).1, 0);
    fs::write(world.tree().join("shallow"), format!("{second}\n")).expect("written");
    assert_eq!(cut(&world), (pairs(&[("2", &second)]), 1));
    // What the clone lacks is older than any patch.
    fs::remove_file(world.tree().join("shallow")).expect("removed");
    let first = world.git(&["rev-list", "--max-parents=0", "main"]);
    fs::write(world.tree().join("shallow"), format!("{first}\n")).expect("written");
    assert_eq!(cut(&world).1, 0);
}

#[test]
fn remembered_commits_are_not_read_again() {
    let Some(mut world) = World::new() else { return };
    world.patch("1", "[PATCH] lamp: shine", ("a.c", "shine"));
    let made = |day, message, changes| Made { by: ZOE, day, message, changes };
    let commit = world.commit(&made(2, "lamp: shine\n", &[("a.c", "shine")]));
    world.commit(&made(3, "Newer\n", &[("b.c", "new")]));
    let site = tempfile::tempdir().expect("a folder");
    let rules = Rules { cache: Cache::open(site.path(), ""), ..Rules::default() };
    assert_eq!(merged(&world.corpus(&rules)), pairs(&[("1", &commit)]));
    // The proof: without the object, only the cache can tell.
    fs::remove_file(world.tree().join("objects").join(&commit[..2]).join(&commit[2..]))
        .expect("a loose object");
    assert_eq!(world.merged(), pairs(&[]));
    assert_eq!(merged(&world.corpus(&rules)), pairs(&[("1", &commit)]));
}

/// What can happen to a tree between two runs.
#[derive(Debug, Clone, Copy)]
enum Happening {
    /// Commits the patch, with a link, its title, or its diff.
    Commit(usize, usize),
    /// Reverts HEAD.
    Revert,
    /// Removes the newest commits.
    Rewind(usize),
    /// Damages the cache there.
    Damage(usize),
    /// Puts another version's cache in place.
    Foreign,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => (0..4_usize, 0..3_usize).prop_map(|(patch, how)| Happening::Commit(patch, how)),
        1 => Just(Happening::Revert),
        1 => (1..4_usize).prop_map(Happening::Rewind),
        1 => any::<usize>().prop_map(Happening::Damage),
        1 => Just(Happening::Foreign),
    ]
}

impl World {
    fn happen(&self, what: Happening, day: i64, cache: &Path) {
        const PATHS: [&str; 4] = ["a.c", "b.c", "c.c", "d.c"];
        match what {
            Happening::Commit(patch, how) => {
                let path = PATHS[patch];
                let word = format!("word {day}");
                let (title, link, word) = match how {
                    0 => {
                        ("lamp: else".to_owned(), format!("Link: <{patch}@example.org>\n"), &*word)
                    }
                    1 => (format!("{path}: shine"), String::new(), &*word),
                    _ => (format!("{path}: shine brightly"), String::new(), "shine"),
                };
                let message = format!("{title}\n\n{link}");
                self.commit(&Made { by: ZOE, day, message: &message, changes: &[(path, word)] });
            }
            Happening::Revert => {
                let head = self.git(&["rev-parse", "main"]);
                let message = format!("Revert\n\nThis reverts commit {head}.\n");
                let changes = &[("a.c", "dark"), ("b.c", "dark")];
                self.commit(&Made { by: ZOE, day, message: &message, changes });
            }
            Happening::Rewind(by) => {
                let all = self.git(&["rev-list", "main"]);
                let kept = all.lines().nth(by).or(all.lines().last()).expect("a commit");
                self.git(&["update-ref", "refs/heads/main", kept]);
            }
            Happening::Damage(at) => {
                let Ok(mut bytes) = fs::read(cache) else { return };
                let at = at % bytes.len();
                bytes[at] = bytes[at].wrapping_add(1);
                fs::write(cache, bytes).expect("written");
            }
            Happening::Foreign => fs::write(cache, "patchpress history 9\n").expect("written"),
        }
    }
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn what_is_remembered_saves_time_and_nothing_else(
        happenings in prop::collection::vec(happening(), 1..9)
    ) {
        let Some(mut world) = World::new() else { return Ok(()) };
        for (id, path) in [("0", "a.c"), ("1", "b.c"), ("2", "c.c"), ("3", "d.c")] {
            world.patch(id, &format!("[PATCH] {path}: shine"), (path, "shine"));
        }
        let site = tempfile::tempdir().expect("a folder");
        let rules = Rules { cache: Cache::open(site.path(), ""), ..Rules::default() };
        world.corpus(&rules);
        let kept = fs::read_dir(site.path().join(".patchpress")).expect("a folder");
        let mut kept = kept.map(|entry| entry.expect("readable").path());
        let cache = kept.find(|path| !path.ends_with("terms")).expect("a file");
        for (day, what) in (1..).zip(happenings) {
            world.happen(what, day, &cache);
            let [warm, cold] = [&rules, &Rules::default()].map(|rules| world.corpus(rules));
            prop_assert_eq!(merged(&warm), merged(&cold));
            prop_assert_eq!(&warm.notes, &cold.notes);
            let states = |corpus: &Corpus| corpus.series.iter().map(|s| s.state.clone()).collect::<Vec<_>>();
            prop_assert_eq!(states(&warm), states(&cold));
        }
    }
}

/// The patch-ids of all commits except merges, by git and by us.
fn patch_ids(repository: &Path) -> [BTreeMap<String, String>; 2] {
    // The names of binary files count, and `git format-patch` prints them in full.
    let log =
        ["log", "-p", "--format=commit %H", "--full-index", "--no-renames", "--no-merges", "HEAD"];
    let log = Command::new("git").arg("-C").arg(repository).args(log).output().expect("git runs");
    let theirs = git(repository, &["patch-id", "--stable"], &log.stdout).expect("git runs");
    let theirs = theirs.lines().map(|line| line.split_once(' ').expect("two words"));
    let none = Redaction::default();
    let mut history = History::read(repository, Timestamp(0), None, &none).expect("a repository");
    let numbers: Vec<usize> = (0..history.len()).collect();
    let digests = history.digests(&numbers, |diff| PatchId::of(diff).map(|id| id.0));
    let ours = numbers.into_iter().zip(digests).filter_map(|(number, digest)| {
        Some((history.commit(number).id.to_owned(), PatchId(digest?).to_string()))
    });
    [theirs.map(|(id, commit)| (commit.to_owned(), id.to_owned())).collect(), ours.collect()]
}

#[test]
fn diffs_of_commits_have_git_s_patch_ids() {
    let Some(world) = World::new() else { return };
    let states: [&[(&str, &str, &str)]; 12] = [
        &[("100644", "a.c", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\n")],
        &[("100644", "a.c", "one\n2\nthree\nfour\nfive\nsix\nseven\neight\n9\nten\neleven\n")],
        &[("100644", "a.c", "one\n2\nthree\nfour\n\nsix\nseven\neight\n9\nten\neleven, no end")],
        &[("100755", "a.c", "one\n2\nthree\nfour\n\nsix\nseven\neight\n9\nten\neleven, no end")],
        &[("100644", "a.c", "one\n2\nnine\n")],
        &[("100644", "folder/new \"file\" \u{e9}\t.c", "new\n"), ("100644", "a.c.d/e", "x\n")],
        &[("100644", "folder/empty", ""), ("100644", "folder.c", "x\n")],
        &[("100644", "binary", "\0one"), ("120000", "link", "a.c")],
        &[("100644", "binary", "\0two"), ("100644", "link", "a.c\n")],
        &[("100644", "folder", "a file in a folder's place\n")],
        &[
            ("100644", "latin", "caf\u{e9}\r\n"),
            ("160000", "module", "0123456789012345678901234567890123456789"),
        ],
        &[("160000", "module", "1123456789012345678901234567890123456789")],
    ];
    let mut stream = String::new();
    for (n, files) in states.iter().enumerate() {
        stream += &format!(
            "commit refs/heads/main\nmark :{}\ncommitter {CAROL} {} +0000\ndata 4\nn {n:02}\n",
            n + 1,
            START + i64::try_from(n).expect("few")
        );
        stream += &if n > 0 { format!("from :{n}\n") } else { String::new() };
        for (mode, path, content) in *files {
            let quoted = format!("\"{}\"", path.replace('"', "\\\"").replace('\t', "\\t"));
            stream += &match *mode {
                "160000" => format!("M 160000 {content} {quoted}\n"),
                _ => format!("M {mode} inline {quoted}\ndata {}\n{content}\n", content.len()),
            };
        }
    }
    git(&world.tree(), &["fast-import", "--quiet", "--force"], stream.as_bytes());
    let [theirs, ours] = patch_ids(&world.tree());
    assert_eq!(theirs.len(), states.len());
    assert_eq!(ours, theirs);
}

#[test]
fn a_missing_tree_is_reported_with_its_place() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::copy(support::demo(), dir.path().join("list.mbox")).expect("copied");
    let site = "[[lists]]\nname = \"lamps\"\narchive = \"list.mbox\"\ntree = \"lamps.git\"\n";
    fs::write(dir.path().join("site.toml"), site).expect("written");
    let export = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_patchpress"));
        let ran = program.arg("--root").arg(dir.path()).arg("export").output().expect("it runs");
        (ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned())
    };
    let (code, said) = export();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("site.toml:4:8: there is no git repository at `"), "{said}");
    assert!(said.contains("\nhint: `tree` is a clone"), "{said}");
    // It looks like a repository, but is not.
    fs::create_dir_all(dir.path().join("lamps.git/objects")).expect("made");
    fs::write(dir.path().join("lamps.git/HEAD"), "nonsense").expect("written");
    let (code, said) = export();
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot read the git repository `"), "{said}");
}

#[test]
fn a_page_says_into_what_and_as_what_it_was_merged() {
    let Some(mut world) = World::new() else { return };
    world.patch("1", "[PATCH] lamp: shine", ("a.c", "shine"));
    let made = Made { by: ZOE, day: 2, message: "lamp: shine\n", changes: &[("a.c", "shine")] };
    let commit = world.commit(&made);
    world.corpus(&Rules::default());
    let site = "[[lists]]\nname = \"lamps\"\narchive = \"list.mbox\"\ntree = \"lamps.git\"\n";
    fs::write(world.dir.path().join("site.toml"), site).expect("written");
    let run = |verb| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_patchpress"));
        let ran = program.arg("--root").arg(world.dir.path()).arg(verb).output().expect("it runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).expect("UTF-8")
    };
    run("build");
    let series = fs::read_dir(world.dir.path().join("public/series")).expect("a folder");
    let page = series.flatten().find(|entry| entry.path().is_dir()).expect("a series").path();
    let page = fs::read_to_string(page.join("index.html")).expect("a page");
    let text: String =
        page.split('<').filter_map(|part| part.split_once('>')).map(|p| p.1).collect();
    let said = format!("merged into lamps as {}", &commit[..12]);
    assert!(text.to_lowercase().contains(&said), "{text}");
    let line: serde_json::Value = serde_json::from_str(&run("export")).expect("one line");
    assert_eq!(line["state"], "merged");
    assert_eq!(line["patches"][0]["applied"]["commit"], *commit);
    assert_eq!(line["patches"][0]["applied"]["tree"], "lamps");
}

/// Otherwise a site would say that nothing was merged.
#[test]
fn a_tree_that_cannot_be_read_is_an_error() {
    for (what, said) in [
        ("git symbolic-ref HEAD refs/heads/gone", "HEAD does not name a readable commit"),
        (
            "echo 1234567890123456789012345678901234567890 >refs/heads/main",
            "HEAD does not name a readable commit",
        ),
        ("git pack-refs --all; : >packed-refs", "HEAD does not name a readable commit"),
        ("git config extensions.crystals yes", "extension `crystals = yes`"),
        ("rm -r objects", "lost its HEAD, refs or objects"),
        ("rm -rf objects/?? objects/pack/*", "HEAD does not name a readable commit"),
        ("mkdir reftable", "`reftable`"),
    ] {
        let Some(mut world) = World::new() else { return };
        world.patch("one", "[PATCH] a: Light", ("a.c", "light"));
        world.corpus(&Rules::default());
        let done = Command::new("sh").args(["-ec", what]).current_dir(world.tree()).status();
        assert!(done.expect("sh runs").success(), "{what}");
        let mut list = support::list(&world.dir.path().join("list.mbox"));
        list.tree = Some(world.tree());
        let error = series::read(&[list], &Rules::default()).expect_err(what).reason().to_string();
        assert!(error.contains(said) && error.contains("\nhint: "), "{what}: {error}");
    }
}

#[test]
fn a_tree_that_was_only_begun_is_a_note() {
    let Some(mut world) = World::new() else { return };
    world.patch("one", "[PATCH] a: Light", ("a.c", "light"));
    fs::remove_dir_all(world.tree()).expect("removed");
    git(world.dir.path(), &["init", "-q", "--bare", "lamps.git"], b"");
    let corpus = world.corpus(&Rules::default());
    let kinds: Vec<_> = corpus.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::EmptyTree], "an archive it is not");
}
