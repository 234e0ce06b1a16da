//! BLEU and chrF are those of sacrebleu 2 (figures printed by it for these lines).

use tolkebot_eval::{bleu, chrf};

const OURS: [&str; 5] = [
    "Hvornår flytter du ind?",
    "Jeg bor på Vestergade 12, 2. th.",
    "Перший поверх праворуч, будь ласка!",
    "",
    "Tak for det - 3,5 kr. (ca.) & mere",
];
const GOLD: [&str; 5] = [
    "Hvornår flyttede du ind?",
    "Jeg bor i Vestergade 12, 2. th, 8000 Aarhus C.",
    "Другий поверх ліворуч, будь ласка.",
    "Nej.",
    "Tak for det – 3,5 kr. (cirka) & mere.",
];
/// (chrF, BLEU) of each line as its own corpus.
const LINES: [(f64, f64); 5] = [
    (75.41096773855239, 42.72870063962342),
    (55.80485336099341, 40.13916415106908),
    (65.01723364912849, 26.269098944241588),
    (0.0, 0.0),
    (59.96770273053722, 36.6022984812999),
];

#[track_caller]
fn close(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
}

#[test]
fn a_corpus_scores_as_in_sacrebleu() {
    close(chrf(&OURS, &GOLD), 61.88071899733585);
    close(bleu(&OURS, &GOLD), 34.54108049546383);
}

#[test]
fn single_lines_score_as_in_sacrebleu() {
    for (i, (wanted_chrf, wanted_bleu)) in LINES.into_iter().enumerate() {
        close(chrf(&OURS[i..=i], &GOLD[i..=i]), wanted_chrf);
        close(bleu(&OURS[i..=i], &GOLD[i..=i]), wanted_bleu);
    }
}

#[test]
fn the_reference_itself_is_perfect() {
    close(chrf(&GOLD, &GOLD), 100.0);
    close(bleu(&GOLD, &GOLD), 100.0);
    close(chrf(&[], &[]), 0.0);
    close(bleu(&[], &[]), 0.0);
}
