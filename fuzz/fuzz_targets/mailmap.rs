//! Any text is a mailmap, and every person it names becomes one person.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::message::{Mailbox, Mailmap};

fuzz_target!(|text: &str| {
    let map = Mailmap::parse(text);
    assert!(Mailmap::mistakes(text).count() <= text.lines().count());
    map.kin();
    for mailbox in text.lines().map(Mailbox::parse) {
        let folded = map.fold(&mailbox).into_owned();
        map.key(&mailbox);
        map.key(&folded);
    }
});
