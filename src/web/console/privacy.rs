//! Personal data: what is kept and how long, what a person may ask and how it is done, and what to do when data was lost.

use askama::Template;

use super::desk::{Desk, Shown};
use crate::actions::{BREACH, KEPT_DATA, RIGHTS};
use crate::domain::staff::Right;
use crate::locale::{Label, Phrase, say};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::page::painted;

#[derive(Template)]
#[template(path = "console/privacy.html")]
struct Page<'a> {
    desk: &'a Desk,
    /// Who runs the bot, or that nobody has written it yet.
    operator: String,
}

pub(super) async fn show(desk: Desk) -> Shown {
    desk.must(&Right::Statistics)?;
    let knowledge = desk.window.house.live.now();
    let nobody = || say(desk.lang, &Phrase::PrivacyNobody);
    let operator = knowledge.operator().map_or_else(nobody, str::to_owned);
    Ok(painted(&Page { desk: &desk, operator }))
}
