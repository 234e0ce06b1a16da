//! Addresses outside Denmark: where somebody comes from or moves to.
//!
//! The citizen says the street in Cyrillic sounds; when the employee repeats it in Latin letters,
//! that spelling stands. Parts come in several turns and are put together in [`project`].

use tolkebot_values::Found;
use tolkebot_values::address::street_similarity;
use tolkebot_values::foreign::{self, ForeignAddress};
use tolkebot_values::places::{Place, PlaceKind};

use super::belief::{Act, Heard};
use super::foreign_towns::{self, note_town, town_asked, town_of_street};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::{Evidence, Slot};

/// From here on the employee's word is the citizen's street.
const SAME_STREET: f32 = 0.7;

/// Which foreign address is spoken of: the one left or the one ahead.
pub(super) fn prefix(m: &Memory) -> Option<&'static str> {
    if m.text("case.move_type") == Some("to_abroad") {
        Some("leaving")
    } else if m.from_abroad.is_some() || m.has("abroad.country") || m.has("abroad.street") {
        Some("abroad")
    } else {
        None
    }
}

/// Reads the parts of a foreign address.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let Some(prefix) = prefix(m).or_else(|| told_early(u)) else {
        return;
    };
    towns(m, u, prefix);
    town_asked(m, u, prefix);
    // A street that was not understood may stand before a number: then the town is not all that was said.
    let alone = format!("{prefix}.town_alone");
    let town = format!("{prefix}.town");
    if !u.is_staff() && numbered(u) && asks_address(m) {
        m.forget(&alone);
        m.note(&format!("{prefix}.numbered"), "1", u.evidence(0..0));
    } else if !m.has(&format!("{prefix}.numbered"))
        && !numbered(u)
        && u.places()
            .iter()
            .any(|p| m.text(&town) == Some(p.value.name.as_str()))
    {
        m.note(&alone, "1", u.evidence(0..0));
    }
    if u.is_staff() {
        staff(m, u, prefix);
        return;
    }
    let asked = asks_address(m);
    let key = format!("{prefix}.code");
    if m.asked.asks(Topic::PostalCode)
        && m.has(&format!("{prefix}.street"))
        && let Some(code) = foreign::code(&u.said, u.lang())
    {
        let heard = Heard::new(code.value, u.evidence(code.span), 0.75);
        say(m, &key, heard);
        return;
    }
    let Some(found) = foreign::find(&u.said, u.lang()) else {
        return;
    };
    // «вулиця Серен Фрікс вей»: a street of the Danish register is no foreign one.
    let danish = u.addresses().iter().any(|a| {
        a.value.street.is_some() && a.span.start < found.span.end && found.span.start < a.span.end
    });
    let marked = u.all_words().iter().any(|w| w.starts_with("вулиц"));
    let open = m.has(&format!("{prefix}.street"));
    // «Мюнстерштрасе, сто дванадцять», «Вольська, дев'яносто вісім, квартира три», whatever was asked
    let shows = found.value.street.as_deref().is_some_and(|street| {
        found.value.flat.is_some() && prefix == "abroad" || foreign::shows_kind(street)
    });
    if danish || !(asked || marked || open || shows) {
        return;
    }
    let ForeignAddress {
        street,
        number,
        flat,
        code,
    } = found.value.clone();
    let country = if prefix == "leaving" {
        "departure.country"
    } else {
        "abroad.country"
    };
    let short = m.text(country).is_some_and(foreign::has_short_codes);
    let code = code.filter(|code| short == (code.len() == 4));
    let again = open
        && street.is_some()
        && !m.objected
        && !m
            .asked
            .asks_any(&[Topic::OldAddress, Topic::Departure, Topic::DepartureCountry]);
    if street.is_none() && !open || again {
        // The code of a street that only the employee's repetition will show.
        if let Some(code) = code.filter(|_| !open && prefix == "leaving") {
            let heard = Heard::new(code, u.evidence(found.span), 0.7);
            say(m, &format!("{prefix}.code"), heard);
        }
        return;
    }
    town_before(m, u, prefix, country, found.span.start);
    if street.is_some() {
        foreign_towns::country_of_street(m, u, prefix, &found.span);
    }
    for (part, value) in [
        ("street", street),
        ("number", number),
        ("flat", flat),
        ("code", code),
    ] {
        if let Some(value) = value {
            let evidence = u.evidence(found.span.clone());
            say(
                m,
                &format!("{prefix}.{part}"),
                Heard::new(value, evidence, 0.7),
            );
        }
    }
}

pub(super) fn asks_address(m: &Memory) -> bool {
    m.asked.asks_any(&[
        Topic::OldAddress,
        Topic::NewAddress,
        Topic::CurrentAddress,
        Topic::Country,
        Topic::Departure,
        Topic::DepartureCountry,
        Topic::PostalCode,
    ])
}

/// A number that counts nothing and is no day: of a house, most likely.
fn numbered(u: &Utterance<'_>) -> bool {
    use tolkebot_values::numbers::Form;
    const COUNTED: [&str; 8] = ["міс", "рок", "рік", "тиж", "дн", "день", "год", "раз"];
    u.numbers().iter().any(|n| {
        let next = u.word_at(n.span.end);
        let counts = next < u.word_tokens.len()
            && COUNTED
                .iter()
                .any(|stem| u.token(next).text.starts_with(stem));
        n.value.form == Form::Cardinal && (1..=999).contains(&n.value.value) && !counts
    })
}

/// «Лохвиця, Шевченка п'ятнадцять»: a town that no list has, named alone before the street of an address in
/// Ukraine.
fn town_before(m: &mut Memory, u: &Utterance<'_>, prefix: &str, country: &str, street: usize) {
    let named = m
        .text(country)
        .or(m.text(&format!("{prefix}.town_country")));
    let ukraine = named == Some("Ukraine");
    let key = format!("{prefix}.town");
    let Some(word) = u.word_at(street).checked_sub(1) else {
        return;
    };
    let token = u.token(word);
    let opens = u.sentences.iter().any(|s| s.words.start == word);
    let comma = u.said[token.span.end..street].trim() == ",";
    let listed = u
        .places()
        .iter()
        .any(|p| p.span.contains(&token.span.start));
    let name = u.said.get(token.span.clone()).unwrap_or("");
    if !ukraine
        || !u.written
        || !opens
        || !comma
        || listed
        || !token.capital
        || !token.is_cyrillic()
    {
        return;
    }
    let evidence = u.evidence(token.span.clone());
    m.note(
        &key,
        &tolkebot_values::names::romanise(name),
        evidence.clone(),
    );
    m.note(&format!("{prefix}.town_country"), "Ukraine", evidence);
}

/// «А жила в Полтаві, вулиця Європейська сто двадцять, квартира шість»: an address abroad before it is known that
/// somebody comes from there. It waits until that is said.
fn told_early(u: &Utterance<'_>) -> Option<&'static str> {
    let words = u.all_words();
    let street = words.iter().any(|w| w.starts_with("вулиц"))
        && words.iter().any(|w| w.starts_with("квартир") || *w == "кв");
    let town = u
        .places()
        .iter()
        .any(|p| p.value.kind == PlaceKind::ForeignTown);
    (!u.is_staff() && street && town).then_some("abroad")
}

/// The town: the last one spoken of where an address or an arrival is spoken of.
fn towns(m: &mut Memory, u: &Utterance<'_>, prefix: &str) {
    if u.is_staff()
        || m.asked.asks_any(&[
            Topic::Married,
            Topic::MaritalDate,
            Topic::MaritalPlace,
            Topic::RelativesAbroad,
        ])
    {
        return;
    }
    let birth = m.asked.asks(Topic::BirthPlace);
    let beside = foreign::find(&u.said, u.lang())
        .filter(|f| f.value.street.is_some())
        .map(|f| f.span);
    let street = beside.is_some();
    let foreign: Vec<&Found<Place>> = u
        .places()
        .iter()
        .filter(|p| p.value.kind == PlaceKind::ForeignTown)
        .filter(|p| !super::transit::is_station(u, p))
        .filter(|p| {
            // «А самі ми з Полтави»: where somebody comes from once.
            !super::cues::left(u, 0, p.span.start).iter().any(|w| {
                matches!(*w, "самі" | "сам" | "сама")
                    || w.starts_with("родом")
                    || w.starts_with("народи")
            })
        })
        .filter(|p| street || prefix == "leaving" || !of_others(m, u, p))
        .collect();
    // Where a relative lives is a guess at the country.
    let country = format!("{prefix}.town_country");
    if foreign.is_empty() && prefix == "abroad" && !m.has(&country) && !birth {
        let guess = u
            .places()
            .iter()
            .find(|p| p.value.kind == PlaceKind::ForeignTown);
        if let Some(town) = guess {
            let evidence = u.evidence(town.span.clone());
            let heard = Heard::new(town.value.country.as_str(), evidence, 0.5).unsure(true);
            m.hear(&country, heard);
        }
        return;
    }
    // Asked for the place of birth, only a second town can be the home.
    let chosen = match foreign.as_slice() {
        [] => return,
        [one] if birth && !born_elsewhere(m, one) => return,
        [.., last] => match &beside {
            Some(span) => town_of_street(u, &foreign, span),
            None => *last,
        },
    };
    // «Загинув під Ізюмом» of who goes to Canada
    let goes_to = m.text("departure.country").filter(|_| prefix == "leaving");
    if goes_to.is_some_and(|country| country != chosen.value.country) {
        return;
    }
    let key = format!("{prefix}.town");
    let asked = m.asked.asks_any(&[
        Topic::OldAddress,
        Topic::Country,
        Topic::Departure,
        Topic::DepartureCountry,
        Topic::Arrival,
    ]);
    if m.has(&key) && !asked && !birth {
        return;
    }
    if m.has(&key) && m.has(&format!("{prefix}.street")) && !street {
        return;
    }
    let evidence = u.evidence(chosen.span.clone());
    m.note(&key, &chosen.value.name, evidence.clone());
    m.note(
        &format!("{prefix}.town_country"),
        &chosen.value.country,
        evidence,
    );
}

/// «У Херсоні. А жили у Валенсії»: the place of birth is another one.
fn born_elsewhere(m: &Memory, place: &Found<Place>) -> bool {
    m.text("arrival.birth_registration_place")
        .is_some_and(|text| !text.starts_with(&place.value.name))
}

/// «У Лубнах і родилась», «тато в Сторожинці»: where somebody was born or lives who is spoken of beside.
fn of_others(m: &Memory, u: &Utterance<'_>, place: &Found<Place>) -> bool {
    let key = "arrival.birth_registration_place";
    let born = m.heard_now.iter().any(|k| k == key)
        && m.text(key)
            .is_some_and(|text| text.starts_with(&place.value.name));
    let Some(sentence) = u.sentence_at(place.span.start) else {
        return born;
    };
    let before = u.words(sentence.words.start..u.word_at(place.span.start));
    let relative = before
        .iter()
        .any(|w| super::kin::kin(w, u.lang()).is_some())
        && !before
            .iter()
            .any(|w| matches!(*w, "ми" | "я" | "нас" | "мене" | "з" | "із" | "зі"));
    born || relative
}

/// The employee repeats the street and the code: their spelling and digits stand.
fn staff(m: &mut Memory, u: &Utterance<'_>, prefix: &str) {
    let key = format!("{prefix}.street");
    let Some(known) = m.text(&key).map(str::to_owned) else {
        named_again(m, u, prefix);
        return;
    };
    // Only what answers the citizen's words: other numbers and names follow later.
    let fresh = |part: &str| {
        let key = format!("{prefix}.{part}");
        m.heard_before.contains(&key)
    };
    if !["street", "number", "flat", "code"]
        .iter()
        .any(|p| fresh(p))
    {
        return;
    }
    // A recogniser's "so bor nosti" is no spelling of «Соборності».
    let whole = |words: &std::ops::Range<usize>| {
        u.written || words.len() <= known.split_whitespace().count()
    };
    let avenue = known.starts_with(foreign::AVENUE);
    let plain = known.strip_prefix(foreign::AVENUE).unwrap_or(&known);
    if let Some((name, words)) = repeated(u, plain).filter(|(_, words)| whole(words)) {
        let name = if avenue {
            format!("{}{name}", foreign::AVENUE)
        } else {
            name
        };
        let evidence = u.evidence_of_words(&words);
        m.hear(&key, Heard::new(name, evidence, 0.9).act(Act::Correct));
    }
    let key = format!("{prefix}.code");
    let short = m.text(&key).is_some_and(|code| code.len() == 4);
    if let Some(code) = foreign::code(&u.said, u.lang()).filter(|_| !short) {
        let evidence = u.evidence(code.span);
        m.hear(
            &key,
            Heard::new(code.value, evidence, 0.85).act(Act::Correct),
        );
    }
}

/// «Нойштадтсваль тридцять» – "Neustadtswall tredive, to otte et ni ni Bremen?": a street that only its number and
/// the employee's repetition show.
fn named_again(m: &mut Memory, u: &Utterance<'_>, prefix: &str) {
    let danish = u.addresses().iter().any(|a| a.value.street.is_some());
    let Some(echo) = super::echoes::repeated(m, u).filter(|_| !danish) else {
        return;
    };
    let Some(name) = super::echoes::written(u, &echo.words) else {
        return;
    };
    let heard = Heard::new(name, u.evidence_of_words(&echo.words), 0.85);
    say(m, &format!("{prefix}.street"), heard);
    let end = echo.bytes.end;
    let number = Heard::new(echo.number, u.evidence(echo.bytes), 0.85);
    say(m, &format!("{prefix}.number"), number);
    if let Some(rest) = u.said.get(end..)
        && let Some(found) = foreign::find(rest, u.lang())
        && let Some(flat) = found.value.flat
    {
        let span = found.span.start + end..found.span.end + end;
        let heard = Heard::new(flat, u.evidence(span), 0.8);
        say(m, &format!("{prefix}.flat"), heard);
    }
    let known = m.has(&format!("{prefix}.code"));
    if let Some(code) =
        foreign::code(&u.said, u.lang()).filter(|code| !known && code.span.start >= end)
    {
        let heard = Heard::new(code.value, u.evidence(code.span), 0.8);
        say(m, &format!("{prefix}.code"), heard);
    }
    let town = u
        .places()
        .iter()
        .rev()
        .find(|p| p.value.kind == PlaceKind::ForeignTown)
        .cloned();
    if let Some(town) = town.filter(|_| !m.has(&format!("{prefix}.town"))) {
        note_town(m, u, prefix, &town);
    }
}

/// The words of an employee's turn that sound like the street, and how they are written.
fn repeated(u: &Utterance<'_>, known: &str) -> Option<(String, std::ops::Range<usize>)> {
    let count = u.word_tokens.len();
    let mut best: Option<(f32, std::ops::Range<usize>)> = None;
    for start in 0..count {
        for end in start + 1..=(start + 3).min(count) {
            let words = u.words(start..end);
            let lead = start
                .checked_sub(1)
                .map_or("", |b| u.token(b).text.as_str());
            let announced = matches!(lead, "ulica" | "ul" | "vul" | "vulytsia" | "gaden");
            let numbered = u.word_tokens.get(end).is_some_and(|&next| {
                tolkebot_values::numbers::read_at(&u.tokens, next, u.lang()).is_some()
            });
            let shaped = words.last().is_some_and(|w| {
                w.ends_with("strasse") || w.ends_with("straße") || w.ends_with("platz")
            });
            // "Via Saragozza, smuk by"
            let shaped = shaped
                || words.len() > 1
                    && matches!(
                        words[0],
                        "via" | "rua" | "rue" | "calle" | "strada" | "avenida" | "piazza" | "plaza"
                    );
            if words
                .iter()
                .any(|w| matches!(*w, "ulica" | "ul" | "vul" | "lejlighed"))
                || words[0].len() < 3
                || !(announced || numbered || shaped)
            {
                continue;
            }
            let alike = street_similarity(&words.join(" "), known);
            if alike >= SAME_STREET && best.as_ref().is_none_or(|(b, _)| alike > *b) {
                best = Some((alike, start..end));
            }
        }
    }
    let (_, words) = best?;
    let text = u.said.get(u.bytes(&words))?;
    let name = super::echoes::in_capitals(&text.replace("strasse", "straße"));
    Some((name, words))
}

fn say(m: &mut Memory, key: &str, heard: Heard) {
    let act = if m.has(key) { Act::Correct } else { Act::Say };
    m.hear(key, heard.act(act));
}

/// The address in one line with the evidence of its parts; of a street without number, or of neither country nor town,
/// nothing.
pub(super) fn one_line(m: &Memory, prefix: &str, country: &str) -> Option<Slot> {
    let part = |name: &str| m.text(&format!("{prefix}.{name}")).map(str::to_owned);
    let address = ForeignAddress {
        street: part("street"),
        number: part("number"),
        flat: part("flat"),
        code: part("code"),
    };
    let town = part("town").filter(|_| part("town_country").as_deref() == Some(country))?;
    // «До Гданська, на верф», «адреси ще не знаю»: only the town is known.
    if address == ForeignAddress::default() {
        if !m.has(&format!("{prefix}.town_alone")) {
            return None;
        }
        let slot = m.belief(&format!("{prefix}.town")).and_then(|b| b.slot())?;
        return Some(Slot::proposed(town, slot.evidence.clone(), 0.5).unclear());
    }
    let line = foreign::one_line(&address, &town, country)?;
    let mut evidence: Vec<Evidence> = Vec::new();
    for name in ["street", "number", "flat", "code", "town"] {
        let slot = m.belief(&format!("{prefix}.{name}")).and_then(|b| b.slot());
        for e in slot.into_iter().flat_map(|s| s.evidence.iter()) {
            crate::state::add_evidence(&mut evidence, e.clone());
        }
    }
    // A spelling that only sounds gave is asked about.
    let latin = address
        .street
        .is_some_and(|s| s.chars().all(|c| !tolkebot_values::is_cyrillic(c)));
    let slot = Slot::proposed(line, evidence, if latin { 0.8 } else { 0.6 });
    Some(if latin { slot } else { slot.unclear() })
}
