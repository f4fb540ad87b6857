//! What the fake server answers to each method, and what it refuses as Telegram does.

use serde_json::{Value, json};
use tokio::time::Instant;

use super::html::visible;
use super::state::{Inside, Sent};

/// The result, or error code, description and parameters.
pub(super) type Answered = Result<Value, (u16, String, Value)>;

fn refuse<T>(why: impl Into<String>) -> Result<T, (u16, String, Value)> {
    Err((400, format!("Bad Request: {}", why.into()), Value::Null))
}

impl Inside {
    pub fn answer(&mut self, method: &str, body: &Value) -> Answered {
        match method {
            "getme" => Ok(me()),
            "sendmessage" => self.send(body),
            "editmessagetext" => self.edit(body),
            "sendvenue" => self.send_venue(body),
            "senddocument" => self.send_document(body),
            "deletemessages" => self.delete(body),
            "answercallbackquery" => self.answer_query(body),
            "setwebhook" => {
                self.webhook = Some(body.clone());
                Ok(json!(true))
            }
            "deletewebhook" => {
                self.webhook = None;
                Ok(json!(true))
            }
            _ => match (method.strip_prefix("setmy"), method.strip_prefix("getmy")) {
                (Some(what), _) => self.set(what, body),
                (_, Some(what)) => Ok(self.get(what, body)),
                (None, None) => Err((404, "Not Found".into(), Value::Null)),
            },
        }
    }

    fn send(&mut self, body: &Value) -> Answered {
        let chat = chat(body)?;
        let (html, text) = text(body)?;
        let (rows, asks_place) = markup(chat, &body["reply_markup"])?;
        let sent = Sent {
            chat,
            id: 0,
            text,
            html,
            rows,
            asks_place,
            edited: false,
            venue: None,
            call: body.clone(),
            at: Instant::now(),
        };
        Ok(self.place(sent))
    }

    fn delete(&mut self, body: &Value) -> Answered {
        let chat = chat(body)?;
        let ids: Vec<i64> = body["message_ids"]
            .as_array()
            .map(|ids| ids.iter().filter_map(Value::as_i64).collect())
            .unwrap_or_default();
        if ids.is_empty() || ids.len() > 100 {
            return refuse("message identifiers are not specified");
        }
        self.messages.retain(|(of, id), _| *of != chat || !ids.contains(id));
        Ok(json!(true))
    }

    fn send_venue(&mut self, body: &Value) -> Answered {
        let chat = chat(body)?;
        let venue = body["latitude"].as_f64().zip(body["longitude"].as_f64());
        let (Some(venue), Some(title), Some(_)) = (venue, body["title"].as_str(), body["address"].as_str()) else {
            return refuse("venue is incomplete");
        };
        let (rows, asks_place) = markup(chat, &body["reply_markup"])?;
        let (text, html, call) = (title.to_owned(), String::new(), body.clone());
        Ok(self.place(Sent {
            chat,
            id: 0,
            text,
            html,
            rows,
            asks_place,
            edited: false,
            venue: Some(venue),
            call,
            at: Instant::now(),
        }))
    }

    fn send_document(&mut self, body: &Value) -> Answered {
        let chat = chat(body)?;
        let Some(text) = body["document"].as_str().filter(|text| !text.is_empty()) else {
            return refuse("file must be non-empty");
        };
        let (text, html, call) = (text.to_owned(), String::new(), body.clone());
        let (rows, asks_place) = markup(chat, &Value::Null)?;
        let (edited, venue, at) = (false, None, Instant::now());
        Ok(self.place(Sent { chat, id: 0, text, html, rows, asks_place, edited, venue, call, at }))
    }

    fn edit(&mut self, body: &Value) -> Answered {
        let (chat, id) = (chat(body)?, body["message_id"].as_i64().unwrap_or(0));
        let (html, text) = text(body)?;
        if body["reply_markup"].get("keyboard").is_some() {
            return refuse("inline keyboard expected");
        }
        let (rows, asks_place) = markup(chat, &body["reply_markup"])?;
        match self.messages.get(&(chat, id)) {
            None => return refuse("message to edit not found"),
            Some(before) if *before == (html.clone(), body["reply_markup"].clone()) => {
                return refuse(
                    "message is not modified: specified new message content and reply markup are exactly the same as a \
                     current content and reply markup of the message",
                );
            }
            Some(_) => {}
        }
        let sent = Sent {
            chat,
            id,
            text,
            html,
            rows,
            asks_place,
            edited: true,
            venue: None,
            call: body.clone(),
            at: Instant::now(),
        };
        Ok(self.place(sent))
    }

    fn place(&mut self, mut sent: Sent) -> Value {
        if !sent.edited {
            sent.id = 1000 + self.sent.len() as i64;
        }
        self.messages.insert((sent.chat, sent.id), (sent.html.clone(), sent.call["reply_markup"].clone()));
        let message = json!({"message_id": sent.id, "date": 0, "chat": {"id": sent.chat, "type": "private", "first_name": "A"},
            "from": {"id": 4200, "is_bot": true, "first_name": "V"}, "text": sent.text});
        self.sent.push(sent);
        message
    }

    /// Telegram knows a query by the button that was pressed; here those that tests push begin with `query`.
    fn answer_query(&mut self, body: &Value) -> Answered {
        match body["callback_query_id"].as_str() {
            Some(id) if id.starts_with("query") => Ok(json!(true)),
            Some(_) | None => refuse("query is too old and response timeout expired or query ID is invalid"),
        }
    }

    fn set(&mut self, what: &str, body: &Value) -> Answered {
        let limits =
            [("name", "name", 64), ("description", "description", 512), ("shortdescription", "short_description", 120)];
        let value = match limits.iter().find(|limit| limit.0 == what) {
            Some((_, field, most)) if body[field].as_str().unwrap_or_default().chars().count() > *most => {
                return refuse(format!("{field} is too long"));
            }
            Some((_, field, _)) => json!({*field: body[field]}),
            None => body["commands"].clone(),
        };
        self.settings.insert((what.to_owned(), language(body)), value);
        Ok(json!(true))
    }

    fn get(&self, what: &str, body: &Value) -> Value {
        let own = self.settings.get(&(what.to_owned(), language(body)));
        own.cloned().unwrap_or(if what == "commands" { json!([]) } else { json!({}) })
    }
}

fn me() -> Value {
    json!({"id": 4200, "is_bot": true, "first_name": "Ventanilla", "username": "ventanilla_test_bot",
        "can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
        "can_connect_to_business": false, "has_main_web_app": false})
}

fn language(body: &Value) -> String {
    body["language_code"].as_str().unwrap_or_default().to_owned()
}

fn chat(body: &Value) -> Result<i64, (u16, String, Value)> {
    body["chat_id"].as_i64().map_or_else(|| refuse("chat_id is empty"), Ok)
}

/// The text as it was sent and as it is seen.
fn text(body: &Value) -> Result<(String, String), (u16, String, Value)> {
    let html = body["text"].as_str().unwrap_or_default();
    let text = match body["parse_mode"].as_str() {
        Some("HTML") => visible(html).or_else(refuse)?,
        _ => html.trim().to_owned(),
    };
    if text.is_empty() {
        return refuse("message text is empty");
    }
    if text.encode_utf16().count() > 4096 {
        return refuse("message is too long");
    }
    Ok((html.to_owned(), text))
}

type Rows = Vec<Vec<(String, String)>>;

fn markup(chat: i64, markup: &Value) -> Result<(Rows, bool), (u16, String, Value)> {
    if let Some(keyboard) = markup["keyboard"].as_array() {
        let asks =
            keyboard.iter().flat_map(|row| row.as_array().unwrap()).any(|button| button["request_location"] == true);
        return if asks && chat < 0 {
            refuse("location can be requested in private chats only")
        } else {
            Ok((vec![], asks))
        };
    }
    let mut rows = Rows::new();
    for row in markup["inline_keyboard"].as_array().into_iter().flatten() {
        let button = |button: &Value| {
            let (label, data) = (button["text"].as_str().unwrap_or_default(), button["callback_data"].as_str());
            match data {
                _ if label.trim().is_empty() => refuse("text buttons are unallowed in the inline keyboard"),
                Some(data) if (1..=64).contains(&data.len()) => Ok((label.to_owned(), data.to_owned())),
                Some(_) | None => refuse("BUTTON_DATA_INVALID"),
            }
        };
        rows.push(row.as_array().unwrap().iter().map(button).collect::<Result<_, _>>()?);
    }
    let count = rows.iter().flatten().count();
    if count > 100 { refuse("reply markup is too long") } else { Ok((rows, false)) }
}
