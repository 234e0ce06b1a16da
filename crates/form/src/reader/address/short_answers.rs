//! Answers that only their question makes parts of an address: "Etage?" – «Внизу, прямо з двору», "Husnummeret?" –
//! «Двадцять восьмий», "Er der bogstav på?" – «Літера де», "Og døren?" – «П'ятий номер».

use tolkebot_values::numbers::{Form, Rank, Read, read_at};

use super::*;

/// Takes what answers the question for a floor, a door, a number or a letter.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let Some(place) = asked_for(m) else { return };
    if asked_about(m, Topic::Floor, &["etage", "stueplan"]) {
        floor(m, u, place);
    }
    if asked_about(m, Topic::HouseNumber, &["husnummer"]) {
        number(m, u, place);
    }
    let choice = letters_to_choose(m);
    if asked_about(m, Topic::HouseLetter, &["bogstav"]) || !choice.is_empty() {
        letter(m, u, place, &choice);
    }
    if asked_about(m, Topic::Door, &["dør", "døren"]) {
        door(m, u, place);
    }
}

/// The address whose parts are being asked for.
fn asked_for(m: &Memory) -> Option<Place> {
    let place = m.place.filter(|_| recently(m)).or_else(|| only_one(m))?;
    (place != Place::Contact).then_some(place)
}

/// Asked for, or named last in a turn without question marks: "borgbjergsvej syvoghalvfjerds ja og etage".
fn asked_about(m: &Memory, topic: Topic, words: &[&str]) -> bool {
    let last = m
        .staff_words
        .last()
        .is_some_and(|w| words.contains(&w.as_str()));
    m.asked.asks(topic) || last && m.asked.mentions(topic)
}

fn said_now(m: &Memory, key: &str) -> bool {
    m.heard_now.iter().any(|k| k == key)
}

/// The ground floor, told by the way in, or a floor told by its flights of stairs.
fn floor(m: &mut Memory, u: &Utterance<'_>, place: Place) {
    let key = format!("{}.floor", place.prefix());
    if said_now(m, &key) || m.has(&format!("{}.no_floor", place.prefix())) {
        return;
    }
    let words = u.all_words();
    let told = (0..words.len()).find_map(|at| {
        let end = on_the_ground(u, &words, at)?;
        Some(("st".to_owned(), at..end))
    });
    let told = told
        .or_else(|| flights(u, &words))
        .or_else(|| of_sal(u, &words));
    let Some((value, range)) = told else {
        return;
    };
    let heard = Heard::new(value, u.evidence_of_words(&range), 0.6).unsure(true);
    m.hear(&key, heard);
}

/// «Внизу», «на землі», «прямо з двору», «жодної сходинки»: the end of the words that say so.
fn on_the_ground(u: &Utterance<'_>, words: &[&str], at: usize) -> Option<usize> {
    let word = |n: usize| words.get(at + n).copied().unwrap_or("");
    let denied = at > 0 && words[at - 1] == "не";
    let outside = |w: &str| {
        ["двор", "вулиц", "саду", "сад", "подвір"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    let none = |w: &str| matches!(w, "без" | "жодної" | "жодних" | "нема" | "немає" | "ніяких");
    match (word(0), word(1), word(2)) {
        _ if denied => None,
        ("низ" | "внизу" | "унизу" | "найнижчий" | "найнижчому" | "нижній", _, _) => {
            one_lives_there(u, words, at).then_some(at + 1)
        }
        ("на", "землі", _)
        | ("ніде", "не", "підіймаюсь" | "підіймаюся" | "піднімаюсь" | "піднімаюся") => {
            Some(at + 2)
        }
        ("прямо" | "просто" | "одразу" | "відразу", "з" | "із" | "в" | "у" | "на", way)
            if outside(way) =>
        {
            Some(at + 3)
        }
        (no, steps, _) if none(no) && steps.starts_with("сход") => Some(at + 2),
        (steps, no, _) if none(no) && steps.starts_with("сход") => Some(at + 2),
        _ => None,
    }
}

/// «Внизу ми», «внизу, де сад»: not «внизу піцерія», which is somebody else's place.
fn one_lives_there(u: &Utterance<'_>, words: &[&str], at: usize) -> bool {
    let next = words.get(at + 1).copied().unwrap_or("");
    let pause = u
        .tokens
        .get(u.word_tokens[at] + 1)
        .is_none_or(|t| !t.is_word());
    let dash = u
        .tokens
        .get(u.word_tokens[at] + 1)
        .is_some_and(|t| t.is_dash());
    // «Аптека внизу», «кімнати внизу»: what is down there.
    let opens = u.word_tokens[at]
        .checked_sub(1)
        .is_none_or(|before| !u.tokens[before].is_word())
        || matches!(
            words[at - 1],
            "ми" | "я"
                | "живу"
                | "живемо"
                | "сам"
                | "самий"
                | "мама"
                | "вони"
                | "зовсім"
                | "це"
        );
    if !opens {
        return false;
    }
    pause && !dash
        || matches!(
            next,
            "ми" | "я" | "він" | "вона" | "живу" | "живемо" | "у" | "в" | "там"
        )
}

/// «Третя.», «на другій», «сал три»: in the gender of the Danish word, or behind it.
fn of_sal(u: &Utterance<'_>, words: &[&str]) -> Option<(String, Range<usize>)> {
    let lead = words
        .iter()
        .take_while(|w| matches!(**w, "на" | "так" | "це" | "ну" | "сал" | "сала" | "в" | "у"))
        .count();
    let sal = words[..lead].iter().any(|w| w.starts_with("сал"));
    let read = read_at(&u.tokens, *u.word_tokens.get(lead)?, u.lang())
        .filter(|r| (1..=20).contains(&r.value))?;
    let word = u.word_at(u.tokens[read.start].span.start);
    let rank = matches!(read.form, Form::Ordinal(Rank::Feminine))
        || words[word].ends_with("ій") && words[..lead].contains(&"на") && read.is_ordinal();
    let pause = u.tokens.get(read.end).is_none_or(|t| !t.is_word());
    ((rank || sal) && pause).then(|| (read.value.to_string(), word..word + 1))
}

/// «Один марш угору», «три сходові марші», «два прольоти»: as many floors as flights.
fn flights(u: &Utterance<'_>, words: &[&str]) -> Option<(String, Range<usize>)> {
    let is_flight = |w: &str| {
        ["марш", "прольот", "сходові"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    let at = words.iter().position(|w| is_flight(w))?;
    // «Чотири марші, два поверхи»: floors are counted in words of their own.
    if words.iter().any(|w| w.starts_with("поверх")) {
        return None;
    }
    let before = at.checked_sub(1)?;
    let read = read_at(&u.tokens, u.word_tokens[before], u.lang())
        .filter(|r| !r.is_ordinal() && (1..=12).contains(&r.value))?;
    Some((read.value.to_string(), before..at + 1))
}

/// The number that a turn begins with, also as a rank.
fn first_rank(u: &Utterance<'_>) -> Option<Read> {
    let words = u.all_words();
    let first = words
        .iter()
        .position(|w| {
            !matches!(
                *w,
                "так"
                    | "це"
                    | "номер"
                    | "ага"
                    | "наш"
                    | "мій"
                    | "у"
                    | "нас"
                    | "він"
                    | "будинок"
            )
        })
        .filter(|at| *at <= 3)?;
    read_at(&u.tokens, u.word_tokens[first], u.lang())
}

/// "Hvad er husnummeret?" – «Двадцять восьмий.»
fn number(m: &mut Memory, u: &Utterance<'_>, place: Place) {
    let key = format!("{}.house_number", place.prefix());
    let street = u.addresses().iter().any(|a| a.value.street.is_some());
    if said_now(m, &key) || street {
        return;
    }
    let Some(read) = first_rank(u).filter(|r| {
        matches!(r.form, Form::Ordinal(Rank::Masculine | Rank::Feminine))
            && (4..1000).contains(&r.value)
    }) else {
        return;
    };
    let pause = u
        .tokens
        .get(read.end)
        .is_none_or(|t| !t.is_word() || matches!(t.text.as_str(), "номер" | "дім" | "будинок"));
    if !pause {
        return;
    }
    let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
    m.hear(
        &key,
        Heard::new(read.value.to_string(), u.evidence(span), 0.75),
    );
}

/// "5 A eller 5 B?", "er det A eller B?": the letters to choose from.
fn letters_to_choose(m: &Memory) -> Vec<char> {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let single = |w: &str| {
        let mut letters = w.chars();
        let letter = letters.next().filter(char::is_ascii_alphabetic)?;
        letters
            .next()
            .is_none()
            .then(|| letter.to_ascii_uppercase())
    };
    // "5A" is one word with its number.
    let of_house = |w: &str| single(w.trim_start_matches(|c: char| c.is_ascii_digit()));
    let Some(or) = words.iter().position(|w| *w == "eller") else {
        return Vec::new();
    };
    let first = or.checked_sub(1).and_then(|at| of_house(words[at]));
    let second = words
        .last()
        .filter(|_| words.len() - or <= 3)
        .and_then(|w| of_house(w));
    match (first, second) {
        (Some(first), Some(second)) if first != second => vec![first, second],
        _ => Vec::new(),
    }
}

/// «Б.», «Так, бе», «є, а маленьке»: nothing but the letter answers the question for one; where it stands.
fn nothing_but_a_letter(u: &Utterance<'_>) -> Option<usize> {
    let words = u.all_words();
    let asks = u.sentences.iter().any(|s| s.question);
    let at = words.iter().position(|w| {
        !matches!(*w, "так" | "є" | "ага" | "угу" | "це" | "там" | "ну") || words.len() == 1
    })?;
    // «Так, дев'яносто п'ять бе»: the number once more.
    let number = u.numbers().iter().find(|n| u.word_at(n.span.start) == at);
    let at = number.map_or(at, |n| u.word_at(n.span.end));
    if at >= words.len() {
        return None;
    }
    let at = if at + 1 == words.len() || !matches!(words[at], "а") {
        at
    } else {
        at + usize::from(words[at + 1].chars().count() == 1)
    };
    let closed = u
        .tokens
        .get(u.word_tokens[at] + 1)
        .is_none_or(|t| !t.is_word())
        || words[at + 1..]
            .first()
            .is_some_and(|w| w.starts_with("маленьк") || w.starts_with("велик"));
    (closed && !asks && at <= 5).then_some(at)
}

/// "Er der bogstav på jeres indgang?" – «Літера де, бо …», «так а як андрій».
fn letter(m: &mut Memory, u: &Utterance<'_>, place: Place, choice: &[char]) {
    let key = format!("{}.house_letter", place.prefix());
    if said_now(m, &key) {
        return;
    }
    let words = u.all_words();
    let announced = words
        .iter()
        .position(|w| matches!(*w, "літера" | "літери" | "буква" | "літеру" | "букву"))
        .map(|at| at + 1);
    let explained = words.windows(2).position(|w| w[1] == "як");
    let alone = || nothing_but_a_letter(u);
    let Some(at) = announced
        .or(explained)
        .or_else(alone)
        .filter(|at| *at < words.len())
    else {
        return;
    };
    let Some(letter) = tolkebot_values::address::letter_of_house(words[at], u.lang()) else {
        return;
    };
    if !choice.is_empty() && !choice.contains(&letter) {
        return;
    }
    let heard = Heard::new(letter.to_string(), u.evidence_of_words(&(at..at + 1)), 0.75);
    m.hear(&key, heard);
}

/// "Har han et værelsesnummer?" – «П'ятий номер», «Номер один, синя»
fn door(m: &mut Memory, u: &Utterance<'_>, place: Place) {
    let key = format!("{}.door", place.prefix());
    let told = u.addresses().iter().any(|a| a.value.door.is_some());
    if said_now(m, &key) || told {
        return;
    }
    let words = u.all_words();
    if let Some((side, range)) = side_of_door(u, &words) {
        let heard = Heard::new(side, u.evidence_of_words(&range), 0.7);
        m.hear(&key, heard);
        return;
    }
    let announced = words.first() == Some(&"номер");
    let Some(read) = first_rank(u).filter(|r| (1..1000).contains(&r.value)) else {
        return;
    };
    let number_behind = u.tokens.get(read.end).is_some_and(|t| t.text == "номер");
    let pause = u.tokens.get(read.end).is_none_or(|t| !t.is_word());
    // «Четверта.»: flats and doors are feminine where a floor is not.
    let of_flat =
        pause && m.asked.asks(Topic::Door) && matches!(read.form, Form::Ordinal(Rank::Feminine));
    if !(announced && pause && !read.is_ordinal() || read.is_ordinal() && number_behind || of_flat)
    {
        return;
    }
    let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
    let heard = Heard::new(read.value.to_string(), u.evidence(span), 0.7).unsure(of_flat);
    m.hear(&key, heard);
}

/// «Права.», «т ве», «те ха»: a side that only the question for the door makes one.
fn side_of_door(u: &Utterance<'_>, words: &[&str]) -> Option<(&'static str, Range<usize>)> {
    let at = words
        .iter()
        .position(|w| !matches!(*w, "так" | "це" | "там" | "ну"))?;
    let next = words.get(at + 1).copied().unwrap_or("");
    let (side, length) = match (words[at], next) {
        ("права" | "праві" | "правий" | "правій", _) => ("th", 1),
        ("ліва" | "ліві" | "лівий" | "лівій", _) => ("tv", 1),
        ("т" | "те" | "ті", "ве" | "в" | "ві" | "фе") => ("tv", 2),
        ("т" | "те" | "ті", "ха" | "х" | "аш" | "го") => ("th", 2),
        ("м" | "ем", "еф" | "ф") => ("mf", 2),
        _ => return None,
    };
    let end = at + length;
    let pause = u
        .tokens
        .get(u.word_tokens[end - 1] + 1)
        .is_none_or(|t| !t.is_word());
    pause.then_some((side, at..end))
}
