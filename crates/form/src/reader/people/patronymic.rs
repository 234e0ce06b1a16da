//! «По батькові Іванович»: the father's name, which no Danish form has and whose working field keeps it for the
//! spelling of the whole.

use super::*;

/// The beliefs that hold somebody's name; they go together where a name turns out to be somebody else's.
pub(in crate::reader) const NAME_FIELDS: [&str; 5] = [
    "given_names",
    "surname",
    "given_names_native",
    "surname_native",
    PATRONYMIC,
];

/// The belief that holds a patronymic, in Cyrillic letters and the nominative.
pub(in crate::reader) const PATRONYMIC: &str = "patronymic_native";

/// A patronymic that was said with the name that is written for `id`.
pub(super) fn of_name(m: &mut Memory, u: &Utterance<'_>, id: PersonId, name: &PersonName) {
    if u.lang() != Lang::Uk {
        return;
    }
    if let Some(part) = name.parts.iter().find(|p| p.kind == PartKind::Patronymic) {
        m.note(
            &Memory::key(id, PATRONYMIC),
            &part.native,
            u.evidence(part.span.clone()),
        );
    }
}

/// «А по батькові Остапівна.», «Миколайович — то по батькові»: it is named for what it is, and nobody else's. The
/// mover's, where it fits their sex.
pub(in crate::reader) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || u.lang() != Lang::Uk {
        return;
    }
    let words = u.all_words();
    let named = words
        .windows(2)
        .position(|w| w[0] == "по" && matches!(w[1], "батькові" | "батюшці"));
    // "Father" itself is in the word for it.
    let other = |w: &&str| *w != "батькові" && kin(w, Lang::Uk).is_some();
    let others = words.iter().any(other);
    let Some(named) = named.filter(|_| !others && m.asked.kin().is_none()) else {
        return;
    };
    let is_one = |at: &usize| names::is_patronymic(&u.token(*at).text);
    // «Михайло Петрович, а по батькові Іванович»: a surname may look like one.
    let behind = (named + 2..words.len().min(named + 4)).find(is_one);
    let Some(word) = behind.or_else(|| (0..named).rev().find(is_one)) else {
        return;
    };
    let (native, gender) = names::patronymic_nominative(&u.token(word).text);
    let sex = match gender {
        Gender::Feminine => Sex::Female,
        Gender::Masculine => Sex::Male,
    };
    let id = m.mover;
    if m.person(id)
        .and_then(|p| p.sex)
        .is_some_and(|have| have != sex)
    {
        return;
    }
    let mut letters = native.chars();
    let native: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    let span = u.token(word).span.clone();
    m.note(&Memory::key(id, PATRONYMIC), &native, u.evidence(span));
}
