//! Groups unanswered words: new words join the group they are most like, or begin one. Grouped words are not moved.

use std::sync::Arc;

use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::bot::knowledge::Knowledge;
use crate::domain::text::id::EntryKey;
use crate::store::StoreError;
use crate::store::unanswered::groups::{self, Kept};
use crate::understanding::matching::Makeup;

/// How many unanswered words are grouped in one transaction.
const AT_ONCE: i64 = 200;

/// The group that unanswered words belong to, and the likeliest entry.
struct Place {
    gap: String,
    group: String,
    guess: Option<EntryKey>,
}

/// Groups the unanswered words that are new.
pub async fn group_unanswered(app: &App) -> Result<(), InternalError> {
    run(app).await.map_err(|error| InternalError::new("group gaps", error))
}

async fn run(app: &App) -> Result<(), StoreError> {
    loop {
        let new = groups::ungrouped(&app.db, AT_ONCE).await?;
        if new.is_empty() {
            return Ok(());
        }
        let all = groups::list(&app.db).await?;
        let knowledge = app.live.now();
        let placed = tokio::task::spawn_blocking(move || places(&knowledge, &all, &new));
        let placed = placed.await.map_err(|_| StoreError::Together)?;
        let mut tx = app.db.begin().await?;
        for place in placed {
            groups::place(&mut tx, &place.gap, &place.group, place.guess.as_ref()).await?;
        }
        tx.commit().await?;
    }
}

/// A group, represented by the words that it began with.
struct Group {
    id: String,
    entry: Option<EntryKey>,
    makeup: Makeup,
}

impl Group {
    fn of(kept: &Kept) -> Group {
        Group { id: kept.id.clone(), entry: kept.gap.entry.clone(), makeup: Makeup::of(kept.gap.words.as_str()) }
    }
}

fn places(knowledge: &Arc<Knowledge>, all: &[Kept], new: &[Kept]) -> Vec<Place> {
    let is_new = |kept: &&Kept| new.iter().any(|one| one.id == kept.id);
    let first = |kept: &&Kept| kept.group == kept.id && !is_new(kept);
    let mut groups: Vec<Group> = all.iter().filter(first).map(Group::of).collect();
    new.iter()
        .map(|kept| {
            let own = Group::of(kept);
            let same_entry = |group: &&Group| group.entry == own.entry && group.makeup.is_like(&own.makeup);
            let share = |group: &&Group| group.makeup.share(&own.makeup);
            let best = groups.iter().filter(same_entry).max_by(|a, b| share(a).total_cmp(&share(b)));
            let group = best.map_or_else(|| own.id.clone(), |best| best.id.clone());
            if group == own.id {
                groups.push(own);
            }
            Place { gap: kept.id.clone(), group, guess: likely(knowledge, kept) }
        })
        .collect()
}

fn likely(knowledge: &Knowledge, kept: &Kept) -> Option<EntryKey> {
    let understood = knowledge.understand(kept.gap.words.as_str(), Some(kept.gap.lang), None);
    kept.gap.entry.clone().or_else(|| understood.ranked.into_iter().next().map(|(key, _)| key))
}
