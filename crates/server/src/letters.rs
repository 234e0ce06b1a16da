//! Approved cases that have not arrived, over HTTP: the list, and having one tried again.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tolkebot_casework::StoreError;
use tolkebot_protocol::{CaseId, ErrorCode, OutboxLine};

use crate::browser::{require, same_origin};
use crate::delivery::{RetryError, Waiting, try_again, waiting};
use crate::http::Failure;
use crate::policy::Action;
use crate::state::Shared;

type Ctx = State<Arc<Shared>>;

/// The routes.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/outbox", get(list))
        .route("/api/outbox/{case}/retry", post(retry))
}

async fn list(State(shared): Ctx, headers: HeaderMap) -> Result<Json<Vec<OutboxLine>>, Failure> {
    require(&shared, &headers, Action::MendDeliveries).await?;
    Ok(Json(lines(&shared).await?))
}

/// What waits: first what a person must look at, then whoever waits longest.
async fn lines(shared: &Shared) -> Result<Vec<OutboxLine>, Failure> {
    let (store, now) = (shared.store.clone(), shared.clock.now());
    let all = spawn_blocking(move || waiting(&*store, now)).await;
    let all = all.map_err(|_| stopped())?.map_err(unreadable)?;
    let mut lines: Vec<OutboxLine> = all.into_iter().map(line).collect();
    lines.sort_by_key(|line| (!line.dead, line.failed == 0));
    Ok(lines)
}

fn line(one: Waiting) -> OutboxLine {
    let due = one.tries.failed > 0 && !one.tries.dead;
    let next = due.then(|| Timestamp::from_second(one.tries.next_s).ok());
    OutboxLine {
        case: one.case,
        since: one.since,
        sealed: one.sealed,
        failed: one.tries.failed,
        dead: one.tries.dead,
        next_at: next.flatten().map(|at| at.to_string()),
        trouble: (one.tries.failed > 0).then_some(one.tries.trouble),
        because: one.tries.because,
    }
}

async fn retry(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Vec<OutboxLine>>, Failure> {
    same_origin(&shared, &headers)?;
    let who = require(&shared, &headers, Action::MendDeliveries).await?;
    let by = who.map(|who| who.name);
    let case = CaseId(case);
    let (store, now, id) = (shared.store.clone(), shared.clock.now(), case.clone());
    let done = spawn_blocking(move || {
        let mut done = try_again(&*store, &id, by.as_deref(), now);
        // Somebody may append in between.
        for _ in 0..5 {
            if !matches!(done, Err(RetryError::Store(StoreError::Conflict { .. }))) {
                break;
            }
            done = try_again(&*store, &id, by.as_deref(), now);
        }
        done
    });
    match done.await {
        Ok(Ok(_)) => {}
        Ok(Err(RetryError::Store(error))) => return Err(unreadable(error)),
        Ok(Err(refused)) => {
            return Err(Failure::new(
                StatusCode::CONFLICT,
                ErrorCode::NotAllowed,
                refused.to_string(),
            ));
        }
        Err(_) => return Err(stopped()),
    }
    shared.cases.look_again(&case);
    let lines = lines(&shared).await?;
    shared.approved.notify_one();
    Ok(Json(lines))
}

fn unreadable(error: StoreError) -> Failure {
    tracing::error!(%error, "what waits to be handed in cannot be read or changed");
    Failure::new(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::NotSaved,
        "what waits to be handed in cannot be read or changed at the moment: try again",
    )
}

fn stopped() -> Failure {
    Failure::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::EngineFailed,
        "looking at what waits to be handed in stopped: try again",
    )
}
