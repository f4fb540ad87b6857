//! The risk–coverage curve: if only the most certain part of the messages were answered, how much would be wrong?

use std::fmt::Write;

use serde::Serialize;

/// One point of the curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Part of the messages that is answered, from 0 to 1.
    pub coverage: f64,
    /// Part of the answered ones that is wrong, from 0 to 1.
    pub risk: f64,
    /// The lowest probability that is still answered.
    pub threshold: f32,
}

/// The curve at twenty coverages.
#[derive(Debug, Clone, Serialize)]
pub struct Curve {
    /// The points by rising coverage.
    pub points: Vec<Point>,
}

/// Number of points.
const STEPS: usize = 20;
/// Size and margin of the image, in pixels.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 300.0;
const MARGIN: f64 = 48.0;

impl Curve {
    /// Builds the curve from the best entry's probability for each message, and whether that entry is right.
    pub fn of(certain: &[(f32, bool)]) -> Curve {
        let mut sorted = certain.to_vec();
        sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut ends: Vec<usize> = (1..=STEPS).map(|step| sorted.len() * step / STEPS).filter(|end| *end > 0).collect();
        ends.dedup();
        let point = |end: usize| Point {
            coverage: end as f64 / sorted.len() as f64,
            risk: sorted[..end].iter().filter(|(_, right)| !right).count() as f64 / end as f64,
            threshold: sorted[end - 1].0,
        };
        Curve { points: ends.into_iter().map(point).collect() }
    }

    /// The curve as a text table with a bar for each point.
    pub fn text(&self) -> String {
        let highest = self.highest();
        self.points.iter().fold("coverage   risk  from p\n".to_owned(), |mut out, point| {
            let bar = "█".repeat((point.risk / highest * 40.0).round() as usize);
            let _ = writeln!(
                out,
                "{:>7.0}% {:>5.1}%   {:.2}  {bar}",
                point.coverage * 100.0,
                point.risk * 100.0,
                point.threshold
            );
            out
        })
    }

    /// The curve as an SVG image with title and axes.
    pub fn svg(&self) -> String {
        let highest = self.highest();
        let at = |point: &Point| {
            (
                MARGIN + point.coverage * (WIDTH - 2.0 * MARGIN),
                HEIGHT - MARGIN - point.risk / highest * (HEIGHT - 2.0 * MARGIN),
            )
        };
        let line: Vec<String> =
            self.points.iter().map(|point| format!("{:.1},{:.1}", at(point).0, at(point).1)).collect();
        let (left, right, top, bottom) = (MARGIN, WIDTH - MARGIN, MARGIN, HEIGHT - MARGIN);
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12">
<title>Risk and coverage</title>
<text x="{left}" y="24" font-size="14">Part answered wrongly, by part answered</text>
<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="#888"/>
<text x="{left}" y="{}">0</text><text x="{right}" y="{}" text-anchor="end">all answered</text>
<text x="{}" y="{top}" text-anchor="end">{:.1} %</text><text x="{}" y="{bottom}" text-anchor="end">0</text>
<polyline points="{}" fill="none" stroke="#1565c0" stroke-width="2"/>
</svg>
"##,
            bottom + 18.0,
            bottom + 18.0,
            left - 6.0,
            highest * 100.0,
            left - 6.0,
            line.join(" ")
        )
    }

    fn highest(&self) -> f64 {
        self.points.iter().map(|point| point.risk).fold(0.01, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_are_answered_first() {
        let curve = Curve::of(&[(0.2, false), (0.9, true), (0.5, true), (0.3, false)]);
        assert_eq!(curve.points.first().map(|point| (point.coverage, point.risk)), Some((0.25, 0.0)));
        assert_eq!(
            curve.points.last().map(|point| (point.coverage, point.risk, point.threshold)),
            Some((1.0, 0.5, 0.2))
        );
    }

    #[test]
    fn nothing_to_answer_has_an_empty_curve() {
        let curve = Curve::of(&[]);
        assert!(curve.points.is_empty());
        assert!(curve.svg().contains("polyline"));
    }
}
