//! `ping`: a hub is notified once of each changed feed.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
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
            let of = asked(&mut stream);
            let is_refused = !refuses.is_empty() && of.contains(refuses);
            if !is_refused {
                notes.lock().expect("notes").push(of);
            }
            answer_with(&mut stream, if is_refused { "500 No" } else { "204 Yes" });
        }
    });
    (address, told)
}

/// The feed in a request.
fn asked(stream: &mut TcpStream) -> String {
    let (mut asked, mut bytes) = (String::new(), [0; 4096]);
    while !asked.contains("hub.url=") {
        let count = stream.read(&mut bytes).expect("a request");
        asked += &String::from_utf8_lossy(&bytes[..count]);
        if count == 0 {
            break;
        }
    }
    let is_ping = asked.starts_with("POST / ") && asked.contains("hub.mode=publish&hub.url=");
    assert!(is_ping, "{asked}");
    let of = asked.rsplit("hub.url=").next().unwrap_or_default();
    of.replace("%3A", ":").replace("%2F", "/")
}

fn answer_with(stream: &mut TcpStream, status: &str) {
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok();
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
    // A patch without a reply: the feeds of ready and applied patches and of digests do not change.
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

/// What a hub fetched, and when it kills `ping`.
#[derive(Default)]
struct Fetched {
    /// The feeds as they were at each notification, in order.
    feeds: Vec<(String, Vec<u8>)>,
    /// At which of the next notifications it kills `ping`, and whether it responds first.
    kill_at: Option<(usize, bool)>,
    ping: Option<Child>,
}

const BASE: &str = "https://example.org/x/";

/// A hub that fetches each changed feed, as hubs do: from the site's folder.
fn fetching_hub(public: PathBuf) -> (String, Arc<Mutex<Fetched>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let fetched = Arc::new(Mutex::new(Fetched::default()));
    let known = Arc::clone(&fetched);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let of = asked(&mut stream);
            let path = of.strip_prefix(BASE).expect("a feed of the site").to_owned();
            let bytes = fs::read(public.join(&path)).expect("a feed");
            let mut hub = known.lock().expect("what it knows");
            hub.feeds.push((path, bytes));
            let kill = hub.kill_at.take_if(|(left, _)| {
                *left -= 1;
                *left == 0
            });
            if kill.is_none_or(|(_, answers_first)| answers_first) {
                answer_with(&mut stream, "204 Yes");
            }
            if let (Some(_), Some(mut ping)) = (kill, hub.ping.take()) {
                ping.kill().expect("killed");
                ping.wait().expect("gone");
            }
        }
    });
    (address, fetched)
}

/// A kill loses no change. It costs at most one further notification: of the feed at which it happened.
#[test]
fn over_a_growing_list_with_kills_a_hub_has_every_change_once() {
    if !has_curl() {
        return;
    }
    let site = Site::new();
    let (address, fetched) = fetching_hub(site.path("public"));
    site.settings(&format!("base_url = \"{BASE}\"\nfeeds = {{ hub = \"{address}\" }}\n"));
    site.run(&["build"]).succeeds();
    let start = |words: &[&str]| {
        let mut command = site.command(words);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    };
    let mut kills = 0;
    for day in 1..=16_usize {
        let mails = fs::read_to_string(site.path("list.mbox")).expect("mails");
        let more = answer(&format!("wick{day}"), u32::try_from(day).expect("a day"));
        site.write("list.mbox", &(mails + &more));
        let mut build = start(&["build"]);
        thread::sleep(Duration::from_millis(u64::try_from(day * 9).expect("a time")));
        build.kill().expect("killed or over");
        build.wait().expect("gone");
        // A killed build leaves a complete site; one that did not start leaves nothing new.
        for (at, answers_first) in [(1 + day % 3, day % 2 == 0), (1, day % 4 < 2)] {
            let mut hub = fetched.lock().expect("what it knows");
            hub.kill_at = Some((at, answers_first));
            hub.ping = Some(start(&["ping"]));
            drop(hub);
            // `ping` was killed, or had nothing more to send.
            loop {
                let mut hub = fetched.lock().expect("what it knows");
                let is_over = match &mut hub.ping {
                    None => true,
                    Some(ping) => ping.try_wait().expect("a state").is_some(),
                };
                if is_over {
                    kills += usize::from(hub.ping.take().is_none());
                    hub.kill_at = None;
                    break;
                }
                drop(hub);
                thread::sleep(Duration::from_millis(5));
            }
            site.run(&["build"]).succeeds();
        }
        site.run(&["ping"]).succeeds();
        let rest = site.run(&["ping", "--dry-run"]).succeeds().data();
        assert_eq!(rest, "", "day {day}");
        let hub = fetched.lock().expect("what it knows");
        let newest: BTreeMap<&str, &[u8]> =
            hub.feeds.iter().map(|(path, bytes)| (&**path, &**bytes)).collect();
        for (path, bytes) in newest {
            assert_eq!(fs::read(site.path("public").join(path)).expect("a feed"), bytes, "{path}");
        }
    }
    assert!(kills > 16, "{kills} kills");
    let hub = fetched.lock().expect("what it knows");
    let mut times: BTreeMap<(&str, &[u8]), usize> = BTreeMap::new();
    for (path, bytes) in &hub.feeds {
        *times.entry((path, bytes)).or_default() += 1;
    }
    let doubles = hub.feeds.len() - times.len();
    assert!(doubles <= kills, "{doubles} notifications without a change, {kills} kills");
}
