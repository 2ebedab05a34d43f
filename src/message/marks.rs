//! Fields of a header that tell what sort of mail it is, whoever wrote it.
//!
//! In: the header, and the sender. Out: each significant field as `name: value`: those of machines
//! ([`crate::machine`]), and for a Reply-To only the fact that it leads to another address, at a host that gives
//! addresses to everybody.

use super::{Mailbox, header::Header};

/// The kept part of a Reply-To that leads to somebody else.
pub(crate) const REPLY_ELSEWHERE: &str = "reply-to: elsewhere";

/// Hosts that give an address to everybody, without what is behind their first dot.
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

/// The fields that tell.
pub(super) fn marks(header: &Header<'_>, from: &Mailbox) -> Box<[Box<str>]> {
    let replies = header.text("reply-to").map(|value| Mailbox::parse_all(&value));
    let replies = replies.unwrap_or_default();
    let is_elsewhere = |to: &Mailbox| to.key() != from.key() && is_free(&to.address);
    let elsewhere = !replies.is_empty() && replies.iter().all(is_elsewhere);
    let elsewhere = elsewhere.then(|| REPLY_ELSEWHERE.into());
    header.marks().into_iter().chain(elsewhere).collect()
}

/// The address is at a host that gives one to everybody.
pub(crate) fn is_free(address: &str) -> bool {
    let host = address.split('@').nth(1).unwrap_or_default().to_lowercase();
    FREE.contains(&host.split('.').next().unwrap_or_default())
}
