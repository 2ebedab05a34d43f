//! Any people, messages and patterns can be redacted or are refused with an error. A text keeps its number of lines,
//! and a removed person is gone. Input: lines that begin with `p`, `m` or `r`, an empty line, and the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use patchpress::redact::Redaction;

fuzz_target!(|input: &str| {
    let (entries, text) = input.split_once("\n\n").unwrap_or((input, ""));
    let of = |mark: char| {
        let lines = entries.lines().filter_map(|line| line.strip_prefix(mark));
        lines.take(8).map(str::to_owned).collect::<Vec<_>>()
    };
    let (messages, people, patterns) = (of('m'), of('p'), of('r'));
    let Ok(redaction) = Redaction::new(&messages, &people, &patterns) else { return };
    let survey = redaction.survey();
    text.lines().for_each(|line| survey.look(line));
    let redaction = survey.finish();
    let clean = redaction.text(text);
    assert_eq!(clean.matches('\n').count(), text.matches('\n').count());
    redaction.person(text, text, &mut |_| ());
    redaction.id(text);
});
