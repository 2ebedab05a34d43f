//! Any bytes are a mail, and every part of it lies within its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::{
    archive::{RawMessage, Source},
    message::TextReader,
    patch,
};

fuzz_target!(|bytes: &[u8]| {
    let mail =
        patch::read(&RawMessage { bytes, source: Source::Mail, object: None, delivered: None });
    let text = TextReader::read(|texts| mail.message.read_text(texts).into_owned());
    let (text, anatomy) = (&text.expect("it was just read"), &mail.anatomy);
    let parts = [anatomy.message, anatomy.notes, anatomy.diffstat, anatomy.diff, anatomy.rest];
    for part in parts.into_iter().chain(mail.files.iter().map(|file| file.span)) {
        // Panics if a part lies outside the text or cuts a character.
        part.of(text);
    }
    assert!(!mail.message.id.is_empty());
});
