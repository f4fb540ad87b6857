//! The floor: the same web framework and commits to the same database, with no work between.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use futures::StreamExt;
use ventanilla::store::{Db, Tx};

use crate::Load;

struct Floor {
    db: Db,
    commits: usize,
}

/// The floor's own process: each request is so many commits of one row.
pub async fn serve(database: &str, commits: usize) -> ExitCode {
    let db = Db::open(database).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let table = "CREATE TABLE floor (words TEXT NOT NULL)";
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::query(table).execute(&mut **tx).await.unwrap()),
        Tx::Postgres(tx) => drop(sqlx::query(table).execute(&mut **tx).await.unwrap()),
    }
    tx.commit().await.unwrap();
    let routes = Router::new().route("/", post(take)).with_state(Arc::new(Floor { db, commits }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    axum::serve(listener, routes).await.unwrap();
    ExitCode::SUCCESS
}

async fn take(State(floor): State<Arc<Floor>>, words: String) -> StatusCode {
    const ROW: &str = "INSERT INTO floor (words) VALUES ($1)";
    for _ in 0..floor.commits {
        let mut tx = floor.db.begin().await.unwrap();
        match &mut tx {
            Tx::Sqlite(tx) => drop(sqlx::query(ROW).bind(&words).execute(&mut **tx).await.unwrap()),
            Tx::Postgres(tx) => drop(sqlx::query(ROW).bind(&words).execute(&mut **tx).await.unwrap()),
        }
        tx.commit().await.unwrap();
    }
    StatusCode::OK
}

/// How many requests a second the floor takes from as many clients as there are chats.
pub async fn measure(load: &Load, database: &str) -> f64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--floor-server", database, "--floor-commits", &load.floor_commits.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let url = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let (http, requests) = (reqwest::Client::new(), (load.chats * load.messages).min(10_000));
    let begun = Instant::now();
    futures::stream::iter(0..requests)
        .for_each_concurrent(load.chats, |number| {
            let request = http.post(&url).body(format!("{number}: where can I get free legal help?"));
            async move { assert_eq!(request.send().await.unwrap().status(), StatusCode::OK) }
        })
        .await;
    let rate = requests as f64 / begun.elapsed().as_secs_f64();
    child.kill().unwrap();
    child.wait().unwrap();
    rate
}
