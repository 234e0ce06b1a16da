//! Which tablet belongs to a case: the one that was paired last. What those before it were given is void, so that
//! changing the tablet takes the conversation away from whoever holds the old one.

use axum::http::HeaderMap;
use jiff::Timestamp;
use tolkebot_protocol::CaseId;
use uuid::Uuid;

use crate::access::{Away, Session, Sessions};
use crate::browser::session;
use crate::state::Shared;

/// A random number of one pairing: the next tablet's voids all that the one before it was given.
pub(crate) type TabletId = String;

impl Sessions {
    /// A tablet is paired with a case: those that were before are not any more.
    pub async fn new_tablet(&self, case: &CaseId, now: Timestamp) -> TabletId {
        let tablet = Uuid::new_v4().simple().to_string();
        self.notes
            .put(tablet_note(case), tablet.clone(), Timestamp::MAX, now)
            .await;
        tablet
    }

    /// Whether a case has had no other tablet since this one.
    pub async fn is_latest_tablet(
        &self,
        case: &CaseId,
        tablet: &str,
        now: Timestamp,
    ) -> Result<bool, Away> {
        let latest = self.notes.get(tablet_note(case), now).await?;
        Ok(latest.is_none_or(|latest| latest == tablet))
    }
}

/// The name of the note with the tablet that a case was paired with last; it goes with the case too.
fn tablet_note(case: &CaseId) -> String {
    format!("tablet/{case}")
}

/// True if a browser was paired with a case, and no other tablet was after it.
pub(crate) async fn is_latest(
    shared: &Shared,
    session: &Session,
    case: &CaseId,
) -> Result<bool, Away> {
    if !session.is_paired(case) {
        return Ok(false);
    }
    let tablet = session.paired_as.get(case).map_or("", String::as_str);
    let now = shared.clock.now();
    shared.sessions.is_latest_tablet(case, tablet, now).await
}

/// As which tablet a browser was paired with a case.
pub(crate) async fn tablet_of(
    shared: &Shared,
    headers: &HeaderMap,
    case: &CaseId,
) -> Result<TabletId, Away> {
    let session = session(shared, headers).await?.unwrap_or_default();
    Ok(session.paired_as.get(case).cloned().unwrap_or_default())
}
