//! "Hvem flytter med?" – «Дружина і син.» – "Hvad hedder de?" – «Олена і Марко.»: the names of several who were told
//! without them, each for whom it fits, in the order in which they were told.

use super::*;
use crate::reader::memory::Person;

impl Mention<'_, '_> {
    /// The one of those asked for whose name it can be.
    pub(super) fn of_several(&self, m: &mut Memory) -> Option<PersonId> {
        self.given.as_ref()?;
        let speaks_of_self =
            self.says_me || self.near.is_some() || matches!(self.last, Some(Who::Me));
        if self.u.is_staff() || m.mover != 0 || speaks_of_self || !asks_for_their_names(m) {
            return None;
        }
        let sex = sex_of(self.name);
        let fits = |p: &Person| {
            p.id != 0
                && p.moves == Some(true)
                && Some(p.id) != m.host
                && p.kin.is_some()
                && !m.has(&Memory::key(p.id, "given_names"))
                && (p.sex.is_none() || sex.is_none() || p.sex == sex)
        };
        if let Some(id) = m.people.iter().find(|p| fits(p)).map(|p| p.id) {
            return Some(id);
        }
        // «Двоє дітей» are counted and nobody yet.
        let known = m
            .household()
            .iter()
            .filter(|id| {
                m.person(**id)
                    .and_then(|p| p.kin)
                    .is_some_and(Kin::is_child)
            })
            .count();
        let open = m.children_told.is_some_and(|told| told > known);
        open.then(|| {
            let id = m.add_person(Some(child_of(self.name)));
            joins_children(m, id)
        })
    }
}

/// "Hvem flytter med?" – «Дружина.» – "Navn og CPR?": of whom else, once the citizen has a name.
fn goes_on(m: &Memory, words: &[&str]) -> bool {
    const JUST: usize = 2;
    let bare = matches!(
        words,
        ["og", "navn" | "navne" | "navnet", ..] | ["navn" | "navne" | "navnet", ..]
    ) && words.len() <= 5
        && !words
            .iter()
            .any(|w| matches!(*w, "dit" | "din" | "dine" | "jeres" | "du"));
    let nameless = m.people.iter().any(|p| {
        p.id != 0
            && p.moves == Some(true)
            && p.last_turn + JUST >= m.turns
            && !m.has(&Memory::key(p.id, "given_names"))
    });
    bare && nameless && named(m, 0)
}

/// "Hvad hedder de?", "deres navne?", right after the company was told.
fn asks_for_their_names(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let theirs = words.windows(2).any(|w| {
        matches!(
            w,
            ["hedder", "de"] | ["deres", "navne" | "navn" | "fornavne" | "fulde"]
        )
    });
    let of_others = words.iter().any(|w| {
        matches!(
            *w,
            "bliver" | "bor" | "boende" | "tilbage" | "udlejer" | "ejer"
        ) || w.starts_with("forældre")
    });
    (theirs || goes_on(m, &words)) && !of_others && m.asked.kin().is_none()
}
