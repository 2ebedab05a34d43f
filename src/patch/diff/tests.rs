use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// `path change +added -deleted`, `bin` for a binary file; `!` in front where it is damaged.
fn summary(text: &str) -> String {
    let parsed = Diff::parse(text);
    whole(text, &parsed);
    let mut out = String::new();
    for file in &parsed.diff.files {
        out.push_str(if file.damaged { "!" } else { "" });
        if let Some(old) = file.old_path() {
            write!(out, "{old} => ").expect("a string takes all");
        }
        write!(out, "{} {}", file.path(), file.change().word()).expect("a string takes all");
        match file.counts() {
            Some((added, deleted)) => write!(out, " +{added} -{deleted}"),
            None => write!(out, " bin"),
        }
        .expect("a string takes all");
        out.push('\n');
    }
    out
}

/// The law: the text before, the printed diff and the text after are the whole text.
fn whole(text: &str, parsed: &Parsed<'_>) {
    let printed = parsed.diff.to_string();
    assert_eq!(format!("{}{printed}{}", &text[..parsed.start], &text[parsed.end..]), text);
    let spans: Vec<_> = parsed.diff.spans(parsed.start).collect();
    assert!(spans.iter().all(|(span, file)| text[span.clone()] == file.to_string()));
    if let Some((last, _)) = spans.last() {
        assert_eq!(last.end, parsed.end);
    }
}

macro_rules! specimens {
    ($($name:ident: $text:expr => $summary:expr;)*) => {
        $(#[test] fn $name() { assert_eq!(summary($text), $summary); })*
    };
}

specimens! {
    prose_has_no_diff: "Hello,\n\n--- a\n+++ b\nno hunk follows\ndiff --git is a command\n" => "";
    git: "text\n---\n a.c | 2 +-\n\ndiff --git a/a.c b/a.c\nindex 1..2 100644\n--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,2 @@ int f(void)\n x\n-y\n+z\n-- \n2.30\n" => "a.c modified +1 -1\n";
    removed_dashes_are_content: "diff --git a/s b/s\n--- a/s\n+++ b/s\n@@ -1,3 +1,1 @@\n x\n-- \n--- y\n-- \n2.30\n" => "s modified +0 -2\n";
    plain_with_prose_between: "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n\nand then\n\n--- a/y\t2020-01-01 00:00:00.000000000 +0100\n+++ b/y\t2020-01-01 00:00:01.000000000 +0100\n@@ -1 +1,2 @@\n a\n+b\n" => "x modified +1 -1\ny modified +1 -0\n";
    index_of_svn: "Index: trunk/x.c\n====\n--- trunk/x.c\t(revision 1)\n+++ trunk/x.c\t(working copy)\n@@ -1 +1 @@\n-a\n+b\n" => "trunk/x.c modified +1 -1\n";
    new_and_gone: "diff --git a/n b/n\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+a\ndiff --git a/g b/g\ndeleted file mode 100644\nindex 1..0\n--- a/g\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n" => "n added +1 -0\ng deleted +0 -1\n";
    new_by_time_stamp: "--- a/n\t1970-01-01 01:00:00.000000000 +0100\n+++ b/n\t2020-01-01 00:00:00.000000000 +0100\n@@ -0,0 +1 @@\n+a\n" => "n added +1 -0\n";
    empty_files: "diff --git a/n b/n\nnew file mode 100644\nindex 000..e69\ndiff --git a/with space b/with space\ndeleted file mode 100644\nindex e69..000\n" => "n added +0 -0\nwith space deleted +0 -0\n";
    mode_only: "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n" => "run mode +0 -0\n";
    mode_and_lines: "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n--- a/run\n+++ b/run\n@@ -1 +1 @@\n-a\n+b\n" => "run modified +1 -1\n";
    rename_only: "diff --git a/o d b/n d\nsimilarity index 100%\nrename from o d\nrename to n d\n-- \n2.30\n" => "o d => n d renamed +0 -0\n";
    copy: "diff --git a/o b/n\nsimilarity index 90%\ncopy from o\ncopy to n\nindex 1..2 100644\n--- a/o\n+++ b/n\n@@ -1 +1 @@\n-a\n+b\n" => "o => n copied +1 -1\n";
    binary_differs: "diff --git a/l.png b/l.png\nindex 1..2 100644\nBinary files a/l.png and b/l.png differ\n" => "l.png modified bin\n";
    binary_patch: "diff --git a/l b/l\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmZQ%0s0\n\ndelta 2\nJc$\n\ndiff --git a/m b/m\nold mode 100644\nnew mode 100755\n" => "l modified bin\nm mode +0 -0\n";
    quoted: "diff --git \"a/\\303\\251\" \"b/\\303\\251\"\nindex 1..2\n--- \"a/\\303\\251\"\n+++ \"b/\\303\\251\"\n@@ -1 +1 @@\n-a\n+b\n" => "é modified +1 -1\n";
    no_newline: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\ndiff --git a/y b/y\nnew file mode 100644\n" => "x modified +1 -1\ny added +0 -0\n";
    lone_empty_line: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,4 @@\n a\n\n b\n+c\n" => "x modified +1 -0\n";
    carriage_returns: "diff --git a/x b/x\r\n--- a/x\r\n+++ b/x\r\n@@ -1,2 +1,2 @@\r\n a\r\n-b\r\n+c\r\n" => "x modified +1 -1\n";
    no_prefix: "diff --git x.c x.c\nindex 1..2\n--- x.c\n+++ x.c\n@@ -1 +1 @@\n-a\n+b\n" => "x.c modified +1 -1\n";
    combined: "diff --cc x.c\nindex 1,2..3\n--- a/x.c\n+++ b/x.c\n@@@ -1,3 -1,1 +1,3 @@@ f\n  a\n- b\n++c\n +d\n-- \n2.3\n" => "x.c modified +2 -1\n";
    combined_without_a_hunk: "diff --cc x.c\nindex 1,2..3\n--- a/x.c\n+++ b/x.c\n\nthanks\n" => "";
    cut_short: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n-b\n+c\n" => "!x modified +1 -1\n";
    cut_by_a_file: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n-b\n+c\ndiff --git a/y b/y\nold mode 100644\nnew mode 100755\n" => "!x modified +1 -1\ny mode +0 -0\n";
    wrapped_by_a_mailer: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,4 @@\n a very\nlong line\n+c and a long\nline\n+d\n z\n" => "!x modified +2 -0\n";
    prose_is_not_a_wrapped_line: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,20 +1,20 @@\n a\n-b\n+c\nThis is why.\n\n- one\n- two\n" => "!x modified +1 -1\n";
    counts_too_small: "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n+c\n@@ -9 +9 @@\n-d\n+e\n" => "!x modified +3 -2\n";
    git_line_wrapped: "diff --git a/long\nb/long\nindex 1..2\n--- a/long\n+++ b/long\n@@ -1 +1 @@\n-a\n+b\n" => "long modified +1 -1\n";
    hunk_without_a_file: "I mean:\n\n@@ -1 +1 @@\n-a\n+b\n" => "";
}

#[test]
fn lines_know_their_side_and_text() {
    let text = "--- a/x\n+++ b/x\n@@ -5,3 +5,3 @@ int f(void)\n a\r\n-b\n+c\n\\ No newline at end of file\n";
    let parsed = Diff::parse(text);
    let hunk = &parsed.diff.files[0].hunks[0];
    assert_eq!((hunk.start, hunk.section), (Sides { old: 5, new: 5 }, "int f(void)"));
    let lines: Vec<_> = hunk.lines().map(|line| (line.kind, line.text())).collect();
    let no_newline = (LineKind::NoNewline, "\\ No newline at end of file");
    let sides = [(LineKind::Context, "a"), (LineKind::Removed, "b"), (LineKind::Added, "c")];
    assert_eq!(lines, [&sides[..], &[no_newline]].concat());
}

#[test]
fn the_text_around_stays_around() {
    let text = "before\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\nafter\n";
    let parsed = Diff::parse(text);
    assert_eq!((&text[..parsed.start], &text[parsed.end..]), ("before\n", "after\n"));
}

#[test]
fn hostile_sizes_cost_linear_time() {
    let long = "x".repeat(500_000);
    let many = |unit: &str, n| unit.repeat(n);
    for text in [
        format!("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-{long}\n+{long}\n"),
        format!("diff --git a/{long} b/{long}\nindex 1..2\n"),
        format!("diff --git {}\nindex 1..2\n", "a/x ".repeat(200_000)),
        format!("diff --git a{}\nindex 1..2\n", " b".repeat(200_000)),
        many("diff --git a/x b/x\nnew file mode 100644\n", 50_000),
        many("diff --git a/x b/x\n", 100_000),
        many("--- a/x\n+++ b/x\n", 100_000),
        many("--- a/x\n+++ b/x\n@@ -1,9999 +1,9999 @@\nstray\n", 50_000),
        format!("--- a/x\n+++ b/x\n{}", many("@@ -1,9999999 +1,9999999 @@\n a\nstray\n", 50_000)),
        format!("--- a/x\n+++ b/x\n@@ -1,9999999 +1,9999999 @@\n a\n{}", many("b\n c\n", 100_000)),
        many("Index: x\n", 200_000),
        format!("--- \"{}\n+++ b/x\n@@ -1 +1 @@\n-a\n", "\\1".repeat(200_000)),
        "@".repeat(500_000),
    ] {
        whole(&text, &Diff::parse(&text));
    }
}

/// Lines that diffs are made of, right and wrong.
fn pieces() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "diff --git a/x b/x\n",
        "diff --git x x\n",
        "diff --cc x\n",
        "diff -u a b\n",
        "Index: x\n",
        "index 1..2 100644\n",
        "--- a/x\n",
        "+++ b/x\n",
        "--- /dev/null\n",
        "+++ /dev/null\n",
        "new file mode 100644\n",
        "rename from x\n",
        "rename to y\n",
        "old mode 1\n",
        "new mode 2\n",
        "@@ -1 +1 @@\n",
        "@@ -1,2 +1,3 @@ f\n",
        "@@@ -1 -1 +1 @@@\n",
        "@@ -1,2\n",
        "@@",
        "GIT binary patch\n",
        "literal 3\n",
        "zabc\n",
        "Binary files a/x and b/x differ\n",
        "\\ No newline at end of file\n",
        " a\n",
        "-b\n",
        "+c\n",
        "++d\n",
        "- e\n",
        "\n",
        "\r\n",
        "-- \n",
        "2.30\n",
        "ünï\n",
        "+é",
        "\"a/\\303\n",
    ]);
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_printed_back(text in "(?s).{0,200}") {
        whole(&text, &Diff::parse(&text));
    }

    #[test]
    fn any_diff_like_text_is_printed_back(text in pieces()) {
        let parsed = Diff::parse(&text);
        whole(&text, &parsed);
        for hunk in parsed.diff.files.iter().flat_map(|file| &file.hunks) {
            let count = |kind| hunk.lines().filter(|line| line.kind == kind).count();
            prop_assert_eq!(count(LineKind::Added), hunk.added as usize);
            prop_assert_eq!(count(LineKind::Removed), hunk.deleted as usize);
        }
    }
}
