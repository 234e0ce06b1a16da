//! A street that the employee names and the citizen completes: "Og den lejlighed var på Jernaldervej" –
//! «Двісті сорок п'ять, перша сал ліворуч».

use tolkebot_values::numbers::Read;

use super::*;

/// Takes the number with which the citizen's turn begins for the street that the employee named without one.
pub(super) fn complete(m: &mut Memory, u: &Utterance<'_>) {
    let Some(place) = m.street_open.take().filter(|_| !u.is_staff()) else {
        return;
    };
    let key = format!("{}.house_number", place.prefix());
    let answered = u.addresses().iter().any(|a| a.value.street.is_some()) || m.has(&key);
    let street = m.has(&format!("{}.street_name", place.prefix()));
    if answered || !street || m.objected {
        return;
    }
    let filler =
        |word: &str| matches!(word, "так" | "це" | "номер" | "будинок" | "у" | "а" | "там");
    let words = u.all_words();
    let Some(first) = words.iter().position(|w| !filler(w)).filter(|at| *at <= 3) else {
        return;
    };
    let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[first], u.lang())
    else {
        return;
    };
    if read.is_ordinal() || !(1..=999).contains(&read.value) || counts(u, read.end) {
        return;
    }
    let read = settled(u, read);
    let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
    m.hear(
        &key,
        Heard::new(read.value.to_string(), u.evidence(span), 0.75),
    );
    m.place = Some(place);
    m.place_turn = m.turns;
}

/// «Тринадцять днів тому», «двоє дітей»: a number of something.
fn counts(u: &Utterance<'_>, end: usize) -> bool {
    const COUNTED: &[&str] = &[
        "дн",
        "день",
        "тиж",
        "місяц",
        "рок",
        "рік",
        "год",
        "хвилин",
        "ноч",
        "ніч",
        "раз",
        "діт",
        "люд",
        "осіб",
        "кімнат",
        "крон",
    ];
    u.tokens.get(end).is_some_and(|next| {
        next.is_word() && COUNTED.iter().any(|stem| next.text.starts_with(stem))
    })
}

/// «Дванадцять. Чи двадцять? … Двадцять два, каже»: of several tries the last one that is no question.
fn settled(u: &Utterance<'_>, first: Read) -> Read {
    let doubts = u.all_words().iter().any(|w| {
        matches!(
            *w,
            "чи" | "ні" | "ой" | "стривайте" | "стійте" | "тобто" | "вибачте" | "каже"
        )
    });
    if !doubts {
        return first;
    }
    let mut at = first.end;
    let mut last = first;
    while at < u.tokens.len() {
        let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, at, u.lang()) else {
            at += 1;
            continue;
        };
        at = read.end.max(at + 1);
        let span = &u.tokens[read.start].span;
        let asks = u.sentence_at(span.start).is_some_and(|s| s.question);
        let opens = read.start.checked_sub(1).is_none_or(|before| {
            let before = &u.tokens[before];
            !before.is_word() || matches!(before.text.as_str(), "ні" | "ой" | "тобто" | "вибачте")
        });
        if opens && !asks && !read.is_ordinal() && (1..=999).contains(&read.value) {
            last = read;
        }
    }
    last
}

/// "Toogtyve, ja": the employee repeats the house number that was asked for, and better than it was heard.
pub(super) fn number_again(m: &mut Memory, u: &Utterance<'_>) {
    let Some(place) = m.place.filter(|_| u.is_staff() && recently(m)) else {
        return;
    };
    let key = format!("{}.house_number", place.prefix());
    let asked = m.asked_before.asks(Topic::HouseNumber);
    if !asked || !m.has(&key) || m.heard_now.contains(&key) {
        return;
    }
    let words = u.all_words();
    let Some(first) = words
        .iter()
        .position(|w| {
            !matches!(
                *w,
                "så" | "ja" | "nå" | "altså" | "okay" | "nummer" | "fint"
            )
        })
        .filter(|at| *at <= 2)
    else {
        return;
    };
    let start = u.word_tokens[first];
    let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, start, u.lang()) else {
        return;
    };
    let pause = u.tokens.get(read.end).is_none_or(|next| {
        !next.is_word() || matches!(next.text.as_str(), "ja" | "tak" | "fint" | "så")
    });
    if read.is_ordinal() || !(1..=999).contains(&read.value) || !pause {
        return;
    }
    let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
    let heard = Heard::new(read.value.to_string(), u.evidence(span), 0.85).act(Act::Correct);
    say(m, u, &key, heard);
}

/// Keeps in mind which address has a street and no number after the employee's turn.
pub(super) fn keep(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        return;
    }
    let streets: Vec<&Found<Address>> = u
        .addresses()
        .iter()
        .filter(|a| a.value.street.is_some())
        .collect();
    let Some(only) = streets.last() else { return };
    if only.value.number.is_some() {
        return;
    }
    let name = only.value.street.as_ref().map(|s| s.value.name.clone());
    m.street_open = [Place::Old, Place::New].into_iter().find(|place| {
        let key = format!("{}.street_name", place.prefix());
        let offered = m
            .offers
            .iter()
            .any(|(k, heard)| *k == key && heard.value.as_str() == name.as_deref());
        (m.text(&key) == name.as_deref() || offered)
            && !m.has(&format!("{}.house_number", place.prefix()))
    });
}
