//! Whose home it is, from what the employee says about the declaration: "Mikkel får en erklæring", "sender vi
//! Emil en erklæring", "Vasyls nummer, så vi kan sende ham en logiværtserklæring"; and «до пані Фріс».

use tolkebot_protocol::Lang;
use tolkebot_values::names;

use super::kin::kin;
use super::memory::Memory;
use super::people::write_name;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;

/// Reads who the host is, where one is spoken of and none is known by name.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let named = |m: &Memory| {
        m.host
            .is_some_and(|id| m.has(&Memory::key(id, "given_names")))
    };
    if m.mover == 0 && !u.is_staff() && m.host.is_none() {
        titled(m, u);
    }
    if !u.is_staff() || u.lang() != Lang::Da {
        return;
    }
    if named(m) {
        whole_name(m, u);
        return;
    }
    if let Some(word) = repeated(m, u) {
        take(m, u, word);
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let said = declares(&words) || confirms(&words) || m.declaration && passes_on(&words);
        if !said || of_parent(&words) {
            continue;
        }
        if let Some(word) = receiver(m, u, sentence).map(|word| first_of(u, word)) {
            take(m, u, word);
            whole_name(m, u);
        }
        return;
    }
}

/// "Hvad hedder damen?" – «ельсе к'єргор» – "else kjærgaard, er det hende der ejer huset": the whole Danish name
/// that the employee repeats after asking for the host's.
fn repeated(m: &Memory, u: &Utterance<'_>) -> Option<usize> {
    if m.mover != 0 || !m.asked_before.asks(Topic::HostName) {
        return None;
    }
    let name = u
        .names()
        .iter()
        .find(|f| f.value.danish && f.value.given().is_some() && f.value.surname().is_some())?;
    let word = u.word_at(name.span.start);
    let inside = u
        .addresses()
        .iter()
        .any(|a| a.span.contains(&name.span.start));
    (!inside && !is_mover(m, u, word)).then_some(word)
}

/// A host's declaration is spoken of, also as a recogniser parts the word.
pub(super) fn declares(words: &[&str]) -> bool {
    words.iter().any(|w| {
        w.starts_with("erklæring") || w.starts_with("logivært") || w.starts_with("værtserklæring")
    }) || words
        .windows(2)
        .any(|w| w[0] == "logi" && w[1].starts_with("vært"))
}

/// "Så skal Pavlo bekræfte, at I bor der": what a host confirms.
fn confirms(words: &[&str]) -> bool {
    words.iter().any(|w| w.starts_with("bekræft"))
        && words
            .windows(2)
            .any(|w| matches!(w[0], "du" | "i" | "han" | "hun") && w[1] == "bor")
}

/// "Jeg sender den til Louise Bang": the declaration spoken of before.
fn passes_on(words: &[&str]) -> bool {
    words
        .windows(4)
        .any(|w| w[0] == "sender" && w[1] == "den" && w[2] == "til")
        || words
            .windows(4)
            .any(|w| matches!(w, ["sender", "jeg" | "vi", "den", "til"]))
}

/// Parents give declarations, too.
pub(super) fn of_parent(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "faren" | "moren" | "far" | "mor" | "faderen" | "moderen" | "barnets" | "børnenes"
        ) || w.starts_with("samtykke")
            || w.starts_with("forældre")
    })
}

/// The word that names who gets or gives the declaration.
fn receiver(m: &Memory, u: &Utterance<'_>, sentence: &Sentence) -> Option<usize> {
    let found = u.names();
    let streets: Vec<_> = u.addresses().iter().map(|a| a.span.clone()).collect();
    sentence.words.clone().find(|&word| {
        let token = u.token(word);
        let before = |back: usize| {
            word.checked_sub(back)
                .filter(|at| sentence.words.contains(at))
                .map_or("", |at| u.token(at).text.as_str())
        };
        let next = if sentence.words.contains(&(word + 1)) {
            u.token(word + 1).text.as_str()
        } else {
            ""
        };
        let listed = found.iter().any(|f| {
            f.confidence >= 0.5 && f.span.contains(&token.span.start) && f.value.given().is_some()
        });
        let inside = streets.iter().any(|s| s.contains(&token.span.start));
        let gets = matches!(
            next,
            "får" | "har" | "skal" | "bliver" | "kan" | "må" | "bekræfter" | "skriver" | "svarer"
        );
        let object = matches!(
            before(1),
            "til" | "fra" | "sender" | "spørger" | "spørge" | "sende"
        ) || before(1) == "skal" && next.starts_with("bekræft")
            || matches!(before(1), "vi" | "jeg" | "også")
                && matches!(before(2), "sender" | "skriver" | "spørger" | "giver");
        let owner = token.text.ends_with('s')
            && matches!(
                next,
                "nummer" | "telefonnummer" | "telefon" | "mail" | "adresse" | "erklæring"
            );
        let shaped = u.written
            && token.capital
            && !token.is_cyrillic()
            && token.text.chars().count() >= 3
            && !is_no_name(token.text.as_str())
            && kin(token.text.as_str(), u.lang()).is_none();
        !inside
            && (gets || object || owner || !u.written)
            && (listed || shaped)
            && !is_mover(m, u, word)
    })
}

/// "Jens Lunds nummer": where the name begins.
fn first_of(u: &Utterance<'_>, word: usize) -> usize {
    let at = u.token(word).span.start;
    u.names()
        .iter()
        .find(|f| f.span.contains(&at) && f.value.given().is_some())
        .map_or(word, |f| u.word_at(f.span.start))
}

fn is_no_name(word: &str) -> bool {
    matches!(
        word,
        "cpr"
            | "mitid"
            | "digital"
            | "post"
            | "aarhus"
            | "danmark"
            | "dem"
            | "deres"
            | "det"
            | "den"
            | "han"
            | "hun"
            | "hvem"
            | "hvis"
            | "der"
            | "værten"
            | "udlejeren"
            | "ejeren"
            | "vedkommende"
            | "kommunen"
            | "logiværten"
            | "dit"
            | "din"
            | "begge"
    )
}

/// The citizen or somebody who moves along.
pub(super) fn is_mover(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let said = u.token(word).text.as_str();
    m.people.iter().any(|p| {
        (p.id == 0 || p.id == m.mover || p.moves == Some(true))
            && ["given_names", "surname"].iter().any(|field| {
                m.text(&Memory::key(p.id, field))
                    .is_some_and(|name| alike(name, said))
            })
    })
}

fn alike(name: &str, said: &str) -> bool {
    let stem = said.strip_suffix('s').unwrap_or(said);
    names::same_name(name, said) >= 0.82 || names::same_name(name, stem) >= 0.82
}

fn take(m: &mut Memory, u: &Utterance<'_>, word: usize) {
    let said = u.token(word).text.clone();
    let known = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.id != m.mover)
        .map(|p| p.id)
        .find(|id| {
            m.text(&Memory::key(*id, "given_names"))
                .is_some_and(|name| alike(name, &said))
        });
    if let Some(id) = known {
        is_host(m, id);
        return;
    }
    let id = match m.host {
        Some(id) => id,
        None => m.add_person(None),
    };
    is_host(m, id);
    let owner = u.word_tokens.get(word + 1).is_some_and(|_| {
        let next = u.token(word + 1).text.as_str();
        matches!(
            next,
            "nummer" | "telefonnummer" | "telefon" | "mail" | "adresse" | "erklæring"
        )
    });
    name_word(m, u, id, "given_names", word, owner);
    let follows = u.word_tokens.get(word + 1).is_some_and(|next| {
        *next == u.word_tokens[word] + 1 && {
            let token = u.token(word + 1);
            if u.written {
                token.capital
            } else {
                names::danish_surname(&token.text).is_some()
            }
        }
    });
    if follows && !owner {
        name_word(m, u, id, "surname", word + 1, false);
    }
}

/// "Lars har lagt sin erklæring her: Lars Mogensen": the surname behind the given name that is known.
fn whole_name(m: &mut Memory, u: &Utterance<'_>) {
    let Some(host) = m.host.filter(|id| *id != 0 && *id != m.mover) else {
        return;
    };
    let Some(given) = m
        .text(&Memory::key(host, "given_names"))
        .map(str::to_owned)
        .filter(|_| u.written && !m.has(&Memory::key(host, "surname")))
    else {
        return;
    };
    let word = (0..u.word_tokens.len().saturating_sub(1)).find(|&word| {
        let next = u.token(word + 1);
        let glued = u.word_tokens[word + 1] == u.word_tokens[word] + 1;
        glued
            && next.capital
            && next.text.chars().count() >= 3
            && !is_no_name(&next.text)
            && names::same_name(&given, &u.token(word).text) >= 0.82
    });
    if let Some(word) = word {
        name_word(m, u, host, "surname", word + 1, false);
    }
}

/// Whoever gets the declaration may be an owner who lives elsewhere: that they stay is another question.
fn is_host(m: &mut Memory, id: PersonId) {
    m.host = Some(id);
}

fn name_word(
    m: &mut Memory,
    u: &Utterance<'_>,
    id: PersonId,
    field: &str,
    word: usize,
    owner: bool,
) {
    let span = u.token(word).span.clone();
    let said = u.said.get(span.clone()).unwrap_or("");
    let said = if owner {
        said.strip_suffix('s').unwrap_or(said)
    } else {
        said
    };
    let latin = names::in_latin(said);
    let mut chars = latin.chars();
    let Some(first) = chars.next() else { return };
    let value: String = first.to_uppercase().chain(chars).collect();
    write_name(m, u, id, field, &value, span, 0.6, true);
}

/// «До пані Фріс», «у пана Кнудсена»: a surname alone, by the list of Danish ones or by its capital.
fn titled(m: &mut Memory, u: &Utterance<'_>) {
    // «У пана Гансена знімаємо, він у Копенгагені»: who lets a whole home does not live in it.
    let words = u.all_words();
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let rents = starts(&[
        "знімаєм",
        "знімаю",
        "винайма",
        "орендує",
        "орендую",
        "наймає",
        "наймаю",
    ]);
    if rents
        && !starts(&["кімнат", "підвал", "кутик", "кут"])
        && m.text("dwelling.type") != Some("room")
    {
        return;
    }
    let found = u.names();
    for word in 2..u.word_tokens.len() {
        let before = u.words(word - 2..word);
        let title = matches!(
            before.as_slice(),
            [
                "до" | "у" | "в",
                "пані" | "пана" | "родини" | "сім'ї" | "подружжя"
            ]
        );
        // «До того винаймав кімнату в родини Ольсен»
        let family = matches!(before[1], "родини" | "сім'ї" | "подружжя");
        let past = m.asked.asks(Topic::OldAddress)
            || words.iter().any(|w| {
                matches!(
                    *w,
                    "винаймав"
                        | "винаймала"
                        | "знімав"
                        | "знімала"
                        | "раніше"
                        | "колись"
                        | "жив"
                        | "жила"
                        | "жили"
                )
            });
        if !title || family && past {
            continue;
        }
        let token = u.token(word);
        if found.iter().any(|f| f.span.contains(&token.span.start)) {
            return;
        }
        let said = u.said.get(token.span.clone()).unwrap_or("");
        let danish = names::danish_surname(said)
            .or_else(|| names::danish_surname(said.strip_suffix('а').unwrap_or(said)));
        if danish.is_none() && !(u.written && token.capital) {
            return;
        }
        let id = m.add_person(None);
        is_host(m, id);
        if let Some(danish) = danish {
            let span = token.span.clone();
            write_name(m, u, id, "surname", danish, span, 0.6, true);
        }
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn a_declaration_is_heard_whole_and_in_parts() {
        assert!(declares(&words("så sender vi emil en erklæring")));
        assert!(declares(&words("så sender jeg en logi værts erklæring")));
        assert!(!declares(&words("har du lejekontrakten med")));
    }

    #[test]
    fn a_parents_declaration_is_no_hosts() {
        assert!(of_parent(&words("faren får en erklæring til underskrift")));
        assert!(!of_parent(&words("mikkel får en erklæring")));
    }
}
