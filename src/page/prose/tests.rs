use proptest::prelude::*;

use super::*;

fn html(text: &str) -> String {
    let mut out = String::new();
    mail(&mut out, text, &Options::default());
    out
}

macro_rules! specimens {
    ($($name:ident: $text:expr => $html:expr;)*) => {
        $(#[test] fn $name() { assert_eq!(html($text), $html); })*
    };
}

specimens! {
    nothing: "\n\n" => "";
    words: "Hello <b>,\n\n  it's \u{202e}me\0\n" => "<pre class=mail>Hello &lt;b>,\n\n  it's &lt;U+202E&gt;me\u{fffd}</pre>\n";
    quotes_are_flat: "A wrote:\n> > one\n> two\n\nthree\n" => "<pre class=mail>A wrote:</pre>\n<blockquote class=q2><pre>> > one</pre></blockquote>\n<blockquote class=q1><pre>> two</pre></blockquote>\n<pre class=mail>three</pre>\n";
    deep_quotes: ">>>>>> a\n" => "<blockquote class=q4><pre>>>>>>> a</pre></blockquote>\n";
    long_quotes_are_folded: "> 1\n> 2\n>> 3\n> 4\n> 5\n> 6\n> 7\nno\n" => "<details class=quote><summary>7 quoted lines</summary>\n<blockquote class=q1><pre>> 1\n> 2</pre></blockquote>\n<blockquote class=q2><pre>>> 3</pre></blockquote>\n<blockquote class=q1><pre>> 4\n> 5\n> 6\n> 7</pre></blockquote>\n</details>\n<pre class=mail>no</pre>\n";
    trailers: "Reviewed-by: A <a@example.org>\nNote: this\n> Acked-by: B\n" => "<pre class=mail><b class=tr>Reviewed-by:</b> A &lt;a@example.org>\nNote: this</pre>\n<blockquote class=q1><pre>> Acked-by: B</pre></blockquote>\n";
    signature: "Hi\n-- \nA\nReviewed-by: no\n> quote\nafter\n" => "<pre class=mail>Hi</pre>\n<pre class=sig>-- \nA\nReviewed-by: no</pre>\n<blockquote class=q1><pre>> quote</pre></blockquote>\n<pre class=mail>after</pre>\n";
    diffs_in_answers: "try\n@@ -1 +1 @@\n-a <\n+b\n c\n\nok?\n-- no\n" => "<pre class=mail>try\n<samp>@@ -1 +1 @@</samp>\n<del>-a &lt;</del>\n<ins>+b</ins>\n c\n\nok?\n-- no</pre>\n";
    quoted_diffs: "> diff --git a/x b/x\n> @@ -1 +1 @@\n> -a\n> +b\n" => "<blockquote class=q1><pre>> <samp>diff --git a/x b/x</samp>\n> <samp>@@ -1 +1 @@</samp>\n> <del>-a</del>\n> <ins>+b</ins></pre></blockquote>\n";
    quoted_diffs_go_on: "> @@ -1 +1 @@\n> -a\nwhy?\n> +b\n" => "<blockquote class=q1><pre>> <samp>@@ -1 +1 @@</samp>\n> <del>-a</del></pre></blockquote>\n<pre class=mail>why?</pre>\n<blockquote class=q1><pre>> <ins>+b</ins></pre></blockquote>\n";
    links: "see (https://example.org/?a=1&b=2), http://-x/\n" => "<pre class=mail>see (<a rel=nofollow href=\"https://example.org/?a=1&amp;b=2\">https://example.org/?a=1&amp;b=2</a>), http://-x/</pre>\n";
    carriage_returns: "a\r\nb\r\n" => "<pre class=mail>a\nb</pre>\n";
}

#[test]
fn references_lead_into_the_site() {
    let resolve = |reference: Reference<'_>| match reference {
        Reference::Url("https://lore.example.org/r/1@x") | Reference::MessageId("1@x") => {
            Some("../a/#m1".to_owned())
        }
        _ => None,
    };
    let options = Options { resolve: &resolve, ..Options::default() };
    let mut out = String::new();
    mail(&mut out, "a <1@x> <2@x> <https://lore.example.org/r/1@x>.\n", &options);
    let expected = "<pre class=mail>a &lt;<a href=\"../a/#m1\">1@x</a>> &lt;2@x> \
        &lt;<a href=\"../a/#m1\">https://lore.example.org/r/1@x</a>>.</pre>\n";
    assert_eq!(out, expected);
}

#[test]
fn long_texts_are_cut_at_a_line_and_say_so() {
    let options = Options { max_bytes: 10, ..Options::default() };
    let mut out = String::new();
    assert_eq!(mail(&mut out, "12345\n7890\n12345", &options), 10);
    assert_eq!(
        out,
        "<pre class=mail>12345</pre>\n<p class=note>1 KiB more of this text not shown here.</p>\n"
    );
    out.clear();
    assert_eq!(mail(&mut out, "äöüäöüäöü", &options), 8);
}

#[test]
fn hostile_texts_cost_linear_time() {
    for text in [
        ">".repeat(400_000),
        "> ".repeat(200_000),
        "<a@b".repeat(100_000),
        "http://".repeat(70_000),
        "> a\nb\n".repeat(80_000),
        "<a@b ".repeat(1600) + "\n",
    ] {
        assert!(!html(&text).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_dropped(text in "([a-z&<>@:/.+ -]|\n> |\n|\n@@ -|\nhttps://a\\.b/|-by: |\n-- \n|é){0,60}") {
        let html = html(&text);
        let mut bare = String::new();
        let mut rest = html.as_str();
        while let Some(at) = rest.find('<') {
            let end = at + rest[at..].find('>').expect("tags end");
            let is_summary = rest[at..].starts_with("<summary>");
            bare.push_str(&rest[..at]);
            rest = &rest[end + 1..];
            if is_summary {
                rest = &rest[rest.find("</summary>").expect("it ends")..];
            }
        }
        bare.push_str(rest);
        let bare = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().concat();
        prop_assert_eq!(words(&bare), words(&text), "{}", html);
    }
}
