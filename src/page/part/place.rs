//! The address of the site: absolute URLs for texts that people read elsewhere.
//!
//! In: the settings. Out: absolute URLs, or empty strings if the address is unknown. Never here: relative links
//! (`links`).

use crate::{
    config::{LOCAL_URL, Settings},
    plan::Route,
    url,
};

/// The address of a site, if it is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Scheme and host; absent if the site has no address yet.
    origin: Option<&'a str>,
    /// The site's path.
    path: &'a str,
}

impl<'a> Place<'a> {
    /// The address of the site, if `settings` give it.
    pub(crate) fn of(settings: &'a Settings) -> Self {
        let place = Self::stated(settings);
        Self { origin: place.origin.filter(|_| settings.base_url != LOCAL_URL), ..place }
    }

    /// The same, even if it is only the address of the preview: feeds need one.
    pub(crate) fn stated(settings: &'a Settings) -> Self {
        let base = &*settings.base_url;
        let path = url::path(base);
        Self { origin: Some(base.strip_suffix(path).unwrap_or(base)), path }
    }

    /// The absolute URL of a path of the site; other addresses stay as they are.
    pub(crate) fn address(&self, to: &str) -> String {
        match self.origin {
            Some(origin) if to.starts_with('/') => format!("{origin}{to}"),
            _ if to.contains("://") => to.to_owned(),
            _ => String::new(),
        }
    }

    /// The absolute URL of a page of the site.
    pub(crate) fn page(&self, route: &Route) -> String {
        self.address(&route.absolute(self.path))
    }

    /// The absolute URL of the site's root; empty if it is unknown.
    pub(crate) fn root(&self) -> String {
        self.address(self.path)
    }
}
