//! «Зараз» of the moment of speaking: «зараз прочитаю», «чоловік зараз каже», and of no home.

use std::ops::Range;

/// What was found of homes, without the «зараз» that only says that somebody is about to speak.
pub(super) fn homes<T>(
    mut found: Vec<(T, Range<usize>)>,
    words: &[&str],
) -> Vec<(T, Range<usize>)> {
    found.retain(|(_, range)| {
        let now = matches!(words.get(range.start), Some(&("зараз" | "наразі")));
        !(now && of_speaking(&words[range.start + 1..]))
    });
    found
}

/// Whether the word before `behind` only says that somebody is about to look, read or speak.
fn of_speaking(behind: &[&str]) -> bool {
    const SPEAKS: [&str; 25] = [
        "прочита",
        "почита",
        "гляну",
        "глянем",
        "подивлю",
        "подивим",
        "подиви",
        "скажу",
        "скажем",
        "каже",
        "кажу",
        "покажу",
        "знайд",
        "пошука",
        "шука",
        "відкри",
        "дістан",
        "згада",
        "пригада",
        "продикт",
        "диктую",
        "напиш",
        "перевір",
        "подзвон",
        "спита",
    ];
    behind
        .iter()
        .take(2)
        .any(|w| SPEAKS.iter().any(|stem| w.starts_with(stem)))
}

#[cfg(test)]
mod tests {
    use super::of_speaking;

    #[test]
    fn looking_and_speaking_take_a_moment() {
        let moment = |text: &str| of_speaking(&text.split(' ').collect::<Vec<_>>());
        assert!(moment("прочитаю ось"));
        assert!(moment("каже сторегаде"));
        assert!(moment("я гляну"));
        assert!(!moment("на вестергаде"));
        assert!(!moment("живемо на"));
    }
}
