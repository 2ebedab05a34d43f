//! Lineage: which postings are revisions of one series.
//!
//! In: the postings. Out: for each posting the earlier one it follows, with the evidence. Evidence is
//! looked at in the order of its strength; the first that names an earlier posting counts:
//!
//! | evidence | confidence |
//! |---|---|
//! | both carry the same `change-id:` | certain |
//! | a link to an older posting, on a line that speaks of versions, same author or title | certain |
//! | sent in answer to an older posting, same author, higher version | high |
//! | same author and same title, version not lower, within a year | high |
//!
//! Never here: reviews, states.

use std::collections::{BTreeMap, HashMap};

use super::{Letter, MailIx, Threads, assemble::Posting, thread::Ids};
use crate::{
    date::Timestamp,
    message::{MessageId, Version},
};

/// How long after a posting one by the same author with the same title still follows it, in seconds.
const YEAR: i64 = 366 * 86_400;

/// How much earlier a higher version may have been sent than a lower one: people number wrongly, and some
/// send v3 before v2 arrives (patchew's sample 0009).
const SLACK: i64 = 30 * 86_400;

/// Why two revisions are one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What shows it.
    pub evidence: Evidence,
    /// How sure that is.
    pub confidence: Confidence,
}

/// What shows that one revision follows another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Both carry this `change-id:`.
    ChangeId(Box<str>),
    /// The newer one links to this message of the older.
    Cites(MessageId),
    /// The newer one answers this message of the older.
    Answers(MessageId),
    /// The newer one says that it supersedes this message of the older.
    Supersedes(MessageId),
    /// Same author, same title.
    AuthorAndTitle,
    /// So many of the patches, by the same author, have an older one's title or the same change.
    SharedPatches(u32),
    /// Nearly the same title by the same author, the next version, and a file that both touch.
    SimilarTitle,
    /// The editor says so, in `content/series.yaml`.
    Editor,
}

/// How sure a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Probably.
    Low,
    /// Very likely.
    High,
    /// The author says so.
    Certain,
}

/// A posting, as far as lineage looks at it.
pub(super) struct Node<'a> {
    posting: &'a Posting,
    version: Version,
    author: String,
    title: String,
    posted: Option<Timestamp>,
    change_id: Option<&'a str>,
    cites: Vec<MessageId>,
}

impl<'a> Node<'a> {
    /// What lineage knows of a posting.
    pub(super) fn new(posting: &'a Posting, mails: &'a [Letter]) -> Self {
        let head = head(posting);
        let speaking = posting.cover.into_iter().chain(posting.patches.first().map(|(_, ix)| *ix));
        let letters: Vec<&Letter> = speaking.map(|ix| &mails[ix.at()]).collect();
        Self {
            posting,
            version: version(posting, mails),
            author: mails[head.at()].mail.author.key(),
            title: normal(&mails[head.at()].mail.title),
            posted: posting.members().filter_map(|ix| mails[ix.at()].date()).min(),
            change_id: letters.iter().find_map(|l| field(&l.mail.message.text, "change-id:")),
            cites: letters.iter().flat_map(|l| cited(&l.mail.message.text)).collect(),
        }
    }
}

/// The mail that speaks for a posting: its cover letter, else its first patch.
pub(super) fn head(posting: &Posting) -> MailIx {
    posting.cover.or(posting.patches.first().map(|(_, ix)| *ix)).unwrap_or(MailIx(0))
}

/// The version that most of its patches have, the higher of equals; cover letters are forgotten more often
/// than patches, and some authors count every patch for itself (`[PATCH 04/14 v4]`).
pub(super) fn version(posting: &Posting, mails: &[Letter]) -> Version {
    let of = |ix: MailIx| mails[ix.at()].mail.message.subject.version();
    let mut counts: BTreeMap<Version, usize> = BTreeMap::new();
    for (_, ix) in &posting.patches {
        *counts.entry(of(*ix)).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(version, count)| (*count, *version));
    most.map(|(version, _)| version).or(posting.cover.map(of)).unwrap_or(Version::FIRST)
}

/// For each posting the earlier one that it follows, if any.
pub(super) fn link(
    postings: &[Posting],
    mails: &[Letter],
    threads: &Threads,
    ids: &Ids<'_>,
) -> Vec<Option<(usize, Link)>> {
    let nodes: Vec<Node<'_>> = postings.iter().map(|p| Node::new(p, mails)).collect();
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|&at| (nodes[at].posted, nodes[at].version, nodes[at].posting.first()));
    let mut seen = Seen::default();
    let mut links = vec![None; nodes.len()];
    for at in order {
        links[at] = seen.predecessor(at, &nodes, mails, threads, ids);
        seen.add(at, &nodes[at]);
    }
    links
}

/// The postings so far, findable by what later ones may share with them.
#[derive(Default)]
struct Seen<'a> {
    home: HashMap<MailIx, usize>,
    by_change: HashMap<&'a str, usize>,
    by_title: BTreeMap<(String, String), usize>,
}

impl<'a> Seen<'a> {
    fn add(&mut self, at: usize, node: &Node<'a>) {
        self.home.extend(node.posting.members().map(|ix| (ix, at)));
        if let Some(id) = node.change_id {
            self.by_change.insert(id, at);
        }
        if !node.title.is_empty() {
            self.by_title.insert((node.author.clone(), node.title.clone()), at);
        }
    }

    fn predecessor(
        &self,
        at: usize,
        nodes: &[Node<'a>],
        mails: &[Letter],
        threads: &Threads,
        ids: &Ids<'_>,
    ) -> Option<(usize, Link)> {
        let node = &nodes[at];
        self.by_change_id(node)
            .or_else(|| self.by_citation(node, nodes, threads, ids))
            .or_else(|| self.by_answer(node, nodes, mails, threads))
            .or_else(|| self.by_title(node, nodes))
    }

    fn by_change_id(&self, node: &Node<'_>) -> Option<(usize, Link)> {
        let id = node.change_id?;
        let older = *self.by_change.get(id)?;
        let evidence = Evidence::ChangeId(id.into());
        Some((older, Link { evidence, confidence: Confidence::Certain }))
    }

    fn by_citation(
        &self,
        node: &Node<'_>,
        nodes: &[Node<'a>],
        threads: &Threads,
        ids: &Ids<'_>,
    ) -> Option<(usize, Link)> {
        let targets = node.cites.iter().filter_map(|id| {
            let mail = *ids.get(&**id)?;
            let older = threads.upwards(mail).find_map(|up| self.home.get(&up).copied())?;
            Some((older, id))
        });
        let related = targets.filter(|(older, _)| {
            let other = &nodes[*older];
            (other.author == node.author || other.title == node.title)
                && other.version < node.version
        });
        let (older, id) = related.max_by_key(|(older, _)| (nodes[*older].version, *older))?;
        let evidence = Evidence::Cites(id.clone());
        Some((older, Link { evidence, confidence: Confidence::Certain }))
    }

    fn by_answer(
        &self,
        node: &Node<'_>,
        nodes: &[Node<'a>],
        mails: &[Letter],
        threads: &Threads,
    ) -> Option<(usize, Link)> {
        let above = node.posting.members().flat_map(|ix| threads.upwards(ix).skip(1));
        let (older, mail) = above
            .filter_map(|up| Some((*self.home.get(&up)?, up)))
            .find(|(older, _)| !std::ptr::eq(nodes[*older].posting, node.posting))?;
        let other = &nodes[older];
        if other.author != node.author || other.version >= node.version {
            return None;
        }
        let evidence = Evidence::Answers(mails[mail.at()].mail.message.id.clone());
        Some((older, Link { evidence, confidence: Confidence::High }))
    }

    fn by_title(&self, node: &Node<'_>, nodes: &[Node<'a>]) -> Option<(usize, Link)> {
        let older = *self.by_title.get(&(node.author.clone(), node.title.clone()))?;
        let other = &nodes[older];
        let gap = match (node.posted, other.posted) {
            (Some(new), Some(old)) => new.0 - old.0,
            _ => 0,
        };
        let plausible = if node.version >= other.version { gap <= YEAR } else { gap <= SLACK };
        plausible.then_some((
            older,
            Link { evidence: Evidence::AuthorAndTitle, confidence: Confidence::High },
        ))
    }
}

/// A title for comparison: words in lower case, punctuation dropped.
fn normal(title: &str) -> String {
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The value of a `key: value` line such as b4 puts at the end of a cover letter.
fn field<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let found = text.match_indices(key).find(|(at, _)| *at == 0 || text[..*at].ends_with('\n'))?;
    let value = text[found.0 + key.len()..].lines().next()?.trim();
    (!value.is_empty()).then_some(value)
}

/// Message-IDs that a text links to where it speaks of versions: the line, or one of the two before it,
/// has `v1`, `version`, `previous`, `changes`, `supersedes`, and none says that the series depends on it.
fn cited(text: &str) -> Vec<MessageId> {
    let mut out = Vec::new();
    let mut before: [&str; 2] = ["", ""];
    for line in text.lines().take(2000) {
        if line.contains('@') || line.contains("%40") {
            let context = [before[0], before[1], line].map(str::to_lowercase);
            let speaks = context.iter().any(|l| speaks_of_versions(l));
            let depends = context[2].contains("depend")
                || context[2].contains("based on")
                || context[2].contains("prerequisite");
            if speaks && !depends {
                out.extend(ids_in(line));
            }
        }
        before = [before[1], line];
    }
    out
}

fn speaks_of_versions(line: &str) -> bool {
    let words = ["version", "previous", "change", "supersede", "obsolete", "history", "iteration"];
    words.iter().any(|word| line.contains(word))
        || line.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let number = word.strip_prefix("rfc").unwrap_or(word);
            let number = number.strip_prefix('v').unwrap_or("");
            (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Message-IDs in the links of a line (`https://lore.kernel.org/kvm/<id>/`, `…/r/<id>`), and bare ones in
/// angle brackets.
fn ids_in(line: &str) -> Vec<MessageId> {
    let parts = line.split(|c: char| c.is_whitespace() || "<>()[]\",".contains(c));
    let links = parts.filter(|part| part.contains('@') || part.contains("%40"));
    links
        .filter_map(|part| {
            let id = match part.split_once("://") {
                Some((_, path)) => {
                    path.split('/').find(|s| s.contains('@') || s.contains("%40"))?
                }
                None => part.strip_prefix("id:").unwrap_or(part),
            };
            Some(id.split(['#', '?']).next()?.replace("%40", "@").into())
        })
        .collect()
}
