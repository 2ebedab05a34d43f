//! Mirrors of a web server that runs no git: it has the files of a repository, and can send no part of a history.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
};

use crate::{archives::Repo, site::Site};

/// Serves the files of a folder; its address.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(&stream, &folder);
        }
    });
    address
}

fn answer(mut stream: &TcpStream, folder: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let line = lines.next()?;
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let path = line.split(' ').nth(1)?.split('?').next()?.trim_start_matches('/').to_owned();
    let (status, bytes) = match fs::read(folder.join(path)) {
        Ok(bytes) => ("200 OK", bytes),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    )
    .ok()?;
    stream.write_all(&bytes).ok()
}

/// A site whose list is mirrored from such a server, and the list.
fn mirrored() -> (Site, Repo) {
    let site = Site::new();
    let upstream = Repo::new(site.path("up/git/0.git"));
    upstream.add("one");
    upstream.add("two");
    upstream.git(&["update-server-info"], "");
    let address = serve(site.path("up"));
    site.write("site.toml", &format!("[[lists]]\nname = \"lantern\"\nmirror = \"{address}\"\n"));
    (site, upstream)
}

#[test]
fn a_server_of_files_is_mirrored() {
    let (site, upstream) = mirrored();
    let said = site.run(&["sync"]).succeeds().talk();
    assert_eq!(said, "lantern: epoch 0: new, with 2 messages\n");
    upstream.add("three");
    upstream.git(&["update-server-info"], "");
    assert_eq!(site.run(&["sync"]).succeeds().talk(), "lantern: epoch 0: 1 new message\n");
}

#[test]
fn it_has_no_part_of_a_history_and_a_first_try_is_in_nobodys_way() {
    let (site, _) = mirrored();
    let ran = site.run(&["sync", "--since", "2020-01-01"]);
    assert_eq!(ran.code(), 2);
    let words = "its web server does not run git, so it can only send the whole history\nhint: run `sync` without `--since`\n";
    assert!(ran.talk().ends_with(words), "{}", ran.talk());
    let said = site.run(&["sync"]).succeeds().talk();
    assert_eq!(said, "lantern: epoch 0: new, with 2 messages\n");
}

/// The reason is that of the whole transfer, not that there are no steps.
#[test]
fn what_is_missing_there_is_named() {
    let (site, upstream) = mirrored();
    let head = upstream.git(&["rev-parse", "HEAD"], "");
    let (folder, file) = head.trim().split_at(2);
    fs::remove_file(site.path("up/git/0.git/objects").join(folder).join(file)).expect("an object");
    let ran = site.run(&["sync"]);
    assert_eq!(ran.code(), 2);
    assert!(!ran.talk().contains("whole history"), "{}", ran.talk());
    assert!(ran.talk().contains(head.trim()), "{}", ran.talk());
}
