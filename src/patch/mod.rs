//! Stage 3: the proposal of a mail.
//!
//! In: a message, whole. Out: a [`Mail`]: the message with its [`Role`] and, for a patch, its commit message,
//! notes, trailers and per-file changes, as `git mailinfo` and `git apply` would read them. Never here: other
//! messages; an error.

mod bundle;
mod diff;
mod diffstat;
mod file_change;
mod identity;
mod kind;
mod news;
mod notice;
mod places;
#[cfg(feature = "site")]
mod point;
mod pull;
#[cfg(feature = "site")]
mod release;
mod replaced;
mod report;
mod role;
mod sketch;
mod spam;
mod span;
mod split;
pub mod title;
mod tone;
mod version_refs;

use serde::{Deserialize, Serialize};
use std::{collections::HashSet, sync::Arc};

pub use diff::{Diff, FileDiff, Hunk, Line, LineKind, Lines, Parsed, Sides};
pub use diffstat::{Diffstat, StatLine, Total};
pub use file_change::{Change, FileChange};
pub use identity::PatchId;
pub use kind::Kind;
pub use news::{Event, Named, News};
pub use notice::{Entry, Listed, Notice, Told, Voice};
pub use places::Places;
#[cfg(feature = "site")]
pub(crate) use point::{Point, point};
pub use pull::Pull;
#[cfg(feature = "site")]
pub(crate) use release::release;
pub use report::{ReportFacts, ReportId, ReportKind, TrackerCommand};
pub(crate) use role::is_machine;
pub use sketch::Sketch;
#[cfg(feature = "site")]
pub(crate) use split::file_date;
#[cfg(feature = "site")]
pub(crate) use tone::TitleWords;
pub use tone::{Harm, Tone};
pub use version_refs::Cited;

use crate::{
    archive::{RawMessage, Source},
    error::{Note, NoteKind},
    machine::{Machine, Machines},
    message::{self, Extent, Mailbox, Message, Shelf, Subject, SubjectKind, Trailer, Whole},
    pool::{self, Pool},
};
pub use span::Span;
use split::Split;

/// The role of a message on its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Carries a diff and proposes it.
    Patch,
    /// The 0/n message of a posting.
    Cover,
    /// A reply.
    Reply,
    /// A pull request from a repository.
    Pull,
    /// Anything else: questions, announcements, bug reports.
    Other,
}

/// A message, its role and its proposal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mail {
    /// Its text.
    pub message: Message,
    /// Whether it was a mail or an entry of a text digest.
    pub source: Source,
    /// Its role.
    pub role: Role,
    /// The kind of machine that sent it: a test robot, patchwork's bot, a stable queue.
    pub machine: Option<Machine>,
    /// Whether it is spam.
    pub spam: bool,
    /// Who wrote it: the in-body `From:` if there is one, otherwise the sender.
    pub author: Mailbox,
    /// The title of the change: the in-body `Subject:` if there is one, otherwise the subject's.
    #[serde(with = "pool::one")]
    pub title: Arc<str>,
    /// The parts of the text.
    pub anatomy: Anatomy,
    /// The trailers of the commit message (for a patch), or those in the text (for a reply or cover letter).
    pub trailers: Box<[Trailer]>,
    /// For each of a reply's trailers, the patches that the words beside it name; empty if they name none.
    pub extents: Box<[Extent]>,
    /// What a reply says about the fate of the patch it replies to.
    pub notices: Box<[Notice]>,
    /// Whether a reply leaves something open: a question, an objection, a request.
    pub open: bool,
    /// The tone of its sender.
    pub tone: Tone,
    /// The patches that it reports as taken into a tree, by title.
    pub news: Box<[News]>,
    /// Its pull request, if it is one, or a letter that ends in one.
    pub pull: Option<Box<Pull>>,
    /// What it says about bug reports; `None` for most mails.
    pub report_facts: Option<Box<ReportFacts>>,
    /// The files that the diff changes; empty without a diff.
    pub files: Box<[FileChange]>,
    /// git's id of the diff; `None` if git finds no patch in it.
    pub patch_id: Option<PatchId>,
    /// A sketch that finds the diff again after some changes.
    pub sketch: Sketch,
    /// The same for a patch's commit message.
    pub prose: Sketch,
    /// The lines and objects that the diff changes.
    pub places: Places,
    /// What a patch or cover letter says about earlier ones; `None` if it says nothing.
    pub cited: Option<Box<Cited>>,
    /// Whether the patch is in the mainline already, according to its commit message.
    pub backport: bool,
    /// The number of lines of its diff, including context and headers.
    pub diff_lines: u32,
    /// The patches that this mail contains as their cover letter; in a corpus they are mails of their own.
    pub(crate) parts: Box<[Mail]>,
}

impl Mail {
    /// Whether it is an entry of a text digest.
    pub fn is_entry(&self) -> bool {
        self.source == Source::DigestEntry
    }

    /// Whether this patch and the other change files with a common part of the path, as given by `part`.
    pub(crate) fn meets(&self, other: &Self, part: fn(&FileChange) -> &str) -> bool {
        let parts: HashSet<&str> = self.files.iter().map(part).collect();
        other.files.iter().any(|file| parts.contains(part(file)))
    }

    /// Keeps its text, and that of its patches, on `shelf` from now on.
    pub(crate) fn put_on(&mut self, shelf: &Arc<Shelf>) {
        self.message.put_on(shelf);
        self.parts.iter_mut().for_each(|part| part.message.put_on(shelf));
    }

    /// Replaces its strings by the copies that all mails share.
    pub(crate) fn share(&mut self, pool: &Pool) {
        self.parts.iter_mut().for_each(|part| part.share(pool));
        self.message.share(pool);
        self.author.share(pool);
        pool.share(&mut self.title);
        for Trailer { key, value } in &mut self.trailers {
            [key, value].into_iter().for_each(|text| pool.share(text));
        }
        self.news.iter_mut().for_each(|news| news.share(pool));
        for FileChange { path, old_path, .. } in &mut self.files {
            [path].into_iter().chain(old_path).for_each(|text| pool.share(text));
        }
    }
}

/// The parts of the text of a mail. The spans follow each other in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Anatomy {
    /// The text above an attached patch, for readers of the mail; empty for most.
    pub above: Span,
    /// The commit message, without in-body headers; for other mails the whole text before the diff.
    pub message: Span,
    /// Between `---` and the diffstat: the author's notes and changelog.
    pub notes: Span,
    /// The diffstat with its summary, as claimed.
    pub diffstat: Span,
    /// The diff, to the end of its last hunk.
    pub diff: Span,
    /// After the diff: `base-commit:`, the signature, a list's footer.
    pub rest: Span,
}

impl Anatomy {
    /// The text between the diffstat and the diff or the end: changelogs that authors write there, `base-commit:`,
    /// the signature of a cover letter.
    pub fn below_stat(&self) -> Span {
        Span { start: self.diffstat.end, end: self.diff.start }
    }

    /// Whether there is a diff.
    pub fn has_diff(&self) -> bool {
        self.diff.start < self.diff.end
    }
}

/// Reads a message and what it proposes. Never fails.
pub fn read(raw: &RawMessage<'_>) -> Mail {
    of(message::read(raw), raw.source, &Machines::default())
}

/// Reads the proposal of a message, from a mail or a text digest, on a list with these machines. Never fails.
pub fn of(message: Whole, source: Source, machines: &Machines) -> Mail {
    let machine = role::machine(&message, machines);
    bundle::read(message, source, machine)
}

/// The address in the sender's own sign-off, if the sender wrote only a name (`From: Jane Doe`), or an address that
/// no patch tool accepts (`"jane doe"@example.org`: git reads `doe"@example.org`).
fn signed_address(author: &Mailbox, trailers: &[Trailer]) -> Option<Arc<str>> {
    let is_usable = !author.address.is_empty() && !author.address.starts_with('"');
    let mut signed = trailers.iter().filter(|t| t.key.eq_ignore_ascii_case("Signed-off-by"));
    let is_own = |person: &Mailbox| person.name == author.name;
    let own = signed.find_map(|t| t.person().filter(is_own)).filter(|_| !is_usable)?;
    Some(own.address)
}

/// The subject of a mail, completed by a `Subject:` in the body of a patch, and the title of the change.
fn subject_and_title(message: &Whole, split: &Split<'_>, is_patch: bool) -> (Subject, Arc<str>) {
    // An entry of a text digest has no diff, and may be a cover letter even if its subject announces nothing.
    let is_silent = message.subject.kind == SubjectKind::Plain && !split.diff.files.is_empty();
    let mut subject = match is_patch && is_silent {
        true => Subject::of_patch(&message.subject.full),
        false => message.subject.clone(),
    };
    let inner = split.subject.as_deref().filter(|_| is_patch).map(Subject::of_patch);
    let Some(inner) = inner else {
        let title = subject.title.clone();
        return (subject, title);
    };
    let title = inner.title.clone();
    if message.part > 0 {
        subject = inner;
    } else if message.subject.is_reply {
        subject.version = inner.version.or(subject.version);
    }
    (subject, title)
}

/// Reads a message whose machine, if any, is known, and whose role may be known.
fn made(message: Whole, source: Source, machine: Option<Machine>, known: Option<Role>) -> Mail {
    let text = message.text();
    let is_reply = message.subject.is_reply;
    let mut split = match message.part {
        0 if is_reply => split::split_reply(text),
        0 => split::split(text),
        _ => split::split_file(text),
    };
    let role = known.unwrap_or_else(|| role::role(&message, &split, source, machine));
    if message.part == 0 && !is_reply && role == Role::Patch {
        let named = Some(&message.subject).filter(|subject| subject.kind == SubjectKind::Patch);
        split = split::split_attached(text, named).unwrap_or(split);
    }
    let is_patch = role == Role::Patch;
    let takes_headers = is_patch || role == Role::Cover;
    let mut author =
        split.author.clone().filter(|_| takes_headers).unwrap_or_else(|| message.from.clone());
    let (mut subject, title) = subject_and_title(&message, &split, is_patch);
    let files = if is_patch { file_change::of(&split) } else { Vec::new() };
    let diff = split.anatomy.diff.of(text);
    let patch_id = if is_patch { PatchId::of(diff) } else { None };
    let sketch = if is_patch { Sketch::of(diff) } else { Sketch::default() };
    let commit = split.anatomy.message.of(text);
    let prose = if is_patch { Sketch::of_words(commit) } else { Sketch::default() };
    let places = if is_patch { Places::of(&split.diff) } else { Places::default() };
    let diff_lines = memchr::memchr_iter(b'\n', diff.as_bytes()).count();
    let diff_lines = u32::try_from(diff_lines).unwrap_or(u32::MAX);
    let damaged = is_patch && split.diff.is_damaged();
    let has_odd_name = takes_headers && split.has_odd_name;
    let Said { trailers, extents, notices, open } = match role {
        Role::Patch => Said { trailers: message::trailers_of_commit(commit), ..Said::default() },
        Role::Reply => said(&message),
        Role::Cover | Role::Pull | Role::Other => Said::default(),
    };
    if let Some(address) = signed_address(&author, &trailers) {
        author.address = address;
    }
    let upstream = is_patch.then(|| version_refs::upstream(commit)).flatten();
    let mut news = news::read(&message, role);
    if news.is_empty() {
        news.extend(upstream.map(|commit| news::backported(&title, &author, commit)));
        // A branch under test contains commits of the robot.
        let told = if is_patch { commit } else { text };
        news.extend(news::cited(told, role).filter(|_| machine.is_none()));
    }
    let asks = matches!(role, Role::Pull | Role::Cover);
    let pull = asks.then(|| pull::read(text)).flatten().map(Box::new);
    let mut anatomy = split.anatomy;
    if role == Role::Reply || role == Role::Other || role == Role::Pull {
        let whole = Span::from(0..text.len());
        anatomy = Anatomy { message: whole, ..Anatomy::default() };
    }
    let tone = match role {
        Role::Reply | Role::Other => Tone::of(message::own_paragraphs(text).into_iter().flatten()),
        Role::Patch | Role::Cover | Role::Pull => Tone::of(commit.lines()),
    };
    let spam = spam::is_spam(&message, role, machine);
    let report_facts = report::read(&message, role, machine, commit);
    let cited = if role == Role::Reply { None } else { version_refs::read(text) };
    let backport = is_patch && subject.mark_backport(upstream.is_some());
    let mut message = message.into_message();
    message.subject = subject;
    let mut note = |kind, text| {
        let message_id = Some(message.id.clone());
        message.notes.push(Note { message_id, ..Note::new(kind, text) });
    };
    if damaged {
        note(NoteKind::OddDiff, "a hunk is shorter than it says");
    }
    if has_odd_name {
        note(
            NoteKind::Cut,
            "the `From:` line in the body has no name that git accepts; pages show its address only",
        );
    }
    Mail {
        message,
        source,
        role,
        machine,
        spam,
        author,
        title,
        anatomy,
        trailers: trailers.into(),
        extents: extents.into(),
        notices: notices.into(),
        open,
        tone,
        news: news.into(),
        pull,
        report_facts,
        files: files.into(),
        patch_id,
        sketch,
        prose,
        places,
        cited: cited.map(Box::new),
        backport,
        diff_lines,
        parts: Box::default(),
    }
}

/// The part of a mail in its sender's own words.
#[derive(Default)]
struct Said {
    trailers: Vec<Trailer>,
    /// The patches that the trailers are about.
    extents: Vec<Extent>,
    notices: Vec<Notice>,
    open: bool,
}

/// The part of a reply in its sender's own words.
fn said(reply: &Whole) -> Said {
    let text = reply.text();
    let paragraphs = message::own_paragraphs(text);
    // Below a diff there are also tags of others, so only the trailer parser reads there.
    let first = text.starts_with("diff --git ").then_some(0);
    let diff = first.or_else(|| text.find("\ndiff --git "));
    let above = diff.map(|at| message::own_paragraphs(&text[..at]));
    let above = above.as_ref().unwrap_or(&paragraphs);
    let given = message::trailers_of_reply(text, above, &reply.from);
    let said = given.iter().any(|given| given.extent != Extent::Answered);
    let extents = given.iter().filter(|_| said).map(|given| given.extent.clone()).collect();
    let trailers = given.into_iter().map(|given| given.trailer).collect();
    let notices = notice::read(reply, &paragraphs);
    Said { trailers, extents, notices, open: notice::is_open(&paragraphs) }
}
