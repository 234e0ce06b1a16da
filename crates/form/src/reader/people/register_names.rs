//! The employee finds the citizen by the CPR number, or reads the passport, and says the name that stands
//! there: "… otteogfyrre. Inna Lepska?", "… fire og halvfjerds lina rud", "tak der står melnychuk ostap".

use super::*;

/// Whether the employee's present turn may say the mover's name from the register or a paper: the number was
/// given, or a passport was asked for.
pub(super) fn reads_register(m: &Memory, u: &Utterance<'_>, name: &PersonName) -> bool {
    // "Bliver Marek boende?" holds one name.
    let verb = u.all_words().first().is_some_and(|w| asks(w));
    let whole = name.given().is_some() && name.surname().is_some() && !name.danish && !verb;
    let number = m.has(&Memory::key(m.mover, "cpr_number"));
    m.asked.kin().is_none()
        && (number_just_said(m)
            || whole && number
            || reads_passport(m)
            || whole && m.mover == 0 && crate::reader::passport::has_it(u))
}

fn reads_passport(m: &Memory) -> bool {
    m.talked <= 8
        && m.mover == 0
        && m.shown
            .iter()
            .any(|(paper, _)| matches!(*paper, "passport" | "residence_permit"))
}

/// Takes the name that stands right behind the number, where nobody said one yet.
pub(super) fn register_name(m: &mut Memory, u: &Utterance<'_>) -> Option<Range<usize>> {
    let open = u.is_staff()
        && u.lang() == Lang::Da
        && !m.has(&Memory::key(m.mover, "given_names"))
        && (number_just_said(m) || reads_passport(m));
    if !open {
        return None;
    }
    let number = tolkebot_values::cpr::find_expected(&u.said, u.lang());
    let from = number.first().map_or(0, |hit| u.word_at(hit.span.end));
    let filler = |w: &str| {
        matches!(
            w,
            "ja" | "tak"
                | "okay"
                | "og"
                | "så"
                | "det"
                | "er"
                | "der"
                | "står"
                | "navnet"
                | "du"
                | "hedder"
                | "altså"
                | "fint"
                | "godt"
                | "her"
                | "passet"
                | "i"
                | "stadig"
        )
    };
    let at = (from..u.word_tokens.len())
        .take(6)
        .find(|w| !filler(&u.token(*w).text))?;
    if at + 1 >= u.word_tokens.len() {
        return None;
    }
    let (first, second) = (u.token(at), u.token(at + 1));
    if u.written && !(first.capital && second.capital) || asks(&first.text) {
        return None;
    }
    let span = first.span.start..second.span.end;
    let (first, second) = (
        crate::reader::whereabouts::capital(&first.text),
        crate::reader::whereabouts::capital(&second.text),
    );
    // "tak hladka vasylyna": a passport has the surname first.
    let name = whole_name(&first, &second)
        .or_else(|| whole_name(&second, &first).filter(|_| first.chars().count() >= 5))?;
    let (given, surname) = (name.value.given()?, name.value.surname()?);
    let id = m.mover;
    if let Some(person) = m.person_mut(id) {
        person.sex = person.sex.or(match name.value.gender {
            Some(Gender::Feminine) => Some(Sex::Female),
            Some(Gender::Masculine) => Some(Sex::Male),
            None => None,
        });
    }
    write_name(
        m,
        u,
        id,
        "given_names",
        &given,
        span.clone(),
        0.8,
        !u.written,
    );
    write_name(m, u, id, "surname", &surname, span.clone(), 0.8, !u.written);
    Some(span)
}

/// "Bliver Marek boende?": a verb that opens a question.
fn asks(word: &str) -> bool {
    matches!(
        word,
        "bliver" | "er" | "bor" | "har" | "skal" | "flytter" | "kommer" | "hvad" | "hvem" | "vil"
    )
}

/// The two words as one name with a given name that the list has.
fn whole_name(first: &str, second: &str) -> Option<Found<PersonName>> {
    let pair = format!("{first} {second}");
    let found = names::find(&pair, Lang::Da);
    let [name] = found.as_slice() else {
        return None;
    };
    let whole = name.value.gender.is_some()
        && name.value.surname().is_some()
        && name.span == (0..pair.len());
    whole.then(|| name.clone())
}

/// The mover's number was said or asked for in the turn before.
fn number_just_said(m: &Memory) -> bool {
    let said = m.last_cpr == Some(m.mover) && m.last_cpr_turn + 1 >= m.turns;
    let asked = m.mover == 0 && m.asked_before.asks(Topic::Cpr) && m.asked_before.kin().is_none();
    said || asked
}
