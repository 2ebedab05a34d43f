//! Whether time and memory grow as the list does, and no faster.
//!
//! `cargo bench --bench scale` builds generated lists of 10,000 and of 100,000 mails from nothing; `-- 1000000` (and
//! other numbers) lists of that many. Memory is what is the program's own, at its peak, beside mapped packs: looked
//! at every 10 ms. The reference is the smallest list of the same run.
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

use common::{PROGRAM, WORKERS, Work, list};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        println!("`cargo bench` measures; nothing to do");
        return;
    }
    let mut sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
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

/// Builds a site; how many seconds that took, and how many kB at most were the program's own.
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
