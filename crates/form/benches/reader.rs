//! How long the reader takes: one turn, and a whole case read again.
//!
//! `cargo bench -p tolkebot-form`; figures with their machine are in `docs/benchmarks.md`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tolkebot_form::{Dialogue, FormDefinition, FormReader, Turn};

const CONVERSATIONS: &str = include_str!("../tests/data/conversations.jsonl");

/// Turns of the longest case that the figures speak of.
const LONG: usize = 1000;

fn dialogues() -> Vec<Dialogue> {
    CONVERSATIONS
        .lines()
        .filter_map(|line| Dialogue::from_json(line).ok())
        .collect()
}

fn reader(dialogue: &Dialogue) -> FormReader {
    let today = dialogue.today.unwrap_or(jiff::civil::date(2026, 9, 8));
    FormReader::new(FormDefinition::embedded(), today)
}

/// All turns of all conversations in a row, as often as it takes to get `count` of them.
fn long_case(dialogues: &[Dialogue], count: usize) -> Vec<Turn> {
    let turns = dialogues.iter().flat_map(|d| &d.turns);
    let mut long: Vec<Turn> = turns.cycle().take(count).cloned().collect();
    for (n, turn) in (1..).zip(&mut long) {
        turn.n = n;
    }
    long
}

fn turn(c: &mut Criterion) {
    let dialogues = dialogues();
    let Some(first) = dialogues.first() else {
        return;
    };
    let mut full = reader(first);
    for turn in &first.turns {
        full.push(turn);
    }
    let answer = "Рандерсвей дев'яносто п'ять, літера бе, другий сал праворуч, вісім двісті.";
    let turn = Turn::new(
        99,
        tolkebot_protocol::Speaker::Citizen,
        tolkebot_protocol::Lang::Uk,
        answer,
    );
    c.bench_function("turn: an address, after a whole conversation", |b| {
        b.iter_batched(
            || full.clone(),
            |mut reader| reader.push(black_box(&turn)),
            criterion::BatchSize::SmallInput,
        );
    });
    let count: usize = dialogues.iter().map(|d| d.turns.len()).sum();
    c.bench_function(
        &format!("fold: all {count} turns of the conversations"),
        |b| {
            b.iter(|| {
                for dialogue in &dialogues {
                    let mut reader = reader(dialogue);
                    for turn in &dialogue.turns {
                        reader.push(black_box(turn));
                    }
                }
            });
        },
    );
}

fn fold(c: &mut Criterion) {
    let dialogues = dialogues();
    let Some(first) = dialogues.first() else {
        return;
    };
    let turns = long_case(&dialogues, LONG);
    let mut group = c.benchmark_group("fold");
    group.sample_size(10);
    group.bench_function("1,000 turns of one case", |b| {
        b.iter(|| {
            let mut reader = reader(first);
            for turn in &turns {
                reader.push(black_box(turn));
            }
        });
    });
    group.bench_function("1,000 turns of one case, worked out once", |b| {
        b.iter(|| reader(first).push_all(black_box(&turns)));
    });
    group.finish();
}

criterion_group!(benches, turn, fold);
criterion_main!(benches);
