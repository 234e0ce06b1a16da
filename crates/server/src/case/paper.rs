//! Steps of the case's life that people take on their screens, and what the screens show of it.
//!
//! | message | who |
//! |---|---|
//! | `read_back`, `signed_on_paper`, `send_to_review`, `reopen`, `cancel_case` | staff |
//! | `read_again`, `confirm_read_back`, `doubt_read_back`, `sign` | citizen |

use axum::extract::ws::Utf8Bytes;
use tolkebot_casework::{Step, StepError};
use tolkebot_document::{DECLARATION_VERSION, digest, render_with};
use tolkebot_form::{RULES_VERSION, ReadBackOptions};
use tolkebot_protocol::{
    CaseStage, ErrorCode, EventPayload, Ink, Role, ServerMessage, SigningMethod, Speaker,
};

use super::actor::Actor;
use super::requests::{Refused, refuse};
use crate::citizen;
use crate::documents::{document_of, form_of, signer_in, stage_of};
use crate::heavy::in_place;
use crate::outbox::encode;

/// Longest reason, characters.
const MAX_REASON: usize = 2000;

/// Messages that the screens of one side have had last. Whoever comes in gets the same, and what is the
/// same is not sent again.
#[derive(Default)]
pub(super) struct SideShown {
    pub form: Utf8Bytes,
    pub stage: Utf8Bytes,
}

/// The same of both sides.
#[derive(Default)]
pub(super) struct Shown {
    pub staff: SideShown,
    pub citizen: SideShown,
}

impl Shown {
    pub fn to(&self, speaker: Speaker) -> &SideShown {
        match speaker {
            Speaker::Staff => &self.staff,
            Speaker::Citizen => &self.citizen,
        }
    }
}

impl Actor {
    /// Checks a step against the case as it stands.
    fn may_step(&self, step: Step<'_>, role: Role) -> Result<(), Refused> {
        let view = self.journal.view();
        let open = match step {
            Step::Sign { .. } => view.open_as_read(),
            _ => view.open(),
        };
        let complete = open.is_nothing();
        view.lifecycle()
            .check(step, role, complete)
            .map(|_| ())
            .map_err(|refused| {
                let code = match refused {
                    StepError::Changed => ErrorCode::SlotChanged,
                    _ => ErrorCode::NotAllowed,
                };
                (code, refused.to_string())
            })
    }

    /// The digest that a screen names must be that of the document as it would be made now.
    fn same_document(&self, claimed: &str) -> Result<(), Refused> {
        let now = digest(&form_of(self.journal.view(), &self.shared.config.authority));
        if now == claimed {
            Ok(())
        } else {
            refuse(
                ErrorCode::SlotChanged,
                "the form has changed since the screen showed it: look at it again",
            )
        }
    }

    /// Staff reads the form to the citizen: the machine speaks it, sentence by sentence.
    pub(super) fn read_back(
        &mut self,
        role: Role,
        digest: String,
        by: Option<String>,
    ) -> Result<(), Refused> {
        self.same_document(&digest)?;
        self.may_step(Step::GiveReadBack { digest: &digest }, role)?;
        self.document_can_be_made()?;
        let keys = self.journal.view().filled();
        // Of an earlier one nothing is heard among this one's sentences.
        self.stop_reading();
        self.record(
            role,
            EventPayload::ReadBackGiven {
                digest,
                by,
                keys,
                rules: RULES_VERSION,
            },
        );
        self.read_aloud()
    }

    /// The citizen wants to hear it once more: their sound was off, or it went too fast.
    pub(super) fn read_again(&mut self, role: Role) -> Result<(), Refused> {
        if role != Role::Citizen {
            return refuse(
                ErrorCode::NotAllowed,
                "only the citizen has it read again: give a new read-back",
            );
        }
        if !self.in_read_back() || !self.shared.config.speech {
            return refuse(
                ErrorCode::NotAllowed,
                "nothing is being read back, or this machine has no voice",
            );
        }
        if self.is_reading() {
            return refuse(
                ErrorCode::TooFast,
                "it is still being read: ask when it is done",
            );
        }
        self.read_aloud()
    }

    /// True while the form waits for the citizen to confirm what was read, and to sign.
    pub(super) fn in_read_back(&self) -> bool {
        self.journal.view().lifecycle().stage() == CaseStage::ReadBack
    }

    /// Speaks the form's sentences on the tablet. While what was said last still comes out of the pipe they
    /// wait for that: it takes nothing in any more, and its words may change what is to be read.
    pub(super) fn read_aloud(&mut self) -> Result<(), Refused> {
        if let Some(draining) = &mut self.draining {
            draining.then_read = true;
            return Ok(());
        }
        let form = self.journal.view().form_state();
        let lines = form.read_back(ReadBackOptions::default());
        self.say_to_citizen(lines.into_iter().map(|line| line.uk))
    }

    /// What was heard and cannot be shown must come out before anybody reads it back and signs it.
    fn document_can_be_made(&self) -> Result<(), Refused> {
        let (form, extras) = document_of(self.journal.view(), &self.shared.config.authority, false);
        match in_place(|| render_with(&form, &extras)) {
            Ok(_) => Ok(()),
            Err(error) => refuse(ErrorCode::BadSlot, error.to_string()),
        }
    }

    pub(super) fn confirm_read_back(&mut self, role: Role, digest: String) -> Result<(), Refused> {
        self.same_document(&digest)?;
        self.may_step(Step::ConfirmReadBack { digest: &digest }, role)?;
        self.record(role, EventPayload::ReadBackConfirmed { digest });
        Ok(())
    }

    /// The citizen says that something is wrong: what, they say to the employee, and nothing is read out over that.
    pub(super) fn doubt_read_back(&mut self, role: Role, digest: String) -> Result<(), Refused> {
        self.same_document(&digest)?;
        self.may_step(Step::DoubtReadBack { digest: &digest }, role)?;
        self.stop_reading();
        self.record(role, EventPayload::ReadBackDoubted { digest });
        Ok(())
    }

    pub(super) fn sign(&mut self, role: Role, digest: String, ink: Ink) -> Result<(), Refused> {
        if let Err(wrong) = ink.check() {
            return refuse(ErrorCode::BadMessage, wrong);
        }
        self.signed(role, digest, SigningMethod::Tablet, Some(ink), None)
    }

    /// Staff has the signature of somebody who signed the printed document.
    pub(super) fn signed_on_paper(
        &mut self,
        role: Role,
        digest: String,
        by: Option<String>,
    ) -> Result<(), Refused> {
        self.signed(role, digest, SigningMethod::Paper, None, by)
    }

    fn signed(
        &mut self,
        role: Role,
        digest: String,
        method: SigningMethod,
        ink: Option<Ink>,
        by: Option<String>,
    ) -> Result<(), Refused> {
        self.same_document(&digest)?;
        let step = Step::Sign {
            digest: &digest,
            method,
        };
        self.may_step(step, role)?;
        let signer = signer_in(self.journal.view());
        self.record(
            role,
            EventPayload::Signed {
                digest,
                method,
                ink,
                signer: Some(signer),
                declaration: Some(DECLARATION_VERSION),
                signed_at: None,
                by,
            },
        );
        Ok(())
    }

    pub(super) fn send_to_review(&mut self, role: Role, by: Option<String>) -> Result<(), Refused> {
        self.may_step(Step::SendToReview, role)?;
        self.record(role, EventPayload::SentToReview { by });
        Ok(())
    }

    pub(super) fn reopen(&mut self, role: Role, by: Option<String>) -> Result<(), Refused> {
        self.may_step(Step::Reopen, role)?;
        self.record(role, EventPayload::Reopened { by });
        Ok(())
    }

    pub(super) fn cancel_case(
        &mut self,
        role: Role,
        reason: String,
        by: Option<String>,
    ) -> Result<(), Refused> {
        let length = reason.chars().count();
        if reason.trim().is_empty() || length > MAX_REASON {
            return refuse(
                ErrorCode::BadMessage,
                format!("say why in 1 to {MAX_REASON} characters"),
            );
        }
        self.may_step(Step::Cancel, role)?;
        self.record(role, EventPayload::Cancelled { reason, by });
        // Nobody is heard any more: once what was said last is written down, the interpreter is free for others.
        if self.draining.is_none() {
            self.drain(false);
        }
        Ok(())
    }

    /// The form and the stage as they are now. Making them takes long enough to be noticed elsewhere.
    pub(super) fn show(&self) -> Shown {
        in_place(|| {
            let view = self.journal.view();
            let (form, stage) = (view.form(), stage_of(view, &self.shared.config.authority));
            Shown {
                citizen: SideShown {
                    form: encode(&ServerMessage::Form(citizen::form(form.clone()))),
                    stage: encode(&ServerMessage::Stage(citizen::stage(stage.clone()))),
                },
                staff: SideShown {
                    form: encode(&ServerMessage::Form(form)),
                    stage: encode(&ServerMessage::Stage(stage)),
                },
            }
        })
    }
}
