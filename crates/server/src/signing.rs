//! Signing at NemLog-in over HTTP: staff fetches what goes out and hands in what came back.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tolkebot_casework::{CaseView, FoldError, StepError, Store, StoreError};
use tolkebot_document::{MAX_IMPORT_BYTES, NemLogInError};
use tolkebot_protocol::{
    CaseId, ErrorCode, ExportToSign, ImportSigned, Role, SignedElsewhere, SigningTrouble, ToSign,
};

use crate::browser::{role_in, same_origin, who};
use crate::case::load;
use crate::documents::{signer_in, stage_of};
use crate::http::{Failure, not_yours};
use crate::nemlogin::{SignedFile, SigningError, export_for_signing, take_signed};
use crate::state::Shared;

type Ctx = State<Arc<Shared>>;

/// Largest body: the largest file in base64, with what stands around it.
const MAX_BODY: usize = MAX_IMPORT_BYTES / 3 * 4 + 16 * 1024;
/// How often a step is tried while others append to the case.
const TRIES: usize = 10;

/// The routes.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/cases/{case}/nemlogin/export", post(export))
        .route("/api/cases/{case}/nemlogin/import", post(import))
}

/// Who asks, if they are the case's staff: the account, where accounts are used.
async fn staff_of(
    shared: &Shared,
    headers: &HeaderMap,
    case: &CaseId,
) -> Result<Option<String>, Failure> {
    same_origin(shared, headers)?;
    if role_in(shared, headers, case).await? != Some(Role::Staff) {
        return Err(not_yours());
    }
    Ok(who(shared, headers).await?.map(|who| who.name))
}

/// Does something with the store, anew while others append to the case in between.
async fn blocking<T: Send + 'static>(
    work: impl Fn() -> Result<T, SigningError> + Send + 'static,
) -> Result<T, SigningFailure> {
    let done = spawn_blocking(move || {
        let mut done = work();
        for _ in 1..TRIES {
            if !matches!(done, Err(SigningError::Store(StoreError::Conflict { .. }))) {
                break;
            }
            done = work();
        }
        done
    });
    match done.await {
        Ok(done) => done.map_err(SigningFailure::Refused),
        Err(_) => Err(SigningFailure::Stopped),
    }
}

enum SigningFailure {
    Refused(SigningError),
    Stopped,
}

impl From<SigningFailure> for Failure {
    fn from(failure: SigningFailure) -> Failure {
        let error = match failure {
            SigningFailure::Refused(error) => error,
            SigningFailure::Stopped => {
                return Failure::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    ErrorCode::EngineFailed,
                    "the document could not be made or judged: try again",
                );
            }
        };
        let message = error.to_string();
        match &error {
            SigningError::Store(StoreError::Erased(_)) => {
                Failure::new(StatusCode::GONE, ErrorCode::NotAllowed, message)
            }
            SigningError::Fold(FoldError::NoSuchCase(_)) => {
                Failure::new(StatusCode::NOT_FOUND, ErrorCode::NotAllowed, message)
            }
            SigningError::Store(_) | SigningError::Fold(_) => {
                tracing::error!(%error, "a case cannot be signed elsewhere");
                Failure::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    ErrorCode::NotSaved,
                    "the case cannot be read or stored at the moment: try again",
                )
            }
            SigningError::Step(refused) => {
                let (code, trouble) = of_step(refused);
                Failure::new(StatusCode::CONFLICT, code, message).about_signing(trouble)
            }
            SigningError::Document(refused) => {
                let trouble = of_document(refused);
                Failure::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    ErrorCode::BadMessage,
                    message,
                )
                .about_signing(trouble)
            }
            // Staff is asked instead, see `import`.
            SigningError::Name { .. } => {
                Failure::new(StatusCode::CONFLICT, ErrorCode::NotAllowed, message)
            }
        }
    }
}

fn of_step(refused: &StepError) -> (ErrorCode, SigningTrouble) {
    match refused {
        StepError::Changed => (ErrorCode::SlotChanged, SigningTrouble::State),
        StepError::NotConfirmed => (ErrorCode::NotAllowed, SigningTrouble::NotConfirmed),
        StepError::Incomplete => (ErrorCode::NotAllowed, SigningTrouble::Draft),
        _ => (ErrorCode::NotAllowed, SigningTrouble::State),
    }
}

fn of_document(refused: &NemLogInError) -> SigningTrouble {
    use NemLogInError as E;
    match refused {
        E::Draft => SigningTrouble::Draft,
        E::ReferenceLength { .. } | E::ReferenceText | E::ReferenceCpr => SigningTrouble::Reference,
        E::Document(_) | E::Name { .. } | E::Font(_) | E::Not(_) => SigningTrouble::Document,
        E::TooLarge { .. } => SigningTrouble::TooLarge,
        E::Pdf(_) => SigningTrouble::NotPdf,
        E::OtherDocument { .. } => SigningTrouble::OtherDocument,
        E::Altered | E::Added(_) => SigningTrouble::Altered,
        E::Unsigned => SigningTrouble::Unsigned,
        E::Several(_) | E::Signature(_) | E::NoStamp | E::Stamp(_) | E::Time { .. } => {
            SigningTrouble::Signature
        }
        E::Untrusted { .. } | E::Expired { .. } | E::Anonymous => SigningTrouble::Certificate,
    }
}

async fn export(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<ExportToSign>, JsonRejection>,
) -> Result<Json<ToSign>, Failure> {
    let case = CaseId(case);
    let by = staff_of(&shared, &headers, &case).await?;
    let Json(ExportToSign { reference }) = body?;
    let (store, authority) = (shared.store.clone(), shared.config.authority.clone());
    let (now, id) = (shared.clock.now(), case.clone());
    let made = blocking(move || {
        let (reference, by) = (reference.as_deref(), by.as_deref());
        export_for_signing(&*store, &id, &authority, reference, by, now)
    });
    let package = made.await?;
    shared.cases.look_again(&case);
    Ok(Json(ToSign {
        document: STANDARD.encode(&package.pdf),
        document_sha256: package.manifest.document_sha256.clone(),
        package: package.manifest.json(),
    }))
}

async fn import(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<SignedElsewhere>, Failure> {
    let case = CaseId(case);
    // Only then is the file read: it may be large.
    let by = staff_of(&shared, &headers, &case).await?;
    let (signed, signer) = read(body).await?;
    let roots = shared.config.nemlogin.roots().map_err(|error| {
        tracing::error!(%error, "no document that was signed at NemLog-in can be judged");
        Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::NotAllowed,
            "no signature can be judged here: set `nemlogin.roots_file`",
        )
        .about_signing(SigningTrouble::NoRoots)
    })?;
    let (store, authority) = (shared.store.clone(), shared.config.authority.clone());
    let (now, id) = (shared.clock.now(), case.clone());
    let taken = blocking(move || {
        take(
            &*store,
            &id,
            &authority,
            &signed,
            &roots,
            (&signer, &by),
            now,
        )
    });
    let mut answer = taken.await?;
    shared.cases.look_again(&case);
    let (_, view) = load(&shared.store, &case).await?;
    answer.stage = stage_of(&view, &shared.config.authority);
    Ok(Json(answer))
}

/// Takes a file in. A name that is written otherwise is no error but a question to staff.
fn take(
    store: &dyn Store,
    case: &CaseId,
    authority: &str,
    bytes: &[u8],
    roots: &[Vec<u8>],
    (signer, by): (&Option<String>, &Option<String>),
    now: Timestamp,
) -> Result<SignedElsewhere, SigningError> {
    let file = SignedFile {
        bytes,
        roots,
        signer: signer.as_deref(),
        by: by.as_deref(),
    };
    let (recorded, found, name_in_form) = match take_signed(store, case, authority, &file, now) {
        Ok(found) => {
            let events: Vec<_> = store.load(case, 0)?.into_iter().map(|s| s.event).collect();
            let name = signer_in(&CaseView::fold(case, &events)?);
            (true, found, name)
        }
        Err(SigningError::Name {
            found,
            name_in_form,
        }) => (false, *found, name_in_form),
        Err(error) => return Err(error),
    };
    Ok(SignedElsewhere {
        recorded,
        signer: found.signer.name,
        name_in_form,
        signed_at: found.signed_at,
        issuer: found.issuer,
        stage: tolkebot_protocol::StageView::default(),
    })
}

/// The file and the name that staff recognised. No error quotes what was sent.
async fn read(body: Body) -> Result<(Vec<u8>, Option<String>), Failure> {
    let too_large = || {
        Failure::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::TooLarge,
            format!("the signed file is larger than {MAX_IMPORT_BYTES} bytes"),
        )
        .about_signing(SigningTrouble::TooLarge)
    };
    let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| too_large())?;
    let wrong = |what: &str| {
        Failure::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::BadMessage,
            format!("{what}: send {{\"signed\":…,\"signer\":…}} as JSON, the file in base64"),
        )
    };
    let ImportSigned { signed, signer } =
        serde_json::from_slice(&bytes).map_err(|_| wrong("the body is not as it should be"))?;
    let signed = STANDARD
        .decode(signed)
        .map_err(|_| wrong("`signed` is no base64"))?;
    Ok((signed, signer))
}
