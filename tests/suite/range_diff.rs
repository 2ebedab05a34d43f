//! Comparing two revisions gives what `git range-diff` prints, on repositories made here.

mod revisions;

use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use patchpress::{
    archive,
    patch::{self, Mail},
    range_diff::{self, Comparison, Difference, Marker},
};

use crate::support;

/// The number of compared pairs of revisions.
const REPOSITORIES: usize = 50;

/// A repository with all the revisions.
struct Repository(PathBuf);

impl Repository {
    /// Creates it; without git, prints a line and returns nothing.
    fn make(folder: &Path) -> Option<Self> {
        let this = Self(folder.to_owned());
        if this.command(&["init", "-q", "."]).status().is_err() {
            eprintln!("skipped: there is no git");
            return None;
        }
        let stream = revisions::stream(REPOSITORIES);
        let import = this.command(&["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn();
        let mut import = import.expect("git starts");
        let mut stdin = import.stdin.take().expect("a pipe");
        stdin.write_all(stream.as_bytes()).expect("git reads");
        drop(stdin);
        assert!(import.wait().expect("git ends").success());
        Some(this)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.current_dir(&self.0).args(args);
        git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
        git
    }

    fn git(&self, args: &[&str]) -> String {
        let output = self.command(args).output().expect("git starts");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// A revision as mails.
    fn mails(&self, range: &str) -> Vec<Mail> {
        let file = self.0.join("revision.mbox");
        std::fs::write(&file, self.git(&["format-patch", "--stdout", range])).expect("a file");
        let archives = archive::open(&file).unwrap_or_else(|error| panic!("{error}"));
        let readings = archives.iter().map(|archive| archive.read(|raw| patch::read(&raw)));
        readings.flat_map(|r| r.expect("readable").messages.into_iter().map(|(_, m)| m)).collect()
    }
}

/// A pair in git's output, and the difference below it.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    old: Option<usize>,
    new: Option<usize>,
    sign: char,
    difference: String,
}

/// Reads `1:  0123456 ! 2:  89abcde title` and the lines below, which git indents by four.
fn told_by_git(text: &str) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for line in text.lines() {
        if let Some(line) = line.strip_prefix("    ") {
            let last = &mut all.last_mut().expect("a pair").difference;
            last.push_str(line);
            last.push('\n');
            continue;
        }
        let mut words = line.split_whitespace();
        let position = |words: &mut std::str::SplitWhitespace<'_>| {
            let number = words.next().expect("a number").trim_end_matches(':').parse::<usize>();
            words.next();
            number.ok().map(|number| number - 1)
        };
        let old = position(&mut words);
        // A missing commit is `-:  -------`, so that there are always two words.
        let sign = words.next().and_then(|word| word.chars().next()).expect("a sign");
        let new = position(&mut words);
        all.push(Told { old, new, sign, difference: String::new() });
    }
    all
}

fn printed(difference: &Difference) -> String {
    let mut text = String::new();
    for excerpt in &difference.excerpts {
        let gap = if excerpt.place.is_empty() { "" } else { " " };
        writeln!(text, "@@{gap}{}", excerpt.place).expect("memory");
        for line in &excerpt.lines {
            writeln!(text, "{}{}", line.outer.sign(), line.text).expect("memory");
        }
    }
    text
}

fn told_by_us(comparison: &Comparison, old: &[&Mail], new: &[&Mail]) -> Vec<Told> {
    let told = |(old_at, new_at, marker): (Option<usize>, Option<usize>, Marker)| Told {
        old: old_at,
        new: new_at,
        sign: marker.sign(),
        difference: match (old_at, new_at) {
            (Some(a), Some(b)) => {
                printed(&support::of_texts(|texts| range_diff::difference(texts, old[a], new[b])))
            }
            _ => String::new(),
        },
    };
    comparison.as_git_tells().into_iter().map(told).collect()
}

#[test]
fn generated_revisions_are_matched_as_git_matches_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(repository) = Repository::make(folder.path()) else { return };
    let (mut pairs, mut equal, mut order) = (0, 0, 0);
    let (mut differences, mut same_differences) = (0, 0);
    let mut signs = std::collections::BTreeMap::new();
    for number in 0..REPOSITORIES {
        let ranges = [1, 2].map(|revision| format!("b{revision}-{number}..v{revision}-{number}"));
        let [old, new] = ranges.each_ref().map(|range| repository.mails(range));
        let (old, new): (Vec<_>, Vec<_>) = (old.iter().collect(), new.iter().collect());
        let git =
            told_by_git(&repository.git(&["range-diff", "--no-color", &ranges[0], &ranges[1]]));
        let ours = told_by_us(
            &support::of_texts(|texts| range_diff::compare(texts, &old, &new)),
            &old,
            &new,
        );
        let place = |told: &Told| (told.old, told.new, told.sign);
        order += usize::from(git.iter().map(place).eq(ours.iter().map(place)));
        for git in &git {
            pairs += 1;
            *signs.entry(git.sign).or_insert(0) += 1;
            let Some(found) = ours.iter().find(|ours| place(ours) == place(git)) else {
                let near = ours.iter().map(place).filter(|ours| {
                    ours.0.is_some() && ours.0 == git.old || ours.1.is_some() && ours.1 == git.new
                });
                let near: Vec<_> = near.collect();
                eprintln!("repository {number}: git has {:?}, we have {near:?}", place(git));
                continue;
            };
            equal += 1;
            differences += usize::from(git.sign == '!');
            if found.difference == git.difference {
                same_differences += usize::from(git.sign == '!');
            } else if std::env::var_os("SHOW").is_some() {
                eprintln!(
                    "{number} {:?}\n{}\n--- ours\n{}",
                    place(git),
                    git.difference,
                    found.difference
                );
            }
        }
    }
    eprintln!(
        "{equal} of {pairs} pairs {signs:?} as git has them, {order} of {REPOSITORIES} in its order; \
         {same_differences} of {differences} differences to the letter"
    );
    assert!(pairs > 5 * REPOSITORIES && signs.len() == 4, "{pairs} {signs:?}");
    assert!(equal * 100 >= pairs * 95, "{equal} of {pairs}");
    assert!(order * 100 >= REPOSITORIES * 90, "{order} of {REPOSITORIES}");
    assert!(same_differences * 100 >= differences * 90, "{same_differences} of {differences}");
}
