//! Themes: the templates and static files that determine the look of a site.
//!
//! In: the default theme (`themes/default/`), embedded in the binary, and a site's `themes/<name>/`, which
//! overrides it file by file. Out: [`Theme::render`] and [`Theme::files`]. An overridden template stays reachable
//! as `default/…`, so a theme can say `{% extends "default/series.html" %}` and change one block. The only place
//! that names the template engine. Never here: the content of a page.

mod bounds;
pub mod contract;
mod depth;
mod embedded;
pub mod kit;
pub mod lint;
mod syntax;
mod tags;
mod unused;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use tera::{Context, Kwargs, State, Tera, TeraResult};
use walkdir::WalkDir;

use bounds::Page;
use embedded::EMBEDDED;

use crate::{
    config::{Addresses, Settings},
    date::Timestamp,
    error::{Error, Reason, Result},
    keys,
    text::{self, Mask, mask::AtSign},
    text_file,
    words::{
        Arg, Words,
        template::{Source, expanded},
    },
};

/// The name of the embedded theme, and the prefix under which its templates stay reachable.
pub const DEFAULT: &str = "default";

/// A theme, loaded and checked: every template parses, and everything that it refers to exists.
#[derive(Debug)]
pub struct Theme {
    name: String,
    templates: Tera,
    files: Vec<StaticFile>,
    unused: Vec<(String, String)>,
}

/// A file that is published unchanged.
#[derive(Debug, Clone)]
pub struct StaticFile {
    /// Its path on the site: `static/style.css`.
    pub path: String,
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
}

impl StaticFile {
    /// Its address relative to the site's root, with a hash of its content, so that caches drop old versions.
    fn address(&self) -> String {
        let hash = crate::hash::Sha1::from(&self.bytes).digest().to_string();
        format!("{}?h={}", self.path, &hash[..8])
    }
}

/// `theme.toml` of a site's own theme.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Manifest {
    name: String,
    description: String,
    min_version: String,
}

/// The folder of the site's own theme, which need not exist for the default one.
pub fn folder(settings: &Settings) -> PathBuf {
    settings.root.join("themes").join(&settings.theme)
}

impl Theme {
    /// The theme of the settings, on top of the embedded one.
    ///
    /// # Errors
    /// Fails with [`Error::Theme`] if there is no such theme or it needs a newer patchpress, with
    /// [`Error::Template`] and the place of an error in a template, or with [`Error::Read`].
    pub fn load(settings: &Settings) -> Result<Self> {
        let folder = folder(settings);
        if !folder.is_dir() && settings.theme != DEFAULT {
            let reason = Reason::new(format!("there is no folder `{}`", folder.display()))
                .hint(format!("`theme = \"{DEFAULT}\"` in site.toml is always there"));
            return Err(Error::Theme { theme: settings.theme.clone(), reason });
        }
        check_manifest(&settings.theme, &folder)?;
        let own = read_tree(&folder)?;
        let files = static_files(&own, &settings.words);
        let templates = templates(settings, &own, &files)?;
        let known: Vec<&str> =
            EMBEDDED.iter().filter_map(|(path, _)| path.strip_prefix("templates/")).collect();
        let unused = unused::unused(&own, &known);
        Ok(Self { name: settings.theme.clone(), templates, files, unused })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The unused files of the site's own theme, with the reasons.
    pub fn unused(&self) -> &[(String, String)] {
        &self.unused
    }

    /// Renders the template `name` with `view`, whose fields are the template's variables; `mask` is applied to
    /// each string.
    ///
    /// # Errors
    /// Fails with [`Error::Template`] and the place in the template.
    pub(crate) fn render(
        &self,
        name: &str,
        view: &impl Serialize,
        mask: Mask<'_>,
    ) -> Result<String> {
        let context =
            Context::from_serialize(&mask.over(view)).map_err(|e| fault(&self.name, &e))?;
        let mut page = Page::begin();
        let rendered = self.templates.render_to(name, &context, &mut page);
        rendered.map_err(|e| match page.why_full(name) {
            Some(reason) => Error::Template { theme: self.name.clone(), reason },
            None => fault(&self.name, &e),
        })?;
        Ok(page.text())
    }

    /// Whether there is a template of this name.
    pub(crate) fn has(&self, template: &str) -> bool {
        self.templates.contains_template(template)
    }

    /// The static files, by path.
    pub fn files(&self) -> &[StaticFile] {
        &self.files
    }

    /// The static file with this path.
    pub fn file(&self, path: &str) -> Option<&StaticFile> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// Every file of a theme's folder by its path below it, `/` between the parts.
fn read_tree(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in WalkDir::new(folder).follow_links(true) {
        let entry = entry.map_err(Error::walk(folder))?;
        if let Some(path) =
            entry.file_type().is_file().then(|| below(folder, entry.path())).flatten()
        {
            // A film is no template.
            let bytes = match path.starts_with("static/") {
                true => fs::read(entry.path()).map_err(Error::read(entry.path()))?,
                false => text_file::read_bytes(entry.path())?,
            };
            files.insert(path, bytes);
        }
    }
    Ok(files)
}

/// The path of a theme's file below its folder; nothing for hidden files and left-overs of editors.
fn below(folder: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(folder).ok()?.iter().map(|part| part.to_str());
    let parts = parts.collect::<Option<Vec<_>>>()?;
    let litter = |part: &&str| part.starts_with('.') || part.ends_with('~');
    (!parts.iter().any(litter)).then(|| parts.join("/"))
}

/// The embedded static files, overridden by those of the site, by path. The texts of scripts are in the site's
/// language.
fn static_files(own: &BTreeMap<String, Vec<u8>>, words: &Words) -> Vec<StaticFile> {
    let embedded = EMBEDDED.iter().map(|(path, bytes)| (*path, embedded::published(path, bytes)));
    // A copy of the default theme, as in this repository's demo, is published like the default theme.
    let is_own = |(path, bytes): &(&String, &Vec<u8>)| !embedded::is_same(path, bytes);
    let own = own.iter().filter(is_own);
    let own = own.map(|(path, bytes)| (path.as_str(), Cow::Owned(bytes.clone())));
    let files: BTreeMap<_, _> =
        embedded.chain(own).filter(|(path, _)| path.starts_with("static/")).collect();
    let file = |(path, bytes): (&str, Cow<'static, [u8]>)| {
        let script = path.ends_with(".js").then(|| std::str::from_utf8(&bytes).ok()).flatten();
        let worded = script.map(|script| expanded(words, script, Source::Script).into_bytes());
        StaticFile { path: path.to_owned(), bytes: worded.map_or(bytes, Cow::Owned) }
    };
    files.into_iter().map(file).collect()
}

/// The template engine with both themes' templates, our filters and our escaping.
fn templates(
    settings: &Settings,
    own: &BTreeMap<String, Vec<u8>>,
    files: &[StaticFile],
) -> Result<Tera> {
    let theme = &settings.theme;
    let mut sources = Vec::new();
    let worded = |source: &str| expanded(&settings.words, source, Source::Template);
    for (path, bytes) in EMBEDDED {
        if let Some(name) = path.strip_prefix("templates/") {
            sources.push((format!("{DEFAULT}/{name}"), worded(utf8(theme, path, bytes)?)));
        }
    }
    for (path, bytes) in own {
        if let Some(name) = path.strip_prefix("templates/") {
            let source = worded(utf8(theme, path, bytes)?);
            let is_ours = embedded::is_same(path, bytes);
            let source = if is_ours { source } else { bounds::guarded(&source) };
            sources.push((name.to_owned(), source));
        }
    }
    if let Some(name) = depth::too_deep(&sources) {
        let why = "includes or extends templates in more than";
        let reason = format!("`{name}` {why} {} levels", depth::DEEPEST);
        return Err(Error::Template { theme: theme.clone(), reason });
    }
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    tera.set_escape_fn(match settings.addresses {
        Addresses::Full => escape,
        Addresses::Masked | Addresses::Hidden => escape_at_signs,
    });
    register(&mut tera, settings, files);
    bounds::register(&mut tera);
    tera.set_fallback_prefixes([format!("{DEFAULT}/")])
        .and_then(|()| tera.add_raw_templates(sources))
        .map_err(|e| fault(theme, &e))?;
    Ok(tera)
}

/// The sources of the templates of both themes, by their names in the engine.
fn sources(settings: &Settings) -> Result<BTreeMap<String, String>> {
    let own = read_tree(&folder(settings))?;
    let built_in = EMBEDDED.iter().filter_map(|(path, bytes)| {
        Some((format!("{DEFAULT}/{}", path.strip_prefix("templates/")?), *bytes))
    });
    let own = own.iter().filter_map(|(path, bytes)| {
        Some((path.strip_prefix("templates/")?.to_owned(), bytes.as_slice()))
    });
    let text = |(name, bytes): (String, &[u8])| (name, String::from_utf8_lossy(bytes).into_owned());
    Ok(built_in.chain(own).map(text).collect())
}

fn utf8<'a>(theme: &str, path: &str, bytes: &'a [u8]) -> Result<&'a str> {
    std::str::from_utf8(bytes).map_err(|e| Error::Template {
        theme: theme.to_owned(),
        reason: format!("`{path}` is not UTF-8 from byte {} on", e.valid_up_to()),
    })
}

/// The engine's report, without its `error: `, and with templates named as files of the site.
fn fault(theme: &str, error: &tera::Error) -> Error {
    let report = bounds::without_guards(&error.to_string());
    let report = report.strip_prefix("error: ").unwrap_or(&report);
    let built_in = format!("--> {DEFAULT}/");
    let of_the_site = format!("--> themes/{theme}/templates/");
    let line = |line: &str| match line.trim_start().starts_with("--> ") {
        true if !line.contains(&built_in) => line.replacen("--> ", &of_the_site, 1),
        _ => line.to_owned(),
    };
    let reason = report.lines().map(line).collect::<Vec<_>>().join("\n");
    Error::Template { theme: theme.to_owned(), reason }
}

fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    write_escaped(text, AtSign::AsIs, out)
}

fn escape_at_signs(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    write_escaped(text, AtSign::Escaped, out)
}

fn write_escaped(text: &str, at_sign: AtSign, out: &mut dyn Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    text::escape_into(&mut escaped, text, at_sign);
    out.write_all(escaped.as_bytes())
}

/// The functions and filters of templates besides those of the engine:
///
/// - `{{ asset(path="style.css") }}` is `static/style.css?h=1f2e3d4c`, from the site's root;
/// - `{{ 8592 | thousands }}` is `8,592`;
/// - `{{ n | plural(one="patch", many="patches") }}` is `1 patch`, `8,592 patches`;
/// - `{{ t(key="patches", n=3) }}` is an entry of the catalogue ([`crate::words`]): `3 patches`, `3 Patches`;
/// - `{{ n | plural_form }}` is `one`, `few`, `other`: the form that the site's language has for it;
/// - `{{ seconds | date(format="%-d %B %Y") }}` is a date in the site's time zone.
fn register(tera: &mut Tera, settings: &Settings, files: &[StaticFile]) {
    let addresses: BTreeMap<String, String> =
        files.iter().map(|file| (file.path.clone(), file.address())).collect();
    tera.register_function("asset", move |args: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let path: &str = args.must_get("path")?;
        let found = addresses.get(&format!("static/{path}"));
        found.cloned().ok_or_else(|| {
            tera::Error::message(format!("the theme has no static file `static/{path}`"))
        })
    });
    let words = settings.words.clone();
    tera.register_filter("thousands", move |n: i64, _: Kwargs, _: &State<'_>| words.number(n));
    let words = settings.words.clone();
    let plural = move |n: i64, args: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let word: &str = args.must_get(if n == 1 { "one" } else { "many" })?;
        Ok(format!("{} {word}", words.number(n)))
    };
    tera.register_filter("plural", plural);
    let words = settings.words.clone();
    tera.register_filter("plural_form", move |n: i64, _: Kwargs, _: &State<'_>| words.category(n));
    let words = settings.words.clone();
    let entry = move |args: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let key: &str = args.must_get("key")?;
        if !words.has(key) {
            return Err(tera::Error::message(format!(
                "there is no entry `{key}` in the catalogue"
            )));
        }
        let given = args.iter().filter_map(|(name, value)| {
            let name = name.as_str()?;
            let arg = match (value.as_i64(), value.as_str()) {
                (Some(n), _) => Arg::Number(n),
                (None, Some(text)) => Arg::Text(text),
                (None, None) => return None,
            };
            Some((name, arg))
        });
        Ok(words.say(key, &given.collect::<Vec<_>>()))
    };
    tera.register_function("t", entry);
    let zone = settings.zone.clone();
    let date = move |seconds: i64, args: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let format: &str = args.get("format")?.unwrap_or("%-d %B %Y");
        jiff::fmt::strtime::format(format, &Timestamp(seconds).zoned(&zone))
            .map_err(|e| tera::Error::message(format!("date format `{format}`: {e}")))
    };
    tera.register_filter("date", date);
}

/// Checks that a theme's `theme.toml`, if it has one, is valid and does not need a newer patchpress.
fn check_manifest(theme: &str, folder: &Path) -> Result<()> {
    let path = folder.join("theme.toml");
    if !path.is_file() {
        return Ok(());
    }
    let text = text_file::read(&path)?;
    let wrong = |reason: Reason| Error::Theme { theme: theme.to_owned(), reason };
    let manifest: Manifest = toml::from_str(&text).map_err(|e| {
        let known = keys::of::<Manifest>().join("`, `");
        let what = format!("{}: {}", path.display(), e.to_string().trim_end());
        wrong(Reason::new(what).hint(format!("its keys are `{known}`")))
    })?;
    let ours = env!("CARGO_PKG_VERSION");
    if version(&manifest.min_version) > version(ours) {
        let wants = &manifest.min_version;
        return Err(wrong(format!("it needs patchpress {wants}, and this is {ours}").into()));
    }
    Ok(())
}

/// `1.2.3` as comparable numbers; anything that is not a number is 0.
fn version(text: &str) -> Vec<u64> {
    text.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_theme_is_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let on_disk: Vec<_> = read_tree(&folder).expect("themes/default").into_keys().collect();
        let mut table: Vec<_> = EMBEDDED.iter().map(|(path, _)| (*path).to_owned()).collect();
        table.sort();
        assert_eq!(table, on_disk, "the table in src/theme.rs and themes/default differ");
    }
}
