//! What cannot be shown in full is refused, with the field's name.

use krilla::metadata::DateTime;

use crate::fonts::Fonts;
use crate::{DocumentError, Extras, FilledForm};

/// Longest value that is shown, in characters.
const MAX_VALUE: usize = 2_000;

/// Hebrew, Arabic and their presentation forms.
fn right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// Marks that change the direction of text without being seen.
fn direction_mark(c: char) -> bool {
    matches!(u32::from(c), 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069 | 0x061C)
}

/// Characters that nobody sees: two values that differ in one look the same.
fn invisible(c: char) -> bool {
    matches!(u32::from(c), 0xAD | 0x180E | 0x200B..=0x200D | 0x2060..=0x2064 | 0xFEFF)
}

/// Refuses a text that cannot be shown in full.
pub(crate) fn shown(fonts: &Fonts, field: &str, text: &str) -> Result<(), DocumentError> {
    let field = || field.to_owned();
    let length = text.chars().count();
    if length > MAX_VALUE {
        return Err(DocumentError::TooLong {
            field: field(),
            length,
            max: MAX_VALUE,
        });
    }
    let control = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || direction_mark(*c)
            || invisible(*c)
            || matches!(u32::from(*c), 0xFFFE | 0xFFFF)
    };
    if let Some(c) = text.chars().find(control) {
        return Err(DocumentError::Control {
            field: field(),
            code: u32::from(c),
        });
    }
    let plain: String = text.split_whitespace().collect();
    if let Some(c) = fonts
        .regular
        .unknown(&plain)
        .or_else(|| fonts.bold.unknown(&plain))
    {
        return Err(DocumentError::Character {
            field: field(),
            code: u32::from(c),
        });
    }
    if plain.chars().any(right_to_left)
        && plain
            .chars()
            .any(|c| c.is_alphanumeric() && !right_to_left(c))
    {
        return Err(DocumentError::Direction { field: field() });
    }
    Ok(())
}

/// Whether a document can show a text in full: letters that its fonts have, in one direction, not too many.
///
/// # Errors
/// [`DocumentError`] that names `field` and the remedy.
pub fn check_text(field: &str, text: &str) -> Result<(), DocumentError> {
    shown(&Fonts::load()?, field, text)
}

/// A text as somebody said or typed it, with every character that cannot be shown written as its code point, `[U+1F44D]`: it
/// is no value, nobody can change it any more, and a document must not fail because of it.
pub(crate) fn legible(fonts: &Fonts, text: &str) -> String {
    let both_ways = text.chars().any(right_to_left)
        && text
            .chars()
            .any(|c| c.is_alphanumeric() && !right_to_left(c));
    let has = |c: char| {
        let mut letter = [0; 4];
        let letter = c.encode_utf8(&mut letter);
        let known = fonts.regular.unknown(letter).is_none() && fonts.bold.unknown(letter).is_none();
        let hidden =
            c.is_control() || direction_mark(c) || invisible(c) || both_ways && right_to_left(c);
        matches!(c, '\n' | '\r' | '\t') || !hidden && (known || c.is_whitespace())
    };
    text.chars().fold(String::new(), |mut out, c| {
        if has(c) {
            out.push(c);
        } else {
            out += &format!("[U+{:04X}]", u32::from(c));
        }
        out
    })
}

/// Refuses what cannot be shown in full, naming the field.
pub(super) fn check(
    form: &FilledForm,
    extras: &Extras,
    fonts: &Fonts,
) -> Result<(), DocumentError> {
    let shown = |field: &str, text: &str| shown(fonts, field, text);
    shown("Modtager", &form.authority)?;
    shown("Sag", &form.case)?;
    for section in &form.sections {
        shown(&section.title_da, &section.title_da)?;
        shown(&section.title_da, &section.title_uk)?;
        for row in &section.rows {
            for text in [
                &row.label_da,
                &row.label_uk,
                &row.display_da,
                &row.display_uk,
            ] {
                shown(&row.label_da, text)?;
            }
        }
    }
    for who in &extras.confirmed_by {
        shown("Bekræftet af", &who.da)?;
        shown("Bekræftet af", &who.uk)?;
    }
    if let Some(signature) = &extras.signature {
        shown("Underskrift", &signature.signer)?;
    }
    Ok(())
}

/// The day of the document as PDF writes it.
pub(crate) fn pdf_date(date: &str) -> Result<DateTime, DocumentError> {
    let wrong = || DocumentError::Date(date.to_owned());
    let date: jiff::civil::Date = date.parse().map_err(|_| wrong())?;
    let year = u16::try_from(date.year()).map_err(|_| wrong())?;
    Ok(DateTime::new(year)
        .month(date.month().unsigned_abs())
        .day(date.day().unsigned_abs())
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_legible_whatever_its_characters() {
        let fonts = Fonts::load().unwrap();
        for (said, written) in [
            ("Я живу на Søndre Ringgade.", "Я живу на Søndre Ringgade."),
            ("Оксана 👍", "Оксана [U+1F44D]"),
            ("a\u{200e}b\u{0}c\nd", "a[U+200E]b[U+0000]c\nd"),
            ("a\u{ef00}\u{feff}", "a[U+EF00][U+FEFF]"),
            // Beside letters that run the other way they would stand in the wrong order.
            ("Це سع.", "Це [U+0633][U+0639]."),
        ] {
            assert_eq!(legible(&fonts, said), written);
        }
    }

    #[test]
    fn what_nobody_sees_is_refused_with_the_fields_name() {
        for c in [
            '\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{202e}',
        ] {
            let refused = check_text("Vejnavn", &format!("Sønder{c}gade"));
            assert!(
                matches!(&refused, Err(DocumentError::Control { field, code })
                    if field == "Vejnavn" && *code == u32::from(c)),
                "{refused:?}"
            );
        }
    }

    /// PDF/A does not take them, and said so without the field.
    #[test]
    fn characters_of_private_use_are_refused_with_the_fields_name() {
        for c in [
            '\u{e000}',
            '\u{ef00}',
            '\u{f8ff}',
            '\u{f0000}',
            '\u{10fffd}',
        ] {
            let refused = check_text("Vejnavn", &format!("Sønder{c}gade"));
            match refused {
                Err(DocumentError::Character { field, code }) => {
                    assert_eq!((field.as_str(), code), ("Vejnavn", u32::from(c)));
                }
                other => panic!("{other:?}"),
            }
        }
        check_text("Vejnavn", "Søndre Ringgade – 2. th. «Київ»").unwrap();
    }
}
