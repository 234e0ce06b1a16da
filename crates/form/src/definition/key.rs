//! Slot keys: `move_date`, `to.floor`, `household[0].given_names`.

use std::fmt;

use thiserror::Error;

/// Why a text is no slot key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SlotKeyError {
    /// Nothing given, or an empty part between two dots.
    #[error("a part is empty; write parts separated by single dots")]
    Empty,
    /// A character that keys do not have.
    #[error("`{0}` is not allowed; use a-z, 0-9, `_`, `.` and `[index]`")]
    Character(char),
    /// A bracket without partner, or an index that is no number.
    #[error("the index must be `[]` or a number from 0 to 99 in brackets")]
    Index,
}

/// A key of one slot of a filled form: repeated groups carry their index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlotKey(String);

impl SlotKey {
    /// Checks and takes a key.
    pub fn new(text: &str) -> Result<SlotKey, SlotKeyError> {
        check(text)?;
        Ok(SlotKey(text.to_owned()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SlotKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Checks the shape of a definition key or slot key.
pub(super) fn check(text: &str) -> Result<(), SlotKeyError> {
    for part in text.split('.') {
        let (name, rest) = match part.find('[') {
            Some(at) => part.split_at(at),
            None => (part, ""),
        };
        if name.is_empty() {
            return Err(SlotKeyError::Empty);
        }
        if let Some(bad) = name
            .chars()
            .find(|c| !(c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_'))
        {
            return Err(SlotKeyError::Character(bad));
        }
        if !rest.is_empty() {
            let inner = rest
                .strip_prefix('[')
                .and_then(|r| r.strip_suffix(']'))
                .ok_or(SlotKeyError::Index)?;
            if !inner.is_empty() && (inner.len() > 2 || !inner.chars().all(|c| c.is_ascii_digit()))
            {
                return Err(SlotKeyError::Index);
            }
        }
    }
    Ok(())
}

/// `household[2].surname` → `household[].surname`.
pub(super) fn without_indices(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut inside = false;
    for c in key.chars() {
        match c {
            '[' => {
                inside = true;
                out.push('[');
            }
            ']' => {
                inside = false;
                out.push(']');
            }
            _ if inside => {}
            _ => out.push(c),
        }
    }
    out
}

/// The number in the first pair of brackets.
pub(super) fn first_index(key: &str) -> Option<usize> {
    let start = key.find('[')? + 1;
    let end = start + key.get(start..)?.find(']')?;
    key.get(start..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_checked() {
        assert!(check("to.floor").is_ok());
        assert!(check("household[].surname").is_ok());
        assert!(check("household[12].surname").is_ok());
        assert_eq!(check("to..floor"), Err(SlotKeyError::Empty));
        assert_eq!(check(""), Err(SlotKeyError::Empty));
        assert_eq!(check("To.floor"), Err(SlotKeyError::Character('T')));
        assert_eq!(check("household[x].surname"), Err(SlotKeyError::Index));
        assert_eq!(check("household[0.surname"), Err(SlotKeyError::Index));
    }

    #[test]
    fn indices_are_found_and_removed() {
        assert_eq!(
            without_indices("household[2].surname"),
            "household[].surname"
        );
        assert_eq!(first_index("household[12].surname"), Some(12));
        assert_eq!(first_index("household[].surname"), None);
        assert_eq!(first_index("to.floor"), None);
    }
}
