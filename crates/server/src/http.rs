//! The HTTP API.

use std::net::SocketAddr;
use std::sync::{Arc, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Query, State};
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Extension, Json, Router};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use qrcode::QrCode;
use qrcode::render::svg;
use tokio::time::Instant;
use tolkebot_casework::{CaseView, FORM, NewEvent, StoreError};
use tolkebot_protocol::{
    ApiError, CaseId, CaseOpened, ErrorCode, EventPayload, OpenCase, PairTablet, Pairing, Role,
    SUBPROTOCOL, SigningTrouble, TabletPaired,
};
use uuid::Uuid;

use crate::access::{Away, Grant, SessionId, session_id};
use crate::browser::{
    base_url, cookie, cookie_header, is_paired, reader_of, remember, require, role_in, same_origin,
};
use crate::case::{LoadError, load};
use crate::listen::Place;
use crate::metrics::add;
use crate::pairing::PairingRefusal;
use crate::policy::Action;
use crate::state::Shared;
use crate::tablets::{TabletId, tablet_of};
use crate::{readiness, sign_in, socket};

/// Largest request body, bytes.
const MAX_BODY: usize = 16 * 1024;

type Ctx = State<Arc<Shared>>;

/// The API's routes.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/cases", get(sign_in::cases).post(open_case))
        .route("/api/cases/{case}/pairing", post(new_pairing))
        .route("/api/cases/{case}/ticket", post(new_ticket))
        .route("/api/pair", post(pair))
        .route("/api/ws", get(open_socket))
        .route("/api/{*rest}", any(unknown))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(readiness::answer))
        .route("/metrics", get(metrics))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

/// An error with its status.
#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    body: ApiError,
}

impl Failure {
    pub fn new(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Failure {
        Failure {
            status,
            body: ApiError {
                code,
                message: message.into(),
                signing: None,
            },
        }
    }

    /// The same, naming the one thing for which signing elsewhere is refused.
    #[must_use]
    pub fn about_signing(mut self, trouble: SigningTrouble) -> Failure {
        self.body.signing = Some(trouble);
        self
    }

    pub fn forbidden(message: &str) -> Failure {
        Failure::new(StatusCode::FORBIDDEN, ErrorCode::NotAllowed, message)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        let code = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::TooLarge,
            _ => ErrorCode::BadMessage,
        };
        Failure::new(rejection.status(), code, rejection.body_text())
    }
}

impl From<Away> for Failure {
    fn from(Away: Away) -> Self {
        Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::NotSaved,
            "who asks cannot be looked up at the moment: try again, or ask whoever runs this server",
        )
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match &error {
            LoadError::Fold(tolkebot_casework::FoldError::NoSuchCase(_)) => Failure::new(
                StatusCode::NOT_FOUND,
                ErrorCode::NotAllowed,
                error.to_string(),
            ),
            LoadError::Store(StoreError::Erased(_)) => {
                Failure::new(StatusCode::GONE, ErrorCode::NotAllowed, error.to_string())
            }
            _ => {
                tracing::error!(%error, "a case cannot be loaded");
                Failure::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    ErrorCode::NotSaved,
                    "the case cannot be read at the moment: try again, or ask whoever runs this \
                     server",
                )
            }
        }
    }
}

async fn unknown() -> Failure {
    Failure::new(
        StatusCode::NOT_FOUND,
        ErrorCode::BadMessage,
        "there is no such address here",
    )
}

async fn open_case(
    State(shared): Ctx,
    headers: HeaderMap,
    body: Result<Json<OpenCase>, JsonRejection>,
) -> Result<Response, Failure> {
    same_origin(&shared, &headers)?;
    let who = require(&shared, &headers, Action::OpenCase).await?;
    let Json(OpenCase { today }) = body?;
    let free = shared
        .openings
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take(1.0, Instant::now());
    if !free {
        return Err(Failure::new(
            StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::TooFast,
            "too many cases were opened in the last minute: wait a little",
        ));
    }
    let now = shared.clock.now();
    let today = match today {
        Some(day) => day.parse::<Date>().map_err(|_| {
            let shown: String = day.chars().take(40).collect();
            Failure::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorCode::BadMessage,
                format!("`today` is `{shown}`, which is no date: write YYYY-MM-DD"),
            )
        })?,
        None => local_today(&shared),
    };
    let case = CaseId(Uuid::new_v4().simple().to_string());
    let opened = NewEvent {
        at: now,
        actor: Role::Staff,
        payload: EventPayload::CaseOpened {
            form: FORM.to_owned(),
            today: today.to_string(),
        },
    };
    let (store, id) = (shared.store.clone(), case.clone());
    let stored = tokio::task::spawn_blocking(move || store.append(&id, 0, &[opened])).await;
    if !matches!(stored, Ok(Ok(_))) {
        if let Ok(Err(error)) = stored {
            tracing::error!(%error, "a case cannot be opened");
        }
        shared.readiness.append_failed();
        return Err(Failure::new(
            StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::NotSaved,
            "the case cannot be stored at the moment: try again, or ask whoever runs this server",
        ));
    }
    add(&shared.metrics.cases_opened, 1);
    if let Some(who) = &who {
        shared.sessions.set_owner(&case, &who.name, now).await;
    }
    let (ticket, cookie) = let_in(&shared, &headers, &case, Role::Staff).await?;
    let pairing = pairing(&shared, &headers, &case)?;
    Ok((
        [(SET_COOKIE, cookie)],
        Json(CaseOpened {
            case,
            ticket,
            pairing,
        }),
    )
        .into_response())
}

async fn new_pairing(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Pairing>, Failure> {
    same_origin(&shared, &headers)?;
    let case = CaseId(case);
    if role_in(&shared, &headers, &case).await? != Some(Role::Staff) {
        return Err(not_yours());
    }
    Ok(Json(pairing(&shared, &headers, &case)?))
}

/// Which page asks for a ticket.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Seat {
    /// What it is; without it the browser's own role.
    role: Option<Role>,
}

/// A ticket for a browser that lost its own, for example because the server fell between taking the
/// old one and handing out the next.
async fn new_ticket(
    State(shared): Ctx,
    Path(case): Path<String>,
    Query(seat): Query<Seat>,
    headers: HeaderMap,
) -> Result<Json<TabletPaired>, Failure> {
    same_origin(&shared, &headers)?;
    let case = CaseId(case);
    let role = match seat.role {
        // Staff's own browser may have the tablet's page open as well.
        Some(Role::Citizen) => {
            let paired = is_paired(&shared, &headers, &case).await?;
            paired.then_some(Role::Citizen)
        }
        wanted => {
            let role = role_in(&shared, &headers, &case).await?;
            role.filter(|role| wanted.is_none_or(|wanted| wanted == *role))
        }
    };
    let role = role.ok_or_else(not_yours)?;
    let grant = Grant {
        case: case.clone(),
        role,
        session: cookie(&headers).map(session_id).unwrap_or_default(),
        paired: false,
        tablet: match role {
            Role::Citizen => tablet_of(&shared, &headers, &case).await?,
            _ => TabletId::new(),
        },
    };
    let ticket = ticket(&shared, grant).await;
    Ok(Json(TabletPaired { case, ticket }))
}

/// A ticket for a socket. Staff's is good while its session is signed in, where accounts are used.
async fn ticket(shared: &Shared, mut grant: Grant) -> String {
    if shared.accounts.is_none() || grant.role != Role::Staff {
        grant.session.clear();
    }
    let (now, lifetime) = (shared.clock.now(), shared.config.ticket_lifetime_s);
    shared.tickets.issue(grant, now, lifetime).await
}

/// Makes a case known to the browser's session. Returns a ticket and the cookie's header.
async fn let_in(
    shared: &Shared,
    headers: &HeaderMap,
    case: &CaseId,
    role: Role,
) -> Result<(String, String), Failure> {
    let is_tablet = role == Role::Citizen;
    let mut grant = Grant {
        case: case.clone(),
        role,
        session: SessionId::new(),
        paired: is_tablet,
        tablet: match is_tablet {
            true => shared.sessions.new_tablet(case, shared.clock.now()).await,
            false => TabletId::new(),
        },
    };
    let value = remember(shared, headers, grant.clone()).await?;
    grant.session = session_id(&value);
    let ticket = ticket(shared, grant).await;
    Ok((ticket, cookie_header(shared, &value)))
}

fn pairing(shared: &Shared, headers: &HeaderMap, case: &CaseId) -> Result<Pairing, Failure> {
    let lifetime = shared.config.pairing_code_lifetime_s;
    let code = shared.codes.issue(case, shared.clock.now(), lifetime);
    let base = base_url(shared, headers);
    // Behind a `#`, so that no proxy's log gets the code.
    let url = format!("{base}/tablet#code={code}");
    let qr = QrCode::new(url.as_bytes()).map_err(|error| {
        Failure::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ErrorCode::BadMessage,
            format!("the address does not fit into a QR code ({error}): shorten `public_url`"),
        )
    })?;
    let svg = qr
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build();
    // Without the XML declaration it can stand in a page.
    let qr_svg = svg
        .find("<svg")
        .map_or(svg.as_str(), |at| &svg[at..])
        .to_owned();
    Ok(Pairing {
        code,
        url,
        qr_svg,
        expires_in_s: lifetime,
    })
}

async fn pair(
    State(shared): Ctx,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Json<PairTablet>, JsonRejection>,
) -> Result<Response, Failure> {
    same_origin(&shared, &headers)?;
    let Json(PairTablet { code }) = body?;
    let now = shared.clock.now();
    let (case, expires) = shared
        .codes
        .redeem(&code, from.ip(), now)
        .map_err(|refusal| match refusal {
            PairingRefusal::Wrong => Failure::new(
                StatusCode::NOT_FOUND,
                ErrorCode::BadTicket,
                "the code is wrong, used or expired: ask staff for a new one",
            ),
            PairingRefusal::TooMany => Failure::new(
                StatusCode::TOO_MANY_REQUESTS,
                ErrorCode::TooFast,
                "too many wrong codes: wait a minute and ask staff for a new one",
            ),
        })?;
    let (ticket, cookie) = match let_in(&shared, &headers, &case, Role::Citizen).await {
        Ok(made) => made,
        Err(failure) => {
            shared.codes.put_back(&code, case, expires);
            return Err(failure);
        }
    };
    add(&shared.metrics.tablets_paired, 1);
    Ok(([(SET_COOKIE, cookie)], Json(TabletPaired { case, ticket })).into_response())
}

/// Today where the municipality is.
fn local_today(shared: &Shared) -> Date {
    let zone = TimeZone::get(&shared.config.time_zone).unwrap_or(TimeZone::UTC);
    zone.to_datetime(shared.clock.now()).date()
}

/// The case, for a browser that may see it, and whose eyes it sees it with.
pub(crate) async fn case_of(
    shared: &Arc<Shared>,
    headers: &HeaderMap,
    case: String,
) -> Result<(CaseView, Role), Failure> {
    let case = CaseId(case);
    let Some(reader) = reader_of(shared, headers, &case).await? else {
        return Err(not_yours());
    };
    let (_, view) = load(&shared.store, &case).await?;
    Ok((view, reader))
}

pub(crate) fn not_yours() -> Failure {
    Failure::forbidden("this browser did not open that case: open or pair it here first")
}

async fn metrics(State(shared): Ctx) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        shared.metrics.text(),
    )
}

async fn open_socket(
    State(shared): Ctx,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    place: Option<Extension<Arc<Place>>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, Failure> {
    same_origin(&shared, &headers)?;
    let upgrade = upgrade.map_err(|rejection| {
        Failure::new(
            rejection.status(),
            ErrorCode::BadMessage,
            rejection.body_text(),
        )
    })?;
    if !upgrade
        .requested_protocols()
        .any(|p| p.as_bytes() == SUBPROTOCOL.as_bytes())
    {
        return Err(Failure::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::BadMessage,
            format!("this server speaks the WebSocket subprotocol `{SUBPROTOCOL}`: offer it"),
        ));
    }
    let busy =
        |message: &str| Failure::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Busy, message);
    if *shared.stopping.borrow() {
        return Err(busy("the server is stopping: try again in a moment"));
    }
    let open = shared
        .metrics
        .sockets
        .load(std::sync::atomic::Ordering::Relaxed);
    if open >= i64::from(shared.config.limits.sockets) {
        return Err(busy("too many clients are connected: try again later"));
    }
    let most = shared.config.limits.new_sockets_per_address;
    let Some(new) = shared.new_sockets.enter(from.ip(), most) else {
        return Err(busy(
            "too many sockets of this address have said nothing yet: send `hello` right after connecting",
        ));
    };
    Ok(upgrade
        .protocols([SUBPROTOCOL])
        .max_message_size(socket::READ_BYTES)
        .max_frame_size(socket::READ_BYTES)
        .on_upgrade(move |ws| async move {
            socket::serve(shared, ws, new).await;
            drop(place);
        }))
}
