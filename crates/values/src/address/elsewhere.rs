//! Streets of the register that cannot be meant: the town or postal code told with them is another one's.

use super::street::StreetSource;
use super::{Address, heard};
use crate::found::{Ambiguity, Found, Reason};
use crate::token::Token;

/// What sounds so much alike may be the register's street although the code was misheard.
const SURE: f32 = 0.93;

/// «Ґранґордсвей вісімнадцять, сорок сім нуль нуль»: a street that only sounds like one of the register, in another town,
/// is written as it was heard.
pub(super) fn reconsider(tokens: &[Token], found: &mut Found<Address>) {
    let address = &mut found.value;
    let codes: Vec<&str> = match (&address.postal_code, &address.place) {
        (Some(code), _) => vec![code.value.code.as_str()],
        (None, Some(place)) => place
            .value
            .postal_codes
            .iter()
            .map(String::as_str)
            .collect(),
        _ => return,
    };
    let Some(street) = &mut address.street else {
        return;
    };
    let of_register = street.value.source == StreetSource::Heard
        && !street.value.postal_codes.is_empty()
        && !codes.is_empty();
    let there = street
        .value
        .postal_codes
        .iter()
        .any(|code| codes.contains(&code.as_str()));
    let likeness = street
        .value
        .candidates
        .first()
        .map_or(0.0, |(_, alike)| *alike);
    if !of_register || there || likeness >= SURE {
        return;
    }
    let at = tokens.partition_point(|t| t.span.start < street.span.start);
    let end = tokens.partition_point(|t| t.span.end <= street.span.end);
    let Some((other, confidence)) = end
        .checked_sub(at)
        .and_then(|len| heard::unlisted(tokens, at, len))
    else {
        return;
    };
    let names = other.candidates.iter().map(|(name, _)| name);
    street.note = Some(Ambiguity::between(Reason::UnknownStreet, names));
    street.value = other;
    street.confidence = confidence;
}
