//! Somebody moves to the one who reports for them: whose home it is, and what was told of it before that was known.

use super::belief::Heard;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// «Тільки він, до мене», "det er dig, han bor hos": the reporter is the host.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let said = if u.is_staff() {
        staff_says(&words)
    } else {
        to_me(&words, m) || mine(&words, m)
    };
    if said {
        m.to_reporter = true;
    }
    if m.to_reporter && m.mover != 0 && m.host.is_none() {
        m.host = Some(0);
        if let Some(me) = m.person_mut(0) {
            me.moves = Some(false);
        }
    }
    if m.host == Some(0) && m.mover != 0 {
        whose(m, u);
    }
}

/// «Будинок мій» of the reporter's home is no home of the mover's own.
fn whose(m: &mut Memory, u: &Utterance<'_>) {
    let role = match m.text("dwelling.type") {
        Some("owned") => "owner",
        Some("rented_private" | "rented_social") => "tenant",
        _ => return,
    };
    m.forget("dwelling.type");
    if !m.has("host.role") {
        m.hear("host.role", Heard::new(role, u.evidence(0..0), 0.7));
    }
}

fn to_me(words: &[&str], m: &Memory) -> bool {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let guest = starts(&[
        "приход",
        "приїзд",
        "їзди",
        "дзвон",
        "звон",
        "пиш",
        "гост",
        "вихідн",
    ]);
    let moving = starts(&[
        "переїжджа",
        "переїха",
        "переїд",
        "перебир",
        "перебра",
        "перебер",
        "вселя",
        "забира",
        "забрал",
        "забрав",
        "беру",
    ]);
    let asked = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "flytter" | "flytte"));
    let third = words.iter().any(|w| {
        matches!(
            *w,
            "він"
                | "вона"
                | "його"
                | "її"
                | "тато"
                | "мама"
                | "син"
                | "донька"
                | "дочка"
                | "брат"
                | "сестра"
        )
    });
    let to_me = words
        .windows(2)
        .any(|w| matches!(w, ["до", "мене" | "нас"]));
    let from = words.windows(4).any(|w| {
        matches!(w[0], "від" | "з" | "із") && matches!((w[2], w[3]), ("до", "мене" | "нас"))
    });
    !guest && to_me && (from || third && (moving || asked))
}

/// "Hvor skal han bo?" – «Моя хата, ліжко внизу»: the home that somebody else moves to is the reporter's.
fn mine(words: &[&str], m: &Memory) -> bool {
    let home = |w: &str| {
        ["хат", "дім", "дом", "будин", "квартир"]
            .iter()
            .any(|stem| w.starts_with(stem))
            && !matches!(w, "дома" | "домофон")
    };
    let my = |w: &str| {
        matches!(
            w,
            "моя" | "мій" | "моїй" | "моєму" | "моє" | "наша" | "наш" | "нашій" | "нашому"
        )
    };
    let asked = m.asked.asks_any(&[
        Topic::NewAddress,
        Topic::DwellingType,
        Topic::HostName,
        Topic::HostRole,
    ]) && !m.asked.asks(Topic::OldAddress);
    let said = words
        .windows(2)
        .any(|w| my(w[0]) && home(w[1]) || home(w[0]) && my(w[1]));
    m.mover != 0 && asked && said
}

/// "Det er dig, han bor hos", "han flytter hjem til dig", "så er du også logivært".
fn staff_says(words: &[&str]) -> bool {
    let host = words.iter().position(|w| *w == "logivært");
    let yourself = host.is_some_and(|at| {
        let between = |w: &&str| {
            matches!(
                *w,
                "også" | "selv" | "så" | "altså" | "jo" | "hans" | "hendes" | "deres"
            )
        };
        let before: Vec<&str> = words[..at]
            .iter()
            .rev()
            .skip_while(|w| between(w))
            .take(2)
            .copied()
            .collect();
        matches!(before.as_slice(), ["er", "du"] | ["du", "er"])
    });
    if yourself {
        return true;
    }
    let third = |w: &str| matches!(w, "han" | "hun" | "barnet" | "faren" | "moren");
    words.windows(5).any(|w| {
        w[0] == "dig"
            && third(w[1])
            && matches!(w[2], "bor" | "flytter" | "skal")
            && w[3..].contains(&"hos")
    }) || words
        .windows(4)
        .any(|w| w[0] == "dig" && third(w[1]) && matches!(w[2], "bor") && w[3] == "hos")
        || words.windows(4).any(|w| {
            third(w[0])
                && matches!(w[1], "bor" | "flytter")
                && matches!(
                    (w[2], w[3]),
                    ("hos" | "til", "dig" | "jer") | ("ind" | "hjem", "hos" | "til")
                )
                && words.contains(&"dig")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn employees_say_that_somebody_lives_with_the_reporter() {
        let says = |text: &str| staff_says(&text.split(' ').collect::<Vec<_>>());
        assert!(says("for det er dig han bor hos"));
        assert!(says("så han flytter ind hos dig"));
        assert!(says("og hun bor hos dig fra nu af"));
        assert!(says("godt så er du også logivært og kan skrive under"));
        assert!(!says("hvad er du til hans logivært"));
        assert!(!says("bor du hos ham"));
    }
}
