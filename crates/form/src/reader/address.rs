//! Which address a street, a floor or a postal code belongs to, and what is believed about it.
//!
//! The grammar finds addresses; here they get their place. Old and new are told apart by, in this
//! order: a street that is known already, words beside the mention («з …», "boede", «переїхали на»),
//! the question, the tense of the move, and at last by which of the two is still empty.

use std::ops::Range;

use tolkebot_values::address::{self, Address, Street, StreetSource, street_similarity};
use tolkebot_values::places::PlaceKind;
use tolkebot_values::{Found, dates::Tense, postal};

use super::asked::Target;
use super::belief::{Act, Heard};
use super::cues;
use super::memory::{Memory, Place};
use super::topic::Topic;
use super::utterance::Utterance;

/// From here on two names are the same street.
const SAME_STREET: f32 = 0.74;

const ADDRESS_TOPICS: [Topic; 8] = [
    Topic::OldAddress,
    Topic::NewAddress,
    Topic::CurrentAddress,
    Topic::PostalCode,
    Topic::Floor,
    Topic::Door,
    Topic::HouseNumber,
    Topic::HouseLetter,
];

/// Reads all addresses and parts of addresses of a turn.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, blocked: &[Range<usize>]) {
    let found = address::find(&u.turn.text, u.lang());
    let mut from = 0;
    let mut spots: Vec<(usize, Place)> = Vec::new();
    for hit in found {
        let span = anchor(&hit.value).unwrap_or(hit.span.clone());
        let left = cues::left(u, from, span.start);
        let right = cues::right(u, hit.span.end);
        if usable(m, u, &hit, blocked, &left) {
            if hit.value.street.is_some() {
                street(m, u, &hit, &left, &right);
            } else {
                parts(m, u, &hit, &left, &right);
            }
        }
        from = hit.span.end;
        if let Some(place) = m.place.filter(|_| m.place_turn == m.turns) {
            spots.push((hit.span.start, place));
        }
    }
    no_floor(m, u, &spots);
    same_house(m, u);
}

/// Where the street stands: words left of it place the address.
fn anchor(address: &Address) -> Option<Range<usize>> {
    let street = address.street.as_ref()?.span.clone();
    // «з Оденсе, Мункебєргвей …»: the town may stand first and carries the preposition.
    let town = address.place.as_ref().map(|p| p.span.clone());
    Some(match town {
        Some(town) if town.start < street.start => town.start..street.end,
        _ => street,
    })
}

/// Leaves out numbers that are CPR or telephone numbers, clinics, and stray matches.
fn usable(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<Address>,
    blocked: &[Range<usize>],
    left: &[&str],
) -> bool {
    let overlaps = |span: &Range<usize>| {
        blocked
            .iter()
            .any(|b| b.start < span.end && span.start < b.end)
    };
    let a = &hit.value;
    if let Some(street) = &a.street {
        let clinic = left.iter().any(|w| {
            ["лікар", "клінік", "læge", "klinik"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        let bare = a.number.is_none();
        let known = same_street(m, &street.value, None, u.is_staff()).is_some();
        if clinic || overlaps(&street.span) {
            return false;
        }
        let taken = m.has("to.street_name") && m.has("from.street_name");
        return !bare
            || known
            || asked_address(m)
            || !taken && street.value.source != StreetSource::Guessed;
    }
    if overlaps(&hit.span) {
        return false;
    }
    // «права» are rights here.
    let rights = a.door.as_ref().is_some_and(|d| {
        u.turn
            .text
            .get(d.span.clone())
            .is_some_and(|t| tolkebot_values::fold(t) == "права")
    });
    let in_email = u
        .all_words()
        .iter()
        .any(|w| w.starts_with("собак") || w.starts_with("равлик") || *w == "snabel");
    let only_door = a.door.is_some() && a.floor.is_none() && a.postal_code.is_none();
    let only_code = a.postal_code.is_some() && a.floor.is_none() && a.door.is_none();
    if only_door {
        if rights || in_email {
            return false;
        }
        let clear = a.door.as_ref().is_some_and(|d| d.note.is_none());
        return clear && (asked_address(m) || open_place(m).is_some() && recently(m));
    }
    if only_code {
        return code_fits(m, u, hit, left);
    }
    true
}

/// A loose postal code is believed when it was asked for or announced, or when it fits the street
/// or town that is being spoken of.
fn code_fits(m: &Memory, u: &Utterance<'_>, hit: &Found<Address>, left: &[&str]) -> bool {
    let Some(code) = &hit.value.postal_code else {
        return false;
    };
    let announced = left
        .iter()
        .rev()
        .take(4)
        .any(|w| w.starts_with("індекс") || w.starts_with("postn") || w.starts_with("поштов"));
    if announced || m.asked.asks(Topic::PostalCode) || hit.value.place.is_some() {
        return true;
    }
    if m.asked
        .asks_any(&[Topic::Cpr, Topic::Phone, Topic::BirthDate])
    {
        return false;
    }
    if u.is_staff() || asked_address(m) {
        return recently(m)
            && [Place::New, Place::Old].iter().any(|place| {
                let codes = codes_of(m, *place);
                codes.is_empty() || codes.contains(&code.value.code)
            });
    }
    false
}

/// Codes that the street or the town of an address allows; empty when nothing is known.
fn codes_of(m: &Memory, place: Place) -> Vec<String> {
    let prefix = place.prefix();
    let list = |key: String| {
        m.text(&key)
            .map(|s| s.split(' ').map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let codes: Vec<String> = list(format!("{prefix}.codes"));
    if codes.is_empty() {
        list(format!("{prefix}.town_codes"))
    } else {
        codes
    }
}

fn asked_address(m: &Memory) -> bool {
    m.asked.asks_any(&ADDRESS_TOPICS)
}

/// An address was spoken of in one of the last turns.
fn recently(m: &Memory) -> bool {
    m.place_turn + 3 >= m.turns
}

fn open_place(m: &Memory) -> Option<Place> {
    m.place
}

/// How surely a street is the one an address already has, 0 when it is another one. Two listed
/// streets that sound alike («Langelandsgade», «Finlandsgade») are the same only with the same house
/// number; a name in no list may be the other one misheard, above all when the employee says it.
fn likeness(m: &Memory, place: Place, found: &Street, number: Option<&str>, staff: bool) -> f32 {
    let prefix = place.prefix();
    let Some(known) = m.text(&format!("{prefix}.street_name")) else {
        return 0.0;
    };
    let whole = street_similarity(known, &found.name);
    if whole < SAME_STREET || known == found.name {
        return if whole < SAME_STREET { 0.0 } else { whole };
    }
    if number.is_some() && m.text(&format!("{prefix}.house_number")) == number {
        return whole;
    }
    let stems = street_similarity(stem(known), stem(&found.name));
    let listed = !found.postal_codes.is_empty() && m.has(&format!("{prefix}.codes"));
    let enough = match (listed, staff) {
        (true, _) => 0.85,
        (false, true) => 0.0,
        (false, false) => 0.6,
    };
    if stems < enough { 0.0 } else { whole }
}

/// A street name without the word for street, which most names share.
fn stem(name: &str) -> &str {
    const ENDS: [&str; 12] = [
        " boulevard",
        "ringvej",
        " ringgade",
        " allé",
        " vej",
        "gade",
        "vej",
        "parken",
        "vænget",
        "bakken",
        "toften",
        "torvet",
    ];
    ENDS.iter()
        .find_map(|end| name.strip_suffix(end))
        .filter(|rest| rest.chars().count() >= 3)
        .unwrap_or(name)
}

/// The address that already has this street.
fn same_street(m: &Memory, found: &Street, number: Option<&str>, staff: bool) -> Option<Place> {
    let new = likeness(m, Place::New, found, number, staff);
    let old = likeness(m, Place::Old, found, number, staff);
    if new.max(old) == 0.0 {
        None
    } else if new > old {
        Some(Place::New)
    } else if old > new {
        Some(Place::Old)
    } else {
        let has = |place: Place| {
            number.is_some() && m.text(&format!("{}.house_number", place.prefix())) == number
        };
        match (has(Place::New), has(Place::Old)) {
            (true, false) => Some(Place::New),
            (false, true) => Some(Place::Old),
            _ => m.place,
        }
    }
}

/// Both sides have said the street of an address.
fn agreed_street(m: &Memory, place: Place) -> bool {
    use tolkebot_protocol::Speaker;
    m.belief(&format!("{}.street_name", place.prefix()))
        .and_then(|b| b.slot())
        .is_some_and(|s| {
            let said = |who: Speaker| s.evidence.iter().any(|e| e.speaker == who);
            said(Speaker::Staff) && said(Speaker::Citizen)
        })
}

fn street(m: &mut Memory, u: &Utterance<'_>, hit: &Found<Address>, left: &[&str], right: &[&str]) {
    let a = &hit.value;
    let Some(found) = &a.street else { return };
    let number = a.number.as_ref().map(|n| n.value.as_str());
    let mut known = same_street(m, &found.value, number, u.is_staff());
    // «знову Бредгаде, тільки тридцять один»: the same name in the other town.
    if let Some(k) = known
        && let Some(number) = number
        && m.text(&format!("{}.house_number", k.prefix()))
            .is_some_and(|n| n != number)
        && !m.has(&format!("{}.street_name", k.other().prefix()))
        && by_question(m, u) == Some(k.other())
    {
        known = None;
    }
    if cues::rejects(left, right) {
        // «Рандерсвей забудьте»: if it was taken for an address, it is taken back.
        if let Some(place) = known {
            forget(m, place);
        }
        return;
    }
    let explicit_first = cues::place(left, right, m.tense).is_some() || m.mover != 0;
    let theirs = m.asked.is_about(Target::ParentOfThird) && m.asked.asks(Topic::CurrentAddress);
    if !u.is_staff()
        && known.is_none()
        && (theirs
            || m.mover == 0 && cues::is_theirs(left, right)
            || !explicit_first && cues::is_elsewhere(left, right))
    {
        return;
    }
    let explicit = cues::place(left, right, m.tense);
    let by_cue = explicit.filter(|place| {
        // A cue does not move a street that the other address has and this one too.
        known.is_none_or(|k| k == *place || m.has(&format!("{}.street_name", place.prefix())))
    });
    if m.asked.questions().next().is_none()
        && m.asked.targets.is_empty()
        && !u.is_staff()
        && m.asked_other
    {
        // "Og Mykyta?": somebody else's old address.
        return;
    }
    let leaving =
        m.text("case.move_type") == Some("to_abroad") && by_question(m, u) != Some(Place::Contact);
    let place = leaving
        .then_some(Place::Old)
        .or(known)
        .filter(|_| leaving || explicit.is_none() || !both_same(m))
        .or(by_cue)
        .or(known)
        .or_else(|| by_town(m, a))
        .or_else(|| by_question(m, u))
        .or_else(|| by_register(m, u))
        .or_else(|| by_tense(m))
        .unwrap_or_else(|| by_gap(m));
    // A street that both sides agreed on is not replaced by one that merely comes next: that is the
    // other address.
    let empty = |place: Place| !m.has(&format!("{}.street_name", place.prefix()));
    let place = if place != Place::Contact
        && known.is_none()
        && explicit.is_none()
        && !m.objected
        && agreed_street(m, place)
        && empty(place.other())
        && m.from_abroad.is_none()
    {
        place.other()
    } else {
        place
    };
    if explicit.is_none() && known.is_none() && by_question(m, u).is_none() {
        m.guessed = Some(place);
    } else if explicit.is_some() || (known.is_none() && m.guessed == Some(place)) {
        m.guessed = m.guessed.filter(|g| *g != place);
    }
    let prefix = place.prefix();
    let old_name = m.text(&format!("{prefix}.street_name")).map(str::to_owned);
    // A street that was only guessed to be here makes room for the one that surely is.
    let empty_other = !m.has(&format!("{}.street_name", place.other().prefix()));
    let moved = place != Place::Contact
        && m.guessed == Some(place)
        && explicit == Some(place)
        && known.is_none()
        && empty_other
        && old_name.is_some();
    if moved {
        swap(m);
        m.guessed = None;
    }
    let old_name = old_name.filter(|_| !moved);
    if let Some(old_name) = &old_name
        && *old_name != found.value.name
        && likeness(m, place, &found.value, number, u.is_staff()) == 0.0
    {
        let staff_spelled = u.is_staff() && a.number.is_none();
        if !staff_spelled {
            // Another street: nothing of the old one goes with it.
            forget(m, place);
        }
    }
    m.place = Some(place);
    m.place_turn = m.turns;
    let (confidence, unsure) = match (found.value.source, u.is_staff()) {
        (StreetSource::Known, _) => (0.95, false),
        (StreetSource::Heard, _) => (0.85, false),
        (StreetSource::Spelled, true) => (0.92, false),
        (StreetSource::Spelled, false) => (0.8, false),
        (StreetSource::Guessed, _) => (0.5, true),
    };
    let evidence = u.evidence(found.span.clone());
    let mut heard = Heard::new(found.value.name.as_str(), evidence, confidence).unsure(unsure);
    // The employee spells; the citizen's next mention of the same street does not undo that.
    let spelled_by_staff = m
        .belief(&format!("{prefix}.street_name"))
        .and_then(|b| b.slot())
        .is_some_and(|s| {
            s.evidence
                .iter()
                .any(|e| e.speaker == tolkebot_protocol::Speaker::Staff)
        });
    if old_name.is_some() {
        if u.is_staff() {
            heard = heard.act(Act::Correct);
        } else if spelled_by_staff {
            heard = heard.act(Act::Imply);
        } else {
            heard = heard.act(Act::Correct);
        }
    }
    say(m, u, &format!("{prefix}.street_name"), heard);
    if !found.value.postal_codes.is_empty() {
        let codes = found.value.postal_codes.join(" ");
        m.note(
            &format!("{prefix}.codes"),
            &codes,
            u.evidence(found.span.clone()),
        );
    } else {
        m.forget(&format!("{prefix}.codes"));
    }
    details(m, u, a, place);
}

/// Both addresses have the same street (a move inside one building).
fn both_same(m: &Memory) -> bool {
    match (m.text("to.street_name"), m.text("from.street_name")) {
        (Some(new), Some(old)) => new == old,
        _ => false,
    }
}

/// Forgets everything about an address.
pub(super) fn forget(m: &mut Memory, place: Place) {
    let prefix = format!("{}.", place.prefix());
    let keep = [
        "from.country",
        "from.foreign_address",
        "from.whole_household_moves",
    ];
    m.beliefs
        .retain(|key, _| !key.starts_with(&prefix) || keep.contains(&key.as_str()));
    m.offers.retain(|(key, _)| !key.starts_with(&prefix));
}

/// Exchanges old and new.
pub(super) fn swap(m: &mut Memory) {
    let parts = [
        "street_name",
        "house_number",
        "house_letter",
        "floor",
        "door",
        "postal_code",
        "codes",
        "town_codes",
        "town",
        "no_floor",
    ];
    for part in parts {
        let (old, new) = (format!("from.{part}"), format!("to.{part}"));
        let (a, b) = (m.beliefs.remove(&old), m.beliefs.remove(&new));
        if let Some(a) = a {
            m.beliefs.insert(new, a);
        }
        if let Some(b) = b {
            m.beliefs.insert(old, b);
        }
    }
    m.place = m.place.map(Place::other);
    m.guessed = None;
}

fn parts(m: &mut Memory, u: &Utterance<'_>, hit: &Found<Address>, left: &[&str], right: &[&str]) {
    let a = &hit.value;
    let explicit = cues::place(left, right, m.tense);
    let only_town = a.floor.is_none() && a.door.is_none() && a.postal_code.is_none();
    if only_town {
        let asked = by_question(m, u).filter(|p| !m.has(&format!("{}.town", p.prefix())));
        if let Some(place) = explicit.or(asked)
            && !m.has(&format!("{}.street_name", place.prefix()))
            && !m.asked.is_about(Target::ParentOfThird)
        {
            town(m, u, a, place);
        }
        return;
    }
    let recent = if recently(m) { m.place } else { None };
    let asked =
        by_question(m, u).filter(|_| m.asked.asks_any(&[Topic::OldAddress, Topic::NewAddress]));
    let place = explicit
        .or(asked)
        .or(recent)
        .or_else(|| by_question(m, u))
        .or_else(|| only_one(m))
        .or_else(|| lacking(m, a))
        .or_else(|| by_tense(m));
    let Some(place) = place else { return };
    if place == Place::Old && m.from_abroad.is_some() {
        return;
    }
    m.place = Some(place);
    m.place_turn = m.turns;
    details(m, u, a, place);
}

/// The only address that has a street.
fn only_one(m: &Memory) -> Option<Place> {
    match (m.has("to.street_name"), m.has("from.street_name")) {
        (true, false) => Some(Place::New),
        (false, true) => Some(Place::Old),
        _ => None,
    }
}

/// Of two addresses the one that lacks what is said now; the new one when both do.
fn lacking(m: &Memory, a: &Address) -> Option<Place> {
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

fn by_question(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    let asked = if u.is_staff() { None } else { Some(&m.asked) };
    let topics: Vec<Topic> = asked
        .into_iter()
        .flat_map(|a| a.questions())
        .filter(|t| {
            matches!(
                t,
                Topic::OldAddress | Topic::NewAddress | Topic::ContactAddress
            )
        })
        .collect();
    match topics.as_slice() {
        [] => {
            if !u.is_staff() && m.asked.asks(Topic::CurrentAddress) {
                by_tense(m)
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

/// The town that was named with one of the two before, or one outside Aarhus: most people at this
/// counter move within or to Aarhus.
fn by_town(m: &Memory, a: &Address) -> Option<Place> {
    let mut codes: Vec<&str> = Vec::new();
    if let Some(code) = &a.postal_code {
        codes.push(&code.value.code);
    } else if let Some(town) = &a.place {
        codes.extend(town.value.postal_codes.iter().map(String::as_str));
    }
    if codes.is_empty() {
        return None;
    }
    let named = |place: Place| {
        m.text(&format!("{}.town_codes", place.prefix()))
            .is_some_and(|list| list.split(' ').any(|c| codes.contains(&c)))
    };
    match (named(Place::Old), named(Place::New)) {
        (true, false) => return Some(Place::Old),
        (false, true) => return Some(Place::New),
        _ => {}
    }
    let outside = codes
        .iter()
        .all(|c| postal::lookup(c).is_some_and(|row| row.aarhus == "none"));
    let asked_new = m.context().asks(Topic::NewAddress) && !m.context().asks(Topic::OldAddress);
    (outside && !asked_new && !m.has("from.street_name")).then_some(Place::Old)
}

/// An employee who names a street nobody mentioned reads it from the register: the old one.
fn by_register(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    let words = u.all_words();
    let reads = words.iter().any(|w| {
        matches!(
            *w,
            "register" | "registret" | "registeret" | "står" | "stod"
        )
    }) || u
        .sentences
        .iter()
        .any(|s| s.question && u.words(s.words.clone()).iter().any(|w| w.len() > 4));
    let old = u.is_staff()
        && reads
        && !m.has("from.street_name")
        && !m.context().asks(Topic::NewAddress)
        && !m.asked.asks(Topic::NewAddress);
    (old && (m.has("to.street_name") || m.turns <= 12)).then_some(Place::Old)
}

fn role(topic: Topic) -> Place {
    match topic {
        Topic::OldAddress => Place::Old,
        Topic::ContactAddress => Place::Contact,
        _ => Place::New,
    }
}

/// «Де ви живете?»: after the move the new home, before it the old one.
fn by_tense(m: &Memory) -> Option<Place> {
    let has = |place: Place| m.has(&format!("{}.street_name", place.prefix()));
    match (has(Place::New), has(Place::Old)) {
        (true, false) => return Some(Place::Old),
        (false, true) => return Some(Place::New),
        _ => {}
    }
    m.tense.map(|tense| match tense {
        Tense::Past => Place::New,
        Tense::Future => Place::Old,
    })
}

fn by_gap(m: &Memory) -> Place {
    if m.has("to.street_name") && !m.has("from.street_name") {
        Place::Old
    } else {
        Place::New
    }
}

/// Takes a value in; what an employee asks ("… stuen til venstre?") waits for the answer.
fn say(m: &mut Memory, u: &Utterance<'_>, key: &str, heard: Heard) {
    let question = u.is_staff()
        && u.sentence_at(heard.evidence.bytes.start)
            .is_some_and(|s| s.question);
    let same = m.belief(key).and_then(|b| b.value()) == Some(&heard.value);
    if question && !same {
        m.offer(key, heard);
    } else {
        m.hear(key, heard);
    }
}

/// House number, floor, door and postal code.
fn details(m: &mut Memory, u: &Utterance<'_>, a: &Address, place: Place) {
    let prefix = place.prefix();
    let alternatives = u.is_staff() && alternatives(u, a);
    // A number in the next sentence belongs to a street only when nothing else is known.
    let beside = |at: usize| {
        a.street
            .as_ref()
            .is_none_or(|street| u.sentence_at(street.span.start) == u.sentence_at(at))
    };
    let loose_number = a.street.is_none()
        && (m.has(&format!("{prefix}.house_number")) && !m.asked.asks(Topic::HouseNumber));
    if let Some(number) = &a.number
        && !loose_number
        && (beside(number.span.start) || !m.has(&format!("{prefix}.house_number")))
    {
        let key = format!("{prefix}.house_number");
        let heard = Heard::new(
            number.value.as_str(),
            u.evidence(number.span.clone()),
            number.confidence,
        );
        let heard = corrected(m, u, &key, heard);
        say(m, u, &key, heard.unsure(number.confidence < 0.6));
    }
    if let Some(letter) = &a.letter {
        let key = format!("{prefix}.house_letter");
        let heard = Heard::new(
            letter.value.to_string(),
            u.evidence(letter.span.clone()),
            letter.confidence,
        );
        let heard = corrected(m, u, &key, heard);
        say(m, u, &key, heard.unsure(letter.confidence < 0.6));
    }
    if alternatives {
        return;
    }
    if let Some(floor) = &a.floor
        && u.is_staff()
        && floor.value.danish().is_some()
        && !u.sentence_at(floor.span.start).is_some_and(|s| s.question)
    {
        m.forget(&format!("{prefix}.no_floor"));
    }
    if let Some(floor) = &a.floor
        && !m.has(&format!("{prefix}.no_floor"))
    {
        let key = format!("{prefix}.floor");
        let danish = floor.value.danish();
        let value = danish.unwrap_or_else(|| floor.value.suggestion()).code();
        let unsure = danish.is_none() && !u.is_staff();
        let confidence = if unsure { 0.5 } else { floor.confidence };
        let heard = Heard::new(value, u.evidence(floor.span.clone()), confidence).unsure(unsure);
        let sure_already = m.belief(&key).is_some_and(|b| !b.is_unsure());
        if !(unsure && sure_already) {
            let heard = corrected(m, u, &key, heard);
            say(m, u, &key, heard);
        }
    }
    let rights = |span: &Range<usize>| {
        u.turn
            .text
            .get(span.clone())
            .is_some_and(|t| tolkebot_values::fold(t) == "права")
    };
    if let Some(door) = a.door.as_ref().filter(|d| !rights(&d.span)) {
        let key = format!("{prefix}.door");
        // A flat number is often only a habit: it waits for floor and side.
        let unsure = door.note.is_some();
        let heard = Heard::new(
            door.value.code(),
            u.evidence(door.span.clone()),
            door.confidence,
        );
        if !(unsure && m.has(&key)) {
            let heard = corrected(m, u, &key, heard.unsure(unsure));
            say(m, u, &key, heard);
        }
    }
    if let Some(code) = &a.postal_code {
        let key = format!("{prefix}.postal_code");
        let heard = Heard::new(
            code.value.code.as_str(),
            u.evidence(code.span.clone()),
            code.confidence,
        );
        let heard = corrected(m, u, &key, heard).unsure(code.note.is_some());
        say(m, u, &key, heard);
    }
    town(m, u, a, place);
}

/// "fjerde sal eller …": nothing is said yet.
fn alternatives(u: &Utterance<'_>, a: &Address) -> bool {
    let at = a
        .floor
        .as_ref()
        .map(|f| f.span.start)
        .or(a.door.as_ref().map(|d| d.span.start));
    let Some(sentence) = at.and_then(|at| u.sentence_at(at)) else {
        return false;
    };
    sentence.question && u.words(sentence.words.clone()).contains(&"eller")
}

/// In an answer to a read-back, another value is a correction even without a «ні».
fn corrected(m: &Memory, u: &Utterance<'_>, key: &str, heard: Heard) -> Heard {
    let differs = m
        .belief(key)
        .is_some_and(|b| b.value() != Some(&heard.value));
    if differs && !u.is_staff() && (m.objected || m.was_read_back(key)) {
        heard.act(Act::Correct)
    } else {
        heard
    }
}

fn town(m: &mut Memory, u: &Utterance<'_>, a: &Address, place: Place) {
    let Some(found) = &a.place else { return };
    let prefix = place.prefix();
    match found.value.kind {
        PlaceKind::DanishTown | PlaceKind::AarhusArea => {
            let evidence = u.evidence(found.span.clone());
            m.note(
                &format!("{prefix}.town"),
                &found.value.name,
                evidence.clone(),
            );
            if !found.value.postal_codes.is_empty() {
                let codes = found.value.postal_codes.join(" ");
                m.note(&format!("{prefix}.town_codes"), &codes, evidence);
            }
        }
        PlaceKind::ForeignTown | PlaceKind::Country => {}
    }
}

/// «Окремий будинок, поверхів не треба», "så lader jeg etagen stå tom".
fn no_floor(m: &mut Memory, u: &Utterance<'_>, spots: &[(usize, Place)]) {
    let words = u.all_words();
    let Some(word) = cues::says_no_floor(&words) else {
        return;
    };
    let byte = u.token(word).span.start;
    let before = spots
        .iter()
        .rev()
        .find(|(at, _)| *at < byte)
        .map(|(_, place)| *place);
    let Some(place) = before.or(m.place.filter(|_| recently(m))) else {
        return;
    };
    let prefix = place.prefix();
    m.forget(&format!("{prefix}.floor"));
    m.offers
        .retain(|(key, _)| *key != format!("{prefix}.floor"));
    m.note(&format!("{prefix}.no_floor"), "1", u.evidence(0..0));
}

/// «у тому самому домі»: the old address shares street, number and code with the new one.
fn same_house(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    if cues::says_same_house(&words, u.lang()) {
        m.same_house = true;
    }
}

/// Byte ranges of house numbers, floors, doors and codes, which are no dates.
pub(super) fn number_spans(u: &Utterance<'_>) -> Vec<Range<usize>> {
    address::find(&u.turn.text, u.lang())
        .into_iter()
        .filter(|hit| hit.value.street.is_some())
        .flat_map(|hit| {
            let a = hit.value;
            [
                a.number.map(|n| n.span),
                a.floor.map(|f| f.span),
                a.door.map(|d| d.span),
                a.postal_code.map(|p| p.span),
            ]
        })
        .flatten()
        .collect()
}

/// The postal code that follows from town or street, when only one is possible.
pub(super) fn implied_code(m: &Memory, place: Place) -> Option<(String, String)> {
    let prefix = place.prefix();
    let split = |key: &str| -> Vec<String> {
        m.text(&format!("{prefix}.{key}"))
            .map(|s| s.split(' ').map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let (street, town) = (split("codes"), split("town_codes"));
    let both: Vec<&String> = street.iter().filter(|c| town.contains(c)).collect();
    if let [one] = both.as_slice() {
        return Some(((*one).clone(), format!("{prefix}.codes")));
    }
    // 6700 is Esbjerg itself, the others are its parts.
    if town.len() > 1
        && let Some(name) = m.text(&format!("{prefix}.town"))
        && let Some(code) = town
            .iter()
            .find(|c| postal::lookup(c).is_some_and(|r| r.district == name))
    {
        return Some((code.clone(), format!("{prefix}.town_codes")));
    }
    // The street is known in Aarhus, but the town named is another: the town counts.
    if let [one] = town.as_slice() {
        return Some((one.clone(), format!("{prefix}.town_codes")));
    }
    if town.is_empty()
        && let [one] = street.as_slice()
        && postal::lookup(one).is_some()
    {
        return Some((one.clone(), format!("{prefix}.codes")));
    }
    None
}
