//! Which town an address abroad lies in.

use std::ops::Range;

use tolkebot_values::Found;
use tolkebot_values::places::{Place, PlaceKind};

use super::belief::{Act, Heard};
use super::foreign::asks_address;
use super::memory::Memory;
use super::utterance::Utterance;

/// «Зі Стамбула. Вулиця Акдениз, дев'ятнадцять. До Анкари ми не їздили», «… Левандівка п'ять, Львів»: of several towns the
/// last one before the street, or the first behind it.
pub(super) fn town_of_street<'p>(
    u: &Utterance<'_>,
    towns: &[&'p Found<Place>],
    street: &Range<usize>,
) -> &'p Found<Place> {
    let sentence = |byte: usize| u.sentence_at(byte).map(|s| s.bytes.clone());
    let same = |p: &&&Found<Place>| sentence(p.span.start) == sentence(street.start);
    let before = |p: &&&Found<Place>| p.span.start < street.end;
    let beside = towns.iter().rev().find(|p| same(p) && before(p));
    let found = beside
        .or_else(|| towns.iter().find(same))
        .or_else(|| towns.iter().rev().find(before));
    found.copied().unwrap_or(towns[0])
}

/// "Hvad var adressen i Sumy?": the town of the address that is asked for, whichever the citizen came through.
pub(super) fn town_asked(m: &mut Memory, u: &Utterance<'_>, prefix: &str) {
    if !u.is_staff() || prefix != "abroad" || m.has(&format!("{prefix}.street")) {
        return;
    }
    let asked = u.places().iter().find(|p| {
        p.value.kind == PlaceKind::ForeignTown
            && (!u.written || u.sentence_at(p.span.start).is_some_and(|s| s.question))
            && match super::cues::left(u, 0, p.span.start).as_slice() {
                [.., noun, "i"] => {
                    noun.starts_with("adresse") || matches!(*noun, "boede" | "du" | "i")
                }
                _ => false,
            }
    });
    let Some(town) = asked.cloned().filter(|_| asks_address(m)) else {
        return;
    };
    note_town(m, u, prefix, &town);
}

/// «З Румунії, тобто проїздом, жила вона в Сумах, вулиця …»: the country is that of the town in which the street lies.
pub(super) fn country_of_street(
    m: &mut Memory,
    u: &Utterance<'_>,
    prefix: &str,
    street: &Range<usize>,
) {
    let towns: Vec<&Found<Place>> = u
        .places()
        .iter()
        .filter(|p| p.value.kind == PlaceKind::ForeignTown && p.value.country != "Danmark")
        .collect();
    if prefix != "abroad" || towns.is_empty() {
        return;
    }
    let town = town_of_street(u, &towns, street).clone();
    let beside = u
        .sentence_at(town.span.start)
        .is_some_and(|s| s.bytes.contains(&street.start));
    let key = "abroad.country";
    if beside && m.text(key).is_some_and(|known| known != town.value.country) {
        let heard = Heard::new(
            town.value.country.as_str(),
            u.evidence(town.span.clone()),
            0.7,
        );
        m.hear(key, heard.act(Act::Correct));
        note_town(m, u, prefix, &town);
    }
}

/// Keeps the town of an address abroad, and its country.
pub(super) fn note_town(m: &mut Memory, u: &Utterance<'_>, prefix: &str, town: &Found<Place>) {
    let evidence = u.evidence(town.span.clone());
    m.note(
        &format!("{prefix}.town"),
        &town.value.name,
        evidence.clone(),
    );
    m.note(
        &format!("{prefix}.town_country"),
        &town.value.country,
        evidence,
    );
}
