//! Short answers about the home that only their question explains.

use super::belief::Heard;
use super::facts::Fact;
use super::memory::Memory;
use super::mood;
use super::topic::Topic;
use super::utterance::Utterance;

/// "Er I de eneste?", which a yes answers with nobody else.
pub(super) fn asks_only_ones(m: &Memory) -> bool {
    m.asked.asks(Topic::OthersRegistered) && m.staff_words.iter().any(|w| w.starts_with("eneste"))
}

/// "Er I de eneste, der bor der?" – «Удвох.»
pub(super) fn the_only_ones(m: &mut Memory, u: &Utterance<'_>) {
    let key = "dwelling.others_registered";
    if !asks_only_ones(m) || m.host.is_some() || m.heard_now.iter().any(|k| k == key) {
        return;
    }
    let words = u.all_words();
    let just_us = words.iter().any(|w| {
        matches!(
            *w,
            "тільки"
                | "лише"
                | "лиш"
                | "удвох"
                | "вдвох"
                | "утрьох"
                | "втрьох"
                | "учотирьох"
                | "вчотирьох"
                | "одні"
                | "самі"
                | "сама"
                | "сам"
        )
    });
    let more = words.windows(2).any(|w| {
        w[0] == "ще"
            && (matches!(
                w[1],
                "один" | "одна" | "двоє" | "троє" | "хтось" | "дівчина" | "хлопець"
            ) || w[1].starts_with("сусід")
                || w[1].starts_with("господ"))
            || w[0] == "крім"
    });
    let mood = mood::mood(u);
    let only = if mood.objected && !just_us {
        Fact::Yes
    } else if (mood.agreed || just_us) && !more {
        Fact::No
    } else {
        return;
    };
    m.hear(key, Heard::new(only.value(), u.evidence(0..0), 0.7));
}

/// "Har du hele huset eller noget af det?" – «Кімнату»; "Ejer han gården?" – «Його, дідова ще».
pub(super) fn short(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let part = m.asked.asks(Topic::DwellingType) && staff(&["hele", "helt", "værelset", "værelse"]);
    let first = words
        .iter()
        .find(|w| {
            !matches!(
                **w,
                "так" | "ага" | "ну" | "а" | "та" | "ні" | "не" | "тільки" | "лише"
            )
        })
        .copied()
        .unwrap_or("");
    if part
        && !m.has("dwelling.type")
        && matches!(
            first,
            "кімнату" | "кімната" | "кімнатку" | "кімнатка" | "куток"
        )
    {
        m.hear("dwelling.type", Heard::new("room", u.evidence(0..0), 0.75));
    }
    // "Er boligen så kommunens?" – «Тимчасова, від комуни.»
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let lent = m.asked.mentions(Topic::DwellingType) && staff(&["kommunens", "kommunen"]);
    if lent && !m.has("dwelling.type") && words.iter().any(|w| w.starts_with("тимчасов")) {
        let heard = Heard::new("municipal_temporary", u.evidence(0..0), 0.7);
        m.hear("dwelling.type", heard);
    }
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    // "Det er deres egen villa, ikke?" – «Їхня.»
    let owned = staff(&["ejer", "egen", "eget", "egne", "hans", "hendes", "deres"]);
    let owns = m.asked.asks(Topic::HostRole) && owned && !staff(&["lejer"]);
    if owns
        && !m.has("host.role")
        && matches!(first, "її" | "його" | "їхня" | "їхній" | "їхнє" | "їхні")
    {
        m.hear("host.role", Heard::new("owner", u.evidence(0..0), 0.7));
    }
}
