//! Nouns right before a day that name what day it is.

use super::*;

/// What the noun right before a day weighs.
pub(super) const LABEL: i32 = 14;

/// What the employee calls a day, or which one they put right.
pub(super) fn labelled(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    left: &[&str],
) -> Option<Use> {
    if !u.is_staff() {
        return None;
    }
    named(left).or_else(|| puts_right(m, u, hit).then_some(Use::Move))
}

/// "Så søndag den toogtyvende, rettet", "det ændrer jeg til den anden": the day that the citizen has just named in place
/// of the one of the move, which was known.
fn puts_right(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let known = m.has("move_date") || m.has("departure.date");
    let words = u.all_words();
    let rights = words
        .iter()
        .any(|w| matches!(*w, "rettet" | "retter" | "ændret" | "ændrer"));
    let other = words.iter().any(|w| {
        ["kontrakt", "lej", "født", "fødsel", "nøgl", "frist"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    known
        && rights
        && !other
        && hit
            .value
            .date
            .is_some_and(|day| m.dates_seen_before.contains(&day))
}

/// "Så er indrejsen den attende og flyttedatoen den nittende": the noun right before a day says what day it is.
pub(super) fn named(left: &[&str]) -> Option<Use> {
    if of_the_move(left) {
        return Some(Use::Move);
    }
    // "Så leje fra den første, men flyttedato den anden."
    let rent = left
        .iter()
        .rev()
        .take(3)
        .any(|w| matches!(*w, "leje" | "lejen" | "huslejen"));
    if rent && left.iter().rev().take(2).any(|w| *w == "fra") {
        return Some(Use::LeaseStart);
    }
    // "… og flyttet ind den trettende"
    let near = &left[left.len().saturating_sub(4)..];
    if near
        .windows(2)
        .any(|w| matches!(w, ["flyttet" | "flyttede", "ind"]))
    {
        return Some(Use::Move);
    }
    left.iter().rev().take(4).find_map(|w| {
        let starts = |stems: &[&str]| stems.iter().any(|stem| w.starts_with(stem));
        if starts(&["indrejse", "indrejst"]) {
            Some(Use::Arrival)
        } else if starts(&["udrejse", "afrejse"]) {
            Some(Use::Departure)
        } else if starts(&["flyttedato", "flyttedag", "indflyt", "tilflyt"]) {
            Some(Use::Move)
        } else if matches!(
            *w,
            "vielse" | "vielsen" | "skilsmisse" | "skilsmissen" | "dødsfald" | "dødsfaldet"
        ) {
            Some(Use::Married)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_right_before_a_day_names_it() {
        let named = |text: &str| named(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(named("så er indrejsen den"), Some(Use::Arrival));
        assert_eq!(named("altså indrejst den"), Some(Use::Arrival));
        assert_eq!(named("og flyttet ind den"), Some(Use::Move));
        assert_eq!(named("og flyttedatoen den"), Some(Use::Move));
        assert_eq!(named("og flytningen fredag den"), Some(Use::Move));
        assert_eq!(named("så leje fra den"), Some(Use::LeaseStart));
        let of_status = "dato for skilsmisse dødsfald eller vielse";
        assert_eq!(named(of_status), Some(Use::Married));
        assert_eq!(named("kom med vielsesattesten inden den"), None);
        assert_eq!(named("I skal melde flytningen senest den"), None);
        assert_eq!(named("indrejsen er noteret nu er det"), None);
    }
}
