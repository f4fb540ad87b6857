//! The message an input came in: a door may report it again, edited or in parts, and a repetition is not answered.

use super::arrival::UpdateId;
use crate::domain::people::chat::ChatKey;
use crate::encryption::Encryption;
use crate::store::chats::updates::{self, Noted, NotedMessage};
use crate::store::{StoreError, Tx};

/// The message that an input came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMessage {
    /// Its number in its chat.
    pub number: i64,
    /// Whether the door reports that its words were edited; it does so even if they were not.
    pub edited: bool,
    /// Its words, if it has any.
    pub words: Option<String>,
    /// The number of its album, if it is part of one.
    pub album: Option<String>,
    /// When it was sent, in seconds since 1970: after an outage, long before it arrives.
    pub at: Option<i64>,
}

/// The same as it is stored: keyed hashes instead of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Hashed {
    pub chat: ChatKey,
    pub number: i64,
    pub edited: bool,
    words: Option<String>,
    album: Option<String>,
}

impl Hashed {
    /// Hashes a message of this chat.
    pub fn of(encryption: &Encryption, chat: &ChatKey, source: &SourceMessage) -> Hashed {
        let hash = |kind: &str, value: &String| encryption.hash(kind, &format!("{}:{value}", chat.as_str()));
        Hashed {
            chat: chat.clone(),
            number: source.number,
            edited: source.edited,
            words: source.words.as_ref().map(|words| hash("words", words)),
            album: source.album.as_ref().map(|album| hash("album", album)),
        }
    }

    /// Its album, if this part has no words: another part may have them.
    pub fn album_without_words(&self) -> Option<&str> {
        self.album.as_deref().filter(|_| self.words.is_none())
    }

    /// Its album, if this is the part with words: they are the question.
    pub fn album_with_words(&self) -> Option<&str> {
        self.album.as_deref().filter(|_| self.words.is_some())
    }

    /// Whether it repeats something: edited to the same words, or one more part without words of an album already seen.
    /// Must be called before the update is noted.
    pub async fn is_nothing_new(&self, tx: &mut Tx) -> Result<bool, StoreError> {
        match (&self.words, &self.album) {
            (Some(_), _) if self.edited => Ok(self.before(tx).await? == Before::Same),
            (None, Some(album)) => updates::knows_album(tx, &self.chat, album).await,
            (Some(_) | None, _) => Ok(false),
        }
    }

    /// How its words compare to those that were noted last.
    pub async fn before(&self, tx: &mut Tx) -> Result<Before, StoreError> {
        let before = updates::words(tx, &self.chat, self.number).await?;
        Ok(match before {
            None => Before::Unknown,
            before if before == self.words => Before::Same,
            Some(_) => Before::Other,
        })
    }

    /// An update of this message, to be noted.
    pub fn noted<'a>(update: &'a UpdateId, message: Option<&'a Hashed>) -> Noted<'a> {
        let message = message.map(|hashed| NotedMessage {
            chat: &hashed.chat,
            number: hashed.number,
            words: hashed.words.as_deref(),
            album: hashed.album.as_deref(),
        });
        Noted { source: &update.source, number: update.number, message }
    }
}

/// How words compare to those that were noted last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Before {
    /// None were noted.
    Unknown,
    /// They are the same.
    Same,
    /// They have changed.
    Other,
}
