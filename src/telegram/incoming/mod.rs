//! Incoming: turns an update into an input, or nothing. Pure: no network, no clock.

pub(in crate::telegram) mod addressed;
pub(in crate::telegram) mod markdown;
pub(in crate::telegram) mod raw;
pub(in crate::telegram) mod source_message;
pub(in crate::telegram) mod staff_chat;
pub(in crate::telegram) mod update;

use serde_json::Value;

use self::addressed::{Called, Myself};
use self::update::{ChatKind, Event, Message, Pressed, User, event};
use super::return_to::ReturnTo;
use crate::bot::citizen::{Input, Media, TurnInput};
use crate::domain::offices::position::Position;
use crate::domain::text::lang::Lang;

/// Meaning of an update.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// Input for the bot.
    Input(TurnInput, ReturnTo),
    /// The bot was blocked or removed from this chat.
    Gone(i64),
    /// Nothing to answer.
    Nothing,
}

/// Reads an update.
pub(super) fn incoming(update: &Value, me: Myself<'_>) -> Incoming {
    let turn_input = match event(update) {
        Event::Message(message) => written(&message, me, input(&message, me)),
        // Edits of a location come from live locations: only the first one is a question.
        Event::Edited(message) => written(&message, me, words(&message, me)),
        Event::Pressed(pressed) => press(&pressed),
        Event::Member(member) if member.is_out() => return Incoming::Gone(member.chat.id),
        Event::Member(_) | Event::Other => None,
    };
    turn_input.map_or(Incoming::Nothing, |(turn_input, return_to)| Incoming::Input(turn_input, return_to))
}

fn written(message: &Message, me: Myself<'_>, input: Option<Input>) -> Option<(TurnInput, ReturnTo)> {
    let from = message.from.as_ref().filter(|from| !from.is_bot)?;
    let in_group = match message.chat.kind {
        ChatKind::Private => false,
        ChatKind::Group | ChatKind::Supergroup if is_addressed(message, me) => true,
        ChatKind::Group | ChatKind::Supergroup | ChatKind::Channel | ChatKind::Unknown => return None,
    };
    let return_to = ReturnTo::of(message, in_group);
    let reachable = return_to.is_private();
    Some((TurnInput { input: input?, proposed: proposed(from), reachable }, return_to))
}

/// In a group: whether it is our command, mentions the bot, or replies to it.
fn is_addressed(message: &Message, me: Myself<'_>) -> bool {
    if message.sender_chat.is_some() {
        return false;
    }
    let text = message.words().unwrap_or_default();
    let answers_us = message.reply_to.as_ref().and_then(|to| to.from.as_ref()).is_some_and(|from| from.id == me.id);
    match Called::read(&text) {
        Some(called) => called.by.map_or(answers_us || called.is_ours(), |name| me.is_called(name)),
        None => answers_us || me.mention_in(&text).is_some(),
    }
}

/// The input of a new message.
fn input(message: &Message, me: Myself<'_>) -> Option<Input> {
    if let Some(location) = &message.location {
        let place = Position::new(location.latitude, location.longitude);
        return Some(place.map_or(Input::Media(Media::Other), Input::Place));
    }
    words(message, me).or_else(|| message.holds.media().map(Input::Media))
}

fn words(message: &Message, me: Myself<'_>) -> Option<Input> {
    let text = message.words()?;
    Some(Called::read(&text).map_or_else(|| Input::Text(me.without_mention(&text)), |called| called.input()))
}

fn press(pressed: &Pressed) -> Option<(TurnInput, ReturnTo)> {
    let under = pressed.message.as_ref()?;
    let button = pressed.data.as_deref().and_then(|data| data.parse().ok());
    let input = button.map_or(Input::OldButton, Input::Press);
    let return_to = ReturnTo {
        chat: under.chat.id,
        thread: under.thread.filter(|_| under.is_topic_message),
        answers: None,
        pressed: Some(under.id),
        query: Some(pressed.id.clone()),
    };
    let reachable = return_to.is_private();
    Some((TurnInput { input, proposed: proposed(&pressed.from), reachable }, return_to))
}

fn proposed(from: &User) -> Option<Lang> {
    from.language_code.as_deref().and_then(Lang::proposed_for)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bot::citizen::{Button, Command, Link};

    const ME: Myself<'static> = Myself { id: 77, username: Some("ventanilla_bot") };

    fn read(update: Value) -> Incoming {
        incoming(&update, ME)
    }

    /// A message in a private chat, with additional fields.
    fn private(fields: Value) -> Value {
        merged(
            json!({"message_id": 5, "date": 0, "from": {"id": 9, "is_bot": false, "first_name": "A", "language_code": "fr-CA"},
            "chat": {"id": 9, "type": "private", "first_name": "A"}}),
            fields,
        )
    }

    fn group(fields: Value) -> Value {
        merged(private(json!({"chat": {"id": -100, "type": "supergroup", "title": "G"}})), fields)
    }

    fn merged(mut base: Value, fields: Value) -> Value {
        for (name, value) in fields.as_object().unwrap() {
            base[name] = value.clone();
        }
        base
    }

    fn said_by(update: Value) -> Option<Input> {
        match read(update) {
            Incoming::Input(turn_input, _) => Some(turn_input.input),
            Incoming::Gone(_) | Incoming::Nothing => None,
        }
    }

    fn message(message: Value) -> Option<Input> {
        said_by(json!({"update_id": 1, "message": message}))
    }

    #[test]
    fn words_are_heard_with_the_language_of_the_persons_telegram() {
        let Incoming::Input(turn_input, return_to) =
            read(json!({"update_id": 1, "message": private(json!({"text": "bonjou 👋🏿"}))}))
        else {
            panic!("not heard")
        };
        let input = Input::Text("bonjou 👋🏿".into());
        assert_eq!(turn_input, TurnInput { input, proposed: Lang::proposed_for("fr"), reachable: true });
        assert_eq!(return_to, ReturnTo { chat: 9, thread: None, answers: None, pressed: None, query: None });
        assert!(turn_input.proposed.is_some());
    }

    #[test]
    fn strange_texts_are_words_as_they_are() {
        for text in [
            "👍",
            "مرحبا كيف حالك",
            "\u{200b}\u{200d}\u{feff}",
            "\u{202e}abc",
            "\u{0}",
            "' OR 1=1 --",
            "{{7*7}}<b>",
            "",
        ] {
            assert_eq!(message(private(json!({"text": text}))), Some(Input::Text(text.into())), "{text:?}");
        }
    }

    #[test]
    fn commands_and_links_are_read() {
        assert_eq!(message(private(json!({"text": "/topics"}))), Some(Input::Command(Command::Topics)));
        assert_eq!(message(private(json!({"text": "/topics@other_bot"}))), Some(Input::Command(Command::Topics)));
        assert_eq!(message(private(json!({"text": "/start"}))), Some(Input::Start(None)));
        let link = Link::Entry("health/no-documents".parse().unwrap());
        assert_eq!(message(private(json!({"text": "/start health_no-documents"}))), Some(Input::Start(Some(link))));
        assert_eq!(message(private(json!({"text": "/start ;drop"}))), Some(Input::Start(None)));
    }

    #[test]
    fn places_and_what_is_no_words() {
        let place = Input::Place(Position::new(-33.4, -70.6).unwrap());
        let location = json!({"latitude": -33.4, "longitude": -70.6});
        assert_eq!(message(private(json!({"location": location}))), Some(place.clone()));
        let venue = json!({"location": location, "venue": {"location": location, "title": "t", "address": "a"}});
        assert_eq!(message(private(venue)), Some(place));
        let nowhere = json!({"location": {"latitude": 200, "longitude": 0}});
        assert_eq!(message(private(nowhere)), Some(Input::Media(Media::Other)));
        for (field, media) in [
            ("photo", Media::Photo),
            ("live_photo", Media::Photo),
            ("video", Media::Photo),
            ("video_note", Media::Photo),
            ("voice", Media::Voice),
            ("audio", Media::Voice),
            ("sticker", Media::Sticker),
            ("animation", Media::Sticker),
            ("dice", Media::Sticker),
            ("document", Media::Other),
            ("contact", Media::Other),
            ("poll", Media::Other),
            ("story", Media::Other),
        ] {
            assert_eq!(message(private(json!({field: {"anything": 1}}))), Some(Input::Media(media)), "{field}");
        }
        let captioned = json!({"photo": [], "caption": "kisa sa ye?"});
        assert_eq!(message(private(captioned)), Some(Input::Text("kisa sa ye?".into())));
    }

    #[test]
    fn a_rich_message_is_words_as_well() {
        let rich = json!({"blocks": [{"type": "heading", "text": "Bonjou", "size": 1}, {"type": "animation", "animation": {}},
            {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": ["kote ", {"type": "bold", "text": "biwo"}]}]}]}]});
        assert_eq!(message(private(json!({"rich_message": rich}))), Some(Input::Text("Bonjou\nkote \nbiwo".into())));
        assert_eq!(message(private(json!({"rich_message": {"html": "?"}}))), Some(Input::Text(String::new())));
    }

    #[test]
    fn an_edited_message_is_said_anew_but_a_moving_place_is_not() {
        let edited = |fields| said_by(json!({"update_id": 1, "edited_message": private(fields)}));
        assert_eq!(edited(json!({"text": "kote?", "edit_date": 1})), Some(Input::Text("kote?".into())));
        assert_eq!(edited(json!({"location": {"latitude": 1, "longitude": 1, "live_period": 60}})), None);
        assert_eq!(edited(json!({"photo": []})), None);
    }

    #[test]
    fn a_button_is_pressed_or_old() {
        let press = |data: Value| {
            let message = json!({"message_id": 3, "date": 0, "chat": {"id": 9, "type": "private"}});
            json!({"update_id": 1, "callback_query": {"id": "q", "from": {"id": 9, "is_bot": false, "first_name": "A"},
                "chat_instance": "c", "message": message, "data": data}})
        };
        assert_eq!(said_by(press(json!("menu"))), Some(Input::Press(Button::Menu)));
        assert_eq!(said_by(press(json!("what is this"))), Some(Input::OldButton));
        assert_eq!(said_by(press(Value::Null)), Some(Input::OldButton));
        let Incoming::Input(_, return_to) = read(press(json!("menu"))) else { panic!("not heard") };
        assert_eq!(
            return_to,
            ReturnTo { chat: 9, thread: None, answers: None, pressed: Some(3), query: Some("q".into()) }
        );
    }

    #[test]
    fn in_a_group_only_what_is_meant_for_us_is_heard() {
        let ours = json!({"message_id": 1, "from": {"id": 77, "is_bot": true, "first_name": "V"}});
        let others = json!({"message_id": 1, "from": {"id": 8, "is_bot": false, "first_name": "B"}});
        let turn_input = [
            (json!({"text": "@ventanilla_bot kote?"}), Input::Text("kote?".into())),
            (json!({"text": "kote?", "reply_to_message": ours}), Input::Text("kote?".into())),
            (json!({"text": "/topics@Ventanilla_bot"}), Input::Command(Command::Topics)),
            (json!({"text": "/topics"}), Input::Command(Command::Topics)),
            (json!({"voice": {}, "reply_to_message": ours}), Input::Media(Media::Voice)),
        ];
        for (fields, input) in turn_input {
            assert_eq!(message(group(fields.clone())), Some(input), "{fields}");
        }
        for fields in [
            json!({"text": "kote?"}),
            json!({"text": "kote?", "reply_to_message": others}),
            json!({"text": "/topics@other_bot"}),
            json!({"text": "/topics@other_bot", "reply_to_message": ours}),
            json!({"text": "/weather"}),
            json!({"photo": []}),
            json!({"text": "@ventanilla_bot", "sender_chat": {"id": -100, "type": "supergroup"}}),
        ] {
            assert_eq!(message(group(fields.clone())), None, "{fields}");
        }
    }

    #[test]
    fn in_a_group_the_answer_goes_to_the_question_and_its_topic() {
        let asked = json!({"text": "/help", "message_thread_id": 4, "is_topic_message": true});
        let Incoming::Input(_, return_to) = read(json!({"update_id": 1, "message": group(asked)})) else {
            panic!("not heard")
        };
        assert_eq!((return_to.chat, return_to.thread, return_to.answers), (-100, Some(4), Some(5)));
    }

    #[test]
    fn whoever_puts_us_out_is_forgotten() {
        let member = |status: &str| {
            json!({"update_id": 1, "my_chat_member": {"chat": {"id": 9, "type": "private"}, "date": 0,
                "from": {"id": 9, "is_bot": false, "first_name": "A"},
                "old_chat_member": {"status": "member"}, "new_chat_member": {"status": status, "until_date": 0}}})
        };
        assert_eq!(read(member("kicked")), Incoming::Gone(9));
        assert_eq!(read(member("left")), Incoming::Gone(9));
        assert_eq!(read(member("member")), Incoming::Nothing);
    }

    #[test]
    fn the_rest_is_ignored() {
        let bot = json!({"from": {"id": 8, "is_bot": true, "first_name": "B"}, "text": "x"});
        assert_eq!(message(private(bot)), None);
        assert_eq!(message(private(json!({"new_chat_members": []}))), None);
        assert_eq!(message(private(json!({"pinned_message": {"message_id": 1}}))), None);
        assert_eq!(message(private(json!({"chat": {"id": -1, "type": "channel"}, "text": "x"}))), None);
        assert_eq!(message(private(json!({"chat": {"id": 1, "type": "brand-new"}, "text": "x"}))), None);
        for kind in [
            "channel_post",
            "edited_channel_post",
            "business_connection",
            "business_message",
            "edited_business_message",
            "deleted_business_messages",
            "message_reaction",
            "message_reaction_count",
            "inline_query",
            "chosen_inline_result",
            "shipping_query",
            "pre_checkout_query",
            "purchased_paid_media",
            "poll",
            "poll_answer",
            "chat_member",
            "chat_join_request",
            "chat_boost",
            "removed_chat_boost",
            "of_tomorrow",
        ] {
            assert_eq!(read(json!({"update_id": 1, kind: private(json!({"text": "x"}))})), Incoming::Nothing, "{kind}");
        }
        for broken in
            [json!(null), json!([]), json!("x"), json!({}), json!({"message": 7}), json!({"message": {"chat": "x"}})]
        {
            assert_eq!(read(broken), Incoming::Nothing);
        }
    }

    #[test]
    fn an_entity_of_tomorrow_costs_no_question() {
        let text =
            json!({"text": "kote?", "entities": [{"type": "of_tomorrow", "offset": "?"}], "effect": {"new": []}});
        assert_eq!(message(private(text)), Some(Input::Text("kote?".into())));
    }
}
