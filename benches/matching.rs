//! How long it takes to learn a bank and to understand one message: 77 entries; 1,000 and 10,000 generated ones.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ventanilla::domain::lang::Lang;
use ventanilla::matching::{Class, Example, Glossary, Model};

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

fn benchmarks(criterion: &mut Criterion) {
    for (entries, phrasings) in [(77, 50), (1_000, 10), (10_000, 5)] {
        let lines = bank(entries, phrasings);
        let mut group = criterion.benchmark_group(format!("{entries} entries, 3 languages, {phrasings} phrasings"));
        group.sample_size(10).measurement_time(Duration::from_secs(5));
        if entries < 10_000 {
            group.bench_function("learn", |bencher| {
                bencher.iter_batched(|| (), |()| train(entries, &lines), BatchSize::PerIteration)
            });
        }
        let model = train(entries, &lines);
        group.bench_function("understand", |bencher| {
            bencher.iter(|| model.understand(black_box(&lines[lines.len() / 2].2), None))
        });
        group.finish();
    }
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
