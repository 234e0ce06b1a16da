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
                && let Some(town) = stands_apart(u, &found[at].value)
            {
                found[at + 1].value.place = Some(town);
            }
            drops
        })
        .collect()
}

/// «До Гобро, Горсенсвей»: a town that is no part of the street's name.
fn stands_apart(u: &Utterance<'_>, a: &Address) -> Option<Found<tolkebot_values::places::Place>> {
    let (town, street) = (a.place.as_ref()?, a.street.as_ref()?);
    let apart = u.said.get(town.span.end..street.span.start).is_some();
    apart.then(|| town.clone())
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
            "а" | "але"
                | "тепер"
                | "потім"
                | "звідти"
                | "раніше"
                | "og"
                | "men"
                | "nu"
        ) || ["переї", "перебр", "перебир", "жив", "мешка"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    // «Зі Скандерборгвей на Ґреннаде… ні, Ґреннеґаде»: from the one to the other.
    let first = u.word_at(street.span.start);
    let from = first > 0 && matches!(u.token(first - 1).text.as_str(), "з" | "із" | "зі" | "від");
    let goes_on = from && matches!(between.first(), Some(&("на" | "до" | "в" | "у")));
    between.len() <= REACH && !elsewhere && !goes_on && (restarts || broken && !u.is_staff())
}

fn begins_anew(word: &str) -> bool {
    cues::is_restart(word)
        || matches!(
            word,
            "нє" | "чекайте" | "стривайте" | "стоп" | "чи" | "altså" | "інша" | "інакше"
        )
}
