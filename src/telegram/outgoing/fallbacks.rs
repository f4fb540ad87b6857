//! Fallbacks: extras of a message that Telegram refuses (reply, topic, buttons, formatting) are dropped. Pure.

use super::Piece;
use crate::telegram::return_to::ReturnTo;

/// The extras of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::telegram) struct Dress {
    /// It is a reply to another message.
    pub reply: bool,
    /// It is in a topic of a group.
    pub topic: bool,
    /// It has buttons.
    pub keyboard: bool,
    /// It has bold words or links.
    pub form: bool,
}

/// One of the extras.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Reply,
    Topic,
    Keyboard,
    Form,
}

/// The order in which extras are dropped if the refusal names none of them.
const PARTS: [Part; 4] = [Part::Reply, Part::Topic, Part::Keyboard, Part::Form];

/// Words of refusals, in lower case, and the extra that each is about. The first match counts: "reply markup" is
/// a keyboard.
const NAMED: [(&str, Part); 11] = [
    ("keyboard", Part::Keyboard),
    ("markup", Part::Keyboard),
    ("button", Part::Keyboard),
    ("can be requested", Part::Keyboard),
    ("thread", Part::Topic),
    ("topic", Part::Topic),
    ("forum", Part::Topic),
    ("repl", Part::Reply),
    ("entit", Part::Form),
    ("parse", Part::Form),
    ("tag", Part::Form),
];

/// Refusals about the chat or the words, which dropping extras cannot resolve.
const HOPELESS: [&str; 8] = [
    "chat not found",
    "chat was deactivated",
    "user is deactivated",
    "not enough rights",
    "have no rights",
    "write_forbidden",
    "peer_id_invalid",
    "message is too long",
];

impl Dress {
    /// The extras of this piece.
    pub fn of(piece: &Piece, to: &ReturnTo, leads: bool) -> Dress {
        let form = match piece {
            Piece::Words { html, .. } | Piece::AsksPlace { html, .. } => html.contains(['<', '&']),
            Piece::Map(..) | Piece::File(_) => false,
        };
        Dress {
            reply: leads && to.answers.is_some(),
            topic: to.thread.is_some(),
            keyboard: piece.markup().is_some(),
            form,
        }
    }

    /// Without the extra that this refusal is about. If it names none, and `guess`, without the next one. `None` if
    /// nothing is left to drop.
    pub fn without(self, refusal: &str, guess: bool) -> Option<Dress> {
        let refusal = refusal.to_lowercase();
        if HOPELESS.iter().any(|words| refusal.contains(words)) {
            return None;
        }
        let named = NAMED.iter().find(|(words, _)| refusal.contains(words)).map(|(_, part)| *part);
        let named = named.filter(|part| self.wears(*part));
        let next = || PARTS.into_iter().find(|part| guess && self.wears(*part));
        named.or_else(next).map(|part| self.off(part))
    }

    fn wears(self, part: Part) -> bool {
        match part {
            Part::Reply => self.reply,
            Part::Topic => self.topic,
            Part::Keyboard => self.keyboard,
            Part::Form => self.form,
        }
    }

    fn off(self, part: Part) -> Dress {
        match part {
            Part::Reply => Dress { reply: false, ..self },
            Part::Topic => Dress { topic: false, ..self },
            Part::Keyboard => Dress { keyboard: false, ..self },
            Part::Form => Dress { form: false, ..self },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Dress = Dress { reply: true, topic: true, keyboard: true, form: true };

    #[test]
    fn what_the_refusal_names_is_taken_off_and_nothing_else() {
        for (refusal, left) in [
            ("message thread not found", FULL.off(Part::Topic)),
            ("TOPIC_CLOSED", FULL.off(Part::Topic)),
            ("message to be replied not found", FULL.off(Part::Reply)),
            ("REPLY_MESSAGE_ID_INVALID", FULL.off(Part::Reply)),
            ("BUTTON_DATA_INVALID", FULL.off(Part::Keyboard)),
            ("can't parse reply keyboard markup JSON object", FULL.off(Part::Keyboard)),
            ("location can be requested in private chats only", FULL.off(Part::Keyboard)),
            ("can't parse entities", FULL.off(Part::Form)),
        ] {
            assert_eq!(FULL.without(refusal, false), Some(left), "{refusal}");
        }
    }

    #[test]
    fn where_the_refusal_names_nothing_one_thing_after_the_other_is_taken_off_until_the_words_are_left() {
        let (mut dress, mut calls) = (Some(FULL), 0);
        while let Some(less) = dress.and_then(|dress| dress.without("of tomorrow", true)) {
            (dress, calls) = (Some(less), calls + 1);
        }
        assert_eq!(calls, 4);
        assert_eq!(FULL.without("of tomorrow", false), None);
        // Named, but not among its extras.
        assert_eq!(FULL.off(Part::Topic).without("message thread not found", false), None);
    }

    #[test]
    fn a_refusal_of_the_chat_itself_is_not_tried_again() {
        assert_eq!(FULL.without("chat not found", true), None);
        assert_eq!(FULL.without("not enough rights to send text messages to the chat", true), None);
    }
}
