//! The run: chats write, and what comes back is held against what the core says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tokio::sync::Notify;
use tokio::time::{Instant, interval, sleep_until, timeout};

use crate::fake_bot_api::{FakeBotApi, Sent, updates};
use crate::program::Program;
use crate::script::{Script, letters};
use crate::{Load, Mode};

/// How long nothing may come before what is missing counts as lost.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was seen.
pub struct Ran {
    /// From each message to its last reply, sorted.
    pub latencies: Vec<Duration>,
    /// From the first message to the last reply.
    pub took: Duration,
    pub lost: usize,
    pub doubled: usize,
    pub out_of_order: usize,
    /// Memory of the largest replica in megabytes: before, at the most, and afterwards.
    pub memory: [f64; 3],
    /// Transactions of all replicas.
    pub commits: u64,
}

/// A chat and what it has seen.
struct Chat {
    script: usize,
    seen: Mutex<Seen>,
    answered: Notify,
}

#[derive(Default)]
struct Seen {
    /// When each message was written.
    written: Vec<Instant>,
    /// How many replies have come as they should.
    replies: usize,
    latencies: Vec<Duration>,
    doubled: usize,
    out_of_order: usize,
}

impl Chat {
    fn hear(&self, script: &Script, sent: &Sent) {
        let mut seen = self.seen.lock().unwrap();
        let words = letters(&sent.text);
        let next = seen.replies;
        match script.replies.get(next) {
            Some((expected, message)) if *expected == words => {
                seen.replies += 1;
                let last = script.replies.get(next + 1).is_none_or(|(_, after)| after != message);
                if last {
                    let took = sent.at - seen.written[*message];
                    seen.latencies.push(took);
                }
            }
            Some(_) | None if next > 0 && script.replies[next - 1].0 == words => seen.doubled += 1,
            Some(_) | None => seen.out_of_order += 1,
        }
        self.answered.notify_one();
    }

    fn answered(&self, script: &Script) -> usize {
        let seen = self.seen.lock().unwrap();
        script.replies.get(seen.replies).map_or(script.messages.len(), |(_, message)| *message)
    }
}

/// When the message of this place among all is written, from the beginning.
fn due(load: &Load, place: usize) -> Duration {
    let Some(rate) = load.rate else { return Duration::ZERO };
    let (place, before, during) = (place as f64, 5.0 * rate, 100.0 * rate);
    let seconds = match load.burst {
        true if place > before + during => 15.0 + (place - before - during) / rate,
        true if place > before => 5.0 + (place - before) / (10.0 * rate),
        _ => place / rate,
    };
    Duration::from_secs_f64(seconds)
}

/// Lets all chats talk to their end.
pub async fn run(load: &Load, fake: &FakeBotApi, scripts: &[Script], programs: &[Program]) -> Ran {
    let chat = |number: usize| Chat { script: number % scripts.len(), seen: Mutex::default(), answered: Notify::new() };
    let chats: Arc<Vec<Chat>> = Arc::new((0..load.chats).map(chat).collect());
    let (before, commits) = (memory(programs), commits(programs).await);
    let begun = Instant::now();
    let talking = async {
        let talks = (0..load.chats).map(|number| talk(load, fake, scripts, programs, &chats[number], number, begun));
        futures::future::join_all(talks).await;
    };
    let listening = listen(fake, scripts, &chats, begun);
    let watching = async {
        let (mut most, mut look) = (before, interval(Duration::from_millis(250)));
        let mut shown = 0;
        loop {
            look.tick().await;
            most = f64::max(most, memory(programs));
            // A long run says how it goes on.
            if begun.elapsed().as_secs() / 60 > shown {
                shown += 1;
                eprintln!("{shown} min: {:.0} MB, {} messages sent", memory(programs), fake.sent());
            }
            MOST.store(most.to_bits(), std::sync::atomic::Ordering::Relaxed);
        }
    };
    let took = tokio::select! {
        (took, ()) = async { tokio::join!(listening, talking) } => took,
        () = watching => unreachable!("it watches for ever"),
    };
    let most = f64::from_bits(MOST.load(std::sync::atomic::Ordering::Relaxed));
    let commits = self::commits(programs).await - commits;
    sum(scripts, &chats, took, [before, most.max(memory(programs)), memory(programs)], commits)
}

static MOST: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

fn memory(programs: &[Program]) -> f64 {
    programs.iter().map(Program::memory).fold(0.0, f64::max)
}

async fn commits(programs: &[Program]) -> u64 {
    let mut all = 0;
    for program in programs {
        all += program.commits().await;
    }
    all
}

async fn talk(
    load: &Load,
    fake: &FakeBotApi,
    scripts: &[Script],
    programs: &[Program],
    chat: &Chat,
    number: usize,
    begun: Instant,
) {
    let script = &scripts[chat.script];
    for (place, words) in script.messages.iter().enumerate() {
        if load.rate.is_some() {
            sleep_until(begun + due(load, place * load.chats + number)).await;
        } else if !until_answered(chat, script, place).await {
            return;
        }
        chat.seen.lock().unwrap().written.push(Instant::now());
        let mut update = updates::text(number as i64 + 1, words);
        // As people write, however fast they are brought: a chat that says too much in a minute is told to wait.
        update["message"]["date"] = (place * 3).into();
        match load.mode {
            Mode::Polling => drop(fake.push(update)),
            Mode::Webhook => bring(programs, update, place * load.chats + number).await,
        }
    }
}

/// Waits until all messages before this one are answered; false where that never happens.
async fn until_answered(chat: &Chat, script: &Script, place: usize) -> bool {
    while chat.answered(script) < place {
        if timeout(PATIENCE, chat.answered.notified()).await.is_err() {
            return false;
        }
    }
    true
}

/// Brings an update to one replica after the other until one has taken it.
async fn bring(programs: &[Program], mut update: serde_json::Value, number: usize) {
    update["update_id"] = json!(number + 1);
    for attempt in 0.. {
        if programs[(number + attempt) % programs.len()].bring(&update).await {
            return;
        }
    }
}

/// Gives every chat what was sent to it, until all have what they should or nothing comes any more; how long that took.
async fn listen(fake: &FakeBotApi, scripts: &[Script], chats: &[Chat], begun: Instant) -> Duration {
    let all: usize = chats.iter().map(|chat| scripts[chat.script].replies.len()).sum();
    let (mut heard, mut last) = (0, begun);
    while heard < all {
        let new = |fake: &FakeBotApi| Some(fake.sent_since(heard)).filter(|sent| !sent.is_empty());
        let Ok(sent) = timeout(PATIENCE, fake.wait("replies", new)).await else { break };
        for sent in sent {
            let chat = &chats[sent.chat as usize - 1];
            chat.hear(&scripts[chat.script], &sent);
            (heard, last) = (heard + 1, sent.at);
        }
    }
    last - begun
}

fn sum(scripts: &[Script], chats: &[Chat], took: Duration, memory: [f64; 3], commits: u64) -> Ran {
    let mut ran = Ran { latencies: Vec::new(), took, lost: 0, doubled: 0, out_of_order: 0, memory, commits };
    for chat in chats {
        let seen = chat.seen.lock().unwrap();
        ran.latencies.extend(&seen.latencies);
        ran.lost += scripts[chat.script].replies.len() - seen.replies;
        ran.doubled += seen.doubled;
        ran.out_of_order += seen.out_of_order;
    }
    ran.latencies.sort();
    ran
}
