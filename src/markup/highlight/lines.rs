//! Languages whose lines are recognised by their beginning.
//!
//! In: a line of YAML, Kconfig, a makefile, reStructuredText or a diff, and the state after the line above. Out:
//! tokens. Never here: languages with nested constructs (`lexer`).

use super::{
    Class, Token,
    languages::variable,
    lexer::{Cursor, State, Words},
};

/// The indentation of a line, in bytes.
fn indent(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Whether the line belongs to the text block above, which has no colours; otherwise ends that block.
fn is_in_block(text: &str, state: &mut State) -> bool {
    match *state {
        State::Indented(outer) if text.trim().is_empty() || indent(text) > outer => true,
        _ => {
            *state = State::Code;
            false
        }
    }
}

/// YAML: keys, comments, strings, numbers. The text below `key: |` stays plain.
pub(super) fn yaml(text: &str, state: &mut State, tokens: &mut Vec<Token>) {
    if is_in_block(text, state) {
        return;
    }
    let mut cursor = Cursor::new(text, state, tokens);
    cursor.skip(|b| matches!(b, b' ' | b'\t'));
    while cursor.peek(0) == b'-' && matches!(cursor.peek(1), b' ' | 0) {
        cursor.at += 1;
        cursor.skip(|b| b == b' ');
    }
    let key = cursor.at;
    if matches!(cursor.peek(0), b'%' | b'-') && key == 0 {
        return cursor.take_rest(Class::Preprocessor);
    }
    if let Some(len) = key_len(cursor.rest()) {
        cursor.at += len;
        cursor.push(key, Class::Name);
    }
    yaml_value(&mut cursor);
    if opens_block(text) {
        *state = State::Indented(key);
    }
}

/// The length of `key` if a line continues with `key: ` or `key:`.
fn key_len(rest: &str) -> Option<usize> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let from = quote.and_then(|quote| rest[1..].find(quote)).map_or(0, |at| at + 2);
    let end = rest[from..]
        .find(": ")
        .or_else(|| rest[from..].ends_with(':').then(|| rest.len() - 1 - from))?;
    let is_value = |c: char| matches!(c, '#' | '{' | '[' | '"' | '\'');
    (end + from > 0 && !rest[from..from + end].contains(is_value)).then_some(from + end)
}

fn yaml_value(cursor: &mut Cursor<'_>) {
    while cursor.at < cursor.text.len() {
        let (start, byte) = (cursor.at, cursor.peek(0));
        let begins = start == 0 || b" [{,(".contains(&cursor.text.as_bytes()[start - 1]);
        cursor.at += 1;
        match byte {
            b'#' if begins => {
                cursor.at = start;
                cursor.take_rest(Class::Comment);
            }
            b'"' if begins => cursor.string(start, b'"'),
            b'\'' if begins => {
                cursor.up_to(start, "'", Class::String);
            }
            b'&' | b'*' | b'!' if begins => {
                cursor.skip(|b| !matches!(b, b' ' | b','));
                cursor.push(start, Class::Type);
            }
            b'0'..=b'9' if begins => {
                cursor.skip(|b| b.is_ascii_alphanumeric() || b == b'.');
                if matches!(cursor.peek(0), 0 | b' ' | b',' | b']' | b'}' | b')') {
                    cursor.push(start, Class::Number);
                }
            }
            b'a'..=b'z' | b'A'..=b'Z' if begins => {
                cursor.skip(|b| !matches!(b, b' ' | b',' | b']' | b'}'));
                if matches!(
                    &cursor.text[start..cursor.at],
                    "true" | "false" | "null" | "yes" | "no"
                ) {
                    cursor.push(start, Class::Keyword);
                }
            }
            _ => {}
        }
    }
    // A quote that is not closed is an apostrophe, not a string over several lines.
    *cursor.state = State::Code;
}

/// Whether a line ends in `|`, `>-`, `|2` and the like.
fn opens_block(text: &str) -> bool {
    let line =
        text.trim_end().trim_end_matches(|c: char| matches!(c, '-' | '+') || c.is_ascii_digit());
    let Some(before) = line.strip_suffix(['|', '>']) else { return false };
    before.ends_with(": ") || before.ends_with("- ") || before.trim().is_empty()
}

static KCONFIG: Words = Words::new(&[
    "bool",
    "choice",
    "comment",
    "config",
    "def_bool",
    "def_tristate",
    "default",
    "depends",
    "endchoice",
    "endif",
    "endmenu",
    "help",
    "hex",
    "if",
    "imply",
    "int",
    "mainmenu",
    "menu",
    "menuconfig",
    "modules",
    "option",
    "optional",
    "prompt",
    "range",
    "select",
    "source",
    "string",
    "tristate",
    "visible",
]);

/// Kconfig: the first word of a line, strings, comments. Help texts stay plain.
pub(super) fn kconfig(text: &str, state: &mut State, tokens: &mut Vec<Token>) {
    // Help texts are indented by a tab and two blanks, and a hunk may begin inside one.
    if is_in_block(text, state) || text.starts_with("\t  ") {
        return;
    }
    let mut cursor = Cursor::new(text, state, tokens);
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut is_first = true;
    while cursor.at < text.len() {
        let (start, byte) = (cursor.at, cursor.peek(0));
        cursor.at += 1;
        match byte {
            b'#' => {
                cursor.at = start;
                cursor.take_rest(Class::Comment);
            }
            b'"' | b'\'' => cursor.string(start, byte),
            b if is_word(b) => {
                cursor.skip(is_word);
                kconfig_word(&mut cursor, start, is_first);
                is_first = false;
            }
            _ => {}
        }
    }
    *cursor.state = match text.trim() {
        "help" | "---help---" => State::Indented(indent(text)),
        _ => State::Code,
    };
}

fn kconfig_word(cursor: &mut Cursor<'_>, start: usize, is_first: bool) {
    let word = &cursor.text[start..cursor.at];
    if (is_first && KCONFIG.has(word)) || matches!(word, "if" | "on") {
        cursor.push(start, Class::Keyword);
    } else if matches!(cursor.text[..start].trim(), "config" | "menuconfig") {
        cursor.push(start, Class::Function);
    } else if matches!(word, "y" | "n" | "m") || word.bytes().all(|b| b.is_ascii_digit()) {
        cursor.push(start, Class::Number);
    }
}

static MAKE: Words = Words::new(&[
    "define", "else", "endef", "endif", "export", "ifdef", "ifeq", "ifndef", "ifneq", "include",
    "override", "unexport", "vpath",
]);

/// Makefiles: assignments, targets, variables, conditionals, comments.
pub(super) fn make(text: &str, tokens: &mut Vec<Token>) {
    let mut state = State::Code;
    let mut cursor = Cursor::new(text, &mut state, tokens);
    if !text.starts_with('\t') {
        make_head(&mut cursor);
    }
    while let Some(step) = memchr::memchr3(b'$', b'#', b'\\', cursor.rest().as_bytes()) {
        cursor.at += step;
        let start = cursor.at;
        match cursor.peek(0) {
            b'#' => cursor.take_rest(Class::Comment),
            b'$' if cursor.peek(1) == b'(' => {
                // Only the innermost one: otherwise `$(call f,$(x))` would end at the first bracket.
                cursor.at += 2;
                cursor.skip(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
                if cursor.peek(0) == b')' {
                    cursor.at += 1;
                }
                cursor.push(start, Class::Name);
            }
            b'$' => {
                variable(&mut cursor);
                cursor.at = cursor.at.max(start + 1);
            }
            _ => cursor.at = (start + 2).min(text.len()),
        }
        while !text.is_char_boundary(cursor.at) {
            cursor.at += 1;
        }
    }
}

/// The beginning of a line: `ifdef`, `obj-$(CONFIG_X) +=`, `target:`.
fn make_head(cursor: &mut Cursor<'_>) {
    cursor.skip(|b| b == b' ');
    let start = cursor.at;
    cursor.skip(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'/' | b'%'));
    let word = &cursor.text[start..cursor.at];
    if MAKE.has(word.trim_start_matches('-')) {
        return cursor.push(start, Class::Keyword);
    }
    let rest = cursor.rest().trim_start();
    let assigns = ["=", ":=", "+=", "?=", "::="].iter().any(|sign| rest.starts_with(sign));
    if assigns || word.ends_with('-') && rest.starts_with('$') {
        cursor.push(start, Class::Name);
    } else if rest.starts_with(':') {
        cursor.push(start, Class::Function);
    }
}

/// reStructuredText: directives, roles, literals, fields, the lines below titles.
pub(super) fn rst(text: &str, tokens: &mut Vec<Token>) {
    let mut state = State::Code;
    let mut cursor = Cursor::new(text, &mut state, tokens);
    cursor.skip(|b| matches!(b, b' ' | b'\t'));
    let line = cursor.rest();
    let mark = line.as_bytes().first().copied().unwrap_or(b' ');
    if line.len() >= 3 && mark.is_ascii_punctuation() && line.bytes().all(|b| b == mark) {
        return cursor.take_rest(Class::Keyword);
    }
    if let Some(rest) = line.strip_prefix(".. ") {
        let start = cursor.at;
        let Some(len) = rest.find("::") else { return cursor.take_rest(Class::Comment) };
        cursor.at += 3 + len + 2;
        cursor.push(start, Class::Preprocessor);
    } else if let Some(len) = line.strip_prefix(':').and_then(|rest| rest.find(": ")) {
        let start = cursor.at;
        cursor.at += len + 2;
        cursor.push(start, Class::Name);
    }
    while let Some(step) = memchr::memchr(b'`', cursor.rest().as_bytes()) {
        let start = cursor.at + step;
        let end = if cursor.text[start..].starts_with("``") { "``" } else { "`" };
        cursor.at = start + end.len();
        if !cursor.rest().contains(end) {
            return;
        }
        cursor.up_to(start, end, Class::String);
    }
}

/// Diffs: by the first letter.
pub(super) fn diff(text: &str, tokens: &mut Vec<Token>) {
    let class = match text.as_bytes() {
        [b'+', b'+', b'+', b' ', ..] | [b'-', b'-', b'-', b' ', ..] => Class::Keyword,
        [b'd', b'i', b'f', b'f', b' ', ..] | [b'i', b'n', b'd', b'e', b'x', b' ', ..] => {
            Class::Keyword
        }
        [b'+', ..] => Class::String,
        [b'-', ..] => Class::Comment,
        [b'@', b'@', ..] => Class::Preprocessor,
        _ => return,
    };
    let mut state = State::Code;
    Cursor::new(text, &mut state, tokens).take_rest(class);
}

#[cfg(test)]
pub(super) fn words_are_sorted() -> bool {
    KCONFIG.is_sorted() && MAKE.is_sorted()
}
