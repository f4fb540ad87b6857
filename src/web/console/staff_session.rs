//! The staff session: the extractor that requires it, and the helpers and the menu that every page uses.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, Query};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use chrono::{DateTime, NaiveDate};
use serde::Deserialize;

use super::markers::SignedOut;
use super::notice::Notice;
use super::page_error::{PageError, redirect};
use super::session_cookie::{SIGN_IN, token};
use super::staff::roles::{role_about, role_label};
use crate::app::{Verdict, signed_in};
use crate::domain::content::item::ContentItem;
use crate::domain::content::source::SourceKind;
use crate::domain::staff::account::{Account, Limits, Right, Role};
use crate::domain::text::id::{EntryKey, ServiceKey, SourceKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::i18n::{Label, day, say};
use crate::web::window::Window;

/// Query mark of the first page after signing in.
pub(super) const ENTERED: &str = "entered";

/// A signed-in account with what every page needs.
pub(super) struct StaffSession {
    pub window: Window,
    pub account: Account,
    /// The console's language: the account's.
    pub lang: Lang,
    /// The session's token.
    pub token: String,
    /// The notice of the last action.
    pub notice: Option<Notice>,
    /// The page's address without its query.
    pub path: String,
}

#[derive(Deserialize)]
struct PageQuery {
    done: Option<String>,
}

impl FromRequestParts<Window> for StaffSession {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, window: &Window) -> Result<StaffSession, PageError> {
        let path = parts.uri.path().to_owned();
        let Some(token) = token(&parts.headers, window.settings.secure_cookies) else { return Err(door(parts)) };
        let account = signed_in(&window.app, &token)
            .await
            .map_err(|internal_error| PageError::from(internal_error.into_response()))?;
        let Some(account) = account else { return Err(door(parts)) };
        let asked = Query::<PageQuery>::from_request_parts(parts, window).await;
        let notice = asked.ok().and_then(|Query(asked)| Notice::parse(&asked.done?));
        Ok(StaffSession { window: window.clone(), lang: account.lang, account, token, notice, path })
    }
}

/// Redirects to the sign-in page, which leads back to the requested page and its query.
fn door(parts: &Parts) -> PageError {
    let path = parts.uri.path();
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default();
    // A browser that has just signed in and sends no cookie refuses cookies.
    let entered = query.iter().any(|(name, _)| name == ENTERED);
    // A notice is shown once.
    let kept: Vec<_> = query.into_iter().filter(|(name, _)| name != "done" && name != ENTERED).collect();
    let to = match serde_urlencoded::to_string(&kept) {
        Ok(query) if parts.method == Method::GET && !query.is_empty() => format!("{path}?{query}"),
        Ok(_) | Err(_) if parts.method == Method::GET => path.to_owned(),
        Ok(_) | Err(_) => "/console".to_owned(),
    };
    let to = serde_urlencoded::to_string([("to", to)]).unwrap_or_default();
    let mut response = redirect(&format!("{}?{to}{}", SIGN_IN, if entered { "&refused" } else { "" }));
    response.extensions_mut().insert(SignedOut);
    response.into()
}

/// A part of the console in the menu.
pub(super) struct NavItem {
    pub path: &'static str,
    pub label: Label<'static>,
    /// Whether the current page belongs to it.
    pub here: bool,
}

impl StaffSession {
    /// A label in the console's language.
    pub fn word<'l>(&self, label: impl Borrow<Label<'l>>) -> String {
        say(self.lang, label.borrow())
    }

    /// A role's name.
    pub fn role(&self, role: impl Borrow<Role>) -> String {
        self.word(role_label(*role.borrow()))
    }

    /// What a role may do.
    pub fn role_about(&self, role: impl Borrow<Role>) -> String {
        self.word(role_about(*role.borrow()))
    }

    /// A kind of source, in words.
    pub fn source_kind(&self, kind: impl Borrow<SourceKind>) -> String {
        self.word(match kind.borrow() {
            SourceKind::Law => Label::SourceLaw,
            SourceKind::Decree => Label::SourceDecree,
            SourceKind::Circular => Label::SourceCircular,
            SourceKind::Agency => Label::SourceKindAgency,
        })
    }

    /// How the bot answers a message, in words.
    pub fn verdict(&self, verdict: &Verdict) -> String {
        self.word(match verdict {
            Verdict::Sure => Label::VerdictSure,
            Verdict::Several => Label::VerdictSeveral,
            Verdict::SmallTalk => Label::VerdictSmallTalk,
            Verdict::Request => Label::VerdictRequest,
            Verdict::Nothing => Label::VerdictNothing,
        })
    }

    /// A day in words.
    pub fn day(&self, date: impl Borrow<NaiveDate>) -> String {
        day(self.lang, *date.borrow())
    }

    /// A moment (seconds since 1970) in local time.
    pub fn moment(&self, at: impl Borrow<i64>) -> String {
        let at = DateTime::from_timestamp(*at.borrow(), 0).unwrap_or_default().with_timezone(&self.window.app.zone);
        format!("{} {}", day(self.lang, at.date_naive()), at.format("%H:%M"))
    }

    /// The current day.
    pub fn today(&self) -> NaiveDate {
        self.window.app.day(self.window.app.clock.now())
    }

    /// The topics with their names.
    pub fn topics(&self) -> Vec<(TopicKey, String)> {
        let knowledge = self.window.app.live.now();
        knowledge.all_topics().map(|topic| (topic.key.clone(), self.named(&topic.names, topic.key.as_str()))).collect()
    }

    /// An account's limits in words.
    pub fn limits(&self, limits: &Limits) -> Vec<String> {
        let knowledge = self.window.app.live.now();
        let place = limits.municipality.as_ref();
        let place = place.map(|key| knowledge.municipality(key).map_or(key.as_str(), |place| &place.name).to_owned());
        let langs = limits.langs.iter().map(|lang| lang.name().to_owned());
        let topics = self.topics().into_iter().filter(|(key, _)| limits.topics.contains(key)).map(|(_, name)| name);
        place.into_iter().chain(langs).chain(topics).collect()
    }

    /// The topics in which this account may write entries, with their names.
    pub fn topics_to_write(&self) -> Vec<(TopicKey, String)> {
        let metadata = |topic: &TopicKey| format!("{topic}/any").parse().map(ContentItem::Metadata);
        let writes = |topic: &TopicKey| metadata(topic).is_ok_and(|metadata| self.may(Right::Write(&metadata)));
        self.topics().into_iter().filter(|(topic, _)| writes(topic)).collect()
    }

    /// The languages in which this account may write an entry.
    pub fn langs_to_write(&self, entry: &EntryKey) -> Vec<Lang> {
        Lang::all().filter(|lang| self.may(Right::Write(&ContentItem::Text(entry.clone(), *lang)))).collect()
    }

    /// A service's name.
    pub fn service(&self, key: &ServiceKey) -> String {
        let knowledge = self.window.app.live.now();
        knowledge.service(key).map_or(key.to_string(), |service| self.named(&service.names, key.as_str()))
    }

    /// A source's title.
    pub fn source(&self, key: &SourceKey) -> String {
        let knowledge = self.window.app.live.now();
        knowledge.source(key).map_or(key.to_string(), |source| self.named(&source.titles, key.as_str()))
    }

    /// An entry's question as people read it.
    pub fn question(&self, key: &EntryKey) -> String {
        let knowledge = self.window.app.live.now();
        knowledge.entry(key).map_or(key.to_string(), |entry| entry.question(self.lang).to_owned())
    }

    /// A name in the console's language, or else in another.
    pub fn named(&self, names: &BTreeMap<Lang, String>, key: &str) -> String {
        names.get(&self.lang).or_else(|| names.values().next()).map_or(key, String::as_str).to_owned()
    }

    /// Whether the account has a right.
    pub fn may<'r>(&self, right: impl Borrow<Right<'r>>) -> bool {
        self.account.may(right.borrow())
    }

    /// The menu for this account.
    pub fn nav_items(&self) -> Vec<NavItem> {
        let all = [
            ("/console", Label::NavBoard, Right::Statistics),
            ("/console/entries", Label::NavEntries, Right::Read),
            ("/console/gaps", Label::NavGaps, Right::Read),
            ("/console/review", Label::NavReview, Right::Review),
            ("/console/questions", Label::NavQuestions, Right::Answers),
            ("/console/offices", Label::NavOffices, Right::Read),
            ("/console/municipalities", Label::NavMunicipalities, Right::Read),
            ("/console/sources", Label::NavSources, Right::Read),
            ("/console/stats", Label::NavStats, Right::Statistics),
            ("/console/privacy", Label::NavPrivacy, Right::Statistics),
            ("/console/tables", Label::NavTables, Right::Import),
            ("/console/staff", Label::NavStaff, Right::Staff),
            ("/console/audit", Label::NavAudit, Right::Settings),
            ("/console/danger", Label::NavDanger, Right::Settings),
            ("/console/settings", Label::NavSettings, Right::Settings),
        ];
        let here = |path: &str| self.path == path || (path != "/console" && self.path.starts_with(path));
        all.into_iter()
            .filter(|(_, _, right)| self.may(right))
            .map(|(path, label, _)| NavItem { path, label, here: here(path) })
            .collect()
    }
}
