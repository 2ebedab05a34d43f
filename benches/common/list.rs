//! A generated list of any size: series with their revisions, diffs, replies and reviews.
//!
//! In: a number of mails. Out: a public-inbox mirror of one epoch. The same number gives the same list; a longer
//! list begins like a shorter one.

use std::{
    fmt::Write as _,
    fs,
    io::{BufWriter, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

use super::run;

/// The first mail's date, in seconds: 1 January 2015.
const START: u64 = 1_420_070_400;
/// How many people send mail.
const PEOPLE: u64 = 400;

/// Writes a mirror of `mails` mails to `folder`, unless it exists.
pub(crate) fn mirror(folder: &Path, mails: usize) {
    let epoch = folder.join("git/0.git");
    if folder.join("whole").exists() {
        return;
    }
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(&epoch).expect("a folder");
    run(Command::new("git").args(["init", "-q", "--bare", "-b", "master"]).arg(&epoch));
    let mut import = Import::new(&epoch);
    let mut list = List { dice: 1, mails: 0, date: START };
    let mut topic = 0;
    while list.mails < mails {
        topic += 1;
        list.topic(topic, &mut |date, mail| import.add(date, mail), mails);
    }
    import.end();
    fs::write(folder.join("whole"), "").expect("a mark");
}

/// `git fast-import`, one commit per mail.
struct Import {
    git: Child,
    to: BufWriter<ChildStdin>,
}

impl Import {
    fn new(epoch: &Path) -> Self {
        let mut git = Command::new("git")
            .arg("-C")
            .arg(epoch)
            .args(["fast-import", "--quiet"])
            .stdin(Stdio::piped())
            .spawn()
            .expect("git");
        let to = BufWriter::new(git.stdin.take().expect("its input"));
        Self { git, to }
    }

    fn add(&mut self, date: u64, mail: &str) {
        let head = format!("commit refs/heads/master\ncommitter A <a@example.org> {date} +0000\n");
        let size = mail.len();
        let rest = format!("data 1\nx\ndeleteall\nM 100644 inline m\ndata {size}\n{mail}\n");
        self.to.write_all((head + &rest).as_bytes()).expect("git reads");
    }

    fn end(self) {
        let Self { mut git, to } = self;
        drop(to);
        assert!(git.wait().expect("git").success());
    }
}

/// The list so far.
struct List {
    dice: u64,
    mails: usize,
    date: u64,
}

impl List {
    /// A number below `most`, by Marsaglia's xorshift.
    fn roll(&mut self, most: u64) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % most
    }

    /// One topic: one to three revisions of one to six patches, and the replies to them.
    fn topic(&mut self, topic: u64, out: &mut dyn FnMut(u64, &str), most: usize) {
        let author = self.roll(PEOPLE);
        let (revisions, patches) = (1 + self.roll(3), 1 + self.roll(6));
        let title = format!("lamp{}: keep the light of {topic} steady", topic % 300);
        for version in 1..=revisions {
            let mark = if version > 1 { format!(" v{version}") } else { String::new() };
            let id = |patch: u64| format!("{topic}.{version}.{patch}@example.org");
            let cover = (patches > 1).then(|| id(0));
            if let Some(cover) = &cover {
                let body = format!("{}\nChanges in v{version}:\n- a better word\n", words(topic));
                let subject = format!("[PATCH{mark} 0/{patches}] {title}");
                self.mail(author, &subject, cover, None, &body, out, most);
            }
            for patch in 1..=patches {
                let subject = match patches {
                    1 => format!("[PATCH{mark}] {title}"),
                    _ => format!("[PATCH{mark} {patch}/{patches}] {title}, part {patch}"),
                };
                let body = change(topic, version, patch);
                self.mail(author, &subject, &id(patch), cover.as_deref(), &body, out, most);
            }
            for answer in 0..self.roll(2 * patches + 2) {
                let patch = 1 + self.roll(patches);
                let who = self.roll(PEOPLE);
                let said = match self.roll(3) {
                    0 => format!("Reviewed-by: {}\n", person(who)),
                    1 => "Applied, thanks.\n".to_owned(),
                    _ => format!("Why is this needed? {}", words(answer)),
                };
                let quoted = change(topic, version, patch).replace('\n', "\n> ");
                let subject = format!("Re: [PATCH{mark} {patch}/{patches}] {title}, part {patch}");
                let own = format!("a{topic}.{version}.{answer}@example.org");
                let body = format!("> {quoted}\n{said}");
                self.mail(who, &subject, &own, Some(&id(patch)), &body, out, most);
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a mail has")]
    fn mail(
        &mut self,
        who: u64,
        subject: &str,
        id: &str,
        parent: Option<&str>,
        body: &str,
        out: &mut dyn FnMut(u64, &str),
        most: usize,
    ) {
        if self.mails == most {
            return;
        }
        self.mails += 1;
        self.date += 60 + self.roll(1_800);
        let date = jiff::Timestamp::from_second(self.date.cast_signed()).expect("a date");
        let date = date.strftime("%a, %d %b %Y %H:%M:%S +0000");
        let mut text = String::with_capacity(4_096);
        // In real mails, servers wrote half of the bytes.
        for hop in 0..6 {
            let _ = writeln!(
                text,
                "Received: from mx{hop}.example.org (mx{hop}.example.org [192.0.2.{hop}])\n\
                 \tby list.example.org with ESMTPS id {:x}{hop};\n\
                 \t{date} (UTC)",
                self.dice
            );
        }
        let _ = writeln!(text, "From: {}\nDate: {date}\nSubject: {subject}", person(who));
        let _ = writeln!(text, "Message-ID: <{id}>");
        if let Some(parent) = parent {
            let _ = writeln!(text, "In-Reply-To: <{parent}>\nReferences: <{parent}>");
        }
        let _ = write!(text, "\n{body}");
        out(self.date, &text);
    }
}

fn person(who: u64) -> String {
    format!("Person {who} <p{who}@example{}.org>", who % 40)
}

/// Some sentences.
fn words(seed: u64) -> String {
    const WORDS: [&str; 8] =
        ["light", "of", "the", "lamp", "falls", "on", "a page", "that somebody reads"];
    let mut text = String::new();
    for at in 0..60 {
        let _ = write!(text, "{} ", WORDS[((seed * 7 + at * at) % 8) as usize]);
        if at % 12 == 11 {
            text.push('\n');
        }
    }
    text
}

/// A commit message and its diff of three hunks.
fn change(topic: u64, version: u64, patch: u64) -> String {
    let file = format!("drivers/lamp{}/part{patch}.c", topic % 300);
    let mut diff = String::new();
    for hunk in 0..3 {
        let start = 10 + hunk * 40;
        let _ = write!(
            diff,
            "@@ -{start},6 +{start},7 @@ static int lamp_{hunk}(struct lamp *lamp)\n \tint err;\n \n\
             -\terr = light(lamp, {topic});\n+\terr = light_steadily(lamp, {topic}, {version});\n\
             +\tlamp->count += {patch};\n \tif (err)\n \t\treturn err;\n \treturn 0;\n"
        );
    }
    format!(
        "{}\nSigned-off-by: {}\n---\n {file} | 9 ++++++---\n 1 file changed, 6 insertions(+), 3 deletions(-)\n\n\
         diff --git a/{file} b/{file}\nindex 1111111..2222222 100644\n--- a/{file}\n+++ b/{file}\n{diff}-- \n2.30\n",
        words(topic + patch),
        person(topic % PEOPLE),
    )
}
