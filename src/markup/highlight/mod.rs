//! Highlighted code: which parts of a line are keywords, strings, comments.
//!
//! In: a path or a language's name, and lines of code, one side of a diff at a time. Out: [`Token`]s, or HTML. Never
//! here: colours (the theme has these), an error, more than linear time.
//!
//! The elements are short, because every third word of code has one. Inside code (`.diff`, `.code`) they have only
//! this meaning:
//!
//! | element | class | what it holds |
//! |---|---|---|
//! | `<b>` | [`Class::Keyword`] | keywords, built-in types of C, instructions |
//! | `<b>` | [`Class::Preprocessor`] | `#include`, `#[derive]`, decorators, directives |
//! | `<i>` | [`Class::Comment`] | comments |
//! | `<u>` | [`Class::String`] | strings, characters, names of included files |
//! | `<u>` | [`Class::Number`] | numbers and constants |
//! | `<em>` | [`Class::Type`] | types, labels of devicetree |
//! | `<dfn>` | [`Class::Function`] | functions where they are defined, macros, nodes, targets |
//! | `<var>` | [`Class::Name`] | keys, properties, variables, registers |
//!
//! Classes on all but the first three rows took half of the bytes of the colours of linux-mtd. Neighbours of one
//! class share an element: `<b>static const struct</b>`. Our own lexers read the languages of 99 in 100 lines of
//! kernel diffs; syntect's grammars read the others, at a hundredth of the speed.

#[cfg(feature = "highlight")]
mod grammar;
#[cfg(not(feature = "highlight"))]
#[path = "without_grammars.rs"]
mod grammar;
mod languages;
mod lexer;
mod lines;
mod more;

use std::ops::Range;

use crate::{config::Engine, text::HtmlWriter};
use lexer::State;

/// The longest line with colours; nobody writes longer ones by hand.
const MAX_LINE_BYTES: usize = 4096;

/// The kind of a part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Keywords, built-in types of C, instructions.
    Keyword,
    /// Types.
    Type,
    /// Functions where they are defined, macros, nodes, targets.
    Function,
    /// Keys, properties, variables, registers.
    Name,
    /// Numbers and constants.
    Number,
    /// Strings and characters.
    String,
    /// Comments.
    Comment,
    /// Preprocessor directives, attributes, decorators.
    Preprocessor,
}

impl Class {
    /// Its start and end tag.
    fn tags(self) -> (&'static str, &'static str) {
        match self {
            Self::Keyword | Self::Preprocessor => ("<b>", "</b>"),
            Self::Comment => ("<i>", "</i>"),
            Self::String | Self::Number => ("<u>", "</u>"),
            Self::Type => ("<em>", "</em>"),
            Self::Function => ("<dfn>", "</dfn>"),
            Self::Name => ("<var>", "</var>"),
        }
    }
}

/// A part of a line that has a colour; all other parts have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Offset of its first byte in the line.
    pub start: usize,
    /// Offset after its last byte.
    pub end: usize,
    /// Its class.
    pub class: Class,
}

/// A language known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// None, or unknown: no colours.
    #[default]
    Plain,
    /// C, C++, and similar languages.
    C,
    /// Rust.
    Rust,
    /// Python.
    Python,
    /// POSIX shell and bash.
    Shell,
    /// Devicetree source.
    Devicetree,
    /// Assembler as gcc takes it.
    Assembler,
    /// YAML.
    Yaml,
    /// Kconfig.
    Kconfig,
    /// Makefiles, Kbuild's too.
    Make,
    /// reStructuredText.
    Rst,
    /// Diffs.
    Diff,
    /// One with a small table.
    Listed(more::Listed),
    /// One of syntect's grammars.
    Grammar(grammar::Grammar),
}

impl Language {
    /// The language of the file at `path`, by its name alone.
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        if name.starts_with("Kconfig") {
            return Self::Kconfig;
        }
        if name.starts_with("Makefile") || matches!(name, "Kbuild" | "GNUmakefile" | "makefile") {
            return Self::Make;
        }
        if let Some(listed) = more::Listed::of_file(name) {
            return Self::Listed(listed);
        }
        name.rsplit_once('.').map_or(Self::Plain, |(_, ending)| Self::named(ending))
    }

    /// The language of the file at `path` according to `engine`.
    pub fn by(engine: Engine, path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or(name, |(_, ending)| ending);
        match engine {
            Engine::Own => None,
            Engine::Syntect => grammar::find(ending).map(Self::Grammar),
        }
        .unwrap_or_else(|| Self::of(path))
    }

    /// The language with this name in a code block of Markdown, or with this file extension.
    pub fn named(name: &str) -> Self {
        match name {
            "c" | "h" | "cc" | "cpp" | "cxx" | "hh" | "hpp" | "hxx" | "C" | "c++" | "lds" => {
                Self::C
            }
            "rs" | "rust" => Self::Rust,
            "py" | "python" | "pyi" => Self::Python,
            "sh" | "bash" | "shell" | "zsh" | "console" => Self::Shell,
            "dts" | "dtsi" | "dtso" | "devicetree" => Self::Devicetree,
            "S" | "s" | "asm" => Self::Assembler,
            "yaml" | "yml" => Self::Yaml,
            "kconfig" | "Kconfig" => Self::Kconfig,
            "mk" | "make" | "makefile" | "Makefile" => Self::Make,
            "rst" => Self::Rst,
            "diff" | "patch" => Self::Diff,
            "" | "txt" | "text" | "log" | "plain" => Self::Plain,
            other => match more::Listed::find(other) {
                Some(listed) => Self::Listed(listed),
                None => grammar::find(other).map_or(Self::Plain, Self::Grammar),
            },
        }
    }
}

/// Colours the lines of one side of a file, from top to bottom.
#[derive(Debug, Clone)]
pub struct Highlighter {
    language: Language,
    state: State,
    grammar: Option<Box<grammar::Machine>>,
}

impl Highlighter {
    /// A highlighter at the start of a file.
    pub fn new(language: Language) -> Self {
        let grammar = match language {
            Language::Grammar(grammar) => Some(Box::new(grammar::Machine::new(grammar))),
            _ => None,
        };
        Self { language, state: State::Code, grammar }
    }

    /// Begins a hunk with these lines on this side, perhaps in the middle of a comment.
    pub fn begin<'a>(&mut self, lines: impl Iterator<Item = &'a str> + Clone) {
        self.state = match self.language {
            Language::C | Language::Rust | Language::Devicetree | Language::Assembler
                if lexer::begins_in_comment(lines.clone()) =>
            {
                State::Comment(1)
            }
            Language::Python => lexer::begins_in_triple(lines),
            _ => State::Code,
        };
        if let Some(machine) = &mut self.grammar {
            machine.begin();
        }
    }

    /// Whether the next line will have the colours that `other` would give it.
    pub fn agrees(&self, other: &Self) -> bool {
        self.grammar.is_none() && self.language == other.language && self.state == other.state
    }

    /// Continues from the state of `other`, which has coloured a line that both sides have.
    pub fn follow(&mut self, other: &Self) {
        self.state = other.state;
    }

    /// The tokens of the next line, which has no line end; `tokens` is emptied first.
    pub fn line(&mut self, text: &str, tokens: &mut Vec<Token>) {
        tokens.clear();
        if text.len() > MAX_LINE_BYTES {
            return;
        }
        match self.language {
            Language::Plain => {}
            Language::Yaml => lines::yaml(text, &mut self.state, tokens),
            Language::Kconfig => lines::kconfig(text, &mut self.state, tokens),
            Language::Make => lines::make(text, tokens),
            Language::Rst => lines::rst(text, tokens),
            Language::Diff => lines::diff(text, tokens),
            Language::Grammar(_) => {
                if let Some(machine) = &mut self.grammar {
                    machine.line(text, tokens);
                }
            }
            Language::C => lexer::line(&languages::C, text, &mut self.state, tokens),
            Language::Rust => lexer::line(&languages::RUST, text, &mut self.state, tokens),
            Language::Python => lexer::line(&languages::PYTHON, text, &mut self.state, tokens),
            Language::Shell => lexer::line(&languages::SHELL, text, &mut self.state, tokens),
            Language::Devicetree => {
                lexer::line(&languages::DEVICETREE, text, &mut self.state, tokens);
            }
            Language::Assembler => {
                lexer::line(&languages::ASSEMBLER, text, &mut self.state, tokens);
            }
            Language::Listed(listed) => lexer::line(listed.spec(), text, &mut self.state, tokens),
        }
    }
}

/// Appends `text[part]` as HTML, with the colours that `tokens` give it.
pub fn write_part(out: &mut HtmlWriter<'_>, text: &str, tokens: &[Token], part: Range<usize>) {
    let mut at = part.start;
    let first = tokens.partition_point(|token| token.end <= part.start);
    for token in &tokens[first..] {
        let (start, end) = (token.start.max(at), token.end.min(part.end));
        if start >= end {
            break;
        }
        let (open, close) = token.class.tags();
        out.text(&text[at..start]).markup(open).text(&text[start..end]).markup(close);
        at = end;
    }
    out.text(&text[at..part.end]);
}

/// Appends a whole piece of code as HTML, for the code blocks of Markdown.
pub fn write_code(out: &mut HtmlWriter<'_>, language: Language, code: &str) {
    let mut highlighter = Highlighter::new(language);
    let mut tokens = Vec::new();
    for whole in code.split_inclusive('\n') {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        highlighter.line(line, &mut tokens);
        write_part(out, line, &tokens, 0..line.len());
        out.text(&whole[line.len()..]);
    }
}

#[cfg(test)]
mod tests;
