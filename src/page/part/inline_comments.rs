//! The replies to a patch that appear in its diff.
//!
//! In: a patch with its replies, or all patches of one mail with the replies to it. Out: the remarks below each
//! line of the diff, and for each reply that was split the rest that stays in the thread, with a link to each of
//! its passages. Never here: which line a passage is about (see
//! [`comment_anchors`](crate::markup::comment_anchors)).
//!
//! ```text
//! <div id=m1a2b3c4d-2><p><b>Zoe Lind</b> <a href=#m1a2b3c4d>12 May</a>     (in the diff)
//! <p>This is never freed.
//! </div>
//! <p class=at><a href=#m1a2b3c4d-2>lamp.c, line 120</a> This is never freed.    (in the thread)
//! ```

use std::collections::{HashMap, HashSet};

use crate::{
    markup::{
        comment_anchors::{Part, Passage, Place, Review},
        diff::Said,
        excerpt,
    },
    page::part::{body, discussion::Placed, links::Links, wording},
    patch::{Diff, FileChange, Mail},
    plan::Reader,
    say,
    series::MailIx,
    text::{Html, HtmlWriter},
    words::Words,
};

/// The part of a remark that its link in the thread shows.
const FIRST_WORDS: usize = 60;

/// The replies to a patch that appear in its diff.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    /// The remarks about each file.
    pub(crate) said: Vec<Vec<Said>>,
    /// The rest of the replies that were split, for the thread, as HTML.
    pub(crate) thread: HashMap<MailIx, Html>,
}

/// Splits the replies to patches; files are numbered through all of them.
pub(crate) fn remarks(
    plan: Reader<'_>,
    links: &Links<'_>,
    patches: &[&Mail],
    answers: &[Placed],
) -> Remarks {
    let mut remarks = Remarks::default();
    let files: Vec<&FileChange> = patches.iter().flat_map(|patch| &patch.files).collect();
    if files.is_empty() || answers.is_empty() {
        return remarks;
    }
    let texts: Vec<_> = patches.iter().map(|patch| plan.corpus.text(patch)).collect();
    let diffs = patches.iter().zip(&texts).map(|(patch, text)| patch.anatomy.diff.of(text));
    let diffs = diffs.flat_map(|text| Diff::parse(text).diff.files);
    let diff = Diff { files: diffs.collect() };
    let mut review = Review::new(&diff);
    let names = names(&files);
    let mut found: Vec<(Place, MailIx, Html)> = Vec::new();
    for answer in answers {
        let mail = plan.corpus.mail(answer.mail);
        let parts = match mail.files.is_empty() {
            true => review.answer(&plan.corpus.text(mail)),
            false => None,
        };
        let Some(parts) = parts else { continue };
        let anchor = plan.places.anchor(answer.mail);
        let mut thread = plan.html();
        let mut number = 0;
        for part in parts {
            match part {
                Part::Thread(text) => {
                    thread.html(&body::answer_prose(plan, links, answer.mail, &text));
                }
                Part::Passage(passage) => {
                    number += 1;
                    let anchor = format!("{anchor}-{number}");
                    pointer(&plan.settings.words, &mut thread, &anchor, &passage, &names);
                    let html = passage_html(plan, links, answer.mail, &anchor, &passage);
                    found.push((passage.place, answer.mail, html));
                }
            }
        }
        remarks.thread.insert(answer.mail, thread.finish());
    }
    // A dialogue is read by date, which is the order of the mails.
    found.sort_by_key(|(place, mail, _)| (*place, *mail));
    remarks.said.resize_with(diff.files.len(), Vec::new);
    for (Place { file, hunk, line }, _, html) in found {
        remarks.said[file].push(Said { hunk, line, html });
    }
    remarks
}

/// A passage as it appears in the diff.
fn passage_html(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: MailIx,
    anchor: &str,
    passage: &Passage,
) -> Html {
    let mail = plan.corpus.mail(ix);
    let date = wording::moment_of(plan.corpus, plan.settings, ix)
        .map_or_else(|| plan.settings.words.text("undated").to_owned(), |date| date.short);
    let mut out = plan.html();
    out.markup("<div id=").word(anchor).markup("><p><b>").text(wording::person(&mail.author).name);
    out.markup("</b> <a href=#").word(plan.places.anchor(ix)).markup(">").text(&date);
    out.markup("</a>");
    if mail.machine.is_some() {
        let robot = plan.settings.words.text("robot");
        out.markup(" <span class=tag>").text(robot).markup("</span>");
    }
    out.markup("\n");
    body::passage_into(plan, &mut out, links, &passage.quote);
    body::passage_into(plan, &mut out, links, &passage.own);
    out.markup("</div>");
    out.finish()
}

/// The names of files for links: without their folders, if only one file has the name.
fn names<'f>(files: &[&'f FileChange]) -> Vec<&'f str> {
    let last = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
    let mut counts: HashMap<&str, HashSet<&str>> = HashMap::new();
    for FileChange { path, .. } in files {
        counts.entry(&path[last(path)..]).or_default().insert(path);
    }
    let name = |FileChange { path, .. }: &FileChange| match counts[&path[last(path)..]].len() {
        1 => last(path),
        _ => 0,
    };
    files.iter().map(|file| &file.path[name(file)..]).collect()
}

/// The link from a reply in the thread to its passage in the diff.
fn pointer(
    words: &Words,
    out: &mut HtmlWriter<'_>,
    anchor: &str,
    passage: &Passage,
    names: &[&str],
) {
    out.markup("<p class=at><a href=#").word(anchor).markup(">");
    let file = names.get(passage.place.file).copied().unwrap_or_default();
    let line = passage.line.to_string();
    out.text(&say!(words, "passage-at", file = file, line = &line)).markup("</a> ");
    let line = passage.own.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    out.text(&excerpt::shortened(line.trim(), FIRST_WORDS)).markup("\n");
}
