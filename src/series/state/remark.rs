//! Open remarks after the last review.
//!
//! In: a revision with its ledger and its replies. Out: whether all agree. If somebody objects, asks or wants
//! something after a review, and no other review follows, the series stays under discussion: for this reason, 26
//! entries of six lists' queues were wrongly shown as reviewed, although nobody had objected in words that could be
//! listed. Never here: how a mail words it.

use super::verdict::reviewed;
use crate::{
    message::{Extent, Trailer},
    patch::Told,
    series::{
        MailIx, Revision,
        fate::{Bench, Speaker},
    },
};

impl Bench<'_> {
    /// The mail that gave the last patch its first approval, if nothing has been left open since.
    pub(super) fn agreed(&self, revisions: &[Revision], newest: &Revision) -> Option<MailIx> {
        let approval = reviewed(self.mails, newest)?;
        let is_settled = newest.taker.is_some() || newest.hearsay.is_some();
        let replies = newest.replies.iter().copied().chain(self.late(revisions, newest)).collect();
        (is_settled || !self.is_open(newest, replies, approval)).then_some(approval)
    }

    /// Somebody else than the author left something open after the approval, and nobody approved again.
    fn is_open(&self, newest: &Revision, mut replies: Vec<MailIx>, approval: MailIx) -> bool {
        replies.sort_by_key(|ix| self.mail(*ix).message.date);
        let since = self.mail(approval).message.date;
        // For each remark, the mail to which it replies.
        let mut open: Vec<Vec<MailIx>> = Vec::new();
        for ix in replies {
            let mail = self.mail(ix);
            let is_other = mail.machine.is_none() && self.speaker(ix, newest) == Speaker::Other;
            if !is_other || mail.message.date <= since {
                continue;
            }
            let about = self.threads.above(ix, |up| newest.members().any(|member| member == up));
            let approves = mail.trailers.iter().any(Trailer::is_approval);
            if approves {
                let is_cover = |ix: &MailIx| newest.cover == Some(*ix);
                let whole = about.iter().any(is_cover)
                    || mail.extents.iter().any(|extent| *extent != Extent::Answered);
                let met = |ix: &MailIx| is_cover(ix) || about.contains(ix);
                open.retain(|of| !whole && !of.is_empty() && !of.iter().any(met));
            } else if mail.open
                && !mail.notices.iter().any(|notice| says_more(notice.told))
                && !mail
                    .trailers
                    .iter()
                    .any(|trailer| trailer.key.eq_ignore_ascii_case("Tested-by"))
            {
                open.push(about);
            }
        }
        !open.is_empty()
    }
}

/// Such a notice is about the fate of the patch, and other rules judge it.
fn says_more(told: Told) -> bool {
    matches!(told, Told::Applied | Told::Merged | Told::Planned)
}
