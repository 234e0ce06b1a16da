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
    let filler = |word: &str| {
        matches!(
            word,
            "так"
                | "це"
                | "номер"
                | "будинок"
                | "у"
                | "а"
                | "там"
                | "угу"
                | "ага"
                | "да"
                | "ну"
                | "атож"
                | "еге"
                | "точно"
        )
    };
    let Some(read) = first_number(u, filler) else {
        return;
    };
    let row = digits_follow(u, read.end) > 1;
    if read.is_ordinal() || !(1..=999).contains(&read.value) || counts(u, read.end) || row {
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

/// "Husnummeret er tolv?" – «Дванадцять, …», before any street was understood: the number of the home that is spoken
/// of.
pub(super) fn number_alone(m: &mut Memory, u: &Utterance<'_>) {
    let street = |place: Place| m.has(&format!("{}.street_name", place.prefix()));
    let named = u.addresses().iter().any(|a| a.value.street.is_some());
    let abroad = m.from_abroad.is_some() || m.text("case.move_type") == Some("to_abroad");
    if u.is_staff()
        || !m.asked.asks(Topic::HouseNumber)
        || m.asked
            .asks_any(&[Topic::OldAddress, Topic::Phone, Topic::Cpr])
        || m.asked_before.asks(Topic::OldAddress)
        || named
        || abroad
        || street(Place::New)
        || street(Place::Old)
    {
        return;
    }
    let filler = |word: &str| matches!(word, "так" | "це" | "номер" | "ага" | "ні" | "будинок");
    let Some(read) = first_number(u, filler) else {
        return;
    };
    if read.is_ordinal()
        || !(1..=999).contains(&read.value)
        || counts(u, read.end)
        || digits_follow(u, read.end) > 0
    {
        return;
    }
    let read = settled(u, read);
    let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
    let heard = Heard::new(read.value.to_string(), u.evidence(span), 0.6).unsure(true);
    m.hear("to.house_number", heard);
    m.place = Some(Place::New);
    m.place_turn = m.turns;
}

/// The number that a turn begins with, behind at most three words that say nothing.
fn first_number(u: &Utterance<'_>, filler: impl Fn(&str) -> bool) -> Option<Read> {
    let words = u.all_words();
    let first = words
        .iter()
        .position(|w| !filler(w))
        .filter(|at| *at <= 3)?;
    tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[first], u.lang())
}

/// How many numbers follow behind a comma each, as in somebody's telephone number; none where they are a postal code
/// («сорок п'ять, вісім, два, один, нуль»).
pub(in crate::reader) fn digits_follow(u: &Utterance<'_>, mut at: usize) -> usize {
    let (mut count, mut digits) = (0, String::new());
    while u.tokens.get(at).is_some_and(|t| t.is_sign(','))
        && let Some(next) = tolkebot_values::numbers::read_at(&u.tokens, at + 1, u.lang())
            .filter(|next| !next.is_ordinal())
    {
        count += 1;
        digits.push_str(&next.digits);
        at = next.end;
    }
    if postal::lookup(&digits).is_some() {
        return 0;
    }
    count
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
pub(super) fn settled(u: &Utterance<'_>, first: Read) -> Read {
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

/// "I bor på Vestergade, kan jeg se. Nummer otteoghalvtreds, …", «…, так. Номер сорок вісім»: the house number of
/// the street that was named without one, announced as a number and not asked for.
pub(super) fn numbered(m: &mut Memory, u: &Utterance<'_>) {
    let Some(place) = m.place.filter(|p| recently(m) && *p != Place::Contact) else {
        return;
    };
    let key = format!("{}.house_number", place.prefix());
    let street = m.has(&format!("{}.street_name", place.prefix()));
    let other = m
        .asked
        .asks_any(&[Topic::Cpr, Topic::Phone, Topic::BirthDate, Topic::Name]);
    if !street || m.has(&key) || other && !u.is_staff() {
        return;
    }
    let read = (0..u.word_tokens.len()).find_map(|word| {
        let announced = matches!(u.token(word).text.as_str(), "nummer" | "номер" | "будинок");
        let opens = u.sentences.iter().any(|s| s.words.start == word)
            || u.tokens[..u.word_tokens[word]]
                .last()
                .is_some_and(|t| t.is_sign(','))
            // "der står godhåbsvej nummer femogfyrre", without any sign
            || !u.written && u.is_staff();
        let next = u.word_tokens[word] + 1;
        let read = tolkebot_values::numbers::read_at(&u.tokens, next, u.lang())
            .filter(|_| announced && opens)?;
        // A pause, or a floor right behind: no row of digits.
        let ends = u.tokens.get(read.end).is_none_or(|next| !next.is_word());
        (ends && !read.is_ordinal() && (1..=999).contains(&read.value)).then_some(read)
    });
    let Some(read) = read else { return };
    if digits_follow(u, read.end) > 0 {
        return;
    }
    let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
    let heard = Heard::new(read.value.to_string(), u.evidence(span), 0.75);
    say(m, u, &key, heard);
}

/// "Og dit værelse, har det et nummer?" – «Триста сімнадцять.»: the room's number is the door.
pub(super) fn room_number(m: &mut Memory, u: &Utterance<'_>) {
    let room = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "værelse" | "værelset" | "værelsesnummer" | "værelsesnummeret"
        )
    });
    let pair = |a: &str, b: &[&str]| {
        m.staff_words
            .windows(2)
            .any(|w| w[0].starts_with(a) && b.contains(&w[1].as_str()))
    };
    // "Og nummeret på døren?"
    let door = pair("på", &["døren"]) && m.staff_words.iter().any(|w| w.starts_with("nummer"))
        || m.staff_words.iter().any(|w| w.starts_with("dørnummer"));
    let asks = m.staff_words.len() <= 3
        || pair("hvilket", &["værelse"])
        || m.staff_words
            .iter()
            .any(|w| w.starts_with("nummer") || w.starts_with("værelsesnummer"));
    let key = "to.door";
    // A room is one of the new home, also where its street is not known yet.
    let home = m.has("to.street_name")
        || m.has("to.location_name")
        || m.has("to.floor")
        || matches!(
            m.text("dwelling.type"),
            Some("student_hall" | "institution" | "room")
        );
    if u.is_staff() || !(room || door) || !asks || !home || m.heard_now.iter().any(|k| k == key) {
        return;
    }
    let filler = |word: &str| {
        matches!(
            word,
            "номер" | "кімната" | "у" | "мене" | "це" | "так" | "ага"
        )
    };
    let Some(read) = first_number(u, filler) else {
        return;
    };
    let next = u.tokens.get(read.end);
    let pause = next.is_none_or(|next| !next.is_word());
    // «Двісті чотирнадцята, другий сал»: a room has a number of its own, and no floor begins with so many.
    let told = read.value >= 20 && next.is_none_or(|n| !n.text.starts_with("поверх"));
    let runs_on = !u.written && told && !counts(u, read.end);
    if read.is_ordinal() && !(room && told)
        || !(1..=999).contains(&read.value)
        || !pause && !runs_on
        || digits_follow(u, read.end) > 0
    {
        return;
    }
    let read = settled(u, read);
    let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
    let heard = Heard::new(read.value.to_string(), u.evidence(span), 0.75);
    let act = if m.has(key) { Act::Correct } else { Act::Say };
    m.hear(key, heard.act(act));
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

/// "Syvogtredive? På kontrakten læser jeg niogtredive.": the employee doubts the house number by what is written.
pub(super) fn written_otherwise(m: &mut Memory, u: &Utterance<'_>) {
    let Some(place) = m.place.filter(|_| u.is_staff() && recently(m)) else {
        return;
    };
    let key = format!("{}.house_number", place.prefix());
    let Some(known) = m.text(&key).map(str::to_owned) else {
        return;
    };
    let words = u.all_words();
    let paper = words.iter().any(|w| {
        ["kontrakt", "lejekontrakt", "papir", "lejeaftale"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let reads = words
        .iter()
        .any(|w| matches!(*w, "læser" | "står" | "skrevet" | "siger"));
    let found = u.numbers();
    let [first, .., last] = found else { return };
    let plain = |n: &tolkebot_values::Found<tolkebot_values::numbers::Number>| {
        !matches!(n.value.form, tolkebot_values::numbers::Form::Ordinal(_))
            && (1..=999).contains(&n.value.value)
    };
    let doubts = first.value.value.to_string() == known
        && u.sentence_at(first.span.start).is_some_and(|s| s.question)
        && !u.sentence_at(last.span.start).is_some_and(|s| s.question);
    if paper && reads && doubts && found.len() == 2 && plain(first) && plain(last) {
        let value = last.value.value.to_string();
        let heard = Heard::new(value, u.evidence(last.span.clone()), 0.8);
        m.offers.retain(|(offered, _)| *offered != key);
        m.hear(&key, heard.act(Act::Correct).unsure(true));
    }
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
