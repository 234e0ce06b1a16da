//! Kokoro's speakers: one 256-value vector for every length of input, from `voices_ja.npz`.

use std::path::Path;
use std::sync::LazyLock;

use tolkebot_protocol::Lang;

use crate::npz::{self, Array};
use crate::{Style, TtsError};

/// Values of one style vector.
pub(super) const WIDTH: usize = 256;

/// A speaker, possibly blended.
pub(super) struct Speaker {
    /// Rows of [`WIDTH`] values; row n is for n + 1 phonemes.
    rows: Vec<f32>,
}

impl Speaker {
    /// The style vector for an input of `phonemes` phonemes.
    pub(super) fn vector(&self, phonemes: usize) -> &[f32] {
        let count = self.rows.len() / WIDTH;
        let row = phonemes.clamp(1, count) - 1;
        &self.rows[row * WIDTH..(row + 1) * WIDTH]
    }
}

/// All speakers of the model.
pub(super) struct Styles {
    arrays: Vec<Array>,
}

impl Styles {
    pub(super) fn load(path: &Path) -> Result<Self, TtsError> {
        let wrong = |what| TtsError::VoiceFile {
            path: path.to_path_buf(),
            what,
        };
        let arrays = npz::read(path).map_err(wrong)?;
        let rows = arrays.first().map_or(0, |a| a.values.len());
        for array in &arrays {
            if array.shape.last() != Some(&WIDTH) || array.values.len() != rows || rows == 0 {
                let what = format!("style `{}` has shape {:?}", array.name, array.shape);
                return Err(wrong(what));
            }
        }
        if arrays.is_empty() {
            return Err(wrong("it holds no styles".to_owned()));
        }
        Ok(Styles { arrays })
    }

    /// The speaker that the options ask for, in that language.
    pub(super) fn speaker(&self, style: &Style, lang: Lang) -> Result<Speaker, TtsError> {
        let named;
        let mix = match style {
            Style::Best => best(lang),
            Style::Index(index) => {
                let array = self
                    .arrays
                    .get(*index)
                    .ok_or_else(|| self.unknown(&index.to_string()))?;
                return Ok(Speaker {
                    rows: array.values.clone(),
                });
            }
            Style::Named(name) => {
                named = [(name.clone(), 1.0)];
                &named[..]
            }
            Style::Mix(mix) => mix,
        };
        self.blend(mix)
    }

    fn blend(&self, mix: &[(String, f32)]) -> Result<Speaker, TtsError> {
        let total: f32 = mix.iter().map(|(_, weight)| weight).sum();
        let mut rows = vec![0.0; self.arrays[0].values.len()];
        for (name, weight) in mix {
            let array = self
                .arrays
                .iter()
                .find(|array| array.name == *name)
                .ok_or_else(|| self.unknown(name))?;
            let weight = if total > 0.0 {
                weight / total
            } else {
                1.0 / mix.len() as f32
            };
            for (sum, value) in rows.iter_mut().zip(&array.values) {
                *sum += weight * value;
            }
        }
        Ok(Speaker { rows })
    }

    fn unknown(&self, name: &str) -> TtsError {
        let known: Vec<&str> = self.arrays.iter().map(|a| a.name.as_str()).collect();
        TtsError::UnknownStyle {
            name: name.chars().take(60).collect(),
            known: known.join(", "),
        }
    }
}

/// The speaker that Whisper base understands best, in both languages: mean log probability of the
/// right text −1.72 in Danish and −1.13 in Ukrainian, against −1.77 and −1.32 for `jf_nezumi`,
/// −1.94 and −1.51 for `jf_alpha` (three sentences each).
fn best(_lang: Lang) -> &'static [(String, f32)] {
    static BEST: LazyLock<[(String, f32); 1]> = LazyLock::new(|| [("jm_kumo".to_owned(), 1.0)]);
    &*BEST
}
