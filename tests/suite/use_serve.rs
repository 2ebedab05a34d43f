//! The preview, over a socket.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use crate::site::Site;

/// A preview of a site; ends with the test.
struct Preview {
    child: Child,
    address: String,
}

impl Preview {
    fn start(site: &Site) -> Self {
        let mut child = site
            .command(&["serve", "--port", "0"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut talk = BufReader::new(child.stderr.take().expect("stderr"));
        let mut line = String::new();
        talk.read_line(&mut line).expect("a line");
        let url = line.split_whitespace().find(|word| word.starts_with("http://"));
        let address = url.expect("an address").trim_start_matches("http://").trim_matches('/');
        let preview = Self { child, address: address.to_owned() };
        // What it says further is read, so that it never waits for us.
        std::thread::spawn(move || talk.read_to_string(&mut String::new()));
        preview
    }

    /// The whole answer to a request.
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
        stream.write_all(request.as_bytes()).expect("send");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.request("GET", path, "")
    }

    fn request(&self, method: &str, path: &str, headers: &str) -> String {
        let host = &self.address;
        self.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n"
        ))
    }

    /// Asks until the answer is right; a preview needs its time to build.
    fn until(&self, path: &str, is_right: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if is_right(&answer) {
                return answer;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "still not: {answer}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn a_site_is_shown() {
    let site = Site::new();
    let preview = Preview::start(&site);
    let home = preview.until("/", |answer| status(answer) == "200");
    assert!(home.contains("content-type: text/html; charset=utf-8"), "{home}");
    assert!(home.contains("<script src=\"/__patchpress/reload.js\" defer></script>\n</body>"));
    assert!(preview.get("/__patchpress/reload.js").contains("new EventSource"));
    assert!(!site.path("public").exists(), "the output folder is none of a preview's concern");

    let missing = preview.get("/no/such/page/");
    assert!(status(&missing) == "404" && missing.contains("text/html"), "{missing}");
    assert!(preview.get("/feeds").contains("location: /feeds/\r\n"));
    let head = preview.request("HEAD", "/", "");
    assert!(status(&head) == "200" && head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(status(&preview.request("POST", "/", "")), "405");

    let tag = home.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").trim();
    let again = preview.request("GET", "/", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(status(&again), "304");
}

#[test]
fn nothing_but_the_site_is_shown_and_to_nobody_else() {
    let site = Site::new();
    let preview = Preview::start(&site);
    preview.until("/", |answer| status(answer) == "200");
    let shown = site.path(".patchpress/serve-0");
    std::os::unix::fs::symlink(site.path("site.toml"), shown.join("link.txt")).expect("link");
    for path in [
        "/../../site.toml",
        "/%2e%2e/%2e%2e/site.toml",
        "/..%2f..%2fsite.toml",
        "/link.txt",
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
    let over = preview.until("/", |answer| answer.contains("This is the last good site"));
    assert!(over.contains("A new name") && over.contains("unknown key `titel`"), "{over}");

    site.settings("");
    site.write("content/fresh.md", "# Fresh\n\nJust written.\n");
    preview.until("/fresh/", |answer| answer.contains("Just written."));
    preview.until("/", |answer| !answer.contains("This is the last good site"));
}

#[test]
fn a_first_build_that_fails_is_told_on_a_page() {
    let site = Site::new();
    site.settings("titel = \"<b>\"\n");
    let preview = Preview::start(&site);
    let told = preview.until("/", |answer| status(answer) == "500");
    assert!(told.contains("unknown key `titel`") && told.contains("reload.js"), "{told}");
    site.settings("");
    preview.until("/", |answer| status(answer) == "200");
}

#[test]
fn pages_are_told_of_changes() {
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
