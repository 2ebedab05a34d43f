//! The preview's own messages: an error above a page, and a page as long as there is no site.
//!
//! In: text. Out: HTML that any page's content security policy allows: no inline style, no inline script. Never
//! here: the error itself.

use crate::{
    site::live::PREVIEW_FOLDER,
    text::{Html, HtmlWriter, Mask},
};

/// The file that has [`CSS`], in the preview's folder.
pub(super) const STYLE: &str = "preview.css";

/// The file that has [`RELOAD`], in the preview's folder.
pub(super) const SCRIPT: &str = "reload.js";

/// The style of the preview's own messages.
pub(super) const CSS: &str = include_str!("preview.css");

/// The script that keeps a page up to date; `VERSION` stands for the version that it shows.
pub(super) const RELOAD: &str = include_str!("reload.js");

/// An error above a page of a site at the path `base`. It can be folded without a script.
pub(super) fn bar(base: &str, headline: &'static str, words: &str) -> Html {
    let mut out = HtmlWriter::new(Mask::NONE);
    style(&mut out, base);
    out.markup("\n<section id=\"patchpress-error\" role=\"alert\"><details open><summary>");
    out.markup(headline).markup("</summary>\n<pre>").value(words);
    out.markup("</pre></details></section>\n");
    out.finish()
}

/// A page with the error at its end.
pub(super) fn over(page: &str, bar: &Html) -> String {
    let end = page.rfind("</body>").unwrap_or(page.len());
    [&page[..end], bar.as_str(), &page[end..]].concat()
}

/// A page of the preview's own, for a site at the path `base`.
pub(super) fn page(base: &str, words: &'static str, bar: &Html) -> String {
    let mut out = HtmlWriter::new(Mask::NONE);
    out.markup(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>patchpress</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n",
    );
    style(&mut out, base);
    out.markup("\n<body><p class=\"patchpress-notice\">").markup(words);
    out.markup("</p>\n").html(bar).markup("<script src=\"").value(base);
    out.markup(PREVIEW_FOLDER).markup(SCRIPT).markup("\" defer></script></body>\n</html>\n");
    out.finish().into_string()
}

fn style(out: &mut HtmlWriter<'_>, base: &str) {
    out.markup("<link rel=\"stylesheet\" href=\"").value(base);
    out.markup(PREVIEW_FOLDER).markup(STYLE).markup("\">");
}
