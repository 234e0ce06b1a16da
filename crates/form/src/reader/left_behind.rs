//! Whether somebody stays in the old home, told while that home is spoken of: «… там двоє поляків лишилися», "bor
//! de andre der endnu?" – «Двоє румунів», "og familien Friis bor der jo stadig".

use super::belief::Heard;
use super::memory::{Memory, Place};
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "from.whole_household_moves";

/// Reads a turn; nothing is taken where the question was answered before, or somebody comes from abroad.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !m.has(KEY) && m.from_abroad.is_none() && everybody_leaves(m, u) {
        m.hear(KEY, Heard::new(true, u.evidence(0..0), 0.7));
        return;
    }
    let abroad = m.from_abroad.is_some() || m.text("case.move_type") == Some("to_abroad");
    if m.has(KEY) || abroad {
        return;
    }
    let spoken_of = m.place == Some(Place::Old) && m.place_turn + 1 >= m.turns;
    let asked = m
        .asked
        .asks_any(&[Topic::OldAddress, Topic::Remaining, Topic::LivedBefore]);
    let told = if u.is_staff() {
        (spoken_of && m.place_turn == m.turns || m.asked_before.asks(Topic::OldAddress))
            && u.sentences
                .iter()
                .filter(|s| !s.question)
                .any(|s| noted(&u.words(s.words.clone())))
    } else {
        let first = u.sentences.first().map(|s| u.words(s.words.clone()));
        // Of a home that was not just named only the children's other parent is asked so.
        let parent = m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "far" | "mor" | "mand" | "kone" | "kæreste" | "samlever"
            )
        });
        let asked_still = still_there(&m.staff_words) && (spoken_of || parent);
        asked_still && first.as_deref().is_some_and(affirms)
            || (spoken_of || asked)
                && u.sentences
                    .iter()
                    .filter(|s| !s.question)
                    .map(|s| u.words(s.words.clone()))
                    .any(|words| stays(&words) || goes_on(&words))
    };
    if told {
        m.hear(KEY, Heard::new(false, u.evidence(0..0), 0.65));
        return;
    }
    let nobody = !u.is_staff()
        && (spoken_of || asked)
        && u.sentences
            .iter()
            .filter(|s| !s.question)
            .any(|s| empty(&u.words(s.words.clone())));
    if nobody {
        m.hear(KEY, Heard::new(true, u.evidence(0..0), 0.65));
    }
}

/// "Er det alle, der flytter derfra?", "alle, der bor i lejligheden, rejser?" – «Усі троє»
fn everybody_leaves(m: &Memory, u: &Utterance<'_>) -> bool {
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asked = staff(&["alle"])
        && staff(&["flytter", "rejser", "fraflytter"])
        && (staff(&["derfra", "herfra"])
            || staff(&["bor"]) && staff(&["lejligheden", "boligen", "huset", "der"]));
    let words = u.all_words();
    let all = words
        .iter()
        .take(2)
        .any(|w| matches!(*w, "усі" | "всі" | "обоє" | "обидва"));
    !u.is_staff()
        && asked
        && all
        && !words.iter().any(|w| {
            matches!(*w, "крім" | "окрім") || w.starts_with("лишаєт") || w.starts_with("залишаєт")
        })
}

/// «Я сам там був», «у нашій пусто», «стоїть порожня»: nobody is left where the citizen lived.
fn empty(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let alone = words
        .windows(3)
        .any(|w| matches!(w, ["сам" | "сама", "там", "був" | "була" | "жив" | "жила"]));
    let stands = words
        .iter()
        .any(|w| w.starts_with("порожн") || w.starts_with("пуст"))
        && has(&[
            "стоїть",
            "стояла",
            "нашій",
            "квартира",
            "хата",
            "лишилась",
            "лишилася",
        ]);
    let other = has(&[
        "не",
        "якби",
        "якщо",
        "тут",
        "буде",
        "інша",
        "раніше",
        "колись",
    ]);
    (alone || stands) && !other
}

/// «Він там і далі», «хлопці там далі гуляють», «там колишня моя»: they are there without a verb for it.
fn goes_on(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let on = words.windows(2).any(|w| matches!(w, ["там", "далі"]))
        || words.windows(3).any(|w| w == ["там", "і", "далі"]);
    let former = words
        .windows(2)
        .any(|w| matches!(w, ["там", "колишня" | "колишній" | "екс"]));
    (on || former)
        && !has(&[
            "я",
            "ми",
            "не",
            "ні",
            "нам",
            "мені",
            "видно",
            "буде",
            "подивимось",
        ])
}

/// "Familien bor der jo stadig", "og hun bliver boende": said and not asked.
fn noted(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let still = has(&["bor"]) && has(&["stadig", "fortsat", "endnu", "videre"]);
    let remains = has(&["bliver", "blev"]) && has(&["boende", "tilbage"])
        || matches!(words, [.., "og", "hun" | "han" | "de", "bliver"]);
    // "… og bliver hun boende" without its mark
    let inverted = words
        .windows(2)
        .any(|w| matches!(w, ["bor" | "bliver" | "blev", "han" | "hun" | "de" | "der"]));
    (still || remains) && !inverted && !has(&["ikke", "ingen", "nogen", "du", "i", "hvis", "vi"])
}

/// "Bor de andre der endnu?", "bor hans far der stadig?", "så han bliver boende der?"
fn still_there(staff: &[String]) -> bool {
    let has = |list: &[&str]| staff.iter().any(|w| list.contains(&w.as_str()));
    let still = has(&["bor"]) && has(&["stadig", "endnu", "fortsat"]) && has(&["der", "på", "i"]);
    let remains = has(&["boende"]) && has(&["bliver", "blev"]) && has(&["der", "tilbage"])
        // "Bliver din mand der?"
        || staff.windows(4).any(|w| {
            w[0] == "bliver" && w[3] == "der" && matches!(w[1].as_str(), "din" | "jeres")
        });
    let you = staff.windows(2).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("bor" | "bliver" | "blev", "du" | "i")
        )
    });
    (still || remains) && !you && !has(&["ny", "nye", "nogen"])
}

/// An answer that is no "no": «Живуть, куди їм», «Двоє румунів», «Лишається».
fn affirms(words: &[&str]) -> bool {
    let none = words.iter().any(|w| {
        matches!(
            *w,
            "ні" | "нє"
                | "нікого"
                | "ніхто"
                | "не"
                | "вже"
                | "уже"
                | "нема"
                | "немає"
                | "тільки"
        )
    });
    let says = words.iter().take(4).any(|w| {
        matches!(
            *w,
            "так"
                | "ага"
                | "еге"
                | "да"
                | "авжеж"
                | "аякже"
                | "звісно"
                | "двоє"
                | "троє"
                | "четверо"
        ) || third_person(w)
    });
    says && !none
}

/// «там двоє поляків лишилися», «господиня там і далі живе»: somebody else stays there.
fn stays(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let there = has(&["там", "далі"]);
    let at = words.iter().position(|w| third_person(w));
    let Some(at) = at.filter(|_| there) else {
        return false;
    };
    // «там уже інші люди живуть», «хата пуста лишилась», «ми там жили»
    let others = has(&[
        "інші",
        "інша",
        "інший",
        "іншій",
        "другі",
        "нові",
        "чужі",
        "нікого",
        "ніхто",
        "не",
        "ні",
        "тут",
        "якщо",
        "поки",
        "ми",
        "мої",
    ]);
    let things = words.iter().any(|w| {
        [
            "пуст",
            "порож",
            "ключ",
            "реч",
            "мебл",
            "короб",
            "шаф",
            "диван",
            "папір",
            "папер",
            "догов",
            "телефон",
            "докум",
            "карт",
            "машин",
            "велосипед",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    // «живе у нас тепер»
    let lives = matches!(words[at], "живе" | "живуть");
    let earlier = lives && has(&["раніше", "колись", "у", "в"]) && !has(&["далі"]);
    !(others || things || earlier)
}

/// Verbs of staying in the third person.
fn third_person(word: &str) -> bool {
    matches!(
        word,
        "живе"
            | "живуть"
            | "сидить"
            | "сидять"
            | "остається"
            | "остаються"
            | "остались"
            | "остався"
            | "осталась"
            | "осталися"
    ) || ending_of_staying(word).is_some_and(|ending| THIRD.contains(&ending))
}

/// Endings of a verb of staying in the third person, or in the past.
pub(super) const THIRD: [&str; 11] = [
    "ється",
    "ються",
    "вся",
    "лась",
    "лася",
    "лись",
    "лися",
    "лось",
    "лося",
    "ться",
    "неться",
];

/// What stands behind the stem of a verb of staying: «лиша-ється», «зоста-лися».
pub(super) fn ending_of_staying(word: &str) -> Option<&str> {
    ["лиша", "лиши", "залиша", "залиши", "зоста", "зіста"]
        .iter()
        .find_map(|stem| word.strip_prefix(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn somebody_goes_on_living_there() {
        assert!(goes_on(&words("він там і далі")));
        assert!(goes_on(&words("вони там далі гуляють")));
        assert!(goes_on(&words("там колишня моя")));
        assert!(!goes_on(&words("ми там далі не жили")));
    }

    #[test]
    fn nobody_is_left() {
        assert!(empty(&words("нема дружини я сам там був")));
        assert!(empty(&words("у нашій пусто")));
        assert!(!empty(&words("сам там жив раніше")));
    }
}
