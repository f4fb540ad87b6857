//! The page for a new entry: its topic, a short name, and the language in which it is written first.

use askama::Template;
use axum::extract::{Form, Query};
use serde::Deserialize;

use crate::app::{Closing, close_unanswered, new_entry};
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::{EntryKey, ServiceKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::content::{drafts, overview};
use crate::store::unanswered::groups;
use crate::understanding::language::fold;
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::{PageResult, failed, redirect};
use crate::web::console::refused::words;
use crate::web::console::staff::account::with_status;
use crate::web::console::staff_session::StaffSession;
use crate::web::console::unanswered::list::{Group, groups};

/// The posted form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageForm {
    topic: String,
    question: String,
    name: String,
    lang: String,
    service: String,
    /// The group of unanswered words that the entry is written for.
    gap: String,
}

#[derive(Template)]
#[template(path = "console/content/new_entry.html")]
struct Page<'a> {
    session: &'a StaffSession,
    form: PageForm,
    topics: Vec<(TopicKey, String)>,
    langs: Vec<Lang>,
    services: Vec<(ServiceKey, String)>,
    refusal: Option<String>,
}

/// The query that the page is opened with.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct From {
    gap: String,
}

pub(in crate::web::console) async fn show(session: StaffSession, Query(from): Query<From>) -> PageResult {
    session.must(&Right::NewEntry)?;
    let db = &session.window.app.db;
    let kept = groups::group(db, &from.gap).await.map_err(failed)?;
    let weeks = groups::weeks(db).await.map_err(failed)?;
    let first = groups(kept, &weeks, &session.window.app.live.now()).into_iter().next();
    let form = PageForm {
        lang: first.as_ref().map_or(session.lang, Group::lang).code().to_owned(),
        question: first.as_ref().map(Group::words_without_marks).unwrap_or_default(),
        gap: first.map(|_| from.gap).unwrap_or_default(),
        ..PageForm::default()
    };
    page(&session, form, None)
}

fn page(session: &StaffSession, form: PageForm, refusal: Option<&Refusal>) -> PageResult {
    let knowledge = session.window.app.live.now();
    let services = knowledge.all_services().iter().map(|known| (known.key.clone(), session.service(&known.key)));
    let topics = session.topics_to_write();
    let any = topics.first().and_then(|(topic, _)| format!("{topic}/any").parse().ok());
    let shown = Page {
        session,
        form,
        langs: any.map_or_else(Vec::new, |entry| session.langs_to_write(&entry)),
        topics,
        services: services.collect(),
        refusal: refusal.map(|refusal| words(session.lang, refusal)),
    };
    Ok(with_status(rendered(&shown), refusal))
}

pub(in crate::web::console) async fn make(session: StaffSession, Form(form): Form<PageForm>) -> PageResult {
    session.must(&Right::NewEntry)?;
    let name = if form.name.trim().is_empty() { short_name(&form.question) } else { form.name.trim().to_owned() };
    let key = format!("{}/{name}", form.topic).parse::<EntryKey>();
    let (Ok(key), Some(lang), Ok(service)) = (key, Lang::parse(&form.lang), form.service.parse()) else {
        return page(&session, form, Some(&Refusal::Key));
    };
    let db = &session.window.app.db;
    let known = overview::entry(db, &key).await.map_err(failed)?.is_some();
    let written = drafts::headings(db).await.map_err(failed)?;
    if known || written.iter().any(|heading| heading.item.entry() == Some(&key)) {
        return page(&session, form, Some(&Refusal::Key));
    }
    match new_entry(&session.window.app, &session.account, &key, service, lang, &form.question).await {
        Ok(()) => {
            if !form.gap.is_empty() {
                let closed = close_unanswered(&session.window.app, &session.account, &form.gap, Closing::Written).await;
                // Somebody else may have closed the group in the meantime: the entry is created all the same.
                closed.or_else(|error| session.refusal_or_page(error).map(drop))?;
            }
            Ok(redirect(&format!("/console/entries/{key}/text/{lang}")))
        }
        Err(error) => page(&session, form, Some(&session.refusal_or_page(error)?)),
    }
}

/// A short name: the first four words of the question that are longer than two characters, without accents.
fn short_name(question: &str) -> String {
    let plain: String = fold(question).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().filter(|word| word.len() > 2).take(4).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_the_questions_own_words() {
        let name = short_name("¿Cómo pido hora en el dentista?");
        assert!(format!("health/{name}").parse::<EntryKey>().is_ok(), "{name}");
        assert!(name.contains("dentista") || name.contains("hora"), "{name}");
    }
}
