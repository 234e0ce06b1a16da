//! What a character voice reads: Piper's models with `"phoneme_type": "text"` were trained on letters, not
//! on phonemes. Small ones, with the marks of й and ї on their own where the voice knows them.

use tolkebot_protocol::Lang;
use tolkebot_values::names::romanise;
use tolkebot_values::render::in_cyrillic;

use crate::text;

/// Longest word in capitals that is spelled though it has no vowel: `CPR`.
const ABBREVIATION: usize = 4;

/// A prepared sentence in the letters of a voice that speaks `lang`: words in the other script as they are
/// heard. `knows` says which symbols the voice has.
pub(crate) fn characters(sentence: &str, lang: Lang, knows: impl Fn(char) -> bool) -> String {
    let mut written = String::with_capacity(2 * sentence.len());
    for run in text::runs(sentence, lang) {
        match (run.lang, lang) {
            (Lang::Da, Lang::Uk) => written.push_str(&heard(run.text)),
            (Lang::Uk, Lang::Da) => written.push_str(&romanise(run.text)),
            _ => written.push_str(run.text),
        }
    }
    let mut out = String::with_capacity(written.len());
    for c in written.chars().flat_map(char::to_lowercase) {
        match c {
            'й' if knows('\u{306}') => out.push_str("и\u{306}"),
            'ї' if knows('\u{308}') => out.push_str("і\u{308}"),
            '–' if !knows('–') => out.push('—'),
            c => out.push(c),
        }
    }
    out
}

/// Danish words in Ukrainian letters; letters on their own and short abbreviations by their names.
fn heard(words: &str) -> String {
    let mut out = String::new();
    for word in words.split_inclusive(' ') {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        let vowel = |c: &char| "AEIOUYÆØÅ".contains(*c);
        let abbreviated = letters.len() <= ABBREVIATION
            && letters.iter().all(|c| c.is_uppercase())
            && !letters.iter().any(vowel);
        if letters.len() == 1 || abbreviated && !letters.is_empty() {
            let names: Vec<String> = letters.iter().map(|c| letter(*c)).collect();
            let (first, last) = (
                word.find(char::is_alphabetic),
                word.rfind(char::is_alphabetic),
            );
            let end = last.map(|at| at + word[at..].chars().next().map_or(0, char::len_utf8));
            out.push_str(&word[..first.unwrap_or(0)]);
            out.push_str(&names.join(" "));
            out.push_str(&word[end.unwrap_or(word.len())..]);
        } else {
            out.push_str(&in_cyrillic(word));
        }
    }
    out
}

/// The Danish name of a letter as a Ukrainian hears it.
fn letter(letter: char) -> String {
    let name = match letter.to_lowercase().next().unwrap_or(letter) {
        'b' => "бе",
        'c' => "се",
        'd' => "де",
        'f' => "еф",
        'g' => "ге",
        'h' => "го",
        'j' => "йод",
        'k' => "ко",
        'l' => "ел",
        'm' => "ем",
        'n' => "ен",
        'p' => "пе",
        'q' => "ку",
        'r' => "ер",
        's' => "ес",
        't' => "те",
        'v' => "ве",
        'w' => "добельве",
        'x' => "екс",
        'z' => "сет",
        vowel => return in_cyrillic(&vowel.to_string()),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_small_and_of_the_voice_s_own_script() {
        let uk = |text| characters(text, Lang::Uk, |c| c != '–');
        assert_eq!(
            uk("Її ім'я – Йорґ!"),
            "і\u{308}і\u{308} ім'я — и\u{306}орґ!"
        );
        assert_eq!(
            uk("Адреса: Vestergade двадцять чотири B, Aarhus C."),
            "адреса: вестергаде двадцять чотири бе, оргус се."
        );
        assert_eq!(uk("Номер CPR: один"), "номер се пе ер: один");
        assert_eq!(characters("Її", Lang::Uk, |_| false), "її");
        assert_eq!(characters("Hej Оксана.", Lang::Da, |_| true), "hej oksana.");
    }
}
