//! The real voice-activity model on real speech (synthesised: "Hvad er din nye adresse?", a pause
//! of 1.2 s, "Ja.", in a little noise).

use tolkebot_audio::{
    AudioError, FRAME, SegmentEvent, Segmenter, SegmenterConfig, SileroVad, VoiceActivity, read_wav,
};
use tolkebot_models::Store;

/// Where the two utterances lie, in milliseconds.
const SPOKEN: [(u64, u64); 2] = [(500, 2003), (3203, 3716)];

fn silero() -> SileroVad {
    let store = Store::locate().expect("models are missing; run `cargo xtask setup`");
    tolkebot_models::onnx::init(&store).expect("ONNX Runtime is missing; run `cargo xtask setup`");
    let path = store
        .file("silero-vad", "silero_vad.onnx")
        .expect("run `cargo xtask setup`");
    SileroVad::load(path).expect("silero loads")
}

fn speech() -> Vec<f32> {
    read_wav(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/two-utterances.wav"
    ))
    .expect("the recording is in the repository")
}

fn probabilities(vad: &mut SileroVad, sound: &[f32]) -> Vec<f32> {
    sound
        .as_chunks::<FRAME>()
        .0
        .iter()
        .map(|frame| vad.probability(frame).expect("the model runs"))
        .collect()
}

#[test]
fn tells_speech_from_silence_noise_and_a_hum() {
    let mut vad = silero();
    let during = probabilities(&mut vad, &speech()[600 * 16..1900 * 16]);
    assert!(
        during.iter().filter(|&&p| p > 0.5).count() * 10 > during.len() * 8,
        "{during:?}"
    );

    let mut seed = 7u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    let hum = |i: usize| 0.3 * (i as f32 / 16_000.0 * 50.0 * std::f32::consts::TAU).sin();
    let others: [(&str, Vec<f32>); 4] = [
        ("silence", vec![0.0; 16_000]),
        ("noise", (0..16_000).map(|_| 0.1 * noise()).collect()),
        ("hum", (0..16_000).map(hum).collect()),
        ("nonsense", vec![f32::NAN; 16_000]),
    ];
    for (what, sound) in others {
        vad.reset();
        let probabilities = probabilities(&mut vad, &sound);
        assert!(
            probabilities[3..].iter().all(|&p| p < 0.35),
            "{what}: {probabilities:?}"
        );
    }
}

#[test]
fn starts_afresh_after_reset() {
    let sound = speech();
    let mut vad = silero();
    let first = probabilities(&mut vad, &sound);
    vad.reset();
    assert_eq!(probabilities(&mut vad, &sound), first);
}

#[test]
fn finds_both_utterances_where_they_are() {
    let mut segmenter = Segmenter::new(Box::new(silero()), SegmenterConfig::default());
    let mut events = Vec::new();
    for piece in speech().chunks(320) {
        events.extend(segmenter.push(piece).unwrap());
    }
    events.extend(segmenter.flush());
    let segments: Vec<_> = events
        .into_iter()
        .filter_map(|e| match e {
            SegmentEvent::Ended(segment) => Some((segment.start_ms, segment.end_ms)),
            SegmentEvent::Started { .. } => None,
        })
        .collect();
    assert_eq!(segments.len(), 2, "{segments:?}");
    for (&(start, end), (from, to)) in segments.iter().zip(SPOKEN) {
        // All of the speech, and not more than half a second on either side.
        assert!(
            start <= from && from - start < 500,
            "{start}–{end} for {from}–{to}"
        );
        assert!(
            end + 60 >= to && end < to + 500,
            "{start}–{end} for {from}–{to}"
        );
    }
}

#[test]
fn another_model_is_refused() {
    let store = Store::locate().expect("models are missing; run `cargo xtask setup`");
    let _ = silero();
    let other = store
        .file("mt-starter", "model.onnx")
        .expect("shipped with the repository");
    assert!(matches!(SileroVad::load(other), Err(AudioError::Vad(_))));
    assert!(SileroVad::load("/nowhere/silero.onnx").is_err());
    // The trait is what the segmenter uses.
    let mut vad: Box<dyn VoiceActivity + Send> = Box::new(silero());
    assert!(vad.probability(&[0.0; FRAME]).unwrap() < 0.3);
}
