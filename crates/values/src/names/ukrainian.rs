//! Back from Latin letters: how a Ukrainian writes a name that was romanised by the rules.

use std::sync::LazyLock;

use super::{capitalise, romanise};
use crate::table::Table;
use crate::tables::{given_name_rows, surname_rows};
use crate::token::fold;

/// Listed given names and surnames by their romanised spelling, in lower case.
static LISTED: LazyLock<Table<String, String>> = LazyLock::new(|| {
    let mut listed = Table::default();
    let given = given_name_rows().map(|row| row.name);
    for name in given.chain(surname_rows()) {
        let name = fold(name);
        listed.entry(romanise(&name)).or_insert(name);
    }
    listed
});

/// Letters at the beginning of a word, longest first.
const INITIAL: [(&str, &str); 5] = [
    ("ya", "я"),
    ("ye", "є"),
    ("yi", "ї"),
    ("yu", "ю"),
    ("y", "й"),
];

/// Letters anywhere, longest first. The soft sign that romanisation drops is put back where every
/// Ukrainian surname has it: -ський, -цький, -цько.
const LETTERS: [(&str, &str); 36] = [
    ("shch", "щ"),
    ("tsk", "цьк"),
    ("sky", "ськи"),
    ("ska", "ська"),
    ("zgh", "зг"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("ia", "я"),
    ("ie", "є"),
    ("iu", "ю"),
    ("a", "а"),
    ("b", "б"),
    ("v", "в"),
    ("h", "г"),
    ("g", "ґ"),
    ("d", "д"),
    ("e", "е"),
    ("z", "з"),
    ("y", "и"),
    ("i", "і"),
    ("k", "к"),
    ("l", "л"),
    ("m", "м"),
    ("n", "н"),
    ("o", "о"),
    ("p", "п"),
    ("r", "р"),
    ("s", "с"),
    ("t", "т"),
    ("u", "у"),
    ("f", "ф"),
    ("'", "'"),
    ("’", "'"),
];

/// The Ukrainian spelling of a romanised name: the listed name if there is one, else letter by
/// letter. Several spellings have the same Latin form (Стецко and Стецько); the likeliest is
/// given. `None` for what the rules never write (Jensen, Wójcik).
///
/// [`romanise`] makes the same word of it again, but for capitals.
pub fn from_latin(name: &str) -> Option<String> {
    let parts: Option<Vec<String>> = name.split('-').map(word_from_latin).collect();
    parts.map(|parts| parts.join("-"))
}

fn word_from_latin(name: &str) -> Option<String> {
    let latin = name.to_lowercase();
    if latin.is_empty() {
        return None;
    }
    let spelled = LISTED.get(&latin).cloned().or_else(|| by_letter(&latin))?;
    (romanise(&spelled) == latin).then(|| capitalise(&spelled))
}

fn by_letter(latin: &str) -> Option<String> {
    let mut out = String::with_capacity(2 * latin.len());
    let mut rest = latin;
    while !rest.is_empty() {
        let initial: &[(&str, &str)] = if out.is_empty() { &INITIAL } else { &[] };
        let (from, to) = initial
            .iter()
            .chain(&LETTERS)
            .find(|(from, _)| rest.starts_with(from))?;
        // Behind a vowel: Михайло, Сергій.
        let glide = *from == "i" && out.ends_with(['а', 'е', 'є', 'и', 'і', 'о', 'у', 'ю', 'я']);
        out.push_str(if glide { "й" } else { to });
        rest = &rest[from.len()..];
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn romanised_names_come_back() {
        for (latin, native) in [
            ("Olena", "Олена"),
            ("Kovalchuk", "Ковальчук"),
            ("Stetsko", "Стецько"),
            ("Vyshnevskyi", "Вишневський"),
            ("Halka", "Галка"),
            ("Lebid", "Лебідь"),
            ("Anatol", "Анатоль"),
            ("Yuliia", "Юлія"),
            ("Serhii", "Сергій"),
            ("Shchebetiuk", "Щебетюк"),
            ("Zghurovets", "Згуровец"),
            ("Nechui-Levytska", "Нечуй-Левицька"),
        ] {
            let got = from_latin(latin).unwrap();
            assert_eq!(romanise(&got), latin, "{got}");
            // Where letters were dropped another spelling may be listed.
            let same = |a: &str| a.replace('ь', "");
            assert_eq!(same(&got), same(native), "{latin}");
        }
    }

    #[test]
    fn what_the_rules_never_write_stays() {
        for name in ["Jensen", "Wójcik", "Xenia", "Søren", "", "Quist"] {
            assert_eq!(from_latin(name), None, "{name}");
        }
    }

    #[test]
    fn every_listed_name_comes_back_with_its_latin_form() {
        for row in given_name_rows() {
            let latin = capitalise(&romanise(&fold(row.name)));
            let back = from_latin(&latin).unwrap();
            assert_eq!(romanise(&back), latin, "{}", row.name);
        }
    }

    proptest! {
        /// Whatever is given back is romanised to the same word again.
        #[test]
        fn nothing_is_changed_on_the_way(name in "[A-Z][a-z]{0,9}") {
            if let Some(back) = from_latin(&name) {
                prop_assert_eq!(romanise(&back).to_lowercase(), name.to_lowercase());
            }
        }
    }
}
