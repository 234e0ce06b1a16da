//! Somebody who has moved already reports for the relative who joins them.

use super::*;

/// For how many turns at the start somebody says who comes to them.
const EARLY: usize = 4;

/// "Hvem skal flytte?" – «Я вже переїхав, ще навесні. Тепер дружина їде до мене, а з нею теща»: the first of them is the
/// one who moves, the others come along with them.
pub(super) fn to_me(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    // Only of whom it was asked who moves: «я вже переїхала, чоловік потім» tells of one's own move.
    let asked = m.asked.asks(Topic::WhoMoves);
    if u.is_staff()
        || m.mover != 0
        || m.talked > EARLY
        || !asked
        || m.has(&Memory::key(0, "cpr_number"))
    {
        return;
    }
    let words = u.all_words();
    // «Чоловік переїде до мене пізніше, в січні.»: who follows is not the one of today.
    let later = words
        .iter()
        .any(|w| matches!(*w, "пізніше" | "потім" | "згодом"));
    let there_already = words.windows(3).any(|w| {
        w[0] == "я"
            && matches!(w[1], "вже" | "уже")
            && (matches!(w[2], "там" | "тут" | "живу") || w[2].starts_with("переїха"))
    });
    if !there_already || later {
        return;
    }
    let joins = refs.iter().find_map(|r| {
        let Who::Person(id) = r.who else { return None };
        let next = u.word_at(r.bytes.end);
        let behind = u.words(next..(next + 3).min(words.len()));
        let comes = matches!(
            behind.as_slice(),
            [
                "їде" | "переїде" | "переїжджає" | "перебирається" | "переїздить",
                "до",
                "мене"
            ]
        );
        (comes && !r.pronoun).then_some(id)
    });
    let Some(id) = joins else { return };
    become_mover(m, id);
    if let Some(citizen) = m.person_mut(0) {
        citizen.moves = Some(false);
    }
    let near = m.person(id).and_then(|p| p.kin);
    if near.is_some_and(|k| k.is_couple() || k.relation() == Some("parent")) {
        let heard = Heard::new("household_member", u.evidence(0..0), 0.7).unsure(true);
        m.hear("case.reporter_role", heard);
    }
    // «…, а з нею теща»: in the same sentence, and along.
    for r in refs {
        if let Who::Person(other) = r.who
            && other != id
            && other != 0
            && !r.pronoun
        {
            set(m, other, true);
        }
    }
}
