//! The commits of a list's tree, fetched from repositories on this machine.

use std::{fs, path::PathBuf};

use crate::{archives::Repo, site::Site};

const ZOE: &str = "Zoe Lind <zoe@example.org>";

/// A site whose list has one patch, and the repository that the patch is for.
struct Project {
    site: Site,
    upstream: Repo,
}

fn patch(title: &str) -> String {
    format!(
        "From x Tue Nov 14 22:13:20 2023\nFrom: {ZOE}\nSubject: [PATCH] {title}\n\
         Date: Tue, 14 Nov 2023 22:13:20 +0000\nMessage-ID: <{}@example.org>\n\nWhy.\n---\n\
         diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\n-- \n2.50.0\n\n",
        title.replace(' ', "-")
    )
}

impl Project {
    fn new(more: &str) -> Self {
        let site = Site::new();
        let upstream = Repo::new(site.path("up/lamps.git"));
        upstream.git(&["config", "uploadpack.allowFilter", "true"], "");
        upstream.add("begin");
        site.write("mails.mbox", &patch("Burn brighter"));
        let address = site.path("up/lamps.git");
        let settings = format!(
            "[[lists]]\nname = \"lantern\"\narchive = \"mails.mbox\"\ntree_mirror = \"file://{}\"\n{more}",
            address.display()
        );
        site.write("site.toml", &settings);
        Self { site, upstream }
    }

    /// Commits a patch upstream, an hour after it was posted.
    fn merge(&self, title: &str) {
        let upstream = &self.upstream;
        let tree = upstream.git(&["rev-parse", "master^{tree}"], "");
        let message = format!(
            "{title}\n\nLink: https://example.org/r/{}@example.org\n",
            title.replace(' ', "-")
        );
        let commit = upstream.git(&["commit-tree", &tree, "-p", "master"], &message);
        upstream.git(&["update-ref", "refs/heads/master", &commit], "");
    }

    fn clone(&self) -> PathBuf {
        self.site.path("trees/lantern")
    }

    fn says(&self, words: &str) {
        assert_eq!(self.site.run(&["sync"]).succeeds().talk(), words);
    }

    fn state(&self) -> String {
        let export = self.site.run(&["export"]).succeeds().data();
        let revision: serde_json::Value = serde_json::from_str(&export).expect("a revision");
        revision["state"].as_str().expect("a state").to_owned()
    }

    /// Objects of the clone, by kind.
    fn kinds(&self) -> Vec<String> {
        let clone = self.clone().display().to_string();
        let all = self.upstream.git(
            &["-C", &clone, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"],
            "",
        );
        let mut kinds: Vec<String> = all.lines().map(str::to_owned).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }
}

#[test]
fn a_tree_is_brought_without_its_files_and_shows_what_was_merged() {
    let project = Project::new("");
    project.says("lantern: tree: new, with 1 commit\n");
    assert_eq!(project.kinds(), ["commit"]);
    assert_eq!(project.state(), "new");
    project.says("lantern: tree: nothing new\n");
    project.merge("Burn brighter");
    project.says("lantern: tree: 1 new commit\n");
    assert_eq!(project.kinds(), ["commit"]);
    assert_eq!(project.state(), "merged");
    project.site.run(&["build", "--strict"]).succeeds();
}

#[test]
fn a_tree_begins_with_the_mirror_s_oldest_message_or_at_the_given_date() {
    let oldest = |more: &str, world: &dyn Fn(&mut Project)| {
        let mut project = Project::new(more);
        world(&mut project);
        project.site.run(&["sync"]).succeeds().talk()
    };
    let year = 365 * 86_400;
    let grow = |project: &mut Project| {
        project.upstream.now += year;
        project.upstream.add("two");
        project.upstream.now += year;
        project.upstream.add("three");
    };
    assert!(oldest("", &grow).ends_with("tree: new, with 3 commits\n"));
    let since = "tree_since = \"2024-06-01\"\n";
    assert!(oldest(since, &grow).ends_with("tree: new, with 2 commits\n"));
    // Without later commits, the newest one is enough.
    let later = "tree_since = \"2030-01-01\"\n";
    assert!(oldest(later, &grow).ends_with("tree: new, with 1 commit\n"));
    let mirrored = |project: &mut Project| {
        grow(project);
        let mut inbox = Repo::new(project.site.path("inbox"));
        inbox.now = project.upstream.now - 60;
        inbox.add("mail");
        let settings = fs::read_to_string(project.site.path("site.toml")).expect("settings");
        let inbox = format!("mirror = \"file://{}\"", project.site.path("inbox").display());
        project.site.write("site.toml", &settings.replace("archive = \"mails.mbox\"", &inbox));
    };
    assert_eq!(
        oldest("", &mirrored),
        "lantern: epoch 0: new, with 1 message\nlantern: tree: new, with 1 commit\n"
    );
}

#[test]
fn a_clone_of_somebody_s_own_is_left_alone() {
    let project = Project::new("");
    let own = Repo::new(project.clone());
    own.add("mine");
    let before = fs::read(project.clone().join("config")).expect("settings");
    let ran = project.site.run(&["sync"]);
    assert_eq!(ran.code(), 1);
    assert!(ran.talk().contains("is not a tree that `sync` fetched from"), "{}", ran.talk());
    assert_eq!(fs::read(project.clone().join("config")).expect("settings"), before);
}

#[test]
fn a_tree_that_cannot_be_brought_stays_as_it_was() {
    let project = Project::new("");
    // Never fetched: no site says that nothing was merged.
    let ran = project.site.run(&["build"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.talk().contains("hint: `patchpress sync` fetches it"), "{}", ran.talk());
    project.merge("Burn brighter");
    project.says("lantern: tree: new, with 2 commits\n");
    let away = project.site.path("up/away.git");
    fs::rename(project.site.path("up/lamps.git"), &away).expect("moved");
    project.says("lantern: tree: no longer upstream; the mirror keeps it\n");
    assert_eq!(project.state(), "merged");
}

#[test]
fn a_damaged_tree_is_fetched_again() {
    let project = Project::new("");
    project.merge("Burn brighter");
    project.says("lantern: tree: new, with 2 commits\n");
    let head = project.clone().join("refs/heads/master");
    fs::write(head, format!("{}\n", "1".repeat(40))).expect("damage");
    project.says("lantern: tree: it was damaged; fetched again, with 2 commits\n");
    assert_eq!(project.state(), "merged");
    let left: Vec<_> = fs::read_dir(project.site.path("trees"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .filter(|name| name != ".sync-lock")
        .collect();
    assert_eq!(left, ["lantern"]);
}

#[test]
fn a_restored_tree_names_no_program() {
    let project = Project::new("");
    project.says("lantern: tree: new, with 1 commit\n");
    let ran = project.site.path("ran");
    let config = project.clone().join("config");
    let ours = fs::read_to_string(&config).expect("settings");
    let program = format!("touch {}; git-upload-pack", ran.display());
    fs::write(&config, format!("{ours}[remote \"tree\"]\n\tuploadpack = {program}\n"))
        .expect("written");
    project.merge("Burn brighter");
    project.says("lantern: tree: 1 new commit\n");
    assert!(!ran.exists());
    assert_eq!(fs::read_to_string(&config).expect("settings"), ours);
}
