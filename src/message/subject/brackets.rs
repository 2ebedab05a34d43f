//! The brackets of a subject that are tags.
//!
//! In: a subject without its reply prefixes. Out: the text in the brackets, and the title. Never here: the meaning
//! of a tag.

use super::number::{PatchIndex, Version, numbered};

/// The brackets before a title.
pub(super) struct Brackets<'a> {
    /// The text in each.
    pub(super) inner: Vec<&'a str>,
    /// The text after them, or before those at the end.
    pub(super) title: &'a str,
    /// Whether they do not match.
    pub(super) odd: bool,
}

impl<'a> Brackets<'a> {
    /// The brackets of a subject without its reply prefixes.
    pub(super) fn read(text: &'a str) -> Self {
        let mut found = Self { inner: Vec::new(), title: text, odd: false };
        found.closing();
        found.unopened();
        found.bare();
        loop {
            // `[Patch 2/2]: title` has a colon after the bracket, and `[PATCH v5 0/1]] title` an extra bracket.
            let is_twice = !found.inner.is_empty() && found.title.starts_with(']');
            let at = found.title.trim_start_matches(if is_twice {
                &[']', ' ', '\t', ':'][..]
            } else {
                &[' ', '\t', ':']
            });
            let Some(rest) = at.strip_prefix('[') else {
                if !found.inner.is_empty() {
                    found.title = at;
                }
                return found;
            };
            match closing(rest) {
                Some(end) => {
                    found.inner.push(&rest[..end]);
                    found.title = &rest[end + 1..];
                }
                None => return found.unclosed(rest),
            }
        }
    }

    /// `lamp: on [ver #2]`, `lamp: on [PATCH v2]`: tags after the title.
    fn closing(&mut self) {
        let split = self.title.trim_end().strip_suffix(']').and_then(|text| text.rsplit_once('['));
        let Some((title, inner)) = split.filter(|(title, _)| !title.trim().is_empty()) else {
            return;
        };
        let says = |word: &str| word.eq_ignore_ascii_case("patch") || numbered(word).is_some();
        let is_tag = |word: &str| says(word) || is_known(word);
        let mut words = inner.split_whitespace();
        if words.clone().any(says) && words.all(is_tag) {
            (self.title, self.inner) = (title, vec![inner]);
        }
    }

    /// `PATCH v2: lamp: on` has no brackets. A bare `patch:` is an ordinary word.
    fn bare(&mut self) {
        let Some((head, rest)) = self.title.split_once(':') else { return };
        let mut words = head.split_whitespace();
        let is_patch = words.next().is_some_and(|word| word.eq_ignore_ascii_case("patch"));
        let mut more = words.peekable();
        if is_patch && more.peek().is_some() && more.all(is_known) {
            (self.odd, self.title) = (true, rest);
            self.inner.push(head);
        }
    }

    /// `PATCH v2] io_uring: …` lacks the opening bracket.
    fn unopened(&mut self) {
        let head = self.title.get(..5).unwrap_or_default();
        if head.eq_ignore_ascii_case("patch")
            && let Some((inner, rest)) = self.title.split_once(']')
            && !inner.contains('[')
        {
            (self.odd, self.title) = (true, rest);
            self.inner.push(inner);
        }
    }

    /// `[PATCH io_uring/net: correct …`: the tags end before the first word with a colon.
    fn unclosed(mut self, rest: &'a str) -> Self {
        let head = rest.get(..5).unwrap_or_default();
        if !head.eq_ignore_ascii_case("patch") {
            return self;
        }
        let mut end = 0;
        for word in rest.split_inclusive(' ') {
            if word.contains(':') || word.trim().is_empty() {
                break;
            }
            if !is_known(word.trim()) {
                break;
            }
            end += word.len();
        }
        (self.odd, self.title) = (true, &rest[end..]);
        self.inner.push(&rest[..end]);
        self
    }
}

/// Whether a word occurs only in the tags of a patch.
fn is_known(word: &str) -> bool {
    ["patch", "ver", "rfc", "resend", "repost"].iter().any(|known| word.eq_ignore_ascii_case(known))
        || Version::parse(word).is_some()
        || PatchIndex::parse(word).is_some()
        || numbered(word).is_some()
}

/// The end of the bracket that is open at the start of `rest`, skipping nested ones.
fn closing(rest: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in rest.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(i),
            ']' => depth -= 1,
            _ => {}
        }
    }
    // A nested bracket never closes: take the first that does.
    rest.find(']')
}
