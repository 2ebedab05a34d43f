//! Extends `[redact]`: finds all addresses of removed people in the archives.
//!
//! In: rules, lists. Out: the rules, which then remove people under every address beside their names in the
//! archives, and under every name and address in the mailmap. This reads all mails each time, because no result may
//! be stored. State from earlier runs that knew fewer addresses is removed. Never here: whose address it is
//! (`redact` decides).

use super::Rules;
use crate::{archive::Archive, error::Result, list::List, message, redact::Redaction};

/// Extends rules so that they remove people entirely.
///
/// # Errors
/// If an archive does not exist, is not one, or cannot be read at all.
pub fn cover(mut rules: Rules, lists: &[List]) -> Result<Rules> {
    if !rules.redaction.wants_survey() {
        return Ok(rules);
    }
    let kin = rules.mailmap.kin();
    rules.redaction.join(&kin);
    let mut archives = Vec::new();
    for path in lists.iter().flat_map(|list| &list.archives) {
        archives.extend(rules.open(path)?);
    }
    let mut found = survey(&rules.redaction, lists, &archives)?;
    // A new address may lead to another entry of the mailmap, and that to another name to search for.
    while found.join(&kin) {
        found = survey(&found, lists, &archives)?;
    }
    rules.cache = rules.cache.under(&found.surveyed().unwrap_or_default());
    rules.redaction = found;
    Ok(rules)
}

fn survey(redaction: &Redaction, lists: &[List], archives: &[Archive]) -> Result<Redaction> {
    let survey = redaction.survey();
    lists.iter().for_each(|list| survey.spare(&list.address));
    for archive in archives {
        let reading = archive.read(|raw| {
            let spoken = message::spoken(&raw);
            survey.look(&spoken.text);
            spoken.lists.iter().for_each(|address| survey.spare(address));
        })?;
        let contributors = reading.digest.into_iter().flat_map(|digest| digest.contributors);
        contributors.for_each(|(_, contributor)| survey.look(&contributor));
    }
    Ok(survey.finish())
}
