//! The pipe with scripted engines: order, fairness, admission, failures.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tolkebot_asr::Word;
use tolkebot_audio::{AudioError, FRAME, VoiceActivity};
use tolkebot_interpreter::{
    ConversationHandle, Effort, Engines, Heard, Interpreter, InterpreterConfig, InterpreterError,
    PipeEvent, Recognise, Rendered, Speak, Stage, Translate,
};
use tolkebot_protocol::{Lang, Speaker, TranslationWarning};

/// Speech is whatever is loud.
struct Loudness;

fn peak(sound: &[f32]) -> f32 {
    sound.iter().fold(0.0f32, |peak, s| peak.max(s.abs()))
}

impl VoiceActivity for Loudness {
    fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError> {
        Ok(if peak(frame) > 0.05 { 0.99 } else { 0.01 })
    }

    fn reset(&mut self) {}
}

/// "Recognises" the loudness of the sound, so that results can be told apart.
struct Hears {
    /// Waits for a token before each settled recognition, if given.
    gate: Option<Arc<Mutex<Receiver<()>>>>,
}

impl Recognise for Hears {
    fn recognise(
        &mut self,
        lang: Lang,
        sound: &[f32],
        effort: Effort,
        context: Option<&str>,
    ) -> Result<Heard, String> {
        if effort == Effort::Settled
            && let Some(gate) = &self.gate
        {
            gate.lock().unwrap().recv().map_err(|e| e.to_string())?;
        }
        match (peak(sound) * 10.0).round() as u32 {
            9 => panic!("scripted"),
            8 => Err("scripted failure".into()),
            7 => Ok(Heard::text("", 0.0)),
            6 => Ok(Heard {
                other_language: true,
                ..Heard::text(format!("{lang} 6"), 0.9)
            }),
            1 => Ok(Heard::text(
                format!("after {}", context.unwrap_or("nothing")),
                0.9,
            )),
            level => Ok(Heard::text(format!("{lang} {level}"), 0.5)),
        }
    }
}

#[derive(Default)]
struct Renders {
    /// Drafts take for ever; told when one begins.
    stubborn: Option<Sender<()>>,
}

impl Translate for Renders {
    fn translate(&mut self, text: &str, from: Lang) -> Result<Rendered, String> {
        if text.contains("untranslatable") {
            return Err("scripted failure".into());
        }
        let text = format!("{text} in {}", from.other());
        Ok(Rendered {
            text,
            confidence: 0.5,
            warnings: vec![],
            verified: false,
        })
    }

    fn draft(
        &mut self,
        text: &str,
        from: Lang,
        held: &str,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Option<String>, String> {
        if let Some(begun) = &self.stubborn {
            let _ = begun.send(());
            while go_on() {
                std::thread::yield_now();
            }
            return Ok(None);
        }
        let words: Vec<String> = text
            .split(' ')
            .map(|word| format!("{word}-{}", from.other()))
            .collect();
        let draft = words.join(" ");
        assert!(
            draft.starts_with(held),
            "`{draft}` does not begin with `{held}`"
        );
        Ok(Some(draft))
    }
}

struct Says;

impl Speak for Says {
    fn sample_rate(&self, _: Lang) -> u32 {
        24_000
    }

    fn speak(
        &mut self,
        _: &str,
        _: Lang,
        sink: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
    ) -> Result<(), String> {
        let _ = sink(&[0.1; 10]).is_continue() && sink(&[0.2; 10]).is_continue();
        Ok(())
    }
}

fn interpreter(gate: Option<Receiver<()>>, config: InterpreterConfig) -> Interpreter {
    let gate = gate.map(|gate| Arc::new(Mutex::new(gate)));
    let engines = Engines {
        voice_activity: Box::new(|| Ok(Box::new(Loudness))),
        recognise: vec![Box::new(Hears { gate })],
        translate: vec![Box::new(Renders::default())],
        speak: vec![Box::new(Says)],
    };
    Interpreter::with_engines(engines, config).unwrap()
}

/// Writes one word for each 300 ms of sound; the last word of every hypothesis, and the first one
/// of the last hypothesis, are others than the rest would say.
struct Wavers;

impl Recognise for Wavers {
    fn recognise(
        &mut self,
        _: Lang,
        sound: &[f32],
        effort: Effort,
        _: Option<&str>,
    ) -> Result<Heard, String> {
        let count = (sound.len() / 4800).max(1) as u64;
        let words: Vec<Word> = (0..count)
            .map(|at| Word {
                text: match (at, effort) {
                    (0, Effort::Settled) => "changed".to_owned(),
                    _ if at + 1 == count && effort == Effort::Partial => format!("half{at}"),
                    _ => format!("word{at}"),
                },
                start_ms: at * 300,
                end_ms: (at + 1) * 300,
                confidence: 0.9,
            })
            .collect();
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Ok(Heard {
            text: texts.join(" "),
            confidence: 0.8,
            words,
            other_language: false,
        })
    }
}

#[tokio::test]
async fn words_settled_while_somebody_speaks_never_change() {
    let (seen, _talk) = three_seconds_of_words(Renders::default(), false).await;
    let mut kept = String::new();
    let mut settled = None;
    for event in seen {
        match event {
            PipeEvent::Partial {
                text,
                settled_chars,
                ..
            } if settled.is_none() => {
                assert!(text.starts_with(&kept), "`{kept}` became `{text}`");
                kept = text.chars().take(settled_chars as usize).collect();
            }
            PipeEvent::Settled(all) => settled = Some(all),
            _ => {}
        }
    }
    let settled = settled.expect("the speech is settled");
    assert!(
        kept.starts_with("word0 word1"),
        "nothing was settled: {kept}"
    );
    assert!(
        settled.text.starts_with(&kept),
        "`{kept}` became `{}`",
        settled.text
    );
    assert!(settled.text.ends_with("word9"), "{}", settled.text);
}

/// A pipe whose recogniser writes ten words for three seconds, and the sound fed in.
async fn three_seconds_of_words(
    renders: Renders,
    simultaneous: bool,
) -> (Vec<PipeEvent>, impl ConversationHandle) {
    let engines = Engines {
        voice_activity: Box::new(|| Ok(Box::new(Loudness))),
        recognise: vec![Box::new(Wavers)],
        translate: vec![Box::new(renders)],
        speak: vec![Box::new(Says)],
    };
    let config = InterpreterConfig {
        partial_every_ms: 300,
        settle_guard_ms: 0,
        simultaneous,
        ..Default::default()
    };
    let interpreter = Interpreter::with_engines(engines, config).unwrap();
    let (talk, mut events) = interpreter.open().unwrap();
    for _ in 0..30 {
        talk.push(Speaker::Citizen, &[0.5; 1600]).unwrap();
        // The recogniser reads while the sound comes in, as with a real microphone.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    talk.push(Speaker::Citizen, &[0.0; 16_000]).unwrap();
    talk.end_speech(Speaker::Citizen);
    let mut seen = Vec::new();
    loop {
        let event = next(&mut events).await;
        seen.push(event);
        if matches!(seen.last(), Some(PipeEvent::Drained { .. })) {
            return (seen, talk);
        }
    }
}

#[tokio::test]
async fn a_translation_is_read_while_somebody_still_speaks() {
    let (seen, _talk) = three_seconds_of_words(Renders::default(), true).await;
    let settled = seen.iter().position(|e| matches!(e, PipeEvent::Settled(_)));
    let mut shown = String::new();
    for (at, event) in seen.iter().enumerate() {
        if let PipeEvent::Draft { text, lang, .. } = event {
            assert_eq!(*lang, Lang::Da);
            assert!(text.starts_with(&shown), "`{shown}` became `{text}`");
            assert!(Some(at) < settled, "a draft came after the settled words");
            shown.clone_from(text);
        }
    }
    assert!(shown.starts_with("word0-da word1-da"), "no draft: {shown}");
}

#[tokio::test]
async fn drafts_can_be_switched_off() {
    let (seen, _talk) = three_seconds_of_words(Renders::default(), false).await;
    let draft = |e: &PipeEvent| matches!(e, PipeEvent::Draft { .. });
    assert!(!seen.iter().any(draft));
}

#[tokio::test]
async fn a_draft_gives_way_to_what_is_kept() {
    let (begun, begins) = channel();
    let renders = Renders {
        stubborn: Some(begun),
    };
    let (seen, _talk) = three_seconds_of_words(renders, true).await;
    assert!(begins.try_recv().is_ok(), "no draft was begun");
    let translated = |e: &PipeEvent| matches!(e, PipeEvent::Translated { .. });
    assert!(seen.iter().any(translated));
}

/// Says one second of sound at a level of 0 to 9 tenths, then a second of silence.
fn say(to: &dyn ConversationHandle, speaker: Speaker, level: u32) {
    let mut sound = vec![level as f32 / 10.0; 16_000];
    sound.extend(vec![0.0; 16_000]);
    for frame in sound.chunks(1600) {
        to.push(speaker, frame).unwrap();
    }
}

async fn next(events: &mut mpsc::Receiver<PipeEvent>) -> PipeEvent {
    tokio::time::timeout(Duration::from_secs(20), events.recv())
        .await
        .expect("the pipe is stuck")
        .expect("the pipe ended")
}

async fn until_drained(events: &mut mpsc::Receiver<PipeEvent>, speaker: Speaker) -> Vec<PipeEvent> {
    let mut all = Vec::new();
    loop {
        let event = next(events).await;
        let last = event == PipeEvent::Drained { speaker };
        all.push(event);
        if last {
            return all;
        }
    }
}

fn settled(events: &[PipeEvent]) -> Vec<(u32, String)> {
    let text = |e: &PipeEvent| match e {
        PipeEvent::Settled(s) => Some((s.number, s.text.clone())),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}

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
