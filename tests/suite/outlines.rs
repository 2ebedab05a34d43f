//! The outline of a long discussion: which questions and objections have no reply.

use crate::pages;

const ANN: &str = "Ann Roe";
const BOB: &str = "Bob Poe";
const ZOE: &str = "Zoe Lind";

/// A thread: sender, the number of the parent, text.
fn thread(posts: &[(&str, usize, &str)]) -> String {
    let one = |(at, (from, parent, text)): (usize, &(&str, usize, &str))| {
        let (first, _) = from.split_once(' ').unwrap_or((from, ""));
        let (parent, re) = match at {
            0 => (String::new(), ""),
            _ => (format!("In-Reply-To: <m{parent}@example.org>\n"), "Re: "),
        };
        format!(
            "From: {from} <{first}@example.org>\nDate: Mon, 2 Mar 2026 {at:02}:00:00 +0000\n\
             Message-ID: <m{at}@example.org>\n{parent}Subject: {re}Lamps in the hall\n\n{text}\n"
        )
    };
    let mails: Vec<String> = posts.iter().enumerate().map(one).collect();
    let (_folder, site) = pages::site_of(&mails.iter().map(String::as_str).collect::<Vec<_>>());
    pages::check_links(&site);
    site.page("threads/lamps-in-the-hall").to_owned()
}

/// The open points of a thread that begins with these mails, followed by remarks that make it long.
fn open(posts: &[(&'static str, usize, &'static str)]) -> Vec<String> {
    let mut all = vec![(ANN, 0, "The lamps in the hall are dark.")];
    all.extend(posts);
    // The further mails are by others: Ann would add to her own message.
    while all.len() < 9 {
        all.push(("Max Hand", 0, "Noted."));
    }
    let page = thread(&all);
    let points = page.split("class=open-points").nth(1);
    let points = points.and_then(|rest| rest.split("</ul>").next()).unwrap_or_default();
    let item = |item: &str| {
        let text = item.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        text.collect::<String>().trim().to_owned()
    };
    points.split("<li>").skip(1).map(item).collect()
}

#[test]
fn an_open_point_says_who_asks_what() {
    let question = (BOB, 0, "I went there. Should we\nreplace the lamps? They are old.");
    let objection = (
        ZOE,
        0,
        "NAK. New lamps are dear, and nobody goes there. We have had the same lamps for forty years, and they \
         have been dark for ten of them without a complaint from anybody in the house.",
    );
    let asks = "Bob Poe asks: “Should we replace the lamps?”".to_owned();
    let objects = "Zoe Lind objects: “NAK.”".to_owned();
    assert_eq!(open(&[question, objection]), [objects.clone(), asks.clone()]);
    for reply in [
        (ANN, 1, "Yes."),
        (ZOE, 0, "> replace the lamps? They are old.\n\nYes."),
        (BOB, 0, "Never mind."),
        (ANN, 0, "I replace them tomorrow."),
    ] {
        assert!(open(&[question, reply]).is_empty(), "{reply:?}");
    }
    assert_eq!(open(&[question, (BOB, 9, "Hello.")]), [asks]);
}

#[test]
fn what_is_no_question_is_no_open_point() {
    let to_herself = (ANN, 0, "Should we replace them?");
    let url = (BOB, 0, "Please see https://example.org/lamps?");
    let shell = (BOB, 0, "Instead, print $? at the end.");
    let log = (BOB, 0, "It does not work:\n[   12.345]  ? dim+0x12/0x34");
    let unsure = (BOB, 0, "I am not sure how many objects there are.");
    for post in [to_herself, url, shell, log, unsure] {
        assert!(open(&[post]).is_empty(), "{post:?}");
    }
}
