//! Words: every sentence and label that a reader of a site sees, in the language of the site.
//!
//! In: a language, the catalogues of the program (`words/*.ftl`), of a theme (`themes/NAME/i18n/LANG.ftl`) and of a
//! site (`i18n/LANG.ftl`), in the syntax of Fluent. Out: [`Words`]: the text of an entry ([`Words::text`]), an entry
//! with arguments ([`say!`](crate::say)), a number, a date. Templates and scripts use the same entries by `{{
//! t(key="…", n=…) }}`, and [`template::expanded`] inserts them into their source.
//!
//! Entries and their arguments are not markup: the result is plain text, which the writers of [`crate::text`] mask
//! and escape like any other. Never here: text from mails, a stage, a command line.

mod catalogue;
mod date;
mod pattern;
mod plural;
pub(crate) mod template;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use crate::error::{Reason, Result};

use self::{catalogue::Catalogue, pattern::Pattern, plural::Rules};
pub(crate) use self::{
    date::Form,
    pattern::{Arg, Part},
};

/// The folder of catalogues beside `site.toml` and in a theme, with one file per language.
pub const FOLDER: &str = "i18n";
/// The language that has every entry; entries missing in another language are taken from it.
const ENGLISH: &str = "en";

/// The catalogues of the program, by language.
const SHIPPED: [(&str, &str); 2] =
    [(ENGLISH, include_str!("words/en.ftl")), ("de", include_str!("words/de.ftl"))];

/// The catalogues of the command line's help, by language.
#[cfg(feature = "program")]
const HELP: [(&str, &str); 2] =
    [(ENGLISH, include_str!("words/help.en.ftl")), ("de", include_str!("words/help.de.ftl"))];

/// An entry with arguments: `say!(words, "thread-about", n = 3, author = name)`.
macro_rules! say {
    ($words:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $words.say($key, &[$((stringify!($name), $crate::words::Arg::from($value))),*])
    };
}

pub(crate) use say;

/// The words of a site.
#[derive(Clone)]
pub struct Words {
    language: String,
    entries: HashMap<Box<str>, Entry>,
    sum: u64,
    rules: Rules,
    english: Rules,
    group: Box<str>,
}

/// The text of an entry, and whether it is English in another language.
#[derive(Debug, Clone, Hash)]
struct Entry {
    pattern: Pattern,
    is_foreign: bool,
}

impl Words {
    /// The words for `language`, a BCP 47 tag: those of the program, overridden by those of the theme at `theme` and
    /// of the site at `root`.
    ///
    /// # Errors
    /// [`Error::Words`](crate::error::Error::Words) with the line of an invalid catalogue,
    /// [`Error::Read`](crate::error::Error::Read), and a reason if there is no catalogue for that language.
    pub(crate) fn load(root: &Path, theme: &Path, language: &str) -> Result<Result<Self, Reason>> {
        let Some(english) = SHIPPED.iter().find(|(name, _)| *name == ENGLISH) else {
            return Ok(Err(Reason::new("the program has no words")));
        };
        let base = Catalogue::parse(Path::new("en.ftl"), english.1)?;
        let mut own = Vec::new();
        for tag in tags(language) {
            for folder in [root.join(FOLDER), theme.join(FOLDER)] {
                own.extend(Catalogue::read(&folder.join(format!("{tag}.ftl")))?);
            }
            if let Some((name, text)) = SHIPPED.iter().find(|(name, _)| *name == tag) {
                own.push(Catalogue::parse(&PathBuf::from(format!("{name}.ftl")), text)?);
            }
        }
        if own.is_empty() {
            return Ok(Err(unknown(language)));
        }
        // A theme's English entries also apply to other languages.
        let theirs = Catalogue::read(&theme.join(FOLDER).join("en.ftl"))?;
        let is_english = tags(language).any(|tag| tag == ENGLISH);
        let mut entries = BTreeMap::new();
        for catalogue in [Some(&base), theirs.as_ref()].into_iter().flatten() {
            entries.extend(catalogue.entries(!is_english)?);
        }
        for catalogue in own.iter().rev() {
            if let Some(key) = catalogue.keys().find(|key| !entries.contains_key(*key)) {
                let known: Vec<&str> = entries.keys().map(|key| &**key).collect();
                return Err(catalogue.unknown_key(key, &known));
            }
            entries.extend(catalogue.entries(false)?);
        }
        let mut words = Self {
            language: language.to_owned(),
            sum: sum(&entries),
            entries: entries.into_iter().collect(),
            rules: Rules::of(language),
            english: Rules::of(ENGLISH),
            group: Box::default(),
        };
        words.group = words.text("number-group").into();
        Ok(Ok(words))
    }

    /// The program's own words in a language; in English if it does not have that language.
    pub fn shipped(language: &str) -> Self {
        let nowhere = Path::new("");
        let words = Self::load(nowhere, nowhere, language);
        match words.ok().and_then(Result::ok) {
            Some(words) => words,
            None if language != ENGLISH => Self::shipped(ENGLISH),
            None => Self {
                language: ENGLISH.to_owned(),
                entries: HashMap::new(),
                sum: 0,
                rules: Rules::of(ENGLISH),
                english: Rules::of(ENGLISH),
                group: ",".into(),
            },
        }
    }

    /// The words of the command line's help in `language`, a BCP 47 tag; in English if there is no such help.
    #[cfg(feature = "program")]
    pub(crate) fn help(language: &str) -> &'static Self {
        static ALL: LazyLock<[Words; HELP.len()]> =
            LazyLock::new(|| HELP.map(|(language, text)| Words::of_help(language, text)));
        let shipped = |tag| ALL.iter().find(|words| words.language == tag);
        tags(language).find_map(shipped).unwrap_or(&ALL[0])
    }

    #[cfg(feature = "program")]
    fn of_help(language: &str, text: &str) -> Self {
        let catalogue = Catalogue::parse(Path::new("help.ftl"), text);
        let entries = catalogue.and_then(|catalogue| catalogue.entries(false));
        debug_assert!(entries.is_ok(), "the help of the program is valid");
        Self {
            language: language.to_owned(),
            sum: 0,
            entries: entries.unwrap_or_default().into_iter().collect(),
            rules: Rules::of(language),
            english: Rules::of(ENGLISH),
            group: Box::default(),
        }
    }

    /// The program's words in English, for output that belongs to no site.
    pub(crate) fn english() -> &'static Self {
        static WORDS: LazyLock<Words> = LazyLock::new(|| Words::shipped(ENGLISH));
        &WORDS
    }

    /// The language, as the site names it.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// An entry without arguments; its key if there is none, which a test excludes for the program's own.
    pub(crate) fn text<'w>(&'w self, key: &'w str) -> &'w str {
        match self.entries.get(key) {
            Some(entry) => {
                let text = entry.pattern.text();
                debug_assert!(text.is_some(), "the entry `{key}` takes arguments");
                text.unwrap_or_default()
            }
            None => {
                debug_assert!(false, "the catalogue has no entry `{key}`");
                key
            }
        }
    }

    /// Whether there is such an entry.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// An entry with its arguments; see [`say!`](crate::say).
    pub(crate) fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut out = String::new();
        for part in self.parts(key, args) {
            match part {
                Part::Text(text) => out.push_str(&text),
                Part::Slot(name) => out.push_str(name),
            }
        }
        out
    }

    /// An entry in parts, if some arguments are markup: those that `args` does not name.
    pub(crate) fn parts<'w>(&'w self, key: &'w str, args: &[(&str, Arg<'w>)]) -> Vec<Part<'w>> {
        match self.entries.get(key) {
            Some(entry) => entry.pattern.parts(self, self.rules_of(entry), args),
            None => {
                debug_assert!(false, "the catalogue has no entry `{key}`");
                vec![Part::Text(key.into())]
            }
        }
    }

    /// `8592` as `8,592`, in the form of the language.
    pub(crate) fn number(&self, n: i64) -> String {
        let digits = n.unsigned_abs().to_string();
        let mut out = String::from(if n < 0 { "-" } else { "" });
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(&self.group);
            }
            out.push(digit);
        }
        out
    }

    /// The name that the language's plural rules have for a number: `one`, `few`, `other`.
    pub(crate) fn category(&self, n: i64) -> &'static str {
        self.rules.category(n)
    }

    fn rules_of(&self, entry: &Entry) -> &Rules {
        if entry.is_foreign { &self.english } else { &self.rules }
    }
}

impl Hash for Words {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.language, self.sum).hash(state);
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

/// The hash that distinguishes different catalogues.
fn sum(entries: &BTreeMap<Box<str>, Entry>) -> u64 {
    let mut sum = DefaultHasher::new();
    entries.hash(&mut sum);
    sum.finish()
}

/// `de-AT` as `de-AT` and `de`: the nearer first.
fn tags(language: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(language), |tag| tag.rsplit_once('-').map(|(rest, _)| rest))
}

fn unknown(language: &str) -> Reason {
    let known: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
    Reason::new(format!("there is no catalogue for the language `{language}`")).hint(format!(
        "there are catalogues for `{}`; put your own into `{FOLDER}/{language}.ftl` beside site.toml; \
         missing entries appear in English (guide, Languages)",
        known.join("` and `"),
    ))
}

#[cfg(test)]
mod tests;
