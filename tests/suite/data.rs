//! Data for scripts: each file and each line of `export` matches the schema, and the schema has no other fields.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::site::{Site, tree};

const SCHEMA: &str = include_str!("../../src/export/schema.json");
const GUIDE: &str = include_str!("../../content/guide/data.md");

/// The schema, and those of its fields that were found.
struct Judge {
    schema: Value,
    met: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Judge {
    fn new() -> Self {
        let schema = serde_json::from_str(SCHEMA).expect("JSON");
        Self { schema, met: BTreeSet::new(), wrong: Vec::new() }
    }

    /// An object by its `kind`.
    fn object(&mut self, value: &Value, place: &str) {
        let kind = value["kind"].as_str().unwrap_or_default();
        let known = self.schema["properties"]["kind"]["enum"].as_array().expect("kinds");
        assert!(known.iter().any(|word| word == kind), "{place}: a kind `{kind}`");
        let schema = self.schema["$defs"][kind].clone();
        self.look(value, &schema, &format!("{place} {kind}"));
    }

    /// The keywords that the schema uses; any other fails, as nothing would check it. A field that the schema does
    /// not have is an error here, although scripts should ignore it.
    fn look(&mut self, value: &Value, schema: &Value, place: &str) {
        for (keyword, says) in schema.as_object().expect("a schema") {
            let is_right = match keyword.as_str() {
                "description" => true,
                "$ref" => {
                    let name = says.as_str().expect("a name").trim_start_matches("#/$defs/");
                    let schema = self.schema["$defs"][name].clone();
                    assert!(schema.is_object(), "the schema has no `{name}`");
                    self.look(value, &schema, &format!("{place} {name}"));
                    true
                }
                "anyOf" => match value {
                    Value::Null => {
                        says.as_array().expect("schemas").iter().any(|s| s["type"] == "null")
                    }
                    value => {
                        self.look(value, &says[0].clone(), place);
                        true
                    }
                },
                "type" => match says {
                    Value::Array(types) => types.iter().any(|name| is_of(value, name)),
                    name => is_of(value, name),
                },
                "const" => value == says,
                "enum" => says.as_array().expect("words").contains(value),
                "minimum" => value.as_f64().is_none_or(|number| number >= 0.0),
                "format" => {
                    let is_date = |text: &str| text.parse::<jiff::Timestamp>().is_ok();
                    says == "date-time" && value.as_str().is_none_or(is_date)
                }
                "items" => {
                    for one in value.as_array().into_iter().flatten() {
                        self.look(one, says, place);
                    }
                    true
                }
                "properties" => {
                    self.fields(value, says, place);
                    true
                }
                other => panic!("the schema has `{other}`, which is not looked at here"),
            };
            if !is_right {
                self.wrong.push(format!("{place}: {keyword} {says}: {value:.300}"));
            }
        }
    }

    fn fields(&mut self, value: &Value, schema: &Value, place: &str) {
        let own = place.rsplit(' ').next().unwrap_or_default().to_owned();
        // The fields that the file of a series leaves out.
        let is_left_out = |name: &str| {
            // Only the output for a single digest has its text.
            if own == "digest" && ["note", "sections"].contains(&name) {
                return !place.starts_with("digest");
            }
            let of_revision = ["schema", "kind", "list", "series", "patches"];
            place.contains(" series.revisions")
                && match &*own {
                    "revision" => of_revision.contains(&name),
                    "patch" => ["trailers", "ledger"].contains(&name),
                    _ => false,
                }
        };
        let fields = schema.as_object().expect("fields").keys();
        for name in fields.filter(|name| value.get(name.as_str()).is_none() && !is_left_out(name)) {
            self.wrong.push(format!("{place}: there is no `{name}`"));
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            match schema.get(name) {
                Some(schema) => {
                    self.met.insert(format!("{own}.{name}"));
                    self.look(value, schema, &format!("{place}.{name}"));
                }
                None => self.wrong.push(format!("{place}: the schema does not name `{name}`")),
            }
        }
    }
}

fn is_of(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type") {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("a type `{other}`"),
    }
}

/// The demo, built below a folder; `more` precedes its settings.
fn demo(more: &str) -> Site {
    let site = Site::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in tree(&root.join("content")).into_keys() {
        let to = site.path("content").join(&path);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(root.join("content").join(&path), to).expect("the demo");
    }
    let list =
        "[[lists]]\nname = \"lantern-devel\"\narchive = \"content/archives/lantern-devel.mbox\"\n";
    site.write("site.toml", &format!("title = \"Lantern\"\n{more}{list}"));
    site.run(&["build"]).succeeds();
    site
}

/// The data of a site, each object with the path of its file.
fn objects(site: &Site) -> Vec<(PathBuf, Value)> {
    let mut all = Vec::new();
    for (path, bytes) in tree(&site.path("public")) {
        let is_other =
            path.starts_with("search") || path.ends_with("feed.json") || path.starts_with("schema");
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("json" | "jsonl") if !is_other => {
                for line in String::from_utf8(bytes).expect("UTF-8").lines() {
                    all.push((path.clone(), serde_json::from_str(line).expect("JSON")));
                }
            }
            _ => {}
        }
    }
    all
}

#[test]
fn every_object_is_what_the_schema_says_and_no_field_of_it_is_missing() {
    let site = demo("build = { hub = true }\n");
    let mut judge = Judge::new();
    let mut kinds = BTreeMap::<String, usize>::new();
    for (path, value) in objects(&site) {
        *kinds.entry(value["kind"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        judge.object(&value, &path.display().to_string());
    }
    for form in [&["export"][..], &["export", "--messages"], &["export", "--digests"]] {
        for line in site.run(form).succeeds().data().lines() {
            judge.object(&serde_json::from_str(line).expect("JSON"), &form.join(" "));
        }
    }
    let printed = site.run(&["digest", "2026-W09", "--format", "json"]).succeeds().data();
    judge.object(&serde_json::from_str(&printed).expect("JSON"), "digest --format json");
    assert_eq!(printed.matches("\"url\":\"2026/w09/\"").count(), 1);
    assert_eq!(judge.wrong, Vec::<String>::new());
    let expected = [
        "digest",
        "event",
        "hub",
        "hub-digest",
        "hub-person",
        "hub-series",
        "hub-states",
        "index",
        "list",
        "person",
        "series",
    ];
    assert_eq!(kinds.keys().collect::<Vec<_>>(), expected);
    assert_eq!((kinds["index"], kinds["list"], kinds["series"]), (1, 3, 13));
    // The demo has no claim, no part of a series, nothing carried, no witness by a commit: other lists have these
    // fields.
    let rare = ["claim.", "part.", "carried.", "kin.", "machine.", "intent."];
    let defs = judge.schema["$defs"].as_object().expect("definitions");
    let named = defs.iter().flat_map(|(name, one)| {
        let fields = one["properties"].as_object().into_iter().flat_map(|all| all.keys());
        fields.map(move |field| format!("{name}.{field}"))
    });
    let unmet: Vec<String> = named
        .filter(|field| {
            !judge.met.contains(field) && !rare.iter().any(|rare| field.starts_with(rare))
        })
        .collect();
    assert_eq!(unmet, Vec::<String>::new(), "nothing has these fields");
}

#[test]
fn the_words_of_the_schema_are_those_of_the_program() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let states = &schema["$defs"]["state"]["enum"];
    let words = patchpress::series::StateKind::ALL.map(patchpress::series::StateKind::word);
    assert_eq!(*states, serde_json::json!(words));
    assert_eq!(words, patchpress::config::STATES);
}

#[test]
fn a_series_has_the_revisions_of_export_and_addresses_that_are_there() {
    let site = demo("");
    let lines = site.run(&["export"]).succeeds().data();
    let mut exported: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut published = Vec::new();
    for (path, value) in objects(&site) {
        if value["kind"] == "series" {
            published.extend(value["revisions"].as_array().expect("revisions").clone());
            let newest = value["revisions"].as_array().and_then(|all| all.last()).expect("one");
            assert!(newest["patches"].is_array(), "{}", path.display());
            let mbox = value["mbox"].as_str();
            assert!(mbox.is_none_or(|mbox| site.path("public").join(mbox).is_file()));
        }
        if let Some(url) = value["url"].as_str() {
            let page = site.path("public").join(url).join("index.html");
            assert!(page.is_file(), "{}: {url}", path.display());
        }
    }
    // The common part is the same.
    for one in &mut exported {
        let patches = one["patches"].as_array_mut().expect("patches").iter_mut();
        for patch in patches.filter_map(Value::as_object_mut) {
            patch.retain(|key, _| key != "trailers" && key != "ledger");
        }
        let (is_newest, one) = (one["next"].is_null(), one.as_object_mut().expect("an object"));
        one.retain(|key, _| {
            !["schema", "kind", "list", "series"].contains(&&**key)
                && (is_newest || key != "patches")
        });
    }
    let key = |value: &Value| value.to_string();
    published.sort_by_key(key);
    exported.sort_by_key(key);
    assert_eq!(published, exported);
}

#[test]
fn check_knows_data_that_are_damaged_or_lead_nowhere() {
    let site = demo("base_url = \"https://example.org/lantern/\"\n");
    let checked = site.run(&["check", "--strict"]);
    assert_eq!(checked.code(), 0, "{}{}", checked.data(), checked.talk());
    let path = "public/lists/lantern-devel/waiting.json";
    let good = fs::read_to_string(site.path(path)).expect("a file");
    site.write(path, &good[..good.len() / 2]);
    let found = site.run(&["check", "--format", "json"]).data();
    assert!(
        found.contains(
            "\"rule\":\"data-form\",\"file\":\"lists/lantern-devel/waiting.json\",\"line\":1"
        ),
        "{found}"
    );
    site.write(path, &good.replacen("\"url\":\"series/", "\"url\":\"serie/", 1));
    let found = site.run(&["check", "--format", "json"]).data();
    assert!(
        found.contains("\"rule\":\"link-missing\",\"file\":\"lists/lantern-devel/waiting.json\""),
        "{found}"
    );
}

#[test]
fn a_site_without_data_has_none() {
    let site = demo("build = { data = false }\n");
    assert!(objects(&site).is_empty());
    for (path, bytes) in tree(&site.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        let links = text.contains("<link rel=alternate type=application/json");
        assert!(!links, "{}", path.display());
    }
    site.run(&["check"]).succeeds();
}

#[test]
fn no_address_is_in_the_data_of_a_site_that_hides_them() {
    let site = demo("privacy = { addresses = \"hidden\" }\n");
    let mails = fs::read(site.path("content/archives/lantern-devel.mbox")).expect("mails");
    let mails = String::from_utf8_lossy(&mails);
    let from = mails.lines().filter_map(|line| line.strip_prefix("From: ")?.split_once('<'));
    let people: BTreeSet<&str> = from.map(|(_, address)| address.trim_end_matches('>')).collect();
    assert!(people.len() > 5);
    let ids = mails.lines().filter_map(|line| line.strip_prefix("Message-ID: <"));
    let ids: Vec<&str> = ids.map(|id| id.trim_end_matches('>')).collect();
    for (path, value) in objects(&site) {
        // An id stays as it is, even if `git send-email` made it from the sender's address.
        let text = ids.iter().fold(value.to_string(), |text, id| text.replace(id, ""));
        for address in &people {
            assert!(!text.contains(address), "{}: {address}", path.display());
        }
    }
}

#[test]
fn the_data_are_a_small_part_of_the_bytes() {
    let site = demo("");
    let all = tree(&site.path("public"));
    let bytes = |is: fn(&Path) -> bool| -> usize {
        all.iter().filter(|(path, _)| is(path)).map(|(_, bytes)| bytes.len()).sum()
    };
    let is_data = |path: &Path| {
        let name = path.display().to_string();
        !name.starts_with("search/")
            && (name.ends_with("index.json")
                || name.ends_with(".jsonl")
                || name.starts_with("schema/"))
            || name.starts_with("lists/") && name.ends_with(".json")
    };
    let (data, whole) = (bytes(is_data), bytes(|_| true));
    assert!(data * 100 <= whole * 8, "{data} of {whole} bytes");
}

/// Whether a tool that the examples need is there; prints a line if not.
fn has(tool: &str, arguments: &[&str]) -> bool {
    let is_there =
        Command::new(tool).args(arguments).output().is_ok_and(|ran| ran.status.success());
    if !is_there {
        eprintln!("skipped: there is no {tool} {}", arguments.join(" "));
    }
    is_there
}

fn blocks(language: &str) -> Vec<String> {
    let begin = format!("```{language}\n");
    let found = GUIDE.split(&*begin).skip(1).filter_map(|rest| rest.split_once("\n```"));
    found.map(|(block, _)| block.to_owned()).collect()
}

/// Runs a command of the guide in the demo's folder; returns its output.
fn typed(site: &Site, command: &mut Command) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_patchpress")).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let ran =
        command.current_dir(site.root()).env("PATH", format!("{}:{path}", bin.display())).output();
    let ran = ran.expect("it starts");
    assert!(ran.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("UTF-8")
}

#[test]
fn the_examples_of_the_guide_print_something() {
    let site = demo("");
    if has("jq", &["--version"]) {
        let lines: Vec<String> = blocks("console").concat().lines().map(str::to_owned).collect();
        let commands: Vec<&str> = lines.iter().flat_map(|line| line.split("$ ").skip(1)).collect();
        assert!(commands.len() >= 5, "{commands:?}");
        for command in blocks("console").iter().flat_map(|block| block.lines()) {
            let command = command.strip_prefix("$ ").expect("a command");
            let said = typed(&site, Command::new("sh").args(["-c", command]));
            assert!(!said.trim().is_empty(), "{command}");
        }
    }
    if has("python3", &["-c", "import duckdb"]) {
        for query in blocks("sql") {
            let script = "import duckdb, sys\nprint(duckdb.sql(sys.argv[1]).fetchall())";
            let said = typed(&site, Command::new("python3").args(["-c", script, &query]));
            assert!(said.len() > 5, "{query}: {said}");
        }
    }
    for script in blocks("python") {
        if !script.contains("jsonschema") || has("python3", &["-c", "import jsonschema"]) {
            let said = typed(&site, Command::new("python3").args(["-c", &script]));
            assert!(!said.trim().is_empty(), "{script}");
        }
    }
}

#[test]
fn export_takes_what_it_is_asked_for() {
    let site = demo("");
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let data = site.run(arguments).succeeds().data();
        data.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let all = lines(&["export"]);
    let reviewed = lines(&["export", "--state", "reviewed", "--state", "applied"]);
    let is_wanted = |one: &&Value| one["state"] == "reviewed" || one["state"] == "applied";
    assert_eq!(reviewed, all.iter().filter(is_wanted).cloned().collect::<Vec<_>>());
    assert!(!reviewed.is_empty() && reviewed.len() < all.len());
    let since = lines(&["export", "--since", "2026-W08"]);
    let is_later = |one: &&Value| one["posted"].as_str() >= Some("2026-02-16");
    assert_eq!(since, all.iter().filter(is_later).cloned().collect::<Vec<_>>());
    assert!(!since.is_empty() && since.len() < all.len());
    assert_eq!(lines(&["export", "--list", "lantern-devel"]), all);
    let messages = lines(&["export", "--messages", "--since", "2026-02-20"]);
    assert!(messages.iter().all(|one| one["date"].as_str() >= Some("2026-02-20")));
    assert!(!messages.is_empty() && messages.len() < lines(&["export", "--messages"]).len());
    assert_eq!(lines(&["export", "--digests", "--since", "2026-02-23"]).len(), 1);
    for (arguments, words) in [
        (["export", "--since", "yesterday"], "`yesterday` is not a date"),
        (["export", "--state", "aplied"], "possible values"),
        (["export", "--list", "other"], "no list is called `other`"),
    ] {
        let ran = site.run(&arguments);
        assert!(ran.code() == 2 && ran.talk().contains(words), "{}", ran.talk());
    }
}

#[test]
fn export_reads_the_standard_input() {
    let site = demo("");
    let path = site.path("content/archives/lantern-devel.mbox");
    let named = site.run(&["export", path.to_str().expect("UTF-8")]).succeeds().data();
    let mut command = site.command(&["export", "-"]);
    let piped = site.ran(command.stdin(fs::File::open(&path).expect("mails")));
    let piped = piped.succeeds().data();
    assert_eq!(piped.replace("\"list\":\"stdin\"", "\"list\":\"lantern-devel\""), named);
    // One mail, as git prints it.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    site.write("one.patch", "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: Ada <ada@example.org>\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: [PATCH] lamp: burn\n\nBecause.\n---\ndiff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-a\n+b\n-- \n2.50.0\n");
    let mut command = site.command(&["export", "-"]);
    command.current_dir(root).stdin(fs::File::open(site.path("one.patch")).expect("a mail"));
    let one = site.ran(&mut command).succeeds().data();
    assert!(one.contains("\"title\":\"lamp: burn\"") && one.lines().count() == 1, "{one}");
}
