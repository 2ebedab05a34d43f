//! How long a cold build of a real list takes, beside a program that does the least anybody could.
//!
//! `cargo bench` prints lines; nothing fails for being slow. The yardstick decodes, parses, colours and
//! writes the same archive without templates, series or feeds; both run in turns, so that a busy
//! machine slows both. Output goes to memory (`/dev/shm`), since disks differ more than programs.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock and writes files")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

mod common;

use common::{ROUNDS, Spread, WORKERS, linux_mtd, run};

const PROGRAM: &str = env!("CARGO_BIN_EXE_patchpress");
/// Says how much memory a program took.
const TIME: &str = "/usr/bin/time";
/// What the cold build may take, as a multiple of the yardstick's time.
const LIMIT: f64 = 5.0;
/// What the cold build may take of memory.
const LIMIT_MB: u64 = 400;

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        println!("`cargo bench` measures; nothing to do");
        return;
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let work = Work::new();
    match linux_mtd() {
        Some(mirror) => {
            println!("linux-mtd, {WORKERS} workers, output in {}", work.folder.path().display());
            against_the_yardstick(here, &work, &mirror);
        }
        None => {
            println!("there is no ../shared: the demo alone, without a yardstick");
            let mbox = here.join("content/archives/lantern-devel.mbox");
            let mut runs = Runs::default();
            work.rounds(|| runs.add(&work.build(&mbox)));
            println!("cold build:  {}", runs.seconds());
            println!("  peak memory: {}", runs.memory());
        }
    }
}

/// Yardstick and build in turns, then the build's first half alone.
fn against_the_yardstick(here: &Path, work: &Work, mirror: &Path) {
    let yardstick = yardstick(here);
    let (mut floor, mut build, mut reading) = (Runs::default(), Runs::default(), Runs::default());
    let mut ratios = Vec::new();
    work.rounds(|| {
        let least = work.yardstick(&yardstick, &mirror.join("git/0.git"));
        let ours = work.build(mirror);
        ratios.push(ours.seconds / least.seconds);
        floor.add(&least);
        build.add(&ours);
        reading.add(&work.reading(mirror));
    });
    // The first round warms up.
    let Spread { least, median, most } = Spread::of(&ratios[1..]);
    println!("yardstick:   {}", floor.seconds());
    println!("cold build:  {}", build.seconds());
    println!("  reading:   {} (export --messages)", reading.seconds());
    println!("cold build / yardstick: {median:.2} ({least:.2}–{most:.2}), limit {LIMIT}");
    println!("peak memory: {}, limit {LIMIT_MB} MB; yardstick {}", build.memory(), floor.memory());
}

/// Builds the yardstick, whose source is not ours to write beside, with this package's own versions.
fn yardstick(here: &Path) -> PathBuf {
    let source = here.join("../shared/perf/yardstick");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("yardstick");
    fs::create_dir_all(copy.join("src")).expect("a folder");
    for file in ["Cargo.toml", "src/main.rs"] {
        let text = fs::read(source.join(file)).expect("the yardstick's source");
        let to = copy.join(file);
        // What is the same keeps its time, so that cargo has nothing to do.
        if fs::read(&to).ok().as_ref() != Some(&text) {
            fs::write(&to, text).expect("write");
        }
    }
    if !copy.join("Cargo.lock").exists() {
        fs::copy(here.join("Cargo.lock"), copy.join("Cargo.lock")).expect("write");
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--release", "--target-dir", "target"]).current_dir(&copy);
    run(cargo.env_remove("CARGO_TARGET_DIR"));
    copy.join("target/release/yardstick")
}

/// Where the programs write.
struct Work {
    folder: tempfile::TempDir,
}

/// What one run took.
struct Taken {
    seconds: f64,
    /// In kB, where [`TIME`] is there to say.
    peak: Option<u64>,
}

impl Work {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = tempfile::Builder::new().prefix("patchpress-bench-").tempdir_in(memory);
        let folder = folder.or_else(|_| tempfile::tempdir()).expect("a folder");
        Self { folder }
    }

    /// Runs `round` once more than is counted.
    fn rounds(&self, mut round: impl FnMut()) {
        (0..=ROUNDS).for_each(|_| round());
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// A site with one list, built into nothing.
    fn build(&self, archive: &Path) -> Taken {
        let site = self.folder.path().join("site");
        fs::create_dir_all(&site).expect("a folder");
        let archive = archive.to_str().expect("UTF-8");
        let settings = format!("[[lists]]\nname = \"list\"\narchive = {archive:?}\n");
        fs::write(site.join("site.toml"), settings).expect("write");
        let out = self.out();
        let (site, out, jobs) = (path(&site), path(&out), WORKERS.to_string());
        let words = ["--root", &site, "build", "--jobs", &jobs, "--output-dir", &out];
        self.measure(PROGRAM, &words)
    }

    /// Everything up to the series, and a line a message for nobody.
    fn reading(&self, archive: &Path) -> Taken {
        self.measure(PROGRAM, &["export", "--messages", &path(archive)])
    }

    fn yardstick(&self, program: &Path, repository: &Path) -> Taken {
        self.measure(&path(program), &[&path(repository), &path(&self.out()), &WORKERS.to_string()])
    }

    /// Runs a program with nothing in its way, and clears away what it wrote.
    fn measure(&self, program: &str, words: &[&str]) -> Taken {
        let peak = self.folder.path().join("peak");
        let mut command = Command::new(program);
        if Path::new(TIME).exists() {
            command = Command::new(TIME);
            command.args(["-f", "%M", "-o", &path(&peak), program]);
        }
        command.args(words).stderr(Stdio::null());
        let begun = Instant::now();
        run(&mut command);
        let seconds = begun.elapsed().as_secs_f64();
        if self.out().exists() {
            fs::remove_dir_all(self.out()).expect("clear away");
        }
        let said = fs::read_to_string(peak).ok();
        Taken { seconds, peak: said.and_then(|kb| kb.trim().parse().ok()) }
    }
}

fn path(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

/// Several runs of one program; the first warmed up.
#[derive(Default)]
struct Runs {
    seconds: Vec<f64>,
    peak: Option<u64>,
}

impl Runs {
    fn add(&mut self, taken: &Taken) {
        self.seconds.push(taken.seconds);
        self.peak = self.peak.max(taken.peak);
    }

    fn seconds(&self) -> String {
        let Spread { least, median, most } = Spread::of(&self.seconds[1..]);
        format!("{median:.3} s ({least:.3}–{most:.3})")
    }

    fn memory(&self) -> String {
        self.peak.map_or_else(
            || format!("unknown, there is no {TIME}"),
            |kb| format!("{} MB", kb / 1024),
        )
    }
}
