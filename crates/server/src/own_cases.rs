//! The cases that wait for the staff who opened them: so that one that was sent back, or left for the
//! next citizen, is found again.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use axum::{Json, Router};
use tolkebot_casework::{CaseSummary, Progress, Store, cases_in, outline};
use tolkebot_protocol::{CaseId, CaseStage, OwnCase, Role};

use crate::access::Away;
use crate::accounts::SignedIn;
use crate::browser::{require, session};
use crate::http::Failure;
use crate::policy::Action;
use crate::sign_in::read;
use crate::state::Shared;

/// Most cases in a list: what nobody took up for longer than that is found by a supervisor.
const MOST: usize = 30;

/// Cases that may be staff's to go on with, as the list says it; whether they are is seen by each.
const UNFINISHED: [Progress; 5] = [
    Progress::Open,
    Progress::Ended,
    Progress::InReview,
    Progress::Returned,
    Progress::Approved,
];

/// The route.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/api/cases/own", get(own))
}

async fn own(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Json<Vec<OwnCase>>, Failure> {
    let who = require(&shared, &headers, Action::ListOwnCases).await?;
    let mut lines = read(&shared, |store| cases_in(store, &UNFINISHED)).await?;
    // What was sent back waits for somebody; of the rest, the newest is the likeliest.
    lines.sort_by_key(|line| {
        let returned = line.progress == Some(Progress::Returned);
        Reverse((returned, line.changed_at.clone()))
    });
    let mine = own_among(&shared, &headers, who.as_ref(), lines).await?;
    let found = read(&shared, move |store| {
        let waiting = mine.into_iter().filter_map(|line| own_case(store, line));
        Ok(waiting.take(MOST).collect())
    });
    Ok(Json(found.await?))
}

/// Those of an account; without accounts, those that this browser opened.
async fn own_among(
    shared: &Shared,
    headers: &HeaderMap,
    who: Option<&SignedIn>,
    lines: Vec<CaseSummary>,
) -> Result<Vec<CaseSummary>, Away> {
    let Some(who) = who else {
        let known = session(shared, headers).await?.unwrap_or_default().cases;
        let opened = |case: &CaseId| known.get(case) == Some(&Role::Staff);
        return Ok(lines.into_iter().filter(|l| opened(&l.case)).collect());
    };
    let now = shared.clock.now();
    let mut mine = Vec::new();
    for line in lines {
        let owner = shared.sessions.owner(&line.case, now).await?;
        if owner.as_ref() == Some(&who.name) {
            mine.push(line);
        }
    }
    Ok(mine)
}

/// The line of a case whose next step is staff's. A damaged one is the audit's business and hides no
/// other.
fn own_case(store: &dyn Store, line: CaseSummary) -> Option<OwnCase> {
    let outline = outline(store, &line.case).ok()??;
    let state = outline.stage;
    let theirs = matches!(
        state,
        CaseStage::Open | CaseStage::ReadBack | CaseStage::Signed | CaseStage::Returned
    );
    theirs.then_some(OwnCase {
        case: line.case,
        state,
        opened_at: line.opened_at,
        changed_at: line.changed_at,
        move_date: outline.move_date,
    })
}
