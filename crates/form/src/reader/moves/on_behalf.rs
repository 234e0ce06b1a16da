//! Who moves when the citizen at the counter does not: a child, somebody who lives where the citizen works.

use super::*;
use crate::reader::kin::Sex;

/// Words of employees for a child or a young person.
const YOUNG: &[&str] = &[
    "unge",
    "dreng",
    "drengen",
    "pige",
    "pigen",
    "søn",
    "sønnen",
    "datter",
    "datteren",
    "barn",
    "barnet",
    "teenager",
    "teenageren",
];

/// "Er det dig, der skal flytte, eller er det ham?" – «Він. Я лишаюся.»
pub(super) fn third_moves(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover != 0 || m.talked > 6 || u.is_staff() {
        return;
    }
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asked = staff(&["flytte", "flytter", "flyttet", "flytningen"])
        && staff(&["dig", "du", "i"])
        && staff(&["eller"])
        && (staff(&["ham", "hende", "han", "hun"]) || staff(YOUNG))
        // "Hvem af jer to er det, der flytter?"
        || staff(&["hvem"]) && staff(&["jer"]) && staff(&["flytte", "flytter", "flyttet"]) && staff(&["af"]);
    let words = u.all_words();
    // «Він з нами переїздить»: along, and not instead.
    let along = words
        .iter()
        .take(5)
        .any(|w| matches!(*w, "нами" | "мною" | "ми" | "разом"));
    if !asked || along {
        return;
    }
    let sex = match words.as_slice() {
        ["він" | "його" | "йому", ..] | ["не", "я", "він" | "а" | "його", ..] => {
            Sex::Male
        }
        ["вона" | "її" | "їй", ..] | ["не", "я", "вона" | "її", ..] => Sex::Female,
        words => match only_third(words) {
            Some(sex) => sex,
            None => return,
        },
    };
    let grown = m
        .people
        .iter()
        .any(|p| p.id != 0 && p.sex == Some(sex) && p.kin.is_some_and(|k| !k.is_child()));
    let child = staff(YOUNG)
        || !grown
            && m.people.iter().any(|p| {
                p.sex == Some(sex) && p.kin.is_some_and(|k| k.is_child() && k != Kin::Children)
            });
    let kin = match (child, sex) {
        (true, Sex::Male) => Some(Kin::Son),
        (true, Sex::Female) => Some(Kin::Daughter),
        _ => None,
    };
    let known = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.sex == Some(sex) && p.last_turn + 1 >= m.turns)
        .map(|p| p.id)
        .next_back();
    let id = known.unwrap_or_else(|| m.add_person(kin));
    if let Some(person) = m.person_mut(id) {
        person.sex = Some(sex);
    }
    become_mover(m, id);
    if child {
        m.hear(
            "case.reporter_role",
            Heard::new("custody_holder", u.evidence(0..0), 0.75),
        );
    }
    let stays = words
        .windows(2)
        .any(|w| matches!(w, ["я", "лишаюся" | "лишаюсь" | "залишаюся" | "залишаюсь"]));
    if stays && let Some(citizen) = m.person_mut(0) {
        citizen.moves = Some(false);
        citizen.stays_behind = true;
    }
}

/// Words for a place where people live and others work.
const HOMES: &[&str] = &[
    "institutionen",
    "institutionens",
    "opholdsstedet",
    "opholdsstedets",
    "bostedet",
    "bostedets",
    "plejehjemmet",
    "plejehjemmets",
    "krisecentret",
    "krisecentrets",
    "centrets",
    "herberget",
    "herbergets",
];

/// The citizen works where the one who moves will live: "på institutionens vegne", «від установи».
pub(in crate::reader) fn for_institution(m: &Memory, u: &Utterance<'_>) -> bool {
    let says = u.all_words().windows(2).any(|w| {
        matches!(
            w,
            [
                "від" | "імені",
                "установи" | "закладу" | "притулку" | "центру" | "інтернату"
            ]
        )
    });
    let asked = m.staff_words.windows(2).any(|w| {
        matches!(w[0].as_str(), "på" | "fra" | "for" | "i") && HOMES.contains(&w[1].as_str())
    });
    m.text("case.reporter_role") == Some("institution") || says || asked && m.talked <= 6
}

/// «У нас новий хлопець, Денис Горобець»: whoever is named by somebody who reports for an institution and
/// is not that somebody.
pub(in crate::reader) fn resident(m: &mut Memory, u: &Utterance<'_>) -> Option<u32> {
    if m.mover != 0 || u.is_staff() || m.talked > 8 || !for_institution(m, u) {
        return None;
    }
    let id = m.add_person(None);
    become_mover(m, id);
    Some(id)
}

/// «Катерина і діти, Максим з Поліною, живуть там і житимуть», «їх не чіпайте, вони там і прописані»: nobody of
/// those who are named there moves, where the citizen moves alone.
pub(super) fn they_stay(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || m.mover != 0 {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let there = words.contains(&"там")
            && words.iter().any(|w| {
                matches!(
                    *w,
                    "живуть"
                        | "житимуть"
                        | "прописані"
                        | "лишаються"
                        | "лишилися"
                        | "лишились"
                        | "залишаються"
                        | "залишилися"
                        | "залишились"
                )
            });
        let untouched = words.windows(3).any(|w| {
            matches!(
                w,
                ["їх", "не", "чіпайте" | "рухайте" | "переписуйте" | "треба"]
            )
        });
        // "Hvem bliver boende?" – «Лишаються Тамара, це жінка, і Софія з Лук'яном, діти»
        let remain = m.asked.asks(Topic::Remaining)
            && words.iter().any(|w| {
                [
                    "лишаються",
                    "залишаються",
                    "зостаються",
                    "лишились",
                    "лишилися",
                    "зосталися",
                ]
                .contains(w)
            })
            && !words.iter().any(|w| matches!(*w, "не" | "ми" | "нас"));
        let apart = words.windows(4).any(|w| {
            matches!(
                w,
                [
                    "зі" | "зо",
                    "мною",
                    "не",
                    "йдуть" | "їдуть" | "переїжджають"
                ]
            )
        });
        if !(untouched || remain || apart || there && m.alone.is_some()) {
            continue;
        }
        let here = refs
            .iter()
            .filter(|r| sentence.bytes.contains(&r.bytes.start) && !r.pronoun);
        for pointer in here {
            let Who::Person(id) = pointer.who else {
                continue;
            };
            if m.host == Some(id) || m.has(&Memory::key(id, "cpr_number")) {
                continue;
            }
            set(m, id, false);
            if let Some(person) = m.person_mut(id) {
                person.stays_behind = true;
            }
        }
    }
}

/// «Значить, тільки Нестор»: of the children that were named only this one moves.
pub(super) fn only_one(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || m.mover != 0 {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let only = words
            .iter()
            .take(3)
            .position(|w| matches!(*w, "тільки" | "лише" | "лиш"));
        let Some(at) = only.filter(|_| words.len() <= 5) else {
            continue;
        };
        let next = sentence.words.start + at + 1;
        let one = refs.iter().find_map(|r| match r.who {
            Who::Person(id) if !r.pronoun && u.word_at(r.bytes.start) == next => Some(id),
            _ => None,
        });
        let child = |m: &Memory, id: u32| {
            m.person(id)
                .and_then(|p| p.kin)
                .is_some_and(|k| k.is_child() && k != Kin::Children)
        };
        let Some(id) = one.filter(|id| child(m, *id)) else {
            continue;
        };
        let others: Vec<u32> = m.people.iter().map(|p| p.id).collect();
        for other in others {
            if other != id && child(m, other) && !m.has(&Memory::key(other, "cpr_number")) {
                set(m, other, false);
            }
        }
        if m.person(id).is_some_and(|p| p.moves.is_none()) {
            set(m, id, true);
        }
    }
}

/// «Донька Марта, у Дубліні вчиться, не поїхала зі мною», «Син, Устим. З бабою у Львові, сюди не їде»: the one who
/// was named last does not come, also where other words stand between.
pub(super) fn stays_away(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() {
        return;
    }
    let held = |r: &&Ref| {
        let at = u.word_at(r.bytes.start);
        let before = at.checked_sub(1).map_or("", |b| u.token(b).text.as_str());
        matches!(
            before,
            "з" | "із" | "зі" | "у" | "в" | "до" | "від" | "біля" | "без"
        )
    };
    let persons = |bytes: &std::ops::Range<usize>| {
        let mut ids: Vec<u32> = refs
            .iter()
            .filter(|r| bytes.contains(&r.bytes.start) && !r.weak)
            .filter(|r| !held(r))
            .filter_map(|r| match r.who {
                Who::Person(id) => Some(id),
                _ => None,
            })
            .collect();
        ids.dedup();
        ids
    };
    for (nth, sentence) in u.sentences.iter().enumerate() {
        let words = u.words(sentence.words.clone());
        let away = words.windows(2).position(|w| {
            w[0] == "не"
                && matches!(
                    w[1],
                    "їде"
                        | "поїде"
                        | "поїхав"
                        | "поїхала"
                        | "приїхав"
                        | "приїхала"
                        | "переїжджає"
                        | "йде"
                )
        });
        let mine = |at: usize| words[..at].iter().any(|w| matches!(*w, "я" | "ми"));
        if away.is_none_or(mine) {
            continue;
        }
        let mut ids = persons(&sentence.bytes);
        if ids.is_empty() && nth > 0 {
            ids = persons(&u.sentences[nth - 1].bytes);
        }
        if let [one] = ids.as_slice()
            && m.host != Some(*one)
            && *one != m.mover
            && !m.has(&Memory::key(*one, "cpr_number"))
        {
            set(m, *one, false);
        }
    }
}

/// «Тільки він, до мене», «переїжджає він», «лише вона»: of the two only the third moves.
fn only_third(words: &[&str]) -> Option<Sex> {
    let sex = |w: &str| match w {
        "він" | "його" => Some(Sex::Male),
        "вона" | "її" => Some(Sex::Female),
        _ => None,
    };
    words.windows(2).take(6).find_map(|w| {
        let only = matches!(w[0], "тільки" | "лише" | "лиш");
        let moves = w[0].starts_with("переїжджа") || w[0].starts_with("перебира");
        let before = w[1].starts_with("переїжджа") || w[1].starts_with("перебира");
        match (only || moves, before) {
            (true, _) => sex(w[1]),
            (_, true) => sex(w[0]),
            _ => None,
        }
    })
}
