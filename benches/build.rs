//! How long a cold build of a real list takes, compared with a program that does the least possible work.
//!
//! `cargo bench` prints ratios; no result fails the run. The reference program decodes, parses, colours and writes
//! the same archive without templates, series or feeds. Both run in turns, so that a busy machine slows both. Output
//! goes to memory (`/dev/shm`), because disks differ more than programs.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock and writes files")]

use std::path::Path;

mod common;

use common::{Spread, TIME, Taken, WORKERS, Work, linux_mtd, yardstick};

/// Limits of the cold build, as multiples of the reference's time: with and without a search index.
const LIMITS: [f64; 2] = [3.0, 2.25];
/// Limit of the time on one core, as a multiple of the time on two.
const LIMIT_OF_ONE: f64 = 2.2;
/// Limit of the cold build's memory in MB, without mapped packs: 100 MB, and 1 kB per mail.
const LIMIT_MB: u64 = 109;

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
            against_the_yardstick(&work, &mirror);
        }
        None => {
            println!("there is no ../shared: the demo alone, without a yardstick");
            let mbox = here.join("content/archives/lantern-devel.mbox");
            let mut runs = Runs::default();
            work.rounds(|| runs.add(work.build(&mbox, "", &[])));
            println!("cold build:  {}", runs.seconds());
            println!("  peak memory: {}", runs.memory());
        }
    }
}

/// Runs the reference and builds in turns, then the first half of a build alone.
fn against_the_yardstick(work: &Work, mirror: &Path) {
    let yardstick = yardstick();
    let [mut floor, mut build, mut plain, mut single, mut reading] = [const { Runs::new() }; 5];
    work.rounds(|| {
        floor.add(work.yardstick(&yardstick, &mirror.join("git/0.git")));
        build.add(work.build(mirror, "", &[]));
        plain.add(work.build(mirror, "[search]\nenabled = false\n", &[]));
        single.add(work.build(mirror, "", &["taskset", "-c", "0"]));
        reading.add(work.reading(mirror));
    });
    println!("yardstick:      {}", floor.seconds());
    println!("cold build:     {}", build.seconds());
    println!("  no search:    {}", plain.seconds());
    println!("  one core:     {}", single.seconds());
    println!("  reading:      {} (export --messages)", reading.seconds());
    println!("cold build / yardstick: {}, limit {}", build.over(&floor), LIMITS[0]);
    println!("  no search / yardstick: {}, limit {}", plain.over(&floor), LIMITS[1]);
    println!("  one core / two: {}, limit {LIMIT_OF_ONE}", single.over(&build));
    println!(
        "peak memory: {} with the mapped pack, limit {LIMIT_MB} MB without; yardstick {}",
        build.memory(),
        floor.memory()
    );
}

/// Several runs of one program; the first is a warm-up.
#[derive(Default)]
struct Runs(Vec<Taken>);

impl Runs {
    const fn new() -> Self {
        Self(Vec::new())
    }

    fn add(&mut self, taken: Taken) {
        self.0.push(taken);
    }

    fn seconds(&self) -> String {
        let seconds: Vec<f64> = self.0[1..].iter().map(|taken| taken.seconds).collect();
        let Spread { least, median, most } = Spread::of(&seconds);
        format!("{median:.3} s ({least:.3}–{most:.3})")
    }

    /// The ratio of each round to the same round of `other`.
    fn over(&self, other: &Self) -> String {
        let rounds = self.0.iter().zip(&other.0).skip(1);
        let ratios: Vec<f64> = rounds.map(|(one, other)| one.seconds / other.seconds).collect();
        let Spread { least, median, most } = Spread::of(&ratios);
        format!("{median:.2} ({least:.2}–{most:.2})")
    }

    fn memory(&self) -> String {
        let peak = self.0.iter().filter_map(|taken| taken.peak).max();
        peak.map_or_else(
            || format!("unknown, there is no {TIME}"),
            |kb| format!("{} MB", kb / 1024),
        )
    }
}
