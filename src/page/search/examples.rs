//! Examples of queries that find something on this site.
//!
//! In: the series. Out: words, names, a path, a function and a month of one of them ([`Examples`]). Never here: how a
//! query is read.

use crate::{
    config::Settings,
    page::search::{day, view::Examples},
    patch::FileChange,
    plan::Reader,
    series::{MailIx, Series, Slot, Sort},
    text,
};

/// Among so many of the newest series the example is looked for.
const NEWEST: usize = 200;

/// Shorter words say little.
const SHORT: usize = 4;

/// The examples; the series with the most revisions and reviews among the newest gives them.
pub(super) fn examples(plan: Reader<'_>) -> Examples {
    let series = plan.corpus.whole().series.iter().rev().filter(|series| series.sort == Sort::Work);
    let title_words = |series: &Series| pair(&series.title).is_some();
    let worth = |series: &&Series| {
        let reviews: usize = series.newest().slots.iter().map(|slot| slot.reviews.len()).sum();
        (series.revisions.len().min(9), reviews.min(9), series.newest().slots.len().min(9))
    };
    let found = series.take(NEWEST).filter(|series| title_words(series)).max_by_key(worth);
    let mut examples = found.map_or_else(Examples::default, |series| of(plan, series));
    examples.list =
        plan.corpus.lists().first().map_or(String::new(), |name| format!("list:{name}"));
    if examples.version.is_empty() {
        examples.version = "v:3".to_owned();
    }
    examples
}

fn of(plan: Reader<'_>, series: &Series) -> Examples {
    let newest = series.newest();
    let (first, second) = pair(&series.title).unwrap_or_default();
    let longest = if first.len() >= second.len() { &first } else { &second };
    let mails: Vec<MailIx> = newest.slots.iter().filter_map(Slot::sent).collect();
    let files = mails.iter().flat_map(|mail| plan.corpus.mail(*mail).files.iter());
    let folder = files.map(FileChange::folder).find(|folder| !folder.is_empty());
    let function = mails.iter().find_map(|mail| function(plan, *mail));
    let reviewers = newest.slots.iter().flat_map(Slot::verdicts);
    let reviewer = reviewers.into_iter().find_map(|review| surname(&review.person.name));
    let author = surname(&series.author.name);
    let asked = |key: &str, value: Option<String>| {
        value.map_or(String::new(), |value| format!("{key}:{value}"))
    };
    Examples {
        words: format!("{second} {first}"),
        phrase: format!("\"{first} {second}\""),
        without: format!("-{longest}"),
        title: asked("s", Some(longest.clone())),
        text: asked("b", Some(longest.clone())),
        reviewer: asked("r", reviewer.or_else(|| author.clone())),
        anybody: asked("a", author.clone()),
        author: asked("f", author),
        path: asked("dfn", folder.map(str::to_owned)),
        function: asked("dfhh", function),
        month: asked("d", newest.posted.map(|date| month(plan.settings, date))),
        version: format!("v:{}", newest.version.major),
        list: String::new(),
    }
}

fn month(settings: &Settings, date: crate::date::Timestamp) -> String {
    day(settings, date).chars().take(7).collect()
}

/// The first two words of a title that follow each other and mean something.
fn pair(title: &str) -> Option<(String, String)> {
    let behind = title.rsplit_once(": ").map_or(title, |(_, behind)| behind);
    let words: Vec<&str> = behind.split_whitespace().collect();
    let is_word =
        |word: &str| word.len() >= SHORT && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let found = words.windows(2).find(|pair| pair.iter().all(|word| is_word(word)))?;
    Some((found[0].to_lowercase(), found[1].to_lowercase()))
}

/// The last word of a name, if it is a plain one.
fn surname(name: &str) -> Option<String> {
    let last = name.split_whitespace().next_back()?.to_lowercase();
    let is_plain = last.len() > 2 && last.chars().all(char::is_alphabetic);
    is_plain.then_some(last)
}

/// The name of the first function in the headers of a patch's hunks.
fn function(plan: Reader<'_>, mail: MailIx) -> Option<String> {
    let mail = plan.corpus.mail(mail);
    let whole = plan.corpus.text(mail);
    let headers = text::lines(mail.anatomy.diff.of(&whole)).filter(|line| line.starts_with("@@ -"));
    headers.filter_map(|line| line.split_once(" @@ ")?.1.split_once('(')).find_map(|(before, _)| {
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        (name.len() >= SHORT).then(|| name.to_owned())
    })
}
