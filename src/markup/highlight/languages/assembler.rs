//! Assembler, as the kernel has it for many processors.

use super::directive;
use crate::markup::highlight::{
    Class,
    lexer::{Blocks, Cursor, Spec, Words},
};

/// Assembler as gcc takes it, behind the preprocessor of C.
pub(in crate::markup::highlight) static ASSEMBLER: Spec = Spec {
    keywords: Words::new(&[]),
    types: Words::new(&[]),
    line_comment: "//",
    blocks: Blocks::Flat,
    in_names: b".",
    special: assembler_special,
    name: assembler_name,
};

fn assembler_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' => {
            cursor.at += 1;
            cursor.string(start, b'"');
        }
        b'#' if start == 0 => directive(cursor),
        b'#' | b'@' if cursor.peek(1) == b' ' => cursor.take_rest(Class::Comment),
        b'.' if cursor.is_first(start) => {
            cursor.at += 1;
            cursor.skip(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
            let is_label = cursor.peek(0) == b':';
            cursor.push(start, if is_label { Class::Function } else { Class::Preprocessor });
        }
        b'%' => {
            cursor.at += 1;
            cursor.skip(|b| b.is_ascii_alphanumeric());
            cursor.push(start, Class::Name);
        }
        _ => {}
    }
}

fn assembler_name(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    if cursor.peek(0) == b':' {
        return Some(Class::Function);
    }
    (start > 0 && cursor.is_first(start)).then_some(Class::Keyword)
}
