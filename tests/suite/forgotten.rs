//! Text that is redacted after a build disappears from everything that earlier builds kept.

use std::fs;

use crate::{
    archives::Repo,
    privacy::{GONE, MBOX, REDACT, found},
    site::{Site, tree},
};

/// A list with kept state, and a second list of the same mails that can be removed.
fn site() -> Site {
    let site = Site::new();
    for list in ["one", "two"] {
        let epoch = Repo::new(site.path(&format!("{list}/git/0.git")));
        for mail in MBOX.split("From x ").skip(1) {
            let (_, mail) = mail.split_once('\n').expect("a line");
            epoch.add_mail(mail);
        }
    }
    let lamps = Repo::new(site.path("lamps.git"));
    let empty = lamps.git(&["mktree"], "");
    let eve = "Eve Gone <eve@gone.example> 1772000000 +0000";
    let commit = format!(
        "tree {empty}\nauthor {eve}\ncommitter {eve}\n\nlamp: Quicksilver\n\n\
         Link: https://lore.example/r/20260223130000.7-1-eve@gone.example/\n"
    );
    let commit = lamps.git(&["hash-object", "-t", "commit", "-w", "--stdin"], &commit);
    lamps.git(&["update-ref", "refs/heads/master", &commit], "");
    site
}

/// `site.toml` of these lists.
fn settings(site: &Site, lists: &[&str], more: &str) {
    let list = |name: &&str| {
        format!("[[lists]]\nname = \"{name}\"\narchive = \"{name}\"\ntree = \"lamps.git\"\n")
    };
    site.write("site.toml", &format!("{}{more}", lists.iter().map(list).collect::<String>()));
}

const SEARCH: &str = "[search]\nenabled = true\n";
const NO_SEARCH: &str = "[search]\nenabled = false\n";

#[test]
fn no_state_of_whatever_output_or_list_knows_it() {
    let site = site();
    settings(&site, &["one", "two"], SEARCH);
    site.run(&["build"]).succeeds();
    site.run(&["build", "--output-dir", "elsewhere"]).succeeds();
    site.write(".patchpress/mine.txt", "not the program's");
    let state = site.path(".patchpress");
    let before = tree(&state);
    for kind in ["mails-", "pages-", "search-", "build-", "tree-"] {
        let is_there = before.keys().any(|path| path.to_string_lossy().starts_with(kind));
        assert!(is_there, "no {kind}*: {:?}", before.keys());
    }
    let known = found(&state, &GONE).join("\n");
    for word in ["unwanted", "eve gone", "eve@gone", "quicksilver"] {
        assert!(known.contains(&format!("says `{word}`")), "no state knows {word}:\n{known}");
    }
    for kind in ["mails-", "pages-", "search-"] {
        assert!(known.contains(kind), "what {kind}* holds is not looked at:\n{known}");
    }

    settings(&site, &["one"], &format!("{NO_SEARCH}{REDACT}"));
    site.run(&["build"]).succeeds();
    let left = [found(&state, &GONE), found(&site.path("public"), &GONE)].concat();
    assert!(left.is_empty(), "{}", left.join("\n"));
    assert_eq!(fs::read_to_string(state.join("mine.txt")).expect("kept"), "not the program's");
    settings(&site, &["one", "two"], &format!("{SEARCH}{REDACT}"));
    for output in ["public", "elsewhere"] {
        site.run(&["build", "--output-dir", output]).succeeds();
        let left = [found(&state, &GONE), found(&site.path(output), &GONE)].concat();
        assert!(left.is_empty(), "{}", left.join("\n"));
    }
}

#[test]
fn what_is_taken_out_and_let_in_again_is_as_if_built_anew() {
    let site = site();
    let built = |name: &str, redact: &str| {
        settings(&site, &["one"], &format!("{SEARCH}{redact}"));
        site.run(&["build", "--output-dir", name]).succeeds();
        tree(&site.path(name))
    };
    let (whole, taken_out) = (built("public", ""), built("public", REDACT));
    assert!(whole != taken_out);
    assert!(built("public", "") == whole);
    assert!(built("public", REDACT) == taken_out);
    fs::remove_dir_all(site.path(".patchpress")).expect("removed");
    assert!(built("cold", REDACT) == taken_out);
    let masked = built("public", "[privacy]\naddresses = \"masked\"\n");
    fs::remove_dir_all(site.path(".patchpress")).expect("removed");
    assert!(built("cold", "[privacy]\naddresses = \"masked\"\n") == masked);
}

#[test]
fn commands_that_only_print_forget_as_well() {
    let site = site();
    settings(&site, &["one"], "");
    site.run(&["build"]).succeeds();
    settings(&site, &["one"], REDACT);
    site.run(&["digest", "2026-W09"]).succeeds();
    let left = found(&site.path(".patchpress"), &GONE);
    assert!(left.is_empty(), "{}", left.join("\n"));
}
