//! Languages and the people in a conversation.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A language that is interpreted. Serialised as its ISO 639-1 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Danish, the employee's language.
    Da,
    /// Ukrainian, the citizen's language.
    Uk,
}

impl Lang {
    /// Both languages, in a fixed order.
    pub const ALL: [Lang; 2] = [Lang::Da, Lang::Uk];

    /// ISO 639-1 code: `da` or `uk`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Da => "da",
            Lang::Uk => "uk",
        }
    }

    /// The language that an utterance in this one is translated into.
    pub fn other(self) -> Lang {
        match self {
            Lang::Da => Lang::Uk,
            Lang::Uk => Lang::Da,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        match s {
            "da" => Ok(Lang::Da),
            "uk" => Ok(Lang::Uk),
            other => Err(UnknownLang(other.chars().take(20).collect())),
        }
    }
}

/// A language code that is not interpreted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language `{0}`: use `da` (Danish) or `uk` (Ukrainian)")]
pub struct UnknownLang(pub String);

/// Who speaks on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    /// The employee at the counter.
    Staff,
    /// The citizen with the tablet.
    Citizen,
}

impl Speaker {
    /// The language that this speaker's channel is fixed to.
    pub fn lang(self) -> Lang {
        match self {
            Speaker::Staff => Lang::Da,
            Speaker::Citizen => Lang::Uk,
        }
    }

    /// The one who listens.
    pub fn other(self) -> Speaker {
        match self {
            Speaker::Staff => Speaker::Citizen,
            Speaker::Citizen => Speaker::Staff,
        }
    }
}
