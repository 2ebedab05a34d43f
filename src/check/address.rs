//! The target of a link: a file of the site, another host, or a mail program.
//!
//! In: an address from a page or feed. Out: a [`Target`]. Never here: whether the file exists.

use percent_encoding::percent_decode_str;

/// The address of the published site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    /// `https://example.org`
    origin: String,
    /// `/lantern/`
    pub(super) path: String,
}

/// How an address is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `../x/index.html`
    Relative,
    /// `/lantern/x/`
    Path,
    /// `https://example.org/lantern/x/`
    Whole,
}

/// The target of an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// A place on the same page; empty for the page itself.
    Here(&'a str),
    /// A path below the site's folder (empty: the front page), and a place on that page.
    Site { path: String, fragment: &'a str, form: Form },
    /// Outside the base path, on the same host.
    Outside,
    /// Another host, or another part of this one, by its absolute URL.
    Foreign,
    /// A mail program.
    Mail,
    /// Bytes in the address itself; `true` for a picture.
    Data(Media),
    /// A scheme that no reader should have to follow.
    Scheme(&'a str),
}

/// The content of a `data:` address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// A picture.
    Image,
    /// Anything else.
    Other,
}

impl Base {
    /// The base in `url`, with `path` in place of its own path.
    pub(super) fn new(url: &str, path: Option<&str>) -> Self {
        let (origin, own) = split(url).unwrap_or(("", url));
        let path = path.unwrap_or(own).split(['?', '#']).next().unwrap_or_default();
        let path = path.trim_matches('/');
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        Self { origin: origin.to_ascii_lowercase(), path }
    }

    /// The absolute URL of a file of the site; a directory's for its `index.html`.
    pub(super) fn url(&self, file: &str) -> String {
        let file = match file.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => file,
        };
        format!("{}{}{file}", self.origin, self.path)
    }

    /// The target of `address` in the file at `from`.
    pub(super) fn target<'a>(&self, from: &str, address: &'a str) -> Target<'a> {
        let address = address.trim_matches(|c: char| c.is_ascii_whitespace());
        let (bare, fragment) = address.split_once('#').unwrap_or((address, ""));
        if bare.is_empty() {
            return Target::Here(fragment);
        }
        match scheme(bare).map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "https") => return self.whole(bare, fragment),
            Some("mailto") => return Target::Mail,
            Some("data") => {
                let is_image = bare.get(5..11).is_some_and(|b| b.eq_ignore_ascii_case("image/"));
                return Target::Data(if is_image { Media::Image } else { Media::Other });
            }
            Some(_) => return Target::Scheme(scheme(bare).unwrap_or_default()),
            None => {}
        }
        if bare.starts_with("//") {
            return Target::Foreign;
        }
        let path = bare.split('?').next().unwrap_or_default();
        let folder = from.rfind('/').map_or("", |at| &from[..=at]);
        let (full, form) = match path.starts_with('/') {
            true => (normal(path), Form::Path),
            // Only a query: the page itself.
            false if path.is_empty() => return Target::Here(fragment),
            false => (normal(&format!("{}{folder}{path}", self.path)), Form::Relative),
        };
        match self.below(&full) {
            Some(path) => Target::Site { path, fragment, form },
            None => Target::Outside,
        }
    }

    fn whole<'a>(&self, bare: &str, fragment: &'a str) -> Target<'a> {
        let ours = split(bare).filter(|(origin, _)| origin.eq_ignore_ascii_case(&self.origin));
        let path = ours.map(|(_, path)| path.split('?').next().unwrap_or_default());
        match path.and_then(|path| self.below(&normal(path))) {
            Some(path) => Target::Site { path, fragment, form: Form::Whole },
            None => Target::Foreign,
        }
    }

    /// The path after the base path, percent-decoded.
    fn below(&self, path: &str) -> Option<String> {
        let rest = match path.strip_prefix(&*self.path) {
            Some(rest) => rest,
            None if path.len() + 1 == self.path.len() && self.path.starts_with(path) => "",
            None => return None,
        };
        Some(percent_decode_str(rest).decode_utf8_lossy().into_owned())
    }
}

/// Origin and path of an absolute URL.
fn split(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    let path = if url[end..].is_empty() { "/" } else { &url[end..] };
    Some((&url[..end], path))
}

/// `mailto` of `mailto:list@example.org`.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    is_scheme.then_some(scheme)
}

/// A path without `.` and `..`, as browsers resolve it: nothing is above the root.
fn normal(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_in_folder = false;
    for part in path.split('/').skip(1) {
        ends_in_folder = matches!(part, "." | ".." | "");
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let mut out = format!("/{}", parts.join("/"));
    if ends_in_folder && !out.ends_with('/') {
        out.push('/');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(path: &str, fragment: &'static str, form: Form) -> Target<'static> {
        Target::Site { path: path.into(), fragment, form }
    }

    #[test]
    fn addresses_lead_where_browsers_go() {
        let base = Base::new("https://Example.org/x", None);
        assert_eq!(base.url("a/index.html"), "https://example.org/x/a/");
        for (address, target) in [
            ("", Target::Here("")),
            ("#a", Target::Here("a")),
            ("?q=1", Target::Here("")),
            ("../b/index.html#c", site("b/index.html", "c", Form::Relative)),
            ("./b.css?h=1", site("a/b.css", "", Form::Relative)),
            ("..", site("", "", Form::Relative)),
            ("%C3%A4", site("a/ä", "", Form::Relative)),
            ("../../x/b", site("b", "", Form::Relative)),
            ("../../y", Target::Outside),
            ("../../../../y", Target::Outside),
            ("/x/b", site("b", "", Form::Path)),
            ("/x", site("", "", Form::Path)),
            ("/xy", Target::Outside),
            ("https://example.org/x/b?c#d", site("b", "d", Form::Whole)),
            ("https://example.org/", Target::Foreign),
            ("https://example.org.evil/x/", Target::Foreign),
            ("//example.org/x/", Target::Foreign),
            ("mailto:a@example.org", Target::Mail),
            ("data:image/png;base64,", Target::Data(Media::Image)),
            ("data:text/html,", Target::Data(Media::Other)),
            ("javascript:alert(1)", Target::Scheme("javascript")),
            ("a:b/c", Target::Scheme("a")),
            ("./a:b", site("a/a:b", "", Form::Relative)),
        ] {
            assert_eq!(base.target("a/index.html", address), target, "{address}");
        }
    }

    #[test]
    fn a_base_is_told_from_the_rest() {
        for (url, path, expected) in [
            ("https://example.org", None, "https://example.org/"),
            ("https://example.org/x/", Some("y/z"), "https://example.org/y/z/"),
            ("https://example.org/x/", Some("/"), "https://example.org/"),
            ("/x/", None, "/x/"),
        ] {
            assert_eq!(Base::new(url, path).url(""), expected);
        }
    }
}
