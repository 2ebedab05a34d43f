//! The default theme, as plain files inside the program.
//!
//! In: `themes/default`, at compile time. Out: the bytes of each file, and the bytes to publish. Never here: a
//! site's own theme, whose files are published unchanged.

use std::borrow::Cow;

/// A table of embedded files: a path below `themes/default`, and the bytes.
macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)))),*]
    };
}

/// The default theme as plain files. The list is written by hand, so it needs no crate and no build script; a test
/// compares it with the folder.
pub(super) const EMBEDDED: &[(&str, &[u8])] = embedded![
    "static/diff.js",
    "static/icon.svg",
    "static/search.js",
    "static/site.js",
    "static/style.css",
    "templates/404.html",
    "templates/attachments.html",
    "templates/base.html",
    "templates/behind.html",
    "templates/churn.html",
    "templates/claims.html",
    "templates/compare.html",
    "templates/compared.html",
    "templates/content.html",
    "templates/counted.html",
    "templates/counts.html",
    "templates/diff.html",
    "templates/digest-line.html",
    "templates/digest-whole.html",
    "templates/digest.html",
    "templates/digests.html",
    "templates/feeds.html",
    "templates/first-answers.html",
    "templates/home.html",
    "templates/hub-base.html",
    "templates/hub-events.html",
    "templates/hub-list.html",
    "templates/hub-people.html",
    "templates/hub-places.html",
    "templates/hub-search.html",
    "templates/hub-series.html",
    "templates/hub.html",
    "templates/later.html",
    "templates/ledger.html",
    "templates/line-meta.html",
    "templates/line.html",
    "templates/list.html",
    "templates/machines.html",
    "templates/matrix.html",
    "templates/message.html",
    "templates/moved.html",
    "templates/outline.html",
    "templates/parts.html",
    "templates/patch.html",
    "templates/path.html",
    "templates/paths.html",
    "templates/people.html",
    "templates/person.html",
    "templates/plot.html",
    "templates/ranking.html",
    "templates/replies.html",
    "templates/report.html",
    "templates/row-links.html",
    "templates/row-meta.html",
    "templates/row.html",
    "templates/search.html",
    "templates/series-parts.html",
    "templates/series.html",
    "templates/small-bar.html",
    "templates/split.html",
    "templates/standing.html",
    "templates/stats.html",
    "templates/taken-group.html",
    "templates/taken.html",
    "templates/tally.html",
    "templates/told.html",
    "templates/top.html",
    "templates/tops.html",
    "templates/thread-line.html",
    "templates/thinned.html",
    "templates/thread.html",
    "templates/turn.html",
    "templates/work.html",
    "templates/year.html",
    "theme.toml",
];

/// Whether a file of the site is the same as the embedded one.
pub(super) fn is_same(path: &str, bytes: &[u8]) -> bool {
    EMBEDDED.iter().any(|(known, theirs)| *known == path && *theirs == bytes)
}

/// The published form of an embedded file: scripts lose their comments and indentation, a sixth of what a search
/// loads.
pub(super) fn published(path: &str, bytes: &'static [u8]) -> Cow<'static, [u8]> {
    match std::str::from_utf8(bytes) {
        Ok(script) if path.ends_with(".js") => Cow::Owned(without_comments(script).into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// A script without comment lines and indentation. No string in the default theme's scripts spans several lines; a
/// test checks this.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let is_comment =
        |line: &&str| line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
    lines.filter(|line| !is_comment(line)).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lose_comments_and_indentation_alone() {
        let script = "// A lamp.\n(() => {\n  /** Lit. */\n  const a = \"//x\"; // on\n})();\n";
        assert_eq!(without_comments(script), "(() => {\nconst a = \"//x\"; // on\n})();\n");
        assert!(matches!(published("static/style.css", b"/** x */"), Cow::Borrowed(b"/** x */")));
    }

    #[test]
    fn a_copy_of_a_file_is_the_same() {
        let (path, bytes) = EMBEDDED[0];
        assert!(is_same(path, bytes));
        assert!(!is_same(path, b"// mine") && !is_same("static/mine.js", bytes));
    }

    #[test]
    fn no_text_of_a_script_goes_over_several_lines() {
        let scripts = EMBEDDED.iter().filter(|(path, _)| path.ends_with(".js"));
        for (path, bytes) in scripts {
            for line in std::str::from_utf8(bytes).expect("UTF-8").lines() {
                assert!(line.matches('`').count() % 2 == 0, "{path}: {line}");
            }
        }
    }
}
