//! Whose data an employee's question wants, where it names somebody: "Karins telefonnummer?", "og Sofiias nummer?"

use super::asked::Ask;
use super::memory::Memory;
use super::people;
use super::topic::Topic;
use super::utterance::Utterance;

/// "Karins telefonnummer?", "Hvad er Bohdans nummer?"
pub(super) fn phone_of_other(m: &Memory, u: &Utterance<'_>) -> bool {
    // "Har du et nummer på Lars?"
    let on_name = (2..u.word_tokens.len()).any(|at| {
        u.token(at).capital
            && matches!(u.token(at - 1).text.as_str(), "på" | "til")
            && ["nummer", "telefon", "mobil"]
                .iter()
                .any(|stem| u.token(at - 2).text.starts_with(stem))
    });
    // "Tak, men jeg mente udlejerens.": not the number that was just told.
    let meant = m.last_phone.is_some()
        && u.word_tokens.len() <= 8
        && u.all_words().iter().any(|w| {
            matches!(
                *w,
                "udlejerens" | "ejerens" | "værtens" | "logiværtens" | "udlejers" | "ejers"
            )
        });
    meant
        || m.asked.asks(Topic::Phone)
            && (on_name
                || (1..u.word_tokens.len()).any(|at| {
                    let owner = u.token(at - 1);
                    let mine = m
                        .text(&Memory::key(m.mover, "given_names"))
                        .is_some_and(|name| {
                            tolkebot_values::fold(name) == owner.text.trim_end_matches('s')
                        });
                    owner.capital
                        && owner.text.ends_with('s')
                        && !mine
                        && matches!(
                            u.token(at).text.as_str(),
                            "nummer" | "telefonnummer" | "telefon" | "mobilnummer" | "mobil"
                        )
                }))
}

/// "Og Sofiias nummer?": whose data the question wants, and the same question again when it names
/// nothing else.
pub(super) fn asks_about_somebody(m: &mut Memory, u: &Utterance<'_>, refs: &[people::Ref]) {
    m.asked_person_before = m.asked_person;
    m.asked_person = refs.iter().rev().find_map(|r| match r.who {
        people::Who::Person(id) if !r.pronoun => u
            .sentence_at(r.bytes.start)
            .is_some_and(|s| s.question)
            .then_some(id),
        _ => None,
    });
    if m.asked_person.is_none() {
        m.asked_person = people::misheard::asked_by_name(m, u);
    }
    if m.asked_person.is_some()
        && m.asked.questions().next().is_none()
        && m.asked.targets.is_empty()
    {
        let again: Vec<Ask> = m
            .asked_before
            .asks
            .iter()
            .filter(|a| matches!(a.topic, Topic::Cpr | Topic::BirthDate))
            .map(|a| Ask {
                question: true,
                ..a.clone()
            })
            .collect();
        m.asked.asks.extend(again);
    }
    // "Og Varvaras nummer?" right after another matter, and no telephone was spoken of
    let number = u.sentences.iter().find(|s| {
        s.question
            && s.words.len() <= 4
            && u.words(s.words.clone())
                .iter()
                .any(|w| matches!(*w, "nummer" | "personnummer") || w.starts_with("cpr"))
    });
    if let Some(sentence) = number
        && m.host.is_none()
        && m.asked_person
            .is_some_and(|id| !m.has(&Memory::key(id, "cpr_number")))
        && m.asked.questions().next().is_none()
    {
        m.asked.asks.push(Ask {
            topic: Topic::Cpr,
            question: true,
            words: sentence.words.clone(),
        });
    }
}
