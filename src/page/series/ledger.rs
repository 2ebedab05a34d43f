//! The reviews of a revision's patches.
//!
//! In: the reviews of a revision's slots. Out: views of them: in short in a patch's row, as a list below the patch,
//! and all of them as the revision's ledger. Never here: which review counts.

use std::collections::BTreeMap;

use crate::{
    config::Settings,
    message::Trailer,
    page::{
        part::{links::Links, messages::view::ReviewView, wording},
        people,
        series::view::{Ledger, LedgerRow, VerdictGroup},
    },
    plan::{Read, Reader, names},
    say,
    series::{Corpus, Review, Revision, Scope, Series, Slot, Standing},
    words::Words,
};

/// How many people are listed beside a patch in the table, and below it; the table of reviews has all.
const NAMED: usize = 12;

/// The reviews of a patch that count, each person once, grouped by kind.
pub(crate) fn verdicts<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    series: &Series,
    slot: &'a Slot,
) -> Vec<VerdictGroup<'a>> {
    let mut groups: Vec<VerdictGroup<'a>> = Vec::new();
    for review in slot.verdicts() {
        let (key, view) =
            (&*review.trailer.key, review_view(corpus, settings, links, series, review));
        match groups.iter_mut().find(|group| group.key == key) {
            Some(VerdictGroup { reviews, .. }) => {
                if !reviews.iter().any(|r| r.person.address == view.person.address) {
                    reviews.push(view);
                }
            }
            None => groups.push(VerdictGroup { key, reviews: vec![view], more: 0 }),
        }
    }
    for VerdictGroup { reviews, more, .. } in &mut groups {
        *more = reviews.len().saturating_sub(NAMED);
        reviews.truncate(NAMED);
    }
    groups
}

/// The reviews of a patch outside its own commit message, and how many more there are.
pub(crate) fn said<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    series: &Series,
    slot: &'a Slot,
) -> (Vec<ReviewView<'a>>, usize) {
    let said = || slot.reviews.iter().filter(|review| review.standing != Standing::Declared);
    let view = |review| review_view(corpus, settings, links, series, review);
    (said().take(NAMED).map(view).collect(), said().count().saturating_sub(NAMED))
}

/// All reviews of the patches of a revision: those in commit messages first, then by date.
pub(crate) fn ledger<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    series: &Series,
    revision: &'a Revision,
) -> Ledger<'a> {
    let mut entries: BTreeMap<_, (&'a Review, Vec<u32>)> = BTreeMap::new();
    for slot in &revision.slots {
        for review in &slot.reviews {
            let (_, numbers) = entries.entry(identity(review)).or_insert((review, vec![]));
            numbers.push(slot.number);
        }
    }
    let entries: Vec<(&'a Review, Vec<u32>)> = entries.into_values().collect();
    let counted = || entries.iter().map(|(review, _)| *review).filter(|review| review.counts());
    let words = &plan.settings.words;
    let patches = |numbers: &[u32]| match revision.slots.len() {
        0 | 1 => String::new(),
        all if all == numbers.len() => words.text("all-patches").to_owned(),
        _ => wording::numbers(numbers.iter().copied()),
    };
    let row = |(review, numbers): &(&'a Review, Vec<u32>)| {
        let mut view = review_view(plan.corpus, plan.settings, links, series, review);
        view.person.url = people::person_url(plan.people, links, &review.person);
        LedgerRow { patches: patches(numbers), review: view }
    };
    Ledger {
        rows: entries.iter().map(row).collect(),
        verdicts: counted().count(),
        aside: entries.len() - counted().count(),
        people: plan.corpus.reviewers(counted()),
        commented: entries.iter().any(|(review, _)| !review.comment.trim().is_empty()),
    }
}

fn review_view<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    series: &Series,
    review: &'a Review,
) -> ReviewView<'a> {
    ReviewView {
        key: &review.trailer.key,
        person: wording::person(&review.person),
        when: wording::moment_of(corpus, settings, review.mail),
        url: links.mail(review.mail),
        scope: match review.scope {
            Scope::Patch => "",
            Scope::Series => settings.words.text("scope-series"),
            Scope::Named => settings.words.text("scope-named"),
        },
        how: review.standing.word(),
        standing: standing(&settings.words, series, review.standing),
        counts: review.counts(),
        comment: review.comment.trim(),
    }
}

/// The key by which reviews of several patches are joined. Each commit message is a separate mail, but an author
/// with the same tag in all of them says one thing.
fn identity(review: &Review) -> impl Ord + '_ {
    let mail = Some(review.mail).filter(|_| review.standing != Standing::Declared);
    let Trailer { key, value, .. } = &review.trailer;
    (mail, &**key, &**value, review.standing, review.scope, &*review.comment)
}

fn standing(words: &Words, series: &Series, standing: Standing) -> String {
    let key = match standing {
        Standing::Given => "review-given",
        Standing::Carried(from) if (from as usize) < series.revisions.len() => {
            let version = names::label(words, series, from as usize);
            return say!(words, "review-carried-from", version = &version);
        }
        Standing::Carried(_) => "review-carried",
        Standing::Declared => "review-declared",
        Standing::Own => "review-own",
        Standing::Foreign => "review-foreign",
        Standing::Bot => "review-bot",
    };
    words.text(key).to_owned()
}
