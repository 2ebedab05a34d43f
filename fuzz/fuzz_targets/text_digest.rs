//! A text digest with any entries is read, and each of its entries is a message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::series::{self, Rules};

const HEAD: &[u8] = b"From 0a1b2c3d to 4e5f6a7b\nLamp mailing list update from 0a1b2c3d to 4e5f6a7b\n\n";

fuzz_target!(|bytes: &[u8]| {
    let list = patchpress_fuzz::list(patchpress_fuzz::file("digest.txt", [HEAD, bytes].concat()));
    // A digest without entries is an archive without mails, which the program refuses.
    let Ok(corpus) = series::read(&[list], &Rules::default()) else { return };
    let copies: usize = corpus.mails.iter().map(|letter| letter.copies.len()).sum();
    assert_eq!(corpus.received, copies);
});
