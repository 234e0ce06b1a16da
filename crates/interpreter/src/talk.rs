//! What the threads share about one conversation.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tolkebot_asr::{Expected, HeardAlready, Settling, SettlingPolicy, SpokenIn, Word};
use tolkebot_audio::SoundBuffer;
use tolkebot_protocol::{Lang, Speaker};
use tracing::debug;

use crate::PipeEvent;
use crate::context::context_of;
use crate::draft::Draft;
use crate::engines::{Heard, Known};
use crate::overlap::{PlayedTimes, SpokenTimes, share};
use crate::queue::ChannelKey;

/// Sound that may wait to be segmented, in samples: 30 s. Segmenting takes a hundredth of real
/// time, so more than this means that sound is pushed in bulk.
pub(crate) const MAX_WAITING_SAMPLES: usize = 30 * tolkebot_audio::SAMPLE_RATE as usize;

/// Samples per millisecond.
pub(crate) const SAMPLES_PER_MS: usize = tolkebot_audio::SAMPLE_RATE as usize / 1000;

/// One conversation.
pub(crate) struct Talk {
    pub(crate) id: u64,
    events: mpsc::Sender<PipeEvent>,
    next_number: AtomicU32,
    closed: AtomicBool,
    /// Samples pushed and not segmented yet.
    pub(crate) waiting_samples: AtomicUsize,
    channels: [ChannelState; 2],
    /// What is known before somebody speaks: Danish, Ukrainian.
    known: [Mutex<Known>; 2],
}

#[derive(Default)]
struct ChannelState {
    /// Stretches of speech that are not yet settled, translated and spoken, plus one while sound
    /// before an `end_speech` is being segmented.
    outstanding: AtomicU32,
    /// Those of them whose words and translation have not come out yet.
    unwritten: AtomicU32,
    ending: AtomicBool,
    /// What the recogniser is told of this stretch, with its start in ms.
    known: Mutex<Option<(u64, Known)>>,
    /// The words of the stretch that is being spoken, with its start in ms.
    settling: Mutex<Option<(u64, Settling)>>,
    /// What that stretch says if it is over: its start in ms, how many samples were heard, and the words.
    presumed: Mutex<Option<(u64, usize, Heard)>>,
    /// The translation of that stretch so far, with its start in ms.
    draft: Mutex<Option<(u64, Draft)>>,
    /// When somebody spoke.
    spoken: Mutex<SpokenTimes>,
    /// When interpreted speech was played to them.
    played: Mutex<PlayedTimes>,
}

/// The index of a speaker's channel.
pub(crate) fn channel_index(speaker: Speaker) -> u8 {
    match speaker {
        Speaker::Staff => 0,
        Speaker::Citizen => 1,
    }
}

fn language_index(lang: Lang) -> usize {
    match lang {
        Lang::Da => 0,
        Lang::Uk => 1,
    }
}

impl Talk {
    pub(crate) fn new(id: u64, events: mpsc::Sender<PipeEvent>) -> Self {
        Talk {
            id,
            events,
            next_number: AtomicU32::new(1),
            closed: AtomicBool::new(false),
            waiting_samples: AtomicUsize::new(0),
            channels: Default::default(),
            known: Default::default(),
        }
    }

    pub(crate) fn key(&self, speaker: Speaker) -> ChannelKey {
        (self.id, channel_index(speaker))
    }

    pub(crate) fn take_number(&self) -> u32 {
        self.next_number.fetch_add(1, Ordering::SeqCst)
    }

    pub(crate) fn number_from(&self, next: u32) {
        self.next_number.fetch_max(next, Ordering::SeqCst);
    }

    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst) || self.events.is_closed()
    }

    /// Sends an event that must arrive. Waits if the receiver is far behind: the receiver is a task
    /// of our own server, and dropping settled words is worse than a pause.
    pub(crate) fn send(&self, event: PipeEvent) {
        if self.events.blocking_send(event).is_err() {
            debug!(conversation = self.id, "nobody listens any more");
        }
    }

    /// Sends an event that the next one replaces; dropped if the receiver is behind.
    pub(crate) fn send_or_drop(&self, event: PipeEvent) {
        let _ = self.events.try_send(event);
    }

    fn state(&self, speaker: Speaker) -> &ChannelState {
        &self.channels[channel_index(speaker) as usize]
    }

    /// What the next hypothesis of the stretch that began at `start_ms` need not hear, when `sound_ms` of it have been
    /// spoken.
    pub(crate) fn heard_already(
        &self,
        speaker: Speaker,
        start_ms: u64,
        sound_ms: u64,
    ) -> HeardAlready {
        match &*lock(&self.state(speaker).settling) {
            Some((start, settling)) if *start == start_ms => settling.heard_already(sound_ms),
            _ => HeardAlready::default(),
        }
    }

    /// Takes a hypothesis of the stretch that began at `start_ms`, of what follows `already`: its words so far, and how
    /// many characters of them will not change.
    pub(crate) fn hypothesis(
        &self,
        speaker: Speaker,
        start_ms: u64,
        policy: SettlingPolicy,
        (already, words): (HeardAlready, &[Word]),
        sound_ms: u64,
    ) -> (String, u32) {
        let mut current = lock(&self.state(speaker).settling);
        let settling = match &mut *current {
            Some((start, settling)) if *start == start_ms => settling,
            _ => &mut current.insert((start_ms, Settling::new(policy))).1,
        };
        let words = settling.whole(already, words);
        settling.hypothesis(&words, sound_ms);
        let settled = text(settling.settled());
        let all = settling.settled().iter().chain(settling.unsettled());
        (text(all), settled.chars().count() as u32)
    }

    /// What the stretch that began at `start_ms` says if it is over after so many samples.
    pub(crate) fn presume(&self, speaker: Speaker, start_ms: u64, samples: usize, heard: &Heard) {
        *lock(&self.state(speaker).presumed) = Some((start_ms, samples, heard.clone()));
    }

    /// What was presumed of the very sound of a stretch that is over.
    pub(crate) fn presumed(
        &self,
        speaker: Speaker,
        start_ms: u64,
        samples: usize,
    ) -> Option<Heard> {
        let (start, length, heard) = lock(&self.state(speaker).presumed).take()?;
        (start == start_ms && length == samples).then_some(heard)
    }

    /// The words of a whole stretch: those that were settled while it was spoken, then what the
    /// last hypothesis has after them. `None` if nothing was settled before. `goes_on`: the speech was cut at
    /// `end_ms`, and what was settled beyond belongs to the stretch that begins there.
    pub(crate) fn finished(
        &self,
        speaker: Speaker,
        (start_ms, end_ms): (u64, u64),
        goes_on: bool,
        words: &[Word],
    ) -> Option<Vec<Word>> {
        let mut current = lock(&self.state(speaker).settling);
        let (start, mut settling) = current.take()?;
        if start != start_ms {
            return None;
        }
        if goes_on {
            let (within, beyond) = settling.split(end_ms - start_ms);
            settling = within;
            *current = Some((end_ms, beyond));
        }
        (!settling.settled().is_empty()).then(|| settling.finish(words))
    }

    /// Whether the settled words of the stretch that began at `start_ms` are worth another draft;
    /// if so, with what it must begin.
    pub(crate) fn draft_due(
        &self,
        speaker: Speaker,
        start_ms: u64,
        settled: &str,
    ) -> Option<String> {
        let mut current = lock(&self.state(speaker).draft);
        let draft = match &mut *current {
            Some((start, draft)) if *start == start_ms => draft,
            _ => &mut current.insert((start_ms, Draft::default())).1,
        };
        draft.due(settled)
    }

    /// Takes a draft and tells what is to be seen of it, unless the stretch has been settled
    /// meanwhile.
    pub(crate) fn drafted(&self, speaker: Speaker, start_ms: u64, text: &str) {
        let mut current = lock(&self.state(speaker).draft);
        let Some((start, draft)) = &mut *current else {
            return;
        };
        if *start == start_ms
            && let Some(text) = draft.take(text)
        {
            // Under the lock: it must not come behind the settled words.
            self.send_or_drop(PipeEvent::Draft {
                speaker,
                lang: speaker.lang().other(),
                text,
                start_ms,
            });
        }
    }

    /// The stretch is over: no draft of it is sent any more.
    pub(crate) fn end_draft(&self, speaker: Speaker) {
        *lock(&self.state(speaker).draft) = None;
    }

    /// What was said last in a language, or translated into it.
    pub(crate) fn said_last(&self, lang: Lang, text: &str) {
        if let Some(context) = context_of(text) {
            lock(&self.known[language_index(lang)]).context = Some(context);
        }
    }

    /// Which words are expected in a language from now on.
    pub(crate) fn expect(&self, lang: Lang, words: Option<Arc<Expected>>) {
        lock(&self.known[language_index(lang)]).expected = words;
    }

    /// What the recogniser is told of the stretch that began at `start_ms`.
    pub(crate) fn known(&self, speaker: Speaker, start_ms: u64) -> Known {
        let mut current = lock(&self.state(speaker).known);
        match &*current {
            Some((start, known)) if *start == start_ms => known.clone(),
            _ => {
                let known = lock(&self.known[language_index(speaker.lang())]).clone();
                *current = Some((start_ms, known.clone()));
                known
            }
        }
    }

    /// Somebody began to speak.
    pub(crate) fn spoke_from(&self, speaker: Speaker, at: Instant) {
        lock(&self.state(speaker).spoken).began(at);
    }

    /// Somebody has spoken.
    pub(crate) fn spoke_until(&self, speaker: Speaker, at: Instant) {
        lock(&self.state(speaker).spoken).ended(at);
    }

    /// Interpreted speech is played to a side.
    pub(crate) fn playing(&self, listener: Speaker, length: Duration) {
        lock(&self.state(listener).played).more(Instant::now(), length);
    }

    /// A side's device says whether it plays interpreted speech.
    pub(crate) fn speaks(&self, listener: Speaker, speaks: bool) {
        lock(&self.state(listener).played).told(Instant::now(), speaks);
    }

    /// Whether interpreted speech was played to a side at that time.
    pub(crate) fn was_played_to(&self, listener: Speaker, from: Instant, to: Instant) -> bool {
        lock(&self.state(listener).played).touches(from, to)
    }

    /// How much of that time the other side's language was to be heard, 0 to 1: that side spoke into its own
    /// microphone, or its device spoke to it.
    pub(crate) fn other_side_spoke(&self, speaker: Speaker, from: Instant, to: Instant) -> f32 {
        let other = self.state(speaker.other());
        share(&lock(&other.spoken), &lock(&other.played), from, to)
    }

    /// Work on the channel begins.
    pub(crate) fn begin(&self, speaker: Speaker) {
        self.state(speaker)
            .outstanding
            .fetch_add(1, Ordering::SeqCst);
    }

    /// Words are on their way: as [`begin`](Self::begin), until they are [`written`](Self::written).
    pub(crate) fn begin_words(&self, speaker: Speaker) {
        let state = self.state(speaker);
        state.unwritten.fetch_add(1, Ordering::SeqCst);
        state.outstanding.fetch_add(1, Ordering::SeqCst);
    }

    /// Words and their translation came out, or there were none.
    pub(crate) fn written(&self, speaker: Speaker) {
        self.state(speaker).unwritten.fetch_sub(1, Ordering::SeqCst);
    }

    /// Whether words of either side are on their way.
    pub(crate) fn words_wait(&self) -> bool {
        let mut states = self.channels.iter();
        states.any(|state| state.unwritten.load(Ordering::SeqCst) > 0)
    }

    /// Work on the channel ended, well or badly.
    pub(crate) fn finish(&self, speaker: Speaker) {
        let state = self.state(speaker);
        if state.outstanding.fetch_sub(1, Ordering::SeqCst) == 1
            && state.ending.swap(false, Ordering::SeqCst)
        {
            self.send(PipeEvent::Drained { speaker });
        }
    }

    /// [`PipeEvent::Drained`] is due when the outstanding work is done.
    pub(crate) fn ending(&self, speaker: Speaker) {
        self.state(speaker).ending.store(true, Ordering::SeqCst);
    }
}

/// Sound to recognise.
pub(crate) struct RecogniseJob {
    pub(crate) speaker: Speaker,
    pub(crate) samples: SoundBuffer,
    pub(crate) start_ms: u64,
    pub(crate) end_ms: u64,
    /// When the first of the speech arrived,
    pub(crate) begun_at: Instant,
    /// and the last.
    pub(crate) heard_at: Instant,
    /// False for a partial.
    pub(crate) settled: bool,
    /// A partial that is heard as the whole stretch will be, if it is over.
    pub(crate) presumed_over: bool,
    /// The connection broke while it was said, or just before.
    pub(crate) broken_off: bool,
    /// It was cut because it had become long, and the next stretch begins where it ends.
    pub(crate) goes_on: bool,
}

impl RecogniseJob {
    /// How long its sound is.
    pub(crate) fn sound_ms(&self) -> u64 {
        (self.samples.len() / SAMPLES_PER_MS) as u64
    }
}

/// Text to translate.
pub(crate) struct TranslateJob {
    pub(crate) speaker: Speaker,
    pub(crate) text: String,
    pub(crate) purpose: Purpose,
}

/// What a translation is for.
pub(crate) enum Purpose {
    /// It is kept.
    Settled {
        number: u32,
        heard_at: Instant,
        /// What language it sounded like.
        spoken_in: SpokenIn,
        /// Its translation, if that was known before.
        known: Option<String>,
    },
    /// It is read while the original is still being spoken, and begins with `held`.
    Draft { start_ms: u64, held: String },
}

/// Text to speak.
pub(crate) struct SpeakJob {
    /// Who said the original.
    pub(crate) speaker: Speaker,
    pub(crate) number: u32,
    pub(crate) text: String,
    pub(crate) heard_at: Instant,
    /// Pieces of the utterance that were spoken before this text.
    pub(crate) piece: u32,
    /// Nobody said it: the machine reads it out.
    pub(crate) is_read_out: bool,
}

impl SpeakJob {
    /// Whether what somebody says goes first. Not in the middle of a text.
    pub(crate) fn can_wait(&self) -> bool {
        self.is_read_out && self.piece == 0
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every change under the lock is complete before anything can panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The words as one text.
pub(crate) fn text<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    let texts: Vec<&str> = words.into_iter().map(|word| word.text.as_str()).collect();
    texts.join(" ")
}

pub(crate) fn lag_ms(heard_at: Instant) -> u64 {
    heard_at.elapsed().as_millis() as u64
}
