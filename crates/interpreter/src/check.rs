//! Settings of the pipe that no conversation could be interpreted with.

use crate::{InterpreterConfig, InterpreterError};

impl InterpreterConfig {
    /// Checks what types cannot.
    ///
    /// # Errors
    /// [`InterpreterError::Setting`] or [`InterpreterError::File`] names the setting, its value and what to write instead.
    pub fn check(&self) -> Result<(), InterpreterError> {
        let limits: [(&'static str, u64, std::ops::RangeInclusive<u64>); 7] = [
            // Shorter than the pause inside a word, or longer than anybody waits for an answer.
            ("pause_ms", self.pause_ms.into(), 100..=5_000),
            ("partial_every_ms", self.partial_every_ms, 100..=10_000),
            ("settle_guard_ms", self.settle_guard_ms, 0..=10_000),
            ("settle_opening_ms", self.settle_opening_ms, 0..=10_000),
            ("settle_overdue_ms", self.settle_overdue_ms, 0..=10_000),
            ("mt_beam", self.mt_beam as u64, 1..=16),
            ("max_behind_ms", self.max_behind_ms, 100..=600_000),
        ];
        for (key, value, limits) in limits {
            if !limits.contains(&value) {
                return Err(InterpreterError::Setting {
                    key,
                    value,
                    least: *limits.start(),
                    most: *limits.end(),
                });
            }
        }
        for (key, path) in [
            ("phrases_file", &self.phrases_file),
            ("glossary_file", &self.glossary_file),
        ] {
            if !path.is_empty() && !std::path::Path::new(path).is_file() {
                let path = path.clone();
                return Err(InterpreterError::File { key, path });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_nobody_could_be_heard_with_are_named() {
        InterpreterConfig::default().check().unwrap();
        let wrong = InterpreterConfig {
            pause_ms: 0,
            ..InterpreterConfig::default()
        };
        assert_eq!(
            wrong.check().unwrap_err().to_string(),
            "setting `interpreter.pause_ms` is 0: write a number from 100 to 5000"
        );
        let wide = InterpreterConfig {
            mt_beam: 17,
            ..InterpreterConfig::default()
        };
        let absent = InterpreterConfig {
            phrases_file: "/no/such.tsv".to_owned(),
            ..InterpreterConfig::default()
        };
        let told = absent.check().unwrap_err().to_string();
        assert!(told.contains("interpreter.phrases_file") && told.contains("/no/such.tsv"));
        assert!(wide.check().unwrap_err().to_string().contains("mt_beam"));
    }

    #[test]
    fn words_are_settled_as_the_recogniser_was_measured() {
        let settling = InterpreterConfig::default().settling();
        assert_eq!(settling, tolkebot_asr::SettlingPolicy::default());
    }
}
