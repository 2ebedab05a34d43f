use super::*;

/// `kind version n/m tags | title`, without the missing parts.
fn words(subject: &str) -> String {
    told(&Subject::parse(subject))
}

fn told(s: &Subject) -> String {
    let mut out = format!("{:?}", s.kind);
    if s.is_reply {
        out += " reply";
    }
    if let Some(v) = s.version {
        out += &format!(" {v}");
    }
    if let Some(i) = s.index {
        out += &format!(" {}{}/{}", i.number, if i.inserted { "+" } else { "" }, i.total);
    }
    for tag in &s.tags {
        out += &format!(" [{tag}]");
    }
    out + " | " + &s.title
}

#[test]
fn the_forms_that_people_write() {
    for (subject, want) in [
        ("[PATCH v14 0/8] x", "Patch v14 0/8 | x"),
        ("Subject: [PATCH v14 0/8] x", "Patch v14 0/8 | x"),
        ("Subject matter: x", "Plain | Subject matter: x"),
        ("[PATCH kernel 1/9] x", "Patch 1/9 [kernel] | x"),
        ("[PATCH net-next v3 02/10] x", "Patch v3 2/10 [net-next] | x"),
        ("[PATCH v3 net-next 02/10] x", "Patch v3 2/10 [net-next] | x"),
        ("[PATCH v2 net] x", "Patch v2 [net] | x"),
        ("[PATCHv2 8/7] x", "Patch v2 8/7 | x"),
        ("[PATCH v5.4 v2 1/3] x", "Patch v2 1/3 [v5.4] | x"),
        ("[PATCH v2 v5.4 1/3] x", "Patch v2 1/3 [v5.4] | x"),
        ("[PATCH 3/2] fixup! x", "Patch 3/2 | fixup! x"),
        ("[PATCH RFC v2 1/6] x", "Patch v2 1/6 [RFC] | x"),
        ("[RFC PATCHv3 3/5] x", "Patch v3 3/5 [RFC] | x"),
        ("[RFCv2 PATCH 0/4] x", "Patch v2 0/4 [RFC] | x"),
        ("[PATCH/RFC 1/2] x", "Patch 1/2 [RFC] | x"),
        ("[RFC][PATCH 13/13] x", "Patch 13/13 [RFC] | x"),
        ("[PATCH v6,19/24] x", "Patch v6 19/24 | x"),
        ("[PATCH v2 18/18, KVMTOOL] x", "Patch v2 18/18 [KVMTOOL] | x"),
        ("[RESEND, PATCH v6 0/5] x", "Patch v6 0/5 [RESEND] | x"),
        ("[PATCH 1/1 V2] x", "Patch v2 1/1 | x"),
        ("[PATCHSET RFC v4] x", "Patch v4 [RFC] | x"),
        ("[PATCHSET v6a 0/4] x", "Patch v6a 0/4 | x"),
        ("[PATCH v5.5 30/30] x", "Patch v5.5 30/30 | x"),
        ("[PATCH v5.10 1/1] x", "Patch 1/1 [v5.10] | x"),
        ("[PATCH v5.10.y 1/1] x", "Patch 1/1 [v5.10.y] | x"),
        ("[PATCH 5.10/5.15] x", "Patch [5.10/5.15] | x"),
        ("[PATCH 5.10 012/345] x", "Patch 12/345 [5.10] | x"),
        ("[PATCH AUTOSEL 6.6 13/25] x", "Patch 13/25 [AUTOSEL] [6.6] | x"),
        ("[PATCH v4 0/Hello2] x", "Patch v4 [0/Hello2] | x"),
        ("[PATCH v5 0/1]] lamp: x", "Patch v5 0/1 | lamp: x"),
        ("PATCH v2] io_uring/kbuf: x", "Patch v2 | io_uring/kbuf: x"),
        ("[PATCH io_uring/net: correct x", "Patch | io_uring/net: correct x"),
        ("[PATCH][stable-4.{4, 9, 14}] x", "Patch [stable-4.{4, 9, 14}] | x"),
        ("[PATCH net-next v6 0/8][pull request] x", "Patch v6 0/8 [net-next] [pull] [request] | x"),
        ("[PATCH 2 of 5] x", "Patch 2/5 | x"),
        ("[PATCH RFT 0/2/2] x", "Patch 2/2 [RFT] | x"),
        ("[PATCH 11/24/2023] x", "Patch [11/24/2023] | x"),
        ("[PATCH 5/6/12/6] x", "Patch [5/6/12/6] | x"),
        ("[PATCH1/8] x", "Patch 1/8 | x"),
        ("[v2.3PATCH1/4] x", "Patch v2.3 1/4 | x"),
        ("[PATCH] x (v2)", "Patch v2 | x"),
        ("[PATCH 1/2] x [ver #2]", "Patch v2 1/2 | x"),
        ("[PATCH] x [PATCH v2]", "Patch v2 | x"),
        ("[PATCH] x [v2]", "Patch | x [v2]"),
        ("x [PATCH v2 1/2]", "Patch v2 1/2 | x"),
        ("[PATCH] fix arr[3]", "Patch | fix arr[3]"),
        ("[PATCH -v2] x", "Patch v2 | x"),
        ("[PATCH -next] x", "Patch [-next] | x"),
        ("[PATCH v2: 1/1] x", "Patch v2 1/1 | x"),
        ("PATCH v2: lamp: x", "Patch v2 | lamp: x"),
        ("PATCH 1/2: x", "Patch 1/2 | x"),
        ("patch: a tool", "Plain | patch: a tool"),
        ("[PATCH] v2: x", "Patch v2 | x"),
        ("[PATCH 0/4] V2- x y", "Patch v2 0/4 | x y"),
        ("[PATCH] v2 x", "Patch | v2 x"),
        ("[PATCH v3] v2: x", "Patch v3 | x"),
        ("Repost: [PATCH] x", "Patch [Repost] | x"),
        ("Re: Repost: [PATCH] x", "Patch reply [Repost] | x"),
        ("Repost: x", "Plain | Repost: x"),
        ("x (v2)", "Plain | x (v2)"),
        ("[PATCH v3 0.5/5] x", "Patch v3 0+/5 | x"),
        ("Re: (subset) [PATCH v3 2/7] x", "Patch reply v3 2/7 [subset] | x"),
        ("AW: [PATCH] x", "Patch reply | x"),
        ("回复: [PATCH] x", "Patch reply | x"),
        ("答复：[PATCH] x", "Patch reply | x"),
        ("Re[2]: x", "Plain reply | x"),
        ("[kvm-unit-tests PATCH v3 1/5] x", "Patch v3 1/5 [kvm-unit-tests] | x"),
        ("[Patch 2/2]: title", "Patch 2/2 | title"),
        ("[PATCH 1/8]title", "Patch 1/8 | title"),
        ("[PATCH-for-10.0 v2 1/3] x", "Patch v2 1/3 [for-10.0] | x"),
        ("[GIT PULL v2] x", "Pull v2 | x"),
        ("[GIT,PULL] x", "Pull | x"),
        ("[PULL REQUEST] x", "Pull | x"),
        ("[PULL 03/12] x", "Pull 3/12 | x"),
        ("[syzbot] [io-uring?] KASAN: x", "Plain | [syzbot] [io-uring?] KASAN: x"),
        ("[PATCH] rewrite [a-z] regexes", "Patch | rewrite [a-z] regexes"),
        ("[Qemu-devel] [PATCH 1/2] x", "Patch 1/2 [Qemu-devel] | x"),
        ("[PATCH] [RFC,1/2] meep", "Patch 1/2 [RFC] | meep"),
        ("[RFC,1/2] meep", "Patch 1/2 [RFC] | meep"),
        ("", "Plain | "),
        ("[", "Plain | ["),
        ("Re: ", "Plain reply | "),
    ] {
        assert_eq!(words(subject), want, "{subject}");
    }
}

#[test]
fn a_patch_has_tags_whatever_it_announces() {
    for (subject, want) in [
        ("[dm-devel] dm writecache: x", "Patch [dm-devel] | dm writecache: x"),
        ("[hwmon-next v2] x", "Patch v2 [hwmon-next] | x"),
        ("[nftables,v2] x", "Patch v2 [nftables] | x"),
        ("[v2] x", "Patch v2 | x"),
        ("[ v1] x", "Patch v1 | x"),
        ("x: no [tags] here", "Patch | x: no [tags] here"),
        ("[all of it]", "Patch | [all of it]"),
        ("[PATCH v3 2/4] x", "Patch v3 2/4 | x"),
        ("[GIT PULL] x", "Pull | x"),
    ] {
        assert_eq!(told(&Subject::of_patch(subject)), want, "{subject}");
    }
}

#[test]
fn a_version_may_close_a_title() {
    for (title, want) in [
        ("rework the lamp v3", Some(("rework the lamp", 3))),
        ("rework the lamp, v3", Some(("rework the lamp", 3))),
        ("rework the lamp V12", Some(("rework the lamp", 12))),
        ("rework the lamp v1", None),
        ("switch to v2", None),
        ("follow lamp 5.x v2.3", None),
        ("v3", None),
    ] {
        let found = closing_version(title).map(|(title, version)| (title, version.major));
        assert_eq!(found, want, "{title}");
    }
}
