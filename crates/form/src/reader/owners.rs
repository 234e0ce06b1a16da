//! Who is named as the owner or the tenant: "hvem ejer huset?" – «Мадс, майстер наш», "er det mormor, der lejer?" –
//! «Вона».

use super::belief::Heard;
use super::memory::Memory;
use super::people::{Ref, Who};
use super::utterance::Utterance;

const KEY: &str = "host.role";

/// Takes the answer to a question for whoever owns or rents the home that the citizen lives in.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || m.mover != 0 || m.has(KEY) {
        return;
    }
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let Some(role) = asked(&staff) else { return };
    let Some(first) = u.sentences.first() else {
        return;
    };
    let inside = |byte: usize| first.bytes.contains(&byte);
    let host = m.host.filter(|id| *id != m.mover);
    let named = match host {
        Some(host) => refs
            .iter()
            .any(|r| r.who == Who::Person(host) && inside(r.bytes.start)),
        // «Мадс Тофтгор»: a Danish name that no list has.
        None => {
            u.names().iter().any(|name| inside(name.span.start))
                || u.written && first.words.len() > 1 && u.token(first.words.start + 1).capital
        }
    };
    let whose = staff.contains(&"hvem");
    let agreed = super::replies::reply(u).agreed;
    // «Орендує в фірми», «наша»: something else than what the question takes for granted.
    let words = u.words(first.words.clone());
    let ours = words.first().is_some_and(|w| w.starts_with("наш"));
    let other = words.iter().any(|w| {
        ["оренд", "винайма", "знім", "снім", "найм", "фірм", "комун"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || matches!(*w, "не" | "ні" | "ми" | "я" | "нас" | "мене" | "мені")
    });
    let other = other || ours;
    if other || !(whose && named || !whose && agreed) {
        return;
    }
    let heard = Heard::new(role, u.evidence(0..0), 0.7);
    match host {
        Some(_) => m.hear(KEY, heard),
        // Who that is may be told later.
        None => super::homes::keep_for_host(m, KEY, heard),
    }
}

/// "Og du bor hos hende?" – «У неї»: whoever that is, others live there.
pub(super) fn lives_with_them(m: &mut Memory, u: &Utterance<'_>) {
    let key = "dwelling.others_registered";
    let asked = m.staff_words.windows(4).any(|w| {
        matches!(w[0].as_str(), "bor" | "bo" | "flytter")
            && w.iter().position(|w| w == "hos").is_some_and(|at| {
                w.get(at + 1)
                    .is_some_and(|w| matches!(w.as_str(), "hende" | "ham" | "dem"))
            })
    });
    if u.is_staff() || !asked || m.has(key) || m.text("dwelling.type") == Some("sublet") {
        return;
    }
    let words = u.all_words();
    let there = matches!(
        words.as_slice(),
        ["у" | "в", "неї" | "нього" | "них", ..] | ["так", "у" | "в", "неї" | "нього" | "них", ..]
    );
    if there || super::replies::reply(u).agreed {
        m.hear(key, Heard::new(true, u.evidence(0..0), 0.7));
        if !m.has("dwelling.others_stay") {
            let heard = Heard::new(true, u.evidence(0..0), 0.6);
            m.hear("dwelling.others_stay", heard.unsure(true));
        }
    }
}

/// What the question wants to know of somebody.
fn asked(staff: &[&str]) -> Option<&'static str> {
    let has = |list: &[&str]| staff.iter().any(|w| list.contains(w));
    let who = has(&["hvem"])
        || staff
            .windows(2)
            .any(|w| w[0] == "der" && matches!(w[1], "ejer" | "lejer"));
    let owns = has(&["ejer", "ejes"]);
    let rents = has(&["lejer", "lejekontrakten", "lejeaftalen"]);
    match (who, owns, rents) {
        (true, true, false) => Some("owner"),
        (true, false, true) if !has(&["du", "i", "udlejer", "af"]) => Some("tenant"),
        _ => None,
    }
}
