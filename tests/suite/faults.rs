//! Failures during a build or a sync: kills, full disks, mirrors that lose something. The last good site stays, and
//! the next run repairs the state.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use crate::{
    archives::Repo,
    increments::{EPOCH, Mirror, Step, bare, cold, settings},
    site::{Site, tree},
};

type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Two states of a site: every page differs between them, and so do the mails.
struct Two<'a> {
    mirror: Mirror<'a>,
    site: &'a Site,
    commits: [String; 2],
    trees: [Tree; 2],
}

/// One of the two states has fewer mails than the other.
const BUILD: [&str; 2] = ["build", "--allow-shrink"];

const TITLES: [&str; 2] = ["title = \"One\"\n", "title = \"Other\"\n"];

impl<'a> Two<'a> {
    fn new(site: &'a Site) -> Self {
        let mut mirror = Mirror::new(site, bare());
        let mut state = |title: &str, mails: usize| {
            settings(site, title);
            mirror.step(&Step::Grow(mails));
            let elsewhere = tempfile::tempdir().expect("a folder");
            cold(site, &elsewhere.path().join("public"));
            let head = fs::read_to_string(site.path(EPOCH).join("refs/heads/master"));
            (head.expect("a branch").trim().to_owned(), tree(&elsewhere.path().join("public")))
        };
        let (one, other) = (state(TITLES[0], 60), state(TITLES[1], 30));
        Self { mirror, site, commits: [one.0, other.0], trees: [one.1, other.1] }
    }

    /// Sets the sources to the state `which`.
    fn turn(&self, which: usize) {
        settings(self.site, TITLES[which]);
        self.mirror.git(&["update-ref", "refs/heads/master", &self.commits[which]], b"");
    }

    /// Which of the two states the output is; `None` if a build was killed while it published.
    fn found(&self) -> Option<usize> {
        let now = tree(&self.site.path("public"));
        let found = self.trees.iter().position(|tree| *tree == now);
        if found.is_none() {
            assert!(self.site.path(".public.patchpress/journal").exists(), "nobody finishes it");
            // Until everything is done, the list of files has those of both states.
            for (path, bytes) in now.iter().filter(|(path, _)| !path.ends_with(".nojekyll")) {
                let is_whole = self.trees.iter().any(|tree| tree.get(path) == Some(bytes));
                assert!(is_whole, "{} is neither old nor new", path.display());
            }
            no_link_is_dead(&now);
        }
        found
    }

    fn shown(&self) -> usize {
        self.found().expect("one of the two")
    }

    fn builds(&self, which: usize) {
        self.turn(which);
        self.site.run(&BUILD).succeeds();
        assert_eq!(self.shown(), which);
    }
}

/// A reader who starts at the front page never finds a dead link.
fn no_link_is_dead(tree: &Tree) {
    let mut met = BTreeSet::from([PathBuf::from("index.html")]);
    let mut next: Vec<PathBuf> = met.iter().cloned().collect();
    while let Some(path) = next.pop() {
        let Some(bytes) = tree.get(&path) else { panic!("{} is not there", path.display()) };
        for to in links(&path, &String::from_utf8_lossy(bytes)) {
            let to = if tree.contains_key(&to) { to } else { to.join("index.html") };
            assert!(tree.contains_key(&to), "{} leads to {}", path.display(), to.display());
            if to.extension().is_some_and(|name| name == "html") && met.insert(to.clone()) {
                next.push(to);
            }
        }
    }
    assert!(met.len() > 10, "only {} pages were met", met.len());
}

/// The targets of a page's relative links.
fn links(path: &Path, text: &str) -> Vec<PathBuf> {
    let ends = ['"', '#', '?', '>', ' '];
    let links = text.split("href=").skip(1);
    let links =
        links.map(|rest| rest.trim_start_matches('"').split(ends).next().unwrap_or_default());
    let is_relative =
        |link: &&str| !link.is_empty() && !link.contains(':') && !link.starts_with('/');
    let resolve = |link: &str| {
        let mut to = path.parent().unwrap_or(path).to_owned();
        link.split('/').for_each(|part| match part {
            ".." => drop(to.pop()),
            "." | "" => {}
            part => to.push(part),
        });
        to
    };
    links.filter(is_relative).map(resolve).collect()
}

#[test]
fn killed_at_any_moment_a_build_leaves_a_whole_site() {
    let moments = std::env::var("PATCHPRESS_KILLS").ok().and_then(|n| n.parse().ok());
    let moments: u32 = moments.unwrap_or(40);
    let site = Site::new();
    let two = Two::new(&site);
    two.builds(0);
    // The shortest of a few: other tests run at the same time now, and perhaps not later.
    let timed = |which: usize| {
        let begun = Instant::now();
        two.builds(which);
        begun.elapsed()
    };
    let whole = [1, 0, 1, 0, 1].map(timed).into_iter().min().expect("five");
    let (mut killed, mut between) = (0, 0);
    for moment in 0..moments {
        let which = usize::from(moment % 2 == 0);
        two.turn(1 - which);
        let mut child = site.command(&BUILD).stderr(Stdio::null()).spawn().expect("it starts");
        std::thread::sleep(whole * moment / moments);
        child.kill().expect("killed");
        killed += u32::from(!child.wait().expect("ended").success());
        between += u32::from(two.found().is_none());
        // Repaired only every third time, so that a second kill meets what the first one left.
        if moment % 3 == 2 {
            two.builds(1 - which);
            assert!(!site.path(".public.patchpress").exists(), "a left-over beside the output");
        }
    }
    assert!(killed > moments / 2, "only {killed} of {moments} builds were killed");
    eprintln!("{killed} of {moments} were killed, {between} of them while they published");
    two.builds(0);
    two.builds(1);
}

#[test]
fn killed_while_it_publishes_a_build_is_finished_by_the_next() {
    const ROUNDS: u32 = 12;
    let site = Site::new();
    let two = Two::new(&site);
    two.builds(0);
    let journal = site.path(".public.patchpress/journal");
    let mut between = 0;
    for round in 0..ROUNDS {
        let which = two.found().unwrap_or(0);
        two.turn(1 - which);
        let mut child = site.command(&BUILD).stderr(Stdio::null()).spawn().expect("it starts");
        while child.try_wait().expect("asked").is_none() && !journal.exists() {
            std::hint::spin_loop();
        }
        std::thread::sleep(std::time::Duration::from_micros(u64::from(round) * 150));
        child.kill().ok();
        child.wait().expect("ended");
        between += u32::from(two.found().is_none());
        // The sources are the old ones again: a build that compares only the sources would see nothing new.
        two.builds(which);
        assert!(!site.path(".public.patchpress").exists(), "a left-over beside the output");
    }
    assert!(between > 0, "none of {ROUNDS} builds was killed while it published");
}

/// Large sites are not checked file by file: the journal tells.
#[test]
fn with_nothing_new_too_a_journal_is_finished() {
    let site = Site::new();
    let two = Two::new(&site);
    two.builds(0);
    site.write(
        ".public.patchpress/journal",
        "patchpress journal 1\nput new.html\nremove robots.txt\nend\n",
    );
    site.write(".public.patchpress/tree/new.html", "n");
    site.run(&BUILD).succeeds();
    assert!(!site.path(".public.patchpress").exists(), "nobody finished it");
    assert!(site.path("public/robots.txt").exists(), "what was removed came back");
}

/// The program under a limit: no file may have more than 4 kB. Apart from its message, the system behaves as with a
/// full disk.
#[test]
fn a_file_that_cannot_be_written_leaves_the_last_site() {
    let site = Site::new();
    let two = Two::new(&site);
    two.builds(0);
    two.turn(1);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" build --allow-shrink"]);
    command.arg(env!("CARGO_BIN_EXE_patchpress")).current_dir(site.root());
    let ran = site.ran(&mut command);
    assert_eq!(ran.code(), 2, "{}", ran.talk());
    assert!(ran.talk().starts_with("patchpress: error: cannot write `SITE/"), "{}", ran.talk());
    assert!(ran.talk().contains("File too large"), "{}", ran.talk());
    assert_eq!(two.shown(), 0);
    assert!(!site.path(".public.patchpress").exists(), "a left-over beside the output");
    two.builds(1);
}

/// Runs a shell script in the site's folder, with its own file systems; `$PP` is the program. `None` if the system
/// allows no mounts.
fn with_disks(site: &Site, script: &str) -> Option<String> {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-euc", script]).current_dir(site.root());
    let output = command.env("PP", env!("CARGO_BIN_EXE_patchpress")).output();
    let said = output.as_ref().map(|o| String::from_utf8_lossy(&o.stderr).into_owned());
    let said = said.unwrap_or_default();
    if !output.is_ok_and(|output| output.status.success()) {
        let is_forbidden = !site.path("mounted").exists();
        assert!(is_forbidden, "{said}");
        eprintln!("skipped: no disk of a size of our own can be had: {said}");
        return None;
    }
    Some(said)
}

/// The output is a mount point, like a container's volume: nothing can be renamed into it.
#[test]
fn a_site_on_a_disk_of_its_own_is_published_and_finished() {
    let site = Site::new();
    let two = Two::new(&site);
    two.turn(0);
    let script = "mkdir public; mount -t tmpfs none public; touch mounted
        $PP build --allow-shrink; cp -a public first
        mkdir -p .public.patchpress/tree
        printf 'patchpress journal 1\\nput robots.txt\\nput new.html\\nend\\n' >.public.patchpress/journal
        echo n >.public.patchpress/tree/new.html
        $PP build --allow-shrink; cp -a public second";
    if with_disks(&site, script).is_none() {
        return;
    }
    for name in ["first", "second"] {
        let mut found = tree(&site.path(name));
        // The journal put it there; it is in no list.
        found.remove(Path::new("new.html"));
        assert!(found == two.trees[0], "{name}");
    }
    assert!(!site.path(".public.patchpress").exists(), "a left-over beside the output");
}

#[test]
fn a_full_disk_leaves_the_last_site_and_state() {
    let site = Site::new();
    let two = Two::new(&site);
    two.turn(1);
    // Everything is on one disk, which is full except for some kilobytes.
    let script = "mkdir disk; mount -t tmpfs -o size=64m none disk; touch mounted
        cp -a site.toml list disk; cd disk
        sed -i 's/Other/One/' site.toml; git --git-dir=list/git/0.git update-ref refs/heads/master $ONE
        $PP build --allow-shrink 2>../said; cp -a public ../before
        sed -i 's/One/Other/' site.toml; git --git-dir=list/git/0.git update-ref refs/heads/master $OTHER
        for free in 0 4 100 300 600 900; do
            dd if=/dev/zero of=fill bs=64k 2>/dev/null || true
            truncate -s -${free}k fill
            code=0; $PP build --allow-shrink 2>../said-$free || code=$?
            echo $code >../code-$free; cp -a public ../after-$free
            rm fill
        done
        $PP build --allow-shrink; cp -a public ../mended; ls -A >../left";
    let script = script.replace("$ONE", &two.commits[0]).replace("$OTHER", &two.commits[1]);
    if with_disks(&site, &script).is_none() {
        return;
    }
    let of = |name: &str| tree(&site.path(name));
    assert!(of("before") == two.trees[0]);
    let mut failed = 0;
    for free in [0, 4, 100, 300, 600, 900] {
        let read = |name: &str| fs::read_to_string(site.path(&format!("{name}-{free}")));
        let (code, said) = (read("code").expect("a code"), read("said").expect("words"));
        let is_new = code == "0\n";
        failed += usize::from(!is_new);
        assert!(is_new || said.contains("No space left on device"), "{free}: {code}{said}");
        assert!(
            of(&format!("after-{free}")) == two.trees[usize::from(is_new)],
            "{free} kB are free: {code}{said}"
        );
        if is_new {
            break;
        }
    }
    assert!(failed > 1, "the disk was never full");
    assert!(of("mended") == two.trees[1]);
    let left = fs::read_to_string(site.path("left")).expect("names");
    assert!(!left.contains(".public.patchpress"), "{left}");
}

#[test]
fn state_that_cannot_be_kept_costs_time_and_nothing_else() {
    let site = Site::new();
    let two = Two::new(&site);
    two.turn(1);
    let script = "mkdir .patchpress; mount -t tmpfs -o size=16k none .patchpress; touch mounted
        $PP build --allow-shrink; $PP build --allow-shrink; cp -a public again
        dd if=/dev/zero of=.patchpress/fill bs=4k 2>/dev/null || true
        sed -i 's/Other/One/' site.toml; git --git-dir=list/git/0.git update-ref refs/heads/master $ONE
        $PP build --allow-shrink; cp -a public full; rm .patchpress/fill
        mount -o remount,size=64m .patchpress; $PP build --allow-shrink; $PP build --allow-shrink; cp -a public mended";
    if with_disks(&site, &script.replace("$ONE", &two.commits[0])).is_none() {
        return;
    }
    assert!(tree(&site.path("again")) == two.trees[1]);
    assert!(tree(&site.path("full")) == two.trees[0]);
    assert!(tree(&site.path("mended")) == two.trees[0]);
}

#[test]
fn a_full_disk_leaves_a_mirror_as_it_was() {
    let site = Site::new();
    let upstream = Repo::new(site.path("up/git/0.git"));
    upstream.add("one");
    let small = upstream.add("two");
    // Text that does not compress: four megabytes of digits of a pseudo-random sequence.
    let mut seed = 1_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:016x}\n", seed >> 1)
    };
    let long: String = (0..250_000).map(|_| word()).collect();
    let large = upstream.add_mail(&format!(
        "From: Ada <ada@example.org>\nSubject: long\nMessage-ID: <long@example.org>\n\n{long}"
    ));
    let up = site.path("up");
    let list = format!("[[lists]]\nname = \"lantern\"\nmirror = \"{}\"\n", up.display());
    site.write("site.toml", &list);
    let script = "mkdir archives; mount -t tmpfs -o size=1m none archives; touch mounted
        code=0; $PP sync --tries 1 2>said-new || code=$?; echo $code >code-new
        ls archives/lantern/git >left
        git --git-dir=up/git/0.git update-ref refs/heads/master $SMALL
        $PP sync; $PP build 2>said-small
        git --git-dir=up/git/0.git update-ref refs/heads/master $LARGE
        code=0; $PP sync --tries 1 2>said-more || code=$?; echo $code >code-more
        $PP build 2>said-after
        mount -o remount,size=64m archives
        $PP sync 2>said-mended; $PP build 2>said-all
        git --git-dir=archives/lantern/git/0.git fsck --no-dangling";
    let script = script.replace("$SMALL", &small).replace("$LARGE", &large);
    if with_disks(&site, &script).is_none() {
        return;
    }
    let read = |name: &str| fs::read_to_string(site.path(name)).expect(name);
    assert_eq!((&*read("code-new"), &*read("code-more")), ("2\n", "1\n"), "{}", read("said-new"));
    assert_eq!(read("left"), "", "half a mirror");
    for said in ["said-small", "said-after"] {
        assert!(read(said).starts_with("2 mails: "), "{}", read(said));
    }
    assert_eq!(read("said-mended"), "lantern: epoch 0: 1 new message\n");
    assert!(read("said-all").starts_with("3 mails: "), "{}", read("said-all"));
}

#[test]
fn an_epoch_that_is_gone_and_comes_back() {
    let site = Site::new();
    let epoch = |number: u32| Repo::new(site.path(&format!("list/git/{number}.git")));
    let (first, second) = (epoch(0), epoch(1));
    for (number, mail) in bare().iter().take(40).enumerate() {
        let to = if number < 20 { &first } else { &second };
        to.add_mail(&String::from_utf8_lossy(mail));
    }
    settings(&site, "");
    let anew = |site: &Site| {
        let elsewhere = tempfile::tempdir().expect("a folder");
        cold(site, &elsewhere.path().join("public"));
        tree(&elsewhere.path().join("public"))
    };
    let built = || {
        site.run(&BUILD).succeeds();
        tree(&site.path("public"))
    };
    let both = built();
    for number in [0, 1] {
        let path = site.path(&format!("list/git/{number}.git"));
        fs::rename(&path, site.path("gone")).expect("moved");
        let stopped = site.run(&["build"]);
        assert_eq!(stopped.code(), 2, "{}", stopped.talk());
        assert!(stopped.talk().contains("had 40 messages"), "{}", stopped.talk());
        assert!(tree(&site.path("public")) == both, "the site gave way");
        let one = built();
        assert!(one != both && one == anew(&site), "without epoch {number}");
        fs::rename(site.path("gone"), &path).expect("moved back");
        assert!(built() == both, "with epoch {number} again");
    }
}

/// Damage by a power cut or a bad disk to a repository whose mails are in one pack.
const DAMAGES: [(&str, &str, &str); 5] = [
    ("nothing of a pack", "truncate -s 0 objects/pack/*.pack", ".pack` is truncated"),
    ("half a pack", "truncate -s 200 objects/pack/*.pack", ".pack` is truncated"),
    ("no pack", "rm -rf objects/pack/*", "its newest commit, "),
    (
        "an empty branch",
        "rm -f packed-refs; mkdir -p refs/heads; : >refs/heads/master",
        "one of its",
    ),
    // Repositories that patchpress reads although git does not.
    ("an empty HEAD", ": >HEAD", ""),
];

#[test]
fn a_damaged_mirror_is_reported_and_fetched_again() {
    for (what, deed, words) in DAMAGES {
        let site = Site::new();
        let upstream = Repo::new(site.path("up/git/0.git"));
        ["one", "two", "three"].iter().for_each(|word| drop(upstream.add(word)));
        upstream.git(&["repack", "-adq"], "");
        let up = site.path("up");
        let list = format!("[[lists]]\nname = \"lantern\"\nmirror = \"{}\"\n", up.display());
        site.write("site.toml", &list);
        site.run(&["sync"]).succeeds();
        site.run(&["build"]).succeeds();
        let before = tree(&site.path("public"));
        let mirror = site.path("archives/lantern/git/0.git");
        let deed = format!("git repack -adq; chmod -R u+w .; {deed}");
        let done = Command::new("sh").args(["-ec", &deed]).current_dir(&mirror).status();
        assert!(done.expect("sh runs").success(), "{what}");
        // Something else is new too, so that the build has work to do.
        site.write("content/about.md", "# About\n");
        let built = site.run(&["build"]);
        let talk = built.talk();
        if words.is_empty() {
            assert!(talk.starts_with("3 mails: "), "{what}: {talk}");
        } else {
            assert_eq!(built.code(), 2, "{what}: {talk}");
            assert!(talk.contains("archives/lantern") && talk.contains(words), "{what}: {talk}");
            assert!(tree(&site.path("public")) == before, "{what}: the last good site is gone");
        }
        fs::remove_file(site.path("content/about.md")).expect("removed");
        let synced = site.run(&["sync"]).succeeds().talk();
        assert!(synced.starts_with("lantern: epoch 0: "), "{what}: {synced}");
        let built = site.run(&["build"]).succeeds().talk();
        assert!(built.starts_with("3 mails: "), "{what}: {built}");
        assert!(tree(&site.path("public")) == before, "{what}: the site is another one");
        let names = fs::read_dir(site.path("archives/lantern/git")).expect("a folder");
        let names: Vec<_> = names.map(|entry| entry.expect("readable").file_name()).collect();
        assert_eq!(names.len(), 2, "{what}: {names:?}");
    }
}
