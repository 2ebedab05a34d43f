//! Logs in mails: call traces, registers, the output of a kernel or a compiler.
//!
//! In: preformatted lines. Out: whether they are a long log, and its most informative line. Never here: code, which
//! readers want to see.

/// A shorter log needs no folding.
const LONG: usize = 16;
/// The most bytes of the most informative line that are shown.
pub(super) const TOLD: usize = 90;

/// The beginnings of lines in a trace, after a time stamp.
const BEGINNINGS: [&str; 22] = [
    "#",
    "=>",
    "BUG:",
    "Call Trace",
    "Call trace",
    "Code:",
    "CPU:",
    "CR2:",
    "EFLAGS",
    "Hardware name",
    "Modules linked",
    "ORIG_RAX",
    "R10:",
    "R13:",
    "RAX:",
    "RBP:",
    "RDX:",
    "RIP:",
    "RSP:",
    "WARNING:",
    "</TASK>",
    "<TASK>",
];

/// Words in informative lines of a log, the most informative first.
const TELLING: [&str; 10] = [
    "BUG:",
    "WARNING:",
    "KASAN:",
    "INFO:",
    "Oops",
    "panic",
    "possible ",
    "error:",
    "warning:",
    "Error",
];

/// The most informative line of a long log; `None` if the lines are not one.
pub(super) fn told<'l>(lines: &[&'l str]) -> Option<&'l str> {
    if lines.len() < LONG {
        return None;
    }
    let words = lines.iter().filter(|line| !line.trim().is_empty());
    let (all, printed) = words
        .fold((0, 0), |(all, printed), line| (all + 1, printed + usize::from(is_printed(line))));
    let telling = || TELLING.iter().find_map(|word| lines.iter().find(|line| line.contains(word)));
    let first = || lines.iter().find(|line| line.chars().any(char::is_alphabetic));
    (printed * 2 > all).then(|| telling().or_else(first)).flatten().copied()
}

/// Whether a program printed the line.
fn is_printed(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '|']);
    // `[   12.345678]`, `[ T123]`
    let stamped = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let is_stamped = stamped.is_some_and(|(stamp, _)| {
        stamp.trim_start_matches(['T', 'C', ' ']).starts_with(|c: char| c.is_ascii_digit())
            && !stamp.contains(char::is_lowercase)
    });
    // `do_one+0x12/0x34`, `function fs/file.c:12 [inline]`
    let is_frame = line.contains("+0x") || line.ends_with("[inline]") || has_place(line);
    let is_hex = |word: &str| word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = line.split([' ', ':']).filter(|word| !word.is_empty());
    is_stamped
        || is_frame
        || BEGINNINGS.iter().any(|begin| line.starts_with(begin))
        || words.filter(|word| is_hex(word)).count() > 1
}

/// Whether the line has a place in the source: `fs/file.c:12`.
fn has_place(line: &str) -> bool {
    line.split(' ').any(|word| {
        word.split_once(".c:").or_else(|| word.split_once(".h:")).is_some_and(|(path, behind)| {
            path.contains('/') && behind.starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_long_trace_is_a_log_and_code_is_not() {
        let trace = ["[   12.345678] BUG: dark lamp", "[   12.345679]  dim+0x12/0x34"].repeat(9);
        assert_eq!(told(&trace), Some("[   12.345678] BUG: dark lamp"));
        assert_eq!(told(&trace[..10]), None);
        let code = ["\tif (lamp[0])", "\t\tdim(lamp, 0x12);"].repeat(9);
        assert_eq!(told(&code), None);
        let files = ["dim lamps/lamp.c:12 [inline]", " shine lamps/lamp.c:34"].repeat(9);
        assert!(told(&files).is_some());
    }
}
