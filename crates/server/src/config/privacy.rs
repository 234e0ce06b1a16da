//! What the municipality allows beyond what interpreting needs.

use serde::{Deserialize, Serialize};

/// What is kept beyond the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// Whether the sound of a case may be kept: `never`, or `when_agreed`, which lets staff have it
    /// kept, case by case, with a legal basis in the log. See docs/privacy.md.
    pub keep_sound: KeepSound,
    /// Most sound of one case, minutes of speech of both sides. What waits for a full disk waits in
    /// memory: about 2 MB a minute.
    pub sound_minutes: u32,
}

/// Whether sound may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepSound {
    /// Never, whoever asks.
    #[default]
    Never,
    /// In a case that opts in.
    WhenAgreed,
}

impl Default for Privacy {
    fn default() -> Self {
        Privacy {
            keep_sound: KeepSound::Never,
            sound_minutes: 60,
        }
    }
}
