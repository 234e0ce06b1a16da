//! Ukrainian letters to Kokoro's sounds.
//!
//! Ukrainian spelling is nearly phonemic, so a few rules say it better than espeak-ng, whose
//! Ukrainian devoices like Russian ("осіб" → *осіп*, "квартира" → *ґвартира*). Only the stress is
//! not written: it comes from a list of common words, otherwise from espeak-ng.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words with an acute after the stressed vowel; `#` starts a comment.
const STRESSED: &str = include_str!("ukrainian_stress.txt");
const ACUTE: char = '\u{301}';
const VOWELS: &str = "аеиіоуєїюя";

/// Which vowel of a word is stressed, counted from 0.
static STRESS: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    STRESSED
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(|word| {
            let before = &word[..word.find(ACUTE)?];
            let vowels = before.chars().filter(|c| is_vowel(*c)).count();
            Some((word.replace(ACUTE, ""), vowels.saturating_sub(1)))
        })
        .collect()
});

/// Short words that lean on the next one and carry no stress.
const WEAK: [&str; 34] = [
    "на", "у", "в", "з", "із", "зі", "до", "і", "й", "та", "не", "що", "за", "від", "по", "при",
    "для", "як", "чи", "а", "о", "об", "бо", "ж", "же", "б", "би", "під", "над", "без", "про",
    "це", "то", "ні",
];

fn is_vowel(c: char) -> bool {
    VOWELS.contains(c)
}

/// The sounds of one word. `guess` gives espeak-ng's IPA for a word whose stress is not listed.
pub(super) fn word<E>(
    written: &str,
    guess: impl FnOnce(&str) -> Result<String, E>,
) -> Result<String, E> {
    let word = written.to_lowercase();
    let vowels = word.chars().filter(|c| is_vowel(*c)).count();
    // «о двана́дцятій», «до шістна́дцятої»: always there, or twelve is heard for twenty.
    let teens = word.find("надцят");
    let teens = teens.map(|at| word[..at].chars().filter(|c| is_vowel(*c)).count());
    let stressed = match STRESS.get(&word).or(teens.as_ref()) {
        _ if WEAK.contains(&word.as_str()) && vowels < 2 => None,
        Some(&vowel) => Some(vowel),
        None if vowels < 2 => Some(0),
        None => Some(stress_of(&guess(&word)?, vowels)),
    };
    Ok(sounds(&word, stressed))
}

/// The stressed vowel in espeak-ng's IPA; the last but one if it names none.
fn stress_of(ipa: &str, vowels: usize) -> usize {
    match ipa.split_once('ˈ') {
        Some((before, _)) => before
            .chars()
            .filter(|c| "aɛεeɪioɔuyɐə".contains(*c))
            .count(),
        None => vowels.saturating_sub(2),
    }
    .min(vowels.saturating_sub(1))
}

/// What is written differently from how it is said, before letters become sounds. Capitals stand
/// for the two affricates that take two letters.
const SPELLINGS: [(&str, &str); 8] = [
    ("дж", "Ж"),
    ("дз", "З"),
    ("ться", "цця"),
    ("шся", "сся"),
    ("дцят", "ццят"),
    ("шістд", "шізд"),
    ("шістн", "шісн"),
    ("щ", "шч"),
];

fn sounds(word: &str, stressed: Option<usize>) -> String {
    let mut plain = word.to_owned();
    for (written, said) in SPELLINGS {
        plain = plain.replace(written, said);
    }
    let letters: Vec<char> = plain.chars().collect();
    let mut out = String::with_capacity(plain.len() * 2);
    let mut vowel = 0;
    let mut i = 0;
    while i < letters.len() {
        let letter = letters[i];
        let before = i.checked_sub(1).map(|i| letters[i]);
        if let Some(sound) = vowel_sound(letter) {
            let after_consonant = before.is_some_and(|c| consonant_sound(c).is_some());
            if letter == 'ї' || ("єюя".contains(letter) && !after_consonant) {
                out.push('j');
            }
            if stressed == Some(vowel) {
                out.push('ˈ');
            }
            out.push(sound);
            vowel += 1;
        } else if letter == 'й' || (letter == 'ь' && letters.get(i + 1) == Some(&'о')) {
            out.push('j');
        } else if let Some(sound) = consonant_sound(letter) {
            // A doubled letter is one long sound, which the model would say as two.
            if letters.get(i + 1) == Some(&letter) {
                i += 1;
            }
            let next = letters.get(i + 1).copied();
            out.push_str(consonant(letter, sound, next));
            let soft = next.is_some_and(|c| "єюя".contains(c));
            if soft && !"нл".contains(letter) {
                out.push('j');
            }
        }
        i += 1;
    }
    out
}

/// A consonant before what follows it: `в` is a glide unless a vowel follows, `н` and `л` have
/// soft partners of their own.
fn consonant(letter: char, sound: &'static str, next: Option<char>) -> &'static str {
    let soft = next.is_some_and(|c| "ьєюя".contains(c));
    match letter {
        'в' if !next.is_some_and(|c| is_vowel(c) || c == 'ь' || c == '\'') => "w",
        'н' if soft => "ɲ",
        'л' if soft => "ʎ",
        _ => sound,
    }
}

fn vowel_sound(letter: char) -> Option<char> {
    Some(match letter {
        'а' | 'я' => 'a',
        'е' | 'є' => 'ɛ',
        'и' => 'ɪ',
        'і' | 'ї' => 'i',
        'о' => 'o',
        'у' | 'ю' => 'u',
        _ => return None,
    })
}

fn consonant_sound(letter: char) -> Option<&'static str> {
    Some(match letter {
        'б' => "b",
        'в' => "v",
        'г' => "h",
        'ґ' => "ɡ",
        'д' => "d",
        'ж' => "ʒ",
        'з' => "z",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ф' => "f",
        'х' => "x",
        'ц' => "ʦ",
        'ч' => "ʧ",
        'ш' => "ʃ",
        'Ж' => "ʤ",
        'З' => "ʣ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(written: &str) -> String {
        let guess = |word: &str| -> Result<String, ()> { panic!("{word} is not listed") };
        word(written, guess).unwrap()
    }

    #[test]
    fn letters_become_sounds() {
        for (written, sounds) in [
            ("Скільки", "skˈiʎkɪ"),
            ("осіб", "osˈib"),
            ("переїжджає", "pɛrɛjiʒʤˈajɛ"),
            ("ім'я", "imjˈa"),
            ("квартира", "kvartˈɪra"),
            ("вівторок", "viwtˈorok"),
            ("двадцять", "dvˈaʦjat"),
            ("дванадцятій", "dvanˈaʦjatij"),
            ("пишеться", "pˈɪʃɛʦja"),
            ("шістдесят", "ʃizdɛsjˈat"),
            ("прізвище", "prˈizvɪʃʧɛ"),
            ("проживання", "proʒɪvˈaɲa"),
            ("сьомого", "sjˈomoho"),
            ("на", "na"),
            ("дім", "dˈim"),
        ] {
            assert_eq!(said(written), sounds, "{written}");
        }
    }

    #[test]
    fn unlisted_words_are_stressed_as_espeak_does() {
        let with = |ipa: &'static str| word("молоко", |_| Ok::<_, ()>(ipa.to_owned())).unwrap();
        assert_eq!(with("moloko"), "molˈoko");
        assert_eq!(with("molokˈo"), "molokˈo");
        assert_eq!(with("aaaaaaˈo"), "molokˈo");
    }

    #[test]
    fn the_list_is_sound() {
        let words = STRESSED
            .lines()
            .filter(|l| !l.starts_with('#'))
            .flat_map(str::split_whitespace);
        let mut seen = std::collections::HashSet::new();
        for word in words {
            assert_eq!(word.matches(ACUTE).count(), 1, "{word}");
            let marked = word
                .chars()
                .zip(word.chars().skip(1))
                .find(|(_, next)| *next == ACUTE);
            assert!(marked.is_some_and(|(c, _)| is_vowel(c)), "{word}");
            let plain = word.replace(ACUTE, "");
            assert_eq!(plain, plain.to_lowercase());
            assert!(seen.insert(plain), "{word} is listed twice");
        }
    }
}
