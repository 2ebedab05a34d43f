//! Messages, and patches with their answers, as pages show them.

use super::{
    Plan,
    discussion::{Discussion, Placed},
    frame::Links,
    remarks::Remarks,
    route::Route,
    row,
    thin::Lack,
    view::{AttachmentView, Link, MessageView, Moment, PatchView},
    words,
};
use crate::{markup::diff::Colours, message::same_person, patch::Mail, redact, series::MailIx};

impl<'a> Plan<'a> {
    /// A message of a discussion.
    fn message(
        &self,
        links: &Links<'_>,
        discussion: &Discussion,
        placed: Placed,
        heading: u8,
        remarks: &mut Remarks,
    ) -> MessageView<'a> {
        let answers = placed.answers.map(|mail| {
            let who = words::person(&self.mail(mail).author).name;
            Link { label: who.to_owned(), url: self.link_to(links, mail) }
        });
        let body_html = match remarks.thread.remove(&placed.mail) {
            _ if self.lack_of(placed.mail) == Lack::Texts => String::new(),
            Some(html) => html,
            None => self.answer(links, placed.mail, heading),
        };
        let view = self.bare_message(placed.mail, discussion, body_html);
        MessageView { answers, deeper: placed.deeper, closes: placed.closes, ..view }
    }

    /// Messages of a discussion; `heading` is the level of headings in them.
    pub(crate) fn replies(
        &self,
        links: &Links<'_>,
        discussion: &Discussion,
        placed: &[Placed],
        heading: u8,
    ) -> Vec<MessageView<'a>> {
        let mut none = Remarks::default();
        let message =
            |placed: &Placed| self.message(links, discussion, *placed, heading, &mut none);
        placed.iter().map(message).collect()
    }

    /// How many answers there are below a message on its page; machines' mails are none.
    pub(crate) fn answers_below(&self, discussion: &Discussion, mail: MailIx) -> usize {
        let below = discussion.below(mail);
        below.iter().filter(|placed| self.corpus.is_by_person(placed.mail)).count()
    }

    /// The link to where a mail is shown.
    pub(crate) fn link_to(&self, links: &Links<'_>, mail: MailIx) -> String {
        let route = self.places.route(self.corpus, mail);
        links.anchored(&route, self.places.anchor(mail))
    }

    pub(crate) fn mail(&self, mail: MailIx) -> &'a Mail {
        &self.corpus.letter(mail).mail
    }

    /// The permanent address of a mail; empty where its list names none.
    pub(crate) fn archive_url(&self, mail: MailIx) -> String {
        let letter = self.corpus.letter(mail);
        if letter.mail.message.id.ends_with(redact::NOWHERE) {
            return String::new();
        }
        let lists = letter.copies.iter().filter_map(|(list, _)| {
            let name = self.corpus.lists.get(usize::from(list.0))?;
            self.settings.lists.iter().find(|l| l.name == *name)
        });
        let template = lists.map(|list| list.permalink.as_str()).find(|link| !link.is_empty());
        template.map_or(String::new(), |t| t.replace("{id}", &percent(&letter.mail.message.id)))
    }

    /// When a mail was sent.
    pub(crate) fn moment_of(&self, mail: MailIx) -> Option<Moment> {
        self.mail(mail).message.date.map(|date| words::moment(date, &self.settings.zone))
    }

    fn bare_message(
        &self,
        ix: MailIx,
        discussion: &Discussion,
        body_html: String,
    ) -> MessageView<'a> {
        let mail = self.mail(ix);
        let sender = Some(&mail.message.from).filter(|from| !same_person(from, &mail.author));
        let attachments = mail.message.attachments.iter();
        MessageView {
            anchor: self.places.anchor(ix).to_owned(),
            subject: &mail.message.subject.full,
            author: words::person(&mail.author),
            sender: sender.map(words::person),
            bot: mail.machine.is_some(),
            date: self.moment_of(ix),
            written: mail.message.wrong_date().map(|d| words::moment(d, &self.settings.zone)),
            lists: match discussion.is_on_all_lists(self.corpus, ix) {
                true => Vec::new(),
                false => self.list_names(&[ix]),
            },
            message_id: &mail.message.id,
            archive_url: self.archive_url(ix),
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

    /// A patch or cover letter with its answers; its ids begin with `anchor`, its diff is on the page `apart`,
    /// if any.
    pub(crate) fn patch(
        &self,
        links: &Links<'_>,
        ix: MailIx,
        anchor: String,
        apart: Option<&Route>,
        discussion: &Discussion,
        colours: &Colours,
    ) -> PatchView<'a> {
        let mail = self.mail(ix);
        let answers = discussion.below(ix);
        let mut remarks = match apart {
            None if self.lack_of(ix) == Lack::Nothing => self.remarks(links, mail, &answers),
            _ => Remarks::default(),
        };
        let parts = self.parts(links, ix, &anchor, apart, &remarks.said, colours);
        let answered = self.answers_below(discussion, ix);
        let replies = answers.iter();
        let replies =
            replies.map(|p| self.message(links, discussion, *p, 4, &mut remarks)).collect();
        PatchView {
            number: String::new(),
            title: row::title(mail),
            message: self.bare_message(ix, discussion, parts.message),
            notes_html: parts.notes,
            reviews: Vec::new(),
            stat_html: parts.stat,
            diff_html: parts.diff,
            diff_url: apart.map_or(String::new(), |page| links.to(page)),
            files: mail.files.len(),
            churn: words::churn(mail.files.iter()),
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
