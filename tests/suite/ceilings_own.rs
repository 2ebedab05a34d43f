//! Endless files of the site's author: an immediate error with the file and a hint.

use std::{
    fs,
    os::unix::fs::symlink,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::site::{Ran, Site};

/// Runs a build that the system ends after 20 seconds of processor time or with 2 GB of memory: an endless build
/// needs more, a finite one a hundredth.
fn bounded(site: &Site) -> Ran {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -t 20; ulimit -v 2000000; exec \"$0\" build"]);
    command.arg(env!("CARGO_BIN_EXE_patchpress")).current_dir(site.root());
    site.ran(command.env("RUST_BACKTRACE", "0"))
}

/// A site whose theme has this at the end of each page.
fn themed(says: &str) -> Site {
    let site = Site::new();
    site.settings("theme = \"mine\"\n");
    let base = "{% extends \"default/base.html\" %}\n{% block footer %}";
    site.write("themes/mine/templates/base.html", &format!("{base}{says}{{% endblock footer %}}"));
    site
}

#[test]
fn yaml_that_lies_in_itself_is_refused() {
    let deep = [("[", 100_000), ("{a: ", 50_000), ("[\n ", 100_000)];
    for (bracket, times) in deep {
        let site = Site::new();
        site.write("content/series.yaml", &format!("# Mine\njoin: {}\n", bracket.repeat(times)));
        let talk = bounded(&site).talk();
        let begins = "patchpress: error: SITE/content/series.yaml:";
        let says = "brackets are nested more than 200 deep\n\
            hint: close them, or put text that begins with one in quotes\n";
        assert!(talk.starts_with(begins) && talk.contains(says), "{talk}");
        let site = Site::new();
        site.write("content/about.md", &format!("---\ntitle: {}\n---\n", bracket.repeat(times)));
        let talk = bounded(&site).talk();
        assert!(
            talk.starts_with("patchpress: error: SITE/content/about.md:") && talk.contains(says),
            "{talk}"
        );
    }
    // Each line deeper than the one before, without a bracket; nested lists.
    for text in [
        (1..4_000).map(|n| format!("{}-\n", " ".repeat(n))).collect(),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        (0..2_000).map(|n| format!("a{n}: &a{n} [*a{}]\n", n - n.min(1))).collect::<String>(),
    ] {
        let site = Site::new();
        site.write("content/series.yaml", &text);
        let ran = bounded(&site);
        assert!(
            ran.talk().contains("SITE/content/series.yaml:") && ran.code() == 2,
            "{}",
            ran.talk()
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_kernel_makes_up_is_no_file_and_no_archive() {
    let words = "it is not on a disk: the kernel generates it";
    for path in ["/proc/kmsg", "/proc/self/mem", "/sys/kernel/notes"] {
        if !fs::exists(path).unwrap_or(false) {
            continue;
        }
        let site = Site::new();
        site.settings(&format!("mailmap = {path:?}\n"));
        bounded(&site).refuses(&format!("cannot read `{path}`: {words}"));
        let site = Site::new();
        symlink(path, site.path("link.mbox")).expect("link");
        site.write("site.toml", "[[lists]]\nname = \"list\"\narchive = \"link.mbox\"\n");
        let talk = bounded(&site).talk();
        assert!(
            talk.contains(&format!(
                "`SITE/link.mbox` is not an archive that patchpress knows: {words}"
            )),
            "{talk}"
        );
    }
    for (archive, why) in [
        ("/proc", words),
        ("/sys", words),
        ("/", "it is the root of the file system: name the folder of the messages"),
        ("/dev/zero", "it is neither a file nor a folder"),
        ("pipe", "it is neither a file nor a folder"),
    ] {
        let site = Site::new();
        site.write("site.toml", &format!("[[lists]]\nname = \"list\"\narchive = {archive:?}\n"));
        let made = Command::new("mkfifo").arg(site.path("pipe")).status().expect("mkfifo");
        assert!(made.success());
        let ran = bounded(&site);
        assert!(
            ran.talk().contains(&format!("is not an archive that patchpress knows: {why}")),
            "{}",
            ran.talk()
        );
        assert!(ran.talk().contains("hint: it reads public-inbox mirrors"), "{}", ran.talk());
        assert_eq!(ran.code(), 2);
    }
}

#[test]
fn a_link_out_of_static_is_refused_before_anything_is_read() {
    for (link, to) in [
        ("static", "/"),
        ("static/all", "/"),
        ("static/key", "/etc/passwd"),
        ("static/zero", "/dev/zero"),
    ] {
        let site = Site::new();
        fs::create_dir_all(site.path(link).parent().expect("a folder")).expect("a folder");
        symlink(to, site.path(link)).expect("link");
        let way = "only files in that folder are published; copy the file there, or link to a place in it";
        bounded(&site).refuses(&format!(
            "`SITE/{link}` leads out of the site's folder, to `{to}`\nhint: {way}"
        ));
    }
    let site = Site::new();
    fs::create_dir_all(site.path("static")).expect("a folder");
    symlink("../static", site.path("static/loop")).expect("link");
    bounded(&site)
        .refuses("cannot read `SITE/static/loop`: a link leads to a folder that contains it");
}

/// On macOS and Windows one of them would be lost without a word.
#[test]
fn names_that_differ_only_by_case_are_refused() {
    let hint = "rename one: macOS and Windows keep only one of them";
    for (files, at, path, other) in [
        (&["static/lamp.png", "static/Lamp.png"][..], "static/lamp.png", "lamp.png", "Lamp.png"),
        (
            &["static/Bild/ä.svg", "static/Bild/Ä.svg"],
            "static/Bild/ä.svg",
            "Bild/ä.svg",
            "Bild/Ä.svg",
        ),
        (&["static/a/x.png", "static/A/y.png"], "static/a/x.png", "a", "A"),
        (&["static/Index.html"], "static/Index.html", "Index.html", "index.html"),
        (&["static/Search/mine.js"], "static/Search/mine.js", "Search", "search"),
        (&["static/SEARCH"], "static/SEARCH", "SEARCH", "search"),
    ] {
        let site = Site::new();
        site.settings("");
        for file in files {
            site.write(file, "mine");
        }
        site.run(&["build"]).refuses(&format!(
            "cannot write `SITE/{at}`: `{path}` and `{other}` differ only by case\nhint: {hint}"
        ));
        assert!(!site.path("public").exists(), "{files:?}");
    }
    let site = Site::new();
    site.settings("");
    site.write("static/a/lamp.png", "mine");
    site.write("static/b/Lamp.png", "mine");
    site.run(&["build"]).succeeds();
}

#[test]
fn thousands_of_redactions_are_looked_for() {
    let people =
        (0..5_000).map(|n| format!("\"P{n} Q{n} <p{n}@example.org>\",\n")).collect::<String>();
    let site = Site::new();
    site.settings(&format!("[redact]\npeople = [\n{people}\"Bob Example <bob@example.org>\"]\n"));
    let ran = bounded(&site);
    assert!(
        ran.succeeds().talk().contains("removed by [redact]: 3 places by `people`"),
        "{}",
        ran.talk()
    );
    let patterns = (0..1_000).map(|n| format!("\"word{n}[a-z]+\",\n")).collect::<String>();
    site.settings(&format!("[redact]\npatterns = [\n{patterns}\"dim\"]\n"));
    bounded(&site).succeeds();
    site.settings("[redact]\npatterns = [\"\\\\w{1000}{1000}\"]\n");
    let talk = bounded(&site).talk();
    assert!(
        talk.contains("site.toml:2:12: `\\w{1000}{1000}` cannot be redacted: the pattern is too large\nhint: make it repeat less"),
        "{talk}"
    );
}

#[test]
fn a_template_that_grows_without_end_is_refused_with_its_place() {
    let doubled = "a text of this template is longer than 16 MiB: print it instead of storing it";
    let turns = "the loops and includes of this page run more than 2000000 times";
    let loops = |inner: &str| format!("{{% for i in range(end=60) %}}{inner}{{% endfor %}}");
    let twice =
        "{% for i in range(end=50000) %}{% for j in range(end=50000) %}{% endfor %}{% endfor %}";
    for (says, why) in [
        (format!("{{% set_global x = 'ab' %}}{}", loops("{% set_global x = x ~ x -%}")), doubled),
        (
            format!(
                "{{% set_global x = 'ab' %}}{}",
                loops("{%- set y %}{{ x }}{{ x }}{% endset %}{% set_global x = y %}")
            ),
            doubled,
        ),
        (format!("{{% set_global x = [1] %}}{}", loops("{% set_global x = [x, x] %}")), turns),
        (
            "{{ 'ab' | replace(from='', to='0123456789abcdef')".to_owned()
                + &" | replace(from='a', to='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')"
                    .repeat(8)
                + " }}",
            doubled,
        ),
        (twice.to_owned(), turns),
        (
            format!("{{% for i in range(end=70000) %}}{}{{% endfor %}}", "a word ".repeat(150)),
            "` writes a page of more than 64 MiB",
        ),
    ] {
        let ran = bounded(&themed(&says));
        let talk = ran.talk();
        assert!(talk.contains(why) && ran.code() == 2, "{says}: {talk}");
        assert!(!talk.contains("__"), "{talk}");
        assert!(
            why.starts_with('`') || talk.contains("--> themes/mine/templates/base.html:2:"),
            "{talk}"
        );
    }
}

/// Each level is a call in the engine and in the parser of catalogues, and hundreds end the program.
#[test]
fn what_names_itself_through_hundreds_of_others_is_refused() {
    let chain = |word: &str, count: usize| {
        let site = themed("{% include \"i0.html\" %}");
        for n in 0..count {
            let next = format!("{{% {word} \"i{}.html\" %}}", n + 1);
            site.write(&format!("themes/mine/templates/i{n}.html"), &next);
        }
        site.write(&format!("themes/mine/templates/i{count}.html"), "x");
        site
    };
    for (word, count) in [("include", 300), ("extends", 300), ("include", 2_000)] {
        let talk = bounded(&chain(word, count)).talk();
        let why = "includes or extends templates in more than 24 levels";
        assert!(talk.contains("error: theme `mine`: `") && talk.contains(why), "{word}: {talk}");
    }
    bounded(&chain("include", 15)).succeeds();
    // Each template includes the next one twice.
    let site = themed("{% include \"i0.html\" %}");
    for n in 0..20 {
        let twice = format!("{{% include \"i{}.html\" %}}", n + 1).repeat(2);
        site.write(&format!("themes/mine/templates/i{n}.html"), &twice);
    }
    site.write("themes/mine/templates/i20.html", "");
    let talk = bounded(&site).talk();
    assert!(talk.contains("the loops and includes of this page run more than"), "{talk}");

    let catalogue = |text: &str| {
        let site = Site::new();
        site.settings("language = \"xx\"\n");
        site.write("i18n/xx.ftl", text);
        bounded(&site).talk()
    };
    let deep = format!("page-skip = {}\"x\"{}\n", "{ ".repeat(100_000), " }".repeat(100_000));
    let talk = catalogue(&deep);
    let why = "i18n/xx.ftl:1: braces are nested more than 64 deep\nhint: close them";
    assert!(talk.contains(why), "{talk}");
    let mut wide = "-a0 = lamp\n".to_owned();
    for n in 0..7 {
        wide += &format!("-a{} = {}\n", n + 1, format!("{{ -a{n} }}").repeat(40));
    }
    let talk = catalogue(&format!("{wide}page-skip = {{ -a7 }}\n"));
    assert!(talk.contains("`page-skip`: it has more than 10000 parts"), "{talk}");
}

/// A template is a text file; a film in `static/` may be as long as it is.
#[test]
fn a_template_without_end_is_refused() {
    let site = themed("");
    let file = fs::File::create(site.path("themes/mine/templates/row.html")).expect("a file");
    file.set_len(1 << 32).expect("a hole");
    let talk = bounded(&site).talk();
    assert!(talk.contains("templates/row.html`: it is longer than 16 MiB"), "{talk}");
}

/// Each page of a folder names the others: the site would grow with the square of their number.
#[test]
fn thousands_of_own_pages_make_a_site_in_proportion() {
    let built = |count: usize| {
        let site = Site::new();
        for n in 0..count {
            site.write(&format!("content/notes/p{n:04}.md"), &format!("# Page {n:04}\n"));
            site.write(&format!("content/top{n:04}.md"), &format!("# Top {n:04}\n"));
        }
        bounded(&site).succeeds();
        site
    };
    let size = |site: &Site| -> usize {
        let public = walkdir::WalkDir::new(site.path("public")).into_iter();
        let files = public.map(|entry| entry.expect("an entry").metadata().expect("its data"));
        files.map(|data| usize::try_from(data.len()).expect("a length")).sum()
    };
    let (one, two) = (built(300), built(600));
    assert!(size(&two) < size(&one) * 22 / 10, "{} {}", size(&one), size(&two));
    let page = fs::read_to_string(two.path("public/notes/p0300/index.html")).expect("a page");
    let beside = page.split("<nav class=toc").nth(1).expect("its folder");
    for (near, is_named) in [(0, true), (279, false), (280, true), (320, true), (321, false)] {
        assert_eq!(beside.contains(&format!(">Page {near:04}<")), is_named, "{near}: {beside}");
    }
    assert!(beside.contains("← Page 0299<") && beside.contains(">Page 0301 →<"), "{beside}");
    let top = page.split("<nav class=sections").nth(1).expect("the navigation");
    let top = top.split("</nav>").next().expect("its end");
    assert!(top.contains(">notes<") && top.contains(">Top 0098<"), "{top}");
    assert_eq!(top.matches("<a ").count(), 100 + 7, "{top}");
    two.run(&["check", "--strict"]).succeeds();
}

/// The limits change nothing: a theme that sets, loops, trims and replaces renders the same page.
#[test]
fn a_template_within_its_bounds_says_what_it_said() {
    let says = "{% set a = 'x' -%}\n {{ a }}|{%- for i in range(end=3) -%}\n {% set_global b = i ~ a %}{{ b }},\n{%- endfor %}\
                {% set c %} <b>{{ a }}</b> {% endset %}{{ c | safe }}{% raw %}{% for %}{% endraw %}{{ '<a' | replace(from='a', to='{%') }}\n";
    let site = themed(says);
    bounded(&site).succeeds();
    let page = fs::read_to_string(site.path("public/index.html")).expect("a page");
    assert!(page.contains("x|0x,1x,2x, <b>x</b> {% for %}&lt;{%\n"), "{page}");
    let ran = bounded(&themed("{% set a = 1 %}{% set b = 2 %} {{ nothing.there }}"));
    let place = " --> themes/mine/templates/base.html:2:53\n  |\n2 | {% block footer %}{% set a = 1 %}{% set b = 2 %} {{ nothing.there }}{% endblock footer %}\n";
    assert!(ran.talk().contains(place), "{}", ran.talk());
}

/// Reading a pipe in `static/` would block.
#[test]
fn a_pipe_that_is_to_be_published_is_left_out() {
    let site = Site::new();
    fs::create_dir_all(site.path("static")).expect("a folder");
    let made = Command::new("mkfifo").arg(site.path("static/pipe")).status().expect("mkfifo");
    assert!(made.success());
    let mut child = site.command(&["build"]).stderr(Stdio::null()).spawn().expect("it starts");
    let begun = Instant::now();
    while child.try_wait().expect("asked").is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("killed");
            panic!("it waits for who writes to the pipe");
        }
        thread::sleep(Duration::from_millis(20));
    }
    assert!(!site.path("public/pipe").exists());
}
