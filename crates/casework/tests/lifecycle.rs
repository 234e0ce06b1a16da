//! Every state that a case can be in, with every step from it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

use std::collections::{BTreeSet, HashSet, VecDeque};

use tolkebot_casework::{Lifecycle, Step, StepError};
use tolkebot_protocol::{CaseEvent, CaseStage, EventPayload, Ink, Role, SigningMethod};

const AT: &str = "2026-12-01T10:00:00.000Z";
const ROLES: [Role; 4] = [Role::Staff, Role::Citizen, Role::Supervisor, Role::System];

/// Every event that is a step, with two digests and two people.
fn payloads() -> Vec<EventPayload> {
    let people = [None, Some("anne".to_owned()), Some("bo".to_owned())];
    let mut all = vec![
        EventPayload::Submitted {
            channel: "directory".into(),
            receipt: "r".into(),
        },
        EventPayload::Returned {
            reason: "x".into(),
            comments: vec![],
            by: None,
        },
        EventPayload::Reopened { by: None },
        EventPayload::Cancelled {
            reason: "x".into(),
            by: None,
        },
    ];
    for digest in ["a", "b"] {
        let digest = || digest.to_owned();
        all.push(EventPayload::ReadBackGiven {
            digest: digest(),
            by: None,
            keys: Vec::new(),
            rules: 3,
        });
        all.push(EventPayload::ReadBackConfirmed { digest: digest() });
        all.push(EventPayload::ReadBackDoubted { digest: digest() });
        all.push(EventPayload::DocumentSealed {
            digest: digest(),
            pdf_sha256: "p".into(),
        });
        for method in [SigningMethod::Tablet, SigningMethod::Paper] {
            all.push(EventPayload::Signed {
                digest: digest(),
                method,
                ink: None,
                signer: None,
                declaration: None,
                signed_at: None,
                by: None,
            });
        }
        for by in &people {
            all.push(EventPayload::Approved {
                digest: digest(),
                by: by.clone(),
            });
        }
    }
    all.extend(people.map(|by| EventPayload::SentToReview { by }));
    all
}

fn event(actor: Role, payload: EventPayload) -> CaseEvent {
    CaseEvent {
        seq: 1,
        at: AT.into(),
        actor,
        payload,
    }
}

/// One step from a state to the next: what happened, by whom, whether the form was complete.
struct Arrow {
    from: Lifecycle,
    /// `None`: a value changed.
    event: Option<CaseEvent>,
    complete: bool,
    to: Lifecycle,
}

/// All states that any log can lead to, and all arrows between them.
fn everything() -> (HashSet<Lifecycle>, Vec<Arrow>) {
    let start = Lifecycle::opened(AT);
    let mut seen = HashSet::from([start.clone()]);
    let mut waiting = VecDeque::from([start]);
    let mut arrows = Vec::new();
    let payloads = payloads();
    while let Some(from) = waiting.pop_front() {
        // A count or a time in the state would keep this going until memory is used up.
        assert!(seen.len() < 10_000, "the states have no end: {from:?}");
        let mut go = |event: Option<CaseEvent>, complete, to: Lifecycle| {
            if seen.insert(to.clone()) {
                waiting.push_back(to.clone());
            }
            arrows.push(Arrow {
                from: from.clone(),
                event,
                complete,
                to,
            });
        };
        for payload in &payloads {
            for role in ROLES {
                for complete in [false, true] {
                    let event = event(role, payload.clone());
                    let mut to = from.clone();
                    to.apply(&event, complete);
                    go(Some(event), complete, to);
                }
            }
        }
        let mut to = from.clone();
        to.changed(AT);
        go(None, false, to);
    }
    (seen, arrows)
}

fn holds(state: &Lifecycle) -> bool {
    state.signature().is_some_and(|s| !s.void)
}

#[test]
fn every_state_is_reached_and_no_path_breaks_a_rule() {
    use CaseStage::{Approved, Cancelled, InReview, Open, ReadBack, Returned, Signed, Submitted};
    let (states, arrows) = everything();
    let stages: BTreeSet<CaseStage> = states.iter().map(Lifecycle::stage).collect();
    assert_eq!(
        stages,
        BTreeSet::from(CaseStage::ALL),
        "a state is out of reach"
    );
    assert!(states.len() > 100, "{} states", states.len());

    for state in &states {
        // What people rely on is signed, and the signature holds.
        if matches!(state.stage(), Signed | InReview | Approved | Submitted) {
            assert!(holds(state), "{state:?}");
            assert!(state.is_confirmed(), "{state:?}");
            let signed = state.signature().map(|s| s.digest.as_str());
            assert_eq!(signed, state.read_back(), "{state:?}");
        }
        if matches!(state.stage(), Open | ReadBack) {
            assert!(!holds(state), "{state:?}");
        }
        if let (Some(sent), Some(approved)) = (state.sent_by(), state.approved_by()) {
            assert_ne!(sent, approved, "four eyes: {state:?}");
        }
        if state.stage() == Submitted {
            assert!(state.sealed().is_some(), "{state:?}");
        }
    }

    let mut ways = BTreeSet::new();
    for arrow in &arrows {
        let (from, to) = (arrow.from.stage(), arrow.to.stage());
        if from != to {
            ways.insert((from.name(), to.name()));
        }
        // Nothing leads out of the end.
        if matches!(from, Submitted | Cancelled) {
            assert_eq!(arrow.from, arrow.to, "{:?}", arrow.event);
        }
        // Nobody signs what is incomplete or was not confirmed.
        if to == Signed && from != Signed {
            assert!(
                arrow.complete && arrow.from.is_confirmed(),
                "{:?}",
                arrow.event
            );
        }
        // Nothing that the citizen doubts is confirmed or signed.
        let stays = matches!(to, ReadBack | Cancelled) && !arrow.to.is_confirmed();
        assert!(stays || !arrow.to.is_doubted(), "{:?}", arrow.event);
        let actor = arrow.event.as_ref().map(|e| e.actor);
        match to {
            Approved | Returned if from != to => assert_eq!(actor, Some(Role::Supervisor)),
            InReview if from != to => assert_eq!(actor, Some(Role::Staff)),
            Submitted if from != to => assert_eq!(actor, Some(Role::System)),
            _ => {}
        }
        // A change voids a signature wherever the case is, unless nothing can change any more.
        if arrow.event.is_none() {
            if arrow.from.is_frozen() {
                assert_eq!(arrow.from, arrow.to);
            } else {
                assert_eq!(to, Open);
                assert!(!holds(&arrow.to), "{:?}", arrow.from);
                assert_eq!(
                    arrow.from.signature().is_some(),
                    arrow.to.signature().is_some(),
                    "a void signature stays visible"
                );
            }
        }
    }
    let expected = [
        ("approved", "cancelled"),
        ("approved", "open"),
        ("approved", "submitted"),
        ("in_review", "approved"),
        ("in_review", "cancelled"),
        ("in_review", "open"),
        ("in_review", "returned"),
        ("open", "cancelled"),
        ("open", "read_back"),
        ("read_back", "cancelled"),
        ("read_back", "open"),
        ("read_back", "signed"),
        ("returned", "cancelled"),
        ("returned", "open"),
        ("signed", "cancelled"),
        ("signed", "in_review"),
        ("signed", "open"),
    ];
    assert_eq!(ways.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_signature_that_was_given_elsewhere_has_the_time_of_then() {
    let earlier = "2026-11-23T21:10:00Z";
    for (signed_at, at) in [(None, AT), (Some(earlier), earlier)] {
        let mut state = Lifecycle::opened(AT);
        let digest = || "a".to_owned();
        for (actor, payload) in [
            (
                Role::Staff,
                EventPayload::ReadBackGiven {
                    digest: digest(),
                    by: None,
                    keys: Vec::new(),
                    rules: 2,
                },
            ),
            (
                Role::Citizen,
                EventPayload::ReadBackConfirmed { digest: digest() },
            ),
            (
                Role::Staff,
                EventPayload::Signed {
                    digest: digest(),
                    method: SigningMethod::NemLogIn,
                    ink: None,
                    signer: None,
                    declaration: None,
                    signed_at: signed_at.map(str::to_owned),
                    by: None,
                },
            ),
        ] {
            state.apply(&event(actor, payload), true);
        }
        assert_eq!(state.stage(), CaseStage::Signed);
        assert_eq!(state.signature().unwrap().at, at);
        // The case came there when it was recorded.
        assert_eq!(state.since(), AT);
    }
}

#[test]
fn refusals_say_what_to_do() {
    let state = Lifecycle::opened(AT);
    let refused = |step, role| state.check(step, role, true).unwrap_err().to_string();
    assert!(refused(Step::SendToReview, Role::Staff).contains("let the citizen sign first"));
    assert!(refused(Step::SendToReview, Role::Citizen).contains("Citizen may not"));
    let give = Step::GiveReadBack { digest: "a" };
    assert_eq!(
        state.check(give, Role::Staff, false),
        Err(StepError::Incomplete)
    );
    let sign = Step::Sign {
        digest: "a",
        method: SigningMethod::Tablet,
    };
    assert!(refused(sign, Role::Citizen).contains("read it back first"));
    // Staff cannot sign in the citizen's place.
    assert!(matches!(
        state.check(sign, Role::Staff, true),
        Err(StepError::Role { .. })
    ));
}

#[test]
fn ink_that_is_no_signature_is_refused() {
    let good = Ink {
        width: 1000,
        height: 300,
        strokes: vec![(0..20).map(|n| [n * 20, 100 + n, n * 10]).collect()],
    };
    good.check().unwrap();
    let wrong = |change: fn(&mut Ink)| {
        let mut ink = good.clone();
        change(&mut ink);
        ink.check().unwrap_err()
    };
    assert!(wrong(|i| i.strokes.clear()).contains("too small"));
    assert!(wrong(|i| i.strokes[0].iter_mut().for_each(|p| *p = [5, 5, 0])).contains("too small"));
    assert!(wrong(|i| i.width = 0).contains("none"));
    assert!(wrong(|i| i.strokes[0][3][0] = 2000).contains("leaves the field"));
    assert!(wrong(|i| i.strokes[0][3][2] = 0).contains("backwards"));
    assert!(wrong(|i| i.strokes = vec![vec![[1, 1, 1]; 30_000]]).contains("fewer"));
}
