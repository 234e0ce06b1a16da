//! Scripted engines, and people who speak into the pipe.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]
#![allow(dead_code, reason = "each test uses a part")]

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tolkebot_audio::{AudioError, FRAME, VoiceActivity};
use tolkebot_interpreter::{
    ConversationHandle, Effort, Engines, Heard, Interpreter, InterpreterConfig, Known, PipeEvent,
    Recognise, Rendered, Speak, SpokenIn, Translate,
};
use tolkebot_protocol::{Lang, Speaker};

/// Speech is whatever is loud.
pub struct Loudness;

pub fn peak(sound: &[f32]) -> f32 {
    sound.iter().fold(0.0f32, |peak, s| peak.max(s.abs()))
}

impl VoiceActivity for Loudness {
    fn probability(&mut self, frame: &[f32; FRAME]) -> Result<f32, AudioError> {
        Ok(if peak(frame) > 0.05 { 0.99 } else { 0.01 })
    }

    fn reset(&mut self) {}
}

/// "Recognises" the loudness of the sound, so that results can be told apart.
pub struct Hears {
    /// Waits for a token before each settled recognition, if given.
    pub gate: Option<Arc<Mutex<Receiver<()>>>>,
}

impl Recognise for Hears {
    fn recognise(
        &mut self,
        lang: Lang,
        sound: &[f32],
        effort: Effort,
        known: &Known,
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
            2 => Ok(Heard {
                spoken_in: SpokenIn::OtherSides,
                ..Heard::text(format!("{lang} 2"), 0.9)
            }),
            6 => Ok(Heard {
                spoken_in: SpokenIn::Another,
                ..Heard::text(format!("{lang} 6"), 0.9)
            }),
            1 => {
                let context = known.context.as_deref().unwrap_or("nothing");
                let expected = known.expected.as_ref();
                let expected =
                    expected.map_or(String::new(), |e| format!(", {} expected", e.len()));
                Ok(Heard::text(format!("after {context}{expected}"), 0.9))
            }
            level => Ok(Heard::text(format!("{lang} {level}"), 0.5)),
        }
    }
}

#[derive(Default)]
pub struct Renders {
    /// Drafts take for ever; told when one begins.
    pub stubborn: Option<Sender<()>>,
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

pub struct Says;

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

pub fn interpreter(gate: Option<Receiver<()>>, config: InterpreterConfig) -> Interpreter {
    let gate = gate.map(|gate| Arc::new(Mutex::new(gate)));
    let engines = Engines {
        voice_activity: Box::new(|| Ok(Box::new(Loudness))),
        recognise: vec![Box::new(Hears { gate })],
        translate: vec![Box::new(Renders::default())],
        speak: vec![Box::new(Says)],
    };
    Interpreter::with_engines(engines, config).unwrap()
}

/// Says one second of sound at a level of 0 to 9 tenths, then a second of silence.
pub fn say(to: &dyn ConversationHandle, speaker: Speaker, level: u32) {
    for _ in 0..10 {
        to.push(speaker, &[level as f32 / 10.0; 1600]).unwrap();
    }
    // All of the pause at once: before it is one, nothing is listened to as if the speech were over.
    to.push(speaker, &[0.0; 16_000]).unwrap();
}

pub async fn next(events: &mut mpsc::Receiver<PipeEvent>) -> PipeEvent {
    tokio::time::timeout(Duration::from_secs(20), events.recv())
        .await
        .expect("the pipe is stuck")
        .expect("the pipe ended")
}

pub async fn until_drained(
    events: &mut mpsc::Receiver<PipeEvent>,
    speaker: Speaker,
) -> Vec<PipeEvent> {
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

pub fn settled(events: &[PipeEvent]) -> Vec<(u32, String)> {
    let text = |e: &PipeEvent| match e {
        PipeEvent::Settled(s) => Some((s.number, s.text.clone())),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}
