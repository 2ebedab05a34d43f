//! Whether the text colours of a stylesheet have enough contrast to their backgrounds.
//!
//! In: CSS with colours in custom properties (`--paper: #fcfbf8;`), first those of the light scheme, then, after
//! `@media (prefers-color-scheme: dark)`, those of the dark one. Out: the pairs with too little contrast. Only the
//! colours that every page needs are checked, by the names of the default theme; other names, and colours in other
//! notations, are not. A test checks the default theme's colours for code, bars and charts. Never here: the colours
//! of a built page.

use std::collections::BTreeMap;

/// The background colours.
const GROUNDS: [&str; 2] = ["paper", "panel"];
/// The text colours.
const INKS: [&str; 4] = ["ink", "soft", "link", "accent"];
/// The least contrast of text: WCAG 2.2, 1.4.3.
const LEAST: f64 = 4.5;

/// A colour without enough contrast to a background.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weak {
    /// The line of the colour's custom property.
    pub(super) line: usize,
    /// The colour, its background and its scheme.
    pub(super) words: String,
}

type Colours<'a> = BTreeMap<&'a str, ([u8; 3], usize)>;

/// The colours of a stylesheet with too little contrast.
pub(super) fn weak_colours(css: &str) -> Vec<Weak> {
    let (before, dark) = css.split_once("@media (prefers-color-scheme: dark)").unwrap_or((css, ""));
    let light = colours(before, 1, Scheme::Light);
    let mut darkened = colours(before, 1, Scheme::Dark);
    let dark = dark.split("\n}").next().unwrap_or_default();
    darkened.extend(colours(dark, 1 + before.matches('\n').count(), Scheme::Dark));
    let mut weak = Vec::new();
    for (scheme, colours) in [("light", &light), ("dark", &darkened)] {
        let pairs = INKS.iter().flat_map(|ink| GROUNDS.iter().map(move |ground| (ink, ground)));
        for (ink, ground) in pairs {
            let (Some((colour, line)), Some((under, _))) = (colours.get(ink), colours.get(ground))
            else {
                continue;
            };
            let found = contrast(*colour, *under);
            if found < LEAST {
                let words =
                    format!("{scheme}: --{ink} on --{ground} is {found:.2} to 1, not {LEAST}");
                weak.push(Weak { line: *line, words });
            }
        }
    }
    weak
}

/// Which of two colours applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

/// The colours of a block of custom properties and their lines: `--paper: #fcfbf8;`, `--ink: light-dark(#111, #eee);`.
fn colours(css: &str, first: usize, scheme: Scheme) -> Colours<'_> {
    let lines = css.lines().zip(first..);
    let variables = lines.flat_map(|(text, line)| {
        let declarations = text.split(['{', ';', '}']);
        declarations
            .filter_map(move |one| Some((one.trim().strip_prefix("--")?.split_once(": ")?, line)))
    });
    variables
        .filter_map(|((name, value), line)| Some((name, (colour(of_scheme(value, scheme))?, line))))
        .collect()
}

/// The colour in a scheme, if there are two.
fn of_scheme(value: &str, scheme: Scheme) -> &str {
    let both = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
    match (both.and_then(|both| both.split_once(',')), scheme) {
        (None, _) => value,
        (Some((light, _)), Scheme::Light) => light,
        (Some((_, dark)), Scheme::Dark) => dark.trim(),
    }
}

/// `#fcfbf8`, or `#69f`, which is `#6699ff`.
fn colour(value: &str) -> Option<[u8; 3]> {
    let hex = value.strip_prefix('#')?;
    let (digits, scale) = if hex.len() == 3 { (1, 17) } else { (2, 1) };
    let part = |n: usize| {
        let digits = hex.get(n * digits..(n + 1) * digits)?;
        Some(u8::from_str_radix(digits, 16).ok()? * scale)
    };
    Some([part(0)?, part(1)?, part(2)?])
}

/// Relative luminance, as WCAG defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// The contrast of two sRGB colours, 1 to 21, as WCAG defines it.
pub fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_in_each_of_its_forms() {
        let css = ":root { --link: #69f; --ink: light-dark(#111, #eee); }\n";
        let of = |scheme| colours(css, 1, scheme);
        assert_eq!(of(Scheme::Light)["link"].0, [0x66, 0x99, 0xff]);
        assert_eq!(of(Scheme::Light)["ink"].0, [0x11; 3]);
        assert_eq!(of(Scheme::Dark)["ink"].0, [0xee; 3]);
        let weak =
            |css: &str| weak_colours(css).into_iter().map(|weak| weak.words).collect::<Vec<_>>();
        assert_eq!(
            weak(":root {\n  --paper: light-dark(#fff, #000);\n  --ink: #111;\n}\n"),
            ["dark: --ink on --paper is 1.11 to 1, not 4.5"]
        );
    }

    #[test]
    fn contrast_is_that_of_the_guideline() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        // The lightest grey that passes on white.
        assert!(contrast([0x76; 3], [255; 3]) >= 4.5 && contrast([0x77; 3], [255; 3]) < 4.5);
    }

    #[test]
    fn a_weak_colour_is_named_with_its_line_and_scheme() {
        let css = ":root {\n  --paper: #ffffff;\n  --ink: #000000;\n}\n@media (prefers-color-scheme: dark) {\n  :root {\n    --paper: #222222;\n  }\n}\n";
        let words = "dark: --ink on --paper is 1.32 to 1, not 4.5".to_owned();
        assert_eq!(weak_colours(css), [Weak { line: 3, words }]);
    }
}
