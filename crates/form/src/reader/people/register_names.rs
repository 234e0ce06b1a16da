//! The employee finds the citizen by the CPR number, or reads the passport, and says the name that stands
//! there: "… otteogfyrre. Inna Lepska?", "… fire og halvfjerds lina rud", "tak der står melnychuk ostap".

use super::*;

/// Whether the employee's present turn may say the mover's name from the register or a paper: the number was
/// given a moment ago, or a passport was asked for.
pub(super) fn reads_register(m: &Memory) -> bool {
    let number = m.last_cpr == Some(m.mover)
        && m.last_cpr_turn + 1 >= m.turns
        && m.has(&Memory::key(m.mover, "cpr_number"));
    number || reads_passport(m)
}

fn reads_passport(m: &Memory) -> bool {
    m.turns <= 6
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
        && (number_just_said(m, u) || reads_passport(m));
    if !open {
        return None;
    }
    let number = tolkebot_values::cpr::find_expected(&u.turn.text, u.lang());
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
        )
    };
    let at = (from..u.word_tokens.len())
        .take(6)
        .find(|w| !filler(&u.token(*w).text))?;
    if at + 1 >= u.word_tokens.len() || at > from && number.is_empty() && at == 0 {
        return None;
    }
    let (first, second) = (u.token(at), u.token(at + 1));
    if u.written && !(first.capital && second.capital) {
        return None;
    }
    let pair = format!("{} {}", capital(&first.text), capital(&second.text));
    let found = names::find(&pair, Lang::Da);
    let [name] = found.as_slice() else { return None };
    let span = first.span.start..second.span.end;
    let known = name.value.gender.is_some();
    let (given, surname) = (name.value.given()?, name.value.surname()?);
    if !known || name.span != (0..pair.len()) {
        return None;
    }
    let id = m.mover;
    if let Some(person) = m.person_mut(id) {
        person.sex = person.sex.or(match name.value.gender {
            Some(Gender::Feminine) => Some(Sex::Female),
            Some(Gender::Masculine) => Some(Sex::Male),
            None => None,
        });
    }
    write_name(m, u, id, "given_names", &given, span.clone(), 0.8, !u.written);
    write_name(m, u, id, "surname", &surname, span.clone(), 0.8, !u.written);
    Some(span)
}

/// The mover's number was said in the turn before, or is read back in this one.
fn number_just_said(m: &Memory, _u: &Utterance<'_>) -> bool {
    m.last_cpr == Some(m.mover) && m.last_cpr_turn + 1 >= m.turns
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
