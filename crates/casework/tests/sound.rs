//! The sound of a case that opted in: sealed, withdrawn, over, exported.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tolkebot_casework::{
    CaseView, ErasureReason, FORM, MasterKey, MemoryStore, NewEvent, Retention, SoundKept,
    SoundState, SqliteStore, Store, StoreError, export, retain, withdraw_sound,
};
use tolkebot_protocol::{
    CaseEvent, CaseId, EventPayload, Notice, Role, SoundBasis, SoundEnd, SoundStop, UtteranceId,
};
use zeroize::Zeroizing;

const DAY: i64 = 86_400;
const MOST: u64 = 1 << 20;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_510_800 + second).unwrap()
}

fn a() -> CaseId {
    CaseId("a".to_owned())
}

fn event(second: i64, actor: Role, payload: EventPayload) -> NewEvent {
    NewEvent {
        at: at(second),
        actor,
        payload,
    }
}

fn opened() -> NewEvent {
    let payload = EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-11-24".into(),
    };
    event(0, Role::Staff, payload)
}

fn started(second: i64) -> NewEvent {
    let payload = EventPayload::SoundKeepingStarted {
        basis: SoundBasis::PublicTask,
        by: Some("anne".into()),
    };
    event(second, Role::Staff, payload)
}

/// A second of something that no file holds by chance.
fn sound() -> Zeroizing<Vec<u8>> {
    let samples = (0..16_000u32).map(|n| (n.wrapping_mul(40_503) >> 7) as i16);
    Zeroizing::new(samples.flat_map(i16::to_le_bytes).collect())
}

fn sealed(dir: &Path) -> SqliteStore {
    let master = MasterKey::generate().unwrap();
    SqliteStore::open_with(dir.join("cases.sqlite"), Some(master)).unwrap()
}

/// A case whose sound has been kept since the first day.
fn keep(store: &dyn Store, case: &CaseId, second: i64) {
    store.append(case, 0, &[opened(), started(second)]).unwrap();
    store.begin_sound(case).unwrap();
    let kept = store.keep_sound(case, UtteranceId(1), &sound(), MOST);
    assert_eq!(kept.unwrap(), SoundKept::Stored);
}

/// True if any file of the folder holds the bytes.
fn is_on_disk(dir: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|file| {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        content.windows(bytes.len()).any(|w| w == bytes)
    })
}

fn column(path: &Path, sql: &str) -> Vec<u8> {
    let db = Connection::open(path).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn kept_sound_cannot_be_read_in_the_file_and_goes_when_it_is_destroyed() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let store = sealed(dir.path());
    keep(&store, &a(), 1);
    for piece in sound().chunks(400) {
        assert!(!is_on_disk(dir.path(), piece), "the sound is in the file");
    }
    let key = column(&path, "SELECT wrapped FROM sound_keys");
    let body = column(&path, "SELECT body FROM sounds");
    assert!(is_on_disk(dir.path(), &key), "this test would see it");
    let before = store.audit(None, None).unwrap();
    withdraw_sound(&store, &a(), Role::Staff, at(60)).unwrap();
    assert!(!is_on_disk(dir.path(), &key), "the key is still in a file");
    assert!(!is_on_disk(dir.path(), &body[100..200]));
    let events = store.load(&a(), 0).unwrap();
    let newest = &events.last().unwrap().event;
    assert_eq!(
        newest.payload,
        EventPayload::SoundDestroyed {
            reason: SoundEnd::Withdrawn,
            by: None
        }
    );
    assert_eq!((newest.actor, events.len()), (Role::Staff, 3));
    let after = store.audit(None, before.head).unwrap();
    assert!(after.is_intact(), "{:?}", after.findings);
    let again = withdraw_sound(&store, &a(), Role::Staff, at(61)).unwrap_err();
    assert!(again.to_string().contains("nothing to destroy"), "{again}");
    let nobody = CaseId("nobody".into());
    assert!(withdraw_sound(&store, &nobody, Role::Staff, at(61)).is_err());
}

#[test]
fn an_erased_case_leaves_no_sound() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let store = sealed(dir.path());
    keep(&store, &a(), 1);
    let key = column(&path, "SELECT wrapped FROM sound_keys");
    store.erase(&a(), ErasureReason::Request, at(60)).unwrap();
    assert!(!is_on_disk(dir.path(), &key), "the key is still in a file");
    assert_eq!(store.sounds(&a()).unwrap(), []);
    assert!(store.audit(None, None).unwrap().is_intact());
}

/// Sound opens as the utterance of its case that it is, under that case's key only.
#[test]
fn sound_that_was_moved_or_changed_is_not_read() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let store = sealed(dir.path());
    let b = CaseId("b".into());
    keep(&store, &a(), 1);
    keep(&store, &b, 1);
    for sql in [
        "UPDATE sounds SET utterance = 2 WHERE case_id = 'a'",
        "UPDATE sounds SET utterance = 1, body = (SELECT body FROM sounds WHERE case_id = 'b') \
         WHERE case_id = 'a'",
        "UPDATE sound_keys SET wrapped = (SELECT wrapped FROM sound_keys WHERE case_id = 'b') \
         WHERE case_id = 'a'",
        "DELETE FROM sound_keys WHERE case_id = 'a'",
    ] {
        Connection::open(&path).unwrap().execute(sql, []).unwrap();
        for id in store.sounds(&a()).unwrap() {
            let error = store.sound(&a(), id).unwrap_err();
            assert!(matches!(error, StoreError::Sound { .. }), "{sql}: {error}");
            assert!(error.to_string().contains("--sound"), "{error}");
        }
    }
    assert_eq!(store.sound(&b, UtteranceId(1)).unwrap(), Some(sound()));
}

#[test]
fn sound_is_kept_sealed_or_not_at_all() {
    let dir = TempDir::new().unwrap();
    let store = SqliteStore::open(dir.path().join("cases.sqlite")).unwrap();
    store.append(&a(), 0, &[opened(), started(1)]).unwrap();
    let error = store.begin_sound(&a()).unwrap_err();
    assert!(error.to_string().contains("master_key_file"), "{error}");
    let kept = store.keep_sound(&a(), UtteranceId(1), &sound(), MOST);
    assert_eq!(kept.unwrap(), SoundKept::Off);
}

#[test]
fn sound_has_its_own_age_and_a_dry_run_only_says_which() {
    let store = MemoryStore::new();
    let case = |id: &str| CaseId(id.to_owned());
    keep(&store, &case("new"), 2 * DAY);
    keep(&store, &case("old"), DAY);
    // A server that fell after the withdrawal was stored.
    keep(&store, &case("left"), 2 * DAY);
    let withdrawn = EventPayload::SoundDestroyed {
        reason: SoundEnd::Withdrawn,
        by: None,
    };
    let withdrawn = event(2 * DAY, Role::Citizen, withdrawn);
    store.append(&case("left"), 2, &[withdrawn]).unwrap();
    let now = at(31 * DAY);
    let rules = Retention::default();
    assert_eq!(rules.sound_days, 30);
    let names = |store: &MemoryStore| -> Vec<String> {
        let cases = store.cases_with_sound().unwrap();
        cases.into_iter().map(|case| case.0).collect()
    };
    let dry = retain(&store, &rules, now, true).unwrap();
    let over: Vec<_> = dry
        .sounds
        .iter()
        .map(|one| (one.case.0.as_str(), one.since.as_deref()))
        .collect();
    let since = "2026-11-25T09:00:00.000Z";
    assert_eq!(over, [("left", None), ("old", Some(since))]);
    assert_eq!(names(&store), ["left", "new", "old"]);
    assert_eq!(retain(&store, &rules, now, false).unwrap(), dry);
    assert_eq!(names(&store), ["new"]);
    assert!(dry.expired.is_empty(), "the cases stay");
    let newest = store.load(&case("old"), 2).unwrap().remove(0).event;
    let expired = EventPayload::SoundDestroyed {
        reason: SoundEnd::Expired,
        by: None,
    };
    assert_eq!((newest.actor, newest.payload), (Role::System, expired));
    assert_eq!(store.load(&case("left"), 0).unwrap().len(), 3);
    assert!(store.audit(None, None).unwrap().is_intact());
    // Without an age it stays as long as its case; with its case it goes.
    let forever = Retention {
        sound_days: 0,
        ..rules
    };
    assert_eq!(
        retain(&store, &forever, at(999 * DAY), false)
            .unwrap()
            .sounds,
        []
    );
    let cases = Retention {
        open_days: 1,
        ..rules
    };
    let gone = retain(&store, &cases, at(999 * DAY), false).unwrap();
    assert_eq!((gone.expired.len(), gone.sounds.len()), (3, 0));
    assert_eq!(names(&store), [""; 0]);
}

#[test]
fn an_export_has_the_sound() {
    let store = MemoryStore::new();
    keep(&store, &a(), 1);
    let json = export(&store, &a(), at(5)).unwrap();
    assert_eq!(json["sounds"][0]["utterance"], 1);
    let wav = json["sounds"][0]["wav_base64"].as_str().unwrap();
    assert_eq!(STANDARD.decode(wav).unwrap(), *sound());
    withdraw_sound(&store, &a(), Role::Citizen, at(6)).unwrap();
    let json = export(&store, &a(), at(7)).unwrap();
    assert_eq!(json["sounds"], serde_json::json!([]));
}

#[test]
fn the_log_decides_whether_sound_is_kept() {
    let consent = |accepted| {
        let notice = Notice::SoundKeeping;
        event(
            2,
            Role::Citizen,
            EventPayload::ConsentGiven { notice, accepted },
        )
    };
    let asked = || event(1, Role::Staff, EventPayload::SoundKeepingAsked { by: None });
    let stopped = || {
        let reason = SoundStop::Limit;
        event(
            3,
            Role::System,
            EventPayload::SoundKeepingStopped { reason },
        )
    };
    let destroyed = || {
        let reason = SoundEnd::Withdrawn;
        event(
            4,
            Role::Citizen,
            EventPayload::SoundDestroyed { reason, by: None },
        )
    };
    let answer = |view: &CaseView| view.consent(Role::Citizen, Notice::SoundKeeping);
    let fold = |events: Vec<NewEvent>| {
        let store = MemoryStore::new();
        store.append(&a(), 0, &[opened()]).unwrap();
        store.append(&a(), 1, &events).unwrap();
        let stored = store.load(&a(), 0).unwrap();
        let events: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
        CaseView::fold(&a(), &events).unwrap()
    };
    let view = fold(vec![stopped()]);
    assert_eq!((view.sound(), view.sound_asked()), (SoundState::Off, false));
    let view = fold(vec![asked(), consent(true), started(3)]);
    assert_eq!(view.sound(), SoundState::Keeping);
    assert_eq!((answer(&view), view.sound_asked()), (Some(true), true));
    let view = fold(vec![started(3), stopped()]);
    assert_eq!(view.sound(), SoundState::Stopped);
    // A consent is good for one opt-in, and a new question needs a new answer.
    let view = fold(vec![asked(), consent(true), started(3), destroyed()]);
    assert_eq!(view.sound(), SoundState::Off);
    assert_eq!((answer(&view), view.sound_asked()), (None, false));
    let view = fold(vec![asked(), consent(false), asked()]);
    assert_eq!((answer(&view), view.sound_asked()), (None, true));
}
