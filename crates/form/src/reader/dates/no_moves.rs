//! Days that look like the day of a move and are none: visits, years lived somewhere, and what nobody knows yet.

use super::*;
use crate::state::Rival;

/// How much speaks against a day: "så siger vi den tiende klokken tolv", «жила там з першого березня до першого вересня».
pub(super) fn against_a_move(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    left: &[&str],
) -> i32 {
    let since = matches!(left.last(), Some(&("з" | "із" | "зі" | "від" | "fra")));
    if lived_from_to(m, u, hit, left) || of_others(m, u, hit) || repeats_of_others(m, u, hit) {
        12
    } else if !since && has_hour(u, &hit.span) {
        9
    } else {
        0
    }
}

/// «Жила там з першого березня до першого вересня», "jeg boede der fra maj til august": how long somebody lived somewhere,
/// which begins no move.
fn lived_from_to(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>, left: &[&str]) -> bool {
    let Some(sentence) = u.sentence_at(hit.span.start) else {
        return false;
    };
    let lived = |words: &[&str]| {
        words.iter().any(|w| {
            matches!(
                *w,
                "жив"
                    | "жила"
                    | "жили"
                    | "мешкав"
                    | "мешкала"
                    | "мешкали"
                    | "прожив"
                    | "прожила"
                    | "прожили"
                    | "boede"
                    | "boet"
            )
        })
    };
    let words = u.words(sentence.words.clone());
    let context = DateContext::new(m.today, Purpose::Move);
    let opens = |word: Option<&&str>| matches!(word, Some(&("з" | "із" | "зі" | "від" | "fra")));
    let closes = |word: Option<&&str>| matches!(word, Some(&("до" | "по" | "til")));
    if !lived(&words) || !(opens(left.last()) || closes(left.last())) {
        return false;
    }
    dates::find(&u.said, u.lang(), &context)
        .iter()
        .any(|other| {
            let beside = cues::left(u, 0, other.span.start);
            sentence.bytes.contains(&other.span.start)
                && if opens(left.last()) {
                    other.span.start > hit.span.end && closes(beside.last())
                } else {
                    other.span.end < hit.span.start && opens(beside.last())
                }
        })
}

/// Whether an hour stands right beside a day, and nothing that tells of a home or a journey.
fn has_hour(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let Some(sentence) = u.sentence_at(span.start) else {
        return false;
    };
    let behind = u.word_at(span.end);
    let near = u.words(behind..(behind + 4).min(sentence.words.end.max(behind)));
    let hour = near.windows(2).any(|w| {
        matches!(w[0], "klokken" | "kl") || matches!(w[0], "о" | "об") && w[1].chars().count() > 2
    });
    let home = u.words(sentence.words.clone()).iter().any(|w| {
        [
            "flyt",
            "indflyt",
            "rykk",
            "sov",
            "overnat",
            "nøgle",
            "rejs",
            "kom",
            "переї",
            "заїха",
            "засел",
            "ночув",
            "спа",
            "приїха",
            "приліт",
            "прилет",
            "перебра",
            "в'їха",
            "вселил",
        ]
        .iter()
        .any(|stem| w.starts_with(stem) && *w != "komme")
    });
    hour && !home
}

/// «Через тиждень чи два», "om en uge eller to": nobody knows yet.
pub(super) fn or_another(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let next = u.word_at(hit.span.end);
    let words = u.words(next..(next + 2).min(u.word_tokens.len()));
    hit.value.kind == DateKind::Relative
        && matches!(
            words.as_slice(),
            [
                "чи" | "або" | "eller",
                "два" | "дві" | "три" | "to" | "tre",
                ..
            ]
        )
}

/// A day that may be another one of the move, beside the one that both sides agreed on.
pub(super) fn stands_beside(m: &mut Memory, key: &str, heard: &Heard) {
    if let Some(belief) = m
        .beliefs
        .get_mut(key)
        .filter(|b| b.value() != Some(&heard.value))
    {
        belief.beside(Rival {
            value: heard.value.clone(),
            evidence: vec![heard.evidence.clone()],
        });
    }
}

/// "Okay, siden den 5. maj" of what the citizen told in passing («сестра спить там з п'ятого травня») puts no day right on
/// which both sides agreed, and nobody objected to.
pub(super) fn repeats_what_was_told(
    m: &Memory,
    u: &Utterance<'_>,
    purpose: Use,
    date: Date,
) -> bool {
    let Some(slot) = m.belief("move_date").and_then(|b| b.slot()) else {
        return false;
    };
    let said = |who: Speaker| slot.evidence.iter().any(|e| e.speaker == who);
    let by_both = said(Speaker::Staff) && said(Speaker::Citizen);
    // "Sov du der den fredag?" – «Ні, значить, субота, дев'ятнадцяте»: the day is what they talk about.
    let just = slot
        .evidence
        .iter()
        .any(|e| e.speaker == Speaker::Staff && e.turn + 2 >= u.turn.n);
    let discussed = just
        && m.asked_before
            .questions()
            .all(|t| matches!(t, Topic::MoveDate | Topic::Arrival));
    let told =
        told_before(m, purpose, date) && !m.heard_before.iter().any(|key| key == "move_date");
    let rights = u.all_words().iter().any(|w| {
        matches!(*w, "rettet" | "retter" | "ændret" | "ændrer")
            || w.starts_with("flyttedato")
            || w.starts_with("indflytning")
    });
    u.is_staff()
        && purpose == Use::Move
        && by_both
        && told
        && !discussed
        && !m.objected_before
        && !rights
}

/// «Там моя сестра живе з п'ятого травня»: since when somebody else lives somewhere.
pub(super) fn of_others(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let clause = u.words(u.words_in(&clause(u, &hit.span)));
    // «Син живе тут зі мною з двадцятого», to the question when they moved in: one's own day.
    let own = |w: &&str| matches!(*w, "я" | "ми" | "мною" | "нами");
    !u.is_staff()
        && m.mover == 0
        && (clause.iter().any(|w| matches!(*w, "живе" | "мешкає")) || they_leave(&clause))
        && !clause.iter().any(own)
}

/// «Вони виїжджають тридцятого»: those who lived in the new home until now.
fn they_leave(clause: &[&str]) -> bool {
    let they = clause.iter().any(|w| {
        matches!(
            *w,
            "вони" | "він" | "вона" | "мешканці" | "орендарі" | "хазяїн" | "хазяйка"
        )
    });
    let leave = clause.iter().any(|w| {
        [
            "виїжджа",
            "виїде",
            "виїдуть",
            "з'їжджа",
            "з'їде",
            "з'їдуть",
            "звільня",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    they && leave
}

/// "Okay, siden den 5. maj": the day that the citizen has just told of somebody else.
fn repeats_of_others(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    u.is_staff()
        && hit
            .value
            .date
            .is_some_and(|date| told_before(m, Use::Nothing, date))
}

/// Whether the other side has just named a day, in whatever year: what is told without one may be taken for the next.
fn told_before(m: &Memory, purpose: Use, date: Date) -> bool {
    m.dates_before.iter().any(|(used, day)| {
        *used == purpose && (day.month(), day.day()) == (date.month(), date.day())
    })
}

/// "Du kom til Danmark den 10. marts", «приїхала до Данії десятого»: of who is not known to arrive from abroad, a day that is
/// none of a move within the country.
pub(super) fn is_of_the_border(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| matches!(*w, "danmark" | "landet" | "данію" | "данії") || w.starts_with("кордон"))
}
