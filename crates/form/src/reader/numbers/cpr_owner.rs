//! Whose a CPR number is.

use super::*;
use crate::reader::kin::Kin;

/// Whose number this is, by who is named beside it, who was asked about and who has none yet.
pub(super) fn cpr_owner(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    hit: &Found<CprNumber>,
) -> Option<PersonId> {
    let has = |id: PersonId| m.has(&Memory::key(id, "cpr_number"));
    // "… og din kone" – «надія моя …»: whoever was asked about, and a number unlike the citizen's.
    let of_relative = !u.is_staff()
        && m.asked
            .kin()
            .is_some_and(|k| k.is_couple() || k.is_child() || k.relation() == Some("parent"))
        && !m.asked.is_about(Target::You)
        && !cues::is_restart(u.all_words().first().copied().unwrap_or(""))
        && m.text(&Memory::key(0, "cpr_number"))
            .is_some_and(|known| unlike(known, &hit.value.formatted()));
    // «У мене. Номер: …» of the child: a quite different number is no correction of the citizen's, unless somebody
    // takes that one back.
    let mine_again = || {
        m.last_cpr == Some(0)
            && (m
                .belief(&Memory::key(0, "cpr_number"))
                .is_some_and(|b| b.is_unsure())
                || m.objected
                || u.is_staff()
                || restarted(u, &hit.span)
                || m.text(&Memory::key(0, "cpr_number"))
                    .is_none_or(|known| !unlike(known, &hit.value.formatted())))
    };
    if noted::named_themselves(m, u, refs, &hit.span) {
        return Some(0);
    }
    let refs = &noted::without_writers(m, u, refs, &hit.span);
    match owner(u, refs, &hit.span) {
        Some(Who::Me) if of_relative => {}
        Some(Who::Me) if m.mover != 0 => return Some(0),
        Some(Who::Me) if !has(0) || mine_again() => return Some(0),
        Some(Who::Person(id)) if !has(id) || m.last_cpr == Some(id) => return Some(id),
        _ => {}
    }
    // "Hans nummer?": never the citizen's own.
    if let Some(sex) = m.asked_of_third().filter(|_| !u.is_staff() && m.mover == 0) {
        return m.third(sex, |id| !has(id));
    }
    // "Og Sofiias nummer?"
    let yours = m.asked.is_about(Target::You);
    if let Some(id) = m
        .asked_person
        .filter(|id| !u.is_staff() && !yours && !has(*id))
    {
        return Some(id);
    }
    let own_first = noted::own_is_asked_for(m, u);
    if let Some(kin) = m.context().kin().filter(|_| !own_first)
        && let Some(id) = m.person_by_kin(kin)
        && !has(id)
    {
        return Some(id);
    }
    // "Så tager vi børnenes numre": not the citizen's, also where nobody knows whose it is yet.
    let of_children = !u.is_staff()
        && m.mover == 0
        && m.asked.kin() == Some(Kin::Children)
        && m.asked.asks(Topic::Cpr)
        && !m.asked.is_about(Target::You);
    if !has(m.mover) && !of_children {
        return Some(m.mover);
    }
    if !has(m.focus) {
        return Some(m.focus);
    }
    let known = m
        .last_cpr
        .and_then(|last| m.text(&Memory::key(last, "cpr_number")));
    // Another person's number is no correction of the last one.
    let alike = known.is_some_and(|known| {
        let value = hit.value.formatted();
        known
            .bytes()
            .zip(value.bytes())
            .filter(|(a, b)| a != b)
            .count()
            <= 4
    });
    if let Some(last) = m.last_cpr
        && alike
        && (m.objected || m.was_read_back(&Memory::key(last, "cpr_number")))
    {
        return Some(last);
    }
    if u.is_staff() {
        // A read-back of what was understood badly.
        let asked = m.context().kin().and_then(|k| m.person_by_kin(k));
        return asked.filter(|id| {
            m.belief(&Memory::key(*id, "cpr_number"))
                .is_some_and(|b| b.is_unsure())
        });
    }
    // Whoever is known to come along comes first.
    let open = |moves: bool| {
        m.people
            .iter()
            .rev()
            .filter(|p| !moves || p.moves == Some(true))
            .map(|p| p.id)
            .find(|id| *id != 0 && !has(*id))
    };
    open(true).or_else(|| open(false))
}

/// Two numbers with hardly a digit in common: none corrects the other.
pub(super) fn unlike(a: &str, b: &str) -> bool {
    a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() > 4
}
