//! The result of deciding a colleague's turn: the command to perform, the messages to send, and the next dialogue.

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

/// The result of deciding a turn; nothing of it has happened yet.
pub(super) struct Decision {
    pub messages: Vec<Message>,
    pub next: NextDialogue,
    pub command: Command,
}

/// Change of the dialogue.
pub(super) enum NextDialogue {
    Stay,
    Begin(Dialogue),
    End,
}

/// An action to perform. Rights are checked when it is performed.
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

/// A text to submit for review.
pub(super) struct Proposal {
    pub item: ContentItem,
    pub body: Body,
    pub change: Change,
    pub seen: i64,
    pub base: Option<Body>,
}

impl Decision {
    /// Only messages.
    pub fn say(message: Message) -> Decision {
        Decision { messages: vec![message], next: NextDialogue::Stay, command: Command::Nothing }
    }

    /// Messages that ask for input; begins or continues the dialogue.
    pub fn ask(messages: Vec<Message>, dialogue: Dialogue) -> Decision {
        Decision { messages, next: NextDialogue::Begin(dialogue), command: Command::Nothing }
    }

    /// A command and its message; the dialogue stays as it is.
    pub fn does(command: Command, message: Message) -> Decision {
        Decision { messages: vec![message], next: NextDialogue::Stay, command }
    }

    /// A command and its message; the dialogue ends.
    pub fn command(command: Command, message: Message) -> Decision {
        Decision { messages: vec![message], next: NextDialogue::End, command }
    }
}

impl Command {
    /// Notifies the parts of the program that the command affects; call after the commit.
    pub fn ring(&self, app: &App) {
        match self {
            Command::Nothing | Command::Submit(_) | Command::SendBack(..) | Command::Question(..) => {}
            // Questions left before there was a group are announced now.
            Command::SetGroup(_) => app.question_left.notify_one(),
            Command::DropGroup(_) => {}
            Command::Link(..) | Command::Unlink => app.staff_chats.have_changed(),
            Command::Verify(..) | Command::Publish(..) => app.published.notify_one(),
        }
    }
}

/// The encrypted Telegram address of a link.
pub(super) fn sealed_home(app: &App, chat: &str, home: &Value) -> String {
    app.encryption.encrypt_for(chat, home)
}
