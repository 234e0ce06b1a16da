//! What is rendered in words is read back as the same value, in both languages, written as people
//! write and as recognisers do; and no text makes a grammar panic.

use jiff::civil::Date;
use proptest::prelude::*;
use tolkebot_protocol::Lang;
use tolkebot_values::address::{self, DanishFloor};
use tolkebot_values::cpr::{self, CprNumber};
use tolkebot_values::dates::{self, DateContext, Purpose};
use tolkebot_values::phone::{self, Phone};
use tolkebot_values::{
    ParseContext, ValueKind, corrections, counts, email, foreign, markers, names, numbers,
    parse_kind, places, postal, render, spelling, tokenise,
};

fn lang() -> impl Strategy<Value = Lang> {
    prop_oneof![Just(Lang::Da), Just(Lang::Uk)]
}

fn date(years: std::ops::Range<i16>) -> impl Strategy<Value = Date> {
    (years, 1..=12i8, 1..=31i8).prop_filter_map("no such day", |(year, month, day)| {
        Date::new(year, month, day).ok()
    })
}

/// A real date whose number fails modulus 11 and isn't 1 January: nobody has it.
fn cpr_number() -> impl Strategy<Value = CprNumber> {
    (date(1937..2027), 0..10_000u32).prop_filter_map("may belong to somebody", |(born, serial)| {
        let text = format!(
            "{:02}{:02}{:02}{serial:04}",
            born.day(),
            born.month(),
            born.year() % 100
        );
        let number = CprNumber::parse(&text).ok()?;
        let new_year = born.day() == 1 && born.month() == 1;
        let usable = number.mod11() != Some(0) && !new_year && number.birth_date().is_some();
        usable.then_some(number)
    })
}

/// As a recogniser writes: no capitals, no signs.
fn bare(text: &str) -> String {
    text.to_lowercase().replace(['.', ',', ';', ':'], "")
}

fn today() -> Date {
    Date::constant(2026, 12, 1)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_survive(value in 0..1_000_000u64, lang in lang()) {
        let words = render::cardinal(value, lang);
        let tokens = tokenise(&words, lang);
        let read = numbers::read_at(&tokens, 0, lang).expect("a number");
        prop_assert_eq!((read.value, read.end), (value, tokens.len()), "{}", words);
    }

    #[test]
    fn birth_dates_survive(born in date(1900..2027), lang in lang(), asr in any::<bool>()) {
        let mut words = render::date_spoken(born, lang);
        if asr {
            words = bare(&words);
        }
        let ctx = DateContext::new(today(), Purpose::Birth);
        let found = dates::find(&words, lang, &ctx);
        prop_assert_eq!(found.len(), 1, "{}", words);
        prop_assert_eq!(found[0].value.date, Some(born), "{}", words);
        prop_assert_eq!(found[0].span.clone(), 0..words.len());
    }

    #[test]
    fn written_dates_survive(born in date(1900..2100), lang in lang()) {
        let ctx = DateContext::new(today(), Purpose::Birth);
        let texts = [
            render::date_written(born, lang),
            format!("{:02}.{:02}.{}", born.day(), born.month(), born.year()),
            born.to_string(),
        ];
        for text in texts {
            let found = dates::find(&text, lang, &ctx);
            prop_assert_eq!(found.first().and_then(|f| f.value.date), Some(born), "{}", text);
        }
    }

    #[test]
    fn move_dates_near_today_need_no_year(offset in -150..60i64, lang in lang()) {
        let day = today().checked_add(jiff::Span::new().days(offset)).expect("a day");
        let words = render::date_spoken(day, lang);
        let marker = if lang == Lang::Da {
            if day.year() < 2000 { " nitten" } else { " to tusind" }
        } else {
            " дві тисячі"
        };
        let short = words.split(marker).next().expect("a head").to_string();
        let ctx = DateContext::new(today(), Purpose::Move);
        let found = dates::find(&short, lang, &ctx);
        prop_assert_eq!(found.first().and_then(|f| f.value.date), Some(day), "{}", short);
    }

    #[test]
    fn cpr_numbers_survive(number in cpr_number(), lang in lang(), asr in any::<bool>()) {
        let mut words = render::cpr_spoken(&number, lang);
        if asr {
            words = bare(&words);
        }
        let found = cpr::find_expected(&words, lang);
        prop_assert_eq!(found.len(), 1, "{}", words);
        prop_assert_eq!(found[0].value, number, "{}", words);
        for text in [number.formatted(), number.digits().to_string()] {
            let found = cpr::find(&text, lang);
            prop_assert_eq!(found.first().map(|f| f.value), Some(number));
        }
    }

    #[test]
    fn phones_survive(digits in "[2-9][0-9]{7}", lang in lang(), asr in any::<bool>()) {
        let phone = Phone::from_digits(&digits, false).expect("a number");
        let mut words = render::phone_spoken(&phone, lang);
        if asr {
            words = bare(&words);
        }
        let found = phone::find(&words, lang);
        prop_assert_eq!(found.len(), 1, "{}", words);
        prop_assert_eq!(&found[0].value, &phone, "{}", words);
        let found = phone::find(&phone.formatted(), lang);
        prop_assert_eq!(found.first().map(|f| f.value.clone()), Some(phone));
    }

    #[test]
    fn ukrainian_phones_survive(digits in "(50|63|66|67|68|73|9[1-9])[0-9]{7}") {
        let phone = Phone::from_digits(&format!("380{digits}"), true).expect("a number");
        let words = render::phone_spoken(&phone, Lang::Uk);
        let found = phone::find(&words, Lang::Uk);
        prop_assert_eq!(found.first().map(|f| f.value.clone()), Some(phone), "{}", words);
    }

    #[test]
    fn postal_codes_survive(at in 0..1000usize, lang in lang()) {
        let rows = postal::all();
        let row = &rows[at % rows.len()];
        let words = render::postal_spoken(row.code, lang);
        let found = postal::find(&words, lang);
        prop_assert_eq!(found.first().map(|f| f.value.code.as_str()), Some(row.code), "{}", words);
    }

    #[test]
    fn house_numbers_and_floors_survive(
        house in 1..1000u64,
        floor in 1..20u8,
        asr in any::<bool>(),
    ) {
        let number = render::cardinal(house, Lang::Da);
        let said = render::floor_explained(DanishFloor::Upper(floor), Lang::Da);
        let mut text = format!("Randersvej {number}, {said} til højre");
        if asr {
            text = bare(&text);
        }
        let found = address::find(&text, Lang::Da);
        prop_assert_eq!(found.len(), 1, "{}", text);
        let line = found[0].value.one_line();
        prop_assert_eq!(line, format!("Randersvej {house}, {floor}. th"), "{}", text);
    }

}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_makes_a_grammar_panic(text in any::<String>()) {
        everything(&text);
    }

    #[test]
    fn no_jumble_of_known_words_makes_a_grammar_panic(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "den", "i", "femtende", "tolvte", "december", "to", "tusind", "og", "seksogtyve",
                "en", "nul", "hundrede", "på", "fredag", "om", "otte", "dage", "siden", "Randersvej",
                "95B", ",", ".", "-", "sal", "st", "kl", "th", "t", "h", "snabel", "a", "punktum",
                "двадцять", "третього", "п'ятого", "дванадцятого", "грудня", "тисяч", "нуль", "три",
                "нулі", "року", "у", "п'ятницю", "через", "тиждень", "тому", "поверх", "третій",
                "Рандерс", "вей", "літера", "бе", "за", "данською", "лічбою", "Олена", "Марчук",
                "собака", "крапка", "ель", "ігрек", "ні", "не", "а", "+", "45", "2026", "15/12",
                "\u{301}", "’", "дві", "plus", "плюс", "сорок", "мінус", "@", "example", "dk", "8200",
            ]),
            0..24,
        ),
    ) {
        everything(&words.join(" "));
        everything(&words.concat());
    }
}

/// Calls every finder; spans must be cut points of the text.
fn everything(text: &str) {
    let on_boundary = |span: &std::ops::Range<usize>| assert!(text.get(span.clone()).is_some());
    for lang in Lang::ALL {
        for purpose in [Purpose::Move, Purpose::Birth, Purpose::Other] {
            let ctx = DateContext::new(today(), purpose);
            dates::find(text, lang, &ctx)
                .iter()
                .for_each(|f| on_boundary(&f.span));
        }
        dates::has_clock_time(text, lang);
        numbers::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        cpr::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        cpr::find_expected(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        cpr::find_partial(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        phone::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        foreign::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        foreign::code(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        for country in ["Ukraine", "Polen", "Tyskland", "Norge"] {
            foreign::street_in_latin(text, country);
        }
        postal::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        email::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        address::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        places::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        names::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        spelling::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        markers::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        markers::answer(text, lang);
        corrections::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        counts::find(text, lang)
            .iter()
            .for_each(|f| on_boundary(&f.span));
        parse_kind(lang, ValueKind::Name, text, &ParseContext::new(today()));
        parse_kind(lang, ValueKind::Date, text, &ParseContext::new(today()));
    }
    names::romanise(text);
    names::to_nominative(text);
    names::same_name(text, "Олена");
}
