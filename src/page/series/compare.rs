//! Two neighbouring revisions of a series side by side.
//!
//! In: two revisions. Out: which patch became which, the author's words, and the differences of the patches that
//! changed. The first page that asks matches the patches, once; the differences are made with the page and not
//! kept. Never here: how patches are matched; that is [`range_diff`].

pub(crate) mod view;

use std::borrow::Cow;

use crate::{
    config::Settings,
    markup::{diff, excerpt},
    page::{
        part::{
            body,
            layout::{self, About},
            links::Links,
            messages,
            view::{Churn, Link},
            wording,
        },
        series::compare::view::{
            AuthorChanges, CompareCount, CompareTally, CompareView, ComparedRevision, ComparedRow,
            DifferenceView,
        },
    },
    patch::Mail,
    plan::{
        Read, Reader, Route, comparisons,
        names::{self, some_title},
    },
    range_diff::{self, Care, Comparison, Difference, Kind, Order, Outer, Pair, Title},
    say,
    series::{
        Corpus, MailIx, Revision, Series, SeriesIx, Slot,
        changelog::{self, Changes},
    },
    text::{Html, HtmlWriter, Mask},
    words::Words,
};

/// How many bytes of lines a difference shows, and all differences of a page together. With markup, a line is twice
/// as long, and no page should have more than a megabyte.
const MAX_BYTES: usize = 64 << 10;
const MAX_PAGE_BYTES: usize = 320 << 10;

/// Two revisions, compared.
pub(super) struct Compared<'p> {
    pub(super) old: Vec<&'p Slot>,
    new: Vec<&'p Slot>,
    pub(super) comparison: &'p Comparison,
}

/// The link to the comparison of a revision with the one before, if there is one.
pub(crate) fn compare_link(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
) -> Option<Link> {
    let series = plan.corpus.series(ix);
    let before = plan.compared_with(ix, number)?;
    let (old, new) = (
        names::label(&plan.settings.words, series, before),
        names::label(&plan.settings.words, series, number),
    );
    let label = say!(plan.settings.words, "compared-versions", old = &old, new = &new);
    Some(links.link(label, &comparisons::compare_route(series, number)))
}

/// How many patches changed since the revision before, and how.
pub(crate) fn tally(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
) -> Option<CompareTally> {
    let link = compare_link(plan, links, ix, number)?;
    Some(CompareTally {
        link,
        counts: counts(&plan.settings.words, compared(plan, ix, number).comparison),
    })
}

/// The view of `compare.html`.
pub(crate) fn compare<'a>(
    plan: Reader<'a>,
    route: &Route,
    ix: SeriesIx,
    number: usize,
) -> CompareView<'a> {
    let series = plan.corpus.series(ix);
    let links = Links::new(plan, route);
    let words = &plan.settings.words;
    let revision = &series.revisions[number];
    let before = &series.revisions[number.saturating_sub(1)];
    let compared = compared(plan, ix, number);
    let (rows, differences) = rows(plan.corpus, words, &links, &compared);
    let label = |n: usize| names::label(&plan.settings.words, series, n);
    let tally = CompareTally {
        link: Link {
            label: say!(
                words,
                "compared-versions",
                old = &label(number.saturating_sub(1)),
                new = &label(number)
            ),
            url: links.to(route),
        },
        counts: counts(words, compared.comparison),
    };
    CompareView {
        page: layout::frame(plan, route, about(words, series, number, &tally)),
        title: some_title(&revision.title),
        old_title: other(&before.title, &revision.title),
        old: compared_revision(plan.corpus, plan.settings, &links, ix, number.saturating_sub(1)),
        new: compared_revision(plan.corpus, plan.settings, &links, ix, number),
        previous: number.checked_sub(1).and_then(|n| compare_link(plan, &links, ix, n)),
        next: compare_link(plan, &links, ix, number + 1),
        tally,
        rows,
        estimated: compared.comparison.care != Care::Full,
        changes: all_changes(plan, &links, revision),
        differences,
        b4: b4_diff(plan.corpus, plan.settings, series, number),
    }
}

/// The author's lists of changes: from the cover letter, and from the notes of each patch.
fn all_changes(plan: Reader<'_>, links: &Links<'_>, revision: &Revision) -> Vec<AuthorChanges> {
    let told = plan.corpus.changes(revision);
    let telling = told.iter().filter(|changes| !changelog::says_nothing(&changes.text));
    let words = &plan.settings.words;
    let view = |changes: &Changes| AuthorChanges {
        about: Link {
            label: match changes.number {
                Some(number) => say!(words, "patch-numbered", number = number),
                None => words.text("cover-letter").to_owned(),
            },
            url: links.mail(changes.mail),
        },
        text_html: body::prose(plan, links, &excerpt::dedented(&changes.text)),
    };
    telling.map(view).collect()
}

/// A revision, compared with the one before.
pub(super) fn compared(plan: Reader<'_>, ix: SeriesIx, number: usize) -> Compared<'_> {
    let series = plan.corpus.series(ix);
    let slots = |number: usize| -> Vec<&Slot> {
        let revision = series.revisions.get(number);
        let slots = revision.into_iter().flat_map(|revision| &revision.slots);
        slots.filter(|slot| slot.mail.is_some()).collect()
    };
    let (old, new) = (slots(number.saturating_sub(1)), slots(number));
    let mails = |slots: &[&Slot]| -> Vec<&Mail> {
        slots.iter().filter_map(|slot| slot.mail).map(|mail| plan.corpus.mail(mail)).collect()
    };
    let compare = || range_diff::compare(plan.corpus.texts(), &mails(&old), &mails(&new));
    let comparison = plan.comparison(ix, number, compare);
    Compared { old, new, comparison }
}

fn rows<'a>(
    corpus: Read<'a, Corpus>,
    words: &'a Words,
    links: &Links<'_>,
    compared: &Compared<'a>,
) -> (Vec<ComparedRow<'a>>, Vec<DifferenceView<'a>>) {
    let mut left_bytes = MAX_PAGE_BYTES;
    let (mut rows, mut differences) = (Vec::new(), Vec::new());
    for pair in &compared.comparison.pairs {
        let (old, new) = (slot(&compared.old, pair.old), slot(&compared.new, pair.new));
        let Some(mut row) = row_of(corpus, words, links, pair, old, new) else { continue };
        if let (Some((_, before)), Some((_, after)), true) = (old, new, pair.kind != Kind::Same) {
            let mut difference =
                range_diff::difference(corpus.texts(), corpus.mail(before), corpus.mail(after));
            cover(&mut difference, corpus.mask());
            if pair.kind == Kind::Credited {
                row.trailers = changed_lines(&difference);
                rows.push(row);
                continue;
            }
            row.churn = churn(&difference);
            let anchor = format!("d{}", rows.len() + 1);
            row.url = format!("#{anchor}");
            // Both patches would be printed in full, one after the other.
            let html = match pair.kind {
                Kind::Rewritten => Html::default(),
                _ => difference_html(words, &difference, corpus.mask(), &mut left_bytes),
            };
            differences.push(DifferenceView {
                anchor,
                row: row.clone(),
                old: Link { label: row.old.clone(), url: links.mail(before) },
                new: Link { label: row.new.clone(), url: links.mail(after) },
                diff_html: html,
            });
        }
        rows.push(row);
    }
    (rows, differences)
}

fn row_of<'a>(
    corpus: Read<'a, Corpus>,
    words: &'a Words,
    links: &Links<'_>,
    pair: &Pair,
    old: Option<(&Slot, MailIx)>,
    new: Option<(&Slot, MailIx)>,
) -> Option<ComparedRow<'a>> {
    let (_, mail) = new.or(old)?;
    let (sign, label) = (pair.kind.marker().sign(), words.text(kind_word(pair.kind)));
    let number = |slot: &(&Slot, MailIx)| slot.0.number.to_string();
    let title = names::title(corpus.mail(mail));
    let before = old.map_or(title, |(_, mail)| names::title(corpus.mail(mail)));
    Some(ComparedRow {
        old: old.as_ref().map(number).unwrap_or_default(),
        new: new.as_ref().map(number).unwrap_or_default(),
        sign,
        label,
        rewritten: pair.kind == Kind::Rewritten,
        title,
        old_title: if pair.title == Title::Changed { before } else { "" },
        moved: pair.order == Order::Moved,
        carried: new.is_some_and(|(slot, _)| slot.carried.is_some()),
        trailers: Vec::new(),
        churn: Churn::default(),
        url: links.mail(mail),
    })
}

fn compared_revision<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    ix: SeriesIx,
    number: usize,
) -> ComparedRevision<'a> {
    let series = corpus.series(ix);
    let revision = &series.revisions[number];
    ComparedRevision {
        label: names::label(&settings.words, series, number),
        url: links.revision(ix, number),
        posted: revision.posted.map(|date| wording::moment(date, settings)),
        author: wording::person(&revision.author),
        patches: revision.slots.len(),
    }
}

/// The arguments of `b4 diff`: a message of the newer revision, and the two versions, which must be whole numbers.
fn b4_diff(
    corpus: Read<'_, Corpus>,
    settings: &Settings,
    series: &Series,
    number: usize,
) -> String {
    let [before, revision] = [number.saturating_sub(1), number].map(|n| &series.revisions[n]);
    let first = revision.members().next();
    let Some(mail) =
        first.filter(|mail| !messages::archive_url(corpus, settings, *mail).is_empty())
    else {
        return String::new();
    };
    // b4 does not read patches in attached files.
    if [before, revision].iter().any(|r| r.members().any(|mail| corpus.mail(mail).message.part > 0))
    {
        return String::new();
    }
    let is_whole = |version: crate::message::Version| version.minor == 0 && version.suffix == 0;
    let (old, new) = (before.version, revision.version);
    match is_whole(old) && is_whole(new) && old.major < new.major {
        true => format!("{} -v {} {}", corpus.mail(mail).message.id, old.major, new.major),
        false => String::new(),
    }
}

fn about(words: &Words, series: &Series, number: usize, tally: &CompareTally) -> About {
    let title = some_title(&series.revisions[number].title);
    let counts = tally.counts.iter().map(|count| format!("{} {}", count.count, count.label));
    About {
        kind: "compare",
        title: format!("{title}: {}", tally.link.label),
        description: say!(
            words,
            "compare-about",
            versions = &tally.link.label,
            counts = &counts.collect::<Vec<_>>().join(", ")
        ),
        feeds: vec![],
        crumbs: vec![(title.to_owned(), Route::Series(series.slug.clone()))],
    }
}

fn slot<'s>(slots: &[&'s Slot], at: Option<usize>) -> Option<(&'s Slot, MailIx)> {
    let slot = *slots.get(at?)?;
    Some((slot, slot.mail?))
}

/// Masks the addresses in the lines of a difference, before markup splits them.
fn cover(difference: &mut Difference, mask: Mask<'_>) {
    for line in difference.excerpts.iter_mut().flat_map(|excerpt| &mut excerpt.lines) {
        if let Cow::Owned(masked) = mask.apply(&line.text) {
            line.text = masked.into();
        }
    }
}

fn difference_html(
    words: &Words,
    difference: &Difference,
    mask: Mask<'_>,
    left: &mut usize,
) -> Html {
    let mut html = HtmlWriter::new(mask).in_words(words);
    if *left > 0 {
        let most = MAX_BYTES.min(*left);
        let shown: usize =
            difference.excerpts.iter().flat_map(|e| &e.lines).map(|l| l.text.len()).sum();
        diff::difference(&mut html, difference, most);
        *left -= shown.min(most);
    }
    html.finish()
}

/// Each line that only one of the patches has, without indentation, after its mark.
fn changed_lines(difference: &Difference) -> Vec<String> {
    let lines = difference.excerpts.iter().flat_map(|excerpt| &excerpt.lines);
    let changed = lines.filter(|line| line.outer != Outer::Both && !line.text.trim().is_empty());
    changed.map(|line| format!("{} {}", line.outer.sign(), line.text.trim())).collect()
}

/// Lines of a difference that only one of the patches has.
fn churn(difference: &Difference) -> Churn {
    let lines = difference.excerpts.iter().flat_map(|excerpt| &excerpt.lines);
    let (mut added, mut deleted) = (0, 0);
    for line in lines {
        match line.outer {
            Outer::New => added += 1,
            Outer::Old => deleted += 1,
            Outer::Both => {}
        }
    }
    wording::bars(added, deleted)
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Same => "change-same",
        Kind::Credited => "change-credited",
        Kind::Reworded => "change-reworded",
        Kind::Rebased => "change-rebased",
        Kind::Changed => "change-changed",
        Kind::Rewritten => "change-rewritten",
        Kind::Dropped => "change-dropped",
        Kind::New => "change-new",
    }
}

fn counts(words: &Words, comparison: &Comparison) -> Vec<CompareCount> {
    let pairs = &comparison.pairs;
    let of = |kind: Kind| {
        let (sign, label) = (Some(kind.marker().sign()), words.text(kind_word(kind)).to_owned());
        CompareCount { sign, label, count: pairs.iter().filter(|pair| pair.kind == kind).count() }
    };
    let kinds = [
        Kind::Same,
        Kind::Credited,
        Kind::Reworded,
        Kind::Rebased,
        Kind::Changed,
        Kind::Rewritten,
        Kind::New,
        Kind::Dropped,
    ];
    let retitled = pairs.iter().filter(|pair| pair.title == Title::Changed).count();
    let moved = pairs.iter().filter(|pair| pair.order == Order::Moved).count();
    let others = [
        CompareCount {
            sign: None,
            label: words.text("change-retitled").to_owned(),
            count: retitled,
        },
        CompareCount { sign: None, label: words.text("change-moved").to_owned(), count: moved },
    ];
    kinds.map(of).into_iter().chain(others).filter(|count| count.count > 0).collect()
}

/// The title in the older revision, if it differs.
fn other<'t>(before: &'t str, now: &str) -> &'t str {
    if before == now { "" } else { before }
}
