//! The tables of TypeScript, Swift, Kotlin and Zig.
//!
//! In: nothing at run time. Out: the keywords, types and hooks of these languages, for `more`. Never here: the
//! algorithm of the lexer.

use crate::markup::highlight::{
    Class,
    lexer::{Blocks, Cursor, Spec, Words},
};

/// A string in one quote or in three.
pub(super) fn quotes(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    if cursor.peek(1) == byte && cursor.peek(2) == byte {
        cursor.at += 3;
        cursor.triple(start, byte);
    } else {
        cursor.at += 1;
        cursor.string(start, byte);
    }
}

pub(super) const TYPESCRIPT: Spec = Spec {
    keywords: Words::new(&[
        "abstract",
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "declare",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "from",
        "function",
        "get",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "is",
        "keyof",
        "let",
        "namespace",
        "new",
        "null",
        "of",
        "private",
        "protected",
        "public",
        "readonly",
        "return",
        "satisfies",
        "set",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "type",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "yield",
    ]),
    types: Words::new(&[
        "any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "unknown",
    ]),
    line_comment: "//",
    blocks: Blocks::Flat,
    in_names: b"$",
    special: typescript_special,
    name: capital,
};

fn typescript_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' | b'\'' | b'`' => {
            cursor.at += 1;
            cursor.string(start, byte);
        }
        b'@' => attribute(cursor),
        _ => {}
    }
}

/// `@name`
fn attribute(cursor: &mut Cursor<'_>) {
    let start = cursor.at;
    cursor.at += 1;
    cursor.skip(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    cursor.push(start, Class::Preprocessor);
}

/// `Name` is a type, unless it is a constant.
fn capital(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    let word = &cursor.text[start..cursor.at];
    let is_type = word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase());
    is_type.then_some(Class::Type)
}

pub(super) const SWIFT: Spec = Spec {
    keywords: Words::new(&[
        "Self",
        "actor",
        "any",
        "as",
        "associatedtype",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "continue",
        "default",
        "defer",
        "deinit",
        "do",
        "else",
        "enum",
        "extension",
        "fallthrough",
        "false",
        "fileprivate",
        "final",
        "for",
        "func",
        "guard",
        "if",
        "import",
        "in",
        "indirect",
        "init",
        "inout",
        "internal",
        "is",
        "lazy",
        "let",
        "mutating",
        "nil",
        "open",
        "operator",
        "override",
        "private",
        "protocol",
        "public",
        "repeat",
        "rethrows",
        "return",
        "self",
        "some",
        "static",
        "struct",
        "subscript",
        "super",
        "switch",
        "throw",
        "throws",
        "true",
        "try",
        "typealias",
        "unowned",
        "var",
        "weak",
        "where",
        "while",
    ]),
    types: Words::new(&[]),
    line_comment: "//",
    blocks: Blocks::Nested,
    in_names: b"",
    special: swift_special,
    name: capital,
};

fn swift_special(cursor: &mut Cursor<'_>, byte: u8) {
    match byte {
        b'"' => quotes(cursor, byte),
        b'@' | b'#' => attribute(cursor),
        _ => {}
    }
}

pub(super) const KOTLIN: Spec = Spec {
    keywords: Words::new(&[
        "abstract",
        "annotation",
        "as",
        "break",
        "by",
        "catch",
        "class",
        "companion",
        "const",
        "constructor",
        "continue",
        "data",
        "do",
        "else",
        "enum",
        "false",
        "final",
        "finally",
        "for",
        "fun",
        "if",
        "import",
        "in",
        "init",
        "inline",
        "interface",
        "internal",
        "is",
        "lateinit",
        "null",
        "object",
        "open",
        "operator",
        "override",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "sealed",
        "super",
        "suspend",
        "this",
        "throw",
        "true",
        "try",
        "typealias",
        "val",
        "var",
        "when",
        "where",
        "while",
    ]),
    types: Words::new(&[]),
    line_comment: "//",
    blocks: Blocks::Nested,
    in_names: b"",
    special: kotlin_special,
    name: capital,
};

fn kotlin_special(cursor: &mut Cursor<'_>, byte: u8) {
    match byte {
        b'"' | b'\'' => quotes(cursor, byte),
        b'@' => attribute(cursor),
        _ => {}
    }
}

pub(super) const ZIG: Spec = Spec {
    keywords: Words::new(&[
        "addrspace",
        "align",
        "allowzero",
        "and",
        "anyframe",
        "anytype",
        "asm",
        "async",
        "await",
        "break",
        "callconv",
        "catch",
        "comptime",
        "const",
        "continue",
        "defer",
        "else",
        "enum",
        "errdefer",
        "error",
        "export",
        "extern",
        "false",
        "fn",
        "for",
        "if",
        "inline",
        "linksection",
        "noalias",
        "noinline",
        "nosuspend",
        "null",
        "opaque",
        "or",
        "orelse",
        "packed",
        "pub",
        "resume",
        "return",
        "struct",
        "suspend",
        "switch",
        "test",
        "threadlocal",
        "true",
        "try",
        "undefined",
        "union",
        "unreachable",
        "usingnamespace",
        "var",
        "volatile",
        "while",
    ]),
    types: Words::new(&[
        "anyerror",
        "anyopaque",
        "bool",
        "f16",
        "f32",
        "f64",
        "i16",
        "i32",
        "i64",
        "i8",
        "isize",
        "noreturn",
        "type",
        "u16",
        "u32",
        "u64",
        "u8",
        "usize",
        "void",
    ]),
    line_comment: "//",
    blocks: Blocks::No,
    in_names: b"",
    special: zig_special,
    name: capital,
};

fn zig_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'\\' if cursor.peek(1) == b'\\' => cursor.take_rest(Class::String),
        b'"' | b'\'' => {
            cursor.at += 1;
            cursor.string(start, byte);
        }
        b'@' => {
            cursor.at += 1;
            cursor.skip(|b| b.is_ascii_alphanumeric() || b == b'_');
            cursor.push(start, Class::Function);
        }
        _ => {}
    }
}
