//! A whole digest on one page, for printing and for reading offline.
//!
//! In: a digest. Out: its sections, and for each posted series the text of its cover letter or commit message and
//! the titles of its patches. Never here: a diff, a reply.

pub(crate) mod view;

use crate::{
    digest::{Activity, Digest},
    message::Trailer,
    page::{
        digest::{
            highlights, note_of,
            print::view::{Story, StoryPatch, WholeSection, WholeView},
            sections::{self, counts},
            view::Section,
        },
        part::{
            body,
            layout::{self, About},
            links::Links,
            row::{Excerpts, view::SeriesRow},
            wording,
        },
    },
    plan::{Read, Reader, Route, names},
    say,
    series::{Corpus, Revision, Slot},
    text::Html,
};

/// How many bytes of a letter are printed.
const LETTER: usize = 700;
/// How many patches of a series are named: some series have hundreds.
const PATCHES: usize = 40;

/// The view of `digest-whole.html`.
pub(crate) fn digest_whole<'a>(plan: Reader<'a>, route: &Route, number: usize) -> WholeView<'a> {
    let digest = plan.digest(number);
    let words = &plan.settings.words;
    let links = Links::new(plan, route);
    let heading = wording::heading(&digest.period, plan.settings);
    let sections = sections::sections(plan, &links, digest, Excerpts::With);
    let own = Route::digest(&digest.period);
    let mut about = sections::about_digest(words, digest, &heading);
    about.crumbs.push((wording::short_heading(&digest.period, plan.settings), own.clone()));
    about.title = say!(words, "digest-on-one-page", digest = &heading);
    about.description = say!(words, "digest-on-one-page-about", about = &about.description);
    WholeView {
        page: layout::frame(plan, route, About { kind: "whole", ..about }),
        span: wording::span(&digest.period, plan.settings),
        counts: counts(words, digest, &sections),
        note: note_of(plan, route, number),
        tops: highlights::tops(plan, &links, digest, Excerpts::With),
        sections: whole_sections(plan, &links, digest, sections),
        digest_url: links.to(&own),
        heading,
    }
}

/// A series that was posted gets a story; any other gets one line.
fn whole_sections<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    digest: &Digest,
    sections: Vec<Section<'a>>,
) -> Vec<WholeSection<'a>> {
    let whole = |section: Section<'a>| {
        let Section { anchor, heading, about, style, mut series, threads } = section;
        let mut stories = Vec::new();
        if style == "full" {
            let rows = std::mem::take(&mut series);
            let activities = sections::in_section(plan, digest, anchor);
            let story = |(activity, row)| story(plan, links, activity, row);
            stories.extend(activities.into_iter().zip(rows).map(story));
        }
        WholeSection { anchor, heading, about, stories, series, threads }
    };
    sections.into_iter().map(whole).collect()
}

fn story<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    activity: &Activity,
    row: SeriesRow<'a>,
) -> Story<'a> {
    let Some(revision) = sections::posted(plan.corpus, activity) else {
        return Story { row, letter_html: Html::default(), cut: false, patches: vec![], more: 0 };
    };
    let letter = letter_of(plan.corpus, revision);
    let shown = shortened(&letter);
    // Consecutive patches that never arrived share one line.
    let runs = revision.slots.chunk_by(|a, b| a.mail.is_none() && b.mail.is_none());
    let runs: Vec<&[Slot]> = match revision.slots.len() {
        1 => Vec::new(),
        _ => runs.collect(),
    };
    Story {
        letter_html: body::prose(plan, links, shown),
        cut: shown.len() < letter.len(),
        patches: runs
            .iter()
            .take(PATCHES)
            .map(|run| story_patch(plan.corpus, revision, run))
            .collect(),
        more: runs.iter().skip(PATCHES).map(|run| run.len()).sum(),
        row,
    }
}

/// A patch, or several that never arrived.
fn story_patch<'a>(corpus: Read<'a, Corpus>, revision: &Revision, run: &[Slot]) -> StoryPatch<'a> {
    let slot = &run[0];
    let mail = slot.mail.map(|mail| corpus.mail(mail));
    let churn = wording::churn(mail.into_iter().flat_map(|mail| &mail.files));
    StoryPatch {
        number: match run {
            [first, .., last] => format!("{}–{}/{}", first.number, last.number, revision.expected),
            _ => names::number(revision, slot),
        },
        title: mail.map_or("", names::title),
        added: churn.added,
        deleted: churn.deleted,
    }
}

/// The text of a cover letter, or of the first patch's commit message, without its trailers.
fn letter_of(corpus: Read<'_, Corpus>, revision: &Revision) -> String {
    let first = || revision.slots.iter().find_map(|slot| slot.mail);
    let Some(mail) = revision.cover.or_else(first) else { return String::new() };
    let mail = corpus.mail(mail);
    let text = corpus.text(mail);
    without_trailers(without_shortlog(mail.anatomy.message.of(&text))).to_owned()
}

/// A text without the block of trailers at its end.
fn without_trailers(text: &str) -> &str {
    let text = text.trim_end();
    let (before, last) = text.rsplit_once("\n\n").unwrap_or(("", text));
    let is_block = last.lines().all(|line| Trailer::parse(line).is_some());
    if is_block { before.trim_end() } else { text }
}

/// A letter up to git's shortlog (`Ada Berg (3):`), which the list of patches repeats.
fn without_shortlog(text: &str) -> &str {
    let counted = |paragraph: &str| {
        let first = paragraph.lines().next().unwrap_or_default();
        let number = first.strip_suffix("):").and_then(|name| name.rsplit_once(" ("));
        number.is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let starts = memchr::memmem::find_iter(text.as_bytes(), "\n\n").map(|at| at + 2);
    let shortlog = starts.into_iter().find(|&at| counted(&text[at..]));
    shortlog.map_or(text, |at| text[..at].trim_end())
}

/// The beginning of a letter that fits, cut between paragraphs if possible.
fn shortened(text: &str) -> &str {
    if text.len() <= LETTER {
        return text;
    }
    let fits = &text[..text.floor_char_boundary(LETTER)];
    let end = fits.rfind("\n\n").filter(|&at| at > LETTER / 3).or_else(|| fits.rfind('\n'));
    fits[..end.unwrap_or(fits.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailers_at_the_end_are_left_out() {
        for (text, words) in [
            ("Burn.\n\nSigned-off-by: A <a@x>\nCc: b@x\n", "Burn."),
            ("Burn.\n\nIt glows: well.\n", "Burn.\n\nIt glows: well."),
            ("Signed-off-by: A <a@x>", ""),
            ("", ""),
        ] {
            assert_eq!(without_trailers(text), words);
        }
    }

    #[test]
    fn the_shortlog_is_left_out() {
        for (text, words) in [
            ("Burn.\n\nAda Berg (2):\n  lamp: a\n  lamp: b\n\n a.c | 2 +-", "Burn."),
            ("Burn (2):\n\nIt glows (well):\nAda (3):", "Burn (2):\n\nIt glows (well):\nAda (3):"),
        ] {
            assert_eq!(without_shortlog(text), words);
        }
    }

    #[test]
    fn a_long_letter_ends_with_a_paragraph() {
        let (first, second) = ("a ".repeat(300), "b ".repeat(900));
        assert_eq!(shortened(&format!("{first}\n\n{second}")), first.trim_end());
        assert_eq!(shortened(&"ä".repeat(1_000)).len(), LETTER);
        assert_eq!(shortened("Burn."), "Burn.");
    }
}
