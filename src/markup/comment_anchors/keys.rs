//! Keys by which lines are equal, whatever mail programs did to their blanks.

/// The initial value of FNV-1a, whose hashes can be continued.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The key of an empty line.
pub(super) const BLANK: u64 = OFFSET;

/// The key of a line: its hash without any blanks, as tabs become blanks, blanks become U+00A0, and
/// `format=flowed` adds some in front and takes some from the end.
pub(super) fn key(line: &str) -> u64 {
    extended(OFFSET, line)
}

/// The key of a line that begins with the one that has the key `start` and continues with `rest`.
pub(super) fn extended(start: u64, rest: &str) -> u64 {
    let mut hash = start;
    let mut bytes = rest.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            0xc2 if bytes.peek() == Some(&0xa0) => drop(bytes.next()),
            _ => hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME),
        }
    }
    hash
}

/// Whether a line is specific: braces, `else` and `break;` occur in many places.
pub(super) fn is_telling(line: &str) -> bool {
    line.bytes().filter(u8::is_ascii_alphanumeric).take(MIN_LETTERS).count() == MIN_LETTERS
}

/// `};` and `if (` have fewer; `else` and `break` are frequent, so their neighbours identify them.
const MIN_LETTERS: usize = 4;
