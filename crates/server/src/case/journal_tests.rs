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

fn surname(value: &str) -> NewEvent {
    event(EventPayload::SlotCorrected {
        key: "mover.surname".into(),
        value: value.into(),
        by: None,
    })
}

/// A log of one case, in which these names were written one after the other.
fn log_with(names: &[&str]) -> (Arc<MemoryStore>, CaseId) {
    let (store, case) = (Arc::new(MemoryStore::new()), CaseId("a".into()));
    let opened = event(EventPayload::CaseOpened {
        form: FORM.into(),
        today: "2026-12-01".into(),
    });
    store.append(&case, 0, &[opened]).unwrap();
    for (name, known) in names.iter().zip(1..) {
        store.append(&case, known, &[surname(name)]).unwrap();
    }
    (store, case)
}

/// A standby that lagged has taken over, or a copy was restored: the conversation must say so, and not try for
/// ever without a word.
#[tokio::test]
async fn a_log_that_was_put_back_is_told_as_trouble_and_nothing_of_it_is_taken_in() {
    let (whole, case) = log_with(&["Koval", "Melnyk", "Shevchuk"]);
    let shorter = ["Koval"];
    // Another server has gone on from there.
    let longer = ["Koval", "Bondar", "Bondar", "Bondar", "Bondar"];
    for (names, writes) in [(&shorter[..], true), (&longer, true), (&longer, false)] {
        let folded = Folded::load(whole.as_ref(), &case).unwrap();
        let mut journal: Journal<()> = Journal::new(log_with(names).0, folded, 6);
        if writes {
            journal.record(surname("Tkachenko"));
        } else {
            journal.look_again();
        }
        let told = tokio::time::timeout(Duration::from_secs(10), journal.next()).await;
        let told = told.expect("something is told");
        assert!(
            matches!(&told, Told::NotSaved(why) if why.contains("put back")),
            "{told:?}"
        );
        assert!(journal.in_trouble());
        assert_eq!(journal.log().len(), 4);
        assert_eq!(journal.unsaved(), usize::from(writes));
    }
}
