//! CPR numbers, telephone numbers and e-mail addresses, and whose they are.

mod again;
mod blanks;
mod disowned;
pub(super) mod fitting;
mod halves;
mod loose;
mod noted;
mod phone_parts;
mod phones;
mod said;
mod whose;
mod zeros;

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::cpr::{self, CprNumber};
use tolkebot_values::dates::{self, DateContext, Purpose};
use tolkebot_values::{Found, Reason, phone};

use super::asked::Target;
use super::belief::{Act, Heard};
use super::cues;
use super::homes;
use super::memory::Memory;
use super::people::minors;
use super::people::{Ref, Who, owner};
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;
use again::last_pair_again;
use blanks::without_ages;
use halves::{read_from_register, two_halves};
pub(super) use phone_parts::PhoneStart;
use phones::*;
use whose::*;

/// Reads the numbers of a turn; returns the byte ranges they fill, so that nothing else reads them.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Vec<Range<usize>> {
    disowned::not_own(m, u);
    disowned::wrong_card(m, u);
    disowned::reporters_own(m, u);
    if let Some(spans) = phone_parts::read(m, u, refs) {
        said::keep(m, u);
        return spans;
    }
    let mut taken = cpr_numbers(m, u, refs);
    taken.extend(phones(m, u, refs, &taken.clone()));
    said::keep(m, u);
    taken
}

fn cpr_numbers(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Vec<Range<usize>> {
    let asked = m.context().mentions(Topic::Cpr);
    let text = &without_ages(u);
    // «Син Михайло … п'ятдесят три сімнадцять»: a relative without a number was just named.
    let relative = refs.iter().any(|r| match r.who {
        Who::Person(id) => {
            m.person(id).is_some_and(|p| p.kin.is_some()) && !m.has(&Memory::key(id, "cpr_number"))
        }
        Who::Me => false,
    });
    let found = if asked || relative || m.cpr_open() {
        cpr::find_expected(text, u.lang())
    } else {
        cpr::find(text, u.lang())
    };
    // Where the words say no whole number there, the zeros were left out.
    let zeros = zeros::without_zeros(u)
        .filter(|_| asked || relative || m.cpr_open())
        .filter(|hit| {
            !found.iter().any(|f| {
                f.confidence >= 0.35 && f.span.start < hit.span.end && hit.span.start < f.span.end
            })
        });
    let mut taken: Vec<Range<usize>> = Vec::new();
    if let Some(hit) = &zeros
        && cpr_number(m, u, refs, hit)
    {
        taken.push(hit.span.clone());
    }
    if asked
        && zeros.is_none()
        && let Some(spans) = two_halves(m, u, refs)
    {
        return spans;
    }
    let other = noted::other_reading(u, &found);
    let own = found
        .into_iter()
        .filter(|h| h.confidence >= 0.35)
        .filter(|h| !disowned::off_another_card(u, &h.span));
    for hit in own {
        // Two numbers in one breath are two persons', unless the first was taken back.
        let again = taken.last().is_some_and(|last| {
            let from = u.word_at(last.end);
            !u.words(from..u.word_at(hit.span.start))
                .iter()
                .any(|w| cues::is_restart(w))
        });
        if again {
            let before = m.last_cpr;
            let value = hit.value.formatted();
            let spoken_of = || {
                said::misread(m, &value)
                    .or_else(|| said::spoken_of(m, &value))
                    .filter(|_| u.is_staff())
            };
            let person = spoken_of().or_else(|| cpr_owner(m, u, refs, &hit));
            if person.is_none() || person == before {
                taken.push(hit.span.clone());
                continue;
            }
        }
        if cpr_number(m, u, refs, &hit) {
            taken.push(hit.span.clone());
        }
    }
    if !u.is_staff() && u.lang() == Lang::Uk && (asked || relative || m.cpr_open()) {
        for hit in loose::numbers(u, &taken) {
            if !loose::is_known(m, &hit.value) && cpr_number(m, u, refs, &hit) {
                taken.push(hit.span.clone());
            }
        }
    }
    if taken.is_empty() && zeros.is_none() {
        taken.extend(cpr_parts(m, u, refs));
    }
    if let Some(other) = other {
        noted::offers_other(m, u, &other);
    }
    taken
}

fn at_token(u: &Utterance<'_>, word: usize) -> usize {
    u.word_tokens[word]
}

/// One whole number. `false` when it is somebody's who is not in the form.
fn cpr_number(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref], hit: &Found<CprNumber>) -> bool {
    let value = hit.value.formatted();
    // Who has this number already?
    let known = m
        .people
        .iter()
        .map(|p| p.id)
        .find(|id| m.text(&Memory::key(*id, "cpr_number")) == Some(value.as_str()));
    // "Dit CPR-nummer?" – the one that was taken for somebody else's: whose it is must be asked.
    if let Some(id) = known.filter(|id| *id != m.mover && noted::own_is_asked_for(m, u)) {
        if let Some(belief) = m.beliefs.get_mut(&Memory::key(id, "cpr_number")) {
            belief.contest();
        }
        return true;
    }
    let person = match known {
        Some(id) => Some(id),
        None if u.is_staff() => noted::named_without(m, u, refs, hit)
            .or_else(|| said::misread(m, &value))
            .or_else(|| said::staff_means(m, &value))
            .or_else(|| said::spoken_of(m, &value))
            .or_else(|| cpr_owner(m, u, refs, hit)),
        None => cpr_owner(m, u, refs, hit).map(|id| fitting::whose(m, id, &hit.value)),
    };
    let Some(person) = person else { return true };
    let context = m.context().mentions(Topic::Cpr) || m.asked.mentions(Topic::Cpr);
    let birth = m.context().asks(Topic::BirthDate) && !context;
    let elsewhere = (m.from_abroad.is_some() || birth) && hit.confidence < 0.9;
    if !context && (hit.confidence < 0.75 || elsewhere) {
        return false;
    }
    let impossible = hit
        .note
        .as_ref()
        .is_some_and(|n| n.reason == Reason::ImpossibleDate);
    let future = hit.value.birth_date().is_some_and(|date| date > m.today);
    if impossible || future {
        // Nobody has such a number: misheard or misread. Better nothing than something wrong.
        return true;
    }
    let several = hit.note.is_some() || hit.confidence < 0.75;
    let key = Memory::key(person, "cpr_number");
    let value = last_pair_again(u, hit).unwrap_or(value);
    let mut heard =
        Heard::new(value.as_str(), u.evidence(hit.span.clone()), hit.confidence).unsure(several);
    let differs = m
        .belief(&key)
        .is_some_and(|b| b.value() != Some(&heard.value));
    if differs && !u.is_staff() && (m.objected || m.was_read_back(&key) || restarted(u, &hit.span))
    {
        heard = heard.act(Act::Correct);
    }
    if differs
        && u.is_staff()
        && m.text(&key)
            .is_some_and(|known| said::serial_meant(m, known, &value))
    {
        heard = heard.act(Act::Correct);
    }
    m.hear(&key, heard);
    m.focus = person;
    m.last_cpr = Some(person);
    m.last_cpr_turn = m.turns;
    if person != m.mover && person != 0 {
        joins(m, person);
    }
    let child = hit
        .value
        .birth_date()
        .is_some_and(|date| date.saturating_add(jiff::Span::new().years(18)) > m.today);
    if child && m.mover == 0 && Some(person) != m.host && Some(person) != m.other_parent {
        minors::child_by_age(m, u, person);
    }
    true
}

/// Somebody whose number is taken moves along, unless it was said that they stay.
fn joins(m: &mut Memory, id: PersonId) {
    if let Some(person) = m.person_mut(id)
        && person.moves.is_none()
    {
        person.moves = Some(true);
    }
}

fn cpr_owner(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    hit: &Found<CprNumber>,
) -> Option<PersonId> {
    let has = |id: PersonId| m.has(&Memory::key(id, "cpr_number"));
    // "… og din kone" – «надія моя …»: whoever was asked about, and a number unlike the citizen's.
    let of_relative = !u.is_staff()
        && m.asked
            .kin()
            .is_some_and(|k| k.is_couple() || k.is_child() || k.relation() == Some("parent"))
        && !m.asked.is_about(super::asked::Target::You)
        && !cues::is_restart(u.all_words().first().copied().unwrap_or(""))
        && m.text(&Memory::key(0, "cpr_number"))
            .is_some_and(|known| unlike(known, &hit.value.formatted()));
    // «У мене. Номер: …» of the child: a quite different number is no correction of the citizen's, unless somebody
    // takes that one back.
    let mine_again = || {
        m.last_cpr == Some(0)
            && (m
                .belief(&Memory::key(0, "cpr_number"))
                .is_some_and(|b| b.is_unsure())
                || m.objected
                || u.is_staff()
                || restarted(u, &hit.span)
                || m.text(&Memory::key(0, "cpr_number"))
                    .is_none_or(|known| !unlike(known, &hit.value.formatted())))
    };
    if noted::named_themselves(m, u, refs, &hit.span) {
        return Some(0);
    }
    let refs = &noted::without_writers(m, u, refs, &hit.span);
    match owner(u, refs, &hit.span) {
        Some(Who::Me) if of_relative => {}
        Some(Who::Me) if m.mover != 0 => return Some(0),
        Some(Who::Me) if !has(0) || mine_again() => return Some(0),
        Some(Who::Person(id)) if !has(id) || m.last_cpr == Some(id) => return Some(id),
        _ => {}
    }
    // "Hans nummer?": never the citizen's own.
    if let Some(sex) = m.asked_of_third().filter(|_| !u.is_staff() && m.mover == 0) {
        return m.third(sex, |id| !has(id));
    }
    // "Og Sofiias nummer?"
    let yours = m.asked.is_about(super::asked::Target::You);
    if let Some(id) = m
        .asked_person
        .filter(|id| !u.is_staff() && !yours && !has(*id))
    {
        return Some(id);
    }
    let own_first = noted::own_is_asked_for(m, u);
    if let Some(kin) = m.context().kin().filter(|_| !own_first)
        && let Some(id) = m.person_by_kin(kin)
        && !has(id)
    {
        return Some(id);
    }
    // "Så tager vi børnenes numre": not the citizen's, also where nobody knows whose it is yet.
    let of_children = !u.is_staff()
        && m.mover == 0
        && m.asked.kin() == Some(super::kin::Kin::Children)
        && m.asked.asks(Topic::Cpr)
        && !m.asked.is_about(super::asked::Target::You);
    if !has(m.mover) && !of_children {
        return Some(m.mover);
    }
    if !has(m.focus) {
        return Some(m.focus);
    }
    let known = m
        .last_cpr
        .and_then(|last| m.text(&Memory::key(last, "cpr_number")));
    // Another person's number is no correction of the last one.
    let alike = known.is_some_and(|known| {
        let value = hit.value.formatted();
        known
            .bytes()
            .zip(value.bytes())
            .filter(|(a, b)| a != b)
            .count()
            <= 4
    });
    if let Some(last) = m.last_cpr
        && alike
        && (m.objected || m.was_read_back(&Memory::key(last, "cpr_number")))
    {
        return Some(last);
    }
    if u.is_staff() {
        // A read-back of what was understood badly.
        let asked = m.context().kin().and_then(|k| m.person_by_kin(k));
        return asked.filter(|id| {
            m.belief(&Memory::key(*id, "cpr_number"))
                .is_some_and(|b| b.is_unsure())
        });
    }
    // Whoever is known to come along comes first.
    let open = |moves: bool| {
        m.people
            .iter()
            .rev()
            .filter(|p| !moves || p.moves == Some(true))
            .map(|p| p.id)
            .find(|id| *id != 0 && !has(*id))
    };
    open(true).or_else(|| open(false))
}

/// Two numbers with hardly a digit in common: none corrects the other.
fn unlike(a: &str, b: &str) -> bool {
    a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() > 4
}

fn restarted(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    u.words(0..u.word_at(span.start))
        .iter()
        .skip(1)
        .any(|w| cues::is_restart(w))
}

/// A number in two breaths: the date first, the last four later; or a repair of one of the two.
fn cpr_parts(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Vec<Range<usize>> {
    let expected = m.cpr_open()
        || m.asked.asks(Topic::Cpr)
        || m.last_cpr_turn + 3 >= m.turns && m.last_cpr.is_some();
    if !expected {
        return Vec::new();
    }
    if let Some(spans) = two_halves(m, u, refs) {
        return spans;
    }
    read_from_register(m, u, refs);
    halves::behind_birth_date(m, u);
    // «Двадцять два, а тоді шістдесят»: the same text without the words, byte for byte as long.
    let text = match m.cpr_start {
        Some(_) => u.turn.text.replace("а тоді", &" ".repeat("а тоді".len())),
        None => u.turn.text.clone(),
    };
    let Some(part) = cpr::find_partial(&text, u.lang()) else {
        return Vec::new();
    };
    let digits = part.value.as_str();
    let span = part.span.clone();
    // "Seksogtyve ni nul syv, og de sidste?": the half that was just told, and no postal code.
    if u.is_staff() && m.cpr_start.is_some() && m.cpr_start_turn + 1 == m.turns {
        return vec![span];
    }
    if digits.len() == 4 && only_ordinals(u, &span) {
        return Vec::new();
    }
    match digits.len() {
        6 if date_like(digits)
            && !u.is_staff()
            && (m.asked.mentions(Topic::Cpr) || m.cpr_start.is_some()) =>
        {
            // «Матвій народився четвертого травня дві тисячі двадцять першого»: a day, and no half of a number.
            if u.all_words().iter().any(|w| w.starts_with("народ")) {
                return Vec::new();
            }
            let refs = noted::without_writers(m, u, refs, &span);
            let person = match owner(u, &refs, &span) {
                Some(Who::Person(id)) => id,
                _ if !m.has(&Memory::key(m.mover, "cpr_number")) => m.mover,
                _ => m.focus,
            };
            if m.has(&Memory::key(person, "cpr_number")) {
                return Vec::new();
            }
            m.cpr_start = Some((person, digits.to_owned()));
            m.cpr_start_turn = m.turns;
            m.last_cpr = Some(person);
            m.last_cpr_turn = m.turns;
            vec![span]
        }
        4 => {
            let asked = m.asked.asks(Topic::Cpr) || m.cpr_start_turn + 2 >= m.turns;
            if let Some((person, start)) = m.cpr_start.clone().filter(|_| !u.is_staff() && asked) {
                let whole = format!("{start}{digits}");
                if let Ok(number) = CprNumber::parse(&whole)
                    && number.birth_date().is_some_and(|d| d <= m.today)
                {
                    let evidence = u.evidence(span.clone());
                    // The day of birth is in the number now, and follows from it.
                    let born = Memory::key(person, "birth_date");
                    let day = number.birth_date().map(|day| day.to_string());
                    if day.is_some() && m.text(&born) == day.as_deref() {
                        m.beliefs.remove(&born);
                    }
                    m.hear(
                        &Memory::key(person, "cpr_number"),
                        Heard::new(number.formatted(), evidence, 0.85),
                    );
                    m.cpr_start = None;
                    m.last_cpr = Some(person);
                    m.last_cpr_turn = m.turns;
                    return vec![span];
                }
                return Vec::new();
            }
            repair_serial(m, u, refs, digits, &span)
        }
        _ => Vec::new(),
    }
}

/// «По-датськи другий, другий сал»: a date of birth is said in ordinals, the last four never are.
fn only_ordinals(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let mut inside = u
        .numbers()
        .iter()
        .filter(|n| span.start <= n.span.start && n.span.end <= span.end)
        .peekable();
    inside.peek().is_some()
        && inside.all(|n| matches!(n.value.form, tolkebot_values::numbers::Form::Ordinal(_)))
}

/// "Elleve nioghalvfjerds, tak": the last four again after a correction.
fn repair_serial(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    digits: &str,
    span: &Range<usize>,
) -> Vec<Range<usize>> {
    // «Ні-ні, в Ярини сімдесят шість сорок чотири!»
    let named = match owner(u, refs, span) {
        Some(Who::Person(id)) if m.has(&Memory::key(id, "cpr_number")) => Some(id),
        _ => m.last_cpr,
    };
    // … and of somebody whom nobody has heard of it is not known whose number it repairs.
    let stranger = tolkebot_values::names::find_in(&u.tokens, u.lang())
        .iter()
        .any(|name| !refs.iter().any(|r| r.bytes.contains(&name.span.start)));
    let Some(person) =
        named.filter(|_| m.last_cpr_turn + 3 >= m.turns && (u.is_staff() || !stranger))
    else {
        return Vec::new();
    };
    let key = Memory::key(person, "cpr_number");
    let Some(known) = m.text(&key).map(str::to_owned) else {
        return Vec::new();
    };
    let Some(serial) = known.get(7..) else {
        return Vec::new();
    };
    let wrong = serial
        .bytes()
        .zip(digits.bytes())
        .filter(|(a, b)| a != b)
        .count();
    if wrong == 0 {
        m.hear(&key, Heard::new(known, u.evidence(span.clone()), 0.8));
        return vec![span.clone()];
    }
    let fresh = format!("{}-{digits}", &known[..6]);
    // «Ой, так, п'ятдесят один! Я навпаки прочитав.»
    let slip = !u.is_staff()
        && m.was_read_back(&key)
        && u.all_words().iter().any(|w| {
            matches!(*w, "ой" | "навпаки") || w.starts_with("сплут") || w.starts_with("перепл")
        });
    if wrong > 2 || !m.objected_before && !m.objected && !slip || CprNumber::parse(&fresh).is_err()
    {
        return Vec::new();
    }
    let evidence = u.evidence(span.clone());
    m.hear(&key, Heard::new(fresh, evidence, 0.8).act(Act::Correct));
    vec![span.clone()]
}

fn date_like(digits: &str) -> bool {
    let day: u8 = digits[..2].parse().unwrap_or(0);
    let month: u8 = digits[2..4].parse().unwrap_or(0);
    (1..=31).contains(&day) && (1..=12).contains(&month)
}
