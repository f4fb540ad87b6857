//! An office as a posted form, and its conversion to and from the stored office.

use chrono::NaiveDate;
use serde::Deserialize;

use super::hours_form::{Grid, SpecialRow, cells};
use crate::domain::content::body::OfficeBody;
use crate::domain::content::item::LONGEST;
use crate::domain::offices::municipality::Municipality;
use crate::domain::offices::position::Position;
use crate::domain::offices::week::Week;
use crate::domain::text::id::ServiceKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::plain;
use crate::i18n::Label;
use crate::web::console::form_errors::FormErrors;
use crate::web::console::staff_session::StaffSession;

/// `hours_as`: the hours are entered day by day.
pub(in crate::web::console) const AS_WEEK: &str = "week";
/// `hours_as`: the hours are entered as text.
const AS_TEXT: &str = "text";
/// The value that a checked box sends.
const ON: &str = "on";

/// A position that is implausibly far away.
pub(in crate::web::console) struct Far {
    /// The form value that confirms the position.
    pub right: String,
    /// The distance in kilometres.
    pub km: f64,
}

impl Far {
    /// The form value that confirms a position; it holds the coordinates, so another position needs a new confirmation.
    pub fn said(here: Position) -> String {
        format!("{},{}", here.lat(), here.lon())
    }
}

/// All fields as they were typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
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
    /// The distant position that somebody has confirmed.
    pub far: String,
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

impl PageForm {
    /// An office as the form shows it.
    pub fn of(body: &OfficeBody, seen: i64) -> PageForm {
        let on = |yes: bool| if yes { ON.to_owned() } else { String::new() };
        let (ours, others): (Vec<_>, Vec<_>) =
            body.languages.iter().cloned().partition(|code| Lang::parse(code).is_some());
        let form = PageForm {
            name: body.name.clone(),
            phone: body.phone.clone(),
            address: body.address.clone(),
            services: body.services.iter().map(ToString::to_string).collect(),
            languages: ours,
            other_languages: others.join(", "),
            lat: body.lat.map(|degrees| degrees.to_string()).unwrap_or_default(),
            lon: body.lon.map(|degrees| degrees.to_string()).unwrap_or_default(),
            // A position that has not been entered yet counts as approximate.
            approximate: on(body.approximate || body.position().is_none()),
            time_zone: body.time_zone.clone(),
            hours: body.hours.clone(),
            hours_was: body.hours.clone(),
            hours_checked: on(body.hours_checked),
            active: on(body.active),
            seen,
            ..PageForm::default()
        };
        match Grid::shown(&body.hours) {
            Some(grid) => PageForm { hours_as: AS_WEEK.to_owned(), ..form.with_grid(&grid) },
            None => PageForm { hours_as: AS_TEXT.to_owned(), ..form },
        }
    }

    /// An empty form for a new office, in this municipality if it is known.
    pub fn new_in(place: Option<&Municipality>) -> PageForm {
        let form = PageForm {
            municipality: place.map(|place| place.key.to_string()).unwrap_or_default(),
            approximate: ON.to_owned(),
            hours_as: AS_WEEK.to_owned(),
            active: ON.to_owned(),
            ..PageForm::default()
        };
        match Grid::shown("") {
            Some(grid) => form.with_grid(&grid),
            None => form,
        }
    }

    /// Fills an empty time zone with the municipality's.
    #[must_use]
    pub fn in_zone_of(mut self, place: &Municipality) -> PageForm {
        if self.time_zone.trim().is_empty() {
            place.time_zone.name().clone_into(&mut self.time_zone);
        }
        self
    }

    /// The distance from the municipality, if it is implausible.
    pub fn far_from(&self, place: &Municipality) -> Option<Far> {
        let here = self.position()?;
        Some(Far { right: Far::said(here), km: here.too_far_from(place.position)? })
    }

    fn with_grid(self, grid: &Grid) -> PageForm {
        let every = |rows: &[&[String]], odd: usize| -> Vec<String> {
            let picked = rows.iter().flat_map(|cells| cells.iter().skip(odd).step_by(2));
            picked.cloned().collect()
        };
        let days: Vec<&[String]> = grid.days.iter().map(<[String; 4]>::as_slice).collect();
        let special: Vec<&[String]> = grid.special.iter().map(|row| row.cells.as_slice()).collect();
        let column = |of: fn(&SpecialRow) -> &String| grid.special.iter().map(|row| of(row).clone()).collect();
        PageForm {
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

    /// The opening hours in the form.
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

    /// Whether the hours are entered day by day.
    pub fn is_week(&self) -> bool {
        self.hours_as != AS_TEXT
    }

    pub fn is_on(&self, value: &str) -> bool {
        value == ON
    }

    /// The position in the form; `None` if it is empty or invalid.
    pub fn position(&self) -> Option<Position> {
        Position::new(plain::number(&self.lat)?, plain::number(&self.lon)?).ok()
    }

    /// Whether both coordinates are empty: the position is unknown.
    fn is_nowhere(&self) -> bool {
        self.lat.trim().is_empty() && self.lon.trim().is_empty()
    }

    /// The office, if every field is valid; special days before `today` are dropped.
    /// `published` is the published position, which needs no confirmation.
    pub fn body(
        &self,
        session: &StaffSession,
        today: NaiveDate,
        place: &Municipality,
        published: Option<Position>,
    ) -> Result<OfficeBody, FormErrors> {
        let mut form_errors = FormErrors::default();
        let knowledge = session.window.app.live.now();
        let known = |key: &ServiceKey| knowledge.service(key).is_some();
        let services = self.services.iter().map(|key| key.parse().ok().filter(known));
        let services: Option<Vec<ServiceKey>> = services.collect();
        if services.is_none() {
            form_errors.add(session, "services", session.field("services"), Label::ProblemWrong);
        }
        let position = self.position();
        if position.is_none() && !self.is_nowhere() {
            form_errors.add(session, "position", session.field("position"), Label::SlipPosition);
        }
        if let Some(far) = self.far_from(place).filter(|_| position != published)
            && self.far != far.right
        {
            let label = Label::SlipFar { km: &session.km(far.km), place: &place.name };
            form_errors.add(session, "position", session.field("position"), label);
        }
        let hours = self.hours_text(session, today, &mut form_errors);
        let (Some(services), true) = (services, form_errors.is_empty()) else { return Err(form_errors) };
        Ok(OfficeBody {
            name: line(&self.name),
            services,
            languages: self.spoken(),
            phone: line(&plain::signs(&self.phone)),
            address: line(&self.address),
            lat: position.map(Position::lat),
            lon: position.map(Position::lon),
            // An unknown position is stored as not approximate.
            approximate: position.is_some() && self.approximate == ON,
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

    /// The text of the hours. If only the entry mode that is not selected was edited, an error asks which one counts.
    fn hours_text(&self, session: &StaffSession, today: NaiveDate, form_errors: &mut FormErrors) -> String {
        let form = line(&plain::signs(&self.hours));
        // The hours that the grid showed when the page was opened.
        let hours_was = line(&plain::signs(&self.hours_was));
        let was = Grid::week_shown(&hours_was);
        let mut unread = FormErrors::default();
        let grid = self.grid();
        let week = grid.week(session, &mut unread);
        let other_was_changed = if self.is_week() {
            form != hours_was && week.as_ref() == Some(&was)
        } else {
            form == hours_was && week != Some(was)
        };
        if other_was_changed {
            form_errors.add(session, "hours", session.field("hours"), Label::SlipHoursChoice);
        }
        if !self.is_week() {
            return form;
        }
        form_errors.append(unread);
        let Some(week) = week else { return form };
        let week = week.without_past(today);
        // A week without any time means unknown. "Never open" has to be entered as text, and stays if it was there.
        if week.is_blank() && Week::read(&form).as_ref() != Some(&week) {
            return String::new();
        }
        // Equal hours keep their existing wording.
        if Week::read(&form).as_ref() == Some(&week) { form } else { week.to_string() }
    }
}

/// One line, cut to `LONGEST` characters.
fn line(text: &str) -> String {
    let short: String = text.chars().take(LONGEST).collect();
    plain::line(&short)
}
