//! The pipe with scripted engines: order, fairness, admission, failures.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use common::{interpreter, next, say, settled, until_drained};
use tolkebot_interpreter::{
    ConversationHandle, Expected, InterpreterConfig, InterpreterError, PipeEvent, Stage,
};
use tolkebot_protocol::{Lang, Speaker, TranslationWarning};

#[tokio::test(flavor = "multi_thread")]
async fn speech_is_settled_translated_and_spoken_in_order() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    say(&talk, Speaker::Citizen, 3);
    say(&talk, Speaker::Citizen, 4);
    talk.end_speech(Speaker::Citizen);
    let events = until_drained(&mut events, Speaker::Citizen).await;
    assert_eq!(settled(&events), [(1, "uk 3".into()), (2, "uk 4".into())]);
    let translated: Vec<_> = events
        .iter()
        .filter_map(|e| match e {
            PipeEvent::Translated {
                number, lang, text, ..
            } => Some((*number, *lang, &text[..])),
            _ => None,
        })
        .collect();
    assert_eq!(
        translated,
        [(1, Lang::Da, "uk 3 in da"), (2, Lang::Da, "uk 4 in da")]
    );
    let pieces: Vec<_> = events
        .iter()
        .filter_map(|e| match e {
            PipeEvent::Speech {
                number,
                piece,
                last,
                samples,
                ..
            } => Some((*number, *piece, *last, samples.len())),
            _ => None,
        })
        .collect();
    let one = |n| [(n, 0, false, 10), (n, 1, false, 10), (n, 2, true, 0)];
    assert_eq!(pieces, [one(1), one(2)].concat());
}

/// Whoever may keep sound gets that of each settled stretch as it was recognised, and what is printed
/// of it does not show it.
#[tokio::test(flavor = "multi_thread")]
async fn settled_words_come_with_their_sound() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    say(&talk, Speaker::Citizen, 3);
    talk.end_speech(Speaker::Citizen);
    let events = until_drained(&mut events, Speaker::Citizen).await;
    let settled = events.iter().find_map(|e| match e {
        PipeEvent::Settled(settled) => Some(settled),
        _ => None,
    });
    let settled = settled.unwrap();
    let samples = settled.sound.samples();
    let ms = samples.len() as u64 / 16;
    assert!(ms.abs_diff(settled.end_ms - settled.start_ms) <= 1, "{ms}");
    let loud = samples.iter().filter(|s| **s == 0.3).count();
    assert_eq!(loud, 16_000, "all that was said");
    assert_eq!(
        format!("{:?}", settled.sound),
        format!("HeardSound({} samples)", samples.len())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_than_the_channels_is_marked_and_hardly_believed() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    say(&talk, Speaker::Citizen, 6);
    say(&talk, Speaker::Citizen, 3);
    talk.end_speech(Speaker::Citizen);
    let events = until_drained(&mut events, Speaker::Citizen).await;
    let marked: Vec<_> = events
        .iter()
        .filter_map(|e| match e {
            PipeEvent::Translated { warnings, .. } => Some(&warnings[..]),
            _ => None,
        })
        .collect();
    assert_eq!(marked, [&[TranslationWarning::WrongLanguage][..], &[]]);
    let believed: Vec<_> = events
        .iter()
        .filter_map(|e| match e {
            PipeEvent::Settled(settled) => Some(settled.confidence < 0.4),
            _ => None,
        })
        .collect();
    assert_eq!(believed, [true, false]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recogniser_is_told_what_was_said_last_in_its_own_conversation() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (other, mut others) = pipe.open().unwrap();
    other.translate_typed(Speaker::Citizen, "чуже".into());
    let translated = |e: &PipeEvent| matches!(e, PipeEvent::Translated { .. });
    while !translated(&next(&mut others).await) {}

    let (talk, mut events) = pipe.open().unwrap();
    let mut heard = Vec::new();
    for (speaker, level) in [
        (Speaker::Citizen, 1),
        (Speaker::Citizen, 3),
        (Speaker::Staff, 1),
        (Speaker::Staff, 6),
        (Speaker::Staff, 1),
        (Speaker::Staff, 6),
        (Speaker::Citizen, 1),
    ] {
        say(&talk, speaker, level);
        talk.end_speech(speaker);
        let events = until_drained(&mut events, speaker).await;
        heard.extend(settled(&events).into_iter().map(|(_, text)| text));
    }
    // What sounded like another language is no context.
    let first = "after uk 3 in da";
    let second = "after after uk 3 in da";
    let third = format!("after {second} in uk");
    assert_eq!(
        heard,
        [
            "after nothing",
            "uk 3",
            first,
            "da 6",
            second,
            "da 6",
            &third
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recogniser_is_told_which_words_were_asked_for() {
    let streets = || {
        Some(Arc::new(Expected::of(
            ["ryesgade", "nygade"].map(str::to_owned),
            [],
        )))
    };
    let mut heard = Vec::new();
    for expected_words in [true, false] {
        let config = InterpreterConfig {
            expected_words,
            context: false,
            ..InterpreterConfig::default()
        };
        let pipe = interpreter(None, config);
        let (talk, mut events) = pipe.open().unwrap();
        for words in [None, streets(), None] {
            talk.expect(Lang::Da, words);
            // What is expected in one language is not expected in the other.
            for speaker in [Speaker::Staff, Speaker::Citizen] {
                say(&talk, speaker, 1);
                talk.end_speech(speaker);
                let events = until_drained(&mut events, speaker).await;
                heard.extend(settled(&events).into_iter().map(|(_, text)| text));
            }
        }
    }
    let nothing = "after nothing";
    let streets = "after nothing, 2 expected";
    assert_eq!(
        heard,
        [
            nothing, nothing, streets, nothing, nothing, nothing, // told
            nothing, nothing, nothing, nothing, nothing, nothing, // switched off
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn context_can_be_switched_off() {
    let config = InterpreterConfig {
        context: false,
        ..InterpreterConfig::default()
    };
    let pipe = interpreter(None, config);
    let (talk, mut events) = pipe.open().unwrap();
    for level in [3, 1] {
        say(&talk, Speaker::Staff, level);
        talk.end_speech(Speaker::Staff);
        let events = until_drained(&mut events, Speaker::Staff).await;
        let text = &settled(&events)[0].1;
        assert!(text == "da 3" || text == "after nothing", "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_where_nothing_was_said_drains_too() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    talk.end_speech(Speaker::Staff);
    assert_eq!(
        settled(&until_drained(&mut events, Speaker::Staff).await),
        []
    );
    say(&talk, Speaker::Staff, 7);
    talk.end_speech(Speaker::Staff);
    let events = until_drained(&mut events, Speaker::Staff).await;
    assert_eq!(settled(&events), []);
    let cleared = |e: &PipeEvent| matches!(e, PipeEvent::Partial { text, .. } if text.is_empty());
    assert!(events.iter().any(cleared), "{events:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_engine_costs_one_utterance() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    for level in [8, 9, 5] {
        say(&talk, Speaker::Staff, level);
    }
    talk.end_speech(Speaker::Staff);
    let events = until_drained(&mut events, Speaker::Staff).await;
    assert_eq!(settled(&events), [(1, "da 5".into())]);
    let failed = |e: &&PipeEvent| {
        matches!(
            e,
            PipeEvent::Failed {
                stage: Stage::Recognise,
                ..
            }
        )
    };
    assert_eq!(events.iter().filter(failed).count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_text_is_numbered_with_the_speech_and_a_failed_translation_keeps_the_original() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    talk.number_from(7);
    assert_eq!(
        talk.translate_typed(Speaker::Citizen, "untranslatable".into()),
        7
    );
    talk.end_speech(Speaker::Citizen);
    let events = until_drained(&mut events, Speaker::Citizen).await;
    let original = |e: &PipeEvent| {
        matches!(e, PipeEvent::Translated { number: 7, text, warnings, .. }
            if text == "untranslatable" && warnings.len() == 1)
    };
    assert!(events.iter().any(original), "{events:?}");
    assert!(!events.iter().any(|e| matches!(e, PipeEvent::Speech { .. })));
}

/// Nothing is made of it by a machine; it comes out in its turn all the same.
#[tokio::test(flavor = "multi_thread")]
async fn typed_text_whose_translation_is_known_is_shown_and_spoken_with_that() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    talk.translate_typed(Speaker::Staff, "Hej".into());
    let number = talk.type_translated(Speaker::Staff, "untranslatable".into(), "Питання?".into());
    talk.end_speech(Speaker::Staff);
    let events = until_drained(&mut events, Speaker::Staff).await;
    let translated: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            PipeEvent::Translated {
                number,
                lang,
                text,
                confidence,
                warnings,
                verified,
                ..
            } => Some((
                *number,
                *lang,
                &text[..],
                *confidence,
                warnings.len(),
                *verified,
            )),
            _ => None,
        })
        .collect();
    assert_eq!(translated.len(), 2);
    assert!(!translated[0].5);
    assert_eq!(translated[1], (number, Lang::Uk, "Питання?", 1.0, 0, true));
    let spoken = |event: &PipeEvent| matches!(event, PipeEvent::Speech { number: of, lang: Lang::Uk, last: true, .. } if *of == number);
    assert!(events.iter().any(spoken));
}

/// Long texts are spoken in parts; whoever listens hears one utterance, its pieces numbered on and one of them the last.
#[tokio::test(flavor = "multi_thread")]
async fn the_parts_of_a_long_text_are_one_utterance() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    let sentence =
        "Så står der på formularen, at du flytter til Vestergade 14 i Aarhus den 3. august. ";
    let number = talk.say(Speaker::Citizen, sentence.repeat(4));
    talk.end_speech(Speaker::Staff);
    let events = until_drained(&mut events, Speaker::Staff).await;
    let pieces: Vec<(u32, bool)> = events
        .iter()
        .filter_map(|event| match event {
            PipeEvent::Speech {
                number: of,
                piece,
                last,
                ..
            } if *of == number => Some((*piece, *last)),
            _ => None,
        })
        .collect();
    // Two parts of two pieces each, as the engine here speaks, and the end.
    let whole: Vec<(u32, bool)> = (0..5).map(|n| (n, n == 4)).collect();
    assert_eq!(pieces, whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_machine_says_so_and_recovers() {
    let config = InterpreterConfig {
        max_conversations: 1,
        ..Default::default()
    };
    let pipe = interpreter(None, config);
    let (first, _events) = pipe.open().unwrap();
    let refused = pipe.open().err().unwrap();
    assert!(matches!(
        refused,
        InterpreterError::Busy { open: 1, limit: 1 }
    ));
    first.close();
    assert!(first.push(Speaker::Staff, &[0.0; 160]).is_err());
    pipe.open().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_in_bulk_is_refused_while_what_was_taken_is_kept() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    say(&talk, Speaker::Staff, 5);
    let hour = vec![0.0; 16_000 * 3600];
    assert!(matches!(
        talk.push(Speaker::Staff, &hour),
        Err(InterpreterError::TooFast)
    ));
    talk.end_speech(Speaker::Staff);
    assert_eq!(
        settled(&until_drained(&mut events, Speaker::Staff).await).len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn long_speech_of_one_does_not_hold_up_another() {
    let (open, gate) = channel();
    let config = InterpreterConfig {
        max_conversations: 2,
        ..Default::default()
    };
    let pipe = interpreter(Some(gate), config);
    let (one, mut one_events) = pipe.open().unwrap();
    let (two, mut two_events) = pipe.open().unwrap();
    for level in [1, 2, 3, 4] {
        say(&one, Speaker::Staff, level);
    }
    one.end_speech(Speaker::Staff);
    // The second conversation speaks while four stretches of the first one wait.
    say(&two, Speaker::Staff, 5);
    two.end_speech(Speaker::Staff);
    let tokens = |open: &Sender<()>, n: usize| (0..n).for_each(|_| open.send(()).unwrap());
    tokio::time::sleep(Duration::from_millis(300)).await;
    tokens(&open, 2);
    // Two recognitions are enough: the one in progress, and the other conversation's turn.
    assert_eq!(
        settled(&until_drained(&mut two_events, Speaker::Staff).await).len(),
        1
    );
    tokens(&open, 3);
    assert_eq!(
        settled(&until_drained(&mut one_events, Speaker::Staff).await).len(),
        4
    );
}
