//! What can happen in Telegram, as it stands in updates.

use serde_json::{Value, json};

/// Somebody writes in their own chat; the chat has the person's number.
pub fn text(chat: i64, words: &str) -> Value {
    json!({"message": message(chat, json!({"text": words}))})
}

/// Somebody whose Telegram speaks this language writes in their own chat.
pub fn text_in(language: &str, chat: i64, words: &str) -> Value {
    let mut update = text(chat, words);
    update["message"]["from"]["language_code"] = json!(language);
    update
}

/// Somebody changes what they had written.
pub fn edited(chat: i64, words: &str) -> Value {
    json!({"edited_message": message(chat, json!({"text": words, "edit_date": 1}))})
}

/// A part of an album, as a message of its own with this number; with these words under it, or none.
pub fn album(chat: i64, number: i64, album: &str, words: Option<&str>) -> Value {
    let mut part = sends(chat, json!({"message_id": number, "photo": [], "media_group_id": album}));
    if let Some(words) = words {
        part["message"]["caption"] = json!(words);
    }
    part
}

/// Somebody sends where they are.
pub fn place(chat: i64, latitude: f64, longitude: f64) -> Value {
    json!({"message": message(chat, json!({"location": {"latitude": latitude, "longitude": longitude}}))})
}

/// Somebody sends a message with these fields.
pub fn sends(chat: i64, fields: Value) -> Value {
    json!({"message": message(chat, fields)})
}

/// Somebody presses a button under a message; `query` tells apart presses.
pub fn press(chat: i64, under: i64, data: &str, query: u32) -> Value {
    json!({"callback_query": {"id": format!("query{query}"), "from": person(chat.abs()), "chat_instance": "x", "data": data,
        "message": {"message_id": under, "date": 1, "chat": chat_of(chat), "text": "x"}}})
}

/// Somebody writes in a group.
pub fn in_group(group: i64, words: &str) -> Value {
    text(group, words)
}

/// Somebody blocks the bot.
pub fn blocked(chat: i64) -> Value {
    json!({"my_chat_member": {"chat": chat_of(chat), "from": person(chat), "date": 0,
        "old_chat_member": {"status": "member"}, "new_chat_member": {"status": "kicked", "until_date": 0}}})
}

fn message(chat: i64, fields: Value) -> Value {
    let mut message = json!({"message_id": 7, "date": 1, "from": person(chat.abs()), "chat": chat_of(chat)});
    for (name, value) in fields.as_object().unwrap() {
        message[name] = value.clone();
    }
    message
}

fn person(id: i64) -> Value {
    json!({"id": id, "is_bot": false, "first_name": "Somebody"})
}

fn chat_of(chat: i64) -> Value {
    match chat {
        0.. => json!({"id": chat, "type": "private", "first_name": "Somebody"}),
        _ => json!({"id": chat, "type": "supergroup", "title": "Neighbours"}),
    }
}
