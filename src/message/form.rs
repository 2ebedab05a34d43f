//! The layout of a text: its line ends, and format=flowed.
//!
//! In: the header of a part, and its text. Out: the text as its writer laid it out, with LF line ends.
//! Never here: charsets, transfer encodings.

use std::borrow::Cow;

use super::mime::{Coding, Entity};

/// The format of a text part, by its header.
pub(super) struct Shape {
    pub(super) charset: Option<String>,
    flowed: bool,
    delsp: bool,
    ends: LineEnds,
}

/// The origin of line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnds {
    /// The transport made them: a CR before LF is not the writer's.
    Mail,
    /// A CR may belong to the content.
    Base64,
    /// The same; also, mailparse's decoder ends each encoded line with CR LF.
    QuotedPrintable,
}

impl Shape {
    /// The layout of a text without a header.
    pub(super) fn plain() -> Self {
        Self { charset: None, flowed: false, delsp: false, ends: LineEnds::Mail }
    }

    /// The layout that a header describes.
    pub(super) fn of(entity: &Entity) -> Self {
        let is = |name: &str, value: &str| {
            entity.parameter(name).is_some_and(|v| v.trim().eq_ignore_ascii_case(value))
        };
        Self {
            charset: entity.parameter("charset").map(str::to_owned),
            flowed: is("format", "flowed"),
            delsp: is("delsp", "yes"),
            ends: match entity.coding {
                Coding::Base64 => LineEnds::Base64,
                Coding::QuotedPrintable => LineEnds::QuotedPrintable,
                Coding::None | Coding::Uuencode | Coding::Unknown(_) => LineEnds::Mail,
            },
        }
    }

    /// The text with flowed lines joined.
    pub(super) fn laid_out<'t>(&self, words: &'t str) -> Cow<'t, str> {
        if self.flowed { unflow(words, self.delsp).into() } else { words.into() }
    }

    /// Converts line ends to LF. In an encoded part, CRs come from the transport if the first line has one;
    /// otherwise they belong to the file, and `git apply` needs them (t5100/quoted-cr; lists append footers with
    /// LF).
    pub(super) fn line_ends<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            return text.into();
        }
        let strip = |text: &str| text.replace("\r\n", "\n");
        let first_has_one = |text: &str| text.split('\n').next().is_some_and(|l| l.ends_with('\r'));
        match self.ends {
            LineEnds::Mail => strip(text).into(),
            LineEnds::Base64 if first_has_one(text) => strip(text).into(),
            LineEnds::Base64 => text.into(),
            LineEnds::QuotedPrintable => {
                let text = strip(text);
                if first_has_one(&text) { strip(&text).into() } else { text.into() }
            }
        }
    }
}

/// format=flowed undone (RFC 3676): stuffing removed, a line that ends in a blank joined with the next of
/// the same quote depth. `-- ` never joins.
fn unflow(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let depth = bare.len() - bare.trim_start_matches('>').len();
        let content = &bare[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        if open.is_some_and(|d| d != depth) || content == "-- " {
            if open.is_some() {
                out.push('\n');
            }
            open = None;
        }
        if open.is_none() && depth > 0 {
            out.push_str(&bare[..depth]);
            out.push(' ');
        }
        let flows = content.ends_with(' ') && content != "-- ";
        out.push_str(if flows && delsp { &content[..content.len() - 1] } else { content });
        open = flows.then_some(depth);
        if !flows {
            out.push('\n');
        }
    }
    if open.is_some() {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_text_is_joined_within_its_quote_depth() {
        for (flowed, delsp, want) in [
            ("a \nb\n", false, "a b\n"),
            ("a \nb\n", true, "ab\n"),
            ("> a \n> b \nc\n", false, "> a b \nc\n"),
            (" From x\n-- \nsig\n", false, "From x\n-- \nsig\n"),
            ("  indented\n", false, " indented\n"),
            (">> a \n> b\n", false, ">> a \n> b\n"),
        ] {
            assert_eq!(unflow(flowed, delsp), want, "{flowed:?}");
        }
    }
}
