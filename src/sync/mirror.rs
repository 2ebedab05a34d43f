//! The mirror of a list: its epochs on this disk.
//!
//! In: the address and the folder of a list's mirror. Out: complete epochs, and the news of each. Never here: the
//! choice of epochs; the lock against other runs.
#![expect(clippy::disallowed_methods, reason = "the one place that changes mirrors")]

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use super::{
    Effort, FORMS, Form, News,
    git::{Answer, Extent, Git},
    own, place,
};
use crate::{
    archive,
    error::{Error, Reason, Result},
};

/// The file in which git notes that a history is incomplete.
const SHALLOW: &str = "shallow";

/// The commits of a step: 40 MB of linux-mtd.
const STEP: usize = 10_000;

/// A list's mirror.
pub(super) struct Mirror<'a> {
    pub(super) upstream: &'a str,
    /// The folder of its epochs.
    pub(super) folder: &'a Path,
    pub(super) git: Git<'a>,
}

impl Mirror<'_> {
    /// The form of the addresses: the first form that answers. Old epochs may be gone upstream, so the newest one
    /// that is `here` is tried first.
    pub(super) fn form(&self, here: &[u32]) -> Result<Form, Reason> {
        let mut why = Reason::from("nothing answers at its address");
        let epochs = here.last().filter(|last| **last > 0).into_iter().chain(&[0]);
        for (epoch, form) in epochs.flat_map(|epoch| FORMS.map(|form| (epoch, form))) {
            match self.git.branch(&form.address(self.upstream, *epoch)) {
                Answer::Here(_) => return Ok(form),
                Answer::Nothing(reason) => why = reason,
                Answer::Refused(reason) | Answer::Failed(reason) => return Err(reason),
            }
        }
        let [served, folder, single] = FORMS.map(|form| form.address(self.upstream, 0));
        Err(why.hint(format!(
            "a public-inbox answers at `{served}`, `{folder}` or `{single}`; for a list that has none, save its mboxes here and name them as `archive`"
        )))
    }

    /// Fetches what is new in a present epoch.
    pub(super) fn update(&self, form: Form, epoch: u32) -> News {
        let (path, address) = (self.path(epoch), form.address(self.upstream, epoch));
        if let Err(reason) = own::settle(&path) {
            return News::Failed(reason);
        }
        place::clear(&path);
        if archive::damage(&path).is_some() {
            return self.renew(&address, epoch);
        }
        let before = self.git.newest(&path);
        match self.git.fetch(&path, &address, Extent::All) {
            Answer::Nothing(_) => return News::Gone,
            Answer::Failed(_) if before.is_none() => return self.renew(&address, epoch),
            Answer::Refused(reason) | Answer::Failed(reason) => return News::Failed(reason),
            Answer::Here(()) => {}
        }
        let after = self.git.newest(&path);
        match (before, after) {
            (before, after) if before == after => News::Same,
            (Some(before), Some(after)) => match self.git.count(&path, Some(&before), &after) {
                Some(messages) => News::More(messages),
                None => News::Rewritten(self.git.count(&path, None, &after).unwrap_or(0)),
            },
            (None, Some(after)) => News::Begun(self.git.count(&path, None, &after).unwrap_or(0)),
            (_, None) => News::Failed("it is empty now".into()),
        }
    }

    /// Fetches a missing epoch; `None` if it does not exist upstream either.
    pub(super) fn begin(&self, form: Form, epoch: u32) -> Option<News> {
        let address = form.address(self.upstream, epoch);
        let branch = match self.git.branch(&address) {
            Answer::Nothing(_) => return None,
            answer => match answer.known() {
                Ok(branch) => branch,
                Err(reason) => return Some(News::Failed(reason)),
            },
        };
        let part = self.part(epoch);
        let begun = self.bring(&part, &address, &branch).and_then(|messages| match messages {
            None => {
                fs::remove_dir_all(&part).ok();
                Ok(News::Older)
            }
            Some(messages) => {
                place::rename(&part, &self.path(epoch))?;
                Ok(News::Begun(messages))
            }
        });
        Some(begun.unwrap_or_else(News::Failed))
    }

    /// Fetches a damaged epoch again.
    fn renew(&self, address: &str, epoch: u32) -> News {
        let (part, place) = (self.part(epoch), self.path(epoch));
        let broken = self.folder.join(format!(".{epoch}.git.broken"));
        let brought =
            self.git.branch(address).known().and_then(|branch| self.bring(&part, address, &branch));
        let renewed = brought.and_then(|messages| {
            let messages = messages.ok_or("it is damaged, and nothing has arrived since then")?;
            fs::remove_dir_all(&broken).ok();
            place::rename(&place, &broken)?;
            place::rename(&part, &place)?;
            fs::remove_dir_all(&broken).ok();
            Ok(News::Renewed(messages))
        });
        renewed.unwrap_or_else(News::Failed)
    }

    /// Fetches an epoch to the folder `part`, all of it or everything since the requested date. Returns the number
    /// of messages; `None` if there are none since then.
    fn bring(&self, part: &Path, address: &str, branch: &str) -> Result<Option<usize>, Reason> {
        match self.git.effort.since.as_deref() {
            None if place::is_of(part, address) => {
                // An earlier run was interrupted: a single transfer failed then, and would fail now.
                if is_begun(part) {
                    self.go_on(part, address)?;
                } else {
                    place::make(&self.git, part, address, branch)?;
                    in_steps(&self.git, part, address)?;
                }
            }
            None => {
                place::make(&self.git, part, address, branch)?;
                self.at_once(part, address)?;
            }
            Some(since) => {
                place::make(&self.git, part, address, branch)?;
                // Servers do not tell an epoch that has nothing since then from one that is broken.
                match self.git.fetch(part, address, Extent::Newest) {
                    Answer::Refused(why) => return Err(why.hint("run `sync` without `--since`")),
                    answer => answer.known()?,
                }
                if !self.git.is_since(part, since)? {
                    return Ok(None);
                }
                self.git.fetch(part, address, Extent::Since(since)).known()?;
            }
        }
        let newest = self.git.newest(part).ok_or("it has no message")?;
        Ok(Some(self.git.count(part, None, &newest).unwrap_or(0)))
    }

    /// Fetches an epoch in one transfer, or in steps if that fails.
    fn at_once(&self, part: &Path, address: &str) -> Result<(), Reason> {
        let once = Effort { tries: 1, ..self.git.effort.clone() };
        let git = Git { effort: &once, ..self.git };
        let tries = self.git.effort.tries.saturating_sub(1);
        match git.fetch(part, address, Extent::All) {
            Answer::Here(()) => Ok(()),
            Answer::Failed(_) if tries > 0 => {
                thread::sleep(self.git.effort.pause);
                let effort = Effort { tries, ..self.git.effort.clone() };
                in_steps(&Git { effort: &effort, ..self.git }, part, address)
            }
            answer => answer.known(),
        }
    }

    /// Continues an interrupted run. If that fails, the next run starts again, because the history upstream may have
    /// changed.
    fn go_on(&self, part: &Path, address: &str) -> Result<(), Reason> {
        place::clear(part);
        let before = fs::read(part.join(SHALLOW)).ok();
        let done = deepen(&self.git, part, address);
        if done.is_err() && fs::read(part.join(SHALLOW)).ok() == before {
            fs::remove_dir_all(part).ok();
        }
        done
    }

    /// The folder in which an epoch is assembled.
    fn part(&self, epoch: u32) -> PathBuf {
        self.folder.join(format!(".{epoch}.git.part"))
    }

    fn path(&self, epoch: u32) -> PathBuf {
        self.folder.join(format!("{epoch}.git"))
    }
}

/// The epochs that are in a folder.
pub(super) fn epochs(folder: &Path) -> Result<Vec<u32>> {
    let mut epochs = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::read(folder))? {
        let name = entry.map_err(Error::read(folder))?.file_name();
        let number = name.to_str().and_then(|name| name.strip_suffix(".git"));
        epochs.extend(number.and_then(|number| number.parse::<u32>().ok()));
    }
    epochs.sort_unstable();
    Ok(epochs)
}

/// Whether a step of an epoch is complete.
fn is_begun(part: &Path) -> bool {
    own::settle(part).is_ok() && part.join(SHALLOW).exists() && archive::damage(part).is_none()
}

/// Fetches the newest messages, then what is older; everything at once from a server that has no steps.
fn in_steps(git: &Git<'_>, part: &Path, address: &str) -> Result<(), Reason> {
    match git.fetch(part, address, Extent::Last(STEP)) {
        Answer::Refused(_) => git.fetch(part, address, Extent::All).known(),
        answer => answer.known().and_then(|()| deepen(git, part, address)),
    }
}

/// Fetches older messages step by step, to the first one upstream. Each step stays, whatever happens to the next.
fn deepen(git: &Git<'_>, part: &Path, address: &str) -> Result<(), Reason> {
    let ends = || fs::read(part.join(SHALLOW)).ok();
    let mut before = ends();
    while before.is_some() {
        git.fetch(part, address, Extent::Before(STEP)).known()?;
        let after = ends();
        // Upstream itself may have only the messages since a date.
        if after == before {
            break;
        }
        before = after;
    }
    Ok(())
}
