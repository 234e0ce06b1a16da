//! A small Marian, hardly trained, exported as the public models are (`tests/data/tiny-marian`,
//! made by `models/export/tiny_marian.py`), against what the Transformers library computes for it.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use tolkebot_models::{Store, onnx};
use tolkebot_protocol::Lang;

use super::*;
use crate::config::ModelSpec;
use crate::search::{End, Search, beam};
use crate::{MtConfig, Translator};

/// What the reference did with one source.
#[derive(Deserialize)]
struct Expected {
    source: String,
    source_ids: Vec<Token>,
    /// Greedy target, without the end mark; cut after `LIMIT`.
    target_ids: Vec<Token>,
    /// Natural logarithms of the pieces' probabilities.
    scores: Vec<f32>,
    text: String,
}

const LIMIT: usize = 24;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tiny-marian")
}

fn load() -> Marian {
    onnx::init(&Store::locate().unwrap()).unwrap();
    let ModelSpec::Marian(spec) = ModelSpec::read(&folder()).unwrap() else {
        panic!("not a Marian")
    };
    let session = |name: &str| onnx::session(&folder().join(name), 1).unwrap();
    Marian::load(
        &folder(),
        spec,
        session("encoder_model.onnx"),
        session("decoder_model_merged.onnx"),
    )
    .unwrap()
}

#[test]
fn pieces_targets_and_scores_equal_the_reference() {
    let expected: Vec<Expected> =
        serde_json::from_str(include_str!("../../tests/data/tiny-marian/expected.json")).unwrap();
    assert!(expected.len() >= 40, "only {} sources", expected.len());
    let mut model = load();
    let search = Search {
        limit: LIMIT,
        width: 1,
        held: &[],
        forbidden: &[],
        repetition_penalty: 1.0,
        wanted: &[],
        pull: 0.0,
    };
    for e in &expected {
        let ids = model.encode(&e.source, Lang::Da).unwrap();
        assert_eq!(ids, e.source_ids, "pieces of {:?}", e.source);
        model.begin(&ids, Lang::Uk).unwrap();
        let got = beam(&mut model, &search).unwrap().remove(0);
        if got.end == End::Loop {
            // Our search stops circles; the reference goes on: compare what both have.
            assert!(e.target_ids.starts_with(&got.tokens));
        } else {
            assert_eq!(got.tokens, e.target_ids, "target of {:?}", e.source);
            assert_eq!(model.decode(&got.tokens).unwrap(), e.text);
        }
        for (a, b) in got.log_probabilities.iter().zip(&e.scores) {
            assert!((a - b).abs() < 1e-3, "{a} is not {b} for {:?}", e.source);
        }
        // Another attempt begins where the first did.
        model.rewind();
        assert_eq!(beam(&mut model, &search).unwrap().remove(0), got);
    }
}

#[test]
fn it_translates_one_way_only_and_says_so() {
    let mut translator = Translator::load(&folder(), &MtConfig::default()).unwrap();
    let out = translator
        .translate("Hvornår flyttede du ind?", Lang::Da, Lang::Uk)
        .unwrap();
    assert!((0.0..=1.0).contains(&out.confidence));
    let message = translator
        .translate("Коли Ви переїхали?", Lang::Uk, Lang::Da)
        .unwrap_err()
        .to_string();
    assert!(message.contains("into `uk` only"), "{message}");
}

#[test]
fn a_vocabulary_that_does_not_fit_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(folder()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
    }
    let fails = |name: &str, text: &str| {
        let path = dir.path().join(name);
        let before = std::fs::read(&path).unwrap();
        std::fs::write(&path, text).unwrap();
        let error = Translator::load(dir.path(), &MtConfig::default()).unwrap_err();
        std::fs::write(&path, before).unwrap();
        error.to_string()
    };
    assert!(fails("vocab.json", r#"{"<unk>": 1, "x": 99999}"#).contains("99999"));
    assert!(fails("vocab.json", r#"{"x": 1}"#).contains("<unk>"));
    assert!(fails("vocab.json", "[").contains("vocab.json"));
    assert!(fails("source.spm", "no model").contains("source.spm"));
    let config = |heads: u32| {
        format!(
            r#"{{"model_type": "marian", "is_encoder_decoder": true, "d_model": 24,
            "decoder_layers": 2, "decoder_attention_heads": {heads}, "vocab_size": 300,
            "eos_token_id": 0, "pad_token_id": 299, "decoder_start_token_id": 299}}"#
        )
    };
    assert!(fails("config.json", &config(5)).contains("heads"));
}

/// Hypotheses split and end, so rows of the caches change places: each must still carry the
/// probabilities that it would have alone.
#[test]
fn hypotheses_keep_to_themselves() {
    let expected: Vec<Expected> =
        serde_json::from_str(include_str!("../../tests/data/tiny-marian/expected.json")).unwrap();
    let mut model = load();
    let search = Search {
        limit: LIMIT,
        width: 4,
        held: &[],
        forbidden: &[],
        repetition_penalty: 1.0,
        wanted: &[],
        pull: 0.0,
    };
    let mut several = 0;
    for line in expected.iter().take(12) {
        model.begin(&line.source_ids, Lang::Uk).unwrap();
        let found = beam(&mut model, &search).unwrap();
        several += usize::from(found.len() > 1);
        for hypothesis in found {
            model.rewind();
            for (n, &token) in hypothesis.tokens.iter().enumerate() {
                let logits = model.logits(0);
                let norm = logits.iter().map(|x| x.exp()).sum::<f32>().ln();
                let alone = logits[token as usize] - norm;
                let together = hypothesis.log_probabilities[n];
                assert!((alone - together).abs() < 2e-3, "{alone} {together}");
                model.advance(&[Move { parent: 0, token }]).unwrap();
            }
        }
    }
    assert!(several > 6, "{several} sources with several hypotheses");
}

/// Two targets over the same sessions, a piece in turn: neither sees the other's.
#[test]
fn lines_that_take_turns_keep_to_themselves() {
    let expected: Vec<Expected> =
        serde_json::from_str(include_str!("../../tests/data/tiny-marian/expected.json")).unwrap();
    let mut first: Box<dyn Model> = Box::new(load());
    let mut second = first.another();
    let mut written = 0;
    for pair in expected.chunks_exact(2).take(6) {
        first.begin(&pair[0].source_ids, Lang::Uk).unwrap();
        second.begin(&pair[1].source_ids, Lang::Uk).unwrap();
        let targets = pair[0].target_ids.iter().zip(&pair[1].target_ids);
        for (place, (&a, &b)) in targets.enumerate() {
            for (model, token, line) in [(&mut first, a, &pair[0]), (&mut second, b, &pair[1])] {
                let logits = model.logits(0);
                let norm = logits.iter().map(|x| x.exp()).sum::<f32>().ln();
                let score = logits[token as usize] - norm;
                assert!((score - line.scores[place]).abs() < 1e-3, "{place}");
                model.advance(&[Move { parent: 0, token }]).unwrap();
                written += 1;
            }
        }
    }
    assert!(written > 20, "{written}");
}
