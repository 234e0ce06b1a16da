//! The plain answers to whose name is to be found at the door: "hvilket navn står på postkassen?" – «Кушнір.», «Хансен.»,
//! "står dit eget navn på døren, eller bor du hos en anden?" – «Там написано Хольм.», «У подруги, Анни Хансен.»

use std::ops::Range;

use tolkebot_values::names;

use super::belief::Heard;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

const ON_BOX: &str = "to.mailbox_name";
const OWN_BOX: &str = "to.mailbox_own";
const CARE_OF: &str = "to.co_name";

/// Words of a plain answer.
const SHORT: usize = 5;
/// From here on it is the citizen's own surname.
const SAME: f32 = 0.85;

/// Takes the name that answers one of the two questions.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || u.sentences.iter().any(|s| s.question) {
        return;
    }
    if asks_for_care_of(m) {
        care_of(m, u);
    } else if asks_what_is_on_the_box(m) && !m.has(ON_BOX) {
        on_the_box(m, u);
    }
}

fn says(m: &Memory, list: &[&str]) -> bool {
    m.staff_words.iter().any(|w| list.contains(&w.as_str()))
}

/// "Hvilket navn står på postkassen?", "hvad står der på postkassen?"
fn asks_what_is_on_the_box(m: &Memory) -> bool {
    let on_box = m.staff_words.iter().any(|w| w.starts_with("postkass"));
    on_box && says(m, &["hvilket", "hvad", "hvis", "hvem"]) && says(m, &["navn", "står"])
}

fn asks_for_care_of(m: &Memory) -> bool {
    m.asked.asks(Topic::CoName) && says(m, &["navn", "co", "o"])
}

fn on_the_box(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    // «Ще не підписав», «нічого», «старе ім'я»
    let none = words.iter().any(|w| {
        matches!(*w, "не" | "ні" | "нічого" | "нема" | "немає" | "без")
            || ["стар", "попередн", "колишн"]
                .iter()
                .any(|stem| w.starts_with(stem))
    });
    if none || words.len() > SHORT {
        return;
    }
    if let Some(span) = own_surname(m, u) {
        let Some(surname) = m.text(&Memory::key(m.mover, "surname")).map(str::to_owned) else {
            return;
        };
        m.hear(ON_BOX, Heard::new(surname, u.evidence(span.clone()), 0.7));
        // «Хольм і Кушнір»: it is shared.
        if words.len() <= 2 && !m.has(OWN_BOX) {
            m.hear(
                OWN_BOX,
                Heard::new(true, u.evidence(span), 0.6).unsure(true),
            );
        }
    } else if let Some((name, span)) = other_surname(u) {
        m.hear(
            ON_BOX,
            Heard::new(name, u.evidence(span.clone()), 0.65).unsure(true),
        );
        if m.has(&Memory::key(m.mover, "surname")) && !m.has(OWN_BOX) {
            m.hear(
                OWN_BOX,
                Heard::new(false, u.evidence(span), 0.6).unsure(true),
            );
        }
    }
}

fn care_of(m: &mut Memory, u: &Utterance<'_>) {
    // «Так, моє, а живу в Анни Хансен»
    let own = matches!(
        u.all_words().first(),
        Some(&("так" | "моє" | "мій" | "моя" | "своє" | "авжеж" | "звісно"))
    );
    if m.has(CARE_OF) || own || own_surname(m, u).is_some() {
        return;
    }
    // «У подруги, Анни Хансен»: whoever this turn made the host.
    let host = m
        .host
        .filter(|id| *id != m.mover)
        .map(|id| Memory::key(id, "surname"));
    let named = host.filter(|key| m.heard_now.contains(key));
    let told = match named {
        Some(key) => m.text(&key).map(|surname| (surname.to_owned(), 0..0)),
        None => stands_there(u).then(|| other_surname(u)).flatten(),
    };
    if let Some((name, span)) = told {
        let heard = Heard::new(format!("c/o {name}"), u.evidence(span), 0.65);
        m.hear(CARE_OF, heard.unsure(true));
    }
}

/// «Там написано Хольм», «живу в Йенсена».
fn stands_there(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let written = words.iter().any(|w| {
        ["написан", "табличк", "стоїть", "висить"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let lives = words.windows(2).any(|w| {
        (w[0].starts_with("жив") || w[0].starts_with("житим")) && matches!(w[1], "в" | "у")
    });
    (written || lives) && words.len() <= SHORT && !words.contains(&"не")
}

/// Where the citizen's own surname stands.
fn own_surname(m: &Memory, u: &Utterance<'_>) -> Option<Range<usize>> {
    let surname = m.text(&Memory::key(m.mover, "surname"))?;
    let at = (0..u.word_tokens.len()).find(|at| {
        let token = u.token(*at);
        (token.capital || !u.written) && names::same_name(surname, &token.text) >= SAME
    })?;
    Some(u.bytes(&(at..at + 1)))
}

/// The one other name of the answer, in Latin letters: «Хансен» → Hansen, «в Йенсена» → Jensen.
fn other_surname(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let mut found: Option<(String, Range<usize>)> = None;
    for at in 0..u.word_tokens.len() {
        let token = u.token(at);
        let danish = names::danish_surname(&token.text);
        let other = || {
            let capital = token.capital && u.written && token.text.chars().count() > 2;
            // «Власника, Хольм»
            let word = at == 0 && u.word_tokens.len() > 1 && !names::is_known_surname(&token.text);
            (capital && !word)
                .then(|| names::in_latin(u.said.get(token.span.clone()).unwrap_or("")))
        };
        let Some(name) = danish.map(str::to_owned).or_else(other) else {
            continue;
        };
        // «Йенсен і Кушнір»: whose it is stays open.
        if found.is_some() {
            return None;
        }
        found = Some((name, token.span.clone()));
    }
    found
}
