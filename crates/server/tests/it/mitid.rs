//! A case that is signed at NemLog-in: fetched and handed in over real sockets.

#[path = "../../../document/tests/common/authority.rs"]
mod authority;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use authority::{Authority, LONG, OKSANA, Service};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::DnType;
use serde_json::{Value, json};
use tolkebot_casework::{CaseView, ErasureReason, NewEvent, Store, StoreError};
use tolkebot_document::{FileKey, seal, sha256_hex, verify};
use tolkebot_protocol::{CaseEvent, CaseId, EventPayload, Role};
use tolkebot_server::{
    Clock, SignedFile, SigningError, document_of, receipt_of, stage_of, take_signed,
};

use crate::common::{Answer, Flaky, House, config, log_of, write};
use crate::desk::{Desk, desk, sign_in, staffed_with, stage};

/// A server that trusts a signing service of the test's own.
async fn house(data: &Path, authority: &Authority) -> House {
    let mut config = config();
    config.data_dir = data.to_owned();
    config.nemlogin.roots_file = data.join("roots.pem");
    write(&config.nemlogin.roots_file, &authority.root_pem);
    staffed_with(config).await
}

/// A time-stamp service with the test's clock.
fn service(house: &House, authority: &Authority) -> Service {
    authority.service(&house.clock.now().to_string())
}

/// The document as the service gives it back.
fn sign(pdf: &[u8], key: &FileKey, service: &Service) -> Vec<u8> {
    seal(pdf, key, service.at, "Underskrift", Some(service)).unwrap()
}

async fn export(house: &House, case: &str, cookie: &str, body: &Value) -> Answer {
    let path = format!("/api/cases/{case}/nemlogin/export");
    house
        .post(&path, &[("cookie", cookie)], &body.to_string())
        .await
}

/// Fetches the document.
async fn fetched(house: &House, desk: &Desk) -> Vec<u8> {
    let answer = export(house, &desk.case, &desk.anne, &json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body = answer.json();
    let pdf = STANDARD.decode(body["document"].as_str().unwrap()).unwrap();
    assert_eq!(body["document_sha256"], sha256_hex(&pdf).as_str());
    let package: Value = serde_json::from_str(body["package"].as_str().unwrap()).unwrap();
    assert_eq!(package["case"], desk.case.as_str());
    assert_eq!(package["document_sha256"], body["document_sha256"]);
    pdf
}

async fn import(
    house: &House,
    case: &str,
    cookie: &str,
    signed: &[u8],
    signer: Option<&str>,
) -> Answer {
    let path = format!("/api/cases/{case}/nemlogin/import");
    let mut body = json!({"signed": STANDARD.encode(signed)});
    if let Some(signer) = signer {
        body["signer"] = json!(signer);
    }
    house
        .post(&path, &[("cookie", cookie)], &body.to_string())
        .await
}

fn count(house: &House, desk: &Desk, kind: &str) -> usize {
    let log = log_of(&*house.store, &CaseId(desk.case.clone()));
    log.iter().filter(|event| event["kind"] == kind).count()
}

#[tokio::test]
async fn a_case_is_signed_with_mitid_and_handed_in_with_the_signed_file() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("NemLog-in TEST rod");
    let house = house(data.path(), &authority).await;
    let told = house.get("/api/session", &[]).await.json();
    assert_eq!(told["nemlogin"], true);
    let mut desk = desk(&house).await;
    let digest = desk.confirm().await;
    let pdf = fetched(&house, &desk).await;
    // The log says who fetched what, and the counter's screen hears of it.
    let sent = desk.staff.until_event("sent_to_sign", |_| true).await;
    assert_eq!(
        (&sent["digest"], &sent["by"]),
        (&json!(digest), &json!("anne"))
    );
    assert_eq!(sent["document_sha256"], sha256_hex(&pdf).as_str());

    let signed = sign(&pdf, &authority.citizen(LONG), &service(&house, &authority));
    let answer = import(&house, &desk.case, &desk.anne, &signed, None).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let body = answer.json();
    assert_eq!(
        (&body["recorded"], &body["signer"]),
        (&json!(true), &json!("Oksana Kovalenko"))
    );
    assert_eq!(body["stage"]["state"], "signed");
    let event = desk.staff.until_event("signed", |_| true).await;
    assert_eq!(
        (&event["signer"], &event["by"]),
        (&json!("Oksana Kovalenko"), &json!("anne"))
    );
    let shown = stage(&mut desk.staff, "signed").await;
    assert_eq!(shown["signature"]["method"], "nem_log_in");
    assert_eq!(shown["signature"]["signer"], "Oksana Kovalenko");
    // Not twice.
    let again = import(&house, &desk.case, &desk.anne, &signed, None).await;
    assert_eq!(
        (again.status, &again.json()["signing"]),
        (409, &json!("state"))
    );

    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    let bo = sign_in(&house, "bo").await;
    let approve = format!("/api/cases/{}/review/approve", desk.case);
    let body = json!({"digest": digest}).to_string();
    let approved = house.post(&approve, &[("cookie", &bo)], &body).await;
    assert_eq!(approved.status, 200, "{}", approved.text());
    stage(&mut desk.staff, "submitted").await;
    let folder = data.path().join("submitted").join(&desk.case);
    assert_eq!(std::fs::read(folder.join("signed.pdf")).unwrap(), signed);
    let form = std::fs::read(folder.join("form.pdf")).unwrap();
    assert_eq!(verify(&form, &[]).unwrap().signature, Some(true));
}

#[tokio::test]
async fn nothing_goes_out_or_comes_in_at_the_wrong_time_or_by_the_wrong_hands() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("NemLog-in TEST rod");
    let house = house(data.path(), &authority).await;
    let mut desk = desk(&house).await;
    let early = export(&house, &desk.case, &desk.anne, &json!({})).await;
    assert_eq!(
        (early.status, &early.json()["signing"]),
        (409, &json!("state"))
    );
    let digest = desk
        .staff
        .seen
        .iter()
        .rfind(|m| m["type"] == "stage")
        .unwrap()["digest"]
        .clone();
    desk.staff
        .send(json!({"type": "read_back", "digest": digest}))
        .await;
    stage(&mut desk.tablet, "read_back").await;
    let early = export(&house, &desk.case, &desk.anne, &json!({})).await;
    assert_eq!(
        (early.status, &early.json()["signing"]),
        (409, &json!("not_confirmed"))
    );
    desk.tablet
        .send(json!({"type": "confirm_read_back", "digest": digest}))
        .await;
    desk.staff
        .until_that("stage", |s| s["read_back_confirmed"] == true)
        .await;

    // Neither the second person, nor an admin, nor nobody; and not from another site.
    for who in ["bo", "dan", "eva"] {
        let cookie = sign_in(&house, who).await;
        let refused = export(&house, &desk.case, &cookie, &json!({})).await;
        assert_eq!(refused.status, 403, "{who}");
        let refused = import(&house, &desk.case, &cookie, b"%PDF", None).await;
        assert_eq!(refused.status, 403, "{who}");
    }
    let path = format!("/api/cases/{}/nemlogin/export", desk.case);
    let elsewhere = [
        ("cookie", desk.anne.as_str()),
        ("origin", "https://evil.example"),
    ];
    assert_eq!(house.post(&path, &elsewhere, "{}").await.status, 403);
    for (reference, status) in [
        (json!("x".repeat(51)), 422),
        (json!("CPR 070584-1234"), 422),
    ] {
        let refused = export(
            &house,
            &desk.case,
            &desk.anne,
            &json!({"reference": reference}),
        )
        .await;
        assert_eq!(
            (refused.status, &refused.json()["signing"]),
            (status, &json!("reference"))
        );
    }
    assert_eq!(count(&house, &desk, "sent_to_sign"), 0);
    assert_eq!(count(&house, &desk, "signed"), 0);
}

#[tokio::test]
async fn a_file_that_does_not_count_is_refused_with_the_one_reason() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("NemLog-in TEST rod");
    let house = house(data.path(), &authority).await;
    let mut desk = desk(&house).await;
    desk.confirm().await;
    let pdf = fetched(&house, &desk).await;
    let (key, service) = (authority.citizen(LONG), service(&house, &authority));
    let good = sign(&pdf, &key, &service);
    let strangers = Authority::new("Another");
    let stranger = sign(&pdf, &strangers.citizen(LONG), &service);
    let mut altered = good.clone();
    altered[600] ^= 1;
    // Larger than what other routes take, and still judged.
    let large = vec![b'x'; 3_000_000];
    for (file, trouble) in [
        (&pdf, "unsigned"),
        (&stranger, "certificate"),
        (&altered, "altered"),
        (&b"no pdf".to_vec(), "not_pdf"),
        (&large, "not_pdf"),
    ] {
        let refused = import(&house, &desk.case, &desk.anne, file, None).await;
        let body = refused.json();
        // A changed byte may also make it unreadable.
        let found = body["signing"].as_str().unwrap_or_default();
        assert_eq!(refused.status, 422, "{body}");
        assert!(
            found == trouble || (trouble == "altered" && found == "not_pdf"),
            "{body}"
        );
        assert!(
            !body["message"].as_str().unwrap().contains("Oksana"),
            "{body}"
        );
    }
    let path = format!("/api/cases/{}/nemlogin/import", desk.case);
    for body in [
        "{}",
        "no JSON: Oksana",
        r#"{"signed":"not base64: Oksana"}"#,
    ] {
        let refused = house.post(&path, &[("cookie", &desk.anne)], body).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(!refused.text().contains("Oksana"), "{}", refused.text());
    }
    // The form changed after the document went out: what comes back is about other values.
    desk.put_right().await;
    desk.confirm().await;
    let refused = import(&house, &desk.case, &desk.anne, &good, None).await;
    assert_eq!(
        (refused.status, &refused.json()["signing"]),
        (422, &json!("other_document"))
    );
    assert_eq!(count(&house, &desk, "signed"), 0);
}

#[tokio::test]
async fn a_name_that_is_written_otherwise_is_for_staff_to_recognise() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("NemLog-in TEST rod");
    let house = house(data.path(), &authority).await;
    let mut desk = desk(&house).await;
    desk.confirm().await;
    let pdf = fetched(&house, &desk).await;
    let name = "Oxana Kovalenko";
    let names = [(DnType::CommonName, name), OKSANA[1].clone()];
    let key = authority.issue(&names, LONG, None);
    let signed = sign(&pdf, &key, &service(&house, &authority));
    for signer in [None, Some("Oksana Kovalenko")] {
        let asked = import(&house, &desk.case, &desk.anne, &signed, signer).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let body = asked.json();
        assert_eq!(
            (&body["recorded"], &body["signer"]),
            (&json!(false), &json!(name))
        );
        assert_eq!(body["name_in_form"], "Oksana Kovalenko");
        assert_eq!(body["stage"]["state"], "read_back");
    }
    assert_eq!(count(&house, &desk, "signed"), 0);
    let taken = import(&house, &desk.case, &desk.anne, &signed, Some(name)).await;
    assert_eq!(taken.json()["recorded"], true, "{}", taken.text());
    // The certificate's name is what is kept, shown, and on the document.
    let shown = stage(&mut desk.staff, "signed").await;
    assert_eq!(shown["signature"]["signer"], name);
    let form = format!("/api/cases/{}/form.pdf", desk.case);
    let form = house.get(&form, &[("cookie", &desk.anne)]).await.body;
    assert_eq!(verify(&form, &[]).unwrap().signature, Some(true));
}

#[tokio::test]
async fn a_server_without_roots_takes_no_signature_in() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config();
    config.data_dir = data.path().to_owned();
    let house = staffed_with(config).await;
    let mut desk = desk(&house).await;
    desk.confirm().await;
    let pdf = fetched(&house, &desk).await;
    let refused = import(&house, &desk.case, &desk.anne, &pdf, None).await;
    assert_eq!(
        (refused.status, &refused.json()["signing"]),
        (503, &json!("no_roots"))
    );
    assert!(house.get("/api/session", &[]).await.json()["nemlogin"].is_null());
}

/// Takes in a signed file at the store itself.
fn take(
    store: &dyn Store,
    house: &House,
    case: &CaseId,
    signed: &[u8],
    root: &[u8],
    by: &str,
) -> Result<(), SigningError> {
    let file = SignedFile {
        bytes: signed,
        roots: &[root.to_vec()],
        signer: None,
        by: Some(by),
    };
    let authority = config().authority;
    take_signed(store, case, &authority, &file, house.clock.now()).map(drop)
}

/// Signed at home in the evening, handed in the next morning: both papers of the case say the evening.
#[tokio::test]
async fn a_signature_has_the_time_of_its_stamp_and_not_that_of_handing_it_in() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("NemLog-in TEST rod");
    let house = house(data.path(), &authority).await;
    let mut desk = desk(&house).await;
    desk.confirm().await;
    desk.staff.settle().await;
    let case = CaseId(desk.case.clone());
    let pdf = fetched(&house, &desk).await;
    desk.staff.until_event("sent_to_sign", |_| true).await;
    let service = service(&house, &authority);
    let signed = sign(&pdf, &authority.citizen(LONG), &service);
    house.clock.advance(16 * 3600); // 25 November, two in the morning in Denmark
    take(
        &*house.store,
        &house,
        &case,
        &signed,
        &authority.root,
        "anne",
    )
    .unwrap();
    let stored = house.store.load(&case, 0).unwrap();
    let events: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
    let newest = events.last().unwrap();
    assert!(newest.at.starts_with("2026-11-25T01:00"), "{}", newest.at);
    let view = CaseView::fold(&case, &events).unwrap();
    let name = config().authority;
    let at = service.at.to_string();
    assert_eq!(stage_of(&view, &name).signature.unwrap().at, at);
    let (_, extras) = document_of(&view, &name, false);
    assert_eq!(extras.signature.unwrap().at, at);
    let receipt = receipt_of(&view, &name).unwrap().unwrap();
    assert_eq!(receipt.date, "2026-11-24");
}

/// A button pressed twice, two servers, a network that swallows an answer: the file must stay that the
/// signature rests on.
#[tokio::test]
async fn a_try_that_comes_too_late_or_says_it_failed_takes_no_signed_file_away() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("NemLog-in TEST rod");
    for lies in [false, true] {
        let house = Arc::new(house(data.path(), &authority).await);
        let mut desk = desk(&house).await;
        desk.confirm().await;
        desk.staff.settle().await;
        let case = CaseId(desk.case.clone());
        let pdf = fetched(&house, &desk).await;
        desk.staff.until_event("sent_to_sign", |_| true).await;
        let signed = sign(&pdf, &authority.citizen(LONG), &service(&house, &authority));
        let store = Flaky::over(house.store.clone());
        if lies {
            store.lies.store(true, Ordering::SeqCst);
            take(&store, &house, &case, &signed, &authority.root, "anne").unwrap();
        } else {
            let (first, other) = (case.clone(), house.clone());
            let (file, root) = (signed.clone(), authority.root.clone());
            store.before_append(move |store| {
                take(store, &other, &first, &file, &root, "anne").unwrap();
            });
            let late = take(&store, &house, &case, &signed, &authority.root, "bo");
            assert!(
                matches!(late, Err(SigningError::Store(StoreError::Conflict { .. }))),
                "{late:?}"
            );
        }
        let now = house.clock.now();
        let notes = house.store.note_keys("nemlogin-signed/", now).unwrap();
        assert_eq!(notes.len(), 1, "{notes:?}");
        let kept = house.store.note(&notes[0], now).unwrap().unwrap();
        assert_eq!(STANDARD.decode(kept).unwrap(), signed);
        assert_eq!(count(&house, &desk, "signed"), 1);
    }
    // Where nobody signed, nothing stays.
    let house = house(data.path(), &authority).await;
    let mut desk = desk(&house).await;
    desk.confirm().await;
    desk.staff.settle().await;
    let pdf = fetched(&house, &desk).await;
    desk.staff.until_event("sent_to_sign", |_| true).await;
    let signed = sign(&pdf, &authority.citizen(LONG), &service(&house, &authority));
    let store = Flaky::over(house.store.clone());
    let case = CaseId(desk.case.clone());
    let event = NewEvent {
        at: house.clock.now(),
        actor: Role::Citizen,
        payload: EventPayload::InterpreterRequested {},
    };
    let id = case.clone();
    store.before_append(move |store| {
        let seq = store.last(&id).unwrap().unwrap().seq;
        store.append(&id, seq, &[event]).unwrap();
    });
    assert!(take(&store, &house, &case, &signed, &authority.root, "anne").is_err());
    let notes = house.store.note_keys("nemlogin-signed/", house.clock.now());
    assert_eq!(notes.unwrap(), [""; 0]);
}

/// What is kept after its case is gone, nobody would ever take away.
#[tokio::test]
async fn of_a_case_that_is_erased_meanwhile_no_signed_file_stays() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("NemLog-in TEST rod");
    let house = house(data.path(), &authority).await;
    let mut desk = desk(&house).await;
    desk.confirm().await;
    desk.staff.settle().await;
    let pdf = fetched(&house, &desk).await;
    desk.staff.until_event("sent_to_sign", |_| true).await;
    let signed = sign(&pdf, &authority.citizen(LONG), &service(&house, &authority));
    let store = Flaky::over(house.store.clone());
    let case = CaseId(desk.case.clone());
    let (id, now) = (case.clone(), house.clock.now());
    store.before_note(move |store| store.erase(&id, ErasureReason::Request, now).unwrap());
    let late = take(&store, &house, &case, &signed, &authority.root, "anne");
    assert!(
        matches!(late, Err(SigningError::Store(StoreError::Erased(_)))),
        "{late:?}"
    );
    let notes = house.store.note_keys("nemlogin-signed/", now);
    assert_eq!(notes.unwrap(), [""; 0]);
}
