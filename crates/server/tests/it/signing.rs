//! Sealing with time stamps, what waits of an erased case, and cases that are signed at NemLog-in.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use tolkebot_casework::{CaseView, ErasureReason, FORM, MemoryStore, NewEvent, Store};
use tolkebot_document::{FileKey, NemLogInError, TestSeal, TimeStamps, digest, verify};
use tolkebot_protocol::{DeliveryTrouble, EventPayload, Role, SigningMethod};
use tolkebot_server::{
    DeliveryError, Directory, Handover, MemoConfig, MemoTrouble, Outcome, Package, SealConfig,
    SignedFile, SigningError, StampService, document_of, export_for_signing, form_of, memo_of,
    stage_of, take_signed, waiting,
};

use crate::common::whole_form;
use crate::handover::{AUTHORITY, Failing, approved, case, key, now, view};

fn nobody_takes_it() -> Box<Failing> {
    Box::new(Failing(Mutex::new(vec![DeliveryError::passing("x"); 9])))
}

fn sealed(store: &MemoryStore) -> Option<String> {
    view(store).lifecycle().sealed().map(str::to_owned)
}

#[test]
fn an_erased_case_leaves_no_sealed_document_waiting() {
    let store = approved();
    let handover = Handover::new(store.clone(), nobody_takes_it(), key(), AUTHORITY, 12);
    handover.pass(now()).unwrap();
    let hash = sealed(&store).unwrap();
    let notes = [
        format!("outbox-pdf/{}/{hash}", case()),
        format!("outbox-tries/{}", case()),
    ];
    for note in &notes {
        assert!(store.note(note, now()).unwrap().is_some(), "{note}");
    }
    store.erase(&case(), ErasureReason::Request, now()).unwrap();
    for note in &notes {
        assert_eq!(store.note(note, now()).unwrap(), None, "{note}");
    }
    assert_eq!(handover.pass(now()).unwrap(), []);
}

/// A service that nobody reaches, and how often it was asked.
#[derive(Clone, Default)]
struct Away(Arc<Mutex<usize>>);

impl TimeStamps for Away {
    fn nonce(&self) -> Result<[u8; 8], String> {
        Ok([1; 8])
    }
    fn roots(&self) -> &[Vec<u8>] {
        &[]
    }
    fn request(&self, _: &[u8]) -> Result<Vec<u8>, String> {
        *self.0.lock().unwrap() += 1;
        Err("nobody answers".to_owned())
    }
}

#[test]
fn without_the_service_a_document_is_sealed_or_waits_as_the_settings_say() {
    let store = approved();
    let away = Away::default();
    let handover = Handover::new(store.clone(), nobody_takes_it(), key(), AUTHORITY, 3)
        .stamped_by(Box::new(away.clone()), false);
    let done = handover.pass(now()).unwrap();
    assert_eq!(done[0].1, Outcome::Sealed);
    let hash = sealed(&store).unwrap();
    let note = format!("outbox-pdf/{}/{hash}", case());
    assert!(store.note(&note, now()).unwrap().is_some());

    let store = approved();
    let away = Away::default();
    let handover = Handover::new(store.clone(), nobody_takes_it(), key(), AUTHORITY, 3)
        .stamped_by(Box::new(away.clone()), true);
    let done = handover.pass(now()).unwrap();
    assert!(
        matches!(&done[0].1, Outcome::Failed(t) if !t.dead
            && t.trouble == DeliveryTrouble::TimeStamp
            && t.because.contains("nobody answers")),
        "{done:?}"
    );
    assert_eq!(sealed(&store), None);
    // It is not asked again before that is due.
    let early = now() + SignedDuration::from_secs(59);
    assert_eq!(handover.pass(early).unwrap(), []);
    assert_eq!(*away.0.lock().unwrap(), 1);
    let due = now() + SignedDuration::from_secs(61);
    assert!(matches!(
        &handover.pass(due).unwrap()[0].1,
        Outcome::Failed(_)
    ));
    assert_eq!(*away.0.lock().unwrap(), 2);
}

/// An expired certificate is a person's to mend; what waited for it then needs nobody.
#[test]
fn once_a_document_can_be_sealed_again_it_is_handed_in() {
    let store = approved();
    let long_ago = "2001-01-01T10:00:00Z".parse().unwrap();
    let made = TestSeal::make(&[7; 32], long_ago).unwrap();
    let expired = Box::new(FileKey::from_pem(&made.key, &made.certificate).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let way = || Box::new(Directory::new(folder.path()));
    let handover = Handover::new(store.clone(), way(), expired, AUTHORITY, 3);
    let done = handover.pass(now()).unwrap();
    assert!(
        matches!(&done[0].1, Outcome::Failed(t) if t.dead
            && t.trouble == DeliveryTrouble::Certificate),
        "{done:?}"
    );
    assert_eq!(handover.pass(now()).unwrap(), [], "it is told once");
    let mended = Handover::new(store.clone(), way(), key(), AUTHORITY, 3);
    let done = mended.pass(now()).unwrap();
    assert_eq!(done[0].1, Outcome::Sealed);
    assert!(matches!(&done[1].1, Outcome::Submitted { .. }), "{done:?}");
    assert_eq!(waiting(&*store, now()).unwrap(), []);
}

/// Answers one request with these bytes; returns what was asked.
fn answer_once(bytes: Vec<u8>) -> (String, std::thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/tsp", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut buffer = [0; 4096];
        while !asked.ends_with(b"question") {
            let n = stream.read(&mut buffer).unwrap();
            asked.extend(&buffer[..n]);
        }
        stream.write_all(&bytes).unwrap();
        asked
    });
    (url, asked)
}

fn service(url: &str) -> StampService {
    StampService::new(url, "", Vec::new(), Duration::from_secs(2)).unwrap()
}

#[test]
fn a_time_stamp_is_asked_for_over_http() {
    let reply = b"HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\n\
                  Content-Length: 6\r\nConnection: close\r\n\r\nanswer";
    let (url, asked) = answer_once(reply.to_vec());
    let one = service(&url);
    assert_eq!(one.request(b"question").unwrap(), b"answer");
    let asked = String::from_utf8(asked.join().unwrap())
        .unwrap()
        .to_lowercase();
    assert!(asked.starts_with("post /tsp "), "{asked}");
    assert!(
        asked.contains("content-type: application/timestamp-query"),
        "{asked}"
    );
    assert_ne!(one.nonce().unwrap(), one.nonce().unwrap());

    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n";
    let (url, _) = answer_once(page.to_vec());
    let error = service(&url).request(b"question").unwrap_err();
    assert!(
        error.contains("does not answer with a time stamp"),
        "{error}"
    );
    let busy = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
    let (url, _) = answer_once(busy.to_vec());
    assert!(
        service(&url)
            .request(b"question")
            .unwrap_err()
            .contains("503")
    );

    // Nobody there, nobody who answers, nothing that is an address.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let error = service(&url).request(b"question").unwrap_err();
    assert!(error.contains("cannot be reached"), "{error}");
    assert!(StampService::new("ftp://x", "", Vec::new(), Duration::from_secs(1)).is_err());
    let settings = SealConfig {
        tsa_url: "https://tsa.example.dk".to_owned(),
        ..SealConfig::default()
    };
    let error = settings.stamps().unwrap_err().to_string();
    assert!(error.contains("seal.tsa_root"), "{error}");
    assert!(SealConfig::default().stamps().unwrap().is_none());
}

/// A case whose read-back is confirmed, or not.
fn read_back(confirmed: bool) -> MemoryStore {
    let store = MemoryStore::new();
    let add = |actor, payload| {
        let known = store.last(&case()).unwrap().map_or(0, |head| head.seq);
        let event = NewEvent {
            at: now(),
            actor,
            payload,
        };
        store.append(&case(), known, &[event]).unwrap();
    };
    let (form, today) = (FORM.into(), "2026-12-01".into());
    add(Role::Staff, EventPayload::CaseOpened { form, today });
    for (key, value) in whole_form() {
        let key = key.to_owned();
        add(
            Role::Staff,
            EventPayload::SlotCorrected {
                key,
                value,
                by: None,
            },
        );
    }
    let digest = digest(&form_of(&view(&store), AUTHORITY));
    let given = digest.clone();
    add(
        Role::Staff,
        EventPayload::ReadBackGiven {
            digest: given,
            by: None,
            keys: Vec::new(),
            rules: 3,
        },
    );
    if confirmed {
        add(Role::Citizen, EventPayload::ReadBackConfirmed { digest });
    }
    store
}

#[test]
fn a_case_goes_to_be_signed_once_its_read_back_is_confirmed() {
    let out =
        |store: &MemoryStore| export_for_signing(store, &case(), AUTHORITY, None, None, now());
    assert!(matches!(out(&read_back(false)), Err(SigningError::Step(_))));
    let store = read_back(true);
    let package = out(&store).unwrap();
    assert_eq!(package.pdf, out(&store).unwrap().pdf);
    assert_eq!(
        package.manifest.values_sha256,
        digest(&form_of(&view(&store), AUTHORITY))
    );
    // A file that nobody signed records nothing.
    let file = SignedFile {
        bytes: &package.pdf,
        roots: &[],
        signer: None,
        by: None,
    };
    let taken = take_signed(&store, &case(), AUTHORITY, &file, now());
    assert!(
        matches!(taken, Err(SigningError::Document(NemLogInError::Unsigned))),
        "{taken:?}"
    );
    assert!(view(&store).lifecycle().signature().is_none());
}

#[test]
fn a_case_that_was_signed_elsewhere_is_handed_in_with_the_signed_file() {
    let store = read_back(true);
    let digest = digest(&form_of(&view(&store), AUTHORITY));
    let known = store.last(&case()).unwrap().unwrap().seq;
    let event = NewEvent {
        at: now(),
        actor: Role::Staff,
        payload: EventPayload::Signed {
            digest,
            method: SigningMethod::NemLogIn,
            ink: None,
            signer: None,
            declaration: None,
            signed_at: None,
            by: None,
        },
    };
    store.append(&case(), known, &[event]).unwrap();
    let pack = |signed: Option<Vec<u8>>| {
        Package::with_signed(&view(&store), AUTHORITY, b"%PDF".to_vec(), signed)
    };
    let gone = pack(None).unwrap_err();
    assert!(gone.reason.contains("not here any more"), "{gone}");
    assert_eq!((gone.trouble, gone.hopeless), (DeliveryTrouble::Gone, true));
    let package = pack(Some(b"%PDF signed".to_vec())).unwrap();
    let names: Vec<&str> = package.files.iter().map(|file| file.name).collect();
    assert!(names.contains(&"signed.pdf"), "{names:?}");
    let manifest = String::from_utf8(package.manifest().to_vec()).unwrap();
    assert!(manifest.contains("signed.pdf"));
    assert!(verify(b"%PDF signed", &[]).is_err());
}

#[test]
fn the_receipt_goes_along_as_a_message_for_digital_post() {
    let store = approved();
    let pack = |sender: &MemoConfig| {
        Package::with_memo(&view(&*store), AUTHORITY, b"%PDF".to_vec(), None, sender).unwrap()
    };
    let find = |package: &Package, name: &str| {
        let found = package.files.iter().find(|file| file.name == name);
        found.map(|file| file.bytes.clone())
    };
    assert_eq!(
        find(&pack(&MemoConfig::default()), "receipt.memo.xml"),
        None
    );
    let mut sender = MemoConfig {
        sender_cvr: "12345678".to_owned(),
        ..MemoConfig::default()
    };
    let package = pack(&sender);
    assert_eq!(package, pack(&sender), "a second try hands in the same");
    let xml = String::from_utf8(find(&package, "receipt.memo.xml").unwrap()).unwrap();
    let receipt = STANDARD.encode(find(&package, "receipt.pdf").unwrap());
    for part in [
        "<memo:senderID>12345678</memo:senderID>",
        "<memo:label>Aarhus Kommune</memo:label>",
        "<memo:recipientID>0705841234</memo:recipientID>",
        "<memo:createdDateTime>2026-12-01T10:00:00.000Z</memo:createdDateTime>",
        &format!("<memo:content>{receipt}</memo:content>"),
    ] {
        assert!(xml.contains(part), "{part}");
    }
    let manifest = String::from_utf8(package.manifest().to_vec()).unwrap();
    assert!(manifest.contains("receipt.memo.xml"));
    sender.sender = "Borgerservice".to_owned();
    let xml = memo_of(&view(&*store), AUTHORITY, &sender).unwrap();
    assert!(xml.contains("<memo:label>Borgerservice</memo:label>"));
    // A sender that is none is a mistake in the settings; and nobody gets a receipt of nothing.
    sender.sender_cvr = "1234".to_owned();
    let wrong = Package::with_memo(&view(&*store), AUTHORITY, b"%PDF".to_vec(), None, &sender);
    let wrong = wrong.unwrap_err();
    assert!(wrong.reason.contains("memo.sender_cvr"), "{wrong}");
    assert_eq!(wrong.trouble, DeliveryTrouble::Memo);
    let unsigned = memo_of(&view(&read_back(true)), AUTHORITY, &sender);
    assert!(
        matches!(unsigned, Err(MemoTrouble::NotSigned)),
        "{unsigned:?}"
    );
}

#[test]
fn whose_signature_it_is_stays_with_it_and_stands_on_the_document() {
    let signed = |signer: Option<&str>| {
        let store = read_back(true);
        let known = store.last(&case()).unwrap().unwrap().seq;
        let event = NewEvent {
            at: now(),
            actor: Role::Staff,
            payload: EventPayload::Signed {
                digest: digest(&form_of(&view(&store), AUTHORITY)),
                method: SigningMethod::NemLogIn,
                ink: None,
                signer: signer.map(str::to_owned),
                declaration: None,
                signed_at: None,
                by: None,
            },
        };
        store.append(&case(), known, &[event]).unwrap();
        view(&store)
    };
    let on_document = |view: &CaseView| {
        let (_, extras) = document_of(view, AUTHORITY, false);
        extras.signature.unwrap().signer
    };
    let shown = |view: &CaseView| stage_of(view, AUTHORITY).signature.unwrap().signer;
    let kept = signed(Some("Oxana Kovalenko"));
    assert_eq!(
        (on_document(&kept), shown(&kept)),
        ("Oxana Kovalenko".into(), "Oxana Kovalenko".into())
    );
    // Cases from before names were kept.
    let old = signed(None);
    assert_eq!(
        (on_document(&old), shown(&old)),
        ("Oksana Kovalenko".into(), String::new())
    );
}
