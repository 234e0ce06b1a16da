//! What stands beside a street: a part of the town, the sentence before, the house that is known already.

use super::*;

/// «до Орхуса, в Тільст», "til Aarhus, til Tilst": the part of the town right behind it is the same place.
pub(super) fn narrower(
    m: &mut Memory,
    u: &Utterance<'_>,
    before: &[Found<Address>],
    hit: &Found<Address>,
) {
    let (Some(last), Some(part)) = (before.last(), &hit.value.place) else {
        return;
    };
    let Some(town) = last
        .value
        .place
        .as_ref()
        .filter(|_| last.value.street.is_none())
    else {
        return;
    };
    let gap = u.words(u.word_at(town.span.end)..u.word_at(part.span.start));
    let beside = matches!(gap.as_slice(), [] | ["в" | "у" | "i" | "до" | "til"]);
    let codes = &part.value.postal_codes;
    let one = codes
        .first()
        .zip(town.value.postal_codes.first())
        .is_some_and(|(a, b)| {
            let whole = municipality::of_code(a);
            whole.is_some() && whole == municipality::of_code(b)
        });
    if !beside || !(one || part.value.in_aarhus && town.value.in_aarhus) {
        return;
    }
    for place in [Place::New, Place::Old] {
        let prefix = place.prefix();
        let named = m.text(&format!("{prefix}.town")) == Some(town.value.name.as_str());
        let other = m.text(&format!("{}.town", place.other().prefix()));
        if named && other != Some(part.value.name.as_str()) {
            self::town(m, u, &hit.value, place);
            return;
        }
    }
}

/// Words that may stand alone before a street: the cue for it is in the sentence before.
pub(super) fn before_a_street(word: &str) -> bool {
    matches!(
        word,
        "на" | "вулиця"
            | "вулиці"
            | "це"
            | "адреса"
            | "там"
            | "то"
            | "det"
            | "er"
            | "på"
    )
}

/// «Раніше в Гіллереді, у родини. Слотсгаде сорок»: the words of the sentence before, when the one with the
/// street says nothing by itself.
pub(super) fn carried<'u>(u: &'u Utterance<'_>, from: usize, byte: usize) -> Vec<&'u str> {
    let Some(at) = u.sentence_at(byte).map(|s| s.bytes.start) else {
        return Vec::new();
    };
    let Some(before) = u
        .sentences
        .iter()
        .rev()
        .find(|s| s.bytes.end <= at && s.bytes.start >= from)
    else {
        return Vec::new();
    };
    let words = u.words(before.words.clone());
    // «З Роскілле, там була практика, а тепер інша»: told of both.
    let tells = words.iter().take(2).any(|w| {
        matches!(
            *w,
            "раніше" | "тепер" | "колись" | "досі" | "зараз" | "нині"
        )
    });
    // "Fra Ribe til Malling. Bredgade nitten."
    let from_to = words
        .windows(4)
        .any(|w| matches!((w[0], w[2]), ("fra", "til") | ("з" | "із" | "зі", "до")));
    if before.question || !(tells || from_to) {
        return Vec::new();
    }
    words
}

/// The street and number of an address that is known: who names them means it.
pub(super) fn same_house_as_known(m: &Memory, hit: &Found<Address>) -> bool {
    let number = hit.value.number.as_ref().map(|n| n.value.as_str());
    let street = hit.value.street.as_ref();
    street.is_some_and(|street| {
        [Place::New, Place::Old].into_iter().any(|place| {
            number.is_some()
                && m.text(&format!("{}.house_number", place.prefix())) == number
                && likeness(m, place, &street.value, number, true) > 0.0
        })
    })
}

/// «З Вестергаде двадцять один на Скольвей дев'ять»: where the same breath goes on to.
pub(super) fn goes_on_to(m: &Memory, u: &Utterance<'_>, left: &[&str]) -> bool {
    !u.is_staff()
        && m.from_street_turn == m.turns
        && m.place == Some(Place::Old)
        && !m.has("to.street_name")
        && matches!(left.last(), Some(&("на" | "до" | "в" | "у")))
        && !left.iter().any(|w| {
            matches!(
                *w,
                "раніше" | "того" | "цього" | "колись" | "спершу" | "спочатку"
            )
        })
}

/// «Були на Кірстінегаде тринадцять, будемо на …», «з Людерсвей чотири на Людерсвей дванадцять»: the words before a
/// street that the address `known` has speak of the other one.
pub(super) fn to_the_other(m: &Memory, u: &Utterance<'_>, left: &[&str], known: Place) -> bool {
    old_or_new::place(left, &[], m.tense_so_far()) == Some(known.other())
        || known == Place::Old && goes_on_to(m, u, left)
}
