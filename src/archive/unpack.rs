//! The content of files, however they are packed.
//!
//! In: a file. Out: a stream of its bytes in lines, unpacked from gzip, xz and zstd, which are detected by their
//! first bytes. Never here: a whole file in memory, the meaning of the bytes.

mod form;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

/// xz says how much memory it wants; `xz -9` wants 65 MiB.
const XZ_MEMORY_KIB: u32 = 160 << 10;

/// Mail compresses about five to one. A large file above this ratio is an attack.
const ABSURD: u64 = 200;

/// A file is large when it unpacks to more than this.
const LARGE: u64 = 64 << 20;

/// The most bytes that are unpacked from one file.
const MOST: u64 = 16 << 30;

/// How many layers are unpacked: servers compress files that are compressed already.
const LAYERS: usize = 3;

/// How much is read at once.
const BUFFER: usize = 1 << 16;

/// The last block of a zstd frame, empty, and a checksum in case one is read.
const LAST_BLOCK: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// A stream of unpacked bytes.
pub(super) struct Unpacked {
    bytes: Box<dyn Read + Send>,
    packed: Option<Arc<AtomicU64>>,
    given: u64,
}

/// Opens the file at `path`, which must be a regular one: a pipe would block.
pub(super) fn open(path: &Path) -> io::Result<Unpacked> {
    let read = Arc::new(AtomicU64::new(0));
    let counted = Counted { file: File::open(path)?, read: Arc::clone(&read) };
    let mut bytes: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(BUFFER, counted));
    // Reading here distinguishes an unreadable file from one that cannot be unpacked.
    bytes.fill_buf()?;
    let mut packed = false;
    for _ in 0..LAYERS {
        match without_layer(bytes) {
            Layer::Undone(inside) => (bytes, packed) = (inside, true),
            Layer::None(plain) => {
                bytes = plain;
                break;
            }
        }
    }
    Ok(Unpacked { bytes: form::in_lines(bytes), packed: packed.then_some(read), given: 0 })
}

/// The outermost layer of a stream.
enum Layer {
    /// A packed one; this is its content.
    Undone(Box<dyn BufRead + Send>),
    /// None; this is the stream.
    None(Box<dyn BufRead + Send>),
}

fn without_layer(mut source: Box<dyn BufRead + Send>) -> Layer {
    let head = match source.fill_buf() {
        Ok(head) => head,
        Err(why) => return Layer::None(Box::new(BufReader::new(Broken(Some(why))))),
    };
    let inside: Box<dyn Read + Send> = if head.starts_with(b"\x1f\x8b") {
        Box::new(flate2::bufread::MultiGzDecoder::new(source))
    } else if head.starts_with(b"\xfd7zXZ\0") {
        Box::new(lzma_rust2::XzReader::new_mem_limit(source, true, XZ_MEMORY_KIB))
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") || is_skippable(head) {
        Box::new(Frames { source, decoder: FrameDecoder::new(), inside: false, broken: None })
    } else {
        return Layer::None(source);
    };
    Layer::Undone(Box::new(BufReader::with_capacity(BUFFER, inside)))
}

/// Whether a zstd file begins with a frame without content: `pzstd` stores the length of the next frame in one.
fn is_skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// A stream that fails when it is read.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The first bytes of the file at `path`, unpacked: `most` of them, or fewer if there are no more.
///
/// A file that cannot be unpacked so far gives the bytes that can.
pub(super) fn head(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut source = open(path)?;
    let mut head = Vec::new();
    fill(&mut source, &mut head, most).or_else(|why| match why.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    })?;
    Ok(head)
}

/// Why a file was not read to its end. The system's reasons stay as they are; a library's reasons about packed bytes
/// (`dist overflow`) help nobody.
pub(super) fn in_words(why: &io::Error) -> String {
    let words = match why.kind() {
        _ if why.raw_os_error().is_some()
            || why.get_ref().is_some_and(|inner| inner.is::<Own>()) =>
        {
            return why.to_string();
        }
        io::ErrorKind::UnexpectedEof => "its packed data is truncated",
        io::ErrorKind::OutOfMemory => "unpacking it takes more memory than any message needs",
        _ => "its packed data is damaged: the rest cannot be unpacked",
    };
    words.to_owned()
}

/// The error of a packed file, in our own words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Own(&'static str);

/// Reads until `buffer` is `length` long or the source ends; the bytes read before an error stay.
pub(super) fn fill(source: &mut impl Read, buffer: &mut Vec<u8>, length: usize) -> io::Result<()> {
    let missing = length.saturating_sub(buffer.len()) as u64;
    source.take(missing).read_to_end(buffer).map(|_| ())
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.packed.is_some() && self.given >= MOST {
            return Err(io::Error::other(Own("it unpacks to more than 16 GiB")));
        }
        let read = self.bytes.read(buffer)?;
        self.given += read as u64;
        Ok(read)
    }
}

/// Whether a source unpacks to absurdly many bytes.
pub(super) trait Bomb {
    /// The compression ratio, if it is higher than that of any mail.
    fn absurd(&self) -> Option<u64>;
}

impl Bomb for Unpacked {
    fn absurd(&self) -> Option<u64> {
        let packed = self.packed.as_ref()?.load(Ordering::Relaxed).max(1);
        let ratio = self.given / packed;
        (self.given > LARGE && ratio > ABSURD).then_some(ratio)
    }
}

impl Bomb for &[u8] {
    fn absurd(&self) -> Option<u64> {
        None
    }
}

/// A file that counts the bytes read from it.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// All frames of a zstd file, one after the other; `zstd` and `pzstd` write several.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    inside: bool,
    /// Why the current frame broke off.
    broken: Option<io::Error>,
}

impl<R: BufRead> Frames<R> {
    /// Begins the next frame; false at the end of the file.
    fn enter(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let skipped = &mut self.source.by_ref().take(u64::from(length));
                    if io::copy(skipped, &mut io::sink())? < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(why) => return Err(io::Error::other(why)),
            }
        }
        Ok(false)
    }

    /// Whether the current frame matches its checksum, if it has one: the decoder does not compare.
    fn is_sound(&self) -> bool {
        let written = self.decoder.get_checksum_from_data();
        written.is_none_or(|written| Some(written) == self.decoder.get_calculated_checksum())
    }

    /// Decodes the next block. If a frame breaks off, an artificial last block ends it, so that the decoder gives
    /// the bytes that it holds back before the error.
    fn decode_block(&mut self) -> io::Result<()> {
        let one = BlockDecodingStrategy::UptoBlocks(1);
        let Err(why) = self.decoder.decode_blocks(&mut self.source, one) else { return Ok(()) };
        let one = BlockDecodingStrategy::UptoBlocks(1);
        self.broken = Some(io::Error::other(why));
        self.decoder.decode_blocks(LAST_BLOCK, one).map(|_| ()).map_err(io::Error::other)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside {
                if let Some(why) = self.broken.take() {
                    return Err(why);
                }
                self.inside = self.enter()?;
                if !self.inside {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decode_block()?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.inside = false;
            if self.broken.is_none() && !self.is_sound() {
                return Err(io::Error::other(Own("a checksum in it is wrong")));
            }
        }
    }
}
