//! Documents as other programs see them: pyHanko and pikepdf (qpdf), which set-up installs.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::authority::Authority;
use common::python::{python, root};
use common::{AT, confirmed, key, rsa_key, seal_of};
use jiff::Timestamp;
use serde_json::{Value, json};
use tolkebot_document::{
    Extras, SealKey, SigningPackage, TestSeal, certificates, check_signed, render, render_to_sign,
    seal,
};

/// What the script says of a document; `None` without the packages.
fn look(certificate: &str, pdf: &[u8]) -> Option<Value> {
    look_with(&[certificate], pdf)
}

/// The same with several certificates that are trusted.
fn look_with(certificates: &[&str], pdf: &[u8]) -> Option<Value> {
    let dir = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (n, certificate) in certificates.iter().enumerate() {
        files.push(dir.path().join(format!("{n}.pem")));
        std::fs::write(&files[n], certificate).unwrap();
    }
    let file = dir.path().join("d.pdf");
    std::fs::write(&file, pdf).unwrap();
    files.push(file);
    Some(serde_json::from_slice(&python("validate.py", &[], &files)?).unwrap())
}

fn test_certificate() -> String {
    TestSeal::make(&[7; 32], AT.parse().unwrap())
        .unwrap()
        .certificate
}

fn rsa_certificate() -> String {
    let path = root().join("crates/document/tests/data/rsa_certificate.pem");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn pyhanko_finds_the_seal_valid() {
    let keys: [(&dyn SealKey, String); 2] = [
        (&key(), test_certificate()),
        (&rsa_key(), rsa_certificate()),
    ];
    for (key, certificate) in keys {
        let Some(report) = look(&certificate, &seal_of(key)) else {
            return;
        };
        assert_eq!(
            report["signatures"],
            json!([{
                "intact": true,
                "valid": true,
                "trusted": true,
                "coverage": "ENTIRE_FILE",
                "docmdp_ok": true,
                "subfilter": "/ETSI.CAdES.detached",
            }]),
            "{:?}",
            key.algorithm()
        );
        assert_eq!(report["problems"], json!([]));
    }
}

#[test]
fn pyhanko_finds_the_time_stamp_valid() {
    let authority = Authority::new("Tidsstempel TEST rod");
    let service = authority.service(AT);
    let (pdf, at) = (render(&confirmed()).unwrap(), AT.parse().unwrap());
    let pdf = seal(&pdf, &key(), at, "Modtaget", Some(&service)).unwrap();
    let roots = [test_certificate(), authority.root_pem.clone()];
    let Some(report) = look_with(&[&roots[0], &roots[1]], &pdf) else {
        return;
    };
    let one = &report["signatures"][0];
    assert_eq!(one["valid"], true, "{report}");
    assert_eq!(one["trusted"], true, "{report}");
    let stamp = json!({
        "valid": true,
        "intact": true,
        "trusted": true,
        "at": "2026-12-01T10:20:30+00:00",
    });
    assert_eq!(one["stamp"], stamp, "{report}");
}

#[test]
fn a_document_that_pyhanko_signs_comes_back() {
    let now = Timestamp::now();
    let package = SigningPackage::of(&confirmed(), &Extras::default(), None, now).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let files = ["out.pdf", "back.pdf", "root.pem"].map(|name| dir.path().join(name));
    std::fs::write(&files[0], &package.pdf).unwrap();
    if python("sign_lta.py", &[], &files).is_none() {
        return;
    }
    let signed = std::fs::read(&files[1]).unwrap();
    let roots = certificates(&std::fs::read_to_string(&files[2]).unwrap()).unwrap();
    let judge = |signed: &[u8], roots: &[Vec<u8>]| {
        check_signed(&package.pdf, signed, roots, now, Timestamp::now())
    };
    let found = judge(&signed, &roots).unwrap();
    assert_eq!(found.level, "B-LTA");
    assert_eq!(found.signer.name, "Oksana Kovalenko");
    assert_eq!(
        (
            found.signer.given_names.as_str(),
            found.signer.surname.as_str()
        ),
        ("Oksana", "Kovalenko")
    );
    assert!(found.signer.id.starts_with("UI:DK-P"));
    assert!(judge(&signed, &[]).is_err());
    for byte in (0..signed.len()).step_by(signed.len() / 40) {
        let mut changed = signed.clone();
        changed[byte] ^= 1;
        // Beyond the signature lies what is kept for later, which a reader may skip.
        let judged = judge(&changed, &roots);
        assert!(
            judged.is_err() || byte > package.pdf.len(),
            "byte {byte} of {}",
            signed.len()
        );
    }
}

#[test]
fn what_goes_to_be_signed_is_what_pdf_a_2_and_pdf_ua_ask_for() {
    let made = render_to_sign(&confirmed(), &Extras::default()).unwrap();
    let Some(report) = look(&test_certificate(), &made) else {
        return;
    };
    assert_eq!(report["problems"], json!([]));
    assert_eq!(
        (&report["pdfa"], &report["pdfua"], &report["marked"]),
        (&json!("2A"), &json!("1"), &json!(true))
    );
    assert_eq!(report["fonts_embedded"], true);
    assert_eq!(report["attachments"], json!([]));
}

#[test]
fn pyhanko_sees_a_change() {
    let pdf = seal_of(&key());
    let mut changed = pdf.clone();
    // In the middle of the pages' content.
    changed[pdf.len() / 3] ^= 0x01;
    let mut longer = pdf.clone();
    longer.extend(b"\n%%EOF\n");
    for other in [changed, longer] {
        let Some(report) = look(&test_certificate(), &other) else {
            return;
        };
        let one = &report["signatures"][0];
        let whole = one["intact"] == true
            && one["valid"] == true
            && one["coverage"] == "ENTIRE_FILE"
            && one["docmdp_ok"] == true;
        assert!(!whole, "{report}");
    }
}

#[test]
fn the_document_is_what_pdf_a_and_pdf_ua_ask_for() {
    let Some(report) = look(&test_certificate(), &render(&confirmed()).unwrap()) else {
        return;
    };
    assert_eq!(report["problems"], json!([]));
    assert_eq!(report["signatures"], json!([]));
    assert_eq!(
        (&report["pdfa"], &report["pdfua"]),
        (&json!("3A"), &json!("1"))
    );
    assert_eq!(
        (&report["marked"], &report["language"]),
        (&json!(true), &json!("da"))
    );
    assert_eq!(report["fonts_embedded"], true);
    assert_eq!(
        report["attachments"],
        json!(["flytteanmeldelse.json", "flytteanmeldelse.xml"])
    );
}
