//! A copy for the person: everything that is kept of a chat, as a file of plain text.

use chrono::{DateTime, TimeDelta};

use super::handoff::Wanted;
use super::stored_chat::decrypted;
use super::transcript::{self, Exchange, Shown};
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::bot::citizen::Message;
use crate::bot::message::File;
use crate::domain::inbox::question::{KEPT, Line, Speaker};
use crate::domain::people::chat::{ChatKey, Door, Memory};
use crate::domain::text::lang::Lang;
use crate::i18n::{Phrase, day, say};
use crate::store::chats::shown_messages;
use crate::store::chats::{self, StoredChat};
use crate::store::inbox::{questions, subscriptions};
use crate::store::{StoreError, outbox};

/// Everything that is kept of the chat at this address, in its language, or in the proposed one.
pub async fn copy_of_chat(app: &App, door: Door, address: &str, proposed: Lang) -> Result<File, InternalError> {
    let key = app.encryption.chat_key(door, address);
    let made = async {
        let stored = chats::load(&app.db, &key).await?;
        let lang = stored.lang.unwrap_or(proposed);
        let text = text(app, door, &key, &stored, lang).await?;
        Ok(File { name: say(lang, &Phrase::CopyName), text })
    };
    made.await.map_err(|error: StoreError| InternalError::new("copy what is kept of a chat", error))
}

/// Fills in the files that a turn's messages announce. The web page fetches its file by a link instead.
pub(in crate::app) async fn fill(
    app: &App,
    door: Door,
    key: &ChatKey,
    stored: &StoredChat,
    messages: &mut [Message],
) -> Result<(), StoreError> {
    if door == Door::Web {
        return Ok(());
    }
    for message in messages {
        if let Some(file) = &mut message.file {
            file.text = text(app, door, key, stored, message.lang).await?;
        }
    }
    Ok(())
}

/// The lines of the file while it is written.
struct Copy<'a> {
    app: &'a App,
    lang: Lang,
    lines: Vec<String>,
}

async fn text(app: &App, door: Door, key: &ChatKey, stored: &StoredChat, lang: Lang) -> Result<String, StoreError> {
    let now = app.clock.now();
    let mut copy = Copy { app, lang, lines: Vec::new() };
    copy.title(&Phrase::CopyTitle { when: &copy.moment(now.timestamp()) });
    let chat = decrypted(app, key, stored);
    let knowledge = app.live.now();
    if let Some(lang) = chat.lang {
        copy.add(&Phrase::ForgetLanguage { language: lang.name() });
    }
    if let Some(place) = chat.municipality.as_ref().and_then(|key| knowledge.municipality(key)) {
        copy.add(&Phrase::ForgetPlace { place: &place.name });
    }
    if let Some(last) = stored.last_day {
        copy.add(&Phrase::CopyLastDay { day: &day(lang, last) });
    }
    if let Some(memory) = chat.recall(now) {
        let entry = memory.entry.as_ref().and_then(|key| knowledge.entry(key));
        copy.memory(memory, entry.map(|entry| entry.question(lang)));
    }
    if door == Door::Web {
        copy.talk(&transcript::load(app, key).await?);
    }
    copy.question(key).await?;
    copy.subscriptions(key).await?;
    let waiting = outbox::waiting_for(&app.db, key).await?;
    if waiting > 0 {
        copy.add(&Phrase::CopyWaiting { count: &waiting.to_string() });
    }
    let discreet = shown_messages::count(&app.db, key).await?;
    if discreet > 0 {
        copy.add(&Phrase::CopyDiscreet { count: &discreet.to_string() });
    }
    copy.title(&Phrase::CopyRest);
    Ok(copy.lines.join("\n") + "\n")
}

impl Copy<'_> {
    /// Begins a section.
    fn title(&mut self, phrase: &Phrase<'_>) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(say(self.lang, phrase));
    }

    fn add(&mut self, phrase: &Phrase<'_>) {
        self.lines.push(format!("- {}", say(self.lang, phrase)));
    }

    fn said(&mut self, at: Option<i64>, who: &str, words: &str) {
        let at = at.map(|at| format!("{}, ", self.moment(at))).unwrap_or_default();
        self.lines.push(format!("- {at}{who}: {words}"));
    }

    fn memory(&mut self, memory: &Memory, question: Option<&str>) {
        let until = self.moment(memory.until.timestamp());
        self.title(&Phrase::CopyMemory { until: &until });
        self.lines.extend(question.map(|question| format!("- {question}")));
        let known = [Some(memory.words.as_str()), memory.unanswered.as_deref()];
        let before = Some(memory.before.as_str()).filter(|before| !known.contains(&Some(*before)));
        let own = [known[0], known[1], before];
        for words in own.into_iter().flatten().filter(|words| !words.is_empty()) {
            self.said(None, &say(self.lang, &Phrase::WebYou), words);
        }
        if memory.danger.is_some() {
            self.add(&Phrase::CopyDanger);
        }
    }

    /// The exchanges that the page shows.
    fn talk(&mut self, exchanges: &[Exchange]) {
        if exchanges.is_empty() {
            return;
        }
        self.title(&Phrase::CopyTalk);
        let (you, bot) = (say(self.lang, &Phrase::WebYou), say(self.lang, &Phrase::WebBot));
        for exchange in exchanges {
            match &exchange.said {
                Some(Shown::Words(words)) | Some(Shown::Pressed(words)) => self.said(None, &you, words),
                None => {}
            }
            for reply in &exchange.replies {
                self.said(None, &bot, &reply.words());
            }
        }
    }

    /// The question that was left for staff, with its lines; names of staff as the person read them.
    async fn question(&mut self, key: &ChatKey) -> Result<(), StoreError> {
        let Some(stored) = questions::of(&self.app.db, key).await? else { return Ok(()) };
        let until = self.until(stored.question.created_at, KEPT);
        self.title(&Phrase::CopyQuestion { until: &until });
        for sealed in questions::lines(&self.app.db, &stored.question.id).await? {
            // A line that no key decrypts is left out.
            let Ok(line) = self.app.encryption.decrypt::<Line>(key, &sealed) else { continue };
            let who = match &line.by {
                Speaker::Person => say(self.lang, &Phrase::WebYou),
                Speaker::Staff(name) => name.clone(),
            };
            for (_, words) in &line.words {
                self.said(Some(line.at), &who, words);
            }
        }
        Ok(())
    }

    async fn subscriptions(&mut self, key: &ChatKey) -> Result<(), StoreError> {
        for (sealed, at) in subscriptions::of(&self.app.db, key).await? {
            let Ok(wanted) = self.app.encryption.decrypt::<Wanted>(key, &sealed) else { continue };
            let until = self.until(at, KEPT);
            self.title(&Phrase::CopyWish { until: &until });
            self.said(Some(at), &say(self.lang, &Phrase::WebYou), &wanted.words);
        }
        Ok(())
    }

    fn until(&self, since: i64, kept: TimeDelta) -> String {
        self.moment(since + kept.num_seconds())
    }

    /// A moment (seconds since 1970) in the app's time zone.
    fn moment(&self, at: i64) -> String {
        let at = DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&self.app.zone);
        format!("{} {}", day(self.lang, at.date_naive()), at.format("%H:%M"))
    }
}
