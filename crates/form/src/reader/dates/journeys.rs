//! The day of a journey told before anybody knew that it led from abroad: «Приїхав позавчора», «перетнули міст у суботу»,
//! "hvornår kom du?" – «Десятого». It waits, and is the day of arrival once somebody is known to come from there.

use super::*;

/// The citizen's own day, and one of somebody else, for whom they may report.
const OWN: &str = "abroad.came_on";
const THEIRS: &str = "abroad.they_came_on";

/// Who comes reports it within weeks.
const LATELY: i32 = 90;

/// Words of a journey.
const JOURNEY: [&str; 16] = [
    "приїха",
    "прибув",
    "прибул",
    "прилет",
    "перетну",
    "перетин",
    "в'їха",
    "вїха",
    "кордон",
    "доїха",
    "добрали",
    "рейс",
    "літак",
    "аеропорт",
    "вокзал",
    "висадил",
];

/// Words of moving in and of sleeping somewhere.
const INTO: [&str; 9] = [
    "засел",
    "вселил",
    "ночу",
    "ночув",
    "спав",
    "спал",
    "спим",
    "оселил",
    "кімнат",
];

/// Keeps the day, and takes it for the arrival when that is what the conversation is about.
pub(in crate::reader) fn read(m: &mut Memory, u: &Utterance<'_>) {
    // What the employee says of the arrival in the meantime is answered first.
    if u.is_staff() {
        return;
    }
    told(m, u);
    if m.from_abroad.is_none()
        || m.has("arrival.date")
        || m.text("case.move_type") == Some("to_abroad")
    {
        return;
    }
    let key = match m.mover {
        0 => OWN,
        _ if m.has(THEIRS) => THEIRS,
        _ => OWN,
    };
    let kept = m.belief(key).and_then(|b| b.slot()).cloned();
    let Some(slot) = kept else { return };
    if let (Some(day), Some(evidence)) = (slot.value, slot.evidence.first().cloned()) {
        m.hear("arrival.date", Heard::new(day, evidence, 0.7));
    }
}

fn told(m: &mut Memory, u: &Utterance<'_>) {
    let asked = asks_of_journey(m);
    let context = DateContext::new(m.today, Purpose::Move)
        .with_anchor(m.anchor)
        .with_tense(Some(Tense::Past));
    let hits: Vec<(Found<DateReading>, Date)> = dates::find(&u.said, u.lang(), &context)
        .into_iter()
        .filter_map(|hit| hit.value.date.map(|day| (hit, day)))
        .filter(|(hit, day)| {
            let question = u.sentence_at(hit.span.start).is_some_and(|s| s.question);
            let refused = cues::left(u, 0, hit.span.start).last() == Some(&"не");
            (0..=LATELY).contains(&(m.today - *day).get_days()) && !question && !refused
        })
        .collect();
    let says = |range: Range<usize>, stems: &[&str]| {
        u.words(range)
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let in_clause =
        |hit: &Found<DateReading>, stems: &[&str]| says(u.words_in(&clause(u, &hit.span)), stems);
    let travels = |hit: &Found<DateReading>| {
        in_clause(hit, &JOURNEY) || crosses_bridge(&u.words(u.words_in(&clause(u, &hit.span))))
    };
    let beside = |hit: &Found<DateReading>| {
        u.written
            && u.sentence_at(hit.span.start)
                .is_some_and(|s| says(s.words.clone(), &JOURNEY))
    };
    let free = |hit: &Found<DateReading>| !in_clause(hit, &INTO);
    let pick = |fits: &dyn Fn(&Found<DateReading>) -> bool| {
        hits.iter()
            .filter(|(hit, _)| fits(hit))
            .max_by_key(|(hit, _)| (is_whole(hit), hit.span.start))
            .cloned()
    };
    let chosen = pick(&travels)
        .or_else(|| pick(&|hit| beside(hit) && free(hit)))
        .or_else(|| pick(&|hit| asked && free(hit)));
    let Some((hit, day)) = chosen else { return };
    let key = if of_somebody_else(m, u, &hit, asked) {
        THEIRS
    } else {
        OWN
    };
    // What is told of the journey first stands; a question for it brings another.
    if asked || !m.has(key) {
        m.note(key, &day.to_string(), u.evidence(hit.span.clone()));
    }
}

/// A day and a month, and no weekday beside them.
fn is_whole(hit: &Found<DateReading>) -> bool {
    matches!(hit.value.kind, DateKind::Absolute | DateKind::YearInferred)
}

/// «Перетнули міст», «переїхали через міст»
fn crosses_bridge(words: &[&str]) -> bool {
    let bridge = words
        .iter()
        .any(|w| matches!(*w, "міст" | "мостом" | "границю" | "границі"));
    let crosses = words.iter().any(|w| {
        ["переїха", "проїха", "перейш", "їха"]
            .iter()
            .any(|s| w.starts_with(s))
    });
    bridge && crosses
}

/// "Hvornår kom du?", "hvilken dag landede I?", "indrejsedato?": not "hvornår kom I ind i boligen?"
fn asks_of_journey(m: &Memory) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let entry = m
        .staff_words
        .iter()
        .any(|w| w.starts_with("indrejse") || w == "indrejst");
    let when = says(&["hvornår", "dag", "dato"]);
    let came = says(&[
        "kom", "kommet", "ankom", "ankommet", "landede", "landet", "kommer",
    ]);
    let home = says(&[
        "ind",
        "boligen",
        "lejligheden",
        "huset",
        "værelset",
        "papirer",
    ]);
    entry || when && came && (!home || says(&["danmark"]))
}

/// «Дружина вчора приїхала», "hvornår kom hun?"
fn of_somebody_else(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>, asked: bool) -> bool {
    let words = u
        .sentence_at(hit.span.start)
        .map(|s| u.words(s.words.clone()))
        .unwrap_or_default();
    let me = words
        .iter()
        .any(|w| matches!(*w, "я" | "ми" | "нас" | "мене" | "мною" | "нами"));
    let relative = words
        .iter()
        .any(|w| super::super::kin::kin(w, u.lang()).is_some() || matches!(*w, "її" | "його"));
    let third = asked && m.staff_words.iter().any(|w| w == "han" || w == "hun");
    third || relative && !me && !asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bridge_is_crossed_by_those_who_drive() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert!(crosses_bridge(&words("переїхали міст у суботу")));
        assert!(!crosses_bridge(&words("живемо за міст")));
    }
}
