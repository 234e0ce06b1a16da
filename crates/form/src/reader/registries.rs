//! Where a marriage, a divorce or a death was entered, when the office is told by the town's adjective («луцький РАЦС»,
//! «у Рандерській ратуші») or beside a wedding that nobody asked for («розписані, сьомого липня …, в Нікополі»).

use tolkebot_protocol::Lang;
use tolkebot_values::places::{self, PlaceKind};

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

const PLACE: &str = "arrival.marital_status_authority";
const DAY: &str = "arrival.marital_status_date";
const STATUS: &str = "arrival.marital_status";

/// Offices that keep such registers.
const OFFICES: [&str; 9] = [
    "рацс",
    "драцс",
    "загс",
    "рагс",
    "ратуш",
    "мері",
    "управ",
    "магістрат",
    "суд",
];

/// Words of the event itself.
const EVENTS: [&str; 9] = [
    "розпис",
    "одружи",
    "побрал",
    "вінча",
    "шлюб",
    "розлуч",
    "розвел",
    "поховал",
    "помер",
];

/// Reads the office.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let now = m.heard_now.iter().any(|key| key == PLACE);
    if u.is_staff() || m.from_abroad.is_none() || m.has(PLACE) && !now {
        return;
    }
    let asked = m
        .asked
        .asks_any(&[Topic::Married, Topic::MaritalDate, Topic::MaritalPlace]);
    let dated = m.heard_now.iter().any(|key| key == DAY);
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let office = words.iter().any(|w| starts(w, &OFFICES));
        let event = words.iter().any(|w| starts(w, &EVENTS));
        if sentence.question || !(asked || dated || event || office && m.has(STATUS)) {
            continue;
        }
        if let Some((at, town)) = by_adjective(&words) {
            let court = words[at + 1..].iter().take(2).any(|w| w.starts_with("суд"));
            // «В Житомирському РАЦСі» answers with the office, «луцький РАЦС видав» says whose paper it is.
            let inside = at > 0
                && matches!(words[at - 1], "у" | "в")
                && !words[..at - 1].iter().any(|w| w.starts_with("запис"));
            let name = if court {
                format!("Retten i {town}")
            } else if inside {
                super::asked_of_newcomers::registry(u, &town)
            } else {
                town
            };
            let word = sentence.words.start + at;
            hear(m, name, u.evidence_of_words(&(word..word + 1)));
            return;
        }
        let told = !now && !asked && (dated || office && m.has(STATUS));
        if told && let Some((town, bytes)) = named(u, sentence) {
            hear(m, town, u.evidence(bytes));
            return;
        }
    }
}

fn hear(m: &mut Memory, town: String, evidence: crate::state::Evidence) {
    let act = if m.has(PLACE) { Act::Correct } else { Act::Say };
    let heard = Heard::new(town, evidence, 0.7).unsure(true).act(act);
    m.hear(PLACE, heard);
}

fn starts(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

/// «… в Нікополі»: the town of the sentence behind its preposition.
fn named(u: &Utterance<'_>, sentence: &Sentence) -> Option<(String, std::ops::Range<usize>)> {
    let place = u.places().iter().find(|p| {
        let inside = matches!(
            super::cues::left(u, 0, p.span.start).last(),
            Some(&("у" | "в"))
        );
        p.value.kind == PlaceKind::ForeignTown && inside && sentence.bytes.contains(&p.span.start)
    })?;
    Some((place.value.name.clone(), place.span.clone()))
}

/// «Луцький РАЦС», «у стрийському загсі»: the town of an adjective right before its office, and where it stands.
fn by_adjective(words: &[&str]) -> Option<(usize, String)> {
    (0..words.len()).find_map(|at| {
        let office = words[at + 1..].iter().take(2).any(|w| starts(w, &OFFICES));
        // «Київський районний РАЦС, Харків» lies in another town.
        let district = words.get(at + 1).is_some_and(|w| w.starts_with("район"));
        let town = town_of(words[at]).filter(|_| office && !district)?;
        Some((at, town))
    })
}

/// «Сумський» → Sumy, «лісабонська» → Lissabon, «рандерській» → Randers.
fn town_of(adjective: &str) -> Option<String> {
    const ENDS: [&str; 9] = ["ого", "ому", "ими", "ий", "ій", "им", "а", "у", "е"];
    let base = ENDS.iter().find_map(|end| adjective.strip_suffix(end))?;
    let (stem, tails): (&str, &[&str]) = if let Some(stem) = base.strip_suffix("ськ") {
        let stem = stem.trim_end_matches('ь');
        (
            stem,
            &[
                "", "и", "ь", "а", "ськ", "с", "са", "си", "е", "о", "й", "я", "ка",
            ],
        )
    } else if let Some(stem) = base.strip_suffix("цьк") {
        (stem, &["цьк", "ця", "ць", "ка"])
    } else {
        (base.strip_suffix("зьк")?, &["жжя", "зьк", "га", "з"])
    };
    if stem.chars().count() < 2 {
        return None;
    }
    tails.iter().find_map(|tail| {
        let mut letters = stem.chars().chain(tail.chars());
        let first = letters.next()?.to_uppercase();
        let name: String = first.chain(letters).collect();
        let found = places::find(&name, Lang::Uk);
        let place = found.first().filter(|p| p.span == (0..name.len()))?;
        let town = match place.value.kind {
            PlaceKind::ForeignTown => place.value.name.clone(),
            PlaceKind::DanishTown => places::base(&place.value.name).to_owned(),
            _ => return None,
        };
        (place.confidence >= 0.9).then_some(town)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_of_towns_name_them() {
        for (adjective, town) in [
            ("сумському", Some("Sumy")),
            ("луцький", Some("Lutsk")),
            ("стрийський", Some("Stryi")),
            ("одеський", Some("Odesa")),
            ("вінницький", Some("Vinnytsia")),
            ("рандерській", Some("Randers")),
            ("міський", None),
            ("український", None),
            ("законний", None),
        ] {
            assert_eq!(town_of(adjective).as_deref(), town, "{adjective}");
        }
    }
}
