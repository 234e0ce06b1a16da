//! Danish names as Ukrainians write what they hear.

/// Rows of letters and what stands for them, the longest that fits first.
const ROWS: &[(&str, &str)] = &[
    ("sch", "ш"),
    ("aa", "о"),
    ("ae", "е"),
    ("ch", "к"),
    ("ck", "к"),
    ("ei", "ей"),
    ("gh", "г"),
    ("hj", "й"),
    ("hv", "в"),
    ("ie", "і"),
    ("ja", "я"),
    ("je", "є"),
    ("jo", "йо"),
    ("ju", "ю"),
    ("jy", "ю"),
    ("jæ", "є"),
    ("jø", "йо"),
    ("ph", "ф"),
    ("th", "т"),
    ("a", "а"),
    ("b", "б"),
    ("d", "д"),
    ("e", "е"),
    ("é", "е"),
    ("f", "ф"),
    ("g", "г"),
    ("h", "г"),
    ("i", "і"),
    ("j", "й"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("q", "к"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("ü", "ю"),
    ("v", "в"),
    ("w", "в"),
    ("x", "кс"),
    ("y", "ю"),
    ("z", "з"),
    ("å", "о"),
    ("æ", "е"),
    ("ø", "е"),
    ("ö", "е"),
];

/// A Danish name in Ukrainian letters, lower case, as it is written by ear: `Vestergade` becomes
/// `вестергаде`, `Åbyhøj` `обюгей`. One rendering of several that are heard; signs that are no
/// letters stay.
pub fn in_cyrillic(danish: &str) -> String {
    let lower = danish.to_lowercase();
    let mut rest = lower.as_str();
    let mut out = String::with_capacity(2 * rest.len());
    while let Some(letter) = rest.chars().next() {
        let row = ROWS.iter().find(|(latin, _)| rest.starts_with(latin));
        let (used, cyrillic) = match row {
            Some((latin, cyrillic)) => (latin.len(), Some(*cyrillic)),
            // `c` sounds as the vowel behind it has it.
            None if letter == 'c' => {
                let soft = rest[1..].starts_with(['e', 'i', 'y', 'æ', 'ø']);
                (1, Some(if soft { "с" } else { "к" }))
            }
            None => (letter.len_utf8(), None),
        };
        match cyrillic {
            Some(cyrillic) => {
                // Between a consonant and a vowel that begins with й stands a mark.
                let after_consonant = out.chars().next_back().is_some_and(is_consonant);
                if after_consonant && cyrillic.starts_with(['я', 'є', 'ю']) && rest.starts_with('j')
                {
                    out.push('\'');
                }
                out.push_str(cyrillic);
            }
            None => out.push(letter),
        }
        rest = &rest[used..];
    }
    out
}

fn is_consonant(letter: char) -> bool {
    "бвгдзклмнпрстфхш".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_they_are_heard() {
        for (danish, ukrainian) in [
            ("Vestergade", "вестергаде"),
            ("Nørregade", "неррегаде"),
            ("Viborgvej", "віборгвей"),
            ("Nytorv", "нюторв"),
            ("Bjerringbro", "б'єррінгбро"),
            ("Jægergårdsgade", "єгергордсгаде"),
            ("Cortesvej", "кортесвей"),
            ("Hjortshøj", "йортсгей"),
            ("F. Vestergaards Gade", "ф. вестергордс гаде"),
            ("", ""),
        ] {
            assert_eq!(in_cyrillic(danish), ukrainian, "{danish}");
        }
    }
}
