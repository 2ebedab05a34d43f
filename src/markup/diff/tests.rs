use proptest::prelude::*;

use super::*;
use crate::patch::{Diff, FileChange, Span};
use crate::range_diff::{Difference, Excerpt, Extent, Inner, InnerLine, Outer};
use crate::text::Mask;

fn page(text: &str, options: &Options<'_>) -> (String, Cut) {
    let parsed = Diff::parse(text);
    let mut out = HtmlWriter::new(Mask::NONE);
    let mut all = Cut::default();
    for (n, diff) in parsed.diff.files.iter().enumerate() {
        let cut = file(&mut out, diff, &file_anchor("p1", n + 1), options);
        all = Cut { lines: all.lines + cut.lines, bytes: all.bytes + cut.bytes };
    }
    (out.finish().into_string(), all)
}

fn html(text: &str) -> String {
    page(text, &Options::default()).0
}

/// The content of the `<pre>`.
fn lines(hunks: &str) -> String {
    let html = html(&format!("--- a/x.txt\n+++ b/x.txt\n{hunks}"));
    let (_, rest) = html.split_once("<pre>").expect("there are lines");
    rest.split_once("</pre>").expect("it ends").0.to_owned()
}

#[test]
fn lines_are_elements_with_anchors() {
    assert_eq!(
        lines("@@ -9,3 +9,3 @@ f(a < b)\n a\n-b\n+c  \n\n"),
        "<samp id=1a@1>@@ -9,3 +9,3 @@ <em>f(a &lt; b)</em>\n</samp>\
         <a id=1a9> a\n</a><del><a id=1a-10>-b\n</a></del>\
         <ins><a id=1a10>+c<mark>  </mark>\n</a></ins><a id=1a11> \n</a>"
    );
}

#[test]
fn changed_words_are_marked() {
    let html =
        lines("@@ -1,2 +1,2 @@\n-int a = 1;\n-x\n\\ No newline at end of file\n+int b = 1;\n+y\n");
    assert!(html.contains("<del><a id=1a-1>-int <del>a</del> = 1;\n</a>"), "{html}");
    assert!(html.contains("<ins><a id=1a1>+int <ins>b</ins> = 1;\n</a>"), "{html}");
    assert!(
        html.contains("</a><small>\\ No newline at end of file\n</small></del><ins>"),
        "{html}"
    );
    let html = lines("@@ -1 +1,2 @@\n-int a = 1;\n+int b = 1;\n+int c = 1;\n");
    assert!(!html.contains("+int <ins>"), "{html}");
}

#[test]
fn marks_and_colours_nest() {
    let html = html(
        "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-/* one two */ f(x, \"a b\");\n+/* one 2 */ f(x, \"a c\");\n",
    );
    assert!(html.contains("-<i>/* one </i><del><i>two</i></del><i> */</i>"), "{html}");
    assert!(html.contains("<u>\"a </u><ins><u>c</u></ins><u>\"</u>"), "{html}");
}

#[test]
fn each_side_has_its_own_comments() {
    let html = html("--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,2 @@\n-/* a\n-b */\n+if\n int x;\n");
    assert!(html.contains("-<i>b */</i>") && html.contains(" <b>int</b> x;"), "{html}");
}

/// Words after the names of the two sides are not lost.
#[test]
fn a_first_line_that_goes_on_is_printed() {
    let hunk = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n";
    let printed = |first: &str| html(&format!("{first}\n{hunk}")).contains("class=between");
    assert!(printed("diff --git a/x.c b/x.c see here"));
    for first in [
        "diff --git a/x.c b/x.c",
        "diff --git a/x.c b/x.c ",
        "diff --git x.c x.c",
        "diff --git \"a/x.c\" \"b/x.c\"",
    ] {
        assert!(!printed(first), "{first}");
    }
    assert!(!html("diff --git a/x.c b/x.c\ndeleted file mode 100644\n").contains("class=between"));
}

#[test]
fn what_happens_to_a_file_is_said() {
    for (text, words) in [
        (
            "diff --git a/o b/n\nsimilarity index 90%\nrename from o\nrename to n\n",
            "renamed from <code>o</code>, 90% alike",
        ),
        (
            "diff --git a/o b/n\nsimilarity index 100%\ncopy from o\ncopy to n\n",
            "copied from <code>o</code>, unchanged",
        ),
        (
            "diff --git a/o b/o\nold mode 100644\nnew mode 100755\n",
            "mode changed from <code>100644</code> to <code>100755</code>",
        ),
        ("diff --git a/o b/o\nnew file mode 100755\n", "new file, executable"),
        ("diff --git a/o b/o\ndeleted file mode 100644\n", "deleted"),
        ("diff --git a/o b/o\nindex 1..2\nBinary files a/o and b/o differ\n", "binary"),
        (
            "diff --git a/o b/o\nindex 1..2\nGIT binary patch\nliteral 1234\nzabc\n\n",
            "binary, 1,234 bytes",
        ),
    ] {
        let html = html(text);
        assert!(html.contains(&format!("<span class=change>{words}</span>")), "{html}");
    }
}

#[test]
fn long_and_generated_files_are_folded() {
    let diff = |path: &str, n: usize| {
        format!("--- a/{path}\n+++ b/{path}\n@@ -0,0 +1,{n} @@\n{}", "+a\n".repeat(n))
    };
    assert!(html(&diff("x.c", 401)).contains("<summary>401 lines</summary>"));
    assert!(!html(&diff("x.c", 400)).contains("<details"));
    assert!(
        html(&diff("a/Cargo.lock", 30)).contains("<summary>30 lines of a generated file</summary>")
    );
}

#[test]
fn what_is_cut_is_said() {
    let text = format!(
        "--- a/x\n+++ b/x\n@@ -0,0 +1,100 @@\n{}@@ -9 +109 @@\n-a\n+b\n",
        "+a\n".repeat(100)
    );
    let (html, cut) = page(&text, &Options { max_bytes: 30, ..Options::default() });
    assert_eq!(html.matches("<a id").count(), 10);
    assert_eq!(cut.lines, 93);
    assert!(
        html.contains(
            "<p class=\"note cut\">93 more lines of this diff (1 KiB) not shown here.</p>"
        )
    );
}

#[test]
fn damage_and_text_between_are_shown() {
    let html = html(
        "--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-a\n+b\nwords <here>\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n",
    );
    assert!(html.contains("<pre class=between>words &lt;here&gt;</pre>"), "{html}");
    assert_eq!(html.matches("damaged").count(), 1);
}

#[test]
fn bars_are_as_long_as_gits() {
    let change = |path: &str, change, lines| FileChange {
        path: path.into(),
        old_path: None,
        change,
        lines,
        span: Span::default(),
    };
    let files = [
        change("a<b", Change::Modified, Some((3, 1))),
        change("new", Change::Added, Some((400, 0))),
        change("logo", Change::Modified, None),
        change("run", Change::Mode, Some((0, 0))),
    ];
    let mut out = HtmlWriter::new(Mask::NONE);
    diffstat(&mut out, &files, "", "p3");
    let out = out.finish().into_string();
    let one = "<li><a href=#3a>a&lt;b</a> <b>4</b> <i><ins>+</ins><del>-</del></i>\n";
    assert!(out.contains(one), "{out}");
    assert!(out.contains(&format!("<ins>{}</ins>", "+".repeat(40))), "{out}");
    assert!(out.contains("<b>binary</b>") && out.contains(" <small>mode</small></a>"), "{out}");
    assert!(
        out.ends_with("<p class=total>4 files changed, 403 insertions(+), 1 deletion(-)</p>\n"),
        "{out}"
    );
}

#[test]
fn a_files_id_says_where_it_is() {
    for (place, number, id) in [
        ("p3", 1, "3a"),
        ("p3", 26, "3z"),
        ("p3", 27, "3aa"),
        ("p3", 703, "3aaa"),
        ("p3-2", 2, "3-2b"),
        ("m0123abcd", 2, "m0123abcd-b"),
        ("cover", 1, "cover-a"),
        ("pair", 1, "pair-a"),
    ] {
        assert_eq!(file_anchor(place, number), id);
    }
}

#[test]
fn what_stands_elsewhere_is_a_link() {
    let same = Same { label: "v5".into(), url: "../index.html#3b".into() };
    let options = Options { same: Some(&same), ..Options::default() };
    let text = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
    assert_eq!(
        page(text, &options).0,
        "<section class=same id=1a><h4><code>x</code> <span class=change>the same in \
         <a href=\"../index.html#3b\">v5</a></span> <small><ins>+1</ins> <del>-1</del></small></h4>\
         </section>\n"
    );
    let mut why = HtmlWriter::new(Mask::NONE);
    why.markup("<p>Why?</p>");
    let said = [Said { hunk: 0, line: 0, html: why.finish() }];
    let html = page(text, &Options { said: &said, ..options }).0;
    assert!(
        html.contains("-a\n</a></del></pre><div class=said><p>Why?</p></div><pre><ins><a"),
        "{html}"
    );
}

#[test]
fn moved_lines_have_a_class() {
    let block = |sign: &str| {
        ["int lamp(void)", "{", "return bright;"].map(|line| format!("{sign}{line}\n")).concat()
    };
    let text = format!("--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n{} \n{}", block("-"), block("+"));
    let parsed = Diff::parse(&text);
    let found = moved(&parsed.diff.files);
    let html = page(&text, &Options { moved: Some(&found[0]), ..Options::default() }).0;
    assert_eq!(html.matches("<a class=w id=1a").count(), 6, "{html}");
    assert!(html.contains("<span class=w>3 lines moved within the file</span></span>"), "{html}");
}

#[cfg(feature = "highlight")]
#[test]
fn the_engine_can_be_chosen() {
    let text = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-u32 f(void) { return A_B; }\n+x\n";
    let by = |engine| page(text, &Options { engine, ..Options::default() }).0;
    let (own, syntect) = (by(Engine::Own), by(Engine::Syntect));
    assert_ne!(own, syntect);
    for html in [own, syntect] {
        assert!(html.contains("<dfn>f</dfn>(<b>void</b>) { <b>return</b> "), "{html}");
    }
}

/// The ids of a page.
fn ids(html: &str) -> Vec<&str> {
    html.split(" id=").skip(1).filter_map(|rest| rest.split(['>', ' ']).next()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ids_are_one_of_a_kind_and_tags_nest(
        hunks in prop::collection::vec((0_u32..5, 0_u32..5, prop::collection::vec("[-+ ][ab(]{0,3}[ \"]{0,2}", 0..8)), 0..5),
    ) {
        let mut text = String::from("--- a/x.c\n+++ b/x.c\n");
        for (old, new, lines) in &hunks {
            let count = |marks: [char; 2]| lines.iter().filter(|line| line.starts_with(marks)).count();
            text += &format!("@@ -{old},{} +{new},{} @@\n", count([' ', '-']), count([' ', '+']));
            lines.iter().for_each(|line| text += &format!("{line}\n"));
        }
        let html = html(&text);
        let mut seen = ids(&html);
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), all, "{}", html);
        let mut open = Vec::new();
        for tag in html.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("tags end");
            let name = tag.split(' ').next().expect("tags have names");
            match name.strip_prefix('/') {
                Some(name) => prop_assert_eq!(open.pop(), Some(name)),
                None => open.push(name),
            }
        }
        prop_assert!(open.is_empty());
    }
}

#[test]
fn a_file_and_its_first_hunk_share_a_heading() {
    let line = |outer, inner, text: &str| InnerLine { outer, inner, text: text.into() };
    let excerpt = Excerpt {
        place: "Commit message".into(),
        lines: vec![
            line(Outer::Old, Inner::Words, "    Shine."),
            line(Outer::Both, Inner::Heading, " ## lamp.c ##"),
            line(Outer::Both, Inner::Hunk, "@@ lamp.c: int f(void)"),
            line(Outer::New, Inner::Added, "+\treturn 0;"),
            line(Outer::Both, Inner::Heading, " ## oil.c (new) ##"),
            line(Outer::Both, Inner::Hunk, "@@ oil.c"),
            line(Outer::New, Inner::Added, "+\treturn 1;"),
        ],
    };
    let mut out = HtmlWriter::new(Mask::NONE);
    difference(&mut out, &Difference { excerpts: vec![excerpt], extent: Extent::Whole }, 1000);
    let headings: Vec<&str> = out.as_str().split("<em>").skip(1).collect();
    let headings = headings.iter().filter_map(|part| part.split("</em>\n").next());
    let expected = ["Commit message", "lamp.c: int f(void)", "oil.c (new)", "oil.c"];
    assert_eq!(headings.filter(|name| !name.contains('<')).collect::<Vec<_>>(), expected);
}

/// A file with this many new lines.
fn long_file(name: &str, lines: usize) -> String {
    let body: String = (0..lines).map(|n| format!("+int a{n} = f(\"{n}\", {n});\n")).collect();
    format!("--- /dev/null\n+++ b/{name}.c\n@@ -0,0 +1,{lines} @@\n{body}")
}

#[test]
fn a_page_has_room_for_so_many_lines() {
    let text: String = ["a", "b", "c"].map(|name| long_file(name, 2_500)).concat();
    let parsed = Diff::parse(&text);
    let files = &parsed.diff.files;
    let shares = shares(files);
    assert_eq!((shares[0] > 60_000, shares[2]), (true, 0));
    let colours = Colours::beside(7_500);
    let (mut out, mut shown) = (HtmlWriter::new(Mask::NONE), Vec::new());
    for (file_diff, share) in files.iter().zip(&shares) {
        let options = Options { max_bytes: *share, colours: Some(&colours), ..Options::default() };
        let cut = file(&mut out, file_diff, &file_anchor("p1", shown.len() + 1), &options);
        shown.push(2_501 - cut.lines);
    }
    // Each file counts six lines for its heading and its row in the diffstat; a file that is left out entirely
    // counts its hunk.
    assert_eq!(shown, [2_501, 1_489, 0]);
    let out = out.finish().into_string();
    assert!(out.ends_with(
        " id=1c><h4><code>c.c</code> <span class=change>new file</span></h4></section>\n"
    ));
    let elements = out.matches('<').count() - out.matches("</").count();
    assert!(elements < 12_000, "{elements}");
    assert!(out.contains("<u>\"1\"</u>"), "the first lines have colours");
    // A file within its own limit is shown whole, whatever else is on the page.
    assert_eq!(super::shares(&Diff::parse(&long_file("a", 3_000)).diff.files), [MAX_BYTES]);
}
