//! The test mails of other projects, with the expected results. They are read from `../shared`; without it, the
//! tests say so and pass.

use std::path::{Path, PathBuf};

use patchpress::{
    archive,
    patch::{self, Mail, Role},
    series::Corpus,
};

use crate::support;

/// A folder of the corpora; without it, prints a line and returns nothing.
fn corpora(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora").join(folder);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

/// The mails of an archive in its own order.
fn mails(path: &Path) -> Vec<Mail> {
    let archives = archive::open(path).unwrap_or_else(|e| panic!("{e}"));
    let readings = archives.iter().map(|a| a.read(|raw| patch::read(&raw)));
    readings.flat_map(|r| r.expect("readable").messages.into_iter().map(|(_, m)| m)).collect()
}

/// git's `info` file, as far as we give the same facts.
fn info(mail: &Mail) -> String {
    let author = &mail.author;
    format!("Author: {}\nEmail: {}\nSubject: {}\n", author.name, author.address, mail.title)
}

fn git_info(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("an info file");
    // git prints a subject with an encoded line end as two lines (0009 has none left).
    text.lines()
        .filter(|l| !l.starts_with("Date:") && !l.is_empty())
        .map(|l| format!("{l}\n"))
        .collect()
}

#[test]
fn git_s_samples_are_read_as_git_reads_them() {
    let Some(t5100) = corpora("git/t/t5100") else { return };
    let read = |name: &str| {
        let bytes = std::fs::read(t5100.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        // git leaves a patch in the mail's charset (0005 is in Latin-1); ours is text, so UTF-8.
        String::from_utf8(bytes)
            .unwrap_or_else(|e| e.as_bytes().iter().map(|b| char::from(*b)).collect())
    };
    let all = mails(&t5100.join("sample.mbox"));
    assert_eq!(all.len(), 18);
    for (number, mail) in (1..).zip(&all) {
        // 0015's in-body `From: bogosity` names nobody: git prints an empty author, we keep the sender.
        let options = if number == 15 { "--no-inbody-headers" } else { "" };
        assert_eq!(
            info(mail),
            git_info(&t5100.join(format!("info{number:04}{options}"))),
            "{number:04}"
        );
        let text = support::text(&mail.message);
        let message = mail.anatomy.message;
        if mail.role != Role::Patch {
            // 0007 and 0008 have no patch: nothing to parse.
            assert!(read(&format!("patch{number:04}")).is_empty(), "{number:04}");
            continue;
        }
        assert_eq!(
            message.of(&text).trim(),
            read(&format!("msg{number:04}")).trim(),
            "msg{number:04}"
        );
        let patch = &text[message.end as usize..];
        assert_eq!(
            patch.trim_end(),
            read(&format!("patch{number:04}")).trim_end(),
            "patch{number:04}"
        );
    }
}

#[test]
fn git_s_mboxrd_and_encoded_words() {
    let Some(t5100) = corpora("git/t/t5100") else { return };
    let texts: Vec<String> = mails(&t5100.join("sample.mboxrd"))
        .iter()
        .map(|m| support::text(&m.message).to_string())
        .collect();
    let want = ["0001mboxrd", "0002mboxrd"]
        .map(|name| std::fs::read_to_string(t5100.join(name)).expect("a sample"));
    assert_eq!(
        texts.iter().map(|t| t.trim_end()).collect::<Vec<_>>(),
        want.each_ref().map(|t| t.trim_end())
    );
    let words = mails(&t5100.join("rfc2047-samples.mbox"));
    for (number, mail) in (1..).zip(&words) {
        let want = git_info(&t5100.join(format!("rfc2047-info-{number:04}")));
        let got = info(mail);
        let got = got.strip_prefix("Author: \nEmail: \n").unwrap_or(&got);
        assert_eq!(got, want, "rfc2047 {number:04}");
    }
    assert_eq!(words.len(), 11);
}

#[test]
fn git_s_odd_bodies() {
    let Some(t5100) = corpora("git/t/t5100") else { return };
    let want = std::fs::read_to_string(t5100.join("quoted-cr-patch")).expect("a sample");
    // `%%` stands for a CR; those at line ends are what `--quoted-cr=strip` removes.
    let want = want.replace("%%\n", "\n").replace("%%", "\r");
    for mail in mails(&t5100.join("quoted-cr.mbox")) {
        let patch = &support::text(&mail.message)[mail.anatomy.message.end as usize..];
        assert_eq!(patch.trim_end(), want.trim_end(), "{}", mail.message.id);
    }
    let flowed = mails(&t5100.join("../t4256/1/patch"));
    assert_eq!(flowed[0].files.len(), 1);
    assert!(flowed[0].message.notes.is_empty(), "{:?}", flowed[0].message.notes);
    assert_eq!(mails(&t5100.join("../t4258/mbox"))[0].files.len(), 1);
    for name in ["nul-plain", "nul-b64.in"] {
        let all = mails(&t5100.join(name));
        assert!(
            all.iter().any(|m| support::text(&m.message).contains('\0')) || name == "nul-plain",
            "{name}"
        );
    }
}

#[test]
fn git_s_addresses_and_quoted_separators() {
    let Some(t5100) = corpora("git/t/t5100") else { return };
    // The samples end in the word `patch`; without a diff nothing is a patch to us, so they get one.
    let diff = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
    let read = |name: &str| {
        let sample = std::fs::read_to_string(t5100.join(name)).expect("a sample");
        let bytes = sample.replace("---\npatch\n", &format!("---\n{diff}"));
        let source = archive::Source::Mail;
        patch::read(&archive::RawMessage {
            bytes: bytes.as_bytes(),
            source,
            object: None,
            delivered: None,
        })
    };
    for name in ["comment", "quoted-string", "info-from", "embed-from"] {
        let want = git_info(&t5100.join(format!("{name}.expect")));
        assert_eq!(info(&read(&format!("{name}.in"))), want, "{name}");
    }
    let mail = read("quoted-from.in");
    let want = std::fs::read_to_string(t5100.join("quoted-from.expect")).expect("a sample");
    assert_eq!(mail.anatomy.message.of(&support::text(&mail.message)).trim(), want.trim());
}

/// `[n, m]`: revisions by the number of their patches, in the order of posting.
fn grouping(corpus: &Corpus) -> Vec<usize> {
    let mut all: Vec<_> = corpus.series.iter().flat_map(|s| &s.revisions).collect();
    all.sort_by_key(|r| r.members().min());
    all.iter().map(|r| r.slots.iter().filter(|s| s.mail.is_some()).count()).collect()
}

fn roles(corpus: &Corpus) -> [usize; 3] {
    [Role::Cover, Role::Patch, Role::Reply]
        .map(|role| corpus.mails.iter().filter(|l| l.mail.role == role).count())
}

/// research 4.1: `[covers, patches, replies]` and the patches of each series, as in patchwork's own tests.
const PATCHWORK: &[(&str, [usize; 3], &[usize])] = &[
    ("base-single-patch", [0, 1, 0], &[1]),
    ("base-cover-letter", [1, 2, 0], &[2]),
    ("base-no-cover-letter", [0, 2, 0], &[2]),
    ("base-deep-threaded", [1, 2, 0], &[2]),
    ("base-out-of-order", [1, 2, 0], &[2]),
    ("base-different-versions", [1, 4, 0], &[4]),
    ("base-no-references", [0, 2, 0], &[2]),
    ("base-no-references-no-cover", [1, 2, 0], &[2]),
    ("base-incomplete", [1, 1, 0], &[1]),
    ("base-extra-patches", [1, 3, 0], &[3]),
    ("bugs-multiple-references", [1, 4, 0], &[4]),
    ("bugs-multiple-content-types", [0, 1, 1], &[1]),
    ("bugs-unnumbered", [1, 2, 0], &[1, 1]),
    ("bugs-nocover-noversion", [0, 4, 0], &[2, 2]),
    ("bugs-nocover", [0, 4, 0], &[2, 2]),
    ("bugs-spamming", [0, 3, 0], &[1, 1, 1]),
    ("bugs-mixed-versions", [0, 2, 0], &[1, 1]),
    ("revision-basic", [2, 4, 0], &[2, 2]),
    ("revision-threaded-to-single-patch", [0, 2, 0], &[1, 1]),
    ("revision-threaded-to-cover", [2, 4, 0], &[2, 2]),
    ("revision-threaded-to-patch", [2, 4, 0], &[2, 2]),
    ("revision-out-of-order", [2, 4, 0], &[2, 2]),
    ("revision-no-cover-letter", [1, 4, 0], &[2, 2]),
    ("revision-unlabeled", [2, 4, 0], &[2, 2]),
    ("revision-unlabeled-noreferences", [0, 4, 0], &[2, 2]),
    ("mercurial-cover-letter", [1, 2, 0], &[2]),
    ("mercurial-no-cover-letter", [0, 2, 0], &[2]),
];

#[test]
fn patchwork_s_series() {
    let Some(folder) = corpora("patchwork/patchwork/tests/data/series") else { return };
    let mut wrong = Vec::new();
    for (name, want_roles, want) in PATCHWORK {
        let corpus = support::read(&folder.join(format!("{name}.mbox")));
        let (got_roles, got) = (roles(&corpus), grouping(&corpus));
        if got_roles != *want_roles || got != *want {
            wrong.push(format!(
                "{name}: {got_roles:?} {got:?}, patchwork has {want_roles:?} {want:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let incomplete = support::read(&folder.join("base-incomplete.mbox"));
    assert_eq!(incomplete.series[0].revisions[0].missing().count(), 1);
    let extra = support::read(&folder.join("base-extra-patches.mbox"));
    assert_eq!(extra.series[0].revisions[0].missing().count(), 0);
}

/// research 4.2: address and reference exactly.
const PULLS: &[(&str, &str, &str)] = &[
    ("0001-git-pull-request", POWERPC, "next"),
    ("0002-git-pull-request-wrapped", POWERPC, "next"),
    (
        "0003-git-pull-request-with-diff",
        "git://git.kernel.org/pub/scm/linux/kernel/git/tip/linux-2.6-tip.git",
        "x86-fixes-for-linus",
    ),
    (
        "0004-git-pull-request-git+ssh",
        "git+ssh://git.kernel.org/pub/scm/linux/kernel/git/benh/powerpc.git",
        "next",
    ),
    (
        "0005-git-pull-request-ssh",
        "ssh://git.kernel.org/pub/scm/linux/kernel/git/benh/powerpc.git",
        "next",
    ),
    (
        "0006-git-pull-request-http",
        "http://git.kernel.org/pub/scm/linux/kernel/git/benh/powerpc.git",
        "next",
    ),
    (
        "0017-git-pull-request-git-2-14-3",
        "git://git.kernel.org/pub/scm/linux/kernel/git/davem/net",
        "",
    ),
    (
        "0023-git-pull-request-newline-in-url",
        "https://git.kernel.org/pub/scm/linux/kernel/git/matthias.bgg/linux.git/",
        "tags/v5.4-next-soc",
    ),
    (
        "0024-git-pull-request-trailing-space",
        "git://git.kernel.org/pub/scm/linux/kernel/git/nsekhar/linux-davinci.git",
        "tags/davinci-for-v5.6/soc",
    ),
];
const POWERPC: &str = "git://git.kernel.org/pub/scm/linux/kernel/git/benh/powerpc.git";

#[test]
fn patchwork_s_pull_requests() {
    let Some(folder) = corpora("patchwork/patchwork/tests/data/mail") else { return };
    for (name, repository, reference) in PULLS {
        let mail = mails(&folder.join(format!("{name}.mbox"))).swap_remove(0);
        assert_eq!(mail.role, Role::Pull, "{name}");
        let pull = mail.pull.as_ref().unwrap_or_else(|| panic!("{name} asks for nothing"));
        assert_eq!((&*pull.repository, &*pull.reference), (*repository, *reference), "{name}");
        assert_eq!(pull.base.len(), 40, "{name}");
        assert!(
            pull.summary.of(&support::text(&mail.message)).contains("):"),
            "{name} has a shortlog"
        );
    }
}

#[test]
fn patchwork_s_mails() {
    let Some(folder) = corpora("patchwork/patchwork/tests/data/mail") else { return };
    let one = |name: &str| mails(&folder.join(name)).swap_remove(0);
    for (name, files) in [
        ("0007-cvs-format-diff", 3),
        ("0008-git-rename", 2),
        ("0009-git-rename-with-diff", 2),
        ("0010-invalid-charset", 1),
        ("0011-no-newline-at-end-of-file", 3),
        ("0012-invalid-header-char", 1),
        ("0013-with-utf8-body", 1),
        ("0014-with-unencoded-utf8-headers", 1),
        ("0015-with-invalid-utf8-headers", 1),
        ("0019-multipart-patch", 1),
        ("0021-git-empty-new-file", 1),
        ("0022-git-mode-change", 1),
        ("0025-git-add-binary-file", 1),
        ("0026-git-add-mixed-binary-text-files", 2),
        ("0027-git-modify-binary-file", 1),
    ] {
        let mail = one(&format!("{name}.mbox"));
        assert_eq!((mail.role, mail.files.len()), (Role::Patch, files), "{name}");
    }
    assert!(!support::text(&one("0020-multipart-comment.mbox").message).contains("<div"));
    one("0016-no-subject.mbox");
    let fuzz = folder.join("../fuzz");
    let paths = std::fs::read_dir(&fuzz).expect("a folder").map(|e| e.expect("an entry").path());
    for path in paths {
        // A `From ` line without a date does not separate mails: such a file is refused with a message, not read as
        // one mail.
        match archive::open(&path) {
            Ok(_) => assert_eq!(mails(&path).len(), 1, "{}", path.display()),
            Err(error) => {
                assert!(error.to_string().contains("no `From ` line of an mbox"), "{error}")
            }
        }
    }
}
