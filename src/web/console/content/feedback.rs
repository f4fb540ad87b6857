//! Feedback on an entry's answers: useful or not, for the published revision and for all revisions, and complaints.

use chrono::TimeDelta;

use crate::domain::statistics::feedback::{Complaint, Revision};
use crate::domain::text::id::EntryKey;
use crate::domain::text::lang::Lang;
use crate::i18n::Label;
use crate::store::statistics::events::{self, NOT_USEFUL, Sum, USEFUL, revision_of};
use crate::web::console::page_error::{PageError, failed};
use crate::web::console::staff_session::StaffSession;

/// Feedback is counted over this many days.
const DAYS: i64 = 90;

/// Feedback on an entry in one language.
pub(in crate::web::console) struct Feedback {
    pub lang: Lang,
    /// For the published revision: useful, not useful.
    pub now: (i64, i64),
    /// For all revisions of these days: useful, not useful.
    pub all: (i64, i64),
    pub complaints: Vec<(Complaint, i64)>,
}

/// The label of a complaint.
pub(in crate::web::console) fn complaint_label(complaint: &Complaint) -> Label<'static> {
    match complaint {
        Complaint::OtherQuestion => Label::ComplaintOtherQuestion,
        Complaint::Unclear => Label::ComplaintUnclear,
        Complaint::Wrong => Label::ComplaintWrong,
    }
}

/// The counts of each complaint since a day.
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

/// The count of a subject in a language.
pub(in crate::web::console) fn count(sums: &[Sum], lang: Lang, subject: &str) -> i64 {
    sums.iter().filter(|sum| sum.lang == lang.code() && sum.subject == subject).map(|sum| sum.n).sum()
}

/// The feedback on an entry, in languages that have any; `revisions` are those of its published texts.
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
