//! Wrong use gets a clear message: what, where, why, and what to do.

use std::{fs, net::TcpListener};

use crate::site::{Site, tree};

#[test]
fn what_site_toml_says_wrong_is_named_with_its_place() {
    let site = Site::new();
    for (settings, words) in [
        ("titel = \"x\"\n", "SITE/site.toml:1:1: unknown key `titel`\nhint: did you mean `title`?"),
        (
            "title = \"x\"\n\n[digest]\nperiode = \"week\"\n",
            "SITE/site.toml:4:1: unknown key `periode`\nhint: did you mean `period`?",
        ),
        (
            "[feeds]\ncolour = 1\n",
            "SITE/site.toml:2:1: unknown key `colour`\nhint: the keys here are `entries`, `hub`",
        ),
        (
            "title = 7\n",
            "SITE/site.toml:1:9: a number (`7`), where text belongs\nhint: put text in quotes: `\"7\"`",
        ),
        (
            "[digest]\nperiod = \"year\"\n",
            "SITE/site.toml:2:10: unknown word `year`\nhint: it is one of `day`, `week`, `month`",
        ),
        ("[digest]\ntop = 0\n", "SITE/site.toml:2:7: `top` must be at least 1"),
        (
            "base_url = \"example.org\"\n",
            "SITE/site.toml:1:12: the base URL `example.org` is not an http address\nhint: it is the address of the published site, such as `https://example.org/patches/`",
        ),
        (
            "timezone = \"Mars/Base\"\n",
            "SITE/site.toml:1:12: there is no time zone `Mars/Base`\nhint: zones have names such as `UTC` or `Europe/Berlin`",
        ),
        ("theme = \"../x\"\n", "SITE/site.toml:1:9: `../x` is not the name of a theme"),
        (
            "[build]\noutput = \".\"\n",
            "SITE/site.toml:2:10: the site cannot be written to `SITE/.`, which contains its sources\nhint: name a folder that is only for the site, such as `public`",
        ),
        (
            "[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n",
            "SITE/site.toml:5:8: there are two lists named `list`",
        ),
        (
            "[[lists]]\nname = \"A B\"\narchive = \"list.mbox\"\n",
            "SITE/site.toml:2:8: `A B` cannot be the name of a list\nhint: names are in URLs and made of a-z, 0-9, `-` and `.`, such as `linux-mtd`",
        ),
        (
            "[[lists]]\nname = \"a\"\narchive = \"list.mbox\"\npermalink = \"javascript:{id}\"\n",
            "SITE/site.toml:4:13: the permalink `javascript:{id}` is not an http address with `{id}` in it\nhint: `{id}` stands for the Message-ID, as in `https://lore.kernel.org/linux-mtd/{id}/`",
        ),
        (
            "[[lists]]\nname = \"a\"\n",
            "SITE/site.toml:2:8: a list needs at least one archive\nhint: `archive` is the path of its messages, or `mirror` the address of its public-inbox, which `patchpress sync` fetches",
        ),
    ] {
        site.settings(settings);
        site.run(&["build"]).refuses(words);
    }
}

#[test]
fn a_site_without_a_list_gets_a_hint() {
    let site = Site::new();
    site.write("site.toml", "title = \"x\"\n");
    site.run(&["build"]).refuses(
        "SITE/site.toml: the site has no list\nhint: add `[[lists]]` with a `name` and an `archive`, the path of its messages",
    );
}

#[test]
fn a_missing_archive_is_named() {
    let site = Site::new();
    fs::remove_file(site.path("list.mbox")).expect("remove");
    site.run(&["build"]).refuses(
        "there is no archive at `SITE/list.mbox`\nhint: put the list's messages there, correct `archive` in site.toml, or name its public-inbox as `mirror` and run `patchpress sync`",
    );
    site.run(&["export", "nowhere"]).refuses(
        "there is no archive at `nowhere`\nhint: an archive is a file or a folder; a period looks like `2026-W09`",
    );
}

#[test]
fn a_broken_template_is_named_with_its_place() {
    let site = Site::new();
    site.write("themes/default/templates/home.html", "<p>\n{{ page.title | shout }}\n");
    site.run(&["build"]).refuses(
        "theme `default`: Unknown filter `shout`\n --> themes/default/templates/home.html:2:17\n  |\n2 | {{ page.title | shout }}\n  |                 ^^^^^",
    );
    assert!(!site.path("public").exists());
}

#[test]
fn a_missing_theme_gets_a_hint() {
    let site = Site::new();
    site.settings("theme = \"mine\"\n");
    site.run(&["build"]).refuses(
        "theme `mine`: there is no folder `SITE/themes/mine`\nhint: `theme = \"default\"` in site.toml is always there",
    );
    site.write("themes/mine/theme.toml", "min_version = \"99.0\"\n");
    let ours = env!("CARGO_PKG_VERSION");
    site.run(&["build"])
        .refuses(&format!("theme `mine`: it needs patchpress 99.0, and this is {ours}"));
}

#[test]
fn front_matter_that_is_not_yaml_is_named_with_its_place() {
    let site = Site::new();
    site.write("content/about.md", "---\ntitle: [unclosed\n---\n\nText.\n");
    let ran = site.run(&["build"]);
    let talk = ran.talk();
    assert!(talk.starts_with("patchpress: error: SITE/content/about.md:"), "{talk}");
    assert_eq!(ran.code(), 2);
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let site = Site::new();
    site.write("public", "a file where the site should be");
    site.run(&["build"]).refuses("cannot write `SITE/public`: it is not a folder");
    site.run(&["build", "--output-dir", "public/below"])
        .refuses("cannot write `SITE/public/below`: Not a directory (os error 20)");
}

#[test]
fn a_port_in_use_gets_a_hint() {
    let site = Site::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    site.run(&["serve", "--port", &port.to_string()]).refuses(&format!(
        "cannot listen on 127.0.0.1:{port}: Address already in use (os error 98)\nhint: `--port {}` takes another one",
        port + 1
    ));
}

#[test]
fn where_there_is_no_site_init_is_named() {
    let site = Site::new();
    fs::remove_file(site.path("site.toml")).expect("remove");
    let words = "there is no `site.toml` in `SITE` or above it\nhint: `patchpress init` creates a site here, `--root DIR` names one elsewhere";
    site.run(&["build"]).refuses(words);
}

#[test]
fn a_failed_build_leaves_the_last_site() {
    let site = Site::new();
    site.run(&["build"]).succeeds();
    let before = tree(&site.path("public"));
    site.write("themes/default/templates/series.html", "{{ page.nothing.at.all }}");
    assert_eq!(site.run(&["build"]).code(), 2);
    assert_eq!(tree(&site.path("public")), before);
}

#[test]
fn an_output_is_refused_before_an_archive_is_read() {
    let site = Site::new();
    site.write("public/notes.txt", "mine");
    site.write("list.mbox", "no mail at all\n");
    site.run(&["build"]).refuses(
        "cannot write `SITE/public`: it contains files, but no site that patchpress made\n\
         hint: name another folder with `--output-dir`, or empty this one",
    );
}
