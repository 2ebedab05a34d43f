//! The rules of `check`, and the type of a finding.
//!
//! Each rule has one severity, so that a script can rely on the name alone.

use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Readers meet it: `check` exits with 1.
    Error,
    /// It costs, or will: `check --strict` exits with 1.
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

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule is broken.
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
        /// A rule that a site keeps, errors before warnings.
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

            /// How bad it is to break it.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity,)* }
            }

            /// The way out.
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
    /// A link that is neither http, https nor mailto.
    LinkScheme Error "link-scheme" "readers cannot or should not follow it: take it out";
    /// The canonical link of a page leads elsewhere.
    Canonical Error "canonical" "build with the address at which the site is served (`base_url`, `--base-url`)";
    /// An id is on a page twice.
    IdTwice Error "id-twice" "rename one of them: links find only the first";
    /// HTML that a browser has to guess.
    Markup Error "markup" "escape `&` and `<` in the template or content page, close quotes and tags";
    /// No policy that keeps foreign code out, or not before everything.
    Policy Error "policy" "put the default theme's Content-Security-Policy first in `<head>`";
    /// Something that the policy forbids.
    PolicyBroken Error "policy-broken" "put scripts and styles in files of the theme's `static/`";
    /// A page asks another host.
    ForeignRequest Error "foreign-request" "put the file in the theme's `static/`";
    /// No page for addresses that are not there.
    NotFoundPage Error "not-found-page" "run `patchpress build` again: it writes 404.html";
    /// A link on 404.html that depends on where the page is shown.
    NotFoundLink Error "not-found-link" "start it with the base path: hosts show 404.html at any depth";
    /// A feed is not what its format asks.
    FeedForm Error "feed-form" "feed readers reject it or guess: see RFC 4287, RSS 2.0 or JSON Feed 1.1";
    /// An id of a feed that is not one of a kind, or will not last.
    FeedId Error "feed-id" "feed readers identify entries by their ids: give each entry its own, which stays when the site moves";
    /// A date of a feed that is none, or not the newest entry's.
    FeedDate Error "feed-date" "use RFC 3339 in Atom and JSON Feed, RFC 822 in RSS; a feed has the date of its newest entry";
    /// A link of a feed that leads nowhere.
    FeedLink Error "feed-link" "feeds are read elsewhere: use absolute URLs of existing pages";
    /// A feed that some readers refuse for its size.
    FeedSize Error "feed-size" "lower `[feeds] entries` in site.toml";
    /// HTML in a feed that a reader drops or cannot resolve.
    FeedBody Error "feed-body" "use no scripts, no styles, and only absolute URLs";
    /// Data for scripts that does not parse.
    DataForm Error "data-form" "run `patchpress build` again: scripts read these files";
    /// XML that does not parse.
    Xml Error "xml" "run `patchpress build` again; fix the file if it is your own";
    /// The file that tells hosts to take the tree as it is.
    NoJekyll Error "no-jekyll" "run `patchpress build` again: it writes .nojekyll";
    /// A symbolic link.
    SymbolicLink Error "symbolic-link" "replace it by a copy: GitHub Pages accepts no links";
    /// Names that are one where letters have no case.
    NameCase Error "name-case" "rename one: macOS and Windows keep only one of them";
    /// A name longer than hosts and archives take.
    NameLong Error "name-long" "shorten it to 200 bytes";
    /// A hidden file.
    NameHidden Error "name-hidden" "rename it: uploads to GitHub Pages leave out names that begin with a dot";
    /// A name that Windows refuses.
    NameWindows Error "name-windows" "rename it: no < > : \" \\ | ? *, no dot or space at the end, no device name";
    /// A file that GitHub refuses.
    FileLarge Error "file-large" "leave it out, or split it";
    /// More than the host takes.
    TreeLarge Error "tree-large" "leave out a list, or set `[limits] size` to what the host takes";
    /// An absolute URL of this site, named somewhere in a text, that is not there.
    LinkOwn Warning "link-own" "the page is gone, or never existed; if a message contains the link, do nothing";
    /// A link that begins with a slash.
    LinkAbsolute Warning "link-absolute" "use a relative link: this one breaks under another base path and from a disk";
    /// A file that no link leads to.
    Unreached Warning "unreached" "link to it, or remove it from the output";
    /// Entries that are not newest first.
    FeedOrder Warning "feed-order" "put the newest entry first";
    /// A page too long for phones.
    PageLong Warning "page-long" "split it";
    /// Pages heavier than their kind should be.
    PageWeight Warning "page-weight" "show less on pages of this kind";
    /// Styles heavier than they should be.
    StyleWeight Warning "style-weight" "remove unused rules";
    /// Scripts heavier than they should be.
    ScriptWeight Warning "script-weight" "pages must work without scripts: write less";
    /// Close to what the host takes.
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
