//! Whose home it is: the person a citizen lives with or moves in with.

use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// «У тітки, на Мойлескоувей», «вже були в сестри», «переїжджаю до сина»: the relative or friend at
/// word `word` is the one in whose home the citizen lives now. `before` are the words left of it.
pub(super) fn lives_with(m: &Memory, u: &Utterance<'_>, before: &[&str], word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let near = |list: &[&str]| before.iter().rev().take(2).any(|w| list.contains(w));
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let at = near(&["у", "в"]);
    let lets = starts(&["здає", "прихист"]);
    let house = matches!(
        before,
        [
            ..,
            "будинок" | "квартира" | "дім" | "хата" | "житло",
            "моєї" | "мого" | "нашої" | "нашого"
        ]
    );
    if house {
        return true;
    }
    // «від мами до мене», «у гості до сестри»: not the home that is moved to.
    if near(&["до"]) {
        let moves = starts(&[
            "переїха",
            "переїжджа",
            "переїд",
            "перебра",
            "перебир",
            "переберу",
        ]) || starts(&["пересел", "вселя", "осел"]);
        let elsewhere = starts(&["гост", "поїду", "поїхал", "лікарн", "якщо", "якби"])
            || words.contains(&"україну")
            || before.contains(&"від");
        return moves && !elsewhere;
    }
    let past = words.iter().any(|w| matches!(*w, "жила" | "жив" | "жили"));
    let night = starts(&["переноч", "перебуд"]) || words.contains(&"ще");
    // "Bor du der sammen med nogen?" – «Із товаришем, …»
    let with = near(&["з", "із", "зі", "разом"])
        && m.asked.asks(Topic::OthersRegistered)
        && !m.asked.asks(Topic::WhoMoves)
        && !m
            .staff_words
            .iter()
            .any(|w| w == "flytter" || w == "flytte");
    if with {
        return true;
    }
    let asked = m.asked.asks_any(&[
        Topic::NewAddress,
        Topic::CurrentAddress,
        Topic::DwellingType,
        Topic::OthersRegistered,
        Topic::HostName,
        Topic::Arrival,
    ]);
    let lives = starts(&["жив", "ночує", "мешка", "зупин"]);
    (at && !past && !night && (asked || lives)) || (lets && !at && !past)
}

/// «у пані Біргіт», «живу в Метте», «кімнатка в Єспера».
pub(super) fn hosts(u: &Utterance<'_>, word: usize) -> bool {
    let before = u.words(word.saturating_sub(6)..word);
    let at = matches!(before.last(), Some(&("у" | "в")))
        || matches!(
            before.get(before.len().saturating_sub(2)..),
            Some([
                "у" | "в",
                "пані"
                    | "пана"
                    | "тітки"
                    | "друга"
                    | "подруги"
                    | "сестри"
                    | "брата"
                    | "знайомого"
                    | "знайомої"
                    | "однієї"
            ])
        );
    at && before.iter().any(|w| {
        w.starts_with("жив")
            || w.starts_with("кімнат")
            || w.starts_with("зніма")
            || w.starts_with("здає")
            || w.starts_with("пані")
            || w.starts_with("пана")
    })
}

/// «Він від мами до мене перебирається»: who reports for somebody else may be the one they move in
/// with.
pub(super) fn reporter_is_host(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.mover == 0 || m.host.is_some() {
        return;
    }
    let words = u.all_words();
    let to_me = words.windows(2).any(|w| w == ["до", "мене"])
        && words.iter().any(|w| {
            [
                "переїжджа",
                "переїха",
                "переїд",
                "перебир",
                "перебра",
                "вселя",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    let there = words
        .windows(3)
        .any(|w| matches!(w, ["на", "новій", "адресі"]))
        && words.contains(&"живу");
    if to_me || there {
        m.host = Some(0);
        if let Some(me) = m.person_mut(0) {
            // Who lives there already does not move.
            me.moves = Some(false);
        }
    }
}
