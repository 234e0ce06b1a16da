//! The doctor's surgery that was chosen: "Lægehuset i Trige", «Лікарі в Обюхой».
//!
//! Citizens say a Danish name half translated: the words for doctors come back in Danish, streets and
//! towns as the register writes them.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::places;
use tolkebot_values::places::PlaceKind;

use super::belief::{Act, Heard};
use super::clinic_names::{is_street, sounded, stands_behind, surgery};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// Takes the clinic that a turn names.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let doctor = m.asked.mentions(Topic::Doctor) || m.asked_before.mentions(Topic::Doctor);
    // A citizen may write or spell the name as it stands on the door.
    let found = if let Some(found) = danish(u) {
        Some(found)
    } else if u.lang() == Lang::Da {
        doctor_named(u)
    } else if doctor || u.all_words().iter().any(|w| w.starts_with("лікар")) {
        ukrainian(u)
    } else {
        None
    };
    // "Lægehuset Strandvejen, skal du blive der?": the one that somebody has, and none that is chosen.
    if u.is_staff() && asks_to_stay(u) {
        return;
    }
    // "Der er Lægerne ved Torvet, og så er der Lægehuset i Ribe. Hvem af dem?": none of them is chosen yet.
    if u.is_staff() && several(u) {
        return;
    }
    let Some((name, span)) = found else {
        chosen(m, u);
        return;
    };
    let known = m.text("gp.clinic_name").map(str::to_owned);
    let act = if known.is_some() {
        Act::Correct
    } else {
        Act::Say
    };
    // Praise by somebody else is no choice.
    let left = super::cues::left(u, 0, span.start);
    let hearsay = left
        .iter()
        .any(|w| w.starts_with("хвал") || w.starts_with("радил") || w.starts_with("радять"));
    if hearsay {
        return;
    }
    let unsure = !u.is_staff();
    let evidence = u.evidence(span);
    m.hear(
        "gp.clinic_name",
        Heard::new(name, evidence.clone(), 0.65)
            .unsure(unsure)
            .act(act),
    );
    let keeps = u.all_words().iter().any(|w| {
        ["залиш", "лиш", "чіпа"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || *w == "самий"
    });
    if !u.is_staff() && doctor && !keeps {
        let heard = Heard::new("change", evidence, 0.7);
        let act = if m.has("gp.choice") {
            Act::Correct
        } else {
            Act::Say
        };
        m.hear("gp.choice", heard.act(act));
    } else if u.is_staff() && doctor && !m.has("gp.choice") && noted(u) {
        // "Lægerne Thors Bakke, dem sætter jeg": none that was had before.
        let heard = Heard::new("change", evidence, 0.6).act(Act::Imply);
        m.hear("gp.choice", heard);
    }
}

fn asks_to_stay(u: &Utterance<'_>) -> bool {
    u.sentences.iter().filter(|s| s.question).any(|s| {
        let words = u.words(s.words.clone());
        let stays = |w: &&str| matches!(*w, "blive" | "bliver" | "beholde" | "beholder" | "stadig");
        let clinic = |w: &&str| w.starts_with("læge") || w.starts_with("klinik");
        words.iter().any(stays) && words.iter().any(clinic)
    })
}

/// "… dem sætter jeg", "… det er noteret": the employee writes a surgery down.
fn noted(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        matches!(
            *w,
            "sætter" | "skriver" | "noterer" | "noteret" | "vælger" | "valgt"
        )
    })
}

/// «Тоді туди»: to the clinic that the employee has just named.
fn chosen(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !m.has("gp.clinic_name") {
        return;
    }
    let words = u.all_words();
    // "Skal jeg skrive Lægehuset i Løgten?" – «Пишіть»: whatever was thought of before.
    let offered = m.heard_before.iter().any(|k| k == "gp.clinic_name");
    let at = words
        .iter()
        .position(|w| *w == "туди" || offered && matches!(*w, "пишіть" | "запишіть"))
        .or_else(|| {
            let theirs = words.windows(2).position(|w| {
                w[0] == "давайте" && matches!(w[1], "їх" | "його" | "її" | "цю" | "цей")
            });
            theirs.filter(|_| offered)
        });
    // "Skal jeg skrive dig dertil?" – «Давайте.»
    let agreed = offered
        && !m.has("gp.choice")
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "skal" | "skrive" | "dertil"))
        && (super::replies::reply(u).agreed
            || matches!(words.first(), Some(&("давай" | "давайте" | "можна"))));
    let at = at.or(agreed.then_some(0));
    let Some(at) = at.filter(|_| offered || !m.has("gp.choice")) else {
        return;
    };
    if m.objected || m.text("gp.choice") == Some("first") {
        return;
    }
    let evidence = u.evidence_of_words(&(at..at + 1));
    let act = if m.has("gp.choice") {
        Act::Correct
    } else {
        Act::Say
    };
    m.hear("gp.choice", Heard::new("change", evidence, 0.7).act(act));
}

/// Two surgeries to choose from.
fn several(u: &Utterance<'_>) -> bool {
    let surgeries = u
        .all_words()
        .iter()
        .filter(|w| {
            ["lægehus", "lægerne", "lægeklinik", "lægecent", "praksis"]
                .iter()
                .any(|stem| w.starts_with(stem))
        })
        .count();
    let asks = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "eller" | "hvem" | "hvilken" | "hvilket"));
    surgeries > 1 && asks
}

/// "Lægehuset i Trige", "Lægerne Vejlby", "Trøjborg Lægehus"; and as a recogniser writes them: "lægerne
/// nordbyen tager nye", "læge huset torvet".
fn danish(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let count = u.word_tokens.len();
    let text = |word: usize| u.token(word).text.as_str();
    let surgery = |word: usize| {
        ["lægehus", "lægerne", "lægeklinik", "lægecent"]
            .iter()
            .any(|stem| text(word).starts_with(stem))
            // "Klinik Havnen"
            || matches!(text(word), "klinik" | "klinikken") && u.token(word).capital
    };
    let parted = |word: usize| {
        !u.written
            && text(word) == "læge"
            && word + 1 < count
            && matches!(text(word + 1), "huset" | "hus" | "klinikken" | "centret")
    };
    let capital = |word: usize| u.token(word).capital || !u.written;
    // "Der er plads hos lægehuset i Rønne."
    let in_town = |word: usize| {
        text(word) == "lægehuset"
            && word + 2 < count
            && text(word + 1) == "i"
            && u.token(word + 2).capital
    };
    let start = (0..count).find(|w| surgery(*w) && (capital(*w) || in_town(*w)) || parted(*w))?;
    let name_at = start + 1 + usize::from(parted(start));
    let mut end = name_at;
    while end < count && u.written {
        // "Lægerne Hüller på Algade": behind a name only where it is.
        let link = end == name_at
            && matches!(text(end), "i" | "på" | "ved")
            && end + 1 < count
            && u.token(end + 1).capital;
        // "Lægerne på Sct. Jørgens Vej"
        let short = matches!(text(end - 1), "sct" | "skt" | "gl" | "kgs" | "nr" | "dr");
        let glued = u.word_tokens[end] == u.word_tokens[end - 1] + 1 + usize::from(short);
        if !glued || !(u.token(end).capital || link) {
            break;
        }
        end += 1;
    }
    if end > name_at {
        let span = u.token(start).span.start..u.token(end - 1).span.end;
        return Some((u.said.get(span.clone())?.to_owned(), span));
    }
    let whole = (start..name_at).map(text).collect::<String>();
    // "den hedder trøjborg lægehus": the town stands before.
    if whole == "lægehus" {
        let town = start.checked_sub(1)?;
        let place = u
            .places()
            .iter()
            .any(|p| p.span.contains(&u.token(town).span.start));
        if !place && !u.token(town).capital {
            return None;
        }
        let span = u.token(town).span.start..u.token(name_at - 1).span.end;
        return Some((format!("{} Lægehus", title(text(town))), span));
    }
    unwritten(u, start, name_at, &whole)
}

/// Without capitals one word behind the surgery is its name, unless it is a word of the sentence.
fn unwritten(
    u: &Utterance<'_>,
    start: usize,
    name_at: usize,
    whole: &str,
) -> Option<(String, Range<usize>)> {
    const NO: &[&str] = &[
        "tager",
        "har",
        "hvor",
        "hvis",
        "eller",
        "ligger",
        "lukker",
        "åbner",
        "derude",
        "herude",
        "heroppe",
        "hernede",
        "skal",
        "vil",
        "kan",
        "som",
        "der",
        "det",
        "den",
        "når",
        "tæt",
        "inden",
        "bliver",
        "plejer",
        "siger",
        "måske",
        "igen",
        "også",
        "ikke",
        "selv",
        "med",
        "nærmest",
        "tættest",
        "tættere",
        "nærheden",
        "byen",
        "kommunen",
        "området",
        "omkring",
    ];
    let linked =
        name_at < u.word_tokens.len() && matches!(u.token(name_at).text.as_str(), "i" | "på");
    let word = name_at + usize::from(linked);
    if u.written || word >= u.word_tokens.len() {
        return None;
    }
    let name = u.token(word).text.as_str();
    let town = linked
        && u.places()
            .iter()
            .any(|p| p.span.contains(&u.token(word).span.start));
    if NO.contains(&name) || name.chars().count() < 4 && !town {
        return None;
    }
    let link = if linked {
        format!(" {}", u.token(name_at).text)
    } else {
        String::new()
    };
    // "lægerne fuglesangs allé"
    let street = (word + 1 < u.word_tokens.len())
        .then(|| u.token(word + 1).text.as_str())
        .filter(|w| {
            matches!(
                *w,
                "allé" | "alle" | "torv" | "plads" | "gade" | "vej" | "bakke"
            )
        });
    let span = u.token(start).span.start..u.token(word + usize::from(street.is_some())).span.end;
    let street = street.map_or_else(String::new, |w| format!(" {}", title(w)));
    Some((
        format!("{}{link} {}{street}", title(whole), title(name)),
        span,
    ))
}

/// "Doktor Jørgensen", "lægen dér er Holm": a doctor by surname, where capitals show one.
fn doctor_named(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    if !u.written {
        return None;
    }
    let words = u.all_words();
    let at = words.windows(2).enumerate().find_map(|(at, w)| {
        let after = at + 1;
        let named = w[0] == "doktor"
            || matches!(w[0], "er" | "hedder")
                && words[at.saturating_sub(2)..at]
                    .iter()
                    .any(|w| matches!(*w, "lægen" | "doktoren"));
        (named && u.token(after).capital).then_some(after)
    })?;
    let span = u.token(at).span.clone();
    Some((u.said.get(span.clone())?.to_owned(), span))
}

fn ukrainian(u: &Utterance<'_>) -> Option<(String, Range<usize>)> {
    let words = u.all_words();
    let (at, danish, len, behind) = (0..words.len()).find_map(|at| {
        let (danish, len, behind) = surgery(&words[at..])?;
        Some((at, danish, len, behind || stands_behind(u, at, len)))
    })?;
    if behind {
        let before = at.checked_sub(1)?;
        let span = u.token(before).span.start..u.token(at + len - 1).span.end;
        let name = name(u, before..at).or_else(|| sounded(u, before..at).map(|(name, _)| name))?;
        return Some((format!("{name} {danish}"), span));
    }
    let mut first = at + len;
    let link = match words.get(first) {
        Some(&("в" | "у")) => {
            first += 1;
            " i"
        }
        Some(&"на") => {
            first += 1;
            ""
        }
        _ => "",
    };
    let mut end = first;
    while end < words.len() && end < first + 3 {
        let glued = end == first || u.word_tokens[end] == u.word_tokens[end - 1] + 1;
        if !glued || u.written && !u.token(end).capital && !is_street(words[end]) {
            break;
        }
        end += 1;
    }
    let (name, used) = (first + 1..=end)
        .rev()
        .find_map(|end| name(u, first..end).map(|name| (name, end)))
        .or_else(|| sounded(u, first..end))?;
    let span = u.token(at).span.start..u.token(used - 1).span.end;
    Some((format!("{danish}{link} {name}"), span))
}

/// A town, a part of Aarhus or a street, as Danes write it.
fn name(u: &Utterance<'_>, words: Range<usize>) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let span = u.token(words.start).span.start..u.token(words.end - 1).span.end;
    let text = u.said.get(span)?;
    let last = u.token(words.end - 1).text.as_str();
    if words.len() > 1 && last == "торв" {
        return Some(format!("{} Torv", name(u, words.start..words.end - 1)?));
    }
    let whole = |inside: &Range<usize>| inside.start == 0 && inside.end + 2 >= text.len();
    // A house number behind the name shows the grammar that it is a street.
    let numbered = format!("{text} один");
    let street = u
        .addresses_in(&numbered)
        .into_iter()
        .filter_map(|a| a.value.street)
        .find(|s| s.span.start == 0 && s.span.end >= text.len());
    if let Some(street) = street {
        return Some(street.value.name);
    }
    // Behind a preposition a town is known by its sound.
    let before = "у ";
    let placed = format!("{before}{text}");
    places::find(&placed, u.lang())
        .into_iter()
        .find(|p| {
            let start = p.span.start.saturating_sub(before.len());
            matches!(p.value.kind, PlaceKind::DanishTown | PlaceKind::AarhusArea)
                && whole(&(start..p.span.end.saturating_sub(before.len())))
        })
        .map(|p| p.value.name)
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Turn;
    use tolkebot_protocol::Speaker;
    use tolkebot_values::address::Gazetteer;

    fn found(text: &str, lang: Lang) -> Option<String> {
        let speaker = if lang == Lang::Da {
            Speaker::Staff
        } else {
            Speaker::Citizen
        };
        let turn = Turn::new(1, speaker, lang, text);
        let streets = Gazetteer::shipped();
        let u = Utterance::new(&turn, &streets);
        let hit = danish(&u).or_else(|| match lang {
            Lang::Da => doctor_named(&u),
            Lang::Uk => ukrainian(&u),
        });
        hit.map(|(name, _)| name)
    }

    #[test]
    fn a_surgery_is_named_in_either_script() {
        for (text, name) in [
            ("Запишіть нас у Læsø Lægehus.", "Læsø Lægehus"),
            ("Лікаря міняємо: Lægerne Langegade.", "Lægerne Langegade"),
            ("Є «Леґегусет Тільст», туди обоє.", "Lægehuset Tilst"),
            ("До «Леґерне Его», будь ласка.", "Lægerne Egå"),
            ("«Лєгехусет Нексе», вони добрі.", "Lægehuset Nexø"),
        ] {
            assert_eq!(found(text, Lang::Uk).as_deref(), Some(name), "{text}");
        }
        for (text, name) in [
            (
                "lægerne fuglesangs allé det er noteret",
                "Lægerne Fuglesangs Allé",
            ),
            ("Doktor Jørgensen, det passer fint.", "Jørgensen"),
            ("Ja, lægen dér er Holm.", "Holm"),
        ] {
            assert_eq!(found(text, Lang::Da).as_deref(), Some(name), "{text}");
        }
        assert_eq!(found("Lægen er på ferie.", Lang::Da), None);
    }
}
