//! People whose names a recogniser did not write as names.

use super::*;

/// How alike a known name and what was heard must sound, 0 to 1: among the few people of a
/// conversation that is enough …
const ALIKE: f32 = 0.7;
/// … if no other name is nearly as alike.
const APART: f32 = 0.2;

/// Words whose owner a question names before them.
const DATA: [&str; 8] = [
    "nummer",
    "numre",
    "cpr",
    "cprnummer",
    "personnummer",
    "fødselsdato",
    "fødselsdag",
    "kort",
];
/// Words that stand there and are nobody's name.
const NOBODY: [&str; 26] = [
    "dit",
    "din",
    "dine",
    "hans",
    "hendes",
    "jeres",
    "deres",
    "mit",
    "min",
    "sit",
    "sin",
    "et",
    "det",
    "den",
    "de",
    "nyt",
    "hele",
    "fulde",
    "mands",
    "kones",
    "mors",
    "fars",
    "børnenes",
    "barnets",
    "søns",
    "datters",
];

/// "Og så fias nummer?", "og maksymst nummer": the person whose number is asked for, by a name that
/// stands in lower case or in two words. Nobody if two people have such a name.
pub(in crate::reader) fn asked_by_name(m: &Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let words = u.all_words();
    let data = |word: &str| DATA.contains(&word) || word.starts_with("cpr");
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| *at > 0 && data(word) && !data(words[at - 1]))
        .find_map(|(at, _)| {
            let last = words[at - 1];
            if NOBODY.contains(&last) {
                return None;
            }
            let joined = at
                .checked_sub(2)
                .filter(|before| !NOBODY.contains(&words[*before]))
                .map(|before| format!("{}{last}", words[before]));
            [Some(last.to_owned()), joined]
                .into_iter()
                .flatten()
                .find_map(|heard| sounds_like(m, &heard))
        })
}

/// The one person, but the citizen and the mover, whose given name sounds like this, with or without a genitive.
fn sounds_like(m: &Memory, heard: &str) -> Option<PersonId> {
    if heard.chars().count() < 4 {
        return None;
    }
    let stems = ["", "s", "st", "ts"]
        .iter()
        .filter_map(|ending| heard.strip_suffix(ending))
        .filter(|stem| stem.chars().count() >= 3);
    let alike = |name: &str| {
        let each = stems.clone().map(|stem| names::same_name(name, stem));
        each.fold(0.0_f32, f32::max)
    };
    let mut found: Vec<(f32, PersonId)> = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.id != m.mover)
        .filter_map(|p| Some((alike(m.text(&Memory::key(p.id, "given_names"))?), p.id)))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, id) = *found.first()?;
    let next = found.get(1).map_or(0.0, |(next, _)| *next);
    (best >= ALIKE && best - next >= APART).then_some(id)
}

/// «… і двоє дітей.» | «Софія та Максим»: names right behind a group of children, in the next sentence
/// or, where the recogniser took a breath for the end, in the next turn. `found` are the names of
/// this turn.
pub(super) fn lists_children(
    m: &Memory,
    u: &Utterance<'_>,
    found: &[Found<PersonName>],
    group: Option<usize>,
    word: usize,
) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    // The names open their sentence.
    let start = u.token(sentence.words.start).span.start;
    if word > sentence.words.start + 6 || found.iter().all(|f| f.span.start != start) {
        return false;
    }
    match group {
        Some(at) => u.sentences.iter().any(|s| {
            s.words.contains(&at) && s.words.end == sentence.words.start && at + 2 >= s.words.end
        }),
        None => sentence.words.start == 0 && m.children_listed == Some(m.turns.saturating_sub(1)),
    }
}

/// Whether a turn ends in a group of children that was not named.
pub(super) fn ends_in_children(u: &Utterance<'_>, refs: &[Ref]) -> bool {
    let count = u.word_tokens.len();
    let Some(at) = (count.saturating_sub(2)..count)
        .find(|at| kin(&u.token(*at).text, u.lang()) == Some(Kin::Children))
    else {
        return false;
    };
    let from = u.token(at).span.start;
    refs.iter().all(|r| r.bytes.start < from)
}
