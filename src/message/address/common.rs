//! Mailboxes as nearly all people write them: `Zoe Lind <zoe@example.org>`.
//!
//! In: the value of a field. Out: its name and address, if it has exactly this form. The full parser
//! ([`entry`](super::entry)) gives the same result; this one is fast, because a build parses every trailer of an
//! archive. Never here: a comma, a comment, a quotation mark, a letter beyond ASCII, a masked address.

/// The lengths of a name that git accepts, in bytes.
const NAME: std::ops::RangeInclusive<usize> = 3..=60;

/// The name and the address, if the value has the common form.
pub(super) fn read(value: &str) -> Option<(&str, &str)> {
    let (name, rest) = value.split_once(" <")?;
    let address = rest.strip_suffix('>')?;
    let (user, domain) = address.split_once('@')?;
    (is_name(name) && is_user(user) && is_domain(domain)).then_some((name, address))
}

/// Words, separated by single blanks.
fn is_name(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.'".contains(&b))
    };
    NAME.contains(&name.len()) && name.split(' ').all(is_word)
}

fn is_user(user: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b"-._+".contains(&b);
    !user.is_empty() && user.bytes().all(is_letter) && !user.ends_with('.')
}

/// A domain that is not masked with the letter x.
fn is_domain(domain: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b"-.".contains(&b);
    let tells = |b: u8| b.is_ascii_alphanumeric() && !b"xX".contains(&b);
    domain.bytes().all(is_letter) && domain.bytes().any(tells) && !domain.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::{super::Mailbox, *};

    #[test]
    fn the_common_form_gives_the_same_as_the_full_parser() {
        let names = [
            "Zoe Lind",
            "Z. O'Lind-Berg",
            "Zoe",
            "Zo",
            "zoe.lind",
            "'Zoe'",
            "Zoe  Lind",
            " Zoe",
            "Zoe ",
            "",
            "Zoë Lind",
            "Zoe (home)",
            "Zoe, Lind",
            "\"Zoe\"",
            "=?utf-8?Q?Zoe?=",
            "Zoe: Lind",
            "zoe@example.org",
            "Crew; Zoe",
            "A name of more letters than git takes for the name of anybody at all",
            "...",
            "---",
        ];
        let addresses = [
            "zoe@example.org",
            "ZOE+a@Example.org",
            "zoe_l@x",
            "zoe@xxx.xx",
            "xxx@xxxxxxx",
            "xxx@example.org",
            "zoe...@example.org",
            "zoe@example...",
            "zoe@...",
            "a.b@-",
            "zoe",
            "",
            "@example.org",
            "zoe@",
            "zoe@b@example.org",
            "'zoe@example.org'",
            "mailto:zoe@example.org",
            "zoe at example.org",
            " zoe@example.org",
            "zoe%b@example.org",
            "x-x@x-x.y",
            "...@x1",
        ];
        let mut common = 0;
        for (name, address) in names.iter().flat_map(|name| addresses.map(|to| (*name, to))) {
            for value in [
                format!("{name} <{address}>"),
                format!("{name}<{address}>"),
                format!("{name} <{address}> # rk3399"),
                format!("{name} <{address}>, Ida <ida@example.org>"),
                format!(" {name} <{address}> "),
            ] {
                let all = Mailbox::parse_all(&value);
                let at = all.iter().position(|mailbox| mailbox.address.contains('@'));
                let ruled = all.get(at.unwrap_or(0)).cloned().unwrap_or_default();
                if let Some((name, address)) = read(&value) {
                    assert_eq!(Mailbox::new(name, address), ruled, "{value}");
                    common += 1;
                }
            }
        }
        assert!(common > 30, "only {common} are of the common form");
        assert!(read("Zoe Lind <zoe@example.org>").is_some());
    }
}
