//! Relatives who were spoken of without a name, and the name that comes later; names of nobody here.

use super::*;

/// "Min svigermor hedder Gudrun": somebody of the employee's own.
pub(super) fn of_the_employee(u: &Utterance<'_>, word: usize) -> bool {
    let before = u.words(word.saturating_sub(4)..word);
    let mine = before.windows(2).any(|w| {
        matches!(w[0], "min" | "mit" | "mine" | "vores") && kin(w[1], u.lang()).is_some()
            || matches!(w[0], "min" | "vores")
                && (w[1].starts_with("sviger") || w[1].ends_with("kollega"))
    });
    mine && before
        .last()
        .is_some_and(|w| matches!(*w, "hedder" | "hed" | "hedder,"))
}

/// A name that answers a question about the children's other parent.
pub(super) fn parent_named(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    follows: usize,
) -> Option<PersonId> {
    let given = name.given()?;
    let sex = match name.gender? {
        Gender::Feminine => Sex::Female,
        Gender::Masculine => Sex::Male,
    };
    let before = u.words(word.saturating_sub(2)..word);
    let after = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    let whose = if sex == Sex::Male { "його" } else { "її" };
    let calls = |w: &str| matches!(w, "звати" | "звуть" | "зовуть");
    let tells = matches!(after.as_slice(), [a, b] if *a == whose && calls(b))
        || matches!(before.as_slice(), [a, b] if *a == whose && calls(b) || *b == whose && calls(a));
    let opens = before.is_empty()
        || u.sentences.iter().any(|s| s.words.start == word)
        || matches!(before.as_slice(), ["так" | "один" | "одна" | "це" | "ні"])
        // «Мама на Закарпатті, пані Ірена», «унизу її підпис: Лариса Білан»
        || matches!(before.last(), Some(&("пан" | "пані" | "підпис" | "звати" | "звуть")))
            && name.surname().is_some();
    // Whoever has that name already is known.
    let known = m.people.iter().any(|p| {
        m.text(&Memory::key(p.id, "given_names"))
            .is_some_and(|have| same(have, &given))
    });
    // «З колишнім на двох, Мороз Віктор»
    let spoken_now = m.parent_spoken.is_some_and(|(turn, of)| {
        // … and without signs the name stands anywhere in the answer.
        let answers = !u.written && turn + 1 == m.turns;
        (turn == m.turns || answers) && of == sex
    }) && name.surname().is_some();
    if known {
        return None;
    }
    if shares(m, &before, u, follows) {
        return crate::reader::families::named_parent(m, sex, true);
    }
    if !(opens || tells || spoken_now) {
        return None;
    }
    crate::reader::families::named_parent(m, sex, tells)
}

/// "Er du alene om forældremyndigheden?" – «Ні, з Федотом удвох»
fn shares(m: &Memory, before: &[&str], u: &Utterance<'_>, follows: usize) -> bool {
    let after = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    m.asked.asks(Topic::Custody)
        && !u.is_staff()
        && matches!(before.last(), Some(&("з" | "із" | "зі")))
        && (matches!(
            after.first(),
            Some(&("удвох" | "вдвох" | "спільно" | "порівну" | "навпіл" | "разом"))
        ) || after == ["на", "двох"])
}

/// "Hvad hedder de to, der bliver?": the one of that sex who stays and has no name yet.
pub(super) fn stayer(m: &Memory, name: &PersonName) -> Option<PersonId> {
    let sex = sex_of(name)?;
    name.given()?;
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asked = says(&["bliver", "blev", "tilbage", "boende"])
        && says(&["hedder", "hvem", "navn", "navne"])
        && !says(&["flytter", "med", "børnene"]);
    let mut open = m.people.iter().filter(|p| {
        p.id != 0
            && p.stays_behind
            && p.moves == Some(false)
            && p.sex.is_none_or(|s| s == sex)
            && !m.has(&Memory::key(p.id, "given_names"))
    });
    // «…, а син лишається з татом.» – "Hvad hedder børnene?" – «Артемові дванадцять»
    let children = m.asked.kin().is_some_and(Kin::is_child);
    let one = open
        .next()
        .filter(|p| asked || children && p.sex == Some(sex) && p.kin.is_some_and(Kin::is_child))?;
    let comes = m.people.iter().any(|p| {
        p.kin.is_some_and(Kin::is_child)
            && p.sex == Some(sex)
            && p.moves != Some(false)
            && !m.has(&Memory::key(p.id, "given_names"))
    });
    (open.next().is_none() && (asked || !comes)).then_some(one.id)
}

/// «А в нього: одинадцять, нуль три … Ігор.», "bor han der stadig?" – «Так, Юрко лишився»: the one relative
/// spoken of just now who has no name yet and can bear this one.
pub(super) fn only_nameless(m: &Memory, name: &PersonName) -> Option<PersonId> {
    let sex = name.gender.map(|g| match g {
        Gender::Feminine => Sex::Female,
        Gender::Masculine => Sex::Male,
    })?;
    let mut open = m.people.iter().filter(|p| {
        let recent = p.last_turn + 1 >= m.turns;
        let asked = m.asked.is_about(Target::Third) && p.kin.is_some_and(Kin::is_couple);
        p.id != 0
            && (recent || asked)
            && p.sex == Some(sex)
            && p.kin
                .is_some_and(|k| k.is_couple() || k.is_child() || k.relation() == Some("parent"))
            && !m.has(&Memory::key(p.id, "given_names"))
    });
    let one = open.next()?;
    open.next().is_none().then_some(one.id)
}

pub(super) fn said_in_nominative(u: &Utterance<'_>, part: &names::NamePart) -> bool {
    let said = u.said.get(part.span.clone()).unwrap_or("");
    tolkebot_values::fold(said) == tolkebot_values::fold(&part.native)
}

pub(super) fn child_of(name: &PersonName) -> Kin {
    match name.gender {
        Some(Gender::Feminine) => Kin::Daughter,
        Some(Gender::Masculine) => Kin::Son,
        None => Kin::Child,
    }
}

/// "Og den lille?", "… og knægten": a turn that ends in nothing but the word for a child asks for its data.
pub(super) fn asked_by_word_alone(staff: &[String]) -> bool {
    let words: Vec<&str> = staff.iter().map(String::as_str).collect();
    let child = |w: &str| {
        kin(w, Lang::Da).is_some_and(Kin::is_child)
            || matches!(
                w,
                "store"
                    | "mindste"
                    | "yngste"
                    | "ældste"
                    | "næste"
                    | "mellemste"
                    | "anden"
                    | "tredje"
            )
    };
    match words.as_slice() {
        [.., "og" | "så", word] | [.., "og" | "så", "den" | "din" | "dit" | "jeres", word] => {
            child(word)
        }
        ["den" | "din" | "dit" | "jeres", word] | [word] => child(word),
        _ => false,
    }
}

/// "Hans CPR-nummer?", "Hans fulde navn": the pronoun and nobody called Hans.
pub(super) fn is_his(u: &Utterance<'_>, word: usize) -> bool {
    // "Hans er tres enogtyve syvogfyrre …": his number.
    let number = |at: usize| {
        u.word_tokens
            .get(at)
            .is_some_and(|t| tolkebot_values::numbers::read_at(&u.tokens, *t, u.lang()).is_some())
    };
    let told = number(word + 1)
        || number(word + 2)
            && matches!(u.token(word + 1).text.as_str(), "er" | "ender" | "slutter");
    u.token(word).text == "hans"
        && (told
            || u.words(word + 1..(word + 2).min(u.word_tokens.len()))
                .iter()
                .any(|w| {
                    w.starts_with("cpr")
                        || w.starts_with("telefon")
                        || matches!(*w, "nummer" | "navn" | "fulde" | "mor" | "far" | "adresse")
                }))
}

/// «Я його онука, Костів Ярина», «я донька, Марія»: the speaker by what they are to the other.
pub(super) fn describes_me(lang: Lang, before: &[&str]) -> bool {
    match before {
        [.., "я", "його" | "її" | "їхня" | "їхній", word] | [.., "я", word] => {
            kin(word, lang).is_some()
        }
        _ => false,
    }
}

/// «Троє: я, Ілля і Міла», «я, дружина, Карина»: what stands behind «я» and a comma is the next in a list; but «я його
/// онука, Ярина» is one person.
pub(super) fn listed_behind_me(u: &Utterance<'_>, name: usize, before: &[&str]) -> bool {
    let Some(back) = before.iter().rev().position(|word| *word == "я") else {
        return false;
    };
    let sign = |word: usize| u.tokens[u.word_tokens[word] - 1].is_sign(',');
    u.written && sign(name - back)
}

/// "Hvad er hendes navn?" about nobody who was spoken of: never the citizen.
pub(super) fn asked_of_nobody(m: &Memory) -> bool {
    let third = m.staff_words.windows(2).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("hendes" | "hans", "navn" | "fulde") | ("hedder", "hun" | "han")
        )
    });
    third
        && !m.asked.is_about(Target::ParentOfThird)
        && m.focus == 0
        && m.mover == 0
        && m.asked.asks(Topic::Name)
        && m.asked.kin().is_none()
}

/// … but the one for whom a power of attorney was given, or whoever lets the citizen in.
pub(super) fn named_by_pronoun(m: &mut Memory, given: bool) -> Option<PersonId> {
    let named = |m: &Memory, id: PersonId| {
        m.belief(&Memory::key(id, "given_names"))
            .is_some_and(|b| b.is_said())
    };
    let lends = matches!(
        m.text("dwelling.type"),
        Some("sublet" | "room" | "rented_private")
    ) || m.text_is("dwelling.others_registered", true);
    // Somebody with a power of attorney is asked for the one who moves.
    if m.has("poa.used") && given && named(m, 0) {
        let id = m.add_person(None);
        crate::reader::moves::become_mover(m, id);
        return Some(id);
    }
    let id = match m.host {
        Some(id) if !named(m, id) => id,
        None if lends => m.add_person(None),
        _ => return None,
    };
    m.host = Some(id);
    Some(id)
}

/// "Dit navn og drengens nummer?" – «Олег Кривенко …»: the name that comes first is one's own.
pub(super) fn own_name_asked(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    word == 0
        && !u.is_staff()
        && m.mover == 0
        && !m.has(&Memory::key(0, "given_names"))
        && m.staff_words
            .windows(2)
            .any(|w| w[0] == "dit" && matches!(w[1].as_str(), "navn" | "fornavn" | "fulde"))
}
