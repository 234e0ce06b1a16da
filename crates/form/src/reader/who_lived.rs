//! Who it was that lived somewhere: the speaker, or somebody whose home it was.

use tolkebot_protocol::Lang;

use super::kin;

/// Words around a verb of living in which its subject stands.
const NEAR: usize = 3;

/// «…, там я жила», «жили ми там ще з весни», but not «там раніше жила моя сестра» or «там жив попередній орендар»: the
/// words behind a street say that the speaker lived there.
pub(super) fn lived_there(words: &[&str]) -> bool {
    let lived = |w: &&str| matches!(*w, "жив" | "жила" | "жили");
    words
        .iter()
        .position(lived)
        .is_some_and(|at| !of_somebody_else(words, at))
}

/// Whether the verb at `at` has another subject than who speaks.
pub(super) fn of_somebody_else(words: &[&str], at: usize) -> bool {
    let near = at.saturating_sub(NEAR)..(at + 1 + NEAR).min(words.len());
    // «Ми з чоловіком жили», «жила у сестри»
    let governed = |at: usize| words[..at].iter().rev().take(2).any(|w| is_preposition(w));
    !words[near.clone()].iter().any(|w| matches!(*w, "я" | "ми"))
        && near
            .into_iter()
            .any(|at| is_subject(words[at]) && !governed(at))
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "у" | "в" | "з" | "із" | "зі" | "до" | "від" | "для" | "без" | "біля" | "при"
    )
}

/// A noun or pronoun in the nominative that names other people than the speaker.
fn is_subject(word: &str) -> bool {
    const OTHERS: [&str; 17] = [
        "він",
        "вона",
        "вони",
        "хтось",
        "люди",
        "знайомий",
        "знайома",
        "знайомі",
        "друзі",
        "сусіди",
        "орендар",
        "орендарі",
        "мешканці",
        "квартиранти",
        "господар",
        "господарі",
        "родичі",
    ];
    // «Моя», «наші» stand with who it is; «моєї» with whose something is.
    let possessive = matches!(word, "мій" | "моя" | "мої" | "наш" | "наша" | "наші");
    possessive || OTHERS.contains(&word) || is_kin_nominative(word)
}

/// «Сестра», «чоловік», but not «сестри», «з чоловіком».
fn is_kin_nominative(word: &str) -> bool {
    let oblique = [
        "ою", "ею", "єю", "ом", "ем", "єм", "ові", "еві", "єві", "у", "ю", "ів", "ям", "ам", "ами",
        "ями", "ей",
    ];
    kin::kin(word, Lang::Uk).is_some() && !oblique.iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lived_there_is_the_subject_of_the_verb() {
        let lived = |text: &str| lived_there(&text.split(' ').collect::<Vec<_>>());
        for own in [
            "там я жила",
            "там жила ще з весни",
            "жили ми там два роки",
            "жила з сестрою",
            "жила там у сестри",
            "ми з чоловіком жили там",
        ] {
            assert!(lived(own), "{own}");
        }
        for others in [
            "там раніше жила моя сестра",
            "там жив попередній орендар",
            "там жили мої знайомі",
            "там бабуся жила довго",
        ] {
            assert!(!lived(others), "{others}");
        }
    }
}
