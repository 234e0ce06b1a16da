//! Streets that somebody begins to say and takes back in the same breath: «Ґілсвей… ні, Гобровей вісім», «До Гобро,
//! Горсенсвей? Ні, Гострупвей тринадцять».

use super::*;

/// Longest way from the name that is dropped to the one that is meant, in words.
const REACH: usize = 6;

/// Which streets are taken back; the town of such a one goes on to the one that is meant.
pub(super) fn dropped(u: &Utterance<'_>, found: &mut [Found<Address>]) -> Vec<bool> {
    (0..found.len())
        .map(|at| {
            let drops = drops(u, found, at);
            if drops
                && codes_said(&found[at + 1].value).is_empty()
                && let Some(town) = found[at].value.place.clone()
            {
                found[at + 1].value.place = Some(town);
            }
            drops
        })
        .collect()
}

/// Whether the street at `at` is taken back by the next one.
fn drops(u: &Utterance<'_>, found: &[Found<Address>], at: usize) -> bool {
    let this = &found[at];
    let Some(next) = found.get(at + 1) else {
        return false;
    };
    let (Some(street), Some(meant)) = (&this.value.street, &next.value.street) else {
        return false;
    };
    let whole = this.value.number.is_some()
        || this.value.floor.is_some()
        || this.value.postal_code.is_some();
    if whole || next.value.number.is_none() && u.is_staff() {
        return false;
    }
    let between = u.words(u.word_at(street.span.end)..u.word_at(meant.span.start));
    let restarts = between.iter().any(|w| begins_anew(w));
    // «На Кірк… на Норгесґаде»
    let broken = u
        .turn
        .text
        .get(street.span.end..)
        .is_some_and(|rest| rest.starts_with(['…', '?', '!']) || rest.starts_with("..."));
    let elsewhere = between.iter().any(|w| {
        matches!(
            *w,
            "а" | "але" | "тепер" | "потім" | "звідти" | "раніше" | "og" | "men" | "nu"
        ) || ["переї", "перебр", "перебир", "жив", "мешка"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    between.len() <= REACH && !elsewhere && (restarts || broken && !u.is_staff())
}

fn begins_anew(word: &str) -> bool {
    cues::is_restart(word)
        || matches!(
            word,
            "нє" | "чекайте" | "стривайте" | "стоп" | "чи" | "altså"
        )
}
