//! Whether a value that a person typed fits its field, and the form's own notation for it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use crate::definition::{FieldDef, FieldType};

/// Longest value of a field without a limit of its own, in characters.
const MAX_CHARS: usize = 2_000;

/// Checks a typed value; `Ok` carries it in the form's notation. The error says what is expected
/// and never repeats the value.
pub(crate) fn typed(field: &FieldDef, value: Value) -> Result<Value, String> {
    match field.kind {
        FieldType::Boolean => match value {
            Value::Bool(_) => Ok(value),
            _ => Err("expected true or false".to_owned()),
        },
        FieldType::Integer => integer(field, &value),
        FieldType::List | FieldType::ListRef | FieldType::ListEnum => list(field, value),
        _ => {
            let Value::String(text) = value else {
                return Err("expected text".to_owned());
            };
            let text = text.trim();
            if text.is_empty() {
                return Err("is empty; clear the field instead".to_owned());
            }
            let limit = field.max_length.unwrap_or(MAX_CHARS);
            let length = text.chars().count();
            if length > limit {
                return Err(format!("has {length} characters; the field takes {limit}"));
            }
            text_value(field, text).map(Value::from)
        }
    }
}

/// A value as it is written on a keyboard or pasted: spaces of every width become plain ones. What nobody sees
/// is refused, because it makes two values of one that look the same; so is a line break in a field of one line.
/// Values of the log were looked at when they were written.
pub(crate) fn written(field: &FieldDef, value: Value) -> Result<Value, String> {
    let clean = |text: String| {
        let unseen = |c: char| match c {
            '\n' | '\r' | '\t' => field.kind != FieldType::Text,
            _ => c.is_control() || is_invisible(c),
        };
        match text.trim().chars().find(|c| unseen(*c)) {
            Some(c) => Err(format!(
                "has a line break or a sign that nobody sees (U+{:04X}); write it anew by hand",
                u32::from(c)
            )),
            None => Ok(text
                .chars()
                .map(|c| match c {
                    '\n' | '\r' | '\t' => c,
                    _ if c.is_whitespace() => ' ',
                    _ => c,
                })
                .collect::<String>()),
        }
    };
    Ok(match value {
        Value::String(text) => clean(text)?.into(),
        Value::Array(items) => {
            let items = items.into_iter().map(|item| match item {
                Value::String(text) => clean(text).map(Value::from),
                other => Ok(other),
            });
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        other => other,
    })
}

/// Characters that have no width and no meaning in a form's values.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c), 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF)
}

fn integer(field: &FieldDef, value: &Value) -> Result<Value, String> {
    let number = match value {
        Value::Number(n) => n.as_i64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    };
    let number = number.ok_or("expected a whole number")?;
    // The house number is an integer in the definition and is written as text in addresses.
    if field.key == "to.house_number" {
        return if (1..=999).contains(&number) {
            Ok(Value::from(number.to_string()))
        } else {
            Err("expected a house number from 1 to 999".to_owned())
        };
    }
    if (0..=10_000).contains(&number) {
        Ok(Value::from(number))
    } else {
        Err("is out of range".into())
    }
}

fn list(field: &FieldDef, value: Value) -> Result<Value, String> {
    let Value::Array(items) = value else {
        return Err("expected a list".to_owned());
    };
    if items.len() > 50 {
        return Err("has more than 50 entries".to_owned());
    }
    for item in &items {
        let Value::String(text) = item else {
            return Err("expected a list of texts".to_owned());
        };
        let known = field.values.is_empty() || field.values.iter().any(|v| &v.value == text);
        if text.chars().count() > MAX_CHARS || !known {
            return Err(format!("an entry is none of {}", choices(field)));
        }
        if field.kind == FieldType::ListRef && !is_person(text) {
            return Err(format!("an entry is {NO_PERSON}"));
        }
    }
    Ok(Value::Array(items))
}

/// What a reference to somebody must be.
const NO_PERSON: &str = "none of mover, household[0] to household[99]";

/// Whether a text refers to a person of a form.
fn is_person(text: &str) -> bool {
    let along = text
        .strip_prefix("household[")
        .and_then(|rest| rest.strip_suffix(']'));
    let number = |n: &str| n == "0" || (n.len() <= 2 && !n.starts_with('0'));
    text == "mover"
        || along
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && number(n))
}

fn choices(field: &FieldDef) -> String {
    field
        .values
        .iter()
        .map(|v| v.value.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn text_value(field: &FieldDef, text: &str) -> Result<String, String> {
    match field.kind {
        FieldType::Enum => {
            if field.values.iter().any(|v| v.value == text) {
                Ok(text.to_owned())
            } else {
                Err(format!("is none of {}", choices(field)))
            }
        }
        FieldType::Date => match text.parse::<Date>() {
            Ok(date) => Ok(date.to_string()),
            Err(_) => Err("expected a date YYYY-MM-DD".to_owned()),
        },
        FieldType::Datetime => match text.parse::<Timestamp>() {
            Ok(_) => Ok(text.to_owned()),
            Err(_) => Err("expected a time like 2026-12-01T10:00:00Z".to_owned()),
        },
        FieldType::RefHousehold if !is_person(text) => Err(format!("is {NO_PERSON}")),
        FieldType::Cpr => cpr(text),
        FieldType::Phone => phone(text),
        FieldType::Email => {
            let (name, host) = text.split_once('@').unwrap_or((text, ""));
            let plain = |part: &str| {
                !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace())
            };
            if plain(name) && plain(host) && host.contains('.') {
                Ok(text.to_owned())
            } else {
                Err("expected an e-mail address like name@example.org".to_owned())
            }
        }
        FieldType::PostalCode => {
            if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
                Ok(text.to_owned())
            } else {
                Err("expected four digits".to_owned())
            }
        }
        FieldType::Floor => floor(text),
        FieldType::Door => {
            let door = text.to_lowercase();
            let fits = door.len() <= 6
                && door.chars().all(|c| {
                    c.is_ascii_digit()
                        || c.is_lowercase()
                        || matches!(c, '/' | '-' | 'æ' | 'ø' | 'å')
                });
            if fits {
                Ok(door)
            } else {
                Err("expected tv, mf, th or a door number".to_owned())
            }
        }
        _ => Ok(text.to_owned()),
    }
}

fn cpr(text: &str) -> Result<String, String> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.'))
        .collect();
    if digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit()) {
        Ok(format!("{}-{}", &digits[..6], &digits[6..]))
    } else {
        Err("expected ten digits, DDMMYY-SSSS".to_owned())
    }
}

fn phone(text: &str) -> Result<String, String> {
    let mut digits: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')'))
        .collect();
    if let Some(rest) = digits.strip_prefix("00") {
        digits = format!("+{rest}");
    }
    if digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()) {
        digits = format!("+45{digits}");
    }
    let number = digits.strip_prefix('+').unwrap_or("");
    let fits = (7..=15).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let full = (!number.starts_with("45") || number.len() == 10)
        && (!number.starts_with("380") || number.len() == 12);
    if fits && full {
        Ok(digits)
    } else {
        Err("expected 8 digits (Danish), +380 and 9 digits (Ukrainian) or +… (other)".to_owned())
    }
}

fn floor(text: &str) -> Result<String, String> {
    let floor = text.to_lowercase();
    let floor = floor.trim_end_matches('.');
    let number =
        floor.parse::<u8>().is_ok_and(|n| (1..=99).contains(&n)) && !floor.starts_with('0');
    let cellar = floor
        .strip_prefix('k')
        .is_some_and(|n| matches!(n, "l" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9"));
    if number || cellar || floor == "st" {
        Ok(floor.to_owned())
    } else {
        Err("expected st, kl, k2 to k9 or 1 to 99".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::FormDefinition;

    fn typed_text(key: &str, text: &str) -> Result<String, String> {
        let def = FormDefinition::embedded();
        let field = def.field(key).expect("field");
        typed(field, Value::from(text)).map(|v| v.as_str().expect("text").to_owned())
    }

    #[test]
    fn notation_of_the_form() {
        assert_eq!(
            typed_text("mover.cpr_number", "0705841234").as_deref(),
            Ok("070584-1234")
        );
        assert_eq!(
            typed_text("mover.phone", "21 45 07 83").as_deref(),
            Ok("+4521450783")
        );
        assert_eq!(
            typed_text("mover.phone", "0038067 123 45 67").as_deref(),
            Ok("+380671234567")
        );
        assert_eq!(typed_text("to.floor", "ST.").as_deref(), Ok("st"));
        assert_eq!(typed_text("to.door", "TH").as_deref(), Ok("th"));
        assert_eq!(typed_text("to.house_number", "95").as_deref(), Ok("95"));
        assert_eq!(
            typed_text("move_date", "2026-12-15").as_deref(),
            Ok("2026-12-15")
        );
    }

    #[test]
    fn wrong_values_are_refused_without_repeating_them() {
        for (key, text) in [
            ("mover.cpr_number", "070584-123"),
            ("mover.phone", "2145078"),
            ("to.floor", "0"),
            ("to.floor", "k1"),
            ("to.postal_code", "82000"),
            ("move_date", "2026-02-30"),
            ("mover.email", "a@b@c.dk"),
            ("gp.choice", "maybe"),
            ("to.house_number", "1000"),
            ("session.ai_disclosure_at", "2026-02-30T10:00:00Z"),
            ("children[0].person", "household[x]"),
            ("children[0].person", "household[100]"),
        ] {
            let error = typed_text(key, text).expect_err(key);
            assert!(!error.contains(text), "{key}: {error}");
        }
    }

    #[test]
    fn what_nobody_sees_is_refused_where_it_is_written() {
        let def = FormDefinition::embedded();
        let write = |key: &str, text: &str| written(def.field(key).expect("field"), text.into());
        for (key, text) in [
            ("to.street_name", "Nørre\u{200b}gade"),
            ("to.street_name", "Nørre\u{ad}gade"),
            ("mover.surname", "Kov\nalenko"),
            ("mover.surname", "Kov\0alenko"),
            ("to.location_name", "\u{202e}edag"),
        ] {
            assert!(write(key, text).is_err(), "{key}: {text:?}");
        }
        assert_eq!(
            write("to.street_name", "Søndre\u{a0}Ringgade"),
            Ok("Søndre Ringgade".into())
        );
        // A statement may have several lines.
        assert!(write("staff.note", "Ringet op.\nIntet svar.").is_ok());
    }

    #[test]
    fn lists_take_known_entries_only() {
        let def = FormDefinition::embedded();
        let field = def.field("arrival.documents_presented").expect("field");
        assert!(typed(field, serde_json::json!(["passport", "lease"])).is_ok());
        assert!(typed(field, serde_json::json!(["library_card"])).is_err());
        assert!(typed(field, serde_json::json!("passport")).is_err());
        let field = def.field("protection.persons").expect("field");
        assert!(typed(field, serde_json::json!(["mover", "household[12]"])).is_ok());
        assert!(typed(field, serde_json::json!(["household[012]"])).is_err());
    }
}
