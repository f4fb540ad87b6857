//! Reminders of checks: weekly, of what concerns each, and none where nothing is due.

use chrono::{NaiveDate, TimeDelta};
use ventanilla::app::{App, Job, change_reminders, take_up, verify};
use ventanilla::bot::citizen::{Message, StaffButton};
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::store::content::text_status;

use super::{buttons, delivered, fixtures, joins, lang, linked, restarted};

async fn job(app: &App) -> Vec<Message> {
    take_up(app, Job::Remind, "r").await.unwrap();
    delivered(app).await
}

#[tokio::test]
async fn each_is_reminded_once_a_week_of_what_concerns_them_and_only_where_something_is_due() {
    for (test, mut app) in fixtures().await {
        let admin = joins(&app, "ana", Role::Administrator, Limits::default(), lang("ht")).await;
        let author = joins(&app, "jean", Role::Author, Limits::default(), lang("es")).await;
        let limits = Limits { topics: ["work".parse().unwrap()].into(), ..Limits::default() };
        let worker = joins(&app, "luz", Role::Reviewer, limits, lang("es")).await;
        for (chat, account) in (21..).zip([&admin, &author, &worker]) {
            linked(&app, account, chat).await;
        }
        let key: ventanilla::domain::text::id::EntryKey = "health/cost".parse().unwrap();
        verify(&app, &admin, &key).await.unwrap();
        assert_eq!(job(&app).await, [], "the first comes with the next week");
        app.clock.advance(TimeDelta::days(7));
        assert_eq!(job(&app).await, [], "nothing is due");

        // A check that ends within thirty days.
        let soon = app.clock.now().date_naive() + TimeDelta::days(20);
        let mut tx = app.db.begin().await.unwrap();
        let check = ventanilla::domain::content::entry::Check {
            by: "Oficina de Migrantes".into(),
            on: NaiveDate::MIN.max(soon - TimeDelta::days(160)),
            until: soon,
        };
        text_status::check(&mut tx, &key, &check).await.unwrap();
        tx.commit().await.unwrap();
        app.clock.advance(TimeDelta::days(6));
        assert_eq!(job(&app).await, [], "the week is not over");
        app.clock.advance(TimeDelta::days(1));
        let told = job(&app).await;
        assert_eq!(told.len(), 1, "neither an author nor whoever keeps other topics");
        assert_eq!(told[0].lang, lang("ht"));
        assert_eq!(buttons(&told), [StaffButton::Show(key.clone()), StaffButton::Review]);
        app = restarted(&test, &app);
        app.clock.advance(TimeDelta::hours(1));
        assert_eq!(job(&app).await, [], "once a week");

        change_reminders(&app, &admin, false).await.unwrap();
        app.clock.advance(TimeDelta::days(7));
        assert_eq!(job(&app).await, [], "turned off");
        change_reminders(&app, &admin, true).await.unwrap();
        app.clock.advance(TimeDelta::days(7));
        assert_eq!(job(&app).await.len(), 1, "turned on again, and now late");
    }
}
