//! Messages, and patches with their replies, for pages.
//!
//! In: mails in the order and depth of a [`Discussion`]. Out: a [`MessageView`] for each, and a [`PatchView`] for a
//! patch with its diff and the replies in it. Never here: the order of messages (`discussion`), the HTML of their
//! texts (`body`).

pub(crate) mod view;

use crate::{
    config::Settings,
    markup::diff::Colours,
    message::same_person,
    page::part::{
        body,
        discussion::{Discussion, Placed},
        inline_comments::{self, Remarks},
        links::Links,
        messages::view::{AttachmentView, MessageView, PatchView},
        outline, report, titles,
        view::Link,
        wording,
    },
    patch::Mail,
    plan::{Read, Reader, Route, names, omitted::Omitted},
    redact,
    series::{Corpus, MailIx},
    text::Html,
};

/// A message of a discussion.
fn message<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    discussion: &Discussion,
    placed: Placed,
    heading: u8,
    remarks: &mut Remarks,
) -> MessageView<'a> {
    let answers = placed.answers.map(|mail| {
        let who = wording::person(&plan.corpus.mail(mail).author).name;
        Link { label: who.to_owned(), url: links.mail(mail) }
    });
    let mail = plan.corpus.mail(placed.mail);
    let is_whole = !remarks.thread.contains_key(&placed.mail);
    let marks = match is_whole && plan.omitted_with(placed.mail) != Omitted::Texts {
        true => outline::marks(mail, &plan.corpus.text(mail)),
        false => Vec::new(),
    };
    let parent = plan.corpus.upwards(placed.mail).nth(1);
    let parent = parent.map_or(String::new(), |parent| links.mail(parent));
    let body_html = match remarks.thread.remove(&placed.mail) {
        _ if plan.omitted_with(placed.mail) == Omitted::Texts => Html::default(),
        Some(html) => html,
        None => body::answer(plan, links, placed.mail, heading),
    };
    let view = bare_message(plan, links, placed.mail, discussion, body_html);
    let (deeper, closes) = (placed.deeper, placed.closes);
    MessageView { answers, marks, parent, deeper, closes, ..view }
}

/// Messages of a discussion; `heading` is the level of headings in them.
pub(crate) fn replies<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    discussion: &Discussion,
    placed: &[Placed],
    heading: u8,
) -> Vec<MessageView<'a>> {
    let mut none = Remarks::default();
    let message = |placed: &Placed| message(plan, links, discussion, *placed, heading, &mut none);
    placed.iter().map(message).collect()
}

/// How many replies there are below a message on its page; mails of machines do not count.
pub(crate) fn answers_below(
    corpus: Read<'_, Corpus>,
    discussion: &Discussion,
    mail: MailIx,
) -> usize {
    let below = discussion.below(mail);
    below.iter().filter(|placed| corpus.is_by_person(placed.mail)).count()
}

/// The permanent address of a mail; empty if its list has none.
pub(crate) fn archive_url(corpus: Read<'_, Corpus>, settings: &Settings, mail: MailIx) -> String {
    let letter = corpus.stored(mail);
    let id = letter.mail.message.posted_as();
    if id.ends_with(redact::NOWHERE) {
        return String::new();
    }
    let lists = letter.copies.iter().filter_map(|(list, _)| {
        let name = corpus.lists().get(usize::from(list.0))?;
        settings.lists.iter().find(|l| l.name == *name)
    });
    let template = lists.map(|list| list.permalink.as_str()).find(|link| !link.is_empty());
    template.map_or(String::new(), |t| t.replace("{id}", &percent(id)))
}

fn bare_message<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: MailIx,
    discussion: &Discussion,
    body_html: Html,
) -> MessageView<'a> {
    let mail = plan.corpus.mail(ix);
    let sender = Some(&mail.message.from).filter(|from| !same_person(from, &mail.author));
    let attachments = mail.message.attachments.iter();
    MessageView {
        anchor: plan.places.anchor(ix).to_owned(),
        subject: &mail.message.subject.full,
        author: wording::person(&mail.author),
        sender: sender.map(wording::person),
        bot: mail.machine.is_some(),
        date: wording::moment_of(plan.corpus, plan.settings, ix),
        written: mail.message.wrong_date().map(|d| wording::moment(d, plan.settings)),
        lists: match discussion.is_on_all_lists(plan.corpus, ix) {
            true => Vec::new(),
            false => titles::list_names(plan.corpus, &[ix]),
        },
        message_id: mail.message.posted_as(),
        archive_url: archive_url(plan.corpus, plan.settings, ix),
        report: match plan.places.thread_of(ix).is_some_and(|thread| thread.mails[0] == ix) {
            true => None,
            false => report::report(plan, links, ix),
        },
        marks: Vec::new(),
        place: None,
        parent: String::new(),
        body_html,
        attachments: attachments
            .map(|part| AttachmentView {
                name: &part.name,
                media_type: &part.media_type,
                bytes: part.bytes,
            })
            .collect(),
        answers: None,
        deeper: false,
        closes: 0,
    }
}

/// A patch or cover letter with its replies; its ids begin with `anchor`, its diff is on the page `apart`, if any.
pub(crate) fn patch<'a>(
    plan: Reader<'a>,
    links: &Links<'_>,
    ix: MailIx,
    anchor: String,
    apart: Option<&Route>,
    discussion: &Discussion,
    colours: &Colours,
) -> PatchView<'a> {
    let mail = plan.corpus.mail(ix);
    let answers = discussion.below(ix);
    let mut remarks = match apart {
        None if plan.omitted_with(ix) == Omitted::Nothing => {
            remarks(plan, links, ix, (&answers, discussion))
        }
        _ => Remarks::default(),
    };
    let parts = body::parts(plan, links, ix, &anchor, apart, &remarks.said, colours);
    let answered = answers_below(plan.corpus, discussion, ix);
    let replies = answers.iter();
    let replies = replies.map(|p| message(plan, links, discussion, *p, 4, &mut remarks)).collect();
    PatchView {
        number: String::new(),
        title: names::title(mail),
        message: bare_message(plan, links, ix, discussion, parts.message),
        notes_html: parts.notes,
        reviews: Vec::new(),
        more_reviews: 0,
        stat_html: parts.stat,
        diff_html: parts.diff,
        diff_url: apart.map_or(String::new(), |page| links.to(page)),
        files: mail.files.len(),
        churn: wording::churn(mail.files.iter()),
        rest_html: parts.rest,
        answers: answered,
        robots: answers.len() - answered,
        replies,
        applied: None,
        previous: None,
        next: None,
        anchor,
    }
}

/// The remarks of replies at the lines of a patch. A reply to a mail with several patches replies to each of them.
/// All are searched at once, because one reply can quote lines of several patches.
fn remarks(
    plan: Reader<'_>,
    links: &Links<'_>,
    ix: MailIx,
    (answers, discussion): (&[Placed], &Discussion),
) -> Remarks {
    let mail = plan.corpus.mail(ix);
    let bundle = plan.corpus.bundle(ix);
    let Some((letter, patches)) = &bundle else {
        return inline_comments::remarks(plan, links, &[mail], answers);
    };
    let patches: Vec<&Mail> = patches.iter().map(|ix| plan.corpus.mail(*ix)).collect();
    let mut all = inline_comments::remarks(plan, links, &patches, &discussion.below(*letter));
    let before = patches.iter().take_while(|patch| patch.message.part < mail.message.part);
    let start = before.map(|patch| patch.files.len()).sum::<usize>().min(all.said.len());
    all.said.drain(..start);
    all.said.truncate(mail.files.len());
    all
}

/// A Message-ID as a part of a URL.
fn percent(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'@' | b'+' | b'=' | b'$' | b'!' => {
                out.push(char::from(byte))
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
