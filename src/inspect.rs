//! Inspect: the result of each stage for one mail, in words. It helps to find out why a page looks wrong, and the
//! tests of the stages use it.
//!
//! In: a mail of the corpus. Out: text, one paragraph per stage. Never here: a decision; the stages made all of
//! them.

use crate::{
    date::{Cadence, Timestamp},
    digest::Period,
    message::{Message, TextReader},
    patch::Mail,
    redact::written_id,
    series::{Applied, Corpus, Fate, Link, MailIx, Review, Revision, Slot, StoredMessage, Witness},
    text::{Mask, Plain},
};

/// The mails with a Message-ID (brackets allowed), or with its address in an archive; several if different mails
/// share it.
pub fn find(corpus: &Corpus, id: &str) -> Vec<MailIx> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let written = written_id(id);
    let id = written.as_deref().unwrap_or(id);
    let all = MailIx::all(corpus.mails.len());
    all.filter(|ix| *corpus.stored(*ix).mail.message.id == *id).collect()
}

/// The result of each stage for a mail, one paragraph per stage, with a line end at the end.
pub fn describe(texts: &TextReader, corpus: &Corpus, ix: MailIx) -> String {
    let letter = corpus.stored(ix);
    let mut out = Paragraphs(Plain::new(Mask::NONE));
    archive(&mut out, corpus, letter);
    message(texts, &mut out, &letter.mail.message);
    patch(&mut out, &letter.mail);
    series(&mut out, corpus, ix);
    digest(&mut out, &letter.mail.message);
    for note in
        corpus.notes.iter().filter(|n| n.message_id.as_ref() == Some(&letter.mail.message.id))
    {
        out.line("note", format!("{}: {}", note.kind.words(), note.detail));
    }
    out.0.into_string()
}

/// Lines of a name and a value under the names of the stages.
struct Paragraphs(Plain<'static>);

impl Paragraphs {
    fn stage(&mut self, name: &'static str) {
        self.0.words(name).words("\n");
    }

    fn line(&mut self, name: &str, value: impl std::fmt::Display) {
        self.0.words("  ").line(&format!("{name:<12}{value}")).words("\n");
    }
}

fn archive(out: &mut Paragraphs, corpus: &Corpus, letter: &StoredMessage) {
    out.stage("archive");
    for (list, place) in &letter.copies {
        out.line(&corpus.lists[list.0 as usize], place);
    }
}

fn message(texts: &TextReader, out: &mut Paragraphs, message: &Message) {
    out.stage("message");
    out.line("id", &message.id);
    out.line("from", message.from.full());
    out.line("date", message.date.map_or_else(|| "unknown".to_owned(), Timestamp::rfc3339));
    if let Some(written) = message.wrong_date() {
        out.line("Date field", written.rfc3339());
    }
    out.line("subject", &message.subject.full);
    if let Some(id) = message.in_reply_to() {
        out.line("answers", id);
    }
    let lines = message.read_text(texts).lines().count();
    out.line("text", format!("{} bytes, {lines} lines", message.text_len()));
    for attachment in &message.attachments {
        let name = if attachment.name.is_empty() { "unnamed" } else { &attachment.name };
        out.line(
            "attached",
            format!("{name}, {}, {} bytes", attachment.media_type, attachment.bytes),
        );
    }
}

fn patch(out: &mut Paragraphs, mail: &Mail) {
    out.stage("patch");
    let subject = &mail.message.subject;
    out.line(
        "role",
        match mail.machine {
            Some(machine) => format!("{:?}, by a machine ({})", mail.role, machine.word()),
            None => format!("{:?}", mail.role),
        },
    );
    out.line("author", mail.author.full());
    out.line("title", &mail.title);
    if !subject.tags.is_empty() {
        out.line("tags", subject.tags.join(" "));
    }
    out.line("version", subject.version());
    if let Some(index) = subject.index {
        let between = if index.inserted { ", put in between" } else { "" };
        out.line("number", format!("{} of {}{between}", index.number, index.total));
    }
    for trailer in &mail.trailers {
        out.line("trailer", format!("{}: {}", trailer.key, trailer.value));
    }
    for notice in &mail.notices {
        let tree = if notice.tree.is_empty() { "" } else { ", tree " };
        let (told, voice) = (notice.told.words(), notice.voice.words());
        out.line("says", format!("{told}, {voice}{tree}{}", notice.tree));
    }
    if let Some(pull) = &mail.pull {
        out.line("pull", format!("{} {}", pull.repository, pull.reference));
    }
    for file in &mail.files {
        let lines = file.lines.map_or("binary".to_owned(), |(a, d)| format!("+{a} -{d}"));
        let from = file.old_path.as_ref().map(|old| format!(" from {old}")).unwrap_or_default();
        out.line("file", format!("{} {}{from} {lines}", file.path, file.change.word()));
    }
}

fn series(out: &mut Paragraphs, corpus: &Corpus, ix: MailIx) {
    out.stage("series");
    let Some((at, number)) = corpus.stored(ix).home else {
        let root = &corpus.stored(corpus.threads.root[ix.at()]).mail.message;
        out.line("none", format!("in the thread of `{}`", root.subject.full));
        return;
    };
    let series = &corpus.series[at.at()];
    let revision = &series.revisions[number as usize];
    out.line("slug", &series.slug);
    out.line("title", &series.title);
    let labels: Vec<String> = series.revisions.iter().map(Revision::label).collect();
    out.line("revision", format!("{} of {}", revision.label(), labels.join(" ")));
    if let Some(Link { evidence, confidence }) = &revision.link {
        let named = evidence.value().map(|id| format!(" <{id}>")).unwrap_or_default();
        out.line("because", format!("{}{named}, {}", evidence.word(), confidence.word()));
    }
    let missing: Vec<String> = revision.missing().map(|n| n.to_string()).collect();
    let missing = if missing.is_empty() { "none".to_owned() } else { missing.join(" ") };
    out.line("patches", format!("{} announced, missing {missing}", revision.expected));
    for slot in &revision.slots {
        if let (Some(from), Some(mail)) = (slot.carried, slot.mail) {
            let from = series.revisions.get(from as usize).map(Revision::label).unwrap_or_default();
            out.line("carried", format!("{} from {from}, {}", slot.number, id(corpus, mail)));
        }
    }
    for slot in &revision.slots {
        let is_asked = slot.mail == Some(ix) || revision.cover == Some(ix);
        ledger(out, corpus, slot, |review| is_asked || review.mail == ix);
        if let Some(applied) = slot.applied.as_ref().filter(|_| is_asked) {
            out.line("taken", format!("{} {}", slot.number, fate(corpus, applied)));
        }
    }
    let shown = series.state.witness.as_ref().map(|shows| format!(", {}", witness(corpus, shows)));
    out.line("state", format!("{}{}", series.state.kind.word(), shown.unwrap_or_default()));
}

/// The requested reviews of a patch.
fn ledger(out: &mut Paragraphs, corpus: &Corpus, slot: &Slot, is_asked: impl Fn(&Review) -> bool) {
    for review in slot.reviews.iter().filter(|review| is_asked(review)) {
        let Review { trailer, scope, standing, comment, mail, .. } = review;
        let comment = if comment.is_empty() { String::new() } else { format!(", `{comment}`") };
        out.line(
            "verdict",
            format!(
                "{} {}: {}, {}, {} by {}{comment}",
                slot.number,
                trailer.key,
                trailer.value,
                scope.word(),
                standing.word(),
                id(corpus, *mail),
            ),
        );
    }
}

/// `applied to mtd/next as 1234abcd, shown by <id>`
fn fate(corpus: &Corpus, applied: &Applied) -> String {
    let word = match applied.fate {
        Fate::Applied => "applied",
        Fate::Pulled => "pulled",
        Fate::Merged => "merged",
        Fate::Stable => "in stable",
    };
    let part = |before: &str, what: &str| match what {
        "" => String::new(),
        what => format!("{before}{what}"),
    };
    let (tree, commit) = (part(" to ", &applied.tree), part(" as ", &applied.commit));
    format!("{word}{tree}{commit}, {}", witness(corpus, &applied.witness))
}

fn witness(corpus: &Corpus, witness: &Witness) -> String {
    match witness {
        Witness::Mail(mail) => format!("shown by {}", id(corpus, *mail)),
        Witness::Cited(mail) => format!("cited by {}", id(corpus, *mail)),
        Witness::BuiltOn(mail) => format!("built on by {}", id(corpus, *mail)),
        Witness::Commit(commit) => format!("shown by commit {commit}"),
    }
}

fn id(corpus: &Corpus, mail: MailIx) -> String {
    format!("<{}>", corpus.stored(mail).mail.message.id)
}

fn digest(out: &mut Paragraphs, message: &Message) {
    out.stage("digest");
    let period =
        message.date.map(|d| Period::containing(d, Cadence::Week, &jiff::tz::TimeZone::UTC));
    out.line("week", period.map_or_else(|| "none, its date is unknown".to_owned(), |p| p.label()));
}
