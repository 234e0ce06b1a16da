//! An interpreter that says what the test tells it to say.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tolkebot_interpreter::{
    ConversationHandle, Expected, HeardSound, InterpreterError, Pipe, PipeEvent, SettledSpeech,
};
use tolkebot_protocol::{Lang, Speaker};

#[derive(Default)]
pub struct FakePipe {
    pub busy: AtomicBool,
    opened: Mutex<Vec<Arc<FakeConversation>>>,
}

/// What the server did with a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    Push(Speaker, usize),
    EndSpeech(Speaker),
    BreakOff(Speaker),
    Playing(Speaker, Duration),
    Speaks(Speaker, bool),
    Typed(Speaker, String),
    Said(Speaker, String),
    Hush(Speaker),
    Close,
}

pub struct FakeConversation {
    events: Mutex<Option<mpsc::Sender<PipeEvent>>>,
    calls: Mutex<Vec<Call>>,
    /// The numbers of what it was told to say.
    said: Mutex<Vec<u32>>,
    /// What was pushed since the speaker's last settled words.
    heard: Mutex<HashMap<Speaker, Vec<f32>>>,
    /// Which words were expected last.
    expected: Mutex<HashMap<Lang, Arc<Expected>>>,
    next: AtomicU32,
    /// If not, `end_speech` is never answered, like a machine that is far behind.
    pub drains: AtomicBool,
    /// Something that was said has not come out yet.
    pub words_wait: AtomicBool,
    /// Sentences that it is to say never come out.
    pub mute: AtomicBool,
    /// It panics at typed words, in the middle of the server's work.
    pub panics: AtomicBool,
}

impl Pipe for FakePipe {
    fn open(
        &self,
    ) -> Result<(Arc<dyn ConversationHandle>, mpsc::Receiver<PipeEvent>), InterpreterError> {
        if self.busy.load(Ordering::SeqCst) {
            return Err(InterpreterError::Busy { open: 4, limit: 4 });
        }
        let (events, receiver) = mpsc::channel(256);
        let conversation = Arc::new(FakeConversation {
            events: Mutex::new(Some(events)),
            calls: Mutex::default(),
            said: Mutex::default(),
            heard: Mutex::default(),
            expected: Mutex::default(),
            next: AtomicU32::new(1),
            drains: AtomicBool::new(true),
            words_wait: AtomicBool::new(false),
            mute: AtomicBool::new(false),
            panics: AtomicBool::new(false),
        });
        self.opened.lock().unwrap().push(conversation.clone());
        Ok((conversation, receiver))
    }
}

impl FakePipe {
    /// How many conversations were opened.
    pub fn opened(&self) -> usize {
        self.opened.lock().unwrap().len()
    }

    /// The n-th conversation that was opened.
    pub async fn conversation(&self, n: usize) -> Arc<FakeConversation> {
        for _ in 0..1000 {
            if let Some(found) = self.opened.lock().unwrap().get(n) {
                return found.clone();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("conversation {n} was never opened");
    }
}

impl FakeConversation {
    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// The numbers of the sentences that it was told to say.
    pub fn said(&self) -> Vec<u32> {
        self.said.lock().unwrap().clone()
    }

    /// Which words it was told to expect last.
    pub fn expected(&self, lang: Lang) -> Option<Arc<Expected>> {
        self.expected.lock().unwrap().get(&lang).cloned()
    }

    /// Waits for a call.
    pub async fn called(&self, what: impl Fn(&Call) -> bool) {
        for _ in 0..1000 {
            if self.calls().iter().any(&what) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("no such call among {:?}", self.calls());
    }

    pub async fn send(&self, event: PipeEvent) {
        let events = self
            .events
            .lock()
            .unwrap()
            .clone()
            .expect("the pipe is open");
        events.send(event).await.unwrap();
    }

    /// The engine dies.
    pub fn break_down(&self) {
        self.events.lock().unwrap().take();
    }

    /// Somebody speaks: settled text, no translation yet. The sound is what was pushed for it.
    pub async fn settle(&self, speaker: Speaker, text: &str) -> u32 {
        let heard = self.heard.lock().unwrap().remove(&speaker);
        self.settle_sound(speaker, text, heard.unwrap_or_default())
            .await
    }

    /// Like [`FakeConversation::settle`], with other sound.
    pub async fn settle_sound(&self, speaker: Speaker, text: &str, sound: Vec<f32>) -> u32 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        self.send(PipeEvent::Settled(SettledSpeech {
            number,
            speaker,
            lang: speaker.lang(),
            text: text.to_owned(),
            confidence: 0.9,
            reconsidered: Vec::new(),
            interrupted: false,
            start_ms: 100,
            end_ms: 1400,
            lag_ms: 250,
            sound: HeardSound::new(sound.into()),
        }))
        .await;
        number
    }

    pub async fn translate(&self, number: u32, lang: Lang, text: &str) {
        self.send(PipeEvent::Translated {
            number,
            lang,
            text: text.to_owned(),
            confidence: 0.8,
            warnings: vec![],
            verified: false,
            lag_ms: 700,
        })
        .await;
    }

    pub async fn speak(&self, number: u32, lang: Lang, samples: usize, piece: u32, last: bool) {
        self.send(PipeEvent::Speech {
            number,
            lang,
            sample_rate: 24_000,
            samples: vec![0.25; samples],
            piece,
            last,
            lag_ms: 900,
        })
        .await;
    }

    /// Somebody speaks and is interpreted aloud.
    pub async fn say(&self, speaker: Speaker, text: &str, translation: &str) -> u32 {
        let number = self.settle(speaker, text).await;
        let lang = speaker.lang().other();
        self.translate(number, lang, translation).await;
        self.speak(number, lang, 240, 0, true).await;
        number
    }

    /// Typed text goes in, and comes out with its translation and spoken.
    fn typed(&self, speaker: Speaker, text: String, translation: String, verified: bool) -> u32 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let lang = speaker.lang().other();
        self.try_send(PipeEvent::Translated {
            number,
            lang,
            text: translation,
            confidence: if verified { 1.0 } else { 0.7 },
            warnings: vec![],
            verified,
            lag_ms: 300,
        });
        self.try_send(PipeEvent::Speech {
            number,
            lang,
            sample_rate: 24_000,
            samples: vec![0.1; 12],
            piece: 0,
            last: true,
            lag_ms: 500,
        });
        self.note(Call::Typed(speaker, text));
        number
    }

    fn note(&self, call: Call) {
        self.calls.lock().unwrap().push(call);
    }

    fn try_send(&self, event: PipeEvent) {
        if let Some(events) = &*self.events.lock().unwrap() {
            events.try_send(event).unwrap();
        }
    }
}

impl ConversationHandle for FakeConversation {
    fn push(&self, speaker: Speaker, samples: &[f32]) -> Result<(), InterpreterError> {
        let mut heard = self.heard.lock().unwrap();
        heard.entry(speaker).or_default().extend(samples);
        drop(heard);
        self.note(Call::Push(speaker, samples.len()));
        Ok(())
    }

    fn expect(&self, lang: Lang, words: Option<Arc<Expected>>) {
        let mut expected = self.expected.lock().unwrap();
        match words {
            Some(words) => expected.insert(lang, words),
            None => expected.remove(&lang),
        };
    }

    fn end_speech(&self, speaker: Speaker) {
        self.note(Call::EndSpeech(speaker));
        if self.drains.load(Ordering::SeqCst) {
            self.try_send(PipeEvent::Drained { speaker });
        }
    }

    fn break_off(&self, speaker: Speaker) {
        self.note(Call::BreakOff(speaker));
        if self.drains.load(Ordering::SeqCst) {
            self.try_send(PipeEvent::Drained { speaker });
        }
    }

    fn playing(&self, listener: Speaker, length: Duration) {
        self.note(Call::Playing(listener, length));
    }

    fn speaks(&self, listener: Speaker, speaks: bool) {
        self.note(Call::Speaks(listener, speaks));
    }

    fn words_wait(&self) -> bool {
        self.words_wait.load(Ordering::SeqCst)
    }

    fn translate_typed(&self, speaker: Speaker, text: String) -> u32 {
        assert!(!self.panics.load(Ordering::SeqCst), "told to");
        let translation = format!("[{text}]");
        self.typed(speaker, text, translation, false)
    }

    fn type_translated(&self, speaker: Speaker, text: String, translation: String) -> u32 {
        self.typed(speaker, text, translation, true)
    }

    fn say(&self, listener: Speaker, text: String) -> u32 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        if !self.mute.load(Ordering::SeqCst) {
            self.try_send(PipeEvent::Speech {
                number,
                lang: listener.lang(),
                sample_rate: 24_000,
                samples: vec![0.1; 12],
                piece: 0,
                last: true,
                lag_ms: 500,
            });
        }
        self.said.lock().unwrap().push(number);
        self.note(Call::Said(listener, text));
        number
    }

    fn hush(&self, listener: Speaker) {
        self.note(Call::Hush(listener));
    }

    fn number_from(&self, next: u32) {
        self.next.store(next, Ordering::SeqCst);
    }

    fn close(&self) {
        self.note(Call::Close);
        self.events.lock().unwrap().take();
    }
}
