//! The targets of an author's links, as seen from the page of the text.
//!
//! In: a link as the author wrote it. Out: the link for a page of the site, or for a reader elsewhere. Never here:
//! Markdown.

use pulldown_cmark::CowStr;

use crate::words::Words;

/// How to write the links of a text, and what else depends on its place.
#[derive(Clone, Copy)]
pub(crate) struct Ways<'a> {
    /// The relative link to the site's root: `../../`, empty, or an absolute address.
    pub(crate) root: &'a str,
    /// The path to the folder of the author's relative links, if it is not that of the page.
    pub(crate) up: &'a str,
    /// Names the file of a page of the author.
    pub(crate) file_of: &'a dyn Fn(&str) -> String,
    /// The address of the text's page, if the text is read elsewhere; empty if unknown.
    pub(crate) home: Option<&'a str>,
    /// The file of the site that an author's relative link names: a page or a picture beside the text.
    pub(crate) beside: &'a dyn Fn(&str) -> Option<String>,
    /// The prefix of the anchors of headings, if a page has anchors of its own.
    pub(crate) prefix: &'a str,
    /// The words of the site.
    pub(crate) words: &'a Words,
}

impl Ways<'_> {
    /// The target of a link; empty if it leads nowhere.
    pub(super) fn resolve<'u>(&self, url: CowStr<'u>) -> CowStr<'u> {
        match url.strip_prefix("@/") {
            Some(_) if self.home == Some("") => CowStr::Borrowed(""),
            Some(path) => self.below_root(path).into(),
            None => match (self.beside_it(&url), self.home) {
                (Some(_), Some("")) => CowStr::Borrowed(""),
                (Some(there), _) => there.into(),
                (None, Some(home)) => elsewhere(home, url),
                (None, None) if self.up.is_empty() || !is_relative(&url) => url,
                (None, None) => format!("{}{url}", self.up).into(),
            },
        }
    }

    /// The link to a file beside the text.
    fn beside_it(&self, url: &str) -> Option<String> {
        let (path, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
        let file = (self.beside)(path).filter(|_| !path.is_empty() && !path.starts_with('/'))?;
        Some(format!("{}{}{fragment}", self.root, self.shown(&file)))
    }

    /// The link as shown: an address needs no file name, but a page on a disk does.
    fn shown<'f>(&self, file: &'f str) -> &'f str {
        match self.home {
            Some(_) => file.strip_suffix("index.html").unwrap_or(file),
            None => file,
        }
    }

    /// The link from the root for `@/…`.
    fn below_root(&self, path: &str) -> String {
        let (path, fragment) = match path.find('#') {
            Some(at) => path.split_at(at),
            None => (path, ""),
        };
        let file = match path.strip_suffix(".md") {
            Some(page) => (self.file_of)(page.strip_suffix("/index").unwrap_or(page)),
            None if path.is_empty() || path.ends_with('/') => format!("{path}index.html"),
            None => path.to_owned(),
        };
        format!("{}{}{fragment}", self.root, self.shown(&file))
    }
}

fn has_scheme(url: &str) -> bool {
    url.split(['/', '?', '#']).next().is_some_and(|begin| begin.contains(':'))
}

/// Whether a link is relative to the folder of its page.
fn is_relative(url: &str) -> bool {
    !has_scheme(url) && !url.starts_with(['/', '#', '?'])
}

/// A link of the page at `home`, as an absolute address.
fn elsewhere<'u>(home: &str, url: CowStr<'u>) -> CowStr<'u> {
    if has_scheme(&url) {
        return url;
    }
    if home.is_empty() {
        return CowStr::Borrowed("");
    }
    let origin = home.find("://").map_or(0, |at| at + 3);
    let origin = home[origin..].find('/').map_or(home, |at| &home[..origin + at]);
    if let Some(rest) = url.strip_prefix("//") {
        let scheme = home.split("//").next().unwrap_or_default();
        return format!("{scheme}//{rest}").into();
    }
    if url.starts_with('/') {
        return format!("{origin}{url}").into();
    }
    if url.starts_with(['#', '?']) {
        return format!("{home}{url}").into();
    }
    let mut folder = &home[..home.rfind('/').map_or(home.len(), |at| at + 1)];
    let mut rest: &str = &url;
    loop {
        if let Some(below) = rest.strip_prefix("./") {
            rest = below;
        } else if let Some(above) = rest.strip_prefix("../") {
            let parent = folder.trim_end_matches('/');
            if let Some(at) = parent.rfind('/').filter(|at| *at >= origin.len()) {
                folder = &folder[..=at];
            }
            rest = above;
        } else {
            return format!("{folder}{rest}").into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_whole_elsewhere() {
        let file_of = |page: &str| format!("{page}/index.html");
        let home = "https://example.org/patches/2026/w09/";
        let root = "https://example.org/patches/";
        for (url, there) in [
            ("@/about.md", "https://example.org/patches/about/"),
            ("@/2026/w09/#new", "https://example.org/patches/2026/w09/#new"),
            ("@/static/x.svg", "https://example.org/patches/static/x.svg"),
            ("../w08/", "https://example.org/patches/2026/w08/"),
            ("../../../../x", "https://example.org/x"),
            ("./bigpage/", "https://example.org/patches/2026/w09/bigpage/"),
            ("#note", "https://example.org/patches/2026/w09/#note"),
            ("map.png", "https://example.org/patches/digests/map.png"),
            ("/x", "https://example.org/x"),
            ("//example.com/x", "https://example.com/x"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("https://example.com/", "https://example.com/"),
        ] {
            let beside = |path: &str| (path == "map.png").then(|| "digests/map.png".to_owned());
            let words = Words::english();
            let all = Ways {
                root,
                up: "",
                file_of: &file_of,
                home: None,
                beside: &beside,
                prefix: "",
                words,
            };
            let ways = Ways { home: Some(home), ..all };
            assert_eq!(&*ways.resolve(url.into()), there, "{url}");
            let nowhere = Ways { root: "", home: Some(""), ..all };
            let below = Ways { up: "../", ..all };
            if url == "../w08/" {
                assert_eq!(&*below.resolve(url.into()), "../../w08/");
            }
            let is_whole = url.starts_with("mailto:") || url.starts_with("https:");
            assert_eq!(&*nowhere.resolve(url.into()), if is_whole { url } else { "" }, "{url}");
        }
    }
}
