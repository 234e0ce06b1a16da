//! The seal with a time stamp, PAdES-B-T: asked for, checked, and refused where it is wrong.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use common::authority::{Authority, Fault, LONG, Service};
use common::{AT, confirmed, key, roots};
use rcgen::DnType;
use tolkebot_document::{SealError, TimeStamps, render, seal, verify};

fn sealed(service: &Service) -> Result<Vec<u8>, SealError> {
    let pdf = render(&confirmed()).unwrap();
    seal(&pdf, &key(), AT.parse().unwrap(), "Modtaget", Some(service))
}

#[test]
fn a_stamped_seal_says_when_and_by_whom() {
    let authority = Authority::new("Tidsstempel TEST rod");
    let service = authority.service("2026-12-01T10:20:33Z");
    let pdf = sealed(&service).unwrap();
    let trusted = [roots(), service.roots.clone()].concat();
    let found = verify(&pdf, &trusted).unwrap();
    assert!(found.is_intact(), "{:?}", found.findings);
    let one = &found.seals[0];
    assert!(one.stamped && one.stamp_trusted && one.trusted);
    assert_eq!(
        (one.stamped_at.as_str(), one.stamped_by.as_str()),
        ("2026-12-01T10:20:33Z", "Tidsstempel TEST")
    );
    // Whoever does not know the service still sees that there is a stamp.
    let found = verify(&pdf, &roots()).unwrap();
    assert!(found.is_intact() && found.seals[0].stamped && !found.seals[0].stamp_trusted);
}

#[test]
fn a_policy_is_asked_for_and_checked() {
    let authority = Authority::new("Tidsstempel TEST rod");
    let mut service = authority.service(AT);
    service.policy = Some("1.2.208.1");
    sealed(&service).unwrap();
    service.policy = Some("no policy");
    let error = sealed(&service).unwrap_err().to_string();
    assert!(error.contains("OID"), "{error}");
}

#[test]
fn what_a_service_does_wrong_is_said() {
    let authority = Authority::new("Tidsstempel TEST rod");
    for (fault, said) in [
        (Fault::Down, "nobody answers"),
        (Fault::Refuses, "status 2"),
        (Fault::Babbles, "cannot be read"),
        (Fault::OtherImprint, "something else"),
        (Fault::OtherNonce, "another request"),
        (Fault::NoNonce, "another request"),
        (Fault::Forged, "cannot be used"),
    ] {
        let error = sealed(&authority.service(AT).wrong(fault)).unwrap_err();
        assert!(matches!(error, SealError::TimeStamp(_)), "{fault:?}");
        assert!(error.to_string().contains(said), "{fault:?}: {error}");
    }
    let refused = |service: &Service| sealed(service).unwrap_err().to_string();
    // A clock that is wrong, a root that is not its own, certificates that are not for stamps.
    assert!(refused(&authority.service("2026-12-01T10:30:00Z")).contains("set the clock"));
    let mut stranger = authority.service(AT);
    stranger.roots = vec![Authority::new("En anden").root];
    assert!(refused(&stranger).contains("none of the trusted"));
    stranger.roots = Vec::new();
    assert!(refused(&stranger).contains("none of the trusted"));
    let names = [(DnType::CommonName, "Tidsstempel TEST")];
    for purpose in [None, Some(false)] {
        let mut other = authority.service(AT);
        other.key = authority.issue(&names, LONG, purpose);
        assert!(
            refused(&other).contains("for time stamps alone"),
            "{purpose:?}"
        );
    }
    let mut late = authority.service(AT);
    late.key = authority.issue(
        &names,
        ("2026-01-01T00:00:00Z", "2026-11-01T00:00:00Z"),
        Some(true),
    );
    assert!(refused(&late).contains("not good"));
}

#[test]
fn every_request_has_a_nonce_and_asks_for_the_certificate() {
    let authority = Authority::new("Tidsstempel TEST rod");
    let service = authority.service(AT);
    sealed(&service).unwrap();
    let asked = service.asked.lock().unwrap();
    let nonce = service.nonce().unwrap();
    assert!(asked[0].windows(7).any(|w| w == &nonce[1..]));
    // certReq, the last element: BOOLEAN TRUE.
    assert!(asked[0].ends_with(&[0x01, 0x01, 0xFF]));
}

#[test]
fn a_stamp_of_another_seal_is_found() {
    let authority = Authority::new("Tidsstempel TEST rod");
    let service = authority.service(AT);
    let pdf = sealed(&service).unwrap();
    // The imprint stands in the token, in hexadecimal like all of the signature.
    let request = service.asked.lock().unwrap()[0].clone();
    let imprint = request
        .windows(34)
        .find(|w| w[..2] == [0x04, 0x20])
        .unwrap();
    let text: String = imprint.iter().map(|b| format!("{b:02x}")).collect();
    let at = pdf.windows(68).position(|w| w == text.as_bytes()).unwrap();
    let mut changed = pdf.clone();
    changed[at + 67] = if changed[at + 67] == b'0' { b'1' } else { b'0' };
    let found = verify(&changed, &roots()).unwrap();
    assert!(
        found.findings[0].contains("time stamp"),
        "{:?}",
        found.findings
    );
}
