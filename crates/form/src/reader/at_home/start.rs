//! The first day of the lease, beside the day on which somebody moved: «з першого квітня договір, а переспали третього»,
//! «офіційно кімната моя від десятого», "og den begynder?" – «Від першого лютого».

use jiff::civil::Date;
use tolkebot_values::Found;
use tolkebot_values::dates::{self, DateContext, DateKind, DateReading, Purpose};

use super::lease::LEASE;
use super::{begins, has, question, starts, suppose};
use crate::reader::dates::month_spoken_of;
use crate::reader::memory::Memory;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "dwelling.lease_start";
/// So many days back and ahead a lease may begin.
const PLAUSIBLE: std::ops::RangeInclusive<i32> = -700..=400;

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.has(KEY) || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    let staff = question(m);
    let moving = starts(
        &u.all_words(),
        &[
            "засел",
            "заїха",
            "заїдж",
            "переїзд",
            "переїха",
            "спал",
            "в'їха",
        ],
    );
    let asked = !moving
        && (asks_start(&staff)
            || m.asked.asks(Topic::LeaseStart) && !m.asked.asks(Topic::MoveDate));
    let month = month_spoken_of(m.today, u);
    let context = DateContext::new(m.today, Purpose::Other).with_anchor(month.or(m.anchor));
    let found = dates::find(&u.said, u.lang(), &context);
    let said: Vec<(&Found<DateReading>, Date)> = found
        .iter()
        .filter(|hit| !matches!(hit.value.kind, DateKind::Weekday | DateKind::Relative))
        .filter(|hit| hit.value.kind != DateKind::BareDay || month.is_some())
        .filter(|hit| !ends_then(u, hit))
        .filter_map(|hit| Some((hit, hit.value.date?)))
        .filter(|(_, date)| PLAUSIBLE.contains(&(*date - m.today).get_days()))
        .collect();
    let labelled = said.iter().find(|(hit, _)| of_lease(u, hit));
    let Some((hit, date)) = labelled.or(said.first().filter(|_| asked)) else {
        return;
    };
    let at = u.words_in(&hit.span);
    let date = as_asked(m, hit, *date);
    let (date, at) = (date.to_string(), at.clone());
    suppose(m, u, KEY, date, at);
}

/// "Overtager I den første januar?" – «Офіційно першого, але …»: a bare day that the question has just named is that one.
fn as_asked(m: &Memory, hit: &Found<DateReading>, date: Date) -> Date {
    let bare = hit.value.kind == DateKind::BareDay;
    let named = m
        .dates_seen_before
        .iter()
        .find(|day| day.day() == date.day());
    named.copied().filter(|_| bare).unwrap_or(date)
}

/// "Og den begynder?", "fra hvilken dag?" right behind the lease, "lejestart?"
fn asks_start(staff: &[&str]) -> bool {
    let begins_it = has(staff, &["begynder", "starter", "løber", "gælder"])
        && has(
            staff,
            &[
                "den",
                "kontrakten",
                "aftalen",
                "lejen",
                "lejemålet",
                "perioden",
            ],
        )
        && !has(staff, &["længe", "sovet", "sov"])
        && !starts(staff, &["skole", "arbejd", "flyt", "til"]);
    let from = has(staff, &["fra"])
        && (has(staff, &["hvornår"])
            || staff
                .windows(2)
                .any(|w| w[0] == "hvilken" && matches!(w[1], "dag" | "dato")))
        && starts(
            staff,
            &["kontrakt", "lejekontrakt", "aftale", "leje", "lejemål"],
        );
    begins_it || from || starts(staff, &["lejestart"])
}

/// «До кінця», «до першого»: an end, or when the paper will be brought.
fn ends_then(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let at = u.words_in(&hit.span);
    let left = u.words(at.start.saturating_sub(2)..at.start);
    has(&left, &["до", "кінця"])
}

/// The contract, or what holds on paper, is named right beside the day.
fn of_lease(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let at = u.words_in(&hit.span);
    let Some(sentence) = u.sentence_at(hit.span.start) else {
        return false;
    };
    let left = u.words(at.start.saturating_sub(5).max(sentence.words.start)..at.start);
    let right = u.words(at.end..(at.end + 2).min(sentence.words.end));
    let ends = matches!(left.last(), Some(&("на" | "не")))
        || starts(&right, &["підпис"])
        || left.iter().rev().take(3).any(|w| begins(w, &["підпис"]));
    let paper = |w: &&str| begins(w, &LEASE[..4]);
    let by_paper = matches!(right.first(), Some(w) if begins(w, &["договір", "контракт", "оренд"]))
        || matches!(right.as_slice(), ["по" | "за", w] if begins(w, &["догов", "контракт"]));
    let said = left
        .iter()
        .rev()
        .take(5)
        .any(|w| paper(w) || matches!(*w, "офіційно" | "формально" | "папері" | "паперах"));
    let runs = left
        .iter()
        .rev()
        .take(2)
        .any(|w| begins(w, &["почина", "почне", "почал", "діє", "стояло", "стоїть"]));
    // «Спати почнемо з першого лютого»: no paper begins then.
    let sleeps = left
        .iter()
        .any(|w| begins(w, &["спати", "ночува", "жити", "мешка"]));
    let from = matches!(left.last(), Some(&("з" | "із" | "від" | "по" | "з-від")));
    let acts = u.words(sentence.words.clone()).iter().any(|w| {
        begins(
            w,
            &[
                "принес",
                "донес",
                "пришл",
                "надішл",
                "підпиш",
                "кінча",
                "закінч",
                "працю",
                "робот",
            ],
        )
    });
    let labelled = said
        && (from
            || runs
            || left
                .iter()
                .rev()
                .take(3)
                .any(|w| paper(w) || *w == "офіційно"));
    !ends && !acts && (by_paper || labelled || runs && from && !sleeps)
}
