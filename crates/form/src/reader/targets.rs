//! Whom a question is about: relatives, "du", "hans".

use super::asked::Target;
use super::kin::{Kin, kin};
use super::requests::opens_talk;
use super::sentences::Sentence;
use super::utterance::Utterance;

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

/// "Og de tre på bænken?", "og de to andre", "flokken her": who came along with the citizen, most often children.
fn the_others(words: &[&str]) -> bool {
    let words: Vec<&str> = words.iter().filter(|w| !opens_talk(w)).copied().collect();
    if words.contains(&"flokken") {
        return true;
    }
    let short = words.len() <= 6;
    short
        && matches!(
            words.as_slice(),
            [
                "de",
                "to" | "tre" | "fire" | "fem" | "små" | "mindre" | "yngste"
            ] | [
                "de",
                "to" | "tre" | "fire" | "fem",
                "på" | "i" | "der" | "her" | "andre" | "små",
                ..
            ] | ["de", "andre"]
                | ["hvem", "er", "de", "små" | "to" | "tre" | "fire", ..]
        )
}

/// "min mand", "min egen mor", "vores søn" in the mouth of whoever speaks.
pub(super) fn of_the_speaker(words: &[&str], at: usize) -> bool {
    let mine = |w: &str| matches!(w, "min" | "mit" | "mine" | "vores" | "vor");
    match words[..at] {
        [
            ..,
            a,
            "egen" | "eget" | "egne" | "lille" | "store" | "gamle" | "afdøde",
        ] => mine(a),
        [.., a] => mine(a),
        [] => false,
    }
}

/// "efter din far": whom a name comes from.
fn named_after(words: &[&str], at: usize) -> bool {
    matches!(
        words[..at],
        [.., "efter", "din" | "hans" | "hendes" | "jeres"] | [.., "efter"]
    )
}

/// "Herren først eller damen?", "dig eller din kone først?": a choice of whom to begin with.
fn either(u: &Utterance<'_>, words: &[&str], at: usize) -> bool {
    let person = kin(words[at], u.lang()).is_some_and(Kin::is_couple) || words[at] == "damen";
    person && words.contains(&"eller") && words.contains(&"først")
}

/// "Den store søster først", "mor først": with whom the employee begins is the one who speaks.
fn first_of_two(words: &[&str], at: usize, found: Option<Kin>) -> bool {
    let grown = found.is_some_and(|k| !k.is_child() && k != Kin::Landlord);
    let yours = matches!(words[..at], [.., "din" | "dit" | "jeres"]);
    grown && !yours && words.get(at + 1) == Some(&"først")
}

/// "Dit navn og CPR først, og så konens": whose turn comes later.
fn comes_later(words: &[&str], at: usize) -> bool {
    let Some(first) = words[..at].iter().position(|w| *w == "først") else {
        return false;
    };
    let own = words[..first].iter().any(|w| matches!(*w, "dit" | "dig"));
    let then = words[first..at]
        .iter()
        .any(|w| matches!(*w, "så" | "bagefter" | "derefter"));
    own && then
}

/// "… så er det bare dig og lillebror hvad hedder du": without signs the last words are the question, and it asks for
/// nobody else.
pub(super) fn ends_on_you(u: &Utterance<'_>) -> bool {
    !u.written
        && matches!(
            u.all_words().as_slice(),
            [.., "hvad", "hedder", "du"]
                | [.., "hvem", "er", "du"]
                | [.., "hvem", "er", "du", "selv"]
                | [.., "hvad", "er", "dit", "navn"]
        )
}

pub(super) fn targets(u: &Utterance<'_>, sentence: &Sentence) -> Vec<Target> {
    let words = u.words(sentence.words.clone());
    let mut out = Vec::new();
    if next_in_a_row(&words) || the_others(&words) {
        out.push(Target::Kin(Kin::Children));
    }
    // "Min svoger bor der, måske kender I ham?": the employee's own, and nobody of this form.
    let mut own = false;
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        // "Det lille rum": small, and no child.
        let small = matches!(*word, "lille" | "små")
            && words.get(at + 1).is_some_and(|next| {
                !matches!(
                    *next,
                    "er" | "hedder"
                        | "med"
                        | "også"
                        | "og"
                        | "kommer"
                        | "flytter"
                        | "skal"
                        | "har"
                        | "bor"
                        | "født"
                        | "der"
                        | "her"
                        | "hvad"
                        | "hvornår"
                        | "så"
                        | "ny"
                        | "ven"
                        | "på"
                        | "i"
                        | "ved"
                        | "hos"
                        | "til"
                        | "som"
                        | "dér"
                ) && kin(next, u.lang()).is_none()
                    && !u.token(sentence.words.start + at + 1).capital
            });
        let found = kin(word, u.lang()).filter(|_| !small);
        if found.is_some() && of_the_speaker(&words, at) {
            own = true;
        } else if found.is_some() && (named_after(&words, at) || comes_later(&words, at))
            || either(u, &words, at)
        {
            // "… det er efter din far, ikke?", "herren først eller damen?": nobody is asked about.
        } else if first_of_two(&words, at, found) {
            out.push(Target::You);
        } else if before == "den"
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
        } else if let Some(found) = found {
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
        } else if !own
            && matches!(
                *word,
                "hans" | "hendes" | "han" | "hun" | "ham" | "hende" | "deres"
            )
        {
            out.push(Target::Third);
        }
    }
    out
}
