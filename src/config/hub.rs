//! `hub.toml`: the settings of a hub, in the form of `site.toml`, with `[[sites]]` in place of `[[lists]]`.
//!
//! In: the folder of a hub. Out: its settings and its [`Member`]s, or an error with line and column. Never here: what
//! a site exports.

use std::path::{Path, PathBuf};

use super::{
    Archives, Overrides, Settings, is_http, is_list_name,
    source::Source,
    written::{Config, SiteTable},
};
use crate::{
    error::{Error, Reason, Result},
    text_file,
};

/// The name of the file that makes a folder a hub.
pub const FILE: &str = "hub.toml";

/// A site of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name in reports, and in addresses if two sites have a list of one name.
    pub name: String,
    /// The group under which the front page shows its lists; may be empty.
    pub group: String,
    /// Where its parts are.
    pub place: Place,
}

/// Where the parts of a site are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The folder of the built site.
    Folder(PathBuf),
    /// Its address, with a slash at the end.
    Address(String),
}

/// Reads the `hub.toml` in the folder `root`.
///
/// # Errors
/// [`Error::Usage`] if the folder has no `hub.toml`, [`Error::Read`] if the file cannot be read, and [`Error::Config`] with
/// line and column if its content is wrong.
pub fn load(root: &Path, overrides: &Overrides) -> Result<(Settings, Vec<Member>)> {
    let path = root.join(FILE);
    if !path.is_file() {
        let reason = Reason::new(format!("there is no `{FILE}` in `{}`", root.display()));
        return Err(Error::Usage(reason.hint(
            "it has a `title`, a `base_url` and `[[sites]]`, each with a `url` or a `path`",
        )));
    }
    let text = text_file::read(&path)?;
    Source::parse(&path, &text)?.members(root, overrides)
}

impl Source<'_> {
    fn members(&self, root: &Path, overrides: &Overrides) -> Result<(Settings, Vec<Member>)> {
        let overrides = Overrides { archives: Archives::Awaited, ..overrides.clone() };
        let mut config: Config = self.config(&overrides)?;
        if !config.lists.is_empty() || config.sites.is_empty() {
            let reason = Reason::new("a hub has `[[sites]]`, and no `[[lists]]`")
                .hint("each has a `url`, the address of a site, or a `path`, its folder");
            return Err(self.wrong_file(reason));
        }
        let mut members: Vec<Member> = Vec::new();
        for (n, table) in std::mem::take(&mut config.sites).into_iter().enumerate() {
            let member = self.member(root, n, table)?;
            if members.iter().any(|known| known.name == member.name) {
                let reason = Reason::new(format!("there are two sites named `{}`", member.name))
                    .hint("give one of them another `name`");
                return Err(self.wrong_of("sites", n, "name", reason));
            }
            members.push(member);
        }
        Ok((self.checked(root, &overrides, config, Vec::new(), &[])?, members))
    }

    fn member(&self, root: &Path, n: usize, table: SiteTable) -> Result<Member> {
        let wrong = |key: &str, reason: Reason| Err(self.wrong_of("sites", n, key, reason));
        let (place, default) = match (table.url, table.path) {
            (Some(url), None) if is_http(&url) && !url.contains(['?', '#', '@']) => {
                let url = format!("{}/", url.trim_end_matches('/'));
                let name = url.split_once("://").map_or("", |(_, rest)| rest).to_owned();
                (Place::Address(url), name)
            }
            (None, Some(path)) => {
                let name = path.display().to_string();
                (Place::Folder(root.join(path)), name)
            }
            (Some(url), None) => {
                let reason = Reason::new(format!("`{url}` is not the address of a site"));
                return wrong("url", reason.hint("such as `https://example.org/patches/`"));
            }
            _ => {
                let reason = Reason::new("a site has a `url` or a `path`, and not both");
                let hint = "`url` is the address of a site, `path` the folder of a built one";
                return wrong("url", reason.hint(hint));
            }
        };
        let named = table.name.clone().unwrap_or_else(|| plain(&default));
        if !is_list_name(&named) {
            let reason = Reason::new(format!("`{named}` cannot be the name of a site"))
                .hint("names are made of a-z, 0-9, `-` and `.`, such as `storage`");
            return wrong("name", reason);
        }
        Ok(Member { name: named, group: table.group, place })
    }
}

/// A name made from an address or a path: `example.org-patches`; a folder `public` says nothing.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    let words = words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.collect();
    if words.len() > 1 && words.last() == Some(&"public") {
        words.pop();
    }
    let mut name = words.join("-");
    name.truncate(100);
    name.trim_end_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_without_a_name_gets_one() {
        for (text, name) in [
            ("example.org/patches/", "example.org-patches"),
            ("../mtd/public", "mtd"),
            ("public", "public"),
            ("../../A b", "a-b"),
        ] {
            assert_eq!(plain(text), name);
        }
    }
}
