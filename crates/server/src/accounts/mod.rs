//! People who sign in: local accounts with a role, a password and perhaps a second factor.
//!
//! Accounts are kept beside the case log, sealed with its master key, and are changed from the
//! command line only. Guessing is slowed down for each account and each address.

mod password;
mod second_factor;
mod signed_in;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tolkebot_casework::{Store, StoreError};
use uuid::Uuid;

pub use self::password::PasswordError;
use self::password::{PasswordHash, check_rules};
use self::second_factor::SecondFactor;
pub(crate) use self::signed_in::SignedIn;
use crate::policy::AccountRole;

/// Under this note all accounts are kept.
const NOTE: &str = "accounts";
/// Wrong passwords in a row before an account is locked.
const TRIES: u32 = 5;
/// How long it is locked then.
const LOCKED: SignedDuration = SignedDuration::from_mins(15);

/// An account as it is kept. Its secrets are never shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Account {
    role: AccountRole,
    password: PasswordHash,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second_factor: Option<SecondFactor>,
    #[serde(default)]
    disabled: bool,
    /// Removed: nothing of it is left but its name, by which cases and the log know their people.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
    /// Another one with every new password and every new account: sessions of an earlier one have ended.
    #[serde(default)]
    generation: u64,
}

/// A generation that no account had before.
fn new_generation() -> u64 {
    Uuid::new_v4().as_u64_pair().0
}

/// An account as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountLine {
    /// The name that its owner signs in with.
    pub name: String,
    /// What it may do.
    pub role: AccountRole,
    /// Whether a code of an authenticator is asked for.
    pub second_factor: bool,
    /// Whether nobody can sign in with it.
    pub disabled: bool,
}

/// Why accounts cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password cannot be used.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The name cannot be used.
    #[error("`{0}` is no account name: use 2 to 64 characters of a-z, 0-9, `.`, `-`, `_` and `@`")]
    Name(String),
    /// There is one with this name, or there was.
    #[error(
        "there is or was an account `{0}`: choose another name, because cases and the log know their \
         people by it"
    )]
    Taken(String),
    /// There is none.
    #[error("there is no account `{0}`: `tolkebot accounts list` shows them")]
    Unknown(String),
    /// What is kept is no list of accounts.
    #[error("the accounts cannot be read: was the log opened with its own master key?")]
    Unreadable,
}

/// Why somebody is not let in. What is wrong of name, password and code is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignInRefusal {
    Wrong,
    Locked,
    Unavailable,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Guesses {
    wrong: u32,
    locked_until: Option<Timestamp>,
}

/// The accounts of a store. All methods block.
pub struct Accounts {
    store: Arc<dyn Store>,
    /// The hash that an unknown name's password is checked against, so that the time taken does not
    /// tell which names there are.
    nobody: PasswordHash,
    /// Held while tries and used codes are read and written, so that many at once are counted one by one.
    counting: Mutex<()>,
}

/// Checks name and password of an account that is to be made or changed, before any log is opened.
///
/// # Errors
/// [`AccountError::Name`] or [`AccountError::Password`] says what is wrong with them.
pub fn check_account(name: &str, password: &str) -> Result<(), AccountError> {
    check_rules(&name_of(name)?, password)?;
    Ok(())
}

/// Whether the accounts of a store, if it has any, open with its master key.
///
/// # Errors
/// [`StoreError`] if the store cannot be read.
pub fn accounts_open(store: &dyn Store, now: Timestamp) -> Result<bool, StoreError> {
    let there = store.note_keys(NOTE, now)?.iter().any(|key| key == NOTE);
    Ok(!there || store.note(NOTE, now)?.is_some())
}

fn name_of(text: &str) -> Result<String, AccountError> {
    let name = text.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c);
    if (2..=64).contains(&name.len()) && name.chars().all(plain) {
        Ok(name)
    } else {
        Err(AccountError::Name(text.chars().take(64).collect()))
    }
}

impl Accounts {
    /// The accounts of a store.
    ///
    /// # Errors
    /// [`AccountError::Password`] if nothing can be hashed here.
    pub fn new(store: Arc<dyn Store>) -> Result<Accounts, AccountError> {
        Ok(Accounts {
            store,
            nobody: PasswordHash::of("nobody has this password")?,
            counting: Mutex::new(()),
        })
    }

    fn all(&self, now: Timestamp) -> Result<BTreeMap<String, Account>, AccountError> {
        match self.store.note(NOTE, now)? {
            // There are some, and this store's master key does not open them: whoever took them for none would write
            // an empty list over them.
            None if self
                .store
                .note_keys(NOTE, now)?
                .iter()
                .any(|key| key == NOTE) =>
            {
                Err(AccountError::Unreadable)
            }
            None => Ok(BTreeMap::new()),
            Some(text) => serde_json::from_str(&text).map_err(|_| AccountError::Unreadable),
        }
    }

    fn keep(&self, all: &BTreeMap<String, Account>, now: Timestamp) -> Result<(), AccountError> {
        let text = serde_json::to_string(all).map_err(|_| AccountError::Unreadable)?;
        Ok(self.store.put_note(NOTE, &text, Timestamp::MAX, now)?)
    }

    /// Makes an account. With a second factor it returns the address that an authenticator program
    /// takes (`otpauth://…`); it is shown once.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn add(
        &self,
        name: &str,
        role: AccountRole,
        password: &str,
        second_factor: bool,
        now: Timestamp,
    ) -> Result<Option<String>, AccountError> {
        let name = name_of(name)?;
        check_rules(&name, password)?;
        let mut all = self.all(now)?;
        if all.contains_key(&name) {
            return Err(AccountError::Taken(name));
        }
        let second_factor = if second_factor {
            Some(SecondFactor::generate()?)
        } else {
            None
        };
        let address = second_factor.as_ref().map(|f| f.address(&name));
        let account = Account {
            role,
            password: PasswordHash::of(password)?,
            second_factor,
            disabled: false,
            removed: false,
            generation: new_generation(),
        };
        all.insert(name, account);
        self.keep(&all, now)?;
        Ok(address)
    }

    /// Changes a password and lifts a lock. Who is signed in with the old one is out.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn set_password(
        &self,
        name: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let name = name_of(name)?;
        check_rules(&name, password)?;
        self.change(&name, now, |account| {
            account.password = PasswordHash::of(password)?;
            account.generation = new_generation();
            Ok(())
        })?;
        self.store.take_note(&guesses_note(&name), now)?;
        Ok(())
    }

    /// Lets nobody sign in with an account, or lets them again. Who is signed in is out at once.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn set_disabled(
        &self,
        name: &str,
        disabled: bool,
        now: Timestamp,
    ) -> Result<(), AccountError> {
        self.change(&name_of(name)?, now, |account| {
            account.disabled = disabled;
            if disabled {
                // Let in again, people sign in again.
                account.generation = new_generation();
            }
            Ok(())
        })
    }

    /// Removes an account with its secrets. Who is signed in is out at once. Its name stays taken: whoever had it
    /// later would have the cases of whoever had it before.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn remove(&self, name: &str, now: Timestamp) -> Result<(), AccountError> {
        self.change(&name_of(name)?, now, |account| {
            account.removed = true;
            account.disabled = true;
            account.password = self.nobody.clone();
            account.second_factor = None;
            account.generation = new_generation();
            Ok(())
        })
    }

    fn change(
        &self,
        name: &str,
        now: Timestamp,
        change: impl FnOnce(&mut Account) -> Result<(), AccountError>,
    ) -> Result<(), AccountError> {
        let mut all = self.all(now)?;
        let account = all
            .get_mut(name)
            .filter(|account| !account.removed)
            .ok_or_else(|| AccountError::Unknown(name.to_owned()))?;
        change(account)?;
        self.keep(&all, now)
    }

    /// All accounts by name, without their secrets and without those that were removed.
    ///
    /// # Errors
    /// [`AccountError`].
    pub fn list(&self, now: Timestamp) -> Result<Vec<AccountLine>, AccountError> {
        let lines = self
            .all(now)?
            .into_iter()
            .filter(|(_, account)| !account.removed)
            .map(|(name, account)| AccountLine {
                name,
                role: account.role,
                second_factor: account.second_factor.is_some(),
                disabled: account.disabled,
            });
        Ok(lines.collect())
    }

    /// The account's present role; `None` if nobody may be signed in any more who signed in with this generation of it.
    pub(crate) fn role(
        &self,
        name: &str,
        generation: u64,
        now: Timestamp,
    ) -> Result<Option<AccountRole>, AccountError> {
        let all = self.all(now)?;
        let account = all.get(name);
        let account = account.filter(|a| !a.disabled && a.generation == generation);
        Ok(account.map(|a| a.role))
    }

    /// Lets somebody in.
    pub(crate) fn sign_in(
        &self,
        name: &str,
        password: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<SignedIn, SignInRefusal> {
        let unavailable = |_| SignInRefusal::Unavailable;
        let known = match name_of(name) {
            Ok(name) => self.all(now).map_err(unavailable)?.remove_entry(&name),
            Err(_) => None,
        };
        let Some((name, account)) = known.filter(|(_, account)| !account.disabled) else {
            self.nobody.is_of(password);
            return Err(SignInRefusal::Wrong);
        };
        let note = guesses_note(&name);
        // Counted before it is looked at: of many at once each is the next.
        let is_last = self.count_try(&note, now)?;
        let right = account.password.is_of(password)
            && account
                .second_factor
                .as_ref()
                .is_none_or(|factor| self.is_fresh_code(&name, factor, code, now));
        if right {
            let _ = self.store.take_note(&note, now);
            return Ok(SignedIn {
                name,
                role: account.role,
                generation: account.generation,
                shown: None,
                until: None,
            });
        }
        if is_last {
            tracing::warn!("an account was locked after {TRIES} wrong passwords in a row");
        }
        Err(SignInRefusal::Wrong)
    }

    /// Counts a try as if it were wrong. True if the account is locked from now on, unless it is right.
    fn count_try(&self, note: &str, now: Timestamp) -> Result<bool, SignInRefusal> {
        let _counting = self.count();
        let unavailable = |_| SignInRefusal::Unavailable;
        let kept = self.store.note(note, now).map_err(unavailable)?;
        let mut guesses: Guesses = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        if guesses.locked_until.is_some_and(|until| until > now) {
            return Err(SignInRefusal::Locked);
        }
        guesses.wrong += 1;
        let is_last = guesses.wrong >= TRIES;
        if is_last {
            guesses = Guesses {
                wrong: 0,
                locked_until: now.checked_add(LOCKED).ok(),
            };
        }
        let text = serde_json::to_string(&guesses).unwrap_or_default();
        let forgotten = now
            .saturating_add(SignedDuration::from_hours(24))
            .unwrap_or(Timestamp::MAX);
        // Without a place to count there would be no limit.
        self.store
            .put_note(note, &text, forgotten, now)
            .map_err(unavailable)?;
        Ok(is_last)
    }

    fn count(&self) -> MutexGuard<'_, ()> {
        self.counting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True for a right code that was not used before.
    fn is_fresh_code(&self, name: &str, factor: &SecondFactor, code: &str, now: Timestamp) -> bool {
        let Some(step) = factor.step_of(code, now) else {
            return false;
        };
        let _counting = self.count();
        let note = format!("code:{name}");
        let used = match self.store.note(&note, now) {
            Ok(used) => used.and_then(|text| text.parse::<u64>().ok()),
            Err(_) => return false,
        };
        if used.is_some_and(|used| used >= step) {
            return false;
        }
        let forgotten = now
            .saturating_add(SignedDuration::from_hours(1))
            .unwrap_or(Timestamp::MAX);
        self.store
            .put_note(&note, &step.to_string(), forgotten, now)
            .is_ok()
    }
}

fn guesses_note(name: &str) -> String {
    format!("guesses:{name}")
}

#[cfg(test)]
mod tests;
