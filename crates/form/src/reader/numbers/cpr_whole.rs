//! CPR numbers that are said whole: which are meant, and what is believed of them.

use super::*;

/// Reads the CPR numbers of a turn; returns the byte ranges they fill.
pub(super) fn cpr_numbers(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Vec<Range<usize>> {
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

/// One whole number. `false` when it is somebody's who is not in the form.
pub(super) fn cpr_number(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    hit: &Found<CprNumber>,
) -> bool {
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
pub(super) fn joins(m: &mut Memory, id: PersonId) {
    if let Some(person) = m.person_mut(id)
        && person.moves.is_none()
    {
        person.moves = Some(true);
    }
}
