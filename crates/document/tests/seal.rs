//! The seal: made, checked, and voided by any change.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::{AT, confirmed, key, roots, seal_of};
use jiff::{SignedDuration, Timestamp};
use tolkebot_document::{
    FileKey, SealAlgorithm, SealError, SealKey, TestSeal, Verified, digest, render, seal, verify,
};

fn check(pdf: &[u8]) -> Verified {
    verify(pdf, &roots()).unwrap()
}

#[test]
fn a_sealed_document_is_intact_and_says_who_sealed_it() {
    let pdf = seal_of(&key());
    let found = check(&pdf);
    assert!(found.is_intact(), "{:?}", found.findings);
    assert_eq!(found.digest, digest(&confirmed()));
    let [one] = &found.seals[..] else {
        panic!("{:?}", found.seals)
    };
    assert_eq!(one.signer, "TolkeBOT TEST - ikke kvalificeret");
    assert_eq!(one.at, AT);
    assert!(one.trusted && one.test && !one.stamped);
    assert!(!verify(&pdf, &[]).unwrap().seals[0].trusted);
    // The document itself stays as it was.
    assert!(pdf.starts_with(&render(&confirmed()).unwrap()));
    assert_eq!(
        pdf,
        seal_of(&key()),
        "the same key and time, the same bytes"
    );
}

#[test]
fn an_rsa_key_seals_too() {
    let key = common::rsa_key();
    assert_eq!(key.algorithm(), SealAlgorithm::RsaSha256);
    let pdf = seal_of(&key);
    let found = verify(&pdf, key.certificates()).unwrap();
    assert!(found.is_intact(), "{:?}", found.findings);
    assert!(found.seals[0].trusted);
    assert!(!verify(&pdf, &roots()).unwrap().seals[0].trusted);
}

#[test]
fn every_changed_byte_is_found() {
    let pdf = seal_of(&key());
    // Beginning, middle of each part, the seal itself, the end; and some in between.
    for at in (0..pdf.len())
        .step_by(pdf.len() / 60)
        .chain([pdf.len() - 2])
    {
        let mut changed = pdf.clone();
        changed[at] ^= 0x01;
        // A byte of the filling behind the signature counts as well.
        match verify(&changed, &roots()) {
            Ok(found) => assert!(
                !found.is_intact() || found.seals.is_empty(),
                "byte {at} of {} can be changed unseen",
                pdf.len()
            ),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn what_is_added_afterwards_voids_the_seal() {
    let mut longer = seal_of(&key());
    longer.extend(b"\n% a harmless remark\n");
    let found = check(&longer);
    assert_eq!(
        found.findings,
        ["the document was added to after it was sealed"]
    );
    let again = seal(&seal_of(&key()), &key(), AT.parse().unwrap(), "igen", None);
    assert!(matches!(again, Err(SealError::Sealed)), "{again:?}");
}

#[test]
fn keys_that_cannot_seal_are_refused() {
    let pdf = render(&confirmed()).unwrap();
    let at: Timestamp = AT.parse().unwrap();
    let late = at + SignedDuration::from_hours(24 * 365 * 4);
    let early = at - SignedDuration::from_hours(24);
    for wrong in [late, early] {
        let refused = seal(&pdf, &key(), wrong, "x", None).unwrap_err();
        assert!(matches!(refused, SealError::Expired { .. }), "{refused}");
    }
    let one = TestSeal::make(&[7; 32], at).unwrap();
    let other = TestSeal::make(&[8; 32], at).unwrap();
    let mixed = FileKey::from_pem(&one.key, &other.certificate).unwrap_err();
    assert!(mixed.to_string().contains("not that of the key"), "{mixed}");
    for (key, certificate) in [
        ("nonsense", one.certificate.as_str()),
        (one.key.as_str(), "nonsense"),
        (one.key.as_str(), ""),
    ] {
        let error = FileKey::from_pem(key, certificate).unwrap_err();
        assert!(!error.to_string().contains("nonsense"), "{error}");
    }
    assert!(!format!("{:?} {one:?}", common::key()).contains("PRIVATE"));
    assert!(matches!(
        seal(b"no pdf", &common::key(), at, "x", None),
        Err(SealError::Pdf(_))
    ));
}
