//! The sender of a mail: the person, even if a list sent the mail for them.
//!
//! In: its header and its text. Out: a mailbox. Never a guess: if the mail has no address for the name that the list
//! gives, the mailbox has the name without an address, and never the list's address.

use super::{Mailbox, header::Header};

/// The sender.
///
/// A list that must send from its own address (DMARC) writes `Zoë via list <list@…>`. The real sender is in
/// X-Original-From, Reply-To or Cc under the same name (118 of 6,000 mails on linux-clk), or in a `From:` above the
/// text. A Reply-To without a name is the sender's unless it is a list's address: Mailman writes one or the other.
pub(super) fn sender(header: &Header<'_>, text: &str) -> Mailbox {
    let all = Mailbox::parse_all(&header.text("from").unwrap_or_default());
    let Some(from) = mangled(&all).or_else(|| first(all)) else { return Mailbox::default() };
    let Some((name, _)) = from.name.split_once(" via ") else { return from };
    let name = name.trim().trim_matches(['\'', '"']).trim();
    if let Some(original) = header.text("x-original-from") {
        return Mailbox::parse(&original);
    }
    let of_list = |mailbox: &Mailbox| mailbox.key() == from.key() || is_list(header, mailbox);
    let field = |field: &str| header.text(field).map(|value| Mailbox::parse_all(&value));
    let [reply_to, cc] = ["reply-to", "cc"].map(|name| field(name).unwrap_or_default());
    let is_named = |mailbox: &&Mailbox| {
        *mailbox.name == *name && mailbox.address.contains('@') && !of_list(mailbox)
    };
    if let Some(named) = reply_to.iter().chain(&cc).chain(&in_body(text)).find(is_named) {
        return named.clone();
    }
    let is_nameless = |mailbox: &&Mailbox| {
        mailbox.name == mailbox.address && !of_list(mailbox) && !is_addressed(header, mailbox)
    };
    let mut alone = reply_to.iter().filter(is_nameless);
    // `zoe--- via list`: the sender `zoe@…` gave no name.
    let name = match name.strip_suffix("---") {
        Some(user) => {
            let mut own = reply_to.iter().filter(is_nameless);
            if let Some(own) =
                own.find(|own| own.key().split('@').next() == Some(&*user.to_lowercase()))
            {
                return own.clone();
            }
            user
        }
        None => name,
    };
    match (alone.next(), alone.next()) {
        (Some(only), None) => Mailbox::new(name, &only.address),
        _ if is_list(header, &from) || is_addressed(header, &from) => Mailbox::new(name, ""),
        // A relay may have an address for each person (`relay+zoe@example.com`), while a helpdesk has one for
        // everybody.
        _ if says_name(&from, name) => Mailbox::new(name, &from.address),
        _ => Mailbox::new(name, ""),
    }
}

/// Whether the user part of the address has a word of the name.
fn says_name(mailbox: &Mailbox, name: &str) -> bool {
    let user = mailbox.key().split('@').next().unwrap_or_default().to_owned();
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    words.any(|word| user.contains(word))
}

/// The first mailbox with an address.
fn first(mut all: Vec<Mailbox>) -> Option<Mailbox> {
    let at = all.iter().position(|mailbox| mailbox.address.contains('@')).unwrap_or(0);
    (!all.is_empty()).then(|| all.swap_remove(at))
}

/// `Lind@mx.example.org, Zoe@mx.example.org`: a server took the words of an unquoted name for its own users (RFC
/// 5321, 6.4, allows it to complete addresses). The name can be restored, the address is lost.
fn mangled(all: &[Mailbox]) -> Option<Mailbox> {
    let word = |mailbox: &Mailbox| {
        let (user, domain) = mailbox.address.rsplit_once('@')?;
        let is_word = user.starts_with(char::is_uppercase) && user.chars().all(char::is_alphabetic);
        (mailbox.name == mailbox.address && is_word)
            .then(|| (user.to_owned(), domain.to_lowercase()))
    };
    let words: Vec<(String, String)> = all.iter().map(word).collect::<Option<_>>()?;
    let is_one = words.len() > 1 && words.iter().all(|(_, domain)| *domain == words[0].1);
    let name = || words.iter().map(|(word, _)| &**word).collect::<Vec<_>>().join(" ");
    is_one.then(|| Mailbox::new(&name(), ""))
}

/// Whether it is the address of the mail's list.
fn is_list(header: &Header<'_>, mailbox: &Mailbox) -> bool {
    let address = mailbox.key();
    // `lamp.lists.example.org` is the identifier of lamp@lists.example.org (RFC 2919).
    let id = format!("<{}>", address.replacen('@', ".", 1));
    let holds = |field: &str, what: &str| {
        header.text(field).is_some_and(|value| value.to_lowercase().contains(what))
    };
    holds("list-post", &address) || holds("list-id", &id)
}

/// Whether the mail is addressed to that mailbox: then it is not the sender's.
fn is_addressed(header: &Header<'_>, mailbox: &Mailbox) -> bool {
    let fields = ["to", "cc"].into_iter().filter_map(|field| header.text(field));
    let mut all = fields.flat_map(|value| Mailbox::parse_all(&value));
    all.any(|to| to.key() == mailbox.key())
}

/// The mailbox in a `From:` line above the text, as git reads it.
fn in_body(text: &str) -> Vec<Mailbox> {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let value = line.get(..5).filter(|key| key.eq_ignore_ascii_case("from:"));
    value.map_or_else(Vec::new, |_| Mailbox::parse_all(&line[5..]))
}
