//! The kind of move: within the municipality, to it, from abroad, out of the country.

use super::*;

/// Whether both addresses lie in one town: the same postal code, or districts of one name («Randers NV»,
/// «Randers SV»).
fn same_town(m: &Memory, out: &Readings) -> bool {
    let line = |key: &str| -> Option<String> {
        let text = out.slots.get(key)?.value.as_ref()?.as_str()?;
        text.rsplit(", ").next().map(str::to_owned)
    };
    let place = |place: Place, key: &str| {
        line(key).or_else(|| {
            m.text(&format!("{}.town", place.prefix()))
                .map(str::to_owned)
        })
    };
    let municipality = |at: Place, key: &str| -> Option<&'static str> {
        let code = line(key).and_then(|text| text.get(..4).map(str::to_owned));
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_digit()));
        if let Some(code) = code {
            return tolkebot_values::municipality::of_code(&code);
        }
        let codes = m.text(&format!("{}.town_codes", at.prefix()))?;
        let mut names = codes.split(' ').map(tolkebot_values::municipality::of_code);
        let first = names.next().flatten()?;
        names.all(|name| name == Some(first)).then_some(first)
    };
    let old = municipality(Place::Old, "from.address_line");
    if old.is_some() && old == municipality(Place::New, "to.address_line") {
        return true;
    }
    let town = |place: &str| {
        let name = place.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let last = name.rsplit(' ').next().unwrap_or("");
        let part = last.len() <= 2 && last.chars().all(char::is_uppercase);
        let whole = if part {
            name.strip_suffix(last).unwrap_or(name)
        } else {
            name
        };
        whole.trim().to_owned()
    };
    match (
        place(Place::Old, "from.address_line"),
        place(Place::New, "to.address_line"),
    ) {
        (Some(old), Some(new)) => !town(&old).is_empty() && town(&old) == town(&new),
        _ => false,
    }
}

/// Kind of move while an address is not whole: from codes and towns alone, and a street without any lies where the
/// other address does. Asked about in any case.
fn by_what_is_known(m: &Memory) -> Option<(&'static str, Vec<Evidence>)> {
    const PARTS: [&str; 4] = ["postal_code", "town_codes", "codes", "street_name"];
    let belief = |place: Place, part: &str| m.belief(&format!("{}.{part}", place.prefix()));
    let municipality = |place: Place| {
        PARTS[..3].iter().find_map(|part| {
            let codes = belief(place, part)?.text()?;
            let mut names = codes.split(' ').map(tolkebot_values::municipality::of_code);
            let first = names.next().flatten()?;
            names.all(|name| name == Some(first)).then_some(first)
        })
    };
    let named = |place: Place| {
        belief(place, "street_name").is_some() && belief(place, "house_number").is_some()
    };
    // "Og her i Aabenraa, hvad hedder gaden?" of who comes from Sønderborg: two municipalities were spoken of.
    let another = |known: &str| m.municipalities.iter().any(|name| *name != known);
    let kind = match (municipality(Place::Old), municipality(Place::New)) {
        (Some(old), Some(new)) if old != new => "domestic_to_municipality",
        (Some(_), Some(_)) => "domestic_within_municipality",
        (Some(old), None) if named(Place::New) && another(old) => "domestic_to_municipality",
        (None, Some(new)) if named(Place::Old) && another(new) => "domestic_to_municipality",
        (Some(_), None) if named(Place::New) => "domestic_within_municipality",
        (None, Some(_)) if named(Place::Old) => "domestic_within_municipality",
        _ => return None,
    };
    let evidence = [Place::Old, Place::New]
        .iter()
        .filter_map(|place| {
            let slot = PARTS.iter().find_map(|part| belief(*place, part)?.slot())?;
            slot.evidence.first().cloned()
        })
        .fold(Vec::new(), |mut list, e| {
            crate::state::add_evidence(&mut list, e);
            list
        });
    Some((kind, evidence))
}

/// Kind of move and country, which follow from the addresses.
pub(super) fn case(m: &Memory, out: &mut Readings) {
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
    // One postal code, or one town, is one municipality; two outside Aarhus may be either.
    let one = same_town(m, out);
    if !out.slots.contains_key("case.move_type") {
        let kind = if let Some(evidence) = &m.from_abroad {
            Some(("from_abroad", vec![evidence.clone()], 0.85))
        } else {
            match (old, new) {
                (Some(true), Some(true)) => {
                    Some(("domestic_within_municipality", Vec::new(), 0.85))
                }
                (Some(_), Some(_)) if one => {
                    Some(("domestic_within_municipality", Vec::new(), 0.75))
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
            // What follows from two addresses is as sure as the less sure of them.
            let doubted = ["from.address_line", "to.postal_code"].iter().any(|key| {
                let slot = out.slots.get(*key);
                slot.is_some_and(|s| s.status == SlotStatus::NeedsConfirmation)
            });
            let slot = Slot::proposed(kind, evidence, confidence);
            let doubted = doubted && m.from_abroad.is_none();
            let slot = if doubted { slot.unclear() } else { slot };
            put(out, "case.move_type", slot);
        } else if let Some((kind, evidence)) = by_what_is_known(m) {
            let slot = Slot::proposed(kind, evidence, 0.5).unclear();
            put(out, "case.move_type", slot);
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
