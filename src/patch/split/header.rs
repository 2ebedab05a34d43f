//! The header of a `git format-patch` file inside the text of a mail.
//!
//! In: a text that begins with the header. Out: its fields, and whether it contains somebody's words. Only three
//! fields are used. git's values in the others say nothing to a reader, but words beside them do.

use crate::{message, text};

/// The fields of a header, unfolded, and the start of the body.
pub(super) fn fields(text: &str) -> (Vec<String>, usize) {
    let mut fields: Vec<String> = Vec::new();
    let mut at = 0;
    for line in text::whole_lines(text) {
        at += line.len();
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        match fields.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
            Some(field) => field.push_str(line),
            None => fields.push(line.to_owned()),
        }
    }
    (fields, at)
}

/// Whether a header has words that neither git nor a mail program wrote.
pub(super) fn has_words(head: &str) -> bool {
    let (fields, _) = fields(head);
    fields
        .iter()
        .enumerate()
        .any(|(at, field)| !(is_customary(field) || at == 0 && super::is_mbox(field)))
}

/// Whether a field is one that programs write.
fn is_customary(field: &str) -> bool {
    let Some((name, value)) = field.split_once(':') else { return false };
    let value = value.trim();
    let mut words = value.split_ascii_whitespace();
    let is_id = |word: &str| word.starts_with('<') && word.ends_with('>');
    match name.to_ascii_lowercase().as_str() {
        // It is read, and shown elsewhere.
        "subject" => true,
        "date" => message::is_date(value),
        "references" | "in-reply-to" | "message-id" => words.all(is_id),
        "mime-version" | "content-transfer-encoding" => words.count() < 2,
        "content-type" => value.split(';').all(|part| part.split_ascii_whitespace().count() < 2),
        "from" | "to" | "cc" => {
            value.split(',').all(|one| one.trim_end().ends_with('>') || !one.trim().contains(' '))
        }
        _ => false,
    }
}
