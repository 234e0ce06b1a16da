//! What is told of another home than the one moved into, of other people's homes and of homes to come.

use super::facts::{Fact, Hit};
use super::kin::kin;
use super::memory::{Memory, Place};
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

/// Whether the words of a hit are about something else than the home or the wish of the mover.
pub(super) fn is_meant(m: &Memory, u: &Utterance<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    let words = u.words(sentence.words.clone());
    let before = &words[..hit.words.start];
    if u.is_staff() {
        // "Og I kom fra den midlertidige bolig på …": the home that is left.
        return hit.row.key == "dwelling.type"
            && before
                .windows(2)
                .rev()
                .take(3)
                .any(|w| w[0] == "fra" && matches!(w[1], "den" | "det" | "jeres" | "din" | "dit"));
    }
    match (hit.row.key, hit.row.fact) {
        ("dwelling.type", Fact::Text(kind)) => {
            matches!(kind, "room" | "student_hall") && (lately(&words) || abroad(m, &words))
                // «Одна кімната, тільки для нього», in a care home.
                || kind == "room" && m.text("dwelling.type") == Some("institution")
                || to_come(&words, hit)
                || another_kind(m, &words, kind)
        }
        // «Він сам живе в Ассентофті»: where whoever lets the home lives.
        ("dwelling.others_registered", Fact::Yes) => lives_elsewhere(u, sentence, hit),
        // «Чоловікові не треба» of who is not to be protected.
        ("protection.requested", Fact::No) => before
            .last()
            .is_some_and(|w| kin(w, u.lang()).is_some() || matches!(*w, "йому" | "їй" | "їм")),
        // «Батьків давно поховала»
        ("arrival.marital_status", Fact::Text("E")) => {
            let has = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
            has(&["батьк", "маму", "тата", "матір", "бабус", "дідус"])
                && !has(&["вдов", "удов", "чоловік", "дружин", "жінк"])
        }
        // «Копія її паспорта», «ось свідоцтво»: another paper than that of the home.
        ("dwelling.lease_document", _) => other_paper(&words),
        _ => false,
    }
}

/// «П'ять ночей у гуртожитку», «там ми два роки в одній кімнаті»: so long somebody was where they are no more.
fn lately(words: &[&str]) -> bool {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let still = words.iter().any(|w| {
        [
            "живу",
            "живем",
            "мешка",
            "знімаю",
            "знімаєм",
            "винайма",
            "орендую",
            "орендуєм",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let nights = has(&["ночі", "ночей"]);
    let years = has(&["рік", "роки", "років", "місяців", "місяці"])
        && has(&[
            "там",
            "були",
            "був",
            "була",
            "жили",
            "жив",
            "жила",
            "прожили",
        ]);
    !still && (nights || years)
}

/// «Сто дванадцять. Вони там лишаються» of the address that is left.
pub(super) fn old_home_told(m: &Memory) -> bool {
    let heard = |start: &str| m.heard_now.iter().any(|key| key.starts_with(start));
    heard("from.") && !heard("to.") && m.place == Some(Place::Old)
}

/// The address abroad is being told.
fn abroad(m: &Memory, words: &[&str]) -> bool {
    let heard = |start: &str| m.heard_now.iter().any(|key| key.starts_with(start));
    let here = words
        .iter()
        .any(|w| matches!(*w, "тут" | "тепер" | "зараз"));
    heard("abroad.") && !heard("to.") && !here
}

/// «Поки своє знайду»: a home that nobody has yet.
fn to_come(words: &[&str], hit: &Hit) -> bool {
    let own = matches!(
        &words[hit.words.clone()],
        ["своє" | "свій" | "своя" | "свою"]
    );
    let sought = words.iter().any(|w| {
        ["знай", "шука", "куп", "збуд", "назбира"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    own && sought
}

/// What somebody else is or has, asked about them: «орендарка від товариства», «приватний, він і є власник».
fn another_kind(m: &Memory, words: &[&str], kind: &str) -> bool {
    let mine = words.iter().any(|w| {
        matches!(*w, "я" | "ми" | "мій" | "наш" | "наша" | "наше")
            || [
                "знімаю",
                "знімаєм",
                "винайма",
                "орендую",
                "орендуєм",
                "наймаю",
                "наймаєм",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let of_host = m.asked.asks(Topic::HostRole) && !m.asked.asks(Topic::DwellingType);
    let lets = m
        .staff_words
        .iter()
        .any(|w| w.ends_with("udlejer") || w.ends_with("udlejeren"));
    // «Орендарка, від товариства» of whoever sublets.
    let of_host = of_host || words.iter().any(|w| w.starts_with("орендар"));
    !mine && (kind == "rented_social" && of_host || kind == "owned" && lets)
}

/// A town or a street is named behind the words.
fn lives_elsewhere(u: &Utterance<'_>, sentence: &Sentence, hit: &Hit) -> bool {
    let from = u.token(sentence.words.start + hit.words.start).span.start;
    let inside = |at: usize| at > from && sentence.bytes.contains(&at);
    let words = u.words(sentence.words.clone());
    let third = words.iter().any(|w| matches!(*w, "він" | "вона" | "вони"));
    let lives = matches!(&words[hit.words.clone()], ["живе" | "живуть"]);
    lives && third && u.places().iter().any(|p| inside(p.span.start))
        || words[hit.words.end..]
            .first()
            .is_some_and(|w| matches!(*w, "окремо" | "деінде"))
}

/// A passport, a certificate or a power of attorney and no lease beside it.
fn other_paper(words: &[&str]) -> bool {
    let names = |stems: &[&str]| {
        words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    names(&["паспорт", "свідоцтв", "довіреніст", "фулдмахт", "доручен"])
        && !names(&["догов", "контракт", "оренд", "купч", "пай"])
}
