//! The pages of a hub, as their templates see them.

use serde::Serialize;

use crate::page::part::view::{Frame, Link, Moment};

/// `hub.html`: the front page of a hub.
#[derive(Debug, Serialize)]
pub struct HubView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The period that the conversations are of: `Week 9, 2026`; empty if no site has a digest.
    pub heading: String,
    /// The dates of that period; may be empty.
    pub span: String,
    /// The newest message of all sites.
    pub as_of: Option<Moment>,
    /// The conversations of that period across all lists, the most important first.
    pub tops: Vec<HubTop>,
    /// The lists, by group.
    pub groups: Vec<HubGroup>,
    /// The sites whose parts are missing or old.
    pub troubles: Vec<HubTrouble>,
    /// How many messages all sites have.
    pub messages: usize,
    /// How many series there are; one that several sites have counts once.
    pub series: usize,
    /// How many lists there are.
    pub lists: usize,
    /// The newest events.
    pub events: Vec<HubEvent>,
}

/// A conversation, or a series, on each site that has it.
#[derive(Debug, Serialize)]
pub struct HubTop {
    /// Its title.
    pub title: String,
    /// Its address on the first of the sites.
    pub url: String,
    /// Why it is here: `16 people, 81 messages`.
    pub label: String,
    /// The names of its lists.
    pub lists: Vec<String>,
    /// All sites that have it, with the addresses there; empty if there is one.
    pub places: Vec<Link>,
}

/// Lists under a heading.
#[derive(Debug, Serialize)]
pub struct HubGroup {
    /// Its `id`.
    pub anchor: String,
    /// The heading; empty for lists without a group.
    pub name: String,
    /// Its lists.
    pub lists: Vec<HubList>,
}

/// A list in a list of lists.
#[derive(Debug, Serialize)]
pub struct HubList {
    /// Its name.
    pub name: String,
    /// The address of its page on the hub.
    pub url: String,
    /// The title of its site.
    pub site: String,
    /// The address of its site.
    pub site_url: String,
    /// Its newest message.
    pub newest: Option<Moment>,
    /// Its messages in the period of the front page.
    pub messages_now: usize,
    /// Its messages.
    pub messages: usize,
    /// Its series.
    pub series: usize,
    /// Its series that wait for a review.
    pub waiting: usize,
    /// Its series that are ready to be taken.
    pub ready: usize,
    /// The hub shows an old copy of its site.
    pub is_stale: bool,
}

/// A site whose parts are missing or old.
#[derive(Debug, Serialize)]
pub struct HubTrouble {
    /// Its name in `hub.toml`.
    pub site: String,
    /// The hub shows its last good copy; otherwise it has nothing of the site.
    pub is_stale: bool,
    /// The newest message of that copy.
    pub newest: Option<Moment>,
    /// The reason.
    pub reason: String,
}

/// Something that happened to a series.
#[derive(Debug, Serialize)]
pub struct HubEvent {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The version: `v2`; empty for the first.
    pub version: String,
    /// What happened, in a word for people: `applied`.
    pub label: String,
    /// The author.
    pub author: String,
    /// The date.
    pub date: Moment,
    /// Its list.
    pub list: String,
}

/// `hub-list.html`: a list of a hub.
#[derive(Debug, Serialize)]
pub struct HubListView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The list.
    pub list: HubList,
    /// Its posting address; may be empty.
    pub address: String,
    /// Its page on its own site.
    pub home_url: String,
    /// Its feed.
    pub feed_url: String,
    /// The newest digests of its site, newest first.
    pub digests: Vec<HubDigest>,
    /// The newest events of the list.
    pub events: Vec<HubEvent>,
}

/// A digest of a site.
#[derive(Debug, Serialize)]
pub struct HubDigest {
    /// `Week 9, 2026`
    pub heading: String,
    /// Its address.
    pub url: String,
    /// The messages of the list in its period.
    pub messages: usize,
    /// The series that are new in it, on all lists of the site.
    pub new: usize,
    /// Those with a new revision.
    pub revised: usize,
    /// Those that were applied.
    pub applied: usize,
    /// Its most important conversations on the list.
    pub tops: Vec<HubTop>,
}

/// `hub-series.html`: the series of a month that several sites have, or the months with such series.
#[derive(Debug, Serialize)]
pub struct HubSeriesView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// `February 2026`; empty on the page of all months.
    pub heading: String,
    /// How many series several sites have: in this month, or in all.
    pub total: usize,
    /// The months with their numbers, newest first; empty on the page of a month.
    pub months: Vec<HubMonth>,
    /// The series of the month, oldest first.
    pub series: Vec<HubShared>,
}

/// A month with series that several sites have.
#[derive(Debug, Serialize)]
pub struct HubMonth {
    /// `February 2026`
    pub label: String,
    /// The address of its page.
    pub url: String,
    /// How many there are.
    pub count: usize,
}

/// A series that several sites have.
#[derive(Debug, Serialize)]
pub struct HubShared {
    /// Its `id`.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// Its author.
    pub author: String,
    /// What each site has.
    pub places: Vec<HubPlace>,
}

/// What a site has of a series.
#[derive(Debug, Serialize)]
pub struct HubPlace {
    /// The title of the site.
    pub site: String,
    /// The address of the series there.
    pub url: String,
    /// The newest version there; may be empty.
    pub version: String,
    /// Its state there, as a word: `applied`.
    pub state: &'static str,
    /// The state, in words for people.
    pub label: String,
    /// When that version was posted.
    pub posted: Option<Moment>,
    /// The names of its lists there.
    pub lists: Vec<String>,
}

/// `hub-people.html`: the most active people of all sites.
#[derive(Debug, Serialize)]
pub struct HubPeopleView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// How many people there are.
    pub total: usize,
    /// The most active ones, the most active first.
    pub people: Vec<HubPerson>,
}

/// A person.
#[derive(Debug, Serialize)]
pub struct HubPerson {
    /// The name.
    pub name: String,
    /// The series that they posted, and those that they reviewed: on each site, one counts once.
    pub series: usize,
    /// The series that they reviewed.
    pub reviews: usize,
    /// The date of the last of these.
    pub last: Option<Moment>,
    /// The sites where they have a page.
    pub places: Vec<Link>,
}

/// `hub-search.html`: the search of a hub.
#[derive(Debug, Serialize)]
pub struct HubSearchView<'a> {
    /// Head, masthead, navigation.
    pub page: Frame<'a>,
    /// The target of the form: this page.
    pub action: String,
    /// How many series are in the index.
    pub series: usize,
}
