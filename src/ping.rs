//! Notifies a WebSub hub of changed feeds (`patchpress ping`).
//!
//! In: the settings, and the built site. Out: the addresses that were sent to the hub: the feeds that name the hub,
//! which are those of the site, of its digests and of its lists. The site's [`Cache`](crate::cache::Cache) stores
//! the state of each feed at its last notification, after each feed: the next run continues an interrupted one, and
//! sends nothing twice. Never here: making a feed; the network, which curl uses, as git fetches mirrors.

use std::{collections::BTreeMap, fs, io};

use crate::{
    config::{LOCAL_URL, Settings},
    curl,
    error::{Error, Reason, Result},
    hash::Sha1,
    plan::{FOLLOWED, Route},
};

/// The version of the format in which the notifications of the hub are recorded.
const FORM: &str = "pings 1";
/// The seconds after which a hub that does not respond is given up.
const PATIENCE: &str = "60";

/// Notifies the hub of the feeds that changed since the last notification; `is_dry` only names them.
///
/// # Errors
/// Fails with [`Error::Usage`] if the site has no hub, was not built, or the hub refuses.
pub(crate) fn ping(settings: &Settings, is_dry: bool) -> Result<Vec<String>> {
    let Some(hub) = settings.feed_hub.as_deref() else {
        let reason = Reason::new("the site has no hub")
            .hint("name one as `hub` in the `[feeds]` of site.toml, and build the site again");
        return Err(Error::Usage(reason));
    };
    if settings.base_url == LOCAL_URL {
        let reason = Reason::new("the site has no address that a hub can fetch")
            .hint("set `base_url` in site.toml, and build the site again");
        return Err(Error::Usage(reason));
    }
    let cache = settings.cache();
    let name = format!("pings-{}", settings.output_name());
    let kept = cache.load(&name, FORM).unwrap_or_default();
    let mut known: BTreeMap<String, String> = kept
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(sum, about)| (about.to_owned(), sum.to_owned()))
        .collect();
    let mut told = Vec::new();
    for route in feeds(settings) {
        let path = settings.output.join(route.file());
        let bytes = match fs::read(&path) {
            // A site has this feed only after its first page with a date.
            Err(e) if e.kind() == io::ErrorKind::NotFound && route == Route::PagesFeed => continue,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let reason = Reason::new(format!("there is no feed at `{}`", path.display()))
                    .hint("run `patchpress build` first");
                return Err(Error::Usage(reason));
            }
            read => read.map_err(Error::read(&path))?,
        };
        let address = route.absolute(&settings.base_url);
        let (sum, about) = (Sha1::from(&*bytes).hexdigest(), format!("{hub} {address}"));
        if known.get(&about) == Some(&sum) {
            continue;
        }
        if !is_dry {
            tell(hub, &address)?;
            known.insert(about, sum);
            let lines: String =
                known.iter().map(|(about, sum)| format!("{sum} {about}\n")).collect();
            cache.store(&name, FORM, lines);
        }
        told.push(address);
    }
    Ok(told)
}

/// The feeds that name the hub.
fn feeds(settings: &Settings) -> Vec<Route> {
    let of_list = |name: &str| {
        let work = FOLLOWED.map(|part| Route::work_feed(name, part.anchor()));
        [Route::list_feed(name)].into_iter().chain(work).collect::<Vec<_>>()
    };
    let lists = settings.lists.iter().flat_map(|list| of_list(&list.name));
    [Route::SiteFeed, Route::DigestFeed, Route::PagesFeed].into_iter().chain(lists).collect()
}

/// Notifies the hub of one address (WebSub, 7.1 leaves the form to the hub; all accept this one).
fn tell(hub: &str, address: &str) -> Result<()> {
    let mut curl = curl::command(PATIENCE);
    curl.args(["--output", if cfg!(windows) { "NUL" } else { "/dev/null" }]);
    curl.args(["--data", "hub.mode=publish", "--data-urlencode"]);
    curl.arg(format!("hub.url={address}")).args(["--url", hub]);
    let ran = curl.output().map_err(|error| {
        let reason = Reason::new(format!("curl cannot be run: {error}"));
        Error::Usage(reason.hint("install curl: `ping` needs it to notify the hub"))
    })?;
    if ran.status.success() {
        return Ok(());
    }
    let said = curl::complaint(&ran.stderr);
    let reason = Reason::new(format!("the hub `{hub}` was not notified of `{address}`: {said}"));
    Err(Error::Usage(reason.hint("the next `patchpress ping` sends the rest")))
}
