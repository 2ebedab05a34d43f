//! Laws: properties that hold for any mails in any order.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use jiff::tz::TimeZone;
use patchpress::{
    date::Cadence,
    export,
    series::{Corpus, MailIx},
};
use proptest::{prelude::*, test_runner::RngSeed};

use crate::support;

/// The export of an mbox of these mails: revisions, messages, digests.
fn exported(corpus: &Corpus, mbox: &Path) -> String {
    let mut out = Vec::new();
    export::revisions(corpus, &TimeZone::UTC, &export::Filter::default(), &mut out)
        .expect("memory");
    export::messages(corpus, &export::Filter::default(), &mut out).expect("memory");
    let lists = [support::list(mbox)];
    export::digests(
        corpus,
        &lists,
        Cadence::Week,
        &TimeZone::UTC,
        &export::Filter::default(),
        &mut out,
    )
    .expect("memory");
    String::from_utf8(out).expect("export is UTF-8")
}

/// The corpus of an mbox with these mails in this order, and its export.
fn read(mails: &[Vec<u8>]) -> (Corpus, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let mbox = folder.path().join("list.mbox");
    fs::write(&mbox, mails.concat()).expect("write");
    let corpus = support::read(&mbox);
    let export = exported(&corpus, &mbox);
    (corpus, export)
}

/// The demo's mails, each with its `From ` line.
pub(crate) fn demo() -> Vec<Vec<u8>> {
    let mbox = fs::read(support::demo()).expect("the demo is there");
    let mut mails: Vec<Vec<u8>> = Vec::new();
    for line in mbox.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"From mboxrd@z ") {
            mails.push(Vec::new());
        }
        mails.last_mut().expect("an mbox begins with `From `").extend(line);
    }
    mails
}

/// The number of cases of a law; they are the same each time, so a failure is due to the change. `PATCHPRESS_CASES`
/// selects another number of cases, which are random each time.
pub(crate) fn few(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PATCHPRESS_CASES").ok().and_then(|number| number.parse().ok());
    let drawn = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match asked {
        Some(cases) => ProptestConfig { cases, ..drawn },
        None => ProptestConfig { cases, rng_seed: RngSeed::Fixed(20786), ..drawn },
    }
}

proptest! {
    #![proptest_config(few(6))]

    #[test]
    fn the_order_of_an_archive_changes_nothing(shuffled in Just(demo()).prop_shuffle()) {
        let (corpus, before) = read(&demo());
        prop_assert_eq!(corpus.mails.len(), shuffled.len());
        prop_assert!(before.lines().count() > corpus.mails.len());
        prop_assert!(read(&shuffled).1 == before, "another export");
    }

    #[test]
    fn an_archive_that_is_there_twice_changes_no_series(shuffled in Just(demo()).prop_shuffle()) {
        let revisions = |export: &str| -> Vec<String> {
            export.lines().filter(|l| l.contains(r#""kind":"revision""#)).map(str::to_owned).collect()
        };
        let once = read(&demo()).1;
        let (corpus, twice) = read(&[demo(), shuffled].concat());
        prop_assert_eq!(corpus.received, 2 * corpus.mails.len());
        prop_assert_eq!(revisions(&twice), revisions(&once));
    }
}

/// The facts of a posting itself, whatever came after it.
fn own_facts(line: &str) -> Option<serde_json::Value> {
    let mut fact: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let object = fact.as_object_mut()?;
    if object.get("kind")? != "revision" {
        return None;
    }
    for key in [
        "series",
        "replies",
        "participants",
        "previous",
        "next",
        "state",
        "url",
        "witness",
        "hearsay",
        "taker",
        "intents",
        "rest",
        "kin",
        "machines",
        "reports",
        "sort",
    ] {
        object.remove(key);
    }
    for patch in object.get_mut("patches")?.as_array_mut()? {
        for key in ["reviews", "ledger", "applied", "fate"] {
            patch.as_object_mut()?.remove(key);
        }
    }
    Some(fact)
}

/// The demo's mails by date, split where nobody wrote for three hours, so that no posting is split.
#[test]
fn later_mail_changes_no_posting_s_own_facts() {
    let mails = demo();
    let (corpus, whole) = read(&mails);
    let whole: Vec<_> = whole.lines().filter_map(own_facts).collect();
    let dates: Vec<i64> = corpus.mails.iter().filter_map(|l| Some(l.date()?.0)).collect();
    let ids: Vec<&str> = corpus.mails.iter().map(|l| &*l.mail.message.id).collect();
    let gaps = (1..dates.len()).filter(|&at| dates[at] - dates[at - 1] > 3 * 3600);
    let mut cuts = 0;
    for cut in gaps {
        let header = |mail: &[u8]| String::from_utf8_lossy(mail).into_owned();
        let early = |mail: &&Vec<u8>| {
            let text = header(mail);
            ids[..cut].iter().any(|id| text.contains(&format!("\nMessage-ID: <{id}>")))
        };
        let before: Vec<Vec<u8>> = mails.iter().filter(early).cloned().collect();
        assert_eq!(before.len(), cut);
        let (_, export) = read(&before);
        for fact in export.lines().filter_map(own_facts) {
            assert!(whole.contains(&fact), "{cut} of {} mails: {fact}", mails.len());
        }
        cuts += 1;
    }
    assert!(cuts > 10, "only {cuts} cuts");
}

/// A mail of a graph that no sender would make.
#[derive(Debug, Clone)]
struct Node {
    /// Several may have the same id.
    id: u8,
    /// The mail itself, missing mails, later mails: everything is allowed.
    references: Vec<u8>,
    in_reply_to: Option<u8>,
    subject: &'static str,
    minute: u8,
    words: u8,
}

/// Subjects that contradict the references.
const SUBJECTS: &[&str] = &[
    "[PATCH] lamp: Burn brighter",
    "[PATCH v2] lamp: Burn brighter",
    "[PATCH 0/2] lamp: Burn",
    "[PATCH 1/2] lamp: Burn brighter",
    "[PATCH v2 2/2] lamp: Burn longer",
    "Re: [PATCH] lamp: Burn brighter",
    "Re: [PATCH v2 0/2] lamp: Burn",
    "lamps",
    "",
];

/// The number of ids in a graph.
const IDS: u8 = 12;

fn node() -> impl Strategy<Value = Node> {
    let answers = (prop::collection::vec(0..IDS, 0..5), prop::option::of(0..IDS));
    (0..IDS, answers, prop::sample::select(SUBJECTS), 0..4u8, 0..3u8).prop_map(
        |(id, (references, in_reply_to), subject, minute, words)| Node {
            id,
            references,
            in_reply_to,
            subject,
            minute,
            words,
        },
    )
}

fn written(node: &Node) -> Vec<u8> {
    let Node { id, references, in_reply_to, subject, minute, words } = node;
    let mut mail = String::from("From mboxrd@z Thu Jan  1 00:00:00 1970\n");
    let _ = write!(
        mail,
        "From: Ada Example <ada@example.org>\nSubject: {subject}\n\
         Date: Mon, 23 Feb 2026 10:{minute:02}:00 +0000\nMessage-ID: <{id}@example.org>\n"
    );
    if let Some(parent) = in_reply_to {
        let _ = writeln!(mail, "In-Reply-To: <{parent}@example.org>");
    }
    if !references.is_empty() {
        let ids = references.iter().map(|id| format!("<{id}@example.org>"));
        let _ = writeln!(mail, "References: {}", ids.collect::<Vec<_>>().join("\n\t"));
    }
    let _ = write!(mail, "\nWords {words}.\n\nSigned-off-by: Ada Example <ada@example.org>\n---\n");
    if subject.starts_with("[PATCH") && !subject.contains("0/") {
        mail.push_str("diff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n");
        let _ = writeln!(mail, "@@ -1 +1 @@\n-int watts = 10;\n+int watts = 2{words};");
    }
    mail.push('\n');
    mail.into_bytes()
}

/// Every mail is below one other or is a root; no path upwards returns to its start.
fn is_a_forest(corpus: &Corpus) -> Result<(), TestCaseError> {
    let (threads, len) = (&corpus.threads, corpus.mails.len());
    for ix in MailIx::all(len) {
        let way: Vec<MailIx> = threads.upwards(ix).take(len + 1).collect();
        prop_assert!(way.len() <= len, "{ix:?} is below itself");
        let top = way.last().expect("the mail itself");
        prop_assert_eq!(threads.root[top.at()], threads.root[ix.at()], "two threads");
        prop_assert_eq!(threads.parent[threads.root[ix.at()].at()], None);
        let Some(parent) = threads.parent[ix.at()] else { continue };
        let (mail, parent) = (&corpus.stored(ix).mail, &corpus.stored(parent).mail);
        let named = mail.message.references.contains(&parent.message.id);
        prop_assert!(named || mail.message.id == parent.message.id, "{ix:?} does not answer it");
    }
    Ok(())
}

/// Every mail is kept, or is a copy of one that is. Every contribution has one place in one revision, or is a
/// proposal for a patch below a contribution that has one.
fn nothing_is_lost(corpus: &Corpus, sent: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(corpus.received, sent);
    prop_assert_eq!(corpus.mails.iter().map(|letter| letter.copies.len()).sum::<usize>(), sent);
    let revisions = corpus.series.iter().flat_map(|series| &series.revisions);
    let members: Vec<MailIx> = revisions.flat_map(|revision| revision.members()).collect();
    let once: BTreeSet<MailIx> = members.iter().copied().collect();
    prop_assert_eq!(once.len(), members.len(), "a mail has two places");
    let contributions = MailIx::all(corpus.mails.len())
        .filter(|ix| corpus.stored(*ix).is_contribution())
        .collect::<BTreeSet<_>>();
    prop_assert!(once.is_subset(&contributions), "a member is no patch");
    for ix in contributions.difference(&once) {
        let mut above = corpus.threads.upwards(*ix).skip(1);
        prop_assert!(above.any(|up| once.contains(&up)), "{ix:?} has no place");
    }
    Ok(())
}

fn mails_in_two_orders() -> impl Strategy<Value = (Vec<Node>, Vec<Node>)> {
    prop::collection::vec(node(), 1..16)
        .prop_flat_map(|nodes| (Just(nodes.clone()), Just(nodes).prop_shuffle()))
}

proptest! {
    #![proptest_config(few(400))]

    #[test]
    fn any_references_make_a_forest((nodes, shuffled) in mails_in_two_orders()) {
        let (corpus, export) = read(&nodes.iter().map(written).collect::<Vec<_>>());
        is_a_forest(&corpus)?;
        nothing_is_lost(&corpus, nodes.len())?;
        let again = shuffled.iter().map(written).collect::<Vec<_>>();
        prop_assert_eq!(read(&again).1, export);
    }
}
