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
        basis(m, u);
        return;
    }
    let mood = mood::mood(u);
    let told = speaks(&words) || speaks(&staff) && !mood.objected;
    if let Some(country) = country(&words).filter(|_| told && !m.has(CITIZENSHIP)) {
        m.hear(CITIZENSHIP, Heard::new(country, u.evidence(0..0), 0.75));
    }
}

/// "Den er givet til arbejde", "opholdstilladelsen efter særloven", "er det familiesammenføring?": told, or asked and
/// then answered.
fn basis(m: &mut Memory, u: &Utterance<'_>) {
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let Some(ground) = ground(&words) else {
            continue;
        };
        let heard = Heard::new(ground, u.evidence(0..0), 0.7);
        if sentence.question {
            m.offer(BASIS, heard);
        } else if !m.has(BASIS) {
            m.hear(BASIS, heard);
        }
    }
}

/// The ground of stay that an employee names.
fn ground(words: &[&str]) -> Option<&'static str> {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let pair = |a: &str, b: &str| {
        words
            .windows(2)
            .any(|w| w[0].starts_with(a) && w[1].starts_with(b))
    };
    if starts(&["særlov"]) || pair("sær", "lov") {
        return Some("Særloven (fordrevne fra Ukraine)");
    }
    if starts(&["familiesammenfør"]) || pair("familie", "sammenfør") {
        return Some("Familiesammenføring");
    }
    let permit = starts(&["ophold", "tilladelse"]) || words.contains(&"givet");
    if !permit {
        return None;
    }
    let work = words.windows(2).any(|w| {
        matches!(w[0], "til" | "som" | "efter" | "for" | "af" | "på") && w[1].starts_with("arbejde")
    }) || starts(&["arbejdstilladelse"]);
    if work {
        Some("Arbejde")
    } else if pair("au", "pair") {
        Some("Au pair")
    } else if starts(&["studie", "studier"]) {
        Some("Studie")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_of_stay_is_named() {
        let said = |text: &str| ground(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(said("og opholds grundlaget er studie"), Some("Studie"));
        assert_eq!(
            said("er det familiesammenføring"),
            Some("Familiesammenføring")
        );
        assert_eq!(said("tilladelsen er givet til arbejde"), Some("Arbejde"));
        assert_eq!(said("har du et studiekort"), None);
    }
}
