//! The parts of a mail as HTML, with links to what this site shows.
//!
//! In: a mail, and its place on a page. Out: finished HTML of its message, notes, diffstat and diff. [`mod@prose`]
//! and [`diff`] do the work; this module decides which part of a mail is shown as what.

use percent_encoding::percent_decode_str;

use crate::{
    markup::{
        diff::{self, Colours, Cut, Said},
        prose::{self, Reference},
    },
    page::part::{
        links::Links,
        quote_links::{self, Above},
        unchanged_diffs,
    },
    patch::{Diff, Mail, Span},
    plan::{Reader, Route, omitted::Omitted},
    say,
    series::MailIx,
    text::{Html, HtmlWriter, list_footer},
};

/// A longer diffstat of a letter is folded.
const LONG_STAT: usize = 12;

/// The parts of a patch or cover letter; each may be empty.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The commit message or the letter, with its trailers.
    pub(crate) message: Html,
    /// The author's notes.
    pub(crate) notes: Html,
    /// The diffstat.
    pub(crate) stat: Html,
    /// The diff.
    pub(crate) diff: Html,
    /// The text after the diff.
    pub(crate) rest: Html,
}

/// The place of a diff on its page.
struct Place<'a> {
    /// The beginning of its ids.
    anchor: &'a str,
    /// The mail that contains it.
    mail: MailIx,
    /// The level of its files' headings.
    heading: u8,
    /// A file with more lines is folded.
    fold_lines: usize,
    /// The rest of the page's budget for colours.
    colours: &'a Colours,
}

/// A patch or cover letter whose ids begin with `anchor`; its diff is on the page `apart`, if any.
pub(crate) fn parts(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: MailIx,
    anchor: &str,
    apart: Option<&Route>,
    said: &[Vec<Said>],
    colours: &Colours,
) -> Parts {
    let mail = plan.corpus.mail(ix);
    let omitted = plan.omitted_with(ix);
    if omitted == Omitted::Texts {
        return Parts::default();
    }
    let whole = plan.corpus.text(mail);
    let text = |span: Span| prose(plan, links, span.of(&whole));
    let anatomy = &mail.anatomy;
    // The text below the diffstat: notes if a diff follows, otherwise the end of a letter.
    let (more_notes, rest) = match anatomy.has_diff() {
        true => (text(anatomy.below_stat()), anatomy.rest.of(&whole)),
        false => (Html::default(), anatomy.below_stat().of(&whole)),
    };
    let mut notes = plan.html();
    notes.html(&text(anatomy.above)).html(&text(anatomy.notes)).html(&more_notes);
    Parts {
        message: text(anatomy.message),
        notes: notes.finish(),
        // The table of files links to their diffs.
        stat: match mail.files.is_empty() || omitted == Omitted::Diffs {
            true => letter_stat(plan, &text(anatomy.diffstat), anatomy.diffstat.of(&whole)),
            false => stat(plan, mail, &apart.map_or(String::new(), |page| links.to(page)), anchor),
        },
        diff: match apart {
            _ if omitted == Omitted::Diffs => Html::default(),
            Some(_) => Html::default(),
            None => {
                let fold_lines = diff::Options::default().fold_lines;
                let place = Place { anchor, mail: ix, heading: 3, fold_lines, colours };
                file_diffs(plan, links, anatomy.diff.of(&whole), &place, said)
            }
        },
        rest: match is_signature_of_git(rest) {
            true => Html::default(),
            false => prose(plan, links, rest),
        },
    }
}

/// The diff of a patch whose ids begin with `anchor`, alone on its page. Nothing is folded, because a long file
/// hides nothing else.
pub(crate) fn lone_diff(plan: Reader<'_>, links: &Links<'_>, ix: MailIx, anchor: &str) -> Html {
    let mail = plan.corpus.mail(ix);
    let colours = &Colours::beside(mail.diff_lines as usize);
    let place = Place { anchor, mail: ix, heading: 3, fold_lines: usize::MAX, colours };
    file_diffs(plan, links, mail.anatomy.diff.of(&plan.corpus.text(mail)), &place, &[])
}

/// A reply: its whole text. A diff that it suggests is shown as a diff.
pub(crate) fn answer(plan: Reader<'_>, links: &Links<'_>, ix: MailIx, heading: u8) -> Html {
    let mail = plan.corpus.mail(ix);
    let text = plan.corpus.text(mail);
    let (start, end) = (mail.anatomy.diff.start as usize, mail.anatomy.diff.end as usize);
    let (before, suggested, after) = match (text.get(..start), text.get(end..)) {
        (Some(before), Some(after)) if !mail.files.is_empty() => (before, &text[start..end], after),
        _ => (&*text, "", ""),
    };
    let fold_lines = diff::Options::default().fold_lines;
    let colours = &Colours::beside(mail.diff_lines as usize);
    let place = Place { anchor: plan.places.anchor(ix), mail: ix, heading, fold_lines, colours };
    let mut out = plan.html();
    out.html(&answer_prose(plan, links, ix, before));
    out.html(&file_diffs(plan, links, suggested, &place, &[]));
    if !is_signature_of_git(after) {
        out.html(&answer_prose(plan, links, ix, after));
    }
    out.finish()
}

/// Every file of a diff, with the remarks about its lines.
fn file_diffs(
    plan: Reader<'_>,
    links: &Links<'_>,
    text: &str,
    place: &Place<'_>,
    said: &[Vec<Said>],
) -> Html {
    // Colours and marks tear addresses apart.
    let text = plan.mask().apply(text);
    let parsed = Diff::parse(&text);
    let mut out =
        HtmlWriter::with_capacity(plan.mask(), text.len() * 2).in_words(&plan.settings.words);
    let files = &parsed.diff.files;
    let moved = diff::moved(files);
    let shares = diff::shares(files);
    let (mut lost, mut lost_files) = (Cut::default(), 0);
    for (((at, file), moved), max_bytes) in files.iter().enumerate().zip(&moved).zip(shares) {
        // The id that the diffstat links to.
        let anchor = diff::file_anchor(place.anchor, at + 1);
        let same = unchanged_diffs::same(plan, links, place.mail, at);
        let options = diff::Options {
            heading: place.heading,
            fold_lines: place.fold_lines,
            max_bytes,
            colours: Some(place.colours),
            engine: plan.settings.engine,
            same: same.as_ref(),
            moved: Some(moved),
            said: said.get(at).map_or(&[], Vec::as_slice),
        };
        let cut = diff::file(&mut out, file, &anchor, &options);
        if options.is_left_out() && cut.is_cut() {
            lost = Cut { lines: lost.lines + cut.lines, bytes: lost.bytes + cut.bytes };
            lost_files += 1;
        }
    }
    diff::left_out_files(&mut out, lost_files, lost);
    out.finish()
}

/// The words of a mail.
pub(crate) fn prose(plan: Reader<'_>, links: &Links<'_>, text: &str) -> Html {
    let mut out =
        HtmlWriter::with_capacity(plan.mask(), text.len() * 5 / 4).in_words(&plan.settings.words);
    prose_into(plan, &mut out, links, text, prose::Options::default());
    out.finish()
}

/// The text of the reply `ix`. A long quote of text that is on its page already becomes a link.
pub(crate) fn answer_prose(plan: Reader<'_>, links: &Links<'_>, ix: MailIx, text: &str) -> Html {
    let above = Above::default();
    let find = |run: &[(usize, &str)]| quote_links::elsewhere(plan, links, ix, &above, run);
    let mut out =
        HtmlWriter::with_capacity(plan.mask(), text.len() * 5 / 4).in_words(&plan.settings.words);
    let options = prose::Options { find: &find, ..prose::Options::default() };
    prose_into(plan, &mut out, links, text, options);
    out.finish()
}

/// Appends words of a passage in a diff: a quote in it is folded, however short.
pub(crate) fn passage_into(
    plan: Reader<'_>,
    out: &mut HtmlWriter<'_>,
    links: &Links<'_>,
    text: &str,
) {
    let options = prose::Options { fold_quotes: 0, ..prose::Options::default() };
    prose_into(plan, out, links, text, options);
}

fn prose_into(
    plan: Reader<'_>,
    out: &mut HtmlWriter<'_>,
    links: &Links<'_>,
    text: &str,
    options: prose::Options<'_>,
) {
    let resolve = |reference: Reference<'_>| resolve(plan, links, reference);
    if !text.trim().is_empty() {
        prose::mail(out, text, &prose::Options { resolve: &resolve, ..options });
    }
}

/// The place on this site for the web address of a known message, or for a Message-ID.
fn resolve(plan: Reader<'_>, links: &Links<'_>, reference: Reference<'_>) -> Option<String> {
    let mail = match reference {
        Reference::MessageId(id) => plan.places.by_id(id)?,
        Reference::Url(url) => {
            let path = url.split(['?', '#']).next().unwrap_or_default();
            let id = path.split('/').rev().find(|part| part.contains(['@', '%']))?;
            plan.places.by_id(&percent_decode_str(id).decode_utf8_lossy())?
        }
    };
    Some(links.mail(mail))
}

/// The diffstat of a letter: the table of its patches says where they are, so a long one is folded.
fn letter_stat(plan: Reader<'_>, html: &Html, text: &str) -> Html {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    if lines <= LONG_STAT {
        return html.clone();
    }
    let mut out = plan.html();
    let label = say!(out.words(), "diffstat-lines", n = lines);
    out.markup("<details class=q><summary>").text(&label).markup("</summary>\n");
    out.html(html).markup("</details>\n");
    out.finish()
}

/// The table of the files that a patch changes; the diff is on `page`, this one where that is empty.
fn stat(plan: Reader<'_>, mail: &Mail, page: &str, anchor: &str) -> Html {
    let mut out = plan.html();
    diff::diffstat(&mut out, &mail.files, page, anchor);
    out.finish()
}

/// Only text that programs put below a patch: `-- ` and a version, as `git format-patch` ends its mails, nine
/// patches in ten; and the footer of a list.
fn is_signature_of_git(rest: &str) -> bool {
    let mut lines =
        rest[..list_footer(rest)].lines().map(str::trim).filter(|line| !line.is_empty());
    // `2.53.0.rc1-goog`, `2.39.3 (Apple Git-146)`; any other word after it is the sender's.
    let version = |line: &str| {
        let (number, remark) = line.split_once(' ').unwrap_or((line, ""));
        let is_apples = || {
            let build = remark.strip_prefix("(Apple Git-").and_then(|rest| rest.strip_suffix(')'));
            build.is_some_and(|build| build.chars().all(|c| c.is_ascii_digit() || c == '.'))
        };
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.contains('.')
            && number.split(['.', '-', '+']).all(is_part_of_version)
            && (remark.is_empty() || is_apples())
    };
    match (lines.next(), lines.next(), lines.next()) {
        (None, ..) => true,
        (Some("--"), Some(line), None) => version(line),
        _ => false,
    }
}

/// A number (`47`, `0rc1` before git 1.8), a short word (`rc1`, `windows`, `goog`) or a commit (`g43f7c0d`); a number with
/// any other word behind it has the sender's words.
fn is_part_of_version(part: &str) -> bool {
    let word = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_commit =
        || word.strip_prefix('g').is_some_and(|hex| hex.chars().all(|c| c.is_ascii_hexdigit()));
    let is_word =
        || word.len() <= "windows".len() && word.chars().all(|c| c.is_ascii_alphanumeric());
    match word.len() < part.len() {
        true => word.is_empty() || word.starts_with("rc") && word.len() <= "rc10".len(),
        false => !word.is_empty() && (is_word() || is_commit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_of_git_is_known() {
        for (rest, known) in [
            ("-- \n2.47.1\n", true),
            ("-- \n1.8.0rc1\n", true),
            ("-- \n2.45.1.windows.1\n", true),
            ("-- \n2.1.4.11.g43f7c0d\n", true),
            ("-- \n2.47.1thanks\n", false),
            ("-- \n2.47.14-Amsterdam\n", false),
            ("\n-- \n2.53.0.rc1-goog\n\n", true),
            ("-- \n2.39.3 (Apple Git-146)\n", true),
            ("-- \n2.37.1 (Apple Git-137.1)\n", true),
            ("-- \n2.37.1 (Apple Git-137.1) and a word\n", false),
            ("-- \nJane\n", false),
            ("-- \nexample.org - lamps since 1846\n", false),
            ("-- \n2.47.1 will be next\n", false),
            ("base-commit: 12\n-- \n2.47.1\n", false),
            (
                "-- \n2.47.1\n\n\n_____________________________________________\nlantern-devel mailing list\nhttps://x.example\n",
                true,
            ),
            (
                "Hello\n_____________________________________________\nlantern-devel mailing list\n",
                false,
            ),
            ("", true),
        ] {
            assert_eq!(is_signature_of_git(rest), known, "{rest}");
        }
    }
}
