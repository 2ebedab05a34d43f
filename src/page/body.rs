//! The parts of a mail as HTML.
use super::super::text::escape_into;
use crate::patch::{Mail, Span};

#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) message: String,
    pub(crate) notes: String,
    pub(crate) stat: String,
    pub(crate) diff: String,
    pub(crate) rest: String,
}

pub(crate) fn patch(mail: &Mail, _anchor: &str) -> Parts {
    let part = |span: Span| pre(span.of(&mail.message.text));
    Parts {
        message: part(mail.anatomy.message),
        notes: part(mail.anatomy.notes),
        stat: part(mail.anatomy.diffstat),
        diff: part(mail.anatomy.diff),
        rest: part(mail.anatomy.rest),
    }
}

pub(crate) fn reply(mail: &Mail, _anchor: &str) -> String {
    pre(&mail.message.text)
}

pub(crate) fn notes(text: &str) -> String {
    pre(text)
}

fn pre(text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let mut out = String::from("<pre>");
    escape_into(&mut out, text);
    out.push_str("</pre>");
    out
}
