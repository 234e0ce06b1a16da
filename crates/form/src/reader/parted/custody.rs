//! Whose the children are by law, in other words than those of the form.

use super::*;

const KEY: &str = "children[].custody";

/// «Обоє, як у законі», «суд віддав усе мені», «вона одна»: custody as an answer, or beside what became of the other
/// parent.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.asked.asks(Topic::Custody)
        || m.asked.mentions(Topic::Custody)
            && m.asked.questions().next().is_none()
            && !m.asked.statement;
    let of_parent = asked
        || m.parent_spoken
            .is_some_and(|(turn, _)| turn + SPOKEN_OF > m.turns)
        || m.asked.asks_any(&[
            Topic::OtherParentName,
            Topic::OtherParentMoves,
            Topic::OtherParentAgrees,
        ]);
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        if asked && other_alone(m, &words) {
            over_single_words(m, u, sentence, "sole_other");
            return;
        }
        let value = if lost_other(&words) && of_parent || mine(&words, asked) {
            "sole_reporter"
        } else if guards_others(&words) {
            "third_party"
        } else if asked && shared(m, &words) || both_are_parents(&words) {
            "joint"
        } else if asked && given_to_other(&words) {
            "sole_other"
        } else {
            continue;
        };
        hear(m, KEY, value, u, sentence, asked);
        return;
    }
}

/// «Вона одна», where a single «одна» was taken for the citizen's own.
fn over_single_words(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, value: &str) {
    let act = if m.has(KEY) { Act::Correct } else { Act::Say };
    let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.7).act(act);
    m.hear(KEY, heard);
}

/// «Вона одна», «тільки він»: asked who has custody, and not whether somebody is alone with it.
fn other_alone(m: &Memory, words: &[&str]) -> bool {
    let of_third = staff_says(
        m,
        &[
            "hvem", "hende", "ham", "hun", "han", "moren", "faren", "mor", "far",
        ],
    ) && !staff_says(m, &["du", "dig"]);
    of_third
        && words.windows(2).any(|w| {
            matches!(
                w,
                ["вона", "одна" | "єдина"]
                    | ["він", "один" | "єдиний"]
                    | ["тільки" | "лише", "вона" | "він"]
            )
        })
}

/// The other parent has died, has lost custody or was never written down.
fn lost_other(words: &[&str]) -> bool {
    let dead = has(words, &["помер", "померла", "загинув", "загинула"])
        || words.windows(2).any(|w| {
            matches!(w, ["не", "живе"] if words.len() <= 4) || w[0] == "зник" && w[1] == "безвісти"
        });
    let lost =
        words.iter().enumerate().any(|(at, w)| {
            w.starts_with("позбав") && !words[at.saturating_sub(3)..at].contains(&"не")
        }) && (starts(words, &["прав"])
            || has(words, &["матір", "маму", "батька", "тата", "його", "її"]));
    let gave_up = has(words, &["зрікся", "зреклася", "зреклась"]);
    let unwritten = words.windows(3).any(|w| {
        matches!(w[0], "батька" | "тата")
            && (w[1] == "не"
                && (w[2].starts_with("писа")
                    || w[2].starts_with("запис")
                    || w[2].starts_with("впис"))
                || matches!(w[1..], ["нема" | "немає", "і"] | ["немає" | "нема", "й"]))
    });
    let unwritten = unwritten || left_out(words);
    let mine = words.windows(2).any(|w| {
        matches!(w[0], "мій" | "моя" | "мого" | "моєї")
            && is_parent(w[1])
            && !w[1].starts_with("колишн")
    });
    (dead || lost || gave_up || unwritten) && !mine
}

/// «Нема його, не записаний ніде», «в метриці тата нема», «у свідоцтві прочерк»
fn left_out(words: &[&str]) -> bool {
    let record = starts(words, &["метри", "свідоцтв"]);
    let father = has(words, &["його", "він", "батька", "тата", "батько", "тато"]);
    let never = words.windows(2).any(|w| {
        w[0] == "не"
            && ["записан", "вписан", "вказан"]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    });
    has(words, &["прочерк"])
        || father && never
        || father && record && has(words, &["нема", "немає"])
}

/// «Все на мені», «суд віддав обох мені», «права всі мої», «по паперах тільки я».
fn mine(words: &[&str], asked: bool) -> bool {
    let to_me = has(words, &["мені", "мене"]) || words.windows(2).any(|w| w == ["за", "мною"]);
    let gives = |w: &str| {
        [
            "віддав",
            "віддал",
            "присуд",
            "лишив",
            "залишив",
            "передав",
            "передал",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    };
    let refused = words.windows(2).any(|w| w[0] == "не" && gives(w[1]));
    let court = starts(words, &["суд"]) && !refused;
    let given = words.iter().any(|w| gives(w));
    let all_on_me = words.windows(3).any(|w| {
        matches!(w[0], "все" | "усе" | "всі" | "усі")
            && w[1] == "на"
            && matches!(w[2], "мені" | "мене")
    });
    let rights = words.windows(4).any(|w| {
        w[0].starts_with("прав")
            && w[1..]
                .iter()
                .any(|w| matches!(*w, "мої" | "мені" | "мене" | "мною"))
            && w[1..]
                .iter()
                .any(|w| matches!(*w, "всі" | "усі" | "тільки" | "лише"))
    }) || words
        .windows(3)
        .any(|w| matches!(w, ["всі" | "усі", "права", "мої" | "мені"]));
    let only_me = asked
        && words.windows(2).any(|w| {
            matches!(w, ["тільки" | "лише", "я" | "мені"] | ["мені", "одному" | "одній"] | ["я", "одна" | "один"])
                || matches!(w, ["сама" | "сам", next] if next.starts_with("виріш") || next.starts_with("самісін"))
        });
    // «Мені одному», and beside it that the children stay with one of them only to live there.
    let to_live = starts(words, &["живуть", "жити", "житим"]);
    (court && given && to_me && !to_live)
        || all_on_me
        || rights
        || only_me
        || decided_for_me(words)
        || answer_alone(words)
}

/// «По суду все мені», «мені одній дали за рішенням», «у мене одної всі права»
fn decided_for_me(words: &[&str]) -> bool {
    let decided = words.iter().any(|w| {
        ["суд", "рішенн", "присуд"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let whole = words.windows(2).any(|w| {
        matches!(
            w,
            ["все" | "усе" | "всі" | "усі", "мені"]
                | [
                    "мені",
                    "все" | "усе" | "одній" | "одному" | "самій" | "самому" | "повністю"
                ]
        )
    });
    let alone = words.windows(2).any(|w| {
        matches!(
            w,
            ["мене", "одної" | "одного" | "одній" | "самої" | "самого"]
        )
    }) && starts(words, &["прав"]);
    decided && whole && !has(words, &["обом", "обох"]) || alone
}

/// «Я сам за них відповідаю перед законом»
fn answer_alone(words: &[&str]) -> bool {
    words
        .windows(2)
        .any(|w| matches!(w, ["я", "сам" | "сама" | "один" | "одна"]))
        && starts(words, &["відповіда"])
        && starts(words, &["закон", "них", "неї", "нього", "дітей", "дитин"])
}

/// «Племінники мої, сироти, ми їхні опікуни»: neither parent has custody.
fn guards_others(words: &[&str]) -> bool {
    starts(words, &["опікун"])
        && starts(
            words,
            &["сирот", "племінни", "онук", "внук", "небог", "небож"],
        )
        && !has(words, &["не"])
}

/// «Обоє», «порівну, по суду», «ми ж одружені», «ніхто його прав не позбавляв».
fn shared(m: &Memory, words: &[&str]) -> bool {
    let both = has(
        words,
        &[
            "обоє",
            "обом",
            "обох",
            "двоє",
            "удвох",
            "вдвох",
            "спільно",
            "спільна",
            "спільні",
            "порівну",
            "нарівні",
            "рівна",
            "навпіл",
            "пополам",
        ],
    ) || starts(words, &["обопільн"]);
    let both = both
        || words
            .windows(2)
            .any(|w| matches!(w, ["на", "двох"] | ["разом", "вона" | "він" | "я" | "ми"]));
    let untouched = words.iter().enumerate().any(|(at, w)| {
        let never = words[..at].iter().rev().take(3).any(|w| matches!(*w, "не"));
        never
            && [
                "позбав",
                "ділил",
                "змінюв",
                "міняв",
                "забира",
                "відбира",
                "розлуча",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let wed = has(words, &["одружені", "розписані"]) && !has(words, &["не"])
        || words.windows(2).any(|w| {
            matches!(
                w,
                ["у" | "в", "шлюбі"] | ["в" | "у" | "по" | "за", "закону" | "законом" | "законі"]
            )
        });
    // "I har begge myndigheden?" – «По папірцях так»
    let of_both = staff_says(m, &["begge", "fælles", "sammen", "deler", "delt", "jeres"]);
    let yes = of_both
        && has(
            &words[..words.len().min(6)],
            &["так", "авжеж", "звичайно", "підписали"],
        )
        && !has(words, &["не", "ні", "але"]);
    let alone = staff_says(m, &["alene", "kun", "ene"]);
    // "Har du den alene?" – «Ні, спільно з колишньою дружиною.»
    let not_alone = alone && both && words.first() == Some(&"ні") && !has(words, &["не"]);
    not_alone
        || both && !has(words, &["не", "ні"]) && !alone
        || untouched
        || wed && !alone
        || yes && !alone
}

/// «Обоє рідні батьки», «наші спільні»: also where nobody asked.
fn both_are_parents(words: &[&str]) -> bool {
    words.windows(3).any(|w| {
        matches!(
            w,
            ["обоє", "рідні", "батьки"] | ["обоє", "наші", "спільні"] | ["спільні", "ми", "батьки"]
        )
    }) || words
        .windows(2)
        .any(|w| matches!(w, ["права" | "опіка", next] if next.starts_with("обопільн")))
}

/// «Суд дав усе татові», "hvem har myndigheden?" – «Мама має»
fn given_to_other(words: &[&str]) -> bool {
    let court = starts(words, &["суд"])
        && starts(words, &["дав", "віддав", "присуд", "лишив", "залишив"])
        && has(
            words,
            &["татові", "батькові", "мамі", "матері", "йому", "їй"],
        );
    let has_it = words
        .windows(2)
        .any(|w| matches!(w, ["мама" | "мати" | "тато" | "батько", "має"]))
        && !has(words, &["не", "обоє", "також", "теж"]);
    court || has_it
}

/// Whether a yes says that both have custody: "har I begge …?", and not "har du papir på, at det er dig?"
pub(in crate::reader) fn asks_of_both(m: &Memory) -> bool {
    m.staff_words.iter().any(|w| {
        w.contains("myndighed")
            || w.starts_with("bestem")
            || matches!(
                w.as_str(),
                "begge" | "fælles" | "sammen" | "deler" | "delt" | "jeres" | "ansvaret"
            )
    }) && !m.staff_words.windows(3).any(|w| {
        w[0] == "er"
            && w[1] == "det"
            && matches!(w[2].as_str(), "hende" | "ham" | "moren" | "faren")
    })
}
