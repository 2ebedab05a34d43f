//! Patches in attachments, whatever their type and name.
//!
//! In: the type, name and bytes of a part. Out: the patch, unpacked. Never here: how it is read.

use std::{borrow::Cow, io::Read as _};

use crate::message::{Version, charset};

/// The most bytes to which an attachment is unpacked: patches are smaller, zip bombs are not.
const MAX_UNPACKED: u64 = 4 << 20;

/// The patch in an attachment of any type: `application/octet-stream` and `application/mbox` carry patches, too,
/// gzip packs them, and PowerShell writes them in UTF-16.
pub(super) fn patch_in<'b>(media: &str, name: &str, bytes: &'b [u8]) -> Option<Cow<'b, [u8]>> {
    let named = [".patch", ".diff", ".txt"].iter().any(|end| name.to_lowercase().ends_with(end));
    let opaque =
        media == "application/octet-stream" || media.contains("patch") || media.contains("diff");
    let bytes = match bytes.starts_with(b"\x1f\x8b") {
        true => unpacked(bytes)?.into(),
        false if named || opaque => Cow::Borrowed(bytes),
        false => return None,
    };
    let has_mark = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let is_patch = match has_mark {
        true => is_diff(charset::decode(&bytes, None).0.as_bytes()),
        false => !bytes.contains(&0) && is_diff(&bytes),
    };
    is_patch.then_some(bytes)
}

/// The version in `v3-0001-lamp.patch`: `git format-patch -v3` names its files so, and people who attach them give
/// the version nowhere else.
pub(super) fn version(name: &str) -> Option<Version> {
    let is_patch = [".patch", ".diff", ".txt", ".gz"].iter().any(|end| name.ends_with(end));
    let (digits, _) = name.strip_prefix(['v', 'V'])?.split_once('-').filter(|_| is_patch)?;
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let major = digits.parse().ok().filter(|major| is_number && *major > 0)?;
    Some(Version { major, ..Version::FIRST })
}

/// The content of gzip data, if it is complete and not too long.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let unpacker = flate2::read::MultiGzDecoder::new(bytes);
    unpacker.take(MAX_UNPACKED + 1).read_to_end(&mut unpacked).ok()?;
    (unpacked.len() as u64 <= MAX_UNPACKED).then_some(unpacked)
}

/// Whether it is a diff or a file of `git format-patch`; a cover letter has no diff.
fn is_diff(bytes: &[u8]) -> bool {
    let line = bytes.strip_prefix(b">").unwrap_or(bytes).strip_prefix(b"From ");
    let is_file =
        |line: &[u8]| line.iter().take(40).filter(|b| b.is_ascii_hexdigit()).count() == 40;
    if line.is_some_and(is_file) {
        return true;
    }
    bytes.split(|&b| b == b'\n').any(|line| {
        line.starts_with(b"diff --git ")
            || line.starts_with(b"--- ")
            || line.starts_with(b"Index: ")
    })
}
