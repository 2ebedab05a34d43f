//! Text whose line ends or encoding differ from those of mail.
//!
//! In: a stream of bytes. Out: the same with LF line ends if each was a lone CR (old Macs), and in UTF-8 if it was
//! UTF-16 (`git format-patch --stdout >x.mbox` in PowerShell). Anything else stays unchanged. Never here: the
//! charset of a mail, which its header gives.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};
use memchr::{memchr, memchr_iter};

use super::Broken;

/// How much UTF-8 is produced at once.
const PIECE: usize = 1 << 14;

/// `source` with LF line ends, in UTF-8.
pub(super) fn in_lines(mut source: Box<dyn BufRead + Send>) -> Box<dyn BufRead + Send> {
    let head = match source.fill_buf() {
        Ok(head) => head,
        Err(why) => return buffered(Broken(Some(why))),
    };
    if let Some((encoding, _)) = Encoding::for_bom(head).filter(|(named, _)| *named != UTF_8) {
        let decoder = encoding.new_decoder_with_bom_removal();
        return buffered(Utf16 { source, decoder, piece: Vec::new(), given: 0, ended: false });
    }
    // A second CR without an LF before it: the line ends are not CR LF.
    if memchr(b'\n', head).is_none() && memchr_iter(b'\r', head).nth(1).is_some() {
        return buffered(LoneCr { source });
    }
    source
}

fn buffered(reader: impl Read + Send + 'static) -> Box<dyn BufRead + Send> {
    Box::new(io::BufReader::with_capacity(PIECE, reader))
}

/// Replaces CR by LF.
struct LoneCr {
    source: Box<dyn BufRead + Send>,
}

impl Read for LoneCr {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        buffer[..read].iter_mut().filter(|b| **b == b'\r').for_each(|b| *b = b'\n');
        Ok(read)
    }
}

/// Converts UTF-16 to UTF-8.
struct Utf16 {
    source: Box<dyn BufRead + Send>,
    decoder: Decoder,
    /// The last decoded block.
    piece: Vec<u8>,
    /// How much of it was read.
    given: usize,
    ended: bool,
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.piece.len() && !self.ended {
            let encoded = self.source.fill_buf()?;
            self.ended = encoded.is_empty();
            self.piece.resize(PIECE, 0);
            let (_, used, made, _) =
                self.decoder.decode_to_utf8(encoded, &mut self.piece, self.ended);
            self.source.consume(used);
            self.piece.truncate(made);
            self.given = 0;
        }
        let read = (&self.piece[self.given..]).read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], at_once: usize) -> String {
        let source = io::BufReader::with_capacity(at_once, io::Cursor::new(bytes.to_vec()));
        let mut text = String::new();
        in_lines(Box::new(source)).read_to_string(&mut text).expect("bytes in memory are read");
        text
    }

    #[test]
    fn lines_become_lines() {
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Zo\u{eb}\n\u{1f600}".encode_utf16().flat_map(bytes).collect()
        };
        for (bytes, text) in [
            (b"a\rb\r\rc".to_vec(), "a\nb\n\nc"),
            (b"a\r\nb\r\n".to_vec(), "a\r\nb\r\n"),
            (b"a\rb".to_vec(), "a\rb"),
            (utf_16(u16::to_le_bytes), "Zo\u{eb}\n\u{1f600}"),
            (utf_16(u16::to_be_bytes), "Zo\u{eb}\n\u{1f600}"),
            ([utf_16(u16::to_be_bytes), vec![b'x']].concat(), "Zo\u{eb}\n\u{1f600}\u{fffd}"),
            ("\u{feff}a\r\n".into(), "\u{feff}a\r\n"),
            (Vec::new(), ""),
        ] {
            for at_once in [4, 5, 64] {
                assert_eq!(lines(&bytes, at_once), text, "{bytes:?}, {at_once} at once");
            }
        }
    }

    #[test]
    fn long_text_is_whole() {
        let text = "Zo\u{eb} \u{20ac}\n".repeat(20_000);
        let bytes: Vec<u8> =
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(lines(&bytes, 1 << 16) == text);
    }
}
