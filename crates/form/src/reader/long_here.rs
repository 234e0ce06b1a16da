//! Who came to the country years ago, and reports no arrival.

use super::abroad;
use super::memory::Memory;
use super::mood;
use super::topic::Topic;
use super::utterance::Utterance;

/// «Ні, я тут уже чотири роки», «у березні дві тисячі двадцять другого» to "er du lige kommet til Danmark?" and
/// "hvornår kom du til Danmark?", which are asked of everybody: an arrival is reported within days.
pub(super) fn is_told(m: &Memory, u: &Utterance<'_>) -> bool {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    // "Hvornår kom du til verden?" is another question.
    let came = staff.windows(2).any(|w| w == ["du", "hertil"])
        || (0..staff.len()).any(|at| {
            let behind = &staff[at + 1..staff.len().min(at + 4)];
            matches!(staff[at], "kom" | "kommer" | "kommet")
                && behind.contains(&"til")
                && behind.iter().any(|w| matches!(*w, "danmark" | "landet"))
        });
    if !(abroad::entered(&staff) || came || m.asked.asks(Topic::Arrival)) {
        return false;
    }
    let words = u.all_words();
    let years = words.windows(2).any(|w| {
        matches!(w[1], "роки" | "років")
            && matches!(
                w[0],
                "два"
                    | "три"
                    | "чотири"
                    | "п'ять"
                    | "шість"
                    | "сім"
                    | "вісім"
                    | "кілька"
                    | "декілька"
                    | "пару"
                    | "багато"
                    | "2"
                    | "3"
                    | "4"
                    | "5"
                    | "6"
                    | "7"
                    | "8"
            )
    });
    // «Там ми три роки жили», «залишуся на два роки»
    let here = words.iter().any(|w| {
        matches!(
            *w,
            "тут"
                | "вже"
                | "уже"
                | "живу"
                | "живемо"
                | "мешкаю"
                | "мешкаємо"
                | "данії"
                | "ні"
        )
    }) && !words.iter().any(|w| matches!(*w, "там" | "на"));
    // «Дитині три роки»
    let of_age = words.iter().any(|w| {
        ["дитин", "син", "доньк", "дочк", "йому", "їй"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    // Not a birth day, told after "indrejse den ottende januar".
    let when = staff.contains(&"hvornår") && (came || m.asked.asks(Topic::Arrival));
    let long_ago = when && year_said(&words).is_some_and(|year| year + 1 < m.today.year());
    // "Er du lige kommet til Danmark?" – «Ні.»
    let denied = staff.contains(&"lige") && words.len() <= 2 && mood::mood(u).objected;
    years && here && !of_age || long_ago || denied
}

/// A year of this century: «2022», «дві тисячі двадцять другого», «двадцять другого року».
fn year_said(words: &[&str]) -> Option<i16> {
    const UNITS: [&str; 9] = [
        "перш",
        "друг",
        "трет",
        "четверт",
        "п'ят",
        "шост",
        "сьом",
        "восьм",
        "дев'ят",
    ];
    let mut digits = words.iter().filter_map(|w| w.parse::<i16>().ok());
    if let Some(year) = digits.find(|year| (2000..2100).contains(year)) {
        return Some(year);
    }
    words.windows(2).enumerate().find_map(|(at, w)| {
        let thousand = at >= 2 && words[at - 2..at] == ["дві", "тисячі"];
        let year = words
            .get(at + 2)
            .is_some_and(|w| matches!(*w, "року" | "році" | "рік"));
        if w[0] != "двадцять" || !(thousand || year) {
            return None;
        }
        let unit = UNITS.iter().position(|stem| w[1].starts_with(stem))?;
        Some(2021 + unit as i16)
    })
}
