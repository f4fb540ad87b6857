//! Opening hours in a form: one row per weekday, and rows for special days.

use chrono::NaiveDate;

use crate::domain::offices::week::{MOST_RANGES, OpenDay, Range, SpecialDays, Week, read_time};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, week_in_words};
use crate::web::console::form_errors::FormErrors;
use crate::web::console::staff_session::StaffSession;

/// Cells in a row of times: from and to, twice.
const CELLS: usize = 2 * MOST_RANGES;
/// Empty rows for special days after the filled ones.
const SPARE: usize = 2;
/// Most special days that the form accepts.
const MOST_SPECIAL: usize = 40;
/// [`MOST_SPECIAL`] as text.
const MOST_SPECIAL_WORDS: &str = "40";

/// The cells of a day: opens, closes, opens again, closes again.
pub(in crate::web::console) type Cells = [String; CELLS];

/// The opening hours as shown in the form.
#[derive(Debug, Clone, Default)]
pub(in crate::web::console) struct Grid {
    /// The weekdays, Monday first.
    pub days: [Cells; 7],
    pub closed_on_holidays: bool,
    pub special: Vec<SpecialRow>,
}

/// A row of special days in the form.
#[derive(Debug, Clone, Default)]
pub(in crate::web::console) struct SpecialRow {
    pub from: String,
    pub to: String,
    pub cells: Cells,
    pub note: String,
}

impl SpecialRow {
    fn is_empty(&self) -> bool {
        [&self.from, &self.to, &self.note].into_iter().chain(&self.cells).all(|cell| cell.trim().is_empty())
    }
}

/// The cells of a row, from the posted lists of times; missing values are empty.
pub(in crate::web::console) fn cells(open: &[String], close: &[String], row: usize) -> Cells {
    let cell = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
    std::array::from_fn(|number| {
        let place = row * MOST_RANGES + number / 2;
        cell(if number % 2 == 0 { open } else { close }, place)
    })
}

impl Grid {
    /// A week as the form shows it.
    fn of(week: &Week) -> Grid {
        let special = week.special().iter().map(|days| SpecialRow {
            from: days.from().to_string(),
            to: if days.to() == days.from() { String::new() } else { days.to().to_string() },
            cells: shown(&days.open),
            note: days.note().to_owned(),
        });
        Grid {
            days: std::array::from_fn(|number| week.days().get(number).map(shown).unwrap_or_default()),
            closed_on_holidays: week.is_closed_on_holidays(),
            special: special.collect(),
        }
    }

    /// The grid for these hours; `None` if the form cannot represent them.
    pub fn read(hours: &str) -> Option<Grid> {
        Week::read(hours).filter(|week| week.special().len() <= MOST_SPECIAL).map(|week| Grid::of(&week))
    }

    /// The grid for these hours, empty if they are unknown; `None` if the form cannot represent them.
    pub fn shown(hours: &str) -> Option<Grid> {
        if hours.trim().is_empty() { Some(Grid::of(&unknown())) } else { Grid::read(hours) }
    }

    /// The week that [`Grid::shown`] shows, or the empty week if it shows none.
    pub fn week_shown(hours: &str) -> Week {
        if hours.trim().is_empty() {
            return unknown();
        }
        Week::read(hours).filter(|_| Grid::read(hours).is_some()).unwrap_or_default()
    }

    /// Appends empty rows for more special days.
    #[must_use]
    pub fn with_spare_rows(mut self) -> Grid {
        self.special.retain(|row| !row.is_empty());
        self.special.extend(std::iter::repeat_with(SpecialRow::default).take(SPARE));
        self
    }

    /// The week in the grid; invalid cells are added to the form errors.
    pub fn week(&self, session: &StaffSession, form_errors: &mut FormErrors) -> Option<Week> {
        let before = form_errors.len();
        let names = &session.lang.about().weekdays;
        let mut days: [OpenDay; 7] = Default::default();
        for (number, (day, cells)) in days.iter_mut().zip(&self.days).enumerate() {
            match open_day(cells) {
                Some(open) => *day = open,
                None => form_errors.add(session, &format!("day-{number}"), names[number].clone(), Label::SlipTimes),
            }
        }
        let rows: Vec<&SpecialRow> = self.special.iter().filter(|row| !row.is_empty()).collect();
        let mut special = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let label = || session.word(Label::OfficeSpecialNumber { number: &(number + 1).to_string() });
            match special_days(row) {
                Some(days) => special.push(days),
                None => form_errors.add(session, &format!("special-{number}"), label(), Label::SlipSpecial),
            }
        }
        if rows.len() > MOST_SPECIAL {
            let label = session.word(Label::OfficeSpecial);
            form_errors.add(session, "special-0", label, Label::SlipNumber { number: MOST_SPECIAL_WORDS });
        }
        (form_errors.len() == before).then(|| Week::new(days, self.closed_on_holidays, special))
    }
}

/// Unknown hours: only that offices close on public holidays, which takes effect with the first time entered.
fn unknown() -> Week {
    Week::new(Default::default(), true, Vec::new())
}

fn shown(open: &OpenDay) -> Cells {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    let mut cells = Cells::default();
    for (pair, range) in cells.chunks_exact_mut(2).zip(open.ranges()) {
        if let [from, to] = pair {
            (*from, *to) = (time(range.from()), time(range.to()));
        }
    }
    cells
}

/// The times of one row. An end of 00:00 means the end of the day, because browsers cannot send 24:00.
fn open_day(cells: &Cells) -> Option<OpenDay> {
    let mut ranges = Vec::new();
    for pair in cells.chunks_exact(2) {
        let [from, to] = pair else { return None };
        let (from, to) = (from.trim(), to.trim());
        if from.is_empty() && to.is_empty() {
            continue;
        }
        let end = if to == "00:00" { "24:00" } else { to };
        ranges.push(Range::new(read_time(from)?, read_time(end)?)?);
    }
    OpenDay::new(ranges)
}

fn special_days(row: &SpecialRow) -> Option<SpecialDays> {
    let from: NaiveDate = row.from.trim().parse().ok()?;
    let to = if row.to.trim().is_empty() { from } else { row.to.trim().parse().ok()? };
    SpecialDays::new(from, to, open_day(&row.cells)?, &row.note)
}

/// The hours in words in every language; `None` if our phrases cannot express them.
pub(in crate::web::console) fn in_words(hours: &str) -> Option<Vec<(Lang, Vec<String>)>> {
    let week = Week::read(hours)?;
    Some(Lang::all().map(|lang| (lang, week_in_words(lang, &week))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_times_is_read_as_it_is_shown() {
        for text in ["off", "24/7", "Mo-Fr 08:30-13:00,14:00-24:00; 2026 Dec 24 09:00-12:00 open \"x\""] {
            let week = Week::read(text).unwrap();
            let grid = Grid::of(&week);
            let days: Vec<OpenDay> = grid.days.iter().map(|cells| open_day(cells).unwrap()).collect();
            assert_eq!(days, week.days());
            let special: Vec<_> = grid.special.iter().map(|row| special_days(row).unwrap()).collect();
            assert_eq!(special, week.special());
        }
    }

    #[test]
    fn a_row_that_is_half_filled_or_out_of_order_is_none() {
        let row = |cells: [&str; 4]| open_day(&cells.map(str::to_owned));
        assert_eq!(row([""; 4]), Some(OpenDay::default()));
        assert!(row(["09:00", "12:00", "13:00", "00:00"]).is_some());
        for wrong in [["09:00", "", "", ""], ["12:00", "09:00", "", ""], ["09:00", "13:00", "12:00", "15:00"], ["x"; 4]]
        {
            assert_eq!(row(wrong), None, "{wrong:?}");
        }
        assert_eq!(special_days(&SpecialRow { note: "why".into(), ..SpecialRow::default() }), None);
    }
}
