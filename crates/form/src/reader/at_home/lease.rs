//! The paper of the home, told in passing: «договір осьде», «папір у сумці, ось», «контракт на пошту пришле».

use super::{begins, fill, has, question, starts};
use crate::reader::lease::another_paper_asked;
use crate::reader::memory::Memory;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "dwelling.lease_document";

pub(super) const LEASE: [&str; 16] = [
    "договор",
    "договір",
    "контракт",
    "угод",
    "купч",
    "тінґлюст",
    "тінглюст",
    "скьод",
    "суборенд",
    "лейєконтракт",
    "орендн",
    "догово",
    "fremlej",
    "lejekontrakt",
    "lejeaftale",
    "skøde",
];

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        staff(m, u);
        return;
    }
    if m.has(KEY) || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    let asked = (m.asked.asks(Topic::Lease) || asks(&question(m)))
        && !m.asked.asks(Topic::LeaseStart)
        && !has(&question(m), &["datoen", "alene", "hvem"]);
    let home = m.asked.asks_any(&[Topic::DwellingType, Topic::HostName])
        && starts(
            &question(m),
            &[
                "lej", "udlej", "ejer", "egen", "eget", "købt", "din", "privat",
            ],
        );
    let all = u.all_words();
    if another_paper_asked(m, &all)
        || m.staff_words.iter().any(|w| w.starts_with("gift"))
        || m.asked.asks(Topic::Custody)
        || m.asked.asks(Topic::PowerOfAttorney)
    {
        return;
    }
    for (at, sentence) in u.sentences.iter().enumerate() {
        let words = u.words(sentence.words.clone());
        let noun = words.iter().position(|w| {
            begins(w, &LEASE) || home && begins(w, &["папір", "папірц", "папери", "документ"])
        });
        let paper =
            noun.is_some_and(|_| asked || home && starts(&question(m), &["kontrakt", "aftale"]));
        if sentence.question || theirs(&words) || of_work(&words) || !(paper || asked && at == 0) {
            continue;
        }
        // «…, договір осьде» without signs: the words beside it.
        let near = match noun {
            Some(noun) if words.len() > 12 => {
                words[noun.saturating_sub(4)..words.len().min(noun + 7)].to_vec()
            }
            _ => words.clone(),
        };
        let next = u
            .sentences
            .get(at + 1)
            .map(|s| u.words(s.words.clone()))
            .filter(|w| w.len() <= 5);
        let told = told(&near, asked)
            .or_else(|| next.and_then(|next| told(&next, false).filter(|v| *v == "shown")));
        if let Some(value) = told {
            fill(m, u, KEY, value, sentence.words.clone());
            return;
        }
    }
}

/// A contract of work, another paper.
pub(super) fn of_work(words: &[&str]) -> bool {
    starts(
        words,
        &[
            "робот",
            "аспіран",
            "зарплат",
            "свідоцтв",
            "довірен",
            "доручен",
            "шлюб",
            "паспорт",
            "суд",
            "опік",
        ],
    ) && !starts(words, &["оренд"])
        && !words
            .iter()
            .any(|w| begins(w, &["здає", "здают", "знімаю", "знімаєм"]))
}

/// "Har du noget skriftligt?", "har i papir på det?", "er der skøde?", "og aftalen med ham?"
pub(super) fn asks(staff: &[&str]) -> bool {
    starts(
        staff,
        &[
            "kontrakt",
            "lejekontrakt",
            "lejeaftale",
            "skøde",
            "fremlejeaftale",
            "overdragelsesaftale",
            "købsaftale",
        ],
    ) || has(staff, &["skriftligt", "aftalen", "skrift"])
        || staff
            .windows(2)
            .any(|w| matches!(w, ["papir", "på"] | ["papirer", "på"]))
}

/// «Договір на ньому»: whose it is.
fn theirs(words: &[&str]) -> bool {
    words
        .windows(2)
        .any(|w| w[0] == "на" && matches!(w[1], "ньому" | "ній" | "нього" | "неї" | "них" | "маму"))
        && !starts(words, &["копі", "ксеро", "ось"])
}

fn told(words: &[&str], asked: bool) -> Option<&'static str> {
    let missing = starts(
        words,
        &[
            "забу",
            "принес",
            "донес",
            "пришл",
            "пошл",
            "надішл",
            "загуб",
            "скин",
            "дошл",
        ],
    ) && !has(
        words,
        &[
            "принесла",
            "принесли",
            "приніс",
            "прислав",
            "надіслала",
            "скину",
        ],
    ) || has(words, &["пізніше", "шухляді"])
        || asked && has(words, &["нема", "немає", "усно"])
        || words.windows(2).any(|w| {
            matches!(
                w,
                ["вдома" | "дома", "лежить" | "лишився"] | ["на", "словах"]
            )
        });
    if missing {
        return Some("missing");
    }
    if starts(words, &["копі", "ксеро"]) {
        return Some("copy");
    }
    let shows = has(
        words,
        &[
            "ось",
            "осьо",
            "осьде",
            "бачите",
            "дивіться",
            "подивіться",
            "показую",
            "тримайте",
            "нате",
            "оце",
            "сумці",
            "собою",
            "папці",
            "обкладинці",
            "файлику",
            "конверті",
            "кишені",
            "покажу",
        ],
    ) || words.windows(2).any(|w| {
        matches!(w[0], "лишу" | "лишіть" | "подав") || matches!(w, ["при", "собі" | "мені"])
    });
    let signed = starts(words, &["підписан", "підписал"]) && !has(words, &["не", "ще"]);
    let is = asked && has(words, &["є", "маю", "маємо"]);
    let here = asked && has(words, &["тут", "прошу"]);
    (shows || asked && signed || is || here).then_some("shown")
}

/// "… kan jeg se på jeres kontrakt": it lies there; "kontrakten mangler jeg"; "så er der ikke tale om nogen kontrakt".
fn staff(m: &mut Memory, u: &Utterance<'_>) {
    if m.has(KEY) || m.host.is_none() && m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question
            || !starts(
                &words,
                &["kontrakt", "lejekontrakt", "lejeaftale", "lejemål"],
            )
        {
            continue;
        }
        let sees = words.windows(3).any(|w| {
            matches!(
                w,
                ["kan", "jeg", "se"] | ["står", "der", "på"] | ["jeg", "kan", "se"]
            )
        }) && words.windows(2).any(|w| w[0] == "på");
        let none = words.windows(2).any(|w| {
            matches!(
                w,
                ["ikke", "tale"] | ["ikke", "et"] | ["ingen", "kontrakt"] | ["nogen", "kontrakt"]
            )
        }) && has(&words, &["ikke", "ingen"])
            && !has(&words, &["endnu", "har"]);
        let lacks =
            starts(&words, &["mangl"]) && !has(&words, &["pas", "passet", "kort", "kortet", "cpr"]);
        let value = if none {
            "not_needed"
        } else if lacks {
            "missing"
        } else if sees {
            "shown"
        } else {
            continue;
        };
        fill(m, u, KEY, value, sentence.words.clone());
        return;
    }
}
