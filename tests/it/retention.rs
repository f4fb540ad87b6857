//! What is kept and for how long: the table of docs/retention.md held against the schema and against the constants of clean-up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use sqlx::Row;
use ventanilla::app::LIVES;
use ventanilla::store::Db;

use crate::fixtures::databases;
use crate::forget::tables;

const TITLE: &str = "# What is kept of people, and for how long";
const WHAT_TO_DO: &str = "add a row to the table under \"What is kept of people, and for how long\" in docs/retention.md that names the table and these \
     columns, says what they hold and how long; where that has an end of its own, drop it in app/operations/retention.rs and name the constant in LIVES \
     there; where it is a chat's, erase it in app/turns/forget_chat.rs";

/// A row of the table.
struct Kept {
    table: String,
    columns: Vec<String>,
    life: String,
}

fn names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn kept() -> Vec<Kept> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/retention.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once(TITLE).expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [table, columns, what, life] = cells[..] else { panic!("four cells: {line}") };
        assert!(!what.is_empty() && !life.is_empty(), "{line}");
        Kept { table: names(table).concat(), columns: names(columns), life: life.to_owned() }
    };
    rows.map(row).collect()
}

async fn columns(db: &Db, table: &str) -> BTreeSet<String> {
    let rows: Vec<String> = match db {
        Db::Sqlite { read, .. } => {
            let sql = format!("SELECT name FROM pragma_table_info('{table}')");
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(read).await.unwrap();
            rows.iter().map(|row| row.get(0)).collect()
        }
        Db::Postgres(pool) => {
            let sql = "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1";
            sqlx::query_scalar(sql).bind(table).fetch_all(pool).await.unwrap()
        }
    };
    rows.into_iter().collect()
}

#[tokio::test]
async fn every_table_and_column_stands_in_the_table_of_what_is_kept() {
    let mut stated: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in kept() {
        for column in row.columns {
            assert!(
                stated.entry(row.table.clone()).or_default().insert(column.clone()),
                "{}.{column} twice",
                row.table
            );
        }
    }
    for test in databases().await {
        let mut there = BTreeSet::new();
        for table in tables(&test.db)
            .await
            .into_iter()
            .filter(|table| !table.starts_with("_sqlx") && !table.starts_with("sqlite_"))
        {
            let (schema, said) = (columns(&test.db, &table).await, stated.get(&table).cloned().unwrap_or_default());
            let missing: Vec<_> = schema.difference(&said).collect();
            assert!(
                missing.is_empty(),
                "the table `{table}` has the columns {missing:?} that docs/retention.md does not name: {WHAT_TO_DO}"
            );
            let gone: Vec<_> = said.difference(&schema).collect();
            assert!(
                gone.is_empty(),
                "docs/retention.md names columns of `{table}` that are not there (any more): {gone:?}"
            );
            there.insert(table);
        }
        let gone: Vec<_> = stated.keys().filter(|table| !there.contains(*table)).collect();
        assert!(gone.is_empty(), "docs/retention.md names tables that are not there (any more): {gone:?}");
    }
}

/// As the table writes it: `180 days`, `30 minutes`.
fn words(life: TimeDelta) -> String {
    let (n, unit) = match (life.num_days(), life.num_hours()) {
        (days @ 1.., _) => (days, "day"),
        (_, hours @ 1..) => (hours, "hour"),
        _ => (life.num_minutes(), "minute"),
    };
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

#[test]
fn every_end_that_the_table_states_is_a_constant_and_every_constant_is_stated() {
    let lives: BTreeMap<&str, TimeDelta> = LIVES.iter().copied().collect();
    let rows = kept();
    for (name, life) in &lives {
        let said = format!("`{name}`: {}", words(*life));
        assert!(
            rows.iter().any(|row| row.life.contains(&said)),
            "no row of docs/retention.md says {said}: {WHAT_TO_DO}"
        );
    }
    let constant = |name: &String| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    for row in &rows {
        for name in names(&row.life).iter().filter(|name| constant(name)) {
            let life = lives
                .get(name.as_str())
                .unwrap_or_else(|| panic!("`{name}` of `{}` is not in LIVES: {WHAT_TO_DO}", row.table));
            let said = row.life.split(&format!("`{name}`: ")).nth(1);
            assert!(
                said.is_none_or(|rest| rest.starts_with(&words(*life))),
                "`{}`: {name} is {}",
                row.table,
                words(*life)
            );
        }
    }
}
