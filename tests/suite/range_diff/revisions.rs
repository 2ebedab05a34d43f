//! Generated revisions of generated series, the same in every run.

use std::fmt::Write as _;

/// Branches `b1-N`, `v1-N`, `b2-N` and `v2-N` for each number N, for `git fast-import`: two revisions of a series,
/// each on its base.
pub(super) fn stream(count: usize) -> String {
    let mut stream = Stream::default();
    (0..count).for_each(|number| stream.revisions(number));
    stream.text
}

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

/// Some lines of code, many of which are the same everywhere.
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

/// Inserts lines after an existing one, in place of a few that follow it.
#[derive(Clone)]
struct Edit {
    file: usize,
    behind: String,
    removed: usize,
    added: Vec<String>,
}

/// The change of a commit to a file as a whole.
#[derive(Clone)]
enum Move {
    /// Adds a file.
    New(String, Vec<String>),
    /// Deletes the file of this number.
    Gone(usize),
    /// Renames one.
    Renamed(usize, String),
    /// Makes one executable.
    Executable(usize),
    /// Replaces a binary file.
    Binary(String),
}

#[derive(Clone)]
struct Commit {
    title: String,
    body: String,
    edits: Vec<Edit>,
    moves: Vec<Move>,
}

/// A file; a deleted one is empty.
#[derive(Clone, PartialEq, Eq)]
struct File {
    name: String,
    mode: u32,
    lines: Vec<String>,
}

type Files = Vec<File>;

fn apply(files: &mut Files, commit: &Commit) {
    for edit in &commit.edits {
        let lines = &mut files[edit.file].lines;
        let Some(at) = lines.iter().position(|line| *line == edit.behind) else { continue };
        let start = (at + 2).min(lines.len());
        let end = (start + edit.removed).min(lines.len());
        lines.splice(start..end, edit.added.iter().cloned());
    }
    for a_move in &commit.moves {
        let (name, lines) = match a_move {
            Move::New(name, lines) => (name, lines.clone()),
            Move::Binary(line) => (&"flame.png".to_owned(), vec![format!("\0{line}")]),
            Move::Gone(at) => {
                files[*at].lines.clear();
                continue;
            }
            Move::Renamed(at, name) => {
                files[*at].name.clone_from(name);
                continue;
            }
            Move::Executable(at) => {
                files[*at].mode = 100_755;
                continue;
            }
        };
        match files.iter_mut().find(|file| file.name == *name) {
            Some(file) => file.lines = lines,
            None => files.push(File { name: name.clone(), mode: 100_644, lines }),
        }
    }
}

/// A change to a whole file, one time in eight.
fn a_move(random: &mut Random, files: usize) -> Option<Move> {
    let at = random.below(files);
    match random.below(40) {
        0 => {
            let lines = 3 + random.below(30);
            let name = format!("new/{}.c", random.pick(&WORDS));
            Some(Move::New(name, code(random, lines)))
        }
        1 => Some(Move::Gone(at)),
        2 => Some(Move::Renamed(at, format!("moved/{}.c", random.pick(&WORDS)))),
        3 => Some(Move::Executable(at)),
        4 => Some(Move::Binary(words(random, 3))),
        _ => None,
    }
}

fn edit(random: &mut Random, files: &Files) -> Edit {
    let file = random.below(files.len());
    let functions: Vec<&String> =
        files[file].lines.iter().filter(|l| l.starts_with("int ")).collect();
    let (removed, added) = (random.below(4), 1 + random.below(8));
    Edit { file, behind: random.pick(&functions).to_string(), removed, added: code(random, added) }
}

fn words(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| *random.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

/// Some titles are so long that git folds them, some are not ASCII.
fn title(random: &mut Random) -> String {
    let length = if random.one_in(8) { 16 } else { 4 };
    let title = format!("{}: {}", random.pick(&WORDS), words(random, length));
    if random.one_in(8) { title.replace('a', "ä") } else { title }
}

fn commit(random: &mut Random, files: &Files) -> Commit {
    let title = title(random);
    let body = format!(
        "{}\n{}\n\nSigned-off-by: Zoe Lind <zoe@example.org>",
        words(random, 9),
        words(random, 7)
    );
    let edits = (0..1 + random.below(4)).map(|_| edit(random, files)).collect();
    let moves = a_move(random, files.len()).into_iter().collect();
    Commit { title, body, edits, moves }
}

/// The changes of an author to a series before sending it again.
fn revise(random: &mut Random, series: &mut Vec<Commit>, files: &Files) {
    for _ in 0..1 + random.below(5) {
        let at = random.below(series.len());
        match random.below(8) {
            0 => series[at].body = format!("{}\n{}", words(random, 8), series[at].body),
            1 => series[at].title = title(random),
            2 if series.len() > 1 => drop(series.remove(at)),
            3 => {
                let moved = series.remove(at);
                let to = random.below(series.len() + 1);
                series.insert(to, moved);
            }
            4 if series[at].edits.len() > 1 => {
                let mut second = series[at].clone();
                second.title = title(random);
                let half = series[at].edits.len() / 2;
                second.edits.drain(..half);
                second.moves.clear();
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
        self.text.push_str("deleteall\n");
        for file in files.iter().filter(|file| !file.lines.is_empty()) {
            writeln!(self.text, "M {} inline {}", file.mode, file.name).expect("memory");
            self.data(&(file.lines.join("\n") + "\n"));
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

    /// A series and its next revision, on a base that has advanced in the meantime.
    fn revisions(&mut self, number: usize) {
        let random = &mut Random(number as u64 * 7919 + 1);
        let names = ["lamp.c", "oil/wick.c", "glass.h", "doc/how-to.txt"];
        let mut files: Files = names
            .iter()
            .map(|name| {
                let lines = file(random, &name.replace(['.', '/', '-'], "_"));
                File { name: (*name).to_owned(), mode: 100_644, lines }
            })
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
