//! Rate limit: whether an input is answered, told to wait or dropped, by the chat's recent messages.

use chrono::{DateTime, Utc};

use super::arrival::Arrival;
use super::source_message::SourceMessage;
use crate::app::runtime::app::App;
use crate::bot::citizen::is_always_heard;
use crate::domain::people::chat::Door;
use crate::domain::people::chat_rate::{Minute, RateDecision};
use crate::metrics;
use crate::store::chats::StoredChat;

/// Decides about an input by how many the chat has sent in its minute.
/// Applies to Telegram only: the web page has limits of its own, by network.
pub(in crate::app) fn rate_decision(
    app: &App,
    arrival: &Arrival,
    source: Option<&SourceMessage>,
    stored: &StoredChat,
    now: DateTime<Utc>,
) -> (Minute, RateDecision) {
    match arrival.door {
        Door::Web | Door::Terminal => return (stored.minute, RateDecision::Answered),
        Door::Telegram => {}
    }
    let sent = source.and_then(|source| source.at).unwrap_or(i64::MAX);
    let (minute, rate_decision) = stored.minute.with_one_more(sent.min(now.timestamp()));
    match rate_decision {
        RateDecision::Answered => (minute, rate_decision),
        RateDecision::TooFast(_) | RateDecision::Silent
            if is_always_heard(&app.live.now(), &arrival.turn_input.input) =>
        {
            (stored.minute, RateDecision::Answered)
        }
        RateDecision::TooFast(_) | RateDecision::Silent => {
            metrics::turned_away(arrival.door.name(), "too-many");
            (minute, rate_decision)
        }
    }
}
