//! House numbers that come a turn late or are put right: a read-back with another number, "er det otteogtyve,
//! fjerde?" for a street that was named without one.

use tolkebot_values::numbers::Form;

use super::*;

/// The cardinal numbers of a turn that can be house numbers, with their place.
fn plain_numbers(u: &Utterance<'_>) -> Vec<(String, Range<usize>)> {
    u.numbers()
        .iter()
        .filter(|n| n.value.form == Form::Cardinal && (1..=999).contains(&n.value.value))
        .map(|n| (n.value.value.to_string(), n.span.clone()))
        .collect()
}

/// What the citizen said before the employee read back another number.
fn own_number(m: &Memory, key: &str) -> Option<String> {
    use tolkebot_protocol::Speaker;
    let slot = m.belief(key)?.slot()?;
    let by_citizen = |evidence: &[crate::state::Evidence]| {
        evidence.iter().any(|e| e.speaker == Speaker::Citizen)
    };
    let earlier = slot
        .history
        .iter()
        .rev()
        .find(|old| by_citizen(&old.evidence))
        .and_then(|old| old.value.as_str().map(str::to_owned));
    earlier.or_else(|| {
        by_citizen(&slot.evidence)
            .then(|| slot.value.as_ref()?.as_str().map(str::to_owned))
            .flatten()
    })
}

/// «Дев'яносто вісім же», «Старий дім сорок один»: the citizen says their number again after another one was
/// read back.
pub(super) fn insisted(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let read_back: Vec<String> = m
        .heard_before
        .iter()
        .filter(|key| key.ends_with(".house_number"))
        .cloned()
        .collect();
    for key in read_back {
        let Some(own) = own_number(m, &key) else {
            continue;
        };
        let differs = m
            .belief(&key)
            .is_some_and(|b| b.has_pending() || b.text().is_some_and(|known| known != own));
        let said = plain_numbers(u);
        // «Точно, тридцять дев'ять! Тридцять сім — то інше»: the other number is taken over.
        let taken = m
            .text(&key)
            .is_some_and(|known| known != own && said.iter().any(|(number, _)| number == known));
        if taken && !m.objected {
            continue;
        }
        let again = said.iter().find(|(number, _)| *number == own);
        if let Some((number, span)) = again.filter(|_| differs && said.len() <= 2) {
            let heard = Heard::new(number.as_str(), u.evidence(span.clone()), 0.85);
            m.hear(&key, heard.act(Act::Correct));
            return;
        }
    }
}

/// "Er det anden sal på dansk?" – «Ні.», «Ні, по-нашому.»: the floor alone was read back and is refused; nobody has said yet
/// which it is.
pub(super) fn floor_refused(m: &mut Memory, u: &Utterance<'_>) {
    let plain = u.word_tokens.len() <= 5 && u.addresses().is_empty();
    if u.is_staff() || !m.objected || !plain {
        return;
    }
    for place in [Place::New, Place::Old] {
        let prefix = place.prefix();
        let key = format!("{prefix}.floor");
        let beside = ["street_name", "house_number", "door", "postal_code"];
        let alone = m.heard_before.contains(&key)
            && !beside
                .iter()
                .any(|part| m.heard_before.contains(&format!("{prefix}.{part}")));
        if alone && let Some(belief) = m.beliefs.get_mut(&key) {
            belief.contest();
        }
    }
}

/// "Er det otteogtyve, fjerde til venstre?": the number of a street that the employee named without one.
pub(super) fn completed_by_staff(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() || u.addresses().iter().any(|a| a.value.street.is_some()) {
        return;
    }
    let Some(unit) = u
        .addresses()
        .iter()
        .find(|a| a.value.floor.is_some() && a.value.number.is_none())
    else {
        return;
    };
    let lacks = |place: &Place| {
        let prefix = place.prefix();
        m.has(&format!("{prefix}.street_name")) && !m.has(&format!("{prefix}.house_number"))
    };
    let lacking: Vec<Place> = [Place::Old, Place::New].into_iter().filter(lacks).collect();
    let [place] = lacking.as_slice() else { return };
    let before = u.word_at(unit.span.start);
    let Some((number, span)) = plain_numbers(u)
        .into_iter()
        .find(|(_, span)| u.word_at(span.end) == before)
    else {
        return;
    };
    let key = format!("{}.house_number", place.prefix());
    m.place = Some(*place);
    m.place_turn = m.turns;
    let heard = Heard::new(number, u.evidence(span), 0.85);
    say(m, u, &key, heard);
}

/// "Boulsgade? Den kender jeg ikke.": named only to be doubted, so that nothing agrees with what the citizen said.
pub(super) fn unknown_to_staff(m: &mut Memory, u: &Utterance<'_>) {
    use tolkebot_protocol::Speaker;
    let unknown = u.is_staff()
        && u.all_words().windows(3).any(|w| {
            matches!(
                w,
                ["kender", "jeg", "ikke"] | ["jeg", "ikke", "finde"] | ["jeg", "kender", "ikke"]
            ) || w[0] == "findes" && w[1] == "ikke"
        });
    let Some(place) = m.place.filter(|_| unknown && m.place_turn == m.turns) else {
        return;
    };
    let key = format!("{}.street_name", place.prefix());
    let said = m.belief(&key).and_then(|b| b.slot()).and_then(|slot| {
        let own = slot
            .evidence
            .iter()
            .find(|e| e.speaker == Speaker::Citizen)?;
        Some(Heard::new(slot.value.clone()?, own.clone(), 0.5).unsure(true))
    });
    if let Some(heard) = said {
        m.forget(&key);
        m.hear(&key, heard);
    }
}
