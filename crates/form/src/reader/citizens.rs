//! Citizenship of those who arrive, and what they may stay for.

use super::belief::Heard;
use super::memory::Memory;
use super::mood;
use super::utterance::Utterance;

const CITIZENSHIP: &str = "mover.citizenship";
const BASIS: &str = "mover.residence_permit_basis";

/// Adjectives of countries by their beginning, in both languages.
const COUNTRIES: [(&str, &str, &str); 8] = [
    ("україн", "ukrain", "Ukraine"),
    ("польськ", "polsk", "Polen"),
    ("молдов", "moldov", "Moldova"),
    ("румун", "rumæn", "Rumænien"),
    ("німецьк", "tysk", "Tyskland"),
    ("білорус", "hviderus", "Belarus"),
    ("литов", "litau", "Litauen"),
    ("грузин", "georgi", "Georgien"),
];

/// Reads what a turn says about citizenship and the ground of stay.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let speaks = |words: &[&str]| {
        words.iter().any(|w| {
            w.starts_with("statsborger")
                || w.starts_with("громадян")
                || w.starts_with("nationalitet")
        })
    };
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let country = |words: &[&str]| {
        words.iter().find_map(|w| {
            COUNTRIES
                .iter()
                .find(|(uk, da, _)| w.starts_with(uk) || w.starts_with(da))
                .map(|(_, _, country)| *country)
        })
    };
    if u.is_staff() {
        if let Some(country) = country(&words).filter(|_| speaks(&words)) {
            let heard = Heard::new(country, u.evidence(0..0), 0.75);
            if u.sentences.iter().any(|s| s.question) {
                m.offer(CITIZENSHIP, heard);
            } else {
                m.hear(CITIZENSHIP, heard);
            }
        }
        basis(m, u, &words);
        return;
    }
    let mood = mood::mood(u);
    let told = speaks(&words) || speaks(&staff) && !mood.objected;
    if let Some(country) = country(&words).filter(|_| told && !m.has(CITIZENSHIP)) {
        m.hear(CITIZENSHIP, Heard::new(country, u.evidence(0..0), 0.75));
    }
}

/// "Den er givet til arbejde", "opholdstilladelsen efter særloven".
fn basis(m: &mut Memory, u: &Utterance<'_>, words: &[&str]) {
    let permit = words
        .iter()
        .any(|w| w.starts_with("ophold") || w.starts_with("tilladelse") || *w == "givet");
    if m.has(BASIS) || !permit {
        return;
    }
    let work = words.windows(2).any(|w| {
        matches!(w[0], "til" | "som" | "efter" | "for" | "af" | "på") && w[1].starts_with("arbejde")
    }) || words.iter().any(|w| w.starts_with("arbejdstilladelse"));
    if work {
        m.hear(BASIS, Heard::new("Arbejde", u.evidence(0..0), 0.7));
    }
}
