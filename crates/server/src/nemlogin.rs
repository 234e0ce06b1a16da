//! A case whose document is signed with MitID at NemLog-in: what goes out, and what comes back.
//!
//! Nothing is kept of what went out: the same case gives the same document, byte for byte. So a
//! signed file that comes back is compared with the case as it is then, and one about a case that
//! has changed is refused.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use tolkebot_casework::{CaseView, FoldError, NewEvent, Step, StepError, Store, StoreError};
use tolkebot_document::{
    DECLARATION_VERSION, NemLogInError, SignatureMark, SignedDocument, SigningPackage,
    check_signed, digest, render_with,
};
use tolkebot_protocol::{CaseEvent, CaseId, EventPayload, Role, SigningMethod};

use crate::documents::{document_of, signer_in};

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
        "it was signed by `{}`, and whoever signs the form is written otherwise there: if that is \
         the same person, say so by naming the signer",
        found.signer.name
    )]
    Name {
        /// What was found, with who signed.
        found: Box<SignedDocument>,
        /// Who signs, as the form says.
        name_in_form: String,
    },
}

/// Where signed files are kept until they have been handed in.
pub(crate) const NOTES: &str = "nemlogin-signed/";

/// Key of the note with the signed file.
fn note(case: &CaseId, digest: &str) -> String {
    format!("{NOTES}{case}/{digest}")
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
    let complete = view.open_as_read().is_nothing();
    view.lifecycle().check(step, Role::Staff, complete)?;
    Ok(SigningPackage::of(&form, &extras, reference, now)?)
}

/// Hands out the package of a stored case and says so in its log. `by` is the account of who
/// fetches it, if accounts are used.
///
/// # Errors
/// As [`package_of`]; then nothing was recorded.
pub fn export_for_signing(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    reference: Option<&str>,
    by: Option<&str>,
    now: Timestamp,
) -> Result<SigningPackage, SigningError> {
    let (view, seq) = load(store, case)?;
    let package = package_of(&view, authority, reference, now)?;
    let event = NewEvent {
        at: now,
        actor: Role::Staff,
        payload: EventPayload::SentToSign {
            digest: package.manifest.values_sha256.clone(),
            document_sha256: package.manifest.document_sha256.clone(),
            by: by.map(str::to_owned),
        },
    };
    store.append(case, seq, &[event])?;
    Ok(package)
}

/// A signed file that came back.
#[derive(Debug, Clone, Copy)]
pub struct SignedFile<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Roots of NemLog-in, DER.
    pub roots: &'a [Vec<u8>],
    /// The certificate's name, if staff read it and recognised the person. Without it the name must
    /// be written as the form's.
    pub signer: Option<&'a str>,
    /// Account of who hands it in, if accounts are used.
    pub by: Option<&'a str>,
}

/// A case, and what is to be recorded of a signed file.
struct Judged {
    found: SignedDocument,
    digest: String,
    name_in_form: String,
    seq: u64,
}

fn judge(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    file: &SignedFile<'_>,
    now: Timestamp,
) -> Result<Judged, SigningError> {
    let (view, seq) = load(store, case)?;
    let package = package_of(&view, authority, None, now)?;
    // The document can be made from the read-back on.
    let since = view.lifecycle().since().parse().unwrap_or(Timestamp::MIN);
    Ok(Judged {
        found: check_signed(&package.pdf, file.bytes, file.roots, since, now)?,
        digest: package.manifest.values_sha256,
        name_in_form: signer_in(&view),
        seq,
    })
}

/// Judges a signed file and records nothing.
///
/// # Errors
/// [`SigningError`], but never [`SigningError::Name`].
pub fn look_at_signed(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    file: &SignedFile<'_>,
    now: Timestamp,
) -> Result<SignedDocument, SigningError> {
    Ok(judge(store, case, authority, file, now)?.found)
}

/// Checks that the document can be made with the signer's name on it, before it cannot be sealed.
fn can_be_shown(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    found: &SignedDocument,
) -> Result<(), SigningError> {
    let (form, mut extras) = document_of(&load(store, case)?.0, authority, false);
    extras.signature = Some(SignatureMark {
        method: SigningMethod::NemLogIn,
        signer: found.signer.name.clone(),
        at: found.signed_at.clone(),
        digest: digest(&form),
        declaration: DECLARATION_VERSION,
        ink: None,
        void: false,
    });
    render_with(&form, &extras).map_err(NemLogInError::from)?;
    Ok(())
}

/// Judges a signed file, keeps it and records the signature.
///
/// # Errors
/// [`SigningError`]; then nothing was recorded by this call.
pub fn take_signed(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    file: &SignedFile<'_>,
    now: Timestamp,
) -> Result<SignedDocument, SigningError> {
    let Judged {
        found,
        digest,
        name_in_form,
        seq,
    } = judge(store, case, authority, file, now)?;
    let name = &found.signer.name;
    can_be_shown(store, case, authority, &found)?;
    if !found.signer.is_called(&name_in_form) && file.signer != Some(name.as_str()) {
        return Err(SigningError::Name {
            found: Box::new(found),
            name_in_form,
        });
    }
    let note = note(case, &digest);
    let text = STANDARD.encode(file.bytes);
    // Until it is handed in or erased: a clock that is ahead would destroy what has an end.
    let keep = || store.put_note(&note, &text, Timestamp::MAX, now);
    keep()?;
    let event = NewEvent {
        at: now,
        actor: Role::Staff,
        payload: EventPayload::Signed {
            digest: digest.clone(),
            method: SigningMethod::NemLogIn,
            ink: None,
            signer: Some(name.clone()),
            declaration: Some(DECLARATION_VERSION),
            signed_at: Some(found.signed_at.clone()),
            by: file.by.map(str::to_owned),
        },
    };
    if let Err(error) = store.append(case, seq, std::slice::from_ref(&event)) {
        if matches!(error, StoreError::Erased(_)) {
            // Erased meanwhile: the note may have come too late to go with the case.
            store.take_note(&note, now)?;
            return Err(error.into());
        }
        // Somebody else may have handed in the same file meanwhile, and an append that says it failed
        // may have been written: only a file that no signature rests on goes.
        let newer = store.load(case, seq)?;
        if !newer.iter().any(|one| event.is_same_as(&one.event)) {
            if !is_signed(store, case, &digest)? {
                store.take_note(&note, now)?;
            }
            return Err(error.into());
        }
    }
    // Another try that failed at the same moment has taken it away.
    if store.note(&note, now)?.as_deref() != Some(text.as_str()) {
        keep()?;
    }
    Ok(found)
}

/// True if a case bears a signature from NemLog-in that still holds.
fn is_signed(store: &dyn Store, case: &CaseId, digest: &str) -> Result<bool, SigningError> {
    let (view, _) = load(store, case)?;
    let signature = view.lifecycle().signature();
    Ok(signature.is_some_and(|one| {
        one.method == SigningMethod::NemLogIn && !one.void && one.digest == digest
    }))
}
