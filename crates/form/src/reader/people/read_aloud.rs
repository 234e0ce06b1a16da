//! An employee reads the mover's name from a paper that says which part it is, or gives it as papers do: "Efternavnet er
//! Vatamaniuc, fornavnet Viorica-Daria", "Passet, tak. Skrypai, Pelahiia.", "dit siger okhrimenko rodion".

use super::*;

/// Until which turn papers are read so.
const EARLY: usize = 14;

/// Takes the name; returns the bytes of its words, so that nobody else is named by them.
pub(super) fn take(m: &mut Memory, u: &Utterance<'_>) -> Option<Range<usize>> {
    let given = Memory::key(m.mover, "given_names");
    let open = u.is_staff()
        && u.lang() == Lang::Da
        && m.mover == 0
        && m.talked <= EARLY
        && m.belief(&given)
            .is_none_or(|b| b.is_unsure() || !b.is_said())
        && !of_another(u);
    if !open {
        return None;
    }
    let (given, surname) = labelled(u)
        .or_else(|| surname_first(u).filter(|_| paper_there(m, u)))
        .or_else(|| behind_cue(u))
        .or_else(|| read_back(u).filter(|_| paper_there(m, u)))?;
    let parts = [("surname", surname), ("given_names", given)];
    let mut span: Option<Range<usize>> = None;
    for (field, words) in parts {
        let Some(words) = words else { continue };
        let bytes = u.token(words.start).span.start..u.token(words.end - 1).span.end;
        let value = spelled(u, &words);
        if contradicts(m, field, &value) {
            return None;
        }
        write_name(m, u, 0, field, &value, bytes.clone(), 0.8, true);
        if field == "given_names" {
            note_sex(m, &value);
        }
        span = Some(match span {
            Some(have) => have.start.min(bytes.start)..have.end.max(bytes.end),
            None => bytes,
        });
    }
    span
}

/// The sex that the given name tells.
fn note_sex(m: &mut Memory, given: &str) {
    let sex = names::find(given, Lang::Da)
        .first()
        .and_then(|found| sex_of(&found.value));
    if let Some(person) = m.person_mut(0) {
        person.sex = person.sex.or(sex);
    }
}

/// A paper is spoken of, or was just handed over.
fn paper_there(m: &Memory, u: &Utterance<'_>) -> bool {
    let read = u.all_words().iter().any(|w| {
        ["pas", "kort", "plastik", "læser", "står", "visum"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let given = m.words_before.iter().any(|(w, e)| {
        let word = w.to_lowercase();
        e.speaker == Speaker::Citizen
            && [
                "паспорт",
                "пас",
                "беріть",
                "тримайте",
                "ось",
                "нате",
                "карт",
                "прошу",
                "прочитайте",
                "будь",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
    });
    read || given || !m.shown.is_empty()
}

/// "Velkommen, Olena": whoever is greeted.
fn greets(text: &str) -> bool {
    matches!(
        text,
        "velkommen"
            | "godmorgen"
            | "goddag"
            | "hej"
            | "dav"
            | "selvfølgelig"
            | "undskyld"
            | "perfekt"
            | "super"
            | "klart"
            | "præcis"
            | "rolig"
            | "nemlig"
            | "beklager"
            | "javel"
            | "farvel"
            | "tillykke"
            | "hov"
            | "nå"
            | "flot"
            | "sådan"
            | "dejligt"
            | "skønt"
            | "vent"
            | "stop"
            | "helt"
            | "jo"
            | "jamen"
            | "okay"
            | "modtaget"
            | "selvfølgeligt"
            | "spændende"
    )
}

type Part = Option<Range<usize>>;

/// "Og hendes pas: …", "næste", "drengen": somebody else's paper.
fn of_another(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        matches!(
            *w,
            "hendes"
                | "hans"
                | "deres"
                | "næste"
                | "konens"
                | "mandens"
                | "andet"
                | "hun"
                | "han"
                | "værten"
                | "ejeren"
                | "udlejer"
                | "udlejeren"
        ) || kin(w, Lang::Da).is_some_and(|k| k != Kin::Landlord)
    }) && !u.all_words().iter().any(|w| matches!(*w, "dit" | "du"))
}

/// Another name than the one that is known is somebody else's.
fn contradicts(m: &Memory, field: &str, value: &str) -> bool {
    m.text(&Memory::key(0, field)).is_some_and(|have| {
        let begins = |a: &str, b: &str| a.to_lowercase().starts_with(&b.to_lowercase());
        !same(have, value) && !begins(value, have)
    })
}

/// A word that can be part of a name: Latin letters, a capital where there are any.
fn is_part(u: &Utterance<'_>, word: usize) -> bool {
    let Some(at) = u.word_tokens.get(word) else {
        return false;
    };
    let token = &u.tokens[*at];
    token.is_word()
        && !token.is_cyrillic()
        && token.text.chars().count() >= 2
        && (token.capital || !u.written)
        && !plain(&token.text)
        && !greets(&token.text)
        && tolkebot_values::numbers::read_at(&u.tokens, *at, u.lang()).is_none()
}

/// Danish words that no name in a paper is.
fn plain(text: &str) -> bool {
    matches!(
        text,
        "er" | "i"
            | "med"
            | "og"
            | "som"
            | "der"
            | "det"
            | "den"
            | "står"
            | "så"
            | "jeg"
            | "du"
            | "dit"
            | "navn"
            | "navnet"
            | "fornavn"
            | "fornavnet"
            | "efternavn"
            | "efternavnet"
            | "pas"
            | "passet"
            | "kort"
            | "kortet"
            | "født"
            | "ikke"
            | "rigtigt"
            | "ja"
            | "nej"
            | "tak"
            | "her"
            | "på"
            | "til"
            | "ham"
            | "hende"
            | "hvad"
            | "hvor"
            | "hvornår"
            | "har"
            | "skal"
            | "hedder"
            | "ser"
            | "siger"
            | "læser"
            | "okay"
            | "fint"
            | "godt"
            | "bare"
            | "kun"
            | "et"
            | "en"
            | "cpr"
            | "men"
            | "stavet"
            | "staves"
            | "a"
            | "o"
            | "altså"
            | "øh"
            | "også"
            | "ukrainsk"
            | "ukraine"
            | "danmark"
            | "dansk"
            | "visum"
            | "visummet"
            | "hele"
            | "samme"
            | "fødselsdag"
    )
}

/// The words from here that belong together: "Viorica-Daria", "Emine Nisa".
fn row(u: &Utterance<'_>, from: usize, most: usize) -> Part {
    let mut end = from;
    while end < from + most && is_part(u, end) {
        // A sign parts two names, a hyphen joins them.
        if end > from {
            let gap = &u.said[u.token(end - 1).span.end..u.token(end).span.start];
            if !matches!(gap.trim(), "" | "-") {
                break;
            }
        }
        end += 1;
    }
    (end > from).then_some(from..end)
}

/// The words as a paper has them.
fn spelled(u: &Utterance<'_>, words: &Range<usize>) -> String {
    let mut out = String::new();
    for word in words.clone() {
        if word > words.start {
            let gap = &u.said[u.token(word - 1).span.end..u.token(word).span.start];
            out.push_str(if gap.contains('-') { "-" } else { " " });
        }
        out.push_str(&crate::reader::whereabouts::capital(&u.token(word).text));
    }
    out
}

/// "efternavnet i passet er Vatamaniuc", "fornavn lev", "pshenychnyi er efternavn og ihor er fornavn"
fn labelled(u: &Utterance<'_>) -> Option<(Part, Part)> {
    let part = |label: &str| -> Part {
        let at = (0..u.word_tokens.len()).find(|at| {
            let text = u.token(*at).text.as_str();
            text == label || text.strip_prefix(label) == Some("et")
        })?;
        // "… er efternavn"
        if at >= 2 && u.token(at - 1).text == "er" && is_part(u, at - 2) {
            return Some(at - 2..at - 1);
        }
        let skip = |w: &str| {
            matches!(
                w,
                "er" | "i"
                    | "passet"
                    | "kortet"
                    | "står"
                    | "der"
                    | "som"
                    | "hedder"
                    | "lyder"
                    | "så"
                    | "skrives"
                    | "staves"
            )
        };
        let from = (at + 1..u.word_tokens.len())
            .take(5)
            .find(|w| !skip(&u.token(*w).text))?;
        row(u, from, if u.written { 3 } else { 1 })
    };
    let (surname, given) = (part("efternavn"), part("fornavn"));
    let asked = u.sentences.iter().any(|s| {
        s.question
            && u.words(s.words.clone())
                .first()
                .is_some_and(|w| matches!(*w, "hvad" | "hvordan"))
    });
    // "mokii efternavn dziubenko"
    let before = || {
        let at = surname.as_ref()?.start.checked_sub(2)?;
        (!u.written && at == 0 && listed(u, at)).then_some(at..at + 1)
    };
    let given = given.or_else(before);
    (!asked && (surname.is_some() && given.is_some())).then_some((given, surname))
}

/// Whether the list has it as a given name.
fn listed(u: &Utterance<'_>, word: usize) -> bool {
    let text = crate::reader::whereabouts::capital(&u.token(word).text);
    names::find(&text, Lang::Da)
        .first()
        .is_some_and(|f| f.value.given().is_some() && f.value.gender.is_some())
}

/// "Skrypai, Pelahiia.", "I dit: Nesterivska, Solomiia-Violetta.": a sentence of nothing but surname, comma, given names,
/// as they stand in a passport.
fn surname_first(u: &Utterance<'_>) -> Option<(Part, Part)> {
    if !u.written {
        return None;
    }
    u.sentences.iter().find_map(|s| {
        let from = s.words.clone().find(|w| {
            let opens = *w == s.words.start
                || u.tokens[u.word_tokens[*w] - 1].is_sign(':')
                || u.tokens[u.word_tokens[*w] - 1].is_sign(',');
            opens && is_part(u, *w) && lead(u, s.words.start..*w)
        })?;
        let surname = row(u, from, 2)?;
        let next = surname.end;
        let comma = s.words.contains(&next)
            && u.said[u.token(next - 1).span.end..u.token(next).span.start].trim() == ",";
        let given = row(u, next, 3).filter(|_| comma)?;
        let long = surname.len() == 1 || u.said[u.token(surname.start).span.end..].starts_with('-');
        let closed = given.end >= s.words.end || {
            let gap = &u.said[u.token(given.end - 1).span.end..u.token(given.end).span.start];
            gap.trim() == ","
        };
        let danish = names::only_danish(&u.token(given.start).text);
        (long && closed && !danish).then_some((Some(given), Some(surname)))
    })
}

/// "I dit", "Første pas", "Ja, jeg læser": what may stand before the name that is read.
fn lead(u: &Utterance<'_>, words: Range<usize>) -> bool {
    words.len() <= 5
        && u.words(words).iter().all(|w| {
            matches!(
                *w,
                "i" | "dit"
                    | "passet"
                    | "pas"
                    | "ja"
                    | "jeg"
                    | "læser"
                    | "så"
                    | "her"
                    | "står"
                    | "der"
                    | "tak"
                    | "første"
                    | "kortet"
                    | "visum"
                    | "visummet"
                    | "og"
                    | "det"
                    | "er"
                    | "godt"
                    | "fint"
            )
        })
}

/// "der står hordiichuk ihor", "dit siger okhrimenko rodion": two words behind the word for reading, one of them a listed
/// given name.
fn behind_cue(u: &Utterance<'_>) -> Option<(Part, Part)> {
    let count = u.word_tokens.len();
    let at = (1..count).find(|at| {
        // "Står Mykola Bondar også på kontrakten?"
        let asks = u.written
            && u.sentence_at(u.token(*at).span.start)
                .is_some_and(|s| s.question);
        !asks
            && matches!(
                u.token(*at - 1).text.as_str(),
                "står" | "læser" | "siger" | "der" | "her"
            )
            && is_part(u, *at)
            && is_part(u, *at + 1)
            && u.words(at.saturating_sub(3)..*at)
                .iter()
                .any(|w| matches!(*w, "står" | "læser" | "siger"))
    })?;
    let (first, second) = (at..at + 1, at + 1..at + 2);
    match (listed(u, at), listed(u, at + 1)) {
        (_, true) => Some((Some(second), Some(first))),
        (true, false) => Some((Some(first), Some(second))),
        _ => None,
    }
}

/// "Yeuhenia Shapovalova, er det rigtigt læst?", "Orysia Pryimak, passer det?": a question of nothing but a name, and whether
/// it is right.
fn read_back(u: &Utterance<'_>) -> Option<(Part, Part)> {
    if !u.written {
        return None;
    }
    u.sentences.iter().filter(|s| s.question).find_map(|s| {
        let name = row(u, s.words.start, 3)?;
        let rest = u.words(name.end..s.words.end.max(name.end));
        let asked = matches!(
            rest.as_slice(),
            ["er", "det", "rigtigt" | "korrekt" | "dig" | "sådan", ..]
                | ["passer" | "stemmer", "det", ..]
        );
        let last = name.end - 1;
        let surname_first = listed(u, last) && !listed(u, name.start);
        let parts = match surname_first {
            true => (last..name.end, name.start..last),
            false => (name.start..last, last..name.end),
        };
        let closed = u.said[u.token(last).span.end..].starts_with(',');
        (asked && closed && name.len() > 1).then_some((Some(parts.0), Some(parts.1)))
    })
}
