//! What the benchmarks share: the list that they read, and the middle of several runs.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// How many workers each program has.
pub(crate) const WORKERS: usize = 2;
/// After one that warms up.
pub(crate) const ROUNDS: usize = 5;

/// The mirror of linux-mtd, unpacked once a build directory.
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

/// Runs a program, which must succeed; what it prints is lost.
pub(crate) fn run(command: &mut Command) {
    let ran = command.stdout(Stdio::null()).status();
    assert!(ran.is_ok_and(|status| status.success()), "it failed: {command:?}");
}

/// The least, the middle and the most of several values.
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
