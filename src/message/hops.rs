//! The path of a mail through servers.
//!
//! In: the Received fields of a mail and the list that it names. Out: when the last machine received it, and when
//! the first trustworthy machine did. Never here: whether its Date field is right.
//!
//! Each machine puts its field above those of the machines before it. So the topmost field is the archive's own, and
//! the lowest ones are the sender's, who can write anything there. The border lies between them. Mail filters find
//! it in the same way (SpamAssassin's `trusted_networks`): from the top down, as long as the machine that wrote the
//! field belongs to the archive or to the list, to the one that took the mail from a stranger. At that time the mail
//! came, not later, when a moderator accepted it or the archive caught up. A stranger who uses a trusted name can
//! move the date back by a month at most ([`super::Dates`]), and never forward.

use super::{
    date,
    header::{self, Header},
};
use crate::date::Timestamp;

/// When a mail came, according to its Received fields.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hops {
    /// When the last machine on its way received it.
    pub(super) last: Option<Timestamp>,
    /// When the first trustworthy machine received it.
    pub(super) first: Option<Timestamp>,
}

/// How much later than the next machine a machine may have received a mail, in seconds: clocks differ.
const SKEW: i64 = 3600;

/// One Received field.
#[derive(Debug, PartialEq, Eq)]
struct Hop<'a> {
    /// The host that handed over the mail, if the field names it.
    from: Option<&'a str>,
    /// The host that accepted it.
    by: Option<&'a str>,
    when: Option<Timestamp>,
}

impl Hops {
    /// Reads the Received fields of a mail of this list.
    pub(super) fn read(header: &Header<'_>, list: Option<&str>) -> Self {
        let mut hops = header.all("received").map(Hop::read).peekable();
        let ours = [hops.peek().and_then(|hop| hop.by), list].map(Option::unwrap_or_default);
        let is_ours = |host: &str| is_local(host) || ours.iter().any(|own| are_of_one(own, host));
        let mut found = Self::default();
        for hop in hops {
            if hop.by.is_some_and(|host| !is_ours(host)) {
                break;
            }
            if let Some(when) = hop.when {
                let last = *found.last.get_or_insert(when);
                if when.0 > last.0 + SKEW {
                    break;
                }
                found.first = Some(when);
            }
            if hop.from.is_some_and(|host| !is_ours(host)) {
                break;
            }
        }
        found
    }
}

impl<'a> Hop<'a> {
    /// A field describes the hop, then a semicolon, then the time.
    fn read(field: &'a [u8]) -> Self {
        let (way, when) = match memchr::memrchr(b';', field) {
            Some(end) => (&field[..end], &field[end + 1..]),
            None => (&field[..0], field),
        };
        let mut hop = Self { from: None, by: None, when: date::parse(&header::decode(when)) };
        let mut words = str::from_utf8(way).unwrap_or_default().split_ascii_whitespace();
        let mut depth = 0;
        while let Some(word) = words.next().filter(|_| hop.by.is_none()) {
            match word {
                "from" if depth == 0 && hop.from.is_none() => hop.from = words.next(),
                "by" if depth == 0 => hop.by = words.next(),
                _ => {
                    depth += word.matches('(').count();
                    depth = depth.saturating_sub(word.matches(')').count());
                }
            }
        }
        hop
    }
}

/// Whether the host is this machine: mail programs hand mail to one another locally.
fn is_local(host: &str) -> bool {
    ["localhost", "localhost.localdomain", "[127.0.0.1]"].contains(&host)
}

/// Whether two hosts belong to one organisation, by their names.
fn are_of_one(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(organisation);
    !one.is_empty() && one.eq_ignore_ascii_case(other)
}

/// The registered part of a host's name: its last two words, or three below `.co.uk` and the like.
fn organisation(host: &str) -> &str {
    let host = host.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (top, second, third) = (dots.next(), dots.next(), dots.next());
    let is_short = |(top, second): (usize, usize)| host.len() - top <= 3 && top - second <= 4;
    let cut = if top.zip(second).is_some_and(is_short) { third } else { second };
    cut.map_or(host, |at| &host[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(list: Option<&str>, hops: &[(&str, i64)]) -> [Option<i64>; 2] {
        let field = |(way, at): &(&str, i64)| {
            format!("Received: {way};\n\t{}\n", Timestamp(1_772_445_600 + at).rfc5322())
        };
        let mail = hops.iter().map(field).collect::<String>() + "\n";
        let found = Hops::read(&Header::split(mail.as_bytes()).0, list);
        [found.last, found.first].map(|when| when.map(|when| when.0 - 1_772_445_600))
    }

    #[test]
    fn the_first_hop_that_can_be_trusted() {
        const LIST: Option<&str> = Some("lamp.lists.example.org");
        let archive =
            ("from mx.example.org (mx.example.org [192.0.2.1])\n by mail.archive.example", 0);
        let held = ("from localhost ([127.0.0.1]) by mx.example.org with esmtp (Exim)", -50);
        let taken = ("from mail.sender.example (by chance) by mx.example.org with esmtps", -9000);
        let sent = ("from [192.0.2.7] by mail.sender.example with ESMTPSA id 1", -9990);
        let way = [archive, held, taken, sent];
        assert_eq!(first(LIST, &way), [Some(0), Some(-9000)]);
        assert_eq!(first(None, &way), [Some(0), Some(0)], "who else is trusted is not known");
        assert_eq!(first(LIST, &way[3..]), [Some(-9990); 2], "of one hop it is the archive's");
        let made_up = ("from mx.example.org by mx.example.org", -99_999);
        let forged = [archive, held, taken, made_up];
        assert_eq!(first(LIST, &forged), [Some(0), Some(-9000)], "below a stranger's");
        let later = [archive, ("by mx.example.org via list", 50), ("by mx.example.org", 90_000)];
        assert_eq!(first(LIST, &later), [Some(0), Some(50)], "a clock that is wrong");
        assert_eq!(first(LIST, &[]), [None, None]);
        let silent = [("(qmail 7 invoked by uid 0)", 0), ("from a.example by b.example", -5)];
        assert_eq!(first(LIST, &silent), [Some(0), Some(0)]);
    }

    #[test]
    fn what_is_registered() {
        for (host, want) in [
            ("bombadil.infradead.org", "infradead.org"),
            ("lists.example.co.uk.", "example.co.uk"),
            ("[vger.kernel.org]", "kernel.org"),
            ("lists.lfdr.de", "lfdr.de"),
            ("lamp", "lamp"),
            ("", ""),
        ] {
            assert_eq!(organisation(host), want);
        }
    }
}
