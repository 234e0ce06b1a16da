//! Whose home it is, where the employee says the whole name: "Torben Lauritsen, ejer, bliver boende", "Karsten
//! Overgaard. Vi sender ham en logiværtserklæring", "så c/o Samir Al-Hadi"; and what stands behind "c/o".

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::names;

use super::belief::{Act, Heard};
use super::host_names::{declares, is_mover, of_parent};
use super::kin::kin;
use super::memory::Memory;
use super::people::write_name;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;

/// A name as it was said, part by part.
type Said = Vec<(String, Range<usize>)>;

/// Reads what stands behind "c/o", and the host from a whole name.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let door = care_of(m, u);
    if u.is_staff() {
        spelled_again(m, u);
    } else {
        surname_told(m, u);
    }
    if !u.is_staff() || m.mover != 0 || !open(m) {
        return;
    }
    let said = door
        .filter(|said| said.len() == 2)
        .or_else(|| beside_role(u))
        .or_else(|| m.declaration.then(|| has_answered(u)).flatten())
        .or_else(|| before_declaration(u));
    if let Some(said) = said {
        take(m, u, &said);
    }
}

/// Nobody's whole name is known as the host's.
fn open(m: &Memory) -> bool {
    m.host.is_none_or(|id| {
        id != 0 && !(m.has(&Memory::key(id, "given_names")) && m.has(&Memory::key(id, "surname")))
    })
}

/// The next word follows with nothing but a space between.
fn glued(u: &Utterance<'_>, word: usize) -> bool {
    word > 0 && u.word_tokens.get(word) == Some(&(u.word_tokens[word - 1] + 1))
}

/// The word behind is joined by a hyphen: «Аль-Хаді».
fn hyphened(u: &Utterance<'_>, word: usize) -> bool {
    let Some(&at) = u.word_tokens.get(word).filter(|_| word > 0) else {
        return false;
    };
    let between = u.tokens[u.word_tokens[word - 1]].span.end..u.tokens[at].span.start;
    matches!(u.said.get(between), Some("-" | "‑"))
}

/// The capital words from `first` on that make up one name, parts with a hyphen as one.
fn name_at(u: &Utterance<'_>, first: usize, most: usize) -> Said {
    let mut said: Said = Vec::new();
    for word in first..u.word_tokens.len() {
        let token = u.token(word);
        let span = token.span.clone();
        let text = u.said.get(span.clone()).unwrap_or("");
        if word > first && hyphened(u, word) {
            let Some((last, whole)) = said.last_mut() else {
                break;
            };
            last.push('-');
            last.push_str(text);
            whole.end = span.end;
            continue;
        }
        let fits = token.capital || !u.written && word == first;
        if said.len() == most || !fits || word > first && !glued(u, word) {
            break;
        }
        said.push((text.to_owned(), span));
    }
    said
}

fn latin(text: &str) -> String {
    let parts: Vec<String> = names::in_latin(text)
        .split('-')
        .map(|part| {
            let mut chars = part.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        })
        .collect();
    parts.join("-")
}

/// "Så skriver vi c/o Lauritsen", «пишіть c/o Педерсен».
fn care_of(m: &mut Memory, u: &Utterance<'_>) -> Option<Said> {
    let words = u.all_words();
    let parted = words
        .windows(2)
        .position(|w| matches!(w, ["c" | "с" | "ц" | "це" | "сі", "o" | "о"]))
        .map(|at| at + 2);
    // "Jeg skriver co kofoed", "så bliver det co jensen", as a recogniser writes it; "for eksempel co hansen" is none.
    let in_one = || {
        let heard = !u.written && u.is_staff();
        let at = words.windows(2).position(|w| {
            (w[0].starts_with("skriv") || matches!(w[0], "det" | "så")) && w[1] == "co"
        })?;
        heard.then_some(at + 2)
    };
    let first = parted.or_else(in_one)?;
    // "c/o. Hvor ligger huset?"
    if !glued(u, first) || u.written && !u.token(first).capital {
        return None;
    }
    // "Skal der c o på?"
    let word = u.token(first).text.as_str();
    if matches!(
        word,
        "på" | "til" | "med" | "her" | "der" | "og" | "eller" | "adresse"
    ) {
        return None;
    }
    let said = name_at(u, first, 3);
    let span = said.first()?.1.start..said.last()?.1.end;
    let name: Vec<String> = said.iter().map(|(text, _)| latin(text)).collect();
    let unsure = !u.is_staff();
    let heard =
        Heard::new(format!("c/o {}", name.join(" ")), u.evidence(span), 0.75).unsure(unsure);
    let act = if m.has("to.co_name") {
        Act::Correct
    } else {
        Act::Say
    };
    m.hear("to.co_name", heard.act(act));
    Some(said)
}

/// A whole Danish or foreign name of two words that begins at a word.
fn whole_at(u: &Utterance<'_>, word: usize) -> Option<(Said, usize)> {
    let token = u.token(word);
    if !u.written || !token.capital || token.is_cyrillic() || word > 0 && glued(u, word) {
        return None;
    }
    let said = name_at(u, word, 3);
    let street = u
        .addresses()
        .iter()
        .any(|a| a.span.contains(&token.span.start));
    let named = said
        .iter()
        .all(|(text, _)| text.chars().count() >= 2 && text.chars().any(char::is_lowercase));
    let end = said.last()?.1.end;
    (said.len() == 2 && named && !street).then(|| (said, u.word_at(end)))
}

/// "Torben Lauritsen, ejer, bliver boende": what the named one is stands right behind.
fn beside_role(u: &Utterance<'_>) -> Option<Said> {
    (0..u.word_tokens.len()).find_map(|word| {
        let (said, next) = whole_at(u, word)?;
        let role = u.word_tokens.get(next).is_some()
            && matches!(
                u.token(next).text.as_str(),
                "ejer" | "lejer" | "ejeren" | "lejeren" | "husejer" | "hovedlejer" | "logivært"
            );
        let comma = u.word_tokens.get(next)?.checked_sub(1)?;
        (role && u.tokens[comma].is_sign(',')).then_some(said)
    })
}

/// "Karsten Overgaard. Vi sender ham en logiværtserklæring.": a sentence that is nothing but a name, and in the
/// next a pronoun gets the declaration.
fn before_declaration(u: &Utterance<'_>) -> Option<Said> {
    u.sentences.windows(2).find_map(|pair| {
        let [name, next] = pair else { return None };
        let words = u.words(next.words.clone());
        let theirs = words
            .iter()
            .any(|w| matches!(*w, "ham" | "hende" | "vedkommende" | "han" | "hun"));
        if !theirs || !declares(&words) || of_parent(&words) {
            return None;
        }
        let opens = |w: &str| matches!(w, "så" | "ja" | "okay" | "altså" | "godt" | "fint");
        let first = name.words.clone().find(|w| !opens(&u.token(*w).text))?;
        let (said, end) = whole_at(u, first)?;
        (end == name.words.end).then_some(said)
    })
}

/// "Når Sofie Kragh har svaret": whose answer is awaited.
fn has_answered(u: &Utterance<'_>) -> Option<Said> {
    (0..u.word_tokens.len()).find_map(|word| {
        let (said, next) = whole_at(u, word)?;
        let words = u.words(next..(next + 2).min(u.word_tokens.len()));
        let answers = matches!(
            words.as_slice(),
            ["har", "svaret" | "bekræftet" | "underskrevet" | "skrevet"]
        );
        answers.then_some(said)
    })
}

/// The host whose given name is known.
fn named_host(m: &Memory) -> Option<PersonId> {
    m.host
        .filter(|id| *id != 0 && *id != m.mover && m.has(&Memory::key(*id, "given_names")))
}

/// «крог» – "krogh med g h": how the employee spells the host's surname that was only heard, also as "Bjerregaard,
/// hedder han, med to a'er?" the first time.
fn spelled_again(m: &mut Memory, u: &Utterance<'_>) {
    let Some(host) = named_host(m) else { return };
    let key = Memory::key(host, "surname");
    let heard = m.text(&key).map(str::to_owned);
    let by_staff = m.belief(&key).and_then(|b| b.slot()).is_some_and(|slot| {
        let mut evidence = slot.evidence.iter();
        evidence.any(|e| e.speaker == tolkebot_protocol::Speaker::Staff)
    });
    if by_staff {
        return;
    }
    let opens = |w: &str| {
        matches!(
            w,
            "så" | "ja" | "okay" | "altså" | "nå" | "godt" | "fint" | "er" | "efternavnet"
        )
    };
    let Some(word) = (0..u.word_tokens.len().min(5)).find(|w| !opens(&u.token(*w).text)) else {
        return;
    };
    let token = u.token(word);
    let next = u.words(word + 1..(word + 4).min(u.word_tokens.len()));
    let spells = matches!(
        next.as_slice(),
        ["med", letter, ..] if letter.chars().count() == 1 || matches!(*letter, "dobbelt" | "to")
    ) || matches!(next.as_slice(), ["hedder", "han" | "hun", ..]);
    let fits = match &heard {
        Some(heard) => names::same_name(heard, &token.text) >= 0.7,
        None => spells,
    };
    let shaped = !token.is_cyrillic()
        && token.text.chars().count() >= 3
        && (token.capital || !u.written)
        && kin(&token.text, u.lang()).is_none()
        // "Hvad hedder han til efternavn?"
        && !token.text.starts_with("hv")
        && !matches!(token.text.as_str(), "og" | "men" | "nej" | "tak");
    if fits && shaped && !is_mover(m, u, word) {
        let span = token.span.clone();
        let text = latin(u.said.get(span.clone()).unwrap_or(""));
        write_name(m, u, host, "surname", &text, span, 0.6, true);
    }
}

/// "Hvad hedder Kirsten til efternavn?" – «Овергор, на двері написано»: the answer begins with it.
fn surname_told(m: &mut Memory, u: &Utterance<'_>) {
    let Some(host) = named_host(m).filter(|id| !m.has(&Memory::key(*id, "surname"))) else {
        return;
    };
    let given = m.text(&Memory::key(host, "given_names")).unwrap_or("");
    let asks = m.staff_words.iter().any(|w| w == "efternavn");
    // "Og hvad hedder kæresten til efternavn?"
    let relation = m.person(host).and_then(|p| p.kin);
    let theirs = m.staff_words.iter().any(|w| {
        matches!(w.as_str(), "hans" | "hendes" | "han" | "hun")
            || names::same_name(given, w) >= 0.82
            || relation.is_some_and(|r| kin(w, Lang::Da).is_some_and(|k| k.agrees(r)))
    });
    let yours = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "dit" | "du"));
    if !asks || !theirs || yours || u.word_tokens.is_empty() {
        return;
    }
    let filler = |w: &str| matches!(w, "так" | "ну" | "а" | "зараз" | "прізвище" | "як");
    let Some(word) = (0..u.word_tokens.len().min(3)).find(|w| !filler(&u.token(*w).text)) else {
        return;
    };
    let token = u.token(word);
    let said = token.text.as_str();
    let danish = names::danish_surname(said);
    if said.chars().count() < 3 || danish.is_none() && !(u.written && token.capital) {
        return;
    }
    let span = token.span.clone();
    let text = danish.map_or_else(|| latin(&names::romanise(said)), str::to_owned);
    // Nobody had a name yet, and it was taken for the citizen's.
    let own = Memory::key(0, "surname");
    if m.heard_now.contains(&own)
        && m.text(&own)
            .is_some_and(|mine| names::same_name(mine, &text) >= 0.82)
    {
        m.beliefs.remove(&own);
        m.beliefs.remove(&Memory::key(0, "surname_native"));
    }
    write_name(m, u, host, "surname", &text, span, 0.6, true);
}

fn take(m: &mut Memory, u: &Utterance<'_>, said: &Said) {
    let [(given, first), (surname, last)] = said.as_slice() else {
        return;
    };
    if is_mover(m, u, u.word_at(first.start)) && is_mover(m, u, u.word_at(last.start)) {
        return;
    }
    let known = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.id != m.mover && p.moves != Some(true))
        .map(|p| p.id)
        .find(|id| {
            m.text(&Memory::key(*id, "given_names"))
                .is_some_and(|name| names::same_name(name, given) >= 0.82)
        });
    // "Serhii Kovalenko. Så hører vi ham": the children's other parent is asked, too.
    let parent = known.is_some() && known == m.other_parent
        || known.is_none()
            && m.asked_before
                .asks_any(&[Topic::OtherParentName, Topic::OtherParentAgrees]);
    if parent {
        return;
    }
    let id = known.or(m.host).unwrap_or_else(|| m.add_person(None));
    m.host = Some(id);
    for (field, text, span) in [("given_names", given, first), ("surname", surname, last)] {
        write_name(m, u, id, field, &latin(text), span.clone(), 0.6, true);
    }
}
