//! `ventanilla serve`: runs the web server and the Telegram bot until told to stop.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::logs;
use super::open::{Failure, open};
use crate::app::{App, Job, heartbeat, listen as listen_for_others, take_up, wipe_again_and_again};
use crate::config::{AppConfig, ServeConfig};
use crate::encryption::new_id;
use crate::metrics;
use crate::store::Db;
use crate::store::operations::single_instance::{only_one, serve_file};
use crate::telegram::{Mode, Settings, Telegram};
use crate::understanding::redaction;
use crate::web;

/// How often a replica checks for a new revision.
const LOOK: Duration = Duration::from_secs(1);
/// How often a replica checks for due jobs.
const JOBS: Duration = Duration::from_secs(60);
/// Timeout for open requests after the signal to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(4);
/// Timeout for turns in progress and their replies after the signal to stop.
const LAST_TURNS: Duration = Duration::from_secs(10);

pub(super) async fn serve(config: &AppConfig, serve: &ServeConfig) -> Result<ExitCode, Failure> {
    logs::start(&serve.log, serve.log_json);
    let metrics_handle = serve.metrics_listen.and_then(|_| metrics::begin());
    // Lock before anything is opened or created, until the end: a second process would send everything twice.
    let serving = serve_file(&config.database_url)?;
    let app = match open(config).await {
        Ok(app) => Arc::new(app),
        Err(error) => {
            if let Some(serving) = serving {
                serving.give_up();
            }
            return Err(error.into());
        }
    };
    // Only now, because the training at startup uses all processors.
    tokio::task::spawn_blocking(redaction::prepare);
    let replica = replica(&app.db, serve);
    let _only_one = match (&app.db, &serve.replica) {
        // The file is locked already, and a new random name cannot be in use.
        (Db::Sqlite { .. }, _) | (Db::Postgres(_), None) => None,
        (Db::Postgres(_), Some(_)) => Some(only_one(&app.db, &replica).await?),
    };
    let telegram = telegram(&app, serve, &replica)?;
    let listener = listen(serve.listen).await?;
    // Before the ports are open, so that a stop signal sent right after the start is not lost.
    let terminate = signal(SignalKind::terminate())?;
    let metrics_page = match (serve.metrics_listen, metrics_handle) {
        (Some(address), Some(metrics_handle)) => Some((listen(address).await?, metrics_handle)),
        (Some(_), None) | (None, _) => None,
    };
    let mut said = welcome(&app, &listener, telegram.is_some())?;
    if let Some((listener, metrics_handle)) = metrics_page {
        said += &format!("Metrics:   http://{}/metrics\n", listener.local_addr()?);
        let (routes, bounds) = (web::metrics_routes(Arc::clone(&app), metrics_handle), web::Bounds::of_metrics());
        tokio::spawn(web::serve(listener, routes, bounds, std::future::pending()));
    }
    // stdout may be closed; the program serves all the same.
    if let Err(error) = anstream::stdout().write_all(said.as_bytes()) {
        tracing::warn!(%error, "where it listens could not be written to the standard output");
    }

    let (stop, stopped) = watch::channel(false);
    // The bot stops after the pages, so that updates still arriving at the webhook get their replies sent.
    let (stop_bot, bot_stopped) = watch::channel(false);
    let pages =
        web::routes(Arc::clone(&app), web::Settings { secure_cookies: serve.https, behind_proxy: serve.behind_proxy });
    let routes = pages.merge(telegram.as_ref().map_or_else(Router::new, Telegram::routes));
    let mut waiting = stopped;
    let bounds = web::Bounds::new(serve.behind_proxy);
    let server = tokio::spawn(web::serve(listener, routes, bounds, async move {
        // An error means that the sender is gone: stop as well.
        let _ = waiting.wait_for(|stop| *stop).await;
    }));
    let bot = telegram.map(|telegram| tokio::spawn(telegram.run(bot_stopped)));
    let upkeep = tokio::spawn(upkeep(Arc::clone(&app), replica));
    let listener = Arc::clone(&app);
    let listener = tokio::spawn(async move { listen_for_others(&listener).await });
    let wiping = Arc::clone(&app);
    let wiping = tokio::spawn(async move { wipe_again_and_again(&wiping).await });

    told_to_stop(terminate).await?;
    tracing::info!("stopping: finishing the turns in hand");
    stop.send_replace(true);
    upkeep.abort();
    listener.abort();
    wiping.abort();
    let rest = async {
        let _ = timeout(LAST_REQUESTS, server).await;
        stop_bot.send_replace(true);
        if let Some(bot) = bot {
            let _ = bot.await;
        }
    };
    if timeout(LAST_TURNS, rest).await.is_err() {
        tracing::warn!("not everything was finished in time; what is in the outbox goes out after the next start");
    }
    // The learned model was saved soon after the start; if the database failed then, stopping does not wait for it.
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    Ok(TcpListener::bind(address).await.map_err(|error| format!("{address}: {error}"))?)
}

fn telegram(app: &Arc<App>, serve: &ServeConfig, replica: &str) -> Result<Option<Telegram>, Failure> {
    if let Some(url) = &serve.telegram_webhook_url {
        // Set once, at the start.
        let _ = app.public_url.set(url.clone());
    }
    let Some(token) = serve.telegram_bot_token.clone() else { return Ok(None) };
    let mode = match (&serve.telegram_webhook_url, &serve.telegram_webhook_secret) {
        (None, _) => Mode::Polling,
        (Some(url), Some(secret)) => Mode::Webhook { public_url: url.clone(), secret: secret.clone() },
        (Some(_), None) => return Err("telegram_webhook_url needs telegram_webhook_secret beside it".into()),
    };
    let (api_url, pace) = (serve.telegram_api_url.clone(), serve.telegram_pace);
    let settings = Settings { token, api_url, mode, pace, worker: replica.to_owned() };
    Ok(Some(Telegram::new(Arc::clone(app), settings)?))
}

/// The replica's name. On SQLite it is constant, so that a restart recovers its own claims; on PostgreSQL it is unique.
fn replica(db: &Db, serve: &ServeConfig) -> String {
    match (&serve.replica, db) {
        (Some(name), _) => name.clone(),
        (None, Db::Sqlite { .. }) => "only".to_owned(),
        (None, Db::Postgres(_)) => new_id(),
    }
}

/// The text printed when ready; written at once, so that a reader gets all of it or nothing.
fn welcome(app: &App, listener: &TcpListener, telegram: bool) -> std::io::Result<String> {
    let knowledge = app.live.now();
    let (entries, database, address) = (knowledge.entries().len(), app.db.name(), listener.local_addr()?);
    let revision = knowledge.revision;
    let mut said = format!(
        "ventanilla: {entries} entries, revision {revision}, on {database}\n\
         Web chat:  http://{address}\n\
         Console:   http://{address}/console (first account: ventanilla staff invite)\n"
    );
    if knowledge.operator().is_none() {
        said += "Privacy:   the notice does not say who runs the bot; write it in the console, under Settings\n";
    }
    said += if telegram {
        "Telegram:  on\n"
    } else {
        "Telegram:  off. To turn it on, get a token from @BotFather and start with TELEGRAM_BOT_TOKEN=<token>\n"
    };
    Ok(said)
}

/// Loads new revisions and runs jobs. Errors are logged, and retried at the next tick.
async fn upkeep(app: Arc<App>, replica: String) {
    let (mut look, mut jobs) = (interval(LOOK), interval(JOBS));
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = look.tick() => renew(&app, &replica).await,
            _ = app.published.notified() => renew(&app, &replica).await,
            () = app.question_left.notified() => drop(take_up(&app, Job::Announce, &replica).await),
            _ = jobs.tick() => for job in Job::ALL {
                drop(take_up(&app, job, &replica).await);
            },
        }
    }
}

async fn renew(app: &App, name: &str) {
    match app.live.refresh(&app.db).await {
        Ok(true) => tracing::info!(revision = app.live.now().revision, "new revision"),
        Ok(false) => {}
        Err(error) if app.lasting.is_time("renew the knowledge") => {
            tracing::error!(%error, "the knowledge could not be renewed");
        }
        Err(_) => {}
    }
    app.keep_learned().await;
    // Another process may be rotating the key. If the file cannot be read, the loaded keys stay in use.
    if let Err(error) = app.encryption.reload()
        && app.lasting.is_time("read the key file")
    {
        tracing::warn!(%error, "the keys that were known stay in use; the next start needs the file: bring it back");
    }
    // Without a heartbeat this replica counts as gone.
    let _ = heartbeat(app, name).await;
}

async fn told_to_stop(mut terminate: Signal) -> std::io::Result<()> {
    tokio::select! {
        done = tokio::signal::ctrl_c() => done,
        _ = terminate.recv() => Ok(()),
    }
}
