//! Unused files and lines of the author: a note with a wrong name, a page that is not `.md`, a template that no
//! page uses, a line of the mailmap that is not an entry.
//!
//! In: settings, the author's pages and theme, the site's digests. Out: a [`Note`] for each, with a hint. Never
//! here: an error; the readers of a file find what stops a build.

use std::{fs, path::Path};

use walkdir::{DirEntry, WalkDir};

use crate::{
    config::Settings,
    digest::Digest,
    error::{Note, NoteKind},
    message::Mailmap,
    plan::{Content, is_picture, note_name},
    text_file,
    theme::Theme,
};

/// Everything by the author that has no effect on the site.
pub(super) fn notes(
    settings: &Settings,
    content: &Content,
    theme: &Theme,
    digests: &[Digest],
) -> Vec<Note> {
    let mut notes = of_digests(settings, content, digests);
    notes.extend(of_parts(settings, content));
    notes.extend(files(settings));
    let folder = format!("themes/{}", theme.name());
    let asked = |path: &str| content.templates().any(|name| path.ends_with(&format!("/{name}")));
    let unused = theme.unused().iter().filter(|(path, _)| !asked(path));
    notes.extend(unused.map(|(path, why)| note(&format!("{folder}/{path}"), why)));
    notes.extend(of_lists(settings, content));
    notes.extend(mailmap(settings));
    notes
}

fn note(file: &str, why: &str) -> Note {
    Note::new(NoteKind::Unused, format!("`{file}`: {why}"))
}

/// Notes for digests that the site does not have.
fn of_digests(settings: &Settings, content: &Content, digests: &[Digest]) -> Vec<Note> {
    let names: Vec<String> = digests.iter().map(|digest| note_name(&digest.period)).collect();
    let is_shaped = |name: &str| names.iter().any(|known| shape(known) == shape(name));
    let unused = content.notes.iter().filter(|(name, _)| !names.contains(name));
    unused
        .map(|(name, page)| {
            let file = below(settings, &page.file);
            match (is_shaped(name), names.last()) {
                (true, _) => note(&file, "the archives have no messages from that time"),
                (false, None) => note(&file, "the site has no digest"),
                (false, Some(last)) => {
                    note(&file, &format!("no digest has this name; the newest is `{last}.md`"))
                }
            }
        })
        .collect()
}

/// Keys of a page of its own in a text that is only a part of a page.
fn of_parts(settings: &Settings, content: &Content) -> Vec<Note> {
    let texts = content.notes.values().map(|text| (text, "the page of its digest"));
    let texts = texts.chain(content.intro.iter().map(|text| (text, "the front page")));
    let unused = texts.filter_map(|(text, page)| {
        let keys = [
            ("template", !text.asks.template.is_empty()),
            ("series", !text.asks.series.is_empty()),
            ("digests", !text.asks.digests.is_empty()),
            ("aliases", !text.aliases.is_empty()),
            ("toc", text.toc.is_some()),
        ];
        let keys: Vec<&str> = keys.iter().filter(|(_, is)| *is).map(|(key, _)| *key).collect();
        let why = format!("it is a part of {page}, where `{}` has no effect", keys.join("`, `"));
        (!keys.is_empty()).then(|| note(&below(settings, &text.file), &why))
    });
    unused.collect()
}

/// Lists whose series a page selects, but which the site does not have.
fn of_lists(settings: &Settings, content: &Content) -> Vec<Note> {
    let is_known =
        |name: &str| name.is_empty() || settings.lists.iter().any(|list| *list.name == *name);
    let asked =
        content.pages.iter().flat_map(|page| page.asks.series.values().map(move |ask| (page, ask)));
    let unknown = asked.filter(|(_, ask)| !is_known(&ask.list));
    unknown
        .map(|(page, ask)| {
            note(&below(settings, &page.file), &format!("no list is called `{}`", ask.list))
        })
        .collect()
}

/// A name with a 0 for each digit: names of one shape are of one kind of period.
fn shape(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

/// Files in `content` that are neither pages nor other sources of the site.
fn files(settings: &Settings) -> Vec<Note> {
    let folder = settings.root.join("content");
    if fs::symlink_metadata(&folder).is_ok_and(|found| found.is_symlink()) {
        return Vec::new();
    }
    let archives = settings.lists.iter().flat_map(|list| list.archives.iter().chain(&list.tree));
    let others = settings.redact_file.iter().chain([&settings.mailmap]);
    let sources: Vec<_> =
        archives.chain(others).filter_map(|path| fs::canonicalize(path).ok()).collect();
    let is_own = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_litter = entry.depth() > 0 && (name.starts_with('.') || name.ends_with('~'));
        let is_source = || fs::canonicalize(entry.path()).is_ok_and(|path| sources.contains(&path));
        !is_litter && !is_source()
    };
    // The reader of a file reports that it is unreadable; links have their own note.
    let entries = WalkDir::new(&folder).sort_by_file_name().into_iter().filter_entry(is_own);
    let files = entries.flatten().filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| {
            let file = below(settings, entry.path());
            let extension = entry.path().extension().map(|e| e.to_string_lossy().into_owned());
            match extension.as_deref() {
                Some("md") => None,
                _ if file == "content/series.yaml" || is_picture(entry.path()) => None,
                Some(other) if is_markdown(other) => {
                    Some(note(&file, "only files that end in `.md` are pages"))
                }
                Some("yaml" | "yml") if entry.depth() == 1 => {
                    Some(note(&file, "corrections are read from `content/series.yaml`"))
                }
                _ => Some(note(&file, "files to publish unchanged go to `static/`")),
            }
        })
        .collect()
}

fn is_markdown(extension: &str) -> bool {
    ["md", "markdown", "mdown", "mkd", "mkdn"].contains(&&*extension.to_lowercase())
}

/// Lines of the mailmap that git does not read either.
fn mailmap(settings: &Settings) -> Vec<Note> {
    let text = text_file::read_bytes(&settings.mailmap).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let file = below(settings, &settings.mailmap);
    let why =
        "not an entry; an entry looks like `Proper Name <proper@example.org> <other@example.org>`";
    Mailmap::mistakes(&text).map(|(line, _)| note(&format!("{file}:{line}"), why)).collect()
}

/// The path of a file relative to the site's folder, with `/` between the parts.
fn below(settings: &Settings, file: &Path) -> String {
    let file = file.strip_prefix(&settings.root).unwrap_or(file);
    file.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
