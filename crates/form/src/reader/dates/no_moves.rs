//! Days that look like the day of a move and are none: visits, years lived somewhere, and what nobody knows yet.

use super::*;

/// How much speaks against a day: "så siger vi den tiende klokken tolv", «жила там з першого березня до першого вересня».
pub(super) fn against_a_move(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    left: &[&str],
) -> i32 {
    let since = matches!(left.last(), Some(&("з" | "із" | "зі" | "від" | "fra")));
    if lived_from_to(m, u, hit, left) {
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
    dates::find(&u.turn.text, u.lang(), &context)
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
