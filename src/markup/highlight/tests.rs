use proptest::prelude::*;

use super::*;
use crate::text::Mask;

fn html(language: Language, code: &str) -> String {
    let mut out = HtmlWriter::new(Mask::NONE);
    write_code(&mut out, language, code);
    out.finish().into_string()
}

macro_rules! specimens {
    ($($name:ident: $language:expr, $code:expr => $html:expr;)*) => {
        $(#[test] fn $name() { assert_eq!(html($language, $code), $html); })*
    };
}

specimens! {
    plain: Language::Plain, "if <a>\n" => "if &lt;a>\n";
    c: Language::C, "#include <a.h>\nstatic const u8 x = 0x1f; // no\n" => "<b>#include</b> <u>&lt;a.h></u>\n<b>static const</b> <em>u8</em> x = <u>0x1f</u>; <i>// no</i>\n";
    c_function: Language::C, "int f(size_t n)\n\treturn g(\"a\\\"b\", '\\'');\n" => "<b>int</b> <dfn>f</dfn>(<em>size_t</em> n)\n\t<b>return</b> g(<u>\"a\\\"b\"</u>, <u>'\\''</u>);\n";
    c_comment: Language::C, "a /* b\n * c\n d */ e\n" => "a <i>/* b</i>\n<i> * c</i>\n<i> d */</i> e\n";
    c_continued_string: Language::C, "x = \"a \\\nb\" + c;\n" => "x = <u>\"a \\</u>\n<u>b\"</u> + c;\n";
    c_open_string_ends: Language::C, "#error don't\nint x;\n" => "<b>#error</b> don<u>'t</u>\n<b>int</b> x;\n";
    rust: Language::Rust, "#[test] fn f<'a>(x: &'a Vec<u8>) { p!(r#\"a\"#, 'x'); }\n" => "<b>#[test]</b> <b>fn</b> <dfn>f</dfn>&lt;'a>(x: &amp;'a <em>Vec</em>&lt;<em>u8</em>>) { <dfn>p!</dfn>(<u>r#\"a\"#</u>, <u>'x'</u>); }\n";
    rust_nested_comment: Language::Rust, "/* a /* b */ c */ d\n" => "<i>/* a /* b */ c */</i> d\n";
    rust_raw: Language::Rust, "r#\"a\nb\"# c\n" => "<u>r#\"a</u>\n<u>b\"#</u> c\n";
    python: Language::Python, "@a.b\ndef f(x): # c\n    \"\"\"d\n    e\"\"\"\n" => "<b>@a.b</b>\n<b>def</b> <dfn>f</dfn>(x): <i># c</i>\n    <u>\"\"\"d</u>\n<u>    e\"\"\"</u>\n";
    shell: Language::Shell, "x=1\nif [ \"$x\" ]; then echo ${x#a} 'y' # z\n" => "<var>x</var>=<u>1</u>\n<b>if</b> [ <u>\"$x\"</u> ]; <b>then echo</b> <var>${x#a}</var> <u>'y'</u> <i># z</i>\n";
    devicetree: Language::Devicetree, "/dts-v1/;\n&spi0 {\n\tflash: flash@0 {\n\t\t#address-cells = <1>;\n\t\treg = <0x0>;\n" => "<b>/dts-v1/</b>;\n<em>&amp;spi0</em> {\n\t<em>flash</em>: <dfn>flash@0</dfn> {\n\t\t<var>#address-cells</var> = &lt;<u>1</u>>;\n\t\t<var>reg</var> = &lt;<u>0x0</u>>;\n";
    assembler: Language::Assembler, "f:\n\tmov %eax, 1\n\t.word 2\n" => "<dfn>f</dfn>:\n\t<b>mov</b> <var>%eax</var>, <u>1</u>\n\t<b>.word</b> <u>2</u>\n";
    yaml: Language::Yaml, "a:\n  - b: 'c' # d\n    e: |\n      f: g\n\n      h\n    i: 12\n" => "<var>a</var>:\n  - <var>b</var>: <u>'c'</u> <i># d</i>\n    <var>e</var>: |\n      f: g\n\n      h\n    <var>i</var>: <u>12</u>\n";
    kconfig: Language::Kconfig, "config A\n\tbool \"B\"\n\tdepends on C if D\n\thelp\n\t  if you say\n" => "<b>config</b> <dfn>A</dfn>\n\t<b>bool</b> <u>\"B\"</u>\n\t<b>depends on</b> C <b>if</b> D\n\t<b>help</b>\n\t  if you say\n";
    make: Language::Make, "obj-$(CONFIG_A) += a.o # b\nall: $@\n\techo $(X)\n" => "<var>obj-$(CONFIG_A)</var> += a.o <i># b</i>\n<dfn>all</dfn>: <var>$@</var>\n\techo <var>$(X)</var>\n";
    rst: Language::Rst, "Title\n=====\n.. code:: c\n:a: b ``c``\n" => "Title\n<b>=====</b>\n<b>.. code::</b> c\n<var>:a:</var> b <u>``c``</u>\n";
    diff: Language::Diff, "@@ -1 +1 @@\n-a\n+b\n c\n" => "<b>@@ -1 +1 @@</b>\n<i>-a</i>\n<u>+b</u>\n c\n";
}

#[cfg(feature = "highlight")]
#[test]
fn others_have_syntects_grammars() {
    let go = html(Language::of("a/b.go"), "package main // x\n");
    assert!(go.contains("<b>package</b>") && go.contains("<i>// x</i>"), "{go}");
}

#[test]
fn paths_have_languages() {
    for (path, language) in [
        ("drivers/mtd/Kconfig", Language::Kconfig),
        ("drivers/mtd/Makefile", Language::Make),
        ("a.dtsi", Language::Devicetree),
        ("a/b.h", Language::C),
        ("MAINTAINERS", Language::Plain),
        ("a.unheard-of", Language::Plain),
        ("a.d/x", Language::Plain),
    ] {
        assert_eq!(Language::of(path), language, "{path}");
    }
}

/// The colours of a hunk's first line.
fn first_of_hunk(language: Language, lines: &[&str]) -> String {
    let mut highlighter = Highlighter::new(language);
    highlighter.begin(lines.iter().copied());
    let (mut out, mut tokens) = (HtmlWriter::new(Mask::NONE), Vec::new());
    highlighter.line(lines[0], &mut tokens);
    write_part(&mut out, lines[0], &tokens, 0..lines[0].len());
    out.finish().into_string()
}

#[test]
fn a_hunk_may_begin_in_a_comment() {
    assert_eq!(first_of_hunk(Language::C, &["if it is", " */", "int x;"]), "<i>if it is</i>");
    assert_eq!(first_of_hunk(Language::C, &[" * if", " * it"]), "<i> * if</i>");
    assert_eq!(first_of_hunk(Language::C, &["if (x)", "/* a */"]), "<b>if</b> (x)");
    assert_eq!(first_of_hunk(Language::C, &["* sizeof(x);", "if (y)"]), "* <b>sizeof</b>(x);");
    assert_eq!(first_of_hunk(Language::Python, &["if so.\"\"\"", "x"]), "<u>if so.\"\"\"</u>");
    assert_eq!(first_of_hunk(Language::Python, &["\"\"\"if", "x"]), "<u>\"\"\"if</u>");
}

#[test]
fn tables_are_sorted() {
    use super::languages::{C, PYTHON, RUST, SHELL};
    for spec in [&C, &RUST, &PYTHON, &SHELL] {
        assert!(spec.keywords.is_sorted() && spec.types.is_sorted());
    }
    assert!(lines::words_are_sorted());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_never_lose_text(text in "([a-z]{1,3}|[ \\t\n\"'#/*$(){}<>&@%.:;=`|\\\\!\\[\\]\u{e9}\u{20ac}-]|/\\*|\\*/|\"\"\"|r#){0,60}") {
        for name in ["c", "rs", "py", "sh", "dts", "S", "yaml", "Kconfig", "make", "rst", "diff"] {
            let marked = html(Language::named(name), &text);
            let mut bare = String::new();
            let mut rest = marked.as_str();
            while let Some(at) = rest.find('<') {
                bare.push_str(&rest[..at]);
                rest = &rest[at + rest[at..].find('>').expect("tags end") + 1..];
            }
            bare.push_str(rest);
            let mut expected = HtmlWriter::new(Mask::NONE);
            expected.text(&text);
            prop_assert_eq!(bare.as_str(), expected.as_str(), "{}", name);
        }
    }
}
