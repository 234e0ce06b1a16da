//! A marriage, a divorce or a death that is told without having been asked for: «Ми розписані, сьомого липня …», «розлучилися
//! двадцять сьомого березня …», "er der en mand?" – «На кладовищі мій чоловік».

use jiff::civil::Date;
use tolkebot_values::dates::{self, DateContext, DateKind, Purpose, Tense};

use super::belief::Heard;
use super::memory::Memory;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

const STATUS: &str = "arrival.marital_status";
const DAY: &str = "arrival.marital_status_date";

const MARRIED: [&str; 6] = [
    "розписан",
    "розписал",
    "одружил",
    "побрал",
    "повінча",
    "вінчан",
];
const PARTED: [&str; 3] = ["розлучил", "розвел", "розлучен"];
const WIDOWED: [&str; 5] = ["поховал", "помер", "загинув", "загинула", "кладовищ"];

/// Reads it where the arrival of who speaks is the matter and nobody has asked.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m
        .asked
        .asks_any(&[Topic::Married, Topic::MaritalDate, Topic::MaritalPlace]);
    if u.is_staff() || asked || m.from_abroad.is_none() || m.has(STATUS) || m.mover != 0 {
        return;
    }
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        let Some(status) = told(m, &words) else {
            continue;
        };
        // «На кладовищі мій чоловік. Поховали ми Зенона …»
        let later = || {
            let mut others = u.sentences.iter().filter(|s| {
                let words = u.words(s.words.clone());
                words
                    .iter()
                    .any(|w| WIDOWED.iter().any(|stem| w.starts_with(stem)))
            });
            others.find_map(|s| day_in(m.today, u, s))
        };
        let day = day_in(m.today, u, sentence).or_else(|| (status == "E").then(later).flatten());
        if day.is_none() && status != "E" {
            continue;
        }
        m.hear(
            STATUS,
            Heard::new(status, u.evidence(0..0), 0.65).unsure(true),
        );
        if let Some((day, bytes)) = day.filter(|_| !m.has(DAY)) {
            let heard = Heard::new(day.to_string(), u.evidence(bytes), 0.65);
            m.hear(DAY, heard.unsure(true));
        }
        return;
    }
}

/// What a sentence about oneself tells.
fn told(m: &Memory, words: &[&str]) -> Option<&'static str> {
    let starts = |stems: &[&str]| {
        words.iter().enumerate().any(|(at, w)| {
            let refused = at > 0 && words[at - 1] == "не";
            !refused && stems.iter().any(|s| w.starts_with(s))
        })
    };
    // «Мама з татом розлучилися», «донька одружилась»
    let of_others = words.iter().any(|w| {
        [
            "мам",
            "мати",
            "тато",
            "тат",
            "батьк",
            "брат",
            "сестр",
            "донь",
            "доч",
            "син",
            "подруг",
            "сусід",
            "бабус",
            "дід",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let spouse = words.windows(2).any(|w| {
        let own = |w: &str| matches!(w, "мій" | "моя" | "мого" | "мою");
        let mate = |w: &str| matches!(w, "чоловік" | "дружина" | "чоловіка" | "дружину" | "жінка");
        own(w[0]) && mate(w[1]) || mate(w[0]) && own(w[1])
    }) || says(&["mand", "kone", "ægtefælle", "manden", "konen"]);
    if starts(&WIDOWED) && spouse {
        return Some("E");
    }
    let third = words.iter().any(|w| matches!(*w, "він" | "вона" | "вони"))
        && !words.iter().any(|w| matches!(*w, "я" | "ми"));
    if of_others || third {
        return None;
    }
    if starts(&PARTED) {
        return Some("F");
    }
    starts(&MARRIED).then_some("G")
}

/// The last day of the sentence that names its year.
fn day_in(
    today: Date,
    u: &Utterance<'_>,
    sentence: &Sentence,
) -> Option<(Date, std::ops::Range<usize>)> {
    let context = DateContext::new(today, Purpose::Birth).with_tense(Some(Tense::Past));
    dates::find(&u.said, u.lang(), &context)
        .into_iter()
        .filter(|hit| sentence.bytes.contains(&hit.span.start))
        .filter(|hit| hit.value.kind == DateKind::Absolute)
        .filter_map(|hit| Some((hit.value.date?, hit.span)))
        .rfind(|(day, _)| *day <= today)
}
