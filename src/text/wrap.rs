//! Wraps text to the line length of mails.

/// The most characters of a line of text in a mail: with four levels of quotes, it still fits a terminal.
pub(crate) const WIDTH: usize = 72;

/// Appends `text` in lines of at most `width` characters, broken between words. A longer word, such as an address,
/// gets a line of its own. `first` precedes the first line, `below` the others.
pub(crate) fn wrapped(out: &mut String, text: &str, first: &str, below: &str, width: usize) {
    let mut used = 0;
    for (at, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if at == 0 || used + 1 + length > width {
            let begin = if at == 0 { first } else { below };
            out.push_str(if at == 0 { "" } else { "\n" });
            out.push_str(begin);
            used = begin.chars().count();
        } else {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short() {
        let mut out = String::new();
        wrapped(&mut out, "one two\nthree  four https://example.org/long x", "* ", "  ", 10);
        assert_eq!(out, "* one two\n  three\n  four\n  https://example.org/long\n  x\n");
        let mut wide = String::new();
        wrapped(&mut wide, &"ü ".repeat(100), "", "", WIDTH);
        assert!(wide.lines().all(|line| line.chars().count() <= WIDTH));
    }
}
