//! Delivers one message: edits where it may, sends where it must, and stops the button's hourglass.

use serde_json::Value;
use teloxide::payloads::{AnswerCallbackQuery, DeleteMessages, EditMessageText, SendMessage, SendVenue};
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardMarkup, LinkPreviewOptions, MessageId, ParseMode, Recipient,
    ReplyParameters, ThreadId,
};

use super::client::{Client, Refusal};
use super::outgoing::{Piece, pieces};
use super::return_to::ReturnTo;
use crate::conversation::Message;

/// How Telegram says that an edit would change nothing, which is as good as done.
const NOT_MODIFIED: &str = "message is not modified";

/// Delivers a message; `first` is the first of its turn, which may take the place of another and answers the button.
///
/// Gives the numbers of the messages that are now in the chat. A message of several pieces that is refused in the middle is delivered from its beginning the next time.
pub(super) async fn deliver(
    client: &Client,
    message: &Message,
    to: &ReturnTo,
    first: bool,
) -> Result<Vec<i32>, Refusal> {
    let sent = match send_pieces(client, message, to, first).await {
        Err(Refusal::Moved(chat)) => send_pieces(client, message, &to.moved(chat), first).await,
        sent => sent,
    };
    // What is tried again answers the button when it has arrived: every query is answered once.
    if first && matches!(sent, Ok(_) | Err(Refusal::Never(_))) {
        answer_query(client, to).await;
    }
    sent
}

/// Stops the hourglass on the button. Telegram refuses it for buttons pressed long ago, and nobody waits there.
pub(super) async fn answer_query(client: &Client, to: &ReturnTo) {
    let Some(query) = &to.query else { return };
    if let Err(refusal) = client.ask(&AnswerCallbackQuery::new(CallbackQueryId(query.clone()))).await {
        tracing::debug!(%refusal, "a button was not answered");
    }
}

/// Most messages that are deleted by one call.
const DELETED_AT_ONCE: usize = 100;

/// Deletes messages of a chat, and the one whose button was pressed. Those that are gone already, or cannot go any more, are
/// passed over by Telegram.
pub(super) async fn take_back(client: &Client, to: &ReturnTo, numbers: &[i32]) -> Result<(), Refusal> {
    let mut all: Vec<MessageId> = numbers.iter().copied().chain(to.pressed).map(MessageId).collect();
    all.sort_by_key(|id| id.0);
    all.dedup();
    for some in all.chunks(DELETED_AT_ONCE) {
        match client.ask(&DeleteMessages::new(recipient(to), some.to_vec())).await {
            Err(Refusal::Never(kind)) => tracing::debug!(%kind, "messages were not taken back"),
            asked => drop(asked?),
        }
    }
    Ok(())
}

async fn send_pieces(client: &Client, message: &Message, to: &ReturnTo, first: bool) -> Result<Vec<i32>, Refusal> {
    let mut shown = Vec::new();
    for (place, piece) in pieces(message, to.is_private()).iter().enumerate() {
        let leads = first && place == 0;
        match (piece, to.pressed) {
            (Piece::Words { html, buttons }, Some(pressed)) if leads && message.in_place => {
                shown.extend(edit_or_send(client, html, buttons, pressed, piece, to).await?);
            }
            _ => shown.extend(send(client, piece, to, leads).await?),
        }
    }
    Ok(shown)
}

async fn edit_or_send(
    client: &Client,
    html: &str,
    buttons: &Option<InlineKeyboardMarkup>,
    pressed: i32,
    piece: &Piece,
    to: &ReturnTo,
) -> Result<Option<i32>, Refusal> {
    let mut edit = EditMessageText::new(recipient(to), MessageId(pressed), html);
    edit.parse_mode = Some(ParseMode::Html);
    edit.link_preview_options = Some(no_preview());
    edit.reply_markup = buttons.clone();
    match client.say(to.chat, &edit).await {
        Err(Refusal::Never(kind)) if kind == NOT_MODIFIED => Ok(Some(pressed)),
        // Too old, erased, or without text: then it is said anew.
        Err(Refusal::Never(_)) => send(client, piece, to, true).await,
        edited => edited.map(|_| Some(pressed)),
    }
}

async fn send(client: &Client, piece: &Piece, to: &ReturnTo, leads: bool) -> Result<Option<i32>, Refusal> {
    let answers = to.answers.filter(|_| leads);
    let answers = answers.map(|id| ReplyParameters::new(MessageId(id)).allow_sending_without_reply());
    let thread = to.thread.map(|id| ThreadId(MessageId(id)));
    match piece {
        Piece::Words { html, .. } | Piece::AsksPlace { html, .. } => {
            let mut request = SendMessage::new(recipient(to), html);
            request.parse_mode = Some(ParseMode::Html);
            request.link_preview_options = Some(no_preview());
            (request.reply_parameters, request.message_thread_id) = (answers, thread);
            request.reply_markup = piece.markup();
            client.say(to.chat, &request).await.map(|sent| number(&sent))
        }
        Piece::Map(pin, _) => {
            let (lat, lon) = (pin.position.lat(), pin.position.lon());
            let mut request = SendVenue::new(recipient(to), lat, lon, &pin.title, &pin.address);
            (request.reply_parameters, request.message_thread_id) = (answers, thread);
            request.reply_markup = piece.markup();
            client.say(to.chat, &request).await.map(|sent| number(&sent))
        }
    }
}

/// The number of a message that was sent.
fn number(sent: &Value) -> Option<i32> {
    i32::try_from(sent["message_id"].as_i64()?).ok()
}

fn recipient(to: &ReturnTo) -> Recipient {
    Recipient::Id(ChatId(to.chat))
}

/// The pictures of the pages we link to would be longer than our words.
fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
