//! Answers an administrator who writes anonymously as the group: explains that they must write under their own name.

use serde_json::Value;

use crate::app::outbox::send_to_staff::send_to_staff;
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::app::turns::arrival::UpdateId;
use crate::bot::citizen::Message;
use crate::bot::message::Line;
use crate::domain::people::chat::Door;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Block;
use crate::i18n::{Label, say};
use crate::store::StoreError;
use crate::store::chats::updates;

/// Answers `/group` from an anonymous administrator in every language, since theirs is unknown.
///
/// # Errors
/// Where the database fails: nothing has been saved, and the update should be delivered again.
pub async fn explain_anonymous(
    app: &App,
    group: &str,
    update: Option<&UpdateId>,
    return_to: &Value,
) -> Result<(), InternalError> {
    let run = async {
        let mut tx = app.db.begin().await?;
        if let Some(UpdateId { source, number }) = update {
            let day = app.day(app.clock.now());
            if updates::first_sight(&mut tx, &[(source.as_str(), *number)], day).await?.is_empty() {
                return Ok(());
            }
        }
        let chat = app.encryption.chat_key(Door::Telegram, group).staff();
        send_to_staff(app, &mut tx, &chat, return_to, &[explanation()]).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| InternalError::new("answer an anonymous administrator", error))?;
    app.outbox_ready.notify_one();
    Ok(())
}

fn explanation() -> Message {
    let line = |lang| Line { lang, block: Block::plain(say(lang, &Label::GroupAnonymous)) };
    Message { lines: Lang::all().map(line).collect(), ..Message::new(Lang::first()) }
}
