//! Floors and doors.
//!
//! A floor keeps the way it was counted: the Ukrainian first floor is the Danish `stuen`, and nobody
//! may convert one into the other without asking.

use serde::{Deserialize, Serialize};

/// A floor in the Danish count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum DanishFloor {
    /// `kl.`
    Cellar,
    /// `st.`
    Ground,
    /// `1.` to `99.`
    Upper(u8),
}

impl DanishFloor {
    /// As it is stored and written before the full stop: `st`, `kl`, `2`.
    pub fn code(self) -> String {
        match self {
            DanishFloor::Cellar => "kl".into(),
            DanishFloor::Ground => "st".into(),
            DanishFloor::Upper(number) => number.to_string(),
        }
    }
}

impl From<DanishFloor> for String {
    fn from(floor: DanishFloor) -> Self {
        floor.code()
    }
}

/// A text that is no floor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no floor: use st, kl or 1 to 99")]
pub struct UnknownFloor(String);

impl TryFrom<String> for DanishFloor {
    type Error = UnknownFloor;

    fn try_from(text: String) -> Result<Self, UnknownFloor> {
        match text.trim_end_matches('.') {
            "st" => Ok(DanishFloor::Ground),
            "kl" => Ok(DanishFloor::Cellar),
            number => match number.parse() {
                Ok(number @ 1..=99) => Ok(DanishFloor::Upper(number)),
                _ => Err(UnknownFloor(text.chars().take(10).collect())),
            },
        }
    }
}

/// Who counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorCount {
    /// The Danish count was said ("sal", «сал», «за данською лічбою», "stuen").
    Danish,
    /// The Ukrainian count was said («за нашою лічбою»).
    UkrainianCount,
    /// Said in Ukrainian words («третій поверх») or as "etage": most likely the Ukrainian count,
    /// but some citizens use the Danish one already.
    UkrainianUncertain,
    /// A bare rank beside a door, as Danish addresses are written («другий, праворуч», «третій двері мідт фор»):
    /// most likely the Danish count, which nobody named.
    DanishUncertain,
}

/// A floor as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Floor {
    /// The number that was said; 0 for the ground floor, -1 for the cellar.
    pub said: i8,
    /// Which count it belongs to.
    pub count: FloorCount,
}

impl Floor {
    /// The Danish floor, only when the Danish count was said.
    pub fn danish(&self) -> Option<DanishFloor> {
        (self.count == FloorCount::Danish).then(|| level(self.said))
    }

    /// The Danish floor that is most likely meant; to be shown and confirmed, never filled.
    pub fn suggestion(&self) -> DanishFloor {
        match (self.count, self.said) {
            (FloorCount::Danish | FloorCount::DanishUncertain, said) => level(said),
            (_, said @ ..=0) => level(said),
            (_, said) => level(said - 1),
        }
    }

    /// The floor when the other count was meant after all.
    pub fn if_other(&self) -> DanishFloor {
        match (self.count, self.said) {
            (FloorCount::DanishUncertain, said @ 1..) => level(said - 1),
            (_, said) => level(said),
        }
    }
}

fn level(number: i8) -> DanishFloor {
    match u8::try_from(number) {
        Err(_) => DanishFloor::Cellar,
        Ok(0) => DanishFloor::Ground,
        Ok(number) => DanishFloor::Upper(number.min(99)),
    }
}

/// The Ukrainian count of a Danish floor, for read-back; `None` for the cellar.
pub fn ukrainian_floor(floor: DanishFloor) -> Option<u8> {
    match floor {
        DanishFloor::Cellar => None,
        DanishFloor::Ground => Some(1),
        DanishFloor::Upper(number) => number.checked_add(1),
    }
}

/// A door.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Door {
    /// `tv`
    Left,
    /// `mf`
    Middle,
    /// `th`
    Right,
    /// A number, or letters and digits in lower case.
    Number(String),
}

impl Door {
    /// As it is stored and written: `tv`, `mf`, `th`, `12`.
    pub fn code(&self) -> &str {
        match self {
            Door::Left => "tv",
            Door::Middle => "mf",
            Door::Right => "th",
            Door::Number(number) => number,
        }
    }
}

impl From<Door> for String {
    fn from(door: Door) -> Self {
        door.code().to_string()
    }
}

impl From<String> for Door {
    fn from(text: String) -> Self {
        match text.as_str() {
            "tv" => Door::Left,
            "mf" => Door::Middle,
            "th" => Door::Right,
            _ => Door::Number(text),
        }
    }
}
