//! The table of personal data: it says what the constants and the schema say, in the console and in docs/privacy.md.

use std::collections::BTreeSet;

use ventanilla::app::{BREACH, KEPT_DATA, LIVES, Life, RIGHTS};
use ventanilla::domain::staff::account::{Limits, Role};
use ventanilla::domain::text::lang::Lang;
use ventanilla::i18n::{Label, say};

use crate::console::{clerk_in, console};
use crate::fixtures::databases;
use crate::forget::tables;

/// Tables that hold nothing of people or staff, and why.
const OF_NOBODY: &[&str] = &["learned", "jobs", "key_marks", "probes", "replicas"];

/// Tables of the content: what the bot says.
fn is_content(table: &str) -> bool {
    !KEPT_DATA.iter().any(|data| data.tables.contains(&table))
}

#[tokio::test]
async fn every_table_of_a_kind_is_there_and_every_table_that_is_sealed_or_has_an_end_is_of_a_kind() {
    for test in databases().await {
        let there: BTreeSet<String> = tables(&test.db).await.into_iter().collect();
        for table in KEPT_DATA.iter().flat_map(|data| data.tables) {
            assert!(there.contains(*table), "{table} is not in the schema");
        }
        let architecture = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/retention.md")).unwrap();
        for table in there.iter().filter(|table| is_content(table) && !OF_NOBODY.contains(&table.as_str())) {
            let rows = architecture.lines().filter(|line| line.starts_with(&format!("| `{table}` |")));
            for row in rows {
                let personal = ["`sealed`", "`chat`", "`hash`", "`account`"].iter().any(|word| row.contains(word));
                assert!(
                    !personal,
                    "`{table}` holds something of people: name it in app/operations/personal_data.rs: {row}"
                );
            }
        }
    }
}

#[test]
fn every_end_that_something_of_people_has_stands_in_the_table() {
    let stated: Vec<_> = KEPT_DATA
        .iter()
        .flat_map(|data| data.lives)
        .filter_map(|life| match life {
            Life::For(_, time) => Some(*time),
            Life::Until(_) => None,
        })
        .collect();
    for (name, time) in LIVES.iter().filter(|(name, _)| *name != "PROBES") {
        assert!(stated.contains(time), "{name} is not in app/operations/personal_data.rs");
    }
}

#[test]
fn the_document_says_what_the_table_says() {
    let english = Lang::parse("en").unwrap();
    let word = |label: &Label<'_>| say(english, label);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/privacy.md");
    let document = std::fs::read_to_string(path).unwrap();
    let rows = KEPT_DATA.iter().map(|data| {
        let cells =
            [word(&data.what), word(&data.why), data.how_long(english), word(&data.ground), word(&data.receives)];
        format!("| {} |", cells.join(" | "))
    });
    let rights = RIGHTS.iter().map(|(right, how)| format!("| {} | {} |", word(right), word(how)));
    let breach = BREACH.iter().enumerate().map(|(n, step)| format!("{}. {}", n + 1, word(step)));
    for line in rows.chain(rights).chain(breach) {
        assert!(document.lines().any(|other| other == line), "docs/privacy.md has no line\n{line}");
    }
    let stated = document.lines().filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 4).count();
    assert_eq!(stated, KEPT_DATA.len() + 1, "docs/privacy.md has a row that the program does not know");
}

#[tokio::test]
async fn everybody_of_the_staff_reads_it_in_their_language_and_no_term_of_law_is_made_up() {
    let site = console().await;
    for lang in Lang::all() {
        let login = format!("observer-{lang}");
        let clerk = clerk_in(&site, &login, Role::Observer, Limits::default(), lang).await;
        let page = clerk.look("/console/privacy").await;
        assert_eq!(page.words("tbody tr").len(), KEPT_DATA.len());
        assert_eq!(page.words("dl dt").len(), RIGHTS.len());
        let lawyer = |words: &String| ["lawyer", "abogado", "avoka"].iter().any(|word| words.contains(word));
        assert!(page.words("ol li").last().is_some_and(lawyer), "by when a breach is told is for the lawyer");
        assert!(page.words("tbody td:nth-of-type(3)").iter().all(lawyer), "so is every legal ground");
        assert!(clerk.look("/console").await.attributes(".places a", "href").contains(&"/console/privacy".to_owned()));
    }
}
