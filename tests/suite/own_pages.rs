//! Pages of the author: the Markdown of Zola and mdBook, sections, and pictures beside pages.

use std::fs;

use crate::site::Site;

fn page(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path(&format!("public/{path}")))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn site() -> Site {
    let site = Site::new();
    let many = "# Setting up\n\n## First\n\n### Small *things*\n\n#### Deep\n\n## Second\n\n## First\n\n\
                See https://example.org/a_b and [the map](map.svg), [more](more.md#x), [about](../about.md).\n\n\
                ![map](./map.svg)\n\n- [x] done\n- [ ] to do\n\n> [!WARNING]\n> Hot.\n\nLamp\n: a light\n\n```toml\n[a]\nb = 1\n```\n";
    site.write("content/guide/setup.md", many);
    site.write("content/guide/more.md", "---\ntitle: More\norder: 1\n---\n## X\n");
    site.write("content/guide/index.md", "---\ntitle: Guide\n---\nAll of it.\n");
    site.write("content/guide/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    site.write("content/guide/notes.csv", "a,b\n");
    site.write("content/how-to/one.md", "---\ntitle: One\n---\nOne.\n");
    site.write("content/how-to/two.md", "---\ntitle: Two\ntoc: true\n---\n## Only\n");
    site.write("content/about.md", "---\ntitle: About\n---\nAbout it.\n");
    site.write("content/index.md", "## Main\n\nHello.\n");
    site.write("content/digests/2026-w09.md", "## New series\n\n![plan](plan.png)\n");
    site.write("content/digests/plan.png", "no picture\n");
    site
}

#[test]
fn markdown_is_what_other_generators_make_of_it() {
    let site = site();
    site.run(&["build", "-q"]).succeeds();
    let setup = page(&site, "guide/setup/index.html");
    for html in [
        "<h2 id=\"first\">First</h2>",
        "<h3 id=\"small-things\">Small <em>things</em></h3>",
        "<h4 id=\"deep\">Deep</h4>",
        "<h2 id=\"first-1\">First</h2>",
        "<a href=\"#small-things\">Small things</a>",
        "<a href=\"#first-1\">First</a>",
        "<a href=\"https://example.org/a_b\">https://example.org/a_b</a>",
        "<a href=\"../../guide/map.svg\">the map</a>",
        "<a href=\"../../guide/more/index.html#x\">more</a>",
        "<a href=\"../../about/index.html\">about</a>",
        "<img src=\"../../guide/map.svg\" alt=\"map\" />",
        "\u{2611} done",
        "\u{2610} to do",
        "<p class=kicker>Warning</p>",
        "<dl>\n<dt>Lamp</dt>\n<dd>a light</dd>\n</dl>",
        "<em>[a]</em>\n<var>b</var> = <u>1</u>",
    ] {
        assert!(setup.contains(html), "{html}: {setup}");
    }
    assert!(!setup.contains("href=\"#deep\""), "{setup}");
    // A page with few headings has no table of contents, unless the author asks for one.
    assert!(!page(&site, "guide/more/index.html").contains("href=\"#x\""));
    assert!(page(&site, "how-to/two/index.html").contains("href=\"#only\""));
    assert!(page(&site, "guide/map.svg").starts_with("<svg"));
    assert!(!site.path("public/guide/notes.csv").exists());
    // The anchors of a note differ from those of the page's own sections.
    let digest = page(&site, "2026/w09/index.html");
    assert!(digest.contains("<h2 id=\"note-new-series\">New series</h2>"), "{digest}");
    assert!(digest.contains("src=\"../../digests/plan.png\""), "{digest}");
    assert!(page(&site, "index.html").contains("<h2 id=\"welcome-main\">Main</h2>"));
    // A deleted picture disappears from the site.
    fs::remove_file(site.path("content/guide/map.svg")).expect("it was there");
    site.run(&["build", "-q"]).succeeds();
    assert!(!site.path("public/guide/map.svg").exists());
    assert!(page(&site, "guide/setup/index.html").contains("<a href=\"map.svg\">the map</a>"));
}

#[test]
fn every_page_is_in_the_navigation_or_in_its_section() {
    let site = site();
    site.run(&["build", "-q"]).succeeds();
    let setup = page(&site, "guide/setup/index.html");
    for html in [
        "<a href=../index.html aria-current=true>Guide</a>",
        "<a href=../index.html>Guide</a>",
        "<a rel=next href=\"../more/index.html\">More →</a>",
        "<a href=\"index.html\" aria-current=page>Setting up</a>",
    ] {
        assert!(setup.contains(html), "{html}: {setup}");
    }
    let more = page(&site, "guide/more/index.html");
    assert!(more.contains("<a rel=prev href=\"../setup/index.html\">← Setting up</a>"), "{more}");
    assert!(!more.contains("rel=next"), "{more}");
    // The navigation links a folder without its own page to its first page.
    let about = page(&site, "about/index.html");
    assert!(about.contains("<a href=../how-to/one/index.html>how to</a>"), "{about}");
    assert!(!about.contains("rel=next"), "{about}");
    site.run(&["check"]).succeeds();
}

#[test]
fn old_addresses_lead_to_their_page() {
    let site = site();
    let about = "---\ntitle: About\naliases: [who/we-are, /About.html]\n---\nAbout it.\n";
    site.write("content/about.md", about);
    site.run(&["build", "-q"]).succeeds();
    for (old, now) in
        [("who/we-are/index.html", "../../about/index.html"), ("About.html", "about/index.html")]
    {
        let page = page(&site, old);
        assert!(
            page.contains(&format!("<meta http-equiv=refresh content=\"0; url={now}\">")),
            "{page}"
        );
        assert!(page.contains(&format!("<a href=\"{now}\">somewhere else</a>")), "{page}");
        assert!(page.contains("content=noindex") && !page.contains("rel=canonical"), "{page}");
    }
    assert!(!page(&site, "sitemap.xml").contains("who"), "a sitemap names what is there");
    site.run(&["check"]).succeeds();
    for (alias, words) in [
        (
            "../x",
            "content/about.md:3: `../x` is not a path of this site\nhint: an alias looks like `old/page`",
        ),
        (
            "people",
            "content/about.md: `/people/` is the address of another page\nhint: remove it from the page's `aliases`",
        ),
    ] {
        site.write("content/about.md", &format!("---\ntitle: About\naliases: [{alias}]\n---\n"));
        let talk = site.run(&["build", "-q"]).talk();
        assert!(talk.contains(words), "{talk}");
    }
}

#[test]
fn dated_pages_have_a_feed() {
    let site = site();
    site.run(&["build", "-q", "--base-url", "https://example.org/"]).succeeds();
    assert!(!site.path("public/feeds/pages.atom").exists(), "no page has a date");
    assert!(!page(&site, "feeds/index.html").contains("pages.atom"));
    let news = "---\ntitle: We moved\ndate: 2026-02-28\nauthor: Zoe Lind\n---\n## Home\n\nThe list has a *new* home[^1]: [about](about.md), [here](#home).\n\n[^1]: Bigger.\n";
    site.write("content/news.md", news);
    site.run(&["build", "-q", "--base-url", "https://example.org/"]).succeeds();
    let feed = page(&site, "feeds/pages.atom");
    for part in [
        "<title>We moved</title>",
        "<name>Zoe Lind</name>",
        "<published>2026-02-28T00:00:00",
        "https://example.org/news/",
        "&lt;em&gt;new&lt;/em&gt;",
        "href=\"https://example.org/about/\"",
        "href=\"https://example.org/news/#home\"",
        "href=\"https://example.org/news/#fn-1\"",
    ] {
        assert!(
            feed.contains(part) || feed.contains(&part.replace('"', "&quot;")),
            "{part}: {feed}"
        );
    }
    assert_eq!(feed.matches("<entry>").count(), 1, "{feed}");
    // What the entry leads to is there.
    site.run(&["check"]).succeeds();
    assert!(page(&site, "news/index.html").contains("feeds/pages.atom"));
    assert!(page(&site, "feeds/index.html").contains("pages.atom"));
    assert!(page(&site, "feeds/feeds.opml").contains("https://example.org/feeds/pages.atom"));
    // A change to the page changes the feed.
    site.write("content/news.md", &news.replace("*new*", "*newer*"));
    site.run(&["build", "-q", "--base-url", "https://example.org/"]).succeeds();
    assert!(page(&site, "feeds/pages.atom").contains("newer"));
}
