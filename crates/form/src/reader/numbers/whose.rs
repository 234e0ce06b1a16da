//! Telephone numbers that are not the citizen's own, and how that is said.

use super::*;

/// "Camilla Nygård. Hendes nummer?", before it is said that she is sent a declaration: the number waits for whoever
/// turns out to let the citizen in.
pub(super) fn keep_for_host(m: &mut Memory, u: &Utterance<'_>, hit: &Found<phone::Phone>) {
    let of_parent = m.other_parent.is_some()
        || m.staff_words
            .iter()
            .any(|w| w.starts_with("høring") || w.starts_with("forældre"));
    let third = of_third(m) || m.phone_of_other || asked_for_theirs(m) || said_theirs(u, hit);
    if u.is_staff() || m.mover != 0 || m.host.is_some() || of_parent || !third {
        return;
    }
    let heard = Heard::new(
        hit.value.canonical(),
        u.evidence(hit.span.clone()),
        hit.confidence,
    );
    homes::keep_for_host(m, "host.phone", heard.unsure(true));
}

/// "Toogtyve halvfems …" – «Це його, не мій»: the number taken for the citizen's is whoever's was spoken of.
pub(super) fn not_mine(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let theirs = words
        .windows(2)
        .any(|w| matches!(w, ["це" | "то" | "той", "його" | "її" | "їхній"]));
    let not_my = words.windows(2).any(|w| matches!(w, ["не", "мій" | "моє"]));
    let key = Memory::key(m.mover, "phone");
    let just = m.heard_before.contains(&key) && m.last_phone.as_deref() == Some(key.as_str());
    if u.is_staff() || m.mover != 0 || !theirs || !not_my || !just {
        return;
    }
    let Some(heard) = m.belief(&key).and_then(|b| b.slot()).and_then(|slot| {
        let evidence = slot.evidence.first()?.clone();
        Some(Heard::new(slot.value.clone()?, evidence, slot.confidence).unsure(true))
    }) else {
        return;
    };
    m.forget(&key);
    m.last_phone = None;
    if m.host.is_some() && !m.has("host.phone") {
        m.hear("host.phone", heard);
    } else {
        homes::keep_for_host(m, "host.phone", heard);
    }
}

/// «Телефон його: …», «її номер …»
pub(super) fn their_phone(u: &Utterance<'_>) -> bool {
    let phone = |w: &str| w.starts_with("телефон") || w.starts_with("номер");
    let their = |w: &str| matches!(w, "його" | "її" | "їхній");
    u.all_words()
        .windows(2)
        .any(|w| phone(w[0]) && their(w[1]) || their(w[0]) && phone(w[1]))
}

/// "Kan du give mig hendes nummer?"
pub(super) fn asked_for_theirs(m: &Memory) -> bool {
    // "Deres telefonnummer?" of nobody who was spoken of is said politely to the citizen.
    let polite = m.host.is_none() && !m.declaration;
    m.staff_words.windows(2).any(|w| {
        (matches!(w[0].as_str(), "hans" | "hendes") || w[0] == "deres" && !polite)
            && ["nummer", "telefon", "mobil"]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    })
        // "Hvem udlejer til dig, og hvad er nummeret dér?"
        || m.asked.is_about(Target::Kin(super::super::kin::Kin::Landlord))
            && m.staff_words.windows(2).any(|w| {
                matches!(w[0].as_str(), "nummeret" | "telefonnummeret" | "telefonen")
                    && matches!(w[1].as_str(), "der" | "dér")
            })
}

/// «Її телефон двадцять шість …»: somebody else's, right before the number.
pub(super) fn said_theirs(u: &Utterance<'_>, hit: &Found<phone::Phone>) -> bool {
    let at = u.word_at(hit.span.start);
    let before = u.words(at.saturating_sub(4)..at);
    let their = |w: &str| matches!(w, "її" | "його");
    let phone = |w: &str| {
        ["телефон", "номер", "мобільн"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    before
        .windows(2)
        .any(|w| their(w[0]) && phone(w[1]) || phone(w[0]) && their(w[1]))
}

/// «…, а мобілки своєї не маю», «а свого ще не маю», «а мій не записуйте»: the number that was told is somebody
/// else's.
pub(super) fn has_none(u: &Utterance<'_>) -> bool {
    let phone = |w: &str| {
        ["мобіл", "телефон", "номер"]
            .iter()
            .any(|s| w.starts_with(s))
    };
    let own = |w: &str| {
        matches!(
            w,
            "свій"
                | "свого"
                | "свої"
                | "своєї"
                | "власного"
                | "власної"
                | "мій"
                | "мого"
                | "моєї"
        )
    };
    let filler = |w: &str| matches!(w, "ще" | "поки" | "тут" | "вам" | "у" | "мене") || phone(w);
    let refused = |rest: &[&str]| match rest {
        ["не", verb, ..] => {
            matches!(*verb, "маю" | "треба" | "дам" | "даю")
                || ["запис", "пиші", "давай", "вказу"]
                    .iter()
                    .any(|s| verb.starts_with(s))
        }
        [first, ..] => matches!(*first, "нема" | "немає"),
        [] => false,
    };
    let words = u.all_words();
    (0..words.len()).any(|at| {
        own(words[at]) && {
            let rest: Vec<&str> = words[at + 1..]
                .iter()
                .copied()
                .skip_while(|w| filler(w))
                .take(2)
                .collect();
            refused(&rest)
        }
    })
}

/// "Kan du udlejerens nummer?" – «Так, він у мене вбитий: …»
pub(super) fn of_landlord(m: &Memory) -> bool {
    m.asked.asks(Topic::Phone)
        && m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "udlejerens" | "ejerens" | "værtens" | "logiværtens" | "husejerens"
            )
        })
}

/// "Sig det lige en gang til, der var støj": the number told just before once more, with another digit or two.
pub(super) fn said_again(m: &Memory, u: &Utterance<'_>, value: &str) -> bool {
    let asked = m.asked.questions().all(|topic| topic == Topic::Phone)
        && m.staff_words
            .windows(3)
            .any(|w| w[0] == "en" && w[1] == "gang" && w[2] == "til")
        || m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "gentag" | "gentage"));
    let known = m.last_phone.as_ref().and_then(|key| m.text(key));
    !u.is_staff()
        && asked
        && known.is_some_and(|known| {
            known.len() == value.len()
                && known
                    .bytes()
                    .zip(value.bytes())
                    .filter(|(a, b)| a != b)
                    .count()
                    <= 3
        })
}

/// "Kan vi få fat i ham på telefonen?" of whom somebody reports for, where no other is known by name.
pub(super) fn of_whom_it_is_about(m: &Memory) -> bool {
    let third = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "ham" | "hende" | "hans" | "hendes"));
    let host = m
        .host
        .is_some_and(|id| id == 0 || m.has(&Memory::key(id, "given_names")));
    m.mover != 0 && third && !host && !m.has(&Memory::key(m.mover, "phone"))
}
