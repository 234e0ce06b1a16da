//! From tokens to words with times.

use std::ops::Range;

use crate::transcript::Word;

/// A token with its bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece<'a> {
    pub bytes: &'a [u8],
    pub log_probability: f32,
    pub start_ms: Option<u64>,
    pub reconsidered: bool,
}

/// Joins tokens into words: a token that begins with a space begins a word. Bytes that are no
/// UTF-8, which happens where a text was cut inside a character, are left out.
///
/// Where the model gave no times, the words share `voiced` (ms) by their lengths.
pub(crate) fn words(pieces: &[Piece<'_>], voiced: &Range<u64>, end_ms: u64) -> Vec<Word> {
    let mut groups: Vec<(Vec<u8>, Vec<Piece<'_>>)> = Vec::new();
    for piece in pieces {
        let begins = piece.bytes.first() == Some(&b' ') || groups.is_empty();
        if begins {
            groups.push((Vec::new(), Vec::new()));
        }
        if let Some((bytes, members)) = groups.last_mut() {
            bytes.extend(piece.bytes);
            members.push(*piece);
        }
    }
    let mut found: Vec<(String, Vec<Piece<'_>>)> = Vec::new();
    for (bytes, members) in groups {
        let text = String::from_utf8_lossy(&bytes).replace(char::REPLACEMENT_CHARACTER, "");
        let text = text.trim();
        let has_letters = text.chars().any(char::is_alphanumeric);
        match found.last_mut() {
            // A lone mark ("–", "?") belongs to the word before it.
            Some((before, _)) if !has_letters && !text.is_empty() => {
                before.push(' ');
                before.push_str(text);
            }
            _ if text.is_empty() => {}
            _ => found.push((text.to_owned(), members)),
        }
    }
    let starts = starts(&found, voiced, end_ms);
    let last_end = voiced
        .end
        .clamp(starts.last().copied().unwrap_or(0), end_ms);
    let ends = starts.iter().skip(1).copied().chain([last_end]);
    found
        .iter()
        .zip(starts.iter().zip(ends))
        .map(|((text, members), (&start_ms, end_ms))| Word {
            text: text.clone(),
            start_ms,
            end_ms,
            confidence: geometric_mean(members.iter().map(|piece| piece.log_probability)),
            reconsidered: members.iter().any(|piece| piece.reconsidered),
        })
        .collect()
}

/// Whether the model's attention gave a word no time of its own.
fn is_timeless(word: &Word) -> bool {
    word.end_ms <= word.start_ms
}

/// Share of words without a time of their own. Where nobody spoke, nearly all are.
pub(crate) fn crowded(words: &[Word]) -> f32 {
    // The last word always gets the rest of the sound.
    let count = words.len().saturating_sub(1);
    if count == 0 {
        return 0.0;
    }
    words[..count]
        .iter()
        .filter(|word| is_timeless(word))
        .count() as f32
        / count as f32
}

/// Leaves out a phrase of at least three words that stands twice in a row, if one of the two was
/// not spoken: most of its words have no time of their own.
pub(crate) fn without_unspoken_repeats(mut words: Vec<Word>) -> Vec<Word> {
    const SHORTEST: usize = 3;
    let plain = |word: &Word| {
        word.text
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let unspoken =
        |copy: &[Word]| copy.iter().filter(|word| is_timeless(word)).count() * 10 >= copy.len() * 6;
    let mut length = words.len() / 2;
    while length >= SHORTEST {
        let twice = (0..=words.len().saturating_sub(2 * length)).find_map(|at| {
            let (first, second) = words.get(at..at + 2 * length)?.split_at(length);
            let same = first.iter().zip(second).all(|(a, b)| plain(a) == plain(b));
            match (unspoken(first), unspoken(second)) {
                _ if !same => None,
                (_, true) => Some(at + length),
                (true, false) => Some(at),
                (false, false) => None,
            }
        });
        match twice {
            Some(at) => drop(words.drain(at..at + length)),
            None => length -= 1,
        }
        length = length.min(words.len() / 2);
    }
    words
}

/// Where each word begins: never before the one ahead of it, never after the end.
fn starts(found: &[(String, Vec<Piece<'_>>)], voiced: &Range<u64>, end_ms: u64) -> Vec<u64> {
    let aligned: Option<Vec<u64>> = found
        .iter()
        .map(|(_, members)| members.first().and_then(|piece| piece.start_ms))
        .collect();
    let mut starts = aligned.unwrap_or_else(|| shared(found, voiced));
    let mut earliest = 0;
    for start in &mut starts {
        *start = (*start).clamp(earliest, end_ms.max(earliest));
        earliest = *start;
    }
    starts
}

/// Shares the voiced time by the words' lengths.
fn shared(found: &[(String, Vec<Piece<'_>>)], voiced: &Range<u64>) -> Vec<u64> {
    let letters = |text: &str| text.chars().count() as u64 + 1;
    let all: u64 = found.iter().map(|(text, _)| letters(text)).sum();
    let length = voiced.end.saturating_sub(voiced.start);
    let mut before = 0;
    found
        .iter()
        .map(|(text, _)| {
            let start = voiced.start + length * before / all.max(1);
            before += letters(text);
            start
        })
        .collect()
}

/// Geometric mean of probabilities that are given as logarithms; 0 for none.
pub(crate) fn geometric_mean(logs: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = logs.fold((0.0f32, 0u32), |(sum, count), log| (sum + log, count + 1));
    if count == 0 {
        0.0
    } else {
        (sum / count as f32).exp().clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(bytes: &[u8], probability: f32, start_ms: Option<u64>) -> Piece<'_> {
        Piece {
            bytes,
            log_probability: probability.ln(),
            start_ms,
            reconsidered: false,
        }
    }

    #[test]
    fn tokens_become_words_across_split_characters() {
        let cyrillic = "їдальня".as_bytes();
        let pieces = [
            piece(b" Jeg", 0.9, Some(100)),
            piece(b" spis", 0.9, Some(300)),
            piece(b"er,", 0.4, Some(500)),
            piece(b" ", 0.9, Some(700)),
            piece(&cyrillic[..3], 0.9, Some(710)),
            piece(&cyrillic[3..], 0.9, Some(720)),
            piece(b" ?", 0.9, Some(900)),
        ];
        let words = words(&pieces, &(0..1000), 1200);
        let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["Jeg", "spiser,", "їдальня ?"]);
        assert_eq!((words[1].start_ms, words[1].end_ms), (300, 700));
        assert!(words.iter().all(|word| !word.reconsidered));
        assert_eq!(words[2].end_ms, 1000);
        assert!((words[1].confidence - 0.6).abs() < 1e-5);
    }

    #[test]
    fn a_word_is_marked_if_a_piece_of_it_was_reconsidered() {
        let mut pieces = [
            piece(b" Ryes", 0.9, None),
            piece(b"gade", 0.9, None),
            piece(b" otte", 0.9, None),
        ];
        pieces[1].reconsidered = true;
        let words = words(&pieces, &(0..900), 900);
        let marked: Vec<bool> = words.iter().map(|word| word.reconsidered).collect();
        assert_eq!(marked, [true, false]);
    }

    #[test]
    fn a_cut_character_is_left_out() {
        let pieces = [
            piece(b" ja", 0.9, None),
            piece(&"є".as_bytes()[..1], 0.9, None),
        ];
        assert_eq!(words(&pieces, &(0..500), 500)[0].text, "ja");
    }

    #[test]
    fn without_times_words_share_the_voiced_stretch() {
        let pieces = [piece(b" en", 0.9, None), piece(b" telefon", 0.9, None)];
        let words = words(&pieces, &(200..1300), 1500);
        assert_eq!((words[0].start_ms, words[0].end_ms), (200, 500));
        assert_eq!((words[1].start_ms, words[1].end_ms), (500, 1300));
    }

    fn timed(text: &str, start_ms: u64, end_ms: u64) -> Word {
        Word {
            text: text.to_owned(),
            start_ms,
            end_ms,
            confidence: 0.5,
            reconsidered: false,
        }
    }

    #[test]
    fn a_phrase_that_was_written_twice_but_spoken_once_stands_once() {
        let once = ["Det", "er", "på", "tid."];
        let stacked = once.map(|text| timed(text, 800, 800));
        let spoken: Vec<_> = (0..4u64)
            .map(|i| timed(once[i as usize], 800 + 100 * i, 900 + 100 * i))
            .collect();
        let both = [&stacked[..], &spoken[..]].concat();
        assert_eq!(without_unspoken_repeats(both), spoken);
        let both = [&spoken[..], &stacked[..]].concat();
        assert_eq!(without_unspoken_repeats(both), spoken);
        // Who says it twice is written twice.
        let twice = [&spoken[..], &spoken[..]].concat();
        assert_eq!(without_unspoken_repeats(twice.clone()), twice);
        assert_eq!(without_unspoken_repeats(Vec::new()), []);
    }

    #[test]
    fn words_that_follow_the_sound_are_not_crowded() {
        let words = [
            timed("a", 0, 100),
            timed("b", 100, 100),
            timed("c", 100, 200),
        ];
        assert_eq!(crowded(&words), 0.5);
        assert_eq!(crowded(&words[..1]), 0.0);
        assert_eq!(crowded(&[]), 0.0);
    }

    #[test]
    fn times_never_run_backwards_or_past_the_end() {
        let pieces = [
            piece(b" a", 0.9, Some(400)),
            piece(b" b", 0.9, Some(200)),
            piece(b" c", 0.9, Some(9000)),
        ];
        let words = words(&pieces, &(0..1000), 1000);
        let times: Vec<_> = words
            .iter()
            .map(|word| (word.start_ms, word.end_ms))
            .collect();
        assert_eq!(times, [(400, 400), (400, 1000), (1000, 1000)]);
    }
}
