//! The pipe with its threads, shared by all conversations.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tolkebot_asr::{Expected, SpokenIn};
use tolkebot_audio::{SegmenterConfig, SoundBuffer};
use tolkebot_protocol::{Lang, Speaker};

use crate::engines::Engines;
use crate::listen::{Listener, Sound};
use crate::recognising;
use crate::talk::{MAX_WAITING_SAMPLES, Purpose, SpeakJob, Talk, TranslateJob};
use crate::workers::{self, Queues};
use crate::{ConversationHandle, InterpreterConfig, InterpreterError, Pipe, PipeEvent};

/// Events that may wait for a conversation's receiver.
const EVENT_BUFFER: usize = 4096;

/// How full the machine is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Conversations running.
    pub open: usize,
    /// Conversations allowed.
    pub limit: usize,
    /// How long the oldest stretch of speech has waited for recognition, ms.
    pub behind_ms: u64,
}

/// The pipe. Cheap to clone; the threads end when the last clone is dropped.
#[derive(Clone)]
pub struct Interpreter {
    shared: Arc<Shared>,
}

struct Shared {
    queues: Arc<Queues>,
    sounds: Sender<Sound>,
    next_id: AtomicU64,
    open: Arc<Mutex<HashSet<u64>>>,
    config: InterpreterConfig,
    threads: Vec<JoinHandle<()>>,
}

impl Interpreter {
    /// Starts the threads, one for each engine and one that listens.
    ///
    /// # Errors
    /// [`InterpreterError::Thread`] if the operating system gives no thread.
    pub fn with_engines(
        engines: Engines,
        config: InterpreterConfig,
    ) -> Result<Self, InterpreterError> {
        let queues = Arc::new(Queues::new(&config));
        let (sounds, received) = channel();
        let mut threads = Vec::new();
        let mut start = |name: String, work: Box<dyn FnOnce() + Send>| {
            std::thread::Builder::new()
                .name(name)
                .spawn(work)
                .map(|thread| threads.push(thread))
        };
        let segments = SegmenterConfig {
            pause_ms: config.pause_ms,
            ..Default::default()
        };
        let listener = Listener {
            queues: queues.clone(),
            voice_activity: engines.voice_activity,
            config: segments,
            partial_every: Duration::from_millis(config.partial_every_ms),
        };
        start("listen".into(), Box::new(move || listener.run(received)))?;
        for (n, mut engine) in engines.recognise.into_iter().enumerate() {
            let queues = queues.clone();
            let work = Box::new(move || recognising::recognise(&queues, &mut *engine));
            start(format!("recognise-{n}"), work)?;
        }
        for (n, mut engine) in engines.translate.into_iter().enumerate() {
            let queues = queues.clone();
            let work = Box::new(move || workers::translate(&queues, &mut *engine));
            start(format!("translate-{n}"), work)?;
        }
        for (n, mut engine) in engines.speak.into_iter().enumerate() {
            let queues = queues.clone();
            let work = Box::new(move || workers::speak(&queues, &mut *engine));
            start(format!("speak-{n}"), work)?;
        }
        let shared = Shared {
            queues,
            sounds,
            next_id: AtomicU64::new(1),
            open: Arc::default(),
            config,
            threads,
        };
        Ok(Interpreter {
            shared: Arc::new(shared),
        })
    }

    /// How full the machine is.
    pub fn capacity(&self) -> Capacity {
        Capacity {
            open: lock(&self.shared.open).len(),
            limit: self.shared.config.conversation_limit(),
            behind_ms: self.shared.queues.recognise.oldest_wait_ms(),
        }
    }

    /// Opens a conversation.
    ///
    /// # Errors
    /// [`InterpreterError::Busy`] or [`InterpreterError::Behind`] if the machine cannot keep
    /// another conversation in real time.
    pub fn open(&self) -> Result<(Conversation, mpsc::Receiver<PipeEvent>), InterpreterError> {
        let Capacity {
            limit, behind_ms, ..
        } = self.capacity();
        let id = self.shared.next_id.fetch_add(1, Ordering::SeqCst);
        {
            let mut open = lock(&self.shared.open);
            if open.len() >= limit {
                return Err(InterpreterError::Busy {
                    open: open.len(),
                    limit,
                });
            }
            if behind_ms > self.shared.config.max_behind_ms {
                return Err(InterpreterError::Behind { behind_ms });
            }
            open.insert(id);
        }
        let (events, receiver) = mpsc::channel(EVENT_BUFFER);
        let conversation = Inner {
            talk: Arc::new(Talk::new(id, events)),
            queues: self.shared.queues.clone(),
            sounds: self.shared.sounds.clone(),
            open: self.shared.open.clone(),
        };
        Ok((
            Conversation {
                inner: Arc::new(conversation),
            },
            receiver,
        ))
    }
}

impl Pipe for Interpreter {
    fn open(
        &self,
    ) -> Result<(Arc<dyn ConversationHandle>, mpsc::Receiver<PipeEvent>), InterpreterError> {
        let (conversation, events) = Interpreter::open(self)?;
        Ok((Arc::new(conversation), events))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ = self.sounds.send(Sound::Stop);
        self.queues.close();
        for thread in self.threads.drain(..) {
            // An engine in the middle of a job finishes it first: native code cannot be stopped.
            let _ = thread.join();
        }
    }
}

/// One conversation's way in. Cheap to clone; closed when the last clone is dropped.
#[derive(Clone)]
pub struct Conversation {
    inner: Arc<Inner>,
}

struct Inner {
    talk: Arc<Talk>,
    queues: Arc<Queues>,
    sounds: Sender<Sound>,
    open: Arc<Mutex<HashSet<u64>>>,
}

impl ConversationHandle for Conversation {
    fn push(&self, speaker: Speaker, samples: &[f32]) -> Result<(), InterpreterError> {
        let talk = &self.inner.talk;
        if talk.is_closed() {
            return Err(InterpreterError::Closed);
        }
        let waiting = talk
            .waiting_samples
            .fetch_add(samples.len(), Ordering::SeqCst);
        if waiting + samples.len() > MAX_WAITING_SAMPLES {
            talk.waiting_samples
                .fetch_sub(samples.len(), Ordering::SeqCst);
            return Err(InterpreterError::TooFast);
        }
        let sound = Sound::Samples {
            talk: talk.clone(),
            speaker,
            samples: SoundBuffer::new(samples.to_vec()),
            received: Instant::now(),
        };
        self.inner
            .sounds
            .send(sound)
            .map_err(|_| InterpreterError::Closed)
    }

    fn expect(&self, lang: Lang, words: Option<Arc<Expected>>) {
        self.inner.talk.expect(lang, words);
    }

    fn end_speech(&self, speaker: Speaker) {
        self.inner.end(speaker, false);
    }

    fn break_off(&self, speaker: Speaker) {
        self.inner.end(speaker, true);
    }

    fn playing(&self, listener: Speaker, length: Duration) {
        self.inner.talk.playing(listener, length);
    }

    fn speaks(&self, listener: Speaker, speaks: bool) {
        self.inner.talk.speaks(listener, speaks);
    }

    fn words_wait(&self) -> bool {
        self.inner.talk.words_wait()
    }

    fn translate_typed(&self, speaker: Speaker, text: String) -> u32 {
        self.inner.typed(speaker, text, None)
    }

    fn type_translated(&self, speaker: Speaker, text: String, translation: String) -> u32 {
        self.inner.typed(speaker, text, Some(translation))
    }

    fn say(&self, listener: Speaker, text: String) -> u32 {
        let talk = &self.inner.talk;
        let number = talk.take_number();
        if !self.inner.queues.speech {
            return number;
        }
        // Spoken to the listener, as if the other one had said it.
        let speaker = listener.other();
        talk.begin(speaker);
        let job = SpeakJob {
            speaker,
            number,
            text,
            heard_at: Instant::now(),
            piece: 0,
            is_read_out: true,
        };
        let key = talk.key(speaker);
        self.inner.queues.speak.push_firm(key, (talk.clone(), job));
        number
    }

    fn hush(&self, listener: Speaker) {
        let (talk, speaker) = (&self.inner.talk, listener.other());
        let queue = &self.inner.queues.speak;
        let sentences = queue.take_out(talk.key(speaker), |(_, job)| job.can_wait());
        // `Drained` may be due with the last of them, and is told by a thread that may wait.
        if sentences > 0 {
            let _ = self.inner.sounds.send(Sound::Hushed {
                talk: talk.clone(),
                speaker,
                sentences,
            });
        }
    }

    fn number_from(&self, next: u32) {
        self.inner.talk.number_from(next);
    }

    fn close(&self) {
        self.inner.close();
    }
}

impl Inner {
    /// Text whose translation is known goes the same way, so that it is shown and spoken in its turn.
    fn typed(&self, speaker: Speaker, text: String, known: Option<String>) -> u32 {
        let talk = &self.talk;
        let number = talk.take_number();
        talk.begin_words(speaker);
        talk.said_last(speaker.lang(), &text);
        let job = TranslateJob {
            speaker,
            text,
            purpose: Purpose::Settled {
                number,
                heard_at: Instant::now(),
                spoken_in: SpokenIn::Channels,
                known,
            },
        };
        let queue = &self.queues.translate;
        queue.push_firm(talk.key(speaker), (talk.clone(), job));
        number
    }

    fn end(&self, speaker: Speaker, broken_off: bool) {
        self.talk.begin_words(speaker);
        let _ = self.sounds.send(Sound::End {
            talk: self.talk.clone(),
            speaker,
            broken_off,
        });
    }

    fn close(&self) {
        self.talk.close();
        lock(&self.open).remove(&self.talk.id);
        let _ = self.sounds.send(Sound::Closed {
            conversation: self.talk.id,
        });
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
