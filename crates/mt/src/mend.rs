//! What a translation has right but for its writing, put right without asking the model again.

use tolkebot_protocol::Lang;

use crate::guard;
use crate::text::is_latin;

/// The target with months in the case that a day before them asks for («20-го листопаді»), and with what it
/// copied in the letters that the source has ("Lars LInd", "2820 gentofte"), and with names that it nearly has.
pub(crate) fn mend(source: &str, target: String, from: Lang) -> String {
    let mut out = target;
    if from == Lang::Da {
        out = guard::declined(&out);
    }
    if from == Lang::Uk && !source.split(' ').any(is_letter) {
        out = without_stray_letters(&out);
    }
    out = guard::names_put_right(source, out, from);
    out = guard::address_put_right(source, out);
    for address in e_mails(source) {
        for at in places_of(&out, address).into_iter().rev() {
            out.replace_range(at..at + address.len(), address);
        }
    }
    for (word, times) in copied_words(source) {
        let places = places_of(&out, word);
        // A word that stands there more often is one of the target's own, too.
        if places.len() > times {
            continue;
        }
        for at in places.into_iter().rev() {
            out.replace_range(at..at + word.len(), word);
        }
    }
    out
}

/// What a name stands behind: there no letter of a house or a staircase is said.
const BEFORE_NAMES: [&str; 7] = ["på", "i", "til", "fra", "ved", "hedder", "er"];

/// "D Dortesvej": the model began a name twice. Only where no letter can be meant, at the start and behind
/// small words: "34 B Bonnesvej" stays, and so does "I ikke".
fn without_stray_letters(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let stray = |at: usize| {
        let next = words
            .get(at + 1)
            .copied()
            .unwrap_or_default()
            .to_lowercase();
        let before = at.checked_sub(1).map(|before| words[before]);
        before.is_none_or(|before| BEFORE_NAMES.contains(&before))
            && is_letter(words[at])
            && words[at] != "I"
            && words[at].chars().all(char::is_uppercase)
            && next.chars().nth(1).is_some_and(char::is_alphabetic)
            && next.starts_with(&words[at].to_lowercase())
    };
    let kept = (0..words.len()).filter(|&at| !stray(at));
    kept.map(|at| words[at]).collect::<Vec<_>>().join(" ")
}

/// A letter that stands alone, as somebody spells.
fn is_letter(word: &str) -> bool {
    let letters = word.trim_end_matches(['.', ',', '!', '?']);
    let one = letters.chars().count() == 1 && letters.chars().all(char::is_alphabetic);
    // «з», «у», «і»: small words of Ukrainian.
    one && (letters.chars().all(is_latin) || letters.chars().all(char::is_uppercase))
}

/// E-mail addresses of a source: the model writes a name in them with a capital.
fn e_mails(source: &str) -> impl Iterator<Item = &str> {
    let words = source.split_whitespace().filter(|word| word.contains('@'));
    words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Capitalised words of a source in Latin letters, and how often each stands there.
fn copied_words(source: &str) -> Vec<(&str, usize)> {
    let mut out: Vec<(&str, usize)> = Vec::new();
    for word in source.split(|c: char| !c.is_alphabetic()) {
        let letters = word.chars().count();
        let capital = word.chars().any(char::is_uppercase);
        if letters < 3 || !capital || !word.chars().all(is_latin) {
            continue;
        }
        match out.iter_mut().find(|(known, _)| *known == word) {
            Some((_, times)) => *times += 1,
            None => out.push((word, 1)),
        }
    }
    out
}

/// Where a word stands in a text, in whatever case.
fn places_of(text: &str, word: &str) -> Vec<usize> {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let lower = word.to_lowercase();
    text.char_indices()
        .map(|(at, _)| at)
        .filter(|&at| {
            let here = text.get(at..at + word.len());
            here.is_some_and(|here| here.to_lowercase() == lower)
                && !inside(text[..at].chars().next_back())
                && !inside(text[at + word.len()..].chars().next())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_words_have_the_letters_of_the_source() {
        let mended = |source, target: &str, from| mend(source, target.to_owned(), from);
        for (source, target, right) in [
            (
                "Його звати Lars Lind.",
                "Han hedder Lars LInd.",
                "Han hedder Lars Lind.",
            ),
            (
                "Моя адреса sabina.kushnir11@ukr.example.",
                "Min adresse er Sabina.kushnir11@ukr.example.",
                "Min adresse er sabina.kushnir11@ukr.example.",
            ),
            (
                "Індекс 2820 Gentofte.",
                "Postnummeret er 2820 gentofte.",
                "Postnummeret er 2820 Gentofte.",
            ),
            ("Це вулиця Ådalen.", "Det er ådalen.", "Det er Ådalen."),
            // "post" is one of the target's own words here.
            (
                "Пошта в Digital Post.",
                "Der er post i Digital Post.",
                "Der er post i Digital Post.",
            ),
            ("Вона Lind.", "Hun er lindet.", "Hun er lindet."),
        ] {
            assert_eq!(mended(source, target, Lang::Uk), right);
        }
        assert_eq!(
            mended("Har du MitID?", "Чи є у Вас mitid?", Lang::Da),
            "Чи є у Вас MitID?"
        );
    }

    #[test]
    fn a_name_that_was_begun_twice_is_there_once() {
        let mended = |source, target: &str| mend(source, target.to_owned(), Lang::Uk);
        assert_eq!(
            mended("Дортесвей чотирнадцять.", "D Dortesvej fjorten."),
            "Dortesvej fjorten."
        );
        assert_eq!(
            mended("Це квартира Fritz Dall.", "Den ligger på F fritz Dall."),
            "Den ligger på Fritz Dall."
        );
        // Spelled, another letter, and a letter at the end.
        for (source, right) in [
            ("Дортесвей, Д як Данія.", "Dortesvej, D Danmark."),
            ("Буква B, Bonde.", "Bogstavet B Bonde."),
            ("Сходи бе, Дортесвей.", "Opgang B Dortesvej B."),
            ("тридцять чотири бе боннесвей", "34 B Bonnesvej"),
            ("Ви не переїхали?", "Er I ikke flyttet?"),
            ("В Ісгої.", "I Ishøj."),
        ] {
            assert_eq!(mended(source, right), right);
        }
    }

    #[test]
    fn a_month_behind_a_day_is_put_into_the_genitive() {
        let mended = |target: &str| mend("den 20. november", target.to_owned(), Lang::Da);
        assert_eq!(
            mended("Ми переїжджаємо 20-го листопаді 1972 року."),
            "Ми переїжджаємо 20-го листопада 1972 року."
        );
        assert_eq!(mended("5 Серпень, 6 вересня."), "5 серпня, 6 вересня.");
        for right in ["У листопаді.", "20 листопада", "о 12 у травні"] {
            assert_eq!(mended(right), right);
        }
    }
}
