//! Offices and municipalities: positions, opening hours and public holidays.

pub(in crate::domain) mod holidays;
pub mod hours;
pub mod municipality;
pub mod office;
pub mod position;
pub mod week;
pub(in crate::domain) mod week_text;
