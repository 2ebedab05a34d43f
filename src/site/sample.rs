//! A sample of the files in the output: a build with nothing new checks it to see that nobody changed the output.
//!
//! In: the paths of all files. Out: whether the files of the last sample are unchanged. Kept in the site's
//! [`Cache`](crate::cache::Cache); a build adds the files that it changed ([`Kept`]). Never here: the sources of the
//! site.
//!
//! The size of the sample is limited, so a large site takes no longer than a small one. The sample has the files at the
//! top, and some of the others, chosen by a hash of their paths, so a new file does not change the choice. The sample
//! detects a missing folder, a copy or a checkout, but not a manual change to one page of a large site.

use std::{collections::BTreeMap, fs, hash::Hasher as _, path::Path};

use rayon::prelude::*;

use super::file::{Mark, is_same, mark};
use crate::{
    cache::{Log as Kept, encode, pack, unpack},
    config::Settings,
    hash::{Fingerprint, Sha1},
};

/// The version of the file format.
const FORM: &str = "files 2";

/// The approximate maximum size of a sample; a large site has at least about half of it. The check takes 5 ms.
const MOST: usize = 2_000;

/// Files with their marks; without a mark, the file has left the sample.
type Batch = Vec<(Box<str>, Option<Mark>)>;

/// The sample of the last build.
#[derive(Debug)]
pub(super) struct Sample {
    kept: Kept,
    marks: BTreeMap<Box<str>, Mark>,
}

impl Sample {
    /// Loads the sample of the last build to the same output.
    pub(super) fn load(settings: &Settings) -> Self {
        let name = format!("files-{}", settings.output_name());
        let read = |bytes: &[u8]| unpack::<Batch>(bytes);
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

    /// Whether the sample has this sum, and its files in `output` are unchanged.
    pub(super) fn is_as_it_was(&self, output: &Path, sum: &str) -> bool {
        let is_it = |path: &str, kept: Mark| {
            fs::metadata(output.join(path)).is_ok_and(|found| is_same(kept, mark(&found)))
        };
        sum_of(&self.marks).to_string() == sum
            && self.marks.par_iter().all(|(path, kept)| is_it(path, *kept))
    }

    /// Chooses a new sample from these paths, stores it with the present marks of the files, and returns its sum; nothing
    /// if a file is missing.
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
            kept.begin([pack(&all)].into_iter());
        } else if !news.is_empty() {
            kept.add(&pack(&news));
        }
        Some(sum_of(&now))
    }
}

fn sum_of(marks: &BTreeMap<Box<str>, Mark>) -> Fingerprint {
    Sha1::from(encode(marks)).digest()
}

/// The sample of these paths: all at the top, and some of the others.
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
    fn a_sample_has_the_files_at_the_top_and_some_of_the_others() {
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
                // A new file does not change the choice.
                let new = ["threads/new/index.html"];
                let more: Vec<&str> = new.iter().chain(&paths).copied().collect();
                let kept = chosen(&more).into_iter().filter(|path| !new.contains(path));
                assert_eq!(kept.collect::<Vec<_>>(), sample);
            }
        }
    }
}
