//! The incremental update that gives a PDF a signature field, and the place for the signature.

use std::ops::Range;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::SealError;

/// Bytes kept for the signature: certificates of three levels and a time stamp fit.
const ROOM: usize = 16 * 1024;
/// Stands in the byte range until its numbers are known; as long as they can become.
const UNKNOWN: i64 = 9_999_999_999;

/// A document that waits for its signature.
pub(super) struct Prepared {
    pub(super) bytes: Vec<u8>,
    /// Where the signature goes, with its angle brackets.
    hole: Range<usize>,
}

fn wrong(what: &str) -> impl Fn(lopdf::Error) -> SealError {
    move |error| SealError::Pdf(format!("{what}: {error}"))
}

/// Text of the document as PDF writes it: ASCII as it is, everything else as UTF-16.
fn text(value: &str) -> Object {
    let bytes = if value.is_ascii() {
        value.as_bytes().to_vec()
    } else {
        let units = value.encode_utf16().flat_map(u16::to_be_bytes);
        [0xFE, 0xFF].into_iter().chain(units).collect()
    };
    Object::String(bytes, StringFormat::Literal)
}

/// Adds the signature field; the signature itself is still missing.
pub(super) fn prepare(
    pdf: &[u8],
    name: &str,
    reason: &str,
    at: Timestamp,
) -> Result<Prepared, SealError> {
    let document = Document::load_mem(pdf).map_err(wrong("it is no PDF"))?;
    let catalog = document.catalog().map_err(wrong("it has no catalog"))?;
    if catalog.has(b"AcroForm") {
        return Err(SealError::Sealed);
    }
    let root = document
        .trailer
        .get(b"Root")
        .and_then(Object::as_reference)
        .map_err(wrong("it has no catalog"))?;
    let page = document
        .get_pages()
        .into_values()
        .next()
        .ok_or_else(|| SealError::Pdf("it has no page".to_owned()))?;

    let mut update = IncrementalDocument::create_from(pdf.to_vec(), document);
    let when = TimeZone::UTC
        .to_datetime(at)
        .strftime("D:%Y%m%d%H%M%SZ")
        .to_string();
    let signature = update.new_document.add_object(dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => vec![0.into(), UNKNOWN.into(), UNKNOWN.into(), UNKNOWN.into()],
        "Contents" => Object::String(vec![0; ROOM], StringFormat::Hexadecimal),
        "M" => text(&when),
        "Name" => text(name),
        "Reason" => text(reason),
        // No change at all is allowed afterwards.
        "Reference" => vec![Object::Dictionary(dictionary! {
            "Type" => "SigRef",
            "TransformMethod" => "DocMDP",
            "TransformParams" => dictionary! {
                "Type" => "TransformParams",
                "P" => 1,
                "V" => "1.2",
            },
        })],
    });
    // Nobody sees it: no size, and beside the page, where PDF/UA asks for no tag. Flags: printed
    // (PDF/A) and locked.
    let field = update.new_document.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text("Segl"),
        "TU" => text("Kommunens elektroniske segl"),
        "V" => signature,
        "F" => 132,
        "Rect" => vec![(-10).into(), (-10).into(), (-10).into(), (-10).into()],
        "P" => page,
    });
    change(&mut update, page, |page| {
        let mut annotations = match page.get(b"Annots") {
            Ok(Object::Array(list)) => list.clone(),
            _ => Vec::new(),
        };
        annotations.push(field.into());
        page.set("Annots", annotations);
        page.set("Tabs", Object::Name(b"S".to_vec()));
    })?;
    change(&mut update, root, |catalog| {
        catalog.set(
            "AcroForm",
            dictionary! { "Fields" => vec![field.into()], "SigFlags" => 3 },
        );
        catalog.set("Perms", dictionary! { "DocMDP" => signature });
    })?;
    let mut bytes = Vec::with_capacity(pdf.len() + 2 * ROOM + 4096);
    update
        .save_to(&mut bytes)
        .map_err(|e| SealError::Pdf(e.to_string()))?;
    place(bytes, pdf.len())
}

/// Changes a copy of an object in the update.
fn change(
    update: &mut IncrementalDocument,
    id: lopdf::ObjectId,
    with: impl FnOnce(&mut Dictionary),
) -> Result<(), SealError> {
    let broken = wrong("it cannot be changed");
    update
        .opt_clone_object_to_new_document(id)
        .map_err(&broken)?;
    let object = update.new_document.get_object_mut(id).map_err(&broken)?;
    with(object.as_dict_mut().map_err(&broken)?);
    Ok(())
}

/// Finds the place of the signature and writes the byte range around it.
fn place(mut bytes: Vec<u8>, update: usize) -> Result<Prepared, SealError> {
    let lost = || SealError::Pdf("its update has no place for a signature".to_owned());
    let find = |bytes: &[u8], what: &[u8], from: usize| {
        let at = bytes[from..].windows(what.len()).position(|w| w == what)?;
        Some(from + at)
    };
    let zeros = [b"<".as_slice(), &vec![b'0'; 2 * ROOM], b">"].concat();
    let hole = find(&bytes, &zeros, update).ok_or_else(lost)?;
    let hole = hole..hole + zeros.len();
    let range = find(&bytes, b"/ByteRange", update).ok_or_else(lost)?;
    let open = find(&bytes, b"[", range).ok_or_else(lost)?;
    let close = find(&bytes, b"]", open).ok_or_else(lost)?;
    let text = format!("[0 {} {} {}", hole.start, hole.end, bytes.len() - hole.end);
    if text.len() > close - open {
        return Err(lost());
    }
    bytes[open..close].fill(b' ');
    bytes[open..open + text.len()].copy_from_slice(text.as_bytes());
    Ok(Prepared { bytes, hole })
}

impl Prepared {
    /// SHA-256 of everything but the signature's place.
    pub(super) fn digest(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update(&self.bytes[..self.hole.start])
            .chain_update(&self.bytes[self.hole.end..])
            .finalize()
            .into()
    }

    /// Puts the signature into its place.
    pub(super) fn fill(&mut self, signature: &[u8]) -> Result<(), SealError> {
        if signature.len() > ROOM {
            return Err(SealError::TooLong(signature.len()));
        }
        let hex = crate::canonical::hex(signature);
        let start = self.hole.start + 1;
        self.bytes[start..start + hex.len()].copy_from_slice(hex.as_bytes());
        Ok(())
    }
}
