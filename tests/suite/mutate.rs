//! Mutated mail: sites of mails that nobody would send must also follow the rules of every site.
//!
//! The driver puts mails of the demo, of specimens made here and of given archives into other forms of MIME, posts
//! them again as further revisions, and changes them ([`mutation`]). From every few hundred, it builds a site, one
//! after another in one folder. Then
//!
//! - the build has succeeded, and its report counts every mail;
//! - no page, feed or part of the index has what no template and no function makes ([`law`]);
//! - every word that a lenient reader finds in a mail's texts is on a page, or a note says why not ([`word`]);
//! - some sites are, byte for byte, what one worker builds from nothing, and their links work.
//!
//! A short run is an ordinary test. A long one, with real archives among its mails:
//!
//! ```text
//! PATCHPRESS_MUTATE="mails=300000 seed=1 from=../shared/corpora from=/lists/linux-mtd" \
//!     cargo test --release --test suite -- --ignored --nocapture mutated_mail
//! ```
//!
//! `seconds=60` ends it after a minute.
//!
//! The mbox of a failed site stays in the build directory, as the message says; `again=MBOX` checks only that site.

mod chance;
mod envelope;
mod files;
mod law;
mod mutation;
mod seeds;
mod word;

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::Instant,
};

use patchpress::{
    check::{self, Question, finding::Severity},
    config::{Overrides, Settings},
    error::{NoteKind, Place},
    site::{self, Progress, Why, report::Report},
};

use self::{chance::Chance, law::BASE, seeds::Family, word::Word};
use crate::{
    site::{Site, tree},
    support,
};

/// The number of mails that the previous site had already: their pages can stay as they are.
const KEPT: usize = 50;
/// The number of failures that ends a run.
const MOST_FAULTS: usize = 20;

/// The action.
#[derive(Debug)]
struct Order {
    mails: usize,
    /// The number of mails of one site.
    batch: usize,
    /// One in this many sites is also built from nothing.
    cold: usize,
    seed: u64,
    /// No site is begun after this time.
    seconds: u64,
    from: Vec<PathBuf>,
    /// The mboxes of failed sites.
    again: Vec<PathBuf>,
}

impl Order {
    /// The settings of `PATCHPRESS_MUTATE`.
    fn of_the_environment() -> Self {
        let said = std::env::var("PATCHPRESS_MUTATE").unwrap_or_default();
        let (from, again) = (Vec::new(), Vec::new());
        let (seed, seconds) = (1, u64::MAX);
        let mut order = Self { mails: 20_000, batch: 500, cold: 10, seed, seconds, from, again };
        for word in said.split_whitespace() {
            match word.split_once('=') {
                Some(("mails", number)) => order.mails = number.parse().expect("a number"),
                Some(("seed", number)) => order.seed = number.parse().expect("a number"),
                Some(("seconds", number)) => order.seconds = number.parse().expect("a number"),
                Some(("from", path)) => order.from.push(path.into()),
                Some(("again", path)) => order.again.push(path.into()),
                _ => {
                    panic!(
                        "PATCHPRESS_MUTATE knows mails=, seed=, seconds=, from= and again=, not `{word}`"
                    )
                }
            }
        }
        order
    }
}

/// A mail, and the words that must be on a page.
#[derive(Debug, Clone)]
struct Sent {
    bytes: Vec<u8>,
    words: HashSet<Word>,
}

/// An endless source of mails.
struct Press {
    families: Vec<Vec<Family>>,
    chance: Chance,
    words: word::Words,
    number: usize,
}

impl Press {
    fn new(order: &Order) -> Self {
        let mut families = vec![seeds::families(&support::demo())];
        families.extend(order.from.iter().map(|path| seeds::families(path)));
        families.retain(|found| !found.is_empty());
        Self { families, chance: Chance::new(order.seed), words: word::Words::default(), number: 0 }
    }

    /// At least this many mails.
    fn mails(&mut self, count: usize) -> Vec<Sent> {
        let mut mails = Vec::new();
        while mails.len() < count {
            self.number += 1;
            let source = self.chance.pick(&self.families).clone();
            let family = self.chance.pick(&source);
            for mail in seeds::copy(family, self.number, &mut self.chance, &mut self.words) {
                mails.push(self.mutated(mail, &source));
            }
        }
        mails
    }

    fn mutated(&mut self, mail: Vec<u8>, source: &[Family]) -> Sent {
        let chance = &mut self.chance;
        let mail = match chance.one_in(3) {
            true => envelope::wrapped(&mail, chance, &mut self.words),
            false => mail,
        };
        let other = chance.pick(source);
        let other = chance.pick(other);
        let bytes = match chance.below(8) {
            0 => mail,
            // In a hunk that is otherwise complete, a stray line is ignored.
            1 | 2 => mutation::strayed(&mail, chance),
            _ => mutation::mutated(&mail, other, chance),
        };
        Sent { words: word::told(&bytes), bytes }
    }
}

/// The line above each mail of an mbox.
const ABOVE: &[u8] = b"From mboxrd@z Thu Jan  1 00:00:00 1970\n";

/// The mails as an mbox, with the offset of each; `From ` in a mail gets a `>`, so that the number of mails is
/// right.
fn mbox(mails: &[Sent]) -> (Vec<u8>, Vec<u64>) {
    let (mut out, mut offsets) = (Vec::new(), Vec::new());
    for mail in mails {
        out.extend(ABOVE);
        offsets.push(out.len() as u64);
        for line in mail.bytes.split_inclusive(|byte| *byte == b'\n') {
            let inner = &line[line.iter().take_while(|byte| **byte == b'>').count()..];
            out.extend(inner.starts_with(b"From ").then_some(b'>'));
            out.extend(line);
        }
        out.extend(b"\n\n");
    }
    (out, offsets)
}

/// The mails from which [`mbox`] made this one.
fn mails_of(mbox: &[u8]) -> Vec<Sent> {
    let starts: Vec<usize> = memchr::memmem::find_iter(mbox, ABOVE)
        .filter(|at| *at == 0 || mbox[..*at].ends_with(b"\n\n"))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([mbox.len()]);
    let mail = |(start, end): (&usize, usize)| {
        let mut bytes = Vec::new();
        for line in mbox[start + ABOVE.len()..end - 2].split_inclusive(|byte| *byte == b'\n') {
            let inner = &line[line.iter().take_while(|byte| **byte == b'>').count()..];
            let is_marked = inner.len() < line.len() && inner.starts_with(b"From ");
            bytes.extend(&line[usize::from(is_marked)..]);
        }
        Sent { words: word::told(&bytes), bytes }
    };
    starts.iter().zip(ends).map(mail).collect()
}

/// Watches nothing.
struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
    fn told(&self, _: &str, _: Why) {}
    fn end(&self) {}
}

/// The sites of a run.
struct Run {
    site: Site,
    laws: files::Laws,
    /// One in this many sites is also built from nothing.
    cold: usize,
    faults: Vec<String>,
}

impl Run {
    fn new(cold: usize) -> Self {
        let site = Site::new();
        let list = format!(
            "name = \"lantern\"\narchive = \"list.mbox\"\npermalink = \"{}{{id}}/\"",
            law::PERMALINK
        );
        site.write("site.toml", &format!("base_url = \"{BASE}\"\n[[lists]]\n{list}\n"));
        Self { site, laws: files::Laws::new(), cold, faults: Vec::new() }
    }

    /// Of sites one after another, as their last is shorter.
    fn settings(&self, overrides: Overrides) -> Settings {
        let overrides = Overrides { may_shrink: true, ..overrides };
        Settings::load(&self.site.root(), &overrides).expect("the settings are sound")
    }

    /// Builds a site and checks all of it.
    fn site(&mut self, number: usize, mails: &[Sent]) {
        let (mbox, offsets) = mbox(mails);
        fs::write(self.site.path("list.mbox"), &mbox).expect("the mbox");
        let before = self.faults.len();
        let built = catch_unwind(AssertUnwindSafe(|| {
            site::build(&self.settings(Overrides::default()), &Unwatched)
        }));
        match built {
            Err(_) => self.faults.push("a panic".to_owned()),
            Ok(Err(error)) => self.faults.push(error.to_string()),
            Ok(Ok(report)) => {
                let is_left = |kind| matches!(kind, NoteKind::NoMail | NoteKind::Unarchived);
                let left = report.notes.iter();
                let left = left.filter(|n| is_left(n.kind) && n.message_id.is_none()).count();
                if report.received + left != mails.len() {
                    let (all, received) = (mails.len(), report.received);
                    self.faults.push(format!("{all} mails: {received} received, {left} left out"));
                }
                self.look(&report, mails, &offsets);
            }
        }
        if number.is_multiple_of(self.cold) {
            self.compare();
        }
        if self.faults.len() > before {
            let kept = kept(number, &mbox);
            self.faults[before..]
                .iter_mut()
                .for_each(|fault| *fault = format!("{}: {fault}", kept.display()));
        }
    }

    fn look(&mut self, report: &Report, mails: &[Sent], offsets: &[u64]) {
        let (words, faults) = self.laws.look(&self.site.path("public"));
        self.faults.extend(faults);
        let noted = noted(report);
        for (mail, offset) in mails.iter().zip(offsets) {
            let lost = mail.words.iter().filter(|word| !words.contains(*word));
            let lines: BTreeSet<String> = lost.map(|word| line_of(&mail.bytes, *word)).collect();
            if !lines.is_empty() && !noted.contains(offset) {
                let some: Vec<&String> = lines.iter().take(4).collect();
                self.faults.push(format!("byte {offset}: {} lines lost: {some:?}", lines.len()));
            }
        }
    }

    /// A build from nothing with one worker gives the same site, and its links work.
    fn compare(&mut self) {
        let (kept, away, public) =
            (self.site.path(".patchpress"), self.site.path("away"), self.site.path("cold"));
        let _ = fs::remove_dir_all(&public);
        fs::rename(&kept, &away).expect("moved");
        let settings = Overrides { output: Some(public.clone()), jobs: 1, ..Overrides::default() };
        let built = site::build(&self.settings(settings), &Unwatched);
        let _ = fs::remove_dir_all(&kept);
        fs::rename(&away, &kept).expect("moved back");
        if let Err(error) = built {
            return self.faults.push(format!("from nothing: {error}"));
        }
        let (grown, anew) = (tree(&self.site.path("public")), tree(&public));
        let odd = grown.keys().chain(anew.keys()).find(|path| grown.get(*path) != anew.get(*path));
        self.faults.extend(odd.map(|path| format!("{} is another from nothing", path.display())));
        let question =
            Question { folder: public, base_url: BASE.to_owned(), ..Question::default() };
        let checkup = check::check(&question).expect("the site can be read");
        let errors =
            checkup.findings.iter().filter(|found| found.rule.severity() == Severity::Error);
        self.faults.extend(errors.take(3).map(|found| format!("check: {found:?}")));
    }
}

/// The offsets of mails with a note that some of their text could not be read.
fn noted(report: &Report) -> HashSet<u64> {
    let says = |kind| {
        matches!(kind, NoteKind::BadMime | NoteKind::Cut | NoteKind::Truncated | NoteKind::NoMail)
    };
    let notes = report.notes.iter().filter(|note| says(note.kind));
    let offset = |place: &Place| match place {
        Place::Offset { offset, .. } => Some(*offset),
        _ => None,
    };
    notes.filter_map(|note| note.place.as_ref().and_then(offset)).collect()
}

/// The line of a mail with a word, shortened.
fn line_of(mail: &[u8], word: Word) -> String {
    let text = String::from_utf8_lossy(mail);
    let word = String::from_utf8_lossy(&word);
    text.lines().find(|line| line.contains(&*word)).unwrap_or(&word).chars().take(120).collect()
}

/// Keeps the mbox of a failed site.
fn kept(number: usize, mbox: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutated");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(format!("{number}.mbox"));
    fs::write(&path, mbox).expect("the mbox");
    path
}

fn run(order: &Order) {
    let began = Instant::now();
    let mut run = Run::new(order.cold);
    if !order.again.is_empty() {
        for path in &order.again {
            run.site(1, &mails_of(&fs::read(path).expect("the mbox")));
        }
        return assert!(run.faults.is_empty(), "{}", run.faults.join("\n"));
    }
    let mut press = Press::new(order);
    let (mut sent, mut number) = (0, 0);
    let mut kept: Vec<Sent> = Vec::new();
    let has_time = || began.elapsed().as_secs() < order.seconds;
    while sent < order.mails && run.faults.len() < MOST_FAULTS && has_time() {
        number += 1;
        let new = press.mails(order.batch.min(order.mails - sent));
        sent += new.len();
        let mails = [kept, new].concat();
        run.site(number, &mails);
        kept = mails[mails.len().saturating_sub(KEPT)..].to_vec();
        let time = began.elapsed().as_secs();
        eprintln!("{sent} mails, {number} sites, {time} s, {} faults", run.faults.len());
    }
    assert!(run.faults.is_empty(), "seed {}:\n{}", order.seed, run.faults.join("\n"));
}

#[test]
fn mutated_mail_is_read_and_shown() {
    let (from, again) = (Vec::new(), Vec::new());
    let seconds = u64::MAX;
    run(&Order { mails: 1_000, batch: 250, cold: 2, seed: 1, seconds, from, again });
}

#[test]
#[ignore = "takes minutes; PATCHPRESS_MUTATE says of how many mails, from which seeds"]
fn mutated_mail_without_end() {
    run(&Order::of_the_environment());
}
