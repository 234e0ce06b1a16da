//! «П'ятнадцять то в сусідів. Наш — сімнадцять»: the number that was told before is the neighbours'.

use tolkebot_values::numbers as spoken;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::utterance::Utterance;

/// Puts the house number right; `true` if one was meant.
pub(super) fn put_right(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let numbers = spoken::find(&u.said, u.lang());
    let [theirs, ours] = numbers.as_slice() else {
        return false;
    };
    let words_of = |at: usize| {
        let sentence = u.sentence_at(at);
        sentence.map_or_else(Vec::new, |s| u.words(s.words.clone()))
    };
    let is_next_door = words_of(theirs.span.start)
        .iter()
        .any(|w| w.starts_with("сусід"));
    let own = |w: &&str| matches!(*w, "наш" | "наша" | "наше" | "мій" | "моя" | "моє");
    if !is_next_door || !words_of(ours.span.start).iter().any(own) {
        return false;
    }
    let wrong = theirs.value.value.to_string();
    let told = ["to.house_number", "from.house_number"]
        .into_iter()
        .find(|key| m.text(key) == Some(wrong.as_str()));
    let Some(key) = told else {
        return false;
    };
    let evidence = u.evidence(ours.span.clone());
    let heard = Heard::new(ours.value.value.to_string(), evidence, 0.85);
    m.hear(key, heard.act(Act::Correct));
    true
}
