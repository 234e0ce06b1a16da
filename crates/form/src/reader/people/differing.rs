//! Surnames that differ inside a family: «записана на тата, вона Демченко», «усі четверо Куц», «у нас прізвища різні».

use super::*;

/// Who bears the surname of whom, as a note of the person: the other parent's, or only another one.
pub(in crate::reader) const DIFFERS: &str = "surname_differs";
/// The surname of all the children, as a note of nobody.
pub(in crate::reader) const OF_CHILDREN: &str = "children.surname";

/// Reads what the citizen says about surnames that are not the citizen's own.
pub(in crate::reader) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || u.lang() != Lang::Uk {
        return;
    }
    asked_for_hers(m, u);
    for sentence in u.sentences.clone() {
        let words: Vec<String> = u
            .words(sentence.words.clone())
            .iter()
            .map(|w| (*w).to_owned())
            .collect();
        of_all(m, u, sentence.words.start, &words);
        couple(m, u, &words);
        let Some((first, last)) = after_other(&words) else {
            continue;
        };
        let start = sentence.words.start;
        let named = bearer(m, u, refs, start + first);
        let Some(person) = named.filter(|id| *id != m.mover) else {
            continue;
        };
        let evidence = u.evidence_of_words(&(start + first..start + last));
        m.note(&Memory::key(person, DIFFERS), "yes", evidence);
        let end = sentence.words.end.min(start + last + 4);
        let behind = (start + last..end).find(|w| is_other_surname(m, u, refs, *w));
        let before = (start..start + first)
            .rev()
            .take(1)
            .find(|w| is_other_surname(m, u, refs, *w));
        if let Some(word) = behind.or(before)
            && !m.has(&Memory::key(person, "surname"))
        {
            take_surname(m, u, person, word);
        }
    }
}

/// «на тата», «за татом», «по чоловікові»: the words, as a range in the sentence.
fn after_other(words: &[String]) -> Option<(usize, usize)> {
    words.windows(2).enumerate().find_map(|(at, pair)| {
        let hit = match (pair[0].as_str(), pair[1].as_str()) {
            ("за", "татом" | "батьком" | "мамою" | "матір'ю" | "чоловіком" | "вітчимом") => {
                true
            }
            (
                "по",
                "татові"
                | "тату"
                | "батькові"
                | "батьку"
                | "мамі"
                | "матері"
                | "чоловікові"
                | "чоловіку",
            ) => true,
            ("на", "тата" | "татка" | "батька" | "маму" | "чоловіка") => {
                words
                    .iter()
                    .any(|w| w.starts_with("запис") || w.starts_with("прізвищ"))
            }
            ("прізвище", "татове" | "батькове" | "мамине" | "чоловікове" | "інше") => {
                true
            }
            ("татове" | "батькове" | "мамине", "прізвище") => true,
            _ => false,
        };
        hit.then_some((at, at + 2))
    })
}

/// Whose surname it is: the last one named before the words, in this sentence or the one before.
fn bearer(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> Option<PersonId> {
    let byte = u.token(word).span.start;
    let named = refs.iter().rev().find(|r| {
        r.bytes.end <= byte
            && !r.weak
            && matches!(r.who, Who::Person(id) if Some(id) != m.other_parent
                && m.person(id).and_then(|p| p.kin).is_none_or(|k| !matches!(k, Kin::Father | Kin::Mother)))
    })?;
    match named.who {
        Who::Person(id) => Some(id),
        Who::Me => None,
    }
}

fn is_other_surname(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> bool {
    let token = u.token(word);
    let inside = refs
        .iter()
        .any(|r| r.bytes.contains(&token.span.start) && !r.pronoun);
    token.is_cyrillic()
        && !inside
        && !names::is_patronymic(&token.text)
        && names::to_nominative(&token.text).is_none()
        && is_surname_word(m, u, word)
}

/// «Усі четверо Куц, за татом», «діти всі Куц»: the children asked about.
fn of_all(m: &mut Memory, u: &Utterance<'_>, start: usize, words: &[String]) {
    let children = m.children_spoken_of
        || words.iter().any(|w| w == "діти")
        || m.asked.kin().is_some_and(Kin::is_child)
        || m.staff_words
            .iter()
            .any(|w| w.starts_with("børn") || matches!(w.as_str(), "de" | "tvillingerne"));
    if !children {
        return;
    }
    // «Діти на нього записані»: they bear the surname of the spouse.
    let on_spouse = words.windows(2).any(|w| {
        w[0] == "на"
            && matches!(
                w[1].as_str(),
                "нього" | "неї" | "чоловіка" | "дружину" | "тата" | "батька"
            )
    }) && words.iter().any(|w| w.starts_with("запис"))
        && words
            .iter()
            .any(|w| matches!(w.as_str(), "діти" | "дітки" | "обоє" | "обидва" | "обидві"));
    let spouse = m
        .people
        .iter()
        .find(|p| p.kin.is_some_and(Kin::is_couple))
        .and_then(|p| m.text(&Memory::key(p.id, "surname")))
        .map(str::to_owned);
    if let Some(surname) = spouse.filter(|_| on_spouse) {
        let evidence = u.evidence_of_words(&(start..start + words.len()));
        m.note(OF_CHILDREN, &surname, evidence);
        return;
    }
    let all = |w: &str| matches!(w, "усі" | "всі" | "обоє" | "обидва" | "обидві");
    let count = |w: &str| {
        matches!(
            w,
            "двоє"
                | "троє"
                | "четверо"
                | "п'ятеро"
                | "діти"
                | "дітки"
                | "малі"
                | "вони"
        )
    };
    let at = words
        .windows(3)
        .position(|w| all(&w[0]) && count(&w[1]) || count(&w[0]) && all(&w[1]) && !all(&w[2]));
    let Some(word) = at.map(|at| start + at + 2) else {
        return;
    };
    if u.written && !u.token(word).capital || !is_surname_word(m, u, word) {
        return;
    }
    let said = u.said.get(u.token(word).span.clone()).unwrap_or("");
    let latin = surname_of(said);
    let evidence = u.evidence(u.token(word).span.clone());
    m.note(OF_CHILDREN, &latin, evidence);
}

/// "Hvad hedder hun til efternavn?" – «Вона лишила своє, дівоче: Бабенко.»
pub(super) fn asked_for_hers(m: &mut Memory, u: &Utterance<'_>) {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asked = says(&["efternavn", "efternavnet"]) && says(&["hun", "hendes", "han", "hans"]);
    let kept = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "своє" | "дівоче" | "дівочому" | "дівочим"));
    let Some(last) = u.word_tokens.len().checked_sub(1) else {
        return;
    };
    if u.is_staff() || !asked || !kept || !u.written || m.mover != 0 {
        return;
    }
    let couple: Vec<PersonId> = m
        .people
        .iter()
        .filter(|p| p.kin.is_some_and(Kin::is_couple))
        .map(|p| p.id)
        .collect();
    let token = u.token(last);
    if let [one] = couple.as_slice()
        && token.is_cyrillic()
        && is_surname_word(m, u, last)
        && !matches!(token.text.as_str(), "своє" | "дівоче")
    {
        m.forget(&Memory::key(*one, "surname"));
        take_surname(m, u, *one, last);
    }
}

/// «У нас прізвища різні», «я своє прізвище лишила»: husband and wife.
fn couple(m: &mut Memory, u: &Utterance<'_>, words: &[String]) {
    let kept = words.iter().any(|w| w.starts_with("прізвищ"))
        && words
            .iter()
            .any(|w| matches!(w.as_str(), "своє" | "дівоче"))
        && words
            .iter()
            .any(|w| w.starts_with("лиши") || w.starts_with("залиши") || w.starts_with("не міня"));
    let starts = |stem: &str| words.iter().any(|w| w.starts_with(stem));
    if starts("прізвищ") && starts("різн") || kept {
        m.note("couple.surnames_differ", "yes", u.evidence(0..0));
    }
}
