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
        let said = u.turn.text.get(word.span.clone()).unwrap_or("").to_owned();
        let heard = Heard::new(said, u.evidence(word.span.clone()), 0.7);
        m.hear("to.supplementary_city", heard);
    }
}

/// "94D, 2400 København NV": the number that is known, and its letter.
pub(super) fn letter(m: &mut Memory, u: &Utterance<'_>) {
    let Some(place) = m.place.filter(|_| u.is_staff() && recently(m)) else {
        return;
    };
    if u.addresses().iter().any(|a| a.value.street.is_some()) {
        return;
    }
    let prefix = place.prefix();
    let Some(number) = m.text(&format!("{prefix}.house_number")).map(str::to_owned) else {
        return;
    };
    let key = format!("{prefix}.house_letter");
    let letter_at = |at: usize| {
        u.tokens.get(at).filter(|t| {
            t.is_word() && t.capital && t.text.is_ascii() && t.text.chars().count() == 1
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
    if let Some(letter) = behind_number.or(as_in)
        && !m.heard_now.contains(&key)
    {
        let value = letter.text.to_uppercase();
        let heard = Heard::new(value, u.evidence(letter.span.clone()), 0.8);
        say(m, u, &key, heard);
    }
}
