//! How a citizen is addressed: always «Ви».

use tolkebot_protocol::Lang;

/// What is said to a friend or a child, and what is said to a citizen instead.
const FORMS: [(&str, &str); 14] = [
    ("ти", "Ви"),
    ("тебе", "Вас"),
    ("тобі", "Вам"),
    ("тобою", "Вами"),
    ("твій", "Ваш"),
    ("твоя", "Ваша"),
    ("твоє", "Ваше"),
    ("твої", "Ваші"),
    ("твого", "Вашого"),
    ("твоєї", "Вашої"),
    ("твоєму", "Вашому"),
    ("твоїй", "Вашій"),
    ("твою", "Вашу"),
    ("твоїх", "Ваших"),
];

/// What somebody is addressed by in Danish; "man" is nobody («як твої справи», "hvordan man har det").
const YOU: [&str; 5] = ["du", "dig", "din", "dit", "dine"];

/// The polite forms that a Ukrainian translation should have had.
pub(super) fn missing(source: &str, target: &str, from: Lang) -> Vec<String> {
    let source = source.to_lowercase();
    let mut said = source.split(|c: char| !c.is_alphabetic());
    if from == Lang::Uk || !said.any(|word| YOU.contains(&word)) {
        return Vec::new();
    }
    // «Данською всі на «ти»» speaks of the word.
    let target = target.to_lowercase().replace("«ти»", "");
    let words: Vec<&str> = target.split(|c: char| !c.is_alphabetic()).collect();
    let verb = |word: &&str| {
        let stem = word.strip_suffix("ся").unwrap_or(word);
        let ends = ["єш", "еш", "їш", "иш"]
            .iter()
            .any(|end| stem.ends_with(end));
        ends && !["лиш", "миш", "тиш"].contains(word)
    };
    let of_verbs = FORMS.iter().take(usize::from(words.iter().any(verb)));
    let said = FORMS.iter().filter(|(word, _)| words.contains(word));
    if said.clone().next().is_none() {
        return of_verbs.map(|(_, polite)| (*polite).to_owned()).collect();
    }
    said.map(|(_, polite)| (*polite).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citizen_is_addressed_politely() {
        for (source, target, polite) in [
            ("Du får en bøde.", "Ти отримаєш штраф.", "Ви"),
            ("Skal du have en tolk?", "Тобі потрібен перекладач?", "Вам"),
            ("Kan du huske det?", "Пам’ятаєш це?", "Ви"),
            ("Hvem er din udlejer?", "Хто твій орендодавець?", "Ваш"),
        ] {
            assert_eq!(missing(source, target, Lang::Da), [polite]);
        }
        for (source, target) in [
            ("Du får en bøde.", "Ви отримаєте штраф."),
            ("Du har jo lige fået det.", "Ви ж лиш отримали це."),
            ("Man kan aldrig vide.", "Ніколи ти не знаєш."),
            ("Her siger vi du.", "У нас звертаються на «ти»."),
        ] {
            assert!(missing(source, target, Lang::Da).is_empty(), "{source}");
        }
        assert!(missing("Ти тут?", "Er du her?", Lang::Uk).is_empty());
    }
}
