//! Any file is an archive or refused with words; what it holds is threaded without a loop.
#![no_main]

use std::{io::Write, sync::Arc};

use libfuzzer_sys::fuzz_target;
use patchpress::{
    list::List,
    series::{self, MailIx, Rules},
};

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("write");
    let list = List::of_archive(Arc::from("list"), file.path().to_owned());
    let Ok(corpus) = series::read(&[list], &Rules::default()) else { return };
    let len = corpus.mails.len();
    let copies: usize = corpus.mails.iter().map(|letter| letter.copies.len()).sum();
    assert_eq!(corpus.received, copies);
    assert!(MailIx::all(len).all(|ix| corpus.threads.upwards(ix).take(len + 1).count() <= len));
});
