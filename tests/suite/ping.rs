//! `ping`: a hub is notified once of each changed feed.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    process::Command,
    sync::{Arc, Mutex},
    thread,
};

use crate::site::Site;

/// A hub that records its notifications, and refuses those that contain `refuses`.
fn hub(refuses: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let told = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&told);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let (mut asked, mut bytes) = (String::new(), [0; 4096]);
            while !asked.contains("hub.url=") {
                let count = stream.read(&mut bytes).expect("a request");
                asked += &String::from_utf8_lossy(&bytes[..count]);
                if count == 0 {
                    break;
                }
            }
            assert!(
                asked.starts_with("POST / ") && asked.contains("hub.mode=publish&hub.url="),
                "{asked}"
            );
            let of = asked.rsplit("hub.url=").next().unwrap_or_default().to_owned();
            let is_refused = !refuses.is_empty() && of.contains(refuses);
            let answer = if is_refused { "500 No" } else { "204 Yes" };
            if !is_refused {
                notes.lock().expect("notes").push(of.replace("%3A", ":").replace("%2F", "/"));
            }
            write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .ok();
        }
    });
    (address, told)
}

fn has_curl() -> bool {
    let is_there = Command::new("curl").arg("--version").output().is_ok();
    if !is_there {
        eprintln!("skipped: there is no curl");
    }
    is_there
}

fn answer(text: &str, day: u32) -> String {
    format!(
        "\nFrom x Thu Jan  1 00:00:00 1970\nMessage-ID: <{day}@example.org>\nFrom: Cleo <cleo@example.org>\n\
         Subject: [PATCH] {text}\nDate: Tue, {day} Feb 2026 10:00:00 +0000\n\nBecause.\n---\n\
         diff --git a/{text}.c b/{text}.c\n--- a/{text}.c\n+++ b/{text}.c\n@@ -1 +1 @@\n-a\n+b\n"
    )
}

#[test]
fn a_hub_is_notified_once_of_each_change() {
    if !has_curl() {
        return;
    }
    let (address, told) = hub("");
    let take = || std::mem::take(&mut *told.lock().expect("notes"));
    let site = Site::new();
    let base = "https://example.org/x/";
    site.settings(&format!("base_url = \"{base}\"\nfeeds = {{ hub = \"{address}\" }}\n"));
    site.run(&["build"]).succeeds();
    let dry = site.run(&["ping", "--dry-run"]).succeeds().data();
    assert_eq!((dry.lines().count(), take().len()), (6, 0));
    assert_eq!(site.run(&["ping"]).succeeds().talk(), "the hub was notified of 6 feeds\n");
    assert_eq!(take(), dry.lines().collect::<Vec<_>>());
    assert_eq!(
        site.run(&["ping"]).succeeds().talk(),
        "nothing changed: the hub was not notified\n"
    );
    // A patch that nobody has answered: the feeds of what is ready, of what was applied and of digests stay.
    let mails = std::fs::read_to_string(site.path("list.mbox")).expect("mails");
    site.write("list.mbox", &(mails + &answer("wick", 24)));
    site.run(&["build"]).succeeds();
    site.run(&["ping"]).succeeds();
    let names = ["feed.atom", "lists/list/feed.atom", "lists/list/waiting.atom"];
    assert_eq!(take(), names.map(|name| format!("{base}{name}")));
}

#[test]
fn a_ping_that_stops_half_way_is_gone_on_with() {
    if !has_curl() {
        return;
    }
    let (refusing, _) = hub("waiting");
    let site = Site::new();
    let settings =
        |hub: &str| format!("base_url = \"https://example.org/\"\nfeeds = {{ hub = \"{hub}\" }}\n");
    site.settings(&settings(&refusing));
    site.run(&["build"]).succeeds();
    let ran = site.run(&["ping"]);
    assert_eq!(ran.code(), 2);
    let said = ran.talk();
    assert!(
        said.contains("was not notified of `https://example.org/lists/list/waiting.atom`"),
        "{said}"
    );
    let left = site.run(&["ping", "--dry-run"]).succeeds().data();
    assert_eq!(left.lines().count(), 3, "{left}");
    // Another hub knows nothing yet.
    let (other, told) = hub("");
    site.settings(&settings(&other));
    site.run(&["build"]).succeeds();
    site.run(&["ping"]).succeeds();
    assert_eq!(told.lock().expect("notes").len(), 6);
}

#[test]
fn a_site_without_a_hub_or_without_feeds_says_so() {
    let site = Site::new();
    let said = site.run(&["ping"]).talk();
    assert!(said.contains("the site has no hub"), "{said}");
    site.settings("feeds = { hub = \"http://127.0.0.1:1/\" }\n");
    let said = site.run(&["ping"]).talk();
    assert!(said.contains("set `base_url` in site.toml"), "{said}");
    site.settings(
        "base_url = \"https://example.org/\"\nfeeds = { hub = \"http://127.0.0.1:1/\" }\n",
    );
    let said = site.run(&["ping"]).talk();
    assert!(said.contains("run `patchpress build` first"), "{said}");
}
