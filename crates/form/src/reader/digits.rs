//! Pairs of digits in telephone and CPR numbers that the citizen puts right: at once, or after the turn is over.

use std::ops::Range;

use tolkebot_values::cpr::CprNumber;
use tolkebot_values::numbers as spoken;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::utterance::Utterance;

/// For so many turns a number may be put right without being named again.
const RECENT: u32 = 4;

/// «… дев'яносто один. Ой, не дев'яносто один, а дев'ятнадцять»; "22 33 54 60, og din mail?" – «Ні, там сорок п'ять, а не
/// п'ятдесят чотири»: a pair is put right where it stands only once.
pub(super) fn corrected(
    m: &mut Memory,
    u: &Utterance<'_>,
    wrong: &str,
    right: &str,
    span: &Range<usize>,
) -> bool {
    if wrong.len() != 2 || right.len() != 2 || of_something_else(m, u, wrong, span) {
        return false;
    }
    let told = |key: &String| key.ends_with(".phone") || key.ends_with(".cpr_number");
    let mut keys: Vec<String> = m.heard_now.iter().filter(|k| told(k)).cloned().collect();
    let now = keys.len();
    let earlier = m
        .last_phone
        .clone()
        .into_iter()
        .chain(m.last_cpr.map(|id| Memory::key(id, "cpr_number")));
    let mut earlier: Vec<(u32, String)> = earlier
        .filter_map(|key| {
            let slot = m.belief(&key)?.slot()?;
            let turn = slot.evidence.iter().map(|e| e.turn).max()?;
            (turn + RECENT >= u.turn.n && !keys.contains(&key)).then_some((turn, key))
        })
        .collect();
    // The one that was spoken of last.
    earlier.sort_by(|a, b| b.cmp(a));
    keys.extend(earlier.into_iter().map(|(_, key)| key));
    for (at, key) in keys.iter().enumerate() {
        let Some(known) = m.text(key).map(str::to_owned) else {
            continue;
        };
        let Some(fresh) = put_right(&known, wrong, right, at < now) else {
            continue;
        };
        let valid = !key.ends_with(".cpr_number") || CprNumber::parse(&fresh).is_ok();
        if valid {
            let evidence = u.evidence(span.clone());
            m.hear(key, Heard::new(fresh, evidence, 0.8).act(Act::Correct));
            return true;
        }
    }
    false
}

/// "Nygade 22. Hvilken sal?" – «Ні, не двадцять два, а тридцять два»: the house that was just read out; «не п'ятнадцятого, а
/// шістнадцятого»: a day. Unless a number was just told or read out, too.
fn of_something_else(m: &Memory, u: &Utterance<'_>, wrong: &str, span: &Range<usize>) -> bool {
    let of_number = |key: &String| key.ends_with("phone") || key.ends_with(".cpr_number");
    if m.heard_now.iter().chain(&m.heard_before).any(of_number) {
        return false;
    }
    let house = ["to.house_number", "from.house_number"].iter().any(|key| {
        let just = m.heard_before.iter().any(|k| k == key) && m.text(key) == Some(wrong);
        let refused =
            |(k, heard): &(String, Heard)| k == key && heard.value.as_str() == Some(wrong);
        just || m.refused.iter().any(refused)
    });
    let day = u
        .numbers()
        .iter()
        .any(|n| n.span.start == span.start && matches!(n.value.form, spoken::Form::Ordinal(_)));
    house || day
}

/// The number with the pair in place of the wrong one. In the turn in which the number was told, the right pair may stand
/// there already.
fn put_right(known: &str, wrong: &str, right: &str, now: bool) -> Option<String> {
    let start = if known.starts_with("+45") { 3 } else { 0 };
    let cpr = known.contains('-');
    let places: Vec<usize> = (start..known.len().saturating_sub(1))
        .filter(|at| match cpr {
            true => matches!(at, 0 | 2 | 4 | 7 | 9),
            false => (at - start).is_multiple_of(2),
        })
        .collect();
    let pair = |at: usize| known.get(at..at + 2);
    if now && places.iter().any(|at| pair(*at) == Some(right)) {
        return None;
    }
    let found: Vec<usize> = places
        .iter()
        .copied()
        .filter(|at| pair(*at) == Some(wrong))
        .collect();
    let [at] = found.as_slice() else { return None };
    Some(format!("{}{right}{}", &known[..*at], &known[at + 2..]))
}

/// «ні сорок п'ять не п'ятдесят чотири», as a recogniser writes it.
pub(super) fn corrected_without_signs(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let found = spoken::find(&u.said, u.lang());
    let plain =
        |n: &spoken::Number| n.form != spoken::Form::Collective && (10..=99).contains(&n.value);
    for pair in found.windows(2) {
        let between = u
            .turn
            .text
            .get(pair[0].span.end..pair[1].span.start)
            .unwrap_or("")
            .to_lowercase();
        let not_that = matches!(
            between.trim(),
            "не" | ", не" | "а не" | ", а не" | "— не" | "ikke" | ", ikke" | "og ikke"
        );
        if not_that && plain(&pair[0].value) && plain(&pair[1].value) {
            let (right, wrong) = (pair[0].value.value, pair[1].value.value);
            let span = pair[0].span.clone();
            if corrected(m, u, &wrong.to_string(), &right.to_string(), &span) {
                return true;
            }
        }
    }
    false
}
