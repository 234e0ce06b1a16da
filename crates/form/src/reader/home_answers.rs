//! Short answers about the home that only their question explains.

use super::belief::Heard;
use super::facts::Fact;
use super::memory::{Memory, Place};
use super::mood;
use super::topic::Topic;
use super::utterance::Utterance;

/// "Er I de eneste?", which a yes answers with nobody else.
pub(super) fn asks_only_ones(m: &Memory) -> bool {
    m.asked.asks(Topic::OthersRegistered) && m.staff_words.iter().any(|w| w.starts_with("eneste"))
}

/// "Lejligheden der, bor der nogen nu?" right after the address that is left: not who lives in the new home.
pub(super) fn of_old_home(m: &Memory) -> bool {
    let recent = m.place == Some(Place::Old) && m.place_turn + 2 >= m.turns;
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let now = says(&["nu", "stadig", "endnu"]) && says(&["der"]);
    recent
        && now
        && !says(&[
            "nye",
            "ny",
            "hen",
            "flytter",
            "ind",
            "dit",
            "registreret",
            "tilmeldt",
        ])
}

/// «Ніхто, ми її здаємо»: of the home that is left, so nobody stays behind in it. Who lives there now may also be a
/// new tenant, so a yes says nothing.
pub(super) fn nobody_left(m: &mut Memory, u: &Utterance<'_>, objected: bool) {
    let key = "from.whole_household_moves";
    if objected && !m.has(key) {
        m.hear(key, Heard::new(true, u.evidence(0..0), 0.7));
    }
}

/// "Bor Artems far sammen med jer?": no answer to it tells of anybody else.
pub(super) fn of_a_relative(m: &Memory) -> bool {
    let words = &m.staff_words;
    let Some(together) = words.iter().position(|w| w == "sammen") else {
        return false;
    };
    let Some(lives) = words[..together]
        .iter()
        .rposition(|w| matches!(w.as_str(), "bor" | "boede" | "boet"))
    else {
        return false;
    };
    let between = &words[lives + 1..together];
    !between.is_empty()
        && !between.iter().any(|w| {
            matches!(
                w.as_str(),
                "andre" | "nogen" | "flere" | "du" | "i" | "der" | "hvem"
            )
        })
}

/// "Bor der allerede nogen på adressen?" – «Так.»: a yes where the question can be answered by yes in no other sense.
pub(super) fn somebody_is_there(m: &mut Memory, u: &Utterance<'_>, mood: mood::Mood) {
    let key = "dwelling.others_registered";
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asks = says(&["bor", "er", "står"])
        && says(&["nogen", "andre", "folk"])
        && says(&[
            "adressen",
            "lejligheden",
            "boligen",
            "huset",
            "forvejen",
            "allerede",
            "der",
        ]);
    let otherwise = says(&[
        "alene", "eneste", "kun", "ikke", "tilbage", "boede", "flytter", "eller", "ingen", "du",
        "i",
    ]) && !says(&["allerede", "forvejen"]);
    // «Моя дівчина.», «сестра з чоловіком»
    let words = u.all_words();
    let somebody = words.len() <= 3
        && words.iter().any(|w| super::kin::kin(w, u.lang()).is_some())
        && !words
            .iter()
            .any(|w| matches!(*w, "не" | "ні" | "зі" | "мною" | "нами" | "і" | "я"));
    let yes = mood.agreed || somebody;
    if asks && !otherwise && yes && !mood.objected && !m.has(key) {
        m.hear(key, Heard::new(true, u.evidence(0..0), 0.7));
    }
}

/// "Bor du der alene?" – «Поки що так.»: nobody else for now, whoever may come later.
pub(super) fn alone_so_far(m: &mut Memory, u: &Utterance<'_>) {
    let key = "dwelling.others_registered";
    let alone = m.asked.asks(Topic::OthersRegistered)
        && m.staff_words.iter().any(|w| w == "alene")
        && m.staff_words
            .windows(2)
            .any(|w| w[0] == "bor" && matches!(w[1].as_str(), "du" | "i"));
    let so_far = matches!(
        u.all_words().as_slice(),
        ["поки" | "наразі" | "покищо", "так", ..]
            | ["поки", "що", "так" | "сам" | "сама" | "один" | "одна", ..]
            | ["так", "поки" | "наразі", ..]
            | ["поки" | "наразі", "сам" | "сама" | "один" | "одна", ..]
    );
    if alone && so_far && m.host.is_none() && !m.heard_now.iter().any(|k| k == key) {
        m.hear(key, Heard::new(false, u.evidence(0..0), 0.7));
    }
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
