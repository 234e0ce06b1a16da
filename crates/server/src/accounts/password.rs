//! Passwords: argon2id hashes, and which passwords are too weak.

use std::fmt;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc};
use serde::{Deserialize, Serialize};

/// Shortest and longest password, characters.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// Beginnings of passwords that every list of broken ones has.
const COMMON: [&str; 10] = [
    "password",
    "adgangskode",
    "kodeord",
    "12345678",
    "qwerty",
    "sommer20",
    "vinter20",
    "velkommen",
    "welcome",
    "letmein",
];

/// Why a password cannot be used. Never says which.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short or too long.
    #[error("the password has {0} characters: use {min} to {max}", min = LENGTH.start(), max = LENGTH.end())]
    Length(usize),
    /// Easily guessed.
    #[error(
        "the password is easily guessed: it contains the name, one letter only, or a common password; take four words"
    )]
    Weak,
    /// Nothing can be hashed here.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
}

/// Checks a new password.
pub(super) fn check_rules(name: &str, password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if !LENGTH.contains(&length) {
        return Err(PasswordError::Length(length));
    }
    let lower = password.to_lowercase();
    let first = lower.chars().next();
    let one_letter = lower.chars().all(|c| Some(c) == first);
    if one_letter || lower.contains(name) || COMMON.iter().any(|c| lower.starts_with(c)) {
        return Err(PasswordError::Weak);
    }
    Ok(())
}

/// A password's argon2id hash (19 MiB, 2 rounds, 1 lane: OWASP's advice) with its own salt. Never
/// shown.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct PasswordHash(String);

impl PasswordHash {
    pub fn of(password: &str) -> Result<PasswordHash, PasswordError> {
        let hash = Argon2::default()
            .hash_password(password.as_bytes())
            .map_err(|e| PasswordError::Hash(e.to_string()))?;
        Ok(PasswordHash(hash.to_string()))
    }

    pub fn is_of(&self, password: &str) -> bool {
        phc::PasswordHash::new(&self.0).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_argon2id_with_a_salt_of_their_own() {
        let (one, two) = (
            PasswordHash::of("x").unwrap(),
            PasswordHash::of("x").unwrap(),
        );
        assert!(
            one.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{}",
            one.0
        );
        assert_ne!(one.0, two.0);
        assert!(one.is_of("x") && !one.is_of("y"));
        assert_eq!(format!("{one:?}"), "PasswordHash(…)");
    }
}
