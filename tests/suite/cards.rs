//! The pictures of digests: valid PNGs of the size in the pages, if the site has `social` pictures.

use std::{collections::BTreeMap, fs, io::Read as _, path::Path, process::Command};

use flate2::{Crc, read::ZlibDecoder};
use tempfile::TempDir;

use crate::support::demo;

/// The files of the demo's list as a site, by their paths; with `jobs` workers.
fn built(dir: &Path, social: &str, jobs: &str) -> BTreeMap<String, Vec<u8>> {
    let toml = format!(
        "title = \"Lantern & Łódź\"\nbase_url = \"https://example.org/x/\"\n{social}\n\
         [[lists]]\nname = \"lantern-devel\"\narchive = {:?}\n",
        demo()
    );
    fs::write(dir.join("site.toml"), toml).expect("site.toml");
    let output = dir.join(format!("public-{jobs}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_patchpress"));
    command.arg("--root").arg(dir).args(["build", "--jobs", jobs, "--output-dir"]).arg(&output);
    let run = command.output().expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let files = walkdir::WalkDir::new(&output).into_iter().map(|entry| entry.expect("readable"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let name = entry.path().strip_prefix(&output).expect("below").display().to_string();
        (name, fs::read(entry.path()).expect("bytes"))
    });
    named.collect()
}

/// The chunks of a PNG, each checked.
fn chunks(png: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("a PNG");
    let mut chunks = Vec::new();
    while let Some((length, tail)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (named, tail) = tail.split_at(4 + length);
        let (sum, tail) = tail.split_first_chunk::<4>().expect("a checksum");
        let mut crc = Crc::new();
        crc.update(named);
        assert_eq!(crc.sum().to_be_bytes(), *sum);
        chunks.push(named.split_at(4));
        rest = tail;
    }
    chunks
}

/// The pixels of a card, row by row, each after its filter byte.
fn pixels(png: &[u8]) -> Vec<u8> {
    let [(b"IHDR", head), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b"")] = chunks(png)[..]
    else {
        panic!("other chunks");
    };
    assert_eq!(head, [0, 0, 4, 176, 0, 0, 2, 118, 8, 3, 0, 0, 0], "1200 by 630, 8 bits, palette");
    let mut pixels = Vec::new();
    ZlibDecoder::new(data).read_to_end(&mut pixels).expect("deflated");
    assert_eq!(pixels.len(), 1201 * 630);
    assert!(pixels.iter().all(|pixel| usize::from(*pixel) < palette.len() / 3));
    pixels
}

#[test]
fn each_digest_has_a_picture_if_the_site_wants_it() {
    let dir = TempDir::new().expect("a temporary folder");
    let files = built(dir.path(), "[social]\ncards = true", "1");
    let digests = files.keys().filter(|path| path.ends_with("/index.txt")).count();
    let cards: Vec<_> = files.iter().filter(|(path, _)| path.ends_with("/card.png")).collect();
    assert!(digests > 1);
    assert_eq!(cards.len(), digests);
    let inked = |png: &[u8]| pixels(png).iter().filter(|pixel| **pixel != 0).count();
    for (path, png) in &cards {
        assert!((10_000..400_000).contains(&inked(png)), "{path}: {}", inked(png));
        assert!(png.len() < 60_000, "{path}: {}", png.len());
    }
    assert!(cards.iter().all(|(path, png)| cards.iter().all(|(p, q)| p == path || q != png)));
    for (page, card) in [("2026/w08/index.html", "2026/w08"), ("index.html", "2026/w09")] {
        let html = String::from_utf8_lossy(&files[page]);
        let image =
            format!("<meta property=og:image content=\"https://example.org/x/{card}/card.png\">");
        assert!(html.contains(&image), "{html}");
        for words in [
            "og:image:width content=1200",
            "og:image:height content=630",
            "og:image:alt content=\"Lantern &amp; Łódź, Week ",
            "name=twitter:card content=summary_large_image",
        ] {
            assert!(html.contains(words), "{words} in {html}");
        }
    }
    assert!(!String::from_utf8_lossy(&files["people/index.html"]).contains("og:image"));
    assert_eq!(files, built(dir.path(), "[social]\ncards = true", "4"));
}

#[test]
fn there_are_no_pictures_unless_the_site_wants_them() {
    let dir = TempDir::new().expect("a temporary folder");
    let files = built(dir.path(), "", "2");
    assert!(files.keys().all(|path| !path.ends_with(".png")));
    let html = String::from_utf8_lossy(&files["index.html"]);
    assert!(!html.contains("og:image") && !html.contains("twitter:card"), "{html}");
}
