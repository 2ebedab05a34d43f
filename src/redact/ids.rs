//! Finds Message-IDs that are removed, in texts.
//!
//! In: ids, then a [`Reading`]. Out: where they occur: in brackets, in the address of an archive
//! (`/r/1%40example.org/`), or alone. Also reads what people copy from such an archive ([`of_written`]). Never here:
//! the meaning of an id.

use std::{collections::HashMap, ops::Range};

use percent_encoding::percent_decode_str;

use super::{addresses::host, reading::Reading};

/// Message-IDs to look for.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    /// Users by the lower-case hosts after them, with what was given with the id.
    by_host: HashMap<Box<str>, Vec<(Box<str>, usize)>>,
}

/// An id in a text.
pub(super) struct Found {
    /// Its letters.
    pub(super) letters: Range<usize>,
    /// The value given with it.
    pub(super) whose: usize,
}

impl Ids {
    /// Adds an id; its matches return `whose`.
    pub(super) fn add(&mut self, id: &str, whose: usize) {
        let Some((user, host)) = id.rsplit_once('@') else { return };
        let users = self.by_host.entry(plain(host).to_lowercase().into()).or_default();
        users.push((user.into(), whose));
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_host.is_empty()
    }

    /// The ids in a text, first to last.
    pub(super) fn find(&self, reading: &Reading) -> Vec<Found> {
        if self.is_empty() {
            return Vec::new();
        }
        let signs = reading.letters.iter().enumerate().filter(|(_, letter)| letter.c == '@');
        signs.filter_map(|(at, _)| self.at(reading, at)).collect()
    }

    fn at(&self, reading: &Reading, at: usize) -> Option<Found> {
        let (host, ends) = host(reading, at + 1);
        ends.iter().rev().find_map(|(len, end)| {
            let users = self.by_host.get(&host[..*len])?;
            users.iter().find_map(|(user, whose)| {
                let start = at.checked_sub(user.chars().count())?;
                let is_user = reading.letters[start..at].iter().map(|l| l.c).eq(user.chars());
                is_user.then_some(Found { letters: start..*end, whose: *whose })
            })
        })
    }
}

/// The beginning of an id's host that is read in any text; most hosts have no other letters.
fn plain(host: &str) -> &str {
    let end = host.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')));
    &host[..end.unwrap_or(host.len())]
}

/// The Message-ID as somebody wrote it: alone, in angle brackets, as `mid:`, or as the address of a mail in an
/// archive (`https://lore.kernel.org/list/ID/`, `/r/ID`, `/all/ID/T/#u`, `https://marc.info/?i=ID`).
pub(crate) fn of_written(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('<').trim_end_matches('>');
    let address = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let id = match address {
        None => text.strip_prefix("mid:").unwrap_or(text).to_owned(),
        Some(address) => {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            let path = path.split('#').next()?.split('/').skip(1);
            let values = query.split(['&', '#']).filter_map(|field| field.split_once('='));
            let mut parts = path.chain(values.map(|(_, value)| value)).map(|part| {
                percent_decode_str(part)
                    .decode_utf8()
                    .map_or(String::new(), |part| part.into_owned())
            });
            parts.find(|part| part.contains('@'))?.trim_matches(['<', '>']).to_owned()
        }
    };
    let (user, host) = id.rsplit_once('@')?;
    let is_sound = !user.is_empty() && !plain(host).is_empty() && !id.contains(char::is_whitespace);
    is_sound.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_is_understood() {
        for text in [
            "a/1@example.org",
            " <a/1@example.org> ",
            "mid:a/1@example.org",
            "https://lore.example/list/a%2F1@example.org/",
            "https://lore.example/list/a%2F1@example.org",
            "http://lore.example/r/a%2f1%40example.org",
            "<https://lore.example/all/a%2F1@example.org/T/#u>",
            "https://lore.example/list/a%2F1@example.org/raw?x=@",
            "https://marc.example/?i=a/1%40example.org&w=2#top",
            "https://archive.example/search?l=mid&q=%3Ca%2F1@example.org%3E",
        ] {
            assert_eq!(of_written(text).as_deref(), Some("a/1@example.org"), "{text}");
        }
        for text in ["x", "@", "a@", "https://lore.example/list/", "a b@example.org", ""] {
            assert_eq!(of_written(text), None, "{text}");
        }
    }
}
