//! What somebody may stay for, in their own words: «робоча, через зарплату», «як усім нашим, через війну», «я по дружині».

use super::asked_of_newcomers;
use super::belief::Heard;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

const BASIS: &str = "mover.residence_permit_basis";
const VALID: &str = "mover.residence_permit_valid_until";

/// Reads the ground of stay that an answer names.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        told(m, u);
    }
    on_the_desk(m, u);
}

/// "Opholdet?" – «Робота, сільське господарство, до …»
fn told(m: &mut Memory, u: &Utterance<'_>) {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let asked = m.asked.asks(Topic::Permit) || asked_of_newcomers::speaks_of_stay(&staff);
    // "Hvad står der på kortet?"
    let card = m.from_abroad.is_some()
        && staff.contains(&"hvad")
        && staff.iter().any(|w| matches!(*w, "kortet" | "kort"));
    // «Дозвіл показати? Ось, робочий, до першого грудня …»
    let named = m.from_abroad.is_some()
        && u.all_words().iter().any(|w| is_permit(w))
        && m.heard_now.iter().any(|k| k == VALID);
    // "Og opholdskortet gælder til?"
    let until = staff
        .iter()
        .any(|w| matches!(*w, "gælder" | "gyldigt" | "udløber"));
    // "Arbejdstilladelse, landbrug, til den tredivte?": the employee reads the ground, «так» adds nothing to it.
    let read = staff.iter().any(|w| w.starts_with("arbejdstill"));
    if m.has(BASIS) || until || read || !(asked || card || named) {
        return;
    }
    let clauses = clauses(u, &["а", "але", "бо", "вони", "він", "вона", "я"]);
    let mine = clauses.iter().find_map(|c| ground(c).filter(|_| of_me(c)));
    // «На нас по її роботі»
    let anothers = u
        .all_words()
        .windows(2)
        .any(|w| w[0] == "по" && matches!(w[1], "її" | "його" | "їхній"));
    if anothers || applied(&u.all_words()) {
        return;
    }
    let found = mine.or_else(|| {
        clauses
            .iter()
            .find_map(|c| ground(c).filter(|_| !of_other(c) && !elsewhere(c)))
    });
    if let Some(basis) = found {
        m.hear(BASIS, Heard::new(basis, u.evidence(0..0), 0.7));
    }
}

/// «Ми на робочу подали, відповіді ще нема»: nothing is granted yet.
fn applied(words: &[&str]) -> bool {
    let asked_for = words.iter().any(|w| {
        matches!(
            *w,
            "подав" | "подала" | "подали" | "подавали" | "подаю" | "подаємо" | "подалися"
        )
    });
    let open = words.iter().any(|w| {
        matches!(
            *w,
            "нема" | "немає" | "чекаю" | "чекаєм" | "чекаємо" | "чекаєш"
        ) || w.starts_with("відповід")
    });
    asked_for && open
}

/// The words between signs, and in unwritten speech between words that begin something else.
pub(super) fn clauses<'u>(u: &'u Utterance<'_>, begin: &[&str]) -> Vec<Vec<&'u str>> {
    let mut out: Vec<Vec<&str>> = vec![Vec::new()];
    for (at, _) in u.word_tokens.iter().enumerate() {
        let word = u.token(at).text.as_str();
        let sign = at > 0
            && u.turn
                .text
                .get(u.token(at - 1).span.end..u.token(at).span.start)
                .is_some_and(|gap| gap.contains([',', '.', ';', ':', '—', '–', '?', '!', '…']));
        let turns = begin.contains(&word);
        if sign || turns {
            out.push(Vec::new());
        }
        if let Some(last) = out.last_mut() {
            last.push(word);
        }
    }
    out
}

fn of_me(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "я" | "мені"
                | "мене"
                | "мій"
                | "моя"
                | "моє"
                | "моєму"
                | "моїй"
                | "нам"
                | "ми"
                | "нас"
        )
    })
}

fn of_other(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "він"
                | "вона"
                | "вони"
                | "неї"
                | "нього"
                | "його"
                | "її"
                | "чоловік"
                | "дружина"
                | "жінка"
                | "син"
        )
    })
}

/// «Італійський дозвіл був за працею»: of another country.
fn elsewhere(words: &[&str]) -> bool {
    let was = words
        .iter()
        .any(|w| matches!(*w, "був" | "була" | "раніше" | "там"));
    let foreign = words.iter().any(|w| {
        [
            "італійськ",
            "польськ",
            "німецьк",
            "чеськ",
            "литовськ",
            "іспанськ",
            "шведськ",
            "латвійськ",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    was && foreign
}

/// The ground that one clause names, unless it is refused: «не для біженців», «вже не на той закон».
fn ground(words: &[&str]) -> Option<&'static str> {
    let found = (0..words.len()).find_map(|at| ground_at(words, at).map(|g| (at, g)))?;
    let refused = words[found.0.saturating_sub(4)..found.0]
        .iter()
        .any(|w| matches!(*w, "не" | "ні"));
    (!refused).then_some(found.1)
}

fn ground_at(words: &[&str], at: usize) -> Option<&'static str> {
    let word = words[at];
    let starts = |stems: &[&str]| stems.iter().any(|s| word.starts_with(s));
    let before = |n: usize| at.checked_sub(n).map_or("", |b| words[b]);
    let next = words.get(at + 1).copied().unwrap_or("");
    if law(words, at) {
        return Some("Særloven (fordrevne fra Ukraine)");
    }
    // «як член сім'ї громадянина ЄС»
    if matches!(word, "єс" | "євросоюзу") && words.iter().any(|w| w.starts_with("сім'"))
    {
        return Some("Familiemedlem til EU-borger");
    }
    let of_citizen = words.iter().any(|w| matches!(*w, "єс" | "євросоюзу"));
    let as_family = before(1) == "як" && starts(&["дружин", "чоловік", "жінк"])
        || matches!(before(2), "як") && starts(&["дружин", "чоловік", "жінк", "сім'", "родин"]);
    if as_family && !of_citizen {
        return Some("Familiesammenføring");
    }
    if starts(&[
        "сімейн",
        "родинн",
        "возз'єдна",
        "воз'єдна",
        "familiesammenf",
    ]) || matches!(before(1), "до" | "по" | "за")
        && starts(&["чоловік", "дружин", "жінк", "мужу", "жені"])
    {
        return Some("Familiesammenføring");
    }
    if starts(&["дослідник", "науков", "науковц", "forsker"]) {
        return Some("Forsker");
    }
    if starts(&["аупейр", "оупейр"]) || word == "au" && next == "pair" {
        return Some("Au pair");
    }
    if starts(&["навчан", "студент", "студій", "studi", "стаді"]) || word == "учнівськ"
    {
        return Some("Studie");
    }
    work(word, next).then_some("Arbejde")
}

/// «За спецзаконом», «той закон для українців», «тимчасовий захист», «як усім нашим», «через війну»
fn law(words: &[&str], at: usize) -> bool {
    let word = words[at];
    let near = |stems: &[&str]| {
        words[at.saturating_sub(4)..words.len().min(at + 5)]
            .iter()
            .any(|w| stems.iter().any(|s| w.starts_with(s)))
    };
    let before = at.checked_sub(1).map_or("", |b| words[b]);
    word.starts_with("спецзакон")
        || word.starts_with("серлов")
        || word.starts_with("særlov")
        || word.starts_with("закон")
            && near(&[
                "особлив",
                "спеціальн",
                "україн",
                "воєнн",
                "отим",
                "тим",
                "той",
                "тому",
                "наших",
            ])
        || word.starts_with("захист") && near(&["тимчасов"])
        || matches!(word, "війну" | "війни") && matches!(before, "через" | "від" | "з")
        || matches!(word, "українців" | "наших") && before == "для"
        || word == "нашим" && matches!(before, "усім" | "всім")
}

/// «Робоча», «за контрактом», «кваліфікований фахівець», «pay limit», «позитивний список»
fn work(word: &str, next: &str) -> bool {
    let starts = |stems: &[&str]| stems.iter().any(|s| word.starts_with(s));
    starts(&[
        "робоч",
        "трудов",
        "зарплат",
        "arbejd",
        "фахів",
        "кваліфік",
        "працевлаш",
    ]) || matches!(
        word,
        "робота" | "роботу" | "роботі" | "роботи" | "праця" | "працю" | "працею"
    ) || starts(&["контракт"]) && !next.starts_with("оренд")
        || matches!(
            (word, next),
            ("pay", "limit") | ("fast", "track") | ("blue", "card") | ("positive", "list")
        )
        || starts(&["позитивн"]) && next.starts_with("спис")
}

/// Whether words name the law for who fled the war.
pub(super) fn names_law(words: &[&str]) -> bool {
    (0..words.len()).any(|at| law(words, at)) && ground(words).is_some()
}

fn is_permit(word: &str) -> bool {
    ["дозв", "посвідк", "картк", "карточк", "віз"]
        .iter()
        .any(|stem| word.starts_with(stem))
        || matches!(word, "карта" | "карту" | "карти")
}

/// Whoever tells the ground or the last day of the permit of who arrives has it before them.
fn on_the_desk(m: &mut Memory, u: &Utterance<'_>) {
    let read_out = m.heard_now.iter().any(|k| k == BASIS || k == VALID);
    let absent = u.all_words().iter().any(|w| {
        matches!(
            *w,
            "нема" | "немає" | "чекаю" | "чекаємо" | "mangler" | "sender" | "forventer"
        ) || ["друку", "поштою", "забу", "загуб", "продовж"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if read_out && m.from_abroad.is_some() && !absent {
        super::permits::see(m, u, "residence_permit");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<&'static str> {
        ground(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn grounds_are_told_in_ones_own_words() {
        let law = Some("Særloven (fordrevne fra Ukraine)");
        assert_eq!(said("за отим законом про україну"), law);
        assert_eq!(said("тимчасовий захист"), law);
        assert_eq!(said("те що всім нашим дають через війну"), law);
        assert_eq!(said("робоча за контрактом"), Some("Arbejde"));
        assert_eq!(said("я по дружині сімейно"), Some("Familiesammenføring"));
        assert_eq!(said("студенти"), Some("Studie"));
        assert_eq!(said("не для біженців і не по тому закону"), None);
        assert_eq!(said("до березня"), None);
    }
}
