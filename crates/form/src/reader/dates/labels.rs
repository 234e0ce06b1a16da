//! Nouns right before a day that name what day it is.

use super::*;

/// What the noun right before a day weighs.
pub(super) const LABEL: i32 = 14;

/// "Så er indrejsen den attende og flyttedatoen den nittende": the noun right before a day says what day it is.
pub(super) fn named(left: &[&str]) -> Option<Use> {
    if of_the_move(left) {
        return Some(Use::Move);
    }
    left.iter().rev().take(4).find_map(|w| {
        let starts = |stems: &[&str]| stems.iter().any(|stem| w.starts_with(stem));
        if starts(&["indrejse"]) {
            Some(Use::Arrival)
        } else if starts(&["udrejse", "afrejse"]) {
            Some(Use::Departure)
        } else if starts(&["flyttedato", "flyttedag", "indflytning", "tilflytning"]) {
            Some(Use::Move)
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
        assert_eq!(named("og flyttedatoen den"), Some(Use::Move));
        assert_eq!(named("og flytningen fredag den"), Some(Use::Move));
        assert_eq!(named("I skal melde flytningen senest den"), None);
        assert_eq!(named("indrejsen er noteret nu er det"), None);
    }
}
