//! What the benchmarks share: the lists that they read, the programs that they run, the median of several runs.
#![allow(dead_code, reason = "each benchmark is a program, and uses a part of it")]

pub(crate) mod list;
pub(crate) mod posters;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_patchpress");
/// The program that reports the memory of another one.
pub(crate) const TIME: &str = "/usr/bin/time";

/// The number of workers of each program.
pub(crate) const WORKERS: usize = 2;
/// The number of rounds after the warm-up.
pub(crate) const ROUNDS: usize = 5;

/// The mirror of linux-mtd, unpacked once per build directory.
pub(crate) fn linux_mtd() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tar = here.join("../shared/archives/linux-mtd.tar");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mirrors");
    let mirror = folder.join("linux-mtd");
    if tar.exists() && !mirror.exists() {
        fs::create_dir_all(&folder).expect("a folder");
        run(Command::new("tar").arg("-xf").arg(&tar).arg("-C").arg(&folder));
    }
    (tar.exists() && mirror.exists()).then_some(mirror)
}

/// Builds the reference program with this package's versions of its crates; its source stays where it is.
pub(crate) fn yardstick() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = here.join("../shared/perf/yardstick");
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("yardstick");
    fs::create_dir_all(copy.join("src")).expect("a folder");
    for file in ["Cargo.toml", "src/main.rs"] {
        let text = fs::read(source.join(file)).expect("the yardstick's source");
        let to = copy.join(file);
        // An unchanged file keeps its time, so that cargo has nothing to do.
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

/// The folder to which the programs write: in memory, if the system has such a folder.
pub(crate) struct Work {
    pub(crate) folder: tempfile::TempDir,
}

/// The cost of one run.
pub(crate) struct Taken {
    pub(crate) seconds: f64,
    /// In kB, if [`TIME`] exists; includes mapped files.
    pub(crate) peak: Option<u64>,
}

impl Work {
    pub(crate) fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = tempfile::Builder::new().prefix("patchpress-bench-").tempdir_in(memory);
        let folder = folder.or_else(|_| tempfile::tempdir()).expect("a folder");
        Self { folder }
    }

    /// Runs `round` once as a warm-up, then [`ROUNDS`] times.
    pub(crate) fn rounds(&self, mut round: impl FnMut()) {
        (0..=ROUNDS).for_each(|_| round());
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// A site with one list.
    pub(crate) fn site(&self, archive: &Path) -> PathBuf {
        self.site_with(archive, "")
    }

    fn site_with(&self, archive: &Path, more: &str) -> PathBuf {
        let site = self.folder.path().join("site");
        fs::create_dir_all(&site).expect("a folder");
        let settings = format!("{more}[[lists]]\nname = \"list\"\narchive = {archive:?}\n");
        fs::write(site.join("site.toml"), settings).expect("write");
        site
    }

    /// Builds a site with one list from nothing; `before` precedes the command.
    pub(crate) fn build(&self, archive: &Path, settings: &str, before: &[&str]) -> Taken {
        let site = self.site_with(archive, settings);
        let (out, jobs) = (path(&self.out()), WORKERS.to_string());
        let root = path(&site);
        let mut words = before.to_vec();
        words.extend([PROGRAM, "--root", &root, "build", "--jobs", &jobs, "--output-dir", &out]);
        let taken = self.measure(&words);
        for folder in [self.out(), site] {
            fs::remove_dir_all(folder).expect("clear away");
        }
        taken
    }

    /// Builds a site with the state of its last build.
    pub(crate) fn keep_building(&self, site: &Path) -> Taken {
        let (root, jobs) = (path(site), WORKERS.to_string());
        self.measure(&[PROGRAM, "--root", &root, "build", "--jobs", &jobs])
    }

    /// Reads everything up to the series, and writes one line per message to nowhere.
    pub(crate) fn reading(&self, archive: &Path) -> Taken {
        self.measure(&[PROGRAM, "export", "--messages", &path(archive)])
    }

    pub(crate) fn yardstick(&self, program: &Path, repository: &Path) -> Taken {
        let (program, out) = (path(program), path(&self.out()));
        let taken = self.measure(&[&program, &path(repository), &out, &WORKERS.to_string()]);
        fs::remove_dir_all(self.out()).expect("clear away");
        taken
    }

    /// Runs a program with nothing else running.
    fn measure(&self, words: &[&str]) -> Taken {
        let peak = self.folder.path().join("peak");
        let mut command = Command::new(words[0]);
        if Path::new(TIME).exists() {
            command = Command::new(TIME);
            command.args(["-f", "%M", "-o", &path(&peak), words[0]]);
        }
        command.args(&words[1..]).stderr(Stdio::null());
        let begun = Instant::now();
        run(&mut command);
        let seconds = begun.elapsed().as_secs_f64();
        let said = fs::read_to_string(peak).ok();
        Taken { seconds, peak: said.and_then(|kb| kb.trim().parse().ok()) }
    }
}

/// A path as text.
pub(crate) fn path(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

/// Runs a program, which must succeed, and drops its output.
pub(crate) fn run(command: &mut Command) {
    let ran = command.stdout(Stdio::null()).status();
    assert!(ran.is_ok_and(|status| status.success()), "it failed: {command:?}");
}

/// The minimum, median and maximum of several values.
pub(crate) struct Spread {
    pub(crate) least: f64,
    pub(crate) median: f64,
    pub(crate) most: f64,
}

impl Spread {
    pub(crate) fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Self { least: sorted[0], median: sorted[sorted.len() / 2], most: sorted[sorted.len() - 1] }
    }
}
