//! From espeak-ng's IPA to the sounds that Kokoro knows.

use tolkebot_protocol::Lang;

use super::{danish, ukrainian};
use crate::TtsError;
use crate::espeak::Espeak;
use crate::text::{self, Run};

/// How fast the model speaks each language most clearly.
pub(super) fn pace(lang: Lang) -> f32 {
    match lang {
        Lang::Da => 0.9,
        Lang::Uk => 0.9,
    }
}

/// The phonemes of a prepared sentence, with the punctuation that shapes its melody.
pub(super) fn of_sentence(espeak: Espeak, sentence: &str, lang: Lang) -> Result<String, TtsError> {
    let mut out = String::new();
    for Run { lang, text } in text::runs(sentence, lang) {
        for clause in text.split_inclusive([',', ';', ':', '.', '!', '?', '–']) {
            let words = clause.trim_end_matches([',', ';', ':', '.', '!', '?', '–', ' ', '"', ')']);
            let phonemes = match lang {
                Lang::Da => danish_clause(espeak, words)?,
                Lang::Uk => ukrainian_clause(espeak, words)?,
            };
            if !phonemes.is_empty() {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push_str(&phonemes);
            }
            // The mark stands right behind its word, never twice and never first.
            let mark = clause[words.len()..]
                .chars()
                .find(|c| ",;:.!?–".contains(*c));
            if let Some(mark) = mark
                && out
                    .chars()
                    .next_back()
                    .is_some_and(|c| !",;:.!?— ".contains(c))
            {
                out.push(if mark == '–' { '—' } else { mark });
            }
        }
    }
    // Without a final mark the model trails off; a comma means that more is to come.
    if out.chars().next_back().is_some_and(|c| !".!?,".contains(c)) {
        out.push('.');
    }
    Ok(out)
}

/// Word by word: known words from the list, the others by espeak-ng's rules.
fn danish_clause(espeak: Espeak, clause: &str) -> Result<String, TtsError> {
    let mut out: Vec<String> = Vec::new();
    for word in clause.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.is_empty() {
            continue;
        }
        match danish::lookup(&word.to_lowercase()) {
            Some(phonemes) => out.push(phonemes.to_owned()),
            None => out.push(danish_word(&espeak.phonemes(word, "da")?)),
        }
    }
    out.retain(|word| !word.is_empty());
    Ok(out.join(" "))
}

/// espeak-ng's Danish: its stød marks have no sound here, its `ɐ̯` is an r before a vowel and an `ɐ`
/// after one.
fn danish_word(ipa: &str) -> String {
    let mut out = String::with_capacity(ipa.len());
    let chars: Vec<char> = ipa.chars().collect();
    let vowel = |c: &char| "aeiouyøœɔɑɒæəɛεɪʊʌɐ".contains(*c);
    let mut i = 0;
    while i < chars.len() {
        let next = chars[i + 1..].iter().find(|c| !"ˈˌʔ?\u{32f}".contains(**c));
        match chars[i] {
            'ʔ' | '?' | '\u{300}'..='\u{36f}' => {}
            'ɐ' if chars.get(i + 1) == Some(&'\u{32f}')
                && next.is_some_and(vowel)
                && out
                    .chars()
                    .next_back()
                    .is_some_and(|c| "bdfɡkptvʋ".contains(c)) =>
            {
                out.push('ʁ');
            }
            // Greek epsilon and IPA's open e look alike; the model knows the second.
            'ε' => out.push('ɛ'),
            // Stressed it is the vowel of "op", unstressed that of "-er".
            'ʌ' if out.ends_with(['ˈ', 'ˌ']) => out.push('ɔ'),
            'ʌ' => out.push('ɐ'),
            'ɒ' => out.push('ɔ'),
            'ʋ' => out.push('v'),
            'ɾ' => out.push('ʁ'),
            c => out.push(c),
        }
        i += 1;
    }
    for (from, to) in [("aa", "aː"), ("ɔɔ", "ɔː")] {
        out = out.replace(from, to);
    }
    out
}

fn ukrainian_clause(espeak: Espeak, clause: &str) -> Result<String, TtsError> {
    let mut out: Vec<String> = Vec::new();
    for word in clause.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            out.push(ukrainian::word(word, |word| espeak.phonemes(word, "uk"))?);
        }
    }
    out.retain(|word| !word.is_empty());
    Ok(out.join(" "))
}

/// Cuts phonemes into parts of at most `limit` symbols, between words where there are any.
pub(super) fn parts(phonemes: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = phonemes;
    while let Some((end, _)) = rest.char_indices().nth(limit) {
        let cut = rest[..end].rfind(' ').filter(|&gap| gap > 0).unwrap_or(end);
        parts.push(rest[..cut].trim());
        rest = rest[cut..].trim_start();
    }
    if !rest.trim().is_empty() {
        parts.push(rest.trim());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_ipa_becomes_sounds_that_the_model_knows() {
        assert_eq!(danish_word("flˈʔœtʔʌ"), "flˈœtɐ");
        assert_eq!(danish_word("pεɐ\u{32f}sˈʔonʔʌ"), "pɛɐsˈonɐ");
        assert_eq!(danish_word("bɐ\u{32f}ˈʔœð"), "bʁˈœð");
        assert_eq!(danish_word("mˈ?ɑŋə"), "mˈɑŋə");
        assert_eq!(danish_word("ˈɒɒdə"), "ˈɔːdə");
    }

    #[test]
    fn long_input_is_cut_between_words() {
        let long = "vˈɔː mˈɑŋə ".repeat(100);
        let cut = parts(&long, 480);
        assert!(
            cut.iter()
                .all(|p| p.chars().count() <= 480 && !p.is_empty())
        );
        assert_eq!(cut.join(" "), long.trim());
        assert_eq!(parts(&"a".repeat(1000), 480).len(), 3);
        assert!(parts("", 480).is_empty());
    }
}
