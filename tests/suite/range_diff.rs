//! Comparing two revisions gives what `git range-diff` prints, on repositories made here.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use patchpress::{
    archive,
    patch::{self, Mail},
    series::compare::{self, Comparison, Difference},
};

/// How many pairs of revisions are compared.
const REPOSITORIES: usize = 50;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const WORDS: [&str; 16] = [
    "lamp", "wick", "shade", "oil", "glass", "flame", "hook", "chain", "spark", "light", "dark",
    "dim", "trim", "fill", "burn", "glow",
];

/// Some lines of code, among them many that are the same everywhere.
fn code(random: &mut Random, lines: usize) -> Vec<String> {
    let line = |random: &mut Random| match random.below(7) {
        0 => String::new(),
        1 => "\t}".to_owned(),
        2 => "\treturn 0;".to_owned(),
        3 => format!("\tif ({}) {{", random.pick(&WORDS)),
        _ => {
            let [a, b] = [*random.pick(&WORDS), *random.pick(&WORDS)];
            format!("\t{a}_{b}({});", random.below(50))
        }
    };
    (0..lines).map(|_| line(random)).collect()
}

/// A file of functions; each line that begins one occurs once.
fn file(random: &mut Random, name: &str) -> Vec<String> {
    let mut lines = vec![format!("/* {name} */"), String::new()];
    for number in 0..6 {
        lines
            .extend([format!("int {name}_{}_{number}(void)", random.pick(&WORDS)), "{".to_owned()]);
        let length = 4 + random.below(10);
        lines.extend(code(random, length));
        lines.extend(["}".to_owned(), String::new()]);
    }
    lines
}

/// Puts lines behind one that is there, in place of a few that follow it.
#[derive(Clone)]
struct Edit {
    file: usize,
    behind: String,
    removed: usize,
    added: Vec<String>,
}

#[derive(Clone)]
struct Commit {
    title: String,
    body: String,
    edits: Vec<Edit>,
}

type Files = Vec<(String, Vec<String>)>;

fn apply(files: &mut Files, commit: &Commit) {
    for edit in &commit.edits {
        let lines = &mut files[edit.file].1;
        let Some(at) = lines.iter().position(|line| *line == edit.behind) else { continue };
        let start = (at + 2).min(lines.len());
        let end = (start + edit.removed).min(lines.len());
        lines.splice(start..end, edit.added.iter().cloned());
    }
}

fn edit(random: &mut Random, files: &Files) -> Edit {
    let file = random.below(files.len());
    let functions: Vec<&String> = files[file].1.iter().filter(|l| l.starts_with("int ")).collect();
    let (removed, added) = (random.below(4), 1 + random.below(8));
    Edit { file, behind: random.pick(&functions).to_string(), removed, added: code(random, added) }
}

fn words(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| *random.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn commit(random: &mut Random, files: &Files) -> Commit {
    let title = format!("{}: {}", random.pick(&WORDS), words(random, 4));
    let body = format!(
        "{}\n{}\n\nSigned-off-by: Zoe Lind <zoe@example.org>",
        words(random, 9),
        words(random, 7)
    );
    let edits = (0..1 + random.below(4)).map(|_| edit(random, files)).collect();
    Commit { title, body, edits }
}

/// What an author does to a series before sending it again.
fn revise(random: &mut Random, series: &mut Vec<Commit>, files: &Files) {
    for _ in 0..1 + random.below(5) {
        let at = random.below(series.len());
        match random.below(8) {
            0 => series[at].body = format!("{}\n{}", words(random, 8), series[at].body),
            1 => series[at].title = format!("{}: {}", random.pick(&WORDS), words(random, 4)),
            2 if series.len() > 1 => drop(series.remove(at)),
            3 => {
                let moved = series.remove(at);
                let to = random.below(series.len() + 1);
                series.insert(to, moved);
            }
            4 if series[at].edits.len() > 1 => {
                let mut second = series[at].clone();
                second.title = format!("{}: {}", random.pick(&WORDS), words(random, 4));
                let half = series[at].edits.len() / 2;
                second.edits.drain(..half);
                series[at].edits.truncate(half);
                series.insert(at + 1, second);
            }
            5 => {
                let new = commit(random, files);
                series.insert(at, new);
            }
            _ => {
                for edit in &mut series[at].edits {
                    if random.one_in(2) {
                        let line = random.below(edit.added.len());
                        edit.added[line] =
                            format!("\t{}(NULL);", words(random, 2).replace(' ', "_"));
                    }
                }
            }
        }
    }
}

/// Commits in the form that `git fast-import` reads.
#[derive(Default)]
struct Stream {
    text: String,
    clock: u32,
}

impl Stream {
    fn data(&mut self, text: &str) {
        write!(self.text, "data {}\n{text}\n", text.len()).expect("memory");
    }

    fn commit(&mut self, branch: &str, from: Option<&str>, message: &str, files: &Files) {
        // git log sorts by date.
        self.clock += 60;
        let who = format!("Zoe Lind <zoe@example.org> {} +0000", 1_700_000_000 + self.clock);
        write!(self.text, "commit refs/heads/{branch}\nauthor {who}\ncommitter {who}\n")
            .expect("memory");
        self.data(message);
        if let Some(from) = from {
            writeln!(self.text, "from refs/heads/{from}").expect("memory");
        }
        for (name, lines) in files {
            writeln!(self.text, "M 100644 inline {name}").expect("memory");
            self.data(&(lines.join("\n") + "\n"));
        }
        self.text.push('\n');
    }

    fn series(&mut self, branch: &str, from: &str, series: &[Commit], files: &Files) {
        let mut files = files.clone();
        for (number, commit) in series.iter().enumerate() {
            let before = files.clone();
            apply(&mut files, commit);
            if files != before {
                let message = format!("{}\n\n{}\n", commit.title, commit.body);
                self.commit(branch, (number == 0).then_some(from), &message, &files);
            } else if number == 0 {
                writeln!(self.text, "reset refs/heads/{branch}\nfrom refs/heads/{from}\n")
                    .expect("memory");
            }
        }
    }

    /// A series and its next revision, on a base that went on in the meantime.
    fn revisions(&mut self, number: usize) {
        let random = &mut Random(number as u64 * 7919 + 1);
        let names = ["lamp.c", "oil/wick.c", "glass.h", "doc/how-to.txt"];
        let mut files: Files = names
            .iter()
            .map(|name| ((*name).to_owned(), file(random, &name.replace(['.', '/', '-'], "_"))))
            .collect();
        let length = 2 + random.below(9);
        let mut series: Vec<Commit> = (0..length).map(|_| commit(random, &files)).collect();
        self.commit(&format!("b1-{number}"), None, "base\n", &files);
        self.series(&format!("v1-{number}"), &format!("b1-{number}"), &series, &files);
        revise(random, &mut series, &files);
        let upstream = commit(random, &files);
        apply(&mut files, &upstream);
        self.commit(&format!("b2-{number}"), Some(&format!("b1-{number}")), "upstream\n", &files);
        self.series(&format!("v2-{number}"), &format!("b2-{number}"), &series, &files);
    }
}

/// A repository with all the revisions.
struct Repository(PathBuf);

impl Repository {
    /// Makes it; nothing and a printed line where there is no git.
    fn make(folder: &Path) -> Option<Self> {
        let this = Self(folder.to_owned());
        if this.command(&["init", "-q", "."]).status().is_err() {
            eprintln!("skipped: there is no git");
            return None;
        }
        let mut stream = Stream::default();
        (0..REPOSITORIES).for_each(|number| stream.revisions(number));
        let import = this.command(&["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn();
        let mut import = import.expect("git starts");
        let mut stdin = import.stdin.take().expect("a pipe");
        stdin.write_all(stream.text.as_bytes()).expect("git reads");
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

/// A pair as git prints it, and the difference below it.
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
    let told = |pair: &compare::Pair| Told {
        old: pair.old,
        new: pair.new,
        sign: pair.marker().sign(),
        difference: match (pair.old, pair.new) {
            (Some(a), Some(b)) => printed(&compare::difference(old[a], new[b])),
            _ => String::new(),
        },
    };
    comparison.pairs.iter().map(told).collect()
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
        let ours = told_by_us(&compare::compare(&old, &new), &old, &new);
        let place = |told: &Told| (told.old, told.new, told.sign);
        order += usize::from(git.iter().map(place).eq(ours.iter().map(place)));
        for git in &git {
            pairs += 1;
            *signs.entry(git.sign).or_insert(0) += 1;
            let Some(found) = ours.iter().find(|ours| place(ours) == place(git)) else {
                eprintln!("repository {number}: we have not {:?}", place(git));
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
