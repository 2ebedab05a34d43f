//! What all pages have, and small things that several have, as templates see them.

use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// What every page has: head, masthead, navigation.
#[derive(Debug, Clone, Serialize)]
pub struct Frame<'a> {
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// The page's own title, without the site's.
    pub title: String,
    /// One sentence about the page, for search engines and link previews.
    pub description: String,
    /// The page's one address (`https://…`); empty on the page for pages that are not there.
    pub canonical: String,
    /// Search engines are asked to leave the page out.
    pub noindex: bool,
    /// What kind of page it is: `home`, `digests`, `digest`, `year`, `series`, `compare`, `thread`,
    /// `list`, `people`, `person`, `paths`, `path`, `stats`, `feeds`, `search`, `content`, `404`.
    pub kind: &'static str,
    /// The site.
    pub site: SiteView<'a>,
    /// To the front page.
    pub home_url: String,
    /// The way to the site's root, for `asset`: `../../`, empty on the front page.
    pub root: String,
    /// The navigation of the site.
    pub nav: Vec<NavLink>,
    /// The way from the front page to this one, which is not in it.
    pub crumbs: Vec<Link>,
    /// The page's own feed first, then the site's.
    pub feeds: Vec<Link>,
    /// The same in other forms than Atom, on the few pages where one looks for feeds.
    pub other_forms: Vec<FeedForm>,
    /// Where the search form leads; empty where there is no search, and on its own page.
    pub search_url: String,
    /// The picture for link previews, on the front page and the pages of digests, where the site has them.
    pub card: Option<CardView>,
    /// The `extra` of the front matter: on a page of the author's own, on the front page that of `content/index.md`, on a
    /// digest that of its note; elsewhere nothing is in it.
    pub extra: &'a Value,
}

/// A picture for link previews.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Its whole address (`https://…`).
    pub url: String,
    /// Its width in pixels.
    pub width: usize,
    /// Its height in pixels.
    pub height: usize,
    /// What it says, for those who cannot see it.
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
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// A feed in another form than Atom.
#[derive(Debug, Clone, Serialize)]
pub struct FeedForm {
    /// `JSON Feed` or `RSS`.
    pub name: String,
    /// Its media type: `application/feed+json`.
    pub media: &'static str,
    /// Where it is.
    pub url: String,
}

/// A link of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavLink {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// `page` on the page itself, `true` on pages below it, else empty: the value of `aria-current`.
    pub current: &'static str,
}

/// A moment, in the site's time zone.
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
    /// The name; the address where a mail has no name; `somebody` where it has neither.
    pub name: &'a str,
    /// The address; may be empty.
    pub address: &'a str,
    /// To the person's page: in bylines and ledgers of series, else empty; also where there is no such page.
    pub url: String,
}

/// A number with what it counts, leading to where that is listed.
#[derive(Debug, Clone, Serialize)]
pub struct Count {
    /// How many.
    pub number: usize,
    /// Of what (`new series`).
    pub label: String,
    /// What exactly is counted, in a sentence.
    pub about: String,
    /// Where they are; empty where there is no such place.
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
    /// To a person's page; empty for others, and for people without one.
    pub url: String,
    /// How many.
    pub count: u64,
    /// The count as a share of the highest, from 0 to 100.
    pub share: u64,
    /// What is counted: series, or a domain's people. Their counts and `more` add up to `count`, but where a
    /// text digest gave the number.
    pub items: Vec<RankItem>,
    /// What is counted beyond the items.
    pub more: u64,
}

/// A part of what a number counts.
#[derive(Debug, Clone, Serialize)]
pub struct RankItem {
    /// A series' title, or a person's name.
    pub label: String,
    /// Where it is; empty where it has no page.
    pub url: String,
    /// Its part of the number.
    pub count: u64,
}

/// How long series waited for a first answer by somebody who is none of their authors.
#[derive(Debug, Clone, Serialize)]
pub struct FirstAnswersView {
    /// How many series.
    pub series: usize,
    /// How many of them have no answer to this day.
    pub unanswered: usize,
    /// In what time half of all of them had one (`5 hours`), leading to the answer of that series; absent
    /// where fewer have one at all.
    pub median: Option<Link>,
    /// In what time 9 in 10 had one.
    pub ninety: Option<Link>,
}

/// Lines added and deleted, drawn as a bar of 100 units at most.
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
    /// Length of its deleted part; both together are 11 at most.
    pub deleted_steps: u64,
}
