//! That somebody who has come from abroad stays for long, told without months: «назавжди», «контракт на два роки»,
//! «діти в школу йдуть».

use super::belief::Heard;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "arrival.stay_over_3_months";

/// For good, or as long as anybody can say.
const FOR_GOOD: [&str; 9] = [
    "назавжди",
    "назовсім",
    "насовсім",
    "надовго",
    "довго",
    "постійно",
    "безстроков",
    "безтермінов",
    "пенсі",
];

/// What ties a length of time to the stay: the work, the studies, or the stay itself.
const TIES: [&str; 28] = [
    "контракт",
    "договір",
    "угод",
    "взял",
    "найнял",
    "підписа",
    "обіця",
    "відроб",
    "працю",
    "пропрацю",
    "буду",
    "будем",
    "побуд",
    "пробуд",
    "житим",
    "лиша",
    "лиши",
    "лишу",
    "залиш",
    "залиша",
    "план",
    "їздитим",
    "навчан",
    "аспірант",
    "магістр",
    "спеціаліз",
    "інтернатур",
    "стажув",
];

/// Reads it, asked or not.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.from_abroad.is_none() || m.has(KEY) {
        return;
    }
    let asked = asks_stay(m);
    let long = u.sentences.iter().any(|s| {
        let words = u.words(s.words.clone());
        !s.question && (asked && answers_long(&words) || ties_years(m, &words))
    });
    if long {
        let (confidence, unsure) = if asked { (0.7, false) } else { (0.6, true) };
        let heard = Heard::new(true, u.evidence(0..0), confidence).unsure(unsure);
        m.hear(KEY, heard);
    }
}

/// "Bliver I længe?", "skal I blive?", "og hvor længe?", "er det for altid?", "du er her stadig om sommeren?"
fn asks_stay(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let you = |w: &str| matches!(w, "du" | "i" | "de" | "han" | "hun");
    let stay = |w: &str| matches!(w, "bliver" | "blive" | "blir");
    // "Bliver Ulyana her hele skoletiden?"
    let named = words
        .windows(3)
        .any(|w| stay(w[0]) && matches!(w[2], "her" | "hos" | "i"));
    // "Bliver I boende i lejligheden?" may be asked of a home.
    let at_home = has(&["boende"]) && !has(&["du", "vel"]);
    let stays = (named
        || words
            .windows(2)
            .any(|w| stay(w[0]) && you(w[1]) || you(w[0]) && stay(w[1])))
        && !at_home
        && !has(&["anden", "flyttet"])
        && !words
            .windows(3)
            .any(|w| stay(w[0]) && matches!(w[2], "gift" | "skilt"));
    let thought = has(&["tænkt", "planlægger", "regner", "påtænker"]) && has(&["blive"]);
    let long =
        has(&["længe", "længere", "altid", "bestandig"]) && !has(&["boet", "lejet", "kontrakten"]);
    let still = has(&["stadig"]) && has(&["her"]) && has(&["du", "i"]) && has(&["er"]);
    m.asked.asks(Topic::ThreeMonths) || stays || thought || long || still
}

/// «Назавжди», «рік щонайменше», «до пенсії», «нікуди звідси», «дітям школа».
fn answers_long(words: &[&str]) -> bool {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let pair = |a: &[&str], b: &[&str]| {
        words
            .windows(2)
            .any(|w| a.contains(&w[0]) && b.iter().any(|s| w[1].starts_with(s)))
    };
    let back = pair(
        &["не"],
        &[
            "верну",
            "вернем",
            "поверну",
            "поверта",
            "збира",
            "планую",
            "їду",
            "поїд",
        ],
    );
    let nowhere = words.contains(&"нікуди") || stays_put(words);
    let seasons = words
        .iter()
        .filter(|w| matches!(**w, "весну" | "літо" | "осінь" | "зиму"))
        .count();
    let school = starts(&["школ", "садок", "садоч"]);
    let work = starts(&["контракт", "договір"]);
    let life = words.windows(2).any(|w| {
        matches!(
            w,
            ["залишок", "життя"] | ["все", "життя"] | ["до", "смерті" | "старості"]
        )
    }) || words.contains(&"скільки") && words.contains(&"бог");
    let contract = words.windows(2).any(|w| w == ["кінця", "контракту"]);
    (starts(&FOR_GOOD) && !negated(words, &FOR_GOOD))
        || counts_years(words) && !of_the_past(words)
        || back
        || nowhere
        || school
        || work
        || seasons > 1
        || life
        || contract
}

/// «Куди ж ми підемо», «назад ні ногою», «тут будемо», «лишимося», «поки школу не закінчить», «не на місяць».
fn stays_put(words: &[&str]) -> bool {
    let stem = |w: &str, stems: &[&str]| stems.iter().any(|s| w.starts_with(s));
    let pair = |a: &str, b: &[&str]| words.windows(2).any(|w| w[0] == a && b.contains(&w[1]));
    let where_to = words.first() == Some(&"куди") || pair("а", &["куди"]);
    let remain = words.iter().enumerate().any(|(at, w)| {
        let free = at
            .checked_sub(1)
            .is_none_or(|b| !matches!(words[b], "не" | "чи" | "якщо"));
        free && stem(
            w,
            &[
                "лишимос",
                "лишаємос",
                "лишуся",
                "лишусь",
                "лишаюс",
                "залишимос",
                "залишаємос",
                "залишуся",
                "залишусь",
                "залишаюс",
            ],
        )
    });
    let here = pair(
        "тут",
        &[
            "будемо",
            "будем",
            "буду",
            "буде",
            "житимемо",
            "житиму",
            "житиме",
        ],
    );
    let as_long_as = words.iter().any(|w| matches!(*w, "поки" | "доки"))
        && words.iter().any(|w| {
            stem(
                w,
                &[
                    "закінч",
                    "довч",
                    "вивч",
                    "вистач",
                    "вирост",
                    "повнол",
                    "житим",
                    "живе",
                ],
            )
        });
    // «До вісімнадцяти точно», «до кінця її днів»
    let grown = pair("до", &["вісімнадцяти", "повноліття"])
        || pair("до", &["кінця"])
            && words
                .iter()
                .any(|w| matches!(*w, "днів" | "життя" | "віку"));
    let not_briefly = words
        .windows(3)
        .any(|w| w[0] == "не" && w[1] == "на" && stem(w[2], &["місяц", "тижд", "день", "два"]));
    let never_back = pair("ні", &["ногою"]);
    where_to || remain || here || as_long_as || grown || not_briefly || never_back
}

/// «Не надовго»
fn negated(words: &[&str], stems: &[&str]) -> bool {
    words
        .windows(2)
        .any(|w| w[0] == "не" && stems.iter().any(|s| w[1].starts_with(s)))
}

/// «На два роки», «рік щонайменше», «років п'ять», «не рік і не два».
fn counts_years(words: &[&str]) -> bool {
    let at = words
        .iter()
        .position(|w| matches!(*w, "рік" | "роки" | "років"));
    at.is_some_and(|at| {
        // «До сімнадцятого березня наступного року» is a day, «рік тому» the past.
        !matches!(words.get(at + 1), Some(&"тому")) && !words[..at].ends_with(&["минулий"])
    })
}

/// «Ми там два роки жили», «їй п'ять років»
fn of_the_past(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "жив"
                | "жила"
                | "жили"
                | "був"
                | "була"
                | "були"
                | "там"
                | "тому"
                | "їй"
                | "йому"
                | "мені"
                | "торік"
                | "працював"
                | "працювала"
                | "працювали"
                | "народився"
                | "минуло"
        )
    })
}

/// «Контракт на два роки», «взяли в пральню без строку», «буду тут не один рік»: what the stay is for lasts that long.
fn ties_years(m: &Memory, words: &[&str]) -> bool {
    let tied = words
        .iter()
        .any(|w| TIES.iter().any(|stem| w.starts_with(stem)) || matches!(*w, "план" | "вперед"));
    let longer = words
        .iter()
        .any(|w| matches!(*w, "більше" | "довше" | "понад"))
        && words
            .windows(2)
            .any(|w| w[0] == "три" && w[1].starts_with("місяц"));
    let stays = words.iter().any(|w| w.starts_with("плану"))
        && words
            .iter()
            .any(|w| w.starts_with("лиша") || w.starts_with("залиша"));
    if longer || stays {
        return true;
    }
    let here = words.iter().any(|w| matches!(*w, "сюди" | "тут"));
    // The lease of a home may last longer than anybody's stay.
    let of_home = words.iter().any(|w| {
        [
            "оренд",
            "хазя",
            "господ",
            "винайм",
            "знім",
            "квартир",
            "кімнат",
            "житл",
            "хат",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    }) || m.asked.asks_any(&[
        Topic::Lease,
        Topic::LeaseStart,
        Topic::TemporaryUntil,
        Topic::DwellingType,
    ]);
    let open_ended = words
        .windows(2)
        .any(|w| w[0] == "без" && (w[1].starts_with("строк") || w[1].starts_with("термін")))
        || words
            .iter()
            .any(|w| w.starts_with("безстроков") || w.starts_with("безтермінов"));
    let ahead = words.windows(2).any(|w| w[0] == "на" && w[1] != "моєму")
        || words.contains(&"не") && words.contains(&"один")
        || words.iter().any(|w| {
            matches!(*w, "цілий" | "буду" | "будемо" | "вперед") || w.starts_with("житим")
        });
    let for_good = words
        .iter()
        .any(|w| matches!(*w, "назавжди" | "назовсім" | "насовсім"))
        && !words.contains(&"не");
    let years = counts_years(words) && ahead && !of_the_past(words);
    (tied && !of_home && (years || open_ended)) || (tied || here) && for_good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_ahead_and_years_gone() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert!(counts_years(&words("на два роки точно")));
        assert!(!counts_years(&words("рік тому")));
        assert!(negated(&words("ми не надовго"), &FOR_GOOD));
    }
}
