//! Some files of the output, by which a build with nothing new sees that nobody touched it.
//!
//! In: the paths of all files. Out: whether those that were looked at last are as they were. Kept in the site's
//! [`Cache`](crate::cache::Cache); a build adds those that it changed ([`Kept`]).
//! Never here: what the site is made from.
//!
//! So many files are looked at that it takes no longer for a large site than for a small one: those at the top, and of the
//! others some by a hash of their paths, so that a new file leaves the others as they are. That shows a folder that is
//! gone, a copy, a checkout; not that one page of a large site was changed by hand.

use std::{collections::BTreeMap, fs, hash::Hasher as _, path::Path};

use rayon::prelude::*;

use super::file::{Mark, is_same, mark};
use crate::{
    cache::{Log as Kept, decode, encode},
    config::Settings,
    hash::{Fingerprint, Sha1},
};

/// The version of the form in which it is kept.
const FORM: &str = "files 1";

/// No more files than about these are looked at, and of a large site half of them: it takes 5 ms.
const MOST: usize = 2_000;

/// Files with their marks, or that they are no longer among them.
type Batch = Vec<(Box<str>, Option<Mark>)>;

/// The files that were looked at last.
#[derive(Debug)]
pub(super) struct Sample {
    kept: Kept,
    marks: BTreeMap<Box<str>, Mark>,
}

impl Sample {
    /// That of the last build to the same output.
    pub(super) fn load(settings: &Settings) -> Self {
        let name = format!("files-{}", settings.output_name());
        let read = |bytes: &[u8]| decode::<Batch>(bytes).map(|(batch, _)| batch);
        let (kept, batches) = Kept::load(&settings.cache(), &name, FORM, read);
        let mut marks = BTreeMap::new();
        for (path, mark) in batches.into_iter().flatten().flatten() {
            match mark {
                Some(mark) => drop(marks.insert(path, mark)),
                None => drop(marks.remove(&path)),
            }
        }
        Self { kept, marks }
    }

    /// Whether this is the sample of that sum, and the files in `output` are as they were.
    pub(super) fn is_as_it_was(&self, output: &Path, sum: &str) -> bool {
        let is_it = |path: &str, kept: Mark| {
            fs::metadata(output.join(path)).is_ok_and(|found| is_same(kept, mark(&found)))
        };
        sum_of(&self.marks).to_string() == sum
            && self.marks.par_iter().all(|(path, kept)| is_it(path, *kept))
    }

    /// Keeps what is to be looked at of these paths, with the marks that the files have now, and gives its sum; nothing where
    /// one of them is gone.
    pub(super) fn store(self, output: &Path, paths: &[&str]) -> Option<Fingerprint> {
        let Self { kept, marks: before } = self;
        let now = chosen(paths).into_par_iter().map(|path| {
            let found = fs::metadata(output.join(path)).ok()?;
            Some((Box::from(path), mark(&found)))
        });
        let now: BTreeMap<Box<str>, Mark> = now.collect::<Option<_>>()?;
        let come = now.iter().filter(|(path, mark)| before.get(*path) != Some(*mark));
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        let come = come.map(|(path, mark)| (path.clone(), Some(*mark)));
        let news: Batch = come.chain(gone.map(|path| (path.clone(), None))).collect();
        if !kept.may_grow() {
            let all: Batch = now.iter().map(|(path, mark)| (path.clone(), Some(*mark))).collect();
            kept.begin([encode(&all)].into_iter());
        } else if !news.is_empty() {
            kept.add(&encode(&news));
        }
        Some(sum_of(&now))
    }
}

fn sum_of(marks: &BTreeMap<Box<str>, Mark>) -> Fingerprint {
    Sha1::from(encode(marks)).digest()
}

/// Some of these paths: all at the top, and of the others about as many as are looked at.
fn chosen<'p>(paths: &[&'p str]) -> Vec<&'p str> {
    let one_in = (paths.len().div_ceil(MOST) as u64).next_power_of_two();
    let is_chosen = |path: &&&str| {
        let hash = || {
            let mut hash = Sha1::from(path.as_bytes());
            hash.write(b"file");
            hash.finish()
        };
        one_in == 1 || !path.contains('/') || hash() % one_in == 0
    };
    paths.iter().filter(is_chosen).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_at_the_top_and_some_of_the_others_are_looked_at() {
        let name = |n: usize| format!("series/{n:04}/index.html");
        for (count, least, most) in
            [(0, 2, 2), (1_998, 2_000, 2_000), (1_999, 900, 1_100), (30_000, 1_700, 2_050)]
        {
            let mut names: Vec<String> = (0..count).map(name).collect();
            names.extend(["404.html".to_owned(), "index.html".to_owned()]);
            let paths: Vec<&str> = names.iter().map(String::as_str).collect();
            let sample = chosen(&paths);
            assert!((least..=most).contains(&sample.len()), "{count}: {}", sample.len());
            assert!(sample.ends_with(&["404.html", "index.html"]));
            if count == 30_000 {
                // A new file leaves the others as they are.
                let new = ["threads/new/index.html"];
                let more: Vec<&str> = new.iter().chain(&paths).copied().collect();
                let kept = chosen(&more).into_iter().filter(|path| !new.contains(path));
                assert_eq!(kept.collect::<Vec<_>>(), sample);
            }
        }
    }
}
