//! How long it takes to read, parse and group a real list, compared with git printing the same objects.
//!
//! `cargo bench --bench reading` measures linux-mtd if `../shared` has it, and `-- PATH…` measures other archives;
//! only git repositories have a reference. No result fails the run. Each run is a process of its own, like a build.
//! It takes turns with `git cat-file`, so that a busy machine slows both.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

mod common;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use common::{ROUNDS, Spread, WORKERS, linux_mtd, run};
use patchpress::{config::List, series};

/// The argument with which this program starts itself.
const CHILD: &str = "--read-and-group";
/// Limit of reading and grouping, as a multiple of git's time.
const LIMIT: f64 = 0.5;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [CHILD, path] => return child(Path::new(path)),
        _ if !words.iter().any(|word| word == "--bench") => {
            println!("`cargo bench` measures; nothing to do");
            return;
        }
        _ => {}
    }
    let named = words.iter().filter(|word| *word != "--bench").map(PathBuf::from);
    let mut archives: Vec<PathBuf> = named.collect();
    if archives.is_empty() {
        archives.extend(linux_mtd());
    }
    if archives.is_empty() {
        println!("there is no ../shared and no archive is named: nothing to read");
    }
    archives.iter().for_each(|archive| measure(archive));
}

/// Measures one archive, in turns with git.
fn measure(archive: &Path) {
    println!("{}, {WORKERS} workers", archive.display());
    let repositories = repositories(archive);
    let (mut ours, mut gits) = (Runs::default(), Runs::default());
    let mut last = Taken::default();
    for _ in 0..=ROUNDS {
        gits.add(timed(|| repositories.iter().for_each(|repository| cat_file(repository))).1);
        let ran;
        (last, ran) = timed(|| read_apart(archive));
        ours.add(ran);
    }
    println!("read and group: {}", ours.words());
    println!("  the last run: read {:.3} s, group {:.3} s", last.read, last.group);
    if !repositories.is_empty() {
        println!("git cat-file:   {}", gits.words());
        let ratios = [ours.over(&gits, |ran| ran.seconds), ours.over(&gits, |ran| ran.processor)];
        let [seconds, processor] = ratios.map(|ratios| spread(&ratios));
        println!(
            "ratio: {seconds} of the time, limit {LIMIT}; {processor} of the processors' time"
        );
    }
    let per_mail = last.own_kb * 1024 / last.mails.max(1);
    println!(
        "{} mails; memory {} MB ({per_mail} bytes a mail), at most {} MB with mapped files",
        last.mails,
        last.own_kb / 1024,
        last.peak_kb / 1024
    );
}

/// The cost of a run, including the start and end of its process.
struct Ran {
    seconds: f64,
    /// Processor time of the run. On a busy machine it says more than elapsed time.
    processor: f64,
}

/// Several runs of one program; the first is a warm-up.
#[derive(Default)]
struct Runs(Vec<Ran>);

impl Runs {
    fn add(&mut self, ran: Ran) {
        self.0.push(ran);
    }

    fn words(&self) -> String {
        let of =
            |value: fn(&Ran) -> f64| spread(&self.0[1..].iter().map(value).collect::<Vec<_>>());
        format!("{} s; processors {} s", of(|ran| ran.seconds), of(|ran| ran.processor))
    }

    /// The ratio of each round to the same round of `other`.
    fn over(&self, other: &Self, value: fn(&Ran) -> f64) -> Vec<f64> {
        self.0.iter().zip(&other.0).skip(1).map(|(one, other)| value(one) / value(other)).collect()
    }
}

/// Runs `work` and measures it.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Ran) {
    let (begun, before) = (Instant::now(), children());
    let done = work();
    (done, Ran { seconds: begun.elapsed().as_secs_f64(), processor: children() - before })
}

/// The processor seconds of this process's children; 0 if the system does not report them.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    // Fields 16 and 17 of proc_pid_stat(5), in hundredths; the name is field 2.
    let ticks = behind_name.split_whitespace().skip(13).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn spread(values: &[f64]) -> String {
    let Spread { least, median, most } = Spread::of(values);
    format!("{median:.3} ({least:.3}–{most:.3})")
}

/// The git repositories of an archive.
fn repositories(archive: &Path) -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.join("objects").is_dir()).collect()
    };
    match archive.join("objects").is_dir() {
        true => vec![archive.to_owned()],
        false => [below(archive), below(&archive.join("git"))].concat(),
    }
}

fn cat_file(repository: &Path) {
    let mut git = Command::new("git");
    git.arg("-C").arg(repository);
    run(git.args(["cat-file", "--batch-all-objects", "--batch", "--buffer"]));
}

/// The cost of one of our runs.
#[derive(Default)]
struct Taken {
    read: f64,
    group: f64,
    mails: usize,
    /// The process's own memory at the end, without mapped files.
    own_kb: usize,
    peak_kb: usize,
}

fn read_apart(archive: &Path) -> Taken {
    let this = env::current_exe().expect("this program");
    let ran = Command::new(this).arg(CHILD).arg(archive).stderr(Stdio::inherit()).output();
    let said = String::from_utf8(ran.expect("it runs").stdout).expect("UTF-8");
    let said: Vec<&str> = said.split_whitespace().collect();
    let [read, group, mails, own, peak] = said[..] else { panic!("it failed: {said:?}") };
    let seconds = |word: &str| word.parse().expect("seconds");
    let number = |word: &str| word.parse().expect("a number");
    Taken {
        read: seconds(read),
        group: seconds(group),
        mails: number(mails),
        own_kb: number(own),
        peak_kb: number(peak),
    }
}

/// Reads and groups an archive, and prints the cost.
fn child(archive: &Path) {
    let workers = rayon::ThreadPoolBuilder::new().num_threads(WORKERS).build().expect("workers");
    let list = List::of_archive("list".into(), archive.to_owned());
    let begun = Instant::now();
    let rules = series::Rules::default();
    let pile = workers.install(|| series::gather(&[list], &rules)).expect("an archive");
    let read = begun.elapsed().as_secs_f64();
    let corpus = workers.install(|| pile.group(&series::Rules::default())).expect("a corpus");
    let group = begun.elapsed().as_secs_f64() - read;
    let (own, peak) = (memory("RssAnon"), memory("VmHWM"));
    println!("{read} {group} {} {own} {peak}", corpus.received);
}

/// A figure of this process in kB; 0 if the system does not report it.
fn memory(key: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(key));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
