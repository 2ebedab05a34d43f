use proptest::prelude::*;

use super::*;
use crate::text::Mask;

fn html(text: &str) -> String {
    let mut out = HtmlWriter::new(Mask::NONE);
    mail(&mut out, text, &Options::default());
    out.finish().into_string()
}

macro_rules! specimens {
    ($($name:ident: $text:expr => $html:expr;)*) => {
        $(#[test] fn $name() { assert_eq!(html($text), $html); })*
    };
}

specimens! {
    nothing: "\n\n" => "";
    words: "Hello <b>,\n\n  it's \u{202e}me\0\n" => "<pre>Hello &lt;b>,\n\n  it's &lt;U+202E&gt;me\u{fffd}</pre>\n";
    quotes_are_nested: "A wrote:\n> > one.\n> Two.\n\nThree.\n" => "<p class=w>A wrote:\n<blockquote><blockquote><p>one.\n</blockquote><p>Two.\n</blockquote>\n<p>Three.\n";
    deep_quotes: ">>>>>> a\n" => "<blockquote><blockquote><blockquote><blockquote><pre>>> a</pre>\n</blockquote></blockquote></blockquote></blockquote>\n";
    long_quotes_are_folded: "Hi,\n\nOn Monday,\nZoe wrote:\n> 1\n> 2\n>> 3\n> 4\n> 5\n> 6\n> 7\nNo.\n" => "<p>Hi,</p>\n<details class=q><summary>On Monday, Zoe wrote: <i>7 lines</i></summary>\n<blockquote><pre>1\n2</pre>\n<blockquote><pre>3</pre>\n</blockquote><pre>4\n5\n6\n7</pre>\n</blockquote></details>\n<p>No.\n";
    folded_without_a_name: "> 1\n> 2\n> 3\n> 4\n> 5\n> 6\n> 7\n" => "<details class=q><summary><i>7 quoted lines</i></summary>\n<blockquote><pre>1\n2\n3\n4\n5\n6\n7</pre>\n</blockquote></details>\n";
    trailers: "Reviewed-by: A <a@example.org>\n\nReviewed-by: A <a@example.org>\nNote: this\n> Acked-by: B\n" => "<pre class=t><b>Reviewed-by:</b> A &lt;a@example.org></pre>\n<pre><b>Reviewed-by:</b> A &lt;a@example.org>\nNote: this</pre>\n<blockquote><p>Acked-by: B\n</blockquote>\n";
    signature: "Hi.\n-- \nA\nReviewed-by: no\n> quote.\nAfter.\n" => "<p>Hi.\n<pre class=sig>-- \nA\nReviewed-by: no</pre>\n<blockquote><p>quote.\n</blockquote>\n<p>After.\n";
    footer: "Hi.\n\n______________________________________________________\nlamp mailing list\n" => "<p>Hi.\n";
    no_footer: "Hi.\n\n______________________________________________________\nlamps\n" => "<p>Hi.\n<pre class=sig>______________________________________________________\nlamps</pre>\n";
    diffs_in_answers: "Try.\n\n@@ -1 +1 @@\n-a <\n+b\n c\n\nOk?\n-- no\n" => "<p>Try.\n<pre><samp>@@ -1 +1 @@</samp>\n<del>-a &lt;</del>\n<ins>+b</ins>\n c\n\nOk?\n-- no</pre>\n";
    quoted_diffs: "> diff --git a/x b/x\n> @@ -1 +1 @@\n> -a\n> +b\n" => "<blockquote><pre><samp>diff --git a/x b/x</samp>\n<samp>@@ -1 +1 @@</samp>\n<del>-a</del>\n<ins>+b</ins></pre>\n</blockquote>\n";
    quoted_diffs_go_on: "> @@ -1 +1 @@\n> -a\nWhy?\n> +b\n" => "<blockquote><pre><samp>@@ -1 +1 @@</samp>\n<del>-a</del></pre>\n</blockquote>\n<p>Why?\n<blockquote><pre><ins>+b</ins></pre>\n</blockquote>\n";
    links: "See (https://example.org/?a=1&b=2), http://-x/.\n" => "<p>See (<a rel=nofollow href=\"https://example.org/?a=1&amp;b=2\">https://example.org/?a=1&amp;b=2</a>), http://-x/.\n";
    carriage_returns: "a\r\nb\r\n" => "<pre>a\nb</pre>\n";
    prose_flows: "The lamp flickers when the mains are loaded by the kettle, as its\nregulator is slow. Wait until it has settled.\n\n\tlamp_wait();\n\nThanks,\nZoe\n" => "<p>The lamp flickers when the mains are loaded by the kettle, as its\nregulator is slow. Wait until it has settled.\n<pre>\tlamp_wait();</pre>\n<p>Thanks,<br>\nZoe\n";
}

#[test]
fn what_was_laid_out_stays_so() {
    for laid_out in [
        "lamp  | 12 ++\nkettle | 1 +\n",
        "1. one thing that is to be done before the lamp can be lit again by\nanybody\n",
        "int shine(struct lamp *lamp);\n",
        "\tint shine;\n",
        "make menuconfig\n",
        "mount -t ubifs /dev/ubi0_0 /mnt/ -o auth_hash_name=sha256\n",
        "lamp: probed the device and found a bulb of sixty watts behind it\nkettle: probed the device and found nothing\n",
        "+-------+\n| lamp  |\n+-------+\n",
        "name        watts\nlamp        60\n",
        "state = on;\nstate = off;\n",
        "Short lines\nthat somebody\nwrote as\nthey are\nand there\nare many\nof them\nhere\n",
    ] {
        let html = html(laid_out);
        assert!(html.starts_with("<pre>") && !html.contains("<p>"), "{html}");
    }
}

#[test]
fn points_of_prose_have_the_typeface_of_the_letter() {
    for list in [
        "- one thing that is to be done before the lamp can be lit again at\n  all\n",
        "* Light the lamp.\n* Trim the wick.\n",
        "Changes in v2:\n\n  1. Lamps are lit by everybody (Zoe)\n  2. Nobody trims them\n",
        "[1] https://lists.example.org/r/1@example.org\n",
    ] {
        let html = html(list);
        assert!(html.contains("<pre class=l>") && !html.contains("<pre>"), "{html}");
    }
    for code in ["- return 0;\n", "- on   off\n", "* Light it.\nNow.\n", "- a = b\n"] {
        let html = html(code);
        assert!(html.starts_with("<pre>"), "{html}");
    }
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
    let mut out = HtmlWriter::new(Mask::NONE);
    mail(&mut out, "a <1@x> <2@x> <https://lore.example.org/r/1@x>.\n", &options);
    let expected = "<pre>a &lt;<a href=\"../a/#m1\">1@x</a>> &lt;2@x> \
        &lt;<a href=\"../a/#m1\">https://lore.example.org/r/1@x</a>>.</pre>\n";
    assert_eq!(out.as_str(), expected);
}

#[test]
fn long_texts_are_cut_at_a_line_and_say_so() {
    let options = Options { max_bytes: 10, ..Options::default() };
    let mut out = HtmlWriter::new(Mask::NONE);
    assert_eq!(mail(&mut out, "12345\n7890\n12345", &options), 10);
    assert_eq!(
        out.as_str(),
        "<pre>12345</pre>\n<p class=\"note cut\">1 KiB more of this text not shown here.</p>\n"
    );
    let mut out = HtmlWriter::new(Mask::NONE);
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
            let is_summary = rest[at..].starts_with("<i>");
            bare.push_str(&rest[..at]);
            rest = &rest[end + 1..];
            if is_summary {
                rest = &rest[rest.find("</i>").expect("it ends")..];
            }
        }
        bare.push_str(rest);
        let bare = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().concat();
        // The marks of quotes are elements, but those of the deepest.
        let unmarked = |text: &str| words(text).replace('>', "");
        prop_assert_eq!(unmarked(&bare), unmarked(&text), "{}", html);
    }
}

/// The treatment of long quotes whose lines are elsewhere.
#[test]
fn what_stands_elsewhere_is_a_link_above_the_last_lines_that_are_talked_about() {
    let quote = "> 1\n> 2\n> 3\n> 4\n> 5\n>\n> 6\n> 7\n";
    let link = "<a href=\"#m1\">8 lines by Zoe</a>";
    let last = "<blockquote><pre>6\n7</pre>\n</blockquote>\n";
    let long = "> a(1,\n> 2,\n> 3,\n> 4,\n> 5,\n> 6,\n> 7,\n> 8,\n> 9,\n>   10)\n";
    let long_last = "<blockquote><pre>5,\n6,\n7,\n8,\n9,\n  10)</pre>\n</blockquote>\n";
    for (text, html) in [
        (quote.to_owned(), format!("<p class=w>Quotes {link}\n")),
        (format!("Zoe wrote:\n{quote}"), format!("<p class=w>Zoe wrote: {link}\n")),
        (format!("{quote}Why?\n"), format!("<p class=w>Quotes {link}\n{last}<p>Why?\n")),
        (format!("{long}Why?\n"), format!("<p class=w>Quotes {link}\n{long_last}<p>Why?\n")),
        (
            format!("{quote}Acked-by: A <a@x>\n\nThanks,\nA\n"),
            format!(
                "<p class=w>Quotes {link}\n<pre class=t><b>Acked-by:</b> A &lt;a@x></pre>\n\
                 <p>Thanks,<br>\nA\n"
            ),
        ),
        (
            "> a\n> @@ -1 +1 @@\n> +1\n> +2\n> +3\n> +4\n> +5\n>\n> +6\nWhy?\n".to_owned(),
            format!(
                "<p class=w>Quotes {link}\n<blockquote><pre><ins>+6</ins></pre>\n</blockquote>\n\
                 <p>Why?\n"
            ),
        ),
    ] {
        let place = Elsewhere { label: "8 lines by Zoe".to_owned(), url: "#m1".to_owned() };
        let find = |_: &[(usize, &str)]| Some(vec![place.clone()]);
        let mut out = HtmlWriter::new(Mask::NONE);
        mail(&mut out, &text, &Options { find: &find, ..Options::default() });
        assert_eq!(out.as_str(), html, "{text}");
    }
}

#[test]
fn a_dialogue_that_is_talked_about_is_folded_where_it_is() {
    let text = "> > 1\n> > 2\n> > 3\n> > 4\n> 5\n> 6\n> 7\nNo.\n";
    let find = |_: &[(usize, &str)]| Some(Vec::new());
    let mut out = HtmlWriter::new(Mask::NONE);
    mail(&mut out, text, &Options { find: &find, ..Options::default() });
    assert!(out.as_str().starts_with("<details class=q>"), "{out:?}");
    let mut out = HtmlWriter::new(Mask::NONE);
    mail(&mut out, text.trim_end_matches("No.\n"), &Options { find: &find, ..Options::default() });
    assert_eq!(out.as_str(), "<p class=w>Quotes \n");
}

#[test]
fn a_marked_line_of_memory_is_no_quote() {
    for (line, levels) in [
        (">ffffc90000e0e000: 00 00 03 f8", 0),
        ("> >ffffc90000e0e000: 00 00 03 f8", 1),
        (">>ffffc90000e0e000: 00 00 03 f8", 1),
        (">deadbeef", 1),
        (">beef: it burns", 1),
        ("> x", 1),
    ] {
        assert_eq!(depth(line), levels, "{line}");
    }
}
