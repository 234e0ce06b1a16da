//! Whether words were cut out of a stretch of speech: a device sends digital silence while its own loudspeaker plays.

/// Samples per millisecond.
const PER_MS: usize = tolkebot_audio::SAMPLE_RATE as usize / 1000;
/// Digital silence between words that is no rest between two frames.
const HOLE: usize = 250 * PER_MS;
/// At either end less of it belongs to the stretch.
const EDGE: usize = 100 * PER_MS;
/// How near to the silence a word must be to have been cut by it: as long as the stop within a word,
const NEAR: usize = 60 * PER_MS;
/// and in pieces of which length loudness is looked at.
const PIECE: usize = 10 * PER_MS;
/// How loud the sound next to the silence is at least if a word was cut, of the stretch's mean. Words that end by
/// themselves fade.
const LOUD: f32 = 0.15;

/// Whether digital silence lies between the words of a stretch, or cuts off its beginning or its end.
pub(crate) fn is_cut(sound: &[f32]) -> bool {
    let runs = zero_runs(sound);
    let silent: usize = runs.iter().map(|(from, to)| to - from).sum();
    let loud = mean_square(sound, sound.len() - silent) * LOUD * LOUD;
    let is_loud = |part: &[f32]| {
        let mut pieces = part.chunks(PIECE);
        pieces.any(|piece| mean_square(piece, piece.len()) >= loud)
    };
    let cuts = |&(from, to): &(usize, usize)| match (from == 0, to == sound.len()) {
        (true, true) => false,
        (false, false) => to - from >= HOLE,
        (true, false) => is_loud(&sound[to..(to + NEAR).min(sound.len())]),
        (false, true) => is_loud(&sound[from.saturating_sub(NEAR)..from]),
    };
    runs.iter().any(cuts)
}

/// Where the sound is nothing but zeros for at least [`EDGE`].
fn zero_runs(sound: &[f32]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut from = 0;
    for part in sound.split_inclusive(|sample| *sample != 0.0) {
        let ends_in_zero = part.last() == Some(&0.0);
        let zeros = part.len() - usize::from(!ends_in_zero);
        if zeros >= EDGE {
            runs.push((from, from + zeros));
        }
        from += part.len();
    }
    runs
}

fn mean_square(sound: &[f32], samples: usize) -> f32 {
    sound.iter().map(|s| s * s).sum::<f32>() / samples.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sound at that loudness for so long.
    fn voice(ms: usize, level: f32) -> Vec<f32> {
        let sample = |at: usize| if at.is_multiple_of(2) { level } else { -level };
        (0..ms * PER_MS).map(sample).collect()
    }

    fn zeros(ms: usize) -> Vec<f32> {
        vec![0.0; ms * PER_MS]
    }

    #[test]
    fn digital_silence_between_or_beside_words_is_a_hole() {
        let word = || voice(500, 0.2);
        let faded = || voice(100, 0.002);
        let cut = |parts: &[Vec<f32>]| is_cut(&parts.concat());
        assert!(cut(&[word(), zeros(300), word()]));
        assert!(cut(&[word(), zeros(200)]), "the end is cut off");
        assert!(cut(&[zeros(200), word()]), "the beginning is");
        assert!(!cut(&[word()]));
        assert!(!cut(&[word(), zeros(200), word()]), "shorter than a word");
        assert!(!cut(&[word(), voice(400, 0.0005), word()]), "a pause");
        assert!(
            !cut(&[zeros(200), faded(), word(), faded(), zeros(200)]),
            "said before and after it"
        );
        assert!(!cut(&[zeros(500)]));
        assert!(!cut(&[]));
    }
}
