//! A day on which the speaker says that they move themselves.

use super::*;

/// «Переїжджаю десятого», «ми переїдемо десятого жовтня»: the speaker's own move, in the words around the day.
pub(super) fn moves_then(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    const OWN: &[&str] = &[
        "переїжджа",
        "переїзджа",
        "переїду",
        "переїдемо",
        "переїха",
        "в'їжджа",
        "в'їду",
        "в'їдемо",
        "в'їха",
        "заїжджа",
        "заїду",
        "заїдемо",
        "заїха",
        "перебира",
        "перебер",
        "перебра",
        "заселя",
        "засели",
        "вселя",
        "всели",
    ];
    const OTHERS: &[&str] = &[
        "він",
        "вона",
        "вони",
        "чоловік",
        "дружина",
        "мама",
        "тато",
        "син",
        "донька",
        "дочка",
        "сестра",
        "брат",
        "подруга",
        "друг",
        "сусіди",
        "господар",
        "господиня",
        "діти",
        "якщо",
        "якби",
        "коли",
        "думала",
        "думав",
        "думали",
        "хотіла",
        "хотів",
        "хотіли",
        "планували",
        "планувала",
        "планував",
        "мала",
        "мав",
        "мали",
        "не",
    ];
    let Some(sentence) = u.sentence_at(hit.span.start).filter(|s| !s.question) else {
        return false;
    };
    let clause = u.words(u.words_in(&clause(u, &hit.span)));
    let own = clause
        .iter()
        .any(|w| OWN.iter().any(|stem| w.starts_with(stem)));
    let words = u.words(sentence.words.clone());
    own && !words.iter().any(|w| OTHERS.contains(w))
}
