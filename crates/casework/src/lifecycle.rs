//! The states of a case, and the one place that says which step leads where.
//!
//! ```text
//! open → read_back → signed → in_review → approved → submitted
//!   ↑        │          │      │    │        │
//!   ├────────┴──────────┴──────┼────┴────────┘   any change of a value voids the signature
//!   └── returned ←─────────────┘                 cancelled: from everywhere before it is sealed
//! ```

use tolkebot_protocol::{
    CaseEvent, CaseStage, EventPayload, FieldComment, Ink, Role, SigningMethod,
};

/// Something that somebody wants to do with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step<'a> {
    /// Staff reads the filled form to the citizen.
    GiveReadBack {
        /// Digest of what is read.
        digest: &'a str,
    },
    /// The citizen says that it is right.
    ConfirmReadBack {
        /// Digest of what was read.
        digest: &'a str,
    },
    /// The citizen says that something of it is wrong.
    DoubtReadBack {
        /// Digest of what was read.
        digest: &'a str,
    },
    /// The citizen signs.
    Sign {
        /// Digest of what was shown.
        digest: &'a str,
        /// How.
        method: SigningMethod,
    },
    /// Staff asks for a second person's look.
    SendToReview,
    /// The second person sends it back.
    Return,
    /// Staff takes it up again.
    Reopen,
    /// The second person approves.
    Approve {
        /// Digest of what they looked at.
        digest: &'a str,
        /// Their account, if accounts are used.
        by: Option<&'a str>,
    },
    /// The document is sealed and put into the outbox.
    Seal {
        /// Digest of its values.
        digest: &'a str,
    },
    /// It arrived.
    Submit,
    /// It is given up.
    Cancel,
    /// A value changes: by a person's hand, or because somebody said something.
    Change,
}

impl Step<'_> {
    /// Name as in messages.
    fn name(&self) -> &'static str {
        match self {
            Step::GiveReadBack { .. } => "read back",
            Step::ConfirmReadBack { .. } => "confirm the read-back of",
            Step::DoubtReadBack { .. } => "doubt the read-back of",
            Step::Sign { .. } => "sign",
            Step::SendToReview => "send to review",
            Step::Return => "return",
            Step::Reopen => "reopen",
            Step::Approve { .. } => "approve",
            Step::Seal { .. } => "seal",
            Step::Submit => "submit",
            Step::Cancel => "cancel",
            Step::Change => "change",
        }
    }

    /// Whether a role may take the step at all.
    fn is_for(&self, role: Role) -> bool {
        match self {
            Step::ConfirmReadBack { .. } | Step::DoubtReadBack { .. } => role == Role::Citizen,
            Step::Sign { method, .. } => match method {
                SigningMethod::Tablet => role == Role::Citizen,
                SigningMethod::NemLogIn | SigningMethod::Paper => role == Role::Staff,
            },
            Step::GiveReadBack { .. } | Step::SendToReview | Step::Reopen | Step::Cancel => {
                role == Role::Staff
            }
            Step::Return | Step::Approve { .. } => role == Role::Supervisor,
            Step::Seal { .. } | Step::Submit => role == Role::System,
            Step::Change => true,
        }
    }
}

/// Why a step is refused. No message holds a value of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// The case is not where the step begins.
    #[error("nobody can {step} a case that is {}: {remedy}", stage.name())]
    Stage {
        /// What was wanted.
        step: &'static str,
        /// Where the case is.
        stage: CaseStage,
        /// What to do instead.
        remedy: &'static str,
    },
    /// Somebody else must do that.
    #[error("{role:?} may not {step} a case")]
    Role {
        /// What was wanted.
        step: &'static str,
        /// Who wanted it.
        role: Role,
    },
    /// Something in the form is open.
    #[error(
        "the form is not ready: fill what is missing, have every value confirmed, and put right \
         what breaks a rule"
    )]
    Incomplete,
    /// The form changed since it was looked at.
    #[error("the form has changed meanwhile: look at it again")]
    Changed,
    /// The read-back was not confirmed.
    #[error("the citizen has not confirmed the read-back: let them confirm it first")]
    NotConfirmed,
    /// The one who sent a case to review wants to approve it.
    #[error("whoever sent a case to review may not approve it: ask somebody else")]
    SamePerson,
}

/// The citizen's signature.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Signature {
    /// How it was given.
    pub method: SigningMethod,
    /// Whose it is; empty in cases from before names were kept.
    pub signer: String,
    /// When, RFC 3339.
    pub at: String,
    /// Digest of what was signed.
    pub digest: String,
    /// Version of the declaration that was signed.
    pub declaration: u32,
    /// The strokes of a signature by finger.
    pub ink: Option<Ink>,
    /// True once a value changed after it, or staff took the case up again.
    pub void: bool,
}

/// Where a case stands, and how it came there. Holds no counts: all its states can be visited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Lifecycle {
    stage: CaseStage,
    since: String,
    read_back: Option<String>,
    confirmed: bool,
    doubted: bool,
    signature: Option<Signature>,
    sent_by: Option<String>,
    returned: Option<(String, Vec<FieldComment>)>,
    approved_by: Option<String>,
    sealed: Option<String>,
    cancelled_because: Option<String>,
}

impl Lifecycle {
    /// A case that was opened at a time, RFC 3339.
    pub fn opened(at: &str) -> Lifecycle {
        Lifecycle {
            since: at.to_owned(),
            ..Lifecycle::default()
        }
    }

    /// How far it has come.
    pub fn stage(&self) -> CaseStage {
        self.stage
    }

    /// Since when, RFC 3339.
    pub fn since(&self) -> &str {
        &self.since
    }

    /// Digest of what is being read back, or was signed.
    pub fn read_back(&self) -> Option<&str> {
        self.read_back.as_deref()
    }

    /// True once the citizen confirmed the read-back.
    pub fn is_confirmed(&self) -> bool {
        self.confirmed
    }

    /// True while the citizen says that something of what was read is wrong.
    pub fn is_doubted(&self) -> bool {
        self.doubted
    }

    /// The newest signature, also a void one.
    pub fn signature(&self) -> Option<&Signature> {
        self.signature.as_ref()
    }

    /// Account of who sent the case to review.
    pub fn sent_by(&self) -> Option<&str> {
        self.sent_by.as_deref()
    }

    /// Account of who approved the case.
    pub fn approved_by(&self) -> Option<&str> {
        self.approved_by.as_deref()
    }

    /// Why the case was sent back last, with remarks by field; gone once it is approved.
    pub fn returned(&self) -> Option<(&str, &[FieldComment])> {
        self.returned
            .as_ref()
            .map(|(reason, comments)| (reason.as_str(), comments.as_slice()))
    }

    /// SHA-256 of the sealed PDF, once it is on its way.
    pub fn sealed(&self) -> Option<&str> {
        self.sealed.as_deref()
    }

    /// Why the case was given up.
    pub fn cancelled_because(&self) -> Option<&str> {
        self.cancelled_because.as_deref()
    }

    /// True if no value can change any more: the document is on its way, or the case given up.
    pub fn is_frozen(&self) -> bool {
        self.sealed.is_some() || matches!(self.stage, CaseStage::Submitted | CaseStage::Cancelled)
    }

    /// Checks a step. `complete`: every required value is there and every value vouched for.
    /// Returns where it leads.
    ///
    /// # Errors
    /// [`StepError`] says why not.
    pub fn check(
        &self,
        step: Step<'_>,
        role: Role,
        complete: bool,
    ) -> Result<CaseStage, StepError> {
        use CaseStage::{
            Approved, Cancelled, InReview, Open, ReadBack, Returned, Signed, Submitted,
        };
        if !step.is_for(role) {
            return Err(StepError::Role {
                step: step.name(),
                role,
            });
        }
        let elsewhere = |remedy| {
            Err(StepError::Stage {
                step: step.name(),
                stage: self.stage,
                remedy,
            })
        };
        let same = |digest: &str| self.read_back.as_deref() == Some(digest);
        let signed = |digest: &str| {
            let signature = self.signature.as_ref();
            signature.is_some_and(|s| !s.void && s.digest == digest)
        };
        match (step, self.stage) {
            (Step::GiveReadBack { .. }, Open | ReadBack) if !complete => Err(StepError::Incomplete),
            (Step::GiveReadBack { .. }, Open | ReadBack) => Ok(ReadBack),
            (Step::GiveReadBack { .. }, _) => elsewhere("reopen it first"),
            (Step::ConfirmReadBack { digest }, ReadBack) if same(digest) => Ok(ReadBack),
            (Step::ConfirmReadBack { .. }, ReadBack) => Err(StepError::Changed),
            (Step::ConfirmReadBack { .. }, _) => elsewhere("read it back first"),
            (Step::DoubtReadBack { digest }, ReadBack) if same(digest) => Ok(ReadBack),
            (Step::DoubtReadBack { .. }, ReadBack) => Err(StepError::Changed),
            (Step::DoubtReadBack { .. }, _) => {
                elsewhere("say what is wrong, and have it written anew")
            }
            (Step::Sign { .. }, ReadBack) if !complete => Err(StepError::Incomplete),
            (Step::Sign { .. }, ReadBack) if !self.confirmed => Err(StepError::NotConfirmed),
            (Step::Sign { digest, .. }, ReadBack) if same(digest) => Ok(Signed),
            (Step::Sign { .. }, ReadBack) => Err(StepError::Changed),
            (Step::Sign { .. }, _) => elsewhere("read it back first"),
            (Step::SendToReview, Signed) => Ok(InReview),
            (Step::SendToReview, _) => elsewhere("let the citizen sign first"),
            (Step::Return, InReview) => Ok(Returned),
            (Step::Return, _) => elsewhere("only cases in review are returned"),
            (Step::Reopen, Returned | ReadBack) => Ok(Open),
            (Step::Reopen, _) => elsewhere("only returned cases and read-backs are taken up again"),
            (Step::Approve { digest, .. }, InReview) if !signed(digest) => Err(StepError::Changed),
            (Step::Approve { by: Some(by), .. }, InReview)
                if self.sent_by.as_deref() == Some(by) =>
            {
                Err(StepError::SamePerson)
            }
            (Step::Approve { .. }, InReview) => Ok(Approved),
            (Step::Approve { .. }, _) => elsewhere("only cases in review are approved"),
            (Step::Seal { .. }, Approved) if self.sealed.is_some() => {
                elsewhere("it is sealed already")
            }
            (Step::Seal { digest }, Approved) if signed(digest) => Ok(Approved),
            (Step::Seal { .. }, Approved) => Err(StepError::Changed),
            (Step::Seal { .. }, _) => elsewhere("approve it first"),
            (Step::Submit, Approved) if self.sealed.is_some() => Ok(Submitted),
            (Step::Submit, _) => elsewhere("seal it first"),
            (Step::Cancel, Submitted | Cancelled) => elsewhere("there is nothing left to give up"),
            (Step::Cancel, _) if self.sealed.is_some() => elsewhere("it is being handed in"),
            (Step::Cancel, _) => Ok(Cancelled),
            (Step::Change, Submitted | Cancelled) => elsewhere("open a new case"),
            (Step::Change, _) if self.sealed.is_some() => elsewhere("it is being handed in"),
            (Step::Change, _) => Ok(Open),
        }
    }

    /// Takes an event of the log. What [`Lifecycle::check`] refuses changes nothing, whoever wrote
    /// it: no log leads around the rules.
    pub fn apply(&mut self, event: &CaseEvent, complete: bool) {
        let Some(step) = step_of(&event.payload) else {
            return;
        };
        let Ok(next) = self.check(step, event.actor, complete) else {
            return;
        };
        match &event.payload {
            EventPayload::ReadBackGiven { digest, .. } => {
                self.read_back = Some(digest.clone());
                (self.confirmed, self.doubted) = (false, false);
            }
            EventPayload::ReadBackConfirmed { .. } => {
                (self.confirmed, self.doubted) = (true, false);
            }
            EventPayload::ReadBackDoubted { .. } => {
                (self.confirmed, self.doubted) = (false, true);
            }
            EventPayload::Signed {
                digest,
                method,
                ink,
                signer,
                declaration,
                signed_at,
                ..
            } => {
                self.signature = Some(Signature {
                    method: *method,
                    signer: signer.clone().unwrap_or_default(),
                    at: signed_at.as_ref().unwrap_or(&event.at).clone(),
                    digest: digest.clone(),
                    declaration: declaration.unwrap_or(1),
                    ink: ink.clone(),
                    void: false,
                });
            }
            EventPayload::SentToReview { by } => self.sent_by.clone_from(by),
            EventPayload::Returned {
                reason, comments, ..
            } => self.returned = Some((reason.clone(), comments.clone())),
            EventPayload::Reopened { .. } => self.forget(),
            EventPayload::Approved { by, .. } => {
                self.approved_by.clone_from(by);
                self.returned = None;
            }
            EventPayload::DocumentSealed { pdf_sha256, .. } => {
                self.sealed = Some(pdf_sha256.clone());
            }
            EventPayload::Cancelled { reason, .. } => self.cancelled_because = Some(reason.clone()),
            _ => {}
        }
        self.go(next, &event.at);
    }

    /// A value changed at a time: what was read, signed and approved is no more.
    pub fn changed(&mut self, at: &str) {
        if self.check(Step::Change, Role::System, false).is_err() {
            return;
        }
        self.forget();
        self.go(CaseStage::Open, at);
    }

    fn go(&mut self, next: CaseStage, at: &str) {
        if next != self.stage {
            self.stage = next;
            at.clone_into(&mut self.since);
        }
    }

    fn forget(&mut self) {
        self.read_back = None;
        self.confirmed = false;
        self.doubted = false;
        self.sent_by = None;
        self.approved_by = None;
        if let Some(signature) = &mut self.signature {
            signature.void = true;
        }
    }
}

/// The step that an event records.
fn step_of(payload: &EventPayload) -> Option<Step<'_>> {
    Some(match payload {
        EventPayload::ReadBackGiven { digest, .. } => Step::GiveReadBack { digest },
        EventPayload::ReadBackConfirmed { digest } => Step::ConfirmReadBack { digest },
        EventPayload::ReadBackDoubted { digest } => Step::DoubtReadBack { digest },
        EventPayload::Signed { digest, method, .. } => Step::Sign {
            digest,
            method: *method,
        },
        EventPayload::SentToReview { .. } => Step::SendToReview,
        EventPayload::Returned { .. } => Step::Return,
        EventPayload::Reopened { .. } => Step::Reopen,
        EventPayload::Approved { digest, by } => Step::Approve {
            digest,
            by: by.as_deref(),
        },
        EventPayload::DocumentSealed { digest, .. } => Step::Seal { digest },
        EventPayload::Submitted { .. } => Step::Submit,
        EventPayload::Cancelled { .. } => Step::Cancel,
        _ => return None,
    })
}
