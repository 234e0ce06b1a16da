//! Who may come in: tickets and session cookies. Codes that pair a tablet: `pairing`.
//!
//! A ticket belongs to one case. A session is a browser's: it knows the cases that the browser
//! opened or was paired with and, where accounts are used, who is signed in.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tolkebot_casework::Store;
use tolkebot_protocol::{CaseId, Role};
use uuid::Uuid;

use crate::accounts::SignedIn;
pub(crate) use crate::notes::Away;
use crate::notes::Notes;
use crate::tablets::TabletId;

/// 244 random bits as 64 hexadecimal digits.
fn secret() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// Secrets are kept by their hash, so that memory, files and look-up time do not give them away.
pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(crate) fn after(now: Timestamp, seconds: u32) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(i64::from(seconds)))
        .unwrap_or(Timestamp::MAX)
}

/// What a ticket or a session gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub case: CaseId,
    pub role: Role,
    /// The session that must still be signed in when it is used; empty if none need be.
    #[serde(default)]
    pub session: SessionId,
    /// True for the ticket that a pairing code gave, and for none after it.
    #[serde(default)]
    pub paired: bool,
    /// Which tablet of the case it is for; empty for staff's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tablet: TabletId,
}

/// One-time tickets for sockets.
pub(crate) struct Tickets(Notes);

impl Tickets {
    pub fn new(store: Arc<dyn Store>) -> Tickets {
        Tickets(Notes::new(store))
    }

    /// A new ticket, good for one socket within `lifetime_s`.
    pub async fn issue(&self, grant: Grant, now: Timestamp, lifetime_s: u32) -> String {
        let ticket = secret();
        self.put_back(&ticket, &grant, now, lifetime_s).await;
        ticket
    }

    /// Makes a ticket good again that was used up in vain.
    pub async fn put_back(&self, ticket: &str, grant: &Grant, now: Timestamp, lifetime_s: u32) {
        let value = serde_json::to_string(grant).unwrap_or_default();
        let key = format!("ticket:{}", hash(ticket));
        self.0.put(key, value, after(now, lifetime_s), now).await;
    }

    /// Uses a ticket up; `None` if it is unknown, used or expired.
    pub async fn redeem(&self, ticket: &str, now: Timestamp) -> Result<Option<Grant>, Away> {
        let value = self.0.take(format!("ticket:{}", hash(ticket)), now).await?;
        Ok(value.and_then(|value| serde_json::from_str(&value).ok()))
    }
}

/// Name of the session cookie.
pub(crate) const COOKIE: &str = "tolkebot_session";

/// A session's name in the store: the hash of its cookie.
pub(crate) type SessionId = String;

/// What is known of a browser.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Session {
    /// Who is signed in.
    #[serde(default)]
    pub account: Option<SignedIn>,
    /// The cases that it opened or was paired with.
    #[serde(default)]
    pub cases: HashMap<CaseId, Role>,
    /// Cases that it opened and was paired with as well: the tablet's page in staff's own browser.
    #[serde(default, skip_serializing_if = "HashSet::is_empty")]
    pub tablets: HashSet<CaseId>,
    /// As which tablet it was paired with a case.
    #[serde(default, skip_serializing_if = "HashMap::is_empty")]
    pub paired_as: HashMap<CaseId, TabletId>,
}

impl Session {
    /// Takes a role in a case. Being paired takes nothing away from whoever opened the case.
    fn grant(&mut self, case: CaseId, role: Role, tablet: TabletId) {
        if role == Role::Citizen {
            self.paired_as.insert(case.clone(), tablet);
        }
        match self.cases.get(&case) {
            Some(Role::Staff) if role == Role::Citizen => {
                self.tablets.insert(case);
            }
            Some(Role::Citizen) if role == Role::Staff => {
                self.tablets.insert(case.clone());
                self.cases.insert(case, role);
            }
            _ => {
                self.cases.insert(case, role);
            }
        }
    }

    /// True if the browser was paired with a case.
    pub fn is_paired(&self, case: &CaseId) -> bool {
        self.tablets.contains(case) || self.cases.get(case) == Some(&Role::Citizen)
    }
}

/// All browsers' sessions, and who opened which case.
pub(crate) struct Sessions {
    pub(crate) notes: Notes,
    /// Held while a session is changed.
    changing: tokio::sync::Mutex<()>,
}

impl Sessions {
    pub fn new(store: Arc<dyn Store>) -> Sessions {
        Sessions {
            notes: Notes::new(store),
            changing: tokio::sync::Mutex::default(),
        }
    }

    /// Adds a grant to the browser's session, or to a new one. Returns the cookie's value. A session that
    /// cannot be read is not replaced: whoever is signed in there would not be any more.
    pub async fn add(
        &self,
        current: Option<&str>,
        grant: Grant,
        now: Timestamp,
        lifetime_s: u32,
    ) -> Result<String, Away> {
        let _changing = self.changing.lock().await;
        let known = match current {
            Some(value) => self.get(value, now).await?.map(|s| (value.to_owned(), s)),
            None => None,
        };
        let (value, mut session) = known.unwrap_or_else(|| (secret(), Session::default()));
        session.grant(grant.case, grant.role, grant.tablet);
        self.put(&value, &session, now, lifetime_s).await;
        Ok(value)
    }

    /// Begins a new session for somebody who signed in; the browser's old one ends. Returns the
    /// cookie's value.
    pub async fn sign_in(
        &self,
        current: Option<&str>,
        account: SignedIn,
        now: Timestamp,
        lifetime_s: u32,
    ) -> String {
        let _changing = self.changing.lock().await;
        if let Some(old) = current {
            // One that cannot be ended now ends by its age; the browser has forgotten it.
            let _ = self.notes.take(session_id(old), now).await;
        }
        let value = secret();
        let session = Session {
            account: Some(account),
            ..Session::default()
        };
        self.put(&value, &session, now, lifetime_s).await;
        value
    }

    /// Ends a session; it goes on if the store does not answer.
    pub async fn end(&self, value: &str, now: Timestamp) -> Result<(), Away> {
        let _changing = self.changing.lock().await;
        self.notes.forget(session_id(value), now).await
    }

    /// A browser's session by its cookie.
    pub async fn get(&self, value: &str, now: Timestamp) -> Result<Option<Session>, Away> {
        self.by_id(&session_id(value), now).await
    }

    /// A session by its name in the store.
    pub async fn by_id(&self, id: &SessionId, now: Timestamp) -> Result<Option<Session>, Away> {
        let text = self.notes.get(id.clone(), now).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    async fn put(&self, value: &str, session: &Session, now: Timestamp, lifetime_s: u32) {
        let text = serde_json::to_string(session).unwrap_or_default();
        let expires = after(now, lifetime_s);
        self.notes.put(session_id(value), text, expires, now).await;
    }

    /// Remembers who opened a case.
    pub async fn set_owner(&self, case: &CaseId, name: &str, now: Timestamp) {
        self.notes
            .put(owner_note(case), name.to_owned(), Timestamp::MAX, now)
            .await;
    }

    /// Who opened a case; `None` for one that was opened without accounts.
    pub async fn owner(&self, case: &CaseId, now: Timestamp) -> Result<Option<String>, Away> {
        match self.notes.get(owner_note(case), now).await? {
            Some(name) => Ok(Some(name)),
            // As it was written before; erasing a case takes that along as well.
            None => self.notes.get(format!("owner:{case}"), now).await,
        }
    }
}

/// The name of the note with who opened a case, which goes when the case is erased.
fn owner_note(case: &CaseId) -> String {
    format!("owner/{case}")
}

/// The name in the store of the session with this cookie.
pub(crate) fn session_id(value: &str) -> SessionId {
    format!("session:{}", hash(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tolkebot_casework::{ErasureReason, MemoryStore};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn grant(case: &str, role: Role) -> Grant {
        Grant {
            case: CaseId(case.into()),
            role,
            session: String::new(),
            paired: false,
            tablet: String::new(),
        }
    }

    #[tokio::test]
    async fn who_opened_a_case_is_forgotten_with_it() {
        let store = Arc::new(MemoryStore::new());
        let sessions = Sessions::new(store.clone());
        let (case, other) = (CaseId("a".into()), CaseId("b".into()));
        for case in [&case, &other] {
            sessions.set_owner(case, "anna", at(0)).await;
        }
        // Of a case that was opened by an older version.
        let old = CaseId("c".into());
        store
            .put_note("owner:c", "bent", Timestamp::MAX, at(0))
            .unwrap();
        assert_eq!(sessions.owner(&old, at(1)).await, Ok(Some("bent".into())));
        for case in [&case, &old] {
            store.erase(case, ErasureReason::Request, at(1)).unwrap();
            assert_eq!(sessions.owner(case, at(1)).await, Ok(None));
        }
        assert_eq!(sessions.owner(&other, at(1)).await, Ok(Some("anna".into())));
        assert_eq!(store.note_keys("owner", at(1)).unwrap(), ["owner/b"]);
    }

    #[tokio::test]
    async fn a_ticket_is_good_once_and_in_time_also_after_a_restart() {
        let store = Arc::new(MemoryStore::new());
        let tickets = Tickets::new(store.clone());
        let one = tickets.issue(grant("a", Role::Staff), at(0), 10).await;
        let two = tickets.issue(grant("a", Role::Staff), at(0), 10).await;
        let late = tickets.issue(grant("b", Role::Citizen), at(0), 10).await;
        assert_ne!(one, late);
        assert_eq!(
            tickets.redeem(&one, at(9)).await.unwrap(),
            Some(grant("a", Role::Staff))
        );
        assert_eq!(tickets.redeem(&one, at(9)).await, Ok(None));
        assert_eq!(tickets.redeem(&late, at(10)).await, Ok(None));
        assert_eq!(tickets.redeem("", at(0)).await, Ok(None));
        let restarted = Tickets::new(store);
        assert_eq!(
            restarted.redeem(&two, at(9)).await.unwrap(),
            Some(grant("a", Role::Staff))
        );
        assert_eq!(restarted.redeem(&one, at(9)).await, Ok(None));
    }

    #[tokio::test]
    async fn a_session_gathers_cases_and_expires() {
        let store = Arc::new(MemoryStore::new());
        let sessions = Sessions::new(store.clone());
        let first = sessions
            .add(None, grant("a", Role::Staff), at(0), 100)
            .await
            .unwrap();
        let again = sessions
            .add(Some(&first), grant("b", Role::Citizen), at(50), 100)
            .await
            .unwrap();
        assert_eq!(first, again);
        let forged = sessions
            .add(Some("made-up"), grant("c", Role::Staff), at(50), 100)
            .await
            .unwrap();
        assert_ne!(
            forged, "made-up",
            "a value from outside never becomes a session"
        );
        let sessions = Sessions::new(store);
        for (case, second, role) in [
            ("a", 149, Some(Role::Staff)),
            ("b", 149, Some(Role::Citizen)),
            ("c", 149, None),
            ("a", 150, None),
        ] {
            let session = sessions.get(&first, at(second)).await.unwrap();
            let found = session.and_then(|s| s.cases.get(&CaseId(case.into())).copied());
            assert_eq!(found, role, "{case} at {second}");
        }
        assert!(sessions.get("made-up", at(0)).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn signing_in_begins_a_new_session_and_ends_the_old_one() {
        let sessions = Sessions::new(Arc::new(MemoryStore::new()));
        let before = sessions
            .add(None, grant("a", Role::Citizen), at(0), 100)
            .await
            .unwrap();
        let who = SignedIn {
            name: "anne".into(),
            role: crate::policy::AccountRole::Staff,
            generation: 0,
            shown: None,
            until: None,
        };
        let value = sessions
            .sign_in(Some(&before), who.clone(), at(1), 100)
            .await;
        assert_ne!(value, before);
        assert!(sessions.get(&before, at(2)).await.unwrap().is_none());
        let session = sessions.get(&value, at(2)).await.unwrap().unwrap();
        assert_eq!((session.account, session.cases.len()), (Some(who), 0));
        sessions.end(&value, at(3)).await.unwrap();
        assert!(sessions.get(&value, at(4)).await.unwrap().is_none());
    }
}
