//! How long an author waits from saving a file to seeing its page.
//!
//! `cargo bench --bench preview` measures linux-mtd if `../shared` has it. It requests pages every two milliseconds,
//! which no browser does. The times include the pause in which the program waits for the editor to finish. The
//! reference is a cold build in the same run: no other generator shows a page before its build is complete.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock and writes files")]

mod common;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use common::{PROGRAM, ROUNDS, Spread, Work, linux_mtd};

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        println!("`cargo bench` measures; nothing to do");
        return;
    }
    let Some(mirror) = linux_mtd() else {
        println!("there is no ../shared: nothing to show");
        return;
    };
    let work = Work::new();
    let cold = work.build(&mirror, "", &[]).seconds;
    println!("linux-mtd; cold build {:.0} ms", 1e3 * cold);
    let site = work.site(&mirror);
    let begun = Instant::now();
    let preview = Preview::start(&site);
    preview.until("/", "<title>");
    println!(
        "  first page           {:.0} ms, limit: the cold build",
        1e3 * begun.elapsed().as_secs_f64()
    );
    let settings = fs::read_to_string(site.join("site.toml")).expect("read");
    let home = "{% extends \"default/home.html\" %}{% block title %}MARK{% endblock title %}";
    let saves: [(&str, &str, &str, &str, u32); 4] = [
        ("text", "content/fresh.md", "# Fresh\n\nMARK\n", "/fresh/", 200),
        ("site.toml", "site.toml", &format!("title = \"MARK\"\n{settings}"), "/", 200),
        ("style sheet", "themes/default/static/style.css", "/* MARK */", "/static/style.css", 100),
        ("template", "themes/default/templates/home.html", home, "/", 100),
    ];
    for (what, file, text, page, limit) in saves {
        let mut taken = Vec::new();
        for round in 0..=ROUNDS {
            // Wait until the effects of the last save are over.
            thread::sleep(Duration::from_millis(300));
            let mark = format!("mark-{what}-{round}");
            let path = site.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            let begun = Instant::now();
            fs::write(path, text.replace("MARK", &mark)).expect("write");
            preview.until(page, &mark);
            taken.push(begun.elapsed().as_secs_f64());
        }
        let Spread { least, median, most } = Spread::of(&taken[1..]);
        println!(
            "  {what:<20} {:.0} ms ({:.0}–{:.0}), limit {limit} ms",
            1e3 * median,
            1e3 * least,
            1e3 * most
        );
    }
}

/// A preview of a site; ends with the benchmark.
struct Preview {
    child: Child,
    address: String,
}

impl Preview {
    fn start(site: &Path) -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg("--root").arg(site).args(["serve", "--port", "0"]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut talk = BufReader::new(child.stderr.take().expect("stderr"));
        let mut said = String::new();
        while !said.contains("http://") {
            assert!(talk.read_line(&mut said).expect("a line") > 0, "it ended: {said}");
        }
        thread::spawn(move || talk.read_to_string(&mut String::new()));
        let behind = said.split("http://").nth(1).unwrap_or_default();
        let address = behind.split('/').next().unwrap_or_default().to_owned();
        Self { child, address }
    }

    fn until(&self, page: &str, mark: &str) {
        while !self.get(page).contains(mark) {
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn get(&self, page: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let host = &self.address;
        write!(stream, "GET {page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .expect("send");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
