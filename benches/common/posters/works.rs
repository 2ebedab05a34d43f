//! Series through their revisions.

use super::mail::{DAY, HOUR, MINUTE, Mail, all, change, letters, patch};

pub(super) fn revisions(count: usize) -> String {
    all(count, |n| {
        let subject = format!("[PATCH v{}] lamp: burn", n + 1);
        patch(&format!("m{n}"), &subject, 0, n * MINUTE, "a.c", n)
    })
}

pub(super) fn same_title(count: usize) -> String {
    all(count, |n| patch(&format!("m{n}"), "[PATCH] lamp: burn", 0, n * DAY, "a.c", n))
}

/// The patches of a series, as replies to its first mail.
pub(super) fn set(
    name: &str,
    version: usize,
    size: usize,
    after: usize,
    order: impl Fn(usize) -> usize,
) -> String {
    all(size, |at| {
        let which = order(at);
        let subject = format!("[PATCH v{version} {}/{size}] lamp: burn {}", at + 1, letters(which));
        let mail = Mail::new(&format!("{name}.{at}"), &subject, 0, after + at);
        let mail = if at > 0 { mail.answers(&format!("{name}.0")) } else { mail };
        mail.text(&format!("m\n---\n{}", change(&format!("{}.c", letters(which)), version))).end()
    })
}

/// A set of many patches, and then its first patch anew, many times: each time the others stay as they were.
pub(super) fn wide_then_long(count: usize) -> String {
    let size = count / 2;
    let again = |n: usize| {
        let subject = format!("[PATCH v{} 1/{size}] lamp: burn {}", n + 2, letters(0));
        let mail = Mail::new(&format!("a{n}"), &subject, 0, DAY + n * HOUR).answers("s.0");
        mail.text(&format!("m\n---\n{}", change(&format!("{}.c", letters(0)), n + 2))).end()
    };
    set("s", 1, size, 0, |at| at) + &all(count - size, again)
}

/// A revision a week.
pub(super) fn revisions_apart(count: usize) -> String {
    all(count, |n| {
        let subject = format!("[PATCH v{}] lamp: burn", n + 1);
        patch(&format!("m{n}"), &subject, 0, n * 7 * DAY, "a.c", n)
    })
}

/// Sets of which only the letter comes.
pub(super) fn never_arrived(count: usize) -> String {
    all(count, |n| {
        let subject = format!("[PATCH 0/999] lamp: burn {}", letters(n));
        Mail::new(&format!("m{n}"), &subject, 0, n * MINUTE).text("m").end()
    })
}

pub(super) fn revisions_of_sets(count: usize) -> String {
    all(count / 10, |n| set(&format!("s{n}"), n + 1, 10, n * HOUR, |at| at))
}

pub(super) fn two_large_sets(count: usize) -> String {
    all(2, |n| set(&format!("s{n}"), n + 1, count / 2, n * DAY, |at| at))
}

pub(super) fn shuffled_sets(count: usize) -> String {
    let size = count / 2;
    all(2, |n| {
        set(
            &format!("s{n}"),
            n + 1,
            size,
            n * DAY,
            move |at| if n == 0 { at } else { size - 1 - at },
        )
    })
}

/// A series, and then each of its patches rerolled alone, below the cover letter.
pub(super) fn partial_rerolls(count: usize) -> String {
    let size = count / 2;
    let again = |n: usize| {
        let which = letters(n);
        let subject = format!("[PATCH v{} {}/{size}] lamp: burn {which}", n + 2, n + 1);
        let mail = Mail::new(&format!("a{n}"), &subject, 0, DAY + n * HOUR).answers("s.0");
        mail.text(&format!("m\n---\n{}", change(&format!("{which}.c"), n + 2))).end()
    };
    set("s", 1, size, 0, |at| at) + &all(size, again)
}

/// Each is a new revision of the one before, by a link alone.
pub(super) fn links_between(count: usize) -> String {
    all(count, |n| {
        let before = n.saturating_sub(1);
        let subject = format!("[PATCH v{}] {}: burn", n + 1, letters(n));
        let link = format!("m\n---\nv{n}: https://lore.kernel.org/r/m{before}@example.org\n");
        let mail = Mail::new(&format!("m{n}"), &subject, n % 7, n * MINUTE);
        mail.text(&(link + &change("a.c", n))).end()
    })
}

pub(super) fn change_ids(count: usize) -> String {
    all(count, |n| {
        let mail = Mail::new(
            &format!("m{n}"),
            &format!("[PATCH] {}: burn", letters(n)),
            n % 7,
            n * MINUTE,
        );
        mail.text(&format!(
            "m\n\nChange-Id: I0123456789012345678901234567890123456789\n---\n{}",
            change("a.c", n)
        ))
        .end()
    })
}

/// The same patch under other titles, by other people.
pub(super) fn same_patch(count: usize) -> String {
    all(count, |n| {
        patch(&format!("m{n}"), &format!("[PATCH] {}: burn", letters(n)), n, n * MINUTE, "a.c", 0)
    })
}

pub(super) fn similar_titles(count: usize) -> String {
    all(count, |n| {
        let subject = format!("[PATCH] lamp: burn the oil in the lamp slowly {}", letters(n));
        patch(&format!("m{n}"), &subject, 0, n * MINUTE, "a.c", n)
    })
}

pub(super) fn one_set(count: usize) -> String {
    set("s", 1, count, 0, |at| at)
}

/// Cover letters of thousands of patches that never come.
pub(super) fn covers(count: usize) -> String {
    all(count, |n| {
        let mail = Mail::new(
            &format!("m{n}"),
            &format!("[PATCH 0/999] lamp: {}", letters(n)),
            0,
            n * MINUTE,
        );
        mail.text("m\n").end()
    })
}
