//! Who has a number noted or says it aloud, and not whose it is.

use super::*;

/// How far behind the person it is said what they do with the number.
const NEAR: usize = 5;

/// "Dit CPR-nummer?" – «Мама мені записала: …», «донька підкаже: …», «у чоловіка в телефоні: …»: the answer to a question
/// for one's own number is one's own.
pub(super) fn without_writers(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    span: &Range<usize>,
) -> Vec<Ref> {
    if !own_is_asked_for(m, u) {
        return refs.to_vec();
    }
    refs.iter()
        .filter(|r| r.who == Who::Me || same_sentence(u, r, span) && !keeps_it(u, r, span))
        .cloned()
        .collect()
}

/// "Hvad er dit CPR-nummer?", while the one who moves has none.
pub(super) fn own_is_asked_for(m: &Memory, u: &Utterance<'_>) -> bool {
    !u.is_staff()
        && m.mover == 0
        && !lacks_own(u)
        && !m.has(&Memory::key(0, "cpr_number"))
        && m.asked.asks(Topic::Cpr)
        && (m.asked.is_about(Target::You) && m.asked.kin().is_none() || names_own(m))
        && m.asked_person.is_none()
}

/// «Свою забула, є тільки чоловіка», «у мене ще немає, чоловік має»: whoever lacks their own tells another one's; «не
/// пам'ятаю, мама записала» only does not know it by heart.
fn lacks_own(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let noted = [
        "написа",
        "записа",
        "скину",
        "продикт",
        "підкаж",
        "сфотогр",
        "телефон",
    ];
    if words
        .iter()
        .any(|w| noted.iter().any(|stem| w.starts_with(stem)))
    {
        return false;
    }
    let lacks = |w: &&str| matches!(*w, "нема" | "немає") || w.starts_with("забу");
    words.iter().any(lacks)
        || words.windows(2).any(|w| {
            w[0] == "не"
                && ["маю", "пам'ята", "знаю", "взя"]
                    .iter()
                    .any(|stem| w[1].starts_with(stem))
        })
}

/// «Ігор Стельмах, ось картка жовта, нею я ще платив. Номер …»: the number of who has just told their own name, where
/// nobody is named in between.
pub(super) fn named_themselves(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    span: &Range<usize>,
) -> bool {
    if u.is_staff()
        || m.mover != 0
        || m.has(&Memory::key(0, "cpr_number"))
        || !m.asked.asks(Topic::Name)
    {
        return false;
    }
    let told = ["given_names", "surname"].iter().filter_map(|field| {
        let slot = m.belief(&Memory::key(0, field))?.slot()?;
        let last = slot.evidence.last()?;
        (last.turn == u.turn.n && last.bytes.end <= span.start).then_some(last.bytes.end)
    });
    let Some(name) = told.max() else { return false };
    !refs.iter().any(|r| {
        matches!(r.who, Who::Person(id) if id != 0)
            && (r.bytes.start >= span.end
                || r.bytes.start >= name && (!r.pronoun || same_sentence(u, r, span)))
    })
}

/// "Dit navn og CPR først, og så konens": "dit" of something that is not somebody.
pub(super) fn names_own(m: &Memory) -> bool {
    m.staff_words.windows(2).any(|w| {
        matches!(w[0].as_str(), "dit" | "dine")
            && ["navn", "cpr", "nummer", "personnummer", "fulde", "fornavn"]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    })
}

/// «Я і Матвій, син. Номер …»: of who comes along, and not whose number it is.
fn same_sentence(u: &Utterance<'_>, r: &Ref, span: &Range<usize>) -> bool {
    u.sentence_at(span.start)
        .is_none_or(|s| s.bytes.contains(&r.bytes.start) || r.bytes.start >= span.end)
}

/// Between the person and the number stands that they have it noted, remember it or say it.
fn keeps_it(u: &Utterance<'_>, r: &Ref, span: &Range<usize>) -> bool {
    if r.bytes.end > span.start {
        return false;
    }
    let from = u.word_at(r.bytes.end);
    let to = u.word_at(span.start).min(from + NEAR);
    let between = u.words(from..to.max(from));
    let verb = between.iter().any(|w| {
        [
            "написа",
            "записа",
            "скину",
            "дикту",
            "продикту",
            "підкаж",
            "підказ",
            "пам'ята",
            "нагада",
            "збері",
            "сфотогр",
            "знає",
            "каже",
            "сказа",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let place = between.windows(2).any(|w| {
        matches!(w[0], "в" | "у" | "на")
            && [
                "телефон",
                "мобіл",
                "блокнот",
                "записн",
                "папір",
                "папер",
                "нотат",
                "сумц",
                "гаман",
            ]
            .iter()
            .any(|stem| w[1].starts_with(stem))
    });
    verb || place
}

/// "Og Mark: 150518-5679": whoever is named right before the number and has none.
pub(super) fn named_without(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    hit: &Found<CprNumber>,
) -> Option<PersonId> {
    match owner(u, refs, &hit.span)? {
        Who::Person(id) if !m.has(&Memory::key(id, "cpr_number")) => {
            let at = u.word_at(hit.span.start);
            refs.iter()
                .any(|r| r.who == Who::Person(id) && !r.pronoun && u.word_at(r.bytes.end) == at)
                .then_some(id)
        }
        _ => None,
    }
}

/// "271271-2346? Jeg finder 271277-2346.": the second of two numbers of an employee's turn that are nearly the same.
pub(super) fn other_reading(
    u: &Utterance<'_>,
    found: &[Found<CprNumber>],
) -> Option<Found<CprNumber>> {
    let [first, second] = found else { return None };
    let (a, b) = (first.value.formatted(), second.value.formatted());
    // Twins' numbers have their day in common, and more than two other digits.
    let differing = a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
    (u.is_staff() && (1..=2).contains(&differing)).then(|| second.clone())
}

/// Neither of two readings is settled by having been said: the citizen is offered the one that was found.
pub(super) fn offers_other(m: &mut Memory, u: &Utterance<'_>, other: &Found<CprNumber>) {
    let value = other.value.formatted();
    let near = m.people.iter().map(|p| p.id).find(|id| {
        m.text(&Memory::key(*id, "cpr_number"))
            .is_some_and(|known| !unlike(known, &value))
    });
    let Some(key) = near.map(|id| Memory::key(id, "cpr_number")) else {
        return;
    };
    if let Some(belief) = m.beliefs.get_mut(&key) {
        belief.contest();
    }
    if m.text(&key) != Some(value.as_str()) {
        let evidence = u.evidence(other.span.clone());
        m.offer(&key, Heard::new(value.as_str(), evidence, other.confidence));
    }
}
