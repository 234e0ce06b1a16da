//! Homes whose name the employee says: "skovgård hedder ejendommen", "kollegiet hedder sohngårdsholm", "otto mønsteds
//! kollegium".

use std::ops::Range;

use tolkebot_values::names;
use tolkebot_values::numbers::read_at;

use super::home_names::title;
use super::utterance::Utterance;

/// What is called by a name of its own.
fn is_home(word: &str) -> bool {
    matches!(
        word,
        "ejendommen"
            | "gården"
            | "stedet"
            | "hjemmet"
            | "plejehjemmet"
            | "kollegiet"
            | "centret"
            | "bostedet"
            | "botilbuddet"
            | "institutionen"
            | "campingpladsen"
            | "bofællesskabet"
            | "herregården"
    )
}

/// "Skovgård hedder ejendommen", "… kollegiet hedder Sohngårdsholm".
pub(super) fn called(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let words = u.all_words();
    let verb = words.iter().position(|w| *w == "hedder")?;
    let asks = u
        .sentence_at(u.token(verb).span.start)
        .is_some_and(|s| s.question);
    let asked = words.iter().any(|w| matches!(*w, "hvad" | "hvordan"));
    if asks || asked || verb == 0 {
        return None;
    }
    let behind = words.get(verb + 1).copied().unwrap_or("");
    let at = if is_home(behind) {
        verb - 1
    } else if is_home(words[verb - 1]) {
        verb + 1
    } else {
        return None;
    };
    let word = words.get(at)?;
    let proper = u.token(at).capital || !u.written;
    let name = proper
        && word.chars().count() >= 5
        && !matches!(*word, "ellers" | "faktisk" | "stadig" | "altså" | "noget");
    let said = u.said.get(u.token(at).span.clone())?;
    name.then(|| (title(said), at..at + 1))
}

/// "Otto mønsteds kollegium", "sankt sebastian kollegiet": a hall named after somebody, without capitals.
pub(super) fn named_hall(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    if u.written {
        return None;
    }
    let words = u.all_words();
    let at = words
        .iter()
        .position(|w| matches!(*w, "kollegiet" | "kollegium" | "kollegie"))?;
    let first = (at.saturating_sub(3)..at.saturating_sub(1)).find(|first| {
        let opens = matches!(words[*first], "sankt" | "skt" | "sct")
            || names::danish_given(words[*first]).is_some();
        opens
            && (*first..at).all(|n| {
                words[n].chars().count() >= 3
                    && read_at(&u.tokens, u.word_tokens[n], u.lang()).is_none()
            })
    })?;
    let kind = match words[at] {
        "kollegie" => "kollegium",
        kind => kind,
    };
    let name: Vec<String> = words[first..at]
        .iter()
        .copied()
        .chain([kind])
        .map(title)
        .collect();
    Some((name.join(" "), first..at + 1))
}
