//! Names of whoever else is spoken of, while the citizen's own is not known yet: of the one who stays in the old home,
//! of the one whose name is on the door or on the contract.

use crate::reader::belief::Heard;
use crate::reader::memory::Memory;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;
use crate::state::PersonId;

/// The employee asks about somebody or something else, and the citizen does not say that it is their own name:
/// "Bliver der nogen tilbage?" – «Колишній, Аркадій Блащук», "Sidste adresse i Ukraine?" – «Кропивницький, вулиця …».
pub(super) fn spoken_of(m: &Memory, u: &Utterance<'_>, word: usize, before: &[&str]) -> bool {
    let town = u
        .places()
        .iter()
        .any(|p| p.span.contains(&u.token(word).span.start));
    let other = before
        .last()
        .is_some_and(|w| matches!(*w, "інша" | "інший" | "колишній" | "колишня" | "екс"));
    let topics = [
        Topic::Remaining,
        Topic::HostName,
        Topic::HostRole,
        Topic::HostStays,
        Topic::OthersRegistered,
        Topic::Mailbox,
        Topic::CoName,
        Topic::Email,
    ];
    other
        || m.asked.asks_any(&topics)
        || town
            && m.asked
                .asks_any(&[Topic::OldAddress, Topic::Country, Topic::Departure])
}

/// "Står dit eget navn på døren?" – «Ні, там тільки Лассе Крістофферсен, я ж у нього», "Er det dig, der står på
/// kontrakten?" – «Інша, Йоганна Енгольм»: whose home it is.
pub(super) fn host(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    before: &[&str],
) -> Option<PersonId> {
    if m.mover != 0 || m.host.is_some_and(|id| id == 0) {
        return None;
    }
    let staff = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let lodges = u.words(word..u.word_tokens.len()).windows(3).any(|w| {
        matches!(w[0], "я" | "ми" | "ж" | "живу" | "живемо")
            && matches!(w[1], "у" | "в")
            && matches!(w[2], "нього" | "неї" | "них")
    });
    let door = staff(&["dør", "postkasse", "brev"]) && lodges;
    let contract = staff(&["kontrakt", "lejekontrakt", "lejemål"])
        && matches!(before.last(), Some(&("інша" | "інший" | "інші")));
    if !door && !contract {
        return None;
    }
    let id = m.host.unwrap_or_else(|| m.add_person(None));
    m.host = Some(id);
    if door {
        for key in ["dwelling.others_registered", "dwelling.others_stay"] {
            if !m.has(key) {
                let evidence = u.evidence_of_words(&(word..word + 1));
                m.hear(key, Heard::new(true, evidence, 0.65).unsure(true));
            }
        }
    }
    Some(id)
}
