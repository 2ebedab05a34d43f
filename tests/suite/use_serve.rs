//! The preview, over a socket.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use crate::{
    preview::{Preview, status},
    site::{Site, tree},
    support,
};

#[test]
fn a_site_is_shown() {
    let site = Site::new();
    let preview = Preview::start(&site);
    let home = preview.until("/", |answer| status(answer) == "200");
    assert!(home.contains("content-type: text/html; charset=utf-8"), "{home}");
    assert!(home.contains("<script src=\"/__patchpress/reload.js\" defer></script>\n</body>"));
    assert!(preview.get("/__patchpress/reload.js").contains("new EventSource"));
    assert!(!site.path("public").exists(), "the output folder is none of a preview's concern");
    for path in
        ["/feed.atom", "/sitemap.xml", "/robots.txt", "/search/index.json", "/static/style.css"]
    {
        assert_eq!(status(&preview.get(path)), "200", "{path}");
    }

    let missing = preview.get("/no/such/page/");
    assert!(status(&missing) == "404" && missing.contains("text/html"), "{missing}");
    let folder = preview.get("/feeds?a=b");
    assert!(status(&folder) == "301" && folder.contains("location: /feeds/?a=b\r\n"), "{folder}");
    let head = preview.request("HEAD", "/", "");
    assert!(status(&head) == "200" && head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(status(&preview.request("POST", "/", "")), "405");

    let tag = home.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").trim();
    let again = preview.request("GET", "/", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(status(&again), "304");
}

/// The preview renders a file on request, and it is the one that a build writes.
#[test]
fn a_preview_shows_every_file_that_a_build_writes() {
    let site = Site::new();
    fs::copy(support::demo(), site.path("list.mbox")).expect("the demo's list");
    site.write("static/robots-of-ours.txt", "hello\n");
    site.write("content/about.md", "# About\n\nThis list.\n");
    let preview = Preview::start(&site);
    preview.until("/", |answer| status(answer) == "200");
    site.run(&["build", "--base-url", &format!("http://{}/", preview.address)]).succeeds();
    let tag = "<script src=\"/__patchpress/reload.js\" defer></script>\n";
    let mut seen = 0;
    for (path, bytes) in tree(&site.path("public")) {
        let path = path.to_str().expect("a name of ours");
        if path.starts_with('.') {
            continue;
        }
        let answer = preview.get(&format!("/{path}"));
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
        let written = String::from_utf8_lossy(&bytes);
        assert!(body.replace(tag, "") == written, "{path} is another one than the build's");
        assert_eq!(body.contains(tag), path.ends_with(".html"), "{path}");
        seen += 1;
    }
    assert!(seen > 100, "{seen} files");
}

#[test]
fn a_theme_is_shown_as_soon_as_it_is_saved_and_its_mistakes_over_the_last_good_one() {
    let site = Site::new();
    let preview = Preview::start(&site);
    preview.until("/", |answer| status(answer) == "200");
    site.write("themes/default/static/style.css", "/* mine */");
    preview.until("/static/style.css", |answer| answer.contains("/* mine */"));

    let home = "{% extends \"default/home.html\" %}{% block main %}TEXT{% endblock %}";
    site.write("themes/default/templates/home.html", &home.replace("TEXT", "Hello there"));
    preview.until("/", |answer| answer.contains("Hello there"));
    // It parses; the missing variable is found when the page is rendered.
    site.write("themes/default/templates/home.html", &home.replace("TEXT", "{{ no.such }}"));
    let over = preview.until("/", |answer| answer.contains("This is the last good version"));
    assert!(over.contains("Hello there") && over.contains("home.html"), "{over}");
    site.write("themes/default/templates/home.html", &home.replace("TEXT", "Hello again"));
    preview.until("/", |answer| {
        answer.contains("Hello again") && !answer.contains("This is the last good version")
    });
}

#[test]
fn a_site_has_the_path_of_its_base_url() {
    let site = Site::new();
    site.settings("base_url = \"https://example.org/kvm/\"\n");
    let preview = Preview::start(&site);
    assert_eq!(preview.base, "/kvm/");
    preview.until("/kvm/", |answer| status(answer) == "200");
    for (path, code, location) in [
        ("/", "302", "location: /kvm/\r\n"),
        ("/kvm", "301", "location: /kvm/\r\n"),
        ("/kvm/feeds", "301", "location: /kvm/feeds/\r\n"),
        ("/kvm/404", "200", "content-type: text/html"),
        ("/kvm/feeds/", "200", "content-type: text/html"),
        ("/kvm/lists", "404", "href=/kvm/"),
        ("/kvm/index.html/", "404", "href=/kvm/"),
        ("/feeds/", "404", "the site is at /kvm/"),
        ("/kvm//feeds/", "404", "href=/kvm/"),
    ] {
        let answer = preview.get(path);
        assert!(status(&answer) == code && answer.contains(location), "{path}: {answer}");
    }
    let feed = preview.get("/kvm/feed.atom");
    assert!(feed.contains(&format!("http://{}/kvm/", preview.address)), "{feed}");

    // With another path, it is there as well.
    site.settings("base_url = \"https://example.org/qemu/\"\n");
    preview.until("/qemu/", |answer| status(answer) == "200");
    assert_eq!(status(&preview.get("/kvm/")), "404");
}

#[test]
fn parts_and_conditions_are_those_of_http() {
    let site = Site::new();
    let preview = Preview::start(&site);
    let whole = preview.until("/", |answer| status(answer) == "200");
    let (head, body) = whole.split_once("\r\n\r\n").expect("a head");
    let value = |name: &str| {
        let of = |line: &str| Some(line.split_once(": ")?.1.trim().to_owned());
        head.lines().find(|line| line.starts_with(name)).and_then(of).expect("a header")
    };
    let (tag, date, length) = (value("etag"), value("last-modified"), body.len());
    let last = length - 1;
    for (asked, code, told) in [
        ("Range: bytes=0-9".into(), "206", format!("content-range: bytes 0-9/{length}\r\n")),
        ("Range: bytes=-1".into(), "206", format!("content-range: bytes {last}-{last}/{length}")),
        (format!("Range: bytes={length}-"), "416", format!("content-range: bytes */{length}")),
        ("Range: bytes=0-1,3-4".into(), "200", format!("content-length: {length}\r\n")),
        (format!("Range: bytes=0-9\r\nIf-Range: {tag}"), "206", "bytes 0-9/".into()),
        ("Range: bytes=0-9\r\nIf-Range: \"x\"".into(), "200", format!("etag: {tag}")),
        (format!("Range: bytes=0-9\r\nIf-Range: {date}"), "200", format!("etag: {tag}")),
        (format!("If-None-Match: \"x\", W/{tag}"), "304", format!("etag: {tag}")),
        ("If-None-Match: *".into(), "304", format!("etag: {tag}")),
        ("If-None-Match: \"x\"".into(), "200", format!("etag: {tag}")),
        (format!("If-Modified-Since: {date}"), "304", format!("etag: {tag}")),
        (
            format!("If-None-Match: \"x\"\r\nIf-Modified-Since: {date}"),
            "200",
            format!("etag: {tag}"),
        ),
        ("If-Match: \"x\"".into(), "412", format!("etag: {tag}")),
        (format!("If-Match: {tag}"), "200", format!("etag: {tag}")),
        ("If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT".into(), "200", "etag".into()),
        ("If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT".into(), "412", "etag".into()),
    ] {
        let answer = preview.request("GET", "/", &format!("{asked}\r\n"));
        assert!(status(&answer) == code && answer.contains(&told), "{asked}: {answer}");
        let part = answer.split_once("\r\n\r\n").expect("a head").1;
        match code {
            "206" => assert!(body.contains(part) && part.len() <= 10, "{asked}: {part}"),
            "200" => assert_eq!(part, body, "{asked}"),
            _ => assert_eq!(part, "", "{asked}"),
        }
    }
    let head = preview.request("HEAD", "/", "Range: bytes=0-9\r\n");
    assert!(head.contains(&format!("content-length: {length}\r\n")), "{head}");
}

#[test]
fn a_port_in_use_gives_way_unless_it_was_asked_for() {
    let site = Site::new();
    // 1111 itself may be in use on this machine already: then the first preview takes another port.
    let first = Preview::start_with(&site, &[]);
    let second = Preview::start_with(&site, &[]);
    assert!(second.said.contains("note: port 1111 is in use"), "{}", second.said);
    assert_ne!(first.address, second.address);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    for signal in ["INT", "TERM"] {
        let site = Site::new();
        let mut preview = Preview::start(&site);
        preview.until("/", |answer| status(answer) == "200");
        // An open connection does not keep it from ending.
        let mut stream = TcpStream::connect(&preview.address).expect("a connection");
        let host = &preview.address;
        write!(stream, "GET /__patchpress/events HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("send");
        let id = preview.child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.expect("kill").success());
        let begun = Instant::now();
        let ended = loop {
            if let Some(ended) = preview.child.try_wait().expect("a child") {
                break ended;
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "SIG{signal} does not end it");
            std::thread::sleep(Duration::from_millis(20));
        };
        assert_eq!(ended.code(), Some(0), "SIG{signal}");
    }
}

#[test]
fn only_the_site_is_shown_and_only_to_its_visitors() {
    let site = Site::new();
    let preview = Preview::start(&site);
    preview.until("/", |answer| status(answer) == "200");
    for path in [
        "/site.toml",
        "/../../site.toml",
        "/%2e%2e/%2e%2e/site.toml",
        "/..%2f..%2fsite.toml",
        "/static/../site.toml",
        "/content/about.md",
        "/.nojekyll",
        "//etc/passwd",
        "/a%00b",
    ] {
        let answer = preview.get(path);
        assert!(["400", "404"].contains(&status(&answer)), "{path}: {answer}");
        assert!(!answer.contains("[[lists]]"), "{path} leads out");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", ""] {
        let answer =
            preview.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert_eq!(status(&answer), "403", "{host}: {answer}");
    }
}

#[test]
fn what_is_saved_is_shown_and_a_mistake_stands_over_the_last_good_site() {
    let site = Site::new();
    let preview = Preview::start(&site);
    preview.until("/", |answer| status(answer) == "200");

    site.settings("title = \"A new name\"\n");
    preview.until("/", |answer| answer.contains("A new name"));

    site.settings("titel = \"<b>\"\n");
    let over = preview.until("/", |answer| answer.contains("This is the last good version"));
    assert!(over.contains("A new name") && over.contains("unknown key `titel`"), "{over}");

    site.settings("");
    site.write("content/fresh.md", "# Fresh\n\nJust written.\n");
    preview.until("/fresh/", |answer| answer.contains("Just written."));
    preview.until("/", |answer| !answer.contains("This is the last good version"));
}

#[test]
fn what_is_redacted_by_a_file_elsewhere_goes_as_soon_as_that_is_saved() {
    let site = Site::new();
    site.write("private/redact.toml", "people = []\n");
    site.settings("[redact]\nfile = \"private/redact.toml\"\n");
    let preview = Preview::start(&site);
    preview.until("/", |answer| answer.contains("Ada Example"));
    site.write("private/redact.toml", "people = [\"Ada Example\"]\n");
    preview.until("/", |answer| status(answer) == "200" && !answer.contains("Ada Example"));
}

#[test]
fn an_archive_that_another_file_takes_the_place_of_is_seen_every_time() {
    for args in [&["--port", "0"][..], &["--port", "0", "--poll"]] {
        let site = Site::new();
        let preview = Preview::start_with(&site, args);
        preview.until("/", |answer| status(answer) == "200");
        let mbox = std::fs::read_to_string(site.path("list.mbox")).expect("an mbox");
        for title in ["Glow warmer", "Shine longer"] {
            site.write("new.mbox", &mbox.replace("Burn brighter", title));
            std::fs::rename(site.path("new.mbox"), site.path("list.mbox")).expect("rename");
            preview.until("/", |answer| answer.contains(title));
        }
    }
}

#[test]
fn lost_mails_are_reported_above_the_last_good_site() {
    let site = Site::new();
    let mbox = fs::read_to_string(site.path("list.mbox")).expect("an mbox");
    let many: String = (0..9).map(|n| mbox.replace("<1@", &format!("<a{n}@"))).collect();
    site.write("list.mbox", &many);
    site.run(&["build"]).succeeds();
    let preview = Preview::start(&site);
    preview.until("/", |answer| status(answer) == "200");
    site.write("list.mbox", &mbox);
    let over = preview.until("/", |answer| answer.contains("This is the last good version"));
    assert!(over.contains("had 18 messages") && over.contains("--allow-shrink"), "{over}");
    site.write("list.mbox", &many);
    preview.until("/", |answer| !answer.contains("This is the last good version"));
}

#[test]
fn a_failed_first_build_is_reported_on_a_page() {
    let site = Site::new();
    site.settings("titel = \"<b>\"\n");
    let preview = Preview::start(&site);
    let told = preview.until("/", |answer| status(answer) == "500");
    assert!(told.contains("unknown key `titel`") && told.contains("reload.js"), "{told}");
    site.settings("");
    preview.until("/", |answer| status(answer) == "200");
}

#[test]
fn pages_are_notified_of_changes() {
    let site = Site::new();
    let preview = Preview::start(&site);
    preview.until("/", |answer| status(answer) == "200");
    let mut stream = TcpStream::connect(&preview.address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
    let request = format!("GET /__patchpress/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address);
    stream.write_all(request.as_bytes()).expect("send");
    let lines = BufReader::new(stream).lines().map(|line| line.expect("a line"));
    let mut versions = lines.filter(|line| line.starts_with("data: "));
    let first = versions.next().expect("a version");
    site.settings("title = \"Changed\"\n");
    assert_ne!(versions.next().expect("another version"), first);
}
