//! Documents as other programs see them: pyHanko and pikepdf (qpdf), which set-up installs.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{AT, confirmed, key, rsa_key, seal_of};
use serde_json::{Value, json};
use tolkebot_document::{SealKey, TestSeal, render};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where set-up put the packages; `None` if the Python here is too old for them.
fn packages() -> Option<PathBuf> {
    let folder = root().join(".tools/python");
    if folder.is_dir() {
        return Some(folder);
    }
    let version = Command::new("python3")
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"])
        .status();
    assert!(
        !version.is_ok_and(|status| status.success()),
        "{} is missing: `cargo xtask setup` fetches it",
        folder.display()
    );
    None
}

/// What the script says of a document; `None` without the packages.
fn look(certificate: &str, pdf: &[u8]) -> Option<Value> {
    let packages = packages()?;
    let dir = tempfile::tempdir().unwrap();
    let (pem, file) = (dir.path().join("c.pem"), dir.path().join("d.pdf"));
    std::fs::write(&pem, certificate).unwrap();
    std::fs::write(&file, pdf).unwrap();
    let script = root().join("crates/document/tests/data/validate.py");
    let output = Command::new("python3")
        .arg(script)
        .args([&pem, &file])
        .env("PYTHONPATH", packages)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
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
