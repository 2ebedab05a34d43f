//! Reports by people that show a log: a crash, a hang, a warning of the kernel or of a sanitizer.
//!
//! In: the subject and the text of a mail that begins a thread. Out: whether it reports a fault. Never here: who
//! sent it; subjects with *regression* or *bug*.
//!
//! A mail that begins a thread and shows the log of a fault is a report. Of 60 such mails drawn from those with a
//! word for harm in the subject, 32 showed a log, and 31 of them reported a fault; without such a word, 43 of 44
//! did. With such a word, two lines of a log are enough. Announcements and proposals quote logs, too.

use crate::{patch::tone::TitleWords, text};

/// Lines that a log has only after a fault.
const FAULTS: [&str; 32] = [
    "[ cut here ]",
    "AddressSanitizer",
    "BUG: Bad ",
    "BUG: KASAN",
    "BUG: KCSAN",
    "BUG: KFENCE",
    "BUG: KMSAN",
    "BUG: kernel ",
    "BUG: scheduling while",
    "BUG: sleeping function",
    "BUG: soft lockup",
    "BUG: spinlock",
    "BUG: unable to handle",
    "BUG: workqueue",
    "Call Trace:",
    "Call trace:",
    "INFO: rcu",
    "Kernel panic - not syncing",
    "Oops: ",
    "RIP: 0010:",
    "Segmentation fault",
    "Unable to handle kernel",
    "WARNING: CPU: ",
    "WARNING: inconsistent lock",
    "WARNING: possible ",
    "WARNING: suspicious ",
    "blocked for more than",
    "detected stall",
    "general protection fault",
    "kernel BUG at ",
    "segfault at ",
    "stack smashing detected",
];

/// Words in subjects of announcements and proposals.
const OTHER: [&str; 9] =
    ["announce", "announcement", "lsf", "lsfmm", "patch", "proposal", "pull", "rfc", "topic"];

/// The number of log lines needed beside a word for harm.
const LINES: usize = 2;

/// Whether a mail with this subject and text reports a fault.
pub(super) fn reports(subject: &str, text: &str) -> bool {
    let mut words = subject.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| OTHER.iter().any(|other| word.eq_ignore_ascii_case(other))) {
        return false;
    }
    let lines = || text::lines(text).filter(|line| !line.starts_with('>'));
    let is_fault = |line: &str| FAULTS.iter().any(|fault| line.contains(fault));
    lines().any(is_fault)
        || lines().filter(|line| is_logged(line)).nth(LINES - 1).is_some()
            && TitleWords::of(subject).harm.is_some()
}

/// `[  123.456789] x`, or `Jun  1 00:00:21 host kernel: x`.
fn is_logged(line: &str) -> bool {
    let line = line.trim_start_matches(['|', ' ', '\t']);
    let stamp = line.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let is_stamp = |stamp: &str| {
        stamp.trim_start().split_once('.').is_some_and(|(seconds, parts)| {
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            digits(seconds) && digits(parts) && parts.len() > 2
        })
    };
    stamp.is_some_and(is_stamp) || line.split_whitespace().nth(4) == Some("kernel:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_of_a_fault_is_a_report() {
        let trace = "Hello,\n\nit stopped:\n\n| [   12.345678] Call Trace:\n|  dim+0x12/0x34\n";
        let log = "Hello,\n\nJun  1 00:00:21 host kernel: lamp: dim\n[   12.345678] lamp: dark\n";
        for (subject, text, expected) in [
            ("Lamps on v6", trace, true),
            ("[ANNOUNCE] lamps: for-next updated", trace, false),
            ("[RFC] Lamps", trace, false),
            ("Lamps on v6", &trace.replace('|', "> |"), false),
            ("Lamps hang on v6", log, true),
            ("Lamps on v6", log, false),
            ("Lamps hang on v6", "[1.5] They hang.", false),
        ] {
            assert_eq!(reports(subject, text), expected, "{subject}: {text}");
        }
    }
}
