//! The country that somebody comes from, as employees name it in passing.

use tolkebot_values::places::PlaceKind;

use super::abroad;
use super::belief::{Act, Heard};
use super::cues;
use super::memory::Memory;
use super::utterance::Utterance;

/// "Hvad var din sidste adresse i Tjekkiet?", "hvor boede I i Brno?", "direkte fra Moldova?": the employee names the
/// country that somebody comes from, and asks for it only in passing.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, words: &[&str]) {
    if m.text("case.move_type") == Some("to_abroad") || m.has("abroad.country") {
        return;
    }
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let last = has(&["sidste", "seneste"]) && words.iter().any(|w| w.starts_with("adresse"));
    let lived = has(&["boede"]) && has(&["hvor"]);
    let address = words.iter().any(|w| w.starts_with("adresse")) && !has(&["ny", "nye", "nu"]);
    let named = u.places().iter().find(|p| {
        let before = cues::left(u, 0, p.span.start).last().copied();
        let here = match before {
            Some("i") => last || (lived || address) && m.from_abroad.is_some(),
            Some("fra") => has(&["direkte"]) && m.from_abroad.is_some(),
            _ => false,
        };
        here && p.value.country != "Danmark"
            && matches!(p.value.kind, PlaceKind::Country | PlaceKind::ForeignTown)
    });
    let Some(place) = named.cloned() else { return };
    let evidence = u.evidence(place.span.clone());
    if last {
        abroad::arrives(m, u);
    }
    let heard = Heard::new(place.value.country.as_str(), evidence.clone(), 0.7);
    m.hear("abroad.country", heard.act(Act::Imply));
    if place.value.kind == PlaceKind::ForeignTown && !m.has("abroad.town") {
        m.note("abroad.town", &place.value.name, evidence.clone());
        m.note("abroad.town_country", &place.value.country, evidence);
    }
}

/// «У Швеції мене вже виписали», «в Польщі ми виписалися»: who is taken off another country's books comes from there.
pub(super) fn written_off(m: &mut Memory, u: &Utterance<'_>) {
    let taken = m
        .text("case.move_type")
        .is_some_and(|kind| kind == "to_abroad");
    if u.is_staff() || taken || m.from_abroad.is_some() || m.has("from.postal_code") {
        return;
    }
    let place = u.places().iter().find(|p| {
        let Some(sentence) = u.sentence_at(p.span.start) else {
            return false;
        };
        let words = u.words(sentence.words.clone());
        let off = words.iter().any(|w| {
            [
                "виписали",
                "виписався",
                "виписалася",
                "виписалась",
                "виписались",
                "виписалися",
                "знялися",
                "знялася",
                "знявся",
            ]
            .contains(w)
        });
        let own = words
            .iter()
            .any(|w| matches!(*w, "мене" | "нас" | "я" | "ми"));
        let into = matches!(cues::left(u, 0, p.span.start).last(), Some(&("у" | "в")));
        off && own
            && into
            && p.value.country != "Danmark"
            && matches!(p.value.kind, PlaceKind::Country | PlaceKind::ForeignTown)
    });
    let Some(place) = place.cloned() else { return };
    abroad::arrives(m, u);
    let heard = Heard::new(place.value.country.as_str(), u.evidence(place.span), 0.7);
    m.hear("abroad.country", heard);
}
