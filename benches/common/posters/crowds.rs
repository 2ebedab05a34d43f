//! Many series, threads, people, folders, days.

use super::mail::{DAY, MINUTE, Mail, START, all, change, date, first, letters, patch};

pub(super) fn one_week(count: usize) -> String {
    all(count, |n| {
        let subject = format!("[PATCH] {}: burn", letters(n));
        patch(&format!("m{n}"), &subject, n % 97, n % (5 * DAY), &format!("{}.c", n % 40), n)
    })
}

pub(super) fn days(count: usize) -> String {
    all(count, |n| Mail::new(&format!("m{n}"), "a", 0, n * DAY).text("b").end())
}

pub(super) fn weeks(count: usize) -> String {
    all(count, |n| Mail::new(&format!("m{n}"), "a", 0, n * 7 * DAY).text("b").end())
}

/// One thread per day, each with a title of its own.
pub(super) fn days_apart(count: usize) -> String {
    all(count, |n| Mail::new(&format!("m{n}"), &letters(n), 0, n * DAY).text("b").end())
}

/// The same with the smallest possible mails: no list would send them, but an archive can contain them.
pub(super) fn bare_days_apart(count: usize) -> String {
    all(count, |n| {
        let date = date(START + n * DAY);
        format!(
            "From x Fri Mar  1 00:00:00 2024\nFrom: W <w@example.org>\nDate: {date}\nSubject: {}\n\
             Message-ID: <m{n}@example.org>\n\nb\n\n",
            letters(n)
        )
    })
}

/// The same, one a week.
pub(super) fn bare_weeks_apart(count: usize) -> String {
    all(count, |n| {
        let date = date(START + n * 7 * DAY);
        format!(
            "From x Fri Mar  1 00:00:00 2024\nFrom: W <w@example.org>\nDate: {date}\nSubject: {}\n\
             Message-ID: <m{n}@example.org>\n\nb\n\n",
            letters(n)
        )
    })
}

/// Three a day.
pub(super) fn three_a_day(count: usize) -> String {
    all(count, |n| Mail::new(&format!("m{n}"), &letters(n), 0, n / 3 * DAY + n).text("b").end())
}

/// Each two patches with a person, a folder and weeks of their own.
pub(super) fn all_apart(count: usize) -> String {
    all(count, |n| {
        let subject = format!("[PATCH] {}: burn", letters(n));
        let path = format!("{}/a.c", letters(n / 2));
        patch(&format!("m{n}"), &subject, n / 2, n * 7 * DAY, &path, n)
    })
}

/// A patch a day.
pub(super) fn patches_apart(count: usize) -> String {
    all(count, |n| {
        let subject = format!("[PATCH] {}: burn", letters(n));
        patch(&format!("m{n}"), &subject, 0, n * DAY, "a.c", n)
    })
}

pub(super) fn threads(count: usize) -> String {
    all(count, |n| Mail::new(&format!("m{n}"), &letters(n), n % 50, n * MINUTE).text("b").end())
}

pub(super) fn people(count: usize) -> String {
    all(count, |n| {
        patch(&format!("m{n}"), &format!("[PATCH] {}: burn", letters(n)), n, n * MINUTE, "a.c", n)
    })
}

/// One sender, and each mail has another author in its text.
pub(super) fn authors(count: usize) -> String {
    all(count, |n| {
        let mail =
            Mail::new(&format!("m{n}"), &format!("[PATCH] {}: burn", letters(n)), 0, n * MINUTE);
        let from = format!("From: A {} <a{n}@example.org>\n\nm\n---\n", letters(n));
        mail.text(&(from + &change("a.c", n))).end()
    })
}

/// One address with many names, and one name with many addresses.
pub(super) fn names_of_one(count: usize) -> String {
    all(count, |n| {
        let (name, user) =
            if n % 2 == 0 { (letters(n), "u".into()) } else { ("N".into(), format!("n{n}")) };
        Mail::new(&format!("m{n}"), "a", 0, n * MINUTE)
            .text(&format!("Reviewed-by: {name} N <{user}@example.org>\n"))
            .answers("m0")
            .end()
    })
}

/// One patch, a file in each of many folders.
pub(super) fn folders(count: usize) -> String {
    let diff = all(count, |n| change(&format!("{}/a.c", letters(n)), n));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0).text(&format!("m\n---\n{diff}")).end()
}

pub(super) fn deep_folders(count: usize) -> String {
    let diff = all(count / 20, |n| change(&format!("{}{}/a.c", "d/".repeat(20), letters(n)), n));
    Mail::new("r", "[PATCH] lamp: burn", 0, 0).text(&format!("m\n---\n{diff}")).end()
}

/// Two patches to each of many folders, which then has a page.
pub(super) fn folders_in_turn(count: usize) -> String {
    all(count, |n| {
        let path = format!("{0}/{0}/a.c", letters(n / 2));
        patch(&format!("m{n}"), &format!("[PATCH] {}: burn", letters(n)), 0, n * MINUTE, &path, n)
    })
}

pub(super) fn empty_mails(count: usize) -> String {
    all(count, |n| format!("From x Fri Mar  1 00:00:00 2024\nMessage-ID: <m{n}@example.org>\n\n\n"))
}

pub(super) fn headerless_mails(count: usize) -> String {
    first() + &all(count, |_| "From x Fri Mar  1 00:00:00 2024\n\n\n".into())
}
