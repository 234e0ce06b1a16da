//! What a request says of the browser that sent it: its page's origin, its session.

use axum::http::header::{COOKIE as COOKIE_HEADER, HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use tokio::task::spawn_blocking;
use tolkebot_protocol::{CaseId, ErrorCode, Role};

use crate::access::{Away, COOKIE, Grant, Session};
use crate::accounts::{AccountError, SignedIn};
use crate::config::origin_of;
use crate::http::Failure;
use crate::policy::{AccountRole, Action, permits};
use crate::state::Shared;
use crate::tablets::is_latest;

/// The host that the request was sent to.
pub(crate) fn host(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(HOST)?.to_str().ok()?.to_ascii_lowercase())
}

/// How the browser reaches the server: scheme, host and port.
pub(crate) fn base_url(shared: &Shared, headers: &HeaderMap) -> String {
    if !shared.config.public_url.is_empty() {
        return shared.config.public_url.trim_end_matches('/').to_owned();
    }
    let host = host(headers).unwrap_or_else(|| shared.config.listen.to_string());
    let scheme = if shared.config.is_https() {
        "https"
    } else {
        "http"
    };
    format!("{scheme}://{host}")
}

/// Refuses requests that another site's page makes. Programs that are no browsers send no origin.
pub(crate) fn same_origin(shared: &Shared, headers: &HeaderMap) -> Result<(), Failure> {
    let Some(origin) = headers.get(ORIGIN) else {
        return Ok(());
    };
    let origin = origin.to_str().ok().and_then(origin_of);
    let allowed = origin.as_ref().is_some_and(|origin| {
        let listed = shared.config.allowed_origins.iter().map(String::as_str);
        let known = listed
            .chain([shared.config.public_url.as_str()])
            .any(|one| origin_of(one).as_ref() == Some(origin));
        known
            || host(headers).is_some_and(|host| {
                ["http", "https"]
                    .iter()
                    .any(|scheme| origin_of(&format!("{scheme}://{host}")).as_ref() == Some(origin))
            })
    });
    if allowed {
        Ok(())
    } else {
        Err(Failure::forbidden(
            "the page that asks is not this server's: add its origin to `allowed_origins`",
        ))
    }
}

/// The value of the session cookie.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE_HEADER)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Adds a grant to the browser's session. Returns the cookie's value.
pub(crate) async fn remember(
    shared: &Shared,
    headers: &HeaderMap,
    grant: Grant,
) -> Result<String, Away> {
    let lifetime = shared.config.resume_lifetime_s;
    let now = shared.clock.now();
    let current = cookie(headers);
    shared.sessions.add(current, grant, now, lifetime).await
}

/// The header that sets the session cookie; an empty value removes it.
pub(crate) fn cookie_header(shared: &Shared, value: &str) -> String {
    let lifetime = if value.is_empty() {
        0
    } else {
        shared.config.resume_lifetime_s
    };
    let secure = if shared.config.is_https() {
        "; Secure"
    } else {
        ""
    };
    format!("{COOKIE}={value}; Path=/api; HttpOnly; SameSite=Strict; Max-Age={lifetime}{secure}")
}

/// The browser's session, if it has one.
pub(crate) async fn session(shared: &Shared, headers: &HeaderMap) -> Result<Option<Session>, Away> {
    match cookie(headers) {
        Some(value) => shared.sessions.get(value, shared.clock.now()).await,
        None => Ok(None),
    }
}

/// Who is signed in, with the role that the account has now; `None` if nobody is, or may be any
/// more.
pub(crate) async fn signed_in(
    shared: &Shared,
    session: Option<&Session>,
) -> Result<Option<SignedIn>, Away> {
    let who = session.and_then(|session| session.account.clone());
    let (Some(who), Some(accounts)) = (who, shared.accounts.clone()) else {
        return Ok(None);
    };
    let now = shared.clock.now();
    if let Some(until) = who.until {
        return Ok((now < until && shared.provider.is_some()).then_some(who));
    }
    let looked = spawn_blocking(move || {
        let role = accounts.role(&who.name, who.generation, now)?;
        Ok::<_, AccountError>(role.map(|role| SignedIn { role, ..who }))
    });
    match looked.await {
        Ok(Ok(who)) => Ok(who),
        _ => Err(Away),
    }
}

/// Who sends a request; `None` without a valid sign-in.
pub(crate) async fn who(shared: &Shared, headers: &HeaderMap) -> Result<Option<SignedIn>, Away> {
    let session = session(shared, headers).await?;
    signed_in(shared, session.as_ref()).await
}

/// What a browser's owner may do that is about no single case.
///
/// # Errors
/// 401 if nobody is signed in, 403 if the role may not, 503 if that cannot be looked up.
pub(crate) async fn require(
    shared: &Shared,
    headers: &HeaderMap,
    action: Action,
) -> Result<Option<SignedIn>, Failure> {
    if shared.accounts.is_none() {
        return match action {
            Action::OpenCase | Action::ListOwnCases => Ok(None),
            _ => Err(Failure::forbidden(
                "this server runs without accounts: set `access.accounts` and sign in",
            )),
        };
    }
    let Some(who) = who(shared, headers).await? else {
        return Err(Failure::new(
            StatusCode::UNAUTHORIZED,
            ErrorCode::NotAllowed,
            "nobody is signed in here: sign in first",
        ));
    };
    if permits(who.role, action) {
        Ok(Some(who))
    } else {
        Err(Failure::forbidden("your role may not do that"))
    }
}

/// The role in which a browser takes part in a case, staff's if it has both; `None` if it does not.
pub(crate) async fn role_in(
    shared: &Shared,
    headers: &HeaderMap,
    case: &CaseId,
) -> Result<Option<Role>, Away> {
    let Some(session) = session(shared, headers).await? else {
        return Ok(None);
    };
    let paired = is_latest(shared, &session, case).await?;
    if shared.accounts.is_none() {
        let role = session.cases.get(case).copied();
        return Ok(role.filter(|role| *role != Role::Citizen || paired));
    }
    if let Some((role, own)) = is_own(shared, &session, case).await?
        && permits(role, Action::TakePart { own })
    {
        return Ok(Some(Role::Staff));
    }
    Ok(paired.then_some(Role::Citizen))
}

/// True if a browser was paired with a case and no other tablet was since, whatever else it is.
pub(crate) async fn is_paired(
    shared: &Shared,
    headers: &HeaderMap,
    case: &CaseId,
) -> Result<bool, Away> {
    match session(shared, headers).await? {
        Some(session) => is_latest(shared, &session, case).await,
        None => Ok(false),
    }
}

/// Whose eyes a browser sees a case's form with: those of who takes part, and of who reviews. `None` if
/// it may not.
pub(crate) async fn reader_of(
    shared: &Shared,
    headers: &HeaderMap,
    case: &CaseId,
) -> Result<Option<Role>, Away> {
    let role = role_in(shared, headers, case).await?;
    if role.is_some() {
        return Ok(role);
    }
    let Some(session) = session(shared, headers).await? else {
        return Ok(None);
    };
    Ok(match is_own(shared, &session, case).await? {
        Some((role, own)) => permits(role, Action::ReadCase { own }).then_some(Role::Supervisor),
        None => None,
    })
}

/// The role of who is signed in, and whether they opened the case.
async fn is_own(
    shared: &Shared,
    session: &Session,
    case: &CaseId,
) -> Result<Option<(AccountRole, bool)>, Away> {
    let Some(who) = signed_in(shared, Some(session)).await? else {
        return Ok(None);
    };
    let owner = shared.sessions.owner(case, shared.clock.now()).await?;
    Ok(Some((who.role, owner.as_ref() == Some(&who.name))))
}
