//! The open point of a reply: a question or an objection without an answer.
//!
//! In: a sender's own paragraphs. Out: a [`Point`] with its sentence. Never here: who answers it.
//!
//! A question mark alone is no question: it occurs in URLs, in shell variables (`$?`), in traces (`? dim+0x12/0x34`)
//! and in C. Of the words of doubt, only those that object to the patch count: people are *not sure* of much.

/// Questions of one word.
const ONE_WORD: [&str; 7] =
    ["comments", "ideas", "objections", "opinions", "suggestions", "thoughts", "why"];

/// Words that object, with blanks around each.
const OBJECTIONS: [&str; 19] = [
    " bad idea ",
    " do not like ",
    " do not think ",
    " don t like ",
    " don t think ",
    " i disagree ",
    " i object ",
    " makes no sense ",
    " my objection ",
    " nack ",
    " nak ",
    " no way ",
    " not acceptable ",
    " not convinced ",
    " objection to ",
    " strongly disagree ",
    " this is wrong ",
    " wrong approach ",
    " wrong way ",
];

/// A point that a reply makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    /// Whether it is a question; otherwise it is an objection.
    pub(crate) asks: bool,
    /// The sentence.
    pub(crate) words: String,
    /// The line in which the sentence ends, as a quote would repeat it.
    pub(crate) line: String,
}

/// The first question of these paragraphs; without one, the first objection if `objects`.
pub(crate) fn point(paragraphs: &[Vec<&str>], objects: bool) -> Option<Point> {
    let questions = || paragraphs.iter().flat_map(|lines| sentences(lines));
    let question = questions().find(|sentence| sentence.asks && sentence.is_question());
    let objection = || questions().find(|sentence| objects && sentence.is_objection());
    question.or_else(objection).map(|sentence| Point {
        asks: sentence.asks,
        words: sentence.words.join(" "),
        line: sentence.line.trim().to_owned(),
    })
}

#[derive(Debug, Default)]
struct Sentence<'a> {
    words: Vec<&'a str>,
    asks: bool,
    line: &'a str,
}

impl Sentence<'_> {
    fn is_question(&self) -> bool {
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        match &self.words[..] {
            [word] => ONE_WORD.contains(&&*bare(word)),
            words => words[0].starts_with(|c: char| c.is_alphanumeric() || "\"'(“‘*_`".contains(c)),
        }
    }

    fn is_objection(&self) -> bool {
        let words = self.words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
        let words: Vec<String> =
            words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        let plain = format!(" {} ", words.join(" "));
        OBJECTIONS.iter().any(|objection| plain.contains(objection))
    }
}

/// The sentences of a paragraph without lines of code and logs.
fn sentences<'a>(lines: &[&'a str]) -> Vec<Sentence<'a>> {
    let mut found = Vec::new();
    let mut open = Sentence::default();
    for line in lines {
        if is_code(line) {
            open = Sentence::default();
            continue;
        }
        let mut words = line.split_whitespace().peekable();
        while let Some(word) = words.next() {
            open.words.push(word);
            let next = words.peek().copied().unwrap_or_default();
            let asks = asks(word, next);
            if asks || ends(word) {
                found.push(Sentence { asks, line, ..std::mem::take(&mut open) });
            }
        }
    }
    if let (Some(line), false) = (lines.last(), open.words.is_empty()) {
        found.push(Sentence { line, ..open });
    }
    found
}

/// Whether the word ends a question before the next word.
fn asks(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '”', '’', '*', '_', '.', '!']);
    let stem = bare.trim_end_matches(['?', '!']);
    let is_marked = stem.len() < bare.len() && bare.ends_with('?');
    let begins = next.is_empty() || next.starts_with(|c: char| c.is_uppercase() || c == '(');
    is_marked
        && !word.contains("://")
        && match stem.chars().last() {
            None => begins,
            Some(last) => last.is_alphanumeric() || "\"')]}`”’*_%+".contains(last),
        }
}

fn ends(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '”', '’']);
    bare.ends_with(['.', '!']) && !matches!(bare, "e.g." | "i.e." | "etc." | "vs." | "cf.")
}

/// Whether a line is code, a log, or shell input.
fn is_code(line: &str) -> bool {
    let bare = line.trim_start();
    line.starts_with('\t')
        || bare.starts_with(['$', '[', '+', '#', '|', '@', '{', '}'])
        || bare.ends_with([';', '{', '}', '\\'])
        || bare.contains(" = ")
        || bare.contains("+0x")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_a_sentence() {
        for (text, expected) in [
            ("Nice. Why is it dark? I\ndo not know.", Some("Why is it dark?")),
            ("Is it\ndark (really)?", Some("Is it dark (really)?")),
            ("Is it dark ?", Some("Is it dark ?")),
            ("Thoughts?", Some("Thoughts?")),
            ("Hm?", None),
            ("See https://example.org/show?\nand https://example.org/?id=1", None),
            ("It prints $? at the end.", None),
            ("[   12.3]  ? dim+0x12/0x34", None),
            ("on = dark ? 1 : 0", None),
            ("\treturn dark ?", None),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            let found = point(&[lines], true).filter(|point| point.asks).map(|point| point.words);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_objection_is_about_the_patch() {
        for (text, expected) in [
            ("Sorry. I don't think this works.", true),
            ("NAK, it is dark.", true),
            ("I'm not sure how bright it is.", false),
            ("It frees all objects.", false),
        ] {
            assert_eq!(point(&[vec![text]], true).is_some(), expected, "{text}");
        }
    }
}
