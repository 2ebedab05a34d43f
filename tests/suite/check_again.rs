//! `check` reads only changes since the last check that passed, and reports the same as a full check.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Duration, SystemTime},
};

use patchpress::check::{
    self, Question,
    report::{self, Examples},
};
use proptest::prelude::*;

use crate::{
    laws::{demo, few},
    site::{Ran, Site, tree},
};

const BASE: &str = "https://example.org/x/";

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The files of a site of some series, built once.
fn built() -> &'static Files {
    static BUILT: OnceLock<Files> = OnceLock::new();
    BUILT.get_or_init(|| {
        let site = unbuilt();
        let mails: Vec<Vec<u8>> = demo().into_iter().take(30).collect();
        fs::write(site.path("list.mbox"), mails.concat()).expect("written");
        site.run(&["build"]).succeeds();
        tree(&site.path("public"))
    })
}

fn unbuilt() -> Site {
    let site = Site::new();
    site.settings(&format!("title = \"Lamps\"\nbase_url = \"{BASE}\"\n"));
    site
}

/// A change to a built site between two checks. Numbers select among its files.
#[derive(Debug, Clone)]
enum Deed {
    /// Removes a file.
    Remove(usize),
    /// Renames a file.
    Move(usize),
    /// Adds a copy of a page.
    Add(usize),
    /// Changes the target of a link.
    Lead(usize, usize, usize),
    /// Renames an anchor of a page: as long as before, or longer.
    Rename(usize, usize, bool),
    /// Cuts a feed, a style, a script or a page.
    Cut(usize),
    /// Makes a page much longer.
    Grow(usize),
    /// Changes the times of all files: in the last full second, or later.
    Retime(bool),
    /// Damages or removes the kept state.
    Damage(usize),
    /// Restores the site as it was built.
    Mend,
}

fn deeds() -> impl Strategy<Value = Vec<Vec<Deed>>> {
    let n = || any::<u16>().prop_map(usize::from);
    let deed = prop_oneof![
        2 => n().prop_map(Deed::Remove),
        1 => n().prop_map(Deed::Move),
        1 => n().prop_map(Deed::Add),
        5 => (n(), n(), n()).prop_map(|(page, link, to)| Deed::Lead(page, link, to)),
        2 => (n(), n(), any::<bool>()).prop_map(|(page, id, same)| Deed::Rename(page, id, same)),
        1 => n().prop_map(Deed::Cut),
        1 => n().prop_map(Deed::Grow),
        1 => any::<bool>().prop_map(Deed::Retime),
        1 => n().prop_map(Deed::Damage),
        3 => Just(Deed::Mend),
    ];
    prop::collection::vec(prop::collection::vec(deed, 1..3), 4..9)
}

/// A site that is checked repeatedly.
struct Checked {
    site: Site,
}

impl Checked {
    fn new() -> Self {
        let checked = Self { site: unbuilt() };
        checked.mend();
        checked
    }

    fn public(&self) -> PathBuf {
        self.site.path("public")
    }

    fn mend(&self) {
        let now = if self.public().exists() { tree(&self.public()) } else { Files::new() };
        for path in now.keys().filter(|path| !built().contains_key(*path)) {
            fs::remove_file(self.public().join(path)).expect("removed");
        }
        for (path, bytes) in built().iter().filter(|(path, bytes)| now.get(*path) != Some(bytes)) {
            self.write(path, bytes);
        }
    }

    fn write(&self, path: &Path, bytes: &[u8]) {
        let path = self.public().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    /// One of the files with such a name; not the front page, without which there is no site.
    fn pick(&self, number: usize, endings: &[&str]) -> Option<(PathBuf, Vec<u8>)> {
        let is_one = |path: &PathBuf| {
            let path = path.to_string_lossy();
            path != "index.html" && endings.iter().any(|ending| path.ends_with(ending))
        };
        let all: Vec<_> =
            tree(&self.public()).into_iter().filter(|(path, _)| is_one(path)).collect();
        (!all.is_empty()).then(|| all[number % all.len()].clone())
    }

    /// The page of a week.
    fn digest(&self, number: usize) -> (PathBuf, Vec<u8>) {
        let is_one = |path: &&PathBuf| {
            path.components().count() == 3
                && path.parent().is_some_and(|week| week.to_string_lossy().contains("/w"))
        };
        let all: Vec<&PathBuf> = built().keys().filter(is_one).collect();
        let path = all[number % all.len()];
        (path.clone(), built()[path].clone())
    }

    /// A target for a link.
    fn somewhere(&self, number: usize, from: &Path) -> String {
        let up = "../".repeat(from.components().count() - 1);
        let (to, html) = self.pick(number / 7, &[""]).expect("a file");
        let to = to.to_string_lossy().into_owned();
        let html = String::from_utf8_lossy(&html).into_owned();
        let ids: Vec<&str> = html.split(" id=").skip(1).collect();
        let id = ids.get(number % ids.len().max(1)).copied().unwrap_or("nowhere");
        let id = id.trim_start_matches('"').split(['"', '>', ' ']).next().unwrap_or_default();
        match number % 7 {
            0 => "nowhere/".into(),
            1 => "#nowhere".into(),
            2 => format!("/x/{to}"),
            3 => format!("{BASE}{to}"),
            4 => format!("{up}{to}"),
            5 => format!("{up}{to}#{id}"),
            _ => format!("{BASE}gone/{number}"),
        }
    }

    fn make(&self, deed: &Deed) -> Option<()> {
        match deed {
            Deed::Remove(file) => {
                let (path, _) = self.pick(*file, &[""])?;
                fs::remove_file(self.public().join(path)).expect("removed");
            }
            Deed::Move(file) => {
                let (path, bytes) = self.pick(*file, &[".html", ".atom"])?;
                fs::remove_file(self.public().join(&path)).expect("removed");
                self.write(&path.with_file_name("moved.html"), &bytes);
            }
            Deed::Add(file) => {
                let (path, bytes) = self.pick(*file, &[".html", ".xml"])?;
                self.write(&path.with_extension("more.html"), &bytes);
            }
            Deed::Lead(page, link, to) => {
                let (path, bytes) = self.pick(*page, &[".html", ".atom"])?;
                self.swap(&path, &bytes, " href=", *link, &self.somewhere(*to, &path));
            }
            Deed::Rename(page, id, same) => {
                let (path, bytes) = self.pick(*page, &[".html"])?;
                self.swap(&path, &bytes, " id=", *id, if *same { "" } else { "another-place" });
            }
            Deed::Cut(file) => {
                let (path, bytes) = self.pick(*file, &[".html", ".css", ".js", ".xml", ".atom"])?;
                self.write(&path, &bytes[..bytes.len() * 2 / 3]);
            }
            Deed::Grow(page) => {
                let (path, mut bytes) = self.digest(*page);
                let noise = (0..90_000_u64).map(|n| b'!' + (n * n * 7_919 / 13 % 60) as u8);
                bytes.extend(noise.filter(|byte| !b"<>&".contains(byte)));
                self.write(&path, &bytes);
            }
            Deed::Retime(is_cut) => tree(&self.public()).keys().for_each(|path| {
                let path = self.public().join(path);
                let file = fs::File::options().write(true).open(&path).expect("a file");
                let time = file.metadata().and_then(|found| found.modified()).expect("a time");
                let since = time.duration_since(SystemTime::UNIX_EPOCH).expect("a time");
                let cut = SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs());
                let later = time + Duration::from_millis(1_500);
                file.set_modified(if *is_cut { cut } else { later }).expect("set");
            }),
            Deed::Damage(at) => {
                let kept = self.kept()?;
                let mut bytes = fs::read(&kept).expect("read");
                let at = at % bytes.len();
                match at % 3 {
                    0 => bytes.truncate(at),
                    1 => bytes[at] ^= 1,
                    _ => return fs::remove_file(&kept).ok(),
                }
                fs::write(kept, bytes).expect("written");
            }
            Deed::Mend => self.mend(),
        }
        Some(())
    }

    /// The kept state of checks.
    fn kept(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(self.site.path(".patchpress")).ok()?;
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.into_iter().find(|path| path.to_string_lossy().contains("/check-"))
    }

    /// Replaces a value after `name`; without `to`, changes its first letter.
    fn swap(&self, path: &Path, bytes: &[u8], name: &str, number: usize, to: &str) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let places: Vec<usize> = text.match_indices(name).map(|(at, _)| at + name.len()).collect();
        let Some(at) = places.get(number % places.len().max(1)) else { return };
        let begin = at + usize::from(text[*at..].starts_with('"'));
        let end = begin + text[begin..].find(['"', '>', ' ']).unwrap_or(0);
        let same = format!("Z{}", text[begin..end].get(1..).unwrap_or_default());
        let to = if to.is_empty() { &same } else { to };
        self.write(path, format!("{}{to}{}", &text[..begin], &text[end..]).as_bytes());
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.site.run(&[&["check"], args].concat())
    }

    /// Checks the changes; the findings are those of a full check, which keeps no state.
    fn agrees(&self, deeds: &[Deed]) {
        let question =
            Question { folder: self.public(), base_url: BASE.into(), ..Question::default() };
        let all = check::check(&question).expect("a checkup");
        let mut lines = Vec::new();
        report::json_lines(&all, &mut lines).expect("lines");
        let ran = self.run(&["--format", "json"]);
        assert_eq!(ran.data(), String::from_utf8(lines).expect("text"), "after {deeds:?}");
        assert_eq!(ran.code(), i32::from(!all.passes(false)), "after {deeds:?}");
        let ran = self.run(&[]);
        assert_eq!(ran.data(), report::text(&all, Examples::Few), "after {deeds:?}");
    }

    /// The number of files that a check read; `None` if it read all.
    fn reread(&self) -> Option<usize> {
        let talk = self.run(&[]).talk();
        talk.split_once(" file").map(|(count, _)| count.parse().expect("a number"))
    }
}

proptest! {
    #![proptest_config(few(12))]

    #[test]
    fn what_changed_is_found_as_if_all_were_read(deeds in deeds()) {
        let checked = Checked::new();
        checked.agrees(&[]);
        for deeds in deeds {
            for deed in &deeds {
                let _ = checked.make(deed);
            }
            checked.agrees(&deeds);
        }
    }
}

#[test]
fn what_did_not_change_is_not_read() {
    let checked = Checked::new();
    assert_eq!(checked.reread(), None, "the first one reads all");
    assert_eq!(checked.reread(), Some(0));
    checked.make(&Deed::Retime(true));
    assert_eq!(checked.reread(), Some(0), "times without fractions of a second");
    checked.make(&Deed::Retime(false));
    assert_eq!(checked.reread(), Some(0), "the bytes tell");
    let (page, bytes) = checked.digest(0);
    checked.write(&page, &[bytes.as_slice(), b"\n"].concat());
    assert_eq!(checked.reread(), Some(1));
    assert_eq!(checked.reread(), Some(0));
    assert!(checked.run(&["--all"]).succeeds().talk().is_empty(), "that reads all");
    assert_eq!(checked.reread(), Some(0));
}

#[test]
fn a_check_that_failed_is_not_one_that_passed() {
    let checked = Checked::new();
    checked.run(&[]).succeeds();
    let kept = fs::read(checked.kept().expect("kept")).expect("read");
    let (page, bytes) = checked.digest(0);
    checked.write(&page, &[bytes.as_slice(), b"<a href=nowhere/>x</a>"].concat());
    for args in [&[] as &[&str], &["--all"], &["--strict"]] {
        let ran = checked.run(args);
        assert_eq!(ran.code(), 1);
        assert!(ran.data().contains("`nowhere/` is not there"), "{}", ran.data());
        assert_eq!(fs::read(checked.kept().expect("kept")).expect("read"), kept);
    }
    // A warning is enough if the options say so.
    checked.mend();
    checked.write(Path::new("lost.txt"), b"x");
    assert_eq!(checked.run(&["--strict"]).code(), 1);
    assert_eq!(fs::read(checked.kept().expect("kept")).expect("read"), kept);
    assert_eq!(checked.run(&[]).code(), 0);
    assert_eq!(checked.run(&["--strict"]).code(), 1, "what is known holds its warning");
}

#[test]
fn a_place_that_goes_breaks_the_page_that_leads_to_it() {
    let checked = Checked::new();
    let from = PathBuf::from("stats/index.html");
    let (page, html) = checked.digest(0);
    let link = format!("<a href=\"../{}#main\">x</a>", page.display());
    checked.write(&from, &[&*built()[&from], link.as_bytes()].concat());
    checked.run(&[]).succeeds();
    let gone = String::from_utf8_lossy(&html).replace("id=main", "id=other");
    checked.write(&page, gone.as_bytes());
    let data = checked.run(&["--format", "json"]).data();
    assert!(data.contains("anchor-missing") && data.contains("stats/index.html"), "{data}");
    fs::remove_file(checked.public().join(&page)).expect("removed");
    let data = checked.run(&["--format", "json"]).data();
    assert!(data.contains("link-missing") && data.contains("stats/index.html"), "{data}");
}

#[test]
fn a_file_that_comes_mends_the_page_that_asked_for_it() {
    let checked = Checked::new();
    let from = PathBuf::from("stats/index.html");
    let link = format!("<a href=\"{BASE}lost.txt\">x</a>");
    checked.write(&from, &[&*built()[&from], link.as_bytes()].concat());
    let ran = checked.run(&[]);
    assert!(ran.succeeds().data().contains("link-own"), "{}", ran.data());
    checked.write(Path::new("lost.txt"), b"x");
    checked.agrees(&[]);
    assert!(checked.run(&[]).data().ends_with("nothing is wrong\n"));
}
