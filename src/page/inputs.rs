//! What decides a page: one that would come out as it is need not be made again.
//!
//! In: the plan, and what the page looked for when it was made last. Out: a [`Digest`] of all that goes into its
//! bytes beside what is the same for every page (settings, theme, navigation, the program). Two that are the
//! same make the same page; where it is cheaper to be careful than exact, a page is made once too often.
//! Pages that tell of everything have none: they are made each time.
//! Never here: what was made last time, a file.

use std::{collections::BTreeSet, fmt::Debug, hash::Hash};

use crate::{
    hash::{Digest, Sha1},
    page::{
        digest::{card, plot},
        part::{links::Links, pull, revisions},
        paths::{self, folder},
        people::person,
        series::{self, claims, kin},
        thread,
    },
    plan::{Kind, Page, Plan, Route, asked, changes, content::note_name, people::People},
    series::{Corpus, MailIx, SeriesIx, Witness},
};

/// What decides the bytes of a page, beside where its links to Message-IDs lead ([`Plan::mentions`]); `None` for
/// pages that are made each time.
pub(crate) fn inputs(plan: &Plan<'_>, page: &Page) -> Option<Digest> {
    let mut sum = Sha1::new();
    let route = &page.route;
    match &page.kind {
        Kind::Revision(ix, number) | Kind::Compare(ix, number) => {
            (series_inputs(plan, *ix), number).hash(&mut sum);
        }
        Kind::Diff(ix, number, (slot, _)) => {
            (series_inputs(plan, *ix), number, slot).hash(&mut sum);
        }
        Kind::Mbox(ix) => series_inputs(plan, *ix).hash(&mut sum),
        Kind::Thread(number) => add_thread(plan, &mut sum, *number),
        Kind::Digest(number) | Kind::DigestText(number) | Kind::DigestWhole(number) => {
            digest_inputs(plan, *number).hash(&mut sum);
        }
        Kind::Card(number) => {
            (digest_inputs(plan, *number), card::card_bars(plan, *number)).hash(&mut sum);
        }
        Kind::Person(person) => add_view(&mut sum, &person::person_page(plan, route, *person)),
        Kind::Path(folder) => add_view(&mut sum, &folder::folder_page(plan, route, *folder)),
        _ => return None,
    }
    Some(sum.digest())
}

/// What the pages of a digest are made from, and what feeds tell of it.
pub(crate) fn digest_inputs(plan: &Plan<'_>, number: usize) -> Digest {
    *plan.inputs.digests[number].get_or_init(|| {
        let mut sum = Sha1::new();
        add_digest(plan, &mut sum, number);
        sum.digest()
    })
}

/// What the pages of a series are made from, and the rows that tell of it elsewhere.
pub(crate) fn series_inputs(plan: &Plan<'_>, ix: SeriesIx) -> Digest {
    *plan.inputs.series[ix.at()].get_or_init(|| {
        let mut sum = Sha1::new();
        add_work_on(plan, &mut sum, ix);
        sum.digest()
    })
}

/// What these mails and the pages that show them are known by.
pub(crate) fn mails_inputs(plan: &Plan<'_>, mails: &[MailIx]) -> Digest {
    let mut sum = Sha1::new();
    mails.iter().for_each(|mail| add_mail(plan, &mut sum, *mail));
    sum.digest()
}

fn add_work_on(plan: &Plan<'_>, sum: &mut Sha1, ix: SeriesIx) {
    let series = &plan.corpus.series[ix.at()];
    let home = Route::Series(series.slug.clone());
    let links = Links::new(plan, &home);
    series.hash(sum);
    let mut mails: BTreeSet<MailIx> = BTreeSet::new();
    for (number, revision) in series.revisions.iter().enumerate() {
        mails.extend(plan.places.members(ix, number));
        for slot in &revision.slots {
            mails.extend(slot.mail);
            mails.extend(slot.reviews.iter().map(|review| review.mail));
            let told = slot.applied.iter().flat_map(|applied| applied.steps());
            mails.extend(told.filter_map(|applied| told_by(&applied.witness)));
            for review in &slot.reviews {
                add_person(plan.corpus, &plan.people, sum, &review.person);
            }
        }
        mails.extend(revision.hearsay.into_iter().chain(revision.taker));
        add_person(plan.corpus, &plan.people, sum, &revision.author);
        series::digest_crumb(plan, revision).hash(sum);
        (changes::is_told(plan.corpus, revision), plan.lack(ix, number).word()).hash(sum);
        add_view(sum, &revisions::evidence(plan.corpus, &plan.places, &links, ix, number));
    }
    mails.extend(series.state.witness.as_ref().and_then(told_by));
    mails.iter().for_each(|mail| add_mail(plan, sum, *mail));
    add_view(sum, &paths::folder_of(&plan.tree, &links, ix));
    add_view(sum, &kin::kin(plan.corpus, plan.settings, &links, ix));
    add_view(sum, &claims::claims(plan.corpus, &links, ix));
}

fn add_thread(plan: &Plan<'_>, sum: &mut Sha1, number: usize) {
    let thread = &plan.places.threads[number];
    for mail in &thread.mails {
        add_mail(plan, sum, *mail);
    }
    let route = Route::Thread(thread.slug.clone());
    add_view(sum, &thread::series_in_thread(plan, &route, number));
    add_view(
        sum,
        &pull::pulls(plan.corpus, plan.settings, &Links::new(plan, &route), &thread.mails),
    );
}

fn add_digest(plan: &Plan<'_>, sum: &mut Sha1, number: usize) {
    let digest = plan.digests[number];
    let route = &Route::digest(&digest.period);
    digest.hash(sum);
    let around = [number.checked_sub(1), number.checked_add(1)];
    for other in around.into_iter().flatten().filter_map(|n| plan.digests.get(n)) {
        other.period.hash(sum);
    }
    add_view(sum, &plot::plot(plan, &Links::new(plan, route), number));
    plan.content.notes.get(&note_name(&digest.period)).map(|note| format!("{note:?}")).hash(sum);
    let mut series: BTreeSet<SeriesIx> = digest.activities.iter().map(|a| a.series).collect();
    for mail in &digest.messages {
        add_mail(plan, sum, *mail);
        series.extend(plan.corpus.letter(*mail).home.map(|(series, _)| series));
    }
    for answer in &digest.first_answers.answered {
        asked::place_of(plan.corpus, &plan.places, answer.mail).hash(sum);
    }
    for mail in &digest.other {
        plan.places.thread(*mail).map(|thread| thread.mails.len()).hash(sum);
    }
    for rank in digest.contributors.iter().chain(&digest.reviewers) {
        add_person(plan.corpus, &plan.people, sum, &rank.who);
    }
    for ix in series {
        series_inputs(plan, ix).hash(sum);
    }
}

/// A mail, where it is shown, and what it answers.
fn add_mail(plan: &Plan<'_>, sum: &mut Sha1, mail: MailIx) {
    let letter = plan.corpus.letter(mail);
    let message = &letter.mail.message;
    // What ids are called that may not be shown depends on other mails.
    (message.raw, &message.id, &message.references).hash(sum);
    letter.mail.spam.hash(sum);
    // Other mails have a say in when it came.
    letter.date().hash(sum);
    letter.copies.iter().for_each(|(list, _)| list.hash(sum));
    (asked::place_of(plan.corpus, &plan.places, mail), plan.lack_of(mail).word()).hash(sum);
    let parent = plan.corpus.threads.parent[mail.at()];
    parent.hash(sum);
    // An answer to another series may stand below one to this.
    if parent.is_some_and(|parent| plan.corpus.letter(parent).home != letter.home) {
        plan.corpus.threads.upwards(mail).for_each(|above| above.hash(sum));
    }
}

/// The page of a person, if any, and how lists call them.
fn add_person(corpus: &Corpus, people: &People, sum: &mut Sha1, who: &crate::message::Mailbox) {
    let known = people.find(corpus, who);
    let told = known.map(|(_, known)| (known.has_page().then(|| known.route()), known.label()));
    told.hash(sum);
}

fn told_by(witness: &Witness) -> Option<MailIx> {
    match witness {
        Witness::Mail(mail) => Some(*mail),
        Witness::Commit(_) => None,
    }
}

/// What a template sees is all that goes into a page; where it is quickly made, it speaks for itself.
fn add_view(sum: &mut Sha1, view: &impl Debug) {
    sum.update(format!("{view:?}").as_bytes());
}
