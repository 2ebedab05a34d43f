//! The commands and the settings in the documents work.

use clap::{CommandFactory as _, Parser as _, error::ErrorKind};
use patchpress::args::Args;

use crate::site::Site;

const DOCUMENTS: [(&str, &str); 10] = [
    ("README.md", include_str!("../../README.md")),
    ("about", include_str!("../../content/about.md")),
    ("publish", include_str!("../../content/guide/publish.md")),
    ("follow", include_str!("../../content/guide/follow.md")),
    ("look", include_str!("../../content/guide/look.md")),
    ("data", include_str!("../../content/guide/data.md")),
    ("addresses", include_str!("../../content/guide/addresses.md")),
    ("series", include_str!("../../content/guide/series.md")),
    ("privacy", include_str!("../../content/guide/privacy.md")),
    ("promises", include_str!("../../content/guide/promises.md")),
];

/// The fenced blocks of a language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let begin = format!("```{language}\n");
    let found = document.split(&*begin).skip(1).filter_map(|rest| rest.split_once("\n```"));
    found.map(|(block, _)| format!("{block}\n")).collect()
}

/// The commands of a document: in its blocks and in backticks.
fn commands(document: &str) -> Vec<Vec<String>> {
    let (mut pieces, mut is_fenced) = (Vec::new(), false);
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        } else if is_fenced || line.starts_with("    ") {
            let code = line.split(" #").next().unwrap_or_default();
            pieces.extend(code.split(['|', ';', '&', '{', '}', '$', '>']));
        } else {
            pieces.extend(line.split('`').skip(1).step_by(2));
        }
    }
    let is_ours = |piece: &&str| piece.trim().starts_with("patchpress ");
    let words = |piece: &str| -> Vec<String> {
        piece.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect()
    };
    pieces.into_iter().filter(is_ours).map(words).collect()
}

#[test]
fn every_command_is_one() {
    let mut count = 0;
    for (name, document) in DOCUMENTS {
        for command in commands(document) {
            count += 1;
            match Args::try_parse_from(&command) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::DisplayHelp => {}
                Err(error) => panic!("{name}: {command:?}: {error}"),
            }
        }
    }
    // Its other blocks are not `site.toml`.
    for command in commands(include_str!("../../content/guide/hosts.md")) {
        assert!(Args::try_parse_from(&command).is_ok(), "hosts: {command:?}");
    }
    assert!(count > 25, "only {count} commands were found");
    let verbs = Args::command();
    let all = DOCUMENTS.map(|(_, document)| document).concat();
    for verb in verbs.get_subcommands().map(clap::Command::get_name) {
        let is_told = all.contains(&format!("patchpress {verb}"));
        assert!(is_told, "no document tells of `{verb}`");
    }
}

#[test]
fn every_setting_is_one() {
    let mut count = 0;
    for (name, document) in DOCUMENTS {
        for block in blocks(document, "toml") {
            count += 1;
            let site = Site::new();
            // A file elsewhere, and a folder on another machine.
            let elsewhere =
                |line: &&str| line.starts_with("file =") || line.starts_with("output =");
            let lines: Vec<&str> = block.lines().filter(|line| !elsewhere(line)).collect();
            let lines = lines.join("\n").replace("archives/my-project-devel.mbox", "list.mbox");
            let list = "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n";
            let list = if lines.contains("[[lists]]") { "" } else { list };
            site.write("site.toml", &format!("{lines}\n{list}"));
            let built = site.run(&["build"]);
            assert_eq!(built.code(), 0, "{name}:\n{lines}\n{}", built.talk());
        }
    }
    assert!(count > 4, "only {count} blocks were found");
}

/// The blocks of a document with the files that they belong to: the last path in backticks before each.
fn files(document: &str) -> Vec<(String, String)> {
    let (mut found, mut named) = (Vec::new(), String::new());
    let mut parts = document.split("```");
    while let (Some(text), Some(block)) = (parts.next(), parts.next()) {
        let paths = text.split('`').skip(1).step_by(2).filter(|word| word.contains('/'));
        let is_file = |word: &&str| word.contains('.') && !word.contains(' ');
        paths.filter(is_file).last().iter().for_each(|path| named = (*path).to_owned());
        let (_, block) = block.split_once('\n').unwrap_or_default();
        found.push((named.clone(), block.to_owned()));
    }
    found
}

/// Writes a theme by the guide alone.
#[test]
fn a_theme_as_the_guide_writes_it_is_one() {
    let (_, look) = DOCUMENTS[4];
    let site = Site::new();
    site.run(&["theme", "new", "mine"]).succeeds();
    let extra = blocks(look, "toml").concat();
    let list = "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n";
    site.write("site.toml", &format!("theme = \"mine\"\n{extra}{list}"));
    let mut written: Vec<String> = Vec::new();
    for (path, text) in files(look).iter().filter(|(_, text)| !text.starts_with("[extra]")) {
        site.write(path, text);
        written.push(path.clone());
    }
    assert_eq!(
        written,
        [
            "content/who.md",
            "content/series.yaml",
            "themes/mine/static/mine.css",
            "themes/mine/templates/base.html",
            "themes/mine/templates/series.html",
            "content/board.md",
            "themes/mine/templates/board.html",
        ]
    );
    site.run(&["build"]).succeeds();
    for (path, bytes) in crate::site::tree(&site.path("public")) {
        let page = String::from_utf8_lossy(&bytes);
        if path.extension().is_some_and(|ending| ending == "html") {
            let (first, then) = (page.find("style.css?"), page.find("mine.css?"));
            assert!(first.is_some() && first < then, "{}", path.display());
            assert!(
                page.contains("Run by the list’s own people: the maintainers."),
                "{}",
                path.display()
            );
        }
    }
    let page = |path: &str| std::fs::read_to_string(site.path("public").join(path)).expect(path);
    assert!(page("who/index.html").contains("<h1>Who we are</h1>"));
    let board = page("board/index.html");
    for words in ["Three lists for a Monday.", "lamp: Burn brighter", ">Week 9, 2026</a>"] {
        assert!(board.contains(words), "{words}: {board}");
    }
    let series = site.path("public/series").read_dir().expect("a folder").next();
    let series = series.expect("a series").expect("readable").path().join("index.html");
    let series = std::fs::read_to_string(series).expect("a page");
    assert!(series.contains("<p class=about>1 patch</p>"), "{series}");
    for verb in [vec!["check"], vec!["theme", "check", "--strict"]] {
        let checked = site.run(&verb);
        assert_eq!(checked.code(), 0, "{}{}", checked.data(), checked.talk());
    }
}

/// The workflow from `patchpress init` uses the same commits of actions as our own workflows, and each is pinned.
#[test]
fn actions_are_pinned_by_commit() {
    let ours = [
        include_str!("../../.github/workflows/ci.yml"),
        include_str!("../../.github/workflows/pages.yml"),
        include_str!("../../.github/workflows/release.yml"),
        include_str!("../../action.yml"),
    ]
    .concat();
    let uses = |text: &str| -> Vec<String> {
        let used = text.lines().filter_map(|line| line.split_once("uses: "));
        used.map(|(_, what)| what.to_owned())
            .filter(|what| !what.starts_with("patchpress/"))
            .collect()
    };
    let ours = uses(&ours);
    assert!(ours.len() > 20, "{ours:?}");
    for what in &ours {
        let (commit, version) = what
            .split_once('@')
            .and_then(|(_, pin)| pin.split_once(" # v"))
            .unwrap_or_else(|| panic!("{what}: no commit with its version"));
        assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{what}");
        assert!(version.split('.').count() == 3, "{what}");
    }
    for what in uses(include_str!("../../src/init/pages.yml")) {
        let (action, _) = what.split_once('@').expect("an action");
        // `actions/cache/save` is in the same repository as `actions/cache`.
        let (_, pin) = what.split_once('@').expect("a commit");
        let repository: Vec<&str> = action.split('/').take(2).collect();
        let same =
            |other: &&String| other.starts_with(&repository.join("/")) && other.ends_with(pin);
        assert!(ours.iter().any(|other| same(&other)), "{what} is not what our workflows use");
    }
}

/// A workflow grants no rights, and a job only those that it names. A job that reads mails, or runs code that it
/// fetched, can change neither the repository nor the site.
#[test]
fn no_job_that_builds_a_site_may_write() {
    for (workflow, builds) in [
        (include_str!("../../.github/workflows/ci.yml"), "cargo "),
        (include_str!("../../.github/workflows/pages.yml"), "cargo "),
        (include_str!("../../src/init/pages.yml"), "uses: patchpress/patchpress"),
    ] {
        let (head, jobs) = workflow.split_once("\njobs:\n").expect("jobs");
        assert!(head.contains("\npermissions: {}\n"), "{head}");
        let mut found: Vec<String> = Vec::new();
        for line in jobs.lines() {
            let is_job =
                line.starts_with("  ") && line[2..].starts_with(|c: char| c.is_ascii_lowercase());
            if is_job {
                found.push(String::new());
            }
            found.last_mut().expect("a job").extend([line, "\n"]);
        }
        for job in &found {
            assert!(job.contains("\n    permissions:\n"), "{job}");
            assert!(!job.contains(": write\n") || !job.contains(builds), "{job}");
        }
        assert!(found.iter().any(|job| job.contains(builds)), "{builds}");
    }
}

/// `cargo binstall` finds a release for every kind of machine that has one, and `cargo deny` checks it.
#[test]
fn every_release_is_found_and_looked_at() {
    let workflow = include_str!("../../.github/workflows/release.yml");
    let targets: Vec<&str> = workflow
        .lines()
        .filter_map(|line| line.split_once(", target: ")?.1.strip_suffix(" }"))
        .collect();
    assert_eq!(targets.len(), 8, "{targets:?}");
    let cargo: toml::Table = include_str!("../../Cargo.toml").parse().expect("TOML");
    let binstall = &cargo["package"]["metadata"]["binstall"];
    let looked_at = include_str!("../../.ci/deny.toml");
    for target in targets {
        assert!(looked_at.contains(&format!("\"{target}\"")), "{target}");
        let own = binstall["overrides"].get(target).unwrap_or(binstall);
        let url = own["pkg-url"].as_str().expect("words");
        // As `.github/release/build` names it.
        let (ending, form) =
            if target.contains("windows") { (".zip", "zip") } else { (".tar.gz", "tgz") };
        assert!(url.ends_with(&format!("/{{ name }}-{{ version }}-{{ target }}{ending}")), "{url}");
        assert_eq!(own["pkg-fmt"].as_str(), Some(form), "{target}");
    }
}
