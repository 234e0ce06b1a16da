//! Countries that somebody only came through on their way: no place where they lived.

use std::ops::Range;

use jiff::civil::Date;
use tolkebot_values::Found;
use tolkebot_values::dates::{self, DateContext, Purpose};
use tolkebot_values::places::{Place, PlaceKind};

use super::cues;
use super::utterance::Utterance;

/// Whether a country or town is named only as a station of a journey: «через Польщу й Німеччину», «проїздом у Відні», "via
/// Tyskland", «спочатку в Польщу заїхали», "først var I to måneder i Polen" beside the country that was lived in.
pub(super) fn is_station(u: &Utterance<'_>, place: &Found<Place>) -> bool {
    let left = cues::left(u, 0, place.span.start);
    match left.last() {
        Some(&("через" | "транзитом" | "проїздом" | "via" | "gennem")) => {
            return true;
        }
        Some(&("over" | "om")) if u.is_staff() && travels(&left) => return true,
        Some(&("в" | "у" | "по" | "i")) if on_the_way(&left) => return true,
        _ => {}
    }
    // «через Румунію і Угорщину»
    if let Some(before) = joined_to(u, place) {
        return is_station(u, before);
    }
    let behind = cues::right(u, place.span.end);
    let first = first_of_all(u, place, &left, &behind);
    first && elsewhere(u, place)
}

fn travels(left: &[&str]) -> bool {
    left.iter().any(|w| {
        ["rejs", "kør", "kom", "fløj", "tog"]
            .iter()
            .any(|stem| w.starts_with(stem))
    })
}

/// «проїздом у Відні», «пересадка в Польщі», "mellemlanding i Wien"
fn on_the_way(left: &[&str]) -> bool {
    left.iter().rev().skip(1).take(3).any(|w| {
        ["проїзд", "пересад", "транзит", "mellemland", "gennemrejse"]
            .iter()
            .any(|stem| w.starts_with(stem))
    })
}

/// The place that a mere «і» or comma joins this one to.
fn joined_to<'u>(u: &'u Utterance<'_>, place: &Found<Place>) -> Option<&'u Found<Place>> {
    u.places().iter().find(|before| {
        before.span.end < place.span.start
            && u.turn
                .text
                .get(before.span.end..place.span.start)
                .is_some_and(|between| {
                    matches!(
                        between.trim(),
                        "," | "і"
                            | "й"
                            | "та"
                            | "og"
                            | ", і"
                            | ", та"
                            | "а потім"
                            | ", потім"
                            | "потім"
                    )
                })
    })
}

/// «Спочатку в Польщу заїхали, там три дні були», "I var to måneder i Polen først"
fn first_of_all(u: &Utterance<'_>, place: &Found<Place>, left: &[&str], behind: &[&str]) -> bool {
    if u.is_staff() {
        let first = left.contains(&"først") || behind.first() == Some(&"først");
        return first && left.contains(&"var");
    }
    // The last words before the place, without those that tell of another one.
    let from = u
        .places()
        .iter()
        .filter(|p| p.span.end < place.span.start)
        .map(|p| p.span.end)
        .max()
        .unwrap_or(0);
    let near = cues::left(u, from, place.span.start);
    let first = near.contains(&"спочатку") || near.contains(&"спершу");
    let beside: Vec<&str> = near.iter().chain(behind.iter().take(6)).copied().collect();
    let lived = near
        .iter()
        .any(|w| w.starts_with("жил") || w.starts_with("мешка"));
    let short = beside.iter().any(|w| {
        ["заїха", "заїжджа", "був", "була", "були", "прибу"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    first && short && !lived
}

/// Whether another country is named beside it.
fn elsewhere(u: &Utterance<'_>, place: &Found<Place>) -> bool {
    u.is_staff()
        || u.places().iter().any(|other| {
            matches!(
                other.value.kind,
                PlaceKind::Country | PlaceKind::ForeignTown
            ) && other.value.country != "Danmark"
                && other.value.country != place.value.country
        })
}

/// «Кордон переїхали двадцять четвертого» of the last weeks: who says so has come from abroad. Only the day in the same clause
/// is that of the border, and who is back from a holiday lives here.
pub(super) fn has_just_crossed(u: &Utterance<'_>, today: Date) -> bool {
    /// Days within which somebody who has come reports it.
    const LATELY: i32 = 40;
    let words = u.all_words();
    let crossed = words.iter().any(|w| w.starts_with("кордон"))
        && words.iter().any(|w| {
            ["переїха", "перетну", "перейш", "проїха"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    let away = words.iter().any(|w| {
        matches!(*w, "давно" | "році")
            || ["відпуст", "канікул", "відпочин", "гостей", "повернул"]
                .iter()
                .any(|stem| w.starts_with(stem))
    });
    let ctx = DateContext::new(today, Purpose::Move);
    crossed
        && !away
        && !u.is_staff()
        && dates::find(&u.said, u.lang(), &ctx)
            .iter()
            .filter(|hit| beside_border(u, &hit.span))
            .filter_map(|hit| hit.value.date)
            .any(|day| (0..=LATELY).contains(&(today - day).get_days()))
}

/// Whether no sign stands between a day and the border.
fn beside_border(u: &Utterance<'_>, day: &Range<usize>) -> bool {
    let border = u
        .word_tokens
        .iter()
        .map(|&at| &u.tokens[at])
        .find(|t| t.text.starts_with("кордон"));
    border.is_some_and(|b| {
        let (from, to) = (b.span.end.min(day.end), b.span.start.max(day.start));
        let between = u.said.get(from..to);
        between.is_none_or(|gap| !gap.contains([',', '.', ';', '?', '!']))
    })
}
