use super::*;
use tolkebot_casework::{FORM, MemoryStore};
use tolkebot_protocol::Role;

fn event(payload: EventPayload) -> NewEvent {
    NewEvent {
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: Role::Staff,
        payload,
    }
}

#[tokio::test]
async fn whoever_comes_in_between_two_events_of_one_append_is_told_of_both_once() {
    let (store, case) = (Arc::new(MemoryStore::new()), CaseId("a".into()));
    let opened = event(EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-12-01".into(),
    });
    store.append(&case, 0, &[opened]).unwrap();
    let folded = Folded::load(store.as_ref(), &case).unwrap();
    let mut journal: Journal<()> = Journal::new(store, folded, 1);
    for value in ["Koval", "Melnyk", "Shevchuk", "Bondar"] {
        journal.record(event(EventPayload::SlotCorrected {
            key: "mover.surname".into(),
            value: value.into(),
            by: None,
        }));
    }
    let mut told = vec![];
    while told.len() < 4 {
        if let Told::Appended(event) = journal.next().await {
            told.push(event.seq);
            assert_eq!(journal.told_so_far().last().map(|e| e.seq), Some(event.seq));
        }
    }
    assert_eq!(told, [2, 3, 4, 5]);
    assert_eq!(journal.told_so_far().len(), journal.log().len());
}
