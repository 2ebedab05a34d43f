//! Time in a work runs forward, whatever is sent: on random archives with everything that joins works (titles,
//! patches, replies, links, versions, comments, resends), and on the demo.

use std::collections::BTreeSet;

use patchpress::series::{Corpus, Revision};
use proptest::prelude::*;

use crate::{
    laws::few,
    sent::{IDA, Sent, ZOE, corpus, replaces, sent},
    support,
};

/// A posting of a random archive.
#[derive(Debug, Clone)]
struct Drawn {
    day: u32,
    minute: u32,
    by_ida: bool,
    title: usize,
    version: u32,
    tags: usize,
    covered: bool,
    patches: u32,
    line: u32,
    /// The posting that it replies to, and the one that it links to, counted from the first.
    answers: usize,
    links: usize,
    /// Only this patch is sent.
    alone: Option<u32>,
}

const TITLES: [&str; 4] =
    ["lamp: let it glow", "random fixes", "lamp: dim it slowly", "bell: ring it twice"];
const TAGS: [&str; 5] = ["PATCH", "PATCH", "RFC PATCH", "PATCH RESEND", "PATCH net-next"];

fn drawn() -> impl Strategy<Value = Drawn> {
    let when = (1..120_u32, 0..59_u32, any::<bool>(), 0..TITLES.len(), 0..5_u32, 0..TAGS.len());
    let what = (any::<bool>(), 1..4_u32, 0..3_u32, 0..14_usize, 0..14_usize);
    (when, what, proptest::option::weighted(0.25, 1..4_u32)).prop_map(|(when, what, alone)| {
        let (day, minute, by_ida, title, version, tags) = when;
        let (covered, patches, line, answers, links) = what;
        Drawn {
            day,
            minute,
            by_ida,
            title,
            version,
            tags,
            covered,
            patches,
            line,
            answers,
            links,
            // At least a patch: an archive without mail is an error.
            alone: alone.map(|number| (number - 1) % patches + 1),
        }
    })
}

/// A mail: its id, its parent, its time, its subject, its text.
type Made = (String, String, (u32, String), String, String);

/// The mails of a posting.
fn mails(at: usize, drawn: &Drawn, made: &mut Vec<Made>) {
    let Drawn { day, minute, version, patches, line, .. } = *drawn;
    let count = if version == 0 { String::new() } else { format!(" v{version}") };
    let tag = format!("{}{count}", TAGS[drawn.tags]);
    let above = if drawn.answers < at { format!("m{}-1", drawn.answers) } else { String::new() };
    let link = match drawn.links < at {
        true => format!("\nv1: https://lore.kernel.org/r/m{}-1@example.org\n", drawn.links),
        false => String::new(),
    };
    let title = TITLES[drawn.title];
    let when = |second: u32| (day, format!("{:02}:{minute:02}", 10 + second));
    if drawn.covered && drawn.alone.is_none() {
        let subject = format!("[{tag} 0/{patches}] {title}");
        let text = format!("\nThey glow.\n{link}");
        made.push((format!("m{at}-0"), above.clone(), when(0), subject, text));
    }
    for number in (1..=patches).filter(|number| drawn.alone.is_none_or(|alone| alone == *number)) {
        let counter = if patches == 1 { String::new() } else { format!(" {number}/{patches}") };
        let part = if patches == 1 { String::new() } else { format!(" ({number})") };
        let new = format!("int hue_{line} = {};", version + number);
        let text = replaces("aaaaaaa", 10 * (line + number), "int hue = 1;", &new);
        let text = text.replacen("\n---\n", &format!("\n---\n{link}"), 1);
        let answers = match drawn.covered && drawn.alone.is_none() {
            true => format!("m{at}-0"),
            false => above.clone(),
        };
        let subject = format!("[{tag}{counter}] {title}{part}");
        made.push((format!("m{at}-{number}"), answers, when(1), subject, text));
    }
}

fn archive(all: &[Drawn]) -> Corpus {
    let mut sorted: Vec<&Drawn> = all.iter().collect();
    sorted.sort_by_key(|drawn| (drawn.day, drawn.minute));
    let mut made = Vec::new();
    let mut senders = Vec::new();
    for (at, drawn) in sorted.into_iter().enumerate() {
        mails(at, drawn, &mut made);
        senders.resize(made.len(), if drawn.by_ida { IDA } else { ZOE });
    }
    let mails =
        made.iter().zip(&senders).map(|((id, answers, (day, time), subject, text), from)| Sent {
            answers,
            from,
            ..sent(id, (*day, time), subject, text.clone())
        });
    corpus(&mails.collect::<Vec<_>>())
}

/// The changes of a revision, and the titles of its patches.
fn marks(corpus: &Corpus, revision: &Revision) -> BTreeSet<String> {
    let mails = revision.members().map(|ix| &*corpus.stored(ix).mail);
    let of = |mail: &patchpress::patch::Mail| {
        let files = mail.files.iter().map(|file| file.path.to_string());
        files.chain([mail.title.to_lowercase()]).collect::<Vec<_>>()
    };
    mails.flat_map(of).collect()
}

/// The version, the date and the evidence of each revision.
fn list(revisions: &[Revision]) -> String {
    let one = |r: &Revision| format!("{} of {:?} by {:?}", r.version, r.posted, r.link);
    revisions.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// No revision is followed by one with an earlier date or a lower version, except by v1 after an RFC. Two revisions
/// with the same version have something in common, and the later one is marked `again`.
fn runs_forward(corpus: &Corpus) -> Result<(), TestCaseError> {
    for series in &corpus.series {
        for pair in series.revisions.windows(2) {
            let [older, newer] = pair else { continue };
            prop_assert!(older.posted <= newer.posted, "{}: {:?}", series.slug, newer.posted);
            let anew = older.rfc && !newer.rfc && newer.version.major == 1;
            prop_assert!(
                older.version <= newer.version || anew,
                "{}: {}",
                series.slug,
                list(&series.revisions)
            );
        }
        let mut names = BTreeSet::new();
        for (at, revision) in series.revisions.iter().enumerate() {
            let name = (revision.version, revision.rfc, revision.again);
            prop_assert!(names.insert(name), "{}: {} twice", series.slug, revision.version);
            let mut before = series.revisions[..at].iter();
            let same =
                |other: &&Revision| (other.version, other.rfc) == (revision.version, revision.rfc);
            let Some(first) = before.find(same) else { continue };
            prop_assert!(revision.again > 0, "{}: {}", series.slug, revision.version);
            let own = marks(corpus, revision);
            let is_one = revision.resend
                || series.revisions[..at].iter().any(|r| !marks(corpus, r).is_disjoint(&own));
            prop_assert!(is_one, "{}: {} of {:?}", series.slug, revision.version, first.posted);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(few(40))]

    #[test]
    fn time_runs_forward_in_every_work(all in proptest::collection::vec(drawn(), 2..14)) {
        runs_forward(&archive(&all))?;
    }
}

#[test]
fn time_runs_forward_in_the_demo() {
    runs_forward(&support::read(&support::demo())).expect("forward");
}
