//! Numbers over time, drawn and as a table, as templates see them.

use serde::Serialize;

/// Bars over time, drawn in a box of `width` by `height` that can be stretched.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Its `id`, and the beginning of all ids in it.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// A sentence that describes it.
    pub description: String,
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing.
    pub height: u64,
    /// The value at the upper edge.
    pub top: u64,
    /// The value at half the height.
    pub middle: u64,
    /// Labels below the drawing, at equal distances from its left to its right edge.
    pub ticks: Vec<String>,
    /// The numbers, each with its bars.
    pub layers: Vec<ChartLayer>,
    /// The table, newest first: a value for each layer.
    pub rows: Vec<ChartRow>,
    /// Link to a page that prints the numbers, so that this page need not do so; may be empty.
    pub numbers_url: String,
}

/// One of the numbers of a [`Chart`].
#[derive(Debug, Clone, Serialize)]
pub struct ChartLayer {
    /// Its name; empty if the title says it.
    pub label: String,
    /// The class of its colour: `one` to `four`; `other`, and `here` for a single marked bar among others.
    pub class: &'static str,
    /// The sum of its values; 0 if the sum has no meaning.
    pub total: u64,
    /// Its bars, as SVG path data.
    pub path: String,
}

/// A row of the table of a [`Chart`].
#[derive(Debug, Clone, Serialize)]
pub struct ChartRow {
    /// The span of time.
    pub label: String,
    /// The numbers.
    pub values: Vec<u64>,
}
