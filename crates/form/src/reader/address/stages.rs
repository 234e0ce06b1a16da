//! Homes one after the other: the one that is lived in today and the next, or two that are both ahead.

use super::*;
use tolkebot_protocol::Speaker;

/// «Hvad er din adresse nu?» – «Вестергаде вісім.» – "Og den nye?": what was just told is the old one.
pub(in crate::reader) fn and_the_new_one(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let asked = matches!(
        words.as_slice(),
        ["og" | "hvad", "den", "nye"]
            | ["og", "den", "nye", "adresse"]
            | ["og", "hvad", "er", "den", "nye", ..]
    );
    let just_told = m.heard_before.iter().any(|key| key == "to.street_name");
    asked && just_told && !m.has("from.street_name") && m.from_abroad.is_none()
}

/// «Мама живе на Сегордсвей …, там і я до літа була» – "Så hvor står du lige nu?" – «Вендерсгаде сімнадцять»: the home
/// that only the citizen told of makes room for the one that was asked for.
pub(super) fn asked_for_now(m: &mut Memory, u: &Utterance<'_>) {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    // "Og nu bor du?" of who has moved asks for the new one.
    let now = says(&["nu"])
        && says(&["lige", "står", "tilmeldt", "registreret"])
        && m.tense_so_far() != Some(Tense::Past);
    let asked = m.asked.asks(Topic::CurrentAddress) && !m.asked.asks(Topic::NewAddress);
    if u.is_staff() || !now || !asked || m.has("to.street_name") {
        return;
    }
    let told: Vec<&Found<Address>> = u
        .addresses()
        .iter()
        .filter(|a| a.value.street.is_some() && a.value.number.is_some())
        .collect();
    let [one] = told.as_slice() else { return };
    let by_citizen = m
        .belief("from.street_name")
        .and_then(|b| b.slot())
        .is_some_and(|s| s.evidence.iter().all(|e| e.speaker == Speaker::Citizen));
    if let Some(street) = one.value.street.as_ref().filter(|_| by_citizen) {
        makes_room(m, "from.street_name", &street.value.name);
        m.place = Some(Place::Old);
    }
}

/// «Спочатку до сестри на Вестергаде вісім, а з жовтня на Нюгаде п'ять», "først Vestergade, og så Nygade": the move that
/// is reported is the first.
pub(super) fn is_later_one(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let Some(sentence) = u.sentence_at(span.start) else {
        return false;
    };
    let before = u
        .addresses()
        .iter()
        .rfind(|a| a.value.street.is_some() && a.span.end <= span.start);
    let Some(before) = before.filter(|a| sentence.bytes.contains(&a.span.start)) else {
        return false;
    };
    let first = u.words(sentence.words.start..u.word_at(before.span.start));
    let between = u.words(u.word_at(before.span.end)..u.word_at(span.start));
    if u.is_staff() {
        return first.contains(&"først") && between.contains(&"så");
    }
    let opens = first
        .iter()
        .any(|w| matches!(*w, "спочатку" | "спершу" | "спочатку-то"));
    let goes_on = between
        .first()
        .is_some_and(|w| matches!(*w, "а" | "потім" | "далі"))
        || between.contains(&"потім");
    opens && goes_on
}

/// "Hvor arbejder du?" – «На заводі, Рандерсвей дев'яносто п'ять»: where somebody works or learns is no home.
pub(super) fn is_of_work(m: &Memory, u: &Utterance<'_>, left: &[&str]) -> bool {
    if u.is_staff() {
        return false;
    }
    let stems = |w: &str, list: &[&str]| list.iter().any(|stem| w.starts_with(stem));
    let works = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "hvor" && stems(&w[1], &["arbejd", "læser", "studerer"]))
        || m.staff_words
            .windows(2)
            .any(|w| w[0] == "hvor" && w[1] == "går")
            && m.staff_words.iter().any(|w| w.contains("skole"));
    let asked = works
        && m.staff_words.len() <= 8
        && !m
            .asked
            .asks_any(&[Topic::OldAddress, Topic::NewAddress, Topic::CurrentAddress]);
    let lives = left
        .iter()
        .any(|w| stems(w, &["жив", "жити", "мешка", "переї", "перебер"]));
    asked && !lives
}

/// «Ми живемо на Вестергаде вісім, але переїжджаємо на Нюгаде п'ять»: where somebody lives who moves on in the same
/// breath.
pub(super) fn lives_until_then(u: &Utterance<'_>, span: &Range<usize>, left: &[&str]) -> bool {
    if u.is_staff() {
        return false;
    }
    let lives = left
        .iter()
        .rev()
        .take(5)
        .any(|w| matches!(*w, "живу" | "живемо" | "живем" | "мешкаю" | "мешкаємо"));
    let next = u
        .addresses()
        .iter()
        .find(|a| a.value.street.is_some() && a.span.start > span.end);
    let Some(next) = next else { return false };
    let between = u.words(u.word_at(span.end)..u.word_at(next.span.start));
    let but = between
        .iter()
        .take(4)
        .any(|w| matches!(*w, "а" | "але" | "тепер" | "потім"));
    let moves = between.iter().any(|w| {
        [
            "переїжджа",
            "переїд",
            "переїзд",
            "перебира",
            "перебер",
            "буду",
            "будем",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    lives && but && moves
}
