//! What a folder held of each item at its last import, and the parts of the content that are not content items.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::QueryBuilder;

use crate::domain::content::ItemName;
use crate::domain::content::body::Body;
use crate::domain::content::item::ContentItem;
use crate::domain::content::topic::Topic;
use crate::domain::offices::office::Service;
use crate::domain::staff::audit_action::AuditAction;
use crate::domain::text::lang::Lang;
use crate::store::content::drafts::item;
use crate::store::content::rows::decode;
use crate::store::db::{Db, StoreError, Tx, all, maybe_in, on_tx, run};

/// How many rows go into one statement: four values each, far below the limits of both databases.
const AT_ONCE: usize = 500;

/// The body of every item at its last import, as JSON.
pub async fn load(db: &Db) -> Result<HashMap<ItemName, String>, StoreError> {
    let rows: Vec<(String, String, String, String)> = all!(db, "SELECT kind, subject, lang, body FROM pack_items");
    Ok(rows.into_iter().map(|(kind, subject, lang, body)| ((kind, subject, lang), body)).collect())
}

/// Stores the bodies of items in place of the earlier ones.
pub async fn put(tx: &mut Tx, items: &[(ItemName, String)]) -> Result<(), StoreError> {
    for some in items.chunks(AT_ONCE) {
        on_tx!(tx, c => async {
            let mut query = QueryBuilder::new("INSERT INTO pack_items (kind, subject, lang, body) ");
            query.push_values(some, |mut row, ((kind, subject, lang), body)| {
                row.push_bind(kind.as_str()).push_bind(subject.as_str()).push_bind(lang.as_str());
                row.push_bind(body.as_str());
            });
            query.push(" ON CONFLICT (kind, subject, lang) DO UPDATE SET body = excluded.body");
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Sources and municipalities that staff have written, by the audit log: the kind of item, and its key.
pub async fn written_here(db: &Db) -> Result<HashSet<(&'static str, String)>, StoreError> {
    const SQL: &str = "SELECT DISTINCT action, subject FROM audit WHERE action IN ($1, $2, $3)";
    const ACTIONS: [AuditAction; 3] =
        [AuditAction::SaveSource, AuditAction::NewMunicipality, AuditAction::SaveMunicipality];
    let [source, new, saved] = ACTIONS.map(AuditAction::code);
    let rows: Vec<(String, String)> = all!(db, SQL, source, new, saved);
    let kind = |action: &str| if action == source { "source" } else { "municipality" };
    Ok(rows.into_iter().map(|(action, subject)| (kind(&action), subject)).collect())
}

/// Content items with a published version that staff wrote.
pub async fn published_here(db: &Db) -> Result<Vec<ContentItem>, StoreError> {
    const SQL: &str = "SELECT DISTINCT v.kind, v.subject, v.lang FROM publications p JOIN versions v ON v.kind = p.kind \
         AND v.subject = p.subject AND v.lang = p.lang AND v.number = p.number WHERE v.author IS NOT NULL";
    let rows: Vec<(String, String, String)> = all!(db, SQL);
    rows.into_iter().map(|(kind, subject, lang)| item("versions", &kind, &subject, &lang)).collect()
}

/// The bodies of content items as a pack brought them: the newest version without an author.
pub async fn packed(db: &Db) -> Result<Vec<(ContentItem, Body)>, StoreError> {
    const SQL: &str = "SELECT v.kind, v.subject, v.lang, v.body FROM versions v WHERE v.author IS NULL AND v.number = \
         (SELECT MAX(w.number) FROM versions w WHERE w.kind = v.kind AND w.subject = v.subject AND w.lang = v.lang \
         AND w.author IS NULL)";
    let rows: Vec<(String, String, String, String)> = all!(db, SQL);
    let packed = |(kind, subject, lang, body): (String, String, String, String)| {
        let item = item("versions", &kind, &subject, &lang)?;
        let body = decode("versions", "body", &item.to_string(), serde_json::from_str::<Body>(&body).ok())?;
        Ok((item, body.plain()))
    };
    rows.into_iter().map(packed).collect()
}

/// Saves topics, replacing those with the same keys; new ones come last.
pub async fn put_topics(tx: &mut Tx, topics: &[Topic]) -> Result<(), StoreError> {
    const TOPIC: &str = "INSERT INTO topics (key, place, emoji, discreet) VALUES ($1, \
         (SELECT COALESCE(MAX(place), -1) + 1 FROM topics), $2, $3) \
         ON CONFLICT (key) DO UPDATE SET emoji = excluded.emoji, discreet = excluded.discreet";
    const NAME: &str = "INSERT INTO topic_names (topic, lang, name) VALUES ($1, $2, $3)";
    for topic in topics {
        let key = topic.key.as_str();
        run!(tx, TOPIC, key, &topic.emoji, topic.discreet);
        run!(tx, "DELETE FROM topic_names WHERE topic = $1", key);
        for (lang, name) in &topic.names {
            run!(tx, NAME, key, lang.code(), name);
        }
    }
    Ok(())
}

/// Saves services, replacing those with the same keys; new ones come last.
pub async fn put_services(tx: &mut Tx, services: &[Service]) -> Result<(), StoreError> {
    const SERVICE: &str = "INSERT INTO services (key, place) VALUES ($1, \
         (SELECT COALESCE(MAX(place), -1) + 1 FROM services)) ON CONFLICT (key) DO NOTHING";
    const NAME: &str = "INSERT INTO service_names (service, lang, name) VALUES ($1, $2, $3)";
    for service in services {
        let key = service.key.as_str();
        run!(tx, SERVICE, key);
        run!(tx, "DELETE FROM service_names WHERE service = $1", key);
        for (lang, name) in &service.names {
            run!(tx, NAME, key, lang.code(), name);
        }
    }
    Ok(())
}

/// Replaces the messages that no entry should answer, in these languages.
pub async fn put_outside(tx: &mut Tx, outside: &BTreeMap<Lang, Vec<String>>) -> Result<(), StoreError> {
    const NEXT: &str = "SELECT CAST(COALESCE(MAX(place), -1) + 1 AS BIGINT) FROM phrasings";
    for (lang, lines) in outside {
        run!(tx, "DELETE FROM phrasings WHERE entry IS NULL AND lang = $1", lang.code());
        let next: Option<(i64,)> = maybe_in!(tx, NEXT);
        let numbered: Vec<(i64, &String)> = (next.map_or(0, |(next,)| next)..).zip(lines).collect();
        for some in numbered.chunks(AT_ONCE) {
            on_tx!(tx, c => async {
                let mut query = QueryBuilder::new("INSERT INTO phrasings (place, entry, lang, text) ");
                query.push_values(some, |mut row, (place, text)| {
                    row.push_bind(*place).push("NULL").push_bind(lang.code()).push_bind(text.as_str());
                });
                query.build().execute(c).await.map(|_| ())
            })?;
        }
    }
    Ok(())
}
