//! The message in which something was said, where a door can change it afterwards or bring it in parts: what is the same is not
//! answered again.

use super::arrival::UpdateId;
use crate::domain::people::chat::ChatKey;
use crate::encryption::Encryption;
use crate::store::chats::updates::{self, Noted, NotedMessage};
use crate::store::{StoreError, Tx};

/// The message in which something was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMessage {
    /// Its number in its chat.
    pub number: i64,
    /// Whether it is said that its words were changed; it is also said where they were not.
    pub edited: bool,
    /// Its words, where it has any.
    pub words: Option<String>,
    /// The number of the album of which it is a part.
    pub album: Option<String>,
    /// When it was sent, in seconds since 1970: after an outage that is long before it comes.
    pub at: Option<i64>,
}

/// The same, as it is noted: keyed hashes in the place of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Hashed {
    pub chat: ChatKey,
    pub number: i64,
    pub edited: bool,
    words: Option<String>,
    album: Option<String>,
}

impl Hashed {
    /// The message in this chat.
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

    /// The album of which it is a part without words: perhaps they stand under another part.
    pub fn album_without_words(&self) -> Option<&str> {
        self.album.as_deref().filter(|_| self.words.is_none())
    }

    /// The album of which it is the part with words: they are what is asked.
    pub fn album_with_words(&self) -> Option<&str> {
        self.album.as_deref().filter(|_| self.words.is_some())
    }

    /// Whether it says nothing new: changed to the same words, or one more part without words of an album that was answered.
    /// To be asked before it is noted.
    pub async fn is_nothing_new(&self, tx: &mut Tx) -> Result<bool, StoreError> {
        match (&self.words, &self.album) {
            (Some(_), _) if self.edited => Ok(self.before(tx).await? == Before::Same),
            (None, Some(album)) => updates::knows_album(tx, &self.chat, album).await,
            (Some(_) | None, _) => Ok(false),
        }
    }

    /// How its words stand to those that were noted before.
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

/// How words stand to those that were noted before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Before {
    /// None were noted.
    Unknown,
    /// They are the same.
    Same,
    /// They have changed.
    Other,
}
