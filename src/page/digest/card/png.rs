//! A picture as a PNG (W3C PNG, third edition).
//!
//! In: a palette, and one byte per pixel. Out: the file. Never here: other kinds of pixels.

use flate2::{Compression, Crc, write::ZlibEncoder};
use std::io::Write as _;

/// A PNG of `width` times `height` pixels, each an index into the palette, of up to 256 colours.
pub(crate) fn indexed(width: usize, height: usize, palette: &[[u8; 3]], pixels: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [width, height].map(|side| u32::try_from(side).unwrap_or_default().to_be_bytes());
    // Eight bits per pixel, a palette, deflate, filters by row, no interlacing.
    chunk(&mut out, b"IHDR", &[&size.concat()[..], &[8, 3, 0, 0, 0]].concat());
    chunk(&mut out, b"PLTE", &palette.concat());
    chunk(&mut out, b"IDAT", &compressed(width, pixels));
    chunk(&mut out, b"IEND", &[]);
    out
}

/// The rows, each after a zero, which means no filter. That is best for a palette.
fn compressed(width: usize, pixels: &[u8]) -> Vec<u8> {
    let rows: Vec<u8> = pixels.chunks(width.max(1)).flat_map(|row| [&[0], row].concat()).collect();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(&rows);
    encoder.finish().unwrap_or_default()
}

/// A length, a name, data, and the checksum of the last two.
fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    out.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
    out.extend(name);
    out.extend(data);
    out.extend(crc.sum().to_be_bytes());
}
