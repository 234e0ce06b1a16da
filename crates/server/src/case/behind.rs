//! How long what was said waits to be settled and translated, and what has come too late to be spoken.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tokio::time::Instant;
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::{ServerMessage, Speaker, UtteranceId};

use super::actor::Actor;

/// Sooner than this nobody needs to be told.
const NOTICED: Duration = Duration::from_secs(5);
/// How often it is looked at while something waits.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Nothing waits of a microphone that has been silent for so long.
const FORGOTTEN: Duration = Duration::from_secs(10);
/// Root mean square of sound in which somebody speaks: -40 dB, louder than a quiet room.
const LOUD: f32 = 0.01;

/// What waits in a conversation's pipe.
#[derive(Debug, Default)]
pub(super) struct Lag {
    /// Speech that was found and is not settled, oldest first.
    stretches: Vec<Stretch>,
    /// When each side's microphone was last loud.
    loud: HashMap<Speaker, Instant>,
    /// Lines without a translation, with the end of what was said.
    untranslated: HashMap<UtteranceId, Instant>,
    /// When each side said or wrote something last.
    newest_word: HashMap<Speaker, Instant>,
    /// What has come too late to be spoken by itself.
    held: HashSet<UtteranceId>,
    look_at: Option<Instant>,
    /// The clients believe that the machine is behind.
    told: bool,
}

#[derive(Debug)]
struct Stretch {
    speaker: Speaker,
    start_ms: u64,
    /// When the next one had begun.
    over: Option<Instant>,
}

impl Lag {
    pub fn heard(&mut self, speaker: Speaker, samples: &[f32], now: Instant) {
        let power: f32 = samples.iter().map(|s| s * s).sum();
        if power > LOUD * LOUD * samples.len() as f32 {
            self.loud.insert(speaker, now);
        }
    }

    pub fn typed(&mut self, id: UtteranceId, speaker: Speaker, now: Instant) {
        self.untranslated.insert(id, now);
        self.newest_word.insert(speaker, now);
        self.look_at.get_or_insert(now + LOOK_EVERY);
    }

    pub fn piped(&mut self, event: &PipeEvent, now: Instant) {
        match event {
            PipeEvent::SpeechStarted { speaker, start_ms } => {
                for before in self.stretches.iter_mut().filter(|s| s.speaker == *speaker) {
                    before.over.get_or_insert(now);
                }
                self.stretches.push(Stretch {
                    speaker: *speaker,
                    start_ms: *start_ms,
                    over: None,
                });
                // That somebody was heard says nothing yet: it may be the other one, or a cough.
            }
            PipeEvent::Partial {
                speaker,
                text,
                start_ms,
                ..
            } => {
                if text.is_empty() {
                    self.over_until(*speaker, *start_ms);
                } else {
                    self.newest_word.insert(*speaker, now);
                }
            }
            PipeEvent::Settled(settled) => {
                let said = before(now, settled.lag_ms);
                self.over_until(settled.speaker, settled.start_ms);
                self.untranslated.insert(UtteranceId(settled.number), said);
                let newest = self.newest_word.entry(settled.speaker).or_insert(said);
                *newest = said.max(*newest);
            }
            PipeEvent::Translated { number, .. } => {
                self.untranslated.remove(&UtteranceId(*number));
            }
            _ => {}
        }
        if !self.stretches.is_empty() || !self.untranslated.is_empty() {
            self.look_at.get_or_insert(now + LOOK_EVERY);
        }
    }

    fn over_until(&mut self, speaker: Speaker, start_ms: u64) {
        self.stretches
            .retain(|s| s.speaker != speaker || s.start_ms > start_ms);
    }

    /// For how long the oldest has waited since its end. `words_wait`: the pipe has speech that is over and not written
    /// down.
    fn age(&self, words_wait: bool, now: Instant) -> Duration {
        let unsettled = self.stretches.iter().filter(|_| words_wait);
        let ended = unsettled.filter_map(|s| s.over.or(self.loud.get(&s.speaker).copied()));
        let oldest = ended.chain(self.untranslated.values().copied()).min();
        oldest.map_or(Duration::ZERO, |since| now.duration_since(since))
    }

    /// When it is to be looked at again.
    pub fn look_at(&self) -> Option<Instant> {
        self.look_at
    }

    /// What the clients are to be told, ms behind; 0 once nothing waits any longer than usual.
    fn tell(&mut self, words_wait: bool, now: Instant) -> Option<u64> {
        if !words_wait {
            // What held no words may have gone without being told.
            let loud = |s: &Stretch| self.loud.get(&s.speaker);
            let still = |s: &Stretch| loud(s).is_some_and(|at| now.duration_since(*at) < FORGOTTEN);
            self.stretches.retain(|s| s.over.is_none() && still(s));
        }
        let age = self.age(words_wait, now);
        let idle = self.stretches.is_empty() && self.untranslated.is_empty();
        let due = self.look_at.is_some_and(|at| now >= at);
        if due || idle {
            self.look_at = (!idle).then(|| now + LOOK_EVERY);
        }
        if age >= NOTICED {
            self.told = true;
            return due.then(|| u64::try_from(age.as_millis()).unwrap_or(u64::MAX));
        }
        std::mem::take(&mut self.told).then_some(0)
    }

    /// Whether speech is older than the newest word of its listener, and old: they have gone on, and it would be spoken
    /// into what they say. Decided with its first sound, `lag_ms` after what was said.
    pub fn is_too_late(
        &mut self,
        id: UtteranceId,
        listener: Speaker,
        begun: bool,
        lag_ms: u64,
        now: Instant,
    ) -> bool {
        let said = before(now, lag_ms);
        let went_on = self.newest_word.get(&listener).is_some_and(|at| *at > said);
        if !begun && went_on && Duration::from_millis(lag_ms) >= NOTICED {
            self.held.insert(id);
        }
        self.held.contains(&id)
    }

    /// The pipe is gone with all that was in it.
    fn forget(&mut self) {
        let told = self.told;
        *self = Lag {
            told,
            ..Lag::default()
        };
    }
}

fn before(now: Instant, ms: u64) -> Instant {
    now.checked_sub(Duration::from_millis(ms)).unwrap_or(now)
}

impl Actor {
    /// Tells the screens how far behind the machine is, when they need to know.
    pub(super) fn tell_behind(&mut self) {
        let Some(talk) = &self.talk else {
            self.lag.forget();
            if let Some(ms) = self.lag.tell(false, Instant::now()) {
                self.tell_all(&ServerMessage::Behind { ms });
            }
            return;
        };
        let words_wait = talk.handle.words_wait();
        if let Some(ms) = self.lag.tell(words_wait, Instant::now()) {
            self.tell_all(&ServerMessage::Behind { ms });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: Duration = Duration::from_secs(1);

    fn started(start_ms: u64) -> PipeEvent {
        PipeEvent::SpeechStarted {
            speaker: Speaker::Citizen,
            start_ms,
        }
    }

    fn partial(text: &str, start_ms: u64) -> PipeEvent {
        PipeEvent::Partial {
            speaker: Speaker::Citizen,
            text: text.into(),
            settled_chars: 0,
            start_ms,
        }
    }

    #[test]
    fn who_speaks_for_long_is_not_waited_for() {
        let (mut waiting, begin) = (Lag::default(), Instant::now());
        waiting.piped(&started(0), begin);
        for s in 1..20 {
            waiting.heard(Speaker::Citizen, &[0.1; 160], begin + S * s);
            assert_eq!(waiting.tell(false, begin + S * s), None, "{s} s");
        }
        // It is over, and not written down: counted from the last sound.
        assert_eq!(waiting.tell(true, begin + S * 22), None);
        assert_eq!(waiting.tell(true, begin + S * 25), Some(6_000));
        waiting.piped(&partial("", 0), begin + S * 26);
        assert_eq!(waiting.tell(false, begin + S * 26), Some(0));
        assert_eq!(waiting.tell(false, begin + S * 40), None, "told once");
        assert_eq!(waiting.look_at(), None);
    }

    #[test]
    fn an_older_sentence_waits_while_the_next_is_spoken() {
        let (mut waiting, begin) = (Lag::default(), Instant::now());
        waiting.piped(&started(0), begin);
        waiting.piped(&started(3_000), begin + S * 3);
        waiting.heard(Speaker::Citizen, &[0.1; 160], begin + S * 9);
        assert_eq!(waiting.tell(true, begin + S * 9), Some(6_000));
    }

    #[test]
    fn what_was_typed_waits_for_its_translation() {
        let (mut waiting, begin) = (Lag::default(), Instant::now());
        waiting.typed(UtteranceId(1), Speaker::Staff, begin);
        assert_eq!(waiting.tell(false, begin + S * 4), None);
        assert_eq!(waiting.tell(false, begin + S * 8), Some(8_000));
        assert_eq!(waiting.tell(false, begin + S * 8), None, "not twice");
        waiting.forget();
        assert_eq!(waiting.tell(false, begin + S * 9), Some(0));
    }

    #[test]
    fn late_speech_is_not_spoken_to_who_has_gone_on() {
        let (mut waiting, begin) = (Lag::default(), Instant::now());
        let late = |waiting: &mut Lag, id, begun, lag_ms, s| {
            waiting.is_too_late(
                UtteranceId(id),
                Speaker::Citizen,
                begun,
                lag_ms,
                begin + S * s,
            )
        };
        waiting.typed(UtteranceId(1), Speaker::Staff, begin);
        assert!(!late(&mut waiting, 1, false, 9_000, 9), "they wait for it");
        waiting.piped(&partial("так", 0), begin + S * 9);
        assert!(!late(&mut waiting, 1, true, 10_000, 10), "it has begun");
        assert!(!late(&mut waiting, 2, false, 2_000, 10), "it is not old");
        assert!(late(&mut waiting, 3, false, 6_000, 10));
        assert!(late(&mut waiting, 3, false, 0, 11), "nor is the rest of it");
    }

    #[test]
    fn who_was_only_heard_by_a_microphone_has_not_gone_on() {
        let (mut waiting, begin) = (Lag::default(), Instant::now());
        let mut late_after = |event: PipeEvent, id| {
            waiting.piped(&event, begin + S * 3);
            waiting.is_too_late(
                UtteranceId(id),
                Speaker::Citizen,
                false,
                9_000,
                begin + S * 9,
            )
        };
        // The other one's next sentence, overheard: it holds no words.
        assert!(!late_after(started(0), 1));
        assert!(!late_after(partial("", 0), 2));
        assert!(late_after(partial("так", 4_000), 3));
    }
}
