//! "… otteogfirs, tredive?" – «Тринадцять наприкінці»: the pair at the end of the number that was just read back; and the last
//! four digits of a CPR number of which the employee misses one.

use tolkebot_values::cpr::CprNumber;
use tolkebot_values::numbers as spoken;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::utterance::Utterance;

/// Puts the last digits right; `true` when a number was meant.
pub(super) fn put_right(m: &mut Memory, u: &Utterance<'_>) -> bool {
    last_two(m, u) || last_four(m, u)
}

fn last_two(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let told = |key: &&String| key.ends_with(".phone") || key.ends_with(".cpr_number");
    let mut read_back = m.heard_before.iter().filter(told);
    let (Some(key), None) = (read_back.next().cloned(), read_back.next()) else {
        return false;
    };
    let Some(sentence) = u
        .sentences
        .iter()
        .find(|s| at_the_end(&u.words(s.words.clone())))
    else {
        return false;
    };
    let pairs: Vec<_> = spoken::find(&u.said, u.lang())
        .into_iter()
        .filter(|n| sentence.bytes.contains(&n.span.start))
        .collect();
    let [pair] = pairs.as_slice() else {
        return false;
    };
    let plain = pair.value.form == spoken::Form::Cardinal && (10..=99).contains(&pair.value.value);
    let Some(known) = m.text(&key).filter(|_| plain) else {
        return false;
    };
    let Some(start) = known.get(..known.len().saturating_sub(2)) else {
        return false;
    };
    let fresh = format!("{start}{}", pair.value.value);
    if key.ends_with(".cpr_number") && CprNumber::parse(&fresh).is_err() {
        return false;
    }
    let heard = Heard::new(fresh, u.evidence(pair.span.clone()), 0.8).act(Act::Correct);
    m.hear(&key, heard);
    true
}

/// "Jeg mangler et ciffer til sidst. Femten, ni, ni …?" – «Сімнадцять, тридцять дев'ять.»
fn last_four(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let asks = |word: &str| m.staff_words.iter().any(|w| w == word);
    let misses = asks("ciffer") && ["mangler", "sidst", "sidste"].into_iter().any(asks);
    if u.is_staff() || !misses || m.last_cpr_turn + 2 != m.turns {
        return false;
    }
    let Some(key) = m.last_cpr.map(|id| Memory::key(id, "cpr_number")) else {
        return false;
    };
    let numbers = spoken::find(&u.said, u.lang());
    let [first, second] = numbers.as_slice() else {
        return false;
    };
    let is_pair = |value: &spoken::Number| {
        value.form == spoken::Form::Cardinal && (10..=99).contains(&value.value)
    };
    let start = m.text(&key).and_then(|known| known.get(..7));
    let (true, Some(start)) = (is_pair(&first.value) && is_pair(&second.value), start) else {
        return false;
    };
    let fresh = format!("{start}{}{}", first.value.value, second.value.value);
    if CprNumber::parse(&fresh).is_err() {
        return false;
    }
    let evidence = u.evidence(first.span.start..second.span.end);
    m.hear(&key, Heard::new(fresh, evidence, 0.8).act(Act::Correct));
    true
}

/// «Наприкінці», «в кінці», «останні», «останнє».
fn at_the_end(words: &[&str]) -> bool {
    words.len() <= 6
        && (words
            .iter()
            .any(|w| matches!(*w, "наприкінці" | "вкінці") || w.starts_with("останн"))
            || words
                .windows(2)
                .any(|w| matches!(w, ["в" | "у" | "на", "кінці" | "кінець"])))
}
