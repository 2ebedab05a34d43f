//! Whether two mailboxes belong to one person, such as those of a trailer and of the sender.
//!
//! In: two mailboxes. Out: yes or no. Never here: a list of people's other addresses.

use super::Mailbox;

/// The same address, a `+detail` and one level of sub-domain left out, or exactly the same name (b4's
/// `get_trailers`).
pub(crate) fn same_person(one: &Mailbox, other: &Mailbox) -> bool {
    same_address(&one.address, &other.address) || same_name(&one.name, &other.name)
}

/// Whether two names are the same; an address is not a name.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    let is_name = !one.is_empty() && !one.contains('@');
    is_name && (one == other || one.to_lowercase() == other.to_lowercase())
}

/// A name in lower case; `Lind, Zoe`, as some companies' servers write it, is `zoe lind`.
pub(crate) fn plain_name(name: &str) -> String {
    let lower = name.to_lowercase();
    match lower.split_once(", ").filter(|(last, first)| !first.contains(',') && !last.is_empty()) {
        Some((last, first)) => format!("{} {last}", first.trim()),
        None => lower,
    }
}

/// Whether two addresses are the same, without `+detail` and one level of sub-domain.
pub(crate) fn same_address(one: &str, other: &str) -> bool {
    let (Some((user, domain)), Some((other_user, other_domain))) = (parts(one), parts(other))
    else {
        return false;
    };
    user.eq_ignore_ascii_case(other_user)
        && (domain.eq_ignore_ascii_case(other_domain)
            || is_below(domain, other_domain)
            || is_below(other_domain, domain))
}

/// The user without `+detail`, and the domain.
fn parts(address: &str) -> Option<(&str, &str)> {
    let (user, domain) = address.rsplit_once('@')?;
    Some((user.split_once('+').map_or(user, |(user, _)| user), domain))
}

/// `linux.example.org` is one level below `example.org`.
fn is_below(domain: &str, above: &str) -> bool {
    above.contains('.')
        && domain.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_several_addresses_and_several_have_one_domain() {
        for (one, other, same) in [
            ("Zoe Lind <zoe@example.org>", "Z. <ZOE@example.org>", true),
            ("Zoe Lind <zoe@example.org>", "Zoe <zoe+list@example.org>", true),
            ("Zoe Lind <zoe@linux.example.org>", "zoe@example.org", true),
            ("Zoe Lind <zoe@a.linux.example.org>", "zoe@example.org", false),
            ("Zoe Lind <zoe@example.org>", "Zoe Lind <zl@example.net>", true),
            ("Zoe Lind <zoe@example.org>", "Zoe <zoe@example.net>", false),
            ("zoe@org", "zoe@example.org", false),
        ] {
            let people = [one, other].map(Mailbox::parse);
            assert_eq!(same_person(&people[0], &people[1]), same, "{one} {other}");
        }
    }
}
