//! The picture of a digest for link previews.
//!
//! In: a digest. Out: a PNG of 1200 by 630 pixels with the site's title, the period, its numbers, and a comparison
//! with the periods before. [`CardView::alt`] has its text, too. Never here: the theme's fonts and colours, which
//! are CSS.
//!
//! The font is Noto Serif Bold by Google, under the SIL Open Font License 1.1 (`card/OFL.txt`): the Latin, Greek
//! and Cyrillic letters, made with `pyftsubset --no-hinting --layout-features=''
//! --unicodes=U+20-7E,U+A0-17F,U+386-3CE,U+400-45F,U+2010-2026,U+2192,U+2212`. Other letters are left out.

pub(crate) mod canvas;
pub(crate) mod png;

use crate::{
    page::{
        digest::{
            card::canvas::{Canvas, Colour},
            sections::{self, counts},
        },
        part::{
            links::Links,
            row::Excerpts,
            view::{CardView, Count},
            wording,
        },
    },
    plan::{Reader, Route},
};

/// The size that link previews expect.
const WIDTH: usize = 1200;
const HEIGHT: usize = 630;
/// The margin on both sides.
const MARGIN: f32 = 80.0;
/// How many numbers stand side by side.
const NUMBERS: usize = 5;
/// How many periods are compared.
pub(crate) const BARS: usize = 53;

/// The address and the text of a digest's card; `None` if the site has no cards.
pub(crate) fn card_view(plan: Reader<'_>, number: usize) -> Option<CardView> {
    if !plan.settings.cards {
        return None;
    }
    let digest = plan.digest(number);
    let route = Route::card(&digest.period);
    let numbers = card_counts(plan, number);
    let numbers = numbers.iter().map(|count| format!("{} {}", count.number, count.label));
    let heading = wording::heading(&plan.digest(number).period, plan.settings);
    let numbers = numbers.collect::<Vec<_>>().join(", ");
    Some(CardView {
        url: route.absolute(&plan.settings.base_url),
        width: WIDTH,
        height: HEIGHT,
        alt: format!("{}, {heading}: {numbers}", plan.settings.title),
    })
}

/// The bytes of `card.png`.
pub(crate) fn card(plan: Reader<'_>, number: usize) -> Vec<u8> {
    let digest = plan.digest(number);
    let wide = WIDTH as f32 - 2.0 * MARGIN;
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    canvas.fill(Colour::Accent, [0.0, 0.0], [WIDTH as f32, 14.0]);
    canvas.text(Colour::Ink, &plan.settings.title, [MARGIN, 124.0], 54.0, wide);
    canvas.fill(Colour::Soft, [MARGIN, 154.0], [wide, 2.0]);
    canvas.text(
        Colour::Ink,
        &wording::heading(&plan.digest(number).period, plan.settings),
        [MARGIN, 286.0],
        104.0,
        wide,
    );
    let span = wording::span(&digest.period, plan.settings);
    canvas.text(Colour::Soft, &span, [MARGIN, 346.0], 36.0, wide);
    let column = wide / NUMBERS as f32;
    for (at, count) in card_counts(plan, number).iter().enumerate() {
        let x = MARGIN + column * at as f32;
        canvas.text(Colour::Ink, &count.number.to_string(), [x, 446.0], 60.0, column - 20.0);
        canvas.text(Colour::Soft, &count.label, [x, 484.0], 25.0, column - 20.0);
    }
    bars(plan, &mut canvas, number);
    png::indexed(WIDTH, HEIGHT, &canvas::palette(), canvas.pixels())
}

/// How many messages each period up to this one had.
pub(crate) fn card_bars(plan: Reader<'_>, number: usize) -> Vec<usize> {
    let periods = (number + 1).saturating_sub(BARS)..=number;
    periods.map(|number| plan.digest(number).messages.len()).collect()
}

fn bars(plan: Reader<'_>, canvas: &mut Canvas, number: usize) {
    let counts = card_bars(plan, number);
    let most = counts.iter().copied().max().unwrap_or_default().max(1) as f32;
    let step = (WIDTH as f32 - 2.0 * MARGIN) / BARS as f32;
    for (back, count) in counts.iter().rev().enumerate() {
        let height = (*count as f32 / most * 76.0).max(2.0);
        let x = WIDTH as f32 - MARGIN - step * (back + 1) as f32;
        let colour = if back == 0 { Colour::Accent } else { Colour::Soft };
        canvas.fill(colour, [x, 594.0 - height], [step - 4.0, height]);
    }
}

/// The first numbers of a digest.
fn card_counts(plan: Reader<'_>, number: usize) -> Vec<Count> {
    let digest = plan.digest(number);
    let route = Route::digest(&digest.period);
    let mut all = counts(
        &plan.settings.words,
        digest,
        &sections::sections(plan, &Links::new(plan, &route), digest, Excerpts::Without),
    );
    all.truncate(NUMBERS);
    all
}
