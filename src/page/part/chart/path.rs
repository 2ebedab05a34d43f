//! The bars of a chart as SVG path data.
//!
//! In: the places and heights of bars, from left to right. Out: the text of a `d` attribute.

use std::fmt::Write as _;

/// SVG path data, as short as it can be: each bar begins where the one before ends, and needs no line at its foot.
#[derive(Default)]
pub(super) struct Path {
    pub(super) data: String,
    /// The right end of the last bar, and its foot.
    end: (usize, u64),
}

impl Path {
    /// A bar on top of `y`; nothing if it has no height.
    pub(super) fn bar(&mut self, (x, width): (usize, usize), y: u64, height: u64) {
        if height == 0 {
            return;
        }
        // Writing to a string cannot fail.
        let _ = match self.end.1 == y && !self.data.is_empty() {
            true => write!(self.data, "m{} 0", x - self.end.0),
            false => write!(self.data, "M{x} {y}"),
        };
        let _ = write!(self.data, "v-{height}h{width}v{height}");
        self.end = (x + width, y);
    }
}
