//! The report: for people, or as JSON.

use std::time::Duration;

use serde_json::json;

use crate::Load;
use crate::program::Program;
use crate::run::Ran;

/// What came out.
pub struct Report {
    what: String,
    messages: usize,
    replies_per_second: f64,
    floor_per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    lost: usize,
    doubled: usize,
    out_of_order: usize,
    memory: [f64; 3],
    commits: f64,
    ready: Vec<Duration>,
}

impl Report {
    /// Of a run and its floor.
    pub async fn of(load: &Load, ran: &Ran, floor_per_second: f64, programs: &[Program]) -> Report {
        let (answered, chats) = (ran.latencies.len(), load.chats);
        let what = format!("{:?}, {} replicas, {:?}, {chats} chats", load.database, load.replicas, load.mode);
        Report {
            what,
            messages: answered,
            replies_per_second: answered as f64 / ran.took.as_secs_f64(),
            floor_per_second,
            p50_ms: percentile(&ran.latencies, 0.50),
            p99_ms: percentile(&ran.latencies, 0.99),
            lost: ran.lost,
            doubled: ran.doubled,
            out_of_order: ran.out_of_order,
            memory: ran.memory,
            commits: ran.commits as f64 / answered.max(1) as f64,
            ready: programs.iter().map(|program| program.ready).collect(),
        }
    }

    /// Whether every message was answered once and in order.
    pub fn is_clean(&self) -> bool {
        self.lost + self.doubled + self.out_of_order == 0
    }

    /// Prints it.
    pub fn print(&self, as_json: bool) {
        if as_json {
            let report = json!({"replies_per_second": self.replies_per_second, "floor_per_second": self.floor_per_second,
                "p50_ms": self.p50_ms, "p99_ms": self.p99_ms, "lost": self.lost, "doubled": self.doubled,
                "out_of_order": self.out_of_order, "rss_mb": self.memory[1]});
            println!("{report}");
            return;
        }
        let [before, most, after] = self.memory;
        println!("{}: {} messages answered", self.what, self.messages);
        println!("  messages answered a second  {:8.0}", self.replies_per_second);
        println!("  floor                       {:8.0}", self.floor_per_second);
        println!("  share of the floor          {:8.2}", self.replies_per_second / self.floor_per_second);
        println!("  commits a message           {:8.2}", self.commits);
        println!("  p50, p99 in ms              {:8.1} {:8.1}", self.p50_ms, self.p99_ms);
        println!("  lost, doubled, out of order {:8} {:8} {:8}", self.lost, self.doubled, self.out_of_order);
        println!("  memory in MB: before, most, after {before:.0} {most:.0} {after:.0}");
        println!("  ready after                 {:?}", self.ready);
    }
}

/// In milliseconds; of sorted values.
fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(place.saturating_sub(1)).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
}
