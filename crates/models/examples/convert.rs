//! Converts a Whisper model on disk to 16-bit ggml:
//!
//! `cargo run -p tolkebot-models --example convert -- ct2 model.bin tokenizer.json ggml-f16.bin`
//!
//! `cargo run -p tolkebot-models --example convert -- safetensors config.json tokenizer.json
//! ggml-f16.bin model.safetensors…`
//!
//! and that to 8 bits: `… -- q8_0 ggml-f16.bin ggml-q8_0.bin`

use std::path::PathBuf;
use std::process::ExitCode;

use tolkebot_models::convert::{ct2_to_ggml, quantise_q8_0, safetensors_to_ggml};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let step = arguments.next().unwrap_or_default();
    let paths: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let result = match (step.as_str(), paths.as_slice()) {
        ("ct2", [model, tokenizer, to]) => ct2_to_ggml(model, tokenizer, to),
        ("safetensors", [config, tokenizer, to, shards @ ..]) => {
            safetensors_to_ggml(shards, config, tokenizer, to)
        }
        ("q8_0", [from, to]) => quantise_q8_0(from, to),
        _ => {
            eprintln!(
                "ct2 MODEL TOKENIZER TO | safetensors CONFIG TOKENIZER TO SHARD… | q8_0 FROM TO"
            );
            return ExitCode::FAILURE;
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
