//! The first files of a theme, and copies of default files to change.
//!
//! In: the site's folder, the name of a theme, files of the default theme. Out: new files. Existing files are never
//! overwritten. Never here: `site.toml`, which belongs to its author.
#![expect(clippy::disallowed_methods, reason = "the one place that writes a theme's files")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{contract, contract::Contract, embedded::EMBEDDED, syntax};
use crate::{
    error::{Error, Reason, Result},
    keys,
};

/// The written and the existing files, relative to the site's folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The written files.
    pub written: Vec<PathBuf>,
    /// The existing files, which were not changed.
    pub kept: Vec<PathBuf>,
}

/// The first files of a theme called `name`.
const FIRST: [(&str, &str); 3] = [
    (
        "theme.toml",
        "name = \"NAME\"\ndescription = \"\"\nmin_version = \"VERSION\"\n",
    ),
    (
        "static/NAME.css",
        "\
/* Colours and typefaces are custom properties. The default theme's style.css starts with all of them;
   `patchpress theme eject style.css` copies it here. `patchpress check` checks the contrast.
   `:root:root` takes precedence over the default theme's light and dark colours. */
:root:root { --accent: light-dark(#00558b, #7cc4f5); }
",
    ),
    (
        "templates/base.html",
        "\
{#- The frame of every page. Blocks that are not here stay as in the default theme. -#}
{% extends \"default/base.html\" %}
{% block style %}
{{ super() }}
<link rel=stylesheet href=\"{{ page.root }}{{ asset(path=\"NAME.css\") }}\">
{% endblock style %}
",
    ),
];

/// Writes the first files of a theme called `name` into the site at `root`.
///
/// # Errors
/// Fails with [`Error::Usage`] if the name is invalid or the theme exists, or with [`Error::Write`].
pub fn new(root: &Path, name: &str) -> Result<Made> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(is_plain) || name == super::DEFAULT {
        let reason = Reason::new(format!("`{name}` cannot be the name of a new theme"));
        return Err(Error::Usage(
            reason.hint("use letters, digits, `-` and `_`, for example `mine`"),
        ));
    }
    let folder = Path::new("themes").join(name);
    if root.join(&folder).exists() {
        let reason = Reason::new(format!("`{}` exists already", folder.display()));
        return Err(Error::Usage(reason.hint("`patchpress theme check` checks it")));
    }
    let mut made = Made::default();
    for (path, text) in FIRST {
        let fill =
            |text: &str| text.replace("NAME", name).replace("VERSION", env!("CARGO_PKG_VERSION"));
        write(root, &folder.join(fill(path)), fill(text).as_bytes(), &mut made)?;
    }
    Ok(made)
}

/// Copies files of the default theme into the theme called `theme` of the site at `root`.
///
/// # Errors
/// Fails with [`Error::Usage`] for a file that the default theme does not have, or with [`Error::Write`].
pub fn eject(root: &Path, theme: &str, files: &[String]) -> Result<Made> {
    let found: Vec<(&str, &[u8])> = files.iter().map(|file| find(file)).collect::<Result<_>>()?;
    let mut made = Made::default();
    for (path, bytes) in found {
        write(root, &Path::new("themes").join(theme).join(path), bytes, &mut made)?;
    }
    Ok(made)
}

/// The file of the default theme for `series.html`, `templates/series.html` or a path of a site.
fn find(typed: &str) -> Result<(&'static str, &'static [u8])> {
    let path = typed.trim_start_matches("./").trim_start_matches("themes/");
    let path = path.strip_prefix("default/").unwrap_or(path);
    let is_it = |known: &&(&str, &[u8])| {
        known.0 == path || known.0.split_once('/').is_some_and(|(_, name)| name == path)
    };
    let found = EMBEDDED.iter().filter(|file| offered(file.0)).find(is_it);
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = EMBEDDED.iter().filter_map(|file| last(file.0)).collect();
        let hint = match keys::nearest(path, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`patchpress theme eject` lists every file".to_owned(),
        };
        Error::Usage(Reason::new(format!("the default theme has no file `{typed}`")).hint(hint))
    })
}

/// A theme has a `theme.toml` of its own.
fn offered(path: &str) -> bool {
    path.contains('/')
}

fn last(path: &'static str) -> Option<&'static str> {
    path.split_once('/').map(|(_, name)| name)
}

fn write(root: &Path, path: &Path, bytes: &[u8], made: &mut Made) -> Result<()> {
    let to = root.join(path);
    if to.exists() {
        made.kept.push(path.to_owned());
        return Ok(());
    }
    let folder = to.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(Error::write(folder))?;
    fs::write(&to, bytes).map_err(Error::write(&to))?;
    made.written.push(path.to_owned());
    Ok(())
}

/// The description in the first line of a style sheet or a script.
fn first_comment(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    let comment = line.strip_prefix("/*").or_else(|| line.strip_prefix("//")).unwrap_or_default();
    comment.trim_start_matches(['*', '!']).trim_end_matches("*/").trim()
}

/// The files of the default theme, one per line, each with its description.
pub fn files() -> String {
    let contract = Contract::read();
    let line = |(path, bytes): &(&'static str, &'static [u8])| {
        let name = last(path)?;
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let about = match contract.of_template(name) {
            Some(view) => contract::sentence(&view.about),
            None => syntax::about(text).unwrap_or_else(|| first_comment(text)).to_owned(),
        };
        Some(format!("{}\n", format!("{name:<20} {about}").trim_end()))
    };
    EMBEDDED.iter().filter_map(line).collect()
}
