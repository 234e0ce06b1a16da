//! Who is spoken of: names, relatives, pronouns.

pub(super) mod agreed;
mod aliases;
mod beside;
mod called;
mod denied;
pub(super) mod differing;
mod explained;
mod family_names;
mod introduced;
mod kin_words;
mod listed;
mod mine;
pub(in crate::reader) mod minors;
pub(super) mod misheard;
mod naming;
mod no_names;
mod own_surname;
pub(in crate::reader) mod patronymic;
mod pronouns;
mod read_aloud;
mod register_names;
mod relatives;
pub(super) mod renamed;
mod reports_for;
pub(super) mod same_surname;
mod spelling;
mod staff_children;
mod staff_names;
mod staff_read;
mod strangers;
pub(super) mod surname_asked;
mod surname_forms;
mod surnames;
mod taken;
mod third;
mod unheld;
mod unnamed;

use std::ops::Range;

use tolkebot_protocol::{Lang, Speaker};
use tolkebot_values::names::{self, Gender, PartKind, PersonName};
use tolkebot_values::places::PlaceKind;
use tolkebot_values::{Found, Reason};

use super::asked::Target;
use super::belief::{Act, Heard};
use super::hosts::lives_with;
use super::kin::{Kin, Sex, kin, sex_by_word};
use super::lodging::{at_home, described, hosts, lives_alone};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;
use aliases::*;
use beside::*;
use called::*;
use denied::*;
use explained::*;
use family_names::*;
use kin_words::is_relative;
pub(super) use listed::is_years;
use listed::*;
use naming::*;
use no_names::*;
use patronymic::NAME_FIELDS;
use pronouns::*;
use register_names::*;
use relatives::*;
use same_surname::*;
use spelling::*;
pub(super) use spelling::{native_name, write_name};
use staff_children::*;
use staff_names::*;
pub(super) use surname_forms::surname_for;
use surname_forms::{is_surname_word, surname_of};
pub(super) use surnames::surnames;
use surnames::*;
pub(super) use taken::write_whole;
use taken::*;
use third::*;
use unnamed::*;

/// From here on two spellings are the same name.
const SAME_NAME: f32 = 0.82;

/// Somebody a stretch of text points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// The citizen at the counter.
    Me,
    Person(PersonId),
}

/// A pointer with the byte range of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ref {
    pub bytes: Range<usize>,
    pub who: Who,
    /// «я» and the speaker of reported words: counts only right before a value.
    pub weak: bool,
    /// «він», "hans": points to somebody, but names nobody.
    pub pronoun: bool,
}

/// The person a value belongs to: the last pointer before it in its sentence (in the sentence
/// before when its own has none), or one right behind it («… це чоловіків»).
pub(super) fn owner(u: &Utterance<'_>, refs: &[Ref], span: &Range<usize>) -> Option<Who> {
    let after = u.word_at(span.end);
    let next = u.words(after..(after + 5).min(u.word_tokens.len()));
    // «…, тринадцять дев'яносто. А це Артем»: introduced, and nothing told of the number.
    let told = next
        .iter()
        .position(|w| matches!(*w, "це" | "det"))
        .filter(|at| *at == 0 || next[at - 1] != "а");
    if let Some(this) = told {
        let from = u.token(after + this).span.start;
        let behind = refs
            .iter()
            .find(|r| r.bytes.start > from && r.bytes.start < from + 40);
        // «…, сорок три. Ой, це Ліне дзвонить»: who calls, and nobody's number.
        let calls = behind.is_some_and(|r| {
            let next = u.word_at(r.bytes.end);
            u.words(next..(next + 1).min(u.word_tokens.len()))
                .iter()
                .any(|w| {
                    ["дзвон", "телефону", "пише", "клич", "прийш", "каже"]
                        .iter()
                        .any(|stem| w.starts_with(stem))
                })
        });
        if this <= 2
            && !calls
            && let Some(found) = behind
        {
            return Some(found.who);
        }
    }
    // "…, nul to femoghalvtreds til Zenon?"
    if u.is_staff()
        && matches!(next.first(), Some(&("til" | "for" | "på")))
        && let Some(found) = refs
            .iter()
            .find(|r| !r.pronoun && u.word_at(r.bytes.start) == after + 1)
    {
        return Some(found.who);
    }
    let at = u
        .sentences
        .iter()
        .position(|s| s.bytes.contains(&span.start))?;
    let own = &u.sentences[at].bytes;
    let before = |range: &Range<usize>| {
        let here = range == own;
        refs.iter()
            .rev()
            .find(|r| {
                r.bytes.start >= range.start
                    && r.bytes.end <= span.start.min(range.end)
                    && (!r.weak || here && u.word_at(span.start) - u.word_at(r.bytes.start) <= 1)
            })
            .map(|r| r.who)
    };
    before(own).or_else(|| {
        // Only a sentence that is nothing but the number leans on the one before.
        if u.word_at(span.start) > u.word_at(own.start) + 1 {
            return None;
        }
        let previous = &u.sentences.get(at.checked_sub(1)?)?.bytes;
        before(previous)
    })
}

/// Reads everybody who is named or meant.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) -> Vec<Ref> {
    let answers = !u.is_staff()
        && (m.asked.asks(Topic::Name) || m.asked.kin().is_some() && !m.asked.statement);
    let nobody = denied::disowned(m, u);
    let mut found = if answers {
        names::find_answer(&u.tokens[behind_title(u)..], u.lang())
    } else {
        u.names().to_vec()
    };
    if u.is_staff() {
        found.retain(|f| f.confidence >= 0.5 && !u.is_example(f.span.start));
    }
    found.retain(|f| !is_kin_word(u, f));
    // «оксана крапка бондаренко, собака …» spells an address, nobody is named.
    found.retain(|f| {
        !u.emails()
            .iter()
            .any(|e| e.span.start < f.span.end && f.span.start < e.span.end)
    });
    found.retain(|f| !is_none_here(u, &nobody, f));
    found.retain(|f| !names_a_street(u, f.span.end));
    found.retain(|f| !of_animal(u, f));
    found.retain(|f| !of_surname(u, f));
    // «Не Богдана, а Богдан!»
    found.retain(|f| u.token(u.word_at(f.span.start)).text != "не");
    found.retain(|f| !of_the_past(u, f));
    found.retain(|f| !in_a_town(u, f));
    // «Хлопчик, Марко»: a word for a relative ends like a surname; «Малюк» is both.
    found.retain(|f| {
        let said = &u.token(u.word_at(f.span.start)).text;
        f.value.given().is_some() || kin(said, u.lang()).is_none() || names::is_known_surname(said)
    });
    // «Калина, дев'ятнадцятого липня …» in a list of children is no surname.
    if !u.is_staff() && m.asked.kin() == Some(Kin::Children) {
        found.retain(|f| f.value.given().is_some() || !opens_a_row(u, f));
    }
    introduced::siblings(m, u);
    denied(m, u);
    reports_for::said(m, u);
    in_genitive(m, u);
    let shared = of_both(m, u, &mut found);
    let mut refs: Vec<Ref> = Vec::new();
    if let Some(bytes) = read_aloud::take(m, u).or_else(|| register_name(m, u)) {
        found.retain(|f| f.span.end <= bytes.start || f.span.start >= bytes.end);
    }
    let mut name_at = 0;
    let mut word = 0;
    // The relative whose name may follow, and the word where it stood.
    let mut open: Option<(Kin, PersonId, usize)> = None;
    // «Там ще Пилип, то він лишається»: a name of nobody here, and the pronoun that means him.
    let mut stranger: Option<(usize, Sex)> = None;
    let of_child = m.mover != 0
        && m.person(m.mover)
            .and_then(|p| p.kin)
            .is_some_and(Kin::is_child);
    let count = u.word_tokens.len();
    while word < count {
        let span = u.token(word).span.clone();
        while found.get(name_at).is_some_and(|f| f.span.end <= span.start) {
            name_at += 1;
        }
        if let Some(name) = found.get(name_at).filter(|f| f.span.start <= span.start) {
            let listed_apart = open.is_some_and(|(kin, _, at)| {
                at + 1 == word && other_in_list(u, &name.value, kin, word)
            });
            let near = open.filter(|(kin, _, at)| {
                let gap = if *kin == Kin::Children { 8 } else { 4 };
                word - at <= gap
                    && same_sentence(u, *at, word)
                    && !next_in_list(u, *at, word)
                    && !mine::contrasted(u, *at, word)
                    && !listed_apart
            });
            let group = open.filter(|(kin, ..)| *kin == Kin::Children);
            let me = u
                .word_tokens
                .get(u.word_at(name.span.end))
                .is_some_and(|_| u.token(u.word_at(name.span.end)).text == "я");
            let listed = near.is_none()
                && !me
                && !u.is_staff()
                && misheard::lists_children(m, u, &found, group.map(|(_, _, at)| at), word);
            let near = near.or(listed.then_some((Kin::Children, PersonId::MAX, word)));
            let last = refs
                .last()
                .filter(|r| !r.weak && same_sentence(u, u.word_at(r.bytes.start), word))
                .filter(|_| !listed_apart)
                .map(|r| r.who);
            if let Some(id) = take_name(m, u, name, word, near, last) {
                taken_for(m, u, id, u.word_at(name.span.end));
                refs.push(Ref {
                    bytes: name.span.clone(),
                    who: who(id),
                    weak: false,
                    pronoun: false,
                });
                if near.is_none_or(|(kin, _, _)| kin != Kin::Children) {
                    open = None;
                }
                stranger = None;
            } else if !u.is_staff() {
                m.named_nobody.extend(name.value.given());
                let full = name.value.parts.iter().flat_map(|p| p.short_for.clone());
                m.named_nobody.extend(full);
                if u.written {
                    stranger = sex_of(&name.value).map(|sex| (word, sex));
                }
            }
            word = u.word_at(name.span.end).max(word + 1);
            continue;
        }
        // «донька Еміла»: a name that no list has.
        if let Some((near_kin, id, at)) = open
            && at + 1 == word
            && u.written
            && !u.is_staff()
            && u.token(word).capital
            && u.word_tokens[word] == u.word_tokens[at] + 1
            && u.token(word).is_cyrillic()
            && kin(&u.token(word).text, u.lang()).is_none()
            && known_name(m, u, word).is_none()
            && near_kin != Kin::Landlord
            && id != PersonId::MAX
            && !m.has(&Memory::key(id, "given_names"))
        {
            let latin = names::romanise(u.said.get(span.clone()).unwrap_or(""));
            write_name(m, u, id, "given_names", &latin, span.clone(), 0.6, true);
            refs.push(Ref {
                bytes: span,
                who: who(id),
                weak: false,
                pronoun: false,
            });
            word += 1;
            continue;
        }
        if let Some(id) =
            unlisted_child(m, u, &found, word).or_else(|| another_child(m, u, word, &refs))
        {
            refs.push(Ref {
                bytes: span,
                who: who(id),
                weak: false,
                pronoun: false,
            });
            word += 1;
            continue;
        }
        let text = u.token(word).text.as_str();
        if matches!(text, "колишній" | "колишня" | "екс")
            && let Some(Who::Person(id)) = refs.last().map(|r| r.who)
            && same_sentence(u, u.word_at(refs[refs.len() - 1].bytes.start), word)
            && m.other_parent.is_none()
            // «Свекруха, ну колишня»
            && m.person(id).and_then(|p| p.kin) != Some(Kin::InLaw)
        {
            // «Ігор, мій колишній»
            m.other_parent = Some(id);
            if let Some(person) = m.person_mut(id) {
                person.moves = Some(false);
                person.kin = None;
            }
            word += 1;
            continue;
        }
        // "Hvad hedder de?" of the children – «… У хлопця нуль дев'ять …»
        let of_children = |found: Kin| match found {
            Kin::Husband | Kin::Wife if mine::to_be(u, word) => Kin::Partner,
            Kin::Partner if of_child || m.asked.kin().is_some_and(Kin::is_child) => {
                if text.starts_with("хлоп") {
                    Kin::Son
                } else if text.starts_with("дівч") {
                    Kin::Daughter
                } else {
                    found
                }
            }
            // «З нею двоє малих, мої внуки» of a daughter who moves: her children.
            Kin::Relative if of_child && (text.starts_with("внук") || text.starts_with("онук")) => {
                match text {
                    "внук" | "внука" | "внуком" | "онук" | "онука" | "онуком" => {
                        Kin::Son
                    }
                    _ => Kin::Children,
                }
            }
            Kin::Relative if of_child && (text.starts_with("внуч") || text.starts_with("онуч")) => {
                Kin::Daughter
            }
            // "Så skriver jeg ham som stedbarn": no word for a girl only.
            Kin::StepDaughter
                if text.contains("barn")
                    && m.people.iter().any(|p| p.kin == Some(Kin::StepSon)) =>
            {
                Kin::StepSon
            }
            // «дружина брата»: a relative's.
            k if u.lang() == Lang::Uk
                && (k.is_couple() || k.is_child())
                && k != Kin::Children
                && (word + 1..(word + 3).min(count)).any(|at| of_whom(u, at)) =>
            {
                Kin::Relative
            }
            Kin::Brother | Kin::Sister
                if word > 0 && {
                    let before = u.token(word - 1).text.as_str();
                    before.starts_with("двоюрідн") || before.starts_with("зведен")
                } =>
            {
                Kin::Relative
            }
            other => other,
        };
        if let Some(found_kin) = kin(text, u.lang())
            .or_else(|| mine::at_a_friends(u, word))
            .or_else(|| mine::own_children(u, word))
            .map(of_children)
            .filter(|k| {
                is_relative(u, word, *k)
                    || is_wife_named(u, word, *k, found.get(name_at))
                    || next_behind_me(m, u, word)
            })
            .filter(|k| *k != Kin::Children || !of_flatmates(m, u, text))
        {
            if let Some(id) = explains(m, u, found_kin, word, &refs) {
                refs.push(Ref {
                    bytes: span,
                    who: who(id),
                    weak: false,
                    pronoun: false,
                });
            } else if let Some(id) = take_kin(m, u, found_kin, word) {
                let next = u
                    .word_tokens
                    .get(word + 1)
                    .map_or("", |_| u.token(word + 1).text.as_str());
                let reports = next.starts_with("каза") || next.starts_with("сказа");
                refs.push(Ref {
                    bytes: span,
                    who: who(id),
                    weak: reports,
                    pronoun: false,
                });
                open = Some((found_kin, id, word));
            } else {
                open = Some((found_kin, PersonId::MAX, word));
            }
        } else if stranger.is_some_and(|(at, sex)| means(u, at, sex, word)) {
            // The name of nobody here was just said.
        } else if let Some(id) = minors::left_over(m, u, word, &refs) {
            touch(m, id);
            refs.push(Ref {
                bytes: span,
                who: who(id),
                weak: false,
                pronoun: true,
            });
        } else if let Some(who) = pronoun(m, u, word, &refs) {
            // «Він мені колись фотографував… тридцять перше …»: to whom, and not whose.
            let weak = matches!(u.token(word).text.as_str(), "я" | "мені" | "du" | "jeg");
            refs.push(Ref {
                bytes: span,
                who,
                weak,
                pronoun: true,
            });
        } else if let Some((id, field)) =
            known_name(m, u, word).filter(|(id, field)| !shared_surname(u, &refs, *id, field, word))
        {
            touch(m, id);
            respell(m, u, id, field, word);
            refs.push(Ref {
                bytes: span,
                who: who_of(id),
                weak: false,
                pronoun: false,
            });
        }
        word += 1;
    }
    if let Some(id) = asked_for_number(m, u) {
        refs.push(Ref {
            bytes: u.bytes(&(0..u.word_tokens.len())),
            who: who(id),
            weak: false,
            pronoun: false,
        });
    }
    if let Some(surname) = shared {
        share(m, u, &refs, &surname);
    }
    of_pair(m, u, &refs);
    couple_parted(m, u, &refs);
    m.children_listed = (!u.is_staff() && misheard::ends_in_children(u, &refs)).then_some(m.turns);
    if let Some(bytes) = unlisted_name(m, u) {
        refs.insert(
            0,
            Ref {
                bytes,
                who: Who::Me,
                weak: false,
                pronoun: false,
            },
        );
    }
    refs
}

fn who(id: PersonId) -> Who {
    who_of(id)
}

fn who_of(id: PersonId) -> Who {
    if id == 0 { Who::Me } else { Who::Person(id) }
}

pub(super) fn same_sentence(u: &Utterance<'_>, a: usize, b: usize) -> bool {
    u.sentences
        .iter()
        .any(|s| s.words.contains(&a) && s.words.contains(&b))
}
