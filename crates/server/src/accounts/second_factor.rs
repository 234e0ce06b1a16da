//! The second factor: codes of an authenticator program (RFC 6238, SHA-1, 6 digits, 30 s).

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};

use super::PasswordError;

/// The secret that an authenticator shares with us, base32. Never shown again.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct SecondFactor(String);

impl SecondFactor {
    /// A new secret of 160 bits.
    pub fn generate() -> Result<SecondFactor, PasswordError> {
        let mut bytes = [0; 20];
        getrandom::fill(&mut bytes).map_err(|e| PasswordError::Hash(e.to_string()))?;
        Ok(SecondFactor(Secret::new_stack(bytes).to_base32()))
    }

    fn totp(&self) -> Option<Totp> {
        Builder::new()
            .with_secret(Secret::try_from_base32(&self.0).ok()?)
            .build()
            .ok()
    }

    /// The address that an authenticator program takes. Account names need no escaping in it.
    pub fn address(&self, name: &str) -> String {
        format!(
            "otpauth://totp/TolkeBOT:{name}?secret={}&issuer=TolkeBOT",
            self.0
        )
    }

    /// The 30-second step that a code belongs to, if it is the present one or a neighbour's.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<u64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.totp()?.check(&digits, now.as_second().cast_unsigned())
    }

    /// The code at a time.
    #[cfg(test)]
    pub fn code(&self, now: Timestamp) -> String {
        let totp = self.totp().unwrap();
        totp.generate(now.as_second().cast_unsigned()).to_string()
    }
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondFactor(…)")
    }
}
