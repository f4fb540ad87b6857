//! A message: paragraphs and buttons in words, without the markup of any door.

use serde::{Deserialize, Serialize};

use super::citizen::input::{Button, ButtonError};
use crate::domain::offices::position::Position;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span};

/// One message to a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its main language.
    pub lang: Lang,
    /// Its paragraphs and list points.
    pub lines: Vec<Line>,
    /// Its buttons, row by row.
    pub rows: Vec<Vec<Choice>>,
    /// Label of a button that sends the person's location, where the door supports it.
    pub asks_place: Option<String>,
    /// A position to show on a map.
    pub pin: Option<Pin>,
    /// Whether it replaces the message whose button was pressed.
    pub in_place: bool,
    /// Whether it is about a discreet topic, so that it can be retracted.
    #[serde(default)]
    pub discreet: bool,
    /// An attached file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
}

/// A plain text file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its content; empty if the door fetches it only on request.
    pub text: String,
}

/// A paragraph or list point in its language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its language.
    pub lang: Lang,
    /// The text with its formatting.
    pub block: Block,
}

/// A button with its label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The label.
    pub label: String,
    /// The language of the label.
    pub lang: Lang,
    /// The button itself, which has the effect.
    pub button: Button,
}

/// A position on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// The position.
    pub position: Position,
    /// The name of the office there.
    pub title: String,
    /// The street address, or a notice in its place.
    pub address: String,
}

impl Message {
    /// An empty message.
    pub fn new(lang: Lang) -> Message {
        Message {
            lang,
            lines: Vec::new(),
            rows: Vec::new(),
            asks_place: None,
            pin: None,
            in_place: false,
            discreet: false,
            file: None,
        }
    }

    /// Adds a paragraph of plain words.
    #[must_use]
    pub fn line(self, text: impl Into<String>) -> Message {
        self.spans(vec![Span::plain(text)])
    }

    /// Adds a paragraph of spans.
    #[must_use]
    pub fn spans(self, spans: Vec<Span>) -> Message {
        self.block(Block::Paragraph(spans))
    }

    /// Adds a block in the message's language.
    #[must_use]
    pub fn block(mut self, block: Block) -> Message {
        let lang = self.lang;
        self.lines.push(Line { lang, block });
        self
    }

    /// Adds blocks in the message's language.
    #[must_use]
    pub fn blocks(self, blocks: impl IntoIterator<Item = Block>) -> Message {
        blocks.into_iter().fold(self, Message::block)
    }

    /// Adds a row of buttons; an empty row is left out.
    #[must_use]
    pub fn row(mut self, row: Vec<Choice>) -> Message {
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// The plain text, one line per block: every door must show at least this.
    pub fn words(&self) -> String {
        self.lines.iter().map(|line| line.block.words()).collect::<Vec<_>>().join("\n")
    }

    /// All buttons in order.
    pub fn choices(&self) -> impl Iterator<Item = &Choice> {
        self.rows.iter().flatten()
    }
}

impl Serialize for Button {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Button {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|ButtonError| serde::de::Error::custom("not a button"))
    }
}
