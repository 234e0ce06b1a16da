//! Persons moving along, children, who stays, whom protection covers.

use super::*;
use crate::reader::couples;
use crate::reader::numbers::fitting;
use crate::reader::people::minors;
use crate::reader::young_relatives;
use crate::state::UNNAMED_CHILD;

pub(super) fn household(m: &Memory, out: &mut Readings) {
    // Somebody of whom nothing is known but that they exist is asked about, not written down: most
    // often they do not move.
    let known = |id: &PersonId| {
        ["given_names", "cpr_number", "birth_date"]
            .iter()
            .any(|field| m.has(&Memory::key(*id, field)))
    };
    let all = m.household();
    // «Ми з чоловіком удвох переїжджаємо»: unless so many are told to move that it must be them.
    let related = |id: &PersonId| {
        m.person(*id)
            .and_then(|p| p.kin)
            .is_some_and(|kin| kin.relation().is_some())
    };
    let told = m.belief("household.count").and_then(Belief::value);
    let told = told.and_then(Value::as_u64);
    // «Зі мною дві доньки» – «так, троє»: children without a name whom the number counts.
    let children = all.iter().filter(|id| {
        m.person(**id)
            .and_then(|p| p.kin)
            .is_some_and(Kin::is_child)
    });
    let unnamed = m
        .children_told
        .map_or(0, |told| told.saturating_sub(children.count()));
    let related = all.iter().all(related);
    let unnamed = match told == Some((all.len() + 1 + unnamed) as u64) && related {
        true => unnamed,
        false => 0,
    };
    let complete = told == Some((all.len() + 1 + unnamed) as u64) && related;
    let people: Vec<PersonId> = all
        .iter()
        .copied()
        .filter(|id| complete || known(id))
        .collect();
    for id in &people {
        let key = |field: &str| format!("household[#{id}].{field}");
        let numbered = m.has(&Memory::key(*id, "cpr_number"));
        // Taken for one who comes along by the number alone: number and relation are asked about.
        let guessed = m.has(&Memory::key(*id, minors::GUESSED));
        for field in whose::OWN {
            // The number holds the birth date.
            if field == "birth_date" && numbered {
                continue;
            }
            if let Some(slot) = shown(m, &Memory::key(*id, field)) {
                let slot = match guessed && field == "cpr_number" {
                    true => slot.unclear(),
                    false => slot,
                };
                put(out, &key(field), whose::in_row(m, *id, field, slot));
            }
        }
        let person = m.person(*id);
        if let Some(relation) = person.and_then(|p| p.kin).and_then(Kin::relation) {
            let evidence = name_evidence(m, *id).unwrap_or_default();
            let relation = match relation {
                "spouse" | "cohabitant" if m.has(couples::PARTNERS) => "registered_partner",
                "child" if m.has(&Memory::key(*id, young_relatives::FARTHER)) => "other",
                "parent" | "grandparent" | "other" if spouse_of_mover(m, *id) => "spouse",
                "spouse" if m.unmarried => "cohabitant",
                // «Теща» in the mouth of the husband who reports is the mother of the one who moves.
                "other" if parent_in_law(m, *id) => "parent",
                other => other,
            };
            let slot = Slot::proposed(relation, evidence, 0.85);
            // What somebody without a name is, and what the ages speak against, is asked about.
            let named = m.has(&Memory::key(*id, "given_names"));
            let unsaid = m.has(&Memory::key(*id, minors::UNSAID));
            let slot = match guessed || unsaid || !named || !ages_fit(m, *id) {
                true => slot.unclear(),
                false => slot,
            };
            put(out, &key("relation"), slot);
        }
        if !m.has(&Memory::key(*id, "surname"))
            && let Some(slot) = implied_surname(m, *id)
        {
            put(out, &key("surname"), slot);
        }
    }
    let mut people = people;
    for nth in 1..=unnamed {
        let id = UNNAMED_CHILD - nth as PersonId;
        let evidence = m
            .belief("household.count")
            .and_then(Belief::slot)
            .map(|s| s.evidence.clone())
            .unwrap_or_default();
        put(
            out,
            &format!("household[#{id}].relation"),
            Slot::proposed("child", evidence, 0.7).unclear(),
        );
        // Behind husband or wife and the children who are known.
        let close = |id: &PersonId| {
            *id > UNNAMED_CHILD - 20
                || m.person(*id)
                    .and_then(|p| p.kin)
                    .is_some_and(|k| k.is_child() || k.is_couple())
        };
        let at = people.iter().rposition(close).map_or(0, |at| at + 1);
        people.insert(at, id);
    }
    let count = people.len() + 1;
    if let Some(slot) = shown(m, "household.count") {
        put(out, "household.count", slot);
    } else if count > 1 {
        let evidence = name_evidence(m, people[0]).unwrap_or_default();
        let slot = Slot::proposed(count as i64, evidence, 0.8);
        // The employee counted others than the ones who are known, or husband, wife or child comes along of whom
        // only that is known.
        let unknown = all.iter().any(|id| {
            !people.contains(id)
                && m.person(*id)
                    .and_then(|p| p.kin)
                    .is_some_and(|k| k.is_couple() || k.is_child())
        });
        let fewer = m.children_told.is_some_and(|told| {
            let children = people.iter().filter(|id| {
                m.person(**id)
                    .and_then(|p| p.kin)
                    .is_some_and(Kin::is_child)
            });
            children.count() < told
        });
        let other = m
            .staff_count
            .is_some_and(|(_, said)| said != count && said > 0);
        // Who else there is, nobody asked yet, and nobody said «ми».
        let open = !m.company_asked && !m.plural;
        let slot = match other || unknown || fewer || open {
            true => slot.unclear(),
            false => slot,
        };
        put(out, "household.count", slot);
    } else if let Some(evidence) = &m.alone {
        put(
            out,
            "household.count",
            Slot::proposed(1, vec![evidence.clone()], 0.85),
        );
    } else if !m.not_alone
        && ((!m.plural || nobody_else(m)) && !m.children_move || for_other(m))
        && let Some(evidence) = name_evidence(m, m.mover)
    {
        // Nobody else was spoken of as moving: one person, as long as nobody says otherwise.
        put(
            out,
            "household.count",
            Slot::derived(1, evidence, 0.5).unclear(),
        );
    }
    out.household = people;
}

/// Whether the relation can be right by the CPR numbers: a child is younger than its parent by so many years.
fn ages_fit(m: &Memory, id: PersonId) -> bool {
    let number = |id: PersonId| {
        m.text(&Memory::key(id, "cpr_number"))
            .and_then(|text| CprNumber::parse(text).ok())
    };
    let born = |id: PersonId| {
        let told = m.text(&Memory::key(id, "birth_date"));
        number(id)
            .and_then(|number| number.birth_date())
            .or_else(|| told.and_then(|day| day.parse().ok()))
    };
    let Some(person) = m.person(id) else {
        return true;
    };
    if born(id).is_some_and(|born| !fitting::old_enough(m, person, Some(born))) {
        return false;
    }
    let own_child = matches!(person.kin, Some(Kin::Son | Kin::Daughter | Kin::Child));
    match (born(m.mover), born(id)) {
        (Some(parent), Some(child)) if own_child => {
            (13..=55).contains(&(child.year() - parent.year()))
        }
        _ => true,
    }
}

/// Somebody reports for another: «ми» is the two of them, and one moves.
fn for_other(m: &Memory) -> bool {
    m.mover != 0
        && m.text("case.reporter_role")
            .is_some_and(|role| role != "self")
        && !m.household().iter().any(|id| *id != m.mover)
}

/// «Ми» was said, but nobody was spoken of who might come along.
fn nobody_else(m: &Memory) -> bool {
    m.people
        .iter()
        .filter(|p| p.id != 0 && p.id != m.mover && Some(p.id) != m.host)
        .all(|p| {
            p.moves == Some(false) || !p.kin.is_some_and(|kin| kin.is_child() || kin.is_couple())
        })
}

/// Whom name and address protection covers.
pub(super) fn protected(m: &Memory, out: &mut Readings) {
    let asked = shown(m, "protection.requested").filter(|s| s.value == Some(true.into()));
    let Some(asked) = asked else { return };
    let mut persons = vec![Value::from("mover")];
    if m.protect_all {
        persons.extend((0..out.household.len()).map(|at| format!("household[{at}]").into()));
    }
    let named = out.household.iter().enumerate();
    let named = named.filter(|(_, id)| !m.protect_all && m.protected.contains(id));
    let rows: Vec<Value> = named
        .map(|(at, _)| format!("household[{at}]").into())
        .collect();
    persons.extend(rows);
    // Whether it is wanted for those who come along too, nobody said yet.
    let open = !m.protect_all && !out.household.is_empty();
    let slot = Slot::proposed(persons, asked.evidence, 0.7);
    let slot = if open { slot.unclear() } else { slot };
    put(out, "protection.persons", slot);
    if let Some(until) = shown(m, "protection.until") {
        put(out, "protection.until", until);
    }
}

/// Who stays in the old home.
pub(super) fn remaining(m: &Memory, out: &mut Readings) {
    // Nobody asks an arrival who stays in the home abroad.
    if m.from_abroad.is_some() && !out.slots.contains_key("from.address_line") {
        out.slots.remove("from.whole_household_moves");
        return;
    }
    // "Min søn bliver her" of who leaves the country: in Denmark, not in that home.
    if m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    let stay: Vec<PersonId> = m
        .people
        .iter()
        .filter(|p| p.stays_behind && p.moves == Some(false))
        .map(|p| p.id)
        .collect();
    let evidence = match (stay.first(), m.stayers.first()) {
        (Some(first), _) => name_evidence(m, *first).unwrap_or_default(),
        (None, Some((_, evidence))) => vec![evidence.clone()],
        (None, None) => return,
    };
    if !out.slots.contains_key("from.whole_household_moves") {
        put(
            out,
            "from.whole_household_moves",
            Slot::derived(false, evidence.clone(), 0.7),
        );
    }
    // Parents first, then who is known by name or relation, then who has neither row nor name.
    let parted = matches!(m.text("arrival.marital_status"), Some("F")) || m.parted;
    let labels = |first: bool| {
        m.stayers
            .iter()
            .filter(move |(label, _)| (*label == "Forældre") == first)
            .map(|(label, _)| (*label).to_owned())
    };
    let known = stay.iter().filter_map(|id| {
        let name = full_name(m, *id);
        if name.is_empty() {
            let kin = m.person(*id)?.kin?;
            // A child's father, the host's daughter: an unnamed one is often somebody else's.
            let own = matches!(kin, Kin::Mother | Kin::Brother | Kin::Sister)
                || kin == Kin::Father && m.other_parent.is_none() && !m.children_spoken_of
                || matches!(kin, Kin::Husband | Kin::Wife) && parted;
            if !own || m.host.is_some() && stay.len() > 1 {
                return friend(kin, m.person(*id)?.sex);
            }
            whereabouts::label(kin, parted).map(str::to_owned)
        } else {
            Some(name)
        }
    });
    let mut names: Vec<String> = labels(true).chain(known).chain(labels(false)).collect();
    names.dedup();
    let Some(first) = names.first_mut() else {
        return;
    };
    *first = whereabouts::capital(first);
    let line = match names.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} og {last}", all.join(", ")),
        _ => names.join(""),
    };
    put(
        out,
        "from.remaining_persons",
        Slot::proposed(line, evidence, 0.65).unclear(),
    );
}

/// "Veninde", "ven": a friend by sex.
fn friend(kin: Kin, sex: Option<crate::reader::kin::Sex>) -> Option<String> {
    let word = match (kin, sex) {
        (Kin::Friend, Some(crate::reader::kin::Sex::Female)) => "veninde",
        (Kin::Friend, Some(crate::reader::kin::Sex::Male)) => "ven",
        _ => return None,
    };
    Some(word.to_owned())
}

/// Spouses and children without a surname of their own usually have the mover's, unless somebody said that
/// they have another.
pub(super) fn implied_surname(m: &Memory, id: PersonId) -> Option<Slot> {
    use crate::reader::people::differing::{DIFFERS, OF_CHILDREN};
    let kin = m.person(id)?.kin?;
    let couple = matches!(kin, Kin::Husband | Kin::Wife);
    if !(couple || kin.is_child()) || couple && m.has("couple.surnames_differ") {
        return None;
    }
    let own = Memory::key(m.mover, "surname");
    let key = if kin.is_child() && m.has(OF_CHILDREN) {
        OF_CHILDREN.to_owned()
    } else if m.has(&Memory::key(id, DIFFERS)) {
        // «Софія по татові»: the spouse's, where it is known and another one.
        let spouse = m
            .people
            .iter()
            .find(|p| p.kin.is_some_and(Kin::is_couple))
            .map(|p| p.id)
            .or(m.other_parent)
            .filter(|_| kin.is_child())?;
        let theirs = Memory::key(spouse, "surname");
        if m.text(&theirs)? == m.text(&own)? {
            return None;
        }
        theirs
    } else {
        own
    };
    let whose = m.belief(&key)?.slot()?;
    let text = whose.value.as_ref()?.as_str()?;
    let surname = crate::reader::people::surname_for(text, m.person(id)?.sex);
    Some(Slot::derived(surname, whose.evidence.clone(), 0.6).unclear())
}

pub(super) fn children(m: &Memory, out: &mut Readings) {
    let mut ids: Vec<PersonId> = m
        .household()
        .into_iter()
        // Who has no row of their own yet would be taken for the mover.
        .filter(|id| is_minor(m, *id) && out.household.contains(id))
        .collect();
    if m.text("case.reporter_role") == Some("custody_holder") {
        ids.insert(0, m.mover);
    }
    let facts = [
        "custody",
        "lived_with_before",
        "other_parent_moves",
        "residence_pattern",
        "other_parent_statement",
        "six_weeks_notice",
    ];
    if ids.is_empty() && crate::reader::families::child_awaited(m, &facts) {
        ids.push(UNNAMED_CHILD);
    }
    for id in &ids {
        let key = |field: &str| format!("children[#{id}].{field}");
        for field in facts {
            // Where neither parent has custody, there is no other parent to be heard.
            let unheard = field == "other_parent_statement"
                && m.text("children[].custody") == Some("third_party");
            if unheard {
                continue;
            }
            if let Some(slot) = shown(m, &format!("children[].{field}")) {
                put(out, &key(field), slot);
            }
        }
        let spouse = m
            .people
            .iter()
            .find(|p| p.kin.is_some_and(Kin::is_couple))
            .map(|p| p.id);
        let other = m
            .other_parent
            .or(spouse.filter(|_| m.text("children[].custody") == Some("joint")));
        if let Some(parent) = other
            && let Some(moves) = m.person(parent).and_then(|p| p.moves).or_else(|| {
                let known = ["given_names", "cpr_number"]
                    .iter()
                    .any(|field| m.has(&Memory::key(parent, field)));
                (known && m.household().contains(&parent)).then_some(true)
            })
            && !m.has("children[].other_parent_moves")
        {
            let evidence = name_evidence(m, parent).unwrap_or_default();
            put(
                out,
                &key("other_parent_moves"),
                Slot::derived(moves, evidence, 0.7),
            );
        }
        super::parents::concluded(m, *id, out);
        if let Some(parent) = other {
            let name = full_name(m, parent);
            if let Some(slot) = shown(m, "children[].other_parent_contact") {
                put(out, &key("other_parent_contact"), slot);
            }
            let apart = m.host != Some(parent)
                && out
                    .slots
                    .get(&key("other_parent_moves"))
                    .is_some_and(|slot| slot.value == Some(Value::Bool(false)));
            let stays = m.person(parent).and_then(|p| p.moves) == Some(false)
                || apart && m.person(parent).is_some_and(|p| p.moves.is_none())
                || m.other_parent == Some(parent)
                    && m.person(parent).is_some_and(|p| p.moves.is_none())
                    && !m.text_is("children[].other_parent_moves", true);
            if stays
                && m.person(parent).and_then(|p| p.moves).is_none()
                && !m.has("children[].other_parent_moves")
                && !name.is_empty()
            {
                let evidence = name_evidence(m, parent).unwrap_or_default();
                put(
                    out,
                    &key("other_parent_moves"),
                    Slot::derived(false, evidence, 0.6).unclear(),
                );
            }
            if !name.is_empty() && stays {
                let evidence = name_evidence(m, parent).unwrap_or_default();
                put(
                    out,
                    &key("other_parent_name"),
                    named(m, parent, Slot::proposed(name, evidence, 0.7)),
                );
            }
        }
    }
    out.children = ids;
}

pub(super) fn is_minor(m: &Memory, id: PersonId) -> bool {
    let Some(person) = m.person(id) else {
        return false;
    };
    if !person.kin.is_some_and(Kin::is_child) {
        return false;
    }
    let birth = m
        .text(&Memory::key(id, "birth_date"))
        .and_then(|d| d.parse().ok())
        .or_else(|| {
            let cpr = m.text(&Memory::key(id, "cpr_number"))?;
            CprNumber::parse(cpr).ok()?.birth_date()
        });
    match birth {
        Some(date) => date.saturating_add(jiff::Span::new().years(18)) > m.today,
        None => person.age.is_none_or(|age| age < 18),
    }
}
