//! Interpreted speech: on its way to the listener, and kept for saying it again.

use std::collections::VecDeque;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use tolkebot_protocol::{Lang, ServerMessage, UtteranceId};

use crate::outbox::{Out, encode};

/// Largest piece of sound in one frame, bytes. Even, and well below the largest frame.
const PIECE_BYTES: usize = 48 * 1024;

/// The spoken translation of one utterance, as far as it is known.
#[derive(Debug)]
struct Spoken {
    utterance: UtteranceId,
    lang: Lang,
    sample_rate: u32,
    pcm: Vec<u8>,
    /// Pieces sent so far.
    pieces: u32,
    complete: bool,
}

/// The sound of the last utterances.
#[derive(Debug)]
pub(crate) struct Sounds {
    kept: VecDeque<Spoken>,
    max_bytes: usize,
}

/// Why an utterance cannot be spoken again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotKept {
    /// It is being spoken.
    Speaking,
    /// It was never spoken, or is too long ago.
    Gone,
}

impl Sounds {
    pub fn new(max_bytes: usize) -> Sounds {
        Sounds {
            kept: VecDeque::new(),
            max_bytes,
        }
    }

    /// Takes the next sound of an utterance and returns the frames that carry it.
    pub fn add(
        &mut self,
        utterance: UtteranceId,
        lang: Lang,
        sample_rate: u32,
        samples: &[f32],
        last: bool,
    ) -> Vec<Out> {
        let pcm = tolkebot_audio::encode_pcm16(samples);
        let at = match self
            .kept
            .iter()
            .position(|s| s.utterance == utterance && !s.complete)
        {
            Some(at) => at,
            None => {
                self.kept.retain(|s| s.utterance != utterance);
                self.kept.push_back(Spoken {
                    utterance,
                    lang,
                    sample_rate,
                    pcm: Vec::new(),
                    pieces: 0,
                    complete: false,
                });
                self.kept.len() - 1
            }
        };
        let spoken = &mut self.kept[at];
        let pieces = frames(spoken, spoken.pieces, &pcm, last);
        spoken.pieces += u32::try_from(pieces.len()).unwrap_or(u32::MAX);
        spoken.pcm.extend_from_slice(&pcm);
        spoken.complete = last;
        self.evict();
        let sound = |(text, pcm)| Out::Sound(text, pcm);
        pieces.into_iter().map(sound).collect()
    }

    /// The frames that speak an utterance again.
    pub fn again(&self, utterance: UtteranceId) -> Result<Vec<Out>, NotKept> {
        let spoken = self
            .kept
            .iter()
            .find(|s| s.utterance == utterance)
            .ok_or(NotKept::Gone)?;
        if !spoken.complete {
            return Err(NotKept::Speaking);
        }
        let pieces = frames(spoken, 0, &spoken.pcm, true).into_iter();
        Ok(pieces.map(|(text, pcm)| Out::Again(text, pcm)).collect())
    }

    /// Whether an utterance has begun to be spoken, and its end has not come.
    pub fn is_speaking(&self, utterance: UtteranceId) -> bool {
        let mut kept = self.kept.iter();
        kept.any(|s| s.utterance == utterance && !s.complete)
    }

    /// How long the speech of an utterance takes, as far as it is kept.
    pub fn length(&self, utterance: UtteranceId) -> Duration {
        let spoken = self.kept.iter().find(|s| s.utterance == utterance);
        spoken.map_or(Duration::ZERO, |s| length(s.pcm.len() / 2, s.sample_rate))
    }

    /// Forgets utterances whose sound will not be completed any more.
    pub fn forget_incomplete(&mut self) {
        self.kept.retain(|s| s.complete);
    }

    fn evict(&mut self) {
        let mut bytes: usize = self.kept.iter().map(|s| s.pcm.len()).sum();
        while bytes > self.max_bytes && self.kept.len() > 1 {
            bytes -= self.kept.pop_front().map_or(0, |s| s.pcm.len());
        }
    }
}

/// How long so many samples take.
pub(crate) fn length(samples: usize, sample_rate: u32) -> Duration {
    Duration::from_secs_f64(samples as f64 / f64::from(sample_rate.max(1)))
}

/// Pieces of an utterance with their announcements.
fn frames(spoken: &Spoken, first: u32, pcm: &[u8], last: bool) -> Vec<(Utf8Bytes, Bytes)> {
    let mut chunks: Vec<&[u8]> = pcm.chunks(PIECE_BYTES).collect();
    if chunks.is_empty() && last {
        chunks.push(&[]);
    }
    let count = chunks.len();
    (first..)
        .zip(chunks.into_iter().enumerate())
        .map(|(piece, (i, chunk))| {
            let announcement = ServerMessage::Speech {
                utterance: spoken.utterance,
                lang: spoken.lang,
                sample_rate: spoken.sample_rate,
                piece,
                last: last && i + 1 == count,
            };
            (encode(&announcement), Bytes::copy_from_slice(chunk))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(outs: &[Out]) -> Vec<(u64, bool, usize)> {
        outs.iter()
            .map(|out| match out {
                Out::Sound(text, pcm) | Out::Again(text, pcm) => {
                    let json: serde_json::Value = serde_json::from_str(text).unwrap();
                    (
                        json["piece"].as_u64().unwrap(),
                        json["last"].as_bool().unwrap(),
                        pcm.len(),
                    )
                }
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn long_sound_is_cut_and_numbered_through() {
        let mut sounds = Sounds::new(1 << 20);
        let id = UtteranceId(4);
        let first = sounds.add(id, Lang::Uk, 24_000, &vec![0.5; 30_000], false);
        assert_eq!(told(&first), [(0, false, 49_152), (1, false, 10_848)]);
        assert_eq!(sounds.again(id).unwrap_err(), NotKept::Speaking);
        let second = sounds.add(id, Lang::Uk, 24_000, &[0.5; 10], false);
        assert_eq!(told(&second), [(2, false, 20)]);
        let end = sounds.add(id, Lang::Uk, 24_000, &[], true);
        assert_eq!(told(&end), [(3, true, 0)]);
        let again = sounds.again(id).unwrap();
        assert_eq!(told(&again), [(0, false, 49_152), (1, true, 10_868)]);
    }

    #[test]
    fn the_oldest_sound_is_given_up_first() {
        let mut sounds = Sounds::new(100);
        for n in 1..=3 {
            sounds.add(UtteranceId(n), Lang::Da, 16_000, &[0.0; 20], true);
        }
        assert_eq!(sounds.again(UtteranceId(1)).unwrap_err(), NotKept::Gone);
        assert!(sounds.again(UtteranceId(2)).is_ok());
        sounds.add(UtteranceId(4), Lang::Da, 16_000, &[0.0; 500], true);
        assert!(
            sounds.again(UtteranceId(4)).is_ok(),
            "the newest stays, however long"
        );
        assert!(sounds.again(UtteranceId(3)).is_err());
    }
}
