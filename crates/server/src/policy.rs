//! Who may do what, in one place.

use serde::{Deserialize, Serialize};

/// What an account may do. Tablets have no account: a pairing code lets them into one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// Opens cases and takes part in them.
    Staff,
    /// Reads and approves other people's cases.
    Supervisor,
    /// Knows the accounts and what could not be handed in; sees no case.
    Admin,
    /// Checks the log; sees no case.
    Auditor,
}

impl AccountRole {
    /// Every role.
    pub const ALL: [AccountRole; 4] = [
        AccountRole::Staff,
        AccountRole::Supervisor,
        AccountRole::Admin,
        AccountRole::Auditor,
    ];
}

impl std::str::FromStr for AccountRole {
    type Err = String;

    fn from_str(text: &str) -> Result<AccountRole, String> {
        match text {
            "staff" => Ok(AccountRole::Staff),
            "supervisor" => Ok(AccountRole::Supervisor),
            "admin" => Ok(AccountRole::Admin),
            "auditor" => Ok(AccountRole::Auditor),
            _ => Err(format!(
                "`{text}` is no role: write staff, supervisor, admin or auditor"
            )),
        }
    }
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Open a case.
    OpenCase,
    /// Take part in a case's conversation, pair its tablet. `own`: who asks opened it.
    TakePart {
        /// Whether who asks opened the case.
        own: bool,
    },
    /// See a case's form.
    ReadCase {
        /// Whether who asks opened the case.
        own: bool,
    },
    /// Approve a case's form.
    Approve {
        /// Whether who asks opened the case.
        own: bool,
    },
    /// See which of the cases that one opened are still to be finished.
    ListOwnCases,
    /// See which cases there are; nothing of what is in them.
    ListCases,
    /// See which approved cases have not arrived and why, and have one tried again; nothing of what
    /// is in them.
    MendDeliveries,
    /// Check the log for changes.
    Audit,
    /// See the accounts.
    ListAccounts,
}

/// Whether a role may do something.
pub fn permits(role: AccountRole, action: Action) -> bool {
    use AccountRole::{Admin, Auditor, Staff, Supervisor};
    match action {
        Action::OpenCase | Action::ListOwnCases => role == Staff,
        Action::TakePart { own } => role == Staff && own,
        Action::ReadCase { own } => role == Supervisor || (role == Staff && own),
        // Four eyes: nobody approves what they filled in themselves, whatever their role was then.
        Action::Approve { own } => role == Supervisor && !own,
        Action::ListCases => matches!(role, Supervisor | Auditor),
        Action::MendDeliveries => matches!(role, Supervisor | Admin),
        Action::Audit => role == Auditor,
        Action::ListAccounts => matches!(role, Admin | Auditor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_may_do_what_it_is_for_and_nothing_else() {
        use AccountRole::{Admin, Auditor, Staff, Supervisor};
        let table: [(Action, &[AccountRole]); 12] = [
            (Action::OpenCase, &[Staff]),
            (Action::TakePart { own: true }, &[Staff]),
            (Action::TakePart { own: false }, &[]),
            (Action::ReadCase { own: true }, &[Staff, Supervisor]),
            (Action::ReadCase { own: false }, &[Supervisor]),
            (Action::Approve { own: true }, &[]),
            (Action::Approve { own: false }, &[Supervisor]),
            (Action::ListOwnCases, &[Staff]),
            (Action::ListCases, &[Supervisor, Auditor]),
            (Action::MendDeliveries, &[Supervisor, Admin]),
            (Action::Audit, &[Auditor]),
            (Action::ListAccounts, &[Admin, Auditor]),
        ];
        for (action, roles) in table {
            for role in AccountRole::ALL {
                assert_eq!(
                    permits(role, action),
                    roles.contains(&role),
                    "{role:?} {action:?}"
                );
            }
        }
    }

    #[test]
    fn roles_are_read_by_name() {
        for (name, role) in [
            ("staff", AccountRole::Staff),
            ("auditor", AccountRole::Auditor),
        ] {
            assert_eq!(name.parse(), Ok(role));
        }
        assert!(
            "boss"
                .parse::<AccountRole>()
                .unwrap_err()
                .contains("supervisor")
        );
    }
}
