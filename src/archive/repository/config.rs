//! The configuration of a git repository, read as git reads it (`config.c`).
//!
//! In: the bytes of the file. Out: its variables in order, or `None` if git would refuse the file. Never here: the
//! meaning of a variable; included files.

use std::{iter::Peekable, slice::Iter};

/// A variable; for `[remote "origin"] promisor` the section is `remote`, the name `promisor`, the value empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    /// The section in lower case, without the quoted part.
    pub(super) section: String,
    /// Its name, in lower case.
    pub(super) name: String,
    /// Its value; empty if there is none.
    pub(super) value: String,
}

/// All variables.
pub(super) fn variables(bytes: &[u8]) -> Option<Vec<Variable>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = Reader { bytes: bytes.iter().peekable() };
    let (mut section, mut found) = (None, Vec::new());
    while let Some(byte) = reader.next() {
        match byte {
            b'#' | b';' => reader.comment(),
            b'[' => section = Some(reader.section()?),
            byte if byte.is_ascii_whitespace() => {}
            byte if byte.is_ascii_alphabetic() => {
                let (name, value) = reader.variable(byte)?;
                found.push(Variable { section: section.clone()?, name, value });
            }
            _ => return None,
        }
    }
    Some(found)
}

struct Reader<'a> {
    bytes: Peekable<Iter<'a, u8>>,
}

impl Reader<'_> {
    /// The next byte; a line ends with `\n`.
    fn next(&mut self) -> Option<u8> {
        match self.bytes.next()? {
            b'\r' if self.bytes.peek() == Some(&&b'\n') => self.bytes.next().copied(),
            byte => Some(*byte),
        }
    }

    fn comment(&mut self) {
        while self.next().is_some_and(|byte| byte != b'\n') {}
    }

    /// The section after its `[`. The old form is `[remote.origin]`.
    fn section(&mut self) -> Option<String> {
        let mut name = String::new();
        loop {
            match self.next()? {
                b']' => break,
                b' ' | b'\t' => {
                    self.subsection()?;
                    break;
                }
                byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') => {
                    name.push(char::from(byte.to_ascii_lowercase()));
                }
                _ => return None,
            }
        }
        name.truncate(name.find('.').unwrap_or(name.len()));
        Some(name)
    }

    /// Leaves out ` "origin"]`.
    fn subsection(&mut self) -> Option<()> {
        let mut byte = self.next()?;
        while matches!(byte, b' ' | b'\t') {
            byte = self.next()?;
        }
        if byte != b'"' {
            return None;
        }
        loop {
            match self.next()? {
                b'\n' => return None,
                b'\\' => _ = self.next().filter(|byte| *byte != b'\n')?,
                b'"' => return (self.next()? == b']').then_some(()),
                _ => {}
            }
        }
    }

    /// The variable whose name begins with `first`.
    fn variable(&mut self, first: u8) -> Option<(String, String)> {
        let mut name = String::from(char::from(first.to_ascii_lowercase()));
        let mut byte = self.next();
        while let Some(letter) = byte.filter(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            name.push(char::from(letter.to_ascii_lowercase()));
            byte = self.next();
        }
        while let Some(b' ' | b'\t') = byte {
            byte = self.next();
        }
        match byte {
            None | Some(b'\n') => Some((name, String::new())),
            Some(b'=') => Some((name, self.value()?)),
            Some(_) => None,
        }
    }

    fn value(&mut self) -> Option<String> {
        let (mut value, mut is_quoted) = (Vec::new(), false);
        // The length of the value without white space at its end.
        let mut kept = 0;
        loop {
            match self.next() {
                None | Some(b'\n') if is_quoted => return None,
                None | Some(b'\n') => break,
                Some(b'#' | b';') if !is_quoted => {
                    self.comment();
                    break;
                }
                Some(b'"') => is_quoted = !is_quoted,
                Some(b'\\') => match self.next()? {
                    b'\n' => continue,
                    b't' => value.push(b'\t'),
                    b'b' => value.push(b'\x08'),
                    b'n' => value.push(b'\n'),
                    byte @ (b'\\' | b'"') => value.push(byte),
                    _ => return None,
                },
                Some(byte) if byte.is_ascii_whitespace() && !is_quoted => {
                    if !value.is_empty() {
                        value.push(byte);
                    }
                    continue;
                }
                Some(byte) => value.push(byte),
            }
            kept = value.len();
        }
        value.truncate(kept);
        Some(String::from_utf8_lossy(&value).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<String>> {
        let line = |v: Variable| format!("{}.{}={}", v.section, v.name, v.value);
        variables(text.as_bytes()).map(|all| all.into_iter().map(line).collect())
    }

    #[test]
    fn variables_are_read_as_git_reads_them() {
        for (text, expected) in [
            ("", &[][..]),
            ("\u{feff}[core]\n\tbare = true\n", &["core.bare=true"]),
            ("[CORE]\r\n  Bare=TRUE # yes\r\n; no\r\n", &["core.bare=TRUE"]),
            ("[remote \"a \\\"]b\"]\n promisor\n[x]", &["remote.promisor="]),
            ("[remote.origin] url = a b  ; c\n", &["remote.url=a b"]),
            ("[a] b = \" c # \" d\\\n e\\n\\\\ ", &["a.b= c #  d e\n\\"]),
            ("[extensions]\nobjectFormat = sha256", &["extensions.objectformat=sha256"]),
            ("[a] b =\n[c] d = \"\"\n", &["a.b=", "c.d="]),
        ] {
            assert_eq!(
                read(text).as_deref(),
                Some(&expected.iter().map(|v| v.to_string()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_git_refuses_is_refused() {
        for text in [
            "bare = true\n",
            "[core\nbare = true\n",
            "[core \"a\nb\"]\n",
            "[core a]\n",
            "[core]\n= true\n",
            "[core]\nbare ! true\n",
            "[core]\nbare = \"true\n",
            "[core]\nbare = \\x\n",
            "[core]\n\0\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
