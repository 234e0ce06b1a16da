//! Whose home it is, told by the citizen with a whole name: «Хазяїн, Петер Скоу, сам там не живе», «подруга мар'яна тимчук
//! вона орендує», «знімаю в рибалки Клауса Нора», "hvem ejer huset?" – «Бент Фогсгор».

use tolkebot_protocol::Lang;
use tolkebot_values::Found;
use tolkebot_values::names::{self, PersonName};

use super::memory::Memory;
use super::people;
use super::utterance::Utterance;
use crate::state::PersonId;

/// Without signs only so many words around the name belong to it.
const NEAR: usize = 9;

/// Reads the host from a whole name, where none is known by one.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || u.lang() != Lang::Uk || m.mover != 0 || !open(m) {
        return;
    }
    let whole: Vec<&Found<PersonName>> = u
        .names()
        .iter()
        .filter(|f| f.value.given().is_some() && f.value.surname().is_some())
        .collect();
    // Whoever left the home to others is asked for nothing.
    if u.all_words().iter().any(|w| {
        ["поїха", "виїха", "виписа", "полет"]
            .iter()
            .any(|stem| w.starts_with(stem))
    }) {
        return;
    }
    // Of whom a home is rented as a whole is asked for the contract's sake.
    if m.staff_words
        .iter()
        .any(|w| w.starts_with("udlej") || w == "låner")
    {
        return;
    }
    let found = whole
        .into_iter()
        .filter(|f| !of_household(m, &f.value) && !names_a_street(u, f))
        .find(|f| told(u, f));
    let Some(found) = found.cloned() else { return };
    let Some(id) = host(m, &found.value) else {
        return;
    };
    m.host = Some(id);
    people::write_whole(m, u, id, &found);
}

/// «з Еміль Мьоллерс гаде»
fn names_a_street(u: &Utterance<'_>, found: &Found<PersonName>) -> bool {
    let at = u.word_at(found.span.end);
    u.words(at..(at + 1).min(u.word_tokens.len()))
        .iter()
        .any(|w| {
            ["гаде", "ґаде", "вей", "алле", "плас", "вай"]
                .iter()
                .any(|end| w.ends_with(end))
        })
}

/// Nobody's surname is known as the host's, and the citizen is none.
fn open(m: &Memory) -> bool {
    m.host
        .is_none_or(|id| id != 0 && !m.has(&Memory::key(id, "surname")))
}

/// Whoever bears that given name moves, or is a parent elsewhere.
fn of_household(m: &Memory, name: &PersonName) -> bool {
    let Some(given) = name.given() else {
        return true;
    };
    m.people
        .iter()
        .filter(|p| {
            p.id == 0
                || p.moves == Some(true)
                || Some(p.id) == m.other_parent
                || p.kin.is_some_and(super::kin::Kin::is_couple)
        })
        .filter_map(|p| m.text(&Memory::key(p.id, "given_names")))
        .any(|have| names::same_name(have, &given) >= 0.82)
}

/// The host that this can be: the one who is known without a name or by this one, or somebody new.
fn host(m: &mut Memory, name: &PersonName) -> Option<PersonId> {
    let given = name.given()?;
    let called = |m: &Memory, id: PersonId| {
        m.text(&Memory::key(id, "given_names"))
            .map(|have| names::same_name(have, &given) >= 0.82)
    };
    if let Some(id) = m.host {
        return called(m, id).unwrap_or(true).then_some(id);
    }
    let known = m
        .people
        .iter()
        .map(|p| p.id)
        .find(|id| *id != 0 && called(m, *id) == Some(true));
    Some(known.unwrap_or_else(|| m.add_person(None)))
}

/// What stands around the name says that the home is theirs.
fn told(u: &Utterance<'_>, found: &Found<PersonName>) -> bool {
    // «Наче Бо Міккельсен»: who isn't sure of the name is asked for it.
    let at = u.word_at(found.span.start);
    let hedged = u.words(at.saturating_sub(2)..at).iter().any(|w| {
        matches!(
            *w,
            "наче" | "ніби" | "начебто" | "здається" | "мабуть" | "певно"
        )
    });
    if hedged || is_old(u, found) {
        return false;
    }
    let Some(sentence) = u.sentence_at(found.span.start) else {
        return false;
    };
    let from = u.word_at(found.span.start);
    let to = u.word_at(found.span.end);
    let (start, end) = if u.written {
        (sentence.words.start, sentence.words.end)
    } else {
        (
            from.saturating_sub(NEAR).max(sentence.words.start),
            (to + NEAR).min(sentence.words.end),
        )
    };
    let (before, behind) = (u.words(start..from), u.words(to.min(end)..end));
    let room = u.words(start..end).iter().any(|w| w.starts_with("кімнат"));
    owns(&before) || owns(&behind) || room && lets_to_me(&before)
}

/// «хазяїн», «її дім», «вона орендує», «договір на ньому»
pub(super) fn owns(words: &[&str]) -> bool {
    let role = words.iter().any(|w| {
        [
            "господар",
            "господин",
            "хазя",
            "власни",
            "орендар",
            "наймач",
            "квартиронайма",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
            && !w.ends_with("ське")
    });
    let acts = words.iter().any(|w| {
        matches!(
            *w,
            "орендує"
                | "винаймає"
                | "наймає"
                | "знімає"
                | "здає"
                | "передає"
                | "переднаймає"
                | "сдає"
                | "снімає"
                | "арендує"
        )
    });
    let home = |w: &str| {
        matches!(
            w,
            "дім"
                | "будинок"
                | "хата"
                | "хату"
                | "квартира"
                | "квартиру"
                | "вілла"
                | "віллу"
                | "житло"
                | "помешкання"
                | "хутір"
                | "ферма"
                | "кооператив"
        )
    };
    let theirs = |w: &str| matches!(w, "його" | "її" | "їхній" | "їхня" | "їхнє" | "їх");
    let owned = words
        .windows(2)
        .any(|w| theirs(w[0]) && home(w[1]) || home(w[0]) && theirs(w[1]))
        || words
            .windows(3)
            .any(|w| home(w[0]) && theirs(w[2]) && matches!(w[1], "це" | "то" | "там"));
    let bought = words
        .windows(2)
        .any(|w| w[0].starts_with("купи") && home(w[1]) && !w[0].ends_with("ли"));
    let on_paper = words
        .windows(2)
        .any(|w| w[0] == "на" && matches!(w[1], "нього" | "неї" | "ньому" | "ній"))
        && words.iter().any(|w| {
            [
                "договір",
                "договор",
                "контракт",
                "запис",
                "оформл",
                "будин",
                "дім",
                "квартир",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    role || acts || owned || bought || on_paper
}

/// «знімаю в рибалки …», «наймаю кімнату в пані …», «живу в чоловіка на ім'я …»: right before the name.
fn lets_to_me(before: &[&str]) -> bool {
    let tail = &before[before.len().saturating_sub(7)..];
    let verb = tail.iter().position(|w| {
        [
            "знімаю",
            "знімаєм",
            "наймаю",
            "наймаєм",
            "винайма",
            "орендую",
            "орендуєм",
            "снімаю",
            "піднайма",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    verb.is_some_and(|at| tail[at..].iter().any(|w| matches!(*w, "в" | "у")))
}

/// The home that is left, or what was before.
fn is_old(u: &Utterance<'_>, found: &Found<PersonName>) -> bool {
    u.sentence_at(found.span.start).is_none_or(|s| {
        u.words(s.words.clone()).iter().any(|w| {
            [
                "раніше",
                "колись",
                "стар",
                "попередн",
                "колишн",
                "досі",
                "тоді",
                "лиша",
                "зоста",
                "приватн",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
                || matches!(*w, "звідти" | "жила" | "жив" | "жили")
        })
    })
}
