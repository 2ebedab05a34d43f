//! A theme author's tools: `theme new`, `theme eject`, `theme check`, and the contract as a page of the guide.

use std::{collections::BTreeSet, fs, path::Path};

use patchpress::theme::contract::{self, Contract};
use serde_json::Value;

use crate::site::{Ran, Site, tree};

const PAGE: &str = "content/guide/templates.md";

#[test]
fn the_page_of_the_guide_is_the_contract() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = contract::page(&Contract::read());
    if std::env::var_os("PATCHPRESS_BLESS").is_some() {
        fs::write(&path, &page).expect("written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "{PAGE} is not what the program says: PATCHPRESS_BLESS=1 rewrites it");
}

#[test]
fn the_help_has_the_contract() {
    let site = Site::new();
    let help = site.run(&["help", "theme"]).succeeds().data();
    for words in
        ["theme eject", "changes_html", "Blocks of every page: title,", "blocks: heading, states,"]
    {
        let is_told = help.contains(words) || help.contains(&words.replace("theme ", ""));
        assert!(is_told, "{words}: {help}");
    }
    assert!(site.run(&["theme", "-h"]).succeeds().data().lines().count() < 40);
}

#[test]
fn a_new_theme_is_one_that_builds_and_passes() {
    let site = Site::new();
    let made = site.run(&["theme", "new", "mine"]);
    assert_eq!(
        made.succeeds().talk(),
        "themes/mine/theme.toml\nthemes/mine/static/mine.css\nthemes/mine/templates/base.html\n\
        next: set `theme = \"mine\"` at the top of site.toml\n"
    );
    site.settings("theme = \"mine\"\n");
    site.run(&["build", "--strict"]).succeeds();
    let home = fs::read_to_string(site.path("public/index.html")).expect("a page");
    assert!(home.contains("static/mine.css?h="), "{home}");
    passes(&site.run(&["theme", "check", "--strict"]));
    let checked = site.run(&["check", "--strict"]);
    assert_eq!(checked.code(), 0, "{}", checked.data());
    site.run(&["theme", "new", "mine"])
        .refuses("`themes/mine` exists already\nhint: `patchpress theme check` checks it");
    site.run(&["theme", "new", "../x"]).refuses(
        "`../x` cannot be the name of a new theme\nhint: use letters, digits, `-` and `_`, for example `mine`",
    );
}

#[test]
fn files_of_the_default_theme_are_copied_to_be_changed() {
    let site = Site::new();
    site.run(&["theme", "new", "mine"]).succeeds();
    site.settings("theme = \"mine\"\n");
    let list = site.run(&["theme", "eject"]).succeeds().data();
    assert!(list.contains("series.html          One revision of a series"), "{list}");
    assert!(
        list.contains("row.html             One series in full: `row` is a SeriesRow."),
        "{list}"
    );
    let copied = site.run(&["theme", "eject", "series.html", "templates/row.html", "style.css"]);
    assert_eq!(
        copied.succeeds().talk(),
        "themes/mine/templates/series.html\nthemes/mine/templates/row.html\nthemes/mine/static/style.css\n"
    );
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    for (path, bytes) in tree(&site.path("themes/mine")) {
        let is_copy = ["templates/series.html", "templates/row.html", "static/style.css"];
        if is_copy.iter().any(|copy| path.ends_with(copy)) {
            assert_eq!(bytes, fs::read(default.join(&path)).expect("a file"), "{}", path.display());
        }
    }
    site.run(&["build", "--strict"]).succeeds();
    passes(&site.run(&["theme", "check", "--strict"]));
    site.write("themes/mine/templates/row.html", "mine");
    let again = site.run(&["theme", "eject", "row.html"]);
    assert_eq!(
        (again.code(), again.talk().as_str()),
        (1, "themes/mine/templates/row.html exists already and was not changed\n")
    );
    site.run(&["theme", "eject", "serie.html"])
        .refuses("the default theme has no file `serie.html`\nhint: did you mean `series.html`?");
}

pub(crate) fn passes(ran: &Ran) {
    assert_eq!(
        (ran.code(), ran.data().contains("no errors, no warnings")),
        (0, true),
        "{}",
        ran.data()
    );
}

#[test]
fn the_themes_of_the_repository_pass() {
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let mut seen = BTreeSet::new();
    for theme in fs::read_dir(&themes).expect("readable") {
        let theme = theme.expect("readable").file_name().into_string().expect("a name");
        let site = Site::new();
        for (path, bytes) in tree(&themes.join(&theme)) {
            let text = String::from_utf8(bytes).expect("UTF-8");
            site.write(&format!("themes/{theme}/{}", path.display()), &text);
        }
        site.settings(&format!("theme = \"{theme}\"\n"));
        passes(&site.run(&["theme", "check", "--strict"]));
        seen.insert(theme);
    }
    assert_eq!(
        seen.iter().map(String::as_str).collect::<Vec<_>>(),
        ["archive", "default", "table"]
    );
}

/// The findings of `theme check` in a template, one per line: rule, line, column, message, hint.
fn findings(template: &str, text: &str) -> Vec<String> {
    let site = Site::new();
    site.settings("theme = \"mine\"\n");
    site.write(&format!("themes/mine/templates/{template}"), text);
    let ran = site.run(&["theme", "check", "--format", "json"]);
    let lines: Vec<Value> =
        ran.data().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let is_bad = lines.iter().any(|line| line["severity"] == "error");
    assert_eq!(ran.code(), i32::from(is_bad), "{}", ran.data());
    let word = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    let told = |line: &Value| {
        let place = format!("{}:{}", line["line"], line["column"]);
        assert_eq!(word(line, "file"), format!("themes/mine/templates/{template}"), "{line}");
        format!("{} {place} {} | {}", word(line, "rule"), word(line, "message"), word(line, "hint"))
    };
    lines.iter().map(told).collect()
}

#[test]
fn text_that_is_printed_as_markup_is_found() {
    let hint = "leave out `safe`: only fields whose names end in `_html` are HTML";
    for (text, column, path) in [
        ("{{ title | safe }}", 9, "title"),
        ("{{ author.name | upper | safe }}", 15, "author.name"),
        ("{% for tag in tags %}{{ tag | safe }}{% endfor %}", 28, "tag"),
    ] {
        let what = format!("`safe` prints `{path}` as markup, and it can be text of a message");
        let found = findings("series.html", text);
        assert_eq!(found, [format!("unsafe-text 1:{column} {what} | {hint}")], "{text}");
    }
    assert_eq!(findings("content.html", "{{ body_html | safe }}{{ \"<b>\" | safe }}"), [""; 0]);
}

#[test]
fn unknown_names_are_found_everywhere() {
    let at =
        |place: &str, message: &str, hint: &str| format!("unknown-name {place} {message} | {hint}");
    let help = "`patchpress help theme` lists every name";
    for (template, text, found) in [
        (
            "content.html",
            "{% if autor %}x{% endif %}",
            at("1:7", "`autor` is not defined here", "did you mean `author`?"),
        ),
        (
            "content.html",
            "a\n  {{- \"ü\" }}{% if not (date and (titel or author)) %}x{% endif %}",
            at("2:34", "`titel` is not defined here", "did you mean `title`?"),
        ),
        (
            "series.html",
            "{% if x %}{% elif state.word == \"new\" %}{% endif %}",
            at("1:7", "`x` is not defined here", help),
        ),
        (
            "series.html",
            "{% if not title %}{% elif state.wrd == \"new\" %}{% endif %}",
            at("1:33", "`state` has no field `wrd`", "did you mean `word`?"),
        ),
        (
            "home.html",
            "{% for row in new %}{% if row.autor.name %}x{% endif %}{% endfor %}",
            at("1:31", "`row` has no field `autor`", "did you mean `author`?"),
        ),
        (
            "home.html",
            "{% for row in new %}{% if row.author.nam %}x{% endif %}{% endfor %}",
            at("1:38", "`row.author` has no field `nam`", "did you mean `name`?"),
        ),
        (
            "home.html",
            "{% set top = tops | first %}{{ top.series.titel or \"\" }}",
            at("1:43", "`top.series` has no field `titel`", "did you mean `title`?"),
        ),
        (
            "home.html",
            "{{ [row.titel for row in new if row.url] | length }}",
            at("1:9", "`row` has no field `titel`", "did you mean `title`?"),
        ),
        (
            "home.html",
            "{% if page.site.titel is string %}x{% endif %}",
            at("1:17", "`page.site` has no field `titel`", "did you mean `title`?"),
        ),
        (
            "home.html",
            "{% if latest[\"headin\"] %}x{% endif %}",
            at("1:14", "`latest` has no field `headin`", "did you mean `heading`?"),
        ),
        (
            "home.html",
            "{% if new.title %}x{% endif %}",
            at("1:11", "`new` is a list and has no field `title`", ""),
        ),
        (
            "home.html",
            "{% if digests_url.x %}x{% endif %}",
            at("1:19", "`digests_url` is text and has no field `x`", ""),
        ),
        (
            "home.html",
            "{{ \"a\" if latst else \"b\" }}",
            at("1:11", "`latst` is not defined here", "did you mean `latest`?"),
        ),
        (
            "row.html",
            "{% if row.verson %}x{% endif %}",
            at("1:11", "`row` has no field `verson`", "did you mean `version`?"),
        ),
        (
            "base.html",
            "{% extends \"default/base.html\" %}{% block footer %}{% if page.sit %}x{% endif %}{% endblock footer %}",
            at("1:63", "`page` has no field `sit`", "did you mean `site`?"),
        ),
    ] {
        assert_eq!(findings(template, text), [found], "{text}");
    }
}

#[test]
fn names_that_are_there_are_not_found() {
    for (template, text) in [
        (
            "content.html",
            "{% if author %}{{ author }}{% endif %}{% if page.extra.colour %}x{% endif %}",
        ),
        (
            "content.html",
            "{% if mine is defined %}{{ mine }}{% endif %}{{ page.site.extra.some or \"\" }}",
        ),
        (
            "home.html",
            "{% for row in new %}{{ loop.index }}{% if not loop.first %}{{ row.title }}{% endif %}{% endfor %}",
        ),
        (
            "home.html",
            "{% set a = new | first %}{% if a %}{{ a.author.name }}{% endif %}{{ lists | length }}",
        ),
        (
            "home.html",
            "{% set text %}{{ page.title }}{% endset %}{{ text | upper }}{# {{ no.such }} #}{% raw %}{{ no }}{% endraw %}",
        ),
        ("home.html", "{% for key, value in page.site %}{{ key }}{% endfor %}"),
        // A variable that only one of the including templates sets is not an error.
        ("line.html", "{% if show_date %}{{ row.title }}{% endif %}"),
        (
            "series.html",
            "{% extends \"default/series.html\" %}{% block states %}{{ super() }}{{ patches_count }}{% endblock states %}",
        ),
    ] {
        assert_eq!(findings(template, text), [""; 0], "{text}");
    }
}

#[test]
fn words_files_and_failures_are_found() {
    for (template, text, found) in [
        (
            "home.html",
            "{% for row in new %}{% if row.state == \"aplied\" %}x{% endif %}{% endfor %}",
            "unknown-word 1:40 `row.state` never equals `aplied` | did you mean `applied`?",
        ),
        (
            "home.html",
            "{% for row in new %}{% if row.state in [\"new\", \"done\"] %}x{% endif %}{% endfor %}",
            "unknown-word 1:48 `row.state` never equals `done` | possible values are `new`, `discussed`, \
            `changes-requested`, `reviewed`, `quiet`, `superseded`, `rejected`, `partly-applied`, `applied`, `merged`",
        ),
        (
            "home.html",
            "{{ asset(path=\"styl.css\") }}",
            "unknown-file 1:15 the theme has no file `static/styl.css` | did you mean `style.css`?",
        ),
        ("home.html", "\n{{ page.title | thousands }}", "fails 2:"),
        ("thinned.html", "{{ nope.x }}", "unknown-name 1:4 `nope` is not defined here"),
        ("home.html", "{% if %}", "broken-template 1:"),
        ("home.html", "{{ page.title | shout }}", "broken-template 1:17 Unknown filter `shout`"),
        (
            "series.html",
            "{% extends \"default/series.html\" %}{% block headin %}{% endblock headin %}",
            "broken-template 1:45 Block `headin` is not defined in any parent template | did you mean `heading`?",
        ),
    ] {
        let told = findings(template, text);
        assert!(told.len() == 1 && told[0].starts_with(found), "{text}: {told:?}");
    }
}

#[test]
fn a_finding_has_its_place_and_a_hint() {
    let site = Site::new();
    site.settings("theme = \"mine\"\n");
    site.write("themes/mine/templates/content.html", "{% if autor %}x{% endif %}");
    site.write("themes/mine/template/x.html", "");
    let ran = site.run(&["theme", "check"]);
    let told = ran.data();
    assert!(
        told.starts_with(
            "warning no-effect: themes/mine/template/x.html: did you mean the folder `templates`?\n\
            error unknown-name: themes/mine/templates/content.html:1:7: `autor` is not defined here\n  \
            hint: did you mean `author`?\n"
        ),
        "{told}"
    );
    assert!(told.ends_with("1 error, 1 warning\n"), "{told}");
    assert_eq!(ran.code(), 1);
    site.write("themes/mine/templates/content.html", "");
    assert_eq!(site.run(&["theme", "check"]).code(), 0);
    assert_eq!(site.run(&["theme", "check", "--strict"]).code(), 1);
    assert_eq!(site.run(&["theme", "check", "nobody"]).code(), 2);
}
