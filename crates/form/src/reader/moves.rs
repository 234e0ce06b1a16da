//! Who moves along, who stays, who only reports.

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Stays,
    /// Stays in the old home.
    StaysBehind,
    Comes,
    Alone,
    Moved,
    WillMove,
    PowerOfAttorney,
    Digital,
    Guardian,
}

static UK: LazyLock<Lexicon<Says>> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            Says::Stays,
            &[
                "не їде",
                "не їдуть",
                "не їхатим~",
                "не переїжджа~",
                "не поїде",
                "вдома",
                "приїде",
                "приїдуть",
                "приєдна~",
                "помер",
                "померла",
                "загинув",
                "загинула",
                "гостю~",
                "в україні",
                "у польщі",
                "переписав",
                "вже зареєстр~",
                "дожив",
                "не прописан~",
                "не треба",
                "окремо",
                "прийде потім",
                "пізніше",
                "у нього своя|свій",
                "у неї своя|свій",
                "потім переїде",
                "без нього|неї",
            ],
        ),
        (
            Says::StaysBehind,
            &[
                "лишається",
                "лишаються",
                "залишається",
                "залишаються",
                "лишився",
                "лишилась|лишилася",
                "лишились|лишилися",
                "залишився",
                "залишилась|залишилася",
                "залишились|залишилися",
                "лишиться",
                "залишиться",
                "залишаться",
                "живуть далі",
                "далі живуть",
            ],
        ),
        (
            Says::Comes,
            &[
                "переїха~",
                "переїжджа~",
                "змінили|змінив|змінила|міняємо|змінюємо * адрес~|квартир~|помешканн~|житл~",
                "вдвох",
                "удвох",
                "утрьох",
                "втрьох",
                "переїжджає~",
                "переїду",
                "переїдемо",
                "перебра~",
                "перебира~",
                "з'їжджа~",
                "виїжджає~",
                "їдемо",
                "пересели~",
                "осели~",
                "засели~",
                "приїха~",
                "переписати",
                "зареєструвати",
                "їде зі мною",
                "зі мною",
            ],
        ),
        (
            Says::Alone,
            &[
                "я сам",
                "я сама",
                "був сам",
                "була сама",
                "був сам",
                "була сама",
                "живу * сам|сама",
                "сам живу",
                "сама живу",
                "переїжджаю сам|сама",
                "я одна",
                "я один",
                "тільки я",
                "лише я",
                "тільки мене",
                "лише мене",
                "зі мною ніхто",
                "ні з ким",
                "нікого більше",
                "один живу",
                "одна живу",
                "буду сам|сама",
                "жити сам|сама",
                "самісінька",
                "самісінький",
                "сама сама|самісінька",
                "зовсім сам|сама",
                "одна з котом|собакою|кішкою",
                "один з котом|собакою|кішкою",
                "ні жінки ні дітей",
                "ні дружини ні дітей",
                "ні чоловіка ні дітей",
                "сім'ї немає|нема",
                "родини тут немає|нема",
                "сама переїжджаю|переїхала",
                "сам переїжджаю|переїхав",
                "переїхав|переїхала сам|сама",
                "крім мене нікого",
                "тільки|лише для мене",
                "самий|самого себе",
                "живу один|одна",
                "буду один|одна",
                "тільки я",
                "сам сам",
                "дітей немає",
            ],
        ),
        (
            Says::Moved,
            &[
                "переїхав",
                "переїхала",
                "переїхали",
                "переселився",
                "переселилась|переселилася",
                "перебрався",
                "перебралась|перебралася",
                "перебрались|перебралися",
                "вже живу|живемо",
                "вже там",
                "оселилися|оселились",
                "заїхали",
                "заїхав|заїхала",
                "уже живу|живемо",
            ],
        ),
        (
            Says::WillMove,
            &[
                "переїжджаю",
                "переїжджаємо",
                "переїду",
                "переїдемо",
                "хочу|хочемо переїхати",
                "буду|будемо переїжджати",
                "збираюся|збираємося переїхати",
                "з'їжджаю",
                "з'їжджаємо",
            ],
        ),
        (
            Says::PowerOfAttorney,
            &["довіреніст~", "доручення", "за довіреністю"],
        ),
        (
            Says::Digital,
            &["цифров~", "в електронному вигляді", "digital"],
        ),
        (Says::Guardian, &["опікун", "опікунка", "я в нього опікун"]),
    ])
});

static DA: LazyLock<Lexicon<Says>> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            Says::Alone,
            &[
                "kun dig",
                "du er alene",
                "flytter alene",
                "kun dig på anmeldelsen",
                "flytter du alene så",
                "kun én person",
                "en person",
                "kun du flytter",
                "du flytter alene",
                "du flytter * alene",
                "du bor alene",
                "så er det bare|kun dig",
                "det er kun dig",
            ],
        ),
        (
            Says::Moved,
            &[
                "er du flyttet",
                "flyttede du",
                "du er flyttet",
                "i er flyttet",
                "flyttede i",
            ],
        ),
        (
            Says::WillMove,
            &["skal du flytte", "skal i flytte", "vil du flytte"],
        ),
        (Says::PowerOfAttorney, &["fuldmagt~"]),
        (Says::Guardian, &["værgemål", "værge"]),
    ])
});

/// Reads who comes along and who stays.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let lexicon = if u.lang() == Lang::Uk { &*UK } else { &*DA };
    for sentence in u.sentences.clone() {
        let words = u.words(sentence.words.clone());
        let says = lexicon.find_all(&words);
        let has = |what: Says| says.iter().any(|(s, _)| *s == what);
        if u.is_staff() {
            if has(Says::Alone) && !sentence.question {
                m.alone = Some(u.evidence_of_words(&sentence.words));
            }
            begge(m, &words);
            if m.tense.is_none() && sentence.question && has(Says::WillMove) {
                m.tense_guess = Some(Tense::Future);
            }
            continue;
        }
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
                .map(|(s, range)| (*s, u.token(first + range.start).span.start))
                .next();
            let subject = |at: usize| {
                let before = mine
                    .iter()
                    .rfind(|r| r.bytes.start < at && r.bytes.start >= u.token(first).span.start);
                let listed = u
                    .words(first..last)
                    .iter()
                    .any(|w| matches!(*w, "і" | "й" | "та"));
                before.is_none_or(|r| r.bytes == pointer.bytes || listed)
            };
            let has_number = m.has(&Memory::key(id, "cpr_number"));
            let lives_abroad = tolkebot_values::places::find(&u.turn.text, u.lang())
                .iter()
                .any(|p| {
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
            if lives_abroad && !has_number && m.from_abroad.is_some() {
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
        if has(Says::Alone) {
            m.alone = Some(u.evidence_of_words(&sentence.words));
        }
        if has(Says::Moved) && m.tense.is_none() {
            m.tense = Some(Tense::Past);
        } else if has(Says::WillMove) && m.tense.is_none() {
            m.tense = Some(Tense::Future);
        }
        reporter(m, u, &says, refs);
    }
    if !u.is_staff() {
        counted(m, u);
        alone_answer(m, u);
        mover_answer(m, u, refs);
    }
}

/// "… for jer begge": the one relative spoken of moves along.
fn begge(m: &mut Memory, words: &[&str]) {
    let both = words.windows(2).any(|w| {
        matches!(
            w,
            ["jer" | "i" | "jeres", "begge"] | ["begge", "to" | "cpr"] | ["vi", "begge"]
        )
    });
    if !both {
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
        .any(|w| matches!(*w, "з" | "із" | "зі" | "і" | "й" | "та" | "мій" | "моя"));
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
    let refused = super::cues::mood(u).objected
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
    if apart || refused || none {
        return false;
    }
    let comes = says.iter().any(|(s, _)| *s == Says::Comes);
    let relative = match pointer.who {
        Who::Person(id) => m
            .person(id)
            .and_then(|p| p.kin)
            .is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Friend)),
        _ => false,
    };
    let abroad = m.asked.asks(Topic::RelativesAbroad);
    relative && !abroad && (listing(m) && !m.asked.asks(Topic::OthersRegistered) || with && comes)
}

/// «Шестеро нас!» to "hvor mange er I, der skal flyttes?"
fn counted(m: &mut Memory, u: &Utterance<'_>) {
    // «нас п'ятеро», but not «нас там двоє: вона і я».
    let words = u.all_words();
    let there = words
        .iter()
        .any(|w| matches!(*w, "там" | "тут" | "квартирі" | "будинку"));
    let asked = m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
    let us = words.contains(&"нас") && !there && (asked || m.turns <= 3);
    let together = [
        "удвох",
        "вдвох",
        "утрьох",
        "втрьох",
        "вчотирьох",
        "учотирьох",
    ]
    .iter()
    .find_map(|word| Some((*word, words.iter().position(|w| w == word)?)));
    if let Some((word, at)) = together.filter(|_| !there && (asked || m.turns <= 3)) {
        let count = match word {
            "удвох" | "вдвох" => 2,
            "утрьох" | "втрьох" => 3,
            _ => 4,
        };
        let evidence = u.evidence_of_words(&(at..at + 1));
        m.hear("household.count", Heard::new(count, evidence, 0.75));
        return;
    }
    if !m.asked.asks(Topic::HowMany) && !us {
        return;
    }
    let found = tolkebot_values::numbers::find(&u.turn.text, u.lang());
    let only = found.len() == 1 && !us;
    let hit = found
        .into_iter()
        .find(|f| f.value.form == tolkebot_values::numbers::Form::Collective || only);
    if let Some(hit) = hit.filter(|f| (1..=20).contains(&f.value.value)) {
        let evidence = u.evidence(hit.span);
        m.hear(
            "household.count",
            Heard::new(hit.value.value, evidence, 0.8),
        );
    }
}

fn set(m: &mut Memory, id: u32, moves: bool) {
    if let Some(person) = m.person_mut(id) {
        // Once a number was given, only «не їде» counts, and that clears it.
        person.moves = Some(moves);
    }
}

/// Plain answers: «Сам.», «Ніхто.», «Ні.» to "flytter der andre med?".
fn alone_answer(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.asked.asks_any(&[
        Topic::WhoMoves,
        Topic::Alone,
        Topic::OthersRegistered,
        Topic::HowMany,
    ]);
    // «Ми вдвох … Більше нікого»: nobody besides the two.
    let several = m.plural && !m.asked.asks(Topic::Alone);
    if !asked || several || !m.household().is_empty() {
        return;
    }
    let words = u.all_words();
    let alone_asked = m.asked.asks(Topic::Alone);
    let first: Vec<&str> = words.iter().take(4).copied().collect();
    let alone = first
        .iter()
        .any(|w| matches!(*w, "сам" | "сама" | "ніхто" | "нікого" | "один" | "одна"))
        || (m.asked.asks(Topic::WhoMoves) && !alone_asked && words.first() == Some(&"ні"))
        || (alone_asked && words.first() == Some(&"так"));
    if alone {
        m.alone = Some(u.evidence(0..0));
    }
}

/// «Син, Ілля» to "hvem af jer flytter?"; «я з приводу мами» with a power of attorney.
fn mover_answer(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.mover != 0 || m.turns > 8 {
        return;
    }
    let first = refs.iter().find_map(|r| match r.who {
        Who::Person(id) => Some((id, r.bytes.clone())),
        _ => None,
    });
    let Some((id, bytes)) = first else { return };
    let kin = m.person(id).and_then(|p| p.kin);
    let starts = u.word_at(bytes.start) == 0;
    let for_child = m.asked.asks(Topic::WhoMoves)
        && starts
        && kin.is_some_and(Kin::is_child)
        && u.all_words().iter().any(|w| matches!(*w, "він" | "вона"));
    if for_child {
        become_mover(m, id);
        let evidence = u.evidence(bytes);
        m.hear(
            "case.reporter_role",
            Heard::new("custody_holder", evidence, 0.8),
        );
    }
}

fn reporter(
    m: &mut Memory,
    u: &Utterance<'_>,
    says: &[(Says, std::ops::Range<usize>)],
    refs: &[Ref],
) {
    let has = |what: Says| says.iter().any(|(s, _)| *s == what);
    let guardian = has(Says::Guardian);
    let attorney = has(Says::PowerOfAttorney)
        || has(Says::Digital) && m.asked.mentions(Topic::PowerOfAttorney);
    if (!guardian && !attorney) || m.turns > 10 {
        return;
    }
    let evidence = u.evidence(0..0);
    m.hear("poa.used", Heard::new(true, evidence.clone(), 0.8));
    let role = if guardian {
        "guardian"
    } else {
        "power_of_attorney"
    };
    m.hear(
        "case.reporter_role",
        Heard::new(role, evidence.clone(), 0.85),
    );
    let kind = if guardian {
        "guardianship"
    } else if has(Says::Digital) {
        "digital"
    } else {
        "paper"
    };
    let act = if has(Says::Digital) {
        Act::Correct
    } else {
        Act::Say
    };
    if kind != "paper" || !m.has("poa.kind") {
        m.hear("poa.kind", Heard::new(kind, evidence, 0.75).act(act));
    }
    if m.mover == 0 {
        let here = refs.iter().find_map(|r| match r.who {
            Who::Person(id) => Some(id),
            _ => None,
        });
        let spoken = m
            .people
            .iter()
            .filter(|p| p.id != 0 && p.kin.is_some())
            .map(|p| p.id)
            .next();
        if let Some(id) = here.or(spoken) {
            become_mover(m, id);
        }
    }
}

fn become_mover(m: &mut Memory, id: u32) {
    m.mover = id;
    m.focus = id;
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(true);
    }
}
