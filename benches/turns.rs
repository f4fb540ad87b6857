//! How long a turn takes: the thinking alone, and with its commit to SQLite.
#![expect(clippy::expect_used, reason = "a bench that cannot begin has nothing to measure")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use tokio::runtime::Runtime;
use ventanilla::app::{App, Arrival, preview, take_turn};
use ventanilla::bot::citizen::{Input, TurnInput};
use ventanilla::clock::Clock;
use ventanilla::domain::people::chat::Door;

const QUESTION: &str = "mwen ansent 3 mwa, ki kote m ka ale fe swivi?";

fn turn_input() -> TurnInput {
    TurnInput { input: Input::Text(QUESTION.into()), proposed: None, reachable: true }
}

fn benchmarks(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = Runtime::new().expect("a runtime");
    let database = format!("sqlite:{}", folder.path().join("b.db").display());
    let key = folder.path().join("key");
    let open = App::open(&database, &key, Clock::System, chrono_tz::Tz::America__Santiago);
    let app = Arc::new(runtime.block_on(open).expect("a house"));

    criterion.bench_function("understand and word a reply", |bencher| {
        bencher.iter(|| preview(&app, black_box(&turn_input())));
    });
    criterion.bench_function("a turn with its commit to SQLite", |bencher| {
        bencher.to_async(&runtime).iter(|| async {
            let arrival = Arrival {
                door: Door::Telegram,
                address: "1".into(),
                update: None,
                turn_input: turn_input(),
                return_to: serde_json::Value::Null,
                later: None,
            };
            take_turn(&app, &arrival).await.expect("a turn")
        });
    });
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
