//! Values as people read them, in both languages.

use jiff::civil::Date;
use serde_json::Value;
use tolkebot_protocol::Lang;
use tolkebot_values::places::country_in_ukrainian;
pub use tolkebot_values::render::date_written as date_long;

use crate::definition::{FieldDef, FieldType};

/// Fields that hold the Danish name of a country.
const COUNTRIES: [&str; 4] = [
    "mover.citizenship",
    "from.country",
    "arrival.from_country",
    "departure.country",
];

/// A value as it is read on a screen: `15. december 2026` / `15 грудня 2026 року`, enum texts,
/// `+45 21 45 07 83`, `ja`/`так`, `Tyskland`/`Німеччина`. Addresses and names stay as they are written in Danish.
pub fn display(field: &FieldDef, value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => match (yes, lang) {
            (true, Lang::Da) => "ja",
            (false, Lang::Da) => "nej",
            (true, Lang::Uk) => "так",
            (false, Lang::Uk) => "ні",
        }
        .to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items
            .iter()
            .map(|v| display(field, v, lang))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(_) => value.to_string(),
        Value::String(text) => text_display(field, text, lang),
    }
}

fn text_display(field: &FieldDef, text: &str, lang: Lang) -> String {
    match field.kind {
        FieldType::Enum | FieldType::ListEnum => {
            field.value_text(text, lang).unwrap_or(text).to_owned()
        }
        FieldType::Date => match text.parse::<Date>() {
            Ok(date) => date_long(date, lang),
            Err(_) => text.to_owned(),
        },
        FieldType::Phone => phone(text),
        FieldType::Floor => floor(text, lang),
        FieldType::Door => match (text, lang) {
            ("th", Lang::Da) => "til højre (th)".to_owned(),
            ("tv", Lang::Da) => "til venstre (tv)".to_owned(),
            ("mf", Lang::Da) => "midtfor (mf)".to_owned(),
            ("th", Lang::Uk) => "праворуч (th)".to_owned(),
            ("tv", Lang::Uk) => "ліворуч (tv)".to_owned(),
            ("mf", Lang::Uk) => "посередині (mf)".to_owned(),
            _ => text.to_owned(),
        },
        FieldType::ListRef | FieldType::RefHousehold => person(text, lang),
        FieldType::String if lang == Lang::Uk && COUNTRIES.contains(&field.key.as_str()) => {
            country_in_ukrainian(text).unwrap_or(text).to_owned()
        }
        _ => text.to_owned(),
    }
}

/// A person of the form, named as the labels name them: `Medflytter 2` is `household[1]`.
fn person(reference: &str, lang: Lang) -> String {
    let along = reference
        .strip_prefix("household[")
        .and_then(|rest| rest.strip_suffix(']')?.parse::<usize>().ok());
    match (reference, along, lang) {
        ("mover", _, Lang::Da) => "Borgeren".to_owned(),
        ("mover", _, Lang::Uk) => "Громадянин (громадянка)".to_owned(),
        (_, Some(at), Lang::Da) => format!("Medflytter {}", at.saturating_add(1)),
        (_, Some(at), Lang::Uk) => format!("Інша особа {}", at.saturating_add(1)),
        _ => reference.to_owned(),
    }
}

/// `+4521450783` → `+45 21 45 07 83`, `+380671234567` → `+380 67 123 45 67`.
fn phone(text: &str) -> String {
    let groups: &[usize] = if text.starts_with("+45") && text.len() == 11 {
        &[3, 2, 2, 2, 2]
    } else if text.starts_with("+380") && text.len() == 13 {
        &[4, 2, 3, 2, 2]
    } else {
        return text.to_owned();
    };
    let mut rest = text;
    let mut out = Vec::with_capacity(groups.len());
    for &size in groups {
        let Some((group, tail)) = rest.split_at_checked(size) else {
            return text.to_owned();
        };
        out.push(group);
        rest = tail;
    }
    out.join(" ")
}

/// The Danish floor; in Ukrainian with the floor as it is counted there.
pub(crate) fn floor(text: &str, lang: Lang) -> String {
    match (text, lang) {
        ("st", Lang::Da) => "stuen".to_owned(),
        ("st", Lang::Uk) => "«stuen» (перший поверх за українською лічбою)".to_owned(),
        ("kl", Lang::Da) => "kælderen".to_owned(),
        ("kl", Lang::Uk) => "«kælder» (підвал)".to_owned(),
        (_, Lang::Da) => match text.strip_prefix('k') {
            Some(n) => format!("{n}. kælder"),
            None => format!("{text}. sal"),
        },
        (_, Lang::Uk) => match (text.strip_prefix('k'), text.parse::<u8>()) {
            (Some(n), _) => format!("«{n}. kælder» ({n}-й підвальний поверх)"),
            (None, Ok(n)) => format!(
                "«{n}. sal» ({}-й поверх за українською лічбою)",
                u16::from(n) + 1
            ),
            (None, Err(_)) => text.to_owned(),
        },
    }
}

/// A door as it is said in Ukrainian: «праворуч», «двері 12».
pub(crate) fn door_in_ukrainian(text: &str) -> String {
    match text {
        "th" => "праворуч".to_owned(),
        "tv" => "ліворуч".to_owned(),
        "mf" => "посередині".to_owned(),
        number => format!("двері {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::FormDefinition;

    #[test]
    fn values_in_both_languages() {
        let def = FormDefinition::embedded();
        let show = |key: &str, value: Value| {
            let field = def.field(key).expect(key);
            (
                display(field, &value, Lang::Da),
                display(field, &value, Lang::Uk),
            )
        };
        assert_eq!(
            show("move_date", "2026-12-15".into()),
            ("15. december 2026".into(), "15 грудня 2026 року".into())
        );
        assert_eq!(
            show("mover.phone", "+4521450783".into()).0,
            "+45 21 45 07 83"
        );
        assert_eq!(
            show("mover.phone", "+380671234567".into()).0,
            "+380 67 123 45 67"
        );
        assert_eq!(show("to.floor", "2".into()).0, "2. sal");
        assert_eq!(
            show("to.floor", "2".into()).1,
            "«2. sal» (3-й поверх за українською лічбою)"
        );
        assert_eq!(
            show("to.floor", "k2".into()),
            (
                "2. kælder".into(),
                "«2. kælder» (2-й підвальний поверх)".into()
            )
        );
        assert_eq!(
            show("mover.has_mitid", false.into()),
            ("nej".into(), "ні".into())
        );
        assert_eq!(
            show("mover.citizenship", "Ukraine".into()),
            ("Ukraine".into(), "Україна".into())
        );
        assert_eq!(show("from.country", "Tyskland".into()).1, "Німеччина");
        assert_eq!(show("departure.country", "Vanuatu".into()).1, "Vanuatu");
        assert_eq!(show("gp.choice", "keep".into()).0, "Behold nuværende læge");
        let persons = serde_json::json!(["mover", "household[1]"]);
        assert_eq!(
            show("protection.persons", persons),
            (
                "Borgeren, Medflytter 2".into(),
                "Громадянин (громадянка), Інша особа 2".into()
            )
        );
        assert_eq!(
            show("children[0].person", "household[0]".into()).0,
            "Medflytter 1"
        );
        assert_eq!(
            show(
                "documents.missing",
                serde_json::json!(["lease", "passport"])
            )
            .0,
            "Lejekontrakt, Pas"
        );
    }
}
