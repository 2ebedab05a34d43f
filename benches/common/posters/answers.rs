//! Replies, and mails that name many others.

use super::mail::{DAY, MINUTE, Mail, all, change, first, letters};
use super::{crowds::one_week, works::set};

pub(super) fn answers(count: usize) -> String {
    let answer = |n: usize| {
        let mail = Mail::new(&format!("m{n}"), "Re: [PATCH] lamp: burn", n % 50, n).answers("r");
        mail.text("> +int a0;\nWhy?\n").end()
    };
    first() + &all(count, answer)
}

pub(super) fn chain(count: usize) -> String {
    all(count, |n| {
        let mail = Mail::new(&format!("m{n}"), "a", n % 50, n);
        let mail = if n > 0 { mail.answers(&format!("m{}", n - 1)) } else { mail };
        mail.text(&format!("> Why {}?\nWhy {n}?\n", n.saturating_sub(1))).end()
    })
}

/// Each mail names the hundred before it.
pub(super) fn references(count: usize) -> String {
    all(count, |n| {
        let ids = (n.saturating_sub(100)..n)
            .fold(String::new(), |ids, n| ids + &format!(" <m{n}@example.org>"));
        Mail::new(&format!("m{n}"), "a", n % 50, n)
            .header(&format!("References:{ids}"))
            .text("b")
            .end()
    })
}

pub(super) fn reviews(count: usize) -> String {
    let review = |n: usize| {
        let mail = Mail::new(&format!("m{n}"), "Re: [PATCH] lamp: burn", n, n).answers("r");
        mail.text(&format!("Reviewed-by: W {} <w{n}@example.org>\n", letters(n))).end()
    };
    first() + &all(count, review)
}

/// A series of so many patches, and so many people who review all of it.
pub(super) fn reviews_of_sets(count: usize) -> String {
    let review = |n: usize| {
        let mail =
            Mail::new(&format!("m{n}"), "Re: [PATCH v1 1/2] lamp: burn", n, DAY + n).answers("s.0");
        mail.text(&format!("For the series:\nReviewed-by: W {} <w{n}@example.org>\n", letters(n)))
            .end()
    };
    set("s", 1, count, 0, |at| at) + &all(count, review)
}

pub(super) fn trailer_lines(count: usize) -> String {
    all(count, |n| format!("Reviewed-by: W {} <w{n}@example.org>\n", letters(n)))
}

pub(super) fn trailers(count: usize) -> String {
    let mail = Mail::new("a", "Re: [PATCH] lamp: burn", 0, 0).answers("r");
    first() + &mail.text(&trailer_lines(count)).end()
}

pub(super) fn trailers_of_patch(count: usize) -> String {
    let text = format!("m\n\n{}---\n{}", trailer_lines(count), change("a.c", 0));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0).text(&text).end()
}

/// Each mail quotes all before it.
pub(super) fn quotes(count: usize) -> String {
    all(count, |n| {
        let mail = Mail::new(&format!("m{n}"), "a", n % 50, n);
        let mail = if n > 0 { mail.answers(&format!("m{}", n - 1)) } else { mail };
        let line = |at: usize| format!("{} line of {at}\n", ">".repeat((n - at).min(20)));
        mail.text(&(n.saturating_sub(200)..n).map(line).collect::<String>())
            .text(&format!("line of {n}\n"))
            .end()
    })
}

pub(super) fn deep_quotes(count: usize) -> String {
    Mail::new("r", "a", 0, 0)
        .text(&all(count / 10, |n| format!("{} b\n", ">".repeat(n % 100))))
        .end()
}

/// A patch of so many lines, with a remark below each line in a mail of its own.
pub(super) fn remarks(count: usize) -> String {
    let lines = all(count, |n| format!("+int a{n};\n"));
    let text = format!("m\n---\n--- /dev/null\n+++ b/a.c\n@@ -0,0 +1,{count} @@\n{lines}");
    let remark = |n: usize| {
        let mail = Mail::new(&format!("m{n}"), "Re: [PATCH] lamp: burn", n % 50, n).answers("r");
        mail.text(&format!("> +int a{n};\nWhy {n}?\n")).end()
    };
    Mail::new("r", "[PATCH] lamp: burn", 0, 0).text(&text).end() + &all(count, remark)
}

pub(super) fn remarks_in_one(count: usize) -> String {
    let lines = all(count, |n| format!("+int a{n};\n"));
    let text = format!("m\n---\n--- /dev/null\n+++ b/a.c\n@@ -0,0 +1,{count} @@\n{lines}");
    let said = all(count, |n| format!("> +int a{n};\nWhy {n}?\n\n"));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0).text(&text).end()
        + &Mail::new("a", "Re: [PATCH] lamp: burn", 1, 1).answers("r").text(&said).end()
}

pub(super) fn applied(count: usize) -> String {
    let notice = |n: usize| {
        let mail =
            Mail::new(&format!("a{n}"), "Re: [PATCH] lamp: burn", n % 7, DAY + n).answers("r");
        mail.text(&format!("Applied, thanks.\n[1/1] lamp: burn\n      commit: {n:012x}\n")).end()
    };
    first() + &all(count, notice)
}

/// One notice that names so many patches by their titles.
pub(super) fn applied_titles(count: usize) -> String {
    let said = all(count, |n| {
        format!("[{}/{count}] {}: burn\n        commit: {n:012x}\n", n + 1, letters(n))
    });
    one_week(count)
        + &Mail::new("a", "Re: [PATCH] b: burn", 1, 6 * DAY)
            .answers("m0")
            .text(&format!("Applied to lamp.git, thanks!\n\n{said}"))
            .end()
}

pub(super) fn pull(count: usize) -> String {
    let titles = all(count, |n| format!("      {}: burn\n", letters(n)));
    let text = format!(
        "The following changes since commit {:040}:\n\n  Lamp 1 (2024-01-01)\n\nare available in the Git repository \
         at:\n\n  https://example.org/lamp.git tags/lamp\n\nfor you to fetch changes up to {:040}:\n\n  Lamp 2 \
         (2024-01-01)\n\n----\nm\n\n----\nW b ({count}):\n{titles}\n a.c | 2 +-\n",
        1, 2
    );
    one_week(count) + &Mail::new("a", "[GIT PULL] lamps", 1, 6 * DAY).text(&text).end()
}

pub(super) fn named_by_many(count: usize) -> String {
    let question = |n: usize| {
        let mail = Mail::new(&format!("m{n}"), &letters(n), n % 50, n * MINUTE);
        mail.text("See <r@example.org> and https://lore.kernel.org/r/r@example.org\n").end()
    };
    first() + &all(count, question)
}

pub(super) fn names_many(count: usize) -> String {
    let ids = all(count, |n| {
        format!("See <m{n}@example.org> and https://lore.kernel.org/r/m{n}@example.org\n")
    });
    one_week(count) + &Mail::new("a", "All", 1, 6 * DAY).text(&ids).end()
}

/// Mails that each name the hundred others around them.
pub(super) fn all_name_all(count: usize) -> String {
    all(count, |n| {
        let near = all(100, |at| format!("<m{}@example.org>\n", (n + at) % count.max(1)));
        Mail::new(&format!("m{n}"), &letters(n), n % 50, n * MINUTE).text(&near).end()
    })
}

pub(super) fn copies(count: usize) -> String {
    let to = all(count, |n| format!(" W {} <w{n}@example.org>,\n", letters(n)));
    Mail::new("r", "a", 0, 0).header(&format!("Cc:\n{to} z@example.org")).text("b").end()
}

pub(super) fn links(count: usize) -> String {
    let text = all(count, |n| format!("https://example.org/{n}\nFixes: {n:012x} (\"a\")\n"));
    Mail::new("r", "a", 0, 0).text(&text).end()
}
