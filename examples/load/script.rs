//! Scripts: what chats write, out of the phrasings of all languages, and what the core answers to it.

use ventanilla::bot::citizen::{Input, Message, TurnInput, respond, wording};
use ventanilla::bot::knowledge::Knowledge;
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Chat;
use ventanilla::pack::{STARTER, embedded, read};

/// How many scripts there are; the chats share them.
const SCRIPTS: usize = 24;

/// What one chat writes and is answered.
pub struct Script {
    /// Its messages.
    pub messages: Vec<String>,
    /// The letters of every reply, and to which message it is.
    pub replies: Vec<(String, usize)>,
    chat: Chat,
}

/// The scripts: questions whose replies differ from the one before, so that none can be mistaken for another.
pub fn scripts(messages: usize) -> Vec<Script> {
    let content = read(&embedded(&STARTER)).unwrap();
    let mut questions: Vec<String> = content.phrasings.iter().map(|phrasing| phrasing.text.clone()).collect();
    // Neighbours in the files mean the same: take them from everywhere.
    questions.sort_by_key(|text| text.bytes().fold(7_u64, |sum, b| sum.wrapping_mul(0x0100_0000_01b3) ^ u64::from(b)));
    let knowledge = Knowledge::build(content, 1).unwrap();
    let mut questions = questions.into_iter().cycle();
    let script = |_| {
        let mut script = Script { messages: Vec::new(), replies: Vec::new(), chat: Chat::default() };
        while script.messages.len() < messages {
            script.extend(&knowledge, questions.next().unwrap());
        }
        script
    };
    (0..SCRIPTS).map(script).collect()
}

impl Script {
    /// Adds a question with its replies, if they can be told from the reply before.
    fn extend(&mut self, knowledge: &Knowledge, question: String) {
        let turn_input = TurnInput { input: Input::Text(question.clone()), proposed: None, reachable: true };
        let now = Clock::System.now();
        let turn = respond(knowledge, &self.chat, &turn_input, now);
        let replies: Vec<Message> = turn.replies.iter().flat_map(|reply| wording(knowledge, reply, now)).collect();
        if self.suits(&replies) {
            self.replies.extend(replies.iter().map(|reply| (letters(&reply.words()), self.messages.len())));
            self.messages.push(question);
            self.chat = turn.chat;
        }
    }

    fn suits(&self, replies: &[Message]) -> bool {
        let mut last = self.replies.last().map(|(letters, _)| letters.clone());
        replies.iter().all(|reply| {
            let words = letters(&reply.words());
            let plain = reply.pin.is_none() && reply.asks_place.is_none() && !words.is_empty();
            let differs = last.as_ref() != Some(&words);
            last = Some(words);
            plain && differs
        })
    }
}

/// The letters of a text: what is said, however a door sets it.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
