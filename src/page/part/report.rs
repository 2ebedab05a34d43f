//! The state of a report, and the reports that a series fixes.
//!
//! In: a mail, or a series. Out: the state of a report with the series that fix it; the reports that the series
//! fixes. Never here: finding reports and their fixes ([`crate::series::Reports`]).

pub(crate) mod view;

use crate::{
    markup::excerpt,
    page::part::{
        links::Links,
        report::view::{FixView, ReportRow, ReportView},
        status, titles,
        view::Link,
        wording,
    },
    patch::ReportKind,
    plan::{Reader, names::some_title},
    series::{MailIx, Report, ReportState, SeriesIx},
    words::Words,
};

/// The most bytes of a title.
const TITLE: usize = 240;

/// The most series or reports that are listed.
const MOST: usize = 20;

/// The report whose first mail this is, if it is one.
pub(crate) fn report<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    mail: MailIx,
) -> Option<ReportView<'a>> {
    let report = plan.corpus.report(mail)?;
    let words = &plan.settings.words;
    let told = report.told.map(|mail| {
        let who = wording::person(&plan.corpus.mail(mail).author).name;
        Link { label: who.to_owned(), url: links.mail(mail) }
    });
    let later = report.later.and_then(|mail| {
        let (series, at) = plan.corpus.stored(mail).home?;
        let label = plan.corpus.series(series).revisions.get(at as usize)?.label();
        Some(Link { label, url: links.mail(mail) })
    });
    let fix = |(ix, mail): &(SeriesIx, MailIx)| {
        let series = plan.corpus.series(*ix);
        FixView {
            title: excerpt::shortened(some_title(&plan.corpus.mail(*mail).title), TITLE),
            url: links.mail(*mail),
            state: series.state.kind.word(),
            standing: status::label(words, series.state.kind),
        }
    };
    let skipped = report.fixes.len().saturating_sub(MOST);
    Some(ReportView {
        kind: words.text(kind_key(report.kind)),
        state: report.state.word(),
        standing: standing(words, report),
        fixes: report.fixes.iter().skip(skipped).map(fix).collect(),
        told,
        later,
        commit: &report.commit,
    })
}

/// The reports that a series fixes.
pub(crate) fn fixed_reports<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: SeriesIx,
) -> Vec<ReportRow<'a>> {
    let row = |mail: &MailIx| {
        let report = plan.corpus.report(*mail)?;
        let title = titles::thread_title(plan.corpus, plan.settings, *mail);
        Some(ReportRow {
            title: excerpt::shortened(title, TITLE),
            url: links.mail(*mail),
            state: report.state.word(),
            standing: standing(&plan.settings.words, report),
            posted: wording::moment_of(plan.corpus, plan.settings, *mail),
        })
    };
    let reports = &plan.corpus.series(ix).reports;
    reports.iter().take(MOST).filter_map(row).collect()
}

/// The state of a report, in words.
pub(crate) fn standing<'w>(words: &'w Words, report: &Report) -> &'w str {
    words.text(match report.state {
        ReportState::Open => "report-open",
        ReportState::FixPosted => "report-fix-posted",
        ReportState::Fixed => "report-fixed",
        ReportState::Closed => "report-closed",
    })
}

fn kind_key(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Syzbot => "report-syzbot",
        ReportKind::Robot => "report-robot",
        ReportKind::Tracker => "report-tracker",
        ReportKind::Regression => "report-regression",
        ReportKind::Bug => "report-bug",
    }
}
