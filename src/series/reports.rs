//! Bug reports, and the series that fix them.
//!
//! In: the mails with their facts about reports ([`crate::patch::ReportFacts`]), threads, and series with their states.
//! Out: the [`Reports`] with their states, and in each series the reports that it fixes. A report is the first mail
//! of its thread, or, if it replies to a series, the mail itself. What became of a posting that a build robot reports
//! about is in `answered`. Never here: the forms of references in a text; whether a patch really fixes the report.

mod answered;

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

use self::answered::{Answer, answer};
use super::{Corpus, MailIx, Series, SeriesIx, Slot, StateKind};
use crate::machine::Machine;
use crate::patch::{ReportFacts, ReportId, ReportKind, Role, TrackerCommand, title::normal};

/// The most messages above a command that are searched for its report: in a deep thread, each message can have a
/// command.
const MOST_ABOVE: usize = 200;

/// A bug report.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Report {
    /// Its first mail.
    pub mail: MailIx,
    /// Its kind.
    pub kind: ReportKind,
    /// Its state.
    pub state: ReportState,
    /// The series that fix it, by the date of their first posting, each with its newest patch or letter that names the
    /// report, or the patch that a command names.
    pub fixes: Vec<(SeriesIx, MailIx)>,
    /// The mail that set its state: in a tracker, or because it drops the series that a robot reports about.
    pub told: Option<MailIx>,
    /// The first mail of the revision that came after it, if a build robot reports about an earlier one.
    pub later: Option<MailIx>,
    /// The patch or commit that this mail names, if it is not on the list; otherwise empty.
    pub commit: Box<str>,
}

/// The state of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportState {
    /// No mail names a fix.
    Open,
    /// A fix was posted, or a later revision of the series that a robot reports about.
    FixPosted,
    /// A fix or that revision was applied, or a mail told the tracker that a patch fixes it.
    Fixed,
    /// It was closed: it is invalid or a duplicate, its tracker says so, or the posting that a robot reports about was
    /// replaced or dropped.
    Closed,
}

impl ReportState {
    /// The word in `export` and on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::FixPosted => "fix-posted",
            Self::Fixed => "fixed",
            Self::Closed => "closed",
        }
    }
}

/// All reports, by their first mails.
#[derive(Debug, Default)]
pub struct Reports(Vec<Report>);

impl Reports {
    /// The report whose first mail this is.
    pub fn of(&self, mail: MailIx) -> Option<&Report> {
        let at = self.0.binary_search_by_key(&mail, |report| report.mail).ok()?;
        self.0.get(at)
    }

    /// All reports, by date.
    pub fn iter(&self) -> impl Iterator<Item = &Report> {
        self.0.iter()
    }
}

/// Finds the reports, and records in each series the reports that it fixes.
pub(super) fn find(corpus: &mut Corpus) {
    let found = Search::new(corpus).reports();
    let mut of_series: BTreeMap<SeriesIx, Vec<MailIx>> = BTreeMap::new();
    for report in &found {
        for (series, _) in &report.fixes {
            of_series.entry(*series).or_default().push(report.mail);
        }
    }
    for (series, reports) in of_series {
        corpus.series[series.at()].reports = reports.into();
    }
    corpus.reports = Reports(found);
}

struct Search<'c> {
    corpus: &'c Corpus,
    /// The first mail of each report, by its id.
    by_id: HashMap<&'c ReportId, MailIx>,
    found: BTreeMap<MailIx, Report>,
    /// For each report and series that fixes it, the index among the report's fixes, so that each series is there once.
    linked: HashMap<(MailIx, SeriesIx), usize>,
    /// The mail that reopened a report; earlier fixes did not fix it.
    reopened: HashMap<MailIx, MailIx>,
}

impl<'c> Search<'c> {
    fn new(corpus: &'c Corpus) -> Self {
        let mut search = Self {
            corpus,
            by_id: HashMap::new(),
            found: BTreeMap::new(),
            linked: HashMap::new(),
            reopened: HashMap::new(),
        };
        for (ix, facts) in search.mails_with_facts() {
            let Some(own) = &facts.own else { continue };
            let first = *search.by_id.entry(own).or_insert(ix);
            let is_begun = |ix: MailIx| {
                corpus.mail(ix).report_facts.as_ref().is_some_and(|b| b.kind.is_some())
            };
            if !is_begun(first) && is_begun(ix) {
                search.by_id.insert(own, ix);
            }
        }
        search
    }

    /// The mails with facts about reports.
    fn mails_with_facts(&self) -> impl Iterator<Item = (MailIx, &'c ReportFacts)> + use<'c> {
        let corpus = self.corpus;
        let mails = MailIx::all(corpus.mails.len()).zip(&corpus.mails);
        let mails_with_facts =
            mails.filter_map(|(ix, letter)| Some((ix, letter.mail.report_facts.as_deref()?)));
        mails_with_facts.filter(|(ix, _)| !corpus.is_spam(*ix))
    }

    fn reports(mut self) -> Vec<Report> {
        for (ix, facts) in self.mails_with_facts() {
            if let Some(kind) = facts.kind {
                let report = self.report_of(ix);
                self.add(report, kind);
            }
            let above = || self.corpus.threads.parent[ix.at()].unwrap_or(ix);
            let regression = facts.commands.iter().find_map(|command| match command {
                TrackerCommand::Regression => Some(ix),
                TrackerCommand::ParentIsRegression => Some(above()),
                _ => None,
            });
            if let Some(report) = regression.map(|ix| self.report_of(ix)) {
                self.add(report, ReportKind::Regression);
            }
        }
        self.link_patches();
        self.apply_commands();
        let mut found: Vec<Report> = self.found.into_values().collect();
        for report in &mut found {
            report.fixes.sort_by_key(|(series, _)| *series);
            derive_state(self.corpus, report, self.reopened.get(&report.mail).copied());
        }
        found
    }

    /// The first mail of the report that a mail belongs to: the report with its id, or with that of its thread;
    /// otherwise the first mail of the thread, or the mail itself if the thread or the mail belongs to a series.
    fn report_of(&self, ix: MailIx) -> MailIx {
        let own = |ix: MailIx| {
            let facts = self.corpus.mail(ix).report_facts.as_ref()?;
            self.by_id.get(facts.own.as_ref()?).copied()
        };
        let root = self.corpus.threads.root[ix.at()];
        own(ix).or_else(|| own(root)).unwrap_or_else(|| match self.corpus.stored(ix).home {
            None if self.corpus.stored(root).home.is_none() => root,
            _ => ix,
        })
    }

    fn add(&mut self, mail: MailIx, kind: ReportKind) -> Option<&mut Report> {
        let role = self.corpus.mail(mail).role;
        if !matches!(role, Role::Reply | Role::Other) {
            return None;
        }
        Some(self.found.entry(mail).or_insert_with(|| Report {
            mail,
            kind,
            state: ReportState::Open,
            fixes: Vec::new(),
            told: None,
            later: None,
            commit: Box::default(),
        }))
    }

    /// The first mail of the report with this id.
    fn named(&self, id: &ReportId) -> Option<MailIx> {
        match id {
            ReportId::Mail(id) => {
                let mail = self.corpus.ids.get(&**id).copied()?;
                (!self.corpus.is_spam(mail)).then(|| self.report_of(mail))
            }
            id => self.by_id.get(id).copied(),
        }
    }

    /// Links patches and cover letters to the reports that they close.
    fn link_patches(&mut self) {
        let corpus = self.corpus;
        for (at, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
            for mail in series.revisions.iter().flat_map(|revision| revision.members()) {
                let facts = corpus.mail(mail).report_facts.as_deref();
                for id in facts.into_iter().flat_map(|facts| &facts.closes) {
                    if let Some(report) = self.named(id) {
                        self.link(report, (at, mail));
                    }
                }
            }
        }
    }

    /// Adds a fix; of a series, the newest patch that closes the report counts.
    fn link(&mut self, report: MailIx, (series, mail): (SeriesIx, MailIx)) {
        let known = self.linked.get(&(report, series)).copied();
        // A patch closes this mail, so it is a report, even without the form of one.
        let kind = match self.corpus.mail(report).machine {
            Some(Machine::Syzbot) => ReportKind::Syzbot,
            Some(Machine::BuildRobot) => ReportKind::Robot,
            Some(Machine::Tracker) => ReportKind::Tracker,
            _ => ReportKind::Bug,
        };
        let Some(found) = self.add(report, kind) else { return };
        match known.and_then(|at| found.fixes.get_mut(at)) {
            Some((_, last)) => *last = mail.max(*last),
            None => {
                let at = found.fixes.len();
                found.fixes.push((series, mail));
                self.linked.insert((report, series), at);
            }
        }
    }

    /// Applies the commands to trackers.
    fn apply_commands(&mut self) {
        let mut by_title: Option<HashMap<String, (SeriesIx, MailIx)>> = None;
        for (ix, facts) in self.mails_with_facts() {
            for command in &facts.commands {
                let up = self.corpus.threads.upwards(ix).take(MOST_ABOVE);
                let mut up = up.map(|up| self.report_of(up));
                let Some(report) = up.find(|up| self.found.contains_key(up)) else { continue };
                match command {
                    TrackerCommand::Fixed(names) => {
                        let titles = by_title.get_or_insert_with(|| titles(self.corpus));
                        let patch = names.iter().find_map(|name| titles.get(&normal(name)));
                        let patch = patch.copied();
                        if let Some(patch) = patch {
                            self.link(report, patch);
                        }
                        self.set_state(report, ix, ReportState::Fixed);
                        if let (Some(report), None) = (self.found.get_mut(&report), patch) {
                            report.commit = names[0].clone();
                        }
                    }
                    TrackerCommand::Closed => self.set_state(report, ix, ReportState::Closed),
                    TrackerCommand::NotClosed => self.set_state(report, ix, ReportState::Open),
                    TrackerCommand::Reopened => {
                        self.set_state(report, ix, ReportState::Open);
                        self.reopened.insert(report, ix);
                    }
                    TrackerCommand::Regression | TrackerCommand::ParentIsRegression => {}
                }
            }
        }
    }

    fn set_state(&mut self, report: MailIx, told: MailIx, state: ReportState) {
        if let Some(report) = self.found.get_mut(&report) {
            (report.state, report.commit) = (state, Box::default());
            report.told = Some(told).filter(|_| state != ReportState::Open);
        }
    }
}

/// The first posted patch with each title.
fn titles(corpus: &Corpus) -> HashMap<String, (SeriesIx, MailIx)> {
    let mut titles = HashMap::new();
    for (at, series) in (0u32..).map(SeriesIx).zip(&corpus.series) {
        for slot in series.revisions.iter().flat_map(|revision| &revision.slots) {
            if let Some(mail) = slot.sent() {
                titles.entry(normal(&corpus.mail(mail).title)).or_insert((at, mail));
            }
        }
    }
    titles
}

/// Sets the state of a report from that of its fixes and of the posting that it is about, unless a command to a tracker
/// has set it. Only fixes after the mail that reopened it count.
fn derive_state(corpus: &Corpus, report: &mut Report, reopened: Option<MailIx>) {
    if report.state != ReportState::Open {
        return;
    }
    let fixes = || report.fixes.iter().filter(|(_, mail)| Some(*mail) > reopened);
    let is_taken =
        |(series, mail): &(SeriesIx, MailIx)| is_taken(corpus, &corpus.series[series.at()], *mail);
    if fixes().any(is_taken) {
        report.state = ReportState::Fixed;
        return;
    }
    let is_fixed = fixes().next().is_some();
    let by_robot = report.kind == ReportKind::Robot;
    report.state = match by_robot.then(|| answer(corpus, report.mail)).flatten() {
        Some(Answer::Later(mail, taken)) => {
            report.later = Some(mail);
            if taken { ReportState::Fixed } else { ReportState::FixPosted }
        }
        _ if is_fixed => ReportState::FixPosted,
        Some(Answer::Dropped(told)) => {
            report.told = told;
            ReportState::Closed
        }
        None => ReportState::Open,
    };
}

/// The series was applied; if only a part was, the patch with this title.
fn is_taken(corpus: &Corpus, series: &Series, mail: MailIx) -> bool {
    match series.state.kind {
        StateKind::Applied | StateKind::Merged => true,
        StateKind::PartlyApplied => {
            let title = &corpus.mail(mail).title;
            let is_it = |slot: &&Slot| slot.mail.is_some_and(|ix| corpus.mail(ix).title == *title);
            series.newest().slots.iter().filter(is_it).any(|slot| slot.applied.is_some())
        }
        _ => false,
    }
}
