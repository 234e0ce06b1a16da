//! `/api/oidc`: the browser's way to the provider and back.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tolkebot_protocol::ErrorCode;

use super::{Begun, OidcError, Provider};
use crate::access::hash;
use crate::browser::{base_url, cookie, cookie_header};
use crate::http::Failure;
use crate::state::Shared;

type Ctx = State<Arc<Shared>>;

/// Binds a sign-in to the browser that began it. It comes back from another site, so it cannot be
/// `SameSite=Strict` as the session is.
const STATE: &str = "tolkebot_oidc";
/// The next sign-in of this browser is to ask which account is meant: the one that the provider knows has no role
/// here, or has signed out.
const ANEW: &str = "tolkebot_oidc_anew";
/// How long somebody may take at the provider, s.
const PATIENCE_S: u32 = 600;

/// The routes.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/oidc/start", get(start))
        .route("/api/oidc/callback", get(callback))
}

/// What the sign-in page must know of the provider; null without one.
pub(crate) fn provider_for_screens(shared: &Shared) -> Value {
    match &shared.provider {
        None => Value::Null,
        Some(provider) => json!({
            "name": provider.settings.name,
            "passwords": provider.settings.passwords,
        }),
    }
}

/// Where a browser signs out at the provider; `None` if nobody has to.
pub(crate) fn sign_out_at_provider(shared: &Shared, headers: &HeaderMap) -> Option<String> {
    let back = format!("{}/staff", base_url(shared, headers));
    shared.provider.as_ref()?.sign_out_url(&back)
}

fn provider(shared: &Shared) -> Result<Arc<Provider>, Failure> {
    shared.provider.clone().ok_or_else(|| {
        Failure::forbidden("this server knows no OpenID provider: sign in with an account")
    })
}

/// One for each sign-in: a browser may have begun several, in tabs.
fn state_name(state: &str) -> String {
    format!("{STATE}_{}", &hash(state)[..16])
}

fn state_cookie(shared: &Shared, state: &str, lifetime_s: u32) -> String {
    let name = state_name(state);
    let state = if lifetime_s == 0 { "" } else { state };
    own_cookie(shared, &name, state, &format!("; Max-Age={lifetime_s}"))
}

/// The browser forgets it with its session, or at once.
fn anew_cookie(shared: &Shared, anew: bool) -> String {
    let (value, lifetime) = if anew { ("1", "") } else { ("", "; Max-Age=0") };
    own_cookie(shared, ANEW, value, lifetime)
}

/// What a browser gets whose owner signs out: the next is asked who they are.
pub(crate) fn signed_out_cookie(shared: &Shared) -> Option<String> {
    shared.provider.is_some().then(|| anew_cookie(shared, true))
}

fn own_cookie(shared: &Shared, name: &str, value: &str, lifetime: &str) -> String {
    let secure = if shared.config.is_https() {
        "; Secure"
    } else {
        ""
    };
    format!("{name}={value}; Path=/api/oidc; HttpOnly; SameSite=Lax{lifetime}{secure}")
}

fn note(state: &str) -> String {
    format!("oidc:{}", hash(state))
}

async fn start(State(shared): Ctx, headers: HeaderMap) -> Result<Response, Failure> {
    let provider = provider(&shared)?;
    if !provider.may_begin() {
        return Err(Failure::new(
            StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::TooFast,
            "too many sign-ins were begun in the last minute: wait a little",
        ));
    }
    let redirect = format!("{}/api/oidc/callback", base_url(&shared, &headers));
    let (store, now) = (shared.store.clone(), shared.clock.now());
    let anew = cookie_named(&headers, ANEW).is_some_and(|value| !value.is_empty());
    let begun = spawn_blocking(move || {
        let (url, state, begun) = provider.begin(&redirect, anew)?;
        let text = serde_json::to_string(&begun).map_err(|e| OidcError::Refused(e.to_string()))?;
        let expires = now
            .saturating_add(SignedDuration::from_secs(i64::from(PATIENCE_S)))
            .unwrap_or(now);
        store
            .put_note(&note(state.secret()), &text, expires, now)
            .map_err(|error| OidcError::Refused(error.to_string()))?;
        Ok::<_, OidcError>((url, state))
    });
    match begun.await {
        Ok(Ok((url, state))) => {
            let cookie = state_cookie(&shared, state.secret(), PATIENCE_S);
            Ok(([(SET_COOKIE, cookie)], Redirect::to(&url)).into_response())
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "nobody can sign in at the provider");
            Ok(back("unavailable"))
        }
        Err(_) => Ok(back("unavailable")),
    }
}

/// What the provider sends back with the browser.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
}

async fn callback(
    State(shared): Ctx,
    headers: HeaderMap,
    answer: Result<Query<Answer>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Failure> {
    let provider = provider(&shared)?;
    let Ok(Query(answer)) = answer else {
        return Ok(back("refused"));
    };
    // Only the browser that began it, and only once.
    let own = cookie_named(&headers, &state_name(&answer.state));
    let own = own.is_some_and(|own| hash(own) == hash(&answer.state));
    if !own || answer.state.is_empty() {
        tracing::warn!("an answer of the provider came to a browser that did not ask for it");
        // Another sign-in that this browser has begun goes on.
        return Ok(back("refused"));
    }
    let used = state_cookie(&shared, &answer.state, 0);
    let (store, now) = (shared.store.clone(), shared.clock.now());
    let anew = cookie_named(&headers, ANEW).is_some_and(|value| !value.is_empty());
    let done = spawn_blocking(move || {
        let kept = store
            .take_note(&note(&answer.state), now)
            .map_err(|error| (OidcError::Refused(error.to_string()), anew))?;
        let begun = kept
            .and_then(|text| serde_json::from_str::<Begun>(&text).ok())
            .ok_or_else(|| {
                let why = "it is too late, or came twice".to_owned();
                (OidcError::Refused(why), anew)
            })?;
        let anew = begun.anew;
        if answer.error == "access_denied" {
            return Err((OidcError::GivenUp, anew));
        }
        if !answer.error.is_empty() || answer.code.is_empty() {
            // The provider's words may be anybody's: they are not repeated.
            // One that cannot ask for the account is not asked to again.
            let why = OidcError::Refused("it says that it failed".to_owned());
            return Err((why, false));
        }
        let who = provider.finish(answer.code, begun, now);
        who.map_err(|error| (error, anew))
    });
    match done.await {
        Ok(Ok(who)) => {
            let lifetime = shared.config.resume_lifetime_s;
            let old = cookie(&headers);
            let value = shared.sessions.sign_in(old, who, now, lifetime).await;
            let cookies = AppendHeaders([
                (SET_COOKIE, cookie_header(&shared, &value)),
                (SET_COOKIE, used),
                (SET_COOKIE, anew_cookie(&shared, false)),
            ]);
            Ok((cookies, Redirect::to("/staff")).into_response())
        }
        Ok(Err((error, anew))) => {
            let why = match error {
                OidcError::NoRole(_) => "no_role",
                OidcError::Provider { .. } => "unavailable",
                OidcError::GivenUp => "given_up",
                _ => "refused",
            };
            if why != "given_up" {
                tracing::warn!(%error, "somebody was not let in");
            }
            let cookies = AppendHeaders([
                (SET_COOKIE, used),
                (SET_COOKIE, anew_cookie(&shared, anew || why == "no_role")),
            ]);
            Ok((cookies, back(why)).into_response())
        }
        Err(_) => Ok(back("unavailable")),
    }
}

/// Back to the sign-in page, which says why.
fn back(why: &str) -> Response {
    Redirect::to(&format!("/staff?sign_in={why}")).into_response()
}

fn cookie_named<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}
