//! From memory to slots.

mod agreement;
mod family;
mod home;
mod loose;
mod move_type;
mod parents;
mod relatives;
mod shared_homes;
mod whose;

use serde_json::Value;
use tolkebot_values::cpr::CprNumber;
use tolkebot_values::postal;

use super::address::implied_code;
use super::belief::Belief;
use super::departures;
use super::foreign;
use super::home_names;
use super::kin::Kin;
use super::memory::{Memory, Place};
use super::own_question;
use super::people::native_name;
use super::people::patronymic::PATRONYMIC;
use super::whereabouts;
use crate::state::{Doubt, Evidence, PersonId, Readings, Slot, SlotStatus};
use agreement::*;
use family::*;
use home::*;
use move_type::*;
use relatives::*;

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
    shared_homes::shared(m, &mut out);
    remaining(m, &mut out);
    arrival(m, &mut out);
    departure(m, &mut out);
    children(m, &mut out);
    loose::of_institution(m, &mut out);
    case(m, &mut out);
    loose::reported_by_partner(m, &mut out);
    out.agreed = own_question::agreements(m);
    out
}

fn put(out: &mut Readings, key: &str, slot: Slot) {
    out.slots.insert(key.to_owned(), slot);
}

/// Beliefs whose key is the slot's key.
fn plain(m: &Memory, out: &mut Readings) {
    for key in m.beliefs.keys() {
        let person = key.starts_with('p') && key[1..].starts_with(|c: char| c.is_ascii_digit());
        let part = key.starts_with("contact.")
            || key.starts_with("abroad.")
            || key.starts_with("leaving.")
            || key.starts_with("doctor.")
            || key.starts_with("to.")
            || key.starts_with("from.")
            || key.starts_with("children")
            || key.starts_with("couple.");
        // Civil status and length of stay are asked of arrivals only.
        let arrival =
            key.starts_with("arrival.") && m.from_abroad.is_none() && !m.has("abroad.country");
        if person || part || arrival {
            continue;
        }
        if let Some(slot) = shown(m, key) {
            put(out, key, slot);
        }
    }
    // Citizenship and the ground of stay are asked of arrivals only.
    if m.from_abroad.is_none() {
        for key in [
            "mover.citizenship",
            "mover.residence_permit_basis",
            "mover.residence_permit_valid_until",
        ] {
            out.slots.remove(key);
        }
    }
    // Whoever comes from abroad has no doctor to change.
    let first = m.from_abroad.is_some() && matches!(m.text("gp.choice"), Some("change" | "keep"));
    if first && let Some(slot) = out.slots.get_mut("gp.choice") {
        slot.value = Some(Value::from("first"));
    }
    if !first && !matches!(m.text("gp.choice"), Some("change" | "first")) {
        out.slots.remove("gp.clinic_name");
    }
    let kept = [
        "from.country",
        "from.foreign_address",
        "from.whole_household_moves",
        "to.mailbox_own",
        "to.co_name",
        "to.location_name",
        "to.supplementary_city",
        "to.mailbox_name",
    ];
    for key in kept {
        if let Some(slot) = shown(m, key) {
            put(out, key, slot);
        }
    }
    if !out.slots.contains_key("to.location_name")
        && let Some(slot) = home_names::by_its_street(m)
    {
        put(out, "to.location_name", slot);
    }
}

fn mover(m: &Memory, out: &mut Readings) {
    // Of one name that both sides said the other is believed, too.
    let agreed = ["given_names", "surname"]
        .iter()
        .filter_map(|field| shown(m, &Memory::key(m.mover, field)))
        .any(|slot| said_by_both(&slot));
    for field in [
        "given_names",
        "surname",
        "cpr_number",
        "birth_date",
        "email",
        "phone",
    ] {
        if let Some(mut slot) = shown(m, &Memory::key(m.mover, field)) {
            // An address without the mover's name may be somebody else's: the host's, where it bears the host's.
            if field == "email" && !bears_name(m, &slot, m.mover) {
                slot.doubt_because(Doubt::Unclear);
                let host = m.host.filter(|id| *id != m.mover);
                if host.is_some_and(|id| bears_name(m, &slot, id)) {
                    put(out, "host.email", slot);
                    continue;
                }
            }
            // Out of the middle of a talk a name that nobody asked for and only one side said may
            // be anybody's.
            let guessed = matches!(field, "given_names" | "surname") && m.name_guessed;
            if guessed && !m.opened && !agreed {
                continue;
            }
            put(
                out,
                &format!("mover.{field}"),
                whose::of_mover(m, field, slot),
            );
        }
    }
    if let Some((native, evidence)) = native_name(m, m.mover) {
        put(
            out,
            "mover.name_native",
            Slot::derived(native, evidence, 0.8),
        );
    }
    // In the nominative, whatever the case it was said in: derived like the name beside it.
    let patronymic = m.belief(&Memory::key(m.mover, PATRONYMIC));
    if let Some((said, heard)) = patronymic.and_then(|b| Some((b.text()?, b.slot()?))) {
        let slot = Slot::derived(said, heard.evidence.clone(), 0.8);
        put(out, "mover.patronymic_native", slot);
    }
    if m.mover != 0 && m.text_is("poa.used", true) {
        let name = full_name(m, 0);
        if let Some(evidence) = name_evidence(m, 0).filter(|_| !name.is_empty()) {
            let slot = named(m, 0, Slot::proposed(name, evidence, 0.75));
            put(out, "poa.holder_name", slot);
        }
    }
}

/// Whether an e-mail address has the beginning of somebody's name in it.
fn bears_name(m: &Memory, slot: &Slot, id: PersonId) -> bool {
    let letters = |text: &str| -> String {
        let folded = tolkebot_values::fold(text);
        folded.chars().filter(|c| c.is_alphabetic()).collect()
    };
    let email = slot.value.as_ref().and_then(Value::as_str);
    let Some((local, _)) = email.and_then(|text| text.split_once('@')) else {
        return false;
    };
    let local = letters(local);
    ["given_names", "surname"].iter().any(|part| {
        let name = m.text(&Memory::key(id, part)).map(letters);
        name.is_some_and(|name| {
            let start: String = name.chars().take(3).collect();
            !start.is_empty() && local.contains(&start)
        })
    })
}

fn full_name(m: &Memory, id: PersonId) -> String {
    ["given_names", "surname"]
        .iter()
        .filter_map(|part| m.text(&Memory::key(id, part)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A slot that holds somebody's name, as sure as the parts of the name.
fn named(m: &Memory, id: PersonId, whole: Slot) -> Slot {
    let parts: Vec<Slot> = ["given_names", "surname"]
        .iter()
        .filter_map(|part| shown(m, &Memory::key(id, part)))
        .collect();
    let whole = inherit(whole, &parts.iter().collect::<Vec<_>>());
    // Half a name finds nobody.
    let half = whole
        .value
        .as_ref()
        .and_then(Value::as_str)
        .is_some_and(|name| !name.contains(' '));
    match half {
        true => whole.unclear(),
        false => whole,
    }
}

fn name_evidence(m: &Memory, id: PersonId) -> Option<Vec<Evidence>> {
    ["given_names", "surname"]
        .iter()
        .find_map(|part| m.belief(&Memory::key(id, part)).and_then(Belief::slot))
        .map(|slot| slot.evidence.clone())
}

/// What the form wants of arrivals from abroad.
fn arrival(m: &Memory, out: &mut Readings) {
    if m.from_abroad.is_none() {
        return;
    }
    if !m.shown.is_empty() {
        let mut papers: Vec<Value> = m
            .shown
            .iter()
            .map(|(paper, _)| Value::from(*paper))
            .collect();
        // A lease that was shown at another time than the other papers, and what the host has signed.
        let lease = matches!(m.text("dwelling.lease_document"), Some("shown" | "copy"));
        if lease && !papers.contains(&Value::from("lease")) {
            papers.push(Value::from("lease"));
        }
        if m.text("dwelling.lease_document") == Some("missing") {
            papers.retain(|paper| *paper != "lease");
        }
        let signed = m.text("host.consent_status") == Some("signed")
            && !m.has(crate::reader::consent::SIGNED_HERE);
        if signed && !papers.contains(&Value::from("host_declaration")) {
            papers.push(Value::from("host_declaration"));
        }
        // Whoever shows the card has the passport of which was spoken with them.
        let card = m.shown.iter().any(|(p, _)| *p == "residence_permit");
        let pass = m
            .shown
            .iter()
            .chain(&m.missing)
            .any(|(p, _)| *p == "passport");
        if card && !pass && m.pass_spoken {
            papers.insert(0, Value::from("passport"));
        }
        let evidence: Vec<Evidence> = m.shown.iter().map(|(_, e)| e.clone()).collect();
        // Whoever shows a passport has shown who they are.
        let key = "mover.id_document_type";
        if papers.contains(&Value::from("passport")) && !out.slots.contains_key(key) {
            put(out, key, Slot::proposed("passport", evidence.clone(), 0.65));
        }
        put(
            out,
            "arrival.documents_presented",
            Slot::proposed(papers, evidence, 0.65).unclear(),
        );
    }
    // The town of the address tells the country when nobody named it.
    let key = if m.has("abroad.country") {
        "abroad.country"
    } else {
        "abroad.town_country"
    };
    if let Some(slot) = shown(m, key) {
        let country = m.text(key).unwrap_or_default();
        if let Some(line) = foreign::one_line(m, "abroad", country) {
            put(out, "from.foreign_address", abroad(m, "abroad", line));
        }
        put(out, "from.country", slot.clone());
        put(out, "arrival.from_country", slot);
    }
    let by_name = || super::sex_of_name::sex_of_name(m.text(&Memory::key(m.mover, "given_names"))?);
    if let Some(sex) = m.person(m.mover).and_then(|p| p.sex).or_else(by_name) {
        let code = if sex == super::kin::Sex::Female {
            "K"
        } else {
            "M"
        };
        let evidence = name_evidence(m, m.mover).unwrap_or_default();
        put(out, "arrival.sex", Slot::derived(code, evidence, 0.8));
    }
    relatives_elsewhere(m, out);
}

/// An address abroad, as sure as its parts.
fn abroad(m: &Memory, prefix: &str, line: Slot) -> Slot {
    let parts: Vec<Slot> = ABROAD
        .iter()
        .filter_map(|part| shown(m, &format!("{prefix}.{part}")))
        .collect();
    inherit(line, &parts.iter().collect::<Vec<_>>())
}

/// What the form wants of those who leave the country.
fn departure(m: &Memory, out: &mut Readings) {
    if m.text("case.move_type") != Some("to_abroad") {
        return;
    }
    // "Er man væk under et halvt år, skal man ikke melde udrejse": where somebody goes is known, and that nothing comes
    // of it.
    if m.has(departures::STAYS_REGISTERED) {
        out.slots.remove("case.move_type");
    }
    // The home that is left is none that somebody moves into, and no doctor is chosen for abroad.
    out.slots.retain(|key, _| {
        !["dwelling.", "host.", "gp."]
            .iter()
            .any(|start| key.starts_with(start))
    });
    // The day of leaving is no day of moving in, and the address ahead is no Danish one.
    if let Some(slot) = out.slots.remove("move_date")
        && !out.slots.contains_key("departure.date")
    {
        put(out, "departure.date", slot);
    }
    if let Some(country) = m
        .text("departure.country")
        .or(m.text("leaving.town_country"))
        && let Some(line) = foreign::one_line(m, "leaving", country)
    {
        put(out, "departure.foreign_address", abroad(m, "leaving", line));
    }
    let key = "departure.contact_address";
    if m.has(super::letters::AS_OLD)
        && !out.slots.contains_key(key)
        && let Some(slot) = out.slots.get("from.address_line").cloned()
    {
        put(out, key, slot.unclear());
    }
}
