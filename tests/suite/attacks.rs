//! The map from attacks to tests, `tests/attacks.md`: what it names is there.

use std::{fs, path::Path};

#[test]
fn every_attack_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("tests/attacks.md")).expect("the map");
    let rows: Vec<&str> = map.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 20, "{map}");
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().expect("a column");
        for named in tests.split("; ") {
            let (path, test) = match named.split_once(" `") {
                Some((path, test)) => (path, test.trim_end_matches('`')),
                None => (named, ""),
            };
            let text = fs::read_to_string(root.join(path));
            let text = text.unwrap_or_else(|error| panic!("{row}: {path}: {error}"));
            let is_there = test.is_empty() || text.contains(&format!("fn {test}("));
            assert!(is_there, "{row}: {path} has no test {test}");
        }
    }
}
