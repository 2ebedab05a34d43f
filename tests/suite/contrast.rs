//! Colours have enough contrast to their backgrounds: WCAG 2.2, 1.4.3 (text, 4.5:1) and 1.4.11 (bars, 3:1),
//! computed from the theme's own variables in both schemes.

use std::{collections::BTreeMap, fs, path::Path};

/// Every background of code.
const GROUNDS: [&str; 9] = [
    "paper",
    "panel",
    "added",
    "removed",
    "added-word",
    "removed-word",
    "hunk",
    "moved-in",
    "moved-out",
];
/// The colours of code.
const INKS: [&str; 7] = ["ink", "keyword", "type", "string", "comment", "function", "name"];
/// The backgrounds of notes between lines and of hunk headings.
const ASIDES: [&str; 7] = ["paper", "panel", "added", "removed", "hunk", "moved-in", "moved-out"];
/// The colours of text, on paper and on panels.
const WORDS: [&str; 4] = ["link", "accent", "plus", "minus"];
/// Bars and rules with a meaning, on the same backgrounds.
const BARS: [&str; 8] = [
    "plus-bar",
    "minus-bar",
    "strong-rule",
    "accent",
    "chart-one",
    "chart-two",
    "chart-three",
    "chart-four",
];

/// The colours of a block of variables: `--paper: #fcfbf8;`.
fn colours(css: &str) -> BTreeMap<&str, [u8; 3]> {
    let variables =
        css.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
    let colour = |hex: &str| {
        let hex = hex.trim_end_matches(';');
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some([part(0)?, part(2)?, part(4)?])
    };
    variables.filter_map(|(name, hex)| Some((name, colour(hex)?))).collect()
}

#[test]
fn every_colour_has_contrast_to_its_backgrounds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/style.css");
    let css = fs::read_to_string(path).expect("the theme's style");
    let (before, dark) = css.split_once("@media (prefers-color-scheme: dark)").expect("schemes");
    let light = colours(before);
    let mut darkened = light.clone();
    darkened.extend(colours(dark.split("\n}").next().expect("a block")));
    assert_ne!(light["paper"], darkened["paper"]);
    let mut weak = Vec::new();
    for (scheme, colours) in [("light", &light), ("dark", &darkened)] {
        let mut hold = |inks: &[&str], grounds: &[&str], least: f64| {
            for (ink, ground) in inks.iter().flat_map(|ink| grounds.iter().map(move |g| (ink, g))) {
                let found = patchpress::check::contrast(colours[ink], colours[ground]);
                if found < least {
                    weak.push(format!("{scheme}: {ink} on {ground} is {found:.2}, not {least}"));
                }
            }
        };
        hold(&INKS, &GROUNDS, 4.5);
        hold(&["soft"], &ASIDES, 4.5);
        hold(&WORDS, &GROUNDS[..2], 4.5);
        hold(&BARS, &GROUNDS[..2], 3.0);
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn dark_by_choice_is_dark_by_day() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static/style.css");
    let css = fs::read_to_string(path).expect("the theme's style");
    let block = |start: &str| {
        let (_, rest) = css.split_once(start).unwrap_or_else(|| panic!("no {start}"));
        colours(rest.split('}').next().expect("a block"))
    };
    let chosen = block("\n:root[data-theme=dark] {");
    assert!(chosen.len() > 20, "{chosen:?}");
    assert_eq!(chosen, block("@media (prefers-color-scheme: dark) {"));
}
