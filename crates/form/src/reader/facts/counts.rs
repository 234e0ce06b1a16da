//! Whether words that tell a fact elsewhere tell it where they stand.

use std::ops::Range;

use super::Fact::{Text, Yes};
use super::{Hit, Row};
use crate::reader::cues;

/// «Так, спільна, але займаюся ними я сама»: the answer stands first, and what is told beside it is no other one unless
/// somebody starts again.
pub(super) fn keeps_answer(words: &[&str], old: &Hit, row: &Row, range: &Range<usize>) -> bool {
    let opens = |w: &&str| {
        matches!(
            *w,
            "так"
                | "ні"
                | "нє"
                | "да"
                | "ага"
                | "ну"
                | "та"
                | "а"
                | "ой"
                | "то"
                | "у"
                | "нас"
        )
    };
    let one_of_several = matches!(
        row.key,
        "children[].custody" | "children[].lived_with_before" | "gp.choice"
    );
    let asked = !old.row.asked.is_empty() && !row.asked.is_empty();
    // A bare «так» or «ні» is only as clear as its question.
    let plain = matches!(
        &words[old.words.clone()],
        ["так" | "ні" | "нє" | "да" | "ага"]
    );
    let between = words.get(old.words.end..range.start);
    asked
        && one_of_several
        && !plain
        && old.row.fact != row.fact
        && row.fact != Text("later")
        && words[..old.words.start].iter().all(opens)
        && between.is_some_and(|between| {
            !between
                .iter()
                .any(|w| cues::is_restart(w) || matches!(*w, "ні" | "нє" | "тепер" | "потім"))
        })
}

/// «Сама запропонувала»: who did something, and nothing about who else there is.
pub(super) fn did_it_oneself(words: &[&str], range: &Range<usize>) -> bool {
    let alone = matches!(&words[range.clone()], ["сам" | "сама" | "самі"]);
    let past = |w: &&str| {
        w.chars().count() > 4
            && ["ла", "ли", "ав", "ив", "ів"]
                .iter()
                .any(|end| w.ends_with(end))
    };
    // «Він сам коробки носив»
    let third = words[..range.start]
        .iter()
        .rev()
        .take(3)
        .any(|w| matches!(*w, "він" | "вона" | "проти"));
    let within = if third { 3 } else { 1 };
    alone && words[range.end..].iter().take(within).any(past)
}

/// «не» or "ikke" right before words that do not contain it themselves.
pub(super) fn negated(words: &[&str], range: &Range<usize>, row: &Row) -> bool {
    let before = range.start.checked_sub(1).map_or("", |at| words[at]);
    // «Яка вдова, живий він», «який з нього власник»
    let rhetorical = matches!(before, "яка" | "який" | "яке")
        && matches!(row.key, "arrival.marital_status" | "host.role")
        // «Та нащо нова»
        || matches!(before, "нащо" | "навіщо" | "пощо")
            && row.key == "gp.choice"
            && row.fact != Text("keep")
        // «Та хай, хоч і далеко»
        || words[range.start.saturating_sub(2)..range.start].contains(&"хоч")
            && row.key == "gp.choice";
    // «Він буде не проти» guesses what nobody said yet.
    let guessed = row.key == "children[].other_parent_statement"
        && words[range.start.saturating_sub(2)..range.start]
            .iter()
            .any(|w| matches!(*w, "буде" | "думаю" | "мабуть" | "певно"));
    // «Міняти чи ні» only says what is asked, «кому я треба» that nobody needs it.
    let left_open = matches!(words.get(range.end..), Some(["чи", "ні" | "нє" | "не", ..]));
    let asks_back = row.key == "protection.requested"
        && row.fact == Yes
        && words[range.start.saturating_sub(2)..range.start]
            .iter()
            .any(|w| matches!(*w, "кому" | "нащо" | "навіщо" | "чого"));
    // «Ні, залишаємо», «ні, суборенда»: the «ні» answers.
    let answers = before == "ні"
        && range.start == 1
        && (row.key == "gp.choice" && row.fact == Text("keep") || row.key == "dwelling.type");
    !answers
        && (rhetorical
            || guessed
            || left_open
            || asks_back
            || matches!(before, "не" | "ні" | "без" | "ikke" | "ingen")
                && words.get(range.start).is_some_and(|w| *w != "не")
                && !matches!(before, "ні" if words[range.clone()].contains(&"ніхто")))
}
