//! The patch-id: a hash of a diff without line numbers, blanks and the order of files.
//!
//! In: the text of a diff. Out: the [`PatchId`] that `git patch-id --stable` prints for it. The rules are git's
//! (`get_one_patchid` in `builtin/patch-id.c`), including the odd ones:
//!
//! | in | line | does |
//! |---|---|---|
//! | text | anything but `diff ` | skipped, so a diff of bare `---` and `+++` has no id |
//! | header | `index a..b` | not hashed; kept for a binary file |
//! | header | `GIT binary patch`, `Binary files` | the two object names are hashed in place of the content |
//! | header | `--- ` | one line each of `---` and `+++` must follow |
//! | header | no letter at its start | the patch ends |
//! | binary | anything | skipped; the `diff ` line that ends it is not hashed either |
//! | hunk, no lines missing | `@@ -` | not hashed; as many lines as it counts must follow |
//! | hunk, no lines missing | `diff ` | the file's hash is added to the sum, a header begins |
//! | hunk, no lines missing | anything else | the patch ends |
//! | anywhere | `\ No newline …` | skipped |
//!
//! All other lines are hashed without their white space. git sometimes sees several patches in one diff and prints
//! an id for each: at text between two files, at lines that a mailer wrapped, at context lines that lost their only
//! blank, which git does not count (6 of 3,165 diffs on linux-mtd). Then their ids are added like those of files.
//! Never here: a copy of the diff, an error.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::{hash::Sha1, text};

/// git's stable patch-id: two patches share it if they change the same lines in the same way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PatchId(pub [u8; 20]);

impl fmt::Display for PatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PatchId({self})")
    }
}

impl PatchId {
    /// The id of a diff; `None` if git finds no patch in it.
    pub fn of(diff: &str) -> Option<Self> {
        let mut lines = text::whole_lines(diff).map(terminated).peekable();
        let mut sum = None;
        while lines.peek().is_some() {
            if let Some(id) = Reader::default().read(&mut lines) {
                add(sum.get_or_insert([0; 20]), id);
            }
        }
        sum.map(Self)
    }
}

/// The line up to a NUL, which ends it for git's C strings.
fn terminated(line: &str) -> &[u8] {
    let end = memchr::memchr(0, line.as_bytes()).unwrap_or(line.len());
    &line.as_bytes()[..end]
}

/// Adds as git does: byte by byte from the first, with carry.
fn add(sum: &mut [u8; 20], id: [u8; 20]) {
    let mut carry = 0;
    for (byte, other) in sum.iter_mut().zip(id) {
        carry += u16::from(*byte) + u16::from(other);
        [*byte, _] = carry.to_le_bytes();
        carry >>= 8;
    }
}

/// The lines that must still follow on a side. It is signed because a hunk can have more lines than it counts, and
/// then also reaches `IN_HEADER`: git behaves so.
type Due = i64;

/// git's `before == -1`.
const IN_HEADER: Due = -1;

/// Reads one patch.
struct Reader<'a> {
    before: Due,
    after: Due,
    in_binary: bool,
    /// The last `index` line's object names.
    names: [&'a [u8]; 2],
    /// The current file's hash.
    hash: Dense,
    /// The sum over the files before.
    sum: [u8; 20],
    /// Whether there was a `diff ` line.
    is_begun: bool,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            before: IN_HEADER,
            after: IN_HEADER,
            in_binary: false,
            names: [b"", b""],
            hash: Dense::default(),
            sum: [0; 20],
            is_begun: false,
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads to the end of the patch, including the line that ends it, which never begins another.
    fn read(mut self, lines: &mut impl Iterator<Item = &'a [u8]>) -> Option<[u8; 20]> {
        for line in lines {
            if line.starts_with(b"\\ ") && line.len() > 12 {
                continue;
            }
            if is_commit(line) {
                break;
            }
            if !self.is_begun && !line.starts_with(b"diff ") {
                continue;
            }
            if self.take(line).is_none() {
                break;
            }
        }
        self.close_file();
        self.is_begun.then_some(self.sum)
    }

    /// Takes a line; `None` if the patch ended before it.
    fn take(&mut self, line: &'a [u8]) -> Option<()> {
        if self.before == IN_HEADER && self.header(line)? {
            return Some(());
        }
        if self.in_binary {
            if line.starts_with(b"diff ") {
                (self.in_binary, self.before) = (false, IN_HEADER);
            }
            return Some(());
        }
        if self.before == 0 && self.after == 0 {
            if line.starts_with(b"@@ -") {
                self.hunk(line);
                return Some(());
            }
            if !line.starts_with(b"diff ") {
                return None;
            }
            self.close_file();
            (self.before, self.after) = (IN_HEADER, IN_HEADER);
        }
        self.before -= Due::from(matches!(line.first(), Some(b'-' | b' ')));
        self.after -= Due::from(matches!(line.first(), Some(b'+' | b' ')));
        self.is_begun = true;
        self.hash.line(line);
        Some(())
    }

    /// Reads a line of a header, and returns whether it is complete; `None` if the patch ended.
    fn header(&mut self, line: &'a [u8]) -> Option<bool> {
        if line.starts_with(b"GIT binary patch") || line.starts_with(b"Binary files") {
            (self.in_binary, self.before) = (true, 0);
            self.names.iter().for_each(|name| self.hash.whole(name));
            self.close_file();
            return Some(true);
        }
        if let Some(rest) = line.strip_prefix(b"index ") {
            self.names = names(rest).unwrap_or(self.names);
            return Some(true);
        }
        if line.starts_with(b"--- ") {
            (self.before, self.after) = (1, 1);
        } else if !line.first().is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        Some(false)
    }

    /// Reads the counts of `@@ -1,2 +3,4 @@`, as far as they can be read.
    fn hunk(&mut self, line: &[u8]) {
        let rest;
        (self.before, rest) = count(line.get(4..).unwrap_or_default());
        if let Some(rest) = rest.and_then(|rest| rest.strip_prefix(b" +")) {
            (self.after, _) = count(rest);
        }
    }

    fn close_file(&mut self) {
        add(&mut self.sum, self.hash.take());
    }
}

/// Whether git would read the line as the name of the next commit.
fn is_commit(line: &[u8]) -> bool {
    let name = line.strip_prefix(b"commit ").or(line.strip_prefix(b"From ")).unwrap_or(line);
    name.get(..40).is_some_and(|name| name.iter().all(u8::is_ascii_hexdigit))
}

/// The names in `a..b 100644`, at most 40 digits each.
fn names(rest: &[u8]) -> Option<[&[u8]; 2]> {
    let dots = rest.windows(2).position(|two| two == b"..")?;
    let (old, new) = (&rest[..dots], &rest[dots + 2..]);
    let end = new.iter().position(|byte| *byte == b' ').unwrap_or(new.len().saturating_sub(1));
    Some([old, &new[..end]].map(|name| &name[..name.len().min(40)]))
}

/// Reads `12,3` or `12` (a count of one) and returns the text after it, unless digits are missing.
fn count(text: &[u8]) -> (Due, Option<&[u8]>) {
    let (last, rest, count) = match digits(text) {
        (_, rest) if rest.starts_with(b",") => {
            let (count, rest) = digits(&rest[1..]);
            (count, rest, value(count))
        }
        (start, rest) => (start, rest, 1),
    };
    (count, (!last.is_empty()).then_some(rest))
}

fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

fn value(digits: &[u8]) -> Due {
    let digit = |sum: Due, byte: &u8| sum.saturating_mul(10).saturating_add((byte - b'0').into());
    digits.iter().fold(0, digit)
}

/// A hash of lines without their white space. It uses a buffer, because hashing single bytes and lines is slow.
struct Dense {
    hash: Sha1,
    buffer: [u8; 1024],
    filled: usize,
}

impl Default for Dense {
    fn default() -> Self {
        Self { hash: Sha1::new(), buffer: [0; 1024], filled: 0 }
    }
}

impl Dense {
    fn line(&mut self, line: &[u8]) {
        for piece in line.chunks(self.buffer.len()) {
            if self.filled + piece.len() > self.buffer.len() {
                self.flush();
            }
            let room = &mut self.buffer[self.filled..][..piece.len()];
            let mut len = 0;
            // Every byte is written, and the next one overwrites it if it does not count: no branch to predict.
            for &byte in piece {
                room[len] = byte;
                len += usize::from(!matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
            }
            self.filled += len;
        }
    }

    /// Adds bytes that all count.
    fn whole(&mut self, bytes: &[u8]) {
        self.flush();
        self.hash.update(bytes);
    }

    fn flush(&mut self) {
        self.hash.update(&self.buffer[..self.filled]);
        self.filled = 0;
    }

    /// The hash of all lines so far; the hash then starts again.
    fn take(&mut self) -> [u8; 20] {
        self.flush();
        self.hash.take().bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_carry_from_the_first_byte_on() {
        let mut sum = [0xff; 20];
        let mut one = [0; 20];
        one[0] = 1;
        add(&mut sum, one);
        assert_eq!(sum, [0; 20]);
    }

    #[test]
    fn counts_of_hunks() {
        let behind = Some(&b" "[..]);
        for (text, expected) in [
            ("12,3 ", (3, behind)),
            ("12 ", (1, behind)),
            ("12, ", (0, None)),
            (" ", (1, None)),
            ("1,99999999999999999999 ", (Due::MAX, behind)),
        ] {
            assert_eq!(count(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_text_without_a_header_has_no_id() {
        for text in ["", "prose\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"] {
            assert_eq!(PatchId::of(text), None, "{text}");
        }
    }
}
