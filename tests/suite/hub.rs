//! `hub`: sites that were built apart become one, and nothing that a site exports can do harm.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::site::{Site, tree};

/// A patch as mbox.
fn patch(id: &str, who: &str, title: &str, day: u32) -> String {
    let mail = who.to_lowercase();
    format!(
        "From x Thu Jan  1 00:00:00 1970\nMessage-ID: <{id}@example.org>\n\
         From: {who} Example <{mail}@example.org>\nSubject: [PATCH] {title}\n\
         Date: {day:02} Feb 2026 10:00:00 +0000\n\nBecause.\n---\n\
         diff --git a/{id}.c b/{id}.c\n--- a/{id}.c\n+++ b/{id}.c\n@@ -1 +1 @@\n-a\n+b\n\n"
    )
}

/// A hub and the sites below its folder; each site is at `https://example.org/NAME/`.
struct Hub {
    site: Site,
    names: Vec<String>,
}

impl Hub {
    /// Sites with these names and mails.
    fn new(sites: &[(&str, String)]) -> Self {
        let site = Site::new();
        let mut toml = String::from("title = \"Hub\"\nbase_url = \"https://hub.example.org/\"\n");
        for (name, mails) in sites {
            site.write(&format!("{name}/list.mbox"), mails);
            site.write(
                &format!("{name}/site.toml"),
                &format!(
                    "title = \"Site {name}\"\nbase_url = \"https://example.org/{name}/\"\n\
                     [build]\nhub = true\n[[lists]]\nname = \"{name}-list\"\narchive = \"list.mbox\"\n"
                ),
            );
            site.run(&["--root", name, "build", "-q"]).succeeds();
            toml += &format!("[[sites]]\nname = \"{name}\"\npath = \"{name}/public\"\n");
        }
        site.write("hub.toml", &toml);
        Self { site, names: sites.iter().map(|(name, _)| (*name).to_owned()).collect() }
    }

    /// Two sites that share one series.
    fn pair() -> Self {
        let both = patch("both", "Cleo", "lamp: Light both rooms", 10);
        Self::new(&[
            ("one", patch("a", "Ada", "lamp: Dim", 9) + &both),
            ("two", both.clone() + &patch("b", "Bob", "wick: Trim", 11)),
        ])
    }

    fn run(&self) -> String {
        self.site.run(&["hub"]).succeeds().talk()
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.site.path("public").join(path)).expect("a page")
    }

    /// Every link of the hub to one of its sites leads to a file, and `check` finds nothing wrong in the hub.
    fn lands(&self) {
        let ran = self.site.run(&["check", "--all", "public"]);
        assert_eq!(ran.code(), 0, "{}{}", ran.data(), ran.talk());
        let mut seen = 0;
        for (path, bytes) in tree(&self.site.path("public")) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            for (at, base) in text.match_indices("https://example.org/") {
                let rest = &text[at + base.len()..];
                let url = &rest[..rest.find(['"', '<', ' ', '>', '\\']).unwrap_or(rest.len())];
                let (url, anchor) = url.split_once('#').unwrap_or((url, ""));
                let Some((name, below)) = url.split_once('/') else { continue };
                if !self.names.iter().any(|known| known == name) {
                    continue;
                }
                let file = self.site.path(&format!("{name}/public/{below}"));
                let file = if below.is_empty() || below.ends_with('/') {
                    file.join("index.html")
                } else {
                    file
                };
                let target = fs::read_to_string(&file);
                let target = target.unwrap_or_else(|_| panic!("{}: {url}", path.display()));
                let is_there = [format!("id={anchor}"), format!("id=\"{anchor}\"")];
                assert!(
                    anchor.is_empty() || is_there.iter().any(|id| target.contains(id)),
                    "{url}#{anchor}"
                );
                seen += 1;
            }
        }
        assert!(seen >= self.names.len() * 3, "only {seen} links");
    }

    /// The rows of the search index.
    fn rows(&self) -> Vec<Value> {
        let mut rows = Vec::new();
        for (path, bytes) in tree(&self.site.path("public/search")) {
            if path.extension().is_some_and(|end| end == "json") && !path.ends_with("index.json") {
                let some: Vec<Value> = serde_json::from_slice(&bytes).expect("rows");
                rows.extend(some);
            }
        }
        rows
    }

    /// Changes the parts of a site as a hostile one would, with sums that agree.
    fn forge(&self, name: &str, change: impl Fn(&str, String) -> String) {
        let folder = self.site.path(&format!("{name}/public/hub"));
        let mut parts = Vec::new();
        for (path, bytes) in tree(&folder) {
            let file = path.display().to_string();
            if file == "index.json" {
                continue;
            }
            let text = change(&file, String::from_utf8(bytes).expect("UTF-8"));
            fs::write(folder.join(&path), &text).expect("written");
            parts
                .push(json!({"file": file, "bytes": text.len(), "sum": sha1(&folder.join(&path))}));
        }
        let index = folder.join("index.json");
        let text = change("index.json", fs::read_to_string(&index).expect("an index"));
        let mut head: Value = serde_json::from_str(&text).expect("JSON");
        head["parts"] = parts.into();
        fs::write(index, format!("{head}\n")).expect("written");
    }
}

fn sha1(path: &Path) -> String {
    let out = Command::new("sha1sum").arg(path).output().expect("sha1sum");
    String::from_utf8_lossy(&out.stdout)[..40].to_owned()
}

#[test]
fn a_series_on_two_sites_is_there_once() {
    let hub = Hub::pair();
    let said = hub.run();
    assert!(
        said.starts_with("2 sites, 2 lists, 4 messages, 3 series; 1 on several sites\n"),
        "{said}"
    );
    let month = hub.page("series/2026-02/index.html");
    assert_eq!(month.matches("lamp: Light both rooms").count(), 1, "{month}");
    for name in ["one", "two"] {
        assert!(
            month.contains(&format!("https://example.org/{name}/series/lamp-light-both-rooms-"))
        );
    }
    let titled = |row: &&Value| row[1] == "lamp: Light both rooms";
    let rows = hub.rows();
    let found: Vec<&Value> = rows.iter().filter(titled).collect();
    assert_eq!(found.len(), 1, "{rows:?}");
    let to = found[0][0].as_str().expect("an address");
    let (page, anchor) = to.split_once('#').expect("an anchor");
    assert_eq!(page, "series/2026-02/");
    assert!(month.contains(&format!("id=\"{anchor}\"")));
    // The front page, the feed and the people have it once, too.
    assert_eq!(hub.page("feed.atom").matches("lamp: Light both rooms").count(), 1);
    assert_eq!(hub.page("people/index.html").matches("Cleo Example").count(), 1);
    let opml = hub.page("feeds/feeds.opml");
    assert!(opml.contains("https://example.org/two/lists/two-list/feed.atom"), "{opml}");
    hub.lands();
}

#[test]
fn twenty_sites_become_one_and_the_same_bytes_are_not_written_again() {
    let sites: Vec<(String, String)> = (0..20)
        .map(|n| {
            let own = patch(&format!("p{n}"), "Ada", &format!("part{n}: Add"), 1 + n);
            (format!("s{n}"), own + &patch("all", "Bob", "all: Everywhere", 25))
        })
        .collect();
    let sites: Vec<(&str, String)> =
        sites.iter().map(|(name, text)| (&**name, text.clone())).collect();
    let hub = Hub::new(&sites);
    let said = hub.run();
    assert!(
        said.starts_with("20 sites, 20 lists, 40 messages, 21 series; 1 on several sites\n"),
        "{said}"
    );
    hub.lands();
    let first = tree(&hub.site.path("public"));
    assert!(hub.run().contains(": 0 files written, "));
    hub.site.run(&["hub", "--output-dir", "other"]).succeeds();
    fs::remove_dir_all(hub.site.path(".patchpress")).expect("removed");
    hub.site.run(&["hub", "--output-dir", "third", "--jobs", "1"]).succeeds();
    for other in ["other", "third"] {
        assert!(first == tree(&hub.site.path(other)), "{other}");
    }
}

#[test]
fn a_site_that_is_lost_or_damaged_is_named_and_the_others_are_there() {
    type Harm = fn(&Path);
    let too_long: Harm = |hub| {
        let index = hub.join("index.json");
        let text = fs::read_to_string(&index).expect("an index");
        fs::write(index, text + &" ".repeat(5_000_000)).expect("written");
    };
    let harms: [(&str, Harm); 6] = [
        ("cannot read", |hub| fs::remove_dir_all(hub).expect("removed")),
        ("cannot read", |hub| fs::remove_file(hub.join("states.json")).expect("removed")),
        ("is not what its index says", |hub| {
            fs::write(hub.join("recent.jsonl"), "{}\n").expect("written");
        }),
        ("is damaged", |hub| fs::write(hub.join("index.json"), "{\"kind\":").expect("written")),
        ("has more than", too_long),
        ("has the version 99", |hub| {
            let index = hub.join("index.json");
            let text = fs::read_to_string(&index).expect("an index");
            fs::write(index, text.replace("\"version\":1", "\"version\":99")).expect("written");
        }),
    ];
    for (why, harm) in harms {
        let hub = Hub::pair();
        harm(&hub.site.path("two/public/hub"));
        let why = if why == "has the version 99" { "have the version 99" } else { why };
        let said = hub.run();
        assert!(said.contains("warning: two: left out: ") && said.contains(why), "{why}: {said}");
        assert_eq!(hub.site.run(&["hub", "--strict", "-q"]).code(), 1);
        let front = hub.page("index.html");
        assert!(front.contains("one-list") && !front.contains("two-list"), "{why}");
        assert!(front.contains("<b>two</b> This page has nothing of it."), "{why}: {front}");
        assert_eq!(hub.rows().iter().filter(|row| row[2] != "person").count(), 2, "{why}");
    }
}

#[test]
fn what_a_hostile_site_says_is_text_and_leads_nowhere_else() {
    let hub = Hub::pair();
    let script = "<script>alert(1)</script>\u{1b}]0;x\u{7}";
    hub.forge("two", |file, text| {
        let mut lines = String::new();
        for line in text.lines() {
            let mut value: Value = serde_json::from_str(line).expect("JSON");
            for key in ["title", "author", "name", "description"] {
                if value[key].is_string() {
                    value[key] = script.into();
                }
            }
            if file == "recent.jsonl" {
                value["url"] = "javascript:alert(2)".into();
                value["author"] = json!({"name": script, "email": script});
                if let Some(talks) = value["conversations"].as_array_mut() {
                    for talk in talks {
                        talk["title"] = script.into();
                        talk["url"] = "../../evil/".into();
                        talk["lists"] = json!(["<b>", "../x"]);
                    }
                }
            }
            if file.starts_with("series-")
                && value["series"].as_str().is_some_and(|s| s.starts_with("wick"))
            {
                value["series"] = "../../etc/passwd".into();
            }
            if file == "index.json" {
                let list = &mut value["lists"][0];
                list["url"] = "//evil.example.com/".into();
                list["feed"] = "javascript:alert(3)".into();
                list["address"] = "a@b?body=<script>".into();
                value["sitemaps"] = json!(["https://evil.example.com/sitemap.xml", "../x.xml"]);
            }
            lines += &format!("{value}\n");
        }
        lines
    });
    let said = hub.run();
    assert!(said.contains("1 line of the parts could not be read"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said:?}");
    for (path, bytes) in tree(&hub.site.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        if path.starts_with("static") {
            continue;
        }
        for bad in ["<script>alert", "javascript:", "evil", "../etc", "\u{1b}", "\u{7}", "body="] {
            assert!(!text.contains(bad), "{}: {bad}", path.display());
        }
    }
    hub.lands();
}

#[test]
fn a_site_cannot_speak_for_another_one() {
    let hub = Hub::pair();
    // It claims every id that there is, for a series of another title and author.
    let ids: BTreeSet<String> = ["one", "two"]
        .iter()
        .flat_map(|name| {
            let text =
                fs::read_to_string(hub.site.path(&format!("{name}/public/hub/series-2026.jsonl")));
            text.expect("a part").lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .flat_map(|line| {
            let value: Value = serde_json::from_str(&line).expect("JSON");
            value["ids"].as_array().expect("ids").clone()
        })
        .map(|id| id.as_str().expect("text").to_owned())
        .collect();
    hub.forge("two", |file, text| match file {
        "series-2026.jsonl" => text
            .lines()
            .map(|line| {
                let mut value: Value = serde_json::from_str(line).expect("JSON");
                if value["title"] == "wick: Trim" {
                    value["ids"] = json!(ids);
                }
                format!("{value}\n")
            })
            .collect(),
        _ => text,
    });
    let said = hub.run();
    assert!(said.contains("3 series; 1 on several sites"), "{said}");
}

#[test]
fn many_series_of_one_name_do_not_make_long_files() {
    let hub = Hub::pair();
    let count = 30_000;
    hub.forge("two", |file, text| match file {
        "series-2026.jsonl" => {
            let line: Value =
                serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
            let of = |n: usize| {
                let mut line = line.clone();
                line["series"] = format!("same-{n:08x}").into();
                line["ids"] = json!([format!("{n:016x}")]);
                format!("{line}\n")
            };
            (0..count).map(of).collect()
        }
        "states.json" => {
            let mut states: Value = serde_json::from_str(&text).expect("JSON");
            states["series"] = json!([{"year": "2026", "states": "n".repeat(count)}]);
            format!("{states}\n")
        }
        _ => text,
    });
    hub.run();
    for (path, bytes) in tree(&hub.site.path("public/search")) {
        assert!(bytes.len() < 60_000, "{}: {}", path.display(), bytes.len());
    }
}

#[test]
fn a_site_with_another_theme_and_older_parts_joins() {
    let hub = Hub::pair();
    let settings = fs::read_to_string(hub.site.path("two/site.toml")).expect("settings");
    hub.site.write("two/site.toml", &format!("theme = \"plain\"\n{settings}"));
    hub.site.write(
        "two/themes/plain/templates/home.html",
        "<!doctype html><title>{{ page.title }}</title>",
    );
    hub.site.run(&["--root", "two", "build", "-q"]).succeeds();
    // An earlier version had neither people nor digests of years, and fewer fields.
    let folder = hub.site.path("two/public/hub");
    for (path, _) in tree(&folder) {
        let name = path.display().to_string();
        if name.starts_with("people-") || name.starts_with("digests-") {
            fs::remove_file(folder.join(path)).expect("removed");
        }
    }
    hub.forge("two", |file, text| {
        let mut lines = String::new();
        for line in text.lines() {
            let mut value: Value = serde_json::from_str(line).expect("JSON");
            let object = value.as_object_mut().expect("an object");
            for key in ["sitemaps", "people", "description", "patches", "first"] {
                object.remove(key);
            }
            if file == "index.json" {
                object.insert("version".to_owned(), 0.into());
                object.insert("unknown".to_owned(), json!({"a": [1]}));
            }
            lines += &format!("{value}\n");
        }
        lines
    });
    let said = hub.run();
    assert!(said.contains("3 series; 1 on several sites") && !said.contains("warning"), "{said}");
    assert!(hub.page("index.html").contains("two-list"));
}

/// A web server for the folders below `root`; while `broken` is set, it answers 503.
fn server(root: PathBuf, broken: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut bytes = [0; 8192];
            let count = stream.read(&mut bytes).unwrap_or(0);
            let asked = String::from_utf8_lossy(&bytes[..count]).into_owned();
            let path = asked.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
            let head = |status: &str, more: &str, len: usize| {
                format!(
                    "HTTP/1.1 {status}\r\n{more}Content-Length: {len}\r\nConnection: close\r\n\r\n"
                )
            };
            let (head, body) = match fs::read(root.join(&path)) {
                _ if broken.load(Ordering::Relaxed) => (head("503 No", "", 0), Vec::new()),
                // Redirects may not lead to the disk.
                _ if path.starts_with("file/") => {
                    (head("302 There", "Location: file:///etc/passwd\r\n", 0), Vec::new())
                }
                _ if path.starts_with("round/") => {
                    (head("302 There", "Location: /round/hub/index.json\r\n", 0), Vec::new())
                }
                Ok(bytes) => (head("200 Yes", "", bytes.len()), bytes),
                Err(_) => (head("404 No", "", 0), Vec::new()),
            };
            stream.write_all(head.as_bytes()).ok();
            stream.write_all(&body).ok();
        }
    });
    address
}

#[test]
fn the_last_good_copy_of_a_site_on_the_web_is_kept_and_named() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let hub = Hub::pair();
    let broken = Arc::new(AtomicBool::new(false));
    let address = server(hub.site.path("two/public"), Arc::clone(&broken));
    let text = fs::read_to_string(hub.site.path("two/site.toml")).expect("settings");
    let settings = text.replace("https://example.org/two/", &address);
    hub.site.write("two/site.toml", &settings);
    hub.site.run(&["--root", "two", "build", "-q"]).succeeds();
    let toml = |url: &str| {
        format!(
            "title = \"Hub\"\nbase_url = \"https://hub.example.org/\"\n\
             [[sites]]\nname = \"one\"\npath = \"one/public\"\n[[sites]]\nname = \"two\"\nurl = \"{url}\"\n"
        )
    };
    hub.site.write("hub.toml", &toml(&address));
    let said = hub.run();
    assert!(said.contains("1 on several sites") && !said.contains("warning"), "{said}");
    let good = tree(&hub.site.path("public"));
    // Down, then with a damaged part: the copy stays, and the page says that it is old.
    broken.store(true, Ordering::Relaxed);
    let said = hub.run();
    assert!(
        said.contains("warning: two: the last good copy is used: ") && said.contains("503"),
        "{said}"
    );
    assert!(hub.page("index.html").contains("with messages up to 11 Feb 2026"));
    assert!(hub.page("lists/two-list/index.html").contains("(old copy)"));
    broken.store(false, Ordering::Relaxed);
    let mails = fs::read_to_string(hub.site.path("two/list.mbox")).expect("mails");
    hub.site.write("two/list.mbox", &(mails + &patch("new", "Eve", "wick: New", 20)));
    hub.site.run(&["--root", "two", "build", "-q"]).succeeds();
    let states = hub.site.path("two/public/hub/states.json");
    let right = fs::read(&states).expect("a part");
    fs::write(&states, right.iter().map(|b| b ^ 1).collect::<Vec<u8>>()).expect("written");
    let said = hub.run();
    assert!(said.contains("is not what its index says"), "{said}");
    assert!(!hub.page("series/index.html").contains("wick: New"));
    fs::write(&states, right).expect("written");
    let said = hub.run();
    assert!(said.contains("4 series") && !said.contains("warning"), "{said}");
    assert!(good != tree(&hub.site.path("public")));
    // Redirects to the disk, and in circles; a site that says that it is another one.
    for (path, name) in [("file/", "three"), ("round/", "four"), ("other/", "five")] {
        hub.site.write(
            "hub.toml",
            &toml(&format!("{address}{path}")).replace("\"two\"", &format!("\"{name}\"")),
        );
        let said = hub.run();
        assert!(said.contains(&format!("warning: {name}: left out: ")), "{said}");
    }
}

#[test]
fn a_killed_run_leaves_the_old_hub_or_the_new_one() {
    let hub = Hub::pair();
    hub.run();
    let old = tree(&hub.site.path("public"));
    let mails = fs::read_to_string(hub.site.path("two/list.mbox")).expect("mails");
    hub.site.write("two/list.mbox", &(mails + &patch("new", "Eve", "wick: New", 20)));
    hub.site.run(&["--root", "two", "build", "-q"]).succeeds();
    let mut killed = 0;
    for time in (0..60).step_by(4) {
        let mut command = hub.site.command(&["hub"]);
        let mut run =
            command.stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("it starts");
        thread::sleep(Duration::from_millis(time));
        killed += usize::from(run.try_wait().expect("a state").is_none());
        run.kill().ok();
        run.wait().expect("gone");
    }
    assert!(killed > 0, "no run was killed");
    hub.run();
    let new = tree(&hub.site.path("public"));
    assert!(new != old);
    hub.site.run(&["hub", "--output-dir", "other"]).succeeds();
    let other = tree(&hub.site.path("other"));
    let odd: Vec<_> =
        new.keys().chain(other.keys()).filter(|path| new.get(*path) != other.get(*path)).collect();
    assert!(odd.is_empty(), "not as a run from nothing: {odd:?}");
    hub.lands();
}

#[test]
fn a_new_mail_leaves_the_parts_of_closed_years() {
    let hub = Hub::pair();
    let old = patch("old", "Ada", "lamp: Old", 3).replace("Feb 2026", "Dec 2025");
    let mails = old + &fs::read_to_string(hub.site.path("one/list.mbox")).expect("mails");
    hub.site.write("one/list.mbox", &mails);
    hub.site.run(&["--root", "one", "build", "-q"]).succeeds();
    let parts = |_: &str| -> BTreeMap<PathBuf, Vec<u8>> { tree(&hub.site.path("one/public/hub")) };
    let before = parts("");
    // A second version of the old series: its state is no longer in the old year.
    let again = patch("old2", "Ada", "lamp: Old", 20).replace("[PATCH]", "[PATCH v2]");
    hub.site.write("one/list.mbox", &(mails + &again));
    hub.site.run(&["--root", "one", "build", "-q"]).succeeds();
    let after = parts("");
    let same = |name: &str| before[Path::new(name)] == after[Path::new(name)];
    assert!(same("series-2025.jsonl") && same("people-2025.jsonl") && same("digests-2025.jsonl"));
    assert!(!same("series-2026.jsonl") && !same("states.json") && !same("index.json"));
    hub.run();
    let rows = hub.rows();
    let versions: Vec<&Value> =
        rows.iter().filter(|row| row[1] == "lamp: Old").map(|row| &row[6][0]).collect();
    assert_eq!(versions, ["v2"]);
}

#[test]
fn nothing_of_a_redacted_person_or_mail_is_in_the_parts() {
    let hub = Hub::pair();
    let settings = fs::read_to_string(hub.site.path("one/site.toml")).expect("settings");
    let text = |more: &str| {
        hub.site.write("one/site.toml", &format!("{settings}{more}"));
        hub.site.run(&["--root", "one", "build", "-q"]).succeeds();
        let all = tree(&hub.site.path("one/public/hub")).into_values();
        all.map(|bytes| String::from_utf8(bytes).expect("UTF-8")).collect::<String>()
    };
    let whole = text("");
    assert!(whole.contains("Ada Example") && whole.contains("lamp: Dim") && whole.contains("Cleo"));
    let less = text(
        "[redact]\npeople = [\"Cleo Example\", \"cleo@example.org\"]\nmessages = [\"a@example.org\"]\n",
    );
    for gone in ["Cleo", "cleo", "lamp: Dim", "lamp-dim"] {
        assert!(!less.contains(gone), "{gone}: {less}");
    }
    let masked = text("[privacy]\naddresses = \"hidden\"\n");
    assert!(
        !masked.contains("ada@") && !masked.contains("cleo@") && masked.contains("Ada Example")
    );
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let site = Site::new();
    let refused = |toml: &str, why: &str| {
        site.write("hub.toml", toml);
        let ran = site.run(&["hub"]);
        assert!(ran.code() == 2 && ran.talk().contains(why), "{toml}: {}", ran.talk());
    };
    assert!(site.run(&["hub"]).talk().contains("there is no `hub.toml`"));
    refused("title = \"x\"\n", "a hub has `[[sites]]`");
    refused("[[sites]]\nurl = \"file:///etc\"\n", "is not the address of a site");
    refused("[[sites]]\nname = \"a\"\n", "a `url` or a `path`");
    refused("[[sites]]\npath = \"a\"\n[[sites]]\npath = \"a\"\n", "two sites named `a`");
    refused("[[sites]]\npath = \"a\"\nnmae = \"b\"\n", "unknown key `nmae`");
    refused("[[sites]]\npath = \"a\"\nname = \"../b\"\n", "cannot be the name of a site");
    site.settings("[[sites]]\npath = \"a\"\n");
    assert!(site.run(&["build"]).talk().contains("belongs in `hub.toml`"));
}
