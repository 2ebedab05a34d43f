//! How long the new series of a digest, or all of the site, waited for a reply.
//!
//! In: the first answers. Out: a sentence's numbers, with links to the replies. Never here: a series.

use crate::{
    digest::FirstAnswers,
    page::part::{
        links::Links,
        view::{FirstAnswersView, Link},
        wording,
    },
    words::Words,
};

/// With fewer series than this, a share means nothing.
const FEW: usize = 4;

/// How long the new series waited for a reply, in a sentence; nothing if they are few.
pub(crate) fn first_answers(
    words: &Words,
    links: &Links<'_>,
    answers: &FirstAnswers,
) -> Option<FirstAnswersView> {
    let all = answers.answered.len() + answers.unanswered.len();
    let quantile = |percent| {
        let answer = answers.quantile(percent)?;
        let url = links.mail(answer.mail);
        Some(Link { label: wording::duration(answer.seconds, words), url })
    };
    // Half of one series is no news.
    (all >= FEW).then(|| FirstAnswersView {
        series: all,
        unanswered: answers.unanswered.len(),
        median: quantile(50),
        ninety: quantile(90),
    })
}
