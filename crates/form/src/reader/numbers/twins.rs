//! Children born on one day: «Аделіна і Злата, народилися шостого квітня сімнадцятого. Аделіна закінчується на сорок чотири
//! двадцять, Злата — на шістдесят шість нуль вісім.» The day is told once, the last four for each.

use super::*;

/// Takes the last four digits of several people whose day of birth is known; returns their bytes.
pub(super) fn last_fours(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Vec<Range<usize>> {
    if !speaks_of_ends(m, u) {
        return Vec::new();
    }
    let mut told: Vec<(PersonId, CprNumber, Range<usize>)> = Vec::new();
    let named: Vec<(PersonId, &Ref)> = refs
        .iter()
        .filter_map(|r| match r.who {
            Who::Person(id) if id != m.mover && !r.pronoun => Some((id, r)),
            _ => None,
        })
        .collect();
    for (at, (id, r)) in named.iter().enumerate() {
        let until = named
            .get(at + 1)
            .map_or(u.said.len(), |(_, next)| next.bytes.start);
        let Some(part) = u.said.get(r.bytes.end..until) else {
            continue;
        };
        let Some(serial) = four(part, u.lang()) else {
            continue;
        };
        let Some(number) = born(m, *id).and_then(|start| whole(&start, &serial.value)) else {
            continue;
        };
        if number.birth_date().is_some_and(|day| day <= m.today) {
            let span = serial.span.start + r.bytes.end..serial.span.end + r.bytes.end;
            told.retain(|(other, ..)| other != id);
            told.push((*id, number, span));
        }
    }
    if told.len() < 2 {
        return Vec::new();
    }
    for (id, number, span) in &told {
        let key = Memory::key(*id, "cpr_number");
        let value = number.formatted();
        let known = m.text(&key).map(str::to_owned);
        // "Så er det Luka med syvoghalvfjerds femten?": what the employee has mixed up says nothing new.
        if u.is_staff() && known.as_deref() != Some(value.as_str()) {
            continue;
        }
        let differs = known.is_some_and(|known| known != value);
        let heard = Heard::new(value, u.evidence(span.clone()), 0.85);
        m.hear(
            &key,
            if differs {
                heard.act(Act::Correct)
            } else {
                heard
            },
        );
        // It follows from the number now.
        m.beliefs.remove(&Memory::key(*id, "birth_date"));
        m.last_cpr = Some(*id);
        m.last_cpr_turn = m.turns;
    }
    told.into_iter().map(|(_, _, span)| span).collect()
}

/// Four digits that are said in pairs.
fn four(text: &str, lang: Lang) -> Option<Found<String>> {
    let found = cpr::find_partial(text, lang)?;
    (found.value.len() == 4).then_some(found)
}

/// The first six digits of somebody's number, if their day of birth is known.
fn born(m: &Memory, id: PersonId) -> Option<String> {
    let known = m
        .text(&Memory::key(id, "cpr_number"))
        .map(|n| n[..6].to_owned());
    known.or_else(|| {
        let day = m.text(&Memory::key(id, "birth_date"))?;
        let day: jiff::civil::Date = day.parse().ok()?;
        let year = day.year().rem_euclid(100);
        Some(format!("{:02}{:02}{year:02}", day.day(), day.month()))
    })
}

fn whole(start: &str, serial: &str) -> Option<CprNumber> {
    CprNumber::parse(&format!("{start}{serial}")).ok()
}

/// "… og de sidste fire cifre for hver af dem", «закінчується на …».
fn speaks_of_ends(m: &Memory, u: &Utterance<'_>) -> bool {
    let asked = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "sidste" | "cifre"));
    asked
        || u.is_staff()
        || u.all_words().iter().any(|w| {
            ["закінч", "кінець", "кінців", "останн", "цифр", "навпаки"]
                .iter()
                .any(|stem| w.starts_with(stem))
        })
}

/// «Лука і Марко … народилися третього листопада»: both of them; returns the bytes of the day.
pub(super) fn born_together(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
) -> Option<Range<usize>> {
    let words = u.all_words();
    let born = words
        .iter()
        .position(|w| matches!(*w, "народилися" | "народились" | "народжені"))
        .filter(|_| !u.is_staff())?;
    let at = u.token(born).span.start;
    let context = DateContext::new(m.today, Purpose::Birth);
    let found = dates::find(&u.said, u.lang(), &context);
    let mut days = found.iter().filter(|f| f.span.start > at);
    let (Some(day), None) = (days.next(), days.next()) else {
        return None;
    };
    let date = day.value.date.filter(|date| *date <= m.today)?;
    let mut people: Vec<PersonId> = refs
        .iter()
        .filter(|r| r.bytes.end <= at && !r.pronoun)
        .filter_map(|r| match r.who {
            Who::Person(id) => Some(id),
            Who::Me => None,
        })
        .collect();
    // «… Прізвище в них, як у батька»: who is not named is not of them.
    people.retain(|id| m.has(&Memory::key(*id, "given_names")));
    people.dedup();
    if people.len() < 2 {
        return None;
    }
    for id in people {
        let key = Memory::key(id, "birth_date");
        if !m.has(&key) && !m.has(&Memory::key(id, "cpr_number")) {
            let heard = Heard::new(date.to_string(), u.evidence(day.span.clone()), 0.8);
            m.hear(&key, heard);
        }
    }
    Some(day.span.clone())
}
