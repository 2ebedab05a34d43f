//! A small site in a temporary folder, and the program run in it.

use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// One patch and a reply.
const MBOX: &str = "\
From ada@example.org Mon Feb 23 10:00:00 2026
From: Ada Example <ada@example.org>
To: list@example.org
Subject: [PATCH] lamp: Burn brighter
Date: Mon, 23 Feb 2026 10:00:00 +0000
Message-ID: <1@example.org>

The lamp is dim.

Signed-off-by: Ada Example <ada@example.org>
---
 lamp.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/lamp.c b/lamp.c
--- a/lamp.c
+++ b/lamp.c
@@ -1 +1 @@
-int watts = 10;
+int watts = 20;
-- 
2.50.0

From bob@example.org Mon Feb 23 11:00:00 2026
From: Bob Example <bob@example.org>
To: Ada Example <ada@example.org>
Subject: Re: [PATCH] lamp: Burn brighter
Date: Mon, 23 Feb 2026 11:00:00 +0000
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>

Reviewed-by: Bob Example <bob@example.org>
";

/// A site of one list with two mails.
pub(crate) struct Site {
    dir: TempDir,
}

impl Site {
    pub(crate) fn new() -> Self {
        let site = Self { dir: TempDir::new().expect("a temporary folder") };
        site.write("list.mbox", MBOX);
        site.settings("");
        site
    }

    /// Writes `site.toml`: the list, preceded by `more`.
    pub(crate) fn settings(&self, more: &str) {
        let list = "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n";
        self.write("site.toml", &format!("{more}{list}"));
    }

    /// The site's folder, as the system names it.
    pub(crate) fn root(&self) -> PathBuf {
        fs::canonicalize(self.dir.path()).expect("the folder is there")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let to = self.path(path);
        fs::create_dir_all(to.parent().expect("a parent")).expect("make a folder");
        fs::write(to, text).expect("write a file");
    }

    /// Runs the program in the site's folder.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.ran(&mut self.command(args))
    }

    /// Runs a prepared command.
    pub(crate) fn ran(&self, command: &mut Command) -> Ran {
        let output = command.output().expect("the program starts");
        Ran { output, root: self.root() }
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_patchpress"));
        command.args(args).current_dir(self.root()).env_remove("PATCHPRESS_BASE_URL");
        command
    }
}

/// The exit status and the output of the program.
pub(crate) struct Ran {
    output: Output,
    root: PathBuf,
}

impl Ran {
    pub(crate) fn code(&self) -> i32 {
        self.output.status.code().expect("it ended by itself")
    }

    pub(crate) fn data(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("UTF-8")
    }

    /// Its output, with the site's folder as `SITE`.
    pub(crate) fn talk(&self) -> String {
        let talk = String::from_utf8(self.output.stderr.clone()).expect("UTF-8");
        talk.replace(&self.root.display().to_string(), "SITE")
    }

    /// The program failed with exactly this message.
    pub(crate) fn refuses(&self, words: &str) {
        assert_eq!(self.talk(), format!("patchpress: error: {words}\n"));
        assert_eq!((self.code(), self.data()), (2, String::new()));
    }

    /// The program succeeded.
    pub(crate) fn succeeds(&self) -> &Self {
        assert_eq!(self.code(), 0, "{}", self.talk());
        self
    }
}

/// Every file below a folder, with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let below = |path: &Path| path.strip_prefix(folder).expect("below").to_owned();
    files.map(|e| (below(e.path()), fs::read(e.path()).expect("readable"))).collect()
}

/// The same, with what a build packs for the next one as it was before.
pub(crate) fn legible(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = tree(folder);
    for (path, bytes) in &mut files {
        let form = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let is_packed = |kind: &str| form.starts_with(format!("patchpress {kind} ").as_bytes());
        if ["pages", "search", "files"].into_iter().any(is_packed) {
            let begins = form.len() + 1;
            let text = unpacked(&bytes[begins..], is_packed("search"));
            assert!(!text.is_empty(), "{}", path.display());
            *bytes = text;
        }
    }
    files
}

/// What the batches of a log hold (`src/cache/store.md`); each may begin with a length.
fn unpacked(mut log: &[u8], begins_with_length: bool) -> Vec<u8> {
    let mut text = Vec::new();
    while let Some((head, rest)) = log.split_at_checked(28) {
        let length = u64::from_le_bytes(head[..8].try_into().expect("eight")) & (u64::MAX >> 1);
        let (mut batch, after) = rest.split_at(usize::try_from(length).expect("a length"));
        log = after;
        if begins_with_length {
            let ends = batch.iter().position(|byte| *byte < 128).expect("a number");
            batch = &batch[ends + 1..];
        }
        while !batch.is_empty() {
            let mut part = flate2::bufread::DeflateDecoder::new(batch);
            part.read_to_end(&mut text).expect("packed");
            batch = &batch[usize::try_from(part.total_in()).expect("a length")..];
        }
    }
    text
}
