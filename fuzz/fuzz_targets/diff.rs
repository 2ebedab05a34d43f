//! A diff that is parsed and printed is what it was, whatever it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::patch::Diff;

fuzz_target!(|text: &str| {
    let parsed = Diff::parse(text);
    let printed = parsed.diff.to_string();
    assert_eq!([&text[..parsed.start], &printed, &text[parsed.end..]].concat(), text);
});
