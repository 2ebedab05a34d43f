//! The stable branch for which a posting is meant.
//!
//! In: a mail. Out: the name of the branch; empty for most. Never here: which postings are backports of one another.

use std::sync::Arc;

use crate::{date::Timestamp, patch::Mail};

/// Some stable branch.
const ANY: &str = "stable: ";

/// The time from one kernel to the next, in seconds.
const EACH: i64 = 66 * 86_400;

/// A month, in seconds, as a twelfth of a year.
const MONTH: i64 = 2_629_746;

/// The stable branch that a backport is for, as its tags name it (`AUTOSEL 5.4`, `4.19`, `5.10.y`, `for-4.19`): one
/// patch goes to many, and none of them is a revision of another. `stable` where only the commit message says that
/// it is one. A kernel that was not out yet is where every patch goes.
pub(in crate::series) fn stable_branch(mail: &Mail, is_backport: bool) -> String {
    let tags = &mail.message.subject.tags;
    let date = mail.message.date;
    let branch = |tag: &Arc<str>| {
        let is_autosel = tag.eq_ignore_ascii_case("autosel");
        let kernels: Option<Vec<String>> = tag.split('/').map(|tag| kernel(tag, date)).collect();
        let kernels = kernels.or_else(|| Some(vec![kernel(tag, date)?]));
        kernels.map(|kernels| kernels.join("/")).or_else(|| is_autosel.then(|| tag.to_string()))
    };
    let named: Vec<String> = tags.iter().filter_map(branch).collect();
    match (named.is_empty(), is_backport) {
        (false, _) => format!("{}: ", named.join(" ")),
        (true, true) => ANY.to_owned(),
        (true, false) => String::new(),
    }
}

/// Both names of branches name a kernel, and not the same: what is backported to one links to what is backported to the other.
pub(in crate::series::lineage) fn are_for_two_kernels(one: &str, other: &str) -> bool {
    let is_named = |branch: &str| !branch.is_empty() && branch != ANY;
    is_named(one) && is_named(other) && one != other
}

/// The kernel version that a tag names, if it was released by that date.
fn kernel(tag: &str, date: Option<Timestamp>) -> Option<String> {
    let prefixes = ["for-", "linux-", "stable-", "stable/"];
    let bare = prefixes.iter().find_map(|prefix| tag.strip_prefix(prefix)).unwrap_or(tag);
    let bare = bare.trim_end_matches("-stable").trim_start_matches('v');
    let bare = bare.trim_end_matches(".y").trim_end_matches(".x");
    // `lamp-19.07`
    let bare =
        bare.rsplit_once('-').map(|(_, end)| end).filter(|end| end.len() == 5).unwrap_or(bare);
    let (major, rest) = bare.split_once('.')?;
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| !text.starts_with('+'));
    let minor = number(rest.split('.').next()?)?;
    // No kernel has the number of `[PATCHSET v13.2.1]`.
    let is_kernel = major.len() == 1 && rest.split('.').all(|part| number(part).is_some());
    let is_monthly = major.len() == 2 && rest.len() == 2 && (1..=12).contains(&minor);
    let is_out = date.is_none_or(|date| is_out(number(major).unwrap_or(0), minor, date));
    ((is_kernel || is_monthly) && is_out).then(|| bare.to_owned())
}

/// The tags name a branch that takes no new work: a kernel that has been out since the second one before, or by the form of its name.
pub(in crate::series) fn is_for_old(mail: &Mail) -> bool {
    let Some(date) = mail.message.date else { return false };
    let before = Timestamp(date.0.saturating_sub(2 * EACH));
    mail.message.subject.tags.iter().any(|tag| {
        let is_branch = [".y", ".x", "-stable"].iter().any(|end| tag.ends_with(end));
        kernel(tag, Some(if is_branch { date } else { before })).is_some()
    })
}

/// Kernels come every 66 days since 4.0 of 12 April 2015: for 5.0, 6.0 and 7.0 that is a month off at most. `19.07` came in July 2019.
fn is_out(major: u16, minor: u16, date: Timestamp) -> bool {
    if major >= 10 {
        let months = (i64::from(major) + 30) * 12 + i64::from(minor) - 1;
        return date.0 >= months * MONTH;
    }
    let before = match major {
        0..4 => return true,
        4 => 0,
        // 4.20 was the last.
        major => 21 + (i64::from(major) - 5) * 20,
    };
    let first = 1_428_796_800;
    date.0 >= first + (before + i64::from(minor)) * EACH
}
