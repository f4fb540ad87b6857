//! Decodes raw updates one by one: broken ones are repaired or skipped, and counted, and do not block the others.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use super::update;
use crate::metrics;

/// Replacement for an invalid character.
const REPLACEMENT: &str = "\\ufffd";

/// A received update.
#[derive(Debug)]
pub(in crate::telegram) struct Received {
    /// Its number; `None` where even that cannot be read.
    pub number: Option<i64>,
    /// Its content; `None` where it cannot be decoded.
    pub update: Option<Value>,
}

/// The number alone, for an update that cannot be decoded as a whole.
#[derive(Deserialize)]
struct Numbered {
    update_id: i64,
}

/// A body as text. Invalid UTF-8 becomes U+FFFD, so that it costs a character and not the batch.
pub(in crate::telegram) fn text(body: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(body)
}

/// Decodes one update.
pub(in crate::telegram) fn received(raw: &str) -> Received {
    let mended = with_whole_characters(raw);
    match serde_json::from_str::<Value>(&mended) {
        Ok(update) => {
            if matches!(mended, Cow::Owned(_)) || raw.contains(char::REPLACEMENT_CHARACTER) {
                metrics::undecodable("mended");
            }
            if update::is_broken(&update) {
                passed_over();
            }
            Received { number: update::number(&update), update: Some(update) }
        }
        Err(_) => {
            let number = serde_json::from_str::<Numbered>(&mended).ok().map(|numbered| numbered.update_id);
            passed_over();
            Received { number, update: None }
        }
    }
}

fn passed_over() {
    metrics::undecodable("skipped");
    // Do not log the error: it may quote the update.
    tracing::error!("an update could not be decoded and is passed over; the others are answered");
}

/// Replaces unpaired surrogates by `\ufffd`: serde_json rejects them, and Telegram cuts names in the middle of an
/// emoji.
fn with_whole_characters(json: &str) -> Cow<'_, str> {
    let (mut whole, mut done, mut at) = (String::new(), 0, 0);
    let bytes = json.as_bytes();
    // In JSON a backslash occurs only inside strings.
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        let here = at + found;
        at = match unit(bytes, here) {
            None => here + 2,
            Some(0xD800..=0xDBFF) if matches!(unit(bytes, here + 6), Some(0xDC00..=0xDFFF)) => here + 12,
            Some(0xD800..=0xDFFF) => {
                whole.push_str(&json[done..here]);
                whole.push_str(REPLACEMENT);
                done = here + 6;
                done
            }
            Some(_) => here + 6,
        };
        if at >= bytes.len() {
            break;
        }
    }
    if done == 0 {
        return Cow::Borrowed(json);
    }
    whole.push_str(&json[done..]);
    Cow::Owned(whole)
}

/// The UTF-16 unit written as `\uXXXX` at this index.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_of_a_character_costs_the_character_and_not_the_update() {
        for (json, text) in [
            (r#"{"update_id":7,"x":"a\ud83db"}"#, "a\u{fffd}b"),
            (r#"{"update_id":7,"x":"\ude00"}"#, "\u{fffd}"),
            (r#"{"update_id":7,"x":"\ud83d\ud83d\ude00\ud83d"}"#, "\u{fffd}😀\u{fffd}"),
            (r#"{"update_id":7,"x":"\\ud83d \"\ud83d"}"#, "\\ud83d \"\u{fffd}"),
            (r#"{"update_id":7,"x":"\ud83d\n\u00e9"}"#, "\u{fffd}\né"),
            (r#"{"update_id":7,"x":"\ud83d\ude00é"}"#, "😀é"),
        ] {
            let received = received(json);
            assert_eq!(received.number, Some(7), "{json}");
            assert_eq!(received.update.unwrap()["x"], text, "{json}");
        }
    }

    #[test]
    fn what_cannot_be_decoded_still_has_its_number() {
        let deep = format!(r#"{{"update_id":7,"x":{}{}}}"#, "[".repeat(500), "]".repeat(500));
        for json in [r#"{"x":1e999,"update_id":7}"#, &deep] {
            let received = received(json);
            assert_eq!((received.number, received.update.is_none()), (Some(7), true), "{json:.40}");
        }
        assert!(received(r#"{"x":1e999}"#).number.is_none());
    }

    #[test]
    fn json_that_ends_in_the_middle_of_an_escape_is_no_panic() {
        for json in ["\\", "\\u", "\\ud83d", "\"\\ud83d\\", "\\ué", "\"é\\ud83dé\""] {
            with_whole_characters(json);
        }
    }
}
