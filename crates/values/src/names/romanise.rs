//! Romanisation by resolution No. 55 of the Cabinet of Ministers of Ukraine, 27 January 2010.

use crate::tables::ROMANISATION;

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

fn latin(c: char, initial: bool) -> Option<&'static str> {
    let mut buffer = [0; 4];
    let letter: &str = c.encode_utf8(&mut buffer);
    ROMANISATION
        .iter()
        .find(|row| row.0 == letter)
        .map(|row| if initial { row.1 } else { row.2 })
}

/// Latin letters for Ukrainian ones; everything else stays. A suggestion only: the passport's own
/// spelling wins.
///
/// Word-initial є, ї, й, ю, я have their own forms; зг becomes zgh; ь and the apostrophe are
/// dropped; each part of a hyphenated name is a new word; capitals stay capitals.
pub fn romanise(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut initial = true;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let next = chars.get(at + 1).copied();
        let upper = c.is_uppercase();
        // All capitals, as in the machine-readable line of a passport.
        let shout =
            upper && next.map_or(at > 0 && chars[at - 1].is_uppercase(), char::is_uppercase);
        let cluster = lower == 'з' && next.is_some_and(|n| matches!(n, 'г' | 'Г'));
        let (text, used) = if cluster {
            (Some("zgh"), 2)
        } else if apostrophe(c) && !initial && next.is_some_and(char::is_alphabetic) {
            (Some(""), 1)
        } else {
            (latin(lower, initial), 1)
        };
        match text {
            Some(text) if shout => out.push_str(&text.to_uppercase()),
            Some(text) if upper => capitalised(text, &mut out),
            Some(text) => out.push_str(&text.to_lowercase()),
            None => out.push(c),
        }
        // A letter behind an apostrophe is not at the start of a word.
        initial = !(c.is_alphabetic() || apostrophe(c) && !initial);
        at += used;
    }
    out
}

fn capitalised(text: &str, out: &mut String) {
    let mut chars = text.chars();
    if let Some(first) = chars.next() {
        out.extend(first.to_uppercase());
        out.extend(chars.flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_pairs_of_the_resolution() {
        for (native, expected) in [
            ("Єнакієве", "Yenakiieve"),
            ("Гаєвич", "Haievych"),
            ("Короп'є", "Koropie"),
            ("Їжакевич", "Yizhakevych"),
            ("Кадиївка", "Kadyivka"),
            ("Йосипівка", "Yosypivka"),
            ("Стрий", "Stryi"),
            ("Олексій", "Oleksii"),
            ("Юрій", "Yurii"),
            ("Корюківка", "Koriukivka"),
            ("Костянтин", "Kostiantyn"),
            ("Розгон", "Rozghon"),
            ("Згурський", "Zghurskyi"),
            ("Гоща", "Hoshcha"),
            ("Знам\u{02BC}янка", "Znamianka"),
            ("В\u{2019}ячеслав", "Viacheslav"),
            ("Нечуй-Яворська", "Nechui-Yavorska"),
            ("Ольга Щербак", "Olha Shcherbak"),
            ("ЮРІЙ ЩУР", "YURII SHCHUR"),
            ("олена", "olena"),
            ("Oksana 5", "Oksana 5"),
        ] {
            assert_eq!(romanise(native), expected, "{native}");
        }
    }

    #[test]
    fn every_example_of_the_table() {
        let table = include_str!("../../data/romanisation_uk.tsv");
        let mut checked = 0;
        for row in table.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            if cells[0] == "Ь" {
                continue;
            }
            for (native, latin) in cells[4].split('|').zip(cells[5].split('|')) {
                assert_eq!(romanise(native), latin);
                checked += 1;
            }
        }
        assert!(checked > 60);
    }
}
