//! Replies appear at the lines of the diff that they quote, and no text of a person is lost.

use std::fs;

use tempfile::TempDir;

use crate::pages::{Site, check_links, render_with};

const ZOE: &str = "Zoe Lind <zoe@example.org>";
const ADA: &str = "Ada Example <ada@example.org>";

/// A patch of two files, with `lamp_lock(lamp);` three times.
const PATCH: &str = "\
The lamp is lit before the mains are there, which is too early.

Signed-off-by: Zoe Lind <zoe@example.org>
---
 kettle.c |  5 +++++
 lamp.c   | 11 ++++++++++-
 2 files changed, 15 insertions(+), 1 deletion(-)

diff --git a/kettle.c b/kettle.c
index 1111111..2222222 100644
--- a/kettle.c
+++ b/kettle.c
@@ -10,3 +10,8 @@ int boil(struct kettle *kettle)
 \tint water = 0;
 
+\tlamp_lock(lamp);
+\twater = kettle_fill(kettle);
+\tif (!water)
+\t\treturn -ENODRINK;
+
 \treturn water;
diff --git a/lamp.c b/lamp.c
index 3333333..4444444 100644
--- a/lamp.c
+++ b/lamp.c
@@ -20,4 +20,8 @@ int shine(struct lamp *lamp)
 {
-\tlamp_on(lamp);
+\tlamp_lock(lamp);
+\tmains_wait(lamp->mains);
+\tlamp_on_when_the_mains_are_there(lamp, lamp->mains, LAMP_TIMEOUT);
+\tlamp_unlock(lamp);
 \treturn 0;
 }
@@ -60,2 +64,6 @@ void dark(struct lamp *lamp)
 {
+\tlamp_lock(lamp);
+\tlamp_off(lamp);
+\tlamp_unlock(lamp);
+
 }
-- 
2.47.1
";

/// A mail: its number is its Message-ID and its minute.
fn mail(number: usize, answers: Option<usize>, from: &str, subject: &str, body: &str) -> String {
    let parent = answers.map_or(String::new(), |id| format!("In-Reply-To: <{id}@example.org>\n"));
    format!(
        "From mboxrd@z Thu Jan  1 00:00:00 1970\nFrom: {from}\nDate: Mon, 2 Mar 2026 10:{number:02}:00 \
         +0000\nMessage-ID: <{number}@example.org>\n{parent}Subject: {subject}\n\n{body}\n"
    )
}

/// The site of a list with the patch and replies, each to the mail before it.
fn site(answers: &[&str]) -> Site {
    let dir = TempDir::new().expect("a temporary folder");
    let mut mbox = mail(0, None, ZOE, "[PATCH] lamp: wait for the mains", PATCH);
    for (number, answer) in (1..).zip(answers) {
        let from = if number % 2 == 1 { ADA } else { ZOE };
        let subject = "Re: [PATCH] lamp: wait for the mains";
        mbox.push_str(&mail(number, Some(number - 1), from, subject, answer));
    }
    fs::write(dir.path().join("list.mbox"), mbox).expect("an archive");
    let toml = "[[lists]]\nname = \"lamp\"\narchive = \"list.mbox\"\n";
    fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let site = render_with(dir.path(), |_| ());
    check_links(&site);
    site
}

fn page(site: &Site) -> &str {
    site.page("series/lamp-wait-for-the-mains")
}

/// The text of HTML.
fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, inside)| inside));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The line of the diff above a remark; empty if the remark is in the thread.
fn line_above(page: &str, remark: &str) -> String {
    let at = page.find(&format!("<p>{remark}")).unwrap_or_else(|| panic!("no {remark} in {page}"));
    let before = &page[..at];
    let Some(said) = before.rfind("<div class=said>") else { return String::new() };
    if before[said..].contains("<pre>") {
        return String::new();
    }
    text(&before[..said]).trim_end().rsplit('\n').next().unwrap_or_default().trim().to_owned()
}

#[test]
fn a_remark_is_below_the_line_that_it_is_about() {
    for (what, answer, line) in [
        (
            "the file's heading is quoted",
            "> diff --git a/lamp.c b/lamp.c\n> --- a/lamp.c\n> +++ b/lamp.c\n> +\tlamp_lock(lamp);\n\nREMARK\n",
            "+\tlamp_lock(lamp);",
        ),
        (
            "only the hunk's heading is quoted",
            "> @@ -60,2 +64,6 @@ void dark(struct lamp *lamp)\n>  {\n> +\tlamp_lock(lamp);\n\nREMARK\n",
            "+\tlamp_lock(lamp);",
        ),
        (
            "bare lines",
            "> +\twater = kettle_fill(kettle);\nREMARK\n",
            "+\twater = kettle_fill(kettle);",
        ),
        (
            "the neighbours tell",
            "> +\tlamp_lock(lamp);\n> +\tlamp_off(lamp);\nREMARK\n",
            "+\tlamp_off(lamp);",
        ),
        (
            "a brace behind",
            "> @@ -60,2 +64,6 @@\n> +\tlamp_unlock(lamp);\n> +\n>  }\nREMARK\n",
            "}",
        ),
        (
            "trimmed",
            "> +\tif (!water)\n> [...]\n> -\tlamp_on(lamp);\n[snip]\n> +\tlamp_off(lamp);\nREMARK\n",
            "+\tlamp_off(lamp);",
        ),
        (
            "blanks were damaged",
            "> +    mains_wait( lamp->mains );\u{a0}\nREMARK\n",
            "+\tmains_wait(lamp->mains);",
        ),
        (
            "wrapped",
            "> +\tlamp_on_when_the_mains_are_there(lamp,\n> lamp->mains, LAMP_TIMEOUT);\nREMARK\n",
            "+\tlamp_on_when_the_mains_are_there(lamp, lamp->mains, LAMP_TIMEOUT);",
        ),
        (
            "wrapped without a mark",
            "> +\tlamp_on_when_the_mains_are_there(lamp,\nlamp->mains, LAMP_TIMEOUT);\n> +\tlamp_unlock(lamp);\nREMARK\n",
            "+\tlamp_unlock(lamp);",
        ),
        ("one line in three places", "> +\tlamp_lock(lamp);\nREMARK\n", ""),
        (
            "a comment on the commit message",
            "> The lamp is lit before the mains are there, which is too early.\nREMARK\n",
            "",
        ),
        ("words that are not the patch's", "> +\tsomething_else(lamp);\nREMARK\n", ""),
        (
            "a whole patch, taken",
            "> +\tlamp_off(lamp);\n> +\tlamp_unlock(lamp);\n> +\n>  }\n> -- \n> 2.47.1\nREMARK\n",
            "",
        ),
        (
            "with a patch of its own",
            "> +\twater = kettle_fill(kettle);\nREMARK\n\ndiff --git a/x b/x\n",
            "",
        ),
    ] {
        let site = site(&[&answer.replace("REMARK", "What is this good for?")]);
        assert_eq!(line_above(page(&site), "What is this good for?"), line, "{what}");
    }
}

#[test]
fn a_dialogue_is_at_one_line_in_order_of_date() {
    let site = site(&[
        "Hi Zoe,\n\nOn Monday, Zoe wrote:\n> +\twater = kettle_fill(kettle);\n\nWho drinks it?\n\n\
         > +\t\treturn -ENODRINK;\n\nNice name.\n\nThanks,\nAda\n",
        "> > +\twater = kettle_fill(kettle);\n> \n> Who drinks it?\n\nWhoever is thirsty.\n",
        "> Whoever is thirsty.\n\nNobody is.\n",
    ]);
    let page = page(&site);
    for remark in ["Who drinks it?", "Whoever is thirsty.", "Nobody is."] {
        assert_eq!(line_above(page, remark), "+\twater = kettle_fill(kettle);", "{remark}");
    }
    assert_eq!(line_above(page, "Nice name."), "+\t\treturn -ENODRINK;");
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(
        place("<p>Who drinks") < place("<p>Whoever") && place("<p>Whoever") < place("<p>Nobody is")
    );
    // The page does not repeat what is above; the greeting and the name stay in the thread.
    assert_eq!(page.matches("<p>Who drinks it?").count(), 1, "{page}");
    let (diff, thread) = page.split_at(place("<ol class=replies>"));
    assert!(!diff.contains("Thanks,"), "{diff}");
    for words in
        ["Hi Zoe,", "kettle.c, line 13</a> Who drinks it?", "line 15</a> Nice name.", "Thanks,"]
    {
        assert!(thread.contains(words), "{words} in {thread}");
    }
}

#[test]
fn the_order_of_remarks_decides_if_lines_do_not() {
    let site = site(&[
        "> +\twater = kettle_fill(kettle);\n\nFirst.\n\n> +\tlamp_lock(lamp);\n\nSecond.\n",
    ]);
    let page = page(&site);
    assert_eq!(line_above(page, "Second."), "+\tlamp_lock(lamp);");
    let lamp = page.rfind("<code>lamp.c</code>").expect("the file");
    assert!(page.find("<p>Second.").expect("the remark") > lamp, "{page}");
}

#[test]
fn anchors_are_the_mails_with_a_number_and_links_land() {
    let site = site(&["> +\tlamp_off(lamp);\n\nOne.\n\n> +\tmains_wait(lamp->mains);\n\nTwo.\n"]);
    let page = page(&site);
    let ids: Vec<&str> =
        page.split("<div id=m").skip(1).filter_map(|part| part.split('>').next()).collect();
    // Their order is that of the lines, their numbers those of the mail.
    let [first, second] = ids[..] else { panic!("{ids:?}") };
    let (mail, number) = first.split_once('-').expect("a number");
    assert_eq!((number, second), ("2", &*format!("{mail}-1")), "{ids:?}");
    for id in [first, second, mail] {
        assert!(page.contains(&format!("href=#m{id}>")), "{id}");
    }
    assert!(page.contains(&format!("<li id=m{mail}>")), "{page}");
}

#[test]
fn nothing_that_a_person_wrote_is_lost() {
    let answers = [
        "Hello,\n\nOn Monday, Zoe wrote:\n> The lamp is lit before the mains are there, which is too early.\n>\n\
         > diff --git a/lamp.c as ever b/lamp.c\n> @@ -20,4 +20,8 @@ int shine(struct lamp *lamp)\n> +\tmains_wait(lamp->mains);\n> a line that is nowhere\n\n\
         Own words here.\n\n    indented_code();\n\n> +\tlamp_off(lamp);\n\nMore own words.\n\n\
         > more that is nowhere\n\nWords below it.\n\n> +\twater = kettle_fill(kettle);\n> the end that is nowhere\n",
        "> On Monday, Zoe wrote:\n> > +\tmains_wait(lamp->mains);\n> > a line that is nowhere\n> Own words here.\n\n\
         An answer.\n-- \nZoe's signature\n",
        "On Monday, Zoe wrote:\n> An answer.\n> and a forged quote\n\nLast words.\n",
    ];
    let site = site(&answers);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = words(&text(page(&site)));
    for line in answers.iter().flat_map(|answer| answer.lines()) {
        let bare = words(line.trim_start_matches(['>', ' ']));
        assert!(page.contains(&bare), "{line}");
    }
}

/// The patch, quoted from the line that begins with `from`.
fn quoted_patch(from: &str) -> String {
    let start = PATCH.find(from).expect("the line");
    PATCH[start..].lines().map(|line| format!("> {line}\n")).collect()
}

/// The reply in the thread, from its `<li>`.
fn thread(page: &str) -> &str {
    &page[page.find("<ol class=replies>").expect("a thread")..]
}

#[test]
fn a_long_quote_is_a_link_to_where_its_lines_are() {
    let tags = "Reviewed-by: Ada Example <ada@example.org>\n";
    let lamp = quoted_patch("@@ -20,4");
    let lamp = lamp.replace("\t", "    ").replace("> -- \n> 2.47.1\n", "");
    let both = quoted_patch("@@ -10,3");
    let whole = quoted_patch("The lamp");
    for (answer, link) in [
        (format!("Zoe wrote:\n{lamp}\n{tags}"), "#1b@1\">16 lines of lamp.c</a>"),
        (format!("{tags}\n{both}"), " lines of the patch</a>"),
        (format!("Nice.\n\n{whole}\n"), " lines of the patch</a>"),
    ] {
        let site = site(&[&answer]);
        let thread = thread(page(&site));
        assert!(thread.contains(link), "{link} in {thread}");
        assert!(!thread.contains("lamp_off"), "{thread}");
        assert!(page(&site).contains("Reviewed-by") || page(&site).contains("Nice."));
    }
}

#[test]
fn a_quote_of_a_reply_is_followed_to_it_through_all_depths() {
    let words: String = (1..9).map(|n| format!("The {n} words of an answer.\n")).collect();
    let quoted: String = words.lines().map(|line| format!("> {line}\n")).collect();
    let again: String = quoted.lines().map(|line| format!("> {line}\n")).collect();
    let site = site(&[&words, &format!("{quoted}\n"), &format!("{again}> \nSee above.\n")]);
    let thread = thread(page(&site));
    assert_eq!(thread.matches("The 3 words").count(), 2, "{thread}");
    assert!(thread.contains("8 lines by Ada Example</a>"), "{thread}");
    // The context of a remark stays: the last lines of one mail, all of a dialogue.
    assert!(thread.contains("<details class=q>"), "{thread}");
}

#[test]
fn a_quote_with_one_line_that_is_nowhere_is_printed() {
    let lamp = quoted_patch("@@ -20,4").replace("lamp_off(lamp)", "lamp_dim(lamp)");
    let site = site(&[&format!("Nice.\n\n{lamp}")]);
    let thread = thread(page(&site));
    assert!(thread.contains("lamp_dim") && !thread.contains(" lines of "), "{thread}");
}

#[test]
fn a_long_quote_of_a_long_diff_takes_linear_time() {
    let same: String = "+\tlamp_lock(lamp);\n".repeat(60_000);
    let lines = same.lines().count();
    let patch = format!(
        "Shine.\n---\ndiff --git a/lamp.c b/lamp.c\n--- a/lamp.c\n+++ b/lamp.c\n@@ -0,0 +1,{lines} @@\n{same}-- \n2.47.1\n"
    );
    let quote: String = same.lines().map(|line| format!("> {line}\nA remark of mine.\n")).collect();
    let dir = TempDir::new().expect("a temporary folder");
    let mbox = mail(0, None, ZOE, "[PATCH] lamp", &patch)
        + &mail(1, Some(0), ADA, "Re: [PATCH] lamp", &quote);
    fs::write(dir.path().join("list.mbox"), mbox).expect("an archive");
    let toml = "[[lists]]\nname = \"lamp\"\narchive = \"list.mbox\"\n";
    fs::write(dir.path().join("site.toml"), toml).expect("site.toml");
    let start = std::time::Instant::now();
    assert!(!render_with(dir.path(), |_| ()).files.is_empty());
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
