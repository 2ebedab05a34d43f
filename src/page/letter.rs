//! Messages, and patches with their answers, as pages show them.

use super::{
    Plan,
    discussion::{Discussion, Placed},
    frame::Links,
    row,
    view::{AttachmentView, Link, MessageView, PatchView, ReviewView},
    words,
};
use crate::{
    message::Mailbox,
    patch::Mail,
    series::{MailIx, Review, Scope},
};

impl<'a> Plan<'a> {
    /// A message of a discussion.
    fn message(&self, links: &Links<'_>, placed: Placed, heading: u8) -> MessageView<'a> {
        let answers = placed.answers.map(|mail| {
            let who = words::person(&self.mail(mail).author).name;
            Link { label: who.to_owned(), url: self.link_to(links, mail) }
        });
        let body_html = self.answer(links, placed.mail, heading);
        let view = self.bare_message(placed.mail, body_html);
        MessageView { answers, deeper: placed.deeper, closes: placed.closes, ..view }
    }

    /// Messages of a discussion; `heading` is the level of headings in them.
    pub(crate) fn replies(
        &self,
        links: &Links<'_>,
        placed: &[Placed],
        heading: u8,
    ) -> Vec<MessageView<'a>> {
        placed.iter().map(|placed| self.message(links, *placed, heading)).collect()
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
        let lists = letter.copies.iter().filter_map(|(list, _)| {
            let name = self.corpus.lists.get(usize::from(list.0))?;
            self.settings.lists.iter().find(|l| l.name == *name)
        });
        let template = lists.map(|list| list.permalink.as_str()).find(|link| !link.is_empty());
        template.map_or(String::new(), |t| t.replace("{id}", &percent(&letter.mail.message.id)))
    }

    fn bare_message(&self, ix: MailIx, body_html: String) -> MessageView<'a> {
        let mail = self.mail(ix);
        let sender = Some(&mail.message.from).filter(|from| !same_person(from, &mail.author));
        let attachments = mail.message.attachments.iter();
        MessageView {
            anchor: self.places.anchor(ix).to_owned(),
            subject: &mail.message.subject.full,
            author: words::person(&mail.author),
            sender: sender.map(words::person),
            bot: mail.bot,
            date: mail.message.date.map(|date| words::moment(date, &self.settings.zone)),
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

    /// A patch or cover letter with its answers; its ids begin with `anchor`.
    pub(crate) fn patch(
        &self,
        links: &Links<'_>,
        ix: MailIx,
        anchor: String,
        number: &str,
        reviews: &'a [Review],
        discussion: &Discussion,
    ) -> PatchView<'a> {
        let mail = self.mail(ix);
        let parts = self.parts(links, mail, &anchor);
        PatchView {
            number: number.to_owned(),
            title: row::title(mail),
            message: self.bare_message(ix, parts.message),
            notes_html: parts.notes,
            reviews: self.reviews(links, reviews),
            stat_html: parts.stat,
            diff_html: parts.diff,
            files: mail.files.len(),
            churn: words::churn(mail.files.iter()),
            rest_html: parts.rest,
            replies: self.replies(links, &discussion.below(ix), 4),
            previous: None,
            next: None,
            anchor,
        }
    }

    /// Reviews, each person once with each verdict.
    pub(crate) fn reviews(&self, links: &Links<'_>, reviews: &'a [Review]) -> Vec<ReviewView<'a>> {
        let mut views: Vec<ReviewView<'a>> = Vec::new();
        for review in reviews {
            let (key, person) = (&*review.trailer.key, words::person(&review.person));
            if !views.iter().any(|v| v.key == key && v.person.address == person.address) {
                let url = self.link_to(links, review.mail);
                let from_cover = review.scope == Scope::Series;
                views.push(ReviewView { key, person, url, from_cover });
            }
        }
        views
    }
}

/// Whether two mailboxes are one person's: the address is the same, or the name (people send from
/// another address than they sign with).
pub(crate) fn same_person(a: &Mailbox, b: &Mailbox) -> bool {
    let same_name = !a.name.is_empty() && a.name.to_lowercase() == b.name.to_lowercase();
    a.address.eq_ignore_ascii_case(&b.address) || same_name
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
