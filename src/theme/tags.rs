//! The tags of a template, found without parsing it.
//!
//! In: the source of a template, also of one with mistakes. Out: where its tags begin and end. Never here: what a tag
//! means.

/// The statements of a template, each as its word and what follows it: `include`, ` "row.html" `.
pub(super) fn statements(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            let at = begin_of_tag(rest)?;
            let end = end_of_tag(rest, at);
            let tag = &rest[at..end];
            rest = &rest[end..];
            let Some(said) = tag.strip_prefix("{%") else { continue };
            let said = said.trim_start_matches('-').trim_start();
            let (word, more) = said.split_at(end_of_word(said));
            if word == "raw" {
                rest = &rest[end_of_raw(rest)..];
            }
            return Some((word, more));
        }
    })
}

/// The start of the next tag, expression or comment.
pub(super) fn begin_of_tag(text: &str) -> Option<usize> {
    memchr::memchr_iter(b'{', text.as_bytes())
        .find(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')))
}

/// The end of the tag that begins at `at`; strings in it may contain what looks like an end.
pub(super) fn end_of_tag(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let end: &[u8] = match bytes[at + 1] {
        b'{' => b"}}",
        b'%' => b"%}",
        _ => b"#}",
    };
    let mut here = at + 2;
    while here < bytes.len() {
        if bytes[here..].starts_with(end) {
            return here + 2;
        }
        if end != b"#}" && matches!(bytes[here], b'"' | b'\'' | b'`') {
            let quote = bytes[here];
            here += 1;
            while bytes.get(here).is_some_and(|byte| *byte != quote) {
                here += if bytes[here] == b'\\' { 2 } else { 1 };
            }
        }
        here += 1;
    }
    text.len()
}

/// The end of the word that begins `text`.
pub(super) fn end_of_word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

/// The start of the tag that ends a raw part.
pub(super) fn end_of_raw(text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("{%").map(|at| from + at) {
        if text[at + 2..].trim_start_matches('-').trim_start().starts_with("endraw") {
            return at;
        }
        from = at + 2;
    }
    text.len()
}
