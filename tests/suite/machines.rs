//! Machines: how their mails are recognised, where they do not count, and where their results are shown.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use patchpress::{
    machine::{Machine, Machines},
    patch::{Mail, Role},
    series::{self, Corpus, Rules, Sort, StateKind},
};
use tempfile::TempDir;

use crate::{pages, support};

/// A mail: sender, further header lines, subject, the number of its parent, text.
pub(crate) type Post<'a> = (&'a str, &'a str, &'a str, Option<usize>, &'a str);

pub(crate) const ANN: &str = "Ann Roe <ann@example.org>";
pub(crate) const BOB: &str = "Bob Poe <bob@example.org>";

/// Somebody whose address a robot uses, and the text of the robot below the quote.
const DT_BOT: &str = "Rob Herring <robh@kernel.org>";
const ERRORS: &str = "On Mon, Mar 02, 2026, Ann Roe wrote:\n> One.\n>\n> Two.\n> Three.\n> Four.\n> Five.\n\n\
    My bot found errors running 'make dt_binding_check' on your patch:\n";

/// A diff that changes one line.
pub(crate) const DIFF: &str = "---\n lamp.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n\
    diff --git a/lamp.c b/lamp.c\nindex 1111111..2222222 100644\n--- a/lamp.c\n+++ b/lamp.c\n\
    @@ -1 +1 @@\n-off\n+on\n-- \n2.47.0\n";

/// Mails, one an hour.
fn written(posts: &[Post<'_>]) -> Vec<String> {
    let one = |(at, (from, header, subject, answers, text)): (usize, &Post<'_>)| {
        let parent =
            answers.map_or(String::new(), |n| format!("In-Reply-To: <m{n}@example.org>\n"));
        format!(
            "From: {from}\nDate: Mon, 2 Mar 2026 {at:02}:00:00 +0000\nMessage-ID: <m{at}@example.org>\n\
             {parent}{header}Subject: {subject}\n\n{text}\n"
        )
    };
    posts.iter().enumerate().map(one).collect()
}

/// A folder with an archive of these mails, and the archive's path.
pub(crate) fn archive(posts: &[Post<'_>]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.mbox");
    let separated = |mail: String| format!("From mboxrd@z Thu Jan  1 00:00:00 1970\n{mail}\n");
    let mbox: String = written(posts).into_iter().map(separated).collect();
    fs::write(&file, mbox).expect("a file");
    (folder, file)
}

fn read(posts: &[Post<'_>], rules: &Rules) -> Corpus {
    let (_folder, file) = archive(posts);
    series::read(&[support::list(&file)], rules).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn one(post: Post<'_>) -> Mail {
    let corpus = read(&[post], &Rules::default());
    (*corpus.mails[0].mail).clone()
}

#[test]
fn machines_are_known_by_sender_header_subject_and_first_words() {
    use Machine::{
        AiReview, Automatic, BuildRobot, Ci, Forge, MergeNotice, Patchwork, Stable, Syzbot, Tracker,
    };
    let notice =
        "This is a note to let you know that I've just added the patch titled\n\n  lamp: x";
    for (from, header, subject, text, expected) in [
        ("bot@kernelci.org", "", "boot report", "x", Some(Ci)),
        ("Lab <lab@example.org>", "X-KernelCI-Report-Type: boot\n", "boot report", "x", Some(Ci)),
        ("sashiko-bot@kernel.org", "", "Re: [PATCH] lamp: dim", "x", Some(AiReview)),
        ("bot+bpf-ci@kernel.org", "", "Re: [PATCH] lamp: dim", "x", Some(AiReview)),
        ("syzbot <syzbot+1a2b@syzkaller.appspotmail.com>", "", "BUG in lamp", "x", Some(Syzbot)),
        ("kernel test robot <someone@example.org>", "", "Re: [PATCH] lamp", "x", Some(BuildRobot)),
        ("Someone <someone@example.org>", "", "Re: [lamp] build fails", "x", None),
        (
            "Maintainer <m@example.org>",
            "X-stable: review\n",
            "[PATCH 6.1 1/9] lamp",
            "x",
            Some(Stable),
        ),
        ("Maintainer <m@example.org>", "", "Patch \"lamp\" has been added", notice, Some(Stable)),
        ("Sasha Levin <sashal@kernel.org>", "", "[PATCH AUTOSEL 6.1 1/9] lamp", "x", Some(Stable)),
        ("Sasha Levin <sashal@kernel.org>", "", "Re: [PATCH AUTOSEL 6.1 1/9] lamp", "x", None),
        ("Maintainer <m@example.org>", "", "Re: [PATCH] lamp", "> X-stable: review\n\nNo.", None),
        ("bugzilla-daemon@example.org", "", "[Bug 1] lamp", "x", Some(Tracker)),
        ("patchwork-bot+lamps@kernel.org", "", "Re: [PATCH] lamp", "x", Some(Patchwork)),
        ("GitLab <gitlab@example.org>", "X-GitLab-Project: lamp\n", "lamp | !1", "x", Some(Forge)),
        (
            "GitHub pull_request - opened <hooks@example.org>",
            "",
            "lamp: a pull request",
            "x",
            Some(Forge),
        ),
        (DT_BOT, "", "Re: [PATCH] dt-bindings: lamp", ERRORS, Some(Ci)),
        (DT_BOT, "", "Re: [PATCH] dt-bindings: lamp", "> My bot found errors\n\nNo.", None),
        ("pr-tracker-bot@kernel.org", "", "Re: [GIT PULL] lamps", "x", Some(MergeNotice)),
        ("no-reply@example.org", "", "Your account", "x", Some(Automatic)),
        (ANN, "Auto-Submitted: auto-replied\n", "Re: [PATCH] lamp", "I am away.", Some(Automatic)),
        (ANN, "Auto-Submitted: no\n", "Re: [PATCH] lamp", "I am here.", None),
        ("Abbot Talbot <talbot@example.org>", "", "Re: [PATCH] robot: turn", "x", None),
    ] {
        let mail = one((from, header, subject, None, text));
        assert_eq!(mail.machine, expected, "{from}: {subject}");
    }
}

#[test]
fn a_site_adds_machines_and_takes_some_out() {
    let rules = Rules {
        machines: Machines::new(
            [(Machine::Ci, "lab@example.org".to_owned())],
            &["no-reply@example.org".to_owned()],
        ),
        ..Rules::default()
    };
    let posts = [
        (ANN, "", "[PATCH] lamp: dim", None, DIFF),
        ("Lab <lab@example.org>", "", "Re: [PATCH] lamp: dim", Some(0), "It fails."),
        ("Ann Roe <no-reply@example.org>", "", "Hello", None, "I write from my phone."),
    ];
    let machines = |rules: &Rules| -> Vec<Option<Machine>> {
        read(&posts, rules).mails.iter().map(|letter| letter.mail.machine).collect()
    };
    assert_eq!(machines(&rules), [None, Some(Machine::Ci), None]);
    assert_eq!(machines(&Rules::default()), [None, None, Some(Machine::Automatic)]);
}

#[test]
fn site_toml_names_machines_and_hints_at_misspelled_kinds() {
    let (site, _) = archive(&[
        (ANN, "", "[PATCH] lamp: dim", None, DIFF),
        ("Lab <lab@example.org>", "", "Re: [PATCH] lamp: dim", Some(0), "It fails."),
    ]);
    let export = |table: &str| {
        let text = format!("[[lists]]\nname = \"list\"\narchive = \"list.mbox\"\n{table}");
        fs::write(site.path().join("site.toml"), text).expect("a file");
        run(&["export", "--messages", "--root"], site.path())
    };
    let (_, plain) = export("");
    assert!(plain.lines().all(|line| line.contains("\"machine\":null")), "{plain}");
    let (_, named) = export("[bots]\nci = [\"lab@example.org\"]\n");
    assert!(named.contains("\"machine\":\"ci\""), "{named}");
    let (error, _) = export("[bots]\nai-reviews = []\n");
    assert!(error.contains("did you mean `ai-review`?"), "{error}");
}

/// The output of the program on stderr and stdout.
pub(crate) fn run(arguments: &[&str], path: &Path) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_patchpress"));
    let output = command.args(arguments).arg(path).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stderr), text(output.stdout))
}

#[test]
fn a_machine_s_reply_does_not_count() {
    for from in
        ["sashiko-bot@kernel.org", "bot+bpf-ci@kernel.org", "kernel test robot <lkp@intel.com>"]
    {
        let answer = (from, "", "Re: [PATCH] lamp: dim", Some(0), "> +on\n\nIs this right?");
        let corpus = read(&[(ANN, "", "[PATCH] lamp: dim", None, DIFF), answer], &Rules::default());
        assert_eq!(corpus.series[0].state.kind, StateKind::New, "{from}");
    }
    let answer = (BOB, "", "Re: [PATCH] lamp: dim", Some(0), "> +on\n\nIs this right?");
    let corpus = read(&[(ANN, "", "[PATCH] lamp: dim", None, DIFF), answer], &Rules::default());
    assert_eq!(corpus.series[0].state.kind, StateKind::Discussed);
}

#[test]
fn notices_of_machines_are_not_series() {
    let patch = format!("The patch below does not apply to the 6.1-stable tree.\n\n{DIFF}");
    let mail = one((
        "Stable <stable@example.org>",
        "",
        "FAILED: Patch \"lamp: dim\" failed to apply to 6.1-stable tree",
        None,
        &patch,
    ));
    assert_eq!((mail.role, mail.machine), (Role::Other, Some(Machine::Stable)));
    // The tag may be missing.
    assert_eq!(one((ANN, "", "lamp: dim", None, DIFF)).role, Role::Patch);
}

#[test]
fn backports_and_postings_of_machines_wait_for_nobody() {
    let upstream =
        format!("commit 0123456789abcdef0123456789abcdef01234567 upstream.\n\nDim.\n{DIFF}");
    let reviewed = format!(
        "6.1-rc1 review patch.  If anyone has any objections, please let me know.\n\n------------------\n\nFrom: {BOB}\n\n{upstream}"
    );
    for (from, header, subject, text, expected) in [
        (ANN, "", "[PATCH] lamp: dim", DIFF, Sort::Work),
        (ANN, "", "[PATCH 6.1.y] lamp: dim", &*upstream, Sort::Backport),
        (ANN, "", "[PATCH 6.1 2/2] lamp: dim", &*reviewed, Sort::Backport),
        (
            "Sasha Levin <sashal@kernel.org>",
            "X-stable: review\n",
            "[PATCH AUTOSEL 6.1] lamp: dim",
            DIFF,
            Sort::Backport,
        ),
        (ANN, "X-Patchwork-Hint: ignore\n", "[PATCH] lamp: dim", DIFF, Sort::Aside),
        (ANN, "X-Patchwork-Hint: comment\n", "[PATCH] lamp: dim", DIFF, Sort::Work),
        ("kernel test robot <lkp@intel.com>", "", "[PATCH] lamp: fix warnings", DIFF, Sort::Aside),
    ] {
        let (_folder, file) = archive(&[(from, header, subject, None, text)]);
        let corpus = support::read(&file);
        assert_eq!(corpus.series[0].sort, expected, "{subject}");
        let (_, digests) = run(&["export", "--digests"], &file);
        let waits = !digests.contains("\"waiting\":[]");
        assert_eq!(waits, expected == Sort::Work, "{subject}: {digests}");
        let contributes = digests.contains("\"contributions\":1");
        let machine = corpus.mails[0].mail.machine.is_some();
        assert_eq!(contributes, !machine, "{subject}: {digests}");
    }
}

#[test]
fn reports_that_show_a_diff_are_not_patches() {
    let log = "The test fails here:\n\n--- /home/ann/lamp/expected 2026-01-01 09:00:00\n\
        +++ /home/ann/lamp/output 2026-01-01 09:00:01\n@@ -1 +1 @@\n-off\n+on\n\nThanks\n";
    let hunk = "It never dims. Would you like something like this?\n\n--- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-off\n+on\n";
    let signed = "Would you like to see it dim? This does.\n\nSigned-off-by: Ann Roe <ann@example.org>\n\n\
        --- a/lamp.c\n+++ b/lamp.c\n@@ -1 +1 @@\n-off\n+on\n";
    for (subject, text, expected) in [
        ("lamp test fails on master", log, Role::Other),
        ("lamp never dims", hunk, Role::Other),
        ("lamp: dim", signed, Role::Patch),
        ("[PATCH] lamp: dim", hunk, Role::Patch),
        ("[PATCH] lamp: dim", log, Role::Patch),
    ] {
        assert_eq!(one((ANN, "", subject, None, text)).role, expected, "{subject}: {text}");
    }
}

#[test]
fn series_pages_fold_what_machines_found() {
    let review = "Thank you for your contribution! Sashiko AI review found 1 potential issue(s) to consider:\n\
        - [High] The lamp never turns off.\n\n--\nSashiko AI review";
    let mails = written(&[
        (ANN, "", "[PATCH] lamp: dim", None, DIFF),
        ("sashiko-bot@kernel.org", "", "Re: [PATCH] lamp: dim", Some(0), review),
        (ANN, "", "Re: [PATCH] lamp: dim", Some(1), "It does, see line 4."),
        (
            "kernel test robot <lkp@intel.com>",
            "",
            "Re: [PATCH] lamp: dim",
            Some(0),
            "Hi Ann,\n\nit builds.",
        ),
    ]);
    let (folder, site) = pages::site_of(&mails.iter().map(String::as_str).collect::<Vec<_>>());
    let html = site.page("series/");
    let start = html.find("<details class=\"ledger machines\">").expect("the block");
    let block = &html[start..start + html[start..].find("</details>").expect("its end")];
    for words in [
        "Machines: 2 messages",
        "ai-review",
        "high",
        "Sashiko AI review found 1 potential issue(s) to consider",
        "by the author",
        "kernel test robot",
        "it builds.",
    ] {
        assert!(block.contains(words), "{words}: {block}");
    }
    assert_eq!(block.matches("by the author").count(), 1, "{block}");
    assert!(html.contains("1 reply to v1 by 1 person"), "{html}");
    let (_, export) = run(&["export"], &folder.path().join("mail"));
    let machines = "\"machines\":[{\"message_id\":\"m1@example.org\",\"kind\":\"ai-review\",\
        \"name\":\"sashiko-bot@kernel.org\"},{\"message_id\":\"m3@example.org\",\"kind\":\"build-robot\",\
        \"name\":\"kernel test robot\"}]";
    assert!(export.contains(machines), "{export}");
}
