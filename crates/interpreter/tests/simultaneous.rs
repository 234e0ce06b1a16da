//! What is read while somebody still speaks: settled words and drafts of their translation, with
//! scripted engines.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{Loudness, Renders, Says, next};
use tolkebot_asr::Word;
use tolkebot_interpreter::{
    ConversationHandle, Effort, Engines, Heard, Interpreter, InterpreterConfig, Known, PipeEvent,
    Recognise, SpokenIn,
};
use tolkebot_protocol::{Lang, Speaker};

/// Writes one word for each 300 ms of sound; the last word of every hypothesis, and the first one
/// of the last hypothesis, are others than the rest would say.
#[derive(Default)]
struct Wavers {
    /// Whether it fails at the whole stretch.
    fails: bool,
}

impl Recognise for Wavers {
    fn recognise(
        &mut self,
        _: Lang,
        sound: &[f32],
        effort: Effort,
        _: &Known,
    ) -> Result<Heard, String> {
        if self.fails && effort == Effort::Settled {
            return Err("no more".into());
        }
        let count = (sound.len() / 4800).max(1) as u64;
        let words: Vec<Word> = (0..count)
            .map(|at| Word {
                text: match (at, effort) {
                    (0, Effort::Settled) => "changed".to_owned(),
                    _ if at + 1 == count && effort != Effort::Settled => format!("half{at}"),
                    _ => format!("word{at}"),
                },
                start_ms: at * 300,
                end_ms: (at + 1) * 300,
                confidence: 0.9,
                reconsidered: at == 2,
            })
            .collect();
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Ok(Heard {
            text: texts.join(" "),
            confidence: 0.8,
            words,
            spoken_in: SpokenIn::Channels,
        })
    }
}

fn engines(recognise: impl Recognise + 'static, translate: Renders) -> Engines {
    Engines {
        voice_activity: Box::new(|| Ok(Box::new(Loudness))),
        recognise: vec![Box::new(recognise)],
        translate: vec![Box::new(translate)],
        speak: vec![Box::new(Says)],
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
    // Which words were in doubt is told with their places in the text: that on which the language decided, and that which
    // the whole speech has otherwise.
    let span = settled.reconsidered[..]
        .iter()
        .map(|s| s.start as usize..s.end as usize);
    let words: Vec<&str> = span.map(|range| &settled.text[range]).collect();
    assert_eq!(words, ["word0", "word2"]);
}

#[tokio::test]
async fn words_that_were_settled_stay_when_the_recogniser_fails_at_the_end() {
    let fails = Wavers { fails: true };
    let (seen, _talk) = three_seconds_heard_by(fails, Renders::default(), false).await;
    let mut shown = String::new();
    let mut settled = None;
    for event in &seen {
        match event {
            PipeEvent::Partial {
                text,
                settled_chars,
                ..
            } if settled.is_none() => shown = text.chars().take(*settled_chars as usize).collect(),
            PipeEvent::Settled(all) => settled = Some(all),
            _ => {}
        }
    }
    let settled = settled.expect("what was shown as settled is kept");
    assert!(shown.starts_with("word0 word1"), "{shown}");
    assert_eq!(settled.text, shown);
    // Nobody heard the stretch to its end: every word is in doubt, and it is said that words are missing.
    let [doubted] = &settled.reconsidered[..] else {
        panic!("{:?}", settled.reconsidered);
    };
    assert_eq!(
        doubted.start as usize..doubted.end as usize,
        0..settled.text.len()
    );
    let failed = |e: &&PipeEvent| matches!(e, PipeEvent::Failed { number: None, .. });
    assert_eq!(seen.iter().filter(failed).count(), 1, "{seen:?}");
}

/// A pipe whose recogniser writes ten words for three seconds, and the sound fed in.
async fn three_seconds_of_words(
    renders: Renders,
    simultaneous: bool,
) -> (Vec<PipeEvent>, impl ConversationHandle) {
    three_seconds_heard_by(Wavers::default(), renders, simultaneous).await
}

async fn three_seconds_heard_by(
    wavers: Wavers,
    renders: Renders,
    simultaneous: bool,
) -> (Vec<PipeEvent>, impl ConversationHandle) {
    let engines = engines(wavers, renders);
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

/// Writes a word for each level of the sound, which somebody holds for 300 ms.
#[derive(Default)]
struct Levels {
    /// The longest sound of which words were asked for while somebody spoke, in samples.
    longest: Arc<AtomicUsize>,
}

fn level(word: usize) -> f32 {
    (word + 10) as f32 / 100.0
}

impl Recognise for Levels {
    fn recognise(
        &mut self,
        _: Lang,
        sound: &[f32],
        effort: Effort,
        _: &Known,
    ) -> Result<Heard, String> {
        if effort != Effort::Settled {
            self.longest.fetch_max(sound.len(), Ordering::SeqCst);
        }
        let mut words = Vec::new();
        let mut from = 0;
        for held in sound.chunk_by(|a, b| a == b) {
            let ms = |sample: usize| (sample / 16) as u64;
            // What is cut off a word is too short to be one.
            if held[0] > 0.0 && held.len() > 2400 {
                words.push(Word {
                    text: format!("word{}", (held[0] * 100.0).round() as usize - 10),
                    start_ms: ms(from),
                    end_ms: ms(from + held.len()),
                    confidence: 0.9,
                    reconsidered: false,
                });
            }
            from += held.len();
        }
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Ok(Heard {
            text: texts.join(" "),
            confidence: 0.8,
            words,
            spoken_in: SpokenIn::Channels,
        })
    }
}

#[tokio::test]
async fn who_speaks_on_without_a_pause_says_every_word_once() {
    let levels = Levels::default();
    let longest = Arc::clone(&levels.longest);
    let engines = engines(levels, Renders::default());
    let config = InterpreterConfig {
        partial_every_ms: 300,
        settle_guard_ms: 0,
        simultaneous: false,
        ..Default::default()
    };
    let interpreter = Interpreter::with_engines(engines, config).unwrap();
    let (talk, mut events) = interpreter.open().unwrap();
    // 18 s: the stretch is cut at its quietest in the second half, which begins where most of it is settled already.
    let words = 60;
    for word in 0..words {
        for _ in 0..3 {
            talk.push(Speaker::Citizen, &[level(word); 1600]).unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    talk.push(Speaker::Citizen, &[0.0; 16_000]).unwrap();
    talk.end_speech(Speaker::Citizen);
    let (mut said, mut shown, mut begins_with) = (Vec::new(), String::new(), None);
    loop {
        match next(&mut events).await {
            PipeEvent::Partial {
                text,
                settled_chars,
                ..
            } => {
                if let Some(kept) = begins_with.take() {
                    assert!(text.starts_with(&kept), "`{kept}` became `{text}`");
                }
                // Words that were not heard again are still shown.
                let first: usize = said
                    .iter()
                    .map(|text: &String| text.split(' ').count())
                    .sum();
                let words = text.split(' ').filter(|word| !word.is_empty());
                for (word, at) in words.zip(first..) {
                    assert_eq!(word, format!("word{at}"), "`{text}`");
                }
                shown = text.chars().take(settled_chars as usize).collect();
            }
            PipeEvent::Settled(all) => {
                // What stayed on the screen beyond the cut stays at the beginning of what follows.
                let beyond = shown.strip_prefix(&all.text).unwrap_or_default();
                begins_with = Some(beyond.trim().to_owned());
                said.push(all.text);
            }
            PipeEvent::Drained { .. } => break,
            _ => {}
        }
    }
    assert_eq!(said.len(), 2, "the speech was cut once: {said:?}");
    // Of what has settled only the last is heard again: a hypothesis of the fifteenth second costs as much as one of the fifth.
    let seconds = longest.load(Ordering::SeqCst) as f64 / 16_000.0;
    assert!(seconds < 6.0, "a hypothesis heard {seconds} s");
    let all: Vec<String> = (0..words).map(|word| format!("word{word}")).collect();
    assert_eq!(said.join(" "), all.join(" "));
}

/// Notes what was heard with care: its length in samples, and how many pieces of sound had come by then.
struct Careful {
    levels: Levels,
    come: Arc<AtomicUsize>,
    heard: Arc<Mutex<Vec<(usize, usize)>>>,
}

impl Recognise for Careful {
    fn recognise(
        &mut self,
        lang: Lang,
        sound: &[f32],
        effort: Effort,
        known: &Known,
    ) -> Result<Heard, String> {
        if effort == Effort::Settled {
            let come = self.come.load(Ordering::SeqCst);
            self.heard.lock().unwrap().push((sound.len(), come));
        }
        self.levels.recognise(lang, sound, effort, known)
    }
}

/// The text of sound that comes in pieces of 32 ms, so many of each level, and what of it was heard with care.
async fn heard_with_care(pieces: &[(f32, usize)]) -> (String, Vec<(usize, usize)>) {
    let careful = Careful {
        levels: Levels::default(),
        come: Arc::default(),
        heard: Arc::default(),
    };
    let (come, heard) = (Arc::clone(&careful.come), Arc::clone(&careful.heard));
    let engines = engines(careful, Renders::default());
    let interpreter = Interpreter::with_engines(engines, InterpreterConfig::default()).unwrap();
    let (talk, mut events) = interpreter.open().unwrap();
    for (level, count) in pieces {
        for _ in 0..*count {
            talk.push(Speaker::Citizen, &[*level; 512]).unwrap();
            come.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    talk.end_speech(Speaker::Citizen);
    let mut said = Vec::new();
    loop {
        match next(&mut events).await {
            PipeEvent::Settled(all) => said.push(all.text),
            PipeEvent::Drained { .. } => break,
            _ => {}
        }
    }
    let heard = heard.lock().unwrap().clone();
    (said.join("/"), heard)
}

#[tokio::test]
async fn what_is_over_was_heard_while_the_pause_was_still_too_short() {
    let words = [(level(0), 10), (level(1), 10), (level(2), 10)];
    let (text, heard) = heard_with_care(&[&words[..], &[(0.0, 22)]].concat()).await;
    assert_eq!(text, "word0 word1 word2");
    // Once, with the tail, before the pause was long: what it made a whole stretch had been heard as one.
    let [(length, come)] = heard[..] else {
        panic!("{heard:?}");
    };
    assert_eq!(length, (30 * 32 + 200) * 16);
    assert!(come < 30 + 600 / 32, "after {come} pieces");
}

#[tokio::test]
async fn who_goes_on_after_a_short_silence_is_heard_to_the_end() {
    let said = [(level(0), 10), (0.0, 15), (level(1), 10), (0.0, 22)];
    let (text, heard) = heard_with_care(&said).await;
    assert_eq!(text, "word0 word1");
    let lengths: Vec<usize> = heard.iter().map(|(length, _)| *length).collect();
    assert_eq!(lengths, [(320 + 200) * 16, (35 * 32 + 200) * 16]);
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
