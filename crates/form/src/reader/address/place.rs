//! Which of the addresses is meant: question, town, register, tense, gap.

use super::*;
use crate::reader::kin::Kin;

/// The only address that has a street.
pub(super) fn only_one(m: &Memory) -> Option<Place> {
    match (m.has("to.street_name"), m.has("from.street_name")) {
        (true, false) => Some(Place::New),
        (false, true) => Some(Place::Old),
        _ => None,
    }
}

/// Of two addresses the one that lacks what is said now; the new one when both do.
pub(super) fn lacking(m: &Memory, a: &Address) -> Option<Place> {
    let lacks = |place: Place, part: &str| !m.has(&format!("{}.{part}", place.prefix()));
    let part = if a.floor.is_some() {
        "floor"
    } else if a.door.is_some() {
        "door"
    } else {
        "postal_code"
    };
    if lacks(Place::New, part) {
        Some(Place::New)
    } else if lacks(Place::Old, part) {
        Some(Place::Old)
    } else {
        m.place
    }
}

fn asked_of_host(m: &Memory) -> bool {
    let lives = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "hvor" && w[1] == "bor");
    let Some(kin) = m.asked.kin() else {
        // "Hvor bor Inge henne?" of the one in whose home a room was taken.
        let other = m.staff_words.windows(3).any(|w| {
            w[0] == "hvor"
                && w[1] == "bor"
                && !matches!(
                    w[2].as_str(),
                    "du" | "i" | "de" | "han" | "hun" | "jer" | "nu" | "børnene" | "barnet"
                )
        });
        return other
            && m.mover == 0
            && (m.host.is_some() || m.text_is("dwelling.others_registered", true))
            && !m.has("to.street_name");
    };
    // «Бабуся Віра, то свекруха моя» is "farmor" for one and "svigermor" for the other.
    let same_sex = |id| {
        m.person(id).is_some_and(|p| {
            let relative = p
                .kin
                .is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Friend));
            relative && p.sex.is_some() && p.sex == kin.sex()
        })
    };
    match m.person_by_kin(kin) {
        Some(id) => lives && Some(id) == m.host,
        None => lives && m.host.is_some_and(same_sex),
    }
}

pub(super) fn by_question(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    let asked = if u.is_staff() { None } else { Some(&m.asked) };
    // "Så tager vi navn, nummer og den gamle adresse.": a request without a question is one.
    let requests = asked.is_some_and(|a| !a.asks.iter().any(|ask| ask.question));
    let request = |ask: &super::super::asked::Ask| {
        requests && matches!(ask.topic, Topic::OldAddress | Topic::NewAddress)
    };
    let mut asks: Vec<(usize, Topic)> = asked
        .into_iter()
        .flat_map(|a| a.asks.iter())
        .filter(|a| {
            (a.question || request(a))
                && matches!(
                    a.topic,
                    Topic::OldAddress | Topic::NewAddress | Topic::ContactAddress
                )
        })
        .map(|a| (a.words.start, a.topic))
        .collect();
    asks.extend(before_question::now_and_then(m, asked));
    asks.sort();
    let mut topics: Vec<Topic> = asks.into_iter().map(|(_, topic)| topic).collect();
    topics.dedup();
    // "Har du en adresse i Danmark, hvor vi kan skrive til dig?": no other one is meant.
    if topics.contains(&Topic::ContactAddress) && m.text("case.move_type") == Some("to_abroad") {
        return Some(Place::Contact);
    }
    match topics.as_slice() {
        // "Hvor bor farmor?" of whom the mover goes to live with.
        [] if !u.is_staff() && asked_of_host(m) => Some(Place::New),
        [] => {
            // "Og hvor bor du selv?" of who reports for somebody that comes to them.
            let own = m.mover != 0 && m.staff_words.iter().any(|w| w == "selv");
            // "Hvor bor du nu, efter flytningen?"
            let own = own
                || m.staff_words
                    .windows(2)
                    .any(|w| w[0] == "efter" && w[1].starts_with("flytning"));
            if !u.is_staff() && own && m.asked.asks(Topic::CurrentAddress) {
                Some(Place::New)
            } else if !u.is_staff() && m.asked.asks(Topic::CurrentAddress) {
                by_tense(m).or_else(|| {
                    // "Hvor bor du i dag?", and "hvor bor han nu?" of somebody for whom a move is reported, take the
                    // move to be ahead.
                    let mut pairs = m.staff_words.windows(2);
                    let today = pairs.any(|w| w[0] == "i" && w[1] == "dag");
                    (today || m.mover != 0 && m.asked.is_about(Target::Third)).then_some(Place::Old)
                })
            } else {
                None
            }
        }
        [one] => Some(role(*one)),
        // "Hvor flytter du fra og til?": in the order of the question.
        [first, second, ..] => {
            let first = role(*first);
            if m.place_turn == m.turns && m.place == Some(first) {
                Some(role(*second))
            } else {
                Some(first)
            }
        }
    }
}

/// "Hvor boede I før?": asked in so many words for the old home, whatever town was named with the new one.
pub(super) fn asked_before_move(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    let before = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "boede" | "boet"));
    let empty = !m.has("from.street_name");
    (!u.is_staff() && before && empty && by_question(m, u) == Some(Place::Old))
        .then_some(Place::Old)
}

/// The town that was named with one of the two before, or one outside Aarhus: most people at this
/// counter move within or to Aarhus.
pub(super) fn by_town(m: &Memory, u: &Utterance<'_>, a: &Address) -> Option<Place> {
    let codes = codes_said(a);
    if codes.is_empty() {
        return None;
    }
    // A town that already has its street is no sign for another street of that town.
    if let Some(place) = by_named_town(m, a) {
        return Some(place);
    }
    if let Some(place) = by_other_town(m, &codes) {
        return Some(place);
    }
    let outside = codes
        .iter()
        .all(|c| postal::lookup(c).is_some_and(|row| row.aarhus == "none"));
    // «Дача, комуна дозволила, Піллегордсвей …»: told where the new home is spoken of.
    let of_home = m
        .heard_now
        .iter()
        .chain(&m.heard_before)
        .any(|key| key.starts_with("dwelling."))
        && !m.context().asks(Topic::OldAddress);
    // "Er det hus nummer tyve?", "hvilken sal?": the old home stands in the register and needs no such questions.
    let details = m.context().asks_any(&[
        Topic::HouseNumber,
        Topic::HouseLetter,
        Topic::Floor,
        Topic::Door,
    ]) && m.place != Some(Place::Old);
    // Who comes from another country has no old home here.
    if m.from_abroad.is_some() && m.text("case.move_type") != Some("to_abroad") {
        return None;
    }
    if !m.staff_speaks && asked_briefly::asked_plainly(m) && !m.asked.asks(Topic::OldAddress) {
        return Some(Place::New);
    }
    let asked_new = of_home
        || (details || m.context().mentions(Topic::NewAddress))
            && !m.context().mentions(Topic::OldAddress)
        || !m.staff_speaks && asked_of_host(m);
    // "Hvor bor du nu?" – «Грено. Сторегаде»: where both answer one by one, the town is no sign of its own.
    let now = m.asked.asks(Topic::CurrentAddress) && town_apart(u, a);
    (outside && !asked_new && !now && !m.has("from.street_name")).then_some(Place::Old)
}

/// «Грено. Сторегаде»: town and street in sentences of their own.
fn town_apart(u: &Utterance<'_>, a: &Address) -> bool {
    let (Some(town), Some(street)) = (&a.place, &a.street) else {
        return false;
    };
    !u.is_staff() && u.sentence_at(town.span.start) != u.sentence_at(street.span.start)
}

/// «Переїхали зі Сванеке», and then a street in Rønne: not in the municipality that one of the two lies in, so the other
/// one, as long as nobody asks which.
fn by_other_town(m: &Memory, codes: &[&str]) -> Option<Place> {
    if m.context()
        .asks_any(&[Topic::OldAddress, Topic::NewAddress])
        || m.from_abroad.is_some()
    {
        return None;
    }
    let whole = |code: &str| municipality::of_code(code);
    let apart = |place: Place| {
        let prefix = place.prefix();
        let towns = m.text(&format!("{prefix}.town_codes"));
        let open = !m.has(&format!("{prefix}.street_name"));
        open && towns.is_some_and(|list| {
            list.split(' ')
                .all(|town| whole(town).is_some() && codes.iter().all(|c| whole(c) != whole(town)))
        })
    };
    let free = |place: Place| !m.has(&format!("{}.street_name", place.prefix()));
    match (apart(Place::Old), apart(Place::New)) {
        (true, false) if free(Place::New) => Some(Place::New),
        (false, true) if free(Place::Old) => Some(Place::Old),
        _ => None,
    }
}

/// The town that was named with one of the two addresses before.
pub(super) fn by_named_town(m: &Memory, a: &Address) -> Option<Place> {
    let codes = codes_said(a);
    let named = |place: Place| {
        !m.has(&format!("{}.street_name", place.prefix()))
            && m.text(&format!("{}.town_codes", place.prefix()))
                .is_some_and(|list| list.split(' ').any(|c| codes.contains(&c)))
    };
    match (named(Place::Old), named(Place::New)) {
        (true, false) => Some(Place::Old),
        (false, true) => Some(Place::New),
        _ => None,
    }
}

/// A loose postal code that only one of the two streets can have, when the address spoken of last is known
/// not to have it.
pub(super) fn by_code(m: &Memory, a: &Address, recent: Option<Place>) -> Option<Place> {
    let code = &a.postal_code.as_ref()?.value.code;
    let loose = a.floor.is_none() && a.door.is_none();
    if !loose || recent.is_some_and(|place| codes_of(m, place).is_empty()) {
        return None;
    }
    let may = |place: Place| codes_of(m, place).contains(code);
    match (may(Place::Old), may(Place::New)) {
        (true, false) => Some(Place::Old),
        (false, true) => Some(Place::New),
        _ => None,
    }
}

/// "Altså første til højre, otte syv nul nul", when the address spoken of last has another code that both sides
/// said: the other one, of which no code is known.
pub(super) fn by_other_code(
    m: &Memory,
    u: &Utterance<'_>,
    a: &Address,
    recent: Option<Place>,
) -> Option<Place> {
    let code = &a.postal_code.as_ref()?.value.code;
    let here = recent
        .or_else(|| only_one(m))
        .filter(|place| *place != Place::Contact)?;
    let key = format!("{}.postal_code", here.prefix());
    // A code said just now is only put right.
    let known = m.text(&key).filter(|_| !m.heard_before.contains(&key))?;
    let there = here.other();
    let open = !m.has(&format!("{}.postal_code", there.prefix()));
    let may = codes_of(m, there);
    let fits = may.is_empty() || may.contains(code);
    (u.is_staff() && known != code && open && fits && !codes_of(m, here).contains(code))
        .then_some(there)
}

/// The address that a question asks for by name, and not by the tense of a move.
pub(super) fn by_place_question(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    let context = if u.is_staff() { m.context() } else { &m.asked };
    // "Bor I sammen i dag?" asks by time, too.
    let now = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "i" && w[1] == "dag");
    (!now && context.asks_any(&[Topic::OldAddress, Topic::NewAddress]))
        .then(|| asked_place(m, u))
        .flatten()
}

/// The postal codes that an address names, by code or by town.
pub(super) fn codes_said(a: &Address) -> Vec<&str> {
    if let Some(code) = &a.postal_code {
        return vec![&code.value.code];
    }
    let town = a.place.iter();
    town.flat_map(|town| town.value.postal_codes.iter().map(String::as_str))
        .collect()
}

pub(super) fn role(topic: Topic) -> Place {
    match topic {
        Topic::OldAddress => Place::Old,
        Topic::ContactAddress => Place::Contact,
        _ => Place::New,
    }
}

/// «Де ви живете?»: after the move the new home, before it the old one.
pub(super) fn by_tense(m: &Memory) -> Option<Place> {
    let has = |place: Place| m.has(&format!("{}.street_name", place.prefix()));
    match (has(Place::New), has(Place::Old)) {
        (true, false) => return Some(Place::Old),
        (false, true) => return Some(Place::New),
        _ => {}
    }
    m.tense_so_far().map(|tense| match tense {
        Tense::Past => Place::New,
        Tense::Future => Place::Old,
    })
}

pub(super) fn by_gap(m: &Memory) -> Place {
    if m.has("to.street_name") && !m.has("from.street_name") {
        Place::Old
    } else {
        Place::New
    }
}

/// The address that was asked for last: by the present question for the citizen, by the question
/// that was just answered for the employee who reads the answer back.
pub(super) fn asked_place(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    if !u.is_staff() {
        return by_question(m, u);
    }
    let asked = m.context();
    match (asked.asks(Topic::OldAddress), asked.asks(Topic::NewAddress)) {
        (true, false) => Some(Place::Old),
        (false, true) => Some(Place::New),
        _ => None,
    }
}

/// "Seksogfirs tres begge to": one code for both addresses.
pub(super) fn code_of_both(m: &mut Memory, u: &Utterance<'_>) {
    let both = |span: &Range<usize>| {
        let behind = u.word_at(span.end);
        let near = u.sentence_at(span.start).map(|s| s.bytes.clone());
        let words = u.words(behind..(behind + 2).min(u.word_tokens.len()));
        matches!(words.as_slice(), ["begge", "to" | "steder" | "adresser"])
            && near.is_some_and(|s| s.contains(&u.token(behind).span.start))
    };
    let code = u
        .addresses()
        .iter()
        .filter(|hit| hit.value.street.is_none())
        .find_map(|hit| hit.value.postal_code.clone());
    let Some(code) = code.filter(|code| u.is_staff() && both(&code.span)) else {
        return;
    };
    for place in [Place::Old, Place::New] {
        let key = format!("{}.postal_code", place.prefix());
        if m.has(&format!("{}.street_name", place.prefix())) {
            let act = if m.has(&key) { Act::Correct } else { Act::Say };
            let evidence = u.evidence(code.span.clone());
            let heard = Heard::new(code.value.code.as_str(), evidence, code.confidence);
            m.hear(&key, heard.act(act));
        }
    }
}

/// "Første, dør fire, samme postnummer", «індекс той самий»: the code of the other address.
pub(super) fn same_code(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let at = words.windows(3).position(|w| {
        matches!(
            w,
            ["індекс", "той", "самий" | "же"] | ["той", "самий" | "же", "індекс"]
        )
    });
    let danish = words.windows(2).position(|w| w == ["samme", "postnummer"]);
    let Some(at) = at.or(danish) else { return };
    let Some(place) = m.place.filter(|p| *p != Place::Contact && recently(m)) else {
        return;
    };
    let (here, there) = (place.prefix(), place.other().prefix());
    if m.has(&format!("{here}.postal_code")) || !m.has(&format!("{here}.street_name")) {
        return;
    }
    let code = m
        .text(&format!("{there}.postal_code"))
        .map(str::to_owned)
        .or_else(|| implied_code(m, place.other()).map(|(code, _)| code));
    if let Some(code) = code {
        let evidence = u.evidence_of_words(&(at..at + 2));
        m.hear(
            &format!("{here}.postal_code"),
            Heard::new(code, evidence, 0.7),
        );
    }
}

/// «Та сама вулиця, тільки двадцять два»: the street of the other address, with another number.
pub(super) fn same_street_again(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let words = u.all_words();
    // "Er den nye også i Aarhus Kommune?" – «Так, у тій самій»
    let of_town = m
        .staff_words
        .iter()
        .any(|w| w.contains("kommune") || matches!(w.as_str(), "by" | "byen"));
    let Some(at) = words.windows(3).position(|w| {
        matches!(
            w,
            ["та", "сама", "вулиця"]
                | ["тій", "самій", "вулиці"]
                | ["тій", "же", "вулиці"]
                | ["та", "ж", "вулиця"]
        ) || matches!(w, ["на" | "у", "тій", "самій"]) && !of_town
    }) else {
        return;
    };
    let Some(place) = by_question(m, u).or_else(|| only_one(m).map(Place::other)) else {
        return;
    };
    let (here, there) = (place.prefix(), place.other().prefix());
    if m.has(&format!("{here}.street_name")) || !m.has(&format!("{there}.street_name")) {
        return;
    }
    for part in ["street_name", "postal_code", "codes", "town_codes", "town"] {
        let Some(value) = m.text(&format!("{there}.{part}")).map(str::to_owned) else {
            continue;
        };
        let evidence = u.evidence_of_words(&(at..at + 3));
        if matches!(part, "street_name" | "postal_code") {
            m.hear(&format!("{here}.{part}"), Heard::new(value, evidence, 0.7));
        } else {
            m.note(&format!("{here}.{part}"), &value, evidence);
        }
    }
    m.place = Some(place);
    m.place_turn = m.turns;
    let sentence = u
        .sentence_at(u.token(at).span.start)
        .map(|s| s.bytes.clone());
    let number = u.numbers().iter().find(|n| {
        (1..=999).contains(&n.value.value)
            && !matches!(n.value.form, tolkebot_values::numbers::Form::Ordinal(_))
            && sentence.as_ref().is_some_and(|s| s.contains(&n.span.start))
            && n.span.start > u.token(at).span.start
    });
    if let Some(number) = number {
        let value = number.value.value.to_string();
        let evidence = u.evidence(number.span.clone());
        m.hear(
            &format!("{here}.house_number"),
            Heard::new(value, evidence, 0.75),
        );
    }
}
