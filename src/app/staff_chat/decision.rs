//! What was thought out: what to do, what to say, and what to ask next.

use serde_json::Value;

use super::dialogue::Dialogue;
use crate::app::content::publish::Accepted;
use crate::app::inbox::questions::Deed;
use crate::app::runtime::app::App;
use crate::bot::citizen::Message;
use crate::domain::content::body::Body;
use crate::domain::content::draft::Change;
use crate::domain::content::entry::Check;
use crate::domain::content::item::Piece;
use crate::domain::people::chat::ChatKey;
use crate::domain::text::id::EntryKey;
use crate::store::inbox::questions::StoredQuestion;
use crate::store::staff::telegram_groups::Group;
use crate::store::staff::telegram_links::Link;

/// What was thought out.
pub(super) struct Thought {
    pub messages: Vec<Message>,
    pub after: After,
    pub act: Act,
}

/// What becomes of the dialogue.
pub(super) enum After {
    Stay,
    Begin(Dialogue),
    End,
}

/// What is done. The rights are asked when it is done.
pub(super) enum Act {
    Nothing,
    Link(Link, String),
    Unlink,
    StillCorrect(EntryKey, Check),
    Submit(Box<Proposal>),
    Publish(Vec<Accepted>, Check),
    SendBack(Vec<Accepted>, String),
    Question(StoredQuestion, Deed),
    SetGroup(Group),
    DropGroup(ChatKey),
}

/// A text that goes to the reviewers.
pub(super) struct Proposal {
    pub piece: Piece,
    pub body: Body,
    pub change: Change,
    pub seen: i64,
    pub base: Option<Body>,
}

impl Thought {
    /// Only words.
    pub fn say(message: Message) -> Thought {
        Thought { messages: vec![message], after: After::Stay, act: Act::Nothing }
    }

    /// Words, and the dialogue goes on.
    pub fn ask(messages: Vec<Message>, dialogue: Dialogue) -> Thought {
        Thought { messages, after: After::Begin(dialogue), act: Act::Nothing }
    }

    /// Something is done and told, and the dialogue goes on as it was.
    pub fn does(act: Act, message: Message) -> Thought {
        Thought { messages: vec![message], after: After::Stay, act }
    }

    /// Something is done and told, and the dialogue is over.
    pub fn act(act: Act, message: Message) -> Thought {
        Thought { messages: vec![message], after: After::End, act }
    }
}

impl Act {
    /// Rings what has to hear of it, after the commit.
    pub fn ring(&self, app: &App) {
        match self {
            Act::Nothing | Act::Submit(_) | Act::SendBack(..) | Act::Question(..) => {}
            // What has waited for a group is announced.
            Act::SetGroup(_) => app.asked.notify_one(),
            Act::DropGroup(_) => {}
            Act::Link(..) | Act::Unlink => app.desks.have_changed(),
            Act::StillCorrect(..) | Act::Publish(..) => app.news.notify_one(),
        }
    }
}

/// The address of a link, as it is sealed.
pub(super) fn sealed_home(app: &App, chat: &str, home: &Value) -> String {
    app.seal.seal_for(chat, home)
}
