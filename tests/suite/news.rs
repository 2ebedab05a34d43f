//! News on pages: the changes since the digest before, each conversation once, and examples of queries with results.

use crate::pages;

/// A mail on a day of March 2026: its number, day, sender, subject, the number of its parent, text.
fn mail(
    number: usize,
    day: u32,
    from: &str,
    subject: &str,
    parent: Option<usize>,
    text: &str,
) -> String {
    let address = from.split(' ').next().unwrap_or_default().to_lowercase();
    let parent =
        parent.map_or(String::new(), |parent| format!("In-Reply-To: <m{parent}@example.org>\n"));
    format!(
        "From: {from} <{address}@example.org>\nDate: {day} Mar 2026 {:02}:00:00 +0000\nMessage-ID: <m{number}@example.org>\n\
         {parent}Subject: {subject}\n\n{text}\n",
        8 + number
    )
}

fn patch(line: &str) -> String {
    format!(
        "The lamp is dark.\n\nSigned-off-by: Ann Roe <ann@example.org>\n---\n src/lamp/wick.c | 2 +-\n\n\
         diff --git a/src/lamp/wick.c b/src/lamp/wick.c\n--- a/src/lamp/wick.c\n+++ b/src/lamp/wick.c\n\
         @@ -1 +1 @@ int lamp_trim(void)\n-off\n+{line}\n"
    )
}

fn site(mails: &[String]) -> pages::Site {
    let (_folder, site) = pages::site_of(&mails.iter().map(String::as_str).collect::<Vec<_>>());
    pages::check_links(&site);
    site
}

#[test]
fn a_digest_says_what_changed_since_the_one_before() {
    let site = site(&[
        mail(0, 3, "Ann Roe", "[PATCH] lamp: Trim the wick", None, &patch("on")),
        mail(1, 4, "Bob Poe", "Re: [PATCH] lamp: Trim the wick", Some(0), "Why?"),
        mail(2, 10, "Ann Roe", "[PATCH v2] lamp: Trim the wick", None, &patch("dim")),
        mail(
            3,
            11,
            "Bob Poe",
            "Re: [PATCH v2] lamp: Trim the wick",
            Some(2),
            "Reviewed-by: Bob Poe <bob@example.org>",
        ),
        mail(4, 12, "Max Hand", "[PATCH] bell: Ring", None, &patch("ring").replace("wick", "bell")),
    ]);
    let week = site.page("2026/w11/index");
    let line = "Since the last digest: v1 → v2 · 1 reviewer";
    assert_eq!(week.matches(line).count(), 1, "{week}");
    assert_eq!(week.matches("Since the last digest").count(), 1, "the bell is new: {week}");
    assert!(!site.page("2026/w10/index").contains("Since the last digest"));
}

#[test]
fn one_patch_for_several_trees_stands_out_once() {
    let talk = "The log is corrupted each time the wick is trimmed while the lamp burns, and what was in it is gone, so \
                I do not think that this can go into any tree before somebody has looked at the oil.";
    let mut mails = Vec::new();
    for (at, tag) in ["PATCH 6.1", "PATCH 6.6", "PATCH 5.15"].into_iter().enumerate() {
        let subject = format!("[{tag}] lamp: fix log corruption");
        let text =
            patch("on").replace("The lamp", &format!("commit {:040x} upstream.\n\nThe lamp", 7));
        mails.push(mail(3 * at, 3, "Ann Roe", &subject, None, &text));
        mails.push(mail(3 * at + 1, 3, "Bob Poe", &format!("Re: {subject}"), Some(3 * at), talk));
        mails.push(mail(3 * at + 2, 3, "Max Hand", &format!("Re: {subject}"), Some(3 * at), talk));
    }
    let site = site(&mails);
    let week = site.page("2026/w10/index");
    let tops =
        week.split("<section class=tops").nth(1).and_then(|rest| rest.split("</section>").next());
    assert_eq!(tops.expect("tops").matches(">lamp: fix log corruption</a>").count(), 1, "{week}");
}

#[test]
fn the_examples_of_queries_are_of_this_site() {
    let site =
        site(&[mail(0, 3, "Ann Roe", "[PATCH v3] lamp: Trim wicks again", None, &patch("on"))]);
    let page = site.page("search/index");
    for example in [
        "wicks trim",
        "\"trim wicks\"",
        "s:wicks",
        "f:roe",
        "dfn:src/lamp",
        "dfhh:lamp_trim",
        "d:2026-03",
        "v:3",
        "list:bad",
    ] {
        let code = format!("<code>{}</code>", example.replace('"', "&quot;"));
        assert!(
            page.contains(&code) || page.contains(&format!("<code>{example}</code>")),
            "{example}: {page}"
        );
    }
}

#[test]
fn a_matrix_shows_which_tags_the_newest_revision_kept() {
    let tag = "Reviewed-by: Bob Poe <bob@example.org>";
    let second = |line: &str| patch(line).replace("wick", "oil");
    let kept = patch("on").replace("Signed-off-by", &format!("{tag}\nSigned-off-by"));
    let site = site(&[
        mail(0, 3, "Ann Roe", "[PATCH 0/2] Lamps", None, "Two lamps."),
        mail(1, 3, "Ann Roe", "[PATCH 1/2] lamp: Trim it", Some(0), &patch("on")),
        mail(2, 3, "Ann Roe", "[PATCH 2/2] lamp: Fill it", Some(0), &second("oil")),
        mail(3, 3, "Bob Poe", "Re: [PATCH 1/2] lamp: Trim it", Some(1), tag),
        mail(4, 3, "Bob Poe", "Re: [PATCH 2/2] lamp: Fill it", Some(2), tag),
        mail(5, 10, "Ann Roe", "[PATCH v2 0/2] Lamps", None, "Two lamps."),
        mail(6, 10, "Ann Roe", "[PATCH v2 1/2] lamp: Trim it", Some(5), &kept),
        mail(7, 10, "Ann Roe", "[PATCH v2 2/2] lamp: Fill it", Some(5), &second("much oil")),
    ]);
    let page = site.page("series/lamps");
    let matrix = page.split("<table class=matrix>").nth(1).expect("a matrix");
    let rows: Vec<&str> = matrix.split("<th scope=row>").skip(1).take(2).collect();
    assert!(rows[0].contains(">v1</a>") && !rows[0].contains("<s>"), "{}", rows[0]);
    assert!(rows[1].contains("<s>") && rows[1].contains(">v1</a></s>"), "{}", rows[1]);
}

#[test]
fn a_reviewer_with_two_addresses_has_one_column() {
    let tag = |address: &str| format!("Reviewed-by: Bob Poe <{address}>");
    let second = |line: &str| patch(line).replace("wick", "oil");
    let site = site(&[
        mail(0, 3, "Ann Roe", "[PATCH 0/2] Lamps", None, "Two lamps."),
        mail(1, 3, "Ann Roe", "[PATCH 1/2] lamp: Trim it", Some(0), &patch("on")),
        mail(2, 3, "Ann Roe", "[PATCH 2/2] lamp: Fill it", Some(0), &second("oil")),
        mail(3, 3, "Bob Poe", "Re: [PATCH 1/2] lamp: Trim it", Some(1), &tag("bob@example.org")),
        mail(4, 10, "Ann Roe", "[PATCH v2 0/2] Lamps", None, "Two lamps."),
        mail(5, 10, "Ann Roe", "[PATCH v2 1/2] lamp: Trim it", Some(4), &patch("on")),
        mail(6, 10, "Ann Roe", "[PATCH v2 2/2] lamp: Fill it", Some(4), &second("much oil")),
        mail(
            7,
            10,
            "Bob Poe",
            "Re: [PATCH v2 2/2] lamp: Fill it",
            Some(6),
            &tag("bob@oil.example.net"),
        ),
    ]);
    let page = site.page("series/lamps");
    let matrix = page.split("<table class=matrix>").nth(1).expect("a matrix");
    let head = matrix.split("</thead>").next().unwrap_or_default();
    assert_eq!(head.matches("Bob Poe").count(), 1, "{head}");
}

/// A question about v1 in a long discussion, and v2 with this text and these replies.
fn point_of_v1(letter: &str, replies: &[String]) -> String {
    let mut mails = vec![
        mail(0, 3, "Ann Roe", "[PATCH] lamp: Trim the wick", None, &patch("on")),
        mail(1, 3, "Bob Poe", "Re: [PATCH] lamp: Trim the wick", Some(0), "Why is it not cut?"),
    ];
    for number in 2..10 {
        mails.push(mail(number, 3, "Cy Ode", "Re: [PATCH] lamp: Trim the wick", Some(0), "Noted."));
    }
    let second = patch("dim").replace("---\n", &format!("---\n{letter}\n"));
    mails.push(mail(10, 10, "Ann Roe", "[PATCH v2] lamp: Trim the wick", None, &second));
    mails.extend_from_slice(replies);
    let site = site(&mails);
    let older = site.pages().find(|(path, _)| path.ends_with("/v1/index.html"));
    older.expect("the page of v1").1.to_owned()
}

#[test]
fn an_open_point_says_which_later_version_answers_it() {
    let open = "1 open point";
    let page = point_of_v1("v2: Trim it twice.", &[]);
    assert!(page.contains(open) && !page.contains("Resolved in"), "{page}");
    let named = point_of_v1("v2: Trim it twice (Bob).", &[]);
    assert!(named.contains("its changelog names Bob Poe") && !named.contains(open), "{named}");
    let tag = "Reviewed-by: Bob Poe <bob@example.org>";
    let review = mail(11, 11, "Bob Poe", "Re: [PATCH v2] lamp: Trim the wick", Some(10), tag);
    let reviewed = point_of_v1("v2: Trim it twice.", &[review]);
    assert!(reviewed.contains("Bob Poe reviewed it") && !reviewed.contains(open), "{reviewed}");
}
