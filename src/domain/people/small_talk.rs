//! Small talk: messages that are no question, such as greetings, thanks, news, insults.

use serde::{Deserialize, Serialize};

/// A kind of small talk; each has its own short reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmallTalk {
    /// "Bonjou", "hola", "hi".
    Greeting,
    /// "Mèsi anpil", "gracias", "thank you".
    Thanks,
    /// "Orevwa", "chao", "bye".
    Goodbye,
    /// News of the person: "I went there and it worked."
    News,
    /// An insult to the bot.
    Insult,
}

impl SmallTalk {
    /// All kinds.
    pub const ALL: [SmallTalk; 5] =
        [SmallTalk::Greeting, SmallTalk::Thanks, SmallTalk::Goodbye, SmallTalk::News, SmallTalk::Insult];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            SmallTalk::Greeting => "greeting",
            SmallTalk::Thanks => "thanks",
            SmallTalk::Goodbye => "goodbye",
            SmallTalk::News => "news",
            SmallTalk::Insult => "insult",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<SmallTalk> {
        SmallTalk::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
