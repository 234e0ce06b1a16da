//! What the provider says of somebody, and the role that it gives.

use std::collections::BTreeMap;

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::Oidc;
use crate::policy::AccountRole;

/// Every claim of an ID token that is not a standard one.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Claims {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Claims(…)")
    }
}

impl AdditionalClaims for Claims {}

/// The first role, in the order of [`AccountRole::ALL`], that a text of the claim gives.
pub(super) fn role_of(claims: &Claims, settings: &Oidc) -> Option<AccountRole> {
    let texts: Vec<&str> = match claims.all.get(&settings.role_claim)? {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let given: Vec<AccountRole> = texts
        .iter()
        .filter_map(|text| settings.roles.get(*text).copied())
        .collect();
    AccountRole::ALL
        .into_iter()
        .find(|role| given.contains(role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_role_comes_from_the_mapped_texts_of_the_claim_only() {
        let settings = Oidc {
            roles: [
                ("counter".to_owned(), AccountRole::Staff),
                ("leads".to_owned(), AccountRole::Supervisor),
                ("it".to_owned(), AccountRole::Admin),
            ]
            .into(),
            ..Oidc::default()
        };
        for (claims, role) in [
            (
                json!({"groups": ["x", "leads"]}),
                Some(AccountRole::Supervisor),
            ),
            (json!({"groups": "counter"}), Some(AccountRole::Staff)),
            (
                json!({"groups": ["it", "counter"]}),
                Some(AccountRole::Staff),
            ),
            (json!({"groups": ["Counter", "counter "]}), None),
            (json!({"groups": [["counter"], 1, null]}), None),
            (json!({"groups": {"counter": true}}), None),
            (json!({"roles": ["counter"]}), None),
            (json!({}), None),
        ] {
            let read: Claims = serde_json::from_value(claims.clone()).unwrap();
            assert_eq!(role_of(&read, &settings), role, "{claims}");
            assert!(!format!("{read:?}").contains("counter"));
        }
    }
}
