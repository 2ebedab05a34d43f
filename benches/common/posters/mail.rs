//! Mails as a list's server stores them, and short patches.

use std::fmt::Write as _;

/// 1 March 2024, in seconds.
pub(super) const START: usize = 1_709_251_200;
pub(super) const MINUTE: usize = 60;
pub(super) const HOUR: usize = 60 * MINUTE;
pub(super) const DAY: usize = 24 * HOUR;

/// A mail that is being written.
pub(super) struct Mail {
    head: String,
    text: String,
}

impl Mail {
    /// A mail of writer number `who`, with only the headers that every list adds.
    pub(super) fn new(id: &str, subject: &str, who: usize, after: usize) -> Self {
        let date = date(START + after);
        let head = format!(
            "From x Fri Mar  1 00:00:00 2024\nReceived: from w.example.org by lists.example.org with ESMTPS id 4Tn; \
             {date}\nFrom: W {} <w{who}@example.org>\nTo: lamp@lists.example.org\nDate: {date}\nSubject: {subject}\n\
             Message-ID: <{id}@example.org>\nList-Id: <lamp.lists.example.org>\n",
            letters(who)
        );
        Self { head, text: String::new() }
    }

    /// The same mail from another person.
    pub(super) fn from(mut self, from: &str) -> Self {
        let lines = self.head.lines().map(|line| match line.starts_with("From: ") {
            true => format!("From: {from}\n"),
            false => format!("{line}\n"),
        });
        self.head = lines.collect();
        self
    }

    pub(super) fn answers(mut self, id: &str) -> Self {
        let _ = writeln!(self.head, "In-Reply-To: <{id}@example.org>");
        self
    }

    pub(super) fn header(mut self, line: &str) -> Self {
        self.head.push_str(line);
        self.head.push('\n');
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    pub(super) fn end(self) -> String {
        format!("{}\n{}\n\n", self.head, self.text)
    }
}

/// The `n`th short word.
pub(super) fn letters(n: usize) -> String {
    let (mut word, mut rest) = (String::new(), n + 1);
    while rest > 0 {
        word.push(char::from(b'a' + u8::try_from(rest % 26).expect("below 26")));
        rest /= 26;
    }
    word
}

/// A moment as mail writes it.
pub(super) fn date(seconds: usize) -> String {
    let seconds = i64::try_from(seconds).expect("a date");
    let moment = jiff::Timestamp::from_second(seconds).expect("a date");
    moment.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// The change of one line of a file.
pub(super) fn change(path: &str, n: usize) -> String {
    format!("--- a/{path}\n+++ b/{path}\n@@ -1,2 +1,2 @@\n x\n-int a;\n+int a{n};\n")
}

/// A patch of one line.
pub(super) fn patch(
    id: &str,
    subject: &str,
    who: usize,
    after: usize,
    path: &str,
    n: usize,
) -> String {
    Mail::new(id, subject, who, after).text(&format!("m\n---\n{}", change(path, n))).end()
}

/// The texts for `0..count`, one after the other.
pub(super) fn all(count: usize, one: impl FnMut(usize) -> String) -> String {
    (0..count).map(one).collect()
}

pub(super) fn first() -> String {
    patch("r", "[PATCH] lamp: burn", 0, 0, "a.c", 0)
}
