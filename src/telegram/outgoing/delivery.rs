//! Delivers one message: edits where possible, else sends, and answers the button's callback query.

use serde_json::Value;
use teloxide::payloads::{AnswerCallbackQuery, DeleteMessages, EditMessageText, SendMessage, SendVenue};
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardMarkup, LinkPreviewOptions, MessageId, ParseMode, Recipient,
    ReplyParameters, ThreadId,
};

use super::fallbacks::Dress;
use super::html::without_form;
use super::{Piece, file_in_words, in_words, pieces};
use crate::bot::citizen::Message;
use crate::telegram::client::{Client, Refusal};
use crate::telegram::return_to::ReturnTo;

/// Telegram's refusal of an edit without a change; counts as success.
const NOT_MODIFIED: &str = "message is not modified";

/// A message that was not delivered completely.
#[derive(Debug)]
pub(in crate::telegram) struct DeliveryError {
    /// Why the next piece was not sent.
    pub refusal: Refusal,
    /// Pieces that have arrived, earlier attempts included.
    pub pieces: usize,
    /// Message numbers of the pieces that arrived in this attempt.
    pub numbers: Vec<i32>,
}

impl DeliveryError {
    /// Refused before any piece of this attempt was sent.
    pub fn at_once(refusal: Refusal, pieces: usize) -> DeliveryError {
        DeliveryError { refusal, pieces, numbers: Vec::new() }
    }
}

/// Position of a message in its turn, and its progress.
#[derive(Debug, Clone, Copy)]
pub(in crate::telegram) struct Part {
    /// Whether it is the first message of its turn: it may edit another message, and answers the button.
    pub first: bool,
    /// Pieces that arrived in earlier attempts.
    pub pieces: usize,
}

/// Delivers the pieces that have not arrived yet; returns the numbers of the new messages.
pub(in crate::telegram) async fn deliver(
    client: &Client,
    message: &Message,
    to: &ReturnTo,
    part: Part,
) -> Result<Vec<i32>, DeliveryError> {
    let sent = match send_pieces(client, message, to, part).await {
        Err(DeliveryError { refusal: Refusal::Moved(chat), pieces, mut numbers }) => {
            let rest = send_pieces(client, message, &to.moved(chat), Part { pieces, ..part }).await;
            let (sent, new) = match rest {
                Ok(new) => (None, new),
                Err(DeliveryError { refusal, pieces, numbers }) => (Some((refusal, pieces)), numbers),
            };
            numbers.extend(new);
            match sent {
                None => Ok(numbers),
                Some((refusal, pieces)) => Err(DeliveryError { refusal, pieces, numbers }),
            }
        }
        sent => sent,
    };
    // A message that will be retried answers the query later, so that each query is answered once.
    if part.first && matches!(sent, Ok(_) | Err(DeliveryError { refusal: Refusal::Never(_), .. })) {
        answer_query(client, to).await;
    }
    sent
}

/// Answers the callback query, which stops the button's progress indicator. Refusals of old queries are harmless.
pub(in crate::telegram) async fn answer_query(client: &Client, to: &ReturnTo) {
    let Some(query) = &to.query else { return };
    if let Err(refusal) = client.ask(&AnswerCallbackQuery::new(CallbackQueryId(query.clone()))).await {
        tracing::debug!(%refusal, "a button was not answered");
    }
}

/// Most messages deleted by one call.
const DELETED_AT_ONCE: usize = 100;

/// Deletes messages of a chat, and the one whose button was pressed. Telegram skips those that are gone already or can
/// no longer be deleted.
pub(in crate::telegram) async fn take_back(client: &Client, to: &ReturnTo, numbers: &[i32]) -> Result<(), Refusal> {
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

async fn send_pieces(client: &Client, message: &Message, to: &ReturnTo, part: Part) -> Result<Vec<i32>, DeliveryError> {
    let mut numbers = Vec::new();
    for (place, piece) in pieces(message, to.is_private()).iter().enumerate().skip(part.pieces) {
        let leads = part.first && place == 0;
        let sent = match (piece, to.pressed) {
            (Piece::Words { html, buttons }, Some(pressed)) if leads && message.in_place => {
                edit_or_send(client, html, buttons, pressed, piece, to).await
            }
            _ => send(client, piece, to, leads).await,
        };
        match sent {
            Ok(number) => numbers.extend(number),
            Err(refusal) => return Err(DeliveryError { refusal, pieces: place, numbers }),
        }
    }
    Ok(numbers)
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
        // Too old, deleted, or without text: send it as a new message.
        Err(Refusal::Never(_)) => send(client, piece, to, true).await,
        edited => edited.map(|_| Some(pressed)),
    }
}

/// Sends a piece. What Telegram refuses of its extras is dropped; a refused map or file is sent as words.
async fn send(client: &Client, piece: &Piece, to: &ReturnTo, leads: bool) -> Result<Option<i32>, Refusal> {
    match (undressing(client, piece, to, leads).await, piece) {
        (Err(Refusal::Never(kind)), Piece::Map(pin, buttons)) => {
            tracing::warn!(%kind, "a place on the map was refused and is told in words");
            undressing(client, &in_words(pin, buttons), to, leads).await
        }
        (Err(Refusal::Never(kind)), Piece::File(file)) => {
            tracing::warn!(%kind, "a file was refused and is told in words");
            undressing(client, &file_in_words(file), to, leads).await
        }
        (sent, Piece::Words { .. } | Piece::AsksPlace { .. } | Piece::Map(..) | Piece::File(_)) => sent,
    }
}

async fn undressing(client: &Client, piece: &Piece, to: &ReturnTo, leads: bool) -> Result<Option<i32>, Refusal> {
    let mut dress = Dress::of(piece, to, leads);
    loop {
        let refused = match send_in(client, piece, to, dress).await {
            Err(Refusal::Never(kind)) => kind,
            sent => return sent,
        };
        let guess = !matches!(piece, Piece::Map(..) | Piece::File(_));
        let Some(less) = dress.without(&refused, guess) else { return Err(Refusal::Never(refused)) };
        tracing::warn!(kind = refused, left = ?less, "a message was refused and is sent with less");
        dress = less;
    }
}

async fn send_in(client: &Client, piece: &Piece, to: &ReturnTo, dress: Dress) -> Result<Option<i32>, Refusal> {
    let answers = to.answers.filter(|_| dress.reply);
    let answers = answers.map(|id| ReplyParameters::new(MessageId(id)).allow_sending_without_reply());
    let thread = to.thread.filter(|_| dress.topic).map(|id| ThreadId(MessageId(id)));
    let markup = piece.markup().filter(|_| dress.keyboard);
    match piece {
        Piece::Words { html, .. } | Piece::AsksPlace { html, .. } => {
            let words = if dress.form { html.clone() } else { without_form(html) };
            let mut request = SendMessage::new(recipient(to), words);
            request.parse_mode = dress.form.then_some(ParseMode::Html);
            request.link_preview_options = Some(no_preview());
            (request.reply_parameters, request.message_thread_id) = (answers, thread);
            request.reply_markup = markup;
            client.say(to.chat, &request).await.map(|sent| number(&sent))
        }
        Piece::Map(pin, _) => {
            let (lat, lon) = (pin.position.lat(), pin.position.lon());
            let mut request = SendVenue::new(recipient(to), lat, lon, &pin.title, &pin.address);
            (request.reply_parameters, request.message_thread_id) = (answers, thread);
            request.reply_markup = markup;
            client.say(to.chat, &request).await.map(|sent| number(&sent))
        }
        Piece::File(file) => {
            let mut fields = vec![("chat_id", to.chat.to_string())];
            fields.extend(thread.map(|thread| ("message_thread_id", thread.0.0.to_string())));
            client.send_file(to.chat, &fields, file).await.map(|sent| number(&sent))
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

/// No link previews: their pictures would be larger than our words.
fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
