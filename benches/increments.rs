//! What a build costs when few mails are new, and how that cost grows with the list.
//!
//! `cargo bench --bench increments` measures linux-mtd, if `../shared` has it, against the reference program, and a
//! generated list of 8,592 mails against one ten times as long. It moves the branch of the epoch to hide mails and
//! to add them again. For comparison: `hypermail -u` takes half a second for one mail (`../shared/perf/PEERS.md`).
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock and writes files")]

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use common::{ROUNDS, Spread, WORKERS, Work, linux_mtd, list, path, run};

/// The number of mails of linux-mtd.
const MAILS: usize = 8_592;

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        println!("`cargo bench` measures; nothing to do");
        return;
    }
    if let Some(mirror) = linux_mtd() {
        println!("linux-mtd, {WORKERS} workers; yardstick: everything anew");
        let work = Work::new();
        let yardstick = common::yardstick();
        let everything: Vec<f64> = (0..=ROUNDS)
            .map(|_| work.yardstick(&yardstick, &mirror.join("git/0.git")).seconds)
            .collect();
        println!("  yardstick            {}", milliseconds(&everything[1..]));
        measure(&work, &mirror);
    }
    let medians = [MAILS, 10 * MAILS].map(|mails| {
        println!("generated, {mails} mails");
        let work = Work::new();
        let folder = work.folder.path().join("generated");
        list::mirror(&folder, mails);
        measure(&work, &folder)
    });
    for (what, one, ten) in [
        ("nothing new", medians[0].nothing, medians[1].nothing),
        ("one message", medians[0].one, medians[1].one),
        ("20 messages", medians[0].twenty, medians[1].twenty),
    ] {
        println!("{what}: {:.2} times as long at ten times as many", ten / one);
    }
}

/// The median times of builds, in seconds.
struct Medians {
    nothing: f64,
    one: f64,
    twenty: f64,
}

fn measure(work: &Work, mirror: &Path) -> Medians {
    let list = Held::new(work, mirror);
    let site = work.site(&list.mirror);
    list.hold_back(40);
    println!("  cold                 {:.0} ms", 1_000.0 * work.keep_building(&site).seconds);
    let again: Vec<f64> = (0..=ROUNDS).map(|_| work.keep_building(&site).seconds).collect();
    let news = |mails: usize| {
        let mut taken = Vec::new();
        // Each round adds other mails, because a removed mail costs more than a new one.
        for round in 0..=ROUNDS {
            list.hold_back(40 + mails * (ROUNDS - round));
            work.keep_building(&site);
            list.hold_back(40 + mails * (ROUNDS - round) - mails);
            taken.push(work.keep_building(&site).seconds);
        }
        taken
    };
    let (one, twenty) = (news(1), news(20));
    let [nothing, one, twenty] = [again, one, twenty].map(|all| all[1..].to_vec());
    for (what, taken) in
        [("nothing new", &nothing), ("one message", &one), ("20 messages", &twenty)]
    {
        println!("  {what:<20} {}", milliseconds(taken));
    }
    println!("  state                {} kB", kilobytes(&site.join(".patchpress")));
    let median = |taken: &[f64]| Spread::of(taken).median;
    Medians { nothing: median(&nothing), one: median(&one), twenty: median(&twenty) }
}

fn milliseconds(taken: &[f64]) -> String {
    let Spread { least, median, most } = Spread::of(taken);
    format!("{:.0} ms ({:.0}–{:.0})", 1e3 * median, 1e3 * least, 1e3 * most)
}

fn kilobytes(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).expect("the state").flatten();
    files.map(|file| file.metadata().map_or(0, |file| file.len())).sum::<u64>() / 1_000
}

/// A copy of a mirror that can hide its newest mails.
struct Held {
    mirror: PathBuf,
    epoch: PathBuf,
}

impl Held {
    fn new(work: &Work, mirror: &Path) -> Self {
        let to = work.folder.path().join("held");
        let epoch = to.join("git/0.git");
        fs::create_dir_all(to.join("git")).expect("a folder");
        let from = mirror.join("git/0.git");
        run(Command::new("git").args(["clone", "-q", "--bare"]).arg(from).arg(&epoch));
        let git = Self { mirror: to, epoch };
        git.git(&["branch", "-f", "whole", "HEAD"]);
        git
    }

    fn hold_back(&self, mails: usize) {
        self.git(&["update-ref", "refs/heads/master", &format!("whole~{mails}")]);
    }

    fn git(&self, words: &[&str]) {
        run(Command::new("git").arg("-C").arg(path(&self.epoch)).args(words));
    }
}
