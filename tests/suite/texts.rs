//! A text disappears between reading an archive and printing the text: the kept facts of the mail are still there,
//! its words are not. Nobody gets a result without the words.

use std::fs;

use patchpress::{
    config::{Overrides, Settings},
    error::{Error, Result},
    site::live::Live,
};

use crate::{
    archives::Repo,
    site::{Site, tree},
};

const PATCH: &str = "\
From: Zoe Example <zoe@example.org>
Subject: [PATCH v2] lamp: Burn brighter
Date: Mon, 23 Feb 2026 10:00:00 +0000
Message-ID: <1@example.org>

The lamp is dim.

Signed-off-by: Zoe Example <zoe@example.org>
---
Changes in v2:
- twice as bright

diff --git a/lamp.c b/lamp.c
--- a/lamp.c
+++ b/lamp.c
@@ -1 +1 @@
-int watts = 10;
+int watts = 20;
";

const ANSWER: &str = "\
From: Bob Example <bob@example.org>
Subject: Re: [PATCH v2] lamp: Burn brighter
Date: Tue, 24 Feb 2026 11:00:00 +0000
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>

It shines as it should.

Reviewed-by: Bob Example <bob@example.org>
";

/// The error of any output that needs the patch's text.
const GONE: &str = "cannot read the git repository `SITE/lamps`: a message has disappeared\n\
    hint: the mirror was changed during the run: run the command again, or delete `.patchpress` beside `site.toml`";

/// A site that was built, so that facts of its mails are kept; their texts are in a repository.
struct World {
    site: Site,
    repo: Repo,
    /// The objects that contain the patch and a reply to it.
    patch: String,
    answer: String,
}

impl World {
    fn new() -> Self {
        let site = Site::new();
        site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"lamps\"\n");
        let repo = Repo::new(site.path("lamps/git/0.git"));
        // Whoever tries one page of each kind tries that of this series.
        repo.add_mail(&PATCH.replace("lamp", "dial").replace("1@", "0@"));
        let patch = object(&repo, &repo.add_mail(PATCH));
        let answer = object(&repo, &repo.add_mail(ANSWER));
        site.run(&["build"]).succeeds();
        Self { site, repo, patch, answer }
    }

    /// One more reply: the page of the patch is built again, which needs the patch's text.
    fn go_on(&self) {
        self.repo.add_mail(&ANSWER.replace("2@", "3@"));
    }

    fn live(&self, before: Option<&Live>) -> Live {
        let settings = Settings::load(&self.site.root(), &Overrides::default()).expect("settings");
        Live::read(settings, before).expect("a site")
    }

    /// The files that a preview cannot show, among those with the text of the reply.
    fn refused(&self, live: &Live) -> Vec<String> {
        let shown = tree(&self.site.path("public"));
        let says = |bytes: &[u8]| memchr::memmem::find(bytes, b"shines as it should").is_some();
        let paths = shown.iter().filter(|(_, bytes)| says(bytes)).map(|(path, _)| path);
        let paths: Vec<_> = paths.map(|path| path.display().to_string()).collect();
        assert!(!paths.is_empty(), "no page says it");
        let refused = |path: &String| is_refused(&live.file(path));
        paths.into_iter().filter(refused).collect()
    }
}

/// The object of the mail that a commit added.
fn object(repo: &Repo, commit: &str) -> String {
    repo.git(&["rev-parse", &format!("{commit}:m")], "")
}

fn is_refused<T>(made: &Result<T>) -> bool {
    matches!(made, Err(Error::Git { path, .. }) if path.ends_with("lamps"))
}

#[test]
fn what_is_printed_of_it_is_an_error() {
    let world = World::new();
    let commands: [&[&str]; 6] = [
        &["digest", "2026-W09"],
        &["digest", "2026-W09", "--format", "markdown"],
        &["digest", "2026-W09", "--format", "html"],
        &[
            "digest",
            "2026-W09",
            "--format=eml",
            "--mail-from=x@example.org",
            "--mail-to=y@example.org",
        ],
        &["inspect", "1@example.org"],
        // These print no text, and need none.
        &["export"],
    ];
    for args in commands {
        assert!(!world.site.run(args).succeeds().data().is_empty(), "{args:?}");
    }
    world.repo.lose(&world.patch);
    for args in &commands[..5] {
        world.site.run(args).refuses(GONE);
    }
    for args in [&["export"][..], &["export", "--messages"], &["export", "--digests"]] {
        assert!(!world.site.run(args).succeeds().data().is_empty(), "{args:?}");
    }
}

#[test]
fn a_build_leaves_the_last_site() {
    let world = World::new();
    let before = tree(&world.site.path("public"));
    world.go_on();
    world.repo.lose(&world.patch);
    for _ in 0..2 {
        world.site.run(&["build"]).refuses(GONE);
        assert!(tree(&world.site.path("public")) == before);
    }
    // No result without the text is kept: pages and index are those of a build from nothing.
    world.repo.git(&["hash-object", "-w", "--stdin"], PATCH);
    world.site.run(&["build"]).succeeds();
    let after = tree(&world.site.path("public"));
    assert!(after != before);
    fs::remove_dir_all(world.site.path(".patchpress")).expect("removed");
    fs::remove_dir_all(world.site.path("public")).expect("removed");
    world.site.run(&["build"]).succeeds();
    let cold = tree(&world.site.path("public"));
    let others: Vec<_> =
        cold.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes)).collect();
    assert!(others.is_empty() && after.len() == cold.len(), "{:?}", others.first().map(|o| o.0));
}

#[test]
fn a_preview_shows_nothing_that_was_made_without_it() {
    let world = World::new();
    let live = world.live(None);
    assert_eq!(world.refused(&live), [""; 0]);
    // The reply is read for the first page that contains it.
    let live = world.live(None);
    world.repo.lose(&world.answer);
    assert!(!world.refused(&live).is_empty());
    // Everything that lacked the text is built again, although nothing else has changed.
    world.repo.git(&["hash-object", "-w", "--stdin"], ANSWER);
    let again = world.live(Some(&live));
    assert_eq!(world.refused(&again), [""; 0]);
}

#[test]
fn an_editor_changes_no_mail_that_cannot_be_read() {
    let world = World::new();
    world.site.write("content/series.yaml", "kind:\n  1@example.org: report\n");
    let talk = world.site.run(&["export", "--messages"]).succeeds().data();
    assert!(talk.contains("\"role\":\"other\""), "{talk}");
    world.repo.lose(&world.patch);
    world.site.run(&["export", "--messages"]).refuses(GONE);
}
