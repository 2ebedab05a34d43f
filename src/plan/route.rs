//! The addresses of everything: the only place that spells URLs.
//!
//! In: the subject of a page. Out: its path in the tree, its address, and the relative link from another page to it.
//! A relative link names `index.html`, because the tree must also work from `file://`; addresses outside the site
//! (canonical, feeds, sitemap) end in a slash. Never here: whether a page exists.

use crate::digest::Period;

/// A page or file of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// `/`
    Home,
    /// `/digests/`: every digest by year.
    Digests,
    /// `/2026/w09/`, `/2026/02/28/`, `/2026/02/` or `/digests/<from>..<to>/`.
    Digest(Box<str>),
    /// `index.txt` beside a digest: its text form.
    DigestText(Box<str>),
    /// `bigpage/` below a digest: all of it on one page, to print and to read offline.
    DigestWhole(Box<str>),
    /// `card.png` beside a digest: its picture in link previews.
    Card(Box<str>),
    /// `/2026/`
    Year(Box<str>),
    /// `/series/<slug>/`: a series' newest revision.
    Series(Box<str>),
    /// `/series/<slug>/v2/`: an older revision.
    Revision(Box<str>, Box<str>),
    /// `/series/<slug>/v2/3/`: the diff of a patch, if the page of the revision would be too long.
    Patch(Box<str>, Box<str>),
    /// `/series/<slug>/v2/replies-2/`: replies that do not fit on the revision's page.
    Answers(Box<str>, Box<str>),
    /// `/series/<slug>/v2..v3/`: what changed from one revision to the next.
    Compare(Box<str>, Box<str>),
    /// `/series/<slug>/series.mbox`: the newest revision for `git am`.
    Mbox(Box<str>),
    /// `/series/<slug>/feed.atom`
    SeriesFeed(Box<str>),
    /// `/threads/<slug>/`: messages that belong to no series.
    Thread(Box<str>),
    /// `/threads/<slug>/2/`: messages that do not fit on the first page.
    ThreadPart(Box<str>, u32),
    /// `/lists/<name>/`
    List(Box<str>),
    /// `/lists/<name>/ready/`: a whole queue, if it does not fit on the list's page.
    ListPart(Box<str>, Box<str>),
    /// `/lists/<name>/feed.atom`
    ListFeed(Box<str>),
    /// `/lists/<name>/ready.atom`: series that reach a queue.
    WorkFeed(Box<str>, Box<str>),
    /// `/queries/<name>/`: the series that a saved query finds.
    Query(Box<str>),
    /// `/queries/<name>/feed.atom`
    QueryFeed(Box<str>),
    /// `/people/`: everybody.
    People,
    /// `/people/a/`: people by initial, if one page does not hold everybody.
    Initial(Box<str>),
    /// `/people/<slug>/`: a person's series and reviews.
    Person(Box<str>),
    /// `/people/<slug>/feed.atom`
    PersonFeed(Box<str>),
    /// `/paths/`: the tree of folders that patches change.
    Paths,
    /// `/paths/drivers/mtd/`: a folder.
    Path(Box<str>),
    /// `/paths/drivers/mtd/feed.atom`
    PathFeed(Box<str>),
    /// `/search/`
    Search,
    /// `/search/<name>`: a part of the search index.
    SearchPart(Box<str>),
    /// `/stats/`: statistics of the lists.
    Stats,
    /// `/feeds/`: every feed, for people.
    Feeds,
    /// `/feeds/feeds.opml`: every feed, for feed readers.
    Opml,
    /// `/feed.atom`: all events.
    SiteFeed,
    /// `/feed.json`: the same as JSON Feed.
    SiteJson,
    /// `/feed.rss`: the same as RSS.
    SiteRss,
    /// `/feeds/site/2026-02-1.atom`: a part of its archive.
    SiteArchive(Box<str>),
    /// `/digests/feed.atom`: digests only.
    DigestFeed,
    /// `/digests/feed.json`: the same as JSON Feed.
    DigestJson,
    /// `/digests/feed.rss`: the same as RSS.
    DigestRss,
    /// `/feeds/digests/2026-1.atom`: a part of its archive.
    DigestArchive(Box<str>),
    /// `/feeds/pages.atom`: the author's pages with a date.
    PagesFeed,
    /// A page of the author: `/about/`.
    Content(Box<str>),
    /// `/old/`: an earlier address of an author's page, which leads to it.
    Alias(Box<str>),
    /// `/404.html`
    NotFound,
    /// `/index.json`: the list of data files.
    DataIndex,
    /// `/schema/patchpress-1.json`: their schema.
    DataSchema,
    /// `/series/<slug>/index.json`: a series and its revisions.
    SeriesData(Box<str>),
    /// `index.json` beside a digest.
    DigestData(Box<str>),
    /// `/people/<slug>/index.json`: what a person posted and reviewed.
    PersonData(Box<str>),
    /// `/lists/<name>/ready.json`: a list's queue.
    ListData(Box<str>, Box<str>),
    /// `/events/2026-02.jsonl`: the events of a month.
    Happenings(Box<str>),
    /// `/hub/<name>`: a part of what `patchpress hub` merges with other sites.
    HubPart(Box<str>),
    /// `/llms.txt`: the index of the files in Markdown, for language models.
    Llms,
    /// `index.html.md` beside a series: the page as Markdown.
    SeriesMarkdown(Box<str>),
    /// `index.html.md` beside a digest.
    DigestMarkdown(Box<str>),
    /// `/sitemap.xml`, or the index of its parts.
    Sitemap,
    /// `/sitemap-2026-01.xml`, if one file would be too large.
    SitemapPart(Box<str>),
    /// `/robots.txt`
    Robots,
}

impl Route {
    /// The digest of a period.
    pub fn digest(period: &Period) -> Self {
        Self::Digest(period_path(period))
    }

    /// The text form of a period's digest.
    pub fn digest_text(period: &Period) -> Self {
        Self::DigestText(period_path(period))
    }

    /// The picture of a period's digest.
    pub fn card(period: &Period) -> Self {
        Self::Card(period_path(period))
    }

    /// A period's digest on one page.
    pub fn digest_whole(period: &Period) -> Self {
        Self::DigestWhole(period_path(period))
    }

    /// The data of a period's digest.
    pub fn digest_data(period: &Period) -> Self {
        Self::DigestData(period_path(period))
    }

    /// A period's digest as Markdown.
    pub fn digest_markdown(period: &Period) -> Self {
        Self::DigestMarkdown(period_path(period))
    }

    /// The data of a list's queue.
    pub fn list_data(name: &str, part: &str) -> Self {
        Self::ListData(safe_name(name).into(), part.into())
    }

    /// The page of a list.
    pub fn list(name: &str) -> Self {
        Self::List(safe_name(name).into())
    }

    /// The feed of a list.
    pub fn list_feed(name: &str) -> Self {
        Self::ListFeed(safe_name(name).into())
    }

    /// The feed of a list's queue.
    pub fn work_feed(name: &str, part: &str) -> Self {
        Self::WorkFeed(safe_name(name).into(), part.into())
    }

    /// The page of a list's queue.
    pub fn list_part(name: &str, part: &str) -> Self {
        Self::ListPart(safe_name(name).into(), part.into())
    }

    /// A content page, by its path below `content/` without `.md`.
    pub fn content(path: &str) -> Self {
        let path: Vec<String> = path.split('/').filter(|p| !p.is_empty()).map(safe_name).collect();
        Self::Content(path.join("/").into())
    }

    /// The comparison of two revisions, by their labels.
    pub fn compare(slug: &str, old: &str, new: &str) -> Self {
        Self::Compare(slug.into(), format!("{}..{}", safe_name(old), safe_name(new)).into())
    }

    /// The path of its file in the tree, with `/` between folders.
    pub fn file(&self) -> String {
        match self {
            Self::Home => "index.html".into(),
            Self::Digests => "digests/index.html".into(),
            Self::Digest(path) | Self::Year(path) | Self::Content(path) => {
                format!("{path}/index.html")
            }
            Self::Alias(path) if path.ends_with(".html") => path.to_string(),
            Self::Alias(path) => format!("{path}/index.html"),
            Self::DigestText(path) => format!("{path}/index.txt"),
            Self::DigestWhole(path) => format!("{path}/bigpage/index.html"),
            Self::Card(path) => format!("{path}/card.png"),
            Self::Series(slug) => format!("series/{slug}/index.html"),
            Self::Revision(slug, part)
            | Self::Compare(slug, part)
            | Self::Patch(slug, part)
            | Self::Answers(slug, part) => format!("series/{slug}/{part}/index.html"),
            Self::Mbox(slug) => format!("series/{slug}/series.mbox"),
            Self::SeriesFeed(slug) => format!("series/{slug}/feed.atom"),
            Self::Thread(slug) => format!("threads/{slug}/index.html"),
            Self::ThreadPart(slug, part) => format!("threads/{slug}/{part}/index.html"),
            Self::List(name) => format!("lists/{name}/index.html"),
            Self::ListPart(name, part) => format!("lists/{name}/{part}/index.html"),
            Self::ListFeed(name) => format!("lists/{name}/feed.atom"),
            Self::WorkFeed(name, part) => format!("lists/{name}/{part}.atom"),
            Self::Query(name) => format!("queries/{name}/index.html"),
            Self::QueryFeed(name) => format!("queries/{name}/feed.atom"),
            Self::People => "people/index.html".into(),
            Self::Initial(slug) | Self::Person(slug) => format!("people/{slug}/index.html"),
            Self::PersonFeed(slug) => format!("people/{slug}/feed.atom"),
            Self::Paths => "paths/index.html".into(),
            Self::Path(path) => format!("paths/{path}/index.html"),
            Self::PathFeed(path) => format!("paths/{path}/feed.atom"),
            Self::Search => "search/index.html".into(),
            Self::SearchPart(name) => format!("search/{name}"),
            Self::Stats => "stats/index.html".into(),
            Self::Feeds => "feeds/index.html".into(),
            Self::Opml => "feeds/feeds.opml".into(),
            Self::SiteFeed => "feed.atom".into(),
            Self::SiteJson => "feed.json".into(),
            Self::SiteRss => "feed.rss".into(),
            Self::SiteArchive(name) => format!("feeds/site/{name}.atom"),
            Self::DigestFeed => "digests/feed.atom".into(),
            Self::DigestJson => "digests/feed.json".into(),
            Self::DigestRss => "digests/feed.rss".into(),
            Self::DigestArchive(name) => format!("feeds/digests/{name}.atom"),
            Self::PagesFeed => "feeds/pages.atom".into(),
            Self::NotFound => "404.html".into(),
            Self::DataIndex => "index.json".into(),
            Self::DataSchema => "schema/patchpress-1.json".into(),
            Self::SeriesData(slug) => format!("series/{slug}/index.json"),
            Self::DigestData(path) => format!("{path}/index.json"),
            Self::PersonData(slug) => format!("people/{slug}/index.json"),
            Self::ListData(name, part) => format!("lists/{name}/{part}.json"),
            Self::Happenings(month) => format!("events/{month}.jsonl"),
            Self::HubPart(name) => format!("hub/{name}"),
            Self::Llms => "llms.txt".into(),
            Self::SeriesMarkdown(slug) => format!("series/{slug}/index.html.md"),
            Self::DigestMarkdown(path) => format!("{path}/index.html.md"),
            Self::Sitemap => "sitemap.xml".into(),
            Self::SitemapPart(part) => format!("sitemap-{part}.xml"),
            Self::Robots => "robots.txt".into(),
        }
    }

    /// The relative link to this page from `other`, ending in `index.html`.
    pub fn url_from(&self, other: &Self) -> String {
        let (target, base) = (self.file(), other.file());
        let same = target.bytes().zip(base.bytes()).take_while(|(a, b)| a == b).count();
        let shared =
            target.as_bytes()[..same].iter().rposition(|b| *b == b'/').map_or(0, |at| at + 1);
        let up = base[shared..].bytes().filter(|b| *b == b'/').count();
        "../".repeat(up) + &target[shared..]
    }

    /// The address below `base`, which ends in a slash: a whole URL, or its path.
    pub fn absolute(&self, base: &str) -> String {
        let file = self.file();
        format!("{base}{}", file.strip_suffix("index.html").unwrap_or(&file))
    }

    /// The relative link from this page to the site's root: `../../`, or empty.
    pub fn root(&self) -> String {
        "../".repeat(self.file().matches('/').count())
    }

    /// Whether it is a page for people that a sitemap names: HTML, and not the error page.
    pub fn is_page(&self) -> bool {
        !matches!(self, Self::Alias(_)) && self.file().ends_with("index.html")
    }
}

/// A name that every file system and URL accepts: lower case, at most 100 bytes, no dot or underscore at the start,
/// and no reserved name of Windows.
pub fn safe_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            '.' | '_' if !name.is_empty() => name.push(c),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
        if name.len() >= 100 {
            break;
        }
    }
    name.truncate(name.trim_end_matches(['-', '.', '_']).len());
    let stem = name.split('.').next().unwrap_or_default();
    let device = |prefix: &str| stem.strip_prefix(prefix).is_some_and(|n| n.len() == 1);
    if matches!(stem, "" | "con" | "prn" | "aux" | "nul") || device("com") || device("lpt") {
        name.insert_str(0, "x-");
        name.truncate(name.trim_end_matches('-').len());
    }
    name
}

/// The path of a period's digest: its label with slashes, or the ends of its range.
fn period_path(period: &Period) -> Box<str> {
    match period {
        Period::Span { label, .. } => label.to_lowercase().replace('-', "/").into(),
        Period::Range { from, to } => {
            format!("digests/{}..{}", safe_name(from), safe_name(to)).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_name_the_file() {
        let series = Route::Series("a-1".into());
        let revision = Route::Revision("a-1".into(), "v2".into());
        let compare = Route::compare("a-1", "v2", "v3");
        let digest = Route::Digest("2026/w09".into());
        for (from, to, url) in [
            (&Route::Home, &series, "series/a-1/index.html"),
            (&series, &Route::Home, "../../index.html"),
            (&series, &revision, "v2/index.html"),
            (&revision, &series, "../index.html"),
            (&series, &series, "index.html"),
            (&series, &compare, "v2..v3/index.html"),
            (&compare, &revision, "../v2/index.html"),
            (&compare, &Route::Home, "../../../index.html"),
            (&digest, &Route::Year("2026".into()), "../index.html"),
            (&Route::Year("2026".into()), &digest, "w09/index.html"),
            (&Route::Series("ab".into()), &Route::Series("abc".into()), "../abc/index.html"),
            (&Route::NotFound, &Route::SiteFeed, "feed.atom"),
        ] {
            assert_eq!(to.url_from(from), url, "{from:?} -> {to:?}");
        }
        assert_eq!((digest.root().as_str(), Route::Home.root().as_str()), ("../../", ""));
    }

    #[test]
    fn addresses_have_the_form_of_a_directory() {
        let base = "https://example.org/x/";
        assert_eq!(Route::Home.absolute(base), base);
        assert_eq!(Route::NotFound.absolute("/x/"), "/x/404.html");
        let digest = Route::Digest("2026/w09".into());
        assert_eq!(digest.absolute(base), "https://example.org/x/2026/w09/");
    }

    #[test]
    fn names_are_safe_everywhere() {
        for (text, name) in [
            ("linux-mtd", "linux-mtd"),
            ("Linux MTD", "linux-mtd"),
            ("..hidden", "hidden"),
            ("_x", "x"),
            ("a:b/c\\d", "a-b-c-d"),
            ("con", "x-con"),
            ("com1.txt", "x-com1.txt"),
            ("trailing.", "trailing"),
            ("日本", "x"),
        ] {
            assert_eq!(safe_name(text), name);
        }
        assert!(safe_name(&"a".repeat(500)).len() <= 100);
    }

    #[test]
    fn a_range_of_commits_has_an_address() {
        let period = Period::Range { from: "89e50b09f".into(), to: "26fd6f360".into() };
        assert_eq!(Route::digest(&period).file(), "digests/89e50b09f..26fd6f360/index.html");
    }
}
