//! The tables and hooks of the languages that [`lexer`](super::lexer) reads.
//!
//! In: nothing at run time; each language is a constant [`Spec`] with its keywords, types, comments and hooks. Out:
//! these tables. Never here: the algorithm of the lexer; languages of build files (`more`).

mod assembler;

use super::{
    Class,
    lexer::{Blocks, Cursor, Spec, Words},
};
pub(super) use assembler::ASSEMBLER;

/// C with the kernel's types, and enough of C++.
pub(super) static C: Spec = Spec {
    keywords: Words::new(&[
        "NULL",
        "_Bool",
        "_Static_assert",
        "__attribute__",
        "__inline",
        "__inline__",
        "asm",
        "auto",
        "bool",
        "break",
        "case",
        "catch",
        "char",
        "class",
        "const",
        "constexpr",
        "continue",
        "default",
        "delete",
        "do",
        "double",
        "else",
        "enum",
        "extern",
        "false",
        "float",
        "for",
        "friend",
        "goto",
        "if",
        "inline",
        "int",
        "long",
        "namespace",
        "new",
        "nullptr",
        "operator",
        "override",
        "private",
        "protected",
        "public",
        "register",
        "restrict",
        "return",
        "short",
        "signed",
        "sizeof",
        "static",
        "struct",
        "switch",
        "template",
        "this",
        "throw",
        "true",
        "try",
        "typedef",
        "typename",
        "typeof",
        "union",
        "unsigned",
        "using",
        "virtual",
        "void",
        "volatile",
        "while",
    ]),
    types: Words::new(&[
        "__be16", "__be32", "__be64", "__le16", "__le32", "__le64", "__s16", "__s32", "__s64",
        "__s8", "__u16", "__u32", "__u64", "__u8", "s16", "s32", "s64", "s8", "u16", "u32", "u64",
        "u8", "uint", "ulong", "ushort",
    ]),
    line_comment: "//",
    blocks: Blocks::Flat,
    in_names: b"",
    special: c_special,
    name: c_name,
};

fn c_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' | b'\'' => {
            cursor.at += 1;
            cursor.string(start, byte);
        }
        b'#' if cursor.is_first(start) => directive(cursor),
        _ => {}
    }
}

/// `#include <x.h>`, `# define`.
fn directive(cursor: &mut Cursor<'_>) {
    let start = cursor.at;
    cursor.at += 1;
    cursor.skip(|b| matches!(b, b' ' | b'\t'));
    let word = cursor.at;
    cursor.skip(|b| b.is_ascii_alphabetic());
    let is_include = cursor.text[word..cursor.at].starts_with("include");
    cursor.push(start, Class::Preprocessor);
    cursor.skip(|b| matches!(b, b' ' | b'\t'));
    if is_include && cursor.peek(0) == b'<' {
        cursor.up_to(cursor.at, ">", Class::String);
    }
}

/// `size_t` is a type. A name before `(` in a line without indentation is a function definition. Calls have no
/// colour: they would be a third of all elements.
fn c_name(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    let text = cursor.text.as_bytes();
    if text[start..cursor.at].ends_with(b"_t") {
        return Some(Class::Type);
    }
    let defines = cursor.peek(0) == b'('
        && text[0].is_ascii_alphabetic()
        && !text[..start].iter().any(|b| matches!(b, b'(' | b'='));
    defines.then_some(Class::Function)
}

/// Rust.
pub(super) static RUST: Spec = Spec {
    keywords: Words::new(&[
        "Self", "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else",
        "enum", "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod",
        "move", "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
        "true", "type", "union", "unsafe", "use", "where", "while",
    ]),
    types: Words::new(&[
        "bool", "c_int", "c_uint", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8",
        "isize", "str", "u128", "u16", "u32", "u64", "u8", "usize",
    ]),
    line_comment: "//",
    blocks: Blocks::Nested,
    in_names: b"",
    special: rust_special,
    name: rust_name,
};

fn rust_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' => {
            cursor.at += 1;
            cursor.string(start, b'"');
        }
        b'\'' => rust_quote(cursor),
        b'#' if matches!((cursor.peek(1), cursor.peek(2)), (b'[', _) | (b'!', b'[')) => {
            let mut depth = 0_u32;
            cursor.skip(|b| b != b'[');
            let open = cursor.at;
            let len = cursor.text.as_bytes()[open..].iter().position(|b| {
                depth = match b {
                    b'[' => depth + 1,
                    b']' => depth - 1,
                    _ => depth,
                };
                depth == 0
            });
            cursor.at = len.map_or(cursor.text.len(), |len| open + len + 1);
            cursor.push(start, Class::Preprocessor);
        }
        _ => {}
    }
}

/// `'a'` is a character, `'a` a lifetime.
fn rust_quote(cursor: &mut Cursor<'_>) {
    let start = cursor.at;
    let mut chars = cursor.text[start + 1..].char_indices();
    let (first, second) = (chars.next(), chars.next());
    cursor.at += 1;
    match (first, second) {
        (Some((_, '\\')), _) => cursor.string(start, b'\''),
        (Some(_), Some((at, '\''))) => {
            cursor.at = start + 1 + at + 1;
            cursor.push(start, Class::String);
        }
        _ => {
            cursor.skip(|b| b.is_ascii_alphanumeric() || b == b'_');
        }
    }
}

fn rust_name(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    let word = &cursor.text[start..cursor.at];
    if matches!(word, "r" | "br" | "cr") {
        let hashes = cursor.rest().bytes().take(200).take_while(|&b| b == b'#').count();
        if cursor.peek(hashes) == b'"' {
            cursor.at += hashes + 1;
            cursor.raw(start, u8::try_from(hashes).unwrap_or(u8::MAX));
            return None;
        }
    }
    if cursor.peek(0) == b'!' && cursor.peek(1) != b'=' {
        cursor.at += 1;
        return Some(Class::Function);
    }
    if cursor.text[..start].trim_end().ends_with("fn") {
        return Some(Class::Function);
    }
    let is_type = word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase());
    is_type.then_some(Class::Type)
}

/// Python.
pub(super) static PYTHON: Spec = Spec {
    keywords: Words::new(&[
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class",
        "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise",
        "return", "try", "while", "with", "yield",
    ]),
    types: Words::new(&["bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple"]),
    line_comment: "#",
    blocks: Blocks::No,
    in_names: b"",
    special: python_special,
    name: python_name,
};

fn python_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' | b'\'' if cursor.peek(1) == byte && cursor.peek(2) == byte => {
            cursor.at += 3;
            cursor.triple(start, byte);
        }
        b'"' | b'\'' => {
            cursor.at += 1;
            cursor.string(start, byte);
        }
        b'@' if cursor.is_first(start) => {
            cursor.at += 1;
            cursor.skip(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
            cursor.push(start, Class::Preprocessor);
        }
        _ => {}
    }
}

fn python_name(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    let before = cursor.text[..start].trim_end();
    (before.ends_with("def") || before.ends_with("class")).then_some(Class::Function)
}

/// POSIX shell and bash.
pub(super) static SHELL: Spec = Spec {
    keywords: Words::new(&[
        "break", "case", "cd", "continue", "do", "done", "echo", "elif", "else", "esac", "eval",
        "exec", "exit", "export", "fi", "for", "function", "if", "in", "local", "printf", "read",
        "readonly", "return", "select", "set", "shift", "source", "test", "then", "trap", "unset",
        "until", "while",
    ]),
    types: Words::new(&[]),
    line_comment: "#",
    blocks: Blocks::No,
    in_names: b"-",
    special: shell_special,
    name: shell_name,
};

fn shell_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' => {
            cursor.at += 1;
            cursor.string(start, b'"');
        }
        // A quote that is not closed on its line is an apostrophe, or begins a script within the script.
        b'\'' if cursor.text[start + 1..].contains('\'') => {
            cursor.at += 1;
            cursor.up_to(start, "'", Class::String);
        }
        b'$' => variable(cursor),
        _ => {}
    }
}

/// `$name`, `${name…}`, `$(name)` of make, `$1`, `$@`.
pub(super) fn variable(cursor: &mut Cursor<'_>) {
    let start = cursor.at;
    cursor.at += 1;
    match cursor.peek(0) {
        b'{' => {
            cursor.up_to(start, "}", Class::Name);
            return;
        }
        b if b.is_ascii_alphanumeric() || b == b'_' => {
            cursor.skip(|b| b.is_ascii_alphanumeric() || b == b'_');
        }
        b'@' | b'*' | b'#' | b'?' | b'!' | b'<' | b'^' => cursor.at += 1,
        _ => return,
    }
    cursor.push(start, Class::Name);
}

fn shell_name(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    if cursor.rest().starts_with("()") {
        return Some(Class::Function);
    }
    (cursor.peek(0) == b'=' && cursor.is_first(start)).then_some(Class::Name)
}

/// Devicetree source.
pub(super) static DEVICETREE: Spec = Spec {
    keywords: Words::new(&[]),
    types: Words::new(&[]),
    line_comment: "//",
    blocks: Blocks::Flat,
    in_names: b"-,.+#?@",
    special: devicetree_special,
    name: devicetree_name,
};

fn devicetree_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' => {
            cursor.at += 1;
            cursor.string(start, b'"');
        }
        b'/' if cursor.peek(1).is_ascii_alphabetic() && cursor.rest()[1..].contains('/') => {
            cursor.at += 1;
            cursor.up_to(start, "/", Class::Preprocessor);
        }
        b'&' => {
            cursor.at += 1;
            cursor.skip(|b| b.is_ascii_alphanumeric() || b == b'_');
            cursor.push(start, Class::Type);
        }
        b'#' if cursor.is_first(start) => {
            let word = &cursor.rest()[1..];
            if ["include", "define", "if", "endif", "else", "undef"]
                .iter()
                .any(|w| word.starts_with(w))
            {
                return directive(cursor);
            }
            cursor.skip(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b',' | b'#' | b'_'));
            cursor.push(start, Class::Name);
        }
        _ => {}
    }
}

/// `label:`, `node@0 {`, `property = …`, `property;`.
fn devicetree_name(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    match cursor.rest().trim_start().as_bytes().first() {
        Some(b':') => Some(Class::Type),
        Some(b'{') => Some(Class::Function),
        Some(b'=') => Some(Class::Name),
        Some(b';') if cursor.is_first(start) => Some(Class::Name),
        _ => None,
    }
}
