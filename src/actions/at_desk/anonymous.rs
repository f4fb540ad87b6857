//! An administrator who writes as the group itself: nobody is known by that, so the group is told how it is done.

use serde_json::Value;

use super::post::post;
use crate::actions::fault::Fault;
use crate::actions::house::House;
use crate::actions::take_turn::UpdateId;
use crate::conversation::Message;
use crate::conversation::message::Line;
use crate::domain::chat::Door;
use crate::domain::lang::Lang;
use crate::domain::rich::Block;
use crate::locale::{Label, say};
use crate::store::{StoreError, updates};

/// Answers `/group` of whoever writes as the group, in every language: which is theirs is not known.
///
/// # Errors
/// Where the database does not answer: nothing has been saved, and the update should come again.
pub async fn explain_anonymous(
    house: &House,
    group: &str,
    update: Option<&UpdateId>,
    return_to: &Value,
) -> Result<(), Fault> {
    let run = async {
        let mut tx = house.db.begin().await?;
        if let Some(UpdateId { source, number }) = update {
            let day = house.day(house.clock.now());
            if updates::first_sight(&mut tx, &[(source.as_str(), *number)], day).await?.is_empty() {
                return Ok(());
            }
        }
        let desk = house.seal.chat_key(Door::Telegram, group).desk();
        post(house, &mut tx, &desk, return_to, &[explanation()]).await?;
        tx.commit().await
    };
    run.await.map_err(|error: StoreError| Fault::new("answer an anonymous administrator", error))?;
    house.bell.notify_one();
    Ok(())
}

fn explanation() -> Message {
    let line = |lang| Line { lang, block: Block::plain(say(lang, &Label::GroupAnonymous)) };
    Message { lines: Lang::all().map(line).collect(), ..Message::new(Lang::first()) }
}
