//! A case's papers over HTTP: the form as data and as a document, the citizen's receipt.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use tolkebot_document::{DocumentError, Receipt};
use tolkebot_protocol::{ErrorCode, Role};

use crate::citizen;
use crate::documents::{MemoTrouble, document_of, receipt_of};
use crate::http::{Failure, case_of};
use crate::state::Shared;

type Ctx = State<Arc<Shared>>;

/// The routes.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/cases/{case}/form.json", get(form_json))
        .route("/api/cases/{case}/form.pdf", get(form_pdf))
        .route("/api/cases/{case}/receipt.pdf", get(receipt_pdf))
        .route("/api/cases/{case}/receipt.html", get(receipt_html))
}

async fn form_json(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (view, reader) = case_of(&shared, &headers, case).await?;
    let mut form = view.form_state().to_contract_json();
    if reader == Role::Citizen {
        citizen::contract(&mut form);
    }
    Ok(Json(form).into_response())
}

/// What of a document is wanted.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    /// With where each value was heard.
    #[serde(default)]
    evidence: bool,
    /// With a line for a signature by hand.
    #[serde(default)]
    on_paper: bool,
}

async fn form_pdf(
    State(shared): Ctx,
    Path(case): Path<String>,
    Query(which): Query<Which>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (view, reader) = case_of(&shared, &headers, case).await?;
    if which.evidence && reader == Role::Citizen {
        return Err(Failure::forbidden(
            "where each value comes from is for staff: fetch the form without `evidence`",
        ));
    }
    let authority = shared.config.authority.clone();
    let name = format!("{}-{}.pdf", view.form_id(), view.today());
    paper(name, move || {
        let (form, mut extras) = document_of(&view, &authority, which.evidence);
        extras.on_paper = which.on_paper;
        tolkebot_document::render_with(&form, &extras)
    })
    .await
}

async fn receipt_pdf(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let receipt = receipt(&shared, &headers, case).await?;
    let name = format!("kvittering-{}.pdf", receipt.date);
    paper(name, move || receipt.pdf()).await
}

async fn receipt_html(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let page = receipt(&shared, &headers, case).await?.html();
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response())
}

/// The receipt of a case whose signature holds; of any other nothing was received.
async fn receipt(
    shared: &Arc<Shared>,
    headers: &HeaderMap,
    case: String,
) -> Result<Receipt, Failure> {
    let (view, _) = case_of(shared, headers, case).await?;
    match receipt_of(&view, &shared.config.authority) {
        Ok(Some(receipt)) => Ok(receipt),
        Ok(None) => Err(Failure::new(
            StatusCode::CONFLICT,
            ErrorCode::NotAllowed,
            MemoTrouble::NotSigned.to_string(),
        )),
        Err(error) => Err(unmade(&error)),
    }
}

/// The message names the field, so that somebody can correct it.
fn unmade(error: &DocumentError) -> Failure {
    Failure::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::BadSlot,
        error.to_string(),
    )
}

/// Makes a PDF without disturbing the runtime.
async fn paper(
    name: String,
    make: impl FnOnce() -> Result<Vec<u8>, DocumentError> + Send + 'static,
) -> Result<Response, Failure> {
    let pdf = match tokio::task::spawn_blocking(make).await {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(error)) => return Err(unmade(&error)),
        Err(_) => {
            return Err(Failure::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                ErrorCode::EngineFailed,
                "the document could not be made: try again",
            ));
        }
    };
    let disposition = format!("inline; filename=\"{name}\"");
    Ok((
        [
            (CONTENT_TYPE, "application/pdf".to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ],
        pdf,
    )
        .into_response())
}
