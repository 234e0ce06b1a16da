//! Two numbers for one: «дев'яносто п'ять, або дев'яносто сім», «третій чи четвертий поверх». Both stand side by side
//! until somebody says which.

use serde_json::Value;

use super::belief::Belief;
use super::memory::Memory;
use super::utterance::Utterance;
use crate::state::Rival;

/// Slots that hold one number of an address.
const ONE_NUMBER: [&str; 4] = [
    "to.house_number",
    "to.floor",
    "from.house_number",
    "from.floor",
];

/// After all else of the citizen's turn was read.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let numbers = u.numbers();
    for (one, other) in numbers.iter().zip(numbers.iter().skip(1)) {
        let between = u.words(u.word_at(one.span.end)..u.word_at(other.span.start));
        // «чи ні, двадцять» takes the first back.
        let taken_back = matches!(between.as_slice(), ["чи" | "або", "ні"]);
        if !matches!(between.as_slice(), ["або" | "чи"]) && !taken_back {
            continue;
        }
        let (one, other_value) = (one.value.value.to_string(), other.value.value.to_string());
        if one == other_value {
            continue;
        }
        for key in ONE_NUMBER {
            if !m.heard_now.iter().any(|heard| heard == key) {
                continue;
            }
            let Some(text) = m.belief(key).and_then(Belief::text) else {
                continue;
            };
            let rival = match text {
                text if text == one => &other_value,
                text if text == other_value => &one,
                _ => continue,
            };
            let rival = Rival {
                value: Value::from(rival.as_str()),
                evidence: vec![u.evidence(other.span.clone())],
            };
            if let Some(belief) = m.beliefs.get_mut(key) {
                belief.beside(rival);
            }
        }
    }
}
