//! Close family that did not come along.

use super::*;

/// Close family that did not come along: "Mor: Halyna, Ukraine; søn: Roman, Wrocław, Polen".
pub(super) fn relatives_elsewhere(m: &Memory, out: &mut Readings) {
    // Only a country that somebody named: most come from one, but not all.
    let home = m
        .text("abroad.country")
        .or(m.text("abroad.town_country"))
        .filter(|country| *country == "Ukraine");
    let alone = matches!(m.text("arrival.marital_status"), Some("E" | "F" | "U"));
    let mut lines: Vec<String> = Vec::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for person in &m.people {
        let Some(kin) = person.kin else { continue };
        let close = matches!(kin, Kin::Mother | Kin::Father)
            || kin.is_child() && kin != Kin::Children
            || kin.is_couple() && !alone;
        let lives = m.text(&Memory::key(person.id, "lives"));
        let apart = person.moves == Some(false) || lives.is_some() && person.moves.is_none();
        let out_of_question = person.id == 0
            || person.id == m.mover
            || m.host == Some(person.id)
            || m.has(&Memory::key(person.id, "dead"))
            || m.has(&Memory::key(person.id, "cpr_number"));
        let name = full_name(m, person.id);
        let Some(country) = lives.or(home) else {
            continue;
        };
        if !close || !apart || out_of_question || name.is_empty() {
            continue;
        }
        let Some(label) = whereabouts::label(kin, false) else {
            continue;
        };
        let label = if lines.is_empty() {
            whereabouts::capital(label)
        } else {
            label.to_owned()
        };
        lines.push(format!("{label}: {name}, {country}"));
        evidence.extend(name_evidence(m, person.id).unwrap_or_default());
    }
    if !lines.is_empty() && !out.slots.contains_key("arrival.relatives_not_covered") {
        put(
            out,
            "arrival.relatives_not_covered",
            Slot::proposed(lines, evidence, 0.6).unclear(),
        );
    }
}

/// A relative by marriage of who reports for husband or wife, and a generation older.
pub(super) fn parent_in_law(m: &Memory, id: PersonId) -> bool {
    let kin = |id: PersonId| m.person(id).and_then(|p| p.kin);
    let born = |id: PersonId| {
        m.text(&Memory::key(id, "cpr_number"))
            .and_then(|text| CprNumber::parse(text).ok())
            .and_then(|number| number.birth_date())
    };
    m.mover != 0
        && kin(m.mover).is_some_and(Kin::is_couple)
        && kin(id) == Some(Kin::InLaw)
        && born(m.mover)
            .zip(born(id))
            .is_some_and(|(child, parent)| i32::from(child.year()) - i32::from(parent.year()) >= 14)
}

/// «Тато» and «мама» of who reports for both, «тесть» and «теща»: the other of the two is the spouse of the one who moves.
pub(super) fn spouse_of_mover(m: &Memory, id: PersonId) -> bool {
    let Some((mover, other)) = m.person(m.mover).zip(m.person(id)) else {
        return false;
    };
    let pair = matches!(
        (mover.kin, other.kin),
        (Some(Kin::Father), Some(Kin::Mother))
            | (Some(Kin::Mother), Some(Kin::Father))
            | (Some(Kin::Grandfather), Some(Kin::Grandmother))
            | (Some(Kin::Grandmother), Some(Kin::Grandfather))
            | (Some(Kin::InLaw), Some(Kin::InLaw))
    );
    m.mover != 0
        && id != 0
        && pair
        && mover.sex.is_some()
        && other.sex.is_some()
        && mover.sex != other.sex
}
