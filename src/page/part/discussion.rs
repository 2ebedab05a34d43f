//! Replies as a flattened nested list.
//!
//! In: the mails of a page, their parents, and which of them have a place of their own (patches and the cover
//! letter). Out: for each of the latter, the order and depth of the replies below it. Never here: recursion; the
//! text of a mail.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    plan::Read,
    series::{Corpus, ListIx, MailIx},
};

/// Lists deeper than this go on at this depth.
const DEEPEST: usize = 5;

/// A reply in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The mail.
    pub(crate) mail: MailIx,
    /// The mail to which it replies, if the nesting does not show that.
    pub(crate) answers: Option<MailIx>,
    /// Its replies follow, inside its item.
    pub(crate) deeper: bool,
    /// How many lists end after it.
    pub(crate) closes: usize,
}

/// The replies on a page.
#[derive(Debug, Default)]
pub(crate) struct Discussion {
    /// The direct replies to each mail of the page, by date.
    children: BTreeMap<MailIx, Vec<MailIx>>,
    /// Replies to mails that are not on the page, or to nothing.
    strays: Vec<MailIx>,
    /// The lists on which the mails of the page were posted.
    lists: BTreeSet<ListIx>,
}

impl Discussion {
    /// Sorts the mails of a page (`members`, by date) into those with a place of their own (`stand`) and replies.
    pub(crate) fn new(
        corpus: Read<'_, Corpus>,
        members: &[MailIx],
        stand: impl Fn(MailIx) -> bool,
    ) -> Self {
        let lists = members.iter().flat_map(|mail| lists_of(corpus, *mail)).collect();
        Self { lists, ..Self::sorted(members, stand, |mail| corpus.upwards(mail)) }
    }

    /// `upwards` gives a mail, its parent, the parent of that, and so on.
    fn sorted<I: Iterator<Item = MailIx>>(
        members: &[MailIx],
        stand: impl Fn(MailIx) -> bool,
        upwards: impl Fn(MailIx) -> I,
    ) -> Self {
        let mut discussion = Self::default();
        // Members are sorted.
        let is_here = |above: &MailIx| members.binary_search(above).is_ok();
        for &mail in members.iter().filter(|mail| !stand(**mail)) {
            match upwards(mail).skip(1).find(is_here) {
                Some(parent) => discussion.children.entry(parent).or_default().push(mail),
                None => discussion.strays.push(mail),
            }
        }
        discussion
    }

    /// The direct and indirect replies to the mail `top`, in reading order.
    pub(crate) fn below(&self, top: MailIx) -> Vec<Placed> {
        self.lay_out(self.children.get(&top).map_or(&[], Vec::as_slice))
    }

    /// The replies to messages that are not on the page, with the replies to them.
    pub(crate) fn strays(&self) -> Vec<Placed> {
        self.lay_out(&self.strays)
    }

    /// Whether a mail was on all lists on which the page's mails were.
    pub(crate) fn is_on_all_lists(&self, corpus: Read<'_, Corpus>, mail: MailIx) -> bool {
        lists_of(corpus, mail).collect::<BTreeSet<_>>() == self.lists
    }

    fn lay_out(&self, tops: &[MailIx]) -> Vec<Placed> {
        let mut order: Vec<(MailIx, usize, Option<MailIx>)> = Vec::new();
        let mut open: Vec<(MailIx, usize, Option<MailIx>)> =
            tops.iter().rev().map(|mail| (*mail, 0, None)).collect();
        while let Some((mail, depth, parent)) = open.pop() {
            order.push((mail, depth.min(DEEPEST), parent.filter(|_| depth > DEEPEST)));
            let children = self.children.get(&mail).map_or(&[][..], Vec::as_slice);
            open.extend(children.iter().rev().map(|child| (*child, depth + 1, Some(mail))));
        }
        let next = order.iter().skip(1).map(|(_, depth, _)| *depth).chain([0]);
        let placed = order.iter().zip(next).map(|(&(mail, depth, answers), next)| Placed {
            mail,
            answers,
            deeper: next > depth,
            closes: depth.saturating_sub(next),
        });
        placed.collect()
    }
}

fn lists_of(corpus: Read<'_, Corpus>, mail: MailIx) -> impl Iterator<Item = ListIx> + '_ {
    corpus.stored(mail).copies.iter().map(|(list, _)| *list)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parents of mails 0, 1, 2 …; the layout below mail 0 as `mail` with `>` for deeper and `<`
    /// for each list that ends.
    fn layout(parents: &[Option<u32>]) -> String {
        let mut corpus = Corpus::default();
        corpus.threads.parent = parents.iter().map(|p| p.map(MailIx)).collect();
        let upwards = |mail| corpus.threads.upwards(mail);
        let members: Vec<MailIx> = (0..parents.len() as u32).map(MailIx).collect();
        let discussion = Discussion::sorted(&members, |mail| mail == MailIx(0), upwards);
        let text = |placed: Placed| {
            let answers = placed.answers.map_or(String::new(), |a| format!("@{}", a.0));
            let deeper = if placed.deeper { ">" } else { "" };
            format!("{}{answers}{deeper}{}", placed.mail.0, "<".repeat(placed.closes))
        };
        discussion.below(MailIx(0)).into_iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn answers_are_nested_and_every_list_ends() {
        for (parents, expected) in [
            (&[None][..], ""),
            (&[None, Some(0), Some(0)], "1 2"),
            (&[None, Some(0), Some(1), Some(1), Some(0)], "1> 2 3< 4"),
            (&[None, Some(0), Some(1), Some(2)], "1> 2> 3<<"),
        ] {
            assert_eq!(layout(parents), expected);
        }
        let deep: Vec<Option<u32>> = (0..9u32).map(|n| n.checked_sub(1)).collect();
        assert_eq!(layout(&deep), "1> 2> 3> 4> 5> 6 7@6 8@7<<<<<");
    }
}
