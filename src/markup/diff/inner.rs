//! The difference of two patches as HTML: a diff of diffs.
//!
//! In: a [`Difference`]. Out: the box of a diff whose lines begin with two marks. The outer mark tells which patch
//! has the line, the inner mark what that patch does with it:
//!
//! ```text
//! <div class=diff tabindex=0 role=group aria-label=Difference><pre>
//! <samp>@@ <em>lamp.c: int f(void)</em></samp>                  (an excerpt or a file begins)
//! <a>  context</a>                                              (both patches have it)
//! <a class=i> +code</a>                                         (both add it)
//! <del class=i>-+int <del>old</del>;</del>                      (only the old patch adds it)
//! <ins class=i>++int <ins>new</ins>;</ins>                      (only the new one adds it)
//! <ins class=d>+-int removed;</ins>                             (only the new one removes it)
//! </pre></div>
//! ```
//!
//! Consecutive lines with the same marks share an element. The theme shows the outer mark as a background and the
//! inner one as a rule at the side; both are text. Never here: an id, because nobody links to such a line.

use std::ops::Range;

use super::{
    Cut,
    lines::marked,
    words::{Comparer, Marks},
};
use crate::{
    markup::highlight::{Highlighter, Language, Token},
    range_diff::{Difference, Excerpt, Extent, Inner, InnerLine, Outer},
    say,
    text::HtmlWriter,
};

/// The number of lines from which on a difference is folded.
const FOLD_LINES: usize = 200;

/// The longest run of changed lines that is compared word by word.
const MAX_RUN: usize = 500;

/// Appends a difference, up to `max_bytes` of its lines; returns what was left out.
pub fn difference(out: &mut HtmlWriter<'_>, difference: &Difference, max_bytes: usize) -> Cut {
    let lines = difference.excerpts.iter().map(|excerpt| excerpt.lines.len() + 1).sum::<usize>();
    if lines > FOLD_LINES {
        let summary = say!(out.words(), "lines", n = lines);
        out.markup("<details class=fold><summary>").text(&summary).markup("</summary>");
    }
    out.markup("<div class=diff tabindex=0 role=group aria-label=");
    out.word(out.words().text("difference")).markup("><pre>");
    let mut writer = Writer::new(out, max_bytes);
    for excerpt in &difference.excerpts {
        writer.excerpt(excerpt);
    }
    writer.enter_run(None);
    let cut = writer.cut;
    out.markup("</pre></div>").markup(if lines > FOLD_LINES { "</details>" } else { "" });
    cut.note(out, "cut-difference");
    if difference.extent == Extent::Beginning {
        out.markup("<p class=\"note cut\">").entry("compared-beginning").markup("</p>");
    }
    cut
}

/// The state from line to line.
struct Writer<'a, 'm> {
    out: &'a mut HtmlWriter<'m>,
    /// The marks of the old patch and of the new one.
    sides: [Highlighter; 2],
    language: Language,
    tokens: Vec<Token>,
    comparer: Comparer,
    left_bytes: usize,
    cut: Cut,
    /// The two marks of the lines whose element is open.
    run: Option<(Outer, char)>,
}

impl<'a, 'm> Writer<'a, 'm> {
    fn new(out: &'a mut HtmlWriter<'m>, max_bytes: usize) -> Self {
        let plain = || Highlighter::new(Language::Plain);
        Self {
            out,
            sides: [plain(), plain()],
            language: Language::Plain,
            tokens: Vec::new(),
            comparer: Comparer::default(),
            left_bytes: max_bytes,
            cut: Cut::default(),
            run: None,
        }
    }

    fn excerpt(&mut self, excerpt: &Excerpt) {
        let lines = told(&excerpt.lines);
        if !self.cut.is_cut() && !lines.first().is_some_and(is_heading) {
            self.heading(&excerpt.place);
            self.enter(&excerpt.place, lines);
        }
        let mut at = 0;
        while at < lines.len() {
            let of = |from: usize, outer| {
                lines[from..].iter().take_while(|line| line.outer == outer).count()
            };
            let removed = of(at, Outer::Old);
            let added = of(at + removed, Outer::New);
            self.run(lines, at, removed, added);
            at += (removed + added).max(1);
        }
    }

    /// Writes a line that both have, or a run of changed lines, whose pairs are marked word by word.
    fn run(&mut self, lines: &[InnerLine], start: usize, removed: usize, added: usize) {
        let end = start + (removed + added).max(1);
        let (old, new) = (&lines[start..start + removed], &lines[start + removed..end]);
        let is_paired = removed == added && removed <= MAX_RUN;
        let pairs = old.iter().zip(new).filter(|_| is_paired);
        let compared = pairs.map(|(old, new)| match old.inner == new.inner {
            true => self.comparer.compare(code(old).1, code(new).1).unwrap_or_default(),
            false => Marks::default(),
        });
        let marks: Vec<Marks> = compared.collect();
        for at in start..end {
            let marks = match at.checked_sub(start + removed) {
                None => marks.get(at - start).map(|marks| &marks.old),
                Some(n) => marks.get(n).map(|marks| &marks.new),
            };
            self.line(&lines[at], marks.map_or(&[], Vec::as_slice), &lines[at + 1..]);
        }
    }

    /// A line; `rest` is what follows it.
    fn line(&mut self, line: &InnerLine, marks: &[Range<usize>], rest: &[InnerLine]) {
        if self.cut.is_cut() || line.text.len() + 2 > self.left_bytes {
            self.cut.lines += 1;
            self.cut.bytes += line.text.len() + 2;
            return;
        }
        self.left_bytes -= line.text.len() + 2;
        if line.outer == Outer::Both && is_heading(line) {
            let heading = place(&line.text);
            // A hunk of the file follows, and names it again.
            let is_named = |next: &InnerLine| {
                let rest = place(&next.text).strip_prefix(heading);
                next.outer == Outer::Both && rest.is_some_and(|rest| rest.starts_with(": "))
            };
            if !rest.first().is_some_and(is_named) {
                self.heading(heading);
            }
            self.enter(place(&line.text), rest);
            return;
        }
        let (mark, text) = code(line);
        self.enter_run(Some((line.outer, mark.chars().next().unwrap_or(' '))));
        self.out.markup(sign(line.outer)).markup(mark);
        self.colour(line, text);
        marked(self.out, text, &self.tokens, 0..text.len(), marks, tag(line.outer));
        self.out.markup("\n");
        if is_heading(line) {
            self.enter(place(&line.text), rest);
        }
    }

    /// Opens the element for lines with these marks.
    fn enter_run(&mut self, run: Option<(Outer, char)>) {
        if self.run == run {
            return;
        }
        if let Some((outer, _)) = self.run {
            self.out.markup("</").markup(tag(outer)).markup(">");
        }
        if let Some((outer, mark)) = run {
            let class = match mark {
                '+' => " class=i",
                '-' => " class=d",
                _ => "",
            };
            self.out.markup("<").markup(tag(outer)).markup(class).markup(">");
        }
        self.run = run;
    }

    /// `@@ lamp.c: int f(void)`, which git writes for files as `## lamp.c ##`.
    fn heading(&mut self, place: &str) {
        self.enter_run(None);
        self.out.markup("<samp>@@ <em>").text(place).markup("</em>\n</samp>");
    }

    /// The following lines, up to the next heading, belong to the file that `place` names.
    fn enter(&mut self, place: &str, rest: &[InnerLine]) {
        let language = Language::of(file(place));
        if language != self.language {
            self.language = language;
            self.sides = [Highlighter::new(language), Highlighter::new(language)];
        }
        let lines = rest.iter().take_while(|line| !is_heading(line));
        for (side, other) in self.sides.iter_mut().zip([Outer::New, Outer::Old]) {
            let of_side = lines.clone().filter(move |line| line.outer != other);
            side.begin(of_side.map(|line| code(line).1));
        }
    }

    /// Finds the tokens of a line.
    fn colour(&mut self, line: &InnerLine, text: &str) {
        self.tokens.clear();
        if !matches!(line.inner, Inner::Context | Inner::Removed | Inner::Added) {
            return;
        }
        let [old, new] = &mut self.sides;
        match line.outer {
            Outer::Old => old.line(text, &mut self.tokens),
            Outer::New => new.line(text, &mut self.tokens),
            Outer::Both if old.agrees(new) => {
                new.line(text, &mut self.tokens);
                old.follow(new);
            }
            Outer::Both => {
                old.line(text, &mut self.tokens);
                new.line(text, &mut self.tokens);
            }
        }
    }
}

/// The element of lines, by the patches that have them.
fn tag(outer: Outer) -> &'static str {
    match outer {
        Outer::Old => "del",
        Outer::New => "ins",
        Outer::Both => "a",
    }
}

/// The outer mark of a line, as [`Outer::sign`] has it.
fn sign(outer: Outer) -> &'static str {
    match outer {
        Outer::Old => "-",
        Outer::New => "+",
        Outer::Both => " ",
    }
}

/// The lines of an excerpt without parts of the patch, at its start and end, of which only context is
/// shown.
fn told(lines: &[InnerLine]) -> &[InnerLine] {
    let says = |line: &InnerLine| {
        line.outer != Outer::Both || !(is_heading(line) || line.text.trim().is_empty())
    };
    let end = lines.iter().rposition(says).map_or(0, |last| last + 1);
    let context = lines[..end].iter().take_while(|line| line.outer == Outer::Both).count();
    let start = lines[..context].iter().rposition(is_heading).unwrap_or(0);
    &lines[start..end]
}

fn is_heading(line: &InnerLine) -> bool {
    matches!(line.inner, Inner::Heading | Inner::Hunk)
}

/// The inner mark of a line of code, and the code after it.
///
/// The mark is one of three constants, never the line's own first character: a line that a mailer wrapped has no
/// mark, begins with whatever the sender wrote, and all of it is code.
fn code(line: &InnerLine) -> (&'static str, &str) {
    let (mark, sign) = match line.inner {
        Inner::Context => (" ", ' '),
        Inner::Removed => ("-", '-'),
        Inner::Added => ("+", '+'),
        Inner::Heading | Inner::Words | Inner::Hunk => return ("", &line.text),
    };
    match line.text.strip_prefix(sign) {
        Some(code) => (mark, code),
        None => ("", &line.text),
    }
}

/// The name in a heading or at the start of a hunk: `lamp.c (new)`, `lamp.c: int f(void)`.
fn place(line: &str) -> &str {
    let heading = line.strip_prefix(" ## ").and_then(|rest| rest.strip_suffix(" ##"));
    heading.or_else(|| line.strip_prefix("@@ ")).unwrap_or_default()
}

/// The file of a place; a wrong guess only costs colours.
fn file(place: &str) -> &str {
    let path = place.split(": ").next().unwrap_or_default();
    let path = path.split(" (").next().unwrap_or_default();
    path.rsplit(" => ").next().unwrap_or_default()
}
