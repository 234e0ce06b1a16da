//! Names that both sides have said.
//!
//! A recogniser writes no capitals, and no list has all names. Two neighbouring words that an
//! employee says in Latin letters and the citizen in Cyrillic ones, and that sound the same, are a
//! name when a name is spoken of: «стефурак гафія» and "hafiia stefurak det står i systemet".

use super::*;

/// From here on a word of one side is a word of the other.
const SAME_WORD: f32 = 0.84;

/// Takes the mover's name when the turn and the one before agree on it, and keeps the words of this
/// turn for the next one.
pub(in crate::reader) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let lacks = |m: &Memory, field: &str| {
        m.belief(&Memory::key(m.mover, field))
            .is_none_or(|b| b.is_unsure())
    };
    if !lacks(m, "given_names") && !lacks(m, "surname") {
        m.words_before.clear();
        return;
    }
    let before = std::mem::take(&mut m.words_before);
    let topics = [Topic::Name, Topic::Cpr, Topic::Spelling];
    let about = m.asked.mentions(Topic::Name)
        || m.asked.asks_any(&topics)
        || m.asked_before.asks_any(&topics)
        || m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "hedder" | "står" | "navn" | "navnet"));
    let other_side = before
        .first()
        .is_some_and(|(_, e)| e.speaker != u.turn.speaker);
    if about && other_side {
        agree(m, u, refs, &before);
        surname_only(m, u, &before);
    }
    if other_side && (about || m.asked.mentions(Topic::Spelling)) {
        beside_the_given(m, u, &before);
    }
    surname_before_given(m, u);
    m.words_before = (0..u.word_tokens.len())
        .map(|word| {
            let span = u.token(word).span.clone();
            let text = u.said.get(span.clone()).unwrap_or("").to_owned();
            (text, u.evidence(span))
        })
        .collect();
}

/// "Og din mands navn?" – «макар слободян» – "makar slobodian": both sides agree on the name of whoever was asked about,
/// and of nobody where it isn't known who that is.
fn asked_about(m: &Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let question = if u.is_staff() {
        &m.asked_before
    } else {
        &m.asked
    };
    let kin = question.kin();
    let other = kin.is_some()
        || question.is_about(Target::Third)
        || question.is_about(Target::ParentOfThird);
    if !other || question.statement || question.targets.first() == Some(&Target::You) {
        return Some(m.mover);
    }
    kin.and_then(|kin| m.person_by_kin(kin))
        .filter(|id| u.is_staff() && !m.has(&Memory::key(*id, "given_names")))
}

/// Whether a word of this turn is the name of somebody else who is known by then.
fn of_another_person(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> bool {
    let token = u.token(word);
    let pointed = refs.iter().any(|r| {
        r.bytes.contains(&token.span.start)
            && !r.pronoun
            && matches!(r.who, Who::Person(id) if id != m.mover)
    });
    pointed
        || m.people.iter().any(|p| {
            p.id != m.mover
                && m.text(&Memory::key(p.id, "given_names"))
                    .is_some_and(|have| names::same_name(have, &token.text) >= SAME_WORD)
        })
}

fn agree(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    before: &[(String, crate::state::Evidence)],
) {
    let streets: Vec<Range<usize>> = u
        .addresses()
        .iter()
        .filter_map(|a| a.value.street.as_ref().map(|s| s.span.clone()))
        .collect();
    let said = |word: usize| u.said.get(u.token(word).span.clone()).unwrap_or("");
    let fits = |word: usize, other: &str| {
        let mine = said(word);
        let cyrillic = |text: &str| text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
        mine.chars().count() >= 3
            && other.chars().count() >= 3
            && cyrillic(mine) != cyrillic(other)
            && kin(&u.token(word).text, u.lang()).is_none()
            && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_none()
            && !streets
                .iter()
                .any(|s| s.contains(&u.token(word).span.start))
            && names::same_name(mine, other) >= SAME_WORD
    };
    // "Via Saragozza, smuk by. Hvad er dit navn?": what is repeated before the question is no answer to it.
    let asks_only_now = u.is_staff()
        && m.asked.asks(Topic::Name)
        && !m
            .asked_before
            .asks_any(&[Topic::Name, Topic::Cpr, Topic::Spelling]);
    for word in 0..u.word_tokens.len().saturating_sub(1) {
        let inside = u
            .sentence_at(u.token(word).span.start)
            .is_some_and(|s| s.question);
        let another =
            of_another_person(m, u, refs, word) || of_another_person(m, u, refs, word + 1);
        if asks_only_now && u.written && !inside || another {
            continue;
        }
        for (at, pair) in before.windows(2).enumerate() {
            let straight = fits(word, &pair[0].0) && fits(word + 1, &pair[1].0);
            let crossed = fits(word, &pair[1].0) && fits(word + 1, &pair[0].0);
            if straight || crossed {
                let other = if straight { [at, at + 1] } else { [at + 1, at] };
                let id = match told_of_relative(u, before, at) {
                    Some(kin) => match m.person_by_kin(kin) {
                        Some(id) => id,
                        None => return,
                    },
                    None => match asked_about(m, u) {
                        Some(id) => id,
                        None => return,
                    },
                };
                take(m, u, id, before, [word, word + 1], other);
                return;
            }
        }
    }
}

/// «дружина вже два тижні як метте лунд» – "mette lund og du er": the relative of whom the citizen spoke right before the
/// two words.
fn told_of_relative(
    u: &Utterance<'_>,
    before: &[(String, crate::state::Evidence)],
    at: usize,
) -> Option<Kin> {
    const NEAR: usize = 6;
    if !u.is_staff() {
        return None;
    }
    let words = &before[at.saturating_sub(NEAR)..at];
    words
        .iter()
        .rev()
        .map(|(word, _)| word.to_lowercase())
        .map_while(|word| {
            (!matches!(word.as_str(), "я" | "мене" | "мені")).then(|| kin(&word, Lang::Uk))
        })
        .flatten()
        .find(|k| !matches!(k, Kin::Children | Kin::Landlord | Kin::Friend))
}

/// Writes the two words; the employee's order is given name first, unless the given name is known.
fn take(
    m: &mut Memory,
    u: &Utterance<'_>,
    id: PersonId,
    before: &[(String, crate::state::Evidence)],
    words: [usize; 2],
    other: [usize; 2],
) {
    let latin: Vec<(String, Range<usize>)> = words
        .iter()
        .zip(other)
        .map(|(&word, at)| {
            let span = u.token(word).span.clone();
            let mine = u.said.get(span.clone()).unwrap_or("");
            let text = if u.is_staff() {
                mine
            } else {
                before[at].0.as_str()
            };
            let mut chars = text.chars();
            let text = chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            });
            (text, span)
        })
        .collect();
    let known = m.text(&Memory::key(id, "given_names")).map(str::to_owned);
    // The employee's order counts: by place in the turn when they speak, else in the one before.
    let staff_first = if u.is_staff() || other[0] < other[1] {
        0
    } else {
        1
    };
    // «Тимошик Божена»: a given name that a list has shows the order by itself.
    let listed = |at: usize| {
        let word = words[at];
        let mine = u.said.get(u.token(word).span.clone()).unwrap_or("");
        [mine, before[other[at]].0.as_str()]
            .iter()
            .any(|text| names::to_nominative(text).is_some())
    };
    let staff_first = match (listed(0), listed(1)) {
        (true, false) => 0,
        (false, true) => 1,
        _ => staff_first,
    };
    let given = match known {
        Some(known) if same(&known, &latin[0].0) => 0,
        Some(known) if same(&known, &latin[1].0) => 1,
        Some(_) => return,
        None => staff_first,
    };
    for (field, at) in [("given_names", given), ("surname", 1 - given)] {
        let key = Memory::key(id, field);
        let (text, span) = latin[at].clone();
        let evidence = before[other[at]].1.clone();
        if m.belief(&key).is_some_and(|b| !b.is_unsure()) {
            continue;
        }
        m.forget(&key);
        m.hear(&key, Heard::new(text.as_str(), evidence, 0.85));
        m.hear(&key, Heard::new(text, u.evidence(span), 0.85));
    }
}

/// «А Дзюба — де, зет …» – "Solomiia med to i'er, Dziuba": where only the surname is missing, one word that the
/// employee writes as a name and the citizen has just said is the surname.
fn surname_only(m: &mut Memory, u: &Utterance<'_>, before: &[(String, crate::state::Evidence)]) {
    let given = Memory::key(m.mover, "given_names");
    let key = Memory::key(m.mover, "surname");
    let Some(given) = m.text(&given).map(str::to_owned) else {
        return;
    };
    if !u.is_staff() || !u.written || m.has(&key) {
        return;
    }
    // "Solomiia med to i'er, Dziuba": said together with the given name.
    let together = u
        .all_words()
        .iter()
        .any(|word| names::same_name(&given, word) >= SAME_WORD);
    if !together {
        return;
    }
    let taken: Vec<Range<usize>> = u
        .addresses()
        .iter()
        .map(|a| a.span.clone())
        .chain(u.places().iter().map(|p| p.span.clone()))
        .chain(
            u.names()
                .iter()
                .flat_map(|f| &f.value.parts)
                .filter(|part| part.kind == PartKind::Given)
                .map(|part| part.span.clone()),
        )
        .collect();
    for word in 1..u.word_tokens.len() {
        let token = u.token(word);
        let inside = taken.iter().any(|s| s.contains(&token.span.start));
        let opens = u.sentences.iter().any(|s| s.words.start == word);
        let fits = token.capital
            && !opens
            && !inside
            && token.text.chars().count() >= 4
            && !token.is_cyrillic()
            && names::to_nominative(&token.text).is_none()
            && !same(&given, &token.text);
        if !fits {
            continue;
        }
        let said = before.iter().find(|(other, _)| {
            other.chars().count() >= 4
                && other.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
                && other.chars().next().is_some_and(char::is_uppercase)
                && names::same_name(&token.text, other) >= SAME_WORD
        });
        if let Some((_, evidence)) = said {
            let span = token.span.clone();
            let text = u.said.get(span.clone()).unwrap_or("").to_owned();
            m.hear(&key, Heard::new(text.as_str(), evidence.clone(), 0.85));
            m.hear(&key, Heard::new(text, u.evidence(span), 0.85));
            return;
        }
    }
}

/// «олій ник тарас» – "oliinyk med to i'er": without signs, the word that the employee begins with and that the citizen
/// said right beside the given name, in one piece or in two.
fn beside_the_given(
    m: &mut Memory,
    u: &Utterance<'_>,
    before: &[(String, crate::state::Evidence)],
) {
    let key = Memory::key(m.mover, "surname");
    let given = m
        .text(&Memory::key(m.mover, "given_names"))
        .map(str::to_owned);
    let Some(given) = given.filter(|_| u.is_staff() && !u.written && !m.has(&key)) else {
        return;
    };
    let Some(at) = before
        .iter()
        .position(|(said, _)| names::same_name(&given, said) >= SAME_WORD)
    else {
        return;
    };
    let beside: Vec<(String, crate::state::Evidence)> = [
        at.checked_sub(1).map(|b| b..at),
        at.checked_sub(2).map(|b| b..at),
        Some(at + 1..at + 2),
        Some(at + 1..at + 3),
    ]
    .into_iter()
    .flatten()
    .filter_map(|range| {
        let words = before.get(range)?;
        let whole: String = words.iter().map(|(said, _)| said.as_str()).collect();
        Some((whole, words.first()?.1.clone()))
    })
    .collect();
    let fits = |word: &usize| {
        let text = u.token(*word).text.as_str();
        text.chars().count() >= 5
            && kin(text, u.lang()).is_none()
            && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[*word], u.lang())
                .is_none()
    };
    for word in (0..u.word_tokens.len().min(3)).filter(fits) {
        let text = u.token(word).text.clone();
        let said = beside
            .iter()
            .find(|(said, _)| names::same_name(&text, said) >= SAME_WORD);
        if let Some((_, evidence)) = said {
            let mut chars = text.chars();
            let Some(first) = chars.next() else { return };
            let name: String = first.to_uppercase().chain(chars).collect();
            let span = u.token(word).span.clone();
            m.hear(&key, Heard::new(name.as_str(), evidence.clone(), 0.8));
            m.hear(&key, Heard::new(name, u.evidence(span), 0.8));
            return;
        }
    }
}

/// "I passet står der Ostapenko, Liudmyla": as papers write it, the surname first and parted by a comma.
fn surname_before_given(m: &mut Memory, u: &Utterance<'_>) {
    let key = Memory::key(m.mover, "surname");
    let given = m
        .text(&Memory::key(m.mover, "given_names"))
        .map(str::to_owned);
    let Some(given) = given.filter(|_| u.is_staff() && u.written && !m.has(&key)) else {
        return;
    };
    for word in 1..u.word_tokens.len().saturating_sub(1) {
        let (first, second) = (u.word_tokens[word], u.word_tokens[word + 1]);
        let parted = second == first + 2 && u.tokens[first + 1].is_sign(',');
        let token = u.token(word);
        let paper = u
            .words(word.saturating_sub(3)..word)
            .iter()
            .any(|w| matches!(*w, "står" | "passet" | "kortet" | "hedder" | "læser"));
        let whole = u.said.get(u.token(word + 1).span.clone()) == Some(given.as_str());
        if parted && paper && whole && token.capital && token.text.chars().count() >= 3 {
            let span = token.span.clone();
            let text = u.said.get(span.clone()).unwrap_or("").to_owned();
            m.hear(&key, Heard::new(text, u.evidence(span), 0.85));
            return;
        }
    }
}
