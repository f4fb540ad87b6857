//! The list of unanswered words: similar questions grouped, the newest and most frequent first.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::bot::knowledge::Knowledge;
use crate::domain::staff::account::Right;
use crate::domain::text::id::{EntryKey, TopicKey};
use crate::domain::text::lang::Lang;
use crate::domain::unanswered::group::{MOST_A_DAY, MOST_OF_ONE};
use crate::i18n::content_items::aspect_name;
use crate::i18n::{Label, say};
use crate::store::statistics::events::{self, UNANSWERED_NOT_TAKEN};
use crate::store::unanswered::groups::{self, Kept, Week};
use crate::understanding::redaction::{HIDDEN, hide_strange};
use crate::web::assets::{CONSOLE_PATH, ICON_PATH};
use crate::web::chat::page::rendered;
use crate::web::console::page_error::{PageError, PageResult, failed};
use crate::web::console::staff_session::StaffSession;

/// Groups per page.
const ON_A_PAGE: usize = 20;
/// Weeks shown of a group.
const WEEKS: usize = 4;
/// Period for which the page reports how many were rejected by the daily limits, in days.
const TOLD_FOR: Days = Days::new(7 * WEEKS as u64);
/// Missing parts are listed if they were asked for within this many days.
const ASKED_WITHIN: Days = Days::new(90);
/// Likely entries shown.
const LIKELY: usize = 3;
/// Entries below this probability, in percent, are not shown.
const WORTH_NAMING: u8 = 2;

/// The filters of the list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::web::console) struct PageQuery {
    lang: String,
    topic: String,
    page: usize,
}

/// Words asked at least this often are shown in full, because several people use them.
const ASKED_BY_OTHERS: i64 = 2;

/// Unanswered words of a group.
pub(in crate::web::console) struct Member {
    pub kept: Kept,
    /// How often they were asked.
    pub n: i64,
    /// The words as staff may read them.
    pub shown: String,
}

impl Member {
    fn of(kept: Kept, n: i64, knowledge: &Knowledge) -> Member {
        let words = &kept.gap.words;
        let shown = match n {
            ASKED_BY_OTHERS.. => words.as_str().to_owned(),
            _ => hide_strange(words, |word| knowledge.has_word(word)),
        };
        Member { shown, kept, n }
    }
}

/// A group of unanswered words.
pub(in crate::web::console) struct Group {
    /// Its id.
    pub id: String,
    /// Its open members, the most frequent first.
    pub gaps: Vec<Member>,
    /// How often all of them were asked.
    pub total: i64,
    pub langs: BTreeMap<Lang, i64>,
    /// Mondays with the week's count, the newest first.
    pub weeks: Vec<(NaiveDate, i64)>,
    /// The entry whose answer was of no use.
    pub entry: Option<EntryKey>,
    /// The likeliest entry at the time of grouping.
    guess: Option<EntryKey>,
}

impl Group {
    /// The most frequent words, as staff may read them.
    pub fn words(&self) -> &str {
        self.gaps.first().map_or("", |member| member.shown.as_str())
    }

    /// The same without redaction marks, which nobody writes.
    pub fn words_without_marks(&self) -> String {
        self.words().split_whitespace().filter(|word| !word.starts_with('[')).collect::<Vec<_>>().join(" ")
    }

    /// The language of the most frequent words.
    pub fn lang(&self) -> Lang {
        self.gaps.first().map_or_else(Lang::first, |member| member.kept.gap.lang)
    }

    /// Whether any word of the group is hidden.
    pub fn hides(&self) -> bool {
        self.gaps.iter().any(|member| member.shown.contains(HIDDEN))
    }

    fn newest(&self) -> Option<NaiveDate> {
        self.weeks.first().map(|(week, _)| *week)
    }

    fn topic(&self) -> Option<TopicKey> {
        self.guess.as_ref().map(EntryKey::topic)
    }

    /// The entries that best match the most frequent words now, with their probability in percent.
    pub fn likely(&self, knowledge: &Knowledge) -> Vec<(EntryKey, u8)> {
        let words = self.gaps.first().map_or("", |member| member.kept.gap.words.as_str());
        let understood = knowledge.understand(words, Some(self.lang()), None);
        let percent = |share: f32| (share * 100.0).round() as u8;
        let ranked = understood.ranked.into_iter().map(|(key, share)| (key, percent(share)));
        ranked.take(LIKELY).filter(|(_, share)| *share >= WORTH_NAMING).collect()
    }
}

/// The open groups, ordered by their newest week, then by their count, both descending.
pub(in crate::web::console) fn groups(kept: Vec<Kept>, weeks: &[Week], knowledge: &Knowledge) -> Vec<Group> {
    let mut query: BTreeMap<&str, Vec<(NaiveDate, i64)>> = BTreeMap::new();
    for week in weeks {
        if let Ok(monday) = week.week.parse() {
            query.entry(&week.gap).or_default().push((monday, week.n));
        }
    }
    let mut by_name: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for kept in kept.into_iter().filter(Kept::is_open) {
        let n = query.get(kept.id.as_str()).map_or(0, |weeks| weeks.iter().map(|(_, n)| n).sum());
        by_name.entry(kept.group.clone()).or_default().push(Member::of(kept, n, knowledge));
    }
    let mut groups: Vec<Group> = by_name.into_iter().map(|(id, gaps)| group(id, gaps, &query)).collect();
    groups.sort_by(|a, b| (b.newest(), b.total, &a.id).cmp(&(a.newest(), a.total, &b.id)));
    groups
}

fn group(id: String, mut gaps: Vec<Member>, query: &BTreeMap<&str, Vec<(NaiveDate, i64)>>) -> Group {
    gaps.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.kept.id.cmp(&b.kept.id)));
    let (mut weeks, mut langs): (BTreeMap<NaiveDate, i64>, BTreeMap<Lang, i64>) = Default::default();
    for Member { kept, n, .. } in &gaps {
        *langs.entry(kept.gap.lang).or_default() += n;
        for (week, n) in query.get(kept.id.as_str()).into_iter().flatten() {
            *weeks.entry(*week).or_default() += n;
        }
    }
    let first = gaps.first().map(|member| &member.kept);
    Group {
        id,
        total: langs.values().sum(),
        langs,
        weeks: weeks.into_iter().rev().take(WEEKS).collect(),
        entry: first.and_then(|kept| kept.gap.entry.clone()),
        guess: first.and_then(|kept| kept.nearest().cloned()),
        gaps,
    }
}

/// A group with its likeliest entries.
struct Row {
    group: Group,
    likely: Vec<(EntryKey, u8)>,
}

#[derive(Template)]
#[template(path = "console/unanswered/list.html")]
struct Page<'a> {
    session: &'a StaffSession,
    rows: Vec<Row>,
    found: String,
    topics: Vec<(TopicKey, String)>,
    query: PageQuery,
    more: bool,
    /// Parts that people asked for and that the answers lack, the most asked for first.
    missing: Vec<MissingPart>,
    /// Days on which the daily limits rejected new words, with the number rejected.
    not_taken: Vec<(NaiveDate, String)>,
    most_a_day: String,
    most_of_one: String,
}

impl Page<'_> {
    fn page(&self, page: usize) -> String {
        // Only valid values are copied into the link.
        let lang = Lang::parse(&self.query.lang).map_or("", Lang::code);
        let topic = self.query.topic.parse::<TopicKey>().map(|key| key.to_string()).unwrap_or_default();
        format!("/console/gaps?lang={lang}&topic={topic}&page={page}")
    }
}

impl PageQuery {
    fn takes(&self, group: &Group) -> bool {
        let lang = self.lang.is_empty() || group.langs.keys().any(|lang| lang.code() == self.lang);
        let topic = self.topic.is_empty() || group.topic().is_some_and(|topic| topic.as_str() == self.topic);
        lang && topic
    }
}

pub(in crate::web::console) async fn list(session: StaffSession, Query(query): Query<PageQuery>) -> PageResult {
    session.must(&Right::Read)?;
    let db = &session.window.app.db;
    let kept = groups::list(db).await.map_err(failed)?;
    let weeks = groups::weeks(db).await.map_err(failed)?;
    let knowledge = session.window.app.live.now();
    let mut groups = groups(kept, &weeks, &knowledge);
    groups.retain(|group| query.takes(group));
    let (found, first) = (groups.len().to_string(), query.page.saturating_mul(ON_A_PAGE));
    let more = groups.len() > first.saturating_add(ON_A_PAGE);
    let shown = groups.into_iter().skip(first).take(ON_A_PAGE);
    let rows = shown.map(|group| Row { likely: group.likely(&knowledge), group }).collect();
    let shown = Page {
        rows,
        found,
        topics: session.topics(),
        query,
        more,
        missing: missing_parts(&session).await?,
        not_taken: not_taken(&session).await?,
        most_a_day: MOST_A_DAY.to_string(),
        most_of_one: MOST_OF_ONE.to_string(),
        session: &session,
    };
    Ok(rendered(&shown))
}

/// A part that people asked for and that an answer lacks.
pub(in crate::web::console) struct MissingPart {
    pub entry: EntryKey,
    /// The aspect, in the reader's language.
    pub aspect: String,
    /// The language in which it is missing.
    pub lang: Lang,
    pub title: String,
    pub n: i64,
}

/// The missing parts that were asked for lately; a part that was written meanwhile is none.
pub(in crate::web::console) async fn missing_parts(session: &StaffSession) -> Result<Vec<MissingPart>, PageError> {
    let app = &session.window.app;
    let since = app.day(app.clock.now()) - ASKED_WITHIN;
    let knowledge = app.live.now();
    let sums = events::sums(&app.db, events::PART_MISSING, since).await.map_err(failed)?;
    let missing = sums.into_iter().filter_map(|sum| {
        let (entry, aspect) = events::part_of(&sum.subject)?;
        let lang = Lang::parse(&sum.lang)?;
        // A language without a text lacks every part: there is only the text in another language.
        let text = knowledge.entry(&entry)?.texts.get(&lang);
        let is_written = text.is_some_and(|text| text.parts.contains_key(&aspect));
        let title = session.question(&entry);
        let aspect = say(session.lang, &aspect_name(aspect));
        (!is_written).then_some(MissingPart { entry, aspect, lang, title, n: sum.n })
    });
    Ok(missing.collect())
}

/// Days of the last weeks on which the daily limits rejected new words, with the number rejected.
async fn not_taken(session: &StaffSession) -> Result<Vec<(NaiveDate, String)>, PageError> {
    let app = &session.window.app;
    let since = app.day(app.clock.now()) - TOLD_FOR;
    let days = events::by_day(&app.db, UNANSWERED_NOT_TAKEN, since).await.map_err(failed)?;
    Ok(days.into_iter().filter_map(|(day, n)| Some((day.parse().ok()?, n.to_string()))).collect())
}
