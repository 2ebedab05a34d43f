//! Files of a theme that no page uses.
//!
//! In: the theme's files by path, and the names of the embedded templates. Out: the paths of files without effect,
//! and the reasons. Never here: whether a template is correct.

use std::collections::{BTreeMap, HashSet};

use crate::{keys, words};

/// The folders in which a theme's files have an effect.
const FOLDERS: [&str; 3] = ["templates", "static", words::FOLDER];

/// The beginnings of names of files for readers of the theme.
const FOR_PEOPLE: [&str; 6] =
    ["theme.toml", "readme", "license", "copying", "changelog", "screenshot"];

/// Files without effect, with the reason and the hint.
pub(super) fn unused(own: &BTreeMap<String, Vec<u8>>, known: &[&str]) -> Vec<(String, String)> {
    let named = named(own);
    own.keys().filter_map(|path| Some((path.clone(), why(&named, path, known)?))).collect()
}

fn why(named: &HashSet<&str>, path: &str, known: &[&str]) -> Option<String> {
    match path.split_once('/') {
        None if is_for_people(path) => None,
        Some(("static", _)) => None,
        Some((words::FOLDER, name)) if name.ends_with(".ftl") => None,
        Some(("templates", name)) if known.contains(&name) || named.contains(name) => None,
        Some(("templates", name)) => {
            let hint = keys::nearest(name, known)
                .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            Some(format!("no page and no other template uses it{hint}"))
        }
        Some((folder, _)) if keys::nearest(folder, &FOLDERS).is_some() => {
            let near = keys::nearest(folder, &FOLDERS).unwrap_or_default();
            Some(format!("did you mean the folder `{near}`?"))
        }
        _ => Some("the files of a theme belong in `templates/`, `static/` and `i18n/`".to_owned()),
    }
}

fn is_for_people(name: &str) -> bool {
    let name = name.to_lowercase();
    FOR_PEOPLE.iter().any(|known| name.starts_with(known))
}

/// What is in quotes in the theme's templates, among it the names of those that they include and extend.
fn named(own: &BTreeMap<String, Vec<u8>>) -> HashSet<&str> {
    let templates = own.iter().filter(|(path, _)| path.starts_with("templates/"));
    let texts = templates.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    texts
        .flat_map(|text| ['"', '\'', '`'].into_iter().flat_map(|quote| text.split(quote)))
        .collect()
}
