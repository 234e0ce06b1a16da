//! Whether a move stays within one municipality, where somebody says so: "det er samme kommune", "er det Odense til
//! Odense?" – «Так», «в межах міста».

use super::belief::Heard;
use super::memory::Memory;
use super::mood;
use super::utterance::Utterance;

const WITHIN: &str = "domestic_within_municipality";
const TO: &str = "domestic_to_municipality";

/// Takes what a turn says about the municipality.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let key = "case.move_type";
    let known = matches!(
        m.text(key),
        Some("to_abroad" | "from_abroad" | "no_fixed_address")
    );
    if known || m.from_abroad.is_some() {
        return;
    }
    let kind = if u.is_staff() {
        u.sentences
            .iter()
            .filter(|s| !s.question)
            .find_map(|s| told_by_staff(&u.words(s.words.clone())))
    } else {
        told(m, u)
    };
    if let Some(kind) = kind
        && m.text(key) != Some(kind)
    {
        m.hear(key, Heard::new(kind, u.evidence(0..0), 0.8));
    }
}

/// "Det er jo samme kommune", "Ribe er stadig Esbjerg Kommune", "Skagen hører under Frederikshavn".
fn told_by_staff(words: &[&str]) -> Option<&'static str> {
    let unsure = words.iter().any(|w| {
        matches!(
            *w,
            "hvis" | "eller" | "om" | "når" | "man" | "ikke" | "læge" | "lægen"
        )
    });
    if unsure {
        return None;
    }
    let pair = |list: &[[&str; 2]]| words.windows(2).any(|w| list.iter().any(|p| w == p));
    if pair(&[
        ["samme", "kommune"],
        ["inden", "for"],
        ["internt", "i"],
        ["indenfor", "kommunen"],
    ]) && words.iter().any(|w| w.starts_with("kommune"))
    {
        return Some(WITHIN);
    }
    let still = words.windows(4).any(|w| {
        matches!(w, ["er" | "hører", "stadig" | "også" | "jo", _, last]
            if last.starts_with("kommune"))
    });
    if still {
        return Some(WITHIN);
    }
    pair(&[["anden", "kommune"], ["ny", "kommune"], ["kommunen", "fra"]])
        .then_some(TO)
        .filter(|_| {
            words
                .iter()
                .any(|w| matches!(*w, "flytter" | "flyttet" | "kommer" | "tilflytter"))
        })
}

/// «В межах міста», «комуна та сама», or a yes to "er det Odense til Odense?".
fn told(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let words = u.all_words();
    let staff = &m.staff_words;
    let asked = staff
        .iter()
        .any(|w| w.starts_with("kommune") || *w == "internt" || *w == "udefra")
        || staff.windows(3).any(|w| w[1] == "til" && w[0] == w[2]);
    let pair = |list: &[[&str; 2]]| words.windows(2).any(|w| list.iter().any(|p| w == p));
    // «Ось. Обидві в Орхусі.»
    let both = words
        .iter()
        .any(|w| matches!(*w, "обидві" | "обидва" | "обоє"))
        && u.places().iter().any(|p| p.value.country == "Danmark")
        && staff.iter().any(|w| w.starts_with("adresse"));
    if both {
        return Some(WITHIN);
    }
    let inside = pair(&[
        ["в", "межах"],
        ["у", "межах"],
        ["межах", "міста"],
        ["межах", "комуни"],
        ["комуна", "та"],
        ["тій", "самій"],
        ["та", "сама"],
    ]) && words
        .iter()
        .any(|w| w.starts_with("міст") || w.starts_with("комун") || *w == "межах");
    if inside && (asked || words.iter().any(|w| w.starts_with("комун"))) {
        return Some(WITHIN);
    }
    let other = words.windows(3).any(|w| {
        w[0].starts_with("комун") && w.iter().any(|x| matches!(*x, "інша" | "друга" | "чужа"))
    }) || pair(&[["інша", "комуна"], ["друга", "комуна"], ["іншої", "комуни"]]);
    if other {
        return Some(TO);
    }
    // "Er det Odense til Odense?"
    let same = staff
        .windows(3)
        .any(|w| w[1] == "til" && w[0] == w[2] && w[0].len() > 2);
    (same && mood::mood(u).agreed).then_some(WITHIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<&'static str> {
        told_by_staff(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn the_employee_says_that_it_is_one_municipality() {
        assert_eq!(said("det er jo samme kommune"), Some(WITHIN));
        assert_eq!(said("assens er stadig assens kommune"), Some(WITHIN));
        assert_eq!(said("er det ikke samme kommune"), None);
        assert_eq!(said("hvis det er samme kommune"), None);
    }
}
