//! Recognises input that may come from staff: their commands and buttons, and text in a private chat. Pure.

use serde_json::Value;

use super::addressed::{Called, Myself};
use super::markdown::markdown;
use super::update::{ChatKind, Event, Message, Pressed, User, event};
use crate::app::typed_code_in;
use crate::bot::citizen::{Button, StaffInput};
use crate::bot::staff::input::Code;
use crate::domain::text::lang::Lang;
use crate::telegram::return_to::ReturnTo;

/// A message that may come from staff.
#[derive(Debug, PartialEq)]
pub(in crate::telegram) struct StaffMessage {
    /// The sender's user id.
    pub user: i64,
    pub input: StaffInput,
    pub proposed: Option<Lang>,
    pub return_to: ReturnTo,
}

/// Reads an update; `None` where it cannot come from staff. Any private chat may be a staff chat; in a group staff only
/// set up the group and deal with questions.
pub(in crate::telegram) fn staff_message(update: &Value, me: Myself<'_>) -> Option<StaffMessage> {
    match event(update) {
        Event::Message(message) | Event::Edited(message) => written(&message, me),
        Event::Pressed(pressed) => press(&pressed),
        Event::Member(_) | Event::Other => None,
    }
}

fn written(message: &Message, me: Myself<'_>) -> Option<StaffMessage> {
    if let Some(spoilt) = code_read_by_all(message) {
        return Some(spoilt);
    }
    let from = message.from.as_ref().filter(|from| !from.is_bot)?;
    let words = message.words()?;
    let (input, in_group) = match message.chat.kind {
        ChatKind::Private => (in_private(&words, message)?, false),
        ChatKind::Group | ChatKind::Supergroup if message.sender_chat.is_none() => {
            (in_group(&words, message, me)?, true)
        }
        ChatKind::Group | ChatKind::Supergroup | ChatKind::Channel | ChatKind::Unknown => return None,
    };
    let return_to = ReturnTo::of(message, in_group);
    Some(StaffMessage { user: from.id, input, proposed: proposed(from), return_to })
}

/// A link code posted in a group, anywhere in a message and by anybody: since all could read it, it must be revoked.
fn code_read_by_all(message: &Message) -> Option<StaffMessage> {
    let in_group = matches!(message.chat.kind, ChatKind::Group | ChatKind::Supergroup);
    let code = typed_code_in(&message.words()?).filter(|_| in_group)?;
    let from = message.from.as_ref();
    let user = from.map_or(message.chat.id, |from| from.id);
    let (input, return_to) = (StaffInput::Link(code), ReturnTo::of(message, true));
    Some(StaffMessage { user, input, proposed: from.and_then(proposed), return_to })
}

fn in_private(words: &str, message: &Message) -> Option<StaffInput> {
    match Called::read(words) {
        Some(called) => StaffInput::command(called.name, called.rest),
        None => Some(StaffInput::Text(markdown(words, message.entities.as_ref()))),
    }
}

/// The reply address for `/group` from an anonymous administrator, who cannot be identified and is told so.
pub(in crate::telegram) fn anonymous_group(update: &Value, me: Myself<'_>) -> Option<ReturnTo> {
    let Event::Message(message) = event(update) else { return None };
    let is_the_group = message.sender_chat.as_ref()?.get("id")?.as_i64() == Some(message.chat.id);
    let called = message.words().and_then(|words| in_group(&words, &message, me))?;
    let (ours, group) = (
        matches!(called, StaffInput::Group { .. }),
        matches!(message.chat.kind, ChatKind::Group | ChatKind::Supergroup),
    );
    (is_the_group && ours && group).then(|| ReturnTo::of(&message, true))
}

/// Staff input in a group: `/group`, a link code (to be revoked), or a reply to a message of ours about a question.
fn in_group(words: &str, message: &Message, me: Myself<'_>) -> Option<StaffInput> {
    if let Some(called) = Called::read(words) {
        let input = StaffInput::command(called.name, called.rest)?;
        let ours = called.by.is_none_or(|name| me.is_called(name));
        return Some(input).filter(|input| ours && matches!(input, StaffInput::Group { .. } | StaffInput::Link(_)));
    }
    let to = message.reply_to.as_ref().filter(|to| to.from.as_ref().is_some_and(|from| from.id == me.id))?;
    let code = Code::found_in(to.text.as_deref()?)?;
    Some(StaffInput::Reply(code, words.to_owned()))
}

fn press(pressed: &Pressed) -> Option<StaffMessage> {
    let under = pressed.message.as_ref()?;
    let Ok(Button::Staff(button)) = pressed.data.as_deref()?.parse() else { return None };
    let return_to = ReturnTo {
        chat: under.chat.id,
        thread: under.thread.filter(|_| under.is_topic_message),
        answers: None,
        pressed: Some(under.id),
        query: Some(pressed.id.clone()),
    };
    Some(StaffMessage {
        user: pressed.from.id,
        input: StaffInput::Press(button),
        proposed: proposed(&pressed.from),
        return_to,
    })
}

fn proposed(from: &User) -> Option<Lang> {
    from.language_code.as_deref().and_then(Lang::proposed_for)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bot::citizen::StaffButton;

    fn message(kind: &str, text: &str) -> Value {
        json!({"update_id": 1, "message": {"message_id": 5, "date": 0, "text": text, "chat": {"id": 9, "type": kind},
            "from": {"id": 9, "is_bot": false, "first_name": "A"}}})
    }

    fn input(update: &Value) -> Option<StaffInput> {
        staff_message(update, Myself { id: 77, username: Some("ventanilla_bot") }).map(|desk| desk.input)
    }

    #[test]
    fn commands_of_staff_and_words_in_a_private_chat_may_be_a_colleagues() {
        let private = |text| input(&message("private", text));
        assert_eq!(private("/entry health/cost"), Some(StaffInput::Entry("health/cost".into())));
        assert_eq!(private("/link@any_bot AB CD"), Some(StaffInput::Link("AB CD".into())));
        assert_eq!(private("/review"), Some(StaffInput::Review));
        assert_eq!(private("bonjou"), Some(StaffInput::Text("bonjou".into())));
        assert_eq!(private("/topics"), None);
        assert_eq!(private("/weather"), None);
    }

    #[test]
    fn a_code_that_stands_in_a_group_is_heard_whoever_says_it_and_among_whatever_words() {
        let code = "AB2D-EFGH-IJKL-MNOP";
        for text in ["AB2D-EFGH-IJKL-MNOP", "my code: /link AB2D-EFGH-IJKL-MNOP", "/start AB2D-EFGH-IJKL-MNOP"] {
            assert_eq!(input(&message("supergroup", text)), Some(StaffInput::Link(code.to_owned())), "{text}");
            let mut update = message("supergroup", text);
            update["message"]["from"] = json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group"});
            update["message"]["sender_chat"] = json!({"id": 9, "type": "supergroup"});
            assert_eq!(input(&update), Some(StaffInput::Link(code.to_owned())), "as the group: {text}");
        }
        assert_eq!(input(&message("private", code)), Some(StaffInput::Text(code.to_owned())));
    }

    #[test]
    fn an_administrator_who_writes_as_the_group_is_told_so_and_a_channel_is_not() {
        let written = |sender: i64, text: &str| {
            let mut update = message("supergroup", text);
            update["message"]["from"] = json!({"id": 1_087_968_824, "is_bot": true, "username": "GroupAnonymousBot"});
            update["message"]["sender_chat"] = json!({"id": sender, "type": "supergroup"});
            let me = Myself { id: 77, username: Some("ventanilla_bot") };
            (staff_message(&update, me).is_some(), anonymous_group(&update, me).is_some())
        };
        assert_eq!(written(9, "/group"), (false, true));
        assert_eq!(written(9, "/group@ventanilla_bot off"), (false, true));
        for (sender, text) in [(8, "/group"), (9, "/group@other_bot"), (9, "bonjou"), (9, "/entry x")] {
            assert_eq!(written(sender, text), (false, false), "{sender} {text}");
        }
    }

    #[test]
    fn in_a_group_only_questions_are_dealt_with() {
        let group = |text| input(&message("supergroup", text));
        for text in ["/entry health/cost", "bonjou", "/group@other_bot"] {
            assert_eq!(group(text), None, "{text}");
        }
        assert_eq!(group("/group"), Some(StaffInput::Group { off: false }));
        assert_eq!(
            group("/link AB"),
            Some(StaffInput::Link("AB".to_owned())),
            "all have read it: it links nothing any more"
        );
        assert_eq!(group("/group@Ventanilla_bot off"), Some(StaffInput::Group { off: true }));
        let reply = |from: i64, text: &str| {
            let mut update = message("supergroup", "demen");
            update["message"]["reply_to_message"] =
                json!({"message_id": 1, "from": {"id": from, "is_bot": true}, "text": text});
            input(&update)
        };
        let answer = StaffInput::Reply("0a1b2c".parse().unwrap(), "demen".into());
        assert_eq!(reply(77, "#q0a1b2c · Kreyòl"), Some(answer));
        assert_eq!(reply(77, "Kreyòl"), None);
        assert_eq!(reply(78, "#q0a1b2c"), None, "somebody else wrote that");
    }

    #[test]
    fn buttons_of_staff_are_read_wherever_they_stand() {
        let press = |kind: &str, data: &str| {
            json!({"callback_query": {"id": "q", "from": {"id": 9}, "data": data,
                "message": {"message_id": 3, "chat": {"id": 9, "type": kind}}}})
        };
        assert_eq!(input(&press("private", "w:submit")), Some(StaffInput::Press(StaffButton::Submit)));
        let claim = StaffButton::Claim("0a1b2c".parse().unwrap());
        assert_eq!(input(&press("supergroup", "w:qc:0a1b2c")), Some(StaffInput::Press(claim)));
        assert_eq!(input(&press("private", "menu")), None);
    }
}
