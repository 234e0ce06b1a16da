//! The web client's files, and the headers that every answer carries.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tolkebot_protocol::ErrorCode;
use tower_http::services::ServeDir;

use crate::http::Failure;
use crate::state::Shared;

/// Scripts, styles, workers and sockets from here only; nothing inline; no frames.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                   font-src 'self'; connect-src 'self'; media-src 'self' blob:; \
                   worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
                   frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";

/// The pages at `/staff` and `/tablet`, and the files that they need.
pub(crate) fn routes(web_dir: &FilePath) -> Router<Arc<Shared>> {
    let page = |name: &'static str| {
        let dir = web_dir.to_owned();
        get(move || entrance(dir, name))
    };
    let home_dir = web_dir.to_owned();
    Router::new()
        .route("/", get(move || home(home_dir)))
        .route("/staff", page("staff"))
        .route("/staff/", page("staff"))
        .route("/staff/{*path}", page("staff"))
        .route("/supervisor", page("supervisor"))
        .route("/supervisor/", page("supervisor"))
        .route("/tablet", page("tablet"))
        .route("/tablet/", page("tablet"))
        .route("/tablet/{*path}", page("tablet"))
        .fallback_service(ServeDir::new(web_dir).append_index_html_on_directories(false))
}

/// The page that shows the entrances, or the staff's.
async fn home(dir: PathBuf) -> Response {
    match tokio::fs::read(dir.join("index.html")).await {
        Ok(page) => ([(CONTENT_TYPE, HTML)], page).into_response(),
        Err(_) => Redirect::temporary("/staff").into_response(),
    }
}

/// One entrance of the client: a page of its own, or the one page of all.
async fn entrance(dir: PathBuf, name: &'static str) -> Response {
    for file in [
        format!("{name}/index.html"),
        format!("{name}.html"),
        "index.html".to_owned(),
    ] {
        if let Ok(page) = tokio::fs::read(dir.join(file)).await {
            return ([(CONTENT_TYPE, HTML)], page).into_response();
        }
    }
    Failure::new(
        StatusCode::NOT_FOUND,
        ErrorCode::BadMessage,
        format!(
            "the web client is not in `{}`: build it, or set `web_dir` to where it is",
            dir.display()
        ),
    )
    .into_response()
}

/// Adds security and caching headers to every answer.
pub(crate) async fn headers(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "microphone=(self), camera=(), geolocation=()",
        ),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if shared.config.is_strictly_https() {
        headers.insert(
            HeaderName::from_static("strict-transport-security"),
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    cache(&path, headers);
    response
}

/// Personal data is never kept; files with a hash in their name for ever; pages are asked for again.
fn cache(path: &str, headers: &mut HeaderMap) {
    let value = if path.starts_with("/api/") {
        "no-store"
    } else if path.starts_with("/assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(value));
}
