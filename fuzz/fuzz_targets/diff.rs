//! Any diff prints exactly as it was parsed; its files, its lines and its table can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::patch::{Diff, Diffstat, PatchId};

fuzz_target!(|text: &str| {
    let parsed = Diff::parse(text);
    let printed = parsed.diff.to_string();
    assert_eq!([&text[..parsed.start], &printed, &text[parsed.end..]].concat(), text);
    for (_, file) in parsed.diff.spans(parsed.start) {
        file.path();
        file.old_path();
        file.counts();
        file.change();
        assert!(file.foreign_lines().count() <= text.len());
    }
    PatchId::of(text);
    if let Some(stat) = Diffstat::parse(text) {
        for line in &stat.lines {
            line.names(line.path);
            line.renamed();
        }
    }
});
