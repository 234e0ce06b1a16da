//! The second person's side: the queue, what a case rests on, returning and approving.

use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tokio::task::spawn_blocking;
use tolkebot_casework::{
    CaseView, NewEvent, Outline, Progress, Step, StepError, Store, StoreError, Story, cases_in,
    danish_day, outline, verify,
};
use tolkebot_protocol::{
    ApproveCase, CaseEvent, CaseId, CaseStage, Deadline, ErrorCode, EventPayload, FieldComment,
    QueueLine, ReturnCase, ReviewView, Role, StageView,
};

use crate::accounts::SignedIn;
use crate::appendix::noted_at;
use crate::browser::{require, same_origin};
use crate::documents::stage_of;
use crate::http::Failure;
use crate::policy::{Action, permits};
use crate::state::Shared;

type Ctx = State<Arc<Shared>>;

/// Longest reason or remark, characters.
const MAX_TEXT: usize = 2000;
/// Most remarks at once.
const MAX_COMMENTS: usize = 200;

/// The routes.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/api/review", get(queue))
        .route("/api/cases/{case}/review", get(review))
        .route("/api/cases/{case}/review/return", post(give_back))
        .route("/api/cases/{case}/review/approve", post(approve))
}

/// Why nothing came of a request, from a blocking thread.
enum Trouble {
    Store(StoreError),
    Refused(String),
    /// A remark that cannot stand; says which and why.
    Remark(String),
    Unknown,
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Trouble::Store(error)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Store(StoreError::Erased(case)) => Failure::new(
                StatusCode::GONE,
                ErrorCode::NotAllowed,
                StoreError::Erased(case).to_string(),
            ),
            Trouble::Store(error) => {
                tracing::error!(%error, "a case cannot be reviewed");
                Failure::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    ErrorCode::NotSaved,
                    "the case cannot be read or stored at the moment: try again",
                )
            }
            Trouble::Refused(why) => Failure::new(StatusCode::CONFLICT, ErrorCode::NotAllowed, why),
            Trouble::Remark(why) => {
                Failure::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorCode::BadSlot, why)
            }
            Trouble::Unknown => Failure::new(
                StatusCode::NOT_FOUND,
                ErrorCode::NotAllowed,
                "there is no such case: see the queue",
            ),
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Failure> {
    match spawn_blocking(work).await {
        Ok(result) => result.map_err(Failure::from),
        Err(_) => Err(Failure::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            ErrorCode::EngineFailed,
            "the review stopped: try again",
        )),
    }
}

fn events(store: &dyn Store, case: &CaseId) -> Result<Vec<CaseEvent>, Trouble> {
    let stored = store.load(case, 0)?;
    Ok(stored.into_iter().map(|one| one.event).collect())
}

/// Who asks: reviewing needs an account, so that four eyes are two people.
async fn reviewer(shared: &Shared, headers: &HeaderMap) -> Result<SignedIn, Failure> {
    let action = Action::ReadCase { own: false };
    let who = require(shared, headers, action).await?;
    who.ok_or_else(|| Failure::forbidden("reviewing needs an account: sign in first"))
}

async fn may_approve(shared: &Shared, who: &SignedIn, case: &CaseId) -> Result<bool, Failure> {
    let owner = shared.sessions.owner(case, shared.clock.now()).await?;
    let own = owner.as_ref() == Some(&who.name);
    Ok(permits(who.role, Action::Approve { own }))
}

/// Seconds from an RFC 3339 time to now; 0 for times that cannot be read.
fn age_s(since: &str, now: Timestamp) -> u64 {
    let since: Option<Timestamp> = since.parse().ok();
    since.map_or(0, |since| {
        u64::try_from(now.as_second() - since.as_second()).unwrap_or(0)
    })
}

/// Cases that may be in the queue, as the list says it; whether they are is seen by each.
const ON_THE_WAY: [Progress; 4] = [
    Progress::InReview,
    Progress::Returned,
    Progress::Approved,
    Progress::HandingIn,
];

async fn queue(State(shared): Ctx, headers: HeaderMap) -> Result<Json<Vec<QueueLine>>, Failure> {
    let who = reviewer(&shared, &headers).await?;
    let (store, now) = (shared.store.clone(), shared.clock.now());
    let mut lines = blocking(move || {
        let mut lines = Vec::new();
        for line in cases_in(&*store, &ON_THE_WAY)? {
            // A damaged case is the audit's business and hides no other.
            if let Ok(Some(outline)) = outline(&*store, &line.case) {
                lines.extend(queue_line(line.case, outline, now));
            }
        }
        lines.sort_by(|a, b| urgency(a).cmp(&urgency(b)));
        Ok(lines)
    })
    .await?;
    for line in &mut lines {
        let owner = shared.sessions.owner(&line.case, now).await?;
        line.sent_by = line.sent_by.take().or(owner);
        let own = line.sent_by.as_deref() == Some(who.name.as_str());
        line.may_approve = permits(who.role, Action::Approve { own });
    }
    Ok(Json(lines))
}

/// Days after the move within which it must be reported (CPR-loven § 12, stk. 1).
const REPORT_DAYS: i32 = 5;
/// So many days before the last one a case counts as near it.
const NEAR_DAYS: i32 = 2;

/// What comes first: what can be judged, then what the law's deadline presses, the longest overdue
/// before all; of the rest, what waits longest.
fn urgency(line: &QueueLine) -> (CaseStage, Deadline, Option<&str>, &str) {
    let pressing = (line.deadline != Deadline::Open).then_some(line.report_by.as_deref());
    (line.state, line.deadline, pressing.flatten(), &line.since)
}

/// The last day on which a move may be reported, and how far off it is.
fn deadline(move_date: Option<&str>, today: Date) -> (Option<Date>, Deadline) {
    let moved: Option<Date> = move_date.and_then(|date| date.parse().ok());
    let Some(last) = moved.and_then(|date| date.checked_add(REPORT_DAYS.days()).ok()) else {
        return (None, Deadline::Open);
    };
    let left = (last - today).get_days();
    let how = if left < 0 {
        Deadline::Passed
    } else if left <= NEAR_DAYS {
        Deadline::Near
    } else {
        Deadline::Open
    };
    (Some(last), how)
}

/// The line of a case that is in review or came back from it.
fn queue_line(case: CaseId, outline: Outline, now: Timestamp) -> Option<QueueLine> {
    if !matches!(
        outline.stage,
        CaseStage::InReview | CaseStage::Returned | CaseStage::Approved
    ) {
        return None;
    }
    let (last, how) = deadline(outline.move_date.as_deref(), danish_day(now));
    Some(QueueLine {
        case,
        state: outline.stage,
        age_s: age_s(&outline.since, now),
        since: outline.since,
        settled: outline.settled,
        total: outline.total,
        sent_by: outline.sent_by,
        may_approve: false,
        move_type: outline.move_type,
        move_date: outline.move_date,
        report_by: last.map(|day| day.to_string()),
        deadline: how,
        returned: outline.returns,
        warnings: outline.warnings,
    })
}

async fn review(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
) -> Result<Json<ReviewView>, Failure> {
    let who = reviewer(&shared, &headers).await?;
    let case = CaseId(case);
    let owner = shared.sessions.owner(&case, shared.clock.now()).await?;
    let own = owner.as_ref() == Some(&who.name);
    let may_approve = permits(who.role, Action::Approve { own });
    let (store, authority) = (shared.store.clone(), shared.config.authority.clone());
    let view = blocking(move || {
        let events = events(&*store, &case)?;
        let mut story = Story::of(&case, &events).map_err(|_| Trouble::Unknown)?;
        // Who opened a case stands beside its log, not in it.
        if let Some(opened) = story.history.first_mut() {
            opened.by = opened.by.take().or(owner);
        }
        let evidence = story.evidence();
        let Story {
            view,
            history,
            changed_since_return,
        } = story;
        let log_intact = verify(&*store, &case).is_ok();
        Ok(ReviewView {
            stage: stage_of(&view, &authority),
            form: view.form(),
            evidence,
            history,
            changed_since_return,
            log_intact,
            may_approve: may_approve && view.lifecycle().sent_by() != Some(who.name.as_str()),
            case,
        })
    })
    .await?;
    Ok(Json(view))
}

/// What is shown of a key that may be anything.
fn short(key: &str) -> String {
    key.chars().take(60).collect()
}

/// Checks that remarks say something, and no two of them about the same field.
fn well_written(comments: &[FieldComment]) -> Result<(), Trouble> {
    for (n, one) in comments.iter().enumerate() {
        let key = short(&one.key);
        if one.text.trim().is_empty() {
            return Err(Trouble::Remark(format!(
                "the remark on `{key}` is empty: write what is wrong, or leave it out"
            )));
        }
        if comments[..n].iter().any(|other| other.key == one.key) {
            return Err(Trouble::Remark(format!(
                "there are two remarks on `{key}`: send them as one"
            )));
        }
    }
    Ok(())
}

/// Checks that remarks are about fields that the form of this case shows: of seven people, not an eighth.
fn about_the_form(comments: &[FieldComment], view: &CaseView) -> Result<(), Trouble> {
    let form = view.form();
    let known = |key: &str| {
        let mut slots = form.sections.iter().flat_map(|s| &s.slots);
        slots.any(|slot| slot.key == key)
    };
    match comments.iter().find(|one| !known(&one.key)) {
        None => Ok(()),
        Some(wrong) => Err(Trouble::Remark(format!(
            "the form of this case has no field `{}` to remark on: look at the case again",
            short(&wrong.key)
        ))),
    }
}

async fn give_back(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<ReturnCase>, JsonRejection>,
) -> Result<Json<StageView>, Failure> {
    same_origin(&shared, &headers)?;
    let who = reviewer(&shared, &headers).await?;
    let Json(ReturnCase {
        digest,
        noted,
        reason,
        comments,
    }) = body?;
    let texts = comments.iter().map(|c| &c.text).chain([&reason]);
    let too_long = texts.into_iter().any(|t| t.chars().count() > MAX_TEXT);
    if reason.trim().is_empty() || too_long || comments.len() > MAX_COMMENTS {
        return Err(Failure::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::BadMessage,
            format!(
                "say why, in at most {MAX_TEXT} characters each, with at most {MAX_COMMENTS} remarks"
            ),
        ));
    }
    well_written(&comments).map_err(Failure::from)?;
    let payload = EventPayload::Returned {
        reason,
        comments,
        by: Some(who.name),
    };
    let seen = Seen { digest, noted };
    step(&shared, CaseId(case), seen, payload, |_| Step::Return).await
}

async fn approve(
    State(shared): Ctx,
    Path(case): Path<String>,
    headers: HeaderMap,
    body: Result<Json<ApproveCase>, JsonRejection>,
) -> Result<Json<StageView>, Failure> {
    same_origin(&shared, &headers)?;
    let who = reviewer(&shared, &headers).await?;
    let case = CaseId(case);
    if !may_approve(&shared, &who, &case).await? {
        return Err(Failure::forbidden(
            "nobody approves a case that they filled in themselves: ask somebody else",
        ));
    }
    let Json(ApproveCase { digest, noted }) = body?;
    let payload = EventPayload::Approved {
        digest,
        by: Some(who.name),
    };
    // What was approved is compared with what was signed.
    let seen = Seen {
        digest: None,
        noted,
    };
    let approved = step(&shared, case, seen, payload, |payload| match payload {
        EventPayload::Approved { digest, by } => Step::Approve {
            digest,
            by: by.as_deref(),
        },
        _ => Step::Return,
    })
    .await?;
    shared.approved.notify_one();
    Ok(approved)
}

/// What a supervisor looked at, as far as they say it: about anything else nothing is decided.
struct Seen {
    /// Digest of the document.
    digest: Option<String>,
    /// When the employee's note was last decided about; the digest says nothing of it.
    noted: Option<String>,
}

impl Seen {
    /// Whether the case still is what they looked at.
    fn is(&self, view: &CaseView, authority: &str) -> bool {
        let same_values = |digest: &String| *digest == stage_of(view, authority).digest;
        let same_note = |noted: &String| *noted == noted_at(view);
        self.digest.as_ref().is_none_or(same_values) && self.noted.as_ref().is_none_or(same_note)
    }
}

/// Checks a supervisor's step against the case as it is and appends it, at once: if somebody else
/// appends in between, it is checked anew.
async fn step(
    shared: &Arc<Shared>,
    case: CaseId,
    seen: Seen,
    payload: EventPayload,
    step: for<'a> fn(&'a EventPayload) -> Step<'a>,
) -> Result<Json<StageView>, Failure> {
    let (store, now) = (shared.store.clone(), shared.clock.now());
    let authority = shared.config.authority.clone();
    let id = case.clone();
    let stage = blocking(move || {
        for _ in 0..10 {
            let mut view =
                CaseView::fold(&id, &events(&*store, &id)?).map_err(|_| Trouble::Unknown)?;
            let complete = view.open().is_nothing();
            view.lifecycle()
                .check(step(&payload), Role::Supervisor, complete)
                .map_err(|refused| Trouble::Refused(refused.to_string()))?;
            if !seen.is(&view, &authority) {
                return Err(Trouble::Refused(StepError::Changed.to_string()));
            }
            if let EventPayload::Returned { comments, .. } = &payload {
                about_the_form(comments, &view)?;
            }
            let event = NewEvent {
                at: now,
                actor: Role::Supervisor,
                payload: payload.clone(),
            };
            match store.append(&id, view.seq(), &[event]) {
                Ok(stored) => {
                    for one in &stored {
                        view.apply(&one.event).map_err(|_| Trouble::Unknown)?;
                    }
                    return Ok(stage_of(&view, &authority));
                }
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Trouble::Refused(
            "the case changes all the time: try again when it is quiet".to_owned(),
        ))
    })
    .await?;
    shared.cases.look_again(&case);
    Ok(Json(stage))
}
