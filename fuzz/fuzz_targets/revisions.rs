//! Any two mails compare as two revisions of a patch, and each mail is in the comparison once. A NUL separates
//! mails, two NULs separate the revisions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::{
    archive::{RawMessage, Source},
    message::TextReader,
    patch::{self, Mail},
    range_diff,
};

fn mails(bytes: &[u8]) -> Vec<Mail> {
    let raw = |bytes| RawMessage { bytes, source: Source::Mail, object: None, delivered: None };
    bytes.split(|byte| *byte == 0).take(8).map(|bytes| patch::read(&raw(bytes))).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let middle = bytes.windows(2).position(|pair| pair == b"\0\0").unwrap_or(bytes.len());
    let (old, new) = bytes.split_at(middle);
    let (old, new) = (mails(old), mails(new.get(2..).unwrap_or_default()));
    let (old, new): (Vec<&Mail>, Vec<&Mail>) = (old.iter().collect(), new.iter().collect());
    let compared = TextReader::read(|texts| {
        for (old, new) in old.iter().zip(&new) {
            range_diff::difference(texts, old, new);
        }
        range_diff::compare(texts, &old, &new)
    });
    let pairs = compared.expect("nothing is read from a disk").pairs;
    assert_eq!(pairs.iter().filter(|pair| pair.old.is_some()).count(), old.len());
    assert_eq!(pairs.iter().filter(|pair| pair.new.is_some()).count(), new.len());
});
