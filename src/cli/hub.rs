//! `hub`.

use std::fs;

use super::{Failure, Outcome, base_url_from_environment, say};
use crate::{
    args::{Global, HubArgs},
    config::Overrides,
    error::Error,
    hub::{self, Report},
    text::{plural, thousands},
};

/// Merges the sites of a hub, and reports what became of each.
pub(super) fn hub(global: &Global, args: &HubArgs) -> Result<Outcome, Failure> {
    let root = fs::canonicalize(&args.dir).map_err(Error::read(&args.dir))?;
    let overrides = Overrides {
        base_url: args.base_url.clone().or_else(base_url_from_environment),
        output: args.output_dir.clone(),
        jobs: args.jobs,
        ..Overrides::default()
    };
    let report = hub::hub(&root, &overrides)?;
    let findings = !report.troubles.is_empty() || report.left_out > 0;
    if !global.quiet {
        tell(&report);
    }
    if !global.quiet || findings {
        for (site, is_stale, why) in &report.troubles {
            let what = if *is_stale { "the last good copy is used" } else { "left out" };
            say(format_args!("warning: {site}: {what}: {why}"));
        }
    }
    if args.timings || global.verbose {
        for (stage, took) in &report.timings {
            say(format_args!("{stage} {:.2} s", took.as_secs_f64()));
        }
    }
    Ok(if findings && args.strict { Outcome::Findings } else { Outcome::Done })
}

fn tell(report: &Report) {
    let number = |count: usize| thousands(i64::try_from(count).unwrap_or(i64::MAX));
    say(format_args!(
        "{}, {}, {} messages, {} series; {} on several sites",
        plural(report.sites, "site", "sites"),
        plural(report.lists, "list", "lists"),
        number(report.messages),
        number(report.series),
        number(report.shared),
    ));
    if report.left_out > 0 {
        say(format_args!(
            "warning: {} of the parts could not be read",
            plural(report.left_out, "line", "lines")
        ));
    }
    let tally = report.tally;
    say(format_args!(
        "{}: {} written, {} kept, {} removed",
        report.output.display(),
        plural(tally.written, "file", "files"),
        tally.kept,
        tally.removed
    ));
}
