//! Models that were converted compute what they computed before.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]
#![allow(unsafe_code, reason = "reads logits through whisper.cpp's C interface")]

use std::collections::HashMap;
use std::ffi::CString;
use std::path::Path;

use safetensors::Dtype;
use safetensors::tensor::TensorView;
use serde::Deserialize;
use tolkebot_models::convert::{Q8_0_BLOCK_BYTES, q8_0_blocks, quantise_q8_0, safetensors_to_ggml};
use whisper_rs::whisper_rs_sys as sys;

const WIDTH: usize = 64;
const LAYERS: usize = 2;
const VOCAB: usize = 51_865;
const AUDIO: usize = 1_500;
const TEXT: usize = 448;
const MELS: usize = 80;

/// What `data/whisper_reference.py` computed of the same model.
#[derive(Deserialize)]
struct Reference {
    tokens: Vec<sys::whisper_token>,
    largest: usize,
    deviation: f32,
    /// Every 259th logit.
    logits: Vec<f32>,
}

/// The same numbers as in `data/whisper_reference.py`: 16-bit floats hold them exactly.
fn numbers(seed: u64, count: usize) -> impl Iterator<Item = f32> {
    (0..count as u64).map(move |i| {
        let mut x = (i * 2_654_435_761 + seed * 40_503 + 12_345) % (1 << 32);
        x ^= x >> 15;
        x = x * 2_246_822_519 % (1 << 32);
        x ^= x >> 13;
        ((x % 2_048) as f32 - 1_024.0) / 1_024.0
    })
}

/// The tensors of the tiny model under Transformers' names, in the reference's order.
#[derive(Default)]
struct Tensors {
    made: Vec<(String, Vec<usize>, Vec<u8>)>,
}

impl Tensors {
    fn add(&mut self, name: String, shape: &[usize], scale: f32, offset: f32) {
        let seed = self.made.len() as u64 + 1;
        let count = shape.iter().product();
        let bytes = numbers(seed, count)
            .flat_map(|x| (x * scale + offset).to_le_bytes())
            .collect();
        self.made.push((name, shape.to_vec(), bytes));
    }

    fn norm(&mut self, name: &str) {
        self.add(format!("{name}.weight"), &[WIDTH], 0.25, 1.0);
        self.add(format!("{name}.bias"), &[WIDTH], 0.25, 0.0);
    }

    fn linear(&mut self, name: &str, rows: usize, columns: usize, bias: bool) {
        self.add(format!("{name}.weight"), &[rows, columns], 0.25, 0.0);
        if bias {
            self.add(format!("{name}.bias"), &[rows], 0.25, 0.0);
        }
    }

    fn attention(&mut self, layer: &str, name: &str) {
        self.norm(&format!("{layer}.{name}_layer_norm"));
        for part in ["q_proj", "k_proj", "v_proj", "out_proj"] {
            self.linear(
                &format!("{layer}.{name}.{part}"),
                WIDTH,
                WIDTH,
                part != "k_proj",
            );
        }
    }

    fn feed_forward(&mut self, layer: &str) {
        self.norm(&format!("{layer}.final_layer_norm"));
        self.linear(&format!("{layer}.fc1"), 4 * WIDTH, WIDTH, true);
        self.linear(&format!("{layer}.fc2"), WIDTH, 4 * WIDTH, true);
    }

    fn tiny() -> Tensors {
        let mut tensors = Tensors::default();
        let (encoder, decoder) = ("model.encoder", "model.decoder");
        tensors.add(
            format!("{encoder}.embed_positions.weight"),
            &[AUDIO, WIDTH],
            0.5,
            0.0,
        );
        tensors.add(
            format!("{encoder}.conv1.weight"),
            &[WIDTH, MELS, 3],
            0.125,
            0.0,
        );
        tensors.add(format!("{encoder}.conv1.bias"), &[WIDTH], 0.25, 0.0);
        tensors.add(
            format!("{encoder}.conv2.weight"),
            &[WIDTH, WIDTH, 3],
            0.125,
            0.0,
        );
        tensors.add(format!("{encoder}.conv2.bias"), &[WIDTH], 0.25, 0.0);
        tensors.norm(&format!("{encoder}.layer_norm"));
        for layer in 0..LAYERS {
            let layer = format!("{encoder}.layers.{layer}");
            tensors.attention(&layer, "self_attn");
            tensors.feed_forward(&layer);
        }
        tensors.add(
            format!("{decoder}.embed_positions.weight"),
            &[TEXT, WIDTH],
            0.5,
            0.0,
        );
        tensors.add(
            format!("{decoder}.embed_tokens.weight"),
            &[VOCAB, WIDTH],
            0.25,
            0.0,
        );
        tensors.norm(&format!("{decoder}.layer_norm"));
        for layer in 0..LAYERS {
            let layer = format!("{decoder}.layers.{layer}");
            tensors.attention(&layer, "self_attn");
            tensors.attention(&layer, "encoder_attn");
            tensors.feed_forward(&layer);
        }
        tensors
    }

    /// Saves the tensors whose index satisfies `which`.
    fn save(&self, path: &Path, which: impl Fn(usize) -> bool) {
        let views = self
            .made
            .iter()
            .enumerate()
            .filter(|(index, _)| which(*index))
            .map(|(_, (name, shape, bytes))| {
                (
                    name,
                    TensorView::new(Dtype::F32, shape.clone(), bytes).unwrap(),
                )
            });
        safetensors::serialize_to_file(views, None, path).unwrap();
    }
}

/// Writes the tiny model in two shards, as Transformers saves large ones, and converts it.
fn converted(folder: &Path) -> std::path::PathBuf {
    let config = serde_json::json!({
        "model_type": "whisper", "vocab_size": VOCAB, "num_mel_bins": MELS, "d_model": WIDTH,
        "encoder_layers": LAYERS, "encoder_attention_heads": 2, "encoder_ffn_dim": 4 * WIDTH,
        "decoder_layers": LAYERS, "decoder_attention_heads": 2, "decoder_ffn_dim": 4 * WIDTH,
        "max_source_positions": AUDIO, "max_target_positions": TEXT,
        "activation_function": "gelu", "scale_embedding": false,
    });
    std::fs::write(folder.join("config.json"), config.to_string()).unwrap();
    let mut vocab: HashMap<String, usize> = (0..50_257).map(|i| (format!("t{i}"), i)).collect();
    vocab.insert("<|endoftext|>".to_owned(), 50_257);
    let vocab = serde_json::to_string(&vocab).unwrap();
    std::fs::write(folder.join("vocab.json"), vocab).unwrap();
    let tensors = Tensors::tiny();
    let shards = ["1.safetensors", "2.safetensors"].map(|name| folder.join(name));
    tensors.save(&shards[0], |index| index % 3 != 0);
    tensors.save(&shards[1], |index| index % 3 == 0);
    let to = folder.join("ggml-f16.bin");
    safetensors_to_ggml(
        &shards,
        &folder.join("config.json"),
        &folder.join("vocab.json"),
        &to,
    )
    .unwrap();
    to
}

/// The logits that whisper.cpp computes for the token after `tokens`.
fn logits(model: &Path, tokens: &[sys::whisper_token]) -> Vec<f32> {
    let path = CString::new(model.to_str().unwrap()).unwrap();
    let mel: Vec<f32> = numbers(1_000, MELS * 2 * AUDIO).collect();
    // SAFETY: every pointer comes from the call before it and is checked; lengths are those of
    // the slices.
    unsafe {
        let mut params = sys::whisper_context_default_params();
        params.use_gpu = false;
        params.flash_attn = false;
        let context = sys::whisper_init_from_file_with_params_no_state(path.as_ptr(), params);
        assert!(
            !context.is_null(),
            "whisper.cpp refuses the converted model"
        );
        let state = sys::whisper_init_state(context);
        assert!(!state.is_null());
        let (frames, bands) = (2 * AUDIO as i32, MELS as i32);
        let ok = sys::whisper_set_mel_with_state(context, state, mel.as_ptr(), frames, bands);
        assert_eq!(ok, 0);
        assert_eq!(sys::whisper_encode_with_state(context, state, 0, 1), 0);
        let count = tokens.len() as i32;
        let ok = sys::whisper_decode_with_state(context, state, tokens.as_ptr(), count, 0, 1);
        assert_eq!(ok, 0);
        let rows = sys::whisper_get_logits_from_state(state);
        let last = rows.add((tokens.len() - 1) * VOCAB);
        let logits = std::slice::from_raw_parts(last, VOCAB).to_vec();
        sys::whisper_free_state(state);
        sys::whisper_free(context);
        logits
    }
}

fn compare(model: &Path, tolerance: f32) {
    let reference: Reference =
        serde_json::from_str(include_str!("data/whisper_reference.json")).unwrap();
    let logits = logits(model, &reference.tokens);
    let largest = logits
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .unwrap()
        .0;
    let worst = logits
        .iter()
        .step_by(VOCAB / 200)
        .zip(&reference.logits)
        .map(|(ours, theirs)| (ours - theirs).abs())
        .fold(0.0, f32::max);
    assert!(
        worst < tolerance * reference.deviation,
        "logits differ by up to {worst} where they spread by {}",
        reference.deviation
    );
    assert_eq!(largest, reference.largest);
}

/// Two tensors swapped, transposed or cut wrongly would give unrelated logits.
#[test]
fn a_model_of_transformers_computes_the_same_after_conversion() {
    let folder = tempfile::tempdir().unwrap();
    let model = converted(folder.path());
    compare(&model, 0.03);
    let quantised = folder.path().join("ggml-q8_0.bin");
    quantise_q8_0(&model, &quantised).unwrap();
    let size = |path: &Path| std::fs::metadata(path).unwrap().len();
    assert!(
        size(&quantised) * 10 < size(&model) * 7,
        "nothing was quantised"
    );
    compare(&quantised, 0.15);
}

#[test]
fn blocks_are_those_of_ggml_bit_for_bit() {
    let mut numbers: Vec<f32> = self::numbers(7, 64 * 32).collect();
    // Zeros, one large number, numbers too small for the scale, halves that must be rounded.
    numbers[..32].fill(0.0);
    numbers[32..64].fill(-0.0);
    numbers[70] = 40_000.0;
    numbers[96..128].iter_mut().for_each(|x| *x *= 1e-6);
    numbers[128..160].iter_mut().for_each(|x| *x *= 1e-38);
    for (i, x) in numbers[160..192].iter_mut().enumerate() {
        *x = if i == 0 { 127.0 } else { i as f32 - 16.5 };
    }
    let mut ours = Vec::new();
    q8_0_blocks(&numbers, &mut ours);
    let blocks = numbers.len() / 32;
    let mut theirs = vec![0u8; blocks * Q8_0_BLOCK_BYTES];
    // SAFETY: the source holds all rows, the target their blocks.
    let written = unsafe {
        sys::ggml_quantize_chunk(
            sys::ggml_type_GGML_TYPE_Q8_0,
            numbers.as_ptr(),
            theirs.as_mut_ptr().cast(),
            0,
            1,
            numbers.len() as i64,
            std::ptr::null(),
        )
    };
    assert_eq!(written, theirs.len());
    for (block, (ours, theirs)) in ours
        .chunks(Q8_0_BLOCK_BYTES)
        .zip(theirs.chunks(Q8_0_BLOCK_BYTES))
        .enumerate()
    {
        assert_eq!(ours, theirs, "block {block}");
    }
}
