//! Whose name stands on the letter box.

use tolkebot_values::names;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "to.mailbox_name";
const OWN: &str = "to.mailbox_own";

/// "Hvad står der på postkassen?" – «Там Гнатюк», «наліпили: „Haiova / Veres“»; "så skriver jeg, at der står Hnatiuk".
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !u.written || m.heard_now.iter().any(|key| key == KEY) {
        return;
    }
    let asked = m.context().mentions(Topic::Mailbox);
    let of_box = u.all_words().iter().any(|w| {
        ["скриньц", "скриньк", "postkass"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        let box_here = words.iter().any(|w| w.starts_with("скриньц"));
        let label = words.iter().any(|w| {
            ["написан", "напис", "налі", "наклеє", "приклеї", "видно"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        let surname = words.iter().any(|w| w.starts_with("прізвищ"));
        // «Ще старий господар висить»: nobody's who lives there.
        let gone = words.iter().any(|w| {
            ["стар", "попередн", "колишн"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        let none = gone
            || words
                .iter()
                .any(|w| matches!(*w, "немає" | "нема" | "без" | "не"));
        // "Der står Hansen" alone may be said of any paper.
        let notes = words
            .iter()
            .any(|w| matches!(*w, "skriver" | "noterer") || w.starts_with("postkass"));
        let written = if u.is_staff() {
            (notes && asked)
                .then(|| words.windows(2).position(|w| w == ["der", "står"]))
                .flatten()
                .map(|at| at + 2)
        } else {
            (!none && (asked && (box_here || label) || of_box && (label || surname))).then_some(0)
        };
        let Some(from) = written else { continue };
        if let Some((name, range)) = name(u, sentence, from) {
            let act = if m.has(KEY) { Act::Correct } else { Act::Say };
            let heard = Heard::new(name, u.evidence(range), 0.65);
            let unsure = !u.is_staff();
            m.hear(KEY, heard.act(act).unsure(unsure));
            return;
        }
    }
}

/// "På postkassen står der Jensen?" – «Так, Єнсен.»: whose name it is was not asked, and it may be the landlord's.
pub(super) fn read_out(m: &mut Memory, u: &Utterance<'_>) {
    let own = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "dit" | "jeres" | "eget" | "egen"));
    let reads = m
        .staff_words
        .windows(3)
        .any(|w| w[0] == "står" && w[1] == "der" || w[0] == "der" && w[1] == "står");
    let of_box = m.staff_words.iter().any(|w| w.starts_with("postkass"));
    if u.is_staff() || !u.written || own || !reads || !of_box {
        return;
    }
    if m.heard_now.iter().any(|key| key == OWN) && m.text_is(OWN, true) {
        m.forget(OWN);
    }
    let Some(sentence) = u
        .sentences
        .first()
        .filter(|s| s.words.len() <= 3 && !s.question)
    else {
        return;
    };
    if !m.has(KEY)
        && let Some((name, range)) = name(u, sentence, 0)
    {
        m.hear(KEY, Heard::new(name, u.evidence(range), 0.6).unsure(true));
    }
}

/// What is quoted, or the names of the sentence: one person's, or two surnames.
fn name(
    u: &Utterance<'_>,
    sentence: &Sentence,
    from: usize,
) -> Option<(String, std::ops::Range<usize>)> {
    let text = u.said.get(sentence.bytes.clone())?;
    if let Some((before, rest)) = text.split_once(['«', '“', '„', '"'])
        && let Some((quote, _)) = rest.split_once(['»', '”', '“', '"'])
        && (2..=40).contains(&quote.chars().count())
    {
        let start = sentence.bytes.start + before.len();
        let name: Vec<String> = quote.split(' ').map(latin).collect();
        return Some((name.join(" "), start..start + quote.len() + 4));
    }
    let first = sentence.words.start + from.max(1);
    let mut parts: Vec<(String, &str)> = Vec::new();
    let mut span: Option<std::ops::Range<usize>> = None;
    for word in first..sentence.words.end {
        let token = u.token(word);
        let between = span.as_ref().map_or("", |span| {
            u.said.get(span.end..token.span.start).unwrap_or("?")
        });
        let place = u
            .places()
            .iter()
            .any(|p| p.span.contains(&token.span.start));
        // «Зозуля й Лепкий», «Лагно-Терещук»
        let joint = match between.trim() {
            "-" | "‑" => "-",
            "й" | "і" | "та" | "og" => " og ",
            "" => " ",
            _ => break,
        };
        if token.capital && !place && token.text.chars().count() > 2 {
            let raw = u.said.get(token.span.clone())?;
            parts.push((latin(raw), joint));
            span = Some(span.map_or(token.span.clone(), |s| s.start..token.span.end));
        }
    }
    if parts.is_empty() || parts.len() > 3 {
        return None;
    }
    let mut name = String::new();
    for (part, joint) in &parts {
        if !name.is_empty() {
            name.push_str(joint);
        }
        name.push_str(part);
    }
    Some((name, span?))
}

fn latin(word: &str) -> String {
    names::in_latin(word)
}
