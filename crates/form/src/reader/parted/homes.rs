//! With whom a child lives, and lived before: «зі мною», «у тата», «з обома», and how often the other one has them.

use super::*;

const BEFORE: &str = "children[].lived_with_before";
const NOW: &str = "children[].residence_pattern";

/// With whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Me,
    Other,
    Both,
}

/// Reads with whom a child lived and will live.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let (before, now) = (asks_before(m), asks_now(m));
    // «До розлучення з обома, а потім то тут, то там»: what was first stands.
    let mut answered = false;
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        // «Не проти, щоб діти були з нами»: wished, not told.
        if has(&words, &["щоб", "аби"]) {
            continue;
        }
        // «Тиждень через тиждень пробували»
        if starts(&words, &["пробува", "спробува"]) {
            continue;
        }
        if equal(&words) && !m.asked.asks(Topic::Custody) {
            shared_time(m, u, sentence, &words, before, now);
            continue;
        }
        let visits = visits(&words);
        let side = side(&words).or(visits.then_some(Side::Me));
        let always = always(&words);
        let then = has(&words, &["тепер", "зараз", "далі", "відтепер"])
            || starts(&words, &["буд", "житим", "братим", "бачитим"]);
        let past = has(&words, PAST);
        if before && came_to_me(&words) {
            continue;
        }
        let side = side.map(|side| match side {
            Side::Both if asks_whose(m) && has(&words, &["нас"]) && !in_turn(&words) => Side::Me,
            side => side,
        });
        let Some(side) = side.or_else(|| (always && hos_dig(m)).then_some(Side::Me)) else {
            continue;
        };
        // «У мене є син», «у мене паспорт»: nobody lives there.
        let lives = past || visits || always || has(&words, LIVES) || words.len() <= 6;
        if (before && !then || past && lives_there(&words)) && lives {
            let value = match side {
                Side::Me => "reporter",
                Side::Other => "other_parent",
                Side::Both => "both",
            };
            if !answered {
                hear(m, BEFORE, value, u, sentence, before);
            }
            answered |= before;
        }
        let mine = side == Side::Me && (visits || always || then || words.len() <= 4);
        if now && mine && !past || visits && !past && side == Side::Me && (before || now) {
            over_the_visits(m, visits || always);
            hear(m, NOW, "mostly_reporter", u, sentence, now);
        }
    }
}

/// "Hos ham eller hos jer?" – «У нас»: with the one who speaks, and not with both parents.
fn asks_whose(m: &Memory) -> bool {
    staff_says(m, &["eller"])
        && staff_says(m, &["ham", "hende", "faren", "moren", "far", "mor"])
        && m.staff_words
            .windows(2)
            .any(|w| w[0] == "hos" && matches!(w[1].as_str(), "jer" | "dig"))
}

/// «До мене тільки в гості»: lives elsewhere.
fn came_to_me(words: &[&str]) -> bool {
    words.windows(2).any(|w| w == ["до", "мене"])
        && starts(words, &["гост", "вихідн", "канікул", "раз"])
}

/// «Зі мною, а в п'ятницю в тата»: a single word of the same turn took the visit for the home.
fn over_the_visits(m: &mut Memory, told: bool) {
    if told && m.text(NOW) == Some("mostly_other") && m.heard_now.iter().any(|k| k == NOW) {
        m.forget(NOW);
        m.heard_now.retain(|k| k != NOW);
    }
}

const PAST: &[&str] = &[
    "жив",
    "жила",
    "жили",
    "ріс",
    "росла",
    "росли",
    "спав",
    "спала",
    "спали",
    "мешкав",
    "мешкала",
    "мешкали",
    "був",
    "була",
    "були",
];

const LIVES: &[&str] = &[
    "живе",
    "живуть",
    "живемо",
    "спить",
    "росте",
    "ростуть",
    "лишається",
    "лишиться",
    "постійно",
    "завжди",
    "тільки",
    "лише",
];

/// A word that only lives tell of: «був» may be about anything.
fn lives_there(words: &[&str]) -> bool {
    // «Щоб адреса була в мене»
    if starts(words, &["адрес", "папер", "прав"]) {
        return false;
    }
    words
        .iter()
        .any(|w| PAST.contains(w) && !matches!(*w, "був" | "була" | "були"))
        || has(
            words,
            &[
                "син",
                "дочка",
                "донька",
                "діти",
                "дитина",
                "хлопець",
                "хлопчик",
                "мала",
                "малий",
                "він",
                "вона",
            ],
        ) && has(words, &["був", "була", "були"])
}

fn asks_before(m: &Memory) -> bool {
    // "Boede I tre sammen?"
    let together = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "boede" && w[1] == "i")
        && staff_says(m, &["sammen"]);
    m.asked.asks(Topic::LivedBefore) || together
}

fn asks_now(m: &Memory) -> bool {
    m.asked.asks(Topic::Residence)
}

/// "Bor han hos dig?"
fn hos_dig(m: &Memory) -> bool {
    m.staff_words.windows(2).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("hos", "dig") | ("mest", "dig")
        )
    })
}

/// «Увесь час», «від народження», «назавжди»
fn always(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(
            w,
            ["весь" | "увесь" | "цілий", "час"] | ["весь" | "увесь", "цей"]
        )
    }) || matches!(
        words.first(),
        Some(
            &("завжди"
                | "постійно"
                | "назавжди"
                | "змалку"
                | "відколи"
                | "тільки"
                | "лише")
        )
    ) || matches!(words, ["від" | "з" | "із", ..])
        && starts(
            words,
            &[
                "народжен",
                "пелюш",
                "перш",
                "малечк",
                "дитинств",
                "маленьк",
                "моменту",
                "початку",
                "смерті",
                "садк",
                "пологов",
                "розлучен",
                "далі",
            ],
        )
}

/// Whom a child lives with by the words.
fn side(words: &[&str]) -> Option<Side> {
    let me = words.windows(2).any(|w| {
        matches!(
            w,
            [
                "зі" | "зо" | "при" | "коло" | "біля",
                "мною" | "мені" | "мене"
            ] | ["у" | "в", "мене"]
        )
    });
    let us = words.windows(2).any(|w| {
        matches!(
            w,
            ["з" | "із", "нами" | "обома"]
                | ["при" | "у" | "в", "нас"]
                | ["нами", "обома" | "двома"]
        )
    }) || matches!(words, ["усі" | "всі" | "разом" | "вкупі" | "втрьох" | "утрьох", next, ..] if PAST.contains(next) || *next == "ми");
    let other = words.iter().enumerate().any(|(at, w)| {
        let from = at.checked_sub(1).map_or("", |b| words[b]);
        matches!(from, "у" | "в" | "з" | "із" | "зі" | "і" | "й")
            && (matches!(
                *w,
                "тата"
                    | "татом"
                    | "батька"
                    | "батьком"
                    | "мами"
                    | "мамою"
                    | "матері"
                    | "матір'ю"
            ) || w.starts_with("колишн")
                || matches!(*w, "ним" | "нею") && words.len() <= 4)
    });
    match (me, us, other) {
        (_, true, _) | (true, _, _) if us || in_turn(words) => Some(Side::Both),
        (true, _, true) if linked(words) => Some(Side::Both),
        (true, _, _) => Some(Side::Me),
        (_, _, true) => Some(Side::Other),
        _ => None,
    }
}

/// «То з ним, то зі мною», «по черзі»: now here and now there.
fn in_turn(words: &[&str]) -> bool {
    words.iter().filter(|w| **w == "то").count() >= 2
        || words.windows(2).any(|w| w == ["по", "черзі"])
}

/// «Зі мною й мамою», «з татом і зі мною»: together, and not now here and now there.
fn linked(words: &[&str]) -> bool {
    words
        .windows(2)
        .any(|w| matches!(w, ["мною", "і" | "й" | "та"] | ["і" | "й" | "та", "зі"]))
}

/// «До тата на вихідні», «він бере її раз на місяць», «бачитиме в середу»: the other one has the child now and then.
fn visits(words: &[&str]) -> bool {
    let now_and_then = starts(
        words,
        &[
            "раз",
            "вихідн",
            "субот",
            "неділ",
            "канікул",
            "гост",
            "свят",
            "літо",
            "п'ятниц",
            "серед",
            "відпуст",
            "рибол",
        ],
    );
    let to_other = words.windows(2).any(|w| {
        w[0] == "до"
            && (matches!(
                w[1],
                "тата" | "батька" | "мами" | "матері" | "нього" | "неї"
            ) || w[1].starts_with("колишн"))
    }) || words.windows(2).any(|w| {
        matches!(w[0], "у" | "в" | "з" | "із")
            && matches!(w[1], "тата" | "ним" | "нею" | "батьком" | "мамою")
    }) && !words
        .windows(2)
        .any(|w| matches!(w, ["у" | "в", "нього" | "неї"]));
    let takes = has(
        words,
        &[
            "бере",
            "забирає",
            "забере",
            "братиме",
            "бачить",
            "бачиться",
            "бачаться",
            "бачитиме",
            "бачитиметься",
            "забиратиме",
        ],
    );
    let to_me =
        words.windows(2).any(|w| w == ["до", "мене"]) || has(words, &["бачу", "беру", "забираю"]);
    now_and_then && (to_other || takes) && !to_me
}

/// «Тиждень у мене, тиждень у неї», «сім днів я, сім днів він»
fn equal(words: &[&str]) -> bool {
    let weeks = words
        .iter()
        .filter(|w| matches!(**w, "тиждень" | "тижню"))
        .count()
        >= 2
        || words.windows(2).any(|w| w == ["по", "тижню"]);
    let days: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(at, w)| matches!(**w, "днів" | "дні" | "ночей") && *at > 0)
        .map(|(at, _)| words[at - 1])
        .collect();
    let alike = matches!(days.as_slice(), [a, b] if a == b) && has(words, &["мене", "я"]);
    let one_number = days.len() == 1
        && words.windows(3).any(|w| {
            matches!(w[1..], ["у" | "в", "неї" | "нього"])
                && words.windows(2).any(|v| v == [w[0], "днів"])
        })
        && has(words, &["мене"]);
    (weeks || alike || one_number)
        && (has(words, &["мене", "мною", "я", "там"]) || starts(words, &["мам", "тат"]))
}

/// Shared time told of before («жила тиждень у мене, тиждень у нього») or of from now on.
fn shared_time(
    m: &mut Memory,
    u: &Utterance<'_>,
    sentence: &Sentence,
    words: &[&str],
    before: bool,
    now: bool,
) {
    let past = words
        .iter()
        .position(|w| PAST.contains(w))
        .is_some_and(|at| {
            words
                .iter()
                .position(|w| w.starts_with("тижд"))
                .is_some_and(|week| at < week)
        });
    let from_now = has(words, &["тепер"]) || starts(words, &["буд"]);
    if (before || past) && !from_now {
        if m.heard_now.iter().any(|k| k == BEFORE) {
            m.forget(BEFORE);
        }
        hear(m, BEFORE, "both", u, sentence, before);
        if past && m.heard_now.iter().any(|k| k == NOW) {
            m.forget(NOW);
        }
        return;
    }
    if m.text(NOW) != Some("equal") {
        m.forget(NOW);
        hear(m, NOW, "equal", u, sentence, now);
    }
}
