//! Birth dates, each with its person.

use super::*;
use crate::reader::people::minors;

/// Birth dates, each with its person. A full date of long ago without another use is one too.
pub(super) fn births(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    uses: &[(Found<DateReading>, Use, i32)],
    blocked: &[Range<usize>],
) {
    let context = DateContext::new(m.today, Purpose::Birth);
    for hit in dates::find(&u.said, u.lang(), &context) {
        let Some(date) = hit.value.date else { continue };
        if blocked
            .iter()
            .any(|b| b.start < hit.span.end && hit.span.start < b.end)
        {
            continue;
        }
        let of = |found: &Found<DateReading>| {
            found.span.start < hit.span.end && hit.span.start < found.span.end
        };
        let purpose = uses
            .iter()
            .find(|(found, _, _)| of(found))
            .map(|(_, purpose, _)| *purpose);
        let asked = m.context().asks(Topic::BirthDate) || m.context().asks(Topic::Name);
        let past = date.saturating_add(jiff::Span::new().days(400)) < m.today;
        // "Og den lille?" – «Емілія. Чотирнадцятого березня цього року»: when the move is known, the day that stands
        // behind a child's name.
        let of_child = !u.is_staff()
            && m.has("move_date")
            && m.asked.kin().is_some_and(Kin::is_child)
            && !m.asked.questions().any(Topic::is_date)
            && u.words(u.words_in(&hit.span))
                .iter()
                .any(|w| names_month(w));
        let asked = asked || of_child;
        let birth = match purpose {
            Some(Use::Birth) => true,
            Some(Use::Move | Use::Nothing) | None if of_child => date <= m.today,
            Some(Use::Move) | None => past || m.context().asks(Topic::BirthDate) && date <= m.today,
            _ => false,
        };
        // "Hvornår døde din mand?"
        let died = m
            .staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "døde" | "død" | "dødsdato"));
        // «Ми з дружиною з Черкас, там і побралися, одинадцятого червня …», "dato for vielse"
        let wed = cues::left(u, 0, hit.span.start).iter().any(|w| {
            ["побрал", "одружил", "розписал", "весілл", "розлучил"]
                .iter()
                .any(|stem| w.starts_with(stem))
                || matches!(*w, "vielse" | "skilsmisse" | "dødsfald")
        });
        // «Ми з Петром так домовилися ще два роки тому»
        let ago = hit.value.kind == DateKind::Relative && purpose != Some(Use::Birth);
        if wed || ago {
            continue;
        }
        if died && !m.context().asks(Topic::BirthDate) && purpose != Some(Use::Birth) {
            continue;
        }
        if !birth || date > m.today || !(asked || past) {
            continue;
        }
        let person = match owner(u, refs, &hit.span) {
            Some(Who::Me) => Some(0),
            Some(Who::Person(id)) => Some(id),
            None if u.is_staff() => m.last_birth.or(Some(m.mover)),
            None if m.mover == 0 && m.asked_birth_of().is_some() => m
                .asked_birth_of()
                .and_then(|sex| m.third(sex, |id| !m.has(&Memory::key(id, "birth_date")))),
            None if m.mover == 0 && m.asked_of_third().is_some() => m
                .asked_of_third()
                .and_then(|sex| m.third(sex, |id| !m.has(&Memory::key(id, "birth_date")))),
            None => {
                let asked = m.context().asks(Topic::BirthDate);
                let about = m
                    .asked_person
                    .or_else(|| m.context().kin().and_then(|k| m.person_by_kin(k)));
                // «Ім'я, так. Народився п'ятого грудня …»: nobody else is spoken of.
                let own = purpose == Some(Use::Birth)
                    && m.mover == 0
                    && refs.iter().all(|r| r.weak || r.who == Who::Me)
                    && m.asked.kin().is_none()
                    && u.sentence_at(hit.span.start).is_some_and(|s| {
                        u.words(s.words.clone()).first().is_some_and(|w| {
                            matches!(*w, "народився" | "народилася" | "народилась")
                        })
                    });
                let asked = asked || own;
                about.or((asked && !m.has(&Memory::key(m.mover, "birth_date"))).then_some(m.mover))
            }
        };
        let Some(person) = person else { continue };
        // "Så har du lige haft fødselsdag i søndags": nobody who speaks for themselves is a child.
        let speaks = person == 0 || person == m.mover && m.mover == 0;
        if speaks && date.saturating_add(jiff::Span::new().years(14)) > m.today {
            continue;
        }
        let key = Memory::key(person, "birth_date");
        if u.is_staff() && read_out::names_another(m, u, &hit, person) {
            continue;
        }
        let heard = Heard::new(
            date.to_string(),
            u.evidence(hit.span.clone()),
            hit.confidence,
        )
        .unsure(hit.note.is_some() || u.is_staff() && !m.has(&key));
        let act = if m.objected && m.has(&key) {
            Act::Correct
        } else {
            Act::Say
        };
        let read = u.is_staff() && !m.has(&key) && read_out::reads(m, u, refs, &hit, person);
        if u.is_staff() && !m.has(&key) && !read {
            // "Fødselsdagen er den …, læser jeg": a value as soon as the citizen agrees.
            let left = cues::left(u, 0, hit.span.start);
            if purpose == Some(Use::Birth)
                && left
                    .iter()
                    .any(|w| w.starts_with("fødselsd") || *w == "født")
            {
                m.offer(&key, heard);
            }
            continue;
        }
        m.hear(&key, heard.act(act));
        m.dates_now.push((Use::Birth, date));
        m.last_birth = Some(person);
        // "Og din kone?" – a name and a birth date: she is one of those who move.
        let wanted = m.context().kin().is_some_and(|k| {
            let kin = m.person(person).and_then(|p| p.kin);
            k == Kin::Children && kin.is_some_and(Kin::is_child)
                || kin.is_some_and(|have| have.agrees(k))
        });
        let apart = Some(person) == m.host || Some(person) == m.other_parent;
        let asked_data = m.context().asks(Topic::BirthDate)
            || wanted && !apart && !m.context().asks(Topic::RelativesAbroad);
        // Whose birth date is told where the household is written down comes along.
        let listed = !u.is_staff()
            && !apart
            && (m.data_asked_turn > 0 || m.has(&Memory::key(m.mover, "cpr_number")))
            && !m.context().asks(Topic::RelativesAbroad)
            && m.person(person)
                .and_then(|p| p.kin)
                .is_some_and(|k| k.is_child() || k.is_couple() || k.relation() == Some("parent"));
        if person != 0
            && (asked_data || listed)
            && let Some(somebody) = m.person_mut(person)
            && somebody.moves.is_none()
        {
            somebody.moves = Some(true);
        }
        let minor = date.saturating_add(jiff::Span::new().years(18)) > m.today;
        if minor && !apart && !u.is_staff() && m.mover == 0 {
            minors::child_by_age(m, u, person);
        }
    }
}
