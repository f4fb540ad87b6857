//! The to-do board: the first page, with what waits for somebody.

use askama::Template;

use super::desk::{Desk, Shown};
use crate::locale::Label;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::page::painted;

#[derive(Template)]
#[template(path = "console/board.html")]
struct Page<'a> {
    desk: &'a Desk,
}

pub(super) async fn show(desk: Desk) -> Shown {
    Ok(painted(&Page { desk: &desk }))
}
