//! Whole translations with the shipped model: values, odd input, length.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::translator;
use tolkebot_models::Store;
use tolkebot_mt::{MtConfig, MtError, MtWarning, Translation, Translator, ValueKind};
use tolkebot_protocol::Lang;

fn uk_da(translator: &mut Translator, text: &str) -> Translation {
    translator.translate(text, Lang::Uk, Lang::Da).unwrap()
}

fn da_uk(translator: &mut Translator, text: &str) -> Translation {
    translator.translate(text, Lang::Da, Lang::Uk).unwrap()
}

#[test]
fn values_survive() {
    let mut mt = translator(&MtConfig::default());
    for (text, kept) in [
        ("Мій номер 070584-1234, телефон 61 22 90 14.", "070584-1234"),
        ("Пишіть на oksana.k@example.org.", "oksana.k@example.org"),
        (
            "Мій чоловік — Остап Гончаренко, він теж переїжджає.",
            "Ostap Honcharenko",
        ),
        ("Я живу з Оленою Ткачук.", "Olena Tkachuk"),
        ("Нуль сім, нуль п'ять, вісімдесят чотири.", "fireogfirs"),
    ] {
        let got = uk_da(&mut mt, text);
        assert!(got.text.contains(kept), "{text} → {}", got.text);
        assert_eq!(got.warnings, [], "{text}");
    }
    let got = da_uk(
        &mut mt,
        "Ring på 89 40 22 22 eller skriv til borgerservice@aarhus.dk.",
    );
    assert!(got.text.contains("borgerservice@aarhus.dk"), "{}", got.text);
    assert!(got.text.contains("89 40 22 22"), "{}", got.text);
    // The model alone writes "in the evening" here.
    let got = da_uk(&mut mt, "Jeg er født den 13. august 1959.");
    assert!(
        got.text.contains("13") && got.text.contains("серпня 1959"),
        "{}",
        got.text
    );
    assert_eq!(got.warnings, []);
}

#[test]
fn floors_are_pointed_out() {
    let mut mt = translator(&MtConfig::default());
    let got = uk_da(&mut mt, "Третій поверх, праворуч.");
    assert!(got.warnings.contains(&MtWarning::FloorCount), "{got:?}");
}

#[test]
fn what_needs_no_translation_passes_through() {
    let mut mt = translator(&MtConfig::default());
    for text in ["", "  ", "\u{feff}\0\n"] {
        assert_eq!(uk_da(&mut mt, text).text, "");
        assert_eq!(uk_da(&mut mt, text).warnings, []);
    }
    for text in ["61 22 90 14", "Randersvej 95B", "kim@example.org"] {
        let got = uk_da(&mut mt, text);
        assert_eq!((got.text.as_str(), got.confidence), (text, 1.0));
        assert_eq!(got.warnings, []);
    }
}

#[test]
fn what_cannot_be_translated_passes_through_with_a_warning() {
    let mut mt = translator(&MtConfig::default());
    for (text, from, warning) in [
        ("😀👍", Lang::Da, MtWarning::NothingToTranslate),
        ("…?!", Lang::Uk, MtWarning::NothingToTranslate),
        ("Hello, how are you?", Lang::Uk, MtWarning::WrongLanguage),
        ("Hello, how are you?", Lang::Da, MtWarning::WrongLanguage),
        ("Привіт, як справи?", Lang::Da, MtWarning::WrongLanguage),
        ("今日は", Lang::Da, MtWarning::WrongLanguage),
    ] {
        let got = mt.translate(text, from, from.other()).unwrap();
        assert_eq!((got.text.as_str(), got.confidence), (text, 0.0));
        assert_eq!(got.warnings, [warning]);
    }
}

#[test]
fn pictures_and_control_characters_do_not_reach_the_model() {
    let mut mt = translator(&MtConfig::default());
    let plain = da_uk(&mut mt, "Tak for hjælpen.");
    let odd = da_uk(&mut mt, "\0 Tak\u{200b} for 🙏🏽\r\n hjælpen. ");
    assert_eq!(odd.text, format!("{} 🙏🏽", plain.text));
    assert!(
        plain.confidence > 0.5 && plain.confidence <= 1.0,
        "{plain:?}"
    );
    assert!(!plain.text.starts_with(' '));
}

#[test]
fn long_text_is_translated_to_its_end() {
    let mut mt = translator(&MtConfig {
        guard: false,
        ..MtConfig::default()
    });
    let text =
        "Jeg er flyttet til en ny lejlighed i Aarhus, og jeg vil gerne have ændret min adresse. "
            .repeat(8)
            + "Mit telefonnummer er 61 22 90 14.";
    let got = da_uk(&mut mt, &text);
    assert!(got.text.ends_with("61 22 90 14."), "{}", got.text);
    assert!(got.text.matches("Орхус").count() >= 6, "{}", got.text);
}

#[test]
fn huge_text_is_refused_at_once() {
    let mut mt = translator(&MtConfig::default());
    let line = "flytning ".repeat(1_200_000);
    let error = mt.translate(&line, Lang::Da, Lang::Uk).unwrap_err();
    assert!(
        matches!(error, MtError::TooLong { max: 20_000, .. }),
        "{error}"
    );
    let same = mt.translate("Hej", Lang::Da, Lang::Da).unwrap_err();
    assert!(matches!(same, MtError::SameLanguage(Lang::Da)), "{same}");
}

#[test]
fn a_value_that_cannot_be_saved_is_named_by_its_kind_only() {
    // One attempt only: the model alone never spells an unknown name.
    let mut mt = translator(&MtConfig {
        max_attempts: 1,
        ..MtConfig::default()
    });
    let got = uk_da(&mut mt, "Мене звати Феодосій Жджанський.");
    assert_eq!(
        got.warnings,
        [MtWarning::ValueMismatch(ValueKind::Name)],
        "{}",
        got.text
    );
    let json = serde_json::to_string(&got.warnings).unwrap();
    assert_eq!(json, r#"[{"warning":"value_mismatch","value":"name"}]"#);
}

#[test]
fn a_draft_goes_on_from_what_was_read() {
    let mut mt = translator(&MtConfig::default());
    let always = || true;
    let first = mt
        .draft("Jeg vil gerne melde", Lang::Da, "", &always)
        .unwrap()
        .unwrap();
    let held = first.split(' ').next().unwrap();
    let more = mt
        .draft(
            "Jeg vil gerne melde flytning til Aarhus",
            Lang::Da,
            held,
            &always,
        )
        .unwrap()
        .unwrap();
    assert!(more.starts_with(held), "`{held}` became `{more}`");
    assert!(more.contains("Орхус"), "{more}");
    // What was read is kept although the model would not have written it.
    let forced = mt
        .draft("Jeg bor i Aarhus", Lang::Da, "Ви", &always)
        .unwrap()
        .unwrap();
    assert!(forced.starts_with("Ви "), "{forced}");
    let given_up = mt.draft("Jeg vil gerne melde", Lang::Da, "", &|| false);
    assert_eq!(given_up.unwrap(), None);
    // A draft leaves nothing behind that the whole translation would stumble over.
    let whole = da_uk(&mut mt, "Jeg bor i Aarhus.");
    let alone = da_uk(&mut translator(&MtConfig::default()), "Jeg bor i Aarhus.");
    assert_eq!(whole.text, alone.text);
}

#[test]
fn a_beam_that_is_none_is_refused() {
    for beam in [0, 17] {
        let config = MtConfig {
            beam,
            ..MtConfig::default()
        };
        let dir = Store::locate().unwrap().dir("mt-starter").unwrap();
        let error = Translator::load(&dir, &config).unwrap_err();
        assert!(error.to_string().contains("choose 1 to 16"), "{error}");
    }
}
