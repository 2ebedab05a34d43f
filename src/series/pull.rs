//! Pull requests and their fates.
//!
//! In: the mails and their threads. Out: a [`Request`] for each pull request. Its content is in its mail
//! ([`Mail::pull`](crate::patch::Mail)). Patches sent with it (`[PULL 3/12]`) form a series with it as the cover
//! letter, and name by `Message-Id:` or `Link:` the list's patches that they are. Never here: a repository.

use std::collections::{BTreeMap, HashMap};

use super::{
    MailIx, StoredMessage, Threads,
    fate::{Request, applied, commit},
    thread::Ids,
};
use crate::{
    message::{SubjectKind, same_person},
    patch::{Role, Told, Voice},
};

/// The pull requests among the mails, by date.
pub(super) fn requests(mails: &[StoredMessage], threads: &Threads) -> Vec<Request> {
    let is_request = |ix: &MailIx| mails[ix.at()].mail.role == Role::Pull;
    let new = |mail: MailIx| {
        let series = mails[mail.at()].home.map(|(series, _)| series);
        (mail, Request { mail, applied: None, series })
    };
    let mut all: BTreeMap<MailIx, Request> =
        MailIx::all(mails.len()).filter(is_request).map(new).collect();
    for ix in MailIx::all(mails.len()) {
        let mail = &mails[ix.at()].mail;
        let pulled = mail.notices.iter().find(|notice| {
            matches!(notice.told, Told::Applied | Told::Merged) && notice.voice != Voice::Loose
        });
        let Some(notice) = pulled else { continue };
        // The nearest mail that is not a reply: a reply to a patch is about the patch.
        let above = threads.upwards(ix).skip(1).find(|up| mails[up.at()].mail.role != Role::Reply);
        let Some(request) = above.and_then(|up| all.get_mut(&up)) else { continue };
        let asked = &mails[request.mail.at()].mail.message.from;
        let another = !same_person(&mail.message.from, asked);
        let said = applied(ix, mail, notice, notice.listed.first().map_or("", commit));
        let better = request.applied.as_ref().is_none_or(|old| old.fate < said.fate);
        if better && (notice.voice == Voice::Tool || another) {
            request.applied = Some(said);
        }
    }
    all.into_values().collect()
}

/// The patches that somebody took into a pull request, because `[PULL n/m]` patches name them; the first one counts.
/// QEMU's maintainers often give no other sign.
pub(super) fn sent_along(mails: &[StoredMessage], ids: &Ids) -> HashMap<MailIx, MailIx> {
    let mut all = HashMap::new();
    for (ix, letter) in MailIx::all(mails.len()).zip(mails) {
        let mail = &letter.mail;
        let pulled = mail.role == Role::Patch && mail.message.subject.kind == SubjectKind::Pull;
        for trailer in mail.trailers.iter().filter(|_| pulled) {
            let known = ["Message-Id", "Message-ID", "Link"].contains(&&*trailer.key);
            let id = trailer.value.trim_matches(['<', '>', ' ']);
            let id = id.rsplit('/').find(|part| part.contains('@')).filter(|_| known);
            if let Some(patch) = id.and_then(|id| ids.get(id)) {
                all.entry(*patch).or_insert(ix);
            }
        }
    }
    all
}
