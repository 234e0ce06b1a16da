//! Read-backs of an address that are wrong in one part only.

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::utterance::Utterance;

/// "Din nye adresse er Vestergade 8, 2. tv.?" – «Не ліворуч, а праворуч», «так, тільки поверх третій»: the side or the floor
/// is another one, and the rest of what was read out stands to be asked about.
pub(super) fn refused(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff()
        || m.refused.is_empty()
        || u.addresses().iter().any(|a| a.value.street.is_some())
    {
        return;
    }
    let Some(prefix) = m.refused.iter().find_map(|(key, _)| {
        let prefix = key.strip_suffix(".street_name")?;
        (!m.has(key)).then(|| prefix.to_owned())
    }) else {
        return;
    };
    let words = u.all_words();
    let side = |word: &str| match word {
        "праворуч" | "справа" | "правий" | "права" => Some("th"),
        "ліворуч" | "зліва" | "лівий" | "ліва" => Some("tv"),
        "посередині" => Some("mf"),
        _ => None,
    };
    let sides: Vec<(usize, &str)> = words
        .iter()
        .enumerate()
        .filter(|(at, _)| *at == 0 || words[at - 1] != "не")
        .filter_map(|(at, word)| Some((at, side(word)?)))
        .collect();
    let floor = words
        .iter()
        .any(|w| w.starts_with("поверх") || matches!(*w, "сал" | "салі" | "стуен"));
    if words.len() > 8 || sides.len() > 1 || sides.is_empty() && !floor {
        return;
    }
    let wrong = match sides.is_empty() {
        true => format!("{prefix}.floor"),
        false => format!("{prefix}.door"),
    };
    let rest: Vec<(String, Heard)> = m
        .refused
        .iter()
        .filter(|(key, _)| *key != wrong && key.starts_with(&format!("{prefix}.")))
        .filter(|(key, _)| !m.has(key))
        .cloned()
        .collect();
    for (key, heard) in rest {
        m.hear(&key, heard.unsure(true));
    }
    if let [(at, side)] = sides.as_slice() {
        let evidence = u.evidence_of_words(&(*at..at + 1));
        m.hear(&wrong, Heard::new(*side, evidence, 0.75).act(Act::Correct));
    }
}
