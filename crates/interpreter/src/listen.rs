//! The thread that cuts the channels' sound into stretches of speech.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use tolkebot_audio::{SAMPLE_RATE, Segment, SegmentEvent, Segmenter, SegmenterConfig, SoundBuffer};
use tolkebot_protocol::Speaker;
use tracing::{debug, error};

use crate::engines::VoiceActivityFactory;
use crate::queue::ChannelKey;
use crate::talk::{RecogniseJob, Talk};
use crate::workers::Queues;
use crate::{PipeEvent, Stage};

/// What the listening thread is told.
pub(crate) enum Sound {
    Samples {
        talk: Arc<Talk>,
        speaker: Speaker,
        samples: SoundBuffer,
        received: Instant,
    },
    End {
        talk: Arc<Talk>,
        speaker: Speaker,
        broken_off: bool,
    },
    /// So many sentences are not spoken after all.
    Hushed {
        talk: Arc<Talk>,
        speaker: Speaker,
        sentences: usize,
    },
    Closed {
        conversation: u64,
    },
    Stop,
}

struct Channel {
    segmenter: Segmenter,
    /// (position in the stream in ms, when it had arrived), oldest first.
    arrivals: VecDeque<(u64, Instant)>,
    /// Samples of the current stretch that the newest partial covers.
    partial_samples: usize,
    /// Samples of the current stretch that were listened to as if it were over.
    presumed_samples: usize,
    /// Where in the stream, in ms, sound is missing because the connection broke.
    broken_at: Option<u64>,
}

#[derive(Default)]
struct Channels {
    open: HashMap<ChannelKey, Channel>,
    /// Those that cannot be listened to at the moment. Said once, not thirty times a second.
    deaf: HashSet<ChannelKey>,
}

pub(crate) struct Listener {
    pub(crate) queues: Arc<Queues>,
    pub(crate) voice_activity: VoiceActivityFactory,
    pub(crate) config: SegmenterConfig,
    pub(crate) partial_every: Duration,
}

impl Listener {
    /// Runs until told to stop.
    pub(crate) fn run(self, sounds: Receiver<Sound>) {
        let mut channels = Channels::default();
        while let Ok(sound) = sounds.recv() {
            match sound {
                Sound::Samples {
                    talk,
                    speaker,
                    samples,
                    received,
                } => {
                    talk.waiting_samples
                        .fetch_sub(samples.len(), Ordering::SeqCst);
                    if !talk.is_closed() {
                        self.heard(&mut channels, &talk, speaker, &samples, received);
                    }
                }
                Sound::End {
                    talk,
                    speaker,
                    broken_off,
                } => {
                    self.ended(&mut channels, &talk, speaker, broken_off);
                    talk.written(speaker);
                    talk.ending(speaker);
                    // The unit of work that `end_speech` began: `Drained` follows even if nothing
                    // was said.
                    talk.finish(speaker);
                }
                Sound::Hushed {
                    talk,
                    speaker,
                    sentences,
                } => (0..sentences).for_each(|_| talk.finish(speaker)),
                Sound::Closed { conversation } => {
                    channels.open.retain(|key, _| key.0 != conversation);
                    channels.deaf.retain(|key| key.0 != conversation);
                    self.queues.forget(conversation);
                }
                Sound::Stop => break,
            }
        }
    }

    /// Somebody's microphone goes away: what it heard so far is all. A detector that panics here is made
    /// anew when the microphone is on again; the other conversations do not notice.
    fn ended(&self, channels: &mut Channels, talk: &Arc<Talk>, speaker: Speaker, broken_off: bool) {
        let key = talk.key(speaker);
        let ended = catch_unwind(AssertUnwindSafe(|| {
            if let Some(channel) = channels.open.get_mut(&key) {
                let events = channel.segmenter.flush();
                if broken_off {
                    channel.broken_at = Some(channel.segmenter.now_ms());
                }
                self.handle(talk, speaker, channel, events);
            }
        }));
        if ended.is_err() {
            error!(
                conversation = talk.id,
                "the voice detector stopped unexpectedly at the end of speech"
            );
            channels.open.remove(&key);
            talk.spoke_until(speaker, Instant::now());
        }
    }

    /// Takes in sound. What goes wrong with one channel's is told to its people, and is nobody else's trouble.
    fn heard(
        &self,
        channels: &mut Channels,
        talk: &Arc<Talk>,
        speaker: Speaker,
        samples: &[f32],
        received: Instant,
    ) {
        let key = talk.key(speaker);
        let taken = catch_unwind(AssertUnwindSafe(|| {
            self.samples(&mut channels.open, talk, speaker, samples, received)
        }));
        let taken = taken.unwrap_or_else(|_| {
            // What it had heard so far may be half changed.
            channels.open.remove(&key);
            talk.spoke_until(speaker, Instant::now());
            Err("the voice detector stopped unexpectedly".to_owned())
        });
        match taken {
            Ok(()) => {
                channels.deaf.remove(&key);
            }
            Err(message) if channels.deaf.insert(key) => {
                error!(
                    conversation = talk.id,
                    message, "a channel cannot be listened to"
                );
                talk.send_or_drop(PipeEvent::Failed {
                    number: None,
                    speaker,
                    stage: Stage::Segment,
                    message: format!(
                        "what is said is not heard ({message}): type it, or switch the microphone off and on"
                    ),
                });
            }
            Err(_) => {}
        }
    }

    fn samples(
        &self,
        channels: &mut HashMap<ChannelKey, Channel>,
        talk: &Arc<Talk>,
        speaker: Speaker,
        samples: &[f32],
        received: Instant,
    ) -> Result<(), String> {
        let channel = match channels.entry(talk.key(speaker)) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Channel {
                segmenter: Segmenter::new((self.voice_activity)()?, self.config.clone()),
                arrivals: VecDeque::new(),
                partial_samples: 0,
                presumed_samples: 0,
                broken_at: None,
            }),
        };
        let events = channel.segmenter.push(samples);
        channel
            .arrivals
            .push_back((channel.segmenter.now_ms(), received));
        while channel.arrivals.len() > MAX_ARRIVALS {
            channel.arrivals.pop_front();
        }
        self.handle(
            talk,
            speaker,
            channel,
            events.map_err(|error| error.to_string())?,
        );
        self.offer_partial(talk, speaker, channel);
        Ok(())
    }

    fn handle(
        &self,
        talk: &Arc<Talk>,
        speaker: Speaker,
        channel: &mut Channel,
        events: Vec<SegmentEvent>,
    ) {
        let mut events = events.into_iter().peekable();
        while let Some(event) = events.next() {
            match event {
                SegmentEvent::Started { start_ms } => {
                    (channel.partial_samples, channel.presumed_samples) = (0, 0);
                    talk.spoke_from(speaker, channel.arrival_of(start_ms));
                    talk.send_or_drop(PipeEvent::SpeechStarted { speaker, start_ms });
                }
                SegmentEvent::Ended(Segment {
                    start_ms,
                    end_ms,
                    samples,
                }) => {
                    debug!(conversation = talk.id, start_ms, end_ms, "speech ended");
                    // What was cut goes on with the next sample; after a pause some is left out.
                    let goes_on = matches!(
                        events.peek(),
                        Some(SegmentEvent::Started { start_ms }) if *start_ms == end_ms
                    );
                    let heard_at = channel.arrival_of(end_ms);
                    (channel.partial_samples, channel.presumed_samples) = (0, 0);
                    talk.spoke_until(speaker, heard_at);
                    talk.begin_words(speaker);
                    let job = RecogniseJob {
                        speaker,
                        samples,
                        start_ms,
                        end_ms,
                        begun_at: channel.arrival_of(start_ms),
                        heard_at,
                        settled: true,
                        presumed_over: false,
                        broken_off: channel.is_broken(start_ms, end_ms),
                        goes_on,
                    };
                    self.queues
                        .recognise
                        .push_firm(talk.key(speaker), (talk.clone(), job));
                }
            }
        }
    }

    /// Asks for new unsettled words if there is enough new sound and the last request is done; and for all words of what
    /// may be over, while the pause is still too short to say so: if it is, they are there when it is long enough.
    fn offer_partial(&self, talk: &Arc<Talk>, speaker: Speaker, channel: &mut Channel) {
        let Some(current) = channel.segmenter.current() else {
            return;
        };
        let over = channel.segmenter.if_over();
        let is_new = match over {
            Some(whole) => channel.presumed_samples != whole.len(),
            // Whoever falls silent may be about to pause: what is begun now would hold up what is asked then.
            None => {
                let step = (self.partial_every.as_millis() as usize * SAMPLE_RATE as usize) / 1000;
                current.len() >= channel.partial_samples + step
                    && channel.segmenter.quiet_ms() < FALLS_SILENT_MS
            }
        };
        let key = talk.key(speaker);
        if !is_new || self.queues.recognise.is_busy(key) {
            return;
        }
        let sound = over.unwrap_or(current);
        match over {
            Some(whole) => channel.presumed_samples = whole.len(),
            None => channel.partial_samples = current.len(),
        }
        let start_ms = channel.segmenter.current_start_ms().unwrap_or_default();
        let job = RecogniseJob {
            speaker,
            samples: SoundBuffer::new(sound.to_vec()),
            start_ms,
            end_ms: channel.segmenter.now_ms(),
            begun_at: channel.arrival_of(start_ms),
            heard_at: Instant::now(),
            settled: false,
            presumed_over: over.is_some(),
            broken_off: false,
            goes_on: false,
        };
        self.queues
            .recognise
            .offer_partial(key, (talk.clone(), job));
    }
}

/// Silence in ms after which no words of an unfinished stretch are asked for, until it is known whether it is a pause.
pub const FALLS_SILENT_MS: u64 = 96;
/// Arrival times kept for each channel: a pause and a frame's worth is enough, this is 40 s of the
/// smallest frames.
const MAX_ARRIVALS: usize = 2048;

impl Channel {
    /// Whether a stretch was still going on where the connection broke, or began there.
    fn is_broken(&self, start_ms: u64, end_ms: u64) -> bool {
        let touches = |at: u64| start_ms <= at && at <= end_ms;
        self.broken_at.is_some_and(touches)
    }

    /// When the sound up to `position_ms` had arrived.
    fn arrival_of(&self, position_ms: u64) -> Instant {
        self.arrivals
            .iter()
            .find(|(position, _)| *position >= position_ms)
            .map_or_else(Instant::now, |(_, at)| *at)
    }
}
