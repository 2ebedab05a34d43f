//! Attachments that are patches, whatever they are called.
//!
//! In: the type, name and bytes of a part. Out: the patch, unpacked. Never here: how it is read.

use std::{borrow::Cow, io::Read as _};

use crate::message::charset;

/// The most bytes that an attachment is unpacked to: patches are smaller, bombs are not.
const MAX_UNPACKED: u64 = 4 << 20;

/// A patch under any name: `application/octet-stream` and `application/mbox` carry them too, gzip packs them,
/// and PowerShell writes them in UTF-16.
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

/// What gzip packed, where it is whole and not too long.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let unpacker = flate2::read::MultiGzDecoder::new(bytes);
    unpacker.take(MAX_UNPACKED + 1).read_to_end(&mut unpacked).ok()?;
    (unpacked.len() as u64 <= MAX_UNPACKED).then_some(unpacked)
}

fn is_diff(bytes: &[u8]) -> bool {
    bytes.split(|&b| b == b'\n').any(|line| {
        line.starts_with(b"diff --git ")
            || line.starts_with(b"--- ")
            || line.starts_with(b"Index: ")
    })
}
