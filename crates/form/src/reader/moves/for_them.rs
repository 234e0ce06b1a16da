//! Whoever only speaks, and who it is that moves: «Я сам нікуди не їду. Переїжджає син», «дядько переїхав, а я його
//! голос», "hvem er det, vi skal melde?" – «мого дядька», "det er moren, der flytter?".

use super::*;
use crate::reader::kin::kin;

/// For how many turns at the start it is still open who moves.
const EARLY: usize = 6;

/// What a citizen's turn says of it.
pub(super) fn told(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if !open(m) {
        return;
    }
    let words = u.all_words();
    let found = as_first(m, u, &words)
        .or_else(|| {
            let asked = m.staff_words.iter().any(|w| w == "hvem");
            stays_oneself(&words)
                .then(|| who_moves(m, u, refs).or_else(|| first(m, u, refs).filter(|_| asked)))
                .flatten()
        })
        .or_else(|| {
            (speaks_for(&words) && !we_move(&words))
                .then(|| only_one(m, refs))
                .flatten()
        })
        .or_else(|| {
            asks_whom(&m.staff_words)
                .then(|| first(m, u, refs))
                .flatten()
        });
    if let Some(id) = found {
        become_mover(m, id);
    }
}

/// "Det er moren, der flytter?": the employee names the relative who was spoken of.
pub(super) fn named_by_staff(m: &mut Memory, u: &Utterance<'_>) {
    if !open(m) {
        return;
    }
    let words = u.all_words();
    let kin = words.windows(5).find_map(|w| match w {
        ["det", "er", relative, "der", "flytter"] => kin(relative, Lang::Da),
        ["det", "er", "din" | "dit", relative, "der"] => kin(relative, Lang::Da),
        _ => None,
    });
    let moves = words.contains(&"flytter");
    let known = kin
        .filter(|k| moves && !matches!(k, Kin::Children | Kin::Landlord))
        .and_then(|k| m.person_by_kin(k));
    let denied = words
        .iter()
        .any(|w| matches!(*w, "hvis" | "eller" | "også" | "begge"));
    if let Some(id) = known.filter(|_| !denied) {
        become_mover(m, id);
    }
}

fn open(m: &Memory) -> bool {
    m.mover == 0
        && m.talked <= EARLY
        && !m.has(&Memory::key(0, "cpr_number"))
        && !m.has("to.street_name")
}

/// «Запишіть тата головним»
fn as_first(m: &mut Memory, u: &Utterance<'_>, words: &[&str]) -> Option<u32> {
    let relative = words.windows(3).find_map(|w| {
        let writes = matches!(w[0], "запишіть" | "пишіть" | "записуйте");
        let first = matches!(w[2], "головним" | "головною" | "першим" | "першою");
        (writes && first).then(|| kin(w[1], u.lang())).flatten()
    })?;
    (!relative.is_child() && relative != Kin::Landlord).then(|| m.person_for_kin(relative))
}

/// «я сам нікуди не їду», «я не переїжджаю»
fn stays_oneself(words: &[&str]) -> bool {
    let goes = |w: &str| {
        matches!(
            w,
            "їду" | "переїжджаю" | "переїду" | "переїздю" | "переселяюсь" | "переселяюся"
        )
    };
    (0..words.len()).any(|at| {
        let me = matches!(words[at], "я" | "сам" | "сама");
        let next = &words[at + 1..(at + 5).min(words.len())];
        me && (next.windows(2).any(|w| w[0] == "не" && goes(w[1]))
            || next.first() == Some(&"нікуди")
            || words[at] == "я" && next.first().is_some_and(|w| w.starts_with("лишаюс")))
    })
}

/// The relative beside the verb: «переїжджає син до моєї мами».
fn who_moves(m: &Memory, u: &Utterance<'_>, refs: &[Ref]) -> Option<u32> {
    let moves = |w: &str| {
        matches!(
            w,
            "переїжджає"
                | "переїде"
                | "переїхав"
                | "переїхала"
                | "перебирається"
                | "їде"
                | "переїздить"
                | "переселяється"
                | "перебрався"
                | "перебралася"
                | "перебралась"
        )
    };
    refs.iter().filter(|r| !r.pronoun).find_map(|r| {
        let Who::Person(id) = r.who else { return None };
        let at = u.word_at(r.bytes.start);
        let near = u.words(at.saturating_sub(2)..(at + 3).min(u.word_tokens.len()));
        let kin = m.person(id).and_then(|p| p.kin)?;
        let fits = !matches!(kin, Kin::Children | Kin::Landlord);
        (fits && near.iter().any(|w| moves(w))).then_some(id)
    })
}

/// «я його голос», «я за нього розкажу», «я тільки перекладаю»
fn speaks_for(words: &[&str]) -> bool {
    let voice = words.windows(2).any(|w| {
        matches!(w[0], "його" | "її")
            && matches!(
                w[1],
                "голос"
                    | "голосом"
                    | "перекладач"
                    | "перекладачка"
                    | "вуха"
                    | "рот"
            )
    });
    let tells = (0..words.len()).any(|at| {
        let next = &words[at..(at + 6).min(words.len())];
        matches!(next, ["я", "за", "нього" | "неї", ..])
            && next.iter().any(|w| {
                ["розка", "говор", "відпов", "скаж", "кажу", "перекаж"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            })
    });
    voice || tells
}

/// «ми переїхали», «нам обом»: the one who speaks is one of them.
fn we_move(words: &[&str]) -> bool {
    words.iter().any(|w| {
        [
            "переїхали",
            "переїжджаємо",
            "переїдемо",
            "перебрал",
            "приїхали",
            "обоє",
            "нас",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    })
}

/// The only relative that the turn speaks of.
fn only_one(m: &Memory, refs: &[Ref]) -> Option<u32> {
    let mut all: Vec<u32> = refs
        .iter()
        .filter(|r| !r.pronoun)
        .filter_map(|r| match r.who {
            Who::Person(id) => Some(id),
            Who::Me => None,
        })
        .filter(|id| {
            m.person(*id)
                .and_then(|p| p.kin)
                .is_some_and(|k| !matches!(k, Kin::Children | Kin::Landlord | Kin::Friend))
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// "Hvem er det, vi skal melde?", "hvem skal vi flytte?"
fn asks_whom(staff: &[String]) -> bool {
    let words: Vec<&str> = staff.iter().map(String::as_str).collect();
    words.contains(&"hvem")
        && words.windows(3).any(|w| {
            matches!(
                w,
                [
                    "vi" | "jeg",
                    "skal",
                    "melde" | "anmelde" | "flytte" | "skrive"
                ]
            )
        })
}

/// The relative with whom the answer begins, in the accusative: «мого дядька».
fn first(m: &Memory, u: &Utterance<'_>, refs: &[Ref]) -> Option<u32> {
    let pointer = refs
        .iter()
        .find(|r| !r.pronoun && matches!(r.who, Who::Person(_)))?;
    let Who::Person(id) = pointer.who else {
        return None;
    };
    let at = u.word_at(pointer.bytes.start);
    let mine = u.words(0..at).iter().all(|w| {
        matches!(
            *w,
            "мого"
                | "мою"
                | "нашого"
                | "нашу"
                | "свого"
                | "свою"
                | "ну"
                | "мій"
                | "моя"
        )
    });
    let kin = m.person(id).and_then(|p| p.kin);
    let fits = kin.is_some_and(|k| !matches!(k, Kin::Children | Kin::Landlord | Kin::Friend));
    (at <= 2 && mine && fits).then_some(id)
}
