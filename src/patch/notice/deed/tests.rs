//! Sentences that tell a deed, and sentences that do not.

use super::{
    super::sentence::{join, split},
    *,
};

/// The notice of the first sentence that gives one, as `voice|extent|tree`.
fn said(text: &str) -> String {
    let lines: Vec<&str> = text.split("\n\n").next().unwrap_or_default().lines().collect();
    let below: Vec<&str> = text.split("\n\n").nth(1).unwrap_or_default().lines().collect();
    let text = join(&lines);
    let found = split(&text).find_map(|text| applied(&Sentence::read(text)?, &below));
    found.map_or_else(String::new, |notice| {
        let extent = match notice.extent {
            Extent::Answered => "",
            Extent::Series => "series",
            Extent::Patches(_) => "numbers",
            Extent::Except(_) => "except",
            Extent::About(_) => "about",
            Extent::Some => "some",
        };
        format!("{:?}|{extent}|{}", notice.voice, notice.tree)
    })
}

#[test]
fn sentences_that_say_applied() {
    for (text, want) in [
        ("Applied, thanks!", "Plain||"),
        ("Applied.", "Plain||"),
        ("Thanks, applied.", "Plain||"),
        ("Hi Zoe,\napplied, thanks", "Plain||"),
        ("Applied to lamps/next, thanks!", "Named||lamps/next"),
        (
            "Applied to http://x.org/l.git,\nlamps/next branch.",
            "Named||http://x.org/l.git lamps/next",
        ),
        (
            "Applied to http://x.org/l.git lamps/next, thanks.",
            "Named||http://x.org/l.git lamps/next",
        ),
        ("Applied to\n\n   http://x.org/l.git for-next", "Named||http://x.org/l.git for-next"),
        (
            "Applied https://x.org/lamps/commits/pending/",
            "Named||https://x.org/lamps/commits/pending/",
        ),
        (
            "Thanks! Set applied https://x.org/lamps/commits/pending/ for v6.",
            "Named|series|https://x.org/lamps/commits/pending/",
        ),
        ("Applied w minor edits. Thanks!", "Plain||"),
        ("Applied to lamps-\nnext.", "Named||lamps-next"),
        ("Applied to kvm-x86 misc, thanks!", "Named||kvm-x86 misc"),
        ("Applied to lamps.", "Named||lamps"),
        ("Series applied to lamp-next, thank you.", "Named|series|lamp-next"),
        ("Whole series applied, thanks.", "Plain|series|"),
        ("Both applied.", "Plain|series|"),
        ("I just moved these patches in lamps/dev with Bo's ACK.", "Plain||lamps/dev"),
        ("Just pushed after making sure that it lights up.", "Loose||"),
        (
            "Applied to the togreg branch of lamps.git and pushed out as testing for Bo.",
            "Named||togreg lamps.git",
        ),
        ("Applied all, thanks", "Plain|series|"),
        ("Patches 1-3 applied to lamps/next.", "Named|numbers|lamps/next"),
        ("I applied patches 1 and 2 to my tree, thanks.", "Plain|numbers|"),
        ("All but last applied, thanks.", "Plain|some|"),
        ("Applied and queued up for -stable, thanks.", "Plain||"),
        ("Applied to dimmers and queued for -stable.", "Named||dimmers"),
        ("Applied 1 and 2, thanks.", "Plain|numbers|"),
        ("Queued all but patch 3, thanks.", "Plain|except|"),
        ("Patch applied as 5.8-rc material.", "Plain||"),
        ("Now queued up, thanks.", "Plain||"),
        ("Queued for 5.9.", "Plain||"),
        ("Queued for the next merge window, thanks.", "Named||next merge window"),
        ("Applied to next, thanks.", "Named||next"),
        ("Applied to next with the typo fixed.", "Named||next"),
        ("Queued, thanks.", "Plain||"),
        ("Looks good, queued to block-next.", "Named||block-next"),
        ("Thanks, I've applied this to my block branch.", "Named||block"),
        ("I've queued this up now, along with another.", "Plain||"),
        ("Pulled, thanks!", "Plain||"),
        ("Swap applied, series pushed to lamps-testing.", "Plain|series|lamps-testing"),
        ("Pushed, thanks.", "Plain||"),
        ("Pushed to dimmers, thanks for the patch.", "Plain||dimmers"),
        ("Merged into git://x.org/l.git lamps/next", "Plain||git://x.org/l.git lamps/next"),
        ("Picked up, thanks.", "Plain||"),
        ("Picked up for v5.9.", "Plain||"),
        ("Fixed the typo and applied.", "Plain||"),
        ("Rebased and applied on top of lamps/next.", "Plain||lamps/next"),
        ("Wrapped to 80 chars and\nApplied to lamps/next.", "Named||lamps/next"),
        ("With the typo fixed, applied.", "Plain||"),
        ("Reviewed, tested and applied, thanks.", "Plain||"),
        ("I have applied this.", "Loose||"),
        (
            "Fixed comments on patch 3/5 and series applied to\nlamps/next.",
            "Named|series|lamps/next",
        ),
        ("Applied to lamps/\nnext to avoid conflicts.", "Named||lamps/next"),
        ("It is applied on top of lamps/next since a few days.", "Loose||lamps/next"),
        (
            "I've pushed this patch to lamps-queue branch, will merge it after testing.",
            "Plain||lamps-queue",
        ),
        ("I've merged v6 into \"lamps-queue\" branch with a bit changes.", "Plain||lamps-queue"),
        ("This is queued for the next merge window.", "Loose||next merge window"),
        ("The patch is now queued in lamps-next.", "Named||lamps-next"),
        ("This has already landed in lamps-next.", "Plain||lamps-next"),
        ("Looks like this has already landed in lamps-stable.", "Plain||lamps-stable"),
        (
            "Per your plan, I took this into lamps.git, and we'll now see if it works.",
            "Plain||lamps.git",
        ),
        ("Thanks, I took this for 6.12.", "Plain||"),
        (
            "Thanks, I quietly added this (and the -fix) to lamp.git's lamp-new branch.",
            "Plain||lamp.git's lamp-new",
        ),
    ] {
        assert_eq!(said(text), want, "{text:?}");
    }
}

#[test]
fn sentences_that_mean_something_else() {
    for text in [
        "Has this been applied somewhere?",
        "Will this be picked up for v5.3-rc1?",
        "This has not been applied yet.",
        "Neither is applied yet.",
        "If this patch were applied, it would break.",
        "Once this is merged I will send the rest.",
        "It will be queued after the merge window.",
        "It can be retrieved, changed, and finally applied.",
        "With this patch applied the lamp stays dark.",
        "The patch applied cleanly.",
        "I applied it, and observed a crash.",
        "I have applied this patch set but it does not help.",
        "A similar patch has been applied.",
        "I took a look at this.",
        "I've taken this series for a spin on top of lamps/master and it glows.",
        "I took patch 3 for a spin on lamps/next.",
        "The fix was folded into v4, so I took that.",
        "I took that, thanks.",
        "I took this into account.",
        "It took this long to light up.",
        "I took that to mean that the lamp is on.",
        "I took the lamp into the test.",
        "It looks like this was added to the driver.",
        "I've just pushed a new version.",
        "I updated the code and pushed -f",
        "V4 has been pushed.",
        "merged two commits by mistake",
        "This will be taken into account.",
        "Taken into consideration.",
        "The correction applied to a sector is lost.",
        "All comments applied.",
        "I'll leave it applied.",
        "You should have applied this.",
        "Please check that it is applied to next.",
        "This patch series was applied (using b4) to base:",
        "Otherwise, it's already queued for the next journal checkpoint.",
    ] {
        assert_eq!(said(text), "", "{text:?}");
    }
}
