//! Any text is a subject, a list of addresses and a trailer; the parsed subject parses to the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::{
    message::{Mailbox, Subject, Trailer},
    patch::title,
};

fuzz_target!(|text: &str| {
    for parse in [Subject::parse, Subject::of_patch] {
        let subject = parse(text);
        subject.version();
        let again = parse(&subject.full);
        assert_eq!((&again.title, &again.tags), (&subject.title, &subject.tags));
        assert_eq!((again.version, again.index), (subject.version, subject.index));
    }
    title::normal(text);
    title::bare(text);
    for mailbox in Mailbox::parse_all(text) {
        mailbox.key();
        mailbox.domain();
        mailbox.full();
    }
    if let Some(trailer) = text.lines().find_map(Trailer::parse) {
        trailer.kind();
        trailer.person();
        trailer.comment();
        trailer.is_approval();
    }
});
