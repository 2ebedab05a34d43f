//! Access to the preview: the allowed names, and the limits for pages of other sites.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    time::Duration,
};

use crate::{
    preview::{Preview, status},
    site::Site,
};

#[test]
fn the_preview_answers_to_a_named_host_only() {
    let site = Site::new();
    site.settings("base_url = \"https://example.org/kvm/\"\n");
    let preview = Preview::start_with(&site, &["--port", "0", "--host", "Preview.example.org"]);
    preview.until("/kvm/", |answer| status(answer) == "200");
    let port = preview.address.rsplit_once(':').expect("a port").1;
    let ask = |host: &str, path: &str| {
        preview.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    };
    for (host, code) in [
        ("preview.example.org", "200"),
        ("PREVIEW.example.org:8080", "200"),
        ("localhost", "200"),
        ("example.org", "403"),
        ("a.preview.example.org", "403"),
        ("preview.example.org.evil.example", "403"),
    ] {
        assert_eq!(status(&ask(host, "/kvm/")), code, "{host}");
    }
    // Absolute URLs contain the name, not this machine's address.
    let feed = ask("preview.example.org", "/kvm/feed.atom");
    assert!(feed.contains(&format!("http://preview.example.org:{port}/kvm/")), "{feed}");
    for wrong in ["*", "https://example.org/", "example.org:80", "a b", ""] {
        let refused = site.run(&["serve", "--host", wrong]);
        assert_eq!(refused.code(), 2, "{wrong}");
        assert!(refused.talk().contains("without port, path"), "{wrong}: {}", refused.talk());
    }
}

/// A server in front of ours may forward only what is below the site's path.
#[test]
fn all_that_pages_load_lies_below_the_path_of_the_site() {
    let site = Site::new();
    site.settings("base_url = \"https://example.org/kvm/\"\n");
    let preview = Preview::start(&site);
    let home = preview.until("/kvm/", |answer| status(answer) == "200");
    assert!(home.contains("<script src=\"/kvm/__patchpress/reload.js\" defer></script>"), "{home}");
    let script = preview.get("/kvm/__patchpress/reload.js");
    assert!(status(&script) == "200" && !script.contains("\"/__patchpress"), "{script}");
    site.settings("base_url = \"https://example.org/kvm/\"\ntitel = 1\n");
    let over = preview.until("/kvm/", |answer| answer.contains("This is the last good version"));
    assert!(over.contains("href=\"/kvm/__patchpress/preview.css\""), "{over}");
    assert_eq!(status(&preview.get("/kvm/__patchpress/preview.css")), "200");
}

#[test]
fn only_own_pages_hear_of_changes_and_no_other_site_frames_one() {
    let site = Site::new();
    let preview = Preview::start_with(&site, &["--port", "0", "--host", "preview.example.org"]);
    let home = preview.until("/", |answer| status(answer) == "200");
    assert!(home.contains("x-frame-options: SAMEORIGIN\r\n"), "{home}");
    let own = format!("Origin: http://{}", preview.address);
    for (header, code) in [
        ("X-Nothing: of note", "200"),
        (&*own, "200"),
        ("Origin: https://preview.example.org", "200"),
        ("Sec-Fetch-Site: same-origin", "200"),
        ("Origin: http://evil.example", "403"),
        ("Origin: null", "403"),
        ("Sec-Fetch-Site: cross-site", "403"),
        ("Sec-Fetch-Site: same-site", "403"),
    ] {
        let mut stream = TcpStream::connect(&preview.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
        let host = &preview.address;
        write!(stream, "GET /__patchpress/events HTTP/1.1\r\nHost: {host}\r\n{header}\r\n\r\n")
            .expect("send");
        let mut first = String::new();
        BufReader::new(stream).read_line(&mut first).expect("a line");
        assert_eq!(status(&first), code, "{header}");
    }
}

#[test]
fn who_shows_a_site_to_others_is_told_so_and_where() {
    let site = Site::new();
    for quiet in [&[][..], &["--quiet"]] {
        let alone = Preview::start_with(&site, &[&["--port", "0"], quiet].concat());
        alone.until("/", |answer| status(answer) == "200");
        assert!(!alone.talk().contains("warning"), "{}", alone.talk());
        let args = [&["--port", "0", "--interface", "0.0.0.0"], quiet].concat();
        let open = Preview::start_with(&site, &args);
        open.until("/", |answer| status(answer) == "200");
        let (talk, port) = (open.talk(), open.address.rsplit_once(':').expect("a port").1);
        let warning = talk.lines().find(|line| line.starts_with("warning: ")).expect("a warning");
        assert!(warning.contains(&format!("listening on 0.0.0.0:{port}")), "{talk}");
        // If this machine has no route out, only its own address is known.
        let told = warning.rsplit_once("http://").expect("an address").1;
        let address = told.strip_suffix('/').expect("a path");
        assert!(!told.starts_with("0.0.0.0"), "{talk}");
        let answer =
            open.ask(&format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"));
        assert_eq!(status(&answer), "200", "{talk}");
    }
}
