//! Names of whoever else is spoken of, while the citizen's own is not known yet: of the one who stays in the old home,
//! of the one whose name is on the door or on the contract.

use tolkebot_protocol::{Lang, Speaker};
use tolkebot_values::names::{self, PersonName};

use super::{Kin, kin, numbered, same, same_sentence};
use crate::reader::asked::Target;
use crate::reader::belief::Heard;
use crate::reader::memory::Memory;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;
use crate::state::PersonId;

/// The employee asks about somebody or something else, and the citizen does not say that it is their own name:
/// "Bliver der nogen tilbage?" – «Колишній, Аркадій Блащук», "Sidste adresse i Ukraine?" – «Кропивницький, вулиця …».
fn spoken_of(m: &Memory, u: &Utterance<'_>, word: usize, before: &[&str]) -> bool {
    let town = u
        .places()
        .iter()
        .any(|p| p.span.contains(&u.token(word).span.start));
    let other = before
        .last()
        .is_some_and(|w| matches!(*w, "інша" | "інший" | "колишній" | "колишня" | "екс"));
    let topics = [
        Topic::Remaining,
        Topic::HostName,
        Topic::HostRole,
        Topic::HostStays,
        Topic::OthersRegistered,
        Topic::Mailbox,
        Topic::CoName,
        Topic::Email,
    ];
    other
        || m.asked.asks_any(&topics)
        || town
            && m.asked
                .asks_any(&[Topic::OldAddress, Topic::Country, Topic::Departure])
}

/// «… він датчанин вільгельм фріс», «метте лунд вона зі мною переїжджає»: a pronoun close to the name, and nothing of the
/// citizen's between them, tells of somebody else.
fn told_of_third(u: &Utterance<'_>, word: usize, follows: usize) -> bool {
    let third = |w: &str| matches!(w, "він" | "вона");
    let count = u.word_tokens.len();
    let before = u.words(word.saturating_sub(3)..word);
    let behind = u.words(follows..(follows + 2).min(count));
    let near = before.iter().rposition(|w| third(w)).is_some_and(|at| {
        let from = word - (before.len() - at);
        // «Він самий, Ярослав» is how one says "that is me".
        let own = before[at..]
            .iter()
            .any(|w| matches!(*w, "я" | "мене" | "самий" | "сама" | "самою"));
        same_sentence(u, from, word) && !own
    });
    let along = matches!(behind.as_slice(), ["з" | "із" | "зі", "нами" | "мною"]);
    let next = behind.first().is_some_and(|w| third(w))
        && same_sentence(u, follows.saturating_sub(1), follows)
        && !before.contains(&"я");
    near || along || next && !u.written
}

/// «Я Клавдія, вона Лідія», «вона їде з нами Орися»: told apart from the speaker by a pronoun, and coming along.
pub(super) fn beside_me(u: &Utterance<'_>, m: &Memory, word: usize) -> bool {
    let before = u.words(word.saturating_sub(5)..word);
    let pronoun = before.iter().rposition(|w| matches!(*w, "він" | "вона"));
    let Some(at) = pronoun else { return false };
    let from = word - (before.len() - at);
    let along =
        before[at..].iter().any(|w| matches!(*w, "нами" | "мною")) && !before[at..].contains(&"не");
    let next = at + 1 == before.len();
    let me = u
        .sentences
        .iter()
        .any(|s| s.words.contains(&from) && u.words(s.words.start..from).contains(&"я"));
    same_sentence(u, from, word) && (along || next && me && m.plural)
}

/// "Er det dit pas? Der står Mykhailo." – «… Галина я»: the name is known only from what an employee read out, and the
/// citizen says another.
pub(super) fn only_read_out(m: &Memory, name: &PersonName) -> bool {
    let other = match (name.given(), m.text(&Memory::key(0, "given_names"))) {
        (Some(given), Some(have)) => !same(have, &given),
        _ => false,
    };
    other
        && m.belief(&Memory::key(0, "given_names"))
            .and_then(|b| b.slot())
            .is_some_and(|s| s.evidence.iter().all(|e| e.speaker == Speaker::Staff))
}

/// A name that the citizen said of somebody who is nobody here.
pub(super) fn is_nobody(m: &Memory, name: &PersonName) -> bool {
    let shorts = || name.parts.iter().flat_map(|p| &p.short_for);
    name.given().is_some_and(|given| {
        m.named_nobody
            .iter()
            .any(|have| same(have, &given) || shorts().any(|full| same(full, have)))
    })
}

/// Any of these: the question, the words around the name or what was said before tell of somebody else.
pub(super) fn is_told_of(
    m: &Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    follows: usize,
    before: &[&str],
) -> bool {
    // "Så skriver jeg ham som stedbarn. Efternavn?"
    let third = m.mover == 0
        && m.asked.asks(Topic::Name)
        && m.asked.is_about(Target::Third)
        && !m.asked.is_about(Target::You);
    third
        || spoken_of(m, u, word, before)
        || is_nobody(m, name)
        || told_of_third(u, word, follows)
        || asked_otherwise(m, u, name, follows)
}

/// «Біргіт Тостесен, вона власниця» – "Birgit med to t'er?": a name that the citizen said of a third, also one that no list
/// has.
pub(super) fn said_of_third(m: &Memory, name: &PersonName) -> bool {
    const ALIKE: f32 = 0.84;
    let Some(given) = name.given() else {
        return false;
    };
    let words: Vec<String> = m
        .words_before
        .iter()
        .filter(|(_, e)| e.speaker == Speaker::Citizen)
        .map(|(w, _)| w.to_lowercase())
        .collect();
    (0..words.len())
        .filter(|at| names::same_name(&given, &words[*at]) >= ALIKE)
        .any(|at| {
            let own = words[at.saturating_sub(2)..at]
                .iter()
                .any(|w| matches!(w.as_str(), "я" | "мене"));
            let third = words[at + 1..(at + 5).min(words.len())].iter().any(|w| {
                matches!(w.as_str(), "він" | "вона") || kin(w, Lang::Uk) == Some(Kin::Landlord)
            });
            third && !own
        })
}

/// The employee asked for something else, and for nothing that a name of one's own answers. Who opens the talk with a
/// whole name or has a number right behind it introduces themselves all the same, unless people were asked about.
fn asked_otherwise(m: &Memory, u: &Utterance<'_>, name: &PersonName, follows: usize) -> bool {
    const PEOPLE: &[Topic] = &[
        Topic::Married,
        Topic::HowMany,
        Topic::Custody,
        Topic::LivedBefore,
        Topic::OtherParentMoves,
        Topic::OtherParentName,
        Topic::OtherParentAgrees,
        Topic::Residence,
        Topic::RelativesAbroad,
        Topic::Doctor,
    ];
    const OWN: &[Topic] = &[
        Topic::Name,
        Topic::Spelling,
        Topic::Cpr,
        Topic::BirthDate,
        Topic::WhoMoves,
        Topic::Documents,
        Topic::PowerOfAttorney,
        Topic::NameSource,
        Topic::Phone,
    ];
    let whole = name.given().is_some() && name.surname().is_some();
    // «… а тепер мене бере ваш. Бабич Ангеліна.»
    let alone = whole
        && m.talked <= 6
        && u.sentences
            .iter()
            .any(|s| s.words.end == follows && s.words.len() <= name.parts.len().max(2));
    let opens =
        (whole && m.talked <= 2 || alone || numbered(u, follows)) && !m.asked.asks_any(PEOPLE);
    m.asked.questions().next().is_some() && !m.asked.asks_any(OWN) && !opens
}

/// "Står dit eget navn på døren?" – «Ні, там тільки Лассе Крістофферсен, я ж у нього», "Er det dig, der står på
/// kontrakten?" – «Інша, Йоганна Енгольм»: whose home it is.
pub(super) fn host(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    before: &[&str],
) -> Option<PersonId> {
    if m.mover != 0 || m.host.is_some_and(|id| id == 0) {
        return None;
    }
    let staff = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let lodges = u.words(word..u.word_tokens.len()).windows(3).any(|w| {
        matches!(w[0], "я" | "ми" | "ж" | "живу" | "живемо")
            && matches!(w[1], "у" | "в")
            && matches!(w[2], "нього" | "неї" | "них")
    });
    let door = staff(&["dør", "postkasse", "brev"]) && lodges;
    let contract = staff(&["kontrakt", "lejekontrakt", "lejemål"])
        && matches!(before.last(), Some(&("інша" | "інший" | "інші")));
    if !door && !contract {
        return None;
    }
    let id = m.host.unwrap_or_else(|| m.add_person(None));
    m.host = Some(id);
    if door {
        for key in ["dwelling.others_registered", "dwelling.others_stay"] {
            if !m.has(key) {
                let evidence = u.evidence_of_words(&(word..word + 1));
                m.hear(key, Heard::new(true, evidence, 0.65).unsure(true));
            }
        }
    }
    Some(id)
}
