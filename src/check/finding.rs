//! The rules of `check`, and the type of a finding.
//!
//! In: nothing; these are types and a table. Out: for each rule its name, its severity and its hint; each rule has
//! one severity, so that a script can rely on the name alone. Never here: the tests of the rules.

use serde::{Deserialize, Serialize};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Readers notice it: `check` exits with 1.
    Error,
    /// It is a disadvantage, or will become one: `check --strict` exits with 1.
    Warning,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A violation of a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The violated rule.
    pub rule: Rule,
    /// The file, below the site's folder; empty for the site as a whole.
    pub file: String,
    /// The line in it, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The details.
    pub message: String,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident $severity:ident $name:literal $hint:literal;)*) => {
        /// A rule for sites, errors before warnings.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Rule {
            $($(#[$doc])* $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// Its name in reports.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)* }
            }

            /// The severity of a violation.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity,)* }
            }

            /// The hint.
            pub fn hint(self) -> &'static str {
                match self { $(Self::$rule => $hint,)* }
            }
        }
    };
}

rules! {
    /// A link leads to no file of the site.
    LinkMissing Error "link-missing" "fix the link in `content/` or the template; a path starts at the page that contains it";
    /// A link names a place that its page does not have.
    AnchorMissing Error "anchor-missing" "give the target this `id`, or link to the page only";
    /// A link leaves the folder under which the site is served.
    LinkOutside Error "link-outside" "use a relative link, or name the host of the other site";
    /// A link is neither http, https nor mailto.
    LinkScheme Error "link-scheme" "readers cannot or should not follow it: take it out";
    /// The canonical link of a page names another page.
    Canonical Error "canonical" "build with the address at which the site is served (`base_url`, `--base-url`)";
    /// An id is on a page twice.
    IdTwice Error "id-twice" "rename one of them: links find only the first";
    /// A browser has to guess the meaning of HTML.
    Markup Error "markup" "escape `&` and `<` in the template or content page, close quotes and tags";
    /// No policy keeps foreign code out, or it does not come first.
    Policy Error "policy" "put the default theme's Content-Security-Policy first in `<head>`";
    /// The page has something that its policy forbids.
    PolicyBroken Error "policy-broken" "put scripts and styles in files of the theme's `static/`";
    /// A page requests something from another host.
    ForeignRequest Error "foreign-request" "put the file in the theme's `static/`";
    /// There is no page for missing addresses.
    NotFoundPage Error "not-found-page" "run `patchpress build` again: it writes 404.html";
    /// A link on 404.html depends on the address at which the page is shown.
    NotFoundLink Error "not-found-link" "start it with the base path: hosts show 404.html at any depth";
    /// A feed violates its format.
    FeedForm Error "feed-form" "feed readers reject it or guess: see RFC 4287, RSS 2.0 or JSON Feed 1.1";
    /// An id of a feed is not unique, or will change.
    FeedId Error "feed-id" "feed readers identify entries by their ids: give each entry its own, which stays when the site moves";
    /// A date of a feed is invalid, or not that of the newest entry.
    FeedDate Error "feed-date" "use RFC 3339 in Atom and JSON Feed, RFC 822 in RSS; a feed has the date of its newest entry";
    /// A link of a feed leads nowhere.
    FeedLink Error "feed-link" "feeds are read elsewhere: use absolute URLs of existing pages";
    /// Some readers refuse a feed of this size.
    FeedSize Error "feed-size" "lower `[feeds] entries` in site.toml";
    /// A reader drops or cannot resolve HTML in a feed.
    FeedBody Error "feed-body" "use no scripts, no styles, and only absolute URLs";
    /// Data for scripts does not parse.
    DataForm Error "data-form" "run `patchpress build` again: scripts read these files";
    /// XML does not parse.
    Xml Error "xml" "run `patchpress build` again; fix the file if it is your own";
    /// The file that makes hosts publish the tree unchanged is missing.
    NoJekyll Error "no-jekyll" "run `patchpress build` again: it writes .nojekyll";
    /// A symbolic link.
    SymbolicLink Error "symbolic-link" "replace it by a copy: GitHub Pages accepts no links";
    /// Two names differ only in case.
    NameCase Error "name-case" "rename one: macOS and Windows keep only one of them";
    /// A name is too long for hosts and archives.
    NameLong Error "name-long" "shorten it to 200 bytes";
    /// A hidden file.
    NameHidden Error "name-hidden" "rename it: uploads to GitHub Pages leave out names that begin with a dot";
    /// Windows refuses a name.
    NameWindows Error "name-windows" "rename it: no < > : \" \\ | ? *, no dot or space at the end, no device name";
    /// GitHub refuses a file.
    FileLarge Error "file-large" "leave it out, or split it";
    /// More than the host takes.
    TreeLarge Error "tree-large" "leave out a list, or set `[limits] size` to what the host takes";
    /// An absolute URL of this site, named somewhere in a text, that is not there.
    LinkOwn Warning "link-own" "the page is gone, or never existed; if a message contains the link, do nothing";
    /// A link that begins with a slash.
    LinkAbsolute Warning "link-absolute" "use a relative link: this one breaks under another base path and from a disk";
    /// No link leads to a file.
    Unreached Warning "unreached" "link to it, or remove it from the output";
    /// Entries are not sorted newest first.
    FeedOrder Warning "feed-order" "put the newest entry first";
    /// A page is too long for phones.
    PageLong Warning "page-long" "split it";
    /// Pages are heavier than the budget of their kind.
    PageWeight Warning "page-weight" "show less on pages of this kind";
    /// Styles are heavier than their budget.
    StyleWeight Warning "style-weight" "remove unused rules";
    /// Scripts are heavier than their budget.
    ScriptWeight Warning "script-weight" "pages must work without scripts: write less";
    /// The site is close to the limit of its host.
    TreeNear Warning "tree-near" "leave out old periods or a list, before the host refuses the site";
    /// Colours with too little contrast.
    Contrast Warning "contrast" "make the ink darker or the ground lighter (in the dark scheme: the other way round)";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_come_before_warnings_and_names_are_one_each() {
        assert!(Rule::ALL.is_sorted_by_key(|rule| rule.severity()));
        let names: std::collections::BTreeSet<_> = Rule::ALL.iter().map(|r| r.name()).collect();
        assert_eq!(names.len(), Rule::ALL.len());
    }
}
