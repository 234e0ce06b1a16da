//! What looks like part of an address and is none: words of a sentence, sums of money, years.

use super::*;

/// "han modtager en erklæring": the article is no house number, and a pronoun begins no street.
pub(super) fn no_street(u: &Utterance<'_>, a: &Address) -> bool {
    let guessed = a
        .street
        .as_ref()
        .filter(|s| s.value.source == StreetSource::Guessed && !u.written && u.is_staff());
    let Some(street) = guessed else { return false };
    let article = a
        .number
        .as_ref()
        .is_some_and(|n| matches!(u.words(u.words_in(&n.span)).as_slice(), ["en" | "et"]));
    let pronoun = u.words(u.words_in(&street.span)).first().is_some_and(|w| {
        matches!(
            *w,
            "han" | "hun" | "de" | "jeg" | "vi" | "du" | "den" | "det" | "så" | "der"
        )
    });
    article || pronoun
}

/// «Бере з нас сім тисяч», "syv tusind om måneden": a sum of money, or a year, and no postal code.
pub(super) fn is_a_sum(u: &Utterance<'_>, code: &Range<usize>) -> bool {
    let left = cues::left(u, 0, code.start);
    let right = cues::right(u, code.end);
    // «дві тисячі тринадцятого»
    let year = u.lang() == tolkebot_protocol::Lang::Uk
        && right
            .first()
            .is_some_and(|w| w.ends_with("ого") && !matches!(*w, "нового" | "того" | "старого"));
    let pays = left.iter().rev().take(6).any(|w| {
        matches!(*w, "бере" | "беруть" | "коштує" | "husleje" | "huslejen")
            || ["плат", "плач", "betal", "koster"]
                .iter()
                .any(|stem| w.starts_with(stem))
    });
    let money = right.iter().take(3).any(|w| {
        matches!(*w, "місяць" | "місячно" | "kr" | "måneden")
            || ["крон", "kroner"].iter().any(|stem| w.starts_with(stem))
    });
    pays || money || year
}
