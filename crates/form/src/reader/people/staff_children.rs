//! Children whom an employee speaks of by name, without asking who moves: "hvad siger Kristinas mor?", "forældremyndigheden
//! over Timur", "Jevhen Babij, stedsøn".

use super::*;

/// The child whom the words around a name tell of, as long as nothing says that it stays away.
pub(super) fn child_spoken_of(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    name: &PersonName,
) -> Option<PersonId> {
    let given = name.given()?;
    if m.mover != 0 || name.danish && m.host.is_some() {
        return None;
    }
    let kin = told_as(u, word, name)?;
    let known = m
        .people
        .iter()
        .filter(|p| p.id != 0)
        .map(|p| p.id)
        .find(|id| {
            m.text(&Memory::key(*id, "given_names"))
                .is_some_and(|have| same(have, &given))
        });
    if known.is_some() {
        return known;
    }
    let mine = m
        .text(&Memory::key(0, "given_names"))
        .is_some_and(|have| same(have, &given));
    if mine {
        return None;
    }
    let sex = sex_of(name);
    let open = m
        .people
        .iter()
        .filter(|p| p.kin.is_some_and(|k| k.is_child() && k.agrees(kin)))
        .filter(|p| p.sex.is_none() || sex.is_none() || p.sex == sex)
        .map(|p| p.id)
        .find(|id| !m.has(&Memory::key(*id, "given_names")));
    let id = open.unwrap_or_else(|| m.add_person(Some(kin)));
    if let Some(person) = m.person_mut(id) {
        person.sex = person.sex.or(sex);
        if matches!(kin, Kin::StepSon | Kin::StepDaughter) {
            person.kin = Some(kin);
        }
        if person.moves == Some(false) {
            return Some(id);
        }
    }
    Some(joins_children(m, id))
}

/// What the employee takes the one named here for: the word right behind the name, "… mor", "forældremyndigheden over …",
/// "boede … hos dig eller hos sin far".
fn told_as(u: &Utterance<'_>, word: usize, name: &PersonName) -> Option<Kin> {
    let sentence = u.sentences.iter().find(|s| s.words.contains(&word))?;
    let end = name.parts.iter().map(|p| p.span.end).max()?;
    let follows = u.word_at(end);
    let words = u.words(sentence.words.clone());
    let next = match follows < sentence.words.end {
        true => u.token(follows).text.as_str(),
        false => "",
    };
    if let Some(found) = kin(next, Lang::Da).filter(|k| {
        matches!(
            k,
            Kin::Son | Kin::Daughter | Kin::StepSon | Kin::StepDaughter
        ) && !next.ends_with("en")
    }) {
        let step = next.starts_with("sted");
        return Some(match (step, found) {
            (true, _) if sex_of(name) == Some(Sex::Male) => Kin::StepSon,
            (_, found) => found,
        });
    }
    let owned = u.token(follows.checked_sub(1)?).text.ends_with('s')
        && matches!(next, "mor" | "far" | "moren" | "faren" | "forældre");
    let before = u.words(word.saturating_sub(2)..word);
    let over =
        before.last() == Some(&"over") && words.iter().any(|w| w.starts_with("forældremyndig"));
    let lived = words.iter().any(|w| matches!(*w, "boede" | "boet" | "bor"))
        && words
            .windows(2)
            .any(|w| matches!(w, ["hos", "dig" | "jer"]))
        && words.windows(3).any(|w| {
            matches!(w, ["hos", "sin" | "hans" | "hendes", "far" | "mor"])
                || w[1..] == ["hos", "faren"]
                || w[1..] == ["hos", "moren"]
        })
        && !name.danish;
    (owned || over || lived).then(|| child_of(name))
}

/// "Og drengen, Timur, er det jeres fælles søn?": what the form wants of a child is asked.
pub(super) fn on_the_form(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let definite = u.words(word.saturating_sub(3)..word).iter().any(|w| {
        matches!(
            *w,
            "drengen" | "pigen" | "barnet" | "sønnen" | "datteren" | "stedsønnen"
        )
    });
    definite
        && words.iter().any(|w| {
            matches!(
                *w,
                "jeres" | "fælles" | "efternavn" | "cpr" | "staves" | "født"
            ) || w.starts_with("sted")
                || w.starts_with("forældremyndig")
        })
        && !words
            .iter()
            .any(|w| matches!(*w, "bor" | "bliver" | "ikke"))
}
