//! A room in somebody's home: asked about ("så det er et værelse, hos hende?"), put down by the employee ("så bliver det
//! et værelse"), told in so few words that nothing else explains them («Кімната внизу», «мені виділили мансарду»).

use super::kind::of_elsewhere;
use super::{begins, fill, has, question, starts, suppose};
use crate::reader::belief::{Act, Belief, Heard};
use crate::reader::memory::Memory;
use crate::reader::replies;
use crate::reader::sentences::Sentence;
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
    if !answered(m, u) && m.mover == 0 {
        told(m, u);
    }
}

fn set(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, value: &str) {
    if m.text(KEY) == Some(value) {
        return;
    }
    let act = if m.has(KEY) { Act::Correct } else { Act::Say };
    let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.75);
    m.hear(KEY, heard.act(act));
}

/// "Værelse", "kælderværelse", and no bathroom.
fn is_room(word: &str) -> bool {
    let word = word.trim_end_matches("et").trim_end_matches('t');
    (word.ends_with("værels") || word.ends_with("værelse"))
        && !begins(word, &["bade", "sove", "børne", "kollegie", "vente"])
}

const OLD: [&str; 8] = [
    "boede",
    "boet",
    "havde",
    "gamle",
    "før",
    "lejede",
    "tidligere",
    "fra",
];

/// "Så bliver det et værelse", "jeg skriver det som et værelse", "så hun er logivært, og du får et værelse".
fn put_down(m: &mut Memory, u: &Utterance<'_>) {
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question && u.written
            || has(&words, &["ikke", "eller", "hvis", "hvor", "mange"])
            || has(&words, &OLD)
        {
            continue;
        }
        let indefinite = |w: &&str| is_room(w) && w.ends_with("værelse");
        let Some(at) = words.iter().position(indefinite) else {
            continue;
        };
        let puts = has(
            &words[..at],
            &[
                "bliver", "skriver", "noterer", "sætter", "krydser", "vælger",
            ],
        );
        let gets = words[..at].windows(2).any(|w| {
            matches!(w[0], "får" | "har" | "lejer") && matches!(w[1], "du" | "i" | "et")
                || matches!(w[0], "du" | "i" | "han" | "hun")
                    && matches!(w[1], "får" | "har" | "lejer" | "bor")
        });
        if puts {
            set(m, u, sentence, "room");
        } else if gets {
            fill(m, u, KEY, "room", sentence.words.clone());
        }
    }
}

/// "På et værelse hos dem?" – «Угу, з вікном на яблуню»; "et værelse eller hele lejligheden?" – «Цілу».
fn answered(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let staff = question(m);
    let room = staff.iter().any(|w| is_room(w));
    let Some(first) = u.sentences.first() else {
        return false;
    };
    let words = u.all_words();
    let whole = words.iter().take(2).any(|w| {
        matches!(
            *w,
            "цілу"
                | "цілий"
                | "ціла"
                | "весь"
                | "всю"
                | "усю"
                | "увесь"
                | "все"
                | "усе"
        )
    });
    let leases = has(&staff, &["lejer", "leje", "lejet", "låner"]);
    if has(&staff, &["hele"]) && leases && whole && m.mover == 0 {
        if !m.has(KEY) || m.text(KEY) == Some("room") {
            set(m, u, first, "rented_private");
        }
        return true;
    }
    let sublet = starts(&staff, &["fremlej"]);
    if !room || sublet || has(&staff, &["eller", "mange", "hvilket"]) || has(&staff, &OLD) {
        return false;
    }
    let reply = replies::reply(u);
    if reply.objected || whole {
        return true;
    }
    let named = starts(
        &words,
        &["кімнат", "мансард", "гостьов", "комір", "кабінет", "підвал"],
    );
    let gets = has(
        &words,
        &[
            "дали",
            "дав",
            "дала",
            "матиму",
            "матиме",
            "має",
            "свою",
            "своя",
        ],
    ) || starts(&words, &["маленьк", "окрем", "найкращ"]);
    let sure =
        m.text(KEY) == Some("rented_social") && !m.belief(KEY).is_some_and(Belief::is_unsure);
    if !(reply.agreed || named || gets) || sure || kept(m) {
        return false;
    }
    set(m, u, first, "room");
    true
}

/// A home with rooms of its own: an institution, a hall, as far as that is sure.
fn kept(m: &Memory) -> bool {
    let whole = matches!(
        m.text(KEY),
        Some("institution" | "student_hall" | "crisis_centre" | "municipal_temporary")
    );
    whole && !m.belief(KEY).is_some_and(Belief::is_unsure)
}

const ROOMS: [&str; 14] = [
    "кімната",
    "кімнату",
    "кімнаті",
    "кімнатка",
    "кімнатку",
    "кімнатці",
    "мансарда",
    "мансарду",
    "мансарді",
    "комірчина",
    "комірчину",
    "гостьова",
    "гостьову",
    "комнату",
];

/// «Кімната внизу», «Моя кімната в підвалі», «кімнату винайняв», «там кімната в пані Доріт».
fn told(m: &mut Memory, u: &Utterance<'_>) {
    let staff = question(m);
    let old = m.asked.asks(Topic::OldAddress) && !m.asked.asks(Topic::NewAddress)
        || has(&staff, &OLD) && !has(&staff, &["nye", "hen"]);
    let of_old = m.heard_now.iter().any(|k| k.starts_with("from."))
        && !m.heard_now.iter().any(|k| k.starts_with("to."));
    if old || of_old || kept(m) {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let Some(at) = words.iter().position(|w| ROOMS.contains(w)) else {
            continue;
        };
        if sentence.question && u.written
            || of_elsewhere(&words)
            || is_other(&words, at)
            || numbered(u, sentence.words.start + at)
        {
            continue;
        }
        let near = &words[at.saturating_sub(4)..words.len().min(at + 5)];
        let mine = has(
            near,
            &[
                "мені", "нам", "мене", "моя", "мою", "моїй", "я", "маю", "нас", "ми", "наша",
                "нашу",
            ],
        );
        let third = has(
            near,
            &[
                "він",
                "вона",
                "йому",
                "їй",
                "їм",
                "вони",
                "його",
                "її",
                "дядько",
            ],
        );
        if third && !mine && m.mover == 0 {
            continue;
        }
        let rents = starts(
            near,
            &[
                "знім",
                "знял",
                "знят",
                "винайм",
                "винайн",
                "орендую",
                "здає",
            ],
        );
        // «Кімната в пані Доріт», or to a question for the home.
        let with = matches!(words.get(at + 1), Some(&("в" | "у" | "від")));
        let answers =
            at <= 2 && (with || starts(&staff, &["lej", "bolig", "værelse", "hvor", "gård"]));
        if !m.has(KEY) && (mine || rents || answers) {
            // Where nobody asked what kind of home it is, the room may only be the one they sleep in.
            if m.asked.asks(Topic::DwellingType) || rents {
                fill(m, u, KEY, "room", sentence.words.clone());
            } else {
                suppose(m, u, KEY, "room", sentence.words.clone());
            }
            return;
        }
        let less = m.text(KEY) == Some("rented_private")
            || matches!(m.text(KEY), Some("owned" | "cooperative"))
                && m.heard_now.iter().any(|k| k == KEY);
        if less && (mine || rents) {
            set(m, u, sentence, "room");
            return;
        }
    }
}

/// «Кімната сім»: its number, in an address.
fn numbered(u: &Utterance<'_>, word: usize) -> bool {
    u.word_tokens
        .get(word + 1)
        .is_some_and(|&next| tolkebot_values::numbers::read_at(&u.tokens, next, u.lang()).is_some())
}

/// A bathroom, a child's room, several rooms, a room of a flat or of a hall.
fn is_other(words: &[&str], at: usize) -> bool {
    let before = &words[at.saturating_sub(2)..at];
    let mine = has(before, &["мені", "нам", "мою", "моя"]);
    has(
        before,
        &[
            "ванна",
            "ванну",
            "дитяча",
            "дитячу",
            "спальна",
            "не",
            "прохідна",
            "дві",
            "три",
            "чотири",
            "друга",
            "другу",
            "дитині",
            "дітям",
            "пральна",
            "кожна",
        ],
    ) || starts(
        words,
        &[
            "гуртож",
            "колегі",
            "общаг",
            "хостел",
            "двокімнат",
            "трикімнат",
            "готел",
            "лікарн",
            "шпитал",
        ],
    ) || starts(words, &["забра", "обіця", "прос", "потім", "шука", "хоч"])
        || has(words, &["більше", "менше", "буде"])
        || !mine && starts(words, &["квартир"])
}
