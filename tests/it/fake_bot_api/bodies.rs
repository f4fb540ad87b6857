//! Bodies of calls: JSON, or multipart as some clients send `setWebhook`.

use serde_json::{Map, Value};

/// The fields of a body. Fields of a form that look like JSON are read as JSON, as Telegram does.
pub(super) fn read(content_type: &str, body: &[u8]) -> Value {
    match content_type.split_once("boundary=") {
        Some((_, boundary)) => multipart(boundary.trim_matches('"'), &String::from_utf8_lossy(body)),
        None => serde_json::from_slice(body).unwrap_or(Value::Null),
    }
}

fn multipart(boundary: &str, body: &str) -> Value {
    let mut fields = Map::new();
    for part in body.split(&format!("--{boundary}")) {
        let Some((head, value)) = part.split_once("\r\n\r\n") else { continue };
        let Some(name) = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()) else { continue };
        let value = value.trim_end_matches("\r\n");
        fields.insert(name.into(), serde_json::from_str(value).unwrap_or_else(|_| value.into()));
    }
    Value::Object(fields)
}
