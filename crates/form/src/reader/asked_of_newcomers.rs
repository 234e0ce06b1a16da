//! Who has come from abroad without anybody saying so: what is asked at the counter of nobody else, and how people
//! tell of their journey.

use tolkebot_values::Found;
use tolkebot_values::places::{Place, PlaceKind};

use super::abroad;
use super::cues;
use super::memory::Memory;
use super::utterance::Utterance;

/// Until which turn the telling of a journey shows what the conversation is about.
const JOURNEY_UNTIL: usize = 8;

/// Notes what was asked, and concludes that somebody arrives when two such matters came up.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let here = m.has("from.street_name") || m.has(&Memory::key(m.mover, "cpr_number"));
    if m.from_abroad.is_some() || here || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    let words = u.all_words();
    if !u.is_staff() {
        if m.talked <= JOURNEY_UNTIL && tells_of_journey(m, u, &words) {
            abroad::arrives(m, u);
        }
        return;
    }
    for (key, asked) in [
        ("abroad.asked_stay", speaks_of_stay(&words)),
        ("abroad.asked_birth", asks_birth(&words)),
        ("abroad.asked_status", asks_status(&words)),
        ("abroad.asked_citizen", asks_citizenship(&words)),
    ] {
        if asked {
            m.note(key, "yes", u.evidence(0..0));
        }
    }
    let asked = ["stay", "birth", "status", "citizen"]
        .iter()
        .filter(|matter| m.has(&format!("abroad.asked_{matter}")))
        .count();
    if asked >= 2 {
        abroad::arrives(m, u);
    }
}

/// "Og opholdskortene?", "dit ophold", "grundlaget er særloven", "hvilken tilladelse har du?"
pub(super) fn speaks_of_stay(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        ["opholdst", "opholdsk", "opholdsg", "opholdsb", "særlov"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || matches!(*w, "opholdet" | "grundlag" | "grundlaget")
            || *w == "ophold"
                && matches!(before, "dit" | "jeres" | "hendes" | "hans" | "deres" | "eu")
            || matches!(*w, "tilladelse" | "tilladelsen" | "tilladelserne") && words.len() <= 8
    })
}

/// "Hvor er din fødsel skrevet ind?", "født hvor", "selv født i?"
pub(super) fn asks_birth(words: &[&str]) -> bool {
    let born = words.iter().any(|w| {
        matches!(
            *w,
            "født" | "fødsel" | "fødslen" | "fødsler" | "fødslerne" | "barn"
        )
    });
    let register = words
        .windows(2)
        .any(|w| matches!(w, ["skrevet" | "meldt" | "ført", "ind"]))
        || words.iter().any(|w| w.starts_with("registrer"));
    words.iter().any(|w| {
        w.starts_with("fødested") || w.starts_with("fødselssted") || w.starts_with("fødselsreg")
    }) || register && (born || words.contains(&"by"))
        || words.contains(&"født") && words.contains(&"hvor")
        || words
            .windows(2)
            .any(|w| matches!(w, ["selv", "født"] | ["født", "hvor" | "henne" | "i"]))
        || words.iter().any(|w| w.starts_with("fødselsattest"))
            && words.iter().any(|w| matches!(*w, "hvor" | "by"))
}

fn asks_status(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "gift" | "ugift" | "fraskilt" | "skilt" | "viet" | "enke" | "enkemand" | "civilstand"
        )
    })
}

fn asks_citizenship(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| w.starts_with("statsborger") || w.starts_with("nationalitet"))
        || words.windows(2).any(|w| w == ["borger", "i"])
}

/// «Я з Вільнюса, вчора прилетіла», «ми в Данії з суботи», «перетнула кордон», "hvor kommer I fra?" – «З Бремена.»
fn tells_of_journey(m: &Memory, u: &Utterance<'_>, words: &[&str]) -> bool {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let long_ago = words.iter().any(|w| {
        matches!(
            *w,
            "давно"
                | "торік"
                | "році"
                | "роки"
                | "років"
                | "колись"
                | "раніше"
                | "рік"
        )
    });
    let holiday = starts(&[
        "відпуст",
        "канікул",
        "відпочи",
        "гост",
        "поверн",
        "верну",
        "назад",
        "подорож",
        "мандр",
        "медов",
        "похорон",
        "хорон",
    ]);
    if holiday {
        return false;
    }
    let came = starts(&[
        "прилеті",
        "прилетів",
        "приїха",
        "прибув",
        "прибул",
        "добрали",
    ]);
    let out_of = u.places().iter().any(|p| {
        matches!(p.value.kind, PlaceKind::Country | PlaceKind::ForeignTown)
            && p.value.country != "Danmark"
            && matches!(
                cues::left(u, 0, p.span.start).last(),
                Some(&("з" | "із" | "зі"))
            )
    });
    let denmark = u
        .places()
        .iter()
        .any(|p| p.value.kind == PlaceKind::Country && p.value.country == "Danmark");
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let whence = says(&["fra"])
        && says(&["kommer", "rejst", "kommet", "kom", "ankommet"])
        && !says(&["adresse", "kommune", "kommunen"]);
    let street =
        tolkebot_values::foreign::find(&u.said, u.lang()).is_some_and(|f| f.value.street.is_some());
    let outside = says(&["udefra", "udlandet"]) && starts(&["іззовні", "ззовні", "закордон"]);
    !long_ago && came && (out_of || denmark)
        || whence && out_of && (street || came) && !m.asked_other
        || outside
}

/// «Народилась у Запоріжжі, але свідоцтво робили в Мелітополі»: of several towns the one of the entry in the register.
pub(super) fn registered_in<'u>(u: &'u Utterance<'_>) -> Option<&'u Found<Place>> {
    if u.is_staff() {
        return None;
    }
    let entry = (0..u.word_tokens.len()).find(|at| {
        let word = u.token(*at).text.as_str();
        let spoken = ["запис", "свідоцтв", "зареєстр", "метрик"]
            .iter()
            .any(|stem| word.starts_with(stem));
        spoken && at.checked_sub(1).is_none_or(|b| u.token(b).text != "не")
    })?;
    let towns: Vec<&Found<Place>> = u
        .places()
        .iter()
        .filter(|p| p.value.kind == PlaceKind::ForeignTown)
        .collect();
    // «… там і записана»: the town before.
    let there = (entry.saturating_sub(2)..entry).any(|at| u.token(at).text == "там");
    if there || towns.len() < 2 {
        return None;
    }
    towns
        .into_iter()
        .find(|p| u.word_at(p.span.start) > entry && u.word_at(p.span.start) - entry <= 5)
}

/// «У Ковелі, в ДРАЦСі», «рацс у Скадовську»: the registry by its name where it is said.
pub(super) fn registry(u: &Utterance<'_>, town: &str) -> String {
    let says = |stem: &str| u.all_words().iter().any(|w| w.starts_with(stem));
    if says("драцс") || says("рацс") {
        format!("DRATsS, {town}")
    } else if says("загс") {
        format!("ZAHS, {town}")
    } else {
        town.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn stay_and_birth_are_asked_in_many_words() {
        assert!(speaks_of_stay(&words("og jeres ophold")));
        assert!(speaks_of_stay(&words("hvad er grundlaget")));
        assert!(!speaks_of_stay(&words("et kort ophold hos en ven")));
        assert!(asks_birth(&words(
            "hvor er du selv skrevet ind da du blev født"
        )));
        assert!(asks_birth(&words("født hvor")));
        assert!(!asks_birth(&words("hvornår er du født")));
    }
}
