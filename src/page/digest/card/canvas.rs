//! A picture in three colours on paper.
//!
//! In: rectangles and lines of text. Out: one byte per pixel, an index into [`palette`]. Never here: the content of
//! the picture.

use ab_glyph::{Font as _, FontRef, Glyph, PxScale, ScaleFont as _, point};

static FONT: &[u8] = include_bytes!("noto-serif-bold.ttf");

/// Red, green and blue.
const PAPER: [u8; 3] = [0xfd, 0xfc, 0xf8];
/// How many shades of each colour there are, paper included.
const SHADES: usize = 64;
/// Smaller letters are illegible in a preview, so a longer text is cut.
const SMALLEST: f32 = 22.0;

/// A pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Ink,
    Soft,
    Accent,
}

impl Colour {
    const ALL: [(Self, [u8; 3]); 3] = [
        (Self::Ink, [0x1f, 0x1d, 0x1a]),
        (Self::Soft, [0x5d, 0x57, 0x4e]),
        (Self::Accent, [0x8c, 0x2f, 0x1b]),
    ];
}

/// The colours of all pixels: from paper to each colour.
pub(crate) fn palette() -> Vec<[u8; 3]> {
    let mix = |from: u8, to: u8, shade: usize| {
        let (from, to) = (usize::from(from), usize::from(to));
        ((from * (SHADES - 1 - shade) + to * shade) / (SHADES - 1)) as u8
    };
    let shades = |(_, colour): (Colour, [u8; 3])| {
        (0..SHADES).map(move |shade| [0, 1, 2].map(|i| mix(PAPER[i], colour[i], shade)))
    };
    Colour::ALL.into_iter().flat_map(shades).collect()
}

/// A picture, initially blank paper.
pub(crate) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![0; width * height] }
    }

    /// The rows from the top, each from the left.
    pub(crate) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Fills a rectangle, rounded to whole pixels: its left and top, its width and height.
    pub(crate) fn fill(&mut self, colour: Colour, at: [f32; 2], size: [f32; 2]) {
        // A number below 0 becomes 0.
        let range = |side: usize, max: usize| {
            let (from, to) = (at[side].round() as usize, (at[side] + size[side]).round() as usize);
            from.min(max)..to.min(max)
        };
        let (columns, rows) = (range(0, self.width), range(1, self.height));
        for y in rows {
            for x in columns.clone() {
                self.dot(colour, x, y, 1.0);
            }
        }
    }

    /// Writes a line that begins at `at`, on its base line. A line wider than `most` is written smaller than
    /// `size`, or cut.
    pub(crate) fn text(&mut self, colour: Colour, text: &str, at: [f32; 2], size: f32, most: f32) {
        let font = FontRef::try_from_slice(FONT).expect("the font is part of the program");
        let known = |c: &char| font.glyph_id(*c).0 != 0;
        let mut letters: Vec<char> = text.chars().filter(known).take(200).collect();
        let wide = width(&font, size, &letters);
        let size = if wide > most { (size * most / wide).max(SMALLEST.min(size)) } else { size };
        while width(&font, size, &letters) > most && letters.len() > 1 {
            letters.truncate(letters.len() - if letters.last() == Some(&'…') { 2 } else { 1 });
            letters.push('…');
        }
        let scaled = font.as_scaled(PxScale::from(size));
        let mut x = at[0];
        for letter in letters {
            let id = font.glyph_id(letter);
            let glyph: Glyph = id.with_scale_and_position(size, point(x, at[1]));
            x += scaled.h_advance(id);
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|dx, dy, cover| {
                let (x, y) = (corner.x + dx as f32, corner.y + dy as f32);
                if x >= 0.0 && y >= 0.0 {
                    self.dot(colour, x as usize, y as usize, cover);
                }
            });
        }
    }

    /// Covers a part of a pixel.
    fn dot(&mut self, colour: Colour, x: usize, y: usize, cover: f32) {
        if x >= self.width || y >= self.height {
            return;
        }
        let shade = (cover.clamp(0.0, 1.0) * (SHADES - 1) as f32).round() as u8;
        let pixel = &mut self.pixels[y * self.width + x];
        if shade > 0 {
            *pixel = colour as u8 * SHADES as u8 + shade.max(*pixel % SHADES as u8);
        }
    }
}

fn width(font: &FontRef<'_>, size: f32, letters: &[char]) -> f32 {
    let scaled = font.as_scaled(PxScale::from(size));
    letters.iter().map(|letter| scaled.h_advance(font.glyph_id(*letter))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, most: f32) -> (usize, usize) {
        let mut canvas = Canvas::new(300, 60);
        canvas.text(Colour::Ink, text, [10.0, 40.0], 30.0, most);
        let columns = |x: &usize| (0..60).any(|y| canvas.pixels()[y * 300 + x] != 0);
        let inked: Vec<usize> = (0..300).filter(columns).collect();
        (inked.first().copied().unwrap_or(0), inked.last().copied().unwrap_or(0))
    }

    #[test]
    fn a_text_keeps_within_its_width() {
        let (start, end) = drawn("Lamp", 280.0);
        assert!((9..14).contains(&start) && end < 120, "{start} {end}");
        let (_, end) = drawn(&"Lantern ".repeat(100), 200.0);
        assert!((180..=212).contains(&end), "{end}");
        assert_eq!(drawn("", 100.0), (0, 0));
        assert_eq!(drawn("\u{4e00}\u{200b}\n", 100.0), (0, 0));
    }

    #[test]
    fn the_palette_goes_from_paper_to_each_colour() {
        let palette = palette();
        assert_eq!(palette.len(), 192);
        for (colour, rgb) in Colour::ALL {
            let first = colour as usize * SHADES;
            assert_eq!((palette[first], palette[first + SHADES - 1]), (PAPER, rgb));
        }
    }
}
