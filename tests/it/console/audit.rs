//! The audit log: found again by person, action, subject and day, handed out as a file, never changed.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use reqwest::StatusCode;
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::staff::audit_action::AuditAction;
use ventanilla::domain::text::lang::Lang;
use ventanilla::store::staff::audit::{self, Filter, Line};

use super::{Clerk, clerk, clerk_in, console};
use crate::fixtures::{databases, morning};

fn line(n: i64, who: &str, action: &str, subject: &str) -> Line {
    Line {
        id: format!("{n:032}"),
        at: morning().timestamp() + n,
        account: None,
        who: who.to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        was: (n % 2 == 0).then(|| "antes".to_owned()),
        became: Some("=después".to_owned()),
    }
}

#[tokio::test]
async fn many_lines_are_added_at_once_and_people_and_actions_are_known() {
    for test in databases().await {
        let lines: Vec<Line> =
            (0..1200).map(|n| line(n, if n % 3 == 0 { "Rosa" } else { "Marie" }, "submit", "x")).collect();
        let mut tx = test.db.begin().await.unwrap();
        audit::add_all(&mut tx, &lines).await.unwrap();
        audit::add(&mut tx, &line(5000, "Rosa", "publish", "text health/cost (es)")).await.unwrap();
        tx.commit().await.unwrap();
        let people = ["Marie", "Rosa"].map(|who| (None, who.to_owned()));
        assert_eq!(audit::people(&test.db).await.unwrap(), people);
        assert_eq!(audit::actions(&test.db).await.unwrap(), ["publish", "submit"]);
        let all = audit::list(&test.db, &Filter::default(), 5000, 0).await.unwrap();
        assert_eq!(all.len(), 1201);
        assert_eq!(all[1200], lines[0]);
        let of = |who: &str| Filter { who: Some(who.into()), action: Some("submit".into()), ..Filter::default() };
        assert_eq!(audit::list(&test.db, &of("Rosa"), 5000, 0).await.unwrap().len(), 400);
        let until = Filter { until: Some(morning().timestamp() + 10), ..Filter::default() };
        assert_eq!(audit::list(&test.db, &until, 5000, 0).await.unwrap().len(), 10);
        // Signs that LIKE reads as something else are words here.
        let percent = Filter { subject: Some("%".into()), ..Filter::default() };
        assert_eq!(audit::list(&test.db, &percent, 5000, 0).await.unwrap(), []);
    }
}

async fn rows(clerk: &Clerk, search: &str) -> Vec<String> {
    let page = clerk.look(&format!("/console/audit{search}")).await;
    assert_eq!(page.status, StatusCode::OK, "{search}");
    page.words("tbody tr td:nth-child(4)")
}

#[tokio::test]
async fn the_log_is_searched_and_turned_page_by_page() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let mut tx = site.app.db.begin().await.unwrap();
    let lines: Vec<Line> = (1..=120).map(|n| line(n, "Marie & Co", "publish", &format!("text {n}"))).collect();
    audit::add_all(&mut tx, &lines).await.unwrap();
    tx.commit().await.unwrap();
    let first = admin.look("/console/audit?who=Marie+%26+Co").await;
    assert_eq!(first.words("tbody tr").len(), 50);
    assert_eq!(first.words("tbody tr td:nth-child(4)")[0], "text 120");
    let next = first.attributes(".pages a", "href").concat();
    assert_eq!(next, "?who=Marie%20%26%20Co&page=2");
    assert_eq!(rows(&admin, &next).await[0], "text 70");
    assert_eq!(rows(&admin, "?who=Marie+%26+Co&page=3").await.len(), 20);
    assert_eq!(rows(&admin, "?subject=text+11&action=publish").await.len(), 11);
    assert_eq!(rows(&admin, "?from=2026-11-24").await, Vec::<String>::new());
    assert_eq!(rows(&admin, "?from=2026-11-23&until=2026-11-23&subject=text+7").await.len(), 11);
    assert_eq!(rows(&admin, "?until=2026-11-22").await, Vec::<String>::new());
    assert_eq!(rows(&admin, "?from=never&until=%00&page=0").await.len(), 50, "days that are none are not looked for");
    assert_eq!(rows(&admin, "?subject=%27%3B+DROP+TABLE+audit").await, Vec::<String>::new());
}

#[tokio::test]
async fn the_file_holds_what_was_searched_and_no_formula() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let mut tx = site.app.db.begin().await.unwrap();
    for n in 1..=60 {
        audit::add(&mut tx, &line(n, "Marie", "publish", "x")).await.unwrap();
    }
    tx.commit().await.unwrap();
    let link = admin.look("/console/audit?who=Marie").await.attributes("main p a", "href").concat();
    let file = admin.browser.raw_get(&link).await;
    assert!(file.headers()["content-disposition"].to_str().unwrap().ends_with(".csv\""));
    let text = file.text().await.unwrap();
    assert_eq!(text.lines().count(), 61);
    assert!(text.lines().nth(1).unwrap().ends_with(";publish;x;antes;'=después"), "{text}");
}

#[tokio::test]
async fn what_is_done_at_the_console_stands_in_the_log() {
    let site = console().await;
    let admin = clerk(&site, "admin", Role::Administrator).await;
    site.app.clock.advance(TimeDelta::seconds(5));
    admin.post("/console/settings", &[("overdue", "replace"), ("check_days", "90")]).await;
    let lines = audit::list(&site.app.db, &Filter::default(), 10, 0).await.unwrap();
    let said: Vec<_> =
        lines.iter().map(|line| (line.who.as_str(), line.action.as_str(), line.subject.as_str())).collect();
    for expected in
        [("admin", "change-setting", "overdue"), ("admin", "change-setting", "check_days"), ("admin", "join", "admin")]
    {
        assert!(said.contains(&expected), "{expected:?} in {said:?}");
    }
}

#[tokio::test]
async fn what_was_done_is_said_in_words_in_every_language_and_found_by_them_and_the_file_keeps_the_code() {
    let site = console().await;
    let mut tx = site.app.db.begin().await.unwrap();
    for (n, action) in AuditAction::ALL.iter().enumerate() {
        audit::add(&mut tx, &line(n as i64, "Marie", action.code(), "x")).await.unwrap();
    }
    audit::add(&mut tx, &line(99, "Marie", "of-a-newer-version", "x")).await.unwrap();
    tx.commit().await.unwrap();
    for lang in Lang::all() {
        let admin = clerk_in(&site, &format!("admin-{lang}"), Role::Administrator, Limits::default(), lang).await;
        let mut done = Vec::new();
        // There are more actions than lines on a page.
        for page in 1..=2 {
            let page = admin.look(&format!("/console/audit?who=Marie&page={page}")).await;
            done.extend(page.words("tbody tr td:nth-child(3)"));
        }
        let different: BTreeSet<&String> = done.iter().collect();
        assert_eq!((done.len(), different.len()), (AuditAction::ALL.len() + 1, AuditAction::ALL.len() + 1), "{lang}");
        for code in AuditAction::ALL.iter().map(|action| action.code()).filter(|code| code.contains('-')) {
            assert!(!done.iter().any(|words| words == code), "{lang} {code}");
        }
        assert!(done.contains(&"of-a-newer-version".to_owned()));
        let found = admin.look("/console/audit?who=Marie&action=still-correct").await;
        assert_eq!(found.words("#action option[selected]"), found.words("tbody tr td:nth-child(3)"));
    }
    let admin = clerk(&site, "admin", Role::Administrator).await;
    let file = admin.browser.raw_get("/console/audit.csv?action=still-correct").await.text().await.unwrap();
    assert!(file.lines().nth(1).unwrap().contains(";dijo que sigue correcta;still-correct;"), "{file}");
}
