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
    let found = u.tokens.windows(2).find(|pair| {
        let [digits, letter] = pair else { return false };
        digits.text == number
            && letter.is_word()
            && letter.capital
            && letter.text.chars().count() == 1
            && letter.text.is_ascii()
            && letter.span.start <= digits.span.end + 1
    });
    if let Some([_, letter]) = found
        && !m.heard_now.contains(&key)
    {
        let value = letter.text.to_uppercase();
        let heard = Heard::new(value, u.evidence(letter.span.clone()), 0.8);
        say(m, u, &key, heard);
    }
}
