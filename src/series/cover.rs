//! People who are removed, with all their addresses: what a look through the archives adds to `[redact]`.
//!
//! In: rules, lists. Out: the same rules, which take people out under every address that is beside their names
//! anywhere in the archives, and under every name and address that the mailmap has for them. All mails are read for
//! it, each time: nothing of what is found may be remembered. What earlier runs kept when they knew of fewer
//! addresses is gone with that. Never here: which address is whose (`redact` judges).

use super::Rules;
use crate::{archive::Archive, error::Result, list::List, message, redact::Redaction};

/// The rules under which people are removed wholly.
///
/// # Errors
/// When an archive is not there, is none, or cannot be read at all.
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
    // A new address may lead to another entry of the mailmap, and that to another name to look for.
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
