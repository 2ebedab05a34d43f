//! States of series: what replies of linux-mtd say, against labels by hand.

use std::collections::HashSet;

use patchpress::{
    patch::{Mail, Notice, Told, Voice},
    series::Corpus,
};

use crate::support;

/// Message-id, set, label, scope, tree, commits.
const LABELS: &str = include_str!("applied.tsv");

/// Those who plainly say that they applied something.
fn appliers(corpus: &Corpus) -> HashSet<String> {
    let plain =
        |mail: &&Mail| mail.notices.iter().any(|n| is_applied(n) && n.voice != Voice::Loose);
    corpus.mails.iter().map(|l| &l.mail).filter(plain).map(|m| m.message.from.key()).collect()
}

fn is_applied(notice: &Notice) -> bool {
    matches!(notice.told, Told::Applied | Told::Merged)
}

#[test]
fn replies_that_say_applied_are_known() {
    let Some(corpus) = support::linux_mtd_corpus() else { return };
    let appliers = appliers(corpus);
    let says = |mail: &Mail| {
        let known = appliers.contains(&mail.message.from.key());
        mail.notices.iter().any(|n| is_applied(n) && (n.voice != Voice::Loose || known))
    };
    let mut sets = [("drawn", [0usize; 4]), ("rest", [0; 4])];
    for line in LABELS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (id, set, label) = (columns[0], columns[1], columns[2]);
        let mut letters = corpus.mails.iter().filter(|l| &*l.mail.message.id == id);
        let mail = &letters.next().unwrap_or_else(|| panic!("{id} is gone")).mail;
        let (want, got) = (matches!(label, "yes" | "part"), says(mail));
        let Some((_, counts)) = sets.iter_mut().find(|(name, _)| *name == set) else {
            panic!("{set} is no set");
        };
        counts[usize::from(want) + usize::from(got) * 2] += 1;
        if want != got {
            eprintln!("{set} {label} {got}: {id} {:?}", mail.notices);
        }
    }
    eprintln!("{sets:?}");
}
