//! Values that the employee asked about and what the answer makes of them.

use super::address;
use super::belief::{Act, Heard};
use super::memory::Memory;
use super::mood;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::Rival;

/// Values that the employee asked about become values when the citizen does not refuse.
pub(super) fn accept(m: &mut Memory, u: &Utterance<'_>, mood: mood::Mood) {
    let mut offers = std::mem::take(&mut m.offers);
    let passed_over = std::mem::take(&mut m.passed_over);
    // "Hvilket nummer i Storegade?" – «П'ятдесят сім Б. Не П, а Б»: the street is none of what is put right.
    let number_first = u
        .numbers()
        .first()
        .is_some_and(|number| u.word_at(number.span.start) == 0);
    if mood.objected && number_first && m.asked.asks(Topic::HouseNumber) {
        offers.retain(|(key, heard)| {
            let street = key.ends_with(".street_name") && !m.has(key);
            if street {
                m.beliefs
                    .entry(key.clone())
                    .or_default()
                    .hear(heard.clone().unsure(true));
            }
            !street
        });
    }
    if mood.objected {
        // "Og du flytter den 6. december? Har du lejekontrakten med?" – «Ні, забула вдома.»
        offers.retain(|(key, _)| !passed_over.contains(key));
        // "Tordenskjoldsgade nitten, ikke? Anden sal?" – «Дев'ятнадцять, але не другий»: the house is right.
        let first = u
            .numbers()
            .first()
            .filter(|number| number_first && number.value.value < 1000)
            .map(|number| number.value.value.to_string());
        let right = offers.iter().find_map(|(key, heard)| {
            let prefix = key.strip_suffix(".house_number")?;
            (first.is_some() && heard.value.as_str() == first.as_deref()).then(|| prefix.to_owned())
        });
        if let Some(prefix) = right.filter(|_| u.all_words().contains(&"але")) {
            let parts = [
                format!("{prefix}.street_name"),
                format!("{prefix}.house_number"),
            ];
            for (key, heard) in offers.iter().filter(|(key, _)| parts.contains(key)) {
                m.hear(key, heard.clone());
            }
            offers.retain(|(key, _)| !parts.contains(key));
        }
        // What was asked stays known as asked, so that a correction finds its slot.
        m.refused = offers
            .iter()
            .map(|(key, heard)| (key.clone(), heard.clone()))
            .collect();
        return;
    }
    m.refused.clear();
    for (key, heard) in offers {
        let sure = mood.agreed && !mood.hedged && !passed_over.contains(&key);
        let known = m.belief(&key).is_some_and(|b| !b.is_unsure());
        if !sure && known {
            // "Vestergade 18? Har du nøglen?" – «Так.», when it was 8 before: nobody knows to which the yes is.
            let belief = m.beliefs.get_mut(&key).filter(|_| mood.agreed);
            if let Some(belief) = belief.filter(|b| b.value() != Some(&heard.value)) {
                belief.beside(Rival {
                    value: heard.value,
                    evidence: vec![heard.evidence],
                });
            }
            continue;
        }
        let mut answer = Heard::new(heard.value.clone(), u.evidence(0..0), 0.6);
        answer.act = Act::Say;
        let act = if m.has(&key) { Act::Correct } else { Act::Say };
        // Another street than the one known: floor and number of that one do not go with it.
        if let Some(value) = heard.value.as_str() {
            address::makes_room(m, &key, value);
        }
        m.hear(&key, heard.unsure(!sure).act(act));
        if sure {
            m.hear(&key, answer);
        }
    }
}

/// "Og du flytter den 5. december? Har du lejekontrakten med?": the answer is to what was asked last, and what was asked
/// before it is only heard.
pub(super) fn of_the_last_question(m: &mut Memory, u: &Utterance<'_>) {
    m.passed_over.clear();
    let questions: Vec<&Sentence> = u.sentences.iter().filter(|s| s.question).collect();
    let Some(last) = questions.last() else { return };
    let asked_in = |s: &Sentence, heard: &Heard| s.bytes.contains(&heard.evidence.bytes.start);
    // "Vestergade 8? Anden sal? Til venstre?" reads back one address.
    let reads_back = m.offers.iter().any(|(_, heard)| asked_in(last, heard));
    if reads_back || !is_yes_or_no(&u.words(last.words.clone())) {
        return;
    }
    m.passed_over = m
        .offers
        .iter()
        .filter(|(_, heard)| questions.iter().any(|s| asked_in(s, heard)))
        .map(|(key, _)| key.clone())
        .collect();
}

/// Whether a question is a matter of its own that is answered with yes or no: "hvor flytter du hen?" isn't answered so, and
/// "er det rigtigt?" is about what was said before it.
fn is_yes_or_no(words: &[&str]) -> bool {
    let wants_more = words.iter().take(3).any(|w| w.starts_with("hv"));
    let of_before = words.len() <= 5
        && words.iter().any(|w| {
            matches!(
                *w,
                "rigtigt" | "korrekt" | "passer" | "stemmer" | "sandt" | "vel" | "sådan" | "også"
            )
        });
    let of_before = of_before || words == ["ikke"];
    !wants_more && !of_before
}
