//! Where the site will be read: whole addresses for what is read elsewhere.

use crate::{
    config::{LOCAL_URL, Settings},
    plan::Route,
    url,
};

/// Where a site is, or that nobody knows yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Scheme and host; absent where the site has no place yet.
    origin: Option<&'a str>,
    /// The site's path.
    path: &'a str,
}

impl<'a> Place<'a> {
    /// Where the site of `settings` will be read, if they say so.
    pub(crate) fn of(settings: &'a Settings) -> Self {
        let place = Self::stated(settings);
        Self { origin: place.origin.filter(|_| settings.base_url != LOCAL_URL), ..place }
    }

    /// The same, be it the address of the preview only: feeds need one.
    pub(crate) fn stated(settings: &'a Settings) -> Self {
        let base = &*settings.base_url;
        let path = url::path(base);
        Self { origin: Some(base.strip_suffix(path).unwrap_or(base)), path }
    }

    /// The whole address of a path of the site; other addresses stay as they are.
    pub(crate) fn address(&self, to: &str) -> String {
        match self.origin {
            Some(origin) if to.starts_with('/') => format!("{origin}{to}"),
            _ if to.contains("://") => to.to_owned(),
            _ => String::new(),
        }
    }

    /// The whole address of a page of the site.
    pub(crate) fn page(&self, route: &Route) -> String {
        self.address(&route.absolute(self.path))
    }

    /// The whole address of the site's root; empty where nobody knows it.
    pub(crate) fn root(&self) -> String {
        self.address(self.path)
    }
}
