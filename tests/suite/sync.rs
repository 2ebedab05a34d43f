//! Mirrors, fetched from repositories on this machine, with faults.

use std::{
    fs,
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    process::Stdio,
    time::{Duration, Instant},
};

use crate::{
    archives::Repo,
    site::{Ran, Site},
};

/// A site whose list mirrors the folder `up`, which has one epoch with two mails.
struct Mirrored {
    site: Site,
    upstream: Repo,
}

impl Mirrored {
    fn new() -> Self {
        let site = Site::new();
        let up = site.path("up");
        let list = format!("[[lists]]\nname = \"lantern\"\nmirror = \"{}\"\n", up.display());
        site.write("site.toml", &list);
        let upstream = Repo::new(up.join("git/0.git"));
        upstream.add("one");
        upstream.add("two");
        Self { site, upstream }
    }

    /// The same, with upstream as an address: git uses no settings for a remote that is a path.
    fn addressed() -> Self {
        let world = Self::new();
        let settings = fs::read_to_string(world.site.path("site.toml")).expect("settings");
        world.site.write("site.toml", &settings.replace("mirror = \"", "mirror = \"file://"));
        world
    }

    /// The output of a `sync` without faults, of the next one, and so on.
    fn says(&self, words: &str) {
        assert_eq!(self.site.run(&["sync"]).succeeds().talk(), words);
    }

    /// The number of mails from which the site is built.
    fn mails(&self) -> String {
        let talk = self.site.run(&["build"]).succeeds().talk();
        talk.split(' ').next().unwrap_or_default().to_owned()
    }

    /// Runs `sync` with a git that does `deed` instead of a fetch.
    fn with_fetch(&self, deed: &str, args: &[&str]) -> Ran {
        self.site.ran(&mut self.faulty(deed, args))
    }

    fn faulty(&self, deed: &str, args: &[&str]) -> std::process::Command {
        let script = format!(
            "#!/bin/sh\ncase \" $* \" in *\" fetch \"*) {deed};; esac\nPATH=$REAL exec git \"$@\"\n"
        );
        self.site.write("bin/git", &script);
        let program = self.site.path("bin/git");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
        let real = std::env::var("PATH").expect("a path");
        let mut command = self.site.command(&[&["sync"], args].concat());
        let path = format!("{}:{real}", self.site.path("bin").display());
        command.env("REAL", real).env("PATH", path);
        command
    }
}

#[test]
fn a_mirror_begins_and_is_kept_up() {
    let world = Mirrored::new();
    world.says("lantern: epoch 0: new, with 2 messages\n");
    assert_eq!(world.mails(), "2");
    world.says("lantern: epoch 0: nothing new\n");
    world.upstream.add("three");
    world.says("lantern: epoch 0: 1 new message\n");
    Repo::new(world.site.path("up/git/1.git")).add("four");
    world.says("lantern: epoch 0: nothing new\nlantern: epoch 1: new, with 1 message\n");
    assert_eq!(world.mails(), "4");
    assert_eq!(world.site.run(&["-q", "sync", "lantern"]).succeeds().talk(), "");
}

#[test]
fn a_single_repository_is_a_mirror_too() {
    let world = Mirrored::new();
    let up = world.site.path("up/git/0.git");
    let list = format!("[[lists]]\nname = \"lantern\"\nmirror = \"file://{}\"\n", up.display());
    world.site.write("site.toml", &list);
    world.says("lantern: epoch 0: new, with 2 messages\n");
    world.says("lantern: epoch 0: nothing new\n");
    assert_eq!(world.mails(), "2");
}

#[test]
fn a_purge_upstream_is_followed() {
    let world = Mirrored::new();
    world.says("lantern: epoch 0: new, with 2 messages\n");
    world.upstream.git(&["update-ref", "-d", "refs/heads/master"], "");
    world.upstream.add("one");
    world.says("lantern: epoch 0: its history was rewritten upstream; it has 1 message now\n");
    assert_eq!(world.mails(), "1");
}

#[test]
fn what_is_gone_upstream_stays() {
    let world = Mirrored::new();
    Repo::new(world.site.path("up/git/1.git")).add("three");
    world.says("lantern: epoch 0: new, with 2 messages\nlantern: epoch 1: new, with 1 message\n");
    fs::remove_dir_all(world.site.path("up/git/1.git")).expect("gone");
    world.says(
        "lantern: epoch 0: nothing new\nlantern: epoch 1: no longer upstream; the mirror keeps it\n",
    );
    fs::rename(world.site.path("up"), world.site.path("away")).expect("gone");
    let ran = world.site.run(&["sync"]);
    assert_eq!(ran.code(), 1, "{}", ran.talk());
    assert!(ran.talk().contains("lantern: epoch 0: not brought up to date: "), "{}", ran.talk());
    assert_eq!(world.mails(), "3");
}

#[test]
fn only_what_came_since_a_date() {
    let mut world = Mirrored::new();
    world.upstream.now += 1_000_000;
    world.upstream.add("three");
    let ran = world.site.run(&["sync", "--since", "2023-11-20"]);
    assert_eq!(ran.succeeds().talk(), "lantern: epoch 0: new, with 1 message\n");
    assert_eq!(world.mails(), "1");
    world.upstream.add("four");
    world.says("lantern: epoch 0: 1 new message\n");
    assert_eq!(world.mails(), "2");
}

#[test]
fn epochs_that_are_older_than_a_date_are_left_out() {
    let mut world = Mirrored::new();
    let mut newer = Repo::new(world.site.path("up/git/1.git"));
    newer.now += 1_000_000;
    newer.add("three");
    newer.now += 1_000_000;
    newer.add("four");
    let ran = world.site.run(&["sync", "--since", "2024-01-01"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.talk().contains("has nothing since `2024-01-01`\n"), "{}", ran.talk());
    let ran = world.site.run(&["sync", "--since", "2023-12-01"]);
    assert_eq!(
        ran.succeeds().talk(),
        "lantern: epoch 0: nothing since then; left out\nlantern: epoch 1: new, with 1 message\n"
    );
    assert_eq!(world.mails(), "1");
    newer.add("five");
    world.upstream.now += 3_000_000;
    world.upstream.add("six");
    world.says("lantern: epoch 1: 1 new message\n");
    // An old epoch that disappears upstream, and was never here, is not missed.
    fs::remove_dir_all(world.site.path("up/git/0.git")).expect("gone");
    newer.add("seven");
    world.says("lantern: epoch 1: 1 new message\n");
    assert_eq!(world.mails(), "3");
}

#[test]
fn the_oldest_epoch_can_disappear_upstream() {
    let world = Mirrored::new();
    let newer = Repo::new(world.site.path("up/git/1.git"));
    newer.add("three");
    world.says("lantern: epoch 0: new, with 2 messages\nlantern: epoch 1: new, with 1 message\n");
    fs::remove_dir_all(world.site.path("up/git/0.git")).expect("gone");
    newer.add("four");
    world.says(
        "lantern: epoch 0: no longer upstream; the mirror keeps it\nlantern: epoch 1: 1 new message\n",
    );
    assert_eq!(world.mails(), "4");
}

#[test]
fn a_transfer_that_is_cut_off_is_tried_again_and_leaves_no_mirror() {
    let world = Mirrored::new();
    let cut = "echo x >>tries; mkdir -p \"$2/objects/pack\"; echo half >\"$2/objects/pack/tmp_pack_1\"; \
               echo 'fatal: early EOF' >&2; exit 128";
    let ran = world.with_fetch(cut, &["--tries", "2"]);
    assert_eq!(ran.code(), 2, "{}", ran.talk());
    assert!(ran.talk().contains("early EOF"), "{}", ran.talk());
    assert_eq!(fs::read_to_string(world.site.path("tries")).expect("tries"), "x\nx\n");
    assert!(!world.site.path("archives/lantern/git/0.git").exists());
    world.says("lantern: epoch 0: new, with 2 messages\n");
    assert!(!world.site.path("archives/lantern/git/0.git/objects/pack/tmp_pack_1").exists());
    world.upstream.add("three");
    let ran = world.with_fetch(cut, &["--tries", "1"]);
    assert_eq!(ran.code(), 1, "{}", ran.talk());
    assert_eq!(world.mails(), "2", "the mirror is as it was");
    world.says("lantern: epoch 0: 1 new message\n");
    assert_eq!(world.mails(), "3");
}

/// A git whose fetches are interrupted, except for those of a step, which fetch two messages.
const ONE_STEP: &str = "case \" $* \" in *\" --depth=10000 \"*) \
    for word; do [ \"$word\" != --depth=10000 ] || word=--depth=2; set -- \"$@\" \"$word\"; shift; done ;; \
    *) echo 'fatal: early EOF' >&2; exit 128 ;; esac";
/// A git that only continues an existing step.
const GO_ON: &str =
    "case \" $* \" in *\" --deepen=\"*) ;; *) echo 'fatal: anew' >&2; exit 128 ;; esac";

#[test]
fn what_came_before_a_transfer_was_cut_off_stays() {
    let world = Mirrored::new();
    for word in ["three", "four", "five"] {
        world.upstream.add(word);
    }
    // If one transfer does not fetch everything, steps do.
    let whole =
        "case \" $* \" in *\" --depth=\"*) ;; *) echo 'fatal: early EOF' >&2; exit 128 ;; esac";
    let ran = world.with_fetch(whole, &["--tries", "2"]);
    assert_eq!(ran.succeeds().talk(), "lantern: epoch 0: new, with 5 messages\n");
    let (mirror, part) = ("archives/lantern/git/0.git", "archives/lantern/git/.0.git.part");
    let begin = || {
        fs::remove_dir_all(world.site.path(mirror)).ok();
        let ran = world.with_fetch(ONE_STEP, &["--tries", "2"]);
        assert_eq!(ran.code(), 2, "{}", ran.talk());
        assert!(world.site.path(part).join("shallow").exists(), "{}", ran.talk());
        assert!(!world.site.path(mirror).exists());
    };
    // The next run continues after a complete step.
    begin();
    world.upstream.add("six");
    let ran = world.with_fetch(GO_ON, &["--tries", "1"]);
    assert_eq!(ran.succeeds().talk(), "lantern: epoch 0: new, with 6 messages\n");
    assert!(!world.site.path(mirror).join("shallow").exists());
    assert_eq!(world.mails(), "6");
    // It does not continue after a step from another source, or a damaged one.
    for (file, text) in
        [("description", "elsewhere"), ("packed-refs", "nonsense"), ("shallow", "x")]
    {
        begin();
        fs::remove_dir_all(world.site.path(part).join("refs")).expect("it is a repository");
        world.site.write(&format!("{part}/{file}"), text);
        // If continuing fails, the following run starts again.
        world.site.run(&["-q", "sync", "--tries", "1"]);
        world.site.run(&["sync"]).succeeds();
        assert_eq!(world.mails(), "6", "{file}");
    }
}

/// The mirror of a mirror that begins at a date ends there, also when fetched in steps.
#[test]
fn an_upstream_without_its_beginning_is_mirrored_as_far_as_it_goes() {
    let world = Mirrored::new();
    for word in ["three", "four", "five"] {
        world.upstream.add(word);
    }
    let (whole, cut) = (world.site.path("up/git/0.git"), world.site.path("up/git/cut.git"));
    let source = format!("file://{}", whole.display());
    let cut_arg = cut.display().to_string();
    world.upstream.git(&["clone", "--quiet", "--bare", "--depth=3", &source, &cut_arg], "");
    fs::remove_dir_all(&whole).expect("removed");
    fs::rename(&cut, &whole).expect("renamed");
    let steps = "case \" $* \" in *\" --de\"*) ;; *) echo 'fatal: early EOF' >&2; exit 128 ;; esac";
    let ran = world.with_fetch(steps, &["--tries", "2"]);
    assert_eq!(ran.succeeds().talk(), "lantern: epoch 0: new, with 3 messages\n");
    assert_eq!(world.mails(), "3");
}

#[test]
fn a_transfer_that_hangs_is_given_up() {
    let world = Mirrored::new();
    let begun = Instant::now();
    let ran = world.with_fetch("exec sleep 60", &["--tries", "1", "--timeout", "1"]);
    assert!(ran.talk().contains("longer than 1 second"), "{}", ran.talk());
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    world.says("lantern: epoch 0: new, with 2 messages\n");
}

#[test]
fn an_upstream_that_breaks_off_half_way_leaves_the_mirror_as_it_was() {
    let world = Mirrored::new();
    world.says("lantern: epoch 0: new, with 2 messages\n");
    let commit = world.upstream.add("three");
    let mail = world.upstream.git(&["rev-parse", &format!("{commit}:m")], "");
    let object = world.site.path("up/git/0.git/objects").join(&mail[..2]).join(&mail[2..]);
    fs::rename(&object, world.site.path("away")).expect("moved");
    let ran = world.site.run(&["sync", "--tries", "1"]);
    assert_eq!(ran.code(), 1, "{}", ran.talk());
    assert!(ran.talk().contains("lantern: epoch 0: not brought up to date: "), "{}", ran.talk());
    assert_eq!(world.mails(), "2");
    fs::rename(world.site.path("away"), object).expect("moved back");
    world.says("lantern: epoch 0: 1 new message\n");
    assert_eq!(world.mails(), "3");
}

/// Kills a run and all processes that it started, like a machine that goes down.
fn kill_all(mut run: std::process::Child) -> bool {
    let group = format!("-{}", run.id());
    std::process::Command::new("kill").args(["-9", "--", &group]).status().expect("killed");
    !run.wait().expect("ended").success()
}

#[test]
fn killed_at_any_moment_it_is_mended_by_the_next_run() {
    const MOMENTS: u32 = 24;
    let world = Mirrored::new();
    let begun = Instant::now();
    world.says("lantern: epoch 0: new, with 2 messages\n");
    let mut whole = begun.elapsed();
    let mirror = world.site.path("archives/lantern/git/0.git");
    let (mut killed, mut runs) = (0, 0);
    // The duration of a run depends on other load: a run that ended before its kill gives the new duration, and is
    // not counted.
    while killed < MOMENTS {
        let moment = runs;
        runs += 1;
        assert!(runs < 10 * MOMENTS, "only {killed} of {runs} runs were killed");
        // A new mirror, or an existing one with something to fetch.
        if moment % 2 == 0 {
            fs::remove_dir_all(&mirror).ok();
        }
        world.upstream.add(&format!("mail {moment}"));
        let mut command = world.site.command(&["sync", "--tries", "1"]);
        let run = command.stderr(Stdio::null()).process_group(0).spawn().expect("it starts");
        let begun = Instant::now();
        std::thread::sleep(whole * killed / MOMENTS);
        match kill_all(run) {
            true => killed += 1,
            false => whole = whole.min(begun.elapsed()) * 9 / 10,
        }
        if mirror.exists() {
            world.mails();
        }
        if moment % 3 == 2 {
            // A killed git needs a moment to end and release its lock.
            let killed = Instant::now();
            while world.site.run(&["sync"]).code() != 0 {
                assert!(killed.elapsed() < Duration::from_secs(120), "it is not mended");
                std::thread::sleep(Duration::from_millis(50));
            }
            assert_eq!(world.mails(), (moment + 3).to_string());
        }
    }
}

#[test]
fn the_remains_of_a_killed_git_block_nobody() {
    let world = Mirrored::new();
    let at = "archives/lantern/git";
    world.site.write(&format!("{at}/.0.git.part/config.lock"), "");
    world.site.write(&format!("{at}/.0.git.part/HEAD"), "");
    world.says("lantern: epoch 0: new, with 2 messages\n");
    let left = [
        "packed-refs.lock",
        "HEAD.lock",
        "shallow.lock",
        "refs/heads/master.lock",
        "objects/maintenance.lock",
    ];
    let left = left.iter().chain(&["objects/pack/tmp_pack_1", "objects/pack/tmp_idx_1"]);
    for name in left.clone() {
        world.site.write(&format!("{at}/0.git/{name}"), "");
    }
    world.upstream.add("three");
    world.says("lantern: epoch 0: 1 new message\n");
    assert_eq!(world.mails(), "3");
    for name in left {
        assert!(!world.site.path(&format!("{at}/0.git/{name}")).exists(), "{name} is still there");
    }
}

#[test]
fn a_git_whose_patchpress_was_killed_is_not_taken_for_dead() {
    let world = Mirrored::new();
    world.says("lantern: epoch 0: new, with 2 messages\n");
    world.upstream.add("three");
    let slow = "touch begun; while [ ! -e go ]; do sleep 0.05; done";
    let mut run = world.faulty(slow, &[]).stderr(Stdio::null()).spawn().expect("it starts");
    while !world.site.path("begun").exists() {
        std::thread::sleep(Duration::from_millis(20));
    }
    run.kill().expect("killed");
    run.wait().expect("ended");
    let ran = world.site.run(&["sync"]);
    assert!(ran.talk().contains("another `patchpress sync` is running"), "{}", ran.talk());
    world.site.write("go", "");
    let begun = Instant::now();
    while world.site.run(&["-q", "sync"]).code() != 0 {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never ends");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(world.mails(), "3");
}

#[test]
fn what_cannot_be_is_said() {
    let world = Mirrored::new();
    world.site.run(&["build"]).refuses(
        "there is no archive at `SITE/archives/lantern`\nhint: `patchpress sync` fetches it",
    );
    world.site.run(&["sync", "lamp"]).refuses("no list is called `lamp`\nhint: there is lantern");
    fs::remove_dir_all(world.site.path("up")).expect("gone");
    let ran = world.site.run(&["sync"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.talk().starts_with("patchpress: error: "), "{}", ran.talk());
    let plain = Site::new();
    let none = plain.run(&["sync"]);
    let said = none.succeeds().talk();
    assert!(
        said.starts_with("no list of the site has a mirror: there is nothing to fetch\nhint: "),
        "{said}"
    );
    assert_eq!(plain.run(&["-q", "sync"]).succeeds().talk(), "");
    let named = plain.run(&["sync", "list"]);
    assert!(named.code() == 2 && named.talk().contains("has no mirror"), "{}", named.talk());
    plain.write("site.toml", "[[lists]]\nname = \"x\"\nmirror = \"--upload-pack=touch x\"\n");
    assert!(plain.run(&["sync"]).talk().contains("site.toml:3:10: `mirror` is the address"));
}

/// An existing mirror that lacks one mail of upstream.
fn behind() -> Mirrored {
    let world = Mirrored::new();
    world.says("lantern: epoch 0: new, with 2 messages\n");
    world.upstream.add("three");
    world
}

const MIRROR: &str = "archives/lantern/git/0.git";

#[test]
fn no_program_that_a_mirror_names_is_run() {
    let world = Mirrored::addressed();
    world.says("lantern: epoch 0: new, with 2 messages\n");
    let site = &world.site;
    let run = site.path("ran").display().to_string();
    site.write("p", &format!("#!/bin/sh\necho x >>{run}\nexit 1\n"));
    fs::set_permissions(site.path("p"), fs::Permissions::from_mode(0o755)).expect("a program");
    let (p, up) = (site.path("p").display().to_string(), site.path("up/git/0.git"));
    let up = format!("file://{}", up.display());
    site.write(
        "more",
        &format!("[core]\n\tgitProxy = {p}\n[url \"git://127.0.0.1/\"]\n\tinsteadOf = file://\n"),
    );
    let more = site.path("more").display().to_string();
    for config in [
        format!("[remote \"{up}\"]\n\tuploadpack = \"{p}; git-upload-pack\"\n"),
        format!("[remote \"{up}\"]\n\tvcs = ext\n\turl = ext::{p}\n"),
        format!("[core]\n\tgitProxy = {p}\n[url \"git://127.0.0.1:1/\"]\n\tinsteadOf = file://\n"),
        format!(
            "[core]\n\tsshCommand = {p}\n[url \"ssh://127.0.0.1:1/\"]\n\tinsteadOf = file://\n"
        ),
        format!("[credential]\n\thelper = \"!{p}\"\n[core]\n\taskPass = {p}\n"),
        format!(
            "[core]\n\talternateRefsCommand = \"{p}; true\"\n\tfsmonitor = {p}\n\tpager = {p}\n"
        ),
        format!("[core]\n\thooksPath = {}\n\teditor = {p}\n", site.root().display()),
        format!(
            "[uploadpack]\n\tpackObjectsHook = {p}\n[gc]\n\trecentObjectsHook = {p}\n\tauto = 1\n"
        ),
        format!("[alias]\n\tfetch = !{p}\n\trev-parse = !{p}\n[gpg]\n\tprogram = {p}\n"),
        format!("[include]\n\tpath = {more}\n[includeIf \"gitdir:**\"]\n\tpath = {more}\n"),
        format!(
            "[filter \"x\"]\n\tsmudge = {p}\n\tprocess = {p}\n[diff \"x\"]\n\ttextconv = {p}\n"
        ),
        "[core]\n\tworktree = /\n\tbare = false\n\trepositoryformatversion = 7\n".to_owned(),
        "[remote \"x\"]\n\tpromisor = true\n\tpartialclonefilter = blob:none\n".to_owned(),
        "not a config at all [\0\n".to_owned(),
        String::new(),
    ] {
        for mail in ["four", "five"] {
            let mirror = site.path(MIRROR).join("config");
            let ours = fs::read_to_string(&mirror).expect("settings");
            fs::write(&mirror, format!("{ours}{config}")).expect("written");
            site.write(&format!("{MIRROR}/info/attributes"), "* filter=x diff=x\n");
            world.upstream.add(mail);
            world.says("lantern: epoch 0: 1 new message\n");
            assert!(!site.path("ran").exists(), "run: {config}");
            let after = fs::read_to_string(&mirror).expect("settings");
            assert!(after.lines().count() == 4, "{after}");
        }
    }
}

/// Somebody else's repository may contain the site: its settings do not apply to the mirror.
#[test]
fn a_repository_around_the_site_is_not_asked() {
    let world = Mirrored::addressed();
    let site = &world.site;
    let (run, up) = (site.path("ran"), site.path("up/git/0.git"));
    Repo::new(site.path(".git"));
    let config = format!(
        "[core]\n\tbare = true\n[remote \"file://{}\"]\n\tuploadpack = \"touch {}; git-upload-pack\"\n",
        up.display(),
        run.display()
    );
    site.write(".git/config", &config);
    world.says("lantern: epoch 0: new, with 2 messages\n");
    assert!(!run.exists());
    assert_eq!(fs::read_to_string(site.path(".git/config")).expect("settings"), config);
}

#[test]
fn a_mirror_that_leads_elsewhere_is_refused() {
    let world = behind();
    let site = &world.site;
    let up = site.path("up/git/0.git").display().to_string();
    site.write("mine/x.lock", "mine");
    site.write("mine/tmp_x", "mine");
    site.write("mine/file", "mine");
    let refuses = |why: &str| {
        let ran = site.run(&["sync", "--tries", "1"]);
        assert_eq!(ran.code(), 1, "{}", ran.talk());
        let words = format!(
            "lantern: epoch 0: not brought up to date: {why}\n\
             hint: move `SITE/{MIRROR}` away, and the next `patchpress sync` fetches all of it\n"
        );
        assert_eq!(ran.talk(), words);
        for name in ["x.lock", "tmp_x", "file"] {
            assert_eq!(fs::read_to_string(site.path("mine").join(name)).expect("there"), "mine");
        }
    };
    for (name, text) in [
        ("commondir", up.clone()),
        ("objects/info/alternates", format!("{up}/objects\n")),
        ("objects/info/http-alternates", "https://example.org/objects\n".to_owned()),
    ] {
        site.write(&format!("{MIRROR}/{name}"), &text);
        refuses(&format!("it borrows from another repository (`{name}`)"));
        fs::remove_file(site.path(MIRROR).join(name)).expect("removed");
    }
    let mirror = site.path(MIRROR);
    for (name, to) in [
        ("config", "mine/file"),
        ("objects/pack", "mine"),
        ("refs", "mine"),
        ("shallow", "mine/file"),
        ("FETCH_HEAD", "mine/file"),
        ("logs", "mine"),
        ("objects/00", "mine"),
    ] {
        let place = mirror.join(name);
        let away = site.path("away");
        fs::rename(&place, &away).ok();
        std::os::unix::fs::symlink(site.path(to), &place).expect("a link");
        refuses(&format!("its `{name}` is a link"));
        fs::remove_file(&place).expect("removed");
        fs::rename(&away, &place).ok();
    }
    // The repository itself, which may contain somebody's work.
    let away = site.path("away");
    fs::rename(&mirror, &away).expect("moved");
    std::os::unix::fs::symlink(&away, &mirror).expect("a link");
    refuses("it is a link to another place");
    fs::remove_file(&mirror).expect("removed");
    fs::rename(&away, &mirror).expect("moved back");
    // Reading a pipe would block forever.
    for name in ["config", "packed-refs"] {
        let (place, away) = (mirror.join(name), site.path("away"));
        fs::rename(&place, &away).ok();
        let made = std::process::Command::new("mkfifo").arg(&place).status().expect("mkfifo");
        assert!(made.success());
        refuses(&format!("its `{name}` is neither a file nor a folder"));
        let built = site.run(&["build"]);
        assert_eq!(built.code(), 2);
        assert!(built.talk().contains(&format!("its `{name}` is not a file")), "{}", built.talk());
        fs::remove_file(&place).expect("removed");
        fs::rename(&away, &place).ok();
    }
    let config = fs::read_to_string(mirror.join("config")).expect("settings");
    site.write(&format!("{MIRROR}/config"), "[Extensions]\n\trefStorage = reftable\n");
    refuses("its `config` names extensions, which no mirror of patchpress has");
    site.write(&format!("{MIRROR}/config"), &config);
    world.says("lantern: epoch 0: 1 new message\n");
    // A reference out of the mirror is one.
    site.write(&format!("{MIRROR}/commondir"), &up);
    fs::rename(&mirror, site.path("away")).expect("moved");
    world.says("lantern: epoch 0: new, with 3 messages\n");
    // So is a link in place of the lock file.
    fs::remove_file(site.path("archives/lantern/git/.sync-lock")).expect("there");
    std::os::unix::fs::symlink(
        site.path("mine/file"),
        site.path("archives/lantern/git/.sync-lock"),
    )
    .expect("a link");
    world.says("lantern: epoch 0: nothing new\n");
    assert_eq!(fs::read_to_string(site.path("mine/file")).expect("there"), "mine");
}

#[test]
fn variables_of_another_repository_are_not_heeded() {
    let up = |world: &Mirrored| world.site.path("up/git/0.git").display().to_string();
    for (name, value) in [
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "UP/objects"),
        ("GIT_OBJECT_DIRECTORY", "UP/objects"),
        ("GIT_QUARANTINE_PATH", "UP/objects"),
        ("GIT_COMMON_DIR", "UP"),
        ("GIT_DIR", "UP"),
        ("GIT_NAMESPACE", "x"),
        ("GIT_SHALLOW_FILE", "UP/none"),
        ("GIT_CONFIG_PARAMETERS", "'core.bare=false' 'fetch.prune=no'"),
    ] {
        let world = Mirrored::new();
        let value = value.replace("UP", &up(&world));
        let ran = world.site.ran(world.site.command(&["sync"]).env(name, value));
        assert_eq!(ran.succeeds().talk(), "lantern: epoch 0: new, with 2 messages\n", "{name}");
        assert_eq!(world.mails(), "2", "{name}");
    }
}
