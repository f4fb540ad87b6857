//! Draws tables as SVG charts: lines, a heat map of hours, bars.
//! Colours are placeholders that the style sheet replaces, so that charts fit light mode, dark mode and paper.

use std::error::Error;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::domain::text::lang::Lang;
use crate::exports::statistics::{Column, Figure, Row, Table};

/// Narrow, so that the text stays readable when a phone scales the chart to its screen.
const WIDTH: u32 = 340;
/// Font size.
const LETTERS: u32 = 12;
const INK: RGBColor = RGBColor(0x1C, 0x2A, 0x2D);
const LINE: RGBColor = RGBColor(0xDD, 0xD2, 0xC0);
/// Colours of the series; the marker shapes differ too, for colour-blind readers.
const SERIES: [RGBColor; 3] = [RGBColor(0x0B, 0x55, 0x65), RGBColor(0xA8, 0x43, 0x1A), RGBColor(0x6B, 0x4A, 0x00)];
/// Longest label above a bar, in characters.
const LONGEST_LABEL: usize = 50;

type Drawn = Result<(), Box<dyn Error + Send + Sync>>;
type Paper<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

/// Line chart: rows along the x axis, one line per column except the last, which is the sum.
pub(super) fn lines(table: &Table) -> Option<String> {
    let rows: Vec<&Row> = table.parts().collect();
    let (_, columns) = table.columns.split_last()?;
    (rows.len() > 1).then(|| drawn(236, |paper| draw_lines(paper, columns, &rows)))?
}

/// Heat map: rows by columns without sums, darker for higher counts. `None` if no count is above zero.
pub(super) fn squares(table: &Table, lang: Lang) -> Option<String> {
    let rows: Vec<&Row> = table.parts().collect();
    let (_, columns) = table.columns.split_last()?;
    let counted = rows.iter().any(|row| row.figures.iter().take(columns.len()).any(|figure| figure.count() > Some(0)));
    counted.then(|| drawn(238, |paper| draw_squares(paper, columns, &rows, lang)))?
}

/// Bar chart: one bar per row, the sum of the row's counts in these columns.
pub(super) fn bars(table: &Table, columns: &[&str], lang: Lang) -> Option<String> {
    let place = |key: &&str| table.columns.iter().position(|column| column.key == **key);
    let places: Vec<usize> = columns.iter().filter_map(place).collect();
    let bar = |row: &Row| {
        let counts: Option<Vec<u64>> = places.iter().map(|place| row.figures.get(*place)?.count()).collect();
        (row.title.clone(), counts.map(|counts| counts.iter().sum()))
    };
    let bars: Vec<(String, Option<u64>)> = table.parts().map(bar).collect();
    let height = u32::try_from(bars.len()).ok()? * BAR + 4;
    (!bars.is_empty()).then(|| drawn(height, |paper| draw_bars(paper, &bars, lang)))?
}

/// Renders the SVG. `None` on a drawing error: the page shows the table beside it anyway.
fn drawn(height: u32, draw: impl FnOnce(&Paper<'_>) -> Drawn) -> Option<String> {
    let mut svg = String::new();
    {
        let paper = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        draw(&paper).ok()?;
        paper.present().ok()?;
    }
    Some(svg)
}

fn letters(colour: &RGBColor, h: HPos, v: VPos) -> TextStyle<'static> {
    ("sans-serif", LETTERS).into_font().color(colour).pos(Pos::new(h, v))
}

fn colour(place: usize) -> RGBColor {
    SERIES[place % SERIES.len()]
}

fn draw_lines(paper: &Paper<'_>, columns: &[Column], rows: &[&Row]) -> Drawn {
    let (legend, below) = paper.split_vertically(24);
    draw_legend(&legend, columns)?;
    let counts = rows.iter().flat_map(|row| row.figures.iter().take(columns.len())).filter_map(|figure| figure.count());
    let most = counts.max().unwrap_or(0).max(5);
    let last = i32::try_from(rows.len())? - 1;
    let mut chart = ChartBuilder::on(&below)
        .margin_right(14)
        .margin_top(6)
        .x_label_area_size(24)
        .y_label_area_size(38)
        .build_cartesian_2d(0..last, 0..most)?;
    let label =
        |place: &i32| usize::try_from(*place).ok().and_then(|place| rows.get(place)).map_or(String::new(), short);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(LINE)
        .axis_style(LINE)
        .x_labels(6)
        .y_labels(5)
        .x_label_formatter(&label)
        .label_style(letters(&INK, HPos::Center, VPos::Center))
        .draw()?;
    for place in 0..columns.len() {
        for stretch in stretches(rows, place) {
            chart.draw_series(LineSeries::new(stretch.iter().copied(), colour(place).stroke_width(2)))?;
            for point in stretch {
                match place % SERIES.len() {
                    0 => chart.draw_series([Circle::new(point, 3, colour(place).filled())])?,
                    1 => chart.draw_series([TriangleMarker::new(point, 4, colour(place).filled())])?,
                    _ => chart.draw_series([Cross::new(point, 3, colour(place).stroke_width(2))])?,
                };
            }
        }
    }
    Ok(())
}

/// Runs of consecutive points of a column; a hidden count interrupts the line.
fn stretches(rows: &[&Row], column: usize) -> Vec<Vec<(i32, u64)>> {
    let points = (0..).zip(rows).map(|(x, row)| Some((x, row.figures.get(column)?.count()?)));
    let points: Vec<Option<(i32, u64)>> = points.collect();
    points
        .split(Option::is_none)
        .map(|stretch| stretch.iter().flatten().copied().collect::<Vec<_>>())
        .filter(|stretch| !stretch.is_empty())
        .collect()
}

/// `2026-11-24` as `24/11`.
fn short(row: &&Row) -> String {
    let mut parts = row.key.splitn(3, '-');
    let (_, month, day) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    format!("{day}/{month}")
}

fn draw_legend(paper: &Paper<'_>, columns: &[Column]) -> Drawn {
    let style = letters(&INK, HPos::Left, VPos::Center);
    for (place, column) in columns.iter().enumerate() {
        let x = 38 + i32::try_from(place)? * 98;
        let (at, own) = ((x, 12), colour(place));
        match place % SERIES.len() {
            0 => paper.draw(&Circle::new(at, 4, own.filled()))?,
            1 => paper.draw(&TriangleMarker::new(at, 5, own.filled()))?,
            _ => paper.draw(&Cross::new(at, 4, own.stroke_width(2)))?,
        }
        paper.draw_text(&column.title, &style, (x + 10, 12))?;
    }
    Ok(())
}

fn draw_squares(paper: &Paper<'_>, columns: &[Column], rows: &[&Row], lang: Lang) -> Drawn {
    const LEFT: i32 = 76;
    const TOP: i32 = 22;
    const HIGH: i32 = 26;
    let count = i32::try_from(columns.len())?.max(1);
    let wide = (i32::try_from(WIDTH)? - LEFT - 4) / count;
    let cells = || rows.iter().flat_map(|row| row.figures.iter().take(columns.len()));
    let most = cells().filter_map(|figure| figure.count()).max().unwrap_or(0).max(1);
    let every = if count > 12 { 3 } else { 1 };
    for (place, column) in (0..).zip(columns).filter(|(place, _)| place % every == 0) {
        let centre = LEFT + place * wide + wide / 2;
        paper.draw_text(&column.title, &letters(&INK, HPos::Center, VPos::Center), (centre, 10))?;
    }
    for (r, row) in (0..).zip(rows) {
        let top = TOP + r * HIGH;
        paper.draw_text(&row.title, &letters(&INK, HPos::Right, VPos::Center), (LEFT - 8, top + HIGH / 2))?;
        for (c, figure) in (0..).zip(row.figures.iter().take(columns.len())) {
            draw_square(paper, *figure, (LEFT + c * wide, top), (wide - 2, HIGH - 2), most)?;
        }
    }
    let below = TOP + i32::try_from(rows.len())? * HIGH + 6;
    draw_scale(paper, (LEFT, below), most, lang)
}

fn draw_square(paper: &Paper<'_>, figure: Figure, (x, y): (i32, i32), (w, h): (i32, i32), most: u64) -> Drawn {
    let place = [(x, y), (x + w, y + h)];
    paper.draw(&Rectangle::new(place, LINE.stroke_width(1)))?;
    match figure {
        Figure::Count(n) if n > 0 => {
            let strength = 0.15 + 0.85 * n as f64 / most as f64;
            paper.draw(&Rectangle::new(place, SERIES[0].mix(strength).filled()))?;
        }
        Figure::Hidden => {
            paper.draw_text("*", &letters(&INK, HPos::Center, VPos::Center), (x + w / 2, y + h / 2 + 3))?;
        }
        Figure::Count(_) | Figure::Share(_) | Figure::Change(_) | Figure::Mean(_) | Figure::Nothing => {}
    }
    Ok(())
}

/// Legend: which count each colour strength stands for.
fn draw_scale(paper: &Paper<'_>, (x, y): (i32, i32), most: u64, lang: Lang) -> Drawn {
    const STEPS: i32 = 5;
    paper.draw_text("0", &letters(&INK, HPos::Right, VPos::Center), (x - 8, y + 8))?;
    for step in 0..=STEPS {
        let n = (most as f64 * f64::from(step) / f64::from(STEPS)).round() as u64;
        draw_square(paper, Figure::Count(n), (x + step * 20, y), (18, 14), most)?;
    }
    let most = Figure::Count(most).words(lang);
    paper.draw_text(&most, &letters(&INK, HPos::Left, VPos::Center), (x + (STEPS + 1) * 20 + 4, y + 8))?;
    Ok(())
}

/// Height of a bar with its label.
const BAR: u32 = 38;

fn draw_bars(paper: &Paper<'_>, bars: &[(String, Option<u64>)], lang: Lang) -> Drawn {
    const ROOM: f64 = 280.0;
    let most = bars.iter().filter_map(|(_, n)| *n).max().unwrap_or(0).max(1);
    for (place, (title, n)) in (0..).zip(bars) {
        let top = place * i32::try_from(BAR)?;
        paper.draw_text(&shortened(title), &letters(&INK, HPos::Left, VPos::Center), (2, top + 9))?;
        let long = n.map_or(0.0, |n| ROOM * n as f64 / most as f64).max(1.0) as i32;
        paper.draw(&Rectangle::new([(2, top + 18), (2 + long, top + 32)], SERIES[0].filled()))?;
        let words = Figure::of(*n).words(lang);
        paper.draw_text(&words, &letters(&INK, HPos::Left, VPos::Center), (long + 8, top + 26))?;
    }
    Ok(())
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= LONGEST_LABEL {
        return title.to_owned();
    }
    title.chars().take(LONGEST_LABEL - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::statistics::TableId;

    fn table(rows: Vec<(&str, Vec<Figure>)>) -> Table {
        let column = |key: &str| Column { key: key.to_owned(), title: format!("<{key}>") };
        let row = |(key, figures): (&str, Vec<Figure>)| Row {
            key: key.to_owned(),
            title: format!("{key} & more"),
            figures,
            is_part: true,
        };
        Table {
            id: TableId::Course,
            title: String::new(),
            about: String::new(),
            corner: String::new(),
            columns: ["a", "b", "total"].map(column).into(),
            rows: rows.into_iter().map(row).collect(),
        }
    }

    #[test]
    fn a_hidden_count_is_a_gap_in_the_line_and_a_star_in_the_map() {
        use Figure::{Count, Hidden};
        let rows = |middle| {
            [("2026-11-01", Count(7)), ("2026-11-02", middle), ("2026-11-03", Count(9))]
                .map(|(key, n)| (key, vec![n, Count(0), Count(0)]))
                .to_vec()
        };
        let (whole, gap) = (table(rows(Count(8))), table(rows(Hidden)));
        let count = |svg: Option<String>, what: &str| svg.unwrap().matches(what).count();
        assert_eq!(count(lines(&whole), "<circle"), count(lines(&gap), "<circle") + 1);
        assert_eq!(
            (count(squares(&whole, Lang::first()), ">\n*"), count(squares(&gap, Lang::first()), ">\n*")),
            (0, 1)
        );
    }

    #[test]
    fn titles_are_text_in_the_picture_whatever_signs_they_have() {
        let one = table(vec![("<b>", vec![Figure::Count(7); 3]), ("x", vec![Figure::Hidden; 3])]);
        let svgs = [lines(&one), squares(&one, Lang::first()), bars(&one, &["a"], Lang::first())];
        for svg in svgs.into_iter().flatten() {
            assert!(!svg.contains("<b>") && !svg.contains("style="), "{svg}");
        }
    }
}
