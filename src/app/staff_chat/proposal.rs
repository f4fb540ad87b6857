//! Proposes a change step by step: language, new words, preview, kind of change, then submit (in `submit.rs`).

use super::decision::Decision;
use super::dialogue::{Awaits, Dialogue, Writing};
use super::entry::text_of;
use super::visit::Visit;
use super::wording::{difference, named};
use crate::app::runtime::app_error::{AppError, ensure};
use crate::bot::citizen::{Message, StaffButton, preview};
use crate::bot::message::Line;
use crate::domain::content::aspect::Aspect;
use crate::domain::content::body::{Body, LONGEST_QUESTION, MetadataBody, Problem, TextBody};
use crate::domain::content::draft::Change;
use crate::domain::content::entry::{Entry, Text};
use crate::domain::content::item::ContentItem;
use crate::domain::staff::account::Right;
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::diff::{Changed, fields};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span};
use crate::domain::text::spelling::misspelt;
use crate::i18n::content_items::{self as in_words, aspect_name};
use crate::i18n::{Label, say};
use crate::store::content::{drafts, items, overview};

/// How many buttons of parts stand side by side.
const PARTS_A_ROW: usize = 3;

impl Visit<'_> {
    /// Asks for the language.
    pub(super) fn propose(&self, key: &EntryKey) -> Result<Decision, AppError> {
        let langs: Vec<Lang> = self.writes_in(key).collect();
        ensure(!langs.is_empty(), Refusal::NoRight)?;
        let asked = Message::new(self.lang)
            .spans(vec![Span::bold(key.as_str())])
            .line(self.word(&Label::StaffChatWhichLanguage));
        let button = |lang: Lang| named(lang, lang.name().to_owned(), StaffButton::ProposeIn(key.clone(), lang));
        Ok(Decision::say(langs.into_iter().fold(asked, |message, lang| message.row(vec![button(lang)]))))
    }

    pub(super) async fn propose_in(&self, key: &EntryKey, lang: Lang) -> Result<Decision, AppError> {
        let item = ContentItem::Text(key.clone(), lang);
        ensure(self.account.may(&Right::Write(&item)), Refusal::NoRight)?;
        self.is_there(key).await?;
        let seen = drafts::newest(&self.app.db, &item).await?;
        let TextBody { question, answer, parts, .. } = self.so_far(&item).await?;
        let awaits = if question.is_empty() { Awaits::Question } else { Awaits::Answer };
        let (question_from, answer_from, change) = (None, None, None);
        let entry = key.clone();
        let writing = Writing {
            entry,
            lang,
            question,
            answer,
            parts: Some(parts),
            seen,
            awaits,
            change,
            question_from,
            answer_from,
        };
        Ok(self.asking(writing))
    }

    /// The draft, else the published text, else an empty one.
    async fn so_far(&self, item: &ContentItem) -> Result<TextBody, AppError> {
        let draft = drafts::find(&self.app.db, item).await?.map(|draft| draft.version.body);
        let body = match draft {
            Some(body) => Some(body),
            None => items::published(&self.app.db, item).await?,
        };
        Ok(body.and_then(text_of).unwrap_or_default())
    }

    async fn is_there(&self, key: &EntryKey) -> Result<(), AppError> {
        let metadata = drafts::find(&self.app.db, &ContentItem::Metadata(key.clone())).await?;
        let published = overview::entry(&self.app.db, key).await?;
        ensure(metadata.is_some() || published.is_some(), Refusal::Gone)
    }

    /// Asks for the next words; the present ones come in a message of their own, for copying.
    pub(super) fn asking(&self, writing: Writing) -> Decision {
        let (language, most) = (writing.lang.name(), LONGEST_QUESTION.to_string());
        let aspect = match writing.awaits {
            Awaits::Part(aspect) => say(self.lang, &aspect_name(aspect)),
            Awaits::Question | Awaits::Answer => String::new(),
        };
        let (label, now) = match writing.awaits {
            Awaits::Question => (Label::StaffChatWriteQuestion { language, most: &most }, writing.question.as_str()),
            Awaits::Answer => (Label::StaffChatWriteAnswer { language }, writing.answer.as_str()),
            Awaits::Part(of) => {
                let now = writing.parts.as_ref().and_then(|parts| parts.get(&of)).map_or("", String::as_str);
                (Label::StaffChatWritePart { aspect: &aspect, language }, now)
            }
        };
        let mut asked = Message::new(self.lang).spans(vec![Span::bold(writing.entry.as_str())]).line(self.word(&label));
        let mut messages = Vec::new();
        if !now.trim().is_empty() {
            asked = asked.line(self.word(&Label::StaffChatAsItIs));
            let lines = vec![Line { lang: writing.lang, block: Block::plain(now) }];
            messages.push(Message { lines, ..Message::new(writing.lang) });
        }
        let question = (writing.awaits == Awaits::Answer)
            .then(|| self.choice(&Label::StaffChatChangeQuestion, StaffButton::Question));
        let last = self.choice(&Label::Discard, StaffButton::ThrowAway);
        let asked = asked.row(question.into_iter().collect()).row(vec![last]);
        messages.insert(0, asked);
        Decision::ask(messages, Dialogue::Writing(writing))
    }

    /// Takes the words that were asked for.
    pub(super) async fn written(&self, mut writing: Writing, words: &str) -> Result<Decision, AppError> {
        ensure(self.account.may(&Right::Write(&writing.item())), Refusal::NoRight)?;
        match writing.awaits {
            Awaits::Question => writing.question_from = self.message,
            Awaits::Answer => writing.answer_from = self.message,
            Awaits::Part(_) => {}
        }
        writing.put(writing.awaits, words);
        writing.awaits = Awaits::Answer;
        writing.change = None;
        if writing.answer.trim().is_empty() { Ok(self.asking(writing)) } else { self.previewed(writing).await }
    }

    /// Takes an edit of a message that holds the question or the answer; refused for any other message.
    pub(super) async fn rewritten(&self, mut writing: Writing, number: i64, words: &str) -> Result<Decision, AppError> {
        ensure(self.account.may(&Right::Write(&writing.item())), Refusal::NoRight)?;
        let part = if writing.answer_from == Some(number) {
            Awaits::Answer
        } else if writing.question_from == Some(number) {
            Awaits::Question
        } else {
            return Err(Refusal::DialogueOver.into());
        };
        writing.put(part, words);
        writing.change = None;
        if writing.answer.trim().is_empty() { Ok(self.asking(writing)) } else { self.previewed(writing).await }
    }

    /// Shows the preview, the differences, and the choice of the kind of change.
    pub(super) async fn previewed(&self, writing: Writing) -> Result<Decision, AppError> {
        let item = writing.item();
        let before = items::published(&self.app.db, &item).await?.map(|body| body.lines()).unwrap_or_default();
        let body = self.body(&writing).await?;
        let mut messages = self.as_people_read(&item, &body).await?;
        let body = Body::Text(body);
        let changed = fields(&before, &body.lines());
        if !changed.iter().any(Changed::is_different) {
            let told = self.with_write_anew(self.told(&Label::StaffChatNothingChanged));
            return Ok(Decision::ask(vec![told], Dialogue::Writing(writing)));
        }
        let told = self.with_spelling(self.what_changes(&writing, &changed), &writing);
        let problems = body.problems();
        messages.push(match problems.is_empty() {
            true => self.with_changes(told.line(self.word(&Label::ChangeTitle))),
            false => self.with_write_anew(self.with_problems(told, &problems)),
        });
        Ok(Decision::ask(messages, Dialogue::Writing(writing)))
    }

    fn what_changes(&self, writing: &Writing, changed: &[Changed]) -> Message {
        let mut told = self.told(&Label::StaffChatDifference);
        for field in changed.iter().filter(|field| field.is_different() && field.field != "phrasings") {
            told.lines.push(Line { lang: writing.lang, block: Block::Paragraph(difference(&field.words)) });
        }
        told
    }

    /// Adds spelling warnings; they do not block submitting.
    fn with_spelling(&self, told: Message, writing: &Writing) -> Message {
        let of = |text: &str| misspelt(writing.lang, text).into_iter();
        let wrong = of(&writing.question).chain(of(&writing.answer));
        let wrong: Vec<String> = wrong.map(|word| format!("{} ({})", word.word, word.why)).collect();
        match wrong.is_empty() {
            true => told,
            false => told.line(format!("{} {}", self.word(&Label::Spelling), wrong.join(", "))),
        }
    }

    fn with_problems(&self, told: Message, problems: &[Problem]) -> Message {
        problems.iter().fold(told.line(self.word(&Label::RefusedProblems)), |told, problem| {
            let field = in_words::field(self.lang, &problem.field().name().replace('_', "-"));
            let line = format!("{field}: {}", in_words::problem(self.lang, problem));
            told.block(Block::Item(vec![Span::plain(line)]))
        })
    }

    /// The new text, with the phrasings it already has.
    pub(super) async fn body(&self, writing: &Writing) -> Result<TextBody, AppError> {
        let so_far = self.so_far(&writing.item()).await?;
        let parts = writing.parts.clone().unwrap_or_else(|| so_far.parts.clone());
        let (question, answer) = (writing.question.clone(), writing.answer.clone());
        Ok(TextBody { question, answer, parts, ..so_far })
    }

    /// The preview: a heading and the answer as people will read it; empty where the text cannot be parsed.
    pub(super) async fn as_people_read(&self, item: &ContentItem, body: &TextBody) -> Result<Vec<Message>, AppError> {
        let (ContentItem::Text(key, lang), Ok(text)) = (item, body.text()) else { return Ok(Vec::new()) };
        let Some(mut entry) = self.entry_of(key).await? else { return Ok(Vec::new()) };
        let check = entry.texts.get(lang).and_then(|text| text.check.clone());
        entry.texts.insert(*lang, Text { check, ..text });
        let shown = preview(&self.app.live.now(), &entry, *lang, self.now);
        Ok(vec![self.told(&Label::StaffChatPreview { language: lang.name() }), shown])
    }

    /// The entry as published, or built from its metadata draft.
    async fn entry_of(&self, key: &EntryKey) -> Result<Option<Entry>, AppError> {
        if let Some(entry) = self.app.live.now().entry(key) {
            return Ok(Some(entry.clone()));
        }
        let metadata = ContentItem::Metadata(key.clone());
        let body = match items::published(&self.app.db, &metadata).await? {
            Some(body) => Some(body),
            None => drafts::find(&self.app.db, &metadata).await?.map(|draft| draft.version.body),
        };
        let Some(Body::Metadata(metadata)) = body else { return Ok(None) };
        let texts = Default::default();
        let MetadataBody { service, sources, related, discreet, provenance } = metadata;
        Ok(Some(Entry {
            key: key.clone(),
            texts,
            sources,
            related,
            service,
            discreet,
            provenance,
            rules_changed_on: None,
        }))
    }

    fn with_changes(&self, message: Message) -> Message {
        let message = Change::ALL.into_iter().fold(message, |message, change| {
            let line =
                format!("{}: {}", in_words::change(self.lang, change), in_words::change_about(self.lang, change));
            message.block(Block::Item(vec![Span::plain(line)]))
        });
        let message = Change::ALL.into_iter().fold(message, |message, change| {
            message.row(vec![self.choice(&in_words::change_label(change), StaffButton::Change(change))])
        });
        self.with_write_anew(message)
    }

    fn with_write_anew(&self, message: Message) -> Message {
        let question = self.choice(&Label::StaffChatChangeQuestion, StaffButton::Question);
        let away = self.choice(&Label::Discard, StaffButton::ThrowAway);
        let part = |aspect: &Aspect| {
            named(self.lang, format!("✏️ {}", say(self.lang, &aspect_name(*aspect))), StaffButton::Part(*aspect))
        };
        let message = message.line(self.word(&Label::StaffChatOrAnew)).row(vec![question]);
        let rows = Aspect::ALL.chunks(PARTS_A_ROW).map(|row| row.iter().map(part).collect());
        rows.fold(message, Message::row).row(vec![away])
    }
}
