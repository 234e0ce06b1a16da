//! Whose a CPR number can be: a child's is no parent's.

use jiff::civil::Date;
use tolkebot_values::cpr::CprNumber;

use crate::reader::kin::{Kin, Sex};
use crate::reader::memory::{Memory, Person};
use crate::state::PersonId;

/// Nobody is somebody's husband, wife or parent before that.
const GROWN: i32 = 15;

/// The person whose number it is: the one that the words point to, another whom it fits, or somebody new.
pub(super) fn whose(m: &mut Memory, person: PersonId, number: &CprNumber) -> PersonId {
    let person = owner(m, person, number);
    match too_old(m, person, number) {
        true => m.add_person(None),
        false => person,
    }
}

/// The person that the words point to, or the only other one without a number whom it fits where it cannot be
/// theirs: «Ось: двадцять один, нуль чотири, чотирнадцять … Ой, це Ліне дзвонить».
fn owner(m: &Memory, person: PersonId, number: &CprNumber) -> PersonId {
    if m.person(person)
        .is_none_or(|p| old_enough(m, p, number.birth_date()))
    {
        return person;
    }
    let open: Vec<PersonId> = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.id != person && p.moves != Some(false))
        .filter(|p| p.kin.is_some_and(Kin::is_child) && p.kin != Some(Kin::Children))
        .filter(|p| !m.has(&Memory::key(p.id, "cpr_number")))
        .filter(|p| p.sex.is_none() || p.sex == sex_of(number))
        .map(|p| p.id)
        .collect();
    match open.as_slice() {
        [one] => *one,
        _ => person,
    }
}

/// Whether somebody of this relation can be as young as the birth date says.
pub(in crate::reader) fn old_enough(m: &Memory, person: &Person, born: Option<Date>) -> bool {
    let grown = person.kin.is_some_and(|kin| {
        kin.is_couple()
            || matches!(
                kin,
                Kin::Mother | Kin::Father | Kin::Grandmother | Kin::Grandfather | Kin::Landlord
            )
    });
    !grown || born.is_none_or(|born| born.saturating_add(jiff::Span::new().years(GROWN)) <= m.today)
}

/// "Og Antonina?" – «… п'ятдесят четвертого»: a number of somebody as old as the mover is none of a son or daughter
/// who was spoken of and has no name.
fn too_old(m: &Memory, person: PersonId, number: &CprNumber) -> bool {
    let own_child = m
        .person(person)
        .is_some_and(|p| matches!(p.kin, Some(Kin::Son | Kin::Daughter | Kin::Child)));
    let nameless = !m.has(&Memory::key(person, "given_names"));
    let born = |text: Option<&str>| {
        text.and_then(|text| CprNumber::parse(text).ok())
            .and_then(|number| number.birth_date())
    };
    let parent = born(m.text(&Memory::key(m.mover, "cpr_number")));
    let child = number.birth_date();
    own_child
        && nameless
        && m.mover == 0
        && parent
            .zip(child)
            .is_some_and(|(parent, child)| i32::from(child.year()) < i32::from(parent.year()) + 12)
}

fn sex_of(number: &CprNumber) -> Option<Sex> {
    let last = number.formatted().bytes().last()?;
    Some(if (last - b'0').is_multiple_of(2) {
        Sex::Female
    } else {
        Sex::Male
    })
}
