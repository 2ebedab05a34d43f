//! The verbs, as people and scripts use them.

use std::{fs, io::Read, process::Stdio};

use crate::{
    preview::{Preview, status},
    site::{Site, tree},
};

#[test]
fn a_build_says_what_it_did_and_the_next_has_nothing_to_do() {
    let site = Site::new();
    let first = site.run(&["build", "--base-url", "https://example.org/x"]);
    let talk = first.succeeds().talk();
    assert!(talk.starts_with("2 mails: 2 messages, in 1 series and 1 digest\n"), "{talk}");
    assert_eq!(first.data(), "");
    let second = site.run(&["build", "--base-url", "https://example.org/x/"]);
    assert!(second.succeeds().talk().contains(": 0 written, "), "{}", second.talk());
    assert_eq!(site.run(&["-q", "build"]).succeeds().talk(), "");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let site = Site::new();
    let build = |name: &str, jobs: &str, zone: &str, locale: &str| {
        let mut command = site.command(&["build", "--jobs", jobs, "--output-dir", name]);
        let ran = command.env("TZ", zone).env("LC_ALL", locale).output().expect("run");
        assert!(ran.status.success());
        tree(&site.path(name))
    };
    let one = build("one", "1", "Pacific/Auckland", "C");
    assert_eq!(one, build("many", "4", "America/New_York", "tr_TR.UTF-8"));
    assert!(one.len() > 5);
}

#[test]
fn the_environment_and_the_flag_name_the_base_url() {
    let site = Site::new();
    let home = |args: &[&str]| {
        let mut command = site.command(args);
        let ran = command.env("PATCHPRESS_BASE_URL", "https://env.example.org/p").output();
        assert!(ran.expect("run").status.success());
        fs::read_to_string(site.path("public/index.html")).expect("a home page")
    };
    assert!(home(&["build"]).contains("https://env.example.org/p/"));
    assert!(
        home(&["build", "-u", "https://flag.example.org"]).contains("https://flag.example.org/")
    );
}

#[test]
fn findings_give_exit_code_one_on_request() {
    let site = Site::new();
    assert_eq!(site.run(&["build", "--strict"]).code(), 0);
    let mbox = fs::read_to_string(site.path("list.mbox")).expect("read");
    let odd = mbox.replace("Date: Mon, 23 Feb 2026 11:00:00 +0000", "Date: once upon a time");
    site.write("list.mbox", &odd);
    assert_eq!(site.run(&["build"]).code(), 0);
    let ran = site.run(&["-q", "build", "--strict"]);
    assert_eq!(ran.code(), 1, "{}", ran.talk());
    assert!(ran.talk().contains("note: "), "{}", ran.talk());
}

#[test]
fn init_makes_a_site_of_an_archive_in_one_command() {
    let site = Site::new();
    let ran = site.run(&["init", "new", "--list", "list.mbox", "--github-pages"]);
    ran.succeeds();
    let made: Vec<_> = tree(&site.path("new")).into_keys().collect();
    let made: Vec<_> = made.iter().map(|path| path.display().to_string()).collect();
    let [workflow, ignored, about, note, settings] = made.as_slice() else { panic!("{made:?}") };
    assert_eq!(
        [workflow, ignored, about, settings],
        [".github/workflows/pages.yml", ".gitignore", "content/about.md", "site.toml"]
    );
    assert!(note.starts_with("content/digests/20"), "{note}");
    site.run(&["--root", "new", "build"]).succeeds();
    assert!(site.path("new/public/index.html").exists());
    site.run(&["init", "new"])
        .refuses("there is a site in `new` already\nhint: `patchpress serve` shows it");
}

#[test]
fn init_writes_over_nothing() {
    let site = Site::new();
    site.write("new/.gitignore", "mine\n");
    let ran = site.run(&["init", "new", "--list", "https://lists.example.org/lantern/"]);
    assert!(ran.succeeds().talk().contains(".gitignore exists already"), "{}", ran.talk());
    assert_eq!(fs::read_to_string(site.path("new/.gitignore")).expect("read"), "mine\n");
    let settings = fs::read_to_string(site.path("new/site.toml")).expect("read");
    assert!(
        settings.contains("permalink = \"https://lists.example.org/lantern/{id}/\""),
        "{settings}"
    );
    assert!(settings.contains("\nmirror = \"https://lists.example.org/lantern\"\n"), "{settings}");
    assert!(ran.talk().contains("  patchpress sync\n"), "{}", ran.talk());
}

#[test]
fn the_repository_s_site_toml_shows_every_key_with_its_default() {
    let shown = include_str!("../../site.toml");
    for key in [
        "title",
        "description",
        "base_url",
        "theme",
        "language",
        "timezone",
        "[[lists]]",
        "name",
        "address",
        "archive",
        "# mirror",
        "permalink",
        "[digest]",
        "period",
        "top",
        "from",
        "[feeds]",
        "entries",
        "[build]",
        "output",
    ] {
        assert!(shown.lines().any(|line| line.starts_with(key)), "{key} is not shown");
    }
    let site = Site::new();
    let without: Vec<_> = shown.lines().filter(|line| !line.contains("# default")).collect();
    let build = |settings: &str| {
        let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/content/archives/lantern-devel.mbox");
        site.write("content/archives/.keep", "");
        fs::copy(demo, site.path("content/archives/lantern-devel.mbox")).expect("copy");
        site.write("site.toml", settings);
        site.run(&["build"]).succeeds();
        tree(&site.path("public"))
    };
    let own =
        "title = \"Lantern\"\ndescription = \"What is posted on lantern-devel, week by week.\"\n";
    let without = without.join("\n").replacen("[[lists]]", &format!("{own}[[lists]]"), 1);
    let without =
        without.replacen("name = ", "address = \"lantern-devel@lists.example.org\"\nname = ", 1);
    assert!(build(shown) == build(&without), "a value that is shown as the default is not");
}

#[test]
fn a_reader_that_stops_early_is_not_an_error() {
    let site = Site::new();
    let mut child = site
        .command(&["export", "--messages"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("start");
    drop(child.stdout.take());
    let mut talk = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut talk).expect("read");
    assert_eq!((child.wait().expect("end").code(), talk.as_str()), (Some(0), ""));
}

#[test]
fn the_verbs_that_print_need_no_site() {
    let site = Site::new();
    fs::remove_file(site.path("site.toml")).expect("remove");
    let lines = |args: &[&str]| site.run(args).succeeds().data().lines().count();
    assert_eq!(lines(&["export", "list.mbox"]), 1);
    assert_eq!(lines(&["export", "--messages", "list.mbox"]), 2);
    assert_eq!(lines(&["export", "--digests", "list.mbox"]), 1);
    assert_eq!(lines(&["digest", "2026-W09", "list.mbox", "--format", "json"]), 1);
    let digest = site.run(&["digest", "2026-w09", "list.mbox"]);
    assert!(digest.succeeds().data().contains("lamp: Burn brighter"), "{}", digest.data());
    assert_eq!(digest.data(), site.run(&["digest", "list.mbox"]).data());
    let told = site.run(&["inspect", "1@example.org", "list.mbox"]);
    assert!(told.succeeds().data().contains("lamp.c"), "{}", told.data());
    site.run(&["inspect", "nothing", "list.mbox"]).refuses(
        "there is no file and no message `nothing`\nhint: a Message-ID or an address in an archive on the web is looked up in the site's archives, or in those named after it",
    );
}

#[test]
fn help_completions_and_the_manual_are_there() {
    let site = Site::new();
    for verb in ["init", "build", "serve", "digest", "export", "inspect", "people", "completions"] {
        let help = site.run(&["help", verb]);
        assert!(help.succeeds().data().contains("Examples:"), "{verb} does not teach");
    }
    assert!(site.run(&["completions", "bash"]).succeeds().data().contains("patchpress"));
}

/// Packages contain a page for each verb, and every link between pages works.
#[test]
fn every_verb_has_a_manual_page() {
    let site = Site::new();
    let program = site.run(&["man"]).succeeds().data();
    let verbs: Vec<&str> = program
        .lines()
        .filter_map(|line| line.strip_prefix("patchpress\\-")?.strip_suffix("(1)"))
        .collect();
    assert!(verbs.len() > 10 && verbs.contains(&"man"), "{program}");
    for verb in verbs {
        let page = site.run(&["man", verb]).succeeds().data();
        assert!(page.contains(&format!("patchpress\\-{verb} \\- ")), "{page}");
        assert!(page.contains("SYNOPSIS") && page.contains("\\-\\-quiet"), "{page}");
    }
    site.run(&["man", "nothing"])
        .refuses("`nothing` is not a command\nhint: `patchpress help` lists the commands");
}

/// From nothing to a site in a browser: one command.
#[test]
fn a_new_site_is_shown_at_once() {
    let site = Site::new();
    let mut command = site.command(&["init", "new", "--list", "list.mbox", "--serve"]);
    // There is no browser.
    command.env("PATH", "");
    let preview = Preview::begin(command);
    assert!(!preview.said.contains("next:"), "{}", preview.said);
    assert!(preview.said.contains("no list of the site has a mirror"), "{}", preview.said);
    let home = preview.until(&preview.base, |answer| status(answer) == "200");
    assert!(home.contains("lamp: Burn brighter"), "{home}");
}
