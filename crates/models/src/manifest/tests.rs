//! What a manifest may say.

use super::*;

#[test]
fn the_embedded_manifest_holds_together() {
    let manifest = Manifest::embedded().unwrap();
    let starter = manifest.profile("starter").unwrap();
    assert_eq!(starter.asr.da, "whisper-base-counter");
    assert_eq!(
        starter.ids(),
        [
            "whisper-base-counter",
            "mt-starter",
            "kokoro-82m",
            "silero-vad",
            "onnxruntime",
            "espeak-ng"
        ]
    );
}

#[test]
fn every_model_that_was_tried_can_be_verified_and_has_a_card() {
    let cards = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/cards");
    for model in Manifest::embedded().unwrap().models() {
        assert!(
            cards.join(&model.card).is_file(),
            "{} has no card {}",
            model.id,
            model.card
        );
        for file in &model.files {
            assert!(
                !model.tried || (file.size.is_some() && file.sha256.is_some()),
                "{}/{} was tried but has no checksum",
                model.id,
                file.path
            );
        }
    }
}

#[test]
fn unknown_names_are_answered_with_the_known_ones() {
    let manifest = Manifest::embedded().unwrap();
    let error = manifest.model("whisper-bass").unwrap_err().to_string();
    assert!(
        error.contains("whisper-bass") && error.contains("whisper-base"),
        "{error}"
    );
    let error = manifest.profile("start").unwrap_err().to_string();
    assert!(error.contains("starter"), "{error}");
}

#[test]
fn a_manifest_cannot_write_outside_the_models_folder() {
    for bad in ["../x", "/etc/x", "a/../../x", "C:/x", ""] {
        let text = EMBEDDED.replace("to = \"silero_vad.onnx\"", &format!("to = \"{bad}\""));
        assert!(
            matches!(Manifest::parse(&text), Err(ModelError::Manifest { .. })),
            "{bad}"
        );
    }
}

#[test]
fn what_a_manifest_gets_wrong_is_named() {
    for (from, to, expected) in [
        ("schema = 1", "schema = 2", "schema 2"),
        ("id = \"silero-vad\"", "id = \"other\"", "silero-vad"),
        ("id = \"silero-vad\"", "id = \"whisper-base\"", "twice"),
        ("task = \"vad\"", "task = \"vad\"\ntypo = 1", "typo"),
        (
            "silero_vad-6.2.3-py3-none-any.whl",
            "silero.whl",
            "silero.whl",
        ),
    ] {
        let error = Manifest::parse(&EMBEDDED.replace(from, to))
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{from} → {to}: {error}");
    }
}
