//! What several tests need.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

pub mod authority;
pub mod python;

use serde_json::json;
use tolkebot_document::{
    FileKey, FilledForm, FilledRow, FilledSection, RowStatus, SealKey, TestSeal, render, seal,
};

/// When everything here is sealed.
pub const AT: &str = "2026-12-01T10:20:30Z";

/// A form that people confirmed.
pub fn confirmed() -> FilledForm {
    let row = |key: &str, label: &str, value: &str| FilledRow {
        key: key.to_owned(),
        label_da: label.to_owned(),
        label_uk: "Поле".to_owned(),
        value: json!(value),
        display_da: value.to_owned(),
        display_uk: value.to_owned(),
        status: RowStatus::Confirmed,
    };
    FilledForm {
        case: "FLY-2026-000123".to_owned(),
        form: "flytteanmeldelse".to_owned(),
        authority: "Aarhus Kommune".to_owned(),
        date: "2026-12-01".to_owned(),
        sections: vec![FilledSection {
            title_da: "Tilflytning".to_owned(),
            title_uk: "Нова адреса".to_owned(),
            rows: vec![
                row("to.street_name", "Vejnavn", "Søndre Ringgade"),
                row("to.house_number", "Husnummer", "12"),
            ],
        }],
    }
}

/// A key for trying out; always the same.
pub fn key() -> FileKey {
    let made = TestSeal::make(&[7; 32], AT.parse().unwrap()).unwrap();
    FileKey::from_pem(&made.key, &made.certificate).unwrap()
}

/// An RSA key with a certificate of its own name; made with openssl for these tests alone.
pub fn rsa_key() -> FileKey {
    let read = |name: &str| {
        let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).unwrap()
    };
    FileKey::from_pem(&read("rsa_key.pem"), &read("rsa_certificate.pem")).unwrap()
}

/// The certificate that seals of [`key`] lead to.
pub fn roots() -> Vec<Vec<u8>> {
    key().certificates().to_vec()
}

/// The confirmed form, sealed.
pub fn seal_of(key: &dyn SealKey) -> Vec<u8> {
    let pdf = render(&confirmed()).unwrap();
    seal(&pdf, key, AT.parse().unwrap(), "Modtaget anmeldelse", None).unwrap()
}
