//! A day that answers by itself: it opens the answer to the question when somebody moves, and what is told behind it
//! explains it or tells of other days.

use super::super::mood::mood;
use super::*;

/// What the day that opens the answer weighs.
pub(super) const AT_ONCE: i32 = 8;

/// What speaks against a day that only gives a reason.
pub(super) const REASON: i32 = 8;

/// "Hvornår flytter du ind?" – «Двадцять восьмого лютого, у неділю, перед рейсом»: nothing stands before the day.
pub(super) fn answers_at_once(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let dates = || m.asked.questions().filter(|topic| topic.is_date());
    let asked = m.asked.asks(Topic::MoveDate)
        && dates().all(|topic| topic == Topic::MoveDate)
        && !told_when(&m.staff_words)
        && !asks_of_arrival(m);
    // «У неділю. Не ту, а цю, шостого»: a mere weekday may be explained by the day.
    let exact = matches!(
        hit.value.kind,
        DateKind::BareDay | DateKind::Absolute | DateKind::YearInferred
    ) && !before_today(u, hit);
    asked
        && exact
        && !u.is_staff()
        && u.words(0..u.word_at(hit.span.start))
            .iter()
            .all(|w| opens(w))
        && !of_other_matter(u, hit)
        && !tells_more(u, hit)
}

/// "Hvornår sagde du …", "hvornår fik I brevet": asked is when something else happened.
pub(super) fn told_when(staff: &[String]) -> bool {
    staff.windows(2).any(|w| {
        w[0] == "hvornår"
            && matches!(
                w[1].as_str(),
                "sagde"
                    | "fortalte"
                    | "skrev"
                    | "fik"
                    | "opdagede"
                    | "meldte"
                    | "søgte"
                    | "betalte"
            )
    })
}

/// "Hvornår kom du?" of who arrives from abroad and has not told it yet.
fn asks_of_arrival(m: &Memory) -> bool {
    m.from_abroad.is_some()
        && !m.has("arrival.date")
        && m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "kom" | "ankom" | "landede" | "rejste" | "hertil"
            )
        })
}

/// «Тридцятого, сьогодні»: the word behind says which day it is.
fn before_today(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let next = u.word_at(hit.span.end);
    let end = (next + 1).min(u.word_tokens.len()).max(next);
    u.words(next..end).iter().any(|w| {
        matches!(
            *w,
            "сьогодні" | "вчора" | "учора" | "позавчора" | "завтра" | "післязавтра"
        )
    })
}

/// Words that may stand before the day itself.
fn opens(word: &str) -> bool {
    matches!(
        word,
        "ну" | "так"
            | "ага"
            | "угу"
            | "та"
            | "то"
            | "ой"
            | "е"
            | "ні"
            | "десь"
            | "аж"
            | "вже"
            | "уже"
            | "тільки"
            | "лише"
            | "лиш"
            | "щойно"
            | "саме"
            | "якраз"
            | "у"
            | "в"
            | "з"
            | "із"
            | "зі"
            | "від"
            | "на"
            | "о"
            | "цей"
            | "цього"
            | "цю"
            | "цієї"
            | "той"
            | "ту"
            | "минулої"
            | "минулого"
            | "ми"
            | "я"
            | "обоє"
            | "вчора"
            | "учора"
            | "сьогодні"
            | "завтра"
            | "позавчора"
            | "післязавтра"
    ) || is_weekday(word)
}

fn is_weekday(word: &str) -> bool {
    [
        "понеділ",
        "вівтор",
        "серед",
        "четвер",
        "п'ятниц",
        "субот",
        "неділ",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}

/// «Першого ключі, а переїдемо п'ятого», «шостого здаємо стару»: a day of other things.
fn of_other_matter(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let next = u.word_at(hit.span.end);
    let sentence = u.sentence_at(hit.span.start);
    let last = sentence.map_or(u.word_tokens.len(), |s| s.words.end);
    let end = (next + 3).min(last).max(next);
    u.words(next..end).iter().any(|w| {
        [
            "ключ",
            "догов",
            "контракт",
            "оренд",
            "віддам",
            "віддає",
            "здам",
            "здає",
            "здаю",
            "виїжд",
            "виїзд",
            "з'їжд",
            "підпис",
            "шаф",
            "мебл",
            "реч",
            "диван",
            "короб",
            "завез",
            "возил",
            "носил",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    })
}

/// «У п'ятницю приїхала подивитися, учора й спала»: behind the day stands where they slept or lived, and may be the answer.
fn tells_more(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let next = u.word_at(hit.span.end);
    u.words(next..u.word_tokens.len()).iter().any(|w| {
        [
            "спа",
            "спим",
            "ноч",
            "засел",
            "всел",
            "переїха",
            "переїд",
            "переб",
            "заїха",
            "заїд",
            "живу",
            "живе",
            "заноч",
            "лягл",
            "самі",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    })
}

/// «Двадцять восьмого, бо тридцятого вже лекції»: a second day that only says why it was the first.
pub(super) fn gives_a_reason(left: &[&str]) -> bool {
    left.iter()
        .any(|w| matches!(*w, "бо" | "оскільки" | "адже"))
        || left.windows(2).any(|w| w == ["тому", "що"])
}

/// "Sov I der samme nat?" – «Ні, перші дві в готелі, а тут з двадцять четвертого»
pub(super) fn denies_same_night(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let same = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "samme" && matches!(w[1].as_str(), "nat" | "dag" | "aften"));
    let moves = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "sov" | "overnattede" | "flyttede" | "flytning" | "flytningen"
        )
    });
    let border = is_of_the_border(&u.words(u.words_in(&clause(u, &hit.span))));
    !u.is_staff() && !border && same && moves && u.all_words().first() == Some(&"ні")
}

/// "Hvornår er I indrejst, og hvornår flyttede I ind?": two days are asked for, and the one behind the arrival is the move's.
pub(super) fn asks_both(m: &Memory) -> bool {
    !m.staff_speaks && m.asked.asks(Topic::Arrival) && m.asked.asks(Topic::MoveDate)
}

/// «Десятого заїхали до Данії»: over the border, and into no home yet.
pub(super) fn only_crosses(words: &[&str]) -> bool {
    let home = words.iter().any(|w| {
        [
            "спа",
            "спим",
            "ноч",
            "засел",
            "всел",
            "жив",
            "жит",
            "ляг",
            "оселил",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    is_of_the_border(words) && !home
}

/// "Fra i fredags, den trettende?" – «Ні, у п'ятницю я ще спав у кума. Тут з неділі, п'ятнадцятого»: the day that is denied,
/// where another one stands beside it.
pub(super) fn leave_denied(
    m: &Memory,
    u: &Utterance<'_>,
    uses: &[(Found<DateReading>, Use, i32)],
    mine: &mut Vec<&(Found<DateReading>, Use, i32)>,
) {
    let first = uses.first().map_or(0, |(hit, ..)| hit.span.start);
    let denies = mood(u).objected || u.all_words().first() == Some(&"ні");
    let named = |hit: &Found<DateReading>| {
        // «Ні, кордон шістнадцятого. А сплю там з вісімнадцятого»: what stands first is denied.
        hit.span.start == first
            && hit
                .value
                .date
                .is_some_and(|day| m.dates_seen_before.contains(&day))
    };
    if denies && mine.iter().any(|(hit, _, _)| !named(hit)) {
        mine.retain(|(hit, _, _)| !named(hit));
    }
}

/// "Sov I der i nat?" – «Так, обоє»: the night that began yesterday was the first one there.
pub(super) fn slept_last_night(m: &mut Memory, u: &Utterance<'_>, days: &[Date]) -> bool {
    let key = "move_date";
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asked = says(&["sov", "sovet", "overnattede", "overnattet"])
        && !says(&["hvornår", "første"])
        && m.staff_words
            .windows(2)
            .any(|w| w[0] == "i" && w[1] == "nat");
    let Ok(yesterday) = m.today.yesterday() else {
        return false;
    };
    let known = m.text(key).and_then(|day| day.parse::<Date>().ok());
    let other = known.is_some_and(|day| day != yesterday)
        || days.iter().any(|day| *day < yesterday || *day > m.today);
    if u.is_staff() || !asked || !mood(u).agreed || other {
        return false;
    }
    let heard = Heard::new(yesterday.to_string(), u.evidence(0..0), 0.7);
    m.hear(key, heard);
    true
}

/// "Hvornår var din første nat?" – «У неділю»: the one that is over.
pub(super) fn asked_of_past(m: &Memory) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    m.asked.asks(Topic::MoveDate)
        && says(&[
            "var",
            "flyttede",
            "sov",
            "overnattede",
            "rykkede",
            "kom",
            "skete",
            "siden",
        ])
        && !says(&[
            "skal", "flytter", "vil", "bliver", "sover", "rykker", "kommer",
        ])
}
