//! A preview that tests query over a socket.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use crate::site::Site;

/// A preview of a site; ends with the test.
pub(crate) struct Preview {
    pub(crate) child: Child,
    pub(crate) address: String,
    /// The path of the site.
    pub(crate) base: String,
    /// Its output up to and including its address.
    pub(crate) said: String,
    /// Its output since.
    since: Arc<Mutex<String>>,
}

impl Preview {
    pub(crate) fn start(site: &Site) -> Self {
        Self::start_with(site, &["--port", "0"])
    }

    pub(crate) fn start_with(site: &Site, args: &[&str]) -> Self {
        Self::begin(site.command(&[&["serve"], args].concat()))
    }

    pub(crate) fn begin(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut talk = BufReader::new(child.stderr.take().expect("stderr"));
        let mut said = String::new();
        let url = loop {
            let before = said.len();
            assert!(talk.read_line(&mut said).expect("a line") > 0, "it ended: {said}");
            let words = said[before..].split_whitespace();
            if let Some(url) = words.clone().find_map(|word| word.strip_prefix("http://")) {
                break url.to_owned();
            }
        };
        let (address, base) = url.split_once('/').expect("a path");
        let (address, base) = (address.to_owned(), format!("/{base}"));
        let since = Arc::new(Mutex::new(String::new()));
        // Further output is read, so that the preview never blocks on it.
        let heard = Arc::clone(&since);
        std::thread::spawn(move || {
            for line in talk.lines().map_while(Result::ok) {
                heard.lock().expect("nobody panics").extend([&*line, "\n"]);
            }
        });
        Self { child, address, base, said, since }
    }

    /// All its output.
    pub(crate) fn talk(&self) -> String {
        [&*self.said, &*self.since.lock().expect("nobody panics")].concat()
    }

    /// The whole response to a request.
    pub(crate) fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
        stream.write_all(request.as_bytes()).expect("send");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(crate) fn get(&self, path: &str) -> String {
        self.request("GET", path, "")
    }

    pub(crate) fn request(&self, method: &str, path: &str, headers: &str) -> String {
        let host = &self.address;
        self.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n"
        ))
    }

    /// Repeats a request until the response is right; a preview needs time to build.
    pub(crate) fn until(&self, path: &str, is_right: impl Fn(&str) -> bool) -> String {
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

pub(crate) fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}
