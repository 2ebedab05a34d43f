//! Mails and mboxes: a writer that keeps the text of others inside a header's value or a body.
//!
//! In: literals of the program; values of headers; texts. Out: a [`Mail`]. Never here: encoding of headers.

/// A mail, or several in an mbox.
#[derive(Debug, Default)]
pub(crate) struct Mail(String);

/// The most bytes of a line of quoted-printable (RFC 2045, 6.7).
const LINE: usize = 76;

impl Mail {
    /// Appends lines of the program.
    pub(crate) fn words(&mut self, words: &'static str) -> &mut Self {
        self.0.push_str(words);
        self
    }

    /// Appends a header. Its value stays one value: a line end that does not fold it becomes a blank.
    pub(crate) fn header(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.0.push_str(name);
        self.0.push_str(": ");
        for (at, line) in value.trim().lines().enumerate() {
            let is_folded = at > 0 && line.starts_with([' ', '\t']) && !line.trim().is_empty();
            self.0.push_str(match at {
                0 => "",
                _ if is_folded => "\n",
                _ => " ",
            });
            self.0.push_str(line);
        }
        self.words("\n")
    }

    /// Appends a text unchanged for an mbox of the kind mboxrd: a line that would begin a mail gets another `>`. The
    /// text ends with a line end.
    pub(crate) fn mboxrd(&mut self, text: &str) -> &mut Self {
        for line in text.split_inclusive('\n') {
            if line.trim_start_matches('>').starts_with("From ") {
                self.0.push('>');
            }
            self.0.push_str(line);
        }
        self.words(if text.ends_with('\n') { "" } else { "\n" })
    }

    /// Appends a text as quoted-printable (RFC 2045, 6.7). A line that programs would interpret, including a
    /// continued one, begins with an encoded letter.
    pub(crate) fn quoted_printable(&mut self, body: &str) -> &mut Self {
        for line in body.split_inclusive('\n') {
            let (line, end) = match line.strip_suffix('\n') {
                Some(line) => (line, "\n"),
                None => (line, "=\n"),
            };
            let bytes = line.as_bytes();
            let mut length = 0;
            for (at, byte) in bytes.iter().enumerate() {
                let is_last = at + 1 == bytes.len();
                let is_plain = match byte {
                    b'=' => false,
                    b' ' | b'\t' => !is_last,
                    _ => (b'!'..=b'~').contains(byte),
                };
                let needed = if is_plain { 1 } else { 3 };
                // Leave room for the sign of a continued line.
                if length + needed > LINE - 1 {
                    self.0.push_str("=\n");
                    length = 0;
                }
                if is_plain && (length > 0 || is_words(&bytes[at..])) {
                    self.0.push(char::from(*byte));
                    length += 1;
                } else {
                    self.0.push_str(&format!("={byte:02X}"));
                    length += 3;
                }
            }
            self.0.push_str(end);
        }
        self
    }

    /// The mail, for printing.
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

/// Whether a line that begins with `bytes` is plain words for programs that read the encoded mail: mboxes change
/// `From `, some programs stop at a single dot, `git send-email` sends copies to the people in `Cc: …` and
/// `Signed-off-by: …`, others look for diffs and signatures.
fn is_words(bytes: &[u8]) -> bool {
    let key = bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let is_header = key > 0 && bytes.get(key) == Some(&b':');
    let known = [&b"From "[..], b"--", b"diff "];
    bytes != b"." && !is_header && !known.iter().any(|begin| bytes.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_survive_every_way_of_mail() {
        for (body, written) in [
            ("From a to b\n", "=46rom a to b\n"),
            ("a = b \n\t\n.\n..\n", "a =3D b=20\n=09\n=2E\n..\n"),
            ("ü\r\n", "=C3=BC=0D\n"),
            ("no end", "no end=\n"),
            ("Cc: x\nhttps://y\n> Cc: x\n", "=43c: x\n=68ttps://y\n> Cc: x\n"),
            ("--- a\ndiff --git\n-1\n", "=2D-- a\n=64iff --git\n-1\n"),
        ] {
            let mut out = Mail::default();
            assert_eq!(out.quoted_printable(body).0, written, "{body:?}");
        }
        // The writer decides where a line breaks.
        for (tail, written) in [("Cc: x@y", "=43c: x@y"), (".", "=2E"), ("a-by: x", "=61-by: x")] {
            let (mut out, line) = (Mail::default(), "x ".repeat(37) + "x");
            out.quoted_printable(&format!("{line}{tail}\n"));
            assert_eq!(out.0, format!("{line}=\n{written}\n"));
        }
        let mut long = Mail::default();
        long.quoted_printable(&"ü".repeat(1000));
        assert!(long.0.lines().all(|line| line.len() <= 76), "{long:?}");
    }

    #[test]
    fn a_value_stays_in_its_header() {
        for (value, written) in [
            (" a ", "X: a\n"),
            ("", "X: \n"),
            ("=?a?=\n =?b?=", "X: =?a?=\n =?b?=\n"),
            ("a\nBcc: b", "X: a Bcc: b\n"),
            ("a\n \n\nb", "X: a    b\n"),
        ] {
            assert_eq!(Mail::default().header("X", value).0, written, "{value:?}");
        }
    }

    #[test]
    fn no_line_of_a_text_begins_a_mail() {
        let mut out = Mail::default();
        out.mboxrd("From a\n>From b\n from c");
        assert_eq!(out.0, ">From a\n>>From b\n from c\n");
    }
}
