//! Signing in and out, and what the roles without a case of their own may see.

use std::net::SocketAddr;
use std::sync::{Arc, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use tolkebot_casework::{Store, StoreError};
use tolkebot_protocol::ErrorCode;

use crate::accounts::{SignInRefusal, SignedIn};
use crate::browser::{cookie, cookie_header, require, same_origin, who};
use crate::http::Failure;
use crate::oidc;
use crate::policy::Action;
use crate::state::Shared;

type Ctx = State<Arc<Shared>>;

/// The routes.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/session", get(session).post(sign_in).delete(sign_out))
        .route("/api/accounts", get(accounts))
}

/// The one request that may take minutes: the whole log is read.
pub(crate) fn long_routes() -> Router<Arc<Shared>> {
    Router::new().route("/api/audit", get(audit))
}

/// `POST /api/session`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    name: String,
    password: String,
    /// Of the authenticator; empty without one.
    #[serde(default)]
    code: String,
}

async fn session(State(shared): Ctx, headers: HeaderMap) -> Result<Json<Value>, Failure> {
    let who = who(&shared, &headers).await?;
    let mut answer = json!({
        "accounts": shared.accounts.is_some(),
        "account": who.as_ref().map(SignedIn::for_screens),
    });
    if !shared.config.nemlogin.roots_file.as_os_str().is_empty() {
        answer["nemlogin"] = json!(true);
    }
    if shared.provider.is_some() {
        answer["provider"] = oidc::provider_for_screens(&shared);
    }
    Ok(Json(answer))
}

fn refused(status: StatusCode, code: ErrorCode, message: &str) -> Failure {
    Failure::new(status, code, message)
}

async fn sign_in(
    State(shared): Ctx,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Result<Response, Failure> {
    same_origin(&shared, &headers)?;
    // The rejection's text may quote the password.
    let Json(SignIn {
        name,
        password,
        code,
    }) = body.map_err(|rejection| {
        refused(
            rejection.status(),
            ErrorCode::BadMessage,
            "send {\"name\":…,\"password\":…,\"code\":…} as JSON",
        )
    })?;
    let Some(accounts) = shared.accounts.clone() else {
        return Err(Failure::forbidden(
            "this server runs without accounts: nobody needs to sign in",
        ));
    };
    if shared.config.oidc.is_on() && !shared.config.oidc.passwords {
        return Err(Failure::forbidden(
            "this server takes no passwords: sign in at the provider",
        ));
    }
    let too_many = || {
        refused(
            StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::TooFast,
            "too many wrong passwords: wait a quarter of an hour, or ask whoever runs this server",
        )
    };
    let lock = || {
        shared
            .mistakes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    };
    if !lock().may_try(from.ip(), Instant::now()) {
        return Err(too_many());
    }
    let now = shared.clock.now();
    let Ok(_turn) = shared.checking.acquire().await else {
        return Err(too_many());
    };
    let tried = spawn_blocking(move || accounts.sign_in(&name, &password, &code, now)).await;
    let who = match tried {
        Ok(Ok(who)) => who,
        Ok(Err(SignInRefusal::Wrong)) => {
            lock().count(from.ip(), Instant::now());
            return Err(refused(
                StatusCode::UNAUTHORIZED,
                ErrorCode::NotAllowed,
                "name, password or code is wrong",
            ));
        }
        Ok(Err(SignInRefusal::Locked)) => return Err(too_many()),
        Ok(Err(SignInRefusal::Unavailable)) | Err(_) => {
            tracing::error!(
                "the accounts cannot be read, so that nobody can sign in: look at the log's disk or database, and whether \
                 this server has the master key with which they were made"
            );
            return Err(refused(
                StatusCode::SERVICE_UNAVAILABLE,
                ErrorCode::NotSaved,
                "accounts cannot be read at the moment: try again",
            ));
        }
    };
    let lifetime = shared.config.resume_lifetime_s;
    let value = shared
        .sessions
        .sign_in(cookie(&headers), who.clone(), now, lifetime)
        .await;
    Ok((
        [(SET_COOKIE, cookie_header(&shared, &value))],
        Json(json!({"accounts": true, "account": who.for_screens()})),
    )
        .into_response())
}

async fn sign_out(State(shared): Ctx, headers: HeaderMap) -> Result<Response, Failure> {
    same_origin(&shared, &headers)?;
    let who = who(&shared, &headers).await;
    let of_provider = matches!(who, Ok(Some(who)) if who.until.is_some());
    let anew = oidc::signed_out_cookie(&shared).map(|cookie| (SET_COOKIE, cookie));
    let gone = AppendHeaders(std::iter::once((SET_COOKIE, cookie_header(&shared, ""))).chain(anew));
    if let Some(value) = cookie(&headers)
        && let Err(away) = shared.sessions.end(value, shared.clock.now()).await
    {
        // The browser forgets it; whoever kept the cookie elsewhere is still signed in.
        return Ok((gone, Failure::from(away)).into_response());
    }
    if of_provider && let Some(url) = oidc::sign_out_at_provider(&shared, &headers) {
        // Who sits here next would be signed in again without being asked.
        return Ok((gone, Json(json!({"sign_out_at": url}))).into_response());
    }
    Ok((gone, StatusCode::NO_CONTENT).into_response())
}

async fn accounts(State(shared): Ctx, headers: HeaderMap) -> Result<Response, Failure> {
    require(&shared, &headers, Action::ListAccounts).await?;
    let (accounts, now) = (shared.accounts.clone(), shared.clock.now());
    let list = spawn_blocking(move || accounts.map(|a| a.list(now))).await;
    match list {
        Ok(Some(Ok(list))) => Ok(Json(list).into_response()),
        _ => Err(unreadable("accounts")),
    }
}

/// Which cases there are; nothing of what is in them.
pub(crate) async fn cases(State(shared): Ctx, headers: HeaderMap) -> Result<Json<Value>, Failure> {
    require(&shared, &headers, Action::ListCases).await?;
    let lines = read(&shared, |store| store.list()).await?;
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "case": line.case,
                "events": line.seq,
                "opened_at": line.opened_at,
                "changed_at": line.changed_at,
                "erased": line.erased,
            })
        })
        .collect();
    Ok(Json(json!(lines)))
}

async fn audit(State(shared): Ctx, headers: HeaderMap) -> Result<Json<Value>, Failure> {
    require(&shared, &headers, Action::Audit).await?;
    let Ok(turn) = shared.auditing.clone().try_acquire_owned() else {
        return Err(refused(
            StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::Busy,
            "the log is being checked: wait until that has come to its end",
        ));
    };
    let report = read(&shared, move |store| {
        // It ends with the work, and not with whoever asked for it and has gone.
        let _turn = turn;
        store.audit(None, None)
    })
    .await?;
    let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    Ok(Json(json!({
        "intact": report.is_intact(),
        "cases": report.cases,
        "events": report.events,
        "erased": report.erased,
        "ledger_entries": report.entries,
        "head": report.head.map(|head| head.to_string()),
        "findings": findings,
    })))
}

/// Asks the store for something.
pub(crate) async fn read<T: Send + 'static>(
    shared: &Shared,
    read: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Failure> {
    let store = shared.store.clone();
    match spawn_blocking(move || read(&*store)).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            tracing::error!(%error, "the event log cannot be read");
            Err(unreadable("cases"))
        }
        Err(_) => Err(unreadable("cases")),
    }
}

fn unreadable(what: &str) -> Failure {
    Failure::new(
        StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::NotSaved,
        format!("{what} cannot be read at the moment: try again"),
    )
}
