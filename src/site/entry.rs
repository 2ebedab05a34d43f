//! What stands in a feed's entry: HTML that reads right with no class, no style and few elements.
//!
//! Only `p ul li pre code a` are used. Links are whole addresses.

use crate::{
    date::Timestamp,
    digest::Activity,
    page::{Plan, Route},
    patch::FileChange,
    series::{MailIx, Revision, SeriesIx},
    text::escape_text_into,
};

/// How many bytes of a text an entry holds.
const MOST_TEXT: usize = 24 * 1024;
/// How many files a diffstat names.
const MOST_FILES: usize = 100;

/// A heading, and what stands below it.
type Rule = (&'static str, fn(&Activity) -> bool);

/// How much the entry of a revision tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// The letter, the patches, the diffstat.
    Whole,
    /// The facts and the first sentences.
    Short,
}

/// One event of the site.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    /// A period is over.
    Digest {
        /// Its number in the plan.
        number: usize,
        /// Its newest message.
        updated: Timestamp,
    },
    /// A revision was posted.
    Revision {
        /// The series.
        series: SeriesIx,
        /// The number of the revision.
        revision: usize,
        /// When it was posted.
        updated: Timestamp,
    },
}

impl Entry {
    pub(super) fn updated(&self) -> Timestamp {
        match self {
            Self::Digest { updated, .. } | Self::Revision { updated, .. } => *updated,
        }
    }

    pub(super) fn revision(&self) -> Option<(SeriesIx, usize)> {
        match self {
            Self::Digest { .. } => None,
            Self::Revision { series, revision, .. } => Some((*series, *revision)),
        }
    }

    /// What decides the order: the date, then a total order among those of one second.
    pub(super) fn order(&self) -> (Timestamp, u8, usize, usize) {
        match self {
            Self::Digest { number, updated } => (*updated, 1, *number, 0),
            Self::Revision { series, revision, updated } => (*updated, 0, series.at(), *revision),
        }
    }
}

/// A digest: its numbers, then what is new, what was posted again, what was applied.
pub(super) fn html_digest(plan: &Plan<'_>, number: usize) -> String {
    let digest = plan.digests[number];
    let mut out = String::from("<p>");
    let posted = digest.activities.iter().filter(|a| !a.posted.is_empty()).count();
    text(&mut out, &format!("{} messages, {posted} series posted.", digest.messages.len()));
    out.push_str("</p>\n");
    let sections: [Rule; 3] = [
        ("New series", |a| a.is_new && !a.posted.is_empty()),
        ("New revisions", |a| !a.is_new && !a.posted.is_empty()),
        ("Applied", |a| a.applied.is_some()),
    ];
    for (heading, wanted) in sections {
        let activities: Vec<_> = digest.activities.iter().filter(|a| wanted(a)).collect();
        if activities.is_empty() || out.len() > MOST_TEXT * 4 {
            continue;
        }
        out.push_str("<p>");
        text(&mut out, heading);
        out.push_str("</p>\n<ul>\n");
        for activity in activities {
            let last = *activity.posted.last().unwrap_or(&activity.newest);
            item(&mut out, plan, activity.series, last as usize);
        }
        out.push_str("</ul>\n");
    }
    out
}

/// A revision: the facts, the author's changelog, the cover letter, its patches, the diffstat.
pub(super) fn html_revision(
    plan: &Plan<'_>,
    (series, number): (SeriesIx, usize),
    telling: Telling,
) -> String {
    let revision = &plan.corpus.series[series.at()].revisions[number];
    let mut out = String::from("<p>");
    let missing = revision.missing().count();
    let mut facts = format!("{} patches", revision.slots.len());
    if revision.slots.len() == 1 {
        facts = "One patch".into();
    }
    if missing > 0 {
        facts.push_str(&format!(", of which {missing} never arrived on the list"));
    }
    text(&mut out, &facts);
    if telling == Telling::Short {
        text(&mut out, &plan.revision_facts(series, number));
        out.push_str(".</p>\n<p>");
        text(&mut out, &plan.revision_excerpt(series, number));
        out.push_str("</p>\n");
        return out;
    }
    out.push_str(".</p>\n");
    let first = revision.cover.or_else(|| revision.slots.iter().find_map(|slot| slot.mail));
    if let Some(mail) = first.map(|mail| &plan.corpus.letter(mail).mail) {
        for part in [mail.anatomy.message, mail.anatomy.notes] {
            pre(&mut out, part.of(&mail.message.text));
        }
    }
    patches(&mut out, plan, revision);
    pre(&mut out, &diffstat(plan.files(revision)));
    out
}

fn patches(out: &mut String, plan: &Plan<'_>, revision: &Revision) {
    if revision.slots.len() < 2 {
        return;
    }
    out.push_str("<ul>\n");
    for slot in &revision.slots {
        let title = |mail: MailIx| &*plan.corpus.letter(mail).mail.title;
        out.push_str("<li>");
        match slot.mail {
            Some(mail) => {
                let label = format!("{}/{} {}", slot.number, revision.expected, title(mail));
                // A patch that is carried over lies on the page of the revision that sent it.
                let page = plan.message_route(mail).absolute(&plan.settings.base_url);
                anchor(out, &format!("{page}#{}", plan.message_anchor(mail)), &label);
            }
            None => text(out, &format!("{}/{} never arrived", slot.number, revision.expected)),
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

fn item(out: &mut String, plan: &Plan<'_>, series: SeriesIx, number: usize) {
    let route: Route = plan.revision_route(series, number);
    let (title, author) = plan.revision_title(series, number);
    out.push_str("<li>");
    anchor(out, &route.absolute(&plan.settings.base_url), &title);
    text(out, &format!(" by {author}"));
    out.push_str("</li>\n");
}

/// A diffstat in plain text, one line a file.
fn diffstat<'a>(files: impl Iterator<Item = &'a FileChange>) -> String {
    let mut out = String::new();
    for (place, file) in files.enumerate() {
        if place == MOST_FILES {
            out.push_str("…\n");
            break;
        }
        match file.lines {
            Some((added, deleted)) => {
                out.push_str(&format!("{} | +{added} -{deleted}\n", file.path));
            }
            None => out.push_str(&format!("{} | binary\n", file.path)),
        }
    }
    out
}

fn anchor(out: &mut String, href: &str, label: &str) {
    out.push_str("<a href=\"");
    crate::text::escape_into(out, href);
    out.push_str("\">");
    text(out, label);
    out.push_str("</a>");
}

/// Text whose lines stay, cut at a line where it is very long; nothing where there is none.
fn pre(out: &mut String, content: &str) {
    let content = content.trim_matches('\n').trim_end();
    if content.is_empty() {
        return;
    }
    let cut = content.len() > MOST_TEXT;
    let end = if cut { content.floor_char_boundary(MOST_TEXT) } else { content.len() };
    let end = if cut { content[..end].rfind('\n').unwrap_or(end) } else { end };
    out.push_str("<pre>");
    text(out, &content[..end]);
    out.push_str(if cut { "\n[cut]</pre>\n" } else { "</pre>\n" });
}

fn text(out: &mut String, content: &str) {
    escape_text_into(out, content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_line() {
        let mut out = String::new();
        pre(&mut out, &"é <line>\n".repeat(5000));
        assert!(out.ends_with("é &lt;line>\n[cut]</pre>\n"), "{}", &out[out.len() - 60..]);
        assert!(out.len() < 2 * MOST_TEXT);
        let mut none = String::new();
        pre(&mut none, "\n\n");
        assert_eq!(none, "");
    }
}
