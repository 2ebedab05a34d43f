//! The author's own files: those without effect are named, and wrong ones refused, with the place and what to do.

use std::{
    fs,
    io::Read,
    process::{Command, Stdio},
};

use crate::site::Site;

/// The files without effect in a build's output, one per line.
fn unused(site: &Site) -> Vec<String> {
    let ran = site.run(&["build", "--verbose"]);
    let talk = ran.succeeds().talk();
    let lines = talk.lines().skip_while(|line| !line.contains("without effect, in your files"));
    lines
        .skip(1)
        .take_while(|line| line.starts_with("  `"))
        .map(|line| line.trim().into())
        .collect()
}

#[test]
fn a_file_that_nothing_uses_is_named() {
    for (path, words) in [
        ("content/digests/2026-9.md", "no digest has this name; the newest is `2026-w09.md`"),
        ("content/digests/2019-w03.md", "the archives have no messages from that time"),
        ("content/about.markdown", "only files that end in `.md` are pages"),
        ("content/about.MD", "only files that end in `.md` are pages"),
        ("content/table.csv", "files to publish unchanged go to `static/`"),
        ("content/serie.yaml", "corrections are read from `content/series.yaml`"),
        ("themes/default/template/series.html", "did you mean the folder `templates`?"),
        (
            "themes/default/templates/serie.html",
            "no page and no other template uses it; did you mean `series.html`?",
        ),
        (
            "themes/default/series.html",
            "the files of a theme belong in `templates/`, `static/` and `i18n/`",
        ),
        (
            ".mailmap:2",
            "not an entry; an entry looks like `Proper Name <proper@example.org> <other@example.org>`",
        ),
    ] {
        let site = Site::new();
        assert_eq!(unused(&site), Vec::<String>::new());
        // Also in a build without any other change.
        match path.strip_suffix(":2") {
            Some(mailmap) => site.write(mailmap, "# People\nAda <ada@example.org\n"),
            None => site.write(path, "Text.\n"),
        }
        let named = vec![format!("`{path}`: {words}")];
        assert_eq!(unused(&site), named);
        assert_eq!(unused(&site), named, "a second build says it, too");
        assert_eq!(site.run(&["build", "--strict"]).code(), 1);
    }
}

#[test]
fn a_file_that_is_used_is_not() {
    let site = Site::new();
    site.write("content/digests/2026-w09.md", "A quiet week.\n");
    site.write("content/about/index.md", "# About\n");
    site.write("content/series.yaml", "# nothing yet\n");
    site.write("content/.draft.swp", "an editor's");
    site.write(
        "content/archives/list.mbox",
        &fs::read_to_string(site.path("list.mbox")).expect("it"),
    );
    site.write(
        "site.toml",
        "theme = \"mine\"\n[[lists]]\nname = \"list\"\narchive = \"content/archives/list.mbox\"\n",
    );
    site.write("themes/mine/README.md", "Mine.\n");
    site.write("themes/mine/theme.toml", "name = \"Mine\"\n");
    site.write("themes/mine/static/mine.css", "p {}\n");
    site.write("themes/mine/templates/foot.html", "<p>Mine</p>\n");
    site.write(
        "themes/mine/templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}{% include \"foot.html\" %}{% endblock %}",
    );
    site.write(
        ".mailmap",
        "# People\n\nAda Example <ada@example.org>\n<a@example.org> <b@example.org>\n",
    );
    assert_eq!(unused(&site), Vec::<String>::new());
}

#[test]
fn what_a_page_says_wrong_is_named_with_its_place() {
    for (text, words) in [
        (
            "+++\ntitle = \"About\"\n+++\n",
            ":1:1: the front matter is TOML (`+++`)\nhint: write it as YAML between two lines `---`, as in `title: About us`",
        ),
        (
            "---\ntitle: About\ndate: 2026-13-45\n---\n",
            ":3: `2026-13-45` is not a date\nhint: a date looks like `2026-02-28`",
        ),
    ] {
        let site = Site::new();
        site.write("content/about.md", text);
        site.run(&["build"]).refuses(&format!("SITE/content/about.md{words}"));
    }
    let site = Site::new();
    site.write("content/about.md", "---\ndate: 2026-02-28T10:00:00Z\n---\n# About\n");
    site.run(&["build"]).succeeds();
}

#[test]
fn a_file_that_is_not_text_is_named_with_its_line() {
    for path in
        ["content/about.md", "site.toml", "content/series.yaml", "themes/default/theme.toml"]
    {
        let site = Site::new();
        site.write(path, "");
        fs::write(site.path(path), b"# one\n# tw\xff\n").expect("write");
        site.run(&["build"]).refuses(&format!(
            "cannot read `SITE/{path}`: line 2 is not UTF-8\nhint: save the file as UTF-8"
        ));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_without_an_end_stops_a_build_at_once() {
    for path in ["content/series.yaml", ".mailmap", "content/about.md"] {
        let site = Site::new();
        site.write(path, "");
        fs::remove_file(site.path(path)).expect("remove");
        std::os::unix::fs::symlink("/dev/zero", site.path(path)).expect("link");
        let ran = site.run(&["build", "--verbose"]);
        match path {
            // Links in `content` are not followed.
            "content/about.md" => assert!(ran.succeeds().talk().contains("symbolic link")),
            _ => ran.refuses(&format!("cannot read `SITE/{path}`: it is not a regular file")),
        }
        fs::remove_file(site.path(path)).expect("remove");
        let made = Command::new("mkfifo").arg(site.path(path)).status().expect("mkfifo");
        assert!(made.success());
        let ran = site.run(&["build"]);
        match path {
            "content/about.md" => ran.succeeds(),
            _ => {
                ran.refuses(&format!("cannot read `SITE/{path}`: it is not a regular file"));
                &ran
            }
        };
    }
}

#[test]
fn settings_are_refused_in_words_of_theirs() {
    let site = Site::new();
    for (settings, words) in [
        (
            "title = T\n",
            "SITE/site.toml:1:9: the value is not in quotes\nhint: put text in quotes: `key = \"text\"`",
        ),
        (
            "title = Lantern\n",
            "SITE/site.toml:1:9: the value is not in quotes\nhint: put text in quotes: `key = \"text\"`",
        ),
        (
            "[digest]\ntop = \"15\"\n",
            "SITE/site.toml:2:7: text (`15`), where a whole number belongs\nhint: write it without quotes",
        ),
        (
            "[search]\nenabled = \"no\"\n",
            "SITE/site.toml:2:11: text (`no`), where `true` or `false` belongs\nhint: write it without quotes",
        ),
        (
            "[build]\noutput = \"content/site\"\n",
            "SITE/site.toml:2:10: the site cannot be written to `SITE/content/site`, which is one of its sources\nhint: name a folder that is only for the site, such as `public`",
        ),
    ] {
        site.settings(settings);
        site.run(&["build"]).refuses(words);
    }
}

#[test]
fn a_file_that_patchpress_makes_is_not_made_twice() {
    for (path, hint) in [
        ("feed.atom", "give your file another name"),
        (
            "robots.txt",
            "`noindex` in `[privacy]` asks search engines to stay away; other rules belong to the web server",
        ),
        (
            "index.html",
            "a page of your own is Markdown in `content/`; the front page's words are `content/index.md`",
        ),
    ] {
        let site = Site::new();
        site.write(&format!("static/{path}"), "mine");
        site.run(&["build"]).refuses(&format!(
            "cannot write `SITE/static/{path}`: patchpress makes `{path}` itself\nhint: {hint}"
        ));
    }
}

#[test]
fn a_too_large_site_is_distinguished_from_a_nearly_too_large_one() {
    let site = Site::new();
    site.settings("[limits]\nsize = \"10 kB\"\n");
    let talk = site.run(&["build"]).succeeds().talk();
    assert!(talk.contains("over the limit of the host ([limits] size): 1\n"), "{talk}");
    // Nobody publishes what the host refuses.
    let ran = site.run(&["check"]);
    assert_eq!(ran.code(), 1);
    assert!(ran.data().contains("error tree-large: 1 finding"), "{}", ran.data());
    site.settings("[limits]\nsize = \"none\"\n");
    site.run(&["build"]).succeeds();
    site.run(&["check"]).succeeds();
}

#[test]
fn root_names_a_folder_or_its_site_toml() {
    let site = Site::new();
    let file = site.path("site.toml");
    site.run(&["--root", &file.display().to_string(), "build"]).succeeds();
    let mbox = site.path("list.mbox");
    site.run(&["--root", &mbox.display().to_string(), "build"])
        .refuses("`SITE/list.mbox` is a file\nhint: `--root` names the folder of `site.toml`");
}

#[test]
fn a_date_that_is_none_is_refused_before_anything_is_fetched() {
    let site = Site::new();
    for date in ["foo", "2026-13-45", "soon", ""] {
        site.run(&["sync", "--since", date]).refuses(&format!(
            "`{date}` is not a date\nhint: a date looks like `2026-02-28` or `2.weeks.ago`"
        ));
    }
    for date in ["2026-02-28", "2.weeks.ago", "yesterday", "3 days ago"] {
        let talk = site.run(&["sync", "--since", date]).talk();
        assert!(talk.contains("no list of the site has a mirror"), "{date}: {talk}");
    }
}

#[test]
fn a_period_without_mail_has_no_digest() {
    let site = Site::new();
    site.run(&["digest", "2031-W01"])
        .refuses("the archive has no message of `2031-W01`\nhint: the newest digest is `2026-W09`");
}

#[test]
fn a_mirror_of_which_nothing_came_is_to_be_fetched() {
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"list\"\nmirror = \"/nowhere/at/all\"\n");
    let talk = site.run(&["sync", "--tries", "1"]).talk();
    assert!(talk.contains("hint: a public-inbox answers at `/nowhere/at/all/0`, "), "{talk}");
    site.run(&["build"])
        .refuses("there is no archive at `SITE/archives/list`\nhint: `patchpress sync` fetches it");
}

#[test]
fn without_git_sync_says_what_to_install() {
    let site = Site::new();
    site.write("site.toml", "[[lists]]\nname = \"list\"\nmirror = \"https://list.example.org/\"\n");
    let talk = site.ran(site.command(&["sync"]).env("PATH", "/nowhere")).talk();
    assert!(talk.contains("there is no `git` on this machine\nhint: install git"), "{talk}");
}

#[test]
fn nobody_has_to_listen() {
    let site = Site::new();
    site.write("content/pic.png", "x");
    let mut child = site.command(&["build"]);
    let mut child = child.stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stderr.take());
    let mut rest = String::new();
    child.stdout.take().map(|mut out| out.read_to_string(&mut rest));
    assert!(child.wait().expect("it ends").success());
    assert!(site.path("public/index.html").is_file());
}
