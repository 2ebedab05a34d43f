//! The lines of a file's hunks.
//!
//! In: a [`FileDiff`], its anchor and its [`Options`]. Out: an element for each line, with ids, colours, marks of
//! changed words, and the remarks below it; also what was left out. Never here: the heading of the file; HTML of
//! remarks.

use std::ops::Range;

use super::{
    Colours, Cut, Moved, Options, Said,
    words::{Comparer, Marks},
};
use crate::{
    markup::highlight::{Highlighter, Language, Token, write_part},
    patch::{FileDiff, Hunk, Line, LineKind, Sides},
    text::HtmlWriter,
};

/// The longest run of changed lines that is compared word by word.
const MAX_RUN: usize = 500;

/// Appends all lines of `file`, up to `max_bytes`.
pub(super) fn write(
    out: &mut HtmlWriter<'_>,
    file: &FileDiff<'_>,
    anchor: &str,
    options: &Options<'_>,
) -> Cut {
    let language = Language::by(options.engine, file.path());
    let mut writer = Writer {
        out,
        anchor,
        sides: Sides { old: Highlighter::new(language), new: Highlighter::new(language) },
        next: Sides { old: 0, new: 0 },
        named: Sides { old: 0, new: 0 },
        tokens: Vec::new(),
        removed: Vec::new(),
        added: Vec::new(),
        comparer: Comparer::default(),
        left_bytes: options.max_bytes,
        colours: options.colours,
        said: options.said,
        moved: options.moved.map_or(&[], Moved::lines),
        at: (0, 0),
        run: None,
        cut: Cut::default(),
    };
    for (n, hunk) in file.hunks.iter().enumerate() {
        writer.at = (n, 0);
        writer.hunk(hunk, n + 1);
    }
    writer.enter(None);
    writer.say_before((usize::MAX, 0));
    writer.cut
}

/// The most bytes of a function's name.
const MAX_SECTION_BYTES: usize = 500;

/// The state from line to line.
struct Writer<'a, 'm> {
    out: &'a mut HtmlWriter<'m>,
    anchor: &'a str,
    sides: Sides<Highlighter>,
    /// The number of the next line on each side.
    next: Sides<u64>,
    /// The last number with an id: overlapping hunks must not use an id twice.
    named: Sides<u64>,
    tokens: Vec<Token>,
    /// The current run of changed lines.
    removed: Vec<Line<'a>>,
    added: Vec<Line<'a>>,
    comparer: Comparer,
    left_bytes: usize,
    colours: Option<&'a Colours>,
    cut: Cut,
    /// The remaining remarks.
    said: &'a [Said],
    /// The remaining lines that were moved.
    moved: &'a [(usize, usize)],
    /// The hunk and line to write next.
    at: (usize, usize),
    /// The element of the current run, if it is open.
    run: Option<&'static str>,
}

impl<'a> Writer<'a, '_> {
    fn hunk(&mut self, hunk: &Hunk<'a>, number: usize) {
        if self.cut.is_cut() {
            return self.leave_out(hunk);
        }
        self.head(hunk, number);
        self.begin(hunk);
        for line in hunk.lines() {
            if !self.may_take(line) {
                continue;
            }
            match line.kind {
                LineKind::Removed => {
                    if !self.added.is_empty() || self.removed.len() >= MAX_RUN {
                        self.end_run();
                    }
                    self.removed.push(line);
                }
                LineKind::Added => {
                    if self.added.len() >= MAX_RUN {
                        self.end_run();
                    }
                    self.added.push(line);
                }
                LineKind::NoNewline if !self.removed.is_empty() && self.added.is_empty() => {
                    // It is between the two halves of a run; comparing these is more useful.
                    self.removed.push(line);
                }
                _ => {
                    self.end_run();
                    self.single(line);
                }
            }
        }
        self.end_run();
    }

    /// Counts a line against the limit; false if it is exceeded.
    fn may_take(&mut self, line: Line<'_>) -> bool {
        if self.cut.is_cut() || line.raw.len() > self.left_bytes {
            self.cut.lines += 1;
            self.cut.bytes += line.raw.len();
            return false;
        }
        self.left_bytes -= line.raw.len();
        true
    }

    fn leave_out(&mut self, hunk: &Hunk<'_>) {
        self.cut.lines += memchr::memchr_iter(b'\n', hunk.body.as_bytes()).count() + 1;
        self.cut.bytes += hunk.header.len() + hunk.body.len();
    }

    /// `@@ -1,2 +3,4 @@ function`
    fn head(&mut self, hunk: &Hunk<'_>, number: usize) {
        self.enter(None);
        let section = &hunk.section[..hunk.section.floor_char_boundary(MAX_SECTION_BYTES)];
        let header = hunk.header.trim_end_matches(['\r', '\n']);
        let range = header.strip_suffix(hunk.section).unwrap_or(header);
        self.out.markup("<samp id=").word(self.anchor).markup("@").number(number);
        self.out.markup(">").text(range);
        if !section.is_empty() {
            self.out.markup("<em>").text(section).markup("</em>");
        }
        self.out.markup("\n</samp>");
    }

    fn begin(&mut self, hunk: &Hunk<'a>) {
        self.next = Sides { old: hunk.start.old.into(), new: hunk.start.new.into() };
        let side = |kind| {
            let all = hunk.lines();
            all.filter(move |line| line.kind == LineKind::Context || line.kind == kind)
                .map(|line| line.text())
        };
        self.sides.old.begin(side(LineKind::Removed));
        self.sides.new.begin(side(LineKind::Added));
    }

    /// Writes the run, with the changed words of its pairs marked.
    fn end_run(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        let lines = removed.iter().filter(|line| line.kind == LineKind::Removed);
        let marks: Vec<_> = if lines.clone().count() == added.len() {
            let pairs = lines.zip(&added);
            pairs
                .map(|(old, new)| self.comparer.compare(old.text(), new.text()).unwrap_or_default())
                .collect()
        } else {
            Vec::new()
        };
        let pieces = marks.iter().map(|marks| marks.old.len() + marks.new.len()).sum();
        let marks = if self.may_colour(pieces) { marks } else { Vec::new() };
        let none = Marks::default();
        let mut n = 0;
        for line in &removed {
            if line.kind == LineKind::Removed {
                self.removed(*line, marks.get(n).unwrap_or(&none));
                n += 1;
            } else {
                self.single(*line);
            }
        }
        for (n, line) in added.iter().enumerate() {
            self.added(*line, marks.get(n).unwrap_or(&none));
        }
        // Keep the vectors, so that a long file allocates once.
        (self.removed, self.added) = (removed, added);
        self.removed.clear();
        self.added.clear();
    }

    fn removed(&mut self, line: Line<'a>, marks: &Marks) {
        let text = line.text();
        self.sides.old.line(text, &mut self.tokens);
        self.colour();
        self.enter(Some("del"));
        self.open(Side::Old);
        self.markers(line);
        marked(self.out, text, &self.tokens, 0..text.len(), &marks.old, "del");
        self.out.markup("\n</a>");
        self.next.old += 1;
        self.end_line();
    }

    fn added(&mut self, line: Line<'a>, marks: &Marks) {
        let text = line.text();
        self.sides.new.line(text, &mut self.tokens);
        self.colour();
        self.enter(Some("ins"));
        self.open(Side::New);
        self.markers(line);
        let kept = text.trim_end_matches([' ', '\t']).len();
        marked(self.out, text, &self.tokens, 0..kept, &marks.new, "ins");
        if kept < text.len() {
            self.out.markup("<mark>").text(&text[kept..]).markup("</mark>");
        }
        self.out.markup("\n</a>");
        self.next.new += 1;
        self.end_line();
    }

    /// Writes a line that is not a change.
    fn single(&mut self, line: Line<'a>) {
        let text = line.text();
        let (open, close) = match line.kind {
            // It describes the line above, and belongs to its run.
            LineKind::NoNewline => ("<small>", "\n</small>"),
            LineKind::Stray => {
                self.enter(None);
                ("<s>", "\n</s>")
            }
            _ => return self.context(line),
        };
        self.out.markup(open).text(text).markup(close);
        self.end_line();
    }

    fn context(&mut self, line: Line<'a>) {
        let text = line.text();
        if self.sides.old.agrees(&self.sides.new) {
            self.sides.new.line(text, &mut self.tokens);
            let Sides { old, new } = &mut self.sides;
            old.follow(new);
        } else {
            self.sides.old.line(text, &mut self.tokens);
            self.sides.new.line(text, &mut self.tokens);
        }
        self.colour();
        self.enter(None);
        self.open(Side::New);
        self.markers(line);
        write_part(self.out, text, &self.tokens, 0..text.len());
        self.out.markup("\n</a>");
        self.next.old += 1;
        self.next.new += 1;
        self.end_line();
    }

    /// Turns colours off for the next line if the page has used them up.
    fn colour(&mut self) {
        if !self.may_colour(self.tokens.len()) {
            self.tokens.clear();
        }
    }

    fn may_colour(&self, pieces: usize) -> bool {
        self.colours.is_none_or(|colours| colours.take(pieces))
    }

    /// Ends a line, and writes the remarks about it.
    fn end_line(&mut self) {
        self.at.1 += 1;
        self.say_before(self.at);
    }

    /// Writes the remarks about lines before `place`.
    fn say_before(&mut self, place: (usize, usize)) {
        let due = self.said.partition_point(|said| (said.hunk, said.line) < place);
        let (now, later) = self.said.split_at(due);
        self.said = later;
        if now.is_empty() {
            return;
        }
        self.enter(None);
        self.out.markup("</pre><div class=said>");
        for said in now {
            self.out.html(&said.html);
        }
        self.out.markup("</div><pre>");
    }

    /// Opens or closes the element of a run of changed lines.
    fn enter(&mut self, run: Option<&'static str>) {
        if self.run == run {
            return;
        }
        if let Some(tag) = self.run {
            self.out.markup("</").markup(tag).markup(">");
        }
        if let Some(tag) = run {
            self.out.markup("<").markup(tag).markup(">");
        }
        self.run = run;
    }

    /// The start tag of a line, with its id unless an earlier line has it.
    fn open(&mut self, side: Side) {
        let (sign, number, named) = match side {
            Side::Old => ("-", self.next.old, &mut self.named.old),
            Side::New => ("", self.next.new, &mut self.named.new),
        };
        self.out.markup("<a");
        if let Some((_, later)) = self.moved.split_first().filter(|(at, _)| **at == self.at) {
            self.moved = later;
            self.out.markup(" class=w");
        }
        if number > *named {
            *named = number;
            self.out.markup(" id=").word(self.anchor).markup(sign).number(number);
        }
        self.out.markup(">");
    }

    /// Writes `+`, `-` or a blank, also if the blank was lost on the way.
    fn markers(&mut self, line: Line<'_>) {
        // Constants, whatever character the line begins with.
        let mark = |byte| match byte {
            b'+' => "+",
            b'-' => "-",
            _ => " ",
        };
        if line.columns == 0 {
            self.out.markup(" ");
        }
        for byte in line.raw.bytes().take(line.columns.into()) {
            self.out.markup(mark(byte));
        }
    }
}

/// The side of a file that numbers a line.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

/// Writes a part of a line, with marks around the changed words.
pub(super) fn marked(
    out: &mut HtmlWriter<'_>,
    text: &str,
    tokens: &[Token],
    part: Range<usize>,
    marks: &[Range<usize>],
    tag: &'static str,
) {
    let mut at = part.start;
    for mark in marks {
        let (start, end) = (mark.start.min(part.end), mark.end.min(part.end));
        if start == end {
            continue;
        }
        write_part(out, text, tokens, at..start);
        out.markup("<").markup(tag).markup(">");
        write_part(out, text, tokens, start..end);
        out.markup("</").markup(tag).markup(">");
        at = end;
    }
    write_part(out, text, tokens, at..part.end);
}
