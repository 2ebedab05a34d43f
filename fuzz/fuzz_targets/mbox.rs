//! Any file is an archive or is refused with an error; its messages form threads without a loop.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::series::{self, MailIx, Rules};

fuzz_target!(|bytes: &[u8]| {
    let list = patchpress_fuzz::list(patchpress_fuzz::file("list", bytes));
    let Ok(corpus) = series::read(&[list], &Rules::default()) else { return };
    let len = corpus.mails.len();
    let copies: usize = corpus.mails.iter().map(|letter| letter.copies.len()).sum();
    assert_eq!(corpus.received, copies);
    assert!(MailIx::all(len).all(|ix| corpus.threads.upwards(ix).take(len + 1).count() <= len));
});
