//! What is taken out of everything: messages, people, and whatever a pattern finds.
//!
//! In: `[redact]` of `site.toml`. Out: a [`Redaction`], which texts and Message-IDs are put through before
//! anything else sees them. A text keeps its lines: what is taken out of a diff leaves a diff.
//! Never here: what a mail is.
//!
//! Names are found however they are broken (`Jane\n> Doe`), turned round (`Doe, Jane`) or written in a header
//! (`Jane_Doe`), addresses also as archives spell them (`jane at example.org`). The place of both is taken by
//! [`NAME`] and [`ADDRESS`], so that an author stays an author, and a line of a mail what it was.

use std::{borrow::Cow, collections::BTreeSet};

use regex::Regex;

use crate::{config::split_mailbox, hash::Sha1};

/// What stands in the place of a name, or of what a pattern found.
pub const NAME: &str = "[redacted]";

/// What stands in the place of an address.
pub const ADDRESS: &str = "redacted@patchpress.invalid";

/// The host of Message-IDs that are made up; no archive knows them.
pub const NOWHERE: &str = "@patchpress.invalid";

/// What is taken out.
#[derive(Debug, Clone, Default)]
pub struct Redaction {
    messages: BTreeSet<Box<str>>,
    addresses: Option<Regex>,
    /// Names, Message-IDs, patterns.
    words: Option<Regex>,
}

impl Redaction {
    /// Takes out messages by their Message-IDs, people as `Name <address>`, a name or an address, and what
    /// regular expressions find.
    ///
    /// # Errors
    /// What cannot be found, and why.
    pub fn new(
        messages: &[String],
        people: &[String],
        patterns: &[String],
    ) -> Result<Self, (String, String)> {
        let bare = |id: &String| id.trim().trim_matches(['<', '>']).to_owned();
        let messages: BTreeSet<Box<str>> = messages.iter().map(|id| bare(id).into()).collect();
        if let Some(id) = messages.iter().find(|id| !id.contains('@')) {
            return Err((id.to_string(), "it is no Message-ID".to_owned()));
        }
        let (mut names, mut addresses) = (Vec::new(), Vec::new());
        for person in people {
            let (name, address) = match split_mailbox(person) {
                Some((name, address)) => (name, Some(address)),
                None => (person.trim(), None),
            };
            if address.is_none() && (name.is_empty() || name.contains(['@', '<', '>'])) {
                return Err((person.clone(), "it is no name and no address".to_owned()));
            }
            addresses.extend(address.map(address_pattern));
            names.extend((!name.is_empty()).then(|| name_pattern(name)));
        }
        let ids = messages.iter().map(|id| regex::escape(id));
        let mut words: Vec<String> = ids.chain(names).collect();
        for pattern in patterns {
            let found = Regex::new(pattern).map_err(|e| (pattern.clone(), e.to_string()))?;
            if found.is_match("") {
                return Err((pattern.clone(), "it finds nothing, everywhere".to_owned()));
            }
            words.push(format!("(?:{pattern})"));
        }
        let any = |parts: &[String]| match parts {
            [] => Ok(None),
            _ => Regex::new(&parts.join("|")).map(Some),
        };
        let wrong = |e: regex::Error| ("[redact]".to_owned(), e.to_string());
        let (addresses, words) = (any(&addresses).map_err(wrong)?, any(&words).map_err(wrong)?);
        Ok(Self { messages, addresses, words })
    }

    /// Nothing is taken out.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_none() && self.words.is_none()
    }

    /// The message of this id is taken out whole.
    pub fn withholds(&self, id: &str) -> bool {
        self.messages.contains(id)
    }

    /// A text says something that is taken out.
    pub fn is_in(&self, text: &str) -> bool {
        matches!(self.text(text), Cow::Owned(_))
    }

    /// Who somebody is who goes by this name and this address. They go together: who has the name of a person
    /// that is taken out is that person.
    pub fn person<'t>(&self, name: &'t str, address: &'t str) -> (Cow<'t, str>, Cow<'t, str>) {
        let name = self.text(name);
        if *name == *NAME || self.is_in(address) {
            return (NAME.into(), ADDRESS.into());
        }
        (name, address.into())
    }

    /// What a Message-ID is called where it says something that is taken out, or is of such a message.
    pub fn id(&self, id: &str) -> Option<String> {
        let clean = !self.withholds(id) && !self.is_in(id);
        let made = || format!("redacted-{}{NOWHERE}", &Sha1::from(id).hexdigest()[..16]);
        (!clean).then(made)
    }

    /// A text without what is taken out; as many lines as before.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(addresses) = &self.addresses else { return self.words(text.into()) };
        let mut out = String::new();
        let mut done = 0;
        for found in addresses.find_iter(text) {
            if !begins_word(text, found.start()) {
                continue;
            }
            let before = &text[done..found.start()];
            let name = display_name(before);
            out.push_str(&before[..name.start]);
            if !name.is_empty() {
                out.push_str(NAME);
            }
            out.push_str(&before[name.end..]);
            out.push_str(ADDRESS);
            done = found.end();
        }
        match done {
            0 => self.words(text.into()),
            _ => Cow::Owned(self.words((out + &text[done..]).into()).into_owned()),
        }
    }

    fn words<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        let Some(words) = &self.words else { return text };
        let mut out = String::new();
        let mut done = 0;
        for found in words.find_iter(&text) {
            out.push_str(&text[done..found.start()]);
            let starts_line = found.start() == 0 || text[..found.start()].ends_with('\n');
            put_out(&mut out, found.as_str(), starts_line);
            done = found.end();
        }
        match done {
            0 => text,
            _ => Cow::Owned(out + &text[done..]),
        }
    }
}

/// Appends what stands for `found`: its line ends, the marks at the beginnings of its lines, and
/// [`NAME`] once.
fn put_out(out: &mut String, found: &str, starts_line: bool) {
    for (number, line) in found.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        if number > 0 || starts_line {
            let text = line.trim_start_matches([' ', '+', '-', '>', '\t']);
            out.push_str(&line[..line.len() - text.len()]);
        }
        if number == 0 {
            out.push_str(NAME);
        }
    }
}

/// An address begins here, and is no part of another: `jane@` of `mary.jane@`. Before it may stand what `git
/// send-email` puts into Message-IDs, `20260223101500.1-1-jane@example.org`.
fn begins_word(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        Some('-') => before.next().is_none_or(|c| !c.is_alphabetic() && c != '_'),
        Some(c) => !c.is_alphanumeric() && !matches!(c, '.' | '_' | '+'),
        None => true,
    }
}

/// Where in `before`, which ends where an address begins, the name of its owner stands: `Jane Doe` of
/// `Cc: "Jane Doe" <`; nothing where no bracket says that it is one.
fn display_name(before: &str) -> std::ops::Range<usize> {
    let Some(rest) = before.strip_suffix('<').or_else(|| before.strip_suffix("&lt;")) else {
        return 0..0;
    };
    let end = rest.trim_end_matches([' ', '\t', '"', '\'']).len();
    let start = rest[..end].rfind(['\n', ':', '<', '>', '"', ',', ';', '(', ')']);
    let start = start.map_or(0, |at| at + 1);
    let name = rest[start..end].trim_start_matches([' ', '\t', '+', '-', '*', '#', '/', '\'']);
    end - name.len()..end
}

/// The address, however archives spell its at sign.
fn address_pattern(address: &str) -> String {
    let (user, host) = address.split_once('@').unwrap_or((address, ""));
    let at = r"(?:@|%40|=40|•|\s*[(\[]\s*at\s*[)\]]\s*| at )";
    let host: Vec<String> = host.split('.').map(regex::escape).collect();
    let dot = r"(?:\.|\s*[(\[]\s*dot\s*[)\]]\s*)";
    format!(r"(?i:{}{at}{})\b", regex::escape(user), host.join(dot))
}

/// The words of a name in their order, whatever blanks, line ends and quote marks stand between; the last one
/// first with a comma; all with their ends as words.
fn name_pattern(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let gap = r"(?:[\s>_]|=20)+";
    let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
    let written = |words: &[&str], gap: &str| {
        let text: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
        let first = words.first().and_then(|word| word.chars().next());
        let last = words.last().and_then(|word| word.chars().next_back());
        format!("{}{}{}", edge(first), text.join(gap), edge(last))
    };
    match words.split_last() {
        Some((last, first)) if !first.is_empty() => {
            let turned = format!(r"{},\s*{}", written(&[last], ""), written(first, gap));
            format!("(?i:{}|{turned})", written(&words, gap))
        }
        _ => format!("(?i:{})", written(&words, gap)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redaction(messages: &[&str], people: &[&str], patterns: &[&str]) -> Redaction {
        let owned = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect::<Vec<_>>();
        Redaction::new(&owned(messages), &owned(people), &owned(patterns)).expect("sound")
    }

    #[test]
    fn a_person_is_found_however_they_are_written() {
        let redaction = redaction(&[], &["Jane Doe <jane@example.org>"], &[]);
        for (text, want) in [
            ("On Monday, Jane Doe wrote:", "On Monday, [redacted] wrote:"),
            ("> On Monday, Jane\n> Doe wrote:", "> On Monday, [redacted]\n>  wrote:"),
            ("Cc: \"Doe, Jane\" <x@y>", "Cc: \"[redacted]\" <x@y>"),
            ("Janet Doe; Jane Doer", "Janet Doe; Jane Doer"),
            (
                "Acked-by: J. D. <JANE@example.org>\n",
                "Acked-by: [redacted] <redacted@patchpress.invalid>\n",
            ),
            ("jane at example.org", "redacted@patchpress.invalid"),
            ("jane@example.organic mary.jane@example.org mary-jane@example.org", ""),
            ("20260223.1-2-jane@example.org", "20260223.1-2-redacted@patchpress.invalid"),
            ("+ * Jane Doe <jane@example.org>", "+ * [redacted] <redacted@patchpress.invalid>"),
            ("=?utf-8?q?Jane_Doe?=", "=?utf-8?q?[redacted]?="),
        ] {
            let want = if want.is_empty() { text } else { want };
            assert_eq!(redaction.text(text), want, "{text}");
        }
    }

    #[test]
    fn a_text_keeps_its_lines_and_their_marks() {
        let redaction = redaction(&[], &[], &["(?s)secret.*end"]);
        let diff = "+a secret\n-b\n c end d\n";
        assert_eq!(redaction.text(diff), "+a [redacted]\n-\n  d\n");
    }

    #[test]
    fn ids_that_say_too_much_have_another_name() {
        let redaction = redaction(&["<1@example.org>"], &["jane@example.org"], &[]);
        assert!(redaction.withholds("1@example.org") && !redaction.withholds("2@example.org"));
        for id in ["1@example.org", "20260223.1-2-jane@example.org"] {
            let other = redaction.id(id).expect("another name");
            assert!(other.starts_with("redacted-") && other.ends_with(NOWHERE), "{other}");
        }
        assert_eq!(redaction.id("2@example.org"), None);
        assert_eq!(redaction.text("see <1@example.org>"), "see <[redacted]>");
    }

    #[test]
    fn what_cannot_be_found_is_told() {
        let wrong = |messages: &[&str], people: &[&str], patterns: &[&str]| {
            let owned = |texts: &[&str]| texts.iter().map(|t| t.to_string()).collect::<Vec<_>>();
            Redaction::new(&owned(messages), &owned(people), &owned(patterns)).is_err()
        };
        assert!(wrong(&["x"], &[], &[]));
        assert!(wrong(&[], &[""], &[]) && wrong(&[], &["a <b"], &[]));
        assert!(wrong(&[], &[], &["("]) && wrong(&[], &[], &["x*"]));
        assert!(Redaction::default().is_empty());
    }
}
