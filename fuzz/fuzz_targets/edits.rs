//! Any series.yaml holds an editor's corrections or is refused with an error; corrections lose no mail.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::series::{self, Edits, MailIx, Rules};

fuzz_target!(|text: &str| {
    patchpress_fuzz::file("content/series.yaml", text);
    let Ok(edits) = Edits::load(&patchpress_fuzz::folder()) else { return };
    let list = patchpress_fuzz::list(patchpress_fuzz::file("list.mbox", patchpress_fuzz::MBOX));
    let rules = Rules { edits, ..Rules::default() };
    let corpus = series::read(&[list], &rules).expect("the archive is sound");
    let len = corpus.mails.len();
    assert!(MailIx::all(len).all(|ix| corpus.threads.upwards(ix).take(len + 1).count() <= len));
});
