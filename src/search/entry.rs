//! An entry of the index: a series, a thread, a person or a page of the author, with its words and its row in a list
//! of results.
//!
//! In: the plan, and one of them. Out: its bag of words, and its row. Never here: another entry, a file.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::terms::{Bag, Field, Filler};
use crate::{
    config::Addresses,
    date::Timestamp,
    json::masked,
    message::{Mailbox, own_paragraphs},
    page::{part::titles, search},
    patch::{Anatomy, Role},
    plan::{ContentPage, Reader, Route},
    say,
    series::{MailIx, Revision, Series, SeriesIx, Slot, Sort, StateKind},
    text,
};

/// The most titles of patches, and the most paths, in a row.
const SHOWN: usize = 24;
/// The most bytes of the first message in a row.
const EXCERPT: usize = 240;

/// The kinds of entries.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'p> {
    Series(SeriesIx),
    Thread(&'p [MailIx]),
    /// The name, the address, the number of posted series, the date of the last mail.
    Person(&'p str, &'p str, usize, Option<Timestamp>),
    Page(&'p ContentPage),
}

/// What the index has about one of them.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its words.
    pub(super) bag: Bag,
    /// What a list of results shows, as JSON: see the format in [`super`].
    pub(super) row: Box<str>,
}

/// The words and the row of one of them.
pub(super) fn entry(
    plan: Reader<'_>,
    filler: &mut Filler,
    (subject, route): &(Subject<'_>, Route),
) -> Entry {
    match subject {
        Subject::Series(ix) => {
            let series = plan.corpus.series(*ix);
            fill_series(plan, filler, series);
            Entry {
                bag: filler.take(),
                row: masked(&series_row(plan, *ix, series, route), plan.mask()).into(),
            }
        }
        Subject::Person(name, key, posted, seen) => {
            // Making it takes no longer than looking for an old one.
            plan.whole();
            fill(plan, filler, name, Field::Title, 0);
            filler.fact(":kperson", 0);
            // Other names for them: the first part of their address, or initials and surname.
            let local = key.split('@').next().unwrap_or_default();
            if plan.settings.addresses == Addresses::Full {
                fill(plan, filler, local, Field::Title, 0);
            }
            fill(plan, filler, &nick(name), Field::Title, 0);
            let day = seen.map_or(String::new(), |date| search::day(plan.settings, date));
            let about = match posted {
                0 => plan.settings.words.text("kind-person-reviews").to_owned(),
                posted => say!(plan.settings.words, "series-count", n = *posted),
            };
            let row = json!([folder(route), name, "person", "", day, about]);
            Entry { bag: filler.take(), row: masked(&row, plan.mask()).into() }
        }
        Subject::Page(page) => {
            plan.whole();
            filler.text(&page.title, Field::Title, 0);
            filler.fact(":kpage", 0);
            page.text().lines().for_each(|line| filler.text(line, Field::Body, 0));
            let row = json!([folder(route), page.title, "page", "", "", page.about(EXCERPT)]);
            Entry { bag: filler.take(), row: masked(&row, plan.mask()).into() }
        }
        Subject::Thread(mails) => {
            plan.places.thread_of(mails[0]);
            fill_thread(plan, filler, mails);
            Entry {
                bag: filler.take(),
                row: masked(&thread_row(plan, mails, route), plan.mask()).into(),
            }
        }
    }
}

/// The newest revision comes first, so that its words are never attributed to an older one.
fn fill_series(plan: Reader<'_>, filler: &mut Filler, series: &Series) {
    let is_work = !matches!(series.sort, Sort::Backport | Sort::Aside);
    // Who looks for words looks for the work, not for its copies in stable trees.
    let title = if is_work { Field::Title } else { Field::Subject };
    fill(plan, filler, &series.title, title, 0);
    filler.fact(":kseries", 0);
    filler.fact(&format!(":s{}", series.state.kind.word()), 0);
    let also = match series.state.kind {
        StateKind::Merged => Some(":sapplied"),
        // The name of the queue on a list's page.
        StateKind::New if series.is_untaken() => Some(":swaiting"),
        StateKind::Reviewed if series.is_untaken() => Some(":sready"),
        _ => None,
    };
    also.into_iter().for_each(|fact| filler.fact(fact, 0));
    filler.fact(&format!(":v{:04}", series.newest().version.major), 0);
    let mut unit = 0;
    for revision in series.revisions.iter().rev() {
        fill_revision(plan, filler, revision, unit, title);
        unit = unit.saturating_add(units(revision));
    }
}

/// Adds text of others to the index, as the site shows it.
fn fill(plan: Reader<'_>, filler: &mut Filler, text: &str, field: Field, unit: u32) {
    filler.text(&plan.mask().apply(text), field, unit);
}

fn fill_revision(
    plan: Reader<'_>,
    filler: &mut Filler,
    revision: &Revision,
    unit: u32,
    title: Field,
) {
    fill(plan, filler, &revision.title, title, unit);
    revision.tags.iter().for_each(|tag| fill(plan, filler, tag, title, unit));
    person(plan, filler, &revision.author, Field::Author, unit);
    for (is, fact) in [(revision.rfc, ":srfc"), (revision.resend, ":sresend")] {
        if is {
            filler.fact(fact, unit);
        }
    }
    if let Some(posted) = revision.posted {
        filler.fact(&day_fact(plan, posted), unit);
    }
    if let Some(cover) = revision.cover {
        fill_proposal(plan, filler, cover, unit);
    }
    for slot in &revision.slots {
        let at = unit.saturating_add(place(revision, slot));
        if let Some(mail) = slot.sent() {
            fill_proposal(plan, filler, mail, at);
        }
        let verdicts = slot.reviews.iter().filter(|review| review.counts());
        verdicts.for_each(|review| person(plan, filler, &review.person, Field::Reviewer, at));
    }
    for reply in &revision.replies {
        fill_reply(plan, filler, *reply, unit);
    }
}

/// A patch or a cover letter.
fn fill_proposal(plan: Reader<'_>, filler: &mut Filler, ix: MailIx, unit: u32) {
    let mail = &plan.corpus.stored(ix).mail;
    let text = plan.corpus.text(mail);
    fill_origin(plan, filler, ix, unit);
    fill(plan, filler, &mail.title, Field::Subject, unit);
    person(plan, filler, &mail.author, Field::Author, unit);
    person(plan, filler, &mail.message.from, Field::Author, unit);
    for file in &mail.files {
        fill(plan, filler, &file.path, Field::Path, unit);
        file.old_path.iter().for_each(|path| fill(plan, filler, path, Field::Path, unit));
    }
    let Anatomy { above, message, notes, rest, .. } = mail.anatomy;
    for part in [above, message, notes, rest] {
        for line in text::lines(part.of(&text)).filter(|line| !is_aside(line)) {
            fill(plan, filler, line, Field::Body, unit);
        }
    }
    functions(mail.anatomy.diff.of(&text))
        .for_each(|function| fill(plan, filler, function, Field::Function, unit));
    if let Some(id) = change_id(&text) {
        filler.fact(&id_fact(id), 0);
    }
}

fn fill_reply(plan: Reader<'_>, filler: &mut Filler, ix: MailIx, unit: u32) {
    let mail = &plan.corpus.stored(ix).mail;
    fill_origin(plan, filler, ix, unit);
    person(plan, filler, &mail.message.from, Field::Answered, unit);
    // A robot's result is a log, and often longer than everybody else's text.
    if mail.machine.is_none() {
        fill_own(plan, filler, &plan.corpus.text(mail), Field::Reply, unit);
    }
}

fn fill_thread(plan: Reader<'_>, filler: &mut Filler, mails: &[MailIx]) {
    filler.fact(":kthread", 0);
    if let Some(report) = plan.corpus.report(mails[0]) {
        filler.fact(":kreport", 0);
        filler.fact(&format!(":s{}", report.state.word()), 0);
    }
    for (number, ix) in mails.iter().enumerate() {
        let mail = &plan.corpus.stored(*ix).mail;
        if number > 0 && mail.role == Role::Reply {
            fill_reply(plan, filler, *ix, 0);
            continue;
        }
        fill_origin(plan, filler, *ix, 0);
        let field = if number == 0 { Field::Title } else { Field::Subject };
        fill(plan, filler, titles::thread_title(plan.corpus, plan.settings, *ix), field, 0);
        person(plan, filler, &mail.author, Field::Author, 0);
        fill_own(plan, filler, &plan.corpus.text(mail), Field::Body, 0);
        if mail.role == Role::Pull {
            filler.fact(":kpull", 0);
        }
        if let Some(date) = mail.message.date {
            filler.fact(&day_fact(plan, date), 0);
        }
    }
}

/// The origin of a mail: its own id, and its lists.
fn fill_origin(plan: Reader<'_>, filler: &mut Filler, ix: MailIx, unit: u32) {
    let letter = plan.corpus.stored(ix);
    filler.fact(&id_fact(&letter.mail.message.id), unit);
    for (list, _) in &letter.copies {
        if let Some(name) = plan.corpus.lists().get(usize::from(list.0)) {
            filler.fact(&format!(":l{name}"), 0);
        }
    }
}

fn fill_own(plan: Reader<'_>, filler: &mut Filler, text: &str, field: Field, unit: u32) {
    for line in own_paragraphs(text).into_iter().flatten().filter(|line| !is_aside(line)) {
        fill(plan, filler, line, field, unit);
    }
}

fn person(plan: Reader<'_>, filler: &mut Filler, person: &Mailbox, field: Field, unit: u32) {
    fill(plan, filler, &person.name, field, unit);
    if field == Field::Author {
        fill(plan, filler, &nick(&person.name), field, unit);
    }
    if plan.settings.addresses == Addresses::Full {
        fill(plan, filler, &person.address, field, unit);
    }
}

/// The initials and the surname: `adroe` of Ann D. Roe. Many addresses begin like this, and people remember them.
pub(super) fn nick(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let surname = words.pop().unwrap_or_default();
    let is_latin = |c: char| c.is_alphabetic() && c < '\u{250}';
    let is_word = |word: &str| word.starts_with(is_latin);
    if words.is_empty()
        || words.len() > 3
        || !words.iter().all(|word| is_word(word))
        || !is_word(surname)
    {
        return String::new();
    }
    words.iter().filter_map(|word| word.chars().next()).chain(surname.chars()).collect()
}

/// Whether a line is a quote, a link, or a trailer that names a person: the ledger has the reviewers.
fn is_aside(line: &str) -> bool {
    let line = line.trim_start();
    let trailer = |(key, value): (&str, &str)| {
        (value.contains('@') || key.len() > 3 && key.ends_with("-by")) && !key.contains(' ')
    };
    line.starts_with('>')
        || line.split_once(':').is_some_and(trailer)
        || (line.contains("://") && line.split_whitespace().count() < 3)
}

/// The functions in hunk headers; the lines of a hunk never begin with `@@`.
fn functions(diff: &str) -> impl Iterator<Item = &str> {
    let headers = memchr::memmem::find_iter(diff.as_bytes(), b"\n@@ -");
    headers.filter_map(|at| {
        let header = diff[at + 5..].lines().next()?;
        header.split_once(" @@").map(|(_, function)| function)
    })
}

/// The value of b4's `change-id:` or Gerrit's `Change-Id:`.
fn change_id(text: &str) -> Option<&str> {
    let found = memchr::memmem::find_iter(text.as_bytes(), b"hange-");
    found.into_iter().find_map(|at| {
        let rest = text.get(at + 6..)?;
        let value = rest.strip_prefix("id: ").or_else(|| rest.strip_prefix("Id: "))?;
        value.split_whitespace().next()
    })
}

/// The fact for a message or change: `m` and the first eight digits of its id's SHA-1, which are also the message's
/// anchor.
fn id_fact(id: &str) -> String {
    let hash = crate::hash::Sha1::from(id.as_bytes()).hexdigest();
    format!(":m{}", &hash[..8])
}

fn day_fact(plan: Reader<'_>, date: Timestamp) -> String {
    format!(":d{}", search::day(plan.settings, date).replace('-', ""))
}

/// The number of units of a revision: itself with its cover letter, and its patches up to the highest number.
fn units(revision: &Revision) -> u32 {
    let last = revision.slots.iter().map(|slot| place(revision, slot)).max();
    last.unwrap_or(0).saturating_add(1)
}

/// A patch's unit in its revision: its number, or 0, the revision itself, if there is no other unit.
fn place(revision: &Revision, slot: &Slot) -> u32 {
    if revision.slots.len() == 1 { 0 } else { slot.number }
}

fn series_row(plan: Reader<'_>, ix: SeriesIx, series: &Series, route: &Route) -> Value {
    let newest = series.newest();
    let last = series.revisions.len() - 1;
    let revisions: Vec<Value> = (0..=last)
        .rev()
        .flat_map(|number| {
            let revision = &series.revisions[number];
            let label = match plan.revision_route(ix, number) {
                Route::Revision(_, part) => part.into(),
                _ => revision.label(),
            };
            [json!(label), json!(units(revision))]
        })
        .collect();
    let mails = || newest.slots.iter().filter_map(|slot| slot.mail);
    let mut titles = [""; SHOWN];
    let mut count = 0;
    for slot in newest.slots.iter().filter(|_| newest.slots.len() > 1) {
        let at = slot.number.checked_sub(1).map_or(SHOWN, |at| at as usize);
        if let (Some(title), Some(ix)) = (titles.get_mut(at), slot.mail) {
            *title = &plan.corpus.stored(ix).mail.title;
            count = count.max(at + 1);
        }
    }
    let mut paths: Vec<&str> = Vec::new();
    for file in mails().flat_map(|ix| &plan.corpus.stored(ix).mail.files) {
        if paths.len() < SHOWN && !paths.contains(&&*file.path) {
            paths.push(&file.path);
        }
    }
    let first = newest.cover.or_else(|| mails().next());
    json!([
        folder(route),
        series.title,
        series.state.kind.word(),
        name(&series.author),
        newest.posted.map_or(String::new(), |date| search::day(plan.settings, date)),
        first.map_or(String::new(), |mail| search::first_words(plan.corpus, mail, EXCERPT)),
        revisions,
        titles[..count],
        paths,
        series.revisions.iter().map(|one| plan.corpus.answers(one).count()).sum::<usize>(),
    ])
}

fn thread_row(plan: Reader<'_>, mails: &[MailIx], route: &Route) -> Value {
    let first = &plan.corpus.stored(mails[0]).mail;
    let kind = match plan.corpus.report(mails[0]) {
        Some(report) => report.state.word(),
        None if first.role == Role::Pull => "pull request",
        None => "thread",
    };
    json!([
        folder(route),
        titles::thread_title(plan.corpus, plan.settings, mails[0]),
        kind,
        name(&first.author),
        first.message.date.map_or(String::new(), |date| search::day(plan.settings, date)),
        search::first_words(plan.corpus, mails[0], EXCERPT),
    ])
}

/// The folder of a page.
fn folder(route: &Route) -> String {
    let file = route.file();
    file.strip_suffix("index.html").unwrap_or(&file).to_owned()
}

fn name(person: &Mailbox) -> &str {
    let name = if person.name.trim().is_empty() { &person.address } else { &person.name };
    if name.trim().is_empty() { "somebody" } else { name.trim() }
}
