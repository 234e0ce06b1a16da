//! What may be added to a document when it is signed, and what may not.
//!
//! A signature is an update behind the document's bytes. An update can also replace any object, so
//! that a reader shows other pages than those that were signed. Therefore every object of the
//! document that went out must still be what it was; what a signature needs is excepted by name.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::resolve;

/// Entries of the catalog that signing adds or changes. None of them is shown.
const CATALOG: [&[u8]; 6] = [
    b"AcroForm",
    b"DSS",
    b"Extensions",
    b"Metadata",
    b"Perms",
    b"Version",
];
/// Entries of a page that a signature field adds.
const PAGE: [&[u8]; 2] = [b"Annots", b"Tabs"];
/// Entries of the document's description that a program which adds something puts its name to.
const INFO: [&[u8]; 2] = [b"ModDate", b"Producer"];

/// Checks that `after` shows what `before` shows.
///
/// # Errors
/// Says what was changed.
pub(super) fn check(before: &Document, after: &Document) -> Result<(), String> {
    let root = |document: &Document| {
        document
            .trailer
            .get(b"Root")
            .and_then(Object::as_reference)
            .map_err(|_| "it has no catalog".to_owned())
    };
    let (catalog, now) = (root(before)?, root(after)?);
    if catalog != now {
        return Err("its catalog was exchanged".to_owned());
    }
    let metadata = before
        .catalog()
        .ok()
        .and_then(|catalog| catalog.get(b"Metadata").and_then(Object::as_reference).ok());
    let pages: Vec<ObjectId> = before.get_pages().into_values().collect();
    let info = before
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .ok();
    for (id, was) in &before.objects {
        // How objects are packed is no content; what describes the file is not shown.
        let packing = was
            .type_name()
            .is_ok_and(|t| t == b"XRef" || t == b"ObjStm");
        if packing || Some(*id) == metadata || Some(*id) == info {
            continue;
        }
        let is = after.objects.get(id);
        let same = if *id == catalog {
            equal_but(was, is, &CATALOG)
        } else if pages.contains(id) {
            equal_but(was, is, &PAGE)
        } else {
            is == Some(was)
        };
        if !same {
            return Err(format!("object {} of the document is another one", id.0));
        }
    }
    check_info(before, after)?;
    check_fields(after)?;
    for (number, page) in pages.iter().enumerate() {
        check_annotations(before, after, *page)
            .map_err(|what| format!("page {} has {what}", number + 1))?;
    }
    Ok(())
}

/// True if two dictionaries are the same but for some entries.
fn equal_but(was: &Object, is: Option<&Object>, entries: &[&[u8]]) -> bool {
    let (Ok(was), Some(Ok(is))) = (was.as_dict(), is.map(Object::as_dict)) else {
        return false;
    };
    let bare = |dictionary: &Dictionary| {
        let mut bare = dictionary.clone();
        entries.iter().for_each(|entry| {
            bare.remove(entry);
        });
        bare
    };
    bare(was) == bare(is)
}

fn check_info(before: &Document, after: &Document) -> Result<(), String> {
    let info = |document: &Document| {
        let info = document.trailer.get(b"Info").ok()?;
        resolve(document, info).as_dict().ok().cloned()
    };
    // A program that writes it anew may write the same text in another way.
    let same = match (info(before), info(after)) {
        (Some(was), Some(is)) => was.iter().chain(is.iter()).all(|(key, _)| {
            let (old, new) = (was.get(key).ok(), is.get(key).ok());
            INFO.contains(&key.as_slice()) || old == new || {
                let read = |o: &Object| lopdf::decode_text_string(o).ok();
                let said = old.and_then(read);
                said.is_some() && said == new.and_then(read)
            }
        }),
        (was, is) => was == is,
    };
    same.then_some(())
        .ok_or_else(|| "its title or keywords are others".to_owned())
}

/// Nothing but signature fields is in the form that signing adds.
fn check_fields(after: &Document) -> Result<(), String> {
    let wrong = |what: &str| Err(what.to_owned());
    let Ok(form) = after.catalog().and_then(|catalog| catalog.get(b"AcroForm")) else {
        return Ok(());
    };
    let Ok(form) = resolve(after, form).as_dict() else {
        return wrong("its form cannot be read");
    };
    if form.has(b"XFA") {
        return wrong("it has an XFA form");
    }
    let fields = form.get(b"Fields").map(|f| resolve(after, f));
    let Ok(fields) = fields.and_then(Object::as_array) else {
        return wrong("its form cannot be read");
    };
    let signatures = |field: &Object| {
        let field = resolve(after, field).as_dict().ok()?;
        let kind = field.get(b"FT").and_then(Object::as_name).ok()?;
        Some(kind == b"Sig" && !field.has(b"Kids"))
    };
    if fields.iter().all(|field| signatures(field) == Some(true)) {
        Ok(())
    } else {
        wrong("it has form fields that are not for signatures")
    }
}

/// A page keeps its annotations; what is added is for signatures, has no size and does nothing.
fn check_annotations(
    before: &Document,
    after: &Document,
    page: ObjectId,
) -> Result<(), &'static str> {
    let list = |document: &Document| -> Vec<Object> {
        let found = document
            .get_dictionary(page)
            .and_then(|page| page.get(b"Annots"));
        match found.map(|annotations| resolve(document, annotations)) {
            Ok(Object::Array(list)) => list.clone(),
            _ => Vec::new(),
        }
    };
    let (was, is) = (list(before), list(after));
    if !is.starts_with(&was) {
        return Err("lost an annotation");
    }
    for one in &is[was.len()..] {
        let Ok(widget) = resolve(after, one).as_dict() else {
            return Err("an annotation that cannot be read");
        };
        let name = |key: &[u8]| widget.get(key).and_then(Object::as_name).ok();
        if name(b"Subtype") != Some(b"Widget") || name(b"FT") != Some(b"Sig") {
            return Err("an annotation that is not for a signature");
        }
        if widget.has(b"A") || widget.has(b"AA") {
            return Err("a signature field that does something");
        }
        if !has_no_size(after, widget) {
            return Err("a signature drawn over it");
        }
    }
    Ok(())
}

fn has_no_size(document: &Document, widget: &Dictionary) -> bool {
    let corners: Vec<f32> = widget
        .get(b"Rect")
        .map(|rect| resolve(document, rect))
        .and_then(Object::as_array)
        .map(|rect| rect.iter().filter_map(|n| n.as_float().ok()).collect())
        .unwrap_or_default();
    match corners[..] {
        [left, bottom, right, top] => left == right || bottom == top,
        _ => false,
    }
}
