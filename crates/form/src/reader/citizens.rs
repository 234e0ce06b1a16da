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
        // "Det står der. Ukrainsk, kvinde", "passene har den ukrainske trefork": read from the passport.
        let pass = words
            .iter()
            .any(|w| matches!(*w, "pas" | "passet" | "passene" | "trefork"));
        let read = pass
            && words.windows(2).any(|w| {
                matches!(
                    w,
                    ["ukrainsk" | "ukrainske", "pas" | "trefork" | "statsborger"]
                )
            });
        if let Some(country) = country(&words).filter(|_| speaks(&words) || read) {
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
    if m.has(CITIZENSHIP) {
        return;
    }
    let mood = mood::mood(u);
    let told = speaks(&words) || speaks(&staff) && !mood.objected;
    let asked = !mood.agreed && speaks(&staff) || staff.windows(2).any(|w| w == ["borger", "i"]);
    let found = of_oneself(m, u, &words, asked).or_else(|| {
        (0..words.len())
            .filter(|at| told && !refused(u, *at))
            .find_map(|at| country(&words[at..=at]))
    });
    if let Some(country) = found {
        m.hear(CITIZENSHIP, Heard::new(country, u.evidence(0..0), 0.75));
    }
}

/// «Я українка», «паспорт український, чеського нема», «паспорт із тризубом»: the country that is not refused.
fn of_oneself(m: &Memory, u: &Utterance<'_>, words: &[&str], asked: bool) -> Option<&'static str> {
    let at = |stems: &[&str]| {
        words
            .iter()
            .position(|w| stems.iter().any(|s| w.starts_with(s)))
    };
    let self_told = words.windows(2).any(|w| {
        matches!(w[1], "українець" | "українка") && matches!(w[0], "я" | "бо" | "але" | "як")
            || w == ["українець", "за"]
            || w == ["українка", "за"]
            || asked && matches!(w[0], "українець" | "українка")
    });
    if self_told {
        return Some("Ukraine");
    }
    let paper = at(&["паспорт", "громадян", "підданий", "піддана", "підданств"]);
    let emblem = at(&["тризуб", "жовто", "синьо"]);
    if paper.is_some() && emblem.is_some() {
        return Some("Ukraine");
    }
    let other = m.mover == 0
        && words
            .iter()
            .any(|w| matches!(*w, "чоловік" | "дружина" | "його" | "її" | "він" | "вона"));
    if paper.is_none() && !asked || other {
        return None;
    }
    (0..words.len()).find_map(|at| {
        let country = COUNTRIES
            .iter()
            .find(|(uk, ..)| words[at].starts_with(uk))
            .map(|(.., country)| *country)?;
        // «Тільки українською»: a language.
        let language = words[at].ends_with("ою");
        let beside = asked || paper.is_some_and(|p| p.abs_diff(at) <= 3);
        (beside && !language && !refused(u, at)).then_some(country)
    })
}

/// «Латвійське не взяв», «іракського вже нема», «не українська»: of the clause that a word stands in.
fn refused(u: &Utterance<'_>, at: usize) -> bool {
    let words = u.all_words();
    let apart = |w: usize| {
        u.turn
            .text
            .get(u.token(w - 1).span.end..u.token(w).span.start)
            .is_some_and(|gap| gap.contains([',', '.', ';', '—', '…', '!', '?']))
            || matches!(words[w], "а" | "але")
    };
    let start = (1..=at).rev().find(|w| apart(*w)).unwrap_or(0);
    let end = (at + 1..words.len())
        .find(|w| apart(*w))
        .unwrap_or(words.len());
    let clause = &words[start..end];
    clause.iter().any(|w| {
        matches!(*w, "нема" | "немає" | "від")
            || ["відмов", "просит", "прострочен", "хотіл"]
                .iter()
                .any(|stem| w.starts_with(stem))
    }) || clause.iter().position(|w| *w == "не").is_some_and(|no| {
        !clause[no + 1..]
            .iter()
            .any(|w| w.starts_with("втрат") || w.starts_with("міня"))
    })
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
    if words.contains(&"eller") {
        return None;
    }
    if starts(&["familiesammenfør"]) || pair("familie", "sammenfør") {
        return Some("Familiesammenføring");
    }
    let permit = starts(&["ophold", "tilladelse", "grundlag"]) || words.contains(&"givet");
    if !permit {
        return None;
    }
    let work = words.windows(2).any(|w| {
        matches!(w[0], "til" | "som" | "efter" | "for" | "af" | "på" | "er")
            && w[1].starts_with("arbejde")
    }) || starts(&[
        "arbejdstilladelse",
        "faglært",
        "beløbsordning",
        "positivlist",
    ]) || pair("pay", "limit")
        || pair("fast", "track");
    if starts(&["positivlist"]) {
        Some("Arbejde (positivlisten)")
    } else if work {
        Some("Arbejde")
    } else if pair("au", "pair") {
        Some("Au pair")
    } else if starts(&["forsker"]) {
        Some("Forsker")
    } else if starts(&["studie", "studerende"]) || pair("som", "elev") {
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
