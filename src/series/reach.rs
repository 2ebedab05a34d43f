//! Which patches of a revision a phrase in a reply is about, for reviews and for fates.
//!
//! In: a reply, the meaning of its words ([`Extent`]), the revision. Out: a [`Reach`]. Words that name a topic (`the
//! clk ones`) mean the patches whose title begins with it or whose files are in such a folder; if there are none,
//! the words mean nothing. Never here: how a mail words it; who says it.

use super::{MailIx, Revision, Slot, StoredMessage, Threads};
use crate::{
    message::Extent,
    patch::{Mail, title::normal},
};

/// The scope of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// This patch: given in reply to it.
    Patch,
    /// The whole series: given in reply to the cover letter, or by the words beside it.
    Series,
    /// The patches that the words beside it name by number or topic (`for patches 1-3`, `for the clk ones`).
    Named,
}

impl Scope {
    /// The word that export uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Series => "series",
            Self::Named => "named",
        }
    }
}

/// The patches that a reply is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// The slots, by their place in the revision.
    pub(super) slots: Vec<usize>,
    /// Their scope.
    pub(super) scope: Scope,
}

/// The patches that the reply `ix` is about, by words of this extent; `None` if they do not say which patches they
/// mean.
pub(super) fn reach(
    extent: &Extent,
    ix: MailIx,
    revision: &Revision,
    mails: &[StoredMessage],
    threads: &Threads,
) -> Option<Reach> {
    let slots = &revision.slots;
    let those = |is_meant: &dyn Fn(&Slot) -> bool| -> Vec<usize> {
        (0..slots.len()).filter(|at| is_meant(&slots[*at])).collect()
    };
    let all = || Reach { slots: those(&|_| true), scope: Scope::Series };
    let named = match extent {
        Extent::Series => return Some(all()),
        Extent::Some if slots.len() > 1 => return None,
        Extent::Except(numbers) => those(&|slot| !numbers.contains(&slot.number)),
        Extent::Patches(numbers) => those(&|slot| numbers.contains(&slot.number)),
        Extent::About(words) => those(&|slot| {
            slot.mail
                .is_some_and(|ix| words.iter().any(|word| is_about(&mails[ix.at()].mail, word)))
        }),
        Extent::Answered | Extent::Some => Vec::new(),
    };
    if !named.is_empty() || matches!(extent, Extent::Except(_)) {
        return Some(Reach { slots: named, scope: Scope::Named });
    }
    let is_part = |up| revision.cover == Some(up) || slots.iter().any(|slot| slot.mail == Some(up));
    let targets = threads.above(ix, is_part);
    if revision.cover.is_some_and(|cover| targets.contains(&cover)) {
        return Some(all());
    }
    let meant = those(&|slot| slot.mail.is_some_and(|ix| targets.contains(&ix)));
    (!targets.is_empty()).then_some(Reach { slots: meant, scope: Scope::Patch })
}

/// Whether the patch's title begins with the word before a colon, or one of its files is in a folder with that name.
fn is_about(mail: &Mail, word: &str) -> bool {
    let begins = mail.title.rsplit_once(':').map_or("", |(begin, _)| begin);
    let wanted = normal(word);
    normal(begins).split(' ').any(|part| part == wanted)
        || mail.files.iter().any(|file| match word.contains('/') {
            true => file.path.contains(word),
            false => file.path.split('/').any(|part| part.eq_ignore_ascii_case(word)),
        })
}
