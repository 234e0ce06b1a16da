//! Whether a telephone number is that of a child's other parent.

use super::*;
use crate::reader::kin::{Kin, Sex};

/// "Så sender vi en høring til ham. Har du hans nummer?": the parent who does not move along, where no host can be
/// meant.
pub(super) fn of_other_parent(m: &Memory) -> bool {
    if of_childs_parent(m) {
        return true;
    }
    // The spouse who stays behind, once the children's custody is spoken of.
    let spouse = || {
        m.people
            .iter()
            .find(|p| p.kin.is_some_and(Kin::is_couple) && p.moves != Some(true))
            .filter(|_| m.has("children[].custody"))
            .map(|p| p.id)
    };
    let parent = m.other_parent.or_else(spouse);
    let Some(parent) = parent.filter(|id| m.mover == 0 && Some(*id) != m.host) else {
        return false;
    };
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    // "Har du et nummer til Pavlo?"
    let by_name = m
        .text(&Memory::key(parent, "given_names"))
        .map(tolkebot_values::fold)
        .is_some_and(|name| {
            m.staff_words.windows(2).any(|w| {
                w[1] == name && matches!(w[0].as_str(), "til" | "på" | "ringe")
                    || w[0].strip_suffix('s') == Some(name.as_str()) && w[1].contains("nummer")
            })
        });
    if by_name && m.asked.asks(Topic::Phone) {
        return true;
    }
    let sex = match (
        says(&["ham", "hans", "faren", "faderen"]),
        says(&["hende", "hendes", "moren", "moderen"]),
    ) {
        (true, false) => Sex::Male,
        (false, true) => Sex::Female,
        _ => return false,
    };
    let reaches = m.staff_words.windows(3).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("fat", "i") | ("ringe", "til")
        ) && matches!(w[2].as_str(), "ham" | "hende")
    });
    let fits = |id: PersonId| m.person(id).is_some_and(|p| p.sex.is_none_or(|s| s == sex));
    let open = m.host.is_some() && !m.has("host.phone");
    let host = open && (m.declaration || m.host.is_some_and(fits));
    let topics = [
        Topic::OtherParentAgrees,
        Topic::OtherParentMoves,
        Topic::Custody,
        Topic::LivedBefore,
        Topic::SixWeeks,
    ];
    let spoken_of = m.asked.mentions_any(&topics)
        || m.asked_before.mentions_any(&topics)
        || m.staff_words.iter().any(|w| w.starts_with("høring"));
    let asked = m.staff_words.windows(2).any(|w| {
        matches!(w[0].as_str(), "hans" | "hendes")
            && ["nummer", "telefon", "mobil"]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    });
    spoken_of && m.asked.asks(Topic::Phone) && (reaches || asked) && fits(parent) && !host
}

/// "Kan vi ringe til hans mor?", "barnets fars telefonnummer?", where a child moves and no host can be meant.
fn of_childs_parent(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let parent = words.windows(2).any(|w| {
        matches!(
            w[0],
            "hans" | "hendes" | "barnets" | "drengens" | "pigens" | "børnenes"
        ) && ["mor", "far", "mors", "fars", "moren", "faren"].contains(&w[1])
    });
    let child = m
        .household()
        .iter()
        .any(|id| m.person(*id).and_then(|p| p.kin).is_some_and(Kin::is_child));
    let lives_there = m.host.is_some_and(|id| {
        m.person(id)
            .and_then(|p| p.kin)
            .is_some_and(|kin| kin.relation() == Some("parent"))
    });
    parent && child && !lives_there && m.mover == 0 && m.asked.asks(Topic::Phone)
}
