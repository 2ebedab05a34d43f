//! Pull requests and announcements for pages: what to pull from where, whether it was pulled, and the commits that
//! they name, each with a link to its patch.
//!
//! In: the mails of a thread. Out: views. Never here: the search for the patch of a title.

use crate::{
    config::Settings,
    page::{
        part::{
            links::Links,
            status::{self, short},
            view::Link,
            wording,
        },
        thread::view::{PullView, ShortlogView},
    },
    patch::{Mail, Named, Role},
    plan::Read,
    series::{Corpus, MailIx},
};

/// How many commits a page lists: one request had 15,000, because its branch was merged with another.
const COMMITS: usize = 1_000;

/// The pull requests and announcements among `mails`.
pub(crate) fn pulls<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    mails: &[MailIx],
) -> Vec<PullView<'a>> {
    // A cover letter may end in a pull request; then it asks for the series itself.
    let asks = |mail: &Mail| mail.role == Role::Pull && mail.pull.is_some();
    let tells = |ix: &MailIx| asks(corpus.mail(*ix)) || corpus.named(*ix).is_some();
    mails.iter().copied().filter(tells).map(|ix| pull(corpus, settings, links, ix)).collect()
}

fn pull<'a>(
    corpus: Read<'a, Corpus>,
    settings: &'a Settings,
    links: &Links<'_>,
    ix: MailIx,
) -> PullView<'a> {
    let mail = corpus.mail(ix);
    let pull = mail.pull.as_deref();
    let named = mail.news.iter().flat_map(|news| &news.named);
    let patches = corpus.named(ix).into_iter().flatten().copied();
    let commits: Vec<(&'a Named, Option<MailIx>)> =
        named.zip(patches.chain(std::iter::repeat(None))).collect();
    let request = corpus.request(ix);
    let mut view = PullView {
        author: wording::person(&mail.author),
        url: links.mail(ix),
        repository: pull.map_or("", |pull| &pull.repository),
        reference: pull.map_or("", |pull| &pull.reference),
        base: pull.map_or("", |pull| short(&pull.base)),
        head: pull.map_or("", |pull| short(&pull.head)),
        taken: request
            .and_then(|request| request.applied.as_ref())
            .map(|applied| status::fate(corpus, settings, links, applied)),
        commits: commits.len(),
        people: 0,
        more: commits.len().saturating_sub(COMMITS),
        shortlog: Vec::new(),
    };
    for (at, (named, patch)) in commits.into_iter().enumerate() {
        if view.shortlog.last().is_none_or(|last| last.author != *named.author) {
            view.people += 1;
            if at < COMMITS {
                let author = named.author.to_string();
                view.shortlog.push(ShortlogView { author, titles: Vec::new() });
            }
        }
        let title = Link {
            label: named.title.to_string(),
            url: patch.map_or(String::new(), |patch| links.mail(patch)),
        };
        if let Some(last) = view.shortlog.last_mut().filter(|_| at < COMMITS) {
            last.titles.push(title);
        }
    }
    view
}
