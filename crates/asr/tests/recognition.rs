//! The recogniser with the real starter model.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::f32::consts::TAU;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use tolkebot_asr::{
    AsrConfig, AsrError, DecodeOptions, Expected, Nothing, Recogniser, RecogniserSession,
};
use tolkebot_models::{Manifest, Store};
use tolkebot_protocol::Lang;
use tolkebot_values::address::Gazetteer;
use tolkebot_values::{WordGroup, likely_words};

const RATE: usize = 16_000;

static RECOGNISER: LazyLock<Recogniser> = LazyLock::new(|| {
    let store = Store::locate().expect("no model store");
    let manifest = Manifest::embedded().unwrap();
    let id = &manifest.profile("starter").unwrap().asr.da;
    let model = store.main_file(id).expect("run `cargo xtask setup`");
    Recogniser::load(model, &AsrConfig::default()).unwrap()
});

fn session(lang: Lang) -> RecogniserSession {
    RECOGNISER.session(lang).unwrap()
}

/// Numbers in [-1, 1) from a fixed seed.
fn noise(seconds: usize) -> Vec<f32> {
    let mut state = 0x2545_f491u32;
    (0..seconds * RATE)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state as f32 / u32::MAX as f32) * 2.0 - 1.0
        })
        .collect()
}

fn shaped(sound: &[f32], level: impl Fn(f32) -> f32) -> Vec<f32> {
    sound
        .iter()
        .enumerate()
        .map(|(i, s)| s * level(i as f32 / RATE as f32))
        .collect()
}

#[test]
fn silence_and_noise_give_no_text() {
    let hiss = noise(3);
    let tone: Vec<f32> = (0..3 * RATE)
        .map(|i| (TAU * 880.0 * i as f32 / RATE as f32).sin())
        .collect();
    let sounds = [
        ("silence", vec![0.0; 3 * RATE]),
        ("hiss", shaped(&hiss, |_| 0.05)),
        ("rising hiss", shaped(&hiss, |t| 0.03 * t)),
        (
            "breath",
            shaped(&hiss, |t| 0.1 * (TAU * 0.7 * t).sin().max(0.0).powi(2)),
        ),
        (
            "beeps",
            shaped(&tone, |t| {
                if (TAU * 1.2 * t).sin() > 0.6 {
                    0.3
                } else {
                    0.0
                }
            }),
        ),
        (
            "thud",
            shaped(
                &hiss,
                |t| if (1.0..1.15).contains(&t) { 0.4 } else { 0.001 },
            ),
        ),
    ];
    for lang in [Lang::Da, Lang::Uk] {
        let mut session = session(lang);
        for (name, sound) in &sounds {
            for options in [DecodeOptions::partial(), DecodeOptions::settled()] {
                let found = session.transcribe(sound, &options).unwrap();
                assert_eq!(found.text, "", "{lang} {name}");
                assert!(
                    found.nothing.is_some() && found.words.is_empty(),
                    "{lang} {name}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_sound_is_refused_and_the_session_goes_on() {
    let mut session = session(Lang::Da);
    let options = DecodeOptions::partial();
    let error = session.transcribe(&[f32::NAN; RATE], &options).unwrap_err();
    assert!(
        matches!(error, AsrError::Sample { index: 0, .. }),
        "{error}"
    );
    let error = session
        .transcribe(&vec![0.0; 601 * RATE], &options)
        .unwrap_err();
    assert!(matches!(error, AsrError::TooLong { .. }), "{error}");
    let none = DecodeOptions {
        beams: 0,
        ..DecodeOptions::partial()
    };
    assert!(matches!(
        session.transcribe(&[0.0; RATE], &none),
        Err(AsrError::Option { .. })
    ));
    for sound in [&[][..], &[0.1; 1_599]] {
        let found = session.transcribe(sound, &options).unwrap();
        assert_eq!(found.nothing, Some(Nothing::TooShort));
    }
}

#[test]
fn a_call_can_be_cancelled() {
    let cancel = Arc::new(AtomicBool::new(true));
    let sound = shaped(&noise(2), |t| 0.2 * (TAU * 3.0 * t).sin().abs());
    let mut session = session(Lang::Da);
    let options = DecodeOptions::partial().with_cancel(cancel);
    assert!(matches!(
        session.transcribe(&sound, &options),
        Err(AsrError::Cancelled)
    ));
    session
        .transcribe(&sound, &DecodeOptions::partial())
        .unwrap();
}

/// Alignment would abort the process for sound that does not fit its window.
#[test]
fn no_length_ends_the_process() {
    let mut session = session(Lang::Uk);
    let sound = shaped(&noise(31), |t| 0.2 * (TAU * 3.0 * t).sin().abs());
    for samples in [
        1_600,
        1_601,
        2_560,
        5_119,
        5_120,
        8_001,
        16_000 * 28 + 12_000,
        16_000 * 31,
    ] {
        session
            .transcribe(&sound[..samples], &DecodeOptions::partial())
            .unwrap();
    }
}

#[test]
fn a_file_that_is_no_model_is_refused_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ggml.bin");
    std::fs::write(
        &path,
        b"<html>not a model</html> and some more bytes to fill the header",
    )
    .unwrap();
    let error = Recogniser::load(&path, &AsrConfig::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains("models pull"), "{error}");
}

/// A turn of a recorded conversation, as the recogniser hears it.
fn turn(lang: Lang, number: u32, options: &DecodeOptions) -> String {
    let file = format!(
        "{}/../../fixtures/conversations/family-within-aarhus/turn-{number:02}.wav",
        env!("CARGO_MANIFEST_DIR")
    );
    let sound = tolkebot_audio::read_wav(file).unwrap();
    session(lang).transcribe(&sound, options).unwrap().text
}

#[test]
fn the_language_decides_where_the_sound_leaves_two_texts_open() {
    let alone = DecodeOptions {
        second_thoughts: 0,
        ..DecodeOptions::settled()
    };
    for (lang, number, said) in [
        (Lang::Da, 17, "Langelandsgade"),
        (Lang::Uk, 2, "Добрий день"),
        (Lang::Uk, 14, "поштовий індекс"),
    ] {
        let heard = turn(lang, number, &DecodeOptions::settled());
        assert!(heard.contains(said), "{said}: {heard}");
        let heard = turn(lang, number, &alone);
        assert!(
            !heard.contains(said),
            "no second opinion is needed: {heard}"
        );
    }
    // A row of numbers stays as it was heard.
    let (with, without) = (
        turn(Lang::Da, 27, &DecodeOptions::settled()),
        turn(Lang::Da, 27, &alone),
    );
    for row in ["Syvogtyve, nul seks, nitten", "enoghalvtreds, femogtredive"] {
        assert!(with.contains(row) && without.contains(row), "{with}");
    }
}

#[test]
fn nothing_is_thought_over_that_has_settled() {
    let all_settled = DecodeOptions {
        settled_until_ms: 60_000,
        ..DecodeOptions::settled()
    };
    let alone = DecodeOptions {
        second_thoughts: 0,
        ..DecodeOptions::settled()
    };
    for (lang, number) in [(Lang::Da, 17), (Lang::Uk, 2)] {
        let heard = turn(lang, number, &all_settled);
        assert_eq!(heard, turn(lang, number, &alone));
        assert_ne!(heard, turn(lang, number, &DecodeOptions::settled()));
    }
}

/// Everything that may be asked for, in one list.
fn all_lists(lang: Lang) -> Arc<Expected> {
    let groups = [
        WordGroup::Names,
        WordGroup::Streets,
        WordGroup::Places,
        WordGroup::Months,
        WordGroup::Letters,
    ];
    let likely = likely_words(&groups, lang, &Gazetteer::shipped());
    Arc::new(Expected::of(likely.words, likely.stems))
}

#[test]
fn words_that_were_asked_for_are_heard() {
    // The Danish town is heard without its list, too, because its postal code was: the list must not
    // stand in the way of that.
    for (lang, number, group, said, is_needed) in [
        (Lang::Da, 9, WordGroup::Places, "Brabrand", false),
        (Lang::Uk, 4, WordGroup::Names, "Мельник", true),
    ] {
        let heard = turn(lang, number, &DecodeOptions::settled());
        assert_ne!(heard.contains(said), is_needed, "{said}: {heard}");
        let likely = likely_words(&[group], lang, &Gazetteer::shipped());
        let told = DecodeOptions {
            expected: Some(Arc::new(Expected::of(likely.words, likely.stems))),
            ..DecodeOptions::settled()
        };
        let heard = turn(lang, number, &told);
        assert!(heard.contains(said), "{said}: {heard}");
        // Where nothing is looked at twice, no list counts.
        let alone = DecodeOptions {
            second_thoughts: 0,
            ..told
        };
        assert!(!turn(lang, number, &alone).contains(said));
    }
}

/// By sound and letters alone the town of this code is no word at all.
#[test]
fn the_town_of_a_postal_code_is_written_without_any_list() {
    let heard = turn(Lang::Da, 9, &DecodeOptions::settled());
    let end = "otte tusind to hundrede og tyve Brabrand";
    assert!(heard.contains(end), "{heard}");
    let alone = DecodeOptions {
        second_thoughts: 0,
        ..DecodeOptions::settled()
    };
    let heard = turn(Lang::Da, 9, &alone);
    assert!(!heard.contains("Brabrand"), "{heard}");
}

/// By sound and letters alone this is heard as "tolv, seksogfører".
#[test]
fn a_number_that_was_missed_in_a_row_of_numbers_is_written() {
    let heard = turn(Lang::Da, 5, &DecodeOptions::settled());
    assert!(heard.contains("tolv, seksogfyrre"), "{heard}");
    let alone = DecodeOptions {
        second_thoughts: 0,
        ..DecodeOptions::settled()
    };
    let heard = turn(Lang::Da, 5, &alone);
    assert!(heard.contains("seksogfører"), "{heard}");
}

/// The longest lists there are do not put in a word that nobody said.
#[test]
fn no_list_puts_words_in_that_nobody_said() {
    for (lang, numbers) in [
        (Lang::Da, [3, 5, 7, 15, 19, 27, 29, 33]),
        (Lang::Uk, [2, 6, 10, 16, 18, 22, 30, 32]),
    ] {
        let lists = all_lists(lang);
        let told = DecodeOptions {
            expected: Some(Arc::clone(&lists)),
            ..DecodeOptions::settled()
        };
        for number in numbers {
            let words = |text: &str| -> Vec<String> {
                text.split(|c: char| !c.is_alphanumeric())
                    .map(str::to_lowercase)
                    .filter(|word| lists.holds(word))
                    .collect()
            };
            let alone = turn(lang, number, &DecodeOptions::settled());
            let heard = turn(lang, number, &told);
            assert_eq!(words(&heard), words(&alone), "{alone} | {heard}");
        }
    }
}

/// What was said before must never cost what is said now: a long prompt is cut from its front, odd characters are left out.
#[test]
fn a_prompt_of_any_length_fails_nothing() {
    let mut session = session(Lang::Da);
    let sound = shaped(&noise(2), |t| 0.2 * (TAU * 3.0 * t).sin().abs());
    for prompt in [
        "ord ".repeat(3_000),
        "x".repeat(3_000),
        "გამარჯობა ".repeat(60),
        "a\0b".to_owned(),
        "\0".to_owned(),
    ] {
        let long = !session.has_room_for(&prompt);
        let options = DecodeOptions::partial().with_prompt(prompt.as_str());
        let heard = session.transcribe(&sound, &options);
        assert!(heard.is_ok(), "{long} {:?}", heard.err());
    }
    assert!(session.has_room_for("Flytteanmeldelse, Aarhus"));
    assert!(!session.has_room_for(&"ord ".repeat(3_000)));
}
