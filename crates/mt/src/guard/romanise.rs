//! Ukrainian names in Latin letters as a Danish text writes them.

use tolkebot_protocol::Lang;

/// Resolution No. 55 of the Cabinet of Ministers of Ukraine, 27 January 2010: letter, at the
/// beginning of a word, elsewhere.
const TABLE: [(char, &str, &str); 33] = [
    ('а', "a", "a"),
    ('б', "b", "b"),
    ('в', "v", "v"),
    ('г', "h", "h"),
    ('ґ', "g", "g"),
    ('д', "d", "d"),
    ('е', "e", "e"),
    ('є', "ye", "ie"),
    ('ж', "zh", "zh"),
    ('з', "z", "z"),
    ('и', "y", "y"),
    ('і', "i", "i"),
    ('ї', "yi", "i"),
    ('й', "y", "i"),
    ('к', "k", "k"),
    ('л', "l", "l"),
    ('м', "m", "m"),
    ('н', "n", "n"),
    ('о', "o", "o"),
    ('п', "p", "p"),
    ('р', "r", "r"),
    ('с', "s", "s"),
    ('т', "t", "t"),
    ('у', "u", "u"),
    ('ф', "f", "f"),
    ('х', "kh", "kh"),
    ('ц', "ts", "ts"),
    ('ч', "ch", "ch"),
    ('ш', "sh", "sh"),
    ('щ', "shch", "shch"),
    ('ь', "", ""),
    ('ю', "yu", "iu"),
    ('я', "ya", "ia"),
];

/// One word by the official table; other characters stay, apostrophes go. «зг» is "zgh".
pub(crate) fn romanise(word: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    for c in word.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let latin = match TABLE.iter().find(|(l, _, _)| *l == lower) {
            _ if matches!(c, '\'' | '\u{2019}' | '\u{02bc}') => String::new(),
            Some(_) if lower == 'г' && before == Some('з') => "gh".to_owned(),
            Some((_, first, other)) => match before {
                None | Some('-') => (*first).to_owned(),
                Some(_) => (*other).to_owned(),
            },
            None => c.to_string(),
        };
        if c.is_uppercase() {
            let mut letters = latin.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            out.extend(letters);
        } else {
            out.push_str(&latin);
        }
        before = Some(lower);
    }
    out
}

/// Spellings under which a name may stand in the target, the likeliest first: as it is for Latin
/// names; romanised for Cyrillic ones, in the case that was said and in the nominatives from which
/// that case may come.
pub(crate) fn spellings(word: &str, to: Lang) -> Vec<String> {
    if to == Lang::Uk || !word.chars().any(crate::text::is_cyrillic) {
        return vec![word.to_owned()];
    }
    let mut out = vec![romanise(word)];
    for (ending, nominatives) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|s| s.chars().count() >= 3) else {
            continue;
        };
        out.extend(nominatives.iter().map(|n| romanise(&format!("{stem}{n}"))));
        break;
    }
    out.dedup();
    out
}

/// Case endings of names and the nominative endings that they may stand for, longest first.
const ENDINGS: [(&str, &[&str]); 17] = [
    ("ською", &["ська"]),
    ("ської", &["ська"]),
    ("ським", &["ський"]),
    ("ського", &["ський"]),
    ("ському", &["ський"]),
    ("ською", &["ська"]),
    ("єві", &["й"]),
    ("еві", &["", "ь"]),
    ("ові", &["", "о"]),
    ("ією", &["ія"]),
    ("ою", &["а"]),
    ("ею", &["я", "а"]),
    ("ом", &["", "о"]),
    ("ем", &["ь", ""]),
    ("ії", &["ія"]),
    ("у", &["а", "", "о"]),
    ("и", &["а"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_official_table() {
        for (name, latin) in [
            ("Згурський", "Zghurskyi"),
            ("Їжакевич", "Yizhakevych"),
            ("Софія", "Sofiia"),
            ("Щербак", "Shcherbak"),
            ("В’ячеслав", "Viacheslav"),
            ("Ганна-Ярина", "Hanna-Yaryna"),
            ("Тоft", "Toft"),
        ] {
            assert_eq!(romanise(name), latin);
        }
    }

    #[test]
    fn inflected_names_may_be_written_in_the_nominative() {
        assert_eq!(spellings("Оленою", Lang::Da), ["Olenoiu", "Olena"]);
        assert_eq!(spellings("Ткачука", Lang::Da), ["Tkachuka"]);
        assert_eq!(spellings("Emil", Lang::Uk), ["Emil"]);
    }
}
