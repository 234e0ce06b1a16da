//! The file's connections.

use super::*;
use tolkebot_protocol::{EventPayload, Role};

#[test]
fn an_audit_needs_neither_those_who_read_nor_those_who_write() {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(dir.path().join("log.sqlite")).unwrap();
    let event = NewEvent {
        at: Timestamp::UNIX_EPOCH,
        actor: Role::Staff,
        payload: EventPayload::ParticipantJoined {
            role: Role::Staff,
            paired: false,
        },
    };
    store.append(&CaseId("a".into()), 0, &[event]).unwrap();
    let (reading, writing) = (store.reader(), store.writer());
    let report = store.audit(None, None).unwrap();
    assert_eq!((report.cases, report.findings), (1, vec![]));
    drop(reading);
    // Neither does a note that is not there need the writer.
    assert_eq!(
        store.take_note("guess", Timestamp::UNIX_EPOCH).unwrap(),
        None
    );
    drop(writing);
}

#[test]
fn the_list_is_whole_however_many_pages_it_has() {
    let dir = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(dir.path().join("log.sqlite")).unwrap();
    let fill = |count: usize| {
        store
            .writer()
            .execute(
                "INSERT INTO cases WITH RECURSIVE n (i) AS \
                 (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) \
                 SELECT printf('%05d', i), 1, '', '', 0, NULL FROM n WHERE true \
                 ON CONFLICT DO NOTHING",
                [i64::try_from(count).unwrap()],
            )
            .unwrap();
    };
    for count in [1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE] {
        fill(count);
        let listed = store.list().unwrap();
        assert_eq!(listed.len(), count);
        assert!(listed.is_sorted_by(|a, b| a.case < b.case));
    }
}
