//! Surnames that no list and no ending gives away, behind a man's given name in another case.

/// The nominative of a man's surname in the genitive, which is also his accusative: «Петра Чоботаря» is
/// «Чоботар». Two readings are left alone: «Левка» is «Левко» or «Левок».
pub(super) fn of_genitive(said: &str) -> Option<String> {
    let vowel = |c: char| "аеєиіїоуюя".contains(c);
    let last = |text: &str| text.chars().next_back();
    if let Some(stem) = said.strip_suffix('а') {
        let before = last(stem).filter(|&c| !vowel(c))?;
        let open = stem.strip_suffix(before).and_then(last).is_some_and(vowel);
        return (stem.chars().count() >= 3 && open).then(|| stem.to_owned());
    }
    let stem = said.strip_suffix('я')?;
    let before = last(stem)?;
    let rest = stem.strip_suffix(before)?;
    let open = last(rest).is_some_and(vowel);
    if rest.chars().count() < 2 {
        return None;
    }
    match before {
        // «Шевця», «Кравця»: the vowel comes back.
        'ц' if open => Some(format!("{stem}ь")),
        'ц' if last(rest) != Some('ь') => Some(format!("{rest}ець")),
        'р' if open => Some(stem.to_owned()),
        'л' | 'н' | 'з' | 'с' | 'т' | 'д' if open => Some(format!("{stem}ь")),
        c if vowel(c) => Some(format!("{stem}й")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_genitive_of_a_mans_surname_has_one_nominative() {
        for (said, nominative) in [
            ("чоботаря", "чоботар"),
            ("коваля", "коваль"),
            ("кравця", "кравець"),
            ("швеця", "швець"),
            ("дороша", "дорош"),
            ("новака", "новак"),
            ("палія", "палій"),
            ("волошина", "волошин"),
        ] {
            assert_eq!(of_genitive(said).as_deref(), Some(nominative), "{said}");
        }
        for said in [
            "левка",
            "сорока's",
            "стрільця",
            "дзюба'",
            "чорний",
            "а",
            "оля",
            "дмитро",
        ] {
            assert_eq!(of_genitive(said), None, "{said}");
        }
    }
}
