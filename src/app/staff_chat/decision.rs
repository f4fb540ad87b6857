//! What was thought out: what to do, what to say, and what to ask next.

use serde_json::Value;

use super::dialogue::Dialogue;
use crate::app::content::publish::Accepted;
use crate::app::inbox::questions::QuestionAction;
use crate::app::runtime::app::App;
use crate::bot::citizen::Message;
use crate::domain::content::body::Body;
use crate::domain::content::draft::Change;
use crate::domain::content::entry::Check;
use crate::domain::content::item::ContentItem;
use crate::domain::people::chat::ChatKey;
use crate::domain::text::id::EntryKey;
use crate::store::inbox::questions::StoredQuestion;
use crate::store::staff::telegram_groups::Group;
use crate::store::staff::telegram_links::Link;

/// What was thought out.
pub(super) struct Decision {
    pub messages: Vec<Message>,
    pub next: NextDialogue,
    pub command: Command,
}

/// What becomes of the dialogue.
pub(super) enum NextDialogue {
    Stay,
    Begin(Dialogue),
    End,
}

/// What is done. The rights are asked when it is done.
pub(super) enum Command {
    Nothing,
    Link(Link, String),
    Unlink,
    Verify(EntryKey, Check),
    Submit(Box<Proposal>),
    Publish(Vec<Accepted>, Check),
    SendBack(Vec<Accepted>, String),
    Question(StoredQuestion, QuestionAction),
    SetGroup(Group),
    DropGroup(ChatKey),
}

/// A text that goes to the reviewers.
pub(super) struct Proposal {
    pub item: ContentItem,
    pub body: Body,
    pub change: Change,
    pub seen: i64,
    pub base: Option<Body>,
}

impl Decision {
    /// Only words.
    pub fn say(message: Message) -> Decision {
        Decision { messages: vec![message], next: NextDialogue::Stay, command: Command::Nothing }
    }

    /// Words, and the dialogue goes on.
    pub fn ask(messages: Vec<Message>, dialogue: Dialogue) -> Decision {
        Decision { messages, next: NextDialogue::Begin(dialogue), command: Command::Nothing }
    }

    /// Something is done and told, and the dialogue goes on as it was.
    pub fn does(command: Command, message: Message) -> Decision {
        Decision { messages: vec![message], next: NextDialogue::Stay, command }
    }

    /// Something is done and told, and the dialogue is over.
    pub fn command(command: Command, message: Message) -> Decision {
        Decision { messages: vec![message], next: NextDialogue::End, command }
    }
}

impl Command {
    /// Rings what has to hear of it, after the commit.
    pub fn ring(&self, app: &App) {
        match self {
            Command::Nothing | Command::Submit(_) | Command::SendBack(..) | Command::Question(..) => {}
            // What has waited for a group is announced.
            Command::SetGroup(_) => app.question_left.notify_one(),
            Command::DropGroup(_) => {}
            Command::Link(..) | Command::Unlink => app.staff_chats.have_changed(),
            Command::Verify(..) | Command::Publish(..) => app.published.notify_one(),
        }
    }
}

/// The address of a link, as it is sealed.
pub(super) fn sealed_home(app: &App, chat: &str, home: &Value) -> String {
    app.encryption.encrypt_for(chat, home)
}
