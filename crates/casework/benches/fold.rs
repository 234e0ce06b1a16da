//! How long a whole case takes to be folded with its form.
//!
//! `cargo bench -p tolkebot-casework`; figures with their machine are in `docs/benchmarks.md`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tolkebot_casework::{CaseView, FORM};
use tolkebot_protocol::{
    CaseEvent, CaseId, EventPayload, Lang, Role, Speaker, Utterance, UtteranceId, UtteranceSource,
};

/// Lengths of the cases, events: a conversation has 60 to 150.
const EVENTS: [u64; 3] = [100, 300, 1000];

/// What citizens say, one after the other: the same as in `tolkebot bench store`.
const SAID: [&str; 6] = [
    "Добрий день. Я хочу повідомити про переїзд.",
    "Ми переїжджаємо п'ятнадцятого грудня.",
    "На Рандерсвей, сорок один, другий поверх праворуч.",
    "Так, правильно.",
    "Зі мною їде чоловік і двоє дітей.",
    "Дякую, до побачення.",
];

/// A case's opening, then utterances with their translations.
fn event(seq: u64) -> CaseEvent {
    let turn = seq / 2;
    let payload = match seq {
        1 => EventPayload::CaseOpened {
            form: FORM.to_owned(),
            today: "2026-12-01".to_owned(),
        },
        _ if seq.is_multiple_of(2) => EventPayload::UtteranceSettled(Utterance {
            id: UtteranceId(turn as u32),
            speaker: Speaker::Citizen,
            lang: Lang::Uk,
            text: SAID[(turn as usize - 1) % SAID.len()].to_owned(),
            source: UtteranceSource::Speech,
            start_ms: turn * 6000,
            end_ms: turn * 6000 + 2500,
            confidence: 0.9,
            reconsidered: Vec::new(),
            interrupted: false,
            sent_as: None,
        }),
        _ => EventPayload::TranslationSettled {
            utterance: UtteranceId(turn as u32),
            lang: Lang::Da,
            text: "Vi flytter den femtende december til Randersvej enogfyrre.".to_owned(),
            confidence: 0.8,
            warnings: Vec::new(),
            verified: false,
        },
    };
    CaseEvent {
        seq,
        at: "2026-12-01T09:00:00Z".to_owned(),
        actor: Role::System,
        payload,
    }
}

fn fold(c: &mut Criterion) {
    let case = CaseId("case".to_owned());
    let mut group = c.benchmark_group("fold");
    group.sample_size(20);
    for count in EVENTS {
        let events: Vec<CaseEvent> = (1..=count).map(event).collect();
        group.bench_function(BenchmarkId::new("events with their form", count), |b| {
            b.iter(|| CaseView::fold(&case, black_box(&events)).map(|view| view.form()));
        });
    }
    group.finish();
}

criterion_group!(benches, fold);
criterion_main!(benches);
