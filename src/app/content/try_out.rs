//! Tries a change out: the bot's answer before and after it, and the labelled questions whose answer would change.

use std::sync::Arc;

use crate::app::runtime::app::App;
use crate::app::runtime::app_error::AppError;
use crate::app::runtime::internal_error::InternalError;
use crate::bot::knowledge::{Intent, Knowledge, Understood};
use crate::domain::content::Content;
use crate::domain::content::body::TextBody;
use crate::domain::content::entry::{Entry, Text};
use crate::domain::content::item::ContentItem;
use crate::domain::content::phrasing::Phrasing;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::Rich;
use crate::store::content::{self, items, test_questions};

/// How many entries are named.
const BEST: usize = 3;
/// How many reasons are shown.
const REASONS: usize = 8;

/// What a message is understood as.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// What the bot would do with it.
    pub verdict: Verdict,
    /// The best entries with their probability in percent.
    pub best: Vec<(EntryKey, u8)>,
    /// The features that spoke for the best entry, strongest first.
    pub reasons: Vec<String>,
}

/// What the bot does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It answers.
    Sure,
    /// It offers several entries.
    Several,
    /// It replies with small talk.
    SmallTalk,
    /// A request about the talk itself.
    Request,
    /// It says that it does not know.
    Nothing,
}

/// A labelled question whose answer would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedAnswer {
    /// Its language.
    pub lang: Lang,
    /// The question.
    pub text: String,
    /// What it is understood as now.
    pub before: String,
    /// What it would be understood as.
    pub after: String,
    /// Whether it was wrong and would be right.
    pub better: bool,
    /// Whether it was right and would be wrong.
    pub worse: bool,
}

/// What a change would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The message before the change.
    pub before: Side,
    /// The message after the change.
    pub after: Side,
    /// How many labelled questions there are.
    pub questions: usize,
    /// The labelled questions that would be understood differently.
    pub changes: Vec<ChangedAnswer>,
}

impl Tried {
    /// Before and after.
    pub fn sides(&self) -> [&Side; 2] {
        [&self.before, &self.after]
    }
}

/// What the bot would answer to `message` if this text were published; nothing is saved.
/// Learning takes seconds, so only one change is tried at a time.
///
/// # Errors
/// Refused if the item is not a text, or its answer has a form that a message cannot show.
pub async fn try_out(app: &App, item: &ContentItem, body: &TextBody, message: &str) -> Result<Tried, AppError> {
    let ContentItem::Text(key, lang) = item else { return Err(Refusal::Gone.into()) };
    let mut content = content::load(&app.db).await?;
    let service = match items::published(&app.db, &ContentItem::Metadata(key.clone())).await? {
        Some(crate::domain::content::body::Body::Metadata(metadata)) => Some(metadata.service),
        Some(_) | None => content.services.first().map(|service| service.key.clone()),
    };
    let entry = Entry {
        key: key.clone(),
        texts: Default::default(),
        sources: Vec::new(),
        related: Vec::new(),
        service: service.ok_or(Refusal::Gone)?,
        discreet: false,
        provenance: Default::default(),
        rules_changed_on: None,
    };
    apply(&mut content, entry, *lang, body)?;
    let questions = test_questions::list(&app.db).await?;
    let live = app.live.now();
    let message = message.trim().to_owned();
    let _one = app.tries.acquire().await.map_err(|error| InternalError::new("try a change", error))?;
    let tried = tokio::task::spawn_blocking(move || {
        let candidate = live.with_entries_of(content).ok()?;
        Some(compare(&live, &candidate, &message, &questions))
    });
    let tried = tried.await.map_err(|error| InternalError::new("try a change", error))?;
    Ok(tried.ok_or(Refusal::Invalid)?)
}

/// Changes the content as publishing the text would.
fn apply(content: &mut Content, new: Entry, lang: Lang, body: &TextBody) -> Result<(), Refusal> {
    let place = content.entries.iter().position(|entry| entry.key == new.key).unwrap_or_else(|| {
        content.entries.push(new.clone());
        content.entries.len() - 1
    });
    let text = match body.text() {
        Ok(text) => text,
        // A text without an answer can be tried as well: its question is used as the answer.
        Err(_) => {
            let answer = Rich::parse(&body.question).map_err(|_| Refusal::Invalid)?;
            Text::new(body.question.clone(), answer)
        }
    };
    if let Some(entry) = content.entries.get_mut(place) {
        entry.texts.insert(lang, text);
    }
    content.phrasings.retain(|phrasing| phrasing.entry.as_ref() != Some(&new.key) || phrasing.lang != lang);
    let phrasing = |text: &String| Phrasing { entry: Some(new.key.clone()), lang, text: text.clone() };
    content.phrasings.extend(body.phrasings.iter().map(phrasing));
    Ok(())
}

fn compare(
    live: &Arc<Knowledge>,
    candidate: &Knowledge,
    message: &str,
    questions: &[test_questions::TestQuestion],
) -> Tried {
    let changes = questions.iter().filter_map(|question| moved(live, candidate, question)).collect();
    Tried { before: side(live, message), after: side(candidate, message), questions: questions.len(), changes }
}

fn moved(live: &Knowledge, candidate: &Knowledge, question: &test_questions::TestQuestion) -> Option<ChangedAnswer> {
    let understood = |knowledge: &Knowledge| knowledge.understand(&question.text, Some(question.lang), None);
    let (before, after) = (understood(live), understood(candidate));
    let right = |found: &Understood| match (&found.intent, &question.expected) {
        (Intent::Answer { entry, .. }, Some(expected)) => entry == expected,
        (Intent::Nothing | Intent::SmallTalk(_) | Intent::Request(_), None) => true,
        (Intent::Answer { .. }, None) => false,
        (Intent::Several(_) | Intent::SmallTalk(_) | Intent::Request(_) | Intent::Nothing, _) => false,
    };
    (before.intent != after.intent).then(|| ChangedAnswer {
        lang: question.lang,
        text: question.text.clone(),
        better: right(&after) && !right(&before),
        worse: right(&before) && !right(&after),
        before: named(&before.intent),
        after: named(&after.intent),
    })
}

fn named(intent: &Intent) -> String {
    match intent {
        Intent::Answer { entry, .. } => entry.to_string(),
        Intent::Several(entries) => entries.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / "),
        Intent::SmallTalk(kind) => kind.name().to_owned(),
        Intent::Request(request) => request.name(),
        Intent::Nothing => "–".to_owned(),
    }
}

fn side(knowledge: &Knowledge, message: &str) -> Side {
    let understood = knowledge.understand(message, None, None);
    let verdict = match &understood.intent {
        Intent::Answer { .. } => Verdict::Sure,
        Intent::Several(_) => Verdict::Several,
        Intent::SmallTalk(_) => Verdict::SmallTalk,
        Intent::Request(_) => Verdict::Request,
        Intent::Nothing => Verdict::Nothing,
    };
    let percent = |share: f32| (share * 100.0).round() as u8;
    let best = understood.ranked.iter().take(BEST).map(|(key, share)| (key.clone(), percent(*share))).collect();
    let explained = knowledge.model().explain(message, None);
    let reasons = explained.reasons.into_iter().next().map(|reasons| reasons.features).unwrap_or_default();
    let reasons = reasons.into_iter().take(REASONS).map(|(feature, _)| feature).collect();
    Side { verdict, best, reasons }
}
