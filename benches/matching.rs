//! How long it takes to learn a bank and to understand one message: the starter pack; 77, 1,000 and 10,000 generated entries.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints what it measured, and one that cannot begin has nothing to measure"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use ventanilla::bot::knowledge::Knowledge;
use ventanilla::domain::text::lang::Lang;
use ventanilla::pack;
use ventanilla::understanding::matching::{Class, Example, Glossary, Model};

/// Phrasings of made-up words: each entry has a few of its own, the others are everybody's.
fn bank(entries: usize, phrasings: usize) -> Vec<(usize, Lang, String)> {
    let mut seed = 1_u64;
    let mut draw = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut lines = Vec::new();
    for entry in 0..entries {
        for lang in Lang::all() {
            for _ in 0..phrasings {
                let words: Vec<String> = (0..10)
                    .map(|n| if n < 3 { made_up(entry * 7 + draw(5) + 1000) } else { made_up(draw(900)) })
                    .collect();
                lines.push((entry, lang, words.join(" ")));
            }
        }
    }
    lines
}

fn made_up(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vi", "wa", "ye", "zo", "che", "dou", "fan"];
    (0..5).map(|place| SYLLABLES[(number >> (place * 3)) % 16]).collect()
}

fn train(entries: usize, lines: &[(usize, Lang, String)]) -> Model {
    let examples: Vec<Example> =
        lines.iter().map(|(entry, lang, text)| Example { class: Class::Entry(*entry), lang: *lang, text }).collect();
    Model::train(entries, &examples, &[], Glossary::default())
}

/// What a mean hides: how long learning takes once, the slowest of a hundred questions, and the memory of it all.
fn report(name: &str, questions: &[&str], learn: impl FnOnce() -> Model) -> Model {
    let before = memory("VmRSS");
    let begun = Instant::now();
    let model = learn();
    let learned = begun.elapsed();
    let mut times: Vec<Duration> = questions.iter().map(|question| time(&model, question)).collect();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "{name}: learned in {learned:.2?}; a question takes {:.0?}, p99 {:.0?}; {} MB before, {} MB while learning (the most so far), {} MB after",
        at(50),
        at(99),
        before,
        memory("VmHWM"),
        memory("VmRSS"),
    );
    model
}

fn time(model: &Model, question: &str) -> Duration {
    let begun = Instant::now();
    black_box(model.understand(black_box(question), None));
    begun.elapsed()
}

/// Megabytes of this process, where the system tells; else 0.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// The starter pack's own model, asked by a tenth of its phrasings.
fn starter_pack() {
    let content = pack::read(&pack::embedded(&pack::STARTER)).expect("the starter pack");
    let texts: Vec<String> = content.phrasings.iter().step_by(10).map(|phrasing| phrasing.text.clone()).collect();
    let before = memory("VmRSS");
    let begun = Instant::now();
    let knowledge = Knowledge::build(content, 1).expect("knowledge");
    println!(
        "the starter pack: languages, model and words of danger in {:.2?}, {} MB before, {} MB after",
        begun.elapsed(),
        before,
        memory("VmRSS")
    );
    let mut times: Vec<Duration> = texts.iter().map(|text| time(knowledge.model(), text)).collect();
    times.sort_unstable();
    println!(
        "the starter pack: a question takes {:.0?}, p99 {:.0?}",
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
}

fn benchmarks(criterion: &mut Criterion) {
    starter_pack();
    for (entries, phrasings) in [(77, 50), (1_000, 10), (10_000, 5)] {
        let lines = bank(entries, phrasings);
        let name = format!("{entries} entries, 3 languages, {phrasings} phrasings");
        let questions: Vec<&str> =
            lines.iter().step_by(lines.len() / 2_000).map(|(_, _, text)| text.as_str()).collect();
        let model = report(&name, &questions, || train(entries, &lines));
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).measurement_time(Duration::from_secs(5));
        group.bench_function("understand", |bencher| {
            bencher.iter(|| model.understand(black_box(&lines[lines.len() / 2].2), None))
        });
        group.finish();
    }
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
