//! A name goes into the memory of whose it is.

use super::*;

/// Whose name it is; writes it into memory.
pub(super) fn take_name(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &Found<PersonName>,
    word: usize,
    near: Option<(Kin, PersonId, usize)>,
    last: Option<Who>,
) -> Option<PersonId> {
    let given = name.value.given();
    let mut surname = name.value.surname();
    let mut surname_span = None;
    let mut word = word;
    // «Дорош Лілія»: a surname that only its place shows.
    if surname.is_none()
        && given.is_some()
        && let Some((latin, span)) = surname_before(u, word, m.asked.asks(Topic::Name))
    {
        surname = Some(latin);
        surname_span = Some(span);
        word -= 1;
    }
    if surname.is_none()
        && given.is_some()
        && let Some((latin, span)) = surname_before_me(u, word)
    {
        surname = Some(latin);
        surname_span = Some(span);
    }
    let before: Vec<&str> = u.words(word.saturating_sub(3)..word);
    if matches!(before.last(), Some(&("не" | "ikke" | "як" | "som"))) {
        return None;
    }
    if !u.is_staff() && is_called(u, name, word) {
        greeted(m, u, name, word);
        return None;
    }
    // «Віа Сараґоцца, вісімнадцять»: an Italian street.
    if matches!(u.token(word).text.as_str(), "віа" | "via") {
        return None;
    }
    let follows = u.word_at(name.span.end);
    if of_other_sex(u, &name.value, follows) || unheld::is_nobody(m, u, &name.value, word, near) {
        return None;
    }
    if let Some(id) = by_marriage(m, u, &name.value, &before, last) {
        return Some(id);
    }
    if unheld::is_surname_of_nobody(u, &name.value, word, near) {
        return None;
    }
    if u.is_staff() && (of_the_employee(u, word) || is_his(u, word) || before_street(u, follows)) {
        return None;
    }
    if !u.is_staff()
        && let Some(id) = parent_named(m, u, &name.value, word, follows)
    {
        touch(m, id);
        write_parts(m, u, id, name, surname, surname_span);
        return Some(id);
    }
    if let Some(id) = parent_by_staff(m, u, &name.value, follows) {
        touch(m, id);
        write_parts(m, u, id, name, surname, surname_span);
        return Some(id);
    }
    if let Some(id) = parent_behind(m, u, &name.value, follows) {
        touch(m, id);
        write_parts(m, u, id, name, surname, surname_span);
        return Some(id);
    }
    if !u.is_staff()
        && let Some(id) = whose_child(m, u, &name.value, follows)
    {
        touch(m, id);
        write_parts(m, u, id, name, surname, surname_span);
        return Some(id);
    }
    if !u.is_staff()
        && let Some(owner) = called(m, u, &name.value, word, follows)
    {
        let id = owner?;
        touch(m, id);
        write_parts(m, u, id, name, surname, surname_span);
        return Some(id);
    }
    let id = match owned_by_kin(
        m,
        u,
        &name.value,
        follows,
        given.is_some() && near.is_none(),
    ) {
        Some(id) => id,
        None => match decide(m, u, &name.value, word, near, &before, last) {
            Some(id) => id,
            None => match listed_child(m, u, &name.value, follows, &before)
                .or_else(|| numbered_companion(m, u, &name.value, follows, &before))
            {
                Some(id) => id,
                None if given.is_some() && m.has(&Memory::key(0, "given_names")) => {
                    crate::reader::moves::on_behalf::resident(m, u)?
                }
                None => return None,
            },
        },
    };
    touch(m, id);
    write_parts(m, u, id, name, surname, surname_span);
    Some(id)
}

/// «свідоцтво про народження Казимира, сина»: a man's name in another case, that a woman could have in the
/// nominative. The relative behind it tells which.
fn of_other_sex(u: &Utterance<'_>, name: &PersonName, follows: usize) -> bool {
    let Some(sex) = sex_of(name).filter(|_| !u.is_staff() && name.surname().is_none()) else {
        return false;
    };
    let relative = u
        .word_tokens
        .get(follows)
        .and_then(|_| kin(&u.token(follows).text, u.lang()))
        .and_then(Kin::sex);
    // «я юлія чоловік єгор»: a nominative goes with no other case.
    let nominative = u.word_tokens.get(follows).is_some_and(|_| {
        let word = u.token(follows).text.as_str();
        !word.ends_with(['а', 'я', 'у', 'ю', 'м', 'і'])
            || matches!(word, "мама" | "сестра" | "донька" | "бабуся")
    });
    !nominative
        && relative.is_some_and(|other| other != sex)
        && follows > 0
        && same_sentence(u, follows - 1, follows)
        && name.parts.iter().all(|p| p.native.ends_with(['а', 'я']))
}

/// "Orestova", "Denysiv", "Mariin": the given name of somebody known with the ending of a possessive.
pub(super) fn is_possessive(m: &Memory, id: PersonId, said: &str) -> bool {
    m.people.iter().filter(|p| p.id != id).any(|p| {
        let Some(name) = m.text(&Memory::key(p.id, "given_names")) else {
            return false;
        };
        let name = name.to_lowercase();
        let stem = name.trim_end_matches(['a', 'o', 'i', 'y']);
        stem.len() >= 3
            && said.to_lowercase().strip_prefix(stem).is_some_and(|rest| {
                matches!(
                    rest,
                    "ova" | "eva" | "ieva" | "yna" | "ina" | "in" | "yn" | "iv"
                )
            })
    })
}

/// Writes the parts of a name into the beliefs about a person.
pub(super) fn write_parts(
    m: &mut Memory,
    u: &Utterance<'_>,
    id: PersonId,
    name: &Found<PersonName>,
    surname: Option<String>,
    surname_span: Option<Range<usize>>,
) {
    let given = name.value.given();
    if let Some(person) = m.person_mut(id)
        && person.sex.is_none()
    {
        person.sex = name.value.gender.map(|g| match g {
            Gender::Feminine => Sex::Female,
            Gender::Masculine => Sex::Male,
        });
    }
    let diminutive = name
        .note
        .as_ref()
        .is_some_and(|n| n.reason == Reason::Diminutive);
    // A pet name does not replace the full one.
    let full = m
        .belief(&Memory::key(id, "given_names"))
        .is_some_and(|b| !b.is_unsure());
    // «в Ореста на Злату»: a man's name in another case is no woman's.
    let other_case = given.as_ref().is_some_and(|given| {
        m.text(&Memory::key(id, "given_names"))
            .is_some_and(|have| have != given && same(have, given))
            && matches!(
                (m.person(id).and_then(|p| p.sex), name.value.gender),
                (Some(Sex::Male), Some(Gender::Feminine))
                    | (Some(Sex::Female), Some(Gender::Masculine))
            )
    });
    let pet = diminutive && full || other_case;
    // «Мартуся» … «Марта»: the pet name makes room, also where the employee repeated it.
    let long = !diminutive
        && !u.is_staff()
        && m.text(&Memory::key(id, "short_for")).is_some_and(|list| {
            given
                .as_ref()
                .is_some_and(|g| list.split('|').any(|full| full.eq_ignore_ascii_case(g)))
        });
    if long {
        m.forget(&Memory::key(id, "given_names"));
        m.forget(&Memory::key(id, "short_for"));
    }
    // «Злата Орестова»: whose child she is, and no surname.
    let surname = surname.filter(|said| !is_possessive(m, id, said));
    if diminutive {
        let list: Vec<&str> = name
            .value
            .parts
            .iter()
            .flat_map(|p| p.short_for.iter().map(String::as_str))
            .collect();
        let evidence = u.evidence(name.span.clone());
        m.note(&Memory::key(id, "short_for"), &list.join("|"), evidence);
    }
    patronymic::of_name(m, u, id, &name.value);
    for (field, value, kind) in [
        ("given_names", given.filter(|_| !pet), PartKind::Given),
        ("surname", surname, PartKind::Surname),
    ] {
        let Some(value) = value else { continue };
        let parts: Vec<_> = name.value.parts.iter().filter(|p| p.kind == kind).collect();
        let span = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => surname_span
                .clone()
                .filter(|_| field == "surname")
                .unwrap_or(name.span.clone()),
        };
        let certain = parts.iter().all(|p| p.certain);
        let confidence = if certain { 0.85 } else { 0.6 };
        write_name(
            m,
            u,
            id,
            field,
            &value,
            span,
            confidence,
            diminutive || !certain,
        );
        if u.lang() == Lang::Uk && !name.value.danish {
            let native: Vec<&str> = parts.iter().map(|p| p.native.as_str()).collect();
            let key = Memory::key(id, &format!("{field}_native"));
            m.note(&key, &native.join(" "), u.evidence(name.span.clone()));
        }
    }
}

pub(super) fn joins_children(m: &mut Memory, id: PersonId) -> PersonId {
    // «Старший син лишається.» – "Hvad hedder han?": to be asked for his name brings nobody along.
    if let Some(person) = m.person_mut(id)
        && !(person.stays_behind && person.moves == Some(false))
    {
        person.moves = Some(true);
    }
    id
}

/// A name beside a word for a relative: «донька Еміла», «двоє дітей, Максим і Злата».
pub(super) fn of_relative(m: &mut Memory, kin: Kin, id: PersonId, name: &PersonName) -> PersonId {
    if kin == Kin::Children || id == PersonId::MAX {
        let id = m.add_person(Some(child_of(name)));
        return joins_children(m, id);
    }
    let has_other = m
        .text(&Memory::key(id, "given_names"))
        .is_some_and(|have| name.given().is_some_and(|g| !same(have, &g)));
    if has_other
        && (kin.is_child()
            || matches!(
                kin,
                Kin::Brother | Kin::Sister | Kin::Friend | Kin::Relative | Kin::Landlord
            ))
    {
        let moves = m.person(id).and_then(|p| p.moves);
        let fresh = m.add_person(Some(kin));
        if let Some(person) = m.person_mut(fresh) {
            person.moves = moves;
        }
        return fresh;
    }
    id
}

/// «То малий мій, Лука»: the word before «мій» says who it is.
pub(super) fn told_before_mine(u: &Utterance<'_>, before: &[&str]) -> bool {
    before
        .len()
        .checked_sub(2)
        .is_some_and(|at| kin(before[at], u.lang()).is_some())
}

/// Writes a whole name of somebody who is meant by it.
pub(in crate::reader) fn write_whole(
    m: &mut Memory,
    u: &Utterance<'_>,
    id: PersonId,
    name: &Found<PersonName>,
) {
    touch(m, id);
    write_parts(m, u, id, name, name.value.surname(), None);
}

pub(super) fn touch(m: &mut Memory, id: PersonId) {
    let turn = m.turns;
    if let Some(person) = m.person_mut(id) {
        person.last_turn = turn;
    }
}
