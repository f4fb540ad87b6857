//! The dashboard, the report, their files and the public page.

use chrono::{Days, NaiveDate};
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::staff::account::Role;
use ventanilla::domain::statistics::event::{Event, Occasion, Outcome, Way};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, say};
use ventanilla::store::statistics::events::Tally;

use super::{clerk, console, words};
use crate::visitor::Site;

/// Messages of two months: many in one language, three in another, so that something has to be hidden.
pub async fn counted(site: &Site) {
    let mut tx = site.app.db.begin().await.unwrap();
    let mut tally = Tally::default();
    let first: NaiveDate = "2026-10-01".parse().unwrap();
    for ahead in 0..50u64 {
        let day = first.checked_add_days(Days::new(ahead)).unwrap();
        for (place, lang) in Lang::all().enumerate() {
            let many = if place == 0 { 9 } else { u64::from(ahead % 10 == 0) };
            for n in 0..many {
                let occasion = Occasion {
                    day,
                    hour: (8 + n) as u32,
                    door: Door::Web,
                    lang: Some(lang),
                    municipality: "quilicura".parse().ok(),
                    last_day: None,
                };
                let outcome = match n % 3 {
                    0 => Outcome::Answered("health/cost".parse().unwrap(), Way::Asked),
                    1 => Outcome::Offered,
                    _ => Outcome::NotUnderstood,
                };
                tally.add_turn(&occasion, &[Event::Message { lang, outcome }], None);
            }
        }
    }
    tally.record(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_chart_has_a_name_and_a_table_with_its_figures() {
    let site = console().await;
    counted(&site).await;
    let observer = clerk(&site, "observer", Role::Observer).await;
    let page = observer.look("/console/stats?period=2026-10").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attributes(".chart[role=img]", "aria-label").len(), 4);
    assert_eq!(page.words(".chart svg").len(), 4);
    for id in ["course", "hours", "entries", "gaps"] {
        assert!(!page.words(&format!("#{id} table tbody td")).is_empty(), "{id}");
        assert_eq!(page.words(&format!("#{id} .chart")).len(), 1, "{id}");
    }
    // 31 days of nine messages, and eight in the other two languages.
    assert_eq!(page.words("#languages tbody tr.sum td")[0], "287");
    assert!(page.words("#entries th a").is_empty(), "an observer cannot open answers");
    assert!(page.attributes("select[name=period] option[selected]", "value").contains(&"2026-10".to_owned()));
}

#[tokio::test]
async fn days_that_are_no_period_are_said_to_be_none_and_others_shown() {
    let site = console().await;
    let observer = clerk(&site, "observer", Role::Observer).await;
    for wrong in ["own&from=2026-11-02&until=2026-11-01", "own&from=2020-01-01&until=2026-11-01", "own", "2026-13", "x"]
    {
        let page = observer.look(&format!("/console/stats?period={wrong}&lang=zz&topic=../x")).await;
        assert_eq!(page.status, StatusCode::OK, "{wrong}");
        assert_eq!(page.words("#alert"), [words(Label::StatsBadPeriod { most: "366" })], "{wrong}");
    }
    let page = observer.look("/console/stats?period=own&from=2026-11-01&until=2026-11-07").await;
    assert!(page.words("#alert").is_empty());
    assert_eq!(page.attributes("#until", "value"), ["2026-11-07"]);
}

#[tokio::test]
async fn the_report_speaks_the_language_that_was_asked_for_and_hides_small_counts() {
    let site = console().await;
    counted(&site).await;
    let observer = clerk(&site, "observer", Role::Observer).await;
    for lang in Lang::all() {
        let page = observer.look(&format!("/console/report?month=2026-10&lang={lang}")).await;
        assert_eq!(page.attributes("article.report", "lang"), [lang.code()]);
        assert_eq!(page.words("#languages h2"), [say(lang, &Label::StatsLanguages)]);
        // Four and four are hidden; what is left of the sum tells only that both are together eight.
        let cells = page.words("#languages tbody td:nth-child(2)");
        assert_eq!(cells.iter().filter(|cell| cell.starts_with('*')).count(), 3, "{cells:?}");
        assert_eq!(cells.last().map(String::as_str), Some("287"));
    }
    let page = observer.look("/console/report").await;
    assert_eq!(page.attributes("#month option[selected]", "value"), ["2026-10"], "the last month that is over");
}

#[tokio::test]
async fn files_hold_the_same_figures_without_small_counts() {
    let site = console().await;
    counted(&site).await;
    let observer = clerk(&site, "observer", Role::Observer).await;
    let days = "from=2026-10-01&until=2026-10-31";
    let text = observer.look(&format!("/console/stats/export/statistics.json?{days}")).await;
    assert_eq!(text.headers[CONTENT_TYPE], "application/json");
    assert!(text.headers[CONTENT_DISPOSITION].to_str().unwrap().contains("statistics-2026-10"));
    let read: serde_json::Value = serde_json::from_str(&text.text).unwrap();
    let rows = read["tables"]["languages"]["rows"].as_array().unwrap();
    let total = rows.iter().find(|row| row["key"] == "total").unwrap();
    assert_eq!(total["figures"]["count"], 287);
    let other = Lang::all().nth(1).unwrap().code();
    let row = rows.iter().find(|row| row["key"] == other).unwrap();
    assert!(row["figures"]["count"].is_null(), "{row}");
    let table = observer.look(&format!("/console/stats/export/statistics.csv?{days}")).await;
    assert!(table.text.contains("2026-10-01;2026-10-31;languages;total;count;287;"), "{}", table.text);
    assert!(table.text.contains(&format!(";languages;{other};count;*;")));
    let book = observer.look(&format!("/console/stats/export/statistics.xlsx?{days}")).await;
    assert_eq!(book.status, StatusCode::OK);
    for wrong in ["statistics.pdf?from=2026-10-01&until=2026-10-31", "entries.csv", "statistics.csv?from=x&until=y"] {
        let page = observer.look(&format!("/console/stats/export/{wrong}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn the_public_page_is_closed_until_it_is_opened_and_shows_only_months_that_are_over() {
    let site = console().await;
    counted(&site).await;
    let anybody = site.visitor("ht");
    assert_eq!(anybody.look("/statistics").await.status, StatusCode::NOT_FOUND);
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let page = admin.post("/console/settings/public", &[("public", "yes")]).await;
    assert_eq!(page.words(".done"), [words(Label::DoneSaved)]);
    assert_eq!(page.attributes("input[name=public]", "checked").len(), 1);
    let page = anybody.look("/statistics").await;
    assert!(page.headers.get_all("vary").iter().any(|by| by == "accept-language"), "caches tell languages apart");
    assert!(!page.attributes("[name=description]", "content").is_empty());
    assert_eq!((page.status, page.lang().as_str()), (StatusCode::OK, "ht"));
    assert_eq!(page.headers[CACHE_CONTROL], "public, max-age=300");
    assert_eq!(page.attributes("#month option", "value"), ["2026-10"], "November is not over");
    assert_eq!(page.words("#languages tbody tr.sum td")[0], "287");
    assert!(page.words("#languages tbody td").iter().any(|cell| cell.starts_with('*')));
    for asked in ["month=2026-11", "month=2027-01", "month=../x&lang=zz"] {
        let page = anybody.look(&format!("/statistics?{asked}")).await;
        assert_eq!(page.attributes("#month option[selected]", "value"), ["2026-10"], "{asked}");
    }
    admin.post("/console/settings/public", &[]).await;
    assert_eq!(anybody.look("/statistics").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn before_anything_was_counted_every_page_says_so() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    admin.post("/console/settings/public", &[("public", "yes")]).await;
    for path in ["/console/stats", "/console/report", "/console/stats?topic=health", "/statistics"] {
        assert_eq!(admin.look(path).await.status, StatusCode::OK, "{path}");
    }
    let page = site.visitor("es").look("/statistics").await;
    assert_eq!(page.words(".notice"), [words(Label::PublicNothing)]);
}
