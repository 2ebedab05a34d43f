//! What the preview says itself: a mistake over a page, a page while there is no site.
//!
//! In: words. Out: HTML that any page's content security policy allows: no inline style, no inline script.
//! Never here: what went wrong.

use crate::{site::live::PREVIEW_SCRIPT, text};

/// The address of [`CSS`].
pub(super) const STYLE: &str = "/__patchpress/preview.css";

/// How the preview's own words look.
pub(super) const CSS: &str = include_str!("preview.css");

/// What keeps a page up with the server; `VERSION` stands for what is shown.
pub(super) const RELOAD: &str = include_str!("reload.js");

/// A mistake, as it stands over a page. It can be folded away without a script.
pub(super) fn bar(headline: &str, words: &str) -> String {
    let mut escaped = String::new();
    text::escape_into(&mut escaped, words);
    format!(
        "<link rel=\"stylesheet\" href=\"{STYLE}\">\n\
         <section id=\"patchpress-error\" role=\"alert\"><details open><summary>{headline}</summary>\n\
         <pre>{escaped}</pre></details></section>\n"
    )
}

/// A page with the mistake at its end.
pub(super) fn over(page: &str, bar: &str) -> String {
    let end = page.rfind("</body>").unwrap_or(page.len());
    format!("{}{bar}{}", &page[..end], &page[end..])
}

/// A page of the preview's own.
pub(super) fn page(words: &str, bar: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>patchpress</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"stylesheet\" href=\"{STYLE}\">\n\
         <body><p class=\"patchpress-notice\">{words}</p>\n{bar}\
         <script src=\"{PREVIEW_SCRIPT}\" defer></script></body>\n</html>\n"
    )
}
