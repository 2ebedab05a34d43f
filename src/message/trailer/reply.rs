//! The trailers that a reply gives.
//!
//! In: a reply's text, its own paragraphs, its sender. Out: trailers of known keys, because prose is full of colons,
//! and the patches that the words beside each are about. At the start of a line, in the form of git and b4, a review
//! counts whoever it names (the ledger decides whose it is). In other forms (indented, in a list, with a variant of
//! the key, below a diff), a review counts if it names the sender. Indented lines that name others come from pasted
//! commits. Never here: quotes, signatures.

use std::borrow::Cow;

use super::{
    Trailer, TrailerKind, collect,
    key::{self, UTILITY, is_known},
    ok,
};
use crate::{
    message::{Extent, Mailbox, same_person},
    text,
};

/// A trailer that a reply gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) trailer: Trailer,
    /// The patches that the words beside it name.
    pub(crate) extent: Extent,
}

/// A line: the words before a trailer, and the trailer or the whole line.
type Line<'a> = (&'a str, Cow<'a, str>);

/// The trailers in the sender's own words of the reply `whole`; `paragraphs` are these words.
pub(crate) fn in_reply(whole: &str, paragraphs: &[Vec<&str>], sender: &Mailbox) -> Vec<Given> {
    let mut out = Vec::new();
    // Among other words, it replies to a remark.
    if let [only] = paragraphs {
        let ok = ok::given(only, sender);
        out.extend(ok.map(|trailer| Given { trailer, extent: Extent::Answered }));
    }
    let passed_on = ok::passed_on(paragraphs);
    out.extend(passed_on.map(|trailer| Given { trailer, extent: Extent::Answered }));
    for (at, paragraph) in paragraphs.iter().enumerate() {
        // Most paragraphs have no trailer.
        if !paragraph.iter().any(|line| may_have_one(line)) {
            continue;
        }
        let lines = plain(paragraph, sender);
        let mut trailers = collect(lines.iter().map(|(_, line)| &**line));
        trailers.retain(|trailer| is_known(&trailer.key));
        let above = at.checked_sub(1).map(|at| &paragraphs[at][..]).unwrap_or_default();
        if trailers.is_empty() || is_taken_back(paragraph, above) {
            continue;
        }
        let below = paragraphs.get(at + 1).map(Vec::as_slice).unwrap_or_default();
        let around = beside(&lines, above, below);
        out.extend(trailers.into_iter().map(|trailer| {
            let extent = Extent::beside_verdict(trailer.comment()).or_else(|| around.clone());
            Given { extent: extent.unwrap_or_default(), trailer }
        }));
    }
    let below = below_diff(whole, sender);
    out.extend(below.map(|trailer| Given { trailer, extent: Extent::Answered }));
    out
}

/// A quick test: a trailer has a colon after its key, or a `by`.
fn may_have_one(line: &str) -> bool {
    memchr::memchr_iter(b':', line.as_bytes()).any(|colon| {
        let key = line.as_bytes()[..colon].trim_ascii();
        let ends = |end: &str| {
            let at = key.len().checked_sub(end.len());
            at.is_some_and(|at| key[at..].eq_ignore_ascii_case(end.as_bytes()))
        };
        ends("by") || UTILITY.iter().any(|known| key.eq_ignore_ascii_case(known.as_bytes()))
    })
}

/// The lines of a paragraph with reviews in git's form. A removed line becomes an empty one, so that nothing takes
/// its neighbour for the end of the trailer above.
fn plain<'a>(paragraph: &[&'a str], sender: &Mailbox) -> Vec<Line<'a>> {
    let pasted = paragraph.iter().any(|line| is_pasted(line, sender));
    let mut lines = paragraph.iter().copied().peekable();
    let mut out: Vec<Line<'a>> = Vec::with_capacity(paragraph.len());
    // The indentation of the trailers above.
    let mut margin = 0;
    while let Some(line) = lines.next() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let next = lines.peek().map_or("", |next| next.trim_start());
        if let Some(joined) = with_value(bare, next, sender) {
            lines.next();
            out.extend([("", joined.into()), ("", "".into())]);
        } else if indent == 0 {
            let (words, rest) = inline(line);
            let mended = || key::mended(line).filter(|_| Trailer::parse(line).is_none());
            let mended = mended().filter(|line| is_own(line, sender));
            out.push((words, mended.map_or(rest.into(), Cow::from)));
        } else if !may_have_one(bare) {
            out.push(("", if indent <= margin { bare } else { line }.into()));
        } else {
            margin = indent;
            let forms = [Some(Cow::from(bare)), key::mended(bare).map(Cow::from)];
            let mut own = forms.into_iter().flatten().filter(|line| is_own(line, sender));
            out.push(("", own.next().filter(|_| !pasted).unwrap_or_default()));
        }
    }
    out
}

/// Whether the line is a review in the sender's own name.
fn is_own(line: &str, sender: &Mailbox) -> bool {
    let verdict = Trailer::parse(line).filter(|trailer| trailer.kind() == TrailerKind::Review);
    let people = verdict.iter().flat_map(Trailer::apart).filter_map(|trailer| trailer.person());
    people.into_iter().any(|person| same_person(&person, sender))
}

/// Whether the line is an indented Signed-off-by of another person: part of a pasted commit.
fn is_pasted(line: &str, sender: &Mailbox) -> bool {
    let signed = Trailer::parse(line.trim_start()).filter(|_| line.starts_with([' ', '\t']));
    let signed = signed.filter(|trailer| *trailer.key == *"Signed-off-by");
    signed.and_then(|trailer| trailer.person()).is_some_and(|by| !same_person(&by, sender))
}

/// A review whose value is on the next line.
fn with_value(line: &str, next: &str, sender: &Mailbox) -> Option<String> {
    let key = line.strip_suffix(':').filter(|_| !next.contains(':'))?;
    let joined = format!("{key}: {next}");
    is_own(&joined, sender).then_some(joined)
}

/// Splits `For patches 1-3: Acked-by: …` into the words and the trailer. Other lines stay whole, including those
/// with a condition (`If you fix this: Reviewed-by: …`).
fn inline(line: &str) -> (&str, &str) {
    let apart = line.match_indices(": ").map(|(at, _)| line.split_at(at + 2));
    let mut named = apart.filter(|(words, trailer)| {
        let verdict = Trailer::parse(trailer).is_some_and(|t| t.kind() == TrailerKind::Review);
        verdict && words.split(' ').count() <= 8 && words.contains(' ') && !is_condition(words)
    });
    named.next().unwrap_or(("", line))
}

fn is_condition(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut words = lower.split_whitespace();
    words.any(|word| matches!(word, "if" | "unless" | "until" | "once" | "when" | "not"))
}

/// Whether the words before the paragraph's first trailer withdraw or refuse a review: `Please drop my`, `I cannot
/// give a`.
fn is_taken_back(paragraph: &[&str], above: &[&str]) -> bool {
    let first = paragraph.iter().position(|line| may_have_one(line)).unwrap_or(0);
    let Some(lead) = paragraph[..first].last().or_else(|| above.last()) else { return false };
    let lead = lead.to_lowercase();
    let articles =
        ["a", "an", "any", "my", "the", "this", "that", "earlier", "previous", "tag", "you"];
    let mut words = lead.trim_end_matches(':').split_whitespace().rev();
    let last = words.find(|word| !articles.contains(word)).unwrap_or_default();
    let before = words.next().unwrap_or_default();
    let refused = ["cannot", "can't", "won't", "not", "can’t", "won’t"].contains(&before);
    matches!(last, "drop" | "remove" | "withdraw" | "revoke" | "retract")
        || matches!(last, "give" | "offer" | "provide") && refused
}

/// The patches that the words around a block of trailers name: the words before it on its line, the lines above it
/// in its paragraph, the end of the paragraph above if that leads to it (`For the series,`), the lines below, or a
/// paragraph below that begins with `for`.
fn beside(lines: &[Line<'_>], above: &[&str], below: &[&str]) -> Option<Extent> {
    let is_trailer = |line: &Line<'_>| Trailer::parse(&line.1).is_some_and(|t| is_known(&t.key));
    let first = lines.iter().position(is_trailer).unwrap_or(0);
    let last = lines.iter().rposition(is_trailer).unwrap_or(0);
    let prefix = lines.get(first).map_or("", |line| line.0);
    let mut before: Vec<&str> =
        lines[first.saturating_sub(2)..first].iter().map(|line| &*line.1).collect();
    if before.is_empty() && above.last().is_some_and(|line| line.ends_with([':', ','])) {
        before = above[above.len().saturating_sub(2)..].to_vec();
    }
    let mut after: Vec<&str> = lines[last + 1..].iter().map(|line| &*line.1).take(2).collect();
    let leads = |line: &&str| line.to_ascii_lowercase().trim_start_matches('(').starts_with("for ");
    if after.is_empty() && below.first().is_some_and(leads) {
        after = below[..1].to_vec();
    }
    [prefix, &before.join(" "), &after.join(" ")].into_iter().find_map(Extent::beside_verdict)
}

/// The sender's reviews below a diff: some people quote or paste a patch without marks, and give their review at its
/// end. Anything else there belongs to the diff.
fn below_diff(whole: &str, sender: &Mailbox) -> impl Iterator<Item = Trailer> {
    let diff = if whole.starts_with("diff --git ") {
        Some(0)
    } else {
        memchr::memmem::find(whole.as_bytes(), b"\ndiff --git ")
    };
    let below = diff.map_or("", |at| &whole[at..]);
    let signature = |line: &&str| !matches!(*line, "-- " | "--");
    let own = text::lines(below).take_while(signature).filter(|line| may_have_one(line));
    own.filter(|line| is_own(line, sender)).filter_map(Trailer::parse)
}
