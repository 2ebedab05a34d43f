//! What all pages have, and small things that several have, as templates see them.
//!
//! In: nothing; these are types, filled by the builders of pages. Out: the contract with themes: the comment of each
//! field is its description in the guide. Never here: code.

use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// What every page has: head, masthead, navigation.
#[derive(Debug, Clone, Serialize)]
pub struct Frame<'a> {
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// The title of the page, without that of the site.
    pub title: String,
    /// One sentence about the page, for search engines and link previews.
    pub description: String,
    /// The canonical URL of the page (`https://…`); empty on the page for missing addresses.
    pub canonical: String,
    /// Search engines should not index the page.
    pub noindex: bool,
    /// What kind of page it is: `home`, `digests`, `digest`, `year`, `series`, `compare`, `thread`,
    /// `list`, `people`, `person`, `paths`, `path`, `stats`, `feeds`, `search`, `content`, `404`.
    pub kind: &'static str,
    /// The site.
    pub site: SiteView<'a>,
    /// Link to the front page.
    pub home_url: String,
    /// The relative path to the site's root, for `asset`: `../../`, empty on the front page.
    pub root: String,
    /// The navigation of the site.
    pub nav: Vec<NavLink>,
    /// The breadcrumbs: the pages from the front page to this one, without this one.
    pub crumbs: Vec<Link>,
    /// The feeds of the page: its own first, then that of the site.
    pub feeds: Vec<Link>,
    /// The same feeds in formats other than Atom, on the few pages where readers look for feeds; the data of the page,
    /// and the page as Markdown.
    pub other_forms: Vec<FeedForm>,
    /// The target of the search form; empty if the site has no search, and on the search page.
    pub search_url: String,
    /// The picture for link previews, on the front page and the pages of digests, if the site has such pictures.
    pub card: Option<CardView>,
    /// The `extra` of the front matter: on a page of the site's author its own, on the front page that of
    /// `content/index.md`, on a digest that of its note; empty elsewhere.
    pub extra: &'a Value,
}

/// A picture for link previews.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Its absolute URL (`https://…`).
    pub url: String,
    /// Its width in pixels.
    pub width: usize,
    /// Its height in pixels.
    pub height: usize,
    /// Its alternative text.
    pub alt: String,
}

/// The site itself.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct SiteView<'a> {
    /// Its title.
    pub title: &'a str,
    /// One sentence about it; may be empty.
    pub description: &'a str,
    /// The `[extra]` of site.toml.
    pub extra: &'a Value,
}

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Its text.
    pub label: String,
    /// Its address.
    pub url: String,
}

/// A feed in a format other than Atom.
#[derive(Debug, Clone, Serialize)]
pub struct FeedForm {
    /// `JSON Feed`, `RSS`, `JSON` or `Markdown`.
    pub name: String,
    /// Its media type: `application/feed+json`.
    pub media: &'static str,
    /// Its address.
    pub url: String,
}

/// A link of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavLink {
    /// Its text.
    pub label: String,
    /// Its address.
    pub url: String,
    /// `page` on the page itself, `true` on pages below it, otherwise empty: the value of `aria-current`.
    pub current: &'static str,
}

/// A time, in the site's time zone.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// `2026-02-28T11:31:13Z`
    pub iso: String,
    /// `28 February 2026`
    pub day: String,
    /// `28 Feb 2026`
    pub short: String,
    /// `11:31 UTC`
    pub clock: String,
}

/// A person.
#[derive(Debug, Clone, Serialize)]
pub struct Person<'a> {
    /// The name; the address if a message has no name; `somebody` if it has neither.
    pub name: &'a str,
    /// The address; may be empty.
    pub address: &'a str,
    /// Link to the page of the person, in bylines and review tables of series; otherwise empty, and empty if there
    /// is no such page.
    pub url: String,
}

/// A number that links to the list of what it counts.
#[derive(Debug, Clone, Serialize)]
pub struct Count {
    /// The number.
    pub number: usize,
    /// What it counts (`new series`).
    pub label: String,
    /// A sentence that defines the count.
    pub about: String,
    /// Link to the list; empty if the count has no list.
    pub url: String,
}

/// A row of a ranking, with what it counts.
#[derive(Debug, Clone, Serialize)]
pub struct RankRow<'a> {
    /// Its `id`.
    pub anchor: String,
    /// A person's name, a domain, or a measure (`within a day`).
    pub name: Cow<'a, str>,
    /// A person's address; empty for others.
    pub address: &'a str,
    /// Link to a person's page; empty for others, and for people without one.
    pub url: String,
    /// The number.
    pub count: u64,
    /// The count in percent of the highest count.
    pub share: u64,
    /// The parts of the count: series, or the people of a domain. Their counts and `more` add up to `count`, unless
    /// a text digest gave the number.
    pub items: Vec<RankItem>,
    /// The rest of the count, beyond the items.
    pub more: u64,
}

/// One part of a number.
#[derive(Debug, Clone, Serialize)]
pub struct RankItem {
    /// A series' title, or a person's name.
    pub label: String,
    /// Where it is; empty if it has no page.
    pub url: String,
    /// Its share of the number.
    pub count: u64,
}

/// How long series waited for the first reply by somebody other than their authors.
#[derive(Debug, Clone, Serialize)]
pub struct FirstAnswersView {
    /// How many series it has.
    pub series: usize,
    /// How many of them have no reply yet.
    pub unanswered: usize,
    /// The time within which half of all these series got a reply (`5 hours`), as a link to that reply; absent if
    /// fewer than half have one.
    pub median: Option<Link>,
    /// The same for nine in ten.
    pub ninety: Option<Link>,
}

/// Lines added and deleted, drawn as a bar of at most 100 units.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Churn {
    /// Lines added.
    pub added: u64,
    /// Lines deleted.
    pub deleted: u64,
    /// Length of the added part of the bar.
    pub added_bar: u64,
    /// Length of the deleted part.
    pub deleted_bar: u64,
    /// Length of the added part of a small bar, from 0 to 10.
    pub added_steps: u64,
    /// Length of its deleted part; both together are at most 11.
    pub deleted_steps: u64,
}
