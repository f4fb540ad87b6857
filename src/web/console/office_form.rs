//! An office as a form sends it, and as it is kept.

use chrono::NaiveDate;
use serde::Deserialize;

use super::desk::Desk;
use super::hours_form::{Grid, SpecialRow, cells};
use super::slips::Slips;
use crate::domain::body::OfficeBody;
use crate::domain::id::ServiceKey;
use crate::domain::lang::Lang;
use crate::domain::municipality::Municipality;
use crate::domain::piece::LONGEST;
use crate::domain::position::Position;
use crate::domain::week::Week;
use crate::locale::Label;

/// The hours are written day by day.
pub(super) const AS_WEEK: &str = "week";
/// The hours are written as text.
const AS_TEXT: &str = "text";
/// What a box that is checked sends.
const ON: &str = "on";

/// Everything that was typed, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub municipality: String,
    pub key: String,
    pub name: String,
    pub phone: String,
    pub address: String,
    pub services: Vec<String>,
    pub languages: Vec<String>,
    pub other_languages: String,
    pub lat: String,
    pub lon: String,
    pub approximate: String,
    pub time_zone: String,
    pub hours_as: String,
    pub hours: String,
    /// The text of the hours when the page was opened.
    pub hours_was: String,
    pub open: Vec<String>,
    pub close: Vec<String>,
    pub holidays: String,
    pub special_from: Vec<String>,
    pub special_to: Vec<String>,
    pub special_note: Vec<String>,
    pub special_open: Vec<String>,
    pub special_close: Vec<String>,
    pub hours_checked: String,
    pub active: String,
    pub seen: i64,
    /// The button that was pressed.
    pub act: String,
}

impl Typed {
    /// An office as the form shows it.
    pub fn of(body: &OfficeBody, seen: i64) -> Typed {
        let on = |yes: bool| if yes { ON.to_owned() } else { String::new() };
        let (ours, others): (Vec<_>, Vec<_>) =
            body.languages.iter().cloned().partition(|code| Lang::parse(code).is_some());
        let typed = Typed {
            name: body.name.clone(),
            phone: body.phone.clone(),
            address: body.address.clone(),
            services: body.services.iter().map(ToString::to_string).collect(),
            languages: ours,
            other_languages: others.join(", "),
            lat: body.lat.to_string(),
            lon: body.lon.to_string(),
            approximate: on(body.approximate),
            time_zone: body.time_zone.clone(),
            hours: body.hours.clone(),
            hours_was: body.hours.clone(),
            hours_checked: on(body.hours_checked),
            active: on(body.active),
            seen,
            ..Typed::default()
        };
        match Grid::read(&body.hours) {
            Some(grid) => Typed { hours_as: AS_WEEK.to_owned(), ..typed.with_grid(&grid) },
            None => Typed { hours_as: AS_TEXT.to_owned(), ..typed },
        }
    }

    /// An empty form for a new office of this municipality.
    pub fn new_in(place: &Municipality) -> Typed {
        let hours = "Mo-Fr 08:30-14:00; PH off";
        let grid = Grid::read(hours).unwrap_or_default();
        let typed = Typed {
            municipality: place.key.to_string(),
            lat: place.position.lat().to_string(),
            lon: place.position.lon().to_string(),
            approximate: ON.to_owned(),
            time_zone: place.time_zone.name().to_owned(),
            hours_as: AS_WEEK.to_owned(),
            hours: hours.to_owned(),
            hours_was: hours.to_owned(),
            active: ON.to_owned(),
            ..Typed::default()
        };
        typed.with_grid(&grid)
    }

    fn with_grid(self, grid: &Grid) -> Typed {
        let every = |rows: &[&[String]], odd: usize| -> Vec<String> {
            let picked = rows.iter().flat_map(|cells| cells.iter().skip(odd).step_by(2));
            picked.cloned().collect()
        };
        let days: Vec<&[String]> = grid.days.iter().map(<[String; 4]>::as_slice).collect();
        let special: Vec<&[String]> = grid.special.iter().map(|row| row.cells.as_slice()).collect();
        let column = |of: fn(&SpecialRow) -> &String| grid.special.iter().map(|row| of(row).clone()).collect();
        Typed {
            open: every(&days, 0),
            close: every(&days, 1),
            holidays: if grid.closed_on_holidays { ON.to_owned() } else { String::new() },
            special_from: column(|row| &row.from),
            special_to: column(|row| &row.to),
            special_note: column(|row| &row.note),
            special_open: every(&special, 0),
            special_close: every(&special, 1),
            ..self
        }
    }

    /// The grid of the hours.
    pub fn grid(&self) -> Grid {
        let cell = |list: &[String], row: usize| list.get(row).cloned().unwrap_or_default();
        let rows = self.special_from.len().max(self.special_note.len());
        let special = (0..rows).map(|row| SpecialRow {
            from: cell(&self.special_from, row),
            to: cell(&self.special_to, row),
            cells: cells(&self.special_open, &self.special_close, row),
            note: cell(&self.special_note, row),
        });
        Grid {
            days: std::array::from_fn(|day| cells(&self.open, &self.close, day)),
            closed_on_holidays: self.holidays == ON,
            special: special.collect(),
        }
    }

    /// Whether the hours are written day by day.
    pub fn is_week(&self) -> bool {
        self.hours_as != AS_TEXT
    }

    pub fn is_on(&self, value: &str) -> bool {
        value == ON
    }

    /// Where the form says that it is.
    pub fn position(&self) -> Option<Position> {
        let degrees = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
        Position::new(degrees(&self.lat)?, degrees(&self.lon)?).ok()
    }

    /// The office, where every field can be read; days that are over on `today` are dropped from the week.
    pub fn body(&self, desk: &Desk, today: NaiveDate) -> Result<OfficeBody, Slips> {
        let mut slips = Slips::default();
        let knowledge = desk.window.house.live.now();
        let known = |key: &ServiceKey| knowledge.service(key).is_some();
        let services = self.services.iter().map(|key| key.parse().ok().filter(known));
        let services: Option<Vec<ServiceKey>> = services.collect();
        if services.is_none() {
            slips.add(desk, "services", desk.field("services"), Label::ProblemWrong);
        }
        let position = self.position();
        if position.is_none() {
            slips.add(desk, "position", desk.field("position"), Label::SlipPosition);
        }
        let hours = self.hours_text(desk, today, &mut slips);
        let (Some(services), Some(position), true) = (services, position, slips.is_empty()) else { return Err(slips) };
        Ok(OfficeBody {
            name: line(&self.name),
            services,
            languages: self.spoken(),
            phone: line(&self.phone),
            address: line(&self.address),
            lat: position.lat(),
            lon: position.lon(),
            approximate: self.approximate == ON,
            hours,
            hours_checked: self.hours_checked == ON,
            time_zone: line(&self.time_zone),
            active: self.active == ON,
        })
    }

    fn spoken(&self) -> Vec<String> {
        let others = self.other_languages.split([',', ' ', ';']).map(|code| code.trim().to_lowercase());
        let mut codes: Vec<String> = Vec::new();
        for code in self.languages.iter().cloned().chain(others).filter(|code| !code.is_empty()) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// The text of the hours. What was written without being chosen is neither dropped nor taken: the person is asked.
    fn hours_text(&self, desk: &Desk, today: NaiveDate, slips: &mut Slips) -> String {
        let typed = line(&self.hours);
        // What the grid showed when the page was opened.
        let was = Grid::read(&self.hours_was).and_then(|_| Week::read(&self.hours_was));
        let mut unread = Slips::default();
        let grid = self.grid();
        let week = grid.week(desk, &mut unread);
        let other_was_changed = if self.is_week() {
            typed != self.hours_was && week == was
        } else {
            typed == self.hours_was && week != Some(was.unwrap_or_default())
        };
        if other_was_changed {
            slips.add(desk, "hours", desk.field("hours"), Label::SlipHoursChoice);
        }
        if !self.is_week() {
            return typed;
        }
        slips.append(unread);
        let Some(week) = week else { return typed };
        let week = week.without_past(today);
        // The same hours in other words stay as somebody wrote them.
        if Week::read(&typed).as_ref() == Some(&week) { typed } else { week.to_string() }
    }
}

/// One line without signs that nobody sees.
fn line(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    plain.trim().to_owned()
}
