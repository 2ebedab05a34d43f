//! Series and digests as Markdown, and `llms.txt`: checks that their links to this site lead somewhere.
//!
//! In: the bytes of a file that patchpress writes as Markdown. Out: its links, and those that lead nowhere. Links
//! are absolute and in angle brackets, as our writer of Markdown makes them. Never here: other files, which are the
//! author's own; code blocks, which hold the text of mails.

use super::{
    Place, Seen,
    address::{Form, Target},
    finding::Rule,
    page::quoted,
};
use crate::plan::Route;

/// Whether a path is that of one of these files.
pub(super) fn is_ours(path: &str) -> bool {
    path == Route::Llms.file() || path.ends_with("/index.html.md")
}

/// Checks a file.
pub(super) fn look(place: Place<'_>, bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let text = String::from_utf8_lossy(bytes);
    let mut fence = "";
    for (line, number) in text.lines().zip(1..) {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.is_empty() && ticks.len() >= 3 {
            fence = ticks;
        } else if !fence.is_empty() {
            fence = if line == fence { "" } else { fence };
        } else {
            for address in line.split("](<").skip(1).filter_map(|rest| rest.split_once(">)")) {
                look_at(place, address.0, number, &mut seen);
            }
        }
    }
    seen.leads_to.sort_unstable();
    seen.leads_to.dedup();
    seen
}

fn look_at(place: Place<'_>, address: &str, line: usize, seen: &mut Seen) {
    let Target::Site { path, form: Form::Whole, .. } = place.base.target(place.path(), address)
    else {
        return;
    };
    seen.links += 1;
    match place.find(&path) {
        Some(found) => seen.leads_to.push(found),
        None => {
            let message = format!("`{}` is not there", quoted(address));
            seen.findings.push(place.finding(Rule::LinkMissing, line, message));
        }
    }
}
