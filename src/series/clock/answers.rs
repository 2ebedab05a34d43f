//! Replies that arrived before the mail that they answer.
//!
//! In: the mails, and when each arrived. Out: the Date field in place of the arrival, for a mail that a list held back
//! (for a moderator, or behind a greylist) while others, who had a copy, already answered. Never here: a reply whose
//! own date nobody bears out.

use super::{Arrival, Claim};
use crate::{date::Timestamp, hash::FastMap, message::MessageId};

/// How long a list holds a mail back at most, in seconds: on alsa-devel, replies arrived up to 26 days before the
/// patch, and 504 of 43,224 patches and cover letters arrived more than a day after a reply. Without a limit,
/// somebody could date a mail years ago by answering it first.
const HELD: i64 = 31 * 86_400;

/// Gives each mail that a reply precedes the date that its sender wrote.
pub(super) fn heed(mails: &[Arrival], claims: &mut [Claim]) {
    let mut held: FastMap<&MessageId, Vec<usize>> = FastMap::default();
    for (at, (arrival, claim)) in mails.iter().zip(&*claims).enumerate() {
        if was_held(arrival, *claim).is_some() {
            held.entry(&arrival.mail.message.id).or_default().push(at);
        }
    }
    if held.is_empty() {
        return;
    }
    // What is older now may be a reply to another mail that was held back, so that one is looked at again.
    let mut replies: Vec<usize> = (0..mails.len()).collect();
    while let Some(reply) = replies.pop() {
        let answered = mails[reply].mail.message.in_reply_to().and_then(|id| held.get(id));
        let (Some(answered), Claim::Sure(date)) = (answered, claims[reply]) else { continue };
        for &at in answered {
            let is_before = claims[at].date().is_some_and(|arrived| date < arrived);
            let written = was_held(&mails[at], claims[at]).filter(|written| *written <= date);
            if let Some(written) = written.filter(|_| is_before) {
                claims[at] = Claim::Sure(written);
                replies.push(at);
            }
        }
    }
}

/// The Date field, if it is before the arrival, and not longer than a list holds a mail back.
fn was_held(arrival: &Arrival, claim: Claim) -> Option<Timestamp> {
    let (written, arrived) = (arrival.mail.message.dates.written?, claim.date()?);
    (1..=HELD).contains(&(arrived.0 - written.0)).then_some(written)
}
