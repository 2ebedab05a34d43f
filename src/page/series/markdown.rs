//! A series as Markdown, for language models: what its page says, without diffs.
//!
//! In: the newest revision of a series. Out: its facts, its revisions, its patches with their reviews, then the
//! cover letter and each patch with its text and the replies below it, in the order of the page. Texts of mails are
//! blocks of code, so nothing in them is markup. Links are absolute, because people read the file away from the
//! site. Never here: a diff, which is on the page and in the mbox; replies that do not fit on the series' first
//! page.

use std::collections::BTreeSet;

use crate::{
    page::{
        part::{
            discussion::{Discussion, Placed},
            links::Links,
            place::Place,
            revisions, row, status,
            view::Moment,
            wording,
        },
        series::{patch_rows, view::PatchRow},
        thread,
    },
    patch::Role,
    plan::{Reader, Route, names, omitted::Omitted},
    say,
    series::{MailIx, SeriesIx, Slot},
    text::{Markdown, list_footer},
    words::Words,
};

/// The file beside the page of a series.
pub(crate) fn file(plan: Reader<'_>, ix: SeriesIx) -> Vec<u8> {
    let series = plan.corpus.series(ix);
    let number = series.revisions.len() - 1;
    let standing: BTreeSet<MailIx> = series.newest().members().collect();
    let here = plan.places.answers(ix, number, 0).1;
    let discussion = Discussion::new(plan.corpus, &here, |mail| standing.contains(&mail));
    let place = Place::stated(plan.settings);
    let mut writer = Writer {
        plan,
        // The page for missing addresses is served at any depth: its links have the whole path.
        links: Links::new(plan, &Route::NotFound),
        place,
        page: place.page(&Route::Series(series.slug.clone())),
        words: &plan.settings.words,
        discussion: &discussion,
        out: Markdown::new(plan.mask()),
    };
    writer.facts(ix);
    writer.revisions(ix, number);
    writer.patches(ix, number);
    writer.messages(ix, number);
    writer.out.into_string().into_bytes()
}

struct Writer<'a> {
    plan: Reader<'a>,
    links: Links<'a>,
    place: Place<'a>,
    /// The address of the page.
    page: String,
    words: &'a Words,
    discussion: &'a Discussion,
    out: Markdown<'a>,
}

impl Writer<'_> {
    fn heading(&mut self, text: &str) {
        self.out.markup("\n## ").text(text).markup("\n\n");
    }

    /// The title, and who posted it when, its size and its state.
    fn facts(&mut self, ix: SeriesIx) {
        let (plan, words) = (self.plan, self.words);
        let row = row::newest_row(plan, &self.links, ix, row::Detail::Brief);
        self.out.markup("# ").link(&self.page, &row.title).markup("\n\n");
        let facts = (!row.version.is_empty()).then(|| row.version.clone()).into_iter();
        let facts = facts.chain([say!(words, "by-who", who = row.author.name)]);
        let facts = facts.chain(row.posted.as_ref().map(|posted| posted.day.clone()));
        let facts = facts.chain(row.tags.iter().map(|tag| (*tag).to_owned()));
        let facts = facts.chain([say!(words, "patches", n = row.patches)]);
        let size = row.added + row.deleted > 0;
        let facts = facts.chain(size.then(|| churn(row.added, row.deleted)));
        let facts = facts.chain((!row.place.is_empty()).then(|| row.place.clone()));
        let facts = facts.chain((row.replies > 0).then(|| say!(words, "replies", n = row.replies)));
        let facts = facts.chain(row.lists.iter().map(|list| say!(words, "on-list", list = *list)));
        self.joined(facts);
        let series = plan.corpus.series(ix);
        let state = status::state(plan, &self.links, ix, series.revisions.len() - 1);
        self.out.markup("\n\n").text(state.label);
        if let Some(by) = &state.by {
            let day = state.when.as_ref().map(|when| when.day.as_str());
            let told = match (state.evidence, day) {
                ("cites", _) => say!(words, "taken-cited", who = by.name),
                ("builds-on", _) => say!(words, "taken-built-on", who = by.name),
                (_, Some(day)) => say!(words, "by-on", who = by.name, day = day),
                (_, None) => say!(words, "by-who", who = by.name),
            };
            self.out.markup(" ").link(&self.place.address(&state.url), &told);
        }
        self.out.markup("\n");
    }

    fn joined(&mut self, facts: impl Iterator<Item = String>) {
        for (number, fact) in facts.enumerate() {
            self.out.markup(if number > 0 { " · " } else { "" }).text(&fact);
        }
    }

    fn revisions(&mut self, ix: SeriesIx, number: usize) {
        let all = revisions::switch(self.plan, &self.links, ix, number);
        if all.len() < 2 {
            return;
        }
        self.heading(self.words.text("revisions"));
        for one in all {
            self.out.markup("- ").link(&self.place.address(&one.url), &one.label);
            if let Some(posted) = &one.posted {
                self.out.markup(" · ").text(&posted.day);
            }
            self.out.markup("\n");
        }
    }

    fn patches(&mut self, ix: SeriesIx, number: usize) {
        let (plan, series) = (self.plan, self.plan.corpus.series(ix));
        let revision = &series.revisions[number];
        let (corpus, settings) = (plan.corpus, plan.settings);
        let rows = patch_rows(corpus, settings, &self.links, series, revision, self.discussion);
        if rows.is_empty() {
            return;
        }
        self.heading(&say!(self.words, "patches", n = revision.slots.len()));
        rows.iter().for_each(|row| self.patch(row));
    }

    fn patch(&mut self, row: &PatchRow<'_>) {
        self.out.markup("- ").text(&row.number).markup(" ");
        if row.missing {
            self.out.text(self.words.text("never-arrived")).markup("\n");
            return;
        }
        let url = match row.url.starts_with('#') {
            true => [&*self.page, &*row.url].concat(),
            false => self.place.address(&row.url),
        };
        self.out.link(&url, row.title);
        if row.churn.added + row.churn.deleted > 0 {
            self.out.markup(" · ").text(&churn(row.churn.added, row.churn.deleted));
        }
        for group in &row.verdicts {
            for review in &group.reviews {
                let told = [group.key, ": ", review.person.name].concat();
                self.out.markup(" · ").link(&self.place.address(&review.url), &told);
            }
        }
        if let Some(taken) = &row.applied {
            let key = if taken.merged { "state-merged" } else { "state-applied" };
            self.out.markup(" · ").text(self.words.text(key));
        }
        self.out.markup("\n");
    }

    /// The letter and the patches, each with the replies below it, and the replies to mails that are not here.
    fn messages(&mut self, ix: SeriesIx, number: usize) {
        let series = self.plan.corpus.series(ix);
        let revision = &series.revisions[number];
        if self.plan.omitted(ix, number) == Omitted::Texts {
            self.out.markup("\n").text(self.words.text("thinned-texts")).markup("\n");
            return;
        }
        if let Some(letter) = revision.cover {
            self.heading(self.words.text("cover-letter"));
            self.message(letter);
            self.replies(&self.discussion.below(letter));
        }
        for slot in &revision.slots {
            let Some(mail) = slot.sent() else { continue };
            self.heading(&self.title_of(slot, mail, revision.slots.len()));
            self.message(mail);
            self.replies(&self.discussion.below(mail));
        }
        let strays = self.discussion.strays();
        if !strays.is_empty() {
            self.heading(self.words.text("replies-elsewhere"));
            self.replies(&strays);
        }
        let parts = thread::answer_parts(self.plan, &self.links, ix, number, 0);
        for part in parts.iter().skip(1) {
            let told = say!(self.words, "messages", n = part.messages);
            self.out.markup("\n- ").link(&self.place.address(&part.url), &told).markup("\n");
        }
    }

    fn title_of(&self, slot: &Slot, mail: MailIx, of: usize) -> String {
        let title = names::title(self.plan.corpus.mail(mail));
        match of {
            1 => title.to_owned(),
            _ => format!("{}/{of} {title}", slot.number),
        }
    }

    fn replies(&mut self, placed: &[Placed]) {
        for one in placed {
            self.out.markup("\n### ");
            self.sender(one.mail);
            self.out.markup("\n\n");
            self.text(one.mail);
        }
    }

    fn message(&mut self, mail: MailIx) {
        self.sender(mail);
        self.out.markup("\n\n");
        self.text(mail);
    }

    fn sender(&mut self, ix: MailIx) {
        let who = wording::person(&self.plan.corpus.mail(ix).author).name;
        let day = |when: Moment| say!(self.words, "by-on", who = who, day = &when.day);
        let told = wording::moment_of(self.plan.corpus, self.plan.settings, ix);
        let told = told.map_or_else(|| say!(self.words, "by-who", who = who), day);
        let url = self.place.address(&self.links.mail(ix));
        self.out.link(&url, &told);
    }

    /// The text of a mail; for a patch, the text above its diff.
    fn text(&mut self, ix: MailIx) {
        let mail = self.plan.corpus.mail(ix);
        let whole = self.plan.corpus.text(mail);
        let is_sent = mail.role == Role::Patch && !mail.files.is_empty();
        let (start, end) = (mail.anatomy.message.start as usize, mail.anatomy.diff.start as usize);
        let text = whole.get(start..end).filter(|_| is_sent).unwrap_or(&whole);
        self.out.lines(&text[..list_footer(text)]);
    }
}

fn churn(added: u64, deleted: u64) -> String {
    format!("+{added} \u{2212}{deleted}")
}
