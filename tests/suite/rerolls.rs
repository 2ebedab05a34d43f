//! A real list, linux-mtd, read independently: threads as components of a graph, and revisions as judged by a
//! person.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};

use patchpress::series::{Corpus, MailIx};

use crate::support;

/// The connected components of the reference graph, computed without the program's own threads.
#[test]
fn threads_are_the_components_of_the_reference_graph() {
    let Some(corpus) = support::linux_mtd_corpus() else { return };
    let mut neighbours: HashMap<&str, Vec<&str>> = HashMap::new();
    for letter in &corpus.mails {
        let message = &letter.mail.message;
        for other in &message.references {
            neighbours.entry(&message.id).or_default().push(other);
            neighbours.entry(other).or_default().push(&message.id);
        }
    }
    let mut component: HashMap<&str, usize> = HashMap::new();
    for (number, letter) in corpus.mails.iter().enumerate() {
        let mut open = vec![&*letter.mail.message.id];
        while let Some(id) = open.pop() {
            if !component.contains_key(id) {
                component.insert(id, number);
                open.extend(neighbours.get(id).into_iter().flatten());
            }
        }
    }
    let mut of_thread: HashMap<MailIx, HashSet<usize>> = HashMap::new();
    let mut of_component: HashMap<usize, HashSet<MailIx>> = HashMap::new();
    for (ix, letter) in MailIx::all(corpus.mails.len()).zip(&corpus.mails) {
        let (root, number) = (corpus.threads.root[ix.at()], component[&*letter.mail.message.id]);
        of_thread.entry(root).or_default().insert(number);
        of_component.entry(number).or_default().insert(root);
    }
    let same = MailIx::all(corpus.mails.len()).filter(|ix| {
        let (root, id) = (corpus.threads.root[ix.at()], &*corpus.stored(*ix).mail.message.id);
        of_thread[&root].len() == 1 && of_component[&component[id]].len() == 1
    });
    let (same, all) = (same.count(), corpus.mails.len());
    println!("{same} of {all} mails are in the thread that their component is");
    assert!(same * 1000 >= all * 995);
}

/// The rows of a file of labels next to the tests.
fn labels(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(name);
    let text = fs::read_to_string(path).expect("the labels are in the repository");
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| row.split('\t').map(str::to_owned).collect()).collect()
}

/// For every mail of a posting, its series and the number of its revision.
fn homes(corpus: &Corpus) -> HashMap<&str, (usize, usize)> {
    let mut homes = HashMap::new();
    for (series, work) in corpus.series.iter().enumerate() {
        for (at, revision) in work.revisions.iter().enumerate() {
            let id = |ix: MailIx| &*corpus.stored(ix).mail.message.id;
            homes.extend(revision.members().map(|ix| (id(ix), (series, at))));
        }
    }
    homes
}

/// `rerolls.tsv`: which posting follows which, judged by hand.
#[test]
fn rerolls_are_found_as_a_person_finds_them() {
    let Some(corpus) = support::linux_mtd_corpus() else { return };
    let homes = homes(corpus);
    let (mut right, mut claimed, mut there) = (0u32, 0u32, 0u32);
    let mut wrong = Vec::new();
    for row in labels("rerolls.tsv") {
        let [newer, older, how] = row.as_slice() else { panic!("{row:?}") };
        let (series, at) = homes[newer.as_str()];
        if let Some(other) = older.strip_prefix('!') {
            let together = homes[other].0 == series;
            claimed += u32::from(together);
            wrong.extend(together.then(|| format!("{newer} {older} ({how}): one series")));
            continue;
        }
        let before = at.checked_sub(1).map(|before| (series, before));
        let truth = (older != "-").then(|| homes[older.as_str()]);
        there += u32::from(truth.is_some());
        claimed += u32::from(before.is_some());
        right += u32::from(before.is_some() && before == truth);
        if before != truth {
            let found = before.map(|(series, at)| corpus.series[series].revisions[at].label());
            wrong.push(format!("{newer} {older} ({how}): found {found:?}"));
        }
    }
    let (precision, recall) =
        (f64::from(right) / f64::from(claimed), f64::from(right) / f64::from(there));
    println!(
        "{right} of {claimed} links are right ({precision:.3}), {there} are there ({recall:.3})"
    );
    println!("{}", wrong.join("\n"));
    assert!(there >= 120 && precision >= 0.98 && recall >= 0.95, "{}", wrong.join("\n"));
}
