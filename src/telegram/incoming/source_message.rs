//! Reads the message behind an update: its number, words and album. Pure.

use serde_json::Value;

use super::markdown::markdown;
use super::update::{Event, Message, event};
use crate::app::SourceMessage;

/// How words are compared with earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::telegram) enum Words {
    /// Without formatting: a person's question is the same if a word becomes bold.
    Plain,
    /// With bold and links: a colleague's text is then another.
    WithForm,
}

/// The message of an update, if it has one.
pub(in crate::telegram) fn source(update: &Value, words: Words) -> Option<SourceMessage> {
    match event(update) {
        Event::Message(message) => Some(of(&message, words, false)),
        Event::Edited(message) => Some(of(&message, words, true)),
        Event::Pressed(_) | Event::Member(_) | Event::Other => None,
    }
}

fn of(message: &Message, words: Words, edited: bool) -> SourceMessage {
    let said = message.words().map(|said| match words {
        Words::Plain => said.into_owned(),
        Words::WithForm => markdown(&said, message.entities.as_ref()),
    });
    SourceMessage { number: message.id.into(), edited, words: said, album: message.album.clone(), at: message.at() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn form_counts_for_a_colleagues_words_and_not_for_a_persons() {
        let bold = json!([{"type": "bold", "offset": 0, "length": 1}]);
        let message = json!({"message_id": 5, "chat": {"id": 9, "type": "private"}, "text": "a b", "entities": bold,
            "media_group_id": "77", "date": 3, "edit_date": 9});
        let update = json!({"update_id": 1, "edited_message": message});
        let plain = source(&update, Words::Plain).unwrap();
        let expected =
            SourceMessage { number: 5, edited: true, words: Some("a b".into()), album: Some("77".into()), at: Some(9) };
        assert_eq!(plain, expected);
        assert_eq!(source(&update, Words::WithForm).unwrap().words.as_deref(), Some("**a** b"));
        assert_eq!(source(&json!({"update_id": 1, "callback_query": {}}), Words::Plain), None);
    }
}
