//! The town of a street that is told without it: named in the question («Og adressen i Ballerup?» – «Лінебйергвай двадцять
//! вісім»), or in another sentence of the answer («Паркенґаде три. Місто те саме, Фредеріксгавн»).

use super::*;
use crate::state::Evidence;

/// A town that a question named: its name and postal codes, and which home the words beside it say it is.
#[derive(Debug, Clone)]
pub(crate) struct AskedTown {
    name: String,
    codes: Vec<String>,
    place: Option<Place>,
    /// The citizen has said before which home lies there, so the question is for that one.
    told: bool,
    evidence: Evidence,
}

impl AskedTown {
    pub(super) fn is_told(&self) -> bool {
        self.told
    }
}

/// Keeps the town of the employee's question until the answer.
pub(super) fn keep(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        return;
    }
    m.asked_town = None;
    m.asked_foreign = asks_of_abroad(u);
    let towns: Vec<&Found<Address>> = u
        .addresses()
        .iter()
        .filter(|hit| hit.value.place.is_some() && in_question(u, hit.span.start))
        .collect();
    let [hit] = towns.as_slice() else { return };
    let Some(town) = in_denmark(hit) else { return };
    // "Bor du stadig i Vejle?", "lægen i Vejle": other matters.
    let matter = m.asked.questions().any(|topic| {
        matches!(
            topic,
            Topic::Doctor | Topic::Cpr | Topic::Phone | Topic::BirthPlace | Topic::MaritalPlace
        )
    });
    if matter || m.from_abroad.is_some() && m.asked.asks(Topic::OldAddress) {
        return;
    }
    let left = cues::left(u, 0, town.span.start);
    let of_other = left.iter().rev().take(4).any(|w| {
        ["læge", "klinik", "arbejd", "job", "skole", "født", "gift"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if of_other {
        return;
    }
    let right = cues::right(u, town.span.end);
    m.asked_town = Some(AskedTown {
        name: town.value.name.clone(),
        codes: town.value.postal_codes.clone(),
        place: old_or_new::place(&left, &right, m.tense_so_far()),
        told: by_named_town(m, &hit.value).is_some(),
        evidence: u.evidence(town.span.clone()),
    });
}

/// "Og hvor i Irland?"
fn asks_of_abroad(u: &Utterance<'_>) -> bool {
    let asked = || {
        u.places()
            .iter()
            .filter(|place| in_question(u, place.span.start))
    };
    let abroad = |kind: PlaceKind| matches!(kind, PlaceKind::ForeignTown | PlaceKind::Country);
    let home = asked().any(|place| !abroad(place.value.kind));
    let danish = u
        .all_words()
        .iter()
        .any(|w| w.starts_with("dansk") || *w == "danmark");
    !home && !danish && asked().any(|place| abroad(place.value.kind))
}

fn in_question(u: &Utterance<'_>, at: usize) -> bool {
    match u.sentences.iter().any(|s| s.question) {
        true => u.sentence_at(at).is_some_and(|s| s.question),
        false => {
            !u.written
                || u.sentence_at(at)
                    .is_some_and(|s| Some(s) == u.sentences.last())
        }
    }
}

fn in_denmark(hit: &Found<Address>) -> Option<&Found<tolkebot_values::places::Place>> {
    hit.value.place.as_ref().filter(|p| {
        matches!(p.value.kind, PlaceKind::DanishTown | PlaceKind::AarhusArea)
            && !p.value.postal_codes.is_empty()
    })
}

/// Gives the only street of the citizen's turn the town that was named beside it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let streets: Vec<&Found<Address>> = u
        .addresses()
        .iter()
        .filter(|hit| hit.value.street.is_some())
        .collect();
    let asked = m.asked_town.take();
    let [street] = streets.as_slice() else { return };
    let Some(place) = m.place.filter(|_| m.place_turn == m.turns) else {
        return;
    };
    if let Some(town) = &asked {
        let general = m.told_in_general == Some(place) || m.told_by_guess == Some(place);
        m.told_for_town = (general && !town.told).then_some(place);
    }
    let prefix = place.prefix();
    let heard = m
        .heard_now
        .iter()
        .any(|key| *key == format!("{prefix}.street_name"));
    let placed = ["town_codes", "postal_code"]
        .iter()
        .any(|part| m.has(&format!("{prefix}.{part}")));
    if !heard || placed || !codes_said(&street.value).is_empty() || place == Place::Contact {
        return;
    }
    let town = told_beside(u).or_else(|| asked.filter(|t| t.place.is_none_or(|p| p == place)));
    let Some(town) = town else { return };
    m.note(&format!("{prefix}.town"), &town.name, town.evidence.clone());
    let codes = town.codes.join(" ");
    m.note(&format!("{prefix}.town_codes"), &codes, town.evidence);
}

/// The only town of the turn, where nothing says that it is another matter's.
fn told_beside(u: &Utterance<'_>) -> Option<AskedTown> {
    let towns: Vec<&Found<Address>> = u
        .addresses()
        .iter()
        .filter(|hit| hit.value.street.is_none() && hit.value.place.is_some())
        .collect();
    let [hit] = towns.as_slice() else { return None };
    let town = in_denmark(hit)?;
    let sentence = u.sentence_at(town.span.start)?;
    let words = u.words(sentence.words.clone());
    let before = u.word_at(town.span.start).checked_sub(1);
    let direction = before.is_some_and(|b| {
        b >= sentence.words.start
            && matches!(
                u.token(b).text.as_str(),
                "з" | "із" | "зі" | "від" | "до" | "не" | "під" | "біля" | "коло"
            )
    });
    const OTHER: [&str; 16] = [
        "робот",
        "працю",
        "праця",
        "школ",
        "лікар",
        "клінік",
        "вчит",
        "навча",
        "живе",
        "жив",
        "народ",
        "їзд",
        "їжджу",
        "раніше",
        "був",
        "була",
    ];
    let other = words
        .iter()
        .any(|w| OTHER.iter().any(|stem| w.starts_with(stem)));
    (!direction && !other && words.len() <= 6).then(|| AskedTown {
        name: town.value.name.clone(),
        codes: town.value.postal_codes.clone(),
        place: None,
        told: false,
        evidence: u.evidence(town.span.clone()),
    })
}
