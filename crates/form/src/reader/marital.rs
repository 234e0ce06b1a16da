//! Whether somebody who comes from abroad is married, since when and where.

use super::belief::Heard;
use super::memory::Memory;
use super::mood;
use super::topic::Topic;
use super::utterance::Utterance;

/// The answer to a question about it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m
        .asked
        .asks_any(&[Topic::Married, Topic::MaritalDate, Topic::MaritalPlace]);
    if !asked || m.has("arrival.marital_status") {
        return;
    }
    let words = u.all_words();
    // «Яка вдова, живий він! Розлучилися ми»
    let rhetorical = words.windows(2).any(|w| {
        matches!(w[0], "яка" | "який") && (w[1].starts_with("вдо") || w[1].starts_with("удо"))
    });
    let single = rhetorical
        || words.iter().any(|w| {
            ["неодруж", "незаміж", "розлуч", "вдов", "удов", "холост"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    // «Шлюбу не було», «заміжня не була»
    let never = words.windows(2).any(|w| {
        w[0].starts_with("шлюб") && w[1] == "не"
            || w[0] == "без" && w[1].starts_with("шлюб")
            || w[0] == "не"
                && ["була", "був", "заміж", "одруж", "жени", "виходил"]
                    .iter()
                    .any(|stem| w[1].starts_with(stem))
    });
    // "Er du gift?" – «Ні, ніколи не був.»
    let not_once = m.asked.asks(Topic::Married)
        && words
            .first()
            .is_some_and(|w| matches!(*w, "ні" | "нє" | "ніколи"))
        && words.contains(&"ніколи")
        && words.len() <= 6
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "gift" | "været"));
    if not_once
        && !m
            .staff_words
            .iter()
            .any(|w| w == "skilt" || w == "fraskilt")
    {
        let heard = Heard::new("U", u.evidence(0..0), 0.75);
        m.hear("arrival.marital_status", heard);
        return;
    }
    if single || never {
        return;
    }
    // "Er du fraskilt?" – «Так.»
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    if mood::mood(u).agreed && !says(&["eller"]) {
        let status = if says(&["fraskilt", "skilt"]) {
            Some("F")
        } else if says(&["enke", "enkemand"]) {
            Some("E")
        } else if says(&["partnerskab"]) {
            Some("P")
        } else if says(&["ugift"]) {
            Some("U")
        } else {
            None
        };
        if let Some(status) = status {
            let heard = Heard::new(status, u.evidence(0..0), 0.75);
            m.hear("arrival.marital_status", heard);
            return;
        }
    }
    let parted = says(&["skilt", "fraskilt"]) && !says(&["gift"]);
    let married = mood::mood(u).agreed
        || m.asked.asks(Topic::MaritalDate) && !parted
        || words.iter().any(|w| {
            w.starts_with("розпис") && !words.windows(2).any(|p| p[0] == "не" && p[1] == *w)
                || w.starts_with("одруж")
                || w.starts_with("шлюб")
                || *w == "заміжня"
        })
        || words.windows(2).any(|w| w[0] == "уже" && is_span(w[1]));
    if married && !mood::mood(u).objected {
        m.hear(
            "arrival.marital_status",
            Heard::new("G", u.evidence(0..0), 0.75),
        );
    }
}

/// «Уже сімнадцять років», «уже давно»: for how long.
fn is_span(word: &str) -> bool {
    matches!(word, "рік" | "роки" | "років" | "давно" | "так")
        || tolkebot_values::numbers::find(word, tolkebot_protocol::Lang::Uk)
            .iter()
            .any(|n| n.span.start == 0)
}

/// "Er I rigtigt gift?" – «Торік, шістнадцятого серпня»: who names the day is.
pub(super) fn married_on(m: &mut Memory, u: &Utterance<'_>) {
    let key = "arrival.marital_status";
    let dated = m
        .heard_now
        .iter()
        .any(|k| k == "arrival.marital_status_date");
    let gift = m.staff_words.iter().any(|w| w == "gift");
    if u.is_staff() || m.has(key) || !dated || !gift || m.objected {
        return;
    }
    m.hear(key, Heard::new("G", u.evidence(0..0), 0.7));
}
