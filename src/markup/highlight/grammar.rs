//! All other languages, by syntect's grammars.
//!
//! In: the name of a language, then lines of code. Out: tokens. The grammars are loaded when the first file needs
//! one (20 ms), and process half a megabyte per second: a file's lines are coloured up to a limit, the rest stays
//! plain. Never here: the languages of our own lexers.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::{Class, Token, lexer::push};

/// The longest line that a grammar reads, in bytes.
const MAX_LINE_BYTES: usize = 1000;
/// The most lines of one file that it reads.
const MAX_LINES: u32 = 2000;

/// A grammar, by its place in syntect's set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grammar(usize);

fn grammars() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// The grammar for a file's ending or a language's name.
pub(super) fn find(name: &str) -> Option<Grammar> {
    let is_it = |known: &String| known.eq_ignore_ascii_case(name);
    let fits = |syntax: &SyntaxReference| {
        !syntax.hidden
            && syntax.name != "Plain Text"
            && (syntax.file_extensions.iter().any(is_it) || is_it(&syntax.name))
    };
    grammars().syntaxes().iter().rposition(fits).map(Grammar)
}

/// A running grammar.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    grammar: Grammar,
    parse: Option<ParseState>,
    scopes: ScopeStack,
    lines: u32,
}

impl Machine {
    pub(super) fn new(grammar: Grammar) -> Self {
        let mut machine = Self { grammar, parse: None, scopes: ScopeStack::new(), lines: 0 };
        machine.begin();
        machine
    }

    /// Begins a hunk. Grammars cannot start in the middle, so it is read like the start of a file.
    pub(super) fn begin(&mut self) {
        self.parse = grammars().syntaxes().get(self.grammar.0).map(ParseState::new);
        self.scopes = ScopeStack::new();
    }

    /// Colours a line. If a grammar gives up, the rest of the hunk stays plain.
    pub(super) fn line(&mut self, text: &str, tokens: &mut Vec<Token>) {
        self.lines = self.lines.saturating_add(1);
        if self.lines > MAX_LINES || text.len() > MAX_LINE_BYTES {
            return;
        }
        let Some(parse) = &mut self.parse else { return };
        let Ok(changes) = parse.parse_line(&format!("{text}\n"), grammars()) else {
            self.parse = None;
            return;
        };
        let mut start = 0;
        for (at, change) in changes {
            let end = at.min(text.len());
            if let Some(class) = class(&self.scopes).filter(|_| start < end) {
                push(text, tokens, Token { start, end, class });
            }
            start = start.max(end);
            if self.scopes.apply(&change).is_err() {
                self.parse = None;
                return;
            }
        }
        if let Some(class) = class(&self.scopes).filter(|_| start < text.len()) {
            push(text, tokens, Token { start, end: text.len(), class });
        }
    }
}

/// The meaning of scopes, innermost first. A longer prefix precedes a shorter one.
const SCOPES: [(&str, Class); 19] = [
    ("comment", Class::Comment),
    ("constant.character.escape", Class::String),
    ("string", Class::String),
    ("constant.numeric", Class::Number),
    ("constant.language", Class::Keyword),
    ("constant", Class::Number),
    ("keyword.operator", Class::Keyword),
    ("keyword", Class::Keyword),
    ("storage.type.annotation", Class::Preprocessor),
    ("storage", Class::Keyword),
    ("entity.name.function", Class::Function),
    ("entity.name.section", Class::Keyword),
    ("entity.name.tag", Class::Keyword),
    ("entity.name", Class::Type),
    ("entity.other.attribute-name", Class::Name),
    ("support.type", Class::Type),
    ("support.function", Class::Function),
    ("variable.parameter", Class::Name),
    ("meta.preprocessor", Class::Preprocessor),
];

fn class(scopes: &ScopeStack) -> Option<Class> {
    static PREFIXES: OnceLock<Vec<(Scope, Class)>> = OnceLock::new();
    let prefixes = PREFIXES.get_or_init(|| {
        SCOPES.iter().filter_map(|&(name, class)| Some((Scope::new(name).ok()?, class))).collect()
    });
    let fitting = |scope: &Scope| prefixes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
    scopes.scopes.iter().rev().find_map(fitting).map(|&(_, class)| class)
}
