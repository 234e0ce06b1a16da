//! The passport read aloud: the employee spells what stands there, or asks what does.

use tolkebot_values::names;

use super::belief::Heard;
use super::memory::Memory;
use super::people::{Ref, Who};
use super::topic::Topic;
use super::utterance::Utterance;
use super::whereabouts::capital;

/// "V-E-R-O-N-I-K-A, ja, med k. Hrytsai.": the employee spells the given name of the passport that they were given;
/// the surname may stand alone behind it.
pub(super) fn spelled_out(
    m: &mut Memory,
    u: &Utterance<'_>,
    span: &std::ops::Range<usize>,
    latin: &str,
) -> bool {
    let given = Memory::key(0, "given_names");
    let shown = m.shown.iter().any(|(paper, _)| *paper == "passport");
    if !u.is_staff() || !u.written || m.mover != 0 || !shown || m.talked > 8 || m.has(&given) {
        return false;
    }
    let word = capital(latin);
    let found = names::find(&word, tolkebot_protocol::Lang::Da);
    let listed = found
        .first()
        .is_some_and(|f| f.value.given().is_some() && f.value.gender.is_some());
    if !listed {
        return false;
    }
    m.hear(
        &given,
        Heard::new(word, u.evidence(span.clone()), 0.85).spelled(),
    );
    let alone = u.sentences.iter().find(|s| {
        s.bytes.start >= span.end && s.words.len() == 1 && {
            let token = u.token(s.words.start);
            token.capital && token.text.chars().count() >= 4 && !token.is_cyrillic()
        }
    });
    let common = |w: &str| {
        matches!(
            w,
            "godt" | "fint" | "tak" | "okay" | "sådan" | "super" | "perfekt" | "flot"
        )
    };
    if let Some(sentence) = alone.filter(|s| !common(&u.token(s.words.start).text)) {
        let span = u.token(sentence.words.start).span.clone();
        let said = u.said.get(span.clone()).unwrap_or("").to_owned();
        m.hear(
            &Memory::key(0, "surname"),
            Heard::new(said, u.evidence(span), 0.7),
        );
    }
    true
}

/// "K-R-A-V-E-T-S, fint" from the passport on the table, or "hvad står der i passet?" with the name in answer: the
/// mover's name is spelled as in the passport.
pub(super) fn read_out(m: &Memory, u: &Utterance<'_>, refs: &[Ref]) -> bool {
    let named = |field: &str| Memory::key(m.mover, field);
    let now = |field: &str| m.heard_now.iter().any(|k| *k == named(field));
    let others = refs.iter().any(|r| match r.who {
        Who::Person(id) => !r.pronoun && id != m.mover,
        Who::Me => false,
    });
    if others || !(now("given_names") || now("surname")) {
        return false;
    }
    if u.is_staff() && has_it(u) {
        return m.mover == 0 && u.spellings().is_empty();
    }
    if u.is_staff() {
        let shown = m.shown.iter().any(|(paper, _)| *paper == "passport");
        return shown && !u.spellings().is_empty() && u.emails().is_empty();
    }
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    m.mover == 0
        && staff(&["passet", "pas", "passets"])
        && staff(&["står", "kalder", "ifølge", "lyder"])
        && m.asked.asks(Topic::Name)
}

/// "Jeg har passet her: Dmytrenko Zhanna", "i passet står der …": the employee holds it.
pub(super) fn has_it(u: &Utterance<'_>) -> bool {
    u.all_words().windows(4).any(|w| {
        matches!(
            w,
            ["jeg", "har", "passet" | "pas", _]
                | ["har", "dit", "pas", _]
                | ["i", "passet", "står", _]
                | ["passet", "står", "der", _]
        )
    })
}
