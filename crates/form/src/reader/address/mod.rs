//! Which address a street, a floor or a postal code belongs to, and what is believed about it.
//!
//! The grammar finds addresses; here they get their place. Old and new are told apart by, in this
//! order: a street that is known already, words beside the mention («з …», "boede", «переїхали на»),
//! the question, the tense of the move, and at last by which of the two is still empty.

mod asked_town;
mod before_question;
mod beside;
mod details;
mod disputed;
mod echo;
mod likeness;
mod on_record;
mod open;
mod others;
mod parts;
mod place;
mod read_back;
mod refusals;
mod room;
mod staff_spelling;
mod stages;
mod stray;
mod usable;

use std::ops::Range;

use tolkebot_values::address::{Address, Street, StreetSource, street_similarity};
use tolkebot_values::places::PlaceKind;
use tolkebot_values::{Found, dates::Tense, municipality, postal};

use super::asked::Target;
use super::belief::{Act, Heard};
use super::cues;
use super::memory::{Memory, Place};
use super::office;
use super::topic::Topic;
use super::utterance::Utterance;
pub(super) use asked_town::question_by_town;
use beside::*;
use details::*;
pub(super) use details::{implied_code, number_spans};
pub(super) use echo::keep_names;
use likeness::*;
use on_record::*;
pub(super) use open::digits_follow;
use open::*;
use parts::*;
use place::*;
use refusals::*;
use room::*;
pub(super) use room::{
    makes_room, nowhere_to_go, read_back_as_old, said_to_be_old, swap, swap_guess, written_without,
};
use staff_spelling::*;
pub(super) use stages::and_the_new_one;
use stray::*;
use usable::*;

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
    let found: Vec<Found<Address>> = u.addresses().iter().map(|a| as_spelled(m, u, a)).collect();
    let mut from = 0;
    let mut last_street = 0;
    let mut spots: Vec<(usize, Place)> = Vec::new();
    stages::asked_for_now(m, u);
    lived_there(m, u);
    told_which(m, u);
    same_street_again(m, u);
    complete(m, u);
    number_alone(m, u);
    echo::read(m, u, blocked);
    disputed::completed_by_staff(m, u);
    said_by_staff(m, u, blocked);
    for (at, hit) in found.iter().enumerate() {
        let span = anchor(&hit.value).unwrap_or(hit.span.clone());
        let mut left = cues::left(u, from, span.start);
        // «Раніше в Гьорсгольмі. Уссерьод Конґевей …»: a village before the street says nothing either.
        let village = left.len() == 1 && u.written && {
            let word = u.word_at(span.start);
            word > 0 && u.token(word - 1).capital
        };
        if hit.value.street.is_some() && (village || left.iter().all(|w| before_a_street(w))) {
            left.splice(0..0, carried(u, last_street, span.start));
        }
        // Words before the next street belong to that one: «…, а до того жила на …».
        let next = found[at + 1..]
            .iter()
            .find(|h| h.value.street.is_some())
            .map(|h| u.word_at(h.span.start));
        let first = u.word_at(hit.span.end);
        let mut right = cues::right(u, hit.span.end);
        if let Some(next) = next.filter(|next| *next < first + right.len()) {
            right.truncate(clause_end(u, first, next));
        }
        let told = u.is_staff() && others::of_staff(&left, &right) && !same_house_as_known(m, hit);
        if !told && usable(m, u, hit, blocked, &left) {
            if hit.value.street.is_some() {
                street(m, u, hit, &left, &right);
            } else {
                parts(m, u, hit, &left, &right);
            }
        }
        from = hit.span.end;
        if hit.value.street.is_some() {
            last_street = from;
        }
        if hit.value.street.is_none() && hit.value.place.is_some() {
            narrower(m, u, &found[..at], hit);
        }
        if let Some(place) = m.place.filter(|_| m.place_turn == m.turns) {
            spots.push((hit.span.start, place));
        }
    }
    disputed::unknown_to_staff(m, u);
    same_code(m, u);
    code_of_both(m, u);
    number_again(m, u);
    said_to_be_new(m, u);
    read_back::letter(m, u);
    read_back::village(m, u);
    numbered(m, u);
    written_otherwise(m, u);
    room_number(m, u);
    disputed::insisted(m, u);
    keep(m, u);
    keep_spelling(m, u);
    no_floor(m, u, &spots);
    same_house(m, u);
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

/// «Я на Рюесгаде шість, а Мілена у Вібю, на …»: the second home of a turn, behind somebody else's
/// name.
fn of_another(m: &Memory, left: &[&str]) -> bool {
    let second = m.place_turn == m.turns && m.place.is_some();
    second
        && left.iter().rev().take(5).any(|word| {
            let others = m.people.iter().filter(|p| p.id != m.mover);
            others
                .filter_map(|p| m.text(&Memory::key(p.id, "given_names")))
                .any(|name| tolkebot_values::names::same_name(name, word) > 0.9)
        })
}

fn street(m: &mut Memory, u: &Utterance<'_>, hit: &Found<Address>, left: &[&str], right: &[&str]) {
    let a = &hit.value;
    let Some(found) = &a.street else { return };
    let number = a.number.as_ref().map(|n| n.value.as_str());
    still_lived_in(m, u, &found.value);
    let mut known = same_street(m, &found.value, number, u.is_staff());
    let renamed = known.is_none().then(|| renames(m, u, number)).flatten();
    known = known
        .or(renamed)
        .or_else(|| whole_name(m, u, &found.value.name, number));
    // "Post til Skovvangsvej": named again.
    let leaves = m.text("case.move_type") == Some("to_abroad");
    if known.is_none()
        && leaves
        && m.text("contact.street_name")
            .is_some_and(|street| street_similarity(street, &found.value.name) >= SAME_STREET)
    {
        known = Some(Place::Contact);
    }
    // «знову Бредгаде, тільки тридцять один»: the same name in the other town.
    if let Some(k) = known
        && let Some(number) = number
        && m.text(&format!("{}.house_number", k.prefix()))
            .is_some_and(|n| n != number)
        && !m.has(&format!("{}.street_name", k.other().prefix()))
        && asked_place(m, u) == Some(k.other())
    {
        known = None;
    }
    // Both addresses have this street: the one with this number, else the one asked for.
    if known.is_some() && both_same(m) {
        let has = |place: Place| {
            number.is_some() && m.text(&format!("{}.house_number", place.prefix())) == number
        };
        known = match (has(Place::New), has(Place::Old)) {
            (true, false) => Some(Place::New),
            (false, true) => Some(Place::Old),
            _ => asked_place(m, u).or(known),
        };
    }
    if u.is_staff() && known.is_none() && others::registered_for(m, right) {
        return;
    }
    if cues::rejects(left, right) {
        // «Рандерсвей забудьте»: if it was taken for an address, it is taken back.
        if let Some(place) = known {
            forget(m, place);
        }
        return;
    }
    // «Були на Кірстінегаде тринадцять, будемо на Кірстінегаде чотирнадцять»
    if let Some(k) = known
        && let Some(number) = number
        && m.text(&format!("{}.house_number", k.prefix()))
            .is_some_and(|n| n != number)
        && !m.has(&format!("{}.street_name", k.other().prefix()))
        && !u.is_staff()
        && to_the_other(m, u, left, k)
    {
        known = None;
    }
    // "Nybovej er den, du flytter fra": an address that was only taken for the other one.
    // "… 8270 Højbjerg, og hun flytter fra?" asks for another one.
    let asks_on = right
        .iter()
        .take_while(|w| **w != "fra")
        .any(|w| *w == "og");
    if let Some(k) = known
        && u.is_staff()
        && (number.is_none() || !asks_on)
        && !m.placed.contains(&k)
        && !m.has(&format!("{}.street_name", k.other().prefix()))
        && cues::place(&[], right, m.tense_so_far()) == Some(k.other())
    {
        swap(m);
        known = Some(k.other());
    }
    let explicit_first = cues::place(left, right, m.tense_so_far()).is_some() || m.mover != 0;
    // «Там, де ми всі були. Рімменс Алле …» to where the children and their mother live.
    let shared = !u.is_staff()
        && number.is_some()
        && others::where_we_were(&u.all_words())
        && known.is_none();
    let theirs =
        m.asked.is_about(Target::ParentOfThird) && m.asked.asks(Topic::CurrentAddress) && !shared;
    let contact = by_question(m, u) == Some(Place::Contact);
    // «…, а до того ще жила на Вестергаде»: the home before the one that is left.
    let long_ago = !u.is_staff()
        && known.is_none()
        && m.place_turn == m.turns
        && m.place == Some(Place::Old)
        && left
            .iter()
            .rev()
            .take(5)
            .any(|w| matches!(*w, "того" | "раніше" | "колись"));
    if long_ago {
        return;
    }
    if !u.is_staff()
        && known.is_none()
        && !contact
        && (theirs
            || of_another(m, left)
            || others::of_landlord(left, &u.all_words())
            || others::for_some_nights(left)
            || m.mover == 0
                && (!asked_address(m) || m.place_turn == m.turns && m.place.is_some())
                && others::where_they_live(left)
            || m.mover == 0 && cues::is_theirs(left, right)
            || !explicit_first && cues::is_elsewhere(left, right))
    {
        return;
    }
    if known.is_none()
        && (office::summons(u, &found.span)
            || stages::is_later_one(u, &hit.span)
            || stages::is_of_work(m, u, left))
    {
        return;
    }
    let explicit = cues::place(left, right, m.tense_so_far())
        .or((shared && !m.has("from.street_name")).then_some(Place::Old))
        .or((known.is_none() && stages::lives_until_then(u, &hit.span, left)).then_some(Place::Old))
        .or_else(|| known.is_none().then(|| reads_old(m, u)).flatten())
        .or_else(|| before_question::on_record(m, u, hit, known));
    let explicit =
        explicit.or_else(|| (known.is_none() && goes_on_to(m, u, left)).then_some(Place::New));
    let explicit = explicit.or_else(|| reads_lease(m, u, number).then_some(Place::New));
    if !u.is_staff() && left.last().is_some_and(|w| matches!(*w, "з" | "із" | "зі")) {
        m.from_street_turn = m.turns;
    }
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
    // «Пошту можна свекрусі: Бенедіктевей дев'ять»
    let letters = !u.is_staff()
        && known.is_none()
        && m.text("case.move_type") == Some("to_abroad")
        && left
            .iter()
            .any(|w| w.starts_with("пошт") || matches!(*w, "листи" | "лист" | "листа"));
    let contact = contact
        || letters
        || known == Some(Place::Contact)
        || known.is_none() && u.is_staff() && m.context().asks(Topic::ContactAddress);
    let leaving = m.text("case.move_type") == Some("to_abroad") && !contact;
    let known = known.or((contact && u.is_staff()).then_some(Place::Contact));
    let place = leaving
        .then_some(Place::Old)
        .or(known)
        .filter(|_| leaving || explicit.is_none() || number.is_some() || !both_same(m))
        .or(by_cue)
        .or(known)
        .or_else(|| contact.then_some(Place::Contact))
        .or_else(|| arriving(m).then_some(Place::New))
        .or_else(|| asked_before_move(m, u))
        .or_else(|| by_town(m, a))
        .or_else(|| asked_place(m, u))
        .or_else(|| by_register(m, u))
        .or_else(|| by_tense(m))
        .unwrap_or_else(|| by_gap(m));
    // A street that both sides agreed on is not replaced by one that merely comes next: that is the
    // other address.
    let empty = |place: Place| !m.has(&format!("{}.street_name", place.prefix()));
    // «…, Вібю. Там двадцять… ні, три роки прожила» puts something else right.
    let objected = m.objected && !denies_only_later(u, hit.span.start);
    let flipped = place != Place::Contact
        && known.is_none()
        && explicit.is_none()
        && !objected
        && agreed_street(m, place)
        && empty(place.other())
        && m.from_abroad.is_none();
    // «… а з січня, може, дадуть квартиру у Вібю, на Кіркевей»: both are known and agreed on, nobody asked and nobody
    // objects: what else is spoken of is neither.
    let corrects = puts_right(u, hit.span.start);
    let just_read = m.asked.questions().next().is_none()
        && m.heard_before
            .contains(&format!("{}.street_name", place.prefix()));
    let passing = !u.is_staff()
        && !corrects
        && !just_read
        && place != Place::Contact
        && known.is_none()
        && !m.objected
        && agreed_street(m, place)
        && !empty(place.other())
        && !m.asked.mentions_any(&ADDRESS_TOPICS);
    if passing {
        return;
    }
    let asked = by_place_question(m, u);
    // "Og fra hvilken adresse?", when the only address was a guess to be the old one: that is the new one.
    let turned = flipped && asked == Some(place) && !m.placed.contains(&place);
    if turned {
        swap(m);
    }
    let flipped = flipped && !turned;
    let place = if flipped { place.other() } else { place };
    let firm = explicit.is_some()
        || !flipped && asked == Some(place)
        || by_named_town(m, a) == Some(place);
    if firm && !m.placed.contains(&place) {
        m.placed.push(place);
    } else if !firm && known.is_none() {
        m.placed.retain(|p| *p != place);
    }
    if explicit.is_none() && known.is_none() && (flipped || by_question(m, u).is_none()) {
        m.guessed = Some(place);
    } else if explicit.is_some() || (known.is_none() && m.guessed == Some(place)) {
        m.guessed = m.guessed.filter(|g| *g != place);
    }
    let prefix = place.prefix();
    let old_name = m.text(&format!("{prefix}.street_name")).map(str::to_owned);
    // A street that was only guessed to be here makes room for the one that surely is.
    let empty_other = !m.has(&format!("{}.street_name", place.other().prefix()));
    // "Din nuværende adresse er ifølge registret …": the street that was taken for it is the new one.
    let register = reads_old(m, u).is_some()
        && known.is_none()
        && empty_other
        && old_name.is_some()
        && !m.context().asks(Topic::OldAddress);
    let moved = register
        || place != Place::Contact
            && m.guessed == Some(place)
            && (explicit == Some(place) || explicit.is_none() && asked == Some(place))
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
        if known.is_none()
            && empty_other
            && !corrects
            && !objected
            && place != Place::Contact
            && agreed_street(m, place)
        {
            m.replaced = Some(place);
        }
        if !staff_spelled && renamed.is_none() {
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
    // «Егьо Мьоллевей», "Himmelev Bygade": the village may be part of the name.
    let village = a.place.as_ref().is_some_and(|town| {
        let gap = u.turn.text.get(town.span.end..found.span.start);
        gap.is_some_and(|gap| gap.trim().is_empty())
            && !town
                .value
                .postal_codes
                .iter()
                .any(|code| found.value.postal_codes.contains(code))
    });
    let mut heard =
        Heard::new(found.value.name.as_str(), evidence, confidence).unsure(unsure || village);
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

/// Who comes from abroad names a Danish street for the new home.
fn arriving(m: &Memory) -> bool {
    (m.text("case.move_type") == Some("from_abroad") || m.from_abroad.is_some())
        && !m.has("to.street_name")
}
