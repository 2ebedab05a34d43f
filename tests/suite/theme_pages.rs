//! What templates can use: everything in the contract, the author's own values, and pages of another kind.

use std::fs;

use patchpress::theme::contract::{Contract, Type, View};

use crate::{site::Site, theme::passes};

/// A template that prints everything in the contract of a view: a missing value stops the build.
fn probe(contract: &Contract, view: &View, path: &str, depth: usize, out: &mut String) {
    for field in &view.fields {
        let name =
            if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        probe_value(contract, &field.holds, &name, depth, out);
    }
}

fn probe_value(contract: &Contract, holds: &Type, name: &str, depth: usize, out: &mut String) {
    let inner = format!("x{depth}");
    match holds {
        Type::Text | Type::Html => out.push_str(&format!("{{{{ {name} | upper }}}}\n")),
        Type::Number => out.push_str(&format!("{{{{ {name} + 1 }}}}\n")),
        Type::Bool => out.push_str(&format!("{{% if {name} == true or {name} == false %}}{{% else %}}{{{{ \"x\" | thousands }}}}{{% endif %}}\n")),
        Type::Any => out.push_str(&format!("{{% if {name} %}}{{% endif %}}\n")),
        Type::View(view) => probe(contract, contract.view(view).expect("a view"), name, depth, out),
        Type::Maybe(holds) => {
            out.push_str(&format!("{{% set seen = {name} %}}{{% if {name} %}}\n"));
            probe_value(contract, holds, name, depth, out);
            out.push_str("{% endif %}\n");
        }
        Type::List(holds) => {
            out.push_str(&format!("{{% for {inner} in {name} %}}\n"));
            probe_value(contract, holds, &inner, depth + 1, out);
            out.push_str("{% endfor %}\n");
        }
        Type::Named(holds) => {
            out.push_str(&format!("{{% for key{depth}, {inner} in {name} %}}\n"));
            probe_value(contract, holds, &inner, depth + 1, out);
            out.push_str("{% endfor %}\n");
        }
    }
}

#[test]
fn pages_have_all_that_the_contract_promises() {
    let contract = Contract::read();
    let site = Site::new();
    let demo = crate::support::demo();
    let list = format!("[[lists]]\nname = \"list\"\narchive = \"{}\"\n", demo.display());
    site.write("site.toml", &format!("theme = \"probe\"\n[extra]\na = 1\n{list}"));
    for (name, view) in contract.pages() {
        let mut text = String::new();
        probe(&contract, view, "", 0, &mut text);
        site.write(&format!("themes/probe/templates/{name}"), &text);
    }
    let asks = "series:\n  all: {limit: 20}\ndigests:\n  year: {year: 2026}\n";
    site.write("content/about.md", &format!("---\ntemplate: content.html\n{asks}---\nHello\n"));
    site.run(&["build"]).succeeds();
    passes(&site.run(&["theme", "check"]));
}

#[test]
fn values_of_the_author_reach_templates() {
    let site = Site::new();
    site.settings("theme = \"mine\"\n[extra]\ncolour = \"teal\"\nwhen = 2026-02-28\ndeep = { list = [1, 2] }\n");
    let foot = "{% extends \"default/base.html\" %}{% block footer %}[{{ page.site.extra.colour }} \
        {{ page.site.extra.when }} {{ page.site.extra.deep.list | last }} \
        {{ page.extra.mood or \"none\" }}]{% endblock footer %}";
    site.write("themes/mine/templates/base.html", foot);
    site.write("content/about.md", "---\nextra: {mood: calm}\n---\nHello\n");
    site.write("content/index.md", "---\nextra: {mood: glad}\n---\nHello\n");
    site.write("content/digests/2026-w09.md", "---\nextra: {mood: busy}\n---\nHello\n");
    site.run(&["build", "--strict"]).succeeds();
    passes(&site.run(&["theme", "check"]));
    let foot = |page: &str, mood: &str| {
        let text = fs::read_to_string(site.path("public").join(page)).expect(page);
        assert!(text.contains(&format!("[teal 2026-02-28 2 {mood}]")), "{page}: {text}");
    };
    foot("about/index.html", "calm");
    foot("index.html", "glad");
    foot("2026/w09/index.html", "busy");
    foot("digests/index.html", "none");
    // Changes appear.
    let toml = fs::read_to_string(site.path("site.toml")).expect("settings");
    site.write("site.toml", &toml.replace("teal", "rose"));
    site.run(&["build", "--strict"]).succeeds();
    let home = fs::read_to_string(site.path("public/index.html")).expect("a page");
    assert!(home.contains("[rose "), "{home}");
}

const BOARD: &str = "{% for row in series.all or [] %}<p>{{ row.title }} by {{ row.author.name }}</p>{% endfor %}\
    {% for row in digests.year %}<b>{{ row.heading }}</b>{% endfor %}{{ body_html | safe }}";

#[test]
fn a_page_of_another_kind_asks_for_series_and_digests() {
    let site = Site::new();
    site.settings("theme = \"mine\"\n");
    site.write("themes/mine/templates/board.html", BOARD);
    let page = |asks: &str| {
        site.write("content/board.md", &format!("---\ntemplate: board.html\n{asks}---\nHello\n"));
        let built = site.run(&["build", "--strict"]);
        built.succeeds();
        passes(&site.run(&["theme", "check", "--strict"]));
        fs::read_to_string(site.path("public/board/index.html")).expect("a page")
    };
    let row = "<p>lamp: Burn brighter by Ada Example</p>";
    let year = "digests:\n  year: {year: 2026}\n";
    for (asks, has) in [
        ("{}", true),
        ("{state: reviewed}", true),
        ("{state: [new, reviewed], list: list, author: Ada Example, path: lamp.c}", true),
        ("{author: ada@example.org}", true),
        ("{queue: ready}", true),
        ("{queue: waiting}", false),
        ("{state: applied}", false),
        ("{author: Bob Example}", false),
        ("{path: lam}", false),
        ("{limit: 0}", false),
    ] {
        let text = page(&format!("series:\n  all: {asks}\n{year}"));
        assert_eq!(text.contains(row), has, "{asks}: {text}");
        assert!(text.contains("<b>Week 9, 2026</b>") && text.contains("<p>Hello</p>"), "{text}");
    }
    assert!(!page("series:\n  all: {}\ndigests:\n  year: {year: 2025}\n").contains("<b>"));
    // A new mail appears on it.
    let mbox = fs::read_to_string(site.path("list.mbox")).expect("mails");
    page(&format!("series:\n  all: {{state: new}}\n{year}"));
    let more = mbox.split("\nFrom bob").next().expect("a mail").replace("<1@", "<3@");
    let more = more.replace("Burn brighter", "Burn less").replace("watts = 20", "watts = 5");
    site.write("list.mbox", &format!("{mbox}\n{more}\n"));
    site.run(&["build", "--strict"]).succeeds();
    let text = fs::read_to_string(site.path("public/board/index.html")).expect("a page");
    assert!(text.contains("<p>lamp: Burn less by Ada Example</p>"), "{text}");
}

#[test]
fn what_a_page_asks_for_is_checked() {
    let site = Site::new();
    for (asks, words) in [
        (
            "template: b.html\nseries:\n  all: {state: aplied}\n",
            "`series.all`: `aplied` is not a state\nhint: did you mean `applied`?",
        ),
        (
            "template: b.html\nseries:\n  all: {queue: redy}\n",
            "`series.all`: `redy` is not a queue\nhint: did you mean `ready`?",
        ),
        ("template: b.html\nseries:\n  all: {stat: new}\n", "unknown key `stat`"),
        ("template: b.html\ndigests:\n  all: {limit: 2000}\n", "a `limit` is 1000 at most"),
        ("series:\n  all: {state: new}\n", "`series` and `digests` need a `template`"),
    ] {
        site.write("content/board.md", &format!("---\n{asks}---\nHello\n"));
        let ran = site.run(&["build"]);
        assert!(ran.code() == 2 && ran.talk().contains(words), "{asks}: {}", ran.talk());
    }
    site.write("content/board.md", "---\ntemplate: board.html\n---\nHello\n");
    let ran = site.run(&["theme", "check"]);
    let told = "error unknown-file: content/board.md: the page names the template `board.html`, which the theme does not have";
    assert!(ran.code() == 1 && ran.data().starts_with(told), "{}", ran.data());
    let built = site.run(&["build"]);
    let told = "content/board.md: the theme has no template `board.html`\nhint: create `themes/default/templates/board.html`";
    assert!(built.code() == 2 && built.talk().contains(told), "{}", built.talk());
    site.write("themes/default/templates/board.html", "{% for row in series.al %}x{% endfor %}");
    site.write(
        "content/board.md",
        "---\ntemplate: board.html\nseries:\n  all: {state: new}\n---\nHello\n",
    );
    let ran = site.run(&["theme", "check"]);
    let told = "error unknown-name: themes/default/templates/board.html:1:22: `series` has no list `al`\n  hint: did you mean `all`?\n";
    assert!(ran.code() == 1 && ran.data().starts_with(told), "{}", ran.data());
    site.write("themes/default/templates/board.html", "x");
    site.write(
        "content/board.md",
        "---\ntemplate: board.html\nseries:\n  all: {list: lisst}\n---\nHello\n",
    );
    let ran = site.run(&["build", "--strict"]);
    assert!(ran.code() == 1 && ran.talk().contains("no list is called `lisst`"), "{}", ran.talk());
}

/// Addresses of others are masked on it as on every page; the author's own text is not a mail.
#[test]
fn a_page_with_series_keeps_addresses_to_itself() {
    let site = Site::new();
    let settings = "theme = \"mine\"\n[privacy]\naddresses = \"masked\"\n";
    site.settings(settings);
    site.write(
        "themes/mine/templates/board.html",
        "{% for row in series.all %}{{ row.author.address }}{% endfor %}{{ body_html | safe }}",
    );
    site.write(
        "content/board.md",
        "---\ntemplate: board.html\nseries:\n  all: {}\n---\nWrite to me@example.org\n",
    );
    site.run(&["build", "--strict"]).succeeds();
    let text = fs::read_to_string(site.path("public/board/index.html")).expect("a page");
    assert!(!text.contains("ada@example.org") && text.contains("me@example.org"), "{text}");
}
