//! What kind of home it is, by what a question takes for granted ("hvilket hus har I købt?", "på krisecentret?", "og du
//! lejer det?") and by what the employee puts down ("udlejer er Bent Kofoed, privatperson", "så sætter jeg «andet»").

use super::lessors::{SOCIAL, rents_oneself};
use super::{begins, fill, has, home, starts};
use crate::reader::belief::{Act, Heard};
use crate::reader::memory::Memory;
use crate::reader::replies;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "dwelling.type";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    if u.is_staff() {
        put_down(m, u);
        return;
    }
    let staff: Vec<String> = m.staff_words.clone();
    let staff: Vec<&str> = staff.iter().map(String::as_str).collect();
    let old = has(&staff, &["boede", "boet", "gamle", "tidligere"])
        || m.asked.asks(Topic::OldAddress) && !m.asked.asks(Topic::NewAddress);
    if old {
        return;
    }
    rents_from(m, u, &staff);
    if m.has(KEY) {
        return;
    }
    let all = 0..u.word_tokens.len();
    let value = taken_for_granted(m, u, &staff).or_else(|| told(m, u, &staff));
    if let Some(value) = value {
        fill(m, u, KEY, value, all);
    }
}

fn put_down(m: &mut Memory, u: &Utterance<'_>) {
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question && u.written || has(&words, &["ikke", "eller", "hvis", "boede"]) {
            continue;
        }
        let puts = has(
            &words,
            &[
                "sætter", "vælger", "skriver", "noterer", "krydser", "bliver",
            ],
        ) || starts(&words, &["boligtype"])
            || has(&words, &["type"]);
        let else_ = words.iter().enumerate().any(|(at, w)| {
            *w == "andet" && matches!(words.get(at + 1).copied().unwrap_or(""), "" | "som" | "så")
        });
        let private = starts(&words, &["privatperson"])
            || words
                .windows(2)
                .any(|w| w[0] == "privat" && begins(w[1], &["udlej", "lejemål"]));
        let lent = starts(&words, &["kommun"])
            && starts(&words, &["midlertidig"])
            && has(
                &words,
                &["givet", "stillet", "anvist", "skaffet", "fundet", "har"],
            );
        let value = if else_ && puts {
            "other"
        } else if lent {
            "municipal_temporary"
        } else if has(&words, &["institution"]) && puts {
            "institution"
        } else if private && m.host.is_none() && !m.has(KEY) {
            "rented_private"
        } else {
            continue;
        };
        if m.text(KEY) != Some(value) {
            let act = if m.has(KEY) { Act::Correct } else { Act::Say };
            let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.75);
            m.hear(KEY, heard.act(act));
        }
        return;
    }
}

/// "På krisecentret?" – «Так, там»; "hvilket hus har I købt?"; "bor I fast i et sommerhus?"
fn taken_for_granted(m: &Memory, u: &Utterance<'_>, staff: &[&str]) -> Option<&'static str> {
    let reply = replies::reply(u);
    if reply.objected || has(staff, &["eller", "ikke", "hvis"]) {
        return None;
    }
    let you = |verb: &str| {
        staff
            .windows(2)
            .any(|w| w[1] == verb && matches!(w[0], "du" | "i"))
            || staff
                .windows(2)
                .any(|w| w[0] == verb && matches!(w[1], "du" | "i"))
    };
    if starts(staff, &["krisecent"]) && reply.agreed {
        return Some("crisis_centre");
    }
    if starts(staff, &["plejehjem", "plejecent", "bosted", "botilbud"]) && reply.agreed {
        return Some("institution");
    }
    if starts(staff, &["sommerhus", "fritidshus"]) && has(staff, &["bor", "fast", "helår"]) {
        return Some("holiday_home");
    }
    if has(staff, &["købt"]) && you("har") && m.host.is_none() && (reply.agreed || staff.len() > 4)
    {
        return Some("owned");
    }
    let sublet = starts(staff, &["fremlejeaftale", "fremlejekontrakt", "fremlejet"]);
    (sublet && has(staff, &["har"]) && reply.agreed).then_some("sublet")
}

fn told(m: &Memory, u: &Utterance<'_>, staff: &[&str]) -> Option<&'static str> {
    u.sentences.iter().find_map(|sentence| {
        let words = u.words(sentence.words.clone());
        if sentence.question && words.len() > 3
            || has(&words, &["раніше", "колись", "якби", "якщо"])
        {
            return None;
        }
        let value = by_words(m, &words, staff);
        value.filter(|kind| *kind != "owned" || !starts(&u.all_words(), &["дач", "кімнат"]))
    })
}

fn by_words(m: &Memory, words: &[&str], staff: &[&str]) -> Option<&'static str> {
    let third = has(words, &["він", "вона", "вони"]);
    let ours = has(words, &["ми", "я", "мені", "нам", "нас", "мене"]);
    let sublet = starts(
        words,
        &["піднайм", "піднайом", "суборенд", "субаренд", "фремле"],
    );
    let passed = has(words, &["здав", "здала", "здає", "передав", "передала"])
        && has(words, &["мені", "нам"])
        && starts(words, &["орендар", "наймач"]);
    if (sublet && (ours || !third) || passed) && !starts(words, &["кімнат"]) && m.mover == 0 {
        return Some("sublet");
    }
    let cared = has(words, &["заклад", "закладі", "закладу"])
        && (starts(words, &["догляд"])
            || m.asked.asks(Topic::NewAddress)
            || has(words, &["вже", "переходить", "переїжджає", "живе"]));
    if cared && !starts(words, &["навчальн", "харчув"]) {
        return Some("institution");
    }
    let commune =
        starts(words, &["комун", "муніцип"]) || words.windows(2).any(|w| w == ["від", "вас"]);
    let short = starts(words, &["тимчас"])
        || words
            .windows(2)
            .any(|w| matches!(w, ["на", "час"] | ["до", "кінця"]));
    let given = starts(
        words,
        &[
            "дал",
            "підшука",
            "виділ",
            "отримав",
            "отримал",
            "посели",
            "надал",
            "знайш",
        ],
    );
    if commune && short && given {
        return Some("municipal_temporary");
    }
    if starts(words, &["сомергус", "сомерхус", "соммергус", "сомархус"])
    {
        return Some("holiday_home");
    }
    if starts(words, &["кооператив", "пайов"])
        && starts(words, &["внес", "внесок", "внеск", "пай"])
        && !third
        && (ours || starts(staff, &["lej", "ejer", "andel"]))
    {
        return Some("cooperative");
    }
    let own = has(staff, &["eget", "egen", "ejet", "købt"])
        && !has(
            staff,
            &[
                "navn",
                "postkasse",
                "nummer",
                "værelse",
                "mobil",
                "han",
                "hun",
                "hendes",
                "hans",
                "deres",
                "kasse",
                "boks",
                "mail",
            ],
        );
    let bought = has(
        words,
        &[
            "купили",
            "купив",
            "купила",
            "купували",
            "викупили",
            "придбали",
        ],
    ) || words
        .iter()
        .take(4)
        .any(|w| matches!(*w, "наше" | "наш" | "наша" | "моє" | "моя"));
    let other = starts(
        words,
        &[
            "дач",
            "кімнат",
            "сестр",
            "брат",
            "мам",
            "тат",
            "син",
            "доньк",
        ],
    );
    (own && bought && !other && m.host.is_none()).then_some("owned")
}

/// "Hvem udlejer?" – «Один грек, у нього ресторан»; "lejer du af kommunen?" – «Так»; «ми від товариства».
fn rents_from(m: &mut Memory, u: &Utterance<'_>, staff: &[&str]) {
    let words = u.all_words();
    let third = has(&words, &["вона", "він", "вони"]) && !rents_oneself(&words);
    let first = u
        .sentences
        .first()
        .map(|s| u.words(s.words.clone()))
        .unwrap_or_default();
    let ours = has(&words, &["ми", "я", "нам", "мені", "нас", "мене", "себе"]);
    let social = starts(&words, &SOCIAL)
        && words
            .windows(2)
            .any(|w| matches!(w[0], "від" | "через" | "у" | "в") && !home(w[1]));
    let value = if social && ours && !third && m.host.is_none() {
        "rented_social"
    } else if agreed_to_rent(m, u, staff) {
        let lessor = starts(
            staff,
            &["kommunen", "boligfor", "boligsel", "almen", "selskab"],
        );
        if lessor || social {
            "rented_social"
        } else {
            "rented_private"
        }
    } else if asks_who_lets(staff) && names_somebody(&first) && !social {
        "rented_private"
    } else {
        return;
    };
    let mistaken = m.text(KEY) == Some("crisis_centre") && m.heard_now.iter().any(|k| k == KEY);
    let evidence = u.evidence_of_words(&(0..u.word_tokens.len()));
    let heard = Heard::new(value, evidence, 0.65);
    if mistaken {
        m.hear(KEY, heard.act(Act::Correct));
    } else if !m.has(KEY) {
        m.hear(KEY, heard.unsure(value == "rented_private"));
    }
}

/// "Og du lejer det?" – «Так, у Гітте»; "lejer I af kommunen?" – «так, платимо комуні».
fn agreed_to_rent(m: &Memory, u: &Utterance<'_>, staff: &[&str]) -> bool {
    let rents = staff.windows(2).any(|w| {
        matches!(w, ["du" | "i", "lejer"] | ["lejer", "du" | "i"])
            || matches!(w, ["er", "det"]) && has(staff, &["leje"])
    });
    let pays = has(&u.all_words(), &["плачу", "платимо"]);
    let reply = replies::reply(u);
    rents
        && !has(staff, &["eller", "ejer", "værelse", "hvem", "ud", "hvad"])
        && !starts(staff, &["kontrakt", "fremlej"])
        && (reply.agreed || pays && !reply.objected)
        && m.host.is_none()
        && m.mover == 0
}

/// "Hvem udlejer den nye?", "hvem skylder du husleje?"
fn asks_who_lets(staff: &[&str]) -> bool {
    has(staff, &["hvem"])
        && (has(staff, &["udlejer", "husleje", "huslejen"])
            || staff.windows(2).any(|w| w == ["lejer", "ud"]))
        && !has(staff, &["eller", "er"])
}

/// An answer that is a person or a firm, and no yes or no.
fn names_somebody(first: &[&str]) -> bool {
    let opens = first.first().copied().unwrap_or("");
    let none = starts(first, &["комун", "муніцип", "кімнат"])
        || has(
            first,
            &["ніхто", "не", "ні", "знаю", "він", "вона", "управителька"],
        );
    (2..=14).contains(&first.len()) && !none && !matches!(opens, "так" | "ні" | "ми" | "я")
}
