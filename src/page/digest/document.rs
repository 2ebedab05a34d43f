//! The content of a digest, independent of any format: the common model of all formats except pages.
//!
//! In: a digest of a plan. Out: a [`Document`] with the sections, rows, numbers and the editor's note of the
//! digest's page, in the same order. Its links are absolute URLs of the site, or missing if the site's address is
//! unknown. Mail, Markdown, HTML, text, JSON and the feed of digests are written from it and add nothing. Never
//! here: a format, a clock.

use serde::Serialize;

use crate::{
    date::Cadence,
    digest::{Digest, Period},
    page::{
        digest::{
            highlights,
            note::given_note,
            sections,
            view::{Section as SectionView, Top},
        },
        part::{
            authored::{self, Elsewhere},
            links::Links,
            place::Place,
            ranking::{self, Behind},
            row::{
                Excerpts,
                view::{SeriesRow, ThreadRow},
            },
            view::{Link, RankRow},
            wording,
        },
    },
    plan::{Reader, Route},
    say,
    text::Mask,
    words::Words,
};

/// The content of a digest. A link without an address is only its words.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// `linux-mtd: week 9, 2026`, with a link to its page.
    pub(crate) title: Link,
    /// The period and its numbers, in a sentence.
    pub(crate) about: String,
    /// The editor's note.
    pub(crate) note: Option<Note>,
    /// What stands out, then the sections of the page, in reading order.
    pub(crate) sections: Vec<Section>,
    /// The rankings of contributors, mail domains and reviewers.
    pub(crate) rankings: Vec<Section>,
}

/// The editor's note.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    /// The words that it is from the editor, and its title.
    pub(crate) heading: String,
    /// Its title; may be empty.
    pub(crate) title: String,
    /// Who wrote it; may be empty.
    pub(crate) author: String,
    /// Its text.
    pub(crate) told: Elsewhere,
}

/// Items under a heading.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Section {
    /// See [`SectionView::anchor`]; `tops` for what stands out, empty for a ranking.
    pub(crate) anchor: &'static str,
    /// Its heading.
    pub(crate) heading: String,
    /// One sentence about its content; may be empty.
    pub(crate) about: String,
    /// Its content.
    #[serde(rename = "entries")]
    pub(crate) items: Vec<Item>,
    /// How many more there are, if the format has no room for them.
    #[serde(skip)]
    pub(crate) more: usize,
    /// Link to the section on the page.
    pub(crate) url: String,
}

/// A series, a thread, a person.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Item {
    /// What happened to it in the period (`New`, `Updated v3`, `Applied`); empty for a thread and a person.
    pub(crate) label: String,
    /// Its title, with a link to its page; without words for a person.
    #[serde(flatten)]
    pub(crate) head: Head,
    /// Its state: see [`SeriesRow::state`]; empty for a thread and a person.
    pub(crate) state: &'static str,
    /// Other facts, each in a few words.
    pub(crate) facts: Vec<Link>,
    /// A sentence or two about it; may be empty.
    #[serde(rename = "excerpt")]
    pub(crate) text: String,
    /// The changes.
    #[serde(rename = "changes")]
    pub(crate) points: Vec<String>,
}

/// The title and the address of an item.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Head {
    /// Its title.
    pub(crate) title: String,
    /// Its address; may be empty.
    pub(crate) url: String,
}

impl Document {
    /// The content of the digest with this number, under the name of its list, with links into the site at `place`.
    pub(crate) fn new(
        plan: Reader<'_>,
        number: usize,
        name: &str,
        place: Place<'_>,
        excerpts: Excerpts,
    ) -> Self {
        // The page for missing addresses is served at any depth. Its links are absolute paths, like ours.
        let (digest, links) = (plan.digest(number), Links::new(plan, &Route::NotFound));
        let writer = Writer { place, words: &plan.settings.words };
        let views = sections::sections(plan, &links, digest, excerpts);
        let counts = sections::counts(writer.words, digest, &views);
        // The site has no page for a range of commits or of days.
        let has_page = digest.given.is_some() || digest.period.is_regular();
        let page = place.page(&Route::digest(&digest.period));
        let page = if has_page { page } else { String::new() };
        let tops = highlights::tops(plan, &links, digest, Excerpts::Without);
        let mut sections: Vec<Section> = (!tops.is_empty())
            .then(|| Section {
                anchor: "tops",
                heading: writer.words.text("stands-out").to_owned(),
                about: String::new(),
                items: tops.iter().map(|top| writer.top(top)).collect(),
                more: 0,
                url: anchored(&page, "tops"),
            })
            .into_iter()
            .collect();
        sections.extend(views.iter().map(|section| writer.section(section, &page)));
        let numbers = counts.iter().map(|count| format!("{} {}", count.number, count.label));
        let numbers = numbers.collect::<Vec<_>>().join(", ");
        let span = match digest.period.is_regular() {
            true => wording::span(&digest.period, plan.settings),
            false => String::new(),
        };
        let colon = if span.is_empty() { "" } else { ": " };
        let heading = wording::heading(&digest.period, plan.settings);
        let heading = lowered(writer.words, &digest.period, &heading);
        let mut document = Self {
            title: Link {
                label: say!(writer.words, "bulletin-title", list = name, digest = &heading),
                url: page,
            },
            about: format!("{span}{colon}{numbers}."),
            note: note(plan, number, place),
            sections,
            rankings: rankings(plan, &links, digest, writer.words),
        };
        document.mask(plan.mask());
        document
    }

    /// Masks or hides the addresses in it, if the site does. The note is the editor's own.
    fn mask(&mut self, mask: Mask<'_>) {
        if !mask.is_active() {
            return;
        }
        let items = self.sections.iter_mut().chain(&mut self.rankings);
        for item in items.flat_map(|section| &mut section.items) {
            let labels = item.facts.iter_mut().map(|fact| &mut fact.label);
            let texts = [&mut item.head.title, &mut item.text].into_iter().chain(&mut item.points);
            labels.chain(texts).for_each(|text| *text = mask.apply(text).into_owned());
        }
    }

    /// The same with a note of at most `most` bytes.
    pub(crate) fn with_note_of(mut self, most: usize, words: &Words) -> Self {
        if let Some(note) = &mut self.note {
            note.told.shorten(most, &self.title.url, words.text("bulletin-note-goes-on"));
        }
        self
    }

    /// The same without the text that single lines unfold.
    pub(crate) fn without_texts_of_lines(mut self) -> Self {
        let brief = self.sections.iter_mut().filter(|section| !section.is_full());
        for item in brief.flat_map(|section| &mut section.items) {
            item.text.clear();
            item.points.clear();
        }
        self
    }

    /// The same with at most this many items per section.
    pub(crate) fn with_items(&self, most: usize) -> Self {
        let mut cut = self.clone();
        for section in &mut cut.sections {
            section.more = section.items.len().saturating_sub(most);
            section.items.truncate(most);
        }
        cut
    }
}

impl Section {
    fn is_full(&self) -> bool {
        matches!(self.anchor, "new" | "revised")
    }

    /// The sentence about the items that have no room.
    pub(crate) fn words_for_more(&self, words: &Words) -> String {
        match self.url.is_empty() {
            true => say!(words, "bulletin-more-elsewhere", n = self.more),
            false => say!(words, "bulletin-more", n = self.more),
        }
    }
}

fn note(plan: Reader<'_>, number: usize, place: Place<'_>) -> Option<Note> {
    let words = &plan.settings.words;
    let Some(note) = plan.note(number) else {
        let (heading, told) = given_note(plan, number)?;
        return Some(Note { heading, title: String::new(), author: String::new(), told });
    };
    let page = place.page(&Route::digest(&plan.digest(number).period));
    let from = words.text("from-the-editor");
    Some(Note {
        heading: match note.title.as_str() {
            "" => from.to_owned(),
            title => say!(words, "labelled", label = from, title = title),
        },
        title: note.title.clone(),
        author: note.author.clone(),
        told: authored::elsewhere(plan, note, &page, authored::NOTE, place),
    })
}

fn rankings(plan: Reader<'_>, links: &Links<'_>, digest: &Digest, words: &Words) -> Vec<Section> {
    let people =
        |name, ranking| ranking::people_ranks(plan, links, name, ranking, Behind::Newest(0));
    let domains = ranking::domain_ranks(plan, links, &digest.domains, Behind::Newest(0));
    let all = [
        ("top-contributors", "top-contributors-about", people("contributor", &digest.contributors)),
        ("top-domains", "top-domains-about", domains),
        ("top-reviewers", "top-reviewers-about", people("reviewer", &digest.reviewers)),
    ];
    let filled = all.into_iter().filter(|(.., rows)| !rows.is_empty());
    let section = |(heading, about, rows): (&str, &str, Vec<RankRow<'_>>)| Section {
        anchor: "",
        heading: words.text(heading).to_owned(),
        about: words.text(about).to_owned(),
        items: rows.iter().map(rank).collect(),
        more: 0,
        url: String::new(),
    };
    filled.map(section).collect()
}

/// `week 9, 2026`: months and days have capitals of their own.
fn lowered(words: &Words, period: &Period, heading: &str) -> String {
    match period {
        Period::Span { cadence: Cadence::Week, label, .. } => match label.split_once("-W") {
            Some((year, week)) => {
                let week = week.trim_start_matches('0');
                say!(words, "period-week-inside", week = week, year = year)
            }
            None => heading.to_owned(),
        },
        _ => heading.to_owned(),
    }
}

fn anchored(page: &str, anchor: &str) -> String {
    if page.is_empty() { String::new() } else { format!("{page}#{anchor}") }
}

/// Makes items of rows.
struct Writer<'a> {
    place: Place<'a>,
    words: &'a Words,
}

impl Writer<'_> {
    fn section(&self, section: &SectionView<'_>, page: &str) -> Section {
        let is_full = section.style == "full";
        let series = section.series.iter().map(|row| self.series(row, is_full));
        Section {
            anchor: section.anchor,
            heading: section.heading.to_owned(),
            about: section.about.to_owned(),
            items: series.chain(section.threads.iter().map(|row| self.thread(row))).collect(),
            more: 0,
            url: anchored(page, section.anchor),
        }
    }

    fn link(&self, label: impl Into<String>, to: &str) -> Link {
        Link { label: label.into(), url: self.place.address(to) }
    }

    fn head(&self, title: &str, to: &str) -> Head {
        Head { title: title.to_owned(), url: self.place.address(to) }
    }

    /// A series, with the facts that its row on the page has.
    fn series(&self, row: &SeriesRow<'_>, is_full: bool) -> Item {
        let words = self.words;
        let mut facts = Vec::new();
        // If the label names the version, the title need not.
        let has_version = !row.label.is_empty() && row.label.ends_with(&row.version);
        facts.extend((!has_version && !row.version.is_empty()).then(|| row.version.clone()));
        facts.push(say!(words, "by-who", who = row.author.name));
        if is_full {
            facts.extend(row.tags.iter().map(|tag| (*tag).to_owned()));
        }
        facts.extend((row.patches > 1).then(|| say!(words, "patches", n = row.patches)));
        let missing = row.missing > 0 && is_full;
        facts.extend(missing.then(|| say!(words, "missing-count", n = row.missing)));
        facts.extend((row.added + row.deleted > 0).then(|| churn(row.added, row.deleted)));
        facts.extend((is_full && !row.place.is_empty()).then(|| row.place.clone()));
        facts.extend(match (row.replies_now, row.replies) {
            (1.., _) => Some(say!(words, "new-replies", n = row.replies_now as usize)),
            (_, 1..) => Some(say!(words, "replies", n = row.replies)),
            _ => None,
        });
        if is_full {
            let some = row.patches > 1 && (1..row.patches).contains(&row.reviewed);
            facts.extend(
                some.then(|| say!(words, "reviewed-count", n = row.reviewed, all = row.patches)),
            );
        }
        let standing = !row.standing.is_empty() && (is_full || row.happened.is_none());
        facts.extend(standing.then(|| row.standing.to_string()));
        if is_full {
            facts.extend(row.posted.as_ref().map(|posted| posted.short.clone()));
            facts.extend(row.lists.iter().map(|list| say!(words, "on-list", list = *list)));
        }
        let plain = facts.into_iter().map(|label| Link { label, url: String::new() });
        let verdicts = row.verdicts.iter().map(|verdict| self.link(&*verdict.label, &verdict.url));
        let happened = row.happened.iter().map(|h| self.link(&*h.label, &h.url));
        let since = Some(row.since.clone()).filter(|since| !since.is_empty());
        let since = since.into_iter().map(|label| Link { label, url: String::new() });
        Item {
            label: row.label.clone(),
            head: self.head(&row.title, &row.url),
            state: row.state,
            facts: happened.chain(plain).chain(verdicts).chain(since).collect(),
            text: row.excerpt.clone(),
            points: row.changes.clone(),
        }
    }

    fn thread(&self, row: &ThreadRow<'_>) -> Item {
        let mut facts = vec![say!(self.words, "by-who", who = row.author.name)];
        facts.extend((row.messages > 1).then(|| say!(self.words, "messages", n = row.messages)));
        facts.extend((!row.standing.is_empty()).then(|| row.standing.to_owned()));
        let facts = facts.into_iter().map(|label| Link { label, url: String::new() }).collect();
        Item { head: self.head(&row.title, &row.url), facts, ..Item::default() }
    }

    /// What stands out: the reason, the author, the state. Its section has the rest.
    fn top(&self, top: &Top<'_>) -> Item {
        let author = top.series.as_ref().map(|row| row.author.name);
        let author = author.or(top.thread.as_ref().map(|row| row.author.name));
        let by = author.map(|who| say!(self.words, "by-who", who = who));
        let version = Some(top.version.clone()).filter(|version| !version.is_empty());
        let standing = top.series.as_ref().map(|row| row.standing.to_string());
        let standing = standing.filter(|standing| !standing.is_empty());
        let facts = version.into_iter().chain(by).chain([top.label.clone()]).chain(standing);
        Item {
            head: self.head(&top.title, &top.url),
            state: top.series.as_ref().map_or("", |row| row.state),
            facts: facts.map(|label| Link { label, url: String::new() }).collect(),
            ..Item::default()
        }
    }
}

fn rank(row: &RankRow<'_>) -> Item {
    let label = format!("{}: {}", row.name, row.count);
    Item { facts: vec![Link { label, url: String::new() }], ..Item::default() }
}

/// `+12 −3`.
fn churn(added: u64, deleted: u64) -> String {
    format!("+{added} \u{2212}{deleted}")
}
