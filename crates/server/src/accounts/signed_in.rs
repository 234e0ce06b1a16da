//! Who is signed in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::policy::AccountRole;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedIn {
    /// Of an account; `oidc:` and the provider's name for them otherwise.
    pub name: String,
    pub role: AccountRole,
    /// Of an account, which generation of it signed in.
    #[serde(default)]
    pub generation: u64,
    /// How screens call somebody whom the provider knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// When the provider must be asked again; `None` for accounts, which are looked up each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

impl SignedIn {
    /// For screens.
    pub fn for_screens(&self) -> serde_json::Value {
        let name = self.shown.as_ref().unwrap_or(&self.name);
        serde_json::json!({"name": name, "role": self.role})
    }
}
