//! What the language says about texts that sound alike.

use std::path::Path;

use tolkebot_protocol::Lang;
use tolkebot_values::numbers;

use crate::AsrError;
use crate::letters::Letters;

/// Says which of two texts of one language is the better one.
///
/// It has no opinion on numbers: a text that holds another number than the one that was heard
/// never replaces it, however much more usual it may be.
#[derive(Debug, Clone)]
pub struct SecondOpinion {
    lang: Lang,
    letters: Letters,
    weight: f32,
}

impl SecondOpinion {
    /// How much the language's opinion weighs against the sound's. Tuned on one recorded
    /// conversation; see `docs/recognition.md`.
    pub const WEIGHT: f32 = 0.4;

    /// With letters counted in that language.
    pub fn new(lang: Lang, letters: Letters) -> SecondOpinion {
        SecondOpinion {
            lang,
            letters,
            weight: SecondOpinion::WEIGHT,
        }
    }

    /// Reads what lies beside a speech model: `letters-da.txt` or `letters-uk.txt`, example
    /// sentences of that language, one a line. `None` if there is no such file.
    ///
    /// # Errors
    /// [`AsrError::Model`] if there is one that cannot be read or holds no sentences.
    pub fn beside(folder: &Path, lang: Lang) -> Result<Option<SecondOpinion>, AsrError> {
        let file = folder.join(format!("letters-{}.txt", lang.code()));
        if !file.exists() {
            return Ok(None);
        }
        Letters::load(&file).map(|letters| Some(SecondOpinion::new(lang, letters)))
    }

    /// With another weight; 0 is no opinion at all.
    pub fn weighing(mut self, weight: f32) -> SecondOpinion {
        self.weight = weight;
        self
    }

    /// How much better it finds `new` than `old`, as the logarithm of a ratio of probabilities;
    /// `None` if the one may not replace the other.
    pub(crate) fn prefers(&self, old: &str, new: &str) -> Option<f32> {
        if self.numbers(old) != self.numbers(new) {
            return None;
        }
        let gain = self.letters.log_probability(new) - self.letters.log_probability(old);
        Some(self.weight * gain as f32)
    }

    /// How much better it finds one beginning of a text than another.
    pub(crate) fn leans(&self, old: &str, new: &str) -> f32 {
        let gain = self.letters.of_beginning(new) - self.letters.of_beginning(old);
        self.weight * gain as f32
    }

    /// The numbers of a text, and whether each is said as an ordinal.
    fn numbers(&self, text: &str) -> Vec<(u64, bool)> {
        numbers::find(text, self.lang)
            .into_iter()
            .map(|found| {
                let ordinal = matches!(found.value.form, numbers::Form::Ordinal(_));
                (found.value.value, ordinal)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion() -> SecondOpinion {
        let letters = Letters::of("jeg flytter den femtende maj\njeg flytter på mandag\n");
        SecondOpinion::new(Lang::Da, letters)
    }

    #[test]
    fn it_prefers_what_is_usual() {
        let gain = opinion().prefers("jeg flytder på mandag", "jeg flytter på mandag");
        assert!(gain.is_some_and(|gain| gain > 1.0), "{gain:?}");
        assert!(opinion().leans("jeg flytd", "jeg flytt") > 0.0);
    }

    #[test]
    fn it_has_no_opinion_on_numbers() {
        for (old, new) in [
            ("den femte maj", "den femtende maj"),
            ("den fem", "den femte"),
            ("nul syv", "syv"),
            ("femten", "femtende"),
        ] {
            assert_eq!(opinion().prefers(old, new), None, "{old}");
        }
        let same = opinion().prefers("jeg flytder den femte", "jeg flytter den femte");
        assert!(same.is_some());
    }

    #[test]
    fn a_model_without_sentences_has_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            SecondOpinion::beside(folder.path(), Lang::Da)
                .unwrap()
                .is_none()
        );
        std::fs::write(folder.path().join("letters-da.txt"), "\n").unwrap();
        assert!(SecondOpinion::beside(folder.path(), Lang::Da).is_err());
        std::fs::write(folder.path().join("letters-da.txt"), "god dag\n").unwrap();
        assert!(
            SecondOpinion::beside(folder.path(), Lang::Da)
                .unwrap()
                .is_some()
        );
    }
}
