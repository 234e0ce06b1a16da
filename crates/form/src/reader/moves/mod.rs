//! Who moves along, who stays, who only reports.

mod count;
mod for_other;
mod joining;
pub(super) mod on_behalf;
mod reporter;
mod tense;
mod together;
mod told;
mod words;

use std::sync::LazyLock;

use tolkebot_protocol::Lang;
use tolkebot_values::dates::Tense;

use super::belief::{Act, Heard};
use super::kin::Kin;
use super::memory::Memory;
use super::pattern::Lexicon;
use super::people::{Ref, Who};
use super::topic::Topic;
use super::utterance::Utterance;
use count::*;
use for_other::*;
pub(super) use reporter::become_mover;
use reporter::*;
use tense::*;
use told::*;
use words::*;

/// Reads who comes along and who stays.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let lexicon = if u.lang() == Lang::Uk { &*UK } else { &*DA };
    for sentence in u.sentences.clone() {
        let words = u.words(sentence.words.clone());
        let says = lexicon.find_all(&words);
        let has = |what: Says| says.iter().any(|(s, _)| *s == what);
        if u.is_staff() {
            // "Så er det kun dig og Tymofii": not alone, and who is named comes along.
            let and = says.iter().any(|(s, range)| {
                *s == Says::Alone && words.get(range.end).is_some_and(|w| *w == "og")
            });
            if and {
                for pointer in refs
                    .iter()
                    .filter(|r| sentence.bytes.contains(&r.bytes.start) && !r.pronoun)
                {
                    if let Who::Person(id) = pointer.who
                        && m.host != Some(id)
                        && m.person(id).is_some_and(|p| p.moves.is_none())
                    {
                        set(m, id, true);
                    }
                }
            }
            // "Så han kommer ikke med", "Matvii bliver boende"
            if !sentence.question {
                stays_told(m, u, refs, &sentence);
            }
            // "Inna flytter den fjortende november til Egå, alene."
            let sums_up = words.last() == Some(&"alene")
                && words.iter().any(|w| w.starts_with("flytte"))
                && !words.contains(&"ikke");
            // "Skal beskyttelsen også gælde din søn?" – «Ні» – "Så er det kun dig, i et år": whom it covers.
            let covers = m.asked_before.mentions(Topic::Protection)
                && !m.asked_before.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
            if (has(Says::Alone) || sums_up) && !and && !covers && !sentence.question {
                m.alone = Some(u.evidence_of_words(&sentence.words));
            }
            begge(m, &words);
            if has(Says::PowerOfAttorney) && !sentence.question && !supposed(&words) {
                attorney(m, u);
            }
            covers_no_move(m, &words);
            if about_another(&words) {
                mover_named(m, u);
            }
            said_by_staff(m, u, &words, sentence.question);
            reports_as(m, u, &words);
            you_and(m, &words);
            if sentence.question {
                m.tense_guess = asked_tense(&words).or(m.tense_guess);
            }
            continue;
        }
        m.tense_guess = told_tense(&words).or(m.tense_guess);
        let mine: Vec<&Ref> = refs
            .iter()
            .filter(|r| sentence.bytes.contains(&r.bytes.start))
            .collect();
        for pointer in &mine {
            let Who::Person(id) = pointer.who else {
                continue;
            };
            let (first, last) = clause_words(u, pointer);
            let here = lexicon.find_all(&u.words(first..last));
            // In «Кірин тато помер» the last one before the verb is meant.
            let verb = here
                .iter()
                .filter(|(s, _)| matches!(s, Says::Stays | Says::StaysBehind))
                .filter(|(_, range)| !of_data(u, first + range.start))
                .filter(|(_, range)| {
                    let said = u.words(first + range.start..first + range.end);
                    !(is_for_now(&said) && was_said_to_come(m, id))
                })
                .filter(|(_, range)| {
                    !(sentence.question
                        && asks_to_be_written(
                            &words,
                            &u.words(first + range.start..first + range.end),
                        ))
                })
                .map(|(s, range)| (*s, u.token(first + range.start).span.start))
                .next();
            let subject = |at: usize| {
                let before = mine
                    .iter()
                    .rfind(|r| r.bytes.start < at && r.bytes.start >= u.token(first).span.start);
                let clause = u.words(first..last);
                // «Батько з мачухою лишаються»: more than one stays.
                let plural = clause.iter().any(|w| matches!(*w, "з" | "із" | "зі"))
                    && clause.iter().any(|w| {
                        ["ються", "уться", "шаться", "лися", "лись"]
                            .iter()
                            .any(|end| w.ends_with(end))
                    });
                let listed = plural || clause.iter().any(|w| matches!(*w, "і" | "й" | "та"));
                before.is_none_or(|r| r.bytes == pointer.bytes || listed)
            };
            let has_number = m.has(&Memory::key(id, "cpr_number"));
            let lives_abroad = u.places().iter().any(|p| {
                p.value.country != "Danmark"
                    && p.span.start >= u.token(first).span.start
                    && last > first
                    && p.span.end <= u.token(last - 1).span.end
                    && p.span.start > pointer.bytes.end
                    && matches!(
                        super::cues::left(u, 0, p.span.start).last(),
                        Some(&("в" | "у"))
                    )
            });
            // «Метрика? Вона в мами в Умані»: the paper and nobody who came along.
            let along = pointer.pronoun && m.person(id).is_some_and(|p| p.moves == Some(true));
            if lives_abroad && !has_number && !along && m.from_abroad.is_some() {
                set(m, id, false);
            } else if let Some((how, at)) = verb
                && subject(at)
                && (!has_number || how == Says::StaysBehind)
            {
                set(m, id, false);
                if how == Says::StaysBehind
                    && m.host != Some(id)
                    && let Some(person) = m.person_mut(id)
                {
                    person.stays_behind = true;
                }
            } else if m.person(id).is_some_and(|p| p.moves.is_none())
                && !pointer.pronoun
                && joins(m, u, if u.written { &here } else { &says }, pointer)
            {
                set(m, id, true);
            }
        }
        if m.children_spoken_of && (has(Says::Comes) || listing(m)) {
            m.children_move = true;
            for person in &mut m.people {
                if person.kin.is_some_and(Kin::is_child) && person.moves.is_none() {
                    person.moves = Some(true);
                }
            }
        }
        // «Я сам прийду» is about something else.
        let alone = says.iter().any(|(s, range)| {
            let next = words.get(range.end).copied().unwrap_or("");
            // «Я сама бачила»: what somebody did without help, unless it is the move.
            let moved = [
                "переї",
                "пересел",
                "перебра",
                "засел",
                "жив",
                "жил",
                "бул",
                "був",
                "приї",
            ]
            .iter()
            .any(|stem| next.starts_with(stem));
            let did = next.chars().count() > 4
                && !moved
                && ["ла", "ав", "ив", "ів"]
                    .iter()
                    .any(|end| next.ends_with(end));
            let does = did
                || [
                    "прийду",
                    "зробл",
                    "подзвон",
                    "вибер",
                    "запиш",
                    "знаю",
                    "бачу",
                    "скажу",
                ]
                .iter()
                .any(|stem| next.starts_with(stem));
            *s == Says::Alone && !does
        });
        // "Skal beskyttelsen fortsætte?" – «На мене. Нікого більше»: whom it covers.
        let alone = alone
            && (!m.asked.mentions(Topic::Protection)
                || m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]));
        // "Huset er lejet af firmaet?" – «Ні, я сам, від приватної»: who rents it, and not who moves.
        let rents = m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "lejet" | "lejer" | "ejer" | "købt" | "købte" | "betaler" | "betalt"
            )
        }) && !words
            .iter()
            .any(|w| w.starts_with("жив") || w.starts_with("меш"))
            && !m.asked.asks_any(&[
                Topic::WhoMoves,
                Topic::HowMany,
                Topic::Alone,
                Topic::OthersRegistered,
            ]);
        if alone && !rents {
            m.alone = Some(u.evidence_of_words(&sentence.words));
        }
        if has(Says::Moved) && m.tense.is_none() {
            m.tense = Some(Tense::Past);
        } else if has(Says::WillMove) && m.tense.is_none() {
            m.tense = Some(Tense::Future);
        }
        if !supposed(&words) && !sentence.question {
            reporter(m, u, &says, refs);
        }
    }
    if u.is_staff() {
        by_staff(m, u);
        m.company_asked |= m.staff_count.is_some()
            || m.asked
                .asks_any(&[Topic::WhoMoves, Topic::HowMany, Topic::Alone]);
        together::summed_up(m, u, refs);
    } else {
        counted(m, u);
        children_told(m, u);
        counted_out(m, u, refs);
        accepts_count(m, u);
        alone_answer(m, u);
        comes_for_other(m, u, refs);
        only_me(m, u);
        mover_answer(m, u, refs);
        denies_self(m, u, refs);
        joining::to_me(m, u, refs);
        wants_to_report(m, u, refs);
        together::also(m, u, refs);
        together::goes_on(m, u, refs);
        together::children_and_me(m, u);
        together::already_there(m, u);
        on_behalf::third_moves(m, u);
        on_behalf::they_stay(m, u, refs);
        on_behalf::only_one(m, u, refs);
        on_behalf::stays_away(m, u, refs);
    }
    household_member(m, u);
}

/// Whether somebody was said to come along, and the present question isn't for that.
fn was_said_to_come(m: &Memory, id: u32) -> bool {
    let asked = [Topic::WhoMoves, Topic::HowMany, Topic::Alone];
    m.person(id).is_some_and(|p| p.moves == Some(true)) && !m.asked.asks_any(&asked)
}

/// "Hvis han har fuldmagt", «якщо дати довіреність»: no power of attorney is there yet.
fn supposed(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "hvis"
                | "man"
                | "når"
                | "kan"
                | "skal"
                | "uden"
                | "behøver"
                | "якщо"
                | "якби"
                | "чи"
                | "подрузі"
                | "подруги"
        )
    })
}

/// "… for jer begge": the one relative spoken of moves along.
fn begge(m: &mut Memory, words: &[&str]) {
    let both = words.windows(2).any(|w| {
        matches!(
            w,
            ["jer" | "i" | "jeres", "begge"] | ["begge", "to" | "cpr"] | ["vi", "begge"]
        )
    });
    if !both || !m.household().is_empty() {
        return;
    }
    let host = m.host;
    let parent = m.other_parent;
    let mut open: Vec<&mut super::memory::Person> = m
        .people
        .iter_mut()
        .filter(|p| {
            p.id != 0
                && p.moves.is_none()
                && Some(p.id) != host
                && Some(p.id) != parent
                && p.kin.is_some_and(|k| {
                    k.is_child() || k.is_couple() || k.relation() == Some("parent")
                })
        })
        .collect();
    if let [one] = open.as_mut_slice() {
        one.moves = Some(true);
    }
}

/// «по батькові не треба»: of something that is written down, and of nobody.
fn of_data(u: &Utterance<'_>, word: usize) -> bool {
    word.checked_sub(1).is_some_and(|at| {
        matches!(
            u.token(at).text.as_str(),
            "батькові" | "номера" | "номер" | "пошти" | "пошту" | "прізвища" | "телефону"
        )
    })
}

/// The words between the signs around a pointer.
fn clause_words(u: &Utterance<'_>, pointer: &Ref) -> (usize, usize) {
    let text = &u.turn.text;
    let stops = |c: char| matches!(c, ',' | '.' | ';' | '?' | '!' | '…' | '—' | ':');
    let start = text[..pointer.bytes.start]
        .rfind(stops)
        .map_or(0, |at| at + 1);
    let end = text[pointer.bytes.end..]
        .find(stops)
        .map_or(text.len(), |at| pointer.bytes.end + at);
    let (first, last) = (u.word_at(start), u.word_at(end));
    if u.written || last - first <= 12 {
        return (first, last);
    }
    let word = u.word_at(pointer.bytes.start);
    (word.saturating_sub(2).max(first), (word + 5).min(last))
}

/// The employee sums up that somebody does not come along, or stays in the old home.
fn stays_told(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    sentence: &super::utterance::Sentence,
) {
    let words = u.words(sentence.words.clone());
    let not_along = words
        .windows(3)
        .any(|w| matches!(w, ["kommer" | "flytter" | "rejser" | "skal", "ikke", "med"]))
        || words.windows(2).any(|w| w == ["ikke", "med"]) && words.contains(&"kommer");
    let behind = words.windows(2).any(|w| {
        matches!(
            w,
            ["bliver" | "blev", "tilbage"] | ["bliver" | "blev", "boende"]
        )
    });
    if !not_along && !behind
        || words
            .iter()
            .any(|w| matches!(*w, "ingen" | "der" | "nogen"))
    {
        return;
    }
    let person = refs
        .iter()
        .rev()
        .find(|r| sentence.bytes.contains(&r.bytes.start) && matches!(r.who, Who::Person(_)))
        .map(|r| r.who);
    let Some(Who::Person(last)) = person else {
        return;
    };
    // "Tamara, Sofiia og Lukian bliver boende"
    let listed = behind && words.contains(&"og");
    let all: Vec<u32> = refs
        .iter()
        .filter(|r| sentence.bytes.contains(&r.bytes.start) && !r.pronoun)
        .filter_map(|r| match r.who {
            Who::Person(id) if listed => Some(id),
            _ => None,
        })
        .chain([last])
        .collect();
    for id in all {
        if id == m.mover || m.host == Some(id) || m.has(&Memory::key(id, "cpr_number")) {
            continue;
        }
        set(m, id, false);
        if behind && let Some(person) = m.person_mut(id) {
            person.stays_behind = true;
        }
    }
}

/// Whether the citizen lists who moves.
fn listing(m: &Memory) -> bool {
    m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany])
}

/// «ми з чоловіком переїхали», «себе і бабусю», an answer to "hvem flytter med".
fn joins(
    m: &Memory,
    u: &Utterance<'_>,
    says: &[(Says, std::ops::Range<usize>)],
    pointer: &Ref,
) -> bool {
    let word = u.word_at(pointer.bytes.start);
    let before = u.words(word.saturating_sub(3)..word);
    let with = before
        .iter()
        .rev()
        .take(2)
        .any(|w| matches!(*w, "з" | "із" | "зі" | "і" | "й" | "та" | "мій" | "моя"))
        || before.last() == Some(&"я");
    // «від мами до мене», «в Україні з мамою»: where somebody is, not who comes.
    let apart = before.iter().rev().take(2).any(|w| {
        matches!(
            *w,
            "від"
                | "до"
                | "у"
                | "в"
                | "для"
                | "про"
                | "біля"
                | "без"
                | "при"
                | "за"
                | "україні"
        )
    });
    // «Ні, вона в Україні з мамою» to "flytter din kone med?", «Дружини, дітей немає».
    let refused = super::mood::mood(u).objected
        && !m.asked.asks(Topic::Alone)
        && u.sentence_at(pointer.bytes.start)
            .is_some_and(|s| s.words.start == 0);
    let none = u.sentence_at(pointer.bytes.start).is_some_and(|s| {
        let words = u.words(s.words.clone());
        let age = |w: &&&str| {
            matches!(
                **w,
                "року" | "років" | "рочку" | "місяців" | "двох" | "трьох"
            )
        };
        words.iter().any(|w| matches!(*w, "немає" | "нема")) && !words.iter().any(|w| age(&w))
    });
    let parted = u.sentence_at(pointer.bytes.start).is_some_and(|s| {
        u.words(s.words.clone())
            .iter()
            .any(|w| w.starts_with("розій") || w.starts_with("розлуч") || w.starts_with("розвел"))
    });
    // «До мого, ну, не чоловіка»
    let denied = before.last() == Some(&"не");
    if apart || refused || none || parted || denied {
        return false;
    }
    // "Er du alene om det?" – «З сином.»
    let leads = m.asked.asks_any(&[Topic::Alone, Topic::WhoMoves])
        && matches!(
            before.as_slice(),
            ["з" | "із" | "зі"] | ["ні" | "та", "з" | "із" | "зі"]
        );
    let we = before
        .windows(2)
        .any(|w| matches!(w, ["ми" | "нас", "з" | "із" | "зі"]));
    let comes = says.iter().any(|(s, _)| *s == Says::Comes)
        || we && (m.turns <= 3 || m.from_abroad.is_some());
    let relative = match pointer.who {
        Who::Person(id) => m
            .person(id)
            .and_then(|p| p.kin)
            .is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Friend)),
        _ => false,
    };
    let abroad = m.asked.asks(Topic::RelativesAbroad);
    relative
        && !abroad
        && (listing(m) && !m.asked.asks(Topic::OthersRegistered) || with && comes || leads)
}

fn set(m: &mut Memory, id: u32, moves: bool) {
    if let Some(person) = m.person_mut(id) {
        // Once a number was given, only «не їде» counts, and that clears it.
        person.moves = Some(moves);
    }
}
