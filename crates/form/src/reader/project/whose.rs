//! Whether it is known who moves: as long as it is not, nobody's name and number stand.
//!
//! A row of the form is most often wrong as a whole: it holds a husband who stays, a host, the one for whom somebody
//! reports. Both sides say such a name rightly, so no read-back catches it. Whoever moves has a number or a birth
//! date in the end, and so has the one who is taken for the mover.

use super::*;
use crate::reader::numbers::fitting;

/// Names and numbers of a person.
pub(super) const OWN: [&str; 4] = ["given_names", "surname", "cpr_number", "birth_date"];

/// Whether this person's number or birth date was told, as of everybody who moves.
fn is_identified(m: &Memory, id: PersonId) -> bool {
    ["cpr_number", "birth_date"]
        .iter()
        .any(|field| m.has(&Memory::key(id, field)))
}

/// Whether somebody else may be the one who moves: a co-mover's number is known, and the mover's own was neither told
/// nor asked for.
fn is_mover_open(m: &Memory) -> bool {
    let others = m.household().into_iter().any(|id| is_identified(m, id));
    !is_identified(m, m.mover) && others && !m.own_number_asked
}

/// Whether number or birth date must be somebody else's: the number's last digit does not fit, or nobody reports a
/// move at that age.
fn is_of_another(m: &Memory, id: PersonId) -> bool {
    let born = m
        .text(&Memory::key(id, "birth_date"))
        .and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let child = born.is_some_and(|born| born.saturating_add(jiff::Span::new().years(15)) > m.today);
    child && id == 0 || m.person(id).is_some_and(|person| !number_fits(m, person))
}

/// A co-mover's name or number as it is shown: one to ask about as long as it is not known that they move, or whose
/// number it is.
pub(super) fn in_row(m: &Memory, id: PersonId, field: &str, slot: Slot) -> Slot {
    let whose = match field {
        // While nobody's number was told, a name is all there can be.
        "given_names" | "surname" => {
            (is_identified(m, id) || !numbers_told(m)) && !is_too_young(m, id)
        }
        _ => m.has(&Memory::key(id, "given_names")) || is_identified(m, m.mover),
    };
    match whose && !is_mover_open(m) {
        true => slot,
        false => doubted(slot),
    }
}

/// The mover's name or number as it is shown.
pub(super) fn of_mover(m: &Memory, field: &str, slot: Slot) -> Slot {
    let name = ["given_names", "surname"].contains(&field);
    let open = name && (is_mover_open(m) || is_of_another(m, m.mover));
    match open || field == "surname" && is_on_the_door(m) {
        true => doubted(slot),
        false => slot,
    }
}

fn numbers_told(m: &Memory) -> bool {
    m.people.iter().any(|p| is_identified(m, p.id))
}

/// A husband with the birth date of a child: name and number are two persons'.
fn is_too_young(m: &Memory, id: PersonId) -> bool {
    let Some(person) = m.person(id) else {
        return false;
    };
    let number = m
        .text(&Memory::key(id, "cpr_number"))
        .and_then(|number| CprNumber::parse(number).ok())
        .and_then(|number| number.birth_date());
    let told = || m.text(&Memory::key(id, "birth_date"))?.parse().ok();
    !fitting::old_enough(m, person, number.or_else(told))
}

/// "Så sætter jeg c/o Dermanska": who is written so lives with somebody of that name, and need not bear it.
fn is_on_the_door(m: &Memory) -> bool {
    let own = m.text(&Memory::key(m.mover, "surname"));
    let door = m
        .text("to.co_name")
        .and_then(|line| line.rsplit(' ').next());
    own.is_some() && own == door
}

/// A slot that would stand is asked about; one that is asked about already keeps its reason.
fn doubted(slot: Slot) -> Slot {
    match slot.status {
        SlotStatus::Proposed => slot.unclear(),
        _ => slot,
    }
}
