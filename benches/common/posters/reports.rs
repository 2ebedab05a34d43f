//! Reports of faults, and patches on patches.

use super::mail::{DAY, Mail, all, change};

/// A report of syzbot; its hash has 20 hex digits.
fn report(n: usize) -> String {
    let subject = format!("[syzbot] lamp: dark {n}");
    let from = format!("syzbot <syzbot+{n:020x}@bot.example.org>");
    let mail = Mail::new(&format!("b{n}"), &subject, 0, n).from(&from);
    mail.text("Hello,\n\nsyzbot found the following issue on:\n").end()
}

fn fix(id: &str, n: usize, after: usize, closes: &str) -> String {
    let subject = format!("[PATCH] lamp {n}: burn");
    let text = format!("m\n{closes}---\n{}", change(&format!("f{n}.c"), n));
    Mail::new(id, &subject, n % 50, after).text(&text).end()
}

fn closes(n: usize) -> String {
    format!("Reported-by: syzbot+{n:020x}@bot.example.org\n")
}

/// So many patches that close one report.
pub(super) fn fixes_of_one(count: usize) -> String {
    report(0) + &all(count, |n| fix(&format!("p{n}"), n, DAY + n, &closes(0)))
}

/// One patch that closes so many reports.
pub(super) fn reports_of_one(count: usize) -> String {
    all(count, report) + &fix("p", 0, DAY, &all(count, closes))
}

/// So many commands about one report, each a reply to the one before.
pub(super) fn commands(count: usize) -> String {
    let above = |n: usize| if n > 0 { format!("c{}", n - 1) } else { "b0".to_owned() };
    let command = |n: usize| {
        let mail = Mail::new(&format!("c{n}"), "Re: [syzbot] lamp: dark 0", 1, DAY + n);
        mail.answers(&above(n)).text("#syz invalid\n").end()
    };
    report(0) + &all(count, command)
}

/// A series of so many patches of one file, and as many other patches, each based on what one of the series leaves.
pub(super) fn built_on(count: usize) -> String {
    let patch = |id: String, subject: String, who: usize, after: usize, states: [usize; 2]| {
        let head = format!(
            "diff --git a/a.c b/a.c\nindex {:07x}..{:07x} 100644\n",
            0x100_0000 + states[0],
            0x100_0000 + states[1]
        );
        let text = format!("m\n---\n{head}{}", change("a.c", states[1]));
        Mail::new(&id, &subject, who, after).text(&text).end()
    };
    let of_set = |n: usize| {
        let subject = format!("[PATCH {}/{count}] lamp: burn {n}", n + 1);
        patch(format!("p{n}"), subject, 0, n, [n, n + 1])
    };
    let later = |n: usize| {
        let subject = format!("[PATCH] bell: ring {n}");
        patch(format!("l{n}"), subject, 1 + n, 30 * DAY + n, [n + 1, 1_000_000 + n])
    };
    all(count, of_set) + &all(count, later)
}
