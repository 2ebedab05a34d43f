use super::*;

fn page(source: &str) -> Result<Option<ContentPage>> {
    parse(Path::new("content/about.md"), "about", source, Drafts::Hidden)
}

#[test]
fn front_matter_is_read() {
    let source = "---\ntitle: About us\norder: 2\ndate: 2026-02-28\n---\nHello.\n";
    let about = page(source).expect("a page").expect("no draft");
    assert_eq!((about.title.as_str(), about.order), ("About us", 2));
    assert_eq!((about.date.as_str(), about.markdown.as_str()), ("2026-02-28", "Hello.\n"));
    assert_eq!(about.route, Route::Content("about".into()));
    let plain = page("# The title #\nText.").expect("a page").expect("no draft");
    assert_eq!((plain.title.as_str(), plain.markdown.as_str()), ("The title", "Text."));
    assert!(page("---\ndraft: true\n---\n").expect("a page").is_none());
}

#[test]
fn an_error_names_its_place() {
    for (source, words) in [
        ("---\ntitle: [\n---\n", "content/about.md:"),
        ("---\ntitel: About\n---\n", "unknown key `titel`"),
        ("---\norder: first\n---\n", "content/about.md:2:"),
        ("+++\ntitle = \"About\"\n+++\n", "content/about.md:1:1: the front matter is TOML"),
        ("---\ntitle: About\ndate: 2026-13-45\n---\n", "content/about.md:3: `2026-13-45` is no"),
        ("---\ntitle: About\n", "content/about.md:1:1: the front matter has no closing `---`"),
    ] {
        let error = page(source).expect_err(source).to_string();
        assert!(error.contains(words), "{error}");
    }
}
