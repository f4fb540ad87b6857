//! Delivers one message: edits where it may, sends where it must, and stops the button's hourglass.

use teloxide::payloads::{AnswerCallbackQuery, EditMessageText, SendMessage, SendVenue};
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
/// A message of several pieces that is refused in the middle is delivered from its beginning the next time.
pub(super) async fn deliver(client: &Client, message: &Message, to: &ReturnTo, first: bool) -> Result<(), Refusal> {
    let sent = match send_pieces(client, message, to, first).await {
        Err(Refusal::Moved(chat)) => send_pieces(client, message, &to.moved(chat), first).await,
        sent => sent,
    };
    // What is tried again answers the button when it has arrived: every query is answered once.
    if first && matches!(sent, Ok(()) | Err(Refusal::Never(_))) {
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

async fn send_pieces(client: &Client, message: &Message, to: &ReturnTo, first: bool) -> Result<(), Refusal> {
    for (place, piece) in pieces(message, to.is_private()).iter().enumerate() {
        let leads = first && place == 0;
        match (piece, to.pressed) {
            (Piece::Words { html, buttons }, Some(pressed)) if leads && message.in_place => {
                edit_or_send(client, html, buttons, pressed, piece, to).await?;
            }
            _ => send(client, piece, to, leads).await?,
        }
    }
    Ok(())
}

async fn edit_or_send(
    client: &Client,
    html: &str,
    buttons: &Option<InlineKeyboardMarkup>,
    pressed: i32,
    piece: &Piece,
    to: &ReturnTo,
) -> Result<(), Refusal> {
    let mut edit = EditMessageText::new(recipient(to), MessageId(pressed), html);
    edit.parse_mode = Some(ParseMode::Html);
    edit.link_preview_options = Some(no_preview());
    edit.reply_markup = buttons.clone();
    match client.say(to.chat, &edit).await {
        Err(Refusal::Never(kind)) if kind == NOT_MODIFIED => Ok(()),
        // Too old, erased, or without text: then it is said anew.
        Err(Refusal::Never(_)) => send(client, piece, to, true).await,
        edited => edited.map(|_| ()),
    }
}

async fn send(client: &Client, piece: &Piece, to: &ReturnTo, leads: bool) -> Result<(), Refusal> {
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
            client.say(to.chat, &request).await.map(|_| ())
        }
        Piece::Map(pin, _) => {
            let (lat, lon) = (pin.position.lat(), pin.position.lon());
            let mut request = SendVenue::new(recipient(to), lat, lon, &pin.title, &pin.address);
            (request.reply_parameters, request.message_thread_id) = (answers, thread);
            request.reply_markup = piece.markup();
            client.say(to.chat, &request).await.map(|_| ())
        }
    }
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
