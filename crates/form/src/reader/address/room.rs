//! Making room: an address is forgotten, old and new change places.

use super::*;

/// Forgets everything about an address.
pub(super) fn forget(m: &mut Memory, place: Place) {
    let prefix = format!("{}.", place.prefix());
    let keep = [
        "from.country",
        "from.foreign_address",
        "from.whole_household_moves",
        // The house keeps its name whatever its street is called.
        "to.location_name",
        "to.house_heard",
    ];
    m.beliefs
        .retain(|key, _| !key.starts_with(&prefix) || keep.contains(&key.as_str()));
    m.offers.retain(|(key, _)| !key.starts_with(&prefix));
}

/// Before a street that the employee asked about is taken: another street of that address goes to the other
/// one, when its place was a guess, or is forgotten with all that belongs to it.
pub(in crate::reader) fn makes_room(m: &mut Memory, key: &str, street: &str) {
    let place = match key {
        "to.street_name" => Place::New,
        "from.street_name" => Place::Old,
        _ => return,
    };
    if m.text(key).is_none_or(|known| {
        street_similarity(known, street) >= SAME_STREET || ends_in(street, known)
    }) {
        return;
    }
    if m.guessed == Some(place) && !m.has(&format!("{}.street_name", place.other().prefix())) {
        swap(m);
    } else {
        forget(m, place);
    }
}

/// "Og Stengade halvfjerds er fraflyttet": whoever is left without a home has lost the one that was named.
pub(in crate::reader) fn nowhere_to_go(m: &mut Memory, u: &Utterance<'_>) {
    let over = u.all_words().iter().any(|w| {
        ["fraflyt", "afmeld", "opsagt", "hidtil"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || matches!(*w, "boede" | "boet" | "gamle" | "forladt")
    });
    let named = u.is_staff() && u.addresses().iter().any(|a| a.value.street.is_some());
    if over
        && named
        && m.text("case.move_type") == Some("no_fixed_address")
        && m.has("to.street_name")
        && !m.has("from.street_name")
    {
        swap(m);
    }
}

/// "Det er den gamle, ja … jeg spurgte om den nye", "5800 Nyborg, det er den gamle, ikke?": the address given as the
/// new one is the old one.
pub(in crate::reader) fn said_to_be_old(m: &mut Memory, u: &Utterance<'_>) {
    let old = u.all_words().windows(4).any(|w| {
        matches!(w[0], "det" | "den")
            && w[1] == "er"
            && (w[2] == "den" || w[2] == "din" || w[2] == "jeres")
            && matches!(w[3], "gamle" | "tidligere" | "forrige" | "hidtidige")
    });
    let just = m.place == Some(Place::New) && m.place_turn + 1 >= m.turns;
    let named = u.addresses().iter().any(|a| a.value.street.is_some());
    if old && just && !named && m.has("to.street_name") && !m.has("from.street_name") {
        swap(m);
        if !m.placed.contains(&Place::Old) {
            m.placed.push(Place::Old);
        }
    }
}

/// "Og I bor i Hornslet alle tre?" of a move that is ahead: the street named now is the old one, and another that was
/// only guessed to be old is the new one.
pub(super) fn still_lived_in(m: &mut Memory, u: &Utterance<'_>, street: &Street) {
    let asked = m.asked.asks(Topic::CurrentAddress)
        && !m.asked.asks_any(&[Topic::NewAddress, Topic::OldAddress]);
    let guessed = m.guessed == Some(Place::Old)
        && !m.placed.contains(&Place::Old)
        && m.text("from.street_name")
            .is_some_and(|known| street_similarity(known, &street.name) < SAME_STREET);
    if !u.is_staff()
        && asked
        && guessed
        && !m.has("to.street_name")
        && m.mover == 0
        && m.from_abroad.is_none()
        && m.tense_so_far() == Some(Tense::Future)
    {
        swap(m);
    }
}

/// "Og du bor på Søvej fire?" – «Жив. Тепер на …»: the address that the employee has just named is the old one.
pub(super) fn lived_there(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let opening = &words[..words.len().min(4)];
    let lived = opening.iter().position(|w| {
        matches!(
            *w,
            "жив"
                | "жила"
                | "жили"
                | "мешкав"
                | "мешкала"
                | "мешкали"
                | "колись"
                | "раніше"
        )
    });
    let now = lived.is_some_and(|at| {
        words[at + 1..]
            .iter()
            .take(3)
            .any(|w| matches!(*w, "тепер" | "зараз" | "нині"))
    });
    let named = m.heard_before.iter().any(|k| k == "to.street_name")
        || m.offers.iter().any(|(k, _)| k == "to.street_name");
    let negated = opening.contains(&"не");
    if !u.is_staff() && now && named && !negated && !m.has("from.street_name") {
        swap(m);
        m.placed.push(Place::Old);
    }
}

/// «І це стара адреса, не нова!», «то вже нова»: which of the two the address spoken of last is.
pub(super) fn told_which(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.place_turn + 2 < m.turns {
        return;
    }
    let words = u.all_words();
    let says = |stem: &str| {
        words.windows(3).any(|w| {
            matches!(w[0], "це" | "то" | "вона")
                && (w[1].starts_with(stem) && w[2].starts_with("адрес")
                    || matches!(w[1], "моя" | "наша" | "вже" | "ще") && w[2].starts_with(stem))
        }) || words
            .windows(2)
            .any(|w| matches!(w[0], "це" | "то") && w[1].starts_with(stem) && words.len() <= 6)
    };
    let place = match (says("стар"), says("нов")) {
        (true, false) => Place::Old,
        (false, true) => Place::New,
        _ => return,
    };
    let street = |place: Place| m.has(&format!("{}.street_name", place.prefix()));
    let named = u.addresses().iter().any(|a| a.value.street.is_some());
    if m.place == Some(place.other()) && street(place.other()) && !street(place) && !named {
        swap(m);
        m.placed.push(place);
    }
}

/// "Så er det dér, du skal stå?": the address that the employee has just read back and that was only guessed to be the
/// old one is the new one.
pub(super) fn said_to_be_new(m: &mut Memory, u: &Utterance<'_>) {
    let there = u.all_words().windows(4).any(|w| {
        matches!(w[0], "der" | "dér")
            && matches!(w[1], "du" | "i" | "han" | "hun")
            && w[2] == "skal"
            && matches!(w[3], "stå" | "bo" | "tilmeldes" | "registreres" | "skrives")
    });
    // "Vemb, femoghalvfjerds halvfjerds. Er det den nye?"
    let asks_new = u
        .all_words()
        .windows(4)
        .any(|w| matches!(w, ["er", "det", "den", "nye"] | ["det", "er", "den", "nye"]));
    let guessed = m.guessed == Some(Place::Old) && m.place_turn + 1 >= m.turns;
    if u.is_staff()
        && (there && m.place_turn == m.turns || asks_new)
        && guessed
        && !m.has("to.street_name")
    {
        swap(m);
        m.placed.push(Place::New);
    }
}

/// An address that was only guessed to be the new one is the old one, unless it lies in another town than the one that
/// somebody said they come from: then it is neither («я думав Обювей писати» of who comes from Herning).
pub(in crate::reader) fn swap_guess(m: &mut Memory) {
    let codes = codes_of(m, Place::New);
    let said = m.text("to.postal_code").map(str::to_owned);
    let towns: Vec<String> = m
        .text("from.town_codes")
        .map(|s| s.split(' ').map(str::to_owned).collect())
        .unwrap_or_default();
    let named: Vec<String> = said.into_iter().chain(codes).collect();
    let elsewhere = m.guessed == Some(Place::New)
        && !towns.is_empty()
        && !named.is_empty()
        && !named.iter().any(|code| towns.contains(code));
    if elsewhere && !agreed_street(m, Place::New) {
        forget(m, Place::New);
        m.guessed = None;
    } else {
        swap(m);
    }
}

/// "Køgevej tolv, Taastrup, det er hans. Og den nye adresse?": the only address, read back before the new one is asked
/// for, is the old one, whatever placed it.
pub(in crate::reader) fn read_back_as_old(m: &Memory, u: &Utterance<'_>) -> bool {
    if !m.has("to.street_name") || m.has("from.street_name") || m.from_abroad.is_some() {
        return false;
    }
    let asks = u.sentences.iter().find(|s| {
        let words = u.words(s.words.clone());
        let whole = words
            .windows(2)
            .any(|w| matches!(w, ["den" | "din" | "jeres", "nye"] | ["ny", "adresse"]));
        // "Er det den nye?" is about the one just named.
        s.question && whole && !words.contains(&"det")
    });
    let Some(asks) = asks else { return false };
    u.addresses().iter().any(|a| {
        a.span.end <= asks.bytes.start
            && a.value.number.as_ref().map(|n| n.value.as_str()) == m.text("to.house_number")
            && a.value.street.as_ref().is_some_and(|street| {
                m.text("to.street_name").is_some_and(|known| {
                    street_similarity(known, &street.value.name) >= SAME_STREET
                })
            })
    })
}

/// Exchanges old and new.
pub(in crate::reader) fn swap(m: &mut Memory) {
    let parts = [
        "street_name",
        "house_number",
        "house_letter",
        "floor",
        "door",
        "postal_code",
        "codes",
        "town_codes",
        "town",
        "no_floor",
    ];
    for part in parts {
        let (old, new) = (format!("from.{part}"), format!("to.{part}"));
        let (a, b) = (m.beliefs.remove(&old), m.beliefs.remove(&new));
        if let Some(a) = a {
            m.beliefs.insert(new, a);
        }
        if let Some(b) = b {
            m.beliefs.insert(old, b);
        }
    }
    m.place = m.place.map(Place::other);
    m.placed = m.placed.iter().map(|p| p.other()).collect();
    m.guessed = None;
}

/// "Så skriver jeg ingen dør", "så der skal ingen etage på": what was taken for one is none.
pub(in crate::reader) fn written_without(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        return;
    }
    let place = m.place.filter(|_| m.place_turn + 4 >= m.turns);
    let Some(prefix) = place.map(Place::prefix) else {
        return;
    };
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        let none = |what: &str| {
            words
                .windows(2)
                .any(|w| matches!(w[0], "ingen" | "uden") && w[1] == what)
                || words.contains(&"ikke") && words.windows(2).any(|w| w == ["nogen", what])
        };
        for (what, part) in [("dør", "door"), ("etage", "floor")] {
            if none(what) {
                let place = place.map(|p| {
                    if part == "floor" {
                        without_floor(m, p)
                    } else {
                        p
                    }
                });
                let prefix = place.map_or(prefix, Place::prefix);
                m.forget(&format!("{prefix}.{part}"));
            }
        }
    }
}
