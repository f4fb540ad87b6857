//! What people said of an entry's answers: useful or not, this revision of the text and all of them, and what was wrong.

use chrono::TimeDelta;

use crate::domain::statistics::feedback::{Complaint, Revision};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::statistics::events::{self, NOT_USEFUL, Sum, USEFUL, revision_of};
use crate::web::console::page_error::{PageError, failed};
use crate::web::console::staff_session::StaffSession;

/// Over so many days an entry's feedback is counted.
const DAYS: i64 = 90;

/// What people said of an entry in one language.
pub(in crate::web::console) struct Feedback {
    pub lang: Lang,
    /// Of the text as it is published now: useful, not useful.
    pub now: (i64, i64),
    /// Of every text that there was in these days.
    pub all: (i64, i64),
    pub complaints: Vec<(Complaint, i64)>,
}

/// A complaint in words.
pub(in crate::web::console) fn complaint_label(complaint: &Complaint) -> Label<'static> {
    match complaint {
        Complaint::OtherQuestion => Label::ComplaintOtherQuestion,
        Complaint::Unclear => Label::ComplaintUnclear,
        Complaint::Wrong => Label::ComplaintWrong,
    }
}

/// What was wrong with answers since a day, by complaint.
pub(in crate::web::console) async fn complaints(
    session: &StaffSession,
    day: chrono::NaiveDate,
) -> Result<Vec<(Complaint, Vec<Sum>)>, PageError> {
    let mut all = Vec::new();
    for complaint in Complaint::ALL {
        all.push((complaint, sums(session, complaint.name(), day).await?));
    }
    Ok(all)
}

/// How often it happened to a subject in a language.
pub(in crate::web::console) fn count(sums: &[Sum], lang: Lang, subject: &str) -> i64 {
    sums.iter().filter(|sum| sum.lang == lang.code() && sum.subject == subject).map(|sum| sum.n).sum()
}

/// The feedback on an entry, in the languages in which there was any; `revisions` are those of its published texts.
pub(in crate::web::console) async fn of_entry(
    session: &StaffSession,
    key: &EntryKey,
    revisions: &[(Lang, Option<Revision>)],
) -> Result<Vec<Feedback>, PageError> {
    let day = session.today() - TimeDelta::days(DAYS);
    let (useful, useful_now) = (sums(session, USEFUL.0, day).await?, sums(session, USEFUL.1, day).await?);
    let (not_useful, not_now) = (sums(session, NOT_USEFUL.0, day).await?, sums(session, NOT_USEFUL.1, day).await?);
    let complaints = complaints(session, day).await?;
    let feedback = revisions.iter().map(|(lang, revision)| {
        let subject = revision.map(|revision| revision_of(key, revision)).unwrap_or_default();
        let of = |sums: &[Sum]| count(sums, *lang, key.as_str());
        Feedback {
            lang: *lang,
            now: (count(&useful_now, *lang, &subject), count(&not_now, *lang, &subject)),
            all: (of(&useful), of(&not_useful)),
            complaints: complaints.iter().map(|(complaint, sums)| (*complaint, of(sums))).collect(),
        }
    });
    Ok(feedback.filter(|feedback| feedback.all != (0, 0)).collect())
}

async fn sums(session: &StaffSession, name: &str, day: chrono::NaiveDate) -> Result<Vec<Sum>, PageError> {
    events::sums(&session.window.app.db, name, day).await.map_err(failed)
}
