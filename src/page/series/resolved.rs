//! How a later revision answers an open point: a question or an objection that nobody answered.
//!
//! In: the message with the point, and the revision that it is about. Out: a [`Resolution`] by the first later revision
//! that answers: the person who asked reviewed the same patch there, its changelog names them, or the patch is gone.
//! Patches of different revisions are the same if their titles are. Never here: which message makes a point; whether
//! a change is the one that was asked for.

use std::cell::OnceCell;

use crate::{
    message::{Mailbox, same_person},
    page::{
        part::{links::Links, outline::view::Resolution, row, view::Link},
        series::compare::{self, Compared},
    },
    patch::title::normal,
    plan::{Reader, names, omitted::Omitted},
    range_diff::Kind,
    series::{MailIx, SeriesIx, Slot, Standing, changelog::Changes},
};

/// The words before a name that make it a person's, not the first word of a sentence (`Mark it as static`).
const BEFORE: [&str; 9] = ["and", "as", "by", "cc", "from", "per", "thanks", "to", "with"];

/// The most later revisions in which an answer is looked for: each has texts to read, and a long series has many pages.
const LATER: usize = 3;

/// The changelogs of the revisions after one, each read if a point needs it.
pub(crate) type Changelogs = [OnceCell<Vec<Changes>>; LATER];

/// How a later revision answers the point that the mail `asked` makes about revision `number`.
pub(crate) fn resolution(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: SeriesIx,
    (number, changelogs): (usize, &Changelogs),
    asked: MailIx,
) -> Option<Resolution> {
    let series = plan.corpus.series(ix);
    let revision = &series.revisions[number];
    let who = plan.corpus.fold(&plan.corpus.mail(asked).message.from).into_owned();
    if same_person(&who, &plan.corpus.fold(&revision.author)) {
        return None;
    }
    let about = plan.corpus.upwards(asked).find(|mail| revision.members().any(|own| own == *mail));
    let patch = revision.slots.iter().find(|slot| about.is_some() && slot.sent() == about);
    let title = |slot: &Slot| slot.mail.map(|mail| normal(&plan.corpus.mail(mail).title));
    let wanted = patch.and_then(title);
    let answer = |how: &'static str, later: usize, url: String| Resolution {
        how,
        proof: Link { label: names::label(&plan.settings.words, series, later), url },
    };
    let following = series.revisions.iter().enumerate().skip(number + 1);
    for ((later, next), changes) in following.zip(changelogs) {
        let same = next.slots.iter().filter(|slot| wanted.is_none() || title(slot) == wanted);
        let given = same.flat_map(Slot::verdicts).find(|review| {
            review.standing == Standing::Given
                && review.mail > asked
                && same_person(&plan.corpus.fold(&review.person), &who)
        });
        if let Some(review) = given {
            return Some(answer("reviewed", later, links.mail(review.mail)));
        }
        if changes
            .get_or_init(|| plan.corpus.changes(next))
            .iter()
            .any(|told| names(&told.text, &who))
        {
            let page = links.to(&plan.revision_route(ix, later));
            // A page of an old series may leave its texts out.
            let shows = plan.omitted(ix, later) != Omitted::Texts
                && row::changes(plan.corpus, next).is_some();
            let place = if shows { "#changes" } else { "" };
            return Some(answer("named", later, format!("{page}{place}")));
        }
        let is_gone = later == number + 1
            && patch
                .and_then(|slot| slot.mail)
                .is_some_and(|mail| is_dropped(plan, ix, later, mail));
        if let Some(link) = compare::compare_link(plan, links, ix, later).filter(|_| is_gone) {
            return Some(answer("gone", later, link.url));
        }
    }
    None
}

/// Whether a patch of the revision before `number` is not in `number`.
fn is_dropped(plan: Reader<'_>, ix: SeriesIx, number: usize, patch: MailIx) -> bool {
    if plan.compared_with(ix, number).is_none() {
        return false;
    }
    let Compared { old, comparison, .. } = compare::compared(plan, ix, number);
    let dropped = comparison.pairs.iter().filter(|pair| pair.kind == Kind::Dropped);
    dropped.filter_map(|pair| old.get(pair.old?)).any(|slot| slot.mail == Some(patch))
}

/// Whether a changelog names a person: by their whole name, or by a part of it where only a name can stand.
fn names(text: &str, who: &Mailbox) -> bool {
    let name = who.name.trim();
    if name.contains(' ') && text.contains(name) {
        return true;
    }
    let local = who.address.split('@').next().unwrap_or_default();
    let parts = name.split_whitespace().chain([local]).filter(|part| part.len() > 2);
    parts.into_iter().any(|part| {
        text.match_indices(part).any(|(at, _)| is_named(&text[..at], &text[at + part.len()..]))
    })
}

/// Whether a word is a name, by what stands around it: `(Bob)`, `by Bob`, `Bob's`, `[Bob]`.
fn is_named(before: &str, after: &str) -> bool {
    if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
        return false;
    }
    let bare = before.trim_end();
    let word = bare.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let follows = before.len() > bare.len() && BEFORE.contains(&&*word.to_lowercase());
    follows
        || before.ends_with(['(', '[', '<', '@'])
        || [")", "]", "'s ", "’s "].iter().any(|end| after.starts_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changelog_names_a_person_where_only_a_name_can_stand() {
        let who = Mailbox::parse("Mark Roe <mroe@example.org>");
        for (text, expected) in [
            ("- Trim the wick (Mark)", true),
            ("- Trim it, as asked by Mark.", true),
            ("- Use Mark's way", true),
            ("- Mark Roe asked for oil", true),
            ("- Trim it [mroe]", true),
            ("- Mark it as static", false),
            ("- Use Marks", false),
            ("- Remark on it (Remark)", false),
            ("- Trim it (Bob)", false),
        ] {
            assert_eq!(names(text, &who), expected, "{text}");
        }
    }
}
