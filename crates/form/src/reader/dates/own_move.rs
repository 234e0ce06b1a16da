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
        "спав",
        "спала",
        "спали",
        "сплю",
        "спимо",
        "ночува",
        "ночую",
        "заночува",
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

/// "Flytter du den femte?" – «Так, п'ятнадцятого»: whether the turn answers a question for this day.
pub(super) fn answers_about(m: &Memory, key: &str) -> bool {
    m.offered.iter().any(|offered| offered == key)
}

/// "Hvornår kom du til Danmark?" – «Десятого.» – "Den tiende juli." – «Так, у ту ж ніч там і спала»: moved in on the day of
/// the arrival.
pub(super) fn slept_that_night(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let that_night = words.windows(3).any(|w| {
        matches!(w[0], "ту" | "тієї" | "той" | "того")
            && matches!(w[1], "ж" | "же" | "самий" | "саму" | "самого" | "самої")
            && matches!(w[2], "ніч" | "ночі" | "вечір" | "вечора" | "день" | "дня")
    });
    let slept = words.iter().any(|w| {
        ["спала", "спали", "спав", "ночув", "заночув", "жив", "засел"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let elsewhere = words.iter().any(|w| {
        *w == "не"
            || ["готел", "хостел", "мотел"]
                .iter()
                .any(|s| w.starts_with(s))
    });
    let read_back = m.heard_before.iter().any(|key| key == "arrival.date");
    !u.is_staff() && read_back && that_night && slept && !elsewhere && !m.objected
}

/// "Flyttede du ind samme dag?" – «Ні, в неділю, ще готель був», «перша ніч таки була в неділю»: the day that was told
/// before is another one's, and asked about.
pub(super) fn another_night(m: &mut Memory, u: &Utterance<'_>, days: &[Date]) {
    let Some(known) = m.text("move_date").and_then(|day| day.parse::<Date>().ok()) else {
        return;
    };
    if u.is_staff() {
        return;
    }
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asked = staff(&["samme"]) && staff(&["dag", "nat", "aften"]);
    let denied = asked && (m.objected || u.all_words().first() == Some(&"ні"));
    let first_night = u
        .all_words()
        .windows(2)
        .any(|w| matches!(w[0], "перша" | "першу" | "першої") && matches!(w[1], "ніч" | "ночі"));
    let other = first_night && days.iter().any(|day| *day != known);
    if (denied || other)
        && let Some(belief) = m.beliefs.get_mut("move_date")
    {
        belief.contest();
    }
}
