//! The gender of what is counted at the counter, which one and two show.

use super::tokens::Token;
use super::ukrainian_hours::word_behind;
use super::ukrainian_numbers::Gender;

/// Stems of feminine nouns: "дві особи", not "два особи".
const FEMININE: &str = "
    автівк адрес анкет бабус будівл вакансі валіз ванн вантажівк виплат віз вод вулиц годин гривень гривн
    груп дат деклараці дитин дівчин дівчинк дільниц ділянк довідк довіреност договіреност доньк допомог дочк
    дружин жінк жінок записк зарплат заяв заявк змін зупинк інструкці карт картк квартир квитанці кімнат
    кішк книжк коляск компані комун консультаці копі копійк коробк крон кухн лікарн літер ліцензі людин
    машин мов наліпк невістк онучк оплат осел осіб особ палат папк перевірк печатк підстав плат племінниц
    подруг позик позиці поїздк помилк помічниц поправк посвідк послуг пошт причин проб програм пропозиці
    процедур реєстраці резиденці родин розетк розмов розписк рубрик секунд секці сестр собачк спальн справ
    ставк сторін сторінк сторон субсиді сум сумк сусідк таблетк температур тисяч тітк точк умов форм хат
    хвилин цифр цін частин частк черг шаф школ
";

/// Endings of those stems.
const ENDINGS: &str = "а я и і ї у ю ою ею єю ь й ам ям ами ями ах ях";

/// Feminine nouns that end on a consonant.
const CONSONANTS: [&str; 17] = [
    "відповідь",
    "відповіді",
    "відповідей",
    "зустріч",
    "зустрічі",
    "зустрічей",
    "ніч",
    "ночі",
    "ночей",
    "річ",
    "речі",
    "речей",
    "область",
    "області",
    "довіреність",
    "матір",
    "матері",
];

/// Neuter nouns that are counted one by one; those on "-ння" and "-ття" are known by that.
const NEUTER: &str = "
    авто вікно горище громадянство дерево євро ім'я крило крісло ліжко літо місто місце немовля
    посольство прізвище правило право речення село слово свідоцтво сонце тіло товариство фото число
    ягня яйце
";

/// Masculine nouns that look like an adjective before another noun: "2 дні оренди", "2 місяці роботи".
const NO_ADJECTIVES: [&str; 10] = [
    "дні",
    "тижні",
    "місяці",
    "гості",
    "учні",
    "ключі",
    "платежі",
    "лікарі",
    "вчителі",
    "водії",
];

/// The gender of the token at `noun`, or of the one behind it where that is an adjective.
pub(super) fn gender(tokens: &[Token<'_>], noun: Option<usize>) -> Gender {
    let Some((noun, token)) = noun.and_then(|i| Some((i, tokens.get(i)?))) else {
        return Gender::Masculine;
    };
    let word = token.core.to_lowercase();
    if token.core == "€" || neuter(&word) {
        Gender::Neuter
    } else if feminine(&word) {
        Gender::Feminine
    } else {
        let behind = word_behind(tokens, noun);
        let agree = |adjective: &[&str], noun: &[&str]| {
            adjective.iter().any(|e| word.ends_with(e)) && noun.iter().any(|e| behind.ends_with(e))
        };
        let feminine_pair = agree(&["а", "я"], &["а", "я"])
            || agree(&["і", "ї"], &["и", "і", "ї"])
            || agree(&["ої"], &["и", "і", "ї"])
            || agree(&["у", "ю"], &["у", "ю"])
            || agree(&["ою"], &["ою", "ею", "єю"]);
        if NO_ADJECTIVES.contains(&word.as_str()) {
            Gender::Masculine
        } else if feminine_pair && feminine(&behind) {
            Gender::Feminine
        } else if agree(&["е", "є"], &["о", "е", "я"]) && neuter(&behind) {
            Gender::Neuter
        } else {
            Gender::Masculine
        }
    }
}

/// A feminine noun in any form, in lower case.
pub(super) fn feminine(noun: &str) -> bool {
    let known = |stem: &str| FEMININE.split_whitespace().any(|known| known == stem);
    let mut endings = ENDINGS.split_whitespace();
    CONSONANTS.contains(&noun)
        || known(noun)
        || endings.any(|ending| noun.strip_suffix(ending).is_some_and(known))
}

fn neuter(noun: &str) -> bool {
    let listed = NEUTER.split_whitespace().any(|known| known == noun);
    let made = (noun.ends_with("ння") || noun.ends_with("ття")) && noun != "стаття";
    listed || made && noun.chars().count() > 4
}

#[cfg(test)]
mod tests {
    use crate::text::ukrainian::in_words;

    #[test]
    fn one_and_two_agree_with_what_is_counted() {
        for (written, spoken) in [
            ("2 жінки, 2 картки", "дві жінки, дві картки"),
            ("1 вікно і 1 питання", "одне вікно і одне питання"),
            ("2 вікна", "два вікна"),
            ("21 посвідчення", "двадцять одне посвідчення"),
            ("1 €", "одне євро"),
            ("2 нові квартири", "дві нові квартири"),
            ("1 нова заява", "одна нова заява"),
            ("2 відповіді", "дві відповіді"),
            ("1 документ, 2 годинники", "один документ, два годинники"),
            ("2 особисті документи", "два особисті документи"),
            ("2 заявники, 2 довідники", "два заявники, два довідники"),
            ("2 дні, 2 ключі квартири", "два дні, два ключі квартири"),
            ("до 1 питання", "до одного питання"),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }
}
