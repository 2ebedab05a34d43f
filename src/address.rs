//! A mail address as people write it into settings and on a command line.
//!
//! In: `Name <address>` or an address. Out: its two parts, if a mail could go there. Never here: headers of mails,
//! which have more forms.

/// The name, which may be empty, and the address; `None` if a mail could not go there.
pub(crate) fn split_mailbox(text: &str) -> Option<(&str, &str)> {
    let (name, address) = match text.trim().strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", text.trim()),
    };
    let (user, domain) = address.split_once('@')?;
    let atom = |text: &str, odd: &[u8]| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || odd.contains(&b);
        text.split('.').all(|part| !part.is_empty() && part.bytes().all(plain))
    };
    let is_sound = atom(user, b"!#$%&'*+-/=?^_`{|}~") && atom(domain, b"-");
    (is_sound && !name.contains(char::is_control)).then_some((name, address))
}
