//! Words for posting a patch again: `resend`, `a v2`, `split this`.
//!
//! In: the words of a sentence. Out: whether they speak of another revision. Never here: who asks for it or promises it.

use super::sentence::{among, has, version};

/// To post again, in one word.
const REPOST: &str = "resend re-send respin re-spin resubmit re-submit repost re-post rebase resending \
    reroll";

/// To post, with an object.
const POST: &str = "send post submit prepare spin sending posting provide";

/// The object that is posted, if the words say that it is another one.
pub(super) const REVISION: &str = "version revision spin round iteration patchset series one";

/// The object that is posted: another revision.
const AGAIN: &str = "respin re-spin reroll rebased";

/// Another one.
pub(super) const NEW: &str = "new newer updated next following upcoming fixed another rebased corrected revised \
                   second third improved better";

/// Not another revision: one more patch, or something else.
const OTHER: &str = "follow-up followup separate incremental additional different request";

/// To do the patch over.
const REWORK: &str = "split rework re-work rewrite redo reword squash";

/// A word that says to post again, or to post what is another revision.
pub(super) fn posts_again(words: &[String], at: usize) -> bool {
    let word = words[at].as_str();
    if among(word, REPOST) {
        return true;
    }
    if !among(word, POST) {
        return false;
    }
    let what = &words[at + 1..words.len().min(at + 8)];
    names_revision(what) && !has(what, OTHER)
}

/// `a v2`, `an updated version`; a `version` alone can be anything's.
pub(super) fn names_revision(words: &[String]) -> bool {
    words.iter().any(|word| version(word).is_some() || among(word, AGAIN))
        || words.windows(2).any(|pair| among(&pair[0], NEW) && among(&pair[1], REVISION))
        || words.windows(3).any(|three| {
            among(&three[0], NEW) && three[1] == "patch" && among(&three[2], "version series")
        })
}

/// `Please split this`, `could you rework the patch`.
pub(super) fn does_over(words: &[String], at: usize) -> bool {
    among(&words[at], REWORK) && names_patch(&words[at + 1..], "this these")
}

/// One of the pronouns, or `the patch` and the like, within the first words.
pub(super) fn names_patch(words: &[String], pronouns: &str) -> bool {
    let what = &words[..words.len().min(3)];
    words.first().is_some_and(|word| among(word, pronouns))
        || has(what, "patch patches series patchset commit") && has(what, "this the your these")
}
