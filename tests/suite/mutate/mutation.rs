//! The mutations of mails.
//!
//! In: a mail. Out: the mail after some of these: changed bytes, lines and numbers; the end of another mail;
//! inserted tokens with a meaning for readers of mail, of diffs, of markup, of terminals. Never here: the expected
//! result.

use super::{Chance, seeds::header_end};

/// Tokens, each of which once did harm, to this program or another.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    // Markup, whole and in pieces.
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<h1>", "</pre>", "</div></main>", "</details>",
    "<meta http-equiv=refresh content=0;url=//example.net>", "<svg onload=alert(1)>", "<!--", "-->", "<![CDATA[", "]]>",
    "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)", " onclick=alert(1) ", "javascript:alert(1)", "<",
    "data:text/html,<b>", "&lt;b&gt;", "&#60;b&#62;", "&amp;", "&", "<a href=//example.net>", "<base href=//x>",
    "<style>*{display:none}</style>", "<iframe src=//x>", "{{ 7 * 7 }}", "{% raw %}", "<?xml version=\"1.0\"?>",
    "https://example.org/\"><b>", "http://example.org:99999/", "https://x'onclick='y.example/", "http://[::1]/<b>",
    "http://user@example.org/", "HTTPS://EXAMPLE.ORG/%zz%3Cb%3E", "https://example.org/a(b)c_d*e*",
    // Characters.
    "\u{202e}", "\u{2066}\u{2069}", "\u{200f}", "\u{feff}", "\u{1b}[31m", "\u{1b}]0;x\u{7}", "\u{9b}31m", "\0",
    "\u{b}", "\u{c}", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{fffe}", "\u{fdd0}", "\u{7f}", "\u{8}", "\u{301}", "ü",
    // MIME.
    "Content-Type: text/html\n", "Content-Type: multipart/mixed; boundary=b\n", "--b\n", "--b--\n",
    "Content-Type: text/plain; charset=utf-16\n", "Content-Type: text/plain; charset=x-none\n",
    "Content-Type: message/partial; id=a; number=1\n", "Content-Type: text/plain; charset=iso-2022-jp\n",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Transfer-Encoding: base64;\n", "Content-Transfer-Encoding: uuencode\n", "Content-Type: multipart/alternative\n",
    "Content-Disposition: attachment; filename=\"<b>.patch\"\n", "boundary=\"\"", "; format=flowed; delsp=yes", "=\n", "=3C",
    "Content-Type: text/\"><b>; name=\"<i>\"\n",
    // Headers.
    "=?utf-8?q?=3Cb=3E=1B=5B31m?=", "=?utf-8?b?PHNjcmlwdD4=?=", "=?x-none?q?=FF=FE?=", "=?utf-8?q?=0D=0ABcc:_x?=", "=?",
    "Message-ID: <\"><b>@example.org>\n", "Message-ID: <1@example.org>\n", "In-Reply-To: <1@example.org>\n", "Message-ID: \n",
    "References: <a@b> <c@d> <\"onclick=x\"@e>\n", "Date: Thu, 31 Dec 9999 23:59:59 +9999\n", "Date: 0\n",
    "From: <b>\"x\" <\"y\"@example.org>\n", "From: =?utf-8?q?=3Ci=3E?= <i@example.org>\n", "Subject: [PATCH v2 3/2] <b>&\n",
    "Subject: [PATCH v99999999999 1/99999999999] \u{202e}x\n", "X-Mailer: <b>\n", "List-Id: <b>\n", "Content-Length: 99\n",
    // mbox.
    "\nFrom ada@example.org Mon Feb 23 10:00:00 2026\n", ">From ", "From mboxrd@z Thu Jan  1 00:00:00 1970\n",
    // Diffs.
    "@@ -1,2 +1,3 @@", "@@ -0,0 +1,4294967296 @@ <b>", "@@@ -1,2 -1,2 +1,3 @@@ <i>", "diff --git a/<b> b/<b>\n", "+++ b/\"<i>\"\n",
    "--- /dev/null\n", "--- \"a/\\303\\274<b>\"\n", "rename from <b>\nrename to &\n", "old mode <b>\nnew mode <i>\n", "similarity index 101%\n",
    "index <b>..<i> 100644\n", "\\ No newline at end of file\n", "GIT binary patch\nliteral 9\nzcmX\n\n", "Binary files a/<b> and b/<i> differ\n",
    "-- \n2.50.0\n", "---\n", "+", "-", " ", "++", "\t", " <b> | 12 ++++----\n", " 9 files changed, 99999999999 insertions(+)\n",
    "Index: <b>\n=====\n", "new file mode 100644\n",
    // Trailers and what replies say.
    "Signed-off-by: <b> <b@example.org>\n", "Reviewed-by: \"><i>\u{202e} <i@example.org>\n", "Fixes: 0123456789ab (\"<b>\")\n",
    "Change-Id: <b>\n", "change-id: 1-<b>\n", "base-commit: <b>\n", "Link: https://lore.kernel.org/r/<b>@x\n", "Applied to <b>/next, thanks!\n",
    "Cc: <b>\n", "> > > > > >", "> ", "-----BEGIN PGP SIGNED MESSAGE-----\n", "begin 644 <b>\n", "begin:vcard\n", "NAK: <b>\n",
    "are available in the Git repository at:\n\n  https://example.org/<b> tags/<i>\n", "On Monday, <b> wrote:\n", "v2: <b>\n", "____________________________________\n",
    // Numbers.
    "4294967295", "18446744073709551616", "-1", "0", "1e99",
];

/// The mail after one to four changes; `other` is the source of a splice.
pub(super) fn mutated(mail: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut mail = mail.to_vec();
    for _ in 0..=chance.below(4) {
        let at = place(&mail, chance);
        mail = match chance.below(12) {
            0 => bytes(mail, at, chance),
            1 | 2 => line(&mail, at, chance),
            3 => number(&mail, at),
            4 if chance.one_in(3) => spliced(&mail, at, other, chance),
            5 if chance.one_in(6) => mail[..at].to_vec(),
            6..=8 => {
                put(&mail, line_start(&mail, at), &[chance.pick(TOKENS).as_bytes(), b"\n"].concat())
            }
            _ => put(&mail, at, chance.pick(TOKENS).as_bytes()),
        };
    }
    mail
}

/// A token as its own line among the lines of a hunk, where only its marks distinguish it from them.
pub(super) fn strayed(mail: &[u8], chance: &mut Chance) -> Vec<u8> {
    let hunks: Vec<usize> = memchr::memmem::find_iter(mail, b"\n@@ -").collect();
    let Some(hunk) = hunks.get(chance.below(hunks.len())) else { return mail.to_vec() };
    let lines = memchr::memchr_iter(b'\n', &mail[hunk + 1..]).take(8).map(|end| hunk + end + 2);
    let ends: Vec<usize> = lines.skip(1).collect();
    let Some(at) = ends.get(chance.below(ends.len())) else { return mail.to_vec() };
    let line = chance.pick(TOKENS).lines().next().unwrap_or_default();
    put(mail, *at, format!("{line}\n").as_bytes())
}

/// A place in the header one time in four.
fn place(mail: &[u8], chance: &mut Chance) -> usize {
    let start = header_end(mail);
    match chance.one_in(4) {
        true => chance.below(start),
        false => start + chance.below(mail.len() - start),
    }
}

fn put(mail: &[u8], at: usize, what: &[u8]) -> Vec<u8> {
    [&mail[..at], what, &mail[at..]].concat()
}

fn bytes(mut mail: Vec<u8>, at: usize, chance: &mut Chance) -> Vec<u8> {
    if at < mail.len() {
        match chance.below(4) {
            0 => mail[at] ^= 1 << chance.below(8),
            1 => mail[at] = chance.below(256) as u8,
            2 => drop(mail.remove(at)),
            _ => mail.insert(at, chance.below(256) as u8),
        }
    }
    mail
}

fn line_start(mail: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &mail[..at]).map_or(0, |end| end + 1)
}

fn line(mail: &[u8], at: usize, chance: &mut Chance) -> Vec<u8> {
    let start = line_start(mail, at);
    let end = memchr::memchr(b'\n', &mail[start..]).map_or(mail.len(), |len| start + len + 1);
    let line = &mail[start..end];
    let (before, behind) = (&mail[..start], &mail[end..]);
    match chance.below(6) {
        0 => [before, behind].concat(),
        1 => [before, line, line, behind].concat(),
        2 => [before, &line.repeat(40), behind].concat(),
        // The line is joined with the next one, or cut in two.
        3 => [before, line.trim_ascii_end(), behind].concat(),
        4 => [before, &line[..line.len() / 2], b"\n", &line[line.len() / 2..], behind].concat(),
        _ => {
            let to = line_start(mail, place(mail, chance)).min(start);
            [&mail[..to], line, &mail[to..start], behind].concat()
        }
    }
}

/// Replaces the next number by one that no field can hold.
fn number(mail: &[u8], at: usize) -> Vec<u8> {
    let Some(start) = mail[at..].iter().position(u8::is_ascii_digit).map(|len| at + len) else {
        return mail.to_vec();
    };
    let len = mail[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    [&mail[..start], b"99999999999999999999", &mail[start + len..]].concat()
}

/// Up to a line of the mail, then from a line of the other.
fn spliced(mail: &[u8], at: usize, other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let from = line_start(other, place(other, chance));
    [&mail[..line_start(mail, at)], &other[from..]].concat()
}
