//! Bug reports: their forms, the series that fix them, and their states, on the pages of both and in both kinds of
//! `export` lines.

use std::process::Command;

use patchpress::{
    patch::ReportKind,
    series::{Corpus, Report, ReportState, Rules},
};

use crate::{
    machines::{ANN, BOB, DIFF, Post, archive},
    pages, support,
};

const SYZBOT: &str = "syzbot <syzbot+0123456789abcdef0123@syzkaller.appspotmail.com>";
const TRACKER: &str = "bugzilla-daemon@kernel.org";
const ROBOT: &str = "kernel test robot <lkp@intel.com>";

fn read(posts: &[Post<'_>]) -> Corpus {
    let (_folder, file) = archive(posts);
    patchpress::series::read(&[support::list(&file)], &Rules::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

/// A patch with these lines at the end of its commit message.
fn patch(lines: &str) -> String {
    format!("It is dark.\n\n{lines}Signed-off-by: {ANN}\n{DIFF}")
}

fn only(corpus: &Corpus) -> &Report {
    let reports: Vec<&Report> = corpus.reports.iter().collect();
    assert_eq!(reports.len(), 1, "{reports:?}");
    reports[0]
}

#[test]
fn a_report_and_the_series_that_fixes_it_name_each_other() {
    let bug = "https://bugzilla.kernel.org/show_bug.cgi?id=12\n\n           Summary: lamp: dark";
    for (who, subject, text, line, kind) in [
        (
            SYZBOT,
            "[syzbot] [lamp?] KASAN: use-after-free in dim",
            "Hello,",
            "Reported-by: syzbot <syzbot+0123456789abcdef0123@syzkaller.appspotmail.com>\n",
            ReportKind::Syzbot,
        ),
        (
            SYZBOT,
            "[syzbot] KASAN: use-after-free in dim",
            "Hello,",
            "Closes: https://syzkaller.appspot.com/bug?extid=0123456789abcdef0123\n",
            ReportKind::Syzbot,
        ),
        (
            TRACKER,
            "[Bug 12] New: lamp: dark",
            bug,
            "Bug: https://bugzilla.kernel.org/show_bug.cgi?id=12\n",
            ReportKind::Tracker,
        ),
        (
            ROBOT,
            "[lamp:next] lamp.c:1: warning: dim",
            "kindly add\n| Reported-by: kernel test robot <lkp@intel.com>\n",
            "Closes: https://lore.kernel.org/oe-kbuild-all/m0@example.org/\n",
            ReportKind::Robot,
        ),
        (
            BOB,
            "[REGRESSION] lamp: dark since v2",
            "It is dark.",
            "Reported-by: Bob Poe <bob@example.org>\nLink: https://lore.kernel.org/r/m0%40example.org/T/#u\n",
            ReportKind::Regression,
        ),
        (
            BOB,
            "A question about lamps",
            "It is dark.",
            "Closes: https://lore.kernel.org/r/m0@example.org\n",
            ReportKind::Bug,
        ),
    ] {
        let text_of_patch = patch(line);
        let corpus = read(&[
            (who, "", subject, None, text),
            (ANN, "", "[PATCH] lamp: Do not go dark", None, &text_of_patch),
        ]);
        let report = only(&corpus);
        assert_eq!((report.kind, report.state), (kind, ReportState::FixPosted), "{subject}");
        assert_eq!(report.fixes.len(), 1, "{subject}");
        assert_eq!(&*corpus.series[0].reports, [report.mail], "{subject}");
    }
}

#[test]
fn a_link_to_a_mail_without_a_reporter_above_closes_nothing() {
    let text = patch("Link: https://lore.kernel.org/r/m0@example.org\n");
    let corpus = read(&[
        (BOB, "", "[BUG] lamp: dark", None, "It is dark."),
        (ANN, "", "[PATCH] lamp: Paint it", None, &text),
    ]);
    assert_eq!(only(&corpus).state, ReportState::Open);
    assert!(corpus.series[0].reports.is_empty());
}

#[test]
fn commands_to_trackers_set_the_state_of_a_report() {
    let fix = patch("");
    for (command, state, fixes, commit) in [
        ("#syz fix: lamp: Do not go dark", ReportState::Fixed, 1, ""),
        ("#syz fix: lamp: Do not\ngo dark", ReportState::Fixed, 1, ""),
        ("#syz fix: bulb: Glow", ReportState::Fixed, 0, "bulb: Glow"),
        ("#syz invalid", ReportState::Closed, 0, ""),
        ("#syz dup: another", ReportState::Closed, 0, ""),
        ("> #syz invalid", ReportState::Open, 0, ""),
        ("#syz test: git://example.org/lamp.git", ReportState::Open, 0, ""),
    ] {
        let corpus = read(&[
            (
                SYZBOT,
                "",
                "[syzbot] KASAN: use-after-free in dim",
                None,
                "#syz fix: exact-commit-title",
            ),
            (ANN, "", "[PATCH] lamp: Do not go dark", None, &fix),
            (BOB, "", "Re: [syzbot] KASAN: use-after-free in dim", Some(0), command),
        ]);
        let report = only(&corpus);
        assert_eq!((report.state, report.fixes.len()), (state, fixes), "{command}");
        assert_eq!(&*report.commit, commit, "{command}");
    }
}

#[test]
fn only_later_fixes_count_for_a_report_that_is_open_again() {
    let fix =
        patch("Reported-by: syzbot <syzbot+0123456789abcdef0123@syzkaller.appspotmail.com>\n");
    let title = "[syzbot] KASAN: use-after-free in dim";
    let posts = [
        (SYZBOT, "", title, None, "Hello,"),
        (ANN, "", "[PATCH] lamp: Do not go dark", None, &*fix),
        (BOB, "", "Re: [syzbot] KASAN: use-after-free in dim", Some(0), "#syz undup"),
        (BOB, "", "Re: [syzbot] KASAN: use-after-free in dim", Some(0), "#syz unfix"),
        (BOB, "", "[PATCH] bell: Ring when the lamp is dark", None, &*fix),
    ];
    for (count, state) in [
        (2, ReportState::FixPosted),
        (3, ReportState::FixPosted),
        (4, ReportState::Open),
        (5, ReportState::FixPosted),
    ] {
        assert_eq!(only(&read(&posts[..count])).state, state, "{count} mails");
    }
}

#[test]
fn a_reply_to_a_patch_can_be_a_report() {
    let first = patch("");
    let second = patch("Closes: https://lore.kernel.org/all/m1@example.org/\n");
    let posts = [
        (ANN, "", "[PATCH] lamp: Dim it", None, &*first),
        (BOB, "", "Re: [PATCH] lamp: Dim it", Some(0), "#regzbot introduced: 0123456789ab\n"),
        (BOB, "", "[PATCH] lamp: Do not go dark", None, &*second),
    ];
    let corpus = read(&posts);
    let report = only(&corpus);
    assert_eq!((report.kind, report.mail.0), (ReportKind::Regression, 1));
    assert_eq!(report.fixes[0].1.0, 2);
}

#[test]
fn a_report_by_a_robot_about_a_patch_follows_the_series() {
    let text = patch("");
    let robot =
        "lamp.c:1: warning: dim\n\nkindly add\n| Reported-by: kernel test robot <lkp@intel.com>\n";
    let first = (ANN, "", "[PATCH] lamp: Dim it", None, &*text);
    let report = (ROBOT, "", "Re: [PATCH] lamp: Dim it", Some(0), robot);
    let second = (ANN, "", "[PATCH v2] lamp: Dim it", None, &*text);
    let late = (ROBOT, "", "Re: [PATCH] lamp: Dim it", Some(0), robot);
    let applied = |at| (BOB, "", "Re: lamp", Some(at), "Applied to lamp/next, thanks!");
    let dropped = (ANN, "", "Re: [PATCH] lamp: Dim it", Some(0), "Please drop this patch.");
    for (posts, state, later) in [
        (vec![first, report], ReportState::Open, None),
        (vec![first, report, applied(0)], ReportState::Open, None),
        (vec![first, report, second], ReportState::FixPosted, Some(2)),
        (vec![first, report, second, applied(2)], ReportState::Fixed, Some(2)),
        (vec![first, report, dropped], ReportState::Closed, None),
        (vec![first, second, late], ReportState::Closed, None),
    ] {
        let corpus = read(&posts);
        let found = only(&corpus);
        let later = later.map(patchpress::series::MailIx);
        assert_eq!((found.state, found.later), (state, later), "{posts:?}");
        assert!(corpus.series[0].reports.is_empty());
    }
}

#[test]
fn a_partial_revision_answers_reports_only_about_what_it_sends() {
    let text = patch("");
    let robot = "lamp.c:1: warning\n\n| Reported-by: kernel test robot <lkp@intel.com>\n";
    let corpus = read(&[
        (ANN, "", "[PATCH 0/2] Lamps", None, "Two lamps."),
        (ANN, "", "[PATCH 1/2] lamp: Dim it", Some(0), &text),
        (ANN, "", "[PATCH 2/2] lamp: Paint it", Some(0), &text.replace("lamp.c", "paint.c")),
        (ROBOT, "", "Re: [PATCH 1/2] lamp: Dim it", Some(1), robot),
        (ROBOT, "", "Re: [PATCH 2/2] lamp: Paint it", Some(2), robot),
        (ANN, "", "[PATCH v2 1/2] lamp: Dim it", Some(1), &text),
    ]);
    let states: Vec<_> = corpus.reports.iter().map(|report| report.state).collect();
    assert_eq!(states, [ReportState::FixPosted, ReportState::Open]);
}

#[test]
fn a_reply_by_a_robot_that_a_patch_closes_has_the_kind_of_the_robot() {
    let first = patch("");
    let second = patch("Closes: https://lore.kernel.org/all/m1@example.org/\n");
    let corpus = read(&[
        (ANN, "", "[PATCH] lamp: Dim it", None, &first),
        (SYZBOT, "", "Re: [PATCH] lamp: Dim it", Some(0), "syzbot found a crash\n"),
        (BOB, "", "[PATCH] lamp: Do not go dark", None, &second),
    ]);
    assert_eq!(
        (only(&corpus).kind, only(&corpus).state),
        (ReportKind::Syzbot, ReportState::FixPosted)
    );
}

#[test]
fn a_report_is_fixed_when_its_fix_is_applied() {
    let fix = patch("Reported-by: syzbot+0123456789abcdef0123@syzkaller.appspotmail.com\n");
    let mail = |at: usize, from: &str, subject: &str, parent: &str, text: &str| {
        format!(
            "From: {from}\nDate: Mon, 2 Mar 2026 {at:02}:00:00 +0000\nMessage-ID: <m{at}@example.org>\n\
             {parent}Subject: {subject}\n\n{text}\n"
        )
    };
    let mails = [
        mail(0, SYZBOT, "[syzbot] KASAN: use-after-free in dim", "", "Hello,"),
        mail(1, ANN, "[PATCH] lamp: Do not go dark", "", &fix),
        mail(
            2,
            BOB,
            "Re: [PATCH] lamp: Do not go dark",
            "In-Reply-To: <m1@example.org>\n",
            "Applied to lamp/next, thanks!\n",
        ),
        mail(3, BOB, "Hello", "", "Hello"),
    ];
    let (folder, site) = pages::site_of(&mails.iter().map(String::as_str).collect::<Vec<_>>());
    pages::check_links(&site);
    let thread = site.page("threads/syzbot");
    assert!(
        thread.contains("Report by syzbot") && thread.contains("lamp: Do not go dark"),
        "{thread}"
    );
    let series = site.page("series/lamp-do-not-go-dark");
    assert!(series.contains("Reports that it fixes") && series.contains("use-after-free in dim"));
    let digest = site.page("2026/w10/");
    assert!(digest.contains("Bug reports"));
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_patchpress"));
        let ran = command.arg("export").args(args).arg(folder.path().join("mail")).output();
        String::from_utf8(ran.expect("it runs").stdout).expect("text")
    };
    let lines = |args: &[&str]| -> Vec<serde_json::Value> {
        run(args).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let messages = lines(&["--messages"]);
    let of = |id: &str| messages.iter().find(|line| line["message_id"] == id).expect("a line");
    let report = &of("m0@example.org")["report"];
    let revision = &lines(&[])[0];
    assert_eq!(report["fixes"][0], revision["series"]);
    assert_eq!(revision["reports"][0]["message_id"], "m0@example.org");
    assert_eq!(report["state"], revision["reports"][0]["state"]);
    assert!(of("m3@example.org")["report"].is_null());
}
