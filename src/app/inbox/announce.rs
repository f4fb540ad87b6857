//! Announces people's questions in the Telegram group of their municipality's staff, each line once.

use serde_json::Value;

use crate::app::outbox::send_to_staff::{send_to_staff, send_to_staff_first};
use crate::app::runtime::app::App;
use crate::app::runtime::internal_error::InternalError;
use crate::app::staff_chat::wording::choice;
use crate::bot::citizen::{Button, Message, StaffButton};
use crate::bot::message::{Choice, Line as Shown};
use crate::bot::staff::input::Code;
use crate::domain::inbox::question::{Line, Question, Speaker, newest_words};
use crate::domain::people::chat::ChatKey;
use crate::domain::staff::account::{Account, Right};
use crate::domain::staff::refusal::Refusal;
use crate::domain::text::id::MunicipalityKey;
use crate::domain::text::lang::Lang;
use crate::domain::text::rich::{Block, Span};
use crate::i18n::{Label, say};
use crate::store::StoreError;
use crate::store::inbox::questions::{self, News};
use crate::store::staff::accounts;
use crate::store::staff::telegram_groups::{self, Group};

/// How many likely entries are offered.
const LIKELY: usize = 3;

/// Announces questions and lines that were not announced yet.
///
/// # Errors
/// Lines that were already announced are not announced again.
pub(in crate::app) async fn announce(app: &App) -> Result<(), InternalError> {
    run(app).await.map_err(|error| InternalError::new("announce questions", error))
}

async fn run(app: &App) -> Result<(), StoreError> {
    let mut groups: Vec<(Group, Lang)> = Vec::new();
    for group in telegram_groups::list(&app.db).await? {
        let account = accounts::find(&app.db, &group.set_by).await?;
        // The account that set up the group must still have the right to.
        let keeps = account.filter(|account| may_keep_group(account).is_ok_and(|place| place == group.municipality));
        groups.extend(keeps.map(|account| (group, account.lang)));
    }
    if groups.is_empty() {
        return Ok(());
    }
    for news in questions::with_news(&app.db).await? {
        let place = &news.stored.question.municipality;
        let told = groups.iter().filter(|(group, _)| group.municipality.is_none() || group.municipality == *place);
        let told: Vec<&(Group, Lang)> = told.collect();
        if !told.is_empty() {
            tell(app, &news, &told).await?;
        }
    }
    app.outbox_ready.notify_one();
    Ok(())
}

/// The announcement and the note that it was made go into one commit.
async fn tell(app: &App, news: &News, groups: &[&(Group, Lang)]) -> Result<(), StoreError> {
    let question = &news.stored.question;
    let sealed = questions::lines(&app.db, &question.id).await?;
    let open = |line: &String| app.encryption.decrypt::<Line>(&news.stored.chat, line).ok();
    let known = usize::try_from(news.told.unwrap_or_default()).unwrap_or_default();
    let new: Vec<Line> = sealed.iter().skip(known).filter_map(open).filter(|line| line.by == Speaker::Person).collect();
    let mut tx = app.db.begin().await?;
    let count = i64::try_from(sealed.len()).unwrap_or_default();
    if !questions::told(&mut tx, &question.id, news.told, count, app.clock.now().timestamp()).await? {
        return Ok(());
    }
    for (group, lang) in groups.iter().copied().filter(|_| !new.is_empty()) {
        let message = announcement(app, *lang, question, news.told.is_none(), &new);
        if let Ok(home) = app.encryption.decrypt_for::<Value>(&group.chat, &group.address) {
            let (chat, message) = (ChatKey::from_hash(group.chat.clone()), [message]);
            match question.danger {
                true => send_to_staff_first(app, &mut tx, &chat, &home, &message).await?,
                false => send_to_staff(app, &mut tx, &chat, &home, &message).await?,
            }
        }
    }
    tx.commit().await
}

fn announcement(app: &App, lang: Lang, question: &Question, first: bool, lines: &[Line]) -> Message {
    let code = Code::of(&question.id);
    let what = say(lang, &if first { Label::GroupNew } else { Label::GroupMore });
    let about = format!(" · {what} · {}{}", question.lang.name(), place(app, question));
    let mut message = Message::new(lang).spans(vec![Span::bold(code.tag()), Span::plain(about)]);
    if question.danger {
        message = message.spans(vec![Span::bold(say(lang, &Label::QuestionDanger))]);
    }
    for (of, words) in lines.iter().flat_map(|line| &line.words) {
        message.lines.push(Shown { lang: *of, block: Block::plain(words.as_str()) });
    }
    message = message.line(say(lang, &Label::GroupHow)).spans(vec![console(app, lang, question)]);
    if question.claimed_by.is_none() {
        message = message.row(vec![choice(lang, &Label::QuestionClaim, StaffButton::Claim(code.clone()))]);
    }
    likely(app, lang, question, lines).into_iter().fold(message, |message, button| message.row(vec![button]))
}

/// The municipality of the question, in words.
fn place(app: &App, question: &Question) -> String {
    let Some(key) = &question.municipality else { return String::new() };
    let knowledge = app.live.now();
    format!(" · {}", knowledge.municipality(key).map_or(key.as_str(), |place| &place.name))
}

/// Link to the question in the console; only the path if this server's public address is not known.
fn console(app: &App, lang: Lang, question: &Question) -> Span {
    let (words, path) = (say(lang, &Label::GroupConsole), format!("/console/questions/{}", question.id));
    match app.public_url.get() {
        Some(url) => Span::link(words, format!("{}{path}", url.trim_end_matches('/'))),
        None => Span::plain(format!("{words}: {path}")),
    }
}

/// Buttons that send the published entries that fit the person's words best.
pub(in crate::app) fn likely(app: &App, lang: Lang, question: &Question, lines: &[Line]) -> Vec<Choice> {
    let knowledge = app.live.now();
    let ranked = knowledge.understand(newest_words(lines), Some(question.lang), None).ranked;
    let button = |key| {
        let label = format!("{} {}", say(lang, &Label::GroupSend), knowledge.entry(&key)?.question(lang));
        let button = Button::Staff(StaffButton::SendEntry(Code::of(&question.id), key));
        Some(Choice { label, lang, button })
    };
    ranked.into_iter().take(LIKELY).filter_map(|(key, _)| button(key)).collect()
}

/// The municipality whose questions an administrator may have announced in a group; nothing means all of them.
pub(in crate::app) fn may_keep_group(account: &Account) -> Result<Option<MunicipalityKey>, Refusal> {
    let place = &account.limits.municipality;
    if account.may(&Right::Group(place.as_ref())) { Ok(place.clone()) } else { Err(Refusal::NoRight) }
}
