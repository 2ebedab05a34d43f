//! Rules: what a site says about how its mails are put together.
//!
//! In: settings, and the files that they name. Out: [`Rules`]. Never here: a mail.

use crate::{config::Settings, error::Result};

/// By what rules mails are put together, beside what they say themselves.
#[derive(Debug, Clone)]
pub struct Rules {
    /// After how many days without a message a series that nobody took is quiet.
    pub quiet_days: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { quiet_days: 21 }
    }
}

impl Rules {
    /// The rules of a site.
    ///
    /// # Errors
    /// When a file that is there cannot be read or understood.
    pub fn load(settings: &Settings) -> Result<Self> {
        Ok(Self { quiet_days: settings.quiet_days })
    }
}
