//! A digest as plain text: in lines short enough for mails, and in the format of the KVM list's digest.
//!
//! In: a [`Document`]. Out: its text. [`body`] is the text of a mail. [`seed`] has the sections of the KVM list's
//! digest in their order and wording, with the document in its patch list, and entries that read back as the same
//! series: subjects are whole and decoded, cover letter and patches of a series stand together, each series once,
//! the author is the one of the statistics. Control characters are shown.

use std::borrow::Cow;

use crate::{
    config::Addresses,
    digest::{Activity, Digest, Messages, Period},
    message::{Mailbox, Subject, closing_version},
    page::{
        digest::document::{Document, Item, Note, Section},
        part::{links::Links, messages::archive_url, place::Place, row::Excerpts},
    },
    patch::{Mail, Role},
    plan::{Reader, Route},
    say,
    series::{MailIx, Revision, Series},
    text::{Plain, WIDTH, visible, wrapped},
    words::Words,
};

/// The line that ends an entry, before a blank line and the next entry.
const RULE: &str = "----------------------------------------------------------------------";

/// The text of a document without its title: the numbers, the address of its page, the note, the sections, the
/// rankings.
pub(crate) fn body(document: &Document, words: &Words) -> String {
    let mut out = String::new();
    wrapped(&mut out, &document.about, "", "", WIDTH);
    if !document.title.url.is_empty() {
        wrapped(&mut out, &document.title.url, "", "", WIDTH);
    }
    if let Some(note) = &document.note {
        out.push('\n');
        out.push_str(&note_text(note, words));
    }
    for section in document.sections.iter().chain(&document.rankings) {
        self::section(&mut out, section, words, Detail::All);
    }
    visible(&out).into_owned()
}

/// How much of an item the text has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// With its excerpt and its changes.
    All,
    /// Its title, its link, its facts.
    Line,
}

fn note_text(note: &Note, words: &Words) -> String {
    let mut out = String::new();
    heading(&mut out, &note.heading);
    out.push_str(&note.told.text);
    out.push('\n');
    if !note.author.is_empty() {
        out.push('\n');
        out.push_str(&say!(words, "note-signed", who = &note.author));
        out.push('\n');
    }
    out
}

/// A heading, underlined.
fn heading(out: &mut String, text: &str) {
    wrapped(out, text, "", "", WIDTH);
    let length = text.chars().count().min(WIDTH);
    out.push_str(&"=".repeat(length));
    out.push_str("\n\n");
}

fn section(out: &mut String, section: &Section, words: &Words, detail: Detail) {
    out.push('\n');
    heading(out, &section.heading);
    if !section.about.is_empty() {
        wrapped(out, &section.about, "", "", WIDTH);
        out.push('\n');
    }
    section.items.iter().for_each(|one| item(out, one, words, detail));
    if section.more > 0 {
        wrapped(out, &section.words_for_more(words), "* ", "  ", WIDTH);
        if !section.url.is_empty() {
            wrapped(out, &section.url, "  ", "  ", WIDTH);
        }
    }
}

/// An item. Text that others wrote never begins a line.
fn item(out: &mut String, item: &Item, words: &Words, detail: Detail) {
    let facts: Vec<&str> = item.facts.iter().map(|fact| &*fact.label).collect();
    let facts = facts.join(" · ");
    match item.head.title.as_str() {
        "" => return wrapped(out, &facts, "* ", "  ", WIDTH),
        title if item.label.is_empty() => wrapped(out, title, "* ", "  ", WIDTH),
        title => {
            let title = say!(words, "labelled", label = &item.label, title = title);
            wrapped(out, &title, "* ", "  ", WIDTH);
        }
    }
    for line in [item.head.url.as_str(), &facts].into_iter().filter(|line| !line.is_empty()) {
        wrapped(out, line, "  ", "  ", WIDTH);
    }
    if detail == Detail::All {
        if !item.text.is_empty() {
            wrapped(out, &item.text, "  ", "  ", WIDTH);
        }
        item.points.iter().for_each(|point| wrapped(out, point, "  - ", "    ", WIDTH));
    }
}

/// The text form of a digest of the list of this name.
pub(crate) fn seed(plan: Reader<'_>, number: usize, list: &str, messages: Messages) -> String {
    let place = Place::of(plan.settings);
    let (digest, document) =
        (plan.digest(number), Document::new(plan, number, list, place, Excerpts::Without));
    let (words, top) = (&plan.settings.words, plan.settings.top);
    let mut out = Plain::new(plan.mask());
    let (from, to) = ends(&digest.period);
    out.words("From ").line(&from).words(" to ").line(&to).words("\n").line(list);
    out.words(" mailing list update from ").line(&from).words(" to ").line(&to).words("\n");
    if let Some(note) = &document.note {
        out.words("\n");
        // With blanks in front, none of its lines can be mistaken for one of the format.
        lines(&mut out, "  ", &note_text(note, words));
    }
    let domains = digest.domains.iter().map(|rank| (rank.count, rank.who.to_string()));
    ranking(&mut out, top, "contributor Email domains", " ", domains);
    let people = digest.contributors.iter().map(|rank| (rank.count, rank.who.full()));
    ranking(&mut out, top, "contributors", "  ", people);
    out.words("\n===== Patch list in this time period =====\n");
    let mut list = String::new();
    for one in &document.sections {
        section(&mut list, one, words, Detail::Line);
    }
    lines(&mut out, "", &list);
    out.words("\n===== Patch Commit Messages ====\n");
    let entries = Entries { plan, digest, place };
    entries.write(&mut out, messages);
    out.into_string()
}

fn lines(out: &mut Plain<'_>, indent: &'static str, text: &str) {
    for line in text.lines() {
        out.words(if line.is_empty() { "" } else { indent }).line(line).words("\n");
    }
}

/// The ends of a period as the title names them; for a week, a day or a month, its label.
fn ends(period: &Period) -> (String, String) {
    match period {
        Period::Range { from, to } => (from.to_string(), to.to_string()),
        Period::Span { label, .. } => {
            let (first, last) = label.split_once("..").unwrap_or((&**label, &**label));
            (first.to_owned(), last.to_owned())
        }
    }
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

/// The letters and patches of a digest.
struct Entries<'a> {
    plan: Reader<'a>,
    digest: &'a Digest,
    place: Place<'a>,
}

impl<'a> Entries<'a> {
    /// Each series once: its last revision of the period. If that has only some of the patches, also the revisions
    /// before it, back to a complete one.
    fn write(&self, out: &mut Plain<'_>, messages: Messages) {
        for activity in &self.digest.activities {
            let series = self.plan.corpus.series(activity.series);
            for revision in printed(series, &activity.posted) {
                for mail in chosen(revision, messages) {
                    let is_head = revision.members().next() == Some(mail);
                    let edited = (series.retitled && is_head).then_some(&*series.title);
                    let tag = if is_head { self.tag(revision, mail) } else { String::new() };
                    self.entry(out, activity, mail, (&tag, edited));
                }
            }
        }
    }

    /// The tag of a head whose title alone says the version (`rework the lamp v2`). Other postings confirm that
    /// version, but a text that prints each series once does not have them.
    fn tag(&self, revision: &Revision, head: MailIx) -> String {
        let subject = &self.plan.corpus.mail(head).message.subject;
        let closing = closing_version(&subject.title).map(|(_, version)| version);
        let is_closing = closing == Some(revision.version) && subject.version() != revision.version;
        match (is_closing, revision.cover) {
            (false, _) => String::new(),
            (true, Some(_)) => format!("[PATCH {} 0/{}] ", revision.version, revision.slots.len()),
            (true, None) => format!("[PATCH {}] ", revision.version),
        }
    }

    /// A letter or a patch, with a tag for its subject and the editor's title, if there are any.
    fn entry(
        &self,
        out: &mut Plain<'_>,
        activity: &Activity,
        ix: MailIx,
        (tag, edited): (&str, Option<&str>),
    ) {
        let mail = self.plan.corpus.mail(ix);
        let message = &mail.message;
        out.words("\n").words(mark(activity)).line(edited.unwrap_or(&mail.title)).words("\n");
        let written = if tag.is_empty() {
            subject(mail, edited)
        } else {
            format!("{tag}{}", edited.unwrap_or(&mail.title)).into()
        };
        out.line(&written).words("\n");
        out.words("Author: ").line(&address(&mail.author)).words("\n");
        if mail.author != message.from {
            out.words("Sender: ").line(&address(&message.from)).words("\n");
        }
        let link = self.link(ix);
        if !link.is_empty() {
            out.words("Link: ").line(&link).words("\n");
        }
        let (anatomy, text) = (&mail.anatomy, self.plan.corpus.text(mail));
        let body = text.get(anatomy.message.start as usize..anatomy.diff.start as usize);
        let body = body.filter(|_| !mail.files.is_empty()).unwrap_or(&text);
        let body = body.split("\n-- \n").next().unwrap_or(body);
        out.words("\n");
        for line in body.trim_matches('\n').lines() {
            // A rule in the mail must not end the entry.
            out.words(if line == RULE { " " } else { "" }).line(line).words("\n");
        }
        out.words("\n").words(RULE).words("\n");
    }

    /// The address of a mail: on the site, otherwise in the list's archive. The latter contains the Message-ID,
    /// which mostly contains the sender's address, so a site that masks addresses does not name it.
    fn link(&self, ix: MailIx) -> String {
        let (links, settings) = (Links::new(self.plan, &Route::NotFound), self.plan.settings);
        match self.place.address(&links.mail(ix)) {
            url if url.is_empty() && settings.addresses == Addresses::Full => {
                archive_url(self.plan.corpus, settings, ix)
            }
            url => url,
        }
    }
}

/// The revisions of a series that are printed, among those posted in the period.
fn printed<'s>(series: &'s Series, posted: &[u32]) -> Vec<&'s Revision> {
    let all: Vec<&Revision> = posted.iter().map(|at| &series.revisions[*at as usize]).collect();
    let is_whole = |revision: &&Revision| revision.slots.iter().all(|slot| slot.sent().is_some());
    let first = all.iter().rposition(is_whole).unwrap_or(0);
    all[first..].to_vec()
}

/// The mails of a revision that are printed.
fn chosen(revision: &Revision, messages: Messages) -> Vec<MailIx> {
    match messages {
        Messages::None => Vec::new(),
        Messages::All => revision.members().collect(),
        Messages::First => {
            let first = revision.slots.iter().find_map(|slot| slot.mail);
            revision.cover.into_iter().chain(first).collect()
        }
    }
}

/// The beginning of an entry, for programs that read the text.
fn mark(activity: &Activity) -> &'static str {
    match &activity.applied {
        Some(taken) if taken.patches == taken.of => "Applied:  ",
        _ if activity.is_new => "New:  ",
        _ => "Updated:  ",
    }
}

/// The subject of a mail, with the editor's title if there is one. For a version that came as a reply, the subject
/// that it means.
fn subject<'m>(mail: &'m Mail, edited: Option<&str>) -> Cow<'m, str> {
    let Subject { full, title, .. } = &mail.message.subject;
    match (mail.role == Role::Patch && mail.message.subject.is_reply, edited) {
        (true, _) => {
            let title = edited.unwrap_or(&mail.title);
            format!("[PATCH {}] {title}", mail.message.subject.version()).into()
        }
        (false, Some(edited)) => {
            format!("{}{edited}", full.strip_suffix(&**title).unwrap_or_default()).into()
        }
        (false, None) => (&**full).into(),
    }
}

/// `Name <address>`, even if the name is the address: programs that read the text look for the brackets.
fn address(who: &Mailbox) -> String {
    [&*who.name, " <", &*who.address, ">"].concat()
}
