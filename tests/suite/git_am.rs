//! `git am` accepts the files of the site: the `series.mbox` of every complete series of the demo, applied to its
//! base commit, reproduces the sender's commits.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use patchpress::series::{Corpus, Series};

use crate::support;

/// The demo's repository, in which every patch of the demo is a commit.
struct Repository {
    folder: PathBuf,
}

impl Repository {
    /// Runs the script that wrote the demo's mails, to create their commits; `None` if it cannot run.
    fn of_the_demo(folder: PathBuf) -> Option<Self> {
        for needed in ["git", "python3"] {
            if Command::new(needed).arg("--version").output().is_err() {
                eprintln!("skipped: there is no {needed}");
                return None;
            }
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/demo/make-demo");
        let ran = Command::new("python3").arg(script).arg("--repo").arg(&folder).output();
        let ran = ran.expect("python3 starts");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        Some(Self { folder })
    }

    /// The output of git with its own defaults, without any user's settings.
    fn git(&self, args: &[&str]) -> Result<String, String> {
        let mut git = Command::new("git");
        git.arg("-C").arg(&self.folder).args(args);
        git.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
        git.env("GIT_COMMITTER_NAME", "Carol Example");
        git.env("GIT_COMMITTER_EMAIL", "carol@example.org");
        let ran = git.output().expect("git starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        match ran.status.success() {
            true => Ok(text(ran.stdout)),
            false => Err(text(ran.stdout) + &text(ran.stderr)),
        }
    }

    /// Applies the mbox at the parent of the patch `first`; returns the result and the expected one.
    fn apply(&self, mbox: &Path, first: &str) -> Result<[String; 2], String> {
        let (base, tip) = (format!("refs/bases/{first}"), format!("refs/tips/{first}"));
        self.git(&["checkout", "-q", "--force", "--detach", &base])?;
        let applied = self.git(&["am", "-q", mbox.to_str().expect("UTF-8")]);
        if applied.is_err() {
            self.git(&["am", "--abort"])?;
        }
        applied?;
        let story = |to: &str| {
            let format = "--format=%an <%ae>%n%T%n%B";
            self.git(&["log", format, &format!("{base}..{to}")])
        };
        Ok([story("HEAD")?, story(&tip)?])
    }
}

/// The Message-ID of the newest revision's first patch, if all its patches arrived.
fn first_of_complete<'a>(corpus: &'a Corpus, series: &Series) -> Option<&'a str> {
    let revision = series.newest();
    let is_complete = revision.missing().next().is_none();
    let first = revision.slots.first()?.mail.filter(|_| is_complete)?;
    Some(&corpus.stored(first).mail.message.id)
}

#[test]
fn git_am_takes_every_complete_series_of_the_demo() {
    let dir = tempfile::tempdir().expect("a folder");
    let Some(repository) = Repository::of_the_demo(dir.path().join("lantern")) else { return };
    let site = dir.path().join("site");
    let built = Command::new(env!("CARGO_BIN_EXE_patchpress"))
        .args(["--root", env!("CARGO_MANIFEST_DIR"), "build", "--output-dir"])
        .arg(&site)
        .output();
    assert!(built.expect("the program starts").status.success());

    let corpus = support::read(&support::demo());
    let mut taken = 0;
    for series in &corpus.series {
        let Some(first) = first_of_complete(&corpus, series) else { continue };
        let mbox = site.join("series").join(&*series.slug).join("series.mbox");
        let [got, want] =
            repository.apply(&mbox, first).unwrap_or_else(|said| panic!("{}: {said}", series.slug));
        assert_eq!(got, want, "{}", series.slug);
        taken += 1;
    }
    assert!(taken > 10, "only {taken} series were tried");
}
