//! Children whom an employee speaks of by name, without asking who moves: "hvad siger Kristinas mor?", "forældremyndigheden
//! over Timur", "Jevhen Babij, stedsøn".

use super::*;

/// "Hvad siger Khrystynas mor til det?": a name in the genitive that no list has.
pub(super) fn in_genitive(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() || !u.written || m.mover != 0 {
        return;
    }
    for word in 1..u.word_tokens.len().saturating_sub(1) {
        let token = u.token(word);
        let parent = matches!(u.token(word + 1).text.as_str(), "mor" | "far" | "forældre");
        let said = u.said.get(token.span.clone()).unwrap_or("");
        let Some(name) = said.strip_suffix('s').filter(|n| {
            n.chars().count() >= 4
                && !matches!(n.to_lowercase().as_str(), "jere" | "dere" | "hende")
                && kin(&token.text, Lang::Da).is_none()
        }) else {
            continue;
        };
        let known = m.people.iter().any(|p| {
            m.text(&Memory::key(p.id, "given_names"))
                .is_some_and(|have| same(have, name))
        });
        let listed = u.names().iter().any(|f| f.span.contains(&token.span.start));
        if parent && token.capital && !known && !listed && same_sentence(u, word, word + 1) {
            let name = name.to_owned();
            // «а це онучок»: whoever was spoken of without a name.
            let open = m.people.iter().find(|p| {
                p.id != 0
                    && p.kin.is_some_and(|k| k.is_child() || k == Kin::Relative)
                    && !m.has(&Memory::key(p.id, "given_names"))
            });
            let id = match open.map(|p| p.id) {
                Some(id) => id,
                None => {
                    let id = m.add_person(Some(Kin::Child));
                    joins_children(m, id)
                }
            };
            write_name(
                m,
                u,
                id,
                "given_names",
                &name,
                token.span.clone(),
                0.7,
                true,
            );
            return;
        }
    }
}

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
    // "Jeres Lukian er født den niogtyvende": of both parents.
    let theirs = before.last() == Some(&"jeres") && !name.danish;
    let lived = words
        .iter()
        .any(|w| matches!(*w, "boede" | "boet" | "bor" | "sove" | "sover" | "være"))
        && words
            .windows(2)
            .any(|w| matches!(w, ["hos", "dig" | "jer"]))
        && words.windows(3).any(|w| {
            matches!(w, ["hos", "sin" | "hans" | "hendes", "far" | "mor"])
                || matches!(w, ["hos", owner, "far" | "mor"] if owner.ends_with('s'))
                || w[1..] == ["hos", "faren"]
                || w[1..] == ["hos", "moren"]
        })
        && !name.danish;
    // "Hvor har Adam boet indtil nu?" of nobody else's home.
    let until = words.windows(3).any(|w| w == ["boet", "indtil", "nu"])
        && !words.iter().any(|w| matches!(*w, "du" | "i"))
        && !name.danish;
    // "Og Oles hedder Hnatenko ligesom dig?"
    let alike =
        next == "hedder" && words.windows(2).any(|w| w == ["ligesom", "dig"]) && !name.danish;
    (owned || over || lived || theirs || until || alike).then(|| child_of(name))
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

/// "Så er de dine papbørn. Er det i orden?" – «Пишіть. Кирило й Мефодій»: two names joined, where the employee just spoke
/// of children and asked for no name of the citizen's.
pub(super) fn pair_of_children(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
    before: &[&str],
    last: Option<Who>,
) -> Option<PersonId> {
    name.given()?;
    let spoken = m
        .staff_words
        .iter()
        .any(|w| kin(w, Lang::Da) == Some(Kin::Children));
    let joint = |w: Option<&&str>| matches!(w, Some(&("і" | "й" | "та")));
    if u.is_staff() || m.mover != 0 || !spoken || m.asked.asks(Topic::Name) {
        return None;
    }
    let next = u.words(follows..(follows + 1).min(u.word_tokens.len()));
    let named_next = u
        .word_tokens
        .get(follows + 1)
        .is_some_and(|_| names::to_nominative(&u.token(follows + 1).text).is_some());
    let first = joint(next.first()) && named_next && before.is_empty();
    let first = first
        || joint(next.first())
            && named_next
            && follows > 0
            && u.sentences.iter().any(|s| s.words.start + 1 == follows);
    let second = joint(before.last())
        && matches!(last, Some(Who::Person(id)) if m.person(id).is_some_and(|p| {
            p.kin.is_some_and(Kin::is_child) && p.moves == Some(true)
        }));
    if !first && !second {
        return None;
    }
    let step = m
        .staff_words
        .iter()
        .any(|w| w.starts_with("stedb") || w.starts_with("papb"));
    let kin = match (child_of(name), step) {
        (Kin::Daughter, true) => Kin::StepDaughter,
        (_, true) => Kin::StepSon,
        (own, false) => own,
    };
    let id = m.add_person(Some(kin));
    Some(joins_children(m, id))
}
