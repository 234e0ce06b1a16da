//! A document on its way to NemLog-in's signing service and back.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::authority::{Authority, Fault, LONG, OKSANA, Service};
use common::{confirmed, key};
use jiff::Timestamp;
use lopdf::{Document, IncrementalDocument, Object, dictionary};
use rcgen::DnType;
use tolkebot_document::{
    Extras, FileKey, FilledForm, NemLogInError, RowStatus, SealKey, SignedDocument, SigningPackage,
    check_signed, digest, render, render_to_sign, seal, sha256_hex,
};

/// When the package was made, when it was signed, when it came back.
const OUT: &str = "2026-12-01T10:00:00Z";
const SIGNED: &str = "2026-12-01T10:20:30Z";
const BACK: &str = "2026-12-01T10:30:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn package() -> SigningPackage {
    SigningPackage::of(&confirmed(), &Extras::default(), None, at(OUT)).unwrap()
}

/// A signature with a time stamp, as the service adds it.
fn sign(pdf: &[u8], key: &FileKey, service: &Service) -> Vec<u8> {
    seal(pdf, key, service.at, "Underskrift", Some(service)).unwrap()
}

fn judge(signed: &[u8], roots: &[Vec<u8>]) -> Result<SignedDocument, NemLogInError> {
    check_signed(&package().pdf, signed, roots, at(OUT), at(BACK))
}

fn refused(signed: &[u8], authority: &Authority) -> NemLogInError {
    judge(signed, std::slice::from_ref(&authority.root)).unwrap_err()
}

#[test]
fn a_package_says_what_it_holds() {
    let one = package();
    let manifest = &one.manifest;
    assert_eq!(one.pdf, package().pdf, "the same case gives the same bytes");
    assert_eq!(manifest.document_sha256, sha256_hex(&one.pdf));
    assert_eq!(manifest.document_bytes, one.pdf.len());
    assert_eq!(manifest.values_sha256, digest(&confirmed()));
    assert_eq!(
        manifest.reference_text,
        "Anmeldelse af flytning, FLY-2026-000123"
    );
    let read: serde_json::Value = serde_json::from_str(&manifest.json()).unwrap();
    assert_eq!(read["document_format"], "PDF");
    assert_eq!(read["signature_format"], "PAdES");
    assert_eq!(read["exported_at"], OUT);
    // Neither values nor attachments are outside the pages.
    let text = String::from_utf8_lossy(&one.pdf);
    assert!(!text.contains("EmbeddedFile") && !text.contains("flytteanmeldelse.json"));
    assert!(text.contains("pdfuaid:part"));
}

#[test]
fn what_the_service_does_not_take_is_refused_before_it_goes_out() {
    let make = |form: &FilledForm, reference: Option<&str>| {
        SigningPackage::of(form, &Extras::default(), reference, at(OUT)).unwrap_err()
    };
    let mut draft = confirmed();
    draft.sections[0].rows[0].status = RowStatus::Proposed;
    assert!(matches!(make(&draft, None), NemLogInError::Draft));
    let long = "x".repeat(51);
    assert!(matches!(
        make(&confirmed(), Some(&long)),
        NemLogInError::ReferenceLength { length: 51 }
    ));
    assert!(matches!(
        make(&confirmed(), Some("CPR 070584-1234")),
        NemLogInError::ReferenceCpr
    ));
    let mut wrong = confirmed();
    wrong.sections[0].rows[0].display_da = "漢".to_owned();
    let error = make(&wrong, None).to_string();
    assert!(error.contains("Vejnavn"), "{error}");
}

#[test]
fn a_signed_document_says_who_signed_it_and_when() {
    let authority = Authority::new("NemLog-in TEST rod");
    let service = authority.service(SIGNED);
    let signed = sign(&package().pdf, &authority.citizen(LONG), &service);
    let found = judge(&signed, std::slice::from_ref(&authority.root)).unwrap();
    assert_eq!(found.signer.name, "Oksana Kovalenko");
    assert_eq!((found.signed_at.as_str(), found.level), (SIGNED, "B-T"));
    assert_eq!(found.stamped_by, "Tidsstempel TEST");
    assert_eq!(found.document_sha256, package().manifest.document_sha256);
    assert_eq!(found.signed_sha256, sha256_hex(&signed));
    assert!(found.signer.is_called("KOVALENKO Oksana"));
    assert!(!found.signer.is_called("Oksana Kovalchuk") && !found.signer.is_called(""));
}

#[test]
fn a_file_without_the_signature_is_refused() {
    let authority = Authority::new("NemLog-in TEST rod");
    assert!(matches!(
        refused(&package().pdf, &authority),
        NemLogInError::Unsigned
    ));
    assert!(matches!(
        refused(b"no pdf", &authority),
        NemLogInError::Pdf(_)
    ));
}

#[test]
fn another_document_is_refused() {
    let authority = Authority::new("NemLog-in TEST rod");
    let (key, service) = (authority.citizen(LONG), authority.service(SIGNED));
    let mut form = confirmed();
    form.sections[0].rows[0].value = "Nordre Ringgade".into();
    let other = render_to_sign(&form, &Extras::default()).unwrap();
    let error = refused(&sign(&other, &key, &service), &authority);
    assert!(
        matches!(&error, NemLogInError::OtherDocument { found, .. } if *found == digest(&form)),
        "{error}"
    );
    // The same values, but not the bytes that went out.
    let kept = render(&confirmed()).unwrap();
    let error = refused(&sign(&kept, &key, &service), &authority);
    assert!(matches!(error, NemLogInError::Altered), "{error}");
}

#[test]
fn no_byte_of_a_signed_document_can_be_changed() {
    let authority = Authority::new("NemLog-in TEST rod");
    let service = authority.service(SIGNED);
    let signed = sign(&package().pdf, &authority.citizen(LONG), &service);
    let roots = [authority.root.clone()];
    for byte in (0..signed.len()).step_by(signed.len() / 80) {
        let mut changed = signed.clone();
        changed[byte] ^= 1;
        let judged = judge(&changed, &roots);
        assert!(judged.is_err(), "byte {byte} of {}", signed.len());
    }
}

#[test]
fn a_chain_that_leads_nowhere_is_refused() {
    let authority = Authority::new("NemLog-in TEST rod");
    let stranger = Authority::new("NemLog-in TEST rod");
    let service = authority.service(SIGNED);
    let signed = sign(&package().pdf, &stranger.citizen(LONG), &service);
    let error = refused(&signed, &authority);
    assert!(matches!(error, NemLogInError::Untrusted { .. }), "{error}");
    let error = judge(&signed, &[]).unwrap_err();
    assert!(matches!(error, NemLogInError::Stamp(_)), "{error}");
    // The municipality's own key signs nothing for a citizen.
    let error = refused(&sign(&package().pdf, &key(), &service), &authority);
    assert!(
        matches!(
            error,
            NemLogInError::Untrusted { .. } | NemLogInError::Signature(_)
        ),
        "{error}"
    );
}

#[test]
fn a_certificate_counts_only_in_its_time() {
    let authority = Authority::new("NemLog-in TEST rod");
    // Good while the key signs, over when the time stamp says that it was.
    let short = authority.citizen(("2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z"));
    let early = at("2026-11-30T23:59:00Z");
    let mut service = authority.service("2026-12-01T00:02:00Z");
    let pdf = package().pdf;
    let signed = seal(&pdf, &short, early, "Underskrift", Some(&service)).unwrap();
    let out = at("2026-11-30T23:00:00Z");
    let judged = check_signed(
        &pdf,
        &signed,
        std::slice::from_ref(&authority.root),
        out,
        at(BACK),
    );
    let error = judged.unwrap_err();
    assert!(matches!(error, NemLogInError::Expired { .. }), "{error}");
    service.at = early;
    let signed = seal(&pdf, &short, early, "Underskrift", Some(&service)).unwrap();
    let judged = check_signed(
        &pdf,
        &signed,
        std::slice::from_ref(&authority.root),
        out,
        at(BACK),
    );
    assert_eq!(judged.unwrap().signer.name, "Oksana Kovalenko");
}

#[test]
fn the_time_must_be_between_the_export_and_now() {
    let authority = Authority::new("NemLog-in TEST rod");
    for (time, is_early) in [
        ("2026-11-30T10:00:00Z", true),
        ("2026-12-02T10:00:00Z", false),
    ] {
        let service = authority.service(time);
        let signed = sign(&package().pdf, &authority.citizen(LONG), &service);
        let error = refused(&signed, &authority);
        assert!(
            matches!(error, NemLogInError::Time { early, .. } if early == is_early),
            "{error}"
        );
    }
    // Without a time stamp nobody knows.
    let pdf = package().pdf;
    let signed = seal(&pdf, &authority.citizen(LONG), at(SIGNED), "x", None).unwrap();
    assert!(matches!(
        refused(&signed, &authority),
        NemLogInError::NoStamp
    ));
}

#[test]
fn a_signer_without_a_name_is_refused() {
    let authority = Authority::new("NemLog-in TEST rod");
    let hidden = authority.issue(&[(DnType::CommonName, "Pseudonym")], LONG, None);
    let signed = sign(&package().pdf, &hidden, &authority.service(SIGNED));
    assert!(matches!(
        refused(&signed, &authority),
        NemLogInError::Anonymous
    ));
    // A time-stamp service signs for nobody.
    let machine = authority.issue(&OKSANA, LONG, Some(true));
    let signed = sign(&package().pdf, &machine, &authority.service(SIGNED));
    assert!(matches!(
        refused(&signed, &authority),
        NemLogInError::Signature(_)
    ));
}

/// Adds an update behind a signed document.
fn update(signed: &[u8], change: impl FnOnce(&mut IncrementalDocument)) -> Vec<u8> {
    let document = Document::load_mem(signed).unwrap();
    let mut update = IncrementalDocument::create_from(signed.to_vec(), document);
    change(&mut update);
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn an_update_behind_the_signature_changes_nothing_unseen() {
    let authority = Authority::new("NemLog-in TEST rod");
    let service = authority.service(SIGNED);
    let signed = sign(&package().pdf, &authority.citizen(LONG), &service);
    let before = Document::load_mem(&package().pdf).unwrap();
    let page = before.get_pages()[&1];
    let root = before
        .trailer
        .get(b"Root")
        .and_then(Object::as_reference)
        .unwrap();
    let content = before.get_page_contents(page)[0];

    let harmless = update(&signed, |update| {
        update.opt_clone_object_to_new_document(root).unwrap();
        let catalog = update.new_document.get_object_mut(root).unwrap();
        let catalog = catalog.as_dict_mut().unwrap();
        catalog.set("DSS", dictionary! { "Certs" => Vec::<Object>::new() });
    });
    let found = judge(&harmless, std::slice::from_ref(&authority.root)).unwrap();
    assert_eq!(found.level, "B-LT");

    let other_text = update(&signed, |update| {
        let stream = lopdf::Stream::new(dictionary! {}, b"BT ET".to_vec());
        update.new_document.objects.insert(content, stream.into());
    });
    let drawn_over = update(&signed, |update| {
        let note = update.new_document.add_object(dictionary! {
            "Type" => "Annot",
            "Subtype" => "FreeText",
            "Rect" => vec![0.into(), 0.into(), 300.into(), 300.into()],
        });
        update.opt_clone_object_to_new_document(page).unwrap();
        let page = update.new_document.get_object_mut(page).unwrap();
        let page = page.as_dict_mut().unwrap();
        let mut notes = page
            .get(b"Annots")
            .and_then(Object::as_array)
            .cloned()
            .unwrap();
        notes.push(note.into());
        page.set("Annots", notes);
    });
    let acts = update(&signed, |update| {
        update.opt_clone_object_to_new_document(root).unwrap();
        let catalog = update.new_document.get_object_mut(root).unwrap();
        catalog
            .as_dict_mut()
            .unwrap()
            .set("OpenAction", dictionary! { "S" => "JavaScript" });
    });
    for (name, changed) in [("text", other_text), ("note", drawn_over), ("action", acts)] {
        let error = refused(&changed, &authority);
        assert!(matches!(error, NemLogInError::Added(_)), "{name}: {error}");
    }
}

#[test]
fn a_second_signature_is_refused() {
    let authority = Authority::new("NemLog-in TEST rod");
    let service = authority.service(SIGNED);
    let signed = sign(&package().pdf, &authority.citizen(LONG), &service);
    let twice = update(&signed, |update| {
        let root = update.get_prev_documents().trailer.get(b"Root");
        let root = root.and_then(Object::as_reference).unwrap();
        let form = {
            let catalog = update.get_prev_documents().get_dictionary(root).unwrap();
            catalog
                .get(b"AcroForm")
                .and_then(Object::as_dict)
                .unwrap()
                .clone()
        };
        let field = form.get(b"Fields").and_then(Object::as_array).unwrap()[0].clone();
        update.opt_clone_object_to_new_document(root).unwrap();
        let catalog = update.new_document.get_object_mut(root).unwrap();
        catalog.as_dict_mut().unwrap().set(
            "AcroForm",
            dictionary! { "Fields" => vec![field.clone(), field] },
        );
    });
    assert!(matches!(
        refused(&twice, &authority),
        NemLogInError::Several(2)
    ));
}

#[test]
fn a_wrong_time_stamp_is_refused() {
    let authority = Authority::new("NemLog-in TEST rod");
    let stranger = Authority::new("En anden");
    // The signing program trusts a service that the municipality does not.
    let service = stranger.service(SIGNED);
    let signed = sign(&package().pdf, &authority.citizen(LONG), &service);
    let error = refused(&signed, &authority);
    assert!(matches!(error, NemLogInError::Stamp(_)), "{error}");
    assert_eq!(service.fault, Fault::None);
    assert!(!service.key.certificates().is_empty());
}
