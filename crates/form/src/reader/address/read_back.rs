//! What stands in an address that the employee reads back and was in none before: the village between street and
//! postal code, the letter behind the known number.

use super::*;

/// "Hovedgaden 11C, Snogebæk, 3730 Nexø": a capital name of its own between number and code.
pub(super) fn village(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() || !u.written {
        return;
    }
    for hit in u.addresses() {
        let Some(code) = &hit.value.postal_code else {
            continue;
        };
        let Some(at) = u
            .tokens
            .iter()
            .position(|t| t.span.start == code.span.start)
        else {
            continue;
        };
        let [comma, name, before] = [1, 2, 3].map(|back| at.checked_sub(back));
        let (Some(comma), Some(name), Some(before)) = (comma, name, before) else {
            continue;
        };
        let word = &u.tokens[name];
        let fits = u.tokens[comma].is_sign(',')
            && u.tokens[before].is_sign(',')
            && word.is_word()
            && word.capital
            && word.text.chars().count() >= 4;
        let prefix = Place::New.prefix();
        let here = m.text(&format!("{prefix}.postal_code")) == Some(code.value.code.as_str());
        // A floor, a door and the name of the district itself are no villages.
        let part = u.addresses().iter().any(|a| {
            let spans = [
                a.value.floor.as_ref().map(|f| f.span.clone()),
                a.value.door.as_ref().map(|d| d.span.clone()),
                a.value.street.as_ref().map(|s| s.span.clone()),
            ];
            spans
                .into_iter()
                .flatten()
                .any(|s| s.contains(&word.span.start))
        });
        let district = postal::lookup(&code.value.code)
            .is_some_and(|row| tolkebot_values::fold(row.district).starts_with(&word.text));
        if !fits || !here || part || district {
            continue;
        }
        let said = u.said.get(word.span.clone()).unwrap_or("").to_owned();
        let heard = Heard::new(said, u.evidence(word.span.clone()), 0.7);
        // «Воно називається „Бакґор“» – "Kongevejen otte, Bakkegård, 3770 Allinge?"
        let house = ["to.house_heard", "to.location_name"].iter().any(|key| {
            m.text(key)
                .is_some_and(|name| street_similarity(name, &word.text) >= 0.7)
        });
        if house {
            let act = if m.has("to.location_name") {
                Act::Correct
            } else {
                Act::Say
            };
            m.hear("to.location_name", heard.act(act).unsure(true));
            continue;
        }
        m.hear("to.supplementary_city", heard);
    }
}

/// "94D, 2400 København NV": the number that is known, and its letter.
pub(super) fn letter(m: &mut Memory, u: &Utterance<'_>) {
    let Some(place) = m.place.filter(|_| u.is_staff() && recently(m)) else {
        return;
    };
    // "Fireogtyve B. Hvis du nu boede på Nørregade ti, …": a street of that sentence has its own number.
    let first = u.sentences.first().map_or(0..0, |s| s.bytes.clone());
    let of_street = |a: &Found<Address>| a.value.street.is_some() && first.contains(&a.span.start);
    if u.addresses().iter().any(of_street) {
        return;
    }
    let prefix = place.prefix();
    let read = put_right(m, u, place);
    let known = m.text(&format!("{prefix}.house_number")).map(str::to_owned);
    let Some(number) = read.or(known) else {
        return;
    };
    let key = format!("{prefix}.house_letter");
    let letter_at = |at: usize| {
        u.tokens.get(at).filter(|t| {
            // "syvogtyve a niogfirs tyve": a recogniser leaves capitals out; "i" is a word.
            let letter = t.capital || !u.written && t.text != "i";
            t.is_word() && letter && t.text.is_ascii() && t.text.chars().count() == 1
        })
    };
    let mut behind = (0..u.tokens.len()).filter_map(|at| {
        let read = tolkebot_values::numbers::read_at(&u.tokens, at, u.lang())?;
        (read.value.to_string() == number && !read.is_ordinal())
            .then(|| letter_at(read.end))
            .flatten()
    });
    let behind_number = behind.next();
    // "Otte C til otte F": of two entrances.
    if behind.any(|other| behind_number.is_some_and(|first| first.text != other.text)) {
        return;
    }
    // "Treogfirs V?" – «Ні, Бе» – "B som Bodil, så er jeg med."
    let refused = m.refused.iter().any(|(k, _)| *k == key);
    let as_in = (0..u.tokens.len()).find_map(|at| {
        let named = u.tokens.get(at + 1).is_some_and(|t| t.text == "som");
        letter_at(at).filter(|_| named && refused)
    });
    // "Tolv A eller B?" asks.
    let asks = |letter: &tolkebot_values::Token| {
        let next = u.word_at(letter.span.end);
        u.words(next..(next + 1).min(u.word_tokens.len())) == ["eller"]
    };
    if let Some(letter) = behind_number.or(as_in).filter(|letter| !asks(letter))
        && !m.heard_now.contains(&key)
    {
        let value = letter.text.to_uppercase();
        let heard = Heard::new(value, u.evidence(letter.span.clone()), 0.8);
        say(m, u, &key, heard);
    }
}

/// «… хазяїн шістдесят один, а я шістдесят один А» – "Enogtres A, otte tre tre nul Beder": the number with which the
/// employee begins to read the address back is the house number that they understood.
fn put_right(m: &mut Memory, u: &Utterance<'_>, place: Place) -> Option<String> {
    let key = format!("{}.house_number", place.prefix());
    let just_said = m.asked_before.asks(Topic::HouseNumber)
        || m.heard_before.iter().any(|k| k.starts_with(place.prefix()));
    let read = tolkebot_values::numbers::read_at(&u.tokens, 0, u.lang())?;
    let house = !read.is_ordinal() && (1..1000).contains(&read.value);
    let letter = u
        .tokens
        .get(read.end)
        .is_some_and(|t| t.is_word() && t.text.is_ascii() && t.text.len() == 1);
    let comma = read.end + usize::from(letter);
    let sentence = u.sentences.first().map_or(0..0, |s| s.bytes.clone());
    // Only before a floor, a door or a code it is part of an address.
    let address = u.addresses().iter().any(|a| {
        let a = &a.value;
        [
            a.floor.as_ref().map(|f| f.span.start),
            a.door.as_ref().map(|d| d.span.start),
            a.postal_code.as_ref().map(|c| c.span.start),
        ]
        .into_iter()
        .flatten()
        .any(|start| start > 0 && sentence.contains(&start))
    });
    let set_off = u.tokens.get(comma).is_some_and(|t| t.is_sign(','));
    if !just_said || !house || !set_off || !address {
        return None;
    }
    let value = read.value.to_string();
    // "317, tredje sal": the room that was named.
    if m.text(&format!("{}.door", place.prefix())) == Some(value.as_str()) {
        return None;
    }
    if m.text(&key) != Some(value.as_str()) {
        let span = u.tokens[0].span.start..u.tokens[read.end - 1].span.end;
        say(
            m,
            u,
            &key,
            Heard::new(value.clone(), u.evidence(span), 0.75),
        );
    }
    Some(value)
}
