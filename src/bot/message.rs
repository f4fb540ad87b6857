//! A message: paragraphs and buttons in words, without any door's markup.

use serde::{Deserialize, Serialize};

use super::citizen::input::{Button, ButtonError};
use crate::domain::offices::position::Position;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span};

/// One message to a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The language of most of it.
    pub lang: Lang,
    /// Its paragraphs and points.
    pub lines: Vec<Line>,
    /// Its buttons, row by row.
    pub rows: Vec<Vec<Choice>>,
    /// The label of a button that sends where the person is, where a door can do that.
    pub asks_place: Option<String>,
    /// A place to show on a map.
    pub pin: Option<Pin>,
    /// Whether it takes the place of the message whose button was pressed.
    pub in_place: bool,
    /// Whether it belongs to a matter that nobody else should read about: it can be taken back.
    #[serde(default)]
    pub discreet: bool,
    /// A file that comes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
}

/// A file of plain text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// What stands in it; empty where the door asks for it when the person does.
    pub text: String,
}

/// A paragraph or point in its language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its language.
    pub lang: Lang,
    /// The words.
    pub block: Block,
}

/// A button with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What stands on it.
    pub label: String,
    /// The language of the label.
    pub lang: Lang,
    /// What it does.
    pub button: Button,
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// Where.
    pub position: Position,
    /// What is there.
    pub title: String,
    /// Its street, or what is known in its place.
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

    /// With a paragraph of plain words.
    #[must_use]
    pub fn line(self, text: impl Into<String>) -> Message {
        self.spans(vec![Span::plain(text)])
    }

    /// With a paragraph of runs of text.
    #[must_use]
    pub fn spans(self, spans: Vec<Span>) -> Message {
        self.block(Block::Paragraph(spans))
    }

    /// With a block in the message's language.
    #[must_use]
    pub fn block(mut self, block: Block) -> Message {
        let lang = self.lang;
        self.lines.push(Line { lang, block });
        self
    }

    /// With blocks in the message's language.
    #[must_use]
    pub fn blocks(self, blocks: impl IntoIterator<Item = Block>) -> Message {
        blocks.into_iter().fold(self, Message::block)
    }

    /// With a row of buttons; an empty row is left out.
    #[must_use]
    pub fn row(mut self, row: Vec<Choice>) -> Message {
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// The words, a line a block, without form: what every door must show.
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
