//! Cardinals outside the nominative: "протягом п'яти днів", "з двома дітьми", "одну хвилину". Where the
//! words around a number do not agree on a case, it stays in the nominative.

use super::tokens::{Token, is_digits};
use super::ukrainian_hours::{word_before, word_behind};
use super::ukrainian_nouns::{feminine, gender};
use super::ukrainian_numbers::{Gender, cardinal, plural};
use super::ukrainian_runs::fraction;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Locative,
}

/// Prepositions, comparatives and pronouns that ask for the genitive.
const GENITIVE: [&str; 24] = [
    "до",
    "від",
    "після",
    "протягом",
    "упродовж",
    "впродовж",
    "для",
    "без",
    "близько",
    "біля",
    "коло",
    "крім",
    "окрім",
    "серед",
    "замість",
    "щодо",
    "більше",
    "менше",
    "старше",
    "молодше",
    "всіх",
    "усіх",
    "цих",
    "тих",
];

const JOINING: [&str; 5] = ["і", "й", "та", "або", "чи"];

/// Words behind a number that are not what it counts.
const NOT_COUNTED: [&str; 28] = [
    "%",
    "€",
    "$",
    "£",
    "м2",
    "m2",
    "км2",
    "km2",
    "до",
    "і",
    "й",
    "та",
    "або",
    "чи",
    "а",
    "але",
    "включно",
    "не",
    "на",
    "у",
    "в",
    "за",
    "з",
    "із",
    "по",
    "без",
    "від",
    "для",
];

/// How many words may stand between two numbers that are joined: "для 2 дорослих осіб і 3 дітей".
const JOINED: usize = 5;

/// A number of the tokens `first..=last` in words, in the case and gender that stand around it.
pub(super) fn count(n: u64, tokens: &[Token<'_>], first: usize, last: usize) -> String {
    let noun = noun_at(tokens, last);
    let gender = gender(tokens, noun);
    if let Some(together) = collective(n, tokens, first, last) {
        return together.to_owned();
    }
    bent(n, case(n, tokens, first, last), gender)
}

/// Where the word is that a number counts: "1 або 2 години", "від 1 до 5 годин" count the same.
fn noun_at(tokens: &[Token<'_>], last: usize) -> Option<usize> {
    let at = if is_joined(tokens, last) {
        last + 2
    } else {
        last
    };
    (!word_behind(tokens, at).is_empty()).then_some(at + 1)
}

/// Whether another number is joined to the one at `i`.
pub(super) fn is_joined(tokens: &[Token<'_>], i: usize) -> bool {
    let next = word_behind(tokens, i);
    let joins = next == "до" || JOINING.contains(&next.as_str());
    joins && tokens.get(i + 2).is_some_and(|t| is_digits(t.core))
}

/// Whether the number at `i` stands in the genitive for the word before it.
pub(super) fn governs_genitive(tokens: &[Token<'_>], i: usize) -> bool {
    GENITIVE.contains(&governing(tokens, i).as_str())
}

/// "двоє дітей": what is never counted with a plain two, three or four.
fn collective(n: u64, tokens: &[Token<'_>], first: usize, last: usize) -> Option<&'static str> {
    let next = word_behind(tokens, last);
    let people = |word: &str| matches!(word, "дітей" | "людей");
    let counted = people(&next) || next.ends_with("их") && people(&word_behind(tokens, last + 1));
    let before = governing(tokens, first);
    let bends = GENITIVE.contains(&before.as_str()) || matches!(before.as_str(), "з" | "із" | "зі");
    match n {
        _ if !counted || bends => None,
        2 => Some("двоє"),
        3 => Some("троє"),
        4 => Some("четверо"),
        _ => None,
    }
}

fn case(n: u64, tokens: &[Token<'_>], first: usize, last: usize) -> Case {
    let before = governing(tokens, first);
    let before = before.as_str();
    let next = word_behind(tokens, last);
    let ends = |endings: &[&str]| endings.iter().any(|e| next.ends_with(e));
    let one = n % 10 == 1 && n % 100 != 11;
    let of = matches!(before, "з" | "із" | "зі");
    let inside = matches!(before, "у" | "в" | "на" | "при");
    if next.is_empty() || NOT_COUNTED.contains(&next.as_str()) {
        let from = of && next == "до";
        return if from || GENITIVE.contains(&before) {
            Case::Genitive
        } else {
            Case::Nominative
        };
    }
    if one {
        return match () {
            () if GENITIVE.contains(&before)
                && ends(&["а", "я", "у", "ю", "и", "і", "ї", "го"]) =>
            {
                Case::Genitive
            }
            () if of && ends(&["ою", "ею", "єю", "ом", "ем", "єм", "им", "ім"]) => {
                Case::Instrumental
            }
            () if of && (ends(&["ого", "ої"]) || feminine(&next) && ends(&["и", "і", "ї"])) => {
                Case::Genitive
            }
            () if inside && (ends(&["ому", "ій"]) || feminine(&next) && ends(&["і", "ї"])) => {
                Case::Locative
            }
            () if feminine(&next) && ends(&["у", "ю"]) => Case::Accusative,
            () => Case::Nominative,
        };
    }
    let genitive_plural = next
        .chars()
        .next_back()
        .is_some_and(|c| "бвгґджзйклмнпрстфхцчшщь".contains(c));
    let beside = of || matches!(before, "між" | "поміж" | "над" | "перед");
    if beside && ends(&["ами", "ями", "ьми", "има", "ими", "іми"]) {
        Case::Instrumental
    } else if (inside || matches!(before, "по" | "о")) && ends(&["ах", "ях"]) {
        Case::Locative
    } else if (of || GENITIVE.contains(&before)) && genitive_plural
        || matches!(n, 2..=4) && next == "осіб"
    {
        Case::Genitive
    } else if ends(&["ам", "ям"]) && next.chars().count() > 4 && !next.ends_with("грам") {
        Case::Dative
    } else {
        Case::Nominative
    }
}

/// A sign that stands for a word, as the number before it asks for it.
pub(super) fn sign(tokens: &[Token<'_>], i: usize) -> Option<&'static str> {
    let before = word_before(tokens, i);
    // One, a part of one, two, five.
    let [one, part, few, many] = match tokens[i].core {
        "€" => return Some("євро"),
        "§" | "§§" => return Some("параграф"),
        "½" | "¼" | "¾" => {
            let whole = before.ends_with(|c: char| c.is_ascii_digit());
            return fraction(tokens[i].core, whole);
        }
        "%" => ["відсоток", "відсотка", "відсотки", "відсотків"],
        "$" => ["долар", "долара", "долари", "доларів"],
        "£" => ["фунт", "фунта", "фунти", "фунтів"],
        "м2" | "m2" => [
            "квадратний метр",
            "квадратного метра",
            "квадратні метри",
            "квадратних метрів",
        ],
        "км2" | "km2" => [
            "квадратний кілометр",
            "квадратного кілометра",
            "квадратні кілометри",
            "квадратних кілометрів",
        ],
        _ => return None,
    };
    // "1.250" are thousands.
    let dotted = before.rsplit_once('.').is_some_and(|(_, d)| d.len() != 3);
    if dotted || before.contains(',') {
        return Some(part);
    }
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next();
    let n: u32 = digits.and_then(|d| d.parse().ok()).unwrap_or_default();
    let genitive = i > 0 && governs_genitive(tokens, i - 1);
    Some(match plural(n, one, few, many) {
        word if genitive && word == one => part,
        word if genitive && word == few => many,
        word => word,
    })
}

/// The preposition before a number, or before the one that it is joined to.
fn governing(tokens: &[Token<'_>], first: usize) -> String {
    let before = word_before(tokens, first);
    if !JOINING.contains(&before.as_str()) {
        return before;
    }
    let earlier = (first.saturating_sub(JOINED)..first.saturating_sub(1)).rev();
    earlier
        .take_while(|&i| tokens[i].tail.is_empty() && !tokens[i].last)
        .find(|&i| is_digits(tokens[i].core))
        .map(|i| word_before(tokens, i))
        .unwrap_or(before)
}

fn bent(n: u64, case: Case, gender: Gender) -> String {
    let plain = cardinal(n, gender);
    let words: Option<Vec<String>> = plain.split(' ').map(|word| form(word, case)).collect();
    words.map_or(plain, |words| words.join(" "))
}

/// One word of a numeral. `None` for forms that nobody needs: the number then stays as it is.
fn form(word: &str, case: Case) -> Option<String> {
    use Case::{Accusative, Dative, Genitive, Instrumental, Locative, Nominative};
    let fixed = match (word, case) {
        (_, Nominative) => word,
        ("одна", Accusative) => "одну",
        (_, Accusative) => word,
        ("один" | "одне", Genitive) => "одного",
        ("один" | "одне", Dative | Locative) => "одному",
        ("один" | "одне", Instrumental) => "одним",
        ("одна", Genitive) => "однієї",
        ("одна", Dative | Locative) => "одній",
        ("одна", Instrumental) => "однією",
        ("два" | "дві", Genitive | Locative) => "двох",
        ("два" | "дві", Dative) => "двом",
        ("два" | "дві", Instrumental) => "двома",
        ("три", Genitive | Locative) => "трьох",
        ("три", Dative) => "трьом",
        ("три", Instrumental) => "трьома",
        ("чотири", Genitive | Locative) => "чотирьох",
        ("чотири", Dative) => "чотирьом",
        ("чотири", Instrumental) => "чотирма",
        ("сорок", _) => "сорока",
        ("сто", _) => "ста",
        ("дев'яносто", _) => "дев'яноста",
        ("шість", Genitive | Dative | Locative) => "шести",
        ("сім", Genitive | Dative | Locative) => "семи",
        ("вісім", Genitive | Dative | Locative) => "восьми",
        ("сім", Instrumental) => "сімома",
        ("вісім", Instrumental) => "вісьмома",
        ("двісті", Genitive | Locative) => "двохсот",
        ("триста", Genitive | Locative) => "трьохсот",
        ("чотириста", Genitive | Locative) => "чотирьохсот",
        ("шістсот", Genitive | Locative) => "шестисот",
        ("сімсот", Genitive | Locative) => "семисот",
        ("вісімсот", Genitive | Locative) => "восьмисот",
        ("п'ятсот", Genitive | Locative) => "п'ятисот",
        ("дев'ятсот", Genitive | Locative) => "дев'ятисот",
        ("тисяча", Genitive) => "тисячі",
        ("тисячі" | "тисяч", Genitive) => "тисяч",
        ("мільйон", Genitive) => "мільйона",
        ("мільйони" | "мільйонів", Genitive) => "мільйонів",
        ("нуль", Genitive) => "нуля",
        _ => {
            let stem = word.strip_suffix('ь').unwrap_or(word);
            let tens = stem.ends_with("десят");
            let five = stem != word && stem.ends_with('т');
            let ending = if case == Instrumental { "ьма" } else { "и" };
            return (tens || five).then(|| format!("{stem}{ending}"));
        }
    };
    Some(fixed.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::text::ukrainian::in_words;

    #[test]
    fn numerals_bend_with_what_stands_around_them() {
        for (written, spoken) in [
            ("протягом 5 днів", "протягом п'яти днів"),
            ("до 18 років", "до вісімнадцяти років"),
            ("від 1 до 5 годин", "від однієї до п'яти годин"),
            ("з 2 дітьми", "з двома дітьми"),
            ("із 4 малими дітьми", "із чотирма малими дітьми"),
            (
                "з 1 дитиною та 2 братами",
                "з однією дитиною та двома братами",
            ),
            ("сім'я з 3 осіб", "сім'я з трьох осіб"),
            ("з 3 до 6 років", "з трьох до шести років"),
            ("для 3 осіб", "для трьох осіб"),
            (
                "для 2 дорослих і 3 дітей",
                "для двох дорослих і трьох дітей",
            ),
            ("Зачекайте 1 хвилину", "Зачекайте одну хвилину"),
            ("не більше 1 дня", "не більше одного дня"),
            ("від 21 року", "від двадцяти одного року"),
            ("у 2 кімнатах", "у двох кімнатах"),
            ("в 1 кімнаті", "в одній кімнаті"),
            ("допомога 2 особам", "допомога двом особам"),
            ("до 6 400 крон", "до шести тисяч чотирьохсот крон"),
            ("протягом 2-3 тижнів", "протягом двох-трьох тижнів"),
            ("2–3 години", "дві-три години"),
            ("без 48 годин", "без сорока восьми годин"),
            (
                "для всіх 4 членів родини",
                "для всіх чотирьох членів родини",
            ),
            ("менше 60 хвилин", "менше шістдесяти хвилин"),
            (
                "2 дорослих і 3 малих дітей",
                "два дорослих і троє малих дітей",
            ),
            ("1 або 2 години", "одна або дві години"),
            ("на 3 поверсі", "на третьому поверсі"),
            ("у 5 класі", "у п'ятому класі"),
            ("до 15 числа", "до п'ятнадцятого числа"),
            ("з 15 до 20 грудня", "з п'ятнадцятого до двадцятого грудня"),
            ("15-20 грудня", "п'ятнадцятого-двадцятого грудня"),
            ("записали на 15 грудня", "записали на п'ятнадцяте грудня"),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }

    #[test]
    fn where_the_words_do_not_agree_a_numeral_stays_as_it_is() {
        for (written, spoken) in [
            ("Там більше 2 кімнати", "Там більше дві кімнати"),
            ("до 5 маршруту", "до п'ять маршруту"),
            ("з 5", "з п'ять"),
            ("2 українських паспорти", "два українських паспорти"),
            ("500 грам", "п'ятсот грам"),
            ("Зачекайте 5 хвилин", "Зачекайте п'ять хвилин"),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }
}
