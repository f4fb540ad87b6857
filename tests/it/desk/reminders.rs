//! Reminders of checks: weekly, of what concerns each, and none where nothing is due.

use chrono::{NaiveDate, TimeDelta};
use ventanilla::app::{House, Job, change_reminders, still_correct, take_up};
use ventanilla::bot::citizen::{DeskButton, Message};
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::store::content::text_status;

use super::{buttons, delivered, houses, joins, lang, linked, restarted};

async fn job(house: &House) -> Vec<Message> {
    take_up(house, Job::Remind, "r").await.unwrap();
    delivered(house).await
}

#[tokio::test]
async fn each_is_reminded_once_a_week_of_what_concerns_them_and_only_where_something_is_due() {
    for (test, mut house) in houses().await {
        let admin = joins(&house, "ana", Role::Administrator, Limits::default(), lang("ht")).await;
        let author = joins(&house, "jean", Role::Author, Limits::default(), lang("es")).await;
        let limits = Limits { topics: ["work".parse().unwrap()].into(), ..Limits::default() };
        let worker = joins(&house, "luz", Role::Reviewer, limits, lang("es")).await;
        for (chat, account) in (21..).zip([&admin, &author, &worker]) {
            linked(&house, account, chat).await;
        }
        let key: ventanilla::domain::text::id::EntryKey = "health/cost".parse().unwrap();
        still_correct(&house, &admin, &key).await.unwrap();
        assert_eq!(job(&house).await, [], "the first comes with the next week");
        house.clock.advance(TimeDelta::days(7));
        assert_eq!(job(&house).await, [], "nothing is due");

        // A check that ends within thirty days.
        let soon = house.clock.now().date_naive() + TimeDelta::days(20);
        let mut tx = house.db.begin().await.unwrap();
        let check = ventanilla::domain::content::entry::Check {
            by: "Oficina de Migrantes".into(),
            on: NaiveDate::MIN.max(soon - TimeDelta::days(160)),
            until: soon,
        };
        text_status::check(&mut tx, &key, &check).await.unwrap();
        tx.commit().await.unwrap();
        house.clock.advance(TimeDelta::days(6));
        assert_eq!(job(&house).await, [], "the week is not over");
        house.clock.advance(TimeDelta::days(1));
        let told = job(&house).await;
        assert_eq!(told.len(), 1, "neither an author nor whoever keeps other topics");
        assert_eq!(told[0].lang, lang("ht"));
        assert_eq!(buttons(&told), [DeskButton::Show(key.clone()), DeskButton::Review]);
        house = restarted(&test, &house);
        house.clock.advance(TimeDelta::hours(1));
        assert_eq!(job(&house).await, [], "once a week");

        change_reminders(&house, &admin, false).await.unwrap();
        house.clock.advance(TimeDelta::days(7));
        assert_eq!(job(&house).await, [], "turned off");
        change_reminders(&house, &admin, true).await.unwrap();
        house.clock.advance(TimeDelta::days(7));
        assert_eq!(job(&house).await.len(), 1, "turned on again, and now late");
    }
}
