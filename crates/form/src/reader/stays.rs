//! How long those who come from abroad stay.

use super::belief::Heard;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// «Вісімнадцять місяців», «місяців на десять».
fn many_months(u: &Utterance<'_>) -> bool {
    let months: Vec<usize> = (0..u.word_tokens.len())
        .filter(|at| u.token(*at).text.starts_with("місяц"))
        .collect();
    u.numbers().iter().any(|hit| {
        let words = u.words_in(&hit.span);
        let beside =
            |at: &usize| (words.end..=words.end + 1).contains(at) || *at + 2 == words.start;
        hit.value.value > 3 && months.iter().any(beside)
    })
}

/// «Контракт на два роки», «Років п'ять точно», «Назад не збираємося».
pub(super) fn stay(m: &mut Memory, u: &Utterance<'_>) {
    let key = "arrival.stay_over_3_months";
    let words = u.all_words();
    // «Залишуся щонайменше на два роки», told beside the day of arrival
    let stays = words.iter().position(|w| {
        [
            "залишуся",
            "залишусь",
            "залишимося",
            "залишимось",
            "лишуся",
            "лишусь",
            "лишимось",
            "пробуду",
        ]
        .contains(w)
    });
    let told = stays.is_some_and(|at| {
        m.from_abroad.is_some()
            && words[at..].iter().take(6).any(|w| {
                w.starts_with("рок")
                    || w.starts_with("рік")
                    || matches!(*w, "назавжди" | "назовсім")
            })
    });
    // «Аспірантура на три роки, контракт ось»: how long the work or the studies last.
    let lasts = m.from_abroad.is_some()
        && words.iter().any(|w| {
            [
                "контракт",
                "аспірант",
                "навчан",
                "магістр",
                "стажув",
                "робот",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        })
        && words
            .windows(3)
            .any(|w| w[0] == "на" && (matches!(w[2], "роки" | "років") || w[1] == "рік"));
    if lasts && !told && !m.has(key) {
        m.hear(key, Heard::new(true, u.evidence(0..0), 0.6).unsure(true));
    }
    if told && !m.has(key) {
        m.hear(key, Heard::new(true, u.evidence(0..0), 0.7));
    }
    if !m.asked.asks(Topic::ThreeMonths) || m.has(key) {
        return;
    }
    let long = words.iter().any(|w| {
        [
            "рок",
            "рік",
            "назавжди",
            "назовсім",
            "надовго",
            "понад",
            "довше",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    }) || words.windows(2).any(|w| {
        matches!(
            w,
            ["не", "збираємося" | "збираємось" | "збираюся" | "збираюсь"] | ["бог", "дасть"]
        )
    });
    // «Та хто ж знає… Але так, до літа точно нікуди»
    let after_all = words.windows(2).any(|w| w == ["але", "так"]);
    if long || after_all || many_months(u) {
        m.hear(key, Heard::new(true, u.evidence(0..0), 0.7));
        return;
    }
    // «Поки онука до школи не відведу», «Та до смерті»: whatever is said in answer, unless it is short or unknown.
    let open = words.iter().any(|w| {
        [
            "місяц",
            "тижд",
            "тижн",
            "дні",
            "днів",
            "літ",
            "сезон",
            "свят",
            "квит",
            "гост",
            "знаю",
            "побач",
            "думал",
            "думав",
            "назад",
            "поверн",
            "верн",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let asks_back = u.sentences.iter().any(|s| s.question);
    if !open && !asks_back && !super::replies::reply(u).objected && words.len() >= 2 {
        let heard = Heard::new(true, u.evidence(0..0), 0.6).unsure(true);
        m.hear(key, heard);
    }
}
