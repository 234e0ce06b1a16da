//! Where somebody comes from, named by the employee and agreed to: "Direkte fra Poltava?" – «Напряму», "jeg hører, I kommer
//! fra Köln?" – «Саме так», "Lublin, er det der, I har boet?" – «Чотири зими».

use tolkebot_protocol::Lang;
use tolkebot_values::Found;
use tolkebot_values::places::{self, Place, PlaceKind};

use super::abroad;
use super::belief::Heard;
use super::memory::Memory;
use super::mood;
use super::utterance::Utterance;

const COUNTRY: &str = "abroad.country";

/// Until which turn the question shows what the conversation is about.
const LATEST: usize = 14;

/// Takes the place that the citizen agrees to come from.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let here = m.has("from.street_name") || m.text("case.move_type") == Some("to_abroad");
    if u.is_staff() || here || m.has(COUNTRY) || m.objected {
        return;
    }
    let text = m.staff_words.join(" ");
    let Some((place, lived)) = named(&text) else {
        return;
    };
    if !agrees(u, lived) {
        return;
    }
    // Who has a number here is known to come from elsewhere only when that is said.
    if m.from_abroad.is_none() {
        if m.has(&Memory::key(m.mover, "cpr_number")) || m.talked > LATEST {
            return;
        }
        abroad::arrives(m, u);
    }
    let evidence = u.evidence(0..0);
    if place.value.kind == PlaceKind::ForeignTown {
        m.note("abroad.town", &place.value.name, evidence.clone());
        m.note(
            "abroad.town_country",
            &place.value.country,
            evidence.clone(),
        );
    }
    m.hear(COUNTRY, Heard::new(place.value.country, evidence, 0.75));
}

/// The place abroad of which the employee asks whether somebody comes from there, and whether they asked if it was lived in.
fn named(text: &str) -> Option<(Found<Place>, bool)> {
    let words: Vec<&str> = text.split(' ').collect();
    let says = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let either = says(&["eller", "født", "oprindeligt", "oprindelig"]);
    let comes = says(&[
        "kommer", "kom", "kommet", "direkte", "lige", "rejst", "rejste", "flyttet", "flytter",
    ]);
    let found = places::find(text, Lang::Da);
    let mut abroad = found.into_iter().filter(|p| {
        matches!(p.value.kind, PlaceKind::ForeignTown | PlaceKind::Country)
            && p.value.country != "Danmark"
    });
    let place = abroad
        .next()
        .filter(|_| abroad.next().is_none() && !either)?;
    let before: Vec<&str> = text[..place.span.start].split_whitespace().collect();
    let behind: Vec<&str> = text[place.span.end..].split_whitespace().collect();
    let from = before.last() == Some(&"fra") && comes && !before.contains(&"hvor");
    let lived = matches!(behind.as_slice(), ["er", "det", "der" | "dér", ..])
        && behind
            .iter()
            .any(|w| matches!(*w, "boet" | "boede" | "kommer"));
    (from || lived).then_some((place, lived))
}

/// «Саме так», «напряму», «звідти»; where they lived, also for how long.
fn agrees(u: &Utterance<'_>, lived: bool) -> bool {
    let words = u.all_words();
    let directly = words.iter().take(3).any(|w| {
        matches!(
            *w,
            "напряму" | "прямо" | "прямісінько" | "звідти" | "звідтам" | "просто"
        )
    });
    let long = words.iter().any(|w| {
        ["рок", "рік", "зим", "місяц", "літ"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let mood = mood::mood(u);
    !mood.objected && (mood.agreed || directly || lived && long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_behind_from_is_asked_about() {
        let town = |text: &str| named(text).map(|(place, _)| place.value.name);
        assert_eq!(town("direkte fra poltava").as_deref(), Some("Poltava"));
        assert!(town("lublin er det der i har boet").is_some());
        assert!(town("kommer i fra ukraine eller andetsteds").is_none());
        assert!(town("hvor kommer du fra").is_none());
        assert!(town("er du også født i moldova").is_none());
    }
}
