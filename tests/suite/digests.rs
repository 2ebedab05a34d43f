//! Text digests: read, written, and read back.

use std::path::Path;

use jiff::tz::TimeZone;
use patchpress::{
    bulletin::{self, Form},
    config::Settings,
    date::Cadence,
    digest::{self, Digest, Messages},
    plan::Content,
    series::{Corpus, ListIx, Revision, SeriesIx, StateKind},
};

use crate::support;

/// The numbers of the patches that it sends.
fn numbers(revision: &Revision) -> Vec<u32> {
    revision.slots.iter().filter(|s| s.sent().is_some()).map(|s| s.number).collect()
}

/// What a text prints: the last revision of each series in the period, and the earlier ones back to one that was
/// sent in full.
fn printed<'a>(corpus: &'a Corpus, digest: &'a Digest) -> Vec<&'a Revision> {
    let mut all = Vec::new();
    for activity in &digest.activities {
        let series = &corpus.series[activity.series.at()];
        for at in activity.posted.iter().rev() {
            let revision = &series.revisions[*at as usize];
            all.push(revision);
            if revision.slots.iter().all(|slot| slot.sent().is_some()) {
                break;
            }
        }
    }
    all
}

/// The number of patches that arrived twice under one Message-ID. A text has no ids: there each is a posting.
fn doubles(revision: &Revision) -> usize {
    numbers(revision).windows(2).filter(|pair| pair[0] == pair[1]).count()
}

/// All facts of a revision in a text digest.
fn told(revision: &Revision) -> String {
    let mut numbers = numbers(revision);
    numbers.dedup();
    let cover = if revision.cover.is_some() { "cover, " } else { "" };
    let Revision { version, title, expected, author, .. } = revision;
    format!("{version} {title} by {}: {cover}{numbers:?} of {expected}", author.full())
}

/// Writes a digest as text, reads it back, and compares the two.
fn round_trip(corpus: &Corpus, digest: &Digest, folder: &Path) {
    let settings = Settings::of_lists(vec![support::list(folder)]).expect("the defaults");
    let settings = Settings { top: usize::MAX, ..settings };
    let text = |messages| {
        support::of_texts(|texts| {
            let (digest, content) = (digest.clone(), Content::default());
            let form = Form::Text(messages);
            bulletin::write(texts, corpus, digest, &settings, &content, form).expect("a text")
        })
    };
    let [text, first, none] = [Messages::All, Messages::First, Messages::None].map(text);
    let entries = |text: &str| {
        let marks = ["New:  ", "Updated:  ", "Applied:  "];
        text.lines().filter(|line| marks.iter().any(|mark| line.starts_with(mark))).count()
    };
    assert!(entries(&none) == 0 && text.starts_with(&none), "{none}");
    let heads = printed(corpus, digest).into_iter().map(|revision| {
        let patch = revision.slots.iter().any(|slot| slot.mail.is_some());
        usize::from(revision.cover.is_some()) + usize::from(patch)
    });
    assert_eq!(entries(&first), heads.sum::<usize>(), "{first}");
    assert!(!text.contains("=?"), "a raw encoded word in the digest of {}", digest.period.label());
    let file = folder.join("digest.txt");
    std::fs::write(&file, &text).expect("a folder to write to");
    let back = support::read(&file);
    let mut again: Vec<String> = back.series.iter().flat_map(|s| &s.revisions).map(told).collect();
    let posted = printed(corpus, digest);
    let mut doubles: usize = posted.iter().map(|revision| doubles(revision)).sum();
    let posted: Vec<String> = posted.into_iter().map(told).collect();
    again.retain(|one| {
        let is_double = doubles > 0 && !posted.contains(one);
        doubles -= usize::from(is_double);
        !is_double
    });
    let only = |these: &[String], those: &[String]| {
        these
            .iter()
            .filter(|one| !those.contains(one))
            .map(|one| format!("\n  {one}"))
            .collect::<String>()
    };
    let (lost, made) = (only(&posted, &again), only(&again, &posted));
    let label = digest.period.label();
    assert!(lost.is_empty() && made.is_empty(), "{label}\nlost:{lost}\nmade:{made}");
    assert_eq!(again.len(), posted.len(), "{label}");
    let given = digest::digests(&back, None, Cadence::Week, &TimeZone::UTC).remove(0);
    let domains =
        |d: &Digest| d.domains.iter().map(|r| (r.who.clone(), r.count)).collect::<Vec<_>>();
    assert_eq!(domains(&given), domains(digest));
    let counts =
        |d: &Digest| d.contributors.iter().map(|r| (r.who.key(), r.count)).collect::<Vec<_>>();
    assert_eq!(counts(&given), counts(digest));
    assert_eq!(given.contributions.len(), entries(&text));
    let sum: u64 = digest.contributors.iter().map(|rank| rank.count).sum();
    assert_eq!(sum, digest.contributions.len() as u64);
}

#[test]
fn every_week_of_the_demo_survives_being_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = support::read(&support::demo());
    let digests = digest::digests(&corpus, None, Cadence::Week, &TimeZone::UTC);
    assert_eq!(digests.len(), 4);
    for digest in &digests {
        round_trip(&corpus, digest, folder.path());
    }
}

#[test]
fn any_commit_range_of_a_real_list_survives_being_text() {
    let Some(mirror) = support::linux_mtd() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = support::read(&mirror);
    assert_eq!(corpus.received, 8592);
    for (from, to) in [("HEAD~50", "HEAD"), ("HEAD~4000", "HEAD~3000"), ("HEAD~8592", "HEAD~8000")]
    {
        let digest = digest::digest_of_range(&corpus, ListIx(0), from, to, &mirror)
            .unwrap_or_else(|error| panic!("{error}"));
        assert!(digest.messages.len() >= 45, "{from}..{to}: {}", digest.messages.len());
        round_trip(&corpus, &digest, folder.path());
    }
    let months = digest::digests(&corpus, None, Cadence::Month, &TimeZone::UTC);
    months.iter().for_each(|digest| crate::activity::check_sums(&corpus, digest));
    // A series that is inactive today became so in one month.
    for (ix, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
        let went = months.iter().filter(|m| m.series(|a| a.went_quiet).any(|s| s == ix)).count();
        let is_quiet = series.state.kind == StateKind::Quiet && series.is_untaken();
        assert!(went <= 1 && (went == 1 || !is_quiet), "{} went quiet {went} times", series.slug);
    }
    let error = digest::digest_of_range(&corpus, ListIx(0), "zzzz", "HEAD", &mirror)
        .expect_err("no commit");
    assert!(error.to_string().starts_with("`zzzz` is not a commit of"), "{error}");
}

#[test]
fn the_seed_is_fifteen_series() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/archives/kvm-digest.txt");
    if !seed.exists() {
        eprintln!("skipped: there is no {}", seed.display());
        return;
    }
    let corpus = support::read(&seed);
    assert_eq!((corpus.mails.len(), corpus.series.len()), (25, 15));
    let all: Vec<String> = corpus.series.iter().map(|s| told(s.newest())).collect();
    for want in [
        "v6 Nested SVM fixes, cleanups, and hardening by Yosry Ahmed <yosry@kernel.org>: cover, [1] of 31",
        "v14 support FEAT_LSUI by Yeoreum Yun <yeoreum.yun@arm.com>: cover, [] of 8",
        "v6 i386/kvm: avoid installing duplicate msr entries in msr_handlers by Ani Sinha <anisinha@redhat.com>: [1] of 35",
    ] {
        assert!(all.contains(&want.to_owned()), "{want}\nis not among\n{}", all.join("\n"));
    }
    let titles: Vec<&str> = corpus.mails.iter().map(|l| &*l.mail.title).collect();
    for whole in [
        "KVM: guest_memfd: Don't set FGP_ACCESSED when getting folios",
        "KVM: x86: Use scratch field in MMIO fragment to hold small write values",
    ] {
        assert!(titles.contains(&whole), "{whole}\nis not among\n{}", titles.join("\n"));
    }
    let digest = digest::digests(&corpus, None, Cadence::Week, &TimeZone::UTC).remove(0);
    assert_eq!(digest.period.label(), "89e50b09f..26fd6f360");
    assert_eq!(digest.domains.iter().map(|rank| rank.count).sum::<u64>(), 142);
    let person = &digest.contributors[7];
    assert_eq!((&*person.who.name, person.count), ("Philippe Mathieu-Daudé", 6));
}
