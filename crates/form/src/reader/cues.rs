//! Small words that decide: whose it is, here or elsewhere, no floor, the same house.

use std::sync::LazyLock;

use super::pattern::Lexicon;
use super::utterance::Utterance;

/// Words of the same sentence left of a byte, but not before `from`.
pub(super) fn left<'u>(u: &'u Utterance<'_>, from: usize, byte: usize) -> Vec<&'u str> {
    let start = u.sentence_at(byte).map_or(0, |s| s.bytes.start).max(from);
    u.words(u.word_at(start)..u.word_at(byte))
}

/// Words of the same sentence right of a byte, at most eight.
pub(super) fn right<'u>(u: &'u Utterance<'_>, byte: usize) -> Vec<&'u str> {
    let last = byte.saturating_sub(1);
    let end = u.sentence_at(last).map_or(u.said.len(), |s| s.bytes.end);
    let first = u.word_at(byte);
    u.words(first..u.word_at(end).min(first + 8).max(first))
}

/// "Man kan …", "min bror er gift", «у моєї подруги …»: rules and other people, not this case.
pub(super) fn of_others(words: &[&str], staff: bool) -> bool {
    if staff {
        let rule = words.iter().any(|w| {
            matches!(
                *w,
                "man" | "når" | "medmindre" | "nogle" | "normalt" | "anbefale" | "anbefaler"
            )
        });
        let kin = |w: &str| {
            [
                "bror",
                "søster",
                "datter",
                "søn",
                "svigerfar",
                "svigermor",
                "far",
                "mor",
                "mand",
                "kone",
            ]
            .contains(&w)
        };
        return rule
            || words
                .windows(2)
                .any(|w| matches!(w[0], "min" | "mine") && (kin(w[1]) || w[1] == "egen"));
    }
    words.first().is_some_and(|w| *w == "чи")
        || words.iter().any(|w| {
            ["подруг", "сусід", "знайом", "кажуть", "куми", "кума"]
                .iter()
                .any(|s| w.starts_with(s))
        })
        || words.windows(2).any(|w| {
            matches!(
                (w[0], w[1]),
                ("мої" | "моїх", "батьки" | "батьків")
                    | ("мого" | "у" | "в", "брата")
                    | ("мій", "брат" | "племінник" | "дядько")
            )
        })
}

/// The mention is named only to be refused: «Рандерсвей забудьте», "…, ikke Randersvej".
pub(super) fn rejects(left: &[&str], right: &[&str]) -> bool {
    let before = left.last().copied().unwrap_or("");
    let after = right.first().copied().unwrap_or("");
    // "Så stryger jeg Mariagervej"
    let struck = matches!(
        left,
        [
            ..,
            "stryger" | "sletter" | "fjerner" | "glemmer",
            "jeg" | "vi"
        ]
    );
    // "Så springer jeg Strandvej over"
    let skipped =
        matches!(left, [.., "springer"] | [.., "springer", "jeg" | "vi"]) && after == "over";
    struck || skipped || matches!(before, "не" | "ikke") || matches!(after, "забудьте" | "забудь")
}

/// Where somebody else lives or moves to.
pub(super) fn is_theirs(left: &[&str], right: &[&str]) -> bool {
    // «вона на Рюесгаде», but «вона на …, звідти й переїжджаю» is the old home.
    let third = matches!(
        left,
        [.., "він" | "вона" | "вони" | "той", "на" | "в" | "у"]
    );
    third && !right.contains(&"звідти") || is_not_to_be_written(right)
}

/// «… у Люби на Нелікевей, але її туди не пишіть»
fn is_not_to_be_written(right: &[&str]) -> bool {
    right
        .iter()
        .take(8)
        .zip(right.iter().skip(1))
        .any(|(a, b)| {
            *a == "не" && ["пишіть", "записуйте", "вписуйте", "вказуйте", "враховуйте"].contains(b)
        })
}

/// Where somebody stayed for a night or two, or where somebody else lives.
pub(super) fn is_elsewhere(left: &[&str], right: &[&str]) -> bool {
    let words: Vec<&str> = left
        .iter()
        .rev()
        .take(8)
        .chain(right.iter().take(3))
        .copied()
        .collect();
    let night = words.iter().any(|w| {
        [
            "переноч",
            "поноч",
            "нічліж",
            "переканту",
            "мотел",
            "готел",
            "хостел",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    // «вона на Рюесгаде», «Ларисина адреса — …»
    let person = left.iter().rev().take(4).find(|w| {
        matches!(
            **w,
            "він"
                | "вона"
                | "вони"
                | "я"
                | "ми"
                | "сестра"
                | "брат"
                | "подруга"
                | "друг"
                | "донька"
                | "син"
        )
    });
    let other = person.is_some_and(|w| !matches!(*w, "я" | "ми"));
    let possessive = left.windows(2).rev().take(3).any(|w| {
        w[1] == "адреса"
            && ["ина", "їна", "ова", "ева"]
                .iter()
                .any(|end| w[0].ends_with(end))
            && w[0] != "нова"
    });
    if other || possessive {
        return true;
    }
    let theirs = left
        .windows(2)
        .rev()
        .take(4)
        .any(|w| matches!(w, ["у" | "в", "нього" | "неї" | "них"]));
    night || theirs
}

static NO_FLOOR: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[(
        (),
        &[
            "без поверх~",
            "поверх~ не треба",
            "поверх~ нема~",
            "окремий будин~",
            "таунхаус~",
            "весь наш",
            "цілий будинок",
            "окремий дім",
            "усе наше",
            "все наше",
            "рядн~ будин~",
            "приватний будинок",
            "ingen etage",
            "ikke etage",
            "etagen stå tom",
            "uden etage",
            "ingen etager",
            "etage på et rækkehus",
            "lader * etagen være|stå|tom",
            "etagen lader",
            "skal * ingen etage",
            "ikke stå nogen etage",
            "ingen etage på",
            "bare|kun værelsesnummeret",
        ],
    )])
});

/// The word at which it is said that there is no floor to write.
pub(super) fn says_no_floor(words: &[&str]) -> Option<usize> {
    // «Таких квартир на цілий будинок»
    let found = NO_FLOOR.find_all(words).into_iter();
    let mut starts = found.map(|(_, range)| range.start);
    starts.find(|at| *at == 0 || words[at - 1] != "на")
}

static SAME_HOUSE: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[(
        (),
        &[
            "тому самому|ж домі|будинку",
            "тому ж самому домі|будинку",
            "samme hus|bygning|opgang",
            "у|в|з|із цьому|цього|того|тому ж|самого|самому домі|будинку|дому|під'їзді|під'їзду",
            "samme hus|bygning|opgang|ejendom",
            "той самий|же дім|будинок|під'їзд",
        ],
    )])
});

pub(super) fn says_same_house(words: &[&str]) -> bool {
    SAME_HOUSE.has((), words)
}

/// Words after which the earlier part of a turn does not count: «ні,», «ой,», «тобто», "nej".
pub(super) fn is_restart(word: &str) -> bool {
    matches!(
        word,
        "ні" | "ой"
            | "тьху"
            | "вибачте"
            | "тобто"
            | "вірніше"
            | "точніше"
            | "nej"
            | "hov"
            | "undskyld"
    )
}
