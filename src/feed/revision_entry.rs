//! The entry of a step of a revision: it was posted, reviewed, taken or rejected.
//!
//! In: the revision and the step. Out: an [`Entry`], without anything that was said or done after the step. Never
//! here: which steps there are, a clock.

use std::collections::HashSet;

use super::{
    body::Body,
    entry::{Entry, LONGEST_NAME, LONGEST_TITLE, Telling, address, cut},
    name::urn,
};
use crate::{
    date::Timestamp,
    page::part::brief,
    patch::{FileChange, Mail},
    plan::{Reader, Route, event::Step, topic},
    say,
    series::{Applied, MailIx, Revision, SeriesIx, Slot, StateKind, Witness},
    text::Html,
    words::Words,
};

/// How many files a diffstat names.
const MOST_FILES: usize = 100;
/// The most people that a sentence names.
const MOST_NAMES: usize = 5;
/// How many digits of a commit are shown: as many as the kernel's `Fixes:` has.
const COMMIT_DIGITS: usize = 12;

/// The entry of a step of a revision.
pub(super) struct Teller<'p> {
    pub(super) plan: Reader<'p>,
    pub(super) series: SeriesIx,
    pub(super) number: usize,
    pub(super) step: Step,
    pub(super) date: Timestamp,
    pub(super) telling: Telling,
}

impl<'p> Teller<'p> {
    /// The entry; its date is the event's.
    pub(super) fn entry(&self) -> Entry {
        let plan = self.plan;
        let (title, author) = brief::revision_title(plan, self.series, self.number);
        let (term, label) = self.kind();
        let route = match self.telling {
            Telling::Kept => Route::Series(plan.corpus.series(self.series).slug.clone()),
            _ => plan.revision_route(self.series, self.number),
        };
        let name = plan.revision_name(self.series, self.number);
        let mut body = Body::new(
            self.plan.html(),
            match self.telling {
                Telling::Whole(room) => room,
                Telling::Short | Telling::Kept => 3_000,
            },
        );
        let doer = self.news(&mut body);
        self.about(&mut body);
        Entry {
            id: urn(&match self.step {
                Step::Posted => name,
                _ => format!("{name}#{term}"),
            }),
            title: match self.step {
                Step::Posted => title,
                _ => format!("{label}: {title}"),
            },
            author: doer.unwrap_or(author).to_owned(),
            date: self.date,
            url: address(plan, &route),
            kind: (term, label),
            html: body.into_html(),
        }
    }

    fn revision(&self) -> &'p Revision {
        &self.plan.corpus.series(self.series).revisions[self.number]
    }

    fn kind(&self) -> (&'static str, String) {
        let state = self.plan.corpus.series(self.series).state.kind;
        let (term, key) = match (self.step, state) {
            (Step::Posted, _) if self.number == 0 => ("new", "kind-new"),
            (Step::Posted, _) => ("revision", "kind-revision"),
            (Step::CameReviewed | Step::Reviewed, _) => ("reviewed", "kind-reviewed"),
            (Step::InPart, _) => ("partly-applied", "kind-in-part"),
            (Step::Applied, _) => ("applied", "kind-applied"),
            (Step::Merged, _) => ("merged", "kind-merged"),
            (Step::Turned, StateKind::Rejected) => ("rejected", "kind-rejected"),
            (Step::Turned, _) => ("changes-requested", "kind-changes"),
        };
        (term, self.words().text(key).to_owned())
    }

    fn words(&self) -> &'p Words {
        &self.plan.settings.words
    }

    /// The news besides the posting itself, and the person who caused it.
    fn news(&self, body: &mut Body<'_>) -> Option<&'p str> {
        match self.step {
            Step::Posted => None,
            Step::CameReviewed | Step::Reviewed => {
                let mail = self.plan.corpus.approval(self.revision());
                let what = match self.revision().slots.len() {
                    1 => self.words().text("has-review"),
                    _ => self.words().text("standing-reviewed"),
                };
                body.paragraph(&format!("{what} {}", self.verdicts(mail)));
                self.source(body, mail);
                Some(topic::name(&self.mail(mail?).author))
            }
            Step::Turned | Step::InPart if self.taken().is_empty() => {
                let mail = self.plan.corpus.series(self.series).state.mail();
                let who = topic::name(&self.mail(mail?).message.from);
                let (_, label) = self.kind();
                let name = cut(who, LONGEST_NAME);
                body.paragraph(&say!(self.words(), "turned-by", what = &label, who = &name));
                self.source(body, mail);
                Some(who)
            }
            _ => self.taking(body),
        }
    }

    /// `Reviewed-by: Anna Berg, Carl Dahl; Tested-by: Dora Ek.`: the reviews up to the mail.
    fn verdicts(&self, mail: Option<MailIx>) -> String {
        let mut given: Vec<(&str, Vec<&str>)> = Vec::new();
        let all = self.revision().slots.iter().flat_map(Slot::verdicts);
        for review in all.filter(|review| mail.is_none_or(|mail| review.mail <= mail)) {
            let (key, name) = (&*review.trailer.key, topic::name(&review.person));
            let has_room = given.len() < MOST_NAMES;
            match given.iter_mut().find(|(known, _)| *known == key) {
                Some((_, names)) if names.contains(&name) => {}
                Some((_, names)) => names.push(name),
                None if has_room => given.push((key, vec![name])),
                None => {}
            }
        }
        let told = given.iter().map(|(key, names)| format!("{key}: {}", self.listed(names)));
        let told = told.collect::<Vec<_>>().join("; ");
        if told.is_empty() { told } else { told + "." }
    }

    /// The patches that were taken up to that time, with the person and the tree.
    fn taking(&self, body: &mut Body<'_>) -> Option<&'p str> {
        let taken = self.taken();
        let mails: Vec<MailIx> =
            taken.iter().filter_map(|(_, applied)| applied.witness.said()).collect();
        let mut names: Vec<&'p str> = Vec::new();
        let senders = mails.iter().map(|mail| self.mail(*mail));
        // A machine only reports what somebody did.
        let people = senders.filter(|mail| mail.machine.is_none());
        for name in people.map(|mail| topic::name(&mail.message.from)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        body.paragraph_of(&self.taking_sentence(&taken, &names));
        if matches!(self.telling, Telling::Whole(_)) {
            let items: Vec<Html> =
                taken.iter().map(|(slot, applied)| self.taken_item(slot, applied)).collect();
            body.list(&items, |rest| say!(self.words(), "and-more", n = rest));
        }
        self.source(body, mails.iter().max().copied());
        names.last().copied()
    }

    /// `2 of 3 patches were applied to <code>lamp/next</code> by Carl Dahl.`
    fn taking_sentence(&self, taken: &[(&Slot, &Applied)], names: &[&str]) -> Html {
        let (words, is_merged) = (self.words(), matches!(self.step, Step::Merged));
        let how = if is_merged { "merged" } else { "applied" };
        let mut sentence = self.plan.html();
        sentence.text(&match (taken.len(), self.revision().slots.len()) {
            (1, 1) => say!(words, "taking-only", how = how),
            (taken, all) if taken == all => say!(words, "taking-all", all = all, how = how),
            (n, all) if is_merged => say!(words, "taking-some-merged", n = n, all = all),
            (n, all) => say!(words, "taking-some-applied", n = n, all = all),
        });
        let mut trees: Vec<&str> = taken.iter().map(|(_, applied)| &*applied.tree).collect();
        trees.retain(|tree| !tree.is_empty());
        trees.dedup();
        if !trees.is_empty() {
            let key = if is_merged { "taking-merged-into" } else { "taking-applied-to" };
            sentence.say(key, &[], |sentence, _| {
                for (at, tree) in trees.iter().take(MOST_NAMES).enumerate() {
                    sentence.markup(if at == 0 { "<code>" } else { ", <code>" });
                    sentence.text(&cut(tree, LONGEST_TITLE)).markup("</code>");
                }
            });
        }
        if !names.is_empty() {
            sentence.text(&say!(words, "taking-by", who = &self.listed(names)));
        }
        sentence.markup(".");
        sentence.finish()
    }

    /// The patches that were taken by then, each with its first evidence.
    fn taken(&self) -> Vec<(&'p Slot, &'p Applied)> {
        let last = |applied: &'p Applied| match self.step {
            Step::Merged => applied.merged().unwrap_or(applied.first()),
            _ => applied.first(),
        };
        let slots = self.revision().slots.iter();
        let taken = slots.filter_map(|slot| Some((slot, last(slot.applied.as_ref()?))));
        let is_by_then = |applied: &Applied| match applied.date {
            Some(date) => date <= self.date,
            None => self.step != Step::InPart,
        };
        taken.filter(|(_, applied)| is_by_then(applied)).collect()
    }

    fn taken_item(&self, slot: &Slot, applied: &Applied) -> Html {
        let mut item = self.plan.html();
        item.text(&match slot.mail {
            Some(mail) => cut(&self.mail(mail).title, LONGEST_TITLE),
            None => say!(self.words(), "patch-title-numbered", number = &slot.number.to_string()),
        });
        let commit = match &applied.witness {
            Witness::Commit(commit) if applied.commit.is_empty() => commit,
            _ => &applied.commit,
        };
        if let Some(commit) =
            commit.get(..COMMIT_DIGITS.min(commit.len())).filter(|c| !c.is_empty())
        {
            item.markup(" <code>").text(commit).markup("</code>");
        }
        item.finish()
    }

    /// A link to the mail that says so.
    fn source(&self, body: &mut Body<'_>, mail: Option<MailIx>) {
        if let (Telling::Whole(_), Some(mail)) = (self.telling, mail) {
            let mut link = self.plan.html();
            link.link(&self.place(mail), self.words().text("mail-that-says-so"));
            body.paragraph_of(&link.finish());
        }
    }

    /// The revision: the facts; for a complete entry of a posting also the author's letter with the changelog, the
    /// patches and the diffstat.
    fn about(&self, body: &mut Body<'_>) {
        let (plan, revision) = (self.plan, self.revision());
        let (words, patches) = (self.words(), revision.slots.len());
        let missing = revision.missing().count();
        let mut facts = match missing > 0 && self.telling != Telling::Kept {
            true => say!(words, "facts-missing", n = patches, missing = missing),
            false => say!(words, "patches", n = patches),
        };
        facts.push_str(&brief::revision_facts(plan, self.series, self.number));
        body.paragraph(&format!("{facts}."));
        if self.step != Step::Posted || !matches!(self.telling, Telling::Whole(_)) {
            body.paragraph(&brief::revision_excerpt(plan.corpus, self.series, self.number));
            return;
        }
        let first = revision.cover.or_else(|| revision.slots.iter().find_map(|slot| slot.mail));
        if let Some(mail) = first.map(|mail| &plan.corpus.stored(mail).mail) {
            let text = plan.corpus.text(mail);
            for part in [mail.anatomy.above, mail.anatomy.message, mail.anatomy.notes] {
                body.pre(part.of(&text), body.room() * 3 / 5);
            }
        }
        let patches = self.patches();
        if patches.len() > 1 {
            body.list(&patches, |rest| say!(self.words(), "and-more", n = rest));
        }
        body.pre(&diffstat(words, plan.corpus.files(revision)), body.room());
    }

    /// The patches, and what became of those of the revision before.
    fn patches(&self) -> Vec<Html> {
        let revision = self.revision();
        let series = self.plan.corpus.series(self.series);
        let before = self.number.checked_sub(1).map(|before| &series.revisions[before]);
        let old: HashSet<&str> =
            before.into_iter().flat_map(|before| self.titles(before)).collect();
        let now: HashSet<&str> = self.titles(revision).collect();
        let patch = |run: &[Slot]| {
            let slot = &run[0];
            let count = match run {
                [first, .., last] => {
                    format!("{}–{}/{}", first.number, last.number, revision.expected)
                }
                _ => format!("{}/{}", slot.number, revision.expected),
            };
            let mut item = self.plan.html();
            let Some(mail) = slot.mail else {
                item.text(&say!(self.words(), "never-arrived-count", number = &count));
                return item.finish();
            };
            let title = &*self.mail(mail).title;
            let is_new = before.is_some() && !old.contains(title);
            let (place, label) =
                (self.place(mail), cut(&format!("{count} {title}"), LONGEST_TITLE));
            match is_new {
                true => item.say("patch-new", &[], |item, _| {
                    item.markup("<ins>").link(&place, &label).markup("</ins>");
                }),
                false => item.link(&place, &label),
            };
            item.finish()
        };
        // Consecutive patches that never arrived share one line.
        let runs = revision.slots.chunk_by(|a, b| a.mail.is_none() && b.mail.is_none());
        let mut patches: Vec<Html> = runs.map(patch).collect();
        if let Some(before) = before {
            let label = before.label();
            let gone = self.titles(before).filter(|title| !now.contains(title));
            patches.extend(gone.map(|title| {
                let mut item = self.plan.html();
                item.say("patch-gone", &[("version", (&label).into())], |item, _| {
                    item.markup("<del>").text(&cut(title, LONGEST_TITLE)).markup("</del>");
                });
                item.finish()
            }));
        }
        patches
    }

    /// `Anna Berg, Carl Dahl and 3 others`
    fn listed(&self, names: &[&str]) -> String {
        let shown: Vec<String> =
            names.iter().take(MOST_NAMES).map(|name| cut(name, LONGEST_NAME)).collect();
        let shown = shown.join(", ");
        match names.len().saturating_sub(MOST_NAMES) {
            0 => shown,
            rest => say!(self.words(), "names-more", names = &shown, n = rest),
        }
    }

    fn titles(&self, revision: &'p Revision) -> impl Iterator<Item = &'p str> {
        let plan = self.plan;
        let mails = revision.slots.iter().filter_map(|slot| slot.mail);
        mails.map(move |mail| &*plan.corpus.stored(mail).mail.title)
    }

    fn mail(&self, mail: MailIx) -> &'p Mail {
        &self.plan.corpus.stored(mail).mail
    }

    /// The address of a mail: a patch that is carried over is on the page of the revision that sent it.
    fn place(&self, mail: MailIx) -> String {
        let page = address(self.plan, &self.plan.places.route(mail));
        format!("{page}#{}", self.plan.places.anchor(mail))
    }
}

/// A diffstat in plain text, one line per file.
fn diffstat<'a>(words: &Words, files: impl Iterator<Item = &'a FileChange>) -> String {
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
            None => out.push_str(&format!("{} | {}\n", file.path, words.text("file-binary"))),
        }
    }
    out
}
