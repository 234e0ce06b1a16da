//! Relatives who are none of the citizen's: «дружина брата», «тобто не моя жінка».

use super::*;

/// A sibling, friend or farther relative in the genitive right behind the word for whoever is meant: «дружина брата»,
/// «син моєї сестри».
pub(super) fn of_whom(u: &Utterance<'_>, word: usize) -> bool {
    let genitive = matches!(
        u.token(word).text.as_str(),
        "брата"
            | "сестри"
            | "подруги"
            | "друга"
            | "приятеля"
            | "тітки"
            | "дядька"
            | "сусідки"
            | "кума"
            | "товариша"
    );
    let owner = |w: &str| {
        matches!(
            w,
            "мого" | "моєї" | "нашого" | "нашої" | "його" | "її" | "свого" | "своєї"
        )
    };
    let before = u.words(word.saturating_sub(2)..word);
    let noun = match before.as_slice() {
        [noun, own] if owner(own) => *noun,
        [.., noun] => *noun,
        [] => return false,
    };
    let nominative = crate::reader::kin::kin(noun, u.lang())
        .is_some_and(|k| (k.is_couple() || k.is_child()) && k != Kin::Children)
        && !noun.ends_with(['у', 'ю', 'м'])
        || matches!(noun, "вдова" | "вдівець" | "наречена");
    genitive && nominative && same_sentence(u, word - 1, word)
}

/// «тобто не моя жінка»: what the employee took somebody for, and that one is something else.
pub(super) fn denied(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let told = u.all_words().windows(3).find_map(|w| match w {
        ["не", "мій" | "моя", noun] => kin(noun, u.lang()),
        _ => None,
    });
    let close = told.filter(|k| k.is_couple() || k.is_child() && *k != Kin::Children);
    let Some(id) = close.and_then(|kin| m.person_by_kin(kin)) else {
        return;
    };
    if m.has(&Memory::key(id, "given_names")) {
        return;
    }
    if let Some(person) = m.person_mut(id) {
        person.kin = Some(Kin::Relative);
    }
    touch(m, id);
}

/// … and the name that follows is that one's: whoever was spoken of in this turn and is no close relative.
pub(super) fn named_instead(m: &Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let words = u.all_words();
    let said = words.windows(2).any(|w| matches!(w, ["не", "мій" | "моя"]));
    m.people
        .iter()
        .find(|p| {
            said && !u.is_staff()
                && p.id != 0
                && p.kin == Some(Kin::Relative)
                && p.last_turn == m.turns
                && !m.has(&Memory::key(p.id, "given_names"))
        })
        .map(|p| p.id)
}

/// «Катя то вона», «Людмила — то сусідка, вона мене привела»: a name that was taken for the citizen's, or might be, is
/// somebody's who is nobody here.
pub(super) fn disowned(m: &mut Memory, u: &Utterance<'_>) -> Vec<String> {
    let mut nobody = Vec::new();
    if u.is_staff() || m.mover != 0 {
        return nobody;
    }
    for name in u.names() {
        let next = u.word_at(name.span.end);
        let behind = u.words(next..(next + 3).min(u.word_tokens.len()));
        // «Там ще Пилип, то він лишається» goes on telling of him.
        let apart = u.said[name.span.end..]
            .trim_start()
            .starts_with([',', '.', ';']);
        let ends = u
            .tokens
            .get(u.word_tokens.get(next + 1).map_or(usize::MAX, |at| at + 1))
            .is_none_or(|token| !token.is_word());
        let other = match behind.as_slice() {
            ["то" | "це", who, ..] if !apart => {
                matches!(*who, "він" | "вона") && ends
                    || [
                        "сусід",
                        "соціальн",
                        "подруг",
                        "приятел",
                        "колег",
                        "перекладач",
                        "волонтер",
                    ]
                    .iter()
                    .any(|stem| who.starts_with(stem))
            }
            _ => false,
        };
        let Some(given) = name.value.given().filter(|_| other) else {
            continue;
        };
        let key = Memory::key(0, "given_names");
        let shorts = || name.value.parts.iter().flat_map(|p| &p.short_for);
        let is = |have: &str| same(have, &given) || shorts().any(|full| same(full, have));
        if m.text(&key).is_some_and(is) {
            m.forget(&key);
        }
        m.offers
            .retain(|(k, heard)| *k != key || !heard.value.as_str().is_some_and(is));
        // A guess whose relative they are.
        let ids: Vec<PersonId> = m
            .people
            .iter()
            .filter(|p| p.id != 0 && m.text(&Memory::key(p.id, "given_names")).is_some_and(is))
            .map(|p| p.id)
            .collect();
        for id in ids {
            m.forget(&Memory::key(id, "given_names"));
            if let Some(person) = m.person_mut(id) {
                person.kin = Some(Kin::Friend);
                person.moves = Some(false);
            }
        }
        // The turn may have named them in full before: «Катерина… ні, Катя то вона».
        let full: Vec<String> = shorts().cloned().collect();
        nobody.push(given.clone());
        nobody.extend(full);
    }
    m.named_nobody.extend(nobody.iter().cloned());
    nobody
}

/// Whether a name is one of those, or a spelling that others made.
pub(super) fn is_none_here(u: &Utterance<'_>, names: &[String], found: &Found<PersonName>) -> bool {
    found
        .value
        .given()
        .is_some_and(|given| names.iter().any(|have| same(have, &given)))
        || written_wrong(u, u.word_at(found.span.start))
}

/// «У німців вічно писали Kirill, не треба так»: a spelling that somebody else made, and no name.
pub(super) fn written_wrong(u: &Utterance<'_>, at: usize) -> bool {
    let words = u.all_words();
    let refused = words.windows(2).any(|w| {
        matches!(
            w,
            [
                "не",
                "треба" | "так" | "пишіть" | "правильно" | "вірно" | "моє"
            ]
        )
    }) || words.iter().any(|w| {
        ["неправильн", "помил", "перекрут", "переплут"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let written = (at.saturating_sub(4)..at).any(|word| {
        matches!(
            u.token(word).text.as_str(),
            "писали"
                | "пишуть"
                | "писав"
                | "писала"
                | "записали"
                | "записують"
                | "написали"
                | "переробили"
                | "виправляли"
        ) && same_sentence(u, word, at)
    });
    !u.is_staff() && refused && written
}
