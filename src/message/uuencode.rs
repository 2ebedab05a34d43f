//! uuencoded files in a text, as mailers before MIME sent them.
//!
//! In: a text. Out: its [`Piece`]s, text and files in turn. Every line of a file must be valid, so text that happens
//! to begin like one stays text. Never here: the content of a file.

use super::charset;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text.
    Words(&'t str),
    /// A file with its name.
    File(&'t str, Vec<u8>),
}

/// The first line of a file.
const BEGIN: &str = "begin ";

/// The pieces of a text; without a file, the whole text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut words = 0;
    for start in memchr::memmem::find_iter(text.as_bytes(), BEGIN) {
        let is_line = start == 0 || text.as_bytes()[start - 1] == b'\n';
        if start < words || !is_line {
            continue;
        }
        if let Some((name, bytes, len)) = file(&text[start..]) {
            push_words(&mut pieces, &text[words..start]);
            pieces.push(Piece::File(name, bytes));
            words = start + len;
        }
    }
    push_words(&mut pieces, &text[words..]);
    pieces
}

/// Decodes a uuencoded body: the files in it, and the text around them.
pub(super) fn undone(body: &[u8]) -> Vec<u8> {
    let text = charset::guess(body);
    let bytes = |piece| match piece {
        Piece::Words(words) => words.as_bytes().to_vec(),
        Piece::File(name, bytes) => [words_of_name(name).as_bytes(), &bytes].concat(),
    };
    pieces(&text).into_iter().flat_map(bytes).collect()
}

/// The line that preserves the words of a file's name if nothing else shows them; a name of one word is dropped.
pub(super) fn words_of_name(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("{name}\n") } else { String::new() }
}

fn push_words<'t>(pieces: &mut Vec<Piece<'t>>, words: &'t str) {
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
}

/// The file at the beginning of `text`: its name, its bytes, and the length of the text it takes. A file that was
/// cut with its mail ends at the cut.
fn file(text: &str) -> Option<(&str, Vec<u8>, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let (mode, name) = first.strip_prefix(BEGIN)?.trim_end().split_once(' ')?;
    let is_mode = (3..=4).contains(&mode.len()) && mode.bytes().all(|b| (b'0'..=b'7').contains(&b));
    if !is_mode {
        return None;
    }
    let (mut bytes, mut len) = (Vec::new(), first.len());
    for line in lines {
        len += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if line == "end" {
            return Some((name, bytes, len));
        }
        push_line(line.as_bytes(), &mut bytes)?;
    }
    (!bytes.is_empty()).then_some((name, bytes, len))
}

/// Decodes a line: its number of bytes, then four characters for every three bytes. Mailers drop blanks at the end,
/// and encoders may add a checksum.
fn push_line(line: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let six = |b: &u8| (b' '..=b'`').contains(b).then(|| (b - b' ') & 0x3f);
    let (first, data) = line.split_first().unwrap_or((&b' ', &[]));
    let count = usize::from(six(first)?);
    let needed = count.div_ceil(3) * 4;
    if data.len() > needed + 2 {
        return None;
    }
    let data = data.iter().map(six).collect::<Option<Vec<u8>>>()?;
    let end = out.len() + count;
    for group in 0..count.div_ceil(3) {
        let at = |n: usize| data.get(group * 4 + n).copied().unwrap_or_default();
        let (a, b, c, d) = (at(0), at(1), at(2), at(3));
        out.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    }
    out.truncate(end);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_behind_the_name_of_a_file_are_kept() {
        for (name, want) in
            [("lamp.patch", "Cat\n"), ("lamp.patch, as asked", "lamp.patch, as asked\nCat\n")]
        {
            let body = format!("begin 644 {name}\n$0V%T\"@``\n`\nend\n");
            assert_eq!(undone(body.as_bytes()), want.as_bytes());
        }
    }

    #[test]
    fn files_are_taken_out_of_words() {
        let file = |name| Piece::File(name, b"Cat\n".to_vec());
        for (text, want) in [
            (
                "see\nbegin 644 a b.txt\n$0V%T\"@``\n`\nend\nbye\n",
                vec![Piece::Words("see\n"), file("a b.txt"), Piece::Words("bye\n")],
            ),
            // Blanks in place of zeros, with those at the end dropped; the file is cut after its first line.
            ("begin 0644 a\n$0V%T\"@\n \nend", vec![file("a")]),
            ("begin 644 a\n$0V%T\"@``\n", vec![file("a")]),
            (
                "begin 644 with care\nend of it\n",
                vec![Piece::Words("begin 644 with care\nend of it\n")],
            ),
            ("we begin 644 a\n", vec![Piece::Words("we begin 644 a\n")]),
            ("begin here\n", vec![Piece::Words("begin here\n")]),
        ] {
            assert_eq!(pieces(text), want, "{text:?}");
        }
    }
}
