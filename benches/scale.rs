//! Whether time and memory grow in proportion to the list.
//!
//! `cargo bench --bench scale` builds generated lists of 10,000 and 100,000 mails from nothing; `-- 1000000` (and
//! other numbers) sets the sizes. The memory is the peak of the program's own memory without mapped packs, sampled
//! every 10 ms. The reference is the smallest list of the same run.
//!
//! `-- posted` builds each kind of mail that somebody can send in quantity twice, the second time with twice as many
//! mails, and prints the ratio of processor times. `-- posted chain` builds one kind, `-- posted chain 10` with ten
//! times as many. A ratio above 2.2 is a fault.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock and writes files")]

mod common;

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use common::{
    PROGRAM, TIME, WORKERS, Work, list,
    posters::{KINDS, Kind},
};

/// How many times as many mails as in the tests: builds that take no time have no ratio.
const OFTEN: usize = 20;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        println!("`cargo bench` measures; nothing to do");
        return;
    }
    let mut sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if words.iter().any(|word| word == "posted") {
        posted(&words, sizes.first().copied().unwrap_or(OFTEN));
        return;
    }
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    let mut least = None;
    for mails in sizes {
        let work = Work::new();
        let mirror = work.folder.path().join("mirror");
        list::mirror(&mirror, mails);
        let (seconds, own) = build(&work.site(&mirror));
        let each = seconds / mails as f64;
        let least = *least.get_or_insert(each);
        println!(
            "{mails} mails: {seconds:.1} s, {:.0} µs a mail, {:.2} times as many as the least list's; {} MB of its \
             own, limit {} MB",
            1e6 * each,
            each / least,
            own / 1_000,
            100 + mails / 1_000,
        );
    }
}

/// Builds each named kind, or all kinds, with `often` times as many mails and with twice that.
fn posted(words: &[String], often: usize) {
    let is_named = |kind: &&Kind| words.iter().any(|word| word == kind.name);
    let any = KINDS.iter().any(|kind| is_named(&kind));
    for kind in KINDS.iter().filter(|kind| !any || is_named(kind)) {
        let count = often * kind.few;
        let [one, two] = [count, 2 * count].map(|count| {
            let work = Work::new();
            let mbox = work.folder.path().join("list.mbox");
            fs::write(&mbox, (kind.mbox)(count)).expect("write");
            processor_seconds(&work.site(&mbox), work.folder.path())
        });
        let ratio = two / one.max(0.01);
        let fault = if ratio > 2.2 && two > 0.5 { "  FAULT" } else { "" };
        println!(
            "{:18} {count:8} of them: {one:.2} and {two:.2} s, {ratio:.2} times{fault}",
            kind.name
        );
    }
}

/// Builds a site; returns the processor seconds of the program, including system time.
fn processor_seconds(site: &Path, folder: &Path) -> f64 {
    let said = folder.join("time");
    let ended = Command::new(TIME)
        .args(["-f", "%U %S", "-o"])
        .arg(&said)
        .args([PROGRAM, "--root"])
        .arg(site)
        .args(["build", "--quiet", "--jobs", "1"])
        .stderr(Stdio::null())
        .status();
    assert!(ended.is_ok_and(|ended| ended.success()), "the build failed, or there is no {TIME}");
    let said = fs::read_to_string(said).expect("what it took");
    said.split_whitespace().filter_map(|seconds| seconds.parse::<f64>().ok()).sum()
}

/// Builds a site; returns the seconds it took and its peak memory in kB.
fn build(site: &Path) -> (f64, u64) {
    let begun = Instant::now();
    let mut child = Command::new(PROGRAM)
        .arg("--root")
        .arg(site)
        .args(["build", "--quiet", "--jobs", &WORKERS.to_string()])
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().expect("a child") {
            break ended;
        }
        let said = fs::read_to_string(&status).unwrap_or_default();
        let line = said.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let own = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(own.unwrap_or(0));
        thread::sleep(Duration::from_millis(10));
    };
    assert!(ended.success(), "the build failed");
    (begun.elapsed().as_secs_f64(), peak)
}
