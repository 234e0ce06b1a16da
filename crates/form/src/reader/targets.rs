//! Whom a question is about: relatives, "du", "hans".

use super::asked::{Target, opens_talk};
use super::kin::{Kin, kin};
use super::utterance::{Sentence, Utterance};

/// "og barnet", "din mor": a sentence that is nothing but a relative.
pub(super) fn named_alone(u: &Utterance<'_>, sentence: &Sentence) -> Option<Kin> {
    let words = u.words(sentence.words.clone());
    let words: Vec<&str> = words.iter().filter(|w| !opens_talk(w)).copied().collect();
    match words.as_slice() {
        [noun] | ["din" | "dit" | "jeres" | "den" | "det", noun] => kin(noun, u.lang()),
        _ => None,
    }
}

/// "Så nummer to.", "og den tredje": the next of several children.
fn next_in_a_row(words: &[&str]) -> bool {
    let words: Vec<&str> = words.iter().filter(|w| !opens_talk(w)).copied().collect();
    matches!(
        words.as_slice(),
        ["nummer", "to" | "tre" | "fire" | "fem"]
            | ["den", "anden" | "tredje" | "fjerde" | "femte" | "sidste"]
    )
}

pub(super) fn targets(u: &Utterance<'_>, sentence: &Sentence) -> Vec<Target> {
    let words = u.words(sentence.words.clone());
    let mut out = Vec::new();
    if next_in_a_row(&words) {
        out.push(Target::Kin(Kin::Children));
    }
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        if before == "den"
            && matches!(
                *word,
                "mindste" | "yngste" | "ældste" | "næste" | "mellemste"
            )
            || before == "den" && *word == "store" && words.len() <= 4 && at > 1
        {
            // "Og den mindste?"
            out.push(Target::Kin(Kin::Children));
        } else if *word == "mand" && matches!(before, "unge" | "ældre" | "gamle" | "lille") {
            // "Dig og den unge mand?" is no husband.
            out.push(Target::Third);
        } else if let Some(found) = kin(word, u.lang()) {
            // "hans far", "hendes mor": not the citizen's own parent.
            let of_third = matches!(
                before,
                "hans" | "hendes" | "deres" | "børnenes" | "barnets" | "drengens" | "pigens" | "og"
            ) || before.ends_with('s') && before.len() > 3;
            let the = matches!(*word, "faren" | "moren" | "faderen" | "moderen");
            if matches!(found, Kin::Mother | Kin::Father) && (of_third || the) {
                out.push(Target::ParentOfThird);
            } else {
                out.push(Target::Kin(found));
            }
        } else if matches!(
            *word,
            "du" | "dit" | "din" | "dig" | "dine" | "jeres" | "i" | "jer"
        ) || matches!(*word, "ви" | "ваш" | "ваше" | "вас" | "вам" | "ваша")
        {
            // "i" is also the preposition: as a pronoun it follows a verb.
            let pronoun = *word != "i"
                || matches!(
                    before,
                    "flytter"
                        | "bor"
                        | "skal"
                        | "har"
                        | "er"
                        | "hedder"
                        | "vil"
                        | "sover"
                        | "kommer"
                        | "kom"
                        | "sov"
                        | "boede"
                        | "deler"
                        | "lejer"
                        | "ejer"
                        | "rykker"
                );
            if pronoun && out.last() != Some(&Target::You) {
                out.push(Target::You);
            }
        } else if u.written
            && at > 0
            && matches!(*word, "de" | "dem" | "deres")
            && u.token(sentence.words.start + at).capital
        {
            // The polite "De".
            out.push(Target::You);
        } else if matches!(
            *word,
            "hans" | "hendes" | "han" | "hun" | "ham" | "hende" | "deres"
        ) {
            out.push(Target::Third);
        }
    }
    out
}
