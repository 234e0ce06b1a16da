//! Whoever reports for somebody who moves in with them: "så er du logivært", «Моє, договір на мене: Зінаїда Кухтик».

use crate::reader::memory::Memory;
use crate::reader::people::write_name;
use crate::reader::utterance::Utterance;
use crate::reader::whole_names::whole_names;

/// Makes the one who reports the host.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let open = m.mover != 0 && m.host.is_none();
    if !open
        || !(if u.is_staff() {
            said_by_staff(u)
        } else {
            said(m, u)
        })
    {
        return;
    }
    m.host = Some(0);
    if let Some(me) = m.person_mut(0) {
        me.moves = Some(false);
    }
    if u.is_staff() || m.has(&Memory::key(0, "given_names")) {
        return;
    }
    if let [name] = whole_names(m, u).as_slice() {
        for (field, text, span) in [
            ("given_names", &name.given, &name.given_at),
            ("surname", &name.surname, &name.surname_at),
        ] {
            write_name(m, u, 0, field, text, span.clone(), 0.6, true);
        }
    }
}

/// "Så er du også deres logivært", "din telefon som vært"
fn said_by_staff(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let host = words
        .iter()
        .any(|w| w.starts_with("logivært") || matches!(*w, "vært" | "værten"));
    let you = words
        .windows(2)
        .any(|w| matches!(w, ["er" | "bliver", "du"] | ["du", "er" | "bliver"]))
        || words
            .windows(2)
            .any(|w| matches!(w, ["som", "vært" | "logivært"]))
            && words
                .iter()
                .any(|w| matches!(*w, "du" | "dig" | "din" | "dit"));
    let denied = words
        .iter()
        .any(|w| matches!(*w, "ikke" | "hvem" | "hvis" | "eller"));
    host && you && !denied
}

/// «Моє. Договір на мене», "er huset dit?" – «Моє»
fn said(m: &Memory, u: &Utterance<'_>) -> bool {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    // "Og dit eget navn?"
    let of_name = staff.windows(2).any(|w| {
        matches!(w[0], "eget" | "egen")
            && ["navn", "efternavn", "fornavn", "nummer", "cpr"]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    });
    let asked = staff.windows(2).any(|w| {
        matches!(
            w,
            ["ejer" | "lejer", "du"]
                | ["huset" | "lejligheden" | "boligen", "dit" | "din"]
                | ["dit" | "din", "lejemål" | "hus" | "lejlighed" | "kontrakt"]
        ) || matches!(w, ["dit" | "din", "eget" | "egen"]) && !of_name
    });
    let words = u.all_words();
    let mine = words
        .first()
        .is_some_and(|w| matches!(*w, "моє" | "моя" | "мій" | "мені" | "ми"))
        || words.windows(2).any(|w| {
            matches!(
                w,
                ["на", "мене" | "мені"] | ["мій", "будинок" | "дім"] | ["моя", "квартира" | "хата"]
            )
        });
    asked
        && mine
        && !words
            .windows(2)
            .any(|w| matches!(w, ["не", "моє" | "мій" | "моя" | "я"]))
}
