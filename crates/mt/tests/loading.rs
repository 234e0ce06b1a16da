//! Model folders that cannot be used are refused with the reason and the remedy.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::fs;

use tolkebot_models::Store;
use tolkebot_mt::{MtConfig, MtError, Translator};

fn load(config: Option<&str>) -> MtError {
    let dir = tempfile::tempdir().unwrap();
    if let Some(config) = config {
        fs::write(dir.path().join("config.json"), config).unwrap();
    }
    Translator::load(dir.path(), &MtConfig::default()).unwrap_err()
}

#[test]
fn an_empty_folder_names_the_missing_file() {
    let error = load(None);
    assert!(matches!(error, MtError::Read { .. }));
    assert!(error.to_string().contains("config.json"), "{error}");
}

#[test]
fn other_families_are_refused_by_name() {
    for config in [
        r#"{"model_type": "m2m_100", "is_encoder_decoder": true, "d_model": 1024}"#,
        r#"{"is_encoder_decoder": true}"#,
    ] {
        let error = load(Some(config));
        assert!(matches!(error, MtError::Unsupported { .. }), "{error}");
        assert!(
            error
                .to_string()
                .contains("not yet supported by this build"),
            "{error}"
        );
    }
}

#[test]
fn a_damaged_configuration_says_what_is_wrong() {
    let spec = |eos: u32, layers: u32| {
        format!(
            r#"{{"bos":2,"eos":{eos},"pad":0,"to_uk":6,"to_da":7,"layers":{layers},
                "kv_heads":1,"head_dim":256,"vocab":100}}"#
        )
    };
    for (config, word) in [
        ("{".to_owned(), "EOF"),
        ("{}".to_owned(), "missing field"),
        (
            r#"{"model_type": "marian", "d_model": 8}"#.to_owned(),
            "missing field",
        ),
        (spec(100, 18), "vocabulary"),
        (spec(1, 0), "layers"),
    ] {
        let error = load(Some(&config));
        assert!(matches!(error, MtError::Config { .. }), "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn a_model_that_is_no_model_is_an_error() {
    let shipped = Store::locate().unwrap().dir("mt-starter").unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::copy(shipped.join("config.json"), dir.path().join("config.json")).unwrap();
    fs::write(dir.path().join("model.onnx"), b"no model").unwrap();
    let error = Translator::load(dir.path(), &MtConfig::default()).unwrap_err();
    assert!(error.to_string().contains("model.onnx"), "{error}");
}
