//! Any damaged repository is read as an archive or refused with an error: its packs, indexes, objects, refs and
//! settings may contain anything. The input is a series of edits to an intact mirror of four mails: one letter for
//! the file, three bytes for the offset, one for the number of bytes to overwrite, then those bytes. A number of 0
//! cuts the file there.
#![no_main]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use libfuzzer_sys::fuzz_target;
use patchpress::series::{self, Rules};

/// The files of an intact mirror: one epoch in a pack, one in loose objects.
fn mirror() -> &'static [(PathBuf, Vec<u8>)] {
    static FILES: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = patchpress_fuzz::folder().join("sound");
        let mails: Vec<&str> = patchpress_fuzz::MBOX.split("From mboxrd@z Thu Jan  1 00:00:00 1970\n").skip(1).collect();
        for (epoch, mails) in mails.chunks(2).enumerate() {
            let repository = root.join(format!("git/{epoch}.git"));
            fs::create_dir_all(&repository).expect("a folder");
            git(&repository, &["init", "-q", "--bare", "-b", "master", "."], b"");
            for (at, mail) in mails.iter().enumerate() {
                let stream = format!(
                    "commit refs/heads/master\ncommitter A <a@example.org> {} +0000\ndata 1\nx\n{}deleteall\nM 100644 inline m\ndata {}\n{mail}\n",
                    1_700_000_000 + at,
                    if at > 0 { "from refs/heads/master^0\n" } else { "" },
                    mail.len()
                );
                // fastimport.unpackLimit leaves loose objects.
                git(&repository, &["fast-import", "--quiet"], stream.as_bytes());
            }
            if epoch == 0 {
                git(&repository, &["repack", "-adq"], b"");
                git(&repository, &["pack-refs", "--all"], b"");
            }
        }
        let mut files = Vec::new();
        walk(&root, &root, &mut files);
        files.sort();
        files
    })
}

fn git(folder: &Path, arguments: &[&str], input: &[u8]) {
    let mut git = Command::new("git")
        .args(["-c", "safe.bareRepository=all"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()
        .expect("git is there");
    git.stdin.take().expect("a pipe").write_all(input).expect("git listens");
    assert!(git.wait().expect("git ends").success());
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(root).expect("below it").to_owned();
        match path.is_dir() {
            true if name.ends_with("hooks") => {}
            true => walk(root, &path, files),
            false if name.ends_with("description") || name.ends_with("exclude") => {}
            false => files.push((name, fs::read(&path).expect("a file"))),
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut files: Vec<(&Path, Vec<u8>)> =
        mirror().iter().map(|(path, bytes)| (&**path, bytes.clone())).collect();
    let mut deeds = bytes;
    while let [file, one, two, three, length, rest @ ..] = deeds {
        let number = usize::from(*file) % files.len();
        let content = &mut files[number].1;
        let at = u32::from_be_bytes([0, *one, *two, *three]) as usize % (content.len() + 1);
        let new = &rest[..usize::from(*length).min(rest.len())];
        deeds = &rest[new.len()..];
        if new.is_empty() {
            content.truncate(at);
        } else {
            let end = (at + new.len()).min(content.len());
            content.splice(at..end, new.iter().copied());
        }
    }
    let damaged = patchpress_fuzz::folder().join("damaged");
    let _ = fs::remove_dir_all(&damaged);
    for (path, bytes) in files {
        patchpress_fuzz::file(&format!("damaged/{}", path.display()), bytes);
    }
    fs::create_dir_all(damaged.join("git/0.git/refs")).expect("a folder");
    // The library reads deltas and their bases, but the program must survive its results.
    match series::read(&[patchpress_fuzz::list(damaged)], &Rules::default()) {
        Ok(corpus) => assert!(corpus.received <= mirror().len()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
