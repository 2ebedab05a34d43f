//! Languages of build files and of programs other than kernels, by small tables: TOML, TypeScript, Swift, Kotlin,
//! Nix, Dockerfiles, CMake, Zig. syntect's own set lacks them.
//!
//! In: the name of a language or of a file. Out: a [`Listed`] language and its [`Spec`]. Never here: the algorithm
//! of the lexer.

mod programs;

use super::{
    Class,
    languages::variable,
    lexer::{Blocks, Cursor, Spec, Words},
};
use programs::{KOTLIN, SWIFT, TYPESCRIPT, ZIG, quotes};

/// One of these languages, by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed(usize);

impl Listed {
    /// The language with this name or file extension.
    pub(super) fn find(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        ALL.iter().position(|(names, _)| names.contains(&&*name)).map(Self)
    }

    /// The language of files with this whole name.
    pub(super) fn of_file(name: &str) -> Option<Self> {
        match name {
            "CMakeLists.txt" => Self::find("cmake"),
            _ if name.starts_with("Dockerfile") || name == "Containerfile" => Self::find("docker"),
            _ => None,
        }
    }

    /// Its tables and hooks.
    pub(super) fn spec(self) -> &'static Spec {
        &ALL[self.0].1
    }
}

/// The names of each language, then its tables.
static ALL: [(&[&str], Spec); 9] = [
    (&["toml"], TOML),
    (&["ini", "cfg", "editorconfig", "gitconfig", "service", "timer"], INI),
    (&["ts", "tsx", "mts", "cts", "typescript"], TYPESCRIPT),
    (&["swift"], SWIFT),
    (&["kt", "kts", "kotlin"], KOTLIN),
    (&["nix"], NIX),
    (&["docker", "dockerfile", "containerfile"], DOCKER),
    (&["cmake"], CMAKE),
    (&["zig", "zon"], ZIG),
];

const TOML: Spec = Spec {
    keywords: Words::new(&["false", "inf", "nan", "true"]),
    types: Words::new(&[]),
    line_comment: "#",
    blocks: Blocks::No,
    in_names: b"-",
    special: toml_special,
    name: before_equals,
};

fn toml_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    let is_table = || {
        let name = cursor.rest().trim_start_matches('[');
        cursor.is_first(start) && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"')
    };
    match byte {
        b'[' if is_table() && !cursor.rest().starts_with("[\"") => {
            let table = cursor.rest().split('#').next().unwrap_or_default();
            cursor.at += table.trim_end().len();
            cursor.push(start, Class::Type);
        }
        b'"' | b'\'' => quotes(cursor, byte),
        _ => {}
    }
}

/// `name = …`
fn before_equals(cursor: &mut Cursor<'_>, start: usize) -> Option<Class> {
    let is_set = cursor.rest().trim_start().starts_with('=');
    (is_set && cursor.is_first(start)).then_some(Class::Name)
}

const INI: Spec = Spec {
    keywords: Words::new(&[]),
    types: Words::new(&[]),
    line_comment: "#",
    blocks: Blocks::No,
    in_names: b"-.",
    special: ini_special,
    name: before_equals,
};

/// A section, or a comment after `;`. Quotes are text: values have apostrophes.
fn ini_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b';' if cursor.is_first(start) => cursor.take_rest(Class::Comment),
        b'[' if cursor.is_first(start) => {
            cursor.up_to(start, "]", Class::Type);
        }
        _ => {}
    }
}

const NIX: Spec = Spec {
    keywords: Words::new(&[
        "assert", "builtins", "else", "false", "if", "import", "in", "inherit", "let", "null",
        "or", "rec", "then", "throw", "true", "with",
    ]),
    types: Words::new(&[]),
    line_comment: "#",
    blocks: Blocks::Flat,
    in_names: b"-'",
    special: nix_special,
    name: before_equals,
};

fn nix_special(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' => {
            cursor.at += 1;
            cursor.string(start, byte);
        }
        b'\'' if cursor.peek(1) == b'\'' => {
            cursor.at += 2;
            cursor.up_to(start, "''", Class::String);
        }
        _ => {}
    }
}

const DOCKER: Spec = Spec {
    keywords: Words::new(&[
        "ADD",
        "ARG",
        "AS",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "MAINTAINER",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ]),
    types: Words::new(&[]),
    line_comment: "#",
    blocks: Blocks::No,
    in_names: b"-",
    special: with_variables,
    name: no_name,
};

fn no_name(_: &mut Cursor<'_>, _: usize) -> Option<Class> {
    None
}

/// Strings, and `$NAME` or `${NAME}`.
fn with_variables(cursor: &mut Cursor<'_>, byte: u8) {
    let start = cursor.at;
    match byte {
        b'"' => {
            cursor.at += 1;
            cursor.string(start, byte);
        }
        b'$' => variable(cursor),
        _ => {}
    }
}

const CMAKE: Spec = Spec {
    keywords: Words::new(&[
        "AND",
        "DEFINED",
        "EXISTS",
        "FALSE",
        "INTERFACE",
        "MATCHES",
        "NOT",
        "OFF",
        "ON",
        "OR",
        "PRIVATE",
        "PUBLIC",
        "REQUIRED",
        "STREQUAL",
        "TARGET",
        "TRUE",
        "VERSION",
        "else",
        "elseif",
        "endforeach",
        "endfunction",
        "endif",
        "endmacro",
        "endwhile",
        "foreach",
        "function",
        "if",
        "macro",
        "return",
        "while",
    ]),
    types: Words::new(&[]),
    line_comment: "#",
    blocks: Blocks::No,
    in_names: b"-",
    special: with_variables,
    name: called,
};

/// `name (…)`
fn called(cursor: &mut Cursor<'_>, _: usize) -> Option<Class> {
    cursor.rest().trim_start().starts_with('(').then_some(Class::Function)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        markup::highlight::{Language, write_code},
        text::{HtmlWriter, Mask},
    };

    #[test]
    fn their_tables_are_sorted() {
        for (names, spec) in &ALL {
            assert!(spec.keywords.is_sorted() && spec.types.is_sorted(), "{names:?}");
        }
    }

    #[test]
    fn each_has_colours() {
        for (name, code, html) in [
            (
                "toml",
                "[a.b] # c\nx-y = \"z\" # d\nn = 1",
                "<em>[a.b]</em> <i># c</i>\n<var>x-y</var> = <u>\"z\"</u> <i># d</i>\n<var>n</var> = <u>1</u>",
            ),
            ("toml", "a = [\n [\"x\"],\n]", "<var>a</var> = [\n [<u>\"x\"</u>],\n]"),
            (
                "ini",
                "[a \"b\"]\n; c\nd.e = it's # f",
                "<em>[a \"b\"]</em>\n<i>; c</i>\n<var>d.e</var> = it's <i># f</i>",
            ),
            (
                "ts",
                "const a: Map = `x`; // y",
                "<b>const</b> a: <em>Map</em> = <u>`x`</u>; <i>// y</i>",
            ),
            ("swift", "@main let a = \"x\"", "<b>@main</b> <b>let</b> a = <u>\"x\"</u>"),
            (
                "kotlin",
                "fun f() = \"\"\"x\"\"\" // y",
                "<b>fun</b> f() = <u>\"\"\"x\"\"\"</u> <i>// y</i>",
            ),
            ("nix", "a = ''x''; # y", "<var>a</var> = <u>''x''</u>; <i># y</i>"),
            (
                "docker",
                "RUN echo \"$X\" ${Y} # z",
                "<b>RUN</b> echo <u>\"$X\"</u> <var>${Y}</var> <i># z</i>",
            ),
            (
                "cmake",
                "project(x) # y\nif(NOT ${Z})",
                "<dfn>project</dfn>(x) <i># y</i>\n<b>if</b>(<b>NOT</b> <var>${Z}</var>)",
            ),
            (
                "zig",
                "const s = @import(\"std\"); // x\n  \\\\ y",
                "<b>const</b> s = <dfn>@import</dfn>(<u>\"std\"</u>); <i>// x</i>\n  <u>\\\\ y</u>",
            ),
        ] {
            let mut out = HtmlWriter::new(Mask::NONE);
            write_code(&mut out, Language::named(name), code);
            assert_eq!(out.as_str().replace("&quot;", "\""), html, "{name}");
        }
        for (path, name) in
            [("a/Dockerfile.dev", "docker"), ("CMakeLists.txt", "cmake"), ("Cargo.toml", "toml")]
        {
            assert_eq!(Language::of(path), Language::named(name), "{path}");
        }
    }
}
