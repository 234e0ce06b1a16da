//! Looking into a finished PDF.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use lopdf::{Dictionary, Document, Object};

/// The bytes of an embedded file.
pub(crate) fn attachment(document: &Document, name: &str) -> Option<Vec<u8>> {
    let list = resolve(document, document.catalog().ok()?.get(b"AF").ok()?)
        .as_array()
        .ok()?;
    list.iter().find_map(|one| {
        let spec = resolve(document, one).as_dict().ok()?;
        if spec.get(b"F").ok()?.as_str().ok()? != name.as_bytes() {
            return None;
        }
        let files = resolve(document, spec.get(b"EF").ok()?).as_dict().ok()?;
        let stream = resolve(document, files.get(b"F").ok()?).as_stream().ok()?;
        stream.get_plain_content_with_limit(MAX_ATTACHMENT).ok()
    })
}

/// Largest embedded file that is read, bytes.
const MAX_ATTACHMENT: usize = 16 * 1024 * 1024;

/// The object that a reference means, or the object itself.
pub(crate) fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => document.get_object(*id).unwrap_or(object),
        other => other,
    }
}

/// `sha256:…` among the keywords.
pub(crate) fn printed_digest(document: &Document) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?;
    let info = resolve(document, info).as_dict().ok()?;
    let keywords = text(info.get(b"Keywords").ok()?)?;
    let at = keywords.find("sha256:")? + "sha256:".len();
    keywords.get(at..at + 64).map(str::to_owned)
}

/// A PDF text string.
pub(crate) fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    if let Some(wide) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units: Vec<u16> = wide
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect();
        return String::from_utf16(&units).ok();
    }
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

/// The fields of the document that are for signatures.
pub(crate) fn signature_fields(document: &Document) -> Vec<&Dictionary> {
    let fields = || {
        let form = document.catalog().ok()?.get(b"AcroForm").ok()?;
        let form = resolve(document, form).as_dict().ok()?;
        resolve(document, form.get(b"Fields").ok()?).as_array().ok()
    };
    fields()
        .into_iter()
        .flatten()
        .filter_map(|field| resolve(document, field).as_dict().ok())
        .filter(|field| field.get(b"FT").and_then(Object::as_name).ok() == Some(b"Sig"))
        .collect()
}

/// Where a signature stands in a file, and what it covers.
pub(crate) struct Place {
    before: usize,
    after: usize,
    length: usize,
    /// The signature, DER.
    pub(crate) signature: Vec<u8>,
}

/// Why a signature covers nothing that can be checked.
pub(crate) enum Misplaced {
    /// Its dictionary cannot be read.
    Unreadable,
    /// It does not begin at the file's beginning.
    Beginning,
    /// It reaches beyond the file.
    Beyond,
    /// It leaves out more than itself.
    More,
}

impl Place {
    /// Reads a signature dictionary: everything from the file's beginning to some end must be
    /// covered, but for the signature itself.
    pub(crate) fn of(pdf: &[u8], value: &Dictionary) -> Result<Place, Misplaced> {
        let contents = value
            .get(b"Contents")
            .and_then(Object::as_str)
            .map_err(|_| Misplaced::Unreadable)?;
        let range: Vec<usize> = value
            .get(b"ByteRange")
            .and_then(Object::as_array)
            .map_err(|_| Misplaced::Unreadable)?
            .iter()
            .filter_map(|n| usize::try_from(n.as_i64().ok()?).ok())
            .collect();
        let [0, before, after, length] = range[..] else {
            return Err(Misplaced::Beginning);
        };
        let hole = pdf.get(before..after).ok_or(Misplaced::Beyond)?;
        let end = after.checked_add(length).ok_or(Misplaced::Beyond)?;
        if end > pdf.len() {
            return Err(Misplaced::Beyond);
        }
        let inside = hole
            .strip_prefix(b"<")
            .and_then(|h| h.strip_suffix(b">"))
            .filter(|h| h.iter().all(u8::is_ascii_hexdigit))
            .ok_or(Misplaced::More)?;
        // What stands there must be what the dictionary says, digit for digit.
        let same = inside.len() == 2 * contents.len()
            && inside.eq_ignore_ascii_case(crate::canonical::hex(contents).as_bytes());
        if !same {
            return Err(Misplaced::More);
        }
        let signature = exact(contents).ok_or(Misplaced::Unreadable)?.to_vec();
        Ok(Place {
            before,
            after,
            length,
            signature,
        })
    }

    /// Where the signature's own place begins, bytes from the file's beginning.
    pub(crate) fn start(&self) -> usize {
        self.before
    }

    /// Where what it covers ends.
    pub(crate) fn end(&self) -> usize {
        self.after + self.length
    }

    /// What it covers.
    pub(crate) fn pieces<'a>(&self, pdf: &'a [u8]) -> [&'a [u8]; 2] {
        [&pdf[..self.before], &pdf[self.after..self.end()]]
    }
}

/// The signature without the zeros that fill its place up: DER says how long it is.
fn exact(contents: &[u8]) -> Option<&[u8]> {
    let first = *contents.get(1)?;
    let (head, length) = match first {
        0..=0x7F => (2, usize::from(first)),
        0x81..=0x84 => {
            let count = usize::from(first & 0x7F);
            let digits = contents.get(2..2 + count)?;
            let length = digits.iter().fold(0, |sum, b| sum << 8 | usize::from(*b));
            (2 + count, length)
        }
        _ => return None,
    };
    let end = head + length;
    contents[end.min(contents.len())..]
        .iter()
        .all(|b| *b == 0)
        .then_some(contents.get(..end)?)
}

/// A PDF date with its zone: `D:20261201101500Z`, `D:20261201111500+01'00'`.
pub(crate) fn time(text: &str) -> Option<Timestamp> {
    let rest = text.strip_prefix("D:")?;
    let (digits, zone) = rest.split_at_checked(14)?;
    let at = DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    let numbers: Vec<i64> = zone
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let minutes = match (zone.chars().next(), &numbers[..]) {
        (Some('Z'), [] | [0] | [0, 0]) => 0,
        (Some(sign @ ('+' | '-')), [hours, rest @ ..]) => {
            let minutes = 60 * hours + rest.first().copied().unwrap_or(0);
            if sign == '-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let offset = SignedDuration::from_mins(minutes);
    let offset = Offset::from_seconds(i32::try_from(offset.as_secs()).ok()?).ok()?;
    TimeZone::fixed(offset).to_timestamp(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_programs_are_read() {
        let at = "2026-12-01T10:15:00Z".parse::<Timestamp>().unwrap();
        for text in [
            "D:20261201101500Z",
            "D:20261201101500Z00'00'",
            "D:20261201111500+01'00'",
            "D:20261201111500+01'00",
            "D:20261201044500-05'30'",
        ] {
            assert_eq!(time(text), Some(at), "{text}");
        }
        for text in [
            "20261201101500Z",
            "D:20261201101500",
            "D:2026Z",
            "D:2026120110150æZ",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
