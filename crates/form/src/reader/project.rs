//! From memory to slots.

use serde_json::Value;
use tolkebot_values::cpr::CprNumber;
use tolkebot_values::postal;

use super::address::implied_code;
use super::belief::Belief;
use super::kin::Kin;
use super::memory::{Memory, Place};
use super::people::native_name;
use crate::state::{Evidence, PersonId, Readings, Slot, SlotStatus};

/// Everything the reader knows, as slots.
pub(super) fn project(m: &Memory) -> Readings {
    let mut out = Readings::default();
    plain(m, &mut out);
    mover(m, &mut out);
    for place in [Place::New, Place::Old, Place::Contact] {
        address(m, place, &mut out);
    }
    household(m, &mut out);
    protected(m, &mut out);
    host(m, &mut out);
    remaining(m, &mut out);
    arrival(m, &mut out);
    children(m, &mut out);
    case(m, &mut out);
    out
}

fn put(out: &mut Readings, key: &str, slot: Slot) {
    out.slots.insert(key.to_owned(), slot);
}

fn shown(m: &Memory, key: &str) -> Option<Slot> {
    m.belief(key).and_then(Belief::shown)
}

/// Beliefs whose key is the slot's key.
fn plain(m: &Memory, out: &mut Readings) {
    for (key, belief) in &m.beliefs {
        let person = key.starts_with('p') && key[1..].starts_with(|c: char| c.is_ascii_digit());
        let part = key.starts_with("contact.")
            || key.starts_with("abroad.")
            || key.starts_with("to.")
            || key.starts_with("from.")
            || key.starts_with("children");
        if person || part {
            continue;
        }
        if let Some(slot) = belief.shown() {
            put(out, key, slot);
        }
    }
    if m.text("gp.choice") != Some("change") {
        out.slots.remove("gp.clinic_name");
    }
    let kept = [
        "from.country",
        "from.foreign_address",
        "from.whole_household_moves",
        "to.mailbox_own",
        "to.co_name",
        "to.location_name",
        "to.mailbox_name",
    ];
    for key in kept {
        if let Some(slot) = shown(m, key) {
            put(out, key, slot);
        }
    }
}

fn mover(m: &Memory, out: &mut Readings) {
    for field in [
        "given_names",
        "surname",
        "cpr_number",
        "birth_date",
        "email",
        "phone",
    ] {
        if let Some(slot) = shown(m, &Memory::key(m.mover, field)) {
            put(out, &format!("mover.{field}"), slot);
        }
    }
    if let Some((native, evidence)) = native_name(m, m.mover) {
        put(
            out,
            "mover.name_native",
            Slot::derived(native, evidence, 0.8),
        );
    }
    if m.mover != 0 && m.has("poa.used") {
        let name = full_name(m, 0);
        if let Some(evidence) = name_evidence(m, 0).filter(|_| !name.is_empty()) {
            put(out, "poa.holder_name", Slot::proposed(name, evidence, 0.75));
        }
    }
}

fn full_name(m: &Memory, id: PersonId) -> String {
    ["given_names", "surname"]
        .iter()
        .filter_map(|part| m.text(&Memory::key(id, part)))
        .collect::<Vec<_>>()
        .join(" ")
}

fn name_evidence(m: &Memory, id: PersonId) -> Option<Vec<Evidence>> {
    ["given_names", "surname"]
        .iter()
        .find_map(|part| m.belief(&Memory::key(id, part)).and_then(Belief::slot))
        .map(|slot| slot.evidence.clone())
}

const PARTS: [&str; 6] = [
    "street_name",
    "house_number",
    "house_letter",
    "floor",
    "door",
    "postal_code",
];

fn address(m: &Memory, place: Place, out: &mut Readings) {
    let prefix = place.prefix();
    let mut parts: Vec<(&str, Slot)> = PARTS
        .iter()
        .filter_map(|part| shown(m, &format!("{prefix}.{part}")).map(|slot| (*part, slot)))
        .collect();
    if m.same_house && place == Place::Old && m.has("to.street_name") {
        for part in ["street_name", "house_number", "house_letter", "postal_code"] {
            if !parts.iter().any(|(p, _)| *p == part)
                && let Some(slot) = shown(m, &format!("to.{part}"))
            {
                parts.push((part, slot));
            }
        }
    }
    let has = |parts: &[(&str, Slot)], name: &str| parts.iter().any(|(p, _)| *p == name);
    if !has(&parts, "street_name") {
        // A floor or a code without street belongs to an address that is not known.
        return;
    }
    if !has(&parts, "postal_code")
        && let Some((code, key)) = implied_code(m, place)
    {
        let evidence = m
            .belief(&key)
            .and_then(Belief::slot)
            .map(|s| s.evidence.clone());
        parts.push((
            "postal_code",
            Slot::derived(code, evidence.unwrap_or_default(), 0.7),
        ));
    }
    if place == Place::New
        && matches!(
            m.text("case.move_type"),
            Some("to_abroad" | "no_fixed_address")
        )
    {
        return;
    }
    if place == Place::New {
        let code = text_of(&parts, "postal_code");
        for (part, mut slot) in parts.clone() {
            // A code that the register of streets gives is a value of the form, not only a hint.
            slot.derived = false;
            put(out, &format!("to.{part}"), slot);
        }
        if let Some(row) = code.as_deref().and_then(postal::lookup) {
            let from = parts.iter().find(|(p, _)| *p == "postal_code");
            let evidence = from.map(|(_, s)| s.evidence.clone()).unwrap_or_default();
            let confidence = from.map_or(0.7, |(_, s)| s.confidence);
            put(
                out,
                "to.post_district",
                Slot::derived(row.district, evidence, confidence),
            );
        }
    }
    if let Some(line) = one_line(&parts) {
        let evidence: Vec<Evidence> = parts
            .iter()
            .flat_map(|(_, s)| s.evidence.first().cloned())
            .fold(Vec::new(), |mut list, e| {
                crate::state::add_evidence(&mut list, e);
                list
            });
        let confidence = parts.iter().map(|(_, s)| s.confidence).fold(1.0, f32::min);
        let unsure = parts.iter().any(|(_, s)| {
            matches!(
                s.status,
                SlotStatus::NeedsConfirmation | SlotStatus::Conflict
            )
        });
        let status = if unsure {
            SlotStatus::NeedsConfirmation
        } else {
            SlotStatus::Proposed
        };
        match place {
            Place::Old => {
                put(
                    out,
                    "from.address_line",
                    Slot::proposed(line, evidence, confidence).with_status(status),
                );
            }
            Place::Contact => {
                put(
                    out,
                    "departure.contact_address",
                    Slot::proposed(line, evidence, confidence).with_status(status),
                );
            }
            Place::New => {
                put(
                    out,
                    "to.address_line",
                    Slot::derived(line, evidence, confidence).with_status(status),
                );
            }
        }
    }
}

fn text_of(parts: &[(&str, Slot)], name: &str) -> Option<String> {
    parts
        .iter()
        .find(|(p, _)| *p == name)
        .and_then(|(_, s)| s.value.as_ref())
        .and_then(Value::as_str)
        .map(str::to_owned)
}

/// `Randersvej 95B, 2. th, 8200 Aarhus N`; `None` without street, number and postal code.
fn one_line(parts: &[(&str, Slot)]) -> Option<String> {
    let get = |name: &str| text_of(parts, name);
    let code = get("postal_code")?;
    let row = postal::lookup(&code)?;
    Some(crate::state::one_line(
        &get("street_name")?,
        &get("house_number")?,
        get("house_letter").as_deref(),
        get("floor").as_deref(),
        get("door").as_deref(),
        &format!("{code} {}", row.district),
    ))
}

fn household(m: &Memory, out: &mut Readings) {
    let people = m.household();
    for id in &people {
        let key = |field: &str| format!("household[#{id}].{field}");
        for field in ["given_names", "surname", "cpr_number", "birth_date"] {
            if let Some(slot) = shown(m, &Memory::key(*id, field)) {
                put(out, &key(field), slot);
            }
        }
        let person = m.person(*id);
        if let Some(relation) = person.and_then(|p| p.kin).and_then(Kin::relation) {
            let evidence = name_evidence(m, *id).unwrap_or_default();
            put(
                out,
                &key("relation"),
                Slot::proposed(relation, evidence, 0.85),
            );
        }
        if !m.has(&Memory::key(*id, "surname"))
            && let Some(slot) = implied_surname(m, *id)
        {
            put(out, &key("surname"), slot);
        }
    }
    let count = people.len() + 1;
    if let Some(slot) = shown(m, "household.count") {
        put(out, "household.count", slot);
    } else if count > 1 {
        let evidence = name_evidence(m, people[0]).unwrap_or_default();
        put(
            out,
            "household.count",
            Slot::proposed(count as i64, evidence, 0.8),
        );
    } else if let Some(evidence) = &m.alone {
        put(
            out,
            "household.count",
            Slot::proposed(1, vec![evidence.clone()], 0.85),
        );
    } else if !m.plural
        && !m.children_spoken_of
        && let Some(evidence) = name_evidence(m, m.mover)
    {
        // Nobody else was spoken of as moving: one person, as long as nobody says otherwise.
        put(
            out,
            "household.count",
            Slot::derived(1, evidence, 0.5).with_status(SlotStatus::NeedsConfirmation),
        );
    }
    out.household = people;
}

/// Whom name and address protection covers.
fn protected(m: &Memory, out: &mut Readings) {
    let asked = shown(m, "protection.requested").filter(|s| s.value == Some(true.into()));
    let Some(asked) = asked else { return };
    let mut persons = vec![Value::from("mover")];
    if m.protect_all {
        persons.extend((0..m.household().len()).map(|at| format!("household[{at}]").into()));
    }
    put(
        out,
        "protection.persons",
        Slot::proposed(persons, asked.evidence, 0.7),
    );
}

/// Who stays in the old home.
fn remaining(m: &Memory, out: &mut Readings) {
    let stay: Vec<PersonId> = m
        .people
        .iter()
        .filter(|p| p.stays_behind && p.moves == Some(false))
        .map(|p| p.id)
        .collect();
    let Some(first) = stay.first() else { return };
    let evidence = name_evidence(m, *first).unwrap_or_default();
    if !out.slots.contains_key("from.whole_household_moves") {
        put(
            out,
            "from.whole_household_moves",
            Slot::derived(false, evidence.clone(), 0.7),
        );
    }
    let names: Vec<String> = stay
        .iter()
        .map(|id| full_name(m, *id))
        .filter(|name| !name.is_empty())
        .collect();
    if !names.is_empty() {
        put(
            out,
            "from.remaining_persons",
            Slot::proposed(names.join(" og "), evidence, 0.65),
        );
    }
}

/// Spouses and children without a surname of their own usually have the mover's.
fn implied_surname(m: &Memory, id: PersonId) -> Option<Slot> {
    let kin = m.person(id)?.kin?;
    if !(matches!(kin, Kin::Husband | Kin::Wife) || kin.is_child()) {
        return None;
    }
    let own = m.belief(&Memory::key(m.mover, "surname"))?.slot()?;
    let text = own.value.as_ref()?.as_str()?;
    let surname = super::people::surname_for(text, m.person(id)?.sex);
    Some(
        Slot::derived(surname, own.evidence.clone(), 0.6)
            .with_status(SlotStatus::NeedsConfirmation),
    )
}

fn host(m: &Memory, out: &mut Readings) {
    // Who stays is registered there.
    if let Some(stay) = shown(m, "dwelling.others_stay").filter(|s| s.value == Some(true.into()))
        && !out.slots.contains_key("dwelling.others_registered")
    {
        let evidence = stay.evidence.clone();
        put(
            out,
            "dwelling.others_registered",
            Slot::derived(true, evidence, 0.7),
        );
    }
    let Some(id) = m.host else {
        if out
            .slots
            .get("dwelling.others_registered")
            .and_then(|s| s.value.clone())
            != Some(true.into())
            && m.text("dwelling.type") != Some("sublet")
        {
            out.slots.remove("host.role");
        }
        return;
    };
    if let Some(gone) = out.slots.get("dwelling.others_registered")
        && gone.value == Some(false.into())
        && id != 0
    {
        out.slots.remove("dwelling.others_registered");
    }
    let name = full_name(m, id);
    if name.is_empty() {
        return;
    }
    let evidence = name_evidence(m, id).unwrap_or_default();
    put(
        out,
        "host.name",
        Slot::proposed(name, evidence.clone(), 0.75),
    );
    if !out.slots.contains_key("dwelling.others_registered") {
        put(
            out,
            "dwelling.others_registered",
            Slot::proposed(true, evidence.clone(), 0.7),
        );
    }
    let stays = m.person(id).and_then(|p| p.moves) == Some(false);
    if stays && !out.slots.contains_key("dwelling.others_stay") {
        put(
            out,
            "dwelling.others_stay",
            Slot::proposed(true, evidence, 0.75),
        );
    }
}

fn children(m: &Memory, out: &mut Readings) {
    let mut ids: Vec<PersonId> = m
        .household()
        .into_iter()
        .filter(|id| is_minor(m, *id))
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
    ];
    for id in &ids {
        let key = |field: &str| format!("children[#{id}].{field}");
        for field in facts {
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
            .or(spouse.filter(|_| m.has("children[].custody")));
        if let Some(parent) = other
            && let Some(moves) = m.person(parent).and_then(|p| p.moves)
            && !m.has("children[].other_parent_moves")
        {
            let evidence = name_evidence(m, parent).unwrap_or_default();
            put(
                out,
                &key("other_parent_moves"),
                Slot::derived(moves, evidence, 0.7),
            );
        }
        if let Some(parent) = other {
            let name = full_name(m, parent);
            if let Some(slot) = shown(m, "children[].other_parent_contact") {
                put(out, &key("other_parent_contact"), slot);
            }
            let stays = m.person(parent).and_then(|p| p.moves) == Some(false);
            if !name.is_empty() && stays {
                let evidence = name_evidence(m, parent).unwrap_or_default();
                put(
                    out,
                    &key("other_parent_name"),
                    Slot::proposed(name, evidence, 0.7),
                );
            }
        }
    }
    out.children = ids;
}

fn is_minor(m: &Memory, id: PersonId) -> bool {
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

/// What the form wants of arrivals from abroad.
fn arrival(m: &Memory, out: &mut Readings) {
    if m.from_abroad.is_none() {
        return;
    }
    if !m.shown.is_empty() {
        let papers: Vec<Value> = m
            .shown
            .iter()
            .map(|(paper, _)| Value::from(*paper))
            .collect();
        let evidence = m.shown.iter().map(|(_, e)| e.clone()).collect();
        put(
            out,
            "arrival.documents_presented",
            Slot::proposed(papers, evidence, 0.65).with_status(SlotStatus::NeedsConfirmation),
        );
    }
    if let Some(slot) = shown(m, "abroad.country") {
        put(out, "from.country", slot.clone());
        put(out, "arrival.from_country", slot);
    }
    if let Some(sex) = m.person(m.mover).and_then(|p| p.sex) {
        let code = if sex == super::kin::Sex::Female {
            "K"
        } else {
            "M"
        };
        let evidence = name_evidence(m, m.mover).unwrap_or_default();
        put(out, "arrival.sex", Slot::derived(code, evidence, 0.8));
    }
}

/// Kind of move and country, which follow from the addresses.
fn case(m: &Memory, out: &mut Readings) {
    let aarhus = |place: Place| -> Option<bool> {
        let prefix = place.prefix();
        let code = match place {
            Place::New => out
                .slots
                .get("to.postal_code")
                .and_then(|s| s.value.clone()),
            Place::Old | Place::Contact => out.slots.get("from.address_line").and_then(|s| {
                s.value
                    .as_ref()?
                    .as_str()?
                    .rsplit(", ")
                    .next()?
                    .get(..4)
                    .map(Value::from)
            }),
        };
        if let Some(row) = code
            .as_ref()
            .and_then(Value::as_str)
            .and_then(postal::lookup)
        {
            return Some(row.aarhus == "core");
        }
        let codes = m.text(&format!("{prefix}.town_codes"))?;
        Some(
            codes
                .split(' ')
                .any(|c| postal::lookup(c).is_some_and(|r| r.aarhus == "core")),
        )
    };
    let (old, new) = (aarhus(Place::Old), aarhus(Place::New));
    if !out.slots.contains_key("case.move_type") {
        let kind = if let Some(evidence) = &m.from_abroad {
            Some(("from_abroad", vec![evidence.clone()], 0.85))
        } else {
            match (old, new) {
                (Some(true), Some(true)) => {
                    Some(("domestic_within_municipality", Vec::new(), 0.85))
                }
                (Some(_), Some(_)) => Some(("domestic_to_municipality", Vec::new(), 0.85)),
                _ => None,
            }
        };
        if let Some((kind, mut evidence, confidence)) = kind {
            if evidence.is_empty() {
                for key in ["from.address_line", "to.postal_code"] {
                    evidence.extend(out.slots.get(key).and_then(|s| s.evidence.first().cloned()));
                }
                if evidence.is_empty() {
                    evidence.extend(
                        m.belief("from.town")
                            .and_then(Belief::slot)
                            .and_then(|s| s.evidence.first().cloned()),
                    );
                }
            }
            put(
                out,
                "case.move_type",
                Slot::proposed(kind, evidence, confidence),
            );
        }
    }
    if m.mover == 0 && m.has(&Memory::key(0, "given_names")) && !m.has("case.reporter_role") {
        let evidence = name_evidence(m, 0).unwrap_or_default();
        put(
            out,
            "case.reporter_role",
            Slot::derived("self", evidence, 0.8),
        );
    }
    let kind = out
        .slots
        .get("case.move_type")
        .and_then(|s| s.value.as_ref())
        .and_then(Value::as_str);
    let domestic = matches!(
        kind,
        Some("domestic_within_municipality" | "domestic_to_municipality" | "no_fixed_address")
    );
    if (domestic || out.slots.contains_key("from.address_line"))
        && kind != Some("to_abroad")
        && kind != Some("from_abroad")
        && !out.slots.contains_key("from.country")
    {
        let evidence = out
            .slots
            .get("from.address_line")
            .map(|s| s.evidence.clone());
        put(
            out,
            "from.country",
            Slot::derived("Danmark", evidence.unwrap_or_default(), 0.9),
        );
    }
}
