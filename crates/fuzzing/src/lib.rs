//! What is done with bytes that anybody may send or hand in, as functions that a fuzzer calls. Each
//! panics when a promise is broken and returns otherwise.
//!
//! - [`protocol`]: a client's message
//! - [`wav`]: a sound file
//! - [`config`]: the settings file and the environment
//! - [`dialogue`]: a written conversation, and the form read from it
//! - [`values`]: every value grammar
//! - [`signed`]: a document that comes back signed
//!
//! `tests/corpus.rs` changes the examples in `corpus/` at random, within the test run and on any
//! compiler; `fuzz/` has the same targets for `cargo fuzz`, which needs a nightly one.

mod grammars;

use jiff::Timestamp;
use tolkebot_form::{Dialogue, FormDefinition, FormReader};
use tolkebot_protocol::{ClientMessage, ServerMessage};
use tolkebot_server::ServerConfig;

pub use grammars::values;

/// Turns of a conversation that are read; more of them add nothing but time.
const TURNS: usize = 12;

/// A message of a client, and of a server: what is understood is the same after writing and reading. A binary one
/// is sound.
pub fn protocol(data: &[u8]) {
    if let Ok(samples) = tolkebot_audio::decode_pcm16(data) {
        assert_eq!(samples.len() * 2, data.len());
        assert!(samples.iter().all(|s| s.abs() <= 1.0));
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(message) = serde_json::from_str::<ClientMessage>(text) {
        let written = serde_json::to_string(&message).unwrap_or_default();
        let back = serde_json::from_str::<ClientMessage>(&written);
        assert!(back.is_ok_and(|back| same(&back, &message)), "{written}");
    }
    if let Ok(message) = serde_json::from_str::<ServerMessage>(text) {
        let written = serde_json::to_string(&message).unwrap_or_default();
        let back = serde_json::from_str::<ServerMessage>(&written);
        assert!(back.is_ok_and(|back| same(&back, &message)), "{written}");
    }
}

fn same(a: &impl std::fmt::Debug, b: &impl std::fmt::Debug) -> bool {
    format!("{a:?}") == format!("{b:?}")
}

/// A sound file: samples are numbers in `[-1, 1]`, and no more of them than the file can hold.
pub fn wav(data: &[u8]) {
    if let Ok(samples) = tolkebot_audio::parse_wav(data) {
        assert!(samples.iter().all(|s| s.is_finite() && s.abs() <= 1.0));
        // 16 kHz made of the lowest rate: 16 samples for each of at least one byte.
        let most = data.len().saturating_mul(17).saturating_add(16_000);
        assert!(samples.len() <= most, "{} of {}", samples.len(), data.len());
    }
}

/// A settings file: what is accepted can be written and read again, and the environment may overrule
/// it.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    match ServerConfig::from_toml(text, "fuzz") {
        Ok(config) => {
            let _ = config.check();
            let pairs = text.lines().filter_map(|line| {
                let (key, value) = line.split_once('=')?;
                let key = key.trim().to_ascii_uppercase();
                Some((format!("TOLKEBOT_{key}"), value.trim().to_owned()))
            });
            let again = config.clone().overruled_by([]);
            assert!(again.is_ok_and(|again| again == config));
            if let Ok(overruled) = config.overruled_by(pairs) {
                let _ = overruled.check();
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A document that went out to be signed at NemLog-in, the root that its signers lead to, and the time.
const PLAIN: &[u8] = include_bytes!("../data/plain.pdf");
const ROOT: &[u8] = include_bytes!("../data/root.der");
const OUT: Timestamp = Timestamp::constant(1_796_119_200, 0);
const BACK: Timestamp = Timestamp::constant(1_796_121_000, 0);

/// A document that comes back signed: what is accepted begins with what went out. Whatever else it is, its seals
/// can be looked for.
pub fn signed(data: &[u8]) {
    let roots = [ROOT.to_vec()];
    match tolkebot_document::check_signed(PLAIN, data, &roots, OUT, BACK) {
        Ok(found) => assert!(data.starts_with(PLAIN) && !found.signer.name.is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let _ = tolkebot_document::verify(data, &roots);
}

/// A written conversation, and the form read from it.
pub fn dialogue(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Ok(dialogue) = Dialogue::from_json(text) else {
        return;
    };
    let today = dialogue.today.unwrap_or(jiff::civil::date(2026, 12, 1));
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for turn in dialogue.turns.iter().take(TURNS) {
        reader.push(turn);
    }
    let state = reader.state();
    let _ = (state.next_question(), state.issues(), state.completeness());
    let _ = state.to_contract_json();
}
