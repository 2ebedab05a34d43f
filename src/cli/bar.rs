//! The observer of a build for the command line: a progress bar on a terminal, and the reasons for `--explain`.

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal as _},
    sync::{Mutex, PoisonError},
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::site::{Progress, Why};

/// Progress, on a terminal only, and the reasons for single files.
pub(super) struct Bar {
    bar: ProgressBar,
    /// The requested files, and the reports about them.
    asked: Mutex<BTreeMap<String, Option<Why>>>,
}

/// Whether progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Where there is a terminal.
    OnTerminal,
    /// Nowhere.
    Never,
}

impl Bar {
    /// `asked` are paths of the site, as they are in the output or in an address.
    pub(super) fn new(shown: Shown, asked: &[String]) -> Self {
        let bar = match shown {
            Shown::OnTerminal if io::stderr().is_terminal() => ProgressBar::new_spinner(),
            _ => ProgressBar::hidden(),
        };
        let asked = asked.iter().map(|path| (file(path), None)).collect();
        Self { bar, asked: Mutex::new(asked) }
    }

    /// A line for each requested file; `is_known` tells whether the site has one.
    pub(super) fn reasons(&self, is_known: impl Fn(&str) -> bool) -> String {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let line = |(path, why): (&String, &Option<Why>)| {
            let words = match why {
                Some(why) => why.words(),
                None if is_known(path) => "written only where its bytes are others than before",
                None => "the site has no such file",
            };
            format!("{path}: {words}\n")
        };
        asked.iter().map(line).collect()
    }
}

/// The file for an address or a path.
fn file(path: &str) -> String {
    let path = path.trim_start_matches('/');
    match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path.to_owned(),
    }
}

impl Progress for Bar {
    fn begin(&self, stage: &'static str, steps: usize) {
        let template = if steps == 0 { "{msg} …" } else { "{msg} {bar:30} {pos}/{len}" };
        self.bar.set_message(stage);
        self.bar.set_length(steps as u64);
        self.bar.set_position(0);
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.tick();
    }

    fn step(&self) {
        self.bar.inc(1);
    }

    fn asks(&self) -> bool {
        !self.asked.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn told(&self, path: &str, why: Why) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = asked.get_mut(path) {
            *told = Some(why);
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
