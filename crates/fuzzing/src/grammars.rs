//! The value grammars.

use jiff::civil::date;
use tolkebot_protocol::Lang;
use tolkebot_values::dates::{DateContext, Purpose};
use tolkebot_values::{
    Found, ParseContext, ValueKind, address, corrections, counts, cpr, dates, digit_runs, email,
    markers, names, numbers, parse_kind, phone, places, postal, spelling, tokenise,
};

const KINDS: [ValueKind; 10] = [
    ValueKind::Date,
    ValueKind::BirthDate,
    ValueKind::Cpr,
    ValueKind::Phone,
    ValueKind::Email,
    ValueKind::Address,
    ValueKind::PostalCode,
    ValueKind::Count,
    ValueKind::Correction,
    ValueKind::Name,
];

/// Every grammar, in both languages: spans lie in the text, on letters' borders, and confidence is
/// between 0 and 1.
pub fn values(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let today = date(2026, 12, 1);
    for lang in Lang::ALL {
        let context = ParseContext::new(today);
        for kind in KINDS {
            let outcome = parse_kind(lang, kind, text, &context);
            check(text, outcome.value.as_ref());
        }
        check(text, &address::find(text, lang));
        check(text, &corrections::find(text, lang));
        check(text, counts::find(text, lang).as_ref());
        check(text, &cpr::find(text, lang));
        check(text, &cpr::find_expected(text, lang));
        check(text, &cpr::find_parts(text, lang));
        check(text, cpr::find_partial(text, lang).as_ref());
        for purpose in [Purpose::Move, Purpose::Birth] {
            let context = DateContext::new(today, purpose);
            check(text, &dates::find(text, lang, &context));
        }
        check(text, &digit_runs::find(text, lang));
        check(text, &email::find(text, lang));
        check(text, &markers::find(text, lang));
        check(text, markers::answer(text, lang).as_ref());
        check(text, &names::find(text, lang));
        check(text, &phone::find(text, lang));
        check(text, &places::find(text, lang));
        check(text, &postal::find(text, lang));
        check(text, &spelling::find(text, lang));
        let tokens = tokenise(text, lang);
        for at in 0..tokens.len() {
            let _ = numbers::reads_at(&tokens, at, lang);
        }
    }
    let _ = (names::in_latin(text), names::to_nominative(text));
    if let Ok(number) = cpr::CprNumber::parse(text) {
        let _ = (number.birth_date(), number.issues(today), number.masked());
    }
}

fn check<'a, T: 'a>(text: &str, found: impl IntoIterator<Item = &'a Found<T>>) {
    for one in found {
        assert!(
            text.get(one.span.clone()).is_some(),
            "{:?} is no part of the text",
            one.span
        );
        assert!((0.0..=1.0).contains(&one.confidence), "{}", one.confidence);
    }
}
