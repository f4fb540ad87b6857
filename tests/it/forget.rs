//! `/forget` on both databases: no table holds the chat's key or address any more.

use serde_json::json;
use sqlx::Row;
use ventanilla::app::{Arrival, Delivery, Taken, settle_and_claim, take_turn};
use ventanilla::bot::citizen::{Button, Input, TurnInput};
use ventanilla::domain::people::chat::Door;
use ventanilla::domain::text::lang::Lang;
use ventanilla::store::Db;
use ventanilla::store::inbox::questions;

use crate::fixtures::{app, databases};

const ADDRESS: &str = "7215551234";

fn arrival(door: Door, said: Input) -> Arrival {
    let heard = TurnInput { input: said, proposed: None, reachable: true };
    let way = json!({ "chat": ADDRESS });
    Arrival { door, address: ADDRESS.into(), update: None, turn_input: heard, return_to: way.clone(), later: Some(way) }
}

/// The names of all tables.
pub async fn tables(db: &Db) -> Vec<String> {
    let names = match db {
        Db::Sqlite { read, .. } => {
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(read).await
        }
        Db::Postgres(pool) => {
            let sql = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
            sqlx::query_scalar(sql).fetch_all(pool).await
        }
    };
    names.unwrap()
}

/// Every value of a table, as text.
pub async fn table(db: &Db, name: &str) -> Vec<String> {
    let mut all = Vec::new();
    match db {
        Db::Sqlite { read, .. } => {
            let columns = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT name FROM pragma_table_info('{name}')")));
            for column in columns.fetch_all(read).await.unwrap() {
                let column: String = column.get(0);
                let sql = format!("SELECT quote({column}) FROM {name}");
                for row in sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(read).await.unwrap() {
                    all.push(row.get::<Option<String>, _>(0).unwrap_or_default());
                }
            }
        }
        Db::Postgres(pool) => {
            let sql = format!("SELECT CAST(t AS TEXT) FROM {name} t");
            for row in sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await.unwrap() {
                all.push(row.get::<String, _>(0));
            }
        }
    }
    all
}

/// Every value of every table, as text.
pub async fn everything(db: &Db) -> String {
    let mut all = Vec::new();
    for name in tables(db).await {
        all.extend(table(db, &name).await);
    }
    all.join("\n")
}

#[tokio::test]
async fn after_forget_no_table_holds_the_chats_key_or_address() {
    for test in databases().await {
        let app = app(&test);
        for door in [Door::Telegram, Door::Web] {
            let key = app.encryption.chat_key(door, ADDRESS);
            let question = Input::Text("Mwen ansent, kote pou m ale swiv gwosès la nan Quilicura?".into());
            for said in [Input::Start(None), question, Input::Press(Button::Mine("quilicura".parse().unwrap()))] {
                take_turn(&app, &arrival(door, said)).await.unwrap();
            }
            let lang = Lang::first();
            let strange = Input::Text("ki ekip ki genyen match foutbòl la yè swa?".into());
            for said in [strange, Input::Press(Button::TellMe(lang)), Input::Press(Button::Leave(lang))] {
                take_turn(&app, &arrival(door, said)).await.unwrap();
            }
            // The number of a message about this is kept for a while, so that the person can delete it.
            let danger = take_turn(&app, &arrival(door, Input::Text("mi marido me pega".into()))).await.unwrap();
            assert!(matches!(danger, Taken::Replied(messages) if messages.iter().all(|message| message.discreet)));
            assert_eq!(questions::list(&test.db).await.unwrap().len(), 1, "a question was left");
            let before = everything(&test.db).await;
            assert!(before.contains(key.as_str()), "the chat is kept");
            assert!(!before.contains(ADDRESS), "the address is never kept in the clear");
            assert!(!before.contains("gwosès la nan"), "nor are words");
            let taken = take_turn(&app, &arrival(door, Input::Press(Button::ForgetYes))).await.unwrap();
            assert!(matches!(taken, Taken::Forgotten(messages) if messages.len() == 1 && !messages[0].discreet));
            // What is left is the farewell on its way, and it goes with its delivery.
            while let Some(outgoing) = settle_and_claim(&app, "w", &[], 9).await.unwrap().pop() {
                settle_and_claim(&app, "w", &[(outgoing.id, Delivery::Delivered)], 0).await.unwrap();
            }
            let after = everything(&test.db).await;
            assert!(!after.contains(key.as_str()), "{door:?} on {}", test.db.name());
            assert!(!after.contains(ADDRESS));
        }
    }
}
