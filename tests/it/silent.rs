//! A database whose other end falls silent: connections that neither answer nor break off stop no chat, and are said.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use ventanilla::app::{App, Readiness, readiness};
use ventanilla::domain::people::chat::Door;
use ventanilla::store::operations::notifications::Notifications;
use ventanilla::store::{Db, Tx};

use crate::fixtures::{TestDb, app, turn};
use crate::operations::Running;
use crate::postgres;

/// Between the program and the database: it can hold back everything, without a word to either end.
struct Proxy {
    address: String,
    /// Connections up to this number are silent.
    silent: watch::Sender<usize>,
    connections: Arc<AtomicUsize>,
}

impl Proxy {
    /// Before this database.
    async fn before(database: &str) -> Proxy {
        let (server, name) = database.strip_prefix("postgres://postgres@").unwrap().split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("postgres://postgres@{}/{name}", listener.local_addr().unwrap());
        let (silent, silence) = watch::channel(0);
        let connections = Arc::new(AtomicUsize::new(0));
        let (counted, server) = (Arc::clone(&connections), server.to_owned());
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
                let (server, silence) = (server.clone(), silence.clone());
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(server).await else { return };
                    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                    tokio::select! {
                        () = pass(near_in, far_out, number, silence.clone()) => {}
                        () = pass(far_in, near_out, number, silence) => {}
                    }
                });
            }
        });
        Proxy { address, silent, connections }
    }

    /// Every connection that there is falls silent; new ones work.
    fn silence_connections(&self) {
        self.silent.send_replace(self.connections.load(Ordering::SeqCst));
    }

    /// Everything falls silent, new connections as well.
    fn silence(&self) {
        self.silent.send_replace(usize::MAX);
    }

    /// Everything works again; what was held back arrives.
    fn speak(&self) {
        self.silent.send_replace(0);
    }
}

async fn pass(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    number: usize,
    mut silence: watch::Receiver<usize>,
) {
    let mut bytes = [0; 16_384];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        if silence.wait_for(|silent| number > *silent).await.is_err() || to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}

/// A house behind a proxy.
async fn silent_app() -> Option<(Arc<App>, Proxy)> {
    let database = postgres::database().await?;
    let proxy = Proxy::before(&database).await;
    let db = TestDb::of(Db::open(&proxy.address).await.unwrap());
    Some((Arc::new(app(&db)), proxy))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_fell_silent_cost_themselves_and_chats_go_on() {
    let Some((app, proxy)) = silent_app().await else { return };
    // Several connections lie in the pool.
    for result in futures::future::join_all((0..20).map(|chat| turn(&app, chat))).await {
        assert!(result);
    }
    proxy.silence_connections();
    let begun = Instant::now();
    let chats = (0..20).map(async |chat| while !turn(&app, chat).await {});
    let all = timeout(Duration::from_secs(60), futures::future::join_all(chats)).await;
    assert!(all.is_ok(), "chats stand still");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    assert!(matches!(readiness(&app).await, Readiness::Ready { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_hangs_holds_up_no_other_chat_and_is_broken_off() {
    let Some((app, _proxy)) = silent_app().await else { return };
    assert!(turn(&app, 1).await);
    let key = app.encryption.chat_key(Door::Telegram, "1");
    // Somebody else holds the row of one chat and does not let it go.
    let mut held = app.db.begin().await.unwrap();
    let Tx::Postgres(tx) = &mut held else { panic!("PostgreSQL") };
    sqlx::query("SELECT 1 FROM chats WHERE key = $1 FOR UPDATE").bind(key.as_str()).execute(&mut **tx).await.unwrap();
    let stuck = tokio::spawn({
        let app = Arc::clone(&app);
        async move { turn(&app, 1).await }
    });
    // The first batch waits for that row, with that chat alone.
    let Db::Postgres(pool) = &app.db else { panic!("PostgreSQL") };
    let mut look = tokio::time::interval(Duration::from_millis(20));
    let waits = "SELECT COUNT(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) \
         WHERE NOT l.granted AND a.datname = current_database()";
    while sqlx::query_scalar::<_, i64>(waits).fetch_one(pool).await.unwrap() == 0 {
        look.tick().await;
    }
    let begun = Instant::now();
    assert!(turn(&app, 2).await);
    assert!(begun.elapsed() < Duration::from_secs(3), "another chat waited for {:?}", begun.elapsed());
    assert!(!timeout(Duration::from_secs(10), stuck).await.expect("a deadline").unwrap());
    drop(held);
    assert!(turn(&app, 1).await, "its connection is as good as any other");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_fell_silent_is_said_within_seconds_and_so_is_its_return() {
    let Some(database) = postgres::database().await else { return };
    let proxy = Proxy::before(&database).await;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ventanilla"));
    command.env("DATABASE_URL", &proxy.address);
    let running = Running::launch(command);
    running.wait_for("/ready", StatusCode::OK).await;
    proxy.silence();
    let begun = Instant::now();
    running.wait_for("/ready", StatusCode::SERVICE_UNAVAILABLE).await;
    assert!(begun.elapsed() < Duration::from_secs(10), "ready waited for {:?}", begun.elapsed());
    let begun = Instant::now();
    let page = Client::new().get(&running.metrics).send().await.unwrap().text().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(10), "metrics waited for {:?}", begun.elapsed());
    assert!(page.lines().any(|line| line == "ventanilla_database_up 0"), "{page}");
    assert!(page.contains("ventanilla_revision 1"), "{page}");
    assert_eq!(running.status("/health").await, StatusCode::OK);
    proxy.speak();
    running.wait_for("/ready", StatusCode::OK).await;
    assert!(running.say().await.is_success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_listens_for_other_replicas_notices_that_nobody_speaks_any_more() {
    let Some((app, proxy)) = silent_app().await else { return };
    let mut notifications = Notifications::of(&app.db).await.unwrap().unwrap();
    proxy.silence();
    let heard = timeout(Duration::from_secs(60), notifications.next()).await;
    assert!(heard.expect("a deadline").is_err(), "the connection is dead");
}
