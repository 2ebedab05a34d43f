//! The verb `init`: a new site, and, if asked, its first build in the preview.

use std::time::SystemTime;

use clap::Parser as _;

use super::{Failure, Outcome, perform, say};
use crate::{
    args::{Args, Global, InitArgs},
    init::{self, ListSource, Workflow},
};

#[expect(clippy::disallowed_methods, reason = "a new site's first note is on this week")]
pub(super) fn init(global: &Global, args: &InitArgs) -> Result<Outcome, Failure> {
    let workflow = if args.github_pages { Workflow::GitHubPages } else { Workflow::None };
    let list = ListSource::parse(args.list.as_deref());
    let made = init::init(&args.dir, &list, workflow, SystemTime::now().into())?;
    if !global.quiet {
        tell_what_was_made(&made, args.serve);
    }
    if args.serve {
        for verb in [&["sync"][..], &["serve", "--open"]] {
            let mut args = Args::parse_from([&["patchpress"], verb].concat());
            args.global = Global { root: Some(made.root.clone()), ..global.clone() };
            perform(&args)?;
        }
    }
    Ok(Outcome::Done)
}

fn tell_what_was_made(made: &init::Made, is_shown: bool) {
    say(format_args!("a new site in `{}`", made.root.display()));
    for path in &made.written {
        say(format_args!("  {}", path.display()));
    }
    for path in &made.kept {
        say(format_args!("  {} exists already and was not changed", path.display()));
    }
    if !is_shown {
        say("next:");
        for step in &made.next {
            say(format_args!("  {step}"));
        }
    }
}
