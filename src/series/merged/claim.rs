//! Which commit a patch became.
//!
//! In: the patches, and the commits that may be one of them. Out: at most one commit per patch. Stronger evidence
//! comes first, and weaker evidence changes none of its results. Never here: how commits are read.

use std::{cmp::Reverse, collections::HashMap};

use super::{
    commits::{Candidate, candidates},
    patches::Patches,
};
use crate::{
    archive::history::{Commit, History},
    patch::PatchId,
    series::MailIx,
};

/// The kinds of links in a commit with a patch's title, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// It leads to the patch.
    Direct,
    /// It leads to another mail about its series.
    Around,
}

/// The commits that patches became, by their numbers in the history.
pub(super) fn claims(patches: &Patches<'_>, history: &mut History) -> HashMap<MailIx, usize> {
    let candidates = candidates(patches, history);
    let mut claims =
        Claims { patches, commits: vec![None; patches.len()], settled: HashMap::new() };
    claims.by_link(history, &candidates);
    claims.by_patch_id(history, &candidates);
    claims.by_title(history, &candidates);
    claims.by_authored_link(history, &candidates);
    let found = claims.commits.iter().enumerate();
    found.filter_map(|(at, number)| Some((patches.get(at).mail, (*number)?))).collect()
}

struct Claims<'a> {
    patches: &'a Patches<'a>,
    /// For each patch its commit.
    commits: Vec<Option<usize>>,
    /// The commits of which it is known of what revision they are, be it of a patch that has another commit
    /// already (the same patch in two branches).
    settled: HashMap<usize, (u32, u32)>,
}

impl Claims<'_> {
    fn claim(&mut self, patch: usize, number: usize) {
        self.commits[patch].get_or_insert(number);
        self.settled.entry(number).or_insert(self.patches.get(patch).home);
    }

    fn is_free(&self, patch: usize) -> bool {
        self.commits[patch].is_none()
    }

    fn by_link(&mut self, history: &History, candidates: &[Candidate]) {
        let linked = candidates.iter().filter(|candidate| candidate.is_linked);
        let mut found: Vec<_> = linked
            .flat_map(|candidate| {
                let links = self.links(candidate, &history.commit(candidate.number));
                links.into_iter().map(|(strength, at)| (strength, candidate.number, at))
            })
            .collect();
        // Stable: within a strength the oldest commit stays first.
        found.sort_by_key(|(strength, ..)| *strength);
        for (_, number, at) in found {
            self.claim(at, number);
        }
    }

    /// The patches with the commit's title to which its links lead: of the newest revision of those with the
    /// strongest evidence.
    fn links(&self, candidate: &Candidate, commit: &Commit<'_>) -> Vec<(Strength, usize)> {
        let titled = |at: &usize| self.patches.get(*at).title == candidate.title;
        let mut links: Vec<(Strength, usize)> = Vec::new();
        for (mail, patch) in commit.mentions().filter_map(|id| self.patches.named(id)) {
            links.extend(patch.filter(titled).map(|at| (Strength::Direct, at)));
            let (around, revision) = self.patches.around(mail);
            let around = || around.iter().copied().filter(titled);
            let near = around().find(|at| self.patches.get(*at).home.1 == revision);
            let near = near.or_else(|| self.patches.choose(commit, around(), |_| true));
            links.extend(near.map(|at| (Strength::Around, at)));
        }
        let rank =
            |(strength, at): &(Strength, usize)| (Reverse(*strength), self.patches.get(*at).home);
        let best = links.iter().map(rank).max();
        links.retain(|link| Some(rank(link)) == best);
        links
    }

    /// The diff is read only of commits that share a title, or an author and about a title, with a patch that
    /// has no commit yet.
    fn by_patch_id(&mut self, history: &mut History, candidates: &[Candidate]) {
        let wanted = candidates.iter().filter(|candidate| {
            let titled = self.patches.titled(&candidate.title).iter();
            let mut like = titled.chain(&candidate.alike);
            !self.settled.contains_key(&candidate.number) && like.any(|at| self.is_free(*at))
        });
        let wanted: Vec<usize> = wanted.map(|candidate| candidate.number).collect();
        let digests = history.digests(&wanted, |diff| PatchId::of(diff).map(|id| id.0));
        for (number, digest) in wanted.into_iter().zip(digests) {
            let same = digest.map_or(&[][..], |digest| self.patches.same(PatchId(digest)));
            let commit = history.commit(number);
            let chosen = self.patches.choose(&commit, same.iter().copied(), |at| self.is_free(at));
            if let Some(at) = chosen {
                self.claim(at, number);
            }
        }
    }

    fn by_title(&mut self, history: &History, candidates: &[Candidate]) {
        for candidate in candidates {
            if self.settled.contains_key(&candidate.number) {
                continue;
            }
            let commit = history.commit(candidate.number);
            let fitting = self.patches.titled(&candidate.title).iter().copied().filter(|at| {
                self.patches.get(*at).people.meet(&candidate.author)
                    && self.patches.is_near(*at, &commit)
            });
            if let Some(at) = self.patches.choose(&commit, fitting, |at| self.is_free(at)) {
                self.claim(at, candidate.number);
            }
        }
    }
    /// A link to a patch by the commit's author, with another title: it is that patch retitled, or squashed into
    /// another of its revision, or what the commit fixes. So it comes last: the latter two mostly have a patch
    /// or a commit of their own.
    fn by_authored_link(&mut self, history: &History, candidates: &[Candidate]) {
        for candidate in candidates.iter().filter(|candidate| candidate.is_linked) {
            let settled = self.settled.get(&candidate.number).copied();
            let linked = history.commit(candidate.number).mentions();
            let linked = linked.filter_map(|id| self.patches.named(id)?.1).filter(|at| {
                let patch = self.patches.get(*at);
                patch.people.meet(&candidate.author)
                    && settled.is_none_or(|revision| revision == patch.home)
            });
            let linked: Vec<usize> = linked.collect();
            let newest = linked.iter().map(|at| self.patches.get(*at).home).max();
            for at in linked {
                if Some(self.patches.get(at).home) == newest {
                    self.claim(at, candidate.number);
                }
            }
        }
    }
}
