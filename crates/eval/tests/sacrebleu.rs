//! Our figures are sacrebleu's.

use serde::Deserialize;
use tolkebot_eval::{Bleu, ChrfKind, bleu, chrf};

/// Sentences with the scores that sacrebleu 2.6.0 gave them, and the scores of all together.
const VECTORS: &str = include_str!("data/sacrebleu.json");

#[derive(Deserialize)]
struct Vectors {
    sentences: Vec<Sentence>,
    corpus: Scores,
    small: Small,
}

#[derive(Deserialize)]
struct Sentence {
    hypothesis: String,
    reference: String,
    #[serde(flatten)]
    scores: Scores,
}

#[derive(Deserialize)]
struct Scores {
    bleu: f64,
    chrf: f64,
    chrfpp: f64,
}

#[derive(Deserialize)]
struct Small {
    bleu: f64,
}

#[track_caller]
fn close(got: f64, expected: f64, what: &str) {
    assert!(
        (got - expected).abs() < 1e-6,
        "{what}: {got}, sacrebleu says {expected}"
    );
}

#[test]
fn scores_equal_those_of_sacrebleu() {
    let vectors: Vectors = serde_json::from_str(VECTORS).unwrap();
    let pairs: Vec<(&str, &str)> = vectors
        .sentences
        .iter()
        .map(|s| (s.hypothesis.as_str(), s.reference.as_str()))
        .collect();
    assert!(pairs.len() >= 30);
    for (sentence, &(hypothesis, reference)) in vectors.sentences.iter().zip(&pairs) {
        let what = format!("{hypothesis:?} against {reference:?}");
        let mut b = Bleu::default();
        b.add(hypothesis, reference);
        close(
            b.sentence_score(),
            sentence.scores.bleu,
            &format!("BLEU of {what}"),
        );
        let one = [(hypothesis, reference)];
        close(
            chrf(ChrfKind::Chrf, one),
            sentence.scores.chrf,
            &format!("chrF of {what}"),
        );
        close(
            chrf(ChrfKind::ChrfPlusPlus, one),
            sentence.scores.chrfpp,
            &format!("chrF++ of {what}"),
        );
    }
    close(
        bleu(pairs.iter().copied()),
        vectors.corpus.bleu,
        "BLEU of the corpus",
    );
    close(
        bleu(pairs[..3].iter().copied()),
        vectors.small.bleu,
        "BLEU of three sentences",
    );
    close(
        chrf(ChrfKind::Chrf, pairs.iter().copied()),
        vectors.corpus.chrf,
        "chrF of the corpus",
    );
    close(
        chrf(ChrfKind::ChrfPlusPlus, pairs.iter().copied()),
        vectors.corpus.chrfpp,
        "chrF++ of the corpus",
    );
}
