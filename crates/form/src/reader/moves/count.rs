//! How many move.

use super::*;

/// «Шестеро нас!» to "hvor mange er I, der skal flyttes?"
pub(super) fn counted(m: &mut Memory, u: &Utterance<'_>) {
    // «нас п'ятеро», but not «нас там двоє: вона і я».
    let words = u.all_words();
    let there = words
        .iter()
        .any(|w| matches!(*w, "там" | "тут" | "квартирі" | "будинку"));
    let asked = m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
    let us = words.contains(&"нас") && !there && (asked || m.turns <= 3);
    let together = [
        "удвох",
        "вдвох",
        "утрьох",
        "втрьох",
        "вчотирьох",
        "учотирьох",
    ]
    .iter()
    .find_map(|word| Some((*word, words.iter().position(|w| w == word)?)));
    if let Some((word, at)) = together.filter(|_| !there && (asked || m.turns <= 3)) {
        let count = match word {
            "удвох" | "вдвох" => 2,
            "утрьох" | "втрьох" => 3,
            _ => 4,
        };
        let evidence = u.evidence_of_words(&(at..at + 1));
        m.hear("household.count", Heard::new(count, evidence, 0.75));
        return;
    }
    if !m.asked.asks(Topic::HowMany) && !us {
        return;
    }
    let found = tolkebot_values::numbers::find(&u.turn.text, u.lang());
    let only = found.len() == 1 && !us;
    let hit = found
        .into_iter()
        .find(|f| f.value.form == tolkebot_values::numbers::Form::Collective || only);
    if let Some(hit) = hit.filter(|f| (1..=20).contains(&f.value.value)) {
        let evidence = u.evidence(hit.span);
        m.hear(
            "household.count",
            Heard::new(hit.value.value, evidence, 0.8),
        );
    }
}

/// Plain answers: «Сам.», «Ніхто.», «Ні.» to "flytter der andre med?".
pub(super) fn alone_answer(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.asked.asks_any(&[
        Topic::WhoMoves,
        Topic::Alone,
        Topic::OthersRegistered,
        Topic::HowMany,
    ]);
    // «Ми вдвох … Більше нікого»: nobody besides the two.
    let several = m.plural && !m.asked.asks(Topic::Alone);
    if !asked || several || !m.household().is_empty() {
        return;
    }
    let words = u.all_words();
    let alone_asked = m.asked.asks(Topic::Alone);
    let first: Vec<&str> = words.iter().take(4).copied().collect();
    let alone = first
        .iter()
        .any(|w| matches!(*w, "сам" | "сама" | "ніхто" | "нікого" | "один" | "одна"))
        || (m.asked.asks(Topic::WhoMoves) && !alone_asked && words.first() == Some(&"ні"))
        || (alone_asked && words.first() == Some(&"так"));
    if alone {
        m.alone = Some(u.evidence(0..0));
    }
}
