//! People who announce a review of a revision.
//!
//! In: its replies. Out: the mails that announce a review, each person's last. An announcement is not a review, and
//! if a mail says nothing else, nobody waited for that reply. Never here: how a mail words it.

use crate::{
    patch::{Role, Told, Voice},
    series::{
        MailIx, Revision, StoredMessage, Threads,
        fate::{Bench, Speaker},
    },
};

/// The mail announces a review. `I'll take a look` may be about anything that was said, but in reply to a patch.
fn announces(mails: &[StoredMessage], threads: &Threads, ix: MailIx) -> bool {
    let mail = &mails[ix.at()].mail;
    let answers_patch = || {
        let above = threads.parent[ix.at()].map(|up| mails[up.at()].mail.role);
        matches!(above, Some(Role::Patch | Role::Cover))
    };
    let mut said = mail.notices.iter().filter(|notice| notice.told == Told::Intended);
    mail.machine.is_none() && said.any(|n| n.voice != Voice::Loose || answers_patch())
}

/// The mail announces a review, and says nothing else.
pub(in crate::series) fn only_announces(
    mails: &[StoredMessage],
    threads: &Threads,
    ix: MailIx,
) -> bool {
    let mail = &mails[ix.at()].mail;
    mail.trailers.is_empty()
        && mail.notices.iter().all(|notice| notice.alone)
        && announces(mails, threads, ix)
}

impl Bench<'_> {
    /// The mails of those who said that they will review the revision, and have not written since.
    pub(super) fn intents(&self, newest: &Revision) -> Vec<MailIx> {
        let mut intents: Vec<MailIx> = Vec::new();
        for &ix in &newest.replies {
            let message = &self.mails[ix.at()].mail.message;
            intents.retain(|earlier| {
                let by = &self.mails[earlier.at()].mail.message.from;
                !self.known.is(&message.from, by, message.date)
            });
            if self.speaker(ix, newest) == Speaker::Other && announces(self.mails, self.threads, ix)
            {
                intents.push(ix);
            }
        }
        intents
    }
}
