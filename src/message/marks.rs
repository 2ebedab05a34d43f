//! Header fields that tell the sort of mail, whoever wrote it.
//!
//! In: the header, and the sender. Out: each significant field as `name: value`: those of machines
//! ([`crate::machine`]), and whether Reply-To leads to another address at a free-mail host.

use super::{Mailbox, header::Header};

/// The mark of a Reply-To that leads to another person.
pub(crate) const REPLY_ELSEWHERE: &str = "reply-to: elsewhere";

/// Free-mail hosts, up to their first dot.
const FREE: [&str; 28] = [
    "163",
    "126",
    "aliyun",
    "aol",
    "consultant",
    "email",
    "financier",
    "gmail",
    "gmx",
    "googlemail",
    "hotmail",
    "inbox",
    "lawyer",
    "live",
    "mail",
    "naver",
    "outlook",
    "post",
    "proton",
    "protonmail",
    "qq",
    "rediffmail",
    "tutanota",
    "usa",
    "yahoo",
    "yandex",
    "ymail",
    "zoho",
];

/// The significant fields.
pub(super) fn marks(header: &Header<'_>, from: &Mailbox) -> Box<[Box<str>]> {
    let replies = header.text("reply-to").map(|value| Mailbox::parse_all(&value));
    let replies = replies.unwrap_or_default();
    let is_elsewhere = |to: &Mailbox| to.key() != from.key() && is_free(&to.address);
    let elsewhere = !replies.is_empty() && replies.iter().all(is_elsewhere);
    let elsewhere = elsewhere.then(|| REPLY_ELSEWHERE.into());
    header.marks().into_iter().chain(elsewhere).collect()
}

/// Whether the address is at a free-mail host.
pub(crate) fn is_free(address: &str) -> bool {
    let host = address.split('@').nth(1).unwrap_or_default().to_lowercase();
    FREE.contains(&host.split('.').next().unwrap_or_default())
}
