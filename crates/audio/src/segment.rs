//! Cuts a stream into stretches of speech.

use tracing::warn;
use zeroize::Zeroize;

use crate::{AudioError, FRAME, SAMPLE_RATE, SoundBuffer, VoiceActivity};

/// Samples in a millisecond.
const PER_MS: usize = (SAMPLE_RATE / 1000) as usize;
/// The window over which loudness is compared when a long segment must be cut: shorter than a
/// syllable, longer than a pitch period.
const QUIET_WINDOW: usize = 40 * PER_MS;

/// When speech begins and ends. All times in milliseconds; [`Segmenter::new`] brings values that
/// make no sense into range.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmenterConfig {
    /// Probability at which a frame starts speech.
    pub start_threshold: f32,
    /// Probability under which a frame no longer continues speech. Lower than `start_threshold`,
    /// so that a wavering voice does not flicker.
    pub end_threshold: f32,
    /// Speech shorter than this, summed over its frames, is a cough or a click and is dropped.
    /// A Danish "ja" takes about 250 ms.
    pub min_speech_ms: u32,
    /// Silence that ends a segment.
    pub pause_ms: u32,
    /// Sound kept from before the first speech frame: soft onsets are not recognised as speech.
    pub pre_roll_ms: u32,
    /// Silence kept after the last speech frame.
    pub tail_ms: u32,
    /// Longest segment. One that reaches this is cut at its quietest point.
    pub max_segment_ms: u32,
}

impl Default for SegmenterConfig {
    fn default() -> Self {
        SegmenterConfig {
            start_threshold: 0.5,
            end_threshold: 0.35,
            min_speech_ms: 160,
            pause_ms: 600,
            pre_roll_ms: 200,
            tail_ms: 200,
            max_segment_ms: 15_000,
        }
    }
}

impl SegmenterConfig {
    fn in_range(mut self) -> Self {
        let probability = |p: f32, default| {
            if p.is_finite() {
                p.clamp(0.01, 1.0)
            } else {
                default
            }
        };
        self.start_threshold = probability(self.start_threshold, 0.5);
        self.end_threshold = probability(self.end_threshold, 0.35).min(self.start_threshold);
        self.pause_ms = self.pause_ms.clamp(32, 10_000);
        self.pre_roll_ms = self.pre_roll_ms.min(2_000);
        self.tail_ms = self.tail_ms.min(self.pause_ms);
        self.max_segment_ms = self.max_segment_ms.clamp(2_000, 60_000);
        self.min_speech_ms = self.min_speech_ms.min(1_000);
        self
    }
}

/// A stretch of speech. Its sound is overwritten when it is dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Where it starts, in milliseconds since the stream's first sample.
    pub start_ms: u64,
    /// Where it ends (exclusive).
    pub end_ms: u64,
    /// 16 kHz mono sound from `start_ms` to `end_ms`.
    pub samples: SoundBuffer,
}

/// What the segmenter noticed.
#[derive(Debug, Clone, PartialEq)]
pub enum SegmentEvent {
    /// Someone is speaking; [`Segmenter::current`] now gives the sound so far.
    Started {
        /// Where the segment begins, pre-roll included.
        start_ms: u64,
    },
    /// The segment that the last `Started` announced is complete.
    Ended(Segment),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Silence,
    /// Speech frames were heard, too few yet to be sure.
    Candidate,
    Speech,
}

/// Turns a stream of 16 kHz sound into [`Segment`]s. Memory is bounded by the longest segment,
/// whatever the stream's length; segments never overlap.
pub struct Segmenter {
    vad: Box<dyn VoiceActivity + Send>,
    config: SegmenterConfig,
    state: State,
    /// Samples that do not fill a frame yet.
    pending: SoundBuffer,
    /// The sound being considered; its first sample is number `origin` of the stream.
    buffer: SoundBuffer,
    origin: u64,
    /// Length of `buffer` up to the end of the last frame with speech.
    voiced_end: usize,
    /// Samples of frames with speech since the segment began.
    voiced: usize,
    events: Vec<SegmentEvent>,
}

impl Segmenter {
    /// A segmenter at time 0.
    pub fn new(vad: Box<dyn VoiceActivity + Send>, config: SegmenterConfig) -> Self {
        let config = config.in_range();
        // All that the buffer can ever hold, at once: growing would leave copies of the sound in
        // freed memory.
        let room = config.max_segment_ms as usize * PER_MS + 2 * FRAME;
        Segmenter {
            vad,
            config,
            state: State::Silence,
            pending: SoundBuffer::new(Vec::with_capacity(FRAME)),
            buffer: SoundBuffer::new(Vec::with_capacity(room)),
            origin: 0,
            voiced_end: 0,
            voiced: 0,
            events: Vec::new(),
        }
    }

    /// Takes the next sound, any number of samples, and returns what it brought.
    ///
    /// # Errors
    /// When voice activity fails. The frame then counts as silence, and events found before it
    /// come with the next call.
    pub fn push(&mut self, samples: &[f32]) -> Result<Vec<SegmentEvent>, AudioError> {
        let mut failure = None;
        for &sample in samples {
            self.pending.push(crate::sane(sample));
            if self.pending.len() == FRAME
                && let Err(error) = self.frame(FRAME)
            {
                failure = Some(error);
            }
        }
        match failure {
            Some(error) => Err(error),
            None => Ok(std::mem::take(&mut self.events)),
        }
    }

    /// Ends the stream: speech that is still going on becomes a segment. Time goes on from here, so
    /// that a channel may be muted and opened again.
    pub fn flush(&mut self) -> Vec<SegmentEvent> {
        let real = self.pending.len();
        if real > 0 {
            self.pending.resize(FRAME, 0.0);
            if let Err(error) = self.frame(real) {
                warn!(%error, "voice activity failed on the last frame; it counts as silence");
            }
        }
        if self.state == State::Speech {
            let end = self.buffer.len();
            self.end_segment(end);
        }
        self.forget(self.buffer.len());
        self.state = State::Silence;
        self.vad.reset();
        std::mem::take(&mut self.events)
    }

    /// The segment that is being spoken, pre-roll included; `None` in silence and until enough
    /// speech was heard to announce it.
    pub fn current(&self) -> Option<&[f32]> {
        (self.state == State::Speech).then(|| &self.buffer[..])
    }

    /// What the current segment will be if nothing more is said, once so much silence was heard as is kept of it: the same
    /// sound, so it can be listened to before the pause is long enough.
    pub fn if_over(&self) -> Option<&[f32]> {
        let end = self.voiced_end + self.samples(self.config.tail_ms);
        let is_quiet = self.buffer.len() > self.voiced_end;
        self.current()?.get(..end).filter(|_| is_quiet)
    }

    /// How long nothing has been said in the current segment, in milliseconds.
    pub fn quiet_ms(&self) -> u64 {
        match self.state {
            State::Speech => ((self.buffer.len() - self.voiced_end) / PER_MS) as u64,
            _ => 0,
        }
    }

    /// Where [`Segmenter::current`] starts, in milliseconds.
    pub fn current_start_ms(&self) -> Option<u64> {
        (self.state == State::Speech).then(|| self.ms(0))
    }

    /// How much sound the stream has had so far, in milliseconds.
    pub fn now_ms(&self) -> u64 {
        self.ms(self.buffer.len() + self.pending.len())
    }

    /// Skips sound that never arrived (`samples` at 16 kHz), so that later times stay right. Speech
    /// that was going on ends here.
    pub fn skip(&mut self, samples: u64) -> Vec<SegmentEvent> {
        let events = self.flush();
        self.origin += samples;
        events
    }

    /// Handles the full frame in `pending`, of which the first `real` samples are sound.
    fn frame(&mut self, real: usize) -> Result<(), AudioError> {
        let mut frame = [0.0; FRAME];
        frame.copy_from_slice(&self.pending);
        let heard = self.vad.probability(&frame);
        frame.zeroize();
        self.buffer.extend_from_slice(&self.pending[..real]);
        self.pending.zeroize();
        let (probability, result) = match heard {
            Ok(p) => (p, Ok(())),
            Err(e) => (0.0, Err(e)),
        };
        self.consider(probability, real);
        result
    }

    fn consider(&mut self, probability: f32, real: usize) {
        let threshold = match self.state {
            State::Silence => self.config.start_threshold,
            _ => self.config.end_threshold,
        };
        if probability >= threshold {
            if self.state == State::Silence {
                self.state = State::Candidate;
                self.voiced = 0;
            }
            self.voiced += real;
            self.voiced_end = self.buffer.len();
            if self.state == State::Candidate
                && self.voiced >= self.samples(self.config.min_speech_ms)
            {
                self.state = State::Speech;
                self.events.push(SegmentEvent::Started {
                    start_ms: self.ms(0),
                });
            }
        } else if self.state != State::Silence
            && self.buffer.len() - self.voiced_end >= self.samples(self.config.pause_ms)
        {
            if self.state == State::Speech {
                let end = self.voiced_end + self.samples(self.config.tail_ms);
                self.end_segment(end);
            }
            self.state = State::Silence;
        }
        if self.state == State::Silence {
            let keep = self.samples(self.config.pre_roll_ms);
            self.forget(self.buffer.len().saturating_sub(keep));
        } else if self.buffer.len() >= self.samples(self.config.max_segment_ms) {
            self.cut();
        }
    }

    /// The segment has become too long: it ends at its quietest point, and the rest goes on as the
    /// next one.
    fn cut(&mut self) {
        if self.state == State::Candidate {
            // Noise that trickles in for 15 s without ever becoming speech.
            self.state = State::Silence;
            return;
        }
        let at = quietest(&self.buffer);
        self.end_segment(at);
        if self.voiced_end == 0 {
            self.state = State::Silence;
        } else {
            self.events.push(SegmentEvent::Started {
                start_ms: self.ms(0),
            });
        }
    }

    /// Hands out the first `end` samples of the buffer as a segment and forgets them.
    fn end_segment(&mut self, end: usize) {
        let end = end.min(self.buffer.len());
        let samples = SoundBuffer::new(self.buffer[..end].to_vec());
        let (start_ms, end_ms) = (self.ms(0), self.ms(end));
        self.events.push(SegmentEvent::Ended(Segment {
            start_ms,
            end_ms,
            samples,
        }));
        self.forget(end);
    }

    /// Drops the first `count` samples of the buffer.
    fn forget(&mut self, count: usize) {
        let kept = self.buffer.len() - count;
        self.buffer.copy_within(count.., 0);
        // What lies behind the new end is old sound.
        self.buffer[kept..].zeroize();
        self.buffer.truncate(kept);
        self.origin += count as u64;
        self.voiced_end = self.voiced_end.saturating_sub(count);
    }

    fn samples(&self, ms: u32) -> usize {
        ms as usize * PER_MS
    }

    /// Stream time of a place in the buffer, rounded up to whole milliseconds.
    fn ms(&self, at: usize) -> u64 {
        (self.origin + at as u64).div_ceil(PER_MS as u64)
    }
}

/// The middle of the quietest stretch in the last half of the sound, on a whole millisecond. The
/// first half stays uncut: a recogniser does better with longer sound.
fn quietest(sound: &[f32]) -> usize {
    let from = sound.len() / 2;
    let to = sound.len().saturating_sub(QUIET_WINDOW);
    let energy = |at: usize| {
        sound[at..at + QUIET_WINDOW]
            .iter()
            .map(|s| s * s)
            .sum::<f32>()
    };
    let at = (from..=to)
        .step_by(10 * PER_MS)
        .min_by(|&a, &b| energy(a).total_cmp(&energy(b)))
        .unwrap_or(to);
    let middle = at + QUIET_WINDOW / 2;
    middle - middle % PER_MS
}
