//! A case whose document is signed with MitID at NemLog-in: what goes out, and what comes back.
//!
//! Nothing is kept of what went out: the same case gives the same document, byte for byte. So a
//! signed file that comes back is compared with the case as it is then, and one about a case that
//! has changed is refused.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use tolkebot_casework::{CaseView, FoldError, NewEvent, Step, StepError, Store, StoreError};
use tolkebot_document::{NemLogInError, SignedDocument, SigningPackage, check_signed, digest};
use tolkebot_protocol::{CaseEvent, CaseId, EventPayload, Role, SigningMethod};

use crate::documents::document_of;

/// How long a signed file is kept at most while its case is not handed in.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Why a case cannot be signed at NemLog-in, or what came back is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The log cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The case cannot be read.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The case is not where it can be signed.
    #[error(transparent)]
    Step(#[from] StepError),
    /// The document, or the signed one.
    #[error(transparent)]
    Document(#[from] NemLogInError),
    /// The signature is good, and in another name than the form's.
    #[error(
        "it was signed by `{signer}`, and the form is about somebody whose name is written \
         otherwise: if that is the same person, say so by naming the signer"
    )]
    Name {
        /// Who signed, as the certificate says.
        signer: String,
    },
}

/// Key of the note with the signed file.
pub(crate) fn note(case: &CaseId, digest: &str) -> String {
    format!("nemlogin-signed/{case}/{digest}")
}

/// The signed file of a case, while it is kept.
pub(crate) fn kept(
    store: &dyn Store,
    case: &CaseId,
    digest: &str,
    now: Timestamp,
) -> Result<Option<Vec<u8>>, StoreError> {
    let note = store.note(&note(case, digest), now)?;
    Ok(note.and_then(|text| STANDARD.decode(text).ok()))
}

fn load(store: &dyn Store, case: &CaseId) -> Result<(CaseView, u64), SigningError> {
    let stored = store.load(case, 0)?;
    let seq = stored.last().map_or(0, |one| one.event.seq);
    let events: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
    Ok((CaseView::fold(case, &events)?, seq))
}

/// The package of a case whose read-back the citizen has confirmed.
///
/// # Errors
/// [`SigningError`] if the case is not where it can be signed, or the service would not take it.
pub fn package_of(
    view: &CaseView,
    authority: &str,
    reference: Option<&str>,
    now: Timestamp,
) -> Result<SigningPackage, SigningError> {
    let (form, extras) = document_of(view, authority, false);
    let digest = digest(&form);
    let step = Step::Sign {
        digest: &digest,
        method: SigningMethod::NemLogIn,
    };
    let complete = view.open().is_nothing();
    view.lifecycle().check(step, Role::Staff, complete)?;
    Ok(SigningPackage::of(&form, &extras, reference, now)?)
}

/// The package of a stored case.
///
/// # Errors
/// As [`package_of`].
pub fn export_for_signing(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    reference: Option<&str>,
    now: Timestamp,
) -> Result<SigningPackage, SigningError> {
    package_of(&load(store, case)?.0, authority, reference, now)
}

/// Judges a signed file, keeps it and records the signature. `roots` are those of NemLog-in, DER.
/// `signer` is the name that staff read and recognised: without it the certificate's name must be
/// written as the form's. `record`: false only looks.
///
/// # Errors
/// [`SigningError`]; then nothing was recorded.
pub fn take_signed(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    signed: &[u8],
    roots: &[Vec<u8>],
    (signer, record): (Option<&str>, bool),
    now: Timestamp,
) -> Result<SignedDocument, SigningError> {
    let (view, seq) = load(store, case)?;
    let package = package_of(&view, authority, None, now)?;
    // The document can be made from the read-back on.
    let since = view.lifecycle().since().parse().unwrap_or(Timestamp::MIN);
    let found = check_signed(&package.pdf, signed, roots, since, now)?;
    let person = view.form_state().full_name("mover");
    let recognised = found.signer.is_called(&person) || signer == Some(found.signer.name.as_str());
    if record && !recognised {
        return Err(SigningError::Name {
            signer: found.signer.name,
        });
    }
    if !record {
        return Ok(found);
    }
    let digest = package.manifest.values_sha256;
    let note = note(case, &digest);
    let until = now.checked_add(KEPT).unwrap_or(Timestamp::MAX);
    store.put_note(&note, &STANDARD.encode(signed), until, now)?;
    let event = NewEvent {
        at: now,
        actor: Role::Staff,
        payload: EventPayload::Signed {
            digest,
            method: SigningMethod::NemLogIn,
            ink: None,
            by: None,
        },
    };
    if let Err(error) = store.append(case, seq, &[event]) {
        store.take_note(&note, now)?;
        return Err(error.into());
    }
    Ok(found)
}
