//! Outgoing: turns a message into calls of the Bot API. Pure.

pub(in crate::telegram) mod delivery;
pub(in crate::telegram) mod fallbacks;
pub(in crate::telegram) mod html;
pub(in crate::telegram) mod outage;
pub(in crate::telegram) mod rate_limit;
pub(in crate::telegram) mod retry;
pub(in crate::telegram) mod sender;

use teloxide::types::{
    ButtonRequest, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup, ReplyMarkup,
};

use self::html::{cut, html};
use crate::bot::citizen::Message;
use crate::bot::message::{Choice, File, Line, Pin};
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span};

/// Longest label of a button, in UTF-16 units: two lines on a small phone. Telegram would cut it without an ellipsis.
const LONGEST_LABEL: usize = 64;
/// Longest text of a file sent as words, in UTF-16 units, with room for escapes.
const LONGEST_TEXT: usize = 3500;
/// Most buttons that Telegram accepts.
const MOST_BUTTONS: usize = 100;
/// Text above buttons without words: Telegram refuses an empty text.
const NO_WORDS: &str = "⬇️";

/// One call to Telegram. Most messages are one piece; a map is its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// Words with inline buttons.
    Words {
        /// Telegram's HTML.
        html: String,
        /// The buttons.
        buttons: Option<InlineKeyboardMarkup>,
    },
    /// Words with the button that sends the person's location; it replaces the phone's keyboard.
    AsksPlace {
        /// Telegram's HTML.
        html: String,
        /// The button.
        keyboard: KeyboardMarkup,
    },
    /// A location on the map.
    Map(Pin, Option<InlineKeyboardMarkup>),
    /// A plain text file.
    File(File),
}

impl Piece {
    /// Its buttons, of either kind.
    pub fn markup(&self) -> Option<ReplyMarkup> {
        match self {
            Piece::Words { buttons, .. } | Piece::Map(_, buttons) => buttons.clone().map(ReplyMarkup::InlineKeyboard),
            Piece::AsksPlace { keyboard, .. } => Some(ReplyMarkup::Keyboard(keyboard.clone())),
            Piece::File(_) => None,
        }
    }
}

/// The pieces of a message, in order. A location can be requested only in a private chat: elsewhere the button is
/// impossible, and words about it would mislead.
pub(super) fn pieces(message: &Message, is_private: bool) -> Vec<Piece> {
    let (html, buttons) = (html(&message.lines), inline_keyboard(message));
    let only_asks = message.asks_place.is_some() && buttons.is_none();
    let needs_words = !html.trim().is_empty() || (buttons.is_some() && message.pin.is_none());
    let mut pieces = Vec::new();
    if needs_words && !only_asks {
        pieces.push(Piece::Words { html: or_sign(&html), buttons: buttons.clone() });
    }
    if let (Some(label), true) = (&message.asks_place, is_private) {
        pieces.push(asks_place(if only_asks { &html } else { "" }, label));
    }
    if let Some(pin) = &message.pin {
        pieces.push(Piece::Map(pin.clone(), buttons.filter(|_| pieces.is_empty())));
    }
    pieces.extend(message.file.clone().map(Piece::File));
    pieces
}

/// A refused file as words, as far as they fit into a message.
pub(super) fn file_in_words(file: &File) -> Piece {
    let line = Line { lang: Lang::first(), block: Block::plain(cut(&file.text, LONGEST_TEXT)) };
    Piece::Words { html: html(&[line]), buttons: None }
}

/// A refused map as words.
pub(super) fn in_words(pin: &Pin, buttons: &Option<InlineKeyboardMarkup>) -> Piece {
    let lines = [Block::Paragraph(vec![Span::bold(pin.title.as_str())]), Block::plain(pin.address.as_str())];
    let lines: Vec<Line> = lines.into_iter().map(|block| Line { lang: Lang::first(), block }).collect();
    Piece::Words { html: html(&lines), buttons: buttons.clone() }
}

fn or_sign(html: &str) -> String {
    if html.trim().is_empty() { NO_WORDS.to_owned() } else { html.to_owned() }
}

fn asks_place(html: &str, label: &str) -> Piece {
    let button = KeyboardButton::new(cut(label, LONGEST_LABEL)).request(ButtonRequest::Location);
    let keyboard = KeyboardMarkup::new([[button]]).resize_keyboard().one_time_keyboard();
    Piece::AsksPlace { html: or_sign(html), keyboard }
}

fn inline_keyboard(message: &Message) -> Option<InlineKeyboardMarkup> {
    let mut left = MOST_BUTTONS;
    let mut rows = Vec::new();
    for row in &message.rows {
        let row: Vec<_> = row.iter().take(left).map(button).collect();
        left -= row.len();
        if !row.is_empty() {
            rows.push(row);
        }
    }
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

fn button(choice: &Choice) -> InlineKeyboardButton {
    InlineKeyboardButton::callback(cut(&choice.label, LONGEST_LABEL), choice.button.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::bot::citizen::Button;
    use crate::domain::offices::position::Position;
    use crate::domain::text::lang::Lang;

    fn menu(label: &str) -> Choice {
        Choice { label: label.into(), lang: Lang::first(), button: Button::Menu }
    }

    fn asking() -> Message {
        Message { asks_place: Some("Where".into()), ..Message::new(Lang::first()).line("Send it") }
    }

    fn pin() -> Option<Pin> {
        Some(Pin { position: Position::new(-33.0, -70.0).unwrap(), title: "t".into(), address: "a".into() })
    }

    fn markup(piece: &Piece) -> Value {
        serde_json::to_value(piece.markup()).unwrap()
    }

    #[test]
    fn buttons_stand_under_the_words() {
        let message = Message::new(Lang::first()).line("x").row(vec![menu("a"), menu(&"b".repeat(100))]);
        let [piece] = &pieces(&message, true)[..] else { panic!("one piece") };
        let label = format!("{}…", "b".repeat(LONGEST_LABEL - 1));
        let row = json!([{"text": "a", "callback_data": "menu"}, {"text": label, "callback_data": "menu"}]);
        assert_eq!(markup(piece), json!({"inline_keyboard": [row]}));
    }

    #[test]
    fn telegram_takes_a_hundred_buttons() {
        let message = (0..150).fold(Message::new(Lang::first()).line("x"), |message, _| message.row(vec![menu("a")]));
        let rows = markup(&pieces(&message, true)[0])["inline_keyboard"].as_array().unwrap().len();
        assert_eq!(rows, MOST_BUTTONS);
    }

    #[test]
    fn a_private_chat_is_asked_where_the_person_is_and_a_group_is_not() {
        let [piece] = &pieces(&asking(), true)[..] else { panic!("one piece") };
        let button = json!({"text": "Where", "request_location": true});
        assert_eq!(markup(piece)["keyboard"], json!([[button]]));
        assert_eq!(pieces(&asking(), false), []);
    }

    #[test]
    fn buttons_and_the_question_for_the_place_are_two_pieces() {
        let both = asking().row(vec![menu("a")]);
        let kinds: Vec<_> = pieces(&both, true).iter().map(|piece| matches!(piece, Piece::AsksPlace { .. })).collect();
        assert_eq!(kinds, [false, true]);
        assert!(matches!(&pieces(&both, false)[..], [Piece::Words { .. }]));
    }

    #[test]
    fn a_map_comes_after_the_words_and_alone_where_there_are_none() {
        let words = Message { pin: pin(), ..Message::new(Lang::first()).line("x").row(vec![menu("a")]) };
        assert!(matches!(&pieces(&words, true)[..], [Piece::Words { buttons: Some(_), .. }, Piece::Map(_, None)]));
        let alone = Message { lines: vec![], ..words };
        assert!(matches!(&pieces(&alone, true)[..], [Piece::Map(_, Some(_))]));
    }

    #[test]
    fn a_text_is_never_empty() {
        let only_buttons = Message::new(Lang::first()).line(" ").row(vec![menu("a")]);
        assert!(matches!(&pieces(&only_buttons, true)[..], [Piece::Words { html, .. }] if html == NO_WORDS));
        assert_eq!(pieces(&Message::new(Lang::first()), true), []);
    }
}
