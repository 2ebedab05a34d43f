//! The text digest: a period as plain text, in the form of the one that goes round for the KVM list.
//!
//! In: a [`Digest`]. Out: its text. Sections, their order and their wording are the seed's; where the seed is
//! broken this is not: subjects are whole and decoded, the patch list is filled, a series' cover letter and
//! patches stand together, the author is the one of the statistics. An entry whose sender is another person
//! says so in a line of its own, so that reading the text back gives the same series. Control characters are shown.
//!
//! A mail has the same text with [`Words::Quoted`]: to `git send-email`, `git am`, b4, patchwork and trackers, a line
//! such as `Signed-off-by: …`, `Cc: …` or `diff --git …` is the mail's own, unless it is quoted.

use std::borrow::Cow;

use super::{Digest, Period};
use crate::{
    message::{Mailbox, Subject, TextReader},
    patch::{Mail, Role},
    series::{Corpus, MailIx, Revision, Series},
    text::{Mask, Plain},
};

/// What ends an entry, before a blank line and the next `New:`.
const RULE: &str = "----------------------------------------------------------------------";

/// How lines are written that others wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// As they are: the seed's form.
    Plain,
    /// As a reply quotes them, behind `> `.
    Quoted,
}

impl Words {
    fn line(self, out: &mut Plain<'_>, line: &str) {
        out.words(match self {
            Self::Plain => "",
            Self::Quoted if line.is_empty() => ">",
            Self::Quoted => "> ",
        });
        out.line(line).words("\n");
    }
}

/// The text of a digest. `list` is the list's name as the title has it, `top` the length of the rankings.
pub fn write(
    texts: &TextReader,
    corpus: &Corpus,
    digest: &Digest,
    list: &str,
    top: usize,
    words: Words,
) -> String {
    write_masked(texts, corpus, digest, list, top, words, Mask::NONE)
}

/// The same with `mask` applied to every line.
pub(crate) fn write_masked(
    texts: &TextReader,
    corpus: &Corpus,
    digest: &Digest,
    list: &str,
    top: usize,
    words: Words,
    mask: Mask<'_>,
) -> String {
    let (from, to) = ends(&digest.period);
    let mut out = Plain::new(mask);
    out.words("From ").line(&from).words(" to ").line(&to).words("\n").line(list);
    out.words(" mailing list update from ").line(&from).words(" to ").line(&to).words("\n");
    let domains = digest.domains.iter().map(|rank| (rank.count, rank.who.to_string()));
    ranking(&mut out, top, "contributor Email domains", " ", domains);
    let people = digest.contributors.iter().map(|rank| (rank.count, rank.who.full()));
    ranking(&mut out, top, "contributors", "  ", people);
    out.words("\n===== Patch list in this time period =====\n\n");
    let revisions: Vec<(&Series, &Revision)> = revisions(corpus, digest).collect();
    for (series, revision) in &revisions {
        line(&mut out, words, corpus, (series, revision));
    }
    out.words("\n===== Patch Commit Messages ====\n");
    for ix in revisions.iter().flat_map(|(_, revision)| revision.members()) {
        entry(texts, &mut out, words, &corpus.stored(ix).mail);
    }
    out.into_string()
}

/// The ends of a period as the title names them; a span of time by its first and last day.
fn ends(period: &Period) -> (String, String) {
    match period {
        Period::Range { from, to } => (from.to_string(), to.to_string()),
        Period::Span { label, .. } => (label.to_string(), label.to_string()),
    }
}

/// The revisions posted in the period, in the order of their series.
fn revisions<'a>(
    corpus: &'a Corpus,
    digest: &'a Digest,
) -> impl Iterator<Item = (&'a Series, &'a Revision)> {
    digest.activities.iter().flat_map(|activity| {
        let series = &corpus.series[activity.series.at()];
        activity.posted.iter().map(move |at| (series, &series.revisions[*at as usize]))
    })
}

fn ranking(
    out: &mut Plain<'_>,
    top: usize,
    of: &'static str,
    gap: &'static str,
    rows: impl Iterator<Item = (u64, String)>,
) {
    out.words("\nTop ").number(top as u64, 0).words(" ").words(of);
    out.words(" (Based on Email Body)\n\n");
    for (count, name) in rows.take(top) {
        out.number(count, 7).words(gap).line(&name).words("\n");
    }
}

/// A line of the patch list: the subject of the cover letter or first patch, with the editor's title where there is one,
/// and the author.
fn line(
    out: &mut Plain<'_>,
    words: Words,
    corpus: &Corpus,
    (series, revision): (&Series, &Revision),
) {
    let head = revision.members().next().unwrap_or(MailIx(0));
    let mail = &corpus.stored(head).mail;
    let subject = match series.retitled {
        true => {
            let Subject { full, title, .. } = &mail.message.subject;
            let tags = full.strip_suffix(&**title).unwrap_or_default();
            format!("{tags}{}", series.title).into()
        }
        false => subject(mail),
    };
    words.line(out, &format!("{subject} ({})", revision.author.name));
}

/// The subject of a mail; of a version that came as an answer the one that it means.
fn subject(mail: &Mail) -> Cow<'_, str> {
    let subject = &mail.message.subject;
    match mail.role == Role::Patch && subject.is_reply {
        true => format!("[PATCH {}] {}", subject.version(), mail.title).into(),
        false => (&*subject.full).into(),
    }
}

fn entry(texts: &TextReader, out: &mut Plain<'_>, words: Words, mail: &Mail) {
    let message = &mail.message;
    out.words("\nNew:  ").line(&mail.title).words("\n");
    words.line(out, &subject(mail));
    out.words("Author: ").line(&address(&mail.author)).words("\n");
    if mail.author != message.from {
        out.words("Sender: ").line(&address(&message.from)).words("\n");
    }
    let (anatomy, text) = (&mail.anatomy, message.read_text(texts));
    let body = text.get(anatomy.message.start as usize..anatomy.diff.start as usize);
    let body = body.filter(|_| !mail.files.is_empty()).unwrap_or(&text);
    let body = body.split("\n-- \n").next().unwrap_or(body);
    out.words("\n");
    for line in body.trim_matches('\n').lines() {
        // A rule of the mail's own must not end the entry.
        let blank = if line == RULE { " " } else { "" };
        words.line(out, &format!("{blank}{line}"));
    }
    out.words("\n").words(RULE).words("\n");
}

/// `Name <address>` also where the name is the address: readers of the text look for the brackets.
fn address(who: &Mailbox) -> String {
    format!("{} <{}>", who.name, who.address)
}
