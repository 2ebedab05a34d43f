//! Numbers over time, drawn and as a table, as templates see them.

use serde::Serialize;

/// Bars over time; drawn in a box of `width` by `height` that may be stretched to its place.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Its `id`, the beginning of those in it.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What it says, in a sentence.
    pub description: String,
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing.
    pub height: u64,
    /// The value at the upper edge.
    pub top: u64,
    /// The value half way up.
    pub middle: u64,
    /// Labels below the drawing, at equal distances from its left to its right edge.
    pub ticks: Vec<String>,
    /// The numbers, each with its bars.
    pub layers: Vec<ChartLayer>,
    /// The table, the newest first: a value for each layer.
    pub rows: Vec<ChartRow>,
    /// To a page that has the numbers; then this one need not print them. May be empty.
    pub numbers_url: String,
}

/// One of the numbers of a [`Chart`].
#[derive(Debug, Clone, Serialize)]
pub struct ChartLayer {
    /// What it is; empty where the title says it.
    pub label: String,
    /// The class of its colour: `one` to `four`, `other` and `here` for one bar among others.
    pub class: &'static str,
    /// All its values together; 0 where their sum says nothing.
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
