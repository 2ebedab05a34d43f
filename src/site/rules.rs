//! The rules for grouping the mails of a site.
//!
//! In: settings, and the files that they name. Out: [`Rules`]. Never here: a mail.

use std::{collections::BTreeSet, io::ErrorKind, path::PathBuf};

use super::held::Held;
use crate::{
    config::Settings,
    error::{Error, Result},
    message::Mailmap,
    series::{Edits, Rules, Texts},
    text_file,
};

/// The rules for the printing commands, which accept an archive that the owner has emptied.
///
/// # Errors
/// Fails if an existing file cannot be read or parsed.
pub fn rules(settings: &Settings) -> Result<Rules> {
    read(settings, Held::load(settings).may_be_empty(&settings.lists))
}

/// The rules of a site in which these archives may be empty.
pub(super) fn read(settings: &Settings, may_be_empty: BTreeSet<PathBuf>) -> Result<Rules> {
    let mailmap = match text_file::read_bytes(&settings.mailmap) {
        Ok(bytes) => Mailmap::parse(&String::from_utf8_lossy(&bytes)),
        Err(Error::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
            Mailmap::default()
        }
        Err(error) => return Err(error),
    };
    Ok(Rules {
        quiet_days: settings.quiet_days,
        mailmap,
        edits: Edits::load(&settings.root)?,
        machines: settings.machines.clone(),
        redaction: settings.redaction.clone(),
        cache: settings.cache(),
        texts: Texts::default(),
        may_be_empty,
    })
}
