//! Quotes whose lines are on the page already.
//!
//! In: a reply, and a run of quotes in it. Out: for each quoted mail, the number of its quoted lines and the link
//! to them. Never here: HTML; a guess. A quote of depth two is from the parent of the parent: each line must be
//! found among that mail's own words, in order, whatever happened to its white space.
//!
//! Time is linear in the quotes and the texts of the mails above.

use memchr::memmem;
use std::cell::RefCell;

use crate::{
    markup::{
        diff,
        prose::{self, Elsewhere, depth},
    },
    page::part::{links::Links, unchanged_diffs, wording},
    patch::{Diff, Role},
    plan::{Reader, diff_pages, names::slot_anchor, omitted::Omitted},
    say,
    series::MailIx,
};

/// Quotes of more depths are shown in full.
const MAX_DEPTH: usize = 8;

/// The mails above a reply, the nearest first, as far as quotes were followed: their own words, if their pages show
/// all of them. The quotes in one reply are mostly from the same mail.
pub(crate) type Above = RefCell<Vec<Option<Words>>>;

/// The own words of a mail, without blanks.
pub(crate) struct Words {
    mail: MailIx,
    letters: Vec<u8>,
    /// The start of a line: in `letters`, and in the mail's text.
    lines: Vec<(usize, usize)>,
}

/// How far quotes of a mail were followed.
#[derive(Default)]
struct Trail {
    /// After the last line found.
    at: usize,
    /// How many lines are quoted.
    quoted: usize,
    /// The positions of the first and the last of them in the mail's text.
    span: Option<(usize, usize)>,
}

/// Where all lines of a run of quotes are on the page of the reply `mail`; `None` if one of them is not there.
pub(crate) fn elsewhere(
    plan: Reader<'_>,
    links: &Links<'_>,
    mail: MailIx,
    above: &Above,
    run: &[(usize, &str)],
) -> Option<Vec<Elsewhere>> {
    let deepest = run.iter().map(|(depth, _)| *depth).max().filter(|d| *d <= MAX_DEPTH)?;
    let mut above = above.borrow_mut();
    let known = above.len();
    let more = plan.corpus.upwards(mail).skip(1 + known);
    above.extend(more.take(deepest.saturating_sub(known)).map(|ix| words_of(plan, ix)));
    let mut trails: [Trail; MAX_DEPTH] = std::array::from_fn(|_| Trail::default());
    for (depth, text) in run {
        let words = above.get(depth - 1)?.as_ref()?;
        trails[depth - 1].follow(words, text)?;
    }
    let page = plan.places.route(mail);
    let all = above.iter().zip(&trails).filter_map(|(words, trail)| Some((words.as_ref()?, trail)));
    let quoted: Vec<(&Words, &Trail)> = all.filter(|(_, trail)| trail.quoted > 0).collect();
    let is_here = |(words, _): &(&Words, &Trail)| plan.places.route(words.mail) == page;
    (!quoted.is_empty() && quoted.iter().all(is_here))
        .then(|| quoted.iter().map(|(words, trail)| stand(plan, links, words, trail)).collect())
}

/// The own words of a mail, as far as its page shows them.
fn words_of(plan: Reader<'_>, ix: MailIx) -> Option<Words> {
    let mail = plan.corpus.mail(ix);
    let text = plan.corpus.text(mail);
    let most = diff::MAX_BYTES;
    // A page that leaves out diffs still has all other text.
    let has_words = match plan.omitted_with(ix) {
        Omitted::Nothing => true,
        Omitted::Diffs => mail.files.is_empty(),
        Omitted::Texts => false,
    };
    let is_shown = has_words
        && text.len() <= prose::Options::default().max_bytes
        && diff::has_room(mail.diff_lines as usize, mail.files.len())
        && mail
            .files
            .iter()
            .all(|file| file.lines.is_some() && (file.span.end - file.span.start) as usize <= most);
    is_shown.then(|| Words::new(ix, &text))
}

/// The link to the quoted lines of a mail.
fn stand(plan: Reader<'_>, links: &Links<'_>, words: &Words, trail: &Trail) -> Elsewhere {
    let mail = plan.corpus.mail(words.mail);
    let (catalogue, n) = (&plan.settings.words, trail.quoted);
    if let Some((path, url)) = stand_in_diff(plan, links, words, trail) {
        let name = path.rsplit('/').next().unwrap_or(path);
        return Elsewhere { label: say!(catalogue, "quote-of-file", n = n, file = name), url };
    }
    let label = match mail.role {
        Role::Patch => say!(catalogue, "quote-of-patch", n = n),
        _ => {
            let who = wording::person(&mail.author).name;
            say!(catalogue, "quote-by", n = n, who = who)
        }
    };
    Elsewhere { label, url: links.mail(words.mail) }
}

/// The file of a patch that contains all the lines, and the link to their hunk.
fn stand_in_diff<'p>(
    plan: Reader<'p>,
    links: &Links<'_>,
    words: &Words,
    trail: &Trail,
) -> Option<(&'p str, String)> {
    let (first, last) = trail.span?;
    let mail = plan.corpus.mail(words.mail);
    let is_in = |span: crate::patch::Span| {
        (span.start as usize..span.end as usize).contains(&first) && last < span.end as usize
    };
    let at = mail.files.iter().position(|file| is_in(file.span))?;
    let file = &mail.files[at];
    let (ix, revision) = plan.corpus.stored(words.mail).home?;
    let series = plan.corpus.series(ix);
    let revision = series.revisions.get(revision as usize)?;
    let slot = revision.slots.iter().find(|slot| slot.sent() == Some(words.mail))?;
    let page = match plan.corpus.has_diff_pages(revision) {
        true => diff_pages::diff_route(series, revision, slot),
        false => plan.places.route(words.mail),
    };
    let mut anchor = diff::file_anchor(&slot_anchor(revision, slot), at + 1);
    // A later revision shows the lines: only the file has an id here.
    if unchanged_diffs::same(plan, links, words.mail, at).is_none() {
        let text = plan.corpus.text(mail);
        let hunk = hunk_at(file.span.of(&text), first - file.span.start as usize);
        anchor.extend(hunk.map(|number| format!("@{number}")));
    }
    Some((&file.path, links.anchored(&page, &anchor)))
}

/// The number of the hunk of a file's diff that contains the byte `at`, from 1.
fn hunk_at(text: &str, at: usize) -> Option<usize> {
    let parsed = Diff::parse(text);
    let hunks = &parsed.diff.files.first()?.hunks;
    let start = |header: &str| header.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    Some(hunks.partition_point(|hunk| start(hunk.header) <= at)).filter(|number| *number > 0)
}

impl Words {
    fn new(mail: MailIx, text: &str) -> Self {
        let mut words = Self { mail, letters: Vec::with_capacity(text.len()), lines: Vec::new() };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if depth(line) == 0 {
                words.lines.push((words.letters.len(), start));
                letters(&mut words.letters, line);
            }
            start += line.len();
        }
        words
    }
}

impl Trail {
    /// Finds the lines of a quote after those found before; `None` if one is missing.
    fn follow(&mut self, words: &Words, quote: &str) -> Option<()> {
        let mut wanted = Vec::new();
        for line in quote.lines() {
            wanted.clear();
            letters(&mut wanted, &line[prose::quote_prefix(line).len()..]);
            self.quoted += 1;
            if wanted.is_empty() {
                continue;
            }
            let rest = &words.letters[self.at..];
            // It is mostly the next line.
            let behind = if rest.starts_with(&wanted) { 0 } else { memmem::find(rest, &wanted)? };
            let found = self.at + behind;
            self.at = found + wanted.len();
            let line = words.lines.partition_point(|(at, _)| *at <= found);
            let start = words.lines[line.saturating_sub(1)].1;
            self.span = Some((self.span.map_or(start, |(first, _)| first), start));
        }
        Some(())
    }
}

/// Appends a line without blanks: mail programs turn tabs into blanks and blanks into U+00A0, and wrap lines.
fn letters(out: &mut Vec<u8>, line: &str) {
    let mut rest = line.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = match (first, tail) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => tail,
            (0xc2, [0xa0, tail @ ..]) => tail,
            _ => {
                out.push(*first);
                tail
            }
        };
    }
}
