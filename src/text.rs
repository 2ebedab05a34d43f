//! Text helpers (lines, slugs, plurals, sizes), and the writers for each kind of output.
//!
//! In: strings, from the program or from mail. Out: pages ([`HtmlWriter`]), feeds ([`Xml`]), text for a forge
//! ([`Markdown`]), mails ([`Mail`]), text for a terminal or a file ([`Plain`]). Never here: a stage.

// A program that only reads archives needs no writers.
#[cfg(feature = "site")]
mod html;
#[cfg(feature = "site")]
mod mail;
#[cfg(feature = "site")]
mod markdown;
#[cfg(feature = "site")]
pub(crate) mod mask;
#[cfg(feature = "site")]
mod plain;
#[cfg(feature = "site")]
mod wrap;
#[cfg(feature = "site")]
mod xml;

#[cfg(feature = "site")]
pub use html::{Html, HtmlWriter};
#[cfg(feature = "site")]
pub(crate) use {
    html::escape_into,
    mail::Mail,
    markdown::Markdown,
    mask::Mask,
    plain::{Plain, is_control, visible, visible_line},
    wrap::{WIDTH, wrapped},
    xml::{Xml, xml_text},
};

/// The lines of `text` with their ends, as [`str::split_inclusive`] gives them.
///
/// The stages that read mails use this and [`lines`]: finding line ends took a tenth of all reading, and memchr uses
/// the processor's widest instructions.
pub(crate) fn whole_lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let line;
        (line, rest) = rest.split_at(end);
        (!line.is_empty()).then_some(line)
    })
}

/// The lines of `text` without their ends, as [`str::lines`] gives them.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> + Clone {
    whole_lines(text).map(|line| match line.strip_suffix('\n') {
        Some(line) => line.strip_suffix('\r').unwrap_or(line),
        None => line,
    })
}

/// The text after `key` on the first line that begins with it, without blanks at both ends.
pub(crate) fn behind_key<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let begins = |at: &usize| *at == 0 || text.as_bytes()[at - 1] == b'\n';
    let at = memchr::memmem::find_iter(text.as_bytes(), key).find(begins)?;
    lines(&text[at + key.len()..]).next().map(str::trim)
}

/// Names that Windows reserves, in any letter case and with any extension.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name for URLs made from `text`: lower-case ASCII letters, digits and single hyphens; at most `max` bytes, cut
/// between words if one ends in the second half; never empty.
pub(crate) fn slug(text: &str, max: usize) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if out.len() > max {
            break;
        }
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ if c.is_alphabetic() => out.push_str(latin(c)),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    if out.len() > max {
        out.truncate(out[..=max].rfind('-').filter(|&at| at > max / 2).unwrap_or(max));
    }
    out.truncate(out.trim_end_matches('-').len());
    let is_port =
        |name: &str| name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt"));
    if out.is_empty() || RESERVED.contains(&out.as_str()) || is_port(&out) {
        out.insert(0, 'x');
    }
    out
}

/// The usual ASCII spelling of a lower-case Latin letter; empty for others.
fn latin(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => "",
    }
}

/// Appends a letter or digit in the form that searches compare: lower case, Latin ones without accents, others
/// unchanged. Combining accents (U+0300 to U+036F) are dropped.
pub(crate) fn fold_into(out: &mut String, c: char) {
    for c in c.to_lowercase() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            _ => match latin(c) {
                "" => out.push(c),
                letters => out.push_str(letters),
            },
        }
    }
}

/// `1 file`, `2 files`.
pub(crate) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `1.5 MB`; a kilobyte is 1,000 bytes.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// `8592` as `8,592`.
pub(crate) fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The start of the footer that Mailman adds to every mail of a list: a rule of underscores and a few lines that
/// name the list. The text's length if there is none.
///
/// All 8,584 examined mails of linux-mtd have it, 1.2 MB together, and no mail of a list at vger.
pub(crate) fn list_footer(text: &str) -> usize {
    let Some(at) = memchr::memmem::rfind(text.as_bytes(), b"______________________________") else {
        return text.len();
    };
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut lines = text[start..].lines().map(str::trim);
    let is_rule = lines.next().is_some_and(|rule| rule.bytes().all(|byte| byte == b'_'));
    let below: Vec<&str> = lines.filter(|line| !line.is_empty()).take(5).collect();
    let names_list = |line: &&str| line.contains("mailing list") || line.contains("listinfo");
    // A footer contains nothing else: other words below a rule, such as those of a later part, are the sender's.
    let is_of_list = |line: &&str| names_list(line) || line.contains('@') || line.contains("://");
    let is_footer =
        is_rule && below.len() < 5 && below.iter().any(names_list) && below.iter().all(is_of_list);
    if is_footer { start } else { text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (n, written) in [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")] {
            assert_eq!(thousands(n), written);
        }
    }

    #[test]
    fn lines_are_those_of_the_standard_library() {
        for text in ["", "\n", "a", "a\n", "a\r\nb\r", "\r\n\n\u{e9}\n\rb\n\n"] {
            assert!(lines(text).eq(text.lines()), "{text:?}");
            assert!(whole_lines(text).eq(text.split_inclusive('\n')), "{text:?}");
        }
    }

    #[test]
    fn a_key_begins_its_line() {
        assert_eq!(behind_key("a: x\nb: a: y\na:  z \n", "a:"), Some("x"));
        assert_eq!(behind_key("b a: x\r\na:\r\n", "a:"), Some(""));
        assert_eq!(behind_key("b a: x", "a:"), None);
        assert_eq!(behind_key("a:", "a:"), None);
    }

    #[test]
    fn slugs_are_names() {
        for (text, max, slug_) in [
            (
                "mtd: rawnand: Use the new ECC engine type",
                60,
                "mtd-rawnand-use-the-new-ecc-engine-type",
            ),
            ("Miquèl Ræynal's Größe", 60, "miquel-raeynals-grosse"),
            ("ŁÓDŹ — İstanbul", 60, "lodz-istanbul"),
            ("one two three four", 12, "one-two"),
            ("abcdefghijkl", 5, "abcde"),
            ("--", 10, "x"),
            ("漢字", 10, "x"),
            ("AUX", 10, "xaux"),
            ("com1", 10, "xcom1"),
            ("a/b.c", 3, "a-b"),
        ] {
            assert_eq!(slug(text, max), slug_, "{text:?}");
        }
    }

    #[test]
    fn accents_and_case_are_folded() {
        let mut out = String::new();
        "ÁlvaRo ŁßÆ İ e\u{301} Ωé漢".chars().for_each(|c| fold_into(&mut out, c));
        assert_eq!(out, "alvaro lssae i e ωe漢");
    }

    #[test]
    fn numbers_agree_with_their_words() {
        assert_eq!(plural(1, "file", "files"), "1 file");
        assert_eq!(plural(0, "file", "files"), "0 files");
    }

    #[test]
    fn footers_of_lists_are_known() {
        let rule = "_".repeat(54);
        for (below, known) in [
            ("Lamp mailing list\nhttp://lists.example.org/mailman/listinfo/lamp/\n", true),
            ("lamp@example.org https://lists.example.org/mailman/listinfo/lamp", true),
            ("Lamp mailing list\nlamp@example.org\nhttp://lists.example.org/\nAda\n", false),
            ("Ada\n", false),
            ("this mailing list\nis\nmy\nvery\nown\n", false),
            ("", false),
        ] {
            let text = format!("Hi.\n\n{rule}\n{below}");
            let start = if known { 5 } else { text.len() };
            assert_eq!(list_footer(&text), start, "{below}");
        }
        assert_eq!(list_footer(&format!("x {rule}\nmailing list\n")), 2 + 54 + 14);
    }
}
