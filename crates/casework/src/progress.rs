//! How far a case has come, as its line in the list of cases says it: enough to find the cases that
//! somebody is looking for without reading all of them.
//!
//! The line is kept up with the events and is made of nothing else, so it cannot know whether the form
//! was complete or a value has changed: those are questions to the fold. It therefore says where to
//! look, and errs on one side only: a case that is in review, approved or being handed in has a line
//! that says so (or one further on the way), whereas a case whose line says so may have gone back.
//! Whoever decides anything reads the events.

use serde::{Deserialize, Serialize};
use tolkebot_protocol::{CaseEvent, EventPayload, Role};

use crate::{CaseSummary, Store, StoreError};

/// How far a case has come, as far as the kinds of its events say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// The conversation goes on, or was left without an end; or staff took the case up again.
    Open,
    /// Staff ended the conversation.
    Ended,
    /// Sent to a second person.
    InReview,
    /// Sent back by the second person.
    Returned,
    /// Approved.
    Approved,
    /// Its document is sealed and on its way.
    HandingIn,
    /// Its document arrived.
    Submitted,
    /// Given up.
    Cancelled,
}

impl Progress {
    /// All of them, in the order of a case's life.
    pub const ALL: [Progress; 8] = [
        Progress::Open,
        Progress::Ended,
        Progress::InReview,
        Progress::Returned,
        Progress::Approved,
        Progress::HandingIn,
        Progress::Submitted,
        Progress::Cancelled,
    ];

    /// Name as in the stores.
    pub fn name(self) -> &'static str {
        match self {
            Progress::Open => "open",
            Progress::Ended => "ended",
            Progress::InReview => "in_review",
            Progress::Returned => "returned",
            Progress::Approved => "approved",
            Progress::HandingIn => "handing_in",
            Progress::Submitted => "submitted",
            Progress::Cancelled => "cancelled",
        }
    }

    /// The one with a name; `None` for any other text.
    pub fn named(name: &str) -> Option<Progress> {
        Progress::ALL.into_iter().find(|one| one.name() == name)
    }

    /// After all events of a case.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a CaseEvent>) -> Progress {
        let start = Progress::Open;
        events
            .into_iter()
            .fold(start, |so_far, e| so_far.after(e.actor, &e.payload))
    }

    /// After one more event. What [`Lifecycle`](crate::Lifecycle) would refuse because of who did it
    /// changes nothing.
    #[must_use]
    pub fn after(self, actor: Role, payload: &EventPayload) -> Progress {
        use EventPayload as P;
        match (self, payload, actor) {
            (Progress::Submitted | Progress::Cancelled, ..) => self,
            (Progress::HandingIn, P::Submitted { .. }, Role::System) => Progress::Submitted,
            (Progress::HandingIn, ..) => self,
            (_, P::DocumentSealed { .. }, Role::System) => Progress::HandingIn,
            (_, P::Cancelled { .. }, Role::Staff) => Progress::Cancelled,
            // A value may have changed since, and the case be on its way again; or not.
            (Progress::Approved, ..) => self,
            (_, P::Approved { .. }, Role::Supervisor) => Progress::Approved,
            (_, P::SentToReview { .. }, Role::Staff) => Progress::InReview,
            (Progress::InReview, P::Returned { .. }, Role::Supervisor) => Progress::Returned,
            (Progress::Returned, P::Reopened { .. }, Role::Staff) => Progress::Open,
            (Progress::Open, P::ConversationEnded {}, _) => Progress::Ended,
            _ => self,
        }
    }
}

/// The cases that have come as far as one of `wanted`, as their lines say, in order of their ids; no
/// erased ones. Only lines that do not say it, of cases that an older program wrote, are made up for by
/// reading their events, once. A case that cannot be read then is not among them: the audit names it.
///
/// # Errors
/// [`StoreError`] if the list cannot be read.
pub fn cases_in(store: &dyn Store, wanted: &[Progress]) -> Result<Vec<CaseSummary>, StoreError> {
    let mut lines = store.list_in(wanted)?;
    lines.retain_mut(|line| {
        if line.progress.is_some() {
            return true;
        }
        let Ok(stored) = store.load(&line.case, 0) else {
            return false;
        };
        let seq = stored.last().map_or(0, |one| one.event.seq);
        let progress = Progress::of(stored.iter().map(|one| &one.event));
        if let Err(error) = store.set_progress(&line.case, seq, progress) {
            // It is found out again next time.
            tracing::debug!(case = %line.case, %error, "how far a case has come is not noted");
        }
        line.progress = Some(progress);
        wanted.contains(&progress)
    });
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tolkebot_protocol::{CaseStage, SigningMethod};

    use super::*;
    use crate::{Lifecycle, Step};

    /// Something that happens to a case: an event, whether the form is complete then, and whether a
    /// value changes with it.
    fn happening() -> impl Strategy<Value = (Role, EventPayload, bool, bool)> {
        let roles = prop::sample::select(vec![
            Role::Staff,
            Role::Citizen,
            Role::Supervisor,
            Role::System,
        ]);
        // Mostly the document that is being read; sometimes another one.
        let digest = prop::sample::select(vec!["a", "a", "a", "a", "b"]).prop_map(str::to_owned);
        let payload = (0usize..12, digest).prop_map(|(kind, digest)| match kind {
            0 => EventPayload::ReadBackGiven {
                digest,
                by: None,
                keys: vec![],
                rules: 2,
            },
            1 => EventPayload::ReadBackConfirmed { digest },
            2 => EventPayload::Signed {
                digest,
                method: SigningMethod::Tablet,
                ink: None,
                by: None,
                signer: None,
                declaration: None,
                signed_at: None,
            },
            3 => EventPayload::SentToReview { by: None },
            4 => EventPayload::Returned {
                reason: "x".into(),
                comments: Vec::new(),
                by: None,
            },
            5 => EventPayload::Reopened { by: None },
            6 => EventPayload::Approved { digest, by: None },
            7 => EventPayload::DocumentSealed {
                digest,
                pdf_sha256: "c".into(),
            },
            8 => EventPayload::Submitted {
                channel: "d".into(),
                receipt: "e".into(),
            },
            9 => EventPayload::Cancelled {
                reason: "f".into(),
                by: None,
            },
            10 => EventPayload::ReadBackDoubted { digest },
            _ => EventPayload::ConversationEnded {},
        });
        (
            roles,
            payload,
            prop::bool::weighted(0.9),
            prop::bool::weighted(0.05),
        )
    }

    /// Who takes a step as a rule; the random role seldom fits.
    fn usual(payload: &EventPayload) -> Role {
        match payload {
            EventPayload::ReadBackConfirmed { .. }
            | EventPayload::ReadBackDoubted { .. }
            | EventPayload::Signed { .. } => Role::Citizen,
            EventPayload::Returned { .. } | EventPayload::Approved { .. } => Role::Supervisor,
            EventPayload::DocumentSealed { .. } | EventPayload::Submitted { .. } => Role::System,
            _ => Role::Staff,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        /// Whatever happens, in whatever order, by whomever: a case that somebody must look at is
        /// never left out, and one whose line says that it is over is over.
        #[test]
        fn a_line_never_hides_a_case_that_waits_for_somebody(
            all in prop::collection::vec((happening(), any::<bool>()), 0..60),
        ) {
            let mut life = Lifecycle::opened("2026-12-01T09:00:00Z");
            let mut progress = Progress::Open;
            for ((role, payload, complete, changes), by_the_usual) in all {
                let actor = if by_the_usual { usual(&payload) } else { role };
                // The program itself hands in only what it may.
                let allowed = match &payload {
                    EventPayload::Submitted { .. } => life.check(Step::Submit, actor, true).is_ok(),
                    _ => true,
                };
                if !allowed {
                    continue;
                }
                let event = CaseEvent {
                    seq: 1,
                    at: "2026-12-01T09:00:00Z".into(),
                    actor,
                    payload,
                };
                life.apply(&event, complete);
                if changes {
                    life.changed(&event.at);
                }
                progress = progress.after(actor, &event.payload);
                let stage = life.stage();
                match stage {
                    CaseStage::InReview | CaseStage::Returned => prop_assert!(
                        matches!(
                            progress,
                            Progress::InReview
                                | Progress::Returned
                                | Progress::Approved
                                | Progress::HandingIn
                        ),
                        "{stage:?} {progress:?}"
                    ),
                    CaseStage::Approved if life.sealed().is_some() => {
                        prop_assert_eq!(progress, Progress::HandingIn);
                    }
                    CaseStage::Approved => prop_assert!(
                        matches!(progress, Progress::Approved | Progress::HandingIn),
                        "{progress:?}"
                    ),
                    _ => {}
                }
                if progress == Progress::Cancelled {
                    prop_assert_eq!(stage, CaseStage::Cancelled);
                }
                prop_assert_eq!(progress == Progress::Submitted, stage == CaseStage::Submitted);
            }
        }
    }

    #[test]
    fn names_are_read_back() {
        for one in Progress::ALL {
            assert_eq!(Progress::named(one.name()), Some(one));
        }
        assert_eq!(Progress::named("lost"), None);
    }
}
