//! Who reports: the mover, a parent, somebody with a power of attorney.

use super::*;

/// «Син, Ілля» to "hvem af jer flytter?"; «я з приводу мами» with a power of attorney.
pub(super) fn mover_answer(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.mover != 0 || m.talked > 8 {
        return;
    }
    let first = refs.iter().find_map(|r| match r.who {
        Who::Person(id) => Some((id, r.bytes.clone())),
        _ => None,
    });
    let Some((id, bytes)) = first else { return };
    let kin = m.person(id).and_then(|p| p.kin);
    let starts = u.word_at(bytes.start) == 0;
    // "Hvem er flyttet med dig?" takes it that the citizen moves, too.
    let along = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "med" && matches!(w[1].as_str(), "dig" | "jer"));
    // "Hvad hedder din datter, der flytter med?"
    let along = along
        || m.staff_words
            .windows(2)
            .any(|w| w[0].starts_with("flytte") && w[1] == "med")
        || m.staff_words.iter().any(|w| w == "med")
            && m.staff_words.windows(2).any(|w| {
                matches!(
                    (w[0].as_str(), w[1].as_str()),
                    ("har", "du" | "i") | ("du" | "i", "har")
                )
            })
        || m.has(&Memory::key(0, "given_names")) && m.has(&Memory::key(0, "cpr_number"));
    let for_child = m.asked.asks(Topic::WhoMoves)
        && starts
        && !along
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

pub(super) fn reporter(
    m: &mut Memory,
    u: &Utterance<'_>,
    says: &[(Says, std::ops::Range<usize>)],
    refs: &[Ref],
) {
    let has = |what: Says| says.iter().any(|(s, _)| *s == what);
    // «я його опікунка… ні, просто бабуся»
    let taken_back = says
        .iter()
        .find(|(s, _)| *s == Says::Guardian)
        .is_some_and(|_| {
            let words = u.all_words();
            let at = words.iter().position(|w| w.starts_with("опікун"));
            at.is_some_and(|at| {
                // «Я не опікун, я просто дочка»
                let denied = at > 0 && words[at - 1] == "не";
                denied
                    || words[at..]
                        .iter()
                        .take(3)
                        .any(|w| matches!(*w, "ні" | "тобто"))
            })
        });
    let guardian = (has(Says::Guardian) || errand::appointed(m, u))
        && !taken_back
        && !errand::of_children(m, &u.all_words());
    let attorney = has(Says::PowerOfAttorney)
        || has(Says::Digital) && m.asked.mentions(Topic::PowerOfAttorney);
    // "Har du fuldmagt?" – «Є, вона від руки писала»
    let has_it = m.asked.asks(Topic::PowerOfAttorney)
        && m.staff_words.iter().any(|w| w.starts_with("fuldmagt"))
        && matches!(
            u.all_words().first(),
            Some(&("є" | "так" | "ось" | "маю" | "да" | "звісно" | "авжеж"))
        )
        && m.people.iter().any(|p| p.id != 0 && p.kin.is_some());
    let attorney =
        attorney || has_it || hands_over_paper(m, u) && m.people.iter().any(|p| p.kin.is_some());
    // Of whom nobody doubts for whom they act, the paper may come late.
    let late = m.talked > 10 && (m.mover == 0 || m.has("poa.used") || u.is_staff());
    if (!guardian && !attorney) || late {
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
        // "Har din mand givet dig fuldmagt?" – «Дав, сестра засвідчила»
        let asked = m.asked.kin().and_then(|kin| m.person_by_kin(kin));
        let known = asked.or(here).or(spoken);
        if let Some(id) = known.or_else(|| guardian.then(|| ward(m, u)).flatten()) {
            become_mover(m, id);
        }
    }
}

/// «Я лише татова опікунка»: the relative whose guardian somebody is, in an adjective.
fn ward(m: &mut Memory, u: &Utterance<'_>) -> Option<u32> {
    const OF: &[(&str, &str)] = &[
        ("татов", "тато"),
        ("мамин", "мама"),
        ("бабусин", "бабуся"),
        ("бабин", "баба"),
        ("дідусев", "дідусь"),
        ("дідов", "дід"),
        ("тітчин", "тітка"),
        ("братов", "брат"),
        ("сестрин", "сестра"),
        ("чоловіков", "чоловік"),
        ("тещин", "теща"),
        ("свекрушин", "свекруха"),
    ];
    let words = u.all_words();
    let at = words.iter().position(|w| w.starts_with("опікун"))?;
    let whose = words[at.saturating_sub(2)..at].iter().rev().find_map(|w| {
        let (_, noun) = OF.iter().find(|(stem, _)| w.starts_with(stem))?;
        crate::reader::kin::kin(noun, Lang::Uk)
    })?;
    Some(m.person_for_kin(whose))
}

pub(in crate::reader) fn become_mover(m: &mut Memory, id: u32) {
    m.mover = id;
    m.focus = id;
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(true);
    }
}

/// "Det er dateret …, fuldmagten dur": the employee reads the paper.
pub(super) fn attorney(m: &mut Memory, u: &Utterance<'_>) {
    let says = [(Says::PowerOfAttorney, 0..0)];
    if !m.has("poa.used") && !m.has("case.reporter_role") {
        // Whom the citizen spoke of, not whom the paper names.
        reporter(m, u, &says, &[]);
    }
}

/// "Den dækker ikke en flytning, så skal hun selv komme": a power of attorney for something else is none here.
pub(super) fn covers_no_move(m: &mut Memory, words: &[&str]) {
    let not = words
        .windows(2)
        .any(|w| matches!(w, ["dækker" | "gælder" | "rækker" | "duer", "ikke"]));
    let what = words
        .iter()
        .any(|w| w.starts_with("flytning") || w.starts_with("fuldmagt") || *w == "den");
    if !not || !what || !m.has("poa.used") {
        return;
    }
    for key in [
        "poa.used",
        "poa.kind",
        "poa.date",
        "poa.scope",
        "poa.holder_name",
    ] {
        m.forget(key);
    }
    if m.text("case.reporter_role") == Some("power_of_attorney") {
        m.forget("case.reporter_role");
    }
}

/// "Så er det ham, anmeldelsen handler om"
pub(super) fn about_another(words: &[&str]) -> bool {
    let third = words.windows(3).any(|w| {
        matches!(
            w,
            ["er", "det", "ham" | "hende"] | ["det", "er", "ham" | "hende"]
        )
    });
    third
        && words
            .iter()
            .any(|w| matches!(*w, "handler" | "flytter" | "anmeldelsen" | "flytningen"))
}

/// The child that was spoken of last is the one who moves; the citizen has custody.
pub(super) fn mover_named(m: &mut Memory, u: &Utterance<'_>) {
    let child = m
        .people
        .iter()
        .filter(|p| p.kin.is_some_and(|k| k.is_child() && k != Kin::Children))
        .max_by_key(|p| p.last_turn)
        .map(|p| p.id);
    if let Some(id) = child.filter(|_| m.mover == 0 && m.talked <= 8) {
        let evidence = u.evidence(0..0);
        become_mover(m, id);
        let heard = Heard::new("custody_holder", evidence, 0.8);
        m.hear("case.reporter_role", heard);
    }
}
