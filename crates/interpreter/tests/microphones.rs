//! Two microphones on one counter, microphones that cannot be listened to, and what is said while the machine
//! reads out or is behind.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};

use common::{
    Hears, Loudness, Renders, Says, interpreter, next, peak, say, settled, until_drained,
};
use tolkebot_audio::{AudioError, FRAME, VoiceActivity};
use tolkebot_interpreter::{
    ConversationHandle, Engines, Interpreter, InterpreterConfig, PipeEvent, Speak, Stage,
};
use tolkebot_protocol::{Lang, Speaker, TranslationWarning};

/// Both speak for a second, at these levels in tenths; then there is silence.
async fn at_once(talk: &dyn ConversationHandle, staff: f32, citizen: f32) {
    for frame in 0..20 {
        let level = |level: f32| if frame < 10 { level / 10.0 } else { 0.0 };
        talk.push(Speaker::Staff, &[level(staff); 1600]).unwrap();
        talk.push(Speaker::Citizen, &[level(citizen); 1600])
            .unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

async fn both_drained(
    talk: &dyn ConversationHandle,
    events: &mut tokio::sync::mpsc::Receiver<PipeEvent>,
) -> Vec<PipeEvent> {
    talk.end_speech(Speaker::Staff);
    talk.end_speech(Speaker::Citizen);
    let (mut all, mut drained) = (Vec::new(), 0);
    while drained < 2 {
        let event = next(events).await;
        drained += usize::from(matches!(event, PipeEvent::Drained { .. }));
        all.push(event);
    }
    all
}

fn spoken(events: &[PipeEvent]) -> Vec<u32> {
    let number = |event: &PipeEvent| match event {
        PipeEvent::Speech {
            number, last: true, ..
        } => Some(*number),
        _ => None,
    };
    events.iter().filter_map(number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_person_is_written_down_once_though_both_microphones_hear() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    // The citizen speaks; the employee's microphone hears it, in the citizen's language.
    at_once(&talk, 2.0, 5.0).await;
    let events = both_drained(&talk, &mut events).await;
    assert_eq!(settled(&events), [(1, "uk 5".into())]);
    // The employee's screen does not keep what it may have shown of it.
    let last = events.iter().rev().find_map(|event| match event {
        PipeEvent::Partial {
            speaker: Speaker::Staff,
            text,
            ..
        } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(last, Some(""));
}

/// The tablet has sound and lets it wait: only the tablet knows when it is to be heard.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_other_microphone_overhears_is_left_out_while_the_device_says_that_it_speaks() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    let mut written = 0;
    for (speaks, level, is_written) in [
        (false, 2, true),
        (true, 2, false),
        // What the employee says meanwhile stays.
        (true, 5, true),
        (false, 2, true),
    ] {
        talk.speaks(Speaker::Citizen, speaks);
        if !speaks && written > 0 {
            // What was played last dies away.
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        // In the citizen's language, or the employee's.
        say(&talk, Speaker::Staff, level);
        talk.end_speech(Speaker::Staff);
        let events = until_drained(&mut events, Speaker::Staff).await;
        written += u32::from(is_written);
        let text = (written, format!("da {level}"));
        let wanted = if is_written { vec![text] } else { vec![] };
        assert_eq!(settled(&events), wanted, "{speaks} {level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_may_speak_at_once_in_their_own_languages() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    at_once(&talk, 3.0, 5.0).await;
    let events = both_drained(&talk, &mut events).await;
    let mut texts: Vec<String> = settled(&events).into_iter().map(|(_, text)| text).collect();
    texts.sort();
    assert_eq!(texts, ["da 3", "uk 5"]);
    assert_eq!(spoken(&events).len(), 2);
}

/// Nobody needs a voice for the own language, and the translation of such words is made of nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_listeners_own_language_is_written_down_and_not_spoken() {
    let pipe = interpreter(None, InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    say(&talk, Speaker::Staff, 2);
    say(&talk, Speaker::Staff, 5);
    talk.end_speech(Speaker::Staff);
    let events = until_drained(&mut events, Speaker::Staff).await;
    assert_eq!(settled(&events), [(1, "da 2".into()), (2, "da 5".into())]);
    let marked = events.iter().any(|event| {
        matches!(event, PipeEvent::Translated { number: 1, warnings, .. }
            if *warnings == [TranslationWarning::WrongLanguage])
    });
    assert!(marked);
    assert_eq!(spoken(&events), [2]);
}

/// A detector that fails on some loudness, and panics on another.
struct Fails;

impl VoiceActivity for Fails {
    fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError> {
        match (peak(frame) * 10.0).round() as u32 {
            7 => Err(AudioError::Device("scripted".into())),
            9 => panic!("scripted"),
            _ => Loudness.probability(frame),
        }
    }

    fn reset(&mut self) {}
}

fn engines() -> Engines {
    Engines {
        voice_activity: Box::new(|| Ok(Box::new(Fails))),
        recognise: vec![Box::new(Hears { gate: None })],
        translate: vec![Box::new(Renders::default())],
        speak: vec![Box::new(Says)],
    }
}

/// A detector that panics at the end of speech.
struct Ends;

impl VoiceActivity for Ends {
    fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError> {
        Loudness.probability(frame)
    }

    fn reset(&mut self) {
        panic!("scripted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detector_that_panics_at_the_end_of_speech_is_nobody_elses_trouble() {
    let config = InterpreterConfig {
        max_conversations: 2,
        ..Default::default()
    };
    let engines = Engines {
        voice_activity: Box::new(|| Ok(Box::new(Ends))),
        ..engines()
    };
    let pipe = Interpreter::with_engines(engines, config).unwrap();
    let (talk, mut events) = pipe.open().unwrap();
    let (other, mut other_events) = pipe.open().unwrap();
    for round in 1..=2 {
        // Speech and a pause behind it; then the microphone goes off.
        say(&talk, Speaker::Citizen, 5);
        talk.end_speech(Speaker::Citizen);
        let heard = until_drained(&mut events, Speaker::Citizen).await;
        assert_eq!(settled(&heard), [(round, "uk 5".into())]);
    }
    say(&other, Speaker::Staff, 4);
    other.end_speech(Speaker::Staff);
    let heard = until_drained(&mut other_events, Speaker::Staff).await;
    assert_eq!(settled(&heard), [(1, "da 4".into())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_not_heard_says_so_once_and_disturbs_nobody() {
    for level in [7, 9] {
        let config = InterpreterConfig {
            max_conversations: 2,
            ..Default::default()
        };
        let pipe = Interpreter::with_engines(engines(), config).unwrap();
        let (talk, mut events) = pipe.open().unwrap();
        let (other, mut other_events) = pipe.open().unwrap();
        let trouble = |events: &[PipeEvent]| {
            let failed = |event: &&PipeEvent| {
                matches!(event, PipeEvent::Failed { stage: Stage::Segment, speaker: Speaker::Citizen, message, .. }
                    if message.contains("not heard"))
            };
            events.iter().filter(failed).count()
        };
        // Loud enough to fail: thirty frames, and silence, which does not fail.
        say(&talk, Speaker::Citizen, level);
        say(&talk, Speaker::Citizen, 5);
        talk.end_speech(Speaker::Citizen);
        let heard = until_drained(&mut events, Speaker::Citizen).await;
        assert_eq!(trouble(&heard), 1, "level {level}");
        assert_eq!(settled(&heard), [(1, "uk 5".into())]);
        // It is said again when it happens again.
        say(&talk, Speaker::Citizen, level);
        talk.end_speech(Speaker::Citizen);
        let again = until_drained(&mut events, Speaker::Citizen).await;
        assert_eq!(trouble(&again), 1);
        say(&other, Speaker::Citizen, 4);
        other.end_speech(Speaker::Citizen);
        let others = until_drained(&mut other_events, Speaker::Citizen).await;
        assert_eq!(settled(&others), [(1, "uk 4".into())]);
        assert_eq!(trouble(&others), 0);
    }
}

/// Speaks a text for each token.
struct SpeaksWhenLet {
    gate: Mutex<Receiver<()>>,
}

impl Speak for SpeaksWhenLet {
    fn sample_rate(&self, _: Lang) -> u32 {
        24_000
    }

    fn speak(
        &mut self,
        _: &str,
        _: Lang,
        sink: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
    ) -> Result<(), String> {
        let _ = self.gate.lock().unwrap().recv();
        let _ = sink(&[0.1; 10]);
        Ok(())
    }
}

fn speaks_when_let(gate: Receiver<()>) -> Interpreter {
    let engines = Engines {
        speak: vec![Box::new(SpeaksWhenLet {
            gate: Mutex::new(gate),
        })],
        ..engines()
    };
    Interpreter::with_engines(engines, InterpreterConfig::default()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_heard_between_the_sentences_of_a_read_back() {
    let (open, gate) = channel();
    let pipe = speaks_when_let(gate);
    let (talk, mut events) = pipe.open().unwrap();
    let sentences = ["Один.", "Два.", "Три."];
    let numbers = sentences.map(|text| talk.say(Speaker::Citizen, text.into()));
    let answer = talk.translate_typed(Speaker::Staff, "Ja, rigtigt.".into());
    // Until it is translated, it cannot wait to be spoken.
    let mut before = Vec::new();
    while !before
        .iter()
        .any(|e| matches!(e, PipeEvent::Translated { .. }))
    {
        before.push(next(&mut events).await);
    }
    (0..4).for_each(|_| open.send(()).unwrap());
    talk.end_speech(Speaker::Staff);
    let events = until_drained(&mut events, Speaker::Staff).await;
    let order = spoken(&events);
    assert_eq!(order.len(), 4);
    // The first sentence had perhaps begun already.
    let at = order.iter().position(|number| *number == answer).unwrap();
    assert!(at <= 1, "{order:?}");
    let read: Vec<u32> = order.into_iter().filter(|n| *n != answer).collect();
    assert_eq!(read, numbers);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_back_that_is_not_wanted_any_more_does_not_hold_up_the_next() {
    let (open, gate) = channel();
    let pipe = speaks_when_let(gate);
    let (talk, mut events) = pipe.open().unwrap();
    let sentences = ["Один.", "Два.", "Три."];
    let numbers = sentences.map(|text| talk.say(Speaker::Citizen, text.into()));
    talk.hush(Speaker::Citizen);
    let anew = talk.say(Speaker::Citizen, "Чотири.".into());
    (0..4).for_each(|_| open.send(()).unwrap());
    talk.end_speech(Speaker::Staff);
    // Nobody waits for what is not spoken.
    let events = until_drained(&mut events, Speaker::Staff).await;
    let order = spoken(&events);
    // The first sentence had perhaps begun already.
    assert!(order == [anew] || order == [numbers[0], anew], "{order:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_wait_until_they_are_translated() {
    let (open, gate) = channel();
    let pipe = interpreter(Some(gate), InterpreterConfig::default());
    let (talk, mut events) = pipe.open().unwrap();
    assert!(!talk.words_wait());
    say(&talk, Speaker::Staff, 5);
    talk.end_speech(Speaker::Staff);
    assert!(talk.words_wait(), "what is being recognised");
    open.send(()).unwrap();
    until_drained(&mut events, Speaker::Staff).await;
    assert!(!talk.words_wait());
    // Nothing but noise, a failure, typed text.
    for level in [7, 8] {
        say(&talk, Speaker::Staff, level);
        talk.end_speech(Speaker::Staff);
        open.send(()).unwrap();
        until_drained(&mut events, Speaker::Staff).await;
        assert!(!talk.words_wait(), "level {level}");
    }
    talk.translate_typed(Speaker::Staff, "untranslatable".into());
    talk.end_speech(Speaker::Staff);
    until_drained(&mut events, Speaker::Staff).await;
    assert!(!talk.words_wait());
}
