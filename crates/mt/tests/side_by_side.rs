//! Translators that share one model, with the shipped one.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::sync::Barrier;
use std::thread;

use common::translator;
use tolkebot_mt::{MtConfig, Translation, Translator};
use tolkebot_protocol::Lang;

const LINES: [&str; 6] = [
    "Hej, hvad kan jeg hjælpe dig med i dag?",
    "Jeg skal bruge din nye adresse, og så vil jeg gerne vide, hvornår I har fået nøglerne til lejligheden på Vestergade 14.",
    "Ja.",
    "Hvad hedder dine børn, og flytter de alle sammen med?",
    "Det er den 3. august 2026.",
    "Så skal du vælge en læge. Du kan tage den liste med hjem, hvis du vil tænke over det.",
];

fn translate(translator: &mut Translator, line: &str) -> Translation {
    translator.translate(line, Lang::Da, Lang::Uk).unwrap()
}

/// Who else is translated for changes nothing, down to the last bit of the confidence.
#[test]
fn a_line_beside_others_is_what_it_is_alone() {
    let mut first = translator(&MtConfig {
        phrases: None,
        ..MtConfig::default()
    });
    let alone: Vec<Translation> = LINES.iter().map(|l| translate(&mut first, l)).collect();
    let start = Barrier::new(LINES.len());
    let beside: Vec<Translation> = thread::scope(|scope| {
        let workers: Vec<_> = LINES
            .iter()
            .map(|line| {
                let (mut own, start) = (first.another(), &start);
                scope.spawn(move || {
                    start.wait();
                    translate(&mut own, line)
                })
            })
            .collect();
        workers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    assert_eq!(beside, alone);
}

/// What one has read is not what another goes on from.
#[test]
fn a_translator_has_a_state_of_its_own() {
    let mut first = translator(&MtConfig::default());
    let before = translate(&mut first, LINES[3]);
    let mut second = first.another();
    let other = translate(&mut second, LINES[1]);
    assert_eq!(translate(&mut first, LINES[3]), before);
    drop(first);
    assert_eq!(translate(&mut second, LINES[1]), other);
}
