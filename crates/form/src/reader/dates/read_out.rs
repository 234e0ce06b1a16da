//! Birth dates that an employee reads from a paper: "Født den niogtyvende januar treogfirs, står her.", "Næste: Roman
//! Stets, fjortende juni tolv.", "og den niende november enogtres".

use super::*;

/// Nobody speaks for themselves at a counter before that.
const SPEAKS: i32 = 14;

/// How many words may stand between a name and the date that is read behind it.
const NEAR: usize = 4;

/// Whether the employee reads this date as somebody's birth date, and does not ask whether it is one.
pub(super) fn reads(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    hit: &Found<DateReading>,
    person: crate::state::PersonId,
) -> bool {
    let whole = hit.value.kind == DateKind::Absolute && hit.value.date.is_some();
    let numbered = m.has(&Memory::key(person, "cpr_number"));
    if !u.is_staff() || u.lang() != tolkebot_protocol::Lang::Da || !whole || numbered {
        return false;
    }
    let Some(sentence) = u.sentence_at(hit.span.start) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let born = words
        .iter()
        .any(|w| w.starts_with("fødselsd") || *w == "født");
    let other = words.iter().any(|w| {
        [
            "gift", "skilt", "død", "flytt", "udløb", "gælder", "udsted", "kontrakt", "kom", "rejs",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    // "… april niogfirs… nej, nioghalvfjerds": broken off.
    let behind = u.word_at(hit.span.end);
    let restarted = u
        .words(behind..(behind + 2).min(u.word_tokens.len()))
        .iter()
        .any(|w| cues::is_restart(w));
    if restarted {
        return false;
    }
    born && !(sentence.question && u.written)
        || !other && (behind_name(u, refs, hit, person) || from_passport(m, u, hit, person))
}

/// "Marko Bilous, født den anden september": right before the date stands another name than this person's.
pub(super) fn names_another(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    person: crate::state::PersonId,
) -> bool {
    let Some(known) = m.text(&Memory::key(person, "given_names")) else {
        return false;
    };
    let at = u.word_at(hit.span.start);
    u.names().iter().any(|found| {
        let end = u.word_at(found.span.end);
        let near = found.span.end <= hit.span.start && at - end.min(at) <= NEAR;
        near && found
            .value
            .given()
            .is_some_and(|given| tolkebot_values::names::same_name(known, &given) < 0.82)
    })
}

/// "Illia Bezborodko, nittende november sytten"
fn behind_name(
    u: &Utterance<'_>,
    refs: &[Ref],
    hit: &Found<DateReading>,
    person: crate::state::PersonId,
) -> bool {
    let at = u.word_at(hit.span.start);
    let bare = u.words(0..u.word_tokens.len()).len() <= 24;
    bare && refs.iter().any(|r| {
        let who = match r.who {
            Who::Me => 0,
            Who::Person(id) => id,
        };
        let end = u.word_at(r.bytes.end);
        who == person && !r.pronoun && r.bytes.end <= hit.span.start && at - end.min(at) <= NEAR
    })
}

/// "sjette i sjette nul nul står der", while the papers of who comes from abroad are on the table.
fn from_passport(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    person: crate::state::PersonId,
) -> bool {
    // "Næste: Roman Stets, fjortende juni tolv."
    let at = u.word_at(hit.span.start);
    let others = u.words(0..at).iter().any(|w| {
        matches!(
            *w,
            "næste" | "hans" | "hendes" | "børnene" | "og" | "drengen" | "pigen"
        ) && at > 2
    });
    if others {
        return false;
    }
    let grown = hit
        .value
        .date
        .is_some_and(|date| date.saturating_add(jiff::Span::new().years(SPEAKS)) <= m.today);
    let paper = m.pass_spoken
        || m.shown
            .iter()
            .any(|(paper, _)| matches!(*paper, "passport" | "residence_permit" | "national_id"));
    person == m.mover
        && m.mover == 0
        && grown
        && (paper || m.from_abroad.is_some())
        && !m
            .asked
            .questions()
            .any(|topic| topic.is_date() && topic != Topic::BirthDate)
        && m.talked <= 14
}
