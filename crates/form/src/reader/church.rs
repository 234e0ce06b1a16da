//! Whether somebody who comes from abroad belongs to the Danish national church; asked of nobody else.

use super::belief::Heard;
use super::memory::Memory;
use super::mood;
use super::utterance::Utterance;

const KEY: &str = "arrival.church_membership";

/// "Er du medlem af folkekirken?" – «Ні, я православний.»
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.staff_words.iter().any(|w| w.starts_with("folkekirke"));
    if u.is_staff() || !asked || m.has(KEY) {
        return;
    }
    let mood = mood::mood(u);
    let other_faith = u.all_words().iter().any(|w| {
        [
            "православн",
            "католи",
            "мусульман",
            "іслам",
            "атеїст",
            "греко",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let member = match (mood.objected || other_faith, mood.agreed) {
        (true, _) => false,
        (false, true) => true,
        (false, false) => return,
    };
    m.hear(KEY, Heard::new(member, u.evidence(0..0), 0.75));
}
