//! What language speech sounded like.

use serde::{Deserialize, Serialize};

use tolkebot_protocol::Lang;

use crate::ffi::Opinion;

/// From this probability on another language is believed,
const BELIEVED: f32 = 0.55;
/// if the channel's has no more than this one. The starter model gave 22 recordings of Ukrainian
/// 0.95 and more, and ten Russian sentences of espeak-ng's voices 0.04 to 0.72.
const DOUBTED: f32 = 0.42;
/// What people at this counter change to, beside the other channel's language. Others are mistakes
/// of the model: it takes Danish for Norwegian and Swedish, and Ukrainian with a hum behind it for
/// Latin.
const SPOKEN_HERE: [&str; 4] = ["ru", "en", "de", "pl"];

/// What the model takes the language of a sound for. It writes in the channel's language whatever
/// it hears, so a citizen who changes to Russian is rendered as if they had spoken Ukrainian, and
/// badly: this is how one can tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// ISO 639-1 code of the likeliest language.
    pub likeliest: String,
    /// Its probability among all languages, 0 to 1.
    pub probability: f32,
    /// The probability of the channel's language, 0 to 1.
    pub expected: f32,
}

impl Language {
    pub(crate) fn of(opinion: &Opinion) -> Option<Language> {
        let (likeliest, probability) = opinion.language?;
        Some(Language {
            likeliest: likeliest.to_owned(),
            probability,
            expected: opinion.expected,
        })
    }

    /// Whether somebody spoke another language than the channel's. The model is believed only if
    /// it is sure: a false alarm at every second sentence would be read by nobody.
    pub fn is_other_than(&self, channel: Lang) -> bool {
        let likeliest = self.likeliest.as_str();
        let plausible = likeliest == channel.other().code() || SPOKEN_HERE.contains(&likeliest);
        plausible && self.probability >= BELIEVED && self.expected <= DOUBTED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(likeliest: &str, probability: f32, expected: f32) -> Language {
        Language {
            likeliest: likeliest.to_owned(),
            probability,
            expected,
        }
    }

    #[test]
    fn only_a_sure_guess_of_a_language_that_is_spoken_here_counts() {
        assert!(heard("ru", 0.9, 0.05).is_other_than(Lang::Uk));
        assert!(heard("da", 0.9, 0.05).is_other_than(Lang::Uk));
        assert!(heard("uk", 0.9, 0.05).is_other_than(Lang::Da));
        assert!(!heard("uk", 0.95, 0.95).is_other_than(Lang::Uk));
        assert!(heard("ru", 0.58, 0.41).is_other_than(Lang::Uk));
        assert!(!heard("ru", 0.52, 0.4).is_other_than(Lang::Uk));
        assert!(!heard("ru", 0.56, 0.43).is_other_than(Lang::Uk));
        assert!(!heard("no", 0.9, 0.05).is_other_than(Lang::Da));
        assert!(!heard("la", 0.9, 0.0).is_other_than(Lang::Uk));
        assert!(!heard("ru", f32::NAN, f32::NAN).is_other_than(Lang::Uk));
    }
}
